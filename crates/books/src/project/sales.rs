//! Sales, their lines, and what each upline earned, with the maintained total per member and month.

use std::collections::BTreeMap;

use domain::{
    ids::{MemberId, SaleId},
    import::SaleImported,
    returns::SaleReturned,
    sale::{Earned, SaleRecorded},
};

use super::{
    parts::{self, Goods},
    tree,
};
use crate::{batch::Batch, entry::Entry, query::month_of};

/// Rows of one statement: SQLite takes 32,766 arguments, and one earlier invoice had 1,114 lines.
const ROWS: usize = 3_000;

struct SaleRow<'a> {
    number: &'a str,
    source: Option<&'a str>,
    made_at_ms: i64,
    member: Option<MemberId>,
    pieces_milli: i64,
    net_minor: i64,
    tax_minor: i64,
    discount_minor: i64,
    rounding_micro: i64,
    kind: &'static str,
    origin: Option<SaleId>,
    /// By how many the buyer's purchases rise.
    purchases: i64,
    /// True where points were spent on it.
    redeems: bool,
}

pub fn recorded(batch: &mut Batch, number: i64, entry: &Entry, sale: &SaleRecorded) {
    let row = SaleRow {
        number: &sale.number,
        source: None,
        made_at_ms: entry.5.0,
        member: sale.member,
        pieces_milli: sale.lines.iter().map(|line| line.qty_milli).sum(),
        net_minor: sale.goods_minor,
        tax_minor: sale.tax_minor,
        discount_minor: sale.lines.iter().map(|line| line.discount_minor).sum(),
        rounding_micro: 0,
        kind: "sale",
        origin: None,
        purchases: 1,
        redeems: sale.points_spent > 0,
    };
    sale_row(batch, number, entry, &row, &sale.earned);
    for (chunk, lines) in sale.lines.chunks(ROWS).enumerate() {
        batch.statement("INSERT INTO sale_lines (entry, line, product, kind, qty_milli, net_minor) VALUES");
        for (line, sold) in (chunk * ROWS..).zip(lines) {
            batch
                .row("(?, ?, (SELECT key FROM products WHERE id = ?), 'sale', ?, ?)")
                .bind(number)
                .bind(i64::try_from(line).unwrap_or(i64::MAX))
                .bind(sold.product.bytes().to_vec())
                .bind(sold.qty_milli)
                .bind(sold.net_minor);
        }
    }
    super::count_up(batch, "receipt", &sale.number);
    let version = sale.plan.as_ref().map_or(0, |plan| i64::from(plan.version));
    let goods: Vec<Goods> = sale.lines.iter().map(|line| (Some(line.product), line.base_minor)).collect();
    earned(batch, number, entry, version, &sale.earned, 1, &goods);
}

/// A return stands among the sales with everything below zero; what it takes back from the upline falls into the month in which it happens.
pub fn returned(batch: &mut Batch, number: i64, entry: &Entry, back: &SaleReturned) {
    let row = SaleRow {
        number: &back.number,
        source: None,
        made_at_ms: entry.5.0,
        member: back.member,
        pieces_milli: -back.lines.iter().map(|line| line.qty_milli).sum::<i64>(),
        net_minor: -back.goods_minor,
        tax_minor: -back.tax_minor,
        discount_minor: 0,
        rounding_micro: 0,
        kind: "return",
        origin: back.sale,
        purchases: -i64::from(back.whole),
        redeems: false,
    };
    sale_row(batch, number, entry, &row, &back.earned);
    for (chunk, lines) in back.lines.chunks(ROWS).enumerate() {
        batch.statement("INSERT INTO sale_lines (entry, line, product, kind, qty_milli, net_minor, origin_line) VALUES");
        for (line, came) in (chunk * ROWS..).zip(lines) {
            batch
                .row("(?, ?, (SELECT key FROM products WHERE id = ?), 'return', ?, ?, ?)")
                .bind(number)
                .bind(i64::try_from(line).unwrap_or(i64::MAX))
                .bind(came.product.bytes().to_vec())
                .bind(-came.qty_milli)
                .bind(-came.net_minor)
                .bind(came.line.map(i64::from));
        }
    }
    super::count_up(batch, "receipt", &back.number);
    let version = back.plan.as_ref().map_or(0, |plan| i64::from(plan.version));
    let goods: Vec<Goods> = back.lines.iter().map(|line| (Some(line.product), line.base_minor)).collect();
    earned(batch, number, entry, version, &back.earned, 0, &goods);
}

pub fn imported(batch: &mut Batch, number: i64, entry: &Entry, sale: &SaleImported) {
    let row = SaleRow {
        number: &sale.number,
        source: Some(&sale.source),
        made_at_ms: sale.made_at_ms,
        member: sale.member,
        pieces_milli: sale.lines.iter().map(|line| line.qty_milli).sum(),
        net_minor: sale.net_minor,
        tax_minor: 0,
        discount_minor: 0,
        rounding_micro: sale.net_minor.saturating_mul(1_000_000).saturating_sub(sale.net_micro),
        kind: "sale",
        origin: None,
        purchases: 1,
        redeems: false,
    };
    sale_row(batch, number, entry, &row, &sale.earned);
    for (chunk, lines) in sale.lines.chunks(ROWS).enumerate() {
        batch.statement("INSERT INTO sale_lines (entry, line, product, kind, qty_milli, net_minor) VALUES");
        for (line, came) in (chunk * ROWS..).zip(lines) {
            batch
                .row("(?, ?, (SELECT key FROM products WHERE id = ?), ?, ?, ?)")
                .bind(number)
                .bind(i64::try_from(line).unwrap_or(i64::MAX))
                .bind(came.product.map(|product| product.bytes().to_vec()))
                .bind(came.kind.word())
                .bind(came.qty_milli)
                .bind(came.net_minor);
        }
    }
    let version = sale.plan.as_ref().map_or(0, |plan| i64::from(plan.version));
    let sold = sale.lines.iter().filter(|line| line.kind.is_goods_sold());
    let goods: Vec<Goods> = sold.map(|line| (line.product, line.net_minor)).collect();
    earned(batch, number, entry, version, &sale.earned, 1, &goods);
}

