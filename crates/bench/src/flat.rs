//! Goal 4: a sale costs the same in a small shop and in a large one.

use crate::{
    Bench, Fault, SEED,
    chance::depths,
    measure::{Ratio, Samples, timed_async},
    posting::{SHELF, Selling, warm},
    report::{Found, Goal, Line},
    shop::{Desk, Stock, filled},
    statements::counted,
    twin::Reader,
};

/// So many members has the small shop.
const SMALL: usize = 1_000;
const RANDOM: &str = "pages that nobody touched before have to be read and logged; with ever new buyers every sale touches some";
const HOT: &str = "the trees of the large shop's tables are deeper by a page or two";

/// Buyers at one depth, so that the chains of both shops are of one length.
fn buyers(stock: &Stock) -> Vec<usize> {
    let depths = depths(&stock.above);
    (0..depths.len()).filter(|place| depths[*place] == 6).collect()
}

/// Goal 4, for buyers at random and for the same twenty buyers over and over.
pub async fn goal(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let small_path = bench.folder.join("small.banyan");
    let small_stock = filled(&small_path, &bench.device, SMALL, SHELF, SEED + 5).await?;
    let (large_path, large_stock) = bench.copy("flat.banyan").await?;
    let (small_buyers, large_buyers) = (buyers(&small_stock), buyers(large_stock));
    let mut lines = Vec::new();
    for (hot, asked) in [(false, 150), (true, 115)] {
        let few = |all: &Vec<usize>| if hot { all.iter().copied().take(20).collect() } else { all.clone() };
        let mut sides = [
            (Selling::to(&small_stock, few(&small_buyers), SEED + 6 + 1_000 * u64::from(hot)), &small_path),
            (Selling::to(large_stock, few(&large_buyers), SEED + 6 + 1_000 * u64::from(hot)), &large_path),
        ];
        for (selling, path) in &mut sides {
            warm(bench, path, selling).await?;
        }
        let [(small, _), (large, _)] = &mut sides;
        let (small_desk, large_desk) =
            (Desk::open(&small_path, &bench.device, SEED + 7).await?, Desk::open(&large_path, &bench.device, SEED + 8).await?);
        let rounds = bench.rounds(1_000);
        let (mut few_times, mut many_times) = (Samples::default(), Samples::default());
        for round in 0..rounds {
            let (few, many) = (small.next(), large.next());
            let (answer, one) = timed_async(small_desk.ask("record_sale", few)).await;
            answer?;
            let (answer, other) = timed_async(large_desk.ask("record_sale", many)).await;
            answer?;
            if round >= rounds / 10 {
                few_times.push(one);
                many_times.push(other);
            }
        }
        let buyers = if hot { "the same 20 buyers" } else { "random buyers" };
        lines.push(Line::ratio(
            "4",
            format!("posting at {} members, {buyers}", bench.members),
            format!("itself at {SMALL} members"),
            Goal::AtMost(Ratio(asked)),
            (&many_times, &few_times),
            if hot { HOT } else { RANDOM },
        ));
        if hot {
            let counts = [counts(bench, &small_desk, small).await?, counts(bench, &large_desk, large).await?];
            let line = Line::new(
                "4",
                "rows and calls of one sale, large shop",
                "itself at the small one",
                Goal::AtMost(Ratio(100)),
                Found::Ratio(Ratio::of(counts[1].0 + counts[1].1, counts[0].0 + counts[0].1)),
                "a sale does more in a large shop",
            );
            lines.push(line.with("rows_and_calls", serde_json::json!(counts)));
        }
        small_desk.close().await?;
        large_desk.close().await?;
    }
    Ok(lines)
}

/// Rows and calls of twenty sales.
async fn counts(bench: &Bench, desk: &Desk, selling: &mut Selling<'_>) -> Result<(u64, u64), Fault> {
    let reader = Reader::open(&bench.device, &desk.path)?;
    let (mut rows, mut calls) = (0, 0);
    for _ in 0..20 {
        let (answer, more) = counted(desk.ask("record_sale", selling.next())).await;
        answer?;
        calls += more;
        rows += u64::try_from(reader.newest()?.len()).unwrap_or(0);
    }
    Ok((rows, calls))
}
