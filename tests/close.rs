//! Closing a month through the menu: worked out as often as wanted, released once, every statement recomputed here from the sales alone.

use std::collections::BTreeMap;

use app::jobs::JobEnd;
use house::Desk;
use serde_json::{Value, json};

const DAY_MS: i64 = 86_400_000;

/// Four in a line: 林大 ← 王二 ← 赵三 ← 钱四.
struct World {
    desk: Desk,
    tea: Value,
    line: Vec<Value>,
}

/// Two levels with the sale; by the month a band on the group, a share of a pool for the best rank, and ranks by the group's volume.
const PLAN: &str = r#"{"id":"shop","version":1,"currency":"CNY","rounding":{"unit":"0.01"},
    "ranks":[{"id":"普通"},{"id":"金牌","when":{"all":[{"measure":"group.net","gte":"200"},{"measure":"own.net","gte":"10"}]}}],
    "rules":[
      {"id":"levels","kind":"walk","accrue":"paid","source":{"event":"order","base":"net"},
       "path":{"max":2,"pay":{"active":true}},"rate":{"mode":"absolute","table":{"*":["8%","3%"]}}},
      {"id":"band","kind":"walk","accrue":"period","source":{"event":"order","base":"net"},
       "path":{"self":true,"max":9},"rate":{"mode":"difference","band":{"measure":"group.net","steps":[["0","1%"],["100","2%"],["300","3.33%"]]}}},
      {"id":"pool","kind":"pool","fund":{"rate":"1%","of":"net"},"share":{"who":{"rank_gte":"金牌"},"weight":1}}],
    "limits":[]}"#;

async fn world() -> World {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["jurisdiction"] = json!("none");
    // Months pass here: nobody is to sign in again each time.
    settings["idle_lock_seconds"] = json!(0);
    desk.ask("save_settings", settings).await;
    desk.activate(&serde_json::from_str(PLAN).expect("JSON"), "2026-03-01").await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let mut line: Vec<Value> = Vec::new();
    for name in ["林大", "王二", "赵三", "钱四"] {
        line.push(desk.member(name, None, line.last()).await);
    }
    World { desk, tea, line }
}

impl World {
    async fn sell(&self, buyer: usize, pieces: i64) -> Value {
        self.sell_of(&self.tea, 10_000, buyer, pieces).await
    }

    async fn sell_of(&self, product: &Value, price: i64, buyer: usize, pieces: i64) -> Value {
        self.desk.ask("record_sale", self.desk.ticket(product, pieces, price, Some(&self.line[buyer]))).await
    }

    /// Past the end of March.
    fn next_month(&self) {
        self.desk.wait_ms(25 * DAY_MS);
    }

    async fn worked(&self, month: &str) -> Value {
        self.desk.job("try_close", json!(month)).await
    }

    async fn release(&self, month: &str, told: &Value) -> Value {
        self.desk.job("release_month", json!({"month": month, "run_hash": told["run_hash"]})).await
    }

    async fn statements(&self, month: &str) -> Vec<Value> {
        let answer = self.desk.ask("statements", json!({"month": month, "window": {"offset": 0, "limit": 200}})).await;
        answer["rows"].as_array().expect("rows").clone()
    }
}

/// A price that leaves something over at every rate, in fen.
const CUP: i64 = 9_999;

