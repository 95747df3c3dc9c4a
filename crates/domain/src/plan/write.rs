//! A plan as its JSON, in the words of the specification; what is written reads back as an equal plan.

use serde_json::{Map, Value, json};

use crate::exact::Exact;

use super::rule::{
    Accrue, Begin, Carry, Counting, EqualOf, Event, Fund, Kind, Limit, Measure, Mode, OrderFilter, Path, Plan, Predicate, RateBy, Row, Rule, Scalar,
    Table, Tree, Weight,
};

impl Plan {
    /// The plan as JSON text, every setting spelled out.
    pub fn to_json(&self) -> String {
        self.to_value().to_string()
    }

    pub(super) fn to_value(&self) -> Value {
        let ranks: Vec<Value> = self
            .ranks
            .iter()
            .map(|rank| match &rank.when {
                Some(when) => json!({"id": rank.id, "when": self.predicate(when)}),
                None => json!({"id": rank.id}),
            })
            .collect();
        let rules: Vec<Value> = self.rules.iter().map(|rule| self.rule(rule)).collect();
        let limits: Vec<Value> = self
            .limits
            .iter()
            .map(|limit| match limit {
                Limit::PersonPeriod { max } => json!({"scope": "person_period", "max": max}),
                Limit::Company { rate, of } => json!({"scope": "company", "rate": rate.to_percent(), "of": of}),
            })
            .collect();
        json!({
            "id": self.id, "version": self.version, "currency": self.currency, "rounding": {"unit": self.unit},
            "ranks": ranks, "rules": rules, "limits": limits,
        })
    }

    fn rule(&self, rule: &Rule) -> Value {
        let accrue = match rule.accrue {
            Accrue::Paid => "paid",
            Accrue::Period => "period",
        };
        match &rule.kind {
            Kind::Walk(walk) => {
                let mut source = match &walk.source.event {
                    Event::Order { base, filter, per_buyer } => {
                        let mut source = json!({"event": "order", "base": base});
                        set(&mut source, "where", filter.as_ref().map(order_filter));
                        set(&mut source, "aggregate", Some(if *per_buyer { "buyer".into() } else { "none".into() }));
                        source
                    }
                    Event::Earning { rules } => {
                        let ids: Vec<&str> = rules.iter().map(|place| self.rules[*place].id.as_str()).collect();
                        json!({"event": "earning", "rules": ids})
                    }
                };
                set(&mut source, "factor", Some(json!(walk.source.factor)));
                let mut rate = self.rate_by(&walk.rate.by);
                match &walk.rate.mode {
                    Mode::Absolute => set(&mut rate, "mode", Some("absolute".into())),
                    Mode::Difference { seed, min, equal } => {
                        set(&mut rate, "mode", Some("difference".into()));
                        set(&mut rate, "seed", seed.then(|| "source_rate".into()));
                        set(&mut rate, "min", min.as_ref().map(|min| min.to_percent().into()));
                        let equal = equal.as_ref().map(|equal| {
                            let of = match equal.of {
                                EqualOf::Order => "order",
                                EqualOf::Income => "income",
                            };
                            json!({"rate": equal.rate.to_percent(), "of": of, "peers_per_rank": equal.peers_per_rank, "who": self.predicate(&equal.who)})
                        });
                        set(&mut rate, "equal", equal);
                    }
                }
                set(&mut rate, "cap_amount", (!walk.rate.cap_amount.is_empty()).then(|| json!(walk.rate.cap_amount)));
                set(&mut rate, "pay_from", (walk.rate.pay_from != 1).then(|| json!(walk.rate.pay_from)));
                json!({"id": rule.id, "kind": "walk", "accrue": accrue, "source": source, "path": self.path(&walk.path), "rate": rate})
            }
            Kind::Pool(pool) => {
                let fund = match &pool.fund {
                    Fund::Rate { rate, of } => json!({"rate": rate.to_percent(), "of": of}),
                    Fund::Amount(amount) => json!({"amount": amount}),
                };
                let weight = match &pool.weight {
                    Weight::Same(weight) => json!(weight),
                    Weight::Measure(by) => json!({"measure": measure(by)}),
                    Weight::Attr(field) => json!({"attr": field}),
                    Weight::Rank(weights) => {
                        let weights = self.ranks.iter().zip(weights).filter(|(_, weight)| !weight.is_zero());
                        json!({"rank": weights.map(|(rank, weight)| (rank.id.clone(), json!(weight))).collect::<Map<_, _>>()})
                    }
                };
                json!({
                    "id": rule.id, "kind": "pool", "accrue": accrue, "fund": fund,
                    "share": {"who": self.predicate(&pool.who), "weight": weight},
                })
            }
            Kind::Pair(pair) => {
                let carry = match pair.carry {
                    Carry::NetOff => "net_off",
                    Carry::Carry => "carry",
                    Carry::Flush => "flush",
                };
                let mut value = json!({
                    "id": rule.id, "kind": "pair", "accrue": accrue, "measure": pair.measure, "rate": self.rate_by(&pair.rate),
                    "pay": self.predicate(&pair.pay), "carry": carry,
                });
                set(&mut value, "cap_per_person", pair.cap_per_person.as_ref().map(|cap| json!(cap)));
                set(&mut value, "carry_cap", pair.carry_cap.as_ref().map(|cap| json!(cap)));
                value
            }
            Kind::Award(award) => {
                json!({"id": rule.id, "kind": "award", "accrue": accrue, "who": self.predicate(&award.who), "amount": award.amount})
            }
        }
    }

