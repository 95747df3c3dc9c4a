//! Prices, promotions, coupons, points and labels through the menu: what the shop set up holds at the till by itself.

use app::{Failure, Seat};
use house::{Desk, PIN};
use serde_json::{Value, json};

/// A ticket of these products and pieces, not paid yet.
fn ticket(desk: &Desk, lines: &[(&Value, i64)], member: Option<&Value>) -> Value {
    let sale: domain::ids::SaleId = desk.house.world.new_id();
    let lines: Vec<Value> = lines.iter().map(|(product, pieces)| json!({"product": product, "qty_milli": pieces * 1000})).collect();
    json!({"sale": sale, "lines": lines, "member": member})
}

/// A day passes, and the owner signs in again.
async fn tomorrow(desk: &Desk) {
    desk.wait_ms(86_400_000);
    let owner = desk.ask("people", Value::Null).await[0]["person"].clone();
    desk.ask("sign_in", json!({"person": owner, "pin": PIN})).await;
}

async fn due(desk: &Desk, ticket: &Value) -> i64 {
    desk.ask("quote_sale", ticket.clone()).await["quote"]["due_minor"].as_i64().expect("a figure")
}

async fn pay(desk: &Desk, mut ticket: Value) -> Value {
    let due = due(desk, &ticket).await;
    ticket["tenders"] = json!([{"kind": "wechat", "amount_minor": due}]);
    desk.ask("record_sale", ticket).await["sale"].clone()
}

fn coupon(code: &str, off: &Value, limit: Option<u32>, per_member: Option<u32>) -> Value {
    json!({"terms": {"name": "新客券", "kind": {"coupon": {"code": code, "off": off, "limit": limit, "per_member": per_member}}}})
}

fn with_coupon(mut ticket: Value, code: &str) -> Value {
    ticket["discounts"] = json!([{"kind": {"coupon": code}}]);
    ticket
}

#[tokio::test]
async fn prices_hold_from_their_day_and_a_member_changes_them() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let gold = desk.ask("enrol_member", json!({"card": {"name": "王芳", "level": "金卡"}})).await["row"]["member"].clone();
    let prices = json!({"level_prices": {"金卡": {"fixed_minor": 9000}}, "breaks": [{"from_qty_milli": 5000, "price": {"fixed_minor": 8000}}],
        "dated_prices": [{"from": "2026-03-12", "to": "2026-03-12", "price": {"share_of_list_ppm": 500_000}}]});
    desk.ask("set_prices", json!({"product": tea, "prices": prices})).await;
    let one = ticket(&desk, &[(&tea, 1)], None);
    assert_eq!(due(&desk, &one).await, 10_000);
    let mut for_gold = one.clone();
    for_gold["member"] = gold.clone();
    let quote = desk.ask("quote_sale", for_gold.clone()).await["quote"].clone();
    assert_eq!((&quote["due_minor"], &quote["lines"][0]["why"]), (&json!(9000), &json!({"from": "level", "level": "金卡"})));
    assert_eq!(due(&desk, &ticket(&desk, &[(&tea, 5)], Some(&gold))).await, 40_000, "the lowest, not one upon the other");
    // Tomorrow's prices wait until tomorrow, and what held before is kept.
    desk.ask("set_prices", json!({"product": tea, "from": "2026-03-11", "prices": {"level_prices": {"金卡": {"fixed_minor": 7000}}}})).await;
    assert_eq!(due(&desk, &for_gold).await, 9000);
    tomorrow(&desk).await;
    assert_eq!(due(&desk, &for_gold).await, 7000);
    assert_eq!(desk.ask("prices", tea.clone()).await.as_array().map(Vec::len), Some(2));
    let sold = pay(&desk, for_gold).await;
    assert_eq!(sold["lines"][0]["why"]["from"], "level", "the sale says why");
    for (question, code) in [
        (json!({"product": tea, "from": "2026-03-10", "prices": {}}), "from_in_the_past"),
        (json!({"product": tea, "from": "2026-02-30", "prices": {}}), "date_shape"),
        (json!({"product": tea, "prices": {"level_prices": {"金卡": {"fixed_minor": -1}}}}), "price_range"),
        (json!({"product": gold, "prices": {}}), "not_found"),
    ] {
        assert_eq!(desk.code("set_prices", question.clone()).await, code, "{question}");
    }
    desk.whole().await;
}

