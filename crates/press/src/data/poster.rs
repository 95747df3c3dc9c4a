//! A member's poster as texts of its template.

use paper::{picture::qr_modules, press::Poster};
use serde_json::{Value, json};

use super::words::Words;

/// The code in groups of four signs, and its QR code as the places of its dark modules.
pub(super) fn poster(poster: &Poster, words: Words) -> Value {
    let signs: Vec<char> = poster.code.chars().collect();
    let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
    let (side, dark) = qr_modules(&poster.code).unwrap_or_default();
    json!({
        "title": words.say("poster_title"),
        "number": "",
        "by": words.say_with("poster_by", &[&poster.name]),
        "how": words.say("poster_how"),
        "code": groups.join(" "),
        "side": side,
        "dark": dark,
    })
}
