//! Which settings can be meant, and what mends those that cannot.

use std::collections::BTreeMap;

use domain::{
    payout::{Channel, ChannelKind, Column, PayoutTerms},
    pricing::{WHOLE_PPM, barcode::LabelLayout},
};
use serde::Serialize;

use super::{LevelTerms, Settings};
use crate::world::is_date;

/// Why settings are not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(super) enum SettingsRefusal {
    /// A name is needed.
    #[error("the shop needs a name")]
    NoShopName,
    /// A tax rate past 100 %.
    #[error("tax class {tax} has a rate past 100 %")]
    TaxRate { tax: String },
    /// A tax class in use was left out.
    #[error("tax class {tax} is used by products")]
    TaxInUse { tax: String },
    /// A number below zero.
    #[error("{setting} cannot be below zero")]
    BelowZero { setting: String },
    /// The printer's address is empty.
    #[error("the printer needs an address")]
    NoPrinterAddress,
    /// A scale's label that is no layout.
    #[error("{layout} is no layout of a label")]
    LabelLayout { layout: String },
    /// A share past the whole, a day that no month has, a channel without a name or number column, or none at all.
    #[error("the terms of payouts do not hold together: {part}")]
    PayoutTerms { part: &'static str },
    /// Points that would last for no time, be told years ahead, or be given by the million.
    #[error("the terms of points do not hold together: {part}")]
    PointsTerms { part: &'static str },
    /// More days than anyone means.
    #[error("the terms of binding do not hold together")]
    BindingTerms,
    /// Groups that leave somebody out, or days and bands below one.
    #[error("the groups of members do not hold together: {part}")]
    GroupTerms { part: &'static str },
    /// Growth or days below zero, or more than anyone means.
    #[error("the growth of {level} does not hold together")]
    LevelGrowth { level: String },
    /// Two levels that ask for the same growth.
    #[error("{level} and {other} ask for the same growth")]
    LevelTwice { level: String, other: String },
    /// A share past the whole, or a figure below zero.
    #[error("the rules of the review do not hold together")]
    RiskTerms,
    /// Two bonuses from one amount, or one below zero.
    #[error("each bonus begins at an amount of its own, above zero")]
    BonusSteps,
    /// A campaign without a name, that ends before it begins, or brings less than goods earn otherwise.
    #[error("the campaign {name} does not hold together")]
    PointsCampaign { name: String },
    /// A level without a name, or with a share past the whole.
    #[error("level {level} needs a name, a share between 0 and 100 % and a multiplier of 0 or more")]
    LevelRange { level: String },
}

pub(super) fn check(settings: &Settings) -> Result<(), SettingsRefusal> {
    if settings.shop_name.trim().is_empty() {
        return Err(SettingsRefusal::NoShopName);
    }
    if let Some((tax, _)) = settings.taxes.iter().find(|(_, class)| class.rate_ppm > 1_000_000) {
        return Err(SettingsRefusal::TaxRate { tax: tax.clone() });
    }
    let below = [
        ("cash_rounding_minor", settings.cash_rounding_minor),
        ("clerk_discount_ppm", settings.clerk_discount_ppm),
        ("shifts", settings.shifts.tolerance_minor),
        ("points", settings.points.as_ref().map_or(0, |points| points.earn_per_minor.min(points.value_micro).min(points.max_share_ppm))),
    ];
    if let Some((setting, _)) = below.iter().find(|(_, value)| *value < 0) {
        return Err(SettingsRefusal::BelowZero { setting: (*setting).to_owned() });
    }
    let printers = [settings.printer.as_ref(), settings.label_printer.as_ref().map(|label| &label.printer)];
    if printers.into_iter().flatten().any(|printer| printer.address.trim().is_empty()) {
        return Err(SettingsRefusal::NoPrinterAddress);
    }
    if let Some(layout) = settings.scale_labels.iter().find(|layout| LabelLayout::try_from((*layout).clone()).is_err()) {
        return Err(SettingsRefusal::LabelLayout { layout: layout.clone() });
    }
    let bonus = &settings.balance.bonus;
    let twice = |at: usize| bonus.iter().skip(at + 1).any(|other| other.from_minor == bonus[at].from_minor);
    if (0..bonus.len()).any(|at| bonus[at].from_minor <= 0 || bonus[at].bonus_minor < 0 || twice(at)) {
        return Err(SettingsRefusal::BonusSteps);
    }
    let mut campaigns = settings.points.iter().flat_map(|points| &points.campaigns);
    if let Some(odd) = campaigns.find(|one| !(one.holds() && is_date(&one.from) && is_date(&one.to))) {
        return Err(SettingsRefusal::PointsCampaign { name: odd.name.clone() });
    }
    let odd = |(level, terms): &(&String, &LevelTerms)| {
        level.trim().is_empty() || !(0..=WHOLE_PPM).contains(&terms.price_share_ppm) || !(0..=100 * WHOLE_PPM).contains(&terms.points_ppm)
    };
    if let Some((level, _)) = settings.levels.iter().find(odd) {
        return Err(SettingsRefusal::LevelRange { level: level.clone() });
    }
    if !settings.growth.holds() {
        return Err(SettingsRefusal::LevelGrowth { level: String::new() });
    }
    let mut asked: BTreeMap<i64, &String> = BTreeMap::new();
    for (level, growth) in settings.levels.iter().filter_map(|(level, terms)| Some((level, terms.growth.as_ref()?))) {
        if !growth.holds() {
            return Err(SettingsRefusal::LevelGrowth { level: level.clone() });
        }
        if let Some(other) = asked.insert(growth.threshold, level) {
            return Err(SettingsRefusal::LevelTwice { level: level.clone(), other: other.clone() });
        }
    }
    if let Some(part) = settings.points_terms.odd() {
        return Err(SettingsRefusal::PointsTerms { part });
    }
    if !settings.binding.holds() {
        return Err(SettingsRefusal::BindingTerms);
    }
    if let Some(part) = settings.groups.odd() {
        return Err(SettingsRefusal::GroupTerms { part });
    }
    if settings.points.as_ref().is_some_and(|points| points.lock_days > 3660) {
        return Err(SettingsRefusal::PointsTerms { part: "lock" });
    }
    if !settings.risk.holds() {
        return Err(SettingsRefusal::RiskTerms);
    }
    if let Some(part) = odd_terms(&settings.payouts).or_else(|| pointless(settings)) {
        return Err(SettingsRefusal::PayoutTerms { part });
    }
    Ok(())
}

/// The part of the terms of payouts that does not hold.
fn odd_terms(terms: &PayoutTerms) -> Option<&'static str> {
    let amounts = [terms.minimum_minor, terms.maximum_minor, terms.fee_ppm, terms.fee_least_minor, terms.free_from_minor, terms.free_to_minor];
    let unnamed = |channel: &Channel| {
        let has = |wanted: Column| channel.template.columns.iter().any(|(_, column)| *column == wanted);
        channel.id.trim().is_empty() || channel.name.trim().is_empty() || !has(Column::Number) || !has(Column::Amount)
    };
    let twice = |channel: &Channel| terms.channels.iter().filter(|other| other.id == channel.id).count() > 1;
    match () {
        () if amounts.iter().any(|amount| *amount < 0) || terms.second_above_minor.is_some_and(|limit| limit < 0) => Some("below_zero"),
        () if terms.fee_ppm > WHOLE_PPM => Some("fee"),
        () if terms.maximum_minor > 0 && terms.maximum_minor < terms.minimum_minor => Some("bounds"),
        () if terms.days.iter().any(|day| !(1..=31).contains(day)) => Some("days"),
        () if terms.channels.is_empty() || terms.channels.iter().any(|channel| unnamed(channel) || twice(channel)) => Some("channels"),
        () => None,
    }
}

/// A channel that gives points where the shop has none, or none for any amount.
fn pointless(settings: &Settings) -> Option<&'static str> {
    let mut giving = settings.payouts.channels.iter().filter(|channel| channel.kind == ChannelKind::Points);
    giving.any(|channel| settings.points.is_none() || !(1..=1_000_000).contains(&channel.points_per_unit)).then_some("points")
}
