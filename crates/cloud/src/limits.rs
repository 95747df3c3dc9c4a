//! How much one device, or one address that is not known yet, may ask for.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// Buckets kept before those that are full again are forgotten.
const KEPT: usize = 50_000;

/// A bucket of requests for each key, filled again as time goes by.
#[derive(Debug)]
pub struct Limits {
    burst: u32,
    per_second: u32,
    buckets: Mutex<HashMap<[u8; 16], (u64, Instant)>>,
}

impl Limits {
    /// So many at once, and so many each second.
    pub fn new(burst: u32, per_second: u32) -> Self {
        Self { burst, per_second, buckets: Mutex::default() }
    }

    /// Takes one, or says no.
    pub fn take(&self, key: [u8; 16], now: Instant) -> bool {
        let full = u64::from(self.burst) * 1000;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let filled = |(left, since): (u64, Instant)| {
            let passed = u64::try_from(now.saturating_duration_since(since).as_millis()).unwrap_or(u64::MAX);
            left.saturating_add(passed.saturating_mul(u64::from(self.per_second))).min(full)
        };
        if buckets.len() > KEPT {
            buckets.retain(|_, bucket| filled(*bucket) < full);
        }
        let left = filled(buckets.get(&key).copied().unwrap_or((full, now)));
        let may = left >= 1000;
        buckets.insert(key, (if may { left - 1000 } else { left }, now));
        may
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let limits = Limits::new(3, 2);
        let start = Instant::now();
        assert_eq!([0; 4].map(|_| limits.take([1; 16], start)), [true, true, true, false]);
        assert!(limits.take([2; 16], start), "another key has its own");
        assert_eq!([0; 3].map(|_| limits.take([1; 16], start + Duration::from_secs(1))), [true, true, false]);
    }
}
