//! A month held against itself: what the report and the statements say, what the ledger says and what payouts say, line by line, down to whoever makes a
//! difference. Every side of a line is added up from its own table, so that one damaged figure cannot hide behind another.

use domain::ids::MemberId;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, SqliteConnection};
use ts_rs::TS;

use super::{id, month_of};
use crate::{Books, BooksError};

/// What is held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProofLine {
    /// The report's total of each member, and what the ledger booked as the cost of commission.
    Report,
    /// The same earning by earning.
    Earnings,
    /// Earned and adjusted on the released statements.
    Statements,
    /// What the statements carry on beyond what was carried to them.
    Carried,
    /// What each close announced that it pays.
    Announced,
    /// What the statements pay, tax included.
    Paid,
    /// Tax withheld.
    Tax,
    /// What the members are owed after tax, and where it is now: taken out by payouts, oldest statement first, or payable still, newest last.
    Owed,
    /// Payouts asked for and not approved.
    Requested,
    /// Approved and not sent.
    Approved,
    /// On their way.
    Sent,
    /// With the members, after fees.
    PaidOut,
    /// Fees kept.
    Fees,
    /// Every statement ever released after tax, and everything that payouts took out of it or that is payable still.
    Everything,
}

/// Who or what makes a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProofOf {
    /// A member.
    Member {
        /// Who.
        member: MemberId,
        /// Number on the card.
        number: String,
        /// Name.
        name: String,
    },
    /// An entry of the journal.
    Entry {
        /// Its place in the journal.
        entry: i64,
        /// Number of the receipt, or of the first statement in it.
        number: Option<String>,
    },
    /// A round of the month's close.
    Round {
        /// 1, and one more after each reopening.
        round: i64,
    },
    /// Nobody that the books know, or the shop as a whole.
    Nobody,
}

/// One of those that make a difference, with every side of it in the unit of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProofApart {
    /// Who or what.
    pub of: ProofOf,
    /// Report or statements; absent where the line has no such side.
    pub listed: Option<i64>,
    /// The ledger.
    pub ledger: Option<i64>,
    /// Payouts.
    pub payouts: Option<i64>,
}

/// One line of the proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProofRow {
    /// What.
    pub line: ProofLine,
    /// True where the figures are millionths of a minor unit; minor units otherwise.
    pub exact: bool,
    /// Report or statements; absent where the line has no such side.
    pub listed: Option<i64>,
    /// The ledger.
    pub ledger: Option<i64>,
    /// Payouts.
    pub payouts: Option<i64>,
    /// The largest side less the smallest.
    pub apart: i64,
    /// How many members or entries differ; above zero also where their differences add up to nothing.
    pub differing: i64,
    /// Those that differ, the largest difference first; at most fifty.
    pub apart_of: Vec<ProofApart>,
}

/// The proof of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reconciliation {
    /// `YYYY-MM`.
    pub month: String,
    /// True where its statements are released and nobody opened it again: they cover everything that was earned in it.
    pub closed: bool,
    /// Of what its statements owe after tax, taken out by payouts.
    pub taken_minor: i64,
    /// Of what its statements owe after tax, payable still.
    pub payable_minor: i64,
    /// The month's lines.
    pub month_rows: Vec<ProofRow>,
    /// All payouts until now, whichever month they paid.
    pub payout_rows: Vec<ProofRow>,
}

impl Reconciliation {
    /// True where every side of every line is the same.
    pub fn agrees(&self) -> bool {
        self.month_rows.iter().chain(&self.payout_rows).all(|row| row.differing == 0)
    }
}

/// Those that differ, in one answer.
const MOST: i64 = 50;

/// What the ledger booked as the cost of the month's commission: entry, member and amount.
const COST: &str = "SELECT e.entry AS entry, m.id AS who, CASE cost.key WHEN p.credit THEN p.amount ELSE -p.amount END AS amount
    FROM (SELECT key FROM accounts WHERE name = 'commission.expense' AND party IS NULL) cost,
        (SELECT entry FROM sales WHERE month = ?1 UNION SELECT entry FROM earnings WHERE month = ?1) e
    JOIN postings p ON p.entry = e.entry AND (p.debit = cost.key OR p.credit = cost.key)
    JOIN accounts a ON a.key = CASE cost.key WHEN p.credit THEN p.debit ELSE p.credit END LEFT JOIN members m ON m.id = a.party
    WHERE p.unit = (SELECT key FROM units WHERE name = 'earning')";

