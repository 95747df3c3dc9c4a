//! Tables to files that spreadsheets open: XLSX and CSV, row by row, in the same small memory for ten rows or a million.
//!
//! Amounts come as scaled integers and leave as decimal digits. An XLSX cell can only hold a binary number, so the very last step parses the
//! finished digits: a decimal of at most 15 significant digits survives that and comes back the same (IEEE 754 double: 15.95 digits),
//! and a longer one is written as text instead of losing its end.

mod xlsx;

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use rust_xlsxwriter::XlsxError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::amount::amount_text;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ColumnKind {
    /// Text, also codes and phone numbers: never turned into numbers.
    Text,
    /// Minor units of a currency with that many decimals.
    Money {
        /// Decimals of the currency.
        digits: u8,
    },
    /// Whole numbers.
    Integer,
    /// Numbers in units of `10^-digits`.
    Decimal {
        /// Decimals.
        digits: u8,
    },
    /// Rates in parts per million, shown in percent.
    Percent,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SheetColumn {
    /// Its title.
    pub title: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// True to sum it in the last row; of no effect on `Text` and `Percent`.
    pub total: bool,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text, for `Text` columns.
    Text(String),
    /// A number in the unit of its column.
    Number(i64),
    /// Nothing.
    Empty,
}

/// The file to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SheetFormat {
    /// Excel workbook, one sheet, header frozen and filtered.
    Xlsx,
    /// CSV in UTF-8 with a byte order mark.
    Csv,
    /// CSV in GB18030 for older Chinese programs.
    CsvGb18030,
}

