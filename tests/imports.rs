//! Bringing a shop in from sheets. Fault 33: an import that says "successful" and adds nothing, or half. Fault 34: 20,000 products.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

use app::jobs::JobEnd;
use house::{Desk, draft_of_shop};
use serde_json::{Value, json};
use sqlx::Connection;

/// A file of the desk's folder with this text, in an encoding.
fn sheet(desk: &Desk, name: &str, text: &str, encoding: &'static encoding_rs::Encoding) -> PathBuf {
    let path = desk.folder.path().join(name);
    std::fs::write(&path, encoding.encode(text).0).expect("written");
    path
}

/// The question of an import with the mapping that the preview guesses.
async fn draft(desk: &Desk, kind: &str, path: &Path) -> Value {
    let source = json!({"path": path, "kind": kind});
    let mapping = desk.ask("import_preview", source.clone()).await["mapping"].clone();
    json!({"source": source, "mapping": mapping, "system": "old till", "earn": true})
}

/// Rows, good, fixable, rejected; added, changed, already.
fn figures(report: &Value) -> [i64; 7] {
    let counts = &report["counts"];
    [&counts["rows"], &counts["good"], &counts["fixable"], &counts["rejected"], &report["added"], &report["changed"], &report["already"]]
        .map(|figure| figure.as_i64().expect("a figure"))
}

async fn entries(desk: &Desk) -> i64 {
    desk.ask("status", Value::Null).await["entries"].as_i64().expect("a count")
}

#[tokio::test]
async fn fault_33_products_members_and_sales_arrive_once_and_say_so() {
    for encoding in [encoding_rs::UTF_8, encoding_rs::GB18030] {
        let desk = Desk::shop().await;
        desk.two_levels("2026-01-01").await;
        let products = "商品编码,商品名称,零售价,库存\nT1,西湖龙井,88.00,10\nT2,普洱茶饼,128.50,4\nT3,茉莉花茶,便宜,1\nT1,又一个,1.00,1\n";
        let members = "会员号,姓名,手机号,推荐人,分销等级\nV2,李雷,13911112222,V1,普通\nV1,王小明,13800138000,,金牌\nV3,韩梅梅,13800138000,V9,普通\nV4,甲,,V5,\nV5,乙,,V4,\n";
        let sales = "单号,日期,会员号,商品编码,商品名称,数量,单价\n7001,2026-02-03,V2,T1,西湖龙井,2,88.00\n7001,2026-02-03,V2,T2,普洱茶饼,1,128.50\n\
            7002,2026-02-04,,T1,西湖龙井,1,80.00\n7003,2026-02-05,V7,T9,白茶,3,20.00\n7004,someday,V2,T1,西湖龙井,1,88.00\n";
        let before = entries(&desk).await;
        for (kind, text, dry, first, second) in [
            ("products", products, [4, 2, 0, 2, 2, 0, 0], 2, [4, 2, 0, 2, 0, 0, 2]),
            ("members", members, [5, 2, 1, 2, 3, 0, 0], 3, [5, 2, 1, 2, 0, 0, 3]),
            ("sales", sales, [5, 4, 0, 1, 3, 0, 0], 3, [5, 4, 0, 1, 0, 0, 3]),
        ] {
            let path = sheet(&desk, &format!("{kind}.csv"), text, encoding);
            let mut draft = draft(&desk, kind, &path).await;
            let errors = desk.folder.path().join(format!("{kind}-errors.csv"));
            draft["error_sheet"] = json!(errors);
            let at = entries(&desk).await;
            let looked = desk.job("import_dry_run", draft.clone()).await;
            assert_eq!(figures(&looked), dry, "{kind} {looked:#}");
            assert_eq!(entries(&desk).await, at, "a dry run adds nothing");
            let remarks = std::fs::read_to_string(&errors).expect("the error sheet");
            assert_eq!(remarks.lines().count() - 1, looked["remark_count"].as_u64().and_then(|count| usize::try_from(count).ok()).expect("a count"));
            assert!(remarks.contains("行") && remarks.contains("未导入") && !remarks.contains("{\""), "in words, in the shop's language: {remarks}");
            let ran = desk.job("import_run", draft.clone()).await;
            assert_eq!(ran["added"], first, "{kind}");
            let at = entries(&desk).await;
            assert_eq!(figures(&desk.job("import_run", draft).await), second, "{kind} again");
            assert_eq!(entries(&desk).await, at, "twice adds nothing");
        }
        assert!(entries(&desk).await > before);
        assert_eq!(desk.ask("scan", json!("T1")).await["product"]["stock_milli"], 10_000, "what was sold before moves no stock");
        assert_eq!(desk.ask("scan", json!("T1")).await["product"]["card"]["name"], "西湖龙井");
        // V3's sponsor is unknown and its phone another's: taken without both, and said so.
        let third = desk.ask("find_members", json!("hmm")).await[0]["member"].clone();
        let third = desk.ask("member", third).await;
        assert_eq!((&third["row"]["sponsor"], &third["row"]["card"]["phone"]), (&Value::Null, &Value::Null));
        // 10 % of 304.50 for the sponsor of V2.
        let question = json!({"filter": {"month": "2026-02"}, "window": {"offset": 0, "limit": 10}});
        let month = desk.ask("month", question).await;
        assert_eq!(month["totals"], json!({"members": 1, "amount_micro": 3_045_000_000_i64, "payable_minor": 3045}), "{month:#}");
        assert_eq!(month["proof"]["ledger_micro"], 3_045_000_000_i64);
        assert_eq!(desk.code("import_run", json!({"source": {"path": "/nowhere.csv", "kind": "members"}, "mapping": {}})).await, "not_mapped");
        desk.whole().await;
    }
}

