//! The month: what each member earned, sale by sale, and why.

pub mod close;
pub mod nothing;
pub mod outside;
pub mod reconcile;
pub mod review;
pub mod risk;

pub use close::*;
pub use nothing::*;
pub use outside::*;
pub use reconcile::*;
pub use review::*;
pub use risk::*;

use std::collections::BTreeMap;

use books::{
    Books, BooksError,
    query::{EarningRow, MonthFilter, MonthRow, MonthTotals, Page, ProofOfMonth, Proven, Window},
};
use domain::{
    fact::Fact,
    ids::{EntryId, MemberId, SaleId},
    sale::{ChainLink, Earned, PlanUsed},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure, not_found},
    jobs::JobKind,
    menu::Call,
};

/// Which part of the month's report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MonthQuestion {
    /// Which month and members, in which order.
    pub filter: MonthFilter,
    /// Which rows.
    pub window: Window,
}

/// The month's report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MonthReport {
    /// The rows asked for.
    pub page: Page<MonthRow>,
    /// Sums under the same filter.
    pub totals: MonthTotals,
    /// The whole month held against the ledger.
    pub proof: ProofOfMonth,
}

/// Which earnings of one member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EarningsQuestion {
    /// Whose.
    pub member: MemberId,
    /// `YYYY-MM`.
    pub month: String,
    /// Which rows.
    pub window: Window,
}

/// Which amount is to be explained.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WhyQuestion {
    /// The sale.
    pub sale: SaleId,
    /// Place among its earnings.
    pub line: i64,
}

/// From an amount back to where it came from.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WhyAnswer {
    /// Number of the sale.
    pub number: String,
    /// The shop's day.
    pub business_date: String,
    /// Lines that counted: name, quantity in thousandths, what counted of them in minor units.
    pub lines: Vec<(String, i64, i64)>,
    /// Plan version and hash.
    pub plan: Option<PlanUsed>,
    /// The earning.
    pub earned: Earned,
    /// The engine's explanation.
    pub why: Value,
    /// The chain as it stood: the buyer first, each with name; empty for a rule of the month.
    pub chain: Vec<(ChainLink, String)>,
    /// The month whose rule earned it; absent for what was earned with a sale.
    pub month: Option<String>,
    /// What the month's rule started from: an order, `buyer:` and a member, an earlier earning, `period`; `cut:` before it for what a limit takes back.
    pub source: Option<String>,
    /// What an earlier round of the close had paid: the amount is the difference to it.
    pub before_micro: Option<i64>,
    /// Names of everyone that is mentioned.
    pub names: Vec<(MemberId, String)>,
    /// Numbers of the sales that the source mentions.
    pub sales: Vec<(SaleId, String)>,
    /// The return that took the earning back, where one did; everything above is then the sale's.
    pub reversal: Option<WhyReversal>,
}

/// A return that took an earning back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WhyReversal {
    /// The sale that came back.
    pub sale: SaleId,
    /// Number of the credit note.
    pub number: String,
    /// The shop's day of it.
    pub business_date: String,
    /// Why the goods came back, as typed.
    pub reason: Option<String>,
    /// Lines that came back: name, quantity in thousandths, what counted of them in minor units.
    pub lines: Vec<(String, i64, i64)>,
    /// The part of the base that came back, in minor units, zero or below.
    pub base_minor: i64,
    /// What was taken back, exact, zero or below.
    pub amount_micro: i64,
}

/// A file to write.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportDraft {
    /// Which month and members, in which order.
    pub filter: MonthFilter,
    /// Where to; `.xlsx` or `.csv` decides the format.
    pub path: String,
}

/// Months that have something to show, newest first.
pub async fn months(call: &Call<'_>, (): ()) -> Result<Vec<String>, Failure> {
    Ok(call.shop()?.books.months().await?)
}

/// The month's report.
pub async fn month(call: &Call<'_>, question: MonthQuestion) -> Result<MonthReport, Failure> {
    let shop = call.shop()?;
    let (whole, proof) = shop.months.of(&shop.books, &question.filter.month).await?;
    let totals = if question.filter.search.trim().is_empty() { whole } else { shop.books.month_totals(&question.filter).await? };
    let rows = shop.books.month(&question.filter, question.window).await?;
    Ok(MonthReport { page: Page { count: totals.members, rows }, totals, proof })
}

