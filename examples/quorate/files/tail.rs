//! A reader that remembers what it handed out last.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

/// The last piece of a file that was handed out, and where it began.
#[derive(Debug, Default)]
pub struct Tail {
    start: u64,
    bytes: Vec<u8>,
}

impl Tail {
    /// The byte at that place of the file, if it lies in the last piece.
    pub fn byte(&self, at: u64) -> Option<u8> {
        let at = usize::try_from(at.checked_sub(self.start)?).ok()?;
        self.bytes.get(at).copied()
    }
}

/// Reads a file and keeps its last piece for [`Tail`].
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
        if count > 0 {
            let mut tail = self.tail.borrow_mut();
            tail.start += tail.bytes.len() as u64;
            tail.bytes.clear();
            tail.bytes.extend_from_slice(&buffer[..count]);
        }
        Ok(count)
    }
}
