//! The fonts that pages are set in, and what they lack.

use std::{collections::BTreeSet, sync::Arc};

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PressFault {
    /// None of the files is a font.
    #[error("there is no font to set pages in")]
    NoFont,
    /// No font has this character: it would be missing on the paper.
    #[error("no font has {0} (U+{1:04X})", u32::from(*.0))]
    NoCharacter(char),
    /// The typesetter refused; the program's fault, never the document's.
    #[error("the page cannot be set: {0}")]
    Setting(String),
}

/// Fonts to set pages in, the first the one to write with, the others for what it lacks.
#[derive(Clone)]
pub struct Letters {
    pub(crate) fonts: Vec<Font>,
    pub(crate) book: Arc<LazyHash<FontBook>>,
    pub(crate) families: Vec<String>,
}

impl Letters {
    /// Reads font files, each with the place of its face in a collection.
    ///
    /// # Errors
    /// `NoFont`
    pub fn read(files: impl IntoIterator<Item = (Arc<[u8]>, u32)>) -> Result<Self, PressFault> {
        let fonts: Vec<Font> = files.into_iter().filter_map(|(bytes, face)| Font::new(Bytes::new(bytes), face)).collect();
        let mut families: Vec<String> = Vec::new();
        for font in &fonts {
            if !families.contains(&font.info().family) {
                families.push(font.info().family.clone());
            }
        }
        let book = Arc::new(LazyHash::new(FontBook::from_fonts(&fonts)));
        if fonts.is_empty() { Err(PressFault::NoFont) } else { Ok(Self { fonts, book, families }) }
    }

    /// Insists that every character of a text is in the character map of one of the fonts.
    ///
    /// # Errors
    /// `NoCharacter`
    pub fn cover(&self, text: &str) -> Result<(), PressFault> {
        let mut known = BTreeSet::new();
        for ch in text.chars().filter(|ch| !ch.is_whitespace() && !ch.is_control()) {
            if known.insert(ch) && !self.fonts.iter().any(|font| font.ttf().glyph_index(ch).is_some()) {
                return Err(PressFault::NoCharacter(ch));
            }
        }
        Ok(())
    }
}
