//! Small worlds in which every return is tried: whatever comes back in whatever order, everything together is as if nothing had been sold.

use std::collections::BTreeMap;

use super::*;
use crate::{
    pricing::{PriceRules, ReturnedQty, TenderKind, TenderRules},
    sale::{ChainLink, SaleRecorded, SoldLine, TenderTaken},
};

fn id<T: From<uuid::Uuid>>(number: u128) -> T {
    T::from(uuid::Uuid::from_u128(number))
}

/// A sale of two lines to a member, with tax on top of one, points earned and spent, three tenders, rounded cash, and two uplines.
fn sale(net: [i64; 2], pieces: [i64; 2]) -> SaleRecorded {
    let line = |place: usize| SoldLine {
        product: id(10 + place as u128),
        code: format!("T{place}"),
        name: "茶".into(),
        qty_milli: pieces[place] * 1000,
        unit_minor: net[place] / pieces[place],
        discount_minor: 0,
        net_minor: net[place],
        tax_minor: net[place] / 10,
        tax_ppm: 100_000,
        tax_included: place == 0,
        points_earned: net[place] / 100,
        points_spent: place as i64 * 7,
        base_minor: if place == 0 { net[place] - net[place] / 10 } else { net[place] },
        why: None,
        cost_minor: Some(net[place] / 3 + 1),
        offs: Vec::new(),
    };
    let (lines, on_top) = ([line(0), line(1)], net[1] / 10);
    let goods_minor = net[0] + net[1];
    let exact = goods_minor + on_top;
    let (card, wechat) = (exact / 3, exact / 4);
    let cash = (exact - card - wechat + 2) / 5 * 5;
    let tender = |kind: &str, amount_minor| TenderTaken { kind: kind.into(), amount_minor, reference: None, bonus_minor: None, voucher: None };
    let base: i64 = lines.iter().map(|line| line.base_minor).sum();
    let earned = |number: u128, ppm: i64| Earned {
        member: id(number),
        rule: "levels".into(),
        depth: 1,
        base_minor: base,
        rate_ppm: Some(ppm),
        amount_micro: base * ppm,
        why: String::new(),
    };
    SaleRecorded {
        sale: id(1),
        number: "1A-000001".into(),
        till: "1".into(),
        member: Some(id(2)),
        goods_minor,
        tax_minor: lines.iter().map(|line| line.tax_minor).sum(),
        due_minor: card + wechat + cash,
        rounding_minor: card + wechat + cash - exact,
        cash_step_minor: 5,
        tenders: vec![tender("cash", cash + 100), tender("card", card), tender("wechat", wechat)],
        change_minor: 100,
        points_earned: lines.iter().map(|line| line.points_earned).sum(),
        points_spent: 7,
        plan: None,
        chain: vec![ChainLink { member: id(2), rank: None, active: true }],
        earned: vec![earned(3, 80_000), earned(4, 33_333)],
        approved_by: None,
        lines: lines.into(),
        tags: Vec::new(),
        shift: None,
        salesperson: None,
        promotions: Vec::new(),
        location: None,
        points_usable_from: None,
        points_good_until: None,
        points_parts: Vec::new(),
    }
}

/// The accounts after these facts, without those that are even.
fn accounts(postings: impl IntoIterator<Item = Posting>) -> BTreeMap<(Unit, Account), i64> {
    let mut balances = BTreeMap::new();
    for Posting(unit, debit, credit, amount) in postings {
        *balances.entry((unit.clone(), debit)).or_insert(0) += amount;
        *balances.entry((unit, credit)).or_insert(0) -= amount;
    }
    balances.retain(|_, amount| *amount != 0);
    balances
}

struct World {
    origin: Origin,
    already: Vec<ReturnedQty>,
    age_days: i64,
    alone: bool,
    approved_by: Option<PersonId>,
}

impl World {
    fn of(sale: &SaleRecorded) -> Self {
        Self { origin: Origin::from(sale), already: Vec::new(), age_days: 0, alone: false, approved_by: None }
    }

