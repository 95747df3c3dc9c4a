//! Bringing in products, members and sales from sheets: looked through first, then recorded while the tills go on selling; running it twice adds
//! nothing, and what a crash cuts is finished at the next start.

mod brought;
mod known;
mod record;
pub(crate) mod slices;
mod unfinished;

pub use unfinished::go_on;

use std::{collections::BTreeMap, path::Path};

use paper::{
    columns::{Field, Mapping, SheetKind, guess},
    intake::{
        Counts, Intake, RowRemark,
        dates::DateOrder,
        members::{MemberRecord, MembersIntake},
        products::{ProductRecord, ProductsIntake},
        sales::{SaleRecord, SalesIntake, SalesRules, SalesSummary},
        words,
    },
    receipt::Language,
    sheet_in::{SheetFault, SheetIn, SheetOptions, SheetPreview, preview},
    sheet_out::{Cell, ColumnKind, SheetColumn, SheetOut},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure},
    house::{House, Shop},
    jobs::{JobKind, Progress},
    menu::Call,
};

/// Remarks that an answer carries at most; the error sheet has them all.
const REMARKS: usize = 500;

/// A file and how to read it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportSource {
    /// Where it is.
    pub path: String,
    /// What it is about.
    pub kind: SheetKind,
    /// Encoding, delimiter and sheet, where the person chose them.
    #[serde(default)]
    pub options: SheetOptions,
}

/// The first rows, and which column is taken for what.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportPreview {
    /// Titles, 20 rows, encoding.
    pub preview: SheetPreview,
    /// The mapping that was used last for such titles, else a guess.
    pub mapping: Mapping,
    /// Every field that such a sheet can have, and whether it must.
    pub fields: Vec<(Field, bool)>,
}

/// What to bring in, and how.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportDraft {
    /// The file.
    pub source: ImportSource,
    /// Which column is what.
    pub mapping: Mapping,
    /// Order of day and month, where dates do not tell it.
    #[serde(default)]
    pub order: DateOrder,
    /// Name of the earlier system; with the number it makes a sale unique.
    #[serde(default)]
    pub system: String,
    /// Uplines earn on imported sales by the plan that held on the sale's day.
    #[serde(default)]
    pub earn: bool,
    /// Where to write every remark as a sheet (`.csv` or `.xlsx`), on a dry run.
    #[serde(default)]
    pub error_sheet: Option<String>,
    /// The language that the sheet is written in; the shop's where absent.
    #[serde(default)]
    pub language: Option<Language>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportReport {
    /// How many rows went where: good + fixable + rejected = rows.
    pub counts: Counts,
    /// Remarks by row, the first 500.
    pub remarks: Vec<RowRemark>,
    /// How many there are.
    pub remark_count: usize,
    /// Records added; on a dry run, that would be.
    pub added: i64,
    /// Records changed; on a dry run, that would be.
    pub changed: i64,
    /// Records that are in the books already as they stand.
    pub already: i64,
    /// Products made for codes that sales name.
    pub made_products: i64,
    /// Members made for customers that sales name.
    pub made_members: i64,
    /// Stored value that members bring along, what was given among it, in minor units.
    #[serde(default)]
    pub brought_minor: i64,
    /// Points that they bring along.
    #[serde(default)]
    pub brought_points: i64,
    /// Records that were not reached because a person stopped it; running it again adds them.
    #[serde(default)]
    pub left: i64,
    /// Sums of the sales by kind of line and month.
    pub sales: Option<SalesSummary>,
}

/// Why a file is not brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum ImportRefusal {
    /// The file cannot be read.
    #[error("{reason}")]
    Unreadable { reason: String },
    /// A column that must be there is not mapped.
    #[error("these columns are not mapped: {fields:?}")]
    NotMapped { fields: Vec<Field> },
}

impl From<SheetFault> for Failure {
    fn from(fault: SheetFault) -> Self {
        Self::refused(ImportRefusal::Unreadable { reason: fault.to_string() })
    }
}

/// Records of one kind.
pub(crate) enum Judged {
    Products(Intake<ProductRecord>),
    Members(Intake<MemberRecord>),
    Sales(Intake<SaleRecord>, SalesSummary),
}

