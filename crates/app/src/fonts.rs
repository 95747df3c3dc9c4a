//! The letters of this machine, for pictures of text.

use paper::{
    fonts::{FontFault, fonts},
    picture::{Font, PictureFault},
};

use crate::failure::Failure;

/// Draws with the first font of the machine.
///
/// # Errors
/// There is none, or it lacks a character.
pub fn with_letters<T>(draw: impl FnOnce(&Font<'_>) -> Result<T, PictureFault>) -> Result<T, Failure> {
    let fonts = fonts().map_err(Failure::refused)?;
    let Some(first) = fonts.first() else { return Err(Failure::refused(FontFault::NoFont { install: paper::fonts::INSTALL.into() })) };
    Font::read(&first.bytes, first.face).and_then(|font| draw(&font)).map_err(|fault| match fault {
        PictureFault::NoGlyph { character } => {
            let code_point = format!("{:04X}", u32::from(character));
            Failure::refused(FontFault::NoCharacter { character, code_point, install: paper::fonts::INSTALL.into() })
        }
        other => Failure::refused(other),
    })
}
