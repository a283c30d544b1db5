//! What became of every signal of an account: heard from the scoring loop, told signal by signal.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::ops::Range;

use super::sorted::Heard;
use crate::assess::{
    Assessed, Assessor, Bench, Fit, GroupAssessment, Intake, MemberRow, Scratch, SignalState, Sink, StateCounter, assess_group_heard,
    hear_as_outsiders,
};
use crate::day::Day;
use crate::tally::Entry;

/// What was found of an account beside the states of its signals.
#[derive(Debug, Default)]
pub(super) struct Account {
    /// Contacts of members who are no opponents, of any of its groups.
    pub(super) allies: BTreeSet<u32>,
    /// Contacts of members with a role that decides, of any of its groups.
    pub(super) deciding: BTreeSet<u32>,
    /// The fit of its best group; `None` where there is no policy for any.
    pub(super) fit: Option<Fit>,
}

/// Assesses the groups of an account, and settles the state of each of its signals: the furthest of those that it has in them.
///
/// `heard` are all signals of the account, in order. Cost: that of the assessment, and O(log) for each signal and group whose member did it.
pub(super) fn settle(assessor: &Assessor<'_>, account: u32, day: Day, heard: &mut [Heard<'_>], scratch: &mut Scratch) -> Account {
    let places = places(heard);
    let mut outsiders: BTreeMap<usize, Intake> = BTreeMap::new();
    let mut found = Account::default();
    let mut best: Option<GroupAssessment> = None;
    for (policy, bench) in assessor.benches(account, day) {
        // Whoever belongs to a group comes further there than outside, so that what everybody would be outside may be told of all.
        let shared = outsiders.entry(policy).or_insert_with(|| as_outsiders(&bench, &places, heard));
        let mut told = Told::default();
        let Assessed { roll, assessment, .. } = assess_group_heard(&bench, Some(shared), scratch, &mut told);
        let subjects = roll.members.iter().map(|member| member.contacts().map(Some).collect()).chain([Vec::from([None])]);
        for (person, contacts) in told.persons.iter().zip(subjects) {
            let contacts: Vec<Option<u32>> = contacts;
            person.tell(&places, &contacts, heard);
        }
        found.add(&bench, &roll.members);
        if best.as_ref().is_none_or(|best| best.rank() < assessment.rank()) {
            best = Some(assessment);
        }
    }
    found.fit = best.map(|best| best.fit);
    found
}

impl Account {
    fn add(&mut self, bench: &Bench<'_>, members: &[MemberRow]) {
        let deciding = bench.policy().deciding;
        self.allies.extend(members.iter().filter(|member| !member.opponent).flat_map(MemberRow::contacts));
        self.deciding.extend(members.iter().filter(|member| member.roles.meets(deciding)).flat_map(MemberRow::contacts));
    }
}

/// Where the signals of each contact stand, and of the unnamed visitors.
fn places(heard: &[Heard<'_>]) -> BTreeMap<Option<u32>, Range<usize>> {
    let mut places = BTreeMap::new();
    let mut start = 0;
    for run in heard.chunk_by(|a, b| a.contact == b.contact) {
        places.insert(run[0].contact, start..start + run.len());
        start += run.len();
    }
    places
}

/// Tells of every contact what its signals are in a group that it does not belong to.
fn as_outsiders(bench: &Bench<'_>, places: &BTreeMap<Option<u32>, Range<usize>>, heard: &mut [Heard<'_>]) -> Intake {
    let (mut states, mut told) = (StateCounter::default(), Told::default());
    hear_as_outsiders(bench, &mut (&mut states, &mut told));
    for person in &told.persons {
        person.tell(places, &[person.contact], heard);
    }
    states.intake()
}

/// The sink: what the loop says, person by person.
#[derive(Debug, Default)]
struct Told {
    persons: Vec<Person>,
}

/// What was told of one person.
#[derive(Debug, Default)]
struct Person {
    contact: Option<u32>,
    /// The states of signals that no points are asked of, by their entry without its count.
    aside: BTreeMap<u64, SignalState>,
    /// By kind and day: how many of the other signals are within the daily cap, and the state that these share.
    lines: BTreeMap<u64, (u64, SignalState)>,
}

impl Sink for Told {
    const LISTENS: bool = true;

    fn person(&mut self, contact: Option<u32>) {
        self.persons.push(Person { contact, ..Person::default() });
    }

    fn signals(&mut self, state: SignalState, of: Entry, count: u64) {
        let Some(person) = self.persons.last_mut() else { return };
        if state < SignalState::DecayedOut {
            person.aside.insert(of.key(), state);
        } else if state != SignalState::CappedDaily {
            // Those beyond the cap are what is left when these have been given out.
            person.lines.insert(of.day_and_kind(), (count, state));
        }
    }
}

impl Person {
    /// Tells each signal of these contacts its state, unless it came further already.
    fn tell(&self, places: &BTreeMap<Option<u32>, Range<usize>>, contacts: &[Option<u32>], heard: &mut [Heard<'_>]) {
        let mut own: Vec<usize> = contacts.iter().filter_map(|contact| places.get(contact).cloned()).flatten().collect();
        if contacts.len() > 1 {
            own.sort_unstable_by(|a, b| (heard[*a].line(), heard[*a].says).cmp(&(heard[*b].line(), heard[*b].says)));
        }
        let (mut line, mut left) = (None, None);
        for at in own {
            let one = &mut heard[at];
            if line != one.line() {
                line = one.line();
                left = line.and_then(|line| self.lines.get(&line)).copied();
            }
            let aside = one.entry.and_then(|entry| self.aside.get(&entry.key())).copied();
            one.state = one.state.max(aside.or_else(|| next_of(&mut left)));
        }
    }
}

/// The state of the next signal of a line: the line's own as long as some within the daily cap are left.
fn next_of(left: &mut Option<(u64, SignalState)>) -> Option<SignalState> {
    let (within, state) = left.as_mut()?;
    if *within == 0 {
        return Some(SignalState::CappedDaily);
    }
    *within -= 1;
    Some(*state)
}
