//! What goods on hand are worth: weighted average, in whole minor units, with nothing lost to rounding.
//!
//! The law. A product's value is an account of its own in money, and every movement of it is a posting:
//!
//! - Goods that arrive bring what they cost.
//! - Goods that leave take `value × leaving / on hand`, rounded half away from zero; the last ones take all that is left, so an empty shelf is
//!   worth exactly nothing and no remainder stays behind.
//! - Goods sold before they were booked in (a quantity below zero) took nothing with them. When they arrive, their part of the cost goes straight
//!   to the cost of goods sold, and only the rest stays as value.
//! - Goods that a customer brings back bring the value that they left with, by the figures of their sale and cumulatively exact.
//!
//! So at any time: cost of all that arrived = value on hand + cost of all that left. The unit cost that screens show is `value / on hand` and is
//! never reckoned with again. What left is frozen into the fact that took it; copies of the books that sold apart may leave a value without goods,
//! which the list of values shows and a revaluation sets right.

use crate::share::portion;

/// Goods of one product at all places together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holding {
    /// Thousandths of a piece; below zero where more was sold than was booked in.
    pub qty_milli: i64,
    /// What they cost, in minor units.
    pub value_minor: i64,
}

/// What of a delivery's cost stays, and what belongs to goods that were sold before they were booked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrived {
    /// Minor units that become value on hand.
    pub kept_minor: i64,
    /// Minor units that become cost of goods sold.
    pub late_minor: i64,
}

impl Holding {
    /// Takes goods away and answers what they were worth. `qty_milli` above zero.
    pub fn leave(&mut self, qty_milli: i64) -> i64 {
        let worth = if self.qty_milli <= 0 {
            0
        } else if qty_milli >= self.qty_milli {
            self.value_minor
        } else {
            portion(self.value_minor, qty_milli.into(), self.qty_milli.into()).unwrap_or(self.value_minor)
        };
        self.qty_milli = self.qty_milli.saturating_sub(qty_milli);
        self.value_minor -= worth;
        worth
    }

    /// Takes goods in at their cost. `qty_milli` above zero.
    pub fn arrive(&mut self, qty_milli: i64, cost_minor: i64) -> Arrived {
        let missing = self.qty_milli.min(0).saturating_neg().min(qty_milli);
        let late_minor = portion(cost_minor, missing.into(), qty_milli.into()).unwrap_or(cost_minor);
        let kept_minor = cost_minor - late_minor;
        self.qty_milli = self.qty_milli.saturating_add(qty_milli);
        self.value_minor = self.value_minor.saturating_add(kept_minor);
        Arrived { kept_minor, late_minor }
    }

    /// Takes goods in whose cost nobody knows (found in a count): at the average of those on hand, else at `otherwise_minor` for one piece.
    /// Answers the value they bring; what fills up goods that were sold already brings none.
    pub fn appear(&mut self, qty_milli: i64, otherwise_minor: i64) -> i64 {
        let new = qty_milli.min(self.qty_milli.saturating_add(qty_milli)).max(0);
        let worth = if self.qty_milli > 0 {
            portion(self.value_minor, new.into(), self.qty_milli.into())
        } else {
            portion(otherwise_minor, new.into(), 1000)
        };
        let worth = worth.unwrap_or(0);
        self.qty_milli = self.qty_milli.saturating_add(qty_milli);
        self.value_minor = self.value_minor.saturating_add(worth);
        worth
    }

    /// Moves the stock by what a count or an adjustment found, and answers by how much the value moves.
    pub fn set_right(&mut self, by_milli: i64, otherwise_minor: i64) -> i64 {
        match by_milli {
            0 => 0,
            1.. => self.appear(by_milli, otherwise_minor),
            _ => -self.leave(by_milli.saturating_neg()),
        }
    }

    /// What one piece is worth, for screens; nothing where there are no goods.
    pub fn unit_minor(&self) -> Option<i64> {
        if self.qty_milli > 0 { portion(self.value_minor, 1000, self.qty_milli.into()) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row of five movements out of eight kinds, from every beginning: 32,768 worlds and more.
    #[test]
    fn nothing_is_lost_in_any_small_world() {
        #[derive(Clone, Copy)]
        enum Move {
            Arrive(i64, i64),
            Leave(i64),
            Right(i64),
        }
        let kinds = [
            Move::Arrive(3000, 1000),
            Move::Arrive(1000, 334),
            Move::Arrive(7000, 1),
            Move::Leave(1000),
            Move::Leave(2000),
            Move::Leave(333),
            Move::Right(-1000),
            Move::Right(2000),
        ];
        let steps = 5;
        for world in 0..kinds.len().pow(steps) {
            let mut holding = Holding::default();
            let (mut came, mut gone, mut rest) = (0i64, 0i64, world);
            for _ in 0..steps {
                match kinds[rest % kinds.len()] {
                    Move::Arrive(qty, cost) => {
                        let arrived = holding.arrive(qty, cost);
                        assert_eq!(arrived.kept_minor + arrived.late_minor, cost);
                        assert!(arrived.kept_minor >= 0 && arrived.late_minor >= 0);
                        came += cost;
                        gone += arrived.late_minor;
                    }
                    Move::Leave(qty) => gone += holding.leave(qty),
                    Move::Right(by) => came += holding.set_right(by, 100),
                }
                assert_eq!(came, holding.value_minor + gone, "world {world}");
                assert!(holding.value_minor >= 0, "world {world}");
                assert!(holding.qty_milli > 0 || holding.value_minor == 0, "world {world}: an empty shelf is worth nothing");
                rest /= kinds.len();
            }
        }
    }

    #[test]
    fn the_average_lies_between_the_cheapest_and_the_dearest_delivery() {
        for cheap in 1..40 {
            for dear in cheap..40 {
                for first in 1..6 {
                    for second in 1..6 {
                        let mut holding = Holding::default();
                        holding.arrive(first * 1000, first * cheap);
                        holding.arrive(second * 1000, second * dear);
                        while holding.qty_milli > 0 {
                            let unit = holding.unit_minor().unwrap();
                            // Half a minor unit of rounding per departure, never more.
                            assert!(cheap - 1 <= unit && unit <= dear + 1, "{cheap} {dear} {first} {second}: {unit}");
                            holding.leave(1000);
                        }
                        assert_eq!(holding, Holding::default());
                    }
                }
            }
        }
    }

    #[test]
    fn three_for_ten_leave_one_after_the_other_and_take_ten() {
        let mut holding = Holding::default();
        holding.arrive(3000, 1000);
        assert_eq!([holding.leave(1000), holding.leave(1000), holding.leave(1000)], [333, 334, 333]);
        // Sold before they came: two of the five were gone.
        holding.leave(2000);
        assert_eq!(holding.arrive(5000, 1001), Arrived { kept_minor: 601, late_minor: 400 });
        assert_eq!(holding.unit_minor(), Some(200));
    }
}
