//! Conditions and measures.

use super::{
    super::{
        decode::At,
        error::{Fault, ScenarioError},
        rule::{Measure, Predicate, Scalar},
    },
    Known,
};

pub(super) fn optional(at: &At<'_>, key: &str, known: &Known<'_>) -> Result<Predicate, ScenarioError> {
    at.get(key).map_or(Ok(Predicate::Always), |at| predicate(&at, known))
}

pub(super) fn measure(at: &At<'_>) -> Result<Measure, ScenarioError> {
    let text = at.text()?;
    let unknown = || at.wrong_type("a measure: own.X, direct.X, group.X, company.X or attr.F");
    let (scope, of) = text.split_once('.').filter(|(_, of)| !of.is_empty()).ok_or_else(unknown)?;
    match scope {
        "own" => Ok(Measure::Own(of.to_owned())),
        "direct" => Ok(Measure::Direct(of.to_owned())),
        "group" => Ok(Measure::Group(of.to_owned())),
        "company" => Ok(Measure::Company(of.to_owned())),
        "attr" => Ok(Measure::Attr(of.to_owned())),
        _ => Err(unknown()),
    }
}

pub(super) fn predicate(at: &At<'_>, known: &Known<'_>) -> Result<Predicate, ScenarioError> {
    if at.as_text().is_some() {
        return at.word(&[("always", Predicate::Always), ("never", Predicate::Never)]);
    }
    let Ok(fields) = at.fields() else { return Err(at.wrong_type("a condition: \"always\", \"never\" or an object")) };
    at.only(&["all", "any", "not", "active", "rank_gte", "rank_is", "measure", "gte", "lt", "attr", "eq", "member"])?;
    let kinds = ["all", "any", "not", "active", "rank_gte", "rank_is", "measure", "attr", "member"];
    let mut given = fields.iter().map(|(key, _)| key.as_str()).filter(|key| kinds.contains(key));
    let (Some(kind), None) = (given.next(), given.next()) else {
        return Err(at.contradiction("exactly one condition: combine several with `all` or `any`"));
    };
    let allowed: &[&str] = match kind {
        "measure" => &["measure", "gte", "lt"],
        "attr" => &["attr", "eq"],
        _ => &[],
    };
    if let Some((key, node)) = fields.iter().find(|(key, _)| key != kind && !allowed.contains(&key.as_str())) {
        let known = std::iter::once(kind).chain(allowed.iter().copied().filter(|name| *name != kind)).map(str::to_owned).collect();
        return Err(at.child(key, node).fault(Fault::UnknownKey { key: key.clone(), known }));
    }
    let value = at.need(kind)?;
    let parts = || value.items()?.map(|part| predicate(&part, known)).collect::<Result<Vec<_>, _>>();
    let rank = || value.text().and_then(|rank| rank_place(&value, rank, known));
    let bound = |key| at.get(key).map(|bound| bound.number()).transpose();
    Ok(match kind {
        "all" => Predicate::All(parts()?),
        "any" => Predicate::Any(parts()?),
        "not" => Predicate::Not(Box::new(predicate(&value, known)?)),
        "active" => Predicate::Active(value.flag()?),
        "rank_gte" => Predicate::RankGte(rank()?),
        "rank_is" => Predicate::RankIs(rank()?),
        "measure" => Predicate::Measure { measure: measure(&value)?, gte: bound("gte")?, lt: bound("lt")? },
        "attr" => {
            let eq = fields.iter().find(|(key, _)| key == "eq").map(|(key, node)| at.child(key, node).scalar()).transpose()?;
            Predicate::Attr { field: value.name()?, eq: eq.unwrap_or(Scalar::Flag(true)) }
        }
        _ => Predicate::Member(value.name()?),
    })
}

pub(super) fn rank_place(at: &At<'_>, rank: &str, known: &Known<'_>) -> Result<usize, ScenarioError> {
    known.ranks.iter().position(|id| id == rank).ok_or_else(|| at.fault(Fault::UnknownRank { rank: rank.to_owned() }))
}
