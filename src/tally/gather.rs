//! Rows of numbers brought to their subjects, sorted and counted: how a tally is made of columns.
//!
//! One great sort would move every row through all of memory some twenty times. Instead rows are first dealt out to parts of the subjects, so
//! small that what follows happens in a cache; there they are sorted by counting digits, in two passes as a rule. A row is packed into a key
//! that is no wider than the kinds, days and solutions at hand need it to be, four bytes as a rule, so that half as much is moved.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::blocks::{Block, ENTRIES_MAX, Full, WIDTH};
use super::entry::{Entry, Widening};
use super::narrow::{NARROW_COUNT_MAX, Narrowing};
use super::stored::Stored;
use crate::day::Day;
use crate::radix::{Key, Sorter};

/// Rows of one part. Source: measured; so few that all that is written to while they are sorted fits into the first cache, or nearly.
const PART_ROWS: usize = 10_000;

/// Parts at most, before a pass is [saved](shortened), so that rows are not dealt out to more places than a processor can keep in mind. Source: measured.
const PARTS_MOST: usize = 1 << 12;

/// A part has at most 2 to the power of this subjects, so that with all bits of an [`Entry`] a key fits into 64.
const PART_MOST: u32 = 20;

/// Keys of a block whose [`Runs`] are found, so that their room stays small where nearly all rows are about a few contacts.
const RUN_KEYS_MOST: usize = 1 << 20;

/// Sorts the rows of a part. Source: measured; with digits of more than 12 bits what a pass notes of each value no longer fits into the first cache.
type RowSorter<K> = Sorter<K, { 1 << 12 }>;

/// Why rows could not be gathered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stopped {
    /// A value is out of bounds.
    Stray,
    /// There is no room.
    Full(Full),
}

/// What rows are made of: the numbers of subjects, and of kinds and solutions in the tally; all of one length.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) subjects: &'a [u32],
    /// By the number in `subjects`, where it is given: that of the tally, within bounds.
    pub(super) subject_numbers: Option<&'a [u32]>,
    pub(super) kinds: &'a [u16],
    /// Days since 1970-01-01.
    pub(super) days: &'a [i32],
    /// Numbers that are looked up in `solution_numbers`.
    pub(super) solutions: Option<&'a [u16]>,
    /// By the number in `kinds`: that of the tally.
    pub(super) kind_numbers: &'a [u16],
    /// By the number in `solutions`: that of the tally + 1, or 0 for none.
    pub(super) solution_numbers: &'a [u16],
}

/// Which bits of a key hold what. From low to high: solution, kind, day, subject within its part, so that keys are in the order of subjects and entries.
#[derive(Clone, Copy, Debug)]
struct Layout {
    kind_at: u32,
    subject_at: u32,
    bits: u32,
    first_day: i32,
    /// A part has 2 to the power of this subjects.
    part: u32,
    /// A key's next day and next subject: 2 to the power of where these stand. Whoever makes keys multiplies by them, since machines take longer to shift by
    /// a number of bits that is not known beforehand.
    one_day: u64,
    one_subject: u64,
    widening: Widening,
    /// Where keys can become narrow entries.
    narrowing: Option<Narrowing>,
}

/// The bits that numbers below `count` need.
const fn bits_below(count: u64) -> u32 {
    u64::BITS - count.saturating_sub(1).leading_zeros()
}

/// The least and the greatest of values, found in one pass and without jumps, several at a time.
#[inline]
pub(super) fn ends_of<T: Copy + Ord>(values: &[T]) -> Option<(T, T)> {
    values.first().map(|first| values.iter().fold((*first, *first), |(least, most), value| (least.min(*value), most.max(*value))))
}

#[cfg(not(feature = "rayon"))]
use ends_of as ends;

