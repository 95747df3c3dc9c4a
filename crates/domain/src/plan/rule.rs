//! The plan as data: what each setting of the language is called in the code. Ranks are held by their place in the plan's list, lowest 0.

use crate::exact::Exact;

pub use super::condition::{Measure, Predicate, Scalar};

/// A compensation plan of one version, decoded and consistent in itself.
///
/// Read with [`Plan::parse`], written with [`Plan::to_json`]; what is written reads back as an equal plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Name of the plan; `plan` unless given.
    pub id: String,
    /// Version in the shop; 1 unless given.
    pub version: u32,
    /// ISO 4217 code; `CNY` unless given.
    pub currency: String,
    /// Statements and shares are floored to multiples of it; `0.01` unless given.
    pub unit: Exact,
    /// Lowest first.
    pub ranks: Vec<RankRule>,
    /// In the order in which they are evaluated.
    pub rules: Vec<Rule>,
    /// Applied in order, after all rules.
    pub limits: Vec<Limit>,
}

/// A rank and what it takes to have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankRule {
    /// Its id.
    pub id: String,
    /// Absent: everyone, where it is the first; otherwise only members who are given it.
    pub when: Option<Predicate>,
}

/// One rule of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Unique in the plan.
    pub id: String,
    /// When its earnings are worked out.
    pub accrue: Accrue,
    /// What it does.
    pub kind: Kind,
}

/// When a rule's earnings come to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accrue {
    /// With the order, at the till.
    Paid,
    /// At the close of the period, when its measures are known.
    Period,
}

/// The four kinds of rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Up a tree from each source.
    Walk(Box<Walk>),
    /// A fund shared by weight.
    Pool(Pool),
    /// Two legs, matched.
    Pair(Pair),
    /// A fixed amount.
    Award(Award),
}

/// A rule that walks up a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// What it starts from.
    pub source: Source,
    /// Whom it meets.
    pub path: Path,
    /// What they earn.
    pub rate: WalkRate,
}

/// What a walk starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Orders or earnings.
    pub event: Event,
    /// Times the amount; 1 unless given.
    pub factor: Exact,
}

/// The event that a walk starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Orders, starting at the buyer.
    Order {
        /// Which amount of the order; `net` unless given.
        base: String,
        /// Which orders.
        filter: Option<OrderFilter>,
        /// One source per buyer and period instead of one per order.
        per_buyer: bool,
    },
    /// Postings of earlier rules, starting at their earner; by place in the plan.
    Earning {
        /// The rules.
        rules: Vec<usize>,
    },
}

/// Which orders a walk accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderFilter {
    /// Has the tag.
    Tag(String),
    /// Does not have the tag.
    NoTag(String),
    /// A numeric field of the order, bounds included; an order without the field is not accepted.
    Attr {
        /// The field.
        field: String,
        /// At least.
        gte: Option<Exact>,
        /// At most.
        lte: Option<Exact>,
    },
    /// All of them.
    All(Vec<OrderFilter>),
}

/// Which of the two trees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tree {
    /// Who brought whom.
    Sponsor,
    /// Who stands under whom.
    Placement,
}

/// Where a walk begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// At the parent of the start member: `self: false`.
    Above,
    /// At the start member, which takes index 1: `self: true`.
    Oneself,
    /// At the start member, which takes index 0: `self: "level0"`.
    LevelZero,
}

/// How holders are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// 1, 2, 3 …
    Depth,
    /// 1 plus the earlier holders of at least the same rank: generations.
    SameRank,
}

/// Whom a walk meets and who of them counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Up which tree.
    pub tree: Tree,
    /// Where it begins.
    pub begin: Begin,
    /// Who takes an index; others are passed over.
    pub hold: Predicate,
    /// Which holder is paid.
    pub pay: Predicate,
    /// The highest index that is paid; no end unless given.
    pub max: Option<u32>,
    /// How holders are counted.
    pub counting: Counting,
    /// The walk ends at a holder for whom it holds.
    pub stop_at: Option<Predicate>,
    /// A holder who is not payable raises the mark too.
    pub mark_unpaid: bool,
}

/// What the holders of a walk earn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkRate {
    /// On its own, or above the mark.
    pub mode: Mode,
    /// Where the rate comes from.
    pub by: RateBy,
    /// The highest amount at index 1, 2 …; none past its end.
    pub cap_amount: Vec<Exact>,
    /// The first index that is paid; 1 unless given.
    pub pay_from: u32,
}

/// How a rate becomes an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// rate × base.
    Absolute,
    /// (rate − mark) × base.
    Difference {
        /// The mark begins at the start member's own rate, where the walk begins above it.
        seed: bool,
        /// The least rate of a holder's margin.
        min: Option<Exact>,
        /// The equal-rank bonus.
        equal: Option<Box<Equal>>,
    },
}

