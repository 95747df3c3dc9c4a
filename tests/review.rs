//! The manager's month: every part adds up to the whole, to the millionth, and equals what the amounts themselves say; earlier months stand beside it.

use std::collections::BTreeMap;

use house::Desk;
use serde_json::{Value, json};

const DAY_MS: i64 = 86_400_000;

/// Eight and three per cent with the sale, ten to gold; at the close 1 % to everyone above.
const PLAN: &str = r#"{"id":"shop","version":1,"currency":"CNY","rounding":{"unit":"0.01"},"ranks":[{"id":"普通"},{"id":"金牌"}],
    "rules":[{"id":"levels","kind":"walk","accrue":"paid","source":{"event":"order","base":"net"},
        "path":{"max":2,"pay":{"active":true}},"rate":{"mode":"absolute","table":{"普通":["8%","3%"],"金牌":["10%","3%"]}}},
      {"id":"above","kind":"walk","accrue":"period","source":{"event":"order","base":"net"},
        "path":{"max":3},"rate":{"mode":"absolute","table":{"*":["1%","1%","1%"]}}}],"limits":[]}"#;

/// 林大 stands above 王二 and 钱四; 赵三 below 王二, 孙五 below 钱四.
struct World {
    desk: Desk,
    tea: Value,
    cup: Value,
    members: BTreeMap<&'static str, Value>,
}

async fn world() -> World {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["jurisdiction"] = json!("none");
    settings["idle_lock_seconds"] = json!(0);
    desk.ask("save_settings", settings).await;
    desk.activate(&serde_json::from_str(PLAN).expect("JSON"), "2026-03-01").await;
    let (tea, cup) = (desk.product("T1", "龙井茶", 10_000).await, desk.product("C1", "茶杯", 5_000).await);
    let mut members = BTreeMap::new();
    for (name, rank, sponsor) in [
        ("林大", Some("金牌"), None),
        ("王二", None, Some("林大")),
        ("赵三", None, Some("王二")),
        ("钱四", None, Some("林大")),
        ("孙五", None, Some("钱四")),
    ] {
        let member = desk.member(name, rank, sponsor.map(|sponsor: &str| &members[sponsor])).await;
        members.insert(name, member);
    }
    World { desk, tea, cup, members }
}

impl World {
    /// So many pieces of tea and as many cups.
    async fn sell(&self, buyer: &str, pieces: i64) -> Value {
        let mut ticket = self.desk.ticket(&self.tea, pieces, 10_000, Some(&self.members[buyer]));
        ticket["lines"].as_array_mut().expect("lines").push(json!({"product": self.cup, "qty_milli": pieces * 1000}));
        ticket["tenders"][0]["amount_minor"] = json!(pieces * 15_000);
        self.desk.ask("record_sale", ticket).await
    }

    async fn close(&self, month: &str) {
        let told = self.desk.job("try_close", json!(month)).await;
        self.desk.job("release_month", json!({"month": month, "run_hash": told["run_hash"]})).await;
    }

    async fn review(&self, month: &str) -> Value {
        self.desk.ask("month_review", json!({"month": month})).await
    }

    /// Sums of the amounts themselves, member by member.
    async fn by_hand(&self, month: &str, of: impl Fn(&Value) -> String) -> BTreeMap<String, i64> {
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for member in self.members.values() {
            let page = self.desk.ask("earnings", json!({"member": member, "month": month, "window": {"offset": 0, "limit": 200}})).await;
            for row in page["rows"].as_array().expect("rows") {
                *sums.entry(of(row)).or_default() += row["amount_micro"].as_i64().expect("an amount");
            }
        }
        sums
    }
}

fn part<'a>(review: &'a Value, by: &str) -> &'a Value {
    review["parts"].as_array().expect("parts").iter().find(|part| part["by"] == by).expect("the part")
}

/// The rows of a part by name, for one of the three months.
fn rows(review: &Value, by: &str, month: usize) -> BTreeMap<String, i64> {
    let rows = part(review, by)["rows"].as_array().expect("rows").iter();
    rows.map(|row| (row["name"].as_str().expect("a name").to_owned(), row["amounts"][month].as_i64().expect("an amount"))).collect()
}

async fn same(world: &World, month: &str) -> Value {
    let review = world.review(month).await;
    let total = review["figures"][0]["amount_micro"].as_i64().expect("a total");
    for part in review["parts"].as_array().expect("parts") {
        let whole = if part["within"].is_null() { total } else { part["within"]["amounts"][0].as_i64().expect("an amount") };
        let sum: i64 = part["rows"].as_array().expect("rows").iter().map(|row| row["amounts"][0].as_i64().expect("an amount")).sum();
        assert_eq!(sum + part["rest"][0].as_i64().expect("a rest"), whole, "{part:#}");
    }
    for (by, field) in [("rule", "rule"), ("depth", "depth")] {
        let hand = world.by_hand(month, |row| row[field].as_str().map_or_else(|| row[field].to_string(), str::to_owned)).await;
        let shown: BTreeMap<String, i64> = rows(&review, by, 0).into_iter().filter(|(_, amount)| *amount != 0).collect();
        assert_eq!(shown, hand, "{by}");
    }
    let whole: i64 = world.by_hand(month, |_| String::new()).await.values().sum();
    assert_eq!(total, whole);
    let report = world.desk.ask("month", json!({"filter": {"month": month}, "window": {"offset": 0, "limit": 20}})).await;
    assert_eq!(
        (&report["totals"]["amount_micro"], &report["proof"]["net_minor"]),
        (&review["figures"][0]["amount_micro"], &review["figures"][0]["net_minor"])
    );
    review
}

