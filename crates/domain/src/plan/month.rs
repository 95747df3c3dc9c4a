//! A shop's month as the engine sees it: compact arrays read once from the books, and the close that follows from them.
//!
//! Decisions:
//! - An order counts in the rules of its month where a plan was in force when it was recorded; a sale without a member is no order of the plan.
//! - Who stands above whom in a month is what the last sale of a line froze; where the month has no sale, what stood at its end.
//! - The version in force on the month's last day closes the month. Earnings that a version before it froze stand, outside its limits, where it has no such
//!   rule.
//! - The ledger holds millionths of a minor unit: what a period rule pays beyond that is cut off.

use std::collections::HashMap;

use crate::{exact::Exact, placement::Side};

use super::{
    at_sale::{self, AtSaleRefusal, Holder},
    close::{ClosePosting, CloseRefusal, Closed, Frozen, close},
    explain::Why,
    nothing::{self, Answer},
    pair::Brought,
    period::Carried,
    ranks::{Before, HeldRank, RankPolicy, Ranked, after_period, computes_ranks},
    rule::{Accrue, Event, Kind, Plan},
    world::{Member, Order, World},
};

/// A member in a month. Members are held by place, ordered by id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// Its id.
    pub id: String,
    /// Who stands above, by place.
    pub sponsor: Option<u32>,
    /// Under whom it stands in the binary tree, by place, and in which leg.
    pub placed: Option<(u32, Side)>,
    /// A rank given by hand.
    pub given: Option<String>,
    /// The rank that the close before gave.
    pub held: Option<HeldRank>,
    /// False if frozen.
    pub active: bool,
}

/// A place in a chain as a sale froze it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Link {
    /// The member, by place.
    pub party: u32,
    /// The rank it had, by place among the month's words, from 1; 0 for none.
    pub rank: u16,
    /// False if it was frozen.
    pub active: bool,
}

/// What was earned with a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// Who, by place.
    pub party: u32,
    /// The rule, by place among the month's words.
    pub rule: u16,
    /// Millionths of a minor unit.
    pub amount_micro: i64,
    /// The explanation as JSON text; empty where it was not asked for.
    pub why: Box<str>,
}

/// One order of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    /// The sale.
    pub id: String,
    /// The buyer, by place.
    pub buyer: u32,
    /// What commission is worked out on, less what was given back, in minor units.
    pub net_minor: i64,
    /// Thousandths of a piece of it.
    pub qty_milli: i64,
    /// Tags of the goods that count.
    pub tags: Vec<String>,
    /// The chain at the sale, by place.
    pub chain: u32,
    /// A plan was in force when it was recorded.
    pub counts: bool,
    /// What was earned with it.
    pub paid: Vec<Paid>,
}

/// Everything that the rules of a month see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShopMonth {
    /// 12 × year + month − 1.
    pub month: i64,
    /// Members, by id.
    pub parties: Vec<Party>,
    /// Orders, as they were recorded.
    pub orders: Vec<Bought>,
    /// Each different chain once, the buyer first.
    pub chains: Vec<Vec<Link>>,
    /// Names of ranks and rules.
    pub words: Vec<String>,
    /// What the legs of pairs bring forward from the month before.
    pub brought: Brought,
}

/// A month's close: earnings of its own rules and everyone's rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthClose {
    /// Earnings, cuts and statements, as the engine gives them.
    pub closed: Closed,
    /// Ranks by the party's place; empty where the plan computes none.
    pub ranks: Vec<Ranked>,
    /// What the legs of pairs bring forward to the next month.
    pub legs: Brought,
}

/// True where closing by this plan needs the explanations of what was earned with the sales.
pub fn needs_explanations(plan: &Plan) -> bool {
    let of_earnings = |kind: &Kind| matches!(kind, Kind::Walk(walk) if matches!(walk.source.event, Event::Earning { .. }));
    !plan.limits.is_empty() || plan.rules.iter().any(|rule| rule.accrue == Accrue::Period && of_earnings(&rule.kind))
}

/// Closes a month of the shop: what was earned with its sales stands as frozen, legs go on from what the month before brought forward.
///
/// # Errors
/// [`CloseRefusal`] where the facts contradict each other.
pub fn close_month(plan: &Plan, month: &ShopMonth, policy: RankPolicy) -> Result<MonthClose, CloseRefusal> {
    let orders = month.engine_orders(plan, |order| order.counts);
    let (members, ranks) = month.ranked(plan, &orders, policy);
    let frozen = if needs_explanations(plan) { month.frozen(plan) } else { Vec::new() };
    let mut carried = Carried { legs: month.brought.clone(), ..Carried::default() };
    let closed = close(plan, members, &orders, &frozen, &mut carried)?;
    Ok(MonthClose { closed, ranks, legs: carried.legs })
}

