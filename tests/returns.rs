//! Returns through the menu, and the approver over the shoulder.

use app::{Failure, Seat};
use house::{Desk, PIN};
use serde_json::{Value, json};

/// The shop with a clerk and a manager beside the owner.
struct Shop {
    desk: Desk,
    owner: Value,
    manager: Value,
    clerk: Seat,
    clerk_id: Value,
}

impl Shop {
    async fn open() -> Self {
        let desk = Desk::shop().await;
        let owner = desk.ask("people", Value::Null).await[0]["person"].clone();
        let manager = desk.ask("save_person", json!({"name": "刘敏", "role": "manager", "pin": "4711"})).await["person"].clone();
        let clerk_id = desk.ask("save_person", json!({"name": "小李", "role": "clerk", "pin": "1357"})).await["person"].clone();
        let clerk = Seat::default();
        desk.house.serve(&clerk, "sign_in", json!({"person": clerk_id, "pin": "1357"})).await.expect("signed in");
        Self { desk, owner, manager, clerk, clerk_id }
    }

    /// What the clerk is told.
    async fn clerk(&self, command: &str, question: Value) -> Result<Value, Value> {
        match self.desk.house.serve(&self.clerk, command, question).await {
            Ok(answer) => Ok(answer),
            Err(Failure::Refused { refusal, .. }) => Err(refusal),
            Err(broken) => panic!("{command}: {broken}"),
        }
    }
}

#[tokio::test]
async fn an_approver_over_the_shoulder_lifts_a_limit_and_both_are_recorded() {
    let shop = Shop::open().await;
    let tea = shop.desk.product("T1", "龙井茶", 10_000).await;
    let mut ticket = shop.desk.ticket(&tea, 1, 5000, None);
    ticket["lines"][0]["discount"] = json!({"percent_ppm": 500_000});
    let refused = shop.clerk("record_sale", ticket.clone()).await.expect_err("more than a clerk may give");
    assert_eq!(
        refused,
        json!({"code": "needs_approver", "least": "manager", "what": "discount", "line": 0, "given_minor": 5000, "allowed_minor": 1000})
    );
    let with = |person: &Value, pin: &str| {
        let mut ticket = ticket.clone();
        ticket["approval"] = json!({"person": person, "pin": pin});
        ticket
    };
    assert_eq!(shop.clerk("record_sale", with(&shop.clerk_id, "1357")).await.expect_err("a clerk")["code"], "approver_too_low");
    // A wrong PIN here counts like one at the door, and slows both down.
    for _ in 0..3 {
        assert_eq!(shop.clerk("record_sale", with(&shop.manager, "0000")).await.expect_err("wrong")["code"], "wrong_pin");
    }
    let waiting = shop.clerk("record_sale", with(&shop.manager, "4711")).await.expect_err("too soon");
    assert_eq!(waiting["code"], "wait");
    assert_eq!(shop.desk.code("sign_in", json!({"person": shop.manager, "pin": "4711"})).await, "wait");
    shop.desk.wait_ms(2000);
    let sale = shop.clerk("record_sale", with(&shop.manager, "4711")).await.expect("approved")["sale"].clone();
    assert_eq!((&sale["approved_by"], &sale["due_minor"]), (&shop.manager, &json!(5000)));
    // Within the limit nobody is asked, and nobody stands in the sale.
    let plain = shop.clerk("record_sale", shop.desk.ticket(&tea, 1, 10_000, None)).await.expect("plain")["sale"].clone();
    assert_eq!(plain.get("approved_by"), None);
    // An owner needs nobody.
    let mut own = ticket.clone();
    own["sale"] = json!(uuid::Uuid::now_v7());
    shop.desk.ask("sign_in", json!({"person": shop.owner, "pin": PIN})).await;
    assert_eq!(shop.desk.ask("record_sale", own).await["sale"].get("approved_by"), None);
    let journal = shop.desk.house.shop().await.expect("a shop").books.entries_after(0, 200).await.expect("entries");
    assert_eq!(journal.iter().filter(|stored| stored.entry.8 == "PinRefused").count(), 3);
    let fact = |kind: &str| journal.iter().find(|stored| stored.entry.8 == kind).expect("a sale").entry.bytes();
    assert!(!fact("SaleRecorded").windows(4).any(|part| part == b"4711"), "a PIN stands nowhere in the books");
    shop.desk.whole().await;
}