/// The same, several parts at once.
#[cfg(feature = "rayon")]
fn ends(values: &[i32]) -> Option<(i32, i32)> {
    use rayon::iter::ParallelIterator as _;
    use rayon::slice::ParallelSlice as _;
    values.par_chunks(PIECE_ROWS).filter_map(ends_of).reduce_with(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// The greatest of numbers.
fn most<T: Copy + Ord>(numbers: &[T]) -> Option<T> {
    ends_of(numbers).map(|(_, most)| most)
}

/// The bits of a part's subjects that stand above so many others: one or two fewer where that saves a pass. Source: measured; a pass saved is worth four
/// times as many parts.
const fn shortened(part: u32, above: u32) -> u32 {
    match (above + part) % RowSorter::<u32>::DIGIT {
        over @ 1..=2 if part >= over + WIDTH.trailing_zeros() => part - over,
        _ => part,
    }
}

impl Layout {
    /// `None` where a day is none.
    fn of(rows: &Rows<'_>, subjects: usize) -> Option<Self> {
        let (first_day, last_day) = ends(rows.days).unwrap_or((0, 0));
        let [first, last] = [first_day, last_day].map(|day| Day::from_days_since_epoch(day).ok());
        let (first, last) = first.zip(last)?;
        let values = |numbers: &[u16]| most(numbers).map_or(1, |most| u64::from(most) + 1);
        let kind_at = if rows.solutions.is_some() { bits_below(values(rows.solution_numbers)) } else { 0 };
        let day_at = kind_at + bits_below(values(rows.kind_numbers));
        let subject_at = day_at + bits_below(u64::from(last_day.abs_diff(first_day)) + 1);
        let parts = (rows.subjects.len() / PART_ROWS).clamp(1, PARTS_MOST);
        // Whole blocks, so that a part's blocks are its own.
        let part = bits_below(subjects.div_ceil(parts) as u64).clamp(WIDTH.trailing_zeros(), PART_MOST);
        let part = shortened(part, subject_at);
        let widening = Widening::new(first, kind_at, day_at, subject_at);
        let narrowing = Narrowing::new(first, last, day_at, subject_at).filter(|_| kind_at == 0);
        let (one_day, one_subject) = (1 << day_at, 1 << subject_at);
        Some(Self { kind_at, subject_at, bits: subject_at + part, first_day, part, one_day, one_subject, widening, narrowing })
    }

    /// The keys of rows, each where its part has its next place: rows of subject, kind, days after the first, and what is below the kind.
    fn deal<K: Key>(&self, rows: &Rows<'_>, each: impl Iterator<Item = (u32, u16, u64, u64)>, next: &mut [usize]) -> Vec<K> {
        let kinds: Vec<u64> = rows.kind_numbers.iter().map(|kind| u64::from(*kind) << self.kind_at).collect();
        let within = (1_u32 << self.part) - 1;
        let mut keys = alloc::vec![K::default(); rows.subjects.len()];
        for (subject, kind, day, below) in each {
            let key = u64::from(subject & within).wrapping_mul(self.one_subject)
                | day.wrapping_mul(self.one_day)
                | kinds[usize::from(kind)]
                | below;
            let at = &mut next[(subject >> self.part) as usize];
            keys[*at] = K::pack(key);
            *at = at.wrapping_add(1);
        }
        keys
    }

    /// How many days a row's day lies after the first.
    // INVARIANT: none is before it.
    #[allow(clippy::cast_sign_loss, reason = "no number is below nothing here")]
    const fn day(&self, day: i32) -> u64 {
        day.wrapping_sub(self.first_day) as u32 as u64
    }
}

/// The blocks of `subjects` subjects that these rows are about.
///
/// O(rows + subjects); needs four bytes a row on the way as a rule, eight at most, and twice as much again for the rows of the greatest part.
///
/// # Errors
/// [`Stopped`] where a value of a row is out of bounds, or something is full.
pub(super) fn gather(rows: &Rows<'_>, subjects: usize) -> Result<Vec<Block>, Stopped> {
    let layout = Layout::of(rows, subjects).ok_or(Stopped::Stray)?;
    if layout.bits <= u32::BITS { gather_as::<u32>(rows, &layout, subjects) } else { gather_as::<u64>(rows, &layout, subjects) }
}

fn gather_as<K: Key>(rows: &Rows<'_>, layout: &Layout, subjects: usize) -> Result<Vec<Block>, Stopped> {
    let dealt = Dealt::<K>::of(rows, layout, subjects).ok_or(Stopped::Stray)?;
    let parts = subjects.div_ceil(1 << layout.part);
    let one = |desk: &mut Desk<K>, part: usize| {
        let first = part << layout.part;
        desk.count(&dealt.iter().map(|dealt| dealt.part(part)), layout, (first, (subjects - first).min(1 << layout.part)))
    };
    // Of several errors the first is told, however the work was shared.
    let mut blocks = Vec::with_capacity(subjects.div_ceil(WIDTH));
    for part in each_part(parts, one) {
        blocks.extend(part.map_err(Stopped::Full)?);
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
    /// Deals the rows out, piece by piece; `None` where a value is out of bounds.
    #[cfg(not(feature = "rayon"))]
    fn of(rows: &Rows<'_>, layout: &Layout, subjects: usize) -> Option<Vec<Self>> {
        let mut numbered = Vec::new();
        rows.pieces().map(|piece| Self::deal(&piece, layout, subjects, &mut numbered)).collect()
    }

    /// Deals the rows out, several pieces at once; `None` where a value is out of bounds.
    #[cfg(feature = "rayon")]
    fn of(rows: &Rows<'_>, layout: &Layout, subjects: usize) -> Option<Vec<Self>> {
        use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
        let pieces: Vec<Rows<'_>> = rows.pieces().collect();
        pieces.par_iter().map_init(Vec::new, |numbered, piece| Self::deal(piece, layout, subjects, numbered)).collect()
    }

    /// Deals one piece out; `numbered` is room.
    fn deal(rows: &Rows<'_>, layout: &Layout, subjects: usize, numbered: &mut Vec<u32>) -> Option<Self> {
        rows.are_within_bounds(subjects).then(|| match rows.subject_numbers {
            None => Self::deal_numbered(rows, rows.subjects, layout, subjects),
            Some(numbers) => {
                // Looked up once and kept, since each look-up is a walk to another place of memory.
                numbered.clear();
                numbered.extend(rows.subjects.iter().map(|subject| numbers[*subject as usize]));
                Self::deal_numbered(rows, numbered, layout, subjects)
            }
        })
    }

    fn deal_numbered(rows: &Rows<'_>, numbered: &[u32], layout: &Layout, subjects: usize) -> Self {
        let parts = subjects.div_ceil(1 << layout.part);
        let mut next = alloc::vec![0_usize; parts + 1];
        for subject in numbered {
            let count = &mut next[(*subject >> layout.part) as usize + 1];
            *count = count.wrapping_add(1);
        }
        for part in 0..parts {
            next[part + 1] += next[part];
        }
        let each = numbered.iter().zip(rows.kinds).zip(rows.days).map(|((subject, kind), day)| (*subject, *kind, layout.day(*day), 0));
        let keys = match rows.solutions {
            None => layout.deal(rows, each, &mut next),
            Some(solutions) => {
                let number = |solution: u16| u64::from(rows.solution_numbers[usize::from(solution)]);
                let with_solution = |((subject, kind, day, _), solution): (_, &u16)| (subject, kind, day, number(*solution));
                layout.deal(rows, each.zip(solutions).map(with_solution), &mut next)
            }
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

    /// Whether all values but the days are: what is looked up is there.
    fn are_within_bounds(&self, subjects: usize) -> bool {
        let subjects = self.subject_numbers.map_or(subjects, <[u32]>::len);
        let below = |numbers: &[u16], count: usize| most(numbers).is_none_or(|most| usize::from(most) < count);
        most(self.subjects).is_none_or(|most| (most as usize) < subjects)
            && below(self.kinds, self.kind_numbers.len())
            && self.solutions.is_none_or(|solutions| below(solutions, self.solution_numbers.len()))
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
    sorter: RowSorter<K>,
    runs: Runs,
}

/// Runs of keys that are alike.
#[derive(Default)]
struct Runs {
    /// The low bits of the keys of each run; there may be room for more.
    keys: Vec<u32>,
    /// Where each ends, counted in keys, and before them all a nothing; likewise.
    ends: Vec<u32>,
}

impl<K: Key> Desk<K> {
    /// Sorts and counts the rows of a part, which has so many subjects from `first` on, block by block.
    ///
    /// # Errors
    /// What is full.
    fn count<'k>(
        &mut self,
        rows: &(impl Iterator<Item = &'k [K]> + Clone),
        layout: &Layout,
        (first, subjects): (usize, usize),
    ) -> Result<Vec<Block>, Full>
    where
        K: 'k,
    {
        let mut blocks = Vec::with_capacity(subjects.div_ceil(WIDTH));
        let block_at = layout.subject_at + WIDTH.trailing_zeros();
        let mut rest = self.sorter.sorted(rows, layout.bits);
        for block in 0..subjects.div_ceil(WIDTH) as u64 {
            let own = rest.partition_point(|key| key.unpack() >> block_at <= block);
            let (keys, after) = rest.split_at(own);
            rest = after;
            blocks.push(match count_narrow(keys, layout, &mut self.runs) {
                Some(block) => block,
                None => count_block(keys, layout, first)?,
            });
        }
        Ok(blocks)
    }
}

/// The block of these keys, which are sorted, if there are any, not too many, and all of them become narrow entries; `room` is for runs of them.
///
/// Nothing turns on where a subject or a run ends, which nobody can foresee.
fn count_narrow<K: Key>(keys: &[K], layout: &Layout, room: &mut Runs) -> Option<Block> {
    let narrowing = layout.narrowing.filter(|_| keys.len() <= RUN_KEYS_MOST)?;
    let (count, subject_ends) = room.find(keys, layout)?;
    let (keys, starts, run_ends) = (&room.keys[..count], &room.ends[..count], &room.ends[1..=count]);
    let counts = || run_ends.iter().zip(starts).map(|(end, start)| end.wrapping_sub(*start));
    // One of too great a count is no entry; then there is no such block. The bits of all counts are too great exactly if one is.
    const { assert!((NARROW_COUNT_MAX + 1).is_power_of_two(), "all bits of the greatest count are set") };
    let all_bits = counts().fold(0, |bits, count| bits | count);
    (all_bits <= NARROW_COUNT_MAX).then(|| {
        let all = keys.iter().zip(counts()).map(|(key, count)| narrowing.entry(*key, count)).collect();
        let signals = subject_ends.iter().map(|end| room.ends[*end as usize]);
        Block::counted(Stored::Narrow { all, since: narrowing.since }, subject_ends, signals)
    })
}

impl Runs {
    /// Finds the runs of these keys, which are sorted and of one block; how many there are, and how many up to the end of each subject. `None` of none.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a place in a block is masked, kind and day lie in the low bits, and there are at most RUN_KEYS_MOST keys"
    )]
    fn find<K: Key>(&mut self, keys: &[K], layout: &Layout) -> Option<(usize, [u32; WIDTH])> {
        let mut before = *keys.first()?;
        if self.keys.len() < keys.len() {
            self.keys.resize(keys.len(), 0);
            self.ends.resize(keys.len() + 1, 0);
        }
        let (own, run_ends) = (&mut self.keys[..keys.len()], &mut self.ends[1..=keys.len()]);
        let (mut subject_ends, mut at, mut end) = ([0_u32; WIDTH], 0_usize, 0_u32);
        for key in keys {
            end = end.wrapping_add(1);
            at = at.wrapping_add((*key != before).into());
            before = *key;
            let key = key.unpack();
            // Each is written over by the next that is alike, the last of which stays.
            (own[at], run_ends[at]) = (key as u32, end);
            subject_ends[(key >> layout.subject_at) as usize % WIDTH] = (at as u32).wrapping_add(1);
        }
        let mut last = 0;
        for end in &mut subject_ends {
            last = last.max(*end);
            *end = last;
        }
        Some((at + 1, subject_ends))
    }
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
