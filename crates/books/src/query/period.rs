//! A month of the shop's own sales as the plan engine takes it: members, the tree as the month's sales froze it, orders, and what was earned with them.

use std::collections::HashMap;

use domain::{
    exact::Exact,
    fact::Fact,
    ids::{MemberId, SaleId},
    placement::Side,
    plan::{
        Legs,
        month::{Bought, Link, Paid, Party, ShopMonth},
        ranks::HeldRank,
    },
    returns::SaleReturned,
    sale::ChainLink,
};
use sqlx::SqliteConnection;

use super::{
    month_name, month_of,
    period_orders::{categories, sold},
};
use crate::{Books, BooksError, apply::Reading, entry::Entry};

/// Sales read at a time.
const PAGE: i64 = 500;

/// The last moment of any month is well within this of the same moment in UTC.
const DAY_MS: i64 = 86_400_000;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct PeriodWish<'a> {
    /// `YYYY-MM`.
    pub month: &'a str,
    /// Keep the explanations of what was earned with the sales; they are what takes memory.
    pub explanations: bool,
    /// Only this sale.
    pub only: Option<SaleId>,
}

impl Books {
    /// The same from one snapshot beside the writer, with the number of the newest entry that it rests on.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn period(
        &self,
        wish: PeriodWish<'_>,
        told: &mut (dyn FnMut(i64, i64) -> bool + Send),
    ) -> Result<Option<(i64, ShopMonth)>, BooksError> {
        let mut snapshot = self.readers.begin().await?;
        let newest = sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM journal").fetch_one(&mut *snapshot).await?;
        let month = Reading::over(&mut snapshot).period(wish, told).await?;
        snapshot.rollback().await?;
        Ok(month.map(|month| (newest, month)))
    }
}

impl Reading<'_> {
    /// Everything that a plan's rules see of a month: its orders are those that count in it, late ones included. `told` hears how many of how many sales
    /// were read; where it says no, the answer is `None`.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn period(&mut self, wish: PeriodWish<'_>, told: &mut (dyn FnMut(i64, i64) -> bool + Send)) -> Result<Option<ShopMonth>, BooksError> {
        let Some(month) = month_of(wish.month) else { return Ok(Some(ShopMonth::default())) };
        let mut read = Read::members(self.connection, month).await?;
        let total: i64 = sqlx::query_scalar("SELECT count(*) FROM sales WHERE month = ?").bind(month).fetch_one(&mut *self.connection).await?;
        let categories = categories(self.connection).await?;
        let returned = self.seen_returns(month).await?;
        let (mut last, mut done) = (0, 0);
        loop {
            if !told(done, total) {
                return Ok(None);
            }
            let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
                "SELECT s.entry, j.bytes FROM sales s JOIN journal j ON j.number = s.entry WHERE s.month = ?1 AND s.entry > ?2
                 AND (?4 IS NULL OR j.id = ?4) ORDER BY s.entry LIMIT ?3",
            )
            .bind(month)
            .bind(last)
            .bind(PAGE)
            .bind(wish.only.map(|sale| sale.bytes().to_vec()))
            .fetch_all(&mut *self.connection)
            .await?;
            let Some((newest, _)) = rows.last() else { return Ok(Some(read.finish())) };
            (last, done) = (*newest, done + i64::try_from(rows.len()).unwrap_or(PAGE));
            for (number, bytes) in rows {
                read.sale(number, &bytes, &categories, returned.get(&number).map_or(&[], Vec::as_slice), wish.explanations)?;
            }
        }
    }
}

struct Read {
    month: ShopMonth,
    /// In the month: joined by its end, or named by one of its sales.
    there: Vec<bool>,
    /// What the month's sales froze of the tree, by place.
    froze: Vec<Option<Option<u32>>>,
    chains: HashMap<Vec<Link>, u32>,
    words: HashMap<String, u16>,
}

impl Read {
    async fn members(connection: &mut SqliteConnection, month: i64) -> Result<Self, BooksError> {
        type Row = (i64, Vec<u8>, Option<i64>, Option<String>, bool, String);
        let text = "SELECT key, id, sponsor, rank_by_hand, active, joined FROM members ORDER BY id";
        let rows: Vec<Row> = sqlx::query_as(text).fetch_all(&mut *connection).await?;
        let places: HashMap<i64, u32> = rows.iter().zip(0u32..).map(|((key, ..), place)| (*key, place)).collect();
        let end = format!("{}-99", month_name(month));
        let mut parties = Vec::with_capacity(rows.len());
        let mut there = Vec::with_capacity(rows.len());
        for (_, id, sponsor, given, active, joined) in rows {
            let id: MemberId = super::id(&id)?;
            let sponsor = sponsor.and_then(|key| places.get(&key).copied());
            parties.push(Party { id: id.to_string(), sponsor, placed: None, given, held: None, active });
            there.push(joined <= end);
        }
        let froze = vec![None; parties.len()];
        let mut read =
            Self { month: ShopMonth { month, parties, ..ShopMonth::default() }, there, froze, chains: HashMap::new(), words: HashMap::new() };
        read.held(connection, &places).await?;
        read.placed(connection, &places, &end).await?;
        read.brought(connection, &places).await?;
        read.undo_later(connection, &end).await?;
        Ok(read)
    }

