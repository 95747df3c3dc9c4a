//! Amounts as text and back, by digits alone: no floating point ever sees them.

/// Writes `scaled` with `digits` decimals: `amount_text(-1205, 2)` is `-12.05`.
///
/// Exact for every `i128`; no grouping, a full stop as the decimal mark.
pub fn amount_text(scaled: i128, digits: u8) -> String {
    let width = usize::from(digits) + 1;
    let padded = format!("{:0>width$}", scaled.unsigned_abs());
    let (whole, part) = padded.split_at(padded.len() - usize::from(digits));
    let sign = if scaled < 0 { "-" } else { "" };
    if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Why a text is no number that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotANumber {
    /// It is not written as a decimal number.
    #[error("this is not a number")]
    Shape,
    /// It has more decimals than can be kept exactly.
    #[error("too many decimals")]
    TooFine,
    /// It is larger than can be kept.
    #[error("too large")]
    TooLarge,
}

/// Reads a decimal number into units of `10^-digits`, exactly: `scaled("12.5", 2)` is 1250.
///
/// Takes a sign, thousands commas in the usual places, a leading currency sign (¥ ￥ $ £ €), full-width digits, accountants' parentheses for
/// negatives, and the exponents that spreadsheets write (`1.5E-3`).
///
/// # Errors
/// `TooFine` where non-zero digits lie beyond `digits` decimals, `TooLarge` beyond an `i64`, `Shape` otherwise.
pub fn scaled(text: &str, digits: u8) -> Result<i64, NotANumber> {
    match rounded(text, digits)? {
        (value, true) => Ok(value),
        (_, false) => Err(NotANumber::TooFine),
    }
}

/// As [`scaled`], but digits beyond the last are rounded half away from zero; false with the value where that changed it.
///
/// # Errors
/// `TooLarge` beyond an `i64`, `Shape` where it is no number.
pub fn rounded(text: &str, digits: u8) -> Result<(i64, bool), NotANumber> {
    let plain: String = text.trim().chars().map(half_width).collect();
    let (negative, body) = match plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner),
        None => (false, plain.as_str()),
    };
    let (minus, body) = signed(body.trim());
    let (sign_after, body) = signed(body.trim_start_matches(['¥', '￥', '$', '£', '€', '元']).trim());
    let body = body.trim_end_matches('元').trim_end();
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| NotANumber::Shape)?),
        None => (body, 0),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = ungrouped(whole)?;
    if (whole.is_empty() && part.is_empty()) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotANumber::Shape);
    }
    let (magnitude, exact) = shifted(&whole, part, i64::from(exponent) + i64::from(digits))?;
    let value = if negative ^ minus ^ sign_after { -magnitude } else { magnitude };
    Ok((i64::try_from(value).map_err(|_| NotANumber::TooLarge)?, exact))
}

/// `whole.part × 10^shift` as the nearest integer, and whether it is that exactly.
fn shifted(whole: &str, part: &str, shift: i64) -> Result<(i128, bool), NotANumber> {
    let all: String = [whole, part].concat();
    let point = i64::try_from(whole.len()).map_err(|_| NotANumber::TooLarge)?.saturating_add(shift);
    let kept = usize::try_from(point.max(0)).unwrap_or(usize::MAX).min(all.len());
    let (digits, beyond) = all.split_at(kept);
    let exact = beyond.bytes().all(|byte| byte == b'0');
    // The digit behind the last decides; with zeros between the point and the digits there is none.
    let up = point >= 0 && beyond.bytes().next().is_some_and(|byte| byte >= b'5');
    let digits = digits.trim_start_matches('0');
    let zeros = if digits.is_empty() { 0 } else { usize::try_from(point).unwrap_or(0) - kept };
    if digits.len() + zeros > 19 {
        return Err(NotANumber::TooLarge);
    }
    let value: i128 = format!("0{digits}{:0<zeros$}", "").parse().map_err(|_| NotANumber::TooLarge)?;
    Ok((value + i128::from(up), exact))
}

fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Takes thousands commas out where they stand in threes; refuses them elsewhere, since `1,5` may mean one and a half.
fn ungrouped(whole: &str) -> Result<String, NotANumber> {
    let groups: Vec<&str> = whole.split(',').collect();
    let well_grouped = groups.len() == 1 || (matches!(groups[0].len(), 1..=3) && groups[1..].iter().all(|group| group.len() == 3));
    if !well_grouped || !groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(NotANumber::Shape);
    }
    Ok(groups.concat())
}

/// The ASCII character that a full-width one stands for; others stay.
pub(crate) fn half_width(ch: char) -> char {
    match ch {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{2212}' => '-',
        '\u{ff01}'..='\u{ff5e}' => u32::from(ch).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(ch),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back_for_every_small_amount() {
        for digits in 0..=4 {
            for value in -12_000..=12_000_i64 {
                assert_eq!(scaled(&amount_text(i128::from(value), digits), digits), Ok(value));
            }
        }
        assert_eq!(amount_text(-5, 2), "-0.05");
        assert_eq!(amount_text(i128::from(i64::MIN), 2), "-92233720368547758.08");
    }

    #[test]
    fn numbers_as_people_and_sheets_write_them() {
        for (text, expected) in [
            ("12.5", 1250),
            (" ￥1,234.50 ", 123_450),
            ("¥-3", -300),
            ("-¥3", -300),
            ("(4.00)", -400),
            ("１２．３４", 1234),
            ("1.5E1", 1500),
            ("2.5e-1", 25),
            (".5", 50),
            ("7.", 700),
            ("12元", 1200),
            ("1.2300", 123),
            ("0e99", 0),
            ("−2", -200),
        ] {
            assert_eq!(scaled(text, 2), Ok(expected), "{text}");
        }
        for text in ["", "-", "1,5", "1,23,456", "12a", "0x1", "NaN", "1.2.3", "--1x", "e5", "."] {
            assert_eq!(scaled(text, 2), Err(NotANumber::Shape), "{text}");
        }
        assert_eq!(scaled("0.001", 2), Err(NotANumber::TooFine));
        assert_eq!(scaled("1e30", 2), Err(NotANumber::TooLarge));
        assert_eq!(scaled("99999999999999999999", 0), Err(NotANumber::TooLarge));
        assert_eq!(scaled("1e-400", 2), Err(NotANumber::TooFine));
        for (text, expected) in [("0.005", 1), ("-0.005", -1), ("0.00499", 0), ("0.0005", 0), ("9e-4", 0), ("3.333333333", 333), ("9.999", 1000)] {
            assert_eq!(rounded(text, 2), Ok((expected, false)), "{text}");
        }
    }
}