#[tokio::test]
async fn what_members_bring_along_is_owed_once_and_stands_in_their_statements() {
    let desk = Desk::shop().await;
    let text = "会员号,姓名,储值余额,赠送余额,积分\nM1,王芳,300.00,20.50,1200\nM2,李雷,-5,,3.5\nM3,赵云,,,\n";
    let path = sheet(&desk, "members.csv", text, encoding_rs::UTF_8);
    let draft = draft(&desk, "members", &path).await;
    let looked = desk.job("import_dry_run", draft.clone()).await;
    assert_eq!((&looked["brought_minor"], &looked["brought_points"]), (&json!(32_050), &json!(1_204)), "{looked:#}");
    assert_eq!(figures(&looked), [3, 2, 1, 0, 3, 0, 0], "below zero and half a point are told");
    let ran = desk.job("import_run", draft.clone()).await;
    assert_eq!((&ran["brought_minor"], &ran["brought_points"]), (&json!(32_050), &json!(1_204)));
    let again = desk.job("import_run", draft).await;
    assert_eq!((&again["brought_minor"], &again["brought_points"]), (&json!(0), &json!(0)), "once per member");
    let member = desk.ask("find_members", json!("M1")).await[0]["member"].clone();
    let window = json!({"offset": 0, "limit": 10});
    let held = desk.ask("balance", json!({"member": member, "window": window})).await;
    assert_eq!((&held["paid_minor"], &held["bonus_minor"]), (&json!(30_000), &json!(2_050)));
    assert_eq!((&held["statement"]["count"], &held["statement"]["rows"][0]["kind"]), (&json!(1), &json!("BalanceOpened")));
    let points = desk.ask("member_points", json!({"member": member, "window": window})).await;
    assert_eq!(points["held"], 1_200, "{points:#}");
    let totals = desk.ask("balance_totals", json!({})).await;
    assert_eq!((&totals["paid_minor"], &totals["topped_up_minor"]), (&json!(30_000), &json!(0)), "it is no taking of today's");
    desk.whole().await;
}

/// A product list of many rows; no two sort alike in any column.
fn many(count: i64) -> String {
    let mut text = String::from("code,name,category,price,cost,stock\n");
    for place in 0..count {
        let mixed = (place * 7919) % count;
        writeln!(text, "P{place:05},Tea {mixed:05},C{:05},{}.01,{}.01,{mixed}", (place * 31) % count, mixed + 1, (place * 13) % count).expect("text");
    }
    text
}

/// How many products there are.
async fn products(desk: &Desk) -> i64 {
    desk.ask("products", json!({"filter": {}, "window": {"offset": 0, "limit": 1}})).await["count"].as_i64().expect("a count")
}