/// Runs a plan on the month as if it had been in force for every sale of it, over the frozen chains. The statements hold both what would have been earned with
/// the sales and by the period's rules. `go_on` is asked now and then; where it says no, the answer is `None`.
///
/// # Errors
/// [`AsIfRefusal`]
pub fn as_if(plan: &Plan, month: &ShopMonth, policy: RankPolicy, go_on: &mut dyn FnMut(usize) -> bool) -> Result<Option<MonthClose>, AsIfRefusal> {
    let orders = month.engine_orders(plan, |_| true);
    let (members, ranks) = month.ranked(plan, &orders, policy);
    let mut frozen = Vec::new();
    for (place, bought) in month.orders.iter().enumerate().filter(|(_, bought)| bought.net_minor > 0) {
        if place % 1000 == 0 && !go_on(place) {
            return Ok(None);
        }
        let chain = month.holders(plan, bought);
        let order = at_sale::Order {
            id: bought.id.clone(),
            amounts_minor: [("net".to_owned(), bought.net_minor)].into(),
            qty_milli: bought.qty_milli,
            tags: bought.tags.clone(),
            ..at_sale::Order::default()
        };
        for earning in at_sale::earnings(plan, &order, &chain)? {
            let amount = major(plan, earning.amount_micro);
            frozen.push(Frozen { rule: earning.rule, order: bought.id.clone(), member: chain[earning.holder].id.clone(), amount, why: earning.why });
        }
    }
    let mut carried = Carried { legs: month.brought.clone(), ..Carried::default() };
    let closed = close(plan, members, &orders, &frozen, &mut carried)?;
    Ok(Some(MonthClose { closed, ranks, legs: carried.legs }))
}

