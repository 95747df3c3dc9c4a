//! Looking a month over before it is paid, through the menu: signs with their evidence, decisions with a reason, and held amounts that are not payable
//! until somebody passes them.

use std::sync::{Arc, Mutex};

use house::Desk;
use serde_json::{Value, json};

const DAY_MS: i64 = 86_400_000;

/// Eight per cent to whoever brought the buyer, two to the buyer.
const PLAN: &str = r#"{"id":"shop","version":1,"currency":"CNY","rounding":{"unit":"0.01"},"ranks":[{"id":"普通"}],
    "rules":[{"id":"levels","kind":"walk","accrue":"paid","source":{"event":"order","base":"net"},
        "path":{"max":1,"pay":{"active":true}},"rate":{"mode":"absolute","table":{"*":["8%"]}}},
      {"id":"own","kind":"walk","accrue":"paid","source":{"event":"order","base":"net"},
        "path":{"self":true,"max":1,"pay":{"active":true}},"rate":{"mode":"absolute","table":{"*":["2%"]}}}],"limits":[]}"#;

/// 林大 brought 王二 in, 赵三 brought 钱四 in.
struct World {
    desk: Desk,
    tea: Value,
    members: Vec<Value>,
}

async fn world() -> World {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["jurisdiction"] = json!("none");
    settings["idle_lock_seconds"] = json!(0);
    settings["return_days"] = json!(60);
    desk.ask("save_settings", settings).await;
    desk.activate(&serde_json::from_str(PLAN).expect("JSON"), "2026-03-01").await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let mut members: Vec<Value> = Vec::new();
    for (name, sponsor) in [("林大", None), ("王二", Some(0)), ("赵三", None), ("钱四", Some(2))] {
        let member = desk.member(name, None, sponsor.map(|place: usize| &members[place])).await;
        members.push(member);
    }
    World { desk, tea, members }
}

impl World {
    async fn sell(&self, buyer: usize, pieces: i64) -> Value {
        let ticket = self.desk.ticket(&self.tea, pieces, 10_000, Some(&self.members[buyer]));
        self.desk.ask("record_sale", ticket).await["sale"]["sale"].clone()
    }

    async fn payee(&self, who: usize, account: &str) {
        let payee = json!({"channel": "bank", "holder": "某", "account": account, "bank": "工商银行"});
        self.desk.ask("save_payee", json!({"member": self.members[who], "payee": payee})).await;
    }

    async fn work(&self, month: &str) -> Value {
        self.desk.job("try_close", json!(month)).await
    }

    async fn release(&self, month: &str, told: &Value) {
        self.desk.job("release_month", json!({"month": month, "run_hash": told["run_hash"]})).await;
    }

    async fn risks(&self, month: &str) -> Value {
        self.desk.ask("month_risks", json!({"month": month, "window": {"offset": 0, "limit": 50}})).await
    }

    fn judge(&self, month: &str, who: usize, verdict: &str, reason: &str) -> Value {
        json!({"month": month, "member": self.members[who], "verdict": verdict, "reason": reason})
    }

    /// Payable, held and paid of a member.
    async fn money(&self, who: usize) -> [i64; 3] {
        let said = self.desk.ask("member_payouts", self.members[who].clone()).await;
        ["payable_minor", "held_minor", "paid_minor"].map(|name| said["money"][name].as_i64().expect("a number"))
    }

    /// The proof of the month agrees, and the books are what the journal says.
    async fn whole(&self, month: &str) {
        let proof = self.desk.ask("reconcile_month", json!(month)).await;
        for rows in ["month_rows", "payout_rows"] {
            for row in proof[rows].as_array().expect("rows") {
                assert_eq!(row["differing"], 0, "{row:#}");
            }
        }
        self.desk.whole().await;
    }
}

/// The signs of each member by name.
fn signs(risks: &Value, name: &str) -> Vec<String> {
    let rows = risks["page"]["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["name"] == name);
    let signs = row.map(|row| row["signs"].as_array().expect("signs").clone()).unwrap_or_default();
    signs.iter().map(|sign| sign["sign"].as_str().expect("a name").to_owned()).collect()
}

fn evidence<'a>(risks: &'a Value, name: &str, sign: &str) -> &'a Value {
    let rows = risks["page"]["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["name"] == name).expect("the row");
    row["signs"].as_array().expect("signs").iter().find(|one| one["sign"] == sign).expect("the sign")
}

