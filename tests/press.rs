//! Papers as PDF through the menu: every character that was put in is read out of the file again.

use std::{collections::BTreeMap, path::Path};

use house::Desk;
use serde_json::{Value, json};

async fn shop() -> Desk {
    let mut desk = Desk::shop().await;
    desk.house = desk.house.with_press(press::Typesetter);
    desk
}

/// The text of a PDF as another program reads it.
fn text_of(path: &Path) -> String {
    // To look at the pages: BANYAN_PAPERS names a folder for them.
    if let Some(folder) = std::env::var_os("BANYAN_PAPERS") {
        std::fs::copy(path, Path::new(&folder).join(path.file_name().expect("name"))).expect("a folder");
    }
    pdf_extract::extract_text(path).expect("text")
}

/// Each character with its number, blanks left out.
fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for ch in text.chars().filter(|ch| !ch.is_whitespace()) {
        *counts.entry(ch).or_default() += 1;
    }
    counts
}

fn has(text: &str, wanted: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|ch| !ch.is_whitespace()).collect::<String>();
    bare(text).contains(&bare(wanted))
}

async fn save(desk: &Desk, sale: &Value, paper: &str) -> String {
    let path = desk.folder.path().join(format!("{paper}.pdf"));
    desk.ask("press_sale", json!({"sale": sale, "paper": paper, "path": path})).await;
    assert!(std::fs::read(&path).expect("written").starts_with(b"%PDF-"));
    text_of(&path)
}

#[tokio::test]
async fn a_receipt_and_a_delivery_note_say_everything_in_chinese_and_rare_names_are_whole() {
    let desk = shop().await;
    let member = desk.member("䶮㛃龘 阳青静", None, None).await;
    let tea = desk.product("T1", "龙井茶 Spring Tea 250g", 123_456).await;
    let sold = desk.ask("record_sale", desk.ticket(&tea, 3, 123_456, Some(&member))).await;
    let number = sold["sale"]["number"].as_str().expect("number");
    let receipt = save(&desk, &sold["sale"]["sale"], "receipt").await;
    for part in ["销售凭证", number, "䶮㛃龘 阳青静", "龙井茶 Spring Tea 250g", "1,234.56", "3,703.68", "第 1 页，共 1 页"] {
        assert!(has(&receipt, part), "{part} is not in {receipt}");
    }
    let note = save(&desk, &sold["sale"]["sale"], "delivery").await;
    for part in ["送货单", number, "䶮㛃龘 阳青静", "龙井茶 Spring Tea 250g", "收货人"] {
        assert!(has(&note, part), "{part} is not in {note}");
    }
    assert!(!note.contains("1,234.56") && !note.contains("3,703.68"), "a delivery note has no prices: {note}");
}

/// Two levels with the sale, a band and a pool by the month.
const PLAN: &str = r#"{"id":"shop","version":1,"currency":"CNY","rounding":{"unit":"0.01"},"ranks":[{"id":"普通"}],
    "rules":[
      {"id":"levels","kind":"walk","accrue":"paid","source":{"event":"order","base":"net"},
       "path":{"max":2,"pay":{"active":true}},"rate":{"mode":"absolute","table":{"*":["8.3%","3%"]}}},
      {"id":"band","kind":"walk","accrue":"period","source":{"event":"order","base":"net"},
       "path":{"self":true,"max":9},"rate":{"mode":"difference","band":{"measure":"group.net","steps":[["0","1%"],["100","2%"],["300","3.33%"]]}}}],
    "limits":[]}"#;
const DAY_MS: i64 = 86_400_000;
const CUP: i64 = 9_999;

