//! The entries of all subjects of one sort, in blocks of 64 subjects.
//!
//! One vector per subject would cost 24 bytes and an allocation each; one vector for all would move everything at every insertion. A block
//! is the middle: five bytes a subject, and recording one signal moves one block at most.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::hint::black_box;
use core::ops::Range;

use super::entries::Entries;
use super::entry::{COUNT_MAX, Entry};
use super::stored::Stored;

/// Subjects in one block.
pub(crate) const WIDTH: usize = 64;

/// Entries of one subject. 64 × (2²⁶ − 1) < 2³², so that an offset within a block fits in 32 bits.
pub(crate) const ENTRIES_MAX: u32 = (1 << 26) - 1;

/// What has no room for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Full {
    /// The count of this subject's entry.
    Count(u32, Entry),
    /// The entries of this subject.
    Subject(u32),
}

impl Full {
    /// The numbers of its subject and kind.
    pub(crate) fn names(self) -> (u32, Option<u32>) {
        match self {
            Self::Count(subject, entry) => (subject, Some(entry.kind().into())),
            Self::Subject(subject) => (subject, None),
        }
    }
}

/// The entries of subjects by their number; those of one subject are sorted and distinct in their keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks(Vec<Block>);

/// The entries of 64 subjects, one subject after another.
// INVARIANT: `ends` never falls, its last is the number of entries; within one subject keys strictly rise.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    entries: Stored,
    ends: [u32; WIDTH],
    /// How many signals each subject has beside one for every entry, so that nobody need count those of days to come; [`MANY`]: so many or more, or once was so.
    // INVARIANT: so it is where entries are not narrow, too, though nobody asks there: taking one away relies on it.
    repeats: [u8; WIDTH],
}

/// More repeats than are counted for one subject.
const MANY: u8 = u8::MAX;

impl Default for Block {
    fn default() -> Self {
        Self { entries: Stored::default(), ends: [0; WIDTH], repeats: [0; WIDTH] }
    }
}

fn at_most_many(repeats: u32) -> u8 {
    u8::try_from(repeats).unwrap_or(MANY)
}

/// The block of a subject, and its place there.
pub(crate) const fn place(subject: u32) -> (usize, usize) {
    (subject as usize / WIDTH, subject as usize % WIDTH)
}

impl Block {
    /// A block of these entries, those of one subject after those of another.
    pub(super) fn new(entries: Stored, ends: [u32; WIDTH]) -> Self {
        let mut block = Self { entries, ends, repeats: [0; WIDTH] };
        for slot in 0..WIDTH {
            let repeats = block.of(slot).iter().fold(0_u32, |sum, entry| sum.saturating_add(entry.count().saturating_sub(1)));
            block.repeats[slot] = at_most_many(repeats);
        }
        block
    }

    /// The same where it is known how many signals the subjects have, those before among them.
    pub(super) fn counted(entries: Stored, ends: [u32; WIDTH], signals: impl Iterator<Item = u32>) -> Self {
        let (mut repeats, mut before) = ([0; WIDTH], 0);
        for (repeats, (end, signals)) in repeats.iter_mut().zip(ends.into_iter().zip(signals)) {
            // Those of all subjects up to this one.
            let all = signals.wrapping_sub(end);
            *repeats = at_most_many(all.wrapping_sub(before));
            before = all;
        }
        Self { entries, ends, repeats }
    }

    fn range(&self, slot: usize) -> Range<usize> {
        let start = if slot == 0 { 0 } else { self.ends[slot - 1] as usize };
        start..self.ends[slot] as usize
    }

    #[inline]
    fn of(&self, slot: usize) -> Entries<'_> {
        let repeats = self.repeats[slot];
        self.entries.part(self.range(slot), (repeats < MANY).then_some(repeats))
    }

    /// Where the key of an entry stands in a slot, or where it would stand.
    fn find(&self, slot: usize, one: Entry) -> Result<usize, usize> {
        self.entries.find(self.range(slot), one)
    }

    fn insert(&mut self, slot: usize, at: usize, one: Entry) {
        self.entries.insert(at, one);
        for end in &mut self.ends[slot..] {
            *end += 1;
        }
    }

    fn remove(&mut self, slot: usize, at: usize) {
        self.entries.remove(at);
        for end in &mut self.ends[slot..] {
            *end -= 1;
        }
    }
}

