//! The distribution graph 分销关系图谱: the tree of sponsors with what each branch bought and earned in the months asked for.

use std::path::{Path, PathBuf};

use books::query::{GraphFilter, GraphNode, GraphPlace, Lineage, Overview, OverviewBy, Page, Window, month_of};
use domain::{ids::MemberId, member::MemberRefusal};
use paper::{
    receipt::Language,
    sheet_out::{Cell, ColumnKind, SheetColumn, SheetFormat, SheetOut},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure, not_found},
    house::Shop,
    jobs::{JobKind, Progress},
    menu::Call,
};

/// Months from one to another, both counted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GraphMonths {
    /// First, `YYYY-MM`; everything before counts too where absent.
    #[serde(default)]
    pub from: Option<String>,
    /// Last, `YYYY-MM`; everything after counts too where absent.
    #[serde(default)]
    pub to: Option<String>,
}

/// A page of those below a member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GraphQuestion {
    /// Whose; those without a sponsor where absent.
    #[serde(default)]
    pub sponsor: Option<MemberId>,
    /// Which months.
    pub months: GraphMonths,
    /// Which rows.
    pub window: Window,
}

/// One member of the graph.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GraphAt {
    /// Who.
    pub member: MemberId,
    /// Which months.
    pub months: GraphMonths,
}

/// A picture of the shop, or of a branch.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OverviewQuestion {
    /// Top of the branch; the whole shop where absent.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// Which months.
    pub months: GraphMonths,
    /// What a branch is measured by.
    pub by: OverviewBy,
}

/// A branch to write to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BranchExport {
    /// Top of the branch; the whole shop where absent.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// Which months.
    pub months: GraphMonths,
    /// Where to; `.xlsx` or `.csv` decides the format.
    pub path: String,
}

fn filter(sponsor: Option<MemberId>, months: &GraphMonths) -> Result<GraphFilter, Failure> {
    let month = |name: &Option<String>, open: i64| match name {
        None => Ok(open),
        Some(name) => month_of(name).ok_or_else(|| Failure::refused(MemberRefusal::DateShape { date: name.clone() })),
    };
    Ok(GraphFilter { sponsor, from: month(&months.from, 0)?, to: month(&months.to, i64::MAX)? })
}

/// A page of those below a member, the largest branch first.
pub async fn graph_children(call: &Call<'_>, question: GraphQuestion) -> Result<Page<GraphNode>, Failure> {
    Ok(call.shop()?.books.graph_children(&filter(question.sponsor, &question.months)?, question.window).await?)
}

/// The way of commission: from the root down to a member.
pub async fn graph_path(call: &Call<'_>, question: GraphAt) -> Result<Vec<GraphPlace>, Failure> {
    Ok(call.shop()?.books.graph_path(&filter(None, &question.months)?, question.member).await?)
}

/// A member with the line above and two depths below.
pub async fn lineage(call: &Call<'_>, question: GraphAt) -> Result<Lineage, Failure> {
    call.shop()?.books.lineage(&filter(None, &question.months)?, question.member).await?.ok_or_else(|| not_found("member"))
}

/// The largest branches and the rest.
pub async fn overview(call: &Call<'_>, question: OverviewQuestion) -> Result<Overview, Failure> {
    Ok(call.shop()?.books.overview(&filter(question.member, &question.months)?, question.by).await?)
}

/// Writes a branch to a file, as a tree is read.
pub async fn export_branch(call: &Call<'_>, draft: BranchExport) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let wanted = filter(draft.member, &draft.months)?;
    let path = PathBuf::from(&draft.path);
    let format = crate::month_sheet::format_of(&path)
        .ok_or_else(|| DoorRefusal::File { path: draft.path.clone(), reason: "the name must end in .xlsx or .csv".into() })?;
    let progress = call.house.jobs.begin(JobKind::Export, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        let count = write(&shop, &wanted, &path, format, &told).await?;
        crate::upkeep::Exported { path: path.display().to_string(), rows: Some(count) }.result()
    }))
}

async fn write(shop: &Shop, wanted: &GraphFilter, path: &Path, format: SheetFormat, told: &Progress) -> Result<i64, Failure> {
    let refused = |reason: String| Failure::from(DoorRefusal::File { path: path.display().to_string(), reason });
    let digits = shop.info.minor_digits;
    let chinese = shop.language().await == Language::ZhCn;
    let title = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
    let column = |zh: &str, en: &str, kind, total| SheetColumn { title: title(zh, en), kind, total };
    let columns = vec![
        column("层级", "Depth", ColumnKind::Integer, false),
        column("会员编号", "Number", ColumnKind::Text, false),
        column("姓名", "Name", ColumnKind::Text, false),
        column("推荐人编号", "Sponsor's number", ColumnKind::Text, false),
        column("分销等级", "Rank", ColumnKind::Text, false),
        column("直接下级", "Direct", ColumnKind::Integer, false),
        column("全部下级", "Below", ColumnKind::Integer, false),
        column("个人消费", "Own purchases", ColumnKind::Money { digits }, true),
        column("团队消费", "Group purchases", ColumnKind::Money { digits }, false),
        column("佣金（精确）", "Commission (exact)", ColumnKind::Decimal { digits: digits + 6 }, true),
    ];
    let mut sheet = SheetOut::create(path, format, &title("分销关系", "Distribution graph"), columns).map_err(|fault| refused(fault.to_string()))?;
    let rows = shop.books.branch(wanted).await?;
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    for (place, row) in (0i64..).zip(rows) {
        if place % 500 == 0 {
            if told.stopped() {
                return Err(refused("stopped".into()));
            }
            told.at("writing", place, total);
        }
        let node = row.node;
        let cells = [
            Cell::Number(row.depth),
            Cell::Text(node.number),
            Cell::Text(node.name),
            Cell::Text(row.sponsor.unwrap_or_default()),
            Cell::Text(node.rank.unwrap_or_default()),
            Cell::Number(node.direct),
            Cell::Number(node.below),
            Cell::Number(node.own_minor),
            Cell::Number(node.group_minor),
            Cell::Number(node.earned_micro),
        ];
        sheet.row(&cells).map_err(|fault| refused(fault.to_string()))?;
    }
    sheet.finish(&title("合计", "Total")).map_err(|fault| refused(fault.to_string()))?;
    Ok(total)
}
