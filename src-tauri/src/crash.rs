//! A crash is caught, kept beside the shop and explained at the next start. Nothing is sent anywhere.

use std::{backtrace::Backtrace, path::Path, time::UNIX_EPOCH};

use app::log::Log;

/// From now on, what makes the program fall is kept beside the shop's file: where in the program it was and what it said.
pub fn keep_beside(shop: &Path) {
    let log = Log::beside(shop);
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fall| {
        let at_ms = UNIX_EPOCH.elapsed().map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0));
        log.keep_crash(at_ms, &format!("{fall}\n{}", Backtrace::force_capture()));
        usual(fall);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fell_is_told_at_the_next_start() {
        let folder = tempfile::tempdir().expect("a folder");
        let shop = folder.path().join("shop.banyan");
        keep_beside(&shop);
        let fell = std::thread::spawn(|| panic!("on purpose")).join();
        drop(std::panic::take_hook());
        assert!(fell.is_err());
        let (at_ms, said) = Log::beside(&shop).crash().expect("it is kept");
        assert!(at_ms > 0 && said.contains("on purpose") && said.contains("crash.rs"), "{said}");
    }
}
