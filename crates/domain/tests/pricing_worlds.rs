//! Parts sum to the whole, in every small world and in random large ones.

mod pricing_support;

use pricing_support::*;
use proptest::prelude::*;

const PRICES: [&str; 4] = ["0.00", "0.01", "0.10", "3.33"];
const PIECES: [&str; 3] = ["1", "3", "0.755"];
const LINE_OFFS: [Option<&str>; 3] = [None, Some("33%"), Some("0.02")];

fn order_offs() -> Vec<Vec<(DiscountKind, Option<&'static str>)>> {
    let plain = |text| DiscountKind::Plain(off(text));
    let over = |over: &str, text, every| DiscountKind::Threshold { over_minor: yuan(over), off: off(text), every };
    vec![
        vec![],
        vec![(plain("7%"), None), (plain("0.05"), Some("0.03"))],
        vec![(plain("1.00"), None), (plain("100%"), Some("0.50"))],
        vec![(over("0.10", "0.03", true), Some("0.40")), (over("5.00", "50%", false), None)],
        vec![(plain("100.00"), None)],
    ]
}

#[test]
fn every_small_sale_adds_up_and_comes_back_whole() {
    let mut sales = 0;
    for (first, second) in PRICES.iter().flat_map(|a| PRICES.iter().map(move |b| (a, b))) {
        for (pieces, taxes) in PIECES.iter().flat_map(|pieces| (0..3).map(move |taxes| (pieces, taxes))) {
            for line_off in LINE_OFFS {
                for discounts in order_offs() {
                    for spend in [0, 7, 1000] {
                        let mut world = World::selling(&[("a", first, pieces), ("b", second, "2"), ("c", "0.07", "1")]).member(50).spend(spend);
                        world = world.points("0.03", "0.01", 2, "60%").tax("a", "13%", taxes != 1).tax("b", "7.5%", taxes == 0);
                        if let Some(text) = line_off {
                            world = world.line_off(0, text).line_off(1, text);
                        }
                        for (kind, max) in discounts.clone() {
                            world = world.discount(kind, max, None, &[]);
                        }
                        world.rules.cash_rounding_minor = 5;
                        world = world.pay(TenderKind::Card, "0.03").pay(TenderKind::Cash, "50.00");
                        let quote = world.quote().unwrap();
                        let all: Vec<_> =
                            quote.lines.iter().enumerate().map(|(line, sold)| ReturnedQty { line, qty_milli: sold.qty_milli }).collect();
                        if quote.due_minor >= 3 {
                            assert_eq!(world.settle(), Ok(()));
                            return_all(&quote.sold(), &all);
                        }
                        sales += 1;
                    }
                }
            }
        }
    }
    assert_eq!(sales, 16 * 9 * 3 * 5 * 3);
}

/// Every way to cut `pieces` into returns, one after the other.
fn cuts(pieces: i64) -> Vec<Vec<i64>> {
    if pieces == 0 {
        return vec![vec![]];
    }
    (1..=pieces).flat_map(|first| cuts(pieces - first).into_iter().map(move |rest| [vec![first], rest].concat())).collect()
}

#[test]
fn returns_in_all_cuts_and_orders_reverse_the_sale() {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for (card, step) in [("0.00", 0), ("4.00", 5), ("9.99", 10)] {
        let mut world = World::selling(&[("a", "3.39", "4"), ("b", "1.03", "2")]).line("mug", "9.00", "2");
        world = world.tax("a", "13%", true).tax("b", "6%", false).member(1000).points("0.10", "0.01", 1, "50%").spend(137).off("7%");
        world.product("mug").gift_points = Some(55);
        world.draft.lines[2].gift = true;
        world.rules.cash_rounding_minor = step;
        let world = world.pay(TenderKind::Card, card).pay(TenderKind::Cash, "20.00");
        assert_eq!(world.settle(), Ok(()));
        let sold = world.quote().unwrap().sold();
        // No figure can be cut evenly, so every piece meets a rounding.
        assert!([sold.lines[0].due_minor, sold.lines[0].tax_minor, sold.lines[0].points_spent].iter().all(|figure| figure % 4 != 0));
        for a in cuts(4) {
            for (b, mugs) in cuts(2).into_iter().flat_map(|b| cuts(2).into_iter().map(move |mugs| (b.clone(), mugs))) {
                let queues = [&a, &b, &mugs];
                for order in orders {
                    // Line after line, and one of each in turn.
                    let returned = |line: usize, pieces: &i64| ReturnedQty { line, qty_milli: pieces * 1000 };
                    let rows: Vec<_> = order.iter().flat_map(|line| queues[*line].iter().map(move |pieces| returned(*line, pieces))).collect();
                    let turns =
                        (0..4).flat_map(|turn| order.iter().filter_map(move |line| queues[*line].get(turn).map(|pieces| returned(*line, pieces))));
                    return_all(&sold, &turns.collect::<Vec<_>>());
                    return_all(&sold, &rows);
                }
            }
        }
    }
}

