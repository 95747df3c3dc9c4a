//! The business itself and its settings.

use serde::{Deserialize, Serialize};

use crate::fact::Posts;

/// The first fact of every journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopOpened {
    /// Name on receipts.
    pub name: String,
    /// ISO 4217 code; fixed for the life of the books.
    pub currency: String,
    /// Decimals of the currency: 2 for CNY and EUR, 0 for JPY.
    pub minor_digits: u8,
    /// Language of paper: `zh-CN` or `en`.
    pub language: String,
    /// IANA time zone by which business dates are cut.
    pub time_zone: String,
    /// True for the sample shop, which is removable in one step.
    pub sample: bool,
}
impl Posts for ShopOpened {}

/// One setting by name; the value is JSON text, so that later versions add settings without a new kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingChanged {
    /// `points`, `tax`, `printer`, `idle_lock_seconds` …
    pub name: String,
    /// JSON text.
    pub value: String,
}
impl Posts for SettingChanged {}

/// Decimals that money of this currency is written with (ISO 4217).
pub fn minor_digits_of(currency: &str) -> u8 {
    match currency {
        "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "UGX" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "KWD" | "JOD" | "OMR" | "TND" | "IQD" | "LYD" => 3,
        _ => 2,
    }
}
