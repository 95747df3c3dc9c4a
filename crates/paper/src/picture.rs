//! Pictures of single dots, as printers print them: the shop's logo, a label, a receipt for a printer without Chinese letters.

use ab_glyph::{Font as _, FontRef, PxScale, ScaleFont as _, point};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    layout::{Align, PaperWidth, Style, width_of},
    reader::PrintedRow,
};

/// A picture as it travels: dots in hexadecimal, eight to the byte, the leftmost the highest bit, each row filled up to whole bytes; 1 is black.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Picture {
    /// Dots in a row.
    pub width: u16,
    /// Rows.
    pub height: u16,
    /// The dots.
    pub dots: String,
}

/// A picture to draw on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    width: usize,
    height: usize,
    bytes: Vec<u8>,
}

/// Why a picture cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PictureFault {
    /// The file is no PNG, or a broken one.
    #[error("this is no PNG picture: {reason}")]
    NoPng {
        /// What is wrong with it.
        reason: String,
    },
    /// More than 4,000 dots wide or high: a photograph, not a logo.
    #[error("the picture has {width} × {height} dots, more than a printer's logo needs")]
    PictureTooLarge {
        /// Dots in a row.
        width: u32,
        /// Rows.
        height: u32,
    },
    /// The font has no such character.
    #[error("the font has no {character}")]
    NoGlyph {
        /// The first one that is missing.
        character: char,
    },
    /// The file of the font is none.
    #[error("the font cannot be read")]
    NoFont,
}

impl Bitmap {
    /// White, of that size.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, bytes: vec![0; width.div_ceil(8) * height] }
    }

    /// Dots in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Bytes of a row.
    pub fn stride(&self) -> usize {
        self.width.div_ceil(8)
    }

    /// All dots, row by row; 1 is black.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A picture from bytes as a printer gets them. `None` where their number does not fit.
    pub fn from_bytes(width: usize, bytes: Vec<u8>) -> Option<Self> {
        let stride = width.div_ceil(8);
        (stride > 0 && bytes.len().is_multiple_of(stride)).then(|| Self { width, height: bytes.len() / stride, bytes })
    }

    /// Whether a dot is black; what lies outside is white.
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.bytes[y * self.stride() + x / 8] & (0x80 >> (x % 8)) != 0
    }

    /// Blackens a dot; what lies outside is left alone.
    pub fn blacken(&mut self, x: usize, y: usize) {
        if x < self.width && y < self.height {
            let stride = self.stride();
            self.bytes[y * stride + x / 8] |= 0x80 >> (x % 8);
        }
    }

    /// Blackens a rectangle.
    pub fn fill(&mut self, x: usize, y: usize, width: usize, height: usize) {
        for row in y..y + height {
            for column in x..x + width {
                self.blacken(column, row);
            }
        }
    }

    /// Lays another picture over this one.
    pub fn paste(&mut self, other: &Self, x: usize, y: usize) {
        for row in 0..other.height {
            for column in (0..other.width).filter(|column| other.is_black(*column, row)) {
                self.blacken(x + column, y + row);
            }
        }
    }

    /// Adds white or the other picture's rows below.
    fn below(&mut self, other: &Self, x: usize) {
        let y = self.height;
        self.height += other.height;
        self.bytes.resize(self.stride() * self.height, 0);
        self.paste(other, x, y);
    }

    /// As it travels.
    pub fn picture(&self) -> Picture {
        let dots = self.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
        Picture { width: short(self.width), height: short(self.height), dots }
    }

    /// As a PNG file.
    ///
    /// # Errors
    /// A picture without dots.
    pub fn png(&self) -> Result<Vec<u8>, PictureFault> {
        let broken = |error: png::EncodingError| PictureFault::NoPng { reason: error.to_string() };
        let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, size(self.width), size(self.height));
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header().map_err(broken)?;
        let light: Vec<u8> = self.bytes.iter().map(|byte| !byte).collect();
        writer.write_image_data(&light).map_err(broken)?;
        writer.finish().map_err(broken)?;
        Ok(out)
    }
}

impl TryFrom<&Picture> for Bitmap {
    type Error = PictureFault;

