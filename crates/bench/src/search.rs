//! Goal 9: the search box over a million members, asked through the menu, against one range of a B-tree.

use rusqlite::{OpenFlags, params};
use serde_json::json;

use crate::{
    Bench, Fault, SEED,
    chance::Chance,
    measure::{Ratio, Samples, time, timed, timed_async},
    report::{Found, Goal, Line},
    shop::Desk,
};

const TAIL: &str = "a start that many members share gives twenty hits from every range, which are then sorted";
const UNION: &str = "one box looks through up to eight ranges, not one; and the way through the menu is part of it";

/// Goal 9.
pub async fn goal(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let (path, _) = bench.copy("search.banyan").await?;
    let file = bench.device.open_file(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut chance = Chance::new(SEED + 40);
    let mut ranges = Vec::new();
    for round in 0..bench.rounds(2_000) {
        let place = i64::try_from(chance.below(bench.members)).unwrap_or(0) + 1;
        // What a person types of a member: the start of one of the keys, or the last four of the telephone.
        let (column, text): (&str, &str) = [
            ("name", "substr(name, 1, 2)"),
            ("py_full", "substr(py_full, 1, 8)"),
            ("py_initials", "substr(py_initials, 1, 3)"),
            ("number", "substr(number, 1, 6)"),
            ("phone", "phone"),
            ("phone_end", "phone_end"),
        ][round % 6];
        let typed: String = file.query_row(&format!("SELECT {text} FROM members WHERE key = ?"), [place], |row| row.get(0))?;
        ranges.push((column, typed));
    }
    let desk = Desk::open(&path, &bench.device, SEED + 41).await?;
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    for (round, (column, typed)) in ranges.iter().enumerate() {
        let (found, nanos) = timed_async(desk.ask("find_members", json!(typed))).await;
        let found = found?;
        if found.as_array().is_none_or(Vec::is_empty) {
            return Err(Fault(format!("nobody was found by {typed}")));
        }
        let (rows, same) = timed(|| {
            let text = format!("SELECT id, number, name, phone, rank FROM members WHERE {column} >= ? AND {column} < ? LIMIT 20");
            let mut range = file.prepare_cached(&text)?;
            let rows = range.query_map(params![typed, format!("{typed}\u{10ffff}")], |row| {
                Ok((
                    row.get::<_, Vec<u8>>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, Option<String>>(3)?,
                    row.get::<_, Option<String>>(4)?,
                ))
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        rows?;
        if round >= ranges.len() / 10 {
            ours.push(nanos);
            floor.push(same);
        }
    }
    desk.close().await?;
    let late = ours.at(990);
    let what = format!("search box, {} members", bench.members);
    Ok(vec![
        Line::new("9", format!("{what}, p99"), "a millisecond", Goal::AtMost(Ratio(100)), Found::Ratio(Ratio::of(late, 1_000_000)), TAIL)
            .with("ours_median", time(late)),
        Line::ratio("9", what, "one B-tree range, direct SQLite", Goal::AtMost(Ratio(500)), (&ours, &floor), UNION),
    ])
}
