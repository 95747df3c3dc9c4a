//! The lock on the books: nothing readable on the disk, the recovery key opens them anywhere, a wrong one is refused in words, and books of before the
//! lock are never lost half way.

use std::path::{Path, PathBuf};

use books::lock::{Lid, look_at};
use house::{Desk, PIN};
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};

/// The recovery key as a person copies it.
async fn written_down(desk: &Desk) -> String {
    let key = desk.ask("recovery_key", json!(PIN)).await;
    let groups: Vec<&str> = key["groups"].as_array().expect("groups").iter().filter_map(Value::as_str).collect();
    groups.join("-")
}

/// A shop with a name to search for, one sale, closed.
async fn closed_shop() -> (Desk, String) {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    desk.member("欧阳小禾", None, None).await;
    desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
    let key = written_down(&desk).await;
    desk.house.close().await.expect("closed");
    (desk, key)
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files.extend(files_in(&path)) } else { files.push(path) }
    }
    files
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[tokio::test]
async fn nothing_of_the_shop_can_be_read_on_the_disk() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    desk.member("欧阳小禾", None, None).await;
    desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
    desk.ask("back_up_now", Value::Null).await;
    desk.job("backup", json!(desk.folder.path().join("copy.banyan"))).await;
    // While it is open, its log lies there too.
    let files = files_in(desk.folder.path());
    assert!(files.iter().any(|path| path.to_string_lossy().ends_with("-wal")) && files.len() >= 4, "{files:?}");
    for path in files.iter().filter(|path| !path.to_string_lossy().ends_with("-shm")) {
        let bytes = std::fs::read(path).expect("a file");
        for text in ["SQLite format 3", "欧阳小禾", "龙井茶", "青禾茶舍", "CREATE TABLE"] {
            assert!(!holds(&bytes, text), "{text} stands in {}", path.display());
        }
        if path.extension().is_some_and(|end| end == "banyan") {
            assert!(matches!(look_at(path), Ok(Lid::Locked(_))), "{}", path.display());
        }
    }
    // A look past the program without the key finds no database.
    let plain = SqliteConnection::connect(&format!("sqlite://{}", desk.path().display())).await;
    let asked = match plain {
        Ok(mut plain) => sqlx::query("SELECT count(*) FROM sqlite_master").execute(&mut plain).await.map(drop),
        Err(error) => Err(error),
    };
    assert!(asked.is_err_and(|error| error.to_string().contains("not a database")));
    desk.whole().await;
}

#[tokio::test]
async fn the_recovery_key_is_for_the_owner_who_types_the_pin_and_is_proved_by_part_of_it() {
    let desk = Desk::shop().await;
    assert_eq!(desk.ask("safety", Value::Null).await["recovery_proved"], false);
    assert_eq!(desk.code("recovery_key", json!("1357")).await, "wrong_pin");
    desk.wait_ms(60_000);
    let key = desk.ask("recovery_key", json!(PIN)).await;
    let groups: Vec<String> = serde_json::from_value(key["groups"].clone()).expect("groups");
    let asked: Vec<usize> = serde_json::from_value(key["asked"].clone()).expect("places");
    assert_eq!((groups.len(), asked.len()), (7, 2));
    let typed = |places: &[usize]| json!({"groups": places.iter().map(|place| groups[*place].to_lowercase()).collect::<Vec<_>>()});
    let others: Vec<usize> = (0..7).filter(|place| !asked.contains(place)).take(2).collect();
    assert_eq!(desk.code("prove_recovery_key", typed(&others)).await, "recovery_proof_differs");
    assert_eq!(desk.code("prove_recovery_key", json!({"groups": []})).await, "recovery_proof_differs");
    assert_eq!(desk.ask("safety", Value::Null).await["recovery_proved"], false);
    desk.ask("prove_recovery_key", typed(&asked)).await;
    assert_eq!(desk.ask("safety", Value::Null).await["recovery_proved"], true);
    // Nobody below the owner sees it.
    let clerk = desk.ask("save_person", json!({"name": "小李", "role": "manager", "pin": "1357"})).await["person"].clone();
    desk.ask("sign_in", json!({"person": clerk, "pin": "1357"})).await;
    assert_eq!(desk.code("recovery_key", json!("1357")).await, "role_too_low");
}

#[tokio::test]
async fn another_machine_opens_the_books_by_the_recovery_key_alone() {
    let (desk, key) = closed_shop().await;
    let bytes = std::fs::read(desk.path()).expect("the file");
    let other = Desk::empty("Asia/Shanghai").await;
    std::fs::write(other.path(), &bytes).expect("carried over");
    let other = other.again_at_the_door().await;
    let state = other.ask("setup_state", Value::Null).await;
    assert_eq!((&state["shop"], state["locked"].as_str()), (&Value::Null, other.path().to_str()));
    // The file is not written over by a new shop, and says what it needs.
    assert_eq!(other.code("create_shop", house::draft_of_shop("CNY", false)).await, "shop_exists");
    assert_eq!(other.code("unlock_books", json!({"recovery_key": "no key at all"})).await, "recovery_key_typo");
    let mut slip = key.clone().into_bytes();
    slip[0] = if slip[0] == b'7' { b'8' } else { b'7' };
    let slip = String::from_utf8(slip).expect("letters");
    assert!(["recovery_key_typo", "other_recovery_key"].contains(&other.code("unlock_books", json!({"recovery_key": slip})).await.as_str()));
    let (_stranger, strange) = closed_shop().await;
    assert_eq!(other.code("unlock_books", json!({"recovery_key": strange})).await, "other_recovery_key");
    assert_eq!(std::fs::read(other.path()).expect("the file"), bytes, "what was refused changed nothing");

    other.ask("unlock_books", json!({"recovery_key": key.to_lowercase().replace('-', " ")})).await;
    assert_eq!(other.code("unlock_books", json!({"recovery_key": key})).await, "not_locked_here");
    // From now on it opens by itself, and whoever typed the whole key need not prove it.
    let other = other.again().await.expect("it opens");
    assert_eq!(other.ask("safety", Value::Null).await["recovery_proved"], true);
    other.whole().await;
}

