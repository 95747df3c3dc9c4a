//! What the tests and threads of other tills expect (`cases/tills.json`; each case names its source), priced by our rules. Every case is either
//! priced here or listed with the reason why not.

mod pricing_support;

use banyan_domain::{
    ids::{EntryId, MemberId},
    points::{
        self, PointsWhy,
        life::{Lots, Moved, PointsPart},
    },
};
use pricing_support::{cases::*, *};
use serde_json::Value;

/// The `lines` of a case on a ticket, with the tax that they name.
fn ticket(lines: &Value) -> World {
    let mut world = World::default();
    for (place, line) in lines.as_array().unwrap().iter().enumerate() {
        let id = line["name"].as_str().map_or_else(|| format!("line {place}"), str::to_owned);
        let qty = if line["qty"].is_null() { "1".to_owned() } else { text(&line["qty"]) };
        world = world.line(&id, &text(&line["price"]), &qty);
        for (field, included) in [("tax_incl_pct", true), ("tax_excl_pct", false)] {
            if !line[field].is_null() {
                world = world.tax(&id, &format!("{}%", text(&line[field])), included);
            }
        }
        world.product(&id).category = line["category"].as_str().map(str::to_owned);
        if !line["discount_pct"].is_null() {
            world = world.line_off(place, &percent(&line["discount_pct"]));
        }
    }
    world
}

fn due(world: &World) -> i64 {
    world.quote().unwrap().due_minor
}

