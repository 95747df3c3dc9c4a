//! A file as the rules read it: its code apart from comments, texts and tests.

/// What kind of file it is, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Rust.
    Rust,
    /// TypeScript and JavaScript, with or without elements.
    Script,
    /// Style sheets.
    Style,
    /// A manifest of Cargo.
    Manifest,
}

/// A file of the house.
#[derive(Debug, Clone)]
pub struct Source {
    /// From the root of the house, with forward slashes.
    pub path: String,
    /// What kind of file it is.
    pub kind: Kind,
    /// Every line as it stands.
    pub lines: Vec<String>,
    /// The same lines with comments and the inside of texts blanked out. Manifests and styles keep their texts.
    pub code: Vec<String>,
    /// For each line whether it belongs to tests.
    pub is_test: Vec<bool>,
}

impl Source {
    /// Whether a file of this name is read at all.
    #[must_use]
    pub fn is_read(name: &str) -> bool {
        kind(name).is_some()
    }

    /// Reads a file's text. A name that is not read counts as a script.
    #[must_use]
    pub fn new(path: String, text: String) -> Self {
        let kind = kind(&path).unwrap_or(Kind::Script);
        let code: Vec<String> = blank(&text, kind).lines().map(str::to_owned).collect();
        let is_test = if is_test_file(&path) { vec![true; code.len()] } else { test_lines(&code, kind) };
        Self { path, kind, lines: text.lines().map(str::to_owned).collect(), code, is_test }
    }

    /// Lines that run in the shop, numbered from 1: code, without comments, texts and tests.
    pub fn running(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.code.iter().zip(&self.is_test).zip(1..);
        lines.filter(|((_, is_test), _)| !**is_test).map(|((line, _), number)| (number, line.as_str()))
    }
}

fn kind(name: &str) -> Option<Kind> {
    let file = name.rsplit('/').next()?;
    let (_, ending) = file.rsplit_once('.')?;
    match ending {
        "rs" => Some(Kind::Rust),
        "ts" | "tsx" | "js" | "jsx" | "mjs" => Some(Kind::Script),
        "css" => Some(Kind::Style),
        "toml" if file == "Cargo.toml" => Some(Kind::Manifest),
        _ => None,
    }
}

/// Whether a whole file is tests or a program beside them.
fn is_test_file(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let folder = |name: &str| path.starts_with(&format!("{name}/")) || path.contains(&format!("/{name}/"));
    file == "tests.rs" || file.contains(".test.") || ["tests", "testing", "benches", "examples"].into_iter().any(folder)
}

/// Marks the lines of `#[cfg(test)] mod … { … }`.
fn test_lines(code: &[String], kind: Kind) -> Vec<bool> {
    let mut marks = vec![false; code.len()];
    if kind != Kind::Rust {
        return marks;
    }
    let mut depth: usize = 0;
    let mut state = Reading::House;
    for (line, mark) in code.iter().zip(&mut marks) {
        if matches!(state, Reading::House) && line.trim_start().starts_with("#[cfg(test)]") {
            state = Reading::Waiting;
        }
        *mark = !matches!(state, Reading::House);
        for c in line.chars() {
            match (c, &state) {
                ('{', _) => {
                    if matches!(state, Reading::Waiting) {
                        state = Reading::Tests { until: depth };
                    }
                    depth = depth.saturating_add(1);
                }
                ('}', _) => {
                    depth = depth.saturating_sub(1);
                    if matches!(state, Reading::Tests { until } if until == depth) {
                        state = Reading::House;
                    }
                }
                // `#[cfg(test)] mod tests;` and `#[cfg(test)] use …;` end without a block.
                (';', Reading::Waiting) => state = Reading::House,
                _ => {}
            }
        }
    }
    marks
}

enum Reading {
    House,
    Waiting,
    Tests { until: usize },
}

/// Blanks comments and the inside of texts, keeping every line where it is.
fn blank(text: &str, kind: Kind) -> String {
    match kind {
        Kind::Rust => Blanker::new(text).rust(),
        Kind::Script => Blanker::new(text).script(),
        Kind::Style => Blanker::new(text).style(),
        Kind::Manifest => text.to_owned(),
    }
}

struct Blanker<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    out: String,
}

