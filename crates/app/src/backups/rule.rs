//! Which of the daily copies stay: the last seven days, the last copy of each of four weeks, the last of each of twelve months.

use std::collections::BTreeSet;

use jiff::civil::Date;

/// Copies of the last days that stay.
pub const DAYS: usize = 7;
/// Weeks whose last copy stays.
pub const WEEKS: usize = 4;
/// Months whose last copy stays.
pub const MONTHS: usize = 12;

/// The days whose copies stay, of those that there are.
pub fn staying(days: &BTreeSet<Date>) -> BTreeSet<Date> {
    let newest: Vec<Date> = days.iter().rev().copied().collect();
    let week = |day: &Date| (day.iso_week_date().year(), day.iso_week_date().week());
    let month = |day: &Date| (day.year(), day.month());
    let mut stay: BTreeSet<Date> = newest.iter().take(DAYS).copied().collect();
    stay.extend(last_of_each(&newest, WEEKS, week));
    stay.extend(last_of_each(&newest, MONTHS, month));
    stay
}

fn last_of_each<K: PartialEq>(newest_first: &[Date], most: usize, span: impl Fn(&Date) -> K) -> Vec<Date> {
    let mut lasts: Vec<Date> = Vec::new();
    for day in newest_first {
        if lasts.len() == most {
            break;
        }
        if lasts.last().is_none_or(|last| span(last) != span(day)) {
            lasts.push(*day);
        }
    }
    lasts
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};

    /// Three years of shops that open every day, five days a week, or now and then: whatever was there is thinned out and never lost too soon.
    #[test]
    fn a_copy_of_every_span_is_there_on_every_day() {
        for (every, closed_at) in [(1_i64, None), (1, Some(6)), (3, None), (10, None)] {
            let mut there: BTreeSet<Date> = BTreeSet::new();
            let mut made: Vec<Date> = Vec::new();
            for step in 0..1_100_i64 {
                let day = date(2025, 1, 1).saturating_add(step.days());
                if step % every != 0 || closed_at == Some(day.weekday().to_monday_one_offset()) {
                    continue;
                }
                there.insert(day);
                made.push(day);
                there = staying(&there);
                let newest: Vec<Date> = made.iter().rev().take(DAYS).copied().collect();
                assert!(newest.iter().all(|day| there.contains(day)), "{day}: the last days");
                let months: BTreeSet<(i16, i8)> = made.iter().map(|day| (day.year(), day.month())).collect();
                for (year, month) in months.iter().rev().take(MONTHS) {
                    let last = made.iter().rev().find(|day| (day.year(), day.month()) == (*year, *month));
                    assert!(last.is_some_and(|last| there.contains(last)), "{day}: the last copy of {year}-{month}");
                }
                assert!(there.len() <= DAYS + WEEKS + MONTHS, "{day}: {}", there.len());
            }
        }
    }

    #[test]
    fn the_last_copy_of_a_week_stays_when_the_days_are_over() {
        let days: BTreeSet<Date> = (1..=31).map(|day| date(2026, 3, day)).collect();
        let said: Vec<String> = staying(&days).iter().map(Date::to_string).collect();
        // The last seven, three Sundays before them; the month's last is among them.
        let expected = ["2026-03-15", "2026-03-22", "2026-03-25", "2026-03-26", "2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31"];
        assert_eq!(said, expected);
    }
}
