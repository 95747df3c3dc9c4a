//! What members are told of: a look at what the journal says since the last look, and once a day at points that run out. The sale's path has no part in it.

use std::collections::BTreeMap;

use books::{Cause, Found, NewMessage, PassedWhy, query::month_of};
use domain::{
    fact::Fact,
    ids::MemberId,
    level::LevelWhy,
    message::{Contact, MessageChannel, Occasion, OccasionTerms, Placeholder, Tongue, Wording, message_id, render},
    payout::PayoutState,
    sale::Earned,
};
use paper::{amount::amount_text, receipt::Language};

use crate::{
    failure::Failure,
    house::{House, Shop},
    settings::Settings,
    world::day_after,
};

/// Entries of one look.
const MOST_CAUSES: i64 = 200;
/// Members told at most on one day that points run out; the others are told on the next.
const MOST_POINTS: i64 = 5_000;
/// Millionths in a minor unit.
const MICRO: i64 = 1_000_000;
/// The day on which points that run out were looked at last.
const POINTS_DAY: &str = "messages.points_day";

/// What a message says besides names and day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) date: String,
    pub(super) amount_minor: i64,
    pub(super) from: String,
    pub(super) month: String,
    pub(super) state: Option<PayoutState>,
    pub(super) points: i64,
    pub(super) until: String,
    pub(super) level: String,
}

/// Somebody to be told of something.
struct Told {
    occasion: Occasion,
    member: MemberId,
    /// What makes it this message and no other, besides occasion and member.
    cause: String,
    values: Values,
}

/// The words of a member's language, in that language's name.
pub(super) fn worded<'t>(settings: &Settings, contact: Option<&Contact>, terms: &'t OccasionTerms) -> (&'t Wording, bool) {
    let chinese = match contact.and_then(|contact| contact.language) {
        Some(tongue) => tongue == Tongue::Chinese,
        None => settings.language == Language::ZhCn,
    };
    (if chinese { &terms.zh } else { &terms.en }, chinese)
}

fn state_word(state: PayoutState, chinese: bool) -> &'static str {
    match (state, chinese) {
        (PayoutState::Requested | PayoutState::Seconded, true) => "已申请",
        (PayoutState::Requested | PayoutState::Seconded, false) => "asked for",
        (PayoutState::Approved, true) => "已批准",
        (PayoutState::Approved, false) => "approved",
        (PayoutState::Sent, true) => "付款中",
        (PayoutState::Sent, false) => "on its way",
        (PayoutState::Paid, true) => "已到账",
        (PayoutState::Paid, false) => "paid",
        (PayoutState::Failed, true) => "付款失败，金额已退回可提现",
        (PayoutState::Failed, false) => "failed; the amount is yours to ask for again",
        (PayoutState::Returned, true) => "被银行退回，金额已退回可提现",
        (PayoutState::Returned, false) => "returned by the bank; the amount is yours to ask for again",
        (PayoutState::Rejected, true) => "未通过，金额已退回可提现",
        (PayoutState::Rejected, false) => "turned down; the amount is yours to ask for again",
    }
}

/// Fills in a template.
pub(super) fn filled(shop: &Shop, settings: &Settings, wording: &Wording, chinese: bool, who: (&str, &str), values: &Values) -> Wording {
    let digits = shop.info.minor_digits;
    let value = |placeholder| match placeholder {
        Placeholder::Member => who.0.to_owned(),
        Placeholder::Number => who.1.to_owned(),
        Placeholder::Shop => settings.shop_name.clone(),
        Placeholder::Date => values.date.clone(),
        Placeholder::Amount if shop.info.currency == "CNY" => format!("¥{}", amount_text(values.amount_minor.into(), digits)),
        Placeholder::Amount => format!("{} {}", amount_text(values.amount_minor.into(), digits), shop.info.currency),
        Placeholder::From => values.from.clone(),
        Placeholder::Month => values.month.clone(),
        Placeholder::State => values.state.map(|state| state_word(state, chinese).to_owned()).unwrap_or_default(),
        Placeholder::Points => values.points.to_string(),
        Placeholder::Until => values.until.clone(),
        Placeholder::Level => values.level.clone(),
    };
    // A subject is one line whatever a name holds.
    let subject = render(&wording.subject, value).replace(char::is_control, " ");
    Wording { subject, text: render(&wording.text, value) }
}

