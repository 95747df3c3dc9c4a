//! The floors of posting: the rows of a sale, read back from the shop that recorded it, are written once more by SQLite alone, one prepared statement per
//! row in one transaction. The twin has our schema; the bare tables have the primary keys and nothing else.

use std::{collections::BTreeMap, path::Path};

use rusqlite::{Connection, OpenFlags, Transaction, params, params_from_iter, types::Value};

use crate::{
    Fault,
    measure::timed,
    shop::{Device, remove},
};

/// One statement of a sale, with its values.
type Row = (String, Vec<Value>);

/// Reads what a sale wrote.
pub struct Reader {
    shop: Connection,
    /// Tables whose rows belong to one entry: name, the entry's column, all columns.
    tables: Vec<(String, &'static str, Vec<String>)>,
}

impl Reader {
    /// Beside the writer of a shop.
    pub fn open(device: &Device, path: &Path) -> Result<Self, Fault> {
        let shop = device.open_file(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name <> 'journal', name";
        let names: Vec<String> = shop.prepare(names)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut tables = Vec::new();
        for name in names {
            let columns = columns(&shop, &name)?;
            let entry = if name == "journal" { "number" } else { "entry" };
            // Plans name the entry that activated them; no sale writes there.
            if name != "plans" && columns.iter().any(|column| column == entry) {
                tables.push((name, entry, columns));
            }
        }
        Ok(Self { shop, tables })
    }

    /// Every row that the newest entry inserted or moved, as statements by integer key.
    pub fn newest(&self) -> Result<Vec<Row>, Fault> {
        let shop = &self.shop;
        let number: i64 = shop.query_row("SELECT max(number) FROM journal", [], |row| row.get(0))?;
        let mut rows: Vec<Row> = Vec::new();
        for (table, entry, columns) in &self.tables {
            let mut found = shop.prepare_cached(&format!("SELECT {} FROM {table} WHERE {entry} = ?", columns.join(", ")))?;
            let text = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), vec!["?"; columns.len()].join(", "));
            let mut found = found.query([number])?;
            while let Some(row) = found.next()? {
                rows.push((text.clone(), (0..columns.len()).map(|column| row.get(column)).collect::<Result<_, _>>()?));
            }
        }
        let mut moved: BTreeMap<(i64, i64), i64> = BTreeMap::new();
        let mut postings = shop.prepare_cached("SELECT unit, debit, credit, amount FROM postings WHERE entry = ?")?;
        let postings = postings.query_map([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        for posting in postings {
            let (unit, debit, credit, amount): (i64, i64, i64, i64) = posting?;
            *moved.entry((debit, unit)).or_default() += amount;
            *moved.entry((credit, unit)).or_default() -= amount;
        }
        for ((account, unit), amount) in moved {
            let text = "INSERT INTO balances (account, unit, amount) VALUES (?, ?, ?) ON CONFLICT (account, unit) DO UPDATE SET amount = amount + excluded.amount";
            rows.push((text.into(), vec![account.into(), unit.into(), amount.into()]));
        }
        let mut lines = shop.prepare_cached("SELECT product, sum(qty_milli) FROM sale_lines WHERE entry = ? GROUP BY product")?;
        for line in lines.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (product, qty): (i64, i64) = line?;
            rows.push(("UPDATE products SET stock_milli = stock_milli - ? WHERE key = ?".into(), vec![qty.into(), product.into()]));
        }
        let sale: (Option<i64>, i64, String) = shop
            .prepare_cached("SELECT member, net_minor, number FROM sales WHERE entry = ?")?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        if let Some(member) = sale.0 {
            let text = "UPDATE members SET purchases = purchases + 1, net_minor = net_minor + ? WHERE key = ?";
            rows.push((text.into(), vec![sale.1.into(), member.into()]));
        }
        let earned = "SELECT month, member, max(base_minor), sum(amount_micro) FROM earnings WHERE entry = ? GROUP BY month, member";
        let mut earned = shop.prepare_cached(earned)?;
        for total in earned.query_map([number], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))? {
            let text = "INSERT INTO earned_months (month, member, sales, base_minor, amount_micro) VALUES (?, ?, 1, ?, ?) ON CONFLICT (month, member)
                DO UPDATE SET sales = sales + 1, base_minor = base_minor + excluded.base_minor, amount_micro = amount_micro + excluded.amount_micro";
            rows.push((text.into(), total?.map(Value::Integer).to_vec()));
        }
        let text = "INSERT INTO counters (name, value) VALUES ('receipt', ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)";
        rows.push((text.into(), vec![number.into()]));
        Ok(rows)
    }
}