/// March 2026, closed: three in a line, four sales, one of them come back.
async fn closed_month() -> Desk {
    let desk = shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    (settings["jurisdiction"], settings["idle_lock_seconds"]) = (json!("none"), json!(0));
    desk.ask("save_settings", settings).await;
    desk.activate(&serde_json::from_str(PLAN).expect("JSON"), "2026-03-01").await;
    let cup = desk.product("C1", "茶杯", CUP).await;
    let top = desk.member("林大", None, None).await;
    let middle = desk.member("王二", None, Some(&top)).await;
    let low = desk.member("赵㛃", None, Some(&middle)).await;
    for (buyer, pieces) in [(&low, 1), (&low, 3), (&middle, 1)] {
        desk.ask("record_sale", desk.ticket(&cup, pieces, CUP, Some(buyer))).await;
    }
    let back = desk.ask("record_sale", desk.ticket(&cup, 2, CUP, Some(&low))).await;
    let returned: domain::ids::ReturnId = desk.house.world.new_id();
    let what = json!({"by": "receipt", "sale": back["sale"]["sale"], "lines": [{"line": 0, "qty_milli": 1000}]});
    desk.ask("record_return", json!({"returned": returned, "what": what})).await;
    desk.wait_ms(25 * DAY_MS);
    let told = desk.job("try_close", json!("2026-03")).await;
    desk.job("release_month", json!({"month": "2026-03", "run_hash": told["run_hash"]})).await;
    desk
}

async fn statements(desk: &Desk) -> Vec<Value> {
    let answer = desk.ask("statements", json!({"month": "2026-03", "window": {"offset": 0, "limit": 200}})).await;
    answer["rows"].as_array().expect("rows").clone()
}

/// Exact millionths as the paper writes them.
fn exact(micro: &Value) -> String {
    let micro = micro.as_i64().expect("a number");
    let (sign, micro) = (if micro < 0 { "-" } else { "" }, micro.unsigned_abs());
    let (whole, part) = (micro / 100_000_000, format!("{:08}", micro % 100_000_000));
    let part = format!("{}{}", &part[..2], part[2..].trim_end_matches('0'));
    assert!(whole < 1_000, "the test groups no thousands");
    format!("{sign}{whole}.{part}")
}

#[tokio::test]
async fn a_statement_on_paper_has_the_ledgers_figures_and_every_amount_with_its_reason() {
    let desk = closed_month().await;
    let rows = statements(&desk).await;
    assert!(rows.len() >= 3, "{rows:?}");
    for row in rows {
        let path = desk.folder.path().join("statement.pdf");
        desk.ask("press_statement", json!({"number": row["number"], "path": path})).await;
        let text = text_of(&path);
        for figure in ["opening_micro", "earned_micro", "adjusted_micro", "closing_micro"] {
            assert!(has(&text, &exact(&row[figure])), "{figure} {} is not in {text}", row[figure]);
        }
        let payable = exact(&json!(row["payable_minor"].as_i64().expect("minor") * 1_000_000));
        for part in ["佣金结算单", row["number"].as_str().expect("number"), row["name"].as_str().expect("name"), &payable] {
            assert!(has(&text, part), "{part} is not in {text}");
        }
        // The amounts of the screen, and they add up to what the statement says.
        let question = json!({"member": row["member"], "month": "2026-03", "window": {"offset": 0, "limit": 200}});
        let earnings = desk.ask("earnings", question).await["rows"].as_array().expect("rows").clone();
        assert!(!earnings.is_empty());
        let mut sum = 0;
        for one in &earnings {
            sum += one["amount_micro"].as_i64().expect("micro");
            assert!(has(&text, &exact(&one["amount_micro"])) && has(&text, one["rule"].as_str().expect("rule")), "{one} is not in {text}");
        }
        assert_eq!(json!(sum), json!(row["earned_micro"].as_i64().expect("micro") + row["adjusted_micro"].as_i64().expect("micro")));
    }
}

/// Every statement's amounts, as they go on paper, add up to what it says, earnings and adjustments each by themselves.
async fn lines_add_up(desk: &Desk) -> usize {
    let shop = desk.house.shop().await.expect("a shop");
    let rows = statements(desk).await;
    for row in &rows {
        let member = serde_json::from_value(row["member"].clone()).expect("a member");
        let round = u32::try_from(row["round"].as_u64().expect("round")).expect("small");
        let lines = shop.books.statement_lines(member, "2026-03", round).await.expect("read");
        let sum = |adjusts: bool| lines.iter().filter(|one| one.is_adjustment() == adjusts).map(|one| one.amount_micro).sum::<i64>();
        assert_eq!((json!(sum(false)), json!(sum(true))), (row["earned_micro"].clone(), row["adjusted_micro"].clone()), "{row} {lines:#?}");
    }
    rows.len()
}

