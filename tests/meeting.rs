//! Several tills of one shop over a real meeting place on loopback, everything through the menu: linked, joined, sold on both, away and back, locked and
//! unlocked. Faults 24, 25, 36 and 40.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, response::Html, routing::any};
use cloud::{
    Store,
    serve::{Place, routes},
};
use house::{Desk, PIN};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

/// A meeting place that can go away and come back at the same address, with what it kept.
struct Meeting {
    store: Store,
    address: SocketAddr,
    serving: Option<JoinHandle<()>>,
    opening: Option<String>,
}

impl Meeting {
    async fn open(opening: Option<&str>) -> Self {
        let store = Store::in_memory().await.expect("a store");
        let mut meeting = Self { store, address: ([127, 0, 0, 1], 0).into(), serving: None, opening: opening.map(str::to_owned) };
        meeting.come_back().await;
        meeting
    }

    fn at(&self) -> String {
        format!("http://{}", self.address)
    }

    async fn come_back(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("a port");
        self.address = listener.local_addr().expect("an address");
        let app = routes(Place::new(self.store.clone(), self.opening.clone()));
        let serving = async move {
            drop(axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await);
        };
        self.serving = Some(tokio::spawn(serving));
    }

    async fn go_away(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.abort();
            drop(serving.await);
        }
    }
}

