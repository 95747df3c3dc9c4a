//! Letters for pictures and pages: the fonts that came with the program first, then the system's own. The one file that knows where each system
//! keeps them. What no font covers is refused by name, never left out in silence.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use serde::Serialize;
use ttf_parser::{Face, name_id};

/// A font file in memory.
#[derive(Clone)]
pub struct FontFile {
    /// Where it was found.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The face in it that writes simplified Chinese, where it is a collection.
    pub face: u32,
    /// Its family, as documents call it.
    pub family: String,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontFile({}, face {}, {})", self.path.display(), self.face, self.family)
    }
}

/// Why a text cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FontFault {
    /// There is no font with Chinese characters at all.
    #[error("no font with Chinese characters was found; install {install}")]
    NoFont {
        /// What to install on this system.
        install: String,
    },
    /// No font covers this character.
    #[error("no font has {character} (U+{code_point}); install {install}")]
    NoCharacter {
        /// The first one that is missing.
        character: char,
        /// Its number in hexadecimal.
        code_point: String,
        /// What to install on this system.
        install: String,
    },
}

/// What a person installs here to have every character.
pub const INSTALL: &str = if cfg!(target_os = "linux") {
    "fonts-noto-cjk"
} else if cfg!(target_os = "macos") {
    "PingFang SC"
} else {
    "Microsoft YaHei"
};

/// The fonts of this machine, the first the one to write with. Looked for once.
///
/// # Errors
/// `NoFont`
pub fn fonts() -> Result<&'static [FontFile], FontFault> {
    static FOUND: OnceLock<Vec<FontFile>> = OnceLock::new();
    let found = FOUND.get_or_init(|| load(&places()));
    if found.is_empty() { Err(FontFault::NoFont { install: INSTALL.into() }) } else { Ok(found) }
}

/// Insists that the fonts have every character of a text between them.
///
/// # Errors
/// `NoCharacter`, for the first that none has.
pub fn cover(fonts: &[FontFile], text: &str) -> Result<(), FontFault> {
    let faces: Vec<Face<'_>> = fonts.iter().filter_map(|font| Face::parse(&font.bytes, font.face).ok()).collect();
    let wanted: BTreeSet<char> = text.chars().filter(|ch| !ch.is_whitespace() && !ch.is_control()).collect();
    // In the order of the text, so that the refusal names what a person comes to first.
    let missing: BTreeSet<char> = wanted.into_iter().filter(|ch| !faces.iter().any(|face| face.glyph_index(*ch).is_some())).collect();
    match text.chars().find(|ch| missing.contains(ch)) {
        None => Ok(()),
        Some(character) => {
            let code_point = format!("{:04X}", u32::from(character));
            Err(FontFault::NoCharacter { character, code_point, install: INSTALL.into() })
        }
    }
}

/// Reads the fonts at these places that write Chinese. What is not there, or no font, is passed over.
pub fn load(places: &[PathBuf]) -> Vec<FontFile> {
    let mut fonts: Vec<FontFile> = Vec::new();
    for path in places {
        let Ok(bytes) = std::fs::read(path) else { continue };
        if let Some((face, family)) = simplified(&bytes) {
            fonts.push(FontFile { path: path.clone(), bytes: bytes.into(), face, family });
        }
    }
    fonts
}

/// The face for simplified Chinese, and its family.
fn simplified(bytes: &[u8]) -> Option<(u32, String)> {
    let faces = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
    let named = (0..faces).filter_map(|index| {
        let face = Face::parse(bytes, index).ok()?;
        face.glyph_index('中')?;
        let family = |id| face.names().into_iter().filter(|name| name.name_id == id && name.is_unicode()).find_map(|name| name.to_string());
        Some((index, family(name_id::TYPOGRAPHIC_FAMILY).or_else(|| family(name_id::FAMILY))?))
    });
    let mut named: Vec<(u32, String)> = named.collect();
    let best = named.iter().position(|(_, family)| family.ends_with(" SC") || family.contains("YaHei") && !family.contains("UI")).unwrap_or(0);
    (!named.is_empty()).then(|| named.swap_remove(best))
}

/// Every place a font may be at, best first.
fn places() -> Vec<PathBuf> {
    let mut places = Vec::new();
    for folder in packaged() {
        let listed = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut fonts: Vec<PathBuf> = listed.filter(|path| is_font(path)).collect();
        // Regular before Bold: the first is the one to write with.
        fonts.sort_by_key(|path| (path.to_string_lossy().contains("Bold"), path.clone()));
        places.extend(fonts);
    }
    places.extend(of_the_system());
    places
}

fn is_font(path: &Path) -> bool {
    path.extension().is_some_and(|end| ["ttf", "otf", "ttc"].iter().any(|font| end.eq_ignore_ascii_case(font)))
}

/// Folders beside the program, as each system's packages lay them out.
fn packaged() -> Vec<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| program.parent().map(Path::to_owned));
    let inside = ["fonts", "../lib/Banyan/fonts", "../lib/banyan/fonts", "../Resources/fonts"];
    beside.into_iter().flat_map(|folder| inside.map(|part| folder.join(part))).collect()
}

fn of_the_system() -> Vec<PathBuf> {
    if cfg!(windows) {
        let windows = std::env::var_os("WINDIR").map_or_else(|| PathBuf::from(r"C:\Windows"), PathBuf::from);
        return ["msyh.ttc", "msyhbd.ttc", "simhei.ttf", "simsun.ttc", "simsunb.ttf"].map(|name| windows.join("Fonts").join(name)).to_vec();
    }
    let known: &[&str] = if cfg!(target_os = "macos") {
        &[
            "/System/Library/Fonts/PingFang.ttc",
            "/System/Library/Fonts/Hiragino Sans GB.ttc",
            "/System/Library/Fonts/STHeiti Medium.ttc",
            "/Library/Fonts/Arial Unicode.ttf",
        ]
    } else {
        &[
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
            "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
            "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        ]
    };
    known.iter().map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_names_are_covered_and_what_is_not_is_named() {
        // A machine without the font says so; the others prove their letters.
        let fonts = match fonts() {
            Ok(fonts) => fonts,
            Err(fault) => return assert_eq!(fault, FontFault::NoFont { install: INSTALL.into() }),
        };
        assert_eq!(cover(fonts, "阳 青 静 䶮 㛃 龘 ￥12.50 Tea\n"), Ok(()));
        let missing = cover(fonts, "王\u{10FFFD}").unwrap_err();
        assert_eq!(missing, FontFault::NoCharacter { character: '\u{10FFFD}', code_point: "10FFFD".into(), install: INSTALL.into() });
    }

    #[test]
    fn no_font_is_found_where_none_is() {
        assert!(load(&[PathBuf::from("/no/such/font.ttc"), std::env::current_exe().unwrap()]).is_empty());
    }
}
