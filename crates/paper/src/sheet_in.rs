//! Sheets that people bring: CSV in any usual encoding (also packed as `.xz`), XLSX and XLS, read row by row as text.
//!
//! What a file is, is seen from its content, not its name. Numbers of a workbook become their shortest decimal text. Only a window of the file is in
//! memory at a time, save for XLS, which no library can stream.

mod delimited;
mod encoding;
mod workbook;

use std::{
    fs::File,
    io::Read,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the person chose by hand; what is absent is found from the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SheetOptions {
    /// Name of an encoding, as `UTF-8`, `GB18030`, `Big5` (WHATWG labels).
    pub encoding: Option<String>,
    /// What stands between the fields of a CSV.
    pub delimiter: Option<Delimiter>,
    /// Name of a sheet of a workbook; the first one unless chosen.
    pub sheet: Option<String>,
}

/// What stands between the fields of a CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// Tabulator
    Tab,
}

/// What the file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SheetFound {
    /// Text with delimiters.
    Csv {
        /// Name of the encoding.
        encoding: String,
        /// The delimiter.
        delimiter: Delimiter,
        /// True where the file was packed as xz.
        packed: bool,
    },
    /// A workbook.
    Workbook {
        /// Its sheets.
        sheets: Vec<String>,
        /// The one that is read.
        sheet: String,
    },
}

/// One row under the header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SheetRow {
    /// Line of the file or row of the sheet, counted from 1, header included.
    #[ts(type = "number")]
    pub number: u64,
    /// Its cells, as many as the row has.
    pub cells: Vec<String>,
    /// What was lost before the cells got here.
    pub notes: Vec<CellNote>,
}

/// A loss in a cell that cannot be undone here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CellNote {
    /// A whole number of more than 15 digits, kept by Excel as a number: its last digits are zeros now. Barcodes and phones belong in text cells.
    LostDigits {
        /// Column, counted from 0.
        column: usize,
    },
    /// Bytes that mean nothing in the encoding.
    Undecodable {
        /// Column, counted from 0.
        column: usize,
    },
    /// The cell shows an Excel error such as `#DIV/0!`.
    CellError {
        /// Column, counted from 0.
        column: usize,
    },
}

/// Why a file cannot be read, or read on.
#[derive(Debug, thiserror::Error)]
pub enum SheetFault {
    /// The disk refused.
    #[error("cannot read the file: {0}")]
    Disk(#[from] std::io::Error),
    /// Neither a header nor rows.
    #[error("the file is empty")]
    Empty,
    /// The encoding asked for is not known.
    #[error("there is no encoding {0}")]
    UnknownEncoding(String),
    /// The workbook has no such sheet.
    #[error("the workbook has no sheet {0}")]
    NoSuchSheet(String),
    /// The workbook is damaged, protected by a password or of an unknown make.
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
    /// A quotation mark was opened and never closed, so that the rest of the file became one cell.
    #[error("a quotation mark opened in row {row} is not closed")]
    UnclosedQuote {
        /// Where it was opened.
        row: u64,
    },
}

/// The first rows of a file and what it was taken for, for a person to judge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SheetPreview {
    /// What the file was taken for.
    pub found: SheetFound,
    /// The titles of its columns.
    pub header: Vec<String>,
    /// At most 20 rows.
    pub rows: Vec<SheetRow>,
}

/// A file being read: an iterator over the rows under its header. Rows whose cells are all blank are skipped. Ends after the first fault.
pub struct SheetIn {
    found: SheetFound,
    header: Vec<String>,
    rows: Box<dyn Iterator<Item = Result<SheetRow, SheetFault>> + Send>,
    progress: Progress,
    ended: bool,
}

/// How far the reading is; may be watched from another thread.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    done: Arc<AtomicU64>,
    all: Arc<AtomicU64>,
}

impl Progress {
    /// Done and whole, in one unit of the file's own: bytes or rows. The whole is 0 where it is not known.
    pub fn now(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }
}

impl SheetIn {
    /// Opens the file and reads its header, the first row with anything in it.
    ///
    /// # Errors
    /// A [`SheetFault`].
    pub fn open(path: &Path, options: &SheetOptions) -> Result<Self, SheetFault> {
        let mut magic = Vec::new();
        File::open(path)?.take(8).read_to_end(&mut magic)?;
        let progress = Progress::default();
        let (found, mut rows) = match magic.as_slice() {
            [b'P', b'K', 3, 4, ..] => workbook::open(path, workbook::Make::Xlsx, options, &progress)?,
            [0xd0, 0xcf, 0x11, 0xe0, ..] => workbook::open(path, workbook::Make::Xls, options, &progress)?,
            bytes => delimited::open(path, bytes.starts_with(b"\xfd7zXZ\0"), options, &progress)?,
        };
        let header = rows.find(|row| row.as_ref().map_or(true, |row| !row.is_blank())).ok_or(SheetFault::Empty)??;
        let header = header.cells.iter().map(|title| title.trim().to_owned()).collect();
        Ok(Self { found, header, rows, progress, ended: false })
    }

