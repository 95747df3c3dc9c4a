//! Papers of A4 as PDF. Invariant: values in, bytes out; the only room that knows Typst. Nothing is fetched and nothing is read but the letters of this
//! machine; no figure is worked out here, and a character that no font has is refused by name.
//!
//! `data.rs` writes a paper out as the texts of its template, `setting.rs` is the little world in which Typst sets it, `templates/` the look.

mod data;
mod figures;
mod setting;

use std::sync::OnceLock;

use paper::{
    fonts::{cover, fonts},
    press::{Paper, Press, PressFault},
};
use typst::text::Font;

/// Sets papers with the letters of this machine, which are looked for at the first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typesetter;

impl Press for Typesetter {
    fn press(&self, paper: &Paper) -> Result<Vec<u8>, PressFault> {
        let (texts, letters) = ready(paper)?;
        setting::pdf(paper, texts, letters)
    }

    fn picture(&self, paper: &Paper) -> Result<Vec<u8>, PressFault> {
        let (texts, letters) = ready(paper)?;
        setting::png(paper, texts, letters)
    }
}

/// A paper's texts and this machine's letters, which have every character of them.
fn ready(paper: &Paper) -> Result<(serde_json::Value, &'static [Font]), PressFault> {
    // Kept for good: what is known of a letter's shape goes by the bytes of its font, which are many.
    static LETTERS: OnceLock<Vec<Font>> = OnceLock::new();
    let fonts = fonts()?;
    let texts = data::of(paper);
    let mut all = String::new();
    gather(&texts, &mut all);
    cover(fonts, &all)?;
    Ok((texts, LETTERS.get_or_init(|| setting::letters(fonts))))
}

