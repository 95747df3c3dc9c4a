//! Day's end: the sales list with its sums, the reports added up by day, clerk, tender, category and product, and both as sheets.

use std::path::PathBuf;

use books::query::{Page, SaleFilter, SaleRow, TradeBy, TradeFilter, TradeRow, TradeTotals, Window};
use paper::sheet_out::{Cell, ColumnKind, SheetColumn, SheetOut};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure},
    house::Shop,
    jobs::{JobKind, Progress},
    menu::Call,
    month_sheet::format_of,
    sales::SalesQuestion,
    upkeep::Exported,
    world::clock_time,
};

/// A part of the sales list with its sums.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SalesList {
    /// The rows asked for.
    pub page: Page<SaleRow>,
    /// Sums under the same filter.
    pub totals: TradeTotals,
}

/// Which part of which report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TradeQuestion {
    /// Which days, by what.
    pub filter: TradeFilter,
    /// Which rows.
    pub window: Window,
}

/// A part of a report with its sums.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TradeReport {
    /// The rows asked for.
    pub page: Page<TradeRow>,
    /// Sums of all rows.
    pub totals: TradeTotals,
}

/// The sales list as a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SalesExport {
    /// Which sales.
    pub filter: SaleFilter,
    /// Where to; `.xlsx` or `.csv` decides the format.
    pub path: String,
}

/// A report as a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TradeExport {
    /// Which days, by what.
    pub filter: TradeFilter,
    /// Where to; `.xlsx` or `.csv` decides the format.
    pub path: String,
}

const ROWS: i64 = 200;

/// A part of the sales list, newest first, with its sums.
pub async fn sales_list(call: &Call<'_>, question: SalesQuestion) -> Result<SalesList, Failure> {
    let books = &call.shop()?.books;
    let page = books.sales(&question.filter, question.window).await?;
    Ok(SalesList { page, totals: books.sale_totals(&question.filter).await? })
}

/// A part of a report.
pub async fn trade(call: &Call<'_>, question: TradeQuestion) -> Result<TradeReport, Failure> {
    let (page, totals) = call.shop()?.books.trade(&question.filter, question.window).await?;
    Ok(TradeReport { page, totals })
}

/// Writes the sales list to a file, as a job.
pub async fn export_sales(call: &Call<'_>, draft: SalesExport) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let progress = call.house.jobs.begin(JobKind::Export, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move { write_sales(&shop, &draft, &told).await?.result() }))
}

/// Writes a report to a file, as a job.
pub async fn export_trade(call: &Call<'_>, draft: TradeExport) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let progress = call.house.jobs.begin(JobKind::Export, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move { write_trade(&shop, &draft, &told).await?.result() }))
}

/// A sheet being written in the language of the shop's paper.
struct Writing<'a> {
    sheet: SheetOut,
    path: String,
    chinese: bool,
    told: &'a Progress,
}

impl<'a> Writing<'a> {
    fn begin(shop: &Shop, path: &str, name: (&str, &str), columns: &[(&str, &str, ColumnKind, bool)], told: &'a Progress) -> Result<Self, Failure> {
        let chinese = shop.info.language.starts_with("zh");
        let say = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
        let file = PathBuf::from(path);
        let format =
            format_of(&file).ok_or_else(|| DoorRefusal::File { path: path.to_owned(), reason: "the name must end in .xlsx or .csv".into() })?;
        let columns = columns.iter().map(|(zh, en, kind, total)| SheetColumn { title: say(zh, en), kind: *kind, total: *total }).collect();
        let sheet = SheetOut::create(&file, format, &say(name.0, name.1), columns).map_err(|fault| refused(path, fault.to_string()))?;
        Ok(Self { sheet, path: path.to_owned(), chinese, told })
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), Failure> {
        self.sheet.row(cells).map_err(|fault| refused(&self.path, fault.to_string()))
    }

    /// Says how far it is, and whether to go on. Dropping an unfinished sheet leaves what was there untouched.
    fn at(&self, done: i64, total: i64) -> Result<(), Failure> {
        self.told.at("writing", done.min(total), total);
        if self.told.stopped() { Err(refused(&self.path, "stopped".into())) } else { Ok(()) }
    }