#[tokio::test]
async fn what_is_held_stays_out_of_the_payable_until_it_is_passed_and_the_month_still_proves_itself() {
    let world = world().await;
    world.sell(1, 10).await;
    world.sell(3, 5).await;
    world.payee(0, "6222021001").await;
    world.payee(2, "6222021001").await;
    world.desk.wait_ms(25 * DAY_MS);
    assert_eq!(world.desk.code("judge_statement", world.judge("2026-03", 0, "held", "同一账号")).await, "nothing_to_judge");
    let told = world.work("2026-03").await;
    let risks = world.risks("2026-03").await;
    assert_eq!((signs(&risks, "林大"), signs(&risks, "赵三")), (vec!["shared_account".to_owned()], vec!["shared_account".to_owned()]));
    assert_eq!(evidence(&risks, "林大", "shared_account")["others"], json!([world.members[2]]));
    let names: std::collections::BTreeSet<String> = risks["names"].as_array().expect("names").iter().map(Value::to_string).collect();
    let expected = [json!([world.members[0], "林大"]), json!([world.members[2], "赵三"])].iter().map(Value::to_string).collect();
    assert_eq!(names, expected, "whoever a sign mentions is named");
    assert_eq!((&risks["waiting"], &told["signs"]), (&json!(4), &json!(4)));

    // A decision needs a reason; a note decides nothing; the last decision counts.
    assert_eq!(world.desk.code("judge_statement", world.judge("2026-03", 0, "held", " ")).await, "judge_reason");
    world.desk.ask("judge_statement", world.judge("2026-03", 0, "noted", "已致电")).await;
    assert_eq!(world.risks("2026-03").await["waiting"], 4);
    world.desk.ask("judge_statement", world.judge("2026-03", 0, "passed", "父女")).await;
    world.desk.ask("judge_statement", world.judge("2026-03", 0, "held", "同一账号")).await;
    world.desk.ask("judge_statement", world.judge("2026-03", 0, "noted", "等证件")).await;
    world.desk.ask("judge_statement", world.judge("2026-03", 2, "passed", "已核实")).await;
    let again = world.work("2026-03").await;
    assert_eq!(again["run_hash"], told["run_hash"], "what is decided changes nothing of what is earned");
    let risks = world.risks("2026-03").await;
    assert_eq!((&risks["waiting"], &risks["held"], &risks["released"]), (&json!(2), &json!(1), &json!(false)));

    world.release("2026-03", &again).await;
    assert_eq!((world.money(0).await, world.money(2).await), ([0, 8_000, 0], [4_000, 0, 0]));
    world.whole("2026-03").await;
    let run = world.desk.ask("run_payouts", json!({"month": "2026-03", "members": [world.members[0], world.members[2]]})).await;
    assert_eq!((&run["payouts"], &run["amount_minor"]), (&json!(1), &json!(4_000)), "the held amount is not payable");
    let review = world.desk.ask("month_review", json!({"month": "2026-03"})).await;
    assert_eq!(review["owing"]["held_minor"], 8_000);
    let risks = world.risks("2026-03").await;
    let first = &risks["page"]["rows"].as_array().expect("rows").iter().find(|row| row["name"] == "林大").expect("kept").clone();
    assert_eq!((&first["held_minor"], &first["reason"], &risks["released"]), (&json!(8_000), &json!("等证件"), &json!(true)));

    // After the release what is held can be passed, once; nothing more can be held here.
    assert_eq!(world.desk.code("judge_statement", world.judge("2026-03", 2, "held", "再看")).await, "judged_released");
    assert_eq!(world.desk.code("judge_statement", world.judge("2026-03", 0, "held", "再看")).await, "judged_released");
    world.desk.ask("judge_statement", world.judge("2026-03", 0, "passed", "证件已齐")).await;
    assert_eq!(world.money(0).await, [8_000, 0, 0]);
    assert_eq!(world.desk.code("judge_statement", world.judge("2026-03", 0, "passed", "证件已齐")).await, "judged_released");
    assert_eq!(world.money(0).await, [8_000, 0, 0], "passed once");
    world.whole("2026-03").await;
}

