//! From a recorded sale to paper. A sale never waits for a printer.

use domain::{ids::SaleId, sale::SaleRecorded};
use paper::{
    layout::{PaperWidth, Row, layout},
    printer::{NetworkPrinter, Patience, PrinterFault},
    reader::PrintedRow,
    receipt::{Language, Receipt, ReceiptKind, ReceiptLine, ReceiptPoints, ReceiptTender, ReceiptTotal, TotalKind},
};
use serde::Serialize;

use crate::{
    failure::Failure,
    house::{House, Notice, Shop},
    menu::Call,
    sales::SaleReceipt,
    settings::{Printer, Settings},
    world::clock_time,
};

/// The answer to the till; prints where this is the first answer and there is a printer.
pub async fn answer(call: &Call<'_>, shop: &Shop, sale: SaleRecorded, first: bool) -> Result<SaleReceipt, Failure> {
    let receipt = receipt_of(call, shop, &sale, false).await?;
    let settings = shop.settings().await;
    let printer = settings.printer.clone().filter(|_| first);
    let rows = paper::reader::read(&bytes(&receipt, printer.as_ref(), false));
    let printing = printer.is_some();
    if let Some(printer) = printer {
        let cash = sale.tenders.iter().any(|tender| tender.kind == "cash");
        print_beside(call.house, printer.clone(), sale.number.clone(), bytes(&receipt, Some(&printer), cash && printer.drawer));
    }
    Ok(SaleReceipt { sale, rows, printing })
}

/// The same once more, marked as a copy.
pub async fn reprinted(call: &Call<'_>, shop: &Shop, sale: SaleRecorded) -> Result<SaleReceipt, Failure> {
    let receipt = receipt_of(call, shop, &sale, true).await?;
    let printer = shop.settings().await.printer.clone();
    let bytes = bytes(&receipt, printer.as_ref(), false);
    let (rows, printing) = (paper::reader::read(&bytes), printer.is_some());
    if let Some(printer) = printer {
        print_beside(call.house, printer, sale.number.clone(), bytes);
    }
    Ok(SaleReceipt { sale, rows, printing })
}

/// The receipt's rows for the screen.
pub async fn rows(call: &Call<'_>, shop: &Shop, sale: &SaleRecorded, copy: bool) -> Result<Vec<PrintedRow>, Failure> {
    let printer = shop.settings().await.printer.clone();
    Ok(paper::reader::read(&bytes(&receipt_of(call, shop, sale, copy).await?, printer.as_ref(), false)))
}

fn bytes(receipt: &Receipt, printer: Option<&Printer>, drawer: bool) -> Vec<u8> {
    page_bytes(receipt, printer.map(|printer| printer.paper).unwrap_or_default(), drawer)
}

fn page_bytes(receipt: &Receipt, paper: PaperWidth, drawer: bool) -> Vec<u8> {
    let mut rows = layout(receipt, paper);
    if drawer {
        rows.insert(0, Row::Drawer);
    }
    paper::escpos::bytes(&rows)
}

