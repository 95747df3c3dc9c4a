//! The plan language: a compensation plan is data; this evaluates it, explains it, bounds it and checks it.
//!
//! The files read like the specification: what a plan is ([`rule`], `read`, `write`), what it sees (`world`, `volume`, `who`), what walks start from
//! (`source`), whom they meet (`path`), what that earns (`rate`).

pub mod at_sale;
mod decode;
mod error;
pub mod explain;
mod json;
mod limits;
mod pair;
mod path;
mod period;
mod rate;
mod read;
pub mod rule;
pub mod scenario;
mod share;
mod source;
mod volume;
mod who;
pub mod withholding;
mod world;
mod write;

pub use error::{Fault, ScenarioError};
pub use pair::{Brought, Legs};
pub use period::Statement;
pub use rule::{Plan, Scalar};
pub use scenario::{Outcome, Scenario, run_scenario};
pub use world::{Member, Order};
