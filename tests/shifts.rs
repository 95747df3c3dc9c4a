//! Shifts through the menu: the drawer is a balance of the ledger, every sale belongs to exactly one shift, and the count at the end says the truth.

use house::Desk;
use serde_json::{Value, json};

/// A clerk with this PIN, signed in at a window of their own.
async fn clerk(desk: &Desk, name: &str) -> Desk {
    let person = desk.ask("save_person", json!({"name": name, "role": "clerk", "pin": "1357"})).await;
    let window = desk.again().await.expect("another window");
    window.ask("sign_in", json!({"person": person["person"], "pin": "1357"})).await;
    window
}

fn count(shift: &Value, pieces: &[(i64, i64)]) -> Value {
    let cash: Vec<Value> = pieces.iter().map(|(value, pieces)| json!({"value_minor": value, "pieces": pieces})).collect();
    json!({"shift": shift, "cash": cash})
}

async fn open(desk: &Desk, float_minor: i64) -> Value {
    desk.ask("open_shift", json!({"float_minor": float_minor})).await["open"]["shift"].clone()
}

/// The paper's text, row by row.
fn text(report: &Value) -> String {
    let rows = report["rows"].as_array().expect("rows");
    rows.iter().filter_map(|row| row["text"].as_str()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_day_at_the_drawer_from_the_float_to_the_z_report() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8750).await;
    let before = desk.ask("record_sale", desk.ticket(&tea, 1, 8750, None)).await;
    assert_eq!(before["sale"]["shift"], Value::Null, "a shop that does not use shifts sells as ever");

    let shift = open(&desk, 30_000).await;
    assert_eq!(desk.code("open_shift", json!({"float_minor": 0})).await, "shift_is_open");
    let mut sale = desk.ticket(&tea, 2, 8750, None);
    sale["tenders"] = json!([{"kind": "wechat", "amount_minor": 5000, "reference": "4200001"}, {"kind": "cash", "amount_minor": 20_000}]);
    let sold = desk.ask("record_sale", sale).await;
    assert_eq!((&sold["sale"]["shift"], &sold["sale"]["change_minor"]), (&shift, &json!(7500)));
    assert_eq!(desk.code("move_cash", json!({"way": "out", "amount_minor": 900})).await, "no_reason");
    desk.ask("move_cash", json!({"way": "out", "amount_minor": 900, "reason": "快递费"})).await;
    desk.ask("move_cash", json!({"way": "in", "amount_minor": 400, "reason": "换零钱"})).await;
    assert_eq!(desk.code("move_cash", json!({"way": "safe", "amount_minor": 42_001})).await, "drawer_short");
    desk.ask("move_cash", json!({"way": "safe", "amount_minor": 20_000})).await;

    let x = desk.ask("shift_report", shift.clone()).await;
    // 300 float, 125 kept, 9 out, 4 in, 200 to the safe.
    assert_eq!(x["figures"]["drawer_minor"], 22_000);
    assert_eq!(x["figures"]["tenders"], json!([["cash", 12_500, 0], ["wechat", 5000, 0]]));
    assert!(text(&x).contains("220.00") && text(&x).contains("快递费") && text(&x).contains("微信支付"), "{}", text(&x));

    let refusal = desk.refused("close_shift", count(&shift, &[(10_000, 2), (100, 19)])).await;
    assert_eq!((&refusal["code"], &refusal["difference_minor"]), (&json!("difference_needs_reason"), &json!(-100)));
    let mut counted = count(&shift, &[(10_000, 2), (100, 19)]);
    counted["reason"] = json!("找错零");
    let z = desk.ask("close_shift", counted.clone()).await;
    assert_eq!(z["row"]["number"], "Z1A-000001");
    assert!(["Z1A-000001", "219.00", "-1.00", "找错零"].iter().all(|said| text(&z).contains(said)), "{}", text(&z));
    let again = desk.refused("close_shift", counted).await;
    assert_eq!((&again["code"], &again["number"]), (&json!("shift_is_closed"), &json!("Z1A-000001")));
    assert!(text(&desk.ask("print_shift", shift.clone()).await).contains("重打"), "a second paper is a copy");
    assert_eq!(desk.code("move_cash", json!({"way": "in", "amount_minor": 1, "reason": "x"})).await, "no_shift");

    // The next one begins with the same float proposed, and a number of its own.
    assert_eq!(desk.ask("shift_state", Value::Null).await["last_float_minor"], 30_000);
    let next = open(&desk, 0).await;
    let z = desk.ask("close_shift", count(&next, &[])).await;
    assert_eq!(z["row"]["number"], "Z1A-000002", "an empty drawer closes as well");
    let listed = desk.ask("shifts", json!({"offset": 0, "limit": 10})).await;
    assert_eq!((&listed["count"], &listed["rows"][0]["shift"]), (&json!(2), &next));
    desk.whole().await;
}