#[tokio::test]
async fn every_part_of_a_month_adds_up_to_the_whole_and_equals_the_amounts_themselves() {
    let world = world().await;
    let sale = world.sell("赵三", 1).await;
    world.sell("孙五", 2).await;
    let review = same(&world, "2026-03").await;
    // 赵三: 8 % to 王二, 3 % to 林大; twice that on the other side.
    let micro = |minor: i64| minor * 1_000_000;
    assert_eq!(rows(&review, "rank", 0), BTreeMap::from([(String::new(), micro(3_600)), ("金牌".into(), micro(1_350))]));
    assert_eq!(rows(&review, "product", 0), BTreeMap::from([("龙井茶".into(), micro(3_300)), ("茶杯".into(), micro(1_650))]));
    assert_eq!(rows(&review, "branch", 0), BTreeMap::from([("王二".into(), micro(1_200)), ("钱四".into(), micro(2_400))]), "below the first fork");
    assert_eq!((&part(&review, "branch")["within"]["name"], &part(&review, "branch")["rest"][0]), (&json!("林大"), &json!(micro(1_350))));
    assert_eq!(part(&review, "member")["rows"][0]["name"], "钱四");
    assert_eq!((&review["owing"]["pending_micro"], &review["bound_ppm"]), (&json!(micro(4_950)), &json!(160_000)));

    // What comes back is taken from every part, from the goods that came back alone.
    let returned: domain::ids::ReturnId = world.desk.house.world.new_id();
    let what = json!({"by": "receipt", "sale": sale["sale"]["sale"], "lines": [{"line": 1, "qty_milli": 1000}]});
    world.desk.ask("record_return", json!({"returned": returned, "what": what})).await;
    let review = same(&world, "2026-03").await;
    assert_eq!(rows(&review, "product", 0), BTreeMap::from([("龙井茶".into(), micro(3_300)), ("茶杯".into(), micro(1_100))]));

    // Who moves takes along what was earned below, month by month.
    let question = json!({"member": world.members["赵三"], "from": world.members["王二"], "to": world.members["钱四"]});
    world.desk.ask("move_sponsor", question).await;
    world.sell("赵三", 1).await;
    let question = json!({"member": world.members["钱四"], "from": world.members["林大"], "to": world.members["王二"]});
    world.desk.ask("move_sponsor", question).await;
    let review = same(&world, "2026-03").await;
    assert_eq!(part(&review, "branch")["within"]["name"], "钱四", "the line has one branch down to here");
    let top = world.desk.ask("month_review", json!({"month": "2026-03", "top": world.members["林大"]})).await;
    let all: i64 = world.by_hand("2026-03", |_| String::new()).await.values().sum();
    assert_eq!(part(&top, "branch")["within"]["amounts"][0], all);
    world.desk.whole().await;
}

#[tokio::test]
async fn the_month_before_and_the_same_month_of_last_year_stand_beside_it_and_a_close_adds_its_own_rules() {
    let world = world().await;
    world.sell("赵三", 3).await;
    world.desk.wait_ms(31 * DAY_MS);
    world.close("2026-03").await;
    let march = same(&world, "2026-03").await;
    assert_eq!(rows(&march, "rule", 0).keys().collect::<Vec<_>>(), ["above", "levels"]);
    assert!(rows(&march, "product", 0).contains_key(""), "a rule of the month belongs to no one product");
    world.sell("孙五", 1).await;
    let april = same(&world, "2026-04").await;
    assert_eq!(rows(&april, "rule", 1), rows(&march, "rule", 0));
    assert_eq!(april["figures"][1], march["figures"][0]);
    // A return of closed goods counts in the open month, and is taken from there.
    world.desk.wait_ms(334 * DAY_MS);
    world.sell("孙五", 2).await;
    let next = same(&world, "2027-03").await;
    assert_eq!(rows(&next, "rule", 2), rows(&march, "rule", 0));
    assert_eq!(next["figures"][2], march["figures"][0]);
    let member = |review: &Value| {
        part(review, "member")["rows"].as_array().expect("rows").iter().map(|row| row["amounts"][2].as_i64().expect("an amount")).sum::<i64>()
    };
    assert!(member(&next) > 0, "who earned last year is found by name");

    let folder = tempfile::tempdir().expect("a folder");
    for by in ["rule", "rank", "depth", "product", "branch", "member"] {
        let path = folder.path().join(format!("{by}.csv"));
        world.desk.job("export_review", json!({"month": "2027-03", "by": by, "path": path})).await;
        let text = std::fs::read_to_string(&path).expect("the file");
        let head = text.trim_start_matches('\u{feff}').lines().next().expect("a head");
        assert!(head.ends_with("2027-03,2027-02,2026-03"), "{head}");
        // The sum of each month stands under its column, whichever the part.
        if by != "branch" {
            let sum = text.lines().last().expect("a sum");
            let [figure, before, year_ago] = [0, 1, 2].map(|place| next["figures"][place]["amount_micro"].as_i64().expect("an amount"));
            let decimals = |micro: i64| format!("{}.{:08}", micro / 100_000_000, micro % 100_000_000);
            assert!(sum.ends_with(&format!("{},{},{}", decimals(figure), decimals(before), decimals(year_ago))), "{by}: {sum}");
        }
    }
    assert_eq!(world.desk.code("month_review", json!({"month": "März"})).await, "month_shape");
    world.desk.whole().await;
}
