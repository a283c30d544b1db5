//! Rows of numbers brought to their subjects, sorted and counted: how a tally is made of columns.
//!
//! One great sort would move every row through all of memory some twenty times. Instead rows are first dealt out to parts of the subjects, so
//! small that what follows happens in a cache; there they are sorted by counting digits, in two passes as a rule. A row is packed into a key
//! that is no wider than the kinds, days and solutions at hand need it to be, four bytes as a rule, so that half as much is moved.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::blocks::{Block, ENTRIES_MAX, Full, WIDTH};
use super::entry::{Entry, Widening};
use super::narrow::{NARROW_COUNT_MAX, Narrow, Narrowing};
use super::stored::Stored;
use crate::day::Day;

/// Rows of one part. Source: measured; from 16 to 64 thousand it makes little difference, since all of them fit into a cache of one core.
const PART_ROWS: usize = 40_000;

/// Bits that one pass sorts by. Source: measured; with 13 two passes are enough as a rule, and what they write to still fits into the second cache.
const DIGIT: u32 = 13;

/// Rows of a part below which comparing them costs less than going through all values of a digit. Source: measured.
const FEW: usize = 2_048;

/// A part has at most 2 to the power of this subjects, so that with all bits of an [`Entry`] a key fits into 64.
const PART_MOST: u32 = 20;

/// What rows are made of: the numbers of subjects, and of kinds and solutions in the tally; all of one length, all within their bounds.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) subjects: &'a [u32],
    /// By the number in `subjects`, where it is given: that of the tally.
    pub(super) subject_numbers: Option<&'a [u32]>,
    pub(super) kinds: &'a [u16],
    /// Days since 1970-01-01, each a [`Day`].
    pub(super) days: &'a [i32],
    /// Numbers that are looked up in `solution_numbers`.
    pub(super) solutions: Option<&'a [u16]>,
    /// By the number in `kinds`: that of the tally.
    pub(super) kind_numbers: &'a [u16],
    /// By the number in `solutions`: that of the tally + 1, or 0 for none.
    pub(super) solution_numbers: &'a [u16],
}

/// Which bits of a key hold what. From low to high: solution, day, kind, subject within its part, so that keys are in the order of subjects and entries.
#[derive(Clone, Copy, Debug)]
struct Layout {
    day_at: u32,
    kind_at: u32,
    subject_at: u32,
    bits: u32,
    first_day: i32,
    /// A part has 2 to the power of this subjects.
    part: u32,
    widening: Widening,
    /// Where keys can become narrow entries.
    narrowing: Option<Narrowing>,
}

/// The bits that numbers below `count` need.
const fn bits_below(count: u64) -> u32 {
    u64::BITS - count.saturating_sub(1).leading_zeros()
}

impl Layout {
    fn of(rows: &Rows<'_>, subjects: usize) -> Self {
        // Both in one pass, and without jumps.
        let both = |(least, most): (i32, i32), day: &i32| (least.min(*day), most.max(*day));
        let (first, last) = rows.days.iter().fold((i32::MAX, i32::MIN), both);
        let (first_day, last_day) = if rows.days.is_empty() { (0, 0) } else { (first, last) };
        let most = |numbers: &[u16]| u64::from(numbers.iter().copied().max().unwrap_or(0)) + 1;
        let day_at = if rows.solutions.is_some() { bits_below(most(rows.solution_numbers)) } else { 0 };
        let kind_at = day_at + bits_below(u64::from(last_day.abs_diff(first_day)) + 1);
        let subject_at = kind_at + bits_below(most(rows.kind_numbers));
        let parts = (rows.subjects.len() / PART_ROWS).max(1);
        // Whole blocks, so that a part's blocks are its own.
        let part = bits_below(subjects.div_ceil(parts) as u64).clamp(WIDTH.trailing_zeros(), PART_MOST);
        // INVARIANT: all days are days.
        let day = |day: i32| Day::from_days_since_epoch(day).unwrap_or(Day::MIN);
        let widening = Widening::new(day(first_day), day_at, kind_at, subject_at);
        let narrowing = Narrowing::new(day(first_day), day(last_day), kind_at, subject_at).filter(|_| day_at == 0);
        Self { day_at, kind_at, subject_at, bits: subject_at + part, first_day, part, widening, narrowing }
    }