#[tokio::test]
async fn fault_28_expected_cash_counts_what_was_kept_and_change_is_rounded_like_the_total() {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["cash_rounding_minor"] = json!(10);
    desk.ask("save_settings", settings).await;
    let tea = desk.product("T1", "龙井茶", 1234).await;
    let shift = open(&desk, 0).await;
    let mut expected = 0;
    for handed in [1230, 1240, 2000, 10_000] {
        let mut ticket = desk.ticket(&tea, 1, 1234, None);
        ticket["tenders"] = json!([{"kind": "cash", "amount_minor": handed}]);
        let sale = desk.ask("record_sale", ticket).await["sale"].clone();
        assert_eq!(sale["due_minor"], 1230, "12.34 is asked for as 12.30");
        assert_eq!(sale["change_minor"], handed - 1230);
        expected += 1230;
    }
    assert_eq!(desk.ask("shift_report", shift.clone()).await["figures"]["drawer_minor"], expected);
    let z = desk.ask("close_shift", count(&shift, &[(10, expected / 10)])).await;
    assert_eq!((&z["closed"]["expected_minor"], &z["closed"]["counted_minor"]), (&json!(expected), &json!(expected)));
    desk.whole().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fault_29_a_sale_in_the_closing_minute_belongs_to_exactly_one_shift() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 1000).await;
    let other = desk.again().await.expect("a second window");
    for round in 0..12 {
        let shift = open(&desk, 0).await;
        let (mine, yours) = (desk.ticket(&tea, 1, 1000, None), desk.ticket(&tea, 1, 1000, None));
        let zero = count(&shift, &[]);
        let mut any = zero.clone();
        any["reason"] = json!("打烊");
        let (left, closed, right) = tokio::join!(desk.ask("record_sale", mine), other.ask("close_shift", any), other.ask("record_sale", yours));
        let inside = [&left, &right].iter().filter(|sold| sold["sale"]["shift"] == shift).count();
        assert_eq!(closed["closed"]["expected_minor"], json!(inside * 1000), "round {round}: what is in the shift is in its count");
        assert_eq!(closed["figures"]["receipts"], json!(inside));
        assert!([&left, &right].iter().all(|sold| sold["sale"]["shift"].is_null() || sold["sale"]["shift"] == shift));
    }
    // Two who close at once close once.
    let shift = open(&desk, 500).await;
    let five = count(&shift, &[(100, 5)]);
    let (first, second) = tokio::join!(desk.asked("close_shift", five.clone()), other.asked("close_shift", five));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    // And two who open at once open once.
    let (first, second) = tokio::join!(desk.asked("open_shift", json!({"float_minor": 1})), other.asked("open_shift", json!({"float_minor": 2})));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    desk.whole().await;
}

#[tokio::test]
async fn a_clerk_counts_blind_and_a_manager_closes_what_was_forgotten() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let window = clerk(&desk, "李静").await;
    let shift = open(&window, 10_000).await;
    window.ask("record_sale", window.ticket(&tea, 1, 8800, None)).await;
    let x = window.ask("shift_report", shift.clone()).await;
    assert_eq!((&x["blind"], &x["figures"]["drawer_minor"], &x["figures"]["net_minor"]), (&json!(true), &json!(0), &json!(0)));
    let seen = x.to_string();
    assert!(!seen.contains("188.00") && !seen.contains("88.00") && !seen.contains("18800"), "nothing to count towards: {seen}");
    assert_eq!(desk.ask("shift_report", shift.clone()).await["figures"]["drawer_minor"], 18_800, "a manager sees it");
    // Another clerk may not close it; the owner may.
    let person = desk.ask("save_person", json!({"name": "周兰", "role": "clerk", "pin": "2468"})).await;
    let third = desk.again().await.expect("a third window");
    third.ask("sign_in", json!({"person": person["person"], "pin": "2468"})).await;
    assert_eq!(third.ask("shift_state", Value::Null).await["may_close"], false);
    assert_eq!(third.code("close_shift", count(&shift, &[(100, 188)])).await, "not_yours");
    let z = desk.ask("close_shift", count(&shift, &[(100, 188)])).await;
    assert_eq!((&z["row"]["opened_name"], &z["row"]["closed_name"]), (&json!("李静"), &json!("王芳")));
    // Once closed, whoever counted may read it.
    assert!(text(&window.ask("shift_report", shift).await).contains("188.00"));
    desk.whole().await;
}

