//! The plan language: a compensation plan is data; this evaluates it, explains it, bounds it and checks it.
//!
//! The files read like the specification: what a plan is ([`rule`], `read`, `write`), what it sees (`world`, `volume`, `who`), what walks start from
//! (`source`), whom they meet (`path`), what that earns (`rate`).

pub mod at_sale;
mod decode;
mod error;
pub mod explain;
mod json;
mod path;
mod rate;
mod read;
pub mod rule;
mod source;
mod volume;
mod who;
mod world;
mod write;

pub use error::{Fault, ScenarioError};
pub use rule::{Plan, Scalar};
