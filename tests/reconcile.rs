//! The month held against itself: statements, ledger and payouts agree to the cent, and one damaged figure is told with its size and its name.

use house::Desk;
use serde_json::{Value, json};
use sqlx::Connection;

const DAY_MS: i64 = 86_400_000;

/// Eight per cent to whoever brought the buyer, 1.11 % of the month to everyone above; nothing is withheld.
const PLAN: &str = r#"{"id":"shop","version":1,"currency":"CNY","rounding":{"unit":"0.01"},"ranks":[{"id":"普通"}],
    "rules":[{"id":"levels","kind":"walk","accrue":"paid","source":{"event":"order","base":"net"},
        "path":{"max":1,"pay":{"active":true}},"rate":{"mode":"absolute","table":{"*":["8%"]}}},
      {"id":"year","kind":"walk","accrue":"period","source":{"event":"order","base":"net"},
        "path":{"max":3},"rate":{"mode":"absolute","table":{"*":["1.11%","1.11%","1.11%"]}}}],"limits":[]}"#;

/// A line of four; March closed and partly paid out, April closed and payable, sales of May open.
async fn traded(jurisdiction: &str) -> Desk {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["jurisdiction"] = json!(jurisdiction);
    settings["idle_lock_seconds"] = json!(0);
    settings["payouts"]["fee_ppm"] = json!(5_000);
    let with_tax = settings.clone();
    settings["jurisdiction"] = json!("none");
    desk.ask("save_settings", settings).await;
    desk.activate(&serde_json::from_str(PLAN).expect("JSON"), "2026-03-01").await;
    desk.ask("save_settings", with_tax).await;
    let tea = desk.product("T1", "龙井茶", 99_999).await;
    let mut line: Vec<Value> = Vec::new();
    for name in ["林大", "王二", "赵三", "钱四"] {
        line.push(desk.member(name, None, line.last()).await);
    }
    for member in &line {
        let payee = json!({"channel": "bank", "holder": "林大", "account": "6222021001", "bank": "工商银行", "identity": "110101199003070038"});
        desk.ask("save_payee", json!({"member": member, "payee": payee})).await;
    }
    for (month, pieces) in [("2026-03", 30), ("2026-04", 7)] {
        for buyer in &line {
            desk.ask("record_sale", desk.ticket(&tea, pieces, 99_999, Some(buyer))).await;
        }
        desk.wait_ms(31 * DAY_MS);
        let told = desk.job("try_close", json!(month)).await;
        desk.job("release_month", json!({"month": month, "run_hash": told["run_hash"]})).await;
        if month == "2026-03" {
            // One is paid, one is on its way, the third is asked for: each through a step of its own.
            desk.ask("run_payouts", json!({"month": month, "members": []})).await;
            let page = desk.ask("payouts", json!({"filter": {}, "window": {"offset": 0, "limit": 20}})).await;
            let rows: Vec<Value> = page["rows"].as_array().expect("rows").iter().map(|row| row["payout"].clone()).collect();
            assert_eq!(rows.len(), 3);
            desk.ask("approve_payouts", json!({"payouts": &rows[..2]})).await;
            desk.ask("settle_payouts", json!({"payouts": &rows[..1], "to": "paid"})).await;
        }
    }
    desk.ask("record_sale", desk.ticket(&tea, 1, 99_999, Some(&line[3]))).await;
    desk
}

async fn proof(desk: &Desk, month: &str) -> Value {
    desk.ask("reconcile_month", json!(month)).await
}

fn rows(proof: &Value) -> Vec<&Value> {
    ["month_rows", "payout_rows"].iter().flat_map(|name| proof[name].as_array().expect("rows")).collect()
}

/// Names of the lines whose sides differ.
fn differing(proof: &Value) -> Vec<&str> {
    rows(proof).into_iter().filter(|row| row["differing"] != 0).map(|row| row["line"].as_str().expect("a name")).collect()
}

fn line<'a>(proof: &'a Value, name: &str) -> &'a Value {
    rows(proof).into_iter().find(|row| row["line"] == name).expect("the line")
}