/// A file that takes the rows without anything around it.
pub struct Twin(Connection);

impl Twin {
    /// A copy of a shop that nobody has open: same rows, same schema.
    pub fn copy(device: &Device, shop: &Path, path: &Path) -> Result<Self, Fault> {
        remove(path)?;
        std::fs::copy(shop, path)?;
        Self::open(device, path)
    }

    /// The same tables with their primary keys alone: no further index, no trigger, no check.
    pub fn bare(device: &Device, shop: &Path, path: &Path) -> Result<Self, Fault> {
        remove(path)?;
        let file = Connection::open(path)?;
        file.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")?;
        let key = device.key_of(shop)?.map_or(String::new(), |key| key.pragma().trim_matches('"').to_owned());
        file.execute("ATTACH ? AS shop KEY ?", params![shop.display().to_string(), key])?;
        let tables = "SELECT name, sql LIKE '%WITHOUT ROWID%' FROM shop.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'accounts'";
        let tables: Vec<(String, bool)> = file.prepare(tables)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        for (name, keyed) in tables {
            let mut info = file
                .prepare(&format!("SELECT name, type, pk FROM shop.pragma_table_info('{name}') ORDER BY cid"))
                .or_else(|_| file.prepare(&format!("SELECT name, type, pk FROM pragma_table_info('{name}', 'shop') ORDER BY cid")))?;
            let all: Vec<(String, String, i64)> = info.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
            let mut keys: Vec<&(String, String, i64)> = all.iter().filter(|column| column.2 > 0).collect();
            keys.sort_by_key(|column| column.2);
            let keys: Vec<&str> = keys.iter().map(|column| column.0.as_str()).collect();
            let names: Vec<&str> = all.iter().map(|column| column.0.as_str()).collect();
            let typed: Vec<String> = all.iter().map(|column| format!("{} {}", column.0, column.1)).collect();
            let key = if keys.is_empty() { String::new() } else { format!(", PRIMARY KEY ({})", keys.join(", ")) };
            let end = if keyed { " WITHOUT ROWID" } else { "" };
            file.execute_batch(&format!("CREATE TABLE {name} ({}{key}){end};", typed.join(", ")))?;
            file.execute_batch(&format!("INSERT INTO {name} ({0}) SELECT {0} FROM shop.{name};", names.join(", ")))?;
        }
        file.execute_batch("DETACH shop;")?;
        drop(file);
        Self::open(device, path)
    }

    fn open(device: &Device, path: &Path) -> Result<Self, Fault> {
        let file = device.open_file(path, OpenFlags::default())?;
        file.pragma_update(None, "journal_mode", "WAL")?;
        for (name, value) in [("synchronous", 2_i64), ("foreign_keys", 1), ("wal_autocheckpoint", 0), ("cache_size", -16_000), ("fullfsync", 1)] {
            file.pragma_update(None, name, value)?;
        }
        file.set_prepared_statement_cache_capacity(100);
        Ok(Self(file))
    }

    /// Writes the rows in one transaction; nanoseconds from its beginning to its commit.
    pub fn write(&mut self, rows: &[Row]) -> Result<u64, Fault> {
        let (written, nanos) = timed(|| write(self.0.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?, rows));
        written?;
        Ok(nanos)
    }
}

fn write(writing: Transaction<'_>, rows: &[Row]) -> Result<(), Fault> {
    for (text, values) in rows {
        writing.prepare_cached(text)?.execute(params_from_iter(values))?;
    }
    writing.commit()?;
    Ok(())
}

fn columns(shop: &Connection, table: &str) -> Result<Vec<String>, Fault> {
    // `pragma_table_info` leaves generated columns out, which nobody can write.
    let mut info = shop.prepare("SELECT name FROM pragma_table_info(?) ORDER BY cid")?;
    Ok(info.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
