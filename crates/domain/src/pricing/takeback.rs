//! Goods that come back, at the sale's own frozen figures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    draft::SaleDraftPrices,
    price::price,
    quote::{LineQuote, Quote, TenderKept},
    refusal::PriceRefusal,
    rules::{PriceProduct, PriceRules},
    tender::round_to_step,
    tender_kind::TenderKind,
};
use crate::share::step;

/// The figures of a sale that a return needs, as they were frozen into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sold {
    /// Lines of the sale.
    pub lines: Vec<SoldFigures>,
    /// What stayed of each tender after change, in the order handed over, one row per kind.
    pub kept: Vec<TenderKept>,
    /// The step cash was rounded to, in minor units.
    #[serde(default)]
    pub cash_step_minor: i64,
}

/// One line of a sale as a return sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SoldFigures {
    /// Thousandths of a piece, above zero.
    pub qty_milli: i64,
    /// What the customer paid for the line, tax on top included, in minor units.
    pub due_minor: i64,
    /// Tax in it or on top of it.
    pub tax_minor: i64,
    /// What commission was worked out on.
    pub commission_base_minor: i64,
    /// Its part of the points earned.
    pub points_earned: i64,
    /// Its part of the points spent.
    pub points_spent: i64,
}

impl Quote {
    /// The figures that a later return needs.
    pub fn sold(&self) -> Sold {
        let figures = |line: &LineQuote| SoldFigures {
            qty_milli: line.qty_milli,
            due_minor: line.due_minor(),
            tax_minor: line.tax_minor,
            commission_base_minor: line.commission_base_minor,
            points_earned: line.points_earned,
            points_spent: line.points_spent,
        };
        Sold { lines: self.lines.iter().map(figures).collect(), kept: self.kept.clone(), cash_step_minor: self.cash_step_minor }
    }
}

/// So much of one line, returned before or to be returned now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnedQty {
    /// The line of the sale, from 0.
    pub line: usize,
    /// Thousandths of a piece.
    pub qty_milli: i64,
}

/// What one return reverses. Every figure is zero or above and is to be taken the other way round, save the cash rounding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnQuote {
    /// Line by line, in the order of the sale; only lines that return something.
    pub lines: Vec<ReturnLineQuote>,
    /// What the customer is owed, tax on top included, before cash rounding.
    pub refund_minor: i64,
    /// Tax in it.
    pub tax_minor: i64,
    /// By how much commission's base falls.
    pub commission_base_minor: i64,
    /// Earned points that are taken back, whatever the member has left: what is short becomes a debt.
    pub points_taken: i64,
    /// Spent points that are given back.
    pub points_given: i64,
    /// Where the money goes: to the tenders that paid, cash last and rounded as the sale's was.
    pub refunds: Vec<TenderKept>,
    /// What cash rounding adds to the refund (or, below zero, keeps).
    pub cash_rounding_minor: i64,
}

/// One returned line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnLineQuote {
    /// The line of the sale.
    pub line: usize,
    /// Thousandths of a piece.
    pub qty_milli: i64,
    /// What the customer is owed for it.
    pub refund_minor: i64,
    /// Tax in it.
    pub tax_minor: i64,
    /// By how much commission's base falls.
    pub commission_base_minor: i64,
    /// Earned points taken back.
    pub points_taken: i64,
    /// Spent points given back.
    pub points_given: i64,
}

/// Why a return is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ReturnRefusal {
    /// Nothing was chosen.
    #[error("a return needs at least one line")]
    NothingChosen,
    /// The sale has no such line.
    #[error("the sale has no line {line}")]
    UnknownLine {
        /// As asked.
        line: usize,
    },
    /// The quantity is zero or below.
    #[error("line {line}: the quantity must be above zero")]
    QuantityNotAboveZero {
        /// The line.
        line: usize,
    },
    /// More than was sold and not returned yet.
    #[error("line {line}: only {left_milli} thousandths are left to return")]
    MoreThanSold {
        /// The line.
        line: usize,
        /// What may still come back, in thousandths.
        left_milli: i64,
    },
    /// The sale's figures do not fit together.
    #[error("line {line}: the figures of the sale are damaged")]
    Damaged {
        /// The line.
        line: usize,
    },
}

