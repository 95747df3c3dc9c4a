//! Journeys of people through the menu: the first run, who may what, products, stock and members.

use app::{Seat, menu::ITEMS};
use domain::person::Role;
use house::{Desk, PIN, draft_of_shop};
use serde_json::{Value, json};

#[tokio::test]
async fn the_first_run_ends_at_a_shop_with_its_owner_signed_in() {
    let desk = Desk::empty("Asia/Shanghai").await;
    assert_eq!(desk.ask("setup_state", Value::Null).await["shop"], Value::Null);
    assert_eq!(desk.code("people", Value::Null).await, "no_shop");
    for (field, wrong, code) in [
        ("name", " ", "no_shop_name"),
        ("currency", "yuan", "currency"),
        ("owner", "", "no_name"),
        ("pin", "12", "pin_shape"),
        ("pin", "1111", "pin_shape"),
    ] {
        let mut draft = draft_of_shop("CNY", false);
        draft[field] = json!(wrong);
        assert_eq!(desk.code("create_shop", draft).await, code, "{field}");
    }
    assert!(!desk.path().exists(), "a refused shop leaves no file");
    let session = desk.ask("create_shop", draft_of_shop("CNY", false)).await;
    assert_eq!((&session["name"], &session["role"]), (&json!("王芳"), &json!("owner")));
    let state = desk.ask("setup_state", Value::Null).await;
    let card = json!({"name": "青禾茶舍", "currency": "CNY", "minor_digits": 2, "language": "zh-CN", "sample": false, "today": "2026-03-10"});
    assert_eq!((&state["shop"], &state["session"]), (&card, &session));
    assert_eq!(desk.code("create_shop", draft_of_shop("CNY", false)).await, "shop_exists");
    desk.whole().await;
    // The PIN is nowhere in the file.
    desk.house.close().await.expect("closed");
    let bytes = std::fs::read(desk.path()).expect("the file");
    assert!(!bytes.windows(PIN.len() + 2).any(|part| part == format!("\"{PIN}\"").as_bytes()));
}

#[tokio::test]
async fn every_command_is_refused_below_its_role_and_before_its_question_is_read() {
    let desk = Desk::shop().await;
    let people = desk.ask("people", Value::Null).await;
    let mut seats = vec![(None, Seat::default())];
    for (role, name, pin) in [(Role::Clerk, "小李", "4711"), (Role::Manager, "老周", "4712")] {
        let person = desk.ask("save_person", json!({"name": name, "role": role, "pin": pin})).await;
        let seat = Seat::default();
        desk.house.serve(&seat, "sign_in", json!({"person": person["person"], "pin": pin})).await.expect("signed in");
        seats.push((Some(role), seat));
    }
    let owner = Seat::default();
    desk.house.serve(&owner, "sign_in", json!({"person": people[0]["person"], "pin": PIN})).await.expect("signed in");
    seats.push((Some(Role::Owner), owner));
    let before = desk.ask("status", Value::Null).await["entries"].clone();
    let mut refused = 0;
    for item in ITEMS {
        for (role, seat) in &seats {
            // No question of the menu is a truth value: who is admitted hears that, and nothing is done.
            let expected = if item.name == "sign_out" {
                continue;
            } else if item.least.is_none() || *role >= item.least {
                "bad_question"
            } else if role.is_none() {
                "nobody_signed_in"
            } else {
                "role_too_low"
            };
            let failure = desk.house.serve(seat, item.name, json!(true)).await.expect_err(item.name);
            let app::Failure::Refused { refusal, .. } = failure else { panic!("{}: {failure}", item.name) };
            assert_eq!(refusal["code"], expected, "{} asked by {role:?}", item.name);
            refused += usize::from(expected != "bad_question");
        }
    }
    assert!(refused > ITEMS.len(), "{refused}");
    assert_eq!(desk.code("open_everything", Value::Null).await, "no_such_command");
    assert_eq!(desk.ask("status", Value::Null).await["entries"], before);
    // The last owner stays.
    assert_eq!(desk.code("save_person", json!({"person": people[0]["person"], "role": "clerk"})).await, "last_owner");
    assert_eq!(desk.code("save_person", json!({"person": people[0]["person"], "archived": true})).await, "last_owner");
}