const TILLS: &[(&str, Check)] = &[
    ("P005", |given, expect| {
        let quote = ticket(&given["sale"]).member(0).points("1", "0", 1, "0%").quote().unwrap();
        assert_eq!(quote.points_earned, expect["points_after_sale"]);
        assert_eq!(give_back(&quote, 0, 1).points_taken, expect["points_reversed"]);
    }),
    ("P008", |given, expect| {
        let have = given["card_balance"].as_i64().unwrap();
        let mut world = ticket(&given["sale"]).member(have).points("0", "0.10", given["reward_cost"].as_i64().unwrap(), "100%").spend(200);
        world.product("line 0").earns = Earns::PerPiece(given["rule"]["points_per_unit"].as_i64().unwrap());
        let quote = world.quote().unwrap();
        let after = have + quote.points_earned - quote.points_spent;
        assert_eq!(after, expect["after_sale"]);
        let back = give_back(&quote, 0, 1);
        assert_eq!((back.points_taken, back.points_given), (35, 75));
        assert_eq!(after - back.points_taken + back.points_given, expect["after_refund"]);
    }),
    ("P013", |given, expect| {
        let world = ticket(&given["lines"]).member(50).points("1", "0", 1, "0%");
        for shown in ["shown_won", "after_reopen_shown_won"] {
            assert_eq!(world.quote().unwrap().points_earned, expect[shown]);
        }
    }),
    ("P014", |given, expect| {
        let world = ticket(&given["lines"]).member(500).points("1", "0.02", 500, "100%").off(&percent(&given["auto_order_discount_pct"]));
        let quote = world.quote().unwrap();
        assert_eq!((quote.due_minor, quote.points_spent), (minor(&expect["total"]), 0));
    }),
    ("P015", |given, expect| {
        let world = ticket(&given["lines"]).coupon("NEW", &percent(&given["coupon"]["order_percent"]), None);
        assert_eq!(due(&world), minor(&expect["total"]));
    }),
    ("P016", |given, expect| {
        let mut world = ticket(&given["lines"]).line("A", "100", "1").tax("A", "15%", false).member(0).off(&percent(&given["order_discount_pct"]));
        world.product("A").gift_points = Some(0);
        world.draft.lines[1].gift = true;
        let quote = world.quote().unwrap();
        assert_eq!((quote.due_minor, quote.lines[1].net_minor), (minor(&expect["total"]), minor(&expect["free_line_price"])));
    }),
    ("P018", |given, expect| {
        let discount = &given["discount"];
        let kind = DiscountKind::Plain(off(&percent(&discount["percent"])));
        let quote = ticket(&given["lines"]).discount(kind, None, discount["category"].as_str(), &[]).quote().unwrap();
        assert_eq!((quote.due_minor, -quote.discounts[0].amount_minor), (minor(&expect["total"]), minor(&expect["discount_line"])));
    }),
    ("P020", |given, expect| {
        let quote = capped(given).quote().unwrap();
        assert_eq!(quote.due_minor, minor(&expect["total"]));
        let by_group = [quote.discounts[0].parts_minor[2], quote.discounts[0].parts_minor[1]];
        assert_eq!(by_group, [0, 1].map(|group| minor(&expect["discount_split_by_tax_group"][group])));
    }),
    ("P021", |given, expect| assert_eq!(due(&capped(given)), minor(&expect["total"]))),
    ("P030", |given, expect| {
        let quote = ticket(&given["lines"]).quote().unwrap();
        assert_eq!([quote.due_minor, quote.goods_minor, quote.tax_minor], ["total", "untaxed", "tax"].map(|field| minor(&expect[field])));
    }),
    ("P037", |given, expect| {
        let world = ticket(&given["lines"]).member(0).points("1", "0", 1, "0%").off(&percent(&given["order_discount_pct"]));
        let quote = world.quote().unwrap();
        assert_eq!(quote.due_minor, minor(&expect["total"]));
        assert_eq!(quote.points_earned, expect["points"]);
    }),
    ("P042", |given, expect| {
        let world = ticket(&given["lines"]).member(0).points("1", "0", 1, "0%").pay(TenderKind::Voucher, &text(&given["pay_by_gift_card"]));
        let quote = world.quote().unwrap();
        assert_eq!(quote.missing_minor, minor(&expect["due"]));
        assert_eq!(quote.points_earned, expect["points"]);
    }),
    ("P046", |given, expect| {
        let quote = ticket(&given["lines"]).line_off(0, &percent(&given["line_discount_pct"])).quote().unwrap();
        assert_eq!([quote.goods_minor, quote.tax_minor, quote.due_minor], ["untaxed", "tax", "total"].map(|field| minor(&expect[field])));
    }),
    ("P047", |given, expect| assert_eq!(due(&ticket(&given["lines"])), minor(&expect["total"]))),
    ("P053", |given, expect| {
        for (qty, total) in given["qty"].as_array().unwrap().iter().zip(expect["totals"].as_array().unwrap()) {
            let world = World::selling(&[("A", &text(&given["unit_price"]), &text(qty))]).off(&text(&given["fixed_order_discount"]));
            assert_eq!(due(&world), minor(total));
        }
    }),
    ("P054", |given, expect| {
        assert_eq!(due(&ticket(&given["lines"]).coupon("100OFF", &text(&given["coupon_fixed"]), None)), minor(&expect["total"]));
    }),
    ("P058", |given, expect| {
        let mut world = ticket(&given["lines"]);
        for (discount, total) in given["discounts"].as_array().unwrap().iter().zip(expect["totals"].as_array().unwrap()) {
            world = world.off(&text(discount));
            assert_eq!(due(&world), minor(total));
        }
        assert_eq!(world.quote().unwrap().tax_minor, minor(&expect["tax_end"]));
    }),
    ("P060", |given, expect| assert_eq!(due(&both_lines_off(given)), minor(&expect["total"]))),
    ("P062", |given, expect| {
        let quote = both_lines_off(given).quote().unwrap();
        assert_eq!([quote.due_minor, quote.goods_minor - quote.tax_minor], ["total", "untaxed"].map(|field| minor(&expect[field])));
    }),
    ("P063", |given, expect| {
        for (qty, total) in given["qty"].as_array().unwrap().iter().zip(expect["totals"].as_array().unwrap()) {
            // The steps exclude each other: the best of them is the one on the ticket.
            let steps = given["steps_min_amount_to_pct"].as_object().unwrap();
            let with = |(over, step): (&String, &Value)| {
                let kind = DiscountKind::Threshold { over_minor: yuan(over), off: off(&percent(step)), every: false };
                due(&World::selling(&[("A", &text(&given["unit_price"]), &text(qty))]).discount(kind, None, None, &[]))
            };
            assert_eq!(steps.iter().map(with).min().unwrap(), minor(total));
        }
    }),
    ("P064", |given, expect| {
        let quote = ticket(&given["lines"]).quote().unwrap();
        for (line, expected) in quote.lines.iter().zip(["line1", "line2"]) {
            let untaxed = line.due_minor() - line.tax_minor;
            assert_eq!([untaxed, line.tax_minor, line.due_minor()], ["untaxed", "tax", "total"].map(|field| minor(&expect[expected][field])));
        }
    }),
    ("P069", |_, expect| {
        let quote = World::selling(&[("A", "1.00", "3")]).off("5%").pay(TenderKind::Cash, "2.85").quote().unwrap();
        assert_eq!((quote.due_minor, -quote.lines[0].discount_minor), (minor(&expect["sale_total"]), minor(&expect["sale_discount_line"])));
        assert_eq!(-give_back(&quote, 0, 3).refund_minor, minor(&expect["refund_total"]));
    }),
    ("P071", |_, expect| {
        let mut world = World::selling(&[("A", "15.72", "1")]).pay(TenderKind::Cash, "20");
        world.rules.cash_rounding_minor = 5;
        let quote = world.quote().unwrap();
        let back = give_back(&quote, 0, 1);
        assert_eq!((-back.refund_minor, -back.refunds[0].amount_minor), (minor(&expect["total"]), minor(&expect["paid"])));
    }),
    ("P079", |given, expect| {
        let quote = World::selling(&[("A", &text(&given["sale"]), "1")]).pay(TenderKind::Cash, &text(&given["tendered"])).quote().unwrap();
        assert_eq!((quote.change_minor, quote.kept[0].amount_minor), (minor(&given["change"]), minor(&expect["expected_cash"])));
    }),
    ("P084", |given, expect| {
        let mut world = World::selling(&[("A", &text(&given["sale"]), "1")]).member(0).pay(TenderKind::Balance, &text(&given["pay_by_gift_card"]));
        world.member.as_mut().unwrap().balance_minor = minor(&given["gift_card"]);
        assert_eq!(world.settle().is_err(), expect["rejected"]);
        assert_eq!(world.settle(), Err(PriceRefusal::BalanceShort { missing_minor: 1000 }));
    }),
    ("P089", |given, expect| {
        let mut world = World::selling(&[("A", "15", "1")]);
        for payment in given["payments"].as_array().unwrap() {
            world = world.pay(TenderKind::Card, &text(&payment[1]));
        }
        assert_eq!(world.quote().unwrap().kept, [TenderKept { kind: TenderKind::Card, amount_minor: minor(&expect["credit"]) }]);
    }),
    ("P090", |given, expect| {
        let mut world = World::selling(&[("A", &text(&given["price"]), "1")]).pay(TenderKind::Cash, "5.00");
        world.draft.lines[0].price_minor = Some(1);
        world.rules.discount_limit_ppm = Some(0);
        assert_eq!(world.settle(), Err(PriceRefusal::NeedsApproval { line: Some(0), given_minor: 499, allowed_minor: 0 }));
        world.draft.approved = true;
        assert_eq!(world.settle(), Ok(()));
        assert_eq!(world.quote().unwrap().lines[0].unit_minor, minor(&expect["price_after"][1]));
    }),
    ("P091", |given, expect| {
        // A fourth rule there raises the price; ours take the lowest, so a margin is a list price of its own.
        let prices = [SpecialPrice::ShareOfListPpm(900_000), SpecialPrice::FixedMinor(4500), SpecialPrice::FixedMinor(2500)];
        for (place, price) in prices.into_iter().enumerate() {
            let mut world = World::selling(&[("A", &text(&given["base"][place]), "1")]).member(0);
            world.member.as_mut().unwrap().level = Some("gold".into());
            world.product("A").level_prices.insert("gold".into(), price);
            let line = &world.quote().unwrap().lines[0];
            assert_eq!(line.unit_minor, minor(&expect["rate"][place]));
            assert_eq!(line.list_minor - line.unit_minor, minor(&expect["discount_per_unit"][place]));
        }
    }),
    ("P093", |given, expect| {
        let mut world = World::selling(&[("A", &text(&given["base"]), &text(&given["qty"]))]);
        for (from, less) in given["slabs"].as_object().unwrap() {
            let price = SpecialPrice::ShareOfListPpm(1_000_000 - rate(&percent(less)));
            world.product("A").breaks.push(QuantityBreak { from_qty_milli: from.parse::<i64>().unwrap() * 1000, price });
        }
        assert_eq!(world.quote().unwrap().lines[0].unit_minor, minor(&expect["rate"]));
    }),
    ("P094", |given, expect| {
        for (level, rate) in [("CUST-1", "rate_for_CUST-1"), ("CUST-2", "rate_for_CUST-2")] {
            let mut world = World::selling(&[("A", &text(&given["base"]), "1")]).member(0);
            let price = SpecialPrice::FixedMinor(minor(&given["base"]) + minor(&given["rule"]["amount"]));
            world.product("A").level_prices.insert("CUST-1".into(), price);
            world.member.as_mut().unwrap().level = Some(level.into());
            assert_eq!(world.quote().unwrap().lines[0].unit_minor, minor(&expect[rate]));
        }
    }),
    ("P095", |given, expect| {
        for (date, rate) in given["dates"].as_array().unwrap().iter().zip(expect["rates"].as_array().unwrap()) {
            let mut world = World::selling(&[("A", &text(&given["base"]), "1")]);
            let rule = &given["rule"];
            let price = SpecialPrice::FixedMinor(minor(&given["base"]) + minor(&rule["amount"]));
            world.product("A").dated_prices.push(DatedPrice { from: Some(text(&rule["from"])), to: Some(text(&rule["to"])), price });
            world.today = text(date);
            assert_eq!(world.quote().unwrap().lines[0].unit_minor, minor(rate));
        }
    }),
    ("P098", |given, expect| {
        let world = World::selling(&[("A", "500", "2")]).off(&text(&given["order_discount"])).pay(TenderKind::Card, "750");
        let back = give_back(&world.quote().unwrap(), 0, 1);
        assert_eq!(back.refund_minor - minor(&given["return_total"]), minor(&expect["return_discount"]));
    }),
    ("P100", |given, expect| {
        let attempt = percent(&given["attempt_discount"]);
        let mut world = World::selling(&[("A", &text(&given["price"]), "1")]).line_off(0, &attempt).pay(TenderKind::Cash, "100");
        world.rules.discount_limit_ppm = Some(rate(&percent(&given["max_discount"])));
        assert_eq!(world.settle(), Err(PriceRefusal::NeedsApproval { line: Some(0), given_minor: 3500, allowed_minor: 2000 }));
        world.draft.lines[0].discount = None;
        assert_eq!(due(&world), minor(&expect["price"]));
    }),
    ("P104", |given, expect| {
        let world = World::selling(&[("A", &text(&given["sale_total"]), "1")]).member(2).points("0", "5", 1, "100%").spend(2);
        let quote = world.pay(TenderKind::Cash, &text(&given["cash"])).quote().unwrap();
        assert_eq!(quote.kept, [TenderKept { kind: TenderKind::Cash, amount_minor: minor(&expect["cash_total"]) }]);
        assert_eq!(quote.points_offset_minor, minor(&expect["points_redeemed_amount"]));
        assert_eq!(quote.points_spent, expect["points_redeemed"]);
    }),
    ("P106", |given, expect| {
        let have = given["points"].as_i64().unwrap();
        let world = World::selling(&[("A", "1000", "1")]).member(have).points("0", &text(&given["cash_per_point"]), 1, "100%").spend(have);
        assert_eq!(world.quote().unwrap().points_offset_minor, minor(&expect["max_redeem"]));
    }),
    ("P108", |given, expect| {
        let world = World::selling(&[("A", "1020", "1")]).line_off(0, &text(&given["line_discounts"])).off(&text(&given["order_discount"]));
        let quote = world.quote().unwrap();
        assert_eq!([quote.lines[0].discount_minor, quote.due_minor], ["total_discount", "grand_total"].map(|field| minor(&expect[field])));
    }),
    ("P110", |given, expect| {
        let world = World::selling(&[("A", &text(&given["purchase_pretax"]), "1")]).tax("A", "10%", false).member(0).points("10", "0", 1, "0%");
        assert_eq!(world.quote().unwrap().points_earned, expect["points"]);
    }),
    ("P077", |_, expect| {
        // Each redemption names where the points came from.
        let earned = EntryId(uuid::Uuid::from_u128(1));
        let came = Moved { why: PointsWhy::Earned, points: 80, locked: 0, of: earned, good_until: None, beside: 0 };
        let parts = Lots::of(&[came]).parts_of(80);
        assert_eq!(parts, [PointsPart { good_until: None, points: 80, of: earned }]);
        assert_eq!(expect["redeem_entry_points_to"], "the entry of sale 1");
    }),
    ("P080", |given, expect| {
        let member = MemberId(uuid::Uuid::nil());
        for at in 0..4 {
            let (start, delta) = (given["start"][at].as_i64().unwrap(), given["delta"][at].as_i64().unwrap());
            let decided = points::decide(member, delta, "by hand", start);
            assert_eq!(decided.is_ok(), expect["ok"][at], "{at}");
            assert_eq!(start + decided.map_or(0, |given| given.points), expect["end"][at].as_i64().unwrap(), "{at}");
        }
    }),
];

