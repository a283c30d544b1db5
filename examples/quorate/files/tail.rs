//! A reader that remembers what it handed out last.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

/// The last piece of a file that was handed out, and where it began.
#[derive(Debug, Default)]
pub struct Tail {
    start: u64,
    bytes: Vec<u8>,
    /// How the quoting of all that was handed out went.
    pub quoting: Quoting,
    /// Whether the file has ended.
    pub ended: bool,
}

impl Tail {
    /// The byte at that place of the file, if it lies in the last piece.
    pub fn byte(&self, at: u64) -> Option<u8> {
        let at = usize::try_from(at.checked_sub(self.start)?).ok()?;
        self.bytes.get(at).copied()
    }
}

/// Where a file's quoting goes wrong, told byte by byte as RFC 4180 has it: a quoted cell ends with a quote before a comma, a line end or the
/// end of the file, and a quote within it is doubled.
///
/// Why: the CSV reader forgives both an open quote and text after a closing one, and thereby takes the rows that follow for a part of the cell.
#[derive(Debug)]
pub struct Quoting {
    at: At,
    line: u64,
    /// The line of the quote that opened the cell being read.
    opened: u64,
    fault: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    CellStart,
    Plain,
    Quoted,
    /// After a quote within a quoted cell: the end of the cell, or the first of two.
    Quote,
}

impl Default for Quoting {
    fn default() -> Self {
        Self { at: At::CellStart, line: 1, opened: 1, fault: None }
    }
}

impl Quoting {
    /// The line on which the quote stands that is not closed as it should be, as far as the file is read.
    pub fn fault(&self, ended: bool) -> Option<u64> {
        self.fault.or((ended && self.at == At::Quoted).then_some(self.opened))
    }

    fn read(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.at = match (self.at, byte) {
                (At::CellStart, b'"') => {
                    self.opened = self.line;
                    At::Quoted
                }
                (At::Quoted, b'"') => At::Quote,
                (At::Quote, b'"') | (At::Quoted, _) => At::Quoted,
                (_, b',' | b'\n' | b'\r') => At::CellStart,
                (At::Quote, _) => {
                    self.fault = self.fault.or(Some(self.opened));
                    At::Plain
                }
                (At::CellStart | At::Plain, _) => At::Plain,
            };
            self.line += u64::from(*byte == b'\n');
        }
    }
}

/// Reads a file, keeps its last piece for [`Tail`] and watches its [`Quoting`].
///
/// Why: the CSV reader counts the blank lines before a row as part of it, and the second half of `\r\n` as part of the next row, so the
/// line of a row follows only from the byte at which the row ended.
#[derive(Debug)]
pub struct Remembering<R> {
    inner: R,
    tail: Rc<RefCell<Tail>>,
}

impl<R> Remembering<R> {
    pub fn new(inner: R) -> (Self, Rc<RefCell<Tail>>) {
        let tail = Rc::new(RefCell::new(Tail::default()));
        (Self { inner, tail: Rc::clone(&tail) }, tail)
    }
}

impl<R: Read> Read for Remembering<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        // At the end of the file the last piece stays: the byte asked for lies in it.
        let mut tail = self.tail.borrow_mut();
        tail.ended |= count == 0 && !buffer.is_empty();
        if count > 0 {
            tail.quoting.read(&buffer[..count]);
            tail.start += tail.bytes.len() as u64;
            tail.bytes.clear();
            tail.bytes.extend_from_slice(&buffer[..count]);
        }
        Ok(count)
    }
}