#[tokio::test]
async fn a_statement_has_the_amounts_of_its_own_close_whatever_comes_after_it() {
    let desk = closed_month().await;
    let first = lines_add_up(&desk).await;
    let before = statements(&desk).await;
    let folder = desk.folder.path().join("first");
    desk.job("press_statements", json!({"month": "2026-03", "path": folder})).await;
    desk.ask("reopen_month", json!({"month": "2026-03", "reason": "漏记一笔退货"})).await;
    // Goods of March come back in April, which takes them, and March is closed a second time.
    let sales = desk.ask("sales", json!({"filter": {"search": ""}, "window": {"offset": 0, "limit": 200}})).await;
    let sold = sales["rows"].as_array().expect("rows").iter().find(|row| row["pieces_milli"] == json!(3000)).expect("three cups").clone();
    let returned: domain::ids::ReturnId = desk.house.world.new_id();
    let what = json!({"by": "receipt", "sale": sold["sale"], "lines": [{"line": 0, "qty_milli": 2000}]});
    desk.ask("record_return", json!({"returned": returned, "what": what})).await;
    let told = desk.job("try_close", json!("2026-03")).await;
    desk.job("release_month", json!({"month": "2026-03", "run_hash": told["run_hash"]})).await;
    assert!(lines_add_up(&desk).await >= first);
    let after = statements(&desk).await;
    assert!(before.iter().all(|row| after.contains(row)));
    for file in std::fs::read_dir(&folder).expect("folder").flatten() {
        let verdict = desk.ask("verify_statement", json!({"by": "file", "path": file.path()})).await;
        assert_eq!(verdict["genuine"], json!(true), "what was written before stays true: {verdict}");
    }
}

#[tokio::test]
async fn a_statement_is_told_from_a_changed_one_by_hash_and_by_file() {
    let desk = closed_month().await;
    let row = statements(&desk).await.remove(0);
    let path = desk.folder.path().join("one.pdf");
    desk.ask("press_statement", json!({"number": row["number"], "path": path})).await;
    let verdict = desk.ask("verify_statement", json!({"by": "file", "path": path})).await;
    assert_eq!((&verdict["genuine"], &verdict["file"]), (&json!(true), &json!("unchanged")), "{verdict}");
    let hash = verdict["statements"][0]["hash"].as_str().expect("hash").to_owned();
    assert!(has(&text_of(&path), &hash), "the hash is printed");
    let printed = |number: &Value, hash: &str| json!({"by": "printed", "number": number, "hash": hash});
    assert_eq!(desk.ask("verify_statement", printed(&row["number"], &hash.to_uppercase())).await["genuine"], json!(true));
    let wrong = hash.replace(['a', '1'], "b");
    assert_eq!(desk.ask("verify_statement", printed(&row["number"], &wrong)).await["statements"][0]["verdict"], "other");
    assert_eq!(desk.ask("verify_statement", printed(&json!("2026-03-99999"), &hash)).await["statements"][0]["verdict"], "unknown");
    assert_eq!(desk.code("verify_statement", printed(&row["number"], "abc")).await, "hash_shape");
    // One byte anywhere in the file, or its signature cut off.
    let bytes = std::fs::read(&path).expect("written");
    for place in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 20] {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        std::fs::write(&path, changed).expect("written");
        let answer = desk.asked("verify_statement", json!({"by": "file", "path": path})).await;
        assert!(answer.is_err() || answer.is_ok_and(|verdict| verdict["genuine"] == json!(false)), "byte {place}");
    }
    std::fs::write(&path, &bytes[..bytes.len() - 209]).expect("written");
    assert_eq!(desk.ask("verify_statement", json!({"by": "file", "path": path})).await["file"], "unsigned");
    // Another shop's device signs in vain, and does not know the number.
    std::fs::write(&path, &bytes).expect("written");
    let other = shop().await;
    let verdict = other.ask("verify_statement", json!({"by": "file", "path": path})).await;
    assert_eq!((&verdict["genuine"], &verdict["file"], &verdict["statements"][0]["verdict"]), (&json!(false), &json!("changed"), &json!("unknown")));
    assert_eq!(desk.whole().await["first_difference"], Value::Null);
    // After the books were filled anew from the journal the hash is still the same.
    let again = desk.again().await.expect("opened");
    assert_eq!(again.ask("verify_statement", printed(&row["number"], &hash)).await["genuine"], json!(true));
}

