//! Copies that meet: entries of all devices are folded in the order of the shop's numbers, in the transaction that moves the cursor. Own entries that have
//! no number yet stand behind them; where a number comes in before them they are taken back, and folded again after it.

use std::collections::BTreeSet;

use domain::{entry::Entry, fact::Fact, ids::ChainId};

use crate::{
    apply::Writing,
    batch::Batch,
    chain::{Seal, seal_holds},
    erasure,
    error::BooksError,
    offers::Tail,
    open::Books,
    project,
    query::Topic,
    rebuild::{self, project_or_pass},
    undo,
};

/// Where this copy stands towards the shop's numberer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The highest number folded.
    pub cursor: i64,
    /// The log hash at it: BLAKE3 of the log hash before and the entry's hash; 32 zeros at 0.
    pub log: [u8; 32],
    /// This device's chain.
    pub chain: ChainId,
    /// Its last place.
    pub head: i64,
    /// The last place that the numberer has.
    pub acknowledged: i64,
}

/// An entry with its number, as the numberer hands it out.
#[derive(Debug, Clone)]
pub struct Numbered {
    /// Number in the shop.
    pub number: i64,
    /// Canonical bytes.
    pub bytes: Vec<u8>,
    /// Public key of the device.
    pub public: [u8; 32],
    /// The signature over this entry as its chain's head, where there is one.
    pub signature: Option<[u8; 64]>,
}

/// What came of folding a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Folded {
    /// It was folded; these topics changed.
    Done(BTreeSet<Topic>),
    /// Nothing was folded: this copy wrote something else at this place of its chain.
    Fork {
        /// The place.
        from: i64,
    },
}

/// An entry outside of the fold.
#[derive(Clone)]
pub(crate) struct Pending {
    pub(crate) chain: i64,
    pub(crate) dseq: i64,
    pub(crate) id: Vec<u8>,
    pub(crate) hash: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
}

/// The log hash after one more entry.
pub fn log_after(log: &[u8; 32], hash: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(log).update(hash);
    *hasher.finalize().as_bytes()
}

