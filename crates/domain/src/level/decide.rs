//! What a member's level becomes: by growth that came or went, by a day that passed, by somebody's word.

use serde::{Deserialize, Serialize};

use super::{Fall, Held, LevelChanged, LevelGift, LevelGrowth, LevelWhy, Rests, Standing};
use crate::ids::MemberId;

/// The shop's levels that follow from growth, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    rows: Vec<(String, LevelGrowth)>,
    fall: Fall,
}

impl Levels {
    /// Orders them by what they ask for.
    pub fn new(rows: impl IntoIterator<Item = (String, LevelGrowth)>, fall: Fall) -> Self {
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by(|one, other| (one.1.threshold, &one.0).cmp(&(other.1.threshold, &other.0)));
        Self { rows, fall }
    }

    /// True where no level follows from growth.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What a level asks for and gives.
    pub fn terms(&self, level: &str) -> Option<&LevelGrowth> {
        self.rows.iter().find(|(name, _)| name == level).map(|(_, terms)| terms)
    }

    /// The highest level that so much growth gives by itself.
    pub fn given(&self, growth: i64) -> Option<&str> {
        self.rows.iter().rev().find(|(_, terms)| terms.threshold <= growth).map(|(name, _)| name.as_str())
    }

    /// The level above, with what it asks for.
    pub fn next(&self, level: Option<&str>) -> Option<(&str, i64)> {
        let at = level.map_or(Some(0), |level| self.place(level))?;
        self.rows.get(at).map(|(name, terms)| (name.as_str(), terms.threshold))
    }

    /// How high a level is, from 1; nothing for one that does not follow from growth.
    fn place(&self, level: &str) -> Option<usize> {
        self.rows.iter().position(|(name, _)| name == level).map(|at| at + 1)
    }

    fn height(&self, held: Option<&Held>) -> usize {
        held.and_then(|held| self.place(&held.level)).unwrap_or(0)
    }

    fn begun(&self, level: &str, rests: Rests, until: &dyn Fn(u32) -> Option<String>) -> Held {
        let days = self.terms(level).map_or(0, |terms| terms.valid_days);
        Held { level: level.to_owned(), until: if days == 0 { None } else { until(days) }, rests }
    }
}

/// What becomes of a member who stands so, holds so much growth and was given these gifts, on a day; `until` says the last day of so many. Nothing where
/// all stays. Asked again after the change, it answers nothing.
pub fn decide(
    levels: &Levels,
    member: MemberId,
    standing: &Standing,
    growth: i64,
    gifted: &[LevelGift],
    today: &str,
    until: &dyn Fn(u32) -> Option<String>,
) -> Option<LevelChanged> {
    let over = |held: &&Held| held.until.as_deref().is_some_and(|last| last < today);
    let from = standing.held.as_ref();
    let changed = |to: Standing, why, growth, needed| LevelChanged {
        member,
        from: from.map(|held| held.level.clone()),
        to,
        why,
        growth,
        needed,
        over: 0,
        gifts: Vec::new(),
        gifts_until: None,
        reason: None,
    };
    let reached = |level: &str| levels.begun(level, Rests::Growth, until);
    if let Some(held) = from.filter(over) {
        if held.rests == Rests::Hand {
            let to = Standing { held: levels.given(growth).map(reached), under: None, began_at: growth };
            return Some(changed(to, LevelWhy::GrantOver, growth, 0));
        }
        let within = growth - standing.began_at;
        let needed = levels.terms(&held.level).map_or(0, |terms| terms.keep);
        let (level, why) = if within >= needed && levels.place(&held.level).is_some() {
            (Some(held.level.as_str()), LevelWhy::Kept)
        } else {
            let below = levels.rows.get(..levels.height(from).saturating_sub(1)).unwrap_or_default();
            let falls_to = match levels.fall {
                Fall::OneDown => below.last(),
                Fall::ToGrowth => below.iter().rev().find(|(_, terms)| terms.threshold <= within),
            };
            (falls_to.map(|(name, _)| name.as_str()), LevelWhy::NotKept)
        };
        let earned = level.map(|level| levels.begun(level, Rests::Earned, until));
        // A level beneath that lasts longer, and is higher than where the member would fall to, still stands.
        let under = standing.under.clone().filter(|under| !over(&under) && levels.height(Some(under)) > levels.height(earned.as_ref()));
        let to = Standing { held: under.or(earned), under: None, began_at: 0 };
        return Some(LevelChanged { over: growth, ..changed(to, why, within, needed) });
    }
    // A level that does not follow from growth is nobody's but whose word it was.
    if from.is_some_and(|held| levels.place(&held.level).is_none()) {
        return None;
    }
    let (stands, gives) = (levels.height(from), levels.given(growth).and_then(|level| levels.place(level)).unwrap_or(0));
    if gives > stands {
        let (level, terms) = levels.rows.get(gives - 1)?;
        let under = from.filter(|held| held.rests != Rests::Growth).cloned().or_else(|| standing.under.clone());
        let gifts = levels.rows.get(stands..gives).unwrap_or_default().iter();
        let gifts = gifts.filter(|(name, terms)| terms.gift > 0 && !gifted.iter().any(|gift| gift.level == *name && gift.points > 0));
        let gifts = gifts.map(|(name, terms)| LevelGift { level: name.clone(), points: terms.gift }).collect();
        let to = Standing { held: Some(reached(level)), under, began_at: growth };
        return Some(LevelChanged { gifts, ..changed(to, LevelWhy::Reached, growth, terms.threshold) });
    }
    let held = from.filter(|held| held.rests == Rests::Growth && gives < stands)?;
    let under = standing.under.clone().filter(|under| !over(&under));
    let stays = levels.height(under.as_ref());
    let to = if under.is_some() && stays >= gives {
        Standing { held: under, under: None, began_at: growth }
    } else {
        Standing { held: levels.given(growth).map(reached), under, began_at: growth }
    };
    let lost = levels.rows.get(levels.height(to.held.as_ref())..stands).unwrap_or_default();
    let back = gifted.iter().filter(|gift| gift.points > 0 && lost.iter().any(|(name, _)| *name == gift.level));
    let gifts = back.map(|gift| LevelGift { points: -gift.points, ..gift.clone() }).collect();
    let needed = levels.terms(&held.level).map_or(0, |terms| terms.threshold);
    Some(LevelChanged { gifts, ..changed(to, LevelWhy::Lost, growth, needed) })
}

