//! CSV and its kin.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
    sync::atomic::Ordering,
};

use super::{CellNote, Delimiter, Progress, Rows, SheetFault, SheetFound, SheetOptions, SheetRow, encoding};

/// No cell of an honest sheet is longer; Excel's own limit is 32,767 characters.
const LONGEST_CELL: usize = 200_000;

pub(super) fn open(path: &Path, packed: bool, options: &SheetOptions, progress: &Progress) -> Result<(SheetFound, Rows), SheetFault> {
    let encoding = match &options.encoding {
        Some(label) => encoding::named(label).ok_or_else(|| SheetFault::UnknownEncoding(label.clone()))?,
        None => encoding::find(raw(path, packed, None)?, || raw(path, packed, None))?,
    };
    let text = || Ok::<_, SheetFault>(encoding::Decoded::new(raw(path, packed, None)?, encoding));
    let delimiter = match options.delimiter {
        Some(delimiter) => delimiter,
        None => sniff(text()?)?,
    };
    progress.all.store(std::fs::metadata(path)?.len(), Ordering::Relaxed);
    let text = encoding::Decoded::new(raw(path, packed, Some(progress.clone()))?, encoding);
    let found = SheetFound::Csv { encoding: encoding.name().to_owned(), delimiter, packed };
    Ok((found, Box::new(Records::new(text, delimiter))))
}

/// The bytes of the file, unpacked.
fn raw(path: &Path, packed: bool, progress: Option<Progress>) -> io::Result<Box<dyn Read + Send>> {
    let counted = Counted { file: BufReader::with_capacity(64 << 10, File::open(path)?), progress };
    // 256 MiB of window are more than xz -9 asks for, and less than a hostile file could.
    Ok(if packed { Box::new(lzma_rust2::XzReader::new_mem_limit(counted, true, 256 << 10)) } else { Box::new(counted) })
}

struct Counted {
    file: BufReader<File>,
    progress: Option<Progress>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(out)?;
        if let Some(progress) = &self.progress {
            progress.done.fetch_add(count as u64, Ordering::Relaxed);
        }
        Ok(count)
    }
}

/// The delimiter by which most of the first rows have as many fields as the first; more fields win, then the comma.
fn sniff(text: impl Read) -> Result<Delimiter, SheetFault> {
    let mut start = Vec::new();
    text.take(64 << 10).read_to_end(&mut start)?;
    let score = |delimiter| {
        let widths: Vec<usize> = Records::new(start.as_slice(), delimiter).filter_map(|row| row.ok().map(|row| row.cells.len())).take(20).collect();
        let first = widths.first().copied().filter(|width| *width > 1)?;
        Some((widths.iter().filter(|width| **width == first).count(), first))
    };
    let best = [Delimiter::Tab, Delimiter::Semicolon, Delimiter::Comma].into_iter().max_by_key(|delimiter| score(*delimiter));
    Ok(best.unwrap_or(Delimiter::Comma))
}

/// The rows of a text that is UTF-8. Lines end in `\n`, `\r\n` or `\r`; within quotation marks they are part of the cell, as `\n`.
///
/// The csv crate reads the same but numbers rows by where the one before ended, which is a line early after `\r\n` and blank lines.
struct Records<R> {
    text: BufReader<R>,
    delimiter: u8,
    line: u64,
    ended: bool,
}

impl<R: Read> Records<R> {
    fn new(text: R, delimiter: Delimiter) -> Self {
        let delimiter = match delimiter {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        };
        Self { text: BufReader::with_capacity(64 << 10, text), delimiter, line: 0, ended: false }
    }

