//! Graph, tally and policy brought together: numbers of one translated to numbers of the other, once.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::intake::RunIntake;
use super::tallied::{TalliedKind, TalliedKinds};
use super::titles::Titles;
use crate::graph::AccountGraph;
use crate::policy::{Policy, RoleSet, UNKNOWN_ROLE};
use crate::roster::{Names, Roster};
use crate::tally::{Entries, Entry, SignalTally};

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
    Translated(Cow<'a, Translation>),
    /// Looked up by text when asked for.
    OnDemand(&'a Names, &'a Roster),
}

/// The tally's numbers for the graph's.
#[derive(Clone, Debug)]
pub(crate) struct Translation {
    /// Below it both are the same.
    alike: u32,
    /// From there on.
    others: Vec<Option<u32>>,
}

impl Translation {
    /// For each of so many texts of the graph a number that is not known yet.
    pub(crate) fn unknown(texts: usize) -> Self {
        Self { alike: 0, others: alloc::vec![None; texts] }
    }

    /// What texts have from one origin has the same numbers, without a look at any of them.
    fn new(names: &Names, other: &Roster) -> Self {
        let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let alike = count(names.shared_with(other.names()));
        Self { alike, others: (alike..count(names.len())).map(|number| look_up(number, names.text(number), other)).collect() }
    }

    /// The tally's number, if it has the text.
    #[inline]
    pub(crate) fn of(&self, number: u32) -> Option<u32> {
        match number.checked_sub(self.alike) {
            None => Some(number),
            Some(at) => self.others.get(at as usize).copied().flatten(),
        }
    }

    /// Notes the tally's number of a text; below what is alike nothing is to be noted.
    pub(crate) fn note(&mut self, number: u32, to: u32) {
        if let Some(known) = self.other(number) {
            *known = Some(to);
        }
    }

    /// Finds the tally's number of a text that it perhaps did not have before.
    pub(crate) fn learn(&mut self, number: u32, find: impl FnOnce() -> Option<u32>) {
        if let Some(known) = self.other(number) {
            *known = known.or_else(find);
        }
    }

    fn other(&mut self, number: u32) -> Option<&mut Option<u32>> {
        self.others.get_mut(number.checked_sub(self.alike)? as usize)
    }
}

impl Numbers<'_> {
    #[inline]
    fn of(&self, number: u32) -> Option<u32> {
        match self {
            Self::Translated(translation) => translation.of(number),
            Self::OnDemand(names, roster) => look_up(number, names.text(number), roster),
        }
    }
}

impl<'a> Subjects<'a> {
    /// Looks every id of the graph up in the tally once, for questions about all of them. O(ids).
    pub(crate) fn translated(graph: &AccountGraph, tally: &'a SignalTally) -> Self {
        let [contacts, accounts] = numbers(graph, tally);
        Self { contacts: Numbers::Translated(Cow::Owned(contacts)), accounts: Numbers::Translated(Cow::Owned(accounts)), tally }
    }

    /// With numbers that were translated before, for a tally that has grown since and had all ids of the graph then.
    pub(crate) const fn lent(tally: &'a SignalTally, contacts: &'a Translation, accounts: &'a Translation) -> Self {
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
    #[inline]
    pub(crate) fn of_contact(&self, contact: u32) -> Entries<'a> {
        self.contacts.of(contact).map(|number| self.tally.contact_entries(number)).unwrap_or_default()
    }

    /// The entries of an account's unnamed visitors, by the graph's number.
    pub(crate) fn of_account(&self, account: u32) -> Entries<'a> {
        self.accounts.of(account).map(|number| self.tally.account_entries(number)).unwrap_or_default()
    }

    /// The same, with other entries for some of them.
    pub(crate) fn but(&'a self, instead: &'a [Instead]) -> Heard<'a> {
        let translated = match &self.contacts {
            Numbers::Translated(contacts) if instead.is_empty() => Some(&**contacts),
            _ => None,
        };
        Heard { subjects: self, instead, translated }
    }

    pub(crate) const fn tally(&self) -> &'a SignalTally {
        self.tally
    }

    /// What became of the run's signals before any group is looked at.
    pub(crate) fn run_intake(&self, graph: &AccountGraph) -> RunIntake {
        let contacts = graph.live_contacts().map(|contact| self.of_contact(contact).signals());
        let accounts = graph.live_accounts().map(|account| self.of_account(account).signals());
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
    /// The numbers of contacts where all are translated and nothing is supposed: asked once for many contacts.
    translated: Option<&'a Translation>,
}

