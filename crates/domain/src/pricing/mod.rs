//! Prices a sale. Guarantee: one pure function makes every figure of a sale, in whole minor units; shares are split by largest remainder, so
//! parts always sum to the whole, and nothing that is owed is ever below zero.
//!
//! [`price`] makes a [`Quote`] of a draft, [`settle`] says whether it may be recorded as paid, [`take_back`] reverses parts of it later.
//! The steps, in order: unit price (`unit`), discounts of the line and of the order (`discount`), points that offset and gifts (`points`),
//! tax (`tax`), tenders (`tender`), points earned (`points`).

pub mod barcode;
mod discount;
mod draft;
mod points;
mod price;
mod quote;
mod refusal;
mod rules;
mod scenario;
mod scenario_read;
mod strict_json;
mod takeback;
mod tax;
mod tender;
mod tender_kind;
mod unit;

pub use draft::{DiscountKind, DraftLine, OrderDiscount, SaleDraftPrices, SpendStep, Tender};
pub use price::{LARGEST_MINOR, price};
pub use quote::{DiscountQuote, LineQuote, Quote, TenderKept, UnitPriceWhy};
pub use refusal::PriceRefusal;
pub use rules::{
    Coupon, DatedPrice, Earns, Eligible, Off, PointsCampaign, PointsRules, PriceMember, PriceProduct, PriceRules, QuantityBreak, SpecialPrice,
    TaxClass, TenderRules, WHOLE_PPM,
};
pub use scenario::{Scenario, ScenarioError, quote_scenario, read_scenario};
pub use takeback::{ReturnLineQuote, ReturnQuote, ReturnRefusal, ReturnedQty, Sold, SoldFigures, take_back, take_back_without_sale};
pub use tender::{Settled, settle, settle_amount};
pub use tender_kind::{OwnTender, TenderKind};
