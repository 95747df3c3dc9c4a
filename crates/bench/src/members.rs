//! The member centre at a thousand members and at a million: moving a sponsor, looking a chain up, the totals below somebody, the search box, the counts of
//! every group, and the day's run over points that ran out. None may look through the shop where it need not; the counts of groups need to.

use rusqlite::{OpenFlags, params};
use serde_json::{Value, json};

use crate::{
    Bench, Fault, SEED,
    chance::{Chance, depths},
    measure::{Ratio, Samples, timed, timed_async},
    posting::SHELF,
    report::{Goal, Line},
    shop::{Desk, Stock, filled, whole},
};

/// So many members has the small shop.
const SMALL: usize = 1_000;
/// Points that are due on one day.
const DUE: usize = 400;
const DEEPER: &str = "the trees of the large shop's tables are deeper by a page or two, and its pages are seldom in memory";
const COUNTS: &str = "thirty conditions over every member, where the floor sums one column of them once";

/// A shop with its members by depth.
struct Side<'s> {
    desk: Desk,
    stock: &'s Stock,
    /// Places at depth six without anybody below them.
    leaves: Vec<usize>,
    /// Places at depth five with one to three members directly below them.
    above: Vec<usize>,
    chance: Chance,
}

impl<'s> Side<'s> {
    fn of(desk: Desk, stock: &'s Stock, seed: u64) -> Self {
        let depths = depths(&stock.above);
        let mut direct = vec![0_usize; depths.len()];
        for sponsor in stock.above.iter().flatten() {
            direct[*sponsor] += 1;
        }
        let at = |depth: u32| depths.iter().enumerate().filter(move |(_, at)| **at == depth).map(|(place, _)| place);
        let leaves = at(6).filter(|place| direct[*place] == 0).collect();
        // As few below them in the large shop as in the small one: a page of the graph is as long as it has rows.
        let above = at(5).filter(|place| (1..=3).contains(&direct[*place])).collect();
        Self { desk, stock, leaves, above, chance: Chance::new(seed) }
    }

    fn one<'p>(places: &'p [usize], chance: &mut Chance) -> &'p usize {
        &places[chance.below(places.len())]
    }

    /// Asks one of the questions, with new members each time.
    async fn ask(&mut self, what: &str) -> Result<u64, Fault> {
        let leaf = self.stock.members[*Self::one(&self.leaves, &mut self.chance)];
        let above = self.stock.members[*Self::one(&self.above, &mut self.chance)];
        let months = json!({"from": "2026-01", "to": "2026-12"});
        let (command, question) = match what {
            "sponsor move" => {
                let sheet = self.desk.ask("member", json!(leaf)).await?;
                ("move_sponsor", json!({"member": leaf, "from": sheet["row"]["sponsor"]["member"], "to": above, "reason": "bench"}))
            }
            "chain look-up" => ("member", json!(leaf)),
            "way to a member in the graph" => ("graph_path", json!({"member": leaf, "months": months})),
            "totals below somebody" => ("graph_children", json!({"sponsor": above, "months": months, "window": {"offset": 0, "limit": 50}})),
            "search by the whole number" => {
                let number = format!("M{:07}", whole(self.chance.below(self.stock.members.len())) + 1);
                ("find_members", json!(number))
            }
            _ => ("member_groups", Value::Null),
        };
        let (answer, nanos) = timed_async(self.desk.ask(command, question)).await;
        answer?;
        Ok(nanos)
    }
}

