//! Every page as a person would read it: the text that comes out of the PDF is the text that went in.

use banyan_press::{
    Adjustment, LabelPage, LabelPages, Language, Letterhead, Letters, MonthLine, MonthPage, PressFault, SaleLine, SalePage, SalePageKind, Statement,
    StatementLine, Sum,
};

/// The system's font, as `fonts-noto-cjk` puts it; face 2 writes simplified Chinese.
const NOTO: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

fn letters() -> Option<Letters> {
    let bytes = std::fs::read(NOTO).ok()?;
    Some(Letters::read([(bytes.into(), 2)]).expect("a font"))
}

fn head() -> Letterhead {
    Letterhead { shop: "青禾茶舍".into(), lines: vec!["福州市鼓楼区东街口 1 号".into(), "0591-8888 6666".into()] }
}

/// The text of a PDF without its blanks, and how many pages it has.
fn read(pdf: &[u8]) -> (String, usize) {
    keep(pdf);
    let document = lopdf::Document::load_mem(pdf).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).expect("its text");
    (bare(&text), pages.len())
}

fn bare(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

/// Keeps a page for people to look at, where a folder is named.
fn keep(pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("BANYAN_PICTURES") {
        let name = std::thread::current().name().unwrap_or("page").to_owned();
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), pdf).expect("kept");
    }
}

fn every(texts: &[&str], read: &str) {
    for text in texts {
        assert!(read.contains(&bare(text)), "{text} is missing in {read}");
    }
}

fn sale(kind: SalePageKind, language: Language) -> SalePage {
    SalePage {
        kind,
        language,
        head: head(),
        digits: 2,
        currency: "CNY".into(),
        number: "1A-000042".into(),
        time: "2026-03-10 12:00".into(),
        clerk: "阳静".into(),
        buyer: vec!["M000123 䶮龘㛃".into(), "138 0013 8000".into()],
        lines: vec![
            SaleLine { code: "0001".into(), name: "铁观音 Tieguanyin *特级* #1 $x$ [礼盒] \\ _x_".into(), qty: "2".into(), unit_minor: 6_800, sum_minor: 13_600 },
            SaleLine { code: "0026".into(), name: "龙井".into(), qty: "0.25".into(), unit_minor: 120_000, sum_minor: 30_000 },
        ],
        sums: vec![
            Sum { name: "优惠".into(), amount_minor: -600, large: false },
            Sum { name: "应收".into(), amount_minor: 1_234_567, large: true },
        ],
        footer: vec!["谢谢惠顾".into()],
    }
}

#[test]
fn a_receipt_says_what_it_was_given_and_markup_is_only_text() {
    let Some(letters) = letters() else { return };
    let (text, pages) = read(&sale(SalePageKind::Receipt, Language::ZhCn).pdf(&letters).expect("a PDF"));
    assert_eq!(pages, 1);
    every(
        &["青禾茶舍", "福州市鼓楼区东街口 1 号", "收据", "1A-000042", "阳静", "䶮龘㛃", "138 0013 8000", "*特级* #1 $x$ [礼盒] \\ _x_", "12,345.67", "−6.00", "0.25", "谢谢惠顾", "1/1"],
        &text,
    );
}

#[test]
fn a_delivery_note_has_no_prices_and_a_place_to_sign() {
    let Some(letters) = letters() else { return };
    let (text, _) = read(&sale(SalePageKind::Delivery, Language::En).pdf(&letters).expect("a PDF"));
    every(&["Delivery note", "Received: signature, date", "龙井", "0.25"], &text);
    assert!(!text.contains("12,345.67") && !text.contains("300.00"), "{text}");
}

