//! Versions of prices and promotions as they hold on a day.

use std::collections::BTreeMap;

use domain::{
    ids::{MemberId, ProductId, PromotionId},
    prices::ProductPrices,
    promotion::{PromotionNow, PromotionTerms},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection};
use ts_rs::TS;

use super::id;
use crate::{
    Books, BooksError,
    apply::{Reading, Writing},
};

/// Prices of a product from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriceVersion {
    /// First business date.
    pub from: String,
    /// All of them.
    pub prices: ProductPrices,
    /// When it was set, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Name of who set it.
    pub by: Option<String>,
}

/// A promotion as its list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PromotionRow {
    /// The promotion.
    pub promotion: PromotionId,
    /// Its terms now.
    pub terms: PromotionTerms,
    /// Sales that it took something off.
    pub used: i64,
    /// What it took off in all, in minor units.
    pub amount_minor: i64,
    /// Versions of its terms so far.
    pub versions: i64,
}

impl Books {
    /// Every version of a product's prices, the latest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn price_versions(&self, product: ProductId) -> Result<Vec<PriceVersion>, BooksError> {
        type Row = (i64, String, String, i64);
        let text = "SELECT v.entry, v.valid_from, v.prices, j.at_ms FROM price_versions v JOIN journal j ON j.number = v.entry
            WHERE v.product = ? ORDER BY v.valid_from DESC, v.entry DESC LIMIT 200";
        let rows: Vec<Row> = sqlx::query_as(text).bind(product.bytes()).fetch_all(&self.readers).await?;
        let people = self.people().await?;
        let mut versions = Vec::with_capacity(rows.len());
        for (entry, from, prices, at_ms) in rows {
            let actor = self.entries_after(entry - 1, 1).await?.into_iter().next().and_then(|stored| stored.entry.7);
            let by = people.iter().find(|row| Some(row.person) == actor).map(|row| row.name.clone());
            versions.push(PriceVersion { from, prices: read(entry, &prices)?, at_ms, by });
        }
        Ok(versions)
    }

    /// Every promotion as it stands, the newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn promotions(&self) -> Result<Vec<PromotionRow>, BooksError> {
        #[derive(FromRow)]
        struct Raw {
            entry: i64,
            promotion: Vec<u8>,
            terms: String,
            used: i64,
            amount_minor: i64,
            versions: i64,
        }
        let text = "SELECT v.entry, v.promotion, v.terms,
                (SELECT count(*) FROM promotion_uses u WHERE u.promotion = v.promotion) AS used,
                (SELECT coalesce(sum(u.amount_minor), 0) FROM promotion_uses u WHERE u.promotion = v.promotion) AS amount_minor,
                (SELECT count(*) FROM promotion_versions w WHERE w.promotion = v.promotion) AS versions
            FROM promotion_versions v
            WHERE v.entry = (SELECT w.entry FROM promotion_versions w WHERE w.promotion = v.promotion ORDER BY w.valid_from DESC, w.entry DESC LIMIT 1)
            ORDER BY (SELECT min(w.entry) FROM promotion_versions w WHERE w.promotion = v.promotion) DESC";
        let rows: Vec<Raw> = sqlx::query_as(text).fetch_all(&self.readers).await?;
        rows.into_iter()
            .map(|raw| {
                let Raw { entry, promotion, terms, used, amount_minor, versions } = raw;
                Ok(PromotionRow { promotion: id(&promotion)?, terms: read(entry, &terms)?, used, amount_minor, versions })
            })
            .collect()
    }

    /// Name of a coupon that is not ended and has this code.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn coupon(&self, code: &str) -> Result<Option<String>, BooksError> {
        Ok(coupon(&mut *self.readers.acquire().await?, code).await?.into_iter().next().map(|(_, name)| name))
    }
}

