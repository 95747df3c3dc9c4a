//! Personal data stand beside an entry, not in it: the hash covers a salted mark of them. So they can be erased on every copy of the books while the chain,
//! its seals and every figure stay as they were proved. What is left of the fact says who by number and nothing else.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    fact::Fact,
    ids::MemberId,
    member::{MemberCard, MemberChanged, MemberEnrolled},
    message::Contact,
    payout::{Payee, PayeeSaved},
};

/// Bytes of the salt before the data.
pub const SALT: usize = 16;

/// What is personal on a member's card; level, rank and whether the member is frozen belong to the shop's figures.
#[derive(Serialize, Deserialize)]
struct Personal {
    name: String,
    phone: Option<String>,
    note: Option<String>,
    birthday: Option<String>,
    contact: Option<Contact>,
}

/// What the body says of the data: BLAKE3 of salt and data, for this one purpose.
pub fn mark_of(beside: &[u8]) -> [u8; 32] {
    blake3::derive_key("banyan personal data beside an entry 1", beside)
}

/// Whose personal data a fact carries; `None` for a fact that has none.
pub fn whose(fact: &Fact) -> Option<MemberId> {
    match fact {
        Fact::MemberEnrolled(enrolled) => Some(enrolled.member),
        Fact::MemberChanged(changed) => Some(changed.member),
        Fact::PayeeSaved(saved) => Some(saved.member),
        _ => None,
    }
}

/// The fact without its personal data, and those; `None` for a fact that has none.
pub fn parted(fact: &Fact, salt: [u8; SALT]) -> Option<(Fact, Vec<u8>)> {
    let card_of = |card: &MemberCard| {
        let MemberCard { name, phone, note, birthday, contact, level, rank, active } = card.clone();
        let blank = MemberCard { level, rank, active, ..MemberCard::default() };
        (blank, written(salt, &Personal { name, phone, note, birthday, contact }))
    };
    match fact {
        Fact::MemberEnrolled(enrolled) => {
            let (card, beside) = card_of(&enrolled.card);
            Some((MemberEnrolled { card, ..enrolled.clone() }.into(), beside))
        }
        Fact::MemberChanged(changed) => {
            let (card, beside) = card_of(&changed.card);
            Some((MemberChanged { card, ..changed.clone() }.into(), beside))
        }
        Fact::PayeeSaved(saved) => {
            let payee = Payee { channel: saved.payee.channel.clone(), ..Payee::default() };
            Some((PayeeSaved { payee, ..saved.clone() }.into(), written(salt, &saved.payee)))
        }
        _ => None,
    }
}

/// The whole fact again.
///
/// # Errors
/// What the decoder says of data that are not those of such a fact.
pub(crate) fn joined(fact: Fact, beside: &[u8]) -> Result<Fact, String> {
    let put = |card: &mut MemberCard| {
        let Personal { name, phone, note, birthday, contact } = read(beside)?;
        *card = MemberCard { name, phone, note, birthday, contact, ..std::mem::take(card) };
        Ok::<_, String>(())
    };
    match fact {
        Fact::MemberEnrolled(mut enrolled) => put(&mut enrolled.card).map(|()| enrolled.into()),
        Fact::MemberChanged(mut changed) => put(&mut changed.card).map(|()| changed.into()),
        Fact::PayeeSaved(saved) => Ok(PayeeSaved { payee: read(beside)?, ..saved }.into()),
        other => Err(format!("no personal data stand beside a {}", other.kind())),
    }
}

fn written<T: Serialize>(salt: [u8; SALT], data: &T) -> Vec<u8> {
    let mut beside = salt.to_vec();
    ciborium::into_writer(data, &mut beside).unwrap_or_else(|error| unreachable!("writing to memory failed: {error}"));
    beside
}

fn read<T: DeserializeOwned>(beside: &[u8]) -> Result<T, String> {
    ciborium::from_reader(beside.get(SALT..).unwrap_or_default()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use serde_bytes::ByteBuf;
    use uuid::Uuid;

    use super::*;
    use crate::{
        entry::{Entry, parted_body},
        ids::{ChainId, DeviceId, EntryId},
    };

    fn enrolled() -> Fact {
        let contact = Contact { email: Some("li@example.com".into()), ..Contact::default() };
        let card = MemberCard {
            name: "李静".into(),
            phone: Some("+8613812345678".into()),
            level: Some("金卡".into()),
            rank: Some("主管".into()),
            active: true,
            note: Some("左撇子".into()),
            birthday: Some("05-21".into()),
            contact: Some(contact),
        };
        let member = MemberId(Uuid::from_u128(7));
        MemberEnrolled { member, number: "M000007".into(), card, sponsor: None, joined: "2026-03-10".into() }.into()
    }

    fn payee() -> Fact {
        let payee =
            Payee { channel: "bank".into(), holder: "李静".into(), account: "6222".into(), bank: "工商银行".into(), identity: "4101".into() };
        PayeeSaved { member: MemberId(Uuid::from_u128(7)), payee }.into()
    }

    fn entry(fact: &Fact, salt: [u8; SALT]) -> Entry {
        let (body, beside) = parted_body(fact, salt).expect("personal data");
        let id = Uuid::from_u128(1);
        let kind = fact.kind().to_owned();
        let day = "2026-03-10".to_owned();
        let before = ByteBuf::from([0; 32]);
        Entry(EntryId(id), DeviceId(id), ChainId(id), 1, before, (5, 0), day, None, kind, 1, fact.class(), 0, None, Vec::new(), body, beside)
    }

    fn holds(bytes: &[u8], text: &str) -> bool {
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    }

    #[test]
    fn what_stands_beside_is_whole_again_and_is_gone_without_a_trace_once_cut_while_the_hash_stays() {
        for fact in [enrolled(), payee()] {
            let whole = entry(&fact, [9; SALT]);
            let read = Entry::read(1, &whole.bytes()).expect("an entry");
            assert_eq!((read.fact(1), read.bytes(), read.hash()), (Ok(Some(fact.clone())), whole.bytes(), whole.hash()));
            let mut cut = whole.clone();
            cut.15.clear();
            assert_eq!(cut.hash(), whole.hash(), "the hash does not cover what stands beside");
            assert!(whole.bytes().starts_with(&cut.bytes()) && holds(&whole.bytes(), "李静"));
            for secret in ["李静", "13812345678", "左撇子", "05-21", "li@example.com", "6222", "工商银行", "4101"] {
                assert!(!holds(&cut.bytes(), secret), "{secret}");
            }
            let left = Entry::read(1, &cut.bytes()).expect("an entry").fact(1).expect("readable").expect("known");
            assert_eq!(Some(left), parted(&fact, [0; SALT]).map(|(blank, _)| blank));
        }
    }

    #[test]
    fn data_that_are_not_those_of_the_mark_are_refused_and_a_mark_tells_nothing_of_a_guess() {
        let one = entry(&enrolled(), [9; SALT]);
        let other = entry(&enrolled(), [8; SALT]);
        assert_ne!(one.14, other.14, "the same person under another salt has another mark");
        let mut forged = one.clone();
        forged.15 = other.15.clone();
        assert!(forged.fact(1).is_err() && !forged.fits_apart());
        // Bytes behind an entry that marks none.
        let mut smuggled = one.clone();
        smuggled.14 = crate::entry::body_of(&enrolled());
        assert!(!smuggled.fits_apart() && smuggled.fact(1).is_err());
        assert_eq!(parted(&crate::tag::MembersTagged { tag: "a".into(), on: true, members: vec![] }.into(), [0; SALT]), None);
    }
}
