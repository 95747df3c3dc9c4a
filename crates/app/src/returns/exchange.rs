//! An exchange: goods come back and others are taken in one settlement. Two documents, each with its own id and number, in one transaction. What
//! the return gives back pays for the new goods by the same tenders, so that a later return of those finds the tenders that paid.

use domain::{
    ids::EntryId,
    pricing::TenderKind,
    returns::{Refund, ReturnDraft, ReturnRefusal, SaleReturned},
    sale::{SaleDraft, SaleRecorded, TenderDraft},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{LEAST, ReturnQuoteAnswer, ReturnReceipt, Seen, Taking, credit_note, record_in, recorded};
use crate::{
    failure::{Failure, not_found},
    house::Shop,
    menu::Call,
    people, receipt,
    sales::{self, SaleReceipt, TicketQuote},
};

/// Goods that come back and goods that are taken instead.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExchangeDraft {
    /// What comes back.
    pub returned: ReturnDraft,
    /// What is taken; its tenders are what the customer adds.
    pub sale: SaleDraft,
}

/// What an exchange comes to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExchangeQuote {
    /// What comes back.
    pub returned: ReturnQuoteAnswer,
    /// What is taken, with what the return pays of it among the tenders; `missing_minor` is what the customer still owes.
    pub ticket: TicketQuote,
    /// What the return pays of the new goods.
    pub carried: Vec<Refund>,
    /// What is given back in the end.
    pub given: Vec<Refund>,
}

/// What the till gets after an exchange.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExchangeReceipt {
    /// What came back.
    pub returned: ReturnReceipt,
    /// What was taken.
    pub sale: SaleReceipt,
    /// What is given back in the end.
    pub given: Vec<Refund>,
}

/// What an exchange comes to, without recording anything.
pub async fn quote_exchange(call: &Call<'_>, draft: ExchangeDraft) -> Result<ExchangeQuote, Failure> {
    let shop = call.shop()?;
    let mut reader = shop.books.reader().await?;
    let seen = Seen::read(call, shop, books::Reading::over(&mut reader), &draft.returned).await?;
    drop(reader);
    let returned = seen.answer(call, shop, &draft.returned).await?;
    let settled = settle(call, &returned.returned, &draft.sale).await?;
    let ticket = sales::quote_sale(call, settled.sale).await?;
    Ok(ExchangeQuote { returned, ticket, carried: settled.carried, given: settled.given })
}

/// Records an exchange: both documents or neither. Asked twice, it records once.
pub async fn record_exchange(call: &Call<'_>, draft: ExchangeDraft) -> Result<ExchangeReceipt, Failure> {
    let shop = call.shop()?;
    if recorded(shop, draft.returned.returned).await?.is_some() {
        return answer(call, shop, &draft, false).await;
    }
    crate::points::ensure(call, shop).await?;
    // One yes may stand for both halves.
    let approval = draft.returned.approval.as_ref().or(draft.sale.approval.as_ref());
    let approved_by = people::approved(call, approval, LEAST).await?;
    let mut reader = shop.books.reader().await?;
    let seen = Seen::read(call, shop, books::Reading::over(&mut reader), &draft.returned).await?;
    drop(reader);
    let expected = seen.answer(call, shop, &draft.returned).await?.returned;
    let settled = settle(call, &expected, &draft.sale).await?;
    let till = crate::shifts::till(shop).await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.stands(EntryId(draft.returned.returned.0)).await? || writing.stands(EntryId(draft.sale.sale.0)).await? {
            return Ok(false);
        }
        let taking = Taking { till: &till, approved_by, exchanged_for: Some(draft.sale.sale) };
        let returned = record_in(call, shop, &mut writing, &draft.returned, taking).await?;
        let figures = |refunds: &[Refund]| refunds.iter().map(|refund| (refund.kind.clone(), refund.amount_minor)).collect::<Vec<_>>();
        if figures(&returned.refunds) != figures(&expected.refunds) {
            return Err(Failure::refused(ReturnRefusal::Changed));
        }
        let sale = settled.numbered(&returned.number);
        sales::record_in(call, shop, &mut writing, &sale, &till, approved_by).await?;
        Ok(true)
    }
    .await;
    let first = call.house.finish(writing, outcome).await?;
    answer(call, shop, &draft, first).await
}

