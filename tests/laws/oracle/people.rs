//! Groups, and who belongs to them.

use super::policy::Policy;
use super::{time, titles};
use crate::world::{Contact, Day, Group, HeldRole, MemberRow, World};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A person of a group: all member contacts of one person at the account.
#[derive(Clone, Debug)]
pub struct Member {
    /// The least contact id.
    pub id: String,
    pub contacts: BTreeSet<String>,
    /// Roles that the policy knows, without `unknown`.
    pub roles: BTreeSet<String>,
    pub opponent: bool,
}

/// Every group that is assessed, by account id, then group id. An account without a group of its own has one named like the account.
pub fn groups(world: &World) -> Vec<Group> {
    let has_groups = |account: &str| world.groups.iter().any(|group| group.account == account);
    let lonely = world.accounts.iter().filter(|account| !has_groups(&account.id));
    let default = lonely.map(|account| Group { id: account.id.clone(), account: account.id.clone(), ..Group::default() });
    let mut groups: Vec<Group> = world.groups.iter().cloned().chain(default).collect();
    groups.sort_by(|left, right| (&left.account, &left.id).cmp(&(&right.account, &right.id)));
    groups
}

/// The template of a group: its own if the policy has it, else the policy's default.
pub fn template(group: &Group, policy: &Policy) -> String {
    group.template.clone().filter(|name| policy.has_template(name)).unwrap_or_else(|| policy.text("/default_template"))
}

/// Left, or of an excluded relationship, under a policy as it is written.
pub fn is_out(contact: &Contact, policy: &Value) -> bool {
    is_excluded(contact, &Policy::read(policy))
}

/// Left, or of an excluded relationship.
pub fn is_excluded(contact: &Contact, policy: &Policy) -> bool {
    contact.active == Some(false) || policy.excludes(&titles::relationship(contact, policy))
}

/// The person a contact is.
fn person(contact: &Contact) -> &String {
    contact.person.as_ref().unwrap_or(&contact.id)
}

/// The rows that name a person for a group on a day: those for any contact of that person at the account.
fn rows<'a>(world: &'a World, group: &Group, contact: &Contact, day: Day) -> Vec<&'a MemberRow> {
    let is_same = |other: &&Contact| other.account == contact.account && person(other) == person(contact);
    let contacts: Vec<&String> = world.contacts.iter().filter(is_same).map(|other| &other.id).collect();
    let names = |row: &&MemberRow| row.group == group.id && contacts.contains(&&row.contact);
    let counts = |row: &&MemberRow| time::is_within(day, row.known_from.as_ref(), row.known_until.as_ref());
    world.members.iter().filter(names).filter(counts).collect()
}

/// "Every active contact of the account, of no excluded relationship; under a policy or group with explicit membership only the listed."
fn is_member(world: &World, policy: &Policy, group: &Group, contact: &Contact, day: Day) -> bool {
    let explicit = policy.text("/membership") == "explicit" || group.membership.as_deref() == Some("explicit");
    contact.account.as_ref() == Some(&group.account)
        && !is_excluded(contact, policy)
        && time::is_within(day, contact.known_from.as_ref(), contact.known_until.as_ref())
        && (!explicit || !rows(world, group, contact, day).is_empty())
}

/// Exactly the roles named by rows of the group if there are any, else those with the most trusted evidence: claims of the contact, or what
/// follows from the title.
fn roles(world: &World, policy: &Policy, group: &Group, contact: &Contact, day: Day) -> BTreeSet<String> {
    let rows = rows(world, group, contact, day);
    let named: Vec<String> =
        if rows.is_empty() { own_roles(policy, group, contact) } else { rows.iter().map(|row| row.role.clone()).collect() };
    let is_role = |role: &String| *role != "unknown" && policy.role(role).is_some();
    named.into_iter().filter(is_role).collect()
}

/// The claims with the most trusted evidence; before less trusted ones comes the role that follows from the title.
fn own_roles(policy: &Policy, group: &Group, contact: &Contact) -> Vec<String> {
    let trust = |evidence: &str| policy.decimal(&format!("/evidence/{evidence}"));
    let trust_of = |held: &HeldRole| trust(held.evidence.as_deref().unwrap_or("crm"));
    let best = contact.roles.iter().map(trust_of).max();
    let of_title = titles::role(contact, policy, &template(group, policy));
    match (best, of_title) {
        (None, None) => Vec::new(),
        (None, Some(role)) => vec![role],
        (Some(best), Some(role)) if best < trust("title") => vec![role],
        (Some(best), _) => contact.roles.iter().filter(|held| trust_of(held) == best).map(|held| held.role.clone()).collect(),
    }
}

/// The members of a group on a day, by id: member contacts of one person pooled.
pub fn members(world: &World, policy: &Policy, group: &Group, day: Day) -> Vec<Member> {
    let mut persons: BTreeMap<String, Vec<&Contact>> = BTreeMap::new();
    for contact in &world.contacts {
        if is_member(world, policy, group, contact, day) {
            persons.entry(person(contact).clone()).or_default().push(contact);
        }
    }
    let pooled = persons.into_values().map(|contacts| pool(world, policy, group, &contacts, day));
    let mut members: Vec<Member> = pooled.collect();
    members.sort_by(|left, right| left.id.cmp(&right.id));
    members
}

fn pool(world: &World, policy: &Policy, group: &Group, contacts: &[&Contact], day: Day) -> Member {
    let ids: BTreeSet<String> = contacts.iter().map(|contact| contact.id.clone()).collect();
    Member {
        id: ids.first().expect("a person has a contact").clone(),
        contacts: ids,
        roles: contacts.iter().flat_map(|contact| roles(world, policy, group, contact, day)).collect(),
        opponent: contacts.iter().any(|contact| contact.stance.as_deref() == Some("opponent")),
    }
}

/// Rows and roles that had no effect on a group on a day, without their messages.
pub fn warnings(world: &World, policy: &Policy, group: &Group, day: Day) -> Vec<Value> {
    let mut warnings = Vec::new();
    for contact in world.contacts.iter().filter(|contact| contact.account.as_ref() == Some(&group.account)) {
        let listed = rows(world, group, contact, day);
        if is_excluded(contact, policy) && listed.iter().any(|row| row.contact == contact.id) {
            let is = |id: &String| world.contacts.iter().any(|one| one.id == *id && person(one) == person(contact));
            let same = |member: &&Member| member.contacts.iter().any(is);
            let mut warning = json!({ "code": "listed_but_no_member", "contact": contact.id });
            if let Some(member) = members(world, policy, group, day).iter().find(same) {
                warning["member"] = json!(member.id);
            }
            warnings.push(warning);
        }
        if !is_member(world, policy, group, contact, day) {
            continue;
        }
        let of_rows: Vec<(&String, String)> = listed.iter().map(|row| (&row.contact, row.role.clone())).collect();
        let own = || own_roles(policy, group, contact).into_iter().map(|role| (&contact.id, role)).collect();
        for (of, role) in if of_rows.is_empty() { own() } else { of_rows } {
            if role != "unknown" && policy.role(&role).is_none() {
                warnings.push(json!({ "code": "role_not_in_policy", "contact": of, "role": role }));
            }
        }
    }
    let missing = group.template.as_ref().is_some_and(|name| !policy.has_template(name));
    warnings.extend(missing.then(|| json!({ "code": "template_not_in_policy" })));
    warnings
}
