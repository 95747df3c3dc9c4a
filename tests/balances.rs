//! Stored value through the menu: paid in with its bonus, spent by two windows at once, given back, and every statement adds up.

use app::Failure;
use house::Desk;
use serde_json::{Value, json};

fn text(answer: &Value) -> String {
    let rows = answer["rows"].as_array().expect("rows");
    rows.iter().filter_map(|row| row["text"].as_str()).collect::<Vec<_>>().join("\n")
}

fn id(number: u128) -> String {
    format!("0199a000-0000-7000-8000-{number:012}")
}

fn paid_in(number: u128, member: &Value, amount: i64, kind: &str, handed: i64) -> Value {
    json!({"top_up": id(number), "member": member, "amount_minor": amount, "tenders": [{"kind": kind, "amount_minor": handed}]})
}

async fn with_bonus(desk: &Desk, bonus: Value) {
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["balance"]["bonus"] = bonus;
    desk.ask("save_settings", settings).await;
}

async fn by_balance(desk: &Desk, product: &Value, price: i64, member: &Value) -> Value {
    let mut ticket = desk.ticket(product, 1, price, Some(member));
    ticket["tenders"] = json!([{"kind": "balance", "amount_minor": price}]);
    ticket
}

async fn sheet(desk: &Desk, member: &Value) -> Value {
    let sheet = desk.ask("balance", json!({"member": member, "window": {"offset": 0, "limit": 200}})).await;
    let rows = sheet["statement"]["rows"].as_array().cloned().expect("rows");
    let sum = |figure: &str| rows.iter().filter_map(|row| row[figure].as_i64()).sum::<i64>();
    assert_eq!(sheet["paid_minor"], sum("paid_minor"), "the statement adds up");
    assert_eq!(sheet["bonus_minor"], sum("bonus_minor"));
    let all = sum("paid_minor") + sum("bonus_minor");
    assert_eq!(rows.first().map_or(0, |row| row["after_minor"].as_i64().expect("a balance")), all, "the newest row says what there is");
    sheet
}

fn has(sheet: &Value) -> (i64, i64) {
    (sheet["paid_minor"].as_i64().expect("paid"), sheet["bonus_minor"].as_i64().expect("bonus"))
}

#[tokio::test]
async fn a_balance_from_the_first_top_up_to_the_last_refund() {
    let desk = Desk::shop().await;
    desk.two_levels("2026-01-01").await;
    let tea = desk.product("T1", "龙井茶", 8000).await;
    let sponsor = desk.member("王芳", None, None).await;
    let member = desk.member("赵三", None, Some(&sponsor)).await;
    with_bonus(&desk, json!([{"from_minor": 10_000, "bonus_minor": 1000}, {"from_minor": 50_000, "bonus_minor": 8000}])).await;
    let shift = desk.ask("open_shift", json!({"float_minor": 5000})).await["open"]["shift"].clone();

    let asked = desk.ask("quote_balance", json!({"top_up": id(1), "member": member, "amount_minor": 10_000})).await;
    assert_eq!(asked, json!({"bonus_minor": 1000, "change_minor": 0, "missing_minor": 10_000}));
    let first = desk.ask("top_up", paid_in(1, &member, 10_000, "cash", 20_000)).await;
    assert_eq!((&first["balance_minor"], &first["change_minor"]), (&json!(11_000), &json!(10_000)));
    assert!(["储值充值", "赠送金额", "10.00", "储值余额", "110.00"].iter().all(|said| text(&first).contains(said)), "{}", text(&first));
    let again = desk.ask("top_up", paid_in(1, &member, 10_000, "cash", 20_000)).await;
    assert_eq!(again["number"], first["number"], "asked twice, it is recorded once");

    // Paying earns for the sponsor as any sale does; paying in earned nothing.
    let month = |report: &Value| report["pending_micro"].clone();
    assert_eq!(month(&desk.ask("member", sponsor.clone()).await), 0);
    let sold = desk.ask("record_sale", by_balance(&desk, &tea, 8000, &member).await).await;
    assert_eq!(sold["sale"]["tenders"][0]["bonus_minor"], 0, "one's own money goes first");
    assert!(text(&sold).contains("储值余额"), "{}", text(&sold));
    assert_ne!(month(&desk.ask("member", sponsor).await), 0);
    assert_eq!(has(&sheet(&desk, &member).await), (2000, 1000));
    let refusal = desk.refused("record_sale", by_balance(&desk, &tea, 8000, &member).await).await;
    assert_eq!((&refusal["price"]["code"], &refusal["price"]["missing_minor"]), (&json!("balance_short"), &json!(5000)));
    let mut walk_in = by_balance(&desk, &tea, 8000, &member).await;
    walk_in["member"] = Value::Null;
    assert_eq!(desk.refused("record_sale", walk_in).await["price"]["code"], "balance_needs_member");

    // What the drawer holds is the cash alone; stored value that was spent is a tender of its own.
    let x = desk.ask("shift_report", shift).await;
    assert_eq!(x["figures"]["tenders"], json!([["cash", 10_000, 0], ["balance", 8000, 0]]));
    assert_eq!((&x["figures"]["drawer_minor"], &x["figures"]["owed_minor"]), (&json!(15_000), &json!(10_000)));
    assert!(text(&x).contains("储值与代金券收款"));
    let report = desk.ask("trade", json!({"filter": {"by": "tender"}, "window": {"offset": 0, "limit": 10}})).await;
    assert_eq!(report["totals"]["net_minor"], 8000, "money paid in is no sale");

    // A whole return gives the own money back to the balance, then the top-up can go back whole with its bonus.
    let pieces = json!([{"line": 0, "qty_milli": 1000}]);
    desk.ask("record_return", json!({"returned": id(8), "what": {"by": "receipt", "sale": sold["sale"]["sale"], "lines": pieces}})).await;
    assert_eq!(has(&sheet(&desk, &member).await), (10_000, 1000));
    let back = |number: u128, amount: i64, to: &str| json!({"refund": id(number), "top_up": id(1), "amount_minor": amount, "to": to});
    assert_eq!(desk.code("refund_balance", back(9, 10_001, "cash")).await, "refund_too_large");
    assert_eq!(desk.code("refund_balance", back(9, 5000, "wechat")).await, "refund_too_large", "it goes back by the tender that paid");
    let given = desk.ask("refund_balance", back(9, 4000, "cash")).await;
    assert_eq!(has(&sheet(&desk, &member).await), (6000, 600));
    assert!(text(&given).contains("储值退款") && text(&given).contains("40.00"), "{}", text(&given));
    desk.ask("refund_balance", back(10, 6000, "cash")).await;
    assert_eq!(has(&sheet(&desk, &member).await), (0, 0));

    let totals = desk.ask("balance_totals", json!({})).await;
    assert_eq!(
        totals,
        json!({"members": 0, "paid_minor": 0, "bonus_minor": 0, "topped_up_minor": 10_000, "given_minor": 1000, "refunded_minor": 10_000, "spent_minor": 0})
    );
    desk.whole().await;
}