/// Why a level is not given by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum GrantRefusal {
    /// No reason given.
    #[error("a level given by hand needs a reason")]
    GrantReason,
    /// The shop has no such level.
    #[error("the shop has no level {level}")]
    GrantUnknown {
        /// As asked.
        level: String,
    },
    /// A last day that is over.
    #[error("{until} is over already, or no day")]
    GrantDay {
        /// As asked.
        until: String,
    },
    /// The member's growth gives more.
    #[error("{growth} growth gives {level} already")]
    GrowthGivesMore {
        /// The growth.
        growth: i64,
        /// What it gives.
        level: String,
    },
}

/// Decides whether a member comes to a level, or to none, by somebody's word: until a day, or for ever. `known` are the levels of the shop.
///
/// # Errors
/// [`GrantRefusal`], in the order the rules speak.
pub fn grant(
    levels: &Levels,
    known: &[String],
    (member, standing, growth): (MemberId, &Standing, i64),
    (level, until, reason): (Option<&str>, Option<&str>, &str),
    today: &str,
) -> Result<LevelChanged, GrantRefusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(GrantRefusal::GrantReason);
    }
    if let Some(level) = level.filter(|level| !known.iter().any(|name| name == level)) {
        return Err(GrantRefusal::GrantUnknown { level: level.to_owned() });
    }
    let until = until.filter(|_| level.is_some());
    if let Some(until) = until.filter(|until| *until < today) {
        return Err(GrantRefusal::GrantDay { until: until.to_owned() });
    }
    let place = level.map_or(Some(0), |level| levels.place(level));
    if let (Some(place), Some(given)) = (place, levels.given(growth))
        && levels.place(given).is_some_and(|given| given > place)
    {
        return Err(GrantRefusal::GrowthGivesMore { growth, level: given.to_owned() });
    }
    let held = level.map(|level| Held { level: level.to_owned(), until: until.map(str::to_owned), rests: Rests::Hand });
    Ok(LevelChanged {
        member,
        from: standing.held.as_ref().map(|held| held.level.clone()),
        to: Standing { held, under: None, began_at: growth },
        why: LevelWhy::ByHand,
        growth,
        needed: 0,
        over: 0,
        gifts: Vec::new(),
        gifts_until: None,
        reason: Some(reason.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop(valid_days: u32, keep: i64, fall: Fall) -> Levels {
        let row = |name: &str, threshold, gift| (name.to_owned(), LevelGrowth { threshold, valid_days, keep, gift, birthday: 0 });
        Levels::new([row("gold", 4, 50), row("silver", 2, 20), row("black", 6, 0)], fall)
    }

    /// A member as the books keep one.
    #[derive(Default)]
    struct Member {
        standing: Standing,
        growth: i64,
        gifted: Vec<LevelGift>,
    }

    impl Member {
        fn settle(&mut self, levels: &Levels, day: i64) -> Option<LevelWhy> {
            let text = |day: i64| format!("2026-01-{day:02}");
            let until = |days: u32| Some(text(day + i64::from(days)));
            let id = MemberId(uuid::Uuid::nil());
            let changed = decide(levels, id, &self.standing, self.growth, &self.gifted, &text(day), &until)?;
            self.growth -= changed.over;
            self.standing = changed.to;
            for gift in changed.gifts {
                match self.gifted.iter_mut().find(|had| had.level == gift.level) {
                    Some(had) => had.points += gift.points,
                    None => self.gifted.push(gift),
                }
            }
            let again = decide(levels, id, &self.standing, self.growth, &self.gifted, &text(day), &until);
            assert_eq!(again, None, "asked again it stands");
            Some(changed.why)
        }

        fn level(&self) -> Option<&str> {
            self.standing.held.as_ref().map(|held| held.level.as_str())
        }
    }

    #[test]
    fn the_level_equals_its_recomputation_from_history_and_gifts_are_held_for_levels_held_alone() {
        let levels = shop(0, 0, Fall::OneDown);
        // Every row of five movements between a return of three and a purchase of four.
        for way in 0..8_i64.pow(5) {
            let mut member = Member::default();
            for step in 0..5 {
                member.growth += way / 8_i64.pow(step) % 8 - 3;
                member.settle(&levels, 1);
                assert_eq!(member.level(), levels.given(member.growth), "{way} {step}");
                let held: i64 = member.gifted.iter().map(|gift| gift.points).sum();
                assert_eq!(held, i64::from(member.growth >= 2) * 20 + i64::from(member.growth >= 4) * 50, "{way} {step}");
            }
        }
    }

    #[test]
    fn a_validity_is_kept_by_its_growth_alone_and_otherwise_falls_as_the_owner_said() {
        for fall in [Fall::OneDown, Fall::ToGrowth] {
            for first in 0..8 {
                for within in 0..8 {
                    let levels = shop(5, 3, fall);
                    let mut member = Member { growth: first, ..Member::default() };
                    member.settle(&levels, 1);
                    let before = member.level().map(str::to_owned);
                    // What comes within the validity may lift the member: then a new one begins.
                    member.growth += within;
                    let lifted = member.settle(&levels, 3).is_some();
                    let top = member.level().map(str::to_owned);
                    assert_eq!(member.settle(&levels, 6).filter(|_| lifted), None, "the last day counts");
                    let why = member.settle(&levels, 9);
                    match (&top, lifted) {
                        (None, _) => assert_eq!((why, member.level()), (None, None)),
                        // A new validity has had no growth yet.
                        (Some(_), true) => assert_eq!(why, Some(LevelWhy::NotKept), "{first} {within}"),
                        (Some(_), false) if within >= 3 => assert_eq!((why, member.level()), (Some(LevelWhy::Kept), before.as_deref())),
                        (Some(_), false) => assert_eq!(why, Some(LevelWhy::NotKept), "{first} {within}"),
                    }
                    if why == Some(LevelWhy::NotKept) {
                        let one_down = match top.as_deref() {
                            Some("black") => Some("gold"),
                            Some("gold") => Some("silver"),
                            _ => None,
                        };
                        let counts = if lifted { 0 } else { within };
                        let expected =
                            if fall == Fall::OneDown { one_down } else { levels.given(counts).filter(|level| Some(*level) != top.as_deref()) };
                        assert_eq!(member.level(), expected, "{fall:?} {first} {within}");
                    }
                    assert!(member.level().is_none() || member.growth == 0, "the next validity begins at nothing");
                    // What rests on a validity earned before does not go with goods of then.
                    let stands = member.level().map(str::to_owned);
                    member.growth -= 2;
                    member.settle(&levels, 10);
                    assert_eq!(member.level(), stands.as_deref());
                }
            }
        }
    }

    #[test]
    fn a_level_by_hand_stays_to_its_last_day_under_whatever_growth_gives_on_top() {
        let levels = shop(0, 0, Fall::OneDown);
        let known = ["silver", "gold", "black", "staff"].map(str::to_owned);
        let id = MemberId(uuid::Uuid::nil());
        let asked =
            |standing: &Standing, growth, level, until, reason| grant(&levels, &known, (id, standing, growth), (level, until, reason), "2026-01-03");
        let none = Standing::default();
        assert_eq!(asked(&none, 0, Some("gold"), None, " "), Err(GrantRefusal::GrantReason));
        assert_eq!(asked(&none, 0, Some("tin"), None, "x"), Err(GrantRefusal::GrantUnknown { level: "tin".into() }));
        assert_eq!(asked(&none, 0, Some("gold"), Some("2026-01-02"), "x"), Err(GrantRefusal::GrantDay { until: "2026-01-02".into() }));
        for (level, growth) in [(None, 2), (Some("silver"), 5)] {
            assert!(matches!(asked(&none, growth, level, None, "x"), Err(GrantRefusal::GrowthGivesMore { .. })), "{level:?}");
        }
        for growth in 0..8 {
            for until in [None, Some("2026-01-05")] {
                let granted = asked(&none, 0, Some("gold"), until, " 老客户 ").unwrap();
                assert_eq!(granted.reason.as_deref(), Some("老客户"));
                let mut member = Member { standing: granted.to, growth, ..Member::default() };
                member.settle(&levels, 4);
                assert_eq!(member.level(), Some(if growth >= 6 { "black" } else { "gold" }));
                member.growth = 0;
                member.settle(&levels, 5);
                assert_eq!(member.level(), Some("gold"), "what growth gave on top goes with it, the word stays");
                member.settle(&levels, 6);
                assert_eq!(member.level(), Some("gold").filter(|_| until.is_none()));
            }
        }
        // A level beside growth, such as a staff price, is never taken off by it.
        let mut member = Member { standing: asked(&none, 0, Some("staff"), None, "x").unwrap().to, growth: 9, ..Member::default() };
        assert_eq!((member.settle(&levels, 4), member.level()), (None, Some("staff")));
    }
}
