//! Stored value: money paid in at the till, given back, the member's statement, and what the shop owes.

use books::{
    NewPrint, PrintJob,
    query::{BalanceRow, BalanceTotals, Page, TopUpRow, Window},
};
use domain::{
    balance::{
        BalanceToppedUp, BonusStep, RefundContext, TopUpContext, TopUpDraft, TopUpQuote, TopUpRefundDraft, TopUpRefunded, quote_top_up,
        refund_top_up, top_up as decide,
    },
    fact::Fact,
    ids::{EntryId, MemberId, SaleId, TopUpId},
};
use paper::{
    reader::PrintedRow,
    receipt::{Language, Receipt, ReceiptKind, ReceiptTender, ReceiptTotal, TotalKind},
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
    world::clock_time,
};

/// How the shop keeps stored value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct BalanceSettings {
    /// What a top-up brings, by its amount.
    pub bonus: Vec<BonusStep>,
}

/// What the till gets after money was paid in or given back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BalanceReceipt {
    /// Number of the document.
    pub number: String,
    /// What the member has afterwards, bonus included.
    pub balance_minor: i64,
    /// Cash given back.
    pub change_minor: i64,
    /// The receipt, row by row, as the printer's own bytes read.
    pub rows: Vec<PrintedRow>,
    /// True if it went to a printer.
    pub printing: bool,
}

/// Whose statement, which part.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BalanceQuestion {
    /// The member.
    pub member: MemberId,
    /// Which rows.
    pub window: Window,
}

/// A member's stored value.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BalanceSheet {
    /// What they paid in and have not spent, in minor units.
    pub paid_minor: i64,
    /// What the shop added and they have not spent.
    pub bonus_minor: i64,
    /// Every movement, newest first; they add up to both.
    pub statement: Page<BalanceRow>,
    /// What was paid in.
    pub top_ups: Vec<TopUpRow>,
}

/// A top-up as a refund is asked for it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TopUpSheet {
    /// The tenders that paid it in.
    pub tenders: Vec<String>,
    /// The most that can go back by the first of them, before spent bonus is kept from it.
    pub most_minor: i64,
}

/// Which days.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct BalanceDays {
    /// First day; from the beginning where absent.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day; until today where absent.
    #[serde(default)]
    pub to: Option<String>,
}

/// What a top-up would bring and cost, without recording it.
pub async fn quote_balance(call: &Call<'_>, draft: TopUpDraft) -> Result<TopUpQuote, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let rules = settings.price_rules(shop.info.minor_digits, None);
    let known = shop.books.member(draft.member).await?.is_some();
    let context = TopUpContext { bonus: &settings.balance.bonus, rules: &rules, known, number: "", till: "", shift: None, shift_required: false };
    quote_top_up(&draft, &context).map_err(Failure::refused)
}

/// Takes money for a member's balance. Asked twice for the same one, it records once.
pub async fn top_up(call: &Call<'_>, draft: TopUpDraft) -> Result<BalanceReceipt, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let rules = settings.price_rules(shop.info.minor_digits, None);
    let till = crate::shifts::till(shop).await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.stands(EntryId(draft.top_up.0)).await? {
            return Ok(false);
        }
        let known = writing.reads().member(draft.member).await?.is_some();
        let shift = writing.reads().open_shift(shop.books.device()).await?;
        let number = next_receipt(shop, &mut writing).await?;
        let context = TopUpContext {
            bonus: &settings.balance.bonus,
            rules: &rules,
            known,
            number: &number,
            till: &till,
            shift,
            shift_required: settings.shifts.required,
        };
        let fact = decide(&draft, &context).map_err(Failure::refused)?;
        let drawer = fact.tenders.iter().any(|tender| settings.opens_drawer(&tender.kind));
        let mut entry = call.entry(fact)?;
        entry.id = EntryId(draft.top_up.0);
        let at_ms = entry.at_ms;
        writing.record(entry).await?;
        if let Some(print) = print_of(&settings, draft.top_up, number, drawer, at_ms) {
            writing.queue_print(print).await?;
        }
        Ok(true)
    }
    .await;
    let first = call.house.finish(writing, outcome).await?;
    answer(call, shop, draft.top_up, first).await
}

