//! What the page shows, read from the kept figures in a handful of statements, however large the journal is.

use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

use crate::{
    devices::{DeviceRow, devices_of},
    store::{Store, on},
    sums::{Day, bring_up, month_of},
    trade::Deny,
};

/// The shop as its owner sees it.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Its name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// Decimals of the currency.
    pub digits: u8,
    /// The shop's own day.
    pub today: String,
    /// Its time of day, `HH:MM`.
    pub time: String,
    /// Every till with what it sold today.
    pub tills: Vec<Till>,
    /// Sales and returns of the month so far.
    pub month: Day,
    /// Commission of the month so far, in millionths of a minor unit.
    pub earned_micro: i64,
}

/// A till of the shop.
#[derive(Debug, Clone)]
pub struct Till {
    /// As the list of devices has it.
    pub row: DeviceRow,
    /// Today's.
    pub today: Day,
    /// When it last spoke, in the shop's own time.
    pub seen: String,
    /// Numbered entries that it has not fetched.
    pub behind: i64,
    /// Entries of it that wait for the owner.
    pub held: i64,
}

/// Reads the figures of a shop; those of a journal from before they were kept are brought up first.
pub async fn of(store: &Store, shop: Uuid, now_ms: i64) -> Result<Figures, Deny> {
    let key = shop.as_bytes().to_vec();
    let head = counted(store, &key).await?;
    let (name, currency, digits, zone) = card(store, &key).await?;
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let moment = |ms: i64| Timestamp::from_millisecond(ms).unwrap_or_default().to_zoned(zone.clone());
    let now = moment(now_ms);
    let today = now.date().to_string();
    let month = month_of(&today).unwrap_or(0);
    let (first, after) = (format!("{}-00", &today[..7]), format!("{}-99", &today[..7]));
    type Sold = (Vec<u8>, i64, i64, i64);
    type Rows = (Vec<Sold>, (i64, i64, i64), i64, Vec<(Vec<u8>, i64)>);
    let (sold, sums, earned_micro, held): Rows = on!(store, |pool| {
        let sold = sqlx::query_as("SELECT device, sales, returns, net_minor FROM day_sums WHERE shop = $1 AND day = $2")
            .bind(key.clone())
            .bind(today.clone())
            .fetch_all(pool)
            .await?;
        let sums = sqlx::query_as(
            "SELECT CAST(COALESCE(SUM(sales), 0) AS BIGINT), CAST(COALESCE(SUM(returns), 0) AS BIGINT), CAST(COALESCE(SUM(net_minor), 0) AS BIGINT)
             FROM day_sums WHERE shop = $1 AND day > $2 AND day < $3",
        )
        .bind(key.clone())
        .bind(first)
        .bind(after)
        .fetch_one(pool)
        .await?;
        let earned: Option<i64> = sqlx::query_scalar("SELECT earned_micro FROM month_sums WHERE shop = $1 AND month = $2")
            .bind(key.clone())
            .bind(month)
            .fetch_optional(pool)
            .await?;
        let held = sqlx::query_as(
            "SELECT c.device, COUNT(*) FROM positions p JOIN chains c ON c.shop = p.shop AND c.chain = p.chain
             WHERE p.shop = $1 AND p.held IS NOT NULL GROUP BY c.device",
        )
        .bind(key.clone())
        .fetch_all(pool)
        .await?;
        (sold, sums, earned.unwrap_or(0), held)
    });
    let till = |row: DeviceRow| {
        let device = row.device.as_bytes().as_slice();
        let today = sold.iter().find(|one| one.0 == device).map_or(Day::default(), |one| Day { sales: one.1, returns: one.2, net_minor: one.3 });
        let held = held.iter().find(|one| one.0 == device).map_or(0, |one| one.1);
        let seen = moment(row.seen_at_ms).strftime("%Y-%m-%d %H:%M").to_string();
        Till { today, seen, behind: (head - row.cursor).max(0), held, row }
    };
    Ok(Figures {
        name,
        currency,
        digits,
        time: now.strftime("%H:%M").to_string(),
        tills: devices_of(store, shop).await?.into_iter().map(till).collect(),
        month: Day { sales: sums.0, returns: sums.1, net_minor: sums.2 },
        earned_micro,
        today,
    })
}

async fn card(store: &Store, shop: &[u8]) -> Result<(String, String, u8, String), Deny> {
    on!(store, |pool| {
        let row: Option<(String, String, i64, String)> =
            sqlx::query_as("SELECT name, currency, digits, zone FROM summaries WHERE shop = $1").bind(shop.to_vec()).fetch_optional(pool).await?;
        let (name, currency, digits, zone) = row.unwrap_or_else(|| (String::new(), String::new(), 2, "UTC".into()));
        Ok((name, currency, u8::try_from(digits).unwrap_or(2), zone))
    })
}

/// Counts what is not counted yet, and says how long the journal is.
async fn counted(store: &Store, shop: &[u8]) -> Result<i64, Deny> {
    on!(store, |pool| {
        let shop = shop.to_vec();
        loop {
            let row: Option<(i64, i64)> =
                sqlx::query_as("SELECT s.head, COALESCE(m.number, 0) FROM shops s LEFT JOIN summaries m ON m.shop = s.shop WHERE s.shop = $1")
                    .bind(shop.clone())
                    .fetch_optional(pool)
                    .await?;
            let (head, number) = row.ok_or(Deny::Unknown)?;
            if number >= head {
                return Ok(head);
            }
            let mut tx = pool.begin().await?;
            sqlx::query("UPDATE shops SET head = head WHERE shop = $1").bind(shop.clone()).execute(&mut *tx).await?;
            bring_up!(tx, shop);
            tx.commit().await?;
        }
    })
}