    /// Ranks as the last close before this month gave them.
    async fn held(&mut self, connection: &mut SqliteConnection, places: &HashMap<i64, u32>) -> Result<(), BooksError> {
        let text = "SELECT member, rank_to, since FROM ranks WHERE month = (SELECT max(month) FROM ranks WHERE month < ?) ORDER BY entry, line";
        let rows: Vec<(i64, Option<String>, Option<i64>)> = sqlx::query_as(text).bind(self.month.month).fetch_all(connection).await?;
        for (member, rank, since) in rows {
            if let Some(party) = places.get(&member).and_then(|place| self.month.parties.get_mut(*place as usize)) {
                party.held = rank.zip(since).map(|(rank, period)| HeldRank { rank, period });
            }
        }
        Ok(())
    }

    /// The binary tree as it stood at the month's end.
    async fn placed(&mut self, connection: &mut SqliteConnection, places: &HashMap<i64, u32>, end: &str) -> Result<(), BooksError> {
        let text = "SELECT member, under, side FROM placements WHERE day <= ? ORDER BY entry";
        let rows: Vec<(i64, Option<i64>, Option<String>)> = sqlx::query_as(text).bind(end).fetch_all(connection).await?;
        for (member, under, side) in rows {
            if let Some(party) = places.get(&member).and_then(|place| self.month.parties.get_mut(*place as usize)) {
                let under = under.and_then(|key| places.get(&key).copied());
                party.placed = under.zip(side.as_deref().and_then(Side::read));
            }
        }
        Ok(())
    }

    /// What the close before this month brought forward.
    async fn brought(&mut self, connection: &mut SqliteConnection, places: &HashMap<i64, u32>) -> Result<(), BooksError> {
        let text = "SELECT rule, member, left_leg, right_leg FROM legs WHERE month = (SELECT max(month) FROM leg_months WHERE month < ?)";
        let rows: Vec<(String, i64, String, String)> = sqlx::query_as(text).bind(self.month.month).fetch_all(connection).await?;
        for (rule, member, left, right) in rows {
            let read = |leg: &str| {
                Exact::parse(leg).map_err(|_| BooksError::Unreadable { number: self.month.month, reason: format!("{leg} is no amount of a leg") })
            };
            let legs = Legs { left: read(&left)?, right: read(&right)? };
            if let Some(party) = places.get(&member).and_then(|place| self.month.parties.get(*place as usize)) {
                self.month.brought.entry(rule).or_default().insert(party.id.clone(), legs);
            }
        }
        Ok(())
    }

