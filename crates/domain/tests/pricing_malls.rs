//! What the tests and threads of other malls expect (`cases/malls.json`; each case names its source), priced by our rules. Every case is either
//! priced here or listed with the reason why not.

mod pricing_support;

use banyan_domain::share::split;
use pricing_support::{cases::*, *};
use serde_json::Value;

/// A ticket of `(unit_fen, qty)` lines that are for sale; lines left out of the peer's cart are left out of the draft.
fn fen_ticket(lines: &Value) -> World {
    let mut world = World::default();
    for line in lines.as_array().unwrap().iter().filter(|line| line["selected"] != false) {
        let fen = line["unit_fen"].as_i64().unwrap();
        let id = line["sku"].to_string();
        world = world.line(&id, "0", &text(&line["qty"]));
        world.product(&id).price_minor = fen;
    }
    world
}

const MALLS: &[(&str, Check)] = &[
    ("Y11", |given, expect| {
        let world = fen_ticket(&given["lines"]).member(given["user_points"].as_i64().unwrap()).points("1", "0.01", 1, "100%");
        let quote = world.quote().unwrap();
        assert_eq!([quote.points_spent, quote.due_minor, quote.points_offset_minor], [0, 350, 0]);
        assert_eq!(quote.due_minor, expect["pay_fen"]);
    }),
    ("Y14", |given, expect| {
        let mut world = fen_ticket(&given["lines"]);
        for line in given["lines"].as_array().unwrap().iter().filter(|line| line["selected"] == true && line["match"] == true) {
            world.product(&line["sku"].to_string()).category = Some("match".into());
        }
        let mut world = world.coupon("HALF", &percent(&given["coupon"]["percent"]), Some("0.70"));
        world.rules.coupons.get_mut("HALF").unwrap().on.category = Some("match".into());
        let quote = world.quote().unwrap();
        assert_eq!(quote.due_minor, expect["pay_fen"]);
        for line in &quote.lines {
            assert_eq!(line.discount_minor, expect["line_coupon_fen"][&line.product]);
            assert_eq!(line.net_minor, expect["line_pay_fen"][&line.product]);
        }
    }),
    ("Y15", |given, expect| {
        let mut world = fen_ticket(&given["lines"]);
        world.today = "2026-11-11".into();
        world.product("10").dated_prices.push(DatedPrice { from: None, to: None, price: SpecialPrice::FixedMinor(100 - 40) });
        let quote = world.quote().unwrap();
        assert_eq!(quote.due_minor, expect["pay_fen"]);
        assert_eq!(2 * quote.lines[0].list_minor - quote.lines[0].gross_minor, expect["discount_fen"]);
    }),
    ("Y17", |given, expect| {
        let tier = &given["tiers"][0];
        let minus = Off::AmountMinor(tier["minus_fen"].as_i64().unwrap());
        let kind = DiscountKind::Threshold { over_minor: tier["limit_fen"].as_i64().unwrap(), off: minus, every: false };
        let quote = fen_ticket(&given["lines"]).discount(kind, None, None, &[]).quote().unwrap();
        assert_eq!(quote.due_minor, expect["pay_fen"]);
        assert_eq!((quote.discounts[0].amount_minor, quote.discounts[0].short_minor), (0, 100));
    }),
    ("Y18", |given, expect| {
        let mut world = World::selling(&[("A", "1.00", "1")]);
        world.draft.lines[0].price_minor = given["bargain_unit_fen"].as_i64();
        let line = &world.quote().unwrap().lines[0];
        assert_eq!(line.net_minor, expect["pay_fen"]);
        assert_eq!(line.list_minor - line.unit_minor, expect["discount_fen"]);
    }),
    ("C01", |given, expect| {
        let world = World::selling(&[("A", &text(&given["paid_yuan"]), "1")]).member(0).points("0.20", "0", 1, "0%");
        assert_eq!(world.quote().unwrap().points_earned, expect["points"]);
    }),
    ("C02", |given, expect| {
        let world = World::selling(&[("A", &text(&given["order_yuan"]), "1")]).member(0).points("10", "0", 1, "0%");
        assert_eq!(world.quote().unwrap().points_earned, expect["points"]);
    }),
    ("C03", |given, expect| {
        let world = World::selling(&[("A", "10", "1")]).member(1).points("0", &text(&given["yuan_per_point"]), 1, "100%").spend(1);
        assert_eq!(world.quote().unwrap().points_offset_minor, minor(&expect["deduct_yuan"]));
    }),
    ("I01", |given, expect| {
        let world = World::selling(&[("A", "10", "1"), ("B", "10", "1"), ("C", "10", "1")]).coupon("10OFF", &text(&given["coupon"]), None);
        let quote = world.quote().unwrap();
        assert_eq!(quote.discounts[0].parts_minor, [334, 333, 333]);
        assert_eq!(quote.discounts[0].parts_minor.iter().sum::<i64>(), yuan("10.00"));
        assert_eq!(expect["correct_sum"].to_string(), "10.0");
    }),
    ("I02", |_, expect| {
        let kind = DiscountKind::Threshold { over_minor: yuan("5"), off: off("1"), every: false };
        let world = World::selling(&[("A", "1.67", "1"), ("B", "1.67", "1"), ("C", "1.66", "1")]).discount(kind, None, None, &[]);
        assert_eq!(world.quote().unwrap().discounts[0].parts_minor.iter().sum::<i64>(), yuan("1.00"));
        assert_eq!(expect["correct"].to_string(), "1.0");
    }),
    ("D02", |given, expect| {
        assert_eq!(given["qty"], 3);
        let quote = World::selling(&[("A", "10", "3")]).coupon("ONE", "1", None).quote().unwrap();
        assert_eq!(quote.lines[0].commission_base_minor, yuan("29.00"));
        assert_eq!(expect["true_base"].to_string(), "29.0");
    }),
    ("D09", |given, expect| {
        let pays = [0, 1].map(|line| given["line_pays"][line].as_i64().unwrap());
        assert_eq!(split(given["amount"].as_i64().unwrap(), &pays)[0], expect["exact_first_line"]);
    }),
];

