//! The ways to pay, as facts, accounts and files name them: the first ones of every shop, and those that a shop adds.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use ts_rs::TS;

/// A way to pay. Only cash is rounded and given as change; only `Balance` draws on the member's stored value. Written as its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "string")]
pub enum TenderKind {
    /// Notes and coins.
    Cash,
    /// A bank card.
    Card,
    /// 微信支付.
    Wechat,
    /// 支付宝.
    Alipay,
    /// A bank transfer.
    Transfer,
    /// The member's stored value 储值.
    Balance,
    /// A voucher.
    Voucher,
    /// One that the shop added.
    Own(OwnTender),
}

/// Code of a tender that a shop added: one to sixteen small letters, digits and low lines, beginning with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnTender([u8; 16]);

impl OwnTender {
    fn named(code: &str) -> Option<Self> {
        let fits = (1..=16).contains(&code.len())
            && code.starts_with(|first: char| first.is_ascii_lowercase())
            && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        let mut bytes = [0; 16];
        for (place, byte) in bytes.iter_mut().zip(code.bytes()).filter(|_| fits) {
            *place = byte;
        }
        fits.then_some(Self(bytes))
    }

    fn code(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }
}

impl TenderKind {
    /// The first kinds of every shop, in the order of declaration.
    pub const ALL: [Self; 7] = [Self::Cash, Self::Card, Self::Wechat, Self::Alipay, Self::Transfer, Self::Balance, Self::Voucher];

    /// The code in facts, accounts and files.
    pub fn name(&self) -> &str {
        match self {
            Self::Cash => "cash",
            Self::Card => "card",
            Self::Wechat => "wechat",
            Self::Alipay => "alipay",
            Self::Transfer => "transfer",
            Self::Balance => "balance",
            Self::Voucher => "voucher",
            Self::Own(own) => own.code(),
        }
    }

    /// The kind of this code: one of the first kinds, or whatever else is a code.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name).or_else(|| OwnTender::named(name).map(Self::Own))
    }
}

impl Serialize for TenderKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for TenderKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name).ok_or_else(|| D::Error::custom(format!("{name} is no code of a tender")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_one_kind_and_reads_back() {
        for kind in TenderKind::ALL {
            assert_eq!(TenderKind::named(kind.name()), Some(kind));
        }
        for code in ["meituan", "mall_voucher", "a", "sixteen_letters_", "card2"] {
            let kind = TenderKind::named(code).expect("a code");
            assert_eq!(kind.name(), code);
            let text = serde_json::to_string(&kind).expect("written");
            assert_eq!(text, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<TenderKind>(&text).expect("read"), kind);
        }
        for none in ["", "Card", "2go", "seventeen_letters", "转账", "a b", "_a"] {
            assert_eq!(TenderKind::named(none), None, "{none:?}");
        }
    }
}
