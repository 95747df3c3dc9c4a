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
use sqlx::Connection;
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
    let (left, right) = (one.whole().await["tables"].clone(), other.whole().await["tables"].clone());
    let apart: Vec<(&Value, &Value)> =
        left.as_array().into_iter().flatten().zip(right.as_array().into_iter().flatten()).filter(|(one, other)| one != other).collect();
    assert!(apart.is_empty(), "{apart:?} {} {}", one.ask("sync_status", Value::Null).await, other.ask("sync_status", Value::Null).await);
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

/// What two tills did while they could not speak to each other: each was right by what it knew. Together it is tasks, the same on both; what is accepted
/// is done, and what is left comes back only when something new happens.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_two_tills_did_apart_becomes_tasks_with_what_each_saw() {
    let mut meeting = Meeting::open(None).await;
    let shop = linked(&meeting).await;
    let tea = shop.product("T1", "龙井茶", 3000).await;
    shop.ask("receive_stock", json!({"product": tea, "qty_milli": 1000})).await;
    let (lin, zhao) = (shop.member("林芳", None, None).await, shop.member("赵敏", None, None).await);
    let guest = shop.member("周杰", None, None).await;
    shop.ask("give_points", json!({"member": guest, "points": 100, "reason": "开业"})).await;
    all_sent(&shop).await;
    let other = joined(&meeting, &shop, "owner").await;
    until(&other, "tasks", Value::Null, "nothing waits yet", |tasks| *tasks == json!([])).await;
    sees_member(&other, &guest).await;

    meeting.go_away().await;
    let mut numbers = Vec::new();
    for (desk, name, to) in [(&shop, "孙丽", &lin), (&other, "孙莉", &zhao)] {
        numbers.push(sell(desk, &tea).await);
        let enrolled = json!({"card": {"name": name, "phone": "13800138000"}, "sponsor": null});
        desk.ask("enrol_member", enrolled).await;
        desk.ask("move_sponsor", json!({"member": guest, "from": null, "to": to, "reason": "本人要求"})).await;
        desk.ask("give_points", json!({"member": guest, "points": -80, "reason": "换礼品"})).await;
    }
    // One stands below the other by what each till knows; together it would be a ring.
    shop.ask("move_sponsor", json!({"member": lin, "from": null, "to": zhao, "reason": "本人要求"})).await;
    other.ask("move_sponsor", json!({"member": zhao, "from": null, "to": lin, "reason": "本人要求"})).await;
    meeting.come_back().await;
    all_sent(&shop).await;
    all_sent(&other).await;
    for number in &numbers {
        sees(&shop, number).await;
        sees(&other, number).await;
    }
    agree(&shop, &other).await;

    let told = until(&shop, "tasks", Value::Null, "everything is told", |tasks| tasks.as_array().is_some_and(|tasks| tasks.len() >= 5)).await;
    let of = |tasks: &Value, kind: &str| tasks.as_array().expect("tasks").iter().filter(|task| task["kind"] == kind).cloned().collect::<Vec<_>>();
    let identities = |tasks: &Value| tasks.as_array().expect("tasks").iter().map(|task| task["task"].clone()).collect::<Vec<_>>();
    assert_eq!(identities(&told), identities(&other.ask("tasks", Value::Null).await), "both say the same");
    let oversold = of(&told, "oversold");
    assert_eq!((&oversold[0]["name"], &oversold[0]["amount"]), (&json!("龙井茶"), &json!(1000)), "{told:#}");
    let tills: Vec<(&Value, &Value)> = oversold[0]["seen"].as_array().expect("seen").iter().map(|one| (&one["till"], &one["amount"])).collect();
    assert!(tills.contains(&(&json!("1A"), &json!(-1000))) && tills.contains(&(&json!("2A"), &json!(-1000))), "{tills:?}");
    assert_eq!(of(&told, "points_short")[0]["amount"], json!(60));
    let moves = of(&told, "two_moves");
    assert_eq!((moves.len(), &moves[0]["name"], moves[0]["seen"].as_array().map(Vec::len)), (1, &json!("周杰"), Some(2)));
    assert_eq!(of(&told, "refused_move").len(), 1);
    assert_eq!(of(&told, "same_phone").len(), 1);

    // One key each: the shelf is put right, whoever had the number later gives it up; the rest is noted.
    let settle = |task: &Value, done: &str| json!({"task": task["task"], "done": done, "reason": ""});
    shop.ask("settle_task", settle(&oversold[0], "accepted")).await;
    shop.ask("settle_task", settle(&of(&told, "same_phone")[0], "accepted")).await;
    shop.ask("settle_task", settle(&moves[0], "left")).await;
    shop.ask("settle_task", settle(&of(&told, "refused_move")[0], "accepted")).await;
    assert_eq!(shop.code("settle_task", settle(&moves[0], "left")).await, "not_found", "once");
    let left = shop.ask("settle_task", settle(&of(&told, "points_short")[0], "left")).await;
    assert_eq!(left, json!([]));
    let stock = shop.ask("products", json!({"filter": {"search": "T1"}, "window": {"offset": 0, "limit": 5}})).await;
    assert_eq!(stock["rows"][0]["stock_milli"], json!(0));
    until(&other, "tasks", Value::Null, "they are settled there too", |tasks| *tasks == json!([])).await;
    agree(&shop, &other).await;
    // Short again is a task again.
    shop.ask("give_points", json!({"member": guest, "points": 50, "reason": "补登"})).await;
    assert_eq!(of(&shop.ask("tasks", Value::Null).await, "points_short")[0]["amount"], json!(10));
}

