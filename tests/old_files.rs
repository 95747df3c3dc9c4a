//! Books that earlier versions of the program wrote: today's opens them, keeps a copy where it changes their format, and every figure stays.
//!
//! Each file in `data/old` was written by the command line as of the format in its name: every kind of fact of its time, a plan of two levels,
//! sales at the till and imported ones. Its owner's PIN is that of the other tests.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use books::lock::{Lid, look_at};
use house::Desk;
use serde_json::{Value, json};
use sqlx::Connection;

const OLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/old");

/// Every old file by name, unpacked.
fn old_files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(OLD).expect("the old files").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "xz"));
    files.sort();
    let unpack = |path: PathBuf| {
        let mut bytes = Vec::new();
        let packed = std::fs::File::open(&path).expect("an old file");
        lzma_rust2::XzReader::new(packed, true).read_to_end(&mut bytes).expect("it unpacks");
        (path.file_stem().expect("a name").to_string_lossy().into_owned(), bytes)
    };
    files.into_iter().map(unpack).collect()
}

/// What stands in every account, whoever asks: account, party, unit, amount.
type Figures = Vec<(String, Option<Vec<u8>>, String, i64)>;

async fn figures(desk: &Desk, path: &Path) -> Figures {
    let mut connection = desk.inside_of(path).await;
    let figures = sqlx::query_as(
        "SELECT a.name, a.party, u.name, b.amount FROM balances b JOIN accounts a ON a.key = b.account JOIN units u ON u.key = b.unit
         WHERE b.amount <> 0 ORDER BY a.name, a.party, u.name, u.party",
    )
    .fetch_all(&mut connection)
    .await
    .expect("the balances");
    connection.close().await.expect("closed");
    figures
}

async fn format_of(desk: &Desk, path: &Path) -> i64 {
    let mut connection = desk.inside_of(path).await;
    let format = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(&mut connection).await.expect("the format");
    connection.close().await.expect("closed");
    format
}

#[tokio::test]
async fn an_old_file_opens_with_a_copy_kept_and_every_figure_as_it_was() {
    let files = old_files();
    assert!(!files.is_empty());
    for (name, bytes) in files {
        let desk = Desk::empty("Asia/Shanghai").await;
        std::fs::write(desk.path(), &bytes).expect("put there");
        let (was, before) = (format_of(&desk, &desk.path()).await, figures(&desk, &desk.path()).await);
        assert!(!before.is_empty(), "{name}");

        let opened = desk.again().await.unwrap_or_else(|failure| panic!("{name}: {failure}"));
        opened.whole().await;
        assert_eq!(figures(&desk, &desk.path()).await, before, "{name}");

        let now = format_of(&desk, &desk.path()).await;
        let copy = desk.path().with_extension(format!("before-{now}.banyan"));
        assert_eq!(copy.exists(), was < now, "{name}: a copy is kept exactly where the format changes");
        assert!(matches!(look_at(&desk.path()), Ok(Lid::Locked(_))), "{name}: locked at its first opening");
        let plain = books::plain_copy(&desk.path());
        assert_eq!(
            (format_of(&desk, &plain).await, figures(&desk, &plain).await),
            (was, before.clone()),
            "{name}: the plain books stay as they were"
        );
        if copy.exists() {
            assert_eq!((format_of(&desk, &copy).await, figures(&desk, &copy).await), (was, before), "{name}: the copy is the file as it was");
        }
    }
}

#[tokio::test]
async fn the_first_format_still_tells_its_month_and_goes_on_selling() {
    let (_, bytes) = old_files().into_iter().find(|(name, _)| name == "format-1.banyan").expect("the first format");
    let desk = Desk::empty("Asia/Shanghai").await;
    std::fs::write(desk.path(), &bytes).expect("put there");
    let desk = desk.again().await.expect("it opens");

    // What the program that wrote it said of its months.
    assert_eq!(desk.ask("months", Value::Null).await, json!(["2026-11", "2026-01"]));
    let window = json!({"offset": 0, "limit": 20});
    let month = desk.ask("month", json!({"filter": {"month": "2026-11"}, "window": window})).await;
    let rows = month["page"]["rows"].as_array().expect("rows");
    let told: Vec<Value> = rows.iter().map(|row| json!([row["number"], row["name"], row["sales"], row["base_minor"], row["amount_micro"]])).collect();
    assert_eq!(json!(told), json!([["M000001", "林大", 3, 69_100, 3_109_500_000_i64], ["M000002", "王二", 3, 69_100, 5_528_000_000_i64]]));
    assert_eq!(month["proof"]["report_micro"], month["proof"]["ledger_micro"]);
    assert_eq!(desk.ask("sales", json!({"filter": {}, "window": window})).await["count"], 7);
    assert_eq!(desk.ask("held_sales", Value::Null).await.as_array().map(Vec::len), Some(1));
    let settings = desk.ask("settings", Value::Null).await;
    assert_eq!(settings["receipt_header"], json!(["虎跑路 39 号", "税号 91330106MA2CDE"]));

    // It is a shop like any other: the next sale pays the same upline.
    let (tea, buyer) = (desk.ask("scan", json!("T1")).await, desk.ask("scan", json!("M000003")).await);
    desk.wait_ms(300 * 86_400_000);
    let desk = desk.again().await.expect("the shop, later");
    let sold = desk.ask("record_sale", desk.ticket(&tea["product"]["product"], 1, 8_800, Some(&buyer["member"]["member"]))).await;
    assert_eq!(sold["sale"]["earned"].as_array().map(Vec::len), Some(2), "{sold:#}");
    desk.whole().await;
}

/// Killed in the middle of a write, an old file has a journal beside it that must be played back before anybody can read it.
#[tokio::test]
async fn an_old_file_whose_writer_died_opens_as_it_was_before_that_write() {
    let (_, bytes) = old_files().remove(0);
    let desk = Desk::empty("Asia/Shanghai").await;
    let dying = desk.path().with_extension("dying");
    std::fs::write(&dying, bytes).expect("written");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&dying).pragma("journal_mode", "DELETE").pragma("cache_size", "1");
    let mut writer = sqlx::ConnectOptions::connect(&options).await.expect("a writer");
    sqlx::raw_sql("BEGIN; CREATE TABLE torn (what BLOB)").execute(&mut writer).await.expect("begun");
    for _ in 0..40 {
        sqlx::query("INSERT INTO torn VALUES (randomblob(9000))").execute(&mut writer).await.expect("more than memory holds");
    }
    let beside = |path: &Path| PathBuf::from(format!("{}-journal", path.display()));
    std::fs::copy(&dying, desk.path()).expect("the file as it lies there");
    std::fs::copy(beside(&dying), beside(&desk.path())).expect("and its journal");
    drop(writer);

    let desk = desk.again().await.expect("it opens");
    assert!(matches!(look_at(&desk.path()).expect("a file"), Lid::Locked(_)));
    let mut inside = desk.inside().await;
    let torn: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_master WHERE name = 'torn'").fetch_one(&mut inside).await.expect("the tables");
    inside.close().await.expect("closed");
    assert_eq!(torn, 0);
    desk.whole().await;
}
