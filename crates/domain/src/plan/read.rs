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
    rule::{
        Accrue, Award, Begin, Carry, Counting, Equal, EqualOf, Event, Fund, Kind, Limit, Measure, Mode, OrderFilter, Pair, Path, Plan, Pool, Predicate,
        RankRule, RateBy, Row, Rule, Scalar, Source, Table, Tree, Walk, WalkRate, Weight,
    },
};

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
            Kind::Walk(walk(at, known)?)
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

fn walk(at: &At<'_>, known: &Known<'_>) -> Result<Walk, ScenarioError> {
    let source = match at.get("source") {
        Some(at) => source(&at, known)?,
        None => Source { event: Event::Order { base: "net".to_owned(), filter: None, per_buyer: false }, factor: Exact::ONE },
    };
    let path = match at.get("path") {
        Some(at) => path(&at, known)?,
        None => Path {
            tree: Tree::Sponsor,
            begin: Begin::Above,
            hold: Predicate::Always,
            pay: Predicate::Always,
            max: None,
            counting: Counting::Depth,
            stop_at: None,
            mark_unpaid: false,
        },
    };
    let rate_at = at.need("rate")?;
    let rate = walk_rate(&rate_at, known)?;
    if let RateBy::Fixed(_) = rate.by {
        if rate.mode != Mode::Absolute {
            return Err(rate_at.contradiction("`fixed` pays an amount per unit and has no difference to a rate"));
        }
        if let Event::Earning { .. } = source.event {
            return Err(rate_at.contradiction("`fixed` pays per unit of an order, and an earning has no units"));
        }
    }
    Ok(Walk { source, path, rate })
}

fn source(at: &At<'_>, known: &Known<'_>) -> Result<Source, ScenarioError> {
    at.only(&["event", "base", "factor", "where", "aggregate", "rules"])?;
    let earning = at.get("event").map_or(Ok(false), |event| event.word(&[("order", false), ("earning", true)]))?;
    let base = at.get("base").map_or(Ok("net".to_owned()), |base| base.name())?;
    let per_buyer = at.get("aggregate").map(|aggregate| aggregate.word(&[("none", false), ("buyer", true)])).transpose()?;
    let filter = at.get("where").map(|filter| order_filter(&filter)).transpose()?;
    let factor = at.get("factor").map_or(Ok(Exact::ONE), |factor| factor.amount())?;
    let event = match (earning, at.get("rules")) {
        (false, None) => Event::Order { base, filter, per_buyer: per_buyer.unwrap_or(false) },
        (false, Some(rules)) => return Err(rules.contradiction("`rules` names earnings; set `event` to `earning`")),
        (true, _) if filter.is_some() => return Err(at.contradiction("`where` chooses orders and has no meaning for earnings")),
        (true, _) if per_buyer == Some(true) => return Err(at.contradiction("`aggregate` sums orders and has no meaning for earnings")),
        (true, rules) => {
            let list = rules.ok_or_else(|| at.fault(Fault::Missing { key: "rules".to_owned() }))?;
            let mut places = Vec::new();
            for item in list.items()? {
                let id = item.text()?;
                let place = known.rules.iter().position(|rule| rule.id == id);
                let place = place.ok_or_else(|| item.fault(Fault::UnknownRule { rule: id.to_owned() }))?;
                if places.contains(&place) {
                    return Err(item.fault(Fault::DuplicateId { id: id.to_owned() }));
                }
                places.push(place);
            }
            Event::Earning { rules: places }
        }
    };
    Ok(Source { event, factor })
}

fn order_filter(at: &At<'_>) -> Result<OrderFilter, ScenarioError> {
    at.only(&["tag", "no_tag", "order_attr", "gte", "lte", "all"])?;
    let one = |kind: &str| at.contradiction(format!("`{kind}` stands alone: combine conditions with `all`"));
    let given = at.fields()?.len();
    if let Some(tag) = at.get("tag") {
        return if given == 1 { Ok(OrderFilter::Tag(tag.name()?)) } else { Err(one("tag")) };
    }
    if let Some(tag) = at.get("no_tag") {
        return if given == 1 { Ok(OrderFilter::NoTag(tag.name()?)) } else { Err(one("no_tag")) };
    }
    if let Some(all) = at.get("all") {
        let parts = all.items()?.map(|part| order_filter(&part)).collect::<Result<_, _>>()?;
        return if given == 1 { Ok(OrderFilter::All(parts)) } else { Err(one("all")) };
    }
    let field = at.need("order_attr")?.name()?;
    let bound = |key| at.get(key).map(|bound| bound.number()).transpose();
    Ok(OrderFilter::Attr { field, gte: bound("gte")?, lte: bound("lte")? })
}

fn path(at: &At<'_>, known: &Known<'_>) -> Result<Path, ScenarioError> {
    at.only(&["tree", "self", "hold", "pay", "max", "index", "stop_at", "mark_unpaid"])?;
    let begin = match at.get("self") {
        None => Begin::Above,
        Some(begin) if begin.as_text().is_some() => begin.word(&[("level0", Begin::LevelZero)])?,
        Some(begin) => match begin.flag() {
            Ok(true) => Begin::Oneself,
            Ok(false) => Begin::Above,
            Err(_) => return Err(begin.wrong_type("true, false or \"level0\"")),
        },
    };
    let counting = [("depth", Counting::Depth), ("same_rank", Counting::SameRank)];
    Ok(Path {
        tree: at.get("tree").map_or(Ok(Tree::Sponsor), |tree| tree.word(&[("sponsor", Tree::Sponsor), ("placement", Tree::Placement)]))?,
        begin,
        hold: optional(at, "hold", known)?,
        pay: optional(at, "pay", known)?,
        max: at.get("max").map(|max| max.count(1)).transpose()?,
        counting: at.get("index").map_or(Ok(Counting::Depth), |index| index.word(&counting))?,
        stop_at: at.get("stop_at").map(|stop| predicate(&stop, known)).transpose()?,
        mark_unpaid: at.get("mark_unpaid").map_or(Ok(false), |flag| flag.flag())?,
    })
}

fn walk_rate(at: &At<'_>, known: &Known<'_>) -> Result<WalkRate, ScenarioError> {
    at.only(&["mode", "table", "band", "attr", "max_attr", "fixed", "cap_amount", "pay_from", "seed", "min", "equal"])?;
    let difference = at.get("mode").map_or(Ok(false), |mode| mode.word(&[("absolute", false), ("difference", true)]))?;
    let mode = if difference {
        Mode::Difference {
            seed: at.get("seed").map_or(Ok(false), |seed| seed.word(&[("none", false), ("source_rate", true)]))?,
            min: at.get("min").map(|min| min.rate()).transpose()?,
            equal: at.get("equal").map(|equal| equal_rule(&equal, known)).transpose()?,
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

fn rate_by(at: &At<'_>, known: &Known<'_>, fixed: bool) -> Result<RateBy, ScenarioError> {
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

fn rank_place(at: &At<'_>, rank: &str, known: &Known<'_>) -> Result<usize, ScenarioError> {
    known.ranks.iter().position(|id| id == rank).ok_or_else(|| at.fault(Fault::UnknownRank { rank: rank.to_owned() }))
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

fn optional(at: &At<'_>, key: &str, known: &Known<'_>) -> Result<Predicate, ScenarioError> {
    at.get(key).map_or(Ok(Predicate::Always), |at| predicate(&at, known))
}

fn measure(at: &At<'_>) -> Result<Measure, ScenarioError> {
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

fn predicate(at: &At<'_>, known: &Known<'_>) -> Result<Predicate, ScenarioError> {
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
