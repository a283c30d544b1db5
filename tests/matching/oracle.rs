//! The rules stated literally: every question goes through all accounts and all contacts.

use std::collections::{BTreeMap, BTreeSet};

use quorate::{Account, AccountId, Contact, Lead};

use crate::scan::{address, forms, is_within, one_letter_apart, person, registrable, words};
use crate::world::{ICANN, PLACEHOLDERS, World};

/// An answer: its token, the ids it names, and the token of the fact or reason.
pub(crate) type Told = (&'static str, BTreeSet<String>, &'static str);

/// What one fact says: the accounts it names and the token of the fact.
type Fact = (BTreeMap<String, &'static str>, &'static str);

/// What is known of a lead's account, fact by fact.
#[derive(Default)]
struct Heard {
    facts: Vec<Fact>,
    reasons: Vec<&'static str>,
    stopped: Option<&'static str>,
    near: BTreeSet<String>,
    /// The owners of each listed domain that a longer one outdoes.
    outdone: Vec<BTreeSet<String>>,
}

impl Heard {
    fn stop(&mut self, why: Option<&'static str>) {
        if self.facts.is_empty() {
            self.stopped = self.stopped.or(why);
        }
    }
}

fn said(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// The account of a lead.
pub(crate) fn account(world: &World, lead: &Lead) -> Told {
    let heard = hear(world, lead);
    match (heard.stopped, heard.facts.first()) {
        (Some(why), _) => ("unmatched", suggested(&heard), why),
        (None, Some((owners, several))) => {
            let ids: BTreeSet<String> = owners.keys().cloned().collect();
            match owners.values().next() {
                Some(how) if owners.len() == 1 => ("matched", ids, how),
                _ => ("ambiguous", ids, several),
            }
        }
        (None, None) => ("unmatched", suggested(&heard), heard.reasons.last().copied().unwrap_or("nothing_to_go_by")),
    }
}

fn suggested(heard: &Heard) -> BTreeSet<String> {
    let outdone = heard.outdone.iter().flatten().chain(&heard.near).cloned();
    heard.facts.iter().flat_map(|(owners, _)| owners.keys().cloned()).chain(outdone).collect()
}

/// The accounts that each fact names, for the law that nothing is forgotten in silence; a domain that a longer one outdoes is a fact as well.
pub(crate) fn facts(world: &World, lead: &Lead) -> Vec<BTreeSet<String>> {
    let heard = hear(world, lead);
    heard.facts.into_iter().map(|(owners, _)| owners.into_keys().collect()).chain(heard.outdone).collect()
}

/// Whether a text is what the strategies write where nothing is known.
fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(text.trim()))
}

/// A text as a domain somebody lists: one label is none.
fn listed(text: &str) -> Option<String> {
    Some(text.trim().to_lowercase()).filter(|text| text.contains('.') && !is_placeholder(text))
}

fn hear(world: &World, lead: &Lead) -> Heard {
    let mut heard = Heard::default();
    hear_ids(world, lead, &mut heard);
    hear_email(world, lead, &mut heard);
    if let Some(text) = said(lead.domain.as_ref()) {
        match listed(text) {
            Some(domain) => hear_domain(world, &domain, &mut heard),
            None => heard.reasons.push("malformed_domain"),
        }
    }
    hear_company(world, lead, &mut heard);
    heard
}

