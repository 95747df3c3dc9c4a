//! The back room through the menu: deliveries, places, transfers, counts, and what goods are worth.

use app::Seat;
use house::Desk;
use serde_json::{Value, json};

fn document(desk: &Desk) -> Value {
    json!(desk.house.world.new_id::<domain::ids::EntryId>())
}

async fn value_of(desk: &Desk, product: &Value) -> (i64, i64) {
    let page = desk.ask("stock_values", json!({"filter": {}, "window": {"offset": 0, "limit": 200}})).await;
    let rows = page["rows"].as_array().expect("rows").clone();
    let row = rows.iter().find(|row| row["product"] == *product);
    row.map_or((0, 0), |row| (row["qty_milli"].as_i64().expect("a quantity"), row["value_minor"].as_i64().expect("a value")))
}

/// Cost of all that came and was found = value on hand + cost of all that was sold.
async fn balanced(desk: &Desk) {
    let page = desk.ask("stock_values", json!({"filter": {}, "window": {"offset": 0, "limit": 1}})).await;
    let figure = |name: &str| page[name].as_i64().expect("a figure");
    assert_eq!(figure("received_minor") + figure("adjusted_minor"), figure("total_minor") + figure("sold_minor"), "{page}");
}

#[tokio::test]
async fn a_delivery_of_several_lines_is_booked_once_at_its_cost() {
    let desk = Desk::shop().await;
    let (tea, bag) = (desk.product("T1", "龙井茶", 8800).await, desk.product("B1", "购物袋", 30).await);
    let suppliers = desk.ask("save_supplier", json!({"card": {"name": " 云南茶厂 ", "contact": "李经理", "phone": " "}})).await;
    assert_eq!((&suppliers[0]["card"]["name"], &suppliers[0]["card"]["phone"]), (&json!("云南茶厂"), &Value::Null));
    assert_eq!(desk.code("save_supplier", json!({"card": {"name": "云南茶厂"}})).await, "name_taken");
    assert_eq!(desk.code("save_supplier", json!({"card": {"name": " "}})).await, "no_name");
    let draft = json!({"document": document(&desk), "supplier": suppliers[0]["supplier"], "reference": "送货单 7", "lines": [
        {"product": tea, "qty_milli": 3000, "cost_minor": 10_000}, {"product": bag, "qty_milli": 200_000, "unit_minor": 5}]});
    let sheet = desk.ask("receive_goods", draft.clone()).await;
    assert_eq!(
        (&sheet["row"]["number"], &sheet["row"]["value_minor"], &sheet["row"]["supplier"]),
        (&json!("1AR-000001"), &json!(11_000), &json!("云南茶厂"))
    );
    assert_eq!(desk.ask("receive_goods", draft).await, sheet, "asked twice, booked once");
    assert_eq!(value_of(&desk, &tea).await, (3000, 10_000));
    assert_eq!(desk.ask("suppliers", Value::Null).await[0]["cost_minor"], 11_000);
    let moves = desk.ask("stock_moves", tea.clone()).await;
    assert_eq!((&moves[0]["number"], &moves[0]["document"]), (&json!("1AR-000001"), &sheet["row"]["document"]));
    for (lines, code) in [
        (json!([]), "no_lines"),
        (json!([{"product": tea, "qty_milli": 0}]), "no_quantity"),
        (json!([{"product": tea, "qty_milli": -1}]), "received_below_zero"),
        (json!([{"product": tea, "qty_milli": 1000, "cost_minor": -1}]), "cost_below_zero"),
        (json!([{"product": suppliers[0]["supplier"], "qty_milli": 1000}]), "not_found"),
    ] {
        assert_eq!(desk.code("receive_goods", json!({"document": document(&desk), "lines": lines})).await, code, "{lines}");
    }
    // The three leave one by one and take the whole cost with them.
    for left in [6667, 3333, 0] {
        desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
        assert_eq!(value_of(&desk, &tea).await.1, left);
        balanced(&desk).await;
    }
    desk.whole().await;
}

