//! Contacts and the ties between them: several contacts of one person, several roles, opponents, consultants, people who left, own staff.

use super::accounts::top;
use super::draw::{maybe, name, span, style, styled, word};
use super::{ROLES_MAY_BE_FOREIGN, Vocabulary};
use crate::oracle::TITLES;
use crate::world::{Contact, HeldRole, TODAY, Tie, World, date};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Some look like ids of accounts; ids of another sort are another matter.
const IDS: [&str; 9] = ["c#", "C #", "c,#", "\"c#\"", "é#", "🦊#", "a#", "z#'s", "0#"];

/// Whose contact it is.
#[derive(Clone, Debug)]
enum Who {
    /// A person with no other contact.
    Alone,
    /// One of a few persons who turn up everywhere.
    Shared(String),
    /// The same person as an earlier contact of the account.
    Like(Index),
}

#[derive(Clone, Debug)]
pub struct Draft {
    contact: Contact,
    style: usize,
    who: Who,
    manager: Option<Index>,
}

type TieDraft = (Index, Index, String, u32, (Option<String>, Option<String>));

#[derive(Clone, Debug)]
pub struct Drafts {
    /// Taken in turn by each account.
    of_accounts: Vec<Vec<Draft>>,
    staff: Vec<Draft>,
    ties: Vec<TieDraft>,
}

pub fn drafts(vocabulary: &Vocabulary) -> BoxedStrategy<Drafts> {
    let several = |most| prop::collection::vec(draft(vocabulary), 0..=most);
    let of_account = prop_oneof![1 => several(1), 3 => several(4), 3 => prop::collection::vec(draft(vocabulary), 3..=8)];
    let staff = prop_oneof![3 => several(0), 1 => several(2)];
    let ties = prop::collection::vec(tie(), 0..=5);
    (prop::collection::vec(of_account, 4), staff, ties).prop_map(|(of_accounts, staff, ties)| Drafts { of_accounts, staff, ties }).boxed()
}

fn draft(vocabulary: &Vocabulary) -> impl Strategy<Value = Draft> + use<> {
    let who = prop_oneof![
        14 => Just(Who::Alone),
        3 => word(&["p1", "p2", "C 1"]).prop_map(Who::Shared),
        3 => any::<Index>().prop_map(Who::Like),
    ];
    (contact(vocabulary), style(), who, maybe(0.3, any::<Index>())).prop_map(|(contact, style, who, manager)| Draft {
        contact,
        style,
        who,
        manager,
    })
}

fn contact(vocabulary: &Vocabulary) -> impl Strategy<Value = Contact> + use<> {
    let stances = prop_oneof![
        6 => Just(None),
        3 => word(&["supporter", "neutral", "unknown"]).prop_map(Some),
        1 => Just(Some("opponent".to_owned())),
    ];
    let relationships = prop_oneof![
        14 => Just(None),
        2 => Just(Some("employee".to_owned())),
        3 => word(&["consultant", "partner", "competitor", "student", "own_staff"]).prop_map(Some),
    ];
    let active = prop_oneof![7 => Just(None), 2 => Just(Some(true)), 1 => Just(Some(false))];
    let created = maybe(0.3, select(vec![-1, 0, 30, 400])).prop_map(|age| age.map(|age| date(TODAY - age)));
    (stances, relationships, active, created, span(), roles(vocabulary), (title(), email())).prop_map(
        |(stance, relationship, active, created, (known_from, known_until), roles, (title, email))| Contact {
            email,
            title,
            roles,
            stance,
            relationship,
            active,
            created,
            known_from,
            known_until,
            ..Contact::default()
        },
    )
}

fn roles(vocabulary: &Vocabulary) -> impl Strategy<Value = Vec<HeldRole>> + use<> {
    let held = |most| prop::collection::btree_map(role(vocabulary), maybe(0.5, evidence()), most);
    let roles = prop_oneof![6 => held(0), 10 => held(1), 4 => held(2)];
    // Now and then somebody else says the same.
    (roles, prop::bool::weighted(0.2)).prop_map(|(roles, twice)| {
        let mut held: Vec<HeldRole> = roles.into_iter().map(|(role, evidence)| HeldRole { role, evidence }).collect();
        if let Some(first) = held.first().filter(|first| twice && first.evidence.as_deref() != Some("human")) {
            held.push(HeldRole { role: first.role.clone(), evidence: Some("human".to_owned()) });
        }
        held
    })
}

