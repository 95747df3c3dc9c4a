//! Messages to members through the menu: to a real mail server and a real webhook on loopback, with all that can go wrong on the way.

#[path = "messages/post_office.rs"]
mod post_office;

use hmac::{Hmac, KeyInit, Mac};
use house::Desk;
use post_office::{Hook, MailHost, Mood};
use serde_json::{Value, json};
use sha2::Sha256;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;
const SECRET: &str = "sixteen signs or more";

/// A shop with tea at 100.00, a level at 100 growth, and everything sent by email from here.
async fn shop(mail: &MailHost, hook: &Hook) -> (Desk, Value) {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["idle_lock_seconds"] = json!(0);
    settings["levels"] = json!({
        "银卡": {"price_share_ppm": 1_000_000, "points_ppm": 1_000_000, "growth": {"threshold": 100}},
        "金卡": {"price_share_ppm": 1_000_000, "points_ppm": 1_000_000, "growth": {"threshold": 300}},
    });
    settings["growth"] = json!({"per_unit": 1, "sign_in": 0, "referral": 0, "fall": "one_down"});
    desk.ask("save_settings", settings).await;
    desk.two_levels("2026-03-01").await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    set(&desk, mail, hook, |_| {}).await;
    (desk, tea)
}

fn server(mail: &MailHost, hook: &Hook) -> Value {
    json!({
        "mail": {"host": "127.0.0.1", "port": mail.port, "security": "open", "user": "shop", "sender": "shop@example.com", "sender_name": "青禾茶舍"},
        "webhook": hook.address, "patience_seconds": 1,
    })
}

async fn set(desk: &Desk, mail: &MailHost, hook: &Hook, change: impl FnOnce(&mut Value)) -> Value {
    let setup = desk.ask("message_setup", Value::Null).await;
    let mut draft = json!({"terms": setup["terms"], "server": server(mail, hook), "password": "secret", "secret": SECRET, "sending": true});
    change(&mut draft);
    desk.ask("save_message_setup", draft).await
}

async fn member(desk: &Desk, name: &str, contact: Value, sponsor: Option<&Value>) -> Value {
    let card = json!({"name": name, "rank": "金牌", "contact": contact});
    desk.ask("enrol_member", json!({"card": card, "sponsor": sponsor})).await["row"]["member"].clone()
}

async fn sold(desk: &Desk, tea: &Value, pieces: i64, to: &Value) {
    desk.ask("record_sale", desk.ticket(tea, pieces, 10_000, Some(to))).await;
}

async fn shown(desk: &Desk, shown: &str) -> Vec<Value> {
    let answer = desk.ask("messages", json!({"shown": shown, "window": {"offset": 0, "limit": 50}})).await;
    answer["page"]["rows"].as_array().expect("rows").clone()
}

/// A round, and how many wait, are stuck, went out and were dropped after it.
async fn round(desk: &Desk) -> [i64; 4] {
    desk.ask("send_messages", Value::Null).await;
    let answer = desk.ask("messages", json!({"shown": "waiting", "window": {"offset": 0, "limit": 1}})).await;
    ["waiting", "stuck", "sent", "dropped"].map(|name| answer[name].as_i64().expect("a count"))
}

#[tokio::test]
async fn what_happens_to_members_is_told_to_them_once_in_their_language() {
    let (mail, hook) = (MailHost::begin().await, Hook::begin().await);
    let (desk, tea) = shop(&mail, &hook).await;
    let upline = member(&desk, "Mary Poe", json!({"email": "mary@example.com", "language": "en", "silent": []}), None).await;
    let buyer = member(&desk, "赵三", json!({"email": "zhao@example.com", "silent": []}), Some(&upline)).await;
    sold(&desk, &tea, 1, &buyer).await;
    assert_eq!(mail.taken().len(), 0, "the sale itself sends nothing");
    for _ in 0..3 {
        assert_eq!(round(&desk).await, [0, 0, 2, 0], "commission to one, a level to the other, however often it is looked at");
    }
    let taken = mail.taken();
    assert_eq!(taken.len(), 2, "{taken:#?}");
    let of = |address: &str| taken.iter().find(|text| text.contains(&format!("RCPT TO:<{address}>"))).expect("a message").clone();
    let earned = of("mary@example.com");
    assert!(earned.contains("MAIL FROM:<shop@example.com>") && earned.contains("Subject: You earned commission"), "{earned}");
    assert!(earned.contains("Message-ID: <") && earned.contains("10.00"), "{earned}");
    let sent = shown(&desk, "sent").await;
    let level = sent.iter().find(|row| row["occasion"] == "level").expect("a level");
    assert!(level["body"].as_str().is_some_and(|body| body.contains("赵三") && body.contains("银卡") && body.contains("青禾茶舍")), "{level}");
    // Another program at the same file looks at the same journal and tells nothing again; and the books are whole.
    let second = desk.again().await.expect("a second window");
    assert_eq!(round(&second).await, [0, 0, 2, 0]);
    assert_eq!(mail.taken().len(), 2);
    desk.whole().await;
}

