//! Rows of a product list.

use domain::product::{ProductCard, ProductRefusal, check_barcode};

use super::{Counts, FirstRows, Intake, Judge, Remark, Verdict};
use crate::{
    columns::{Field, Mapping},
    sheet_in::SheetRow,
};

/// A product as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRecord {
    /// Its card; a barcode on it has a valid check digit and stands once in the file, as does the code.
    pub card: ProductCard,
    /// Thousandths of a piece in stock, where the file says.
    pub stock_milli: Option<i64>,
}

/// Reads a product list row by row.
pub struct ProductsIntake {
    mapping: Mapping,
    digits: u8,
    codes: FirstRows,
    barcodes: FirstRows,
    intake: Intake<ProductRecord>,
}

impl ProductsIntake {
    /// For a currency with that many decimals.
    pub fn new(mapping: Mapping, digits: u8) -> Self {
        let intake = Intake { records: Vec::new(), remarks: Vec::new(), counts: Counts::default() };
        Self { mapping, digits, codes: FirstRows::default(), barcodes: FirstRows::default(), intake }
    }

    /// Judges one row.
    pub fn take(&mut self, row: &SheetRow) {
        let mut judge = Judge::new(&self.mapping, row);
        let code = judge.required_text(Field::Code);
        let code = super::whole_number_text(&code).to_owned();
        if !code.is_empty()
            && let Some(first_row) = self.codes.before(&code, row.number)
        {
            judge.reject(Remark::Duplicate { field: Field::Code, value: code.clone(), first_row });
        }
        let price_minor = judge.required_number(Field::Price, self.digits);
        if price_minor < 0 {
            let text = judge.text(Field::Price).to_owned();
            judge.reject(Remark::BelowZero { field: Field::Price, text });
        }
        let card = ProductCard {
            barcode: barcode(&mut judge, &mut self.barcodes),
            name: name(&mut judge, &code),
            name_2: None,
            category: judge.optional_text(Field::Category),
            price_minor,
            cost_minor: cost(&mut judge, self.digits),
            tax: judge.optional_text(Field::Tax),
            no_commission: yes(&mut judge),
            min_milli: None,
            code,
        };
        let record = ProductRecord { card, stock_milli: judge.optional_number(Field::Stock, 3) };
        let (verdict, remarks) = judge.verdict();
        self.intake.counts.count(verdict);
        self.intake.remarks.extend(remarks);
        if verdict != Some(Verdict::Rejected) {
            self.intake.records.push((row.number, record));
        }
    }

    /// Everything that the rows brought.
    pub fn finish(self) -> Intake<ProductRecord> {
        self.intake
    }
}

fn name(judge: &mut Judge<'_>, code: &str) -> String {
    let name = judge.text(Field::Name);
    if name.is_empty() && !code.is_empty() {
        judge.note(Remark::NameMissing);
        return code.to_owned();
    }
    name.to_owned()
}

fn barcode(judge: &mut Judge<'_>, seen: &mut FirstRows) -> Option<String> {
    let text = super::whole_number_text(judge.text(Field::Barcode)).trim_start_matches('\'').replace(['-', ' '], "");
    if text.is_empty() || judge.lost_digits(Field::Barcode) {
        return None;
    }
    match check_barcode(&text) {
        Ok(()) => {}
        Err(ProductRefusal::BarcodeCheckDigit { barcode, expected }) => {
            judge.note(Remark::BarcodeCheckDigit { barcode, expected });
            return None;
        }
        Err(_) => {
            judge.note(Remark::BarcodeShape { barcode: text });
            return None;
        }
    }
    match seen.before(&text, judge.row.number) {
        Some(first_row) => {
            judge.note(Remark::Duplicate { field: Field::Barcode, value: text, first_row });
            None
        }
        None => Some(text),
    }
}

