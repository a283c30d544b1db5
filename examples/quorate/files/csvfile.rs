//! One CSV file, row by row.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::tail::{Remembering, Tail};
use crate::exit::io_of;

/// Bytes read at once.
const BUFFER: usize = 1 << 16;

/// The mark that some programs put before UTF-8.
const BOM: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// A row: its cells as they are in the file, and where it is.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its number among the rows after the header, from 0.
    pub number: u64,
    /// Its cells, unread.
    pub cells: ByteRecord,
}

/// The first bytes, looked at already, and the rest of the file.
type Whole = io::Chain<io::Cursor<Vec<u8>>, Box<dyn Read>>;

/// An open CSV file whose header is read.
pub struct CsvFile {
    reader: Reader<Remembering<Whole>>,
    tail: Rc<RefCell<Tail>>,
    header: Vec<String>,
    /// The header's cells, unread.
    pub raw_header: ByteRecord,
    rows: u64,
}

impl CsvFile {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// One line about why it cannot be used, without the file's name.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        if path.is_dir() {
            return Err("is a directory, not a file".into());
        }
        Self::from_reader(Box::new(file))
    }

    /// Reads what comes in, and its header.
    ///
    /// # Errors
    /// As [`CsvFile::open`].
    pub fn stdin() -> Result<Self, String> {
        Self::from_reader(Box::new(io::stdin()))
    }

    fn from_reader(file: Box<dyn Read>) -> Result<Self, String> {
        Self::from_start(file).map_err(|error| unreadable(&error))?.with_header()
    }

    fn from_start(mut file: Box<dyn Read>) -> io::Result<Self> {
        let mut start = Vec::with_capacity(BOM.len());
        file.by_ref().take(BOM.len() as u64).read_to_end(&mut start)?;
        if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
            return Err(io::Error::other("it is UTF-16; save it as UTF-8"));
        }
        if start == BOM {
            start.clear();
        }
        let (remembering, tail) = Remembering::new(io::Cursor::new(start).chain(file));
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(BUFFER).from_reader(remembering);
        Ok(Self { reader, tail, header: Vec::new(), raw_header: ByteRecord::new(), rows: 0 })
    }

    fn with_header(mut self) -> Result<Self, String> {
        let mut row = Row::default();
        if !self.next(&mut row).map_err(|error| unreadable(&error))? {
            return Err("is empty; a header row with the names of the columns is needed".into());
        }
        self.rows = 0;
        for cell in &row.cells {
            let name =
                std::str::from_utf8(cell).map_err(|_| format!("line {}: the header is not UTF-8; save the file as UTF-8", row.line))?;
            self.header.push(name.trim().into());
        }
        self.raw_header = row.cells;
        Ok(self)
    }

    /// The names of the columns, in order.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// How many bytes of the file are read.
    pub fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }

    /// Reads the next row into `row`; `false` at the end of the file.
    ///
    /// # Errors
    /// The file cannot be read any further.
    pub fn next(&mut self, row: &mut Row) -> io::Result<bool> {
        let there = self.reader.read_byte_record(&mut row.cells).map_err(io_of)?;
        let tail = self.tail.borrow();
        if let Some(line) = tail.quoting.fault(tail.ended) {
            let what =
                "a quote opens a cell there and is not closed before a comma or the end of a line; close it, or double the quotes within";
            return Err(io::Error::other(format!("line {line}: {what}")));
        }
        drop(tail);
        if !there {
            return Ok(false);
        }
        row.number = self.rows;
        self.rows += 1;
        let within: u64 = row.cells.iter().map(newlines).sum();
        row.line = self.reader.position().line() - within - u64::from(self.ended_a_line(&row.cells));
        Ok(true)
    }

    /// Whether the line break that ends the row is read already; that of `\r\n` is not.
    fn ended_a_line(&self, cells: &ByteRecord) -> bool {
        let (end, tail) = (self.reader.position().byte(), self.tail.borrow());
        let back = |bytes: u64| end.checked_sub(bytes).and_then(|at| tail.byte(at));
        // At the end of the file an open quote has swallowed it: then it is a part of the cell and no closing quote stands before it.
        let in_a_cell = cells.iter().next_back().is_some_and(|cell| cell.ends_with(b"\n"));
        back(1) == Some(b'\n') && (!in_a_cell || (back(2) == Some(b'"') && back(3) == Some(b'\n')))
    }
}

fn newlines(cell: &[u8]) -> u64 {
    cell.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "is not there".into(),
        _ => format!("cannot be read: {error}"),
    }
}
