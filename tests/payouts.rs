//! From a released statement to money in the member's hands, through the menu: nothing is lost, nothing is paid twice.

use house::Desk;
use serde_json::{Value, json};

const DAY_MS: i64 = 86_400_000;

/// Eight per cent to whoever brought the buyer; nothing is withheld.
const PLAN: &str = r#"{"id":"shop","version":1,"currency":"CNY","rounding":{"unit":"0.01"},"ranks":[{"id":"普通"}],
    "rules":[{"id":"levels","kind":"walk","accrue":"paid","source":{"event":"order","base":"net"},
      "path":{"max":1,"pay":{"active":true}},"rate":{"mode":"absolute","table":{"*":["8%"]}}}],"limits":[]}"#;

/// A shop whose members stand in pairs: each second one buys, each first one earns.
struct World {
    desk: Desk,
    tea: Value,
    earners: Vec<Value>,
    buyers: Vec<Value>,
}

async fn world(pairs: usize) -> World {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["jurisdiction"] = json!("none");
    settings["idle_lock_seconds"] = json!(0);
    desk.ask("save_settings", settings).await;
    desk.activate(&serde_json::from_str(PLAN).expect("JSON"), "2026-03-01").await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let (mut earners, mut buyers) = (Vec::new(), Vec::new());
    for pair in 0..pairs {
        let earner = desk.member(&format!("推荐{pair}"), None, None).await;
        buyers.push(desk.member(&format!("顾客{pair}"), None, Some(&earner)).await);
        earners.push(earner);
    }
    World { desk, tea, earners, buyers }
}

impl World {
    /// The buyer of a pair buys so many pieces of 100.00; the earner gets 8.00 each.
    async fn sell(&self, pair: usize, pieces: i64) -> Value {
        self.desk.ask("record_sale", self.desk.ticket(&self.tea, pieces, 10_000, Some(&self.buyers[pair]))).await
    }

    async fn release(&self, month: &str) {
        let told = self.desk.job("try_close", json!(month)).await;
        self.desk.job("release_month", json!({"month": month, "run_hash": told["run_hash"]})).await;
    }

    async fn settings(&self, change: impl Fn(&mut Value)) {
        let mut settings = self.desk.ask("settings", Value::Null).await;
        change(&mut settings["payouts"]);
        self.desk.ask("save_settings", settings).await;
    }

    async fn payee(&self, pair: usize, channel: &str) {
        let payee = json!({"channel": channel, "holder": format!("推荐{pair}"), "account": format!("6222 0210 {pair:04}"), "bank": "工商银行"});
        self.desk.ask("save_payee", json!({"member": self.earners[pair], "payee": payee})).await;
    }

    fn draft(&self, pair: usize, amount_minor: i64) -> Value {
        let payout: domain::ids::PayoutId = self.desk.house.world.new_id();
        json!({"member": self.earners[pair], "amount_minor": amount_minor, "payout": payout})
    }

    async fn money(&self, pair: usize) -> [i64; 3] {
        let said = self.desk.ask("member_payouts", self.earners[pair].clone()).await;
        ["payable_minor", "under_way_minor", "paid_minor"].map(|name| said["money"][name].as_i64().expect("a number"))
    }

    async fn payouts(&self, states: Value) -> Vec<Value> {
        let page = self.desk.ask("payouts", json!({"filter": {"states": states}, "window": {"offset": 0, "limit": 200}})).await;
        page["rows"].as_array().expect("rows").clone()
    }

    async fn ids(&self, states: Value) -> Vec<Value> {
        self.payouts(states).await.iter().map(|row| row["payout"].clone()).collect()
    }
}

/// Past the end of March, with so many pieces sold to each buyer and the statements released.
async fn paid_world(pieces: &[i64]) -> World {
    let world = world(pieces.len()).await;
    for (pair, pieces) in pieces.iter().enumerate() {
        world.sell(pair, *pieces).await;
        world.payee(pair, "bank").await;
    }
    world.desk.wait_ms(25 * DAY_MS);
    world.release("2026-03").await;
    world
}

