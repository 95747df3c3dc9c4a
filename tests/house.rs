//! A shop to try things in: every question goes through the menu, the clock stands until it is moved, and chance is counted.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use books::{
    FileKey,
    lock::{Lid, look_at},
};
use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};

use app::{Failure, House, Notice, Seat, World, jobs::JobEnd, secrets::MemoryKeeper};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The tenth of March 2026, noon in Shanghai.
pub const NOON_MS: i64 = 1_773_115_200_000;

/// The owner's PIN.
pub const PIN: &str = "2580";

/// A shop file, someone before it, and the clock of their world.
pub struct Desk {
    /// The house.
    pub house: Arc<House>,
    /// Where the person sits.
    pub seat: Seat,
    /// The folder that goes away with the desk.
    pub folder: Arc<TempDir>,
    keeper: Arc<MemoryKeeper>,
    clock: Arc<AtomicI64>,
    zone: &'static str,
}

/// No two bytes rows alike in one run: a counter through a mixer (Steele, Lea and Flood's SplitMix64).
fn fill(bytes: &mut [u8]) {
    static COUNTED: AtomicU64 = AtomicU64::new(1);
    for part in bytes.chunks_mut(8) {
        let mut word = COUNTED.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        part.copy_from_slice(&(word ^ (word >> 31)).to_be_bytes()[..part.len()]);
    }
}

/// Houses of this run that nobody closed. They stay open to the end: SQLCipher puts its things away while the process ends, and a connection that closes
/// in that very moment takes the process with it. The programs close their books before they end.
static KEPT: Mutex<Vec<Arc<House>>> = Mutex::new(Vec::new());

/// Lets go of a house before the end.
fn leave(house: Arc<House>) {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).retain(|kept| !Arc::ptr_eq(kept, &house));
    drop(house);
}

impl Desk {
    /// Stands before a file that is not there yet.
    pub async fn empty(zone: &'static str) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Self::at(folder, Arc::default(), Arc::new(AtomicI64::new(NOON_MS)), zone).await.expect("a house")
    }

    async fn at(folder: Arc<TempDir>, keeper: Arc<MemoryKeeper>, clock: Arc<AtomicI64>, zone: &'static str) -> Result<Self, Failure> {
        let told = clock.clone();
        let world = World::made(move || told.load(Ordering::Relaxed), fill, zone);
        let house = House::open(folder.path().join("shop.banyan"), keeper.clone(), world).await?;
        KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(house.clone());
        Ok(Self { house, seat: Seat::default(), folder, keeper, clock, zone })
    }

    /// A shop with its owner signed in.
    pub async fn shop() -> Self {
        let desk = Self::empty("Asia/Shanghai").await;
        desk.ask("create_shop", draft_of_shop("CNY", false)).await;
        desk
    }

    /// Another house at the same file with the same keys, as a second window would be, with its owner signed in.
    ///
    /// # Errors
    /// What opening says.
    pub async fn again(&self) -> Result<Self, Failure> {
        let desk = Self::at(self.folder.clone(), self.keeper.clone(), self.clock.clone(), self.zone).await?;
        let people = desk.ask("people", Value::Null).await;
        desk.ask("sign_in", json!({"person": people[0]["person"], "pin": PIN})).await;
        Ok(desk)
    }

    /// The same device before the file as it lies there now, nobody signed in.
    pub async fn again_at_the_door(self) -> Self {
        let Self { house, folder, keeper, clock, zone, .. } = self;
        leave(house);
        Self::at(folder, keeper, clock, zone).await.expect("a house")
    }

    /// The same device at the file as it stood in a copy: what somebody does who puts yesterday's file back by hand.
    ///
    /// # Errors
    /// What opening says.
    pub async fn with_file(self, bytes: &[u8]) -> Result<Self, Failure> {
        let Self { house, folder, keeper, clock, zone, .. } = self;
        let path = house.path().to_owned();
        leave(house);
        for end in ["-wal", "-shm"] {
            let mut name = path.clone().into_os_string();
            name.push(end);
            drop(std::fs::remove_file(name));
        }
        std::fs::write(&path, bytes).expect("put back");
        let desk = Self::at(folder, keeper, clock, zone).await?;
        let people = desk.ask("people", Value::Null).await;
        desk.ask("sign_in", json!({"person": people[0]["person"], "pin": PIN})).await;
        Ok(desk)
    }

    /// The house as it stands after the program died: nothing was closed, and the same file is opened again with its owner signed in.
    ///
    /// # Errors
    /// What opening says.
    pub async fn after_a_crash(self) -> Result<Self, Failure> {
        let Self { house, folder, keeper, clock, zone, .. } = self;
        leave(house);
        let desk = Self::at(folder, keeper, clock, zone).await?;
        let people = desk.ask("people", Value::Null).await;
        desk.ask("sign_in", json!({"person": people[0]["person"], "pin": PIN})).await;
        Ok(desk)
    }

