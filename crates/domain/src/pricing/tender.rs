//! Step 7: what was handed over, what of it stays, and whether it is enough.

use super::{
    draft::{SaleDraftPrices, Tender},
    quote::{Quote, TenderKept, UnitPriceWhy},
    refusal::PriceRefusal,
    rules::{PriceMember, PriceRules, WHOLE_PPM},
    tender_kind::TenderKind,
    unit::times,
};
use crate::share::{divide_half_away, portion};

/// The figures of step 7.
pub(super) struct Payment {
    pub paid_minor: i64,
    pub cash_asked_minor: i64,
    pub cash_rounding_minor: i64,
    pub change_minor: i64,
    pub missing_minor: i64,
    pub kept: Vec<TenderKept>,
}

/// Rounds to a multiple of the step, half away from zero; a step of 0 or 1 changes nothing.
pub(super) fn round_to_step(amount_minor: i64, step_minor: i64) -> i64 {
    if step_minor <= 1 {
        return amount_minor;
    }
    let steps = divide_half_away(amount_minor.into(), step_minor.into());
    i64::try_from(steps * i128::from(step_minor)).unwrap_or(amount_minor)
}

/// Lays the tenders against what is due. A cash tender, even of zero, rounds what is left after the others; so does another tender that gives
/// change and is more than that, because its change is handed over in cash.
pub(super) fn pay(due_minor: i64, tenders: &[Tender], rules: &PriceRules) -> Result<Payment, PriceRefusal> {
    let step_minor = rules.cash_rounding_minor;
    let (mut changing, mut others) = (0i64, 0i64);
    let mut kept: Vec<TenderKept> = Vec::new();
    for (place, tender) in tenders.iter().enumerate() {
        if tender.amount_minor < 0 {
            return Err(PriceRefusal::BelowZero { line: place, what: "tender".to_owned() });
        }
        let sum = if rules.tenders.gives_change(tender.kind) { &mut changing } else { &mut others };
        *sum = sum.checked_add(tender.amount_minor).ok_or(PriceRefusal::TooLarge { line: place })?;
        match kept.iter_mut().find(|row| row.kind == tender.kind) {
            Some(row) => row.amount_minor += tender.amount_minor,
            None => kept.push(TenderKept { kind: tender.kind, amount_minor: tender.amount_minor }),
        }
    }
    let paid_minor = changing.checked_add(others).ok_or(PriceRefusal::TooLarge { line: 0 })?;
    let rest = (due_minor - others).max(0);
    let cash_asked_minor = round_to_step(rest, step_minor);
    let in_cash = tenders.iter().any(|tender| tender.kind == TenderKind::Cash) || changing > rest;
    let asked = if in_cash { cash_asked_minor } else { rest };
    let change_minor = (changing - asked).max(0);
    if change_minor != 0 && !kept.iter().any(|row| row.kind == TenderKind::Cash) {
        kept.push(TenderKept { kind: TenderKind::Cash, amount_minor: 0 });
    }
    for row in kept.iter_mut().filter(|row| row.kind == TenderKind::Cash) {
        row.amount_minor -= change_minor;
    }
    kept.retain(|row| row.amount_minor != 0);
    let missing_minor = (asked - changing).max(0);
    Ok(Payment { paid_minor, cash_asked_minor, cash_rounding_minor: asked - rest, change_minor, missing_minor, kept })
}

