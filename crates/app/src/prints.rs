//! The print queue. A print is a row that is kept with the sale; a task of its own works the rows off, so that no sale waits for a printer and a
//! print outlives a restart.
//!
//! Nothing is printed twice unasked. A try that fails before the first byte of the job left this machine is repeated by itself, later and later.
//! Once a byte went out, nobody but the person in front of the printer can know what lies on the paper: such a print becomes *doubtful*, stays
//! until somebody says "print again" or "drop", and is marked as a copy when printed again. The same holds where the program ended in the middle,
//! and for what waited through half a day without the program, as in a copy of the books that was brought back.

use std::{
    collections::HashSet,
    sync::{Arc, Weak},
    time::Duration,
};

use books::{NewPrint, Print, PrintJob, PrintState, Tried};
use paper::printer::{Patience, PrinterFault};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{Notify, RwLock},
    task::JoinSet,
};
use ts_rs::TS;

use crate::{
    failure::Failure,
    house::{House, Notice, Shop},
    menu::Call,
    printers::{Printer, fault_code},
    receipt,
};

/// Longer than any try lasts: a print in hand for longer was left by a program that is gone.
const LEASE_MS: i64 = 120_000;
/// What waited longer without anybody trying is not printed unasked.
const STALE_MS: i64 = 12 * 3_600_000;
/// The drawer opens only while the customer still stands there.
const DRAWER_MS: i64 = 60_000;
const LOOK_WHILE_WAITING: Duration = Duration::from_millis(500);
const LOOK_AT_REST: Duration = Duration::from_secs(5);
const LAST_MOMENT: Duration = Duration::from_secs(10);

/// The name of the printer that is set for receipts.
pub const RECEIPT: &str = "receipt";
/// The name of the printer that is set for labels.
pub const LABEL: &str = "label";

/// What the worker and the house share.
#[derive(Debug, Default)]
pub struct Spool {
    wake: Notify,
    in_hand: Arc<RwLock<()>>,
}

impl Spool {
    /// There is something to print.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits a moment for prints on their way, so that closing the program leaves none in doubt.
    pub async fn finish(&self) {
        // One that takes longer is doubtful at the next start: a person then looks at the paper.
        drop(tokio::time::timeout(LAST_MOMENT, self.in_hand.write()).await);
    }
}

/// Why a print is not on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum PrintFault {
    /// The printer's trouble.
    Printer(PrinterFault),
    /// Ours.
    Queue(QueueFault),
}

/// What keeps a print from its printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum QueueFault {
    /// No printer is set for it.
    NoPrinter,
    /// The program ended in the middle.
    Interrupted,
    /// It could not be made.
    NotMade {
        /// English.
        reason: String,
    },
}

/// A print as the screens show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrintRow {
    /// Its number.
    pub print: i64,
    /// `receipt`, `labels` or `page`.
    pub what: String,
    /// What a person knows it by, such as the receipt's number.
    pub title: String,
    /// Where it goes; absent where no printer is set for it.
    pub address: Option<String>,
    /// Marked as a copy.
    pub copy: bool,
    /// When it was asked for.
    pub made_at_ms: i64,
    /// How it stands.
    pub state: PrintState,
    /// How often it was tried.
    pub tries: i64,
    /// Why the last try failed.
    pub fault: Option<PrintFault>,
}

/// Print on another printer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ElsewhereDraft {
    /// Which print.
    pub print: i64,
    /// Where.
    pub printer: Printer,
}

/// Why a print cannot be touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum PrintsRefusal {
    /// It is being printed, or is printed already.
    #[error("this print is on its way or gone")]
    PrintOnItsWay,
    /// The other printer has no address.
    #[error("the printer needs an address")]
    NoPrinterAddress,
}

/// What waits for paper on this device, oldest first.
pub async fn prints(call: &Call<'_>, (): ()) -> Result<Vec<PrintRow>, Failure> {
    let shop = call.shop()?;
    let mut rows = Vec::new();
    for print in shop.books.prints().await? {
        let address = printer_of(shop, &print.printer).await.map(|printer| printer.address);
        let fault = print.fault.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let Print { id, what, title, copy, made_at_ms, state, tries, .. } = print;
        rows.push(PrintRow { print: id, what, title, address, copy, made_at_ms, state, tries, fault });
    }
    Ok(rows)
}

