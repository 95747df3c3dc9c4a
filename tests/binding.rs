//! Sponsors named at the till, as the shop's terms of binding have it: by a clerk, by code, until when, and for how long it holds.

use house::{Desk, PIN};
use serde_json::{Value, json};

const DAY_MS: i64 = 86_400_000;

struct World {
    desk: Desk,
    tea: Value,
}

async fn world(binding: Value) -> World {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let world = World { desk, tea };
    world.terms(binding).await;
    world
}

impl World {
    async fn terms(&self, binding: Value) {
        let mut settings = self.desk.ask("settings", Value::Null).await;
        settings["idle_lock_seconds"] = json!(0);
        settings["binding"] = binding;
        self.desk.ask("save_settings", settings).await;
    }

    async fn bind(&self, member: &Value, sponsor: &Value) -> Value {
        match self.desk.asked("bind_sponsor", json!({"member": member, "sponsor": sponsor})).await {
            Ok(sheet) => sheet["row"]["sponsor"]["member"].clone(),
            Err(_) => self.desk.refused("bind_sponsor", json!({"member": member, "sponsor": sponsor})).await,
        }
    }

    async fn sell(&self, buyer: &Value) {
        self.desk.ask("record_sale", self.desk.ticket(&self.tea, 1, 10_000, Some(buyer))).await;
    }
}

#[tokio::test]
async fn a_sponsor_is_named_at_the_till_as_long_as_the_terms_say_and_refusals_say_who_may_or_when() {
    let world = world(json!({"until": "first_order", "takeover": {"takeover": "after", "days": 10}})).await;
    let desk = &world.desk;
    let (lin, zhao) = (desk.member("林芳", None, None).await, desk.member("赵敏", None, None).await);
    let (wang, late) = (desk.member("王二", None, None).await, desk.member("钱四", None, None).await);
    // By the code that the sponsor shows.
    let code = desk.ask("member", lin.clone()).await["referral"].clone();
    let found = desk.ask("find_members", code).await[0]["member"].clone();
    assert_eq!(found, lin);
    assert_eq!(world.bind(&wang, &found).await, lin);
    world.sell(&late).await;
    assert_eq!(world.bind(&late, &lin).await, json!({"code": "bind_bought"}));

    // Protected for ten days after the binding or the last purchase.
    assert_eq!(world.bind(&wang, &zhao).await, json!({"code": "bind_protected", "until": "2026-03-20"}));
    desk.wait_ms(5 * DAY_MS);
    world.sell(&wang).await;
    desk.wait_ms(10 * DAY_MS);
    assert_eq!(world.bind(&wang, &zhao).await, json!({"code": "bind_protected", "until": "2026-03-25"}));
    desk.wait_ms(DAY_MS);
    assert_eq!(world.bind(&wang, &zhao).await, zhao);
    assert_eq!(world.bind(&wang, &zhao).await, zhao, "twice is once");
    let history = desk.ask("member_history", json!({"member": wang, "window": {"offset": 0, "limit": 9}})).await;
    let moves: Vec<&Value> = history["rows"].as_array().expect("rows").iter().filter(|row| row["what"] == "moved").map(|row| &row["about"]).collect();
    assert_eq!(moves, [&json!("赵敏"), &json!("林芳")]);
    // Nobody stands above themselves, however long the loop.
    world.terms(json!({"until": "first_contact", "takeover": {"takeover": "any_time"}})).await;
    assert_eq!(world.bind(&zhao, &wang).await["code"], "cycle");
    assert_eq!(world.bind(&late, &zhao).await, zhao);
    world.terms(json!({"until": "enrolment", "takeover": {"takeover": "never"}})).await;
    assert_eq!(world.bind(&wang, &lin).await, json!({"code": "bind_taken"}));
    assert_eq!(world.bind(&lin, &zhao).await, json!({"code": "bind_enrolment"}));
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["binding"]["valid_days"] = json!(4000);
    assert_eq!(desk.code("save_settings", settings).await, "binding_terms");
    desk.whole().await;
}

#[tokio::test]
async fn where_nobody_is_bound_at_the_till_a_clerk_enrols_without_a_sponsor_and_a_manager_with_one() {
    let world = world(json!({"until": "nobody"})).await;
    let desk = &world.desk;
    let lin = desk.member("林芳", None, None).await;
    let draft = json!({"card": {"name": "王二", "active": true}, "sponsor": lin});
    desk.ask("save_person", json!({"name": "小张", "role": "clerk", "pin": "2468"})).await;
    let people = desk.ask("people", Value::Null).await;
    let clerk = people.as_array().expect("people").iter().find(|person| person["name"] == "小张").expect("the clerk")["person"].clone();
    let owner = people.as_array().expect("people").iter().find(|person| person["name"] != "小张").expect("the owner")["person"].clone();
    desk.ask("sign_in", json!({"person": clerk, "pin": "2468"})).await;
    assert_eq!(desk.code("enrol_member", draft.clone()).await, "bind_nobody");
    let alone = desk.ask("enrol_member", json!({"card": {"name": "赵三", "active": true}, "sponsor": null})).await["row"]["member"].clone();
    assert_eq!(world.bind(&alone, &lin).await, json!({"code": "bind_nobody"}));
    desk.ask("sign_in", json!({"person": owner, "pin": PIN})).await;
    assert_eq!(desk.ask("enrol_member", draft).await["row"]["sponsor"]["member"], lin);
}

#[tokio::test]
async fn a_binding_that_lapsed_earns_nobody_above_anything_until_it_is_made_anew() {
    let world = world(json!({"until": "first_contact", "takeover": {"takeover": "any_time"}, "valid_days": 3})).await;
    let desk = &world.desk;
    desk.two_levels("2026-03-01").await;
    let (lin, zhao) = (desk.member("林芳", None, None).await, desk.member("赵敏", None, None).await);
    let wang = desk.member("王二", None, Some(&lin)).await;
    let pending = async |member: &Value| desk.ask("member", member.clone()).await["pending_micro"].as_i64().unwrap_or(0);
    desk.wait_ms(3 * DAY_MS);
    world.sell(&wang).await;
    let first = pending(&lin).await;
    assert!(first > 0, "the last day still counts");
    desk.wait_ms(DAY_MS);
    world.sell(&wang).await;
    assert_eq!(pending(&lin).await, first, "lapsed");
    assert_eq!(desk.ask("member", wang.clone()).await["row"]["sponsor"]["member"], lin, "the tree stays");
    assert_eq!(world.bind(&wang, &zhao).await, zhao);
    world.sell(&wang).await;
    assert_eq!((pending(&lin).await, pending(&zhao).await), (first, first));
    desk.whole().await;
}
