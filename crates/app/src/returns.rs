//! Goods that come back, and exchanges: what may come back, what it gives, and recording it.

mod credit_note;
mod exchange;

pub use exchange::{ExchangeDraft, ExchangeQuote, ExchangeReceipt, quote_exchange, record_exchange};

use books::{
    Reading, Writing,
    query::{MemberRow, SaleRow},
};
use domain::{
    fact::Fact,
    ids::{EntryId, PersonId, ProductId, ReturnId, SaleId, VoucherId},
    person::Role,
    pricing::{DraftLine, ReturnedQty},
    returns::{Origin, ReturnContext, ReturnDraft, ReturnRefusal, ReturnWhat, SaleReturned, decide, quote},
    sale::SaleDraft,
    voucher::VoucherBack,
};
use paper::reader::PrintedRow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure, not_found},
    house::Shop,
    menu::Call,
    people::{self, Approvable},
    sales::{Known, next_receipt},
    vouchers::{last_day, new_code},
    world::days_between,
};

/// Who may do alone what a clerk needs an approver for.
const LEAST: Role = Role::Manager;

/// A sale on the counter: what was sold, what came back already, and what may still come back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReturnSheet {
    /// The sale as listed.
    pub row: SaleRow,
    /// Its lines.
    pub lines: Vec<ReturnableLine>,
    /// Its returns so far, oldest first.
    pub returns: Vec<SaleRow>,
    /// Days since the sale.
    pub age_days: i64,
    /// Days within which goods come back without asking; 0 for any number.
    pub window_days: u32,
    /// True where a clerk needs an approver because those days are over.
    pub late: bool,
    /// False for a document of an earlier system, whose tenders are not known.
    pub own: bool,
    /// Its buyer as they are today, to whom new goods in an exchange are sold.
    pub buyer: Option<MemberRow>,
}

/// One line of a sale on the counter.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReturnableLine {
    /// The line, from 0.
    pub line: u32,
    /// The product, to be recognised when it is scanned; absent where the line is no goods.
    pub product: Option<ProductId>,
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// Thousandths sold.
    pub sold_milli: i64,
    /// Thousandths that may still come back.
    pub left_milli: i64,
    /// Price of one then.
    pub unit_minor: i64,
    /// What was paid for the line.
    pub net_minor: i64,
}

/// What a return would give, before anything is recorded.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReturnQuoteAnswer {
    /// The return as it would be recorded, without a number.
    pub returned: SaleReturned,
    /// Money in hand or on the tenders, cash rounding included.
    pub given_minor: i64,
    /// The member's points afterwards; below zero is a debt.
    pub points_after: Option<i64>,
    /// True where whoever is signed in needs an approver.
    pub needs_approver: bool,
}

/// What the till gets after a return.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReturnReceipt {
    /// The return as recorded.
    pub returned: SaleReturned,
    /// The credit note, row by row.
    pub rows: Vec<PrintedRow>,
    /// True if it went to a printer; how that ended is told later.
    pub printing: bool,
}

/// Sales that somebody may hold the receipt of, newest first: by number, buyer, goods or day, every word of it; the newest where nothing is typed.
pub async fn find_sales(call: &Call<'_>, search: String) -> Result<Vec<SaleRow>, Failure> {
    let shop = call.shop()?;
    let country_code = shop.settings().await.country_code.clone();
    let today = call.house.today(shop);
    Ok(shop.books.find_sales(&search, &country_code, today.get(..4).unwrap_or_default()).await?)
}

/// A sale on the counter, found by list or scan.
pub async fn return_sheet(call: &Call<'_>, sale: SaleId) -> Result<ReturnSheet, Failure> {
    let shop = call.shop()?;
    let row = shop.books.sale_row(sale).await?.ok_or_else(|| not_found("sale"))?;
    let mut reader = shop.books.reader().await?;
    let mut reads = Reading::over(&mut reader);
    let counter = Counter::of(call, shop, &mut reads, sale).await?;
    let came = |line: usize| counter.already.iter().filter(|row| row.line == line).map(|row| row.qty_milli).sum::<i64>();
    let line = |(line, (named, figures)): (usize, (&domain::returns::OriginLine, &domain::pricing::SoldFigures))| ReturnableLine {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        product: named.product,
        code: named.code.clone(),
        name: named.name.clone(),
        sold_milli: figures.qty_milli,
        left_milli: figures.qty_milli - came(line),
        unit_minor: named.unit_minor,
        net_minor: named.net_minor,
    };
    let lines = counter.origin.lines.iter().zip(&counter.origin.sold.lines).enumerate().map(line).collect();
    let buyer = match counter.origin.member {
        Some(member) => reads.member(member).await?,
        None => None,
    };
    let window_days = shop.settings().await.return_days;
    Ok(ReturnSheet {
        lines,
        returns: shop.books.returns_of(sale).await?,
        age_days: counter.age_days,
        window_days,
        late: window_days > 0 && counter.age_days > i64::from(window_days),
        own: counter.origin.own,
        buyer,
        row,
    })
}

