//! Versions of prices and promotions, and what promotions a sale used.

use domain::{prices::PricesSet, promotion::PromotionSaved, sale::SaleRecorded};

use crate::batch::Batch;

pub fn set(batch: &mut Batch, number: i64, set: &PricesSet) {
    batch
        .statement("INSERT INTO price_versions (entry, product, valid_from, prices) VALUES (?, ?, ?, ?)")
        .bind(number)
        .bind(set.product.bytes().to_vec())
        .bind(set.from.clone())
        .bind(json(&set.prices));
}

pub fn promotion(batch: &mut Batch, number: i64, saved: &PromotionSaved) {
    batch
        .statement("INSERT INTO promotion_versions (entry, promotion, valid_from, code, terms) VALUES (?, ?, ?, ?, ?)")
        .bind(number)
        .bind(saved.promotion.bytes().to_vec())
        .bind(saved.from.clone())
        .bind(saved.terms.code().map(str::to_owned))
        .bind(json(&saved.terms));
}

pub fn used(batch: &mut Batch, number: i64, sale: &SaleRecorded) {
    for used in &sale.promotions {
        batch
            .statement("INSERT OR IGNORE INTO promotion_uses (entry, promotion, member, amount_minor) VALUES (?, ?, ?, ?)")
            .bind(number)
            .bind(used.promotion.bytes().to_vec())
            .bind(sale.member.map(|member| member.bytes().to_vec()))
            .bind(used.amount_minor);
    }
}

/// Plain values with text keys always become JSON.
fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
