//! What is asked about several tills, and what is answered.

use paper::picture::Picture;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What keeps a linked device from taking part until a person does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The books came from another computer: this one has no right of its own yet.
    NoToken,
    /// The owner locked it or took it out; what it sells is sent and waits for the owner.
    ShutOut,
}

/// How this device stands towards the other tills.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncStatus {
    /// The link; absent where the shop is on this device alone.
    pub link: Option<LinkCard>,
    /// The meeting place answered when it was last asked.
    pub online: bool,
    /// When it last answered, milliseconds.
    pub last_ms: Option<i64>,
    /// Entries of this device that are not there yet.
    pub waiting: i64,
    /// Entries of others that are not here yet.
    pub behind: i64,
    /// By how much this clock is ahead of the meeting place's, milliseconds.
    pub skew_ms: Option<i64>,
    /// What a person has to see to.
    pub trouble: Option<Trouble>,
}

/// The link as the settings show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkCard {
    /// Address of the meeting place.
    pub address: String,
    /// Name of this device there.
    pub name: String,
    /// `clerk`, `manager` or `owner`: what it may do at most.
    pub ceiling: String,
    /// Its code in receipt numbers.
    pub till: String,
}

/// A shop to link.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LinkDraft {
    /// `https://…`; plain `http://` for this computer and the shop's own network.
    pub address: String,
    /// The word that the meeting place asks for before it makes a shop; empty where it asks for none.
    pub word: String,
    /// What this device is to be called.
    pub name: String,
}

/// A further till of a shop that is linked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JoinDraft {
    /// Address of the meeting place.
    pub address: String,
    /// The one-time code that the owner's device showed.
    pub code: String,
    /// What this device is to be called; empty: as the owner named it.
    pub name: String,
}

/// A device that is to be let in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InviteDraft {
    /// `clerk`, `manager` or `owner`.
    pub ceiling: String,
    /// What it is to be called.
    pub name: String,
}

/// What the owner shows to whoever sets the new device up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Invitation {
    /// Address of the meeting place.
    pub address: String,
    /// Opens once.
    pub code: String,
    /// Until then, milliseconds.
    pub until_ms: i64,
    /// Address and code as a QR code.
    pub qr: Option<Picture>,
}

/// A device of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceSeen {
    /// The device.
    pub device: String,
    /// True for the one that asks.
    pub this: bool,
    /// Its name.
    pub name: String,
    /// What it may do at most.
    pub ceiling: String,
    /// Its code in receipt numbers.
    pub till: String,
    /// `active`, `locked` or `revoked`.
    pub state: String,
    /// When it last spoke, milliseconds.
    pub seen_at_ms: i64,
    /// How many entries of others it had not fetched then.
    pub behind: i64,
}

/// A device to lock, unlock or take out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeviceStateDraft {
    /// The device.
    pub device: String,
    /// `active`, `locked` or `revoked`.
    pub state: String,
}

/// An entry that the meeting place keeps and has not let into the books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeldEntry {
    /// Its chain.
    pub chain: String,
    /// Its place there.
    pub dseq: i64,
    /// Name of its device.
    pub device: String,
    /// Code of why it is held.
    pub reason: String,
    /// Its kind.
    pub kind: String,
    /// The shop's day it belongs to.
    pub business_date: String,
    /// True where the owner can let it in.
    pub admissible: bool,
}

/// An entry to let in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HeldPlace {
    /// Its chain.
    pub chain: String,
    /// Its place there.
    pub dseq: i64,
}
