//! Two tallies become one.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::SignalTally;
use super::blocks::{Block, Blocks, Draft, Full, WIDTH, place};
use super::content::{Content, Version};
use super::entry::Entry;
use super::error::TallyError;
use super::names::{self, CAMPAIGNS, IDS, KINDS, Limit, SOLUTIONS, TEXTS_MAX, small};
use super::subjects::Sort;
use crate::id::SignalId;

/// What merging another tally changes: worked out in full before anything is changed.
struct Plan {
    numbers: Numbers,
    shared: Vec<Shared>,
    /// By sort of subject.
    sums: [SubjectsSum; Sort::ALL.len()],
}

/// The subjects of one sort after the merge.
#[derive(Default)]
struct SubjectsSum {
    /// Blocks to put in place of those with the same number.
    blocks: Vec<(usize, Block)>,
    /// The sum of all counts.
    signals: u64,
}

/// By the other tally's number: the number that a name has, or will get, in this one.
struct Numbers {
    subjects: [Vec<u32>; Sort::ALL.len()],
    kinds: Vec<u32>,
    solutions: Vec<u32>,
    campaigns: Vec<u32>,
    ids: Vec<u32>,
}

/// An id of both tallies, and how this one's content stands to the other's.
struct Shared {
    own: u32,
    theirs: u32,
    order: Ordering,
}

impl SignalTally {
    /// Adds everything that another tally holds.
    ///
    /// As content this is commutative and associative: it does not matter how rows are split into tallies or in which order these are merged.
    /// An id of both tallies is a duplicate, and the lesser content counts.
    ///
    /// Cost: a look-up for each name of `other`, then O(n) in its counts and in the counts of the blocks of 64 subjects that it touches; a
    /// tally merged into an empty one is cloned.
    ///
    /// # Errors
    /// [`TallyError`] when both together go beyond a limit; the tally is then as before.
    pub fn merge(&mut self, other: &Self) -> Result<(), TallyError> {
        if self.is_empty() {
            self.clone_from(other);
            return Ok(());
        }
        let plan = self.plan(other)?;
        self.carry_out(plan, other);
        Ok(())
    }

    /// Both tallies as one; see [`Self::merge`].
    ///
    /// # Errors
    /// [`TallyError`] when both together go beyond a limit.
    pub fn merged(mut self, other: &Self) -> Result<Self, TallyError> {
        self.merge(other).map(|()| self)
    }

    fn plan(&self, other: &Self) -> Result<Plan, TallyError> {
        self.signals().checked_add(other.signals()).ok_or(TallyError::TooManySignals { most: u64::MAX })?;
        let numbers = self.numbers(other)?;
        let shared = self.shared(other, &numbers);
        let mut twice = self.counted_twice(other, &numbers, &shared);
        let mut sums = <[SubjectsSum; Sort::ALL.len()]>::default();
        for sort in Sort::ALL {
            let less = &mut twice[sort as usize];
            less.sort_unstable();
            sums[sort as usize] = self.sum(other, &numbers, sort, less)?;
        }
        Ok(Plan { numbers, shared, sums })
    }

    fn sum(&self, other: &Self, numbers: &Numbers, sort: Sort, less: &[(u32, Entry)]) -> Result<SubjectsSum, TallyError> {
        let (own, theirs) = (self.subjects(sort), other.subjects(sort));
        let blocks = Sum::new(&own.blocks, &theirs.blocks, numbers, sort).blocks(less);
        let blocks = blocks.map_err(|full| {
            let (subject, kind) = full.names();
            let subject = names::foreseen(&own.roster, &theirs.roster, &numbers.subjects[sort as usize], subject);
            let kind = kind.map_or("", |kind| names::foreseen(&self.kinds, &other.kinds, &numbers.kinds, kind));
            Self::full(full, subject, kind)
        })?;
        // INVARIANT: what is counted twice is in the counts, and the sum of all signals was checked.
        Ok(SubjectsSum { blocks, signals: own.signals + theirs.signals - less.len() as u64 })
    }

