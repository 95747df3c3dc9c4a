//! Payouts as screens and rules read them: what is payable, what is under way, batches, and each payout's life.

use domain::{
    ids::{BatchId, MemberId, PayoutId, PersonId},
    payout::{Payee, PayoutState, Standing},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection};
use ts_rs::TS;

use super::{Page, Window, after, id, month_name};
use crate::{
    Books, BooksError,
    apply::{Reading, Writing},
};

/// A member's commission as money, from the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberMoney {
    /// Earned and not on a statement yet, in millionths of a minor unit; below zero is a debt.
    pub pending_micro: i64,
    /// On released statements and not asked for, in minor units.
    pub payable_minor: i64,
    /// Asked for, approved or sent.
    pub under_way_minor: i64,
    /// Paid out, after fees.
    pub paid_minor: i64,
    /// On released statements and kept back by the review.
    pub held_minor: i64,
}

impl MemberMoney {
    /// What returns took beyond what was earned; zero or above.
    pub fn debt_micro(&self) -> i64 {
        (-self.pending_micro).max(0)
    }
}

/// A member with something payable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PayableRow {
    /// The member.
    pub member: MemberId,
    /// Number on the card.
    pub number: String,
    /// Name.
    pub name: String,
    /// What is payable, in minor units.
    pub payable_minor: i64,
    /// Debt, in millionths of a minor unit; zero or above.
    pub debt_micro: i64,
    /// Where it goes; absent where nobody said so.
    pub payee: Option<Payee>,
}

/// Sums of everything that is owed and under way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PayoutTotals {
    /// Payable of all members.
    pub payable_minor: i64,
    /// Asked for.
    pub requested_minor: i64,
    /// Approved.
    pub approved_minor: i64,
    /// Sent.
    pub sent_minor: i64,
    /// Paid, after fees.
    pub paid_minor: i64,
    /// Fees kept.
    pub fees_minor: i64,
    /// On released statements and kept back by the review.
    pub held_minor: i64,
    /// Debts of members, in millionths of a minor unit; zero or above.
    pub debt_micro: i64,
}

/// A payout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PayoutRow {
    /// The payout.
    pub payout: PayoutId,
    /// Its number.
    pub number: String,
    /// Whose.
    pub member: MemberId,
    /// Number on the card.
    pub member_number: String,
    /// Name.
    pub name: String,
    /// The month that a run paid.
    pub month: Option<String>,
    /// Fee included, in minor units.
    pub amount_minor: i64,
    /// The fee.
    pub fee_minor: i64,
    /// Where it goes.
    pub payee: Payee,
    /// True where it was paid outside of the program.
    pub outside: bool,
    /// Where it stands.
    pub state: PayoutState,
    /// Number of its batch.
    pub batch: Option<String>,
    /// Who approved first.
    pub first_by: Option<PersonId>,
    /// What was said at the last step.
    pub reason: String,
    /// The bank's number of it.
    pub reference: String,
    /// The shop's day of the last step.
    pub date: String,
}

/// A step in a payout's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PayoutStepRow {
    /// Where to.
    pub state: PayoutState,
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// By whom.
    pub by: Option<String>,
    /// What was said.
    pub reason: String,
    /// The bank's number.
    pub reference: String,
}

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BatchRow {
    /// The batch.
    pub batch: BatchId,
    /// Its number.
    pub number: String,
    /// Its channel.
    pub channel: String,
    /// The shop's day.
    pub business_date: String,
    /// By whom.
    pub by: Option<String>,
    /// Payouts in it.
    pub payouts: i64,
    /// What was sent, after fees, in minor units.
    pub net_minor: i64,
    /// Still waiting for a result.
    pub waiting: i64,
    /// Paid.
    pub paid: i64,
    /// Failed or came back.
    pub failed: i64,
}

/// Which payouts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PayoutFilter {
    /// Only those in one of these states; empty for all.
    pub states: Vec<PayoutState>,
    /// Only those of this batch.
    pub batch: Option<BatchId>,
    /// Only those of this channel.
    pub channel: Option<String>,
    /// Only this member's.
    pub member: Option<MemberId>,
    /// Start of a payout's or a member's number, or of a name.
    pub search: String,
}

