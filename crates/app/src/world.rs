//! Time, randomness and place, passed in: the rules and the books never look at a clock.

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};

/// Fills bytes with randomness.
type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// Where the program gets the time, new ids and its time zone from.
#[derive(Clone)]
pub struct World {
    now_ms: Arc<dyn Fn() -> i64 + Send + Sync>,
    fill: Arc<Fill>,
    time_zone: String,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "World({})", self.time_zone)
    }
}

impl World {
    /// The machine's own clock, randomness and time zone.
    pub fn real() -> Self {
        // Without randomness no id is unique and no key secret: there is nothing sensible to go on with.
        let fill = |bytes: &mut [u8]| getrandom::fill(bytes).unwrap_or_else(|error| unreachable!("the system has no randomness: {error}"));
        let time_zone = TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
        Self { now_ms: Arc::new(|| Timestamp::now().as_millisecond()), fill: Arc::new(fill), time_zone }
    }

    /// A world of the caller's making, for tests and simulations.
    pub fn made(now_ms: impl Fn() -> i64 + Send + Sync + 'static, fill: impl Fn(&mut [u8]) + Send + Sync + 'static, time_zone: &str) -> Self {
        Self { now_ms: Arc::new(now_ms), fill: Arc::new(fill), time_zone: time_zone.to_owned() }
    }

    /// Milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        (self.now_ms)()
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.fill)(&mut bytes);
        bytes
    }

    /// A new id, ordered by time (UUIDv7).
    pub fn new_id<T: From<uuid::Uuid>>(&self) -> T {
        let millis = u64::try_from(self.now_ms()).unwrap_or(0);
        T::from(uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid())
    }

    /// IANA name of the machine's time zone.
    pub fn time_zone(&self) -> &str {
        &self.time_zone
    }
}

/// The shop's day of a moment, `YYYY-MM-DD`.
pub fn business_date(at_ms: i64, zone: &TimeZone) -> String {
    Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).date().to_string()
}

/// The shop's clock time of a moment, `YYYY-MM-DD HH:MM`.
pub fn clock_time(at_ms: i64, zone: &TimeZone) -> String {
    Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Days from one day to another, both `YYYY-MM-DD`; 0 where either is no day.
pub fn days_between(from: &str, to: &str) -> i64 {
    let day = |text: &str| text.parse::<jiff::civil::Date>().ok();
    match (day(from), day(to)) {
        (Some(from), Some(to)) => from.until(to).map_or(0, |span| i64::from(span.get_days())),
        (Some(_), None) | (None, Some(_) | None) => 0,
    }
}

/// So many days after a day, before it where below zero; `None` where it is no day.
pub fn day_after(day: &str, days: i64) -> Option<String> {
    let day: jiff::civil::Date = day.parse().ok()?;
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(|day| day.to_string())
}

/// True for a day that exists, written `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}
