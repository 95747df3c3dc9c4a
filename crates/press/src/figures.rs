//! Figures as pages show them: grouped by thousands, exact to the last digit, by digits alone.

/// An amount in minor units: `figure(-1234567, 2)` is `−12,345.67`.
pub fn figure(minor: i128, digits: u8) -> String {
    let text = plain(minor.unsigned_abs(), digits);
    let (whole, part) = text.split_once('.').map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if minor < 0 { "−" } else { "" };
    part.map_or_else(|| format!("{sign}{grouped}"), |part| format!("{sign}{grouped}.{part}"))
}

/// An exact amount in millionths of a minor unit, without idle zeros past the currency's own decimals.
pub fn exact_text(micro: i128, digits: u8) -> String {
    let text = figure(micro, digits + 6);
    let keep = text.find('.').map_or(text.len(), |point| point + 1 + usize::from(digits));
    let (kept, rest) = text.split_at(keep);
    format!("{kept}{}", rest.trim_end_matches('0')).trim_end_matches('.').to_owned()
}

/// A share in millionths: `percent(82_500)` is `8.25%`.
pub fn percent(ppm: i64) -> String {
    format!("{}%", exact_text(i128::from(ppm) * 100, 0))
}

fn plain(scaled: u128, digits: u8) -> String {
    let width = usize::from(digits) + 1;
    let padded = format!("{scaled:0>width$}");
    let (whole, part) = padded.split_at(padded.len() - usize::from(digits));
    if digits == 0 { whole.to_owned() } else { format!("{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_stands_on_the_page() {
        assert_eq!([0, 5, -5, 123_456, -123_456_789].map(|minor| figure(minor, 2)), ["0.00", "0.05", "−0.05", "1,234.56", "−1,234,567.89"]);
        assert_eq!([0, 999, 1_000, -1_234_567].map(|minor| figure(minor, 0)), ["0", "999", "1,000", "−1,234,567"]);
        assert_eq!(
            [0, 1, 12_500_000, 102_400_000_000, -1_000_001].map(|micro| exact_text(micro, 2)),
            ["0.00", "0.00000001", "0.125", "1,024.00", "−0.01000001"]
        );
        assert_eq!([1_500_000, 2_000_000].map(|micro| exact_text(micro, 0)), ["1.5", "2"]);
        assert_eq!([0, 82_500, 100_000, 1_000_000, 1].map(percent), ["0%", "8.25%", "10%", "100%", "0.0001%"]);
    }
}