    /// Where the shop is.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("shop.banyan")
    }

    /// The key of a locked file, where this desk's device has it.
    pub fn key_of(&self, path: &Path) -> Option<FileKey> {
        match look_at(path).expect("a file") {
            Lid::Locked(id) => self.house.secret(id).expect("the keeper answers").map(|secret| secret.key()),
            Lid::Missing | Lid::Plain | Lid::Foreign => None,
        }
    }

    /// A look into the shop's file past the program, with the key that the device keeps.
    pub async fn inside(&self) -> SqliteConnection {
        self.inside_of(&self.path()).await
    }

    /// A look into another file of this shop; one that is not locked opens as it is.
    pub async fn inside_of(&self, path: &Path) -> SqliteConnection {
        let plain = SqliteConnectOptions::new().filename(path);
        let options = match self.key_of(path) {
            Some(key) => plain.pragma("key", key.pragma()),
            None => plain,
        };
        options.connect().await.expect("the file")
    }

    /// Lets time pass.
    pub fn wait_ms(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
    }

    /// What the menu says.
    ///
    /// # Errors
    /// The menu's.
    pub async fn asked(&self, command: &str, question: Value) -> Result<Value, Failure> {
        self.house.serve(&self.seat, command, question).await
    }

    /// The answer to a question that has one.
    pub async fn ask(&self, command: &str, question: Value) -> Value {
        self.asked(command, question.clone()).await.unwrap_or_else(|failure| panic!("{command} {question}: {failure}"))
    }

    /// The refusal of a question that is refused.
    pub async fn refused(&self, command: &str, question: Value) -> Value {
        match self.asked(command, question.clone()).await {
            Err(Failure::Refused { refusal, .. }) => refusal,
            other => panic!("{command} {question}: {other:?}"),
        }
    }

    /// Code of the refusal of a question that is refused.
    pub async fn code(&self, command: &str, question: Value) -> String {
        self.refused(command, question).await["code"].as_str().expect("a code").to_owned()
    }

    /// Starts a job and waits for its end; `watch` sees every step and may ask for a stop by answering false.
    pub async fn job_watched(&self, command: &str, question: Value, watch: impl Fn(&str, i64) -> bool) -> JobEnd {
        let mut notices = self.house.notices();
        let number = self.ask(command, question).await;
        loop {
            // Falling behind only loses steps; the list below has the end.
            if let Ok(Notice::Job { job }) = notices.recv().await
                && json!(job.job) == number
                && job.end.is_none()
                && !watch(&job.step, job.done)
            {
                self.ask("cancel_job", number.clone()).await;
            }
            if let Some(end) = self.house.jobs.list().into_iter().find(|job| json!(job.job) == number).and_then(|job| job.end) {
                return end;
            }
        }
    }

    /// The result of a job that is done.
    pub async fn job(&self, command: &str, question: Value) -> Value {
        match self.job_watched(command, question, |_, _| true).await {
            JobEnd::Done { result } => result,
            other => panic!("{command}: {other:?}"),
        }
    }

    /// Verifies and insists that the books are whole.
    pub async fn whole(&self) -> Value {
        let verdict = self.job("verify", Value::Null).await;
        assert_eq!(verdict["first_difference"], Value::Null, "{verdict:#}");
        verdict
    }

    /// A new product with this code and price; its id.
    pub async fn product(&self, code: &str, name: &str, price_minor: i64) -> Value {
        self.ask("save_product", json!({"card": {"code": code, "name": name, "price_minor": price_minor}})).await["product"].clone()
    }

    /// A new member; its id.
    pub async fn member(&self, name: &str, rank: Option<&str>, sponsor: Option<&Value>) -> Value {
        self.ask("enrol_member", json!({"card": {"name": name, "rank": rank}, "sponsor": sponsor})).await["row"]["member"].clone()
    }

    /// A ticket of one line, paid in cash to the fen.
    pub fn ticket(&self, product: &Value, pieces: i64, price_minor: i64, member: Option<&Value>) -> Value {
        let sale: domain::ids::SaleId = self.house.world.new_id();
        json!({"sale": sale, "lines": [{"product": product, "qty_milli": pieces * 1000}], "member": member,
            "tenders": [{"kind": "cash", "amount_minor": pieces * price_minor}]})
    }

    /// Puts a plan of two levels into force from a day on: 8 % and 3 %, gold members 10 % and 4.5 %.
    pub async fn two_levels(&self, from: &str) {
        let plan = json!({"id": "shop", "currency": self.currency().await, "ranks": [{"id": "普通"}, {"id": "金牌"}], "rules": [{
            "id": "levels", "kind": "walk", "accrue": "paid", "path": {"max": 2, "pay": {"active": true}},
            "rate": {"table": {"普通": ["8%", "3%"], "金牌": ["10%", "4.5%"]}}}]});
        self.activate(&plan, from).await;
    }

    /// Puts a plan of the plan language into force from a day on, everything doubtful acknowledged.
    pub async fn activate(&self, plan: &Value, from: &str) {
        let text = plan.to_string();
        let check = self.ask("check_plan", json!(text)).await;
        let findings = check["findings"].as_array().expect("findings");
        let doubtful = findings.iter().filter(|finding| finding["severity"] == "confirm");
        let acknowledged: Vec<Value> = doubtful.map(|finding| json!({"rule": finding["rule"], "words": "我知道"})).collect();
        self.ask("activate_plan", json!({"text": text, "effective_from": from, "acknowledged": acknowledged})).await;
    }

    async fn currency(&self) -> Value {
        self.ask("setup_state", json!(null)).await["shop"]["currency"].clone()
    }
}

/// The answers of the first run.
pub fn draft_of_shop(currency: &str, sample: bool) -> Value {
    json!({"name": "青禾茶舍", "currency": currency, "language": "zh-CN", "owner": "王芳", "pin": PIN, "sample": sample})
}
