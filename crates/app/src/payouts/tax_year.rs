//! The year's summary for the tax office: each person with what was granted, withheld and paid, and as a sheet.

use std::path::Path;

use books::query::{Page, TaxYearRow, TaxYearSums, Window};
use domain::payout::{YearlyReport, yearly_report};
use paper::{
    receipt::Language,
    sheet_out::{Cell, ColumnKind, SheetColumn, SheetFormat, SheetOut},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure},
    house::Shop,
    jobs::{JobKind, Progress},
    menu::Call,
    month_sheet::format_of,
    upkeep::Exported,
};

/// Which year, which part of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TaxYearQuestion {
    /// The year.
    pub year: i32,
    /// Only those whom the law asks to report.
    #[serde(default)]
    pub reported: bool,
    /// Which rows.
    pub window: Window,
}

/// A year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TaxYear {
    /// The members, the largest first.
    pub page: Page<TaxYearRow>,
    /// The sums of all of them.
    pub sums: TaxYearSums,
    /// What the law of the shop's jurisdiction asks to report of this year; absent where the pack knows of nothing.
    pub report: Option<YearlyReport>,
    /// Years that have anything, newest first.
    pub years: Vec<i32>,
}

/// A year as a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TaxYearFile {
    /// The year.
    pub year: i32,
    /// Only those whom the law asks to report.
    #[serde(default)]
    pub reported: bool,
    /// Where to; `.xlsx` or `.csv` decides the format.
    pub path: String,
}

const ROWS: i64 = 200;

/// A year of commission by person.
pub async fn tax_year(call: &Call<'_>, question: TaxYearQuestion) -> Result<TaxYear, Failure> {
    let shop = call.shop()?;
    let (report, least_minor) = law(shop, question.year, question.reported).await;
    let (page, sums) = shop.books.tax_year(question.year, least_minor, question.window).await?;
    Ok(TaxYear { page, sums, report, years: shop.books.tax_years().await? })
}

/// What the law asks for, and the least sum that is shown.
async fn law(shop: &Shop, year: i32, reported: bool) -> (Option<YearlyReport>, i64) {
    let report = yearly_report(&shop.settings().await.jurisdiction, year);
    let unit = 10_i64.pow(u32::from(shop.info.minor_digits));
    let least = report.as_ref().filter(|_| reported).map_or(0, |report| report.least_units.saturating_mul(unit));
    (report, least)
}

/// Writes a year to a file, as a job.
pub async fn export_tax_year(call: &Call<'_>, draft: TaxYearFile) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let format = format_of(Path::new(&draft.path))
        .ok_or_else(|| DoorRefusal::File { path: draft.path.clone(), reason: "the name must end in .xlsx or .csv".into() })?;
    let progress = call.house.jobs.begin(JobKind::Export, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move { write(&shop, &draft, format, &told).await?.result() }))
}

async fn write(shop: &Shop, draft: &TaxYearFile, format: SheetFormat, told: &Progress) -> Result<Exported, Failure> {
    let refused = |reason: String| Failure::from(DoorRefusal::File { path: draft.path.clone(), reason });
    let (_, least_minor) = law(shop, draft.year, draft.reported).await;
    let chinese = shop.language().await == Language::ZhCn;
    let title = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
    let money = ColumnKind::Money { digits: shop.info.minor_digits };
    let column = |zh: &str, en: &str, kind, total| SheetColumn { title: title(zh, en), kind, total };
    let columns = vec![
        column("会员编号", "Number", ColumnKind::Text, false),
        column("姓名", "Name", ColumnKind::Text, false),
        column("收款人", "Account holder", ColumnKind::Text, false),
        column("证件号码", "Identity number", ColumnKind::Text, false),
        column("月数", "Months", ColumnKind::Integer, false),
        column("应发（含税）", "Granted, tax included", money, true),
        column("代扣个税", "Tax withheld", money, true),
        column("税后", "After tax", money, true),
        column("本年实付", "Paid in the year", money, true),
    ];
    let name = format!("{} {}", title("年度汇总", "Tax year"), draft.year);
    let mut sheet = SheetOut::create(Path::new(&draft.path), format, &name, columns).map_err(|fault| refused(fault.to_string()))?;
    let (mut offset, mut total) = (0, 1);
    while offset < total {
        let (page, _) = shop.books.tax_year(draft.year, least_minor, Window { offset, limit: ROWS }).await?;
        total = page.count;
        for TaxYearRow { number, name, holder, identity, sums, .. } in page.rows {
            let cells = [
                Cell::Text(number),
                Cell::Text(name),
                Cell::Text(holder),
                Cell::Text(identity),
                Cell::Number(sums.months),
                Cell::Number(sums.gross_minor),
                Cell::Number(sums.tax_minor),
                Cell::Number(sums.net_minor),
                Cell::Number(sums.paid_minor),
            ];
            sheet.row(&cells).map_err(|fault| refused(fault.to_string()))?;
        }
        offset += ROWS;
        told.at("writing", offset.min(total), total);
        if told.stopped() {
            return Err(refused("stopped".into()));
        }
    }
    sheet.finish(&title("合计", "Total")).map_err(|fault| refused(fault.to_string()))?;
    Ok(Exported { path: draft.path.clone(), rows: Some(total) })
}