    fn end(self, rows: i64) -> Result<Exported, Failure> {
        let total = if self.chinese { "合计" } else { "Total" };
        self.sheet.finish(total).map_err(|fault| refused(&self.path, fault.to_string()))?;
        Ok(Exported { path: self.path, rows: Some(rows) })
    }
}

fn refused(path: &str, reason: String) -> Failure {
    DoorRefusal::File { path: path.to_owned(), reason }.into()
}

async fn write_sales(shop: &Shop, draft: &SalesExport, told: &Progress) -> Result<Exported, Failure> {
    let money = ColumnKind::Money { digits: shop.info.minor_digits };
    let columns = [
        ("单号", "Number", ColumnKind::Text, false),
        ("来源", "Source", ColumnKind::Text, false),
        ("日期", "Day", ColumnKind::Text, false),
        ("时间", "Time", ColumnKind::Text, false),
        ("收银员", "Clerk", ColumnKind::Text, false),
        ("会员", "Member", ColumnKind::Text, false),
        ("件数", "Pieces", ColumnKind::Decimal { digits: 3 }, true),
        ("优惠", "Discount", money, true),
        ("净额", "Net", money, true),
        ("支付方式", "Paid with", ColumnKind::Text, false),
    ];
    let settings = shop.settings().await;
    let mut sheet = Writing::begin(shop, &draft.path, ("销售", "Sales"), &columns, told)?;
    let total = shop.books.sale_totals(&draft.filter).await?.receipts;
    let mut offset = 0;
    while offset < total {
        for row in shop.books.sales(&draft.filter, Window { offset, limit: ROWS }).await?.rows {
            let paid: Vec<String> = row.tenders.iter().map(|kind| settings.tender_name(kind, sheet.chinese)).collect();
            sheet.row(&[
                Cell::Text(row.number),
                Cell::Text(row.source.unwrap_or_default()),
                Cell::Text(row.business_date),
                Cell::Text(clock_time(row.at_ms, &shop.zone)),
                Cell::Text(row.clerk),
                Cell::Text(row.member.unwrap_or_default()),
                Cell::Number(row.pieces_milli),
                Cell::Number(row.discount_minor),
                Cell::Number(row.net_minor),
                Cell::Text(paid.join(" + ")),
            ])?;
        }
        offset += ROWS;
        sheet.at(offset, total)?;
    }
    sheet.end(total)
}

async fn write_trade(shop: &Shop, draft: &TradeExport, told: &Progress) -> Result<Exported, Failure> {
    let by = match draft.filter.by {
        TradeBy::Day => ("日期", "Day"),
        TradeBy::Clerk => ("收银员", "Clerk"),
        TradeBy::Tender => ("支付方式", "Tender"),
        TradeBy::Category => ("分类", "Category"),
        TradeBy::Product => ("商品", "Product"),
    };
    let columns = [
        (by.0, by.1, ColumnKind::Text, false),
        ("编码", "Code", ColumnKind::Text, false),
        // A receipt of several categories or tenders counts in each: the receipts of the rows do not add up.
        ("单数", "Receipts", ColumnKind::Integer, false),
        ("件数", "Pieces", ColumnKind::Decimal { digits: 3 }, true),
        ("净额", "Net", ColumnKind::Money { digits: shop.info.minor_digits }, true),
    ];
    let settings = shop.settings().await;
    let mut sheet = Writing::begin(shop, &draft.path, by, &columns, told)?;
    let (mut offset, mut total) = (0, 1);
    while offset < total {
        let (page, _) = shop.books.trade(&draft.filter, Window { offset, limit: ROWS }).await?;
        total = page.count;
        for row in page.rows {
            let name = if draft.filter.by == TradeBy::Tender { settings.tender_name(&row.name, sheet.chinese) } else { row.name };
            let cells =
                [Cell::Text(name), Cell::Text(row.code), Cell::Number(row.receipts), Cell::Number(row.pieces_milli), Cell::Number(row.net_minor)];
            sheet.row(&cells)?;
        }
        offset += ROWS;
        sheet.at(offset, total)?;
    }
    sheet.end(total)
}
