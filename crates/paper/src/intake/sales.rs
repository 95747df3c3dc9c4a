//! Rows of an earlier system's sales: one line of a sale a row, gathered into sales by their number.
//!
//! The rows of a sale may stand anywhere in the file. Amounts are exact: a price is kept to the thousandth of a minor unit, a line's sum in millionths,
//! and beside it the sum in minor units, rounded half away from zero once a line. [`SalesSummary::rounding_micro`] says what that rounding came to.

mod rules;
mod summary;

use std::collections::{BTreeSet, HashMap};

use domain::import::{ImportedKind, ImportedLine};

pub use rules::{CodeRule, NumberPrefix, SalesRules};
pub use summary::{KindSum, SalesSummary};

use super::{
    Counts, Intake, Judge, Remark, RowRemark, Verdict,
    dates::{DateOrder, NotADate, WallTime, wall_time},
    whole_number_text,
};
use crate::{
    columns::{Field, Mapping},
    sheet_in::SheetRow,
};

/// A sale as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleRecord {
    /// Its number.
    pub number: String,
    /// When it was made, milliseconds since 1970 UTC; of its first line.
    pub made_at_ms: i64,
    /// Day of its first line by the clock on the wall, `2011-12-09`.
    pub date: String,
    /// The buyer's member number; none is a walk-in.
    pub customer: Option<String>,
    /// Its lines in the order of the file, the products not yet looked up.
    pub lines: Vec<ImportedLine>,
    /// Sum of the lines' `net_minor`.
    pub net_minor: i64,
    /// Exact sum in millionths of a minor unit.
    pub net_micro: i64,
}

/// Reads a list of sales row by row.
pub struct SalesIntake {
    mapping: Mapping,
    rules: SalesRules,
    pile: Pile,
    remarks: Vec<RowRemark>,
    counts: Counts,
}

/// The sales met so far, in the order of their first rows.
#[derive(Default)]
struct Pile {
    places: HashMap<String, usize>,
    sales: Vec<Gathered>,
}

impl Pile {
    /// The sale of that number; a new one has neither lines nor time yet.
    fn sale(&mut self, number: &str) -> &mut Gathered {
        let place = match self.places.get(number) {
            Some(place) => *place,
            None => {
                self.places.insert(number.to_owned(), self.sales.len());
                self.sales.push(Gathered::new(number));
                self.sales.len() - 1
            }
        };
        &mut self.sales[place]
    }
}

struct Gathered {
    number: String,
    first_row: u64,
    time: WallTime,
    customer: Option<String>,
    lines: Vec<(WallTime, ImportedLine)>,
    remarks: Vec<(u64, Remark)>,
    rejected_row: Option<u64>,
}

impl SalesIntake {
    /// For a sheet of those columns, written by those rules.
    pub fn new(mapping: Mapping, rules: SalesRules) -> Self {
        Self { mapping, rules, pile: Pile::default(), remarks: Vec::new(), counts: Counts::default() }
    }

    /// Judges one row by itself and puts it to its sale.
    pub fn take(&mut self, row: &SheetRow) {
        let mut judge = Judge::new(&self.mapping, row);
        let number = judge.required_text(Field::Invoice);
        let number = whole_number_text(&number);
        let time = time(&mut judge, self.rules.order);
        let line = line(&mut judge, self.rules.digits);
        let customer = Some(whole_number_text(judge.text(Field::Customer))).filter(|text| !text.is_empty());
        let (verdict, remarks) = judge.verdict();
        let (Some(line), Some(time), false) = (line, time, verdict == Some(Verdict::Rejected)) else {
            if !number.is_empty() {
                self.pile.sale(number).rejected_row.get_or_insert(row.number);
            }
            self.counts.count(Some(Verdict::Rejected));
            self.remarks.extend(remarks);
            return;
        };
        let sale = self.pile.sale(number);
        if sale.lines.is_empty() {
            (sale.first_row, sale.time, sale.customer) = (row.number, time, customer.map(str::to_owned));
        }
        sale.remarks.extend(remarks.into_iter().map(|said| (said.row, said.remark)));
        let first_row = sale.first_row;
        if time != sale.time {
            sale.remarks.push((row.number, Remark::OtherTime { first_row }));
        }
        if customer != sale.customer.as_deref() {
            sale.remarks.push((row.number, Remark::OtherCustomer { first_row }));
        }
        sale.lines.push((time, line));
    }