/// Whether a member can be told by a way.
pub(super) fn address(number: &str, card: &domain::member::MemberCard, channel: MessageChannel) -> Result<String, PassedWhy> {
    let contact = card.contact.as_ref();
    if contact.is_some_and(|contact| contact.silent.contains(&channel)) {
        return Err(PassedWhy::OptedOut);
    }
    let found = match channel {
        MessageChannel::Email => contact.and_then(|contact| contact.email.clone()),
        MessageChannel::Sms => card.phone.clone(),
        // The shop's webhook knows whom it follows by telephone or, without one, by the number on the card.
        MessageChannel::Wechat => card.phone.clone().or_else(|| Some(number.to_owned())),
    };
    found.ok_or(PassedWhy::NoAddress)
}

/// Queues whatever members are to be told of since the last look.
///
/// # Errors
/// The database's; what was queued before it is queued, and what is looked at again is known.
pub(super) async fn look(house: &House, shop: &Shop, settings: &Settings) -> Result<(), Failure> {
    while let Some((causes, to)) = shop.books.causes(MOST_CAUSES).await? {
        let mut told = Vec::new();
        for cause in &causes {
            told_of(shop, cause, &mut told).await?;
        }
        queue(house, shop, settings, told, Some(to)).await?;
    }
    let today = house.today(shop);
    if shop.books.local(POINTS_DAY).await?.as_deref() != Some(&today) {
        let until = day_after(&today, i64::from(settings.points_terms.announce_days)).unwrap_or_default();
        let terms = settings.messages.of(Occasion::Points);
        let rows = if terms.on { shop.books.running_out(&today, &until, MOST_POINTS).await? } else { Vec::new() };
        let of = |row: books::query::RunningOut| {
            let values = Values { date: today.clone(), points: row.points, until: row.good_until.clone(), ..Values::default() };
            Told { occasion: Occasion::Points, member: row.member.member, cause: row.good_until, values }
        };
        queue(house, shop, settings, rows.into_iter().map(of).collect(), None).await?;
        shop.books.keep_local(POINTS_DAY, Some(today)).await?;
    }
    Ok(())
}

fn sums<'e>(earned: impl Iterator<Item = (&'e Earned, i64)>) -> BTreeMap<MemberId, i64> {
    let mut sums = BTreeMap::new();
    for (earned, before_micro) in earned {
        *sums.entry(earned.member).or_default() += earned.amount_micro - before_micro;
    }
    sums.retain(|_, micro| *micro >= MICRO);
    sums
}

