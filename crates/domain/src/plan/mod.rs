//! The plan language: a compensation plan is data; this evaluates it, explains it, bounds it and checks it.
//!
//! The files read like the specification: what a plan is ([`rule`], `read`, `write`), what it sees (`world`, `volume`, `who`), what walks start from
//! (`source`), whom they meet (`path`), what that earns (`rate`).

pub mod at_sale;
pub mod bound;
pub mod check;
pub mod close;
pub mod compare;
mod condition;
mod decode;
mod error;
pub mod explain;
mod json;
mod levels;
mod limits;
pub mod lint;
pub mod month;
pub mod nothing;
pub mod pack;
mod pair;
mod path;
mod period;
pub mod ranks;
mod rate;
mod read;
pub mod rule;
pub mod scenario;
mod share;
mod source;
pub mod tally;
mod volume;
mod who;
pub mod withholding;
pub mod witness;
pub mod worked;
mod world;
mod write;

pub use bound::{Catalogue, PlanBound};
pub use check::{CheckReport, check, check_plan};
pub use close::close;
pub use error::{Fault, ScenarioError};
pub use lint::{Finding, ShopFacts};
pub use nothing::why_nothing;
pub use pack::{Jurisdiction, Severity};
pub use pair::{Brought, Legs};
pub use period::{Carried, Statement};
pub use rule::{Plan, Scalar};
pub use scenario::{Outcome, Scenario, run_scenario};
pub use world::{Member, Order};
