//! Who belongs to a group on a day, and in which roles.
//!
//! Contacts of one person at one account are one member; rows name people.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::bind::BoundPolicy;
use super::claims::{Counting, counting};
use super::intake::SignalState;
use crate::account::Membership;
use crate::contact::{Known, Stance};
use crate::day::Day;
use crate::graph::{AccountGraph, ContactRow, NamedSeat};
use crate::policy::RoleSet;

/// A member of a group: one person.
#[derive(Clone, Debug)]
pub(crate) struct MemberRow {
    /// The least contact id of the person among the member contacts, as the graph's number.
    pub(crate) contact: u32,
    /// The person's other member contacts.
    pub(crate) others: Vec<u32>,
    pub(crate) roles: RoleSet,
    pub(crate) opponent: bool,
}

impl MemberRow {
    /// A person of one contact.
    pub(crate) const fn of(contact: u32, roles: RoleSet, opponent: bool) -> Self {
        Self { contact, others: Vec::new(), roles, opponent }
    }

    /// All member contacts of the person.
    pub(crate) fn contacts(&self) -> impl Iterator<Item = u32> {
        core::iter::once(self.contact).chain(self.others.iter().copied())
    }
}

/// A group's people on a day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roll {
    /// The members, ordered by id.
    pub(crate) members: Vec<MemberRow>,
    /// The other contacts of the account, each with the state that its usable signals have.
    pub(crate) others: Vec<(u32, SignalState)>,
    /// Rows and roles that had no effect.
    pub(crate) remarks: Vec<Remark>,
    /// Whether every record that was read counts on every day, so that the roll is the same on each.
    pub(crate) timeless: bool,
}

impl Roll {
    /// Empties it; its room stays.
    fn clear(&mut self) {
        self.members.clear();
        self.others.clear();
        self.remarks.clear();
    }
}

/// Something a reader should know that changed nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Remark {
    /// A listed contact is no member, being excluded or gone.
    ListedButNoMember { contact: u32 },
    /// A member's role is none of the policy's.
    RoleNotInPolicy { contact: u32, role: u16 },
}

/// A group as the graph has it, default groups included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupRef {
    pub(crate) account: u32,
    /// The group's record; `None` for a default group without one.
    pub(crate) group: Option<u32>,
    /// Whether it is the account's default group.
    pub(crate) default: bool,
}

/// The people of a group on a day. O(contacts of the account), n log n where they are not ordered yet or persons repeat.
///
/// `only_members` leaves the outsiders of an explicit group out. Of an account without persons of several contacts then only the contacts that
/// rows name are looked at, so that many small groups of a wide account stay cheap.
pub(crate) fn roll(graph: &AccountGraph, bound: &BoundPolicy<'_>, group: GroupRef, day: Day, only_members: bool) -> Roll {
    roll_into(Roll::default(), graph, bound, group, day, only_members)
}

/// The same, in the room of another.
pub(crate) fn roll_into(
    mut room: Roll,
    graph: &AccountGraph,
    bound: &BoundPolicy<'_>,
    group: GroupRef,
    day: Day,
    only_members: bool,
) -> Roll {
    room.clear();
    let named = group.group.map(|number| graph.named(number)).unwrap_or_default();
    let always = named.iter().all(|seat| seat.known == Known::ALWAYS);
    let named: Vec<NamedSeat> = named.into_iter().filter(|seat| seat.known.on(day)).collect();
    let explicit = group.group.is_some_and(|number| graph.group_row(number).membership == Some(Membership::Explicit));
    let explicit = explicit || bound.policy.compiled().explicit;
    let template = template(graph, bound, group);
    let mut reader = RollReader { graph, bound, named: &named, explicit, template, day, roll: room };
    let named_alone = only_members && explicit && !graph.persons_may_repeat(group.account);
    let home = graph.account_row(group.account);
    let mut contacts = if named_alone { Cow::Owned(distinct(&named)) } else { Cow::Borrowed(home.contacts.as_slice()) };
    let are_timeless = |contacts: &[u32]| contacts.iter().all(|contact| graph.contact_row(*contact).known == Known::ALWAYS);
    reader.roll.timeless = always && (graph.contacts_are_timeless(group.account) || named_alone && are_timeless(&contacts));
    if named_alone || home.unordered {
        contacts.to_mut().sort_by(|a, b| graph.contact_names().text(*a).cmp(graph.contact_names().text(*b)));
    }
    if !explicit {
        reader.roll.members.reserve_exact(contacts.len());
    }
    if graph.persons_may_repeat(group.account) {
        reader.read_persons(&contacts);
    } else {
        reader.read_contacts(&contacts);
    }
    reader.roll
}

