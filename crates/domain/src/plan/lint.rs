//! The compliance lint: what a plan does that the law or arithmetic objects to, with the place in its JSON.
//!
//! It reads the plan and a few facts about the shop; which checks apply and how strictly is data (`pack`). It is no legal advice.
//!
//! Decisions where the specification leaves room:
//! - *Pay for joining*: an award, or an amount per unit on orders tagged as entry, that no measure of sales stands before.
//! - *Levels* are the people above the buyer that one sale can pay; earnings on earnings add the levels of both. Generations (`same_rank`) have no end.
//! - A fact about the shop that is not known is not held against the plan.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

use super::{
    bound::PlanBound,
    levels::{Levels, levels},
    pack::{Check, Pack, PackRule, Severity},
    rule::{Begin, Event, Fund, Kind, Limit, Measure, Mode, OrderFilter, Plan, Predicate, RateBy, Rule, Walk},
};

/// What the lint has to know about the shop. Unknown facts are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ShopFacts {
    /// Holds a licence for direct selling.
    pub direct_seller: bool,
    /// Tags of goods that are bought to join: kits, entry fees.
    pub entry_tags: Vec<String>,
    /// Tax is withheld from payouts.
    pub withholding: Option<bool>,
    /// Everyone who is paid is identified.
    pub identified: Option<bool>,
    /// The least age of those who are paid, in years.
    pub least_age: Option<u32>,
    /// Gross margin as a share of net revenue.
    pub gross_margin: Option<Exact>,
    /// Days in which goods can be returned.
    pub return_days: Option<u32>,
    /// Days after which commission is released.
    pub release_days: Option<u32>,
    /// People in the sponsor tree, the organiser included.
    pub people: Option<u32>,
    /// Levels of the sponsor tree, the organiser's included.
    pub levels: Option<u32>,
    /// Members who buy far more than they sell.
    pub heavy_buyers: Option<u32>,
}

/// Something that the lint found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which check.
    pub id: Check,
    /// How strictly.
    pub severity: Severity,
    /// The rule of the plan, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// JSON path of the place.
    pub path: String,
    /// The figures of the reason.
    pub params: BTreeMap<String, String>,
    /// The reason in English; screens have their own words by `id` and `params`.
    pub reason: String,
    /// The source of law.
    pub law: String,
}

/// Everything that the pack's checks find, in the order of the pack.
pub fn lint(plan: &Plan, bound: &PlanBound, pack: &Pack, shop: &ShopFacts) -> Vec<Finding> {
    pack.rules.iter().flat_map(|rule| Lint { plan, bound, shop, rule }.check()).collect()
}

struct Lint<'a> {
    plan: &'a Plan,
    bound: &'a PlanBound,
    shop: &'a ShopFacts,
    rule: &'a PackRule,
}