/// Shows the first rows of a file and how they would be read.
pub async fn import_preview(call: &Call<'_>, source: ImportSource) -> Result<ImportPreview, Failure> {
    let shop = call.shop()?;
    let kind = source.kind;
    let shown = tokio::task::spawn_blocking(move || preview(Path::new(&source.path), &source.options)).await;
    let shown = shown.map_err(|error| Failure::Broken { trace: error.to_string() })??;
    let kept: Option<BTreeMap<String, Mapping>> = shop.books.local(&remembered(kind)).await?.and_then(|text| serde_json::from_str(&text).ok());
    let mapping = kept.and_then(|mut kept| kept.remove(&shown.header.join("\t"))).unwrap_or_else(|| guess(kind, &shown.header));
    Ok(ImportPreview { preview: shown, mapping, fields: kind.fields().to_vec() })
}

fn remembered(kind: SheetKind) -> String {
    format!("import:{kind:?}").to_lowercase()
}

/// Looks through a file without adding anything, as a job; the result is an [`ImportReport`].
pub async fn import_dry_run(call: &Call<'_>, draft: ImportDraft) -> Result<u32, Failure> {
    start(call, draft, JobKind::DryRun).await
}

/// Brings a file in, as a job, without keeping the tills waiting. Stopped before the first record is in, it leaves nothing; later, it leaves whole
/// records and says how many are left. The result is an [`ImportReport`].
pub async fn import_run(call: &Call<'_>, draft: ImportDraft) -> Result<u32, Failure> {
    start(call, draft, JobKind::Import).await
}

async fn start(call: &Call<'_>, draft: ImportDraft, kind: JobKind) -> Result<u32, Failure> {
    let fields = draft.mapping.missing(draft.source.kind);
    if !fields.is_empty() {
        return Err(Failure::refused(ImportRefusal::NotMapped { fields }));
    }
    let shop = call.shop_arc()?;
    let house = call.house.clone();
    let actor = call.session.as_ref().map(|session| session.person);
    let progress = house.jobs.begin(kind, house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        if kind == JobKind::Import {
            unfinished::finish(&house, &shop, &told).await?;
        }
        let judged = judged(&house, &shop, &draft, &told).await?;
        if let Some(path) = &draft.error_sheet {
            write_remarks(path, judged.remarks(), draft.language.unwrap_or(shop.language().await))?;
        }
        let dry = kind == JobKind::DryRun;
        let task = record::Task { house: &house, shop: &shop, actor, draft: &draft, dry, from: None, told: &told };
        let report = record::record(task, judged).await?;
        if kind == JobKind::Import {
            remember(&shop, &draft).await?;
        }
        serde_json::to_value(report).map_err(|error| Failure::Broken { trace: error.to_string() })
    }))
}

/// Reads and judges the whole file beside everything else.
async fn judged(house: &House, shop: &Shop, draft: &ImportDraft, told: &Progress) -> Result<Judged, Failure> {
    let rules = rules(shop, draft, house.world.now_ms()).await;
    let country = shop.settings().await.country_code.clone();
    let (reading, watched) = (draft.clone(), told.clone());
    let digits = shop.info.minor_digits;
    let judged = tokio::task::spawn_blocking(move || judge(&reading, digits, &country, rules, &watched)).await;
    judged.map_err(|error| Failure::Broken { trace: error.to_string() })?
}