fn one(id: &str, how: &'static str) -> BTreeMap<String, &'static str> {
    BTreeMap::from([(id.into(), how)])
}

fn hear_ids(world: &World, lead: &Lead, heard: &mut Heard) {
    let mut why = None;
    if let Some(id) = said(lead.contact.as_ref()) {
        match world.contacts.iter().find(|contact| contact.id.as_str() == id) {
            None => why = Some("unknown_contact_id"),
            Some(Contact { account: None, .. }) => why = Some("no_account_of_contact"),
            Some(Contact { account: Some(account), .. }) => heard.facts.push((one(account.as_str(), "contact_id"), "")),
        }
    }
    if let Some(id) = said(lead.account.as_ref()) {
        if world.accounts.iter().any(|account| account.id.as_str() == id) {
            heard.facts.push((one(id, "account_id"), ""));
        } else {
            why = why.or(Some("unknown_account_id"));
        }
    }
    heard.stop(why);
}

/// What an address is compared by.
fn key(text: &str) -> String {
    text.trim().to_lowercase()
}

/// An address up to its `+`, and from its `@` on.
fn without_tag(text: &str) -> String {
    let key = key(text);
    match (key.find('+'), key.find('@')) {
        (Some(tag), Some(at)) if 0 < tag && tag < at => format!("{}{}", &key[..tag], &key[at..]),
        _ => key,
    }
}

/// The contacts of an address, or, where there are none, of that address but for its tag; with the token of the fact.
fn contacts_of_email<'a>(world: &'a World, text: &str) -> (Vec<&'a Contact>, &'static str) {
    let known = world.contacts.iter().filter(|contact| contact.email.as_deref().is_some_and(|email| !is_placeholder(email)));
    let of = |form: fn(&str) -> String| known.clone().filter(|contact| contact.email.as_deref().map(form) == Some(form(text))).collect();
    let whole: Vec<&Contact> = of(key);
    if whole.is_empty() { (of(without_tag), "untagged_email") } else { (whole, "email") }
}

fn hear_email(world: &World, lead: &Lead, heard: &mut Heard) {
    let Some(text) = said(lead.email.as_ref()) else { return };
    let (contacts, how) = contacts_of_email(world, text);
    let accounts: BTreeMap<String, &'static str> =
        contacts.iter().filter_map(|contact| Some((contact.account.as_ref()?.to_string(), how))).collect();
    if !accounts.is_empty() {
        heard.facts.push((accounts, "several_contacts_of_email"));
    } else if !contacts.is_empty() {
        heard.reasons.push("no_account_of_contact");
        heard.stop(Some("no_account_of_contact"));
    }
    match address(text) {
        Some((_, domain)) => hear_domain(world, &domain, heard),
        None if contacts.is_empty() => heard.reasons.push("malformed_email"),
        None => {}
    }
}

fn hear_domain(world: &World, domain: &str, heard: &mut Heard) {
    let free: Vec<&str> = world.free.iter().copied().filter(|free| !world.company.contains(free)).collect();
    // A public suffix of a registry has nothing below it that would be its.
    let holds = |listed: &str| domain == listed || (is_within(domain, listed) && !ICANN.contains(&listed));
    let listed: Vec<(String, String)> = world
        .accounts
        .iter()
        .flat_map(|account| account.domains.iter().filter_map(|text| Some((listed(text)?, account.id.to_string()))))
        .filter(|(listed, _)| !free.contains(&listed.as_str()))
        .collect();
    let longest = listed.iter().map(|(listed, _)| listed.as_str()).filter(|listed| holds(listed)).max_by_key(|listed| listed.len());
    let host = free.iter().copied().filter(|free| holds(free)).max_by_key(|free| free.len());
    let owners = |is_so: &dyn Fn(&str) -> bool, how| -> BTreeMap<String, &'static str> {
        listed.iter().filter(|(listed, _)| is_so(listed)).map(|(_, id)| (id.clone(), how)).collect()
    };
    match (longest, host) {
        (Some(longest), host) if host.is_none_or(|host| host.len() < longest.len()) => {
            heard.facts.push((owners(&|listed| listed == longest, "listed_domain"), "several_owners_of_domain"));
            let nearest = host.map_or(0, str::len);
            let outdone = listed.iter().map(|(listed, _)| listed.as_str()).filter(|listed| holds(listed) && *listed != longest);
            let outdone: BTreeSet<&str> = outdone.filter(|listed| listed.len() > nearest).collect();
            heard.outdone.extend(outdone.iter().map(|one| owners(&|listed| listed == *one, "").into_keys().collect::<BTreeSet<_>>()));
        }
        (_, Some(_)) => heard.reasons.push("free_mail"),
        (_, None) => {
            let own = registrable(domain);
            let owners = owners(&|listed| own.is_some() && registrable(listed) == own, "registrable_domain");
            if owners.is_empty() {
                heard.reasons.push("unknown_domain");
            } else {
                heard.facts.push((owners, "several_owners_of_domain"));
            }
        }
    }
}