#[tokio::test]
async fn each_sign_of_real_trade_comes_with_what_it_rests_on_and_the_owner_tunes_the_rules() {
    let world = world().await;
    world.sell(1, 1).await;
    // The last day of March; it comes back on the first of April.
    world.desk.wait_ms(21 * DAY_MS);
    let rushed = world.sell(1, 1).await;
    world.desk.wait_ms(DAY_MS);
    let returned: domain::ids::ReturnId = world.desk.house.world.new_id();
    let what = json!({"by": "receipt", "sale": rushed, "lines": [{"line": 0, "qty_milli": 1000}]});
    world.desk.ask("record_return", json!({"returned": returned, "what": what})).await;
    let told = world.work("2026-03").await;
    let risks = world.risks("2026-03").await;
    assert_eq!(signs(&risks, "林大"), ["rushed"]);
    let rushed = evidence(&risks, "林大", "rushed");
    assert_eq!((&rushed["rushed_micro"], &rushed["earned_micro"]), (&json!(800_000_000), &json!(1_600_000_000)));
    // The buyer earned on nothing but own purchases, with nobody below.
    assert_eq!(signs(&risks, "王二"), ["own_purchases", "rushed", "bought_more"]);
    let own = evidence(&risks, "王二", "own_purchases");
    assert_eq!((&own["own_micro"], &own["earned_micro"]), (&json!(400_000_000), &json!(400_000_000)));
    let bought = evidence(&risks, "王二", "bought_more");
    assert_eq!((&bought["bought_minor"], &bought["sold_minor"]), (&json!(20_000), &json!(0)));
    world.release("2026-03", &told).await;

    // April: far more than in March; what March's return took back is small beside it.
    world.sell(1, 20).await;
    world.desk.wait_ms(31 * DAY_MS);
    world.work("2026-04").await;
    let risks = world.risks("2026-04").await;
    assert_eq!(signs(&risks, "林大"), ["jump"]);
    let jump = evidence(&risks, "林大", "jump");
    assert_eq!((&jump["earned_micro"], &jump["average_micro"]), (&json!(16_000_000_000_i64), &json!(1_600_000_000)));

    // Tuned: a tenth more than before is no jump, and a twentieth that came back is worth a look.
    let mut settings = world.desk.ask("settings", Value::Null).await;
    settings["risk"]["jump_ppm"] = json!(0);
    settings["risk"]["returned_ppm"] = json!(50_000);
    world.desk.ask("save_settings", settings.clone()).await;
    world.work("2026-04").await;
    let risks = world.risks("2026-04").await;
    assert_eq!(signs(&risks, "林大"), ["returned_late"]);
    assert_eq!(evidence(&risks, "林大", "returned_late")["returned_micro"], 800_000_000);
    settings["risk"]["own_ppm"] = json!(1_000_001);
    assert_eq!(world.desk.code("save_settings", settings).await, "risk_terms");
}

#[tokio::test]
async fn whoever_earns_on_the_same_person_or_only_comes_by_is_shown_with_what_it_rests_on() {
    let world = world().await;
    let mut settings = world.desk.ask("settings", Value::Null).await;
    settings["points"] = json!({"earn_per_minor": 0, "value_micro": 1_000_000, "max_share_ppm": 1_000_000});
    settings["points_terms"]["sign_in"] = json!([1]);
    settings["risk"]["own_ppm"] = json!(0);
    settings["risk"]["bought_ppm"] = json!(0);
    settings["risk"]["shared_account"] = json!(false);
    settings["risk"]["sign_in_days"] = json!(2);
    world.desk.ask("save_settings", settings.clone()).await;
    // Two who brought each other in by account: what 林大 earns comes of 王二's purchases, and both are paid to one account.
    world.sell(1, 1).await;
    world.sell(3, 1).await;
    world.payee(0, "6222021001").await;
    world.payee(1, "6222021001").await;
    for _ in 0..2 {
        world.desk.ask("sign_in_member", world.members[0].clone()).await;
        world.desk.ask("sign_in_member", world.members[1].clone()).await;
        world.desk.wait_ms(DAY_MS);
    }
    world.desk.wait_ms(25 * DAY_MS);
    world.work("2026-03").await;
    let risks = world.risks("2026-03").await;
    // 王二 came by as often, and bought.
    assert_eq!(signs(&risks, "林大"), ["ring", "sign_ins"]);
    assert_eq!((signs(&risks, "王二"), signs(&risks, "赵三")), (vec![], vec![]));
    let ring = evidence(&risks, "林大", "ring");
    assert_eq!((&ring["ring_micro"], &ring["earned_micro"]), (&json!(800_000_000), &json!(800_000_000)));
    assert_eq!(evidence(&risks, "林大", "sign_ins")["days"], 2);
    settings["risk"]["ring_ppm"] = json!(0);
    settings["risk"]["sign_in_days"] = json!(3);
    world.desk.ask("save_settings", settings.clone()).await;
    world.work("2026-03").await;
    assert_eq!(signs(&world.risks("2026-03").await, "林大"), Vec::<String>::new());
    settings["risk"]["sign_in_days"] = json!(32);
    assert_eq!(world.desk.code("save_settings", settings).await, "risk_terms");
}

