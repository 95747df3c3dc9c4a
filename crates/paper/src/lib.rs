//! Receipts and sheets. Invariant: bytes out, sheets in; nothing here knows the books, and no amount passes through floating point.
//!
//! # A receipt
//!
//! [`receipt::Receipt`] says what stands on it → [`layout::layout`] makes rows for 58 or 80 mm → [`escpos::bytes`] makes the printer's bytes →
//! [`printer::print`] sends them. [`reader::read`] turns the same bytes into rows for the preview on the screen, and [`reader::plain_text`] those
//! into text for a terminal, so that what is shown is what is printed. To open the drawer, put [`layout::Row::Drawer`] in front of the rows.
//!
//! ```
//! use banyan_paper::{escpos, layout, reader, receipt::Receipt};
//!
//! let receipt = Receipt { shop: "榕店".into(), number: "A-0007".into(), digits: 2, ..Receipt::default() };
//! let width = layout::PaperWidth::Paper58;
//! let job = escpos::bytes(&layout::layout(&receipt, width));
//! let shown = reader::plain_text(&reader::read(&job), width.cells());
//! assert!(shown.contains("榕店") && shown.contains("[QR A-0007]"));
//! ```
//!
//! Printing blocks for as long as its [`printer::Patience`] allows: call it from a worker with a queue, never while a sale waits. Whatever goes
//! wrong is a [`printer::PrinterFault`]; after `Stalled` and `ClosedEarly` part of the job may be on paper.
//!
//! # A paper of A4
//!
//! [`press::Paper`] says what stands on it; a [`press::Press`] makes a PDF of it.
//!
//! # A sheet out
//!
//! [`sheet_out::SheetOut::create`], [`sheet_out::SheetOut::row`] for each row, [`sheet_out::SheetOut::finish`]. The file appears at its path only
//! when it is whole. Cells are scaled integers ([`sheet_out::Cell::Number`] in the unit of its column) or text.
//!
//! # A sheet in
//!
//! 1. [`sheet_in::preview`] shows what the file was taken for, its titles and 20 rows; the person may choose encoding, delimiter or sheet otherwise.
//! 2. [`columns::guess`] proposes the mapping; the person corrects it; [`columns::Mapping::missing`] must be empty. The mapping and
//!    [`intake::sales::SalesRules`] are plain data to remember for the next time.
//! 3. The rows of [`sheet_in::SheetIn::open`] go one by one into a [`intake::products::ProductsIntake`], [`intake::members::MembersIntake`] or
//!    [`intake::sales::SalesIntake`]. Between rows the caller looks at [`sheet_in::SheetIn::progress`] and may stop: nothing has happened yet.
//! 4. `finish` gives [`intake::Intake`]: records with the cards and lines of the domain in them, remarks by row, and counts that add up. That is
//!    the dry run. Recording the same records in one transaction is the caller's.
//!
//! What only the books can know is left to the caller: codes, barcodes, numbers and phones that are already taken; tax classes, levels and ranks
//! that do not exist; sponsors and customers that are not in the file ([`intake::Remark::UnknownSponsor`] keeps the number on the record); products
//! of a sale's lines (`ImportedLine::product` is empty). A sale's number with the name of its source makes importing twice add nothing.

pub mod amount;
pub mod columns;
pub mod devices;
pub mod escpos;
pub mod fonts;
pub mod handbook;
pub mod intake;
pub mod label;
pub mod layout;
pub mod picture;
pub mod press;
pub mod printer;
pub mod reader;
pub mod receipt;
pub mod sheet_in;
pub mod sheet_out;
pub mod slip;
mod words;
