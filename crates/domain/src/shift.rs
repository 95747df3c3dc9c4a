//! A shift: one drawer, from the float that was counted into it to the count at its end. Whatever the drawer holds in between is a balance of the
//! ledger, so that what is expected at the end is a sum of postings and of nothing else.

mod decide;

pub use decide::{Closing, OpenDrawer, ShiftRefusal, close, move_cash, open};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::ShiftId,
    ledger::{Account, Posting, Unit},
};

/// A drawer was put into a till with money for change in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShiftOpened {
    /// The shift.
    pub shift: ShiftId,
    /// Name of the till.
    pub till: String,
    /// Cash put into the drawer, in minor units.
    pub float_minor: i64,
}

/// Cash went into the drawer or out of it, and not for goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CashMoved {
    /// The shift.
    pub shift: ShiftId,
    /// Which way.
    pub way: CashWay,
    /// How much, in minor units; above zero.
    pub amount_minor: i64,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Which way cash went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CashWay {
    /// Into the drawer: change from the bank, something paid back.
    In,
    /// Out of the drawer: a bill paid, postage.
    Out,
    /// Out of the drawer into the safe.
    Safe,
}

impl CashWay {
    /// The word in tables and account names.
    pub fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Safe => "safe",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::In, Self::Out, Self::Safe].into_iter().find(|way| way.word() == word)
    }
}

/// The drawer was counted and taken out. What was expected is frozen in: it is never worked out again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShiftClosed {
    /// The shift.
    pub shift: ShiftId,
    /// Number of the report: `Z`, till code, chain letter, counter. Never given twice.
    pub number: String,
    /// Name of the till.
    pub till: String,
    /// The cash as it was counted, largest piece first.
    pub cash: Vec<CountedPieces>,
    /// Cash counted, in minor units.
    pub counted_minor: i64,
    /// Cash that the ledger expected, in minor units.
    pub expected_minor: i64,
    /// Why counted and expected differ, where a person said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Other tenders, expected and, where the shop counts them, counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenders: Vec<CountedTender>,
}

impl ShiftClosed {
    /// Counted less expected: above zero there is too much, below zero too little.
    pub fn difference_minor(&self) -> i64 {
        self.counted_minor - self.expected_minor
    }
}

/// So many notes or coins of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountedPieces {
    /// Value of one in minor units.
    pub value_minor: i64,
    /// How many.
    pub pieces: i64,
}

/// Another tender at the end of a shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountedTender {
    /// The tender.
    pub kind: String,
    /// What the sales of the shift say, in minor units.
    pub expected_minor: i64,
    /// What the slips or the terminal say, where somebody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_minor: Option<i64>,
}

impl Posts for ShiftOpened {
    fn postings(&self) -> Vec<Posting> {
        Posting::moving(Unit::money(), Account::drawer(self.shift), Account::safe(), self.float_minor).into_iter().collect()
    }
}

impl Posts for CashMoved {
    fn postings(&self) -> Vec<Posting> {
        let drawer = Account::drawer(self.shift);
        let (debit, credit) = match self.way {
            CashWay::In => (drawer, Account::paid_in()),
            CashWay::Out => (Account::paid_out(), drawer),
            CashWay::Safe => (Account::safe(), drawer),
        };
        Posting::moving(Unit::money(), debit, credit, self.amount_minor).into_iter().collect()
    }
}

impl Posts for ShiftClosed {
    fn postings(&self) -> Vec<Posting> {
        let drawer = Account::drawer(self.shift);
        // First the drawer is set to what was counted, then what was counted leaves it: afterwards it is empty.
        let over = Posting::moving(Unit::money(), drawer.clone(), Account::over_short(), self.difference_minor());
        let taken = Posting::moving(Unit::money(), Account::safe(), drawer, self.counted_minor);
        over.into_iter().chain(taken).collect()
    }
}

/// Notes and coins of a currency in minor units, largest first: what the counting sheet asks for.
pub fn pieces_of(currency: &str, minor_digits: u8) -> Vec<i64> {
    let of = |values: &[i64]| values.to_vec();
    match currency {
        "CNY" => of(&[10_000, 5000, 2000, 1000, 500, 100, 50, 10]),
        "EUR" => of(&[50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]),
        "USD" => of(&[10_000, 5000, 2000, 1000, 500, 100, 25, 10, 5, 1]),
        "GBP" => of(&[5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]),
        "JPY" => of(&[10_000, 5000, 1000, 500, 100, 50, 10, 5, 1]),
        "HKD" => of(&[100_000, 50_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10]),
        // One, two and five of each power of ten: what most currencies have.
        _ => {
            let top = 10_i64.pow(u32::from(minor_digits)) * 1000;
            let powers = std::iter::successors(Some(top), |power| Some(power / 10).filter(|next| *next > 0));
            powers.flat_map(|power| [power * 5, power * 2, power]).collect()
        }
    }
}