    /// Judges the sales as wholes and returns everything that the rows brought, in the order of their first rows.
    pub fn finish(self) -> (Intake<SaleRecord>, SalesSummary) {
        let Self { rules, pile, mut remarks, mut counts, .. } = self;
        let prefixes_speak = pile.sales.iter().any(|sale| is_digits(&sale.number));
        let mut summary = SalesSummary::default();
        let mut customers = BTreeSet::new();
        let mut records = Vec::with_capacity(pile.sales.len());
        for mut sale in pile.sales {
            if let Some(rejected_row) = sale.rejected_row {
                sale.remarks.extend(sale.lines.iter().map(|(_, line)| (line.row, Remark::InvoiceIncomplete { rejected_row })));
                sale.lines.iter().for_each(|_| counts.count(Some(Verdict::Rejected)));
                remarks.extend(sale.remarks.into_iter().map(|(row, remark)| RowRemark { row, verdict: Verdict::Rejected, remark }));
                continue;
            }
            let prefix = if prefixes_speak { rules.prefix(&sale.number) } else { NumberPrefix::Plain };
            sale.lines.iter_mut().for_each(|(_, line)| line.kind = rules.kind(prefix, line));
            sale.note_duplicates();
            let fixable: BTreeSet<u64> = sale.remarks.iter().map(|(row, _)| *row).collect();
            sale.lines.iter().for_each(|(_, line)| counts.count(fixable.contains(&line.row).then_some(Verdict::Fixable)));
            remarks.extend(sale.remarks.drain(..).map(|(row, remark)| RowRemark { row, verdict: Verdict::Fixable, remark }));
            summary.add(prefix, &sale);
            customers.extend(sale.customer.clone());
            records.push((sale.first_row, sale.record(rules.ahead_of_utc_minutes)));
        }
        summary.customers = customers.len() as u64;
        remarks.sort_by_key(|said| said.row);
        (Intake { records, remarks, counts }, summary)
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn time(judge: &mut Judge<'_>, order: DateOrder) -> Option<WallTime> {
    let text = judge.required_text(Field::Date);
    if text.is_empty() {
        return None;
    }
    match wall_time(&text, order) {
        Ok(time) => return Some(time),
        Err(NotADate::Shape) => judge.reject(Remark::NotADate { text }),
        Err(NotADate::Ambiguous) => judge.reject(Remark::AmbiguousDate { text }),
    }
    None
}

/// The line, its kind not yet known; nothing where its sum is too large to be kept.
fn line(judge: &mut Judge<'_>, digits: u8) -> Option<ImportedLine> {
    let code = judge.required_text(Field::Code);
    let code = whole_number_text(&code).to_owned();
    let mut name = judge.text(Field::Name).to_owned();
    if name.is_empty() && judge.mapping.0.contains_key(&Field::Name) {
        judge.note(Remark::NameMissing);
    }
    if name.is_empty() {
        name.clone_from(&code);
    }
    let qty_milli = judge.required_number(Field::Quantity, 3);
    let unit_milli = judge.required_number(Field::UnitPrice, digits + 3);
    let net_micro = i64::try_from(i128::from(unit_milli) * i128::from(qty_milli)).ok();
    let (Some(unit_micro), Some(net_micro)) = (unit_milli.checked_mul(1000), net_micro) else {
        let text = judge.text(Field::UnitPrice).to_owned();
        judge.reject(Remark::TooLarge { field: Field::UnitPrice, text });
        return None;
    };
    Some(ImportedLine {
        kind: ImportedKind::Sale,
        product: None,
        code,
        name,
        qty_milli,
        unit_micro,
        net_minor: minor(net_micro),
        row: judge.row.number,
    })
}

/// Millionths of a minor unit to whole ones, half away from zero.
fn minor(micro: i64) -> i64 {
    let away = if micro.unsigned_abs() % 1_000_000 >= 500_000 { micro.signum() } else { 0 };
    micro / 1_000_000 + away
}

/// The exact sum of a line in millionths of a minor unit. The price is a whole number of thousandths and the quantity of thousandths too, so nothing
/// is left over; that the product fits was seen when the line was read.
fn net_micro(line: &ImportedLine) -> i64 {
    line.unit_micro / 1000 * line.qty_milli
}

impl Gathered {
    fn new(number: &str) -> Self {
        Self {
            number: number.to_owned(),
            first_row: 0,
            time: WallTime { day: 0, second: 0 },
            customer: None,
            lines: Vec::new(),
            remarks: Vec::new(),
            rejected_row: None,
        }
    }

    fn note_duplicates(&mut self) {
        let mut firsts = HashMap::new();
        for (time, line) in &self.lines {
            let same = (time.day, time.second, &line.code, &line.name, line.qty_milli, line.unit_micro);
            let first_row = *firsts.entry(same).or_insert(line.row);
            if first_row != line.row {
                self.remarks.push((line.row, Remark::DuplicateLine { first_row }));
            }
        }
    }

    fn record(self, ahead_of_utc_minutes: i32) -> SaleRecord {
        let lines: Vec<ImportedLine> = self.lines.into_iter().map(|(_, line)| line).collect();
        SaleRecord {
            number: self.number,
            made_at_ms: self.time.at_ms(ahead_of_utc_minutes),
            date: self.time.date(),
            customer: self.customer,
            net_minor: lines.iter().map(|line| line.net_minor).sum(),
            net_micro: lines.iter().map(net_micro).sum(),
            lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::{SheetKind, guess};

    fn intake(rows: &[&str]) -> (Intake<SaleRecord>, SalesSummary) {
        let header: Vec<String> = ["单号", "日期", "会员号", "货号", "品名", "数量", "单价"].map(str::to_owned).into();
        let mut intake = SalesIntake::new(guess(SheetKind::Sales, &header), SalesRules::default());
        for (number, line) in (2..).zip(rows) {
            intake.take(&SheetRow { number, cells: line.split(',').map(str::to_owned).collect(), notes: Vec::new() });
        }
        intake.finish()
    }

    fn remarks(intake: &Intake<SaleRecord>) -> Vec<(u64, Verdict, String)> {
        let code = |remark: &Remark| serde_json::to_value(remark).unwrap()["code"].as_str().unwrap().to_owned();
        intake.remarks.iter().map(|said| (said.row, said.verdict, code(&said.remark))).collect()
    }

    #[test]
    fn lines_are_gathered_by_number_wherever_they_stand() {
        let (intake, summary) =
            intake(&["100,2011-03-01 09:00,17850.0,T1,茶,2,30.00", "101,2011-03-01,,T1,茶,1,30", "100,2011-03-01 09:00,17850,T2,花茶,1.5,0.333"]);
        let (row, sale) = &intake.records[0];
        assert_eq!((*row, sale.number.as_str(), sale.customer.as_deref(), sale.lines.len()), (2, "100", Some("17850"), 2));
        assert_eq!((sale.net_minor, sale.net_micro, sale.made_at_ms), (6050, 6_049_950_000, 1_298_941_200_000));
        assert_eq!((sale.lines[1].unit_micro, sale.lines[1].qty_milli, sale.lines[1].net_minor, sale.lines[1].row), (33_300_000, 1500, 50, 4));
        assert_eq!((summary.sales, summary.customers, summary.walk_in_lines, summary.rounding_micro), (2, 1, 1, 50_000));
        assert_eq!(intake.counts, Counts { rows: 3, good: 3, fixable: 0, rejected: 0 });
    }

    #[test]
    fn each_kind_of_line() {
        for (row, kind) in [
            ("100,2011-03-01,,T1,茶,1,1", ImportedKind::Sale),
            ("100,2011-03-01,,T1,茶,1,0", ImportedKind::Free),
            ("100,2011-03-01,,T1,茶,-5,0", ImportedKind::WriteOff),
            ("100,2011-03-01,,T1,茶,-5,1", ImportedKind::Cancellation),
            ("100,2011-03-01,,T1,茶,1,-1", ImportedKind::Discount),
            ("C100,2011-03-01,,T1,茶,-1,1", ImportedKind::Cancellation),
            ("C100,2011-03-01,,post,邮费,-1,18", ImportedKind::Freight),
            ("A100,2011-03-01,,T1,茶,1,-11062.06", ImportedKind::Adjustment),
            ("CX100,2011-03-01,,T1,茶,1,1", ImportedKind::Sale),
            ("100,2011-03-01,,gift_0001_20,券,1,17.02", ImportedKind::Voucher),
            ("100,2011-03-01,,运费,运费,1,8", ImportedKind::Freight),
            ("100,2011-03-01,,m,Manual,1,8", ImportedKind::Manual),
            ("100,2011-03-01,,PADS,pads,1,0.001", ImportedKind::Sale),
        ] {
            let (intake, _) = intake(&["1,2011-03-01,,T,t,1,1", row]);
            assert_eq!(intake.records[1].1.lines[0].kind, kind, "{row}");
        }
    }

    #[test]
    fn a_letter_that_every_number_begins_with_says_nothing() {
        let (intake, summary) = intake(&["A100,2011-03-01,,T1,茶,1,1", "A101,2011-03-01,,T1,茶,1,1"]);
        assert!(intake.records.iter().all(|(_, sale)| sale.lines[0].kind == ImportedKind::Sale));
        assert_eq!(summary.by_prefix.keys().collect::<Vec<_>>(), [&NumberPrefix::Plain]);
    }

    #[test]
    fn half_a_sale_is_not_taken_wherever_its_bad_line_stands() {
        for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
            let rows = ["100,2011-03-01,,T1,茶,1,1", "100,2011-03-01,,T1,茶,one,1", "101,2011-03-01,,T1,茶,1,1"];
            let (intake, summary) = intake(&order.map(|at| rows[at]));
            assert_eq!(intake.records.iter().map(|(_, sale)| sale.number.as_str()).collect::<Vec<_>>(), ["101"]);
            assert_eq!(intake.counts, Counts { rows: 3, good: 1, fixable: 0, rejected: 2 });
            assert_eq!((remarks(&intake).len(), summary.total.lines), (2, 1));
        }
    }

    #[test]
    fn flaws_of_a_row() {
        let (intake, _) = intake(&[
            "100,2011-03-01 09:00,7,T1,茶,1,1",
            "100,2011-03-01 09:00,7,T1,茶,1,1.00",
            "100,2011-03-01 09:01,8,T1,,1,0.333333333",
            ",2011-03-01,,T1,茶,1,1",
            "102,3/4/2011,,T1,茶,1,1",
            "103,,,T1,茶,1,1",
            "104,2011-03-01,,,茶,1,1",
            "105,2011-03-01,,T1,茶,9223372036854775,9223372036",
        ]);
        let expected = [
            (3, Verdict::Fixable, "duplicate_line"),
            (4, Verdict::Fixable, "name_missing"),
            (4, Verdict::Fixable, "rounded"),
            (4, Verdict::Fixable, "other_time"),
            (4, Verdict::Fixable, "other_customer"),
            (5, Verdict::Rejected, "missing"),
            (6, Verdict::Rejected, "ambiguous_date"),
            (7, Verdict::Rejected, "missing"),
            (8, Verdict::Rejected, "missing"),
            (9, Verdict::Rejected, "too_large"),
        ];
        assert_eq!(remarks(&intake), expected.map(|(row, verdict, code)| (row, verdict, code.to_owned())));
        assert_eq!(intake.counts, Counts { rows: 8, good: 1, fixable: 2, rejected: 5 });
    }

    #[test]
    fn minor_units_round_half_away_from_zero() {
        assert_eq!([499_999, 500_000, -499_999, -500_000, 1_500_000].map(minor), [0, 1, 0, -1, 2]);
    }
}
