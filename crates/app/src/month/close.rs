//! Closing a month: worked out as often as wanted without a trace, released once. What is released is exactly what was reviewed.

mod told;

pub use told::{CloseDraft, CloseTold, ClosingState, RankTold, ReopenDraft, StatementsQuestion};

use std::{collections::HashMap, sync::Arc};

use crate::{
    failure::{DoorRefusal, Failure},
    house::{House, Shop},
    jobs::{JobKind, Progress},
    menu::Call,
};
use books::{
    NewEntry,
    query::{Page, PeriodWish, PlanRow, StatementRow, Window, month_name, month_of},
};
use domain::{
    close::{
        MonthClosed, MonthRefusal, MonthReopened, OrderPart, PeriodEarned, PeriodEarning, RankDecided, RanksDecided, Statement, StatementsIssued,
        TaxRule, part_id, statement,
    },
    fact::Fact,
    ids::{MemberId, SaleId},
    placement::{LegsCarried, MemberLegs},
    plan::{
        Brought, Plan,
        close::ClosePosting,
        month::{ShopMonth, base_and_rate, close_month, micro, needs_explanations},
        ranks::{RankHow, RankPolicy},
        rule::Kind,
    },
    sale::{Earned, PlanUsed},
};

/// Parts of a close: so many earnings, ranks or statements stand in one entry.
pub(super) const PART: usize = 200;

/// A close that was worked out and not released.
#[derive(Debug)]
pub struct Worked {
    pub(super) month: String,
    newest: i64,
    pub(super) round: u32,
    plan: Option<PlanUsed>,
    earned: Vec<PeriodEarning>,
    ranks: Vec<RankDecided>,
    legs: Option<Vec<MemberLegs>>,
    pub(super) statements: Vec<Statement>,
    pub(super) cases: Vec<super::risk::Case>,
    /// Why the outside risk service was not heard.
    pub(super) outside_fault: Option<crate::messages::MessageFault>,
    told: CloseTold,
}

/// Where closing stands.
pub async fn closing(call: &Call<'_>, (): ()) -> Result<ClosingState, Failure> {
    let shop = call.shop()?;
    let closing = shop.books.closing().await?;
    let now = month_of(&call.house.today(shop));
    let next = closing.earliest_open.filter(|open| now.is_some_and(|now| *open < now)).map(month_name);
    let worked = shop.worked().map(|worked| worked.told.clone());
    Ok(ClosingState { closes: shop.books.closes().await?, next, last: closing.through.map(month_name), worked })
}

/// Works a month out, as a job, and keeps the result for review; nothing is recorded.
pub async fn try_close(call: &Call<'_>, month: String) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    may_close(&shop, &month, &call.house.today(&shop)).await?;
    let progress = call.house.jobs.begin(JobKind::Close, call.house.world.now_ms())?;
    let (house, told) = (call.house.clone(), progress.clone());
    Ok(progress.run(async move {
        let worked = Arc::new(work_out(&house, &shop, &month, &told).await?);
        let answer = serde_json::to_value(&worked.told).map_err(|error| Failure::Broken { trace: error.to_string() });
        shop.keep_worked(Some(worked));
        answer
    }))
}

/// Releases what was reviewed, as a job: earnings, ranks and statements become facts, all or none. Whoever comes second is told that the month is closed.
pub async fn release_month(call: &Call<'_>, draft: CloseDraft) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let today = call.house.today(&shop);
    may_close(&shop, &draft.month, &today).await?;
    let worked = shop.worked().filter(|worked| worked.month == draft.month && worked.told.run_hash == draft.run_hash);
    let worked = worked.ok_or_else(|| Failure::refused(MonthRefusal::Changed))?;
    let entry = call.entry(header(&worked))?;
    let progress = call.house.jobs.begin(JobKind::Release, call.house.world.now_ms())?;
    let (house, told) = (call.house.clone(), progress.clone());
    Ok(progress.run(async move {
        let mut writing = shop.books.write().await?;
        let outcome = release(&mut writing, &shop, &worked, entry, &told).await;
        house.finish(writing, outcome).await?;
        shop.keep_worked(None);
        serde_json::to_value(&worked.told).map_err(|error| Failure::Broken { trace: error.to_string() })
    }))
}

