//! Shifts: the drawer of this till from its float to its count, and the reports of it on screen and paper.

use books::query::{Page, ShiftFigures, ShiftRow, Window};
use domain::{
    ids::{PersonId, ShiftId},
    person::Role,
    shift::{self, CashWay, Closing, CountedPieces, OpenDrawer, ShiftClosed, ShiftRefusal},
};
use paper::reader::PrintedRow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::{Failure, not_found},
    house::Shop,
    menu::Call,
    shift_paper,
};

/// How the shop uses shifts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ShiftSettings {
    /// True: no sale outside of a shift; the till asks for the float first.
    pub required: bool,
    /// True: a clerk counts before the expected cash is shown.
    pub blind: bool,
    /// What cash may differ by without a reason, in minor units.
    pub tolerance_minor: i64,
    /// True: slips of the other tenders are counted too.
    pub count_tenders: bool,
}

impl Default for ShiftSettings {
    fn default() -> Self {
        Self { required: false, blind: true, tolerance_minor: 0, count_tenders: false }
    }
}

/// What the till shows of its shift.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShiftState {
    /// Name of this till.
    pub till: String,
    /// The open shift.
    pub open: Option<ShiftRow>,
    /// How the shop uses shifts.
    pub settings: ShiftSettings,
    /// True where whoever is signed in may close the open shift.
    pub may_close: bool,
    /// Notes and coins to count, in minor units, largest first.
    pub pieces: Vec<i64>,
    /// Other tenders to count; empty where the shop does not.
    pub tenders: Vec<String>,
    /// Float of the shift before, to propose it again.
    pub last_float_minor: i64,
}

/// A shift to open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenShiftDraft {
    /// Cash put into the drawer, in minor units.
    pub float_minor: i64,
}

/// Cash in or out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CashDraft {
    /// Which way.
    pub way: CashWay,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// Why; not needed for the safe.
    #[serde(default)]
    pub reason: String,
}

/// A count that closes a shift.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CloseShiftDraft {
    /// The shift that was counted.
    pub shift: ShiftId,
    /// The pieces.
    pub cash: Vec<CountedPieces>,
    /// Other tenders: kind, counted.
    #[serde(default)]
    pub tenders: Vec<(String, i64)>,
    /// Why counted and expected differ.
    #[serde(default)]
    pub reason: Option<String>,
}

/// The report of a shift.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShiftReport {
    /// The shift.
    pub row: ShiftRow,
    /// What it took; without the drawer where whoever asks is to count blind.
    pub figures: ShiftFigures,
    /// True where the expected cash is kept back.
    pub blind: bool,
    /// How it was closed.
    pub closed: Option<ShiftClosed>,
    /// The report, row by row, as the printer's own bytes read.
    pub rows: Vec<PrintedRow>,
    /// True if it went to a printer.
    pub printing: bool,
}

/// The shift of this till and what its screen needs.
pub async fn shift_state(call: &Call<'_>, (): ()) -> Result<ShiftState, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let open = shop.books.open_shift().await?;
    let may_close = open.as_ref().is_some_and(|row| is_theirs(call, row) || may_close_others(call));
    let before = shop.books.shifts(Window { offset: 0, limit: 20 }).await?;
    let tenders = if settings.shifts.count_tenders {
        settings.tenders.iter().filter(|terms| terms.counted && !terms.archived && terms.code != "cash").map(|terms| terms.code.clone()).collect()
    } else {
        Vec::new()
    };
    Ok(ShiftState {
        till: till(shop).await?,
        may_close,
        settings: settings.shifts.clone(),
        pieces: shift::pieces_of(&shop.info.currency, shop.info.minor_digits),
        tenders,
        last_float_minor: before.rows.iter().find(|row| row.here).map_or(0, |row| row.float_minor),
        open,
    })
}

