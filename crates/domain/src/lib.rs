//! The rules of the shop. Invariant: everything here is a pure function of its arguments; no database, no network, no clock, no randomness, no floating point.

pub mod close;
pub mod exact;
pub mod fact;
pub mod ids;
pub mod import;
pub mod ledger;
pub mod member;
pub mod money;
pub mod person;
pub mod pinyin;
pub mod placement;
pub mod plan;
pub mod plans;
pub mod points;
pub mod prices;
pub mod pricing;
pub mod product;
pub mod promotion;
pub mod returns;
pub mod sale;
pub mod share;
pub mod shift;
pub mod shop;
pub mod stock;
