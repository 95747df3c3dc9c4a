//! A plan from its JSON: strict, with the defaults of the specification.
//!
//! Decisions where the specification leaves room:
//! - `null` is as good as leaving a key out.
//! - `id`, `version`, `currency`, `rounding`, `ranks` and `limits` may be left out (`plan`, 1, `CNY`, 0.01, none, none).
//! - Rates are 0 to 100%; amounts, fixed amounts, caps and weights are zero or above; `max` is at least 1; the steps of a band rise.
//! - `fixed` needs orders (an earning has no quantity) and mode `absolute` (an amount has no difference to a rate).
//! - `where` and `aggregate` need orders; on an earning source they are refused rather than ignored.
//! - `accrue` may be left out: `paid` for an absolute walk up the sponsor tree, from single orders, that uses no measure of the period; otherwise
//!   `period`. An explicit `paid` is accepted for every walk that the buyer's upline alone decides, and refused otherwise.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::exact::Exact;

use super::{
    decode::At,
    error::{Fault, ScenarioError},
    json,
    rule::{Accrue, Award, Carry, Event, Fund, Kind, Limit, Mode, Pair, Plan, Pool, Predicate, RankRule, RateBy, Rule, Tree, Weight},
};
use condition::{measure, optional, predicate, rank_place};
use rate::rate_by;
use walk::walk;

mod condition;
mod rate;
mod walk;

impl Plan {
    /// Reads the JSON of one plan.
    ///
    /// # Errors
    /// The first fault, with its JSON path (which begins at `plan`), line and column.
    pub fn parse(text: &str) -> Result<Plan, ScenarioError> {
        let node = json::read(text)?;
        plan(&At::root(&node, "plan"))
    }
}

impl Serialize for Plan {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(out)
    }
}

impl<'de> Deserialize<'de> for Plan {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Plan, D::Error> {
        let value = serde_json::Value::deserialize(input)?;
        Plan::parse(&value.to_string()).map_err(D::Error::custom)
    }
}

/// What the parts of a plan are read against: its ranks, and the rules before.
struct Known<'a> {
    ranks: &'a [String],
    rules: &'a [Rule],
}

pub(super) fn plan(at: &At<'_>) -> Result<Plan, ScenarioError> {
    at.only(&["id", "version", "currency", "rounding", "ranks", "rules", "limits"])?;
    let ids = rank_ids(at)?;
    let mut rules: Vec<Rule> = Vec::new();
    for item in at.need("rules")?.items()? {
        let rule = rule(&item, &Known { ranks: &ids, rules: &rules })?;
        if rules.iter().any(|known| known.id == rule.id) {
            return Err(item.need("id")?.fault(Fault::DuplicateId { id: rule.id }));
        }
        rules.push(rule);
    }
    let known = Known { ranks: &ids, rules: &rules };
    let mut ranks = Vec::new();
    if let Some(list) = at.get("ranks") {
        for (item, id) in list.items()?.zip(&ids) {
            let when = item.get("when").map(|when| predicate(&when, &known)).transpose()?;
            ranks.push(RankRule { id: id.clone(), when });
        }
    }
    let limits = match at.get("limits") {
        Some(list) => list.items()?.map(|item| limit(&item)).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    let unit = match at.get("rounding") {
        Some(rounding) => {
            rounding.only(&["unit"])?;
            unit(&rounding.need("unit")?)?
        }
        None => Exact::ratio(1, 100).unwrap_or(Exact::ONE),
    };
    Ok(Plan {
        id: at.get("id").map_or(Ok("plan".to_owned()), |id| id.name())?,
        version: at.get("version").map_or(Ok(1), |version| version.count(0))?,
        currency: at.get("currency").map_or(Ok("CNY".to_owned()), |currency| currency_code(&currency))?,
        unit,
        ranks,
        rules,
        limits,
    })
}

fn currency_code(at: &At<'_>) -> Result<String, ScenarioError> {
    let code = at.name()?;
    match code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        true => Ok(code),
        false => Err(at.wrong_type("a currency code of three capital letters")),
    }
}

