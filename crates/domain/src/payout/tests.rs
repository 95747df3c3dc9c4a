use std::collections::BTreeMap;

use super::*;
use crate::person::Role;

fn member() -> MemberId {
    MemberId(uuid::Uuid::from_u128(1))
}

fn order(amount_minor: i64, fee_minor: i64) -> PayoutOrder {
    let payee = Payee { channel: "bank".into(), holder: "林".into(), account: "6222".into(), ..Payee::default() };
    PayoutOrder {
        payout: PayoutId(uuid::Uuid::from_u128(2)),
        number: "P1".into(),
        member: member(),
        amount_minor,
        fee_minor,
        payee,
        month: None,
        outside: false,
    }
}

fn post(balances: &mut BTreeMap<Account, i64>, postings: Vec<Posting>) {
    for Posting(_, debit, credit, amount) in postings {
        *balances.entry(debit).or_default() += amount;
        *balances.entry(credit).or_default() -= amount;
    }
}

/// Every walk through the states from one request, whatever its length: nothing is lost, and what ends as a no is payable whole again.
#[test]
fn every_walk_through_the_states_keeps_every_cent() {
    for (amount, fee, cash, balance) in [(1000, 0, false, false), (1000, 60, false, false), (1000, 60, true, false), (1000, 60, false, true)] {
        let mut walks = vec![vec![PayoutState::Requested]];
        let mut seen = 0;
        while let Some(walk) = walks.pop() {
            seen += 1;
            let mut balances = BTreeMap::from([(Account::commission_payable(member()), amount)]);
            post(&mut balances, PayoutsRequested { payouts: vec![order(amount, fee)] }.postings());
            for pair in walk.windows(2) {
                let step = PayoutStep {
                    payout: order(amount, fee).payout,
                    member: member(),
                    from: pair[0],
                    amount_minor: amount,
                    fee_minor: fee,
                    reason: String::new(),
                    reference: String::new(),
                };
                post(&mut balances, PayoutsMoved { to: pair[1], steps: vec![step], batch: None, cash, balance }.postings());
            }
            let of = |account: Account| balances.get(&account).copied().unwrap_or(0);
            let last = walk[walk.len() - 1];
            assert_eq!(balances.values().sum::<i64>(), amount, "{walk:?}");
            assert_eq!(of(Account::commission_payable(member())), if last.is_back() { amount } else { 0 }, "{walk:?}");
            assert_eq!(of(Account::payout_paid(member())), if last == PayoutState::Paid { amount - fee } else { 0 }, "{walk:?}");
            assert_eq!(of(Account::payout_fees()), if last == PayoutState::Paid { fee } else { 0 }, "{walk:?}");
            assert_eq!(of(Account::safe()), if cash && last == PayoutState::Paid { fee - amount } else { 0 }, "{walk:?}");
            assert_eq!(of(Account::balance_paid(member())), if balance && last == PayoutState::Paid { fee - amount } else { 0 }, "{walk:?}");
            walks.extend(PayoutState::ALL.into_iter().filter(|next| last.leads_to(*next)).map(|next| [walk.clone(), vec![next]].concat()));
        }
        assert_eq!(seen, 20);
    }
}

#[test]
fn the_fee_rounds_half_up_has_a_least_and_a_free_band() {
    let terms = PayoutTerms { fee_ppm: 6000, fee_least_minor: 200, free_from_minor: 50_000, free_to_minor: 99_999, ..PayoutTerms::default() };
    for (amount, fee) in [(100, 100), (30_000, 200), (49_999, 300), (50_000, 0), (99_999, 0), (100_000, 600), (100_084, 601)] {
        assert_eq!(terms.fee_minor(amount), fee, "{amount}");
    }
    assert_eq!(PayoutTerms::default().fee_minor(100), 0);
}

