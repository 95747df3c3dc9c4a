//! What a scan says: a product's own code, or a label that a scale printed with a price or a weight in it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::share::portion;

/// Why a scan is not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum BarcodeRefusal {
    /// Not digits of a length that carries a check digit.
    #[error("{scanned} is not an EAN-13, EAN-8 or UPC-A")]
    Shape {
        /// As scanned.
        scanned: String,
    },
    /// The last digit does not fit the others.
    #[error("{scanned} should end in {expected}")]
    CheckDigit {
        /// As scanned.
        scanned: String,
        /// What the last digit should be.
        expected: char,
    },
    /// The digit that guards the price inside the label does not fit it.
    #[error("the price in {scanned} does not fit its check digit {expected}")]
    PriceCheckDigit {
        /// As scanned.
        scanned: String,
        /// What it should be.
        expected: char,
    },
    /// The shop's setting is no layout of a label.
    #[error("{layout} is no layout: two digits 20 to 29, then I, P, W, V in runs, then C; 13 or 18 characters")]
    Layout {
        /// As set.
        layout: String,
    },
}

/// The symbologies of retail goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Symbology {
    /// Thirteen digits.
    Ean13,
    /// Eight digits.
    Ean8,
    /// Twelve digits.
    UpcA,
}

/// The check digit that belongs behind these digits (GS1 General Specifications, 7.9.1): from the right, every other digit counts three times.
/// `None` where one of them is not an ASCII digit.
pub fn check_digit(body: &str) -> Option<char> {
    let digits: Vec<u32> = body.bytes().map(|byte| byte.is_ascii_digit().then(|| u32::from(byte - b'0'))).collect::<Option<_>>()?;
    let sum: u32 = digits.iter().rev().enumerate().map(|(place, digit)| if place % 2 == 0 { 3 * digit } else { *digit }).sum();
    char::from_digit((10 - sum % 10) % 10, 10)
}

/// Tells which symbology a code is, its check digit being right.
///
/// # Errors
/// `Shape` or `CheckDigit`.
pub fn symbology(code: &str) -> Result<Symbology, BarcodeRefusal> {
    let symbology = match code.len() {
        13 => Symbology::Ean13,
        12 => Symbology::UpcA,
        8 => Symbology::Ean8,
        _ => return Err(BarcodeRefusal::Shape { scanned: code.to_owned() }),
    };
    ends_right(code)?;
    Ok(symbology)
}

/// The bars of an EAN-13: 95 modules from left to right, true for black (GS1 General Specifications, 5.2.1).
///
/// # Errors
/// `Shape` for anything but thirteen digits, `CheckDigit`.
pub fn ean13_bars(code: &str) -> Result<Vec<bool>, BarcodeRefusal> {
    // Each digit in the left half as set A; B is C read backwards, and C is A with black and white changed.
    const SET_A: [u8; 10] = [0b0001101, 0b0011001, 0b0010011, 0b0111101, 0b0100011, 0b0110001, 0b0101111, 0b0111011, 0b0110111, 0b0001011];
    // The first digit is not drawn: it is told by which of the next six stand in set B.
    const IN_B: [u8; 10] = [0b000000, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110, 0b011010];
    if code.len() != 13 {
        return Err(BarcodeRefusal::Shape { scanned: code.to_owned() });
    }
    ends_right(code)?;
    let digits: Vec<usize> = code.bytes().map(|byte| usize::from(byte - b'0')).collect();
    let mut bars = vec![true, false, true];
    let seven = |bars: &mut Vec<bool>, pattern: u8| bars.extend((0..7).rev().map(|bit| pattern >> bit & 1 == 1));
    for (place, digit) in digits[1..7].iter().enumerate() {
        let in_b = IN_B[digits[0]] >> (5 - place) & 1 == 1;
        let set_c = !SET_A[*digit] & 0x7f;
        seven(&mut bars, if in_b { set_c.reverse_bits() >> 1 } else { SET_A[*digit] });
    }
    bars.extend([false, true, false, true, false]);
    for digit in &digits[7..] {
        seven(&mut bars, !SET_A[*digit] & 0x7f);
    }
    bars.extend([true, false, true]);
    Ok(bars)
}

fn ends_right(code: &str) -> Result<(), BarcodeRefusal> {
    let shape = || BarcodeRefusal::Shape { scanned: code.to_owned() };
    let (body, last) = code.split_at_checked(code.len().saturating_sub(1)).ok_or_else(shape)?;
    let expected = check_digit(body).filter(|_| last.bytes().all(|byte| byte.is_ascii_digit())).ok_or_else(shape)?;
    if last.starts_with(expected) { Ok(()) } else { Err(BarcodeRefusal::CheckDigit { scanned: code.to_owned(), expected }) }
}