impl Blocks {
    /// These blocks, the first of subject 0.
    pub(super) const fn of_blocks(blocks: Vec<Block>) -> Self {
        Self(blocks)
    }

    /// The entries of a subject, sorted; none for a subject not heard of.
    #[inline]
    pub(crate) fn of(&self, subject: u32) -> Entries<'_> {
        let (block, slot) = place(subject);
        self.0.get(block).map(|block| block.of(slot)).unwrap_or_default()
    }

    /// Looks at what one more signal of a subject will need, so that it is near by then.
    pub(crate) fn prefetch(&self, subject: u32) {
        let (number, slot) = place(subject);
        if let Some(block) = self.0.get(number) {
            black_box((block.of(slot).len(), block.ends[WIDTH - 1]));
        }
    }

    /// All entries, in no order that matters.
    pub(crate) fn all(&self) -> impl Iterator<Item = Entry> {
        self.0.iter().flat_map(|block| block.entries.all())
    }

    /// How many signals a subject has under the key of `one`.
    pub(crate) fn count(&self, subject: u32, one: Entry) -> u32 {
        let (number, slot) = place(subject);
        self.0.get(number).map_or(0, |block| block.find(slot, one).map_or(0, |at| block.entries.get(at).count()))
    }

    /// Whether one more signal fits.
    ///
    /// # Errors
    /// What is full.
    pub(crate) fn room(&self, subject: u32, one: Entry) -> Result<(), Full> {
        match self.count(subject, one) {
            0 if self.of(subject).len() >= ENTRIES_MAX as usize => Err(Full::Subject(subject)),
            COUNT_MAX => Err(Full::Count(subject, one)),
            _ => Ok(()),
        }
    }

    /// Counts one signal more; moves one block at most.
    // INVARIANT: the caller has asked for `room`.
    pub(crate) fn add(&mut self, subject: u32, one: Entry) {
        let (number, slot) = place(subject);
        self.reach(number);
        let block = &mut self.0[number];
        match block.find(slot, one) {
            Ok(at) => {
                block.entries.set(at, block.entries.get(at).more());
                block.repeats[slot] = block.repeats[slot].saturating_add(1);
            }
            Err(at) => block.insert(slot, at, one),
        }
    }

    /// Counts one signal less; nothing happens when there is none.
    pub(crate) fn take(&mut self, subject: u32, one: Entry) {
        let (number, slot) = place(subject);
        let Some(block) = self.0.get_mut(number) else { return };
        if let Ok(at) = block.find(slot, one) {
            match block.entries.get(at).less() {
                Some(less) => {
                    block.entries.set(at, less);
                    // Of many it is not known how many more they are.
                    block.repeats[slot] -= u8::from(block.repeats[slot] < MANY);
                }
                None => block.remove(slot, at),
            }
        }
    }

    /// Puts blocks in place of those with the same number.
    pub(crate) fn replace(&mut self, blocks: Vec<(usize, Block)>) {
        for (number, block) in blocks {
            self.reach(number);
            self.0[number] = block;
        }
    }

    fn reach(&mut self, number: usize) {
        if number >= self.0.len() {
            self.0.resize_with(number + 1, Block::default);
        }
    }

    /// Builds the entries of `subjects` subjects from rows in any order, equal keys added up.
    ///
    /// Two linear passes bring the rows to their subjects, then each subject's few are sorted: several times faster than one great sort.
    ///
    /// # Errors
    /// What is full.
    pub(crate) fn from_rows(rows: Rows, subjects: usize) -> Result<Self, Full> {
        let (mut entries, ends) = rows.by_subject(subjects);
        let mut blocks = Vec::with_capacity(subjects.div_ceil(WIDTH));
        let (mut draft, mut start) = (Draft::default(), 0);
        for (subject, end) in (0..).zip(ends) {
            let (number, _) = place(subject);
            if number > blocks.len() {
                blocks.push(draft.block());
            }
            let own = &mut entries[start..end];
            own.sort_unstable();
            draft.push(subject, own)?;
            start = end;
        }
        if subjects > 0 {
            blocks.push(draft.block());
        }
        Ok(Self(blocks))
    }
}