fn unit(at: &At<'_>) -> Result<Exact, ScenarioError> {
    let unit = at.amount()?;
    match unit.is_positive() {
        true => Ok(unit),
        false => Err(at.fault(Fault::OutOfRange { value: unit.to_string(), range: "above 0".to_owned() })),
    }
}

fn rank_ids(at: &At<'_>) -> Result<Vec<String>, ScenarioError> {
    let mut ids = Vec::new();
    if let Some(list) = at.get("ranks") {
        for item in list.items()? {
            item.only(&["id", "when"])?;
            let id = item.need("id")?;
            let name = id.name()?;
            if name == "*" {
                return Err(id.contradiction("`*` stands for every rank and cannot name one"));
            }
            if ids.contains(&name) {
                return Err(id.fault(Fault::DuplicateId { id: name }));
            }
            ids.push(name);
        }
    }
    Ok(ids)
}

fn rule(at: &At<'_>, known: &Known<'_>) -> Result<Rule, ScenarioError> {
    #[derive(Clone)]
    enum Word {
        Walk,
        Pool,
        Pair,
        Award,
    }
    at.fields()?;
    let id = at.need("id")?.name()?;
    let kind = match at.need("kind")?.word(&[("walk", Word::Walk), ("pool", Word::Pool), ("pair", Word::Pair), ("award", Word::Award)])? {
        Word::Walk => {
            at.only(&["id", "kind", "accrue", "source", "path", "rate"])?;
            Kind::Walk(Box::new(walk(at, known)?))
        }
        Word::Pool => {
            at.only(&["id", "kind", "accrue", "fund", "share"])?;
            Kind::Pool(pool(at, known)?)
        }
        Word::Pair => {
            at.only(&["id", "kind", "accrue", "measure", "rate", "pay", "cap_per_person", "carry", "carry_cap"])?;
            Kind::Pair(pair(at, known)?)
        }
        Word::Award => {
            at.only(&["id", "kind", "accrue", "who", "amount"])?;
            Kind::Award(Award { who: optional(at, "who", known)?, amount: at.need("amount")?.amount()? })
        }
    };
    let possible = at_sale_possible(&kind, known.rules);
    let accrue = match at.get("accrue") {
        None if possible && is_absolute(&kind) => Accrue::Paid,
        None => Accrue::Period,
        Some(word) => match word.word(&[("paid", Accrue::Paid), ("period", Accrue::Period)])? {
            Accrue::Paid if !possible => {
                return Err(word.contradiction("this rule needs more than the buyer's upline, so it cannot accrue with the sale"));
            }
            accrue => accrue,
        },
    };
    Ok(Rule { id, accrue, kind })
}

fn is_absolute(kind: &Kind) -> bool {
    match kind {
        Kind::Walk(walk) => walk.rate.mode == Mode::Absolute && matches!(walk.source.event, Event::Order { .. }),
        Kind::Pool(_) | Kind::Pair(_) | Kind::Award(_) => false,
    }
}

/// Does the buyer's upline at the moment of the sale decide the rule's earnings?
fn at_sale_possible(kind: &Kind, rules: &[Rule]) -> bool {
    let Kind::Walk(walk) = kind else { return false };
    let source = match &walk.source.event {
        Event::Order { per_buyer, .. } => !per_buyer,
        Event::Earning { rules: of } => of.iter().all(|rule| rules[*rule].accrue == Accrue::Paid),
    };
    let rate = match &walk.rate.by {
        RateBy::Table(_) | RateBy::Attr { .. } | RateBy::Fixed(_) => true,
        RateBy::Band { measure, .. } => !measure.needs_period(),
    };
    let equal = match &walk.rate.mode {
        Mode::Absolute | Mode::Difference { equal: None, .. } => true,
        Mode::Difference { equal: Some(equal), .. } => !equal.who.needs_period(),
    };
    let path = &walk.path;
    let asks = path.hold.needs_period() || path.pay.needs_period() || path.stop_at.as_ref().is_some_and(Predicate::needs_period);
    source && rate && equal && !asks && path.tree == Tree::Sponsor
}

