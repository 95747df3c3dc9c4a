//! What two copies of the books say to each other. Invariant: values in, values out: no socket, no SQL, no clock and no chance; every byte that came from
//! outside is read strictly and within limits.

mod device;
mod run;
mod wire;

pub use device::{Device, Said, Stand, Step, Stop};
pub use run::{Broken, Read, check_run, log_after};
pub use wire::{
    Ceiling, Held, Invite, Join, Joined, MOST_ENTRIES, MOST_FRAME_BYTES, MOST_PUSH_BYTES, Malformed, Page, PageEntry, Push, PushAnswer, ShopMade,
    decode, encode,
};
