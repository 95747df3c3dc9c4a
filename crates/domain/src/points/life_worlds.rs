//! Small worlds: two sales that earn two points each, spent or not, aged, and brought back piece by piece, in every order.

use uuid::Uuid;

use super::*;

const MEMBER: MemberId = MemberId(Uuid::nil());

/// One sale of two pieces: what it earned and spent, and how many pieces came back.
struct Sold {
    id: EntryId,
    spent: i64,
    parts: Vec<PointsPart>,
    back: i64,
}

struct World {
    day: u32,
    /// Days that points lie locked, and their last day after the one they came.
    terms: (Option<u32>, Option<u32>),
    moves: Vec<Moved>,
    due: Vec<(u32, Ageing, EntryId, String)>,
    sales: Vec<Sold>,
    /// The ledger: what can be spent, what is locked, and what ran out.
    held: i64,
    locked: i64,
    /// Points that returns took although they had been spent.
    told_spent: i64,
}

fn day(number: u32) -> String {
    format!("2026-03-{number:02}")
}

impl World {
    fn moved(&mut self, why: PointsWhy, points: i64, locked: i64, of: EntryId, good_until: Option<String>, beside: i64) {
        self.held += points - locked;
        self.locked += locked;
        let mut lots = self.lots();
        let moved = Moved { why, points, locked, of, good_until, beside };
        self.told_spent += lots.follow(&moved);
        self.moves.push(moved);
    }

    fn lots(&self) -> Lots {
        Lots::of(&self.moves)
    }

    fn expires(&mut self, of: EntryId, good_until: Option<&String>) {
        if let Some(last) = good_until {
            let number: u32 = last[8..].parse().unwrap();
            self.due.push((number + 1, Ageing::Expired, of, last.clone()));
        }
    }

    fn sell(&mut self, spend: bool) {
        if self.sales.len() == 2 {
            return;
        }
        let id = EntryId(Uuid::from_u128(self.sales.len() as u128 + 1));
        let spent = if spend { self.held.clamp(0, 2) } else { 0 };
        let parts = self.lots().parts_of(spent);
        assert_eq!(parts.iter().map(|part| part.points).sum::<i64>(), spent, "what can be spent is there");
        let good_until = self.terms.1.map(|days| day(self.day + days));
        let locked = if self.terms.0.is_some() { 2 } else { 0 };
        self.moved(PointsWhy::Earned, 2, locked, id, good_until.clone(), 0);
        if let Some(days) = self.terms.0 {
            self.due.push((self.day + days + 1, Ageing::Usable, id, day(self.day + days + 1)));
        }
        self.expires(id, good_until.as_ref());
        if spent > 0 {
            self.moved(PointsWhy::Spent, -spent, 0, id, None, 0);
        }
        self.sales.push(Sold { id, spent, parts, back: 0 });
    }

    fn bring_back(&mut self, at: usize) {
        let Some(sold) = self.sales.get_mut(at).filter(|sold| sold.back < 2) else { return };
        let (before, after) = (sold.spent * sold.back / 2, sold.spent * (sold.back + 1) / 2);
        sold.back += 1;
        let (id, given) = (sold.id, parts_back(&sold.parts, before, after));
        let (locked, expired) = self.lots().locked_and_expired(id);
        let from_locked = locked.min(1);
        let beside = (1 - from_locked).min(expired);
        self.moved(PointsWhy::TakenBack, beside - 1, -from_locked, id, None, beside);
        for part in given {
            self.moved(PointsWhy::GivenBack, part.points, 0, part.of, part.good_until.clone(), 0);
            self.expires(part.of, part.good_until.as_ref());
        }
    }

    /// A run of the day. Answers how many points it moved.
    fn age(&mut self) -> i64 {
        let today = self.day;
        self.due.sort();
        let (now, later): (Vec<_>, Vec<_>) = self.due.drain(..).partition(|(at, ..)| *at <= today);
        self.due = later;
        let mut moved = 0;
        for (_, how, of, due) in now {
            let (aged, owed) = (self.lots().age(MEMBER, of, how, &due), self.held.min(0));
            moved += aged.points;
            assert!(aged.points >= 0 && aged.made_up >= 0);
            match how {
                Ageing::Usable => self.moved(PointsWhy::Usable, 0, -aged.points, of, None, 0),
                Ageing::Expired => self.moved(PointsWhy::Expired, -aged.points, 0, of, Some(due), aged.made_up),
            }
            assert!(self.held >= owed, "what is over makes no debt: points that make up for one stay");
        }
        moved
    }

