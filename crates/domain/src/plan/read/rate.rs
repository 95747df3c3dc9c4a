//! Rates: tables, bands, fields and amounts per unit.

use crate::exact::Exact;

use super::{
    super::{
        decode::At,
        error::{Fault, ScenarioError},
        rule::{Equal, EqualOf, Mode, RateBy, Row, Table, WalkRate},
    },
    Known,
    condition::{measure, optional, rank_place},
};

pub(super) fn walk_rate(at: &At<'_>, known: &Known<'_>) -> Result<WalkRate, ScenarioError> {
    at.only(&["mode", "table", "band", "attr", "max_attr", "fixed", "cap_amount", "pay_from", "seed", "min", "equal"])?;
    let difference = at.get("mode").map_or(Ok(false), |mode| mode.word(&[("absolute", false), ("difference", true)]))?;
    let mode = if difference {
        Mode::Difference {
            seed: at.get("seed").map_or(Ok(false), |seed| seed.word(&[("none", false), ("source_rate", true)]))?,
            min: at.get("min").map(|min| min.rate()).transpose()?,
            equal: at.get("equal").map(|equal| equal_rule(&equal, known).map(Box::new)).transpose()?,
        }
    } else {
        if let Some(stray) = ["seed", "min", "equal"].into_iter().find_map(|key| at.get(key)) {
            return Err(stray.contradiction("needs `mode` `difference`"));
        }
        Mode::Absolute
    };
    let cap_amount = match at.get("cap_amount") {
        Some(caps) => caps.items()?.map(|cap| cap.amount()).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    let pay_from = at.get("pay_from").map_or(Ok(1), |from| from.count(0))?;
    Ok(WalkRate { mode, by: rate_by(at, known, true)?, cap_amount, pay_from })
}

pub(super) fn rate_by(at: &At<'_>, known: &Known<'_>, fixed: bool) -> Result<RateBy, ScenarioError> {
    let ways: Vec<&str> = ["table", "band", "attr", "fixed"].into_iter().filter(|way| at.get(way).is_some()).collect();
    if at.get("max_attr").is_some() && at.get("attr").is_none() {
        return Err(at.contradiction("`max_attr` needs `attr`"));
    }
    match ways.as_slice() {
        ["table"] => Ok(RateBy::Table(table(&at.need("table")?, known, |cell| cell.rate())?)),
        ["band"] => {
            let band = at.need("band")?;
            band.only(&["measure", "steps"])?;
            Ok(RateBy::Band { measure: measure(&band.need("measure")?)?, steps: steps(&band.need("steps")?)? })
        }
        ["attr"] => Ok(RateBy::Attr { field: at.need("attr")?.name()?, max: at.get("max_attr").map(|max| max.rate()).transpose()? }),
        ["fixed"] if fixed => Ok(RateBy::Fixed(table(&at.need("fixed")?, known, |cell| cell.amount())?)),
        [] | [_] => Err(at.fault(Fault::Missing { key: "table".to_owned() })),
        several => Err(at.contradiction(format!("one way to a rate, not {}", several.join(" and ")))),
    }
}

fn steps(at: &At<'_>) -> Result<Vec<(Exact, Exact)>, ScenarioError> {
    let mut steps: Vec<(Exact, Exact)> = Vec::new();
    for item in at.items()? {
        let pair: Vec<At<'_>> = item.items()?.collect();
        let [from, rate] = pair.as_slice() else { return Err(item.wrong_type("a step of two: [from, rate]")) };
        let step = (from.number()?, rate.rate()?);
        if steps.last().is_some_and(|last| last.0 >= step.0) {
            return Err(from.fault(Fault::OutOfRange { value: step.0.to_string(), range: "above the step before".to_owned() }));
        }
        steps.push(step);
    }
    Ok(steps)
}

fn table(at: &At<'_>, known: &Known<'_>, cell: fn(&At<'_>) -> Result<Exact, ScenarioError>) -> Result<Table, ScenarioError> {
    let mut table = Table { rows: vec![None; known.ranks.len()], any: None };
    for (key, node) in at.fields()? {
        let row = at.child(key, node);
        let read = match row.is_list() {
            true => Row::List(row.items()?.map(|item| cell(&item)).collect::<Result<_, _>>()?),
            false => Row::Every(cell(&row)?),
        };
        match key.as_str() {
            "*" => table.any = Some(read),
            rank => table.rows[rank_place(&row, rank, known)?] = Some(read),
        }
    }
    Ok(table)
}

fn equal_rule(at: &At<'_>, known: &Known<'_>) -> Result<Equal, ScenarioError> {
    at.only(&["rate", "of", "peers_per_rank", "who"])?;
    Ok(Equal {
        rate: at.need("rate")?.rate()?,
        of: at.get("of").map_or(Ok(EqualOf::Order), |of| of.word(&[("order", EqualOf::Order), ("income", EqualOf::Income)]))?,
        peers_per_rank: at.get("peers_per_rank").map_or(Ok(1), |peers| peers.count(0))?,
        who: optional(at, "who", known)?,
    })
}
