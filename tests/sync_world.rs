//! The world of the simulation: tills with real books, the real meeting place in memory, and a network between them that a seed draws.

use std::{collections::BTreeSet, path::PathBuf};

use books::{Books, ChainKey, Folded, Identity, NewEntry, Numbered, OpenHow, Unsent, log_after};
use cloud::{
    Store,
    devices::{self, Caller},
    trade::{self, Deny},
};
use domain::{
    apart::whose,
    entry::Entry,
    erasure::MemberErased,
    fact::Fact,
    ids::{ChainId, DeviceId, EntryId, MemberId, ProductId, SaleId},
    member::{MemberCard, MemberChanged, MemberEnrolled, SponsorMoved},
    merge::MemberMerged,
    product::{ProductCard, ProductSaved},
    sale::{SaleRecorded, TenderTaken},
    shop::{SettingChanged, ShopOpened},
    stock::{AdjustReason, StockAdjusted, StockReceived},
};
use serde_bytes::ByteBuf;
use sync::{Ceiling, Device, Invite, Join, Page, Push, PushAnswer, Said, Stand, Step, decode, encode};
use tempfile::TempDir;
use uuid::Uuid;

/// A fault planted on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutant {
    /// None.
    None,
    /// The server says it keeps an entry, and does not number it.
    ServerForgets,
    /// The server numbers an entry twice.
    TwiceNumbered,
    /// What would take own entries back is lost.
    UndoForgotten,
    /// A balance moves without an entry.
    BalanceBent,
    /// A forked till goes on in its old chain.
    NeverChainedAnew,
    /// A till forgets what it waits to offer again.
    AsideForgotten,
    /// A movement of the ledger says another amount.
    PostingChanged,
    /// An entry says something else than it did.
    EntryChanged,
    /// A sale is missing from the lists.
    SaleUnlisted,
    /// A member stands under somebody whom no entry names.
    SponsorBent,
    /// The server hands an entry out that is not what its author sealed.
    ServerChanges,
    /// The server changes the order of what it numbered.
    ServerReorders,
    /// The server keeps what was erased.
    ServerKeepsErased,
    /// A till keeps what was erased.
    TillKeepsErased,
}

impl Mutant {
    /// Every planted fault.
    pub const ALL: [Self; 14] = [
        Self::ServerForgets,
        Self::TwiceNumbered,
        Self::UndoForgotten,
        Self::BalanceBent,
        Self::NeverChainedAnew,
        Self::AsideForgotten,
        Self::PostingChanged,
        Self::EntryChanged,
        Self::SaleUnlisted,
        Self::SponsorBent,
        Self::ServerChanges,
        Self::ServerReorders,
        Self::ServerKeepsErased,
        Self::TillKeepsErased,
    ];

    /// What a till with such a fault does to its own file after a page, and in how many of a hundred pages.
    fn at_till(self) -> Option<(&'static str, u64)> {
        match self {
            Self::BalanceBent => Some(("UPDATE balances SET amount = amount + 1", 5)),
            Self::AsideForgotten => Some(("DELETE FROM aside", 50)),
            Self::PostingChanged => Some((
                "DROP TRIGGER postings_stand_update;
                 UPDATE postings SET amount = amount + 1 WHERE entry = (SELECT max(entry) FROM postings)",
                5,
            )),
            Self::EntryChanged => Some((
                "DROP TRIGGER journal_stands_update;
                 UPDATE journal SET bytes = substr(bytes, 1, length(bytes) - 1) || x'00' WHERE number = (SELECT min(number) FROM journal)",
                5,
            )),
            Self::SaleUnlisted => Some(("DELETE FROM sales WHERE entry = (SELECT max(entry) FROM sales)", 5)),
            Self::SponsorBent => Some(("UPDATE members SET sponsor = NULL WHERE key = (SELECT max(key) FROM members WHERE sponsor IS NOT NULL)", 5)),
            Self::TillKeepsErased => Some(("DELETE FROM beside", 100)),
            _ => None,
        }
    }
}

/// Steele, Lea and Flood's SplitMix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }
    fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }
    fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).expect("a place")
    }
    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
    fn id<T: From<Uuid>>(&mut self) -> T {
        T::from(Uuid::from_u64_pair(self.next(), self.next()))
    }
}

/// A till: its file, its key, its place in the conversation.
struct Till {
    books: Books,
    path: PathBuf,
    key: ChainKey,
    caller: Caller,
    talk: Device,
    skew_ms: i64,
    name: u32,
    sold: u32,
    kept: Option<PathBuf>,
}

