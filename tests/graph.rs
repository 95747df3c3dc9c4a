//! The distribution graph through the menu: every branch's figures equal those added up one by one, and a page costs no look at the shop.

use std::collections::BTreeMap;

use house::Desk;
use serde_json::{Value, json};
use sqlx::Connection;

/// A shop as the test itself keeps it: who stands under whom, and what each bought by month.
#[derive(Default)]
struct Kept {
    members: Vec<Value>,
    sponsor: Vec<Option<usize>>,
    bought: BTreeMap<(usize, &'static str), i64>,
}

impl Kept {
    fn branch(&self, of: usize) -> Vec<usize> {
        let mut branch = vec![of];
        let mut at = 0;
        while at < branch.len() {
            let above = branch[at];
            branch.extend((0..self.members.len()).filter(|one| self.sponsor[*one] == Some(above)));
            at += 1;
        }
        branch
    }

    fn bought(&self, who: usize, month: Option<&str>) -> i64 {
        self.bought.iter().filter(|((one, when), _)| *one == who && month.is_none_or(|month| month == *when)).map(|(_, minor)| minor).sum()
    }

    /// Every node of the menu's tree against this one.
    async fn same(&self, desk: &Desk, month: Option<&str>) {
        let months = json!({"from": month, "to": month});
        let mut seen = 0;
        let mut open = vec![(Value::Null, None)];
        while let Some((sponsor, of)) = open.pop() {
            let page = desk.ask("graph_children", json!({"sponsor": sponsor, "months": months, "window": {"offset": 0, "limit": 50}})).await;
            let rows = page["rows"].as_array().expect("rows");
            assert_eq!(page["count"], rows.len());
            for row in rows {
                let who = self.members.iter().position(|member| *member == row["member"]).expect("a member");
                assert_eq!(self.sponsor[who], of, "{row}");
                let branch = self.branch(who);
                let group: i64 = branch.iter().map(|one| self.bought(*one, month)).sum();
                assert_eq!(
                    (&row["below"], &row["own_minor"], &row["group_minor"]),
                    (&json!(branch.len() - 1), &json!(self.bought(who, month)), &json!(group)),
                    "{month:?} {row}"
                );
                seen += 1;
                open.push((row["member"].clone(), Some(who)));
            }
        }
        assert_eq!(seen, self.members.len());
    }
}

#[tokio::test]
async fn every_branch_equals_the_sum_of_its_members_after_any_order_of_sales_and_moves() {
    let desk = Desk::shop().await;
    desk.two_levels("2026-03-01").await;
    let tea = desk.product("T1", "龙井茶", 1_000).await;
    let mut kept = Kept::default();
    for (place, sponsor) in [None, Some(0), Some(0), Some(1), Some(1), Some(3), Some(5), None, Some(7)].into_iter().enumerate() {
        let member = desk.member(&format!("m{place}"), None, sponsor.map(|one: usize| &kept.members[one])).await;
        kept.members.push(member);
        kept.sponsor.push(sponsor);
    }
    for (month, moves) in [("2026-03", [(5, Some(2)), (1, Some(7))]), ("2026-04", [(7, Some(6)), (3, None)])] {
        for who in 0..kept.members.len() {
            let pieces = i64::try_from(who).expect("small") % 4;
            if pieces > 0 {
                desk.ask("record_sale", desk.ticket(&tea, pieces, 1_000, Some(&kept.members[who]))).await;
                *kept.bought.entry((who, month)).or_default() += pieces * 1_000;
            }
        }
        kept.same(&desk, None).await;
        for (who, to) in moves {
            let from = kept.sponsor[who].map(|one| kept.members[one].clone());
            let question = json!({"member": kept.members[who], "from": from, "to": to.map(|one: usize| kept.members[one].clone())});
            if kept.branch(who).contains(&to.unwrap_or(usize::MAX)) {
                assert_eq!(desk.code("move_sponsor", question).await, "cycle");
            } else {
                desk.ask("move_sponsor", question).await;
                kept.sponsor[who] = to;
            }
            kept.same(&desk, None).await;
        }
        desk.wait_ms(31 * 86_400_000);
        let people = desk.ask("people", Value::Null).await;
        desk.ask("sign_in", json!({"person": people[0]["person"], "pin": house::PIN})).await;
    }
    kept.same(&desk, Some("2026-03")).await;
    kept.same(&desk, Some("2026-04")).await;
    // The whole shop is the sum of its roots, and what is not drawn of a branch is its rest.
    let total: i64 = kept.bought.values().sum();
    let overview = desk.ask("overview", json!({"months": {}, "by": "sales"})).await;
    assert_eq!((&overview["people"], &overview["group_minor"]), (&json!(9), &json!(total)));
    let first: i64 =
        overview["cells"].as_array().expect("cells").iter().filter(|cell| cell["depth"] == 1).filter_map(|cell| cell["group_minor"].as_i64()).sum();
    assert_eq!(first, total);
    // The way of commission is the same line that a sale freezes.
    let path = desk.ask("graph_path", json!({"member": kept.members[6], "months": {}})).await;
    let names: Vec<&str> = path.as_array().expect("a path").iter().filter_map(|place| place["node"]["name"].as_str()).collect();
    let mut line = vec![6];
    while let Some(above) = kept.sponsor[line[line.len() - 1]] {
        line.push(above);
    }
    assert_eq!(names, line.iter().rev().map(|who| format!("m{who}")).collect::<Vec<_>>());
    let lineage = desk.ask("lineage", json!({"member": kept.members[6], "months": {}})).await;
    assert_eq!(lineage["upline"].as_array().map(Vec::len), Some(line.len() - 1));
    assert_eq!(desk.code("lineage", json!({"member": uuid::Uuid::nil(), "months": {}})).await, "not_found");
    assert_eq!(desk.code("overview", json!({"months": {"from": "March"}, "by": "people"})).await, "date_shape");
    // A file of a branch has everyone in it, each under their sponsor.
    let file = desk.folder.path().join("branch.csv");
    let top = kept.branch(6);
    let written = desk.job("export_branch", json!({"member": kept.members[6], "months": {}, "path": file})).await;
    assert_eq!(written["rows"], top.len());
    let text = std::fs::read_to_string(&file).expect("the file");
    assert!(top.iter().all(|who| text.contains(&format!("m{who}"))), "{text}");
    desk.whole().await;
}

/// Puts a hundred thousand members into the file, fifteen deep: seven under each of the first ten thousand or so, then lines; every sixteenth stands alone.
async fn hundred_thousand(desk: &Desk) {
    let mut file = desk.inside().await;
    sqlx::query(
        "WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 100000)
         INSERT INTO members (key, id, number, name, py_full, py_initials, sponsor, joined, active)
         SELECT k, randomblob(16), printf('B%06d', k), 'b' || k, 'b' || k, 'b', CASE WHEN k % 16 = 1 OR k <= 1 THEN NULL WHEN k <= 60000 THEN 1 + (k - 2) / 3 ELSE k - 1 END,
            '2026-01-01', 1 FROM n",
    )
    .execute(&mut file)
    .await
    .expect("the members");
    sqlx::query("UPDATE members SET direct = (SELECT count(*) FROM members c WHERE c.sponsor = members.key)")
        .execute(&mut file)
        .await
        .expect("direct");
    // From the last to the first: whoever stands below has the higher key.
    let mut lines: Vec<(i64, Option<i64>)> =
        sqlx::query_as("SELECT key, sponsor FROM members ORDER BY key DESC").fetch_all(&mut file).await.expect("the lines");
    let mut below = vec![0_i64; lines.len() + 1];
    for (key, sponsor) in lines.drain(..) {
        if let Some(sponsor) = sponsor {
            below[usize::try_from(sponsor).expect("a key")] += below[usize::try_from(key).expect("a key")] + 1;
        }
    }
    let all = serde_json::to_string(&below).expect("numbers");
    sqlx::query("UPDATE members SET below = w.value FROM (SELECT key AS place, value FROM json_each(?)) w WHERE w.place = members.key")
        .bind(all)
        .execute(&mut file)
        .await
        .expect("below");
    file.close().await.expect("closed");
}

#[tokio::test]
async fn a_page_of_a_hundred_thousand_members_is_a_range_of_an_index() {
    let desk = Desk::shop().await;
    hundred_thousand(&desk).await;
    let shop = desk.house.shop().await.expect("the shop");
    for of_someone in [false, true] {
        let plan = shop.books.graph_plan(of_someone).await.expect("a plan");
        assert!(plan.iter().any(|step| step.contains("SEARCH m USING INDEX members_tree (sponsor=?)")), "{plan:?}");
        assert!(!plan.iter().any(|step| step.contains("SCAN") && !step.contains("CONSTANT") || step.contains("TEMP B-TREE")), "{plan:?}");
    }
    let months = json!({});
    let page = desk.ask("graph_children", json!({"months": months, "window": {"offset": 0, "limit": 100}})).await;
    assert_eq!(page["rows"].as_array().map(Vec::len), Some(100));
    let sizes: Vec<i64> = page["rows"].as_array().expect("rows").iter().filter_map(|row| row["below"].as_i64()).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes[0] > 1_000, "{sizes:?}");
    // The jump: every step of the way names the page in which it is found.
    let found = desk.ask("find_members", json!("B099999")).await;
    let path = desk.ask("graph_path", json!({"member": found[0]["member"], "months": months})).await;
    let mut sponsor = Value::Null;
    for place in path.as_array().expect("a path") {
        let question = json!({"sponsor": sponsor, "months": months, "window": {"offset": place["before"], "limit": 1}});
        assert_eq!(desk.ask("graph_children", question).await["rows"][0]["member"], place["node"]["member"]);
        sponsor = place["node"]["member"].clone();
    }
    assert!(path.as_array().is_some_and(|path| path.len() >= 10), "{path}");
    // A picture of the whole stays a picture, and everybody is in it.
    let overview = desk.ask("overview", json!({"months": months, "by": "people"})).await;
    let cells = overview["cells"].as_array().expect("cells");
    assert!(cells.len() <= 320, "{}", cells.len());
    let first: i64 = cells.iter().filter(|cell| cell["depth"] == 1).filter_map(|cell| cell["people"].as_i64()).sum();
    assert_eq!((&overview["people"], first), (&json!(100_000), 100_000));
    for place in [0, path.as_array().map_or(0, Vec::len) / 2] {
        let lineage = desk.ask("lineage", json!({"member": path[place]["node"]["member"], "months": months})).await;
        let branches = lineage["branches"].as_array().expect("branches");
        let below: usize = branches.iter().filter_map(|branch| branch["below"].as_array()).map(Vec::len).sum();
        assert!(lineage["upline"].as_array().map_or(0, Vec::len) + 1 + branches.len() + below <= 120);
    }
}