/// Tries a print again now. One that may lie on paper already comes out marked as a copy.
pub async fn retry_print(call: &Call<'_>, print: i64) -> Result<(), Failure> {
    again(call, print, None).await
}

/// Tries a print again now, on another printer.
pub async fn print_elsewhere(call: &Call<'_>, draft: ElsewhereDraft) -> Result<(), Failure> {
    if draft.printer.address.trim().is_empty() {
        return Err(Failure::refused(PrintsRefusal::NoPrinterAddress));
    }
    let printer = serde_json::to_string(&draft.printer).map_err(|error| Failure::Broken { trace: error.to_string() })?;
    again(call, draft.print, Some(printer)).await
}

/// Takes a print off the queue.
pub async fn drop_print(call: &Call<'_>, print: i64) -> Result<(), Failure> {
    let mut writing = call.shop()?.books.write().await?;
    let dropped = writing.drop_print(print).await;
    call.house.finish(writing, done(dropped)).await
}

async fn again(call: &Call<'_>, print: i64, printer: Option<String>) -> Result<(), Failure> {
    let now_ms = call.house.world.now_ms();
    let mut writing = call.shop()?.books.write().await?;
    let retried = writing.retry_print(print, printer, now_ms).await;
    call.house.finish(writing, done(retried)).await?;
    call.house.spool.wake();
    Ok(())
}

fn done(changed: Result<bool, books::BooksError>) -> Result<(), Failure> {
    if changed? { Ok(()) } else { Err(Failure::refused(PrintsRefusal::PrintOnItsWay)) }
}

/// Queues a print in a transaction of its own and wakes the worker.
pub async fn queue(house: &House, shop: &Shop, print: NewPrint) -> Result<(), Failure> {
    let mut writing = shop.books.write().await?;
    let outcome = writing.queue_print(print).await.map_err(Failure::from);
    house.finish(writing, outcome).await?;
    house.spool.wake();
    Ok(())
}

async fn printer_of(shop: &Shop, name: &str) -> Option<Printer> {
    let settings = shop.settings().await;
    match name {
        RECEIPT => settings.printer.clone(),
        LABEL => settings.label_printer.as_ref().map(|label| label.printer.clone()),
        other => serde_json::from_str(other).ok(),
    }
}

/// Works the queue off for as long as the house stands.
pub async fn work(house: Weak<House>, spool: Arc<Spool>) {
    let mut hands = JoinSet::new();
    loop {
        let Some(standing) = house.upgrade() else { return };
        // A database that cannot be read now is read again at the next look.
        let look_after = start_due(&standing, &mut hands).await.unwrap_or(LOOK_AT_REST);
        drop(standing);
        tokio::select! {
            () = spool.wake.notified() => {}
            Some(_) = hands.join_next() => {}
            () = tokio::time::sleep(look_after) => {}
        }
    }
}

/// Takes the oldest due print of each free printer in hand; says how long to rest.
async fn start_due(house: &Arc<House>, hands: &mut JoinSet<()>) -> Result<Duration, Failure> {
    let Ok(shop) = house.shop().await else { return Ok(LOOK_AT_REST) };
    let now_ms = house.world.now_ms();
    let mut prints = shop.books.prints().await?;
    if prints.iter().any(|print| abandoned(print, now_ms)) {
        let mut writing = shop.books.write().await?;
        let fault = fault_text(&PrintFault::Queue(QueueFault::Interrupted));
        let outcome = writing.give_up_prints(now_ms, now_ms - STALE_MS, fault).await.map_err(Failure::from);
        house.finish(writing, outcome).await?;
        prints = shop.books.prints().await?;
    }
    let mut busy: HashSet<String> = prints.iter().filter(|print| print.state == PrintState::Printing).map(|print| print.printer.clone()).collect();
    let mut waits = false;
    for print in prints.into_iter().filter(|print| print.state == PrintState::Waiting) {
        waits = true;
        // What was asked for first comes first, also while it waits for its next try.
        if busy.insert(print.printer.clone()) && print.due_at_ms <= now_ms {
            let (house, shop) = (house.clone(), shop.clone());
            hands.spawn(async move {
                // Where the row cannot be written now, it stands as it was and is looked at again.
                drop(in_hand(&house, &shop, print).await);
            });
        }
    }
    Ok(if waits { LOOK_WHILE_WAITING } else { LOOK_AT_REST })
}

