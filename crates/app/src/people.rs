//! Who works here, and signing in by PIN.

mod approver;

pub use approver::{Approvable, approved, approver, needs_approver};

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use books::query::PersonRow;
use domain::{
    ids::PersonId,
    person::{PersonAdded, PersonChanged, PinRefused, Role, pin_is_sound, pin_wait_seconds},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    display::{self, CustomerView},
    failure::{Failure, not_found},
    house::{House, Shop},
    menu::Call,
    seat::Session,
};

/// A person as lists show them; never with the PIN's hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Person {
    /// The person.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// True if they left.
    pub archived: bool,
}

/// A person to add, or to change where `person` is given; absent fields stay.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonDraft {
    /// Whom to change.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
    /// Role.
    #[serde(default)]
    pub role: Option<Role>,
    /// New PIN, 4 to 12 digits.
    #[serde(default)]
    pub pin: Option<String>,
    /// They left, or came back.
    #[serde(default)]
    pub archived: Option<bool>,
}

/// Someone at the door.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignInDraft {
    /// Who says they are there.
    pub person: PersonId,
    /// Their PIN.
    pub pin: String,
}

/// Why someone does not get in, or is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PersonRefusal {
    /// Wrong PIN.
    #[error("wrong PIN; wait {wait_seconds} s before the next try")]
    WrongPin {
        /// Seconds to wait.
        wait_seconds: u32,
    },
    /// Too soon after a wrong one.
    #[error("wait {wait_seconds} s before the next try")]
    Wait {
        /// Seconds left.
        wait_seconds: u32,
    },
    /// A name is needed.
    #[error("a person needs a name")]
    NoName,
    /// A PIN of 4 to 12 digits, not all the same.
    #[error("a PIN is 4 to 12 digits, not all the same")]
    PinShape,
    /// The approver may not do this either.
    #[error("{name} cannot approve this: it needs the {}", needs.word())]
    ApproverTooLow {
        /// Whose PIN was typed.
        name: String,
        /// The least role.
        needs: Role,
    },
    /// Somebody has to remain who may everything.
    #[error("the last owner cannot go or become less")]
    LastOwner,
}

/// The hash of a PIN in PHC form (Argon2id, default cost). Takes some 50 ms on purpose.
pub fn hash_pin(pin: &str, salt: [u8; 16]) -> Result<String, Failure> {
    let broken = |error: String| Failure::Broken { trace: format!("hashing a PIN: {error}") };
    Argon2::default().hash_password_with_salt(pin.as_bytes(), &salt).map(|hash| hash.to_string()).map_err(|error| broken(error.to_string()))
}

fn pin_fits(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// Wrong PINs in a row and when the last was, kept on this device.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Wrong {
    in_a_row: u32,
    at_ms: i64,
}

/// Everyone who works here; those who left last.
pub async fn people(call: &Call<'_>, (): ()) -> Result<Vec<Person>, Failure> {
    let mut people: Vec<Person> = call.shop()?.books.people().await?.into_iter().map(seen).collect();
    people.sort_by_key(|person| person.archived);
    Ok(people)
}

fn seen(row: PersonRow) -> Person {
    Person { person: row.person, name: row.name, role: row.role, archived: row.archived }
}

/// Lets someone in by PIN. A wrong one is recorded and slows the next try down.
pub async fn sign_in(call: &Call<'_>, draft: SignInDraft) -> Result<Session, Failure> {
    let row = known_by_pin(call, draft.person, draft.pin).await?;
    let session = Session { person: row.person, name: row.name, role: row.role };
    call.seat.sit(Some(session.clone()), call.house.world.now_ms());
    Ok(session)
}

