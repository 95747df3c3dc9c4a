//! Groups of members through the menu: who is in each follows from what they did; tags go on and off; the list leaves as a sheet and comes back.

use std::collections::BTreeSet;

use domain::group::MemberGroup;
use house::Desk;
use serde_json::{Value, json};

const DAY_MS: i64 = 86_400_000;

/// What a member did, in days before the last day of the world.
struct Life {
    name: &'static str,
    joined: i64,
    /// Days ago and pieces at 100.00.
    bought: &'static [(i64, i64)],
    born: Option<&'static str>,
}

/// The last day is 2026-03-10; 300 days before it the shop begins.
const LIVES: [Life; 9] = [
    Life { name: "甲", joined: 300, bought: &[(290, 3), (200, 4), (5, 5)], born: Some("03-02") },
    Life { name: "乙", joined: 300, bought: &[(60, 12)], born: Some("1990-03-31") },
    Life { name: "丙", joined: 300, bought: &[(290, 4), (120, 4), (61, 4)], born: Some("04-01") },
    Life { name: "丁", joined: 300, bought: &[(181, 20)], born: None },
    Life { name: "戊", joined: 100, bought: &[(3, 1), (2, 1), (1, 1)], born: None },
    Life { name: "己", joined: 30, bought: &[(0, 1)], born: None },
    Life { name: "庚", joined: 300, bought: &[(180, 1), (179, 1), (178, 1)], born: Some("02-28") },
    Life { name: "辛", joined: 300, bought: &[(91, 1)], born: None },
    Life { name: "壬", joined: 29, bought: &[], born: Some("03-31") },
];

async fn lived() -> (Desk, Vec<Value>) {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["idle_lock_seconds"] = json!(0);
    desk.ask("save_settings", settings).await;
    desk.wait_ms(-300 * DAY_MS);
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let mut ids = vec![Value::Null; LIVES.len()];
    for ago in (0..=300).rev() {
        for (at, life) in LIVES.iter().enumerate() {
            if life.joined == ago {
                let card = json!({"name": life.name, "active": true, "birthday": life.born});
                ids[at] = desk.ask("enrol_member", json!({"card": card, "sponsor": null})).await["row"]["member"].clone();
            }
            for (_, pieces) in life.bought.iter().filter(|(day, _)| *day == ago) {
                desk.ask("record_sale", desk.ticket(&tea, *pieces, 10_000, Some(&ids[at]))).await;
            }
        }
        if ago > 0 {
            desk.wait_ms(DAY_MS);
        }
    }
    (desk, ids)
}

/// Who is in a group by its own words, worked out without the books.
fn fits(life: &Life, group: MemberGroup) -> bool {
    let last = life.bought.iter().map(|(ago, _)| *ago).min();
    let often = life.bought.len() >= 3;
    let much = life.bought.iter().map(|(_, pieces)| pieces).sum::<i64>() * 10_000 >= 100_000;
    match (group, group.rfm()) {
        (MemberGroup::New, _) => life.joined <= 30,
        (MemberGroup::Active, _) => last.is_some_and(|ago| ago <= 90),
        (MemberGroup::Sleeping, _) => last.is_some_and(|ago| ago > 90 && ago <= 180),
        (MemberGroup::Lost, _) => last.is_some_and(|ago| ago > 180),
        (MemberGroup::Never, _) => last.is_none(),
        (MemberGroup::Birthday, _) => life.born.is_some_and(|born| born.ends_with("03-02") || born.ends_with("03-31")),
        (MemberGroup::Unredeemed, _) => last.is_some(),
        (_, Some(asked)) => last.is_some_and(|ago| (ago <= 60, often, much) == asked),
        (_, None) => unreachable!("every other group is one of the eight"),
    }
}

async fn listed(desk: &Desk, filter: Value) -> BTreeSet<String> {
    let page = desk.ask("members", json!({"filter": filter, "window": {"offset": 0, "limit": 200}})).await;
    let names = page["rows"].as_array().expect("rows").iter().map(|row| row["card"]["name"].as_str().expect("a name").to_owned());
    names.collect()
}