#[tokio::test]
async fn a_shop_that_requires_shifts_sells_in_none_without() {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["shifts"] = json!({"required": true, "blind": true, "tolerance_minor": 100, "count_tenders": true});
    desk.ask("save_settings", settings).await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let ticket = desk.ticket(&tea, 1, 8800, None);
    assert_eq!(desk.code("record_sale", ticket.clone()).await, "no_shift");
    let shift = open(&desk, 0).await;
    desk.ask("record_sale", ticket).await;
    let state = desk.ask("shift_state", Value::Null).await;
    assert_eq!(state["tenders"], json!(["wechat", "alipay", "card"]));
    let mut counted = count(&shift, &[(100, 87)]);
    counted["tenders"] = json!([["card", 300]]);
    let z = desk.ask("close_shift", counted).await;
    assert_eq!(z["closed"]["tenders"], json!([{"kind": "card", "expected_minor": 0, "counted_minor": 300}]), "within the tolerance nothing is asked");
    assert_eq!(desk.ask("name_till", json!("前台")).await, "前台");
    assert_eq!(desk.code("name_till", json!("前 台")).await, "till_name");
    let shift = open(&desk, 0).await;
    let sold = desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
    assert_eq!((&sold["sale"]["till"], &sold["sale"]["number"]), (&json!("前台"), &json!("前台A-000001")));
    assert_eq!(desk.ask("close_shift", count(&shift, &[(100, 88)])).await["row"]["number"], "Z前台A-000001");
    desk.whole().await;
}

/// Random sales, tickets put aside, cash moved and shifts, with the house dropped as a crash would leave it in between: afterwards the books verify, and
/// every drawer is what its postings say.
#[tokio::test]
async fn a_soak_of_a_busy_till_with_crashes_leaves_whole_books_and_true_drawers() {
    let mut desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 1000).await;
    let mut dice = 20_260_310u64;
    let mut roll = |sides: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    // What a person would find in the drawer, and how many sales were acknowledged.
    let (mut shift, mut seen, mut sold, mut over) = (None::<Value>, 0i64, 0i64, 0i64);
    for step in 0..250 {
        match roll(20) {
            0..=11 => {
                let pieces = 1 + i64::try_from(roll(4)).unwrap_or(0);
                let mut ticket = desk.ticket(&tea, pieces, 1000, None);
                let cash = roll(3) > 0;
                if cash {
                    ticket["tenders"] = json!([{"kind": "cash", "amount_minor": 10_000}]);
                } else {
                    ticket["tenders"] = json!([{"kind": "wechat", "amount_minor": pieces * 1000, "reference": step.to_string()}]);
                }
                // A retry after a crash records nothing twice.
                let again = if roll(8) == 0 { 2 } else { 1 };
                for _ in 0..again {
                    let receipt = desk.ask("record_sale", ticket.clone()).await;
                    assert_eq!(receipt["sale"]["shift"], shift.clone().unwrap_or(Value::Null));
                }
                sold += 1;
                seen += if cash && shift.is_some() { pieces * 1000 } else { 0 };
            }
            12 | 13 => {
                let ticket = desk.ticket(&tea, 1, 1000, None);
                desk.ask("hold_sale", json!({"ticket": ticket["sale"], "draft": ticket.to_string(), "open": false})).await;
            }
            14 | 15 => {
                let (way, by): (&str, i64) = [("in", 700), ("out", -300), ("safe", -2000)][usize::try_from(roll(3)).unwrap_or(0)];
                let asked = desk.asked("move_cash", json!({"way": way, "amount_minor": by.abs(), "reason": "练习"})).await;
                assert_eq!(asked.is_ok(), shift.is_some() && seen + by >= 0);
                seen += if asked.is_ok() { by } else { 0 };
            }
            16 | 17 => match shift.take() {
                None => (shift, seen) = (Some(open(&desk, 5000).await), 5000),
                Some(closing) => {
                    let off = i64::try_from(roll(3)).unwrap_or(0) * 100 - 100;
                    let counted = (seen + off).max(0);
                    let mut draft = count(&closing, &[(1, counted)]);
                    draft["reason"] = json!("盘点");
                    let z = desk.ask("close_shift", draft).await;
                    assert_eq!(z["closed"]["expected_minor"], seen, "step {step}");
                    over += counted - seen;
                    seen = 0;
                }
            },
            18 => {
                let after = desk.again().await.expect("the file as the crash left it");
                desk = after;
            }
            _ => desk.wait_ms(200_000),
        }
    }
    if let Some(shift) = &shift {
        assert_eq!(desk.ask("shift_report", shift.clone()).await["figures"]["drawer_minor"], seen);
    }
    let list = desk.ask("sales_list", json!({"filter": {}, "window": {"offset": 0, "limit": 1}})).await;
    assert_eq!(list["totals"]["receipts"], sold);
    // Every way of adding up comes to the same.
    for by in ["day", "clerk", "tender", "category", "product"] {
        let report = desk.ask("trade", json!({"filter": {"by": by}, "window": {"offset": 0, "limit": 200}})).await;
        let rows: i64 = report["page"]["rows"].as_array().expect("rows").iter().filter_map(|row| row["net_minor"].as_i64()).sum();
        assert_eq!(
            (rows, &report["totals"]["net_minor"]),
            (list["totals"]["net_minor"].as_i64().unwrap_or(-1), &list["totals"]["net_minor"]),
            "by {by}"
        );
    }
    let z = desk.ask("shifts", json!({"offset": 0, "limit": 200})).await;
    let differences: i64 =
        z["rows"].as_array().expect("shifts").iter().filter_map(|row| Some(row["counted_minor"].as_i64()? - row["expected_minor"].as_i64()?)).sum();
    assert_eq!(differences, over);
    desk.whole().await;
}

