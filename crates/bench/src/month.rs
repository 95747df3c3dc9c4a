//! Goals 6 and 7: closing a month and reading its report, against DuckDB on a file of its own, warm.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use domain::{
    exact::Exact,
    plan::{
        self, Plan,
        month::{Bought, Party, ShopMonth},
        ranks::RankPolicy,
        tally::{Tally, tally},
    },
};
use rusqlite::{Connection, params};
use serde_json::json;

use crate::{
    Bench, Fault, SEED,
    chance::Chance,
    duck::Duck,
    engine::carried,
    measure::{Ratio, Samples, forget_peak, memory, timed, timed_async},
    report::{Found, Goal, Line},
    shop::{Desk, whole},
};

/// The month of every sale that is made here.
const MONTH: &str = "2026-02";
/// The same as the books count it.
const COUNTED: i64 = 12 * 2026 + 1;
const TALLY: &str = "what everybody would be paid, over whole numbers; a simulation runs on it";
const ENGINE: &str =
    "the engine names members and orders by text, adds fractions and explains every posting, and holds all of it until it is released";
const PAGE: &str = "the count, the sums under the double rule and the sort all walk the month's members, once each";

/// A month of sales: buyer's place and net in minor units.
pub struct Sales {
    /// In order of time.
    pub sales: Vec<(usize, i64)>,
}

impl Sales {
    /// So many sales to random members.
    pub fn made(members: usize, sales: usize) -> Self {
        let mut chance = Chance::new(SEED + 20);
        Self { sales: (0..sales).map(|_| (chance.below(members), 1_000 + whole(chance.below(90_000)))).collect() }
    }

    /// What two uplines earn on each, 8 and 3 percent: sale's place, payee's place, depth, base in minor units, amount in millionths of one.
    pub fn earnings<'s>(&'s self, above: &'s [Option<usize>]) -> impl Iterator<Item = (usize, usize, i64, i64, i64)> + 's {
        self.sales.iter().enumerate().flat_map(move |(sale, (buyer, net))| {
            let first = above[*buyer];
            let second = first.and_then(|first| above[first]);
            let paid = move |payee: Option<usize>, depth, ppm: i64| payee.map(|payee| (sale, payee, depth, *net, net * ppm));
            [paid(first, 1, 80_000), paid(second, 2, 30_000)].into_iter().flatten()
        })
    }
}

fn write_csv(folder: &Path, above: &[Option<usize>], month: &Sales) -> Result<(), Fault> {
    let mut text = String::from("member,sponsor\n");
    for (member, sponsor) in above.iter().enumerate() {
        let sponsor = sponsor.map(|sponsor| sponsor.to_string()).unwrap_or_default();
        writeln!(text, "{member},{sponsor}").map_err(|error| Fault(error.to_string()))?;
    }
    std::fs::write(folder.join("members.csv"), &text)?;
    text.clear();
    text.push_str("buyer,net\n");
    for (buyer, net) in &month.sales {
        writeln!(text, "{buyer},{net}").map_err(|error| Fault(error.to_string()))?;
    }
    std::fs::write(folder.join("sales.csv"), &text)?;
    text.clear();
    text.push_str("member,base,amount\n");
    for (_, payee, _, base, amount) in month.earnings(above) {
        writeln!(text, "{payee},{base},{amount}").map_err(|error| Fault(error.to_string()))?;
    }
    std::fs::write(folder.join("earnings.csv"), &text)?;
    Ok(())
}

fn size(bench: &Bench) -> usize {
    if bench.quick { bench.members.min(100_000) } else { bench.members }
}