#[tokio::test]
async fn who_has_no_address_or_wants_nothing_is_passed_over_and_counted() {
    let (mail, hook) = (MailHost::begin().await, Hook::begin().await);
    let (desk, tea) = shop(&mail, &hook).await;
    let silent = member(&desk, "钱四", json!({"email": "qian@example.com", "silent": ["email"]}), None).await;
    let nowhere = member(&desk, "孙五", Value::Null, None).await;
    let late = member(&desk, "李六", json!({"email": "li@example.com", "silent": []}), None).await;
    for one in [&silent, &nowhere, &late] {
        sold(&desk, &tea, 1, one).await;
    }
    mail.be(Mood::Later);
    assert_eq!(round(&desk).await, [1, 0, 0, 0]);
    let answer = desk.ask("messages", json!({"shown": "waiting", "window": {"offset": 0, "limit": 50}})).await;
    let passed = json!([
        {"occasion": "level", "channel": "email", "why": "no_address", "times": 1},
        {"occasion": "level", "channel": "email", "why": "opted_out", "times": 1},
    ]);
    assert_eq!(answer["passed"], passed);
    // Who says so while a message waits is not told either.
    let mut card = desk.ask("member", late.clone()).await["row"]["card"].clone();
    card["contact"]["silent"] = json!(["email"]);
    desk.ask("save_member", json!({"member": late, "card": card})).await;
    mail.be(Mood::Takes);
    desk.wait_ms(5 * MINUTE_MS);
    assert_eq!(round(&desk).await, [0, 0, 0, 1]);
    assert_eq!(mail.taken().len(), 0);
    card["contact"]["email"] = json!("nobody");
    assert_eq!(desk.code("save_member", json!({"member": late, "card": card})).await, "email_shape");
}

#[tokio::test]
async fn each_way_a_mail_server_fails_leaves_the_message_where_it_belongs() {
    for (mood, after, code) in [
        (Mood::WrongPassword, [1, 0, 0, 0], "sign_in"),
        (Mood::Later, [1, 0, 0, 0], "later"),
        (Mood::Stalls, [1, 0, 0, 0], "away"),
        (Mood::NoSuchBox, [0, 1, 0, 0], "address_refused"),
        (Mood::Spam, [0, 1, 0, 0], "refused"),
        (Mood::DropsAfterData, [0, 1, 0, 0], "maybe_sent"),
    ] {
        let (mail, hook) = (MailHost::begin().await, Hook::begin().await);
        let (desk, tea) = shop(&mail, &hook).await;
        let buyer = member(&desk, "赵三", json!({"email": "zhao@example.com", "silent": []}), None).await;
        sold(&desk, &tea, 1, &buyer).await;
        mail.be(mood);
        for _ in 0..2 {
            assert_eq!(round(&desk).await, after, "{mood:?}: not tried again before its time");
        }
        let row = [shown(&desk, "waiting").await, shown(&desk, "stuck").await].concat().remove(0);
        assert_eq!((&row["fault"]["code"], &row["tries"]), (&json!(code), &json!(1)), "{mood:?}: {row}");
        let came = mail.taken().len();
        assert_eq!(came, usize::from(mood == Mood::DropsAfterData));
        mail.be(Mood::Takes);
        desk.wait_ms(DAY_MS);
        if after[1] == 1 {
            assert_eq!(round(&desk).await, after, "{mood:?}: a person decides, however long it takes");
            assert_eq!(mail.taken().len(), came);
            desk.ask("retry_message", row["message"].clone()).await;
        }
        assert_eq!(round(&desk).await, [0, 0, 1, 0], "{mood:?}");
        let taken = mail.taken();
        let ids: std::collections::BTreeSet<_> = taken.iter().flat_map(|text| text.lines().filter(|line| line.starts_with("Message-ID"))).collect();
        assert_eq!(ids.len(), 1, "sent again, a message keeps its identity");
        assert_eq!(desk.code("retry_message", row["message"].clone()).await, "message_on_its_way");
        assert_eq!(desk.code("drop_message", row["message"].clone()).await, "message_on_its_way");
    }
}

