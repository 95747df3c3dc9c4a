//! The till: scanning, pricing, taking money, and tickets put aside.

mod known;

pub(crate) use known::Known;
pub use known::price_product;

use books::{
    Reading, Writing,
    query::{HeldRow, MemberHit, MemberRow, Page, ProductFilter, ProductRow, SaleFilter, SaleRow, VoucherRow, Window},
};
use domain::{
    fact::Fact,
    ids::{EntryId, MemberId, PersonId, SaleId},
    person::Role,
    pricing::{
        PriceRefusal, Quote,
        barcode::{LabelLayout, Scan, qty_for_price, read_scan},
    },
    promotion::normal_code,
    returns::SaleReturned,
    sale::{GivenDiscount, SaleContext, SaleDraft, SaleRecorded, SaleRefusal, decide, quote, read_label},
};
use paper::reader::PrintedRow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure, not_found},
    house::Shop,
    levels::{self, BuyerLevel},
    menu::Call,
    people::{self, Approvable},
    points::{self, BuyerPoints},
    receipt,
};

/// What a scan means.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "scan", rename_all = "snake_case")]
pub enum Scanned {
    /// Exactly one product.
    Product {
        /// It.
        product: ProductRow,
    },
    /// Several products share the code; a person chooses.
    Several {
        /// They.
        products: Vec<ProductRow>,
    },
    /// A label of the shop's scales: a product with its quantity, and the amount where one is printed.
    Label {
        /// It.
        product: ProductRow,
        /// Goes with the line, which is priced by it.
        label: String,
        /// Thousandths.
        qty_milli: i64,
        /// The amount printed, in minor units.
        price_minor: Option<i64>,
    },
    /// A coupon of the shop.
    Coupon {
        /// Its code as it is compared.
        coupon: String,
        /// Its name.
        name: String,
    },
    /// A voucher of the shop.
    Voucher {
        /// It.
        voucher: VoucherRow,
    },
    /// A member's number or whole telephone number.
    Member {
        /// Who.
        member: MemberHit,
    },
    /// A receipt or a credit note: the sale that it is of.
    Sale {
        /// It.
        sale: SaleRow,
    },
    /// Nothing known.
    Unknown {
        /// As scanned.
        code: String,
    },
}

/// A priced ticket as the till shows it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TicketQuote {
    /// Every figure.
    pub quote: Quote,
    /// Every order discount with its name: the shop's own first, then what was asked.
    pub discounts: Vec<GivenDiscount>,
    /// Points that one piece costs as a gift, line by line; absent where it is not one.
    pub gift_points: Vec<Option<i64>>,
    /// The products on it, with stock, in the order of first appearance.
    pub products: Vec<ProductRow>,
    /// The buyer.
    pub member: Option<MemberRow>,
    /// What each upline will earn: name, depth, millionths of a minor unit.
    pub will_earn: Vec<(String, u32, i64)>,
    /// What there is to say of the buyer's points; absent without a buyer.
    pub points: Option<BuyerPoints>,
    /// The buyer's level before and after; absent where no level follows from growth.
    pub level: Option<BuyerLevel>,
}

/// What the till gets after a sale.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaleReceipt {
    /// The sale as recorded.
    pub sale: SaleRecorded,
    /// The receipt, row by row, as the printer's own bytes read.
    pub rows: Vec<PrintedRow>,
    /// True if it went to a printer; how that ended is told later.
    pub printing: bool,
}

/// A ticket to put aside, or to keep as the one that is open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HoldDraft {
    /// The ticket.
    pub ticket: SaleId,
    /// What the clerk writes on it.
    #[serde(default)]
    pub label: String,
    /// The screen's own draft as JSON text.
    pub draft: String,
    /// True for the ticket that is open on the till right now.
    pub open: bool,
}

/// Which part of the sales list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SalesQuestion {
    /// Which sales.
    pub filter: SaleFilter,
    /// Which rows.
    pub window: Window,
}

