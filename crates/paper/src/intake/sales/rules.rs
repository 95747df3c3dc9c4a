//! How an earlier system wrote its sales, and what that makes of a line.

use domain::import::{ImportedKind, ImportedLine};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::is_digits;
use crate::intake::dates::DateOrder;

/// How an earlier system wrote its sales.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SalesRules {
    /// Decimals of the currency.
    pub digits: u8,
    /// How many minutes the clock on the wall was ahead of UTC: 480 in China.
    pub ahead_of_utc_minutes: i32,
    /// Order of day and month.
    pub order: DateOrder,
    /// Letters before the digits of a number that make the whole sale a cancellation; empty for none. Obeyed only in a file that also has numbers
    /// of digits alone, since elsewhere every number may begin with that letter.
    pub cancellation_prefix: String,
    /// The same for bookkeeping such as a bad debt.
    pub adjustment_prefix: String,
    /// Codes that are no goods; the first that fits counts.
    pub codes: Vec<CodeRule>,
}

/// A code that is no goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeRule {
    /// The code, capitals or not; with `*` at its end, the beginning of the code.
    pub code: String,
    /// What its lines are.
    pub kind: ImportedKind,
}

impl Default for SalesRules {
    /// Two decimals, China's clock, `C…` and `A…`, and the codes common in English and Chinese systems.
    fn default() -> Self {
        let codes = [
            (ImportedKind::Freight, &["POST", "DOT", "C2", "FREIGHT", "SHIPPING", "CARRIAGE", "运费", "邮费", "快递费"][..]),
            (ImportedKind::Manual, &["M", "MANUAL", "手工"]),
            (ImportedKind::Discount, &["D", "DISCOUNT", "折扣", "优惠"]),
            (ImportedKind::Fee, &["BANK CHARGES", "AMAZONFEE", "CRUK", "手续费"]),
            (ImportedKind::Voucher, &["GIFT_*", "VOUCHER*", "礼品卡", "代金券"]),
            (ImportedKind::Sample, &["S", "SAMPLES", "样品"]),
            (ImportedKind::Adjustment, &["B", "ADJUST*", "调账"]),
        ];
        let rules = codes.into_iter().flat_map(|(kind, codes)| codes.iter().map(move |code| CodeRule { code: (*code).to_owned(), kind }));
        Self {
            digits: 2,
            ahead_of_utc_minutes: 480,
            order: DateOrder::Clear,
            cancellation_prefix: "C".into(),
            adjustment_prefix: "A".into(),
            codes: rules.collect(),
        }
    }
}

/// What a sale's number says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NumberPrefix {
    /// Nothing out of the ordinary.
    Plain,
    /// A cancellation.
    Cancellation,
    /// Bookkeeping.
    Adjustment,
}

impl SalesRules {
    pub(super) fn prefix(&self, number: &str) -> NumberPrefix {
        let begins = |prefix: &str| !prefix.is_empty() && number.strip_prefix(prefix).is_some_and(is_digits);
        match (begins(&self.cancellation_prefix), begins(&self.adjustment_prefix)) {
            (true, _) => NumberPrefix::Cancellation,
            (false, true) => NumberPrefix::Adjustment,
            (false, false) => NumberPrefix::Plain,
        }
    }

    pub(super) fn kind(&self, prefix: NumberPrefix, line: &ImportedLine) -> ImportedKind {
        let no_goods = self.codes.iter().find(|rule| rule.fits(&line.code)).map(|rule| rule.kind);
        match (prefix, no_goods, line.qty_milli < 0, line.unit_micro.signum()) {
            (NumberPrefix::Adjustment, _, _, _) => ImportedKind::Adjustment,
            (_, Some(kind), _, _) => kind,
            (NumberPrefix::Cancellation, None, _, _) => ImportedKind::Cancellation,
            (NumberPrefix::Plain, None, true, 0) => ImportedKind::WriteOff,
            (NumberPrefix::Plain, None, true, _) => ImportedKind::Cancellation,
            (NumberPrefix::Plain, None, false, 0) => ImportedKind::Free,
            (NumberPrefix::Plain, None, false, -1) => ImportedKind::Discount,
            (NumberPrefix::Plain, None, false, _) if line.qty_milli == 0 => ImportedKind::Free,
            (NumberPrefix::Plain, None, false, _) => ImportedKind::Sale,
        }
    }
}

impl CodeRule {
    fn fits(&self, code: &str) -> bool {
        match self.code.strip_suffix('*') {
            Some(start) => code.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)),
            None => code.eq_ignore_ascii_case(&self.code),
        }
    }
}
