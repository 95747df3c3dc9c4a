//! The recovery key: what the owner writes down, and what opens the books on any machine. It is the secret of the file's lock itself, written so that
//! a person can copy and type it.

use books::{
    FileKey,
    lock::{Lid, look_at},
};
use domain::ids::PersonId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure},
    house::House,
    menu::Call,
    people::known_by_pin,
};

/// Letters and digits that are not taken for one another (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 128 bits of secret and 12 that tell a slip of the pen.
const SIGNS: usize = 28;
const GROUP: usize = 4;
const CHECK_BITS: u32 = 12;
/// Under this name the device keeps that its person has the recovery key on paper.
const PROVED: &str = "recovery_proved";

/// The secret behind the lock of one shop's books.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 16]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// Of sixteen random bytes.
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// As the keyring keeps it.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// What it opens the file with.
    pub fn key(&self) -> FileKey {
        FileKey::of(&self.0)
    }

    /// Seven groups of four signs.
    pub fn groups(&self) -> Vec<String> {
        let mut bits = (u128::from_be_bytes(self.0), check(&self.0));
        let mut signs = [b'0'; SIGNS];
        for sign in signs.iter_mut().rev() {
            *sign = LETTERS[usize::from((bits.1 & 31) as u8)];
            // The check stands below the secret, 140 bits in all.
            bits.1 = (bits.1 >> 5) | (((bits.0 & 31) as u16) << 7);
            bits.0 >>= 5;
        }
        signs.chunks(GROUP).map(|group| String::from_utf8_lossy(group).into_owned()).collect()
    }

    /// Reads what a person typed; spaces, dashes and small letters are fine, and O and I are taken for the digits they look like.
    ///
    /// # Errors
    /// `RecoveryKeyTypo`
    pub fn typed(text: &str) -> Result<Self, RecoveryRefusal> {
        let signs: Vec<u8> = signs_of(text);
        if signs.len() != SIGNS {
            return Err(RecoveryRefusal::RecoveryKeyTypo);
        }
        let (mut secret, mut rest) = (0_u128, 0_u16);
        for (place, sign) in signs.into_iter().enumerate() {
            let value = LETTERS.iter().position(|letter| *letter == sign).and_then(|value| u16::try_from(value).ok());
            let value = value.ok_or(RecoveryRefusal::RecoveryKeyTypo)?;
            // 25 signs hold 125 bits of the secret; the next holds its last three and two of the check.
            match place {
                0..=24 => secret = secret << 5 | u128::from(value),
                25 => (secret, rest) = (secret << 3 | u128::from(value >> 2), value & 3),
                _ => rest = rest << 5 | value,
            }
        }
        let secret = Self(secret.to_be_bytes());
        if check(&secret.0) == rest { Ok(secret) } else { Err(RecoveryRefusal::RecoveryKeyTypo) }
    }

    /// The two groups that a person types to prove that they have the key; which ones is the key's own choice.
    fn asked(&self) -> [usize; 2] {
        let groups = SIGNS / GROUP;
        let first = usize::from(self.0[0]) % groups;
        let second = (first + 1 + usize::from(self.0[1]) % (groups - 1)) % groups;
        [first.min(second), first.max(second)]
    }
}

/// Under which name a device keeps the secret behind a key.
pub fn name_of(id: [u8; 16]) -> String {
    format!("books.{}", uuid::Uuid::from_bytes(id).simple())
}

fn check(secret: &[u8; 16]) -> u16 {
    let hash = blake3::derive_key("banyan 2026 check of a recovery key", secret);
    u16::from_be_bytes([hash[0], hash[1]]) >> (u16::BITS - CHECK_BITS)
}

fn signs_of(text: &str) -> Vec<u8> {
    let plain = text.bytes().filter(|byte| byte.is_ascii_alphanumeric()).map(|byte| byte.to_ascii_uppercase());
    plain
        .map(|byte| match byte {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        })
        .collect()
}

/// The recovery key as it is shown.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RecoveryKey {
    /// Seven groups of four signs.
    pub groups: Vec<String>,
    /// Which two groups are to be typed as the proof, counted from 0.
    pub asked: Vec<usize>,
}

/// What is typed as the proof.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RecoveryProof {
    /// The two groups, in order.
    pub groups: Vec<String>,
}

/// Opening the books by the recovery key.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct UnlockDraft {
    /// As typed.
    pub recovery_key: String,
}

/// Why a recovery key is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RecoveryRefusal {
    /// Not 28 signs, or not the right ones.
    #[error("this is no recovery key: it has seven groups of four letters and digits, and one of them is mistyped")]
    RecoveryKeyTypo,
    /// A key of other books.
    #[error("this recovery key belongs to other books")]
    OtherRecoveryKey,
    /// The groups are not those that were shown.
    #[error("these groups are not those of the key")]
    RecoveryProofDiffers,
    /// Nothing is locked here.
    #[error("these books are open already")]
    NotLockedHere,
}

