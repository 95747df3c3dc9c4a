//! A receipt as rows of cells. A cell is the width of one Latin letter; a Chinese character takes two, on paper and here.

use crate::{
    amount::amount_text,
    picture::Bitmap,
    receipt::{Language, Receipt, ReceiptKind, ReceiptLine, ReceiptPoints, ReceiptVoucher, TotalKind},
    words::{ReceiptWords, Word},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Width of the paper roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaperWidth {
    /// 58 mm: 384 dots, 32 cells.
    Paper58,
    /// 80 mm: 576 dots, 48 cells.
    #[default]
    Paper80,
}

impl PaperWidth {
    /// Cells in a row of letters of normal size.
    pub fn cells(self) -> usize {
        match self {
            Self::Paper58 => 32,
            Self::Paper80 => 48,
        }
    }

    /// Dots across.
    pub fn dots(self) -> usize {
        self.cells() * 12
    }
}

/// Where a row stands on the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
}

/// How a row's letters look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Style {
    /// Heavy strokes.
    pub bold: bool,
    /// Letters twice as wide.
    pub wide: bool,
    /// Letters twice as high.
    pub tall: bool,
}

/// One thing that the printer does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A line of text, no wider than the paper.
    Text {
        /// Already padded into columns and free of control characters.
        text: String,
        /// Its look.
        style: Style,
        /// Its place.
        align: Align,
    },
    /// A QR code in the middle.
    Qr(String),
    /// A picture in the middle.
    Picture(Bitmap),
    /// Empty lines.
    Feed(u8),
    /// Opens the cash drawer.
    Drawer,
    /// Cuts the paper.
    Cut,
}

const PLAIN: Style = Style { bold: false, wide: false, tall: false };
const BOLD: Style = Style { bold: true, wide: false, tall: false };
const LARGE: Style = Style { bold: true, wide: true, tall: true };

/// Lays the receipt out for paper of that width. The result ends with a cut and opens no drawer; see [`Row::Drawer`].
pub fn layout(receipt: &Receipt, width: PaperWidth) -> Vec<Row> {
    let mut page = page(width, receipt.language, receipt.digits);
    page.head(receipt);
    page.rule('-');
    for line in &receipt.lines {
        page.line(line);
    }
    if !receipt.lines.is_empty() {
        page.rule('-');
    }
    page.sums(receipt);
    if receipt.points.is_some() || receipt.balance_minor.is_some() {
        page.rule('-');
    }
    if let Some(points) = receipt.points {
        page.points(points);
    }
    if let Some(balance) = receipt.balance_minor {
        let left = page.money(balance);
        page.columns(page.words.say(Word::Balance), &left, PLAIN);
    }
    for voucher in &receipt.vouchers {
        page.voucher(voucher);
    }
    page.foot(receipt);
    page.rows
}

/// The printed name of a sum.
pub fn total_name(kind: TotalKind, language: Language) -> &'static str {
    ReceiptWords::of(language).say(word_of(kind))
}

/// The printed name of the change.
pub fn change_name(language: Language) -> &'static str {
    ReceiptWords::of(language).say(Word::Change)
}

fn word_of(kind: TotalKind) -> Word {
    match kind {
        TotalKind::Goods => Word::Goods,
        TotalKind::Discount => Word::Discount,
        TotalKind::PointsOffset => Word::PointsOffset,
        TotalKind::TaxIncluded => Word::TaxIncluded,
        TotalKind::TaxAdded => Word::TaxAdded,
        TotalKind::Rounding => Word::Rounding,
        TotalKind::Due => Word::Due,
        TotalKind::Refund => Word::Refund,
        TotalKind::PaidIn => Word::TopUp,
        TotalKind::Bonus => Word::Bonus,
        TotalKind::Withheld => Word::Withheld,
    }
}

/// An empty page; [`Page::end`] gives its rows.
pub(crate) fn page(width: PaperWidth, language: Language, digits: u8) -> Page {
    Page { cells: width.cells(), words: ReceiptWords::of(language), digits, rows: Vec::new() }
}