    fn numbers(&self, other: &Self) -> Result<Numbers, TallyError> {
        let mut subjects = [const { Vec::new() }; Sort::ALL.len()];
        for sort in Sort::ALL {
            let limit = Limit { what: sort.what(), most: TEXTS_MAX };
            subjects[sort as usize] = limit.numbers(&self.subjects(sort).roster, &other.subjects(sort).roster)?;
        }
        Ok(Numbers {
            subjects,
            kinds: KINDS.numbers(&self.kinds, &other.kinds)?,
            solutions: SOLUTIONS.numbers(&self.solutions, &other.solutions)?,
            campaigns: CAMPAIGNS.numbers(&self.campaigns, &other.campaigns)?,
            ids: IDS.numbers(&self.identified.ids, &other.identified.ids)?,
        })
    }

    /// The ids of both tallies.
    fn shared(&self, other: &Self, numbers: &Numbers) -> Vec<Shared> {
        let both = (0..).zip(&numbers.ids).filter(|(_, own)| (**own as usize) < self.identified.len());
        let compared = both.map(|(theirs, own)| {
            let order = self.says(self.identified.content(*own)).cmp(&other.says(other.identified.content(theirs)));
            Shared { own: *own, theirs, order }
        });
        compared.collect()
    }

    /// What both tallies count for the shared ids, of which only the lesser is to count: by sort of subject, the counts to be taken away.
    fn counted_twice(&self, other: &Self, numbers: &Numbers, shared: &[Shared]) -> [Vec<(u32, Entry)>; Sort::ALL.len()] {
        let mut less = [const { Vec::new() }; Sort::ALL.len()];
        for id in shared {
            let greater = match id.order {
                Ordering::Greater => *self.identified.content(id.own),
                _ => numbers.content(other.identified.content(id.theirs)),
            };
            less[greater.sort as usize].push((greater.subject, greater.one()));
        }
        less
    }

    fn carry_out(&mut self, plan: Plan, other: &Self) {
        let Plan { numbers, shared, sums } = plan;
        self.keep_conflicts(other, &shared);
        for (sort, sum) in Sort::ALL.into_iter().zip(sums) {
            let own = self.subjects_mut(sort);
            names::admit_all(&mut own.roster, &numbers.subjects[sort as usize], &other.subjects(sort).roster);
            own.signals = sum.signals;
            own.blocks.replace(sum.blocks);
        }
        names::admit_all(&mut self.kinds, &numbers.kinds, &other.kinds);
        names::admit_all(&mut self.solutions, &numbers.solutions, &other.solutions);
        names::admit_all(&mut self.campaigns, &numbers.campaigns, &other.campaigns);
        self.take_over_ids(other, &numbers, &shared);
        // INVARIANT: the sum of all signals was checked, and duplicates are part of it.
        self.duplicates += other.duplicates + shared.len() as u64;
    }

    /// Brings together the versions of each id that has more than one; what counts is still as before the merge.
    fn keep_conflicts(&mut self, other: &Self, shared: &[Shared]) {
        let others = &other.identified.conflicts;
        for id in shared {
            let text = self.identified.ids.text(id.own);
            let told_apart = others.get(text);
            if id.order == Ordering::Equal && told_apart.is_none() {
                continue;
            }
            let own = if self.identified.conflicts.contains_key(text) { None } else { self.whole(id.own) };
            let theirs = if told_apart.is_none() { other.whole(id.theirs) } else { None };
            let both = own.into_iter().chain(theirs).map(Version).chain(told_apart.into_iter().flatten().cloned());
            let versions: Vec<Version> = both.collect();
            if let Ok(text) = SignalId::new(text) {
                self.identified.keep(&text, versions);
            }
        }
        let unheard = others.iter().filter(|(id, _)| self.identified.ids.find(id.as_str()).is_none());
        let unheard: Vec<_> = unheard.map(|(id, versions)| (id.clone(), versions.clone())).collect();
        self.identified.conflicts.extend(unheard);
    }

    /// Enters the other's ids, and the other's contents where they count from now on.
    fn take_over_ids(&mut self, other: &Self, numbers: &Numbers, shared: &[Shared]) {
        for id in shared.iter().filter(|id| id.order == Ordering::Greater) {
            self.identified.replace(id.own, numbers.content(other.identified.content(id.theirs)));
        }
        for ((theirs, name), own) in other.identified.ids.iter().zip(&numbers.ids) {
            if *own as usize == self.identified.len() {
                names::admit(&mut self.identified.ids, *own, name);
                self.identified.push(numbers.content(other.identified.content(theirs)));
            }
        }
    }
}

