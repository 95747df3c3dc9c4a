//! Rows of a member list: a forest, in any order.
//!
//! A sponsor may stand below those it brought in, or not in the file at all. Records come out sponsors first, so that each can be recorded when
//! its sponsor already is. A sponsor who is not in the file keeps its number on the record with the remark `UnknownSponsor`; the caller looks it up
//! in the books, and rejects or enrols without a sponsor as the person chose.

use std::collections::HashMap;

use domain::member::{MemberCard, normal_phone};

use super::{
    Counts, FirstRows, Intake, Judge, Remark, RowRemark, Verdict,
    dates::{DateOrder, NotADate, wall_time},
    whole_number_text,
};
use crate::{
    columns::{Field, Mapping},
    sheet_in::SheetRow,
};

/// A member as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRecord {
    /// Member number, once in the file.
    pub number: String,
    /// Name, phone, level and rank; a phone on it is normal and stands once in the file.
    pub card: MemberCard,
    /// The sponsor's number.
    pub sponsor: Option<String>,
    /// Day of joining, `2011-12-09`.
    pub joined: Option<String>,
    /// What they bring along from the system before.
    pub brought: Brought,
}

/// What a member has from the system before; none of it below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Brought {
    /// Stored value paid in and not spent, in minor units.
    pub paid_minor: i64,
    /// Stored value given and not spent.
    pub bonus_minor: i64,
    /// Points.
    pub points: i64,
}

/// Reads a member list row by row.
pub struct MembersIntake {
    mapping: Mapping,
    country_code: String,
    digits: u8,
    order: DateOrder,
    numbers: FirstRows,
    phones: FirstRows,
    rows: Vec<(u64, MemberRecord, Vec<RowRemark>)>,
    intake: Intake<MemberRecord>,
}

impl MembersIntake {
    /// With the shop's country code in digits, as `86`, the decimals of its money, and the order of day and month in its dates.
    pub fn new(mapping: Mapping, country_code: &str, digits: u8, order: DateOrder) -> Self {
        let intake = Intake { records: Vec::new(), remarks: Vec::new(), counts: Counts::default() };
        let (numbers, phones) = (FirstRows::default(), FirstRows::default());
        Self { mapping, country_code: country_code.to_owned(), digits, order, numbers, phones, rows: Vec::new(), intake }
    }

    /// Judges one row by itself; who stands above whom is judged at the end.
    pub fn take(&mut self, row: &SheetRow) {
        let mut judge = Judge::new(&self.mapping, row);
        let number = judge.required_text(Field::Number);
        let number = whole_number_text(&number).to_owned();
        if !number.is_empty()
            && let Some(first_row) = self.numbers.before(&number, row.number)
        {
            judge.reject(Remark::Duplicate { field: Field::Number, value: number.clone(), first_row });
        }
        let mut name = judge.text(Field::Name).to_owned();
        if name.is_empty() {
            judge.note(Remark::NameMissing);
            name.clone_from(&number);
        }
        let card = MemberCard {
            name,
            phone: phone(&mut judge, &mut self.phones, &self.country_code),
            level: judge.optional_text(Field::Level),
            rank: judge.optional_text(Field::Rank),
            active: true,
            note: None,
            birthday: None,
            contact: None,
        };
        let sponsor = Some(whole_number_text(judge.text(Field::Sponsor))).filter(|text| !text.is_empty()).map(str::to_owned);
        let record = MemberRecord { number, card, sponsor, joined: joined(&mut judge, self.order), brought: brought(&mut judge, self.digits) };
        let (verdict, remarks) = judge.verdict();
        if verdict == Some(Verdict::Rejected) {
            self.intake.counts.count(verdict);
            self.intake.remarks.extend(remarks);
        } else {
            self.rows.push((row.number, record, remarks));
        }
    }

