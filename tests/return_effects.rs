//! What a return leaves behind: the month as its close sees it, what closes had paid, the goods' place and their value.

use std::collections::BTreeMap;

use house::Desk;
use serde_json::{Value, json};

const DAY_MS: i64 = 86_400_000;
/// A price that leaves something over at every rate, in fen.
const CUP: i64 = 9_999;

/// One rule of every kind that pays by orders: with the sale, by the month on each order, on a buyer's orders together, and on what others earned.
const PLAN: &str = r#"{"id":"shop","version":1,"currency":"CNY","rounding":{"unit":"0.01"},
    "ranks":[{"id":"普通"},{"id":"金牌","when":{"measure":"group.net","gte":"200"}}],
    "rules":[
      {"id":"levels","kind":"walk","accrue":"paid","source":{"event":"order","base":"net"},
       "path":{"max":2,"pay":{"active":true}},"rate":{"mode":"absolute","table":{"*":["8%","3%"]}}},
      {"id":"band","kind":"walk","accrue":"period","source":{"event":"order","base":"net"},
       "path":{"self":true,"max":9},"rate":{"mode":"difference","band":{"measure":"group.net","steps":[["0","1%"],["100","2%"],["300","3.33%"]]}}},
      {"id":"month","kind":"walk","accrue":"period","source":{"event":"order","base":"net","aggregate":"buyer"},
       "path":{"max":1},"rate":{"table":{"*":"0.7%"}}},
      {"id":"match","kind":"walk","accrue":"period","source":{"event":"earning","rules":["levels"]},"path":{"max":1},"rate":{"table":{"*":"50%"}}}],
    "limits":[]}"#;

struct World {
    desk: Desk,
    cup: Value,
    line: Vec<Value>,
}

async fn world() -> World {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["jurisdiction"] = json!("none");
    settings["idle_lock_seconds"] = json!(0);
    desk.ask("save_settings", settings).await;
    desk.activate(&serde_json::from_str(PLAN).expect("JSON"), "2026-03-01").await;
    let cup = desk.product("C1", "茶杯", CUP).await;
    let mut line: Vec<Value> = Vec::new();
    for name in ["林大", "王二", "赵三", "钱四"] {
        line.push(desk.member(name, None, line.last()).await);
    }
    World { desk, cup, line }
}

impl World {
    async fn sell(&self, buyer: usize, pieces: i64) -> Value {
        self.desk.ask("record_sale", self.desk.ticket(&self.cup, pieces, CUP, Some(&self.line[buyer]))).await["sale"].clone()
    }

    async fn back(&self, sale: &Value, pieces: i64) -> Value {
        self.desk.ask("record_return", back(&self.desk, sale, pieces)).await["returned"].clone()
    }

    /// Works the month out and releases it: how many orders it had, and what each place of the line earned, what came back taken off.
    async fn close(&self, month: &str) -> (Value, BTreeMap<usize, [i64; 2]>) {
        let told = self.desk.job("try_close", json!(month)).await;
        self.desk.job("release_month", json!({"month": month, "run_hash": told["run_hash"]})).await;
        let answer = self.desk.ask("statements", json!({"month": month, "window": {"offset": 0, "limit": 200}})).await;
        let amount = |row: &Value, name: &str| row[name].as_i64().expect("an amount");
        let row = |row: &Value| {
            let place = self.line.iter().position(|member| *member == row["member"]).expect("of the line");
            (place, [amount(row, "earned_micro") + amount(row, "adjusted_micro"), amount(row, "payable_minor")])
        };
        (told["orders"].clone(), answer["rows"].as_array().expect("rows").iter().map(row).collect())
    }

    /// What each place of the line earned in all months together, in millionths of a fen.
    async fn earned(&self) -> Vec<i64> {
        let mut file = self.desk.inside().await;
        let mut sums = Vec::new();
        for member in &self.line {
            let id: uuid::Uuid = serde_json::from_value(member.clone()).expect("an id");
            let text = "SELECT coalesce(sum(e.amount_micro), 0) FROM earnings e JOIN members m ON m.key = e.member WHERE m.id = ?";
            sums.push(sqlx::query_scalar(text).bind(id.as_bytes().to_vec()).fetch_one(&mut file).await.expect("a sum"));
        }
        sums
    }
}