#[tokio::test]
async fn pauses_grow_until_the_message_is_dead_and_then_a_person_drops_it_for_good() {
    let (mail, hook) = (MailHost::begin().await, Hook::begin().await);
    let (desk, tea) = shop(&mail, &hook).await;
    let buyer = member(&desk, "赵三", json!({"email": "zhao@example.com", "silent": []}), None).await;
    sold(&desk, &tea, 1, &buyer).await;
    mail.be(Mood::Later);
    let mut pauses = Vec::new();
    while round(&desk).await == [1, 0, 0, 0] {
        let row = shown(&desk, "waiting").await.remove(0);
        let now_ms = desk.house.world.now_ms();
        pauses.push(row["due_at_ms"].as_i64().expect("when") - now_ms);
        desk.wait_ms(pauses[pauses.len() - 1]);
    }
    assert_eq!(pauses.len(), 11, "the twelfth try is the last: {pauses:?}");
    assert!(pauses.windows(2).take(7).all(|two| two[0] < two[1]) && pauses.iter().all(|pause| *pause <= 450 * MINUTE_MS), "{pauses:?}");
    let row = shown(&desk, "stuck").await.remove(0);
    assert_eq!((&row["state"], &row["tries"]), (&json!("dead"), &json!(12)));
    desk.ask("drop_message", row["message"].clone()).await;
    mail.be(Mood::Takes);
    desk.wait_ms(DAY_MS);
    assert_eq!(round(&desk).await, [0, 0, 0, 1]);
    assert_eq!(mail.taken().len(), 0);
}

#[tokio::test]
async fn a_crash_between_sending_and_marking_sends_no_email_twice_and_posts_the_same_identity_again() {
    for (channel, after) in [("email", [0, 1, 0, 0]), ("sms", [0, 0, 1, 0])] {
        let (mail, hook) = (MailHost::begin().await, Hook::begin().await);
        let (desk, tea) = shop(&mail, &hook).await;
        set(&desk, &mail, &hook, |draft| draft["terms"]["occasions"]["level"]["channel"] = json!(channel)).await;
        let card = json!({"name": "赵三", "phone": "13800138000", "contact": {"email": "zhao@example.com", "silent": []}});
        let buyer = desk.ask("enrol_member", json!({"card": card})).await["row"]["member"].clone();
        sold(&desk, &tea, 1, &buyer).await;
        assert_eq!(round(&desk).await, [0, 0, 1, 0]);
        // What the program would find that ended after the answer and before its mark.
        let mut inside = desk.inside().await;
        let text = "UPDATE messages SET state = 'sending', done_at_ms = NULL, due_at_ms = ?";
        sqlx::query(text).bind(desk.house.world.now_ms() + 1).execute(&mut inside).await.expect("a row");
        drop(inside);
        let desk = desk.after_a_crash().await.expect("the house again");
        desk.wait_ms(2);
        round(&desk).await;
        assert_eq!(round(&desk).await, after, "{channel}: {:#?}", shown(&desk, "stuck").await);
        assert_eq!(mail.taken().len(), usize::from(channel == "email"), "an email that may have arrived waits for a person");
        if channel == "sms" {
            let posted = hook.posted();
            assert_eq!(posted.len(), 2);
            assert_eq!(posted[0].key, posted[1].key, "the webhook knows it by its identity");
        }
    }
}

