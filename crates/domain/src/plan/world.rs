//! The facts that one evaluation sees: members, their two trees, and the orders of the period.

use std::collections::{BTreeMap, HashMap};

use crate::exact::Exact;

use super::{
    rule::{Plan, Scalar, Tree},
    volume::Volumes,
};

/// A member as the plan sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: String,
    /// Who brought it in, by id.
    pub sponsor: Option<String>,
    /// Under whom it stands, by id.
    pub placement: Option<String>,
    /// In which leg.
    pub side: Option<String>,
    /// The person behind it; itself unless given.
    pub owner: Option<String>,
    /// A rank given as a field wins over the computed one; by place.
    pub rank: Option<usize>,
    /// True unless given.
    pub active: bool,
    /// Free fields.
    pub attrs: BTreeMap<String, Scalar>,
}

/// An order as the plan sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: String,
    /// The buyer, by id.
    pub buyer: String,
    /// `net`, `pv` …; zero or above.
    pub amounts: BTreeMap<String, Exact>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Pieces; 1 unless given.
    pub qty: Exact,
    /// Free numeric and other fields.
    pub attrs: BTreeMap<String, Scalar>,
}

impl Order {
    /// An amount; 0 where the order has none of that name.
    pub fn amount(&self, of: &str) -> &Exact {
        self.amounts.get(of).unwrap_or(&Exact::ZERO)
    }
}

/// The facts of one period, linked. Members are held by place; in a scenario they stand by id.
pub(super) struct World<'a> {
    pub plan: &'a Plan,
    pub members: &'a [Member],
    pub orders: &'a [Order],
    /// By the order's place: the buyer's place.
    pub buyers: Vec<usize>,
    pub sponsor: Vec<Option<usize>>,
    pub placement: Vec<Option<usize>>,
    /// By the member's place: computed, or as given.
    pub ranks: Vec<Option<usize>>,
    pub volumes: Volumes,
    /// By the order's id: its place.
    order_places: HashMap<&'a str, usize>,
}

impl<'a> World<'a> {
    /// Links members and orders that were checked before: every name is known and no one stands above itself.
    pub fn new(plan: &'a Plan, members: &'a [Member], orders: &'a [Order]) -> World<'a> {
        let places: HashMap<&str, usize> = members.iter().enumerate().map(|(place, member)| (member.id.as_str(), place)).collect();
        let above = |id: &Option<String>| id.as_deref().and_then(|id| places.get(id).copied());
        let mut world = World {
            plan,
            members,
            orders,
            buyers: orders.iter().filter_map(|order| places.get(order.buyer.as_str()).copied()).collect(),
            sponsor: members.iter().map(|member| above(&member.sponsor)).collect(),
            placement: members.iter().map(|member| above(&member.placement)).collect(),
            ranks: Vec::new(),
            volumes: Volumes::default(),
            order_places: orders.iter().enumerate().map(|(place, order)| (order.id.as_str(), place)).collect(),
        };
        world.volumes = Volumes::of(&world);
        world.ranks = world.all_ranks();
        world
    }

    /// The member above in a tree.
    pub fn above(&self, tree: Tree, member: usize) -> Option<usize> {
        match tree {
            Tree::Sponsor => self.sponsor[member],
            Tree::Placement => self.placement[member],
        }
    }

    /// The place of an order.
    pub fn order(&self, id: &str) -> Option<usize> {
        self.order_places.get(id).copied()
    }

    /// The person behind a member.
    pub fn owner(&self, member: usize) -> &'a str {
        let member = &self.members[member];
        member.owner.as_deref().unwrap_or(&member.id)
    }

    /// The sum of an amount over all orders.
    pub fn company(&self, of: &str) -> Exact {
        self.orders.iter().map(|order| order.amount(of)).sum()
    }
}

/// Members in an order in which everyone stands after whoever is above them. In a tree with a cycle, the cycle's members are missing.
pub(super) fn downwards(above: &[Option<usize>]) -> Vec<usize> {
    let mut below = vec![Vec::new(); above.len()];
    let mut order = Vec::with_capacity(above.len());
    for (member, above) in above.iter().enumerate() {
        match above {
            Some(above) => below[*above].push(member),
            None => order.push(member),
        }
    }
    let mut next = 0;
    while let Some(member) = order.get(next).copied() {
        order.append(&mut below[member]);
        next += 1;
    }
    order
}
