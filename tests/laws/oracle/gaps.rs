//! Gaps of an assessment, in the order of DESIGN.

use super::coverage::Opponents;
use super::number::ratio;
use super::policy::{Seats, number};
use super::snapshot::{Person, Snapshot};
use serde_json::{Value, json};
use std::collections::BTreeSet;

type Ids = BTreeSet<String>;

pub fn gaps(now: &Snapshot) -> Vec<Value> {
    let roles = now.template.iter().filter_map(|seats| role_gap(now, seats));
    let group = [threads(now), concentrated(now), opponent_in_role(now), unassigned_engaged(now)];
    roles.chain(group.into_iter().flatten()).collect()
}

fn gap(code: &str, severity: &str, contacts: &Ids) -> Value {
    json!({"code": code, "severity": severity, "contacts": contacts})
}

/// At most one per required role. Holders include opponents.
fn role_gap(now: &Snapshot, seats: &Seats) -> Option<Value> {
    let role = now.policy.role(&seats.role).expect("a role of the policy");
    let holders = now.holders(&seats.role);
    let (engaged, current) = (holders.iter().filter(|person| person.engaged), holders.iter().filter(|person| person.current));
    let (engaged, current) = (engaged.count(), current.count());
    let ids_of = |wanted: fn(&Person) -> bool| Snapshot::ids(holders.iter().copied().filter(|person| wanted(person)));
    let mut gap = if holders.len() < seats.count && now.served(Opponents::Count).contains_key(&seats.role) {
        gap("role_possibly_filled", "medium", &Snapshot::ids(now.roleless()))
    } else if holders.len() < seats.count {
        gap("role_missing", if role.decides { "critical" } else { "medium" }, &ids_of(|_| true))
    } else if engaged < seats.count {
        gap("role_silent", if role.decides { "high" } else { "low" }, &ids_of(|person| !person.engaged))
    } else if current < seats.count {
        let severity = if role.decides || role.champions { "high" } else { "low" };
        gap("role_gone_quiet", severity, &ids_of(|person| person.engaged && !person.current))
    } else {
        return None;
    };
    gap["role"] = Value::from(seats.role.as_str());
    Some(gap)
}

fn threads(now: &Snapshot) -> Option<Value> {
    match now.threads() {
        "single" => Some(gap("single_threaded", "high", &Snapshot::ids(now.engaged()))),
        "thin" => Some(gap("thin", "low", &Snapshot::ids(now.engaged()))),
        _ => None,
    }
}

/// More than 2/3 of the weighted member points with one person.
fn concentrated(now: &Snapshot) -> Option<Value> {
    let border = now.policy.at("/group/concentrated_above");
    let border = ratio(number(border, "/numerator"), number(border, "/denominator"));
    let (id, share) = now.top_share()?;
    (share > border).then(|| gap("concentrated", "medium", &Ids::from([id.to_owned()])))
}

fn opponent_in_role(now: &Snapshot) -> Option<Value> {
    let opposing = now.people.iter().filter(|person| person.member.opponent && !person.member.roles.is_empty());
    some("opponent_in_role", "high", &Snapshot::ids(opposing))
}

fn unassigned_engaged(now: &Snapshot) -> Option<Value> {
    let unassigned = now.people.iter().filter(|person| person.engaged && person.member.roles.is_empty());
    some("unassigned_engaged", "medium", &Snapshot::ids(unassigned))
}

fn some(code: &str, severity: &str, contacts: &Ids) -> Option<Value> {
    (!contacts.is_empty()).then(|| gap(code, severity, contacts))
}
