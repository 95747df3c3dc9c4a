//! The open shop and what is around it: keyring, clock, long jobs, and who listens.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError, Weak},
    time::Duration,
};

use books::{
    Books, BooksError, NewEntry, OpenHow, Writing,
    query::{PlanRow, ShopRow, Topic},
};
use domain::{
    fact::Fact,
    ids::{EntryId, PersonId},
    plan::Plan,
};
use jiff::tz::TimeZone;
use paper::{press::Press, receipt::Language};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::{RwLock, broadcast};
use ts_rs::TS;

use crate::{
    backups,
    display::{CustomerShop, CustomerView},
    failure::{DoorRefusal, Failure},
    jobs::{JobState, Jobs},
    log::Log,
    meet::{self, Meeting},
    messages::{self, Post},
    month::{Months, close::Worked},
    prints::{self, Spool},
    seat::Seat,
    secrets::{Keeper, SecretsError, Vault},
    settings::Settings,
    world::{World, business_date},
};

const TEND_EVERY: Duration = Duration::from_secs(5);
const LOG_BYTES: u64 = 4 << 20;
/// Rounds of looking after the log between two visits to the keyring, which takes some ten milliseconds.
const REMEMBER_EVERY: u32 = 12;
/// What keeps a shop closed until a person did something about it; the house stands meanwhile.
const WAITS: [&str; 3] = ["no_shop", "needs_passphrase", "locked"];

/// What a window hears without asking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// These topics changed; told after commit only.
    Topics {
        /// Which.
        topics: Vec<Topic>,
    },
    /// A long job moved on.
    Job {
        /// Where it stands.
        job: JobState,
    },
    /// The printer said something about a receipt.
    Printer {
        /// Receipt number.
        number: String,
        /// `None`: it was taken. Otherwise the code of what is wrong.
        fault: Option<String>,
    },
    /// A message to a member waits for a person.
    MessageStuck,
    /// The customer display is to be opened or closed.
    Display {
        /// Opened.
        open: bool,
    },
    /// What the customer is to see.
    Customer {
        /// The shop.
        shop: CustomerShop,
        /// The sale.
        view: CustomerView,
    },
}

/// One shop file on one device.
pub struct House {
    path: PathBuf,
    keeper: Arc<dyn Keeper>,
    vault: Vault,
    /// Clock and randomness.
    pub world: World,
    shop: RwLock<Option<Arc<Shop>>>,
    notices: broadcast::Sender<Notice>,
    /// Long jobs.
    pub jobs: Jobs,
    /// The print queue's worker.
    pub spool: Arc<Spool>,
    /// What is heard of the other tills.
    pub meeting: Arc<Meeting>,
    /// The task that sends messages to members.
    pub post: Arc<Post>,
    /// What is written down for whoever helps.
    pub log: Log,
    /// Why the last automatic copy failed.
    backup_fault: Mutex<Option<Failure>>,
    /// How far the books had come when that was last kept outside them.
    remembered: Mutex<i64>,
    /// Sets A4 papers, where the program brought one.
    pub(crate) press: OnceLock<Arc<dyn Press>>,
}

/// The shop, open.
#[derive(Debug)]
pub struct Shop {
    /// Its memory.
    pub books: Books,
    /// As it was opened.
    pub info: ShopRow,
    /// Its time zone.
    pub zone: TimeZone,
    /// Its settings, read again whenever they change.
    pub settings: RwLock<Arc<Settings>>,
    /// Plans by hash, each read once.
    plans: Mutex<BTreeMap<String, Arc<Plan>>>,
    /// Drafts that were run on past months since the shop was opened.
    pub simulations: crate::plans::Simulations,
    /// The close that is being reviewed.
    worked: Mutex<Option<Arc<Worked>>>,
    /// Months that were looked at.
    pub months: Months,
    /// The day whose run of points was done by this program.
    points_day: Mutex<Option<String>>,
}