const MONEY: &str = "SELECT coalesce(sum(CASE WHEN a.name = 'commission.pending' THEN b.amount END), 0),
    coalesce(sum(CASE WHEN a.name = 'commission.payable' THEN b.amount END), 0),
    coalesce(sum(CASE WHEN a.name IN ('payout.requested', 'payout.approved', 'payout.sent') THEN b.amount END), 0),
    coalesce(sum(CASE WHEN a.name = 'payout.paid' THEN b.amount END), 0), coalesce(sum(CASE WHEN a.name = 'commission.held' THEN b.amount END), 0)
    FROM accounts a JOIN balances b ON b.account = a.key WHERE a.party = ?";

const ROW: &str =
    "SELECT p.id, p.number, m.id AS member, m.number AS member_number, m.name, p.month, p.amount_minor, p.fee_minor, p.channel, p.holder,
    p.account, p.bank, p.identity, p.outside, p.state, b.number AS batch, p.first_by, p.reason, p.reference, p.date
    FROM payouts p JOIN members m ON m.key = p.member LEFT JOIN payout_batches b ON b.key = p.batch WHERE TRUE";

#[derive(FromRow)]
struct Raw {
    id: Vec<u8>,
    number: String,
    member: Vec<u8>,
    member_number: String,
    name: String,
    month: Option<i64>,
    amount_minor: i64,
    fee_minor: i64,
    channel: String,
    holder: String,
    account: String,
    bank: String,
    identity: String,
    outside: bool,
    state: String,
    batch: Option<String>,
    first_by: Option<Vec<u8>>,
    reason: String,
    reference: String,
    date: String,
}

impl Raw {
    fn read(self) -> Result<PayoutRow, BooksError> {
        Ok(PayoutRow {
            payout: id(&self.id)?,
            number: self.number,
            member: id(&self.member)?,
            member_number: self.member_number,
            name: self.name,
            month: self.month.map(month_name),
            amount_minor: self.amount_minor,
            fee_minor: self.fee_minor,
            payee: Payee { channel: self.channel, holder: self.holder, account: self.account, bank: self.bank, identity: self.identity },
            outside: self.outside,
            state: state(&self.state)?,
            batch: self.batch,
            first_by: self.first_by.as_deref().map(id).transpose()?,
            reason: self.reason,
            reference: self.reference,
            date: self.date,
        })
    }
}

fn state(word: &str) -> Result<PayoutState, BooksError> {
    PayoutState::parse(word).ok_or_else(|| BooksError::Unreadable { number: 0, reason: format!("{word} is no state of a payout") })
}

fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &PayoutFilter) {
    if !filter.states.is_empty() {
        query.push(" AND p.state IN (");
        let mut words = query.separated(", ");
        for state in &filter.states {
            words.push_bind(state.word());
        }
        query.push(")");
    }
    if let Some(batch) = filter.batch {
        query.push(" AND p.batch = (SELECT key FROM payout_batches WHERE id = ").push_bind(batch.bytes().to_vec()).push(")");
    }
    if let Some(channel) = &filter.channel {
        query.push(" AND p.channel = ").push_bind(channel.clone());
    }
    if let Some(member) = filter.member {
        query.push(" AND p.member = (SELECT key FROM members WHERE id = ").push_bind(member.bytes().to_vec()).push(")");
    }
    let search = filter.search.trim();
    if !search.is_empty() {
        for (place, column) in ["p.number", "m.number", "m.name"].into_iter().enumerate() {
            query.push(if place == 0 { " AND (" } else { " OR " });
            query.push(column).push(" >= ").push_bind(search.to_owned()).push(" AND ").push(column).push(" < ").push_bind(after(search));
        }
        query.push(")");
    }
}