/// The person whose PIN this is. A wrong one is recorded and slows the next try down, wherever it is typed.
pub(crate) async fn known_by_pin(call: &Call<'_>, person: PersonId, pin: String) -> Result<PersonRow, Failure> {
    let shop = call.shop()?;
    let row = shop.books.people().await?.into_iter().find(|row| row.person == person && !row.archived).ok_or_else(|| not_found("person"))?;
    let local = format!("wrong_pins:{}", row.person);
    let wrong: Wrong = shop.books.local(&local).await?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let now_ms = call.house.world.now_ms();
    let wait_seconds = left_to_wait(&wrong, now_ms);
    if wait_seconds > 0 {
        return Err(Failure::refused(PersonRefusal::Wait { wait_seconds }));
    }
    let hash = row.pin_hash.clone();
    let fits = tokio::task::spawn_blocking(move || pin_fits(&pin, &hash)).await.map_err(|error| Failure::Broken { trace: error.to_string() })?;
    if !fits {
        let wrong = Wrong { in_a_row: wrong.in_a_row.saturating_add(1), at_ms: now_ms };
        refuse_pin(call.house, shop, row.person, &local, &wrong).await?;
        return Err(Failure::refused(PersonRefusal::WrongPin { wait_seconds: pin_wait_seconds(wrong.in_a_row) }));
    }
    if wrong.in_a_row > 0 {
        shop.books.keep_local(&local, None).await?;
    }
    Ok(row)
}

fn left_to_wait(wrong: &Wrong, now_ms: i64) -> u32 {
    let wait_ms = i64::from(pin_wait_seconds(wrong.in_a_row)) * 1000;
    // A clock that was set back does not open the door, and does not lock it for longer than the rule says.
    let passed = (now_ms - wrong.at_ms).clamp(0, wait_ms);
    u32::try_from((wait_ms - passed + 999) / 1000).unwrap_or(0)
}

async fn refuse_pin(house: &House, shop: &Shop, person: PersonId, local: &str, wrong: &Wrong) -> Result<(), Failure> {
    let mut writing = shop.books.write().await?;
    let entry = house.entry(shop, None, PinRefused { person, in_a_row: wrong.in_a_row });
    let text = serde_json::to_string(wrong).map_err(|error| Failure::Broken { trace: error.to_string() })?;
    let outcome = async {
        writing.record(entry).await?;
        writing.keep_local(local, Some(text)).await?;
        Ok(())
    }
    .await;
    house.finish(writing, outcome).await
}

/// Stands up.
pub async fn sign_out(call: &Call<'_>, (): ()) -> Result<(), Failure> {
    call.seat.sit(None, call.house.world.now_ms());
    // A till that nobody sits at shows no customer's sale.
    if call.shop().is_ok() {
        display::show_customer(call, CustomerView::default()).await?;
    }
    Ok(())
}

/// Adds or changes a person.
pub async fn save_person(call: &Call<'_>, draft: PersonDraft) -> Result<Person, Failure> {
    let shop = call.shop()?;
    let name = draft.name.map(|name| name.trim().to_owned());
    if name.as_deref().map_or(draft.person.is_none(), str::is_empty) {
        return Err(Failure::refused(PersonRefusal::NoName));
    }
    let pin_hash = match &draft.pin {
        Some(pin) if pin_is_sound(pin) => Some(hash_pin(pin, call.house.world.random())?),
        None if draft.person.is_some() => None,
        Some(_) | None => return Err(Failure::refused(PersonRefusal::PinShape)),
    };
    let fact: domain::fact::Fact = match (draft.person, pin_hash) {
        (Some(person), pin_hash) => {
            let people = shop.books.people().await?;
            let owners = people.iter().filter(|row| row.role == Role::Owner && !row.archived && row.person != person).count();
            let row = people.iter().find(|row| row.person == person).ok_or_else(|| not_found("person"))?;
            let stays = draft.role.unwrap_or(row.role) == Role::Owner && !draft.archived.unwrap_or(row.archived);
            if row.role == Role::Owner && !stays && owners == 0 {
                return Err(Failure::refused(PersonRefusal::LastOwner));
            }
            PersonChanged { person, name, role: draft.role, pin_hash, archived: draft.archived }.into()
        }
        (None, Some(pin_hash)) => {
            let person = call.house.world.new_id();
            PersonAdded { person, name: name.unwrap_or_default(), role: draft.role.unwrap_or(Role::Clerk), pin_hash }.into()
        }
        (None, None) => return Err(Failure::refused(PersonRefusal::PinShape)),
    };
    let person = match &fact {
        domain::fact::Fact::PersonAdded(added) => added.person,
        _ => draft.person.ok_or_else(|| not_found("person"))?,
    };
    call.record(fact).await?;
    let row = shop.books.people().await?.into_iter().find(|row| row.person == person).ok_or_else(|| not_found("person"))?;
    Ok(seen(row))
}
