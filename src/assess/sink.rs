//! Who listens to the loop that turns counts into points.

use super::caps::{Line, Lost};
use super::intake::SignalState;
use crate::policy::Reach;
use crate::tally::Entry;

/// What a reader of the loop hears: whose signals come, the state of each, and each line once it is settled.
pub(crate) trait Sink {
    /// Whether it listens at all; settling who loses what to a cap is skipped for one that does not.
    const LISTENS: bool;
    /// Whether it wants to hear of which signals and lines each state is. One that does not hears how far signals [come](Self::reached) that the group
    /// uses and how many are [lost](Self::lost) to caps, and no lines.
    const LINES: bool = Self::LISTENS;
    /// Whether it wants the sums of channels and person, too; they are not put together for one that does not.
    const SUMS: bool = false;
    /// The signals that follow are those of this contact's person, or of the account's unnamed visitors.
    fn person(&mut self, _contact: Option<u32>) {}
    /// So many signals are in that state; `of` has their kind and day, in the numbers of the tally.
    fn signals(&mut self, state: SignalState, of: Entry, count: u64);
    /// The group uses so many signals of a person. Those of days up to the lens's and those of unknown kinds are [heard of](Self::reached); the others are
    /// of days to come. Heard where nobody wants lines.
    fn uses(&mut self, _signals: u64) {
        debug_assert!(!Self::LISTENS || Self::LINES, "who wants no lines would never hear of these signals");
    }
    /// So many signals of a day come so far, of which these are within the daily cap. Heard where nobody wants lines, instead of [`Self::signals`]; beside a
    /// reader that wants some, that one is heard.
    fn reached(&mut self, _reach: Reach, _count: u64, _within: u64) {
        debug_assert!(!Self::LISTENS || Self::LINES, "who wants no lines would never hear of these signals");
    }
    /// Caps took so many of those that come all the way. Heard where nobody wants lines.
    fn lost(&mut self, _lost: Lost) {
        debug_assert!(!Self::LISTENS || Self::LINES, "who wants no lines would never hear of these signals");
    }
    /// A line, settled: what it was before caps and what of it counts. Its signals were heard before.
    fn line(&mut self, _line: &Line) {}
    /// The lines of a channel come to `sum`, of which `within` lies within its cap; in line units. Heard of every channel, after the lines.
    fn channel(&mut self, _channel: u8, _sum: i128, _within: i128) {}
    /// The channels come to `sum`, of which `points` lie within the bounds of a person; in line units.
    fn points(&mut self, _sum: i128, _points: i128) {}
}

/// Hears nothing.
impl Sink for () {
    const LISTENS: bool = false;
    fn signals(&mut self, _: SignalState, _: Entry, _: u64) {}
}

/// Two readers at once.
impl<A: Sink, B: Sink> Sink for (&mut A, &mut B) {
    const LISTENS: bool = A::LISTENS || B::LISTENS;
    const LINES: bool = A::LINES || B::LINES;
    const SUMS: bool = A::SUMS || B::SUMS;
    fn person(&mut self, contact: Option<u32>) {
        self.0.person(contact);
        self.1.person(contact);
    }
    fn signals(&mut self, state: SignalState, of: Entry, count: u64) {
        self.0.signals(state, of, count);
        self.1.signals(state, of, count);
    }
    fn uses(&mut self, signals: u64) {
        self.0.uses(signals);
        self.1.uses(signals);
    }
    #[inline]
    fn reached(&mut self, reach: Reach, count: u64, within: u64) {
        self.0.reached(reach, count, within);
        self.1.reached(reach, count, within);
    }
    fn lost(&mut self, lost: Lost) {
        self.0.lost(lost);
        self.1.lost(lost);
    }
    fn line(&mut self, line: &Line) {
        self.0.line(line);
        self.1.line(line);
    }
    fn channel(&mut self, channel: u8, sum: i128, within: i128) {
        self.0.channel(channel, sum, within);
        self.1.channel(channel, sum, within);
    }
    fn points(&mut self, sum: i128, points: i128) {
        self.0.points(sum, points);
        self.1.points(sum, points);
    }
}
