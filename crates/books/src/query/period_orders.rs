//! The orders of a month: sales as they were recorded, less what came back of them before the month was closed.

use std::collections::HashMap;

use domain::{
    fact::Fact,
    ids::MemberId,
    returns::SaleReturned,
    sale::{ChainLink, Earned},
};
use sqlx::SqliteConnection;

use crate::{BooksError, apply::Reading, entry::Entry};

impl Reading<'_> {
    /// What came back of the month's sales before it was first closed, in whichever month that counts, by the sale's entry: the rules of the month
    /// never see it. What comes back later takes its part of what the close paid with it.
    pub(super) async fn seen_returns(&mut self, month: i64) -> Result<HashMap<i64, Vec<SaleReturned>>, BooksError> {
        let text = "SELECT o.entry, j.number, j.bytes FROM sales r JOIN journal oj ON oj.id = r.origin JOIN sales o ON o.entry = oj.number
            JOIN journal j ON j.number = r.entry WHERE r.origin IS NOT NULL AND o.month = ?1
            AND r.entry < coalesce((SELECT min(entry) FROM closes WHERE month = ?1), 9223372036854775807) ORDER BY r.entry";
        let rows: Vec<(i64, i64, Vec<u8>)> = sqlx::query_as(text).bind(month).fetch_all(&mut *self.connection).await?;
        let mut returned: HashMap<i64, Vec<SaleReturned>> = HashMap::new();
        for (sale, number, bytes) in rows {
            if let Some(Fact::SaleReturned(back)) = Entry::read(number, &bytes)?.fact(number)? {
                returned.entry(sale).or_default().push(back);
            }
        }
        Ok(returned)
    }
}

/// A sale as it was recorded, of either kind.
pub(super) struct Sold {
    pub id: String,
    pub member: Option<MemberId>,
    pub net_minor: i64,
    pub qty_milli: i64,
    /// Pieces of every line, and whether the line counts.
    pub pieces: Vec<(i64, bool)>,
    pub tags: Vec<String>,
    pub counts: bool,
    pub chain: Vec<ChainLink>,
    pub earned: Vec<Earned>,
}

impl Sold {
    /// Takes off what came back; false where nothing is left.
    pub(super) fn without(&mut self, returned: &[SaleReturned]) -> bool {
        let mut left: i64 = self.pieces.iter().map(|(qty, _)| qty).sum();
        for back in returned {
            for line in &back.lines {
                let counts = line.line.and_then(|line| self.pieces.get(line as usize)).is_some_and(|(_, counts)| *counts);
                self.qty_milli -= if counts { line.qty_milli } else { 0 };
                self.net_minor -= line.base_minor;
                left -= line.qty_milli;
            }
            // A return answers each earning of its sale in its order.
            self.earned.iter_mut().zip(&back.earned).for_each(|(earned, back)| earned.amount_micro += back.amount_micro);
        }
        if !returned.is_empty() {
            self.earned.retain(|earned| earned.amount_micro != 0);
        }
        returned.is_empty() || left > 0
    }
}

/// The sale that an entry holds; nothing for other kinds.
pub(super) fn sold(number: i64, bytes: &[u8], categories: &HashMap<domain::ids::ProductId, String>) -> Result<Option<Sold>, BooksError> {
    Ok(match Entry::read(number, bytes)?.fact(number)? {
        Some(Fact::SaleRecorded(sale)) => {
            let counting: Vec<_> = sale.lines.iter().filter(|line| line.base_minor > 0).collect();
            let mut tags = sale.tags;
            if tags.is_empty() {
                // Older sales did not freeze their tags: the goods' categories of today stand in.
                tags = counting.iter().filter_map(|line| categories.get(&line.product).cloned()).collect();
                tags.sort();
                tags.dedup();
            }
            Some(Sold {
                id: sale.sale.to_string(),
                member: sale.member,
                net_minor: counting.iter().map(|line| line.base_minor).sum(),
                qty_milli: counting.iter().map(|line| line.qty_milli).sum(),
                pieces: sale.lines.iter().map(|line| (line.qty_milli, line.base_minor > 0)).collect(),
                tags,
                counts: sale.plan.is_some(),
                chain: sale.chain,
                earned: sale.earned,
            })
        }
        Some(Fact::SaleImported(sale)) => Some(Sold {
            id: sale.sale.to_string(),
            member: sale.member,
            net_minor: sale.base_minor(),
            qty_milli: sale.lines.iter().filter(|line| line.kind.is_goods_sold()).map(|line| line.qty_milli).sum(),
            // Freight and the like never come back: of it something is always left.
            pieces: sale.lines.iter().map(|line| (line.qty_milli, line.kind.is_goods_sold())).collect(),
            tags: Vec::new(),
            counts: sale.plan.is_some(),
            chain: sale.chain,
            earned: sale.earned,
        }),
        Some(_) | None => None,
    })
}

/// Categories of today, by product.
pub(super) async fn categories(connection: &mut SqliteConnection) -> Result<HashMap<domain::ids::ProductId, String>, BooksError> {
    let rows: Vec<(Vec<u8>, String)> = sqlx::query_as("SELECT id, category FROM products WHERE category IS NOT NULL").fetch_all(connection).await?;
    rows.into_iter().map(|(product, category)| Ok((super::id(&product)?, category))).collect()
}
