//! Reads printer bytes back into what the paper would show. The preview on the screen is drawn from this, so preview and paper cannot differ.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    layout::{Align, Style, width_of},
    picture::{Bitmap, Picture},
};

/// One thing seen on the paper, or done by the printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PrintedRow {
    /// A line of text.
    Text {
        /// As printed, blanks included.
        text: String,
        /// Its look.
        style: Style,
        /// Its place.
        align: Align,
    },
    /// A QR code.
    Qr {
        /// What it says when scanned.
        data: String,
        /// Its place.
        align: Align,
    },
    /// A picture.
    Picture {
        /// Its dots.
        picture: Picture,
        /// Its place.
        align: Align,
    },
    /// Empty lines.
    Feed {
        /// How many.
        lines: u8,
    },
    /// The drawer opens.
    Drawer,
    /// The paper is cut.
    Cut,
    /// Bytes that are no command known here, in hexadecimal.
    Unknown {
        /// The bytes.
        hex: String,
    },
}

/// Interprets bytes as a printer in Chinese mode would. Never fails: what it does not know it shows as `Unknown`, what breaks off ends the reading.
pub fn read(bytes: &[u8]) -> Vec<PrintedRow> {
    let mut head = Head { rest: bytes, rows: Vec::new(), text: Vec::new(), style: Style::default(), align: Align::Left, qr: Vec::new() };
    while head.step().is_some() {}
    head.end_line(false);
    head.rows
}