#[tokio::test]
async fn everybody_is_in_the_groups_that_their_purchases_say() {
    let (desk, ids) = lived().await;
    let report = desk.ask("member_groups", Value::Null).await;
    for row in report["groups"].as_array().expect("groups") {
        let group: MemberGroup = serde_json::from_value(row["group"].clone()).expect("a group");
        let expected: Vec<&Life> = LIVES.iter().filter(|life| fits(life, group)).collect();
        let names: BTreeSet<String> = expected.iter().map(|life| life.name.to_owned()).collect();
        assert_eq!(listed(&desk, json!({"group": row["group"]})).await, names, "{group:?}");
        let pieces = |life: &&&Life| life.bought.iter().map(|(_, pieces)| pieces).sum::<i64>();
        let net = expected.iter().map(|life| pieces(&life) * 10_000).sum::<i64>();
        let count = |fits: fn(&Life) -> bool| expected.iter().map(|life| i64::from(fits(life))).sum::<i64>();
        let (buyers, again) = (count(|life| !life.bought.is_empty()), count(|life| life.bought.len() > 1));
        let figures = json!({
            "members": expected.len(),
            "net_minor": net,
            "buyers": buyers,
            "per_buyer_minor": if buyers > 0 { (2 * net + buyers) / (2 * buyers) } else { 0 },
            "again": again,
            "again_ppm": if buyers > 0 { 1_000_000 * again / buyers } else { 0 },
        });
        assert_eq!(row["figures"], figures, "{group:?}");
    }
    let bands = report["bands"].as_array().expect("bands");
    assert_eq!(bands.iter().map(|band| band["figures"]["members"].as_i64().expect("a count")).sum::<i64>(), 9, "everybody is in one band");
    assert_eq!(bands.last().expect("bands")["from_minor"], 1_000_000);
    // Filters add up: who sleeps and spent little.
    assert_eq!(listed(&desk, json!({"group": "sleeping", "spent_below_minor": 20_000})).await, BTreeSet::from(["辛".to_owned()]));
    // Spending points takes a buyer out of those who never did.
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["points"]["value_micro"] = json!(1_000_000);
    desk.ask("save_settings", settings).await;
    let mut ticket = desk.ticket(&desk.ask("scan", json!("T1")).await["product"]["product"], 1, 10_000, Some(&ids[0]));
    ticket["points"] = json!(100);
    let quote = desk.ask("quote_sale", ticket.clone()).await;
    ticket["tenders"] = json!([{"kind": "cash", "amount_minor": quote["quote"]["due_minor"]}]);
    desk.ask("record_sale", ticket).await;
    assert!(!listed(&desk, json!({"group": "unredeemed"})).await.contains("甲"));
    desk.whole().await;
}

#[tokio::test]
async fn a_tag_goes_on_a_whole_group_and_its_undo_takes_off_no_more() {
    let (desk, ids) = lived().await;
    assert_eq!(desk.code("tag_member", json!({"member": ids[0], "tag": "a,b", "on": true})).await, "shape");
    assert_eq!(desk.ask("tag_member", json!({"member": ids[0], "tag": " 茶友 ", "on": true})).await, json!(["茶友"]));
    let before = desk.ask("status", Value::Null).await["entries"].clone();
    desk.ask("tag_member", json!({"member": ids[0], "tag": "茶友", "on": true})).await;
    assert_eq!(desk.ask("status", Value::Null).await["entries"], before, "twice is once");
    let done = desk.job("tag_group", json!({"filter": {"group": "active"}, "tag": "茶友", "on": true})).await;
    let active: BTreeSet<String> = LIVES.iter().filter(|life| fits(life, MemberGroup::Active)).map(|life| life.name.to_owned()).collect();
    assert_eq!(done["members"], active.len() - 1, "one had it");
    assert_eq!(listed(&desk, json!({"tags": ["茶友"]})).await, active);
    desk.ask("tag_member", json!({"member": ids[3], "tag": "大客户", "on": true})).await;
    assert_eq!(desk.ask("member_words", Value::Null).await["tags"], json!(["大客户", "茶友"]));
    assert_eq!(listed(&desk, json!({"tags": ["大客户", "茶友"]})).await, BTreeSet::new(), "all of the tags");
    desk.job("undo_tags", done["batch"].clone()).await;
    assert_eq!(listed(&desk, json!({"tags": ["茶友"]})).await, BTreeSet::from(["甲".to_owned()]));
    assert_eq!(desk.code("undo_tags", json!("nothing")).await, "not_found");
    desk.whole().await;
}

