//! Messages to members that wait, went out or were given up on this device: rows beside the journal, never part of it. Invariants: of one identity there is
//! one row, whatever is looked at again; a row is handed to one worker at a time; and the place up to which the journal was looked at moves in the transaction
//! that queues what was found there.

use std::collections::BTreeMap;

use domain::{
    fact::Fact,
    ids::{EntryId, MemberId, PayoutId},
    member::MemberCard,
    message::{MessageChannel, Occasion},
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use ts_rs::TS;

use crate::{
    Books, BooksError,
    apply::Writing,
    batch::Batch,
    journal::stored,
    query::{Page, Topic, Window, id, month_of},
};

/// Kinds of facts that members are told of.
const KINDS: &str = "'SaleRecorded', 'PeriodEarned', 'StatementsIssued', 'CommissionHeld', 'PayoutsRequested', 'PayoutsMoved', 'LevelChanged'";
/// The place up to which the journal was looked at.
const CURSOR: &str = "messages.cursor";
/// Messages of one transaction, so that a sale in between does not wait for all of them.
const AT_ONCE: usize = 300;

/// How a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// Not sent yet; it is tried by itself, and again after a fault.
    Waiting,
    /// On its way.
    Sending,
    /// Taken by the server or the webhook.
    Sent,
    /// Tried often enough, or refused for good: a person decides.
    Dead,
    /// Broke off where it may have arrived: a person decides.
    Doubtful,
    /// Taken off by a person, or no longer wanted by the member.
    Dropped,
}

impl MessageState {
    const ALL: [Self; 6] = [Self::Waiting, Self::Sending, Self::Sent, Self::Dead, Self::Doubtful, Self::Dropped];

    /// The word in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Doubtful => "doubtful",
            Self::Dropped => "dropped",
        }
    }
}

/// Why a member was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PassedWhy {
    /// The card has no address for this way.
    NoAddress,
    /// The member wants nothing by this way.
    OptedOut,
}

/// A message to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// Made of occasion, member and cause.
    pub id: EntryId,
    /// What of.
    pub occasion: Occasion,
    /// Which way.
    pub channel: MessageChannel,
    /// To whom.
    pub member: MemberId,
    /// `zh-CN` or `en`.
    pub language: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// A message in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number, ascending in the order they came to be.
    pub key: i64,
    /// Its identity.
    pub id: EntryId,
    /// What of.
    pub occasion: Occasion,
    /// Which way.
    pub channel: MessageChannel,
    /// To whom.
    pub member: MemberId,
    /// Name and number of the member; empty where the books do not know them.
    pub who: (String, String),
    /// `zh-CN` or `en`.
    pub language: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// When it came to be.
    pub made_at_ms: i64,
    /// How it stands.
    pub state: MessageState,
    /// How often it was tried.
    pub tries: i64,
    /// Not tried before this moment, where it waits.
    pub due_at_ms: i64,
    /// When it went out or was dropped.
    pub done_at_ms: Option<i64>,
    /// Why the last try failed, as JSON.
    pub fault: Option<String>,
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// It was taken.
    Taken,
    /// It was not; to be tried again from that moment on.
    Again {
        /// When.
        due_at_ms: i64,
        /// Why, as JSON.
        fault: String,
    },
    /// It is not tried again by itself.
    Ended {
        /// `Dead`, `Doubtful` or `Dropped`.
        state: MessageState,
        /// Why, as JSON.
        fault: String,
    },
}

/// An entry that members may be told of.
#[derive(Debug, Clone)]
pub struct Cause {
    /// The entry.
    pub entry: EntryId,
    /// The shop's day.
    pub date: String,
    /// What happened.
    pub fact: Fact,
}

/// Whom a message goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// The number on the card.
    pub number: String,
    /// Name, telephone, and how the member can be told.
    pub card: MemberCard,
}

#[derive(FromRow)]
struct Row {
    key: i64,
    id: Vec<u8>,
    occasion: String,
    channel: String,
    member: Vec<u8>,
    name: Option<String>,
    number: Option<String>,
    language: String,
    subject: String,
    body: String,
    made_at_ms: i64,
    state: String,
    tries: i64,
    due_at_ms: i64,
    done_at_ms: Option<i64>,
    fault: Option<String>,
}

