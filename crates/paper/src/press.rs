//! A4 papers: what stands on each, and who sets them as PDF. The room that knows how to set a page is not known here; whoever opens a house gives it one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fonts::FontFault,
    handbook::Handbook,
    label::{Label, LabelKind},
    picture::Picture,
    receipt::{Language, Receipt},
};

/// A paper to be set. Amounts are figures of the books; a press writes them out and works nothing out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Language of the printed words.
    pub language: Language,
    /// Currency of its amounts.
    pub currency: String,
    /// Over everything.
    pub letterhead: Letterhead,
    /// Title of the document, as viewers and shelves of files show it.
    pub title: String,
    /// What the file says of itself beside the page, to be read back.
    pub keywords: Vec<String>,
    /// True for the structure that reading aids want; many papers at once go without, they are a tenth of the size.
    pub tagged: bool,
    /// What stands on it.
    pub sheet: Sheet,
}

/// Whose paper it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letterhead {
    /// Name of the shop.
    pub shop: String,
    /// Address, telephone and whatever else stands under the name.
    pub lines: Vec<String>,
    /// Beside the name.
    pub logo: Option<Picture>,
    /// At the end of the paper.
    pub footer: Vec<String>,
}

/// What a paper is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sheet {
    /// A receipt or credit note.
    Receipt(Box<Receipt>),
    /// The goods of a sale without a price, to go with them.
    Delivery(Box<Receipt>),
    /// Commission statements of a closed month, each on pages of its own.
    Statements(Vec<StatementPaper>),
    /// Labels on sheets of an office printer.
    Labels(LabelSheet),
    /// The user's handbook.
    Handbook(Box<Handbook>),
    /// A member's poster for bringing others in.
    Poster(Poster),
}

/// A member's poster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poster {
    /// Who brings others in.
    pub name: String,
    /// The member's referral code.
    pub code: String,
}

/// Labels on sheets of A4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSheet {
    /// How a sheet is cut.
    pub grid: LabelGrid,
    /// For the goods or the shelf.
    pub kind: LabelKind,
    /// Places at the beginning of the first sheet that are used already.
    pub used: u16,
    /// The labels, in the order of the places.
    pub labels: Vec<Label>,
}

/// How a sheet of A4 is cut into labels, as they are sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LabelGrid {
    /// Three beside one another, eight below: 70 × 37 mm.
    #[default]
    Three8,
    /// Three beside one another, seven below: 63.5 × 38.1 mm.
    Three7,
    /// Four beside one another, ten below: 52.5 × 29.7 mm.
    Four10,
}

impl LabelGrid {
    /// Labels beside one another and below.
    pub fn places(self) -> (u16, u16) {
        match self {
            Self::Three8 => (3, 8),
            Self::Three7 => (3, 7),
            Self::Four10 => (4, 10),
        }
    }

    /// Width and height of a label, in tenths of a millimetre.
    pub fn size(self) -> (u16, u16) {
        match self {
            Self::Three8 => (700, 370),
            Self::Three7 => (635, 381),
            Self::Four10 => (525, 297),
        }
    }

    /// From the sheet's left and upper edge to the first label, and between two beside one another, in tenths of a millimetre.
    pub fn edges(self) -> (u16, u16, u16) {
        match self {
            Self::Three8 => (0, 5, 0),
            Self::Three7 => (72, 151, 25),
            Self::Four10 => (0, 0, 0),
        }
    }
}

/// A member's statement of a closed month. `opening + earned + adjusted = payable + closing`; millionths of a minor unit unless named otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementPaper {
    /// Its number.
    pub number: String,
    /// `YYYY-MM`.
    pub month: String,
    /// 1, and one more after each reopening.
    pub round: u32,
    /// Day of the release.
    pub issued: String,
    /// Decimals of the currency.
    pub digits: u8,
    /// Whose.
    pub member: String,
    /// Number on the card.
    pub member_number: String,
    /// Left by the statement before.
    pub opening_micro: i64,
    /// Earned in the month.
    pub earned_micro: i64,
    /// What corrects.
    pub adjusted_micro: i64,
    /// What is paid, tax included, in minor units.
    pub payable_minor: i64,
    /// Tax withheld, in minor units.
    pub tax_minor: i64,
    /// What the member gets of it after tax, in minor units.
    pub net_minor: i64,
    /// Left for the next statement.
    pub closing_micro: i64,
    /// What was earned, amount by amount.
    pub earned: Vec<StatementPaperLine>,
    /// What corrects, amount by amount.
    pub adjusted: Vec<StatementPaperLine>,
    /// Over the statement in the books; hexadecimal.
    pub hash: String,
}

/// One amount of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementPaperLine {
    /// The shop's day; the month for a rule of it.
    pub date: String,
    /// Number of the receipt; of a rule of the month, the order it started from, or empty.
    pub number: String,
    /// Number of the sale that came back.
    pub origin: Option<String>,
    /// The buyer; of a rule of the month, whose purchases or earning it started from.
    pub buyer: Option<String>,
    /// How far above the buyer.
    pub depth: i64,
    /// Rule of the plan.
    pub rule: String,
    /// What it was worked out on, in minor units.
    pub base_minor: i64,
    /// The rate.
    pub rate_ppm: Option<i64>,
    /// The amount.
    pub amount_micro: i64,
    /// The engine's explanation.
    pub why: serde_json::Value,
    /// By a rule of the month, not with a sale.
    pub of_month: bool,
    /// Taken back by a limit of the plan.
    pub cut: bool,
    /// The sale came when its month was closed.
    pub late: bool,
    /// What an earlier round paid for the same: the amount is the difference.
    pub before_micro: Option<i64>,
}

/// Sets papers.
pub trait Press: Send + Sync {
    /// The paper as the bytes of a PDF file. The same paper gives the same bytes; a character that cannot be set is refused, never left out.
    ///
    /// # Errors
    /// [`PressFault`]
    fn press(&self, paper: &Paper) -> Result<Vec<u8>, PressFault>;

    /// The first page of a paper as the bytes of a PNG file.
    ///
    /// # Errors
    /// [`PressFault`]
    fn picture(&self, paper: &Paper) -> Result<Vec<u8>, PressFault>;
}

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum PressFault {
    /// The letters of this machine do not suffice.
    #[error(transparent)]
    Font(#[from] FontFault),
    /// The setting itself failed; a fault of the program.
    #[error("the page cannot be set: {0}")]
    Broken(String),
}
