//! Finding the sale that somebody holds in their hands: by its number, its buyer, its goods or its day.

use domain::ids::SaleId;
use sqlx::{QueryBuilder, Sqlite};

use super::{
    ProductFilter, Window, after,
    sales::{Raw, SELECT, SaleRow},
};
use crate::{Books, BooksError};

/// How many entries back goods are looked for where no day is named: some weeks of a busy shop, read in moments.
const REACH: i64 = 20_000;
/// As many are shown; whoever wants others says more.
const SHOWN: i64 = 30;

impl Books {
    /// Sales that every word of `search` fits, newest first, at most thirty; with no words the newest. A word fits by the number (whole, its start, or
    /// its digits alone), by the buyer as members are found, by a product on it (of the newest sales, or of a named day), or is a day: `2026-03-10`,
    /// `03-10`. `year` completes a day without one. Returns are not among them.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn find_sales(&self, search: &str, country_code: &str, year: &str) -> Result<Vec<SaleRow>, BooksError> {
        let mut words: Vec<&str> = search.split_whitespace().collect();
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        query.push(" WHERE s.kind = 'sale'");
        let days: Vec<String> = words.iter().filter_map(|word| day(word, year)).collect();
        words.retain(|word| day(word, year).is_none());
        for day in &days {
            query.push(" AND s.business_date = ").push_bind(day.clone());
        }
        for word in words {
            query.push(" AND (s.number = ").push_bind(word.to_owned());
            for start in [word.to_owned(), word.to_uppercase()].into_iter().filter(|_| !numbers(word)) {
                query.push(" OR (s.number >= ").push_bind(start.clone()).push(" AND s.number < ").push_bind(after(&start)).push(")");
            }
            for number in self.numbers_ending(word).await? {
                query.push(" OR s.number = ").push_bind(number);
            }
            for member in self.find_members(word, country_code).await? {
                query.push(" OR s.member = (SELECT key FROM members WHERE id = ").push_bind(member.member.bytes().to_vec()).push(")");
            }
            let products = self.products_called(word).await?;
            if !products.is_empty() {
                // Within a day the day's own index bounds it.
                query.push(" OR EXISTS (SELECT 1 FROM sale_lines l WHERE l.entry = s.entry");
                if days.is_empty() {
                    query.push(" AND s.entry > (SELECT max(number) FROM journal) - ").push_bind(REACH);
                }
                query.push(" AND l.product IN (SELECT key FROM products WHERE id IN (");
                let mut ids = query.separated(", ");
                for product in products {
                    ids.push_bind(product);
                }
                query.push(")))");
            }
            query.push(")");
        }
        query.push(" ORDER BY s.entry DESC LIMIT ").push_bind(SHOWN);
        let rows: Vec<Raw> = query.build_query_as().fetch_all(&self.readers).await?;
        rows.into_iter().map(Raw::read).collect()
    }

    /// The sale with this number, or the one that came back by the credit note with this number; capital and small letters count alike.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn sale_numbered(&self, number: &str) -> Result<Option<SaleRow>, BooksError> {
        let text = "SELECT coalesce(s.origin, j.id) FROM sales s JOIN journal j ON j.number = s.entry
            WHERE s.number IN (?1, ?2) AND (s.kind = 'sale' OR s.origin IS NOT NULL) ORDER BY s.entry DESC LIMIT 1";
        let found: Option<Vec<u8>> = sqlx::query_scalar(text).bind(number).bind(number.to_uppercase()).fetch_optional(&self.readers).await?;
        match found {
            Some(sale) => self.sale_row(super::id::<SaleId>(&sale)?).await,
            None => Ok(None),
        }
    }

    /// The numbers that a till of this shop would have given for these digits: `42` is `1A-000042`.
    async fn numbers_ending(&self, word: &str) -> Result<Vec<String>, BooksError> {
        let Some(count) = word.parse::<u32>().ok().filter(|_| numbers(word)) else { return Ok(Vec::new()) };
        let names: Vec<String> =
            sqlx::query_scalar("SELECT name FROM counters WHERE name >= 'receipt:' AND name < 'receipt;'").fetch_all(&self.readers).await?;
        Ok(names.iter().filter_map(|name| Some(format!("{}-{count:06}", name.strip_prefix("receipt:")?))).collect())
    }

    async fn products_called(&self, word: &str) -> Result<Vec<Vec<u8>>, BooksError> {
        let scanned = self.scanned(word).await?;
        let found = match scanned.is_empty() {
            true => {
                self.products(&ProductFilter { search: word.to_owned(), ..ProductFilter::default() }, Window { offset: 0, limit: 20 }).await?.rows
            }
            false => scanned,
        };
        Ok(found.iter().map(|row| row.product.bytes().to_vec()).collect())
    }
}

/// Digits that may be the end of a receipt's number, not its start.
fn numbers(word: &str) -> bool {
    word.len() <= 6 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A word that is a day, whole or without its year.
fn day(word: &str, year: &str) -> Option<String> {
    let whole = if word.len() == 5 { format!("{year}-{word}") } else { word.to_owned() };
    let shape = |place: usize, byte: u8| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    (whole.len() == 10 && whole.bytes().enumerate().all(|(place, byte)| shape(place, byte))).then_some(whole)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_day_is_told_from_a_number() {
        let day = |word| super::day(word, "2026");
        assert_eq!(day("2026-03-10").as_deref(), Some("2026-03-10"));
        assert_eq!(day("03-10").as_deref(), Some("2026-03-10"));
        for word in ["1A-000042", "42", "03/10", "2026-3-10", "茶-茶", "20260310ab", "123-4"] {
            assert_eq!(day(word), None, "{word}");
        }
    }
}