#[tokio::test]
async fn a_level_has_its_share_of_every_price_and_its_multiplier() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["levels"] = json!({"银卡": {"price_share_ppm": 950_000, "points_ppm": 2_000_000}});
    desk.ask("save_settings", settings.clone()).await;
    let silver = desk.ask("enrol_member", json!({"card": {"name": "李雷", "level": "银卡"}})).await["row"]["member"].clone();
    let quote = desk.ask("quote_sale", ticket(&desk, &[(&tea, 1)], Some(&silver))).await["quote"].clone();
    assert_eq!((&quote["due_minor"], &quote["points_earned"]), (&json!(9500), &json!(190)));
    settings["levels"] = json!({"银卡": {"price_share_ppm": 1_000_001, "points_ppm": 0}});
    assert_eq!(desk.code("save_settings", settings).await, "level_range");
}

#[tokio::test]
async fn the_till_gives_what_the_shop_promised_and_says_what_is_missing() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 6000).await;
    let steps = json!([{"over_minor": 10_000, "off": {"amount_minor": 1000}}, {"over_minor": 20_000, "off": {"amount_minor": 3000}}]);
    desk.ask("save_promotion", json!({"terms": {"name": "满减", "kind": {"spend": {"steps": steps}}}})).await;
    let short = desk.ask("quote_sale", ticket(&desk, &[(&tea, 1)], None)).await["discounts"][0].clone();
    assert_eq!((&short["name"], &short["short_minor"]), (&json!("满减"), &json!(4000)));
    for (pieces, due_minor) in [(1, 6000), (2, 11_000), (3, 17_000), (4, 21_000)] {
        assert_eq!(due(&desk, &ticket(&desk, &[(&tea, pieces)], None)).await, due_minor, "{pieces} pieces: the highest step alone");
    }
    let sold = pay(&desk, ticket(&desk, &[(&tea, 4)], None)).await;
    assert_eq!(sold["promotions"][0]["amount_minor"], 3000);
    let rows = desk.ask("promotions", Value::Null).await;
    assert_eq!((&rows[0]["used"], &rows[0]["amount_minor"]), (&json!(1), &json!(3000)));
    // Ended, it gives nothing more; the sale of before stays as it was.
    let mut terms = rows[0]["terms"].clone();
    terms["stopped"] = json!(true);
    let rows = desk.ask("save_promotion", json!({"promotion": rows[0]["promotion"], "terms": terms})).await;
    assert_eq!((&rows[0]["versions"], &rows[0]["used"]), (&json!(2), &json!(1)));
    assert_eq!(due(&desk, &ticket(&desk, &[(&tea, 4)], None)).await, 24_000);
    desk.whole().await;
}

#[tokio::test]
async fn fault_31_a_coupon_for_one_sale_is_used_by_one_of_five_at_once() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 500).await;
    desk.ask("save_promotion", coupon("new10", &json!({"amount_minor": 1000}), Some(1), None)).await;
    let found = desk.ask("scan", json!(" ｎew10")).await;
    assert_eq!((&found["scan"], &found["coupon"]), (&json!("coupon"), &json!("NEW10")));
    let mut windows = Vec::new();
    for _ in 0..5 {
        windows.push(desk.again().await.expect("a window"));
    }
    let sold = windows.iter().map(|window| {
        let mut ticket = with_coupon(ticket(&desk, &[(&tea, 1)], None), "NEW10");
        // Ten off five: nothing is owed, and never less than nothing.
        ticket["tenders"] = json!([]);
        async move { window.asked("record_sale", ticket).await }
    });
    let mut taken = 0;
    for outcome in futures_all(sold.collect()).await {
        match outcome {
            Ok(receipt) => {
                assert_eq!(receipt["sale"]["due_minor"], 0);
                taken += 1;
            }
            Err(Failure::Refused { refusal, .. }) => assert_eq!(refusal["price"]["code"], "coupon_used"),
            Err(broken) => panic!("{broken}"),
        }
    }
    assert_eq!(taken, 1);
    assert_eq!(desk.ask("promotions", Value::Null).await[0]["used"], 1);
    desk.whole().await;
}

/// Waits for all, together.
async fn futures_all<F: std::future::Future>(mut futures: Vec<F>) -> Vec<F::Output> {
    assert_eq!(futures.len(), 5);
    let (e, d, c, b, a) = (
        futures.pop().expect("five"),
        futures.pop().expect("five"),
        futures.pop().expect("five"),
        futures.pop().expect("five"),
        futures.pop().expect("five"),
    );
    let (a, b, c, d, e) = tokio::join!(a, b, c, d, e);
    vec![a, b, c, d, e]
}