#[tokio::test]
async fn goods_move_between_places_and_a_till_sells_from_its_own() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let back = desk.ask("save_location", json!({"name": "后仓"})).await[1]["location"].clone();
    desk.ask(
        "receive_goods",
        json!({"document": document(&desk), "location": back, "lines": [{"product": tea, "qty_milli": 10_000, "unit_minor": 4000}]}),
    )
    .await;
    let moved = json!({"document": document(&desk), "from": back, "lines": [{"product": tea, "qty_milli": 4000}]});
    assert_eq!(desk.ask("transfer_stock", moved.clone()).await["row"]["number"], "1AT-000001");
    desk.ask("transfer_stock", moved).await;
    let places = |rows: &Value| -> Vec<(String, i64)> {
        let rows = rows.as_array().expect("rows").iter();
        rows.map(|row| (row["name"].as_str().expect("a name").to_owned(), row["qty_milli"].as_i64().expect("a quantity"))).collect()
    };
    let at = places(&desk.ask("places_of", tea.clone()).await);
    assert!(at.contains(&(String::new(), 4000)) && at.contains(&("后仓".into(), 6000)), "{at:?}");
    assert_eq!(value_of(&desk, &tea).await, (10_000, 40_000), "a transfer is worth nothing");
    let quote = desk.ask("quote_sale", desk.ticket(&tea, 1, 8800, None)).await;
    assert_eq!(quote["products"][0]["stock_milli"], 4000, "what can be handed over here");
    desk.ask("set_till_place", back.clone()).await;
    let sold = desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await;
    assert_eq!((&sold["sale"]["location"], &sold["sale"]["lines"][0]["cost_minor"]), (&back, &json!(4000)));
    let at = places(&desk.ask("places_of", tea.clone()).await);
    assert!(at.contains(&("后仓".into(), 5000)), "{at:?}");
    for (question, code) in [
        (json!({"document": document(&desk), "from": back, "to": back, "lines": [{"product": tea, "qty_milli": 1}]}), "same_place"),
        (json!({"document": document(&desk), "to": tea, "lines": [{"product": tea, "qty_milli": 1}]}), "not_found"),
        (json!({"document": document(&desk), "to": back, "lines": []}), "no_lines"),
    ] {
        assert_eq!(desk.code("transfer_stock", question.clone()).await, code, "{question}");
    }
    assert_eq!(desk.code("save_location", json!({"location": back, "name": "后仓", "archived": true})).await, "place_in_use");
    assert_eq!(desk.code("save_location", json!({"name": "后仓"})).await, "name_taken");
    desk.ask("transfer_stock", json!({"document": document(&desk), "from": back, "lines": [{"product": tea, "qty_milli": 5000}]})).await;
    desk.ask("save_location", json!({"location": back, "name": "后仓", "archived": true})).await;
    assert_eq!(desk.code("set_till_place", back).await, "not_found");
    balanced(&desk).await;
    desk.whole().await;
}

#[tokio::test]
async fn a_blind_count_holds_whatever_is_sold_meanwhile_and_is_posted_once() {
    let desk = Desk::shop().await;
    let (tea, bag, cup) = (desk.product("T1", "龙井茶", 8800).await, desk.product("B1", "购物袋", 30).await, desk.product("C1", "茶杯", 900).await);
    for (product, qty) in [(&tea, 10_000), (&bag, 5000), (&cup, 2000)] {
        desk.ask("receive_stock", json!({"product": product, "qty_milli": qty, "cost_minor": 100})).await;
    }
    let clerk = desk.ask("save_person", json!({"name": "小李", "role": "clerk", "pin": "1357"})).await["person"].clone();
    let seat = Seat::default();
    desk.house.serve(&seat, "sign_in", json!({"person": clerk, "pin": "1357"})).await.expect("signed in");
    let take = desk.ask("begin_take", json!({"label": "月底"})).await["take"].clone();
    // The clerk counts and is told nothing of what the books expect.
    for _ in 0..9 {
        let lines =
            desk.house.serve(&seat, "count_stock", json!({"take": take, "product": tea, "qty_milli": 1000, "adds": true})).await.expect("counted");
        assert!(!lines.to_string().contains("expected"), "{lines}");
    }
    assert!(desk.house.serve(&seat, "review_take", take.clone()).await.is_err());
    desk.ask("count_stock", json!({"take": take, "product": bag, "qty_milli": 6000, "adds": false})).await;
    // Two are sold after they were counted: what was there then is what counts.
    desk.ask("record_sale", desk.ticket(&tea, 2, 8800, None)).await;
    // The program stops and starts; the count is there.
    let desk = desk.again().await.expect("another window");
    let review = desk.ask("review_take", take.clone()).await;
    let line = review["lines"].as_array().expect("lines").iter().find(|line| line["product"] == tea).expect("tea").clone();
    assert_eq!((&line["expected_milli"], &line["counted_milli"], &line["value_minor"]), (&json!(10_000), &json!(9000), &json!(-100)));
    assert_eq!(review["uncounted"][0]["product"], cup);
    let (one, other) = tokio::join!(
        desk.asked("post_take", json!({"take": take, "rest_is_zero": true})),
        desk.asked("post_take", json!({"take": take, "rest_is_zero": true})),
    );
    assert_eq!(one.expect("posted"), other.expect("posted once"));
    assert_eq!((value_of(&desk, &tea).await, value_of(&desk, &bag).await, value_of(&desk, &cup).await), ((7000, 700), (6000, 600), (0, 0)));
    assert_eq!(desk.ask("takes", Value::Null).await, json!([]));
    let documents = desk.ask("stock_documents", json!({"filter": {"kind": "counted"}, "window": {"offset": 0, "limit": 10}})).await;
    assert_eq!((&documents["count"], &documents["rows"][0]["value_minor"]), (&json!(1), &json!(-200)));
    let empty = desk.ask("begin_take", json!({})).await["take"].clone();
    assert_eq!(desk.code("post_take", json!({"take": empty, "rest_is_zero": false})).await, "no_lines");
    desk.ask("drop_take", empty.clone()).await;
    assert_eq!(desk.code("post_take", json!({"take": empty, "rest_is_zero": false})).await, "not_found");
    balanced(&desk).await;
    desk.whole().await;
}