fn back(desk: &Desk, sale: &Value, pieces: i64) -> Value {
    let returned: domain::ids::ReturnId = desk.house.world.new_id();
    json!({"returned": returned, "what": {"by": "receipt", "sale": sale["sale"], "lines": [{"line": 0, "qty_milli": pieces * 1000}]}})
}

fn document(desk: &Desk) -> Value {
    json!(desk.house.world.new_id::<domain::ids::EntryId>())
}

async fn balance(desk: &Desk, account: &str, unit: &str) -> i64 {
    let text = "SELECT coalesce(sum(b.amount), 0) FROM balances b JOIN accounts a ON a.key = b.account JOIN units u ON u.key = b.unit WHERE a.name = ? AND u.name = ?";
    sqlx::query_scalar(text).bind(account).bind(unit).fetch_one(&mut desk.inside().await).await.expect("a balance")
}

#[tokio::test]
async fn fault_7_8_and_22_a_month_closes_as_if_what_came_back_had_never_been_sold() {
    // Sold and brought back, wholly and in parts, within the month and after its end but before its close.
    let world_a = world().await;
    world_a.sell(3, 2).await;
    let gone = world_a.sell(2, 3).await;
    let part = world_a.sell(1, 3).await;
    let late = world_a.sell(3, 4).await;
    world_a.back(&gone, 1).await;
    world_a.back(&gone, 2).await;
    world_a.back(&part, 1).await;
    world_a.desk.wait_ms(25 * DAY_MS);
    world_a.back(&late, 1).await;
    // The same without.
    let world_b = world().await;
    world_b.sell(3, 2).await;
    world_b.sell(1, 2).await;
    world_b.sell(3, 3).await;
    world_b.desk.wait_ms(25 * DAY_MS);
    // What came back after the month's end takes back in April what was earned with the sale; the month's own rules never saw it.
    let ((orders_a, _), (orders_b, _)) = (world_a.close("2026-03").await, world_b.close("2026-03").await);
    assert_eq!((orders_a, orders_b), (json!(3), json!(3)));
    assert_eq!(world_a.earned().await, world_b.earned().await);
    world_a.desk.whole().await;
}

#[tokio::test]
async fn fault_7_what_a_close_paid_on_a_sale_goes_back_with_it_to_the_last_millionth() {
    let world = world().await;
    let kept = world.sell(3, 1).await;
    let sale = world.sell(3, 3).await;
    world.desk.wait_ms(25 * DAY_MS);
    world.close("2026-03").await;
    let paid = world.earned().await;
    let first = world.back(&sale, 1).await;
    assert!(first["earned"].as_array().expect("earnings").len() > 2, "what the close paid is among them: {first}");
    world.back(&sale, 2).await;
    let back = world.earned().await;
    assert!(back.iter().zip(&paid).all(|(back, paid)| back < paid), "{back:?} of {paid:?}");
    world.desk.wait_ms(30 * DAY_MS);
    let told = world.close("2026-04").await;
    assert_eq!(told.0, json!(0), "a return is no order");
    // The other one as well: to the last millionth nothing is left, of no rule, and fault 18's debt stands where the statements paid it out.
    world.back(&kept, 1).await;
    assert_eq!(world.earned().await, [0, 0, 0, 0]);
    let why = world.desk.ask("earnings", json!({"member": world.line[2], "month": "2026-04", "window": {"offset": 0, "limit": 50}})).await;
    for row in why["rows"].as_array().expect("rows") {
        let why = world.desk.ask("why", json!({"sale": row["sale"], "line": row["line"]})).await;
        assert_eq!(why["reversal"]["amount_micro"], row["amount_micro"], "{row}");
    }
    world.desk.whole().await;
}

#[tokio::test]
async fn a_return_after_the_month_was_looked_through_makes_its_release_ask_again() {
    let world = world().await;
    let sale = world.sell(3, 2).await;
    world.desk.wait_ms(25 * DAY_MS);
    let told = world.desk.job("try_close", json!("2026-03")).await;
    world.back(&sale, 1).await;
    let end = world.desk.job_watched("release_month", json!({"month": "2026-03", "run_hash": told["run_hash"]}), |_, _| true).await;
    assert!(format!("{end:?}").contains("changed"), "{end:?}");
}

