//! The device's side: what to do next, given where the books stand and what the server said. Time and chance are passed in.

/// Where the books stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// The last place of the own chain.
    pub head: u64,
    /// The last place of it that the server has.
    pub acknowledged: u64,
    /// The highest number folded.
    pub cursor: u64,
    /// True where entries that the server lost are to find their way back.
    pub offers: bool,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Send what the server does not have.
    Push,
    /// Offer entries again that the server lost.
    Offer,
    /// Write what nobody can offer into the own chain, under the identity it has.
    Adopt,
    /// Fetch what comes after the cursor.
    Pull,
    /// Find the number that this copy and the server have in common.
    FallBack,
    /// Begin a new chain at a place.
    ChainAnew {
        /// The first place at which the server has another entry.
        from: u64,
    },
    /// Nothing, until this moment, or until something is sold or the server speaks up.
    Rest {
        /// Milliseconds.
        until_ms: i64,
    },
    /// Nothing any more, until a person does something.
    Stopped(Stop),
}

/// Why a device no longer asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The owner took it out of the shop.
    Revoked,
}

/// What the server said, or that it did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The push was taken.
    Pushed {
        /// The shop's highest number.
        head: u64,
    },
    /// A page came and was folded.
    Pulled {
        /// The shop's highest number.
        head: u64,
    },
    /// What could be offered again was.
    Offered {
        /// True where something is left that the server would not take.
        left: bool,
    },
    /// What nobody could offer was adopted.
    Adopted,
    /// The live channel named the shop's highest number.
    Head(u64),
    /// The server has another entry at this place of the chain.
    Fork {
        /// The place.
        from: u64,
    },
    /// The server's chain ends before the push begins.
    Gap,
    /// The server's journal is not this one at the cursor.
    OtherJournal,
    /// The common number was found and everything after it taken back.
    FellBack,
    /// The new chain was begun.
    ChainedAnew,
    /// The device was taken out of the shop.
    Revoked,
    /// The server asks for patience.
    Busy {
        /// Milliseconds.
        wait_ms: i64,
    },
    /// Nobody answered, or nothing sensible: a cable, a captive portal, a server that is away.
    Nothing,
    /// A person asks to try again now.
    Again,
}

const LEAST_WAIT_MS: i64 = 1_000;
const MOST_WAIT_MS: i64 = 60_000;
/// Without a live channel the server is asked this often.
const LOOK_EVERY_MS: i64 = 20_000;
/// So many times is offered what the server will not take yet, for its author may come and send what stands before it: five minutes.
const MOST_OFFERS: u32 = 15;

/// A device's place in the conversation. Nothing of it need last: after a crash it begins anew and the books know the rest.
#[derive(Debug, Clone)]
pub struct Device {
    failures: u32,
    not_before_ms: i64,
    looked_ms: Option<i64>,
    head: Option<u64>,
    fork: Option<u64>,
    other: bool,
    stopped: Option<Stop>,
    turn: bool,
    offered_ms: Option<i64>,
    offers: u32,
}

impl Default for Device {
    fn default() -> Self {
        Self {
            failures: 0,
            not_before_ms: i64::MIN,
            looked_ms: None,
            head: None,
            fork: None,
            other: false,
            stopped: None,
            turn: false,
            offered_ms: None,
            offers: 0,
        }
    }
}

impl Device {
    /// What to do now. Pushing never waits for pulling, and neither starves the other.
    pub fn next(&self, now_ms: i64, stand: Stand) -> Step {
        if let Some(stop) = self.stopped {
            return Step::Stopped(stop);
        }
        // A clock that was set back must not keep the till away for longer than any wait is.
        if now_ms < self.not_before_ms && self.not_before_ms - now_ms <= MOST_WAIT_MS {
            return Step::Rest { until_ms: self.not_before_ms };
        }
        if let Some(from) = self.fork {
            return Step::ChainAnew { from };
        }
        if self.other {
            return Step::FallBack;
        }
        let behind = self.head.is_none_or(|head| head > stand.cursor) || self.looked_ms.is_none_or(|looked| (now_ms - looked).abs() >= LOOK_EVERY_MS);
        let ahead = stand.head > stand.acknowledged;
        match (ahead, behind) {
            (true, true) if self.turn => Step::Pull,
            (true, _) => Step::Push,
            (false, true) => Step::Pull,
            (false, false) if stand.offers && self.offers >= MOST_OFFERS => Step::Adopt,
            (false, false) if stand.offers && self.offered_ms.is_none_or(|offered| (now_ms - offered).abs() >= LOOK_EVERY_MS) => Step::Offer,
            (false, false) => Step::Rest { until_ms: self.looked_ms.unwrap_or(now_ms).saturating_add(LOOK_EVERY_MS) },
        }
    }