async fn told_of(shop: &Shop, cause: &Cause, told: &mut Vec<Told>) -> Result<(), Failure> {
    let entry = cause.entry.to_string();
    let plain = Values { date: cause.date.clone(), ..Values::default() };
    let mut tell = |occasion, member, cause: String, values| told.push(Told { occasion, member, cause, values });
    match &cause.fact {
        Fact::SaleRecorded(sale) => {
            for (member, micro) in sums(sale.earned.iter().map(|earned| (earned, 0))) {
                tell(Occasion::Earned, member, entry.clone(), Values { amount_minor: micro / MICRO, from: sale.number.clone(), ..plain.clone() });
            }
        }
        Fact::PeriodEarned(period) => {
            let parts = period.earned.iter().map(|part| (&part.earned, part.before_micro.unwrap_or(0)));
            for (member, micro) in sums(parts) {
                tell(Occasion::Earned, member, entry.clone(), Values { amount_minor: micro / MICRO, from: period.month.clone(), ..plain.clone() });
            }
        }
        Fact::StatementsIssued(issued) => {
            for statement in issued.statements.iter().filter(|statement| statement.payable_minor > 0) {
                let values =
                    Values { amount_minor: statement.payable_minor, from: statement.number.clone(), month: issued.month.clone(), ..plain.clone() };
                let kept_back = shop.books.kept_back(&issued.month, issued.round, statement.member).await?;
                tell(Occasion::Statement, statement.member, entry.clone(), values.clone());
                if statement.payable_minor > kept_back {
                    let values = Values { amount_minor: statement.payable_minor - kept_back, ..values };
                    tell(Occasion::Matured, statement.member, entry.clone(), values);
                }
            }
        }
        Fact::CommissionHeld(held) => {
            for part in held.held.iter().filter(|part| part.amount_minor < 0) {
                let values = Values { amount_minor: -part.amount_minor, month: held.month.clone(), ..plain.clone() };
                tell(Occasion::Matured, part.member, entry.clone(), values);
            }
        }
        Fact::PayoutsRequested(requested) => {
            for order in requested.payouts.iter().filter(|order| !order.outside) {
                let state = PayoutState::Requested;
                let values = Values { amount_minor: order.amount_minor, from: order.number.clone(), state: Some(state), ..plain.clone() };
                tell(Occasion::Payout, order.member, format!("{}/{}", order.payout, state.word()), values);
            }
        }
        // A second approval is the shop's own affair.
        Fact::PayoutsMoved(moved) if moved.to != PayoutState::Seconded => {
            for step in &moved.steps {
                let from = shop.books.payout_number(step.payout).await?;
                // What arrives is what is left after the fee.
                let amount_minor = if moved.to == PayoutState::Paid { step.amount_minor - step.fee_minor } else { step.amount_minor };
                let values = Values { amount_minor, from, state: Some(moved.to), ..plain.clone() };
                tell(Occasion::Payout, step.member, format!("{}/{}", step.payout, moved.to.word()), values);
            }
        }
        Fact::LevelChanged(changed) if changed.why == LevelWhy::Reached => {
            if let Some(held) = &changed.to.held {
                tell(Occasion::Level, changed.member, entry, Values { level: held.level.clone(), ..plain });
            }
        }
        _ => {}
    }
    Ok(())
}

async fn queue(house: &House, shop: &Shop, settings: &Settings, told: Vec<Told>, to: Option<i64>) -> Result<(), Failure> {
    let mut found = Found::default();
    for one in told {
        let terms = settings.messages.of(one.occasion);
        if !terms.on {
            continue;
        }
        let Some(addressee) = shop.books.addressee(one.member).await? else { continue };
        if let Err(why) = address(&addressee.number, &addressee.card, terms.channel) {
            *found.passed.entry((one.occasion, terms.channel, why)).or_default() += 1;
            continue;
        }
        let (wording, chinese) = worded(settings, addressee.card.contact.as_ref(), &terms);
        let said = filled(shop, settings, wording, chinese, (&addressee.card.name, &addressee.number), &one.values);
        found.messages.push(NewMessage {
            id: message_id(one.occasion, one.member, &one.cause),
            occasion: one.occasion,
            channel: terms.channel,
            member: one.member,
            language: if chinese { "zh-CN" } else { "en" }.into(),
            subject: said.subject,
            body: said.text,
        });
    }
    let queued = shop.books.queue_messages(found, to, house.world.now_ms()).await?;
    if queued > 0 {
        house.tell(crate::Notice::Topics { topics: vec![books::Topic::Messages] });
    }
    Ok(())
}

/// Values to show a template with.
pub(super) fn example(today: &str, level: Option<String>) -> Values {
    let month = today.get(..7).filter(|month| month_of(month).is_some()).unwrap_or_default().to_owned();
    Values {
        date: today.to_owned(),
        amount_minor: 12_800,
        from: "A-000128".into(),
        month,
        state: Some(PayoutState::Paid),
        points: 128,
        until: day_after(today, 30).unwrap_or_default(),
        level: level.unwrap_or_else(|| "VIP".into()),
    }
}
