//! The little world in which Typst sets a paper: the templates, the paper's texts, the machine's letters; no network, no packages, no clock.

use std::sync::LazyLock;

use paper::{
    fonts::{FontFault, FontFile, INSTALL},
    picture::{Bitmap, Picture},
    press::{Paper, PressFault, Sheet},
};
use serde_json::{Value, json};
use typst::{
    Library, LibraryExt, World, comemo,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    layout::{Frame, FrameItem},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::{LazyHash, Scalar},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, pdf as export};
use typst_render::{RenderOptions, render};

use crate::data::handbook::picture_at;

const HOUSE: &str = include_str!("../templates/house.typ");
/// Results of earlier papers that are kept while so many more are set; the letters' shapes are among them.
const KEPT: usize = 4;
/// Pixels of a picture for each point of a paper: an A4 page is some 1190 by 1680.
const PIXELS: i8 = 2;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Everything that a template can reach.
struct Desk<'f> {
    main: Source,
    house: Source,
    texts: (FileId, Bytes),
    logo: (FileId, Option<Bytes>),
    pictures: Vec<(FileId, Bytes)>,
    book: LazyHash<FontBook>,
    letters: &'f [Font],
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.house].into_iter().find(|source| source.id() == id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let files = [(self.texts.0, Some(&self.texts.1)), (self.logo.0, self.logo.1.as_ref())];
        let pictures = self.pictures.iter().map(|(file, bytes)| (*file, Some(bytes)));
        files.into_iter().chain(pictures).find(|(file, _)| *file == id).and_then(|(_, bytes)| bytes.cloned()).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.letters.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        // A paper says its own dates, so that it is the same paper tomorrow.
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

fn file(name: &str) -> Result<FileId, PressFault> {
    let path = VirtualPath::new(name).map_err(|error| PressFault::Broken(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The pictures that a paper's template may ask for.
fn pictures(sheet: &Sheet) -> Result<Vec<(FileId, Bytes)>, PressFault> {
    let Sheet::Handbook(book) = sheet else { return Ok(Vec::new()) };
    book.pictures.iter().enumerate().map(|(place, picture)| Ok((file(&picture_at(place))?, Bytes::new(picture.png.clone())))).collect()
}

fn template(sheet: &Sheet) -> (&'static str, &'static str) {
    match sheet {
        Sheet::Receipt(_) => ("/receipt.typ", include_str!("../templates/receipt.typ")),
        Sheet::Delivery(_) => ("/delivery.typ", include_str!("../templates/delivery.typ")),
        Sheet::Labels(_) => ("/labels.typ", include_str!("../templates/labels.typ")),
        Sheet::Statements(_) => ("/statement.typ", include_str!("../templates/statement.typ")),
        Sheet::Handbook(_) => ("/handbook.typ", include_str!("../templates/handbook.typ")),
        Sheet::Poster(_) => ("/poster.typ", include_str!("../templates/poster.typ")),
    }
}

/// The fonts as Typst knows them.
pub(crate) fn letters(fonts: &[FontFile]) -> Vec<Font> {
    fonts.iter().filter_map(|font| Font::new(Bytes::new(font.bytes.clone()), font.face)).collect()
}

/// Sets the texts of a paper as PDF.
///
/// # Errors
/// [`PressFault`]
pub(crate) fn pdf(paper: &Paper, texts: Value, letters: &[Font]) -> Result<Vec<u8>, PressFault> {
    let set = set(paper, texts, letters)?;
    let options = PdfOptions {
        ident: Smart::Custom(paper.title.clone()),
        creator: Smart::Custom(Some("Banyan".into())),
        tagged: paper.tagged,
        ..PdfOptions::default()
    };
    let bytes = export(&set, &options).map_err(|errors| broken(&errors))?;
    comemo::evict(KEPT);
    Ok(bytes)
}

/// Sets the texts of a paper as a picture of its first page.
///
/// # Errors
/// [`PressFault`]
pub(crate) fn png(paper: &Paper, texts: Value, letters: &[Font]) -> Result<Vec<u8>, PressFault> {
    let set = set(paper, texts, letters)?;
    let page = set.pages().first().ok_or_else(|| PressFault::Broken("a paper without a page".into()))?;
    let options = RenderOptions { pixel_per_pt: Scalar::new(PIXELS.into()), ..RenderOptions::default() };
    let bytes = render(page, &options).encode_png().map_err(|error| PressFault::Broken(error.to_string()))?;
    comemo::evict(KEPT);
    Ok(bytes)
}

fn set(paper: &Paper, mut texts: Value, letters: &[Font]) -> Result<PagedDocument, PressFault> {
    let mut families: Vec<&str> = Vec::new();
    for font in letters {
        if !families.contains(&font.info().family.as_str()) {
            families.push(&font.info().family);
        }
    }
    if families.is_empty() {
        return Err(FontFault::NoFont { install: INSTALL.into() }.into());
    }
    let logo = paper.letterhead.logo.as_ref().and_then(dots);
    texts["fonts"] = json!(families);
    texts["logo"] = json!(logo.as_ref().map(|(width, height, _)| [*width, *height]));
    texts["keywords"] = json!(paper.keywords);
    texts["document"] = json!(paper.title);
    let (name, main) = template(&paper.sheet);
    let desk = Desk {
        main: Source::new(file(name)?, main.to_owned()),
        house: Source::new(file("/house.typ")?, HOUSE.to_owned()),
        texts: (file("/paper.json")?, Bytes::from_string(texts.to_string())),
        pictures: pictures(&paper.sheet)?,
        logo: (file("/logo")?, logo.map(|(_, _, dots)| Bytes::new(dots))),
        book: LazyHash::new(FontBook::from_fonts(letters)),
        letters,
    };
    let set = typst::compile::<PagedDocument>(&desk).output.map_err(|errors| broken(&errors))?;
    for page in set.pages() {
        drawn(&page.frame)?;
    }
    Ok(set)
}

/// Insists that every glyph of a page is one.
fn drawn(frame: &Frame) -> Result<(), PressFault> {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => drawn(&group.frame)?,
            FrameItem::Text(text) => {
                if let Some(glyph) = text.glyphs.iter().find(|glyph| glyph.id == 0) {
                    let character = text.text.get(glyph.range()).and_then(|part| part.chars().next()).unwrap_or_default();
                    let code_point = format!("{:04X}", u32::from(character));
                    return Err(FontFault::NoCharacter { character, code_point, install: INSTALL.into() }.into());
                }
            }
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
    Ok(())
}

fn broken(errors: &[SourceDiagnostic]) -> PressFault {
    PressFault::Broken(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
}

/// A picture's width, height and greys, black or white, row by row; nothing where it cannot be read: a paper without its logo is still a paper.
fn dots(picture: &Picture) -> Option<(usize, usize, Vec<u8>)> {
    let bitmap = Bitmap::try_from(picture).ok()?;
    let (width, height) = (bitmap.width(), bitmap.height());
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let greys = rows.map(|(x, y)| if bitmap.is_black(x, y) { 0 } else { 255 }).collect();
    (width > 0 && height > 0).then_some((width, height, greys))
}
