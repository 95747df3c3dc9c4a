//! Faults found in other tills and malls, by number; none of them here.

mod pricing_support;

use pricing_support::*;

fn whole(sold: &Sold) -> Vec<ReturnedQty> {
    sold.lines.iter().enumerate().map(|(line, figures)| ReturnedQty { line, qty_milli: figures.qty_milli }).collect()
}

#[test]
fn fault_12_nothing_is_lost_between_pieces_and_lines() {
    // 2.99 for three pieces, not three times 0.99; the base of commission is what was paid.
    let quote = World::selling(&[("A", "1.00", "3")]).off("0.01").quote().unwrap();
    assert_eq!((quote.due_minor, quote.lines[0].commission_base_minor), (299, 299));
    // Half a fen of discount on each of two hundred pieces is a yuan on the line.
    let quote = World::selling(&[("A", "0.10", "200")]).line_off(0, "5%").quote().unwrap();
    assert_eq!(quote.due_minor, 1900);
    // A weighed item is rounded once: 0.335 kg at 9.99 is 3.34665.
    let quote = World::selling(&[("apples", "9.99", "0.335")]).quote().unwrap();
    assert_eq!(quote.due_minor, 335);
    // Ten over three equal lines: all of it arrives.
    let quote = World::selling(&[("A", "10", "1"), ("B", "10", "1"), ("C", "10", "1")]).off("10").quote().unwrap();
    assert_eq!(quote.lines.iter().map(|line| line.discount_minor).collect::<Vec<_>>(), [334, 333, 333]);
}

#[test]
fn fault_18_a_return_takes_all_points_that_were_earned_whatever_is_left() {
    // Buy, spend the points elsewhere, return: the return does not ask what the member still has, so nothing can be skipped.
    let world = World::selling(&[("A", "100", "1")]).member(0).points("1", "0.01", 1, "100%").pay(TenderKind::Cash, "100");
    let sold = world.quote().unwrap().sold();
    let back = take_back(&sold, &[], &whole(&sold)).unwrap();
    assert_eq!((back.refund_minor, back.points_taken), (10_000, 100));
    let after_spending_all = 0;
    assert_eq!(after_spending_all - back.points_taken, -100, "a debt, recovered from the next earnings");
    // A member in debt cannot spend, and a debt is no reason to refuse the sale.
    let quote = World::selling(&[("A", "100", "1")]).member(-100).points("1", "0.01", 1, "100%").spend(50).quote().unwrap();
    assert_eq!((quote.points_spent, quote.due_minor, quote.points_earned), (0, 10_000, 100));
}

#[test]
fn fault_22_points_spent_come_back_once_and_with_their_own_line() {
    let mut world = World::selling(&[("A", "10", "2"), ("mug", "8", "1")]).member(1000).points("1", "0.01", 1, "50%").spend(500);
    world.product("mug").gift_points = Some(300);
    world.draft.lines[1].gift = true;
    let quote = world.pay(TenderKind::Cash, "15").quote().unwrap();
    assert_eq!((quote.points_spent, quote.points_offset_minor, quote.due_minor), (800, 500, 1500));
    let sold = quote.sold();
    let goods = ReturnedQty { line: 0, qty_milli: 2000 };
    let mug = ReturnedQty { line: 1, qty_milli: 1000 };
    // The mug stays: its points stay spent.
    assert_eq!(take_back(&sold, &[], &[goods]).unwrap().points_given, 500);
    let given: Vec<i64> = return_all(&sold, &[goods, mug]).iter().map(|back| back.points_given).collect();
    assert_eq!(given, [500, 300]);
    assert_eq!(take_back(&sold, &[goods, mug], &[mug]), Err(ReturnRefusal::MoreThanSold { line: 1, left_milli: 0 }));
    // Nothing more is asked of the member for a return: what was taken and given never exceeds the sale's.
    assert!(return_all(&sold, &[goods]).iter().all(|back| back.points_taken == quote.points_earned));
}

