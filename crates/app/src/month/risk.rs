//! Looking a month over before it is paid: members whose month shows a sign, what each sign rests on, and the decision: pass, hold or note.

use std::collections::HashMap;

use books::query::{Judged, Page, Window, month_of};
use domain::{
    close::{MonthRefusal, Statement},
    fact::Fact,
    ids::MemberId,
    risk::{CommissionHeld, HeldPart, RiskFigures, RiskRefusal, RiskSign, Ruling, StatementJudged, signs},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::close::{PART, Worked, cut};
use crate::{
    failure::{Failure, not_found},
    house::{House, Shop},
    menu::Call,
    messages::MessageFault,
};

/// A member's month that shows a sign.
#[derive(Debug, Clone)]
pub struct Case {
    /// Whose.
    pub member: MemberId,
    /// What the statement pays after tax, in minor units.
    pub net_minor: i64,
    /// The signs.
    pub signs: Vec<RiskSign>,
}

/// Which part of a month's review.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RiskQuestion {
    /// `YYYY-MM`.
    pub month: String,
    /// Which rows.
    pub window: Window,
}

/// A member's month to look over, or that was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RiskRow {
    /// Whose.
    pub member: MemberId,
    /// Number on the card.
    pub number: String,
    /// Name.
    pub name: String,
    /// Round of the close.
    pub round: u32,
    /// What the statement pays after tax, in minor units; absent once it is released.
    pub net_minor: Option<i64>,
    /// The signs.
    pub signs: Vec<RiskSign>,
    /// What was decided last; absent where nobody did.
    pub verdict: Option<Ruling>,
    /// Why, as typed.
    pub reason: String,
    /// By whom, and the shop's day.
    pub by: Option<String>,
    /// The shop's day of the decision.
    pub business_date: String,
    /// What is held of the released statement, in minor units.
    pub held_minor: i64,
}

/// A month's review.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RiskPage {
    /// The rows: what waits first, then by amount.
    pub page: Page<RiskRow>,
    /// How many wait for a decision.
    pub waiting: i64,
    /// How many are held, or will be at the release.
    pub held: i64,
    /// True once the month is released: what is held can be passed, nothing more can be held here.
    pub released: bool,
    /// Why the outside risk service was not heard of the month that is worked out.
    pub outside_fault: Option<MessageFault>,
    /// Names of everyone that the signs mention.
    pub names: Vec<(MemberId, String)>,
}

/// A decision.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JudgeDraft {
    /// `YYYY-MM`.
    pub month: String,
    /// Whose.
    pub member: MemberId,
    /// What.
    pub verdict: Ruling,
    /// Why.
    pub reason: String,
}

/// The months of a worked-out close that show a sign, as the shop's rules have it.
///
/// # Errors
/// The database's.
pub(super) async fn cases(
    house: &House,
    shop: &Shop,
    (name, month): (&str, i64),
    statements: &[Statement],
) -> Result<(Vec<Case>, Option<MessageFault>), Failure> {
    let terms = shop.settings().await.risk.clone();
    let paid: Vec<&Statement> = statements.iter().filter(|one| one.payable_minor > 0).collect();
    let members: Vec<MemberId> = paid.iter().map(|one| one.member).collect();
    let mut figures: HashMap<MemberId, RiskFigures> = shop.books.risk_figures(month, terms.rushed_days, &members).await?;
    let (mut outside, fault) = super::outside::flags(house, shop, name, &paid).await?;
    let mut found = Vec::new();
    for one in paid {
        let known = figures.remove(&one.member).unwrap_or_default();
        let known = RiskFigures { payable_minor: one.payable_minor, earned_micro: one.earned_micro.max(0), ..known };
        let mut signs = signs(&terms, &known);
        signs.extend(outside.remove(&one.member).unwrap_or_default());
        if !signs.is_empty() {
            found.push(Case { member: one.member, net_minor: one.payable_minor - one.tax_minor, signs });
        }
    }
    Ok((found, fault))
}

