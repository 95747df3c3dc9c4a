//! A sale on A4: the receipt, or the note that goes with the goods.

use serde_json::json;

use crate::{
    Language, Letterhead, Letters, PressFault,
    figures::figure,
    setting::{Setting, pdf},
};

/// Which paper of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SalePageKind {
    /// With prices, sums and tenders.
    #[default]
    Receipt,
    /// With quantities, without prices, to be signed.
    Delivery,
}

/// A sale to be set. Amounts are in minor units of one currency with `digits` decimals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SalePage {
    /// Which paper.
    pub kind: SalePageKind,
    /// Language of its words.
    pub language: Language,
    /// Who sells.
    pub head: Letterhead,
    /// Decimals of the currency.
    pub digits: u8,
    /// ISO 4217.
    pub currency: String,
    /// Receipt number.
    pub number: String,
    /// Time of the sale as the shop reads it.
    pub time: String,
    /// Who sold.
    pub clerk: String,
    /// The buyer, with number and telephone, where known.
    pub buyer: Vec<String>,
    /// The goods.
    pub lines: Vec<SaleLine>,
    /// Sums, tenders and change, in the order to show them; the last large one is what was due.
    pub sums: Vec<Sum>,
    /// Texts at the foot.
    pub footer: Vec<String>,
}

/// One line of goods.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SaleLine {
    /// The shop's code.
    pub code: String,
    /// Name of the product.
    pub name: String,
    /// Quantity as text.
    pub qty: String,
    /// Price of one.
    pub unit_minor: i64,
    /// What the line costs.
    pub sum_minor: i64,
}

/// A sum with its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sum {
    /// What it is, in the page's language.
    pub name: String,
    /// How much.
    pub amount_minor: i64,
    /// Printed large.
    pub large: bool,
}

impl SalePage {
    /// The page as a PDF.
    ///
    /// # Errors
    /// `NoCharacter`, `Setting`
    pub fn pdf(&self, letters: &Letters) -> Result<Vec<u8>, PressFault> {
        let delivery = self.kind == SalePageKind::Delivery;
        let money = |minor: i64| figure(minor.into(), self.digits);
        let rows: Vec<[String; 5]> = self
            .lines
            .iter()
            .map(|line| [line.code.clone(), line.name.clone(), line.qty.clone(), money(line.unit_minor), money(line.sum_minor)])
            .collect();
        let sums: Vec<_> = self.sums.iter().map(|sum| json!({"name": sum.name, "amount": money(sum.amount_minor), "large": sum.large})).collect();
        let word = if delivery { "delivery_note" } else { "receipt" };
        let title = format!("{} {}", self.language.words().get(word).and_then(|text| text.as_str()).unwrap_or_default(), self.number);
        pdf(Setting {
            letters,
            template: include_str!("../templates/sale.typ"),
            language: self.language,
            title,
            head: &self.head,
            data: json!({"delivery": delivery, "number": self.number, "time": self.time, "clerk": self.clerk, "buyer": self.buyer,
                "currency": self.currency, "rows": rows, "sums": sums, "footer": self.footer}),
            pictures: Vec::new(),
            tagged: true,
        })
    }
}