#[test]
fn fault_23_the_draft_has_no_say_in_what_a_gift_or_a_coupon_costs() {
    let mut world = World::selling(&[("mug", "8", "2")]).member(599);
    world.product("mug").gift_points = Some(300);
    world.draft.lines[0].gift = true;
    // A price by hand, a label or a discount on the line changes nothing: the product says what its gift costs.
    world.draft.lines[0].price_minor = Some(0);
    world.draft.lines[0].label_minor = Some(1);
    world.draft.lines[0].discount = Some(off("100%"));
    assert_eq!(world.quote(), Err(PriceRefusal::PointsShort { needed: 600, available: 599 }));
    world.member.as_mut().unwrap().points = 600;
    assert_eq!(world.quote().unwrap().points_spent, 600);
    world.product("mug").gift_points = None;
    assert_eq!(world.quote(), Err(PriceRefusal::NotAGift { line: 0, product: "mug".into() }));
    world.product("mug").gift_points = Some(300);
    world.member = None;
    assert_eq!(world.quote(), Err(PriceRefusal::PointsNeedMember));
    // The points of a gift are not there a second time for the offset.
    let mut world = World::selling(&[("A", "10", "1"), ("mug", "8", "1")]).member(700).points("1", "0.01", 1, "100%").spend(700);
    (world.product("mug").gift_points, world.draft.lines[1].gift) = (Some(300), true);
    assert_eq!(world.quote().map(|quote| (quote.points_spent, quote.points_offset_minor)), Ok((700, 400)));
    // Points worth more than the rule says, or a coupon that the shop does not know, cannot be claimed.
    let quote = World::selling(&[("A", "10", "1")]).member(1_000_000).points("1", "0.01", 100, "50%").spend(1_000_000).quote().unwrap();
    assert_eq!((quote.points_spent, quote.points_offset_minor), (500, 500));
    let world = World::selling(&[("A", "10", "1")]).discount(DiscountKind::Coupon("MADE UP".into()), None, None, &[]);
    assert_eq!(world.quote(), Err(PriceRefusal::UnknownCoupon { coupon: "MADE UP".into() }));
}

#[test]
fn fault_27_what_is_asked_for_always_settles_with_tax_inside_and_line_discounts() {
    for rate in ["3%", "6%", "9%", "13%", "17.5%", "19%", "21%"] {
        for price in 1..400 {
            for less in ["0%", "5%", "33%", "12.5%"] {
                let text = format!("{}.{:02}", price / 100, price % 100);
                let mut world = World::selling(&[("A", &text, "1"), ("B", &text, "3")]).tax("A", rate, true).tax("B", rate, true);
                world = world.line_off(0, less).line_off(1, less);
                let asked = world.quote().unwrap();
                // Till, receipt and report read the same figures: net is goods without tax plus tax, line by line.
                let without_tax: i64 = asked.lines.iter().map(|line| line.net_minor - line.tax_minor).sum();
                assert_eq!(without_tax + asked.tax_minor, asked.due_minor);
                world.draft.tenders.push(Tender { kind: TenderKind::Card, amount_minor: asked.due_minor });
                assert_eq!(world.settle(), Ok(()));
            }
        }
    }
}

#[test]
fn fault_28_change_is_rounded_as_the_total_and_the_drawer_holds_what_was_kept() {
    for step in [5, 10, 100] {
        for price in 1..250 {
            let mut world = World::selling(&[("A", &format!("{}.{:02}", price / 100, price % 100), "1")]);
            world.rules.cash_rounding_minor = step;
            world.draft.tenders = vec![Tender { kind: TenderKind::Cash, amount_minor: 1000 }];
            let quote = world.quote().unwrap();
            assert_eq!((quote.change_minor % step, quote.cash_asked_minor % step), (0, 0), "only coins that exist");
            assert_eq!(quote.change_minor, 1000 - quote.cash_asked_minor);
            assert_eq!(quote.cash_asked_minor, price + quote.cash_rounding_minor);
            let in_drawer: i64 = quote.kept.iter().map(|row| row.amount_minor).sum();
            assert_eq!(in_drawer, quote.cash_asked_minor, "kept, not tendered");
            // The same sale by card is not rounded.
            world.draft.tenders = vec![Tender { kind: TenderKind::Card, amount_minor: price }];
            let by_card = world.quote().unwrap();
            assert_eq!((world.settle(), by_card.cash_rounding_minor), (Ok(()), 0));
            // And it comes back as the mirror amount.
            let sold = quote.sold();
            let back = take_back(&sold, &[], &whole(&sold)).unwrap();
            assert_eq!(back.refunds.iter().map(|row| row.amount_minor).sum::<i64>(), in_drawer);
        }
    }
}