/// The recovery key, for the owner who types their PIN again.
pub async fn recovery_key(call: &Call<'_>, pin: String) -> Result<RecoveryKey, Failure> {
    let person: PersonId = call.session.as_ref().map(|session| session.person).ok_or(DoorRefusal::NobodySignedIn)?;
    known_by_pin(call, person, pin).await?;
    let secret = of_shop(call).await?;
    Ok(RecoveryKey { groups: secret.groups(), asked: secret.asked().to_vec() })
}

/// Proves that the key is on paper by typing part of it.
pub async fn prove_recovery_key(call: &Call<'_>, proof: RecoveryProof) -> Result<(), Failure> {
    let secret = of_shop(call).await?;
    let groups = secret.groups();
    let asked: Vec<Vec<u8>> = secret.asked().iter().filter_map(|place| groups.get(*place)).map(|group| group.clone().into_bytes()).collect();
    let typed: Vec<Vec<u8>> = proof.groups.iter().map(|group| signs_of(group)).collect();
    if asked != typed {
        return Err(Failure::refused(RecoveryRefusal::RecoveryProofDiffers));
    }
    keep_proved(call.house, &secret).await
}

/// Opens books that came from another device, or whose keyring is gone, by their recovery key, which this device keeps from now on.
pub async fn unlock_books(call: &Call<'_>, draft: UnlockDraft) -> Result<(), Failure> {
    let Lid::Locked(id) = look_at(call.house.path())? else { return Err(Failure::refused(RecoveryRefusal::NotLockedHere)) };
    if call.shop().is_ok() {
        return Err(Failure::refused(RecoveryRefusal::NotLockedHere));
    }
    let secret = fitting(&draft.recovery_key, id)?;
    call.house.keep_secret(&secret)?;
    call.house.unlock().await?;
    // Whoever types the whole key has it.
    keep_proved(call.house, &secret).await?;
    crate::imports::go_on(call.house).await
}

/// Reads a recovery key and insists that it opens what is locked by the key of this name.
pub(crate) fn fitting(typed: &str, id: [u8; 16]) -> Result<Secret, Failure> {
    let secret = Secret::typed(typed).map_err(Failure::refused)?;
    if secret.key().id() != id {
        return Err(Failure::refused(RecoveryRefusal::OtherRecoveryKey));
    }
    Ok(secret)
}

/// True where somebody proved on this device that they have the key of these books.
pub(crate) async fn is_proved(house: &House, books: &books::Books) -> Result<bool, Failure> {
    let Lid::Locked(id) = look_at(house.path())? else { return Ok(false) };
    Ok(books.local(PROVED).await?.as_deref() == Some(&uuid::Uuid::from_bytes(id).simple().to_string()))
}

async fn keep_proved(house: &House, secret: &Secret) -> Result<(), Failure> {
    let id = uuid::Uuid::from_bytes(secret.key().id()).simple().to_string();
    house.shop().await?.books.keep_local(PROVED, Some(id)).await?;
    Ok(())
}

async fn of_shop(call: &Call<'_>) -> Result<Secret, Failure> {
    call.shop()?;
    let Lid::Locked(id) = look_at(call.house.path())? else { return Err(DoorRefusal::NoShop.into()) };
    call.house.secret(id)?.ok_or_else(|| DoorRefusal::Locked { path: call.house.path().display().to_string() }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_whatever_a_pen_does_to_it() {
        let mut bytes = [0; 16];
        for place in 0..=255_u8 {
            bytes.iter_mut().enumerate().for_each(|(at, byte)| *byte = place.wrapping_mul(31).wrapping_add(at as u8 * 17) ^ place.rotate_left(3));
            let secret = Secret::new(bytes);
            let groups = secret.groups();
            assert_eq!((groups.len(), groups.iter().all(|group| group.len() == 4)), (7, true));
            assert_eq!(Secret::typed(&groups.join("-")).as_ref(), Ok(&secret));
            let by_hand = groups.join(" ").to_lowercase().replace('0', "o").replace('1', "l");
            assert_eq!(Secret::typed(&by_hand).as_ref(), Ok(&secret), "{by_hand}");
            let [first, second] = secret.asked();
            assert!(first < second && second < 7, "{first} {second}");
        }
    }

    /// Twelve bits of check let one slip in 4,096 pass, and then the key is of no books: no slip here opens anything.
    #[test]
    fn a_slip_of_the_pen_is_told() {
        let secret = Secret::new(*b"sixteen bytes!!!");
        let right = secret.groups().concat();
        let mut passed = 0;
        for place in 0..right.len() {
            for letter in LETTERS {
                let mut wrong = right.clone().into_bytes();
                if wrong[place] == *letter {
                    continue;
                }
                wrong[place] = *letter;
                match Secret::typed(&String::from_utf8_lossy(&wrong)) {
                    Err(refusal) => assert_eq!(refusal, RecoveryRefusal::RecoveryKeyTypo),
                    Ok(other) => {
                        passed += 1;
                        assert_ne!(other.key().id(), secret.key().id());
                    }
                }
            }
        }
        assert!(passed <= 3, "{passed} slips of 868 were not told");
        for wrong in ["", "ABCD", &right[1..], &format!("{right}0"), &right.replace(&right[..1], "U")] {
            assert_eq!(Secret::typed(wrong).err(), Some(RecoveryRefusal::RecoveryKeyTypo), "{wrong}");
        }
    }
}
