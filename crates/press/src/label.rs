//! Labels for goods and shelves, one to the page, for office printers and label printers with a driver.

use std::fmt::Write as _;

use domain::pricing::barcode::ean13_bars;
use serde_json::json;

use crate::{
    Language, Letterhead, Letters, PressFault,
    setting::{Setting, pdf},
};

/// Labels of one size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LabelPages {
    /// Width and height in millimetres.
    pub millimetres: (usize, usize),
    /// True: the price large, for the shelf. False: the bars large, for the goods.
    pub shelf: bool,
    /// Each label, with how often it is wanted.
    pub labels: Vec<(LabelPage, u16)>,
}

/// One label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LabelPage {
    /// Name of the product.
    pub name: String,
    /// The shop's code.
    pub code: String,
    /// The price as people read it, with its sign.
    pub price: String,
    /// EAN-13, drawn as bars; any other code is left out.
    pub barcode: Option<String>,
}

impl LabelPages {
    /// The labels as a PDF whose pages are as large as a label.
    ///
    /// # Errors
    /// `NoCharacter`, `Setting`
    pub fn pdf(&self, letters: &Letters) -> Result<Vec<u8>, PressFault> {
        let mut pictures = Vec::new();
        let labels: Vec<_> = self
            .labels
            .iter()
            .map(|(label, copies)| {
                let bars = label.barcode.as_deref().and_then(|code| Some((code, ean13_bars(code).ok()?)));
                let picture = bars.as_ref().map(|(code, bars)| {
                    let name = format!("{code}.svg");
                    pictures.push((name.clone(), svg(bars)));
                    name
                });
                json!({"name": label.name, "code": label.code, "price": label.price, "barcode": bars.map(|(code, _)| code),
                    "bars": picture, "copies": copies})
            })
            .collect();
        pictures.sort();
        pictures.dedup();
        let (width, height) = self.millimetres;
        pdf(Setting {
            letters,
            template: include_str!("../templates/label.typ"),
            language: Language::ZhCn,
            title: "EAN-13".into(),
            head: &Letterhead::default(),
            data: json!({"width": width, "height": height, "shelf": self.shelf, "labels": labels}),
            pictures,
            tagged: false,
        })
    }
}

/// The bars with their quiet zones, one unit to the module.
fn svg(bars: &[bool]) -> String {
    const QUIET: usize = 9;
    let mut path = String::new();
    for (at, _) in bars.iter().enumerate().filter(|(_, black)| **black) {
        // Writing to a string cannot fail.
        drop(write!(path, "M{} 0h1v60h-1z", at + QUIET));
    }
    let width = bars.len() + 2 * QUIET;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} 60\" width=\"{width}\" height=\"60\" preserveAspectRatio=\"none\"><path d=\"{path}\" fill=\"black\" shape-rendering=\"crispEdges\"/></svg>"
    )
}
