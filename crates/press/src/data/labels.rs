//! Labels as texts and bars.

use paper::{
    label::{LabelKind, bars_of},
    press::LabelSheet,
};
use serde_json::{Value, json};

use super::words::Words;

/// The labels with the measures of their sheet, in tenths of a millimetre.
pub(crate) fn labels(sheet: &LabelSheet, words: Words) -> Value {
    let (across, down) = sheet.grid.places();
    let (width, height) = sheet.grid.size();
    let (left, top, gap) = sheet.grid.edges();
    let labels = sheet.labels.iter().map(|label| {
        let bars = label.barcode.as_deref().and_then(|code| Some((code, bars_of(code)?)));
        json!({"name": label.name, "code": label.code, "price": label.price, "digits": bars.as_ref().map(|(code, _)| *code), "bars": bars.map(|(_, bars)| bars)})
    });
    json!({
        "title": words.say("labels"), "number": "", "across": across, "down": down, "width": width, "height": height, "left": left, "top": top, "gap": gap,
        "used": sheet.used, "shelf": sheet.kind == LabelKind::Shelf, "labels": labels.collect::<Vec<_>>(),
    })
}