/// A balance of the ledger by account and unit.
async fn balance(desk: &Desk, account: &str, unit: &str) -> i64 {
    let mut file = desk.inside().await;
    let text = "SELECT coalesce(sum(b.amount), 0) FROM balances b JOIN accounts a ON a.key = b.account JOIN units u ON u.key = b.unit WHERE a.name = ? AND u.name = ?";
    sqlx::query_scalar(text).bind(account).bind(unit).fetch_one(&mut file).await.expect("a balance")
}

/// A return of so many pieces of one line.
fn back(desk: &Desk, sale: &Value, line: u32, pieces: i64) -> Value {
    let returned: domain::ids::ReturnId = desk.house.world.new_id();
    json!({"returned": returned, "what": {"by": "receipt", "sale": sale["sale"], "lines": [{"line": line, "qty_milli": pieces * 1000}]}})
}

const DAY_MS: i64 = 86_400_000;

/// A shop with a plan, two uplines and a buyer.
async fn trade() -> (Shop, Value, [Value; 3]) {
    let shop = Shop::open().await;
    let tea = shop.desk.product("T1", "龙井茶", 12_345).await;
    shop.desk.two_levels("2026-03-01").await;
    let top = shop.desk.member("林大", Some("普通"), None).await;
    let middle = shop.desk.member("金二", Some("金牌"), Some(&top)).await;
    let buyer = shop.desk.member("赵三", None, Some(&middle)).await;
    (shop, tea, [top, middle, buyer])
}

async fn points(desk: &Desk, member: &Value) -> i64 {
    desk.ask("member", member.clone()).await["row"]["points"].as_i64().expect("points")
}

#[tokio::test]
async fn fault_18_and_19_a_whole_return_leaves_everything_as_if_nothing_had_been_sold() {
    let (shop, tea, [top, middle, buyer]) = trade().await;
    let desk = &shop.desk;
    let sale = shop.clerk("record_sale", desk.ticket(&tea, 3, 12_345, Some(&buyer))).await.expect("sold")["sale"].clone();
    assert_eq!(points(desk, &buyer).await, 370);
    let draft = back(desk, &sale, 0, 3);
    let quote = shop.clerk("quote_return", draft.clone()).await.expect("a quote");
    assert_eq!((&quote["given_minor"], &quote["points_after"], &quote["needs_approver"]), (&json!(37_035), &json!(0), &json!(false)));
    let receipt = shop.clerk("record_return", draft.clone()).await.expect("it came back");
    let note = receipt["rows"].to_string();
    assert!(note.contains("原单号") && note.contains(sale["number"].as_str().expect("a number")), "{note}");
    // Asked twice, it is the same return (fault 24), and its points are taken back once (fault 22).
    assert_eq!(shop.clerk("record_return", draft).await.expect("the same")["returned"], receipt["returned"]);
    assert_eq!(receipt["returned"]["number"], "1A-000002", "receipts and credit notes share one count");
    for (account, unit) in
        [("tender.cash", "money"), ("revenue", "money"), ("points.held", "points"), ("commission.pending", "earning"), ("stock.shelf", "stock")]
    {
        assert_eq!(balance(desk, account, unit).await, 0, "{account}");
    }
    let card = desk.ask("member", buyer.clone()).await["row"].clone();
    assert_eq!((&card["purchases"], &card["net_minor"], &card["points"]), (&json!(0), &json!(0), &json!(0)));
    let report = desk.ask("month", json!({"filter": {"month": "2026-03"}, "window": {"offset": 0, "limit": 9}})).await;
    assert_eq!(report["proof"]["report_micro"], 0);
    assert_eq!(report["proof"], json!({"report_micro": 0, "ledger_micro": 0, "net_minor": 0}));
    for member in [&top, &middle] {
        let rows = desk.ask("earnings", json!({"member": member, "month": "2026-03", "window": {"offset": 0, "limit": 9}})).await["rows"].clone();
        assert_eq!(rows[0]["amount_micro"].as_i64().map(|amount| -amount), rows[1]["amount_micro"].as_i64());
        assert_eq!((&rows[0]["origin"], &rows[1]["origin"]), (&Value::Null, &sale["number"]));
        let why = desk.ask("why", json!({"sale": rows[1]["sale"], "line": rows[1]["line"]})).await;
        assert_eq!((&why["reversal"]["sale"], &why["reversal"]["amount_micro"]), (&sale["sale"], &rows[1]["amount_micro"]));
        assert_eq!(why["number"], sale["number"]);
    }
    let sheet = desk.ask("sale", sale["sale"].clone()).await;
    assert_eq!((&sheet["row"]["returned_minor"], &sheet["returns"][0]["number"]), (&json!(37_035), &json!("1A-000002")));
    assert_eq!(shop.clerk("record_return", back(desk, &sale, 0, 1)).await.expect_err("nothing is left")["price"]["code"], "more_than_sold");
    desk.whole().await;
}