async fn answer(call: &Call<'_>, shop: &Shop, draft: &ExchangeDraft, first: bool) -> Result<ExchangeReceipt, Failure> {
    let returned = recorded(shop, draft.returned.returned).await?.ok_or_else(|| not_found("return"))?;
    let sale = sales::recorded(shop, EntryId(draft.sale.sale.0)).await?.ok_or_else(|| not_found("sale"))?;
    let carried: Vec<Refund> = sale
        .tenders
        .iter()
        .filter(|tender| tender.reference.as_deref() == Some(&returned.number))
        .map(|tender| Refund { kind: tender.kind.clone(), amount_minor: tender.amount_minor, reference: None, bonus_minor: None, voucher: None })
        .chain(returned.refunds.iter().filter_map(|refund| drawn_again(refund, &sale)))
        .collect();
    let given = less(&returned.refunds, &carried);
    let returned = credit_note::answer(call, shop, returned, first).await?;
    let sale = receipt::answer(call, shop, sale, first).await?;
    Ok(ExchangeReceipt { returned, sale, given })
}

/// What the sale drew again of what went back to a voucher.
fn drawn_again(refund: &Refund, sale: &SaleRecorded) -> Option<Refund> {
    let voucher = refund.voucher.as_ref().filter(|voucher| !voucher.made)?.voucher;
    let drawn: i64 = sale.tenders.iter().filter(|tender| tender.voucher == Some(voucher)).map(|tender| tender.amount_minor).sum();
    Some(Refund { amount_minor: refund.amount_minor.min(drawn), ..refund.clone() })
}

struct Settled {
    sale: SaleDraft,
    /// Places among the sale's tenders of those that the return pays; all others are the customer's, whatever they claim to be.
    places: Vec<usize>,
    carried: Vec<Refund>,
    given: Vec<Refund>,
}

impl Settled {
    /// The sale with the credit note's number as the reference of what the return pays, and of nothing else.
    fn numbered(&self, number: &str) -> SaleDraft {
        let mut sale = self.sale.clone();
        for (place, tender) in sale.tenders.iter_mut().enumerate() {
            if self.places.contains(&place) {
                tender.reference = Some(number.to_owned());
            } else if tender.reference.as_deref() == Some(number) {
                tender.reference = None;
            }
        }
        sale
    }
}

/// Lets what comes back pay for what is taken: the tenders in their order, cash last and in its own steps, what the customer adds after them.
async fn settle(call: &Call<'_>, returned: &SaleReturned, sale: &SaleDraft) -> Result<Settled, Failure> {
    let mut paid = SaleDraft { tenders: Vec::new(), ..sale.clone() };
    let mut left = sales::quote_sale(call, paid.clone()).await?.quote.due_minor;
    let (mut carried, mut places) = (Vec::new(), Vec::new());
    let tender = |kind, amount_minor| TenderDraft { kind, amount_minor, reference: None };
    for refund in returned.refunds.iter().filter(|refund| refund.kind != TenderKind::Cash.name()) {
        let amount_minor = refund.amount_minor.min(left);
        let Some(kind) = TenderKind::named(&refund.kind).filter(|_| amount_minor > 0) else { continue };
        match &refund.voucher {
            // One that is made for the return pays another time.
            Some(voucher) if voucher.made => continue,
            // A voucher is drawn on by its own code: that is its reference.
            Some(voucher) => paid.tenders.push(TenderDraft { reference: Some(voucher.code.clone()), ..tender(kind, amount_minor) }),
            None if kind == TenderKind::Voucher => continue,
            None => {
                places.push(paid.tenders.len());
                paid.tenders.push(tender(kind, amount_minor));
            }
        }
        left -= amount_minor;
        carried.push(Refund { amount_minor, ..refund.clone() });
    }
    paid.tenders.extend(sale.tenders.iter().filter(|tender| tender.kind != TenderKind::Cash).cloned());
    let in_cash: i64 = returned.refunds.iter().filter(|refund| refund.kind == TenderKind::Cash.name()).map(|refund| refund.amount_minor).sum();
    if in_cash > 0 {
        let amount_minor = in_cash.min(sales::quote_sale(call, paid.clone()).await?.quote.cash_asked_minor);
        if amount_minor > 0 {
            places.push(paid.tenders.len());
            paid.tenders.push(tender(TenderKind::Cash, amount_minor));
            carried.push(Refund { kind: TenderKind::Cash.name().to_owned(), amount_minor, reference: None, bonus_minor: None, voucher: None });
        }
    }
    paid.tenders.extend(sale.tenders.iter().filter(|tender| tender.kind == TenderKind::Cash).cloned());
    let given = less(&returned.refunds, &carried);
    Ok(Settled { sale: paid, places, carried, given })
}

/// What is left of the refunds after what they paid.
fn less(refunds: &[Refund], carried: &[Refund]) -> Vec<Refund> {
    let which = |refund: &Refund| (refund.kind.clone(), refund.voucher.as_ref().map(|voucher| voucher.voucher));
    let used = |of: &Refund| carried.iter().filter(|row| which(row) == which(of)).map(|row| row.amount_minor).sum::<i64>();
    let rest = refunds.iter().map(|refund| Refund { amount_minor: refund.amount_minor - used(refund), ..refund.clone() });
    rest.filter(|refund| refund.amount_minor > 0).collect()
}