const COMMISSION: &str = "commission: the plan's rules, not pricing";
const LEDGER: &str = "balances of points and money over time: the ledger";

/// Cases that pricing does not answer, or answers by another rule.
const OTHERS: &[(&str, &str)] = &[
    ("Y02", COMMISSION),
    ("Y05", COMMISSION),
    ("Y06", COMMISSION),
    ("Y07", COMMISSION),
    ("Y13", "theirs adds a product's points once per line to those by amount; ours replace them, per piece"),
    ("Y21", "freight: not sold at a till"),
    ("T01", COMMISSION),
    ("T02", COMMISSION),
    ("T03", COMMISSION),
    ("T05", COMMISSION),
    ("T06", COMMISSION),
    ("T07", COMMISSION),
    ("R01", COMMISSION),
    ("R02", COMMISSION),
    ("R03", COMMISSION),
    ("R05", COMMISSION),
    ("M02", COMMISSION),
    ("P01", COMMISSION),
    ("B01", COMMISSION),
    ("B02", COMMISSION),
    ("C04", "theirs clears half a year of points on one day; ours last so many months from their own day, or to a year's end"),
    ("C07", COMMISSION),
    ("C08", COMMISSION),
    ("C09", COMMISSION),
    ("Q02", COMMISSION),
    ("Q03", COMMISSION),
    ("N01", COMMISSION),
    ("I07", COMMISSION),
    ("I08", COMMISSION),
    ("D06", COMMISSION),
    ("D07", COMMISSION),
    ("D08", COMMISSION),
    ("D11", LEDGER),
    ("D12", LEDGER),
    ("D13", "theirs rounds points spent up; ours take whole steps that are never worth more than they offset"),
];

#[test]
fn other_malls_cases() {
    run(include_str!("cases/malls.json"), ["input", "expected"], MALLS, OTHERS);
}
