//! The month's report as a sheet: every row that the filter lets through, and the sums under it.

use std::path::Path;

use books::query::{MonthFilter, Window};
use paper::{
    receipt::Language,
    sheet_out::{Cell, ColumnKind, SheetColumn, SheetFormat, SheetOut},
};

use crate::{
    failure::{DoorRefusal, Failure},
    house::Shop,
    jobs::Progress,
};

const ROWS: i64 = 200;

/// Writes the sheet and says how many rows it has. A file that was there is replaced only once the new one is whole.
pub async fn write(shop: &Shop, filter: &MonthFilter, path: &Path, format: SheetFormat, told: &Progress) -> Result<i64, Failure> {
    let refused = |reason: String| Failure::from(DoorRefusal::File { path: path.display().to_string(), reason });
    let total = shop.books.month_totals(filter).await?.members;
    let digits = shop.info.minor_digits;
    let chinese = shop.language().await == Language::ZhCn;
    let title = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
    let column = |zh: &str, en: &str, kind, total| SheetColumn { title: title(zh, en), kind, total };
    let columns = vec![
        column("会员编号", "Number", ColumnKind::Text, false),
        column("姓名", "Name", ColumnKind::Text, false),
        column("分销等级", "Rank", ColumnKind::Text, false),
        column("订单数", "Sales", ColumnKind::Integer, true),
        column("计佣基数", "Base", ColumnKind::Money { digits }, true),
        column("佣金（精确）", "Commission (exact)", ColumnKind::Decimal { digits: digits + 6 }, true),
        column("应付", "Payable", ColumnKind::Money { digits }, true),
    ];
    let name = format!("{} {}", title("佣金", "Commission"), filter.month);
    let mut sheet = SheetOut::create(path, format, &name, columns).map_err(|fault| refused(fault.to_string()))?;
    let mut offset = 0;
    while offset < total {
        if told.stopped() {
            // Dropping an unfinished sheet leaves what was there untouched.
            return Err(refused("stopped".into()));
        }
        for row in shop.books.month(filter, Window { offset, limit: ROWS }).await? {
            let cells = [
                Cell::Text(row.number),
                Cell::Text(row.name),
                Cell::Text(row.rank.unwrap_or_default()),
                Cell::Number(row.sales),
                Cell::Number(row.base_minor),
                Cell::Number(row.amount_micro),
                Cell::Number(row.payable_minor),
            ];
            sheet.row(&cells).map_err(|fault| refused(fault.to_string()))?;
        }
        offset += ROWS;
        told.at("writing", offset.min(total), total);
    }
    sheet.finish(&title("合计", "Total")).map_err(|fault| refused(fault.to_string()))?;
    Ok(total)
}

/// The format that a file's name asks for.
pub fn format_of(path: &Path) -> Option<SheetFormat> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "xlsx" => Some(SheetFormat::Xlsx),
        "csv" => Some(SheetFormat::Csv),
        _ => None,
    }
}