#[test]
fn fault_28_change_comes_from_cash_alone() {
    let world = World::selling(&[("A", "10", "1")]).pay(TenderKind::Card, "11").pay(TenderKind::Cash, "5");
    assert_eq!(world.settle(), Err(PriceRefusal::ChangeFromCashAlone { excess_minor: 100 }));
    assert_eq!(world.quote().unwrap().change_minor, 500, "all the cash, none of the card");
}

#[test]
fn fault_31_a_coupon_serves_one_line_of_the_ticket_and_as_many_sales_as_it_says() {
    let mut world = World::selling(&[("A", "10", "1")]).coupon("C", "3.00", None);
    world.rules.coupons.get_mut("C").unwrap().left = Some(1);
    assert_eq!(world.quote().unwrap().coupons_used, ["C"]);
    // The first sale used it up; the other four, which read it inside their own transaction, find none left.
    world.rules.coupons.get_mut("C").unwrap().left = Some(0);
    assert_eq!(world.quote(), Err(PriceRefusal::CouponUsed { coupon: "C".into() }));
    world.rules.coupons.get_mut("C").unwrap().left = Some(5);
    let again = world.draft.discounts[0].clone();
    world.draft.discounts.push(again);
    assert_eq!(world.quote(), Err(PriceRefusal::CouponTwice { coupon: "C".into() }));
    // One that takes nothing off is not used up.
    let mut world = World::selling(&[("A", "10", "1")]).coupon("C", "3.00", None);
    world.rules.coupons.get_mut("C").unwrap().over_minor = 1001;
    let quote = world.quote().unwrap();
    assert_eq!((quote.coupons_used.len(), quote.discounts[0].short_minor), (0, 1));
    let coupon = world.rules.coupons.get_mut("C").unwrap();
    (coupon.over_minor, coupon.to, world.today) = (0, Some("2026-11-21".into()), "2026-11-22".into());
    assert_eq!(world.quote(), Err(PriceRefusal::CouponNotToday { coupon: "C".into(), today: "2026-11-22".into() }));
}

#[test]
fn fault_31_nothing_is_ever_payable_below_zero() {
    for discounts in [["100%", "5"], ["999", "999"], ["150%", "1%"], ["9.99", "0.02"]] {
        let mut world =
            World::selling(&[("A", "5", "1"), ("B", "5", "1")]).line_off(0, "7.00").member(10_000).points("1", "1", 1, "100%").spend(10_000);
        for text in discounts {
            world = world.off(text);
        }
        let quote = world.quote().unwrap();
        assert_eq!((quote.due_minor, quote.points_earned, quote.points_spent), (0, 0, 0));
        assert_eq!(world.settle(), Ok(()), "a sale of nothing needs no tender");
    }
}

fn campaigns(world: &mut World) {
    let campaign = |from: &str, to: &str, percent, category: Option<&str>| PointsCampaign {
        name: "周年".into(),
        from: from.into(),
        to: to.into(),
        percent,
        categories: category.map(str::to_owned).into_iter().collect(),
    };
    world.today = "2026-03-10".into();
    world.product("B").category = Some("food".into());
    world.rules.points.as_mut().unwrap().campaigns = vec![
        campaign("2026-03-10", "2026-03-10", 200, None),
        campaign("2026-03-01", "2026-03-31", 300, Some("food")),
        campaign("2026-03-11", "2026-03-31", 1000, None),
        campaign("2026-03-01", "2026-03-09", 1000, None),
        campaign("2026-03-01", "2026-03-31", 1000, Some("tea")),
    ];
}

