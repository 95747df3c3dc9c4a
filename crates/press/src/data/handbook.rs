//! The handbook as texts of its template.

use paper::handbook::Handbook;
use serde_json::{Value, json};

/// Pictures are named by their place among the files of the template; a picture that is not there leaves its words.
pub(super) fn handbook(book: &Handbook) -> Value {
    let mut pages = json!(book.pages);
    for block in pages.as_array_mut().into_iter().flatten().filter_map(Value::as_array_mut).flatten() {
        if block["kind"] == "picture" {
            let place = book.pictures.iter().position(|picture| block["path"] == picture.path.as_str());
            block["path"] = json!(place.map(picture_at));
        }
    }
    json!({"title": book.title, "number": "", "contents": book.contents, "pages": pages})
}

/// Where the template finds a picture.
pub(crate) fn picture_at(place: usize) -> String {
    format!("/picture-{place}")
}
