//! A4 papers of the shop's documents as PDF files. What stands on a paper is read here; setting it is the press's, which the house is given at opening.

pub mod bulk;
pub mod check;
pub mod file;
pub mod handbook;
pub mod poster;
mod seal;
pub mod sheet;
pub mod statements;

pub use bulk::*;
pub use check::*;
pub use handbook::*;
pub use poster::*;
pub use sheet::*;
pub use statements::*;

use std::{path::PathBuf, sync::Arc};

use domain::{
    fact::Fact,
    ids::{EntryId, SaleId},
};
use paper::press::{Letterhead, Paper, Press, PressFault, Sheet};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    house::House,
    menu::Call,
    receipt::{header, logo, receipt_of},
    settings::Settings,
    upkeep::Exported,
};

/// Which paper of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SalePaper {
    /// The receipt, or the credit note of a return.
    Receipt,
    /// The goods without a price.
    Delivery,
}

/// Write a paper of a sale or return to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SalePdf {
    /// Which.
    pub sale: SaleId,
    /// As what.
    pub paper: SalePaper,
    /// Where to.
    pub path: String,
}

/// Why there is no paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum PressRefusal {
    /// Nothing is delivered with money given back.
    #[error("a return has no delivery note")]
    NoDelivery,
    /// It was brought in from an earlier system, which wrote its own.
    #[error("this document was brought in from an earlier system and has no receipt here")]
    NoReceipt,
}

/// Writes the receipt or delivery note of a sale, or the credit note of a return, as a PDF file.
pub async fn press_sale(call: &Call<'_>, wish: SalePdf) -> Result<Exported, Failure> {
    let shop = call.shop()?;
    let stored = shop.books.entry(EntryId(wish.sale.0)).await?.ok_or_else(|| not_found("sale"))?;
    let receipt = match (stored.entry.fact(stored.number)?, wish.paper) {
        (Some(Fact::SaleRecorded(sale)), _) => receipt_of(call.house, shop, &sale, false).await?,
        (Some(Fact::SaleReturned(returned)), SalePaper::Receipt) => crate::returns::credit_note_of(call.house, shop, &returned, false).await?,
        (Some(Fact::SaleReturned(_)), SalePaper::Delivery) => return Err(Failure::refused(PressRefusal::NoDelivery)),
        (Some(Fact::SaleImported(_)), _) => return Err(Failure::refused(PressRefusal::NoReceipt)),
        (Some(_) | None, _) => return Err(not_found("sale")),
    };
    let settings = shop.settings().await;
    let title = format!("{} {}", settings.shop_name, receipt.number);
    let sheet = match wish.paper {
        SalePaper::Receipt => Sheet::Receipt(Box::new(receipt)),
        SalePaper::Delivery => Sheet::Delivery(Box::new(receipt)),
    };
    let paper = Paper {
        language: settings.language,
        currency: shop.info.currency.clone(),
        letterhead: letterhead(&settings),
        title,
        keywords: Vec::new(),
        tagged: true,
        sheet,
    };
    save(call.house, paper, wish.path.into()).await
}

/// What stands over every paper of the shop.
pub(crate) fn letterhead(settings: &Settings) -> Letterhead {
    let chinese = settings.language == paper::receipt::Language::ZhCn;
    Letterhead { shop: settings.shop_name.clone(), lines: header(settings, chinese), logo: logo(settings), footer: settings.receipt_footer.clone() }
}

/// Sets a paper on a thread of its own and writes it, whole or not at all: as a picture where the file's name ends in `.png`, as PDF otherwise.
pub(crate) async fn save(house: &House, paper: Paper, path: PathBuf) -> Result<Exported, Failure> {
    let press = house.press()?;
    work(move || {
        let picture = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
        let bytes = if picture { press.picture(&paper).map_err(told)? } else { pressed(&*press, &paper)? };
        file::write(&path, &bytes)?;
        Ok(Exported { path: path.display().to_string(), rows: None })
    })
    .await
}

/// The bytes of a paper.
pub(crate) fn pressed(press: &dyn Press, paper: &Paper) -> Result<Vec<u8>, Failure> {
    press.press(paper).map_err(told)
}

fn told(fault: PressFault) -> Failure {
    match fault {
        PressFault::Font(fault) => Failure::refused(fault),
        PressFault::Broken(trace) => Failure::Broken { trace },
    }
}

/// Runs what would hold up the window's questions on a thread of its own.
pub(crate) async fn work<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Broken { trace: error.to_string() })?
}

impl House {
    /// Gives the house its press; the first one stays.
    #[must_use]
    pub fn with_press(self: Arc<Self>, press: impl Press + 'static) -> Arc<Self> {
        // A second press would set the same papers.
        drop(self.press.set(Arc::new(press)));
        self
    }

    /// The press that the house was given.
    ///
    /// # Errors
    /// Broken where the program was put together without one.
    pub(crate) fn press(&self) -> Result<Arc<dyn Press>, Failure> {
        self.press.get().cloned().ok_or_else(|| Failure::Broken { trace: "this program has no press for papers".into() })
    }
}