/// Goal 6: what two uplines earn on every sale, and everybody's group volume.
pub async fn close(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let what = "month's close: two uplines of every sale and group volume of everybody";
    let members = size(bench);
    let above = crate::chance::tree(members, &mut Chance::new(SEED));
    let month = Sales::made(members, members);
    let folder = tempfile::tempdir_in(&bench.folder)?;
    write_csv(folder.path(), &above, &month)?;
    let mut duck = Duck::load(bench, folder.path())?;
    let plan = Plan::parse(
        r#"{"ranks":[{"id":"a"},{"id":"b","when":{"measure":"group.net","gte":"900000"}}],
        "rules":[{"id":"levels","kind":"walk","accrue":"period","path":{"max":2},"rate":{"table":{"*":["8%","3%"]}}}]}"#,
    )
    .map_err(|error| Fault(error.to_string()))?;
    // Both questions once before anything counts: DuckDB is to be warm.
    duck.ask("uplines")?;
    duck.ask("groups")?;
    let shop = shop_month(&above, &month.sales);
    let policy = RankPolicy::default();
    let (mut ours, mut theirs, mut most) = (Samples::default(), Samples::default(), 0);
    let (mut statements, mut groups, mut paid) = (0, 0, 0);
    for _ in 0..if bench.quick { 2 } else { 5 } {
        let (one, other) = (duck.ask("uplines")?, duck.ask("groups")?);
        theirs.push(one.nanos + other.nanos);
        groups = other.rows;
        let held = memory().map_or(0, |(now, _)| now);
        forget_peak();
        let (tallied, nanos) = timed(|| tally(&plan, &shop, policy, &mut |_| true));
        let Tally::Statements(rows) = tallied else { return Err(Fault("the tally has no answer for a plan of two levels".into())) };
        most = most.max(memory().map_or(0, |(_, peak)| peak.saturating_sub(held)));
        ours.push(nanos);
        statements = rows.len();
        paid = rows.iter().map(|row| row.amount_minor).sum::<i64>();
    }
    drop(shop);
    let ratio = Ratio::of(theirs.median(), ours.median());
    let goal = Goal::AtLeast(Ratio(1200));
    let line = Line::new("6", format!("{what}, {members} members and sales"), "DuckDB's time over ours", goal, Found::Ratio(ratio), TALLY);
    let line = line.with("ours_median", crate::measure::time(ours.median())).with("floor_median", crate::measure::time(theirs.median()));
    let more = Line::new("6", "memory of that calculation", "itself before", Goal::Count(64), Found::Count(most >> 20, "MB"), TALLY);
    let explained = explained(&plan, &above, &month, theirs.median(), paid, bench.quick)?;
    Ok([vec![line.with("statements", statements).with("members_with_group_volume", groups), more], explained].concat())
}

/// The same month by the engine proper, which explains every posting. It has to come to the same sum.
fn explained(plan: &Plan, above: &[Option<usize>], month: &Sales, theirs: u64, paid: i64, quick: bool) -> Result<Vec<Line>, Fault> {
    let (people, orders) = facts(above, &month.sales);
    let (mut ours, mut most) = (Samples::default(), 0);
    for _ in 0..if quick { 1 } else { 2 } {
        let people = people.clone();
        let held = memory().map_or(0, |(now, _)| now);
        forget_peak();
        let (closed, nanos) = timed(|| plan::close(plan, people, &orders, &[], &mut carried()));
        let closed = closed.map_err(|error| Fault(error.to_string()))?;
        most = most.max(memory().map_or(0, |(_, peak)| peak.saturating_sub(held)));
        ours.push(nanos);
        let minor = |text: &str| Exact::parse(text).ok().and_then(|amount| (&amount * &Exact::from(100)).to_i64()).unwrap_or(0);
        if closed.statements.iter().map(|row| minor(&row.amount)).sum::<i64>() != paid {
            return Err(Fault("the engine and the tally disagree".into()));
        }
    }
    let ratio = Ratio::of(theirs, ours.median());
    let line = Line::new("6", "the same, every posting explained", "DuckDB's time over ours", Goal::None, Found::Ratio(ratio), ENGINE);
    Ok(vec![
        line.with("ours_median", crate::measure::time(ours.median())).with("floor_median", crate::measure::time(theirs)),
        Line::new("6", "memory of that close", "itself before", Goal::None, Found::Count(most >> 20, "MB"), ENGINE),
    ])
}

