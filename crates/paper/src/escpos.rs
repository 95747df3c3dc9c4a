//! Rows as the bytes that receipt printers obey: ESC/POS, with Chinese in GB18030.
//!
//! Only commands that every common thermal printer knows are used: `ESC @`, `FS &`, `ESC E`, `ESC a`, `GS !`, `ESC d`, `GS ( k`, `GS v 0`, `ESC p`, `GS V`.

use crate::{
    layout::{Align, PaperWidth, Row, Style, clean},
    picture::{Bitmap, Font, PictureFault, draw},
    reader::read,
};

/// The bytes of the rows, from a printer in any state to one at rest.
///
/// What [`crate::reader::read`] makes of them is what the paper shows.
pub fn bytes(rows: &[Row]) -> Vec<u8> {
    // ESC @ forgets what the last job left behind; FS & makes two bytes one Chinese character.
    let mut out = vec![0x1b, b'@', 0x1c, b'&'];
    let mut pen = Pen::default();
    for row in rows {
        match row {
            Row::Text { text, style, align } => {
                pen.turn(&mut out, *style, *align);
                out.extend_from_slice(&encoding_rs::GB18030.encode(&clean(text)).0);
                out.push(b'\n');
            }
            Row::Qr(text) => {
                pen.turn(&mut out, Style::default(), Align::Center);
                qr(&mut out, text);
            }
            Row::Picture(picture) => {
                pen.turn(&mut out, Style::default(), Align::Center);
                dots(&mut out, picture);
            }
            Row::Feed(lines) => out.extend([0x1b, b'd', *lines]),
            Row::Drawer => out.extend([0x1b, b'p', 0, 25, 250]),
            // GS V 66 feeds to the knife before it cuts.
            Row::Cut => out.extend([0x1d, b'V', 66, 0]),
        }
    }
    pen.turn(&mut out, Style::default(), Align::Left);
    out
}

/// The rows as one picture, for a printer without Chinese letters; drawer, feed and knife stay commands.
///
/// # Errors
/// `NoGlyph`: the font lacks a character.
pub fn picture_bytes(rows: &[Row], width: PaperWidth, font: &Font<'_>) -> Result<Vec<u8>, PictureFault> {
    let drawn = draw(&read(&bytes(rows)), width, font)?;
    // The white at the end is fed, not sent.
    let inked = (0..drawn.height()).rev().find(|y| (0..drawn.width()).any(|x| drawn.is_black(x, *y))).map_or(0, |last| last + 1);
    let drawn = Bitmap::from_bytes(drawn.width(), drawn.bytes()[..inked * drawn.stride()].to_vec()).unwrap_or(drawn);
    let mut out: Vec<Row> = rows.iter().filter(|row| matches!(row, Row::Drawer)).cloned().collect();
    out.extend([Row::Picture(drawn), Row::Feed(3)]);
    out.extend(rows.iter().filter(|row| matches!(row, Row::Cut)).cloned());
    Ok(bytes(&out))
}

/// `GS v 0` in bands that fit a small printer's memory.
fn dots(out: &mut Vec<u8>, picture: &Bitmap) {
    const BAND: usize = 128;
    for band in picture.bytes().chunks(picture.stride().max(1) * BAND) {
        let [wide_low, wide_high] = u16::try_from(picture.stride()).unwrap_or(u16::MAX).to_le_bytes();
        let [low, high] = u16::try_from(band.len() / picture.stride().max(1)).unwrap_or(u16::MAX).to_le_bytes();
        out.extend([0x1d, b'v', b'0', 0, wide_low, wide_high, low, high]);
        out.extend_from_slice(band);
    }
}

/// What the printer was last told, so that nothing is told twice.
#[derive(Default)]
struct Pen {
    style: Style,
    align: Align,
}

impl Pen {
    fn turn(&mut self, out: &mut Vec<u8>, style: Style, align: Align) {
        if style.bold != self.style.bold {
            out.extend([0x1b, b'E', u8::from(style.bold)]);
        }
        if (style.wide, style.tall) != (self.style.wide, self.style.tall) {
            out.extend([0x1d, b'!', u8::from(style.wide) << 4 | u8::from(style.tall)]);
        }
        if align != self.align {
            let place = match align {
                Align::Left => 0,
                Align::Center => 1,
                Align::Right => 2,
            };
            out.extend([0x1b, b'a', place]);
        }
        (self.style, self.align) = (style, align);
    }
}

/// Model 2, six dots a module, error correction M. Texts past 700 bytes are not printed: no receipt number is that long.
fn qr(out: &mut Vec<u8>, text: &str) {
    let data = text.as_bytes();
    let Some(length) = u16::try_from(data.len() + 3).ok().filter(|length| *length <= 703) else {
        return;
    };
    let [low, high] = length.to_le_bytes();
    out.extend([0x1d, b'(', b'k', 4, 0, 49, 65, 50, 0]);
    out.extend([0x1d, b'(', b'k', 3, 0, 49, 67, 6]);
    out.extend([0x1d, b'(', b'k', 3, 0, 49, 69, 49]);
    out.extend([0x1d, b'(', b'k', low, high, 49, 80, 48]);
    out.extend_from_slice(data);
    out.extend([0x1d, b'(', b'k', 3, 0, 49, 81, 48]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_goes_out_as_gb18030_after_the_chinese_mode_is_on() {
        let row = Row::Text { text: "榕店 A\u{1b}@".into(), style: Style { bold: true, ..Style::default() }, align: Align::Center };
        let expected =
            [&[0x1b, b'@', 0x1c, b'&', 0x1b, b'E', 1, 0x1b, b'a', 1, 0xe9, 0xc5, 0xb5, 0xea][..], b" A@\n", &[0x1b, b'E', 0, 0x1b, b'a', 0]];
        assert_eq!(bytes(&[row]), expected.concat());
    }

    #[test]
    fn a_style_is_told_once() {
        let row = || Row::Text { text: "x".into(), style: Style { wide: true, tall: true, bold: false }, align: Align::Left };
        let out = bytes(&[row(), row()]);
        assert_eq!(out.windows(3).filter(|three| *three == [0x1d, b'!', 0x11]).count(), 1);
    }
}