    fn path(&self, path: &Path) -> Value {
        let mut value = json!({
            "tree": match path.tree { Tree::Sponsor => "sponsor", Tree::Placement => "placement" },
            "self": match path.begin { Begin::Above => json!(false), Begin::Oneself => json!(true), Begin::LevelZero => json!("level0") },
            "hold": self.predicate(&path.hold),
            "pay": self.predicate(&path.pay),
            "index": match path.counting { Counting::Depth => "depth", Counting::SameRank => "same_rank" },
            "mark_unpaid": path.mark_unpaid,
        });
        set(&mut value, "max", path.max.map(|max| json!(max)));
        set(&mut value, "stop_at", path.stop_at.as_ref().map(|stop| self.predicate(stop)));
        value
    }

    fn rate_by(&self, by: &RateBy) -> Value {
        match by {
            RateBy::Table(table) => json!({"table": self.table(table, |rate| rate.to_percent().into())}),
            RateBy::Band { measure: by, steps } => {
                let steps: Vec<Value> = steps.iter().map(|(from, rate)| json!([from, rate.to_percent()])).collect();
                json!({"band": {"measure": measure(by), "steps": steps}})
            }
            RateBy::Attr { field, max } => {
                let mut value = json!({"attr": field});
                set(&mut value, "max_attr", max.as_ref().map(|max| max.to_percent().into()));
                value
            }
            RateBy::Fixed(table) => json!({"fixed": self.table(table, |amount| json!(amount))}),
        }
    }

    fn table(&self, table: &Table, cell: fn(&Exact) -> Value) -> Value {
        let row = |row: &Row| match row {
            Row::List(cells) => cells.iter().map(cell).collect(),
            Row::Every(value) => cell(value),
        };
        let ranked = self.ranks.iter().zip(&table.rows).filter_map(|(rank, cells)| cells.as_ref().map(|cells| (rank.id.clone(), row(cells))));
        let any = table.any.iter().map(|cells| ("*".to_owned(), row(cells)));
        Value::Object(ranked.chain(any).collect())
    }

    pub(super) fn predicate(&self, predicate: &Predicate) -> Value {
        let all = |parts: &[Predicate]| parts.iter().map(|part| self.predicate(part)).collect::<Vec<_>>();
        match predicate {
            Predicate::Always => "always".into(),
            Predicate::Never => "never".into(),
            Predicate::All(parts) => json!({"all": all(parts)}),
            Predicate::Any(parts) => json!({"any": all(parts)}),
            Predicate::Not(part) => json!({"not": self.predicate(part)}),
            Predicate::Active(active) => json!({"active": active}),
            Predicate::RankGte(rank) => json!({"rank_gte": self.ranks[*rank].id}),
            Predicate::RankIs(rank) => json!({"rank_is": self.ranks[*rank].id}),
            Predicate::Measure { measure: by, gte, lt } => {
                let mut value = json!({"measure": measure(by)});
                set(&mut value, "gte", gte.as_ref().map(|bound| json!(bound)));
                set(&mut value, "lt", lt.as_ref().map(|bound| json!(bound)));
                value
            }
            Predicate::Attr { field, eq: Scalar::Flag(true) } => json!({"attr": field}),
            Predicate::Attr { field, eq } => json!({"attr": field, "eq": scalar(eq)}),
            Predicate::Member(id) => json!({"member": id}),
        }
    }
}

fn set(value: &mut Value, key: &str, field: Option<Value>) {
    if let (Value::Object(fields), Some(field)) = (value, field) {
        fields.insert(key.to_owned(), field);
    }
}

fn order_filter(filter: &OrderFilter) -> Value {
    match filter {
        OrderFilter::Tag(tag) => json!({"tag": tag}),
        OrderFilter::NoTag(tag) => json!({"no_tag": tag}),
        OrderFilter::Attr { field, gte, lte } => {
            let mut value = json!({"order_attr": field});
            set(&mut value, "gte", gte.as_ref().map(|bound| json!(bound)));
            set(&mut value, "lte", lte.as_ref().map(|bound| json!(bound)));
            value
        }
        OrderFilter::All(parts) => json!({"all": parts.iter().map(order_filter).collect::<Vec<_>>()}),
    }
}

pub(super) fn measure(measure: &Measure) -> String {
    let (scope, of) = match measure {
        Measure::Own(of) => ("own", of),
        Measure::Direct(of) => ("direct", of),
        Measure::Group(of) => ("group", of),
        Measure::Company(of) => ("company", of),
        Measure::Attr(of) => ("attr", of),
    };
    format!("{scope}.{of}")
}

/// A bare whole number is written as text: the two are the same to every comparison.
fn scalar(value: &Scalar) -> Value {
    match value {
        Scalar::Null => Value::Null,
        Scalar::Flag(flag) => json!(flag),
        Scalar::Number(number) => number.to_i64().map_or_else(|| json!(number), |whole| json!(whole)),
        Scalar::Text(text) => json!(text),
    }
}
