//! Member levels through the menu: growth comes with purchases and goes with returns, each change says why, and the day's run keeps or takes a level.

use house::Desk;
use serde_json::{Value, json};

const DAY_MS: i64 = 86_400_000;

/// Silver at 100 growth, gold at 300 for ten days; gold is kept by 150. Tea costs 100.00, and each whole unit is one growth.
async fn shop(fall: &str) -> (Desk, Value) {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["idle_lock_seconds"] = json!(0);
    settings["levels"] = json!({
        "银卡": {"price_share_ppm": 1_000_000, "points_ppm": 1_000_000, "growth": {"threshold": 100, "gift": 20}},
        "金卡": {"price_share_ppm": 1_000_000, "points_ppm": 2_000_000, "growth": {"threshold": 300, "valid_days": 10, "keep": 150, "gift": 50, "birthday": 30}},
        "内部": {"price_share_ppm": 800_000, "points_ppm": 0},
    });
    settings["growth"] = json!({"per_unit": 1, "sign_in": 5, "referral": 40, "fall": fall});
    settings["points_terms"]["sign_in"] = json!([0]);
    desk.ask("save_settings", settings).await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    (desk, tea)
}

async fn levels(desk: &Desk, member: &Value) -> Value {
    desk.ask("member_levels", json!({"member": member, "window": {"offset": 0, "limit": 50}})).await
}

async fn sold(desk: &Desk, tea: &Value, pieces: i64, member: &Value) -> Value {
    desk.ask("record_sale", desk.ticket(tea, pieces, 10_000, Some(member))).await["sale"].clone()
}

async fn back(desk: &Desk, sale: &Value, pieces: i64) {
    let returned: domain::ids::ReturnId = desk.house.world.new_id();
    let draft = json!({"returned": returned, "what": {"by": "receipt", "sale": sale["sale"], "lines": [{"line": 0, "qty_milli": pieces * 1000}]}});
    desk.ask("record_return", draft).await;
}

fn whys(told: &Value) -> Vec<(Value, Value)> {
    told["page"]["rows"].as_array().expect("rows").iter().rev().map(|row| (row["why"].clone(), row["to"].clone())).collect()
}

#[tokio::test]
async fn fault_18_a_level_comes_with_growth_and_goes_with_goods_that_come_back_with_its_gift() {
    for order in [[1, 2, 1], [3, 1, 0], [1, 1, 2]] {
        let (desk, tea) = shop("one_down").await;
        let sponsor = desk.member("周五", None, None).await;
        let member = desk.member("赵三", None, Some(&sponsor)).await;
        // Before paying, the till says what the sale will make of the level.
        let quote = desk.ask("quote_sale", desk.ticket(&tea, 4, 10_000, Some(&member))).await;
        assert_eq!(
            quote["level"],
            json!({"level": null, "growth": 0, "level_after": "金卡", "growth_after": 400, "gift": 70, "next": null, "missing": 0})
        );
        let sale = sold(&desk, &tea, 4, &member).await;
        assert_eq!(sale["points_earned"], 400, "the level of the moment multiplies, not the one that the sale brings");
        let told = levels(&desk, &member).await;
        assert_eq!((&told["level"], &told["growth"], &told["until"]), (&json!("金卡"), &json!(400), &json!("2026-03-20")));
        let row = &told["page"]["rows"][0];
        assert_eq!((&row["why"], &row["growth"], &row["needed"], &row["gift_points"]), (&json!("reached"), &json!(400), &json!(300), &json!(70)));
        assert_eq!(levels(&desk, &sponsor).await["growth"], 40, "a first purchase is the sponsor's growth");
        // Asked twice, the sale moves nothing more.
        let ticket = desk.ticket(&tea, 1, 10_000, Some(&member));
        desk.ask("record_sale", ticket.clone()).await;
        desk.ask("record_sale", ticket).await;
        assert_eq!(levels(&desk, &member).await["growth"], 500);
        assert_eq!(levels(&desk, &sponsor).await["growth"], 40, "a second purchase is no first");
        let mut left = 4;
        for pieces in order.into_iter().filter(|pieces| *pieces > 0) {
            back(&desk, &sale, pieces).await;
            left -= pieces;
            let told = levels(&desk, &member).await;
            let growth = 100 + left * 100;
            assert_eq!(told["growth"], growth, "{told:#}");
            assert_eq!(told["level"], if growth >= 300 { "金卡" } else { "银卡" });
            assert_eq!(levels(&desk, &sponsor).await["growth"], left * 10);
        }
        let told = levels(&desk, &member).await;
        assert_eq!((&told["growth"], &told["next"], &told["next_at"]), (&json!(100), &json!("金卡"), &json!(300)));
        assert_eq!(whys(&told), [(json!("reached"), json!("金卡")), (json!("lost"), json!("银卡"))]);
        let points = desk.ask("member", member.clone()).await["row"]["points"].clone();
        assert_eq!(points, 200 + 20, "points of the one piece that was kept at the doubled rate, and the gift of the level that is left");
        desk.whole().await;
    }
}