    /// What the file was taken for.
    pub fn found(&self) -> &SheetFound {
        &self.found
    }

    /// The titles of the columns, trimmed.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// A handle on how far the reading is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }
}

impl Iterator for SheetIn {
    type Item = Result<SheetRow, SheetFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.rows.find(|row| row.as_ref().map_or(true, |row| !row.is_blank()));
        self.ended = !matches!(next, Some(Ok(_)));
        next
    }
}

impl SheetRow {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// The first 20 rows.
///
/// # Errors
/// A [`SheetFault`], also one that lies among those rows.
pub fn preview(path: &Path, options: &SheetOptions) -> Result<SheetPreview, SheetFault> {
    let mut sheet = SheetIn::open(path, options)?;
    let rows = sheet.by_ref().take(20).collect::<Result<_, _>>()?;
    Ok(SheetPreview { found: sheet.found, header: sheet.header, rows })
}

type Rows = Box<dyn Iterator<Item = Result<SheetRow, SheetFault>> + Send>;

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        file
    }

    fn read(bytes: &[u8], options: &SheetOptions) -> (SheetPreview, Vec<(u64, String)>) {
        let file = file(bytes);
        let rows = SheetIn::open(file.path(), options).unwrap().map(|row| row.map(|row| (row.number, row.cells.join("|"))).unwrap()).collect();
        (preview(file.path(), options).unwrap(), rows)
    }

    fn csv(encoding: &str, delimiter: Delimiter) -> SheetFound {
        SheetFound::Csv { encoding: encoding.into(), delimiter, packed: false }
    }

    const CHINESE: &str = "编码,名称,单价\r\nT1,铁观音,30.00\r\nT2,\"茉莉, 花茶\",18.50\r\n";

    #[test]
    fn chinese_in_each_usual_encoding() {
        let rows = vec![(2, "T1|铁观音|30.00".to_owned()), (3, "T2|茉莉, 花茶|18.50".to_owned())];
        let utf16 = |bytes: fn(u16) -> [u8; 2]| {
            CHINESE.replace(',', "\t").replace("\"茉莉\t 花茶\"", "茉莉, 花茶").encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
        };
        for (bytes, found) in [
            (CHINESE.as_bytes().to_vec(), csv("UTF-8", Delimiter::Comma)),
            ([b"\xef\xbb\xbf", CHINESE.as_bytes()].concat(), csv("UTF-8", Delimiter::Comma)),
            (encoding_rs::GB18030.encode(CHINESE).0.into_owned(), csv("gb18030", Delimiter::Comma)),
            ([b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat(), csv("UTF-16LE", Delimiter::Tab)),
            ([b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes)].concat(), csv("UTF-16BE", Delimiter::Tab)),
        ] {
            let (shown, all) = read(&bytes, &SheetOptions::default());
            assert_eq!(shown.found, found);
            assert_eq!(shown.header, ["编码", "名称", "单价"]);
            assert_eq!(all, rows);
        }
    }

    #[test]
    fn western_and_big5_texts_and_the_choice_by_hand() {
        let western =
            encoding_rs::WINDOWS_1252.encode("Code;Désignation;Prix\n1;Thé à la crème;2,50\n2;Gâteau sec;3,00\n3;Pâté;4,00\n").0.into_owned();
        let (shown, all) = read(&western, &SheetOptions::default());
        assert_eq!(shown.found, csv("windows-1252", Delimiter::Semicolon));
        assert_eq!(all[0].1, "1|Thé à la crème|2,50");
        let big5 = encoding_rs::BIG5.encode("編號,名稱\n1,鐵觀音\n").0.into_owned();
        let chosen = SheetOptions { encoding: Some("big5".into()), ..SheetOptions::default() };
        assert_eq!(read(&big5, &chosen).1[0].1, "1|鐵觀音");
        let wrong = SheetOptions { encoding: Some("utf-8".into()), ..SheetOptions::default() };
        assert_eq!(read(&big5, &wrong).0.rows[0].notes, [CellNote::Undecodable { column: 1 }]);
        let no_such = SheetOptions { encoding: Some("klingon".into()), ..SheetOptions::default() };
        assert!(matches!(SheetIn::open(file(b"a").path(), &no_such), Err(SheetFault::UnknownEncoding(_))));
    }

    #[test]
    fn one_bad_byte_late_in_the_file_is_found_before_the_first_row() {
        let mut bytes = b"code,name\n".to_vec();
        bytes.extend(b"1,tea\n".repeat(200_000));
        bytes.extend(encoding_rs::GB18030.encode("2,铁观音\n").0.iter());
        let (shown, all) = read(&bytes, &SheetOptions::default());
        assert_eq!(shown.found, csv("gb18030", Delimiter::Comma));
        assert_eq!(all.last(), Some(&(200_002, "2|铁观音".into())));
    }

    #[test]
    fn row_numbers_are_lines_of_the_file() {
        let (_, all) = read(b"\n\na,b\n1,2\n\n\"x\ny\",3\n,,\n4,5", &SheetOptions::default());
        assert_eq!(all, [(4, "1|2".into()), (6, "x\ny|3".into()), (9, "4|5".into())]);
    }

    #[test]
    fn empty_files_and_open_quotes() {
        for bytes in [&b""[..], b"\n\n", b"\xef\xbb\xbf", b" , ,\n"] {
            assert!(matches!(SheetIn::open(file(bytes).path(), &SheetOptions::default()), Err(SheetFault::Empty)));
        }
        let open = [b"a,b\n1,2\n3,\"".to_vec(), b"x,y\n".repeat(60_000)].concat();
        let closed_too_late = [open.clone(), b"\"\n5,6\n".to_vec()].concat();
        let faults = SheetIn::open(file(&closed_too_late).path(), &SheetOptions::default()).unwrap();
        assert_eq!(faults.filter(|row| matches!(row, Err(SheetFault::UnclosedQuote { row: 3 }))).count(), 1);
        let mut rows = SheetIn::open(file(&open).path(), &SheetOptions::default()).unwrap();
        assert!(rows.next().unwrap().is_ok());
        assert!(matches!(rows.next(), Some(Err(SheetFault::UnclosedQuote { row: 3 }))));
        assert!(rows.next().is_none());
    }

    #[test]
    fn a_workbook_written_by_a_spreadsheet() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("书.xlsx");
        let mut book = rust_xlsxwriter::Workbook::new();
        let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm");
        let page = book.add_worksheet().set_name("一月").unwrap();
        page.write_row(1, 1, ["条码", "单价", "日期"]).unwrap();
        page.write(2, 1, 6_901_234_567_892_i64).unwrap().write(2, 2, 0.1).unwrap();
        let noon = rust_xlsxwriter::ExcelDateTime::from_ymd(2011, 12, 9).unwrap().and_hms(12, 50, 0).unwrap();
        page.write_with_format(2, 3, noon, &date).unwrap();
        page.write(4, 1, 12_345_678_901_234_567_i64).unwrap().write(4, 2, "0.10").unwrap();
        page.write(5, 1, true).unwrap().write(5, 2, 0.300_000_000_000_000_04).unwrap().write(5, 3, 1e-7).unwrap();
        book.add_worksheet().set_name("二月").unwrap().write(0, 0, "x").unwrap();
        book.save(&path).unwrap();

        let shown = preview(&path, &SheetOptions::default()).unwrap();
        assert_eq!(shown.found, SheetFound::Workbook { sheets: vec!["一月".into(), "二月".into()], sheet: "一月".into() });
        assert_eq!(shown.header, ["", "条码", "单价", "日期"]);
        let texts: Vec<(u64, String)> = shown.rows.iter().map(|row| (row.number, row.cells.join("|"))).collect();
        assert_eq!(
            texts,
            [(3, "|6901234567892|0.1|2011-12-09 12:50:00".into()), (5, "|12345678901234568|0.10".into()), (6, "|TRUE|0.3|0.0000001".into())]
        );
        assert_eq!(shown.rows[1].notes, [CellNote::LostDigits { column: 1 }]);

        let second = SheetOptions { sheet: Some("二月".into()), ..SheetOptions::default() };
        assert_eq!(preview(&path, &second).unwrap().header, ["x"]);
        let none = SheetOptions { sheet: Some("三月".into()), ..SheetOptions::default() };
        assert!(matches!(preview(&path, &none), Err(SheetFault::NoSuchSheet(_))));
        let bytes = std::fs::read(&path).unwrap();
        assert!(matches!(preview(file(&bytes[..bytes.len() / 2]).path(), &SheetOptions::default()), Err(SheetFault::Workbook(_))));
    }
}
