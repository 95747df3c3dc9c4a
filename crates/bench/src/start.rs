//! Goal 11: the books' part of a start, from the closed file to the people who may sign in.

use std::{path::Path, sync::Arc};

use app::{House, Seat};
use serde_json::Value;

use crate::{
    Bench, Fault, SEED,
    measure::{Ratio, Samples, time, timed_async},
    report::{Found, Goal, Line},
    shop::{Desk, Device, world},
};

const REASON: &str = "opening checks the format, joins the chain and opens the readers; see the medians for which file";

/// Goal 11, against empty books and against ten milliseconds.
pub async fn goal(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let empty = Desk::create(&bench.folder.join("empty.banyan"), &bench.device, SEED + 60).await?.close().await?;
    let (large, _) = bench.copy("start.banyan").await?;
    let (long, _, month) = crate::month::sold(bench, "long.banyan").await?;
    let mut sides = [(&empty, Samples::default()), (&large, Samples::default()), (&long, Samples::default())];
    for round in 0..bench.rounds(60).min(60) {
        for (path, samples) in &mut sides {
            let nanos = start(path, &bench.device).await?;
            if round > 4 {
                samples.push(nanos);
            }
        }
    }
    let [(_, empty), (_, large), (_, long)] = sides;
    let members = format!("{} members", bench.members);
    Ok(vec![
        Line::new(
            "11",
            format!("books open, {members}"),
            "ten milliseconds",
            Goal::AtMost(Ratio(100)),
            Found::Ratio(Ratio::of(large.median(), 10_000_000)),
            REASON,
        )
        .with("ours_median", time(large.median())),
        Line::ratio("11", format!("books open, {members}"), "empty books", Goal::AtMost(Ratio(150)), (&large, &empty), REASON),
        Line::ratio(
            "11",
            format!("books open, {members} and {} sales", month.sales.len()),
            "empty books",
            Goal::AtMost(Ratio(150)),
            (&long, &empty),
            REASON,
        ),
    ])
}

async fn start(path: &Path, device: &Device) -> Result<u64, Fault> {
    let (opened, nanos) = timed_async(async {
        let house = House::open(path.to_owned(), device.keeper(), world(SEED)).await?;
        let seat = Seat::default();
        house.serve(&seat, "setup_state", Value::Null).await?;
        house.serve(&seat, "people", Value::Null).await?;
        Ok::<Arc<House>, Fault>(house)
    })
    .await;
    opened?.close().await?;
    Ok(nanos)
}
