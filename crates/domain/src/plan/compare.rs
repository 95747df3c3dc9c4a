//! Two plans held against each other: what differs, place by place, in the words of the language. Screens put it into sentences.
//!
//! Rules and ranks are the same where their ids are the same; a limit where its scope is. Conditions, bands and lists of weights are compared whole, because
//! half a condition says nothing; tables are compared cell by cell. Id and version of the plans are not compared: they always differ.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::rule::Plan;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// In which part.
    #[serde(flatten)]
    pub part: Part,
    /// Keys below the part, outermost first; empty where the part itself came, went or moved.
    pub path: Vec<String>,
    /// As it was; absent where there was nothing.
    pub before: Option<Value>,
    /// As it is; absent where there is nothing.
    pub after: Option<Value>,
}

/// A part of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", content = "id", rename_all = "snake_case")]
pub enum Part {
    /// The plan's own settings.
    Plan,
    /// A rank, by id.
    Rank(String),
    /// A rule, by id.
    Rule(String),
    /// A limit, by scope.
    Limit(String),
    /// The order of the ranks.
    RankOrder,
    /// The order of the rules.
    RuleOrder,
}

/// Keys whose values are one thing.
const WHOLE: [&str; 9] = ["when", "hold", "pay", "stop_at", "who", "where", "band", "rank", "cap_amount"];

/// Every difference, in the order of the later plan; what is gone stands before what follows it.
pub fn compare(before: &Plan, after: &Plan) -> Vec<Change> {
    let (old, new) = (before.to_value(), after.to_value());
    let mut changes = Vec::new();
    for key in ["currency", "rounding"] {
        within(&Part::Plan, &mut vec![key.to_owned()], old.get(key), new.get(key), &mut changes);
    }
    parts(&old, &new, "ranks", "id", Part::Rank, Some(Part::RankOrder), &mut changes);
    parts(&old, &new, "rules", "id", Part::Rule, Some(Part::RuleOrder), &mut changes);
    parts(&old, &new, "limits", "scope", Part::Limit, None, &mut changes);
    changes
}

fn parts(old: &Value, new: &Value, list: &str, key: &str, part: fn(String) -> Part, order: Option<Part>, changes: &mut Vec<Change>) {
    let named = |plan: &Value| -> Vec<(String, Value)> {
        let items = plan[list].as_array().cloned().unwrap_or_default();
        items.into_iter().map(|item| (item[key].as_str().unwrap_or_default().to_owned(), item)).collect()
    };
    let (old, mut new) = (named(old), named(new));
    let mut kept = Vec::new();
    let mut gone = Vec::new();
    let after_order: Vec<String> = new.iter().map(|(id, _)| id.clone()).collect();
    for (id, before) in old {
        // Another kind under the same id is another rule.
        let same = new.iter().position(|(other, after)| *other == id && after.get("kind") == before.get("kind"));
        match same {
            Some(place) => kept.push((id, before, new.remove(place).1)),
            None => gone.push((id, before)),
        }
    }
    let whole = |id: String, before, after| Change { part: part(id), path: Vec::new(), before, after };
    changes.extend(gone.into_iter().map(|(id, before)| whole(id, Some(before), None)));
    let before_order: Vec<&String> = kept.iter().map(|(id, _, _)| id).collect();
    let after_order: Vec<&String> = after_order.iter().filter(|id| before_order.contains(id)).collect();
    if let Some(order) = order.filter(|_| before_order != after_order) {
        let list = |ids: &[&String]| Some(ids.iter().map(|id| Value::from(id.as_str())).collect());
        changes.push(Change { part: order, path: Vec::new(), before: list(&before_order), after: list(&after_order) });
    }
    for (id, before, after) in &kept {
        within(&part(id.clone()), &mut Vec::new(), Some(before), Some(after), changes);
    }
    changes.extend(new.into_iter().map(|(id, after)| whole(id, None, Some(after))));
}

fn within(part: &Part, path: &mut Vec<String>, before: Option<&Value>, after: Option<&Value>, changes: &mut Vec<Change>) {
    if before == after {
        return;
    }
    let whole = path.last().is_some_and(|key| WHOLE.contains(&key.as_str()));
    let mut inside = |key: String, before: Option<&Value>, after: Option<&Value>| {
        path.push(key);
        within(part, path, before, after, changes);
        path.pop();
    };
    match (before, after) {
        (Some(Value::Object(old)), Some(Value::Object(new))) if !whole => {
            for key in keys(old, new) {
                inside(key.clone(), old.get(&key), new.get(&key));
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) if !whole => {
            for place in 0..old.len().max(new.len()) {
                inside((place + 1).to_string(), old.get(place), new.get(place));
            }
        }
        (before, after) => changes.push(Change { part: part.clone(), path: path.clone(), before: before.cloned(), after: after.cloned() }),
    }
}

fn keys(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<String> {
    old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"{"ranks":[{"id":"a"},{"id":"b"}],"rules":[
        {"id":"up","kind":"walk","path":{"max":2},"rate":{"table":{"*":["8%","2%"]}}},
        {"id":"fund","kind":"pool","fund":{"rate":"1%"},"share":{}}]}"#;

    fn told(after: &str) -> Vec<String> {
        let plan = |text: &str| Plan::parse(text).expect("a plan");
        let line = |change: Change| {
            let show = |value: Option<Value>| value.map_or("-".to_owned(), |value| value.to_string());
            format!("{:?} {} {} {}", change.part, change.path.join("."), show(change.before), show(change.after))
        };
        compare(&plan(TWO), &plan(after)).into_iter().map(line).collect()
    }

    #[test]
    fn a_cell_of_a_table_is_one_change_by_its_depth() {
        assert_eq!(told(TWO), Vec::<String>::new());
        assert_eq!(told(&TWO.replace("\"2%\"", "\"3%\"")), [r#"Rule("up") rate.table.*.2 "2%" "3%""#]);
        assert_eq!(
            told(&TWO.replace("\"2%\"]", "\"2%\",\"1%\"]").replace("\"max\":2", "\"max\":3")),
            [r#"Rule("up") path.max 2 3"#, r#"Rule("up") rate.table.*.3 - "1%""#]
        );
    }

    #[test]
    fn the_same_number_written_otherwise_is_no_change() {
        assert_eq!(told(&TWO.replace("\"8%\"", "\"0.0800\"")), Vec::<String>::new());
    }

    #[test]
    fn conditions_are_compared_whole_and_what_comes_goes_or_moves_is_said_once() {
        let pay = TWO.replace("\"max\":2", "\"max\":2,\"pay\":{\"all\":[{\"active\":true},{\"rank_gte\":\"b\"}]}");
        assert_eq!(told(&pay), [r#"Rule("up") path.pay "always" {"all":[{"active":true},{"rank_gte":"b"}]}"#]);
        assert_eq!(told(&TWO.replace(r#"{"id":"a"},{"id":"b"}"#, r#"{"id":"b"},{"id":"a"}"#)), [r#"RankOrder  ["a","b"] ["b","a"]"#]);
        assert_eq!(told(&TWO.replace(r#"{"id":"b"}"#, r#"{"id":"c"}"#)), [r#"Rank("b")  {"id":"b"} -"#, r#"Rank("c")  - {"id":"c"}"#]);
    }
}
