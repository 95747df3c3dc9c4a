//! Goal 10: a sheet of products is judged and recorded, against reading it and inserting the rows; and whether a till can sell meanwhile.

use std::path::Path;

use calamine::{DataType, Reader as _, Xlsx, open_workbook};
use paper::sheet_out::{Cell, ColumnKind, SheetColumn, SheetFormat, SheetOut};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use crate::{
    Bench, Fault, SEED,
    chance::Chance,
    measure::{Ratio, Samples, time, timed, timed_async},
    report::{Found, Goal, Line},
    shop::{Desk, barcode, filled, remove, ticket},
};

const IMPORT: &str = "each product is an entry of its own: hashed, chained, posted, and listed under six indexes; the floor inserts a bare row";
const MEANWHILE: &str = "a sale waits for the batch of the import that is being written";

fn sheet(path: &Path, rows: usize) -> Result<(), Fault> {
    let refused = |fault: paper::sheet_out::SheetOutFault| Fault(fault.to_string());
    let column = |title: &str, kind| SheetColumn { title: title.into(), kind, total: false };
    let columns = vec![
        column("code", ColumnKind::Text),
        column("barcode", ColumnKind::Text),
        column("name", ColumnKind::Text),
        column("category", ColumnKind::Text),
        column("price", ColumnKind::Money { digits: 2 }),
        column("stock", ColumnKind::Integer),
    ];
    let mut sheet = SheetOut::create(path, SheetFormat::Xlsx, "products", columns).map_err(refused)?;
    for place in 0..rows {
        let number = i64::try_from(place).unwrap_or(0);
        let cells = [
            Cell::Text(format!("X{place:06}")),
            Cell::Text(barcode(200_000 + place)),
            Cell::Text(format!("碧螺春 {place}")),
            Cell::Text(format!("茶 {}", place % 40)),
            Cell::Number(500 + number % 20_000),
            Cell::Number(number % 90 + 1),
        ];
        sheet.row(&cells).map_err(refused)?;
    }
    sheet.finish("").map_err(refused)?;
    Ok(())
}

/// Goal 10.
pub async fn goal(bench: &Bench) -> Result<Vec<Line>, Fault> {
    let rows = if bench.quick { 2_000 } else { 20_000 };
    let path = bench.folder.join("products.xlsx");
    sheet(&path, rows)?;
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    for round in 0..3 {
        let desk = Desk::create(&bench.folder.join("import.banyan"), &bench.device, SEED + 70 + round).await?;
        let draft = draft(&desk, &path).await?;
        let (report, nanos) = timed_async(desk.job("import_run", draft)).await;
        let report = report?;
        if report["added"] != json!(rows) {
            return Err(Fault(format!("the import added {} of {rows}", report["added"])));
        }
        desk.close().await?;
        ours.push(nanos);
        let (inserted, nanos) = timed(|| bare(&path, &bench.folder.join("import.db")));
        inserted?;
        floor.push(nanos);
    }
    let line = Line::ratio(
        "10",
        format!("XLSX import of {rows} products, with validation"),
        "calamine and a bare insert",
        Goal::AtMost(Ratio(200)),
        (&ours, &floor),
        IMPORT,
    );
    let each = time(ours.median() / u64::try_from(rows).unwrap_or(1));
    Ok(vec![line.with("one_row", each), meanwhile(bench, &path).await?])
}

async fn draft(desk: &Desk, path: &Path) -> Result<Value, Fault> {
    let source = json!({"path": path, "kind": "products"});
    let mapping = desk.ask("import_preview", source.clone()).await?["mapping"].clone();
    Ok(json!({"source": source, "mapping": mapping}))
}

fn bare(sheet: &Path, path: &Path) -> Result<(), Fault> {
    remove(path)?;
    let mut file = Connection::open(path)?;
    file.pragma_update(None, "journal_mode", "WAL")?;
    file.execute_batch("CREATE TABLE products (key INTEGER PRIMARY KEY, code TEXT, barcode TEXT, name TEXT, category TEXT, price TEXT, stock TEXT)")?;
    let mut book: Xlsx<_> = open_workbook(sheet).map_err(|error: calamine::XlsxError| Fault(error.to_string()))?;
    let range = book.worksheet_range_at(0).ok_or_else(|| Fault("no sheet".into()))?.map_err(|error| Fault(error.to_string()))?;
    let writing = file.transaction()?;
    {
        let mut insert = writing.prepare("INSERT INTO products (code, barcode, name, category, price, stock) VALUES (?, ?, ?, ?, ?, ?)")?;
        for row in range.rows().skip(1) {
            let text = |place: usize| row.get(place).and_then(DataType::as_string);
            insert.execute(params![text(0), text(1), text(2), text(3), text(4), text(5)])?;
        }
    }
    writing.commit()?;
    Ok(())
}

/// Sales at the till while a sheet comes in: the slowest of a hundred, against the same till at rest.
async fn meanwhile(bench: &Bench, sheet: &Path) -> Result<Line, Fault> {
    let path = bench.folder.join("meanwhile.banyan");
    let stock = filled(&path, &bench.device, 1_000, 200, SEED + 80).await?;
    let desk = Desk::open(&path, &bench.device, SEED + 81).await?;
    let mut chance = Chance::new(SEED + 82);
    let sell = |chance: &mut Chance| {
        let id = uuid::Builder::from_random_bytes(chance.id()).into_uuid();
        let buyer = chance.below(stock.members.len());
        timed_async(desk.ask("record_sale", ticket(&stock, buyer, 200, id, chance)))
    };
    let (mut rest, mut busy) = (Samples::default(), Samples::default());
    for _ in 0..200 {
        let question = sell(&mut chance);
        let (answer, nanos) = question.await;
        answer?;
        rest.push(nanos);
    }
    let number = desk.ask("import_run", draft(&desk, sheet).await?).await?;
    let running = || desk.house.jobs.list().into_iter().any(|job| json!(job.job) == number && job.end.is_none());
    while running() {
        let (answer, nanos) = sell(&mut chance).await;
        answer?;
        busy.push(nanos);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let (whole, slow) = (busy.count(), busy.at(1000));
    desk.close().await?;
    let line = Line::new(
        "10",
        "the slowest sale while the sheet comes in",
        "half a second",
        Goal::AtMost(Ratio(100)),
        Found::Ratio(Ratio::of(slow, 500_000_000)),
        MEANWHILE,
    );
    Ok(line.with("ours_median", time(slow)).with("median", time(busy.median())).with("at_rest", time(rest.median())).with("sales", whole))
}
