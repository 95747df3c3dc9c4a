//! One person with two cards: the tree moves, what one holds goes over to the other, later things follow by themselves, and both histories stay.

use house::Desk;
use serde_json::{Value, json};

struct World {
    desk: Desk,
    tea: Value,
    /// The card that goes: under `top`, with `child` below.
    old: Value,
    /// The card that stays: below `child`, so that the tree would close a ring if nobody took care.
    new: Value,
    top: Value,
    child: Value,
    sale: Value,
}

async fn world() -> World {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["idle_lock_seconds"] = json!(0);
    settings["points"]["value_micro"] = json!(1_000_000);
    settings["points_terms"]["expiry"] = json!({"by": "months", "months": 12});
    settings["levels"] = json!({"银卡": {"price_share_ppm": 1_000_000, "points_ppm": 1_000_000, "growth": {"threshold": 300, "valid_days": 0, "keep": 0, "gift": 0, "birthday": 0}}});
    desk.ask("save_settings", settings).await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let top = desk.member("店主", None, None).await;
    let old = desk.member("李静", None, Some(&top)).await;
    let child = desk.member("王芳", None, Some(&old)).await;
    let new = desk.member("李静", None, Some(&child)).await;
    let sale = desk.ask("record_sale", desk.ticket(&tea, 2, 10_000, Some(&old))).await["sale"].clone();
    desk.ask("record_sale", desk.ticket(&tea, 1, 10_000, Some(&new))).await;
    let paid = json!({"member": old, "top_up": desk.house.world.new_id::<domain::ids::TopUpId>(), "amount_minor": 5000,
        "tenders": [{"kind": "cash", "amount_minor": 5000}]});
    desk.ask("top_up", paid).await;
    desk.ask("tag_member", json!({"member": old, "tag": "老客户", "on": true})).await;
    World { desk, tea, old, new, top, child, sale }
}

impl World {
    async fn row(&self, member: &Value) -> Value {
        self.desk.ask("member", member.clone()).await["row"].clone()
    }

    fn draft(&self, member: &Value, into: &Value) -> Value {
        json!({"member": member, "into": into, "reason": "同一人"})
    }
}

#[tokio::test]
async fn everything_a_card_holds_comes_over_and_the_tree_closes_no_ring() {
    let world = world().await;
    let desk = &world.desk;
    assert_eq!(desk.code("merge_members", world.draft(&world.old, &world.old)).await, "merge_self");
    assert_eq!(desk.code("merge_members", json!({"member": world.old, "into": world.new, "reason": " "})).await, "merge_reason");
    let (before_old, before_new) = (world.row(&world.old).await, world.row(&world.new).await);
    assert!(before_old["points"].as_i64() > Some(0) && before_new["card"]["level"].is_null());
    let owed = desk.ask("points_liability", Value::Null).await["owed"].clone();

    let sheet = desk.ask("merge_members", world.draft(&world.old, &world.new)).await;
    let (row, old) = (&sheet["row"], world.row(&world.old).await);
    assert_eq!(row["points"].as_i64(), before_old["points"].as_i64().zip(before_new["points"].as_i64()).map(|(one, two)| one + two));
    assert_eq!((&row["balance_minor"], &old["balance_minor"], &old["points"]), (&json!(5000), &json!(0), &json!(0)));
    assert_eq!(desk.ask("points_liability", Value::Null).await["owed"]["points"], owed["points"], "the shop owes what it owed");
    assert_eq!(row["card"]["level"], "银卡", "the growth of both cards reaches what neither did");
    assert_eq!(row["tags"], json!(["老客户"]));
    assert_eq!(sheet["merged"][0]["number"], old["number"]);
    assert_eq!((&old["merged_into"]["member"], &old["card"]["active"]), (&world.new, &json!(false)));

    // The tree: the card that stays came to the other's sponsor, the child to it, and the card that went stands under it.
    assert_eq!(row["sponsor"]["member"], world.top);
    assert_eq!(world.row(&world.child).await["sponsor"]["member"], world.new);
    assert_eq!(old["sponsor"]["member"], world.new);

    // Points keep their last day, and the statement of each adds up.
    let points = |member: Value| desk.ask("member_points", json!({"member": member, "window": {"offset": 0, "limit": 50}}));
    let (gone, stays) = (points(world.old.clone()).await, points(world.new.clone()).await);
    assert_eq!((&gone["moved"], &gone["held"], &stays["moved"]), (&json!(0), &json!(0), &stays["held"]));
    assert!(stays["running_out"].as_array().is_some_and(|parts| parts.iter().all(|part| part["good_until"].is_string())), "{stays:#}");

    // Whoever looks the old card up is led to the new one, by name, number or phone.
    let found = desk.ask("find_members", old["number"].clone()).await;
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(found[0]["member"], world.new);

    // The timeline tells both.
    let history = desk.ask("member_history", json!({"member": world.new, "window": {"offset": 0, "limit": 50}})).await;
    let happened: Vec<&str> = history["rows"].as_array().expect("rows").iter().filter_map(|row| row["what"].as_str()).collect();
    assert_eq!(happened.iter().filter(|what| **what == "bought").count(), 2, "{happened:?}");
    assert!(happened.contains(&"merged") && happened.contains(&"topped_up"), "{happened:?}");

    assert_eq!(desk.code("merge_members", world.draft(&world.old, &world.new)).await, "merge_done");
    assert_eq!(desk.code("merge_members", world.draft(&world.new, &world.old)).await, "merge_done");
    assert_eq!(desk.job("verify", Value::Null).await["first_difference"], Value::Null);
}