    /// The keys of rows, each where its part has its next place: rows of subject, kind and day, with their solution by its place in the numbers.
    fn deal<K: Key>(&self, rows: &Rows<'_>, each: impl Iterator<Item = ((u32, u16, i32), usize)>, next: &mut [usize]) -> Vec<K> {
        let kinds: Vec<u64> = rows.kind_numbers.iter().map(|kind| u64::from(*kind) << self.kind_at).collect();
        let solutions: Vec<u64> = rows.solution_numbers.iter().map(|solution| u64::from(*solution)).collect();
        let solutions = if rows.solutions.is_some() { &solutions[..] } else { &[0] };
        let within = (1_u32 << self.part) - 1;
        let mut keys = alloc::vec![K::default(); rows.subjects.len()];
        for ((subject, kind, day), solution) in each {
            // INVARIANT: no day is before the first.
            let day = u64::from(day.abs_diff(self.first_day)) << self.day_at;
            let key = u64::from(subject & within) << self.subject_at | kinds[usize::from(kind)] | day | solutions[solution];
            let at = &mut next[(subject >> self.part) as usize];
            keys[*at] = K::pack(key);
            *at += 1;
        }
        keys
    }
}

/// A packed row: as narrow as what it holds allows.
trait Key: Copy + Ord + Default + Send + Sync {
    fn pack(packed: u64) -> Self;
    fn unpack(self) -> u64;
}

impl Key for u32 {
    #[allow(clippy::cast_possible_truncation, reason = "chosen only where 32 bits are enough")]
    fn pack(packed: u64) -> Self {
        packed as Self
    }
    fn unpack(self) -> u64 {
        self.into()
    }
}

impl Key for u64 {
    fn pack(packed: u64) -> Self {
        packed
    }
    fn unpack(self) -> u64 {
        self
    }
}

/// The blocks of `subjects` subjects that these rows are about.
///
/// O(rows + subjects); needs four bytes a row on the way as a rule, eight at most, and twice as much again for the rows of the greatest part.
///
/// # Errors
/// What is full.
pub(super) fn gather(rows: &Rows<'_>, subjects: usize) -> Result<Vec<Block>, Full> {
    let layout = Layout::of(rows, subjects);
    if layout.bits <= u32::BITS { gather_as::<u32>(rows, &layout, subjects) } else { gather_as::<u64>(rows, &layout, subjects) }
}

fn gather_as<K: Key>(rows: &Rows<'_>, layout: &Layout, subjects: usize) -> Result<Vec<Block>, Full> {
    let dealt = Dealt::<K>::of(rows, layout, subjects);
    let parts = subjects.div_ceil(1 << layout.part);
    let one = |desk: &mut Desk<K>, part: usize| {
        let first = part << layout.part;
        desk.sort(&dealt.iter().map(|dealt| dealt.part(part)), layout.bits);
        desk.count(layout, first, (subjects - first).min(1 << layout.part))
    };
    // Of several errors the first is told, however the work was shared.
    let mut blocks = Vec::with_capacity(subjects.div_ceil(WIDTH));
    for part in each_part(parts, one) {
        blocks.extend(part?);
    }
    Ok(blocks)
}

/// The results for each part, in order.
#[cfg(not(feature = "rayon"))]
fn each_part<K: Key, T>(parts: usize, one: impl Fn(&mut Desk<K>, usize) -> T) -> impl Iterator<Item = T> {
    let mut desk = Desk::default();
    (0..parts).map(move |part| one(&mut desk, part))
}

/// The results for each part, in order; several at once.
#[cfg(feature = "rayon")]
fn each_part<K: Key, T: Send>(parts: usize, one: impl Fn(&mut Desk<K>, usize) -> T + Send + Sync) -> impl Iterator<Item = T> {
    use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
    let done: Vec<T> = (0..parts).into_par_iter().map_init(Desk::default, one).collect();
    done.into_iter()
}

/// Rows as keys, those of each part together.
struct Dealt<K> {
    keys: Vec<K>,
    ends: Vec<usize>,
}

impl<K: Key> Dealt<K> {
    /// Deals the rows out, piece by piece.
    #[cfg(not(feature = "rayon"))]
    fn of(rows: &Rows<'_>, layout: &Layout, subjects: usize) -> Vec<Self> {
        let mut numbered = Vec::new();
        rows.pieces().map(|piece| Self::deal(&piece, layout, subjects, &mut numbered)).collect()
    }

    /// Deals the rows out, several pieces at once.
    #[cfg(feature = "rayon")]
    fn of(rows: &Rows<'_>, layout: &Layout, subjects: usize) -> Vec<Self> {
        use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
        let pieces: Vec<Rows<'_>> = rows.pieces().collect();
        pieces.par_iter().map_init(Vec::new, |numbered, piece| Self::deal(piece, layout, subjects, numbered)).collect()
    }

