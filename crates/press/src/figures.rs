//! Figures as people read them on paper: grouped by thousands, with the currency's decimals.

use paper::amount::amount_text;

/// An amount in minor units: `123456` with two digits is `1,234.56`.
pub(crate) fn money(minor: i64, digits: u8) -> String {
    grouped(&amount_text(minor.into(), digits))
}

/// An exact amount in millionths of a minor unit: the currency's decimals always, further ones where they are not zero.
pub(crate) fn micro(micro: i64, digits: u8) -> String {
    let exact = amount_text(micro.into(), digits + 6);
    let least = exact.len() - 6;
    let kept = exact.trim_end_matches('0').len().max(least);
    grouped(exact.get(..kept).unwrap_or(&exact).trim_end_matches('.'))
}

/// A rate in millionths as a percentage: `85_000` is `8.5%`.
pub(crate) fn percent(ppm: i64) -> String {
    format!("{}%", amount_text(ppm.into(), 4).trim_end_matches('0').trim_end_matches('.'))
}

/// Whole part grouped, decimals as they are.
pub(crate) fn grouped(text: &str) -> String {
    let (sign, bare) = text.strip_prefix('-').map_or(("", text), |bare| ("-", bare));
    let (whole, part) = bare.split_once('.').map_or((bare, None), |(whole, part)| (whole, Some(part)));
    let mut out = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_and_nothing_is_lost() {
        let told = [0, 5, -5, 100, 99_999, 100_000, 123_456_789, -100_000_000].map(|minor| money(minor, 2));
        assert_eq!(told, ["0.00", "0.05", "-0.05", "1.00", "999.99", "1,000.00", "1,234,567.89", "-1,000,000.00"]);
        let exact = [0, 1, 1_230_000, 123_456_789_012, -50_000_000];
        assert_eq!(exact.map(|amount| micro(amount, 2)), ["0.00", "0.00000001", "0.0123", "1,234.56789012", "-0.50"]);
        assert_eq!([micro(5_000_000, 0), micro(5_100_000, 0)], ["5", "5.1"]);
        assert_eq!([85_000, 1_000_000, 0, 33_333].map(percent), ["8.5%", "100%", "0%", "3.3333%"]);
        assert_eq!([money(1_234, 0), money(i64::MIN, 3)], ["1,234", "-9,223,372,036,854,775.808"]);
    }
}
