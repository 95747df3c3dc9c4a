//! A thousand sales of a busy shop, with returns, tickets put aside, top-ups, vouchers, cash moved, shifts, and the program ending in the middle of
//! whatever it is doing: nothing acknowledged is missing, nothing stands twice, every drawer is what its postings say, and the books verify.
//! `BANYAN_SOAK` says how many sales, for a longer run.

use std::{future::Future, task::Poll};

use house::Desk;
use serde_json::{Value, json};

const PRICE: i64 = 1000;

/// Chance that counts: the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn amount(&mut self, sides: u64) -> i64 {
        i64::try_from(self.roll(sides)).unwrap_or(0)
    }
}

/// Works a little and is then dropped where it stands, as the end of the program leaves it.
async fn cut_short(work: impl Future, steps: u64) {
    let mut work = Box::pin(work);
    for _ in 0..steps {
        if std::future::poll_fn(|context| Poll::Ready(work.as_mut().poll(context).is_ready())).await {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// What a person would find, had they written everything down.
struct Notes {
    shift: Option<Value>,
    drawer: i64,
    stored: i64,
    vouchers: i64,
    code: Value,
    sold: i64,
    net: i64,
    shelf: i64,
    over: i64,
    last: Option<(Value, i64, &'static str)>,
}

impl Notes {
    fn cash(&mut self, by: i64) {
        if self.shift.is_some() {
            self.drawer += by;
        }
    }
}

async fn sell(mut desk: Desk, dice: &mut Dice, notes: &mut Notes, tea: &Value, member: &Value) -> Desk {
    let pieces = 1 + dice.amount(4);
    let due = pieces * PRICE;
    let by = match dice.roll(8) {
        0 if notes.stored >= due => "balance",
        1 if notes.vouchers >= due => "voucher",
        2 | 3 => "wechat",
        _ => "cash",
    };
    let handed = if by == "cash" { 10_000 } else { due };
    let reference = if by == "voucher" { notes.code.clone() } else { json!("R") };
    let mut ticket = desk.ticket(tea, pieces, PRICE, (by == "balance" || dice.roll(2) == 0).then_some(member));
    ticket["tenders"] = json!([{"kind": by, "amount_minor": handed, "reference": reference}]);
    if dice.roll(12) == 0 {
        // The program ends somewhere in the sale; whoever comes back presses Enter once more.
        let steps = dice.roll(60);
        cut_short(desk.asked("record_sale", ticket.clone()), steps).await;
        desk = desk.after_a_crash().await.expect("the file as the end of the program left it");
    }
    for _ in 0..=u64::from(dice.roll(10) == 0) {
        let receipt = desk.ask("record_sale", ticket.clone()).await;
        assert_eq!(receipt["sale"]["shift"], notes.shift.clone().unwrap_or(Value::Null));
    }
    match by {
        "cash" => notes.cash(due),
        "balance" => notes.stored -= due,
        "voucher" => notes.vouchers -= due,
        _ => {}
    }
    notes.sold += 1;
    notes.net += due;
    notes.shelf -= pieces;
    notes.last = Some((ticket["sale"].clone(), pieces, by));
    desk
}

async fn give_back(desk: &Desk, dice: &mut Dice, notes: &mut Notes) {
    let Some((sale, left, by)) = notes.last.take() else { return };
    let pieces = 1 + dice.amount(u64::try_from(left).unwrap_or(1));
    let returned: domain::ids::ReturnId = desk.house.world.new_id();
    let lines = json!([{"line": 0, "qty_milli": pieces * 1000}]);
    let back = json!({"returned": returned, "what": {"by": "receipt", "sale": sale, "lines": lines}});
    desk.ask("record_return", back.clone()).await;
    desk.ask("record_return", back).await;
    match by {
        "cash" => notes.cash(-pieces * PRICE),
        "balance" => notes.stored += pieces * PRICE,
        "voucher" => notes.vouchers += pieces * PRICE,
        _ => {}
    }
    notes.net -= pieces * PRICE;
    notes.shelf += pieces;
    notes.sold += 1;
    notes.last = (left > pieces).then_some((sale, left - pieces, by));
}

async fn shift(desk: &Desk, dice: &mut Dice, notes: &mut Notes) {
    let Some(closing) = notes.shift.take() else {
        notes.shift = Some(desk.ask("open_shift", json!({"float_minor": 5000})).await["open"]["shift"].clone());
        notes.drawer = 5000;
        return;
    };
    let counted = (notes.drawer + dice.amount(3) * 100 - 100).max(0);
    let draft = json!({"shift": closing, "cash": [{"value_minor": 1, "pieces": counted}], "reason": "盘点"});
    let z = desk.ask("close_shift", draft).await;
    assert_eq!(z["closed"]["expected_minor"], notes.drawer);
    notes.over += counted - notes.drawer;
    notes.drawer = 0;
}

#[tokio::test]
async fn a_thousand_sales_with_the_program_ending_in_between_leave_whole_books_and_true_drawers() {
    let sales: i64 = std::env::var("BANYAN_SOAK").ok().and_then(|text| text.parse().ok()).unwrap_or(1000);
    let mut desk = Desk::shop().await;
    let mut settings = desk.ask("settings", Value::Null).await;
    settings["idle_lock_seconds"] = json!(0);
    desk.ask("save_settings", settings).await;
    let tea = desk.product("T1", "龙井茶", PRICE).await;
    let member = desk.member("赵三", None, None).await;
    let voucher: domain::ids::VoucherId = desk.house.world.new_id();
    let given = desk.ask("give_voucher", json!({"voucher": voucher, "amount_minor": 20_000, "reason": "开业"})).await;
    let mut dice = Dice(20_260_310);
    let mut notes = Notes {
        shift: None,
        drawer: 0,
        stored: 0,
        vouchers: 20_000,
        code: given["row"]["code"].clone(),
        sold: 0,
        net: 0,
        shelf: 0,
        over: 0,
        last: None,
    };
    while notes.sold < sales {
        match dice.roll(24) {
            0..=13 => desk = sell(desk, &mut dice, &mut notes, &tea, &member).await,
            14..=16 => give_back(&desk, &mut dice, &mut notes).await,
            17 => {
                let top_up: domain::ids::TopUpId = desk.house.world.new_id();
                let amount = 1000 * (1 + dice.amount(5));
                let draft =
                    json!({"top_up": top_up, "member": member, "amount_minor": amount, "tenders": [{"kind": "cash", "amount_minor": 10_000}]});
                desk.ask("top_up", draft.clone()).await;
                desk.ask("top_up", draft).await;
                notes.stored += amount;
                notes.cash(amount);
            }
            18 => {
                let ticket = desk.ticket(&tea, 1, PRICE, None);
                desk.ask("hold_sale", json!({"ticket": ticket["sale"], "draft": ticket.to_string(), "open": false})).await;
                if dice.roll(2) == 0 {
                    desk.ask("drop_held", ticket["sale"].clone()).await;
                }
            }
            19 => {
                let (way, by): (&str, i64) = [("in", 700), ("out", -300), ("safe", -2000)][usize::try_from(dice.roll(3)).unwrap_or(0)];
                let asked = desk.asked("move_cash", json!({"way": way, "amount_minor": by.abs(), "reason": "练习"})).await;
                if asked.is_ok() {
                    notes.cash(by);
                }
            }
            20 => shift(&desk, &mut dice, &mut notes).await,
            21 => {
                let sold: domain::ids::VoucherId = desk.house.world.new_id();
                let draft = json!({"voucher": sold, "amount_minor": 3000, "tenders": [{"kind": "cash", "amount_minor": 5000}]});
                let code = desk.ask("sell_voucher", draft).await["row"]["code"].clone();
                let lost = desk.ask("find_voucher", code).await["voucher"].clone();
                // What is on it stays there: only the first voucher is spent here.
                assert_eq!(desk.ask("voucher", lost).await["row"]["left_minor"], 3000);
                notes.cash(3000);
            }
            _ => desk.wait_ms(200_000),
        }
    }
    if let Some(shift) = &notes.shift {
        assert_eq!(desk.ask("shift_report", shift.clone()).await["figures"]["drawer_minor"], notes.drawer);
    }
    let list = desk.ask("sales_list", json!({"filter": {}, "window": {"offset": 0, "limit": 1}})).await;
    assert_eq!((&list["page"]["count"], &list["totals"]["net_minor"]), (&json!(notes.sold), &json!(notes.net)));
    assert_eq!(desk.ask("member", member).await["row"]["balance_minor"], notes.stored);
    assert_eq!(desk.ask("find_voucher", notes.code).await["left_minor"], notes.vouchers);
    assert_eq!(desk.ask("product", tea).await["stock_milli"], notes.shelf * 1000);
    let z = desk.ask("shifts", json!({"offset": 0, "limit": 200})).await;
    let closed = z["rows"].as_array().expect("shifts").iter();
    let differences: i64 = closed.filter_map(|row| Some(row["counted_minor"].as_i64()? - row["expected_minor"].as_i64()?)).sum();
    assert_eq!(differences, notes.over);
    desk.whole().await;
}
