//! A member's commission of one period.

use serde_json::json;

use crate::{
    Language, Letterhead, Letters, PressFault,
    figures::{exact_text, figure, percent},
    setting::{Setting, pdf},
};

/// A statement to be set. Exact amounts are in millionths of a minor unit, paid ones in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statement {
    /// Language of its words.
    pub language: Language,
    /// Who pays.
    pub head: Letterhead,
    /// Decimals of the currency.
    pub digits: u8,
    /// ISO 4217.
    pub currency: String,
    /// Number of the statement; empty where it is not closed.
    pub number: String,
    /// Hash that the statement can be verified by; empty where it is not closed.
    pub hash: String,
    /// Number on the member's card.
    pub member_number: String,
    /// Who earned.
    pub member_name: String,
    /// The period, as people write it.
    pub period: String,
    /// Carried from the period before: the part of a minor unit that was not paid then.
    pub carried_in_micro: i64,
    /// What was earned.
    pub lines: Vec<StatementLine>,
    /// What was added or taken by decision or return.
    pub adjustments: Vec<Adjustment>,
    /// Tax withheld, in minor units.
    pub tax_minor: i64,
    /// Fee, in minor units.
    pub fee_minor: i64,
    /// What is paid, in minor units.
    pub paid_minor: i64,
    /// Carried into the next period.
    pub carried_out_micro: i64,
    /// False in a bundle of many, which is smaller and faster so.
    pub tagged: bool,
}

/// One earning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatementLine {
    /// The shop's day.
    pub date: String,
    /// Number of the order.
    pub order: String,
    /// Who bought.
    pub buyer: String,
    /// How far above the buyer.
    pub depth: i64,
    /// What it was worked out on.
    pub base_minor: i64,
    /// The rate, where there is one.
    pub rate_ppm: Option<i64>,
    /// Exact amount.
    pub amount_micro: i64,
    /// Rule and plan version in words.
    pub why: String,
}

/// An adjustment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Adjustment {
    /// What for.
    pub why: String,
    /// Exact amount.
    pub amount_micro: i64,
}

impl Statement {
    /// Sum of the lines, exact.
    pub fn earned_micro(&self) -> i128 {
        self.lines.iter().map(|line| i128::from(line.amount_micro)).sum()
    }

    /// The statement as a PDF.
    ///
    /// # Errors
    /// `NoCharacter`, `Setting`
    pub fn pdf(&self, letters: &Letters) -> Result<Vec<u8>, PressFault> {
        let exact = |micro: i64| exact_text(micro.into(), self.digits);
        let money = |minor: i64| figure(minor.into(), self.digits);
        let rows: Vec<[String; 8]> = self
            .lines
            .iter()
            .map(|line| {
                let rate = line.rate_ppm.map(percent).unwrap_or_default();
                let depth = format!("L{}", line.depth);
                let (date, order, buyer, why) = (line.date.clone(), line.order.clone(), line.buyer.clone(), line.why.clone());
                [date, order, buyer, depth, money(line.base_minor), rate, exact(line.amount_micro), why]
            })
            .collect();
        let adjustments: Vec<[String; 2]> = self.adjustments.iter().map(|one| [one.why.clone(), exact(one.amount_micro)]).collect();
        let adjusted: i128 = self.adjustments.iter().map(|one| i128::from(one.amount_micro)).sum();
        let title = self.language.words().get("statement").and_then(|text| text.as_str()).unwrap_or_default();
        let sum = |word: &str, amount: String| json!({"word": word, "amount": amount});
        let mut sums = vec![sum("earned", exact_text(self.earned_micro(), self.digits))];
        for (word, amount) in [("carried_in", i128::from(self.carried_in_micro)), ("adjustments", adjusted)] {
            if amount != 0 {
                sums.push(sum(word, exact_text(amount, self.digits)));
            }
        }
        for (word, minor) in [("tax", self.tax_minor), ("fee", self.fee_minor)] {
            if minor != 0 {
                sums.push(sum(word, figure(-i128::from(minor), self.digits)));
            }
        }
        if self.carried_out_micro != 0 {
            sums.push(sum("carried_out", exact(self.carried_out_micro)));
        }
        pdf(Setting {
            letters,
            template: include_str!("../templates/statement.typ"),
            language: self.language,
            title: format!("{title} {} {}", self.period, self.member_name),
            head: &self.head,
            data: json!({"number": self.number, "hash": self.hash, "member_number": self.member_number, "member_name": self.member_name,
                "period": self.period, "currency": self.currency, "rows": rows, "adjustments": adjustments, "sums": sums,
                "paid": money(self.paid_minor)}),
            pictures: Vec::new(),
            tagged: self.tagged,
        })
    }
}
