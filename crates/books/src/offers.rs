//! What a copy offers the numberer: its own chain as far as it is not acknowledged, and of any chain what the numberer had and lost.
//!
//! A lost entry has a way back in every case. Its author sends it again; whoever folded it offers it as it was, proved by its author's seal; and where that
//! is refused for ever (the author, restored from a copy, wrote something else in its place) or is proved by no seal that anybody has, a copy adopts it:
//! same identity, time, actor, body and postings, in the adopter's own chain. However many adopt it, the numberer numbers an identity once.

use domain::{
    entry::Entry,
    ids::{ChainId, DeviceId},
};
use serde_bytes::ByteBuf;

use crate::{
    apply::Writing,
    chain::Seal,
    error::BooksError,
    fold::{Pending, number},
    journal::thirty_two,
    open::Books,
};

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

/// The end of a chain: place and hash of its last entry.
pub(crate) struct Tail {
    pub(crate) key: i64,
    pub(crate) chain: ChainId,
    pub(crate) dseq: i64,
    pub(crate) hash: [u8; 32],
}

impl Tail {
    /// The same entry at the next place of this chain, written by this device.
    pub(crate) fn take(&mut self, device: DeviceId, old: &Pending) -> Result<Pending, BooksError> {
        let mut entry = Entry::read(0, &old.bytes)?;
        self.dseq += 1;
        entry.1 = device;
        entry.2 = self.chain;
        entry.3 = u64::try_from(self.dseq).map_err(|_| BooksError::Overflow)?;
        entry.4 = ByteBuf::from(self.hash);
        let bytes = entry.bytes();
        self.hash = entry.hash();
        Ok(Pending { chain: self.key, dseq: self.dseq, id: old.id.clone(), hash: self.hash.to_vec(), bytes })
    }
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

    /// True where entries that the numberer had and lost have not found their way back.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn has_lost(&self) -> Result<bool, BooksError> {
        Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM aside WHERE reason = 'lost')").fetch_one(&self.readers).await?)
    }

    /// Entries of any chain that the numberer had numbered and lost, as far as a seal of theirs proves them.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn to_offer_again(&self, most: usize) -> Result<Vec<Unsent>, BooksError> {
        type Row = (i64, Vec<u8>, Vec<u8>, i64, Vec<u8>, Option<Vec<u8>>);
        let text = "SELECT a.chain, c.chain, c.device, a.dseq, a.bytes, s.signature FROM aside a JOIN chains c ON c.key = a.chain
            LEFT JOIN seals s ON s.chain = a.chain AND s.dseq = a.dseq AND s.head = a.hash WHERE a.reason = 'lost' ORDER BY a.chain, a.dseq LIMIT ?";
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
                    let head = entries.last().map_or(Ok([0; 32]), |bytes| Entry::read(0, bytes).map(|entry| entry.hash()))?;
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

    /// Asked when everything numbered is folded: what should have a number by now and has none was lost, and finds its way back. An own entry that was
    /// acknowledged is sent again, one of an earlier chain of this device is chained anew, and one that was offered is offered once more.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn settle(&self) -> Result<(), BooksError> {
        let text =
            "SELECT min(CASE WHEN chain = ?1 AND dseq <= (SELECT CAST(value AS INTEGER) FROM local WHERE name = 'sync.acknowledged') THEN dseq END),
                coalesce(max(chain <> ?1), 0), EXISTS (SELECT 1 FROM aside WHERE reason = 'offered')
            FROM journal WHERE number > (SELECT CAST(value AS INTEGER) FROM local WHERE name = 'sync.cursor')";
        let (own, earlier, offered): (Option<i64>, bool, bool) = sqlx::query_as(text).bind(self.place().0).fetch_one(&self.readers).await?;
        if let Some(dseq) = own {
            self.send_again_after(dseq - 1).await?;
        }
        if offered {
            let mut writing = self.write().await?;
            for text in [
                "DELETE FROM aside WHERE reason = 'offered' AND id IN (SELECT id FROM journal)",
                "UPDATE aside SET reason = 'lost' WHERE reason = 'offered'",
            ] {
                sqlx::query(text).execute(writing.reading()).await?;
            }
            writing.commit().await?;
        }
        if earlier {
            self.gather().await?;
        }
        Ok(())
    }

    /// Chains anew what stands without a number in an earlier chain of this device.
    async fn gather(&self) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        let mut tail = writing.tail();
        let mut at = number(writing.local("sync.cursor").await?);
        for old in writing.take_back(at).await? {
            at += 1;
            if old.chain == tail.key {
                writing.append(at, &old, true).await?;
            } else {
                writing.put_aside(&old, "chained_anew").await?;
                let new = tail.take(self.device(), &old)?;
                writing.append(at, &new, true).await?;
            }
        }
        writing.commit().await?;
        Ok(())
    }

    /// Hears that entries offered again were taken: they come back under their numbers, but for those that are held, which wait for the owner there.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn offered(&self, chain: ChainId, dseq: i64, held: &[(i64, String)]) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        let text =
            "UPDATE aside SET reason = ?1 WHERE reason = 'lost' AND chain = (SELECT key FROM chains WHERE chain = ?2) AND dseq BETWEEN ?3 AND ?4";
        for (place, why) in held {
            sqlx::query(text).bind(why.clone()).bind(chain.bytes()).bind(place).bind(place).execute(writing.reading()).await?;
        }
        sqlx::query(text).bind("offered").bind(chain.bytes()).bind(0).bind(dseq).execute(writing.reading()).await?;
        writing.commit().await?;
        Ok(())
    }

    /// Adopts lost entries into this device's chain: of one chain up to a place, because the numberer has other entries there; or all that are left, because
    /// nobody came who could offer them.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn adopt(&self, of: Option<(ChainId, i64)>) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        let text = "SELECT chain, dseq, id, hash, bytes FROM aside WHERE reason = 'lost'
            AND (?1 IS NULL OR (chain = (SELECT key FROM chains WHERE chain = ?1) AND dseq <= ?2)) ORDER BY chain, dseq";
        type Row = (i64, i64, Vec<u8>, Vec<u8>, Vec<u8>);
        let rows: Vec<Row> = sqlx::query_as(text)
            .bind(of.map(|(chain, _)| chain.bytes().to_vec()))
            .bind(of.map(|(_, dseq)| dseq))
            .fetch_all(writing.reading())
            .await?;
        let mut tail = writing.tail();
        let mut at = writing.head.number;
        for (chain, dseq, id, hash, bytes) in rows {
            let old = Pending { chain, dseq, id, hash, bytes };
            writing.put_aside(&old, "adopted").await?;
            let stands: bool =
                sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM journal WHERE id = ?)").bind(old.id.clone()).fetch_one(writing.reading()).await?;
            if !stands {
                at += 1;
                let new = tail.take(self.device(), &old)?;
                writing.append(at, &new, true).await?;
            }
        }
        writing.commit().await?;
        Ok(())
    }
}

impl Writing<'_> {
    /// The end of this device's chain as the transaction found it.
    pub(crate) fn tail(&self) -> Tail {
        let (key, chain) = self.books.place();
        Tail { key, chain, dseq: self.head.dseq, hash: self.head.hash }
    }
}