/// An outside service on the loopback that flags whoever it is told to, and keeps what it was asked.
struct Service {
    address: String,
    answer: Arc<Mutex<(u16, String)>>,
    asked: Arc<Mutex<Vec<(String, String, Value)>>>,
}

impl Service {
    async fn begin() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}/risk", listener.local_addr().expect("an address"));
        let (answer, asked) = (Arc::new(Mutex::new((200, "{}".to_owned()))), Arc::<Mutex<Vec<_>>>::default());
        let (told, kept) = (answer.clone(), asked.clone());
        let take = move |headers: axum::http::HeaderMap, body: axum::body::Bytes| async move {
            let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
            let mut mac = <hmac::Hmac<sha2::Sha256> as hmac::KeyInit>::new_from_slice(b"sixteen signs ok").expect("a key");
            hmac::Mac::update(&mut mac, format!("{}.", header("x-banyan-timestamp")).as_bytes());
            hmac::Mac::update(&mut mac, &body);
            let signed: String = hmac::Mac::finalize(mac).into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(header("x-banyan-signature"), format!("sha256={signed}"));
            kept.lock().expect("a lock").push((
                header("idempotency-key"),
                String::from_utf8_lossy(&body).into_owned(),
                serde_json::from_slice(&body).expect("JSON"),
            ));
            let (status, text) = told.lock().expect("a lock").clone();
            (axum::http::StatusCode::from_u16(status).expect("a status"), text)
        };
        let serving = axum::Router::new().route("/risk", axum::routing::post(take));
        tokio::spawn(async move { drop(axum::serve(listener, serving).await) });
        Self { address, answer, asked }
    }

    fn answers(&self, status: u16, text: &str) {
        *self.answer.lock().expect("a lock") = (status, text.to_owned());
    }
}

#[tokio::test]
async fn an_outside_service_adds_flags_by_number_and_holds_nothing_up_where_it_is_away() {
    let world = world().await;
    let desk = &world.desk;
    let service = Service::begin().await;
    let draft = |address: &str, secret: &str| json!({"address": address, "secret": secret});
    assert_eq!(desk.code("save_risk_service", draft("http://risk.example.com/", "sixteen signs ok")).await, "risk_address");
    assert_eq!(desk.code("save_risk_service", draft(&service.address, "short")).await, "risk_secret");
    service.answers(403, "no");
    assert_eq!(desk.code("save_risk_service", draft(&service.address, "sixteen signs ok")).await, "risk_away");
    assert_eq!(desk.ask("risk_service", Value::Null).await, json!({"address": "", "has_secret": false}), "what does not answer is not kept");
    service.answers(200, "{}");
    desk.ask("save_risk_service", draft(&service.address, "sixteen signs ok")).await;
    world.sell(1, 10).await;
    world.sell(3, 5).await;
    desk.wait_ms(25 * DAY_MS);

    let flags = json!({"flags": [{"member": "M000001", "says": "  同一设备三个账号\u{7} "}, {"member": "M000009", "says": "nobody"}, {"member": "M000003", "says": " "}]});
    service.answers(200, &flags.to_string());
    let told = world.work("2026-03").await;
    let risks = world.risks("2026-03").await;
    assert_eq!(evidence(&risks, "林大", "outside")["says"], "同一设备三个账号");
    assert!(signs(&risks, "赵三").is_empty() && risks["outside_fault"].is_null());
    let asked = service.asked.lock().expect("a lock").last().expect("a question").clone();
    assert_eq!(asked.2["month"], "2026-03");
    assert_eq!(asked.2["statements"].as_array().map(Vec::len), Some(4));
    for personal in ["林大", "赵三", "王二"] {
        assert!(!asked.1.contains(personal), "{personal} is nobody's business: {}", asked.1);
    }
    // Worked out again: the same question under the same identity, the same month to the byte.
    let again = world.work("2026-03").await;
    assert_eq!(again["run_hash"], told["run_hash"]);
    assert_eq!(service.asked.lock().expect("a lock").last().expect("a question").0, asked.0);

    service.answers(503, "");
    let away = world.work("2026-03").await;
    assert_eq!(away["run_hash"], told["run_hash"], "what a service says or does not say changes no amount");
    let risks = world.risks("2026-03").await;
    assert_eq!((&risks["outside_fault"]["code"], signs(&risks, "林大").len()), (&json!("hook_later"), 0));
    service.answers(200, "what?");
    world.work("2026-03").await;
    assert_eq!(world.risks("2026-03").await["outside_fault"]["code"], "hook_refused");
    desk.ask("save_risk_service", json!({"address": ""})).await;
    world.work("2026-03").await;
    assert!(world.risks("2026-03").await["outside_fault"].is_null());
}
