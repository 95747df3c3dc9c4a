//! What is often bought with a product, as the last receipts say.

use domain::ids::ProductId;

use super::{ProductRow, id, products::shelf};
use crate::{Books, BooksError};

/// Receipts that are looked at, the newest: the answer costs the same in a shop of any age.
const RECEIPTS: i64 = 2_000;
/// Two products that met less often only met by chance.
const LEAST: i64 = 3;
const MOST: usize = 3;

impl Books {
    /// Up to three products in use and in stock that stood on receipts with this one, most often first; those named besides are left out.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn bought_with(&self, product: ProductId, besides: &[ProductId]) -> Result<Vec<ProductRow>, BooksError> {
        let text = "WITH recent (entry) AS (SELECT entry FROM sales WHERE kind = 'sale' ORDER BY entry DESC LIMIT ?2),
                mine (entry) AS (SELECT DISTINCT l.entry FROM recent CROSS JOIN sale_lines l ON l.entry = recent.entry
                    WHERE l.kind = 'sale' AND l.product = (SELECT key FROM products WHERE id = ?1))
            SELECT p.id FROM mine CROSS JOIN sale_lines l ON l.entry = mine.entry JOIN products p ON p.key = l.product
            WHERE l.kind = 'sale' AND p.id <> ?1 AND NOT p.archived
            GROUP BY p.key HAVING count(DISTINCT l.entry) >= ?3 ORDER BY count(DISTINCT l.entry) DESC, p.code LIMIT 20";
        let mut connection = self.readers.acquire().await?;
        let found: Vec<Vec<u8>> = sqlx::query_scalar(text).bind(product.bytes()).bind(RECEIPTS).bind(LEAST).fetch_all(&mut *connection).await?;
        let found: Vec<ProductId> = found.iter().map(|product| id(product)).collect::<Result<_, _>>()?;
        let rows = shelf(&mut connection, &found).await?;
        let wanted = |product: &&ProductId| !besides.contains(product);
        let in_stock = |product: &ProductId| rows.iter().find(|row| row.product == *product && row.stock_milli > 0).cloned();
        Ok(found.iter().filter(wanted).filter_map(in_stock).take(MOST).collect())
    }
}
