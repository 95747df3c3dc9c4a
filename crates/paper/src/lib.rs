//! Receipts and sheets. Invariant: bytes out, sheets in; nothing here knows the books, and no amount passes through floating point.

pub mod amount;
pub mod columns;
pub mod escpos;
pub mod intake;
pub mod layout;
pub mod printer;
pub mod reader;
pub mod receipt;
pub mod sheet_in;
pub mod sheet_out;
mod words;