/// What can go back of a top-up, and how.
pub async fn top_up_sheet(call: &Call<'_>, top_up: TopUpId) -> Result<TopUpSheet, Failure> {
    let shop = call.shop()?;
    let mut reader = shop.books.reader().await?;
    let mut reads = books::Reading::over(&mut reader);
    let stands = reads.top_up(top_up).await?.ok_or_else(|| not_found("top-up"))?;
    let paid_minor = reads.member(stands.top_up.member).await?.map_or(0, |row| row.balance_minor - row.bonus_minor);
    let mut tenders: Vec<String> = Vec::new();
    for (kind, kept) in stands.top_up.kept() {
        if kept > 0 && !tenders.iter().any(|known| known == kind) {
            tenders.push(kind.to_owned());
        }
    }
    Ok(TopUpSheet { tenders, most_minor: (stands.top_up.amount_minor - stands.refunded_minor).min(paid_minor).max(0) })
}

/// Gives money of a top-up back and takes the bonus that came with it.
pub async fn refund_balance(call: &Call<'_>, draft: TopUpRefundDraft) -> Result<BalanceReceipt, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let rules = settings.price_rules(shop.info.minor_digits, None);
    let till = crate::shifts::till(shop).await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.stands(EntryId(draft.refund.0)).await? {
            return Ok(false);
        }
        let stands = writing.reads().top_up(draft.top_up).await?;
        let member = match &stands {
            Some(stands) => writing.reads().member(stands.top_up.member).await?,
            None => None,
        };
        let shift = writing.reads().open_shift(shop.books.device()).await?;
        let number = next_receipt(shop, &mut writing).await?;
        let context = RefundContext {
            stands: stands.as_ref(),
            paid_minor: member.as_ref().map_or(0, |row| row.balance_minor - row.bonus_minor),
            bonus_minor: member.as_ref().map_or(0, |row| row.bonus_minor),
            rules: &rules,
            number: &number,
            till: &till,
            shift,
            shift_required: settings.shifts.required,
        };
        let fact = refund_top_up(&draft, &context).map_err(Failure::refused)?;
        let drawer = fact.refunds.iter().any(|refund| settings.opens_drawer(&refund.kind));
        let mut entry = call.entry(fact)?;
        entry.id = EntryId(draft.refund.0);
        let at_ms = entry.at_ms;
        writing.record(entry).await?;
        if let Some(print) = print_of(&settings, draft.refund, number, drawer, at_ms) {
            writing.queue_print(print).await?;
        }
        Ok(true)
    }
    .await;
    let first = call.house.finish(writing, outcome).await?;
    answer(call, shop, draft.refund, first).await
}

/// A member's stored value with its statement.
pub async fn balance(call: &Call<'_>, question: BalanceQuestion) -> Result<BalanceSheet, Failure> {
    let books = &call.shop()?.books;
    let row = books.member(question.member).await?.ok_or_else(|| not_found("member"))?.row;
    Ok(BalanceSheet {
        paid_minor: row.balance_minor - row.bonus_minor,
        bonus_minor: row.bonus_minor,
        statement: books.balance_rows(question.member, question.window).await?,
        top_ups: books.top_ups(question.member).await?,
    })
}

/// What the shop owes its members in stored value, and how it moved in some days.
pub async fn balance_totals(call: &Call<'_>, days: BalanceDays) -> Result<BalanceTotals, Failure> {
    let to = days.to.unwrap_or_else(|| "9999-12-31".to_owned());
    Ok(call.shop()?.books.balance_totals(&days.from.unwrap_or_default(), &to).await?)
}

fn print_of(settings: &Settings, document: TopUpId, number: String, drawer: bool, at_ms: i64) -> Option<NewPrint> {
    let printer = settings.printer.as_ref()?;
    Some(NewPrint {
        what: "receipt",
        title: number,
        job: PrintJob::Sale(SaleId(document.0)),
        printer: prints::RECEIPT.into(),
        copy: false,
        drawer: printer.drawer && drawer,
        at_ms,
    })
}

async fn answer(call: &Call<'_>, shop: &Shop, document: TopUpId, first: bool) -> Result<BalanceReceipt, Failure> {
    let stored = shop.books.entry(EntryId(document.0)).await?.ok_or_else(|| not_found("top-up"))?;
    let (paper, number, change_minor) = match stored.entry.fact(stored.number)? {
        Some(Fact::BalanceToppedUp(fact)) => (of_top_up(call.house, shop, &fact, false).await?, fact.number, fact.change_minor),
        Some(Fact::TopUpRefunded(fact)) => (of_refund(call.house, shop, &fact, false).await?, fact.number, 0),
        Some(_) | None => {
            return Err(DoorRefusal::BadQuestion { command: "top_up".into(), reason: "this id belongs to something else".into() }.into());
        }
    };
    let printer = shop.settings().await.printer.clone();
    let printing = first && printer.is_some();
    if printing {
        call.house.spool.wake();
    }
    let bytes = receipt::page_bytes(&paper, printer.as_ref(), false).or_else(|_| receipt::page_bytes(&paper, None, false))?;
    Ok(BalanceReceipt { number, balance_minor: paper.balance_minor.unwrap_or(0), change_minor, rows: paper::reader::read(&bytes), printing })
}

