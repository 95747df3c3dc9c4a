//! Step 6: tax.

use super::rules::{TaxClass, WHOLE_PPM};
use crate::share::portion;

/// The tax of a line, rounded half away from zero: contained in `net_minor` or on top of it, as the class says. `None` beyond what the books hold.
pub(super) fn tax_of(class: TaxClass, net_minor: i64) -> Option<i64> {
    let rate = i128::from(class.rate_ppm);
    let whole = i128::from(WHOLE_PPM) + if class.included { rate } else { 0 };
    portion(net_minor, rate, whole)
}