/// What the plan above pays on these sales of cups, worked out here with whole numbers only: millionths of a fen by member.
fn by_hand(sales: &[(usize, i64)], line: &[Value]) -> BTreeMap<usize, i64> {
    let mut paid: BTreeMap<usize, i64> = BTreeMap::new();
    let net = |of: &dyn Fn(usize) -> bool| sales.iter().filter(|(buyer, _)| of(*buyer)).map(|(_, pieces)| pieces * CUP).sum::<i64>();
    // In a line, the group of a member is everyone at or below it.
    let group = |member: usize| net(&|buyer| buyer >= member);
    let rate = |member: usize| match group(member) {
        30_000.. => 33_300,
        10_000.. => 20_000,
        _ => 10_000,
    };
    for (buyer, pieces) in sales {
        let base = pieces * CUP;
        for (up, ppm) in [(1, 80_000), (2, 30_000)] {
            if let Some(above) = buyer.checked_sub(up) {
                *paid.entry(above).or_default() += base * ppm;
            }
        }
        let mut mark = 0;
        for member in (0..=*buyer).rev() {
            if rate(member) > mark {
                *paid.entry(member).or_default() += base * (rate(member) - mark);
                mark = rate(member);
            }
        }
    }
    let mut gold: Vec<usize> = (0..4).filter(|member| group(*member) >= 20_000 && net(&|buyer| buyer == *member) >= 1_000).collect();
    // Ties of the largest remainder go to the smaller id.
    gold.sort_by_key(|member| line[*member].as_str().expect("an id").to_owned());
    let fund = net(&|_| true) / 100;
    for (place, member) in gold.iter().enumerate() {
        let count = i64::try_from(gold.len()).expect("few");
        let extra = i64::from(i64::try_from(place).expect("few") < fund % count);
        *paid.entry(*member).or_default() += (fund / count + extra) * 1_000_000;
    }
    paid.retain(|_, amount| *amount != 0);
    paid
}

#[tokio::test]
async fn a_month_is_worked_out_often_released_once_and_every_statement_follows_from_the_sales() {
    let world = world().await;
    let sales = [(3, 1), (2, 1), (3, 1), (0, 1), (1, 2)];
    let cup = world.desk.product("C1", "茶杯", CUP).await;
    for (buyer, pieces) in sales {
        world.sell_of(&cup, CUP, buyer, pieces).await;
    }
    assert_eq!(world.desk.code("try_close", json!("2026-03")).await, "not_over");
    world.next_month();

    let first = world.worked("2026-03").await;
    assert_eq!(world.worked("2026-03").await, first, "the same books give the same");
    assert_eq!(world.statements("2026-03").await, Vec::<Value>::new(), "nothing is recorded before release");
    world.release("2026-03", &first).await;
    assert_eq!(world.desk.code("try_close", json!("2026-03")).await, "already_closed");

    let expected = by_hand(&sales, &world.line);
    let statements = world.statements("2026-03").await;
    assert_eq!(statements.len(), expected.len());
    for (member, micro) in &expected {
        let row = statements.iter().find(|row| row["member"] == world.line[*member]).expect("a statement");
        assert_eq!(row["earned_micro"], json!(micro), "member {member}");
        assert_eq!(row["payable_minor"], json!(micro / 1_000_000), "member {member}");
        assert_eq!(row["closing_micro"], json!(micro % 1_000_000), "member {member}");
        let sheet = world.desk.ask("member", world.line[*member].clone()).await;
        assert_eq!(sheet["pending_micro"], json!(micro % 1_000_000), "what is left pends");
    }
    let month = world.desk.ask("month", json!({"filter": {"month": "2026-03"}, "window": {"offset": 0, "limit": 20}})).await;
    assert_eq!(month["proof"]["report_micro"], month["proof"]["ledger_micro"]);
    assert_eq!(month["proof"]["report_micro"], json!(expected.values().sum::<i64>()));

    // Every explanation of a rule of the month can be had.
    for member in expected.keys() {
        let earnings =
            world.desk.ask("earnings", json!({"member": world.line[*member], "month": "2026-03", "window": {"offset": 0, "limit": 200}})).await;
        for row in earnings["rows"].as_array().expect("rows") {
            let why = world.desk.ask("why", json!({"sale": row["sale"], "line": row["line"]})).await;
            assert_eq!(why["earned"]["amount_micro"], row["amount_micro"]);
            assert_eq!(why["earned"]["rule"], row["rule"]);
            assert_eq!(why["month"].is_null(), row["source"].is_null());
        }
    }
    world.desk.whole().await;
}