/// Why a file was not written. The file of that name, if there was one, is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SheetOutFault {
    /// The disk refused.
    #[error("cannot write the file: {0}")]
    Disk(#[from] std::io::Error),
    /// The workbook refused.
    #[error("cannot write the workbook: {0}")]
    Workbook(#[from] XlsxError),
    /// A row has not as many cells as there are columns.
    #[error("row {row} has {cells} cells for {columns} columns")]
    Ragged {
        /// Row, counted from 1 after the header.
        row: u64,
        /// Cells in it.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// More rows than an Excel sheet holds; CSV has no such limit.
    #[error("an Excel sheet holds no more than 1,048,576 rows")]
    TooManyRows,
}

impl From<csv::Error> for SheetOutFault {
    fn from(error: csv::Error) -> Self {
        Self::Disk(error.into())
    }
}

/// A table being written. Nothing stands at its path until [`SheetOut::finish`], which puts the whole file there at once.
pub struct SheetOut {
    columns: Vec<SheetColumn>,
    sums: Vec<i128>,
    rows: u64,
    path: PathBuf,
    part: PathBuf,
    body: Body,
}

enum Body {
    Xlsx(Box<xlsx::Body>),
    Csv { writer: Box<csv::Writer<BufWriter<File>>>, gb18030: bool },
}

impl SheetOut {
    /// Starts a table with its header.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn create(path: &Path, format: SheetFormat, sheet: &str, columns: Vec<SheetColumn>) -> Result<Self, SheetOutFault> {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".part");
        let part = path.with_file_name(name);
        let body = match format {
            SheetFormat::Xlsx => Body::Xlsx(Box::new(xlsx::Body::start(sheet, &columns)?)),
            SheetFormat::Csv | SheetFormat::CsvGb18030 => Body::csv(&part, format == SheetFormat::CsvGb18030, &columns)?,
        };
        Ok(Self { sums: vec![0; columns.len()], columns, rows: 0, path: path.to_owned(), part, body })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// `Ragged`, `TooManyRows`, or the disk's.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), SheetOutFault> {
        self.rows += 1;
        if cells.len() != self.columns.len() {
            return Err(SheetOutFault::Ragged { row: self.rows, cells: cells.len(), columns: self.columns.len() });
        }
        for (sum, cell) in self.sums.iter_mut().zip(cells) {
            if let Cell::Number(number) = cell {
                *sum += i128::from(*number);
            }
        }
        let written: Vec<Written> = self.columns.iter().zip(cells).map(|(column, cell)| Written::of(column.kind, cell)).collect();
        self.write(self.rows, &written, false)
    }

    /// Writes the row of sums under `label`, if any column is summed, and puts the file in its place. Returns the number of rows, sums not counted.
    ///
    /// # Errors
    /// The disk's.
    pub fn finish(mut self, label: &str) -> Result<u64, SheetOutFault> {
        if self.columns.iter().any(SheetColumn::sums) {
            let written: Vec<Written> = self.total_row(label);
            self.write(self.rows + 1, &written, true)?;
        }
        match &mut self.body {
            Body::Xlsx(body) => body.save(&self.part, self.rows, self.columns.len())?,
            Body::Csv { writer, .. } => {
                writer.flush()?;
                writer.get_ref().get_ref().sync_all()?;
            }
        }
        std::fs::rename(&self.part, &self.path)?;
        Ok(self.rows)
    }

    fn total_row(&self, label: &str) -> Vec<Written> {
        let mut label = Some(label).filter(|_| !self.columns[0].sums());
        let cell = |(column, sum): (&SheetColumn, &i128)| match label.take() {
            Some(label) => Written::Text(label.to_owned()),
            None if column.sums() => Written::number(column.kind, *sum),
            None => Written::Nothing,
        };
        self.columns.iter().zip(&self.sums).map(cell).collect()
    }

    fn write(&mut self, row: u64, cells: &[Written], is_sum: bool) -> Result<(), SheetOutFault> {
        match &mut self.body {
            Body::Xlsx(body) => body.write(row, cells, is_sum),
            Body::Csv { writer, gb18030 } => {
                let gb18030 = *gb18030;
                writer.write_record(cells.iter().map(|cell| encoded(&cell.csv(), gb18030))).map_err(SheetOutFault::from)
            }
        }
    }
}

impl Drop for SheetOut {
    /// An unfinished table leaves nothing behind.
    fn drop(&mut self) {
        if self.part.exists() {
            // A leftover in the way of nobody is no reason to fail.
            std::fs::remove_file(&self.part).ok();
        }
    }
}

impl SheetColumn {
    fn sums(&self) -> bool {
        match self.kind {
            ColumnKind::Text | ColumnKind::Percent => false,
            ColumnKind::Money { .. } | ColumnKind::Integer | ColumnKind::Decimal { .. } => self.total,
        }
    }
}

/// A cell as it goes into a file.
enum Written {
    Text(String),
    Digits(String),
    /// In percent for people, as a fraction of one for Excel.
    Rate {
        percent: String,
        fraction: String,
    },
    Nothing,
}

impl Written {
    fn of(kind: ColumnKind, cell: &Cell) -> Self {
        match cell {
            Cell::Text(text) => Self::Text(text.clone()),
            Cell::Number(number) => Self::number(kind, i128::from(*number)),
            Cell::Empty => Self::Nothing,
        }
    }

    fn number(kind: ColumnKind, number: i128) -> Self {
        match kind {
            ColumnKind::Text => Self::Text(number.to_string()),
            ColumnKind::Integer => Self::Digits(number.to_string()),
            ColumnKind::Money { digits } | ColumnKind::Decimal { digits } => Self::Digits(amount_text(number, digits)),
            ColumnKind::Percent => {
                let percent = amount_text(number, 4);
                let percent = percent.trim_end_matches('0').trim_end_matches('.').to_owned() + "%";
                Self::Rate { percent, fraction: amount_text(number, 6) }
            }
        }
    }

    fn csv(&self) -> String {
        match self {
            Self::Text(text) => guarded(text),
            Self::Digits(digits) => digits.clone(),
            Self::Rate { percent, .. } => percent.clone(),
            Self::Nothing => String::new(),
        }
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).
fn guarded(text: &str) -> String {
    let risky = text.trim_start_matches([' ', '\u{3000}']).starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if risky { format!("'{text}") } else { text.to_owned() }
}

fn encoded(text: &str, gb18030: bool) -> Vec<u8> {
    if gb18030 { encoding_rs::GB18030.encode(text).0.into_owned() } else { text.as_bytes().to_vec() }
}

impl Body {
    fn csv(part: &Path, gb18030: bool, columns: &[SheetColumn]) -> Result<Self, SheetOutFault> {
        let mut file = BufWriter::new(File::create(part)?);
        if !gb18030 {
            file.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
        writer.write_record(columns.iter().map(|column| encoded(&guarded(&column.title), gb18030)))?;
        Ok(Self::Csv { writer: Box::new(writer), gb18030 })
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader};

    use super::{xlsx::xlsx_number, *};

    fn columns() -> Vec<SheetColumn> {
        let column = |title: &str, kind, total| SheetColumn { title: title.into(), kind, total };
        vec![
            column("手机", ColumnKind::Text, true),
            column("Amount", ColumnKind::Money { digits: 2 }, true),
            column("n", ColumnKind::Integer, false),
            column("qty", ColumnKind::Decimal { digits: 3 }, true),
            column("rate", ColumnKind::Percent, true),
        ]
    }

    fn written(format: SheetFormat, rows: &[[Cell; 5]]) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t");
        let mut out = SheetOut::create(&path, format, "报表/1", columns()).unwrap();
        for row in rows {
            out.row(row).unwrap();
        }
        assert!(!path.exists());
        assert_eq!(out.finish("合计").unwrap(), rows.len() as u64);
        assert!(!dir.path().join("t.part").exists());
        (dir, path)
    }

    fn sample() -> [[Cell; 5]; 2] {
        let text = |text: &str| Cell::Text(text.into());
        [
            [text("013800138000"), Cell::Number(-1205), Cell::Number(7), Cell::Number(1500), Cell::Number(130_000)],
            [text("=1+2,\"x\""), Cell::Number(i64::MAX), Cell::Empty, Cell::Number(-1), Cell::Number(12_345)],
        ]
    }

    #[test]
    fn csv_with_mark_guard_and_exact_sums() {
        let (_dir, path) = written(SheetFormat::Csv, &sample());
        let expected = "\u{feff}手机,Amount,n,qty,rate\r\n013800138000,-12.05,7,1.500,13%\r\n\"'=1+2,\"\"x\"\"\",92233720368547758.07,,-0.001,1.2345%\r\n合计,92233720368547746.02,,1.499,\r\n";
        assert_eq!(std::fs::read_to_string(path).unwrap(), expected);
        for text in ["+1", "-1", "@x", "\tx", " =x", "＝x"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        let (_dir, path) = written(SheetFormat::CsvGb18030, &sample());
        assert!(std::fs::read(path).unwrap().starts_with(&[0xca, 0xd6, 0xbb, 0xfa, b',']));
    }

    #[test]
    fn xlsx_keeps_codes_as_text_and_long_amounts_whole() {
        let (_dir, path) = written(SheetFormat::Xlsx, &sample());
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
        let page = book.worksheet_range("报表1").unwrap();
        let cell = |row, column| page.get_value((row, column)).cloned().unwrap_or_default();
        assert_eq!(cell(1, 0), Data::String("013800138000".into()));
        assert_eq!(cell(2, 0), Data::String("=1+2,\"x\"".into()));
        assert_eq!(cell(1, 1), Data::Float(-12.05));
        assert_eq!(cell(2, 1), Data::String("92233720368547758.07".into()));
        assert_eq!(cell(3, 1), Data::String("92233720368547746.02".into()));
        assert_eq!((cell(1, 4), cell(3, 3), cell(3, 0)), (Data::Float(0.13), Data::Float(1.499), Data::String("合计".into())));
    }

    #[test]
    fn every_amount_of_fifteen_digits_survives_the_binary_cell() {
        for number in (0..20_000_i64).map(|step| 999_999_999_999_999 - step * 49_999_999_999) {
            let digits = amount_text(i128::from(number), 2);
            let back = xlsx_number(&digits).map(|cell| format!("{cell:.2}"));
            assert_eq!(back.as_deref(), Some(digits.as_str()));
        }
        assert_eq!(xlsx_number("1234567890123.456"), None);
    }

    #[test]
    fn a_hundred_thousand_rows_and_what_is_left_unfinished() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("big.xlsx");
        let mut out = SheetOut::create(&path, SheetFormat::Xlsx, "big", columns()).unwrap();
        for n in 0..100_000 {
            out.row(&[Cell::Text(format!("M{n}")), Cell::Number(n), Cell::Number(n), Cell::Number(n), Cell::Number(n)]).unwrap();
        }
        assert_eq!(out.finish("Σ").unwrap(), 100_000);
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
        let page = book.worksheet_range("big").unwrap();
        assert_eq!(page.height(), 100_002);
        assert_eq!(page.get_value((100_001, 1)), Some(&Data::Float(49_999_500.0)));

        std::fs::write(&path, "before").unwrap();
        let mut out = SheetOut::create(&path, SheetFormat::Csv, "", columns()).unwrap();
        assert!(matches!(out.row(&[Cell::Empty]), Err(SheetOutFault::Ragged { row: 1, cells: 1, columns: 5 })));
        drop(out);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
        assert!(!dir.path().join("big.xlsx.part").exists());
    }
}
