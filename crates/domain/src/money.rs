//! Money, quantities and rates as people write them. Guarantee: nothing is rounded; what cannot be held exactly is refused.

use serde::{Deserialize, Serialize};

/// Why a number is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NumberRefusal {
    /// Not a decimal number.
    #[error("{typed:?} is not a number")]
    NotANumber {
        /// As typed.
        typed: String,
    },
    /// More decimals than can be held.
    #[error("{typed} has more than {decimals} decimals")]
    TooManyDecimals {
        /// As typed.
        typed: String,
        /// How many there may be.
        decimals: u8,
    },
    /// Beyond what the books hold.
    #[error("{typed} is too large")]
    TooLarge {
        /// As typed.
        typed: String,
    },
}

/// Reads `12.34` into units of 10^-`decimals`: for money, the currency's minor digits; for quantities, 3. Full-width digits, point and sign
/// are taken, zeros beyond the last decimal too; signs of thousands, exponents and empty sides of the point are not.
///
/// # Errors
/// [`NumberRefusal`], naming what was typed.
pub fn parse_decimal(typed: &str, decimals: u8) -> Result<i64, NumberRefusal> {
    let refusal = || NumberRefusal::NotANumber { typed: typed.to_owned() };
    let plain: String = typed.trim().chars().map(half_width).collect();
    let (negative, digits) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.as_str()),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return Err(refusal()),
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return Err(refusal());
    }
    let fraction = fraction.trim_end_matches('0');
    let Some(missing) = usize::from(decimals).checked_sub(fraction.len()) else {
        return Err(NumberRefusal::TooManyDecimals { typed: typed.to_owned(), decimals });
    };
    let zeros = std::iter::repeat_n(b'0', missing);
    let value = whole.bytes().chain(fraction.bytes()).chain(zeros).try_fold(0i64, |value, digit| {
        let digit = i64::from(digit - b'0');
        let value = value.checked_mul(10)?;
        if negative { value.checked_sub(digit) } else { value.checked_add(digit) }
    });
    value.ok_or_else(|| NumberRefusal::TooLarge { typed: typed.to_owned() })
}

/// Writes units of 10^-`decimals` with exactly that many decimals; [`parse_decimal`] reads it back.
pub fn format_decimal(value: i64, decimals: u8) -> String {
    let places = usize::from(decimals);
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let sign = if value < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Reads a rate, `13%` or `0.13`, into millionths.
///
/// # Errors
/// [`NumberRefusal`]; a rate finer than a millionth has too many decimals.
pub fn parse_rate_ppm(typed: &str) -> Result<i64, NumberRefusal> {
    match typed.trim().strip_suffix(['%', '％']) {
        Some(percent) => parse_decimal(percent.trim_end(), 4).map_err(|refusal| as_typed(refusal, typed)),
        None => parse_decimal(typed, 6),
    }
}

/// Writes millionths as a percentage with no needless zeros: 130 000 is `13%`.
pub fn format_rate_ppm(rate_ppm: i64) -> String {
    let text = format_decimal(rate_ppm, 4);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

fn as_typed(refusal: NumberRefusal, text: &str) -> NumberRefusal {
    let typed = text.to_owned();
    match refusal {
        NumberRefusal::NotANumber { .. } => NumberRefusal::NotANumber { typed },
        NumberRefusal::TooManyDecimals { decimals, .. } => NumberRefusal::TooManyDecimals { typed, decimals },
        NumberRefusal::TooLarge { .. } => NumberRefusal::TooLarge { typed },
    }
}

fn half_width(letter: char) -> char {
    match letter {
        '０'..='９' | '．' | '－' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '。' => '.',
        '−' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_as_people_write_it() {
        for (typed, decimals, minor) in [
            ("12.34", 2, 1234),
            ("１２．３４", 2, 1234),
            ("12", 2, 1200),
            ("12.300", 2, 1230),
            (" 0.05 ", 2, 5),
            ("-0.05", 2, -5),
            ("－３", 0, -3),
            ("100", 0, 100),
            ("1.234", 3, 1234),
            ("007", 2, 700),
            ("92233720368547758.07", 2, i64::MAX),
            ("-92233720368547758.08", 2, i64::MIN),
        ] {
            assert_eq!(parse_decimal(typed, decimals), Ok(minor), "{typed}");
        }
        for typed in ["", "-", ".", "1.", ".5", "1,000", "1e3", "+1", "--1", "1.2.3", "abc", "٣", "NaN", "1 2"] {
            assert_eq!(parse_decimal(typed, 2), Err(NumberRefusal::NotANumber { typed: typed.into() }), "{typed:?}");
        }
        assert_eq!(parse_decimal("0.001", 2), Err(NumberRefusal::TooManyDecimals { typed: "0.001".into(), decimals: 2 }));
        assert_eq!(parse_decimal("1.5", 0), Err(NumberRefusal::TooManyDecimals { typed: "1.5".into(), decimals: 0 }));
        assert_eq!(parse_decimal("92233720368547758.08", 2), Err(NumberRefusal::TooLarge { typed: "92233720368547758.08".into() }));
    }

    #[test]
    fn what_is_written_reads_back() {
        for decimals in 0..=4 {
            for value in (-1205..=1205).chain([i64::MIN, i64::MAX]) {
                assert_eq!(parse_decimal(&format_decimal(value, decimals), decimals), Ok(value));
            }
        }
        assert_eq!(format_decimal(-5, 2), "-0.05");
        assert_eq!(format_decimal(5, 0), "5");
    }

    #[test]
    fn rates_as_people_write_them() {
        for (typed, ppm) in
            [("13%", 130_000), ("0.13", 130_000), ("１３％", 130_000), ("5.5 %", 55_000), ("1.5", 1_500_000), ("100%", 1_000_000), ("0.0001%", 1)]
        {
            assert_eq!(parse_rate_ppm(typed), Ok(ppm), "{typed}");
        }
        assert_eq!(parse_rate_ppm("0.00001%"), Err(NumberRefusal::TooManyDecimals { typed: "0.00001%".into(), decimals: 4 }));
        assert_eq!(parse_rate_ppm("%"), Err(NumberRefusal::NotANumber { typed: "%".into() }));
        assert_eq!([130_000, 1_000_000, 55_500, 0, 1].map(format_rate_ppm), ["13%", "100%", "5.55%", "0%", "0.0001%"]);
    }
}