/// How the shop's scales fill the numbers 20 to 29, which GS1 leaves to each shop: `22IIIIIPPPPPC`, `21IIIIIWWWWWC`, `20IIIIIVPPPPC`, or eighteen
/// characters for scales that print both, `22IIIIIPPPPPWWWWWC`. `I` is the item's code, `P` the price in minor units, `W` the weight in
/// thousandths, `V` the digit that guards a price of four or five digits, `C` the check digit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct LabelLayout(String);

impl TryFrom<String> for LabelLayout {
    type Error = BarcodeRefusal;

    fn try_from(layout: String) -> Result<Self, BarcodeRefusal> {
        let refusal = || BarcodeRefusal::Layout { layout: layout.clone() };
        let bytes = layout.as_bytes();
        let (13 | 18, [b'2', b'0'..=b'9', fields @ .., b'C']) = (bytes.len(), bytes) else {
            return Err(refusal());
        };
        let count = |field: u8| fields.iter().filter(|byte| **byte == field).count();
        let in_one_run = |field: u8| fields.chunk_by(|a, b| a == b).filter(|run| run[0] == field).count() <= 1;
        let known = fields.iter().all(|byte| b"IPWV".contains(byte)) && b"IPWV".iter().all(|field| in_one_run(*field));
        let says_something = count(b'I') > 0 && count(b'P') + count(b'W') > 0;
        let guarded = count(b'V') == 0 || (count(b'V') == 1 && matches!(count(b'P'), 4 | 5));
        if known && says_something && guarded { Ok(Self(layout)) } else { Err(refusal()) }
    }
}

impl From<LabelLayout> for String {
    fn from(layout: LabelLayout) -> Self {
        layout.0
    }
}

impl LabelLayout {
    /// True where a scan has this layout's length and first two digits.
    pub fn fits(&self, scanned: &str) -> bool {
        self.0.len() == scanned.len() && scanned.starts_with(&self.0[..2])
    }
}

/// What a scan says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Scan {
    /// A code to look up as it is.
    Product {
        /// The code.
        code: String,
    },
    /// A label from a scale.
    Label {
        /// The item's code on the scale, leading zeros kept.
        item: String,
        /// The amount on the label, in minor units: goes into the line's `label_minor`.
        price_minor: Option<i64>,
        /// The weight on the label, in thousandths.
        qty_milli: Option<i64>,
    },
}

/// Reads a scan. A number that fits one of the shop's layouts is a label; any other EAN-13, EAN-8 or UPC-A is a product's own code.
///
/// # Errors
/// `Shape`, `CheckDigit` or `PriceCheckDigit`: scanned digits that are wrong must never sell something else.
pub fn read_scan(scanned: &str, layouts: &[LabelLayout]) -> Result<Scan, BarcodeRefusal> {
    let Some(layout) = layouts.iter().find(|layout| layout.fits(scanned)) else {
        return symbology(scanned).map(|_| Scan::Product { code: scanned.to_owned() });
    };
    ends_right(scanned)?;
    let field = |field: char| layout.0.chars().zip(scanned.chars()).filter(|(of, _)| *of == field).map(|(_, digit)| digit).collect::<String>();
    let price = field('P');
    if let Some(expected) = price_check_digit(&price).filter(|expected| layout.0.contains('V') && field('V') != expected.to_string()) {
        return Err(BarcodeRefusal::PriceCheckDigit { scanned: scanned.to_owned(), expected });
    }
    Ok(Scan::Label { item: field('I'), price_minor: price.parse().ok(), qty_milli: field('W').parse().ok() })
}

/// The quantity that a label's price stands for at this price of one, in thousandths; `None` where the price of one is zero or none fits.
pub fn qty_for_price(price_minor: i64, unit_minor: i64) -> Option<i64> {
    if unit_minor <= 0 { None } else { portion(1000, price_minor.into(), unit_minor.into()).filter(|qty| *qty > 0) }
}

