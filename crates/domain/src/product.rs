//! What the shop sells.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    fact::Posts,
    ids::ProductId,
    pricing::barcode::{BarcodeRefusal, Symbology, symbology},
};

/// A product was created or edited: its whole card as it stands from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductSaved {
    /// The product.
    pub product: ProductId,
    /// The card.
    pub card: ProductCard,
}
impl Posts for ProductSaved {}

/// A product left the shelf list, or came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductArchived {
    /// The product.
    pub product: ProductId,
    /// True to take it off, false to put it back.
    pub archived: bool,
}
impl Posts for ProductArchived {}

/// Everything the shop says of a product, save its stock, which only postings move.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ProductCard {
    /// The shop's own code, unique among products in use.
    pub code: String,
    /// EAN-13, EAN-8 or UPC-A with a valid check digit.
    #[serde(default)]
    pub barcode: Option<String>,
    /// Name on the screen and receipt.
    pub name: String,
    /// Name in a second language.
    #[serde(default)]
    pub name_2: Option<String>,
    /// Category, free text.
    #[serde(default)]
    pub category: Option<String>,
    /// List price in minor units.
    pub price_minor: i64,
    /// Purchase cost in minor units.
    #[serde(default)]
    pub cost_minor: Option<i64>,
    /// Name of a tax class of the shop.
    #[serde(default)]
    pub tax: Option<String>,
    /// True where a sale of it pays no commission (shopping bags, freight).
    #[serde(default)]
    pub no_commission: bool,
    /// Stock at which it is time to order, in thousandths; absent where nobody watches it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub min_milli: Option<i64>,
}

/// Why a product card is not taken, with what is needed to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ProductRefusal {
    /// The name is empty.
    #[error("a product needs a name")]
    NoName,
    /// The code is empty.
    #[error("a product needs a code")]
    NoCode,
    /// Another product in use has this code.
    #[error("code {taken} belongs to {by}")]
    CodeTaken {
        /// The code asked for.
        taken: String,
        /// The product that has it.
        by: String,
    },
    /// Another product in use has this barcode.
    #[error("barcode {taken} belongs to {by}")]
    BarcodeTaken {
        /// The barcode asked for.
        taken: String,
        /// The product that has it.
        by: String,
    },
    /// The barcode's last digit does not fit the others.
    #[error("barcode {barcode} should end in {expected}")]
    BarcodeCheckDigit {
        /// As typed.
        barcode: String,
        /// What the last digit should be.
        expected: char,
    },
    /// Neither 8, 12 nor 13 digits.
    #[error("{barcode} is not an EAN-13, EAN-8 or UPC-A")]
    BarcodeShape {
        /// As typed.
        barcode: String,
    },
    /// A price or cost below zero.
    #[error("a price cannot be below zero")]
    PriceBelowZero,
    /// The shop has no such tax class.
    #[error("there is no tax class {tax}")]
    UnknownTax {
        /// As asked.
        tax: String,
    },
}

/// Who else holds the code or barcode, and which tax classes the shop has.
#[derive(Debug, Clone, Default)]
pub struct ProductContext {
    /// Name of another product in use with the same code.
    pub code_taken_by: Option<String>,
    /// Name of another product in use with the same barcode.
    pub barcode_taken_by: Option<String>,
    /// Tax classes of the shop.
    pub taxes: Vec<String>,
}

