//! From a scan to the product: with 100,000 products on the shelf, asked through the menu.

use rusqlite::OpenFlags;
use serde_json::json;

use crate::{
    Bench, Fault, SEED,
    chance::Chance,
    measure::{Ratio, Samples, time, timed, timed_async},
    report::{Found, Goal, Line},
    shop::{Desk, barcode},
};

const TAIL: &str = "the machine was busy: the look-up itself is two steps in an index";

/// The books' part of what passes between a scan and the line on the screen.
pub async fn goal(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let (path, stock) = bench.copy("scan.banyan").await?;
    let file = bench.device.open_file(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let desk = Desk::open(&path, &bench.device, SEED + 50).await?;
    let mut chance = Chance::new(SEED + 51);
    let (mut ours, mut floor, mut quoted) = (Samples::default(), Samples::default(), Samples::default());
    for round in 0..bench.rounds(2_000) {
        let place = chance.below(stock.products.len());
        let typed = barcode(place);
        let (found, nanos) = timed_async(desk.ask("scan", json!(typed))).await;
        let found = found?;
        if found["scan"] != "product" {
            return Err(Fault(format!("{typed} was not found: {found}")));
        }
        let (row, same) = timed(|| {
            let mut look = file.prepare_cached("SELECT id, code, name, price_minor, stock_milli FROM products WHERE barcode = ?")?;
            look.query_row([&typed], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, i64>(3)?, row.get::<_, i64>(4)?))
            })
        });
        row?;
        let ticket = json!({"sale": uuid::Uuid::nil(), "lines": [{"product": stock.products[place], "qty_milli": 1000}], "tenders": []});
        let (answer, pricing) = timed_async(desk.ask("quote_sale", ticket)).await;
        answer?;
        if round > 100 || bench.quick {
            ours.push(nanos);
            floor.push(same);
            quoted.push(nanos + pricing);
        }
    }
    desk.close().await?;
    let late = quoted.at(990);
    Ok(vec![
        Line::ratio("scan", "scan found among 100,000 products", "one index look-up, direct SQLite", Goal::None, (&ours, &floor), TAIL),
        Line::new(
            "scan",
            "scan found and ticket priced, p99",
            "50 ms to the screen",
            Goal::AtMost(Ratio(100)),
            Found::Ratio(Ratio::of(late, 50_000_000)),
            TAIL,
        )
        .with("ours_median", time(late))
        .with("median", time(quoted.median())),
    ])
}