#[tokio::test]
async fn a_wrong_pin_is_recorded_and_slows_the_next_try_down() {
    let desk = Desk::shop().await;
    let owner = desk.ask("people", Value::Null).await[0]["person"].clone();
    let door = Seat::default();
    let knock = async |pin: &str| match desk.house.serve(&door, "sign_in", json!({"person": owner, "pin": pin})).await {
        Err(app::Failure::Refused { refusal, .. }) => (refusal["code"].as_str().expect("a code").to_owned(), refusal["wait_seconds"].clone()),
        Err(broken) => panic!("{broken}"),
        Ok(session) => ("in".to_owned(), session["name"].clone()),
    };
    let entries = async || desk.ask("status", Value::Null).await["entries"].as_i64().expect("a count");
    let before = entries().await;
    for wait in [0, 0, 2] {
        assert_eq!(knock("0000").await, ("wrong_pin".into(), json!(wait)));
    }
    assert_eq!(entries().await, before + 3, "each is recorded");
    assert_eq!(knock(PIN).await, ("wait".into(), json!(2)), "the right one waits too");
    desk.wait_ms(1_999);
    assert_eq!(knock(PIN).await.0, "wait");
    desk.wait_ms(1);
    assert_eq!(knock("0000").await, ("wrong_pin".into(), json!(4)), "and the time doubles");
    desk.wait_ms(4_000);
    assert_eq!(knock(PIN).await.0, "in");
    assert_eq!(knock("0000").await, ("wrong_pin".into(), json!(0)), "a right one forgets the wrong ones");
    assert_eq!(entries().await, before + 5);
    desk.whole().await;
}

#[tokio::test]
async fn nobody_is_signed_in_after_the_idle_time() {
    let desk = Desk::shop().await;
    desk.wait_ms(600_000);
    desk.ask("status", Value::Null).await;
    desk.wait_ms(600_001);
    assert_eq!(desk.code("status", Value::Null).await, "nobody_signed_in");
    assert_eq!(desk.ask("setup_state", Value::Null).await["session"], Value::Null);
    let owner = desk.ask("people", Value::Null).await[0]["person"].clone();
    desk.ask("sign_in", json!({"person": owner, "pin": PIN})).await;
    desk.ask("status", Value::Null).await;
    desk.ask("sign_out", Value::Null).await;
    assert_eq!(desk.code("status", Value::Null).await, "nobody_signed_in");
}

#[tokio::test]
async fn a_product_is_created_edited_refused_and_taken_off_the_list() {
    let desk = Desk::shop().await;
    let tea = desk
        .ask(
            "save_product",
            json!({"card": {"code": " T1 ", "barcode": "6901234567892", "name": "龙井茶", "price_minor": 8800}, "opening_milli": 5000}),
        )
        .await;
    assert_eq!((&tea["card"]["code"], &tea["stock_milli"]), (&json!("T1"), &json!(5000)));
    let entries = desk.ask("status", Value::Null).await["entries"].clone();
    for (card, code) in [
        (json!({"code": "T2", "name": " ", "price_minor": 1}), "no_name"),
        (json!({"code": "", "name": "x", "price_minor": 1}), "no_code"),
        (json!({"code": "T1", "name": "x", "price_minor": 1}), "code_taken"),
        (json!({"code": "T2", "barcode": "6901234567892", "name": "x", "price_minor": 1}), "barcode_taken"),
        (json!({"code": "T2", "barcode": "6901234567893", "name": "x", "price_minor": 1}), "barcode_check_digit"),
        (json!({"code": "T2", "barcode": "69012", "name": "x", "price_minor": 1}), "barcode_shape"),
        (json!({"code": "T2", "name": "x", "price_minor": -1}), "price_below_zero"),
        (json!({"code": "T2", "name": "x", "price_minor": 1, "tax": "vat"}), "unknown_tax"),
    ] {
        assert_eq!(desk.code("save_product", json!({"card": card})).await, code, "{card}");
    }
    assert_eq!(desk.ask("status", Value::Null).await["entries"], entries, "a refusal leaves nothing");
    let mut card = tea["card"].clone();
    card["price_minor"] = json!(9900);
    let dearer = desk.ask("save_product", json!({"product": tea["product"], "card": card})).await;
    assert_eq!((&dearer["card"]["price_minor"], &dearer["stock_milli"]), (&json!(9900), &json!(5000)));
    for typed in ["longjing", "ljc", "龙井", "T1", "6901234567892"] {
        assert_eq!(desk.ask("find_products", json!(typed)).await[0]["product"], tea["product"], "{typed}");
    }
    desk.ask("archive_product", json!({"product": tea["product"], "archived": true})).await;
    assert_eq!(desk.ask("scan", json!("6901234567892")).await["scan"], "unknown");
    desk.product("T1", "新龙井", 100).await;
    desk.whole().await;
}