/// A sale with its receipt and the names of its chain.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaleSheet {
    /// As recorded; absent for a document of an earlier system.
    pub sale: Option<SaleRecorded>,
    /// As listed.
    pub row: SaleRow,
    /// The receipt as a copy.
    pub rows: Vec<PrintedRow>,
    /// As recorded, where it is goods that came back.
    pub returned: Option<SaleReturned>,
    /// What came back of it, oldest first.
    pub returns: Vec<SaleRow>,
}

/// Print a receipt once more.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReprintDraft {
    /// Which; the newest sale of this till where absent.
    #[serde(default)]
    pub sale: Option<SaleId>,
}

/// What a scanned or typed code means: a product by barcode or code, else a member by number or telephone.
pub async fn scan(call: &Call<'_>, code: String) -> Result<Scanned, Failure> {
    let shop = call.shop()?;
    let code = code.trim().to_owned();
    let labels = shop.settings().await.labels();
    if let Some(found) = label(shop, &code, &labels).await? {
        return Ok(found);
    }
    let mut products = shop.books.scanned(&code).await?;
    match (products.len(), products.pop()) {
        (1, Some(product)) => return Ok(Scanned::Product { product }),
        (0, _) => {}
        (_, last) => return Ok(Scanned::Several { products: products.into_iter().chain(last).collect() }),
    }
    if let Some(name) = shop.books.coupon(&normal_code(&code)).await? {
        return Ok(Scanned::Coupon { coupon: normal_code(&code), name });
    }
    if let Some(voucher) = shop.books.voucher_coded(&domain::voucher::normal_voucher(&code), &call.house.today(shop)).await? {
        return Ok(Scanned::Voucher { voucher });
    }
    let country_code = shop.settings().await.country_code.clone();
    let phone = domain::member::normal_phone(&code, &country_code);
    // As it was typed first: a member's number may look like a telephone number.
    for search in [Some(&code), phone.as_ref()].into_iter().flatten() {
        let mut hits = shop.books.find_members(search, &country_code).await?.into_iter();
        if let Some(member) = hits.find(|hit| hit.number.eq_ignore_ascii_case(&code) || (phone.is_some() && hit.phone == phone)) {
            return Ok(Scanned::Member { member });
        }
    }
    Ok(match shop.books.sale_numbered(&code).await? {
        Some(sale) => Scanned::Sale { sale },
        None => Scanned::Unknown { code },
    })
}

/// A label of the shop's scales; nothing where it is none, or its item is no product of the shop.
async fn label(shop: &Shop, code: &str, layouts: &[LabelLayout]) -> Result<Option<Scanned>, Failure> {
    let refused = |label| Failure::refused(SaleRefusal::Label { label });
    let Some(item) = read_label(code, layouts).map_err(refused)? else { return Ok(None) };
    let bare = item.trim_start_matches('0');
    let mut found = shop.books.scanned(&item).await?;
    if found.is_empty() && !bare.is_empty() {
        found = shop.books.scanned(bare).await?;
    }
    let (Some(product), Scan::Label { price_minor, qty_milli, .. }) = (found.into_iter().next(), read_scan(code, layouts).map_err(refused)?) else {
        return Ok(None);
    };
    let by_price = price_minor.and_then(|price| qty_for_price(price, product.card.price_minor));
    let qty_milli = qty_milli.filter(|qty| *qty > 0).or(by_price).unwrap_or(1000);
    Ok(Some(Scanned::Label { product, label: code.to_owned(), qty_milli, price_minor }))
}

/// Up to twenty products for the till's search box, by name, pinyin, initials, code or barcode.
pub async fn find_products(call: &Call<'_>, search: String) -> Result<Vec<ProductRow>, Failure> {
    let filter = ProductFilter { search, sort: Some("name".into()), ..ProductFilter::default() };
    Ok(call.shop()?.books.products(&filter, Window { offset: 0, limit: 20 }).await?.rows)
}