impl Numbers {
    /// The other tally's content in this one's numbers.
    fn content(&self, theirs: &Content) -> Content {
        let campaign = theirs.campaign.checked_sub(1).map_or(0, |number| self.campaigns[number as usize] + 1);
        let solution = theirs.solution.checked_sub(1).map_or(0, |number| small(self.solutions[usize::from(number)] + 1));
        Content {
            subject: self.subjects[theirs.sort as usize][theirs.subject as usize],
            kind: small(self.kinds[usize::from(theirs.kind)]),
            campaign,
            solution,
            ..*theirs
        }
    }
}

/// The sum of the counts of two tallies, for the subjects of one sort.
struct Sum<'a> {
    own: &'a Blocks,
    theirs: &'a Blocks,
    numbers: &'a Numbers,
    /// The other's subjects that have counts: the number here and there, sorted.
    subjects: Vec<(u32, u32)>,
    /// Changes to one subject's counts; used again for the next.
    changes: Vec<(Entry, i64)>,
    draft: Draft,
}

impl<'a> Sum<'a> {
    fn new(own: &'a Blocks, theirs: &'a Blocks, numbers: &'a Numbers, sort: Sort) -> Self {
        let both = (0..).zip(&numbers.subjects[sort as usize]).map(|(there, here)| (*here, there));
        let mut subjects: Vec<(u32, u32)> = both.filter(|(_, there)| !theirs.of(*there).is_empty()).collect();
        subjects.sort_unstable();
        Self { own, theirs, numbers, subjects, changes: Vec::new(), draft: Draft::default() }
    }

    /// The blocks that change, `less` (sorted) taken away.
    fn blocks(mut self, mut less: &[(u32, Entry)]) -> Result<Vec<(usize, Block)>, Full> {
        let subjects = core::mem::take(&mut self.subjects);
        let (mut more, mut blocks) = (subjects.as_slice(), Vec::new());
        while let Some(first) = more.first().map(|more| more.0).into_iter().chain(less.first().map(|less| less.0)).min() {
            let (number, _) = place(first);
            let (more_here, less_here) = (take_block(&mut more, number), take_block(&mut less, number));
            blocks.push((number, self.block(number, more_here, less_here)?));
        }
        Ok(blocks)
    }

    fn block(&mut self, number: usize, mut more: &[(u32, u32)], mut less: &[(u32, Entry)]) -> Result<Block, Full> {
        for slot in 0..WIDTH {
            // INVARIANT: this block holds a subject with a number, so the numbers of its first slots up to that one fit; beyond the last
            // number a subject has no counts, and the clamp is never read.
            let subject = u32::try_from(number * WIDTH + slot).unwrap_or(u32::MAX);
            let there = split_while(&mut more, |(here, _)| *here == subject);
            let twice = split_while(&mut less, |(here, _)| *here == subject);
            if there.is_empty() && twice.is_empty() {
                self.draft.keep(subject, self.own.of(subject))?;
            } else {
                self.push_changed(subject, there, twice)?;
            }
        }
        Ok(self.draft.block())
    }

    fn push_changed(&mut self, subject: u32, there: &[(u32, u32)], twice: &[(u32, Entry)]) -> Result<(), Full> {
        let Self { own, theirs, numbers, changes, draft, .. } = self;
        changes.clear();
        changes.extend(own.of(subject).iter().map(|entry| (entry, i64::from(entry.count()))));
        for entry in there.iter().flat_map(|(_, there)| theirs.of(*there)) {
            changes.push((entry.renumbered(&numbers.kinds, &numbers.solutions), i64::from(entry.count())));
        }
        changes.extend(twice.iter().map(|(_, one)| (*one, -1)));
        // Sorted runs one after another, mostly two: the stable sort merges them in linear time.
        changes.sort_by_key(|(entry, _)| entry.key());
        draft.push_sums(subject, changes)
    }
}

/// Splits off the items of a block.
fn take_block<'a, T>(items: &mut &'a [(u32, T)], number: usize) -> &'a [(u32, T)] {
    split_while(items, |(subject, _)| place(*subject).0 == number)
}

/// Splits off the first items for which `is` holds.
fn split_while<'a, T>(items: &mut &'a [T], is: impl Fn(&T) -> bool) -> &'a [T] {
    let end = items.iter().position(|item| !is(item)).unwrap_or(items.len());
    let (first, rest) = items.split_at(end);
    *items = rest;
    first
}
