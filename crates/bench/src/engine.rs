//! The plan engine by itself: earnings of one sale, and a whole period with ranks, bands and a pool.

use std::{collections::BTreeMap, hint::black_box};

use domain::{
    exact::Exact,
    ids::MemberId,
    plan::{self, Carried, Plan},
    sale::{ChainLink, earnings_of},
};

use crate::{
    Bench, Fault, SEED,
    chance::{Chance, depths, tree},
    measure::{Ratio, Samples, forget_peak, memory, time, timed},
    report::{Found, Goal, Line},
};

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
    let link = |chance: &mut Chance| ChainLink {
        member: MemberId(uuid::Builder::from_random_bytes(chance.id()).into_uuid()),
        rank: Some(ranks[chance.below(2)].to_owned()),
        active: chance.below(10) > 0,
    };
    let chains: Vec<Vec<ChainLink>> = (0..1_000).map(|_| (0..=CHAIN).map(|_| link(&mut chance)).collect()).collect();
    let plain: Vec<(Vec<usize>, Vec<bool>)> = chains
        .iter()
        .map(|chain| {
            (chain.iter().map(|link| usize::from(link.rank.as_deref() == Some("金牌"))).collect(), chain.iter().map(|link| link.active).collect())
        })
        .collect();
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    for _ in 0..bench.rounds(200) {
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
    }
    let each = time(ours.median() / 1_000);
    let line = Line::ratio(
        "order",
        "earnings of 1,000 sales, chain of 11",
        "a bare loop over integer arrays",
        Goal::AtMost(Ratio(300)),
        (&ours, &floor),
        AT_SALE,
    );
    Ok(vec![line.with("one_sale", each)])
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