impl Lint<'_> {
    fn check(&self) -> Vec<Finding> {
        match self.rule.id {
            Check::PayForJoining => self.by_rule(|lint, rule| lint.pays_for_joining(rule)),
            Check::KitCommission => self.by_rule(|lint, rule| lint.pays_on_kits(rule)),
            Check::TooDeep => self.by_rule(|lint, rule| lint.too_deep(rule)),
            Check::Binary => self.by_rule(|_, rule| matches!(rule.kind, Kind::Pair(_)).then(|| ("", "pays on two matched legs".to_owned(), vec![]))),
            Check::DirectSellerOthers if self.shop.direct_seller => self.by_rule(|_, rule| pays_on_others(rule)),
            Check::DirectSellerOthers => Vec::new(),
            Check::DirectSellerRate if self.shop.direct_seller => self.bound_over(),
            Check::DirectSellerRate => Vec::new(),
            Check::BoundOver => self.bound_over(),
            Check::Unbounded if self.bound.most.is_none() => {
                let open = self.bound.rules.iter().find(|rule| rule.most.is_none()).map(|rule| rule.rule.clone()).unwrap_or_default();
                self.one("plan.limits", "nothing bounds what the plan pays, and no company limit stands", vec![("rule", open)])
            }
            Check::Unbounded => Vec::new(),
            Check::NoWithholding => self.unless(self.shop.withholding, "payouts are made without withholding tax"),
            Check::Unidentified => self.unless(self.shop.identified, "people are paid who are not identified"),
            Check::UnderAge => {
                let least = self.rule.threshold("age", 18);
                let young = self.shop.least_age.filter(|age| Exact::from(i64::from(*age)) < least);
                young.map_or(Vec::new(), |age| {
                    self.one("plan", "people are paid who are not of age", vec![("age", age.to_string()), ("least", least.to_string())])
                })
            }
            Check::OwnPurchase => self.own_purchase(),
            Check::BaseNotNet => self.by_rule(|_, rule| other_base(rule)),
            Check::Pool => {
                self.by_rule(|_, rule| matches!(rule.kind, Kind::Pool(_)).then(|| ("", "shares revenue among members".to_owned(), vec![])))
            }
            Check::NoCustomerSales if self.customer_sales() => Vec::new(),
            Check::NoCustomerSales => self.one("plan.rules", "nothing requires sales to customers outside the plan", vec![]),
            Check::EarlyRelease => self.early_release(),
            Check::CriminalLine => self.criminal_line(),
            Check::BoundOverMargin => match (&self.bound.most, &self.shop.gross_margin) {
                (Some(most), Some(margin)) if most > margin => {
                    let params = vec![("bound", most.to_percent()), ("margin", margin.to_percent())];
                    self.one("plan", "the plan can pay more than the goods earn", params)
                }
                _ => Vec::new(),
            },
            Check::RankInversion => self.by_rule(|lint, rule| lint.inversion(rule)),
            Check::ProvenMaximum => {
                let most = self.bound.most.iter();
                most.flat_map(|most| {
                    self.one("plan", "the plan never pays more than this share of money received", vec![("bound", most.to_percent())])
                })
                .collect()
            }
            Check::ProRataCap => self.pro_rata_cap(),
            Check::HeavyBuyers => {
                let heavy = self.shop.heavy_buyers.filter(|heavy| *heavy > 0);
                heavy.map_or(Vec::new(), |heavy| self.one("plan", "members buy far more than they sell", vec![("people", heavy.to_string())]))
            }
        }
    }

    fn finding(&self, rule: Option<&Rule>, path: String, reason: String, params: Vec<(&str, String)>) -> Finding {
        Finding {
            id: self.rule.id,
            severity: self.rule.severity,
            rule: rule.map(|rule| rule.id.clone()),
            path,
            params: params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            reason,
            law: self.rule.law.clone(),
        }
    }

    fn one(&self, path: &str, reason: &str, params: Vec<(&str, String)>) -> Vec<Finding> {
        vec![self.finding(None, path.to_owned(), reason.to_owned(), params)]
    }

    fn by_rule(&self, test: impl Fn(&Self, &Rule) -> Option<Objection>) -> Vec<Finding> {
        let found = self.plan.rules.iter().enumerate().filter_map(|(place, rule)| test(self, rule).map(|objection| (place, rule, objection)));
        found.map(|(place, rule, (below, reason, params))| self.finding(Some(rule), format!("plan.rules[{place}]{below}"), reason, params)).collect()
    }

    fn unless(&self, fact: Option<bool>, reason: &str) -> Vec<Finding> {
        if fact == Some(false) { self.one("plan", reason, vec![]) } else { Vec::new() }
    }

    fn pays_for_joining(&self, rule: &Rule) -> Option<Objection> {
        match &rule.kind {
            Kind::Award(award) if award.amount.is_positive() && !asks_for_sales(self.plan, &award.who) => {
                Some((".who", "pays for being a member, without any sale".to_owned(), vec![("amount", award.amount.to_string())]))
            }
            Kind::Walk(walk) if matches!(walk.rate.by, RateBy::Fixed(_)) && self.is_entry_only(walk) => {
                Some((".source.where", "pays an amount for each person who joins".to_owned(), vec![]))
            }
            Kind::Award(_) | Kind::Walk(_) | Kind::Pool(_) | Kind::Pair(_) => None,
        }
    }

    /// Does the walk start only from orders that are bought to join?
    fn is_entry_only(&self, walk: &Walk) -> bool {
        fn asks_for(filter: &OrderFilter, tags: &[String]) -> bool {
            match filter {
                OrderFilter::Tag(tag) => tags.contains(tag),
                OrderFilter::All(parts) => parts.iter().any(|part| asks_for(part, tags)),
                OrderFilter::NoTag(_) | OrderFilter::Attr { .. } => false,
            }
        }
        matches!(&walk.source.event, Event::Order { filter: Some(filter), .. } if asks_for(filter, &self.shop.entry_tags))
    }

    fn pays_on_kits(&self, rule: &Rule) -> Option<Objection> {
        fn excludes(filter: &OrderFilter, tag: &String) -> bool {
            match filter {
                OrderFilter::NoTag(excluded) => excluded == tag,
                OrderFilter::All(parts) => parts.iter().any(|part| excludes(part, tag)),
                OrderFilter::Tag(_) | OrderFilter::Attr { .. } => false,
            }
        }
        let Kind::Walk(walk) = &rule.kind else { return None };
        let Event::Order { filter, .. } = &walk.source.event else { return None };
        let paid = self.shop.entry_tags.iter().find(|tag| !filter.as_ref().is_some_and(|filter| excludes(filter, tag)));
        paid.map(|tag| (".source.where", "pays commission on what is bought to join".to_owned(), vec![("tag", tag.clone())]))
    }

    fn too_deep(&self, rule: &Rule) -> Option<Objection> {
        let allowed = self.rule.threshold("levels", 2);
        let params = |levels: String| vec![("levels", levels), ("allowed", allowed.to_string())];
        match levels(self.plan, rule) {
            Levels::Unlimited => Some((".path.max", "pays without end to the levels".to_owned(), params("unlimited".to_owned()))),
            Levels::Some(levels) if Exact::from(levels) > allowed => {
                Some((".path.max", "pays more levels than allowed".to_owned(), params(levels.to_string())))
            }
            Levels::Some(_) => None,
        }
    }

    fn bound_over(&self) -> Vec<Finding> {
        let allowed = self.rule.threshold("most", 1);
        let over = self.bound.most.as_ref().filter(|most| **most > allowed);
        let params = |most: &Exact| vec![("bound", most.to_percent()), ("allowed", allowed.to_percent())];
        over.map_or(Vec::new(), |most| self.one("plan", "the plan can pay a larger share of revenue than allowed", params(most)))
    }

    fn own_purchase(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (path, rule, predicate) in conditions(self.plan) {
            let mut of = None;
            predicate.mentions(&mut |part| {
                if let Predicate::Measure { measure: Measure::Own(amount), gte: Some(least), .. } = part
                    && least.is_positive()
                {
                    of = Some((amount.clone(), least.to_string()));
                }
                false
            });
            if let Some((amount, least)) = of {
                let params = vec![("amount", amount), ("least", least)];
                findings.push(self.finding(rule, path, "an own purchase is required to earn".to_owned(), params));
            }
        }
        findings
    }

    fn customer_sales(&self) -> bool {
        let words: Vec<String> = self.rule.params.get("words").map(|words| words.split(' ').map(str::to_owned).collect()).unwrap_or_default();
        let by_condition = conditions(self.plan).iter().any(|(_, _, predicate)| {
            predicate.mentions(&mut |part| matches!(part, Predicate::Measure { measure: Measure::Own(of) | Measure::Direct(of) | Measure::Group(of), gte: Some(_), .. } if words.contains(of)))
        });
        fn asks_for(filter: &OrderFilter, words: &[String]) -> bool {
            match filter {
                OrderFilter::Tag(tag) => words.contains(tag),
                OrderFilter::All(parts) => parts.iter().any(|part| asks_for(part, words)),
                OrderFilter::NoTag(_) | OrderFilter::Attr { .. } => false,
            }
        }
        by_condition
            || self.plan.rules.iter().any(|rule| match &rule.kind {
                Kind::Walk(walk) => matches!(&walk.source.event, Event::Order { filter: Some(filter), .. } if asks_for(filter, &words)),
                Kind::Pool(_) | Kind::Pair(_) | Kind::Award(_) => false,
            })
    }

    fn early_release(&self) -> Vec<Finding> {
        let law = self.rule.threshold("days", 0);
        let window = law.max(Exact::from(self.shop.return_days.map_or(0, i64::from)));
        let early = self.shop.release_days.filter(|days| Exact::from(i64::from(*days)) < window);
        early.map_or(Vec::new(), |days| {
            self.one(
                "plan",
                "commission is released before goods can no longer be returned",
                vec![("days", days.to_string()), ("window", window.to_string())],
            )
        })
    }

    fn criminal_line(&self) -> Vec<Finding> {
        let Some(people) = self.shop.people.map(|people| Exact::from(i64::from(people))) else { return Vec::new() };
        let deepest = self.plan.rules.iter().map(|rule| levels(self.plan, rule)).max().unwrap_or(Levels::Some(0));
        // The organiser's own level counts.
        let reached = self.shop.levels.map_or_else(|| deepest.plus(1), |levels| Levels::Some(i64::from(levels)));
        let enough = match reached {
            Levels::Unlimited => true,
            Levels::Some(levels) => Exact::from(levels) >= self.rule.threshold("levels", 3),
        };
        if !enough || people < self.rule.threshold("warn", 20) {
            return Vec::new();
        }
        let params = vec![("people", people.to_string()), ("line", self.rule.threshold("people", 30).to_string())];
        let mut found = self.one("plan", "so many levels and people that the law speaks of a crime", params);
        if people < self.rule.threshold("people", 30) {
            for finding in &mut found {
                finding.severity = Severity::Info;
                "the number of people nears what the law speaks of as a crime".clone_into(&mut finding.reason);
            }
        }
        found
    }

    fn inversion(&self, rule: &Rule) -> Option<Objection> {
        let by = match &rule.kind {
            Kind::Walk(walk) => &walk.rate.by,
            Kind::Pair(pair) => &pair.rate,
            Kind::Pool(_) | Kind::Award(_) => return None,
        };
        let RateBy::Table(table) = by else { return None };
        let lower = |index: u32| {
            let ranks = self.plan.ranks.iter().enumerate().collect::<Vec<_>>();
            ranks
                .windows(2)
                .find(|pair| table.at(Some(pair[1].0), index) < table.at(Some(pair[0].0), index))
                .map(|pair| (pair[1].1.id.clone(), index))
        };
        (1..=16).find_map(lower).map(|(rank, index)| {
            (".rate.table", "a higher rank has a lower rate than the one below it".to_owned(), vec![("rank", rank), ("index", index.to_string())])
        })
    }

    fn pro_rata_cap(&self) -> Vec<Finding> {
        let Some(limit) = &self.bound.limit else { return Vec::new() };
        if self.bound.sum.as_ref().is_some_and(|sum| sum <= limit) {
            return Vec::new();
        }
        let place = self.plan.limits.iter().position(|limit| matches!(limit, Limit::Company { .. })).unwrap_or(0);
        self.one(
            &format!("plan.limits[{place}]"),
            "only a cut of every earning pro rata keeps the plan within its limit",
            vec![("limit", limit.to_percent())],
        )
    }
}

