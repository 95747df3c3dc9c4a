//! What goods are worth: the value of each product, and what became of everything that came.

use std::collections::BTreeMap;

use domain::{ids::ProductId, stock::value::Holding};
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use ts_rs::TS;

use super::{Window, after, id};
use crate::{Books, BooksError, apply::Reading};

/// What the goods of one product are worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ValueRow {
    /// The product.
    pub product: ProductId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// On hand at all places, in thousandths.
    pub qty_milli: i64,
    /// What they cost, in minor units.
    pub value_minor: i64,
    /// Cost of one, for the eye; absent where nothing is on hand.
    pub unit_minor: Option<i64>,
    /// The last known cost of one.
    pub cost_minor: Option<i64>,
}

/// Which products' values, highest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ValueFilter {
    /// Start of a code, or part of a name.
    #[serde(default)]
    pub search: String,
    /// Only goods on hand without a value, or a value without goods.
    #[serde(default)]
    pub odd: bool,
}

/// A part of the values, with what all of it comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ValuePage {
    /// Products in all.
    pub count: i64,
    /// The rows asked for.
    pub rows: Vec<ValueRow>,
    /// Value of all goods on hand, in minor units, whatever the filter.
    pub total_minor: i64,
    /// Cost of all goods sold so far.
    pub sold_minor: i64,
    /// Cost of all deliveries so far.
    pub received_minor: i64,
    /// Net of adjustments, counts and revaluations.
    pub adjusted_minor: i64,
}

const VALUE_OF: &str = "coalesce((SELECT b.amount FROM accounts a JOIN balances b ON b.account = a.key
    WHERE a.name = 'stock.value' AND a.party = p.id AND b.unit = (SELECT key FROM units WHERE name = 'money' AND party IS NULL)), 0)";

impl Books {
    /// What goods are worth, highest first, and what the accounts say in all.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn stock_values(&self, filter: &ValueFilter, window: Window) -> Result<ValuePage, BooksError> {
        let mut counting = QueryBuilder::new(format!(
            "SELECT count(*) FROM (SELECT p.id, p.code, p.name, p.stock_milli AS qty, {VALUE_OF} AS value FROM products p) v"
        ));
        narrow(&mut counting, filter);
        let count = counting.build_query_scalar().fetch_one(&self.readers).await?;
        let mut query = QueryBuilder::new(format!(
            "SELECT v.id, v.code, v.name, v.qty, v.value, v.cost_minor
             FROM (SELECT p.id, p.code, p.name, p.cost_minor, p.stock_milli AS qty, {VALUE_OF} AS value FROM products p) v"
        ));
        narrow(&mut query, filter);
        query.push(" ORDER BY v.value DESC, v.code LIMIT ").push_bind(window.rows()).push(" OFFSET ").push_bind(window.offset);
        type Row = (Vec<u8>, String, String, i64, i64, Option<i64>);
        let rows: Vec<Row> = query.build_query_as().fetch_all(&self.readers).await?;
        let rows = rows
            .into_iter()
            .map(|(product, code, name, qty_milli, value_minor, cost_minor)| {
                let unit_minor = Holding { qty_milli, value_minor }.unit_minor();
                Ok(ValueRow { product: id(&product)?, code, name, qty_milli, value_minor, unit_minor, cost_minor })
            })
            .collect::<Result<Vec<_>, BooksError>>()?;
        let text = "SELECT coalesce(sum(CASE WHEN a.name = 'stock.value' THEN b.amount END), 0),
                coalesce(sum(CASE WHEN a.name = 'stock.cost' THEN b.amount END), 0),
                coalesce(sum(CASE WHEN a.name = 'stock.payable' THEN -b.amount END), 0),
                coalesce(sum(CASE WHEN a.name LIKE 'stock.adjusted.%' THEN -b.amount END), 0)
            FROM accounts a JOIN balances b ON b.account = a.key
            WHERE b.unit = (SELECT key FROM units WHERE name = 'money' AND party IS NULL) AND a.name LIKE 'stock.%'";
        let (total_minor, sold_minor, received_minor, adjusted_minor) = sqlx::query_as(text).fetch_one(&self.readers).await?;
        Ok(ValuePage { count, rows, total_minor, sold_minor, received_minor, adjusted_minor })
    }
}

fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &ValueFilter) {
    query.push(if filter.odd {
        " WHERE ((v.qty > 0 AND v.value = 0) OR (v.qty <= 0 AND v.value <> 0) OR v.value < 0)"
    } else {
        " WHERE (v.qty <> 0 OR v.value <> 0)"
    });
    let search = filter.search.trim();
    if !search.is_empty() {
        query.push(" AND ((v.code >= ").push_bind(search.to_owned()).push(" AND v.code < ").push_bind(after(search));
        query.push(") OR instr(lower(v.name), ").push_bind(search.to_lowercase()).push("))");
    }
}

impl Reading<'_> {
    /// What is on hand of these products at all places together, with its value.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn holdings(&mut self, products: &[ProductId]) -> Result<BTreeMap<ProductId, Holding>, BooksError> {
        if products.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new(format!("SELECT p.id, p.stock_milli, {VALUE_OF} FROM products p WHERE p.id IN ("));
        let mut ids = query.separated(", ");
        for product in products {
            ids.push_bind(product.bytes().to_vec());
        }
        query.push(")");
        let rows: Vec<(Vec<u8>, i64, i64)> = query.build_query_as().fetch_all(&mut *self.connection).await?;
        rows.into_iter().map(|(product, qty_milli, value_minor)| Ok((id(&product)?, Holding { qty_milli, value_minor }))).collect()
    }
}
