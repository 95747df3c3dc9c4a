//! Everything a person can do, without a window. Invariant: whoever calls — the window, the command line, a test — comes through [`menu::serve`],
//! which knows the least role for each command.

mod country;
pub mod failure;
mod fonts;
mod graph;
pub mod house;
pub mod imports;
pub mod jobs;
pub mod keyring;
pub mod labels;
pub mod members;
pub mod menu;
pub mod month;
mod month_sheet;
pub mod people;
pub mod placements;
pub mod plans;
mod points;
pub mod prices;
pub mod printers;
pub mod prints;
pub mod products;
mod receipt;
pub mod returns;
pub mod sales;
pub mod sample;
pub mod scenarios;
pub mod seat;
pub mod secrets;
pub mod settings;
pub mod setup;
mod shift_paper;
pub mod shifts;
pub mod stock;
pub mod takes;
pub mod tenders;
pub mod till;
pub mod trade;
pub mod upkeep;
pub mod world;

pub use failure::Failure;
pub use house::{House, Notice};
pub use seat::Seat;
pub use world::World;