fn cost(judge: &mut Judge<'_>, digits: u8) -> Option<i64> {
    let cost = judge.optional_number(Field::Cost, digits)?;
    if cost < 0 {
        let text = judge.text(Field::Cost).to_owned();
        judge.note(Remark::BelowZero { field: Field::Cost, text });
        return None;
    }
    Some(cost)
}

fn yes(judge: &mut Judge<'_>) -> bool {
    let text = judge.text(Field::NoCommission);
    match text.to_lowercase().as_str() {
        "" | "0" | "0.0" | "n" | "no" | "false" | "否" | "不" | "无" | "×" => false,
        "1" | "1.0" | "y" | "yes" | "true" | "x" | "是" | "√" | "✓" | "有" => true,
        _ => {
            judge.note(Remark::NotYesOrNo { text: text.to_owned() });
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{columns::SheetKind, sheet_in::CellNote};

    fn intake(rows: &str) -> Intake<ProductRecord> {
        let header: Vec<String> = "编码,条码,名称,分类,售价,进价,库存,不计佣金".split(',').map(str::to_owned).collect();
        let mut intake = ProductsIntake::new(crate::columns::guess(SheetKind::Products, &header), 2);
        for (number, line) in (2..).zip(rows.lines()) {
            intake.take(&SheetRow { number, cells: line.split(',').map(str::to_owned).collect(), notes: Vec::new() });
        }
        intake.finish()
    }

    #[test]
    fn a_good_row_is_taken_whole() {
        let intake = intake("T1,6901234567892,铁观音,茶,￥30.00,12.5,7.250,是");
        let card = ProductCard {
            code: "T1".into(),
            barcode: Some("6901234567892".into()),
            name: "铁观音".into(),
            name_2: None,
            category: Some("茶".into()),
            price_minor: 3000,
            cost_minor: Some(1250),
            tax: None,
            no_commission: true,
            min_milli: None,
        };
        assert_eq!(intake.records, [(2, ProductRecord { card, stock_milli: Some(7250) })]);
        assert_eq!(intake.counts, Counts { rows: 1, good: 1, fixable: 0, rejected: 0 });
    }

    #[test]
    fn each_flaw_is_told_and_decides_whether_the_row_stands() {
        let said = |row: &str| {
            let intake = intake(row);
            let codes = intake.remarks.iter().map(|said| serde_json::to_value(&said.remark).unwrap()["code"].as_str().unwrap().to_owned());
            (intake.counts.rejected, codes.collect::<Vec<_>>().join(" "))
        };
        for (row, rejected, remarks) in [
            ("T1,6901234567893,茶,,1", 0, "barcode_check_digit"),
            ("T1,12345,茶,,1", 0, "barcode_shape"),
            ("T1,,,,1", 0, "name_missing"),
            ("T1,,茶,,1.005", 0, "rounded"),
            ("T1,,茶,,1,-2,x,maybe", 0, "below_zero not_yes_or_no not_a_number"),
            (",,茶,,1", 1, "missing"),
            ("T1,,茶,,", 1, "missing"),
            ("T1,,茶,,面议", 1, "not_a_number"),
            ("T1,,茶,,-1", 1, "below_zero"),
            ("T1,,茶,,1e40", 1, "too_large"),
            ("T1,,茶,,1\nT1,,茶,,2", 1, "duplicate"),
            ("T1,6901234567892,茶,,1\nT2,6901234567892,茶,,2", 0, "duplicate"),
        ] {
            assert_eq!(said(row), (rejected, remarks.to_owned()), "{row}");
        }
    }

    #[test]
    fn a_code_whose_end_excel_lost_is_not_taken() {
        let mapping = Mapping([(Field::Code, 0), (Field::Price, 1)].into());
        let mut intake = ProductsIntake::new(mapping, 2);
        intake.take(&SheetRow { number: 2, cells: vec!["12345678901234568".into(), "1".into()], notes: vec![CellNote::LostDigits { column: 0 }] });
        assert_eq!(intake.finish().counts.rejected, 1);
    }
}