#[tokio::test]
async fn bonus_that_was_spent_is_kept_from_the_money_and_returns_give_each_part_back() {
    let desk = Desk::shop().await;
    let member = desk.member("赵三", None, None).await;
    with_bonus(&desk, json!([{"from_minor": 10_000, "bonus_minor": 5000}])).await;
    let (all, some) = (desk.product("A", "礼盒", 15_000).await, desk.product("B", "茶包", 2000).await);
    desk.ask("top_up", paid_in(1, &member, 10_000, "wechat", 10_000)).await;
    let sold = desk.ask("record_sale", by_balance(&desk, &all, 15_000, &member).await).await;
    assert_eq!(sold["sale"]["tenders"][0]["bonus_minor"], 5000);
    assert_eq!(has(&sheet(&desk, &member).await), (0, 0));
    let pieces = json!([{"line": 0, "qty_milli": 1000}]);
    desk.ask("record_return", json!({"returned": id(2), "what": {"by": "receipt", "sale": sold["sale"]["sale"], "lines": pieces}})).await;
    assert_eq!(has(&sheet(&desk, &member).await), (10_000, 5000), "each part went back where it came from");

    // A sale paid in cash goes to the balance as the customer's own money.
    let cash = desk.ask("record_sale", desk.ticket(&some, 1, 2000, Some(&member))).await;
    let what = json!({"by": "receipt", "sale": cash["sale"]["sale"], "lines": pieces});
    desk.ask("record_return", json!({"returned": id(3), "what": what, "refund_to": "balance"})).await;
    assert_eq!(has(&sheet(&desk, &member).await), (12_000, 5000));

    // 12 000 of the own money and 1 000 of the bonus are spent, 3 000 of the top-up's 5 000 bonus would go with 6 000 of it.
    let big = desk.product("C", "茶具", 13_000).await;
    desk.ask("record_sale", by_balance(&desk, &big, 13_000, &member).await).await;
    assert_eq!(has(&sheet(&desk, &member).await), (0, 4000));
    let back = |amount: i64| json!({"refund": id(4), "top_up": id(1), "amount_minor": amount, "to": "wechat"});
    assert_eq!(desk.code("refund_balance", back(1)).await, "refund_too_large", "none of the money is left");
    desk.ask("top_up", paid_in(5, &member, 9000, "card", 9000)).await;
    let given = desk.ask("refund_balance", back(9000)).await;
    assert!(text(&given).contains("扣除已用赠送") && text(&given).contains("85.00"), "{}", text(&given));
    assert_eq!(has(&sheet(&desk, &member).await), (0, 0));
    desk.whole().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_windows_that_spend_the_same_balance_spend_it_once() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 7000).await;
    let member = desk.member("赵三", None, None).await;
    let other = desk.again().await.expect("a second window");
    for round in 0..8 {
        desk.ask("top_up", paid_in(100 + round, &member, 7000, "card", 7000)).await;
        let (mine, yours) = (by_balance(&desk, &tea, 7000, &member).await, by_balance(&other, &tea, 7000, &member).await);
        let (left, right) = tokio::join!(desk.asked("record_sale", mine), other.asked("record_sale", yours));
        assert!(left.is_ok() != right.is_ok(), "exactly one is taken: {left:?} {right:?}");
        let refused = left.err().or(right.err()).expect("one refused");
        let Failure::Refused { refusal, .. } = refused else { panic!("{refused:?}") };
        assert_eq!(refusal["price"]["code"], "balance_short");
        assert_eq!(has(&sheet(&desk, &member).await), (0, 0));
    }
    // The same top-up asked by two windows at once is taken once; the same money asked back twice goes once.
    let (left, right) =
        tokio::join!(desk.asked("top_up", paid_in(300, &member, 500, "card", 500)), other.asked("top_up", paid_in(300, &member, 500, "card", 500)));
    assert!(left.is_ok() && right.is_ok());
    assert_eq!(has(&sheet(&desk, &member).await), (500, 0));
    let back = |number: u128| json!({"refund": id(number), "top_up": id(300), "amount_minor": 400, "to": "card"});
    let (left, right) = tokio::join!(desk.asked("refund_balance", back(401)), other.asked("refund_balance", back(402)));
    assert!(left.is_ok() != right.is_ok());
    assert_eq!(has(&sheet(&desk, &member).await), (100, 0));
    desk.whole().await;
}