/// Opens the last closed month again. Its statements stand; what is closed next holds differences.
pub async fn reopen_month(call: &Call<'_>, draft: ReopenDraft) -> Result<ClosingState, Failure> {
    let shop = call.shop()?;
    let reason = draft.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Failure::refused(MonthRefusal::NoReason));
    }
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let last = writing.reads().closing().await?.through.ok_or_else(|| Failure::refused(MonthRefusal::NoneClosed))?;
        if month_of(&draft.month) != Some(last) {
            return Err(Failure::refused(MonthRefusal::NotLast { month: month_name(last) }));
        }
        let round = writing.close_rounds(last).await?;
        writing.record(call.entry(MonthReopened { month: draft.month.clone(), round, reason })?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    shop.keep_worked(None);
    closing(call, ()).await
}

/// A part of a month's statements: the released ones, or those that are reviewed.
pub async fn statements(call: &Call<'_>, question: StatementsQuestion) -> Result<Page<StatementRow>, Failure> {
    let shop = call.shop()?;
    if !question.provisional {
        return Ok(shop.books.statements(&question.month, question.window).await?);
    }
    let Some(worked) = shop.worked().filter(|worked| worked.month == question.month) else { return Ok(Page { count: 0, rows: Vec::new() }) };
    let part: Vec<&Statement> = cut(&worked.statements, question.window);
    let cards = shop.books.member_labels(&part.iter().map(|one| one.member).collect::<Vec<_>>()).await?;
    let row = |one: &Statement| {
        let (member_number, name) = cards.get(&one.member).cloned().unwrap_or_default();
        StatementRow {
            month: worked.month.clone(),
            round: worked.round,
            member: one.member,
            member_number,
            name,
            number: one.number.clone(),
            opening_micro: one.opening_micro,
            earned_micro: one.earned_micro,
            adjusted_micro: one.adjusted_micro,
            payable_minor: one.payable_minor,
            tax_minor: one.tax_minor,
            closing_micro: one.closing_micro,
        }
    };
    Ok(Page { count: i64::try_from(worked.statements.len()).unwrap_or(i64::MAX), rows: part.into_iter().map(row).collect() })
}

/// A member's released statements, newest first.
pub async fn member_statements(call: &Call<'_>, member: MemberId) -> Result<Vec<StatementRow>, Failure> {
    Ok(call.shop()?.books.statements_of(member).await?)
}

/// A part of the ranks that a provisional close changes or confirms.
pub async fn close_ranks(call: &Call<'_>, window: Window) -> Result<Page<RankTold>, Failure> {
    let shop = call.shop()?;
    let Some(worked) = shop.worked() else { return Ok(Page { count: 0, rows: Vec::new() }) };
    // Who moves stands first.
    let mut ranks: Vec<&RankDecided> = worked.ranks.iter().collect();
    ranks.sort_by_key(|decided| decided.before == decided.rank);
    let count = i64::try_from(ranks.len()).unwrap_or(i64::MAX);
    let part: Vec<&RankDecided> = cut(&ranks, window).into_iter().copied().collect();
    let cards = shop.books.member_labels(&part.iter().map(|one| one.member).collect::<Vec<_>>()).await?;
    let row = |decided: &RankDecided| {
        let (number, name) = cards.get(&decided.member).cloned().unwrap_or_default();
        RankTold { number, name, decided: decided.clone() }
    };
    Ok(Page { count, rows: part.into_iter().map(row).collect() })
}

pub(super) fn cut<T>(all: &[T], window: Window) -> Vec<&T> {
    let offset = usize::try_from(window.offset).unwrap_or(0);
    let limit = usize::try_from(window.limit.clamp(0, 200)).unwrap_or(0);
    all.iter().skip(offset).take(limit).collect()
}

/// May this month be closed now?
async fn may_close(shop: &Shop, month: &str, today: &str) -> Result<(), Failure> {
    let refused = |refusal| Err(Failure::refused(refusal));
    let Some(at) = month_of(month).filter(|_| month.len() == 7) else { return refused(MonthRefusal::MonthShape { month: month.to_owned() }) };
    if month_of(today).is_none_or(|now| at >= now) {
        return refused(MonthRefusal::NotOver { month: month.to_owned() });
    }
    let closing = shop.books.closing().await?;
    if closing.through.is_some_and(|through| at <= through) {
        return refused(MonthRefusal::AlreadyClosed { month: month.to_owned() });
    }
    match closing.earliest_open.filter(|open| *open < at) {
        Some(open) => refused(MonthRefusal::EarlierOpen { month: month_name(open) }),
        None => Ok(()),
    }
}