/// Opens the drawer of this till with a float.
pub async fn open_shift(call: &Call<'_>, draft: OpenShiftDraft) -> Result<ShiftState, Failure> {
    let shop = call.shop()?;
    let till = till(shop).await?;
    let id: ShiftId = call.house.world.new_id();
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let drawer = writing.reads().open_drawer(shop.books.device()).await?;
        let opened = shift::open(drawer.as_ref(), id, &till, draft.float_minor).map_err(Failure::refused)?;
        writing.record(call.entry(opened)?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    shift_state(call, ()).await
}

/// Puts cash into the drawer or takes it out; a drawer on the printer opens for it.
pub async fn move_cash(call: &Call<'_>, draft: CashDraft) -> Result<ShiftState, Failure> {
    let shop = call.shop()?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let drawer = writing.reads().open_drawer(shop.books.device()).await?;
        let moved = shift::move_cash(drawer.as_ref(), draft.way, draft.amount_minor, &draft.reason).map_err(Failure::refused)?;
        writing.record(call.entry(moved)?).await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    shift_paper::kick(shop).await;
    shift_state(call, ()).await
}

/// Closes a shift with a count, and prints its Z report. What the drawer should hold is read in the same transaction, so a sale of that minute is
/// either in it, and in its takings, or in the next one.
pub async fn close_shift(call: &Call<'_>, draft: CloseShiftDraft) -> Result<ShiftReport, Failure> {
    let shop = call.shop()?;
    let settings = shop.settings().await;
    let till = till(shop).await?;
    let mut writing = shop.books.write().await?;
    let outcome = async {
        let drawer: OpenDrawer = match writing.reads().drawer(draft.shift).await? {
            Ok(drawer) => drawer,
            Err(Some(number)) => return Err(Failure::refused(ShiftRefusal::ShiftIsClosed { number })),
            Err(None) => return Err(not_found("shift")),
        };
        let prefix = format!("Z{till}{}", shop.books.chain_letter());
        let closing = Closing {
            cash: draft.cash,
            tenders: draft.tenders,
            reason: draft.reason,
            tolerance_minor: settings.shifts.tolerance_minor,
            may_close_others: may_close_others(call),
            by: person(call),
            number: format!("{prefix}-{:06}", writing.next_number(&format!("z:{prefix}")).await?),
        };
        let closed = shift::close(&drawer, &closing).map_err(Failure::refused)?;
        writing.record(call.entry(closed)?).await?;
        // The day's chain is sealed with the drawer: what comes later cannot change what stands before.
        writing.seal().await?;
        Ok(())
    }
    .await;
    call.house.finish(writing, outcome).await?;
    shift_paper::kick(shop).await;
    report(call, draft.shift, Some(false)).await
}

/// The report of a shift: X while it is open, Z at its end. An X report of this till's own shift may be asked for at any time.
pub async fn shift_report(call: &Call<'_>, shift: ShiftId) -> Result<ShiftReport, Failure> {
    report(call, shift, None).await
}

/// Prints the report of a shift; a Z report is marked as a copy.
pub async fn print_shift(call: &Call<'_>, shift: ShiftId) -> Result<ShiftReport, Failure> {
    report(call, shift, Some(true)).await
}

/// A part of the list of shifts.
pub async fn shifts(call: &Call<'_>, window: Window) -> Result<Page<ShiftRow>, Failure> {
    Ok(call.shop()?.books.shifts(window).await?)
}

/// Names this device's till; receipts from now on carry the name. Nothing of it leaves this device.
pub async fn name_till(call: &Call<'_>, name: String) -> Result<String, Failure> {
    let shop = call.shop()?;
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= 8 && name.chars().all(char::is_alphanumeric);
    if !fits {
        return Err(Failure::refused(TillRefusal::TillName));
    }
    // Where tills meet, each was given a number that no other has.
    if crate::meet::is_linked(shop).await? && name.chars().all(|sign| sign.is_ascii_digit()) && name != till(shop).await? {
        return Err(Failure::refused(TillRefusal::TillNumber));
    }
    shop.books.keep_local("till", Some(name.to_owned())).await?;
    call.house.tell(crate::Notice::Topics { topics: vec![books::Topic::Settings, books::Topic::Shifts] });
    Ok(name.to_owned())
}

/// Why a till does not get this name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum TillRefusal {
    /// It stands in receipt numbers.
    #[error("a till's name is one to eight letters and digits: it stands in receipt numbers")]
    TillName,
    /// Another till may have this number.
    #[error("numbers of tills are given by the meeting place: take a name with a letter in it")]
    TillNumber,
}

/// Name of this device's till.
pub async fn till(shop: &Shop) -> Result<String, Failure> {
    Ok(shop.books.local("till").await?.unwrap_or_else(|| "1".into()))
}

async fn report(call: &Call<'_>, shift: ShiftId, print: Option<bool>) -> Result<ShiftReport, Failure> {
    let shop = call.shop()?;
    let row = shop.books.shift(shift).await?.ok_or_else(|| not_found("shift"))?;
    let mut figures = shop.books.shift_figures(shift).await?;
    let blind = row.number.is_none() && !may_close_others(call) && shop.settings().await.shifts.blind;
    if blind {
        figures.drawer_minor = 0;
        figures.tenders.retain(|(kind, _, _)| kind != "cash");
        figures.net_minor = 0;
        figures.tax_minor = 0;
        figures.discount_minor = 0;
        figures.owed_minor = 0;
    }
    let closed = match row.number {
        Some(_) => shop.books.shift_closed(shift).await?,
        None => None,
    };
    let mut report = ShiftReport { row, figures, blind, closed, rows: Vec::new(), printing: false };
    shift_paper::put_on_paper(call, shop, &mut report, print).await?;
    Ok(report)
}

fn person(call: &Call<'_>) -> Option<PersonId> {
    call.session.as_ref().map(|session| session.person)
}

fn is_theirs(call: &Call<'_>, row: &ShiftRow) -> bool {
    row.opened_by == person(call)
}

fn may_close_others(call: &Call<'_>) -> bool {
    call.session.as_ref().is_some_and(|session| session.role >= Role::Manager)
}
