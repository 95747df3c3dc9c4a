//! Exact numbers for commissions: fractions that never round and never overflow.
//!
//! A value lives in two `i128` while it fits, which money practically always does, and moves to big integers where it does not; the two are
//! indistinguishable from outside. Only [`Exact::floor_to`] ever gives up a remainder, and only because it is asked to.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    iter::Sum,
    ops::{Add, AddAssign, Mul, Neg, Sub},
};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// More digits than this in one number is a mistake, not money.
const MOST_DIGITS: usize = 60;

/// A rational number: exact under `+`, `-`, `×` and division, whatever its size.
///
/// Written as a decimal where it ends (`"0.1"`, never with trailing zeros), otherwise as a fraction (`"1/3"`).
#[derive(Clone)]
pub struct Exact(Repr);

#[derive(Clone)]
enum Repr {
    /// Numerator and denominator without a common factor; the denominator is above zero.
    Small(i128, i128),
    /// Only what does not fit above.
    Big(Box<BigRational>),
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotANumber {
    /// Something other than an optional minus, digits, a point with digits, and an optional percent sign.
    #[error("not a decimal number")]
    Shape,
    /// Longer than any sum of money.
    #[error("more than 60 digits")]
    TooLong,
    /// A fraction over zero.
    #[error("a fraction over zero")]
    OverZero,
}

impl Exact {
    /// Nothing.
    pub const ZERO: Exact = Exact(Repr::Small(0, 1));
    /// The whole.
    pub const ONE: Exact = Exact(Repr::Small(1, 1));

    /// `numerator / denominator`; `None` over zero.
    pub fn ratio(numerator: i128, denominator: i128) -> Option<Exact> {
        match denominator {
            0 => None,
            1 => Some(Exact(Repr::Small(numerator, 1))),
            _ => Some(reduced(numerator, denominator)),
        }
    }

    /// Ten to the power of `digits`.
    pub fn ten_to(digits: u32) -> Exact {
        match 10i128.checked_pow(digits) {
            Some(power) => Exact(Repr::Small(power, 1)),
            None => big(BigRational::from_integer(num_traits::pow(BigInt::from(10), digits as usize))),
        }
    }

    /// Reads `12.50`, `-3` or `7.5%`. No exponent, no spaces, no thousands marks.
    ///
    /// # Errors
    /// [`NotANumber`] for everything else.
    pub fn parse(text: &str) -> Result<Exact, NotANumber> {
        let (body, percent) = text.strip_suffix('%').map_or((text, false), |body| (body, true));
        let (negative, body) = body.strip_prefix('-').map_or((false, body), |body| (true, body));
        let (whole, fraction) = body.split_once('.').map_or((body, None), |(whole, fraction)| (whole, Some(fraction)));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || fraction.is_some_and(|part| !digits(part)) {
            return Err(NotANumber::Shape);
        }
        let fraction = fraction.unwrap_or("");
        if whole.len() + fraction.len() > MOST_DIGITS {
            return Err(NotANumber::TooLong);
        }
        let places = fraction.len() as u32 + if percent { 2 } else { 0 };
        let joined = format!("{}{whole}{fraction}", if negative { "-" } else { "" });
        match (joined.parse::<i128>(), 10i128.checked_pow(places)) {
            (Ok(numerator), Some(denominator)) => Ok(reduced(numerator, denominator)),
            _ => {
                let numerator = joined.parse::<BigInt>().map_err(|_| NotANumber::Shape)?;
                Ok(big(BigRational::new(numerator, num_traits::pow(BigInt::from(10), places as usize))))
            }
        }
    }

    /// Reads what [`Exact::parse`] reads, and fractions such as `1/3`.
    ///
    /// # Errors
    /// [`NotANumber`] for everything else.
    pub fn parse_fraction(text: &str) -> Result<Exact, NotANumber> {
        match text.split_once('/') {
            None => Exact::parse(text),
            Some((above, below)) => Exact::parse(above)?.over(&Exact::parse(below)?).ok_or(NotANumber::OverZero),
        }
    }

    /// Division; `None` by zero.
    pub fn over(&self, divisor: &Exact) -> Option<Exact> {
        if divisor.is_zero() {
            return None;
        }
        let turned = match &divisor.0 {
            Repr::Small(numerator, denominator) => match (numerator.checked_neg(), *numerator < 0) {
                (_, false) => Exact(Repr::Small(*denominator, *numerator)),
                (Some(positive), true) => Exact(Repr::Small(-denominator, positive)),
                (None, true) => big(divisor.to_big().recip()),
            },
            Repr::Big(value) => big(value.recip()),
        };
        Some(self * &turned)
    }