/// Paper being filled from the top.
pub(crate) struct Page {
    cells: usize,
    words: ReceiptWords,
    digits: u8,
    rows: Vec<Row>,
}

impl Page {
    fn head(&mut self, receipt: &Receipt) {
        // A logo that cannot be read is left out: a receipt without it is still a receipt.
        if let Some(logo) = receipt.logo.as_ref().and_then(|logo| Bitmap::try_from(logo).ok()).filter(|logo| logo.width() <= self.cells * 12) {
            self.rows.push(Row::Picture(logo));
        }
        self.centered(&receipt.shop, LARGE);
        for text in &receipt.header {
            self.centered(text, PLAIN);
        }
        let title = match receipt.kind {
            ReceiptKind::Sale => Word::Sale,
            ReceiptKind::Return => Word::Return,
            ReceiptKind::TopUp => Word::TopUp,
            ReceiptKind::TopUpRefund => Word::TopUpRefund,
            ReceiptKind::Voucher => Word::Voucher,
        };
        self.centered(self.words.say(title), BOLD);
        if receipt.copy {
            self.centered(self.words.say(Word::Copy), BOLD);
        }
        let number = self.words.say_with(Word::Number, &receipt.number);
        self.wrapped(&number);
        if let Some(origin) = &receipt.origin {
            self.wrapped(&self.words.say_with(Word::Origin, origin));
        }
        self.wrapped(&self.words.say_with(Word::Time, &receipt.time));
        let till = Some(receipt.till.as_str()).filter(|till| !till.is_empty()).map(|till| self.words.say_with(Word::Till, till));
        let clerk = self.words.say_with(Word::Clerk, &receipt.clerk);
        match till {
            Some(till) => self.columns(&till, &clerk, PLAIN),
            None => self.wrapped(&clerk),
        }
        if let Some(member) = &receipt.member {
            self.wrapped(&self.words.say_with(Word::Member, member));
        }
    }

    fn line(&mut self, line: &ReceiptLine) {
        self.wrapped(&line.name);
        let how = format!("  {}  {} x {}", line.code, line.qty, self.money(line.unit_minor));
        self.columns(&how, &self.money(line.sum_minor), PLAIN);
        if let Some(note) = &line.note {
            self.wrapped(&format!("  {note}"));
        }
    }

    fn sums(&mut self, receipt: &Receipt) {
        for total in &receipt.totals {
            let style = if matches!(total.kind, TotalKind::Due | TotalKind::Refund) { LARGE } else { PLAIN };
            self.columns(self.words.say(word_of(total.kind)), &self.money(total.amount_minor), style);
        }
        for tender in &receipt.tenders {
            self.columns(&tender.name, &self.money(tender.amount_minor), PLAIN);
        }
        if let Some(change) = receipt.change_minor {
            self.columns(self.words.say(Word::Change), &self.money(change), PLAIN);
        }
    }

    fn points(&mut self, points: ReceiptPoints) {
        let before = points.balance - points.earned + points.spent;
        let lines = [
            // What nobody had, and what did not change, needs no line.
            (Word::PointsBefore, if before == points.balance { 0 } else { before }),
            (Word::PointsSpent, points.spent),
            (Word::PointsEarned, points.earned),
            (Word::PointsBalance, points.balance),
            (Word::PointsLocked, points.locked),
        ];
        for (word, amount) in lines {
            if amount != 0 || word == Word::PointsBalance {
                self.columns(self.words.say(word), &amount.to_string(), PLAIN);
            }
        }
    }

