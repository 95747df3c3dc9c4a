//! The plan editor through the menu: begin from the gallery, judged, tried on a past month, put into force.

use app::jobs::JobEnd;
use house::{Desk, draft_of_shop};
use serde_json::{Value, json};

/// Rows of a simulation, all of them.
fn window() -> Value {
    json!({"offset": 0, "limit": 200})
}

async fn text_in_force(desk: &Desk) -> String {
    desk.ask("plans", Value::Null).await[0]["row"]["plan"].as_str().expect("a text").to_owned()
}

/// What the owner types against everything that the check doubts.
fn taken_on(check: &Value) -> Vec<Value> {
    let findings = check["findings"].as_array().expect("findings");
    let doubtful = findings.iter().filter(|finding| finding["severity"] == "confirm");
    doubtful.map(|finding| json!({"rule": finding["rule"], "words": "我知道并承担"})).collect()
}

/// The sample shop with its three months of sales.
async fn sample() -> Desk {
    let desk = Desk::empty("Asia/Shanghai").await;
    desk.ask("create_shop", draft_of_shop("CNY", true)).await;
    while desk.house.jobs.list().iter().any(|job| job.end.is_none()) {
        tokio::task::yield_now().await;
    }
    desk
}

async fn months(desk: &Desk) -> Vec<String> {
    serde_json::from_value(desk.ask("months", Value::Null).await).expect("months")
}

#[tokio::test]
async fn the_gallery_is_judged_by_the_shops_law_and_what_is_forbidden_is_not_activated() {
    let desk = Desk::shop().await;
    let gallery = desk.ask("plan_gallery", json!("zh-CN")).await;
    let plans = gallery.as_array().expect("a gallery");
    assert_eq!(plans.len(), 7);
    for plan in plans {
        let check = desk.ask("check_plan", plan["text"].clone()).await;
        assert_eq!(check["bound"], plan["bound"], "{}", plan["id"]);
        assert_eq!(check["text"], plan["text"], "{}: read back as it was written", plan["id"]);
        let draft = json!({"text": plan["text"], "effective_from": "2026-03-10", "acknowledged": taken_on(&check)});
        if plan["forbidden"] == true {
            assert_eq!(desk.code("activate_plan", draft).await, "blocked", "{}", plan["id"]);
        }
    }
    let two = plans.iter().find(|plan| plan["id"] == "two-level-retail").expect("the first");
    assert_eq!((&two["forbidden"], &two["bound"]), (&json!(false), &json!("11.00%")));
    desk.ask("activate_plan", json!({"text": two["text"], "effective_from": "2026-03-10"})).await;
    desk.whole().await;
}

