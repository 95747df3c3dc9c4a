//! The plan engine by itself: earnings of one sale, and a whole period with ranks, bands and a pool.

use std::{collections::BTreeMap, hint::black_box};

use domain::{
    exact::Exact,
    ids::MemberId,
    plan::{
        self, Carried, Plan,
        month::{Bought, Link, Party, ShopMonth},
        ranks::RankPolicy,
        tally::{Tally, tally},
    },
    sale::{ChainLink, earnings_of},
};

use crate::{
    Bench, Fault, SEED,
    chance::{Chance, depths, tree},
    measure::{Ratio, Samples, forget_peak, memory, time, timed},
    report::{Found, Goal, Line},
};

/// Sales of one round.
const SALES: usize = 10_000;
/// How many members the chains of the sales are drawn from.
const MEMBERS: usize = 2_000;

const ADDED_UP: &str =
    "the tally asks who holds and who is paid, and reads ranks, chains and rates of any plan; the floor knows its one plan by heart";
const AT_SALE: &str =
    "each earning is exact, explained in words that stand for ever in the entry, and names its members; the floor adds integers and forgets how";
const CLOSE: &str = "every posting carries its explanation; the floor has sums alone";

/// Members above the buyer.
const CHAIN: usize = 11;

/// A plan of two levels by rank over a chain eleven deep, against the same products and sums over integer arrays.
pub async fn at_sale(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let text = r#"{"currency":"CNY","ranks":[{"id":"普通"},{"id":"金牌"}],"rules":[{"id":"levels","kind":"walk","accrue":"paid","source":{"event":"order","base":"net"},
        "path":{"tree":"sponsor","max":2,"index":"depth","pay":{"active":true}},"rate":{"mode":"absolute","table":{"普通":["8%","3%"],"金牌":["10%","4.5%"]}}}]}"#;
    let plan = Plan::parse(text).map_err(|error| Fault(error.to_string()))?;
    let mut chance = Chance::new(SEED + 30);
    let ranks = ["普通", "金牌"];
    let table: [[i64; 2]; 2] = [[80_000, 30_000], [100_000, 45_000]];
    let members: Vec<MemberId> = (0..MEMBERS).map(|_| MemberId(uuid::Builder::from_random_bytes(chance.id()).into_uuid())).collect();
    let link = |chance: &mut Chance, member: usize| ChainLink {
        member: members[member % MEMBERS],
        rank: Some(ranks[chance.below(2)].to_owned()),
        active: chance.below(10) > 0,
    };
    // Nobody stands twice in a chain.
    let mut chain = || {
        let first = chance.below(MEMBERS);
        (0..=CHAIN).map(|place| link(&mut chance, first + place * 131)).collect()
    };
    let chains: Vec<Vec<ChainLink>> = (0..SALES).map(|_| chain()).collect();
    let plain: Vec<(Vec<usize>, Vec<bool>)> = chains
        .iter()
        .map(|chain| {
            (chain.iter().map(|link| usize::from(link.rank.as_deref() == Some("金牌"))).collect(), chain.iter().map(|link| link.active).collect())
        })
        .collect();
    let month = month_of(&members, &chains);
    let (mut ours, mut added, mut floor) = (Samples::default(), Samples::default(), Samples::default());
    for _ in 0..bench.rounds(50) {
        let (tallied, nanos) = timed(|| tally(&plan, black_box(&month), RankPolicy::default(), &mut |_| true));
        added.push(nanos);
        let Tally::Statements(rows) = tallied else { return Err(Fault("the tally has no answer for a plan of two levels".into())) };
        let (sum, nanos) = timed(|| {
            let mut sum = 0;
            for (place, chain) in (0_i64..).zip(&chains) {
                let earned = earnings_of(&plan, "0198c0de-0000-7000-8000-000000000000", 10_000 + place, 1_000, Default::default(), chain);
                sum += earned.map_err(|refusal| Fault(refusal.to_string()))?.iter().map(|earned| earned.amount_micro).sum::<i64>();
            }
            Ok::<i64, Fault>(sum)
        });
        ours.push(nanos);
        let (same, nanos) = timed(|| {
            let mut sum = 0;
            for (place, (ranks, active)) in (0_i64..).zip(black_box(&plain)) {
                for depth in 1..ranks.len().min(3) {
                    if active[depth] {
                        sum += (10_000 + place) * table[ranks[depth]][depth - 1];
                    }
                }
            }
            black_box(sum)
        });
        floor.push(nanos);
        if sum? != same {
            return Err(Fault("the engine and the bare loop disagree".into()));
        }
        let paid = rows.iter().map(|row| row.amount_minor).sum::<i64>();
        if !(0..=rows.len()).contains(&usize::try_from(same / 1_000_000 - paid).unwrap_or(usize::MAX)) {
            return Err(Fault("the tally and the bare loop disagree".into()));
        }
    }
    let each = |samples: &Samples| time(samples.median() / SALES as u64);
    let against = "a bare loop over integer arrays";
    let line = |what: &str, samples: &Samples, why| {
        Line::ratio("order", what, against, Goal::AtMost(Ratio(300)), (samples, &floor), why).with("one_sale", each(samples))
    };
    Ok(vec![
        line("earnings of 10,000 sales, chain of 11, as a simulation adds them up", &added, ADDED_UP),
        line("the same, exact, named and explained, as the till freezes them", &ours, AT_SALE),
    ])
}