/// Everything of one seed.
pub struct World {
    chance: Chance,
    folder: TempDir,
    store: Store,
    journal: Uuid,
    tills: Vec<Till>,
    now_ms: i64,
    files: u32,
    products: Vec<ProductId>,
    members: Vec<MemberId>,
    /// Sales whose receipt was printed and whose file was not lost.
    printed: BTreeSet<EntryId>,
    late: Vec<(Caller, Vec<u8>)>,
    mutant: Mutant,
    quiet: bool,
}

type Told<T> = Result<T, String>;

fn said<T, E: std::fmt::Display>(what: &str, result: Result<T, E>) -> Told<T> {
    result.map_err(|error| format!("{what}: {error}"))
}

impl World {
    /// Lives through a seed.
    ///
    /// # Errors
    /// The first invariant that does not hold, in words.
    pub async fn run(seed: u64, mutant: Mutant) -> Told<()> {
        let mut world = Self::begin(seed, mutant).await?;
        let lived = world.live().await;
        // Files that are still closing when the process ends would take it with them.
        for till in world.tills {
            drop(till.books.close().await);
        }
        lived
    }

    async fn live(&mut self) -> Told<()> {
        for _ in 0..60 {
            self.round().await?;
        }
        self.heal().await?;
        self.check().await
    }

