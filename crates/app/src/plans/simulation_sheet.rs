//! A simulation as a sheet: every member, and the sums under them.

use std::path::{Path, PathBuf};

use paper::sheet_out::{Cell, ColumnKind, SheetColumn, SheetFormat, SheetOut};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    not_found_simulation,
    simulate::{Simulated, sorted},
};
use crate::{
    failure::{DoorRefusal, Failure},
    house::Shop,
    jobs::{JobKind, Progress},
    menu::Call,
};

/// Which result to write, and where to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SimulationFile {
    /// Hash of the plan that was run.
    pub hash: String,
    /// The month that it was run on.
    pub month: String,
    /// Where to; `.xlsx` or `.csv` decides the format.
    pub path: String,
}

/// Writes a simulation to a file, as a job.
pub async fn export_simulation(call: &Call<'_>, file: SimulationFile) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let path = PathBuf::from(&file.path);
    let format = crate::month_sheet::format_of(&path)
        .ok_or_else(|| DoorRefusal::File { path: file.path.clone(), reason: "the name must end in .xlsx or .csv".into() })?;
    let simulated = shop.simulations.look(&file.hash, &file.month).ok_or_else(not_found_simulation)?;
    let progress = call.house.jobs.begin(JobKind::Export, call.house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        let rows = write(&shop, &simulated, &path, format, &told)?;
        crate::upkeep::Exported { path: path.display().to_string(), rows: Some(rows) }.result()
    }))
}

fn write(shop: &Shop, simulated: &Simulated, path: &Path, format: SheetFormat, told: &Progress) -> Result<i64, Failure> {
    let refused = |reason: String| Failure::from(DoorRefusal::File { path: path.display().to_string(), reason });
    let digits = shop.info.minor_digits;
    let chinese = shop.info.language.starts_with("zh");
    let title = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
    let money = |zh: &str, en: &str| SheetColumn { title: title(zh, en), kind: ColumnKind::Money { digits }, total: true };
    let text = |zh: &str, en: &str| SheetColumn { title: title(zh, en), kind: ColumnKind::Text, total: false };
    let columns = vec![
        text("会员编号", "Number"),
        text("姓名", "Name"),
        money("当月方案", "Plan of the month"),
        money("草稿方案", "Draft"),
        money("差额", "Difference"),
    ];
    let name = format!("{} {}", title("仿真", "Simulation"), simulated.summary.month);
    let mut sheet = SheetOut::create(path, format, &name, columns).map_err(|fault| refused(fault.to_string()))?;
    let rows = sorted(simulated, "", Some("number"), false);
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    for (done, row) in (0i64..).zip(rows) {
        if done % 1000 == 0 {
            if told.stopped() {
                // Dropping an unfinished sheet leaves what was there untouched.
                return Err(refused("stopped".into()));
            }
            told.at("writing", done, total);
        }
        let cells = [
            Cell::Text(row.number.clone()),
            Cell::Text(row.name.clone()),
            Cell::Number(row.before_minor),
            Cell::Number(row.after_minor),
            Cell::Number(row.difference_minor),
        ];
        sheet.row(&cells).map_err(|fault| refused(fault.to_string()))?;
    }
    sheet.finish(&title("合计", "Total")).map_err(|fault| refused(fault.to_string()))?;
    Ok(total)
}
