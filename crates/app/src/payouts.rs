//! Paying commission out: what is payable, asking for it, approving, sending in batches and reading back what became of it.

pub mod files;
mod kept;
pub mod moves;
pub mod tax_year;

pub use files::*;
pub use moves::*;
pub use tax_year::*;

use books::query::{BatchRow, MemberMoney, Page, PayableRow, PayoutFilter, PayoutRow, PayoutStepRow, PayoutTotals, Window};
use domain::{
    close::TaxRule,
    ids::{MemberId, PayoutId},
    payout::{Payee, PayoutRefusal, PayoutTerms, Standing, blocked},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{failure::Failure, menu::Call, settings::Settings};

/// A member's commission as money, and what they may ask for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MemberPayouts {
    /// From the ledger.
    pub money: MemberMoney,
    /// Debt, in millionths of a minor unit; zero or above.
    pub debt_micro: i64,
    /// Where it goes.
    pub payee: Option<Payee>,
    /// Why the amounts are held back; absent where they are not.
    pub held: Option<String>,
    /// What stands against a payout now: a refusal with its code; absent where nothing does.
    pub against: Option<Value>,
    /// The terms.
    pub terms: PayoutTerms,
    /// The newest payouts.
    pub payouts: Vec<PayoutRow>,
}

/// Which part of what is payable.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PayablesQuestion {
    /// Start of a name or number.
    #[serde(default)]
    pub search: String,
    /// Which rows.
    pub window: Window,
}

/// A member with something payable, and whether it may be paid.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Payable {
    /// The member.
    pub row: PayableRow,
    /// What stands against it: a refusal with its code.
    pub against: Option<Value>,
}

/// What is payable, with the sums of everything under way.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PayablesAnswer {
    /// The rows.
    pub page: Page<Payable>,
    /// From the ledger.
    pub totals: PayoutTotals,
    /// The terms.
    pub terms: PayoutTerms,
}

/// Which part of the payouts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PayoutsQuestion {
    /// Which.
    #[serde(default)]
    pub filter: PayoutFilter,
    /// Which rows.
    pub window: Window,
}

/// True where the law taxes commission by person.
pub(crate) fn taxed(settings: &Settings) -> bool {
    TaxRule::of_jurisdiction(&settings.jurisdiction) != TaxRule::None
}

/// A refusal as a screen reads it.
pub(crate) fn told(refusal: &PayoutRefusal) -> Value {
    serde_json::to_value(refusal).unwrap_or(Value::Null)
}

/// A member's commission as money.
pub async fn member_payouts(call: &Call<'_>, member: MemberId) -> Result<MemberPayouts, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let money = shop.books.member_money(member).await?;
    let payee = shop.books.payee(member).await?;
    let held = shop.books.held_back(member).await?;
    let standing = Standing { payable_minor: money.payable_minor, debt_micro: money.debt_micro(), held: held.clone() };
    let against = blocked(&settings.payouts, &standing, payee.as_ref(), taxed(&settings)).err();
    let filter = PayoutFilter { member: Some(member), ..PayoutFilter::default() };
    let payouts = shop.books.payouts(&filter, Window { offset: 0, limit: 12 }).await?.rows;
    Ok(MemberPayouts {
        debt_micro: money.debt_micro(),
        money,
        payee,
        held,
        against: against.as_ref().map(told),
        terms: settings.payouts.clone(),
        payouts,
    })
}

/// Members with something payable, the largest first, each with what stands against paying it.
pub async fn payables(call: &Call<'_>, question: PayablesQuestion) -> Result<PayablesAnswer, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let page = shop.books.payables(&question.search, 1, question.window).await?;
    let mut rows = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        let standing = Standing { payable_minor: row.payable_minor, debt_micro: row.debt_micro, held: shop.books.held_back(row.member).await? };
        let below = row.payable_minor < settings.payouts.minimum_minor;
        let against = blocked(&settings.payouts, &standing, row.payee.as_ref(), taxed(&settings)).err();
        let against = against.or(below.then_some(PayoutRefusal::BelowMinimum { minimum_minor: settings.payouts.minimum_minor }));
        rows.push(Payable { row, against: against.as_ref().map(told) });
    }
    let totals = shop.books.payout_totals().await?;
    Ok(PayablesAnswer { page: Page { count: page.count, rows }, totals, terms: settings.payouts.clone() })
}

/// Payouts, newest first.
pub async fn payouts(call: &Call<'_>, question: PayoutsQuestion) -> Result<Page<PayoutRow>, Failure> {
    Ok(call.shop()?.books.payouts(&question.filter, question.window).await?)
}

/// A payout's life, first step first.
pub async fn payout_steps(call: &Call<'_>, payout: PayoutId) -> Result<Vec<PayoutStepRow>, Failure> {
    Ok(call.shop()?.books.payout_steps(payout).await?)
}

/// Batches, newest first.
pub async fn payout_batches(call: &Call<'_>, window: Window) -> Result<Page<BatchRow>, Failure> {
    Ok(call.shop()?.books.payout_batches(window).await?)
}
