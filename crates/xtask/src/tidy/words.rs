//! Words that do not belong where they stand: colours, floats, prints and postponed work.

use super::Finding;
use super::source::{Kind, Source};

/// The one file that may spell a colour.
const TOKENS: &str = "ui/src/design/tokens.css";

/// A literal colour, a float near money, a print in a room that has no terminal, work left for later.
pub fn look(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut found = |line: usize, what: String| findings.push(Finding { file: source.path.clone(), line, what });
    for (number, line) in source.running() {
        if is_painted(source)
            && let Some(colour) = colour(line)
        {
            found(number, format!("`{colour}`: colours are spelled in {TOKENS} alone"));
        }
        // A reader of serde must name the type to say no to it.
        if has_exact_numbers(source)
            && !line.contains("fn visit_f64")
            && let Some(word) = ["f32", "f64"].into_iter().find(|word| has_word(line, word))
        {
            found(number, format!("`{word}`: amounts are exact; count in minor units or parts per million"));
        }
        if let Some(print) = printed(source, line) {
            found(number, format!("`{print}`: this room has no terminal; return it, or write it to the log"));
        }
    }
    for (line, number) in source.lines.iter().zip(1..) {
        if let Some(word) = postponed().into_iter().find(|word| has_word(line, word)) {
            found(number, format!("`{word}`: do it now, or write an issue"));
        }
    }
    findings
}

fn is_painted(source: &Source) -> bool {
    source.path.starts_with("ui/src/") && source.path != TOKENS && matches!(source.kind, Kind::Style | Kind::Script)
}

fn has_exact_numbers(source: &Source) -> bool {
    ["crates/domain/", "crates/books/"].iter().any(|room| source.path.starts_with(room))
}

/// Printing to the terminal: the command line, the server (its log) and the house keeper may, and the shell may complain before its window is open.
fn printed(source: &Source, line: &str) -> Option<&'static str> {
    let may_print = ["crates/cli/", "crates/cloud/", "crates/xtask/", "crates/bench/"].iter().any(|room| source.path.starts_with(room))
        || source.path.ends_with("build.rs");
    if source.kind != Kind::Rust || may_print {
        return None;
    }
    let may_complain = source.path.starts_with("src-tauri/");
    let prints = ["println!", "print!", "eprintln!", "eprint!"];
    let print = prints.into_iter().find(|print| has_word(line, print))?;
    (!may_complain || !print.starts_with('e')).then_some(print)
}

/// The words for postponed work, put together here so that this file does not contain them.
fn postponed() -> [String; 2] {
    [["TO", "DO"].concat(), ["FIX", "ME"].concat()]
}

/// The first `#` with 3, 4, 6 or 8 hexadecimal digits that stands as a value: after a quote, a colon, a comma, a bracket or a space.
fn colour(line: &str) -> Option<String> {
    line.match_indices('#').find_map(|(at, _)| {
        let (before, rest) = line.split_at_checked(at)?;
        let stands_free = before.chars().next_back().is_some_and(|c| "\"'`:,( ".contains(c));
        let digits: String = rest.chars().skip(1).take_while(char::is_ascii_alphanumeric).collect();
        let is_colour = matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|c| c.is_ascii_hexdigit());
        (stands_free && is_colour).then(|| format!("#{digits}"))
    })
}

/// Whether a word stands in a line on its own, not as part of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|head| head.chars().next_back());
        let after = line.get(at.saturating_add(word.len())..).and_then(|tail| tail.chars().next());
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !is_part(before) && (word.ends_with('!') || !is_part(after))
    })
}

#[cfg(test)]
mod tests {
    use super::super::told;
    use super::{look, postponed};

    fn lines(path: &str, text: &str) -> Vec<usize> {
        told(look, path, text).iter().filter_map(|said| said.split(':').next()?.parse().ok()).collect()
    }

    #[test]
    fn colours_are_spelled_in_one_file() {
        assert_eq!(lines("ui/src/design/button.css", "a { color: #fff }\nb { color: var(--ink) }\n#fade { }\nc { color:#12345678 }"), [1, 4]);
        assert_eq!(lines("ui/src/features/sales/Till.tsx", "const ink = \"#1a2b3c\";\nconst number = `#${n}`;\n// #fff"), [1]);
        assert_eq!(lines("ui/src/design/tokens.css", "a { color: #fff }"), [0; 0]);
    }

    #[test]
    fn amounts_are_exact() {
        assert_eq!(lines("crates/domain/src/money.rs", "fn a(b: f64) {}\nfn c(buf64: u8) {}\nfn d() -> Vec<f32> {}"), [1, 3]);
        assert_eq!(lines("crates/domain/src/read.rs", "fn visit_f64<E>(self, value: f64) -> Result<Value, E> {"), [0; 0]);
        assert_eq!(lines("src-tauri/src/window.rs", "const A: f64 = 1.0;"), [0; 0]);
    }

    #[test]
    fn rooms_without_a_terminal_do_not_print() {
        assert_eq!(lines("crates/app/src/sales.rs", "println!();\neprintln!();\nwriteln!(x);"), [1, 2]);
        assert_eq!(lines("crates/cli/src/main.rs", "println!();"), [0; 0]);
        assert_eq!(lines("src-tauri/src/main.rs", "println!();\neprintln!();"), [1]);
    }

    #[test]
    fn nothing_is_left_for_later() {
        for word in postponed() {
            assert_eq!(lines("crates/app/src/sales.rs", &format!("// {word}: later\nlet x{word}y = 1;")), [1]);
            assert_eq!(lines("ui/src/main.tsx", &format!("/* {word} */")), [1]);
        }
    }
}
