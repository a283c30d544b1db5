//! Small worlds full of names, domains and addresses that nearly meet.

use proptest::prelude::*;
use proptest::sample::select;
use quorate::{Account, AccountGraph, Contact, Lead, MatchList, MatchRules, MatchRulesDocument};

/// Accounts, contacts and rules.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) accounts: Vec<Account>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) free: Vec<&'static str>,
    pub(crate) company: Vec<&'static str>,
}

impl World {
    pub(crate) fn graph(&self) -> AccountGraph {
        crate::support::graph(self.accounts.clone(), self.contacts.clone())
    }

    pub(crate) fn rules(&self) -> MatchRules {
        let mut document = MatchRulesDocument::default();
        document.free_mail = MatchList::only(self.free.clone());
        document.company_domains = self.company.iter().map(|domain| (*domain).into()).collect();
        MatchRules::new(document).expect("valid rules")
    }
}

/// Words of which names are made: some are one letter apart, some are long enough for that to count, one has a letter moved far.
const WORDS: [&str; 18] = [
    "acme",
    "acne",
    "globex",
    "glohex",
    "lobexg",
    "northwind",
    "nortwhind",
    "north",
    "wind",
    "bank",
    "systems",
    "system",
    "x1000",
    "1",
    "11",
    "müller",
    "mueller",
    "muller",
];
/// Ways to end a name that mean the same.
const ENDS: [&str; 9] = ["", " Inc", ", Inc.", " GmbH", " GmbH & Co. KG", " S.A.", " Ltd", " (Ltd)", "  co., ltd."];
/// Public suffixes of registries, and one more of a company that lets everybody have a name below its own.
pub(crate) const ICANN: [&str; 5] = ["com", "de", "co.uk", "uk", "io"];
pub(crate) const SUFFIXES: [&str; 6] = ["com", "de", "co.uk", "uk", "io", "github.io"];
const LABELS: [&str; 6] = ["acme", "notacme", "globex", "mail", "northwind", "x1000"];
const PEOPLE: [&str; 8] = ["Ann Lee", "ann  lee", "Lee, Ann", "Bob Ray", "Dr. Bob Ray", "Cleo", "Unknown", "n/a"];
const COUNTRIES: [&str; 5] = ["DE", "de ", "FR", "NO", "n/a"];
/// What stands where nothing is known.
pub(crate) const PLACEHOLDERS: [&str; 6] = ["n/a", "N.A.", "none", "-", "Unknown", "Self-employed"];

/// The name of a company, written somehow.
pub(crate) fn name() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(select(&WORDS[..]), 1..=3);
    (words, select(&["", "The ", "the "][..]), select(&[" ", "-", " & ", ".", " und ", " y "][..]), select(&ENDS[..]), any::<bool>())
        .prop_map(|(words, article, joint, end, upper)| {
            let name = format!("{article}{}{end}", words.join(joint));
            if upper { name.to_uppercase() } else { name }
        })
}

/// A domain; sometimes a public suffix.
pub(crate) fn domain() -> impl Strategy<Value = String> {
    let labels = prop::collection::vec(select(&LABELS[..]), 0..=3);
    (labels, select(&SUFFIXES[..]), any::<bool>()).prop_map(|(labels, suffix, upper)| {
        let mut all = labels;
        all.push(suffix);
        let domain = all.join(".");
        if upper { domain.to_uppercase() } else { domain }
    })
}

/// What stands in a column of domains: mostly a domain.
fn listed() -> impl Strategy<Value = String> {
    prop_oneof![9 => domain(), 1 => select(&PLACEHOLDERS[..]).prop_map(String::from)]
}

/// An address; sometimes none.
fn email() -> impl Strategy<Value = String> {
    let local = select(&["ann", "Ann", "bob", "ann+news", "Ann+Web", "+ann"][..]);
    prop_oneof![
        8 => (local, domain(), select(&["", " "][..])).prop_map(|(local, domain, space)| format!("{space}{local}@{domain}{space}")),
        1 => select(&["n/a", "5f2a", "@acme.com", "ann@"][..]).prop_map(String::from),
    ]
}