/// Why a plan cannot be run on a month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AsIfRefusal {
    /// At a sale.
    #[error(transparent)]
    AtSale(#[from] AtSaleRefusal),
    /// At the close.
    #[error(transparent)]
    Close(#[from] CloseRefusal),
}

/// What each rule says about a member and an order of the month: over the chain that the order froze for rules that accrue with it, over the month's tree
/// and ranks for the others. `None` where the month has no such order.
pub fn why_nothing_in(plan: &Plan, month: &ShopMonth, policy: RankPolicy, order: &str, member: &str) -> Option<Vec<Answer>> {
    let bought = month.orders.iter().find(|bought| bought.id == order)?;
    let at_till = {
        let holders = month.holders(plan, bought);
        let mut members: Vec<Member> = (0usize..).zip(&holders).map(|(place, holder)| chain_member(plan, holder, holders.get(place + 1))).collect();
        if members.iter().all(|known| known.id != member) {
            // Someone beside the chain: the engine says that it does not stand above.
            members.push(Member { id: member.to_owned(), ..bare() });
        }
        let orders = [month.order_in(bought, &Exact::ten_to(plan.minor_digits()))];
        let mut world = World::new(plan, &members, &orders);
        world.ranks = members.iter().map(|member| member.rank).collect();
        let place = members.iter().position(|known| known.id == member)?;
        nothing::answers(&world, 0, place)
    };
    let orders = month.engine_orders(plan, |order| order.counts);
    let (members, _) = month.ranked(plan, &orders, policy);
    let world = World::new(plan, &members, &orders);
    let place = members.iter().position(|known| known.id == member)?;
    let by_period = world.order(order).map(|order| nothing::answers(&world, order, place));
    let answers = plan.rules.iter().zip(at_till).enumerate().map(|(at, (rule, answer))| match (rule.accrue, &by_period) {
        (Accrue::Period, Some(answers)) => answers[at].clone(),
        (Accrue::Paid | Accrue::Period, _) => answer,
    });
    Some(answers.collect())
}

/// An amount of the ledger in major units.
pub fn major(plan: &Plan, amount_micro: i64) -> Exact {
    Exact::from(amount_micro).over(&Exact::ten_to(plan.minor_digits() + 6)).unwrap_or(Exact::ZERO)
}

/// An amount in major units as the ledger holds it: millionths of a minor unit, what is finer cut off towards zero.
pub fn micro(plan: &Plan, amount: &Exact) -> i64 {
    let scaled = amount * &Exact::ten_to(plan.minor_digits() + 6);
    let cut = if scaled.is_negative() { -&(-&scaled).floor() } else { scaled.floor() };
    cut.to_i64().unwrap_or(if scaled.is_negative() { i64::MIN } else { i64::MAX })
}

/// What an earning was worked out on, in minor units, and its rate in millionths, where its explanation names them.
pub fn base_and_rate(plan: &Plan, posting: &ClosePosting) -> (i64, Option<i64>) {
    at_sale::base_and_rate(plan, &posting.why)
}

impl ShopMonth {
    /// The place of a member.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.parties.binary_search_by(|party| party.id.as_str().cmp(id)).ok()
    }

    fn order_in(&self, bought: &Bought, minor: &Exact) -> Order {
        Order {
            id: bought.id.clone(),
            buyer: self.parties[bought.buyer as usize].id.clone(),
            amounts: [("net".to_owned(), Exact::from(bought.net_minor).over(minor).unwrap_or(Exact::ZERO))].into(),
            tags: bought.tags.clone(),
            qty: Exact::from(bought.qty_milli).over(&Exact::from(1000)).unwrap_or(Exact::ZERO),
            attrs: Default::default(),
        }
    }

    fn engine_orders(&self, plan: &Plan, wanted: impl Fn(&Bought) -> bool) -> Vec<Order> {
        let minor = Exact::ten_to(plan.minor_digits());
        self.orders.iter().filter(|bought| bought.net_minor > 0 && wanted(bought)).map(|bought| self.order_in(bought, &minor)).collect()
    }

    /// The members with the rank that each has in this month, and how it came about.
    fn ranked(&self, plan: &Plan, orders: &[Order], policy: RankPolicy) -> (Vec<Member>, Vec<Ranked>) {
        let computes = computes_ranks(plan);
        let mut members: Vec<Member> = self
            .parties
            .iter()
            .map(|party| Member {
                id: party.id.clone(),
                sponsor: party.sponsor.and_then(|above| self.parties.get(above as usize)).map(|above| above.id.clone()),
                placement: party.placed.and_then(|(above, _)| self.parties.get(above as usize)).map(|above| above.id.clone()),
                side: party.placed.map(|(_, side)| side.word().to_owned()),
                rank: if computes { None } else { party.given.as_deref().and_then(|rank| plan.rank(rank)) },
                active: party.active,
                ..bare()
            })
            .collect();
        if !computes {
            return (members, Vec::new());
        }
        let before: Vec<Before<'_>> = self.parties.iter().map(|party| Before { given: party.given.as_deref(), held: party.held.as_ref() }).collect();
        let ranks = after_period(&World::new(plan, &members, orders), &before, self.month, policy);
        for (member, ranked) in members.iter_mut().zip(&ranks) {
            member.rank = ranked.rank;
        }
        (members, ranks)
    }

    fn holders(&self, plan: &Plan, bought: &Bought) -> Vec<Holder> {
        let links = self.chains.get(bought.chain as usize).map(Vec::as_slice).unwrap_or_default();
        let rank = |link: &Link| usize::from(link.rank).checked_sub(1).and_then(|place| self.words.get(place));
        links
            .iter()
            .map(|link| Holder {
                id: self.parties[link.party as usize].id.clone(),
                rank: rank(link).filter(|rank| plan.has_rank(rank)).cloned(),
                active: link.active,
                attrs: Default::default(),
            })
            .collect()
    }

    /// What was earned with the sales by rules that this plan has too.
    fn frozen(&self, plan: &Plan) -> Vec<Frozen> {
        let known: HashMap<&str, bool> = plan.rules.iter().map(|rule| (rule.id.as_str(), rule.accrue == Accrue::Paid)).collect();
        let counting = self.orders.iter().filter(|bought| bought.counts && bought.net_minor > 0);
        let paid = counting.flat_map(|bought| bought.paid.iter().map(move |paid| (bought, paid)));
        paid.filter_map(|(bought, paid)| {
            let rule = self.words.get(usize::from(paid.rule)).filter(|rule| known.get(rule.as_str()) == Some(&true))?;
            let why: Why = serde_json::from_str(&paid.why).ok()?;
            let member = self.parties.get(paid.party as usize)?.id.clone();
            Some(Frozen { rule: rule.clone(), order: bought.id.clone(), member, amount: major(plan, paid.amount_micro), why })
        })
        .collect()
    }
}

fn chain_member(plan: &Plan, holder: &Holder, above: Option<&Holder>) -> Member {
    Member {
        id: holder.id.clone(),
        sponsor: above.map(|above| above.id.clone()),
        rank: holder.rank.as_deref().map_or(plan.entry_rank(), |rank| plan.rank(rank)),
        active: holder.active,
        ..bare()
    }
}

fn bare() -> Member {
    Member { id: String::new(), sponsor: None, placement: None, side: None, owner: None, rank: None, active: true, attrs: Default::default() }
}
