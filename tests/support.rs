//! Help without spying: what a report holds and what it never holds, a crash that is told once, and plain words for a disk that says no.

use house::Desk;
use serde_json::{Value, json};

#[tokio::test]
async fn a_report_tells_how_the_books_are_and_nothing_of_anybody() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    desk.member("欧阳小禾", None, None).await;
    desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
    desk.refused("scan_nothing", Value::Null).await;
    desk.house.log.line(0, "something broke");
    desk.house.log.keep_crash(house::NOON_MS, "till.rs:3: it fell");
    let text = desk.job("make_report", Value::Null).await["text"].as_str().expect("a text").to_owned();
    for part in ["Banyan 0.1.0", "verify: whole", "entries ", "chain A", "something broke", "crash: till.rs:3: it fell", std::env::consts::OS] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    for secret in ["欧阳小禾", "龙井茶", "青禾茶舍", "王芳", "8800", "2580"] {
        assert!(!text.contains(secret), "{secret} is nobody's business:\n{text}");
    }
    // It is saved as it was shown, and nowhere else.
    let target = desk.folder.path().join("report.txt");
    desk.ask("save_report", json!({"text": text, "path": target})).await;
    assert_eq!(std::fs::read_to_string(target).expect("the report"), text);
    assert_eq!(desk.code("save_report", json!({"text": "", "path": desk.folder.path().join("no/such/folder")})).await, "file");
}

#[tokio::test]
async fn a_crash_is_told_until_somebody_read_it() {
    let desk = Desk::shop().await;
    assert_eq!(desk.ask("crash", Value::Null).await, Value::Null);
    desk.house.log.keep_crash(house::NOON_MS, "till.rs:3: it fell");
    let desk = desk.again().await.expect("the next start");
    assert_eq!(desk.ask("crash", Value::Null).await, json!({"at": "2026-03-10 12:00", "said": "till.rs:3: it fell"}));
    desk.ask("forget_crash", Value::Null).await;
    assert_eq!(desk.ask("crash", Value::Null).await, Value::Null);
}