/// What a holder of the mark's own rank earns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equal {
    /// The rate.
    pub rate: Exact,
    /// Of what.
    pub of: EqualOf,
    /// So many peers of a rank on one walk; 1 unless given.
    pub peers_per_rank: u32,
    /// Which peers.
    pub who: Predicate,
}

/// What an equal-rank bonus is a rate of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EqualOf {
    /// The base.
    Order,
    /// What the last holder who raised the mark earned.
    Income,
}

/// Where a rate comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RateBy {
    /// By rank and index.
    Table(Table),
    /// By a measure: the last step reached.
    Band {
        /// Of the holder.
        measure: Measure,
        /// From (inclusive), rate; rising.
        steps: Vec<(Exact, Exact)>,
    },
    /// The member's own field.
    Attr {
        /// The field.
        field: String,
        /// The highest that the shop allows; 100% unless given.
        max: Option<Exact>,
    },
    /// An amount per unit, by rank and index, in place of a rate.
    Fixed(Table),
}

/// Rows by rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// By the rank's place; as long as the plan's ranks.
    pub rows: Vec<Option<Row>>,
    /// The row `*`.
    pub any: Option<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// At index 1, 2 …; nothing past its end.
    List(Vec<Exact>),
    /// The same at every index.
    Every(Exact),
}

/// A fund shared by weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// What is shared.
    pub fund: Fund,
    /// Among whom; everyone unless given.
    pub who: Predicate,
    /// By what; equally unless given.
    pub weight: Weight,
}

/// What a pool shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fund {
    /// A rate of an amount summed over all orders.
    Rate {
        /// The rate.
        rate: Exact,
        /// The amount.
        of: String,
    },
    /// A sum of money.
    Amount(Exact),
}

/// A member's weight in a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weight {
    /// The same for everyone.
    Same(Exact),
    /// A measure of the member.
    Measure(Measure),
    /// A numeric field of the member.
    Attr(String),
    /// By rank, by place; 0 for ranks not listed.
    Rank(Vec<Exact>),
}

/// Two legs, matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Which amount of the orders flows.
    pub measure: String,
    /// Of what is matched.
    pub rate: RateBy,
    /// For whom it is matched; everyone unless given.
    pub pay: Predicate,
    /// The most that a member earns by it in a period.
    pub cap_per_person: Option<Exact>,
    /// What is brought forward.
    pub carry: Carry,
    /// The most that is brought forward on each leg.
    pub carry_cap: Option<Exact>,
}

/// What a pair brings forward into the next period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carry {
    /// Both legs less what was matched.
    NetOff,
    /// Both legs less the smaller, even if unpaid.
    Carry,
    /// Nothing.
    Flush,
}

/// A fixed amount for those for whom a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Who.
    pub who: Predicate,
    /// How much.
    pub amount: Exact,
}

/// What is never exceeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// Per owner and period.
    PersonPeriod {
        /// At most.
        max: Exact,
    },
    /// Over all postings of a period.
    Company {
        /// A rate.
        rate: Exact,
        /// Of an amount summed over all orders.
        of: String,
    },
}

impl Plan {
    /// How many digits a minor unit of the currency stands behind the point.
    pub fn minor_digits(&self) -> u32 {
        match self.currency.as_str() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }

    /// The rank's place in the list.
    pub fn rank(&self, id: &str) -> Option<usize> {
        self.ranks.iter().position(|rank| rank.id == id)
    }

    /// Does the plan list this rank?
    pub fn has_rank(&self, id: &str) -> bool {
        self.rank(id).is_some()
    }

    /// The rank of a member who meets no condition: the first, where it asks nothing.
    pub fn entry_rank(&self) -> Option<usize> {
        self.ranks.first().filter(|rank| rank.when.is_none()).map(|_| 0)
    }
}

impl Row {
    /// What stands at an index.
    pub fn at(&self, index: u32) -> Option<&Exact> {
        match self {
            Row::Every(value) => Some(value),
            Row::List(values) => index.checked_sub(1).and_then(|place| values.get(place as usize)),
        }
    }
}

impl Table {
    /// The row of a rank, else the row `*`.
    pub fn row(&self, rank: Option<usize>) -> Option<&Row> {
        rank.and_then(|rank| self.rows.get(rank)).and_then(Option::as_ref).or(self.any.as_ref())
    }

    /// What stands there; nothing past the end of a list or without a row.
    pub fn at(&self, rank: Option<usize>, index: u32) -> Exact {
        self.row(rank).and_then(|row| row.at(index)).cloned().unwrap_or(Exact::ZERO)
    }
}