/// Decides whether a priced draft may be recorded as paid.
///
/// # Errors
/// In this order: `NeedsApproval`, `ChangeFromCashAlone`, `BalanceNeedsMember`, `BalanceShort`, `OwesMore`.
pub fn settle(rules: &PriceRules, member: Option<&PriceMember>, draft: &SaleDraftPrices, quote: &Quote) -> Result<(), PriceRefusal> {
    within_limit(rules, draft, quote)?;
    let of = |kind: TenderKind| draft.tenders.iter().filter(|tender| tender.kind == kind).map(|tender| tender.amount_minor).sum::<i64>();
    let fixed = draft.tenders.iter().filter(|tender| !rules.tenders.gives_change(tender.kind));
    let others = fixed.map(|tender| tender.amount_minor).sum::<i64>();
    if others > quote.due_minor {
        return Err(PriceRefusal::ChangeFromCashAlone { excess_minor: others - quote.due_minor });
    }
    let from_balance = of(TenderKind::Balance);
    if from_balance > 0 {
        let member = member.ok_or(PriceRefusal::BalanceNeedsMember)?;
        let available = member.balance_minor.max(0);
        if from_balance > available {
            return Err(PriceRefusal::BalanceShort { missing_minor: from_balance - available });
        }
    }
    if quote.missing_minor > 0 {
        return Err(PriceRefusal::OwesMore { missing_minor: quote.missing_minor });
    }
    Ok(())
}

/// What paying an amount that is no sale comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// Cash given back, in minor units.
    pub change_minor: i64,
    /// What cash rounding adds, or, below zero, gives.
    pub rounding_minor: i64,
    /// What is still missing.
    pub missing_minor: i64,
}

/// Lays tenders against an amount that is no sale: a top-up, a gift card.
///
/// # Errors
/// `BelowZero`, `TooLarge`, `ChangeFromCashAlone`.
pub fn settle_amount(rules: &PriceRules, amount_minor: i64, tenders: &[Tender]) -> Result<Settled, PriceRefusal> {
    let paid = pay(amount_minor, tenders, rules)?;
    let others: i64 = tenders.iter().filter(|tender| !rules.tenders.gives_change(tender.kind)).map(|tender| tender.amount_minor).sum();
    if others > amount_minor {
        return Err(PriceRefusal::ChangeFromCashAlone { excess_minor: others - amount_minor });
    }
    Ok(Settled { change_minor: paid.change_minor, rounding_minor: paid.cash_rounding_minor, missing_minor: paid.missing_minor })
}

/// What was taken off by hand stays within the actor's limit, unless somebody approved it: on each line (a price set by hand counts against
/// the list price) and over the whole order. Coupons and thresholds are the shop's own word and do not count.
fn within_limit(rules: &PriceRules, draft: &SaleDraftPrices, quote: &Quote) -> Result<(), PriceRefusal> {
    let Some(limit) = rules.discount_limit_ppm.filter(|_| !draft.approved) else {
        return Ok(());
    };
    let allowed_of = |minor: i64| portion(minor, limit.into(), WHOLE_PPM.into()).unwrap_or(minor);
    let too_much = |line, given_minor, allowed_minor| Err(PriceRefusal::NeedsApproval { line, given_minor, allowed_minor });
    let mut whole = 0i64;
    for (place, line) in quote.lines.iter().enumerate().filter(|(_, line)| !line.gift) {
        let full =
            if line.why == UnitPriceWhy::ByHand { times(line.list_minor, line.qty_milli).unwrap_or(line.gross_minor) } else { line.gross_minor };
        let (full, given) = (full.max(line.gross_minor), full.max(line.gross_minor) - line.gross_minor + line.line_discount_minor);
        if given > allowed_of(full) {
            return too_much(Some(place), given, allowed_of(full));
        }
        whole = whole.saturating_add(line.gross_minor);
    }
    let by_hand = |kind: &super::draft::DiscountKind| match kind {
        super::draft::DiscountKind::Plain(_) => true,
        super::draft::DiscountKind::Coupon(_) | super::draft::DiscountKind::Threshold { .. } | super::draft::DiscountKind::Steps(_) => false,
    };
    let given = draft.discounts.iter().zip(&quote.discounts).filter(|(asked, _)| by_hand(&asked.kind)).map(|(_, taken)| taken.amount_minor).sum();
    if given > allowed_of(whole) { too_much(None, given, allowed_of(whole)) } else { Ok(()) }
}