#[tokio::test]
async fn fault_7_to_9_a_part_that_comes_back_later_is_taken_from_the_month_in_which_it_does_at_the_figures_of_the_sale() {
    let (shop, tea, [_, middle, buyer]) = trade().await;
    let desk = &shop.desk;
    let sale = desk.ask("record_sale", desk.ticket(&tea, 3, 12_345, Some(&buyer))).await["sale"].clone();
    // Meanwhile the month has turned, another plan holds, the upline is of another rank, and the shop asks another price.
    desk.wait_ms(30 * DAY_MS);
    desk.ask("sign_in", json!({"person": shop.owner, "pin": PIN})).await;
    let card = desk.ask("member", middle.clone()).await["row"].clone();
    let mut changed = card["card"].clone();
    changed["rank"] = json!("普通");
    desk.ask("save_member", json!({"member": middle, "card": changed})).await;
    desk.ask("record_return", back(desk, &sale, 0, 1)).await;
    let month = async |month: &str| {
        desk.ask("earnings", json!({"member": middle, "month": month, "window": {"offset": 0, "limit": 9}})).await["rows"].clone()
    };
    assert_eq!(month("2026-03").await[0]["amount_micro"], 3_703_500_000_i64);
    let rows = month("2026-04").await;
    assert_eq!((&rows[0]["amount_micro"], &rows[0]["base_minor"]), (&json!(-1_234_500_000_i64), &json!(-12_345)));
    let report = desk.ask("month", json!({"filter": {"month": "2026-04"}, "window": {"offset": 0, "limit": 9}})).await;
    assert_eq!(report["proof"], json!({"report_micro": -1_604_850_000_i64, "ledger_micro": -1_604_850_000_i64, "net_minor": -12_345}));
    // 12.345 rounds down to what is owed: 12.35, and 3.71.
    let payable: i64 = report["page"]["rows"].as_array().expect("rows").iter().map(|row| row["payable_minor"].as_i64().unwrap()).sum();
    assert_eq!(report["totals"]["payable_minor"], payable);
    desk.whole().await;
}

#[tokio::test]
async fn fault_18_points_that_were_spent_meanwhile_leave_a_debt_and_fault_22_spent_ones_come_back_once() {
    let (shop, tea, [_, _, buyer]) = trade().await;
    let desk = &shop.desk;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["points"]["value_micro"] = json!(1_000_000);
    desk.ask("save_settings", settings).await;
    let first = desk.ask("record_sale", desk.ticket(&tea, 1, 12_345, Some(&buyer))).await["sale"].clone();
    let mut second = desk.ticket(&tea, 1, 12_345, Some(&buyer));
    second["points"] = json!(100);
    second["tenders"][0]["amount_minor"] = json!(12_245);
    let second = desk.ask("record_sale", second).await["sale"].clone();
    assert_eq!(points(desk, &buyer).await, 123 - 100 + 122);
    desk.ask("record_return", back(desk, &second, 0, 1)).await;
    assert_eq!(points(desk, &buyer).await, 123, "what was spent comes back, what was earned is taken back");
    let mut third = desk.ticket(&tea, 1, 12_345, Some(&buyer));
    third["points"] = json!(100);
    third["tenders"][0]["amount_minor"] = json!(12_245);
    desk.ask("record_sale", third).await;
    let quote = desk.ask("quote_return", back(desk, &first, 0, 1)).await;
    assert_eq!(quote["points_after"], 22);
    desk.ask("record_return", back(desk, &first, 0, 1)).await;
    assert_eq!(points(desk, &buyer).await, 123 - 100 + 122 - 123);
    desk.whole().await;
}