/// Totals and proof of each month that was looked at, as of an entry: paging through a report adds nothing up again, and after a sale only that sale is
/// added to the proof.
#[derive(Debug, Default)]
pub struct Months(tokio::sync::Mutex<BTreeMap<String, (Proven, MonthTotals)>>);

impl Months {
    async fn of(&self, books: &Books, month: &str) -> Result<(MonthTotals, ProofOfMonth), BooksError> {
        let mut kept = self.0.lock().await;
        let number = books.length().await?;
        if let Some((proven, totals)) = kept.get(month).filter(|(proven, _)| proven.number == number) {
            return Ok((totals.clone(), proven.proof.clone()));
        }
        let filter = MonthFilter { month: month.to_owned(), ..MonthFilter::default() };
        let proven = books.month_proof(month, kept.get(month).map(|(proven, _)| proven)).await?;
        // After the proof: what is recorded in between makes the next look add up again.
        let totals = books.month_totals(&filter).await?;
        let proof = proven.proof.clone();
        kept.insert(month.to_owned(), (proven, totals.clone()));
        Ok((totals, proof))
    }
}

/// What one member earned in a month, sale by sale.
pub async fn earnings(call: &Call<'_>, question: EarningsQuestion) -> Result<Page<EarningRow>, Failure> {
    Ok(call.shop()?.books.earnings(question.member, &question.month, question.window).await?)
}

/// Why an amount is what it is: what was earned with a sale, or by a rule of the month at its close.
pub async fn why(call: &Call<'_>, question: WhyQuestion) -> Result<WhyAnswer, Failure> {
    let books = &call.shop()?.books;
    let stored = books.entry(EntryId(question.sale.0)).await?.ok_or_else(|| not_found("sale"))?;
    let returned = match stored.entry.fact(stored.number)? {
        Some(Fact::SaleReturned(returned)) => returned,
        Some(_) | None => return why_of_sale(call, question).await?.ok_or_else(|| not_found("earning")),
    };
    let origin = returned.sale.ok_or_else(|| not_found("sale"))?;
    let place = usize::try_from(question.line).ok().and_then(|place| returned.earned.get(place));
    let earned = place.ok_or_else(|| not_found("earning"))?;
    let mut answer = why_of_sale(call, WhyQuestion { sale: origin, line: question.line }).await?;
    if answer.is_none() {
        // What a close had paid: the explanation goes with the return.
        let row = books.sale_row(origin).await?;
        let (number, date) = row.map_or((String::new(), stored.entry.6.clone()), |row| (row.number, row.business_date));
        let month = books.sale_month(origin).await?;
        let asked = Asked { plan: returned.plan.clone(), earned: Some(earned.clone()), month, ..Asked::default() };
        answer = told(call, stored.number, number, date, asked).await?;
    }
    let answer = answer.ok_or_else(|| not_found("earning"))?;
    let counted = returned.lines.iter().filter(|line| line.base_minor != 0);
    let reversal = WhyReversal {
        sale: origin,
        number: returned.number,
        business_date: stored.entry.6,
        reason: returned.reason,
        lines: counted.map(|line| (line.name.clone(), line.qty_milli, -line.base_minor)).collect(),
        base_minor: earned.base_minor,
        amount_micro: earned.amount_micro,
    };
    Ok(WhyAnswer { reversal: Some(reversal), ..answer })
}

