//! From a recorded sale to paper. A sale never waits for a printer.

use books::{NewPrint, PrintJob};
use domain::{
    fact::Fact,
    ids::{EntryId, SaleId},
    pricing::UnitPriceWhy,
    sale::{OffBy, SaleRecorded, SoldLine},
};
use paper::{
    layout::{Row, layout},
    picture::Picture,
    reader::PrintedRow,
    receipt::{Language, Receipt, ReceiptKind, ReceiptLine, ReceiptPoints, ReceiptTender, ReceiptTotal, TotalKind},
};

use crate::{
    failure::{Failure, not_found},
    fonts,
    house::{House, Shop},
    menu::Call,
    printers::Printer,
    prints,
    sales::SaleReceipt,
    settings::Settings,
    world::clock_time,
};

/// The answer to the till.
pub async fn answer(call: &Call<'_>, shop: &Shop, sale: SaleRecorded, first: bool) -> Result<SaleReceipt, Failure> {
    let printing = first && shop.settings().await.printer.is_some();
    let rows = rows(call, shop, &sale, false).await?;
    if printing {
        call.house.spool.wake();
    }
    Ok(SaleReceipt { sale, rows, printing })
}

/// The print that belongs to a sale, to be queued with it; `None` where the shop has no printer.
pub fn print_of(settings: &Settings, sale: &SaleRecorded, at_ms: i64) -> Option<NewPrint> {
    let printer = settings.printer.as_ref()?;
    let drawer = printer.drawer && sale.tenders.iter().any(|tender| settings.opens_drawer(&tender.kind));
    Some(NewPrint {
        what: "receipt",
        title: sale.number.clone(),
        job: PrintJob::Sale(sale.sale),
        printer: prints::RECEIPT.into(),
        copy: false,
        drawer,
        at_ms,
    })
}

/// The same once more, marked as a copy.
pub async fn reprinted(call: &Call<'_>, shop: &Shop, sale: SaleRecorded) -> Result<SaleReceipt, Failure> {
    let settings = shop.settings().await;
    let printing = settings.printer.is_some();
    if let Some(print) = print_of(&settings, &sale, call.house.world.now_ms()) {
        prints::queue(call.house, shop, NewPrint { copy: true, drawer: false, ..print }).await?;
    }
    let rows = rows(call, shop, &sale, true).await?;
    Ok(SaleReceipt { sale, rows, printing })
}

/// The receipt's rows for the screen, read from the printer's own bytes. A printer that wants a picture has one; without the letters for it the
/// rows are shown as text, so that a missing font stands in nobody's way here.
pub async fn rows(call: &Call<'_>, shop: &Shop, sale: &SaleRecorded, copy: bool) -> Result<Vec<PrintedRow>, Failure> {
    let printer = shop.settings().await.printer.clone();
    let receipt = receipt_of(call.house, shop, sale, copy).await?;
    let bytes = page_bytes(&receipt, printer.as_ref(), false).or_else(|_| page_bytes(&receipt, None, false))?;
    Ok(paper::reader::read(&bytes))
}

/// The bytes of a sale's receipt for a printer.
///
/// # Errors
/// The sale cannot be read, or a letter of it cannot be drawn.
pub async fn of_sale(house: &House, shop: &Shop, sale: SaleId, copy: bool, printer: &Printer, drawer: bool) -> Result<Vec<u8>, Failure> {
    let stored = shop.books.entry(EntryId(sale.0)).await?.ok_or_else(|| not_found("sale"))?;
    let receipt = match stored.entry.fact(stored.number)? {
        Some(Fact::SaleRecorded(sale)) => receipt_of(house, shop, &sale, copy).await?,
        Some(Fact::SaleReturned(returned)) => crate::returns::credit_note_of(house, shop, &returned, copy).await?,
        Some(Fact::BalanceToppedUp(top_up)) => crate::balances::of_top_up(house, shop, &top_up, copy).await?,
        Some(Fact::TopUpRefunded(refund)) => crate::balances::of_refund(house, shop, &refund, copy).await?,
        Some(Fact::VoucherIssued(issued)) => crate::vouchers::of_voucher(house, shop, &issued, copy).await?,
        Some(_) | None => return Err(not_found("sale")),
    };
    page_bytes(&receipt, Some(printer), drawer)
}