/// Faults 1, 2 and 3: balances are moved by postings inside one transaction, what it reads is what it decides on, and what is deducted is what is sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fault_1_2_3_eight_who_ask_at_once_for_one_balance_get_it_once() {
    let world = paid_world(&[10, 3]).await;
    assert_eq!(world.money(0).await, [8000, 0, 0]);
    let other = world.desk.again().await.expect("a second window");
    let drafts: Vec<Value> = (0..8).map(|_| world.draft(0, 8000)).collect();
    // Half of them through another connection, all on threads of their own, and a credit in between.
    let mut asking = tokio::task::JoinSet::new();
    for (place, draft) in drafts.into_iter().enumerate() {
        let desk = if place % 2 == 0 { &world.desk } else { &other };
        let (house, seat) = (desk.house.clone(), app::Seat::default());
        let people = desk.ask("people", Value::Null).await;
        house.serve(&seat, "sign_in", json!({"person": people[0]["person"], "pin": house::PIN})).await.expect("signed in");
        asking.spawn(async move { house.serve(&seat, "request_payout", draft).await });
    }
    let (asked, _) = tokio::join!(asking.join_all(), world.sell(0, 1));
    assert_eq!(asked.iter().filter(|answer| answer.is_ok()).count(), 1);
    for no in asked.iter().filter_map(|answer| answer.as_ref().err()) {
        assert!(no.to_string().contains("payable"), "{no}");
    }
    assert_eq!(world.money(0).await, [0, 8000, 0]);
    let sheet = world.desk.ask("member", world.earners[0].clone()).await;
    assert_eq!(sheet["pending_micro"], json!(800_000_000), "the credit in between stands");

    // The same question twice is one payout.
    let twice = world.draft(1, 1000);
    let (one, two) = tokio::join!(world.desk.asked("request_payout", twice.clone()), other.asked("request_payout", twice));
    assert!(one.is_ok() && two.is_ok());
    assert_eq!(world.money(1).await, [1400, 1000, 0]);
    world.desk.whole().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fault_4_refusing_twice_pays_back_once() {
    let world = paid_world(&[10]).await;
    world.desk.ask("request_payout", world.draft(0, 5000)).await;
    let payouts = world.ids(json!(["requested"])).await;
    assert_eq!(world.desk.code("reject_payouts", json!({"payouts": payouts, "reason": " "})).await, "payout_reason");
    let other = world.desk.again().await.expect("a second window");
    let draft = json!({"payouts": payouts, "reason": "账号有误"});
    let (one, two) = tokio::join!(world.desk.asked("reject_payouts", draft.clone()), other.asked("reject_payouts", draft.clone()));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert_eq!(world.desk.code("reject_payouts", draft).await, "moved_on");
    assert_eq!(world.money(0).await, [8000, 0, 0]);
    world.desk.whole().await;
}

