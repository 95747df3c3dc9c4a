//! Copies by a rule and going back to one: whole, locked, under a new chain, and what they replace stays.

use std::collections::BTreeSet;

use books::lock::{Lid, look_at};
use house::Desk;
use serde_json::{Value, json};

const DAY_MS: i64 = 86_400_000;

async fn sell(desk: &Desk, tea: &Value) -> String {
    let sold = desk.ask("record_sale", desk.ticket(tea, 1, 8800, None)).await;
    sold["sale"]["number"].as_str().expect("a number").to_owned()
}

async fn numbers(desk: &Desk) -> BTreeSet<String> {
    let page = desk.ask("sales", json!({"filter": {}, "window": {"offset": 0, "limit": 200}})).await;
    page["rows"].as_array().expect("rows").iter().map(|row| row["number"].as_str().expect("a number").to_owned()).collect()
}

/// Signs the owner in again, where a restore sent everybody out.
async fn sign_in(desk: &Desk) {
    let people = desk.ask("people", Value::Null).await;
    desk.ask("sign_in", json!({"person": people[0]["person"], "pin": house::PIN})).await;
}

fn letter_of(number: &str) -> &str {
    number.split('-').next().expect("a prefix")
}

#[tokio::test]
async fn a_copy_a_day_is_kept_by_the_rule_and_each_is_whole() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    for _ in 0..40 {
        // The seat empties itself overnight.
        sign_in(&desk).await;
        sell(&desk, &tea).await;
        desk.ask("back_up_now", Value::Null).await;
        desk.wait_ms(DAY_MS);
    }
    sign_in(&desk).await;
    let safety = desk.ask("safety", Value::Null).await;
    let days: Vec<&str> = safety["copies"].as_array().expect("copies").iter().filter_map(|copy| copy["day"].as_str()).collect();
    // From 10 March on, forty days: the last seven, the Sundays before, the last of March.
    let expected =
        ["2026-04-18", "2026-04-17", "2026-04-16", "2026-04-15", "2026-04-14", "2026-04-13", "2026-04-12", "2026-04-05", "2026-03-31", "2026-03-29"];
    assert_eq!(days, expected);
    assert_eq!(safety["fault"], Value::Null);
    for copy in safety["copies"].as_array().expect("copies") {
        let path = std::path::Path::new(copy["path"].as_str().expect("a path"));
        let key = desk.key_of(path).expect("this device has its key");
        let told = books::look_into(path, &key).await.expect("it is whole");
        assert!(told.entries > 0 && copy["bytes"].as_i64().is_some_and(|bytes| bytes > 0));
    }
}

/// Faults 26, 35 and 39: what is restored opens, goes on under another letter, and the days after the copy are not lost.
#[tokio::test]
async fn going_back_to_a_copy_begins_a_new_chain_and_keeps_what_was_there() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let before = sell(&desk, &tea).await;
    let copies = desk.ask("back_up_now", Value::Null).await["copies"].clone();
    let copy = copies[0]["path"].clone();
    let after = sell(&desk, &tea).await;
    let mut printed = BTreeSet::from([before.clone(), after.clone()]);

    for round in 0..3 {
        desk.ask("restore_backup", json!({"path": copy})).await;
        assert_eq!(desk.code("safety", Value::Null).await, "nobody_signed_in", "everybody signs in again");
        sign_in(&desk).await;
        assert_eq!(numbers(&desk).await, BTreeSet::from([before.clone()]), "the books of the copy");
        let next = sell(&desk, &tea).await;
        assert!(printed.insert(next.clone()), "{next} was printed before, round {round}");
        let safety = desk.ask("safety", Value::Null).await;
        let kept = safety["copies"].as_array().expect("copies").iter().filter(|copy| copy["kind"] == "before_restore").count();
        assert_eq!(kept, round + 1);
        desk.whole().await;
    }
    // What the first restore replaced can be gone back to as well.
    let safety = desk.ask("safety", Value::Null).await;
    let first = safety["copies"].as_array().expect("copies").iter().rfind(|copy| copy["kind"] == "before_restore").expect("kept")["path"].clone();
    desk.ask("restore_backup", json!({"path": first})).await;
    sign_in(&desk).await;
    assert_eq!(numbers(&desk).await, BTreeSet::from([before, after]));
    assert!(printed.insert(sell(&desk, &tea).await));
    desk.whole().await;
}

/// Fault 35: the file is put back by hand, past the program, on the same device.
#[tokio::test]
async fn yesterdays_file_put_back_by_hand_goes_on_under_a_new_letter() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let first = sell(&desk, &tea).await;
    desk.house.close().await.expect("closed");
    let yesterday = std::fs::read(desk.path()).expect("the file");

    let desk = desk.again().await.expect("it opens");
    let second = sell(&desk, &tea).await;
    assert_eq!(letter_of(&first), letter_of(&second), "an opening alone changes nothing");
    desk.house.close().await.expect("closed");

    let desk = desk.with_file(&yesterday).await.expect("it opens");
    let third = sell(&desk, &tea).await;
    assert_ne!(letter_of(&third), letter_of(&second));
    desk.house.close().await.expect("closed");
    // Once more the same file: not even the letter of the first time comes again.
    let desk = desk.with_file(&yesterday).await.expect("it opens");
    let fourth = sell(&desk, &tea).await;
    assert_eq!(BTreeSet::from([letter_of(&second), letter_of(&third), letter_of(&fourth)]).len(), 3);
    desk.whole().await;
    // The program dies, and the next opening is no restore.
    let desk = desk.after_a_crash().await.expect("it opens");
    assert_eq!(letter_of(&sell(&desk, &tea).await), letter_of(&fourth));
}

