//! Documents of the back room, suppliers and places.

use domain::{
    ids::LocationId,
    stock::{GoodsReceived, LocationSaved, StockCounted, StockTransferred, SupplierSaved},
};

use crate::{batch::Batch, entry::Entry};

pub fn supplier(batch: &mut Batch, saved: &SupplierSaved) {
    let card = &saved.card;
    batch
        .statement("INSERT INTO suppliers (id, name, contact, phone, note, archived) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(saved.supplier.bytes().to_vec())
        .bind(card.name.clone())
        .bind(card.contact.clone())
        .bind(card.phone.clone())
        .bind(card.note.clone())
        .bind(card.archived)
        .end(
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, contact = excluded.contact, phone = excluded.phone, note = excluded.note,
                archived = excluded.archived",
        );
}

pub fn location(batch: &mut Batch, saved: &LocationSaved) {
    batch
        .statement("INSERT INTO locations (id, name, archived) VALUES (?, ?, ?)")
        .bind(saved.location.bytes().to_vec())
        .bind(saved.name.clone())
        .bind(saved.archived)
        .end("ON CONFLICT (id) DO UPDATE SET name = excluded.name, archived = excluded.archived");
}

/// A document's row, as its list shows it.
#[derive(Default)]
struct Row<'a> {
    number: &'a str,
    kind: &'static str,
    supplier: Option<Vec<u8>>,
    reference: Option<String>,
    place: Option<LocationId>,
    to: Option<Option<LocationId>>,
    lines: usize,
    qty_milli: i64,
    value_minor: i64,
    note: Option<String>,
}

pub fn received(batch: &mut Batch, number: i64, entry: &Entry, goods: &GoodsReceived) {
    for line in goods.lines.iter().filter(|line| line.cost_minor > 0) {
        let unit = domain::share::portion(line.cost_minor, 1000, line.qty_milli.into());
        batch.statement("UPDATE products SET cost_minor = ? WHERE id = ?").bind(unit).bind(line.product.bytes().to_vec());
    }
    let row = Row {
        number: &goods.number,
        kind: "received",
        supplier: goods.supplier.map(|supplier| supplier.bytes().to_vec()),
        reference: goods.reference.clone(),
        place: goods.location,
        lines: goods.lines.len(),
        qty_milli: goods.lines.iter().map(|line| line.qty_milli).sum(),
        value_minor: goods.lines.iter().map(|line| line.cost_minor).sum(),
        note: goods.note.clone(),
        ..Row::default()
    };
    document(batch, number, entry, row);
}

pub fn transferred(batch: &mut Batch, number: i64, entry: &Entry, moved: &StockTransferred) {
    let row = Row {
        number: &moved.number,
        kind: "transferred",
        place: moved.from,
        to: Some(moved.to),
        lines: moved.lines.len(),
        qty_milli: moved.lines.iter().map(|line| line.qty_milli).sum(),
        note: moved.note.clone(),
        ..Row::default()
    };
    document(batch, number, entry, row);
}

pub fn counted(batch: &mut Batch, number: i64, entry: &Entry, counted: &StockCounted) {
    let row = Row {
        number: &counted.number,
        kind: "counted",
        place: counted.location,
        lines: counted.lines.len(),
        qty_milli: counted.lines.iter().map(domain::stock::CountedLine::by_milli).sum(),
        value_minor: counted.lines.iter().map(|line| line.value_minor).sum(),
        note: counted.note.clone(),
        ..Row::default()
    };
    document(batch, number, entry, row);
}

fn document(batch: &mut Batch, number: i64, entry: &Entry, row: Row<'_>) {
    if let Some((prefix, counter)) = row.number.rsplit_once('-').and_then(|(prefix, digits)| Some((prefix, digits.parse::<i64>().ok()?))) {
        batch
            .statement("INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)")
            .bind(format!("document:{prefix}"))
            .bind(counter);
    }
    batch
        .statement(
            "INSERT INTO stock_documents (entry, number, kind, business_date, supplier, reference, place, to_place, person, lines, qty_milli, value_minor, note)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(number)
        .bind(row.number.to_owned())
        .bind(row.kind)
        .bind(entry.6.clone())
        .bind(row.supplier)
        .bind(row.reference)
        .bind(place(row.place))
        .bind(row.to.map(place))
        .bind(entry.7.map(|person| person.bytes().to_vec()))
        .bind(i64::try_from(row.lines).unwrap_or(i64::MAX))
        .bind(row.qty_milli)
        .bind(row.value_minor)
        .bind(row.note);
}

/// The nil id stands for the shop floor.
fn place(location: Option<LocationId>) -> Vec<u8> {
    location.map_or_else(|| vec![0; 16], |location| location.bytes().to_vec())
}