/// What the ledger moved to or from one of the shop's accounts in the entries that hold the month's statements: entry, round, member and amount.
fn moved(account: &str) -> String {
    format!(
        "SELECT e.entry AS entry, e.round AS round, m.id AS who, CASE own.key WHEN p.debit THEN p.amount ELSE -p.amount END AS amount
        FROM (SELECT key FROM accounts WHERE name = '{account}' AND party IS NULL) own,
            (SELECT entry, min(round) AS round FROM statements WHERE month = ?1 GROUP BY entry) e
        JOIN postings p ON p.entry = e.entry AND (p.debit = own.key OR p.credit = own.key)
        JOIN accounts a ON a.key = CASE own.key WHEN p.debit THEN p.credit ELSE p.debit END LEFT JOIN members m ON m.id = a.party"
    )
}

/// What the ledger put to members' payable in the entries that hold the month's statements: member and amount.
const PAYABLE: &str = "SELECT m.id AS who, CASE WHEN d.name = 'commission.payable' THEN p.amount ELSE -p.amount END AS amount
    FROM (SELECT DISTINCT entry FROM statements WHERE month = ?1) e JOIN postings p ON p.entry = e.entry
    JOIN accounts d ON d.key = p.debit JOIN accounts c ON c.key = p.credit
    LEFT JOIN members m ON m.id = CASE WHEN d.name = 'commission.payable' THEN d.party ELSE c.party END
    WHERE 'commission.payable' IN (d.name, c.name)";

/// Where the amounts on the month's statements are now: payouts use the oldest up first, so what is payable still is the newest. Both are read on their own,
/// and meet exactly where the books agree.
const WHERE_NOW: &str = "SELECT m.id AS who, min(max(coalesce(o.amount, 0) - s.before, 0), s.net) AS taken,
        min(max(coalesce((SELECT sum(b.amount) FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name IN ('commission.payable', 'commission.held') AND a.party = m.id), 0)
            - s.after, 0), s.net) AS payable
    FROM (SELECT member, sum(CASE WHEN month < ?1 THEN payable_minor - tax_minor ELSE 0 END) AS before,
            sum(CASE WHEN month = ?1 THEN payable_minor - tax_minor ELSE 0 END) AS net,
            sum(CASE WHEN month > ?1 THEN payable_minor - tax_minor ELSE 0 END) AS after
        FROM statements WHERE member IN (SELECT member FROM statements WHERE month = ?1) GROUP BY member) s
    LEFT JOIN members m ON m.key = s.member
    LEFT JOIN (SELECT member, sum(amount_minor) AS amount FROM payouts WHERE state NOT IN ('failed', 'returned', 'rejected') GROUP BY member) o
        ON o.member = s.member";

/// One side or several of a line, row by row: `who`, `a` for the list, `b` for the ledger, `c` for payouts.
struct Parts {
    line: ProofLine,
    exact: bool,
    sides: [bool; 3],
    of: Of,
    rows: String,
}

/// What `who` is.
#[derive(Clone, Copy)]
enum Of {
    Member,
    Entry,
    Round,
    Shop,
}

const LISTED_AND_LEDGER: [bool; 3] = [true, true, false];

/// The lines of a month whose statements are released: `covered` where they cover everything that was earned in it.
fn lines_of_month(covered: bool, released: bool) -> Vec<Parts> {
    let line = |line, exact, of, rows| Parts { line, exact, sides: LISTED_AND_LEDGER, of, rows };
    let settled = moved("commission.settled");
    let taxed = moved("tax.withheld");
    // Everyone whom the books do not know counts as one.
    let listed = |what: &str, from: &str| {
        format!("SELECT m.id AS who, {what} AS a, 0 AS b, 0 AS c FROM {from} t LEFT JOIN members m ON m.key = t.member WHERE t.month = ?1")
    };
    let cost = format!("SELECT who, 0, amount, 0 FROM ({COST})");
    let mut lines = vec![
        line(ProofLine::Report, true, Of::Member, format!("{} UNION ALL {cost}", listed("t.amount_micro", "earned_months"))),
        line(
            ProofLine::Earnings,
            true,
            Of::Entry,
            format!(
                "SELECT entry AS who, amount_micro AS a, 0 AS b, 0 AS c FROM earnings WHERE month = ?1 UNION ALL SELECT entry, 0, amount, 0 FROM ({COST})"
            ),
        ),
    ];
    if covered {
        lines.push(line(
            ProofLine::Statements,
            true,
            Of::Member,
            format!("{} UNION ALL {cost}", listed("t.earned_micro + t.adjusted_micro", "statements")),
        ));
        let carried = listed("t.closing_micro - t.opening_micro", "statements");
        lines.push(line(
            ProofLine::Carried,
            true,
            Of::Member,
            format!("{carried} UNION ALL {cost} UNION ALL SELECT who, 0, -amount, 0 FROM ({settled})"),
        ));
    }
    if released {
        lines.push(line(
            ProofLine::Announced,
            false,
            Of::Round,
            format!("SELECT round AS who, payable_minor AS a, 0 AS b, 0 AS c FROM closes WHERE month = ?1 UNION ALL SELECT round, 0, amount / 1000000, 0 FROM ({settled})"),
        ));
        lines.push(line(
            ProofLine::Paid,
            false,
            Of::Member,
            format!("{} UNION ALL SELECT who, 0, amount / 1000000, 0 FROM ({settled})", listed("t.payable_minor", "statements")),
        ));
        lines.push(line(
            ProofLine::Tax,
            false,
            Of::Entry,
            format!("SELECT entry AS who, tax_minor AS a, 0 AS b, 0 AS c FROM statements WHERE month = ?1 UNION ALL SELECT entry, 0, amount, 0 FROM ({taxed})"),
        ));
        let owed = listed("t.payable_minor - t.tax_minor", "statements");
        let rows =
            format!("{owed} UNION ALL SELECT who, 0, amount, 0 FROM ({PAYABLE}) UNION ALL SELECT who, 0, 0, taken + payable FROM ({WHERE_NOW})");
        lines.push(Parts { line: ProofLine::Owed, exact: false, sides: [true; 3], of: Of::Member, rows });
    }
    lines
}