/// Faults 5, 6 and 17: one bad line stops no other, a run again pays nothing again, and as many are marked as were paid for.
#[tokio::test]
async fn fault_5_6_17_a_run_goes_out_as_a_batch_and_its_result_is_matched_line_by_line() {
    let world = paid_world(&[10, 5, 2, 1]).await;
    world.settings(|terms| terms["minimum_minor"] = json!(1000)).await;
    world.payee(2, "alipay").await;
    let run = world.desk.ask("run_payouts", json!({"month": "2026-03"})).await;
    assert_eq!(run, json!({"payouts": 3, "amount_minor": 13_600, "left": 1}), "8.00 is below what is paid out");
    let again = world.desk.ask("run_payouts", json!({"month": "2026-03"})).await;
    assert_eq!(again["payouts"], 0, "nothing is asked for twice");

    world.desk.ask("approve_payouts", json!({"payouts": world.ids(json!(["requested"])).await})).await;
    let folder = world.desk.folder.path();
    let (bank, alipay) = (folder.join("bank.xlsx"), folder.join("alipay.csv"));
    let batch = world.desk.ask("send_payouts", json!({"channel": "bank", "path": bank})).await;
    assert_eq!((&batch["payouts"], &batch["net_minor"], &batch["waiting"]), (&json!(2), &json!(12_000), &json!(2)));
    assert_eq!(world.desk.code("send_payouts", json!({"channel": "bank", "path": bank})).await, "not_found", "nothing is sent twice");
    world.desk.ask("send_payouts", json!({"channel": "alipay", "path": alipay})).await;
    let written = paper::sheet_in::preview(&bank, &Default::default()).expect("the file");
    assert_eq!(written.header, ["序号", "收款人账号", "收款人户名", "开户行", "金额", "用途", "商户订单号"]);
    assert_eq!(written.rows.iter().map(|row| row.cells[4].as_str()).collect::<Vec<_>>(), ["80", "40"]);
    assert_eq!(written.rows[0].cells[1], "622202100000");
    let alipay = paper::sheet_in::preview(&alipay, &Default::default()).expect("the file");
    assert_eq!(alipay.rows[0].cells[3], "16.00");
    world.desk.ask("write_batch", json!({"batch": batch["batch"], "path": folder.join("again.xlsx")})).await;

    let numbers: Vec<&str> = written.rows.iter().map(|row| row.cells[6].as_str()).collect();
    let result = folder.join("result.csv");
    let said = format!(
        "商户订单号,金额,状态,失败原因\n{},80.00,成功,\nP-9999999,1.00,成功,\n{},40.00,失败,户名不符\n{},17.00,成功,\n",
        numbers[0], numbers[1], alipay.rows[0].cells[0]
    );
    std::fs::write(&result, said).expect("written");
    let look = world.desk.ask("payout_result", json!({"path": result, "apply": false})).await;
    assert_eq!(world.money(0).await, [0, 8000, 0], "looking records nothing");
    let read = world.desk.ask("payout_result", json!({"path": result, "apply": true})).await;
    assert_eq!(look, read);
    assert_eq!((&read["lines"], &read["paid"], &read["paid_minor"], &read["failed"]), (&json!(4), &json!(1), &json!(8000), &json!(1)));
    let odd: Vec<&Value> = read["odd"].as_array().expect("lines").iter().map(|line| &line["oddity"]).collect();
    assert_eq!(odd, ["unknown", "failed", "amount"]);
    assert_eq!(world.money(0).await, [0, 0, 8000]);
    assert_eq!(world.money(1).await, [4000, 0, 0], "a failed line goes back to what is payable");
    assert_eq!(world.money(2).await, [0, 1600, 0], "another amount than was sent is nobody's yes");
    let twice = world.desk.ask("payout_result", json!({"path": result, "apply": true})).await;
    assert_eq!((&twice["paid"], &twice["failed"]), (&json!(0), &json!(0)), "the same file twice changes nothing");

    let batches = world.desk.ask("payout_batches", json!({"offset": 0, "limit": 20})).await;
    let sums = batches["rows"].as_array().expect("rows").iter().map(|row| row["payouts"].as_i64().expect("a number")).sum::<i64>();
    assert_eq!(sums, 3, "as many are marked as were paid for");
    let totals = world.desk.ask("payables", json!({"window": {"offset": 0, "limit": 20}})).await["totals"].clone();
    let of = |name: &str| totals[name].as_i64().expect("a number");
    assert_eq!(of("payable_minor") + of("requested_minor") + of("approved_minor") + of("sent_minor") + of("paid_minor") + of("fees_minor"), 14_400);
    world.desk.whole().await;
}

