//! A shop to measure: made through the menu, then filled with members and products by plain SQL, because a million of them through the journal would
//! take minutes and nothing that is measured here reads how they came.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use app::{
    House, Seat, World,
    secrets::{Keeper, MemoryKeeper},
};
use books::{
    FileKey,
    lock::{Lid, look_at},
};
use rusqlite::{Connection, OpenFlags, params};
use serde_json::{Value, json};

use crate::{
    Fault,
    chance::{Chance, tree},
};

/// The owner's PIN.
pub const PIN: &str = "2580";

/// What the plan of the bench pays: two levels by rank, as most shops of the trade do.
const RANKS: [&str; 2] = ["普通", "金牌"];

/// An open shop with its owner signed in.
pub struct Desk {
    /// The house.
    pub house: Arc<House>,
    /// The owner's seat.
    pub seat: Seat,
    /// Where the file is.
    pub path: PathBuf,
}

/// What stands in a filled shop.
#[derive(Debug, Clone)]
pub struct Stock {
    /// Members' ids, by place in the tree.
    pub members: Vec<uuid::Uuid>,
    /// Who brought whom, by place.
    pub above: Vec<Option<usize>>,
    /// Products' ids.
    pub products: Vec<uuid::Uuid>,
}

/// The keys of every shop of this run: one device.
#[derive(Clone, Default)]
pub struct Device(Arc<MemoryKeeper>);

impl Device {
    /// Where the keys are kept.
    pub fn keeper(&self) -> Arc<MemoryKeeper> {
        self.0.clone()
    }

    /// A shop's file past the program, by the key that this device keeps for it; a file of our own making as it is.
    pub fn open_file(&self, path: &Path, flags: OpenFlags) -> Result<Connection, Fault> {
        let file = Connection::open_with_flags(path, flags)?;
        if let Some(key) = self.key_of(path)? {
            file.execute_batch(&format!("PRAGMA key = {}", key.pragma()))?;
        }
        Ok(file)
    }

    /// What locks a file, where it is locked.
    pub fn key_of(&self, path: &Path) -> Result<Option<FileKey>, Fault> {
        let Lid::Locked(id) = look_at(path)? else { return Ok(None) };
        let kept = self.0.load(&app::recovery::name_of(id)).map_err(|error| Fault(error.to_string()))?;
        Ok(kept.and_then(|secret| secret.try_into().ok()).map(|secret| FileKey::of(&secret)))
    }
}

/// The machine's own clock, and chance from a seed.
pub fn world(seed: u64) -> World {
    world_on(seed, 0)
}

/// The machine's own clock so many days ahead, and chance from a seed.
fn world_on(seed: u64, days: i64) -> World {
    let chance = Mutex::new(Chance::new(seed));
    let fill = move |bytes: &mut [u8]| chance.lock().unwrap_or_else(PoisonError::into_inner).fill(bytes);
    let now = move || std::time::UNIX_EPOCH.elapsed().map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0)) + days * 86_400_000;
    World::made(now, fill, "Asia/Shanghai")
}

impl Desk {
    /// A new shop with the plan of the bench.
    pub async fn create(path: &Path, device: &Device, seed: u64) -> Result<Self, Fault> {
        remove(path)?;
        let house = House::open(path.to_owned(), device.keeper(), world(seed)).await?;
        let desk = Self { house, seat: Seat::default(), path: path.to_owned() };
        desk.ask("create_shop", json!({"name": "青禾茶舍", "currency": "CNY", "language": "zh-CN", "owner": "王芳", "pin": PIN, "sample": false}))
            .await?;
        let plan = json!({"id": "shop", "currency": "CNY", "ranks": RANKS.map(|rank| json!({"id": rank})), "rules": [{
            "id": "levels", "kind": "walk", "accrue": "paid", "path": {"max": 2, "pay": {"active": true}},
            "rate": {"table": {"普通": ["8%", "3%"], "金牌": ["10%", "4.5%"]}}}]})
        .to_string();
        let check = desk.ask("check_plan", json!(plan)).await?;
        let doubtful = check["findings"].as_array().into_iter().flatten().filter(|finding| finding["severity"] == "confirm");
        let acknowledged: Vec<Value> = doubtful.map(|finding| json!({"rule": finding["rule"], "words": "我知道"})).collect();
        desk.ask("activate_plan", json!({"text": plan, "effective_from": "2020-01-01", "acknowledged": acknowledged})).await?;
        Ok(desk)
    }