/// Counts on their way into blocks, in any order.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    subjects: Vec<u32>,
    entries: Vec<Entry>,
}

impl Rows {
    /// One row more.
    pub(crate) fn push(&mut self, subject: u32, entry: Entry) {
        self.subjects.push(subject);
        self.entries.push(entry);
    }

    /// The signals in all rows.
    pub(crate) fn signals(&self) -> u64 {
        self.entries.iter().map(|entry| u64::from(entry.count())).sum()
    }

    /// The entries brought together by subject (a counting sort), and where each subject's end.
    fn by_subject(self, subjects: usize) -> (Vec<Entry>, Vec<usize>) {
        let mut next = alloc::vec![0_usize; subjects + 1];
        for subject in &self.subjects {
            next[*subject as usize + 1] += 1;
        }
        for subject in 0..subjects {
            next[subject + 1] += next[subject];
        }
        let mut sorted = self.entries.clone();
        for (subject, entry) in self.subjects.iter().zip(&self.entries) {
            let at = &mut next[*subject as usize];
            sorted[*at] = *entry;
            *at += 1;
        }
        // Each start has become the end of its subject.
        next.pop();
        (sorted, next)
    }
}

/// A block in the making; its buffer is used again for the next one, so that every block gets exactly the room it needs.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    entries: Vec<Entry>,
    ends: Vec<u32>,
}

impl Draft {
    /// The entries of the next subject, sorted; equal keys are added up.
    ///
    /// # Errors
    /// What is full.
    pub(crate) fn push(&mut self, subject: u32, sorted: &[Entry]) -> Result<(), Full> {
        let start = self.entries.len();
        for run in sorted.chunk_by(|a, b| a.key() == b.key()) {
            let sum = run.iter().map(|entry| u64::from(entry.count())).sum();
            self.entries.push(Entry::of_key(run[0].key(), sum).ok_or(Full::Count(subject, run[0]))?);
        }
        self.end(subject, start)
    }

    /// The entries of the next subject as another has them.
    ///
    /// # Errors
    /// What is full.
    pub(crate) fn keep(&mut self, subject: u32, entries: Entries<'_>) -> Result<(), Full> {
        let start = self.entries.len();
        self.entries.extend(entries);
        self.end(subject, start)
    }

    /// The entries of the next subject as sorted changes to their counts; equal keys are added up, and what comes to nothing is left out.
    ///
    /// # Errors
    /// What is full.
    pub(crate) fn push_sums(&mut self, subject: u32, sorted: &[(Entry, i64)]) -> Result<(), Full> {
        let start = self.entries.len();
        for run in sorted.chunk_by(|a, b| a.0.key() == b.0.key()) {
            // INVARIANT: no more is taken away than is there, so the sum is not negative.
            let sum = run.iter().map(|(_, change)| change).sum::<i64>().max(0).unsigned_abs();
            let entry = Entry::of_key(run[0].0.key(), sum).ok_or(Full::Count(subject, run[0].0))?;
            if sum > 0 {
                self.entries.push(entry);
            }
        }
        self.end(subject, start)
    }

    fn end(&mut self, subject: u32, start: usize) -> Result<(), Full> {
        let within = self.entries.len() - start <= ENTRIES_MAX as usize;
        let end = u32::try_from(self.entries.len()).ok().filter(|_| within).ok_or(Full::Subject(subject))?;
        self.ends.push(end);
        Ok(())
    }

