//! The manager's month: commission by every part it is made of, against the month before and the same month of last year.

use std::path::Path;

use books::query::{MonthFigures, Owing, ReviewBy, ReviewPart, month_of};
use domain::{close::MonthRefusal, ids::MemberId};
use paper::{
    receipt::Language,
    sheet_out::{Cell, ColumnKind, SheetColumn, SheetFormat, SheetOut},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure},
    house::Shop,
    jobs::{JobKind, Progress},
    menu::Call,
};

/// Rows of a part on the screen; a file has them all.
const SHOWN: usize = 12;

/// Which month, and whose branches.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewQuestion {
    /// `YYYY-MM`.
    pub month: String,
    /// Whose branches; the largest of the shop where absent.
    #[serde(default)]
    pub top: Option<MemberId>,
}

/// A month's commission at a glance.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MonthReview {
    /// The month, the one before, and the same month of last year.
    pub figures: [MonthFigures; 3],
    /// Version of the plan in force on the month's last day.
    pub plan_version: Option<u32>,
    /// What it can pay at most, proved, in millionths of net sales; absent where nothing bounds it.
    pub bound_ppm: Option<i64>,
    /// What is owed in commission today.
    pub owing: Owing,
    /// By rule, rank, depth, product, branch and member.
    pub parts: Vec<ReviewPart>,
}

/// A part to write to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewFile {
    /// `YYYY-MM`.
    pub month: String,
    /// By what.
    pub by: ReviewBy,
    /// Whose branches; the largest of the shop where absent.
    #[serde(default)]
    pub top: Option<MemberId>,
    /// Where to; `.xlsx` or `.csv` decides the format.
    pub path: String,
}

fn month_at(month: &str) -> Result<i64, Failure> {
    let at = month_of(month).filter(|_| month.len() == 7);
    at.ok_or_else(|| Failure::refused(MonthRefusal::MonthShape { month: month.to_owned() }))
}

/// A month's commission at a glance.
pub async fn month_review(call: &Call<'_>, question: ReviewQuestion) -> Result<MonthReview, Failure> {
    let shop = call.shop()?;
    let month = month_at(&question.month)?;
    let mut parts = Vec::with_capacity(ReviewBy::ALL.len());
    for by in ReviewBy::ALL {
        parts.push(shop.books.month_by(month, by, question.top, Some(SHOWN)).await?);
    }
    let plan = super::closing_plan(shop, &question.month).await?;
    Ok(MonthReview {
        figures: shop.books.month_figures(month).await?,
        plan_version: plan.as_ref().map(|plan| plan.version),
        bound_ppm: plan.and_then(|plan| plan.bound_ppm),
        owing: shop.books.owing().await?,
        parts,
    })
}

/// Writes one part of a month with all its rows to a file, as a job.
pub async fn export_review(call: &Call<'_>, draft: ReviewFile) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let month = month_at(&draft.month)?;
    let path = std::path::PathBuf::from(&draft.path);
    let format = crate::month_sheet::format_of(&path)
        .ok_or_else(|| DoorRefusal::File { path: draft.path.clone(), reason: "the name must end in .xlsx or .csv".into() })?;
    let progress = call.house.jobs.begin(JobKind::Export, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        let rows = write(&shop, month, &draft, &path, format, &told).await?;
        crate::upkeep::Exported { path: path.display().to_string(), rows: Some(rows) }.result()
    }))
}

async fn write(shop: &Shop, month: i64, draft: &ReviewFile, path: &Path, format: SheetFormat, told: &Progress) -> Result<i64, Failure> {
    let refused = |reason: String| Failure::from(DoorRefusal::File { path: path.display().to_string(), reason });
    let chinese = shop.language().await == Language::ZhCn;
    let title = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
    let figures = shop.books.month_figures(month).await?;
    let part = shop.books.month_by(month, draft.by, draft.top, None).await?;
    let amount = ColumnKind::Decimal { digits: shop.info.minor_digits + 6 };
    let (what, nothing) = match draft.by {
        ReviewBy::Rule => (title("规则", "Rule"), String::new()),
        ReviewBy::Rank => (title("分销等级", "Rank"), title("无等级", "No rank")),
        ReviewBy::Depth => (title("层级", "Depth"), String::new()),
        ReviewBy::Product => (title("商品", "Product"), title("不属于某一商品", "Of no one product")),
        ReviewBy::Branch => (title("分支", "Branch"), String::new()),
        ReviewBy::Member => (title("会员", "Member"), String::new()),
    };
    let mut columns = vec![
        SheetColumn { title: title("编号", "Number"), kind: ColumnKind::Text, total: false },
        SheetColumn { title: what.clone(), kind: ColumnKind::Text, total: false },
    ];
    columns.extend(figures.iter().map(|one| SheetColumn { title: one.month.clone(), kind: amount, total: true }));
    let name = format!("{} {} {what}", title("佣金", "Commission"), draft.month);
    let mut sheet = SheetOut::create(path, format, &name, columns).map_err(|fault| refused(fault.to_string()))?;
    let mut rows: Vec<(String, String, [i64; 3])> = part.rows.into_iter().map(|row| (row.number, row.name, row.amounts)).collect();
    if part.rest != [0; 3] {
        // The top of the branches earns for itself, and thousands of branches end in one row.
        rows.push((String::new(), title("其余", "The rest"), part.rest));
    }
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    for (place, (number, name, [now, before, year_ago])) in (0i64..).zip(rows) {
        if place % 500 == 0 {
            if told.stopped() {
                return Err(refused("stopped".into()));
            }
            told.at("writing", place, total);
        }
        let name = if name.is_empty() { nothing.clone() } else { name };
        let cells = [Cell::Text(number), Cell::Text(name), Cell::Number(now), Cell::Number(before), Cell::Number(year_ago)];
        sheet.row(&cells).map_err(|fault| refused(fault.to_string()))?;
    }
    sheet.finish(&title("合计", "Total")).map_err(|fault| refused(fault.to_string()))?;
    Ok(total)
}
