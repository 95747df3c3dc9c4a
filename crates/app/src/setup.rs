//! The first run: a shop comes into being, empty or as a sample, and a sample is removed in one step.

use std::path::Path;

use books::{
    OpenHow,
    lock::{Lid, look_at},
    query::ShopRow,
};
use domain::{
    fact::Fact,
    person::{PersonAdded, Role, pin_is_sound},
    shop::{SettingChanged, ShopOpened, minor_digits_of},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    failure::Failure,
    house::Shop,
    jobs::JobKind,
    menu::Call,
    people::{PersonRefusal, hash_pin},
    seat::Session,
};

/// What the window has to know before anyone is signed in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetupState {
    /// The shop, where there is one.
    pub shop: Option<ShopCard>,
    /// Who is signed in at this window.
    pub session: Option<Session>,
    /// What keeps the shop closed: the keyring's complaint, where a passphrase is needed.
    pub needs_passphrase: Option<String>,
    /// True where a passphrase was set on this device before.
    pub has_vault: bool,
    /// The books that wait for their recovery key: where they are.
    pub locked: Option<String>,
}

/// The shop in the corner of the window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShopCard {
    /// Name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// Decimals of the currency.
    pub minor_digits: u8,
    /// Language of paper.
    pub language: String,
    /// True for the sample shop.
    pub sample: bool,
    /// The shop's day now.
    pub today: String,
}

/// A shop to set up.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ShopDraft {
    /// Name.
    pub name: String,
    /// ISO 4217; `CNY` where the person did not choose.
    pub currency: String,
    /// `zh-CN` or `en`.
    pub language: String,
    /// Name of the owner.
    pub owner: String,
    /// Their PIN.
    pub pin: String,
    /// Fill it with the sample.
    pub sample: bool,
}

/// Why a shop is not set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum SetupRefusal {
    /// There is one.
    #[error("there is a shop in this file already")]
    ShopExists,
    /// A name is needed.
    #[error("the shop needs a name")]
    NoShopName,
    /// Three capital letters.
    #[error("{currency} is not a currency")]
    Currency {
        /// As typed.
        currency: String,
    },
    /// Only a sample can be removed.
    #[error("this is no sample shop")]
    NoSample,
}

/// What the window has to know before anyone is signed in.
pub async fn setup_state(call: &Call<'_>, (): ()) -> Result<SetupState, Failure> {
    let house = call.house;
    let has_vault = house.path().with_extension("vault").exists();
    let Ok(shop) = call.shop() else {
        let needs_passphrase = match house.identity() {
            Err(Failure::Refused { refusal, .. }) if refusal["code"] == "needs_passphrase" => {
                Some(refusal["reason"].as_str().unwrap_or_default().to_owned())
            }
            Ok(_) | Err(_) => None,
        };
        let locked = matches!(look_at(house.path())?, Lid::Locked(_)).then(|| house.path().display().to_string());
        return Ok(SetupState { shop: None, session: None, needs_passphrase, has_vault, locked });
    };
    Ok(SetupState { shop: Some(card(call, shop).await), session: call.session.clone(), needs_passphrase: None, has_vault, locked: None })
}

async fn card(call: &Call<'_>, shop: &Shop) -> ShopCard {
    let ShopRow { currency, minor_digits, language, sample, .. } = shop.info.clone();
    ShopCard { name: shop.settings().await.shop_name.clone(), currency, minor_digits, language, sample, today: call.house.today(shop) }
}

/// Opens the secrets kept beside the file by a passphrase, where the system has no keyring.
pub async fn open_vault(call: &Call<'_>, passphrase: String) -> Result<(), Failure> {
    call.house.open_vault(&passphrase).await?;
    crate::imports::go_on(call.house).await
}

/// Makes the shop and signs its owner in.
pub async fn create_shop(call: &Call<'_>, draft: ShopDraft) -> Result<Session, Failure> {
    let house = call.house;
    // A file that waits for its key is a shop too: nothing is ever put over it.
    if call.shop().is_ok() || look_at(house.path())? != Lid::Missing {
        return Err(Failure::refused(SetupRefusal::ShopExists));
    }
    let name = draft.name.trim().to_owned();
    if name.is_empty() {
        return Err(Failure::refused(SetupRefusal::NoShopName));
    }
    if draft.currency.len() != 3 || !draft.currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err(Failure::refused(SetupRefusal::Currency { currency: draft.currency }));
    }
    let owner = draft.owner.trim().to_owned();
    if owner.is_empty() {
        return Err(Failure::refused(PersonRefusal::NoName));
    }
    if !pin_is_sound(&draft.pin) {
        return Err(Failure::refused(PersonRefusal::PinShape));
    }
    let opened = ShopOpened {
        name,
        minor_digits: minor_digits_of(&draft.currency),
        currency: draft.currency,
        language: draft.language,
        time_zone: house.world.time_zone().to_owned(),
        sample: draft.sample,
    };
    let person = house.world.new_id();
    let added = PersonAdded { person, name: owner.clone(), role: Role::Owner, pin_hash: hash_pin(&draft.pin, house.world.random())? };
    // Everything is written aside and put in place whole: a crash in the middle leaves no half shop.
    let aside = house.path().with_extension("new.banyan");
    let progress = if opened.sample { Some(house.jobs.begin(JobKind::Sample, house.world.now_ms())?) } else { None };
    let made = make(call, &aside, opened.clone(), vec![added.into()], progress.as_ref()).await;
    let placed = match made {
        Ok(()) => place(call, &aside).await,
        Err(failure) => Err(failure),
    };
    if let Some(progress) = progress {
        progress.end(placed.clone().map(|()| serde_json::Value::Null));
    }
    placed?;
    let session = Session { person, name: owner, role: Role::Owner };
    call.seat.sit(Some(session.clone()), house.world.now_ms());
    Ok(session)
}