/// A part of a month's review: what was worked out and is not released, or what was decided about a released month.
pub async fn month_risks(call: &Call<'_>, question: RiskQuestion) -> Result<RiskPage, Failure> {
    let shop = call.shop()?;
    let month = month_of(&question.month).ok_or_else(|| Failure::refused(MonthRefusal::MonthShape { month: question.month.clone() }))?;
    let released = shop.books.closing().await?.through.is_some_and(|through| month <= through);
    let worked = shop.worked().filter(|worked| worked.month == question.month);
    let outside_fault = worked.as_ref().and_then(|worked| worked.outside_fault.clone());
    let mut judged = shop.books.judged(month).await?;
    let mut rows: Vec<RiskRow> = Vec::new();
    if let Some(worked) = &worked {
        let mut decided: HashMap<MemberId, Judged> = HashMap::new();
        judged.retain(|one| {
            let of_round = one.round == worked.round;
            if of_round {
                decided.insert(one.member, one.clone());
            }
            !of_round
        });
        for case in &worked.cases {
            let known = decided.remove(&case.member);
            rows.push(RiskRow { signs: case.signs.clone(), ..row(case.member, worked.round, Some(case.net_minor), known) });
        }
        // Somebody decided on a sign that is gone since: the decision stands, and is shown.
        let gone = worked.statements.iter().filter_map(|one| Some((decided.remove(&one.member)?, one)));
        rows.extend(gone.map(|(known, one)| row(one.member, worked.round, Some(one.payable_minor - one.tax_minor), Some(known))));
    }
    rows.extend(judged.into_iter().map(|one| row(one.member, one.round, None, Some(one))));
    rows.sort_by_key(|one| {
        (
            one.verdict == Some(Ruling::Passed),
            one.verdict == Some(Ruling::Held),
            std::cmp::Reverse(one.net_minor.unwrap_or(one.held_minor)),
            one.member,
        )
    });
    let count = |which: &dyn Fn(&RiskRow) -> bool| i64::try_from(rows.iter().filter(|row| which(row)).count()).unwrap_or(i64::MAX);
    let waiting = count(&|row| row.net_minor.is_some() && !matches!(row.verdict, Some(Ruling::Passed | Ruling::Held)));
    let held = count(&|row| row.held_minor > 0 || (row.net_minor.is_some() && row.verdict == Some(Ruling::Held)));
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let mut page: Vec<RiskRow> = cut(&rows, question.window).into_iter().cloned().collect();
    let cards = shop.books.member_labels(&page.iter().map(|one| one.member).collect::<Vec<_>>()).await?;
    let mut others: Vec<MemberId> = Vec::new();
    for one in &mut page {
        (one.number, one.name) = cards.get(&one.member).cloned().unwrap_or_default();
        for sign in &one.signs {
            if let RiskSign::SharedPhone { others: them } | RiskSign::SharedAccount { others: them } = sign {
                others.extend(them);
            }
        }
    }
    let names = shop.books.member_names(&others).await?.into_iter().collect();
    Ok(RiskPage { page: Page { count: total, rows: page }, waiting, held, released, outside_fault, names })
}

fn row(member: MemberId, round: u32, net_minor: Option<i64>, known: Option<Judged>) -> RiskRow {
    let empty = RiskRow {
        member,
        number: String::new(),
        name: String::new(),
        round,
        net_minor,
        signs: Vec::new(),
        verdict: None,
        reason: String::new(),
        by: None,
        business_date: String::new(),
        held_minor: 0,
    };
    match known {
        None => empty,
        Some(known) => RiskRow {
            signs: known.signs,
            verdict: Some(known.verdict),
            reason: known.reason,
            by: known.by,
            business_date: known.business_date,
            held_minor: known.held_minor,
            ..empty
        },
    }
}

/// Decides about a member's month: before the release it is passed or held, after it what is held is let go. A note changes nothing of it.
pub async fn judge_statement(call: &Call<'_>, draft: JudgeDraft) -> Result<(), Failure> {
    let shop = call.shop()?;
    let reason = draft.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Failure::refused(RiskRefusal::JudgeReason));
    }
    let month = month_of(&draft.month).ok_or_else(|| Failure::refused(MonthRefusal::MonthShape { month: draft.month.clone() }))?;
    let worked = shop.worked().filter(|worked| worked.month == draft.month);
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let released = writing.reads().closing().await?.through.is_some_and(|through| month <= through);
        let judged = |round, signs| {
            let (month, verdict) = (draft.month.clone(), draft.verdict);
            StatementJudged { month, round, member: draft.member, verdict, reason: reason.clone(), signs }
        };
        let held = writing.held_of(month, draft.member).await?;
        let open = worked.as_deref().filter(|worked| !released && worked.statements.iter().any(|one| one.member == draft.member));
        match (open, held.first()) {
            (Some(worked), _) => {
                let signs = worked.cases.iter().find(|case| case.member == draft.member).map(|case| case.signs.clone());
                writing.record(call.entry(judged(worked.round, signs.unwrap_or_default()))?).await?;
            }
            (None, Some((round, amount))) => {
                if draft.verdict == Ruling::Held {
                    return Err(Failure::refused(RiskRefusal::JudgedReleased { month: draft.month.clone() }));
                }
                let seen = shop.books.judged(month).await?.into_iter().find(|one| one.member == draft.member && one.round == *round);
                writing.record(call.entry(judged(*round, seen.map(|one| one.signs).unwrap_or_default()))?).await?;
                if draft.verdict == Ruling::Passed {
                    let held = vec![HeldPart { member: draft.member, amount_minor: -amount }];
                    writing.record(call.entry(CommissionHeld { month: draft.month.clone(), round: *round, held })?).await?;
                }
            }
            (None, None) if released => return Err(Failure::refused(RiskRefusal::JudgedReleased { month: draft.month.clone() })),
            (None, None) => {
                if writing.reads().member(draft.member).await?.is_none() {
                    return Err(not_found("member"));
                }
                return Err(Failure::refused(RiskRefusal::NothingToJudge { month: draft.month.clone() }));
            }
        }
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// What a release holds back: the statements that somebody held, after tax, in parts.
///
/// # Errors
/// The database's.
pub(super) async fn held_at_release(writing: &mut books::Writing<'_>, month: i64, worked: &Worked) -> Result<Vec<(u32, Fact)>, Failure> {
    let members = writing.to_hold(month, worked.round).await?;
    let of = |one: &Statement| HeldPart { member: one.member, amount_minor: one.payable_minor - one.tax_minor };
    let parts = worked.statements.iter().filter(|one| members.contains(&one.member)).map(of);
    let parts: Vec<HeldPart> = parts.filter(|part| part.amount_minor > 0).collect();
    let fact = |held: &[HeldPart]| CommissionHeld { month: worked.month.clone(), round: worked.round, held: held.to_vec() };
    Ok((0u32..).zip(parts.chunks(PART)).map(|(part, held)| (part, fact(held).into())).collect())
}