#[tokio::test]
async fn two_programs_at_one_file_are_no_restore() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    let first = sell(&desk, &tea).await;
    for _ in 0..5 {
        let other = desk.again().await.expect("a second program");
        assert_eq!(letter_of(&sell(&other, &tea).await), letter_of(&first));
        assert_eq!(letter_of(&sell(&desk, &tea).await), letter_of(&first));
        other.house.close().await.expect("closed");
    }
    desk.house.close().await.expect("closed");
    let desk = desk.again().await.expect("it opens");
    assert_eq!(letter_of(&sell(&desk, &tea).await), letter_of(&first));
    desk.whole().await;
}

/// Two devices that go on from one copy do not print the same numbers, for all that they know of each other.
#[tokio::test]
async fn a_new_computer_takes_the_books_from_a_copy_and_its_recovery_key() {
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    sell(&desk, &tea).await;
    let copy = desk.ask("back_up_now", Value::Null).await["copies"][0]["path"].clone();
    let groups = desk.ask("recovery_key", json!(house::PIN)).await["groups"].clone();
    let key = groups.as_array().expect("groups").iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ");
    let mut letters = BTreeSet::from([letter_of(&sell(&desk, &tea).await).to_owned()]);
    for _ in 0..2 {
        let other = Desk::empty("Asia/Shanghai").await;
        assert_eq!(other.code("bring_books", json!({"path": copy})).await, "locked");
        assert_eq!(other.code("bring_books", json!({"path": copy, "recovery_key": "ABCD"})).await, "recovery_key_typo");
        assert_eq!(other.ask("setup_state", Value::Null).await["shop"], Value::Null);
        other.ask("bring_books", json!({"path": copy, "recovery_key": key})).await;
        sign_in(&other).await;
        assert_eq!(other.code("bring_books", json!({"path": copy})).await, "shop_exists");
        assert!(letters.insert(letter_of(&sell(&other, &tea).await).to_owned()), "{letters:?}");
        other.whole().await;
        // A restore on the new device is one more chain there.
        other.ask("restore_backup", json!({"path": copy})).await;
        sign_in(&other).await;
        assert!(letters.insert(letter_of(&sell(&other, &tea).await).to_owned()), "{letters:?}");
    }
}

#[tokio::test]
async fn what_is_no_copy_is_refused_and_changes_nothing() {
    let desk = Desk::shop().await;
    let diary = desk.folder.path().join("diary.banyan");
    std::fs::write(&diary, "Dear diary").expect("written");
    assert_eq!(desk.code("restore_backup", json!({"path": diary})).await, "not_books");
    assert_eq!(desk.code("restore_backup", json!({"path": desk.folder.path().join("nowhere")})).await, "file");
    let stranger = Desk::shop().await;
    let theirs = stranger.ask("back_up_now", Value::Null).await["copies"][0]["path"].clone();
    assert_eq!(desk.code("restore_backup", json!({"path": theirs})).await, "locked");
    assert_eq!(desk.ask("safety", Value::Null).await["copies"], json!([]), "nothing was replaced");
    assert!(matches!(look_at(&desk.path()), Ok(Lid::Locked(_))));
    desk.whole().await;
}

/// A disk without room, or a folder that cannot be made: the next round tries again, and the settings say why until it works.
#[tokio::test]
async fn a_copy_that_cannot_be_made_is_told_until_one_is() {
    let desk = Desk::shop().await;
    let folder = desk.folder.path().join("shop-backups");
    std::fs::write(&folder, "in the way").expect("written");
    assert!(desk.asked("back_up_now", Value::Null).await.is_err());
    std::fs::remove_file(&folder).expect("out of the way");
    let fault = desk.ask("safety", Value::Null).await["fault"].clone();
    assert_ne!(fault, Value::Null);
    assert_eq!(desk.ask("back_up_now", Value::Null).await["fault"], Value::Null);
}

#[tokio::test]
async fn a_copy_is_made_by_itself_once_a_day_where_something_happened() {
    let due = async |desk: &Desk| app::backups::make_if_due(&desk.house).await.expect("looked");
    let desk = Desk::shop().await;
    let tea = desk.product("T1", "龙井茶", 8800).await;
    assert!(due(&desk).await);
    sell(&desk, &tea).await;
    assert!(!due(&desk).await, "one a day");
    desk.wait_ms(DAY_MS);
    assert!(due(&desk).await, "yesterday's last sale is not in a copy yet");
    desk.wait_ms(DAY_MS);
    // The copy itself sealed the chain, which is no entry.
    assert!(!due(&desk).await, "nothing happened since");
    // A sample is thrown away: it is not copied.
    let sample = Desk::empty("Asia/Shanghai").await;
    assert!(!due(&sample).await, "no shop yet");
    sample.ask("create_shop", house::draft_of_shop("CNY", true)).await;
    assert!(!due(&sample).await);
}
