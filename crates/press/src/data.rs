//! A paper written out as texts for its template: every figure as people read it, every label in the shop's language.

pub(crate) mod handbook;
mod labels;
mod poster;
mod receipt;
mod statement;
mod why;
mod words;

use paper::press::{Paper, Sheet};
use serde_json::{Value, json};
use words::Words;

/// The texts of a paper.
pub(crate) fn of(paper: &Paper) -> Value {
    let words = Words::of(paper.language);
    let head = &paper.letterhead;
    let mut texts = match &paper.sheet {
        Sheet::Receipt(receipt) => receipt::receipt(receipt, &paper.currency, words),
        Sheet::Delivery(receipt) => receipt::delivery(receipt, words),
        Sheet::Labels(sheet) => labels::labels(sheet, words),
        Sheet::Statements(all) => statement::statements(all, &paper.currency, words),
        Sheet::Handbook(book) => handbook::handbook(book),
        Sheet::Poster(poster) => poster::poster(poster, words),
    };
    texts["lang"] = json!(words.say("lang"));
    texts["region"] = json!(words.say("region"));
    texts["page"] = json!(words.say("page"));
    texts["head"] = json!({"shop": head.shop, "lines": head.lines, "footer": head.footer});
    texts
}