#[test]
fn points_are_earned_by_what_the_rules_say_and_never_by_what_cost_nothing() {
    let earned = |change: fn(&mut World)| {
        let mut world = World::selling(&[("A", "10.99", "1"), ("B", "5.99", "2"), ("mug", "8", "3")]).member(0).points("1", "0", 1, "0%");
        (world.product("mug").gift_points, world.draft.lines[2].gift) = (Some(0), true);
        change(&mut world);
        let quote = world.quote().unwrap();
        (quote.points_earned, quote.lines.iter().map(|line| line.points_earned).collect::<Vec<_>>())
    };
    assert_eq!(earned(|_| ()), (22, vec![11, 11, 0]), "10.99 and 11.98 make 22.97, floored once");
    assert_eq!(earned(|world| world.product("mug").earns = Earns::PerPiece(100)), (22, vec![11, 11, 0]));
    assert_eq!(earned(|world| world.product("B").earns = Earns::Nothing), (10, vec![10, 0, 0]));
    assert_eq!(earned(|world| world.product("B").earns = Earns::PerPiece(7)), (24, vec![11, 13, 0]), "10.99 and 14");
    assert_eq!(earned(|world| world.product("B").earns = Earns::TimesPpm(2_000_000)), (34, vec![11, 23, 0]), "10.99 and 23.96");
    assert_eq!(earned(|world| world.draft.lines[1].discount = Some(off("100%"))), (10, vec![10, 0, 0]));
    let free = |world: &mut World| {
        world.product("B").earns = Earns::PerPiece(7);
        world.draft.lines[1].discount = Some(off("100%"));
    };
    assert_eq!(earned(free), (10, vec![10, 0, 0]), "a line that cost nothing earns nothing, per piece neither");
    assert_eq!(earned(|world| world.member.as_mut().unwrap().points_multiplier_ppm = 1_500_000), (34, vec![16, 18, 0]), "34.455");
    let walk_in = |world: &mut World| {
        world.member = None;
        world.draft.lines.pop();
    };
    assert_eq!(earned(walk_in), (0, vec![0, 0]), "nobody to give them to");
    let category = |world: &mut World| {
        world.product("B").category = Some("food".into());
        world.rules.points.as_mut().unwrap().categories = vec!["food".into()];
    };
    assert_eq!(earned(category), (11, vec![0, 11, 0]));
    let per_order = |world: &mut World| {
        let rules = world.rules.points.as_mut().unwrap();
        (rules.per_order, rules.earn_per_minor) = (10, 0);
    };
    assert_eq!(earned(per_order), (10, vec![5, 5, 0]), "by what each line cost");
    // Of two campaigns that hold for a line the higher counts; one of another day or category does not.
    assert_eq!(earned(campaigns), (57, vec![22, 35, 0]), "21.98 and 35.94 make 57.92");
    let with_level = |world: &mut World| {
        campaigns(world);
        world.member.as_mut().unwrap().points_multiplier_ppm = 1_500_000;
    };
    assert_eq!(earned(with_level).0, 86, "86.88");
}