    async fn begin(seed: u64, mutant: Mutant) -> Told<Self> {
        let memory = std::path::Path::new("/dev/shm");
        let folder = said("a folder", if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() })?;
        let store = said("the store", Store::in_memory().await)?;
        let mut world = Self {
            chance: Chance(seed),
            folder,
            store,
            journal: Uuid::nil(),
            tills: Vec::new(),
            now_ms: 1_773_115_200_000,
            files: 0,
            products: Vec::new(),
            members: Vec::new(),
            printed: BTreeSet::new(),
            late: Vec::new(),
            mutant,
            quiet: false,
        };
        world.open_shop().await?;
        for _ in 0..1 + world.chance.below(3) {
            world.add_till().await?;
        }
        Ok(world)
    }

    async fn file(&mut self, key: &ChainKey, path: Option<PathBuf>) -> Told<(Books, PathBuf)> {
        self.files += 1;
        let path = path.unwrap_or_else(|| self.folder.path().join(format!("{}.banyan", self.files)));
        let identity = Identity { key: key.clone(), new_chain: self.chance.id::<ChainId>(), lock: lock() };
        Ok((said("opening", Books::open(&path, OpenHow::Create, identity).await)?, path))
    }

    fn fresh_key(&mut self) -> ChainKey {
        let mut secret = [0; 32];
        for part in secret.chunks_mut(8) {
            part.copy_from_slice(&self.chance.next().to_be_bytes());
        }
        ChainKey::new(self.chance.id::<DeviceId>(), &secret)
    }

    async fn open_shop(&mut self) -> Told<()> {
        let key = self.fresh_key();
        let (books, path) = self.file(&key, None).await?;
        let wish = Join(String::new(), key.device, ByteBuf::from(key.public()), "till".into());
        let made = said("a shop", devices::make_shop(&self.store, &wish, self.now_ms).await)?;
        self.journal = made.1;
        let caller = said("its token", devices::caller(&self.store, made.0, &made.2).await)?;
        let till = Till { books, path, key, caller, talk: Device::default(), skew_ms: 0, name: 1, sold: 0, kept: None };
        self.tills.push(till);
        let shop = ShopOpened {
            name: "榕店".into(),
            currency: "CNY".into(),
            minor_digits: 2,
            language: "zh-CN".into(),
            time_zone: "Asia/Shanghai".into(),
            sample: false,
        };
        self.record(0, shop.into()).await?;
        // A shop that sold alone for a while before it was linked.
        for _ in 0..self.chance.below(6) {
            self.happen(0).await?;
        }
        said("linking", self.tills[0].books.link().await)?;
        Ok(())
    }

    async fn add_till(&mut self) -> Told<()> {
        let key = self.fresh_key();
        let owner = self.tills[0].caller;
        let code = said("a code", devices::invite(&self.store, &owner, &Invite(Ceiling::Owner, "till".into()), self.now_ms).await)?;
        let wish = Join(code.to_lowercase(), key.device, ByteBuf::from(key.public()), String::new());
        let joined = said("joining", devices::join(&self.store, &wish, self.now_ms).await)?;
        let caller = said("its token", devices::caller(&self.store, joined.0, &joined.2).await)?;
        let (books, path) = self.file(&key, None).await?;
        said("linking", books.link().await)?;
        let skew_ms = if self.chance.percent(40) { i64::try_from(self.chance.below(20 * 3_600_000)).unwrap_or(0) - 36_000_000 } else { 0 };
        self.tills.push(Till { books, path, key, caller, talk: Device::default(), skew_ms, name: joined.3, sold: 0, kept: None });
        Ok(())
    }

    async fn round(&mut self) -> Told<()> {
        self.now_ms += i64::try_from(self.chance.below(4_000)).unwrap_or(0);
        let at = self.chance.place(self.tills.len());
        match self.chance.below(100) {
            0..38 => self.happen(at).await,
            38..88 => self.talk(at).await,
            88..92 => self.crash(at).await,
            92..94 if self.tills.len() < 6 => self.clone_till(at).await,
            94..97 => self.restore(at).await,
            97..99 => self.lose_end().await,
            _ => self.deliver_late().await,
        }
    }

    async fn record(&mut self, at: usize, fact: Fact) -> Told<()> {
        let id = match &fact {
            Fact::SaleRecorded(sale) => EntryId(sale.sale.0),
            _ => self.chance.id(),
        };
        let till = &self.tills[at];
        let new = NewEntry { id, at_ms: self.now_ms + till.skew_ms, business_date: "2026-03-10".into(), actor: None, rules: None, fact };
        let is_sale = matches!(new.fact, Fact::SaleRecorded(_));
        let mut writing = said("writing", till.books.write().await)?;
        said("recording", writing.record(new.clone()).await)?;
        if self.chance.percent(3) && !self.quiet {
            // The machine dies before the commit: nothing was printed.
            said("dying", writing.abandon().await)?;
            return self.crash(at).await;
        }
        said("committing", writing.commit().await)?;
        if is_sale {
            self.printed.insert(id);
            // The pay key twice, or a retry after a timeout (fault 24).
            if self.chance.percent(10) {
                let mut writing = said("writing", self.tills[at].books.write().await)?;
                said("recording", writing.record(new).await)?;
                said("committing", writing.commit().await)?;
            }
        }
        Ok(())
    }

    /// Something that people do.
    async fn happen(&mut self, at: usize) -> Told<()> {
        let member = |world: &mut Self| (!world.members.is_empty()).then(|| world.members[world.chance.place(world.members.len())]);
        let product = |world: &mut Self| (!world.products.is_empty()).then(|| world.products[world.chance.place(world.products.len())]);
        let card = |name: String, phone: u64| MemberCard { name, phone: Some(format!("1380000{phone}")), active: true, ..MemberCard::default() };
        let fact: Fact = match self.chance.below(12) {
            0 => {
                let product = self.chance.id();
                self.products.push(product);
                let code = format!("T{}", self.products.len());
                let card = ProductCard { code, name: "茶".into(), price_minor: 500, ..empty_card() };
                ProductSaved { product, card }.into()
            }
            1 => {
                let sponsor = member(self);
                let enrolled = self.chance.id();
                let phone = self.chance.below(8);
                let number = format!("M{:06}", self.members.len());
                self.members.push(enrolled);
                MemberEnrolled { member: enrolled, number, card: card("赵".into(), phone), sponsor, joined: "2026-03-10".into() }.into()
            }
            2 => match member(self) {
                Some(member) => {
                    let phone = self.chance.below(8);
                    MemberChanged { member, card: card("钱".into(), phone), rank_given: None }.into()
                }
                None => return Ok(()),
            },
            3 => match (member(self), member(self)) {
                (Some(one), Some(other)) if one != other => {
                    SponsorMoved { member: one, from: None, to: Some(other), reason: None, bound: false }.into()
                }
                _ => return Ok(()),
            },
            4 => {
                let value = self.chance.below(100).to_string();
                SettingChanged { name: "points_per_100".into(), value }.into()
            }
            5 => match product(self) {
                Some(product) => StockReceived { product, qty_milli: 3000, cost_minor: None, note: None }.into(),
                None => return Ok(()),
            },
            10 => match member(self) {
                Some(member) if self.chance.percent(40) => MemberErased { member, reason: "asked for".into() }.into(),
                _ => return Ok(()),
            },
            11 => match (member(self), member(self)) {
                (Some(member), Some(into)) if member != into && self.chance.percent(40) => {
                    MemberMerged { member, into, reason: "one person".into() }.into()
                }
                _ => return Ok(()),
            },
            6 => match product(self) {
                Some(product) => {
                    StockAdjusted { product, by_milli: -1000, reason: AdjustReason::Damage, note: None, location: None, value_minor: None }.into()
                }
                None => return Ok(()),
            },
            _ => {
                let member = member(self);
                let sale: SaleId = self.chance.id();
                let till = &mut self.tills[at];
                till.sold += 1;
                let number = format!("{}{}-{:06}", till.name, till.books.chain_letter(), till.sold);
                let amount = i64::try_from(100 + self.chance.below(900)).unwrap_or(100);
                sale_of(sale, number, self.tills[at].name, member, amount).into()
            }
        };
        self.record(at, fact).await
    }

    async fn stand(&self, at: usize) -> Told<Stand> {
        let books = &self.tills[at].books;
        let stand = said("standing", books.standing().await)?.ok_or("a linked shop stands somewhere")?;
        let offers = said("offers", books.has_lost().await)?;
        let whole = |number: i64| u64::try_from(number).unwrap_or(0);
        Ok(Stand { head: whole(stand.head), acknowledged: whole(stand.acknowledged), cursor: whole(stand.cursor), offers })
    }

    fn lost(&mut self) -> bool {
        !self.quiet && self.chance.percent(15)
    }

    async fn send(&mut self, caller: Caller, bytes: &[u8]) -> Result<PushAnswer, Option<Deny>> {
        if self.lost() {
            return Err(None);
        }
        if !self.quiet && self.chance.percent(10) {
            self.late.push((caller, bytes.to_vec()));
        }
        let frame: Push = decode(bytes).map_err(|error| Some(Deny::from(error)))?;
        let answer = trade::push(&self.store, &caller, &frame, self.now_ms).await.map_err(Some)?;
        if self.lost() { Err(None) } else { decode(&encode(&answer)).map_err(|error| Some(Deny::from(error))) }
    }

    fn frame(&self, unsent: &Unsent) -> Vec<u8> {
        let entries = unsent.entries.iter().cloned().map(ByteBuf::from).collect();
        encode(&Push(self.journal, unsent.chain, unsent.device, entries, ByteBuf::from(unsent.seal.signature)))
    }

    async fn talk(&mut self, at: usize) -> Told<()> {
        let stand = self.stand(at).await?;
        let now_ms = self.now_ms + self.tills[at].skew_ms;
        let random = self.chance.next();
        let heard = match self.tills[at].talk.next(now_ms, stand) {
            Step::Push => self.push(at).await?,
            Step::Offer => self.offer(at).await?,
            Step::Adopt => {
                said("adopting", self.tills[at].books.adopt(None).await)?;
                Said::Adopted
            }
            Step::Pull => self.pull(at).await?,
            Step::FallBack => self.fall_back(at).await?,
            Step::ChainAnew { from } => {
                let chain = self.chance.id();
                if self.mutant != Mutant::NeverChainedAnew {
                    said("chaining anew", self.tills[at].books.chain_anew(i64::try_from(from).unwrap_or(1), chain).await)?;
                }
                Said::ChainedAnew
            }
            Step::Rest { until_ms } => {
                if self.quiet {
                    self.now_ms = self.now_ms.max(until_ms - self.tills[at].skew_ms);
                }
                return Ok(());
            }
            Step::Stopped(stop) => return Err(format!("a till stopped: {stop:?}")),
        };
        self.tills[at].talk.hear(now_ms, random, heard);
        Ok(())
    }

    async fn push(&mut self, at: usize) -> Told<Said> {
        let most = 1 + i64::try_from(self.chance.below(5)).unwrap_or(0);
        let Some(unsent) = said("unsent", self.tills[at].books.unsent(most, 100_000).await)? else { return Ok(Said::Again) };
        let (caller, bytes) = (self.tills[at].caller, self.frame(&unsent));
        let answer = self.send(caller, &bytes).await;
        self.spoil().await?;
        Ok(match answer {
            Ok(PushAnswer(kept, held, head, _)) => {
                let held = places(held);
                // The chain as the server has it may be longer than this file's, where the file was restored: only what was sent counts.
                let kept = i64::try_from(kept).unwrap_or(0).min(unsent.seal.dseq);
                said("acknowledging", self.tills[at].books.acknowledge(unsent.chain, kept, &held).await)?;
                Said::Pushed { head }
            }
            Err(None) => Said::Nothing,
            Err(Some(Deny::Fork(from))) => Said::Fork { from },
            Err(Some(Deny::Gap(head))) => {
                said("sending again", self.tills[at].books.send_again_after(i64::try_from(head).unwrap_or(0)).await)?;
                Said::Gap
            }
            Err(Some(Deny::OtherJournal)) => Said::OtherJournal,
            Err(Some(deny)) => return Err(format!("the server will not have it: {deny}")),
        })
    }

    async fn offer(&mut self, at: usize) -> Told<Said> {
        for unsent in said("offers", self.tills[at].books.to_offer_again(500).await)? {
            let (caller, bytes) = (self.tills[at].caller, self.frame(&unsent));
            let (chain, last) = (unsent.chain, unsent.seal.dseq);
            match self.send(caller, &bytes).await {
                Ok(PushAnswer(_, held, ..)) => {
                    let held = places(held);
                    said("offered", self.tills[at].books.offered(chain, last, &held).await)?;
                }
                Err(Some(Deny::Fork(_))) => said("adopting", self.tills[at].books.adopt(Some((chain, last))).await)?,
                // Whoever has what stands before it offers that first.
                Err(Some(Deny::Gap(_))) => {}
                Err(None) => return Ok(Said::Nothing),
                Err(Some(deny)) => return Err(format!("the server will not have what it lost: {deny}")),
            }
        }
        Ok(Said::Offered { left: said("offers", self.tills[at].books.has_lost().await)? })
    }

    /// What a server with a planted fault does after a push.
    async fn spoil(&mut self) -> Told<()> {
        let text = match self.mutant {
            Mutant::ServerForgets => {
                "DELETE FROM journal WHERE number = (SELECT head FROM shops);
                 UPDATE shops SET head = (SELECT coalesce(max(number), 0) FROM journal),
                    log = coalesce((SELECT log FROM journal ORDER BY number DESC LIMIT 1), zeroblob(32))"
            }
            Mutant::TwiceNumbered => {
                "INSERT INTO journal SELECT shop, number + 1, zeroblob(16), chain, dseq, log, bytes, public_key, signature FROM journal
                    WHERE number = (SELECT head FROM shops);
                 UPDATE shops SET head = (SELECT max(number) FROM journal)"
            }
            Mutant::ServerChanges => "UPDATE journal SET bytes = bytes || x'00' WHERE number = (SELECT head FROM shops)",
            Mutant::ServerReorders => {
                "UPDATE journal SET number = -number WHERE number >= (SELECT head - 1 FROM shops);
                 UPDATE journal SET number = CASE -number WHEN (SELECT head FROM shops) THEN -number - 1 ELSE -number + 1 END WHERE number < 0"
            }
            Mutant::ServerKeepsErased => {
                let pool = self.store.sqlite().ok_or("the simulation runs on SQLite")?;
                said("spoiling", sqlx::raw_sql("DELETE FROM beside").execute(pool).await)?;
                return Ok(());
            }
            _ => return Ok(()),
        };
        let pool = self.store.sqlite().ok_or("the simulation runs on SQLite")?;
        if self.chance.percent(3) && !self.quiet {
            said("spoiling", sqlx::raw_sql(text).execute(pool).await)?;
        }
        Ok(())
    }

    async fn pull(&mut self, at: usize) -> Told<Said> {
        if self.lost() {
            return Ok(Said::Nothing);
        }
        let stand = said("standing", self.tills[at].books.standing().await)?.ok_or("linked")?;
        let answer = trade::pull(&self.store, &self.tills[at].caller, stand.cursor, &stand.log, self.now_ms).await;
        let page = match answer {
            Ok(page) => said("a page", decode::<Page>(&encode(&page)))?,
            Err(Deny::OtherJournal) => return Ok(Said::OtherJournal),
            Err(deny) => return Err(format!("pulling: {deny}")),
        };
        if self.lost() {
            return Ok(Said::Nothing);
        }
        let numbered = |one: &sync::PageEntry| Numbered {
            number: i64::try_from(one.0).unwrap_or(0),
            bytes: one.1.to_vec(),
            public: one.2.as_slice().try_into().unwrap_or([0; 32]),
            signature: one.3.as_slice().try_into().ok(),
        };
        let some = if self.quiet { page.1.len() } else { page.1.len().min(1 + self.chance.place(8)) };
        let entries: Vec<Numbered> = page.1.iter().take(some).map(numbered).collect();
        if self.mutant == Mutant::UndoForgotten && self.chance.percent(20) {
            spoil_file(&self.tills[at].path, "DELETE FROM undo").await?;
        }
        if let Folded::Fork { from } = said("folding", self.tills[at].books.fold(&entries).await)? {
            return Ok(Said::Fork { from: u64::try_from(from).unwrap_or(1) });
        }
        if entries.last().map_or(stand.cursor, |last| last.number) == i64::try_from(page.2).unwrap_or(0) {
            said("settling", self.tills[at].books.settle().await)?;
        }
        if self.chance.percent(5) {
            // The same page once more changes nothing.
            said("folding again", self.tills[at].books.fold(&entries).await)?;
        }
        if let Some((text, often)) = self.mutant.at_till()
            && self.chance.percent(often)
        {
            spoil_file(&self.tills[at].path, text).await?;
        }
        Ok(Said::Pulled { head: page.2 })
    }

    async fn fall_back(&mut self, at: usize) -> Told<Said> {
        let till = &self.tills[at];
        let stand = said("standing", till.books.standing().await)?.ok_or("linked")?;
        let head = said("the head", trade::head(&self.store, till.caller.shop).await)?;
        let (mut number, mut step) = (stand.cursor.min(head), 1);
        loop {
            let ours = said("our log", till.books.log_at(number).await)?;
            if said("their log", trade::log_at(&self.store, &till.caller, number).await)? == Some(ours) {
                break;
            }
            number = (number - step).max(0);
            step *= 2;
        }
        said("falling back", till.books.fall_back(number).await)?;
        Ok(Said::FellBack)
    }

    async fn crash(&mut self, at: usize) -> Told<()> {
        let (key, path) = (self.tills[at].key.clone(), self.tills[at].path.clone());
        let (books, _) = self.file(&key, Some(path)).await?;
        let till = &mut self.tills[at];
        (till.books, till.talk) = (books, Device::default());
        Ok(())
    }

    /// A disk is copied with its keys, and both copies sell.
    async fn clone_till(&mut self, at: usize) -> Told<()> {
        let (key, caller, skew_ms, name, sold) = {
            let till = &self.tills[at];
            (till.key.clone(), till.caller, till.skew_ms, till.name, till.sold)
        };
        let target = self.copy(at).await?;
        let (books, path) = self.file(&key, Some(target)).await?;
        self.tills.push(Till { books, path, key, caller, talk: Device::default(), skew_ms, name, sold, kept: None });
        Ok(())
    }

    async fn copy(&mut self, at: usize) -> Told<PathBuf> {
        self.files += 1;
        let target = self.folder.path().join(format!("{}-copy.banyan", self.files));
        said("copying", self.tills[at].books.copy_to(&target).await)?;
        Ok(target)
    }

    /// A copy is kept, or the one kept before is put back.
    async fn restore(&mut self, at: usize) -> Told<()> {
        let Some(kept) = self.tills[at].kept.take() else {
            self.tills[at].kept = Some(self.copy(at).await?);
            return Ok(());
        };
        let key = self.tills[at].key.clone();
        let (books, path) = self.file(&key, Some(kept)).await?;
        let till = &mut self.tills[at];
        (till.books, till.path, till.talk) = (books, path, Device::default());
        self.forget_lost().await
    }

    /// What stands in no file and not at the server is gone with the disk that held it.
    async fn forget_lost(&mut self) -> Told<()> {
        let mut there: BTreeSet<EntryId> = self.ids_at_server().await?.into_iter().collect();
        for till in &self.tills {
            for stored in said("reading", till.books.entries_after(0, i64::MAX).await)? {
                there.insert(stored.entry.0);
            }
            // What this copy waits to offer again counts: as long as one copy lives, nothing that it ever had is gone.
            let pool = said("opening", inside(&till.path).await)?;
            let text = "SELECT id FROM aside WHERE reason IN ('lost', 'offered')";
            let waiting: Vec<Vec<u8>> = said("reading", sqlx::query_scalar(text).fetch_all(&pool).await)?;
            pool.close().await;
            there.extend(waiting.iter().map(|id| EntryId(Uuid::from_slice(id).unwrap_or_default())));
        }
        self.printed.retain(|id| there.contains(id));
        Ok(())
    }

    async fn ids_at_server(&self) -> Told<Vec<EntryId>> {
        let pool = self.store.sqlite().ok_or("the simulation runs on SQLite")?;
        let ids: Vec<Vec<u8>> = said("ids", sqlx::query_scalar("SELECT id FROM journal ORDER BY number").fetch_all(pool).await)?;
        Ok(ids.iter().map(|id| EntryId(Uuid::from_slice(id).unwrap_or_default())).collect())
    }

    /// The server fails over to a copy that had not heard of the last numbers.
    async fn lose_end(&mut self) -> Told<()> {
        let shop = self.tills[0].caller.shop;
        let head = said("the head", trade::head(&self.store, shop).await)?;
        let pool = self.store.sqlite().ok_or("the simulation runs on SQLite")?;
        let keep = (head - 1 - i64::try_from(self.chance.below(6)).unwrap_or(0)).max(0);
        let text = format!(
            "CREATE TEMP TABLE cut AS SELECT chain, min(dseq) AS first FROM positions WHERE number > {keep} GROUP BY chain;
             DELETE FROM positions WHERE dseq >= (SELECT first FROM cut WHERE cut.chain = positions.chain);
             DROP TABLE cut;
             DELETE FROM journal WHERE number > {keep};
             UPDATE shops SET head = {keep}, log = coalesce((SELECT log FROM journal WHERE number = {keep}), zeroblob(32));
             UPDATE chains SET head = coalesce((SELECT max(dseq) FROM positions p WHERE p.chain = chains.chain), 0);
             UPDATE chains SET hash = coalesce((SELECT hash FROM positions p WHERE p.chain = chains.chain AND p.dseq = chains.head), zeroblob(32));
             DELETE FROM summaries; DELETE FROM day_sums; DELETE FROM month_sums; DELETE FROM closed_months; DELETE FROM beside; DELETE FROM erased"
        );
        said("losing", sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(pool).await)?;
        // Everything may now be in one file only, and that file may be the one that is lost next: such a sale counts as lost with it.
        self.forget_lost().await
    }

    async fn deliver_late(&mut self) -> Told<()> {
        if self.late.is_empty() {
            return Ok(());
        }
        let place = self.chance.place(self.late.len());
        let (caller, bytes) = self.late.swap_remove(place);
        let frame: Push = said("a frame", decode(&bytes))?;
        // A late copy is known already, or refused; both are well.
        drop(trade::push(&self.store, &caller, &frame, self.now_ms).await);
        Ok(())
    }

    /// The network is whole again: everyone talks until nobody has anything to say.
    async fn heal(&mut self) -> Told<()> {
        self.quiet = true;
        for till in &mut self.tills {
            till.talk.hear(0, 0, Said::Again);
        }
        for round in 0..100 {
            for at in 0..self.tills.len() {
                for _ in 0..4 {
                    self.talk(at).await?;
                }
            }
            let head = said("the head", trade::head(&self.store, self.tills[0].caller.shop).await)?;
            let mut quiet = true;
            for at in 0..self.tills.len() {
                let stand = self.stand(at).await?;
                let length = said("the length", self.tills[at].books.length().await)?;
                quiet &= length == head && stand.head == stand.acknowledged && i64::try_from(stand.cursor) == Ok(head) && !stand.offers;
            }
            if quiet && round > 2 {
                return Ok(());
            }
            self.now_ms += 25_000;
        }
        let mut stands = Vec::new();
        for at in 0..self.tills.len() {
            stands.push(self.stand(at).await?);
        }
        Err(format!("the queues do not drain: {stands:?}"))
    }

    /// Nobody keeps personal data of whoever was erased: no till, in its journal or beside it, and not the server.
    async fn check_erased(&self) -> Told<()> {
        let pool = self.store.sqlite().ok_or("the simulation runs on SQLite")?;
        let rows: Vec<Vec<u8>> = said("entries", sqlx::query_scalar("SELECT bytes FROM journal").fetch_all(pool).await)?;
        if let Some(id) = personal(&rows, &rows)? {
            return Err(format!("the server keeps personal data in {id}"));
        }
        for (at, till) in self.tills.iter().enumerate() {
            let pool = said("opening", inside(&till.path).await)?;
            let rows: Vec<Vec<u8>> = said("entries", sqlx::query_scalar("SELECT bytes FROM journal").fetch_all(&pool).await)?;
            let aside: Vec<(Vec<u8>, String)> = said("entries", sqlx::query_as("SELECT bytes, reason FROM aside").fetch_all(&pool).await)?;
            pool.close().await;
            if let Some(id) = personal(&rows, &rows)? {
                return Err(format!("till {at} keeps personal data in {id}"));
            }
            for (bytes, reason) in aside {
                if let Some(id) = personal(&rows, &[bytes])? {
                    return Err(format!("till {at} keeps personal data aside in {id}, {reason}"));
                }
            }
        }
        Ok(())
    }

    async fn check(&self) -> Told<()> {
        let ids = self.ids_at_server().await?;
        for printed in &self.printed {
            let times = ids.iter().filter(|id| *id == printed).count();
            if times != 1 {
                return Err(format!("the printed sale {printed} stands {times} times"));
            }
        }
        self.check_erased().await?;
        let mut first: Option<(Vec<books::Digest>, [u8; 32])> = None;
        for (at, till) in self.tills.iter().enumerate() {
            let verdict = said("verifying", till.books.verify(&mut |_, _| ()).await)?;
            if let Some(difference) = verdict.first_difference {
                return Err(format!("till {at}: {difference}"));
            }
            rings(&till.path).await?;
            let stored = said("reading", till.books.entries_after(0, i64::MAX).await)?;
            let log = stored.iter().fold([0; 32], |log, stored| log_after(&log, &stored.hash));
            match &first {
                None => first = Some((verdict.tables, log)),
                Some((tables, other)) if *tables == verdict.tables && *other == log => {}
                Some((tables, _)) => {
                    let table = tables.iter().zip(&verdict.tables).find(|(one, other)| one != other).map_or("journal", |(one, _)| &one.table);
                    return Err(format!("till {at} has another {table} than till 0"));
                }
            }
        }
        Ok(())
    }
}