/// Every question at both sizes.
pub async fn goal(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let small_path = bench.folder.join("few.banyan");
    let small_stock = filled(&small_path, &bench.device, SMALL, SHELF, SEED + 50).await?;
    let (large_path, large_stock) = bench.copy("many.banyan").await?;
    let mut few = Side::of(Desk::open(&small_path, &bench.device, SEED + 51).await?, &small_stock, SEED + 52);
    let mut many = Side::of(Desk::open(&large_path, &bench.device, SEED + 53).await?, large_stock, SEED + 54);
    let mut lines = Vec::new();
    for what in ["sponsor move", "chain look-up", "way to a member in the graph", "totals below somebody", "search by the whole number"] {
        let rounds = bench.rounds(300);
        let (mut at_few, mut at_many) = (Samples::default(), Samples::default());
        for round in 0..rounds {
            let (one, other) = (few.ask(what).await?, many.ask(what).await?);
            if round >= rounds / 10 {
                at_few.push(one);
                at_many.push(other);
            }
        }
        let floor = format!("itself at {SMALL} members");
        lines.push(Line::ratio(
            "members",
            format!("{what}, {} members", bench.members),
            floor,
            Goal::AtMost(Ratio(200)),
            (&at_many, &at_few),
            DEEPER,
        ));
    }
    lines.push(groups(bench, &mut many).await?);
    few.desk.close().await?;
    many.desk.close().await?;
    lines.push(expiry(bench, (&small_path, &small_stock), (&large_path, large_stock)).await?);
    Ok(lines)
}

/// The counts and the worth of every group, which is a look at every member: against SQLite's own pass over the same rows.
async fn groups(bench: &Bench, many: &mut Side<'_>) -> Result<Line, Fault> {
    let file = bench.device.open_file(&many.desk.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    for _ in 0..bench.rounds(20).min(20) {
        ours.push(many.ask("the counts of every group").await?);
        let (sum, nanos) = timed(|| file.query_row("SELECT count(*), sum(net_minor) FROM members NOT INDEXED", [], |row| row.get::<_, i64>(0)));
        sum?;
        floor.push(nanos);
    }
    let what = format!("counts and worth of every group, {} members", bench.members);
    Ok(Line::ratio("members", what, "one sum over the members' rows, direct SQLite", Goal::None, (&ours, &floor), COUNTS))
}

/// A day's run over points whose last day is over, each day other members'.
async fn expiry(bench: &Bench, few: (&std::path::Path, &Stock), many: (&std::path::Path, &Stock)) -> Result<Line, Fault> {
    let (mut at_few, mut at_many) = (Samples::default(), Samples::default());
    for day in 0..bench.rounds(7).min(7) {
        for ((path, stock), samples) in [(few, &mut at_few), (many, &mut at_many)] {
            due(bench, path, stock, day)?;
            let desk = Desk::open_on(path, &bench.device, SEED + 60, i64::try_from(day).unwrap_or(0)).await?;
            let (told, nanos) = timed_async(desk.ask("points_day", Value::Null)).await;
            if told?["expired"].as_u64() != u64::try_from(10 * DUE).ok() {
                return Err(Fault("the day's run did not take what was due".into()));
            }
            samples.push(nanos);
            desk.close().await?;
        }
    }
    let what = format!("the day's run over {DUE} points that ran out, {} members", bench.members);
    Ok(Line::ratio("members", what, format!("itself at {SMALL} members"), Goal::AtMost(Ratio(200)), (&at_many, &at_few), DEEPER))
}

/// Ten points of so many members whose last day is over, put into the books by plain SQL.
fn due(bench: &Bench, path: &std::path::Path, stock: &Stock, day: usize) -> Result<(), Fault> {
    let mut file = bench.device.open_file(path, OpenFlags::default())?;
    let mut chance = Chance::new(SEED + 61 + u64::try_from(day).unwrap_or(0));
    let writing = file.transaction()?;
    for line in 0..DUE {
        // Far apart, and others each day.
        let place = (line * (stock.members.len() / DUE) + day) % stock.members.len();
        let (member, of) = (stock.members[place], chance.id());
        writing.execute(
            "INSERT INTO points_moves (entry, line, member, why, points, of, good_until, business_date) VALUES (1, ?, ?, 'by_hand', 10, ?, '2025-12-31', '2025-06-01')",
            params![whole(line + DUE * day), whole(place) + 1, of],
        )?;
        writing.execute("INSERT INTO points_due (how, day, member, of) VALUES ('expired', '2025-12-31', ?, ?)", params![member.as_bytes(), of])?;
        writing.execute(
            "UPDATE balances SET amount = amount + 10 WHERE unit = 1 AND account = (SELECT key FROM accounts WHERE name = 'points.held' AND party = ?)",
            params![member.as_bytes()],
        )?;
    }
    writing.commit()?;
    Ok(())
}