#[tokio::test]
async fn stock_moves_by_postings_alone() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let received = desk.ask("receive_stock", json!({"product": tea, "qty_milli": 12_000, "cost_minor": 4000})).await;
    assert_eq!(received["stock_milli"], 12_000);
    let adjusted = desk.ask("adjust_stock", json!({"product": tea, "by_milli": -500, "reason": "damage", "note": "碎了"})).await;
    assert_eq!(adjusted["stock_milli"], 11_500);
    let sale = desk.ask("record_sale", desk.ticket(&tea, 3, 8800, None)).await;
    assert_eq!(desk.ask("scan", json!("T1")).await["product"]["stock_milli"], 8_500);
    for (command, question, code) in [
        ("receive_stock", json!({"product": tea, "qty_milli": 0}), "no_quantity"),
        ("receive_stock", json!({"product": tea, "qty_milli": -1}), "received_below_zero"),
        ("receive_stock", json!({"product": tea, "qty_milli": 1, "cost_minor": -1}), "cost_below_zero"),
        ("adjust_stock", json!({"product": tea, "by_milli": 2_000_000_000_000_i64, "reason": "count"}), "too_much"),
        ("adjust_stock", json!({"product": sale["sale"]["sale"], "by_milli": 1, "reason": "count"}), "not_found"),
    ] {
        assert_eq!(desk.code(command, question.clone()).await, code, "{question}");
    }
    let moves = desk.ask("stock_moves", tea).await;
    let moved: Vec<(i64, &Value)> =
        moves.as_array().expect("moves").iter().map(|moved| (moved["by_milli"].as_i64().expect("a quantity"), &moved["number"])).collect();
    assert_eq!(moved, [(-3000, &sale["sale"]["number"]), (-500, &Value::Null), (12_000, &json!("1AR-000001"))]);
    desk.whole().await;
}

#[tokio::test]
async fn a_national_number_is_one_of_the_shops_own_country() {
    let desk = Desk::empty("Europe/Berlin").await;
    desk.ask("create_shop", house::draft_of_shop("EUR", false)).await;
    let anna = desk.ask("enrol_member", json!({"card": {"name": "Anna", "phone": "0151 2345 6789"}})).await;
    assert_eq!(anna["row"]["card"]["phone"], "+4915123456789");
    for typed in ["0151", "151 23", "+49 151", "0049151", "6789"] {
        assert_eq!(desk.ask("find_members", json!(typed)).await[0]["name"], "Anna", "{typed}");
        let listed = desk.ask("members", json!({"filter": {"search": typed}, "window": {"offset": 0, "limit": 9}})).await;
        assert_eq!(listed["count"], 1, "{typed}");
    }
    assert_eq!(desk.ask("find_members", json!("+86151")).await, json!([]));
}

#[tokio::test]
async fn the_owner_gives_the_shop_another_name_and_receipts_say_it() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let mut settings = desk.ask("settings", Value::Null).await;
    assert_eq!(settings["shop_name"], "青禾茶舍");
    settings["shop_name"] = json!(" ");
    assert_eq!(desk.code("save_settings", settings.clone()).await, "no_shop_name");
    for (field, text) in [("shop_name", "满陇茶庄"), ("address", "虎跑路 39 号"), ("telephone", "0571-87001234"), ("tax_number", "91330106MA2CDE")]
    {
        settings[field] = json!(text);
    }
    desk.ask("save_settings", settings).await;
    let desk = desk.again().await.expect("the shop, later");
    assert_eq!(desk.ask("setup_state", Value::Null).await["shop"]["name"], "满陇茶庄");
    let rows = desk.ask("record_sale", desk.ticket(&tea, 1, 8800, None)).await["rows"].to_string();
    for line in ["满陇茶庄", "虎跑路 39 号", "电话 0571-87001234", "税号 91330106MA2CDE"] {
        assert!(rows.contains(line), "{line}: {rows}");
    }
    desk.whole().await;
}

