//! Excel workbooks. A thread reads ahead by a few hundred rows and stops when nobody wants more.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
    sync::{
        atomic::Ordering,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use calamine::{Data, DataRef, ExcelDateTime, Reader, Xls, Xlsx, open_workbook};

use super::{CellNote, Progress, Rows, SheetFault, SheetFound, SheetOptions, SheetRow};

#[derive(Clone, Copy)]
pub(super) enum Make {
    Xlsx,
    Xls,
}

enum Sent {
    Found(SheetFound),
    Row(SheetRow),
    Fault(SheetFault),
    End,
}

/// The reader of the rows is gone; nothing is left to do.
struct Unwanted;

pub(super) fn open(path: &Path, make: Make, options: &SheetOptions, progress: &Progress) -> Result<(SheetFound, Rows), SheetFault> {
    let (sender, receiver) = sync_channel(256);
    let (path, wish, progress) = (path.to_owned(), options.sheet.clone(), progress.clone());
    thread::Builder::new().name("sheet".into()).spawn(move || {
        let done = match make {
            Make::Xlsx => xlsx(&path, wish.as_deref(), &sender, &progress),
            Make::Xls => xls(&path, wish.as_deref(), &sender, &progress),
        };
        let last = match done {
            Ok(Ok(())) => Sent::End,
            Ok(Err(Unwanted)) => return,
            Err(fault) => Sent::Fault(fault),
        };
        // Nobody listening any more is the other way for this to end well.
        sender.send(last).ok();
    })?;
    match receiver.recv() {
        Ok(Sent::Found(found)) => Ok((found, Box::new(Sheet { receiver, ended: false }))),
        Ok(Sent::Fault(fault)) => Err(fault),
        Ok(Sent::Row(_) | Sent::End) | Err(_) => Err(damaged()),
    }
}

fn damaged() -> SheetFault {
    SheetFault::Workbook("it is damaged".into())
}

fn broken(error: impl std::fmt::Display) -> SheetFault {
    SheetFault::Workbook(error.to_string())
}

struct Sheet {
    receiver: Receiver<Sent>,
    ended: bool,
}

impl Iterator for Sheet {
    type Item = Result<SheetRow, SheetFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.receiver.recv() {
            Ok(Sent::Row(row)) => return Some(Ok(row)),
            Ok(Sent::Fault(fault)) => {
                self.ended = true;
                return Some(Err(fault));
            }
            Ok(Sent::End | Sent::Found(_)) => self.ended = true,
            // The thread died over a file that its library could not bear.
            Err(_) => {
                self.ended = true;
                return Some(Err(damaged()));
            }
        }
        None
    }
}

type Done = Result<Result<(), Unwanted>, SheetFault>;

fn choose(sheets: Vec<String>, wish: Option<&str>) -> Result<(SheetFound, String), SheetFault> {
    let sheet = match wish {
        Some(wish) => sheets.iter().find(|name| *name == wish).ok_or_else(|| SheetFault::NoSuchSheet(wish.to_owned()))?,
        None => sheets.first().ok_or(SheetFault::Empty)?,
    };
    let sheet = sheet.clone();
    Ok((SheetFound::Workbook { sheets, sheet: sheet.clone() }, sheet))
}

fn xlsx(path: &PathBuf, wish: Option<&str>, sender: &SyncSender<Sent>, progress: &Progress) -> Done {
    let mut book: Xlsx<BufReader<File>> = open_workbook(path).map_err(broken)?;
    let (found, sheet) = choose(book.sheet_names(), wish)?;
    if sender.send(Sent::Found(found)).is_err() {
        return Ok(Err(Unwanted));
    }
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    progress.all.store(u64::from(cells.dimensions().end.0) + 1, Ordering::Relaxed);
    let mut row = SheetRow { number: 0, cells: Vec::new(), notes: Vec::new() };
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (at, column) = cell.get_position();
        let number = u64::from(at) + 1;
        if number != row.number {
            let full = std::mem::replace(&mut row, SheetRow { number, cells: Vec::new(), notes: Vec::new() });
            if !full.cells.is_empty() && sender.send(Sent::Row(full)).is_err() {
                return Ok(Err(Unwanted));
            }
            progress.done.store(number, Ordering::Relaxed);
        }
        put(&mut row, column as usize, cell.get_value());
    }
    if !row.cells.is_empty() && sender.send(Sent::Row(row)).is_err() {
        return Ok(Err(Unwanted));
    }
    Ok(Ok(()))
}

fn xls(path: &PathBuf, wish: Option<&str>, sender: &SyncSender<Sent>, progress: &Progress) -> Done {
    let mut book: Xls<BufReader<File>> = open_workbook(path).map_err(broken)?;
    let (found, sheet) = choose(book.sheet_names(), wish)?;
    if sender.send(Sent::Found(found)).is_err() {
        return Ok(Err(Unwanted));
    }
    let range = book.worksheet_range(&sheet).map_err(broken)?;
    let (top, left) = range.start().unwrap_or_default();
    progress.all.store(range.height() as u64, Ordering::Relaxed);
    for (number, cells) in (u64::from(top) + 1..).zip(range.rows()) {
        let mut row = SheetRow { number, cells: Vec::new(), notes: Vec::new() };
        for (column, cell) in (left as usize..).zip(cells) {
            put(&mut row, column, &borrowed(cell));
        }
        progress.done.store(number, Ordering::Relaxed);
        if sender.send(Sent::Row(row)).is_err() {
            return Ok(Err(Unwanted));
        }
    }
    Ok(Ok(()))
}

fn borrowed(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(bool) => DataRef::Bool(*bool),
        Data::DateTime(time) => DataRef::DateTime(*time),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn put(row: &mut SheetRow, column: usize, cell: &DataRef<'_>) {
    let text = match cell {
        DataRef::Empty => return,
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => {
            let (text, lost) = number_text(*number);
            if lost {
                row.notes.push(CellNote::LostDigits { column });
            }
            text
        }
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".into(),
        DataRef::Bool(false) => "FALSE".into(),
        DataRef::DateTime(time) => time_text(*time),
        DataRef::Error(error) => {
            row.notes.push(CellNote::CellError { column });
            error.to_string()
        }
    };
    if row.cells.len() <= column {
        row.cells.resize(column + 1, String::new());
    }
    row.cells[column] = text;
}

/// The number as Excel shows it: the shortest decimal, at most 15 significant digits. True with it where it is a whole number longer than that.
fn number_text(number: f64) -> (String, bool) {
    let shortest = number.to_string();
    let significant = shortest.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    if significant <= 15 {
        return (shortest, false);
    }
    if !shortest.contains('.') {
        return (shortest, true);
    }
    let rounded = format!("{number:.14e}").parse().map_or(shortest, |rounded: f64| rounded.to_string());
    (rounded, false)
}

fn time_text(time: ExcelDateTime) -> String {
    if !time.is_datetime() {
        return number_text(time.as_f64()).0;
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