impl House {
    /// Stands before the shop file and opens it where there is one. A keyring that cannot be reached is no failure here: the commands say so.
    ///
    /// # Errors
    /// What [`Books::open`] says of the file.
    pub async fn open(path: PathBuf, keeper: Arc<dyn Keeper>, world: World) -> Result<Arc<Self>, Failure> {
        let (notices, _) = broadcast::channel(256);
        let vault = Vault::beside(&path);
        let jobs = Jobs::new(notices.clone());
        let house = Arc::new(Self {
            log: Log::beside(&path),
            path,
            keeper,
            vault,
            world,
            shop: RwLock::new(None),
            notices,
            jobs,
            spool: Arc::default(),
            meeting: Arc::default(),
            post: Arc::default(),
            backup_fault: Mutex::default(),
            remembered: Mutex::default(),
            press: OnceLock::new(),
        });
        match house.unlock().await {
            Ok(()) => {}
            Err(Failure::Refused { refusal, .. }) if WAITS.iter().any(|code| refusal["code"] == *code) => {}
            Err(failure) => return Err(failure),
        }
        tokio::spawn(tend(Arc::downgrade(&house)));
        tokio::spawn(prints::work(Arc::downgrade(&house), house.spool.clone()));
        tokio::spawn(meet::talk::work(Arc::downgrade(&house), house.meeting.clone()));
        tokio::spawn(messages::work(Arc::downgrade(&house), house.post.clone()));
        tokio::spawn(backups::look_after(Arc::downgrade(&house)));
        Ok(house)
    }

    /// Why the last automatic copy failed, if it did.
    pub fn backup_fault(&self) -> Option<Failure> {
        self.backup_fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps how the last automatic copy ended.
    pub(crate) fn keep_backup_fault(&self, fault: Option<Failure>) {
        *self.backup_fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    /// Where the shop file is, or will be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Answers a question of the menu.
    ///
    /// # Errors
    /// [`Failure`]
    pub async fn serve(self: &Arc<Self>, seat: &Seat, name: &str, question: Value) -> Result<Value, Failure> {
        let answer = crate::menu::serve(self, seat, name, question).await;
        // What a rule refuses is daily life; what broke is written down.
        if let Err(failure @ Failure::Broken { .. }) = &answer {
            self.log.line(self.world.now_ms(), &format!("{name} {}", crate::support::code_of(failure)));
        }
        answer
    }

    /// What changed, after commit, and how jobs move on.
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.notices.subscribe()
    }

    /// A way to tell that outlives the call, for work beside it.
    pub fn teller(&self) -> impl Fn(Notice) + Send + 'static {
        let notices = self.notices.clone();
        // Nobody listening is fine.
        move |notice| drop(notices.send(notice))
    }

    /// Tells everyone who listens.
    pub fn tell(&self, notice: Notice) {
        // Nobody listening is fine.
        drop(self.notices.send(notice));
    }

    /// The open shop.
    ///
    /// # Errors
    /// `NoShop`
    pub async fn shop(&self) -> Result<Arc<Shop>, Failure> {
        self.shop.read().await.clone().ok_or_else(|| DoorRefusal::NoShop.into())
    }

    /// What this device keeps under a name: in the keyring, else in the vault where a passphrase opened it.
    ///
    /// # Errors
    /// `NeedsPassphrase`
    pub fn kept(&self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        match (self.vault.is_open(), self.keeper.load(name)) {
            // An open vault goes first: a keyring that is empty, or came later, must not make this another device.
            (true, keyring) => Ok(self.vault.load(name).map_err(|error| needs(error.to_string()))?.or_else(|| keyring.ok().flatten())),
            (false, Ok(None)) if self.vault.is_there() => Err(needs("the keyring is empty, and a passphrase was set here before".into())),
            (false, Ok(kept)) => Ok(kept),
            (false, Err(error)) => Err(needs(error.to_string())),
        }
    }

    /// Keeps a secret under a name: in the vault where one is open, else in the keyring.
    ///
    /// # Errors
    /// `NeedsPassphrase`
    pub fn keep(&self, name: &str, secret: &[u8]) -> Result<(), Failure> {
        let store: &dyn Keeper = if self.vault.is_open() { &self.vault } else { &*self.keeper };
        store.store(name, secret).map_err(|error| needs(error.to_string()))
    }

