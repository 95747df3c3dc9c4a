//! Labels for goods and shelves, as label printers take them: TSPL, or the dots of ESC/POS.

use domain::pricing::barcode::ean13_bars;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::picture::{Bitmap, Font, PictureFault};

/// Size of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LabelSize {
    /// 40 × 30 mm.
    #[default]
    Label40x30,
    /// 50 × 30 mm.
    Label50x30,
}

impl LabelSize {
    /// Width and height in millimetres.
    pub fn millimetres(self) -> (usize, usize) {
        match self {
            Self::Label40x30 => (40, 30),
            Self::Label50x30 => (50, 30),
        }
    }

    /// Width and height in dots of a printer of 203 dots an inch: eight to the millimetre.
    pub fn dots(self) -> (usize, usize) {
        let (width, height) = self.millimetres();
        (width * 8, height * 8)
    }
}

/// What the label is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LabelKind {
    /// On the goods: the barcode large.
    #[default]
    Product,
    /// At the shelf: the price large.
    Shelf,
}

/// What a label printer understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LabelLanguage {
    /// TSPL, as most label printers.
    #[default]
    Tspl,
    /// ESC/POS, as receipt printers with label paper.
    Escpos,
}

/// One label.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Label {
    /// Name of the product; two lines of it are shown.
    pub name: String,
    /// The shop's code.
    pub code: String,
    /// The price as people read it, with its sign.
    pub price: String,
    /// EAN-13, drawn as bars; any other code is left out.
    pub barcode: Option<String>,
}

/// The bars of an EAN-13 from left to right: where each begins and how wide it is, in modules of 95 in all; nothing for any other code.
pub fn bars_of(code: &str) -> Option<Vec<(u8, u8)>> {
    let mut bars: Vec<(u8, u8)> = Vec::new();
    for (at, black) in (0u8..).zip(ean13_bars(code).ok()?) {
        match bars.last_mut() {
            Some((start, width)) if black && *start + *width == at => *width += 1,
            _ if black => bars.push((at, 1)),
            _ => {}
        }
    }
    Some(bars)
}

/// Draws a label.
///
/// # Errors
/// `NoGlyph`: the font lacks a character.
pub fn draw(label: &Label, kind: LabelKind, size: LabelSize, font: &Font<'_>) -> Result<Bitmap, PictureFault> {
    let (width, height) = size.dots();
    let mut drawn = Bitmap::new(width, height);
    let room = width - 2 * EDGE;
    let bars = label.barcode.as_deref().and_then(|code| ean13_bars(code).ok());
    let mut y = EDGE;
    for text in lines(&label.name, room, NAME, font) {
        font.line(&mut drawn, &text, (EDGE, y), NAME, true)?;
        y += NAME + 4;
    }
    let price = if kind == LabelKind::Shelf { LARGE } else { SMALL_PRICE };
    let shown = font.width(&label.price, price);
    font.line(&mut drawn, &label.price, (EDGE + room.saturating_sub(shown), y.max(2 * NAME + EDGE)), price, true)?;
    let code_room = room.saturating_sub(shown + 8);
    if let Some(code) = lines(&label.code, code_room, CODE, font).first() {
        font.line(&mut drawn, code, (EDGE, y.max(2 * NAME + EDGE) + price - CODE), CODE, false)?;
    }
    if let (Some(bars), Some(code)) = (bars, &label.barcode) {
        let tall = if kind == LabelKind::Shelf { 56 } else { 84 };
        let module = module_dots(width);
        let left = (width - 95 * module) / 2;
        let top = height - EDGE - CODE - tall;
        for (at, _) in bars.iter().enumerate().filter(|(_, black)| **black) {
            drawn.fill(left + at * module, top, module, tall);
        }
        let under = font.width(code, CODE);
        font.line(&mut drawn, code, ((width - under) / 2, height - EDGE - CODE), CODE, false)?;
    }
    Ok(drawn)
}

const EDGE: usize = 12;
const NAME: usize = 26;
const CODE: usize = 20;
const SMALL_PRICE: usize = 34;
const LARGE: usize = 56;

/// Three dots to the module where the quiet zones of eleven and seven modules fit beside the bars, else two.
fn module_dots(width: usize) -> usize {
    if 3 * (95 + 18) <= width { 3 } else { 2 }
}

