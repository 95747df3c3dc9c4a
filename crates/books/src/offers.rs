//! What a copy offers the numberer: its own chain as far as it is not acknowledged, and of any chain what the numberer had and lost.

use domain::ids::{ChainId, DeviceId};

use crate::{chain::Seal, error::BooksError, fold::number, journal::thirty_two, open::Books};

/// A run of one chain's entries that the numberer does not have, with a seal over the last.
#[derive(Debug, Clone)]
pub struct Unsent {
    /// The chain.
    pub chain: ChainId,
    /// The device that wrote it.
    pub device: DeviceId,
    /// Canonical bytes, in the order of the chain.
    pub entries: Vec<Vec<u8>>,
    /// Over the last of them.
    pub seal: Seal,
}

impl Books {
    /// What the numberer does not have of this device's chain, at most so many entries and bytes, but one at least.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn unsent(&self, most: i64, bytes: usize) -> Result<Option<Unsent>, BooksError> {
        let (key, chain) = self.place();
        let after = number(self.local("sync.acknowledged").await?);
        let text = "SELECT dseq, hash, bytes FROM (SELECT chain, dseq, hash, bytes FROM journal WHERE chain = ?1 AND dseq > ?2
            UNION ALL SELECT chain, dseq, hash, bytes FROM aside WHERE chain = ?1 AND dseq > ?2) ORDER BY dseq LIMIT ?3";
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = sqlx::query_as(text).bind(key).bind(after).bind(most).fetch_all(&self.readers).await?;
        let mut room = bytes;
        let mut last = None;
        let mut entries = Vec::new();
        for (dseq, hash, bytes) in rows {
            if last.is_some() && bytes.len() > room {
                break;
            }
            room = room.saturating_sub(bytes.len());
            last = Some((dseq, thirty_two(0, &hash)?));
            entries.push(bytes);
        }
        let Some((dseq, hash)) = last else { return Ok(None) };
        Ok(Some(Unsent { chain, device: self.device(), entries, seal: self.identity.key.seal(chain, dseq, hash) }))
    }

    /// Entries of any chain that the numberer had numbered and lost, as far as a seal of theirs proves them.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn to_offer_again(&self, most: usize) -> Result<Vec<Unsent>, BooksError> {
        type Row = (i64, Vec<u8>, Vec<u8>, i64, Vec<u8>, Option<Vec<u8>>);
        let text = "SELECT a.chain, c.chain, c.device, a.dseq, a.bytes, s.signature FROM aside a JOIN chains c ON c.key = a.chain
            LEFT JOIN seals s ON s.chain = a.chain AND s.dseq = a.dseq WHERE a.reason = 'lost' ORDER BY a.chain, a.dseq LIMIT ?";
        let rows: Vec<Row> = sqlx::query_as(text).bind(i64::try_from(most).unwrap_or(500)).fetch_all(&self.readers).await?;
        let mut offers: Vec<Unsent> = Vec::new();
        let mut run: Option<(i64, Vec<Vec<u8>>)> = None;
        for (key, chain, device, dseq, bytes, signature) in rows {
            let entries = match run.take() {
                Some((of, mut entries)) if of == key => {
                    entries.push(bytes);
                    entries
                }
                Some(_) | None => vec![bytes],
            };
            match signature.and_then(|signature| signature.try_into().ok()) {
                Some(signature) => {
                    let head = entries.last().map_or([0; 32], |bytes| *blake3::hash(bytes).as_bytes());
                    let seal = Seal { dseq, head, signature };
                    offers.push(Unsent { chain: crate::query::id(&chain)?, device: crate::query::id(&device)?, entries, seal });
                }
                None => run = Some((key, entries)),
            }
        }
        Ok(offers)
    }

    /// Lowers what is taken for acknowledged: the numberer has less of this chain than it said.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn send_again_after(&self, dseq: i64) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        let before = number(writing.local("sync.acknowledged").await?);
        writing.keep_local("sync.acknowledged", Some(before.min(dseq).to_string())).await?;
        writing.commit().await?;
        Ok(())
    }

    /// Asked when everything numbered is folded: an own entry that was acknowledged and has no number is lost there, and is sent again.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn settle(&self) -> Result<(), BooksError> {
        let text = "SELECT min(dseq) FROM journal WHERE chain = ?
            AND number > (SELECT CAST(value AS INTEGER) FROM local WHERE name = 'sync.cursor')
            AND dseq <= (SELECT CAST(value AS INTEGER) FROM local WHERE name = 'sync.acknowledged')";
        let lost: Option<i64> = sqlx::query_scalar(text).bind(self.place().0).fetch_one(&self.readers).await?;
        match lost {
            Some(dseq) => self.send_again_after(dseq - 1).await,
            None => Ok(()),
        }
    }

    /// Forgets what was offered again and taken: it comes back under its number.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn offered(&self, chain: ChainId, dseq: i64) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        sqlx::query("DELETE FROM aside WHERE reason = 'lost' AND chain = (SELECT key FROM chains WHERE chain = ?) AND dseq <= ?")
            .bind(chain.bytes())
            .bind(dseq)
            .execute(writing.reading())
            .await?;
        writing.commit().await?;
        Ok(())
    }

    /// Keeps for a person what cannot be offered again: its author chained it anew, or another entry stands in its place.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn not_offered(&self, chain: ChainId, dseq: i64) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        sqlx::query("UPDATE aside SET reason = 'forked' WHERE reason = 'lost' AND chain = (SELECT key FROM chains WHERE chain = ?) AND dseq <= ?")
            .bind(chain.bytes())
            .bind(dseq)
            .execute(writing.reading())
            .await?;
        writing.commit().await?;
        Ok(())
    }
}
