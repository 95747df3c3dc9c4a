//! The statements of a closed month as a sheet: a row each, the sums under them.

use std::path::PathBuf;

use books::query::Window;
use paper::{
    receipt::Language,
    sheet_out::{Cell, ColumnKind, SheetColumn, SheetOut},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{bulk::BulkRefusal, file::refused, statements::hash_in_books};
use crate::{
    failure::Failure,
    house::Shop,
    jobs::{JobKind, Progress},
    menu::Call,
    month_sheet::format_of,
    upkeep::Exported,
};

/// Write the statements of a month as a sheet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StatementsSheet {
    /// `YYYY-MM`.
    pub month: String,
    /// Where to; `.xlsx` or `.csv` decides the format.
    pub path: String,
}

const ROWS: i64 = 200;

/// Writes the released statements of a month to a file, as a job.
pub async fn export_statements(call: &Call<'_>, wish: StatementsSheet) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let first = shop.books.statements(&wish.month, Window { offset: 0, limit: 1 }).await?;
    if first.count == 0 {
        return Err(Failure::refused(BulkRefusal::NoStatements { month: wish.month }));
    }
    let progress = call.house.jobs.begin(JobKind::Export, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        write(&shop, &wish, first.count, &told).await?;
        Exported { path: wish.path, rows: Some(first.count) }.result()
    }))
}

async fn write(shop: &Shop, wish: &StatementsSheet, total: i64, told: &Progress) -> Result<(), Failure> {
    let path = PathBuf::from(&wish.path);
    let format = format_of(&path).ok_or_else(|| refused(&path, "the name must end in .xlsx or .csv"))?;
    let digits = shop.info.minor_digits;
    let chinese = shop.language().await == Language::ZhCn;
    let column = |zh: &str, en: &str, kind, total| SheetColumn { title: if chinese { zh } else { en }.to_owned(), kind, total };
    let (exact, money) = (ColumnKind::Decimal { digits: digits + 6 }, ColumnKind::Money { digits });
    let columns = vec![
        column("结算单", "Statement", ColumnKind::Text, false),
        column("会员编号", "Number", ColumnKind::Text, false),
        column("姓名", "Name", ColumnKind::Text, false),
        column("上期结余", "Brought", exact, true),
        column("本月所得", "Earned", exact, true),
        column("调整", "Adjusted", exact, true),
        column("应付（含税）", "To pay, tax included", money, true),
        column("代扣税款", "Tax withheld", money, true),
        column("税后应得", "To receive after tax", money, true),
        column("结转下期", "Carried on", exact, true),
        column("校验码", "Hash", ColumnKind::Text, false),
    ];
    let name = format!("{} {}", if chinese { "结算单" } else { "Statements" }, wish.month);
    let mut sheet = SheetOut::create(&path, format, &name, columns).map_err(|fault| refused(&path, &fault.to_string()))?;
    let mut offset = 0;
    while offset < total {
        if told.stopped() {
            // Dropping an unfinished sheet leaves what was there untouched.
            return Err(refused(&path, "stopped"));
        }
        for row in shop.books.statements(&wish.month, Window { offset, limit: ROWS }).await?.rows {
            let hash = hash_in_books(&shop.books, &row.number).await?.unwrap_or_default();
            let cells = [
                Cell::Text(row.number),
                Cell::Text(row.member_number),
                Cell::Text(row.name),
                Cell::Number(row.opening_micro),
                Cell::Number(row.earned_micro),
                Cell::Number(row.adjusted_micro),
                Cell::Number(row.payable_minor),
                Cell::Number(row.tax_minor),
                Cell::Number(row.payable_minor - row.tax_minor),
                Cell::Number(row.closing_micro),
                Cell::Text(hash),
            ];
            sheet.row(&cells).map_err(|fault| refused(&path, &fault.to_string()))?;
        }
        offset += ROWS;
        told.at("writing", offset.min(total), total);
    }
    sheet.finish(if chinese { "合计" } else { "Total" }).map(|_| ()).map_err(|fault| refused(&path, &fault.to_string()))
}