    fn try_from(picture: &Picture) -> Result<Self, PictureFault> {
        let broken = || PictureFault::NoPng { reason: "the dots do not fit the size".into() };
        // Half a byte at the end is no dot of any size.
        if !picture.dots.len().is_multiple_of(2) {
            return Err(broken());
        }
        let pairs = picture.dots.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap_or("x"), 16));
        let bytes: Vec<u8> = pairs.collect::<Result<_, _>>().map_err(|_| broken())?;
        let made = Self::from_bytes(picture.width.into(), bytes).ok_or_else(broken)?;
        if made.height == usize::from(picture.height) { Ok(made) } else { Err(broken()) }
    }
}

/// A logo from a PNG file: no wider than `room` dots, what is transparent white, greys as a pattern of dots.
///
/// # Errors
/// `NoPng`, `PictureTooLarge`
pub fn logo(file: &[u8], room: usize) -> Result<Bitmap, PictureFault> {
    let broken = |error: png::DecodingError| PictureFault::NoPng { reason: error.to_string() };
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(broken)?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width == 0 || height == 0 || width > 4_000 || height > 4_000 {
        return Err(PictureFault::PictureTooLarge { width, height });
    }
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let frame = reader.next_frame(&mut pixels).map_err(broken)?;
    let samples = frame.color_type.samples();
    let light = |x: usize, y: usize| -> u32 {
        let at = y * frame.line_size + x * samples;
        let pixel: Vec<u32> = pixels[at..at + samples].iter().map(|sample| u32::from(*sample)).collect();
        let (grey, alpha) = match pixel[..] {
            [grey, alpha] => (grey, alpha),
            [red, green, blue, alpha] => ((red * 299 + green * 587 + blue * 114) / 1000, alpha),
            _ => (pixel.first().copied().unwrap_or(255), 255),
        };
        (grey * alpha + 255 * (255 - alpha)) / 255
    };
    let (wide, high) = (width as usize, height as usize);
    let to_wide = wide.min(room).max(1);
    let to_high = (high * to_wide / wide).max(1);
    // The mean of the pixels that come to lie on one dot, then Floyd and Steinberg's way with the rest.
    let mut levels: Vec<i32> = Vec::with_capacity(to_wide * to_high);
    for y in 0..to_high {
        for x in 0..to_wide {
            let across = x * wide / to_wide..((x + 1) * wide / to_wide).max(x * wide / to_wide + 1);
            let down = y * high / to_high..((y + 1) * high / to_high).max(y * high / to_high + 1);
            let cells = (across.len() * down.len()) as u32;
            let sum: u32 = down.flat_map(|row| across.clone().map(move |column| (column, row))).map(|(column, row)| light(column, row)).sum();
            levels.push((sum / cells) as i32);
        }
    }
    Ok(dithered(levels, to_wide, to_high))
}

fn dithered(mut levels: Vec<i32>, width: usize, height: usize) -> Bitmap {
    let mut drawn = Bitmap::new(width, height);
    for y in 0..height {
        for x in 0..width {
            let level = levels[y * width + x];
            let black = level < 128;
            if black {
                drawn.blacken(x, y);
            }
            let rest = level - if black { 0 } else { 255 };
            for (dx, dy, share) in [(1, 0, 7), (-1, 1, 3), (0, 1, 5), (1, 1, 1)] {
                if let Some(beside) = x.checked_add_signed(dx)
                    && beside < width
                    && y + dy < height
                {
                    levels[(y + dy) * width + beside] += rest * share / 16;
                }
            }
        }
    }
    drawn
}

/// The QR code of a text, `module` dots to the module, without a margin. `None` where the text is too long for one.
pub fn qr(text: &str, module: usize) -> Option<Bitmap> {
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).ok()?;
    let side = code.width();
    let mut drawn = Bitmap::new(side * module, side * module);
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == qrcode::Color::Dark {
            drawn.fill(at % side * module, at / side * module, module, module);
        }
    }
    Some(drawn)
}

/// The dark modules of a text's QR code as column and row, and how many modules a side has, without a margin. `None` where the text is too long for one.
pub fn qr_modules(text: &str) -> Option<(usize, Vec<(usize, usize)>)> {
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).ok()?;
    let side = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == qrcode::Color::Dark);
    Some((side, dark.map(|(at, _)| (at % side, at / side)).collect()))
}