/// Prices a return. Cumulatively exact: once `k` of `n` have come back in any number of returns, `total × k / n`, rounded half away from zero,
/// has gone back of every figure of the line, so that all returns together reverse the sale to the last unit. `already` lists what earlier
/// returns of the same sale took, in any order.
///
/// # Errors
/// [`ReturnRefusal`], for the first line asked that cannot come back.
pub fn take_back(sold: &Sold, already: &[ReturnedQty], asked: &[ReturnedQty]) -> Result<ReturnQuote, ReturnRefusal> {
    if asked.is_empty() {
        return Err(ReturnRefusal::NothingChosen);
    }
    let mut before = vec![0i64; sold.lines.len()];
    add(sold, &mut before, already)?;
    let mut after = before.clone();
    add(sold, &mut after, asked)?;
    let mut lines = Vec::new();
    let (mut refunded_before, mut refunded_after) = (0, 0);
    for (line, figures) in sold.lines.iter().enumerate() {
        let part = |amount, from, to| step(amount, from, to, figures.qty_milli).ok_or(ReturnRefusal::Damaged { line });
        let (was, is) = (before[line], after[line]);
        refunded_before += part(figures.due_minor, 0, was)?;
        refunded_after += part(figures.due_minor, 0, is)?;
        if was == is {
            continue;
        }
        lines.push(ReturnLineQuote {
            line,
            qty_milli: is - was,
            refund_minor: part(figures.due_minor, was, is)?,
            tax_minor: part(figures.tax_minor, was, is)?,
            commission_base_minor: part(figures.commission_base_minor, was, is)?,
            points_taken: part(figures.points_earned, was, is)?,
            points_given: part(figures.points_spent, was, is)?,
        });
    }
    let refunds = refunds(sold, refunded_before, refunded_after);
    let sum = |figure: fn(&ReturnLineQuote) -> i64| lines.iter().map(figure).sum::<i64>();
    let refund_minor = sum(|line| line.refund_minor);
    let handed_minor: i64 = refunds.iter().map(|row| row.amount_minor).sum();
    Ok(ReturnQuote {
        refund_minor,
        tax_minor: sum(|line| line.tax_minor),
        commission_base_minor: sum(|line| line.commission_base_minor),
        points_taken: sum(|line| line.points_taken),
        points_given: sum(|line| line.points_given),
        cash_rounding_minor: if sold.kept.is_empty() { 0 } else { handed_minor - refund_minor },
        refunds,
        lines,
    })
}

fn add(sold: &Sold, returned: &mut [i64], more: &[ReturnedQty]) -> Result<(), ReturnRefusal> {
    for ReturnedQty { line, qty_milli } in more.iter().copied() {
        let Some(figures) = sold.lines.get(line) else {
            return Err(ReturnRefusal::UnknownLine { line });
        };
        if qty_milli <= 0 {
            return Err(ReturnRefusal::QuantityNotAboveZero { line });
        }
        let left_milli = figures.qty_milli - returned[line];
        if qty_milli > left_milli {
            return Err(ReturnRefusal::MoreThanSold { line, left_milli });
        }
        returned[line] += qty_milli;
    }
    Ok(())
}

/// Lays the refund on the tenders: what all returns so far have laid, less what they had laid before this one.
fn refunds(sold: &Sold, before_minor: i64, after_minor: i64) -> Vec<TenderKept> {
    let (before, after) = (laid(sold, before_minor), laid(sold, after_minor));
    let rows = before.into_iter().zip(after).map(|(before, after)| TenderKept { amount_minor: after.amount_minor - before.amount_minor, ..after });
    rows.filter(|row| row.amount_minor != 0).collect()
}

/// So much in all, laid on the tenders in the order handed over, cash last and rounded to the sale's step.
fn laid(sold: &Sold, total_minor: i64) -> Vec<TenderKept> {
    let (cash, others): (Vec<TenderKept>, Vec<TenderKept>) = sold.kept.iter().partition(|row| row.kind == TenderKind::Cash);
    let mut left = total_minor;
    let mut rows: Vec<TenderKept> = others
        .into_iter()
        .map(|row| {
            let amount_minor = row.amount_minor.min(left);
            left -= amount_minor;
            TenderKept { amount_minor, ..row }
        })
        .collect();
    rows.extend(cash.first().map(|row| TenderKept { amount_minor: round_to_step(left, sold.cash_step_minor), ..*row }));
    rows
}

/// Prices goods that come back without a sale to show for them: at today's price for anybody, with the tax of it, paid back by one tender.
/// Nothing is earned or reversed but stock and money. `draft.approved` says that somebody who may has agreed.
///
/// # Errors
/// `ReturnNeedsApproval`, then whatever [`price`] refuses; gifts are refused, because points belong to a member.
pub fn take_back_without_sale(
    rules: &PriceRules,
    products: &BTreeMap<String, PriceProduct>,
    draft: &SaleDraftPrices,
    refund_by: TenderKind,
    today: &str,
) -> Result<ReturnQuote, PriceRefusal> {
    if !draft.approved {
        return Err(PriceRefusal::ReturnNeedsApproval);
    }
    let draft = SaleDraftPrices { points: 0, tenders: Vec::new(), ..draft.clone() };
    let quote = price(rules, products, None, &draft, today)?;
    let figures = |(line, sold): (usize, &LineQuote)| ReturnLineQuote {
        line,
        qty_milli: sold.qty_milli,
        refund_minor: sold.due_minor(),
        tax_minor: sold.tax_minor,
        commission_base_minor: 0,
        points_taken: 0,
        points_given: 0,
    };
    let in_cash = refund_by == TenderKind::Cash;
    let amount_minor = if in_cash { round_to_step(quote.due_minor, rules.cash_rounding_minor) } else { quote.due_minor };
    Ok(ReturnQuote {
        lines: quote.lines.iter().enumerate().map(figures).collect(),
        refund_minor: quote.due_minor,
        tax_minor: quote.tax_minor,
        commission_base_minor: 0,
        points_taken: 0,
        points_given: 0,
        refunds: vec![TenderKept { kind: refund_by, amount_minor }],
        cash_rounding_minor: amount_minor - quote.due_minor,
    })
}
