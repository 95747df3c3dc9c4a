//! JSON read with places: every value knows its line and column, numbers keep their text, and a key given twice is an error.

use std::collections::HashSet;

use super::error::{Fault, ScenarioError};

/// Deeper nesting than this is refused, so that no text can exhaust the stack.
const DEEPEST: u32 = 64;
/// From so many keys on an object's keys are looked up instead of compared one by one.
const MANY_KEYS: usize = 24;

/// A value and where it begins.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub line: u32,
    pub column: u32,
    pub value: Value,
}

/// What stands there.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// As written; never turned into a float.
    Number(String),
    Text(String),
    List(Vec<Node>),
    /// In the order written; keys are unique.
    Object(Vec<(String, Node)>),
}

/// Reads one JSON document.
pub(super) fn read(text: &str) -> Result<Node, ScenarioError> {
    let mut reader = Reader { rest: text.chars().peekable(), line: 1, column: 1 };
    let node = reader.value(0)?;
    reader.space();
    match reader.rest.peek() {
        None => Ok(node),
        Some(_) => Err(reader.wrong("nothing more after the document")),
    }
}

struct Reader<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    line: u32,
    column: u32,
}

impl Reader<'_> {
    fn wrong(&self, expected: &'static str) -> ScenarioError {
        ScenarioError { path: String::new(), line: self.line, column: self.column, fault: Fault::Syntax { expected: expected.to_owned() } }
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        if next == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(next)
    }

    fn space(&mut self) {
        while self.rest.peek().is_some_and(|next| matches!(next, ' ' | '\n' | '\r' | '\t')) {
            self.next();
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        let here = self.rest.peek() == Some(&wanted);
        if here {
            self.next();
        }
        here
    }

    fn value(&mut self, depth: u32) -> Result<Node, ScenarioError> {
        self.space();
        if depth > DEEPEST {
            return Err(self.wrong("at most 64 levels of nesting"));
        }
        let (line, column) = (self.line, self.column);
        let value = match self.rest.peek().copied() {
            Some('{') => self.object(depth)?,
            Some('[') => self.list(depth)?,
            Some('"') => Value::Text(self.text()?),
            Some('-' | '0'..='9') => self.number()?,
            Some('a'..='z') => self.word()?,
            Some(_) | None => return Err(self.wrong("a JSON value")),
        };
        Ok(Node { line, column, value })
    }

    fn object(&mut self, depth: u32) -> Result<Value, ScenarioError> {
        self.next();
        let mut fields: Vec<(String, Node)> = Vec::new();
        let mut many = HashSet::new();
        self.space();
        if self.take('}') {
            return Ok(Value::Object(fields));
        }
        loop {
            self.space();
            if self.rest.peek() != Some(&'"') {
                return Err(self.wrong("a key in quotes"));
            }
            let (line, column) = (self.line, self.column);
            let key = self.text()?;
            if fields.len() == MANY_KEYS {
                many = fields.iter().map(|(known, _)| known.clone()).collect();
            }
            let twice = if fields.len() < MANY_KEYS { fields.iter().any(|(known, _)| *known == key) } else { !many.insert(key.clone()) };
            if twice {
                return Err(ScenarioError { path: String::new(), line, column, fault: Fault::KeyTwice { key } });
            }
            self.space();
            if !self.take(':') {
                return Err(self.wrong("`:`"));
            }
            let node = self.value(depth + 1)?;
            fields.push((key, node));
            self.space();
            if self.take('}') {
                return Ok(Value::Object(fields));
            }
            if !self.take(',') {
                return Err(self.wrong("`,` or `}`"));
            }
        }
    }

    fn list(&mut self, depth: u32) -> Result<Value, ScenarioError> {
        self.next();
        let mut items = Vec::new();
        self.space();
        if self.take(']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.take(']') {
                return Ok(Value::List(items));
            }
            if !self.take(',') {
                return Err(self.wrong("`,` or `]`"));
            }
        }
    }

    fn text(&mut self) -> Result<String, ScenarioError> {
        self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err(self.wrong("a closing quote")),
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some(control) if (control as u32) < 0x20 => return Err(self.wrong("no bare control character in a text")),
                Some(plain) => text.push(plain),
            }
        }
    }

    fn escape(&mut self) -> Result<char, ScenarioError> {
        match self.next() {
            Some(same @ ('"' | '\\' | '/')) => Ok(same),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some('u') => {
                let first = self.four_digits()?;
                let code = match first {
                    0xD800..=0xDBFF if self.take('\\') && self.take('u') => {
                        let second = self.four_digits()?;
                        let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400).ok_or_else(|| self.wrong("the second half of a pair"))?;
                        0x10000 + ((first - 0xD800) << 10) + low
                    }
                    other => other,
                };
                char::from_u32(code).ok_or_else(|| self.wrong("a character"))
            }
            Some(_) | None => Err(self.wrong("an escape")),
        }
    }

    fn four_digits(&mut self) -> Result<u32, ScenarioError> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.next().and_then(|next| next.to_digit(16)).ok_or_else(|| self.wrong("four hexadecimal digits"))?;
            code = code * 16 + digit;
        }
        Ok(code)
    }

    fn number(&mut self) -> Result<Value, ScenarioError> {
        let mut text = String::new();
        while let Some(next) = self.rest.peek().copied().filter(|next| matches!(next, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')) {
            text.push(next);
            self.next();
        }
        match serde_json::from_str::<serde_json::Number>(&text) {
            Ok(_) => Ok(Value::Number(text)),
            Err(_) => Err(self.wrong("a number")),
        }
    }

    fn word(&mut self) -> Result<Value, ScenarioError> {
        let mut word = String::new();
        while let Some(next) = self.rest.peek().copied().filter(char::is_ascii_lowercase) {
            word.push(next);
            self.next();
        }
        match word.as_str() {
            "null" => Ok(Value::Null),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(self.wrong("a JSON value")),
        }
    }
}
