//! When a message that did not go out is tried again.

/// So often a message is tried, through a day and a night, before it waits for a person.
pub const MOST_TRIES: i64 = 12;

const FIRST_MS: i64 = 60_000;
const LONGEST_MS: i64 = 6 * 3_600_000;

/// How long to wait after so many tries: a minute first, twice as long each time, six hours at most, and up to a quarter more by chance, so that what failed
/// together is not tried together. `None` where it was tried often enough.
pub fn pause_ms(tries: i64, chance: u16) -> Option<i64> {
    if tries >= MOST_TRIES {
        return None;
    }
    let doublings = u32::try_from(tries.max(1) - 1).unwrap_or(0).min(20);
    let pause = (FIRST_MS << doublings).min(LONGEST_MS);
    Some(pause + pause / 4 * i64::from(chance) / i64::from(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_six_hours_whatever_chance_says_and_the_last_try_is_the_last() {
        let mut before = 0;
        for tries in 1..MOST_TRIES {
            let (least, most) = (pause_ms(tries, 0).expect("a pause"), pause_ms(tries, u16::MAX).expect("a pause"));
            assert!(least >= before && most >= least && most <= least + least / 4, "{tries}: {least}..{most} after {before}");
            before = least.min(LONGEST_MS);
        }
        assert_eq!(pause_ms(1, 0), Some(60_000));
        for tries in MOST_TRIES..MOST_TRIES + 3 {
            assert_eq!(pause_ms(tries, 7), None);
        }
    }
}
