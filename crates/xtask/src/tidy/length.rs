//! One idea per file: what grows past a few screens is split by its noun.

use super::Finding;
use super::source::{Kind, Source};

/// The most lines of code in one file, without blank lines, comments and tests.
const MOST: usize = 400;

/// Written by a program, so nobody reads them from top to bottom.
const GENERATED: &[&str] = &["ui/src/host/bindings.ts", "ui/src/locales/"];

/// A file with more code than one idea needs.
pub fn look(source: &Source) -> Vec<Finding> {
    let is_counted = matches!(source.kind, Kind::Rust | Kind::Script) && !GENERATED.iter().any(|place| source.path.starts_with(place));
    let lines = source.running().filter(|(_, line)| !line.trim().is_empty()).count();
    if is_counted && lines > MOST {
        let what = format!("{lines} lines of code; split it by noun at {MOST}");
        return vec![Finding { file: source.path.clone(), line: 0, what }];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::super::told;
    use super::{MOST, look};

    #[test]
    fn only_code_counts() {
        let full = "fn a() {}\n".repeat(MOST);
        let more = format!("{full}\n// a comment\n\n#[cfg(test)]\nmod tests {{\n  fn b() {{}}\n}}\n");
        assert_eq!(told(look, "crates/books/src/day.rs", &more), [""; 0]);
        assert_eq!(told(look, "crates/books/src/day.rs", &format!("{more}fn c() {{}}\n")), ["0: 401 lines of code; split it by noun at 400"]);
        assert_eq!(told(look, "ui/src/host/bindings.ts", &format!("{full}{full}")), [""; 0]);
    }
}