#[tokio::test]
async fn a_validity_that_is_over_keeps_the_level_or_takes_it_and_says_by_which_growth() {
    for (fall, bought, why, level) in [("one_down", 2, "kept", "金卡"), ("one_down", 1, "not_kept", "银卡"), ("to_growth", 0, "not_kept", "")] {
        let (desk, tea) = shop(fall).await;
        let member = desk.member("赵三", None, None).await;
        sold(&desk, &tea, 3, &member).await;
        desk.wait_ms(DAY_MS);
        if bought > 0 {
            sold(&desk, &tea, bought, &member).await;
        }
        let told = levels(&desk, &member).await;
        assert_eq!((&told["within"], &told["keep"]), (&json!(bought * 100), &json!(150)));
        desk.wait_ms(9 * DAY_MS);
        desk.ask("points_day", Value::Null).await;
        assert_eq!(levels(&desk, &member).await["level"], "金卡", "the last day counts");
        desk.wait_ms(DAY_MS);
        for _ in 0..2 {
            desk.ask("points_day", Value::Null).await;
        }
        let told = levels(&desk, &member).await;
        assert_eq!(told["level"].as_str().unwrap_or_default(), level);
        let row = &told["page"]["rows"][0];
        assert_eq!((&row["why"], &row["growth"], &row["needed"]), (&json!(why), &json!(bought * 100), &json!(150)), "{told:#}");
        assert_eq!((&told["growth"], &told["page"]["count"]), (&json!(0), &json!(2)), "once, and the next validity begins at nothing");
        desk.whole().await;
    }
}

#[tokio::test]
async fn a_level_by_hand_wants_a_reason_and_stands_until_its_day() {
    let (desk, tea) = shop("one_down").await;
    let member = desk.member("赵三", None, None).await;
    let ask = |level: &str, until: Value, reason: &str| json!({"member": member, "level": level, "until": until, "reason": reason});
    assert_eq!(desk.code("grant_level", ask("金卡", Value::Null, " ")).await, "grant_reason");
    assert_eq!(desk.code("grant_level", ask("铜卡", Value::Null, "老客户")).await, "grant_unknown");
    assert_eq!(desk.code("grant_level", ask("金卡", json!("2026-03-01"), "老客户")).await, "grant_day");
    assert_eq!(desk.code("grant_level", ask("金卡", json!("someday"), "老客户")).await, "grant_day");
    let told = desk.ask("grant_level", ask("金卡", json!("2026-03-12"), " 老客户 ")).await;
    let row = &told["page"]["rows"][0];
    assert_eq!((&row["why"], &row["reason"], &row["person"]), (&json!("by_hand"), &json!("老客户"), &json!("王芳")));
    assert_eq!(sold(&desk, &tea, 2, &member).await["points_earned"], 400, "the level multiplies what is earned, frozen in the sale");
    assert_eq!(desk.ask("sign_in_member", member.clone()).await["streak"], 1);
    assert_eq!(levels(&desk, &member).await["growth"], 205);
    let mut card = desk.ask("member", member.clone()).await["row"]["card"].clone();
    card["level"] = json!("内部");
    assert_eq!(desk.code("save_member", json!({"member": member, "card": card})).await, "level_by_growth");
    desk.wait_ms(3 * DAY_MS);
    desk.ask("points_day", Value::Null).await;
    let told = levels(&desk, &member).await;
    assert_eq!((&told["level"], &told["page"]["rows"][0]["why"]), (&json!("银卡"), &json!("grant_over")), "{told:#}");
    assert_eq!(desk.refused("grant_level", json!({"member": member, "reason": "x"})).await["level"], "银卡", "growth gives it again at once");
    // A level beside growth stays whatever is bought.
    desk.ask("grant_level", ask("内部", Value::Null, "员工")).await;
    sold(&desk, &tea, 5, &member).await;
    assert_eq!(levels(&desk, &member).await["level"], "内部");
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["levels"]["金卡"]["growth"]["threshold"] = json!(100);
    assert_eq!(desk.code("save_settings", settings.clone()).await, "level_twice");
    settings["levels"]["金卡"]["growth"]["threshold"] = json!(0);
    assert_eq!(desk.code("save_settings", settings).await, "level_growth");
    desk.whole().await;
}

#[tokio::test]
async fn growth_follows_points_where_the_owner_says_so_and_goes_back_with_the_goods() {
    let (desk, tea) = shop("one_down").await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["growth"] = json!({"per_unit": 0, "per_point": 2, "sign_in": 0, "referral": 0, "fall": "one_down"});
    desk.ask("save_settings", settings).await;
    let member = desk.member("赵三", None, None).await;
    let quote = desk.ask("quote_sale", desk.ticket(&tea, 2, 10_000, Some(&member))).await;
    assert_eq!((&quote["quote"]["points_earned"], &quote["level"]["growth_after"]), (&json!(200), &json!(400)));
    let sale = sold(&desk, &tea, 2, &member).await;
    assert_eq!(levels(&desk, &member).await["growth"], 400);
    back(&desk, &sale, 1).await;
    assert_eq!(levels(&desk, &member).await["growth"], 200);
    back(&desk, &sale, 1).await;
    let told = levels(&desk, &member).await;
    assert_eq!((&told["growth"], &told["level"]), (&json!(0), &Value::Null));
}