async fn rules(shop: &Shop, draft: &ImportDraft, now_ms: i64) -> SalesRules {
    let now = jiff::Timestamp::from_millisecond(now_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let ahead_of_utc_minutes = shop.zone.to_offset(now).seconds() / 60;
    SalesRules { digits: shop.info.minor_digits, ahead_of_utc_minutes, order: draft.order, ..SalesRules::default() }
}

async fn remember(shop: &Shop, draft: &ImportDraft) -> Result<(), Failure> {
    let name = remembered(draft.source.kind);
    let (path, options) = (draft.source.path.clone(), draft.source.options.clone());
    let header = tokio::task::spawn_blocking(move || SheetIn::open(Path::new(&path), &options).map(|sheet| sheet.header().join("\t"))).await;
    let header = header.map_err(|error| Failure::Broken { trace: error.to_string() })??;
    let mut kept: BTreeMap<String, Mapping> = shop.books.local(&name).await?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    kept.insert(header, draft.mapping.clone());
    let text = serde_json::to_string(&kept).map_err(|error| Failure::Broken { trace: error.to_string() })?;
    shop.books.keep_local(&name, Some(text)).await?;
    Ok(())
}

/// Reads and judges every row. Nothing is recorded yet; a person may stop it at any row.
fn judge(draft: &ImportDraft, digits: u8, country: &str, rules: SalesRules, told: &Progress) -> Result<Judged, Failure> {
    let sheet = SheetIn::open(Path::new(&draft.source.path), &draft.source.options)?;
    let watch = sheet.progress();
    let mapping = draft.mapping.clone();
    let mut counted = 0_u64;
    let mut look = |told: &Progress| {
        counted += 1;
        if counted.is_multiple_of(2_000) {
            let (done, all) = watch.now();
            told.at("reading", i64::try_from(done).unwrap_or(i64::MAX), i64::try_from(all).unwrap_or(i64::MAX));
        }
        told.stopped()
    };
    let stopped = || Failure::from(DoorRefusal::Busy { what: "stopped".into() });
    match draft.source.kind {
        SheetKind::Products => {
            let mut intake = ProductsIntake::new(mapping, digits);
            for row in sheet {
                intake.take(&row?);
                if look(told) {
                    return Err(stopped());
                }
            }
            Ok(Judged::Products(intake.finish()))
        }
        SheetKind::Members => {
            let mut intake = MembersIntake::new(mapping, country, digits, draft.order);
            for row in sheet {
                intake.take(&row?);
                if look(told) {
                    return Err(stopped());
                }
            }
            Ok(Judged::Members(intake.finish()))
        }
        SheetKind::Sales => {
            let mut intake = SalesIntake::new(mapping, rules);
            for row in sheet {
                intake.take(&row?);
                if look(told) {
                    return Err(stopped());
                }
            }
            let (intake, summary) = intake.finish();
            Ok(Judged::Sales(intake, summary))
        }
    }
}

impl Judged {
    fn remarks(&self) -> &[RowRemark] {
        match self {
            Self::Products(intake) => &intake.remarks,
            Self::Members(intake) => &intake.remarks,
            Self::Sales(intake, _) => &intake.remarks,
        }
    }

    fn counts(&self) -> Counts {
        match self {
            Self::Products(intake) => intake.counts,
            Self::Members(intake) => intake.counts,
            Self::Sales(intake, _) => intake.counts,
        }
    }

    fn report(&self) -> ImportReport {
        let summary = match self {
            Self::Sales(_, summary) => Some(summary.clone()),
            Self::Products(_) | Self::Members(_) => None,
        };
        ImportReport {
            counts: self.counts(),
            remarks: self.remarks().iter().take(REMARKS).cloned().collect(),
            remark_count: self.remarks().len(),
            added: 0,
            changed: 0,
            already: 0,
            made_products: 0,
            made_members: 0,
            brought_minor: 0,
            brought_points: 0,
            left: 0,
            sales: summary,
        }
    }
}

/// Every remark as a sheet: row, what became of it, and why, in words.
fn write_remarks(path: &str, remarks: &[RowRemark], language: Language) -> Result<(), Failure> {
    let refused = |reason: String| Failure::from(DoorRefusal::File { path: path.to_owned(), reason });
    let format = crate::month_sheet::format_of(Path::new(path)).ok_or_else(|| refused("the name must end in .xlsx or .csv".into()))?;
    let kinds = [ColumnKind::Integer, ColumnKind::Text, ColumnKind::Text];
    let column = |(title, kind): (&str, ColumnKind)| SheetColumn { title: title.into(), kind, total: false };
    let columns = words::titles(language).into_iter().zip(kinds).map(column).collect();
    let mut sheet = SheetOut::create(Path::new(path), format, words::title(language), columns).map_err(|fault| refused(fault.to_string()))?;
    for RowRemark { row, verdict, remark } in remarks {
        let cells = [
            Cell::Number(i64::try_from(*row).unwrap_or(i64::MAX)),
            Cell::Text(words::result(*verdict, language).into()),
            Cell::Text(words::reason(remark, language)),
        ];
        sheet.row(&cells).map_err(|fault| refused(fault.to_string()))?;
    }
    sheet.finish("").map_err(|fault| refused(fault.to_string()))?;
    Ok(())
}
