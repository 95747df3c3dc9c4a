//! Points through the menu: a member's statement says why each row is there and adds up to the ledger after any order of buying, spending and returning.

use house::Desk;
use serde_json::{Value, json};

async fn statement(desk: &Desk, member: &Value) -> Value {
    let statement = desk.ask("member_points", json!({"member": member, "window": {"offset": 0, "limit": 200}})).await;
    let rows = statement["page"]["rows"].as_array().expect("rows");
    let sum: i64 = rows.iter().filter_map(|row| row["points"].as_i64()).sum();
    assert_eq!((&statement["held"], &statement["moved"]), (&json!(sum), &json!(sum)), "{statement:#}");
    // From the oldest row up, each says what was held after it.
    let mut held = 0;
    for row in rows.iter().rev() {
        held += row["points"].as_i64().expect("points");
        assert_eq!(row["after"], held, "{statement:#}");
    }
    assert_eq!(desk.ask("member", member.clone()).await["row"]["points"], sum);
    statement
}

fn whys(statement: &Value) -> Vec<(&str, i64)> {
    let rows = statement["page"]["rows"].as_array().expect("rows").iter().rev();
    rows.map(|row| (row["why"].as_str().expect("a reason"), row["points"].as_i64().expect("points"))).collect()
}

/// A point is worth a fen at the till.
async fn shop() -> (Desk, Value, Value) {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["points"]["value_micro"] = json!(1_000_000);
    desk.ask("save_settings", settings).await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let member = desk.member("赵三", None, None).await;
    (desk, tea, member)
}

async fn back(desk: &Desk, sale: &Value, pieces: i64) {
    let returned: domain::ids::ReturnId = desk.house.world.new_id();
    let draft = json!({"returned": returned, "what": {"by": "receipt", "sale": sale["sale"], "lines": [{"line": 0, "qty_milli": pieces * 1000}]}});
    desk.ask("record_return", draft).await;
}

#[tokio::test]
async fn faults_18_to_22_the_statement_adds_up_after_buying_spending_and_returning_in_every_order() {
    // Two sales, the second of which may spend what the first earned; their returns in every order, one piece at a time.
    for spent in [0, 100, 200] {
        for order in [[0, 0, 1], [0, 1, 0], [1, 0, 0]] {
            let (desk, tea, member) = shop().await;
            let first = desk.ask("record_sale", desk.ticket(&tea, 2, 10_000, Some(&member))).await["sale"].clone();
            let mut ticket = desk.ticket(&tea, 1, 10_000, Some(&member));
            ticket["points"] = json!(spent);
            ticket["tenders"] = json!([{"kind": "cash", "amount_minor": 10_000 - spent}]);
            let second = desk.ask("record_sale", ticket).await["sale"].clone();
            statement(&desk, &member).await;
            for sale in order {
                back(&desk, [&first, &second][sale], 1).await;
                statement(&desk, &member).await;
            }
            // Nothing is left of it: no point was gained by buying, spending and bringing back.
            let told = statement(&desk, &member).await;
            assert_eq!(told["held"], 0, "{spent} {order:?} {told:#}");
            assert_eq!(whys(&told).iter().any(|(why, _)| *why == "given_back"), spent > 0);
            desk.whole().await;
        }
    }
}

#[tokio::test]
async fn points_are_given_and_taken_by_hand_with_a_reason_and_never_into_debt() {
    let (desk, tea, member) = shop().await;
    for (points, reason, code) in
        [(0, "补登", "no_points"), (5, " ", "points_reason"), (-1, "补登", "more_than_held"), (10_000_001, "补登", "too_many_points")]
    {
        assert_eq!(desk.code("give_points", json!({"member": member, "points": points, "reason": reason})).await, code, "{points}");
    }
    assert_eq!(desk.code("give_points", json!({"member": uuid::Uuid::nil(), "points": 1, "reason": "x"})).await, "not_found");
    let sale = desk.ask("record_sale", desk.ticket(&tea, 1, 10_000, Some(&member))).await["sale"].clone();
    desk.ask("give_points", json!({"member": member, "points": 30, "reason": " 生日 "})).await;
    desk.ask("give_points", json!({"member": member, "points": -130, "reason": "兑换礼品"})).await;
    let told = statement(&desk, &member).await;
    assert_eq!(whys(&told), [("earned", 100), ("by_hand", 30), ("by_hand", -130)]);
    let newest = &told["page"]["rows"][0];
    assert_eq!((&newest["reason"], &newest["person"], &newest["after"]), (&json!("兑换礼品"), &json!("王芳"), &json!(0)));
    assert_eq!(told["page"]["rows"][2]["number"], sale["number"]);
    // What was spent and is now taken back is a debt that says why (fault 18), and nothing more can be taken by hand.
    back(&desk, &sale, 1).await;
    assert_eq!(statement(&desk, &member).await["held"], -100);
    assert_eq!(desk.refused("give_points", json!({"member": member, "points": -1, "reason": "x"})).await["held"], 0);
    let other = desk.member("李雷", None, None).await;
    desk.ask("give_points", json!({"member": other, "points": 250, "reason": "补登"})).await;
    let liability = desk.ask("points_liability", Value::Null).await;
    assert_eq!(liability, json!({"owed": {"members": 1, "points": 250, "debtors": 1, "debt": 100}, "worth_minor": 250}));
    desk.whole().await;
}