#[tokio::test]
async fn a_coupon_is_limited_by_member_by_day_and_by_code() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 5000).await;
    let (wang, li) = (desk.member("王芳", None, None).await, desk.member("李雷", None, None).await);
    desk.ask("save_promotion", coupon("ONCE", &json!({"percent_ppm": 100_000}), None, Some(1))).await;
    let mine = |member: Option<&Value>| with_coupon(ticket(&desk, &[(&tea, 1)], member), "once");
    assert_eq!(desk.refused("quote_sale", mine(None)).await["price"]["code"], "coupon_needs_member");
    assert_eq!(pay(&desk, mine(Some(&wang))).await["due_minor"], 4500);
    assert_eq!(desk.refused("quote_sale", mine(Some(&wang))).await["price"]["code"], "coupon_used");
    assert_eq!(due(&desk, &mine(Some(&li))).await, 4500);
    assert_eq!(desk.code("save_promotion", coupon("ONCE", &json!({"amount_minor": 1}), None, None)).await, "coupon_taken");
    let mut late = coupon("LATE", &json!({"amount_minor": 100}), None, None);
    late["terms"]["first"] = json!("2026-03-11");
    desk.ask("save_promotion", late).await;
    let early = with_coupon(ticket(&desk, &[(&tea, 1)], None), "LATE");
    assert_eq!(desk.refused("quote_sale", early.clone()).await["price"]["code"], "coupon_not_today");
    tomorrow(&desk).await;
    assert_eq!(due(&desk, &early).await, 4900);
    let none = with_coupon(ticket(&desk, &[(&tea, 1)], None), "NEVER");
    assert_eq!(desk.refused("quote_sale", none).await["price"]["code"], "unknown_coupon");
    desk.whole().await;
}

#[tokio::test]
async fn fault_23_only_the_shops_own_labels_points_and_prices_count() {
    let desk = Desk::shop().await;
    let tea = desk.product("00123", "散茶", 20_000).await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["scale_labels"] = json!(["21IIIIIPPPPPC", "29"]);
    assert_eq!(desk.code("save_settings", settings.clone()).await, "label_layout");
    settings["scale_labels"] = json!(["21IIIIIPPPPPC", "22IIIIIWWWWWC"]);
    desk.ask("save_settings", settings).await;
    let label = |body: &str| format!("{body}{}", domain::pricing::barcode::check_digit(body).expect("digits"));
    let priced = desk.ask("scan", json!(label("210012305000"))).await;
    assert_eq!((&priced["scan"], &priced["qty_milli"], &priced["price_minor"]), (&json!("label"), &json!(250), &json!(5000)));
    let weighed = desk.ask("scan", json!(label("220012300755"))).await;
    assert_eq!((&weighed["scan"], &weighed["qty_milli"], &weighed["price_minor"]), (&json!("label"), &json!(755), &Value::Null));
    let with = |line: Value| {
        let mut ticket = ticket(&desk, &[(&tea, 1)], None);
        ticket["lines"] = json!([line]);
        ticket
    };
    let read = desk.ask("quote_sale", with(json!({"product": tea, "qty_milli": 9000, "label": label("210012305000")}))).await;
    assert_eq!((&read["quote"]["due_minor"], &read["quote"]["lines"][0]["qty_milli"]), (&json!(5000), &json!(250)), "whatever the till says");
    for line in [
        json!({"product": tea, "qty_milli": 1000, "label_minor": 1}),
        json!({"product": tea, "qty_milli": 1000, "label": "6901234567892"}),
        json!({"product": tea, "qty_milli": 1000, "label": label("219999900100")}),
    ] {
        assert_eq!(desk.refused("quote_sale", with(line.clone())).await["code"], "not_set_up", "{line}");
    }
    // A wrong digit sells nothing else.
    assert_eq!(desk.code("scan", json!("2100123050009")).await, "label");
    // A gift costs what the shop says.
    let wang = desk.member("王芳", None, None).await;
    let mut gift = ticket(&desk, &[(&tea, 1)], Some(&wang));
    gift["lines"][0]["gift"] = json!(true);
    assert_eq!(desk.refused("quote_sale", gift.clone()).await["price"]["code"], "not_a_gift");
    desk.ask("set_prices", json!({"product": tea, "prices": {"gift_points": 150}})).await;
    assert_eq!(desk.refused("quote_sale", gift.clone()).await["price"]["code"], "points_short");
    pay(&desk, ticket(&desk, &[(&tea, 1)], Some(&wang))).await;
    let given = pay(&desk, gift).await;
    assert_eq!((&given["due_minor"], &given["points_spent"]), (&json!(0), &json!(150)));
    desk.whole().await;
}