fn statement(lines: usize, tagged: bool) -> Statement {
    let line = |at: usize| StatementLine {
        date: "2026-03-10".into(),
        order: format!("1A-{at:06}"),
        buyer: "赵青阳".into(),
        depth: 1 + (at % 3) as i64,
        base_minor: 128_000,
        rate_ppm: Some(80_000),
        amount_micro: 10_240_000_000,
        why: "直接推荐人 拿 8% · 方案第 3 版".into(),
    };
    Statement {
        language: Language::ZhCn,
        head: head(),
        digits: 2,
        currency: "CNY".into(),
        number: "S2026-03-0007".into(),
        hash: "8f2c0000deadbeef".into(),
        member_number: "M000123".into(),
        member_name: "欧阳小禾".into(),
        period: "2026-03-01 至 2026-03-31".into(),
        carried_in_micro: 330_000,
        lines: (0..lines).map(line).collect(),
        adjustments: vec![Adjustment { why: "退货 1A-000001".into(), amount_micro: -2_560_000_000 }],
        tax_minor: 1_234,
        fee_minor: 0,
        paid_minor: 28_160,
        carried_out_micro: 330_000,
        tagged,
    }
}

#[test]
fn a_statement_carries_every_line_every_sum_and_its_hash() {
    let Some(letters) = letters() else { return };
    let (text, _) = read(&statement(3, true).pdf(&letters).expect("a PDF"));
    every(
        &["佣金结算单", "欧阳小禾", "1A-000002", "赵青阳", "L3", "1,280.00", "8%", "102.40", "直接推荐人 拿 8% · 方案第 3 版", "退货 1A-000001", "−25.60", "307.20", "−12.34", "0.0033", "281.60", "8f2c0000deadbeef"],
        &text,
    );
}

#[test]
fn a_long_statement_loses_no_line_and_repeats_its_head() {
    let Some(letters) = letters() else { return };
    let long = statement(300, false);
    let pdf = long.pdf(&letters).expect("a PDF");
    let (text, pages) = read(&pdf);
    assert!(pages > 5);
    for at in 0..300 {
        assert!(text.contains(&format!("1A-{at:06}")), "{at}");
    }
    assert!(text.matches("计佣基数").count() >= pages - 1, "the head stands on every page that has lines");
}

#[test]
fn the_month_says_whether_it_is_the_ledger() {
    let Some(letters) = letters() else { return };
    let line = MonthLine {
        number: "M000007".into(),
        name: "阳青静".into(),
        rank: "金牌".into(),
        sales: 12,
        base_minor: 999_999,
        amount_micro: 1_500_000,
        payable_minor: 1,
    };
    let mut page = MonthPage {
        language: Language::ZhCn,
        head: head(),
        digits: 2,
        currency: "CNY".into(),
        period: "2026-03".into(),
        net_minor: 5_000_000,
        lines: vec![line],
        report_micro: 1_500_000,
        ledger_micro: 1_500_000,
    };
    let (text, _) = read(&page.pdf(&letters).expect("a PDF"));
    every(&["佣金月报", "阳青静", "金牌", "9,999.99", "0.015", "与账簿一致", "50,000.00"], &text);
    page.ledger_micro = 1;
    every(&["与账簿不一致"], &read(&page.pdf(&letters).expect("a PDF")).0);
}

#[test]
fn labels_are_one_to_the_page_and_as_many_as_wanted() {
    let Some(letters) = letters() else { return };
    let label = |barcode: Option<&str>| LabelPage { name: "铁观音 250g".into(), code: "0001".into(), price: "￥68.00".into(), barcode: barcode.map(Into::into) };
    for (millimetres, shelf) in [((40, 30), false), ((50, 30), true)] {
        let pages = LabelPages { millimetres, shelf, labels: vec![(label(Some("6901234567892")), 2), (label(None), 1)] };
        let (text, count) = read(&pages.pdf(&letters).expect("a PDF"));
        assert_eq!(count, 3);
        assert_eq!(text.matches("6901234567892").count(), 2);
        assert_eq!(text.matches("￥68.00").count(), 3);
    }
}

#[test]
fn a_character_that_no_font_has_is_refused_by_name() {
    let Some(letters) = letters() else { return };
    let mut page = sale(SalePageKind::Receipt, Language::ZhCn);
    page.clerk = "王\u{10FFFD}".into();
    assert_eq!(page.pdf(&letters), Err(PressFault::NoCharacter('\u{10FFFD}')));
    assert_eq!(Letters::read([(b"no font".to_vec().into(), 0)]).err(), Some(PressFault::NoFont));
}