    fn take(&mut self, pieces: &[(u32, i64)], to: Option<TenderKind>) -> Result<SaleReturned, ReturnRefusal> {
        let rules = PriceRules {
            minor_digits: 2,
            cash_rounding_minor: 0,
            taxes: BTreeMap::new(),
            points: None,
            coupons: BTreeMap::new(),
            discount_limit_ppm: None,
            tenders: TenderRules::default(),
        };
        let lines = pieces.iter().map(|(line, pieces)| ReturnedPieces { line: *line, qty_milli: pieces * 1000, to: ReturnedTo::Shelf }).collect();
        let what = ReturnWhat::Receipt { sale: self.origin.sale, lines };
        let draft = ReturnDraft { returned: id(9), what, refund_to: to, reason: None, approval: None };
        let context = ReturnContext {
            origin: Some(&self.origin),
            already: &self.already,
            age_days: self.age_days,
            window_days: 7,
            rules: &rules,
            shelf: &BTreeMap::new(),
            names: &BTreeMap::new(),
            today: "2026-11-22",
            number: "1A-000002",
            till: "1",
            alone: self.alone,
            approved_by: self.approved_by,
            exchanged_for: None,
            shift: None,
            shift_required: false,
            voucher: None,
            place: None,
            points_lie: (0, 0),
        };
        let returned = decide(&draft, &context)?;
        self.already.extend(pieces.iter().map(|(line, pieces)| ReturnedQty { line: *line as usize, qty_milli: pieces * 1000 }));
        Ok(returned)
    }
}

/// Every way to bring back so many pieces of two lines, one or several at a time.
fn ways(left: [i64; 2]) -> Vec<Vec<[i64; 2]>> {
    if left == [0, 0] {
        return vec![Vec::new()];
    }
    let mut ways_back = Vec::new();
    for first in 0..=left[0] {
        for second in 0..=left[1] {
            if first + second > 0 {
                let rest = ways([left[0] - first, left[1] - second]);
                ways_back.extend(rest.into_iter().map(|rest| [vec![[first, second]], rest].concat()));
            }
        }
    }
    ways_back
}

#[test]
fn fault_12_every_order_of_returns_is_together_as_if_nothing_had_been_sold() {
    for (net, pieces) in [([1000, 999], [3, 2]), ([1, 2], [2, 3]), ([9999, 101], [3, 3]), ([33_333, 7], [1, 3])] {
        let sold = sale(net, pieces);
        for way in ways(pieces) {
            let mut world = World::of(&sold);
            let mut postings = sold.postings();
            let last = way.len() - 1;
            for (place, [first, second]) in way.iter().enumerate() {
                let pieces: Vec<(u32, i64)> = [(0, *first), (1, *second)].into_iter().filter(|(_, pieces)| *pieces > 0).collect();
                let returned = world.take(&pieces, None).expect("it comes back");
                assert_eq!(returned.whole, place == last, "{way:?}");
                assert_eq!(returned.refunds.iter().map(|row| row.amount_minor).sum::<i64>(), returned.refund_minor + returned.rounding_minor);
                postings.extend(returned.postings());
            }
            assert_eq!(accounts(postings), BTreeMap::new(), "{net:?} {way:?}");
        }
    }
}

#[test]
fn fault_7_what_a_close_paid_goes_back_whole_by_every_way_whatever_came_back_before_it() {
    let (net, pieces) = ([1000, 999], [3, 2]);
    let sold = sale(net, pieces);
    let paid = |amount_micro| Earned { amount_micro, rule: "month".into(), ..sold.earned[0].clone() };
    for way in ways(pieces) {
        for seen in 0..way.len() {
            let mut world = World::of(&sold);
            let mut back = [0, 0];
            for (place, [first, second]) in way.iter().enumerate() {
                if place == seen {
                    let closed = [paid(7_777_777), paid(-1)].into();
                    world.origin.closed = Some(ClosedOn { earned: closed, before: world.already.clone() });
                }
                let pieces: Vec<(u32, i64)> = [(0, *first), (1, *second)].into_iter().filter(|(_, pieces)| *pieces > 0).collect();
                let returned = world.take(&pieces, None).expect("it comes back");
                for (sum, earned) in back.iter_mut().zip(returned.earned.iter().skip(sold.earned.len())) {
                    *sum += earned.amount_micro;
                }
            }
            assert_eq!(back, [-7_777_777, 1], "{way:?}, closed after {seen}");
        }
    }
}