/// How many entries of a till's journal, folded or set aside, hold a text.
async fn entries_with(desk: &Desk, text: &str) -> i64 {
    let mut inside = desk.inside().await;
    let count = "SELECT (SELECT count(*) FROM journal WHERE instr(bytes, CAST(?1 AS BLOB)) > 0)
        + (SELECT count(*) FROM aside WHERE instr(bytes, CAST(?1 AS BLOB)) > 0)";
    let found = sqlx::query_scalar(count).bind(text).fetch_one(&mut inside).await.expect("a count");
    inside.close().await.expect("closed");
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_erased_on_one_till_is_erased_everywhere_also_what_another_till_wrote_meanwhile() {
    let mut meeting = Meeting::open(None).await;
    let shop = linked(&meeting).await;
    let card = |name: &str| json!({"name": name, "phone": "13812345678", "active": true});
    let li = shop.ask("enrol_member", json!({"card": card("李静"), "sponsor": null})).await["row"]["member"].clone();
    let other = joined(&meeting, &shop, "owner").await;
    sees_member(&other, &li).await;

    // Apart: one till erases her, the other one still corrects her name.
    meeting.go_away().await;
    shop.ask("erase_member", json!({"member": li, "number": "M000001", "reason": "本人要求"})).await;
    other.ask("save_member", json!({"member": li, "card": card("李静静")})).await;
    assert!(entries_with(&other, "李静").await > 0);
    meeting.come_back().await;
    all_sent(&shop).await;
    until(&other, "member", li.clone(), "she is erased there too", |sheet| sheet["row"]["erased"].is_string()).await;
    agree(&shop, &other).await;
    // A till that joins now gets what the meeting place kept.
    let third = joined(&meeting, &shop, "owner").await;
    sees_member(&third, &li).await;
    agree(&shop, &third).await;
    for (name, desk) in [("first", &shop), ("second", &other), ("third", &third)] {
        for text in ["李静", "13812345678"] {
            assert_eq!(entries_with(desk, text).await, 0, "{text} at the {name} till");
        }
        assert_eq!(desk.ask("member", li.clone()).await["row"]["card"]["name"], "M000001");
    }
}

async fn sees_member(desk: &Desk, member: &Value) {
    for _ in 0..600 {
        if desk.asked("member", member.clone()).await.is_ok() {
            return;
        }
        desk.wait_ms(500);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{member} never came");
}