/// What a return would give, without recording anything.
pub async fn quote_return(call: &Call<'_>, draft: ReturnDraft) -> Result<ReturnQuoteAnswer, Failure> {
    let shop = call.shop()?;
    let mut reader = shop.books.reader().await?;
    let seen = Seen::read(call, shop, Reading::over(&mut reader), &draft).await?;
    seen.answer(call, shop, &draft).await
}

/// Records a return. Asked twice, it records once and answers with the same credit note.
pub async fn record_return(call: &Call<'_>, draft: ReturnDraft) -> Result<ReturnReceipt, Failure> {
    let shop = call.shop()?;
    if let Some(stands) = recorded(shop, draft.returned).await? {
        return credit_note::answer(call, shop, stands, false).await;
    }
    let approved_by = people::approved(call, draft.approval.as_ref(), LEAST).await?;
    crate::points::ensure(call, shop).await?;
    let till = crate::shifts::till(shop).await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        // Another window may have recorded the same return between our look and our write.
        if writing.stands(EntryId(draft.returned.0)).await? {
            return Ok(None);
        }
        record_in(call, shop, &mut writing, &draft, Taking { till: &till, approved_by, exchanged_for: None }).await.map(Some)
    }
    .await;
    match call.house.finish(writing, outcome).await? {
        Some(returned) => credit_note::answer(call, shop, returned, true).await,
        None => {
            let stands = recorded(shop, draft.returned).await?.ok_or_else(|| not_found("return"))?;
            credit_note::answer(call, shop, stands, false).await
        }
    }
}

/// Prints a credit note once more, marked as a copy.
pub async fn reprint_return(call: &Call<'_>, returned: ReturnId) -> Result<ReturnReceipt, Failure> {
    let shop = call.shop()?;
    let stands = recorded(shop, returned).await?.ok_or_else(|| not_found("return"))?;
    credit_note::reprinted(call, shop, stands).await
}

pub(crate) use credit_note::{note_of as credit_note_of, rows as credit_note_rows};

async fn recorded(shop: &Shop, returned: ReturnId) -> Result<Option<SaleReturned>, Failure> {
    let Some(stored) = shop.books.entry(EntryId(returned.0)).await? else { return Ok(None) };
    match stored.entry.fact(stored.number)? {
        Some(Fact::SaleReturned(stands)) => Ok(Some(stands)),
        Some(_) | None => {
            Err(DoorRefusal::BadQuestion { command: "record_return".into(), reason: "this id belongs to something else".into() }.into())
        }
    }
}

/// By whom and for what a return is taken.
struct Taking<'a> {
    till: &'a str,
    approved_by: Option<PersonId>,
    exchanged_for: Option<SaleId>,
}

/// Decides and records a return in a transaction that is open already.
async fn record_in(
    call: &Call<'_>,
    shop: &Shop,
    writing: &mut Writing<'_>,
    draft: &ReturnDraft,
    taking: Taking<'_>,
) -> Result<SaleReturned, Failure> {
    let seen = Seen::read(call, shop, writing.reads(), draft).await?;
    let number = next_receipt(shop, writing).await?;
    let window_days = shop.settings().await.return_days;
    let made = VoucherBack {
        voucher: VoucherId(draft.returned.0),
        code: new_code(call, &mut writing.reads()).await?,
        made: true,
        expires: last_day(&*shop.settings().await, &seen.known.today),
    };
    let shift = writing.reads().open_shift(shop.books.device()).await?;
    let context = ReturnContext {
        number: &number,
        till: taking.till,
        window_days,
        alone: may_alone(call),
        approved_by: taking.approved_by,
        exchanged_for: taking.exchanged_for,
        shift,
        shift_required: shop.settings().await.shifts.required,
        voucher: Some(&made),
        ..seen.context()
    };
    let returned = decide(draft, &context).map_err(or_approver)?;
    let mut entry = call.entry(returned.clone())?;
    entry.id = EntryId(draft.returned.0);
    let at_ms = entry.at_ms;
    writing.record(entry).await?;
    crate::levels::came_back(call, shop, writing, &returned).await?;
    if let Some(print) = credit_note::print_of(&*shop.settings().await, &returned, at_ms) {
        writing.queue_print(print).await?;
    }
    Ok(returned)
}

fn may_alone(call: &Call<'_>) -> bool {
    call.session.as_ref().is_some_and(|session| session.role >= LEAST)
}