    /// Deals one piece out; `numbered` is room.
    fn deal(rows: &Rows<'_>, layout: &Layout, subjects: usize, numbered: &mut Vec<u32>) -> Self {
        match rows.subject_numbers {
            None => Self::deal_numbered(rows, rows.subjects, layout, subjects),
            Some(numbers) => {
                // Looked up once and kept, since each look-up is a walk to another place of memory.
                numbered.clear();
                numbered.extend(rows.subjects.iter().map(|subject| numbers[*subject as usize]));
                Self::deal_numbered(rows, numbered, layout, subjects)
            }
        }
    }

    fn deal_numbered(rows: &Rows<'_>, numbered: &[u32], layout: &Layout, subjects: usize) -> Self {
        let parts = subjects.div_ceil(1 << layout.part);
        let mut next = alloc::vec![0_usize; parts + 1];
        for subject in numbered {
            next[(*subject >> layout.part) as usize + 1] += 1;
        }
        for part in 0..parts {
            next[part + 1] += next[part];
        }
        let alike = numbered.iter().zip(rows.kinds).zip(rows.days).map(|((subject, kind), day)| (*subject, *kind, *day));
        let keys = match rows.solutions {
            None => layout.deal(rows, alike.map(|row| (row, 0)), &mut next),
            Some(of) => layout.deal(rows, alike.zip(of.iter().map(|solution| usize::from(*solution))), &mut next),
        };
        // Each start has become the end of its part.
        next.pop();
        Self { keys, ends: next }
    }

    fn part(&self, part: usize) -> &[K] {
        let start = if part == 0 { 0 } else { self.ends[part - 1] };
        &self.keys[start..self.ends[part]]
    }
}

/// Rows that are dealt out at once: so few that what is noted of them on the way stays in a cache. Source: measured.
const PIECE_ROWS: usize = 1 << 18;

/// Pieces at most, since each notes where every part ends.
const PIECES_MOST: usize = 256;

impl<'a> Rows<'a> {
    fn pieces(&self) -> impl Iterator<Item = Self> + use<'a, '_> {
        let count = self.subjects.len();
        let each = PIECE_ROWS.max(count.div_ceil(PIECES_MOST));
        (0..count).step_by(each).map(move |start| self.between(start, (start + each).min(count)))
    }

    fn between(&self, start: usize, end: usize) -> Self {
        Self {
            subjects: &self.subjects[start..end],
            kinds: &self.kinds[start..end],
            days: &self.days[start..end],
            solutions: self.solutions.map(|solutions| &solutions[start..end]),
            ..*self
        }
    }
}

/// Where the rows of one part are sorted and counted; used again for the next.
#[derive(Default)]
struct Desk<K> {
    keys: Vec<K>,
    spare: Vec<K>,
    /// How often each value of each digit stands in the keys, the lowest digit first.
    digits: Vec<usize>,
}

/// The lowest digit.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "masked to a few bits")]
const fn digit(key: u64) -> usize {
    key as usize & ((1 << DIGIT) - 1)
}

impl<K: Key> Desk<K> {
    /// Takes the rows of a part, sorted.
    fn sort<'k>(&mut self, rows: &(impl Iterator<Item = &'k [K]> + Clone), bits: u32)
    where
        K: 'k,
    {
        let count = rows.clone().map(<[K]>::len).sum();
        if count < FEW {
            self.keys.clear();
            rows.clone().for_each(|rows| self.keys.extend_from_slice(rows));
            self.keys.sort_unstable();
            return;
        }
        self.digits.clear();
        self.digits.resize((bits.div_ceil(DIGIT) as usize) << DIGIT, 0);
        rows.clone().flatten().for_each(|key| {
            let mut rest = key.unpack();
            for counts in self.digits.chunks_exact_mut(1 << DIGIT) {
                counts[digit(rest)] += 1;
                rest >>= DIGIT;
            }
        });
        for keys in [&mut self.keys, &mut self.spare] {
            keys.clear();
            keys.resize(count, K::default());
        }
        for (place, counts) in (0..).zip(self.digits.chunks_exact_mut(1 << DIGIT)) {
            // The first pass reads the rows where they were dealt to.
            if place == 0 {
                by_digit(rows.clone().flatten(), &mut self.spare, counts, 0);
            } else {
                by_digit(self.keys.iter(), &mut self.spare, counts, place * DIGIT);
            }
            core::mem::swap(&mut self.keys, &mut self.spare);
        }
    }

    /// Counts what is sorted, for so many subjects from `first` on, block by block.
    ///
    /// # Errors
    /// What is full.
    fn count(&mut self, layout: &Layout, first: usize, subjects: usize) -> Result<Vec<Block>, Full> {
        let mut blocks = Vec::with_capacity(subjects.div_ceil(WIDTH));
        let block_at = layout.subject_at + WIDTH.trailing_zeros();
        let mut rest = &self.keys[..];
        for block in 0..subjects.div_ceil(WIDTH) as u64 {
            let own = rest.partition_point(|key| key.unpack() >> block_at <= block);
            let (keys, after) = rest.split_at(own);
            rest = after;
            blocks.push(match count_narrow(keys, layout) {
                Some(block) => block,
                None => count_block(keys, layout, first)?,
            });
        }
        Ok(blocks)
    }
}