#[test]
fn each_refusal_in_the_order_it_speaks() {
    let terms = PayoutTerms { minimum_minor: 1000, maximum_minor: 50_000, fee_least_minor: 2000, days: vec![5, 20], ..PayoutTerms::default() };
    let standing = Standing { payable_minor: 60_000, ..Standing::default() };
    let payee = Payee { identity: "4101".into(), ..order(1, 0).payee };
    let said = |amount: i64, standing: &Standing, payee: Option<&Payee>, day: u8| {
        let asked = request(order(1, 0).payout, "P1".into(), member(), amount, &terms, standing, payee, true, Some(day));
        asked.map(|order| order.fee_minor)
    };
    assert_eq!(said(0, &standing, Some(&payee), 5), Err(PayoutRefusal::NoAmount));
    let debt = Standing { debt_micro: 1, held: Some("x".into()), ..standing.clone() };
    assert_eq!(said(5000, &debt, Some(&payee), 5), Err(PayoutRefusal::InDebt { debt_micro: 1 }));
    let held = Standing { held: Some("x".into()), ..standing.clone() };
    assert_eq!(said(5000, &held, None, 5), Err(PayoutRefusal::HeldForReview { reason: "x".into() }));
    assert_eq!(said(5000, &standing, None, 5), Err(PayoutRefusal::NoPayee));
    let bare = Payee { identity: String::new(), ..payee.clone() };
    assert_eq!(said(5000, &standing, Some(&bare), 5), Err(PayoutRefusal::NoIdentity));
    assert_eq!(said(60_001, &standing, Some(&payee), 5), Err(PayoutRefusal::MoreThanPayable { payable_minor: 60_000 }));
    assert_eq!(said(999, &standing, Some(&payee), 5), Err(PayoutRefusal::BelowMinimum { minimum_minor: 1000 }));
    assert_eq!(said(50_001, &standing, Some(&payee), 5), Err(PayoutRefusal::AboveMaximum { maximum_minor: 50_000 }));
    assert_eq!(said(5000, &standing, Some(&payee), 6), Err(PayoutRefusal::NotToday { days: vec![5, 20] }));
    assert_eq!(said(2000, &standing, Some(&payee), 20), Err(PayoutRefusal::FeeTakesAll));
    assert_eq!(said(5000, &standing, Some(&payee), 20), Ok(2000));
}

#[test]
fn a_large_amount_wants_two_different_people() {
    let terms = PayoutTerms { approves: Role::Manager, second_above_minor: Some(1000), ..PayoutTerms::default() };
    let person = |number: u128| crate::ids::PersonId(uuid::Uuid::from_u128(number));
    let asked = |state, amount, by: u128, role, first: Option<u128>| approve("P1", state, amount, &terms, (person(by), role), first.map(person));
    assert_eq!(asked(PayoutState::Requested, 1000, 1, Role::Manager, None), Ok(PayoutState::Approved));
    assert_eq!(asked(PayoutState::Requested, 1000, 1, Role::Clerk, None), Err(PayoutRefusal::MayNotApprove { needs: Role::Manager }));
    assert_eq!(asked(PayoutState::Requested, 1001, 1, Role::Owner, None), Ok(PayoutState::Seconded));
    assert_eq!(asked(PayoutState::Seconded, 1001, 1, Role::Owner, Some(1)), Err(PayoutRefusal::SecondPerson { number: "P1".into() }));
    assert_eq!(asked(PayoutState::Seconded, 1001, 2, Role::Manager, Some(1)), Ok(PayoutState::Approved));
    assert!(matches!(asked(PayoutState::Paid, 1, 2, Role::Owner, None), Err(PayoutRefusal::MovedOn { .. })));
}

#[test]
fn points_for_an_amount_are_whole_and_never_more_than_it_makes() {
    let channel = Channel { points_per_unit: 3, ..Channel::usual().remove(0) };
    for (net, digits, points) in [(0, 2, 0), (33, 2, 0), (34, 2, 1), (100, 2, 3), (12_345, 2, 370), (7, 0, 21), (-5, 2, 0)] {
        assert_eq!(channel.points(net, digits), points, "{net} {digits}");
    }
}
