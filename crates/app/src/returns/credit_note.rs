//! From a recorded return to paper: the credit note, with the number of the sale it belongs to.

use books::{NewPrint, PrintJob};
use domain::{
    ids::{EntryId, SaleId},
    returns::{ReturnedTo, SaleReturned},
};
use paper::{
    reader::PrintedRow,
    receipt::{Language, Receipt, ReceiptKind, ReceiptLine, ReceiptPoints, ReceiptTender, ReceiptTotal, TotalKind},
};

use super::ReturnReceipt;
use crate::{
    failure::Failure,
    house::{House, Shop},
    menu::Call,
    prints,
    receipt::{header, logo, page_bytes, quantity},
    settings::Settings,
    world::clock_time,
};

/// The answer to the till.
pub async fn answer(call: &Call<'_>, shop: &Shop, returned: SaleReturned, first: bool) -> Result<ReturnReceipt, Failure> {
    let printing = first && shop.settings().await.printer.is_some();
    let rows = rows(call, shop, &returned, false).await?;
    if printing {
        call.house.spool.wake();
    }
    Ok(ReturnReceipt { returned, rows, printing })
}

/// The print that belongs to a return, to be queued with it; `None` where the shop has no printer.
pub fn print_of(settings: &Settings, returned: &SaleReturned, at_ms: i64) -> Option<NewPrint> {
    let printer = settings.printer.as_ref()?;
    let drawer = printer.drawer && returned.refunds.iter().any(|refund| settings.opens_drawer(&refund.kind));
    Some(NewPrint {
        what: "receipt",
        title: returned.number.clone(),
        job: PrintJob::Sale(SaleId(returned.returned.0)),
        printer: prints::RECEIPT.into(),
        copy: false,
        drawer,
        at_ms,
    })
}

/// The same once more, marked as a copy.
pub async fn reprinted(call: &Call<'_>, shop: &Shop, returned: SaleReturned) -> Result<ReturnReceipt, Failure> {
    let settings = shop.settings().await;
    let printing = settings.printer.is_some();
    if let Some(print) = print_of(&settings, &returned, call.house.world.now_ms()) {
        prints::queue(call.house, shop, NewPrint { copy: true, drawer: false, ..print }).await?;
    }
    let rows = rows(call, shop, &returned, true).await?;
    Ok(ReturnReceipt { returned, rows, printing })
}

/// The credit note's rows for the screen; as text where a picture's letters are missing.
pub async fn rows(call: &Call<'_>, shop: &Shop, returned: &SaleReturned, copy: bool) -> Result<Vec<PrintedRow>, Failure> {
    let printer = shop.settings().await.printer.clone();
    let note = note_of(call.house, shop, returned, copy).await?;
    let bytes = page_bytes(&note, printer.as_ref(), false).or_else(|_| page_bytes(&note, None, false))?;
    Ok(paper::reader::read(&bytes))
}

/// What the credit note says.
pub async fn note_of(house: &House, shop: &Shop, returned: &SaleReturned, copy: bool) -> Result<Receipt, Failure> {
    let settings = shop.settings().await;
    let stored = shop.books.entry(EntryId(returned.returned.0)).await?;
    let at_ms = stored.as_ref().map_or_else(|| house.world.now_ms(), |stored| stored.entry.5.0);
    let actor = stored.and_then(|stored| stored.entry.7);
    let people = shop.books.people().await?;
    let clerk = people.into_iter().find(|row| Some(row.person) == actor).map(|row| row.name).unwrap_or_default();
    let member = match returned.member {
        Some(member) => shop.books.member(member).await?.map(|sheet| sheet.row),
        None => None,
    };
    let language = shop.language().await;
    let chinese = language == Language::ZhCn;
    let given: i64 = returned.refunds.iter().map(|refund| refund.amount_minor).sum();
    let mut totals = Vec::new();
    if returned.tax_minor != 0 {
        let included = returned.refund_minor == returned.goods_minor;
        totals.push(ReceiptTotal { kind: if included { TotalKind::TaxIncluded } else { TotalKind::TaxAdded }, amount_minor: returned.tax_minor });
    }
    if returned.rounding_minor != 0 {
        totals.push(ReceiptTotal { kind: TotalKind::Rounding, amount_minor: returned.rounding_minor });
    }
    totals.push(ReceiptTotal { kind: TotalKind::Refund, amount_minor: given });
    let line = |line: &domain::returns::ReturnedLine| ReceiptLine {
        name: line.name.clone(),
        code: line.code.clone(),
        qty: quantity(line.qty_milli),
        unit_minor: line.unit_minor,
        sum_minor: line.net_minor,
        note: (line.to == ReturnedTo::Damaged).then(|| if chinese { "已损坏" } else { "damaged" }.to_owned()),
    };
    let balance_minor = member.as_ref().filter(|_| returned.refunds.iter().any(|refund| refund.kind == "balance")).map(|row| row.balance_minor);
    let given_to = returned.refunds.iter().filter_map(|refund| refund.voucher.as_ref().map(|voucher| (voucher.voucher, voucher.made)));
    Ok(Receipt {
        language,
        digits: shop.info.minor_digits,
        kind: ReceiptKind::Return,
        copy,
        logo: logo(&settings),
        shop: settings.shop_name.clone(),
        header: header(&settings, chinese),
        till: returned.till.clone(),
        number: returned.number.clone(),
        origin: returned.sale_number.clone(),
        time: clock_time(at_ms, &shop.zone),
        clerk,
        member: member.as_ref().map(|row| format!("{} {}", row.card.name, row.number)),
        lines: returned.lines.iter().map(line).collect(),
        totals,
        tenders: returned
            .refunds
            .iter()
            .map(|refund| ReceiptTender { name: settings.tender_name(&refund.kind, chinese), amount_minor: refund.amount_minor })
            .collect(),
        change_minor: None,
        points: member.map(|row| ReceiptPoints {
            earned: returned.points_expired - returned.points_taken,
            spent: -returned.points_given,
            balance: row.points + row.points_locked,
            locked: row.points_locked,
        }),
        balance_minor,
        vouchers: crate::vouchers::left_on(house, shop, given_to).await?,
        footer: settings.receipt_footer.clone(),
    })
}