    /// Opens the vault beside the shop file with a passphrase, making it at the first time, and the shop after it.
    ///
    /// # Errors
    /// `WrongPassphrase` as a refusal, or what opening the shop says.
    pub async fn open_vault(&self, passphrase: &str) -> Result<(), Failure> {
        self.vault.open(passphrase, &self.world).map_err(|error| Failure::refused(VaultRefusal::from(error)))?;
        match self.unlock().await {
            Err(Failure::Refused { refusal, .. }) if refusal["code"] == "no_shop" || refusal["code"] == "locked" => Ok(()),
            other => other,
        }
    }

    /// Opens the books where there are any.
    ///
    /// # Errors
    /// `NoShop`, `NeedsPassphrase`, `Locked`, and what opening says.
    pub(crate) async fn unlock(&self) -> Result<(), Failure> {
        if !self.path.exists() {
            // The keyring is tried all the same, so that setting up asks for a passphrase before anything else.
            self.identity()?;
            return Err(DoorRefusal::NoShop.into());
        }
        let books = self.open_books(&self.path, OpenHow::Existing).await?;
        if let Some(shop) = Shop::around(books).await? {
            *self.shop.write().await = Some(Arc::new(shop));
        }
        Ok(())
    }

    /// Puts the shop in its place, closing the one before.
    ///
    /// # Errors
    /// What closing says.
    pub async fn put(&self, shop: Option<Shop>) -> Result<(), Failure> {
        let before = std::mem::replace(&mut *self.shop.write().await, shop.map(Arc::new));
        if let Some(before) = before {
            self.close_books(&before.books).await?;
        }
        Ok(())
    }

    /// Seals the chain and closes the file; the last thing a program does.
    ///
    /// # Errors
    /// What closing says.
    pub async fn close(&self) -> Result<(), Failure> {
        self.spool.finish().await;
        self.put(None).await
    }

    /// Keeps outside the books how far they came, where they came further since it was kept last.
    async fn remember_progress(&self, shop: &Shop) -> Result<(), Failure> {
        let length = shop.books.length().await?;
        let last = |length| std::mem::replace(&mut *self.remembered.lock().unwrap_or_else(PoisonError::into_inner), length);
        if last(length) == length { Ok(()) } else { self.remember_books(&shop.books).await }
    }

    /// Seals the chain, remembers how far it came and closes the file.
    ///
    /// # Errors
    /// What closing says.
    pub async fn close_books(&self, books: &Books) -> Result<(), Failure> {
        books.seal_head().await?;
        self.remember_books(books).await?;
        Ok(books.close().await?)
    }

    /// Commits where the rule said yes, undoes where it said no, and tells what changed.
    ///
    /// # Errors
    /// The rule's no, or the database's.
    pub async fn finish<T>(&self, writing: Writing<'_>, outcome: Result<T, Failure>) -> Result<T, Failure> {
        match outcome {
            Ok(value) => {
                let topics: BTreeSet<Topic> = writing.commit().await?;
                // Whoever is told asks again at once: the shop knows its new settings before that.
                if topics.contains(&Topic::Settings)
                    && let Ok(shop) = self.shop().await
                {
                    shop.reread().await?;
                }
                if !topics.is_empty() {
                    self.meeting.wake();
                    self.tell(Notice::Topics { topics: topics.into_iter().collect() });
                }
                Ok(value)
            }
            Err(failure) => {
                writing.abandon().await?;
                Err(failure)
            }
        }
    }

    /// An entry for a fact that happens now.
    pub fn entry(&self, shop: &Shop, actor: Option<PersonId>, fact: impl Into<Fact>) -> NewEntry {
        let at_ms = self.world.now_ms();
        NewEntry { id: EntryId(self.world.new_id()), at_ms, business_date: business_date(at_ms, &shop.zone), actor, rules: None, fact: fact.into() }
    }

    /// The shop's day now, `YYYY-MM-DD`.
    pub fn today(&self, shop: &Shop) -> String {
        business_date(self.world.now_ms(), &shop.zone)
    }
}

