//! Times and their ratios, in whole numbers: nanoseconds, and hundredths of a ratio.

use std::time::Instant;

/// Times of one side, in nanoseconds.
#[derive(Debug, Clone, Default)]
pub struct Samples(Vec<u64>);

impl Samples {
    /// Keeps a time.
    pub fn push(&mut self, nanos: u64) {
        self.0.push(nanos);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that `permille` of a thousand stay at or below; 0 without any.
    pub fn at(&self, permille: usize) -> u64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len() * permille).div_ceil(1000).max(1) - 1;
        sorted.get(place).copied().unwrap_or(0)
    }

    /// The middle one.
    pub fn median(&self) -> u64 {
        self.at(500)
    }
}

/// A ratio in hundredths: 130 is 1.30.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ratio(pub u64);

impl Ratio {
    /// `one` over `other`, rounded to hundredths; over nothing it is as large as can be.
    pub fn of(one: u64, other: u64) -> Self {
        let hundredths = (u128::from(one) * 100 + u128::from(other) / 2).checked_div(u128::from(other)).unwrap_or(u128::MAX);
        Self(u64::try_from(hundredths).unwrap_or(u64::MAX))
    }
}

impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// Nanoseconds that pass while something is done, and what came of it.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let began = Instant::now();
    let value = work();
    (value, u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX))
}

/// The same for work that waits.
pub async fn timed_async<T>(work: impl Future<Output = T>) -> (T, u64) {
    let began = Instant::now();
    let value = work.await;
    (value, u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX))
}

/// Processor time of this process so far, over all its threads, in nanoseconds; 0 where the system does not say.
pub fn processor_time() -> u64 {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        u64::try_from(time.tv_sec).unwrap_or(0) * 1_000_000_000 + u64::try_from(time.tv_nsec).unwrap_or(0)
    }
    #[cfg(not(unix))]
    0
}

/// Bytes that this process holds now, and the most it ever held; `None` where the system does not say.
pub fn memory() -> Option<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kilo| kilo * 1024)
    };
    Some((field("VmRSS:")?, field("VmHWM:")?))
}

/// Lets the peak of memory be counted anew from here; without effect where the system cannot.
pub fn forget_peak() {
    // Only Linux has it, and only the figure of memory depends on it.
    drop(std::fs::write("/proc/self/clear_refs", "5"));
}

/// A time as a person reads it.
pub fn time(nanos: u64) -> String {
    match nanos {
        0..1_000 => format!("{nanos} ns"),
        1_000..10_000_000 => format!("{}.{:02} ms", nanos / 1_000_000, nanos / 10_000 % 100),
        10_000_000..10_000_000_000 => format!("{} ms", nanos / 1_000_000),
        _ => format!("{}.{} s", nanos / 1_000_000_000, nanos / 100_000_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_tails_are_times_that_were_measured() {
        let mut samples = Samples::default();
        (1..=1000).rev().for_each(|nanos| samples.push(nanos));
        assert_eq!((samples.median(), samples.at(990), samples.at(999), samples.at(1000)), (500, 990, 999, 1000));
        assert_eq!(Samples::default().median(), 0);
    }

    #[test]
    fn ratios_round_to_hundredths() {
        assert_eq!(Ratio::of(2, 3).to_string(), "0.67");
        assert_eq!(Ratio::of(1305, 1000).to_string(), "1.31");
        assert_eq!(Ratio::of(1, 0), Ratio(u64::MAX));
    }
}
