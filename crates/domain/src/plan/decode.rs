//! Strict reading: every key is known or refused, every fault names its JSON path, line and column.

use crate::exact::Exact;

use super::{
    error::{Fault, ScenarioError},
    json::{Node, Value},
    rule::Scalar,
};

/// A value while it is read, linked to the values around it so that a fault can name its path.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    node: &'a Node,
    step: Step<'a>,
    around: Option<&'a At<'a>>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

impl<'a> At<'a> {
    pub(super) fn root(node: &'a Node, name: &'a str) -> At<'a> {
        At { node, step: Step::Key(name), around: None }
    }

    fn path(&self) -> String {
        let above = self.around.map(At::path).unwrap_or_default();
        match self.step {
            Step::Key(key) if above.is_empty() => key.to_owned(),
            Step::Key(key) => format!("{above}.{key}"),
            Step::Item(number) => format!("{above}[{number}]"),
        }
    }

    pub(super) fn fault(&self, fault: Fault) -> ScenarioError {
        ScenarioError { path: self.path(), line: self.node.line, column: self.node.column, fault }
    }

    pub(super) fn wrong_type(&self, expected: &str) -> ScenarioError {
        self.fault(Fault::WrongType { expected: expected.to_owned() })
    }

    pub(super) fn contradiction(&self, reason: impl Into<String>) -> ScenarioError {
        self.fault(Fault::Contradiction { reason: reason.into() })
    }

    pub(super) fn fields(&self) -> Result<&'a [(String, Node)], ScenarioError> {
        match &self.node.value {
            Value::Object(fields) => Ok(fields),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => Err(self.wrong_type("an object")),
        }
    }

    /// An object of which every key is known.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), ScenarioError> {
        for (key, node) in self.fields()? {
            if !known.contains(&key.as_str()) {
                let known = known.iter().map(|key| (*key).to_owned()).collect();
                return Err(At { node, step: Step::Key(key), around: Some(self) }.fault(Fault::UnknownKey { key: key.clone(), known }));
            }
        }
        Ok(())
    }

    pub(super) fn child(&'a self, key: &'a str, node: &'a Node) -> At<'a> {
        At { node, step: Step::Key(key), around: Some(self) }
    }

    /// The value of a key; a null is as good as no key.
    pub(super) fn get(&'a self, key: &'a str) -> Option<At<'a>> {
        let Value::Object(fields) = &self.node.value else { return None };
        let (_, node) = fields.iter().find(|(name, node)| name == key && !matches!(node.value, Value::Null))?;
        Some(self.child(key, node))
    }

    pub(super) fn need(&'a self, key: &'a str) -> Result<At<'a>, ScenarioError> {
        self.get(key).ok_or_else(|| self.fault(Fault::Missing { key: key.to_owned() }))
    }

    pub(super) fn items(&'a self) -> Result<impl ExactSizeIterator<Item = At<'a>>, ScenarioError> {
        match &self.node.value {
            Value::List(items) => Ok(items.iter().enumerate().map(|(number, node)| At { node, step: Step::Item(number), around: Some(self) })),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => Err(self.wrong_type("a list")),
        }
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.node.value, Value::List(_))
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self.node.value, Value::Null)
    }

    pub(super) fn as_text(&self) -> Option<&'a str> {
        match &self.node.value {
            Value::Text(text) => Some(text),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => None,
        }
    }

    pub(super) fn text(&self) -> Result<&'a str, ScenarioError> {
        self.as_text().ok_or_else(|| self.wrong_type("a text"))
    }

    /// A text with something in it.
    pub(super) fn name(&self) -> Result<String, ScenarioError> {
        match self.text()? {
            "" => Err(self.wrong_type("a text with something in it")),
            text => Ok(text.to_owned()),
        }
    }

    pub(super) fn flag(&self) -> Result<bool, ScenarioError> {
        match self.node.value {
            Value::Bool(flag) => Ok(flag),
            Value::Null | Value::Number(_) | Value::Text(_) | Value::List(_) | Value::Object(_) => Err(self.wrong_type("true or false")),
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Clone>(&self, known: &[(&str, T)]) -> Result<T, ScenarioError> {
        let text = self.text()?;
        known.iter().find(|(word, _)| *word == text).map(|(_, value)| value.clone()).ok_or_else(|| {
            let known = known.iter().map(|(word, _)| (*word).to_owned()).collect();
            self.fault(Fault::UnknownValue { value: text.to_owned(), known })
        })
    }

    /// A decimal string, a percentage, or a bare whole number. A bare number with a point is refused: another reader would make it a float.
    pub(super) fn number(&self) -> Result<Exact, ScenarioError> {
        let text = match &self.node.value {
            Value::Text(text) => text,
            Value::Number(text) if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => text,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => {
                return Err(self.wrong_type("a number as a decimal string such as \"0.1\" or \"10%\""));
            }
        };
        Exact::parse(text).map_err(|reason| self.fault(Fault::BadNumber { value: text.clone(), reason: reason.to_string() }))
    }

    pub(super) fn number_in(&self, least: Option<&Exact>, most: Option<&Exact>) -> Result<Exact, ScenarioError> {
        let number = self.number()?;
        if least.is_some_and(|least| number < *least) || most.is_some_and(|most| number > *most) {
            let range = match (least, most) {
                (Some(least), Some(most)) => format!("{least} to {most}"),
                (Some(least), None) => format!("{least} or more"),
                (None, Some(most)) => format!("{most} or less"),
                (None, None) => String::new(),
            };
            return Err(self.fault(Fault::OutOfRange { value: number.to_string(), range }));
        }
        Ok(number)
    }

    /// A rate: 0 to 100%.
    pub(super) fn rate(&self) -> Result<Exact, ScenarioError> {
        self.number_in(Some(&Exact::ZERO), Some(&Exact::ONE))
    }

    /// An amount, a volume or a weight: zero or above.
    pub(super) fn amount(&self) -> Result<Exact, ScenarioError> {
        self.number_in(Some(&Exact::ZERO), None)
    }

    /// A whole number from `least` up.
    pub(super) fn count(&self, least: u32) -> Result<u32, ScenarioError> {
        let number = self.number()?;
        let count = number.to_i64().and_then(|count| u32::try_from(count).ok()).filter(|count| *count >= least);
        count.ok_or_else(|| self.fault(Fault::OutOfRange { value: number.to_string(), range: format!("a whole number from {least}") }))
    }

    /// A single value that is no list and no object.
    pub(super) fn scalar(&self) -> Result<Scalar, ScenarioError> {
        match &self.node.value {
            Value::Null => Ok(Scalar::Null),
            Value::Bool(flag) => Ok(Scalar::Flag(*flag)),
            Value::Text(text) => Ok(Scalar::Text(text.clone())),
            Value::Number(_) => self.number().map(Scalar::Number),
            Value::List(_) | Value::Object(_) => Err(self.wrong_type("a single value")),
        }
    }
}