/// Letters to draw with.
pub struct Font<'f>(FontRef<'f>);

impl<'f> Font<'f> {
    /// Reads a font file; `face` is the place of the face in a collection.
    ///
    /// # Errors
    /// `NoFont`
    pub fn read(file: &'f [u8], face: u32) -> Result<Self, PictureFault> {
        FontRef::try_from_slice_and_index(file, face).map(Self).map_err(|_| PictureFault::NoFont)
    }

    /// Draws a character into a box: in the middle, on the usual line. Heavy strokes are drawn twice, a dot apart.
    fn draw(&self, onto: &mut Bitmap, ch: char, (x, y): (usize, usize), cell: Cell, bold: bool) -> Result<(), PictureFault> {
        if ch.is_whitespace() {
            return Ok(());
        }
        let id = self.0.glyph_id(ch);
        if id.0 == 0 {
            return Err(PictureFault::NoGlyph { character: ch });
        }
        let scale = PxScale { x: self.height(cell.em.0), y: self.height(cell.em.1) };
        let scaled = self.0.as_scaled(scale);
        // A character of the trade is as wide as its em; the font's own ascent stands a little higher than the box.
        let advance = scaled.h_advance(id) as usize;
        let left = x + cell.width.saturating_sub(advance) / 2;
        let base = y + cell.em.1 * 88 / 100;
        let glyph = id.with_scale_and_position(scale, point(whole(left), whole(base)));
        if let Some(outline) = self.0.outline_glyph(glyph) {
            let bounds = outline.px_bounds();
            let (from_x, from_y) = (bounds.min.x as i32, bounds.min.y as i32);
            outline.draw(|dx, dy, cover| {
                if cover > 0.42
                    && let (Ok(column), Ok(row)) = (usize::try_from(from_x + dx as i32), usize::try_from(from_y + dy as i32))
                {
                    onto.blacken(column, row);
                    if bold {
                        onto.blacken(column + 1, row);
                    }
                }
            });
        }
        Ok(())
    }

    /// Draws a line of text in letters of `size` dots with its upper left corner there; returns how wide it is. Latin letters keep their own
    /// widths here, unlike on a receipt.
    ///
    /// # Errors
    /// `NoGlyph`
    pub fn line(&self, onto: &mut Bitmap, text: &str, (x, y): (usize, usize), size: usize, bold: bool) -> Result<usize, PictureFault> {
        let mut at = x;
        for ch in text.chars() {
            let width = self.advance(ch, size);
            self.draw(onto, ch, (at, y), Cell { width, em: (size, size) }, bold)?;
            at += width;
        }
        Ok(at - x)
    }

    /// How wide a text would be.
    pub fn width(&self, text: &str, size: usize) -> usize {
        text.chars().map(|ch| self.advance(ch, size)).sum()
    }

    /// The height from the lowest to the highest line that makes an em of so many dots.
    fn height(&self, em: usize) -> f32 {
        let of_the_font = self.0.height_unscaled() as usize;
        let units = self.0.units_per_em().map_or(1000, |units| units as usize).max(1);
        whole(em * of_the_font / units)
    }

    fn advance(&self, ch: char, size: usize) -> usize {
        self.0.as_scaled(PxScale::from(self.height(size))).h_advance(self.0.glyph_id(ch)).ceil() as usize
    }
}

/// The box of one character.
#[derive(Clone, Copy)]
struct Cell {
    width: usize,
    em: (usize, usize),
}