#[tokio::test]
async fn fault_7_a_return_after_release_is_a_debt_that_blocks_and_is_netted_from_what_is_earned_next() {
    let world = world(1).await;
    let sold = world.sell(0, 10).await;
    world.payee(0, "bank").await;
    world.desk.wait_ms(25 * DAY_MS);
    world.release("2026-03").await;
    world.desk.ask("request_payout", world.draft(0, 8000)).await;
    let payouts = world.ids(json!(["requested"])).await;
    world.desk.ask("approve_payouts", json!({"payouts": payouts})).await;
    world.desk.ask("settle_payouts", json!({"payouts": payouts, "to": "paid", "reference": "ICBC-1"})).await;

    let back: domain::ids::ReturnId = world.desk.house.world.new_id();
    let what = json!({"by": "receipt", "sale": sold["sale"]["sale"], "lines": [{"line": 0, "qty_milli": 5000}]});
    world.desk.ask("record_return", json!({"returned": back, "reason": "不合适", "what": what})).await;
    let said = world.desk.ask("member_payouts", world.earners[0].clone()).await;
    assert_eq!(said["debt_micro"], json!(4_000_000_000_i64));
    assert_eq!(said["against"]["code"], "in_debt");
    assert_eq!(world.desk.code("request_payout", world.draft(0, 1)).await, "in_debt");

    world.sell(0, 8).await;
    world.desk.wait_ms(31 * DAY_MS);
    world.release("2026-04").await;
    assert_eq!(world.money(0).await, [2400, 0, 8000], "64.00 earned, 40.00 of it nets the debt");
    world.desk.ask("request_payout", world.draft(0, 2400)).await;
    world.desk.whole().await;
}

#[tokio::test]
async fn fees_days_a_second_person_and_what_was_paid_outside() {
    let world = paid_world(&[100, 10]).await;
    world
        .settings(|terms| {
            terms["fee_ppm"] = json!(6000);
            terms["free_from_minor"] = json!(1);
            terms["free_to_minor"] = json!(10_000);
            terms["second_above_minor"] = json!(20_000);
            terms["days"] = json!([4]);
        })
        .await;
    assert_eq!(world.desk.ask("quote_payout", json!(50_000)).await, json!({"fee_minor": 300, "net_minor": 49_700}));
    world.desk.ask("request_payout", world.draft(0, 50_000)).await;
    world.desk.wait_ms(DAY_MS);
    assert_eq!(world.desk.code("request_payout", world.draft(0, 100)).await, "not_today");
    let payouts = world.ids(json!(["requested"])).await;
    world.desk.ask("approve_payouts", json!({"payouts": payouts})).await;
    assert_eq!(world.payouts(json!(["seconded"])).await.len(), 1);
    assert_eq!(world.desk.code("approve_payouts", json!({"payouts": payouts})).await, "second_person");
    let person = world.desk.ask("save_person", json!({"name": "李静", "role": "manager", "pin": "1357"})).await;
    let other = world.desk.again().await.expect("another window");
    other.ask("sign_in", json!({"person": person["person"], "pin": "1357"})).await;
    other.ask("approve_payouts", json!({"payouts": payouts})).await;
    other.ask("settle_payouts", json!({"payouts": payouts, "to": "paid"})).await;
    assert_eq!(world.money(0).await, [30_000, 0, 49_700]);
    world.desk.ask("settle_payouts", json!({"payouts": payouts, "to": "returned", "reason": "退票"})).await;
    assert_eq!(world.money(0).await, [80_000, 0, 0], "what came back is owed whole, fee included");

    world.settings(|terms| terms["days"] = json!([])).await;
    world.desk.ask("request_payout", world.draft(1, 100)).await;
    let held = |held: bool, reason: &str| json!({"member": world.earners[1], "held": held, "reason": reason});
    assert_eq!(world.desk.code("hold_payouts", held(true, " ")).await, "payout_reason");
    world.desk.ask("hold_payouts", held(true, "退货偏多")).await;
    assert_eq!(world.desk.refused("request_payout", world.draft(1, 100)).await, json!({"code": "held_for_review", "reason": "退货偏多"}));
    let asked = world.ids(json!(["requested"])).await;
    assert_eq!(world.desk.code("approve_payouts", json!({"payouts": asked})).await, "held_for_review");
    assert_eq!(world.desk.ask("run_payouts", json!({"members": [world.earners[1]]})).await["left"], 1, "whoever is held back is left out");
    world.desk.ask("hold_payouts", held(false, "查清了")).await;
    world.desk.ask("reject_payouts", json!({"payouts": asked, "reason": "重来"})).await;

    let outside = |amount: i64| {
        let mut draft = world.draft(1, amount);
        (draft["channel"], draft["reason"], draft["reference"]) = (json!("cash"), json!("当面付清"), json!("收条 7"));
        draft
    };
    assert_eq!(world.desk.code("register_payout", outside(8001)).await, "more_than_payable");
    world.desk.ask("register_payout", outside(8000)).await;
    assert_eq!(world.money(1).await, [0, 0, 8000]);
    let steps = world.desk.ask("payout_steps", world.ids(json!(["paid"])).await[0].clone()).await;
    let states: Vec<&Value> = steps.as_array().expect("steps").iter().map(|step| &step["state"]).collect();
    assert_eq!(states, ["requested", "approved", "paid"]);
    world.desk.whole().await;
}

