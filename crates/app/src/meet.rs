//! Several tills of one shop: linking it to a meeting place, letting devices in, and what the owner sees of them. The conversation itself runs beside
//! ([`talk`]); a command here asks the meeting place only where a person waits for the answer.

use std::sync::{Mutex, MutexGuard, PoisonError};

use books::{
    Folded, OpenHow, Topic,
    lock::{Lid, look_at},
};
use domain::ids::DeviceId;
use paper::picture::qr;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sync::{Invite, Join, Joined, ShopMade};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{
    failure::{DoorRefusal, Failure},
    house::{House, Notice, Shop},
    jobs::{JobKind, Progress},
    menu::Call,
    setup::{SetupRefusal, place, remove_file},
};

use client::{Client, Fault};

pub use page::*;
pub use shapes::*;

mod client;
mod page;
mod shapes;
pub(crate) mod talk;

/// Name of the link among the values of the device.
const LINK: &str = "link";
/// How long a code for a further device opens, as the meeting place keeps it.
const CODE_MS: i64 = 15 * 60 * 1000;
/// How often a page of the history is asked for before a further till gives up.
const TRIES: u32 = 8;

/// The link of this device to a meeting place; its token lies in the keyring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Linked {
    address: String,
    shop: Uuid,
    journal: Uuid,
    name: String,
    ceiling: String,
    till: String,
}

/// What was heard of the meeting place last.
#[derive(Debug, Clone, Default, PartialEq)]
struct Heard {
    online: bool,
    last_ms: Option<i64>,
    head: u64,
    skew_ms: Option<i64>,
    trouble: Option<Trouble>,
}

/// The house's own view of the conversation.
#[derive(Debug, Default)]
pub struct Meeting {
    wake: Notify,
    heard: Mutex<Heard>,
    again: Mutex<bool>,
}

impl Meeting {
    /// Something was recorded, or a person wants it to try now.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what was heard, and tells the windows where it is news.
    fn hear(&self, house: &House, change: impl FnOnce(&mut Heard)) {
        let news = {
            let mut heard = self.heard();
            let before = (heard.online, heard.trouble);
            change(&mut heard);
            before != (heard.online, heard.trouble)
        };
        if news {
            house.tell(Notice::Topics { topics: vec![Topic::Sync] });
        }
    }

    fn ask_again(&self) {
        *self.again.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.wake();
    }

