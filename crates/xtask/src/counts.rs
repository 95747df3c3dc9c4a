//! How many tests passed and failed, read from what the test runners print.

/// Tests that passed and failed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that ran and held.
    pub passed: u64,
    /// Tests that ran and did not hold.
    pub failed: u64,
    /// Their names as the runner writes them, so that the end of a long run says what to look at.
    pub named: Vec<String>,
}

impl Counts {
    /// Adds what one printed line reports; a line that reports nothing changes nothing.
    /// Knows the summaries of Rust's test harness, of Vitest and of Node's test runner.
    pub fn read(&mut self, line: &str) {
        let plain = without_colours(line);
        let line = plain.trim();
        if let Some(name) = broken(line) {
            self.named.push(name.trim().to_owned());
        }
        if let Some(summary) = line.strip_prefix("test result:") {
            self.add(before(summary, " passed"), before(summary, " failed"));
        } else if let Some(summary) = line.strip_prefix("Tests ").filter(|rest| rest.ends_with(')')) {
            self.add(before(summary, " passed"), before(summary, " failed"));
        } else if let Some(number) = after(line, "pass ") {
            self.add(Some(number), None);
        } else if let Some(number) = after(line, "fail ") {
            self.add(None, Some(number));
        }
    }

    /// Adds counts found elsewhere.
    pub fn join(&mut self, other: &Self) {
        self.add(Some(other.passed), Some(other.failed));
        self.named.extend(other.named.iter().cloned());
    }

    fn add(&mut self, passed: Option<u64>, failed: Option<u64>) {
        self.passed = self.passed.saturating_add(passed.unwrap_or(0));
        self.failed = self.failed.saturating_add(failed.unwrap_or(0));
    }
}

/// The test that one line says does not hold.
fn broken(line: &str) -> Option<&str> {
    let rust = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED"));
    rust.or_else(|| line.strip_prefix("not ok ")).or_else(|| line.strip_prefix("FAIL "))
}

/// The number that stands right before a word: 12 in `ok. 12 passed; 0 failed`.
fn before(text: &str, word: &str) -> Option<u64> {
    let (head, _) = text.split_once(word)?;
    let number = head.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    number.parse().ok()
}

/// The number of Node's closing lines: 5 in `# pass 5` and `ℹ pass 5`.
fn after(line: &str, word: &str) -> Option<u64> {
    let rest = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?;
    rest.strip_prefix(word)?.parse().ok()
}

fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            rest.find(char::is_ascii_alphabetic);
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn read(lines: &[&str]) -> Counts {
        let mut counts = Counts::default();
        for line in lines {
            counts.read(line);
        }
        counts
    }

    fn said(lines: &[&str]) -> (u64, u64) {
        let counts = read(lines);
        (counts.passed, counts.failed)
    }

    #[test]
    fn what_does_not_hold_is_kept_by_name() {
        let lines = ["test a::b ... FAILED", "test c ... ok", "not ok 3 - a sale", "\u{1b}[41m FAIL \u{1b}[49m Plan.test.tsx > opens"];
        assert_eq!(read(&lines).named, ["a::b", "3 - a sale", "Plan.test.tsx > opens"]);
    }

    #[test]
    fn each_runner_is_understood() {
        assert_eq!(said(&["test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out"]), (12, 0));
        assert_eq!(said(&["test result: FAILED. 3 passed; 2 failed; 0 ignored"]), (3, 2));
        assert_eq!(said(&["\u{1b}[2m      Tests \u{1b}[22m \u{1b}[31m1 failed\u{1b}[39m | \u{1b}[32m47 passed\u{1b}[39m (48)"]), (47, 1));
        assert_eq!(said(&[" Test Files  3 passed (3)", "      Tests  9 passed (9)"]), (9, 0));
        assert_eq!(said(&["# tests 7", "# pass 6", "# fail 1"]), (6, 1));
        assert_eq!(said(&["ℹ pass 6", "ℹ fail 0"]), (6, 0));
    }

    #[test]
    fn counts_add_up_and_other_lines_change_nothing() {
        assert_eq!(said(&["test result: ok. 1 passed; 0 failed", "running 4 tests", "test a ... ok", "test result: ok. 2 passed; 0 failed"]), (3, 0));
        assert_eq!(said(&["Tests are good", "we pass 3", ""]), (0, 0));
    }
}