impl Books {
    /// A member's commission as money.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn member_money(&self, member: MemberId) -> Result<MemberMoney, BooksError> {
        money(&mut *self.readers.acquire().await?, member).await
    }

    /// Members with something payable, the largest first. `least_minor` leaves out what is below it.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payables(&self, search: &str, least_minor: i64, window: Window) -> Result<Page<PayableRow>, BooksError> {
        let from = |query: &mut QueryBuilder<Sqlite>| {
            query.push(
                " FROM accounts a JOIN balances b ON b.account = a.key JOIN members m ON m.id = a.party LEFT JOIN payees y ON y.member = m.key
                  WHERE a.name = 'commission.payable' AND b.amount >= ",
            );
            query.push_bind(least_minor.max(1));
            let search = search.trim();
            if !search.is_empty() {
                query.push(" AND ((m.number >= ").push_bind(search.to_owned()).push(" AND m.number < ").push_bind(after(search));
                query.push(") OR (m.name >= ").push_bind(search.to_owned()).push(" AND m.name < ").push_bind(after(search)).push("))");
            }
        };
        let mut counting = QueryBuilder::new("SELECT count(*)");
        from(&mut counting);
        let count = counting.build_query_scalar().fetch_one(&self.readers).await?;
        let mut query = QueryBuilder::new(
            "SELECT m.id, m.number, m.name, b.amount AS payable, coalesce((SELECT max(-d.amount, 0) FROM accounts p JOIN balances d ON d.account = p.key
                WHERE p.name = 'commission.pending' AND p.party = m.id), 0) AS debt, y.channel, y.holder, y.account, y.bank, y.identity",
        );
        from(&mut query);
        query.push(" ORDER BY b.amount DESC, m.number LIMIT ").push_bind(window.rows()).push(" OFFSET ").push_bind(window.offset);
        let rows: Vec<PayableRaw> = query.build_query_as().fetch_all(&self.readers).await?;
        Ok(Page { count, rows: rows.into_iter().map(PayableRaw::read).collect::<Result<_, _>>()? })
    }

    /// Sums of everything that is owed and under way, from the ledger.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payout_totals(&self) -> Result<PayoutTotals, BooksError> {
        let text = "SELECT coalesce(sum(CASE WHEN a.name = 'commission.payable' THEN b.amount END), 0),
                coalesce(sum(CASE WHEN a.name = 'payout.requested' THEN b.amount END), 0),
                coalesce(sum(CASE WHEN a.name = 'payout.approved' THEN b.amount END), 0),
                coalesce(sum(CASE WHEN a.name = 'payout.sent' THEN b.amount END), 0),
                coalesce(sum(CASE WHEN a.name = 'payout.paid' THEN b.amount END), 0),
                coalesce(sum(CASE WHEN a.name = 'payout.fees' THEN b.amount END), 0),
                coalesce(sum(CASE WHEN a.name = 'commission.held' THEN b.amount END), 0),
                coalesce(sum(CASE WHEN a.name = 'commission.pending' AND b.amount < 0 THEN -b.amount END), 0)
            FROM accounts a JOIN balances b ON b.account = a.key
            WHERE a.name IN ('commission.payable', 'commission.held', 'commission.pending', 'payout.requested', 'payout.approved', 'payout.sent', 'payout.paid', 'payout.fees')";
        type Sums = (i64, i64, i64, i64, i64, i64, i64, i64);
        let (payable_minor, requested_minor, approved_minor, sent_minor, paid_minor, fees_minor, held_minor, debt_micro): Sums =
            sqlx::query_as(text).fetch_one(&self.readers).await?;
        Ok(PayoutTotals { payable_minor, requested_minor, approved_minor, sent_minor, paid_minor, fees_minor, held_minor, debt_micro })
    }

    /// Payouts, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payouts(&self, filter: &PayoutFilter, window: Window) -> Result<Page<PayoutRow>, BooksError> {
        let mut counting = QueryBuilder::new("SELECT count(*) FROM payouts p JOIN members m ON m.key = p.member WHERE TRUE");
        narrow(&mut counting, filter);
        let count = counting.build_query_scalar().fetch_one(&self.readers).await?;
        let mut query = QueryBuilder::new(ROW);
        narrow(&mut query, filter);
        query.push(" ORDER BY p.key DESC LIMIT ").push_bind(window.rows()).push(" OFFSET ").push_bind(window.offset);
        let rows: Vec<Raw> = query.build_query_as().fetch_all(&self.readers).await?;
        Ok(Page { count, rows: rows.into_iter().map(Raw::read).collect::<Result<_, _>>()? })
    }

    /// A payout's life, first step first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payout_steps(&self, payout: PayoutId) -> Result<Vec<PayoutStepRow>, BooksError> {
        let text = "SELECT s.state, s.at_ms, p.name, s.reason, s.reference FROM payout_steps s LEFT JOIN people p ON p.id = s.person
            WHERE s.payout = (SELECT key FROM payouts WHERE id = ?) ORDER BY s.entry, s.line";
        type Row = (String, i64, Option<String>, String, String);
        let rows: Vec<Row> = sqlx::query_as(text).bind(payout.bytes()).fetch_all(&self.readers).await?;
        rows.into_iter()
            .map(|(word, at_ms, by, reason, reference)| Ok(PayoutStepRow { state: state(&word)?, at_ms, by, reason, reference }))
            .collect()
    }

    /// Batches, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payout_batches(&self, window: Window) -> Result<Page<BatchRow>, BooksError> {
        let count = sqlx::query_scalar("SELECT count(*) FROM payout_batches").fetch_one(&self.readers).await?;
        type Row = (Vec<u8>, String, String, String, Option<String>, i64, i64, i64, i64, i64);
        let text = "SELECT b.id, b.number, b.channel, b.business_date, w.name, count(p.key), coalesce(sum(p.amount_minor - p.fee_minor), 0),
                coalesce(sum(p.state = 'sent'), 0), coalesce(sum(p.state = 'paid'), 0), coalesce(sum(p.state IN ('failed', 'returned')), 0)
            FROM (SELECT * FROM payout_batches ORDER BY key DESC LIMIT ? OFFSET ?) b LEFT JOIN payouts p ON p.batch = b.key
            LEFT JOIN people w ON w.id = b.person GROUP BY b.key ORDER BY b.key DESC";
        let rows: Vec<Row> = sqlx::query_as(text).bind(window.rows()).bind(window.offset).fetch_all(&self.readers).await?;
        let read = |(batch, number, channel, business_date, by, payouts, net_minor, waiting, paid, failed): Row| {
            Ok(BatchRow { batch: id(&batch)?, number, channel, business_date, by, payouts, net_minor, waiting, paid, failed })
        };
        Ok(Page { count, rows: rows.into_iter().map(read).collect::<Result<_, BooksError>>()? })
    }

    /// Why a member's amounts are held back; `None` where they are not.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn held_back(&self, member: MemberId) -> Result<Option<String>, BooksError> {
        held(&mut *self.readers.acquire().await?, member).await
    }

    /// Where a member wants the money.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payee(&self, member: MemberId) -> Result<Option<Payee>, BooksError> {
        payee(&mut *self.readers.acquire().await?, member).await
    }
}