/// An entry among `rows` with personal data of a member whom the journal erases, by its identity.
fn personal(journal: &[Vec<u8>], rows: &[Vec<u8>]) -> Told<Option<EntryId>> {
    let read = |bytes: &Vec<u8>| {
        let entry = said("an entry", Entry::read(0, bytes))?;
        let fact = said("a fact", entry.fact(0))?;
        Ok::<_, String>((entry, fact))
    };
    let mut erased = BTreeSet::new();
    for bytes in journal {
        if let (_, Some(Fact::MemberErased(one))) = read(bytes)? {
            erased.insert(one.member);
        }
    }
    for bytes in rows {
        let (entry, fact) = read(bytes)?;
        if !entry.15.is_empty() && fact.as_ref().and_then(whose).is_some_and(|member| erased.contains(&member)) {
            return Ok(Some(entry.0));
        }
    }
    Ok(None)
}

fn places(held: Vec<sync::Held>) -> Vec<(i64, String)> {
    held.into_iter().map(|held| (i64::try_from(held.0).unwrap_or(0), held.1)).collect()
}

/// What every till of this world locks its books with.
fn lock() -> books::FileKey {
    books::FileKey::of(&[9; 16])
}

/// A look into a till's file past the program.
async fn inside(path: &std::path::Path) -> Result<sqlx::SqlitePool, sqlx::Error> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).pragma("key", lock().pragma());
    sqlx::SqlitePool::connect_with(options).await
}

