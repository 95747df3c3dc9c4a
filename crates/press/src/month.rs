//! The month's commission of the whole shop.

use serde_json::json;

use crate::{
    Language, Letterhead, Letters, PressFault,
    figures::{exact_text, figure},
    setting::{Setting, pdf},
};

/// The month's report to be set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonthPage {
    /// Language of its words.
    pub language: Language,
    /// Whose month.
    pub head: Letterhead,
    /// Decimals of the currency.
    pub digits: u8,
    /// ISO 4217.
    pub currency: String,
    /// The month, as people write it.
    pub period: String,
    /// Net sales in minor units.
    pub net_minor: i64,
    /// Every member, in the order to show.
    pub lines: Vec<MonthLine>,
    /// Sum of the report, exact.
    pub report_micro: i64,
    /// Sum of the ledger, exact.
    pub ledger_micro: i64,
}

/// One member's month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonthLine {
    /// Number on the card.
    pub number: String,
    /// Name.
    pub name: String,
    /// Distribution rank.
    pub rank: String,
    /// Sales it came from.
    pub sales: i64,
    /// What it was worked out on.
    pub base_minor: i64,
    /// Exact.
    pub amount_micro: i64,
    /// As paid.
    pub payable_minor: i64,
}

impl MonthPage {
    /// The report as a PDF, untagged: it may be long.
    ///
    /// # Errors
    /// `NoCharacter`, `Setting`
    pub fn pdf(&self, letters: &Letters) -> Result<Vec<u8>, PressFault> {
        let money = |minor: i128| figure(minor, self.digits);
        let rows: Vec<[String; 7]> = self
            .lines
            .iter()
            .map(|line| {
                let exact = exact_text(line.amount_micro.into(), self.digits);
                let (number, name, rank) = (line.number.clone(), line.name.clone(), line.rank.clone());
                [number, name, rank, line.sales.to_string(), money(line.base_minor.into()), exact, money(line.payable_minor.into())]
            })
            .collect();
        let exact: i128 = self.lines.iter().map(|line| i128::from(line.amount_micro)).sum();
        let payable: i128 = self.lines.iter().map(|line| i128::from(line.payable_minor)).sum();
        let title = self.language.words().get("month").and_then(|text| text.as_str()).unwrap_or_default();
        pdf(Setting {
            letters,
            template: include_str!("../templates/month.typ"),
            language: self.language,
            title: format!("{title} {}", self.period),
            head: &self.head,
            data: json!({"period": self.period, "currency": self.currency, "net": money(self.net_minor.into()), "rows": rows,
                "exact": exact_text(exact, self.digits), "payable": money(payable), "ledger": exact_text(self.ledger_micro.into(), self.digits),
                "equal": self.report_micro == self.ledger_micro}),
            pictures: Vec::new(),
            tagged: false,
        })
    }
}