    /// The shop that is there already, its owner signed in.
    pub async fn open(path: &Path, device: &Device, seed: u64) -> Result<Self, Fault> {
        Self::open_on(path, device, seed, 0).await
    }

    /// The same so many days from now.
    pub async fn open_on(path: &Path, device: &Device, seed: u64, days: i64) -> Result<Self, Fault> {
        let house = House::open(path.to_owned(), device.keeper(), world_on(seed, days)).await?;
        let desk = Self { house, seat: Seat::default(), path: path.to_owned() };
        let people = desk.ask("people", Value::Null).await?;
        desk.ask("sign_in", json!({"person": people[0]["person"], "pin": PIN})).await?;
        Ok(desk)
    }

    /// What the menu says.
    pub async fn ask(&self, command: &str, question: Value) -> Result<Value, Fault> {
        Ok(self.house.serve(&self.seat, command, question).await?)
    }

    /// Waits for a job's end and gives its result.
    pub async fn job(&self, command: &str, question: Value) -> Result<Value, Fault> {
        let number = self.ask(command, question).await?;
        loop {
            if let Some(end) = self.house.jobs.list().into_iter().find(|job| json!(job.job) == number).and_then(|job| job.end) {
                return match end {
                    app::jobs::JobEnd::Done { result } => Ok(result),
                    other => Err(Fault(format!("{command}: {other:?}"))),
                };
            }
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
    }

    /// Seals and closes.
    pub async fn close(self) -> Result<PathBuf, Fault> {
        self.house.close().await?;
        Ok(self.path)
    }
}

/// Makes a shop of so many members and products and closes it.
pub async fn filled(path: &Path, device: &Device, members: usize, products: usize, seed: u64) -> Result<Stock, Fault> {
    Desk::create(path, device, seed).await?.close().await?;
    let file = device.open_file(path, OpenFlags::default())?;
    tokio::task::spawn_blocking(move || fill(file, members, products, seed)).await.map_err(|error| Fault(error.to_string()))?
}

const FAMILY: [(&str, &str); 12] = [
    ("王", "wang"),
    ("李", "li"),
    ("张", "zhang"),
    ("刘", "liu"),
    ("陈", "chen"),
    ("杨", "yang"),
    ("赵", "zhao"),
    ("黄", "huang"),
    ("周", "zhou"),
    ("吴", "wu"),
    ("徐", "xu"),
    ("孙", "sun"),
];
const GIVEN: [(&str, &str); 16] = [
    ("芳", "fang"),
    ("伟", "wei"),
    ("娜", "na"),
    ("敏", "min"),
    ("静", "jing"),
    ("强", "qiang"),
    ("磊", "lei"),
    ("洋", "yang"),
    ("艳", "yan"),
    ("勇", "yong"),
    ("杰", "jie"),
    ("娟", "juan"),
    ("涛", "tao"),
    ("明", "ming"),
    ("超", "chao"),
    ("霞", "xia"),
];

fn fill(mut file: Connection, members: usize, products: usize, seed: u64) -> Result<Stock, Fault> {
    let mut chance = Chance::new(seed);
    let above = tree(members, &mut chance);
    let mut direct = vec![0_i64; members];
    for sponsor in above.iter().flatten() {
        direct[*sponsor] += 1;
    }
    file.pragma_update(None, "synchronous", "OFF")?;
    file.pragma_update(None, "cache_size", -400_000)?;
    let writing = file.transaction()?;
    let mut stock = Stock { members: Vec::with_capacity(members), above, products: Vec::with_capacity(products) };
    {
        let mut member = writing.prepare(
            "INSERT INTO members (key, id, number, name, py_full, py_initials, phone, sponsor, rank, joined, active, direct)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '2025-06-01', 1, ?)",
        )?;
        let mut account = writing.prepare("INSERT INTO accounts (key, name, party) VALUES (?, ?, ?)")?;
        let mut balance = writing.prepare("INSERT INTO balances (account, unit, amount) VALUES (?, ?, 0)")?;
        for (place, (above, direct)) in stock.above.iter().zip(&direct).enumerate() {
            let id = uuid::Builder::from_random_bytes(chance.id()).into_uuid();
            let (family, one, other) = (FAMILY[chance.below(12)], GIVEN[chance.below(16)], GIVEN[chance.below(16)]);
            let rank = RANKS[usize::from(chance.below(10) == 0)];
            let key = whole(place) + 1;
            let initials: String = [family.1, one.1, other.1].iter().filter_map(|word| word.chars().next()).collect();
            member.execute(params![
                key,
                id.as_bytes(),
                format!("M{key:07}"),
                format!("{}{}{}", family.0, one.0, other.0),
                format!("{}{}{}", family.1, one.1, other.1),
                initials,
                format!("+861{:010}", chance.below(10_000_000_000)),
                above.map(|above| whole(above) + 1),
                rank,
                direct,
            ])?;
            // The accounts that a member has after the first sale: most of a real shop's members have sold or bought before.
            for (step, name) in [(0, "points.held"), (1, "commission.pending")] {
                let key = 1024 + 2 * whole(place) + step;
                account.execute(params![key, name, id.as_bytes()])?;
                balance.execute(params![key, 1 + step])?;
            }
            stock.members.push(id);
        }
        let mut product = writing.prepare(
            "INSERT INTO products (id, code, barcode, name, py_full, py_initials, category, price_minor, no_commission) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        )?;
        for place in 0..products {
            let id = uuid::Builder::from_random_bytes(chance.id()).into_uuid();
            let (one, other) = (GIVEN[chance.below(16)], GIVEN[chance.below(16)]);
            let name = format!("{}{}茶 {place}", one.0, other.0);
            let initials = format!("{}{}c{place}", &one.1[..1], &other.1[..1]);
            let price = 500 + 100 * whole(chance.below(200));
            let full = format!("{}{}cha{place}", one.1, other.1);
            product.execute(params![id.as_bytes(), code(place), barcode(place), name, full, initials, format!("C{}", place % 40), price])?;
            stock.products.push(id);
        }
        writing.execute("INSERT OR REPLACE INTO counters (name, value) VALUES ('member', ?)", [whole(members)])?;
    }
    writing.commit()?;
    file.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(stock)
}

/// Code of the product at a place.
pub fn code(place: usize) -> String {
    format!("P{place:06}")
}

/// Barcode of the product at a place, with its check digit.
pub fn barcode(place: usize) -> String {
    let digits = format!("69{place:010}");
    let sum: u32 = digits.chars().zip([1, 3].into_iter().cycle()).filter_map(|(digit, weight)| Some(digit.to_digit(10)? * weight)).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// A ticket of three lines for a buyer, paid in cash.
pub fn ticket(stock: &Stock, buyer: usize, shelf: usize, id: uuid::Uuid, chance: &mut Chance) -> Value {
    let shelf = shelf.min(stock.products.len()).max(3);
    let first = chance.below(shelf);
    let lines: Vec<Value> = (0..3)
        .map(|line| json!({"product": stock.products[(first + line * (shelf / 3)) % shelf], "qty_milli": 1000 * (1 + whole(chance.below(3)))}))
        .collect();
    json!({"sale": id, "lines": lines, "member": stock.members[buyer], "tenders": [{"kind": "cash", "amount_minor": 1_000_000}]})
}

/// Removes a file of books with its log.
pub fn remove(path: &Path) -> Result<(), Fault> {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// A place as SQLite counts.
pub fn whole(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}