    /// The block of the subjects pushed; the draft is empty again.
    pub(crate) fn block(&mut self) -> Block {
        let last = self.ends.last().copied().unwrap_or(0);
        let mut ends = [last; WIDTH];
        for (end, pushed) in ends.iter_mut().zip(self.ends.drain(..)) {
            *end = pushed;
        }
        let block = Block::new(Stored::of(Cow::Borrowed(&self.entries)), ends);
        self.entries.clear();
        block
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;

    fn one(kind: u16) -> Entry {
        Entry::one(kind, Day::MAX, None, false)
    }

    #[test]
    fn adding_and_taking_away_leave_the_neighbours_alone() {
        let mut blocks = Blocks::default();
        for subject in [0, 63, 64, 200] {
            for kind in [5, 1, 3, 1] {
                blocks.add(subject, one(kind));
            }
        }
        blocks.take(63, one(1));
        blocks.take(64, one(3));
        // What is not there is not taken away.
        blocks.take(64, one(9));
        blocks.take(9000, one(1));
        let counts = |subject| -> Vec<(u16, u32)> { blocks.of(subject).iter().map(|entry| (entry.kind(), entry.count())).collect() };
        assert_eq!(counts(0), [(1, 2), (3, 1), (5, 1)]);
        assert_eq!(counts(63), [(1, 1), (3, 1), (5, 1)]);
        assert_eq!(counts(64), [(1, 2), (5, 1)]);
        assert_eq!(counts(200), [(1, 2), (3, 1), (5, 1)]);
        for absent in [1, 62, 65, 199, 201, 9000, u32::MAX] {
            assert_eq!(counts(absent), []);
        }
        // As many as were added and not taken away, however they are known.
        assert_eq!([0, 63, 64, 200, 1, 9000].map(|subject| blocks.of(subject).signals()), [4, 3, 3, 4, 0, 0]);
        for _ in 0..100 {
            blocks.add(64, one(5));
        }
        assert!(matches!(blocks.of(64), Entries::Wide { .. }), "too many alike");
        assert_eq!([64, 65, 100].map(|subject| blocks.of(subject).signals()), [103, 0, 0]);
        for _ in 0..100 {
            blocks.take(64, one(5));
        }
        // More repeats than are counted, and fewer again.
        let all = || (0..5).flat_map(|kind| core::iter::repeat_n(one(kind), 60));
        all().for_each(|one| blocks.add(300, one));
        assert!(matches!(blocks.of(300), Entries::Narrow { repeats: None, .. }));
        assert_eq!([300, 301].map(|subject| blocks.of(subject).signals()), [300, 0]);
        all().skip(1).for_each(|one| blocks.take(300, one));
        assert_eq!(blocks.of(300).signals(), 1);
        blocks.take(300, one(0));
        assert_eq!(blocks.all().map(|entry| u64::from(entry.count())).sum::<u64>(), 14);
    }

    #[test]
    fn rows_in_any_order_are_brought_to_their_subjects() {
        let mut rows = Rows::default();
        for (subject, kind) in [(130, 2), (0, 1), (130, 1), (64, 7), (130, 2)] {
            rows.push(subject, one(kind));
        }
        assert_eq!(rows.signals(), 5);
        let blocks = Blocks::from_rows(rows, 131).unwrap();
        let of = |subject| blocks.of(subject).iter().collect::<Vec<_>>();
        assert_eq!(of(130), [one(1), one(2).more()]);
        assert_eq!((of(0), of(64), of(129)), (alloc::vec![one(1)], alloc::vec![one(7)], alloc::vec![]));
        assert!(Blocks::from_rows(Rows::default(), 0).unwrap().of(0).is_empty());
    }

    #[test]
    fn a_full_count_has_no_room() {
        let mut rows = Rows::default();
        rows.push(1, Entry::of_key(one(4).key(), COUNT_MAX.into()).unwrap());
        let blocks = Blocks::from_rows(rows, 2).unwrap();
        assert_eq!(blocks.room(1, one(4)), Err(Full::Count(1, one(4))));
        assert_eq!((blocks.room(1, one(5)), blocks.room(0, one(4))), (Ok(()), Ok(())));
        let mut draft = Draft::default();
        assert_eq!(draft.push_sums(3, &[(one(4), COUNT_MAX.into()), (one(4), 1)]), Err(Full::Count(3, one(4))));
    }
}
