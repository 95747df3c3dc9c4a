//! A long piece of writing in short transactions, so that a till never waits longer than one of them.

use std::{collections::BTreeSet, time::Duration};

use books::{Books, Writing, query::Topic};

use crate::{
    failure::Failure,
    house::{House, Notice},
};

/// Weight of a slice: some hundred rows, a few hundredths of a second.
pub const SLICE: usize = 500;
/// Between two slices the file is free for so long: within this program whoever waits goes first anyway, but another program asks only now and then.
const REST: Duration = Duration::from_millis(2);
/// Screens are told once in so many slices.
const TELL_EVERY: usize = 40;

/// Writes slice by slice. Nothing of an open slice remains unless it is ended.
pub struct Pen<'s> {
    house: &'s House,
    books: &'s Books,
    writing: Option<Writing<'s>>,
    dry: bool,
    weight: usize,
    ended: usize,
    topics: BTreeSet<Topic>,
}

impl<'s> Pen<'s> {
    /// A pen that has written nothing; a dry one never leaves anything.
    pub fn new(house: &'s House, books: &'s Books, dry: bool) -> Self {
        Self { house, books, writing: None, dry, weight: 0, ended: 0, topics: BTreeSet::new() }
    }

    /// The open slice, begun where there is none.
    pub async fn now(&mut self) -> Result<&mut Writing<'s>, Failure> {
        let writing = match self.writing.take() {
            Some(writing) => writing,
            None => self.books.write().await?,
        };
        Ok(self.writing.insert(writing))
    }

    /// Puts a record's weight on the open slice.
    pub fn weigh(&mut self, weight: usize) {
        self.weight += weight;
    }

    /// True where the slice is to be ended before the next record.
    pub fn is_full(&self) -> bool {
        self.weight >= SLICE
    }

    /// True once a slice was made lasting.
    pub fn wrote(&self) -> bool {
        self.ended > 0 && !self.dry
    }

    /// Ends the slice and lets others write.
    pub async fn rest(&mut self) -> Result<(), Failure> {
        self.end().await?;
        if self.ended.is_multiple_of(TELL_EVERY) {
            self.tell();
        }
        tokio::time::sleep(REST).await;
        Ok(())
    }

    /// Ends the last slice and tells what changed.
    pub async fn finish(&mut self) -> Result<(), Failure> {
        self.end().await?;
        self.tell();
        Ok(())
    }

    /// Undoes the open slice and tells what earlier ones changed.
    pub async fn abandon(&mut self) -> Result<(), Failure> {
        if let Some(writing) = self.writing.take() {
            writing.abandon().await?;
        }
        self.weight = 0;
        self.tell();
        Ok(())
    }

    async fn end(&mut self) -> Result<(), Failure> {
        if let Some(writing) = self.writing.take() {
            if self.dry {
                writing.abandon().await?;
            } else {
                self.topics.extend(writing.commit().await?);
            }
            self.ended += 1;
        }
        self.weight = 0;
        Ok(())
    }

    fn tell(&mut self) {
        if !self.topics.is_empty() {
            self.house.tell(Notice::Topics { topics: std::mem::take(&mut self.topics).into_iter().collect() });
        }
    }
}
