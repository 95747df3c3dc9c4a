//! One template and one document through the typesetter.

use std::sync::LazyLock;

use serde_json::{Value, json};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::{
    Language, Letterhead,
    letters::{Letters, PressFault},
};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// What every template gets besides its own data.
const PAGE: &str = include_str!("../templates/page.typ");

/// A document on its way to the paper.
pub(crate) struct Setting<'s> {
    pub letters: &'s Letters,
    pub template: &'static str,
    pub language: Language,
    pub title: String,
    pub head: &'s Letterhead,
    /// The document's own figures and texts; every text is data, none is markup.
    pub data: Value,
    /// Pictures by file name, as SVG.
    pub pictures: Vec<(String, String)>,
    /// True for a single document, which a screen reader may read; bulk is smaller and faster without.
    pub tagged: bool,
}

/// Sets the document.
///
/// # Errors
/// `NoCharacter`, `Setting`
pub(crate) fn pdf(setting: Setting<'_>) -> Result<Vec<u8>, PressFault> {
    let Setting { letters, template, language, title, head, mut data, pictures, tagged } = setting;
    data["title"] = json!(title);
    data["shop"] = json!(head.shop);
    data["head"] = json!(head.lines);
    data["w"] = Value::Object(language.words().clone());
    data["lang"] = json!(language.code());
    data["fonts"] = json!(letters.families);
    every_text(&data, &mut |text| letters.cover(text))?;
    let main = file_id("main.typ");
    let world = Page {
        letters,
        main: Source::new(main, format!("{PAGE}\n{template}")),
        files: std::iter::once(("data.json".to_owned(), data.to_string().into_bytes()))
            .chain(pictures.into_iter().map(|(name, svg)| (name, svg.into_bytes())))
            .map(|(name, bytes)| (file_id(&name), Bytes::new(bytes)))
            .collect(),
    };
    let set = typst::compile::<PagedDocument>(&world);
    let document = set.output.map_err(|errors| PressFault::Setting(said(&errors)))?;
    let options = PdfOptions { tagged, ..PdfOptions::default() };
    let made = typst_pdf::pdf(&document, &options).map_err(|errors| PressFault::Setting(said(&errors)));
    // What is kept for a next setting of the same page is never asked for: memory stays flat through a bundle of statements.
    typst::comemo::evict(0);
    made
}

fn said(errors: &[typst::diag::SourceDiagnostic]) -> String {
    errors.iter().map(|error| error.message.to_string()).collect::<Vec<_>>().join("; ")
}

fn every_text(value: &Value, look: &mut impl FnMut(&str) -> Result<(), PressFault>) -> Result<(), PressFault> {
    match value {
        Value::String(text) => look(text),
        Value::Array(parts) => parts.iter().try_for_each(|part| every_text(part, look)),
        Value::Object(parts) => parts.values().try_for_each(|part| every_text(part, look)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).unwrap_or_else(|_| unreachable!("our own names are paths"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The typesetter's world: one source, its data and pictures, the letters. No disk, no network, no clock.
struct Page<'p> {
    letters: &'p Letters,
    main: Source,
    files: Vec<(FileId, Bytes)>,
}

impl World for Page<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.letters.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::NotSource) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(name, _)| *name == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.letters.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