/// The bytes of a receipt for a printer; for paper of 80 mm where there is none.
///
/// # Errors
/// The printer wants a picture, and there is no font for it.
pub fn page_bytes(receipt: &Receipt, printer: Option<&Printer>, drawer: bool) -> Result<Vec<u8>, Failure> {
    let width = printer.map(|printer| printer.paper).unwrap_or_default();
    let mut rows = layout(receipt, width);
    if drawer {
        rows.insert(0, Row::Drawer);
    }
    if !printer.is_some_and(|printer| printer.picture) {
        return Ok(paper::escpos::bytes(&rows));
    }
    fonts::with_letters(|font| paper::escpos::picture_bytes(&rows, width, font))
}

/// The shop's logo, where it has one.
pub fn logo(settings: &Settings) -> Option<Picture> {
    settings.logo.clone()
}

/// What stands on a sale's receipt.
pub async fn receipt_of(house: &House, shop: &Shop, sale: &SaleRecorded, copy: bool) -> Result<Receipt, Failure> {
    let settings = shop.settings().await;
    let sold = shop.books.sold(sale.sale).await?;
    let at_ms = sold.as_ref().map_or_else(|| house.world.now_ms(), |sold| sold.at_ms);
    let (clerk, member) = sold.map(|sold| (sold.clerk, sold.member)).unwrap_or_default();
    let language = settings.language;
    let chinese = language == Language::ZhCn;
    let discount: i64 = sale.lines.iter().map(|line| line.discount_minor).sum();
    let money = |minor: i64| domain::money::format_decimal(minor, shop.info.minor_digits);
    let names = match sale.approved_by {
        Some(person) => shop.books.people().await?.into_iter().find(|row| row.person == person).map(|row| row.name),
        None => None,
    };
    let balance_minor = match sale.member.filter(|_| sale.tenders.iter().any(|tender| tender.kind == "balance")) {
        Some(member) => shop.books.member(member).await?.map(|sheet| sheet.row.balance_minor),
        None => None,
    };
    let mut totals = Vec::new();
    if discount != 0 {
        totals.push(ReceiptTotal { kind: TotalKind::Discount, amount_minor: -discount });
    }
    if sale.tax_minor != 0 {
        totals.push(ReceiptTotal {
            kind: if sale.due_minor - sale.rounding_minor == sale.goods_minor { TotalKind::TaxIncluded } else { TotalKind::TaxAdded },
            amount_minor: sale.tax_minor,
        });
    }
    if sale.rounding_minor != 0 {
        totals.push(ReceiptTotal { kind: TotalKind::Rounding, amount_minor: sale.rounding_minor });
    }
    totals.push(ReceiptTotal { kind: TotalKind::Due, amount_minor: sale.due_minor });
    Ok(Receipt {
        language,
        digits: shop.info.minor_digits,
        kind: ReceiptKind::Sale,
        copy,
        logo: logo(&settings),
        shop: settings.shop_name.clone(),
        header: header(&settings, chinese),
        till: sale.till.clone(),
        number: sale.number.clone(),
        origin: None,
        time: clock_time(at_ms, &shop.zone),
        clerk: clerk.unwrap_or_default(),
        // A member brought in without a name goes by the number alone.
        member: member
            .as_ref()
            .map(|buyer| if buyer.name == buyer.number { buyer.number.clone() } else { format!("{} {}", buyer.name, buyer.number) }),
        lines: sale
            .lines
            .iter()
            .map(|line| ReceiptLine {
                name: line.name.clone(),
                code: line.code.clone(),
                qty: quantity(line.qty_milli),
                unit_minor: line.unit_minor,
                sum_minor: line.net_minor + line.discount_minor,
                note: price_note(line, names.as_deref(), chinese, &money),
            })
            .collect(),
        totals,
        tenders: sale
            .tenders
            .iter()
            .map(|tender| ReceiptTender { name: settings.tender_name(&tender.kind, chinese), amount_minor: tender.amount_minor })
            .collect(),
        change_minor: (sale.change_minor != 0).then_some(sale.change_minor),
        points: member.map(|buyer| ReceiptPoints {
            earned: sale.points_earned,
            spent: sale.points_spent,
            balance: buyer.points,
            locked: buyer.locked,
        }),
        balance_minor,
        vouchers: crate::vouchers::left_on(house, shop, sale.tenders.iter().filter_map(|tender| Some((tender.voucher?, false)))).await?,
        footer: settings.receipt_footer.clone(),
    })
}

