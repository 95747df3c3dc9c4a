//! Days and times as people and programs write them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::amount::{half_width, rounded};

/// Which comes first where a date ends in the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// Told by each date itself; one such as `3/4/2011` cannot be told and is not taken.
    #[default]
    Clear,
    /// `31/12/2011`
    DayFirst,
    /// `12/31/2011`
    MonthFirst,
}

/// A day and a time of day by the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WallTime {
    /// Days since 1970-01-01.
    pub day: i64,
    /// Seconds since midnight.
    pub second: i64,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADate {
    /// It is written in no way known here, or names a day that does not exist.
    Shape,
    /// Day and month cannot be told apart.
    Ambiguous,
}

impl WallTime {
    /// Milliseconds since 1970 UTC, where the clock on the wall is that many minutes ahead of UTC.
    pub fn at_ms(self, ahead_of_utc_minutes: i32) -> i64 {
        (self.day * 86_400 + self.second - i64::from(ahead_of_utc_minutes) * 60) * 1000
    }

    /// `2011-12-09`
    pub fn date(self) -> String {
        let (year, month, day) = civil(self.day);
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// `2011-12`
    pub fn month(self) -> String {
        let (year, month, _) = civil(self.day);
        format!("{year:04}-{month:02}")
    }
}

/// Reads a date, with or without a time: `2011-12-09 08:26:00`, `2011/12/9`, `2011.12.9`, `2011年12月9日 8时26分`, `20111209`, `2011-12-09T08:26:00Z`,
/// `9/12/2011 8:26 PM`, and the day numbers of Excel. A zone at the end is not obeyed: the wall clock counts.
///
/// # Errors
/// [`NotADate`].
pub fn wall_time(text: &str, order: DateOrder) -> Result<WallTime, NotADate> {
    let half: String = text.trim().chars().map(half_width).collect();
    if half.len() >= 5 && half.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && half.matches('.').count() < 2 {
        return excel_day(&half).or_else(|| compact(&half)).ok_or(NotADate::Shape);
    }
    let afternoon = ["PM", "pm", "Pm", "下午", "晚上"].iter().any(|mark| half.contains(mark));
    let morning = ["AM", "am", "Am", "上午", "早上", "凌晨"].iter().any(|mark| half.contains(mark));
    let (date, time) = split(&half);
    let day = date_of(&numbers(date)?, order)?;
    let second = second_of(time, morning, afternoon).ok_or(NotADate::Shape)?;
    Ok(WallTime { day, second })
}

/// The date and the time: parted by the first `T`, blank or 日 behind the third number.
fn split(text: &str) -> (&str, &str) {
    let end = text.find(['T', ' ', '日']).unwrap_or(text.len());
    let (date, rest) = text.split_at(end);
    (date, rest.trim_start_matches(['T', ' ', '日']))
}

fn numbers(date: &str) -> Result<Vec<(i64, usize)>, NotADate> {
    let parts = date.split(['-', '/', '.', '年', '月']);
    let number = |part: &str| {
        let digits = !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten().map(|number| (number, part.len())).ok_or(NotADate::Shape)
    };
    parts.map(number).collect()
}

fn date_of(numbers: &[(i64, usize)], order: DateOrder) -> Result<i64, NotADate> {
    let (year, month, day) = match *numbers {
        [(year, 4), (month, _), (day, _)] => (year, month, day),
        [(first, _), (second, _), (year, 4)] => match (order, first > 12, second > 12) {
            (DateOrder::DayFirst, _, _) | (DateOrder::Clear, true, _) => (year, second, first),
            (DateOrder::MonthFirst, _, _) | (DateOrder::Clear, _, true) => (year, first, second),
            (DateOrder::Clear, false, false) if first == second => (year, first, second),
            (DateOrder::Clear, false, false) => return Err(NotADate::Ambiguous),
        },
        _ => return Err(NotADate::Shape),
    };
    day_number(year, month, day).ok_or(NotADate::Shape)
}

fn second_of(time: &str, morning: bool, afternoon: bool) -> Option<i64> {
    let mut parts = Vec::new();
    let clock = time.split(['+', 'Z']).next().unwrap_or_default();
    let clock = clock.split_once('.').map_or(clock, |(clock, _)| clock);
    for part in clock.split([':', '时', '点', '分', '秒']) {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        if digits.len() > 2 || part.contains('-') {
            return None;
        }
        if !digits.is_empty() {
            parts.push(digits.parse::<i64>().ok()?);
        }
    }
    let (hour, minute, second) = match *parts {
        [] if time.trim().is_empty() => (0, 0, 0),
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let hour = match (morning, afternoon, hour) {
        (true, _, 12) => 0,
        (_, true, 1..=11) => hour + 12,
        _ => hour,
    };
    ((0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second)).then_some(hour * 3600 + minute * 60 + second)
}

/// `20111209`, `201112090826`, `20111209082600`.
fn compact(digits: &str) -> Option<WallTime> {
    if !matches!(digits.len(), 8 | 12 | 14) || digits.contains('.') {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to).map_or(Some(0), |part| part.parse::<i64>().ok());
    let day = day_number(part(0, 4)?, part(4, 6)?, part(6, 8)?)?;
    let (hour, minute, second) = (part(8, 10)?, part(10, 12)?, part(12, 14)?);
    (hour < 24 && minute < 60 && second < 60).then_some(WallTime { day, second: hour * 3600 + minute * 60 + second })
}

/// Excel counts days from 1899-12-30; only 1954 to 2119 are taken, so that no other number passes for a date.
fn excel_day(text: &str) -> Option<WallTime> {
    let (micro_days, _) = rounded(text, 9).ok()?;
    let (day, part) = (micro_days / 1_000_000_000, micro_days % 1_000_000_000);
    if !(20_000..80_000).contains(&day) {
        return None;
    }
    let second = (part * 86_400 + 500_000_000) / 1_000_000_000;
    Some(WallTime { day: day - 25_569 + second / 86_400, second: second % 86_400 })
}

/// Days since 1970-01-01 in the Gregorian calendar; nothing where there is no such day. Years 1900 to 2199.
pub fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if !(1900..2200).contains(&year) || !(1..=days).contains(&day) {
        return None;
    }
    // Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March, so that leap days come last.
    let from_march = if month > 2 { year } else { year - 1 };
    let (era, of_era) = (from_march / 400, from_march % 400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The inverse of [`day_number`].
fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, of_year - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, order: DateOrder) -> String {
        match wall_time(text, order) {
            Ok(time) => format!("{} {:02}:{:02}:{:02}", time.date(), time.second / 3600, time.second / 60 % 60, time.second % 60),
            Err(NotADate::Shape) => "shape".into(),
            Err(NotADate::Ambiguous) => "ambiguous".into(),
        }
    }

    #[test]
    fn every_day_of_three_centuries_there_and_back() {
        let mut expected = day_number(1900, 1, 1).unwrap();
        assert_eq!(day_number(1970, 1, 1), Some(0));
        for year in 1900..2200 {
            for month in 1..=12 {
                for day in (1..=31).filter(|day| day_number(year, month, *day).is_some()) {
                    assert_eq!(day_number(year, month, day), Some(expected));
                    assert_eq!(civil(expected), (year, month, day));
                    expected += 1;
                }
            }
        }
    }

    #[test]
    fn dates_as_they_are_written() {
        for (text, expected) in [
            ("2010-12-01 08:26:00", "2010-12-01 08:26:00"),
            ("2010/12/1 8:26", "2010-12-01 08:26:00"),
            ("2010.12.1", "2010-12-01 00:00:00"),
            ("2010年12月1日", "2010-12-01 00:00:00"),
            ("2010年12月1日 下午3时05分", "2010-12-01 15:05:00"),
            ("2010-12-01T08:26:00.123Z", "2010-12-01 08:26:00"),
            ("2010-12-01T08:26:00+08:00", "2010-12-01 08:26:00"),
            ("20101201", "2010-12-01 00:00:00"),
            ("20101201082600", "2010-12-01 08:26:00"),
            ("40513.351388889", "2010-12-01 08:26:00"),
            ("40513", "2010-12-01 00:00:00"),
            ("31/12/2010 11:59 PM", "2010-12-31 23:59:00"),
            ("12/31/2010 12:00 AM", "2010-12-31 00:00:00"),
            ("4/4/2010", "2010-04-04 00:00:00"),
            ("３１．１２．２０１０", "2010-12-31 00:00:00"),
            ("3/4/2010", "ambiguous"),
            ("2011-02-29", "shape"),
            ("31/12/10", "shape"),
            ("2010-12-01 25:00", "shape"),
            ("2010-12-01 noon", "shape"),
            ("tomorrow", "shape"),
            ("", "shape"),
            ("12345", "shape"),
        ] {
            assert_eq!(shown(text, DateOrder::Clear), expected, "{text}");
        }
        assert_eq!(shown("3/4/2010", DateOrder::DayFirst), "2010-04-03 00:00:00");
        assert_eq!(shown("3/4/2010", DateOrder::MonthFirst), "2010-03-04 00:00:00");
    }

    #[test]
    fn the_wall_clock_in_utc() {
        let time = wall_time("1970-01-02 08:00", DateOrder::Clear).unwrap();
        assert_eq!((time.at_ms(480), time.at_ms(0)), (86_400_000, 115_200_000));
    }
}