#[test]
fn each_refusal_names_what_mends_it() {
    let refused = |change: fn(&mut World)| {
        let mut world = World::selling(&[("A", "10", "1")]).pay(TenderKind::Cash, "10");
        change(&mut world);
        serde_json::to_value(world.settle().unwrap_err()).unwrap()
    };
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(refused(|world| world.draft.lines.clear()), json(r#"{"code":"no_lines"}"#));
    assert_eq!(refused(|world| world.products.clear()), json(r#"{"code":"unknown_product","line":0,"product":"A"}"#));
    assert_eq!(refused(|world| world.draft.lines[0].qty_milli = 0), json(r#"{"code":"quantity_not_above_zero","line":0}"#));
    assert_eq!(refused(|world| world.product("A").tax = Some("x".into())), json(r#"{"code":"unknown_tax","line":0,"tax":"x"}"#));
    assert_eq!(refused(|world| world.draft.lines[0].price_minor = Some(-1)), json(r#"{"code":"below_zero","line":0,"what":"price"}"#));
    assert_eq!(
        refused(|world| world.draft.lines[0].discount = Some(Off::AmountMinor(-1))),
        json(r#"{"code":"below_zero","line":0,"what":"discount"}"#)
    );
    assert_eq!(refused(|world| world.draft.points = -1), json(r#"{"code":"below_zero","line":0,"what":"points"}"#));
    assert_eq!(refused(|world| world.draft.lines[0].qty_milli = i64::MAX), json(r#"{"code":"too_large","line":0}"#));
    assert_eq!(refused(|world| world.product("A").price_minor = i64::MAX), json(r#"{"code":"too_large","line":0}"#));
    assert_eq!(refused(|world| world.draft.tenders[0].amount_minor = 999), json(r#"{"code":"owes_more","missing_minor":1}"#));
    assert_eq!(refused(|world| world.draft.tenders[0].kind = TenderKind::Balance), json(r#"{"code":"balance_needs_member"}"#));
    assert_eq!(refused(|world| world.draft.tenders[0].amount_minor = -1), json(r#"{"code":"below_zero","line":0,"what":"tender"}"#));
    let mut world = World::selling(&[("A", "10", "1.5")]).member(9);
    (world.product("A").gift_points, world.draft.lines[0].gift) = (Some(1), true);
    assert_eq!(world.quote(), Err(PriceRefusal::GiftNotWhole { line: 0 }));
    world.product("A").weighed = true;
    assert_eq!(world.quote().map(|quote| quote.points_spent), Ok(2), "of weighed goods a part is a gift too, its points rounded up");
}

#[test]
fn discounts_by_hand_stay_within_what_the_role_may_give() {
    let limited = |line: &str, order: &str| {
        let mut world = World::selling(&[("A", "10", "1"), ("B", "10", "1")]).line_off(0, line).off(order).pay(TenderKind::Cash, "20");
        world.rules.discount_limit_ppm = Some(100_000);
        world
    };
    assert_eq!(limited("1.00", "2.00").settle(), Ok(()));
    assert_eq!(limited("1.01", "0").settle(), Err(PriceRefusal::NeedsApproval { line: Some(0), given_minor: 101, allowed_minor: 100 }));
    assert_eq!(limited("0", "2.01").settle(), Err(PriceRefusal::NeedsApproval { line: None, given_minor: 201, allowed_minor: 200 }));
    let mut approved = limited("1.01", "2.01");
    approved.draft.approved = true;
    assert_eq!(approved.settle(), Ok(()));
    // What the shop itself promised needs nobody.
    assert_eq!(limited("0", "0").coupon("HALF", "50%", None).settle(), Ok(()));
}

#[test]
fn a_return_without_a_sale_reverses_nothing_but_stock_and_money() {
    let mut world = World::selling(&[("A", "9.98", "1")]).tax("A", "13%", true).member(500).points("1", "0.01", 1, "100%").spend(100);
    world.rules.cash_rounding_minor = 5;
    let take = |world: &World| take_back_without_sale(&world.rules, &world.products, &world.draft, TenderKind::Cash, "");
    assert_eq!(take(&world), Err(PriceRefusal::ReturnNeedsApproval));
    world.draft.approved = true;
    let back = take(&world).unwrap();
    assert_eq!((back.refund_minor, back.tax_minor, back.cash_rounding_minor), (998, 115, 2));
    assert_eq!((back.commission_base_minor, back.points_taken, back.points_given), (0, 0, 0));
    assert_eq!(back.refunds, [TenderKept { kind: TenderKind::Cash, amount_minor: 1000 }]);
}

#[test]
fn a_return_asks_for_what_can_come_back() {
    let sold = World::selling(&[("A", "10", "2")]).pay(TenderKind::Card, "20").quote().unwrap().sold();
    let asked = |line, qty_milli| [ReturnedQty { line, qty_milli }];
    assert_eq!(take_back(&sold, &[], &[]), Err(ReturnRefusal::NothingChosen));
    assert_eq!(take_back(&sold, &[], &asked(1, 1000)), Err(ReturnRefusal::UnknownLine { line: 1 }));
    assert_eq!(take_back(&sold, &[], &asked(0, 0)), Err(ReturnRefusal::QuantityNotAboveZero { line: 0 }));
    assert_eq!(take_back(&sold, &asked(0, 1500), &asked(0, 501)), Err(ReturnRefusal::MoreThanSold { line: 0, left_milli: 500 }));
    let twice = [asked(0, 1500), asked(0, 501)].concat();
    assert_eq!(take_back(&sold, &[], &twice), Err(ReturnRefusal::MoreThanSold { line: 0, left_milli: 500 }));
}

#[test]
fn a_refund_goes_to_the_tenders_that_paid_and_cash_last() {
    let mut world = World::selling(&[("A", "10.02", "2")]).member(0);
    world.member.as_mut().unwrap().balance_minor = 500;
    world.rules.cash_rounding_minor = 5;
    let world = world.pay(TenderKind::Cash, "20").pay(TenderKind::Balance, "5").pay(TenderKind::Wechat, "3.04");
    assert_eq!(world.settle(), Ok(()));
    let sold = world.quote().unwrap().sold();
    let one = ReturnedQty { line: 0, qty_milli: 1000 };
    fn rows(back: &ReturnQuote) -> Vec<(&str, i64)> {
        back.refunds.iter().map(|row| (row.kind.name(), row.amount_minor)).collect()
    }
    let answers = return_all(&sold, &[one, one]);
    assert_eq!(rows(&answers[0]), [("balance", 500), ("wechat", 304), ("cash", 200)]);
    assert_eq!(rows(&answers[1]), [("cash", 1000)]);
    assert_eq!((answers[0].cash_rounding_minor, answers[1].cash_rounding_minor), (2, -2));
}