impl Shop {
    /// Reads what is kept in memory; `None` where the file has no shop yet.
    ///
    /// # Errors
    /// The database's.
    pub async fn around(books: Books) -> Result<Option<Self>, Failure> {
        let Some(info) = books.shop().await? else { return Ok(None) };
        let zone = TimeZone::get(&info.time_zone).unwrap_or(TimeZone::UTC);
        let settings = Settings::of(&books, &info).await?;
        Ok(Some(Self {
            books,
            info,
            zone,
            settings: RwLock::new(Arc::new(settings)),
            plans: Mutex::default(),
            simulations: Default::default(),
            worked: Mutex::default(),
            months: Months::default(),
            points_day: Mutex::default(),
        }))
    }

    /// The plan of a version, read once however many sales earn by it.
    ///
    /// # Errors
    /// `Broken` where the text is no plan.
    pub fn plan(&self, row: &PlanRow) -> Result<Arc<Plan>, Failure> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.get(&row.hash) {
            return Ok(plan.clone());
        }
        let plan = Plan::parse(&row.plan).map_err(|error| Failure::Broken { trace: format!("plan version {}: {error}", row.version) })?;
        let plan = Arc::new(plan);
        plans.insert(row.hash.clone(), plan.clone());
        Ok(plan)
    }

    /// The language that the shop prints in.
    pub async fn language(&self) -> Language {
        self.settings().await.language
    }

    /// The close that was worked out last and not released.
    pub fn worked(&self) -> Option<Arc<Worked>> {
        self.worked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps a close for review, or forgets it.
    pub fn keep_worked(&self, worked: Option<Arc<Worked>>) {
        *self.worked.lock().unwrap_or_else(PoisonError::into_inner) = worked;
    }

    /// True where the day's run of points was done.
    pub(crate) fn points_day_is(&self, day: &str) -> bool {
        self.points_day.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(day)
    }

    /// Remembers that the day's run of points was done.
    pub(crate) fn keep_points_day(&self, day: String) {
        *self.points_day.lock().unwrap_or_else(PoisonError::into_inner) = Some(day);
    }

    /// The settings as they stand.
    pub async fn settings(&self) -> Arc<Settings> {
        self.settings.read().await.clone()
    }

    /// Reads the settings again after they changed.
    ///
    /// # Errors
    /// The database's.
    pub async fn reread(&self) -> Result<(), BooksError> {
        let settings = Settings::of(&self.books, &self.info).await?;
        *self.settings.write().await = Arc::new(settings);
        Ok(())
    }
}

/// Looks after the write-ahead log in idle moments, off the path of a sale, for as long as the house stands (fault 40).
async fn tend(house: Weak<House>) {
    for round in 1_u32.. {
        tokio::time::sleep(TEND_EVERY).await;
        let Some(house) = house.upgrade() else { return };
        let Ok(shop) = house.shop().await else { continue };
        // A reader in the way, a full disk or a locked keyring only means that the next round tries again.
        if shop.books.log_bytes() > LOG_BYTES {
            drop(shop.books.tend().await);
        }
        if round % REMEMBER_EVERY == 0 {
            drop(house.remember_progress(&shop).await);
        }
        if !shop.points_day_is(&house.today(&shop)) {
            drop(crate::points::run(&house, &shop).await);
        }
    }
}

fn needs(reason: String) -> Failure {
    DoorRefusal::NeedsPassphrase { reason }.into()
}

/// Why the vault does not open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
enum VaultRefusal {
    /// Another passphrase was set.
    #[error("the passphrase does not fit")]
    WrongPassphrase,
    /// Shorter than eight characters.
    #[error("a passphrase needs at least eight characters")]
    PassphraseTooShort,
    /// The file beside the shop cannot be read or written.
    #[error("{reason}")]
    VaultFile { reason: String },
}

impl From<SecretsError> for VaultRefusal {
    fn from(error: SecretsError) -> Self {
        match error {
            SecretsError::WrongPassphrase => Self::WrongPassphrase,
            SecretsError::TooShort => Self::PassphraseTooShort,
            SecretsError::Unreachable(reason) => Self::VaultFile { reason },
        }
    }
}