impl Row {
    fn read(self) -> Result<Message, BooksError> {
        Ok(Message {
            id: id(&self.id)?,
            occasion: Occasion::parse(&self.occasion).unwrap_or(Occasion::Earned),
            channel: MessageChannel::parse(&self.channel).unwrap_or(MessageChannel::Email),
            member: id(&self.member)?,
            who: (self.name.unwrap_or_default(), self.number.unwrap_or_default()),
            state: MessageState::ALL.into_iter().find(|state| state.word() == self.state).unwrap_or(MessageState::Doubtful),
            key: self.key,
            language: self.language,
            subject: self.subject,
            body: self.body,
            made_at_ms: self.made_at_ms,
            tries: self.tries,
            due_at_ms: self.due_at_ms,
            done_at_ms: self.done_at_ms,
            fault: self.fault,
        })
    }
}

const SELECT: &str =
    "SELECT q.key, q.id, q.occasion, q.channel, q.member, m.name, m.number, q.language, q.subject, q.body, q.made_at_ms, q.state, q.tries,
    q.due_at_ms, q.done_at_ms, q.fault FROM messages q LEFT JOIN members m ON m.id = q.member";

impl Writing<'_> {
    /// Takes a message in hand until `lease_ms`, after which it counts as broken off. False where another worker was faster, or it was dropped.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn claim_message(&mut self, key: i64, lease_ms: i64) -> Result<bool, BooksError> {
        let text = "UPDATE messages SET state = 'sending', tries = tries + 1, due_at_ms = ? WHERE key = ? AND state = 'waiting'";
        Ok(self.told(sqlx::query(text).bind(lease_ms).bind(key)).await? == 1)
    }

    /// Says how a try ended.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn tried_message(&mut self, key: i64, sent: Sent, now_ms: i64) -> Result<(), BooksError> {
        let query = match sent {
            Sent::Taken => {
                let text = "UPDATE messages SET state = 'sent', done_at_ms = ?, fault = NULL WHERE key = ? AND state = 'sending'";
                sqlx::query(text).bind(now_ms).bind(key)
            }
            Sent::Again { due_at_ms, fault } => {
                let text = "UPDATE messages SET state = 'waiting', due_at_ms = ?, fault = ? WHERE key = ? AND state = 'sending'";
                sqlx::query(text).bind(due_at_ms).bind(fault).bind(key)
            }
            Sent::Ended { state, fault } => {
                let done = (state == MessageState::Dropped).then_some(now_ms);
                let text = "UPDATE messages SET state = ?, done_at_ms = ?, fault = ? WHERE key = ? AND state = 'sending'";
                sqlx::query(text).bind(state.word()).bind(done).bind(fault).bind(key)
            }
        };
        self.told(query).await.map(drop)
    }

    /// Messages whose worker went away half way: an email may have arrived and is doubtful; the webhook knows by the identity what it has already, so
    /// that what goes there waits again.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn give_up_messages(&mut self, now_ms: i64, fault: String) -> Result<(), BooksError> {
        let text = "UPDATE messages SET state = CASE channel WHEN 'email' THEN 'doubtful' ELSE 'waiting' END, fault = ?1
            WHERE state = 'sending' AND due_at_ms < ?2";
        self.told(sqlx::query(text).bind(fault).bind(now_ms)).await.map(drop)
    }

    /// Sends a message again from now on. False where it is on its way, went out, or is gone.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn retry_message(&mut self, key: i64, now_ms: i64) -> Result<bool, BooksError> {
        let text = "UPDATE messages SET state = 'waiting', tries = 0, due_at_ms = ?, done_at_ms = NULL
            WHERE key = ? AND state IN ('waiting', 'dead', 'doubtful', 'dropped')";
        Ok(self.told(sqlx::query(text).bind(now_ms).bind(key)).await? == 1)
    }

    /// Takes a message off the queue; its identity stays, so that nothing queues it again. False where it is on its way, went out, or is gone.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn drop_message(&mut self, key: i64, now_ms: i64) -> Result<bool, BooksError> {
        let text = "UPDATE messages SET state = 'dropped', done_at_ms = ? WHERE key = ? AND state IN ('waiting', 'dead', 'doubtful')";
        Ok(self.told(sqlx::query(text).bind(now_ms).bind(key)).await? == 1)
    }

    /// Looks at nothing that stands in the journal already, and gives up what waits: what another device, or this one long ago, was to tell.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn tell_from_now_on(&mut self, now_ms: i64) -> Result<(), BooksError> {
        let head: i64 = sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM journal").fetch_one(self.reading()).await?;
        self.keep_local(CURSOR, Some(head.to_string())).await?;
        let text = "UPDATE messages SET state = 'dropped', done_at_ms = ? WHERE state IN ('waiting', 'sending')";
        self.told(sqlx::query(text).bind(now_ms)).await.map(drop)
    }

    async fn told(&mut self, query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>) -> Result<u64, BooksError> {
        let changed = query.execute(self.reading()).await?.rows_affected();
        if changed > 0 {
            self.topics.insert(Topic::Messages);
        }
        Ok(changed)
    }
}

