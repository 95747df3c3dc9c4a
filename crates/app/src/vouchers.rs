//! Vouchers: sold at the till, given by a manager, looked up by their code, blocked, extended and replaced.

use std::collections::BTreeMap;

use books::{
    NewPrint, PrintJob, Reading, Writing,
    query::{Page, VoucherFilter, VoucherRow, VoucherStep, VoucherTotals, Window},
};
use domain::{
    fact::Fact,
    ids::{EntryId, MemberId, SaleId, VoucherId},
    pricing::TenderKind,
    sale::{SaleDraft, TenderDraft, TenderTaken},
    voucher::{
        ChangeContext, IssueContext, VoucherChangeDraft, VoucherGiftDraft, VoucherIssued, VoucherNow, VoucherQuote, VoucherRefusal,
        VoucherReplaceDraft, VoucherSaleDraft, change, draw, give, normal_voucher, quote_sold, replace, sell,
    },
};
use paper::{
    reader::PrintedRow,
    receipt::{Language, Receipt, ReceiptKind, ReceiptTender, ReceiptTotal, ReceiptVoucher, TotalKind},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure, not_found},
    house::{House, Shop},
    menu::Call,
    prints, receipt,
    sales::next_receipt,
    settings::Settings,
    world::{World, clock_time, day_after, is_date},
};

/// The signs of codes that the program makes: none that looks like another.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// How the shop keeps vouchers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct VoucherSettings {
    /// Days that a new voucher pays, today among them; 0 for ever.
    pub valid_days: u32,
}

/// What the till gets when a voucher came to be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VoucherReceipt {
    /// The voucher as it stands.
    pub row: VoucherRow,
    /// Cash given back.
    pub change_minor: i64,
    /// The slip, row by row, as the printer's own bytes read.
    pub rows: Vec<PrintedRow>,
    /// True if it went to a printer.
    pub printing: bool,
}

/// Which part of which vouchers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VouchersQuestion {
    /// Which vouchers.
    pub filter: VoucherFilter,
    /// Which rows.
    pub window: Window,
}

/// Vouchers, with what all of them owe.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VoucherPage {
    /// The rows.
    pub page: Page<VoucherRow>,
    /// Of the whole shop.
    pub totals: VoucherTotals,
}

/// A voucher with everything that happened to it, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VoucherSheet {
    /// As it stands.
    pub row: VoucherRow,
    /// What happened.
    pub steps: Vec<VoucherStep>,
}

/// A code that nobody can guess: `V`, ten signs by chance, and one that the others decide, so that a slip of the finger finds nothing.
fn fresh_code(world: &World) -> String {
    let sign = |value: u64| char::from(SIGNS[usize::try_from(value % 32).unwrap_or(0)]);
    let chance = u64::from_be_bytes(world.random());
    let values = (0..10).map(|place| (chance >> (5 * place)) % 32);
    let check = values.clone().zip(1u64..).map(|(value, place)| value * (2 * place + 1)).sum::<u64>();
    std::iter::once('V').chain(values.map(sign)).chain([sign(check)]).collect()
}

/// A fresh code that no voucher has.
pub(crate) async fn new_code(call: &Call<'_>, reads: &mut Reading<'_>) -> Result<String, Failure> {
    loop {
        let code = fresh_code(&call.house.world);
        if reads.vouchers_coded(std::slice::from_ref(&code)).await?.is_empty() {
            return Ok(code);
        }
    }
}

/// The last day of a voucher that comes to be today.
pub(crate) fn last_day(settings: &Settings, today: &str) -> Option<String> {
    let days = settings.vouchers.valid_days;
    (days > 0).then(|| day_after(today, i64::from(days) - 1)).flatten()
}

/// The codes by which a ticket is to be paid.
pub(crate) fn codes_of(draft: &SaleDraft) -> Vec<String> {
    let by_voucher = draft.tenders.iter().filter(|tender| tender.kind == TenderKind::Voucher);
    by_voucher.filter_map(|tender| tender.reference.as_deref().map(normal_voucher)).filter(|code| !code.is_empty()).collect()
}