/// The paper as plain text of `cells` cells a row, for a terminal: what is centred stands in the middle, large letters are as wide as on paper.
pub fn plain_text(rows: &[PrintedRow], cells: usize) -> String {
    let mut out = String::new();
    for row in rows {
        match row {
            PrintedRow::Text { text, style, align } => {
                let text = if style.wide { spaced(text) } else { text.clone() };
                out.push_str(&placed(&text, *align, cells));
            }
            PrintedRow::Qr { data, align } => out.push_str(&placed(&format!("[QR {data}]"), *align, cells)),
            PrintedRow::Picture { align, .. } => out.push_str(&placed("[▦]", *align, cells)),
            PrintedRow::Feed { lines } => out.push_str(&"\n".repeat(usize::from(*lines).saturating_sub(1))),
            PrintedRow::Drawer | PrintedRow::Unknown { .. } => continue,
            PrintedRow::Cut => out.push_str(&"- ".repeat(cells / 2)),
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out
}

/// Letters of double width as a terminal can show them: runs of blanks doubled, so that columns keep their places.
fn spaced(text: &str) -> String {
    let room = width_of(text) * 2;
    let filled = text.trim_start_matches(' ');
    match filled.split_once("  ") {
        Some((left, right)) => {
            let right = right.trim_start();
            format!("{left}{}{right}", " ".repeat(room - width_of(left) - width_of(right)))
        }
        None => text.to_owned(),
    }
}

fn placed(text: &str, align: Align, cells: usize) -> String {
    let free = cells.saturating_sub(width_of(text));
    let before = match align {
        Align::Left => 0,
        Align::Center => free / 2,
        Align::Right => free,
    };
    " ".repeat(before) + text
}

struct Head<'a> {
    rest: &'a [u8],
    rows: Vec<PrintedRow>,
    text: Vec<u8>,
    style: Style,
    align: Align,
    qr: Vec<u8>,
}

impl Head<'_> {
    fn take(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn step(&mut self) -> Option<()> {
        match self.take()? {
            b'\n' => self.end_line(true),
            0x1b => self.escape()?,
            0x1c => self.chinese()?,
            0x1d => self.group()?,
            0x10 => self.real_time()?,
            control @ (0..0x20 | 0x7f) => self.unknown(&[control]),
            lead @ 0x81..=0xfe => {
                // The bytes after a lead byte belong to the character even where they look like letters.
                self.text.push(lead);
                // Of a character of four bytes the other two are such a pair again.
                let second = self.take()?;
                self.text.push(second);
            }
            letter => self.text.push(letter),
        }
        Some(())
    }

    fn escape(&mut self) -> Option<()> {
        match self.take()? {
            b'@' => (self.style, self.align) = (Style::default(), Align::Left),
            b'E' => self.style.bold = self.take()? & 1 == 1,
            b'a' => {
                self.align = match self.take()? {
                    0 | 48 => Align::Left,
                    1 | 49 => Align::Center,
                    2 | 50 => Align::Right,
                    other => {
                        self.unknown(&[0x1b, b'a', other]);
                        self.align
                    }
                }
            }
            b'd' => {
                let lines = self.take()?;
                self.end_line(false);
                self.rows.push(PrintedRow::Feed { lines });
            }
            b'p' => {
                let _pulse = (self.take()?, self.take()?, self.take()?);
                self.rows.push(PrintedRow::Drawer);
            }
            other => self.unknown(&[0x1b, other]),
        }
        Some(())
    }

    fn chinese(&mut self) -> Option<()> {
        match self.take()? {
            b'&' => {}
            other => self.unknown(&[0x1c, other]),
        }
        Some(())
    }

    fn group(&mut self) -> Option<()> {
        match self.take()? {
            b'!' => {
                let size = self.take()?;
                (self.style.wide, self.style.tall) = (size & 0x70 != 0, size & 0x07 != 0);
            }
            b'V' => {
                if matches!(self.take()?, 65 | 66) {
                    self.take()?;
                }
                self.end_line(false);
                self.rows.push(PrintedRow::Cut);
            }
            b'r' => drop(self.take()?),
            b'v' => self.raster()?,
            b'(' => self.extended()?,
            other => self.unknown(&[0x1d, other]),
        }
        Some(())
    }

    /// `GS ( k`: the data of a QR code is stored by function 80 and printed by function 81.
    fn extended(&mut self) -> Option<()> {
        let name = self.take()?;
        let length = usize::from(u16::from_le_bytes([self.take()?, self.take()?]));
        let (body, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        match (name, body) {
            (b'k', [49, 80, 48, data @ ..]) => self.qr = data.to_vec(),
            (b'k', [49, 81, 48]) => {
                self.end_line(false);
                let data = String::from_utf8_lossy(&self.qr).into_owned();
                self.rows.push(PrintedRow::Qr { data, align: self.align });
            }
            (b'k', [49, 65 | 67 | 69, ..]) => {}
            (name, _) => self.unknown(&[0x1d, b'(', name]),
        }
        Some(())
    }

    /// `GS v 0`: a band of dots; bands that follow each other are one picture.
    fn raster(&mut self) -> Option<()> {
        let (_, _mode) = (self.take()?, self.take()?);
        let stride = usize::from(u16::from_le_bytes([self.take()?, self.take()?]));
        let lines = usize::from(u16::from_le_bytes([self.take()?, self.take()?]));
        let (body, rest) = self.rest.split_at_checked(stride * lines)?;
        self.rest = rest;
        self.end_line(false);
        let align = self.align;
        let before = match self.rows.last() {
            Some(PrintedRow::Picture { picture, align: there }) if *there == align && usize::from(picture.width) == stride * 8 => {
                Bitmap::try_from(picture).ok()
            }
            Some(_) | None => None,
        };
        let joined = before.is_some();
        let mut bytes = before.map(|picture| picture.bytes().to_vec()).unwrap_or_default();
        bytes.extend_from_slice(body);
        let picture = Bitmap::from_bytes(stride * 8, bytes)?.picture();
        if joined {
            self.rows.pop();
        }
        self.rows.push(PrintedRow::Picture { picture, align });
        Some(())
    }

    /// `DLE EOT n` asks the printer for its status and leaves no trace on paper.
    fn real_time(&mut self) -> Option<()> {
        match self.take()? {
            4 => drop(self.take()?),
            other => self.unknown(&[0x10, other]),
        }
        Some(())
    }

    fn end_line(&mut self, even_if_empty: bool) {
        if even_if_empty || !self.text.is_empty() {
            let text = encoding_rs::GB18030.decode_without_bom_handling(&self.text).0.into_owned();
            self.rows.push(PrintedRow::Text { text, style: self.style, align: self.align });
            self.text.clear();
        }
    }

    fn unknown(&mut self, bytes: &[u8]) {
        let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        self.rows.push(PrintedRow::Unknown { hex });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        escpos::bytes,
        layout::{PaperWidth, Row, layout},
        receipt::{Language, Receipt, ReceiptKind, ReceiptLine, ReceiptPoints, ReceiptTender, ReceiptTotal, TotalKind},
    };

    fn receipt(language: Language) -> Receipt {
        Receipt {
            language,
            digits: 2,
            kind: ReceiptKind::Sale,
            copy: true,
            logo: None,
            origin: None,
            shop: "榕店".into(),
            header: vec!["福州市鼓楼区 1 号".into()],
            till: "1".into(),
            number: "A-0007".into(),
            time: "2026-03-01 09:30".into(),
            clerk: "小李".into(),
            member: Some("王䶮 0012".into()),
            lines: vec![
                ReceiptLine {
                    name: "铁观音 Tieguanyin 250g 特级礼盒装".into(),
                    code: "T1".into(),
                    qty: "2".into(),
                    unit_minor: 3000,
                    sum_minor: 5400,
                    note: Some("-10%".into()),
                },
                ReceiptLine { name: "Bag".into(), code: "B".into(), qty: "1".into(), unit_minor: 30, sum_minor: 30, note: None },
            ],
            totals: vec![
                ReceiptTotal { kind: TotalKind::Goods, amount_minor: 6030 },
                ReceiptTotal { kind: TotalKind::Discount, amount_minor: -600 },
                ReceiptTotal { kind: TotalKind::Due, amount_minor: 5430 },
            ],
            tenders: vec![ReceiptTender { name: "现金".into(), amount_minor: 6000 }],
            change_minor: Some(570),
            points: Some(ReceiptPoints { earned: 54, spent: 0, balance: 1054, locked: 0 }),
            balance_minor: None,
            vouchers: Vec::new(),
            footer: vec!["谢谢惠顾".into()],
        }
    }

    #[test]
    fn the_paper_shows_what_the_layout_meant() {
        for language in [Language::ZhCn, Language::En] {
            for width in [PaperWidth::Paper58, PaperWidth::Paper80] {
                let mut rows = layout(&receipt(language), width);
                rows.insert(0, Row::Drawer);
                let meant: Vec<PrintedRow> = rows
                    .iter()
                    .map(|row| match row.clone() {
                        Row::Text { text, style, align } => PrintedRow::Text { text, style, align },
                        Row::Qr(data) => PrintedRow::Qr { data, align: Align::Center },
                        Row::Feed(lines) => PrintedRow::Feed { lines },
                        Row::Picture(bitmap) => PrintedRow::Picture { picture: bitmap.picture(), align: Align::Center },
                        Row::Drawer => PrintedRow::Drawer,
                        Row::Cut => PrintedRow::Cut,
                    })
                    .collect();
                assert_eq!(read(&bytes(&rows)), meant);
            }
        }
    }

    #[test]
    fn a_receipt_on_58_mm() {
        let shown = plain_text(&read(&bytes(&layout(&receipt(Language::ZhCn), PaperWidth::Paper58))), 32);
        let expected = "              榕店
       福州市鼓楼区 1 号
            销售小票
          *** 重打 ***
单号 A-0007
时间 2026-03-01 09:30
收银台 1             收银员 小李
会员 王䶮 0012
--------------------------------
铁观音 Tieguanyin 250g 特级礼盒
装
  T1  2 x 30.00            54.00
  -10%
Bag
  B  1 x 0.30               0.30
--------------------------------
商品合计                   60.30
优惠                       -6.00
应收                       54.30
现金                       60.00
找零                        5.70
--------------------------------
原有积分                    1000
本次积分                      54
积分余额                    1054
================================
            谢谢惠顾
          [QR A-0007]
          *** 重打 ***



- - - - - - - - - - - - - - - -
";
        assert_eq!(shown, expected, "{shown}");
    }

    #[test]
    fn every_character_of_the_common_planes_comes_back() {
        let all = ('\u{20}'..='\u{ffff}').chain('\u{20000}'..='\u{2a6df}').filter(|ch| crate::layout::clean(&ch.to_string()) == ch.to_string());
        for ch in all {
            let row = Row::Text { text: format!("a{ch}b"), style: Style::default(), align: Align::Left };
            let PrintedRow::Text { text, .. } = &read(&bytes(&[row]))[0] else { panic!("{ch} is no text") };
            assert_eq!(text, &format!("a{ch}b"), "U+{:04x}", u32::from(ch));
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_without_harm() {
        let job = bytes(&layout(&receipt(Language::ZhCn), PaperWidth::Paper80));
        for end in 0..job.len() {
            read(&job[..end]);
        }
        assert_eq!(read(&[0x1b, b'Z']), [PrintedRow::Unknown { hex: "1b5a".into() }]);
        assert!(read(&[0x1d, b'(', b'k', 255, 255, 1]).is_empty());
    }
}
