//! A shift's report on paper and screen, drawn from the same bytes.

use books::{NewPrint, PrintJob};
use domain::shift::CashWay;
use paper::{
    escpos,
    layout::{PaperWidth, Row},
    printer::Patience,
    reader,
    receipt::Language,
    slip::{CashSlip, CashSlipWay, DrawerSlip, ShiftSlip, TenderSlip, shift_rows},
};

use crate::{
    failure::Failure, fonts, house::Shop, menu::Call, printers::Printer, prints, settings::Settings, shifts::ShiftReport, world::clock_time,
};

/// Fills the report's rows, and prints them where asked: `Some(false)` the first time, `Some(true)` once more, marked as a copy.
pub async fn put_on_paper(call: &Call<'_>, shop: &Shop, report: &mut ShiftReport, print: Option<bool>) -> Result<(), Failure> {
    let settings = shop.settings().await;
    let slip = slip(call, shop, &settings, report, print == Some(true));
    let width = settings.printer.as_ref().map_or(PaperWidth::default(), |printer| printer.paper);
    let bytes = bytes_for(settings.printer.as_ref(), &shift_rows(&slip, width))?;
    report.rows = reader::read(&escpos::bytes(&shift_rows(&slip, width)));
    if print.is_some() && settings.printer.is_some() {
        let print = NewPrint {
            what: "receipt",
            title: report.row.number.clone().unwrap_or_else(|| format!("X {}", report.row.till)),
            job: PrintJob::Bytes(bytes),
            printer: prints::RECEIPT.into(),
            copy: slip.copy,
            drawer: false,
            at_ms: call.house.world.now_ms(),
        };
        prints::queue(call.house, shop, print).await?;
        report.printing = true;
    }
    Ok(())
}

/// The report as the printer wants it: letters, or one picture where it has no Chinese letters.
fn bytes_for(printer: Option<&Printer>, rows: &[Row]) -> Result<Vec<u8>, Failure> {
    match printer.filter(|printer| printer.picture) {
        Some(printer) => fonts::with_letters(|font| escpos::picture_bytes(rows, printer.paper, font)),
        None => Ok(escpos::bytes(rows)),
    }
}

/// Opens the drawer where the shop has one on its printer: now or not at all, never minutes later when a printer comes back.
pub async fn kick(shop: &Shop) {
    if let Some(printer) = shop.settings().await.printer.clone().filter(|printer| printer.drawer) {
        let bytes = escpos::bytes(&[Row::Drawer]);
        // A drawer that stays shut is opened with its key; nothing was recorded wrongly by it.
        drop(tokio::task::spawn_blocking(move || paper::printer::print(&printer.way(), &bytes, Patience::default())));
    }
}

fn slip(call: &Call<'_>, shop: &Shop, settings: &Settings, report: &ShiftReport, again: bool) -> ShiftSlip {
    let chinese = shop.info.language.starts_with("zh");
    let (row, figures, closed) = (&report.row, &report.figures, report.closed.as_ref());
    let cash = figures.tenders.iter().find(|(kind, _, _)| kind == "cash");
    let moves = figures.moves.iter().map(|moved| {
        let way = match CashWay::parse(&moved.way) {
            Some(CashWay::In) => CashSlipWay::In,
            Some(CashWay::Safe) => CashSlipWay::Safe,
            Some(CashWay::Out) | None => CashSlipWay::Out,
        };
        let amount_minor = if way == CashSlipWay::In { moved.amount_minor } else { -moved.amount_minor };
        CashSlip { way, reason: moved.reason.clone(), amount_minor }
    });
    let drawer = (!report.blind).then(|| DrawerSlip {
        float_minor: row.float_minor,
        taken_minor: cash.map_or(0, |(_, took, _)| *took),
        given_minor: cash.map_or(0, |(_, _, gave)| *gave),
        moves: moves.collect(),
        expected_minor: closed.map_or(figures.drawer_minor, |closed| closed.expected_minor),
        counted_minor: closed.map(|closed| closed.counted_minor),
        pieces: closed.map(|closed| closed.cash.iter().map(|counted| (counted.value_minor, counted.pieces)).collect()).unwrap_or_default(),
    });
    let tenders = match closed {
        Some(closed) => closed.tenders.iter().map(|tender| (tender.kind.as_str(), tender.expected_minor, tender.counted_minor)).collect::<Vec<_>>(),
        None => figures.tenders.iter().filter(|(kind, _, _)| kind != "cash").map(|(kind, took, gave)| (kind.as_str(), took + gave, None)).collect(),
    };
    let now = || (clock_time(call.house.world.now_ms(), &shop.zone), call.session.as_ref().map(|session| session.name.clone()).unwrap_or_default());
    ShiftSlip {
        language: if chinese { Language::ZhCn } else { Language::En },
        digits: shop.info.minor_digits,
        copy: again && row.number.is_some(),
        shop: shop.info.name.clone(),
        till: row.till.clone(),
        number: row.number.clone(),
        opened: (clock_time(row.opened_at_ms, &shop.zone), row.opened_name.clone()),
        until: row.closed_at_ms.map_or_else(now, |at_ms| (clock_time(at_ms, &shop.zone), row.closed_name.clone().unwrap_or_default())),
        receipts: figures.receipts,
        net_minor: figures.net_minor,
        discount_minor: figures.discount_minor,
        tax_minor: figures.tax_minor,
        owed_minor: figures.owed_minor,
        drawer,
        tenders: tenders
            .into_iter()
            .map(|(kind, expected_minor, counted_minor)| TenderSlip { name: settings.tender_name(kind, chinese), expected_minor, counted_minor })
            .collect(),
        reason: closed.and_then(|closed| closed.reason.clone()),
    }
}