#[tokio::test]
async fn fault_6_closing_again_adds_nothing_and_opening_again_pays_only_the_difference() {
    let world = world().await;
    for (buyer, pieces) in [(3, 1), (2, 1), (0, 1)] {
        world.sell(buyer, pieces).await;
    }
    world.next_month();
    let told = world.worked("2026-03").await;
    world.release("2026-03", &told).await;
    let before = world.statements("2026-03").await;

    assert_eq!(world.desk.code("reopen_month", json!({"month": "2026-03", "reason": " "})).await, "no_reason");
    assert_eq!(world.desk.code("reopen_month", json!({"month": "2026-02", "reason": "x"})).await, "not_last");
    world.desk.ask("reopen_month", json!({"month": "2026-03", "reason": "换过推荐人"})).await;
    let again = world.worked("2026-03").await;
    assert_eq!((&again["round"], &again["payable_minor"], &again["period_micro"]), (&json!(2), &json!(0), &json!(0)), "{again:#}");
    world.release("2026-03", &again).await;
    assert_eq!(world.statements("2026-03").await, before, "closed statements never change");

    world.desk.whole().await;
    let closes = world.desk.ask("closing", Value::Null).await["closes"].clone();
    assert_eq!(closes.as_array().map(Vec::len), Some(2));
    assert_eq!(closes[1]["reopened"], "换过推荐人");
}

#[tokio::test]
async fn two_who_close_at_once_close_once() {
    let world = world().await;
    world.sell(3, 3).await;
    world.next_month();
    let other = world.desk.again().await.expect("a second window");
    let told = world.worked("2026-03").await;
    let theirs = other.job("try_close", json!("2026-03")).await;
    assert_eq!(told, theirs);
    let draft = json!({"month": "2026-03", "run_hash": told["run_hash"]});
    let (one, two) =
        tokio::join!(world.desk.job_watched("release_month", draft.clone(), |_, _| true), other.job_watched("release_month", draft, |_, _| true));
    let done = [&one, &two].iter().filter(|end| matches!(end, JobEnd::Done { .. })).count();
    assert_eq!(done, 1, "{one:?} {two:?}");
    assert_eq!(world.desk.ask("closing", Value::Null).await["closes"].as_array().map(Vec::len), Some(1));
    world.desk.whole().await;
}

#[tokio::test]
async fn what_changed_after_the_review_is_looked_at_once_more() {
    let world = world().await;
    world.sell(3, 1).await;
    world.next_month();
    let told = world.worked("2026-03").await;
    world.desk.ask("move_sponsor", json!({"member": world.line[3], "from": world.line[2], "to": world.line[0]})).await;
    match world.desk.job_watched("release_month", json!({"month": "2026-03", "run_hash": told["run_hash"]}), |_, _| true).await {
        JobEnd::Failed { failure } => assert!(failure.to_string().contains("once more"), "{failure}"),
        other => panic!("{other:?}"),
    }
    // Fault 10: whoever stood above at the sale earns, whoever was moved there since does not.
    assert_eq!(world.worked("2026-03").await["run_hash"], told["run_hash"]);
}