    fn hold(&self, what: &str) {
        let lots = self.lots();
        assert_eq!((lots.held(), lots.locked()), (self.held, self.locked), "{what}: the statement is the ledger");
        assert!(self.locked >= 0, "{what}: {}", self.locked);
        assert!(self.held >= 0 || self.told_spent > 0, "{what}: a debt says why");
        assert!(-self.held <= self.told_spent, "{what}: no debt past what had been spent");
        let out: i64 = lots.running_out("9999-12-31").iter().map(|part| part.points).sum();
        assert!(self.terms.1.is_none() || out == (self.held + self.locked).max(0), "{what}: {out} are told to run out");
    }
}

#[test]
fn faults_18_to_22_in_every_order_of_earning_spending_ageing_and_bringing_back_nothing_is_farmed_and_nothing_lost() {
    const DEEDS: u32 = 5;
    const LONG: u32 = 6;
    for terms in [(None, None), (Some(1), None), (None, Some(1)), (Some(0), Some(2)), (Some(1), Some(3))] {
        for order in 0..DEEDS.pow(LONG) {
            let mut world = World { day: 1, terms, moves: Vec::new(), due: Vec::new(), sales: Vec::new(), held: 0, locked: 0, told_spent: 0 };
            let mut left = order;
            let mut told = String::new();
            for _ in 0..LONG {
                told.push(char::from(b'0' + (left % DEEDS) as u8));
                match left % DEEDS {
                    0 => world.sell(false),
                    1 => world.sell(true),
                    2 => world.bring_back(0),
                    3 => world.bring_back(1),
                    _ => {
                        world.day += 1;
                        world.age();
                        assert_eq!(world.age(), 0, "{terms:?} {told}: a second run moves nothing");
                    }
                }
                world.hold(&format!("{terms:?} {told}"));
                left /= DEEDS;
            }
            // Once everything came back, and every day is over, nothing is left and nothing is owed.
            for at in [0, 0, 1, 1] {
                world.bring_back(at);
            }
            world.hold(&format!("{terms:?} {told}, all back"));
            assert_eq!(world.held + world.locked, 0, "{terms:?} {told}, all back");
            world.day = 28;
            world.age();
            assert_eq!((world.held, world.locked), (0, 0), "{terms:?} {told}, all over");
        }
    }
}

#[test]
fn fault_20_spending_everything_usable_leaves_the_locked_alone_and_those_that_run_out_first_go_first() {
    let id = |number| EntryId(Uuid::from_u128(number));
    let came = |number, points, locked, last: Option<&str>| Moved {
        why: PointsWhy::Earned,
        points,
        locked,
        of: id(number),
        good_until: last.map(str::to_owned),
        beside: 0,
    };
    let mut lots = Lots::of(&[came(1, 5, 0, None), came(2, 7, 7, None), came(3, 4, 0, Some("2026-12-31")), came(4, 2, 0, Some("2026-06-30"))]);
    assert_eq!((lots.held(), lots.locked()), (11, 7));
    let parts: Vec<_> = lots.parts_of(8).iter().map(|part| (part.of, part.points)).collect();
    assert_eq!(parts, [(id(4), 2), (id(3), 4), (id(1), 2)]);
    lots.follow(&Moved { why: PointsWhy::Spent, points: -11, locked: 0, of: id(9), good_until: None, beside: 0 });
    assert_eq!((lots.held(), lots.locked()), (0, 7));
    assert_eq!(lots.age(MEMBER, id(2), Ageing::Usable, "2026-04-01").points, 7);
    assert_eq!((lots.held(), lots.locked()), (7, 0));
}

#[test]
fn points_last_so_many_months_or_to_the_end_of_a_year() {
    let months = |months, day: &str| PointsExpiry::Months { months }.good_until(day);
    assert_eq!(months(12, "2026-03-10").as_deref(), Some("2027-03-10"));
    assert_eq!(months(1, "2026-01-31").as_deref(), Some("2026-02-28"));
    assert_eq!(months(1, "2028-01-31").as_deref(), Some("2028-02-29"));
    assert_eq!(months(1, "2026-12-31").as_deref(), Some("2027-01-31"));
    assert_eq!(months(6, "2026-08-31").as_deref(), Some("2027-02-28"));
    assert_eq!(PointsExpiry::YearEnd { years: 1 }.good_until("2026-03-10").as_deref(), Some("2027-12-31"));
    assert_eq!(PointsExpiry::Never.good_until("2026-03-10"), None);
    assert_eq!(months(1, "some day"), None);
}