#[test]
fn the_lowest_price_stands_and_prices_do_not_stack() {
    let list = 1000;
    for (level, share, dated, at_break) in [900, 1000, 1100].iter().flat_map(|a| {
        [700_000, 950_000, 1_000_000].iter().flat_map(move |b| [800, 1200].iter().flat_map(move |c| [650, 990].iter().map(move |d| (*a, *b, *c, *d))))
    }) {
        for (qty, today) in [("1", "2026-11-01"), ("5", "2026-11-30"), ("4.999", "2026-12-01"), ("5", "2026-10-31")] {
            let mut world = World::selling(&[("tea", "10.00", qty)]).member(0);
            world.today = today.into();
            let member = world.member.as_mut().unwrap();
            (member.level, member.discount_ppm) = (Some("gold".into()), share);
            let tea = world.product("tea");
            tea.level_prices.insert("gold".into(), SpecialPrice::FixedMinor(level));
            tea.level_prices.insert("silver".into(), SpecialPrice::FixedMinor(1));
            tea.dated_prices.push(DatedPrice {
                from: Some("2026-11-01".into()),
                to: Some("2026-11-30".into()),
                price: SpecialPrice::FixedMinor(dated),
            });
            tea.breaks.push(QuantityBreak { from_qty_milli: 5000, price: SpecialPrice::FixedMinor(at_break) });
            let mut offers = vec![list, level, list * share / 1_000_000];
            if today.starts_with("2026-11") {
                offers.push(dated);
            }
            if qty == "5" {
                offers.push(at_break);
            }
            assert_eq!(world.quote().unwrap().lines[0].unit_minor, offers.into_iter().min().unwrap());
        }
    }
}

fn any_off() -> impl Strategy<Value = Off> {
    prop_oneof![(0..=1_200_000i64).prop_map(Off::PercentPpm), (0..=50_000i64).prop_map(Off::AmountMinor)]
}

fn any_discount() -> impl Strategy<Value = OrderDiscount> {
    let kind = prop_oneof![
        any_off().prop_map(DiscountKind::Plain),
        (0..100_000i64, any_off(), any::<bool>()).prop_map(|(over_minor, off, every)| DiscountKind::Threshold { over_minor, off, every }),
        Just(DiscountKind::Coupon("C".into())),
    ];
    let category = prop_oneof![Just(None), Just(Some("food".to_owned()))];
    (kind, proptest::option::of(0..20_000i64), category).prop_map(|(kind, max_minor, category)| OrderDiscount {
        kind,
        max_minor,
        on: Eligible { category, products: vec![] },
    })
}

