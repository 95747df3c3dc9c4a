//! Pages: PDF from the shop's documents, set by Typst. Invariant: a document in, a PDF out; nothing here knows the books, a file or a printer, and
//! every character of a document stands on the page or the page is refused by name.
//!
//! A room of its own because the typesetter is large: whoever changes another room does not build it again.
//!
//! [`SalePage`], [`Statement`], [`MonthPage`] and [`LabelPages`] say what stands on the paper; `pdf` of each makes it with the [`Letters`] of the
//! machine. Templates lie in `templates/`, one a document, and get their data as one JSON file whose texts are never read as markup.

mod figures;
mod label;
mod letters;
mod month;
mod sale;
mod setting;
mod statement;
mod words;

pub use figures::{exact_text, figure, percent};
pub use label::{LabelPage, LabelPages};
pub use letters::{Letters, PressFault};
pub use month::{MonthLine, MonthPage};
pub use sale::{SaleLine, SalePage, SalePageKind, Sum};
pub use statement::{Adjustment, Statement, StatementLine};
pub use words::Language;

/// Who writes: the shop's name over every page, and the lines under it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letterhead {
    /// Name of the shop.
    pub shop: String,
    /// Address, telephone, tax number.
    pub lines: Vec<String>,
}