/// The lines of all payouts until now.
fn lines_of_payouts() -> Vec<Parts> {
    let state = |line, states: &str, what: &str, account: &str| Parts {
        line,
        exact: false,
        sides: [false, true, true],
        of: Of::Member,
        rows: format!(
            "SELECT m.id AS who, 0 AS a, 0 AS b, {what} AS c FROM payouts p LEFT JOIN members m ON m.key = p.member WHERE p.state IN ({states})
            UNION ALL SELECT m.id, 0, b.amount, 0 FROM accounts a JOIN balances b ON b.account = a.key LEFT JOIN members m ON m.id = a.party
            WHERE a.name = '{account}'"
        ),
    };
    let fees = "SELECT 0 AS who, 0 AS a, 0 AS b, fee_minor AS c FROM payouts WHERE state = 'paid'
        UNION ALL SELECT 0, 0, b.amount, 0 FROM accounts a JOIN balances b ON b.account = a.key WHERE a.name = 'payout.fees'";
    let everything =
        "SELECT m.id AS who, t.payable_minor - t.tax_minor AS a, 0 AS b, 0 AS c FROM statements t LEFT JOIN members m ON m.key = t.member
        UNION ALL SELECT m.id, 0, 0, p.amount_minor FROM payouts p LEFT JOIN members m ON m.key = p.member
            WHERE p.state NOT IN ('failed', 'returned', 'rejected')
        UNION ALL SELECT m.id, 0, 0, b.amount FROM accounts a JOIN balances b ON b.account = a.key LEFT JOIN members m ON m.id = a.party
            WHERE a.name IN ('commission.payable', 'commission.held')";
    vec![
        state(ProofLine::Requested, "'requested', 'seconded'", "p.amount_minor", "payout.requested"),
        state(ProofLine::Approved, "'approved'", "p.amount_minor", "payout.approved"),
        state(ProofLine::Sent, "'sent'", "p.amount_minor", "payout.sent"),
        state(ProofLine::PaidOut, "'paid'", "p.amount_minor - p.fee_minor", "payout.paid"),
        Parts { line: ProofLine::Fees, exact: false, sides: [false, true, true], of: Of::Shop, rows: fees.into() },
        Parts { line: ProofLine::Everything, exact: false, sides: [true, false, true], of: Of::Member, rows: everything.into() },
    ]
}

type Apart<Who> = (Option<Who>, i64, i64, i64);

