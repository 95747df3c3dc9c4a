//! What was measured, held against its goal: a table for people, JSON for the next run.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::measure::{Ratio, Samples, time};

/// What a goal asks.
#[derive(Debug, Clone, Copy)]
pub enum Goal {
    /// At most this ratio.
    AtMost(Ratio),
    /// At least this ratio.
    AtLeast(Ratio),
    /// At most so many of the unit.
    Count(u64),
    /// Nothing: the figure is for reading beside the others.
    None,
}

/// What was found.
#[derive(Debug, Clone)]
pub enum Found {
    /// A ratio.
    Ratio(Ratio),
    /// So many, in a unit.
    Count(u64, &'static str),
    /// Nothing, and why.
    NotMeasured(String),
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Line {
    /// Number of the goal in the design.
    pub number: &'static str,
    /// What is measured.
    pub what: String,
    /// Against what.
    pub floor: String,
    /// What is asked.
    pub goal: Goal,
    /// What was found.
    pub found: Found,
    /// Why it misses, should it miss.
    pub reason: &'static str,
    /// Medians, counts and whatever else belongs to it.
    pub details: Map<String, Value>,
}

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As asked.
    Met,
    /// Not as asked.
    Missed,
    /// Nothing was asked.
    Shown,
    /// Nothing was found.
    NotMeasured,
}

impl Line {
    /// A line without details.
    pub fn new(number: &'static str, what: impl Into<String>, floor: impl Into<String>, goal: Goal, found: Found, reason: &'static str) -> Self {
        Self { number, what: what.into(), floor: floor.into(), goal, found, reason, details: Map::new() }
    }

    /// A line of one side's median over the other's, both kept.
    pub fn ratio(
        number: &'static str,
        what: impl Into<String>,
        floor: impl Into<String>,
        goal: Goal,
        sides: (&Samples, &Samples),
        reason: &'static str,
    ) -> Self {
        let (ours, other) = (sides.0.median(), sides.1.median());
        let line = Self::new(number, what, floor, goal, Found::Ratio(Ratio::of(ours, other)), reason);
        line.with("ours_median", time(ours)).with("floor_median", time(other)).with("samples", sides.0.count())
    }

    /// A line that could not be measured.
    pub fn without(number: &'static str, what: impl Into<String>, goal: Goal, why: impl Into<String>) -> Self {
        Self::new(number, what, "", goal, Found::NotMeasured(why.into()), "")
    }

    /// The same with a detail more.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }

    /// How it ends.
    pub fn verdict(&self) -> Verdict {
        let holds = match (&self.found, self.goal) {
            (Found::NotMeasured(_), _) => return Verdict::NotMeasured,
            (_, Goal::None) => return Verdict::Shown,
            (Found::Ratio(found), Goal::AtMost(most)) => *found <= most,
            (Found::Ratio(found), Goal::AtLeast(least)) => *found >= least,
            (Found::Count(found, _), Goal::Count(most)) => *found <= most,
            (Found::Ratio(found), Goal::Count(most)) => found.0 <= most * 100,
            (Found::Count(found, _), Goal::AtMost(most)) => found * 100 <= most.0,
            (Found::Count(found, _), Goal::AtLeast(least)) => found * 100 >= least.0,
        };
        if holds { Verdict::Met } else { Verdict::Missed }
    }

    fn goal_words(&self) -> String {
        match (self.goal, &self.found) {
            (Goal::AtMost(most), _) => format!("≤ {most}×"),
            (Goal::AtLeast(least), _) => format!("≥ {least}×"),
            (Goal::Count(most), Found::Count(_, unit)) => format!("≤ {most} {unit}"),
            (Goal::Count(most), _) => format!("≤ {most}"),
            (Goal::None, _) => "–".into(),
        }
    }

    fn found_words(&self) -> String {
        match &self.found {
            Found::Ratio(ratio) => format!("{ratio}×"),
            Found::Count(count, unit) => format!("{count} {unit}"),
            Found::NotMeasured(_) => "–".into(),
        }
    }

    fn verdict_words(&self) -> &'static str {
        match self.verdict() {
            Verdict::Met => "met",
            Verdict::Missed => "MISSED",
            Verdict::Shown => "",
            Verdict::NotMeasured => "not measured",
        }
    }

    fn medians(&self) -> String {
        let words = |name: &str| self.details.get(name).and_then(Value::as_str).map(str::to_owned);
        match (words("ours_median"), words("floor_median")) {
            (Some(ours), Some(floor)) => format!("{ours} : {floor}"),
            (Some(ours), None) => ours,
            _ => String::new(),
        }
    }

    fn json(&self) -> Value {
        let found = match &self.found {
            Found::Ratio(ratio) => json!({"ratio": ratio.to_string()}),
            Found::Count(count, unit) => json!({"count": count, "unit": unit}),
            Found::NotMeasured(why) => json!({"not_measured": why}),
        };
        json!({"goal": self.number, "what": self.what, "against": self.floor, "asked": self.goal_words(), "found": found,
            "verdict": self.verdict(), "reason": self.reason_words(), "details": self.details})
    }

    fn reason_words(&self) -> Option<String> {
        match (self.verdict(), &self.found) {
            (Verdict::Missed, _) => Some(self.reason.to_owned()),
            (_, Found::NotMeasured(why)) => Some(why.clone()),
            _ => None,
        }
    }
}

/// The table in Markdown, and below it the reasons of what is missed or was not measured.
pub fn table(lines: &[Line]) -> String {
    let mut text = String::from("| # | what | against | medians | ratio | goal | |\n|---|---|---|---|---|---|---|\n");
    for line in lines {
        let cells = [line.number, &line.what, &line.floor, &line.medians(), &line.found_words(), &line.goal_words(), line.verdict_words()];
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text.push('\n');
    for line in lines {
        if let Some(reason) = line.reason_words() {
            text.push_str(&format!("- **{}** {}: {reason}\n", line.number, line.what));
        }
    }
    text
}

/// Everything for the next run to compare with.
pub fn json(lines: &[Line], head: Value) -> Value {
    json!({"run": head, "lines": lines.iter().map(Line::json).collect::<Vec<_>>()})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_met_missed_or_says_why_not() {
        let line = |goal, found| Line::new("1", "a", "b", goal, found, "slow");
        assert_eq!(line(Goal::AtMost(Ratio(130)), Found::Ratio(Ratio(130))).verdict(), Verdict::Met);
        assert_eq!(line(Goal::AtMost(Ratio(130)), Found::Ratio(Ratio(131))).verdict(), Verdict::Missed);
        assert_eq!(line(Goal::AtLeast(Ratio(1200)), Found::Ratio(Ratio(1199))).verdict(), Verdict::Missed);
        assert_eq!(line(Goal::Count(1), Found::Count(1, "fsync")).verdict(), Verdict::Met);
        assert_eq!(line(Goal::None, Found::Count(1, "MB")).verdict(), Verdict::Shown);
        let text = table(&[line(Goal::Count(1), Found::Count(2, "fsync")), Line::without("13", "window", Goal::None, "no screen")]);
        assert!(text.contains("MISSED") && text.contains("**1** a: slow") && text.contains("**13** window: no screen"), "{text}");
    }
}
