//! The state of every known signal of a group.

use super::people::{self, Member};
use super::points::Sheet;
use super::signals::{self, Event};
use super::snapshot::{Scene, Snapshot};
use crate::world::{Day, Group, Subject};
use std::collections::BTreeMap;

/// In the order in which the first that fits is the state.
pub const STATES: [&str; 13] = [
    "quarantined",
    "unknown_kind",
    "future",
    "excluded_person",
    "not_a_member",
    "opponent",
    "other_solution",
    "decayed_out",
    "zero_points",
    "capped_daily",
    "capped_channel",
    "capped_person",
    "counted",
];

/// How many signals are in each state: those whose subject is the account or any contact of it.
pub fn intake(scene: &Scene, group: &Group, day: Day) -> BTreeMap<&'static str, usize> {
    let mut counts: BTreeMap<&'static str, usize> = STATES.iter().map(|state| (*state, 0)).collect();
    let members = people::members(scene.world, scene.policy, group, day);
    for event in &scene.events {
        if let Some(state) = early_state(scene, group, &members, event, day) {
            *counts.entry(state).or_default() += 1;
        }
    }
    let now = Snapshot::take(scene, group, day);
    for sheet in now.people.iter().map(|person| &person.sheet).chain([&now.anonymous]) {
        add_lines(&mut counts, sheet);
    }
    counts
}

fn add_lines(counts: &mut BTreeMap<&'static str, usize>, sheet: &Sheet) {
    for line in &sheet.lines {
        *counts.entry("capped_daily").or_default() += line.over_daily_cap();
        *counts.entry(line.state()).or_default() += line.count - line.over_daily_cap();
    }
}

/// Every signal of the account and its contacts that is on no line, with its state.
pub fn unscored<'a>(scene: &'a Scene, group: &Group, day: Day) -> Vec<(&'a Event, &'static str)> {
    let members = people::members(scene.world, scene.policy, group, day);
    scene.events.iter().filter_map(|event| Some((event, early_state(scene, group, &members, event, day)?))).collect()
}

/// The state of a signal of this account that is on no line; none for one that is, or that is another account's.
fn early_state(scene: &Scene, group: &Group, members: &[Member], event: &Event, day: Day) -> Option<&'static str> {
    let contact = match &event.subject {
        Subject::Account(id) if *id == group.account => None,
        Subject::Contact(id) => {
            let contact = scene.world.contacts.iter().find(|contact| contact.id == *id)?;
            (contact.account.as_ref() == Some(&group.account)).then_some(())?;
            Some(contact)
        }
        _ => return None,
    };
    let member = contact.and_then(|contact| members.iter().find(|member| member.contacts.contains(&contact.id)));
    let kind = scene.policy.kind(&event.kind);
    match () {
        () if event.quarantined => Some("quarantined"),
        () if kind.is_none() => Some("unknown_kind"),
        () if event.day > day => Some("future"),
        () if contact.is_some_and(|contact| people::is_excluded(contact, scene.policy)) => Some("excluded_person"),
        () if contact.is_some() && member.is_none() => Some("not_a_member"),
        () if member.is_some_and(|member| member.opponent) => Some("opponent"),
        () if !signals::has_solution_for(event, group.solution.as_ref()) => Some("other_solution"),
        () if kind.is_some_and(|kind| day - event.day >= kind.window) => Some("decayed_out"),
        () => None,
    }
}
