//! The trade through the menu: a plan, a sale, what each upline earned and why; one ticket is one sale; paper; the sample.

use std::{io::Read, net::TcpListener};

use domain::{exact::Exact, plan::explain::Why};
use house::{Desk, draft_of_shop};
use serde_json::{Value, json};

#[tokio::test]
async fn a_sale_pays_two_levels_to_the_micro_and_the_month_says_why() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 12_345).await;
    desk.two_levels("2026-03-01").await;
    assert_eq!(desk.ask("plans", Value::Null).await[0]["in_force"], true);
    let top = desk.member("林大", Some("普通"), None).await;
    let middle = desk.member("金二", Some("金牌"), Some(&top)).await;
    let buyer = desk.member("赵三", None, Some(&middle)).await;
    let sale = desk.ask("record_sale", desk.ticket(&tea, 1, 12_345, Some(&buyer))).await["sale"].clone();
    let earned: Vec<(&Value, i64, i64)> = sale["earned"]
        .as_array()
        .expect("earnings")
        .iter()
        .map(|one| (&one["member"], one["depth"].as_i64().unwrap(), one["amount_micro"].as_i64().unwrap()))
        .collect();
    // 10 % of 123.45 is 12.345; 3 % is 3.7035.
    assert_eq!(earned, [(&middle, 1, 1_234_500_000), (&top, 2, 370_350_000)]);
    assert_eq!(sale["points_earned"], 123);

    assert_eq!(desk.ask("months", Value::Null).await, json!(["2026-03"]));
    let filter = json!({"month": "2026-03", "sort": "amount", "descending": true});
    let report = desk.ask("month", json!({"filter": filter, "window": {"offset": 0, "limit": 50}})).await;
    let rows: Vec<(&Value, &Value, &Value)> =
        report["page"]["rows"].as_array().expect("rows").iter().map(|row| (&row["member"], &row["amount_micro"], &row["payable_minor"])).collect();
    assert_eq!(rows, [(&middle, &json!(1_234_500_000), &json!(1234)), (&top, &json!(370_350_000), &json!(370))]);
    assert_eq!(report["totals"], json!({"members": 2, "amount_micro": 1_604_850_000, "payable_minor": 1604}));
    assert_eq!(report["proof"], json!({"report_micro": 1_604_850_000, "ledger_micro": 1_604_850_000, "net_minor": 12_345}));

    for line in 0..2 {
        let why = desk.ask("why", json!({"sale": sale["sale"], "line": line})).await;
        let explained: Why = serde_json::from_value(why["why"].clone()).expect("an explanation");
        let micro = &explained.amount() * &Exact::ten_to(8);
        assert_eq!(micro.to_i64(), why["earned"]["amount_micro"].as_i64(), "{why:#}");
        assert_eq!(why["lines"], json!([["龙井茶", 1000, 12_345]]));
        assert_eq!(why["plan"]["version"], 1);
    }
    let earnings = desk.ask("earnings", json!({"member": top, "month": "2026-03", "window": {"offset": 0, "limit": 10}})).await;
    assert_eq!((&earnings["count"], &earnings["rows"][0]["rate_ppm"], &earnings["rows"][0]["buyer"]), (&json!(1), &json!(30_000), &json!("赵三")));
    assert_eq!(desk.ask("member", top).await["pending_micro"], 370_350_000);
    // What was paid stays as it was, whoever is moved or edited later.
    desk.ask("move_sponsor", json!({"member": buyer, "from": middle, "to": null})).await;
    assert_eq!(desk.ask("month", json!({"filter": filter, "window": {"offset": 0, "limit": 50}})).await["totals"], report["totals"]);
    desk.whole().await;
}

#[tokio::test]
async fn fault_24_the_pay_key_twice_is_one_sale() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let ticket = desk.ticket(&tea, 1, 8800, None);
    let first = desk.ask("record_sale", ticket.clone()).await;
    let mut changed = ticket.clone();
    changed["lines"][0]["qty_milli"] = json!(9000);
    for again in [ticket, changed] {
        assert_eq!(desk.ask("record_sale", again).await["sale"], first["sale"], "the sale that stands");
    }
    assert_eq!(sales(&desk).await.len(), 1);
    assert_eq!(desk.ask("scan", json!("T1")).await["product"]["stock_milli"], -1000);
    desk.whole().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fault_24_two_windows_at_once_record_one_sale_and_no_number_twice() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let other = desk.again().await.expect("a second window");
    for _ in 0..12 {
        let (shared, mine, yours) = (desk.ticket(&tea, 1, 8800, None), desk.ticket(&tea, 2, 8800, None), desk.ticket(&tea, 3, 8800, None));
        let (left, right, _, _) = tokio::join!(
            desk.ask("record_sale", shared.clone()),
            other.ask("record_sale", shared),
            desk.ask("record_sale", mine),
            other.ask("record_sale", yours),
        );
        assert_eq!(left["sale"], right["sale"]);
    }
    let mut numbers = sales(&desk).await;
    assert_eq!(numbers.len(), 36);
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 36, "every receipt has a number of its own");
    assert_eq!(desk.ask("scan", json!("T1")).await["product"]["stock_milli"], -12 * 6000);
    desk.whole().await;
}

