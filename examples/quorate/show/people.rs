//! Who decides and who is missing, in words that need no glossary.

use quorate::{AccountGraph, ContactIds, Gap, GapCode, GroupAssessment, MemberAssessment, RoleName, Severity};

use crate::words::shown;

/// People named in one cell before the others are counted.
const NAMED: usize = 3;

/// The people in deciding roles, those whom we talk to first: `Ann Lee, economic buyer (silent)`.
pub fn who_decides(group: &GroupAssessment, deciding: &[&RoleName], graph: &AccountGraph) -> String {
    let mut holders: Vec<&MemberAssessment> = group.members.iter().filter(|one| one.roles().any(|role| deciding.contains(&role))).collect();
    holders.sort_by(|a, b| (b.current, b.engaged, b.points, a.contact()).cmp(&(a.current, a.engaged, a.points, b.contact())));
    if holders.is_empty() {
        return "nobody known".into();
    }
    let mut lines: Vec<String> = holders.iter().take(NAMED).map(|one| holder(one, deciding, graph)).collect();
    if holders.len() > NAMED {
        lines.push(format!("and {} more", holders.len() - NAMED));
    }
    lines.join("\n")
}

fn holder(one: &MemberAssessment, deciding: &[&RoleName], graph: &AccountGraph) -> String {
    let roles: Vec<String> = one.roles().filter(|role| deciding.contains(role)).map(words).collect();
    let state = match (one.opponent, one.current, one.engaged) {
        (true, _, _) => " (against us)",
        (false, true, _) => "",
        (false, false, true) => " (gone quiet)",
        (false, false, false) => " (silent)",
    };
    format!("{}, {}{state}", name(one.contact(), graph), roles.join(" and "))
}

/// The seats that are empty, unclear, silent or quiet; the gravest first, one line for each sort.
pub fn who_is_missing(group: &GroupAssessment, deciding: &[&RoleName], graph: &AccountGraph) -> String {
    let mut sorts: Vec<(Severity, GapCode, Vec<&Gap>)> = Vec::new();
    for gap in group.gaps.iter().filter(|gap| gap.role.is_some()) {
        match sorts.iter_mut().find(|(_, code, _)| *code == gap.code) {
            Some((severity, _, gaps)) => {
                *severity = (*severity).min(gap.severity);
                gaps.push(gap);
            }
            None => sorts.push((gap.severity, gap.code, vec![gap])),
        }
    }
    sorts.sort_by_key(|(severity, code, _)| (*severity, *code));
    let lines: Vec<String> = sorts.iter().map(|(_, code, gaps)| line(*code, gaps, group.coverage.roles.len(), deciding, graph)).collect();
    if lines.is_empty() { "nobody".into() } else { lines.join("\n") }
}

fn line(code: GapCode, gaps: &[&Gap], seats: usize, deciding: &[&RoleName], graph: &AccountGraph) -> String {
    let is_deciding = |gap: &&Gap| gap.role.as_ref().is_some_and(|role| deciding.contains(&role));
    let (mut ordered, others): (Vec<&&Gap>, Vec<&&Gap>) = gaps.iter().partition(|gap| is_deciding(gap));
    ordered.extend(others);
    // Who holds a deciding role stands in the other column already.
    let roles: Vec<String> = ordered.iter().map(|gap| seat(gap, code, (!is_deciding(gap)).then_some(graph))).collect();
    let roles = roles.join(", ");
    match code {
        GapCode::RoleMissing => format!("no {roles}"),
        GapCode::RolePossiblyFilled => {
            let people = gaps.first().map_or(0, |gap| gap.contacts.len());
            let people = if people == 1 { "1 person".into() } else { format!("{people} people") };
            let roles = if gaps.len() == seats { "any role".into() } else { roles };
            format!("{people} of unknown role may be: {roles}")
        }
        GapCode::RoleSilent => format!("silent: {roles}"),
        _ => format!("gone quiet: {roles}"),
    }
}

/// A role with what is to be said of its seats: `influencer (1 of 2)`, `champion (Ann Lee)`; with a graph, its people are named.
fn seat(gap: &Gap, code: GapCode, graph: Option<&AccountGraph>) -> String {
    let role = gap.role.as_ref().map_or_else(String::new, words);
    match code {
        GapCode::RoleMissing => match gap.seats {
            Some((have, need)) if have > 0 => format!("{role} ({have} of {need})"),
            _ => role,
        },
        GapCode::RoleSilent | GapCode::RoleGoneQuiet => {
            graph.map_or(role.clone(), |graph| format!("{role} ({})", names(&gap.contacts, graph)))
        }
        _ => role,
    }
}

fn names(contacts: &ContactIds, graph: &AccountGraph) -> String {
    let mut all: Vec<String> = contacts.iter().take(2).map(|id| name(id, graph)).collect();
    if contacts.len() > 2 {
        all.push(format!("+{}", contacts.len() - 2));
    }
    all.join(", ")
}

/// A person's name, or the contact's id where it has none.
pub fn name(contact: &str, graph: &AccountGraph) -> String {
    shown(&graph.contact(contact).and_then(|contact| contact.name).unwrap_or_else(|| contact.into()))
}

/// A role in words.
pub fn words(role: &RoleName) -> String {
    spoken(role.as_str())
}

/// A name of the policy as it is spoken: `webinar_attended` is `webinar attended`.
pub fn spoken(name: &str) -> String {
    shown(&name.replace('_', " "))
}
