//! Why an amount is what it is, on one line: the formula with its numbers, as the engine explained it. Nothing is computed: the figures are exact texts.

use serde_json::Value;

use super::words::Words;

/// The formula, and in words what cut it or why there is none.
pub(crate) fn why(explained: &Value, digits: u8, words: Words) -> String {
    let part = |name: &str| text(&explained[name]);
    let money = |name: &str| exact(&part(name), digits);
    let factor = match part("factor").as_str() {
        "" | "1" => String::new(),
        factor => format!(" × {factor}"),
    };
    let formula = match part("way").as_str() {
        "rate" | "equal_of_order" => format!("{} × {}{factor}", money("base"), percent(&part("rate"))),
        "difference" => format!("{} × ({} - {}){factor}", money("base"), percent(&part("rate")), percent(&part("mark"))),
        "minimum" => format!("{} × {}{factor}", money("base"), percent(&part("min"))),
        "equal_of_income" => format!("{} × {}", money("income"), percent(&part("rate"))),
        "fixed" => format!("{} × {}{factor}", money("per_unit"), part("qty")),
        "pair" => format!("{} × {}", money("matched"), percent(&part("rate"))),
        "pool" => share(&explained["share"], digits),
        _ => String::new(),
    };
    let way = words.say(&format!("way_{}", part("way")));
    let mut parts: Vec<String> = [way.to_owned(), formula].into_iter().filter(|part| !part.is_empty()).collect();
    let cap = part("cap");
    if !cap.is_empty() {
        parts.push(words.say_with("cut_cap", &[&exact(&cap, digits)]));
    }
    let limits = explained["limits"].as_array().into_iter().flatten();
    parts.extend(limits.map(|limit| words.say_with("cut_limit", &[&share(limit, digits)])));
    let reversed = part("reversed");
    if !reversed.is_empty() {
        parts.push(words.say_with("cut_reversed", &[&percent(&reversed)]));
    }
    parts.join(" · ")
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

fn share(value: &Value, digits: u8) -> String {
    if !value.is_object() {
        return String::new();
    }
    format!("{} × {} ÷ {}", exact(&text(&value["total"]), digits), text(&value["weight"]), text(&value["weights"]))
}

/// Sign, whole part and decimals of a plain decimal number; nothing where it is written otherwise, as a fraction is.
fn decimal(text: &str) -> Option<(&str, &str, &str)> {
    let (sign, bare) = text.strip_prefix('-').map_or(("", text), |bare| ("-", bare));
    let (whole, part) = bare.split_once('.').unwrap_or((bare, ""));
    let plain = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    (!whole.is_empty() && plain(whole) && plain(part)).then_some((sign, whole, part))
}

/// An exact amount with grouped thousands and at least the currency's decimals.
fn exact(amount: &str, digits: u8) -> String {
    let Some((sign, whole, part)) = decimal(amount) else { return amount.to_owned() };
    let part = format!("{part:0<width$}", width = usize::from(digits));
    let whole = crate::figures::grouped(whole);
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// An exact share as a percentage, by moving the point: `0.085` is `8.5%`. A fraction stays one.
fn percent(share: &str) -> String {
    let Some((sign, whole, part)) = decimal(share) else { return share.to_owned() };
    let part = format!("{part:0<2}");
    let (moved, rest) = part.split_at(2);
    let joined = format!("{whole}{moved}");
    let left = joined.trim_start_matches('0');
    let (left, right) = (if left.is_empty() { "0" } else { left }, rest.trim_end_matches('0'));
    if right.is_empty() { format!("{sign}{left}%") } else { format!("{sign}{left}.{right}%") }
}

#[cfg(test)]
mod tests {
    use paper::receipt::Language;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_formula_has_the_engines_own_numbers() {
        let words = Words::of(Language::En);
        let said = |value| why(&value, 2, words);
        assert!(said(json!({"way": "rate", "base": "1280", "rate": "0.085", "factor": "1"})).ends_with("1,280.00 × 8.5%"));
        assert!(said(json!({"way": "difference", "base": "99.99", "rate": "0.2", "mark": "0.15"})).ends_with("99.99 × (20% - 15%)"));
        assert!(said(json!({"way": "pool", "share": {"total": "12345.6", "weight": "1", "weights": "3"}})).ends_with("12,345.60 × 1 ÷ 3"));
        assert!(said(json!({"way": "rate", "base": "1", "rate": "1/3", "cap": "0.5"})).contains("1/3"));
        assert_eq!(said(Value::Null), "");
        assert_eq!(["1", "0", "0.0001", "-0.5", "0.33335"].map(percent), ["100%", "0%", "0.01%", "-50%", "33.335%"]);
    }
}