#[tokio::test]
async fn all_statements_of_a_month_are_written_whole_or_not_at_all() {
    let desk = closed_month().await;
    let mut rows = statements(&desk).await;
    rows.sort_by_key(|row| row["number"].to_string());
    let folder = desk.folder.path().join("三月");
    let wish = json!({"month": "2026-03", "path": folder});
    let listed = || {
        let all = std::fs::read_dir(desk.folder.path()).expect("folder").flatten();
        let mut names: Vec<String> = all.map(|one| one.file_name().to_string_lossy().into_owned()).filter(|name| !name.starts_with("shop")).collect();
        names.sort();
        names
    };
    let before = listed();
    let end = desk.job_watched("press_statements", wish.clone(), |step, done| step != "setting" || done == 0).await;
    assert_eq!(json!(end)["end"], "cancelled");
    assert_eq!(listed(), before, "nothing is left of a job that was stopped");
    let told = desk.job("press_statements", wish.clone()).await;
    assert_eq!(told["rows"], json!(rows.len()));
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect("folder").flatten().map(|one| one.path()).collect();
    files.sort();
    assert_eq!(files.len(), rows.len() + 1);
    let all = text_of(&folder.join("2026-03.pdf"));
    for (row, file) in rows.iter().zip(&files) {
        let number = row["number"].as_str().expect("number");
        assert!(file.file_name().expect("name").to_string_lossy().starts_with(number), "{file:?}");
        assert!(has(&all, number) && has(&all, row["name"].as_str().expect("name")), "{number}");
        assert!(has(&text_of(file), &exact(&row["earned_micro"])), "{number}");
    }
    for file in &files {
        assert_eq!(desk.ask("verify_statement", json!({"by": "file", "path": file})).await["genuine"], json!(true), "{file:?}");
    }
    assert_eq!(desk.code("press_statements", wish).await, "folder_there");
    assert_eq!(desk.code("press_statements", json!({"month": "2026-02", "path": desk.folder.path().join("new")})).await, "no_statements");
    let sheet = desk.folder.path().join("all.csv");
    desk.job("export_statements", json!({"month": "2026-03", "path": sheet})).await;
    let csv = std::fs::read_to_string(sheet).expect("sheet");
    assert_eq!(csv.lines().count(), rows.len() + 2);
    for row in &rows {
        assert!(csv.contains(row["number"].as_str().expect("number")));
    }
}

#[tokio::test]
async fn a_character_that_no_font_has_is_named_and_nothing_is_written() {
    let desk = shop().await;
    let tea = desk.product("T1", "龙井茶 \u{10FFFD}", 1_000).await;
    let sold = desk.ask("record_sale", desk.ticket(&tea, 1, 1_000, None)).await;
    let path = desk.folder.path().join("receipt.pdf");
    let refusal = desk.refused("press_sale", json!({"sale": sold["sale"]["sale"], "paper": "receipt", "path": path})).await;
    assert_eq!((&refusal["code"], &refusal["code_point"]), (&json!("no_character"), &json!("10FFFD")));
    assert!(!path.exists());
}

#[tokio::test]
async fn labels_of_many_products_fill_sheets_and_begin_where_the_last_sheet_ended() {
    let desk = shop().await;
    let mut products = Vec::new();
    for (code, barcode, name) in [("T1", json!("6901234567892"), "龙井茶 䶮"), ("T2", Value::Null, "No code")] {
        let card = json!({"code": code, "barcode": barcode, "name": name, "price_minor": 12_800});
        products.push(desk.ask("save_product", json!({"card": card})).await["product"].clone());
    }
    let path = desk.folder.path().join("labels.pdf");
    let labels = |copies: u32| json!({"products": products, "copies": copies, "kind": "product", "size": "label40x30"});
    desk.ask("press_labels", json!({"labels": labels(12), "grid": "three8", "used": 1, "path": path})).await;
    let text = text_of(&path);
    let bare: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
    assert_eq!(bare.matches("6901234567892").count(), 12, "{text}");
    assert_eq!(counted(&text)[&'䶮'], 12);
    assert_eq!(text.matches("No code").count(), 12);
    let pages = pdf_extract::extract_text_by_pages(&path).expect("pages");
    assert_eq!(pages.len(), 2, "24 labels and a used place are more than one sheet of 24");
    assert_eq!(desk.code("press_labels", json!({"labels": labels(1), "grid": "three8", "used": 24, "path": path})).await, "sheet_used");
    assert_eq!(desk.code("press_labels", json!({"labels": labels(0), "grid": "three7", "used": 0, "path": path})).await, "no_labels");
}