/// To stored value and to points: approved is arrived, once, and the ledger owes it; what was spent does not come back, and points are no money again.
#[tokio::test]
async fn commission_becomes_stored_value_or_points_with_its_approval() {
    let world = paid_world(&[10, 5, 2]).await;
    let desk = &world.desk;
    let points = |per: i64| {
        json!({"id": "points", "name": "积分", "kind": "points", "points_per_unit": per,
        "template": {"format": "xlsx", "columns": [["单号", "number"], ["金额", "amount"]]}})
    };
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["payouts"]["fee_ppm"] = json!(10_000);
    settings["points"] = json!({"earn_per_minor": 0, "value_micro": 1_000_000, "max_share_ppm": 1_000_000});
    settings["payouts"]["channels"].as_array_mut().expect("channels").push(points(0));
    assert_eq!(desk.refused("save_settings", settings.clone()).await, json!({"code": "payout_terms", "part": "points"}));
    settings["payouts"]["channels"][5] = points(3);
    desk.ask("save_settings", settings).await;
    for (pair, channel) in [(0, "balance"), (1, "points")] {
        desk.ask("save_payee", json!({"member": world.earners[pair], "payee": {"channel": channel}})).await;
    }

    desk.ask("request_payout", world.draft(0, 5000)).await;
    desk.ask("request_payout", world.draft(1, 1000)).await;
    assert_eq!(desk.code("request_payout", world.draft(1, 33)).await, "no_whole_point");
    let asked = world.ids(json!(["requested"])).await;
    desk.ask("approve_payouts", json!({"payouts": asked})).await;
    assert_eq!(world.money(0).await, [3000, 0, 4950], "one per cent is the fee");
    assert_eq!(world.money(1).await, [3000, 0, 990]);
    let held = desk.ask("balance", json!({"member": world.earners[0], "window": {"offset": 0, "limit": 20}})).await;
    assert_eq!((&held["paid_minor"], &held["statement"]["rows"][0]["kind"]), (&json!(4950), &json!("PayoutsMoved")));
    let sheet = desk.ask("member_points", json!({"member": world.earners[1], "window": {"offset": 0, "limit": 20}})).await;
    assert_eq!(sheet["page"]["rows"][0]["points"], json!(29), "9.90 makes 29.7: {sheet}");
    assert_eq!(desk.code("approve_payouts", json!({"payouts": asked})).await, "moved_on");
    assert_eq!(desk.code("send_payouts", json!({"channel": "balance", "path": "x.xlsx"})).await, "stays_here");

    // A mistake is taken back as long as nothing of it was spent.
    let paid: Vec<Value> = world.payouts(json!(["paid"])).await;
    let of = |net: i64| paid.iter().find(|row| row["amount_minor"] == json!(net)).expect("a payout")["payout"].clone();
    let back = |payout: Value| json!({"payouts": [payout], "to": "returned", "reason": "记错了"});
    assert_eq!(desk.code("settle_payouts", back(of(1000))).await, "stays_here");
    desk.ask("settle_payouts", back(of(5000))).await;
    assert_eq!(world.money(0).await, [8000, 0, 0]);
    desk.ask("request_payout", world.draft(0, 8000)).await;
    let asked = world.ids(json!(["requested"])).await;
    desk.ask("approve_payouts", json!({"payouts": asked})).await;
    let mut ticket = desk.ticket(&world.tea, 1, 10_000, Some(&world.earners[0]));
    ticket["tenders"] = json!([{"kind": "balance", "amount_minor": 7920}, {"kind": "cash", "amount_minor": 2080}]);
    desk.ask("record_sale", ticket).await;
    let told = desk.refused("settle_payouts", back(asked[0].clone())).await;
    assert_eq!((&told["code"], &told["left_minor"]), (&json!("spent_already"), &json!(0)));
    let mut outside = world.draft(2, 100);
    (outside["channel"], outside["reason"]) = (json!("balance"), json!("面付"));
    assert_eq!(desk.code("register_payout", outside).await, "stays_here");
    desk.whole().await;
}