/// The digit that guards a price of four or five digits (GS1 General Specifications, 7.9.3 and 7.9.4).
fn price_check_digit(price: &str) -> Option<char> {
    const TWO_MINUS: [u32; 10] = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7];
    const THREE: [u32; 10] = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7];
    const FIVE_PLUS: [u32; 10] = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9];
    const FIVE_MINUS: [u32; 10] = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1];
    let digits: Vec<usize> = price.bytes().map(|byte| usize::from(byte.saturating_sub(b'0')).min(9)).collect();
    match digits[..] {
        [a, b, c, d] => char::from_digit((TWO_MINUS[a] + TWO_MINUS[b] + THREE[c] + FIVE_MINUS[d]) * 3 % 10, 10),
        [a, b, c, d, e] => {
            let sum = FIVE_PLUS[a] + TWO_MINUS[b] + FIVE_MINUS[c] + FIVE_PLUS[d] + TWO_MINUS[e];
            let wanted = (10 - sum % 10) % 10;
            FIVE_MINUS.iter().position(|weighted| *weighted == wanted).and_then(|digit| char::from_digit(u32::try_from(digit).ok()?, 10))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layouts(all: &[&str]) -> Vec<LabelLayout> {
        all.iter().map(|layout| LabelLayout::try_from((*layout).to_owned()).unwrap()).collect()
    }

    fn with_check_digit(body: &str) -> String {
        format!("{body}{}", check_digit(body).unwrap())
    }

    #[test]
    fn codes_by_their_check_digit() {
        assert_eq!(symbology("6901234567892"), Ok(Symbology::Ean13));
        assert_eq!(symbology("96385074"), Ok(Symbology::Ean8));
        assert_eq!(symbology("036000291452"), Ok(Symbology::UpcA));
        assert_eq!(symbology("6901234567893"), Err(BarcodeRefusal::CheckDigit { scanned: "6901234567893".into(), expected: '2' }));
        for wrong in ["", "1", "690123456789", "69012345678９", "690123456789X", "é90123456789", "69012345é"] {
            assert!(symbology(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn every_single_wrong_digit_is_found() {
        for place in 0..13 {
            for digit in b'0'..=b'9' {
                let mut code = b"6901234567892".to_vec();
                let was = std::mem::replace(&mut code[place], digit);
                assert_eq!(symbology(std::str::from_utf8(&code).unwrap()).is_ok(), was == digit);
            }
        }
    }

    #[test]
    fn labels_by_the_shops_layouts() {
        let layouts = layouts(&["22IIIIIPPPPPC", "21IIIIIWWWWWC", "22IIIIIPPPPPWWWWWC", "20IIIIIVPPPPC", "29IIIIVPPPPPC"]);
        let label = |item: &str, price_minor, qty_milli| Ok(Scan::Label { item: item.into(), price_minor, qty_milli });
        assert_eq!(read_scan(&with_check_digit("220012301234"), &layouts), label("00123", Some(1234), None));
        assert_eq!(read_scan(&with_check_digit("210012300755"), &layouts), label("00123", None, Some(755)));
        assert_eq!(read_scan(&with_check_digit("22001230123400755"), &layouts), label("00123", Some(1234), Some(755)));
        assert_eq!(read_scan("6901234567892", &layouts), Ok(Scan::Product { code: "6901234567892".into() }));
        // A number of 20 to 29 that no layout claims is a code of the shop's own.
        assert_eq!(read_scan(&with_check_digit("230012301234"), &layouts), Ok(Scan::Product { code: with_check_digit("230012301234") }));
        assert!(matches!(read_scan("2200123012345", &layouts), Err(BarcodeRefusal::CheckDigit { .. })));
        // The examples of the GS1 specification: 2875 is guarded by 9, 14685 by 6.
        assert_eq!(read_scan(&with_check_digit("200012392875"), &layouts), label("00123", Some(2875), None));
        assert_eq!(read_scan(&with_check_digit("290012614685"), &layouts), label("0012", Some(14685), None));
        assert!(matches!(read_scan(&with_check_digit("200012382875"), &layouts), Err(BarcodeRefusal::PriceCheckDigit { expected: '9', .. })));
    }

    #[test]
    fn a_layout_that_says_nothing_is_refused() {
        for wrong in ["", "12IIIIIPPPPPC", "22IIIIIPPPPPP", "22IIIIIIIIIIC", "22PPPPPPPPPPC", "22IIPPIIPPPPC", "22IIIIIVWWWWC", "22IIIIIXPPPPC", "2é"]
        {
            assert!(LabelLayout::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_quantity_that_a_price_stands_for() {
        assert_eq!(qty_for_price(1234, 1995), Some(619));
        assert_eq!(qty_for_price(1234, 0), None);
        assert_eq!(qty_for_price(0, 1995), None);
    }
}
