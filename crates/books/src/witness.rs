//! Was this file brought back from yesterday? What the device remembers outside the file, and how the file is told from a copy of itself.
//!
//! Invariant: two files that went apart never write under one chain, and no letter of receipt numbers is given twice by one device (faults 26, 35).
//! At each opening a mark is put into the file and kept outside it. A file with another mark than the device remembers, or without the entry that the
//! device remembers as the last, is a copy.

use domain::ids::{ChainId, EntryId};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use crate::{Books, BooksError, journal::thirty_two};

/// Where the mark stands in `local`.
pub(crate) const OPENING: &str = "opening";

/// What a device remembers of one shop's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Marks that the file may carry: the last one, and beside it the one that was being written.
    pub openings: Vec<String>,
    /// The chain that this device writes.
    pub chain: ChainId,
    /// Its place among the chains, which gives the letter of receipt numbers.
    pub place: i64,
    /// How far the chain came.
    pub dseq: i64,
    /// Hash of its last entry.
    pub head: [u8; 32],
}

/// What is new at an opening.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The mark of this opening.
    pub mark: String,
    /// The id of a chain, should one have to begin.
    pub new_chain: ChainId,
}

impl Books {
    /// Recognises the file by what `remembered` tells of a shop (by its first entry), begins a new chain where it is a copy, and has `remember` keep
    /// what is known now. Nobody else opens or writes the file meanwhile. True where a new chain began.
    ///
    /// # Errors
    /// SQLite's, and what the two say; then the next opening sees to it again.
    pub async fn recognise<E: From<BooksError>>(
        &mut self,
        opening: Opening,
        remembered: impl FnOnce(EntryId) -> Result<Option<Witness>, E>,
        remember: impl FnOnce(EntryId, &Witness) -> Result<(), E>,
    ) -> Result<bool, E> {
        let mine = self.place();
        let connection = &mut self.writer.get_mut().connection;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await.map_err(BooksError::from)?;
        let outcome = recognise(connection, mine, &self.identity, opening, remembered, remember).await;
        let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
        sqlx::query(end).execute(&mut *connection).await.map_err(BooksError::from)?;
        let Some((key, chain)) = outcome? else { return Ok(false) };
        self.move_to(key, chain);
        Ok(true)
    }

    /// Has `remember` keep the mark that stands in the file and how far this device's chain came. Nothing before the first entry.
    ///
    /// # Errors
    /// SQLite's, and what `remember` says.
    pub async fn remember<E: From<BooksError>>(&self, remember: impl FnOnce(EntryId, &Witness) -> Result<(), E>) -> Result<(), E> {
        // A write transaction keeps others from putting their mark meanwhile; it changes nothing.
        let mut writing = self.write().await?;
        let outcome = self.now(writing.reading()).await;
        let outcome = outcome.map_err(E::from).and_then(|now| now.map_or(Ok(()), |(first, witness)| remember(first, &witness)));
        writing.abandon().await?;
        outcome
    }

    async fn now(&self, connection: &mut SqliteConnection) -> Result<Option<(EntryId, Witness)>, BooksError> {
        let Some(first) = first_entry(connection).await? else { return Ok(None) };
        let openings = mark(connection).await?.into_iter().collect();
        let (place, chain) = self.place();
        let (dseq, head) = head_of(connection, place).await?;
        Ok(Some((first, Witness { openings, chain, place, dseq, head })))
    }
}

async fn recognise<E: From<BooksError>>(
    connection: &mut SqliteConnection,
    mine: (i64, ChainId),
    identity: &crate::Identity,
    opening: Opening,
    remembered: impl FnOnce(EntryId) -> Result<Option<Witness>, E>,
    remember: impl FnOnce(EntryId, &Witness) -> Result<(), E>,
) -> Result<Option<(i64, ChainId)>, E> {
    let Some(first) = first_entry(connection).await? else { return Ok(None) };
    let found = mark(connection).await?;
    let (mut dseq, mut head) = head_of(connection, mine.0).await?;
    let known = remembered(first)?;
    let same = match &known {
        Some(known) => {
            known.openings.contains(&found.clone().unwrap_or_default())
                && known.chain == mine.1
                && (known.dseq == 0 || stands_at(connection, mine.0, known.dseq, &known.head).await?)
        }
        // Nothing is remembered: books of before there was a mark, or a chain that has only just begun in somebody else's.
        None => found.is_none() || dseq == 0,
    };
    let begun = if same { None } else { Some(begin(connection, identity, opening.new_chain, known.as_ref().map_or(0, |known| known.place)).await?) };
    if begun.is_some() {
        (dseq, head) = (0, [0; 32]);
    }
    let (place, chain) = begun.unwrap_or(mine);
    let openings = vec![found.unwrap_or_default(), opening.mark.clone()];
    remember(first, &Witness { openings, chain, place, dseq, head })?;
    sqlx::query("INSERT INTO local (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(OPENING)
        .bind(opening.mark)
        .execute(connection)
        .await
        .map_err(BooksError::from)?;
    Ok(begun)
}

/// A new chain of this device, after every one of the file and after the last that the device remembers.
async fn begin(connection: &mut SqliteConnection, identity: &crate::Identity, chain: ChainId, after: i64) -> Result<(i64, ChainId), BooksError> {
    let text =
        "INSERT INTO chains (key, chain, device, public_key) VALUES (max((SELECT coalesce(max(key), 0) FROM chains), ?) + 1, ?, ?, ?) RETURNING key";
    let key = sqlx::query_scalar(text)
        .bind(after)
        .bind(chain.bytes())
        .bind(identity.key.device.bytes())
        .bind(identity.key.public().to_vec())
        .fetch_one(&mut *connection)
        .await?;
    crate::open::begun(connection, chain).await?;
    Ok((key, chain))
}

async fn first_entry(connection: &mut SqliteConnection) -> Result<Option<EntryId>, BooksError> {
    let id: Option<Vec<u8>> = sqlx::query_scalar("SELECT id FROM journal WHERE number = 1").fetch_optional(connection).await?;
    id.map(|id| crate::query::id(&id)).transpose()
}

async fn mark(connection: &mut SqliteConnection) -> Result<Option<String>, BooksError> {
    Ok(sqlx::query_scalar("SELECT CAST(value AS TEXT) FROM local WHERE name = ?").bind(OPENING).fetch_optional(connection).await?)
}

async fn head_of(connection: &mut SqliteConnection, chain: i64) -> Result<(i64, [u8; 32]), BooksError> {
    let row: Option<(i64, Vec<u8>)> = sqlx::query_as(
        "SELECT dseq, hash FROM journal WHERE chain = ?1 UNION ALL SELECT dseq, hash FROM aside WHERE chain = ?1 ORDER BY dseq DESC LIMIT 1",
    )
    .bind(chain)
    .fetch_optional(connection)
    .await?;
    row.map_or(Ok((0, [0; 32])), |(dseq, hash)| Ok((dseq, thirty_two(dseq, &hash)?)))
}

/// True where this entry stands at its place of the chain, in the fold or beside it.
async fn stands_at(connection: &mut SqliteConnection, chain: i64, dseq: i64, hash: &[u8; 32]) -> Result<bool, BooksError> {
    let text = "SELECT EXISTS (SELECT 1 FROM journal WHERE chain = ?1 AND dseq = ?2 AND hash = ?3)
        OR EXISTS (SELECT 1 FROM aside WHERE chain = ?1 AND dseq = ?2 AND hash = ?3)";
    Ok(sqlx::query_scalar(text).bind(chain).bind(dseq).bind(hash.to_vec()).fetch_one(connection).await?)
}