/// The voucher of a code that was scanned or typed.
pub async fn find_voucher(call: &Call<'_>, code: String) -> Result<VoucherRow, Failure> {
    let shop = call.shop()?;
    let code = normal_voucher(&code);
    let found = shop.books.voucher_coded(&code, &call.house.today(shop)).await?;
    found.ok_or_else(|| {
        Failure::refused(if code.is_empty() { VoucherRefusal::NoVoucherCode } else { VoucherRefusal::UnknownVoucher { voucher: code } })
    })
}

/// The voucher of a code that is to pay now: what is left on it is what it pays at most.
pub async fn voucher_to_pay(call: &Call<'_>, code: String) -> Result<VoucherRow, Failure> {
    let shop = call.shop()?;
    let row = find_voucher(call, code).await?;
    let now = VoucherNow {
        voucher: row.voucher,
        code: row.code.clone(),
        left_minor: row.left_minor,
        expires: row.expires.clone(),
        blocked: row.blocked,
        member: row.member,
    };
    let least = TenderDraft { kind: TenderKind::Voucher, amount_minor: 1, reference: Some(row.code.clone()) };
    draw(&[least], &BTreeMap::from([(row.code.clone(), now)]), &call.house.today(shop)).map_err(Failure::refused)?;
    Ok(row)
}

/// A part of the vouchers, with what all of them owe.
pub async fn vouchers(call: &Call<'_>, question: VouchersQuestion) -> Result<VoucherPage, Failure> {
    let shop = call.shop()?;
    let today = call.house.today(shop);
    let page = shop.books.vouchers(&question.filter, &today, question.window).await?;
    Ok(VoucherPage { page, totals: shop.books.voucher_totals(&today).await? })
}

/// A voucher with its history.
pub async fn voucher(call: &Call<'_>, voucher: VoucherId) -> Result<VoucherSheet, Failure> {
    let shop = call.shop()?;
    let row = row_of(call, shop, voucher).await?;
    Ok(VoucherSheet { row, steps: shop.books.voucher_steps(voucher).await? })
}

async fn row_of(call: &Call<'_>, shop: &Shop, voucher: VoucherId) -> Result<VoucherRow, Failure> {
    shop.books.voucher(voucher, &call.house.today(shop)).await?.ok_or_else(|| not_found("voucher"))
}

/// What a voucher would cost, without recording it.
pub async fn quote_voucher(call: &Call<'_>, draft: VoucherSaleDraft) -> Result<VoucherQuote, Failure> {
    let shop = call.shop()?;
    let rules = shop.settings().await.price_rules(shop.info.minor_digits, None);
    let known = match draft.member {
        Some(member) => shop.books.member(member).await?.is_some(),
        None => true,
    };
    let context = IssueContext {
        rules: &rules,
        known,
        fresh_code: "",
        code_taken: false,
        expires: None,
        number: "",
        till: "",
        shift: None,
        shift_required: false,
    };
    quote_sold(&draft, &context).map_err(Failure::refused)
}

/// Sells a voucher. Asked twice for the same one, it records once.
pub async fn sell_voucher(call: &Call<'_>, draft: VoucherSaleDraft) -> Result<VoucherReceipt, Failure> {
    issue(call, draft.voucher, draft.code.clone(), draft.member, async |_, context| sell(&draft, context).map_err(Failure::refused)).await
}

/// Gives a voucher away.
pub async fn give_voucher(call: &Call<'_>, draft: VoucherGiftDraft) -> Result<VoucherReceipt, Failure> {
    issue(call, draft.voucher, draft.code.clone(), draft.member, async |_, context| give(&draft, context).map_err(Failure::refused)).await
}

/// Makes a voucher in the place of one that was lost.
pub async fn replace_voucher(call: &Call<'_>, draft: VoucherReplaceDraft) -> Result<VoucherReceipt, Failure> {
    issue(call, draft.voucher, draft.code.clone(), None, async |writing, context| {
        let lost = writing.reads().voucher(draft.replaces).await?;
        replace(&draft, lost.as_ref(), context).map_err(Failure::refused)
    })
    .await
}

