//! Help without spying: nothing leaves this computer by itself. A report is shown first, then a person saves it where they like.

use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::{
    failure::{DoorRefusal, Failure},
    house::House,
    jobs::JobKind,
    menu::Call,
    world::clock_time,
};

/// Bytes of the log's end in a report.
const LOG_BYTES: usize = 60_000;

/// What ended the program before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Crash {
    /// The shop's clock time, `YYYY-MM-DD HH:MM`.
    pub at: String,
    /// The program's own words.
    pub said: String,
}

/// A report to be saved as it was shown.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ReportFile {
    /// As it was shown.
    pub text: String,
    /// Where.
    pub path: String,
}

/// What ended the program before, where it did not end by itself.
pub async fn crash(call: &Call<'_>, (): ()) -> Result<Option<Crash>, Failure> {
    let zone = &call.shop()?.zone;
    Ok(call.house.log.crash().map(|(at_ms, said)| Crash { at: clock_time(at_ms, zone), said }))
}

/// Forgets it, once a person read it.
pub async fn forget_crash(call: &Call<'_>, (): ()) -> Result<(), Failure> {
    call.house.log.forget_crash().map_err(|error| books::BooksError::file(call.house.path(), error).into())
}

/// Collects a report as a job: versions, how the books are, what verifying says, the last crash and the end of the log. Its result has the `text`.
pub async fn make_report(call: &Call<'_>, (): ()) -> Result<u32, Failure> {
    let shop = call.shop_arc()?;
    let house = call.house.clone();
    let progress = house.jobs.begin(JobKind::Report, house.world.now_ms())?;
    let told = progress.clone();
    Ok(progress.run(async move {
        let verdict = shop.books.verify(&mut |done, total| told.at("replaying", done, total)).await?;
        let figures = Figures {
            entries: verdict.entries,
            seals: verdict.seals,
            file_bytes: std::fs::metadata(house.path()).map_or(0, |about| about.len()),
            log_bytes: shop.books.log_bytes(),
            chain_letter: shop.books.chain_letter(),
            verdict: verdict.first_difference.unwrap_or_else(|| "whole".into()),
        };
        Ok(json!({"text": text_of(&house, &figures)}))
    }))
}

/// Saves a report as it was shown.
pub async fn save_report(_call: &Call<'_>, file: ReportFile) -> Result<(), Failure> {
    let refused = |error: std::io::Error| DoorRefusal::File { path: file.path.clone(), reason: error.to_string() };
    Ok(std::fs::write(&file.path, &file.text).map_err(refused)?)
}

struct Figures {
    entries: i64,
    seals: i64,
    file_bytes: u64,
    log_bytes: u64,
    chain_letter: String,
    verdict: String,
}

fn text_of(house: &House, figures: &Figures) -> String {
    let Figures { entries, seals, file_bytes, log_bytes, chain_letter, verdict } = figures;
    let made = jiff::Timestamp::from_millisecond(house.world.now_ms()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let backup = house.backup_fault().map_or_else(|| "well, or not yet tried".into(), |fault| code_of(&fault));
    let crash = house.log.crash().map_or_else(|| "none".into(), |(_, said)| said);
    let log = house.log.tail(LOG_BYTES);
    format!(
        "Banyan {}\n{} {}, made {made}\n\nentries {entries}\nseals {seals}\nfile {file_bytes} bytes, log {log_bytes} bytes\nchain {chain_letter}\n\
         verify: {verdict}\ncopies: {backup}\ncrash: {crash}\n\nlog\n{log}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
}

/// A failure without what a person typed: the code of a refusal, the trace of what broke.
pub(crate) fn code_of(failure: &Failure) -> String {
    match failure {
        Failure::Refused { refusal, .. } => format!("refused: {}", refusal["code"].as_str().unwrap_or("?")),
        Failure::Broken { trace } => format!("broken: {trace}"),
    }
}
