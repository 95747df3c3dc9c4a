//! The meeting place of a shop's devices. Invariant: an entry is numbered once, without gap, in the transaction that keeps it; what does not hold is refused
//! as a whole, what must not be numbered is held, and nothing that a device was told is kept is ever dropped.

mod account;
pub mod api;
pub mod backup;
pub mod devices;
mod erasure;
mod limits;
mod page;
mod right;
pub mod serve;
mod store;
mod sums;
pub mod totp;
pub mod trade;

pub use store::Store;
