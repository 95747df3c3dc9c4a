//! What closes paid on one sale by the rules of its month, so that a return takes back its part of that too.

use std::collections::BTreeMap;

use domain::{
    close::{OrderPart, PeriodEarned},
    fact::Fact,
    ids::{MemberId, SaleId},
    pricing::ReturnedQty,
    returns::ClosedOn,
    sale::Earned,
    share::split,
};

use crate::{BooksError, apply::Reading, entry::Entry};

impl Reading<'_> {
    /// The sale's part of every earning that closes of its month paid, all rounds together, and what had come back before the first close. `None`
    /// where its month was never closed.
    ///
    /// # Errors
    /// SQLite's, or `Unreadable`.
    pub async fn closed_on(&mut self, sale: SaleId) -> Result<Option<ClosedOn>, BooksError> {
        let text = "SELECT o.month, m.id, (SELECT min(entry) FROM closes WHERE month = o.month) FROM journal j JOIN sales o ON o.entry = j.number
            LEFT JOIN members m ON m.key = o.member WHERE j.id = ?";
        type Row = (i64, Option<Vec<u8>>, Option<i64>);
        let found: Option<Row> = sqlx::query_as(text).bind(sale.bytes().to_vec()).fetch_optional(&mut *self.connection).await?;
        let Some((month, buyer, Some(first))) = found else { return Ok(None) };
        let buyer = buyer.as_deref().map(super::id::<MemberId>).transpose()?;
        let text = "SELECT DISTINCT j.number, j.bytes FROM earnings e JOIN journal j ON j.number = e.entry
            WHERE e.month = ?1 AND e.source IS NOT NULL AND (instr(e.source, ?2) > 0 OR instr(e.source, ?3) > 0) ORDER BY j.number";
        let of_buyer = buyer.map_or_else(|| sale.to_string(), |buyer| format!("buyer:{buyer}"));
        let rows: Vec<(i64, Vec<u8>)> =
            sqlx::query_as(text).bind(month).bind(sale.to_string()).bind(of_buyer).fetch_all(&mut *self.connection).await?;
        let mut paid = BTreeMap::new();
        for (number, bytes) in rows {
            if let Some(Fact::PeriodEarned(part)) = Entry::read(number, &bytes)?.fact(number)? {
                gather(&mut paid, sale, &part);
            }
        }
        let earned = paid.into_values().filter_map(|(earned, orders)| part_of(sale, earned, &orders)).collect();
        let text = "SELECT l.origin_line, -sum(l.qty_milli) FROM sales r JOIN sale_lines l ON l.entry = r.entry
            WHERE r.origin = ? AND r.entry < ? AND l.origin_line IS NOT NULL GROUP BY l.origin_line ORDER BY l.origin_line";
        let rows: Vec<(i64, i64)> = sqlx::query_as(text).bind(sale.bytes().to_vec()).bind(first).fetch_all(&mut *self.connection).await?;
        let row = |(line, qty_milli): (i64, i64)| ReturnedQty { line: usize::try_from(line).unwrap_or(usize::MAX), qty_milli };
        Ok(Some(ClosedOn { earned, before: rows.into_iter().map(row).collect() }))
    }
}

/// By member, rule and source: what all rounds paid together, with the newest explanation and orders.
type Paid = BTreeMap<(MemberId, String, String), (Earned, Vec<OrderPart>)>;

fn gather(paid: &mut Paid, sale: SaleId, part: &PeriodEarned) {
    let name = sale.to_string();
    for one in &part.earned {
        let key = (one.earned.member, one.earned.rule.clone(), one.source.clone());
        if let Some((earned, orders)) = paid.get_mut(&key) {
            let amount_micro = earned.amount_micro + one.earned.amount_micro;
            if !one.earned.why.is_empty() {
                (*earned, *orders) = (one.earned.clone(), one.orders.clone());
            }
            earned.amount_micro = amount_micro;
        } else if one.orders.iter().any(|order| order.sale == sale) || (one.orders.is_empty() && one.source.contains(&name)) {
            paid.insert(key, (one.earned.clone(), one.orders.clone()));
        }
    }
}

/// The sale's part of an earning: by the bases of the orders that it came from, nothing lost between them.
fn part_of(sale: SaleId, earned: Earned, orders: &[OrderPart]) -> Option<Earned> {
    let Some(place) = orders.iter().position(|order| order.sale == sale) else { return Some(earned).filter(|earned| earned.amount_micro != 0) };
    let weights: Vec<i64> = orders.iter().map(|order| order.base_minor).collect();
    let amount_micro = *split(earned.amount_micro, &weights).get(place)?;
    (amount_micro != 0).then_some(Earned { amount_micro, base_minor: *weights.get(place)?, ..earned })
}
