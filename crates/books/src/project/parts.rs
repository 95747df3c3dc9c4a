//! What a month's commission is made of: by rule, depth, rank and product, kept as it is earned, so that a report of any month is a few rows of an index.

use std::collections::BTreeMap;

use domain::{
    ids::{MemberId, ProductId},
    sale::Earned,
    share::split,
};

use super::tree;
use crate::batch::Batch;

/// A row whose first two arguments say the month, as [`earned`] has it.
macro_rules! placed {
    ($rest:literal) => {
        concat!("(max(?, CASE WHEN ? THEN coalesce((SELECT max(month) + 1 FROM closes WHERE reopened IS NULL), 0) ELSE 0 END), ", $rest, ")")
    };
}

/// Goods that an earning came from, and what counted of them.
pub type Goods = (Option<ProductId>, i64);

/// Adds what was earned to the parts of its month. `open`: a month that is closed counts in the first that is not. Commission has no product of its own: it
/// is shared over the goods of its receipt by what counted of each, to the millionth; without goods it stands under none.
pub fn earned<'a>(batch: &mut Batch, month: i64, open: bool, earnings: impl Iterator<Item = &'a Earned>, goods: &[Goods]) {
    let mut rules: BTreeMap<&str, i64> = BTreeMap::new();
    let mut depths: BTreeMap<u32, i64> = BTreeMap::new();
    let mut members: BTreeMap<MemberId, i64> = BTreeMap::new();
    let mut whole = 0;
    let mut nearest: Option<&Earned> = None;
    for one in earnings {
        *rules.entry(&one.rule).or_default() += one.amount_micro;
        *depths.entry(one.depth).or_default() += one.amount_micro;
        *members.entry(one.member).or_default() += one.amount_micro;
        whole += one.amount_micro;
        nearest = nearest.filter(|before| before.depth <= one.depth).or(Some(one));
    }
    let Some(nearest) = nearest else { return };
    let mut products: BTreeMap<Option<ProductId>, i64> = BTreeMap::new();
    let counting: Vec<&Goods> = goods.iter().filter(|(_, base)| *base != 0).collect();
    let weights: Vec<i64> = counting.iter().map(|(_, base)| base.abs()).collect();
    for ((product, _), share) in counting.iter().zip(split(whole, &weights)) {
        *products.entry(*product).or_default() += share;
    }
    if counting.is_empty() {
        products.insert(None, whole);
    }
    batch.statement("INSERT INTO earned_parts (month, part, name, amount_micro) VALUES");
    for (rule, amount) in rules {
        in_month(batch.row(placed!("'rule', ?, ?")), month, open).bind(rule.to_owned()).bind(amount);
    }
    for (depth, amount) in depths {
        in_month(batch.row(placed!("'depth', ?, ?")), month, open).bind(i64::from(depth)).bind(amount);
    }
    for (member, amount) in &members {
        in_month(batch.row(placed!("'rank', coalesce((SELECT rank FROM members WHERE id = ?), ''), ?")), month, open)
            .bind(member.bytes().to_vec())
            .bind(*amount);
    }
    for (product, amount) in products {
        in_month(batch.row(placed!("'product', coalesce((SELECT key FROM products WHERE id = ?), 0), ?")), month, open)
            .bind(product.map(|product| product.bytes().to_vec()))
            .bind(amount);
    }
    batch.end("ON CONFLICT (month, part, name) DO UPDATE SET amount_micro = amount_micro + excluded.amount_micro");
    tree::earned(batch, month, open, nearest.member, &members);
}

fn in_month(batch: &mut Batch, month: i64, open: bool) -> &mut Batch {
    batch.bind(month).bind(open)
}

/// Adds a receipt to what its month sold.
pub fn sold(batch: &mut Batch, month: i64, receipts: i64, net_minor: i64) {
    batch
        .statement(
            "INSERT INTO sale_months (month, receipts, net_minor) VALUES (?, ?, ?)
             ON CONFLICT (month) DO UPDATE SET receipts = receipts + excluded.receipts, net_minor = net_minor + excluded.net_minor",
        )
        .bind(month)
        .bind(receipts)
        .bind(net_minor);
}