    /// Judges who stands above whom, and returns everything that the rows brought, sponsors first.
    pub fn finish(self) -> Intake<MemberRecord> {
        let Self { rows, mut intake, .. } = self;
        let above = sponsors(&rows);
        let circles = circles(&above);
        let mut order = Vec::with_capacity(rows.len());
        let mut placed: Vec<bool> = circles.iter().map(Option::is_some).collect();
        for start in 0..rows.len() {
            let mut path = Vec::new();
            let mut at = Some(start);
            while let Some(here) = at.filter(|here| !placed[*here]) {
                placed[here] = true;
                path.push(here);
                at = above[here];
            }
            order.extend(path.into_iter().rev());
        }
        let remarks = remarks_on_sponsors(&rows, &above, &circles);
        let mut records: Vec<Option<MemberRecord>> = Vec::with_capacity(rows.len());
        let row_numbers: Vec<u64> = rows.iter().map(|(number, ..)| *number).collect();
        for (((number, record, mut said), more), circle) in rows.into_iter().zip(remarks).zip(&circles) {
            let verdict = match (circle, said.is_empty() && more.is_none()) {
                (Some(_), _) => Some(Verdict::Rejected),
                (None, false) => Some(Verdict::Fixable),
                (None, true) => None,
            };
            said.extend(more.map(|remark| RowRemark { row: number, verdict: Verdict::Fixable, remark }));
            said.iter_mut().for_each(|said| said.verdict = verdict.unwrap_or(Verdict::Fixable));
            intake.counts.count(verdict);
            intake.remarks.extend(said);
            records.push(Some(record));
        }
        intake.records = order.into_iter().filter_map(|at| Some((row_numbers[at], records[at].take()?))).collect();
        intake.remarks.sort_by_key(|said| said.row);
        intake
    }
}

type Row = (u64, MemberRecord, Vec<RowRemark>);

/// The place of each row's sponsor among the rows.
fn sponsors(rows: &[Row]) -> Vec<Option<usize>> {
    let places: HashMap<&str, usize> = rows.iter().enumerate().map(|(at, (_, record, _))| (record.number.as_str(), at)).collect();
    rows.iter().map(|(_, record, _)| record.sponsor.as_deref().and_then(|sponsor| places.get(sponsor)).copied()).collect()
}

/// For each row that stands on a circle, the circle from it upwards. Rows that only lead into one stand on none.
fn circles(above: &[Option<usize>]) -> Vec<Option<Vec<usize>>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        InWalk(usize),
        Done,
    }
    let mut seen = vec![Seen::Never; above.len()];
    let mut circles = vec![None; above.len()];
    for start in 0..above.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| seen[*here] == Seen::Never) {
            seen[here] = Seen::InWalk(start);
            path.push(here);
            at = above[here];
        }
        if let Some(closing) = at.filter(|here| seen[*here] == Seen::InWalk(start))
            && let Some(from) = path.iter().position(|here| *here == closing)
        {
            let round = &path[from..];
            for (turn, here) in round.iter().enumerate() {
                circles[*here] = Some([&round[turn..], &round[..turn]].concat());
            }
        }
        path.iter().for_each(|here| seen[*here] = Seen::Done);
    }
    circles
}

fn remarks_on_sponsors(rows: &[Row], above: &[Option<usize>], circles: &[Option<Vec<usize>>]) -> Vec<Option<Remark>> {
    let remark = |((_, record, _), (above, circle)): (&Row, (&Option<usize>, &Option<Vec<usize>>))| {
        if let Some(round) = circle {
            let numbers = round.iter().chain(round.first()).map(|at| rows[*at].1.number.clone()).collect();
            return Some(Remark::SponsorCycle { numbers, rows: round.iter().map(|at| rows[*at].0).collect() });
        }
        let number = record.sponsor.clone().filter(|_| above.is_none_or(|above| circles[above].is_some()))?;
        Some(Remark::UnknownSponsor { number })
    };
    rows.iter().zip(above.iter().zip(circles)).map(remark).collect()
}

fn phone(judge: &mut Judge<'_>, seen: &mut FirstRows, country_code: &str) -> Option<String> {
    let text = whole_number_text(judge.text(Field::Phone));
    if text.is_empty() || judge.lost_digits(Field::Phone) {
        return None;
    }
    let Some(phone) = normal_phone(text, country_code) else {
        judge.note(Remark::PhoneShape { phone: text.to_owned() });
        return None;
    };
    match seen.before(&phone, judge.row.number) {
        Some(first_row) => {
            judge.note(Remark::Duplicate { field: Field::Phone, value: phone, first_row });
            None
        }
        None => Some(phone),
    }
}

fn brought(judge: &mut Judge<'_>, digits: u8) -> Brought {
    let mut one = |field: Field, digits: u8| {
        let amount = judge.optional_number(field, digits).unwrap_or(0);
        if amount < 0 {
            let text = judge.text(field).to_owned();
            judge.note(Remark::BelowZero { field, text });
        }
        amount.max(0)
    };
    Brought { paid_minor: one(Field::StoredValue, digits), bonus_minor: one(Field::StoredBonus, digits), points: one(Field::Points, 0) }
}

