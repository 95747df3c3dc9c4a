//! The user's handbook as a PDF file, for whoever reads on paper or has no till at hand.

use paper::{
    handbook::Handbook,
    press::{Letterhead, Paper, Sheet},
    receipt::Language,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::save;
use crate::{failure::Failure, menu::Call, upkeep::Exported};

/// Write the handbook to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HandbookPdf {
    /// Where to.
    pub path: String,
    /// The language that it is written in.
    pub language: Language,
    /// Its pages, as the window reads them.
    pub book: Handbook,
}

/// Writes the pages that the window shows as one PDF file.
pub async fn press_handbook(call: &Call<'_>, wish: HandbookPdf) -> Result<Exported, Failure> {
    let shop = call.shop()?;
    let paper = Paper {
        language: wish.language,
        currency: shop.info.currency.clone(),
        letterhead: Letterhead { shop: "Banyan 榕店".into(), ..Letterhead::default() },
        title: wish.book.title.clone(),
        keywords: Vec::new(),
        tagged: true,
        sheet: Sheet::Handbook(Box::new(wish.book)),
    };
    save(call.house, paper, wish.path.into()).await
}