#[tokio::test]
async fn a_flipped_bit_is_a_damaged_file_and_not_a_wrong_key() {
    let (desk, _) = closed_shop().await;
    let mut bytes = std::fs::read(desk.path()).expect("the file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let copy = desk.folder.path().join("flipped.banyan");
    std::fs::write(&copy, &bytes).expect("written");
    let desk = desk.again().await.expect("the shop itself is well");
    assert_eq!(desk.code("restore_backup", json!({"path": copy})).await, "damaged");
    desk.whole().await;
}

/// Books that an earlier version wrote, in plain.
fn old_books() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/old/format-1.banyan.xz");
    let mut bytes = Vec::new();
    let packed = std::fs::File::open(path).expect("an old file");
    std::io::Read::read_to_end(&mut lzma_rust2::XzReader::new(packed, true), &mut bytes).expect("it unpacks");
    bytes
}

/// A file without what SQLite's own closing changes in its first page: how its log is kept, and by which version of SQLite.
fn apart_from_the_log(mut bytes: Vec<u8>) -> Vec<u8> {
    for place in (18..20).chain(24..28).chain(92..100) {
        bytes[place] = 0;
    }
    bytes
}

/// Every state in which locking can be cut leads to the same shop at the next opening (faults 35, 39).
#[tokio::test]
async fn locking_that_was_cut_anywhere_loses_nothing() {
    let plain = old_books();
    let whole = {
        let desk = Desk::empty("Asia/Shanghai").await;
        std::fs::write(desk.path(), &plain).expect("put there");
        let desk = desk.again().await.expect("it opens");
        desk.whole().await["tables"].clone()
    };
    let aside = |desk: &Desk| desk.path().with_extension("locking.banyan");
    type Cut = (&'static str, fn(&Desk, &Path, &[u8]));
    let cuts: [Cut; 4] = [
        ("half of the locked file", |_, aside, _| std::fs::write(aside, [7; 9_000]).expect("written")),
        ("its log beside it", |_, aside, _| {
            std::fs::write(aside, [7; 8_192]).expect("written");
            std::fs::write(aside.with_extension("banyan-journal"), [1; 512]).expect("written");
        }),
        ("half of the plain copy", |desk, aside, _| {
            std::fs::write(aside, [7; 8_192]).expect("written");
            std::fs::write(books::plain_copy(&desk.path()), [0; 100]).expect("written");
        }),
        ("everything but the last step", |desk, aside, plain| {
            std::fs::write(aside, [9; 8_192]).expect("written");
            std::fs::write(books::plain_copy(&desk.path()), plain).expect("written");
        }),
    ];
    for (cut, leave) in cuts {
        let desk = Desk::empty("Asia/Shanghai").await;
        std::fs::write(desk.path(), &plain).expect("put there");
        leave(&desk, &aside(&desk), &plain);
        let opened = desk.again().await.unwrap_or_else(|failure| panic!("{cut}: {failure}"));
        assert_eq!(opened.whole().await["tables"], whole, "{cut}");
        assert!(matches!(look_at(&opened.path()), Ok(Lid::Locked(_))), "{cut}");
        let kept = std::fs::read(books::plain_copy(&opened.path())).expect("the copy");
        assert!(apart_from_the_log(kept) == apart_from_the_log(plain.clone()), "{cut}: the plain books stay");
        assert!(!aside(&opened).exists(), "{cut}");
        // Only a person removes them.
        assert!(opened.ask("safety", Value::Null).await["plain_copy"].is_string());
        opened.ask("remove_plain_copy", Value::Null).await;
        assert_eq!(opened.ask("safety", Value::Null).await["plain_copy"], Value::Null);
        opened.again().await.expect("it opens").whole().await;
    }
}

#[tokio::test]
async fn plain_books_that_somebody_else_has_open_are_not_touched() {
    let plain = old_books();
    let desk = Desk::empty("Asia/Shanghai").await;
    std::fs::write(desk.path(), &plain).expect("put there");
    let mut other = SqliteConnection::connect(&format!("sqlite://{}", desk.path().display())).await.expect("the older program");
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.expect("it is writing");
    let refused = desk.again().await.map(drop);
    assert!(refused.is_err(), "it waits for the other to end");
    assert_eq!(look_at(&desk.path()).ok(), Some(Lid::Plain));
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.expect("it ends");
    other.close().await.expect("closed");
    desk.again().await.expect("now it is locked").whole().await;
}