#[tokio::test]
async fn points_offset_within_what_the_shop_allows() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 10_000).await;
    let wang = desk.member("王芳", None, None).await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["points"] = json!({"earn_per_minor": 100, "value_micro": 1_000_000, "step": 10, "max_share_ppm": 500_000});
    desk.ask("save_settings", settings).await;
    pay(&desk, ticket(&desk, &[(&tea, 1)], Some(&wang))).await;
    let mut spending = ticket(&desk, &[(&tea, 1)], Some(&wang));
    spending["points"] = json!(1_000_000);
    let quote = desk.ask("quote_sale", spending.clone()).await["quote"].clone();
    assert_eq!((&quote["points_spent"], &quote["points_offset_minor"], &quote["due_minor"]), (&json!(100), &json!(100), &json!(9900)));
    let sold = pay(&desk, spending).await;
    assert_eq!((&sold["points_spent"], &sold["points_earned"]), (&json!(100), &json!(99)));
    desk.whole().await;
}

#[tokio::test]
async fn fault_27_nothing_is_missing_with_tax_included_and_discounts_on_lines() {
    let desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["taxes"] = json!({"std": {"rate_ppm": 130_000, "included": true}, "top": {"rate_ppm": 60_000, "included": false}});
    desk.ask("save_settings", settings).await;
    for (code, tax) in [("T1", "std"), ("T2", "top")] {
        desk.ask("save_product", json!({"card": {"code": code, "name": code, "price_minor": 1001, "tax": tax}})).await;
    }
    for pieces in 1..=4 {
        for ppm in [1, 33_333, 100_000, 333_333, 999_999] {
            let mut lines = Vec::new();
            for code in ["T1", "T2"] {
                let product = desk.ask("scan", json!(code)).await["product"]["product"].clone();
                lines.push(json!({"product": product, "qty_milli": pieces * 1000, "discount": {"percent_ppm": ppm}}));
            }
            let mut ticket = ticket(&desk, &[], None);
            ticket["lines"] = json!(lines);
            let quote = desk.ask("quote_sale", ticket.clone()).await["quote"].clone();
            let sold = pay(&desk, ticket).await;
            assert_eq!((&sold["due_minor"], &sold["tax_minor"]), (&quote["due_minor"], &quote["tax_minor"]), "till and books agree");
            let row = desk.ask("sales", json!({"filter": {}, "window": {"offset": 0, "limit": 1}})).await["rows"][0].clone();
            assert_eq!(row["net_minor"], quote["goods_minor"], "and the report");
        }
    }
    desk.whole().await;
}

#[tokio::test]
async fn quick_keys_are_arranged_by_a_manager_and_the_salesperson_stands_in_the_sale() {
    let desk = Desk::shop().await;
    let (tea, bag) = (desk.product("T1", "龙井茶", 5000).await, desk.product("B1", "购物袋", 30).await);
    let rows = desk.ask("save_quick_keys", json!([bag, tea, bag])).await;
    assert_eq!((&rows[0]["product"], &rows[1]["product"], rows.as_array().map(Vec::len)), (&bag, &tea, Some(2)));
    desk.ask("archive_product", json!({"product": bag, "archived": true})).await;
    assert_eq!(desk.ask("quick_keys", Value::Null).await.as_array().map(Vec::len), Some(1));
    assert_eq!(desk.code("save_quick_keys", json!((0..37).map(uuid::Uuid::from_u128).collect::<Vec<_>>())).await, "too_many_keys");
    let clerk = desk.ask("save_person", json!({"name": "小李", "role": "clerk", "pin": "1357"})).await["person"].clone();
    let seat = Seat::default();
    desk.house.serve(&seat, "sign_in", json!({"person": clerk, "pin": "1357"})).await.expect("signed in");
    for (command, question) in [("save_quick_keys", json!([])), ("save_promotion", coupon("X99", &json!({"amount_minor": 1}), None, None))] {
        let failure = desk.house.serve(&seat, command, question).await.expect_err(command);
        assert!(failure.to_string().contains("needs the manager"), "{failure}");
    }
    let mut sold = ticket(&desk, &[(&tea, 1)], None);
    sold["salesperson"] = clerk.clone();
    assert_eq!(pay(&desk, sold.clone()).await["salesperson"], clerk);
    sold["sale"] = json!(desk.house.world.new_id::<domain::ids::SaleId>());
    sold["salesperson"] = tea;
    assert_eq!(desk.code("quote_sale", sold).await, "not_found");
    desk.whole().await;
}
