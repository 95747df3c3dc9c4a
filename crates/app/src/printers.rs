//! The printers of this device: what is set, what the system knows, and a page to try them with.

use domain::ids::SaleId;
use paper::{
    layout::PaperWidth,
    printer::{Patience, PrinterFault, Way},
    receipt::Receipt,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{failure::Failure, menu::Call, receipt};

/// How a printer is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrinterLine {
    /// By its address on the network.
    #[default]
    Network,
    /// By a raw queue of the system.
    System,
    /// By a serial port, which a printer on USB may be too.
    Serial,
}

/// A receipt printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Printer {
    /// How it is reached.
    #[serde(default)]
    pub line: PrinterLine,
    /// `host:port`, port 9100 where none is given; or the name of the queue, or of the port.
    pub address: String,
    /// Bits a second, for a serial port.
    #[serde(default = "usual_baud")]
    pub baud: u32,
    /// Width of its paper.
    pub paper: PaperWidth,
    /// True where it answers status questions; then a receipt counts as printed only once the printer says so.
    #[serde(default)]
    pub answers: bool,
    /// Kick the drawer when a tender was taken that lies in it.
    pub drawer: bool,
    /// True where the printer has no Chinese letters: the whole receipt is sent as a picture.
    #[serde(default)]
    pub picture: bool,
}

fn usual_baud() -> u32 {
    9600
}

impl Printer {
    /// The way to it.
    pub fn way(&self) -> Way {
        let address = self.address.trim().to_owned();
        match self.line {
            PrinterLine::Network => Way::Network { address, answers: self.answers },
            PrinterLine::System => Way::System { queue: address },
            PrinterLine::Serial => Way::Serial { port: address, baud: self.baud, answers: self.answers },
        }
    }
}

/// A printer that the system knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundPrinter {
    /// How it is reached.
    pub line: PrinterLine,
    /// Name of its queue or port.
    pub address: String,
}

/// Queues of the system and serial ports with something plugged in. Printers on the network are known by their address alone.
pub async fn printers_found(_: &Call<'_>, (): ()) -> Result<Vec<FoundPrinter>, Failure> {
    let looked = tokio::task::spawn_blocking(|| {
        let found = |line| move |address| FoundPrinter { line, address };
        let queues = paper::devices::queues().into_iter().map(found(PrinterLine::System));
        queues.chain(paper::devices::serial_ports().into_iter().map(found(PrinterLine::Serial))).collect()
    });
    looked.await.map_err(|error| Failure::Broken { trace: error.to_string() })
}

/// Why a test page did not come out.
#[derive(Debug, Clone, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum PrintRefusal {
    /// The printer's own trouble.
    #[error("{reason}")]
    Printer {
        /// Its kind.
        fault: String,
        /// English.
        reason: String,
    },
}

/// Prints a page that shows Chinese and Latin text, and waits for how it went.
pub async fn test_printer(call: &Call<'_>, printer: Printer) -> Result<(), Failure> {
    let page = Receipt {
        shop: "Banyan 榕店".into(),
        number: SaleId(uuid::Uuid::nil()).to_string(),
        footer: vec!["测试页 · Test page".into()],
        logo: receipt::logo(&*call.shop()?.settings().await),
        ..Receipt::default()
    };
    let bytes = receipt::page_bytes(&page, Some(&printer), false)?;
    let way = printer.way();
    let printed = tokio::task::spawn_blocking(move || paper::printer::print(&way, &bytes, Patience::default()));
    let printed = printed.await.map_err(|error| Failure::Broken { trace: error.to_string() })?;
    printed.map_err(|fault| Failure::refused(PrintRefusal::Printer { fault: fault_code(&fault), reason: fault.to_string() }))
}

/// The code of a fault, by which the screens word it.
pub fn fault_code(fault: &PrinterFault) -> String {
    serde_json::to_value(fault).ok().and_then(|value| value["code"].as_str().map(str::to_owned)).unwrap_or_else(|| fault.to_string())
}