impl Reading<'_> {
    /// Prices of these products as they hold on a day; those without any left out.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn prices_on(&mut self, products: &[ProductId], today: &str) -> Result<BTreeMap<ProductId, ProductPrices>, BooksError> {
        if products.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT v.entry, v.product, v.prices FROM price_versions v WHERE v.entry = (SELECT w.entry FROM price_versions w WHERE w.product = v.product AND w.valid_from <= ",
        );
        query.push_bind(today.to_owned()).push(" ORDER BY w.valid_from DESC, w.entry DESC LIMIT 1) AND v.product IN (");
        let mut ids = query.separated(", ");
        for product in products {
            ids.push_bind(product.bytes().to_vec());
        }
        query.push(")");
        let rows: Vec<(i64, Vec<u8>, String)> = query.build_query_as().fetch_all(&mut *self.connection).await?;
        rows.into_iter().map(|(entry, product, prices)| Ok((id(&product)?, read(entry, &prices)?))).collect()
    }

    /// The promotions as they stand on a day, in the order they were set up: those that the till gives by itself, and coupons of these codes. Uses
    /// are counted for coupons alone.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn promotions_on(&mut self, codes: &[String], member: Option<MemberId>, today: &str) -> Result<Vec<PromotionNow>, BooksError> {
        let text = "SELECT v.entry, v.promotion, v.terms FROM promotion_versions v
            WHERE v.entry = (SELECT w.entry FROM promotion_versions w WHERE w.promotion = v.promotion AND w.valid_from <= ?1
                ORDER BY w.valid_from DESC, w.entry DESC LIMIT 1)
            ORDER BY (SELECT min(w.entry) FROM promotion_versions w WHERE w.promotion = v.promotion)";
        let rows: Vec<(i64, Vec<u8>, String)> = sqlx::query_as(text).bind(today).fetch_all(&mut *self.connection).await?;
        let mut promotions = Vec::new();
        for (entry, promotion, terms) in rows {
            let terms: PromotionTerms = read(entry, &terms)?;
            let asked = terms.code().map(|code| codes.iter().any(|asked| asked == code));
            let (used, used_by_member) = match asked {
                Some(false) => continue,
                None if terms.stopped => continue,
                None => (0, 0),
                Some(true) => {
                    let text = "SELECT count(*), coalesce(sum(member = ?2), 0) FROM promotion_uses WHERE promotion = ?1";
                    let member = member.map(|member| member.bytes().to_vec());
                    sqlx::query_as(text).bind(promotion.clone()).bind(member).fetch_one(&mut *self.connection).await?
                }
            };
            promotions.push(PromotionNow { promotion: id(&promotion)?, terms, used, used_by_member });
        }
        // An ended coupon steps behind one in use that has its code.
        promotions.sort_by_key(|promotion| !promotion.terms.stopped);
        Ok(promotions)
    }
}

impl Writing<'_> {
    /// Name of another coupon that is not ended and has this code.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn coupon_taker(&mut self, promotion: PromotionId, code: &str) -> Result<Option<String>, BooksError> {
        let found = coupon(self.reading(), code).await?;
        Ok(found.into_iter().find(|(other, _)| other != promotion.bytes()).map(|(_, name)| name))
    }

    /// True where there is such a promotion.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn knows_promotion(&mut self, promotion: PromotionId) -> Result<bool, BooksError> {
        let text = "SELECT EXISTS (SELECT 1 FROM promotion_versions WHERE promotion = ?)";
        Ok(sqlx::query_scalar(text).bind(promotion.bytes()).fetch_one(self.reading()).await?)
    }
}

async fn coupon(connection: &mut SqliteConnection, code: &str) -> Result<Vec<(Vec<u8>, String)>, BooksError> {
    let text = "SELECT v.entry, v.promotion, v.terms FROM promotion_versions v
        WHERE v.code = ? AND v.entry = (SELECT w.entry FROM promotion_versions w WHERE w.promotion = v.promotion ORDER BY w.valid_from DESC, w.entry DESC LIMIT 1)";
    let rows: Vec<(i64, Vec<u8>, String)> = sqlx::query_as(text).bind(code).fetch_all(connection).await?;
    let mut found = Vec::new();
    for (entry, promotion, terms) in rows {
        let terms: PromotionTerms = read(entry, &terms)?;
        if !terms.stopped {
            found.push((promotion, terms.name));
        }
    }
    Ok(found)
}

fn read<T: serde::de::DeserializeOwned>(number: i64, text: &str) -> Result<T, BooksError> {
    serde_json::from_str(text).map_err(|error| BooksError::Unreadable { number, reason: error.to_string() })
}