#[tokio::test]
async fn the_webhook_gets_a_signed_body_and_is_asked_again_after_its_faults() {
    let (mail, hook) = (MailHost::begin().await, Hook::begin().await);
    let (desk, tea) = shop(&mail, &hook).await;
    set(&desk, &mail, &hook, |draft| draft["terms"]["occasions"]["level"]["channel"] = json!("wechat")).await;
    let buyer = member(&desk, "赵三", Value::Null, None).await;
    sold(&desk, &tea, 1, &buyer).await;
    for (status, code) in [(503, "hook_later"), (403, "hook_signature")] {
        hook.answer(status);
        assert_eq!(round(&desk).await, [1, 0, 0, 0]);
        assert_eq!(shown(&desk, "waiting").await[0]["fault"], json!({"code": code, "status": status}));
        desk.wait_ms(10 * MINUTE_MS);
    }
    hook.answer(200);
    assert_eq!(round(&desk).await, [0, 0, 1, 0]);
    let posted = hook.posted();
    assert_eq!(posted.len(), 3);
    for post in &posted {
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any length");
        mac.update(format!("{}.{}", post.timestamp, post.body).as_bytes());
        let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(post.signature, format!("sha256={hex}"));
        assert_eq!((&post.key, &post.body), (&posted[0].key, &posted[0].body), "the same message each time");
    }
    let body: Value = serde_json::from_str(&posted[0].body).expect("JSON");
    assert_eq!((&body["channel"], &body["occasion"], &body["member"]["name"]), (&json!("wechat"), &json!("level"), &json!("赵三")));
    assert_eq!(body["to"], body["member"]["number"], "without a telephone the number on the card says who it is");
    // What the webhook refuses for good waits for a person.
    hook.answer(422);
    sold(&desk, &tea, 2, &buyer).await;
    assert_eq!(round(&desk).await, [0, 1, 1, 0]);
    assert_eq!(shown(&desk, "stuck").await[0]["fault"], json!({"code": "hook_refused", "status": 422, "answer": "noted"}));
}

#[tokio::test]
async fn only_the_device_that_was_told_to_sends_and_nothing_of_before() {
    let (mail, hook) = (MailHost::begin().await, Hook::begin().await);
    let (desk, tea) = shop(&mail, &hook).await;
    let buyer = member(&desk, "赵三", json!({"email": "zhao@example.com", "silent": []}), None).await;
    let off = set(&desk, &mail, &hook, |draft| draft["sending"] = json!(false)).await;
    assert_eq!(off["sending"], "off");
    sold(&desk, &tea, 1, &buyer).await;
    assert_eq!(desk.code("send_messages", Value::Null).await, "not_sending");
    set(&desk, &mail, &hook, |_| {}).await;
    assert_eq!(round(&desk).await, [0, 0, 0, 0], "what stood in the books before is not told");
    // Yesterday's file brought back goes on under a new chain, and tells nothing until somebody says so.
    desk.house.close().await.expect("closed");
    let bytes = std::fs::read(desk.path()).expect("the file");
    let desk = desk.after_a_crash().await.expect("the house again");
    sold(&desk, &tea, 2, &buyer).await;
    assert_eq!(round(&desk).await, [0, 0, 1, 0]);
    desk.house.close().await.expect("closed");
    let desk = desk.with_file(&bytes).await.expect("yesterday's file");
    sold(&desk, &tea, 2, &buyer).await;
    assert_eq!(desk.ask("message_setup", Value::Null).await["sending"], "elsewhere");
    assert_eq!(desk.code("send_messages", Value::Null).await, "not_sending");
    assert_eq!(mail.taken().len(), 1);
    // The password is in no file.
    let whole: Vec<u8> = std::fs::read(desk.path()).expect("the file");
    assert!(!whole.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()));
    let settings = desk.ask("settings", Value::Null).await.to_string();
    assert!(!settings.contains(SECRET));
}