impl<'a> Blanker<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.chars().peekable(), out: String::with_capacity(text.len()) }
    }

    fn rust(mut self) -> String {
        let mut before = ' ';
        while let Some(c) = self.rest.next() {
            self.out.push(c);
            match c {
                '/' => self.comment(true),
                '"' => self.text('"'),
                'r' if !is_word(before) => self.raw_text(),
                '\'' if self.is_letter_next() => self.text('\''),
                _ => {}
            }
            before = c;
        }
        self.out
    }

    /// Texts of scripts keep what they say, because colours and imports are texts; only comments go.
    fn script(mut self) -> String {
        while let Some(c) = self.rest.next() {
            self.out.push(c);
            match c {
                '/' => self.comment(false),
                '"' | '\'' => self.kept_text(c),
                _ => {}
            }
        }
        self.out
    }

    fn style(mut self) -> String {
        while let Some(c) = self.rest.next() {
            self.out.push(c);
            if c == '/' && self.rest.peek() == Some(&'*') {
                self.block(false);
            }
        }
        self.out
    }

    fn comment(&mut self, nested: bool) {
        match self.rest.peek() {
            Some('/') => {
                self.out.pop();
                while self.rest.peek().is_some_and(|c| *c != '\n') {
                    self.rest.next();
                }
            }
            Some('*') => self.block(nested),
            Some(_) | None => {}
        }
    }

    fn block(&mut self, nested: bool) {
        self.out.pop();
        let mut depth = 1_usize;
        let mut before = ' ';
        self.rest.next();
        for c in self.rest.by_ref() {
            if c == '\n' {
                self.out.push(c);
            }
            match (before, c) {
                ('*', '/') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return;
                    }
                    before = ' ';
                }
                ('/', '*') if nested => {
                    depth = depth.saturating_add(1);
                    before = ' ';
                }
                _ => before = c,
            }
        }
    }

    fn text(&mut self, end: char) {
        while let Some(c) = self.rest.next() {
            if c == '\n' {
                self.out.push(c);
            } else if c == '\\' {
                if self.rest.next() == Some('\n') {
                    self.out.push('\n');
                }
            } else if c == end {
                self.out.push(c);
                return;
            }
        }
    }

    fn kept_text(&mut self, end: char) {
        while let Some(c) = self.rest.next() {
            self.out.push(c);
            if c == '\\' {
                self.out.extend(self.rest.next());
            } else if c == end || c == '\n' {
                return;
            }
        }
    }

    /// After an `r` that begins a word: the rest of a raw text, if it is one.
    fn raw_text(&mut self) {
        let mut ahead = self.rest.clone();
        let mut marks = 0_usize;
        while ahead.peek() == Some(&'#') {
            ahead.next();
            marks = marks.saturating_add(1);
        }
        if ahead.next() != Some('"') {
            return;
        }
        self.rest = ahead;
        let mut closing: Option<usize> = None;
        for c in self.rest.by_ref() {
            if c == '\n' {
                self.out.push(c);
            }
            closing = match (c, closing) {
                ('"', _) => Some(0),
                ('#', Some(seen)) => Some(seen.saturating_add(1)),
                _ => None,
            };
            if closing == Some(marks) {
                return;
            }
        }
    }

    /// Tells the letter `'a'` from the lifetime `'a`.
    fn is_letter_next(&self) -> bool {
        let mut ahead = self.rest.clone();
        match ahead.next() {
            Some('\\') => true,
            Some(_) => ahead.next() == Some('\''),
            None => false,
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn running(path: &str, text: &str) -> Vec<String> {
        Source::new(path.into(), text.into()).running().map(|(number, line)| format!("{number}:{}", line.trim())).collect()
    }

    #[test]
    fn comments_and_texts_of_rust_are_not_code() {
        let text =
            "let a = \"f64 // no\"; // f64\n/* f64 /* inner */ f64 */ let b = r#\"f64\"quoted\"#;\nlet c: &'a str = 'x';\nlet q = '\"'; let d = 1;";
        assert_eq!(running("a.rs", text), ["1:let a = \"\";", "2:let b = r;", "3:let c: &'a str = '';", "4:let q = ''; let d = 1;"]);
    }

    #[test]
    fn lines_keep_their_numbers() {
        assert_eq!(running("a.rs", "/* one\ntwo */ a\n\"x\ny\" b"), ["1:", "2:a", "3:\"", "4:\" b"]);
    }

    #[test]
    fn tests_do_not_run_in_the_shop() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { if true {} }\n}\nfn c() {}\n#[cfg(test)]\nmod more;\nfn d() {}";
        assert_eq!(running("a.rs", text), ["1:fn a() {}", "6:fn c() {}", "9:fn d() {}"]);
        assert!(running("crates/books/tests/day.rs", "fn a() {}").is_empty());
        assert!(running("ui/src/features/sales/draft.test.ts", "a()").is_empty());
    }

    #[test]
    fn scripts_keep_their_texts_and_lose_their_comments() {
        assert_eq!(running("a.tsx", "const a = \"#fff // x\"; // #000\n/* #111 */ b"), ["1:const a = \"#fff // x\";", "2:b"]);
        assert_eq!(running("a.css", "a { color: #fff; } /* #000 */\nurl(//x)"), ["1:a { color: #fff; }", "2:url(//x)"]);
    }
}