/// The names of an account, each with its token.
fn names(account: &Account) -> impl Iterator<Item = (&str, &'static str)> {
    let own = account.name.iter().map(|name| (name.as_str(), "name"));
    own.chain(account.aliases.iter().map(|alias| (alias.as_str(), "alias")))
}

fn hear_company(world: &World, lead: &Lead, heard: &mut Heard) {
    let Some(text) = said(lead.company.as_ref()) else { return };
    let (asked, written) = (words(text), forms(text));
    let mut owners = BTreeMap::new();
    for account in &world.accounts {
        if let Some((_, how)) = names(account).find(|(name, _)| forms(name).iter().any(|form| written.contains(form))) {
            owners.insert(account.id.to_string(), how);
        }
    }
    if !owners.is_empty() {
        heard.facts.push((owners, "several_owners_of_name"));
    } else if is_placeholder(text) {
        heard.reasons.push("no_company");
    } else if heard.facts.is_empty() {
        hear_nearly(world, lead, &asked, heard);
    }
}

fn hear_nearly(world: &World, lead: &Lead, asked: &[String], heard: &mut Heard) {
    let mut owners = BTreeMap::new();
    for account in &world.accounts {
        let all = names(account).map(|(name, _)| forms(name));
        let near: Vec<Vec<Vec<String>>> =
            all.filter(|forms| forms.iter().any(|name| is_near(asked, name) || is_part(asked, name))).collect();
        if !near.is_empty() {
            heard.near.insert(account.id.to_string());
        }
        // Any of an account's names that is nearest may bear the fact; the first of the nearest kind does.
        let ranked = near.iter().map(|forms| (forms.iter().map(|name| rank(asked, name)).min(), forms));
        let nearest = ranked.min_by_key(|(rank, _)| *rank);
        if nearest.is_some_and(|(rank, forms)| rank < Some(3) && forms.iter().any(|name| has_fact(world, lead, account, name))) {
            owners.insert(account.id.to_string(), "fuzzy_name");
        }
    }
    if !owners.is_empty() {
        heard.facts.push((owners, "several_owners_of_name"));
    } else if heard.near.is_empty() {
        heard.reasons.push("unknown_name");
    } else {
        heard.reasons.push("fuzzy_name_only");
    }
}

fn rank(asked: &[String], name: &[String]) -> u8 {
    if !is_near(asked, name) {
        3
    } else if in_order(asked) == in_order(name) {
        0
    } else if asked.concat() == name.concat() {
        1
    } else {
        2
    }
}

fn in_order(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    words.sort();
    words
}

/// The same words in any order, the same letters, or the same words but for one letter of one of them.
fn is_near(asked: &[String], name: &[String]) -> bool {
    let edited = || {
        (0..asked.len()).any(|i| {
            name.iter().any(|other| {
                let mut changed = asked.to_vec();
                let long = |word: &str| word.chars().count() >= 5 && !word.chars().any(char::is_numeric);
                let apart = long(other) && long(&changed[i]) && one_letter_apart(&changed[i], other);
                changed[i].clone_from(other);
                apart && in_order(&changed) == in_order(name)
            })
        })
    };
    let alike = in_order(asked) == in_order(name) || asked.concat() == name.concat() || edited();
    alike && numbers(asked) == numbers(name)
}

/// The numbers of a name, in their order.
fn numbers(words: &[String]) -> Vec<String> {
    let spaced = words.join(" ");
    let numbers = spaced.split(|letter: char| !letter.is_ascii_digit()).filter(|number| !number.is_empty());
    numbers.map(String::from).collect()
}

fn is_part(asked: &[String], name: &[String]) -> bool {
    asked.iter().all(|word| name.contains(word)) || name.iter().all(|word| asked.contains(word))
}