    /// The greatest multiple of `unit` that is not above this; `unit` is above zero.
    pub fn floor_to(&self, unit: &Exact) -> Exact {
        match self.over(unit) {
            None => self.clone(),
            Some(units) => units.floor() * unit.clone(),
        }
    }

    /// The greatest whole number that is not above this.
    pub fn floor(&self) -> Exact {
        match &self.0 {
            Repr::Small(numerator, denominator) => Exact(Repr::Small(numerator.div_floor(denominator), 1)),
            Repr::Big(value) => big(value.floor()),
        }
    }

    /// Is it nothing?
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(0, _))
    }

    /// Is it above zero?
    pub fn is_positive(&self) -> bool {
        match &self.0 {
            Repr::Small(numerator, _) => *numerator > 0,
            Repr::Big(value) => value.is_positive(),
        }
    }

    /// Is it below zero?
    pub fn is_negative(&self) -> bool {
        !self.is_zero() && !self.is_positive()
    }

    /// The value as a whole number, where it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(numerator, 1) => i64::try_from(*numerator).ok(),
            Repr::Small(..) | Repr::Big(_) => None,
        }
    }

    /// How many digits follow the point, where the decimal ends.
    pub fn places(&self) -> Option<u32> {
        let mut rest = self.to_big().denom().clone();
        let (two, five) = (BigInt::from(2), BigInt::from(5));
        let mut count = |prime: &BigInt| {
            let mut times = 0u32;
            while rest.is_multiple_of(prime) {
                rest /= prime;
                times += 1;
            }
            times
        };
        let places = count(&two).max(count(&five));
        rest.is_one().then_some(places)
    }

    /// Text with exactly `places` digits after the point; for values that need no more than that.
    pub fn with_places(&self, places: u32) -> String {
        let scaled = self * &Exact::ten_to(places);
        let whole = scaled.floor().to_big().to_integer();
        let digits = format!("{:0>width$}", whole.abs(), width = places as usize + 1);
        let sign = if whole.is_negative() { "-" } else { "" };
        match places {
            0 => format!("{sign}{digits}"),
            _ => {
                let (before, after) = digits.split_at(digits.len() - places as usize);
                format!("{sign}{before}.{after}")
            }
        }
    }

    /// As a percentage: `0.075` is `7.5%`.
    pub fn to_percent(&self) -> String {
        format!("{}%", self * &Exact::from(100))
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Small(numerator, denominator) => BigRational::new_raw(BigInt::from(*numerator), BigInt::from(*denominator)),
            Repr::Big(value) => (**value).clone(),
        }
    }
}

fn reduced(numerator: i128, denominator: i128) -> Exact {
    if numerator == i128::MIN || denominator == i128::MIN {
        return big(BigRational::new(BigInt::from(numerator), BigInt::from(denominator)));
    }
    let common = numerator.gcd(&denominator);
    let sign = if denominator < 0 { -1 } else { 1 };
    Exact(Repr::Small(sign * (numerator / common), sign * (denominator / common)))
}

/// A big fraction in the form that fits: small again where it can be, so that equal values are equal in every form.
fn big(value: BigRational) -> Exact {
    match (value.numer().to_i128(), value.denom().to_i128()) {
        (Some(numerator), Some(denominator)) => Exact(Repr::Small(numerator, denominator)),
        _ => Exact(Repr::Big(Box::new(value))),
    }
}

fn small_sum(left: (i128, i128), right: (i128, i128)) -> Option<Exact> {
    if left.1 == right.1 {
        let sum = left.0.checked_add(right.0)?;
        return Some(if left.1 == 1 { Exact(Repr::Small(sum, 1)) } else { reduced(sum, left.1) });
    }
    let common = left.1.gcd(&right.1);
    let (left_times, right_times) = (right.1 / common, left.1 / common);
    let sum = left.0.checked_mul(left_times)?.checked_add(right.0.checked_mul(right_times)?)?;
    Some(reduced(sum, left.1.checked_mul(left_times)?))
}

fn small_product(left: (i128, i128), right: (i128, i128)) -> Option<Exact> {
    let (cross, other) = (left.0.gcd(&right.1).max(1), right.0.gcd(&left.1).max(1));
    let numerator = (left.0 / cross).checked_mul(right.0 / other)?;
    let denominator = (left.1 / other).checked_mul(right.1 / cross)?;
    Some(if numerator == 0 { Exact::ZERO } else { Exact(Repr::Small(numerator, denominator)) })
}

impl<'a> Add<&'a Exact> for &'a Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0)
            && let Some(sum) = small_sum((*a, *b), (*c, *d))
        {
            return sum;
        }
        big(self.to_big() + other.to_big())
    }
}

