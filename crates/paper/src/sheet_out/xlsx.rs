//! The workbook.

use std::path::Path;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook};

use super::{ColumnKind, SheetColumn, SheetOutFault, Written};

/// A workbook of one sheet being written, and the look of its columns.
pub(super) struct Body {
    book: Workbook,
    plain: Vec<Format>,
    sum: Vec<Format>,
}

impl Body {
    pub(super) fn start(sheet: &str, columns: &[SheetColumn]) -> Result<Self, SheetOutFault> {
        let mut book = Workbook::new();
        let page = book.add_worksheet_with_constant_memory()?;
        page.set_name(sheet_name(sheet))?;
        page.set_freeze_panes(1, 0)?;
        let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
        for (at, column) in (0..).zip(columns) {
            page.set_column_width(at, width(column))?;
            let head = if column.kind == ColumnKind::Text { head.clone() } else { head.clone().set_align(FormatAlign::Right) };
            page.write_string_with_format(0, at, &column.title, &head)?;
        }
        let plain: Vec<Format> = columns.iter().map(|column| Format::new().set_num_format(pattern(column.kind))).collect();
        let sum = plain.iter().map(|format| format.clone().set_bold().set_border_top(FormatBorder::Double)).collect();
        Ok(Self { book, plain, sum })
    }

    pub(super) fn write(&mut self, row: u64, cells: &[Written], is_sum: bool) -> Result<(), SheetOutFault> {
        let row = u32::try_from(row).ok().filter(|row| *row < 1_048_576).ok_or(SheetOutFault::TooManyRows)?;
        let Self { book, plain, sum } = self;
        let page = book.worksheet_from_index(0)?;
        for ((at, cell), format) in (0..).zip(cells).zip(if is_sum { sum } else { plain }) {
            match cell {
                Written::Digits(digits) | Written::Rate { fraction: digits, .. } => match xlsx_number(digits) {
                    Some(number) => page.write_number_with_format(row, at, number, format)?,
                    None => page.write_string_with_format(row, at, digits, format)?,
                },
                Written::Text(text) => page.write_string_with_format(row, at, fitting(text), format)?,
                Written::Nothing if is_sum => page.write_blank(row, at, format)?,
                Written::Nothing => page,
            };
        }
        Ok(())
    }

    pub(super) fn save(&mut self, part: &Path, rows: u64, columns: usize) -> Result<(), SheetOutFault> {
        if let (Ok(last), Some(right)) = (u32::try_from(rows), u16::try_from(columns).ok().and_then(|columns| columns.checked_sub(1))) {
            self.book.worksheet_from_index(0)?.autofilter(0, 0, last, right)?;
        }
        self.book.save(part)?;
        Ok(())
    }
}

/// A cell holds no more than 32,767 characters.
fn fitting(text: &str) -> String {
    text.chars().take(32_767).collect()
}

/// Excel takes 31 characters and none of `[]:*?/\`.
fn sheet_name(wish: &str) -> String {
    let name: String = wish.chars().filter(|ch| !"[]:*?/\\'".contains(*ch)).take(31).collect();
    if name.trim().is_empty() { "Sheet1".into() } else { name }
}

fn pattern(kind: ColumnKind) -> String {
    let decimals = |digits: u8| {
        if digits == 0 { String::new() } else { format!(".{}", "0".repeat(usize::from(digits))) }
    };
    match kind {
        ColumnKind::Text => "@".into(),
        ColumnKind::Integer => "#,##0".into(),
        ColumnKind::Money { digits } => format!("#,##0{}", decimals(digits)),
        ColumnKind::Decimal { digits } => format!("0{}", decimals(digits)),
        ColumnKind::Percent => "0.00%".into(),
    }
}

fn width(column: &SheetColumn) -> u16 {
    let title = u16::try_from(crate::layout::width_of(&column.title)).unwrap_or(40) + 4;
    let least = match column.kind {
        ColumnKind::Text => 18,
        ColumnKind::Money { .. } | ColumnKind::Decimal { .. } => 14,
        ColumnKind::Integer | ColumnKind::Percent => 10,
    };
    title.clamp(least, 40)
}

/// The number that a cell of a workbook holds for these digits; nothing where 15 significant digits do not hold it.
pub(super) fn xlsx_number(digits: &str) -> Option<f64> {
    let significant = digits.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    if significant <= 15 { digits.parse().ok() } else { None }
}