#[tokio::test]
async fn fault_30_the_last_piece_falls_at_the_sale_and_what_was_oversold_is_repaired() {
    let desk = Desk::shop().await;
    let tea = desk
        .ask(
            "save_product",
            json!({"card": {"code": "T1", "name": "龙井茶", "price_minor": 8800, "cost_minor": 4000, "min_milli": 1000}, "opening_milli": 1000}),
        )
        .await["product"]
        .clone();
    let list =
        async |list: &str| desk.ask("products", json!({"filter": {"list": list}, "window": {"offset": 0, "limit": 10}})).await["count"].clone();
    assert_eq!((list("low").await, list("oversold").await), (json!(1), json!(0)));
    let other = desk.again().await.expect("a second window");
    // Out of stock warns and does not stop: both sell, and the shop knows at once that one was too many.
    let (one, two) =
        tokio::join!(desk.asked("record_sale", desk.ticket(&tea, 1, 8800, None)), other.asked("record_sale", other.ticket(&tea, 1, 8800, None)),);
    assert!(one.is_ok() && two.is_ok());
    assert_eq!(list("oversold").await, 1);
    assert_eq!(value_of(&desk, &tea).await, (-1000, 0));
    // The delivery comes: its part for the piece that was sold already is the cost of that sale.
    desk.ask("receive_goods", json!({"document": document(&desk), "lines": [{"product": tea, "qty_milli": 3000, "cost_minor": 9000}]})).await;
    assert_eq!((list("oversold").await, value_of(&desk, &tea).await), (json!(0), (2000, 6000)));
    balanced(&desk).await;
    desk.ask("revalue_stock", json!({"product": tea, "value_minor": 5000, "note": "受潮"})).await;
    assert_eq!(value_of(&desk, &tea).await, (2000, 5000));
    assert_eq!(desk.code("revalue_stock", json!({"product": tea, "value_minor": 5000})).await, "no_quantity");
    assert_eq!(desk.code("revalue_stock", json!({"product": tea, "value_minor": -1})).await, "cost_below_zero");
    desk.ask("adjust_stock", json!({"product": tea, "by_milli": -2000, "reason": "damage"})).await;
    assert_eq!(value_of(&desk, &tea).await, (0, 0));
    balanced(&desk).await;
    desk.whole().await;
}

#[tokio::test]
async fn the_value_of_the_sample_shop_is_what_came_less_what_was_sold() {
    let desk = Desk::empty("Asia/Shanghai").await;
    desk.ask("create_shop", house::draft_of_shop("CNY", true)).await;
    balanced(&desk).await;
    let page = desk.ask("stock_values", json!({"filter": {}, "window": {"offset": 0, "limit": 1}})).await;
    assert!(page["sold_minor"].as_i64() > Some(0), "{page}");
}
