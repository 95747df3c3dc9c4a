//! The shop's file: what stands cannot be changed, what is not ours is refused politely, and what was tampered with is found and named.

use std::path::PathBuf;

use house::Desk;
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};

/// A shop with a little trade, closed; the file stands by itself.
async fn closed_shop() -> Desk {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    desk.two_levels("2026-03-01").await;
    let top = desk.member("林大", Some("金牌"), None).await;
    let buyer = desk.member("赵三", None, Some(&top)).await;
    for pieces in 1..=3 {
        desk.ask("record_sale", desk.ticket(&tea, pieces, 8800, Some(&buyer))).await;
    }
    desk.whole().await;
    desk.house.close().await.expect("closed");
    desk
}

async fn run(connection: &mut SqliteConnection, text: &'static str) -> Result<u64, String> {
    sqlx::query(text).execute(connection).await.map(|done| done.rows_affected()).map_err(|error| error.to_string())
}

/// Changes the closed file as a thief would, opens it again and verifies.
async fn verdict_after(changes: &[&'static str]) -> Value {
    let desk = closed_shop().await;
    let mut connection = desk.inside().await;
    for change in changes {
        run(&mut connection, change).await.unwrap_or_else(|error| panic!("{change}: {error}"));
    }
    connection.close().await.expect("closed");
    let after = desk.again().await.expect("the file opens");
    after.job("verify", Value::Null).await["first_difference"].clone()
}

#[tokio::test]
async fn journal_ledger_and_seals_cannot_be_updated_or_deleted() {
    let desk = closed_shop().await;
    let mut connection = desk.inside().await;
    for (text, says) in [
        ("UPDATE journal SET at_ms = at_ms + 1", "the journal is never changed"),
        ("UPDATE journal SET bytes = x'00' WHERE number = 1", "the journal is never changed"),
        ("DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)", "the journal is never changed"),
        ("UPDATE postings SET amount = amount + 1", "the ledger is never changed"),
        ("DELETE FROM postings", "the ledger is never changed"),
        ("UPDATE seals SET head = head", "a seal is never changed"),
        ("DELETE FROM seals", "a seal is never changed"),
    ] {
        let outcome = run(&mut connection, text).await;
        assert!(outcome.as_ref().is_err_and(|error| error.contains(says)), "{text}: {outcome:?}");
    }
    for table in ["journal", "postings", "seals"] {
        let rows: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"))).fetch_one(&mut connection).await.expect("a count");
        assert!(rows > 0, "{table} has rows that a statement could have changed");
    }
    connection.close().await.expect("closed");
    desk.again().await.expect("the file opens").whole().await;
}

/// Where a file is held open it cannot be renamed on every system, and a sample could not be removed there.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_closed_shop_holds_no_file_open() {
    let desk = Desk::shop().await;
    let held = || {
        let open = std::fs::read_dir("/proc/self/fd").expect("what is open").filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
        open.filter(|file| file.starts_with(desk.folder.path())).collect::<Vec<PathBuf>>()
    };
    assert!(!held().is_empty());
    desk.house.close().await.expect("closed");
    assert_eq!(held(), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_refused_and_left_as_it_is() {
    let desk = closed_shop().await;
    let mut connection = desk.inside().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
        SELECT 9999, 'from tomorrow', installed_on, success, checksum, execution_time FROM _sqlx_migrations LIMIT 1";
    assert_eq!(run(&mut connection, newer).await, Ok(1));
    connection.close().await.expect("closed");
    let before = std::fs::read(desk.path()).expect("the file");
    let Err(app::Failure::Refused { refusal, message }) = desk.again().await.map(|_| ()) else { panic!("a newer file was opened") };
    assert_eq!(refusal["code"], "newer_file");
    assert!(message.contains("9999") && message.contains("newer version"), "{message}");
    assert_eq!(std::fs::read(desk.path()).expect("the file"), before);
}

#[tokio::test]
async fn what_is_no_shop_is_refused_and_left_as_it_is() {
    let text: &[u8] = &b"Dear diary, this is not a database. ".repeat(40);
    let desk = Desk::empty("UTC").await;
    std::fs::write(desk.path(), text).expect("written");
    let Err(app::Failure::Refused { refusal, .. }) = desk.again().await.map(|_| ()) else { panic!("a diary was opened") };
    assert_eq!(refusal["code"], "not_books");
    assert_eq!(std::fs::read(desk.path()).expect("the file"), text);

    let desk = Desk::empty("UTC").await;
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", desk.path().display())).await.expect("a database");
    run(&mut connection, "CREATE TABLE recipes (name TEXT)").await.expect("another program's table");
    connection.close().await.expect("closed");
    let Err(app::Failure::Refused { refusal, .. }) = desk.again().await.map(|_| ()) else { panic!("recipes were opened") };
    assert_eq!(refusal["code"], "not_books");
}

#[tokio::test]
async fn a_tampered_balance_is_found_and_named() {
    let one = verdict_after(&["UPDATE balances SET amount = amount + 1 WHERE account = (SELECT min(account) FROM balances)"]).await;
    assert!(one.as_str().is_some_and(|said| said.contains("do not sum to zero but to 1")), "{one}");
    let both = verdict_after(&[
        "UPDATE balances SET amount = amount + 7 WHERE account = (SELECT key FROM accounts WHERE name = 'tender.cash')",
        "UPDATE balances SET amount = amount - 7 WHERE account = (SELECT key FROM accounts WHERE name = 'revenue')",
    ])
    .await;
    assert!(both.as_str().is_some_and(|said| said.starts_with("table balances differs from what the journal says, first in row")), "{both}");
    let stock = verdict_after(&["UPDATE products SET stock_milli = 5000"]).await;
    assert_eq!(stock, "table products differs from what the journal says, first in row 1");
    let report = verdict_after(&["UPDATE earned_months SET amount_micro = amount_micro * 2"]).await;
    assert_eq!(report, "table earned_months differs from what the journal says, first in row 1");
}

#[tokio::test]
async fn a_tampered_entry_is_found_and_named() {
    const DOOR: &str = "DROP TRIGGER journal_stands_update";
    // The name of the product in entry 3: the bytes still read as an entry.
    let name = "UPDATE journal SET bytes = CAST(replace(hex(bytes), 'E9BE99', 'E8998E') AS TEXT) WHERE kind = 'ProductSaved'";
    let unhex = "UPDATE journal SET bytes = unhex(bytes) WHERE kind = 'ProductSaved'";
    assert_eq!(verdict_after(&[DOOR, name, unhex]).await, "entry 3 is not what its hash says");
    // The first byte: they do not read as anything any more.
    let first = "UPDATE journal SET bytes = x'FF' || substr(bytes, 2) WHERE number = 4";
    assert_eq!(verdict_after(&[DOOR, first]).await, "entry 4 is not what its hash says");
    let hash = "UPDATE journal SET hash = randomblob(32) WHERE number = 5";
    assert_eq!(verdict_after(&[DOOR, hash]).await, "entry 5 is not what its hash says");
    let filed = "UPDATE journal SET id = randomblob(16) WHERE number = 5";
    assert_eq!(verdict_after(&[DOOR, filed]).await, "entry 5 is filed under something else than it says");
    let cut = ["DROP TRIGGER journal_stands_delete", "PRAGMA foreign_keys = OFF", "DELETE FROM journal WHERE number = 5"];
    assert_eq!(verdict_after(&cut).await, "entry 5 is missing");
    let seal = ["DROP TRIGGER seals_stand_update", "UPDATE seals SET signature = randomblob(64)"];
    let said = verdict_after(&seal).await;
    assert!(said.as_str().is_some_and(|said| said.starts_with("the seal over entry")), "{said}");
}

#[tokio::test]
async fn a_backup_is_a_whole_shop_that_opens_and_verifies() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
    let copy: PathBuf = desk.folder.path().join("copy.banyan");
    let answer = desk.job("backup", json!(copy)).await;
    assert_eq!(answer["path"], json!(copy));
    // The shop goes on selling; the copy stays what it was.
    desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
    let refusal = desk.refused("backup", json!(copy)).await;
    assert_eq!(refusal["code"], "file", "a copy is never written over: {refusal}");
    // Its recovery key opens it on another device.
    let key = desk.ask("recovery_key", json!(house::PIN)).await["groups"].clone();
    let key: Vec<&str> = key.as_array().expect("groups").iter().filter_map(Value::as_str).collect();
    let restored = Desk::empty("Asia/Shanghai").await;
    restored.ask("bring_books", json!({"path": copy, "recovery_key": key.join(" ")})).await;
    let restored = restored.again().await.expect("the copy opens");
    restored.whole().await;
    let sales = json!({"filter": {}, "window": {"offset": 0, "limit": 10}});
    assert_eq!(restored.ask("sales", sales.clone()).await["count"], 1);
    // Another device goes on from it under its own chain: no receipt number comes twice.
    let next = restored.ask("record_sale", restored.ticket(&tea, 1, 8800, None)).await["sale"]["number"].clone();
    let rows = desk.ask("sales", sales).await;
    assert!(rows["rows"].as_array().is_some_and(|rows| rows.iter().all(|row| row["number"] != next)), "{next} {rows:#}");
    restored.whole().await;
}
