//! Vouchers through the menu: sold, given, spent in parts and by two windows at once, given back to, lost, extended, and owed to the last fen.

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

fn sold(number: u128, amount: i64, handed: i64) -> Value {
    json!({"voucher": id(number), "amount_minor": amount, "tenders": [{"kind": "cash", "amount_minor": handed}]})
}

fn part(code: &Value, amount: i64) -> Value {
    json!({"kind": "voucher", "amount_minor": amount, "reference": code})
}

async fn given(desk: &Desk, number: u128, amount: i64) -> Value {
    desk.ask("give_voucher", json!({"voucher": id(number), "amount_minor": amount, "reason": "开业"})).await["row"]["code"].clone()
}

async fn left(desk: &Desk, code: &Value) -> i64 {
    let row = desk.ask("find_voucher", code.clone()).await;
    let sheet = desk.ask("voucher", row["voucher"].clone()).await;
    let steps = sheet["steps"].as_array().expect("steps");
    assert_eq!(steps.iter().filter_map(|step| step["amount_minor"].as_i64()).sum::<i64>(), row["left_minor"], "the history adds up");
    row["left_minor"].as_i64().expect("an amount")
}

async fn with_settings(desk: &Desk, change: impl FnOnce(&mut Value)) {
    let mut settings = desk.ask("settings", Value::Null).await;
    change(&mut settings);
    desk.ask("save_settings", settings).await;
}

/// What the books say that all vouchers owe: the list and the ledger.
async fn owed(desk: &Desk) -> i64 {
    let page = desk.ask("vouchers", json!({"filter": {}, "window": {"offset": 0, "limit": 200}})).await;
    let ledger: i64 =
        sqlx::query_scalar("SELECT coalesce(-sum(b.amount), 0) FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name = 'voucher'")
            .fetch_one(&mut desk.inside().await)
            .await
            .expect("a sum");
    assert_eq!(page["totals"]["owed_minor"], ledger);
    ledger
}

#[tokio::test]
async fn a_voucher_is_sold_into_the_shift_and_spent_in_parts() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 3000).await;
    let shift = desk.ask("open_shift", json!({"float_minor": 5000})).await["open"]["shift"].clone();
    let slip = desk.ask("sell_voucher", sold(1, 10_000, 12_000)).await;
    assert_eq!((&slip["change_minor"], &slip["row"]["left_minor"], &slip["row"]["how"]), (&json!(2000), &json!(10_000), &json!("sold")));
    let code = slip["row"]["code"].clone();
    let signs = code.as_str().expect("a code");
    let grouped = format!("{} {} {}", &signs[..4], &signs[4..8], &signs[8..]);
    assert!(text(&slip).contains("代金券") && text(&slip).contains(&grouped), "{}", text(&slip));
    assert!(slip["rows"].to_string().contains(signs), "the code is on it to be scanned");
    let again = desk.ask("sell_voucher", sold(1, 10_000, 12_000)).await;
    assert_eq!((&again["row"]["number"], owed(&desk).await), (&slip["row"]["number"], 10_000), "fault 24: asked twice, sold once");

    let x = desk.ask("shift_report", shift).await;
    assert_eq!((&x["figures"]["drawer_minor"], &x["figures"]["owed_minor"]), (&json!(15_000), &json!(10_000)));
    assert_eq!(desk.ask("scan", json!(format!(" {} ", grouped.to_lowercase()))).await["scan"], "voucher");

    let mut ticket = desk.ticket(&tea, 2, 3000, None);
    ticket["tenders"] = json!([part(&json!(grouped), 4000), {"kind": "cash", "amount_minor": 2000}]);
    let receipt = desk.ask("record_sale", ticket).await;
    assert_eq!((&receipt["sale"]["tenders"][0]["voucher"], &receipt["sale"]["tenders"][0]["reference"]), (&json!(id(1)), &code));
    assert!(text(&receipt).contains("60.00") && !text(&receipt).contains(&grouped), "what is left, and not the whole code: {}", text(&receipt));
    assert_eq!((left(&desk, &code).await, owed(&desk).await), (6000, 6000));

    let mut ticket = desk.ticket(&tea, 3, 3000, None);
    ticket["tenders"] = json!([part(&code, 9000)]);
    let refusal = desk.refused("record_sale", ticket.clone()).await;
    assert_eq!((&refusal["voucher"]["code"], &refusal["voucher"]["left_minor"]), (&json!("voucher_short"), &json!(6000)));
    ticket["tenders"] = json!([part(&code, 10_000)]);
    assert_eq!(desk.refused("record_sale", ticket.clone()).await["price"]["code"], "change_from_cash_alone");
    ticket["tenders"] = json!([part(&json!("NOPE"), 9000)]);
    assert_eq!(desk.refused("record_sale", ticket.clone()).await["voucher"]["code"], "unknown_voucher");
    ticket["tenders"] = json!([{"kind": "voucher", "amount_minor": 9000}]);
    assert_eq!(desk.refused("record_sale", ticket).await["voucher"]["code"], "no_voucher_code");
    desk.whole().await;
}