#[tokio::test]
async fn the_list_leaves_as_a_sheet_that_an_import_reads_and_views_are_kept() {
    let (desk, ids) = lived().await;
    desk.ask("tag_member", json!({"member": ids[0], "tag": "茶友", "on": true})).await;
    let path = desk.folder.path().join("members.csv");
    let written = desk.job("export_members", json!({"filter": {}, "path": path})).await;
    assert_eq!(written["rows"], 9);
    assert_eq!(desk.job("export_members", json!({"filter": {"group": "never"}, "path": desk.folder.path().join("never.xlsx")})).await["rows"], 1);
    let other = Desk::shop().await;
    let source = json!({"path": path, "kind": "members"});
    let mapping = other.ask("import_preview", source.clone()).await["mapping"].clone();
    let report = other.job("import_run", json!({"source": source, "mapping": mapping})).await;
    assert_eq!((&report["added"], &report["counts"]["rejected"], &report["counts"]["fixable"]), (&json!(9), &json!(0), &json!(0)), "{report:#}");
    let points = LIVES.iter().flat_map(|life| life.bought).map(|(_, pieces)| pieces * 100).sum::<i64>();
    assert_eq!(report["brought_points"], points);
    // A view is a name for a filter.
    assert_eq!(desk.ask("save_member_view", json!({"name": "快流失", "filter": {"group": "sleeping", "sort": "net"}})).await, json!(["快流失"]));
    assert_eq!(desk.ask("settings", Value::Null).await["member_views"]["快流失"]["group"], "sleeping");
    assert_eq!(desk.code("save_member_view", json!({"name": " ", "filter": {}})).await, "view_name");
    assert_eq!(desk.ask("save_member_view", json!({"name": "快流失"})).await, json!([]));
    // Groups that would leave somebody out are refused.
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["groups"]["sleeping_days"] = json!(90);
    assert_eq!(desk.code("save_settings", settings).await, "group_terms");
}

#[tokio::test]
async fn the_till_offers_what_often_stands_beside_it_and_is_in_stock() {
    let desk = Desk::shop().await;
    let mut shelf = Vec::new();
    for (code, pieces) in [("T1", 9), ("C1", 9), ("P1", 4), ("Y1", 9)] {
        let card = json!({"code": code, "name": code, "price_minor": 1_000});
        shelf.push(desk.ask("save_product", json!({"card": card, "opening_milli": pieces * 1_000})).await["product"].clone());
    }
    let [tea, cup, pot, tray] = shelf.try_into().expect("four");
    let sell = |goods: Vec<Value>| {
        let desk = &desk;
        async move {
            let mut ticket = desk.ticket(&goods[0], 1, 0, None);
            let line = ticket["lines"][0].clone();
            ticket["lines"] = goods
                .iter()
                .map(|product| {
                    let mut one = line.clone();
                    one["product"] = product.clone();
                    one
                })
                .collect();
            let due = desk
                .ask("quote_sale", {
                    let mut asked = ticket.clone();
                    asked["tenders"] = json!([]);
                    asked
                })
                .await;
            ticket["tenders"] = json!([{"kind": "cash", "amount_minor": due["quote"]["due_minor"]}]);
            desk.ask("record_sale", ticket).await;
        }
    };
    for _ in 0..3 {
        sell(vec![tea.clone(), cup.clone(), pot.clone()]).await;
    }
    sell(vec![tea.clone(), cup.clone()]).await;
    sell(vec![tea.clone(), tray.clone()]).await;
    sell(vec![tea.clone(), tray.clone()]).await;
    let offered = |besides: Value| {
        let (desk, tea) = (&desk, &tea);
        async move {
            let rows = desk.ask("bought_with", json!({"product": tea, "besides": besides})).await;
            rows.as_array().expect("rows").iter().map(|row| row["card"]["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
        }
    };
    assert_eq!(offered(json!([])).await, ["C1", "P1"], "most often first; twice is chance");
    assert_eq!(offered(json!([tea, cup])).await, ["P1"], "not what the customer has");
    sell(vec![pot.clone()]).await;
    assert_eq!(offered(json!([])).await, ["C1"], "not what is out of stock");
}