    fn voucher(&mut self, voucher: &ReceiptVoucher) {
        self.rule('-');
        let code = clean(&voucher.code);
        let left = self.money(voucher.left_minor);
        if voucher.to_show {
            self.centered(self.words.say(Word::Voucher), BOLD);
            self.centered(&left, LARGE);
            let signs: Vec<char> = code.chars().collect();
            let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
            self.centered(&groups.join(" "), BOLD);
        } else {
            let end: String = code.chars().skip(code.chars().count().saturating_sub(4)).collect();
            self.columns(&self.words.say_with(Word::VoucherLeft, &end), &left, PLAIN);
        }
        if let Some(last) = &voucher.expires {
            let until = self.words.say_with(Word::ValidUntil, last);
            if voucher.to_show { self.centered(&until, PLAIN) } else { self.wrapped(&until) }
        }
        if voucher.to_show && !code.is_empty() {
            self.rows.push(Row::Qr(code));
        }
    }

    fn foot(&mut self, receipt: &Receipt) {
        self.rule('=');
        for text in &receipt.footer {
            self.centered(text, PLAIN);
        }
        let number = clean(&receipt.number);
        // Where the paper is a voucher, its own code is the one to scan.
        if !number.is_empty() && !receipt.vouchers.iter().any(|voucher| voucher.to_show) {
            self.rows.push(Row::Qr(number));
        }
        if receipt.copy {
            self.centered(self.words.say(Word::Copy), BOLD);
        }
        self.rows.extend([Row::Feed(3), Row::Cut]);
    }

    /// What the page shows so far, with room to tear it off.
    pub(crate) fn end(mut self) -> Vec<Row> {
        self.rows.extend([Row::Feed(3), Row::Cut]);
        self.rows
    }

    pub(crate) fn say(&self, word: Word) -> &'static str {
        self.words.say(word)
    }

    pub(crate) fn say_with(&self, word: Word, value: &str) -> String {
        self.words.say_with(word, value)
    }

    pub(crate) fn plain(&self) -> Style {
        PLAIN
    }

    pub(crate) fn bold(&self) -> Style {
        BOLD
    }

    pub(crate) fn large(&self) -> Style {
        LARGE
    }

    pub(crate) fn money(&self, minor: i64) -> String {
        amount_text(i128::from(minor), self.digits)
    }

    pub(crate) fn rule(&mut self, mark: char) {
        let text = String::from(mark).repeat(self.cells);
        self.rows.push(Row::Text { text, style: PLAIN, align: Align::Left });
    }

    pub(crate) fn wrapped(&mut self, text: &str) {
        for text in wrap(&clean(text), self.cells) {
            self.rows.push(Row::Text { text, style: PLAIN, align: Align::Left });
        }
    }

    pub(crate) fn centered(&mut self, text: &str, style: Style) {
        for text in wrap(&clean(text), self.room(style)) {
            self.rows.push(Row::Text { text, style, align: Align::Center });
        }
    }

    /// Left text and right text on one row; the left wraps onto rows above when both do not fit.
    pub(crate) fn columns(&mut self, left: &str, right: &str, style: Style) {
        let (left, right) = (clean(left), clean(right));
        let room = self.room(style);
        let mut texts = if width_of(&left) + 1 + width_of(&right) <= room { vec![left] } else { wrap(&left, room) };
        let last = texts.pop().unwrap_or_default();
        for text in texts {
            self.rows.push(Row::Text { text, style, align: Align::Left });
        }
        if width_of(&last) + 1 + width_of(&right) <= room {
            let gap = " ".repeat(room - width_of(&last) - width_of(&right));
            self.rows.push(Row::Text { text: format!("{last}{gap}{right}"), style, align: Align::Left });
            return;
        }
        self.rows.push(Row::Text { text: last, style, align: Align::Left });
        for text in wrap(&right, room) {
            self.rows.push(Row::Text { text, style, align: Align::Right });
        }
    }

    fn room(&self, style: Style) -> usize {
        if style.wide { self.cells / 2 } else { self.cells }
    }
}

/// Cells that the text takes: one per ASCII character, two for every other, as printers in Chinese mode draw them.
pub fn width_of(text: &str) -> usize {
    text.chars().map(cells_of).sum()
}