#[tokio::test]
async fn what_comes_in_on_a_merged_card_later_goes_over_on_the_next_day_and_only_once() {
    let world = world().await;
    let desk = &world.desk;
    desk.ask("merge_members", world.draft(&world.old, &world.new)).await;
    let held = world.row(&world.new).await["points"].as_i64().expect("points");
    // Goods of the old card come back: its points are a debt on a card that nobody looks at.
    let returned: domain::ids::ReturnId = desk.house.world.new_id();
    let lines = json!([{"line": 0, "qty_milli": 1000}]);
    desk.ask("record_return", json!({"returned": returned, "what": {"by": "receipt", "sale": world.sale["sale"], "lines": lines}})).await;
    let debt = world.row(&world.old).await["points"].as_i64().expect("points");
    assert!(debt < 0);
    let growth = |told: Value| told["growth"].as_i64().expect("growth");
    let levels = |member: &Value| json!({"member": member, "window": {"offset": 0, "limit": 5}});
    assert_eq!(growth(desk.ask("member_levels", levels(&world.new)).await), 300);

    desk.wait_ms(86_400_000);
    desk.ask("points_day", Value::Null).await;
    desk.ask("points_day", Value::Null).await;
    assert_eq!(world.row(&world.old).await["points"], 0);
    assert_eq!(world.row(&world.new).await["points"].as_i64(), Some(held + debt));
    assert_eq!(growth(desk.ask("member_levels", levels(&world.new)).await), 200);
    assert_eq!(world.row(&world.new).await["card"]["level"], Value::Null, "the growth that is left reaches it no more");
    desk.ask("record_sale", desk.ticket(&world.tea, 1, 10_000, Some(&world.new))).await;
    assert_eq!(desk.job("verify", Value::Null).await["first_difference"], Value::Null);
}

#[tokio::test]
async fn erasing_the_card_that_stays_erases_the_other_too() {
    let world = world().await;
    let desk = &world.desk;
    let spare = desk.member("赵六", None, None).await;
    let twin = desk.member("赵六", None, None).await;
    desk.ask("merge_members", world.draft(&spare, &twin)).await;
    let number = world.row(&twin).await["number"].clone();
    desk.ask("erase_member", json!({"member": twin, "number": number, "reason": "本人要求"})).await;
    for member in [&spare, &twin] {
        let row = world.row(member).await;
        assert_eq!(row["card"]["name"], row["number"]);
    }
    assert_eq!(desk.code("merge_members", world.draft(&world.old, &twin)).await, "merge_erased");
}

#[tokio::test]
async fn a_level_for_a_whole_list_is_looked_at_first_and_leaves_those_whom_growth_brought_higher() {
    let world = world().await;
    let desk = &world.desk;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["levels"]["金卡"] = json!({"price_share_ppm": 1_000_000, "points_ppm": 1_000_000, "growth": {"threshold": 10_000, "valid_days": 0, "keep": 0, "gift": 0, "birthday": 0}});
    settings["levels"]["体验"] = json!({"price_share_ppm": 1_000_000, "points_ppm": 1_000_000, "growth": {"threshold": 10, "valid_days": 0, "keep": 0, "gift": 0, "birthday": 0}});
    desk.ask("save_settings", settings).await;
    desk.ask("record_sale", desk.ticket(&world.tea, 3, 10_000, Some(&world.top))).await;
    let filter = json!({"search": "", "rank": null, "level": null, "sponsor": null, "frozen": null, "sort": null, "descending": false});
    let ask = |level: &str, dry_run: bool| json!({"filter": filter, "level": level, "until": null, "reason": "开业", "dry_run": dry_run});
    let looked = desk.job("grant_group_level", ask("体验", true)).await;
    assert_eq!(looked, json!({"dry_run": true, "members": 3, "stand": 0, "higher": 1}), "{looked}");
    assert!(world.row(&world.child).await["card"]["level"].is_null(), "a look records nothing");
    assert_eq!(desk.job("grant_group_level", ask("体验", false)).await["members"], 3);
    assert_eq!(desk.job("grant_group_level", ask("体验", false)).await, json!({"dry_run": false, "members": 0, "stand": 3, "higher": 1}));
    assert_eq!(world.row(&world.child).await["card"]["level"], "体验");
    assert_eq!(world.row(&world.top).await["card"]["level"], "银卡");
    let none = json!({"filter": filter, "level": "钻石", "until": null, "reason": "x", "dry_run": true});
    assert_eq!(desk.code("grant_group_level", none).await, "grant_unknown");
}