#[tokio::test]
async fn what_the_check_doubts_is_taken_on_in_words_and_kept_with_the_hash() {
    let desk = Desk::shop().await;
    let plan = json!({"currency": "CNY", "ranks": [{"id": "a"}, {"id": "b"}], "rules": [{"id": "up", "kind": "walk", "accrue": "paid",
        "path": {"max": 1}, "rate": {"table": {"a": ["8%"], "b": ["5%"]}}}]});
    let text = plan.to_string();
    let check = desk.ask("check_plan", json!(text)).await;
    let doubt = check["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "rank_inversion").expect("a doubt").clone();
    assert_eq!((&doubt["path"], &doubt["params"]["rank"]), (&json!("plan.rules[0].rate.table"), &json!("b")));
    let draft = |words: &str| json!({"text": text, "effective_from": "2026-03-10", "acknowledged": [{"rule": "rank_inversion", "words": words}]});
    assert_eq!(desk.code("activate_plan", draft("  ")).await, "not_acknowledged");
    desk.ask("activate_plan", draft("试行一个月")).await;
    let shop = desk.house.shop().await.expect("a shop");
    let kept = shop.books.plans().await.expect("plans").remove(0);
    assert_eq!(kept.hash, check["hash"].as_str().unwrap());
    let head = desk.ask("status", Value::Null).await["entries"].as_i64().expect("entries");
    let stored = shop.books.entries_after(head - 1, 1).await.expect("read").remove(0);
    let Some(domain::fact::Fact::PlanActivated(fact)) = stored.entry.fact(head).expect("a fact") else { panic!("the last entry activates the plan") };
    assert_eq!((fact.hash.as_str(), fact.acknowledgements[0].words.as_str()), (kept.hash.as_str(), "试行一个月"));
    assert_eq!(fact.simulated, None, "the shop had no past month");
}

#[tokio::test]
async fn two_plans_are_told_apart_and_files_come_and_go_whole() {
    let desk = Desk::shop().await;
    desk.two_levels("2026-03-01").await;
    let before = text_in_force(&desk).await;
    let after = before.replace("\"4.5%\"", "\"5.5%\"");
    let changes = desk.ask("compare_plans", json!({"before": before, "after": after})).await;
    assert_eq!(changes, json!([{"part": "rule", "id": "levels", "path": ["rate", "table", "金牌", "2"], "before": "4.5%", "after": "5.5%"}]));
    let path = desk.folder.path().join("plan.json");
    desk.ask("export_plan", json!({"text": after, "path": path})).await;
    let opened = desk.ask("read_plan", json!({"from": "file", "path": path})).await;
    assert_eq!((&opened["text"], &opened["written_for"]), (&json!(after), &Value::Null));
    // A plan of elsewhere counts in the shop's money, and says so.
    let abroad = desk.ask("read_plan", json!({"from": "text", "text": after.replace("\"CNY\"", "\"JPY\"").replace("\"0.01\"", "\"1\"")})).await;
    assert_eq!((&abroad["text"], &abroad["written_for"]), (&json!(after), &json!("JPY")));
    assert_eq!(desk.code("check_plan", json!(after.replace("\"CNY\"", "\"JPY\""))).await, "other_currency");
    let refusal = desk.refused("check_plan", json!(after.replace("\"5.5%\"", "\"550%\""))).await;
    assert_eq!((&refusal["code"], &refusal["path"]), (&json!("not_a_plan"), &json!("plan.rules[0].rate.table.金牌[1]")));
    assert_eq!(desk.code("read_plan", json!({"from": "file", "path": desk.folder.path().join("none.json")})).await, "file");
}

#[tokio::test]
async fn a_worked_order_names_each_upline_and_why() {
    let desk = Desk::shop().await;
    desk.two_levels("2026-03-01").await;
    let chain = json!([{"rank": null, "active": true}, {"rank": "金牌", "active": true}, {"rank": "普通", "active": false}]);
    let ask = json!({"text": text_in_force(&desk).await, "amounts_minor": {"net": 128_000}, "chain": chain});
    let worked = desk.ask("try_plan", ask).await;
    assert_eq!(worked.as_array().unwrap().len(), 1, "the frozen one keeps the place and earns nothing");
    assert_eq!((&worked[0]["depth"], &worked[0]["amount_micro"], &worked[0]["why"]["rate"]), (&json!(1), &json!(12_800_000_000_i64), &json!("0.1")));
}

#[tokio::test]
async fn a_draft_is_tried_on_a_past_month_and_only_then_put_into_force() {
    let desk = sample().await;
    let month = months(&desk).await.remove(1);
    let same = text_in_force(&desk).await;

    // The plan that was in force pays in the simulation what the month's report says, to the cent.
    let ran = desk.job("simulate_plan", json!({"text": same, "month": month})).await;
    let question = |hash: &Value| json!({"hash": hash, "month": month, "sort": "number", "descending": false, "window": window()});
    let simulation = desk.ask("simulation", question(&ran["hash"])).await;
    let summary = &simulation["summary"];
    assert_eq!((&summary["before_minor"], &summary["gain"], &summary["lose"]), (&summary["after_minor"], &json!(0), &json!(0)));
    let report = desk.ask("month", json!({"filter": {"month": month, "sort": null, "descending": false}, "window": window()})).await;
    assert_eq!(report["totals"]["payable_minor"], summary["before_minor"]);
    let paid: std::collections::BTreeMap<&str, &Value> =
        report["page"]["rows"].as_array().unwrap().iter().map(|row| (row["number"].as_str().unwrap(), &row["payable_minor"])).collect();
    for row in simulation["page"]["rows"].as_array().unwrap().iter().filter(|row| row["before_minor"] != 0) {
        assert_eq!(paid[row["number"].as_str().unwrap()], &row["before_minor"], "{row}");
    }

    // Another draft pays another sum: nobody loses by higher rates, and the differences add up.
    let more = same.replace("\"3%\"", "\"4%\"");
    assert_ne!(more, same);
    let check = desk.ask("check_plan", json!(more)).await;
    let draft = json!({"text": more, "effective_from": "2026-03-11", "acknowledged": taken_on(&check)});
    assert_eq!(desk.code("activate_plan", draft.clone()).await, "not_simulated");
    let ran = desk.job("simulate_plan", json!({"text": more, "month": month})).await;
    assert_eq!(desk.code("activate_plan", draft.clone()).await, "not_simulated", "it has to be looked at, too");
    let simulation = desk.ask("simulation", question(&ran["hash"])).await;
    let summary = &simulation["summary"];
    let rows = simulation["page"]["rows"].as_array().unwrap();
    let sum = |key: &str| rows.iter().map(|row| row[key].as_i64().unwrap()).sum::<i64>();
    assert!(summary["gain"].as_i64().unwrap() > 0 && summary["lose"] == 0, "{summary:#}");
    assert_eq!(json!(sum("difference_minor")), json!(sum("after_minor") - sum("before_minor")));
    assert_eq!((json!(sum("after_minor")), json!(sum("before_minor"))), (summary["after_minor"].clone(), summary["before_minor"].clone()));
    let spread = summary["spread"].as_array().unwrap();
    assert_eq!(spread.iter().map(|bin| bin["members"].as_u64().unwrap()).sum::<u64>(), rows.len() as u64);
    assert!(summary["ratio_ppm"].as_i64().unwrap() <= summary["bound_ppm"].as_i64().unwrap());

    let sheet = desk.folder.path().join("simulation.csv");
    let written = desk.job("export_simulation", json!({"hash": ran["hash"], "month": month, "path": sheet})).await;
    assert_eq!(written["rows"], json!(rows.len()));
    assert!(std::fs::read_to_string(&sheet).expect("a sheet").contains("差额"));

    let versions = desk.ask("activate_plan", draft).await;
    assert_eq!(versions[0]["row"]["hash"], ran["hash"]);
    // A plan that differs by one figure was not tried.
    let other = json!({"text": more.replace("\"4%\"", "\"4.1%\""), "effective_from": "2026-03-12", "acknowledged": taken_on(&check)});
    assert_eq!(desk.code("activate_plan", other).await, "not_simulated");
    desk.whole().await;
}

#[tokio::test]
async fn a_stopped_simulation_keeps_nothing() {
    let desk = sample().await;
    let (month, text) = (months(&desk).await.remove(1), text_in_force(&desk).await);
    let end = desk.job_watched("simulate_plan", json!({"text": text, "month": month}), |_, _| false).await;
    if let JobEnd::Cancelled = end {
        let hash = desk.ask("check_plan", json!(text)).await["hash"].clone();
        let question = json!({"hash": hash, "month": month, "sort": null, "descending": false, "window": window()});
        assert_eq!(desk.code("simulation", question).await, "not_simulated");
    }
    assert_eq!(desk.code("simulate_plan", json!({"text": text, "month": "1999-01"})).await, "no_sales");
}