/// The block of these keys, which are sorted, if there are any and all of them become narrow entries.
///
/// Nothing turns on where a subject or what is counted together ends, which nobody can foresee.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a place in a block is masked, kind and day lie in the low bits, and there are at most ENTRIES_MAX keys"
)]
fn count_narrow<K: Key>(keys: &[K], layout: &Layout) -> Option<Block> {
    let narrowing = layout.narrowing.filter(|_| keys.len() <= ENTRIES_MAX as usize)?;
    let mut before = *keys.first()?;
    let mut entries = alloc::vec![Narrow::NONE; 1 + keys.windows(2).filter(|pair| pair[0] != pair[1]).count()];
    let (mut ends, mut at, mut count, mut most) = ([0_u32; WIDTH], 0, 0_u32, 0);
    for key in keys {
        let is_next = *key != before;
        at += usize::from(is_next);
        count = if is_next { 1 } else { count + 1 };
        (before, most) = (*key, most.max(count));
        let key = key.unpack();
        // Each is written over by the next that is alike, the last of which stays. One of too great a count is no entry; then the block is not used.
        entries[at] = narrowing.entry(key as u32, count);
        ends[(key >> layout.subject_at) as usize % WIDTH] = at as u32 + 1;
    }
    let mut last = 0;
    for end in &mut ends {
        last = last.max(*end);
        *end = last;
    }
    let all = Stored::Narrow { all: entries, since: narrowing.since };
    (most <= NARROW_COUNT_MAX).then(|| Block::new(all, ends))
}

/// The block of these keys, which are sorted.
///
/// # Errors
/// What is full.
fn count_block<K: Key>(keys: &[K], layout: &Layout, first: usize) -> Result<Block, Full> {
    // INVARIANT: there are as many subjects as numbers of 32 bits.
    let subject = |key: u64| u32::try_from(first).unwrap_or(u32::MAX) + u32::try_from(key >> layout.subject_at).unwrap_or(u32::MAX);
    let repeats = keys.windows(2).filter(|pair| pair[0] == pair[1]).count();
    let mut entries = Vec::with_capacity(keys.len() - repeats);
    let mut ends = [0_u32; WIDTH];
    let mut rest = keys;
    while let Some(first) = rest.first() {
        let more = rest[1..].iter().take_while(|key| *key == first).count();
        rest = &rest[1 + more..];
        let (key, count) = (first.unpack(), 1 + more as u64);
        let full = || Full::Count(subject(key), layout.widening.entry(key, 1).unwrap_or(Entry::NONE));
        entries.push(layout.widening.entry(key, count).ok_or_else(full)?);
        let end = &mut ends[usize::try_from(key >> layout.subject_at).unwrap_or(0) % WIDTH];
        *end += 1;
        if *end > ENTRIES_MAX {
            return Err(Full::Subject(subject(key)));
        }
    }
    let mut sum = 0;
    for end in &mut ends {
        // INVARIANT: a block has no more entries than ENTRIES_MAX × 64 < 2³².
        sum += *end;
        *end = sum;
    }
    Ok(Block::new(Stored::of(Cow::Owned(entries)), ends))
}

/// Sorts by the digit from bit `low` on, keeping the order of keys that agree in it; `counts`: how many have each value.
fn by_digit<'k, K: Key + 'k>(from: impl Iterator<Item = &'k K>, to: &mut [K], counts: &mut [usize], low: u32) {
    let mut sum = 0;
    for count in &mut *counts {
        sum += core::mem::replace(count, sum);
    }
    from.for_each(|key| {
        let at = &mut counts[digit(key.unpack() >> low)];
        to[*at] = *key;
        *at += 1;
    });
}
