//! Who may name a member's sponsor, until when, and for how long it holds (绑定关系). Managers may always move a member, with a reason; these terms say what
//! happens at the till without one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// When a clerk may name the sponsor of a member who has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BindUntil {
    /// Nobody is bound at the till; managers alone give a sponsor.
    Nobody,
    /// On enrolment and not later (注册绑定).
    Enrolment,
    /// Until the first purchase (首单绑定).
    #[default]
    FirstOrder,
    /// Whenever the member first names somebody (首次接触绑定).
    FirstContact,
}

/// Whether another member may take a bound one over at the till.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "takeover", rename_all = "snake_case")]
pub enum Takeover {
    /// Never: a manager moves the member, with a reason.
    #[default]
    Never,
    /// At any time.
    AnyTime,
    /// So many days after the member was bound and last bought, whichever came later (保护期).
    After {
        /// Days.
        days: u32,
    },
}

/// The shop's terms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct BindingTerms {
    /// For a member without a sponsor.
    pub until: BindUntil,
    /// For one who has one.
    pub takeover: Takeover,
    /// Days for which sales of a bound member count for the sponsor's line; 0: for ever.
    pub valid_days: u32,
}

/// Days that terms may name at most.
pub const MOST_DAYS: u32 = 3660;

impl BindingTerms {
    /// True where they can be meant.
    pub fn holds(&self) -> bool {
        let days = match self.takeover {
            Takeover::Never | Takeover::AnyTime => 0,
            Takeover::After { days } => days,
        };
        days <= MOST_DAYS && self.valid_days <= MOST_DAYS
    }
}

/// What is known of a member who names a sponsor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound<'d> {
    /// True where the member has a sponsor.
    pub has: bool,
    /// The shop's day on which that sponsor became theirs.
    pub since: &'d str,
    /// Purchases so far.
    pub purchases: i64,
    /// The shop's day of the last one.
    pub last_bought: Option<&'d str>,
}

/// Why a sponsor is not named at the till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum BindingRefusal {
    /// The shop binds nobody at the till.
    #[error("sponsors are not named at the till here; a manager gives one")]
    BindNobody,
    /// It had to be named on enrolment.
    #[error("a sponsor is named on enrolment here; later a manager gives one")]
    BindEnrolment,
    /// The member has bought already.
    #[error("a sponsor is named before the first purchase here; later a manager gives one")]
    BindBought,
    /// Somebody else's for good.
    #[error("this member has a sponsor; only a manager moves them")]
    BindTaken,
    /// Somebody else's for some days more.
    #[error("this member has a sponsor who is protected up to and on {until}")]
    BindProtected {
        /// The last day of it.
        until: String,
    },
}

/// Decides whether a clerk may name a sponsor today; `after` adds days to a day.
///
/// # Errors
/// [`BindingRefusal`]
pub fn decide(terms: &BindingTerms, bound: &Bound<'_>, today: &str, after: &dyn Fn(&str, u32) -> Option<String>) -> Result<(), BindingRefusal> {
    if bound.has {
        return match terms.takeover {
            Takeover::Never => Err(BindingRefusal::BindTaken),
            Takeover::AnyTime => Ok(()),
            Takeover::After { days } => {
                let last = bound.last_bought.map_or(bound.since, |bought| bought.max(bound.since));
                match after(last, days) {
                    Some(until) if until.as_str() >= today => Err(BindingRefusal::BindProtected { until }),
                    Some(_) | None => Ok(()),
                }
            }
        };
    }
    match terms.until {
        BindUntil::Nobody => Err(BindingRefusal::BindNobody),
        BindUntil::Enrolment => Err(BindingRefusal::BindEnrolment),
        BindUntil::FirstOrder if bound.purchases > 0 => Err(BindingRefusal::BindBought),
        BindUntil::FirstOrder | BindUntil::FirstContact => Ok(()),
    }
}

/// True where the sponsor's line still earns on the member's sales today.
pub fn is_valid(terms: &BindingTerms, since: &str, today: &str, after: &dyn Fn(&str, u32) -> Option<String>) -> bool {
    terms.valid_days == 0 || after(since, terms.valid_days).is_none_or(|last| last.as_str() >= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days of March are enough here.
    fn after(day: &str, days: u32) -> Option<String> {
        let number: u32 = day.get(8..)?.parse().ok()?;
        Some(format!("2026-03-{:02}", number + days))
    }

    #[test]
    fn a_member_without_a_sponsor_names_one_as_long_as_the_shop_says() {
        let ask = |until, purchases| {
            let terms = BindingTerms { until, ..BindingTerms::default() };
            decide(&terms, &Bound { has: false, since: "2026-03-01", purchases, last_bought: None }, "2026-03-10", &after)
        };
        for purchases in [0, 1] {
            assert_eq!(ask(BindUntil::Nobody, purchases), Err(BindingRefusal::BindNobody));
            assert_eq!(ask(BindUntil::Enrolment, purchases), Err(BindingRefusal::BindEnrolment));
            assert_eq!(ask(BindUntil::FirstContact, purchases), Ok(()));
        }
        assert_eq!((ask(BindUntil::FirstOrder, 0), ask(BindUntil::FirstOrder, 1)), (Ok(()), Err(BindingRefusal::BindBought)));
    }

    #[test]
    fn a_bound_member_is_taken_over_only_after_the_days_that_protect_the_sponsor() {
        let ask = |takeover, last_bought: Option<&String>, today: &str| {
            let terms = BindingTerms { takeover, ..BindingTerms::default() };
            decide(&terms, &Bound { has: true, since: "2026-03-05", purchases: 1, last_bought: last_bought.map(String::as_str) }, today, &after)
        };
        assert_eq!(ask(Takeover::Never, None, "2026-03-28"), Err(BindingRefusal::BindTaken));
        assert_eq!(ask(Takeover::AnyTime, Some(&"2026-03-28".to_owned()), "2026-03-28"), Ok(()));
        // Every day of purchase and every day of asking: free exactly when both the binding and the purchase are older than the days.
        for bought in 1..=20 {
            for today in 5..=28 {
                let (day, asked) = (format!("2026-03-{bought:02}"), format!("2026-03-{today:02}"));
                let last = bought.max(5);
                let expected =
                    if today > last + 4 { Ok(()) } else { Err(BindingRefusal::BindProtected { until: format!("2026-03-{:02}", last + 4) }) };
                assert_eq!(ask(Takeover::After { days: 4 }, Some(&day), &asked), expected, "{bought} {today}");
            }
        }
    }

    #[test]
    fn a_binding_lapses_after_its_days_or_never() {
        let valid = |valid_days, today| is_valid(&BindingTerms { valid_days, ..BindingTerms::default() }, "2026-03-05", today, &after);
        assert_eq!([valid(0, "2026-03-28"), valid(3, "2026-03-08"), valid(3, "2026-03-09")], [true, true, false]);
        assert!(!BindingTerms { valid_days: MOST_DAYS + 1, ..BindingTerms::default() }.holds());
        assert!(!BindingTerms { takeover: Takeover::After { days: MOST_DAYS + 1 }, ..BindingTerms::default() }.holds());
    }
}