/// Prices a ticket without recording anything.
pub async fn quote_sale(call: &Call<'_>, draft: SaleDraft) -> Result<TicketQuote, Failure> {
    let shop = call.shop()?;
    if draft.lines.is_empty() {
        return Err(Failure::refused(SaleRefusal::Empty));
    }
    if draft.member.is_some() {
        points::ensure(call, shop).await?;
    }
    // Read beside the writer: while scanning, nothing waits for a sale at another till or a long import.
    let mut reader = shop.books.reader().await?;
    let known = Known::read(call, shop, Reading::over(&mut reader), &draft).await?;
    let domain::sale::Priced { quote, earned, discounts } = quote(&draft, &known.context("", "")).map_err(Failure::refused)?;
    let gift_points = known.gift_points(&draft);
    let name = |member: MemberId| known.chain.iter().find(|above| above.link.member == member).map(|above| above.name.clone());
    let will_earn = earned.iter().map(|earned| (name(earned.member).unwrap_or_default(), earned.depth, earned.amount_micro)).collect();
    let points = match &known.member_row {
        Some(row) => Some(points::of_buyer(call, shop, &mut Reading::over(&mut reader), row).await?),
        None => None,
    };
    let level = match draft.member {
        Some(buyer) => levels::of_buyer(call, shop, &mut Reading::over(&mut reader), buyer, (quote.goods_minor, quote.points_earned)).await?,
        None => None,
    };
    Ok(TicketQuote { level, quote, discounts, gift_points, products: known.products, member: known.member_row, will_earn, points })
}

/// Records a sale. Asked twice for the same ticket, it records once and answers with the same receipt (fault 24).
pub async fn record_sale(call: &Call<'_>, draft: SaleDraft) -> Result<SaleReceipt, Failure> {
    let shop = call.shop()?;
    let ticket = EntryId(draft.sale.0);
    // Asked once more with a PIN, it is answered without looking at the PIN again.
    if draft.approval.is_some()
        && let Some(sale) = recorded(shop, ticket).await?
    {
        return receipt::answer(call, shop, sale, false).await;
    }
    if draft.member.is_some() {
        points::ensure(call, shop).await?;
    }
    // A PIN takes its time: it is checked before anyone else has to wait for the write lock.
    let approved_by = people::approved(call, draft.approval.as_ref(), Role::Manager).await?;
    let till = crate::shifts::till(shop).await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.stands(ticket).await? {
            return Ok(None);
        }
        record_in(call, shop, &mut writing, &draft, &till, approved_by).await.map(Some)
    }
    .await;
    match call.house.finish(writing, outcome).await? {
        Some(sale) => receipt::answer(call, shop, sale, true).await,
        None => {
            let stands = recorded(shop, ticket).await?.ok_or_else(|| not_found("sale"))?;
            receipt::answer(call, shop, stands, false).await
        }
    }
}

/// Decides and records a sale in a transaction that is open already.
pub(crate) async fn record_in(
    call: &Call<'_>,
    shop: &Shop,
    writing: &mut Writing<'_>,
    draft: &SaleDraft,
    till: &str,
    approved_by: Option<PersonId>,
) -> Result<SaleRecorded, Failure> {
    let known = Known::read(call, shop, writing.reads(), draft).await?;
    let number = next_receipt(shop, writing).await?;
    let shift = writing.reads().open_shift(shop.books.device()).await?;
    let shift_required = shop.settings().await.shifts.required;
    let context = SaleContext { approved_by, shift, shift_required, ..known.context(&number, till) };
    let sale = decide(draft, &context).map_err(or_approver)?;
    let mut entry = call.entry(sale.clone())?;
    entry.id = EntryId(draft.sale.0);
    entry.rules = Some(known.rules_hash);
    let at_ms = entry.at_ms;
    writing.release(draft.sale);
    writing.record(entry).await?;
    levels::sold(call, shop, writing, &sale).await?;
    if let Some(print) = receipt::print_of(&*shop.settings().await, &sale, at_ms) {
        writing.queue_print(print).await?;
    }
    Ok(sale)
}

/// The next number of receipts and credit notes: till, chain letter, counter.
pub(crate) async fn next_receipt(shop: &Shop, writing: &mut Writing<'_>) -> Result<String, Failure> {
    let (till, number) = writing.next_receipt().await?;
    Ok(format!("{till}{}-{number:06}", shop.books.chain_letter()))
}