/// The version that closes a month: in force on its last day.
pub async fn closing_plan(shop: &Shop, month: &str) -> Result<Option<PlanRow>, Failure> {
    let mut reader = shop.books.reader().await?;
    Ok(books::Reading::over(&mut reader).plan_on(&format!("{month}-31")).await?)
}

/// How ranks rise and fall in this shop.
pub async fn rank_policy(shop: &Shop) -> RankPolicy {
    let settings = shop.settings().await;
    RankPolicy { demotion: settings.rank_demotion, protection: settings.rank_protection_months }
}

/// Which version a fact names.
pub fn plan_used(row: &PlanRow) -> PlanUsed {
    PlanUsed { version: row.version, hash: row.hash.get(..8).unwrap_or(&row.hash).to_owned() }
}

/// Reads a month of the shop's own sales for the engine, telling the job how far it is.
///
/// # Errors
/// The database's; a job that was stopped ends here.
pub async fn month_of_sales(shop: &Shop, wish: PeriodWish<'_>, told: &Progress) -> Result<(i64, ShopMonth), Failure> {
    let read = shop
        .books
        .period(wish, &mut |done, total| {
            told.at("reading", done, total);
            !told.stopped()
        })
        .await?;
    read.ok_or_else(|| Failure::Broken { trace: "stopped".into() })
}

