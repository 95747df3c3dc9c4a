//! The user's handbook as a paper: pages of blocks, as the window has read them from their little Markdown.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The handbook, or a part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Handbook {
    /// Over everything.
    pub title: String,
    /// Over the list of pages.
    pub contents: String,
    /// One task a page.
    pub pages: Vec<Vec<HandbookBlock>>,
    /// The pictures that the pages name.
    pub pictures: Vec<HandbookPicture>,
}

/// A picture by the path that pages name it with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HandbookPicture {
    /// As in the page.
    pub path: String,
    /// The bytes of a PNG.
    pub png: Vec<u8>,
}

/// One block of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HandbookBlock {
    /// The page's title at level 1, parts of it below.
    Heading {
        /// 1 or more.
        level: u8,
        /// Its words.
        spans: Vec<HandbookSpan>,
    },
    /// Running text.
    Paragraph {
        /// Its words.
        spans: Vec<HandbookSpan>,
    },
    /// Steps or points.
    List {
        /// True for steps.
        numbered: bool,
        /// One after another.
        items: Vec<Vec<HandbookSpan>>,
    },
    /// A table with a row of titles.
    Table {
        /// The titles.
        head: Vec<Vec<HandbookSpan>>,
        /// Row by row.
        rows: Vec<Vec<Vec<HandbookSpan>>>,
    },
    /// A picture of the window.
    Picture {
        /// What it shows.
        text: String,
        /// Which.
        path: String,
    },
}

/// Words of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HandbookSpan {
    /// Plain.
    Text {
        /// The words.
        text: String,
    },
    /// What matters.
    Bold {
        /// The words.
        text: String,
    },
    /// A place in the window.
    Italic {
        /// The words.
        text: String,
    },
    /// A key, or what is typed.
    Key {
        /// The words.
        text: String,
    },
    /// Another page.
    Link {
        /// The words.
        text: String,
        /// Its file.
        to: String,
    },
}