#[tokio::test(flavor = "multi_thread")]
async fn fault_33_a_stopped_import_leaves_nothing_or_whole_records_and_the_count_of_the_rest() {
    let desk = Desk::shop().await;
    let path = sheet(&desk, "many.csv", &many(6_000), encoding_rs::UTF_8);
    let draft = draft(&desk, "products", &path).await;
    let before = entries(&desk).await;
    let end = desk.job_watched("import_run", draft.clone(), |step, _| step != "reading").await;
    assert_eq!((end, entries(&desk).await), (JobEnd::Cancelled, before), "stopped while reading");

    let end = desk.job_watched("import_run", draft.clone(), |step, done| step != "recording" || done < 400).await;
    let JobEnd::Done { result } = end else { panic!("{end:?}") };
    let (added, left) = (result["added"].as_i64().expect("a count"), result["left"].as_i64().expect("a count"));
    assert!(added >= 400 && left > 0 && added + left == 6_000, "{result:#}");
    assert_eq!(products(&desk).await, added, "what the report says is what is there");
    desk.whole().await;

    let again = desk.job("import_run", draft).await;
    assert_eq!((&again["added"], &again["already"], &again["left"]), (&json!(left), &json!(added), &json!(0)));
    assert_eq!(products(&desk).await, 6_000);
    desk.whole().await;
}