/// Every text of a value, one after the other.
fn gather(value: &serde_json::Value, into: &mut String) {
    match value {
        serde_json::Value::String(text) => {
            into.push_str(text);
            into.push('\n');
        }
        serde_json::Value::Array(all) => all.iter().for_each(|one| gather(one, into)),
        serde_json::Value::Object(all) => all.values().for_each(|one| gather(one, into)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use paper::{
        picture::Picture,
        press::{Letterhead, Sheet, StatementPaper, StatementPaperLine},
        receipt::{Language, Receipt, ReceiptLine, ReceiptPoints, ReceiptTender, ReceiptTotal, TotalKind},
    };
    use serde_json::json;

    use super::*;

    fn paper(language: Language, sheet: Sheet) -> Paper {
        let letterhead = Letterhead {
            shop: "榕店 Banyan & Co. #1 *_$@".into(),
            lines: vec!["上海市 青浦路 18 号".into(), "Tel. 021-5555".into()],
            logo: Some(Picture { width: 16, height: 2, dots: "ff00aa55".into() }),
            footer: vec!["谢谢惠顾 Thank you!".into()],
        };
        Paper { language, currency: "CNY".into(), letterhead, title: "榕店 A-7".into(), keywords: vec!["one".into()], tagged: true, sheet }
    }

    fn receipt(language: Language, lines: usize) -> Box<Receipt> {
        let names = ["䶮㛃龘 阳青静 龙井茶", "Crème brûlée №5 <b> \\n #let x = 1 [y] $z$", "﨑 峯 塚 — “quoted” … 50%"];
        let line = |place: usize| ReceiptLine {
            name: format!("{} {place}", names[place % 3]),
            code: format!("C{place:04}"),
            qty: "0.25".into(),
            unit_minor: 1_234_567,
            sum_minor: 308_642,
            note: place.is_multiple_of(2).then(|| "会员价 金卡；手工优惠 -1.00".into()),
        };
        Box::new(Receipt {
            language,
            digits: 2,
            number: "A-0007".into(),
            time: "2026-03-10 12:00".into(),
            clerk: "王芳".into(),
            member: Some("欧阳静 M0002".into()),
            lines: (0..lines).map(line).collect(),
            totals: vec![ReceiptTotal { kind: TotalKind::Discount, amount_minor: -100 }, ReceiptTotal { kind: TotalKind::Due, amount_minor: 99_900 }],
            tenders: vec![ReceiptTender { name: "微信支付".into(), amount_minor: 99_900 }],
            points: Some(ReceiptPoints { earned: 10, spent: 3, balance: 47, locked: 8 }),
            ..Receipt::default()
        })
    }

    fn statement() -> StatementPaper {
        let line = StatementPaperLine {
            date: "2026-03-10".into(),
            number: "A-0007".into(),
            origin: None,
            buyer: Some("赵㛃".into()),
            depth: 1,
            rule: "levels".into(),
            base_minor: 9_999,
            rate_ppm: Some(83_000),
            amount_micro: 829_917_000,
            why: json!({"way": "rate", "base": "99.99", "rate": "0.083"}),
            of_month: false,
            cut: false,
            late: false,
            before_micro: None,
        };
        let late = StatementPaperLine { amount_micro: -1, late: true, before_micro: Some(5), cut: true, of_month: true, ..line.clone() };
        StatementPaper {
            number: "2026-03-00001-2".into(),
            month: "2026-03".into(),
            round: 2,
            issued: "2026-04-01".into(),
            digits: 2,
            member: "林大".into(),
            member_number: "M0001".into(),
            opening_micro: 17,
            earned_micro: 829_917_000,
            adjusted_micro: -1,
            payable_minor: 829,
            tax_minor: 3,
            net_minor: 826,
            closing_micro: -917_016,
            earned: vec![line; 70],
            adjusted: vec![late],
            hash: "0123456789abcdef".repeat(4),
        }
    }

    fn bare(text: &str) -> String {
        text.chars().filter(|ch| !ch.is_whitespace()).collect()
    }

    /// Insists that every text of the paper is read out of its file again.
    fn whole(paper: &Paper) -> String {
        let bytes = Typesetter.press(paper).unwrap();
        assert_eq!(Typesetter.press(paper).unwrap(), bytes, "the same paper gives the same bytes");
        let read = bare(&pdf_extract::extract_text_from_mem(&bytes).unwrap());
        let mut texts = data::of(paper);
        // Not printed as they stand: the language, the pattern of the page numbers, sums of a section that is empty.
        for name in ["lang", "region", "page", "none"] {
            texts.as_object_mut().unwrap().remove(name);
        }
        let mut all = String::new();
        gather(&texts, &mut all);
        for text in all.lines().map(bare) {
            // A long text may be parted by the end of a line, and the reader may put the rest of the row between: then its characters count.
            let found = read.contains(&text) || text.chars().all(|ch| read.contains(ch));
            assert!(found, "{text} is not in {read}");
        }
        read
    }

    #[test]
    fn every_character_of_a_paper_is_read_out_of_its_file_again() {
        if fonts().is_err() {
            return;
        }
        for language in [Language::ZhCn, Language::En] {
            let read = whole(&paper(language, Sheet::Receipt(receipt(language, 90))));
            // Nothing is lost where a table goes over the end of a page.
            for place in 0..90 {
                assert!(read.contains(&format!("C{place:04}")), "line {place}");
            }
            assert_eq!(read.matches("12,345.67").count(), 90);
            assert_eq!(read.matches("䶮㛃龘阳青静").count(), 30);
            whole(&paper(language, Sheet::Delivery(receipt(language, 3))));
            let two = whole(&paper(language, Sheet::Statements(vec![statement(), StatementPaper { number: "2026-03-00002".into(), ..statement() }])));
            assert_eq!(two.matches("99.99×8.3%").count(), 142, "every amount has its formula");
        }
    }

    #[test]
    fn a_phone_reads_the_code_off_the_picture_of_a_poster() {
        if fonts().is_err() {
            return;
        }
        let poster = paper::press::Poster { name: "王小明".into(), code: "R0WP8BEW0JWT".into() };
        let picture = Typesetter.picture(&paper(Language::ZhCn, Sheet::Poster(poster))).expect("a picture");
        let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info().expect("a PNG");
        let mut dots = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut dots).expect("a frame");
        let step = info.color_type.samples();
        let luma: Vec<u8> = dots.chunks_exact(step).map(|dot| dot[0]).collect();
        assert!(info.width > 1000 && info.height > info.width);
        let found = rxing::helpers::detect_in_luma(luma, info.width, info.height, Some(rxing::BarcodeFormat::QR_CODE)).expect("a code");
        assert_eq!(found.getText(), "R0WP8BEW0JWT");
    }

    #[test]
    fn what_a_person_typed_is_text_and_never_a_command() {
        if fonts().is_err() {
            return;
        }
        let mut wild = receipt(Language::En, 1);
        wild.lines[0].name = "#panic(\"x\") = head \\ // /* $ @a <b> `c` ~".into();
        let read = whole(&paper(Language::En, Sheet::Receipt(wild)));
        assert!(read.contains("#panic(\"x\")=head\\///*$@a<b>`c`~"), "{read}");
    }

    #[test]
    fn a_character_without_a_letter_is_named() {
        if fonts().is_err() {
            return;
        }
        let mut lacking = receipt(Language::En, 1);
        lacking.clerk = "王\u{10FFFD}".into();
        let fault = Typesetter.press(&paper(Language::En, Sheet::Receipt(lacking))).unwrap_err();
        assert!(matches!(fault, PressFault::Font(paper::fonts::FontFault::NoCharacter { character: '\u{10FFFD}', .. })), "{fault:?}");
    }
}