#[tokio::test]
async fn what_a_voucher_paid_goes_back_to_it_and_cash_may_become_one() {
    let desk = Desk::shop().await;
    with_settings(&desk, |settings| settings["vouchers"]["valid_days"] = json!(365)).await;
    let tea = desk.product("T1", "龙井茶", 3000).await;
    let (first, second) = (given(&desk, 1, 4000).await, given(&desk, 2, 5000).await);
    let mut ticket = desk.ticket(&tea, 3, 3000, None);
    ticket["tenders"] = json!([part(&first, 4000), part(&second, 5000)]);
    let sale = desk.ask("record_sale", ticket).await["sale"]["sale"].clone();
    let back = |number: u128| json!({"returned": id(number), "what": {"by": "receipt", "sale": sale, "lines": [{"line": 0, "qty_milli": 1000}]}});
    for (number, wanted) in [(11, (3000, 0)), (12, (4000, 2000)), (13, (4000, 5000))] {
        desk.ask("record_return", back(number)).await;
        assert_eq!((left(&desk, &first).await, left(&desk, &second).await), wanted);
    }

    let sale = desk.ask("record_sale", desk.ticket(&tea, 1, 3000, None)).await["sale"]["sale"].clone();
    let lines = json!([{"line": 0, "qty_milli": 1000}]);
    let noted = json!({"returned": id(14), "what": {"by": "receipt", "sale": sale, "lines": lines}, "refund_to": "voucher"});
    assert_eq!(desk.ask("quote_return", noted.clone()).await["given_minor"], 3000);
    let note = desk.ask("record_return", noted).await;
    let made = &note["returned"]["refunds"][0]["voucher"];
    assert_eq!((&made["made"], &made["expires"]), (&json!(true), &json!("2027-03-09")));
    assert!(note["rows"].to_string().contains(made["code"].as_str().expect("a code")), "the credit note is the voucher");
    assert_eq!(desk.ask("find_voucher", made["code"].clone()).await["how"], "returned");

    // An exchange: what the voucher had paid pays for the new goods, and the rest stays on it.
    let code = made["code"].clone();
    let mut ticket = desk.ticket(&tea, 1, 3000, None);
    ticket["tenders"] = json!([part(&code, 3000)]);
    let sale = desk.ask("record_sale", ticket).await["sale"]["sale"].clone();
    let cup = desk.product("C1", "茶杯", 1000).await;
    let mut new = desk.ticket(&cup, 1, 1000, None);
    new["tenders"] = json!([]);
    let exchange = json!({"returned": {"returned": id(15), "what": {"by": "receipt", "sale": sale, "lines": lines}}, "sale": new});
    let quote = desk.ask("quote_exchange", exchange.clone()).await;
    assert_eq!((&quote["ticket"]["quote"]["missing_minor"], &quote["given"][0]["amount_minor"]), (&json!(0), &json!(2000)));
    let done = desk.ask("record_exchange", exchange).await;
    assert_eq!((&done["given"][0]["amount_minor"], left(&desk, &code).await), (&json!(2000), 2000));
    assert_eq!(owed(&desk).await, 4000 + 5000 + 2000);

    // Without a receipt too; stored value does not leave by way of a voucher.
    let loose = json!({"returned": id(16), "what": {"by": "no_receipt", "lines": [{"product": cup, "qty_milli": 1000, "paid_minor": 900}]},
        "refund_to": "voucher"});
    assert_eq!(desk.ask("record_return", loose).await["returned"]["refunds"][0]["voucher"]["made"], true);
    let member = desk.member("赵三", None, None).await;
    desk.ask("top_up", json!({"top_up": id(17), "member": member, "amount_minor": 3000, "tenders": [{"kind": "card", "amount_minor": 3000}]})).await;
    let mut ticket = desk.ticket(&tea, 1, 3000, Some(&member));
    ticket["tenders"] = json!([{"kind": "balance", "amount_minor": 3000}]);
    let sale = desk.ask("record_sale", ticket).await["sale"]["sale"].clone();
    let stored = json!({"returned": id(18), "what": {"by": "receipt", "sale": sale, "lines": lines}, "refund_to": "voucher"});
    assert_eq!(desk.code("record_return", stored).await, "not_that_tender");
    desk.whole().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_windows_that_spend_the_last_of_a_voucher_spend_it_once() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 7000).await;
    let other = desk.again().await.expect("a second window");
    for round in 0..8 {
        let code = given(&desk, 100 + round, 7000).await;
        let by_voucher = |desk: &Desk| {
            let mut ticket = desk.ticket(&tea, 1, 7000, None);
            ticket["tenders"] = json!([part(&code, 7000)]);
            ticket
        };
        let (left_one, right_one) = tokio::join!(desk.asked("record_sale", by_voucher(&desk)), other.asked("record_sale", by_voucher(&other)));
        assert!(left_one.is_ok() != right_one.is_ok(), "exactly one is taken: {left_one:?} {right_one:?}");
        let refused = left_one.err().or(right_one.err()).expect("one refused");
        let Failure::Refused { refusal, .. } = refused else { panic!("{refused:?}") };
        assert_eq!(refusal["voucher"]["code"], "voucher_short");
        assert_eq!(left(&desk, &code).await, 0);
    }
    assert_eq!(owed(&desk).await, 0);
    desk.whole().await;
}