    /// Sponsors and ranks by hand that changed after the month's end stand as they stood before the first such change.
    async fn undo_later(&mut self, connection: &mut SqliteConnection, end: &str) -> Result<(), BooksError> {
        let after_ms = (self.month.month + 1 - 1970 * 12) * 365 * DAY_MS / 12 - 40 * DAY_MS;
        let text = "SELECT number, bytes FROM journal WHERE kind IN ('SponsorMoved', 'MemberChanged') AND at_ms >= ? AND number NOT IN (SELECT entry FROM refused_moves) ORDER BY number DESC";
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(text).bind(after_ms).fetch_all(connection).await?;
        for (number, bytes) in rows {
            let entry = Entry::read(number, &bytes)?;
            if entry.6.as_str() <= end {
                continue;
            }
            match entry.fact(number)? {
                Some(Fact::SponsorMoved(moved)) => {
                    let from = moved.from.and_then(|from| self.place(from));
                    if let Some(place) = self.place(moved.member) {
                        self.month.parties[place as usize].sponsor = from;
                    }
                }
                Some(Fact::MemberChanged(changed)) => {
                    if let (Some(given), Some(place)) = (changed.rank_given, self.place(changed.member)) {
                        self.month.parties[place as usize].given = given.before;
                    }
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    fn place(&self, member: MemberId) -> Option<u32> {
        self.month.place(&member.to_string()).and_then(|place| u32::try_from(place).ok())
    }

    fn word(&mut self, word: &str) -> u16 {
        if let Some(place) = self.words.get(word) {
            return *place;
        }
        let place = u16::try_from(self.month.words.len()).unwrap_or(u16::MAX);
        self.month.words.push(word.to_owned());
        self.words.insert(word.to_owned(), place);
        place
    }

    fn sale(
        &mut self,
        number: i64,
        bytes: &[u8],
        categories: &HashMap<domain::ids::ProductId, String>,
        returned: &[SaleReturned],
        explanations: bool,
    ) -> Result<(), BooksError> {
        let Some(mut sold) = sold(number, bytes, categories)? else { return Ok(()) };
        if !sold.without(returned) {
            // As if it had never been sold.
            return Ok(());
        }
        let Some(buyer) = sold.member.and_then(|member| self.place(member)) else { return Ok(()) };
        let chain = self.chain(buyer, &sold.chain);
        let mut paid = Vec::with_capacity(sold.earned.len());
        for earned in &sold.earned {
            let Some(party) = self.place(earned.member) else { continue };
            let why = if explanations { earned.why.as_str().into() } else { "".into() };
            paid.push(Paid { party, rule: self.word(&earned.rule), amount_micro: earned.amount_micro, why });
        }
        self.month.orders.push(Bought {
            id: sold.id,
            buyer,
            net_minor: sold.net_minor,
            qty_milli: sold.qty_milli,
            tags: sold.tags,
            chain,
            counts: sold.counts,
            paid,
        });
        Ok(())
    }

    /// The chain as the sale froze it, each different one once; the tree of the month follows the last that names a member.
    fn chain(&mut self, buyer: u32, frozen: &[ChainLink]) -> u32 {
        let mut links: Vec<Link> = Vec::with_capacity(frozen.len());
        for link in frozen {
            let Some(party) = self.place(link.member).filter(|party| links.iter().all(|known| known.party != *party)) else { break };
            let rank = link.rank.as_deref().map_or(0, |rank| self.word(rank).saturating_add(1));
            links.push(Link { party, rank, active: link.active });
        }
        if links.is_empty() {
            // Brought in without its line: the buyer stands where the month's end has it.
            let mut at = Some(buyer);
            while let Some(party) = at.filter(|party| links.iter().all(|known| known.party != *party)) {
                let member = &self.month.parties[party as usize];
                at = member.sponsor;
                let (given, active) = (member.given.clone(), member.active);
                let rank = given.map_or(0, |rank| self.word(&rank).saturating_add(1));
                links.push(Link { party, rank, active });
            }
        } else {
            for (place, link) in links.iter().enumerate() {
                self.froze[link.party as usize] = Some(links.get(place + 1).map(|above| above.party));
            }
        }
        links.iter().for_each(|link| self.there[link.party as usize] = true);
        let next = u32::try_from(self.month.chains.len()).unwrap_or(u32::MAX);
        let place = *self.chains.entry(links.clone()).or_insert(next);
        if place == next {
            self.month.chains.push(links);
        }
        place
    }

    /// Sets the tree, and leaves out who came after the month and has no part in it.
    fn finish(mut self) -> ShopMonth {
        for (party, froze) in self.month.parties.iter_mut().zip(&self.froze) {
            if let Some(above) = froze {
                party.sponsor = *above;
            }
        }
        // Whoever stands above someone who is there is there as well, in either tree.
        let mut open: Vec<usize> = (0..self.there.len()).filter(|place| self.there[*place]).collect();
        while let Some(place) = open.pop() {
            let party = &self.month.parties[place];
            for above in [party.sponsor, party.placed.map(|(above, _)| above)].into_iter().flatten().map(|above| above as usize) {
                if !std::mem::replace(&mut self.there[above], true) {
                    open.push(above);
                }
            }
        }
        if self.there.iter().all(|there| *there) {
            return self.month;
        }
        let mut next = 0;
        let moved: Vec<u32> = self.there.iter().map(|there| if *there { (next, next += 1).0 } else { u32::MAX }).collect();
        let to = |place: u32| moved.get(place as usize).copied().unwrap_or(u32::MAX);
        let there = std::mem::take(&mut self.there);
        let mut keep = there.iter();
        self.month.parties.retain(|_| keep.next().copied().unwrap_or(true));
        for party in &mut self.month.parties {
            party.sponsor = party.sponsor.map(to);
            party.placed = party.placed.map(|(above, side)| (to(above), side));
        }
        for legs in self.month.brought.values_mut() {
            legs.retain(|member, _| self.month.parties.binary_search_by(|party| party.id.as_str().cmp(member)).is_ok());
        }
        self.month.chains.iter_mut().flatten().for_each(|link| link.party = to(link.party));
        for order in &mut self.month.orders {
            order.buyer = to(order.buyer);
            // An earner who stands in no line and came later has no part in the period's rules.
            order.paid.retain(|paid| to(paid.party) != u32::MAX);
            order.paid.iter_mut().for_each(|paid| paid.party = to(paid.party));
        }
        self.month
    }
}