#[tokio::test]
async fn goods_come_back_to_the_place_they_left_with_the_value_they_left_with() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let room = desk.ask("save_location", json!({"name": "后仓"})).await[1]["location"].clone();
    desk.ask(
        "receive_goods",
        json!({"document": document(&desk), "location": room, "lines": [{"product": tea, "qty_milli": 7000, "cost_minor": 1000}]}),
    )
    .await;
    desk.ask("set_till_place", room.clone()).await;
    let sale = desk.ask("record_sale", desk.ticket(&tea, 3, 10_000, None)).await["sale"].clone();
    assert_eq!((balance(&desk, "stock.value", "money").await, balance(&desk, "stock.cost", "money").await), (571, 429));
    // The till stands elsewhere meanwhile.
    let floor = desk.ask("locations", Value::Null).await[0]["location"].clone();
    desk.ask("set_till_place", floor).await;
    for (value, lies) in [(571 + 143, 5000), (571 + 286, 6000), (1000, 7000)] {
        desk.ask("record_return", back(&desk, &sale, 1)).await;
        assert_eq!(balance(&desk, "stock.value", "money").await, value);
        assert_eq!((balance(&desk, "stock.at", "stock").await, balance(&desk, "stock.shelf", "stock").await), (lies, 0));
    }
    assert_eq!(balance(&desk, "stock.cost", "money").await, 0);
    // What is damaged is a loss of its own, not a cost of what was sold.
    let sale = desk.ask("record_sale", desk.ticket(&tea, 1, 10_000, None)).await["sale"].clone();
    let cost = sale["lines"][0]["cost_minor"].clone();
    let mut broken = back(&desk, &sale, 1);
    broken["what"]["lines"][0]["to"] = json!("damaged");
    let returned = desk.ask("record_return", broken).await["returned"].clone();
    assert_eq!(returned["lines"][0].get("cost_minor").cloned().unwrap_or_default(), cost);
    assert_eq!(balance(&desk, "stock.cost", "money").await, 0);
    desk.whole().await;
}

#[tokio::test]
async fn fault_23_a_till_cannot_claim_that_a_return_paid() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let dear = desk.product("T2", "大红袍", 15_000).await;
    let buyer = desk.member("赵三", None, None).await;
    let sale = desk.ask("record_sale", desk.ticket(&tea, 1, 10_000, Some(&buyer))).await["sale"].clone();
    let mut taken = desk.ticket(&dear, 1, 15_000, Some(&buyer));
    taken["tenders"] = json!([{"kind": "cash", "amount_minor": 5_000, "reference": "exchange"}]);
    let done = desk.ask("record_exchange", json!({"returned": back(&desk, &sale, 1), "sale": taken})).await;
    let tenders = done["sale"]["sale"]["tenders"].as_array().expect("tenders").clone();
    let of_return: Vec<&Value> = tenders.iter().filter(|tender| tender["reference"] == done["returned"]["returned"]["number"]).collect();
    assert_eq!(of_return.iter().map(|tender| &tender["amount_minor"]).collect::<Vec<_>>(), [&json!(10_000)]);
    assert_eq!(done["given"], json!([]));
    desk.whole().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_exchanges_what_came_back_meanwhile_is_told_so() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let other = desk.again().await.expect("a second window");
    for _ in 0..8 {
        let mut ticket = desk.ticket(&tea, 3, 10_000, None);
        ticket["tenders"] = json!([{"kind": "wechat", "amount_minor": 10_000}, {"kind": "cash", "amount_minor": 20_000}]);
        let sale = desk.ask("record_sale", ticket).await["sale"].clone();
        let mut taken = desk.ticket(&tea, 1, 10_000, None);
        taken["tenders"] = json!([]);
        let exchange = json!({"returned": back(&desk, &sale, 2), "sale": taken});
        let (one, two) = tokio::join!(desk.asked("record_return", back(&desk, &sale, 1)), other.asked("record_exchange", exchange));
        one.expect("one piece of three comes back");
        if let Err(refused) = two {
            let app::Failure::Refused { refusal, .. } = refused else { panic!("{refused}") };
            assert_eq!(refusal["code"], "changed");
        }
    }
    desk.whole().await;
}