/// Decides by `decide` and records, in one transaction.
async fn issue(
    call: &Call<'_>,
    voucher: VoucherId,
    code: Option<String>,
    member: Option<MemberId>,
    decide: impl AsyncFnOnce(&mut Writing<'_>, &IssueContext<'_>) -> Result<VoucherIssued, Failure>,
) -> Result<VoucherReceipt, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let rules = settings.price_rules(shop.info.minor_digits, None);
    let till = crate::shifts::till(shop).await?;
    let code = code.map(|code| normal_voucher(&code)).filter(|code| !code.is_empty());
    // What is scanned as something else would never be found as a voucher.
    let elsewhere = match &code {
        Some(code) => !shop.books.scanned(code).await?.is_empty() || shop.books.coupon(code).await?.is_some(),
        None => false,
    };
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.stands(EntryId(voucher.0)).await? {
            return Ok(false);
        }
        let known = match member {
            Some(member) => writing.reads().member(member).await?.is_some(),
            None => true,
        };
        let fresh_code = new_code(call, &mut writing.reads()).await?;
        let asked: Vec<String> = code.into_iter().collect();
        let code_taken = elsewhere || !writing.reads().vouchers_coded(&asked).await?.is_empty();
        let shift = writing.reads().open_shift(shop.books.device()).await?;
        let number = next_receipt(shop, &mut writing).await?;
        let context = IssueContext {
            rules: &rules,
            known,
            fresh_code: &fresh_code,
            code_taken,
            expires: last_day(&settings, &call.house.today(shop)),
            number: &number,
            till: &till,
            shift,
            shift_required: settings.shifts.required,
        };
        let fact = decide(&mut writing, &context).await?;
        let drawer = fact.tenders.iter().any(|tender| settings.opens_drawer(&tender.kind));
        let mut entry = call.entry(fact)?;
        entry.id = EntryId(voucher.0);
        let at_ms = entry.at_ms;
        writing.record(entry).await?;
        if let Some(print) = print_of(&settings, voucher, number, drawer, at_ms) {
            writing.queue_print(print).await?;
        }
        Ok(true)
    }
    .await;
    let first = call.house.finish(writing, outcome).await?;
    answer(call, shop, voucher, first, false).await
}

/// Gives a voucher another last day, blocks it, or lets it through again.
pub async fn change_voucher(call: &Call<'_>, draft: VoucherChangeDraft) -> Result<VoucherSheet, Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let now = writing.reads().voucher(draft.voucher).await?;
        let context = ChangeContext { now: now.as_ref(), is_day: draft.expires.as_deref().is_some_and(is_date) };
        let fact = change(&draft, &context).map_err(Failure::refused)?;
        let entry = call.entry(fact)?;
        writing.record(entry).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    voucher(call, draft.voucher).await
}

/// Prints a voucher's slip once more, marked as a copy.
pub async fn print_voucher(call: &Call<'_>, voucher: VoucherId) -> Result<VoucherReceipt, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let row = row_of(call, shop, voucher).await?;
    if let Some(print) = print_of(&settings, voucher, row.number.clone(), false, call.house.world.now_ms()) {
        prints::queue(call.house, shop, NewPrint { copy: true, ..print }).await?;
    }
    answer(call, shop, voucher, true, true).await
}

fn print_of(settings: &Settings, voucher: VoucherId, number: String, drawer: bool, at_ms: i64) -> Option<NewPrint> {
    let printer = settings.printer.as_ref()?;
    Some(NewPrint {
        what: "receipt",
        title: number,
        job: PrintJob::Sale(SaleId(voucher.0)),
        printer: prints::RECEIPT.into(),
        copy: false,
        drawer: printer.drawer && drawer,
        at_ms,
    })
}

async fn answer(call: &Call<'_>, shop: &Shop, voucher: VoucherId, first: bool, copy: bool) -> Result<VoucherReceipt, Failure> {
    let stored = shop.books.entry(EntryId(voucher.0)).await?.ok_or_else(|| not_found("voucher"))?;
    let (paper, change_minor) = match stored.entry.fact(stored.number)? {
        Some(Fact::VoucherIssued(fact)) => (of_voucher(call.house, shop, &fact, copy).await?, fact.change_minor),
        Some(Fact::SaleReturned(fact)) => (crate::returns::credit_note_of(call.house, shop, &fact, copy).await?, 0),
        Some(_) | None => {
            return Err(DoorRefusal::BadQuestion { command: "sell_voucher".into(), reason: "this id belongs to something else".into() }.into());
        }
    };
    let printer = shop.settings().await.printer.clone();
    let printing = first && printer.is_some();
    if printing {
        call.house.spool.wake();
    }
    let bytes = receipt::page_bytes(&paper, printer.as_ref(), false).or_else(|_| receipt::page_bytes(&paper, None, false))?;
    Ok(VoucherReceipt { row: row_of(call, shop, voucher).await?, change_minor, rows: paper::reader::read(&bytes), printing })
}