/// The number of a group's template; the default one stands in for one that the policy does not have.
pub(crate) fn template(graph: &AccountGraph, bound: &BoundPolicy<'_>, group: GroupRef) -> usize {
    let policy = bound.policy.compiled();
    let named = group.group.and_then(|number| graph.group_row(number).template.as_ref());
    named.and_then(|name| policy.template_number(name.as_str())).unwrap_or(policy.default_template)
}

/// The contacts that rows name, which come by contact.
fn distinct(named: &[NamedSeat]) -> Vec<u32> {
    let mut contacts: Vec<u32> = named.iter().map(|seat| seat.contact).collect();
    contacts.dedup();
    contacts
}

/// The state that the usable signals of a contact have in every group that it does not belong to.
pub(crate) fn outside(graph: &AccountGraph, bound: &BoundPolicy<'_>, contact: u32) -> SignalState {
    outside_of(graph, bound, graph.contact_row(contact))
}

#[inline]
fn outside_of(graph: &AccountGraph, bound: &BoundPolicy<'_>, row: &ContactRow) -> SignalState {
    if !row.active || bound.excludes(graph, row) { SignalState::ExcludedPerson } else { SignalState::NotAMember }
}

struct RollReader<'a> {
    graph: &'a AccountGraph,
    bound: &'a BoundPolicy<'a>,
    named: &'a [NamedSeat],
    explicit: bool,
    template: usize,
    day: Day,
    roll: Roll,
}