/// A refusal that somebody else may lift asks for them; any other stays what it is.
fn or_approver(refusal: SaleRefusal) -> Failure {
    match refusal {
        SaleRefusal::Price { price: PriceRefusal::NeedsApproval { line, given_minor, allowed_minor } } => {
            people::needs_approver(Role::Manager, Approvable::Discount { line, given_minor, allowed_minor })
        }
        refusal => Failure::refused(refusal),
    }
}

pub(crate) async fn recorded(shop: &Shop, ticket: EntryId) -> Result<Option<SaleRecorded>, Failure> {
    let Some(stored) = shop.books.entry(ticket).await? else { return Ok(None) };
    match stored.entry.fact(stored.number)? {
        Some(Fact::SaleRecorded(sale)) => Ok(Some(sale)),
        Some(_) | None => Err(DoorRefusal::BadQuestion { command: "record_sale".into(), reason: "this id belongs to something else".into() }.into()),
    }
}

/// Keeps a ticket, put aside or open.
pub async fn hold_sale(call: &Call<'_>, draft: HoldDraft) -> Result<(), Failure> {
    let shop = call.shop()?;
    // A ticket that was sold meanwhile is not put aside again.
    if shop.books.entry(EntryId(draft.ticket.0)).await?.is_some() {
        return Ok(());
    }
    let held = HeldRow {
        ticket: draft.ticket,
        label: draft.label,
        draft: draft.draft,
        person: call.session.as_ref().map(|session| session.person),
        at_ms: call.house.world.now_ms(),
        open: draft.open,
    };
    let mut writing = shop.books.write().await?;
    let outcome = writing.hold(&held).await.map_err(Failure::from);
    call.house.finish(writing, outcome).await
}

/// Tickets put aside, and the one that was open when the program last stopped.
pub async fn held_sales(call: &Call<'_>, (): ()) -> Result<Vec<HeldRow>, Failure> {
    Ok(call.shop()?.books.held().await?)
}

/// Drops a ticket for good.
pub async fn drop_held(call: &Call<'_>, ticket: SaleId) -> Result<(), Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    writing.release(ticket);
    call.house.finish(writing, Ok(())).await
}

/// A part of the sales list.
pub async fn sales(call: &Call<'_>, question: SalesQuestion) -> Result<Page<SaleRow>, Failure> {
    Ok(call.shop()?.books.sales(&question.filter, question.window).await?)
}

/// One sale with its receipt.
pub async fn sale(call: &Call<'_>, sale: SaleId) -> Result<SaleSheet, Failure> {
    let shop = call.shop()?;
    let row = shop.books.sale_row(sale).await?.ok_or_else(|| not_found("sale"))?;
    let stored = shop.books.entry(EntryId(sale.0)).await?.ok_or_else(|| not_found("sale"))?;
    let (sale, returned) = match stored.entry.fact(stored.number)? {
        Some(Fact::SaleRecorded(sale)) => (Some(sale), None),
        Some(Fact::SaleReturned(returned)) => (None, Some(returned)),
        Some(_) | None => (None, None),
    };
    let rows = match (&sale, &returned) {
        (Some(sale), _) => receipt::rows(call, shop, sale, true).await?,
        (None, Some(returned)) => crate::returns::credit_note_rows(call, shop, returned, true).await?,
        (None, None) => Vec::new(),
    };
    let returns = shop.books.returns_of(row.sale).await?;
    Ok(SaleSheet { sale, row, rows, returned, returns })
}

/// Prints a receipt once more, marked as a copy.
pub async fn reprint(call: &Call<'_>, draft: ReprintDraft) -> Result<SaleReceipt, Failure> {
    let shop = call.shop()?;
    let sale = match draft.sale {
        Some(sale) => sale,
        None => shop.books.newest_sale().await?.ok_or_else(|| not_found("sale"))?,
    };
    let sale = recorded(shop, EntryId(sale.0)).await?.ok_or_else(|| not_found("sale"))?;
    receipt::reprinted(call, shop, sale).await
}
