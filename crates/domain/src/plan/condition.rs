//! Conditions on members, and the measures that they ask for.

use crate::exact::Exact;

/// A measure of a member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Sum of an amount over the member's own orders of the period.
    Own(String),
    /// Over the members directly sponsored.
    Direct(String),
    /// Over the member and everyone below in the sponsor tree.
    Group(String),
    /// Over all orders.
    Company(String),
    /// A numeric field of the member; 0 where it has none.
    Attr(String),
}

/// A condition on a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// Everyone.
    Always,
    /// No one.
    Never,
    /// All hold.
    All(Vec<Predicate>),
    /// At least one holds.
    Any(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
    /// The member is active, or is not.
    Active(bool),
    /// The rank or a higher one; by place.
    RankGte(usize),
    /// Exactly this rank; by place.
    RankIs(usize),
    /// Bounds of a measure: the lower included, the upper not.
    Measure {
        /// Which.
        measure: Measure,
        /// At least.
        gte: Option<Exact>,
        /// Below.
        lt: Option<Exact>,
    },
    /// A field of the member equals a value, or is true.
    Attr {
        /// The field.
        field: String,
        /// The value; true unless given.
        eq: Scalar,
    },
    /// This member.
    Member(String),
}

/// A single value of a free field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// Nothing; also what an absent field is.
    Null,
    /// Yes or no.
    Flag(bool),
    /// A bare whole number.
    Number(Exact),
    /// A text, which may be a number too.
    Text(String),
}

impl Predicate {
    /// This condition and every one inside it, for whom `test` holds of any.
    pub fn mentions(&self, test: &mut dyn FnMut(&Predicate) -> bool) -> bool {
        test(self)
            || match self {
                Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(|part| part.mentions(test)),
                Predicate::Not(part) => part.mentions(test),
                Predicate::Always
                | Predicate::Never
                | Predicate::Active(_)
                | Predicate::RankGte(_)
                | Predicate::RankIs(_)
                | Predicate::Measure { .. }
                | Predicate::Attr { .. }
                | Predicate::Member(_) => false,
            }
    }

    /// Does it need the orders of a whole period?
    pub fn needs_period(&self) -> bool {
        self.mentions(&mut |part| matches!(part, Predicate::Measure { measure, .. } if measure.needs_period()))
    }
}

impl Measure {
    /// Does it need the orders of a whole period?
    pub fn needs_period(&self) -> bool {
        match self {
            Measure::Own(_) | Measure::Direct(_) | Measure::Group(_) | Measure::Company(_) => true,
            Measure::Attr(_) => false,
        }
    }
}

impl Scalar {
    /// The value as a number, where it is one.
    pub fn number(&self) -> Option<Exact> {
        match self {
            Scalar::Null | Scalar::Flag(_) => None,
            Scalar::Number(number) => Some(number.clone()),
            Scalar::Text(text) => Exact::parse(text).ok(),
        }
    }

    /// Equal as written, or as numbers (`"5"` and `5`, `"0.06"` and `"6%"`).
    pub fn same(&self, other: &Scalar) -> bool {
        self == other || matches!((self.number(), other.number()), (Some(left), Some(right)) if left == right)
    }
}