#[tokio::test]
async fn templates_are_refused_with_the_place_and_previewed_with_a_member() {
    let (mail, hook) = (MailHost::begin().await, Hook::begin().await);
    let (desk, _) = shop(&mail, &hook).await;
    let who = member(&desk, "赵三", Value::Null, None).await;
    let setup = desk.ask("message_setup", Value::Null).await;
    let mut draft = json!({"terms": setup["terms"], "server": setup["server"], "sending": true});
    draft["terms"]["occasions"]["level"]["zh"]["text"] = json!("恭喜{积分}");
    let refusal = desk.refused("save_message_setup", draft.clone()).await;
    assert_eq!((&refusal["code"], &refusal["placeholder"], &refusal["at"]), (&json!("unknown_placeholder"), &json!("积分"), &json!(3)));
    draft["terms"]["occasions"]["level"]["zh"]["text"] = json!("恭喜{等级");
    assert_eq!(desk.code("save_message_setup", draft.clone()).await, "open_brace");
    draft["terms"]["occasions"]["level"]["zh"]["text"] = json!("");
    assert_eq!(desk.code("save_message_setup", draft.clone()).await, "no_words");
    let wording = json!({"subject": "{level}", "text": "{姓名}：{shop}"});
    let asked = json!({"occasion": "level", "wording": wording, "language": "zh-CN", "member": who});
    assert_eq!(desk.ask("preview_message", asked).await, json!({"subject": "金卡", "text": "赵三：青禾茶舍"}));
    let mut setting = json!({"server": server(&mail, &hook), "channel": "email", "to": "me@example.com"});
    assert_eq!(desk.ask("try_message", setting.clone()).await, json!({"answer": "2.0.0 queued as 42", "fault": null}));
    setting["password"] = json!("wrong");
    assert_eq!(desk.ask("try_message", setting).await["fault"]["code"], "sign_in");
}

#[tokio::test]
async fn payouts_statements_and_points_that_run_out_are_told_too() {
    let (mail, hook) = (MailHost::begin().await, Hook::begin().await);
    let (desk, tea) = shop(&mail, &hook).await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["points_terms"]["expiry"] = json!({"by": "months", "months": 1});
    settings["points_terms"]["announce_days"] = json!(3);
    desk.ask("save_settings", settings).await;
    let upline = member(&desk, "周五", json!({"email": "zhou@example.com", "silent": []}), None).await;
    let buyer = member(&desk, "赵三", json!({"email": "zhao@example.com", "silent": []}), Some(&upline)).await;
    sold(&desk, &tea, 1, &buyer).await;
    round(&desk).await;
    let day = |desk: &Desk| desk.wait_ms(DAY_MS);
    let mut told = Vec::new();
    for _ in 0..40 {
        day(&desk);
        desk.ask("points_day", Value::Null).await;
        round(&desk).await;
        told = shown(&desk, "sent").await.into_iter().filter(|row| row["occasion"] == "points").collect();
        if !told.is_empty() {
            break;
        }
    }
    assert_eq!(told.len(), 1, "told once, however many days it is due");
    day(&desk);
    round(&desk).await;
    assert_eq!(shown(&desk, "sent").await.iter().filter(|row| row["occasion"] == "points").count(), 1);
    desk.wait_ms(30 * DAY_MS);
    let worked = desk.job("try_close", json!("2026-03")).await;
    desk.job("release_month", json!({"month": "2026-03", "run_hash": worked["run_hash"]})).await;
    round(&desk).await;
    let sent = shown(&desk, "sent").await;
    assert_eq!(sent.iter().filter(|row| row["occasion"] == "statement" && row["name"] == "周五").count(), 1, "{sent:#?}");
    desk.ask(
        "save_payee",
        json!({"member": upline, "payee": {"channel": "cash", "holder": "周五", "account": "1", "identity": "110101199003078888"}}),
    )
    .await;
    let id: domain::ids::PayoutId = desk.house.world.new_id();
    desk.ask("request_payout", json!({"payout": id, "member": upline, "amount_minor": 1000})).await;
    round(&desk).await;
    let sent = shown(&desk, "sent").await;
    let payout = sent.iter().find(|row| row["occasion"] == "payout").expect("a payout");
    assert!(payout["body"].as_str().is_some_and(|body| body.contains("已申请") && body.contains("¥10.00")), "{payout}");
    desk.whole().await;
}