fn cells_of(ch: char) -> usize {
    if ch.is_ascii() { 1 } else { 2 }
}

/// The text that paper can carry: control, direction, zero-width and private characters are gone, tabs and line ends are spaces, and signs whose
/// GB18030 form is four bytes long, which many printers lack, become their two-byte twins.
pub fn clean(text: &str) -> String {
    let kept = text.chars().filter_map(|ch| match ch {
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' => None,
        '¥' => Some('￥'),
        '£' => Some('￡'),
        ch if ch.is_control() => None,
        ch => Some(ch),
    });
    kept.collect()
}

/// Breaks the text into rows of at most `room` cells: after a space where there is one, between Chinese characters, inside a word only where
/// the word alone is too long. An empty text is no row.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    for piece in pieces(text.trim_end()) {
        if !row.is_empty() && width_of(&row) + width_of(piece.trim_end()) > room {
            rows.push(std::mem::take(&mut row).trim_end().to_owned());
        }
        for ch in piece.chars() {
            if width_of(&row) + cells_of(ch) > room {
                rows.push(std::mem::take(&mut row).trim_end().to_owned());
                if ch == ' ' {
                    continue;
                }
            }
            row.push(ch);
        }
    }
    if !row.trim_end().is_empty() {
        rows.push(row.trim_end().to_owned());
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// The unbreakable pieces of the text: words with the spaces after them, single Chinese characters.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut before) = (0, None::<char>);
    for (at, ch) in text.char_indices() {
        let breaks = before.is_some_and(|before| (before == ' ' && ch != ' ') || !before.is_ascii() || !ch.is_ascii());
        if breaks && at > start {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(ch);
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_at_spaces_and_between_chinese_characters() {
        assert_eq!(wrap("WHITE HANGING HEART", 13), ["WHITE HANGING", "HEART"]);
        assert_eq!(wrap("有机铁观音茶叶", 5), ["有机", "铁观", "音茶", "叶"]);
        assert_eq!(wrap("ABCDEFGH", 3), ["ABC", "DEF", "GH"]);
        assert_eq!(wrap("  2 x 3.00", 20), ["  2 x 3.00"]);
        assert!(wrap("", 5).is_empty());
    }

    #[test]
    fn no_row_is_wider_than_its_room_and_no_letter_is_lost() {
        let text = "绿茶 Green tea 500g 特级ABC(新) long-unbroken-word-of-many-letters 完";
        for room in 2..=50 {
            let rows = wrap(text, room);
            assert!(rows.iter().all(|row| width_of(row) <= room), "{room}: {rows:?}");
            assert_eq!(rows.concat().replace(' ', ""), text.replace(' ', ""), "{room}");
        }
    }

    #[test]
    fn nothing_a_printer_would_obey_survives() {
        assert_eq!(clean("a\u{1b}@b\u{10}\u{4}c\u{7f}\u{85}\td\u{202e}e\u{200b}"), "a@bc d".to_owned() + "e");
        assert_eq!(clean("¥5 £3"), "￥5 ￡3");
    }

    #[test]
    fn sums_too_long_for_one_row_are_kept_whole() {
        let mut receipt = Receipt { digits: 2, ..Receipt::default() };
        let line = ReceiptLine { name: "茶".into(), code: "C".repeat(30), qty: "1".into(), unit_minor: 1, sum_minor: i64::MIN, note: None };
        receipt.lines.push(line);
        for width in [PaperWidth::Paper58, PaperWidth::Paper80] {
            let rows = layout(&receipt, width);
            let texts: Vec<&str> = rows.iter().filter_map(|row| if let Row::Text { text, .. } = row { Some(text.as_str()) } else { None }).collect();
            assert!(texts.iter().any(|text| text.ends_with("-92233720368547758.08")), "{texts:?}");
            assert!(texts.iter().all(|text| width_of(text) <= width.cells()));
        }
    }
}
