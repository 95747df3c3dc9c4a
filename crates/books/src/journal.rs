//! Appending entries and reading them back.

use domain::{
    fact::Fact,
    ids::{ChainId, EntryId},
};
use serde_bytes::ByteBuf;
use sqlx::SqliteConnection;

use crate::{
    apply::Writing,
    batch::Batch,
    chain::Seal,
    entry::{Entry, NewEntry, Stored},
    erasure,
    error::BooksError,
    open::Books,
    project,
};

const SEAL_EVERY: i64 = 200;

/// Where the journal and this device's chain stand.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    pub(crate) number: i64,
    pub(crate) dseq: i64,
    pub(crate) hash: [u8; 32],
    pub(crate) clock: (i64, u32),
    pub(crate) sealed: i64,
}

impl Head {
    /// Begins a write transaction and reads where everything stands.
    pub(crate) async fn begin(connection: &mut SqliteConnection, chain: i64) -> Result<Self, BooksError> {
        type Row = (i64, i64, Option<Vec<u8>>, i64, i64, i64);
        let text = "BEGIN IMMEDIATE; SELECT coalesce((SELECT max(number) FROM journal), 0), coalesce(j.dseq, 0), j.hash, coalesce(j.at_ms, 0), coalesce(j.at_tick, 0),
                coalesce((SELECT max(dseq) FROM seals WHERE chain = ?1), 0)
            FROM (SELECT 1) LEFT JOIN (SELECT dseq, hash, at_ms, at_tick FROM journal WHERE chain = ?1
                UNION ALL SELECT dseq, hash, 0, 0 FROM aside WHERE chain = ?1 ORDER BY dseq DESC LIMIT 1) AS j";
        let (number, dseq, hash, at_ms, tick, sealed): Row = sqlx::query_as(text).bind(chain).fetch_one(connection).await?;
        let hash = hash.map_or(Ok([0; 32]), |hash| thirty_two(number, &hash))?;
        Ok(Self { number, dseq, hash, clock: (at_ms, u32::try_from(tick).unwrap_or(u32::MAX)), sealed })
    }

    fn tick(&self, now_ms: i64) -> (i64, u32) {
        // A clock that was set back does not take the journal back: the tick counts on.
        if now_ms > self.clock.0 { (now_ms, 0) } else { (self.clock.0, self.clock.1.saturating_add(1)) }
    }
}

/// An entry that was appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// Its number.
    pub number: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

impl Writing<'_> {
    /// Appends the fact, posts it and brings every projection up to it, all inside this transaction. An entry id that is already in the journal
    /// changes nothing: the answer names the entry that stands.
    ///
    /// # Errors
    /// SQLite's, or `Overflow`; the transaction is then to be abandoned.
    pub async fn record(&mut self, new: NewEntry) -> Result<Recorded, BooksError> {
        if self.absent.take() != Some(new.id)
            && let Some(stands) = find(self.reading(), new.id).await?
        {
            return Ok(stands);
        }
        let head = self.head;
        let (chain_key, chain) = self.books.place();
        let clock = head.tick(new.at_ms);
        let (fact, body, beside) = self.parts_of(new.id, new.fact).await?;
        let entry = Entry(
            new.id,
            self.books.identity.key.device,
            chain,
            u64::try_from(head.dseq + 1).map_err(|_| BooksError::Overflow)?,
            ByteBuf::from(head.hash),
            clock,
            new.business_date,
            new.actor,
            fact.kind().to_owned(),
            1,
            fact.class(),
            u64::try_from(head.number).map_err(|_| BooksError::Overflow)?,
            new.rules.map(ByteBuf::from),
            fact.postings(),
            body,
            beside,
        );
        let bytes = entry.bytes();
        let hash = entry.hash();
        let number = head.number + 1;
        let keyed = {
            let writer = &mut *self.writer;
            writer.keys.of(&mut writer.connection, &entry.13).await?
        };

        let mut batch = std::mem::take(&mut self.waiting);
        batch
            .statement("INSERT INTO journal (number, id, chain, dseq, at_ms, at_tick, kind, hash, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(number)
            .bind(entry.0.bytes().to_vec())
            .bind(chain_key)
            .bind(head.dseq + 1)
            .bind(clock.0)
            .bind(i64::from(clock.1))
            .bind(entry.8.clone())
            .bind(hash.to_vec())
            .bind(bytes);
        project::post(&mut batch, number, &entry.13, &keyed);
        project::project(&mut batch, number, &entry, &fact, &mut self.topics);
        erasure::note(&mut batch, &entry, &fact);
        self.run(batch).await?;
        if let Fact::MemberErased(erased) = &fact {
            self.cut(erased.member).await?;
        }
        self.head = Head { number, dseq: head.dseq + 1, hash, clock, sealed: head.sealed };
        if self.head.dseq - self.head.sealed >= SEAL_EVERY {
            self.seal().await?;
        }
        Ok(Recorded { number, hash })
    }

    /// True where an entry of this id stands. Asked inside the transaction, so nobody adds it between the answer and the commit.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn stands(&mut self, id: EntryId) -> Result<bool, BooksError> {
        let stands = find(self.reading(), id).await?.is_some();
        self.absent = (!stands).then_some(id);
        Ok(stands)
    }

    /// Signs the head of this device's chain, unless it is signed already.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn seal(&mut self) -> Result<(), BooksError> {
        if self.head.dseq == self.head.sealed {
            return Ok(());
        }
        let (chain_key, chain) = self.books.place();
        let Seal { dseq, head, signature } = self.books.identity.key.seal(chain, self.head.dseq, self.head.hash);
        let mut batch = Batch::default();
        batch
            .statement("INSERT INTO seals (chain, dseq, head, signature) VALUES (?, ?, ?, ?)")
            .bind(chain_key)
            .bind(dseq)
            .bind(head.to_vec())
            .bind(signature.to_vec());
        self.run(batch).await?;
        self.head.sealed = dseq;
        Ok(())
    }
}