/// At most two lines; what does not fit ends in an ellipsis.
fn lines(text: &str, room: usize, size: usize, font: &Font<'_>) -> Vec<String> {
    let mut lines = vec![String::new()];
    for ch in crate::layout::clean(text).chars() {
        let last = lines.len() - 1;
        let mut longer = lines[last].clone();
        longer.push(ch);
        if font.width(&longer, size) <= room {
            lines[last] = longer;
        } else if lines.len() < 2 {
            lines.push(ch.to_string());
        } else {
            let kept = &mut lines[last];
            kept.pop();
            kept.push('…');
            break;
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The bytes for a label printer: each picture with how often it is wanted, of one size.
pub fn bytes(labels: &[(Bitmap, u16)], size: LabelSize, language: LabelLanguage) -> Vec<u8> {
    let mut out = Vec::new();
    let (width, height) = size.millimetres();
    if language == LabelLanguage::Tspl {
        out.extend_from_slice(format!("SIZE {width} mm,{height} mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\n").as_bytes());
    }
    for (drawn, copies) in labels {
        match language {
            LabelLanguage::Tspl => {
                out.extend_from_slice(format!("CLS\r\nBITMAP 0,0,{},{},0,", drawn.stride(), drawn.height()).as_bytes());
                // A black dot is a 0 there.
                out.extend(drawn.bytes().iter().map(|byte| !byte));
                out.extend_from_slice(format!("\r\nPRINT {copies},1\r\n").as_bytes());
            }
            LabelLanguage::Escpos => {
                for _ in 0..*copies {
                    let [wide_low, wide_high] = u16::try_from(drawn.stride()).unwrap_or(u16::MAX).to_le_bytes();
                    let [low, high] = u16::try_from(drawn.height()).unwrap_or(u16::MAX).to_le_bytes();
                    out.extend([0x1b, b'@', 0x1d, b'v', b'0', 0, wide_low, wide_high, low, high]);
                    out.extend_from_slice(drawn.bytes());
                    // GS FF feeds to the next label.
                    out.extend([0x1d, 0x0c]);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use rxing::{BarcodeFormat, helpers::detect_in_luma};

    use super::*;
    use crate::{
        escpos,
        fonts::fonts,
        layout::Row,
        picture::qr,
        reader::{PrintedRow, read},
    };

    /// What a scanner reads off a picture, its dots four times as large as a camera would see them.
    fn scanned(drawn: &Bitmap, format: BarcodeFormat) -> Option<String> {
        const LARGER: usize = 4;
        let (width, height) = ((drawn.width() + 40) * LARGER, (drawn.height() + 40) * LARGER);
        let dot = |at: usize| drawn.is_black((at % width / LARGER).wrapping_sub(20), (at / width / LARGER).wrapping_sub(20));
        let light = (0..width * height).map(|at| if dot(at) { 0 } else { 255 }).collect();
        let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
        detect_in_luma(light, width, height, Some(format)).ok().map(|found| found.getText().to_owned())
    }

    #[test]
    fn bars_as_shapes_are_the_modules_of_the_code() {
        let code = "6901234567892";
        let mut drawn = [false; 95];
        for (start, width) in bars_of(code).unwrap() {
            for at in start..start + width {
                assert!(!std::mem::replace(&mut drawn[usize::from(at)], true), "no module twice");
            }
        }
        assert_eq!(drawn.to_vec(), ean13_bars(code).unwrap());
        assert_eq!([bars_of("6901234567893"), bars_of("T1")], [None, None]);
    }

    fn tea(barcode: &str) -> Label {
        Label {
            name: "安溪铁观音 特级清香型 250g 礼盒装（新茶）".into(),
            code: "0001".into(),
            price: "￥1,268.00".into(),
            barcode: Some(barcode.into()),
        }
    }

    #[test]
    fn every_label_is_scanned_back_to_its_number() {
        let Ok(fonts) = fonts() else { return };
        let font = Font::read(&fonts[0].bytes, fonts[0].face).unwrap();
        for code in ["6901234567892", "4006381333931", "0012345678905", "9780201379624", "2212345678907"] {
            for (kind, size) in [(LabelKind::Product, LabelSize::Label40x30), (LabelKind::Shelf, LabelSize::Label50x30)] {
                let drawn = draw(&tea(code), kind, size, &font).unwrap();
                assert_eq!((drawn.width(), drawn.height()), size.dots());
                assert_eq!(scanned(&drawn, BarcodeFormat::EAN_13).as_deref(), Some(code), "{kind:?} {size:?}");
                if let Some(folder) = std::env::var_os("BANYAN_PICTURES") {
                    let name = format!("label-{kind:?}-{code}.png");
                    std::fs::write(std::path::Path::new(&folder).join(name), drawn.png().unwrap()).unwrap();
                }
            }
        }
        // A wrong check digit is drawn as no bars at all, never as other bars.
        let bare = draw(&tea("6901234567893"), LabelKind::Product, LabelSize::Label40x30, &font).unwrap();
        assert_eq!(scanned(&bare, BarcodeFormat::EAN_13), None);
    }

    #[test]
    fn both_languages_carry_the_very_dots() {
        let mut drawn = Bitmap::new(320, 240);
        drawn.fill(8, 9, 20, 30);
        let tspl = bytes(&[(drawn.clone(), 3)], LabelSize::Label40x30, LabelLanguage::Tspl);
        let head = b"SIZE 40 mm,30 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\nCLS\r\nBITMAP 0,0,40,240,0,";
        assert!(tspl.starts_with(head) && tspl.ends_with(b"\r\nPRINT 3,1\r\n"));
        let dots: Vec<u8> = tspl[head.len()..head.len() + 40 * 240].iter().map(|byte| !byte).collect();
        assert_eq!(Bitmap::from_bytes(320, dots), Some(drawn.clone()));
        let escpos = bytes(&[(drawn.clone(), 2)], LabelSize::Label40x30, LabelLanguage::Escpos);
        let pictures = read(&escpos).into_iter().filter(|row| matches!(row, PrintedRow::Picture { picture, .. } if *picture == drawn.picture()));
        assert_eq!(pictures.count(), 2);
    }

    #[test]
    fn the_code_on_a_receipt_is_scanned_back_and_pictures_come_back_from_their_bytes() {
        let code = qr("1A-000042", 6).unwrap();
        assert_eq!(scanned(&code, BarcodeFormat::QR_CODE).as_deref(), Some("1A-000042"));
        // Higher than one band, so that the bands are joined again.
        let mut logo = Bitmap::new(376, 300);
        logo.fill(0, 0, 376, 1);
        logo.fill(100, 120, 50, 180);
        let shown = read(&escpos::bytes(&[Row::Picture(logo.clone()), Row::Cut]));
        let [PrintedRow::Picture { picture, .. }, PrintedRow::Cut] = &shown[..] else { panic!("{shown:?}") };
        assert_eq!(Bitmap::try_from(picture), Ok(logo));
    }
}
