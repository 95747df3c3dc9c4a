//! Templates with named placeholders. A placeholder is `{name}`, in English or in Chinese; one that the occasion does not know is refused with its place.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Subject and text of a message; only an email has a subject.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Wording {
    /// One line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// What a template may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Placeholder {
    /// The member's name.
    Member,
    /// The member's number.
    Number,
    /// The shop's name.
    Shop,
    /// The day of the cause.
    Date,
    /// Money, with the currency's decimals.
    Amount,
    /// The receipt, statement or payout it comes from.
    From,
    /// The month.
    Month,
    /// Where a payout stands.
    State,
    /// Points.
    Points,
    /// The last day.
    Until,
    /// The level.
    Level,
}

impl Placeholder {
    /// Its name in English and in Chinese; both are understood in every template.
    pub fn names(self) -> [&'static str; 2] {
        match self {
            Self::Member => ["member", "姓名"],
            Self::Number => ["number", "卡号"],
            Self::Shop => ["shop", "店名"],
            Self::Date => ["date", "日期"],
            Self::Amount => ["amount", "金额"],
            Self::From => ["from", "单号"],
            Self::Month => ["month", "月份"],
            Self::State => ["state", "状态"],
            Self::Points => ["points", "积分"],
            Self::Until => ["until", "到期日"],
            Self::Level => ["level", "等级"],
        }
    }
}

/// Why a template is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// A placeholder that this occasion does not have.
    #[error("{{{name}}} at sign {at} is no placeholder here")]
    Unknown {
        /// As typed.
        name: String,
        /// Which sign of the text its brace is, the first being 1.
        at: usize,
    },
    /// A brace that is never closed.
    #[error("the brace at sign {at} is not closed")]
    Open {
        /// Which sign of the text it is, the first being 1.
        at: usize,
    },
}

/// A piece of a template: text as it stands, or what stands between braces and where.
enum Piece<'t> {
    Text(&'t str),
    Named(&'t str, usize),
    Open(usize),
}

fn pieces(mut text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut at = 1;
    while let Some((before, rest)) = text.split_once('{') {
        found.push(Piece::Text(before));
        at += before.chars().count();
        let Some((name, after)) = rest.split_once('}') else {
            found.push(Piece::Open(at));
            return found;
        };
        found.push(Piece::Named(name, at));
        at += name.chars().count() + 2;
        text = after;
    }
    found.push(Piece::Text(text));
    found
}

fn named(name: &str, among: &[Placeholder]) -> Option<Placeholder> {
    among.iter().copied().find(|placeholder| placeholder.names().contains(&name.trim()))
}

/// Decides whether a template can stand.
///
/// # Errors
/// The first [`TemplateFault`].
pub fn check(template: &str, among: &[Placeholder]) -> Result<(), TemplateFault> {
    for piece in pieces(template) {
        match piece {
            Piece::Named(name, at) if named(name, among).is_none() => return Err(TemplateFault::Unknown { name: name.to_owned(), at }),
            Piece::Open(at) => return Err(TemplateFault::Open { at }),
            Piece::Named(..) | Piece::Text(_) => {}
        }
    }
    Ok(())
}

/// The template with every placeholder filled in. What a value holds is never read as a placeholder. What [`check`] would refuse is left out.
pub fn render(template: &str, value: impl Fn(Placeholder) -> String) -> String {
    const EVERY: &[Placeholder] = {
        use Placeholder::{Amount, Date, From, Level, Member, Month, Number, Points, Shop, State, Until};
        &[Member, Number, Shop, Date, Amount, From, Month, State, Points, Until, Level]
    };
    let fill = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Named(name, _) => named(name, EVERY).map(&value).unwrap_or_default(),
        Piece::Open(_) => String::new(),
    };
    pieces(template).into_iter().map(fill).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Placeholder::{Amount, Member};

    #[test]
    fn a_placeholder_that_is_not_known_is_refused_with_its_place() {
        let unknown = |name: &str, at| Err(TemplateFault::Unknown { name: name.into(), at });
        for (text, answer) in [
            ("您好{姓名}，{amount}", Ok(())),
            ("您好{ member }", Ok(())),
            ("no placeholders } at all", Ok(())),
            ("您好{姓}", unknown("姓", 3)),
            ("{member} {points}", unknown("points", 10)),
            ("{}", unknown("", 1)),
            ("{{member}}", unknown("{member", 1)),
            ("ab{member", Err(TemplateFault::Open { at: 3 })),
        ] {
            assert_eq!(check(text, &[Member, Amount]), answer, "{text}");
        }
    }

    #[test]
    fn what_a_value_holds_is_no_placeholder() {
        let value = |placeholder| match placeholder {
            Member => "{amount}".to_owned(),
            _ => "12.00".to_owned(),
        };
        assert_eq!(render("{姓名}/{member}: {金额}}", value), "{amount}/{amount}: 12.00}");
    }
}