#[tokio::test]
async fn the_days_end_lists_filters_adds_up_and_writes_sheets() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let cup = desk.product("C1", "盖碗", 3000).await;
    let buyer = desk.member("赵三", None, None).await;
    let mut first = desk.ticket(&tea, 2, 8800, Some(&buyer));
    first["tenders"] = json!([{"kind": "wechat", "amount_minor": 10_000}, {"kind": "cash", "amount_minor": 10_000}]);
    desk.ask("record_sale", first).await;
    desk.wait_ms(24 * 3_600_000);
    // A day later the window asks for the PIN again.
    let desk = desk.again().await.expect("the next morning");
    desk.ask("record_sale", desk.ticket(&cup, 3, 3000, None)).await;
    let me = desk.ask("people", Value::Null).await[0]["person"].clone();
    let rows = |filter: Value| {
        let desk = &desk;
        async move {
            let list = desk.ask("sales_list", json!({"filter": filter, "window": {"offset": 0, "limit": 50}})).await;
            (list["page"]["count"].as_i64().unwrap_or(-1), list["totals"]["net_minor"].as_i64().unwrap_or(-1))
        }
    };
    assert_eq!(rows(json!({})).await, (2, 26_600));
    assert_eq!(rows(json!({"from": "2026-03-11"})).await, (1, 9000));
    assert_eq!(rows(json!({"to": "2026-03-10"})).await, (1, 17_600));
    assert_eq!(rows(json!({"tender": "wechat"})).await, (1, 17_600));
    assert_eq!(rows(json!({"member": buyer})).await, (1, 17_600));
    assert_eq!(rows(json!({"person": me, "kind": "till"})).await, (2, 26_600));
    assert_eq!(rows(json!({"kind": "imported"})).await, (0, 0));
    assert_eq!(rows(json!({"kind": "returned"})).await, (0, 0));
    let by = |by: &'static str| {
        let desk = &desk;
        async move {
            let report = desk.ask("trade", json!({"filter": {"by": by}, "window": {"offset": 0, "limit": 50}})).await;
            let rows = report["page"]["rows"].as_array().expect("rows").clone();
            rows.iter().map(|row| (row["name"].as_str().unwrap_or("").to_owned(), row["net_minor"].as_i64().unwrap_or(0))).collect::<Vec<_>>()
        }
    };
    assert_eq!(by("day").await, [("2026-03-11".into(), 9000), ("2026-03-10".into(), 17_600)]);
    assert_eq!(by("tender").await, [("cash".into(), 16_600), ("wechat".into(), 10_000)], "change is not kept");
    assert_eq!(by("product").await, [("龙井茶".into(), 17_600), ("盖碗".into(), 9000)]);
    assert_eq!(by("clerk").await, [("王芳".into(), 26_600)]);
    for (command, filter) in [("export_sales", json!({})), ("export_trade", json!({"by": "product"}))] {
        let path = desk.folder.path().join(format!("{command}.csv"));
        let written = desk.job(command, json!({"filter": filter, "path": path})).await;
        assert_eq!(written["rows"], 2);
        let text = std::fs::read_to_string(&path).expect("the sheet");
        assert!(text.contains("266.00") && text.contains("合计"), "{text}");
    }
}
