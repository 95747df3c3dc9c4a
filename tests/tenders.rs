//! The shop's own ways to pay, through the menu: what a tender asks for holds at the till, on paper, in the shift and in the day's reports.

use house::Desk;
use serde_json::{Value, json};

fn text(answer: &Value) -> String {
    let rows = answer["rows"].as_array().expect("rows");
    rows.iter().filter_map(|row| row["text"].as_str()).collect::<Vec<_>>().join("\n")
}

async fn set(desk: &Desk, change: impl Fn(&mut Vec<Value>)) -> Result<Value, Value> {
    let mut settings = desk.ask("settings", Value::Null).await;
    let mut tenders = settings["tenders"].as_array().cloned().expect("tenders");
    change(&mut tenders);
    settings["tenders"] = json!(tenders);
    match desk.asked("save_settings", settings).await {
        Err(app::Failure::Refused { refusal, .. }) => Err(refusal),
        answer => Ok(answer.expect("an answer")),
    }
}

fn codes(settings: &Value, archived: bool) -> Vec<&str> {
    let all = settings["tenders"].as_array().expect("tenders");
    all.iter().filter(|terms| terms["archived"] == archived).filter_map(|terms| terms["code"].as_str()).collect()
}

#[tokio::test]
async fn a_tender_of_the_shops_own_from_the_settings_to_the_z_report() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8750).await;
    let settings = desk.ask("settings", Value::Null).await;
    assert_eq!(codes(&settings, false), ["cash", "wechat", "alipay", "card", "balance"]);
    assert_eq!(codes(&settings, true), ["transfer", "voucher"]);

    let mall = json!({"code": "mall", "name": "商场券", "name_2": "Mall voucher", "gives_change": true, "needs_reference": true,
        "opens_drawer": true, "counted": true, "key": 6, "archived": false});
    let saved = set(&desk, |all| all.insert(1, mall.clone())).await.expect("saved");
    assert_eq!(codes(&saved, false), ["cash", "mall", "wechat", "alipay", "card", "balance"]);

    let shift = desk.ask("open_shift", json!({"float_minor": 5000})).await["open"]["shift"].clone();
    let mut ticket = desk.ticket(&tea, 1, 8750, None);
    ticket["tenders"] = json!([{"kind": "mall", "amount_minor": 10_000}]);
    let refusal = desk.refused("record_sale", ticket.clone()).await;
    assert_eq!((&refusal["price"]["code"], &refusal["price"]["tender"]), (&json!("reference_needed"), &json!("mall")));
    ticket["tenders"][0]["reference"] = json!("MV-77");
    let sold = desk.ask("record_sale", ticket).await;
    assert_eq!((&sold["sale"]["change_minor"], &sold["sale"]["tenders"][0]["reference"]), (&json!(1250), &json!("MV-77")));
    assert!(text(&sold).contains("商场券"), "{}", text(&sold));

    // What the voucher was worth stays with it; what was given back came out of the drawer.
    let x = desk.ask("shift_report", shift.clone()).await;
    assert_eq!(x["figures"]["tenders"], json!([["cash", 0, -1250], ["mall", 10_000, 0]]));
    assert_eq!(x["figures"]["drawer_minor"], 3750);
    assert!(text(&x).contains("商场券"));
    let by_tender = json!({"filter": {"by": "tender"}, "window": {"offset": 0, "limit": 10}});
    let report = desk.ask("trade", by_tender).await;
    assert_eq!((&report["page"]["rows"][0]["name"], &report["totals"]["net_minor"]), (&json!("mall"), &json!(8750)));

    // Put away it is offered no more and counted no more, and old receipts keep its name.
    let saved = set(&desk, |all| all.retain(|terms| terms["code"] != "mall")).await.expect("saved");
    assert!(codes(&saved, true).contains(&"mall"), "a tender that facts name is never forgotten");
    let again = desk.ask("reprint", json!({"sale": sold["sale"]["sale"]})).await;
    assert!(text(&again).contains("商场券"));
    let mut counted = desk.ask("settings", Value::Null).await;
    counted["shifts"]["count_tenders"] = json!(true);
    desk.ask("save_settings", counted).await;
    let state = desk.ask("shift_state", Value::Null).await;
    assert_eq!(state["tenders"], json!(["wechat", "alipay", "card"]));
    desk.whole().await;
}

#[tokio::test]
async fn what_cannot_be_a_tender_is_refused_in_words() {
    let desk = Desk::shop().await;
    let plain = |code: &str| json!({"code": code, "name": "券"});
    let code = |refused: Result<Value, Value>| refused.expect_err("refused")["code"].clone();
    assert_eq!(code(set(&desk, |all| all.push(plain("Mall!"))).await), "unknown_tender");
    assert_eq!(code(set(&desk, |all| all.push(plain("cash"))).await), "tender_twice");
    assert_eq!(code(set(&desk, |all| all.push(json!({"code": "mall"}))).await), "tender_name");
    assert_eq!(code(set(&desk, |all| all.push(json!({"code": "mall", "name": "券", "key": 12}))).await), "tender_key");
    assert_eq!(code(set(&desk, |all| all.iter_mut().for_each(|terms| terms["archived"] = json!(true))).await), "no_tender");
    // As an earlier version wrote the list: the codes of those offered.
    let saved = set(&desk, |all| *all = vec![json!("card"), json!("cash")]).await.expect("saved");
    assert_eq!(codes(&saved, false), ["card", "cash"]);
    assert_eq!(saved["tenders"][1]["gives_change"], true);
}

#[tokio::test]
async fn a_receipt_says_at_each_line_why_it_costs_less() {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["levels"] = json!({"银卡": {"price_share_ppm": 900_000, "points_ppm": 1_000_000}});
    settings["clerk_discount_ppm"] = json!(0);
    desk.ask("save_settings", settings).await;
    let (tea, cup) = (desk.product("T1", "龙井茶", 10_000).await, desk.product("C1", "茶杯", 5000).await);
    let member = desk.ask("enrol_member", json!({"card": {"name": "赵三", "level": "银卡"}})).await["row"]["member"].clone();
    let clerk = desk.ask("save_person", json!({"name": "小李", "role": "clerk", "pin": "1357"})).await;
    let till = desk.again().await.expect("another window");
    till.ask("sign_in", json!({"person": clerk["person"], "pin": "1357"})).await;
    let owner = desk.ask("people", Value::Null).await[0].clone();

    let mut ticket = till.ticket(&tea, 1, 12_100, Some(&member));
    ticket["lines"][0]["discount"] = json!({"percent_ppm": 100_000});
    ticket["lines"].as_array_mut().expect("lines").push(json!({"product": cup, "qty_milli": 1000, "price_minor": 4000}));
    assert_eq!(till.code("record_sale", ticket.clone()).await, "needs_approver");
    ticket["approval"] = json!({"person": owner["person"], "pin": "2580"});
    let sold = till.ask("record_sale", ticket).await;
    assert_eq!(sold["sale"]["due_minor"], 12_100);
    let paper = text(&sold).replace('\n', "");
    let name = owner["name"].as_str().expect("a name");
    for said in ["原价的 90%", "手工优惠", "-9.00", "手工改价", name] {
        assert!(paper.contains(said), "{said}: {paper}");
    }
    desk.whole().await;
}