impl Parts {
    /// The condition under which a row differs.
    fn differs(&self) -> &'static str {
        match self.sides {
            [true, true, true] => "a <> b OR b <> c",
            [true, true, false] => "a <> b",
            [_, false, true] => "a <> c",
            [_, true, true] => "b <> c",
            [_, _, false] => "FALSE",
        }
    }

    fn sided(&self, a: i64, b: i64, c: i64) -> [Option<i64>; 3] {
        let [first, second, third] = self.sides;
        [first.then_some(a), second.then_some(b), third.then_some(c)]
    }

    async fn prove(self, connection: &mut SqliteConnection, month: i64) -> Result<ProofRow, BooksError> {
        let differs = self.differs();
        let grouped = format!("SELECT who, sum(a) AS a, sum(b) AS b, sum(c) AS c FROM ({}) GROUP BY who", self.rows);
        let text = format!("SELECT coalesce(sum(a), 0), coalesce(sum(b), 0), coalesce(sum(c), 0), coalesce(sum({differs}), 0) FROM ({grouped})");
        let (a, b, c, differing): (i64, i64, i64, i64) = sqlx::query_as(AssertSqlSafe(text)).bind(month).fetch_one(&mut *connection).await?;
        let [listed, ledger, payouts] = self.sided(a, b, c);
        let sides = [listed, ledger, payouts];
        let present = || sides.iter().flatten();
        let apart = present().max().unwrap_or(&0) - present().min().unwrap_or(&0);
        let apart_of = if differing == 0 { Vec::new() } else { self.apart_of(connection, &grouped, month).await? };
        Ok(ProofRow { line: self.line, exact: self.exact, listed, ledger, payouts, apart, differing, apart_of })
    }

    async fn apart_of(&self, connection: &mut SqliteConnection, grouped: &str, month: i64) -> Result<Vec<ProofApart>, BooksError> {
        let text = format!(
            "SELECT who, a, b, c FROM ({grouped}) WHERE {} ORDER BY max(abs(a - b), abs(b - c), abs(a - c)) DESC, who LIMIT {MOST}",
            self.differs()
        );
        let mut all = Vec::new();
        if matches!(self.of, Of::Member) {
            let rows: Vec<Apart<Vec<u8>>> = sqlx::query_as(AssertSqlSafe(text)).bind(month).fetch_all(&mut *connection).await?;
            for (who, a, b, c) in rows {
                let of = match &who {
                    Some(member) => member_of(connection, member).await?,
                    None => ProofOf::Nobody,
                };
                let [listed, ledger, payouts] = self.sided(a, b, c);
                all.push(ProofApart { of, listed, ledger, payouts });
            }
            return Ok(all);
        }
        let rows: Vec<Apart<i64>> = sqlx::query_as(AssertSqlSafe(text)).bind(month).fetch_all(&mut *connection).await?;
        for (who, a, b, c) in rows {
            let of = match (self.of, who) {
                (Of::Entry, Some(entry)) => ProofOf::Entry { entry, number: number_of(connection, entry).await? },
                (Of::Round, Some(round)) => ProofOf::Round { round },
                (_, _) => ProofOf::Nobody,
            };
            let [listed, ledger, payouts] = self.sided(a, b, c);
            all.push(ProofApart { of, listed, ledger, payouts });
        }
        Ok(all)
    }
}

async fn member_of(connection: &mut SqliteConnection, member: &[u8]) -> Result<ProofOf, BooksError> {
    let card: Option<(String, String)> =
        sqlx::query_as("SELECT number, name FROM members WHERE id = ?").bind(member.to_vec()).fetch_optional(connection).await?;
    let (number, name) = card.unwrap_or_default();
    Ok(ProofOf::Member { member: id(member)?, number, name })
}

async fn number_of(connection: &mut SqliteConnection, entry: i64) -> Result<Option<String>, BooksError> {
    let text = "SELECT coalesce((SELECT number FROM sales WHERE entry = ?1), (SELECT min(number) FROM statements WHERE entry = ?1))";
    Ok(sqlx::query_scalar(text).bind(entry).fetch_one(connection).await?)
}

impl Books {
    /// Holds a month's report, statements, ledger and payouts against each other, all at one moment.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn reconcile(&self, month: &str) -> Result<Reconciliation, BooksError> {
        let at = month_of(month).unwrap_or(-1);
        let mut snapshot = self.readers.begin().await?;
        let (rounds, open): (i64, i64) = sqlx::query_as("SELECT count(*), coalesce(sum(reopened IS NULL), 0) FROM closes WHERE month = ?")
            .bind(at)
            .fetch_one(&mut *snapshot)
            .await?;
        let closed = open > 0;
        let mut month_rows = Vec::new();
        for parts in lines_of_month(closed, rounds > 0) {
            month_rows.push(parts.prove(&mut snapshot, at).await?);
        }
        let mut payout_rows = Vec::new();
        for parts in lines_of_payouts() {
            payout_rows.push(parts.prove(&mut snapshot, at).await?);
        }
        let text = format!("SELECT coalesce(sum(taken), 0), coalesce(sum(payable), 0) FROM ({WHERE_NOW})");
        let (taken_minor, payable_minor) = sqlx::query_as(AssertSqlSafe(text)).bind(at).fetch_one(&mut *snapshot).await?;
        snapshot.rollback().await?;
        Ok(Reconciliation { month: month.to_owned(), closed, taken_minor, payable_minor, month_rows, payout_rows })
    }
}