/// A whole number as the font's arithmetic takes it; drawing alone, never money.
fn whole(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// Dots of one cell, and of one line, on both widths of paper.
const CELL: usize = 12;
const LINE: usize = 30;

/// Draws what a printer would print, on paper of that width. The drawer and the knife leave no trace.
///
/// # Errors
/// `NoGlyph`
pub fn draw(rows: &[PrintedRow], width: PaperWidth, font: &Font<'_>) -> Result<Bitmap, PictureFault> {
    let room = width.cells() * CELL;
    let mut page = Bitmap::new(room, 0);
    for row in rows {
        match row {
            PrintedRow::Text { text, style, align } => {
                let (drawn, long) = text_row(text, *style, font)?;
                page.below(&drawn, place(*align, room, long));
            }
            PrintedRow::Qr { data, align } => {
                if let Some(code) = qr(data, 6) {
                    page.below(&Bitmap::new(room, 12), 0);
                    page.below(&code, place(*align, room, code.width));
                    page.below(&Bitmap::new(room, 12), 0);
                }
            }
            PrintedRow::Picture { picture, align } => {
                if let Ok(drawn) = Bitmap::try_from(picture) {
                    page.below(&drawn, place(*align, room, drawn.width));
                }
            }
            PrintedRow::Feed { lines } => page.below(&Bitmap::new(room, usize::from(*lines) * LINE), 0),
            PrintedRow::Drawer | PrintedRow::Cut | PrintedRow::Unknown { .. } => {}
        }
    }
    Ok(page)
}

fn text_row(text: &str, style: Style, font: &Font<'_>) -> Result<(Bitmap, usize), PictureFault> {
    let (across, down) = (1 + usize::from(style.wide), 1 + usize::from(style.tall));
    let long = width_of(text) * CELL * across;
    let mut drawn = Bitmap::new(long.max(1), LINE * down);
    let mut x = 0;
    for ch in text.chars() {
        let width = width_of(ch.encode_utf8(&mut [0; 4])) * CELL * across;
        let cell = Cell { width, em: (2 * CELL * across, 2 * CELL * down) };
        font.draw(&mut drawn, ch, (x, 3 * down), cell, style.bold)?;
        x += width;
    }
    Ok((drawn, long))
}

fn place(align: Align, room: usize, long: usize) -> usize {
    let free = room.saturating_sub(long);
    match align {
        Align::Left => 0,
        Align::Center => free / 2,
        Align::Right => free,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_travels_and_comes_back() {
        let mut drawn = Bitmap::new(19, 3);
        drawn.fill(0, 0, 1, 1);
        drawn.fill(18, 2, 5, 5);
        let picture = drawn.picture();
        assert_eq!(picture, Picture { width: 19, height: 3, dots: "800000000000000020".into() });
        assert_eq!(Bitmap::try_from(&picture), Ok(drawn));
        for wrong in ["80000000000000002", "8000", "zz0000000000000020"] {
            let broken = Picture { dots: wrong.into(), ..picture.clone() };
            assert!(matches!(Bitmap::try_from(&broken), Err(PictureFault::NoPng { .. })), "{wrong}");
        }
    }

    #[test]
    fn a_logo_is_its_own_picture_and_a_grey_is_half_black() {
        let mut drawn = Bitmap::new(40, 20);
        drawn.fill(3, 4, 10, 10);
        let file = drawn.png().unwrap();
        assert_eq!(logo(&file, 384), Ok(drawn));
        assert!(matches!(logo(b"GIF89a", 384), Err(PictureFault::NoPng { .. })));
        // Cut in the middle, a file is refused, not half taken.
        assert!(matches!(logo(&file[..file.len() / 2], 384), Err(PictureFault::NoPng { .. })));
        let grey = dithered(vec![128; 64 * 64], 64, 64);
        let black = grey.bytes().iter().map(|byte| byte.count_ones()).sum::<u32>();
        assert!((1_900..2_200).contains(&black), "{black}");
    }

    #[test]
    fn a_large_logo_is_made_to_fit_the_paper() {
        let mut drawn = Bitmap::new(1152, 600);
        drawn.fill(0, 0, 576, 600);
        let small = logo(&drawn.png().unwrap(), 576).unwrap();
        assert_eq!((small.width(), small.height()), (576, 300));
        assert!(small.is_black(287, 150) && !small.is_black(288, 150));
    }

    #[test]
    fn any_bytes_at_all_are_no_logo_and_no_harm() {
        let file = Bitmap::new(9, 9).png().unwrap();
        for at in 0..file.len() {
            let mut broken = file.clone();
            broken[at] ^= 0x55;
            drop(logo(&broken, 384));
        }
    }
}
