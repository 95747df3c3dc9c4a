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