fn abandoned(print: &Print, now_ms: i64) -> bool {
    match print.state {
        PrintState::Printing => print.due_at_ms < now_ms,
        PrintState::Waiting => print.due_at_ms < now_ms - STALE_MS,
        PrintState::Doubtful => false,
    }
}

async fn in_hand(house: &Arc<House>, shop: &Shop, print: Print) -> Result<(), Failure> {
    let _hand = house.spool.in_hand.clone().read_owned().await;
    let now_ms = house.world.now_ms();
    let mut writing = shop.books.write().await?;
    let claimed = writing.claim_print(print.id, now_ms + LEASE_MS).await.map_err(Failure::from);
    if !house.finish(writing, claimed).await? {
        return Ok(());
    }
    let fault = try_once(house, shop, &print).await.err();
    let tried = match &fault {
        None => Tried::Printed,
        Some(PrintFault::Printer(trouble)) if trouble.on_paper() => Tried::BrokeOff { fault: fault_text(&PrintFault::Printer(trouble.clone())) },
        Some(fault) => Tried::Failed { due_at_ms: house.world.now_ms() + pause_ms(print.tries), fault: fault_text(fault) },
    };
    let mut writing = shop.books.write().await?;
    let outcome = writing.tried_print(print.id, tried).await.map_err(Failure::from);
    house.finish(writing, outcome).await?;
    let fault = fault.map(|fault| code_of(&fault));
    house.tell(Notice::Printer { number: print.title, fault });
    Ok(())
}

/// After two seconds first, twice as long each time, at most a minute.
fn pause_ms(tries: i64) -> i64 {
    (2_000 << tries.clamp(0, 5)).min(60_000)
}

async fn try_once(house: &Arc<House>, shop: &Shop, print: &Print) -> Result<(), PrintFault> {
    let printer = printer_of(shop, &print.printer).await.ok_or(PrintFault::Queue(QueueFault::NoPrinter))?;
    let made = made(house, shop, print, &printer).await;
    let bytes = made.map_err(|failure| PrintFault::Queue(QueueFault::NotMade { reason: failure.to_string() }))?;
    let Some(bytes) = bytes else { return Ok(()) };
    let way = printer.way();
    let printed = tokio::task::spawn_blocking(move || paper::printer::print(&way, &bytes, Patience::default())).await;
    match printed {
        Ok(printed) => printed.map_err(PrintFault::Printer),
        // Nobody knows how far it came.
        Err(_) => Err(PrintFault::Printer(PrinterFault::ClosedEarly { sent: u64::MAX })),
    }
}

async fn made(house: &Arc<House>, shop: &Shop, print: &Print, printer: &Printer) -> Result<Option<Vec<u8>>, Failure> {
    match shop.books.print_job(print.id).await? {
        Some(PrintJob::Sale(sale)) => {
            let fresh = house.world.now_ms() - print.made_at_ms <= DRAWER_MS;
            receipt::of_sale(house, shop, sale, print.copy, printer, print.drawer && fresh).await.map(Some)
        }
        Some(PrintJob::Bytes(bytes)) => Ok(Some(bytes)),
        None => Ok(None),
    }
}

fn code_of(fault: &PrintFault) -> String {
    match fault {
        PrintFault::Printer(fault) => fault_code(fault),
        PrintFault::Queue(QueueFault::NoPrinter) => "no_printer".into(),
        PrintFault::Queue(QueueFault::Interrupted) => "interrupted".into(),
        PrintFault::Queue(QueueFault::NotMade { .. }) => "not_made".into(),
    }
}

fn fault_text(fault: &PrintFault) -> String {
    serde_json::to_string(fault).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::pause_ms;

    #[test]
    fn tries_come_later_and_later_but_never_stop() {
        assert_eq!([0, 1, 2, 5, 6, 1_000_000].map(pause_ms), [2_000, 4_000, 8_000, 60_000, 60_000, 60_000]);
    }
}