#[tokio::test]
async fn fault_16_exactly_the_threshold_gives_the_rank_with_its_grounds_and_protection_keeps_it() {
    let world = world().await;
    let mut settings = world.desk.ask("settings", Value::Null).await;
    settings["rank_protection_months"] = json!(1);
    world.desk.ask("save_settings", settings).await;
    // 王二's group: exactly 200.00.
    world.sell(1, 1).await;
    world.sell(3, 1).await;
    world.next_month();
    let told = world.worked("2026-03").await;
    assert_eq!(told["risen"], 1);
    world.release("2026-03", &told).await;
    let rank = |sheet: &Value| sheet["row"]["card"]["rank"].clone();
    assert_eq!(rank(&world.desk.ask("member", world.line[1].clone()).await), "金牌");
    assert_eq!(rank(&world.desk.ask("member", world.line[0].clone()).await), Value::Null, "its group is large enough, its own purchase is not");
    let history = world.desk.ask("member_ranks", world.line[1].clone()).await;
    let reason: Value = serde_json::from_str(history[0]["reason"].as_str().expect("text")).expect("JSON");
    assert_eq!(reason["because"][0], json!({"of": "group.net", "value": "200", "gte": "200", "holds": true}));

    // The rank in force is what the next sale freezes; a month below is protected, the second falls.
    let sold = world.sell(2, 1).await;
    assert_eq!(sold["sale"]["chain"][1]["rank"], "金牌");
    for (month, how) in [("2026-04", "protected"), ("2026-05", "fell")] {
        world.desk.wait_ms(31 * DAY_MS);
        let again = world.desk.again().await.expect("signed in again");
        let told = again.job("try_close", json!(month)).await;
        again.job("release_month", json!({"month": month, "run_hash": told["run_hash"]})).await;
        assert_eq!(again.ask("member_ranks", world.line[1].clone()).await[0]["how"], how, "{month}");
        // Trying the same plan on the month ranks as the shop has it set, and so pays what the close paid.
        if told["payable_minor"] != 0 {
            let tried = again.job("simulate_plan", json!({"text": PLAN, "month": month})).await;
            let window = json!({"offset": 0, "limit": 10});
            let question = json!({"hash": tried["hash"], "month": month, "sort": null, "descending": false, "window": window});
            assert_eq!(again.ask("simulation", question).await["summary"]["after_minor"], told["payable_minor"], "{month}");
        }
        if how == "protected" {
            again.ask("record_sale", again.ticket(&world.tea, 1, 10_000, Some(&world.line[3]))).await;
        }
    }
    assert_eq!(rank(&world.desk.again().await.expect("again").ask("member", world.line[1].clone()).await), "普通");

    // By hand with a reason, and it holds.
    let desk = world.desk.again().await.expect("again");
    let mut card = desk.ask("member", world.line[1].clone()).await["row"]["card"].clone();
    card["rank"] = json!("金牌");
    assert_eq!(desk.code("save_member", json!({"member": world.line[1], "card": card})).await, "rank_reason");
    desk.ask("save_member", json!({"member": world.line[1], "card": card, "rank_reason": "店庆"})).await;
    assert_eq!(desk.ask("member_ranks", world.line[1].clone()).await[0]["reason"], "店庆");
    desk.whole().await;
}