impl<'a> Heard<'a> {
    /// The entries of a contact, by the graph's number.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "measured: a call for each contact costs a row a twentieth")]
    pub(crate) fn of_contact(&self, contact: u32) -> Entries<'a> {
        match self.translated {
            Some(contacts) => contacts.of(contact).map(|number| self.subjects.tally.contact_entries(number)).unwrap_or_default(),
            None => self.of_any_contact(contact),
        }
    }

    // Alone, so that who has translated numbers stays short.
    #[inline(never)]
    fn of_any_contact(&self, contact: u32) -> Entries<'a> {
        self.supposed(Some(contact)).unwrap_or_else(|| self.subjects.of_contact(contact))
    }

    /// The entries of an account's unnamed visitors, by the graph's number.
    pub(crate) fn of_account(&self, account: u32) -> Entries<'a> {
        self.supposed(None).unwrap_or_else(|| self.subjects.of_account(account))
    }

    fn supposed(&self, subject: Option<u32>) -> Option<Entries<'a>> {
        self.instead.iter().find(|one| one.of == subject).map(|one| Entries::pooled(&one.entries))
    }
}

/// For the ids of the graph, their numbers in the tally: contacts, then accounts.
pub(crate) fn numbers(graph: &AccountGraph, tally: &SignalTally) -> [Translation; 2] {
    [Translation::new(graph.contact_names(), tally.contact_roster()), Translation::new(graph.account_names(), tally.account_roster())]
}

/// The number that a text has in another roster. Two rosters of one origin or filled alike agree number by number, which is tried first.
// Alone, so that who has translated numbers stays short.
#[inline(never)]
fn look_up(number: u32, text: &str, other: &Roster) -> Option<u32> {
    let alike = (number as usize) < other.len() && other.text(number) == text;
    if alike { Some(number) } else { other.find(text) }
}

/// A role of a graph as a policy knows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoundRole {
    /// The role; nothing for `unknown` and for a role that the policy does not have.
    pub(crate) set: RoleSet,
    /// Whether the policy does not have it.
    pub(crate) foreign: bool,
}

impl BoundRole {
    fn of(policy: &Policy, name: &str) -> Self {
        let number = policy.compiled().role_number(name);
        Self { set: number.map_or(RoleSet::EMPTY, RoleSet::of), foreign: number.is_none() && name != UNKNOWN_ROLE }
    }
}

/// A policy with the names of one graph and one tally turned to its numbers.
#[derive(Debug)]
pub(crate) struct BoundPolicy<'a> {
    pub(crate) policy: &'a Policy,
    /// Each kind of the tally, by its number there.
    pub(crate) kinds: TalliedKinds,
    /// What each role of the graph is to the policy, by its number there.
    pub(crate) roles: Vec<BoundRole>,
    /// What its rules say of the graph's titles.
    pub(crate) titles: Titles<'a>,
}

impl<'a> BoundPolicy<'a> {
    pub(crate) fn new(policy: &'a Policy, graph: &AccountGraph, tally: &SignalTally, titles: Titles<'a>) -> Self {
        let roles = graph.role_roster().iter().map(|(_, name)| BoundRole::of(policy, name)).collect();
        let mut bound = Self { policy, kinds: TalliedKinds::default(), roles, titles };
        bound.learn_kinds(tally);
        bound
    }

    /// Turns the kinds to numbers that the tally has got since.
    pub(crate) fn learn_kinds(&mut self, tally: &SignalTally) {
        let compiled = self.policy.compiled();
        let new = tally.kind_roster().iter_from(self.kinds.len());
        self.kinds.extend(new.map(|(_, name)| TalliedKind::of(compiled, compiled.kind_number(name))));
    }
}