    /// Hears what came of a step. `random` spreads the waiting: full jitter, so that a thousand tills do not come back in one moment.
    pub fn hear(&mut self, now_ms: i64, random: u64, said: Said) {
        match said {
            Said::Pushed { head } => {
                self.well();
                self.head = Some(self.head.unwrap_or(0).max(head));
                self.turn = true;
            }
            Said::Pulled { head } => {
                self.well();
                (self.head, self.looked_ms, self.turn) = (Some(head), Some(now_ms), false);
            }
            Said::Offered { left } => {
                self.well();
                self.offers = if left { self.offers.saturating_add(1) } else { 0 };
                // What was taken comes back under its number.
                (self.offered_ms, self.looked_ms) = (left.then_some(now_ms), None);
            }
            Said::Adopted => (self.offers, self.offered_ms) = (0, None),
            Said::Head(head) => self.head = Some(head.max(self.head.unwrap_or(0))),
            Said::Fork { from } => self.fork = Some(from),
            Said::ChainedAnew => self.fork = None,
            // The server lost its end: what it has in common with this copy is found by pulling.
            Said::Gap | Said::OtherJournal => self.other = true,
            Said::FellBack => (self.other, self.head) = (false, None),
            Said::Revoked => self.stopped = Some(Stop::Revoked),
            Said::Busy { wait_ms } => {
                self.failures = self.failures.saturating_add(1);
                self.not_before_ms = now_ms + wait_ms.clamp(LEAST_WAIT_MS, MOST_WAIT_MS);
            }
            Said::Nothing => {
                let most = (LEAST_WAIT_MS << self.failures.min(6)).min(MOST_WAIT_MS);
                self.failures = self.failures.saturating_add(1);
                self.not_before_ms = now_ms + i64::try_from(random % u64::try_from(most).unwrap_or(1)).unwrap_or(0);
            }
            Said::Again => {
                self.well();
                (self.stopped, self.looked_ms) = (None, None);
            }
        }
    }

    /// True where the last thing tried came to nothing.
    pub fn offline(&self) -> bool {
        self.failures > 0
    }

    fn well(&mut self) {
        (self.failures, self.not_before_ms) = (0, i64::MIN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLD: Stand = Stand { head: 5, acknowledged: 3, cursor: 9, offers: false };
    const IDLE: Stand = Stand { head: 5, acknowledged: 5, cursor: 9, offers: false };

    #[test]
    fn pushing_and_pulling_take_turns_and_then_rest() {
        let mut device = Device::default();
        assert_eq!(device.next(0, SOLD), Step::Push);
        device.hear(0, 0, Said::Pushed { head: 12 });
        assert_eq!(device.next(0, SOLD), Step::Pull);
        device.hear(0, 0, Said::Pulled { head: 9 });
        assert_eq!(device.next(0, SOLD), Step::Push);
        assert_eq!(device.next(0, IDLE), Step::Rest { until_ms: LOOK_EVERY_MS });
        device.hear(1, 0, Said::Head(10));
        assert_eq!(device.next(1, IDLE), Step::Pull);
    }

    /// Fault 37: a clock that is hours wrong, or jumps, does not keep a till away.
    #[test]
    fn a_wrong_clock_does_not_stop_the_conversation() {
        let mut device = Device::default();
        device.hear(1_000_000_000, 999, Said::Nothing);
        assert_eq!(device.next(1_000_000_000, SOLD), Step::Rest { until_ms: 1_000_000_999 });
        assert_eq!(device.next(0, SOLD), Step::Push, "the clock was set back by days");
        let mut device = Device::default();
        device.hear(1_000_000_000, 0, Said::Pulled { head: 9 });
        assert_eq!(device.next(0, IDLE), Step::Pull, "and an old look does not count as a fresh one");
    }

    #[test]
    fn waiting_grows_and_is_spread() {
        let mut device = Device::default();
        let mut most = 0;
        for round in 0..20 {
            device.hear(0, u64::MAX / 3 * (round % 3) + 777, Said::Nothing);
            assert!(device.not_before_ms <= MOST_WAIT_MS);
            most = most.max(device.not_before_ms);
        }
        assert!(most > 10_000);
        device.hear(0, 0, Said::Pushed { head: 1 });
        assert!(!device.offline());
    }

    #[test]
    fn a_fork_and_another_journal_are_mended_before_anything_else() {
        let mut device = Device::default();
        device.hear(0, 0, Said::Fork { from: 4 });
        assert_eq!(device.next(0, SOLD), Step::ChainAnew { from: 4 });
        device.hear(0, 0, Said::ChainedAnew);
        device.hear(0, 0, Said::OtherJournal);
        assert_eq!(device.next(0, SOLD), Step::FallBack);
        device.hear(0, 0, Said::FellBack);
        assert_eq!(device.next(0, SOLD), Step::Push);
        device.hear(0, 0, Said::Revoked);
        assert_eq!(device.next(0, SOLD), Step::Stopped(Stop::Revoked));
    }
}