fn has_fact(world: &World, lead: &Lead, account: &Account, name: &[String]) -> bool {
    let own = account.country.as_deref().map(|country| country.trim().to_lowercase()).filter(|country| !is_placeholder(country));
    let same_country = own.is_some() && said(lead.country.as_ref()).map(str::to_lowercase) == own;
    let hosts =
        said(lead.email.as_ref()).and_then(address).map(|(_, domain)| domain).into_iter().chain(lead.domain.as_deref().and_then(listed));
    let mut hosts = hosts.filter(|host| {
        let mut heard = Heard::default();
        hear_domain(world, host, &mut heard);
        heard.reasons != ["free_mail"]
    });
    let bears_name = hosts.any(|host| registrable(&host).is_some_and(|own| own.split('.').next() == Some(&name.concat())));
    same_country || bears_name
}

/// The contact of a lead, given what was found of its account.
pub(crate) fn contact(world: &World, lead: &Lead) -> Told {
    let account = account(world, lead);
    let here = (account.0 == "matched").then(|| account.1.first().cloned()).flatten();
    let named = said(lead.contact.as_ref());
    if let Some(contact) = named.and_then(|id| world.contacts.iter().find(|contact| contact.id.as_str() == id)) {
        return ("matched", BTreeSet::from([contact.id.to_string()]), "contact_id");
    }
    let found = contact_by_facts(world, lead, here.as_deref(), &account);
    if named.is_some() { ("unmatched", found.1, "unknown_contact_id") } else { found }
}

fn contact_by_facts(world: &World, lead: &Lead, here: Option<&str>, account: &Told) -> Told {
    let email = said(lead.email.as_ref());
    let (of_email, how) = email.map(|text| contacts_of_email(world, text)).unwrap_or_default();
    let at_account = |contact: &&Contact| here.is_some() && contact.account.as_ref().map(AccountId::as_str) == here;
    let narrowed: Vec<&Contact> = of_email.iter().copied().filter(at_account).collect();
    let of_email = persons(if narrowed.is_empty() { of_email } else { narrowed });
    if !of_email.is_empty() {
        return several(&of_email, how, "several_contacts_of_email");
    }
    let Some(name) = said(lead.name.as_ref()) else {
        return ("unmatched", BTreeSet::new(), if email.is_some() { "unknown_email" } else { "nothing_to_go_by" });
    };
    let named = world.contacts.iter().filter(|contact| contact.name.as_deref().map(person) == Some(person(name)));
    let of_name = named.filter(|_| !is_placeholder(name));
    if here.is_some() {
        let found = persons(of_name.filter(at_account).collect());
        return if found.is_empty() {
            ("unmatched", BTreeSet::new(), "unknown_person")
        } else {
            several(&found, "person_name", "several_contacts_of_name")
        };
    }
    let open = |contact: &&Contact| account.0 == "unmatched" || contact.account.as_ref().is_some_and(|id| account.1.contains(id.as_str()));
    ("unmatched", of_name.filter(open).map(|contact| contact.id.to_string()).collect(), "person_without_account")
}

/// The first contact of each person at each account.
fn persons(contacts: Vec<&Contact>) -> Vec<&Contact> {
    let mut first: BTreeMap<(Option<String>, String), &Contact> = BTreeMap::new();
    for contact in contacts {
        let person = contact.person.as_ref().map_or_else(|| contact.id.to_string(), ToString::to_string);
        let key = (contact.account.as_ref().map(ToString::to_string), person);
        let kept = first.entry(key).or_insert(contact);
        if contact.id < kept.id {
            *kept = contact;
        }
    }
    first.into_values().collect()
}

fn several(contacts: &[&Contact], how: &'static str, why: &'static str) -> Told {
    let ids: BTreeSet<String> = contacts.iter().map(|contact| contact.id.to_string()).collect();
    if ids.len() == 1 { ("matched", ids, how) } else { ("ambiguous", ids, why) }
}
