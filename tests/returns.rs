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
