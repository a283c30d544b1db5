//! Graph, tally and policy brought together: numbers of one translated to numbers of the other, once.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::intake::RunIntake;
use super::tallied::TalliedKind;
use super::titles::Titles;
use crate::graph::AccountGraph;
use crate::policy::Policy;
use crate::roster::{Names, Roster};
use crate::tally::{Entry, SignalTally};

/// The subjects of a tally by the graph's numbers.
#[derive(Debug)]
pub(crate) struct Subjects<'a> {
    tally: &'a SignalTally,
    contacts: Numbers<'a>,
    accounts: Numbers<'a>,
}

/// The tally's numbers for the graph's numbers of one sort of subject.
#[derive(Debug)]
enum Numbers<'a> {
    /// All translated beforehand.
    Translated(Cow<'a, [Option<u32>]>),
    /// Looked up by text when asked for.
    OnDemand(&'a Names, &'a Roster),
}

impl Numbers<'_> {
    fn of(&self, number: u32) -> Option<u32> {
        match self {
            Self::Translated(numbers) => numbers.get(number as usize).copied().flatten(),
            Self::OnDemand(names, roster) => look_up(number, names.text(number), roster),
        }
    }
}

impl<'a> Subjects<'a> {
    /// Looks every id of the graph up in the tally once, for questions about all of them. O(ids).
    pub(crate) fn translated(graph: &AccountGraph, tally: &'a SignalTally) -> Self {
        let [contacts, accounts] = numbers(graph, tally);
        Self { contacts: Numbers::Translated(contacts.into()), accounts: Numbers::Translated(accounts.into()), tally }
    }

    /// With numbers that were translated before, for a tally that has grown since and had all ids of the graph then.
    pub(crate) const fn lent(tally: &'a SignalTally, contacts: &'a [Option<u32>], accounts: &'a [Option<u32>]) -> Self {
        let (contacts, accounts) = (Cow::Borrowed(contacts), Cow::Borrowed(accounts));
        Self { tally, contacts: Numbers::Translated(contacts), accounts: Numbers::Translated(accounts) }
    }

    /// Looks ids up as they are asked for, for questions about a few of them. O(1).
    pub(crate) fn on_demand(graph: &'a AccountGraph, tally: &'a SignalTally) -> Self {
        Self {
            contacts: Numbers::OnDemand(graph.contact_names(), tally.contact_roster()),
            accounts: Numbers::OnDemand(graph.account_names(), tally.account_roster()),
            tally,
        }
    }

    /// The entries of a contact, by the graph's number.
    pub(crate) fn of_contact(&self, contact: u32) -> &'a [Entry] {
        self.contacts.of(contact).map_or(&[], |number| self.tally.contact_entries(number))
    }

    /// The entries of an account's unnamed visitors, by the graph's number.
    pub(crate) fn of_account(&self, account: u32) -> &'a [Entry] {
        self.accounts.of(account).map_or(&[], |number| self.tally.account_entries(number))
    }

    /// The same, with other entries for some of them.
    pub(crate) const fn but(&'a self, instead: &'a [Instead]) -> Heard<'a> {
        Heard { subjects: self, instead }
    }

    pub(crate) const fn tally(&self) -> &'a SignalTally {
        self.tally
    }

    /// What became of the run's signals before any group is looked at.
    pub(crate) fn run_intake(&self, graph: &AccountGraph) -> RunIntake {
        let contacts = graph.live_contacts().map(|contact| count(self.of_contact(contact)));
        let accounts = graph.live_accounts().map(|account| count(self.of_account(account)));
        let known = contacts.chain(accounts).sum();
        let duplicate = self.tally.duplicates();
        RunIntake { duplicate, known, unknown_subject: self.tally.signals() - duplicate - known }
    }
}

/// Other entries for a subject: a contact by the graph's number, or the account's unnamed visitors.
#[derive(Clone, Debug)]
pub(crate) struct Instead {
    pub(crate) of: Option<u32>,
    pub(crate) entries: Vec<Entry>,
}

/// The signals of subjects, as they are or as somebody supposes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard<'a> {
    subjects: &'a Subjects<'a>,
    instead: &'a [Instead],
}

impl<'a> Heard<'a> {
    /// The entries of a contact, by the graph's number.
    #[inline]
    pub(crate) fn of_contact(&self, contact: u32) -> &'a [Entry] {
        if self.instead.is_empty() {
            return self.subjects.of_contact(contact);
        }
        self.supposed(Some(contact)).unwrap_or_else(|| self.subjects.of_contact(contact))
    }

    /// The entries of an account's unnamed visitors, by the graph's number.
    pub(crate) fn of_account(&self, account: u32) -> &'a [Entry] {
        self.supposed(None).unwrap_or_else(|| self.subjects.of_account(account))
    }

    fn supposed(&self, subject: Option<u32>) -> Option<&'a [Entry]> {
        self.instead.iter().find(|one| one.of == subject).map(|one| one.entries.as_slice())
    }
}

fn count(entries: &[Entry]) -> u64 {
    entries.iter().map(|entry| u64::from(entry.count())).sum()
}

/// For each id of the graph, its number in the tally: contacts, then accounts.
pub(crate) fn numbers(graph: &AccountGraph, tally: &SignalTally) -> [Vec<Option<u32>>; 2] {
    [translate(graph.contact_names(), tally.contact_roster()), translate(graph.account_names(), tally.account_roster())]
}

/// The number that a text has in another roster. Two rosters of one origin or filled alike agree number by number, which is tried first.
fn look_up(number: u32, text: &str, other: &Roster) -> Option<u32> {
    let alike = (number as usize) < other.len() && other.text(number) == text;
    if alike { Some(number) } else { other.find(text) }
}

/// For each text, its number in another roster. What both have from one origin has the same numbers, without a look at any text.
fn translate(names: &Names, other: &Roster) -> Vec<Option<u32>> {
    let one = |number: u32| look_up(number, names.text(number), other);
    let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
    let shared = count(names.shared_with(other.names()));
    (0..shared).map(Some).chain((shared..count(names.len())).map(one)).collect()
}

/// A policy with the names of one graph and one tally turned to its numbers.
#[derive(Debug)]
pub(crate) struct BoundPolicy<'a> {
    pub(crate) policy: &'a Policy,
    /// Each kind of the tally, by its number there.
    pub(crate) kinds: Vec<TalliedKind>,
    /// The policy's number of each role of the graph; `None` for `unknown` and for roles that the policy does not have.
    pub(crate) roles: Vec<Option<u8>>,
    /// What its rules say of the graph's titles.
    pub(crate) titles: Titles<'a>,
}

impl<'a> BoundPolicy<'a> {
    pub(crate) fn new(policy: &'a Policy, graph: &AccountGraph, tally: &SignalTally, titles: Titles<'a>) -> Self {
        let roles = graph.role_roster().iter().map(|(_, name)| policy.compiled().role_number(name)).collect();
        let mut bound = Self { policy, kinds: Vec::new(), roles, titles };
        bound.learn_kinds(tally);
        bound
    }

    /// Turns the kinds to numbers that the tally has got since.
    pub(crate) fn learn_kinds(&mut self, tally: &SignalTally) {
        let compiled = self.policy.compiled();
        let new = tally.kind_roster().iter().skip(self.kinds.len());
        self.kinds.extend(new.map(|(_, name)| TalliedKind::of(compiled, compiled.kind_number(name))));
    }
}