async fn sales(desk: &Desk) -> Vec<String> {
    let page = desk.ask("sales", json!({"filter": {}, "window": {"offset": 0, "limit": 200}})).await;
    page["rows"].as_array().expect("sales").iter().map(|row| row["number"].as_str().expect("a number").to_owned()).collect()
}

#[tokio::test]
async fn a_refused_sale_leaves_nothing_and_uses_no_number() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let entries = desk.ask("status", Value::Null).await["entries"].clone();
    let mut short = desk.ticket(&tea, 2, 8800, None);
    short["tenders"][0]["amount_minor"] = json!(8800);
    desk.refused("record_sale", short).await;
    let mut empty = desk.ticket(&tea, 1, 8800, None);
    empty["lines"] = json!([]);
    assert_eq!(desk.code("record_sale", empty).await, "empty");
    assert_eq!(desk.code("record_sale", desk.ticket(&json!(uuid::Uuid::nil()), 1, 8800, None)).await, "not_sold_here");
    assert_eq!(desk.ask("status", Value::Null).await["entries"], entries);
    let sale = desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
    assert!(sale["sale"]["number"].as_str().is_some_and(|number| number.ends_with("-000001")), "{}", sale["sale"]["number"]);
}

#[tokio::test]
async fn a_held_ticket_survives_a_crash() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let ticket = desk.ticket(&tea, 2, 8800, None);
    let draft = ticket.to_string();
    desk.ask("hold_sale", json!({"ticket": ticket["sale"], "label": "穿红衣服的", "draft": draft, "open": true})).await;
    // Nothing is closed: another house opens the file as the crash left it.
    let after = desk.again().await.expect("the file as it was left");
    drop(desk);
    let held = after.ask("held_sales", Value::Null).await;
    assert_eq!((&held[0]["draft"], &held[0]["label"], &held[0]["open"]), (&json!(draft), &json!("穿红衣服的"), &json!(true)));
    after.ask("record_sale", ticket.clone()).await;
    assert_eq!(after.ask("held_sales", Value::Null).await, json!([]), "sold is not held");
    after.ask("hold_sale", json!({"ticket": ticket["sale"], "draft": draft, "open": true})).await;
    assert_eq!(after.ask("held_sales", Value::Null).await, json!([]), "and is not put aside again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_reaches_the_printer_with_its_chinese_names() {
    let desk = Desk::shop().await;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let heard = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        listener.accept().expect("a caller").0.read_to_end(&mut bytes).expect("bytes");
        bytes
    });
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["printer"] = json!({"address": address, "paper": "paper80", "answers": false, "drawer": true});
    desk.ask("save_settings", settings).await;
    let tea = desk.product("T1", "西湖龙井", 8800).await;
    let sale = desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
    assert_eq!(sale["printing"], true);
    let bytes = tokio::task::spawn_blocking(move || heard.join().expect("the printer")).await.expect("joined");
    let has = |text: &str| {
        let (encoded, _, _) = encoding_rs::GB18030.encode(text);
        bytes.windows(encoded.len()).any(|part| part == &*encoded)
    };
    for text in ["青禾茶舍", "西湖龙井", "88.00", sale["sale"]["number"].as_str().expect("a number")] {
        assert!(has(text), "{text}");
    }
    // The same sale asked again is answered, not printed again.
    assert_eq!(desk.ask("reprint", json!({"sale": sale["sale"]["sale"]})).await["sale"], sale["sale"]);
}

#[tokio::test]
async fn a_sale_does_not_wait_for_a_printer_that_is_not_there() {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    let nobody = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").to_string();
    settings["printer"] = json!({"address": nobody, "paper": "paper58", "answers": false, "drawer": false});
    desk.ask("save_settings", settings).await;
    let tea = desk.product("T1", "西湖龙井", 8800).await;
    let mut notices = desk.house.notices();
    let sale = desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
    let fault = loop {
        if let app::Notice::Printer { number, fault } = notices.recv().await.expect("a notice") {
            assert_eq!(json!(number), sale["sale"]["number"]);
            break fault;
        }
    };
    assert_eq!(fault.as_deref(), Some("refused"));
}

#[tokio::test]
async fn the_sample_is_removed_in_one_step() {
    let desk = Desk::empty("Asia/Shanghai").await;
    desk.ask("create_shop", draft_of_shop("CNY", true)).await;
    desk.whole().await;
    let count = async |command: &str| desk.ask(command, json!({"filter": {}, "window": {"offset": 0, "limit": 1}})).await["count"].as_i64().unwrap();
    assert!(count("products").await >= 24 && count("members").await >= 10 && count("sales").await > 300);
    let proof = desk.ask("month", json!({"filter": {"month": "2026-02"}, "window": {"offset": 0, "limit": 1}})).await["proof"].clone();
    assert!(proof["report_micro"].as_i64() > Some(0) && proof["report_micro"] == proof["ledger_micro"], "{proof}");
    desk.ask("save_person", json!({"name": "小李", "role": "clerk", "pin": "4711"})).await;
    let card = desk.ask("remove_sample", Value::Null).await;
    assert_eq!((&card["sample"], &card["name"]), (&json!(false), &json!("青禾茶舍")));
    assert_eq!((count("products").await, count("members").await, count("sales").await), (0, 0, 0));
    assert_eq!(desk.ask("people", Value::Null).await.as_array().map(Vec::len), Some(2), "the people stay");
    assert_eq!(desk.code("remove_sample", Value::Null).await, "no_sample");
    desk.whole().await;
}