/// Tidies the card (spaces trimmed, empty text becomes absent) and decides whether it can stand.
///
/// # Errors
/// The first rule that it breaks, in the order of [`ProductRefusal`]'s use below.
pub fn decide(product: ProductId, card: ProductCard, context: &ProductContext) -> Result<ProductSaved, ProductRefusal> {
    let card = tidy(card);
    if card.name.is_empty() {
        return Err(ProductRefusal::NoName);
    }
    if card.code.is_empty() {
        return Err(ProductRefusal::NoCode);
    }
    if let Some(barcode) = &card.barcode {
        check_barcode(barcode)?;
    }
    if card.price_minor < 0 || card.cost_minor.is_some_and(|cost| cost < 0) || card.min_milli.is_some_and(|min| min < 0) {
        return Err(ProductRefusal::PriceBelowZero);
    }
    if let Some(tax) = card.tax.as_ref().filter(|tax| !context.taxes.contains(tax)) {
        return Err(ProductRefusal::UnknownTax { tax: tax.clone() });
    }
    if let Some(by) = &context.code_taken_by {
        return Err(ProductRefusal::CodeTaken { taken: card.code, by: by.clone() });
    }
    if let (Some(by), Some(barcode)) = (&context.barcode_taken_by, &card.barcode) {
        return Err(ProductRefusal::BarcodeTaken { taken: barcode.clone(), by: by.clone() });
    }
    Ok(ProductSaved { product, card })
}

fn tidy(mut card: ProductCard) -> ProductCard {
    let trimmed = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    card.code = card.code.trim().to_owned();
    card.name = card.name.trim().to_owned();
    card.barcode = trimmed(card.barcode);
    card.name_2 = trimmed(card.name_2);
    card.category = trimmed(card.category);
    card.tax = trimmed(card.tax);
    card
}

/// Accepts an EAN-13, EAN-8 or UPC-A whose check digit fits (GS1 General Specifications, 7.9).
///
/// # Errors
/// `BarcodeShape` or `BarcodeCheckDigit`.
pub fn check_barcode(barcode: &str) -> Result<(), ProductRefusal> {
    match symbology(barcode) {
        Ok(Symbology::Ean13 | Symbology::Ean8 | Symbology::UpcA) => Ok(()),
        Err(BarcodeRefusal::CheckDigit { expected, .. }) => Err(ProductRefusal::BarcodeCheckDigit { barcode: barcode.to_owned(), expected }),
        Err(BarcodeRefusal::Shape { .. } | BarcodeRefusal::PriceCheckDigit { .. } | BarcodeRefusal::Layout { .. }) => {
            Err(ProductRefusal::BarcodeShape { barcode: barcode.to_owned() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn barcodes_by_their_check_digit() {
        assert_eq!(check_barcode("6901234567892"), Ok(()));
        assert_eq!(check_barcode("96385074"), Ok(()));
        assert_eq!(check_barcode("036000291452"), Ok(()));
        assert_eq!(check_barcode("6901234567893"), Err(ProductRefusal::BarcodeCheckDigit { barcode: "6901234567893".into(), expected: '2' }));
        assert!(matches!(check_barcode("12345"), Err(ProductRefusal::BarcodeShape { .. })));
        assert!(matches!(check_barcode("69012345678９2"), Err(ProductRefusal::BarcodeShape { .. })));
    }

    #[test]
    fn each_rule_in_the_order_it_speaks() {
        let id = ProductId(uuid::Uuid::nil());
        let said = |card: ProductCard, context: &ProductContext| decide(id, card, context).map(|_| ()).map_err(|refusal| refusal.to_string());
        let mut card = ProductCard { price_minor: -1, tax: Some("std".into()), ..Default::default() };
        let mut context = ProductContext::default();
        assert_eq!(said(card.clone(), &context), Err("a product needs a name".into()));
        card.name = " 茶 ".into();
        assert_eq!(said(card.clone(), &context), Err("a product needs a code".into()));
        card.code = "T1".into();
        assert_eq!(said(card.clone(), &context), Err("a price cannot be below zero".into()));
        card.price_minor = 100;
        assert_eq!(said(card.clone(), &context), Err("there is no tax class std".into()));
        context.taxes.push("std".into());
        context.code_taken_by = Some("咖啡".into());
        assert_eq!(said(card.clone(), &context), Err("code T1 belongs to 咖啡".into()));
        context.code_taken_by = None;
        assert_eq!(decide(id, card, &context).map(|saved| saved.card.name), Ok("茶".into()));
    }
}
