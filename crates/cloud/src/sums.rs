//! The figures of the owner's page. Invariant: they follow from the numbered entries alone, in number order, and each equals the books' own: what is held
//! counts nowhere, a return counts below zero, and commission that comes after a month was closed counts in the first open one.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    apart::whose,
    entry::Entry,
    fact::Fact,
    ids::MemberId,
    sale::Earned,
    shop::{SettingChanged, ShopOpened},
};

/// Entries that one transaction counts at most; a journal from before the figures were kept is brought up in several.
pub const MOST: i64 = 2_000;

/// What a device sold on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Day {
    /// Sales.
    pub sales: i64,
    /// Returns.
    pub returns: i64,
    /// Goods of the sales less those of the returns, in minor units.
    pub net_minor: i64,
}

/// What a row of entries changes.
#[derive(Debug, Default)]
pub struct Sums {
    /// Months that stand closed, before and after.
    pub closed: BTreeSet<i64>,
    /// By the shop's day and the device.
    pub days: BTreeMap<(String, [u8; 16]), Day>,
    /// Commission by the month it counts in, millionths of a minor unit.
    pub earned: BTreeMap<i64, i64>,
    /// The shop as it was opened.
    pub opened: Option<ShopOpened>,
    /// Its name, where it got another.
    pub named: Option<String>,
    /// Entries with personal data beside them, and whose those are.
    pub beside: Vec<([u8; 16], MemberId)>,
    /// Members that were erased.
    pub erased: Vec<MemberId>,
}

impl Sums {
    /// Counts an entry. One that this version cannot read counts for nothing, as in the books.
    pub fn take(&mut self, bytes: &[u8]) {
        let Ok(entry) = Entry::read(0, bytes) else { return };
        let Ok(Some(fact)) = entry.fact(0) else { return };
        if let Some(member) = whose(&fact).filter(|_| !entry.15.is_empty()) {
            self.beside.push((*entry.0.0.as_bytes(), member));
        }
        match &fact {
            Fact::MemberErased(erased) => self.erased.push(erased.member),
            Fact::ShopOpened(opened) => self.opened = Some(opened.clone()),
            Fact::SettingChanged(SettingChanged { name, value }) if name == "shop_name" => {
                self.named = serde_json::from_str::<String>(value).ok().filter(|name| !name.trim().is_empty()).or(self.named.take());
            }
            Fact::SaleRecorded(sale) => self.count(&entry, (1, 0, sale.goods_minor), &sale.earned),
            Fact::SaleReturned(back) => self.count(&entry, (0, 1, -back.goods_minor), &back.earned),
            Fact::SaleImported(sale) => self.count(&entry, (1, 0, sale.net_minor), &sale.earned),
            Fact::PeriodEarned(part) => {
                if let Some(month) = month_of(&part.month) {
                    self.earn(month, part.earned.iter().map(|one| one.earned.amount_micro));
                }
            }
            Fact::MonthClosed(close) => {
                self.closed.extend(month_of(&close.month));
            }
            Fact::MonthReopened(opened) => {
                if let Some(month) = month_of(&opened.month) {
                    self.closed.remove(&month);
                }
            }
            _ => {}
        }
    }

    fn count(&mut self, entry: &Entry, (sales, returns, net_minor): (i64, i64, i64), earned: &[Earned]) {
        let day = self.days.entry((entry.6.clone(), *entry.1.0.as_bytes())).or_default();
        day.sales += sales;
        day.returns += returns;
        day.net_minor = day.net_minor.saturating_add(net_minor);
        if let Some(month) = month_of(&entry.6) {
            let open = self.closed.last().map_or(month, |closed| month.max(closed + 1));
            self.earn(open, earned.iter().map(|one| one.amount_micro));
        }
    }

    fn earn(&mut self, month: i64, amounts: impl Iterator<Item = i64>) {
        let sum = self.earned.entry(month).or_default();
        *sum = amounts.fold(*sum, i64::saturating_add);
    }
}