impl RollReader<'_> {
    /// Each contact is a person of its own.
    fn read_contacts(&mut self, contacts: &[u32]) {
        if self.named.is_empty() {
            return self.read_unnamed(contacts);
        }
        for contact in contacts {
            self.read_person(&[*contact]);
        }
    }

    /// Persons of one contact each, in a group that no row names anybody for: what [`Self::read_person`] comes to for most people.
    fn read_unnamed(&mut self, contacts: &[u32]) {
        let plainly = !self.explicit && self.bound.takes_who_says_nothing();
        // By itself, so that it stays in the machine's registers.
        let mut members = core::mem::take(&mut self.roll.members);
        for contact in contacts {
            let plain = self.graph.plain_role(*contact).filter(|_| plainly).map(|role| self.bound.roles[usize::from(role)]);
            if let Some(role) = plain.filter(|role| !role.foreign) {
                debug_assert!(self.standing(self.graph.contact_row(*contact), false).is_none(), "a plain contact belongs to every group");
                members.push(MemberRow::of(*contact, role.set, false));
            } else if let Some(member) = self.read_any(*contact) {
                members.push(member);
            }
        }
        self.roll.members = members;
    }

    /// A person of one contact, whatever is known of it; none where it is no member and stays out.
    #[inline(never)]
    fn read_any(&mut self, contact: u32) -> Option<MemberRow> {
        let row = self.graph.contact_row(contact);
        if let Some(state) = self.standing(row, false) {
            self.roll.others.push((contact, state));
            return None;
        }
        Some(MemberRow::of(contact, self.own_roles(contact, row), row.stance == Stance::Opponent))
    }

    /// Contacts of one person are read together; persons in the order of their least contact id.
    fn read_persons(&mut self, contacts: &[u32]) {
        let mut by_person: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for contact in contacts {
            by_person.entry(self.graph.person_text(*contact)).or_default().push(*contact);
        }
        for person in by_person.into_values() {
            self.read_person(&person);
        }
        let names = self.graph.contact_names();
        self.roll.members.sort_by(|a, b| names.text(a.contact).cmp(names.text(b.contact)));
    }

    /// One person, by their contacts at the account, ordered by id.
    fn read_person(&mut self, contacts: &[u32]) {
        let listed = contacts.iter().any(|contact| !self.rows(*contact).is_empty());
        let mut member: Option<MemberRow> = None;
        for contact in contacts {
            match self.standing(self.graph.contact_row(*contact), listed) {
                None => self.join(&mut member, *contact, listed),
                Some(state) => self.stay_out(*contact, state),
            }
        }
        if let Some(mut member) = member {
            if listed {
                member.roles = self.named_roles(contacts);
            }
            self.roll.members.push(member);
        }
    }

    /// Why a contact is no part of a member, if it is none.
    fn standing(&self, row: &ContactRow, listed: bool) -> Option<SignalState> {
        let outside = outside_of(self.graph, self.bound, row);
        let belongs = row.known.on(self.day) && (listed || !self.explicit);
        (outside == SignalState::ExcludedPerson || !belongs).then_some(outside)
    }

    fn join(&mut self, member: &mut Option<MemberRow>, contact: u32, listed: bool) {
        let row = self.graph.contact_row(contact);
        let roles = if listed { RoleSet::EMPTY } else { self.own_roles(contact, row) };
        let opponent = row.stance == Stance::Opponent;
        match member {
            None => *member = Some(MemberRow::of(contact, roles, opponent)),
            Some(member) => {
                member.others.push(contact);
                member.roles = member.roles.with(roles);
                member.opponent |= opponent;
            }
        }
    }

    fn stay_out(&mut self, contact: u32, state: SignalState) {
        if state == SignalState::ExcludedPerson && !self.rows(contact).is_empty() {
            self.roll.remarks.push(Remark::ListedButNoMember { contact });
        }
        self.roll.others.push((contact, state));
    }

    /// The roles with the most trusted evidence.
    #[inline]
    fn own_roles(&mut self, contact: u32, row: &ContactRow) -> RoleSet {
        if let ([(role, _)], None) = (&row.roles[..], row.title()) {
            // As most have: one claim, and nothing to stand against it.
            return self.role(contact, *role);
        }
        self.most_trusted_roles(contact, row)
    }

    // Alone, so that what most have stays short.
    #[inline(never)]
    fn most_trusted_roles(&mut self, contact: u32, row: &ContactRow) -> RoleSet {
        let best = match counting(self.graph, self.bound, row, self.template) {
            Counting::Title(role) => return RoleSet::of(role),
            Counting::Claims(best) => best,
        };
        let (policy, claims) = (self.bound.policy.compiled(), &row.roles[..]);
        let counting = claims.iter().filter(|(_, evidence)| Some(policy.trust(*evidence)) == best);
        counting.fold(RoleSet::EMPTY, |set, (role, _)| set.with(self.role(contact, *role)))
    }

    fn named_roles(&mut self, contacts: &[u32]) -> RoleSet {
        let rows: Vec<(u32, u16)> = contacts.iter().flat_map(|contact| self.rows(*contact)).map(|seat| (seat.contact, seat.role)).collect();
        rows.into_iter().fold(RoleSet::EMPTY, |set, (contact, role)| set.with(self.role(contact, role)))
    }

    #[inline]
    fn role(&mut self, contact: u32, role: u16) -> RoleSet {
        let bound = self.bound.roles[usize::from(role)];
        if bound.foreign {
            self.roll.remarks.push(Remark::RoleNotInPolicy { contact, role });
        }
        bound.set
    }

    /// The rows that name a contact for the group.
    fn rows(&self, contact: u32) -> &[NamedSeat] {
        let start = self.named.partition_point(|seat| seat.contact < contact);
        let end = self.named.partition_point(|seat| seat.contact <= contact);
        &self.named[start..end]
    }
}