/// What an entry says of one of its earnings; nothing where it has fewer.
async fn why_of_sale(call: &Call<'_>, question: WhyQuestion) -> Result<Option<WhyAnswer>, Failure> {
    let books = &call.shop()?.books;
    let stored = books.entry(EntryId(question.sale.0)).await?.ok_or_else(|| not_found("sale"))?;
    let place = usize::try_from(question.line).map_err(|_| not_found("earning"))?;
    let row = books.sale_row(question.sale).await?;
    let (number, business_date) = row.map_or((String::new(), stored.entry.6.clone()), |row| (row.number, row.business_date));
    let asked = match stored.entry.fact(stored.number)? {
        Some(Fact::SaleRecorded(sale)) => {
            let counting = sale.lines.iter().filter(|line| line.base_minor > 0);
            let lines = counting.map(|line| (line.name.clone(), line.qty_milli, line.base_minor)).collect();
            Asked { lines, plan: sale.plan, earned: sale.earned.get(place).cloned(), chain: sale.chain, ..Asked::default() }
        }
        Some(Fact::SaleImported(sale)) => {
            let goods = sale.lines.iter().filter(|line| line.kind.is_goods_sold());
            let lines = goods.map(|line| (line.name.clone(), line.qty_milli, line.net_minor)).collect();
            Asked { lines, plan: sale.plan, earned: sale.earned.get(place).cloned(), chain: sale.chain, ..Asked::default() }
        }
        Some(Fact::PeriodEarned(part)) => {
            let one = part.earned.get(place).ok_or_else(|| not_found("earning"))?;
            let (source, before_micro) = (Some(one.source.clone()), one.before_micro);
            Asked { plan: part.plan, earned: Some(one.earned.clone()), source, before_micro, month: Some(part.month), ..Asked::default() }
        }
        Some(_) | None => return Err(not_found("sale")),
    };
    told(call, stored.number, number, business_date, asked).await
}

/// The answer with every id in it named.
async fn told(call: &Call<'_>, entry: i64, number: String, business_date: String, mut answer: Asked) -> Result<Option<WhyAnswer>, Failure> {
    let books = &call.shop()?.books;
    let Some(earned) = answer.earned.take() else { return Ok(None) };
    let why: Value = match earned.why.as_str() {
        "" => Value::Null,
        text => serde_json::from_str(text).map_err(|error| Failure::Broken { trace: format!("the explanation in entry {entry}: {error}") })?,
    };
    let mut named: Vec<MemberId> = answer.chain.iter().map(|link| link.member).collect();
    named.extend(why["passed"].as_array().into_iter().flatten().filter_map(|one| one["member"].as_str()?.parse().ok().map(MemberId)));
    named.push(earned.member);
    let source = answer.source.unwrap_or_default();
    // Ids inside the source's name are read out as a receipt's number or a person's name.
    let mut sales = Vec::new();
    for id in source.split(['/', ':']).filter_map(|part| part.parse().ok()) {
        match books.sale_number(SaleId(id)).await? {
            Some(number) => sales.push((SaleId(id), number)),
            None => named.push(MemberId(id)),
        }
    }
    let names = books.member_names(&named).await?;
    let chain = answer.chain.into_iter().map(|link| (link.clone(), names.get(&link.member).cloned().unwrap_or_default())).collect();
    Ok(Some(WhyAnswer {
        number,
        business_date,
        lines: answer.lines,
        plan: answer.plan,
        earned,
        why,
        chain,
        month: answer.month,
        source: (!source.is_empty()).then_some(source),
        before_micro: answer.before_micro,
        names: names.into_iter().collect(),
        sales,
        reversal: None,
    }))
}

/// What an entry says of an amount.
#[derive(Default)]
struct Asked {
    lines: Vec<(String, i64, i64)>,
    plan: Option<PlanUsed>,
    earned: Option<Earned>,
    chain: Vec<ChainLink>,
    source: Option<String>,
    before_micro: Option<i64>,
    month: Option<String>,
}

/// Writes the month's report to a file, as a job.
pub async fn export_month(call: &Call<'_>, draft: ExportDraft) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let path = std::path::PathBuf::from(&draft.path);
    let format = crate::month_sheet::format_of(&path)
        .ok_or_else(|| DoorRefusal::File { path: draft.path.clone(), reason: "the name must end in .xlsx or .csv".into() })?;
    let progress = call.house.jobs.begin(JobKind::Export, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        let count = crate::month_sheet::write(&shop, &draft.filter, &path, format, &told).await?;
        crate::upkeep::Exported { path: path.display().to_string(), rows: Some(count) }.result()
    }))
}