fn sale_row(batch: &mut Batch, number: i64, entry: &Entry, row: &SaleRow<'_>, earnings: &[Earned]) {
    let member = row.member.map(|member| member.bytes().to_vec());
    batch
        .statement(
            "INSERT INTO sales (entry, number, source, business_date, made_at_ms, member, person, pieces_milli, net_minor, tax_minor, earned_micro,
             origin_rounding_micro, discount_minor, kind, origin, month) VALUES",
        )
        .row("(?, ?, ?, ?, ?, (SELECT key FROM members WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, max(?, coalesce((SELECT max(month) + 1 FROM closes WHERE reopened IS NULL), 0)))")
        .bind(number)
        .bind(row.number.to_owned())
        .bind(row.source.map(str::to_owned))
        .bind(entry.6.clone())
        .bind(row.made_at_ms)
        .bind(member.clone())
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(row.pieces_milli)
        .bind(row.net_minor)
        .bind(row.tax_minor)
        .bind(earnings.iter().map(|earned| earned.amount_micro).sum::<i64>())
        .bind(row.rounding_micro)
        .bind(row.discount_minor)
        .bind(row.kind)
        .bind(row.origin.map(|sale| sale.bytes().to_vec()))
        .bind(month_of(&entry.6).unwrap_or(0));
    parts::sold(batch, month_of(&entry.6).unwrap_or(0), i64::from(row.kind == "sale"), row.net_minor);
    if let Some(buyer) = row.member {
        tree::bought(batch, buyer, month_of(&entry.6).unwrap_or(0), row.net_minor);
    }
    if let Some(member) = member {
        // Whoever came and brought the goods back has still been there: only sales move the days.
        let bought = (row.kind == "sale").then(|| entry.6.clone());
        batch
            .statement(
                "UPDATE members SET purchases = purchases + ?, net_minor = net_minor + ?, redeemed = redeemed + ?,
                    first_bought = coalesce(min(first_bought, ?), first_bought, ?), last_bought = coalesce(max(last_bought, ?), last_bought, ?) WHERE id = ?",
            )
            .bind(row.purchases)
            .bind(row.net_minor)
            .bind(i64::from(row.redeems))
            .bind(bought.clone())
            .bind(bought.clone())
            .bind(bought.clone())
            .bind(bought)
            .bind(member);
    }
}

/// An earning of someone the books do not know stands for nobody (key 0): a fact is never turned away. What belongs to a month that was closed counts in
/// the open one. `sales`: by how many the sales rise that each earner's month came from.
fn earned(batch: &mut Batch, number: i64, entry: &Entry, plan_version: i64, earnings: &[Earned], sales: i64, goods: &[Goods]) {
    let (Some(month), false) = (month_of(&entry.6), earnings.is_empty()) else { return };
    batch.statement("INSERT INTO earnings (entry, line, month, member, rule, depth, base_minor, rate_ppm, amount_micro, plan_version) VALUES");
    for (line, earned) in (0i64..).zip(earnings) {
        batch
            .row("(?, ?, max(?, coalesce((SELECT max(month) + 1 FROM closes WHERE reopened IS NULL), 0)), coalesce((SELECT key FROM members WHERE id = ?), 0), ?, ?, ?, ?, ?, ?)")
            .bind(number)
            .bind(line)
            .bind(month)
            .bind(earned.member.bytes().to_vec())
            .bind(earned.rule.clone())
            .bind(i64::from(earned.depth))
            .bind(earned.base_minor)
            .bind(earned.rate_ppm)
            .bind(earned.amount_micro)
            .bind(plan_version);
    }
    let mut totals: BTreeMap<MemberId, (i64, i64)> = BTreeMap::new();
    for earned in earnings {
        let total = totals.entry(earned.member).or_default();
        // The base counts once, by however many rules it is paid on; a return's is below zero.
        let base = if earned.base_minor < 0 { total.0.min(earned.base_minor) } else { total.0.max(earned.base_minor) };
        *total = (base, total.1 + earned.amount_micro);
    }
    batch.statement("INSERT INTO earned_months (month, member, sales, base_minor, amount_micro) VALUES");
    for (member, (base, amount)) in totals {
        batch
            .row("(max(?, coalesce((SELECT max(month) + 1 FROM closes WHERE reopened IS NULL), 0)), coalesce((SELECT key FROM members WHERE id = ?), 0), ?, ?, ?)")
            .bind(month)
            .bind(member.bytes().to_vec())
            .bind(sales)
            .bind(base)
            .bind(amount);
    }
    batch.end(
        "ON CONFLICT (month, member) DO UPDATE SET sales = sales + excluded.sales, base_minor = base_minor + excluded.base_minor,
            amount_micro = amount_micro + excluded.amount_micro",
    );
    parts::earned(batch, month, true, earnings.iter(), goods);
}