#[derive(FromRow)]
struct PayableRaw {
    id: Vec<u8>,
    number: String,
    name: String,
    payable: i64,
    debt: i64,
    channel: Option<String>,
    holder: Option<String>,
    account: Option<String>,
    bank: Option<String>,
    identity: Option<String>,
}

impl PayableRaw {
    fn read(self) -> Result<PayableRow, BooksError> {
        let payee = self.channel.map(|channel| Payee {
            channel,
            holder: self.holder.unwrap_or_default(),
            account: self.account.unwrap_or_default(),
            bank: self.bank.unwrap_or_default(),
            identity: self.identity.unwrap_or_default(),
        });
        Ok(PayableRow { member: id(&self.id)?, number: self.number, name: self.name, payable_minor: self.payable, debt_micro: self.debt, payee })
    }
}

impl Reading<'_> {
    /// What the ledger says of a member at this moment.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn standing(&mut self, member: MemberId) -> Result<Standing, BooksError> {
        let money = money(self.connection, member).await?;
        let held = held(self.connection, member).await?;
        Ok(Standing { payable_minor: money.payable_minor, debt_micro: money.debt_micro(), held })
    }

    /// Where a member wants the money.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payee(&mut self, member: MemberId) -> Result<Option<Payee>, BooksError> {
        payee(self.connection, member).await
    }

    /// These payouts as they stand.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payouts_of(&mut self, payouts: &[PayoutId]) -> Result<Vec<PayoutRow>, BooksError> {
        let mut all = Vec::with_capacity(payouts.len());
        for part in payouts.chunks(500) {
            let mut query = QueryBuilder::<Sqlite>::new(ROW);
            query.push(" AND p.id IN (");
            let mut ids = query.separated(", ");
            for payout in part {
                ids.push_bind(payout.bytes().to_vec());
            }
            query.push(") ORDER BY p.key");
            let rows: Vec<Raw> = query.build_query_as().fetch_all(&mut *self.connection).await?;
            for row in rows {
                all.push(row.read()?);
            }
        }
        Ok(all)
    }

    /// The payout of this number.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payout_numbered(&mut self, number: &str) -> Result<Option<PayoutRow>, BooksError> {
        let mut query = QueryBuilder::<Sqlite>::new(ROW);
        query.push(" AND p.number = ").push_bind(number.to_owned()).push(" LIMIT 1");
        let row: Option<Raw> = query.build_query_as().fetch_optional(&mut *self.connection).await?;
        row.map(Raw::read).transpose()
    }

    /// Every payout in a state and channel, oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payouts_in(&mut self, filter: &PayoutFilter) -> Result<Vec<PayoutRow>, BooksError> {
        let mut query = QueryBuilder::<Sqlite>::new(ROW);
        narrow(&mut query, filter);
        query.push(" ORDER BY p.key");
        let rows: Vec<Raw> = query.build_query_as().fetch_all(&mut *self.connection).await?;
        rows.into_iter().map(Raw::read).collect()
    }
}