async fn receipt_of(call: &Call<'_>, shop: &Shop, sale: &SaleRecorded, copy: bool) -> Result<Receipt, Failure> {
    let settings = shop.settings().await;
    let stored = shop.books.entry(domain::ids::EntryId(sale.sale.0)).await?;
    let at_ms = stored.as_ref().map_or_else(|| call.house.world.now_ms(), |stored| stored.entry.5.0);
    let actor = stored.and_then(|stored| stored.entry.7);
    let people = shop.books.people().await?;
    let clerk = people.into_iter().find(|row| Some(row.person) == actor).map(|row| row.name).unwrap_or_default();
    let member = match sale.member {
        Some(member) => shop.books.member(member).await?.map(|sheet| sheet.row),
        None => None,
    };
    let language = settings.language;
    let chinese = language == Language::ZhCn;
    let discount: i64 = sale.lines.iter().map(|line| line.discount_minor).sum();
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
        shop: settings.shop_name.clone(),
        header: header(&settings, chinese),
        till: sale.till.clone(),
        number: sale.number.clone(),
        time: clock_time(at_ms, &shop.zone),
        clerk,
        // A member brought in without a name goes by the number alone.
        member: member.as_ref().map(|row| if row.card.name == row.number { row.number.clone() } else { format!("{} {}", row.card.name, row.number) }),
        lines: sale
            .lines
            .iter()
            .map(|line| ReceiptLine {
                name: line.name.clone(),
                code: line.code.clone(),
                qty: quantity(line.qty_milli),
                unit_minor: line.unit_minor,
                sum_minor: line.net_minor + line.discount_minor,
                note: None,
            })
            .collect(),
        totals,
        tenders: sale
            .tenders
            .iter()
            .map(|tender| ReceiptTender { name: tender_name(&tender.kind, chinese), amount_minor: tender.amount_minor })
            .collect(),
        change_minor: (sale.change_minor != 0).then_some(sale.change_minor),
        points: member.map(|row| ReceiptPoints { earned: sale.points_earned, spent: sale.points_spent, balance: row.points }),
        footer: settings.receipt_footer.clone(),
    })
}

/// What stands under the shop's name: where it is, how to call it, its tax number, and the owner's own lines.
fn header(settings: &Settings, chinese: bool) -> Vec<String> {
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

/// The tender's name on paper.
fn tender_name(kind: &str, chinese: bool) -> String {
    let name = match (kind, chinese) {
        ("cash", true) => "现金",
        ("cash", false) => "Cash",
        ("card", true) => "银行卡",
        ("card", false) => "Card",
        ("wechat", true) => "微信支付",
        ("wechat", false) => "WeChat Pay",
        ("alipay", true) => "支付宝",
        ("alipay", false) => "Alipay",
        ("transfer", true) => "转账",
        ("transfer", false) => "Transfer",
        ("balance", true) => "储值",
        ("balance", false) => "Stored value",
        ("voucher", true) => "代金券",
        ("voucher", false) => "Voucher",
        (other, _) => other,
    };
    name.to_owned()
}

fn print_beside(house: &House, printer: Printer, number: String, bytes: Vec<u8>) {
    let notices = house.teller();
    tokio::task::spawn_blocking(move || {
        let fault = paper::printer::print(&network(&printer), &bytes, Patience::default()).err().map(|fault| fault_code(&fault));
        notices(Notice::Printer { number, fault });
    });
}

fn network(printer: &Printer) -> NetworkPrinter {
    NetworkPrinter { address: printer.address.trim().to_owned(), answers: printer.answers }
}

fn fault_code(fault: &PrinterFault) -> String {
    serde_json::to_value(fault).ok().and_then(|value| value["code"].as_str().map(str::to_owned)).unwrap_or_else(|| fault.to_string())
}

/// Why a test page did not come out.
#[derive(Debug, Clone, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum PrintRefusal {
    /// The printer's own trouble.
    #[error("{reason}")]
    Printer {
        /// Its kind.
        fault: String,
        /// English.
        reason: String,
    },
}

/// Prints a page that shows Chinese and Latin text, and waits for how it went.
pub async fn print_test(printer: Printer) -> Result<(), Failure> {
    let receipt = Receipt {
        shop: "Banyan 榕店".into(),
        number: SaleId(uuid::Uuid::nil()).to_string(),
        footer: vec!["测试页 · Test page".into()],
        ..Receipt::default()
    };
    let bytes = page_bytes(&receipt, printer.paper, false);
    let printed = tokio::task::spawn_blocking(move || paper::printer::print(&network(&printer), &bytes, Patience::default()));
    let printed = printed.await.map_err(|error| Failure::Broken { trace: error.to_string() })?;
    printed.map_err(|fault| Failure::refused(PrintRefusal::Printer { fault: fault_code(&fault), reason: fault.to_string() }))
}
