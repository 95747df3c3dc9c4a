//! Labels for shelves and goods: shown dot by dot, and sent to the label printer.

use books::{NewPrint, PrintJob, Reading, query::ProductRow};
use domain::ids::ProductId;
use paper::{
    label::{Label, LabelKind, LabelSize, bytes, draw},
    picture::Picture,
    press::{LabelGrid, LabelSheet, Paper, Sheet},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    fonts::with_letters,
    house::Shop,
    menu::Call,
    press::{letterhead, save},
    prints::{self, LABEL},
    upkeep::Exported,
};

/// Labels of one product or many.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LabelsDraft {
    /// The products, in the order to print.
    pub products: Vec<ProductId>,
    /// How many of each.
    pub copies: u16,
    /// For the goods or the shelf.
    pub kind: LabelKind,
    /// Their size.
    pub size: LabelSize,
}

/// Write labels to a PDF file, for sheets of an office printer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LabelsPdf {
    /// Which labels; their size is the sheet's.
    pub labels: LabelsDraft,
    /// How a sheet is cut.
    pub grid: LabelGrid,
    /// Places at the beginning of the first sheet that are used already.
    pub used: u16,
    /// Where to.
    pub path: String,
}

/// Why there are no labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum LabelRefusal {
    /// No product was chosen, or no copy wanted.
    #[error("choose at least one product and one copy")]
    NoLabels,
    /// A roll has fewer.
    #[error("{number} labels are more than {most} at once")]
    TooManyLabels {
        /// How many were asked for.
        number: usize,
        /// How many may be.
        most: usize,
    },
    /// A sheet has fewer places.
    #[error("{used} places are used, and a sheet has {places}")]
    SheetUsed {
        /// Used already.
        used: u16,
        /// Of a sheet.
        places: u16,
    },
    /// None is set in the settings.
    #[error("no label printer is set")]
    NoLabelPrinter,
}

const MOST: usize = 2_000;

/// How the first label will look, dot by dot.
pub async fn label_preview(call: &Call<'_>, draft: LabelsDraft) -> Result<Picture, Failure> {
    let labels = read(call.shop()?, &draft).await?;
    let first = labels.into_iter().next().ok_or_else(|| not_found("product"))?;
    drawn(move || with_letters(|font| draw(&first, draft.kind, draft.size, font)).map(|drawn| drawn.picture())).await
}

/// Queues the labels for the label printer.
pub async fn print_labels(call: &Call<'_>, draft: LabelsDraft) -> Result<(), Failure> {
    let shop = call.shop()?;
    let Some(printer) = shop.settings().await.label_printer.clone() else { return Err(Failure::refused(LabelRefusal::NoLabelPrinter)) };
    let labels = read(shop, &draft).await?;
    let title = match &labels[..] {
        [only] => format!("{} ×{}", only.name, draft.copies),
        [first, ..] => format!("{} … ({}) ×{}", first.name, labels.len(), draft.copies),
        [] => String::new(),
    };
    let job = drawn(move || {
        let drawn: Result<Vec<_>, Failure> =
            labels.iter().map(|label| with_letters(|font| draw(label, draft.kind, draft.size, font)).map(|drawn| (drawn, draft.copies))).collect();
        Ok(bytes(&drawn?, draft.size, printer.language))
    });
    let job = PrintJob::Bytes(job.await?);
    let at_ms = call.house.world.now_ms();
    prints::queue(call.house, shop, NewPrint { what: "labels", title, job, printer: LABEL.into(), copy: false, drawer: false, at_ms }).await
}

/// Writes labels as a PDF file of A4 sheets.
pub async fn press_labels(call: &Call<'_>, wish: LabelsPdf) -> Result<Exported, Failure> {
    let shop = call.shop()?;
    let (across, down) = wish.grid.places();
    if wish.used >= across * down {
        return Err(Failure::refused(LabelRefusal::SheetUsed { used: wish.used, places: across * down }));
    }
    let labels = read(shop, &wish.labels).await?;
    let copies = usize::from(wish.labels.copies);
    let labels = labels.into_iter().flat_map(|label| std::iter::repeat_n(label, copies)).collect();
    let sheet = Sheet::Labels(LabelSheet { grid: wish.grid, kind: wish.labels.kind, used: wish.used, labels });
    let settings = shop.settings().await;
    let title = format!("{} {}", settings.shop_name, call.house.today(shop));
    let paper = Paper {
        language: settings.language,
        currency: shop.info.currency.clone(),
        letterhead: letterhead(&settings),
        title,
        keywords: Vec::new(),
        tagged: false,
        sheet,
    };
    save(call.house, paper, wish.path.into()).await
}

async fn read(shop: &Shop, draft: &LabelsDraft) -> Result<Vec<Label>, Failure> {
    let number = draft.products.len() * usize::from(draft.copies);
    if number == 0 {
        return Err(Failure::refused(LabelRefusal::NoLabels));
    }
    if number > MOST {
        return Err(Failure::refused(LabelRefusal::TooManyLabels { number, most: MOST }));
    }
    let mut reader = shop.books.reader().await?;
    let mut rows = Reading::over(&mut reader).shelf(&draft.products).await?;
    rows.sort_by_key(|row| draft.products.iter().position(|product| *product == row.product));
    if rows.len() != draft.products.len() {
        return Err(not_found("product"));
    }
    Ok(rows.into_iter().map(|row| label_of(shop, row)).collect())
}

fn label_of(shop: &Shop, row: ProductRow) -> Label {
    let amount = paper::amount::amount_text(row.card.price_minor.into(), shop.info.minor_digits);
    let sign = match shop.info.currency.as_str() {
        "CNY" | "JPY" => "￥",
        "USD" | "HKD" | "TWD" | "SGD" | "CAD" | "AUD" => "$",
        "EUR" => "€",
        "GBP" => "￡",
        _ => "",
    };
    Label { name: row.card.name, code: row.card.code, price: format!("{sign}{amount}"), barcode: row.card.barcode }
}

async fn drawn<T: Send + 'static>(draw: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(draw).await.map_err(|error| Failure::Broken { trace: error.to_string() })?
}