/// Why a line costs less than its list price, in words: where its price comes from, what was taken off it and by what, and who agreed.
fn price_note(line: &SoldLine, approver: Option<&str>, chinese: bool, money: &impl Fn(i64) -> String) -> Option<String> {
    let say = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
    let agreed = |words: String| match approver {
        Some(name) => format!("{words} ({}{name})", say("同意：", "agreed: ")),
        None => words,
    };
    let mut notes = Vec::new();
    notes.extend(match &line.why {
        None | Some(UnitPriceWhy::List) => None,
        Some(UnitPriceWhy::Level { level }) => Some(format!("{} {level}", say("会员价", "Price of level"))),
        Some(UnitPriceWhy::LevelShare { share_ppm }) => {
            Some(format!("{} {}", say("会员折扣价，原价的", "Level price, of the list price"), domain::money::format_rate_ppm(*share_ppm)))
        }
        Some(UnitPriceWhy::Dated { last: Some(last), .. }) => Some(format!("{} {last}", say("限时价，至", "Price until"))),
        Some(UnitPriceWhy::Dated { last: None, .. }) => Some(say("限时价", "Price of these days")),
        Some(UnitPriceWhy::QuantityBreak { from_qty_milli }) => {
            let qty = quantity(*from_qty_milli);
            Some(if chinese { format!("满 {qty} 件价") } else { format!("Price from {qty} on") })
        }
        Some(UnitPriceWhy::ByHand) => Some(agreed(say("手工改价", "Price set by hand"))),
        Some(UnitPriceWhy::Gift) => Some(say("积分兑换", "Taken for points")),
    });
    notes.extend(line.offs.iter().map(|off| {
        let what = match off.by {
            OffBy::Hand => agreed(say("手工优惠", "Discount by hand")),
            OffBy::Promotion => off.name.clone(),
            OffBy::Coupon => format!("{} {}", say("优惠券", "Coupon"), off.name),
            OffBy::Points => say("积分抵扣", "Points"),
        };
        format!("{what} -{}", money(off.amount_minor))
    }));
    (!notes.is_empty()).then(|| notes.join(if chinese { "；" } else { "; " }))
}

/// What stands under the shop's name: where it is, how to call it, its tax number, and the owner's own lines.
pub(crate) fn header(settings: &Settings, chinese: bool) -> Vec<String> {
    let (telephone, tax_number) = if chinese { ("电话", "税号") } else { ("Tel.", "Tax no.") };
    let named = [("", &settings.address), (telephone, &settings.telephone), (tax_number, &settings.tax_number)];
    let named = named.into_iter().filter(|(_, value)| !value.trim().is_empty());
    named.map(|(name, value)| format!("{name} {}", value.trim()).trim().to_owned()).chain(settings.receipt_header.iter().cloned()).collect()
}

/// A quantity as people write it: 3, 0.25.
pub fn quantity(qty_milli: i64) -> String {
    let (whole, part) = (qty_milli / 1000, (qty_milli % 1000).abs());
    let sign = if qty_milli < 0 && whole == 0 { "-" } else { "" };
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:03}").trim_end_matches('0').to_owned() }
}
