//! Every step of a payout: each is decided and recorded in one transaction, on the balance as it stands in it.

use books::{
    Writing,
    query::{PayoutFilter, PayoutRow},
};
use domain::{
    ids::{MemberId, PayoutId},
    payout::{
        ChannelKind, Payee, PayeeSaved, PayoutOrder, PayoutRefusal, PayoutState, PayoutStep, PayoutTerms, PayoutsHeld, PayoutsMoved,
        PayoutsRequested, approve, move_on, request,
    },
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{MemberPayouts, kept, member_payouts, taxed};
use crate::{
    erasure::living,
    failure::{Failure, not_found},
    house::Shop,
    menu::Call,
};

/// Payouts in one entry.
const PART: usize = 200;

/// Where a member's money goes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PayeeDraft {
    /// Whose.
    pub member: MemberId,
    /// Where to.
    pub payee: Payee,
}

/// An amount that a member asks for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PayoutDraft {
    /// Whose.
    pub member: MemberId,
    /// What leaves the payable, fee included, in minor units.
    pub amount_minor: i64,
    /// Chosen when the form was opened, so that asking twice asks once.
    pub payout: PayoutId,
}

/// Amounts to hold back, or to let go.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HoldPayoutsDraft {
    /// Whose.
    pub member: MemberId,
    /// True holds them.
    pub held: bool,
    /// Why.
    pub reason: String,
}

/// What an amount would cost.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PayoutQuote {
    /// The fee.
    pub fee_minor: i64,
    /// What arrives.
    pub net_minor: i64,
}

/// A run over everything that is payable.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunDraft {
    /// The month it is written down for, `YYYY-MM`; absent for none.
    #[serde(default)]
    pub month: Option<String>,
    /// Only these members; empty for everyone.
    #[serde(default)]
    pub members: Vec<MemberId>,
}

/// What a run asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct RunTold {
    /// Payouts.
    pub payouts: i64,
    /// Their sum, fees included, in minor units.
    pub amount_minor: i64,
    /// Members that were left out because something stands against it.
    pub left: i64,
}

/// Payouts to move on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepDraft {
    /// Which.
    #[serde(default)]
    pub payouts: Vec<PayoutId>,
    /// Why, or what the bank said.
    #[serde(default)]
    pub reason: String,
    /// The bank's number.
    #[serde(default)]
    pub reference: String,
}

/// Payouts to settle by hand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettleDraft {
    /// Which.
    pub payouts: Vec<PayoutId>,
    /// `paid`, `failed` or `returned`.
    pub to: PayoutState,
    /// Why, where it did not arrive.
    #[serde(default)]
    pub reason: String,
    /// The bank's number.
    #[serde(default)]
    pub reference: String,
}

/// A payout that was made outside of the program.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OutsideDraft {
    /// Whose.
    pub member: MemberId,
    /// How much left the payable.
    pub amount_minor: i64,
    /// By which channel.
    pub channel: String,
    /// The bank's number, or what the slip says.
    #[serde(default)]
    pub reference: String,
    /// Why it was paid outside.
    pub reason: String,
    /// Chosen when the form was opened, so that registering twice registers once.
    pub payout: PayoutId,
}

/// Keeps where a member's money goes.
pub async fn save_payee(call: &Call<'_>, draft: PayeeDraft) -> Result<MemberPayouts, Failure> {
    let shop = call.shop()?;
    let terms = shop.settings().await.payouts.clone();
    let trimmed = |text: &str| text.trim().to_owned();
    let payee = Payee {
        channel: trimmed(&draft.payee.channel),
        holder: trimmed(&draft.payee.holder),
        account: draft.payee.account.split_whitespace().collect(),
        bank: trimmed(&draft.payee.bank),
        identity: trimmed(&draft.payee.identity),
    };
    let channel = terms.channel(&payee.channel);
    let channel = channel.ok_or_else(|| Failure::refused(PayoutRefusal::NoChannel { channel: payee.channel.clone() }))?;
    if channel.kind.wants_account() && (payee.holder.is_empty() || payee.account.is_empty()) {
        return Err(Failure::refused(PayoutRefusal::NoPayee));
    }
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let row = writing.reads().member(draft.member).await?.ok_or_else(|| not_found("member"))?;
        living(row.erased.as_deref())?;
        if writing.reads().payee(draft.member).await?.as_ref() != Some(&payee) {
            writing.record(call.entry(PayeeSaved { member: draft.member, payee })?).await?;
        }
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member_payouts(call, draft.member).await
}