#[tokio::test]
async fn a_tax_year_adds_up_statements_and_payouts_for_each_person() {
    let world = paid_world(&[100, 600, 5]).await;
    let year = |year: i32, reported: bool| json!({"year": year, "reported": reported, "window": {"offset": 0, "limit": 10}});
    // Two of the three are paid in the year; what a bank sent back was not paid.
    for (pair, amount) in [(0, 50_000), (1, 250_000), (1, 10_000), (2, 4_000)] {
        world.desk.ask("request_payout", world.draft(pair, amount)).await;
    }
    let payouts = world.ids(json!(["requested"])).await;
    world.desk.ask("approve_payouts", json!({"payouts": payouts})).await;
    world.desk.ask("settle_payouts", json!({"payouts": payouts, "to": "paid"})).await;
    let back: Vec<Value> =
        world.payouts(json!(["paid"])).await.iter().filter(|row| row["amount_minor"] == 4_000).map(|row| row["payout"].clone()).collect();
    world.desk.ask("settle_payouts", json!({"payouts": back, "to": "returned", "reason": "退票"})).await;
    let told = world.desk.ask("tax_year", year(2026, true)).await;
    let rows: Vec<(&Value, &Value, &Value)> = told["page"]["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (&row["name"], &row["sums"]["gross_minor"], &row["sums"]["paid_minor"]))
        .collect();
    let expected = [("推荐1", 480_000, 260_000), ("推荐0", 80_000, 50_000), ("推荐2", 4_000, 0)];
    assert_eq!(
        rows,
        expected.map(|(name, gross, paid)| (json!(name), json!(gross), json!(paid))).iter().map(|(a, b, c)| (a, b, c)).collect::<Vec<_>>()
    );
    assert_eq!(told["sums"], json!({"months": 3, "gross_minor": 564_000, "tax_minor": 0, "net_minor": 564_000, "paid_minor": 310_000}));
    assert_eq!((&told["report"], &told["years"]), (&Value::Null, &json!([2026])), "this shop's law asks for no form");
    assert_eq!(world.desk.ask("tax_year", year(2025, false)).await["page"]["count"], 0);
    // The United States ask for those who were paid 2,000 or more.
    let mut settings = world.desk.ask("settings", Value::Null).await;
    settings["jurisdiction"] = json!("US");
    world.desk.ask("save_settings", settings).await;
    let told = world.desk.ask("tax_year", year(2026, true)).await;
    assert_eq!((&told["page"]["count"], &told["page"]["rows"][0]["name"], &told["report"]["form"]), (&json!(1), &json!("推荐1"), &json!("1099-NEC")));
    assert_eq!(world.desk.ask("tax_year", year(2026, false)).await["page"]["count"], 3);
    let path = world.desk.folder.path().join("1099.csv");
    assert_eq!(world.desk.job("export_tax_year", json!({"year": 2026, "reported": true, "path": path})).await["rows"], 1);
    let text = std::fs::read_to_string(&path).expect("a sheet");
    assert!(text.contains("推荐1") && text.contains("2600.00") && !text.contains("推荐0"), "{text}");
}