async fn make(call: &Call<'_>, aside: &Path, opened: ShopOpened, people: Vec<Fact>, sample: Option<&crate::jobs::Progress>) -> Result<(), Failure> {
    let house = call.house;
    remove_file(aside)?;
    let books = house.open_books(aside, OpenHow::Create).await?;
    let mut writing = books.write().await?;
    let at_ms = house.world.now_ms();
    let zone = jiff::tz::TimeZone::get(&opened.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    for fact in std::iter::once(opened.into()).chain(people) {
        let business_date = crate::world::business_date(at_ms, &zone);
        writing.record(books::NewEntry { id: house.world.new_id(), at_ms, business_date, actor: None, rules: None, fact }).await?;
    }
    writing.commit().await?;
    if let (Some(progress), Some(shop)) = (sample, Shop::around(books).await?) {
        crate::sample::fill(house, &shop, progress).await?;
        shop.books.close().await?;
    }
    Ok(())
}

/// Puts a finished file in the shop's place and opens it.
pub(crate) async fn place(call: &Call<'_>, aside: &Path) -> Result<(), Failure> {
    let house = call.house;
    // Opened and closed once more, so that no write-ahead log stays behind under the old name.
    house.close_books(&house.open_books(aside, OpenHow::Existing).await?).await?;
    for end in ["-wal", "-shm"] {
        remove_file(&with_end(aside, end))?;
    }
    house.put(None).await?;
    for end in ["-wal", "-shm"] {
        remove_file(&with_end(house.path(), end))?;
    }
    std::fs::rename(aside, house.path()).map_err(|error| books::BooksError::file(house.path(), error))?;
    let books = house.open_books(house.path(), OpenHow::Existing).await?;
    house.put(Shop::around(books).await?).await
}

pub(crate) fn with_end(path: &Path, end: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

pub(crate) fn remove_file(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(books::BooksError::file(path, error).into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Puts an empty shop in the sample's place: same name, people and settings. The sample's file is kept beside it until the owner deletes it.
pub async fn remove_sample(call: &Call<'_>, (): ()) -> Result<ShopCard, Failure> {
    let shop = call.shop()?;
    if !shop.info.sample {
        return Err(Failure::refused(SetupRefusal::NoSample));
    }
    let ShopRow { name, currency, minor_digits, language, time_zone, .. } = shop.info.clone();
    let opened = ShopOpened { name, currency, minor_digits, language, time_zone, sample: false };
    let people = shop.books.people().await?.into_iter().filter(|row| !row.archived);
    let people = people.map(|row| Fact::from(PersonAdded { person: row.person, name: row.name, role: row.role, pin_hash: row.pin_hash }));
    let settings = shop.books.settings().await?.into_iter().map(|(name, value)| Fact::from(SettingChanged { name, value }));
    let device = settings_of_device(shop).await?;
    let aside = call.house.path().with_extension("new.banyan");
    let kept = call.house.path().with_extension("sample.banyan");
    remove_file(&kept)?;
    shop.books.copy_to(&kept).await?;
    make(call, &aside, opened, people.chain(settings).collect(), None).await?;
    place(call, &aside).await?;
    let shop = call.house.shop().await?;
    for (name, value) in device {
        shop.books.keep_local(&name, Some(value)).await?;
    }
    shop.reread().await?;
    call.house.tell(crate::Notice::Topics { topics: books::query::ALL_TOPICS.to_vec() });
    Ok(card(call, &shop).await)
}

/// What this device alone has set, to be carried into the new file.
async fn settings_of_device(shop: &Shop) -> Result<Vec<(String, String)>, Failure> {
    let mut kept = Vec::new();
    for setting in crate::settings::OF_THE_DEVICE {
        let name = crate::settings::local_name(setting);
        if let Some(value) = shop.books.local(&name).await? {
            kept.push((name, value));
        }
    }
    Ok(kept)
}
