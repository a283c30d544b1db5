//! Results in the words of people who sell: names instead of ids, roles and kinds as they are spoken, points to one decimal.

use std::fmt;

use quorate::{AccountGraph, Percent, Points, Sayable, Wording};

use super::people::{name, spoken};
use crate::words::shown_whole;

/// English with the names of a graph.
pub struct Spoken<'a> {
    pub graph: &'a AccountGraph,
}

impl Spoken<'_> {
    /// A result in these words, on one line: nothing in it can steer a terminal.
    pub fn line<T: Sayable>(&self, what: &T) -> String {
        shown_whole(&self.say(what).to_string())
    }
}

impl Wording for Spoken<'_> {
    fn person(&self, f: &mut fmt::Formatter<'_>, contact: &str) -> fmt::Result {
        f.write_str(&name(contact, self.graph))
    }

    fn role(&self, f: &mut fmt::Formatter<'_>, role: &str) -> fmt::Result {
        f.write_str(&spoken(role))
    }

    fn term(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        f.write_str(&spoken(name))
    }

    /// Cut off, so that no number looks as if it had reached a bound.
    fn points(&self, f: &mut fmt::Formatter<'_>, points: Points) -> fmt::Result {
        f.write_str(&tenths(points.units(), Points::SCALE))
    }

    /// Cut off, for the same reason.
    fn percent(&self, f: &mut fmt::Formatter<'_>, percent: Percent) -> fmt::Result {
        f.write_str(&share(percent))
    }

    /// Rounded up, so that what is asked for does.
    fn points_needed(&self, f: &mut fmt::Formatter<'_>, points: Points) -> fmt::Result {
        f.write_str(&tenths_up(points))
    }
}

/// A percent to one decimal, cut off; with all its decimals where it would read as nothing.
pub fn share(percent: Percent) -> String {
    let tenth = 10_i128.pow(Percent::SCALE - 1);
    if (1..tenth).contains(&percent.units()) { percent.to_string() } else { tenths(percent.units(), Percent::SCALE) }
}

/// Points to one decimal, rounded up.
pub fn tenths_up(points: Points) -> String {
    let unit = 10_i128.pow(Points::SCALE - 1);
    tenths(points.units() + unit - 1, Points::SCALE)
}

/// A number kept in units of its `scale`th decimal, to one decimal, cut off towards zero: no number looks as if it had reached a bound.
pub fn tenths(units: i128, scale: u32) -> String {
    let tenths = units / 10_i128.pow(scale - 1);
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", (tenths / 10).abs(), (tenths % 10).abs())
}