impl Books {
    /// Begins to meet other copies: from now on numbers are given elsewhere. Nothing changes where it was begun before.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn link(&self) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        if writing.local("sync.cursor").await?.is_none() {
            let (_, chain) = self.place();
            writing.keep_local("sync.cursor", Some("0".into())).await?;
            writing.keep_local("sync.undo_from", Some(writing.head.number.to_string())).await?;
            writing.keep_local("sync.acknowledged", Some("0".into())).await?;
            writing.keep_local("sync.chain", Some(chain.to_string())).await?;
        }
        undo::arm(writing.reading()).await?;
        writing.commit().await?;
        Ok(())
    }

    /// Where this copy stands; `None` where it meets nobody.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn standing(&self) -> Result<Option<Standing>, BooksError> {
        let Some(cursor) = self.local("sync.cursor").await? else { return Ok(None) };
        let (key, chain) = self.place();
        let text =
            "SELECT max(coalesce((SELECT max(dseq) FROM journal WHERE chain = ?1), 0), coalesce((SELECT max(dseq) FROM aside WHERE chain = ?1), 0))";
        let head: i64 = sqlx::query_scalar(text).bind(key).fetch_one(&self.readers).await?;
        let acknowledged = number(self.local("sync.acknowledged").await?);
        Ok(Some(Standing { cursor: number(Some(cursor)), log: log_of(self.local("sync.log").await?), chain, head, acknowledged }))
    }

    /// Keeps that the numberer has everything of this chain up to `dseq`; what it holds back is set aside until somebody admits it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn acknowledge(&self, chain: ChainId, dseq: i64, held: &[(i64, String)]) -> Result<BTreeSet<Topic>, BooksError> {
        let mut writing = self.write().await?;
        if self.place().1 != chain {
            writing.abandon().await?;
            return Ok(BTreeSet::new());
        }
        let before = number(writing.local("sync.acknowledged").await?);
        writing.keep_local("sync.acknowledged", Some(before.max(dseq).to_string())).await?;
        if !held.is_empty() {
            let own = self.place().0;
            let cursor = number(writing.local("sync.cursor").await?);
            let mut at = cursor;
            for pending in writing.take_back(cursor).await? {
                match held.iter().find(|(dseq, _)| pending.chain == own && *dseq == pending.dseq) {
                    Some((_, reason)) => writing.put_aside(&pending, reason).await?,
                    None => {
                        at += 1;
                        writing.append(at, &pending, true).await?;
                    }
                }
            }
        }
        writing.commit().await
    }

    /// Folds a page of numbered entries, all or nothing, and moves the cursor with it. What was folded before is passed over.
    ///
    /// # Errors
    /// SQLite's; `Unreadable` where a number is missing, bytes are no entry, or a seal does not hold.
    pub async fn fold(&self, page: &[Numbered]) -> Result<Folded, BooksError> {
        let mut writing = self.write().await?;
        match writing.fold(page).await {
            Ok(None) => Ok(Folded::Done(writing.commit().await?)),
            Ok(Some(from)) => {
                writing.abandon().await?;
                Ok(Folded::Fork { from })
            }
            Err(error) => {
                writing.abandon().await?;
                Err(error)
            }
        }
    }

    /// The log hash at each number asked for that this copy has folded.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn log_at(&self, number: i64) -> Result<[u8; 32], BooksError> {
        let hashes: Vec<Vec<u8>> =
            sqlx::query_scalar("SELECT hash FROM journal WHERE number <= ? ORDER BY number").bind(number).fetch_all(&self.readers).await?;
        Ok(hashes.iter().fold([0; 32], |log, hash| log_after(&log, hash)))
    }

    /// Takes back everything after a number because the numberer lost it: own entries wait again, those of others are kept to be offered again.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn fall_back(&self, to: i64) -> Result<BTreeSet<Topic>, BooksError> {
        let log = self.log_at(to).await?;
        let mut writing = self.write().await?;
        let cursor = number(writing.local("sync.cursor").await?);
        if to >= cursor {
            writing.abandon().await?;
            return Ok(BTreeSet::new());
        }
        let (own, _) = self.place();
        // What undoes numbered entries is kept no longer: the tables are filled again from the journal.
        writing.keep_local("sync.undo_from", Some(cursor.to_string())).await?;
        writing.keep_local("sync.cursor", Some(to.to_string())).await?;
        writing.keep_local("sync.log", Some(hex(&log))).await?;
        let lost = writing.take_back(to).await?;
        let first = lost.iter().filter(|pending| pending.chain == own).map(|pending| pending.dseq).min();
        if let Some(first) = first {
            let acknowledged = number(writing.local("sync.acknowledged").await?);
            writing.keep_local("sync.acknowledged", Some(acknowledged.min(first - 1).to_string())).await?;
        }
        let mut at = to;
        for pending in lost {
            if pending.chain == own {
                at += 1;
                writing.append(at, &pending, true).await?;
            } else {
                writing.put_aside(&pending, "lost").await?;
            }
        }
        writing.topics.extend(crate::query::ALL_TOPICS);
        writing.commit().await
    }

    /// Begins a new chain because the numberer has another entry at `from`: what this copy wrote from there on keeps its ids and is chained anew.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn chain_anew(&self, from: i64, chain: ChainId) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        let (own, _) = self.place();
        let cursor = number(writing.local("sync.cursor").await?);
        let pending = writing.take_back(cursor).await?;
        let key: i64 = sqlx::query_scalar("INSERT INTO chains (chain, device, public_key) VALUES (?, ?, ?) RETURNING key")
            .bind(chain.bytes())
            .bind(self.identity.key.device.bytes())
            .bind(self.identity.key.public().to_vec())
            .fetch_one(writing.reading())
            .await?;
        let mut at = cursor;
        let mut tail = Tail { key, chain, dseq: 0, hash: [0; 32] };
        for old in pending {
            at += 1;
            if old.chain == own && old.dseq < from {
                writing.append(at, &old, true).await?;
            } else {
                writing.put_aside(&old, "chained_anew").await?;
                let new = tail.take(self.device(), &old)?;
                writing.append(at, &new, true).await?;
            }
        }
        writing.keep_local("sync.chain", Some(chain.to_string())).await?;
        writing.keep_local("sync.acknowledged", Some("0".into())).await?;
        writing.commit().await?;
        self.move_to(key, chain);
        Ok(())
    }
}

