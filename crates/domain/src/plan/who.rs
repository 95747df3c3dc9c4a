//! Who: conditions on members, and the rank that each member has.
//!
//! Decisions: a rank's condition may ask for lower ranks, because ranks are tried from the lowest up and the member has what it has reached so far.
//! A rank without a condition that is not the first is only ever given. `attr` sees the free fields and also `id`, `sponsor`, `placement`, `side`,
//! `owner` and `active`. A field that is absent equals `null` and nothing else.

use super::{
    rule::{Predicate, Scalar},
    world::World,
};

impl World<'_> {
    /// Does the condition hold for the member?
    pub fn holds(&self, member: usize, predicate: &Predicate) -> bool {
        self.holds_at(member, self.ranks.get(member).copied().flatten(), predicate)
    }

    fn holds_at(&self, member: usize, rank: Option<usize>, predicate: &Predicate) -> bool {
        match predicate {
            Predicate::Always => true,
            Predicate::Never => false,
            Predicate::All(parts) => parts.iter().all(|part| self.holds_at(member, rank, part)),
            Predicate::Any(parts) => parts.iter().any(|part| self.holds_at(member, rank, part)),
            Predicate::Not(part) => !self.holds_at(member, rank, part),
            Predicate::Active(active) => self.members[member].active == *active,
            Predicate::RankGte(least) => rank.is_some_and(|rank| rank >= *least),
            Predicate::RankIs(wanted) => rank == Some(*wanted),
            Predicate::Measure { measure, gte, lt } => {
                let value = self.measure(member, measure);
                gte.as_ref().is_none_or(|bound| value >= *bound) && lt.as_ref().is_none_or(|bound| value < *bound)
            }
            Predicate::Attr { field, eq } => self.field(member, field).same(eq),
            Predicate::Member(id) => self.members[member].id == *id,
        }
    }

    fn field(&self, member: usize, field: &str) -> Scalar {
        let member = &self.members[member];
        let text = |value: &Option<String>| value.clone().map_or(Scalar::Null, Scalar::Text);
        match field {
            "id" => Scalar::Text(member.id.clone()),
            "sponsor" => text(&member.sponsor),
            "placement" => text(&member.placement),
            "side" => text(&member.side),
            "owner" => text(&member.owner),
            "active" => Scalar::Flag(member.active),
            free => member.attrs.get(free).cloned().unwrap_or(Scalar::Null),
        }
    }

    /// Every member's rank: as given, else the highest whose condition holds.
    pub fn all_ranks(&self) -> Vec<Option<usize>> {
        self.members.iter().enumerate().map(|(place, member)| member.rank.or_else(|| self.reached(place))).collect()
    }

    fn reached(&self, member: usize) -> Option<usize> {
        let mut reached = self.plan.entry_rank();
        for (rank, rule) in self.plan.ranks.iter().enumerate() {
            if rule.when.as_ref().is_some_and(|when| self.holds_at(member, reached, when)) {
                reached = Some(rank);
            }
        }
        reached
    }
}