fn joined(judge: &mut Judge<'_>, order: DateOrder) -> Option<String> {
    let text = judge.text(Field::Joined);
    if text.is_empty() {
        return None;
    }
    match wall_time(text, order) {
        Ok(time) => return Some(time.date()),
        Err(NotADate::Shape) => judge.note(Remark::NotADate { text: text.to_owned() }),
        Err(NotADate::Ambiguous) => judge.note(Remark::AmbiguousDate { text: text.to_owned() }),
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::{SheetKind, guess};

    fn intake(rows: &[&str]) -> Intake<MemberRecord> {
        let header: Vec<String> = ["会员号", "姓名", "手机", "推荐人", "注册日期"].map(str::to_owned).into();
        let mut intake = MembersIntake::new(guess(SheetKind::Members, &header), "86", 2, DateOrder::Clear);
        for (number, line) in (2..).zip(rows) {
            intake.take(&SheetRow { number, cells: line.split(',').map(str::to_owned).collect(), notes: Vec::new() });
        }
        intake.finish()
    }

    fn numbers(intake: &Intake<MemberRecord>) -> Vec<&str> {
        intake.records.iter().map(|(_, record)| record.number.as_str()).collect()
    }

    #[test]
    fn sponsors_come_first_whatever_the_order_of_the_rows() {
        let intake = intake(&["3,丙,13800138003,2.0,2011-01-03", "2,乙,,1,", "4,丁,,1,2011年1月4日", "1,甲,,,"]);
        assert_eq!(numbers(&intake), ["1", "2", "3", "4"]);
        let (row, third) = &intake.records[2];
        assert_eq!(
            (*row, third.sponsor.as_deref(), third.joined.as_deref(), third.card.phone.as_deref()),
            (2, Some("2"), Some("2011-01-03"), Some("+8613800138003"))
        );
        assert_eq!(intake.counts, Counts { rows: 4, good: 4, fixable: 0, rejected: 0 });
    }

    #[test]
    fn circles_of_every_length_are_rejected_whole_and_what_hangs_below_is_kept() {
        for length in 1..=6_u64 {
            let mut rows: Vec<String> = (1..=length).map(|at| format!("{at},名,,{},", at % length + 1)).collect();
            rows.push("99,下,,1,".into());
            rows.push("100,下下,,99,".into());
            let intake = intake(&rows.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(numbers(&intake), ["99", "100"]);
            assert_eq!((intake.counts.rejected, intake.counts.fixable, intake.counts.good), (length, 1, 1));
            let Remark::SponsorCycle { numbers, rows } = &intake.remarks[0].remark else { panic!("{:?}", intake.remarks) };
            assert_eq!((numbers.len() as u64, numbers.first(), rows[0]), (length + 1, numbers.last(), 2));
            assert_eq!(intake.remarks.last().unwrap().remark, Remark::UnknownSponsor { number: "1".into() });
        }
    }

    #[test]
    fn a_line_of_a_hundred_thousand_stands_on_no_stack() {
        let rows: Vec<String> = (1..=100_000).rev().map(|at| format!("{at},名,,{},", at - 1)).collect();
        let intake = intake(&rows.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((intake.records.len(), intake.records[0].1.number.as_str(), intake.counts.fixable), (100_000, "1", 1));
    }

    #[test]
    fn flaws_of_a_row() {
        let intake = intake(&["1,甲,13800138000,,3/4/2011", "2,,0138 0013 8000,7,soon", "2,乙,,,", ",丙,,,", "5,戊,not,,"]);
        let said: Vec<(u64, String)> =
            intake.remarks.iter().map(|said| (said.row, serde_json::to_value(&said.remark).unwrap()["code"].as_str().unwrap().to_owned())).collect();
        let expected = [
            (2, "ambiguous_date"),
            (3, "name_missing"),
            (3, "duplicate"),
            (3, "not_a_date"),
            (3, "unknown_sponsor"),
            (4, "duplicate"),
            (5, "missing"),
            (6, "phone_shape"),
        ];
        assert_eq!(said, expected.map(|(row, code)| (row, code.to_owned())));
        assert_eq!(intake.counts, Counts { rows: 5, good: 0, fixable: 3, rejected: 2 });
    }
}