impl Writing<'_> {
    async fn fold(&mut self, page: &[Numbered]) -> Result<Option<i64>, BooksError> {
        let (own, _) = self.books.place();
        let mut cursor = number(self.local("sync.cursor").await?);
        let mut log = log_of(self.local("sync.log").await?);
        let mut taken: Option<Vec<Pending>> = None;
        for one in page {
            if one.number <= cursor {
                continue;
            }
            let unreadable = |reason: &str| BooksError::Unreadable { number: one.number, reason: reason.to_owned() };
            if one.number != cursor + 1 {
                return Err(unreadable("a number before it is missing"));
            }
            let entry = Entry::read(one.number, &one.bytes)?;
            let hash = entry.hash();
            let dseq = i64::try_from(entry.3).map_err(|_| BooksError::Overflow)?;
            let stands: Option<Vec<u8>> = if taken.is_some() {
                None
            } else {
                sqlx::query_scalar("SELECT hash FROM journal WHERE number = ?").bind(one.number).fetch_optional(self.reading()).await?
            };
            let chain = self.chain_of(&entry, &one.public).await?;
            if stands.as_deref() != Some(hash.as_slice()) {
                if chain == own
                    && (self.wrote_another(chain, dseq, &hash, taken.as_deref()).await?
                        || !self.follows(chain, dseq, &entry.4, taken.as_deref()).await?)
                {
                    return Ok(Some(dseq));
                }
                if taken.is_none() {
                    taken = Some(self.take_back(cursor).await?);
                }
                undo::works(self.reading(), false).await?;
                let pending = Pending { chain, dseq, id: entry.0.bytes().to_vec(), hash: hash.to_vec(), bytes: one.bytes.clone() };
                sqlx::query("DELETE FROM aside WHERE chain = ? AND dseq = ? AND hash = ?")
                    .bind(chain)
                    .bind(dseq)
                    .bind(hash.to_vec())
                    .execute(self.reading())
                    .await?;
                self.append(one.number, &pending, false).await?;
            }
            if let Some(signature) = one.signature {
                let seal = Seal { dseq, head: hash, signature };
                if !seal_holds(&one.public, entry.2, &seal) {
                    return Err(unreadable("its seal does not hold"));
                }
                let text = "INSERT OR IGNORE INTO seals (chain, dseq, head, signature) VALUES (?, ?, ?, ?)";
                sqlx::query(text).bind(chain).bind(dseq).bind(hash.to_vec()).bind(signature.to_vec()).execute(self.reading()).await?;
            }
            cursor = one.number;
            log = log_after(&log, &hash);
        }
        // The cursor moves first: what is behind it stands for ever from here on.
        self.keep_local("sync.cursor", Some(cursor.to_string())).await?;
        self.keep_local("sync.log", Some(hex(&log))).await?;
        sqlx::query("DELETE FROM undo WHERE number <= ?").bind(cursor).execute(self.reading()).await?;
        undo::works(self.reading(), true).await?;
        let mut at = cursor;
        let mut tail = self.tail();
        for pending in taken.into_iter().flatten() {
            let stands: Option<Vec<u8>> =
                sqlx::query_scalar("SELECT hash FROM journal WHERE id = ?").bind(pending.id.clone()).fetch_optional(self.reading()).await?;
            match stands {
                // Left in an earlier chain of this device, where a copy of the file wrote something else: it goes on in this one.
                None if pending.chain != own && self.taken(&pending).await? => {
                    at += 1;
                    self.put_aside(&pending, "chained_anew").await?;
                    let new = tail.take(self.books.device(), &pending)?;
                    self.append(at, &new, true).await?;
                }
                None => {
                    at += 1;
                    self.append(at, &pending, true).await?;
                }
                Some(hash) if hash == pending.hash => {}
                Some(_) => self.put_aside(&pending, "same_id").await?,
            }
        }
        Ok(None)
    }

    /// True where this copy has another entry of its own at the place of a numbered one: the file was cloned or restored.
    async fn wrote_another(&mut self, chain: i64, dseq: i64, hash: &[u8], taken: Option<&[Pending]>) -> Result<bool, BooksError> {
        if taken.is_some_and(|taken| taken.iter().any(|pending| pending.chain == chain && pending.dseq == dseq && pending.hash != hash)) {
            return Ok(true);
        }
        let text = "SELECT EXISTS (SELECT 1 FROM journal WHERE chain = ?1 AND dseq = ?2 AND hash <> ?3)
            OR EXISTS (SELECT 1 FROM aside WHERE chain = ?1 AND dseq = ?2 AND hash <> ?3)";
        Ok(sqlx::query_scalar(text).bind(chain).bind(dseq).bind(hash.to_vec()).fetch_one(self.reading()).await?)
    }

    /// True where this copy has what an entry of its own chain stands upon. Where it does not, another copy of the file goes on in the chain.
    async fn follows(&mut self, chain: i64, dseq: i64, before: &[u8], taken: Option<&[Pending]>) -> Result<bool, BooksError> {
        let in_hand = |pending: &Pending| pending.chain == chain && pending.dseq == dseq - 1 && pending.hash == before;
        if dseq == 1 || taken.is_some_and(|taken| taken.iter().any(in_hand)) {
            return Ok(true);
        }
        let text = "SELECT EXISTS (SELECT 1 FROM journal WHERE chain = ?1 AND dseq = ?2 AND hash = ?3)
            OR EXISTS (SELECT 1 FROM aside WHERE chain = ?1 AND dseq = ?2 AND hash = ?3)";
        Ok(sqlx::query_scalar(text).bind(chain).bind(dseq - 1).bind(before.to_vec()).fetch_one(self.reading()).await?)
    }

    /// True where the numberer gave the place of an entry in its chain to another one.
    async fn taken(&mut self, pending: &Pending) -> Result<bool, BooksError> {
        let text = "SELECT EXISTS (SELECT 1 FROM journal WHERE chain = ? AND dseq = ?)";
        Ok(sqlx::query_scalar(text).bind(pending.chain).bind(pending.dseq).fetch_one(self.reading()).await?)
    }

    /// Takes every entry after a number out of the fold and hands it over, oldest first. The tables are then as they were at that number.
    pub(crate) async fn take_back(&mut self, to: i64) -> Result<Vec<Pending>, BooksError> {
        std::mem::take(&mut self.waiting).run(&mut self.writer.connection).await?;
        let undo_from = number(self.local("sync.undo_from").await?);
        let connection = self.reading();
        type Row = (i64, i64, Vec<u8>, Vec<u8>, Vec<u8>);
        let rows: Vec<Row> = sqlx::query_as("SELECT chain, dseq, id, hash, bytes FROM journal WHERE number > ? ORDER BY number")
            .bind(to)
            .fetch_all(&mut *connection)
            .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        undo::works(connection, false).await?;
        let quick = undo_from <= to;
        if quick {
            undo::back_to(connection, to).await?;
        }
        sqlx::query("DELETE FROM postings WHERE entry > ?").bind(to).execute(&mut *connection).await?;
        sqlx::query("DELETE FROM journal WHERE number > ?").bind(to).execute(&mut *connection).await?;
        if !quick {
            rebuild::all(connection).await?;
            sqlx::query("DELETE FROM undo").execute(&mut *connection).await?;
            self.keep_local("sync.undo_from", Some(to.to_string())).await?;
        }
        undo::works(self.reading(), true).await?;
        self.writer.keys.forget();
        self.topics.extend(crate::query::ALL_TOPICS);
        Ok(rows.into_iter().map(|(chain, dseq, id, hash, bytes)| Pending { chain, dseq, id, hash, bytes }).collect())
    }

    /// Puts an entry at a number: journal, ledger, projections. One that a projection cannot take moves its value all the same.
    pub(crate) async fn append(&mut self, number: i64, pending: &Pending, own: bool) -> Result<(), BooksError> {
        let pending = self.without_erased(pending.clone()).await?;
        let entry = Entry::read(number, &pending.bytes)?;
        undo::works(self.reading(), own).await?;
        let keyed = {
            let writer = &mut *self.writer;
            writer.keys.of(&mut writer.connection, &entry.13).await?
        };
        let mut batch = Batch::default();
        batch
            .statement("INSERT INTO journal (number, id, chain, dseq, at_ms, at_tick, kind, hash, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(number)
            .bind(pending.id.clone())
            .bind(pending.chain)
            .bind(pending.dseq)
            .bind(entry.5.0)
            .bind(i64::from(entry.5.1))
            .bind(entry.8.clone())
            .bind(pending.hash.clone())
            .bind(pending.bytes);
        project::post(&mut batch, number, &entry.13, &keyed);
        let fact = entry.fact(number)?;
        if let Some(fact) = &fact {
            erasure::note(&mut batch, &entry, fact);
        }
        batch.run(self.reading()).await?;
        if let Some(fact) = fact {
            let mut batch = Batch::default();
            project::project(&mut batch, number, &entry, &fact, &mut self.topics);
            project_or_pass(self.reading(), batch).await?;
            if let Fact::MemberErased(erased) = &fact {
                self.cut(erased.member).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn put_aside(&mut self, pending: &Pending, reason: &str) -> Result<(), BooksError> {
        let pending = self.without_erased(pending.clone()).await?;
        sqlx::query("INSERT OR REPLACE INTO aside (chain, dseq, id, hash, bytes, reason) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(pending.chain)
            .bind(pending.dseq)
            .bind(pending.id.clone())
            .bind(pending.hash.clone())
            .bind(pending.bytes.clone())
            .bind(reason.to_owned())
            .execute(self.reading())
            .await?;
        Ok(())
    }

    /// The key of an entry's chain, making it known where it is new.
    async fn chain_of(&mut self, entry: &Entry, public: &[u8; 32]) -> Result<i64, BooksError> {
        let known: Option<(i64, Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT key, device, public_key FROM chains WHERE chain = ?").bind(entry.2.bytes()).fetch_optional(self.reading()).await?;
        match known {
            Some((key, device, key_of)) if device == entry.1.bytes() && key_of == public => Ok(key),
            Some(_) => Err(BooksError::Unreadable { number: 0, reason: "its chain belongs to another device".into() }),
            None => Ok(sqlx::query_scalar("INSERT INTO chains (chain, device, public_key) VALUES (?, ?, ?) RETURNING key")
                .bind(entry.2.bytes())
                .bind(entry.1.bytes())
                .bind(public.to_vec())
                .fetch_one(self.reading())
                .await?),
        }
    }
}

pub(crate) fn number(text: Option<String>) -> i64 {
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn log_of(text: Option<String>) -> [u8; 32] {
    let mut log = [0; 32];
    let text = text.unwrap_or_default();
    for (place, byte) in log.iter_mut().enumerate() {
        *byte = text.get(2 * place..2 * place + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).unwrap_or(0);
    }
    log
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
