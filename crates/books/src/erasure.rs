//! Personal data beside entries: which entries have them, and cutting them off for good.

use domain::{
    apart::{self, whose},
    fact::Fact,
    ids::{EntryId, MemberId},
};
use serde_bytes::ByteBuf;
use sqlx::AssertSqlSafe;

use crate::{
    apply::Writing,
    batch::Batch,
    entry::{Entry, body_of, parted_body},
    error::BooksError,
    fold::Pending,
};

/// Remembers whose personal data stand beside an entry.
pub fn note(batch: &mut Batch, entry: &Entry, fact: &Fact) {
    if let Some(member) = whose(fact).filter(|_| !entry.15.is_empty()) {
        batch.statement("INSERT OR IGNORE INTO beside (id, member) VALUES (?, ?)").bind(entry.0.bytes().to_vec()).bind(member.bytes().to_vec());
    }
}

impl Writing<'_> {
    /// The fact as it is recorded, its body and what stands beside it: of a member who was erased nothing personal comes in again.
    pub(crate) async fn parts_of(&mut self, id: EntryId, fact: Fact) -> Result<(Fact, ByteBuf, Vec<u8>), BooksError> {
        let salt = self.books.identity.key.salt(id);
        let gone = match whose(&fact) {
            Some(member) => self.is_erased(member).await?,
            None => false,
        };
        if gone && let Some((blank, _)) = apart::parted(&fact, salt) {
            let body = body_of(&blank);
            return Ok((blank, body, Vec::new()));
        }
        let (body, beside) = parted_body(&fact, salt).unwrap_or_else(|| (body_of(&fact), Vec::new()));
        Ok((fact, body, beside))
    }

    async fn is_erased(&mut self, member: MemberId) -> Result<bool, BooksError> {
        let text = "SELECT EXISTS (SELECT 1 FROM erasures WHERE member = ?)";
        Ok(sqlx::query_scalar(text).bind(member.bytes()).fetch_one(self.reading()).await?)
    }

    /// Cuts a member's personal data off every entry that this copy has, and forgets what it told the member.
    pub(crate) async fn cut(&mut self, member: MemberId) -> Result<(), BooksError> {
        for table in ["journal", "aside"] {
            let text = format!("SELECT id, hash, bytes FROM {table} WHERE id IN (SELECT id FROM beside WHERE member = ?)");
            let rows: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> = sqlx::query_as(AssertSqlSafe(text)).bind(member.bytes()).fetch_all(self.reading()).await?;
            for (id, hash, bytes) in rows {
                let mut entry = Entry::read(0, &bytes)?;
                if entry.15.is_empty() {
                    continue;
                }
                entry.15.clear();
                let text = format!("UPDATE {table} SET bytes = ? WHERE id = ? AND hash = ?");
                sqlx::query(AssertSqlSafe(text)).bind(entry.bytes()).bind(id).bind(hash).execute(self.reading()).await?;
            }
        }
        sqlx::query("DELETE FROM messages WHERE member = ?").bind(member.bytes()).execute(self.reading()).await?;
        Ok(())
    }

    /// An entry of another copy, or one that comes again: without what stands beside it where the member was erased, or where it is not what it marks.
    pub(crate) async fn without_erased(&mut self, mut pending: Pending) -> Result<Pending, BooksError> {
        let mut entry = Entry::read(0, &pending.bytes)?;
        if entry.15.is_empty() {
            return Ok(pending);
        }
        let member = if entry.fits_apart() { entry.fact(0)?.as_ref().and_then(whose) } else { None };
        let gone = match member {
            Some(member) => self.is_erased(member).await?,
            None => true,
        };
        if gone {
            entry.15.clear();
            pending.bytes = entry.bytes();
        }
        Ok(pending)
    }
}