#[tokio::test]
async fn fault_23_without_a_receipt_or_past_the_days_a_clerk_needs_somebody_elses_yes() {
    let (shop, tea, [_, _, buyer]) = trade().await;
    let desk = &shop.desk;
    let sale = desk.ask("record_sale", desk.ticket(&tea, 2, 12_345, Some(&buyer))).await["sale"].clone();
    desk.wait_ms(8 * DAY_MS);
    shop.desk.house.serve(&shop.clerk, "sign_in", json!({"person": shop.clerk_id, "pin": "1357"})).await.expect("signed in");
    desk.ask("sign_in", json!({"person": shop.owner, "pin": PIN})).await;
    let mut late = back(desk, &sale, 0, 1);
    let refused = shop.clerk("record_return", late.clone()).await.expect_err("too late");
    assert_eq!(refused, json!({"code": "needs_approver", "least": "manager", "what": "return_late", "age_days": 8, "window_days": 7}));
    late["approval"] = json!({"person": shop.manager, "pin": "4711"});
    assert_eq!(shop.clerk("record_return", late).await.expect("approved")["returned"]["approved_by"], shop.manager);
    // The owner needs nobody.
    assert_eq!(desk.ask("record_return", back(desk, &sale, 0, 1)).await["returned"].get("approved_by"), None);

    let before = points(desk, &buyer).await;
    let mut found = json!({"returned": uuid::Uuid::now_v7(), "reason": "礼物", "what": {"by": "no_receipt",
        "lines": [{"product": tea, "qty_milli": 1000, "paid_minor": 10_000, "to": "damaged"}]}});
    let refused = shop.clerk("record_return", found.clone()).await.expect_err("no receipt");
    assert_eq!(
        (&refused["code"], &refused["what"], &refused["amount_minor"]),
        (&json!("needs_approver"), &json!("return_unreceipted"), &json!(10_000))
    );
    found["approval"] = json!({"person": shop.manager, "pin": "4711"});
    let returned = shop.clerk("record_return", found).await.expect("approved")["returned"].clone();
    assert_eq!((&returned["refunds"][0]["amount_minor"], returned.get("earned"), &returned["reason"]), (&json!(10_000), None, &json!("礼物")));
    // It moves stock and money and nothing else; what is damaged is not on the shelf.
    assert_eq!(points(desk, &buyer).await, before);
    assert_eq!(desk.ask("scan", json!("T1")).await["product"]["stock_milli"], 0);
    assert_eq!(balance(desk, "stock.adjusted.damage", "stock").await, 1000);
    desk.whole().await;
}