fn title() -> BoxedStrategy<Option<String>> {
    maybe(0.4, select(TITLES.iter().map(|known| known.title.to_owned()).collect::<Vec<_>>())).boxed()
}

/// The domain of an address, if there is one.
fn email() -> BoxedStrategy<Option<String>> {
    let domains = ["acme0.example", "acme0.example", "rival.example", "EU.Rival.example", "arrival.example", "xn--bcher-kva.example"];
    maybe(0.5, word(&domains)).boxed()
}

/// An address as exports have it.
fn spelled(number: usize, domain: &str) -> String {
    match number % 4 {
        0 => format!("Pat Poe <p{number}@{domain}>"),
        1 => format!("mailto:p{number}@{domain}?subject=re:%20x@y.example"),
        _ => format!("p{number}@{domain}"),
    }
}

pub fn evidence() -> BoxedStrategy<String> {
    word(&["human", "crm", "title", "vendor", "behaviour"])
}

/// A role of the policy, now and then `unknown` or one that it does not know.
pub fn role(vocabulary: &Vocabulary) -> BoxedStrategy<String> {
    let strange = if ROLES_MAY_BE_FOREIGN { word(&["unknown", "unknown", "wizard"]) } else { word(&["unknown"]) };
    let deciding = word(&["economic_buyer", "decision_maker", "champion"]);
    prop_oneof![8 => name(&vocabulary.roles), 5 => deciding, 1 => strange].boxed()
}

fn tie() -> impl Strategy<Value = TieDraft> {
    let strength = prop_oneof![1 => select(vec![1, 100]), 2 => 1_u32..=100];
    (any::<Index>(), any::<Index>(), word(&["influences", "works_with", "knows"]), strength, span())
}

pub fn add(world: &mut World, drafts: Drafts) {
    let accounts: Vec<String> = world.accounts.iter().map(|account| account.id.clone()).collect();
    for (account, of_account) in accounts.into_iter().zip(drafts.of_accounts) {
        for draft in of_account {
            add_contact(world, Some(&account), draft);
        }
    }
    for draft in drafts.staff {
        add_contact(world, None, draft);
    }
    for tie in drafts.ties {
        add_tie(world, tie);
    }
}

fn add_contact(world: &mut World, account: Option<&String>, draft: Draft) {
    let number = world.contacts.len();
    let colleagues: Vec<&Contact> = world.contacts.iter().filter(|other| other.account.as_ref() == account).collect();
    let person = match draft.who {
        Who::Alone => None,
        Who::Shared(person) => Some(person),
        Who::Like(place) => colleagues.get(place.index(colleagues.len().max(1))).map(|other| person_of(other)),
    };
    let mut contact = Contact { id: styled(&IDS, draft.style, number), account: account.cloned(), person, ..draft.contact };
    contact.email = contact.email.map(|domain| spelled(number, &domain));
    let managers: Vec<&Contact> = world.contacts.iter().filter(|other| is_family(world, other, &contact)).collect();
    let manager = draft.manager.and_then(|place| managers.get(place.index(managers.len().max(1))));
    contact.reports_to = manager.filter(|manager| person_of(manager) != person_of(&contact)).map(|manager| manager.id.clone());
    if account.is_none() {
        contact.relationship = Some("own_staff".to_owned());
    }
    world.contacts.push(contact);
}

fn person_of(contact: &Contact) -> String {
    contact.person.clone().unwrap_or_else(|| contact.id.clone())
}

/// Of accounts with the same topmost parent, or both of none.
fn is_family(world: &World, left: &Contact, right: &Contact) -> bool {
    match (&left.account, &right.account) {
        (Some(left), Some(right)) => top(world, left) == top(world, right),
        (None, None) => true,
        _ => false,
    }
}

fn add_tie(world: &mut World, (from, to, kind, strength, (known_from, known_until)): TieDraft) {
    let Some(most) = world.contacts.len().checked_sub(1) else { return };
    let (from, to) = (&world.contacts[from.index(most + 1)], &world.contacts[to.index(most + 1)]);
    let are_staff = [from, to].map(|contact| contact.account.is_none());
    let may_be_tied = are_staff[0] != are_staff[1] || (!are_staff[0] && is_family(world, from, to));
    let is_new = !world.ties.iter().any(|tie| (&tie.from, &tie.to, &tie.kind) == (&from.id, &to.id, &kind));
    if may_be_tied && is_new && person_of(from) != person_of(to) {
        let (from, to) = (from.id.clone(), to.id.clone());
        world.ties.push(Tie { from, to, kind, strength, known_from, known_until });
    }
}