fn accounts() -> impl Strategy<Value = Vec<Account>> {
    let facts = (
        prop::option::weighted(0.9, name()),
        prop::collection::vec(name(), 0..=2),
        prop::collection::vec(listed(), 0..=3),
        prop::option::of(select(&COUNTRIES[..])),
    );
    prop::collection::vec(facts, 1..=7).prop_map(|all| {
        let made = all.into_iter().enumerate().map(|(i, (name, aliases, domains, country))| {
            let mut account = Account::new(&format!("a{i}")).expect("an id");
            account.name = name;
            account.aliases = aliases;
            account.domains = domains;
            account.country = country.map(Into::into);
            account
        });
        made.collect()
    })
}

/// Contacts of the accounts `a0`, `a1`, …; of our own when the number is too high.
fn contacts(accounts: usize) -> impl Strategy<Value = Vec<Contact>> {
    let facts = (0..=accounts, prop::option::of(email()), prop::option::of(select(&PEOPLE[..])), prop::option::weighted(0.3, 0..2_u8));
    prop::collection::vec(facts, 0..=6).prop_map(move |all| {
        let made = all.into_iter().enumerate().map(|(i, (account, email, name, person))| {
            let id = format!("c{i}");
            let made = if account < accounts { Contact::new(&id, &format!("a{account}")) } else { Contact::own_staff(&id) };
            let mut contact = made.expect("an id");
            contact.email = email;
            contact.name = name.map(Into::into);
            contact.person = person.map(|person| format!("p{person}").parse().expect("an id"));
            contact
        });
        made.collect()
    })
}

/// A small world.
pub(crate) fn world() -> impl Strategy<Value = World> {
    let free = prop::sample::subsequence(vec!["mail.com", "acme.com", "mail.de", "globex.co.uk", "mail.acme.de"], 0..=3);
    let company = prop::sample::subsequence(vec!["acme.com", "mail.de", "x1000.com"], 0..=1);
    accounts().prop_flat_map(move |accounts| {
        let contacts = contacts(accounts.len());
        (Just(accounts), contacts, free.clone(), company.clone()).prop_map(|(accounts, contacts, free, company)| World {
            accounts,
            contacts,
            free,
            company,
        })
    })
}

/// A lead that may have anything to do with such a world.
pub(crate) fn lead() -> impl Strategy<Value = Lead> {
    let id = |letter: char| prop::option::weighted(0.12, (0..9_u8).prop_map(move |number| format!("{letter}{number}")));
    let facts = (
        id('a'),
        id('c'),
        prop::option::of(email()),
        prop::option::weighted(0.3, listed()),
        prop::option::weighted(0.7, prop_oneof![9 => name(), 1 => select(&PLACEHOLDERS[..]).prop_map(String::from)]),
        prop::option::of(select(&PEOPLE[..])),
        prop::option::of(select(&COUNTRIES[..])),
    );
    facts.prop_map(|(account, contact, email, domain, company, name, country)| Lead {
        account,
        contact,
        email,
        domain,
        company,
        name: name.map(Into::into),
        country: country.map(Into::into),
    })
}

/// A world and a lead one of whose facts is taken from it, so that most leads meet something.
pub(crate) fn met() -> impl Strategy<Value = (World, Lead)> {
    (world(), lead(), any::<prop::sample::Index>(), 0..5_u8, any::<bool>()).prop_map(|(mut world, mut lead, index, fact, again)| {
        if let ([first, second, ..], true) = (world.contacts.as_mut_slice(), again) {
            // Somebody who is there twice, be it as one person or as two.
            (second.account, second.email) = (first.account.clone(), first.email.clone());
            second.relationship = first.relationship;
            second.name.clone_from(&first.name);
        }
        let account = &world.accounts[index.index(world.accounts.len())];
        match fact {
            0 => lead.company = account.name.clone().or(lead.company),
            1 => lead.email = account.domains.first().map(|domain| format!("new@{domain}")).or(lead.email),
            2 => lead.email = world.contacts.first().and_then(|contact| contact.email.clone()).or(lead.email),
            3 => lead.email = world.contacts.first().and_then(|contact| contact.email.as_deref().map(otherwise_tagged)).or(lead.email),
            _ => {}
        }
        (world, lead)
    })
}

/// The address without its tag, or with one where it has none.
fn otherwise_tagged(email: &str) -> String {
    match (email.split_once('@'), email.split_once('+')) {
        (Some((_, domain)), Some((local, _))) => format!("{local}@{domain}"),
        (Some((local, domain)), None) => format!("{local}+list@{domain}"),
        (None, _) => email.into(),
    }
}