#[tokio::test]
async fn why_someone_earned_nothing_is_answered_rule_by_rule() {
    let world = world().await;
    let sold = world.sell(3, 1).await;
    let ask = async |member: usize| {
        let answer = world.desk.ask("why_nothing", json!({"sale": sold["sale"]["sale"], "member": world.line[member]})).await;
        answer["rules"]
            .as_array()
            .expect("rules")
            .iter()
            .map(|rule| (rule["rule"].as_str().expect("a rule").to_owned(), rule["code"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(ask(3).await[0], ("levels".to_owned(), json!("own_purchase")));
    assert_eq!(ask(2).await[0], ("levels".to_owned(), json!("earned")));
    let top = ask(0).await;
    assert_eq!(top[0], ("levels".to_owned(), json!("out_of_reach")));
    assert_eq!(top[1], ("band".to_owned(), json!("passed")));
    assert_eq!(top[2], ("pool".to_owned(), json!("not_by_order")));
    let stranger = world.desk.member("外人", None, None).await;
    let answer = world.desk.ask("why_nothing", json!({"sale": sold["sale"]["sale"], "member": stranger})).await;
    assert_eq!(answer["rules"][0]["code"], "not_above");
    let anonymous = world.desk.ask("record_sale", world.desk.ticket(&world.tea, 1, 10_000, None)).await;
    let answer = world.desk.ask("why_nothing", json!({"sale": anonymous["sale"]["sale"], "member": stranger})).await;
    assert_eq!(answer["instead"], "no_buyer");
}

/// Pairs alone, and a limit that makes them lawful where no law speaks.
const PAIRS: &str = r#"{"id":"pairs","version":1,"currency":"CNY","rounding":{"unit":"0.01"},"ranks":[],
    "rules":[{"id":"pairs","kind":"pair","accrue":"period","measure":"net","rate":{"table":{"*":"10%"}},"pay":{"active":true},"carry":"net_off"}],
    "limits":[{"scope":"company","rate":"25%","of":"net"}]}"#;

#[tokio::test]
async fn legs_of_the_binary_tree_are_matched_and_what_is_left_is_brought_forward() {
    let world = world().await;
    world.desk.activate(&serde_json::from_str(PAIRS).expect("JSON"), "2026-03-10").await;
    let [top, left, right, other] = [0, 1, 2, 3].map(|place: usize| world.line[place].clone());
    let place = |member: &Value, under: &Value, side: &str| json!({"member": member, "from": null, "to": {"under": under, "side": side}});

    // The outermost free places under the sponsor are proposed; whoever has no sponsor in the tree chooses.
    let sheet = world.desk.ask("placement", left.clone()).await;
    assert_eq!((&sheet["used"], &sheet["free"][0]["under"]["member"], &sheet["free"][1]["side"]), (&json!(true), &top, &json!("R")));
    world.desk.ask("place_member", place(&left, &top, "L")).await;
    assert_eq!(world.desk.code("place_member", place(&right, &top, "L")).await, "place_taken");
    assert_eq!(world.desk.code("place_member", place(&top, &left, "R")).await, "place_below");
    assert_eq!(world.desk.code("place_member", place(&left, &top, "R")).await, "placed_meanwhile");
    world.desk.ask("place_member", place(&right, &top, "R")).await;
    world.desk.ask("place_member", place(&other, &right, "R")).await;
    let moved = json!({"member": other, "from": {"under": right, "side": "R"}, "to": {"under": right, "side": "L"}});
    assert_eq!(world.desk.code("place_member", moved).await, "place_reason");

    // Left 100, right 300: 100 are matched, 200 stay in the right leg.
    world.sell(1, 1).await;
    world.sell(3, 3).await;
    world.next_month();
    let desk = &world.desk;
    let told = world.worked("2026-03").await;
    assert_eq!(told["period_micro"], json!(1_000_i64 * 1_000_000), "10% of 100");
    world.release("2026-03", &told).await;
    let legs = |sheet: Value| sheet["row"]["legs"].clone();
    assert_eq!(legs(desk.ask("placement", top.clone()).await), json!([{"month": "2026-03", "rule": "pairs", "left": "0", "right": "200"}]));

    // April: 150 come in on the left alone and are matched with what March brought forward.
    desk.ask("record_sale", desk.ticket(&world.tea, 1, 10_000, Some(&left))).await;
    desk.wait_ms(31 * DAY_MS);
    let desk = world.desk.again().await.expect("signed in again");
    let told = desk.job("try_close", json!("2026-04")).await;
    assert_eq!(told["period_micro"], json!(1_000_i64 * 1_000_000));
    desk.job("release_month", json!({"month": "2026-04", "run_hash": told["run_hash"]})).await;
    assert_eq!(legs(desk.ask("placement", top.clone()).await)[0]["right"], "100");

    // Opened again and closed again: the legs begin where March left them, and nothing is paid twice.
    desk.ask("reopen_month", json!({"month": "2026-04", "reason": "核对"})).await;
    let told = desk.job("try_close", json!("2026-04")).await;
    assert_eq!((&told["payable_minor"], &told["round"]), (&json!(0), &json!(2)));
    desk.job("release_month", json!({"month": "2026-04", "run_hash": told["run_hash"]})).await;
    assert_eq!(legs(desk.ask("placement", top).await)[0]["right"], "100");
    desk.whole().await;
}