/// The pages that stand in the handbook are all in the file: headings, steps, keys, tables, and the pictures beside them.
#[tokio::test]
async fn the_handbook_is_one_file_with_every_word_of_it() {
    let desk = shop().await;
    let path = desk.folder.path().join("handbook.pdf");
    let text = |text: &str| json!([{"kind": "text", "text": text}]);
    let page = json!([
        {"kind": "heading", "level": 1, "spans": text("给顾客退款")},
        {"kind": "paragraph", "spans": [{"kind": "text", "text": "Press "}, {"kind": "key", "text": "F6"}, {"kind": "bold", "text": " 扫描小票"}, {"kind": "italic", "text": "退货"},
            {"kind": "link", "text": "see # Sell *", "to": "sell.md"}]},
        {"kind": "list", "numbered": true, "items": [text("第一步 $x$"), text("第二步 <b>")]},
        {"kind": "table", "head": [text("Key"), text("What")], "rows": [[text("F1"), text("Handbook 手册")], [text("F2"), text("Search \\n")]]},
        {"kind": "picture", "text": "The till", "path": "../../pictures/till-en.png"},
        {"kind": "picture", "text": "没有这张图", "path": "none.png"},
    ]);
    let png = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures/till-en.png")).expect("the picture");
    let pictures = json!([{"path": "../../pictures/till-en.png", "png": png}]);
    let book = json!({"title": "用户手册", "contents": "目录", "pages": [page.clone(), page], "pictures": pictures});
    desk.ask("press_handbook", json!({"path": path, "language": "zh-CN", "book": book})).await;
    let said = counted(&text_of(&path));
    for (word, least) in [("给顾客退款", 3), ("用户手册", 1), ("扫描小票", 2), ("第二步<b>", 2), ("F6", 2), ("没有这张图", 2), ("see#Sell*", 2)]
    {
        assert!(word.chars().all(|ch| said.get(&ch).is_some_and(|count| *count >= least)), "{word}: {said:?}");
    }
    assert!(std::fs::metadata(&path).expect("the file").len() > 60_000, "the picture is in it");
    let mut broken = json!({"path": path, "language": "zh-CN", "book": {"title": "x", "contents": "", "pages": [[{"kind": "picture", "text": "", "path": "a"}]], "pictures": [{"path": "a", "png": [1, 2]}]}});
    broken["path"] = json!(desk.folder.path().join("broken.pdf"));
    assert!(desk.asked("press_handbook", broken.clone()).await.is_err());
    assert!(!desk.folder.path().join("broken.pdf").exists(), "whole or not at all");
}

/// A member's poster names the shop, the member and the code; whoever types or scans the code finds the member, and a mistyped one finds nobody.
#[tokio::test]
async fn a_members_poster_carries_the_code_that_finds_the_member() {
    let desk = shop().await;
    let member = desk.member("王小明", None, None).await;
    let code = desk.ask("member", member.clone()).await["referral"].as_str().expect("a code").to_owned();
    let path = desk.folder.path().join("poster.pdf");
    desk.ask("press_poster", json!({"member": member, "path": path})).await;
    let said = counted(&text_of(&path));
    for word in ["王小明", &code, "推荐码"] {
        assert!(word.chars().all(|sign| said.contains_key(&sign)), "{word}: {said:?}");
    }
    let (first, rest) = code.split_at(4);
    for typed in [code.clone(), code.to_lowercase(), format!("{first} {}-{}", &rest[..4], &rest[4..])] {
        assert_eq!(desk.ask("find_members", json!(typed)).await[0]["member"], member, "{typed}");
    }
    let wrong = if code.ends_with('0') { "1" } else { "0" };
    let mistyped = format!("{}{wrong}", &code[..11]);
    assert_eq!(desk.ask("find_members", json!(mistyped)).await, json!([]), "{mistyped}");
    assert_eq!(desk.code("press_poster", json!({"member": uuid::Uuid::nil(), "path": path})).await, "not_found");
    let picture = desk.folder.path().join("poster.PNG");
    desk.ask("press_poster", json!({"member": member, "path": picture})).await;
    assert!(std::fs::read(&picture).expect("a picture").starts_with(b"\x89PNG"));
}