    /// Reads a line without its end; false where there is none left.
    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        line.clear();
        let mut any = false;
        loop {
            let window = self.text.fill_buf()?;
            let Some(end) = memchr::memchr2(b'\n', b'\r', window) else {
                let length = window.len();
                if length == 0 {
                    self.line += u64::from(any);
                    return Ok(any);
                }
                line.extend_from_slice(window);
                self.text.consume(length);
                any = true;
                continue;
            };
            line.extend_from_slice(&window[..end]);
            let returns = window[end] == b'\r';
            self.text.consume(end + 1);
            if returns && self.text.fill_buf()?.first() == Some(&b'\n') {
                self.text.consume(1);
            }
            self.line += 1;
            return Ok(true);
        }
    }

    fn read_row(&mut self) -> Result<Option<SheetRow>, SheetFault> {
        let mut line = Vec::new();
        if !self.read_line(&mut line)? {
            return Ok(None);
        }
        let number = self.line;
        let mut fields = Fields { delimiter: self.delimiter, cells: Vec::new(), cell: Vec::new(), place: Place::Start };
        fields.take(&line);
        while fields.place == Place::Quoted {
            fields.cell.push(b'\n');
            if fields.cell.len() > LONGEST_CELL || !self.read_line(&mut line)? {
                return Err(SheetFault::UnclosedQuote { row: number });
            }
            fields.take(&line);
        }
        fields.end_cell();
        let cells = fields.cells;
        let undecodable = cells.iter().enumerate().filter(|(_, cell)| cell.contains('\u{fffd}'));
        let notes = undecodable.map(|(column, _)| CellNote::Undecodable { column }).collect();
        Ok(Some(SheetRow { number, cells, notes }))
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = Result<SheetRow, SheetFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let row = self.read_row().transpose();
        self.ended = !matches!(row, Some(Ok(_)));
        row
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Plain,
    Quoted,
    /// Behind a quotation mark that either ends the cell or is the first of a doubled one.
    Closing,
}

struct Fields {
    delimiter: u8,
    cells: Vec<String>,
    cell: Vec<u8>,
    place: Place,
}

impl Fields {
    fn take(&mut self, mut line: &[u8]) {
        while let Some((&byte, rest)) = line.split_first() {
            // What has no meaning here is taken in one piece.
            let piece = match self.place {
                Place::Start | Place::Closing => 0,
                Place::Plain => memchr::memchr(self.delimiter, line).unwrap_or(line.len()),
                Place::Quoted => memchr::memchr(b'"', line).unwrap_or(line.len()),
            };
            if piece > 0 {
                self.cell.extend_from_slice(&line[..piece]);
                line = &line[piece..];
                continue;
            }
            line = rest;
            self.place = match (self.place, byte) {
                (Place::Start, b'"') => Place::Quoted,
                (Place::Quoted, b'"') => Place::Closing,
                (Place::Closing, b'"') => self.keep(byte, Place::Quoted),
                (Place::Start | Place::Plain | Place::Closing, byte) if byte == self.delimiter => {
                    self.end_cell();
                    Place::Start
                }
                (Place::Quoted, byte) => self.keep(byte, Place::Quoted),
                (Place::Start | Place::Plain | Place::Closing, byte) => self.keep(byte, Place::Plain),
            };
        }
    }

    fn keep(&mut self, byte: u8, next: Place) -> Place {
        self.cell.push(byte);
        next
    }

    fn end_cell(&mut self) {
        let cell = String::from_utf8(std::mem::take(&mut self.cell));
        self.cells.push(cell.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        Records::new(text.as_bytes(), Delimiter::Comma).map(|row| row.unwrap().cells).collect()
    }

    /// Every text of up to seven of the five letters that matter is read as the csv crate reads it, blank lines aside.
    #[test]
    fn every_small_text_reads_as_the_csv_crate_reads_it() {
        let letters = ['a', ',', '"', '\n', '\r'];
        for length in 0..=7_u32 {
            for mut index in 0..5_usize.pow(length) {
                let mut text = String::new();
                for _ in 0..length {
                    text.push(letters[index % 5]);
                    index /= 5;
                }
                let ours: Result<Vec<SheetRow>, SheetFault> = Records::new(text.as_bytes(), Delimiter::Comma).collect();
                let Ok(ours) = ours else { continue };
                let ours: Vec<Vec<String>> = ours.into_iter().map(|row| row.cells).filter(|cells| *cells != [""]).collect();
                let theirs = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes()).into_records();
                let theirs: Vec<Vec<String>> =
                    theirs.map(|record| record.unwrap().iter().map(|cell| cell.replace("\r\n", "\n").replace('\r', "\n")).collect()).collect();
                assert_eq!(ours, theirs.into_iter().filter(|cells: &Vec<String>| *cells != [""]).collect::<Vec<_>>(), "{text:?}");
            }
        }
    }

    #[test]
    fn an_end_of_line_on_the_edge_of_the_window() {
        let edge = (64 << 10) - 1;
        let text = format!("{}\r\n{}", "x".repeat(edge), "y");
        assert_eq!(cells(&text), [["x".repeat(edge)], ["y".to_owned()]]);
    }
}