    fn asked_again(&self) -> bool {
        std::mem::take(&mut *self.again.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Why the shop is not linked, or a device not let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum MeetRefusal {
    #[error("`{address}` is no address: https://… is one")]
    Address { address: String },
    #[error("without https only this computer and the shop's own network may be asked: anybody on the way could read along")]
    Insecure,
    #[error("nobody answers at {address}: {reason}")]
    Away { address: String, reason: String },
    #[error("what answers at {address} is no meeting place of Banyan")]
    Stranger { address: String },
    #[error("the code is wrong, used or older than fifteen minutes: have a new one shown")]
    JoinCode,
    #[error("this meeting place asks for a word before it makes a shop")]
    OpeningWord,
    #[error("too many tries: wait a minute")]
    TooMany,
    #[error("the owner has to let this device do so")]
    ShutOut,
    #[error("the meeting place is busy: try again in a moment")]
    PlaceBusy,
    #[error("a shop to try things in is not linked: open your own first")]
    SampleShop,
    #[error("the shop is linked already")]
    AlreadyLinked,
    #[error("the shop is not linked")]
    NotLinked,
    #[error("the device needs a name")]
    NoDeviceName,
    #[error("the first till has not sent its books yet: let it finish, then ask for a new code")]
    NothingThere,
    #[error("the code belongs to another shop")]
    OtherShop,
    #[error("an owner's device does not lock itself")]
    Itself,
    #[error("the meeting place at {address} is older than this program and has no page")]
    OldPlace { address: String },
    #[error("the page's password has ten letters or more")]
    PagePassword,
    #[error("this is not the code of this moment")]
    PageCode,
    #[error("five wrong codes: set the password again")]
    PageTries,
}

fn refused(address: &str, fault: Fault) -> Failure {
    let address = address.to_owned();
    Failure::refused(match fault {
        Fault::Away(reason) => MeetRefusal::Away { address, reason },
        Fault::Stranger => MeetRefusal::Stranger { address },
        Fault::Said { code, .. } => match code.as_str() {
            "code" => MeetRefusal::JoinCode,
            "too_many" => MeetRefusal::TooMany,
            "unknown" | "forbidden" => MeetRefusal::ShutOut,
            "busy" => MeetRefusal::PlaceBusy,
            _ => MeetRefusal::Stranger { address },
        },
    })
}

/// An address without its end, or why it is none.
fn address_of(typed: &str) -> Result<String, Failure> {
    let text = typed.trim().trim_end_matches('/');
    let wrong = || Failure::refused(MeetRefusal::Address { address: typed.trim().to_owned() });
    let url = reqwest::Url::parse(text).map_err(|_| wrong())?;
    let host = url.host_str().ok_or_else(wrong)?;
    match url.scheme() {
        "https" => {}
        "http" if is_near(host) => {}
        "http" => return Err(Failure::refused(MeetRefusal::Insecure)),
        _ => return Err(wrong()),
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err(wrong());
    }
    Ok(text.to_owned())
}

/// True where nobody on the way reads along: https, or http within the shop's own network.
pub(crate) fn is_safe(address: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(address) else { return false };
    match (url.scheme(), url.host_str()) {
        ("https", Some(_)) => true,
        ("http", Some(host)) => is_near(host),
        _ => false,
    }
}

/// This computer, or one of the shop's own network.
fn is_near(host: &str) -> bool {
    match host.trim_start_matches('[').trim_end_matches(']').parse() {
        Ok(std::net::IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Ok(std::net::IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
        Err(_) => host == "localhost" || host.ends_with(".local"),
    }
}

fn token_name(shop: Uuid) -> String {
    format!("token.{}", shop.simple())
}

fn token(house: &House, linked: &Linked) -> Result<Option<String>, Failure> {
    Ok(house.kept(&token_name(linked.shop))?.and_then(|bytes| String::from_utf8(bytes).ok()))
}

async fn linked(shop: &Shop) -> Result<Option<Linked>, Failure> {
    Ok(shop.books.local(LINK).await?.and_then(|text| serde_json::from_str(&text).ok()))
}

/// True where this device meets others.
///
/// # Errors
/// The database's.
pub(crate) async fn is_linked(shop: &Shop) -> Result<bool, Failure> {
    Ok(linked(shop).await?.is_some())
}

async fn asks(call: &Call<'_>) -> Result<(Linked, Client), Failure> {
    let linked = linked(call.shop()?).await?.ok_or_else(|| Failure::refused(MeetRefusal::NotLinked))?;
    let token = token(call.house, &linked)?.ok_or_else(|| Failure::refused(MeetRefusal::ShutOut))?;
    let client = Client::new(&linked.address, linked.shop, &token).map_err(|fault| refused(&linked.address, fault))?;
    Ok((linked, client))
}

fn wish(call: &Call<'_>, word: &str, name: &str) -> Result<Join, Failure> {
    let key = call.house.identity()?;
    Ok(Join(word.trim().to_owned(), key.device, ByteBuf::from(key.public()), name.trim().to_owned()))
}

/// How this device stands towards the other tills.
pub async fn sync_status(call: &Call<'_>, (): ()) -> Result<SyncStatus, Failure> {
    let shop = call.shop()?;
    let link = linked(shop).await?;
    let standing = shop.books.standing().await?;
    let heard = call.house.meeting.heard().clone();
    let (waiting, behind) = standing.map_or((0, 0), |stand| {
        let head = i64::try_from(heard.head).unwrap_or(0);
        ((stand.head - stand.acknowledged).max(0), (head - stand.cursor).max(0))
    });
    let link = link.map(|Linked { address, name, ceiling, till, .. }| LinkCard { address, name, ceiling, till });
    let Heard { online, last_ms, skew_ms, trouble, .. } = heard;
    Ok(SyncStatus { link, online, last_ms, waiting, behind, skew_ms, trouble })
}

/// Has the conversation go on at once, without waiting for the next moment.
pub async fn sync_now(call: &Call<'_>, (): ()) -> Result<SyncStatus, Failure> {
    call.house.meeting.ask_again();
    sync_status(call, ()).await
}

/// Links the shop to a meeting place. Its history goes up beside the selling.
pub async fn link_shop(call: &Call<'_>, draft: LinkDraft) -> Result<SyncStatus, Failure> {
    let shop = call.shop()?;
    if shop.info.sample {
        return Err(Failure::refused(MeetRefusal::SampleShop));
    }
    if linked(shop).await?.is_some() {
        return Err(Failure::refused(MeetRefusal::AlreadyLinked));
    }
    let address = address_of(&draft.address)?;
    let name = named(&draft.name)?;
    let made = client::make_shop(&address, &wish(call, &draft.word, name)?).await;
    let ShopMade(id, journal, token) = made.map_err(|fault| match fault {
        Fault::Said { code, .. } if code == "code" => Failure::refused(MeetRefusal::OpeningWord),
        fault => refused(&address, fault),
    })?;
    call.house.keep(&token_name(id), token.as_bytes())?;
    let till = crate::shifts::till(shop).await?;
    let made = Linked { address, shop: id, journal, name: name.to_owned(), ceiling: "owner".into(), till };
    shop.books.link().await?;
    keep(&shop.books, &made).await?;
    call.house.meeting.ask_again();
    call.house.tell(Notice::Topics { topics: vec![Topic::Sync] });
    sync_status(call, ()).await
}

fn named(name: &str) -> Result<&str, Failure> {
    match name.trim() {
        "" => Err(Failure::refused(MeetRefusal::NoDeviceName)),
        name => Ok(name),
    }
}

async fn keep(books: &books::Books, linked: &Linked) -> Result<(), Failure> {
    let text = serde_json::to_string(linked).map_err(|error| Failure::Broken { trace: error.to_string() })?;
    Ok(books.keep_local(LINK, Some(text)).await?)
}

/// Gives books that came from another computer a right of their own, by a code.
pub async fn link_again(call: &Call<'_>, code: String) -> Result<SyncStatus, Failure> {
    let shop = call.shop()?;
    let before = linked(shop).await?.ok_or_else(|| Failure::refused(MeetRefusal::NotLinked))?;
    let joined = client::join(&before.address, &wish(call, &code, &before.name)?).await;
    let Joined(id, journal, token, till, ceiling) = joined.map_err(|fault| refused(&before.address, fault))?;
    if (id, journal) != (before.shop, before.journal) {
        return Err(Failure::refused(MeetRefusal::OtherShop));
    }
    call.house.keep(&token_name(id), token.as_bytes())?;
    let till = till.to_string();
    shop.books.keep_local("till", Some(till.clone())).await?;
    keep(&shop.books, &Linked { till, ceiling: ceiling.word().into(), ..before }).await?;
    call.house.meeting.ask_again();
    call.house.tell(Notice::Topics { topics: vec![Topic::Sync, Topic::Settings] });
    sync_status(call, ()).await
}

/// Makes a shop's books on this device from its history, as a further till. Written aside and put in place whole.
pub async fn join_shop(call: &Call<'_>, draft: JoinDraft) -> Result<(), Failure> {
    let house = call.house;
    if call.shop().is_ok() || look_at(house.path())? != Lid::Missing {
        return Err(Failure::refused(SetupRefusal::ShopExists));
    }
    let address = address_of(&draft.address)?;
    let progress = house.jobs.begin(JobKind::Join, house.world.now_ms())?;
    let outcome = join(call, &address, &draft, &progress).await;
    progress.end(outcome.clone().map(|()| serde_json::Value::Null));
    outcome
}

async fn join(call: &Call<'_>, address: &str, draft: &JoinDraft, progress: &Progress) -> Result<(), Failure> {
    let house = call.house;
    let joined = client::join(address, &wish(call, &draft.code, &draft.name)?).await;
    let Joined(shop, journal, token, till, ceiling) = joined.map_err(|fault| refused(address, fault))?;
    house.keep(&token_name(shop), token.as_bytes())?;
    let client = Client::new(address, shop, &token).map_err(|fault| refused(address, fault))?;
    let aside = house.path().with_extension("new.banyan");
    remove_file(&aside)?;
    let books = house.open_books(&aside, OpenHow::Create).await?;
    let fetched = fetch(&books, &client, journal, address, progress).await;
    let linked = Linked {
        address: address.to_owned(),
        shop,
        journal,
        name: if draft.name.trim().is_empty() { till.to_string() } else { draft.name.trim().to_owned() },
        ceiling: ceiling.word().into(),
        till: till.to_string(),
    };
    if fetched.is_ok() {
        keep(&books, &linked).await?;
        books.keep_local("till", Some(linked.till.clone())).await?;
    }
    books.close().await?;
    if let Err(failure) = fetched {
        remove_file(&aside)?;
        return Err(failure);
    }
    place(call, &aside).await?;
    house.meeting.ask_again();
    house.tell(Notice::Topics { topics: books::query::ALL_TOPICS.to_vec() });
    Ok(())
}

/// Fetches the whole history. A line that breaks off is tried again for a while.
async fn fetch(books: &books::Books, client: &Client, journal: Uuid, address: &str, progress: &Progress) -> Result<(), Failure> {
    books.link().await?;
    let mut tries = 0;
    loop {
        if progress.stopped() {
            return Err(DoorRefusal::Busy { what: "stopped".into() }.into());
        }
        let Some(standing) = books.standing().await? else { return Err(Failure::refused(MeetRefusal::NotLinked)) };
        match client.pull(standing.cursor, &standing.log).await {
            Ok(page) if !talk::is_journal(&page, journal) => return Err(Failure::refused(MeetRefusal::Stranger { address: address.to_owned() })),
            Ok(page) => {
                tries = 0;
                let entries = talk::numbered(&page);
                let cursor = entries.last().map_or(standing.cursor, |last| last.number);
                if matches!(books.fold(&entries).await?, Folded::Fork { .. }) {
                    return Err(Failure::Broken { trace: "a new chain cannot fork".into() });
                }
                let head = i64::try_from(page.2).unwrap_or(0);
                progress.at("fetching", cursor, head);
                if cursor >= head {
                    break;
                }
            }
            Err(Fault::Away(_) | Fault::Said { .. }) if tries < TRIES => {
                tries += 1;
                tokio::time::sleep(std::time::Duration::from_millis(250 << tries)).await;
            }
            Err(fault) => return Err(refused(address, fault)),
        }
    }
    if books.shop().await?.is_some() { Ok(()) } else { Err(Failure::refused(MeetRefusal::NothingThere)) }
}

/// A one-time code for a further device.
pub async fn invite_device(call: &Call<'_>, draft: InviteDraft) -> Result<Invitation, Failure> {
    let (linked, client) = asks(call).await?;
    let bad = || DoorRefusal::BadQuestion { command: "invite_device".into(), reason: "clerk, manager or owner".into() };
    let ceiling = sync::Ceiling::parse(&draft.ceiling).ok_or_else(bad)?;
    let name = named(&draft.name)?.to_owned();
    let code = client.invite(&Invite(ceiling, name)).await.map_err(|fault| refused(&linked.address, fault))?;
    let until_ms = call.house.world.now_ms() + CODE_MS;
    let picture = qr(&format!("banyan:join?at={}&code={code}", linked.address), 4).map(|drawn| drawn.picture());
    Ok(Invitation { address: linked.address, code, until_ms, qr: picture })
}

/// Every device of the shop.
pub async fn devices(call: &Call<'_>, (): ()) -> Result<Vec<DeviceSeen>, Failure> {
    let (linked, client) = asks(call).await?;
    let own = call.house.identity()?.device;
    let there = client.devices().await.map_err(|fault| refused(&linked.address, fault))?;
    // Shown by this clock: the meeting place's may be another.
    let skew_ms = call.house.world.now_ms() - there.now_ms;
    let behind = |cursor: u64| i64::try_from(there.head.saturating_sub(cursor)).unwrap_or(0);
    let seen = |one: client::DeviceThere| DeviceSeen {
        this: DeviceId(one.device) == own,
        // The meeting place knows what a device had when it asked last; of itself this one knows better.
        behind: if DeviceId(one.device) == own { 0 } else { behind(one.cursor) },
        device: one.device.to_string(),
        name: one.name,
        ceiling: one.ceiling,
        till: one.till.to_string(),
        state: one.state,
        seen_at_ms: one.seen_at_ms + skew_ms,
    };
    Ok(there.devices.into_iter().map(seen).collect())
}

/// Locks a device, unlocks it, or takes it out for good.
pub async fn set_device(call: &Call<'_>, draft: DeviceStateDraft) -> Result<Vec<DeviceSeen>, Failure> {
    let (linked, client) = asks(call).await?;
    let bad = |reason: &str| DoorRefusal::BadQuestion { command: "set_device".into(), reason: reason.into() };
    let device = Uuid::parse_str(&draft.device).map_err(|_| bad("a device"))?;
    let state = ["active", "locked", "revoked"].into_iter().find(|state| *state == draft.state).ok_or_else(|| bad("active, locked or revoked"))?;
    if DeviceId(device) == call.house.identity()?.device {
        return Err(Failure::refused(MeetRefusal::Itself));
    }
    client.set_state(device, state).await.map_err(|fault| refused(&linked.address, fault))?;
    devices(call, ()).await
}

/// What the meeting place keeps out of the books until the owner looks at it.
pub async fn held_entries(call: &Call<'_>, (): ()) -> Result<Vec<HeldEntry>, Failure> {
    let (linked, client) = asks(call).await?;
    let held = client.held().await.map_err(|fault| refused(&linked.address, fault))?;
    let entry = |one: client::HeldThere| HeldEntry {
        chain: one.chain.to_string(),
        dseq: one.dseq,
        device: one.device,
        reason: one.reason,
        kind: one.kind,
        business_date: one.business_date,
        admissible: one.admissible,
    };
    Ok(held.into_iter().map(entry).collect())
}

/// Lets an entry into the books that was kept out.
pub async fn admit_entry(call: &Call<'_>, at: HeldPlace) -> Result<Vec<HeldEntry>, Failure> {
    let (linked, client) = asks(call).await?;
    let bad = || DoorRefusal::BadQuestion { command: "admit_entry".into(), reason: "a chain".into() };
    let chain = Uuid::parse_str(&at.chain).map_err(|_| bad())?;
    client.admit(chain, at.dseq).await.map_err(|fault| refused(&linked.address, fault))?;
    call.house.meeting.ask_again();
    held_entries(call, ()).await
}
