//! Judging what a sheet brings in, before anything is recorded: rows in, typed records and remarks out. Pure: no database, no clock.
//!
//! Every row under the header ends as exactly one of three: good (in a record), fixable (in a record, with remarks on what was changed or left out)
//! or rejected (in no record, with the reason). [`Counts`] proves it: `good + fixable + rejected == rows`.

pub mod dates;
pub mod members;
pub mod products;
pub mod sales;
pub mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    amount::NotANumber,
    columns::{Field, Mapping},
    sheet_in::{CellNote, SheetRow},
};

/// What a sheet brought: its records, what there is to say of its rows, and the count of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake<Record> {
    /// Each with the row it stands in, or begins in.
    pub records: Vec<(u64, Record)>,
    /// Remarks by row.
    pub remarks: Vec<RowRemark>,
    /// How many rows went where.
    pub counts: Counts,
}

/// How many rows went where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Counts {
    /// Rows under the header, blank ones not counted.
    #[ts(type = "number")]
    pub rows: u64,
    /// Taken as they stand.
    #[ts(type = "number")]
    pub good: u64,
    /// Taken with remarks.
    #[ts(type = "number")]
    pub fixable: u64,
    /// Not taken.
    #[ts(type = "number")]
    pub rejected: u64,
}

/// What became of a row that was not simply good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// In a record all the same.
    Fixable,
    /// In no record.
    Rejected,
}

/// Something to say of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RowRemark {
    /// Line of the file, counted from 1, header included.
    #[ts(type = "number")]
    pub row: u64,
    /// Whether the row was taken.
    pub verdict: Verdict,
    /// What there is to say.
    pub remark: Remark,
}

/// The things there are to say. Whether one lets a row pass is said where it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Remark {
    /// A cell that must be filled is empty. Rejects.
    Missing {
        /// Which.
        field: Field,
    },
    /// Not a number. Rejects in required fields; an optional one is left out.
    NotANumber {
        /// Which field.
        field: Field,
        /// As it stands.
        text: String,
    },
    /// More decimals than can be kept; rounded half away from zero.
    Rounded {
        /// Which field.
        field: Field,
        /// As it stands.
        text: String,
    },
    /// Too large to be kept. Rejects in required fields; an optional one is left out.
    TooLarge {
        /// Which field.
        field: Field,
        /// As it stands.
        text: String,
    },
    /// A price below zero. Rejects for prices; a cost is left out.
    BelowZero {
        /// Which field.
        field: Field,
        /// As it stands.
        text: String,
    },
    /// Not a date. Rejects a line of a sale; a day of joining is left out.
    NotADate {
        /// As it stands.
        text: String,
    },
    /// Day and month cannot be told apart; the person must say which comes first. As `NotADate`.
    AmbiguousDate {
        /// As it stands.
        text: String,
    },
    /// Neither yes nor no; taken as no.
    NotYesOrNo {
        /// As it stands.
        text: String,
    },
    /// The name is empty; the code or number stands in.
    NameMissing,
    /// Not 8, 12 or 13 digits; taken without a barcode.
    BarcodeShape {
        /// As it stands.
        barcode: String,
    },
    /// The last digit does not fit the others; taken without a barcode.
    BarcodeCheckDigit {
        /// As it stands.
        barcode: String,
        /// The digit that would fit.
        expected: char,
    },
    /// Not a telephone number; taken without it.
    PhoneShape {
        /// As it stands.
        phone: String,
    },
    /// The value stands in an earlier row and must be unique. Rejects for codes and member numbers; barcodes and phones are left out.
    Duplicate {
        /// Which field.
        field: Field,
        /// The value.
        value: String,
        /// Row of the first.
        #[ts(type = "number")]
        first_row: u64,
    },
    /// No member of that number is in the file. Left to the caller, who knows the books; see [`members`].
    UnknownSponsor {
        /// The sponsor's number.
        number: String,
    },
    /// The sponsors lead round in a circle. Rejects every member of it.
    SponsorCycle {
        /// Numbers from this member up, back to this member.
        numbers: Vec<String>,
        /// Their rows.
        #[ts(type = "number[]")]
        rows: Vec<u64>,
    },
    /// Same invoice, code, name, quantity, price and time as an earlier row; kept, since a clerk may scan twice.
    DuplicateLine {
        /// The earlier row.
        #[ts(type = "number")]
        first_row: u64,
    },
    /// Another time than the invoice's first line; the first counts.
    OtherTime {
        /// Row of the first line.
        #[ts(type = "number")]
        first_row: u64,
    },
    /// Another customer than the invoice's first line; the first counts.
    OtherCustomer {
        /// Row of the first line.
        #[ts(type = "number")]
        first_row: u64,
    },
    /// Another line of this invoice was rejected, and half an invoice is not taken. Rejects.
    InvoiceIncomplete {
        /// Row of the rejected line.
        #[ts(type = "number")]
        rejected_row: u64,
    },
    /// Excel lost the last digits of this number. Rejects in codes and numbers; a barcode or phone is left out.
    LostDigits {
        /// Which field.
        field: Field,
    },
    /// Some bytes mean nothing in the encoding. Kept as they came.
    Undecodable {
        /// Which field.
        field: Field,
    },
    /// The cell shows an Excel error; taken as empty.
    CellError {
        /// Which field.
        field: Field,
    },
}

