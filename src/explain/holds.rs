//! What holds a verdict: single facts whose loss would un-qualify the group, each found by judging a copy without it.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::learn::{asked, forget};
use crate::assess::{Bench, Fact, Instead, MemberRow, Named, Otherwise, Persons, Roll, Scratch, State, judge};
use crate::day::Day;
use crate::id::KindName;
use crate::tally::{Entries, Entry};

/// Copies that are judged at most.
const COPIES_MAX: usize = 2_000;
/// Entries in all copies together.
const ENTRIES_MAX: usize = 4_000_000;

/// Something known, without which the group would not be qualified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// A member: the person, with all their contacts, roles and signals.
    Person {
        /// The member.
        member: MemberId,
    },
    /// The signals of one person, kind and day, those that the group uses.
    Signals {
        /// The member; `None`: the account's unnamed visitors.
        member: Option<MemberId>,
        /// The kind.
        kind: KindName,
        /// The day.
        day: Day,
    },
    /// A fact of the account, known now.
    Fact(Fact),
}

impl Loss {
    /// The stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Person { .. } => "person",
            Self::Signals { .. } => "signals",
            Self::Fact(_) => "fact",
        }
    }
}

/// A member of a group, by the least contact id of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberId(Named);

impl MemberId {
    pub(super) fn of(bench: &Bench<'_>, contact: u32) -> Self {
        Self(Named { names: bench.graph.contact_names().clone(), number: contact })
    }

    /// The contact id.
    pub fn contact(&self) -> &str {
        self.0.text()
    }
}

/// What holds a qualified verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holds {
    /// Each of these alone would un-qualify the group if it were lost: persons by id, then signals by person and by day, the newest first,
    /// then facts. Empty for a group that is not qualified, and when it holds without any single one.
    pub losses: Vec<Loss>,
    /// Whether every person, line of signals and known fact that the policy asks for was tried; not in a group of very many.
    pub complete: bool,
}

/// What holds the verdict of a group in that state. O(losses × entries of the group), within a bound.
pub(super) fn holds(bench: &Bench<'_>, roll: &Roll, state: State) -> Holds {
    if state != State::Qualified {
        return Holds { losses: Vec::new(), complete: true };
    }
    let of_members = roll.members.iter().flat_map(MemberRow::contacts).map(|contact| entries(bench, Some(contact)).len());
    let each = of_members.sum::<usize>() + entries(bench, None).len() + roll.members.len() + 1;
    let mut trial = Trial { bench, roll, losses: Vec::new(), left: COPIES_MAX.min(ENTRIES_MAX / each).max(1), complete: true };
    trial.persons();
    trial.signals();
    trial.facts();
    Holds { losses: trial.losses, complete: trial.complete }
}

struct Trial<'a> {
    bench: &'a Bench<'a>,
    roll: &'a Roll,
    losses: Vec<Loss>,
    left: usize,
    complete: bool,
}

impl Trial<'_> {
    /// Notes a loss that un-qualifies.
    fn try_without(&mut self, otherwise: Otherwise<'_>, loss: impl FnOnce() -> Loss) {
        self.left = self.left.saturating_sub(1);
        if !qualifies(self.bench, self.roll, otherwise) {
            self.losses.push(loss());
        }
    }

    /// Whether another copy may be judged; notes that not everything was tried when none may.
    fn may_go_on(&mut self) -> bool {
        self.complete &= self.left > 0;
        self.left > 0
    }

    fn persons(&mut self) {
        let bench = self.bench;
        let persons = Persons::of(bench.graph, bench.group.account);
        for member in &self.roll.members {
            if !self.may_go_on() {
                return;
            }
            let gone = persons.contacts(member.contact);
            self.try_without(Otherwise { gone: &gone, ..bench.otherwise }, || Loss::Person { member: MemberId::of(bench, member.contact) });
        }
    }

    fn signals(&mut self) {
        let allies = self.roll.members.iter().filter(|member| !member.opponent);
        for member in allies {
            let contacts: Vec<Option<u32>> = member.contacts().map(Some).collect();
            self.signals_of(&contacts);
        }
        self.signals_of(&[None]);
    }

    /// Each kind and day of one person, whose contacts are given, or of the unnamed visitors.
    fn signals_of(&mut self, contacts: &[Option<u32>]) {
        let bench = self.bench;
        for line in lines(bench, contacts) {
            if !self.may_go_on() {
                return;
            }
            let without = |of: &Option<u32>| {
                let kept = entries(bench, *of).into_iter().filter(|entry| entry.day_and_kind() != line.day_and_kind());
                Instead { of: *of, entries: kept.collect() }
            };
            let heard: Vec<Instead> = contacts.iter().map(without).collect();
            self.try_without(Otherwise { heard: &heard, ..bench.otherwise }, || Loss::Signals {
                member: contacts[0].map(|contact| MemberId::of(bench, contact)),
                kind: kind_name(bench, line),
                day: line.day(),
            });
        }
    }

    fn facts(&mut self) {
        let bench = self.bench;
        let known = bench.profile();
        for fact in asked(bench.bound.policy) {
            if !self.may_go_on() {
                return;
            }
            let mut profile = known.clone();
            forget(&mut profile, &fact);
            if profile != known {
                self.try_without(Otherwise { profile: Some(&profile), ..bench.otherwise }, || Loss::Fact(fact.clone()));
            }
        }
    }
}

fn qualifies(bench: &Bench<'_>, roll: &Roll, otherwise: Otherwise<'_>) -> bool {
    let bench = Bench { otherwise, ..*bench };
    let mut roll = roll.clone();
    otherwise.change(&mut roll);
    let view = bench.view(&roll, None, &mut Scratch::default(), &mut ());
    judge(bench.bound.policy, &view.facts(bench.policy(), bench.day, &bench.profile())).state == State::Qualified
}

fn entries<'a>(bench: &Bench<'a>, of: Option<u32>) -> Entries<'a> {
    of.map_or_else(|| bench.heard().of_account(bench.group.account), |contact| bench.heard().of_contact(contact))
}

/// One entry for each kind and day on which the person gave signals that the group uses, the newest day first.
fn lines(bench: &Bench<'_>, contacts: &[Option<u32>]) -> Vec<Entry> {
    let lens = bench.lens(bench.day, None);
    let all = contacts.iter().flat_map(|of| entries(bench, *of));
    let usable = all.filter(|entry| lens.kinds[usize::from(entry.kind())].number().is_some() && lens.uses(*entry));
    let mut seen = BTreeSet::new();
    let mut lines: Vec<Entry> = usable.filter(|entry| seen.insert(entry.day_and_kind())).collect();
    lines.sort_by_key(|entry| (core::cmp::Reverse(entry.day()), lens.kinds[usize::from(entry.kind())].number()));
    lines
}

/// The kind of an entry that the policy knows.
fn kind_name(bench: &Bench<'_>, entry: Entry) -> KindName {
    let kinds = &bench.bound.policy.document().kinds;
    // INVARIANT: only lines of kinds that the policy knows are tried.
    let number = bench.bound.kinds[usize::from(entry.kind())].number().unwrap_or(0);
    kinds[usize::from(number)].name.clone()
}