/// Holds a member's amounts back, or lets them go again; both with a reason. What was sent is not called back.
pub async fn hold_payouts(call: &Call<'_>, draft: HoldPayoutsDraft) -> Result<MemberPayouts, Failure> {
    let shop = call.shop()?;
    let reason = draft.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Failure::refused(PayoutRefusal::PayoutReason));
    }
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.reads().member(draft.member).await?.is_none() {
            return Err(not_found("member"));
        }
        let before = writing.reads().standing(draft.member).await?.held;
        if before.is_some() != draft.held {
            writing.record(call.entry(PayoutsHeld { member: draft.member, held: draft.held, reason })?).await?;
        }
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member_payouts(call, draft.member).await
}

/// The fee on an amount.
pub async fn quote_payout(call: &Call<'_>, amount_minor: i64) -> Result<PayoutQuote, Failure> {
    let fee_minor = call.shop()?.settings().await.payouts.fee_minor(amount_minor);
    Ok(PayoutQuote { fee_minor, net_minor: amount_minor - fee_minor })
}

/// Asks for an amount: what stands in the ledger inside the transaction decides, so that eight who ask at once for one balance get it once.
pub async fn request_payout(call: &Call<'_>, draft: PayoutDraft) -> Result<MemberPayouts, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let day = call.house.today(shop).get(8..10).and_then(|day| day.parse().ok());
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if !writing.reads().payouts_of(&[draft.payout]).await?.is_empty() {
            return Ok(());
        }
        let number = next_number(&mut writing).await?;
        let (standing, payee) = standing(&mut writing, draft.member).await?;
        kept::makes_a_point(shop, &settings.payouts, payee.as_ref(), draft.amount_minor)?;
        let order =
            request(draft.payout, number, draft.member, draft.amount_minor, &settings.payouts, &standing, payee.as_ref(), taxed(&settings), day)
                .map_err(Failure::refused)?;
        writing.record(call.entry(PayoutsRequested { payouts: vec![order] })?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member_payouts(call, draft.member).await
}

/// Asks for everything that is payable, member by member; whoever something stands against is left out and stays payable.
pub async fn run_payouts(call: &Call<'_>, draft: RunDraft) -> Result<RunTold, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let terms = &settings.payouts;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let mut told = RunTold::default();
        let mut counter = writing.next_number("payout:P").await?;
        let everyone = writing.payable_members(1).await?;
        let chosen = everyone.into_iter().filter(|member| draft.members.is_empty() || draft.members.contains(member));
        let mut orders: Vec<PayoutOrder> = Vec::new();
        for member in chosen {
            let (standing, payee) = standing(&mut writing, member).await?;
            let most = if terms.maximum_minor > 0 { terms.maximum_minor } else { i64::MAX };
            let amount = standing.payable_minor.min(most);
            let payout: PayoutId = call.house.world.new_id();
            if kept::makes_a_point(shop, terms, payee.as_ref(), amount).is_err() {
                told.left += 1;
                continue;
            }
            match request(payout, payout_number(counter), member, amount, terms, &standing, payee.as_ref(), taxed(&settings), None) {
                Ok(order) => {
                    counter += 1;
                    told.payouts += 1;
                    told.amount_minor += order.amount_minor;
                    orders.push(PayoutOrder { month: draft.month.clone(), ..order });
                }
                Err(_) => told.left += 1,
            }
        }
        for part in orders.chunks(PART) {
            writing.record(call.entry(PayoutsRequested { payouts: part.to_vec() })?).await?;
        }
        Ok(told)
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// Approves payouts: those above the shop's limit wait for a second person. Where none is named, everything that this person may approve and nothing
/// stands against. Answers how many went on.
pub async fn approve_payouts(call: &Call<'_>, draft: StepDraft) -> Result<i64, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let session = call.session.clone().ok_or_else(|| not_found("person"))?;
    let by = (session.person, session.role);
    kept::ready(call, shop, &settings.payouts).await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let every = draft.payouts.is_empty();
        let asked = PayoutFilter { states: vec![PayoutState::Requested, PayoutState::Seconded], ..PayoutFilter::default() };
        let rows = if every { writing.reads().payouts_in(&asked).await? } else { rows(&mut writing, &draft.payouts).await? };
        let (mut waiting, mut approved) = (Vec::new(), Vec::new());
        for row in &rows {
            // A hold that came after the request stops it here.
            let held = writing.reads().standing(row.member).await?.held.map(|reason| PayoutRefusal::HeldForReview { reason });
            let to = match held {
                Some(refusal) => Err(refusal),
                None => approve(&row.number, row.state, row.amount_minor, &settings.payouts, by, row.first_by),
            };
            match to {
                Ok(PayoutState::Seconded) => waiting.push(step(row, "", "")),
                Ok(_) => approved.push(step(row, "", "")),
                Err(PayoutRefusal::SecondPerson { .. } | PayoutRefusal::HeldForReview { .. }) if every => {}
                Err(refusal) => return Err(Failure::refused(refusal)),
            }
        }
        let went = count(waiting.len() + approved.len());
        record(call, &mut writing, PayoutState::Seconded, waiting, ChannelKind::Bank).await?;
        let ids: Vec<PayoutId> = approved.iter().map(|step| step.payout).collect();
        record(call, &mut writing, PayoutState::Approved, approved, ChannelKind::Bank).await?;
        arrive(call, &mut writing, &settings.payouts, &ids).await?;
        Ok(went)
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// Turns payouts down: the amount is payable again, once however often it is turned down.
pub async fn reject_payouts(call: &Call<'_>, draft: StepDraft) -> Result<i64, Failure> {
    go(call, &draft.payouts, PayoutState::Rejected, &draft.reason, &draft.reference).await
}

/// Settles payouts by hand: paid, failed at the bank, or returned after it was paid.
pub async fn settle_payouts(call: &Call<'_>, draft: SettleDraft) -> Result<i64, Failure> {
    go(call, &draft.payouts, draft.to, &draft.reason, &draft.reference).await
}

/// Writes down a payout that was made outside of the program; what is payable bounds it like any other.
pub async fn register_payout(call: &Call<'_>, draft: OutsideDraft) -> Result<MemberPayouts, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let reason = draft.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Failure::refused(PayoutRefusal::PayoutReason));
    }
    let channel = settings.payouts.channel(&draft.channel);
    let channel = channel.ok_or_else(|| Failure::refused(PayoutRefusal::NoChannel { channel: draft.channel.clone() }))?;
    if channel.kind.stays_here() {
        return Err(Failure::refused(PayoutRefusal::StaysHere { channel: channel.name.clone() }));
    }
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if !writing.reads().payouts_of(&[draft.payout]).await?.is_empty() {
            return Ok(());
        }
        let (standing, payee) = standing(&mut writing, draft.member).await?;
        let refused = |refusal| Err(Failure::refused(refusal));
        if draft.amount_minor <= 0 {
            return refused(PayoutRefusal::NoAmount);
        }
        if draft.amount_minor > standing.payable_minor {
            return refused(PayoutRefusal::MoreThanPayable { payable_minor: standing.payable_minor });
        }
        let payee = payee.filter(|payee| payee.channel == draft.channel);
        let payee = payee.unwrap_or_else(|| Payee { channel: draft.channel.clone(), ..Payee::default() });
        let number = next_number(&mut writing).await?;
        let order = PayoutOrder {
            payout: draft.payout,
            number: number.clone(),
            member: draft.member,
            amount_minor: draft.amount_minor,
            fee_minor: 0,
            payee,
            month: None,
            outside: true,
        };
        writing.record(call.entry(PayoutsRequested { payouts: vec![order] })?).await?;
        for (from, to) in [(PayoutState::Requested, PayoutState::Approved), (PayoutState::Approved, PayoutState::Paid)] {
            let step = PayoutStep {
                payout: draft.payout,
                member: draft.member,
                from,
                amount_minor: draft.amount_minor,
                fee_minor: 0,
                reason: reason.clone(),
                reference: draft.reference.trim().to_owned(),
            };
            record(call, &mut writing, to, vec![step], channel.kind).await?;
        }
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    member_payouts(call, draft.member).await
}

async fn go(call: &Call<'_>, payouts: &[PayoutId], to: PayoutState, reason: &str, reference: &str) -> Result<i64, Failure> {
    let shop = call.shop()?;
    let terms = shop.settings().await.payouts.clone();
    kept::ready(call, shop, &terms).await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let rows = rows(&mut writing, payouts).await?;
        let steps = steps(&rows, to, reason, reference)?;
        settle(call, &mut writing, &terms, to, &rows, steps).await?;
        Ok(count(rows.len()))
    }
    .await;
    call.house.finish(writing, outcome).await
}

/// The steps of these payouts to a state, where each may go there.
fn steps(rows: &[PayoutRow], to: PayoutState, reason: &str, reference: &str) -> Result<Vec<PayoutStep>, Failure> {
    let one = |row: &PayoutRow| {
        move_on(&row.number, row.state, to, reason).map_err(Failure::refused)?;
        Ok(step(row, reason.trim(), reference.trim()))
    };
    rows.iter().map(one).collect()
}

/// Records steps by what their channels are: cash is taken from the safe or put back, stored value and points are given to the member.
pub(super) async fn settle(
    call: &Call<'_>,
    writing: &mut Writing<'_>,
    terms: &PayoutTerms,
    to: PayoutState,
    rows: &[PayoutRow],
    mut steps: Vec<PayoutStep>,
) -> Result<(), Failure> {
    let channel = |step: &PayoutStep| {
        let row = rows.iter().find(|row| row.payout == step.payout);
        row.and_then(|row| terms.channel(&row.payee.channel))
    };
    kept::check(writing, to, rows, terms).await?;
    for kind in [ChannelKind::Cash, ChannelKind::Balance, ChannelKind::Points] {
        let (of_kind, others): (Vec<_>, Vec<_>) = steps.into_iter().partition(|step| channel(step).is_some_and(|channel| channel.kind == kind));
        if kind == ChannelKind::Points && to == PayoutState::Paid {
            for step in &of_kind {
                kept::give_points(call, writing, step, rows, channel(step)).await?;
            }
        }
        record(call, writing, to, of_kind, kind).await?;
        steps = others;
    }
    record(call, writing, to, steps, ChannelKind::Bank).await
}

/// What was approved and stays in the shop has arrived with it.
async fn arrive(call: &Call<'_>, writing: &mut Writing<'_>, terms: &PayoutTerms, payouts: &[PayoutId]) -> Result<(), Failure> {
    let rows = writing.reads().payouts_of(payouts).await?;
    let stays = |row: &PayoutRow| terms.channel(&row.payee.channel).is_some_and(|channel| channel.kind.stays_here());
    let rows: Vec<PayoutRow> = rows.into_iter().filter(stays).collect();
    let steps = steps(&rows, PayoutState::Paid, "", "")?;
    settle(call, writing, terms, PayoutState::Paid, &rows, steps).await
}

async fn record(call: &Call<'_>, writing: &mut Writing<'_>, to: PayoutState, steps: Vec<PayoutStep>, kind: ChannelKind) -> Result<(), Failure> {
    let handed = matches!(to, PayoutState::Paid | PayoutState::Returned);
    for part in steps.chunks(PART) {
        let (cash, balance) = (handed && kind == ChannelKind::Cash, handed && kind == ChannelKind::Balance);
        writing.record(call.entry(PayoutsMoved { to, steps: part.to_vec(), batch: None, cash, balance })?).await?;
    }
    Ok(())
}

/// A payout's step from where it stands.
pub(super) fn step(row: &PayoutRow, reason: &str, reference: &str) -> PayoutStep {
    PayoutStep {
        payout: row.payout,
        member: row.member,
        from: row.state,
        amount_minor: row.amount_minor,
        fee_minor: row.fee_minor,
        reason: reason.to_owned(),
        reference: reference.to_owned(),
    }
}

/// Each of these payouts, as often as it is named once.
async fn rows(writing: &mut Writing<'_>, payouts: &[PayoutId]) -> Result<Vec<PayoutRow>, Failure> {
    let mut wanted = payouts.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let rows = writing.reads().payouts_of(&wanted).await?;
    if rows.is_empty() || rows.len() < wanted.len() {
        return Err(not_found("payout"));
    }
    Ok(rows)
}

async fn standing(writing: &mut Writing<'_>, member: MemberId) -> Result<(domain::payout::Standing, Option<Payee>), Failure> {
    let mut reads = writing.reads();
    Ok((reads.standing(member).await?, reads.payee(member).await?))
}

async fn next_number(writing: &mut Writing<'_>) -> Result<String, Failure> {
    Ok(payout_number(writing.next_number("payout:P").await?))
}

fn payout_number(counter: i64) -> String {
    format!("P-{counter:07}")
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

/// Approved payouts of a channel that were not sent yet.
pub(super) async fn approved(writing: &mut Writing<'_>, channel: &str) -> Result<Vec<PayoutRow>, Failure> {
    let filter = PayoutFilter { states: vec![PayoutState::Approved], channel: Some(channel.to_owned()), ..PayoutFilter::default() };
    Ok(writing.reads().payouts_in(&filter).await?)
}

/// The payouts that a batch sent.
pub(super) async fn of_batch(shop: &Shop, batch: domain::ids::BatchId) -> Result<Vec<PayoutRow>, Failure> {
    let mut reader = shop.books.reader().await?;
    let filter = PayoutFilter { batch: Some(batch), ..PayoutFilter::default() };
    Ok(books::Reading::over(&mut reader).payouts_in(&filter).await?)
}