/// A refusal that somebody else may lift asks for them; any other stays what it is.
fn or_approver(refusal: ReturnRefusal) -> Failure {
    match refusal {
        ReturnRefusal::Late { age_days, window_days } => people::needs_approver(LEAST, Approvable::ReturnLate { age_days, window_days }),
        ReturnRefusal::Unreceipted { amount_minor } => people::needs_approver(LEAST, Approvable::ReturnUnreceipted { amount_minor }),
        refusal => Failure::refused(refusal),
    }
}

/// A sale with what came back of it.
struct Counter {
    origin: Origin,
    already: Vec<ReturnedQty>,
    age_days: i64,
    /// What of the points that the sale earned is still locked, and what ran out.
    points_lie: (i64, i64),
}

impl Counter {
    async fn of(call: &Call<'_>, shop: &Shop, reads: &mut Reading<'_>, sale: SaleId) -> Result<Self, Failure> {
        let unknown = || Failure::refused(ReturnRefusal::UnknownSale);
        let stored = reads.entry(EntryId(sale.0)).await?.ok_or_else(unknown)?;
        let date = stored.entry.6.clone();
        let (mut origin, date) = match stored.entry.fact(stored.number)? {
            Some(Fact::SaleRecorded(sale)) => (Origin::from(&sale), date),
            Some(Fact::SaleImported(sale)) => (Origin::try_from(&sale).map_err(|no| Failure::refused(ReturnRefusal::from(no)))?, date),
            Some(_) | None => return Err(unknown()),
        };
        let already = reads.returned(sale).await?;
        origin.closed = reads.closed_on(sale).await?;
        let points_lie = match origin.member.filter(|_| origin.sold.lines.iter().any(|line| line.points_earned != 0)) {
            Some(member) => reads.points_lots(member).await?.locked_and_expired(EntryId(sale.0)),
            None => (0, 0),
        };
        Ok(Self { points_lie, origin, already, age_days: days_between(&date, &call.house.today(shop)) })
    }
}

/// What deciding a return needs, read in its own transaction.
struct Seen {
    counter: Option<Counter>,
    known: Known,
}

impl Seen {
    async fn read(call: &Call<'_>, shop: &Shop, mut reads: Reading<'_>, draft: &ReturnDraft) -> Result<Self, Failure> {
        let (counter, lines) = match &draft.what {
            ReturnWhat::Receipt { sale, .. } => (Some(Counter::of(call, shop, &mut reads, *sale).await?), Vec::new()),
            ReturnWhat::NoReceipt { lines } => {
                (None, lines.iter().map(|line| DraftLine { product: line.product.to_string(), ..DraftLine::default() }).collect())
            }
        };
        // Goods without a receipt are priced as a ticket of the same products would be.
        let ticket = SaleDraft {
            sale: SaleId(draft.returned.0),
            lines,
            discounts: Vec::new(),
            points: 0,
            member: None,
            tenders: Vec::new(),
            approval: None,
            salesperson: None,
        };
        let known = Known::read(call, shop, reads, &ticket).await?;
        Ok(Self { counter, known })
    }

    fn context(&self) -> ReturnContext<'_> {
        ReturnContext {
            origin: self.counter.as_ref().map(|counter| &counter.origin),
            already: self.counter.as_ref().map_or(&[], |counter| &counter.already),
            age_days: self.counter.as_ref().map_or(0, |counter| counter.age_days),
            window_days: 0,
            rules: &self.known.rules,
            shelf: &self.known.shelf,
            names: &self.known.names,
            today: &self.known.today,
            number: "",
            till: "",
            alone: true,
            approved_by: None,
            exchanged_for: None,
            shift: None,
            shift_required: false,
            voucher: None,
            place: self.known.place(),
            points_lie: self.counter.as_ref().map_or((0, 0), |counter| counter.points_lie),
        }
    }

    async fn answer(&self, call: &Call<'_>, shop: &Shop, draft: &ReturnDraft) -> Result<ReturnQuoteAnswer, Failure> {
        let window_days = shop.settings().await.return_days;
        let returned = quote(draft, &self.context()).map_err(Failure::refused)?;
        let asks = decide(draft, &ReturnContext { window_days, alone: may_alone(call), ..self.context() });
        let points_after = match returned.member {
            Some(member) => {
                let points = shop.books.member(member).await?.map(|sheet| sheet.row.points);
                let taken = returned.points_taken - returned.points_from_locked - returned.points_expired;
                points.map(|points| points - taken + returned.points_given)
            }
            None => None,
        };
        let given_minor = returned.refunds.iter().map(|refund| refund.amount_minor).sum();
        Ok(ReturnQuoteAnswer { returned, given_minor, points_after, needs_approver: asks.is_err() })
    }
}
