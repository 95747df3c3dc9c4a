//! JSON read without leniency: repeated and unknown fields are refused, and every error names its path.

use std::{collections::BTreeMap, fmt};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{rules::WHOLE_PPM, scenario::ScenarioError};
use crate::money::{NumberRefusal, parse_decimal, parse_rate_ppm};

type Read<T> = Result<T, ScenarioError>;

/// Parses the text; a field that stands twice in one object is an error, because one of the two would be lost.
pub(super) fn parse(text: &str) -> Read<Value> {
    match serde_json::from_str::<Once>(text.trim_start_matches('\u{feff}')) {
        Ok(Once(value)) => Ok(value),
        Err(error) => Err(ScenarioError { path: "$".to_owned(), reason: error.to_string() }),
    }
}

struct Once(Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OnceVisitor).map(Once)
    }
}

struct OnceVisitor;

impl<'de> Visitor<'de> for OnceVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a finite number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Once(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Once(value))) = entries.next_entry::<String, Once>()? {
            if object.insert(name.clone(), value).is_some() {
                return Err(A::Error::custom(format!("field {name} is there twice")));
            }
        }
        Ok(Value::Object(object))
    }
}

/// A value and where it stands.
pub(super) struct At<'a> {
    value: &'a Value,
    path: String,
}

/// The fields of an object, all of them known ones.
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    path: String,
}

impl<'a> At<'a> {
    pub fn top(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    pub fn refuse<T>(&self, reason: String) -> Read<T> {
        let path = if self.path.is_empty() { "$".to_owned() } else { self.path.clone() };
        Err(ScenarioError { path, reason })
    }

    pub fn object(&self, known: &[&str]) -> Read<Fields<'a>> {
        let Value::Object(object) = self.value else {
            return self.refuse("is not an object".to_owned());
        };
        match object.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Self { value: self.value, path: join(&self.path, name) }.refuse(format!("is not known here; known: {}", known.join(", "))),
            None => Ok(Fields { object, path: self.path.clone() }),
        }
    }

    pub fn items(&self) -> Read<Vec<At<'a>>> {
        match self.value {
            Value::Array(values) => {
                Ok(values.iter().enumerate().map(|(place, value)| At { value, path: format!("{}[{place}]", self.path) }).collect())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => self.refuse("is not a list".to_owned()),
        }
    }

    pub fn is_text(&self) -> bool {
        self.value.is_string()
    }

    pub fn text(&self) -> Read<&'a str> {
        match self.value.as_str() {
            Some(text) => Ok(text),
            None if self.value.is_number() => self.refuse("is a number; numbers with decimals are written as text, like \"12.30\"".to_owned()),
            None => self.refuse("is not text".to_owned()),
        }
    }

    /// A whole number, as points are.
    pub fn integer(&self) -> Read<i64> {
        self.value.as_i64().map_or_else(|| self.refuse("is not a whole number".to_owned()), Ok)
    }

    /// A whole number of zero or above.
    pub fn whole(&self) -> Read<i64> {
        let value = self.integer()?;
        if value < 0 { self.refuse("is below zero".to_owned()) } else { Ok(value) }
    }

    /// A decimal of zero or above, in units of 10^-`decimals`.
    pub fn decimal(&self, decimals: u8) -> Read<i64> {
        self.above_zero(parse_decimal(self.text()?, decimals))
    }

    /// An amount of zero or above, in minor units.
    pub fn money(&self, digits: u8) -> Read<i64> {
        self.decimal(digits)
    }

    /// A rate of zero or above, in millionths.
    pub fn rate(&self) -> Read<i64> {
        self.above_zero(parse_rate_ppm(self.text()?))
    }

    fn above_zero(&self, parsed: Result<i64, NumberRefusal>) -> Read<i64> {
        match parsed {
            Ok(value) if value < 0 => self.refuse("is below zero".to_owned()),
            Ok(value) => Ok(value),
            Err(refusal) => self.refuse(refusal.to_string()),
        }
    }

    /// A date `YYYY-MM-DD` that a calendar has.
    pub fn date(&self) -> Read<String> {
        let text = self.text()?;
        if is_date(text) { Ok(text.to_owned()) } else { self.refuse(format!("{text:?} is not a date like 2026-11-22")) }
    }
}

impl<'a> Fields<'a> {
    /// The field, unless it is absent or null.
    pub fn get(&self, name: &str) -> Option<At<'a>> {
        let value = self.object.get(name).filter(|value| !value.is_null())?;
        Some(At { value, path: join(&self.path, name) })
    }

    pub fn need(&self, name: &str) -> Read<At<'a>> {
        self.get(name).ok_or_else(|| ScenarioError { path: join(&self.path, name), reason: "is missing".to_owned() })
    }

    pub fn text(&self, name: &str) -> Read<Option<String>> {
        self.get(name).map(|at| at.text().map(str::to_owned)).transpose()
    }

    pub fn date(&self, name: &str) -> Read<Option<String>> {
        self.get(name).map(|at| at.date()).transpose()
    }

    pub fn flag_or(&self, name: &str, absent: bool) -> Read<bool> {
        match self.get(name) {
            Some(at) => at.value.as_bool().map_or_else(|| at.refuse("is neither true nor false".to_owned()), Ok),
            None => Ok(absent),
        }
    }

    pub fn rate_or_whole(&self, name: &str) -> Read<i64> {
        self.get(name).map_or(Ok(WHOLE_PPM), |at| at.rate())
    }

    pub fn list(&self, name: &str) -> Read<Vec<At<'a>>> {
        self.get(name).map_or(Ok(Vec::new()), |at| at.items())
    }

    pub fn texts(&self, name: &str) -> Read<Vec<String>> {
        self.list(name)?.iter().map(|at| at.text().map(str::to_owned)).collect()
    }

    /// The entries of an object whose names are the file's own.
    pub fn entries(&self, name: &str) -> Read<BTreeMap<String, At<'a>>> {
        let Some(at) = self.get(name) else {
            return Ok(BTreeMap::new());
        };
        let Value::Object(object) = at.value else {
            return at.refuse("is not an object".to_owned());
        };
        Ok(object.iter().map(|(name, value)| (name.clone(), At { value, path: join(&at.path, name) })).collect())
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn is_date(text: &str) -> bool {
    let digits = text.bytes().enumerate().all(|(place, byte)| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if text.len() != 10 || !digits {
        return false;
    }
    let number = |part: std::ops::Range<usize>| text[part].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}