#[test]
fn fault_8_and_9_a_part_takes_back_its_part_of_every_earning_at_the_rate_of_the_sale() {
    let sold = sale([1000, 600], [4, 3]);
    let mut world = World::of(&sold);
    let part = world.take(&[(0, 1)], None).expect("it comes back");
    // A quarter of the first line's base of 900, at 8 % and 3.3333 %.
    assert_eq!(part.earned.iter().map(|one| (one.base_minor, one.amount_micro)).collect::<Vec<_>>(), [(-225, -225 * 80_000), (-225, -225 * 33_333)]);
    assert_eq!((part.points_taken, part.points_given), (3, 0));
}

#[test]
fn a_tender_gives_back_no_more_than_it_took_and_cash_goes_last() {
    let sold = sale([1000, 600], [4, 3]);
    let kept: BTreeMap<String, i64> = BTreeMap::from([("card".into(), 553), ("wechat".into(), 415), ("cash".into(), 690)]);
    for way in ways([4, 3]) {
        let mut world = World::of(&sold);
        let mut given: BTreeMap<String, i64> = BTreeMap::new();
        for [first, second] in way {
            let pieces: Vec<(u32, i64)> = [(0, first), (1, second)].into_iter().filter(|(_, pieces)| *pieces > 0).collect();
            for refund in world.take(&pieces, None).expect("it comes back").refunds {
                *given.entry(refund.kind).or_default() += refund.amount_minor;
            }
            assert!(given.iter().all(|(kind, amount)| (0..=kept[kind]).contains(amount)), "{given:?}");
            let before_cash: i64 = ["card", "wechat"].iter().filter_map(|kind| given.get(*kind)).sum();
            assert!(given.get("cash").is_none_or(|cash| *cash == 0) || before_cash == 968, "{given:?}");
        }
        assert_eq!(given, kept);
    }
}

#[test]
fn each_rule_in_the_order_it_speaks() {
    let sold = sale([1000, 600], [4, 3]);
    let said = |change: &dyn Fn(&mut World), pieces: &[(u32, i64)], to: Option<TenderKind>| {
        let mut world = World::of(&sold);
        change(&mut world);
        world.take(pieces, to).map_or_else(|no| no.to_string(), |back| format!("{} back", back.refund_minor))
    };
    let fresh = |_: &mut World| {};
    let old = |world: &mut World| world.age_days = 8;
    assert_eq!(said(&fresh, &[], None), "a return needs at least one line");
    assert_eq!(said(&fresh, &[(2, 1)], None), "the sale has no line 2");
    assert_eq!(said(&fresh, &[(0, 0)], None), "line 0: the quantity must be above zero");
    assert_eq!(said(&fresh, &[(0, 3), (0, 2)], None), "line 0: only 1000 thousandths are left to return");
    assert_eq!(said(&fresh, &[(0, 1)], Some(TenderKind::Cash)), "the money goes back to the tenders that paid, not to cash");
    assert_eq!(said(&fresh, &[(0, 1)], Some(TenderKind::Balance)), "250 back");
    let nobody = |world: &mut World| world.origin.member = None;
    assert_eq!(said(&nobody, &[(0, 1)], Some(TenderKind::Balance)), "stored value belongs to a member, and the sale had none");
    assert_eq!(said(&|world| world.age_days = 7, &[(0, 1)], None), "250 back");
    assert_eq!(said(&old, &[(0, 1)], None), "the sale is 8 days old, goods come back within 7");
    assert_eq!(said(&|world| (world.age_days, world.alone) = (8, true), &[(0, 1)], None), "250 back");
    assert_eq!(said(&|world| (world.age_days, world.approved_by) = (8, Some(id(5))), &[(0, 1)], None), "250 back");
}