fn any_world() -> impl Strategy<Value = World> {
    let line = (0..100_000i64, 1..20_000i64, proptest::option::of(any_off()), 0..4usize, any::<bool>());
    let points = (1..5_000i64, 1..5_000_000i64, 1..200i64, 0..=1_000_000i64);
    let buyer = (-100..100_000i64, 500_000..=1_000_000i64, 0..3_000_000i64);
    let tender = (0..TenderKind::ALL.len(), 0..300_000i64);
    let parts = (
        proptest::collection::vec(line, 1..6),
        proptest::collection::vec(any_discount(), 0..3),
        points,
        buyer,
        0..50_000i64,
        proptest::collection::vec(tender, 0..4),
        0..60i64,
    );
    parts.prop_map(|(lines, discounts, (earn_per_minor, value_micro, step, max_share_ppm), buyer, points, tenders, cash_rounding_minor)| {
        let mut world = World::default();
        let (have, discount_ppm, points_multiplier_ppm) = buyer;
        world.member = Some(PriceMember { points: have, discount_ppm, points_multiplier_ppm, ..Default::default() });
        world.rules.points = Some(PointsRules { earn_per_minor, value_micro, step, max_share_ppm, per_order: have % 7, ..Default::default() });
        world.rules.cash_rounding_minor = cash_rounding_minor;
        let coupon =
            Coupon { off: Off::PercentPpm(123_456), over_minor: 0, max_minor: Some(999), on: Eligible::default(), left: None, from: None, to: None };
        world.rules.coupons.insert("C".into(), coupon);
        for (place, (price_minor, qty_milli, discount, tax, food)) in lines.into_iter().enumerate() {
            let id = format!("p{place}");
            world.products.insert(id.clone(), PriceProduct { id: id.clone(), price_minor, ..Default::default() });
            world = match tax {
                0 => world,
                1 => world.tax(&id, "13%", true),
                2 => world.tax(&id, "6%", true),
                _ => world.tax(&id, "8.25%", false),
            };
            let product = world.product(&id);
            product.category = food.then(|| "food".to_owned());
            product.earns = [Earns::ByAmount, Earns::TimesPpm(2_500_000), Earns::PerPiece(3), Earns::Nothing][place % 4];
            world.draft.lines.push(DraftLine { product: id, qty_milli, discount, ..Default::default() });
        }
        world.draft.points = points;
        world.draft.discounts = discounts;
        world.draft.tenders = tenders.into_iter().map(|(kind, amount_minor)| Tender { kind: TenderKind::ALL[kind], amount_minor }).collect();
        world
    })
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}\n{:?}\n{:?}\n{:?}", self.rules, self.products, self.member, self.draft)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_sale_obeys_the_laws(world in any_world(), cut in 1..1000i64) {
        let quote = match world.quote() {
            Ok(quote) => quote,
            Err(refusal) => {
                prop_assert_eq!(refusal, PriceRefusal::CouponTwice { coupon: "C".into() });
                return Ok(());
            }
        };
        // Points: never more than asked, than there are, than steps and share allow.
        let points = world.rules.points.as_ref().unwrap();
        prop_assert!(quote.points_spent <= world.draft.points.min(world.member.as_ref().unwrap().points.max(0)));
        prop_assert_eq!(quote.points_spent % points.step, 0);
        let before = i128::from(quote.goods_minor + quote.points_offset_minor);
        prop_assert!(i128::from(quote.points_offset_minor) * 1_000_000 <= before * i128::from(points.max_share_ppm));
        prop_assert_eq!(world.quote().unwrap(), quote.clone(), "pricing twice gives the same");
        // Paid in full, it comes back in two parts of every line.
        let mut world = world;
        world.draft.tenders = vec![
            Tender { kind: TenderKind::Alipay, amount_minor: quote.due_minor / 3 },
            Tender { kind: TenderKind::Cash, amount_minor: quote.due_minor + 60 },
        ];
        prop_assert_eq!(world.settle(), Ok(()));
        let quote = world.quote().unwrap();
        let steps: Vec<_> = quote.lines.iter().enumerate().flat_map(|(line, sold)| {
            let first = (sold.qty_milli * cut / 1000).max(1);
            [first, sold.qty_milli - first].into_iter().filter(|qty| *qty > 0).map(move |qty_milli| ReturnedQty { line, qty_milli })
        }).collect();
        return_all(&quote.sold(), &steps);
    }

    #[test]
    fn paying_exactly_what_is_due_settles(world in any_world(), kind in 0..TenderKind::ALL.len()) {
        let mut world = world;
        world.draft.discounts.retain(|discount| !matches!(discount.kind, DiscountKind::Coupon(_)));
        world.member.as_mut().unwrap().balance_minor = i64::MAX;
        world.draft.tenders.clear();
        let asked = world.quote().unwrap();
        let kind = TenderKind::ALL[kind];
        let amount_minor = if kind == TenderKind::Cash { asked.cash_asked_minor } else { asked.due_minor };
        world.draft.tenders.push(Tender { kind, amount_minor });
        prop_assert_eq!(world.settle(), Ok(()));
        let paid = world.quote().unwrap();
        prop_assert_eq!((paid.change_minor, paid.missing_minor, &paid.lines), (0, 0, &asked.lines), "tenders change nothing above them");
        if amount_minor > 0 {
            world.draft.tenders[0].amount_minor -= 1;
            prop_assert_eq!(world.settle(), Err(PriceRefusal::OwesMore { missing_minor: 1 }));
        }
    }
}