impl Books {
    /// Signs the head of this device's chain.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn seal_head(&self) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        writing.seal().await?;
        writing.commit().await?;
        Ok(())
    }

    /// The entry with this identity.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn entry(&self, id: EntryId) -> Result<Option<Stored>, BooksError> {
        let row: Option<(i64, Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT number, hash, bytes FROM journal WHERE id = ?").bind(id.bytes()).fetch_optional(&self.readers).await?;
        row.map(|(number, hash, bytes)| stored(number, &hash, &bytes)).transpose()
    }

    /// Entries after a number, in order, `most` at a time.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn entries_after(&self, number: i64, most: i64) -> Result<Vec<Stored>, BooksError> {
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = sqlx::query_as("SELECT number, hash, bytes FROM journal WHERE number > ? ORDER BY number LIMIT ?")
            .bind(number)
            .bind(most)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|(number, hash, bytes)| stored(*number, hash, bytes)).collect()
    }

    /// How many entries there are.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn length(&self) -> Result<i64, BooksError> {
        Ok(sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM journal").fetch_one(&self.readers).await?)
    }

    /// The letter of this device's chain in receipt numbers: A for the first chain of the file, then B, … Z, AA, so that no number is printed twice
    /// after a restore.
    pub fn chain_letter(&self) -> String {
        let mut rest = self.place().0.max(1);
        let mut letters = Vec::new();
        while rest > 0 {
            rest -= 1;
            letters.insert(0, u8::try_from(rest % 26).map_or('A', |place| char::from(b'A' + place)));
            rest /= 26;
        }
        letters.into_iter().collect()
    }

    /// This device's chain.
    pub fn chain(&self) -> ChainId {
        self.place().1
    }
}

async fn find(connection: &mut SqliteConnection, id: EntryId) -> Result<Option<Recorded>, BooksError> {
    let row: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT number, hash FROM journal WHERE id = ?").bind(id.bytes()).fetch_optional(connection).await?;
    row.map(|(number, hash)| Ok(Recorded { number, hash: thirty_two(number, &hash)? })).transpose()
}

pub(crate) fn stored(number: i64, hash: &[u8], bytes: &[u8]) -> Result<Stored, BooksError> {
    Ok(Stored { number, hash: thirty_two(number, hash)?, entry: Entry::read(number, bytes)? })
}

pub(crate) fn thirty_two(number: i64, hash: &[u8]) -> Result<[u8; 32], BooksError> {
    hash.try_into().map_err(|_| BooksError::Unreadable { number, reason: "a hash is 32 bytes".into() })
}
