//! Codes of an authenticator (RFC 6238): HMAC-SHA-1, six digits, thirty seconds. A code is good for its own step and one on either side.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Bytes of a secret, as RFC 4226 advises.
pub const SECRET: usize = 20;
const STEP_MS: i64 = 30_000;

/// The step of a typed code, where it is a code of now and later than the last one used; `None` where it opens nothing.
pub fn step_of(secret: &[u8], typed: &str, last: i64, now_ms: i64) -> Option<i64> {
    let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let now = now_ms.div_euclid(STEP_MS);
    let mut found = None;
    for step in now - 1..=now + 1 {
        // Hashes are compared in constant time, and every step is looked at.
        let same = blake3::hash(code(secret, step).as_bytes()) == blake3::hash(typed.as_bytes());
        if same && step > last && found.is_none() {
            found = Some(step);
        }
    }
    found
}

/// The six digits of a step.
pub fn code(secret: &[u8], step: i64) -> String {
    format!("{:06}", truncated(secret, step) % 1_000_000)
}

fn truncated(secret: &[u8], step: i64) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).unwrap_or_else(|error| unreachable!("HMAC takes a key of any length: {error}"));
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]])
}

/// Base32 without padding (RFC 4648), as authenticators read secrets.
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bit = |at: usize| bytes.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
    (0..(bytes.len() * 8).div_ceil(5))
        .map(|group| (0..5).fold(0, |value, place| value << 1 | usize::from(bit(group * 5 + place))))
        .map(|value| char::from(LETTERS[value]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn the_vectors_of_rfc_6238() {
        let vectors = [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ];
        for (seconds, eight) in vectors {
            assert_eq!(truncated(RFC, seconds / 30) % 100_000_000, eight, "at {seconds}");
        }
        assert_eq!(code(RFC, 1_111_111_109 / 30), "081804", "zeros in front are kept");
    }

    #[test]
    fn the_vectors_of_rfc_4648() {
        let vectors = [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI")];
        for (text, encoded) in vectors {
            assert_eq!(base32(text.as_bytes()), encoded);
        }
    }

    #[test]
    fn a_code_is_good_for_one_step_on_either_side_and_once() {
        let now = 1_000 * STEP_MS + 7;
        for step in 990..1_010 {
            let wanted = (999..=1_001).contains(&step).then_some(step);
            assert_eq!(step_of(RFC, &code(RFC, step), 0, now), wanted, "step {step}");
        }
        assert_eq!(step_of(RFC, &code(RFC, 1_000), 1_000, now), None, "used");
        assert_eq!(step_of(RFC, &code(RFC, 999), 1_000, now), None, "older than one that was used");
        let spaced = format!("{} {}", &code(RFC, 1_001)[..3], &code(RFC, 1_001)[3..]);
        assert_eq!(step_of(RFC, &spaced, 1_000, now), Some(1_001));
        assert_eq!(step_of(RFC, "", 0, now), None);
    }
}