/// Asks until the answer is as wanted; the tills talk beside the test.
async fn until(desk: &Desk, command: &str, question: Value, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let mut last = Value::Null;
    for _ in 0..600 {
        last = desk.ask(command, question.clone()).await;
        if wanted(&last) {
            return last;
        }
        desk.wait_ms(500);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what}: {last:#}")
}

async fn all_sent(desk: &Desk) {
    until(desk, "sync_status", Value::Null, "everything is there", |status| {
        status["online"] == true && status["waiting"] == 0 && status["behind"] == 0
    })
    .await;
}

async fn sign_in(desk: &Desk) {
    let people = desk.ask("people", Value::Null).await;
    desk.ask("sign_in", json!({"person": people[0]["person"], "pin": PIN})).await;
}

async fn linked(meeting: &Meeting) -> Desk {
    let desk = Desk::shop().await;
    desk.ask("link_shop", json!({"address": meeting.at(), "word": meeting.opening.clone().unwrap_or_default(), "name": "前台"})).await;
    all_sent(&desk).await;
    desk
}

async fn joined(meeting: &Meeting, owner: &Desk, ceiling: &str) -> Desk {
    let invited = owner.ask("invite_device", json!({"ceiling": ceiling, "name": "二号收银台"})).await;
    let desk = Desk::empty("Asia/Shanghai").await;
    desk.ask("join_shop", json!({"address": meeting.at(), "code": invited["code"], "name": ""})).await;
    sign_in(&desk).await;
    desk
}

async fn sell(desk: &Desk, product: &Value) -> Value {
    let ticket = desk.ticket(product, 1, 3000, None);
    desk.ask("record_sale", ticket).await["sale"]["number"].clone()
}

async fn sees(desk: &Desk, number: &Value) {
    until(desk, "sales", json!({"filter": {}, "window": {"offset": 0, "limit": 50}}), "the other till's sale", |page| {
        page["rows"].as_array().is_some_and(|rows| rows.iter().any(|row| row["number"] == *number))
    })
    .await;
}

/// Both books have the same tables, to the digest.
async fn agree(one: &Desk, other: &Desk) {
    for _ in 0..100 {
        all_sent(one).await;
        all_sent(other).await;
        if one.whole().await["tables"] == other.whole().await["tables"] {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(one.whole().await["tables"], other.whole().await["tables"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sale_on_one_till_is_on_the_other_and_receipt_numbers_never_meet() {
    let meeting = Meeting::open(Some("开门")).await;
    let shop = Desk::shop().await;
    let tea = shop.product("T1", "龙井茶", 3000).await;
    let before = sell(&shop, &tea).await;
    let wrong = json!({"address": meeting.at(), "word": "", "name": "前台"});
    assert_eq!(shop.code("link_shop", wrong).await, "opening_word");
    shop.ask("link_shop", json!({"address": meeting.at(), "word": "开门", "name": "前台"})).await;
    all_sent(&shop).await;

    let other = joined(&meeting, &shop, "owner").await;
    sees(&other, &before).await;
    let (one, two) = (sell(&shop, &tea).await, sell(&other, &tea).await);
    assert_ne!(one, two);
    assert!(two.as_str().is_some_and(|number| number.starts_with("2A-")), "{two}");
    sees(&other, &one).await;
    sees(&shop, &two).await;
    agree(&shop, &other).await;

    let seen = shop.ask("devices", Value::Null).await;
    let names: Vec<_> = seen.as_array().expect("devices").iter().map(|row| (row["name"].clone(), row["till"].clone(), row["this"].clone())).collect();
    assert_eq!(names, [(json!("前台"), json!("1"), json!(true)), (json!("二号收银台"), json!("2"), json!(false))]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fault_40_a_meeting_place_that_is_away_holds_up_no_sale_and_everything_drains_when_it_is_back() {
    let mut meeting = Meeting::open(None).await;
    let shop = linked(&meeting).await;
    let tea = shop.product("T1", "龙井茶", 3000).await;
    all_sent(&shop).await;
    let other = joined(&meeting, &shop, "clerk").await;
    meeting.go_away().await;
    let mut numbers = Vec::new();
    for desk in [&shop, &other, &shop, &other] {
        numbers.push(sell(desk, &tea).await);
    }
    let away = until(&shop, "sync_status", Value::Null, "it is away", |status| status["online"] == false).await;
    assert!(away["waiting"].as_i64().is_some_and(|waiting| waiting >= 2), "{away}");
    meeting.come_back().await;
    all_sent(&shop).await;
    all_sent(&other).await;
    for number in &numbers {
        sees(&shop, number).await;
        sees(&other, number).await;
    }
    agree(&shop, &other).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_locked_till_sold_waits_for_the_owner_and_is_not_lost() {
    let meeting = Meeting::open(None).await;
    let shop = linked(&meeting).await;
    let tea = shop.product("T1", "龙井茶", 3000).await;
    all_sent(&shop).await;
    let other = joined(&meeting, &shop, "clerk").await;
    let device = shop.ask("devices", Value::Null).await[1]["device"].clone();
    let locked = shop.ask("set_device", json!({"device": device, "state": "locked"})).await;
    assert_eq!(locked[1]["state"], "locked");
    let number = sell(&other, &tea).await;
    until(&other, "sync_status", Value::Null, "it is told so", |status| status["trouble"] == "shut_out" && status["waiting"] == 0).await;
    let held = until(&shop, "held_entries", Value::Null, "its sale waits", |held| held.as_array().is_some_and(|held| !held.is_empty())).await;
    assert_eq!((&held[0]["reason"], &held[0]["kind"], &held[0]["admissible"]), (&json!("locked"), &json!("SaleRecorded"), &json!(true)));
    // Nobody but the owner's device decides about it.
    assert_eq!(other.code("held_entries", Value::Null).await, "shut_out");
    let left = shop.ask("admit_entry", json!({"chain": held[0]["chain"], "dseq": held[0]["dseq"]})).await;
    assert_eq!(left, json!([]));
    sees(&shop, &number).await;
    shop.ask("set_device", json!({"device": device, "state": "active"})).await;
    until(&other, "sync_status", Value::Null, "it may again", |status| status["trouble"] == Value::Null && status["online"] == true).await;
    agree(&shop, &other).await;
    // One that was taken out reads nothing any more, and no code brings it back.
    shop.ask("set_device", json!({"device": device, "state": "revoked"})).await;
    assert_eq!(other.code("devices", Value::Null).await, "shut_out");
    let invited = shop.ask("invite_device", json!({"ceiling": "owner", "name": "again"})).await;
    assert_eq!(other.code("link_again", invited["code"].clone()).await, "shut_out");
    // An owner's device does not lock itself out.
    let own = shop.ask("devices", Value::Null).await[0]["device"].clone();
    assert_eq!(shop.code("set_device", json!({"device": own, "state": "locked"})).await, "itself");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_answers_without_being_a_meeting_place_gets_nothing_and_leaves_nothing() {
    let portal = Router::new().fallback(any(|| async { Html("<html>请登录 Wi-Fi</html>") }));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { drop(axum::serve(listener, portal).await) });
    let shop = Desk::shop().await;
    let link = |address: &str| json!({"address": address, "word": "", "name": "前台"});
    assert_eq!(shop.code("link_shop", link(&address)).await, "stranger");
    assert_eq!(shop.code("link_shop", link("http://127.0.0.1:1")).await, "away");
    assert_eq!(shop.code("link_shop", link("http://example.com")).await, "insecure");
    assert_eq!(shop.code("link_shop", link("前台")).await, "address");
    assert_eq!(shop.ask("sync_status", Value::Null).await["link"], Value::Null);

    let meeting = Meeting::open(None).await;
    let desk = Desk::empty("Asia/Shanghai").await;
    let join = |code: &str| json!({"address": meeting.at(), "code": code, "name": ""});
    assert_eq!(desk.code("join_shop", join("AAAA-BBBB-CCCC")).await, "join_code");
    assert_eq!(desk.ask("setup_state", Value::Null).await["shop"], Value::Null);
    assert!(
        std::fs::read_dir(desk.folder.path()).expect("a folder").flatten().all(|file| !file.file_name().to_string_lossy().contains("new.banyan"))
    );
    // A code opens once.
    let owner = linked(&meeting).await;
    let invited = owner.ask("invite_device", json!({"ceiling": "clerk", "name": "二号"})).await;
    desk.ask("join_shop", join(invited["code"].as_str().expect("a code"))).await;
    let third = Desk::empty("Asia/Shanghai").await;
    assert_eq!(third.code("join_shop", join(invited["code"].as_str().expect("a code"))).await, "join_code");
}

/// Faults 26 and 35: the books of yesterday are put back on a till that meets others. What was sold since then comes back from the meeting place, receipts
/// go on under a new letter, and what is sold after it is sent like everything else, also after the next start.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_that_goes_back_to_a_copy_has_its_later_sales_again_and_goes_on() {
    let meeting = Meeting::open(None).await;
    let shop = linked(&meeting).await;
    let tea = shop.product("T1", "龙井茶", 3000).await;
    let other = {
        all_sent(&shop).await;
        joined(&meeting, &shop, "owner").await
    };
    let copy = shop.ask("back_up_now", Value::Null).await["copies"][0]["path"].clone();
    let lost = sell(&shop, &tea).await;
    sees(&other, &lost).await;
    shop.ask("restore_backup", json!({"path": copy})).await;
    sign_in(&shop).await;
    let next = sell(&shop, &tea).await;
    assert!(next.as_str().is_some_and(|number| number != lost), "{next}");
    sees(&shop, &lost).await;
    sees(&other, &next).await;
    agree(&shop, &other).await;
    let shop = shop.after_a_crash().await.expect("opened again");
    let last = sell(&shop, &tea).await;
    sees(&other, &last).await;
    agree(&shop, &other).await;
}