fn pool(at: &At<'_>, known: &Known<'_>) -> Result<Pool, ScenarioError> {
    let fund_at = at.need("fund")?;
    fund_at.only(&["rate", "of", "amount"])?;
    let fund = match (fund_at.get("rate"), fund_at.get("amount")) {
        (Some(rate), None) => Fund::Rate { rate: rate.rate()?, of: fund_at.get("of").map_or(Ok("net".to_owned()), |of| of.name())? },
        (None, Some(amount)) if fund_at.get("of").is_none() => Fund::Amount(amount.amount()?),
        (None, None) => return Err(fund_at.fault(Fault::Missing { key: "rate".to_owned() })),
        (Some(_) | None, Some(_)) => return Err(fund_at.contradiction("a fund is a `rate` of something or an `amount`, not both")),
    };
    let (mut who, mut weight) = (Predicate::Always, Weight::Same(Exact::ONE));
    if let Some(share) = at.get("share") {
        share.only(&["who", "weight"])?;
        who = optional(&share, "who", known)?;
        if let Some(at) = share.get("weight") {
            weight = pool_weight(&at, known)?;
        }
    }
    Ok(Pool { fund, who, weight })
}

fn pool_weight(at: &At<'_>, known: &Known<'_>) -> Result<Weight, ScenarioError> {
    if at.fields().is_err() {
        return at.amount().map(Weight::Same);
    }
    at.only(&["measure", "attr", "rank"])?;
    match (at.get("measure"), at.get("attr"), at.get("rank")) {
        (Some(by), None, None) => Ok(Weight::Measure(measure(&by)?)),
        (None, Some(field), None) => Ok(Weight::Attr(field.name()?)),
        (None, None, Some(ranks)) => {
            let mut weights = vec![Exact::ZERO; known.ranks.len()];
            for (key, node) in ranks.fields()? {
                let weight = ranks.child(key, node);
                weights[rank_place(&weight, key, known)?] = weight.amount()?;
            }
            Ok(Weight::Rank(weights))
        }
        _ => Err(at.wrong_type("a weight: a number, or one of measure, attr, rank")),
    }
}

fn pair(at: &At<'_>, known: &Known<'_>) -> Result<Pair, ScenarioError> {
    let rate_at = at.need("rate")?;
    rate_at.only(&["table", "band", "attr", "max_attr"])?;
    let carry = [("net_off", Carry::NetOff), ("carry", Carry::Carry), ("flush", Carry::Flush)];
    Ok(Pair {
        measure: at.need("measure")?.name()?,
        rate: rate_by(&rate_at, known, false)?,
        pay: optional(at, "pay", known)?,
        cap_per_person: at.get("cap_per_person").map(|cap| cap.amount()).transpose()?,
        carry: at.get("carry").map_or(Ok(Carry::NetOff), |word| word.word(&carry))?,
        carry_cap: at.get("carry_cap").map(|cap| cap.amount()).transpose()?,
    })
}

fn limit(at: &At<'_>) -> Result<Limit, ScenarioError> {
    at.only(&["scope", "max", "rate", "of"])?;
    let company = at.need("scope")?.word(&[("person_period", false), ("company", true)])?;
    let stray = |keys: &[&str], scope: &str| {
        let found = keys.iter().find(|key| at.get(key).is_some());
        found.map_or(Ok(()), |key| Err(at.contradiction(format!("`{key}` has no meaning in scope `{scope}`"))))
    };
    if company {
        stray(&["max"], "company")?;
        Ok(Limit::Company { rate: at.need("rate")?.rate()?, of: at.get("of").map_or(Ok("net".to_owned()), |of| of.name())? })
    } else {
        stray(&["rate", "of"], "person_period")?;
        Ok(Limit::PersonPeriod { max: at.need("max")?.amount()? })
    }
}