/// What stands on the receipt of a top-up.
pub async fn of_top_up(house: &House, shop: &Shop, fact: &BalanceToppedUp, copy: bool) -> Result<Receipt, Failure> {
    let mut totals = vec![ReceiptTotal { kind: TotalKind::PaidIn, amount_minor: fact.amount_minor }];
    if fact.bonus_minor != 0 {
        totals.push(ReceiptTotal { kind: TotalKind::Bonus, amount_minor: fact.bonus_minor });
    }
    if fact.rounding_minor != 0 {
        totals.push(ReceiptTotal { kind: TotalKind::Rounding, amount_minor: fact.rounding_minor });
    }
    totals.push(ReceiptTotal { kind: TotalKind::Due, amount_minor: fact.amount_minor + fact.rounding_minor });
    let tenders: Vec<(&str, i64)> = fact.tenders.iter().map(|tender| (tender.kind.as_str(), tender.amount_minor)).collect();
    let page = page(house, shop, fact.top_up, fact.member, &tenders).await?;
    Ok(Receipt {
        kind: ReceiptKind::TopUp,
        copy,
        till: fact.till.clone(),
        number: fact.number.clone(),
        totals,
        change_minor: (fact.change_minor != 0).then_some(fact.change_minor),
        ..page
    })
}

/// What stands on the receipt of a refund.
pub async fn of_refund(house: &House, shop: &Shop, fact: &TopUpRefunded, copy: bool) -> Result<Receipt, Failure> {
    let mut totals = vec![ReceiptTotal { kind: TotalKind::PaidIn, amount_minor: -fact.amount_minor }];
    let more = [(TotalKind::Bonus, -fact.bonus_minor), (TotalKind::Withheld, fact.withheld_minor), (TotalKind::Rounding, fact.rounding_minor)];
    totals.extend(more.into_iter().filter(|(_, minor)| *minor != 0).map(|(kind, amount_minor)| ReceiptTotal { kind, amount_minor }));
    let given = fact.refunds.iter().map(|refund| refund.amount_minor).sum();
    totals.push(ReceiptTotal { kind: TotalKind::Refund, amount_minor: given });
    let tenders: Vec<(&str, i64)> = fact.refunds.iter().map(|refund| (refund.kind.as_str(), refund.amount_minor)).collect();
    let page = page(house, shop, fact.refund, fact.member, &tenders).await?;
    Ok(Receipt {
        kind: ReceiptKind::TopUpRefund,
        copy,
        till: fact.till.clone(),
        number: fact.number.clone(),
        origin: Some(fact.top_up_number.clone()),
        totals,
        ..page
    })
}

/// What every paper about a balance has: the shop, when, who, whose, by which tenders, and what there is afterwards.
async fn page(house: &House, shop: &Shop, document: TopUpId, member: MemberId, tenders: &[(&str, i64)]) -> Result<Receipt, Failure> {
    let settings = shop.settings().await;
    let stored = shop.books.entry(EntryId(document.0)).await?;
    let at_ms = stored.as_ref().map_or_else(|| house.world.now_ms(), |stored| stored.entry.5.0);
    let actor = stored.and_then(|stored| stored.entry.7);
    let clerk = shop.books.people().await?.into_iter().find(|row| Some(row.person) == actor).map(|row| row.name).unwrap_or_default();
    let row = shop.books.member(member).await?.map(|sheet| sheet.row);
    let chinese = settings.language == Language::ZhCn;
    Ok(Receipt {
        language: settings.language,
        digits: shop.info.minor_digits,
        logo: receipt::logo(&settings),
        shop: settings.shop_name.clone(),
        header: receipt::header(&settings, chinese),
        time: clock_time(at_ms, &shop.zone),
        clerk,
        member: row.as_ref().map(|row| format!("{} {}", row.card.name, row.number)),
        tenders: tenders.iter().map(|(kind, minor)| ReceiptTender { name: settings.tender_name(kind, chinese), amount_minor: *minor }).collect(),
        balance_minor: row.map(|row| row.balance_minor),
        footer: settings.receipt_footer.clone(),
        ..Receipt::default()
    })
}
