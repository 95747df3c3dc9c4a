//! The month: what each member earned, sale by sale, and why.

use books::query::{EarningRow, MonthFilter, MonthRow, MonthTotals, Page, ProofOfMonth, Window};
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
    /// The chain as it stood: the buyer first, each with name.
    pub chain: Vec<(ChainLink, String)>,
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
    let books = &call.shop()?.books;
    let page = books.month(&question.filter, question.window).await?;
    let totals = books.month_totals(&question.filter).await?;
    let proof = books.month_proof(&question.filter.month).await?;
    Ok(MonthReport { page, totals, proof })
}

/// What one member earned in a month, sale by sale.
pub async fn earnings(call: &Call<'_>, question: EarningsQuestion) -> Result<Page<EarningRow>, Failure> {
    Ok(call.shop()?.books.earnings(question.member, &question.month, question.window).await?)
}

/// Why an amount is what it is.
pub async fn why(call: &Call<'_>, question: WhyQuestion) -> Result<WhyAnswer, Failure> {
    let books = &call.shop()?.books;
    let row = books.sale_row(question.sale).await?.ok_or_else(|| not_found("sale"))?;
    let stored = books.entry(EntryId(question.sale.0)).await?.ok_or_else(|| not_found("sale"))?;
    let (lines, plan, mut earned, chain) = match stored.entry.fact(stored.number)? {
        Some(Fact::SaleRecorded(sale)) => {
            let lines =
                sale.lines.iter().filter(|line| line.base_minor > 0).map(|line| (line.name.clone(), line.qty_milli, line.base_minor)).collect();
            (lines, sale.plan, sale.earned, sale.chain)
        }
        Some(Fact::SaleImported(sale)) => {
            let goods = sale.lines.iter().filter(|line| line.kind.is_goods_sold());
            let lines = goods.map(|line| (line.name.clone(), line.qty_milli, line.net_minor)).collect();
            (lines, sale.plan, sale.earned, sale.chain)
        }
        Some(_) | None => return Err(not_found("sale")),
    };
    let place = usize::try_from(question.line).ok().filter(|place| *place < earned.len()).ok_or_else(|| not_found("earning"))?;
    let earned = earned.swap_remove(place);
    let why = serde_json::from_str(&earned.why)
        .map_err(|error| Failure::Broken { trace: format!("the explanation in entry {}: {error}", stored.number) })?;
    let names = books.member_names(&chain.iter().map(|link| link.member).collect::<Vec<_>>()).await?;
    let chain = chain.into_iter().map(|link| (link.clone(), names.get(&link.member).cloned().unwrap_or_default())).collect();
    Ok(WhyAnswer { number: row.number, business_date: row.business_date, lines, plan, earned, why, chain })
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