/// What a look at the journal found.
#[derive(Debug, Default)]
pub struct Found {
    /// Messages to queue.
    pub messages: Vec<NewMessage>,
    /// Members passed over.
    pub passed: BTreeMap<(Occasion, MessageChannel, PassedWhy), i64>,
}

impl Books {
    /// Entries after the place looked at last, at most `most`, and the place that they lead to. Where this copy meets others, what has no number of the shop
    /// yet is looked at once it has one. `None`: there is nothing new.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn causes(&self, most: i64) -> Result<Option<(Vec<Cause>, i64)>, BooksError> {
        let whole = |text: Option<String>| text.and_then(|text| text.parse::<i64>().ok());
        let length = self.length().await?;
        let until = whole(self.local("sync.cursor").await?).map_or(length, |numbered| numbered.min(length));
        let Some(after) = whole(self.local(CURSOR).await?) else { return Ok(None) };
        if after == until {
            return Ok(None);
        }
        // Numbers that were lost come again; what was told of them is known by its identity.
        let after = after.min(until);
        let text = format!("SELECT number, hash, bytes FROM journal WHERE number > ? AND number <= ? AND kind IN ({KINDS}) ORDER BY number LIMIT ?");
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> =
            sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(after).bind(until).bind(most).fetch_all(&self.readers).await?;
        let full = i64::try_from(rows.len()).unwrap_or(i64::MAX) >= most;
        let to = rows.last().filter(|_| full).map_or(until, |row| row.0);
        let mut causes = Vec::with_capacity(rows.len());
        for (number, hash, bytes) in rows {
            let one = stored(number, &hash, &bytes)?;
            if let Some(fact) = one.entry.fact(number)? {
                causes.push(Cause { entry: one.entry.0, date: one.entry.6.clone(), fact });
            }
        }
        Ok(Some((causes, to)))
    }

    /// Queues what was found and moves the place up to `to`, where one is given; what has a row already is passed over without a word.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn queue_messages(&self, found: Found, to: Option<i64>, now_ms: i64) -> Result<usize, BooksError> {
        let mut queued = 0;
        let mut parts = found.messages.chunks(AT_ONCE).peekable();
        loop {
            let part = parts.next().unwrap_or_default();
            let last = parts.peek().is_none();
            let mut writing = self.write().await?;
            for message in part {
                let text = "INSERT OR IGNORE INTO messages (id, occasion, channel, member, language, subject, body, made_at_ms, due_at_ms)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
                let query = sqlx::query(text).bind(message.id.bytes().to_vec()).bind(message.occasion.word()).bind(message.channel.word());
                let query = query.bind(message.member.bytes().to_vec()).bind(&message.language).bind(&message.subject).bind(&message.body);
                queued += writing.told(query.bind(now_ms).bind(now_ms)).await?;
            }
            if last {
                for ((occasion, channel, why), times) in &found.passed {
                    let why = match why {
                        PassedWhy::NoAddress => "no_address",
                        PassedWhy::OptedOut => "opted_out",
                    };
                    let text = "INSERT INTO messages_passed (occasion, channel, why, times) VALUES (?, ?, ?, ?)
                        ON CONFLICT (occasion, channel, why) DO UPDATE SET times = times + excluded.times";
                    writing.told(sqlx::query(text).bind(occasion.word()).bind(channel.word()).bind(why).bind(times)).await?;
                }
                if let Some(to) = to {
                    writing.keep_local(CURSOR, Some(to.to_string())).await?;
                }
            }
            writing.commit().await?;
            if last {
                return Ok(usize::try_from(queued).unwrap_or(usize::MAX));
            }
        }
    }

    /// Forgets what went out or was dropped before a moment.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn forget_messages(&self, before_ms: i64) -> Result<(), BooksError> {
        let mut writing = self.write().await?;
        let mut batch = Batch::default();
        batch.statement("DELETE FROM messages WHERE done_at_ms < ?").bind(before_ms);
        writing.run(batch).await?;
        writing.commit().await.map(drop)
    }

    /// Messages that are due, oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn messages_due(&self, now_ms: i64, most: i64) -> Result<Vec<Message>, BooksError> {
        let text = format!("{SELECT} WHERE q.state IN ('waiting', 'sending') AND q.due_at_ms <= ? ORDER BY q.due_at_ms, q.key LIMIT ?");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(now_ms).bind(most).fetch_all(&self.readers).await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// A part of the queue in some of its states, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn messages(&self, states: &[MessageState], window: Window) -> Result<Page<Message>, BooksError> {
        let among: Vec<String> = states.iter().map(|state| format!("'{}'", state.word())).collect();
        let among = among.join(", ");
        let counting = format!("SELECT count(*) FROM messages WHERE state IN ({among})");
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(counting)).fetch_one(&self.readers).await?;
        let text = format!("{SELECT} WHERE q.state IN ({among}) ORDER BY q.key DESC LIMIT ? OFFSET ?");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(window.rows()).bind(window.offset).fetch_all(&self.readers).await?;
        Ok(Page { count, rows: rows.into_iter().map(Row::read).collect::<Result<_, _>>()? })
    }

    /// What a member was told or is to be told by this device, oldest first: day in milliseconds since 1970, channel, subject, text.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn messages_to(&self, member: MemberId) -> Result<Vec<(i64, String, String, String)>, BooksError> {
        let text = "SELECT made_at_ms, channel, subject, body FROM messages WHERE member = ? ORDER BY key";
        Ok(sqlx::query_as(text).bind(member.bytes()).fetch_all(&self.readers).await?)
    }

    /// How many messages stand in each state.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn message_counts(&self) -> Result<Vec<(MessageState, i64)>, BooksError> {
        let rows: Vec<(String, i64)> = sqlx::query_as("SELECT state, count(*) FROM messages GROUP BY state").fetch_all(&self.readers).await?;
        let of = |state: MessageState| rows.iter().find(|(word, _)| word == state.word()).map_or(0, |(_, count)| *count);
        Ok(MessageState::ALL.into_iter().map(|state| (state, of(state))).collect())
    }

    /// Who was passed over, and how often.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn messages_passed(&self) -> Result<Vec<(Occasion, MessageChannel, PassedWhy, i64)>, BooksError> {
        let text = "SELECT occasion, channel, why, times FROM messages_passed ORDER BY occasion, channel, why";
        let rows: Vec<(String, String, String, i64)> = sqlx::query_as(text).fetch_all(&self.readers).await?;
        let read = |(occasion, channel, why, times): (String, String, String, i64)| {
            let why = if why == "opted_out" { PassedWhy::OptedOut } else { PassedWhy::NoAddress };
            Some((Occasion::parse(&occasion)?, MessageChannel::parse(&channel)?, why, times))
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// The number of a payout, as banks and members know it; empty where the books do not know it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payout_number(&self, payout: PayoutId) -> Result<String, BooksError> {
        let text = "SELECT number FROM payouts WHERE id = ?";
        Ok(sqlx::query_scalar(text).bind(payout.bytes().to_vec()).fetch_optional(&self.readers).await?.unwrap_or_default())
    }

    /// What is kept back of a member's statement, in minor units.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn kept_back(&self, month: &str, round: u32, member: MemberId) -> Result<i64, BooksError> {
        let text = "SELECT held_minor FROM judgements WHERE month = ? AND round = ? AND member = (SELECT key FROM members WHERE id = ?)";
        let held = sqlx::query_scalar(text).bind(month_of(month)).bind(round).bind(member.bytes().to_vec());
        Ok(held.fetch_optional(&self.readers).await?.unwrap_or(0))
    }

    /// Whom a message goes to; `None` where the books do not know the member.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn addressee(&self, member: MemberId) -> Result<Option<Addressee>, BooksError> {
        type Kept = (String, String, Option<String>, Option<String>);
        let text = "SELECT number, name, phone, contact FROM members WHERE id = ?";
        let row: Option<Kept> = sqlx::query_as(text).bind(member.bytes().to_vec()).fetch_optional(&self.readers).await?;
        Ok(row.map(|(number, name, phone, contact)| {
            let contact = contact.and_then(|contact| serde_json::from_str(&contact).ok());
            Addressee { number, card: MemberCard { name, phone, contact, ..MemberCard::default() } }
        }))
    }
}