/// The sales as the month of a shop, in which everybody stands for themselves: what is earned follows from the chains that the sales froze.
fn month_of(members: &[MemberId], chains: &[Vec<ChainLink>]) -> ShopMonth {
    let places: BTreeMap<MemberId, u32> = members.iter().copied().zip(0..).collect();
    let link =
        |link: &ChainLink| Link {
            party: places[&link.member], rank: if link.rank.as_deref() == Some("金牌") { 2 } else { 1 }, active: link.active
        };
    ShopMonth {
        month: 24,
        parties: members.iter().map(|member| Party { id: member.to_string(), active: true, ..Party::default() }).collect(),
        orders: (0..)
            .zip(chains)
            .map(|(place, chain)| Bought {
                id: place.to_string(),
                buyer: places[&chain[0].member],
                net_minor: 10_000 + i64::from(place),
                qty_milli: 1_000,
                tags: Vec::new(),
                chain: place,
                counts: true,
                paid: Vec::new(),
            })
            .collect(),
        chains: chains.iter().map(|chain| chain.iter().map(link).collect()).collect(),
        words: vec!["普通".into(), "金牌".into()],
        ..ShopMonth::default()
    }
}

/// Nothing from earlier periods.
pub fn carried() -> Carried {
    Carried::default()
}

/// A period with ranks from group volume, a band of rates and a pool, against the group sums alone over integer arrays.
pub async fn full_close(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let text = r#"{"ranks":[{"id":"v0"},{"id":"v1","when":{"measure":"group.net","gte":"5000"}},{"id":"v2","when":{"measure":"group.net","gte":"60000"}}],
        "rules":[{"id":"band","kind":"walk","accrue":"period","path":{"self":true},"rate":{"mode":"difference","band":{"measure":"group.net",
            "steps":[["0","1%"],["5000","3%"],["60000","6%"]]}}},
        {"id":"pool","kind":"pool","fund":{"rate":"1%","of":"net"},"share":{"who":{"rank_gte":"v1"},"weight":1}}]}"#;
    let plan = Plan::parse(text).map_err(|error| Fault(format!("the plan of the full close: {error}")))?;
    let members = if bench.quick { 5_000 } else { 50_000 };
    let mut chance = Chance::new(SEED + 31);
    let above = tree(members, &mut chance);
    let order: Vec<usize> = {
        let depths = depths(&above);
        let mut order: Vec<usize> = (0..members).collect();
        order.sort_by_key(|place| std::cmp::Reverse(depths[*place]));
        order
    };
    let sales: Vec<(usize, i64)> = (0..members).map(|_| (chance.below(members), 1_000 + i64::try_from(chance.below(90_000)).unwrap_or(0))).collect();
    let (people, orders) = crate::month::facts(&above, &sales);
    let (mut ours, mut floor, mut most, mut postings) = (Samples::default(), Samples::default(), 0, 0);
    for _ in 0..3 {
        let people = people.clone();
        let held = memory().map_or(0, |(now, _)| now);
        forget_peak();
        let (closed, nanos) = timed(|| plan::close(&plan, people, &orders, &[], &mut carried()));
        postings = closed.map_err(|error| Fault(error.to_string()))?.earned.len();
        most = most.max(memory().map_or(0, |(_, peak)| peak.saturating_sub(held)));
        ours.push(nanos);
        let ((), nanos) = timed(|| {
            let mut group = vec![0_i64; members];
            for (buyer, net) in black_box(&sales) {
                group[*buyer] += net;
            }
            for place in &order {
                if let Some(above) = above[*place] {
                    group[above] += group[*place];
                }
            }
            black_box(group);
        });
        floor.push(nanos);
    }
    let what = format!("a close with ranks, bands and a pool, {members} members and sales");
    let line = Line::ratio("close", what, "the group sums alone, over integer arrays", Goal::None, (&ours, &floor), CLOSE);
    Ok(vec![
        line.with("postings", postings).with("per_order", time(ours.median() / u64::try_from(members).unwrap_or(1))),
        Line::new("close", "memory of that close", "itself before", Goal::None, Found::Count(most >> 20, "MB"), CLOSE),
    ])
}

/// Exact thousandths are not needed here: what a member bought, in major units.
pub fn major(minor: i64) -> BTreeMap<String, Exact> {
    [("net".to_owned(), Exact::from(minor).over(&Exact::from(100)).unwrap_or(Exact::ZERO))].into()
}