/// The month as it is read from the books.
fn shop_month(above: &[Option<usize>], sales: &[(usize, i64)]) -> ShopMonth {
    let place = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    let party = |(at, above): (usize, &Option<usize>)| Party { id: format!("{at:07}"), sponsor: above.map(place), active: true, ..Party::default() };
    let bought = |(at, (buyer, net_minor)): (usize, &(usize, i64))| Bought {
        id: format!("s{at}"),
        buyer: place(*buyer),
        net_minor: *net_minor,
        qty_milli: 1000,
        tags: Vec::new(),
        chain: 0,
        counts: true,
        paid: Vec::new(),
    };
    ShopMonth {
        month: COUNTED,
        parties: above.iter().enumerate().map(party).collect(),
        orders: sales.iter().enumerate().map(bought).collect(),
        ..ShopMonth::default()
    }
}

/// The month as the engine takes it.
pub fn facts(above: &[Option<usize>], sales: &[(usize, i64)]) -> (Vec<plan::Member>, Vec<plan::Order>) {
    let name = |place: usize| format!("{place:07}");
    let members = (0..above.len()).map(|place| plan::Member {
        id: name(place),
        sponsor: above[place].map(name),
        placement: None,
        side: None,
        owner: None,
        rank: None,
        active: true,
        attrs: BTreeMap::new(),
    });
    let orders = sales.iter().enumerate().map(|(place, (buyer, net))| plan::Order {
        id: format!("s{place}"),
        buyer: name(*buyer),
        amounts: crate::engine::major(*net),
        tags: Vec::new(),
        qty: Exact::ONE,
        attrs: BTreeMap::new(),
    });
    (members.collect(), orders.collect())
}

/// Goal 7: the first page of the month's report, highest earner first.
pub async fn page(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let (path, above, month) = sold(bench, "month.banyan").await?;
    let folder = tempfile::tempdir_in(&bench.folder)?;
    write_csv(folder.path(), &above, &month)?;
    let mut duck = Duck::load(bench, folder.path())?;
    let desk = Desk::open(&path, &bench.device, SEED + 21).await?;
    let question =
        |offset: i64| json!({"filter": {"month": MONTH, "sort": "amount", "descending": true}, "window": {"offset": offset, "limit": 200}});
    let (first, opening) = timed_async(desk.ask("month", question(0))).await;
    let (count, proof) = {
        let first = first?;
        (first["page"]["count"].clone(), first["proof"].clone())
    };
    let (mut ours, mut theirs) = (Samples::default(), Samples::default());
    for round in 0..bench.rounds(100).min(30) {
        let (answer, nanos) = timed_async(desk.ask("month", question(200 * whole(round)))).await;
        answer?;
        let answer = duck.ask("page")?;
        if round > 2 {
            ours.push(nanos);
            theirs.push(answer.nanos);
        }
    }
    desk.close().await?;
    let line = Line::ratio(
        "7",
        format!("a page of the month's report, {} sales", month.sales.len()),
        "DuckDB's group-by over the rows",
        Goal::AtMost(Ratio(50)),
        (&ours, &theirs),
        PAGE,
    );
    Ok(vec![line.with("first_page_with_proof", crate::measure::time(opening)).with("members", count).with("proof", proof)])
}

/// A copy of the large shop with a month of sales in it, as rows: entries, postings, sales, earnings and totals.
pub async fn sold(bench: &Bench, name: &str) -> Result<(PathBuf, Vec<Option<usize>>, Sales), Fault> {
    let (path, stock) = bench.copy(name).await?;
    let above = stock.above.clone();
    let month = Sales::made(above.len(), size(bench));
    bench.say(&format!("writing a month of {} sales", month.sales.len()));
    let file = bench.device.open_file(&path, rusqlite::OpenFlags::default())?;
    let (above, month) = tokio::task::spawn_blocking(move || write_month(file, &above, &month).map(|()| (above, month))).await??;
    Ok((path, above, month))
}