impl Writing<'_> {
    /// Members with something payable, by their number.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn payable_members(&mut self, least_minor: i64) -> Result<Vec<MemberId>, BooksError> {
        let text = "SELECT m.id FROM accounts a JOIN balances b ON b.account = a.key JOIN members m ON m.id = a.party
            WHERE a.name = 'commission.payable' AND b.amount >= ? ORDER BY m.number";
        let rows: Vec<Vec<u8>> = sqlx::query_scalar(text).bind(least_minor.max(1)).fetch_all(self.reading()).await?;
        rows.iter().map(|member| id(member)).collect()
    }
}

async fn money(connection: &mut SqliteConnection, member: MemberId) -> Result<MemberMoney, BooksError> {
    let (pending_micro, payable_minor, under_way_minor, paid_minor, held_minor) =
        sqlx::query_as(MONEY).bind(member.bytes()).fetch_one(connection).await?;
    Ok(MemberMoney { pending_micro, payable_minor, under_way_minor, paid_minor, held_minor })
}

async fn held(connection: &mut SqliteConnection, member: MemberId) -> Result<Option<String>, BooksError> {
    let text = "SELECT reason FROM payout_holds WHERE member = (SELECT key FROM members WHERE id = ?)";
    Ok(sqlx::query_scalar(text).bind(member.bytes()).fetch_optional(connection).await?)
}

async fn payee(connection: &mut SqliteConnection, member: MemberId) -> Result<Option<Payee>, BooksError> {
    type Row = (String, String, String, String, String);
    let text = "SELECT channel, holder, account, bank, identity FROM payees WHERE member = (SELECT key FROM members WHERE id = ?)";
    let row: Option<Row> = sqlx::query_as(text).bind(member.bytes()).fetch_optional(connection).await?;
    Ok(row.map(|(channel, holder, account, bank, identity)| Payee { channel, holder, account, bank, identity }))
}