fn capped(given: &Value) -> World {
    let discount = &given["discount"];
    let kind = DiscountKind::Plain(off(&percent(&discount["percent"])));
    ticket(&given["lines"]).discount(kind, Some(&text(&discount["max_amount"])), None, &["A", "B"])
}

fn both_lines_off(given: &Value) -> World {
    let less = percent(&given["line_discount_pct_on_both"]);
    ticket(&given["lines"]).line_off(0, &less).line_off(1, &less)
}

const LEDGER: &str = "balances of points and money over time: the ledger";
const STOCK: &str = "stock: the ledger";
const FREE_GOODS: &str = "theirs gives free goods for goods bought in the same sale; our gifts are bought with points that the member has";
const TWO_TAXES: &str = "theirs lays two taxes on one line; ours has one class per line";
const NEGATIVE_LINES: &str = "theirs sells lines below zero and caps with tax on top; our lines are never below zero and the tax comes after";

/// Cases that pricing does not answer, or answers by another rule.
const OTHERS: &[(&str, &str)] = &[
    ("P006", LEDGER),
    ("P009", "theirs gives fractional points on the amount before the offset; ours floors once and earns on what is paid"),
    ("P022", FREE_GOODS),
    ("P023", FREE_GOODS),
    ("P024", FREE_GOODS),
    ("P025", FREE_GOODS),
    ("P034", NEGATIVE_LINES),
    ("P035", NEGATIVE_LINES),
    ("P036", NEGATIVE_LINES),
    ("P050", TWO_TAXES),
    ("P051", TWO_TAXES),
    ("P052", "theirs takes one percentage of the order; ours take several, each on what is left, in the order given"),
    ("P065", TWO_TAXES),
    ("P073", "the journal records an entry once"),
    ("P074", "member levels"),
    ("P081", LEDGER),
    ("P082", LEDGER),
    ("P083", LEDGER),
    ("P085", "theirs refuses; ours offsets as many points as the member has"),
    ("P086", STOCK),
    ("P087", STOCK),
    ("P088", STOCK),
    ("P096", FREE_GOODS),
    ("P101", LEDGER),
    ("P109", "the queue: sync"),
];

#[test]
fn other_tills_cases() {
    run(include_str!("cases/tills.json"), ["given", "expect"], TILLS, OTHERS);
}
