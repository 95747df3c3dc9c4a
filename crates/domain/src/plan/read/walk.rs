//! Walks: their source and their path.

use crate::exact::Exact;

use super::{
    super::{
        decode::At,
        error::{Fault, ScenarioError},
        rule::{Begin, Counting, Event, Mode, OrderFilter, Path, Predicate, RateBy, Source, Tree, Walk},
    },
    Known,
    condition::{optional, predicate},
    rate::walk_rate,
};

pub(super) fn walk(at: &At<'_>, known: &Known<'_>) -> Result<Walk, ScenarioError> {
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