/// Months counted from the year 0, of a day or a month as entries write them.
pub fn month_of(date: &str) -> Option<i64> {
    let year: i64 = date.get(0..4)?.parse().ok()?;
    let month: i64 = date.get(5..7)?.parse().ok()?;
    (date.as_bytes().get(4) == Some(&b'-') && (1..=12).contains(&month)).then_some(12 * year + month - 1)
}

/// Brings a shop's figures up to its journal, at most [`MOST`] entries of it, inside a transaction that holds the shop's row.
macro_rules! bring_up {
    ($tx:expr, $shop:expr) => {{
        let shop: &Vec<u8> = &$shop;
        let from: Option<i64> =
            sqlx::query_scalar("SELECT number FROM summaries WHERE shop = $1").bind(shop.clone()).fetch_optional(&mut *$tx).await?;
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as("SELECT number, bytes FROM journal WHERE shop = $1 AND number > $2 ORDER BY number LIMIT $3")
            .bind(shop.clone())
            .bind(from.unwrap_or(0))
            .bind($crate::sums::MOST)
            .fetch_all(&mut *$tx)
            .await?;
        if let Some((last, _)) = rows.last() {
            let closed: Vec<i64> =
                sqlx::query_scalar("SELECT month FROM closed_months WHERE shop = $1").bind(shop.clone()).fetch_all(&mut *$tx).await?;
            let mut sums = $crate::sums::Sums { closed: closed.into_iter().collect(), ..Default::default() };
            let before = sums.closed.clone();
            rows.iter().for_each(|(_, bytes)| sums.take(bytes));
            if from.is_none() {
                sqlx::query("INSERT INTO summaries (shop, number, name, currency, digits, zone) VALUES ($1, 0, '', '', 2, 'UTC')")
                    .bind(shop.clone())
                    .execute(&mut *$tx)
                    .await?;
            }
            sqlx::query("UPDATE summaries SET number = $2 WHERE shop = $1").bind(shop.clone()).bind(*last).execute(&mut *$tx).await?;
            if let Some(opened) = &sums.opened {
                sqlx::query("UPDATE summaries SET name = $2, currency = $3, digits = $4, zone = $5 WHERE shop = $1")
                    .bind(shop.clone())
                    .bind(opened.name.clone())
                    .bind(opened.currency.clone())
                    .bind(i64::from(opened.minor_digits))
                    .bind(opened.time_zone.clone())
                    .execute(&mut *$tx)
                    .await?;
            }
            if let Some(name) = &sums.named {
                sqlx::query("UPDATE summaries SET name = $2 WHERE shop = $1").bind(shop.clone()).bind(name.clone()).execute(&mut *$tx).await?;
            }
            for ((day, device), sold) in &sums.days {
                sqlx::query(
                    "INSERT INTO day_sums (shop, day, device, sales, returns, net_minor) VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (shop, day, device) DO UPDATE SET sales = day_sums.sales + excluded.sales,
                        returns = day_sums.returns + excluded.returns, net_minor = day_sums.net_minor + excluded.net_minor",
                )
                .bind(shop.clone())
                .bind(day.clone())
                .bind(device.to_vec())
                .bind(sold.sales)
                .bind(sold.returns)
                .bind(sold.net_minor)
                .execute(&mut *$tx)
                .await?;
            }
            for (month, earned_micro) in &sums.earned {
                sqlx::query(
                    "INSERT INTO month_sums (shop, month, earned_micro) VALUES ($1, $2, $3)
                     ON CONFLICT (shop, month) DO UPDATE SET earned_micro = month_sums.earned_micro + excluded.earned_micro",
                )
                .bind(shop.clone())
                .bind(*month)
                .bind(*earned_micro)
                .execute(&mut *$tx)
                .await?;
            }
            for month in sums.closed.difference(&before) {
                sqlx::query("INSERT INTO closed_months (shop, month) VALUES ($1, $2)").bind(shop.clone()).bind(*month).execute(&mut *$tx).await?;
            }
            $crate::erasure::cut!($tx, shop, sums);
            for month in before.difference(&sums.closed) {
                sqlx::query("DELETE FROM closed_months WHERE shop = $1 AND month = $2").bind(shop.clone()).bind(*month).execute(&mut *$tx).await?;
            }
        }
    }};
}
pub(crate) use bring_up;