#[tokio::test]
async fn a_voucher_that_is_over_or_lost_does_not_pay_until_a_manager_says_so() {
    let desk = Desk::shop().await;
    with_settings(&desk, |settings| {
        settings["vouchers"]["valid_days"] = json!(1);
        settings["idle_lock_seconds"] = json!(0);
    })
    .await;
    let tea = desk.product("T1", "龙井茶", 3000).await;
    let code = given(&desk, 1, 9000).await;
    let pay = || {
        let mut ticket = desk.ticket(&tea, 1, 3000, None);
        ticket["tenders"] = json!([part(&code, 3000)]);
        ticket
    };
    desk.ask("record_sale", pay()).await;
    desk.wait_ms(24 * 3_600_000);
    let refusal = desk.refused("record_sale", pay()).await;
    assert_eq!((&refusal["voucher"]["code"], &refusal["voucher"]["last"]), (&json!("voucher_expired"), &json!("2026-03-10")));
    assert_eq!(desk.ask("find_voucher", code.clone()).await["state"], "expired");
    let change = |part: Value, reason: &str| {
        let mut draft = part;
        draft["voucher"] = json!(id(1));
        draft["reason"] = json!(reason);
        draft
    };
    assert_eq!(desk.code("change_voucher", change(json!({"expires": "2026-13-01"}), "忘了")).await, "nothing_to_change");
    assert_eq!(desk.code("change_voucher", change(json!({"expires": "2026-04-01"}), " ")).await, "no_reason");
    let sheet = desk.ask("change_voucher", change(json!({"expires": "2026-04-01"}), "顾客住院")).await;
    assert_eq!((&sheet["row"]["state"], &sheet["steps"][0]["reason"]), (&json!("open"), &json!("顾客住院")));
    desk.ask("record_sale", pay()).await;

    desk.ask("change_voucher", change(json!({"blocked": true}), "遗失")).await;
    assert_eq!(desk.refused("record_sale", pay()).await["voucher"]["code"], "voucher_blocked");
    let new = json!({"voucher": id(2), "replaces": id(1), "code": "card-0007", "reason": "遗失"});
    let replaced = desk.ask("replace_voucher", new).await;
    assert_eq!(
        (&replaced["row"]["code"], &replaced["row"]["left_minor"], &replaced["row"]["expires"]),
        (&json!("CARD0007"), &json!(3000), &json!("2026-04-01"))
    );
    assert_eq!((left(&desk, &code).await, owed(&desk).await), (0, 3000));
    assert_eq!(
        desk.code("give_voucher", json!({"voucher": id(3), "amount_minor": 5, "code": "CARD 0007", "reason": "x"})).await,
        "voucher_code_taken"
    );
    assert_eq!(desk.code("give_voucher", json!({"voucher": id(3), "amount_minor": 5, "code": "T1", "reason": "x"})).await, "voucher_code");
    assert_eq!(desk.code("give_voucher", json!({"voucher": id(3), "amount_minor": 5, "reason": ""})).await, "no_reason");
    assert_eq!(desk.code("sell_voucher", sold(3, 0, 0)).await, "no_voucher_amount");
    assert_eq!(desk.refused("sell_voucher", sold(3, 500, 100)).await["price"]["missing_minor"], 400);
    let by_balance = json!({"voucher": id(3), "amount_minor": 5, "tenders": [{"kind": "balance", "amount_minor": 5}]});
    assert_eq!(desk.code("sell_voucher", by_balance).await, "not_for_voucher");

    // A clerk sells and looks up; giving, blocking and the list of codes are a manager's.
    let clerk = desk.ask("save_person", json!({"name": "小李", "role": "clerk", "pin": "1357"})).await;
    desk.ask("sign_in", json!({"person": clerk["person"], "pin": "1357"})).await;
    desk.ask("sell_voucher", sold(4, 500, 500)).await;
    for command in ["give_voucher", "change_voucher", "replace_voucher", "vouchers", "voucher", "print_voucher"] {
        assert_eq!(desk.code(command, Value::Null).await, "role_too_low");
    }
}
