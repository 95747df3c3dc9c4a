//! The main job without a window, through the same menu: a shop from the sample, a sale at the till, its receipt, and the month's report.

use std::{path::Path, process::ExitCode, sync::Arc};

use app::{Failure, House, Seat, World, failure::DoorRefusal, secrets::MemoryKeeper};
use paper::reader::{PrintedRow, plain_text};
use serde_json::{Value, json};

use crate::Desk;

const STEPS: usize = 5;

/// Does it, says each step on standard error and prints receipt and report.
pub async fn tour(out: &Path, language: &str) -> Result<ExitCode, Failure> {
    let file_trouble = |path: &Path, error: std::io::Error| DoorRefusal::File { path: path.display().to_string(), reason: error.to_string() };
    std::fs::create_dir_all(out).map_err(|error| file_trouble(out, error))?;
    let shop = out.join("tour.banyan");
    for end in ["", "-wal", "-shm"] {
        let mut name = shop.clone().into_os_string();
        name.push(end);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(file_trouble(Path::new(&name), error).into()),
            Ok(()) | Err(_) => {}
        }
    }
    // The key of a shop that is thrown away is thrown away with it.
    let house = House::open(shop, Arc::new(MemoryKeeper::default()), World::real()).await?;
    let desk = Desk { house, seat: Seat::default() };

    step(1, "making a shop from the sample");
    let zh = language.starts_with("zh");
    let draft = json!({"name": if zh { "青禾茶舍" } else { "Celadon Tea House" }, "currency": "CNY", "language": language,
        "owner": if zh { "王芳" } else { "Fang Wang" }, "pin": "2580", "sample": true});
    desk.ask("create_shop", draft).await?;

    step(2, "recording a sale of three items to a member");
    let mut lines = Vec::new();
    for code in ["0001", "0010", "0026"] {
        let scanned = desk.ask("scan", json!(code)).await?;
        lines.push(json!({"product": scanned["product"]["product"], "qty_milli": 1000}));
    }
    let member = desk.ask("scan", json!("M000007")).await?;
    let mut ticket = json!({"sale": World::real().new_id::<uuid::Uuid>(), "lines": lines, "member": member["member"]["member"], "tenders": []});
    let quote = desk.ask("quote_sale", ticket.clone()).await?;
    ticket["tenders"] = json!([{"kind": "cash", "amount_minor": quote["quote"]["cash_asked_minor"]}]);
    let receipt = desk.ask("record_sale", ticket).await?;
    let rows: Vec<PrintedRow> = serde_json::from_value(receipt["rows"].clone()).unwrap_or_default();
    println!("{}", plain_text(&rows, 48));

    step(3, "what each upline earned on it, and why");
    for earned in receipt["sale"]["earned"].as_array().into_iter().flatten() {
        let rate = earned["rate_ppm"].as_i64().unwrap_or(0);
        println!(
            "  L{}  {} × {}.{:04}% = {}",
            earned["depth"],
            money(earned["base_minor"].as_i64().unwrap_or(0), 2),
            rate / 10_000,
            rate % 10_000,
            money(earned["amount_micro"].as_i64().unwrap_or(0), 8)
        );
    }

    step(4, "the month's commission report");
    let month = desk.ask("months", Value::Null).await?[0].as_str().unwrap_or_default().to_owned();
    let filter = json!({"month": month, "sort": "amount", "descending": true});
    let report = desk.report(&filter).await?;
    for row in report["page"]["rows"].as_array().into_iter().flatten() {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        println!("  {:8} {:>12}  {}", text("number"), money(row["payable_minor"].as_i64().unwrap_or(0), 2), text("name"));
    }
    println!("  ════════ {:>12}", money(report["totals"]["payable_minor"].as_i64().unwrap_or(0), 2));
    let equal = report["proof"]["report_micro"] == report["proof"]["ledger_micro"];
    println!("  {} {}", month, if equal { "= ledger, to the cent" } else { "DIFFERS FROM THE LEDGER" });

    step(5, "writing the report as a sheet and verifying the books");
    let sheet = out.join(format!("commission-{month}.xlsx"));
    let written = desk.job("export_month", json!({"filter": filter, "path": sheet})).await?;
    println!("{}", written["path"].as_str().unwrap_or_default());
    let verdict = desk.job("verify", Value::Null).await?;
    println!("{} entries, {} seals, {}", verdict["entries"], verdict["seals"], verdict["first_difference"].as_str().unwrap_or("the books are whole"));
    desk.house.close().await?;
    let whole = equal && verdict["first_difference"].is_null();
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

fn step(number: usize, what: &str) {
    eprintln!("[{number}/{STEPS}] {what}");
}

/// A scaled integer with that many decimals, trailing zeros past the second left out.
fn money(scaled: i64, digits: u32) -> String {
    let one = 10_i64.pow(digits);
    let mut text = format!("{}.{:0width$}", scaled / one, (scaled % one).abs(), width = digits as usize);
    while text.ends_with('0') && !text.ends_with(".00") && text.split('.').next_back().is_some_and(|part| part.len() > 2) {
        text.pop();
    }
    text
}