fn write_month(mut file: Connection, above: &[Option<usize>], month: &Sales) -> Result<(), Fault> {
    let mut chance = Chance::new(SEED + 22);
    file.pragma_update(None, "synchronous", "OFF")?;
    file.pragma_update(None, "cache_size", -400_000)?;
    let writing = file.transaction()?;
    {
        let last: i64 = writing.query_row("SELECT max(number) FROM journal", [], |row| row.get(0))?;
        writing.execute("INSERT OR IGNORE INTO units (key, name) VALUES (2, 'earning')", [])?;
        let earning: i64 = writing.query_row("SELECT key FROM units WHERE name = 'earning'", [], |row| row.get(0))?;
        writing.execute("INSERT OR IGNORE INTO accounts (key, name) SELECT 900, 'commission.expense' WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE name = 'commission.expense')", [])?;
        let expense: i64 = writing.query_row("SELECT key FROM accounts WHERE name = 'commission.expense'", [], |row| row.get(0))?;
        // Entries of another chain: this device's own stays as it is sealed.
        let chain = "INSERT INTO chains (chain, device, public_key) VALUES (?, ?, ?) RETURNING key";
        let chain: i64 = writing.query_row(chain, params![chance.id(), chance.id(), [chance.id(), chance.id()].concat()], |row| row.get(0))?;
        let mut entry = writing.prepare(
            "INSERT INTO journal (number, id, chain, dseq, at_ms, at_tick, kind, hash, bytes) VALUES (?, ?, ?, ?, ?, 0, 'sale_recorded', ?, ?)",
        )?;
        let sale = "INSERT INTO sales (entry, number, business_date, made_at_ms, member, pieces_milli, net_minor, tax_minor, earned_micro, month)
            VALUES (?, ?, ?, ?, ?, 1000, ?, 0, ?, ?)";
        let mut sale = writing.prepare(sale)?;
        let bytes = vec![7_u8; 400];
        for (place, (buyer, net)) in month.sales.iter().enumerate() {
            let number = last + 1 + whole(place);
            let at = 1_770_000_000_000 + 2_000 * whole(place);
            let date = format!("{MONTH}-{:02}", 1 + place * 28 / month.sales.len().max(1));
            entry.execute(params![number, chance.id(), chain, 1 + whole(place), at, [chance.id(), chance.id()].concat(), bytes])?;
            sale.execute(params![number, format!("2A-{place:07}"), date, at, whole(*buyer) + 1, net, net * 110_000, COUNTED])?;
        }
        let mut posting = writing.prepare("INSERT INTO postings (entry, line, unit, debit, credit, amount) VALUES (?, ?, ?, ?, ?, ?)")?;
        let row = "INSERT INTO earnings (entry, line, month, member, rule, depth, base_minor, rate_ppm, amount_micro, plan_version)
            VALUES (?, ?, ?, ?, 'levels', ?, ?, ?, ?, 1)";
        let mut row = writing.prepare(row)?;
        let mut totals: BTreeMap<usize, (i64, i64, i64)> = BTreeMap::new();
        for (sale, payee, depth, base, amount) in month.earnings(above) {
            let number = last + 1 + whole(sale);
            row.execute(params![number, depth - 1, COUNTED, whole(payee) + 1, depth, base, amount / base.max(1), amount])?;
            posting.execute(params![number, depth - 1, earning, 1025 + 2 * whole(payee), expense, amount])?;
            let total = totals.entry(payee).or_default();
            *total = (total.0 + 1, total.1 + base, total.2 + amount);
        }
        let mut total = writing.prepare("INSERT INTO earned_months (month, member, sales, base_minor, amount_micro) VALUES (?, ?, ?, ?, ?)")?;
        for (payee, (sales, base, amount)) in totals {
            total.execute(params![COUNTED, whole(payee) + 1, sales, base, amount])?;
        }
    }
    writing.commit()?;
    file.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}