impl<'a> Mul<&'a Exact> for &'a Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0)
            && *a != i128::MIN
            && *c != i128::MIN
            && let Some(product) = small_product((*a, *b), (*c, *d))
        {
            return product;
        }
        big(self.to_big() * other.to_big())
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        match &self.0 {
            Repr::Small(numerator, denominator) if *numerator != i128::MIN => Exact(Repr::Small(-numerator, *denominator)),
            Repr::Small(..) | Repr::Big(_) => big(-self.to_big()),
        }
    }
}

impl<'a> Sub<&'a Exact> for &'a Exact {
    type Output = Exact;
    fn sub(self, other: &Exact) -> Exact {
        self + &-other
    }
}

macro_rules! owned {
    ($($operation:ident $method:ident),*) => {$(
        impl $operation for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                (&self).$method(&other)
            }
        }
    )*};
}
owned!(Add add, Sub sub, Mul mul);

impl AddAssign<&Exact> for Exact {
    fn add_assign(&mut self, other: &Exact) {
        *self = &*self + other;
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(values: I) -> Exact {
        values.fold(Exact::ZERO, |sum, value| sum + value)
    }
}

impl<'a> Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(values: I) -> Exact {
        values.fold(Exact::ZERO, |sum, value| &sum + value)
    }
}

impl Default for Exact {
    fn default() -> Exact {
        Exact::ZERO
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Exact {
        Exact(Repr::Small(i128::from(value), 1))
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Exact) -> bool {
        match (&self.0, &other.0) {
            (Repr::Small(a, b), Repr::Small(c, d)) => a == c && b == d,
            (Repr::Big(a), Repr::Big(b)) => a == b,
            (Repr::Small(..), Repr::Big(_)) | (Repr::Big(_), Repr::Small(..)) => false,
        }
    }
}
impl Eq for Exact {}

impl Hash for Exact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Repr::Small(numerator, denominator) => (numerator, denominator).hash(state),
            Repr::Big(value) => value.hash(state),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0) {
            if b == d {
                return a.cmp(c);
            }
            if let (Some(left), Some(right)) = (a.checked_mul(*d), c.checked_mul(*b)) {
                return left.cmp(&right);
            }
        }
        self.to_big().cmp(&other.to_big())
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.places() {
            Some(places) => out.write_str(&self.with_places(places)),
            None => {
                let value = self.to_big();
                write!(out, "{}/{}", value.numer(), value.denom())
            }
        }
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Exact, D::Error> {
        let text = String::deserialize(input)?;
        Exact::parse_fraction(&text).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Exact {
        Exact::parse_fraction(text).expect("a number")
    }

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        for (text, written) in
            [("0", "0"), ("-0", "0"), ("12.500", "12.5"), ("7.5%", "0.075"), ("-3", "-3"), ("1/3", "1/3"), ("2/4", "0.5"), ("-0.01", "-0.01")]
        {
            assert_eq!(number(text).to_string(), written);
            assert_eq!(number(written), number(text));
        }
        for text in ["", ".5", "5.", "1e3", "+1", " 1", "1,000", "½", "--1", "1%%", "0x1", "1/0", "NaN"] {
            assert!(Exact::parse_fraction(text).is_err(), "{text}");
        }
        assert_eq!(Exact::parse(&"9".repeat(61)), Err(NotANumber::TooLong));
    }

    #[test]
    fn stays_exact_past_the_small_form_and_returns_to_it() {
        let huge = number(&"9".repeat(50));
        let third = number("1/3");
        assert_eq!(&(&huge * &huge) - &(&huge * &huge), Exact::ZERO);
        assert_eq!((&huge * &third).over(&huge), Some(third.clone()));
        assert_eq!(&(&huge + &third) - &huge, third);
        assert!(huge > number("-1") && -&huge < number("1"));
        let edge = Exact::ratio(i128::MIN, 1).expect("a number");
        assert_eq!(-&(-&edge), edge);
        assert_eq!(Exact::ONE.over(&edge).and_then(|turned| Exact::ONE.over(&turned)), Some(edge));
    }

    #[test]
    fn floors_towards_less_and_leaves_a_remainder_of_zero_or_more() {
        let cent = number("0.01");
        assert_eq!(number("16.679").floor_to(&cent).with_places(2), "16.67");
        assert_eq!(number("-0.001").floor_to(&cent).with_places(2), "-0.01");
        assert_eq!(number("7").floor_to(&number("2.5")).to_string(), "5");
        assert_eq!(number("3").with_places(2), "3.00");
        assert_eq!(number("0.075").to_percent(), "7.5%");
    }
}
