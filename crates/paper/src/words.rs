//! The words printed on paper, in each language the shop prints in.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A language that paper can be printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// A word or phrase on a receipt; the locale files hold one text for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Word {
    Sale,
    Return,
    Copy,
    Number,
    Origin,
    Time,
    Till,
    Clerk,
    Member,
    Goods,
    Discount,
    PointsOffset,
    TaxIncluded,
    TaxAdded,
    Rounding,
    Due,
    Refund,
    Paid,
    Change,
    Pieces,
    PointsBefore,
    PointsEarned,
    PointsSpent,
    PointsBalance,
    PointsLocked,
    XReport,
    ZReport,
    Opened,
    Until,
    Receipts,
    NetSales,
    TaxTotal,
    Drawer,
    Float,
    CashKept,
    CashBack,
    PaidIn,
    PaidOut,
    ToSafe,
    Expected,
    Counted,
    Difference,
    Reason,
    CountFirst,
    TopUp,
    TopUpRefund,
    Bonus,
    Withheld,
    Balance,
    Owed,
    Voucher,
    VoucherLeft,
    ValidUntil,
}

type Texts = BTreeMap<Word, String>;

static ZH_CN: LazyLock<Texts> = LazyLock::new(|| read(include_str!("../locales/zh-CN.json")));
static EN: LazyLock<Texts> = LazyLock::new(|| read(include_str!("../locales/en.json")));

fn read(json: &str) -> Texts {
    serde_json::from_str(json).unwrap_or_default()
}

/// The words of one language.
#[derive(Clone, Copy)]
pub(crate) struct ReceiptWords(&'static Texts);

impl ReceiptWords {
    pub(crate) fn of(language: Language) -> Self {
        Self(match language {
            Language::ZhCn => &ZH_CN,
            Language::En => &EN,
        })
    }

    pub(crate) fn say(self, word: Word) -> &'static str {
        self.0.get(&word).map_or("", String::as_str)
    }

    /// The phrase with its one `{placeholder}` replaced by `value`.
    pub(crate) fn say_with(self, word: Word, value: &str) -> String {
        let phrase = self.say(word);
        match (phrase.find('{'), phrase.find('}')) {
            (Some(open), Some(close)) if open < close => {
                format!("{}{value}{}", &phrase[..open], &phrase[close + 1..])
            }
            _ => format!("{phrase} {value}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Word; 53] = [
        Word::Sale,
        Word::Return,
        Word::Copy,
        Word::Number,
        Word::Origin,
        Word::Time,
        Word::Till,
        Word::Clerk,
        Word::Member,
        Word::Goods,
        Word::Discount,
        Word::PointsOffset,
        Word::TaxIncluded,
        Word::TaxAdded,
        Word::Rounding,
        Word::Due,
        Word::Refund,
        Word::Paid,
        Word::Change,
        Word::Pieces,
        Word::PointsBefore,
        Word::PointsEarned,
        Word::PointsSpent,
        Word::PointsBalance,
        Word::PointsLocked,
        Word::XReport,
        Word::ZReport,
        Word::Opened,
        Word::Until,
        Word::Receipts,
        Word::NetSales,
        Word::TaxTotal,
        Word::Drawer,
        Word::Float,
        Word::CashKept,
        Word::CashBack,
        Word::PaidIn,
        Word::PaidOut,
        Word::ToSafe,
        Word::Expected,
        Word::Counted,
        Word::Difference,
        Word::Reason,
        Word::CountFirst,
        Word::TopUp,
        Word::TopUpRefund,
        Word::Bonus,
        Word::Withheld,
        Word::Balance,
        Word::Owed,
        Word::Voucher,
        Word::VoucherLeft,
        Word::ValidUntil,
    ];

    fn placeholder(text: &str) -> Option<&str> {
        Some(&text[text.find('{')?..=text.find('}')?])
    }

    #[test]
    fn both_languages_have_every_word_and_the_same_placeholders() {
        for word in ALL {
            let (zh, en) = (ReceiptWords::of(Language::ZhCn).say(word), ReceiptWords::of(Language::En).say(word));
            assert!(!zh.is_empty() && !en.is_empty(), "{word:?} is not said in both languages");
            assert_eq!(placeholder(zh), placeholder(en), "{word:?}");
        }
        assert_eq!((ZH_CN.len(), EN.len()), (ALL.len(), ALL.len()));
    }

    #[test]
    fn a_value_takes_the_place_of_the_placeholder() {
        assert_eq!(ReceiptWords::of(Language::ZhCn).say_with(Word::Pieces, "3"), "共 3 件");
        assert_eq!(ReceiptWords::of(Language::En).say_with(Word::Pieces, "{3}"), "{3} pieces");
    }
}