/// Where below the rule, why, and with which figures.
type Objection = (&'static str, String, Vec<(&'static str, String)>);

fn pays_on_others(rule: &Rule) -> Option<Objection> {
    let own_only = match &rule.kind {
        Kind::Walk(walk) => walk.path.begin == Begin::Oneself && walk.path.max == Some(1) && matches!(walk.source.event, Event::Order { .. }),
        Kind::Award(_) => true,
        Kind::Pool(_) | Kind::Pair(_) => false,
    };
    (!own_only).then(|| ("", "pays a licensed direct seller on the sales of others".to_owned(), vec![]))
}

fn other_base(rule: &Rule) -> Option<Objection> {
    let (below, of) = match &rule.kind {
        Kind::Walk(walk) => match &walk.source.event {
            Event::Order { base, .. } => (".source.base", base),
            Event::Earning { .. } => return None,
        },
        Kind::Pool(pool) => match &pool.fund {
            Fund::Rate { of, .. } => (".fund.of", of),
            Fund::Amount(_) => return None,
        },
        Kind::Pair(pair) => (".measure", &pair.measure),
        Kind::Award(_) => return None,
    };
    (of != "net").then(|| (below, "is worked out on something other than money received".to_owned(), vec![("base", of.clone())]))
}

/// Does the condition ask for any volume of sales, itself or through a rank that does?
fn asks_for_sales(plan: &Plan, predicate: &Predicate) -> bool {
    predicate.mentions(&mut |part| match part {
        Predicate::Measure { measure, gte: Some(least), .. } => measure.needs_period() && least.is_positive(),
        Predicate::RankGte(rank) | Predicate::RankIs(rank) => plan.ranks[*rank].when.as_ref().is_some_and(|when| {
            when.mentions(
                &mut |part| matches!(part, Predicate::Measure { measure, gte: Some(least), .. } if measure.needs_period() && least.is_positive()),
            )
        }),
        Predicate::Always
        | Predicate::Never
        | Predicate::All(_)
        | Predicate::Any(_)
        | Predicate::Not(_)
        | Predicate::Active(_)
        | Predicate::Measure { .. }
        | Predicate::Attr { .. }
        | Predicate::Member(_) => false,
    })
}

/// Every condition for earning, with its path and rule.
fn conditions(plan: &Plan) -> Vec<(String, Option<&Rule>, &Predicate)> {
    let mut all: Vec<(String, Option<&Rule>, &Predicate)> = Vec::new();
    for (place, rank) in plan.ranks.iter().enumerate() {
        all.extend(rank.when.iter().map(|when| (format!("plan.ranks[{place}].when"), None, when)));
    }
    for (place, rule) in plan.rules.iter().enumerate() {
        let mut add = |below: &str, predicate| all.push((format!("plan.rules[{place}].{below}"), Some(rule), predicate));
        match &rule.kind {
            Kind::Walk(walk) => {
                add("path.hold", &walk.path.hold);
                add("path.pay", &walk.path.pay);
                if let Mode::Difference { equal: Some(equal), .. } = &walk.rate.mode {
                    add("rate.equal.who", &equal.who);
                }
            }
            Kind::Pool(pool) => add("share.who", &pool.who),
            Kind::Pair(pair) => add("pay", &pair.pay),
            Kind::Award(award) => add("who", &award.who),
        }
    }
    all
}
