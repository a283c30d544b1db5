//! How far reading has come, on stderr, when somebody is watching and it takes a while.

use std::cell::Cell;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use quorate::Day;

/// Bytes from which on a bar is worth its lines.
const LONG: u64 = 8 << 20;

/// Assessments from which on a bar is worth its lines.
const MANY: u64 = 200_000;

/// A bar over days, with about so many assessments each. It hides itself when stderr is no terminal.
pub fn days(what: &'static str, first: Day, last: Day, each: u64) -> ProgressBar {
    let days = u64::from(last.days_since(first).unsigned_abs()) + 1;
    let target = if days * each < MANY { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(days), target);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len} days, {eta} left") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// A bar over the bytes of several files. It hides itself when stderr is no terminal.
pub struct Progress {
    bar: ProgressBar,
    before: Cell<u64>,
    drawn: Cell<u64>,
}

impl Progress {
    /// Begins.
    pub fn new(what: &'static str, bytes: u64) -> Self {
        let target = if bytes < LONG { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(bytes), target);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes}, {eta} left") {
            bar.set_style(style);
        }
        bar.set_message(what);
        Self { bar, before: Cell::new(0), drawn: Cell::new(0) }
    }

    /// So many bytes of the present file are read.
    pub fn at(&self, bytes: u64) {
        let at = self.before.get() + bytes;
        // The bar takes a lock for every step; one step for 64 KiB is fine enough for any eye.
        if at >= self.drawn.get() + (1 << 16) {
            self.drawn.set(at);
            self.bar.set_position(at);
        }
    }

    /// The present file is read, all of it.
    pub fn file_done(&self, bytes: u64) {
        self.before.set(self.before.get() + bytes);
    }

    /// Done: the bar goes away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