/// What stands on a voucher's slip.
pub async fn of_voucher(house: &House, shop: &Shop, fact: &VoucherIssued, copy: bool) -> Result<Receipt, Failure> {
    let settings = shop.settings().await;
    let stored = shop.books.entry(EntryId(fact.voucher.0)).await?;
    let at_ms = stored.as_ref().map_or_else(|| house.world.now_ms(), |stored| stored.entry.5.0);
    let actor = stored.and_then(|stored| stored.entry.7);
    let clerk = shop.books.people().await?.into_iter().find(|row| Some(row.person) == actor).map(|row| row.name).unwrap_or_default();
    let member = match fact.member {
        Some(member) => shop.books.member(member).await?.map(|sheet| sheet.row),
        None => None,
    };
    let chinese = settings.language == Language::ZhCn;
    // A slip that is printed once more says what is left and until when today.
    let now = shop.books.voucher(fact.voucher, &house.today(shop)).await?;
    let (left_minor, expires) = now.map_or((fact.amount_minor, fact.expires.clone()), |row| (row.left_minor, row.expires));
    let mut totals = Vec::new();
    if !fact.tenders.is_empty() {
        if fact.rounding_minor != 0 {
            totals.push(ReceiptTotal { kind: TotalKind::Rounding, amount_minor: fact.rounding_minor });
        }
        totals.push(ReceiptTotal { kind: TotalKind::Due, amount_minor: fact.amount_minor + fact.rounding_minor });
    }
    let tender = |tender: &TenderTaken| ReceiptTender { name: settings.tender_name(&tender.kind, chinese), amount_minor: tender.amount_minor };
    Ok(Receipt {
        language: settings.language,
        digits: shop.info.minor_digits,
        kind: ReceiptKind::Voucher,
        copy,
        logo: receipt::logo(&settings),
        shop: settings.shop_name.clone(),
        header: receipt::header(&settings, chinese),
        till: fact.till.clone(),
        number: fact.number.clone(),
        time: clock_time(at_ms, &shop.zone),
        clerk,
        member: member.map(|row| format!("{} {}", row.card.name, row.number)),
        totals,
        tenders: fact.tenders.iter().map(tender).collect(),
        change_minor: (fact.change_minor != 0).then_some(fact.change_minor),
        vouchers: vec![ReceiptVoucher { code: fact.code.clone(), left_minor, expires, to_show: true }],
        footer: settings.receipt_footer.clone(),
        ..Receipt::default()
    })
}

/// What is left on the vouchers that a receipt names, for its foot.
pub(crate) async fn left_on(house: &House, shop: &Shop, vouchers: impl Iterator<Item = (VoucherId, bool)>) -> Result<Vec<ReceiptVoucher>, Failure> {
    let today = house.today(shop);
    let mut rows: Vec<ReceiptVoucher> = Vec::new();
    for (voucher, to_show) in vouchers {
        if let Some(row) = shop.books.voucher(voucher, &today).await?
            && !rows.iter().any(|known| known.code == row.code)
        {
            rows.push(ReceiptVoucher { code: row.code, left_minor: row.left_minor, expires: row.expires, to_show });
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_of_signs_that_nobody_mixes_up_and_differ() {
        let counted = std::sync::atomic::AtomicU64::new(7);
        let fill = move |bytes: &mut [u8]| {
            let word = counted.fetch_add(0x9e37_79b9_7f4a_7c15, std::sync::atomic::Ordering::Relaxed).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            for (place, byte) in bytes.iter_mut().enumerate() {
                *byte = word.to_be_bytes()[place % 8];
            }
        };
        let world = World::made(|| 0, fill, "UTC");
        let codes: std::collections::BTreeSet<String> = (0..500).map(|_| fresh_code(&world)).collect();
        assert_eq!(codes.len(), 500);
        for code in &codes {
            assert_eq!((code.len(), code.as_bytes()[0]), (12, b'V'));
            assert!(code.bytes().all(|sign| SIGNS.contains(&sign)), "{code}");
            assert_eq!(&normal_voucher(&format!("{} {}-{}", &code[..4], &code[4..8], &code[8..])), code);
        }
    }
}