#[test]
fn fault_33_a_crash_in_an_import_is_finished_at_the_next_start_and_adds_nothing_twice() {
    let run = || tokio::runtime::Runtime::new().expect("a runtime");
    let first = run();
    let (desk, draft) = first.block_on(async {
        let desk = Desk::shop().await;
        let path = sheet(&desk, "many.csv", &many(6_000), encoding_rs::UTF_8);
        let draft = draft(&desk, "products", &path).await;
        desk.ask("import_run", draft.clone()).await;
        while products(&desk).await < 1_000 {
            tokio::task::yield_now().await;
        }
        // The original is not needed any more.
        std::fs::remove_file(path).expect("removed");
        (desk, draft)
    });
    first.shutdown_background();

    run().block_on(async {
        let desk = desk.after_a_crash().await.expect("opened");
        let stood = products(&desk).await;
        assert!((1_000..6_000).contains(&stood), "the crash came in the middle: {stood}");
        app::imports::go_on(&desk.house).await.expect("gone on");
        let end = loop {
            if let Some(end) = desk.house.jobs.list().into_iter().next().and_then(|job| job.end) {
                break end;
            }
            tokio::task::yield_now().await;
        };
        let JobEnd::Done { result } = end else { panic!("{end:?}") };
        assert_eq!(figures(&result), [6_000, 6_000, 0, 0, 6_000, 0, 0], "the report counts on from before the crash");
        assert_eq!(products(&desk).await, 6_000);
        desk.whole().await;
        let left: Vec<_> =
            std::fs::read_dir(desk.folder.path()).expect("the folder").filter_map(|file| file.ok()).map(|file| file.file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().contains("import-")), "the copy is gone: {left:?}");

        let before = entries(&desk).await;
        app::imports::go_on(&desk.house).await.expect("nothing to go on with");
        let path = sheet(&desk, "many.csv", &many(6_000), encoding_rs::UTF_8);
        assert_eq!(draft["source"]["path"], json!(path));
        assert_eq!(desk.job("import_run", draft).await["already"], 6_000);
        assert_eq!(entries(&desk).await, before, "twice adds nothing");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_till_sells_while_an_import_runs() {
    let desk = Desk::shop().await;
    let tea = desk.product("TEA", "西湖龙井", 8_800).await;
    let path = sheet(&desk, "many.csv", &many(6_000), encoding_rs::UTF_8);
    let number = desk.ask("import_run", draft(&desk, "products", &path).await).await;
    let running = || desk.house.jobs.list().into_iter().any(|job| json!(job.job) == number && job.end.is_none());
    let mut between = 0;
    while running() {
        desk.ask("record_sale", desk.ticket(&tea, 1, 8_800, None)).await;
        let there = products(&desk).await;
        between += i64::from(there > 1 && there < 6_001);
    }
    assert!(between > 5, "only {between} sales were recorded while products came in");
    assert_eq!(products(&desk).await, 6_001);
    desk.whole().await;
}

#[tokio::test]
async fn fault_34_twenty_thousand_products_are_answered_a_page_at_a_time() {
    let desk = Desk::shop().await;
    let path = sheet(&desk, "many.csv", &many(20_000), encoding_rs::UTF_8);
    assert_eq!(desk.job("import_run", draft(&desk, "products", &path).await).await["added"], 20_000);
    for sort in ["code", "name", "category", "price", "cost", "stock"] {
        for descending in [false, true] {
            let page = async |offset: i64, limit: i64| {
                let filter = json!({"sort": sort, "descending": descending});
                desk.ask("products", json!({"filter": filter, "window": {"offset": offset, "limit": limit}})).await
            };
            let first = page(0, 1_000_000).await;
            let rows = first["rows"].as_array().expect("rows");
            assert_eq!((&first["count"], rows.len()), (&json!(20_000), 200), "{sort}: never more than a page");
            let key = |row: &Value| match sort {
                "code" | "name" | "category" => (0, row["card"][sort].as_str().expect("text").to_owned()),
                "price" | "cost" => (row["card"][format!("{sort}_minor")].as_i64().expect("an amount"), String::new()),
                _ => (row["stock_milli"].as_i64().expect("a stock"), String::new()),
            };
            let keys: Vec<_> = rows.iter().map(key).collect();
            assert!(keys.windows(2).all(|pair| if descending { pair[0] > pair[1] } else { pair[0] < pair[1] }), "{sort} {descending}");
            let last = page(19_950, 200).await;
            assert_eq!(last["rows"].as_array().map(Vec::len), Some(50));
            let end = key(&last["rows"][49]);
            assert!(if descending { end < keys[199] } else { end > keys[199] }, "{sort} {descending}: the last page has the other end");
        }
    }
    for typed in ["Tea 0777", "tea077", "P01234"] {
        let found = desk.ask("find_products", json!(typed)).await;
        assert!(found.as_array().is_some_and(|rows| (1..=20).contains(&rows.len())), "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fault_33_a_real_shop_arrives_to_the_last_thousandth_and_its_months_equal_the_ledger() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let desk = Desk::empty("UTC").await;
    desk.ask("create_shop", draft_of_shop("GBP", false)).await;
    let plan = json!({"id": "shop", "currency": "GBP", "rules": [{"id": "levels", "kind": "walk", "accrue": "paid",
        "path": {"max": 2, "pay": {"active": true}}, "rate": {"table": {"*": ["8%", "3%"]}}}]});
    desk.activate(&plan, "2010-12-01").await;
    let members = draft(&desk, "members", &data.join("sponsors.csv")).await;
    assert_eq!(figures(&desk.job("import_run", members).await), [4_372, 0, 4_372, 0, 4_372, 0, 0]);

    let sales = draft(&desk, "sales", &data.join("uci_online_retail.csv.xz")).await;
    let report = desk.job("import_run", sales.clone()).await;
    assert_eq!((&report["added"], &report["counts"]["rows"], &report["counts"]["rejected"]), (&json!(25_900), &json!(541_909), &json!(0)));
    assert_eq!(report["made_members"], 0, "every customer was in the list of sponsors");
    assert_eq!(report["sales"]["total"]["net_micro"], 974_774_793_400_000_i64);

    // The books themselves say the same: the earlier system's sum is theirs less what rounding to pence added.
    let mut connection = desk.inside().await;
    let text = "SELECT count(*), sum(net_minor), sum(origin_rounding_micro) FROM sales";
    let (count, net_minor, rounding): (i64, i64, i64) = sqlx::query_as(text).fetch_one(&mut connection).await.expect("the sums");
    assert_eq!((count, net_minor * 1_000_000 - rounding), (25_900, 974_774_793_400_000));
    connection.close().await.expect("closed");

    let months = desk.ask("months", Value::Null).await;
    assert_eq!(months.as_array().map(Vec::len), Some(13));
    let (mut net, mut earned) = (0, 0);
    for month in months.as_array().expect("months") {
        let report = desk.ask("month", json!({"filter": {"month": month}, "window": {"offset": 0, "limit": 200}})).await;
        let proof = &report["proof"];
        assert_eq!(proof["report_micro"], proof["ledger_micro"], "{month}");
        assert_eq!(proof["report_micro"], report["totals"]["amount_micro"], "{month}");
        net += proof["net_minor"].as_i64().expect("an amount");
        earned += proof["report_micro"].as_i64().expect("an amount");
    }
    assert_eq!(net, net_minor);
    // Two levels pay at most 11 % of the goods sold, 10,271,433.063 in all.
    assert!(earned > 0 && earned <= 1_027_143_306_300_000 / 100 * 11, "{earned}");
    desk.whole().await;

    let before = entries(&desk).await;
    let again = desk.job("import_run", sales).await;
    assert_eq!((&again["added"], &again["already"]), (&json!(0), &json!(25_900)));
    assert_eq!(entries(&desk).await, before);
}