#[tokio::test]
async fn what_cannot_be_paid_in_is_refused_in_words() {
    let desk = Desk::shop().await;
    let member = desk.member("赵三", None, None).await;
    assert_eq!(desk.code("top_up", paid_in(1, &member, 0, "cash", 0)).await, "no_amount");
    assert_eq!(desk.code("top_up", paid_in(1, &member, 100, "balance", 100)).await, "not_into_balance");
    assert_eq!(desk.code("top_up", paid_in(1, &json!(id(7)), 100, "cash", 100)).await, "unknown_member");
    let short = desk.refused("top_up", paid_in(1, &member, 100, "cash", 90)).await;
    assert_eq!((&short["price"]["code"], &short["price"]["missing_minor"]), (&json!("owes_more"), &json!(10)));
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["balance"]["bonus"] = json!([{"from_minor": 100, "bonus_minor": 1}, {"from_minor": 100, "bonus_minor": 2}]);
    assert_eq!(desk.code("save_settings", settings.clone()).await, "bonus_steps");
    settings["balance"]["bonus"] = json!([]);
    settings["shifts"]["required"] = json!(true);
    desk.ask("save_settings", settings).await;
    assert_eq!(desk.code("top_up", paid_in(1, &member, 100, "cash", 100)).await, "no_shift");
    assert_eq!(has(&sheet(&desk, &member).await), (0, 0));
}

#[tokio::test]
async fn the_customer_display_is_told_the_sale_and_nothing_once_nobody_sits_at_the_till() {
    let desk = Desk::shop().await;
    let mut notices = desk.house.notices();
    let view = json!({"lines": [{"name": "龙井茶", "qty_milli": 1000, "net_minor": 8000}], "due_minor": 8000, "off_minor": 0,
        "member": {"name": "赵*", "points": 5, "will_earn": 80, "balance_minor": 0}, "paid_minor": 0, "change_minor": null});
    desk.ask("open_display", json!({"open": true})).await;
    desk.ask("show_customer", view).await;
    desk.ask("sign_out", Value::Null).await;
    assert_eq!(notices.recv().await.expect("told"), app::Notice::Display { open: true });
    let mut lines = Vec::new();
    for _ in 0..2 {
        if let app::Notice::Customer { shop, view } = notices.recv().await.expect("told") {
            assert_eq!(shop.digits, 2);
            lines.push(view.lines.len());
        }
    }
    assert_eq!(lines, [1, 0]);
    assert_eq!(
        desk.code("show_customer", json!({"lines": [], "due_minor": 0, "off_minor": 0, "member": null, "paid_minor": 0, "change_minor": null})).await,
        "nobody_signed_in"
    );
}
