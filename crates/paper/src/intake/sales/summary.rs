//! What the accepted lines come to, by kind and month.

use std::collections::BTreeMap;

use domain::import::ImportedKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Gathered, NumberPrefix, net_micro};

/// What the accepted rows come to, to be held against the earlier system's own figures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct SalesSummary {
    /// Sales.
    #[ts(type = "number")]
    pub sales: u64,
    /// Customers named in them.
    #[ts(type = "number")]
    pub customers: u64,
    /// Lines without a customer.
    #[ts(type = "number")]
    pub walk_in_lines: u64,
    /// All lines.
    pub total: KindSum,
    /// By kind of line.
    pub by_kind: BTreeMap<ImportedKind, KindSum>,
    /// By month of the line, `2011-12`, and kind.
    pub by_month: BTreeMap<String, BTreeMap<ImportedKind, KindSum>>,
    /// By what the number's prefix says of the sale.
    pub by_prefix: BTreeMap<NumberPrefix, KindSum>,
    /// Sum of all lines in minor units less their exact sum, in millionths of a minor unit.
    #[ts(type = "number")]
    pub rounding_micro: i64,
}

/// Lines and what they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct KindSum {
    /// Lines.
    #[ts(type = "number")]
    pub lines: u64,
    /// Exact sum in millionths of a minor unit.
    #[ts(type = "number")]
    pub net_micro: i64,
}

impl SalesSummary {
    pub(super) fn add(&mut self, prefix: NumberPrefix, sale: &Gathered) {
        self.sales += 1;
        for (time, line) in &sale.lines {
            let net = net_micro(line);
            let month = self.by_month.entry(time.month()).or_default();
            for sum in [
                &mut self.total,
                self.by_kind.entry(line.kind).or_default(),
                month.entry(line.kind).or_default(),
                self.by_prefix.entry(prefix).or_default(),
            ] {
                sum.lines += 1;
                sum.net_micro += net;
            }
            self.rounding_micro += line.net_minor * 1_000_000 - net;
            self.walk_in_lines += u64::from(sale.customer.is_none());
        }
    }
}