#[tokio::test]
async fn a_sale_is_found_by_whatever_somebody_remembers_of_it() {
    let (shop, tea, [_, _, buyer]) = trade().await;
    let desk = &shop.desk;
    let cup = desk.product("T3", "茶杯", 2_000).await;
    let first = desk.ask("record_sale", desk.ticket(&tea, 2, 12_345, Some(&buyer))).await["sale"].clone();
    desk.wait_ms(DAY_MS);
    desk.ask("sign_in", json!({"person": shop.owner, "pin": PIN})).await;
    let second = desk.ask("record_sale", desk.ticket(&cup, 1, 2_000, None)).await["sale"].clone();
    let note = desk.ask("record_return", back(desk, &first, 0, 1)).await["returned"]["number"].clone();
    let found = async |search: &str| {
        let rows = desk.ask("find_sales", json!(search)).await;
        rows.as_array().expect("rows").iter().map(|row| row["number"].clone()).collect::<Vec<_>>()
    };
    let (first_number, second_number) = (first["number"].clone(), second["number"].clone());
    // Nothing typed: the newest first; what came back is no sale.
    assert_eq!(found("").await, [second_number.clone(), first_number.clone()]);
    for search in ["1A-000001", "1a-000001", "1", "000001", "赵三", "zs", "龙井茶", "T1", "2026-03-10", "03-10", "赵三 03-10", "T1 赵"] {
        assert_eq!(found(search).await, std::slice::from_ref(&first_number), "{search}");
    }
    assert_eq!(found("2").await, std::slice::from_ref(&second_number));
    assert_eq!(found("cb").await, [second_number]);
    for search in ["9", "赵三 03-11", "T1 茶杯", "nobody"] {
        assert_eq!(found(search).await, [Value::Null; 0], "{search}");
    }
    // Scanning the receipt, or the credit note of it, opens the sale.
    for code in [&first_number, &note, &json!("1a-000001")] {
        let scanned = desk.ask("scan", code.clone()).await;
        assert_eq!((&scanned["scan"], &scanned["sale"]["sale"]), (&json!("sale"), &first["sale"]), "{code}");
    }
    let sheet = desk.ask("return_sheet", first["sale"].clone()).await;
    assert_eq!((&sheet["lines"][0]["product"], &sheet["lines"][0]["left_milli"]), (&tea, &json!(1000)));
    assert_eq!((&sheet["buyer"]["member"], &sheet["returns"][0]["number"]), (&buyer, &note));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_windows_at_once_take_one_piece_back_once() {
    let (shop, tea, _) = trade().await;
    let desk = &shop.desk;
    let other = desk.again().await.expect("a second window");
    let sale = desk.ask("record_sale", desk.ticket(&tea, 1, 12_345, None)).await["sale"].clone();
    let (left, right) = tokio::join!(desk.asked("record_return", back(desk, &sale, 0, 1)), other.asked("record_return", back(desk, &sale, 0, 1)));
    assert_eq!([&left, &right].iter().filter(|answer| answer.is_ok()).count(), 1, "{left:?} {right:?}");
    assert_eq!(balance(desk, "tender.cash", "money").await, 0);
    desk.whole().await;
}

#[tokio::test]
async fn an_exchange_is_two_documents_and_one_settlement() {
    let (shop, tea, [_, _, buyer]) = trade().await;
    let desk = &shop.desk;
    let dear = desk.product("T2", "大红袍", 20_000).await;
    let cheap = desk.product("T3", "茶杯", 2_000).await;
    let paid = |tenders: Value| {
        let mut ticket = desk.ticket(&tea, 1, 12_345, Some(&buyer));
        ticket["tenders"] = tenders;
        ticket
    };
    // Something dearer: the customer adds the difference.
    let sale = desk.ask("record_sale", paid(json!([{"kind": "wechat", "amount_minor": 12_345}]))).await["sale"].clone();
    let mut taken = desk.ticket(&dear, 1, 20_000, Some(&buyer));
    taken["tenders"] = json!([]);
    let mut exchange = json!({"returned": back(desk, &sale, 0, 1), "sale": taken});
    let quote = desk.ask("quote_exchange", exchange.clone()).await;
    assert_eq!((&quote["ticket"]["quote"]["missing_minor"], &quote["given"]), (&json!(7655), &json!([])));
    let short = desk.refused("record_exchange", exchange.clone()).await;
    assert_eq!(short["price"]["code"], "owes_more");
    assert_eq!(balance(desk, "tender.wechat", "money").await, 12_345, "neither half was recorded");
    exchange["sale"]["tenders"] = json!([{"kind": "cash", "amount_minor": 10_000}]);
    let done = shop.clerk("record_exchange", exchange.clone()).await.expect("exchanged");
    assert_eq!(done["sale"]["sale"]["change_minor"], 2345);
    assert_eq!(done["returned"]["returned"]["exchanged_for"], done["sale"]["sale"]["sale"]);
    assert_eq!(done["sale"]["sale"]["tenders"][0], json!({"kind": "wechat", "amount_minor": 12_345, "reference": "1A-000002"}));
    assert_eq!((balance(desk, "tender.wechat", "money").await, balance(desk, "tender.cash", "money").await), (12_345, 7655));
    // Asked twice it is the same exchange.
    assert_eq!(shop.clerk("record_exchange", exchange).await.expect("the same")["sale"]["sale"], done["sale"]["sale"]);
    // Something cheaper: the rest goes back to the tender that paid, and a later return of it finds that tender too.
    let sale = desk.ask("record_sale", paid(json!([{"kind": "wechat", "amount_minor": 12_345}]))).await["sale"].clone();
    let mut taken = desk.ticket(&cheap, 1, 2_000, Some(&buyer));
    taken["tenders"] = json!([]);
    let done = desk.ask("record_exchange", json!({"returned": back(desk, &sale, 0, 1), "sale": taken})).await;
    assert_eq!(done["given"], json!([{"kind": "wechat", "amount_minor": 10_345}]));
    let again = desk.ask("record_return", back(desk, &done["sale"]["sale"], 0, 1)).await;
    assert_eq!(again["returned"]["refunds"], json!([{"kind": "wechat", "amount_minor": 2_000}]));
    desk.whole().await;
}
