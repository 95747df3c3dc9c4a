//! Goal 5: the slowest of a thousand sales, while the log is moved into the file beside them.

use crate::{
    Bench, Fault, SEED,
    measure::{Ratio, Samples, time, timed_async},
    posting::{Selling, buyers, warm},
    report::{Found, Goal, Line},
    shop::Desk,
};

const REASON: &str = "the disk answers a sync late now and then, most of all while the log is being moved; the sale waits for it as it must";

/// Goal 5. The house tends its log by itself, as it does behind a till.
pub async fn goal(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let (path, stock) = bench.copy("tail.banyan").await?;
    let mut selling = Selling::to(stock, buyers(stock), SEED + 9);
    warm(bench, &path, &mut selling).await?;
    let desk = Desk::open(&path, &bench.device, SEED + 10).await?;
    let mut samples = Samples::default();
    for _ in 0..bench.rounds(5_000) {
        let (answer, nanos) = timed_async(desk.ask("record_sale", selling.next())).await;
        answer?;
        samples.push(nanos);
    }
    desk.close().await?;
    let (usual, late) = (samples.median(), samples.at(999));
    let line = Line::new("5", "posting, p99.9", "its own p50", Goal::AtMost(Ratio(400)), Found::Ratio(Ratio::of(late, usual)), REASON);
    Ok(vec![
        line.with("ours_median", time(late)).with("floor_median", time(usual)).with("p99", time(samples.at(990))).with("samples", samples.count()),
    ])
}
