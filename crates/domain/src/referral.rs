//! The referral code of a member (推荐码): made of the member's identity, so that nothing has to be given out or kept, and read with what people and scanners
//! do to it. A check sign catches every single wrong sign and every two signs that changed places.

use crate::ids::MemberId;

/// The 32 signs of Crockford's base 32: no I, L, O or U.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs that carry the identity: its last 48 bits, five to a sign.
const LENGTH: usize = 10;
/// What a code begins with, so that it is taken for nothing else.
const FIRST: char = 'R';

/// The code of a member: `R`, ten signs and the check sign.
pub fn code(member: MemberId) -> String {
    let identity = member.bytes().iter().skip(10).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let signs: Vec<u8> = (0..LENGTH).rev().map(|place| u8::try_from(identity >> (5 * place) & 31).unwrap_or(0)).collect();
    let sign = |value: &u8| char::from(SIGNS[usize::from(*value & 31)]);
    std::iter::once(FIRST).chain(signs.iter().map(sign)).chain([sign(&check(&signs))]).collect()
}

/// The last six bytes of the identity that a typed or scanned code stands for; `None` for a text that is no code, or one with a mistake in it. Small letters,
/// blanks and hyphens are as good, and O is read as 0, I and L as 1.
pub fn read(text: &str) -> Option<[u8; 6]> {
    let mut signs = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').map(|sign| sign.to_ascii_uppercase());
    if signs.next() != Some(FIRST) {
        return None;
    }
    let value = |sign: char| {
        let sign = match sign {
            'O' => '0',
            'I' | 'L' => '1',
            sign => sign,
        };
        SIGNS.iter().position(|known| char::from(*known) == sign).and_then(|place| u8::try_from(place).ok())
    };
    let values: Vec<u8> = signs.map(value).collect::<Option<_>>()?;
    let (last, identity) = values.split_last()?;
    let whole = identity.iter().fold(0_u64, |sum, value| sum << 5 | u64::from(*value));
    if identity.len() != LENGTH || check(identity) != *last || whole >> 48 != 0 {
        return None;
    }
    whole.to_be_bytes().get(2..)?.try_into().ok()
}

/// A sum over the field of 32 elements, each sign times another power of its generator: no two places and no two signs weigh the same.
fn check(signs: &[u8]) -> u8 {
    let doubled = |value: u8| if value & 16 == 0 { value << 1 } else { value << 1 & 31 ^ 0b0_0101 };
    signs.iter().fold(0, |sum, sign| doubled(sum ^ sign))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    proptest! {
        #[test]
        fn a_code_stands_for_its_member_however_it_is_typed(bits in any::<u128>()) {
            let member = MemberId(Uuid::from_u128(bits));
            let code = code(member);
            let end: [u8; 6] = member.bytes()[10..].try_into().unwrap();
            prop_assert_eq!(code.len(), 12);
            prop_assert_eq!(read(&code), Some(end));
            let typed = code.to_lowercase().replace('0', "o").replace('1', "l");
            prop_assert_eq!(read(&format!(" {} {}-{} ", &typed[..4], &typed[4..8], &typed[8..])), Some(end));
        }

        #[test]
        fn one_wrong_sign_or_two_that_changed_places_are_noticed(bits in any::<u128>(), at in 1..12_usize, other in 0..32_usize) {
            let code = code(MemberId(Uuid::from_u128(bits)));
            let mut wrong: Vec<u8> = code.bytes().collect();
            wrong[at] = SIGNS[other];
            if wrong != code.as_bytes() {
                prop_assert_eq!(read(&String::from_utf8(wrong).unwrap()), None);
            }
            let mut swapped: Vec<u8> = code.bytes().collect();
            if at < 11 {
                swapped.swap(at, at + 1);
            }
            if swapped != code.as_bytes() {
                prop_assert_eq!(read(&String::from_utf8(swapped).unwrap()), None);
            }
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for text in ["", "R", "M000001", "13812345678", "R0000000000", "RU000000000", "龙井茶", "R00000000000Z"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("R00000000000"), Some([0; 6]));
    }
}