#[tokio::test]
async fn statements_ledger_and_payouts_agree_to_the_cent_with_tax_fees_returns_and_a_month_closed_twice() {
    let desk = traded("CN").await;
    for month in ["2026-03", "2026-04", "2026-05"] {
        let proof = proof(&desk, month).await;
        assert_eq!(differing(&proof), Vec::<&str>::new(), "{month}: {proof:#}");
        assert!(rows(&proof).iter().all(|row| row["apart"] == 0 && row["apart_of"] == json!([])));
    }
    let march = proof(&desk, "2026-03").await;
    let owed = line(&march, "owed");
    assert!(owed["listed"].as_i64().is_some_and(|amount| amount > 0));
    assert_eq!((&owed["listed"], &owed["listed"]), (&owed["ledger"], &owed["payouts"]), "three sums, one figure");
    assert!(line(&march, "tax")["ledger"].as_i64().is_some_and(|tax| tax > 0));
    assert_eq!(march["taken_minor"], owed["listed"], "everything of March was asked for");
    assert_eq!(proof(&desk, "2026-04").await["taken_minor"], 0, "payouts use the oldest statement up first");
    // An open month has no statements to prove yet.
    let names: Vec<Value> = proof(&desk, "2026-05").await["month_rows"].as_array().expect("rows").iter().map(|row| row["line"].clone()).collect();
    assert_eq!(names, ["report", "earnings"]);

    // A second round, with a return of April's in it.
    desk.ask("reopen_month", json!({"month": "2026-04", "reason": "漏记"})).await;
    assert_eq!(differing(&proof(&desk, "2026-04").await), Vec::<&str>::new());
    let told = desk.job("try_close", json!("2026-04")).await;
    desk.job("release_month", json!({"month": "2026-04", "run_hash": told["run_hash"]})).await;
    let again = proof(&desk, "2026-04").await;
    assert_eq!((differing(&again), &again["closed"]), (Vec::new(), &json!(true)));
    assert_eq!(desk.code("reconcile_month", json!("April")).await, "month_shape");
}

#[tokio::test]
async fn one_damaged_figure_is_told_with_its_size_and_by_whose_name() {
    let cases: [(&str, &[&str], i64); 9] = [
        ("UPDATE earned_months SET amount_micro = amount_micro + 5 WHERE month = 24314 AND member = 2", &["report"], 5),
        ("UPDATE earnings SET amount_micro = amount_micro - 7 WHERE entry = (SELECT min(entry) FROM earnings)", &["earnings"], 7),
        ("UPDATE statements SET payable_minor = payable_minor + 1 WHERE month = 24314 AND member = 2", &["paid", "owed", "everything"], 1),
        ("UPDATE statements SET tax_minor = tax_minor + 8 WHERE month = 24314 AND member = 2", &["tax", "owed", "everything"], 8),
        ("UPDATE closes SET payable_minor = payable_minor + 2 WHERE month = 24314", &["announced"], 2),
        ("UPDATE statements SET earned_micro = earned_micro + 3 WHERE month = 24314 AND member = 2", &["statements"], 3),
        ("UPDATE payouts SET amount_minor = amount_minor - 9 WHERE member = 2", &["owed", "sent_or_asked", "everything"], 9),
        ("UPDATE balances SET amount = amount + 4 WHERE account = (SELECT key FROM accounts WHERE name = 'payout.paid')", &["paid_out"], 4),
        // What is given to one and taken from another adds up to nothing, and is told all the same.
        (
            "UPDATE earned_months SET amount_micro = amount_micro + CASE member WHEN 2 THEN 6 ELSE -6 END WHERE month = 24314 AND member IN (1, 2)",
            &["report"],
            6,
        ),
    ];
    let desk = traded("none").await;
    desk.house.close().await.expect("closed");
    let whole = std::fs::read(desk.path()).expect("the file");
    let mut desk = desk;
    for (damage, lines, by) in cases {
        desk = desk.with_file(&whole).await.expect("the file as it was");
        desk.house.close().await.expect("closed");
        let mut inside = desk.inside().await;
        sqlx::query(damage).execute(&mut inside).await.expect("damaged");
        inside.close().await.expect("closed");
        desk = desk.again().await.expect("it opens");
        let told = proof(&desk, "2026-03").await;
        let expected: Vec<&str> = lines.iter().map(|name| if *name == "sent_or_asked" { payout_of_the_second(&told) } else { name }).collect();
        assert_eq!(differing(&told), expected, "{damage}: {told:#}");
        for name in expected {
            let row = line(&told, name);
            let offsets = row["differing"] == 2;
            assert_eq!(row["apart"], if offsets { 0 } else { by }, "{damage}: {row:#}");
            let one = &row["apart_of"][0];
            let sides: Vec<i64> = ["listed", "ledger", "payouts"].iter().filter_map(|side| one[side].as_i64()).collect();
            assert_eq!(sides.iter().max().expect("a side") - sides.iter().min().expect("a side"), by, "{damage}: {one:#}");
            match one["of"]["kind"].as_str() {
                Some("member") => assert_ne!(one["of"]["name"], "", "{damage}"),
                Some("entry") => assert!(one["of"]["number"].is_string(), "{damage}: {one:#}"),
                Some("round") => assert_eq!(one["of"]["round"], 1),
                other => panic!("{damage}: {other:?}"),
            }
        }
        desk.house.close().await.expect("closed");
    }
}

/// The line of the state in which the second member's payout stands.
fn payout_of_the_second(told: &Value) -> &str {
    ["requested", "approved", "paid_out"].into_iter().find(|name| line(told, name)["differing"] != 0).expect("a state")
}