async fn work_out(house: &House, shop: &Shop, month: &str, told: &Progress) -> Result<Worked, Failure> {
    let at = month_of(month).ok_or_else(|| Failure::refused(MonthRefusal::MonthShape { month: month.to_owned() }))?;
    let row = closing_plan(shop, month).await?;
    let plan = row.as_ref().map(|row| shop.plan(row)).transpose()?;
    let explanations = plan.as_deref().is_some_and(needs_explanations);
    let (newest, facts) = month_of_sales(shop, PeriodWish { month, explanations, only: None }, told).await?;
    let mut known = shop.books.month_books(at).await?;
    told.at("working_out", 0, 0);
    let policy = rank_policy(shop).await;
    let (engine_plan, digits) = (plan.clone(), u32::from(shop.info.minor_digits));
    let tax = TaxRule::of_jurisdiction(&shop.settings().await.jurisdiction);
    // The engine works on a thread of its own: no question of the window waits for it.
    let engine = tokio::task::spawn_blocking(move || {
        let closed = engine_plan.as_deref().map(|plan| {
            let closed =
                close_month(plan, &facts, policy).map_err(|refusal| Failure::refused(MonthRefusal::Engine { reason: refusal.to_string() }))?;
            let nets: HashMap<&str, i64> = facts.orders.iter().map(|bought| (bought.id.as_str(), bought.net_minor)).collect();
            let earned = closed.closed.earned.iter().map(|posting| (posting.source.clone(), posting));
            let cuts = closed.closed.cuts.iter().map(|posting| (format!("cut:{}", posting.source), posting));
            let earned =
                earned.chain(cuts).map(|(source, posting)| period_earning(plan, &nets, source, posting)).collect::<Result<Vec<_>, Failure>>()?;
            Ok::<_, Failure>((earned, decided(plan, &facts, &closed.ranks), brought(plan, closed.legs)))
        });
        (closed, facts.orders.len())
    });
    let (closed, orders) = engine.await.map_err(|error| Failure::Broken { trace: error.to_string() })?;
    let (earned, ranks, legs) = closed.transpose()?.unwrap_or_default();
    let earned = differences(earned, std::mem::take(&mut known.paid));
    let mut period: i64 = 0;
    for one in &earned {
        let sums = known.sums.entry(one.earned.member).or_default();
        let amount = one.earned.amount_micro;
        if one.source.starts_with("cut:") || one.before_micro.is_some() {
            sums.adjusted_micro += amount;
        } else {
            sums.earned_micro += amount;
            period += amount;
        }
    }
    let mut parts: Vec<(MemberId, domain::close::Sums)> = known.sums.into_iter().collect();
    parts.sort_by_key(|(member, _)| *member);
    let round = known.rounds + 1;
    let suffix = if round == 1 { String::new() } else { format!("-{round}") };
    let mut statements = Vec::new();
    for (member, sums) in parts {
        let number = format!("{month}-{:05}{suffix}", statements.len() + 1);
        let one = statement(member, number, sums, tax, digits);
        if one.earned_micro != 0 || one.adjusted_micro != 0 || one.payable_minor != 0 {
            statements.push(one);
        }
    }
    let plan_used = row.as_ref().map(plan_used);
    let whole = serde_json::to_vec(&(month, round, row.map(|row| row.hash), &earned, &ranks, &statements, &legs))
        .map_err(|error| Failure::Broken { trace: error.to_string() })?;
    let place = |rank: &Option<String>| rank.as_deref().and_then(|rank| plan.as_deref().and_then(|plan| plan.rank(rank)));
    let moved = |up: bool| {
        let count = ranks.iter().filter(|one| if up { place(&one.rank) > place(&one.before) } else { place(&one.rank) < place(&one.before) }).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    let sum = |of: &dyn Fn(&Statement) -> i64| statements.iter().map(of).sum::<i64>();
    let (cases, outside_fault) = super::risk::cases(house, shop, (month, at), &statements).await?;
    let told = CloseTold {
        month: month.to_owned(),
        round,
        plan: plan_used.clone(),
        run_hash: blake3::hash(&whole).to_hex().to_string(),
        orders: i64::try_from(orders).unwrap_or(i64::MAX),
        members: i64::try_from(statements.len()).unwrap_or(i64::MAX),
        opening_micro: sum(&|one| one.opening_micro),
        earned_micro: sum(&|one| one.earned_micro),
        period_micro: period,
        adjusted_micro: sum(&|one| one.adjusted_micro),
        payable_minor: sum(&|one| one.payable_minor),
        tax_minor: sum(&|one| one.tax_minor),
        closing_micro: sum(&|one| one.closing_micro),
        risen: moved(true),
        fallen: moved(false),
        debts: sum(&|one| i64::from(one.closing_micro < 0)),
        signs: i64::try_from(cases.len()).unwrap_or(i64::MAX),
    };
    Ok(Worked { month: month.to_owned(), newest, round, plan: plan_used, earned, ranks, legs, statements, cases, outside_fault, told })
}

fn period_earning(plan: &Plan, nets: &HashMap<&str, i64>, source: String, posting: &ClosePosting) -> Result<PeriodEarning, Failure> {
    let broken = |error: String| Failure::Broken { trace: error };
    let (base_minor, rate_ppm) = base_and_rate(plan, posting);
    let earned = Earned {
        member: MemberId(posting.member.parse().map_err(|_| broken(format!("{} is no member", posting.member)))?),
        rule: posting.rule.clone(),
        depth: posting.index,
        base_minor,
        rate_ppm,
        amount_micro: micro(plan, &posting.amount),
        why: serde_json::to_string(&posting.why).map_err(|error| broken(error.to_string()))?,
    };
    let named = posting.orders.iter().all(|order| source.contains(order));
    let weighed = |order: &String| Some(OrderPart { sale: SaleId(order.parse().ok()?), base_minor: *nets.get(order.as_str())? });
    let orders = if named { Vec::new() } else { posting.orders.iter().filter_map(weighed).collect() };
    Ok(PeriodEarning { source, earned, before_micro: None, orders })
}

/// What is new against earlier rounds: the same identity pays the difference, what no longer stands is taken back. Nothing new is nothing.
fn differences(earned: Vec<PeriodEarning>, mut paid: HashMap<(MemberId, String, String), i64>) -> Vec<PeriodEarning> {
    let mut fresh = Vec::with_capacity(earned.len());
    for mut one in earned {
        if let Some(before) = paid.remove(&(one.earned.member, one.earned.rule.clone(), one.source.clone())) {
            one.earned.amount_micro -= before;
            one.before_micro = Some(before);
        }
        if one.earned.amount_micro != 0 {
            fresh.push(one);
        }
    }
    let mut gone: Vec<_> = paid.into_iter().filter(|(_, before)| *before != 0).collect();
    gone.sort();
    fresh.extend(gone.into_iter().map(|((member, rule, source), before)| PeriodEarning {
        source,
        earned: Earned { member, rule, depth: 0, base_minor: 0, rate_ppm: None, amount_micro: -before, why: String::new() },
        before_micro: Some(before),
        orders: Vec::new(),
    }));
    fresh
}

/// What legs bring forward, where the plan has pairs: by rule and member, without legs that hold nothing.
fn brought(plan: &Plan, legs: Brought) -> Option<Vec<MemberLegs>> {
    plan.rules.iter().any(|rule| matches!(rule.kind, Kind::Pair(_))).then(|| {
        let all = legs.into_iter().flat_map(|(rule, members)| members.into_iter().map(move |(member, legs)| (rule.clone(), member, legs)));
        let held = all.filter(|(_, _, legs)| !(legs.left.is_zero() && legs.right.is_zero()));
        held.filter_map(|(rule, member, legs)| Some(MemberLegs { rule, member: MemberId(member.parse().ok()?), legs })).collect()
    })
}

/// Ranks worth recording: above the lowest, or another than before.
fn decided(plan: &Plan, month: &ShopMonth, ranks: &[domain::plan::ranks::Ranked]) -> Vec<RankDecided> {
    let name = |rank: Option<usize>| rank.and_then(|rank| plan.ranks.get(rank)).map(|rank| rank.id.clone());
    let told = month.parties.iter().zip(ranks).filter_map(|(party, ranked)| {
        let before = party.held.as_ref().map(|held| held.rank.clone());
        let computed = if ranked.how == RankHow::ByHand { name(ranked.reached) } else { name(ranked.rank) };
        let lowest = computed.is_none() || computed == name(plan.entry_rank());
        if lowest && (before.is_none() || before == computed) {
            return None;
        }
        Some(RankDecided {
            member: MemberId(party.id.parse().ok()?),
            before,
            rank: computed,
            how: ranked.how,
            since: month_name(ranked.since),
            because: ranked.because.clone(),
            missing: ranked.missing.clone(),
        })
    });
    told.collect()
}

fn header(worked: &Worked) -> MonthClosed {
    MonthClosed {
        month: worked.month.clone(),
        round: worked.round,
        plan: worked.plan.clone(),
        run_hash: worked.told.run_hash.clone(),
        members: worked.told.members,
        earned_micro: worked.earned.iter().map(|one| one.earned.amount_micro).sum(),
        payable_minor: worked.told.payable_minor,
    }
}

/// Records the close in one transaction: the header first, then its parts, each under its natural identity.
async fn release(writing: &mut books::Writing<'_>, shop: &Shop, worked: &Worked, entry: NewEntry, told: &Progress) -> Result<(), Failure> {
    let at = month_of(&worked.month).unwrap_or(0);
    if writing.reads().closing().await?.through.is_some_and(|through| at <= through) {
        return Err(Failure::refused(MonthRefusal::AlreadyClosed { month: worked.month.clone() }));
    }
    if writing.touched_since(at, worked.newest).await? {
        return Err(Failure::refused(MonthRefusal::Changed));
    }
    let (month, round, plan) = (worked.month.clone(), worked.round, worked.plan.clone());
    let mut facts: Vec<(u32, Fact)> = vec![(0, header(worked).into())];
    let parts = |count: usize| (0u32..).take(count.div_ceil(PART));
    for (part, earned) in parts(worked.earned.len()).zip(worked.earned.chunks(PART)) {
        facts.push((part, PeriodEarned { month: month.clone(), round, part, plan: plan.clone(), earned: earned.to_vec() }.into()));
    }
    for (part, ranks) in parts(worked.ranks.len()).zip(worked.ranks.chunks(PART)) {
        facts.push((part, RanksDecided { month: month.clone(), round, part, ranks: ranks.to_vec() }.into()));
    }
    if let Some(legs) = &worked.legs {
        // The first part stands even where nothing is brought forward: what an earlier month brought is then used up.
        for part in 0..legs.len().div_ceil(PART).max(1) {
            let legs = legs.iter().skip(part * PART).take(PART).cloned().collect();
            let part = u32::try_from(part).unwrap_or(u32::MAX);
            facts.push((part, LegsCarried { month: month.clone(), round, part, legs }.into()));
        }
    }
    for (part, statements) in parts(worked.statements.len()).zip(worked.statements.chunks(PART)) {
        facts.push((part, StatementsIssued { month: month.clone(), round, part, statements: statements.to_vec() }.into()));
    }
    facts.extend(super::risk::held_at_release(writing, at, worked).await?);
    let total = i64::try_from(facts.len()).unwrap_or(i64::MAX);
    for (done, (part, fact)) in (0i64..).zip(facts) {
        if told.stopped() {
            return Err(DoorRefusal::BadQuestion { command: "release_month".into(), reason: "stopped".into() }.into());
        }
        told.at("releasing", done, total);
        let id = part_id(&shop.info.name, &month, round, fact.kind(), part);
        writing.record(NewEntry { id, fact, ..entry.clone() }).await?;
    }
    Ok(())
}