async fn spoil_file(path: &std::path::Path, text: &'static str) -> Told<()> {
    let pool = said("opening", inside(path).await)?;
    // A fault that was planted already finds nothing to drop.
    drop(sqlx::raw_sql(text).execute(&pool).await);
    pool.close().await;
    Ok(())
}

/// Nobody stands above themselves.
async fn rings(path: &std::path::Path) -> Told<()> {
    let pool = said("opening", inside(path).await)?;
    let text = "WITH RECURSIVE up (start, key) AS (SELECT key, sponsor FROM members WHERE sponsor IS NOT NULL
        UNION SELECT up.start, m.sponsor FROM members m JOIN up ON m.key = up.key WHERE m.sponsor IS NOT NULL)
        SELECT count(*) FROM up WHERE start = key";
    let rings: i64 = said("reading", sqlx::query_scalar(text).fetch_one(&pool).await)?;
    pool.close().await;
    if rings == 0 { Ok(()) } else { Err(format!("{rings} members stand above themselves")) }
}

fn empty_card() -> ProductCard {
    ProductCard {
        code: String::new(),
        barcode: None,
        name: String::new(),
        name_2: None,
        category: None,
        price_minor: 0,
        cost_minor: None,
        tax: None,
        no_commission: false,
        min_milli: None,
    }
}

fn sale_of(sale: SaleId, number: String, till: u32, member: Option<MemberId>, amount: i64) -> SaleRecorded {
    SaleRecorded {
        sale,
        number,
        till: till.to_string(),
        member,
        lines: Vec::new(),
        goods_minor: amount,
        tax_minor: 0,
        due_minor: amount,
        rounding_minor: 0,
        cash_step_minor: 0,
        tenders: vec![TenderTaken { kind: "cash".into(), amount_minor: amount, reference: None, bonus_minor: None, voucher: None }],
        change_minor: 0,
        points_earned: amount / 100,
        points_spent: 0,
        plan: None,
        chain: Vec::new(),
        earned: Vec::new(),
        approved_by: None,
        tags: Vec::new(),
        shift: None,
        salesperson: None,
        promotions: Vec::new(),
        location: None,
        points_usable_from: None,
        points_good_until: None,
        points_parts: Vec::new(),
    }
}
