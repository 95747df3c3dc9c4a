//! The till: scanning, pricing, taking money, and tickets put aside.

use std::{collections::BTreeMap, sync::Arc};

use books::{
    Reading,
    query::{ChainMember, HeldRow, MemberHit, MemberRow, Page, ProductFilter, ProductRow, SaleFilter, SaleRow, Window},
};
use domain::{
    fact::Fact,
    ids::{EntryId, MemberId, ProductId, SaleId},
    person::Role,
    plan::Plan,
    pricing::{PriceMember, PriceProduct, PriceRefusal, Quote},
    sale::{ChainLink, PlanUsed, SaleContext, SaleDraft, SaleRecorded, SaleRefusal, decide, quote},
};
use paper::reader::PrintedRow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure, not_found},
    house::Shop,
    menu::Call,
    people::{self, Approvable},
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
    /// A member's number or whole telephone number.
    Member {
        /// Who.
        member: MemberHit,
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
    /// The products on it, with stock, in the order of first appearance.
    pub products: Vec<ProductRow>,
    /// The buyer.
    pub member: Option<MemberRow>,
    /// What each upline will earn: name, depth, millionths of a minor unit.
    pub will_earn: Vec<(String, u32, i64)>,
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
    let mut products = shop.books.scanned(&code).await?;
    match (products.len(), products.pop()) {
        (1, Some(product)) => return Ok(Scanned::Product { product }),
        (0, _) => {}
        (_, last) => return Ok(Scanned::Several { products: products.into_iter().chain(last).collect() }),
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
    Ok(Scanned::Unknown { code })
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
    // Read beside the writer: while scanning, nothing waits for a sale at another till or a long import.
    let mut reader = shop.books.reader().await?;
    let known = Known::read(call, shop, Reading::over(&mut reader), &draft).await?;
    let (quote, earned) = quote(&draft, &known.context("", "")).map_err(Failure::refused)?;
    let name = |member: MemberId| known.chain.iter().find(|above| above.link.member == member).map(|above| above.name.clone());
    let will_earn = earned.iter().map(|earned| (name(earned.member).unwrap_or_default(), earned.depth, earned.amount_micro)).collect();
    Ok(TicketQuote { quote, products: known.products, member: known.member_row, will_earn })
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
    // A PIN takes its time: it is checked before anyone else has to wait for the write lock.
    let approved_by = people::approved(call, draft.approval.as_ref(), Role::Manager).await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        if writing.stands(ticket).await? {
            return Ok(None);
        }
        let known = Known::read(call, shop, writing.reads(), &draft).await?;
        let (till, number) = writing.next_receipt().await?;
        let number = format!("{till}{}-{number:06}", shop.books.chain_letter());
        let context = SaleContext { approved_by, ..known.context(&number, &till) };
        let sale = decide(&draft, &context).map_err(or_approver)?;
        let mut entry = call.entry(sale.clone())?;
        entry.id = ticket;
        entry.rules = Some(known.rules_hash);
        let at_ms = entry.at_ms;
        writing.release(draft.sale);
        writing.record(entry).await?;
        if let Some(print) = receipt::print_of(&*shop.settings().await, &sale, at_ms) {
            writing.queue_print(print).await?;
        }
        Ok(Some(sale))
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

/// A refusal that somebody else may lift asks for them; any other stays what it is.
fn or_approver(refusal: SaleRefusal) -> Failure {
    match refusal {
        SaleRefusal::Price { price: PriceRefusal::NeedsApproval { line, given_minor, allowed_minor } } => {
            people::needs_approver(Role::Manager, Approvable::Discount { line, given_minor, allowed_minor })
        }
        refusal => Failure::refused(refusal),
    }
}

async fn recorded(shop: &Shop, ticket: EntryId) -> Result<Option<SaleRecorded>, Failure> {
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
    let sale = match stored.entry.fact(stored.number)? {
        Some(Fact::SaleRecorded(sale)) => Some(sale),
        Some(_) | None => None,
    };
    let rows = match &sale {
        Some(sale) => receipt::rows(call, shop, sale, true).await?,
        None => Vec::new(),
    };
    Ok(SaleSheet { sale, row, rows })
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

/// What deciding a sale needs, read in its own transaction.
struct Known {
    rules: domain::pricing::PriceRules,
    rules_hash: [u8; 32],
    products: Vec<ProductRow>,
    shelf: BTreeMap<String, PriceProduct>,
    names: BTreeMap<String, (ProductId, String, String)>,
    member: Option<PriceMember>,
    member_row: Option<MemberRow>,
    chain: Vec<ChainMember>,
    links: Vec<ChainLink>,
    plan: Option<(Arc<Plan>, PlanUsed)>,
    today: String,
}

impl Known {
    async fn read(call: &Call<'_>, shop: &Shop, mut reads: Reading<'_>, draft: &SaleDraft) -> Result<Self, Failure> {
        let settings = shop.settings().await;
        let limit = call.session.as_ref().filter(|session| session.role == Role::Clerk).map(|_| settings.clerk_discount_ppm);
        let rules = settings.price_rules(shop.info.minor_digits, limit);
        let mut wanted: Vec<ProductId> = Vec::with_capacity(draft.lines.len());
        for line in &draft.lines {
            let id = line.product.parse().map(ProductId).map_err(|_| Failure::refused(SaleRefusal::NotSoldHere { product: line.product.clone() }))?;
            if !wanted.contains(&id) {
                wanted.push(id);
            }
        }
        let mut products = reads.shelf(&wanted).await?;
        products.sort_by_key(|row| wanted.iter().position(|id| *id == row.product));
        let shelf = products.iter().map(|row| (row.product.to_string(), price_product(row))).collect();
        let names = products.iter().map(|row| (row.product.to_string(), (row.product, row.card.code.clone(), row.card.name.clone()))).collect();
        let (mut member, mut member_row, mut chain) = (None, None, Vec::new());
        if let Some(buyer) = draft.member {
            member_row = reads.member(buyer).await?;
            member = member_row.as_ref().map(|row| PriceMember { level: row.card.level.clone(), points: row.points, ..PriceMember::default() });
            chain = reads.chain(buyer).await?;
        }
        let today = call.house.today(shop);
        let row = reads.plan_on(&today).await?;
        let plan = match &row {
            Some(row) => Some((shop.plan(row)?, PlanUsed { version: row.version, hash: row.hash.get(..8).unwrap_or(&row.hash).to_owned() })),
            None => None,
        };
        let hashed = format!("{}{}", serde_json::to_string(&rules).unwrap_or_default(), row.map(|row| row.hash).unwrap_or_default());
        let rules_hash = *blake3::hash(hashed.as_bytes()).as_bytes();
        let links = chain.iter().map(|above| above.link.clone()).collect();
        Ok(Self { rules, rules_hash, products, shelf, names, member, member_row, chain, links, plan, today })
    }

    fn context<'a>(&'a self, number: &'a str, till: &'a str) -> SaleContext<'a> {
        SaleContext {
            rules: &self.rules,
            shelf: &self.shelf,
            names: &self.names,
            member: self.member.as_ref(),
            chain: &self.links,
            plan: self.plan.as_ref().map(|(plan, used)| (&**plan, used.clone())),
            today: &self.today,
            number,
            till,
            approved_by: None,
        }
    }
}

/// A product of the books as pricing knows it.
pub fn price_product(row: &ProductRow) -> PriceProduct {
    PriceProduct {
        id: row.product.to_string(),
        price_minor: row.card.price_minor,
        tax: row.card.tax.clone(),
        category: row.card.category.clone(),
        no_commission: row.card.no_commission,
        ..PriceProduct::default()
    }
}