#[tokio::test]
async fn a_member_is_found_by_name_pinyin_number_and_the_last_four_digits() {
    let desk = Desk::shop().await;
    let wang = desk.ask("enrol_member", json!({"card": {"name": "王小明", "phone": "138 0013 8000"}})).await;
    assert_eq!((&wang["row"]["number"], &wang["row"]["card"]["phone"]), (&json!("M000001"), &json!("+8613800138000")));
    let li = desk.ask("enrol_member", json!({"card": {"name": "李雷", "phone": "13911112222"}, "sponsor": wang["row"]["member"]})).await;
    for (typed, found) in
        [("王小", &wang), ("wangxiao", &wang), ("wxm", &wang), ("8000", &wang), ("M000001", &wang), ("lilei", &li), ("ll", &li), ("2222", &li)]
    {
        let hits = desk.ask("find_members", json!(typed)).await;
        assert_eq!((hits.as_array().map(Vec::len), &hits[0]["member"]), (Some(1), &found["row"]["member"]), "{typed}");
    }
    assert_eq!(desk.ask("scan", json!("+86 138-0013-8000")).await["member"]["name"], "王小明");
    // A frozen member is found like any other, and alone where only the frozen are asked for.
    desk.ask("save_member", json!({"member": li["row"]["member"], "card": {"name": "李雷", "phone": "13911112222", "active": false}})).await;
    for (frozen, count) in [(Value::Null, 2), (json!(true), 1), (json!(false), 1)] {
        let found = desk.ask("members", json!({"filter": {"frozen": frozen}, "window": {"offset": 0, "limit": 9}})).await;
        assert_eq!(found["count"], count, "{frozen}");
    }
    // In a hurry at the till: a phone and a sponsor are enough, and the name follows later.
    let quick = desk.ask("enrol_member", json!({"card": {"name": "", "phone": "13700137042"}, "sponsor": wang["row"]["member"]})).await;
    assert_eq!((&quick["row"]["card"]["name"], &quick["row"]["sponsor"]["name"]), (&json!("7042"), &json!("王小明")));
    for (question, code) in [
        (json!({"card": {"name": "", "phone": "139 1111 2222"}}), "phone_taken"),
        (json!({"card": {"name": "甲", "phone": "００86 13800138000"}}), "phone_taken"),
        (json!({"card": {"name": "甲", "phone": "call me"}}), "phone_shape"),
        (json!({"card": {"name": " "}}), "no_name"),
        (json!({"number": "M000001", "card": {"name": "甲"}}), "number_taken"),
        (json!({"card": {"name": "甲"}, "sponsor": uuid::Uuid::nil()}), "unknown_sponsor"),
        (json!({"card": {"name": "甲"}, "joined": "2026-02-30"}), "date_shape"),
    ] {
        assert_eq!(desk.code("enrol_member", question.clone()).await, code, "{question}");
    }
    let saved = desk.ask("save_member", json!({"member": li["row"]["member"], "card": {"name": "李磊", "phone": null}})).await;
    assert_eq!((&saved["row"]["card"]["name"], &saved["row"]["sponsor"]["name"]), (&json!("李磊"), &json!("王小明")));
    desk.whole().await;
}

#[tokio::test]
async fn fault_15_a_sponsor_cycle_of_any_length_is_refused_in_the_transaction() {
    let desk = Desk::shop().await;
    let mut line: Vec<Value> = Vec::new();
    for place in 0..10 {
        let member = desk.member(&format!("m{place}"), None, line.last()).await;
        line.push(member);
    }
    let entries = desk.ask("status", Value::Null).await["entries"].clone();
    // A cycle of length n: the first of the line under the n-th of it.
    for (place, below) in line.iter().enumerate() {
        let refusal = desk.refused("move_sponsor", json!({"member": line[0], "from": null, "to": below})).await;
        assert_eq!((refusal["code"].as_str(), refusal["path"].as_array().map(Vec::len)), (Some("cycle"), Some(place + 1)));
    }
    assert_eq!(desk.ask("status", Value::Null).await["entries"], entries, "nothing was recorded");
    // Two moves that are each sound alone and together make a circle: the later one is refused.
    let (a, b) = (desk.member("a", None, None).await, desk.member("b", None, None).await);
    let other = desk.again().await.expect("a second window");
    let (first, second) = tokio::join!(
        desk.asked("move_sponsor", json!({"member": a, "from": null, "to": b})),
        other.asked("move_sponsor", json!({"member": b, "from": null, "to": a})),
    );
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    // A move that rests on what is no longer so is refused too.
    assert_eq!(desk.code("move_sponsor", json!({"member": line[5], "from": null, "to": a})).await, "moved_meanwhile");
    let moved = desk.ask("move_sponsor", json!({"member": line[5], "from": line[4], "to": line[1], "reason": "换线"})).await;
    let upline: Vec<&str> = moved["upline"].as_array().expect("an upline").iter().filter_map(|hit| hit["name"].as_str()).collect();
    assert_eq!(upline, ["m1", "m0"]);
    desk.whole().await;
}