/// The remarks on one row while it is judged.
struct Judge<'a> {
    mapping: &'a Mapping,
    row: &'a SheetRow,
    remarks: Vec<Remark>,
    rejected: bool,
}

impl<'a> Judge<'a> {
    fn new(mapping: &'a Mapping, row: &'a SheetRow) -> Self {
        let mut judge = Self { mapping, row, remarks: Vec::new(), rejected: false };
        for note in &row.notes {
            judge.pass_on(note);
        }
        judge
    }

    fn field_at(&self, column: usize) -> Option<Field> {
        self.mapping.0.iter().find(|(_, at)| **at == column).map(|(field, _)| *field)
    }

    fn pass_on(&mut self, note: &CellNote) {
        match note {
            CellNote::LostDigits { column } => match self.field_at(*column) {
                Some(field @ (Field::Code | Field::Number | Field::Invoice | Field::Customer | Field::Sponsor)) => {
                    self.reject(Remark::LostDigits { field })
                }
                Some(field) => self.note(Remark::LostDigits { field }),
                None => {}
            },
            CellNote::Undecodable { column } => {
                if let Some(field) = self.field_at(*column) {
                    self.note(Remark::Undecodable { field });
                }
            }
            CellNote::CellError { column } => {
                if let Some(field) = self.field_at(*column) {
                    self.note(Remark::CellError { field });
                }
            }
        }
    }

    fn note(&mut self, remark: Remark) {
        self.remarks.push(remark);
    }

    fn reject(&mut self, remark: Remark) {
        self.rejected = true;
        self.remarks.push(remark);
    }

    /// The text of the field; empty where there is none or the cell shows an Excel error.
    fn text(&self, field: Field) -> &'a str {
        let error = self.row.notes.iter().any(|note| matches!(note, CellNote::CellError { column } if self.mapping.0.get(&field) == Some(column)));
        if error { "" } else { self.mapping.text(self.row, field) }
    }

    fn lost_digits(&self, field: Field) -> bool {
        self.remarks.contains(&Remark::LostDigits { field })
    }

    fn optional_text(&self, field: Field) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn required_text(&mut self, field: Field) -> String {
        let text = self.text(field);
        if text.is_empty() {
            self.reject(Remark::Missing { field });
        }
        text.to_owned()
    }

    /// The number in units of `10^-digits`; a number that is none rejects the row.
    fn required_number(&mut self, field: Field, digits: u8) -> i64 {
        if self.text(field).is_empty() {
            self.reject(Remark::Missing { field });
            return 0;
        }
        let before = self.remarks.len();
        let number = self.optional_number(field, digits);
        self.rejected |= number.is_none();
        debug_assert!(number.is_some() || self.remarks.len() > before);
        number.unwrap_or(0)
    }

    /// The number in units of `10^-digits`; what is none is noted and left out.
    fn optional_number(&mut self, field: Field, digits: u8) -> Option<i64> {
        let text = self.text(field);
        if text.is_empty() {
            return None;
        }
        match crate::amount::rounded(text, digits) {
            Ok((number, exact)) => {
                if !exact {
                    self.note(Remark::Rounded { field, text: text.to_owned() });
                }
                return Some(number);
            }
            Err(NotANumber::TooLarge) => self.note(Remark::TooLarge { field, text: text.to_owned() }),
            Err(NotANumber::Shape | NotANumber::TooFine) => self.note(Remark::NotANumber { field, text: text.to_owned() }),
        }
        None
    }

    /// Whether the row may stand, and the remarks on it.
    fn verdict(self) -> (Option<Verdict>, Vec<RowRemark>) {
        let verdict = match (self.rejected, self.remarks.is_empty()) {
            (true, _) => Some(Verdict::Rejected),
            (false, false) => Some(Verdict::Fixable),
            (false, true) => None,
        };
        let row = self.row.number;
        let remarks = self.remarks.into_iter().map(|remark| RowRemark { row, verdict: verdict.unwrap_or(Verdict::Fixable), remark });
        (verdict, remarks.collect())
    }
}

impl Counts {
    fn count(&mut self, verdict: Option<Verdict>) {
        self.rows += 1;
        match verdict {
            None => self.good += 1,
            Some(Verdict::Fixable) => self.fixable += 1,
            Some(Verdict::Rejected) => self.rejected += 1,
        }
    }
}

/// The first row of each value, to find the second.
#[derive(Default)]
struct FirstRows(BTreeMap<String, u64>);

impl FirstRows {
    /// The row where the value stood before; otherwise this one is remembered as its first.
    fn before(&mut self, value: &str, row: u64) -> Option<u64> {
        let first = self.0.get(value).copied();
        if first.is_none() {
            self.0.insert(value.to_owned(), row);
        }
        first
    }
}

/// A number that a spreadsheet wrote as a fraction: `17850.0` is `17850`. Other texts stay.
fn whole_number_text(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, zeros))
            if !whole.is_empty()
                && !zeros.is_empty()
                && whole.bytes().all(|byte| byte.is_ascii_digit())
                && zeros.bytes().all(|byte| byte == b'0') =>
        {
            whole
        }
        Some(_) | None => text,
    }
}
