//! What titles and e-mail addresses say of contacts; each title is read once.

use alloc::boxed::Box;

use once_cell::race::OnceBox;

use super::bind::BoundPolicy;
use crate::contact::Relationship;
use crate::graph::{AccountGraph, ContactRow};
use crate::policy::{CompiledTitles, Policy, TitleFacts};

/// Where a relationship comes from, the most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationshipSource {
    /// It stands on the contact.
    Stated,
    /// The domain of the e-mail address is one of the policy's.
    EmailDomain,
    /// The title says so.
    Title,
    /// Nothing says otherwise: an employee.
    Default,
}

impl RelationshipSource {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::EmailDomain => "email_domain",
            Self::Title => "title",
            Self::Default => "default",
        }
    }
}

/// Titles in one part of the list.
const PART: usize = 256;

/// The titles of a graph as a policy reads them: each is read when it is first asked for, and then remembered.
///
/// Any thread may ask: two that ask at the same time read the same.
#[derive(Debug)]
pub(crate) struct Titles<'a> {
    rules: Option<&'a CompiledTitles>,
    /// Whether the policy is asked first, which remembers titles from question to question; for a question about all of them it is not worth it.
    recalls: bool,
    count: usize,
    /// Made when they are needed, so that a question about a few titles of many costs no more than those.
    parts: OnceBox<Box<[OnceBox<Part>]>>,
}

type Part = [OnceBox<TitleFacts>; PART];

impl<'a> Titles<'a> {
    /// For questions about all of them. Reads nothing yet.
    pub(crate) fn new(policy: &'a Policy, graph: &AccountGraph) -> Self {
        let count = graph.title_count();
        // The rules are put into an index only where there is a title to read.
        let rules = if count > 0 { policy.titles() } else { None };
        Self { rules, recalls: false, count, parts: OnceBox::new() }
    }

    /// For a question or two, perhaps not the first about the same people.
    pub(crate) fn on_demand(policy: &'a Policy, graph: &AccountGraph) -> Self {
        Self { recalls: true, ..Self::new(policy, graph) }
    }

    /// What the rules say of a title, and the rules; `None` where the policy reads nothing from titles.
    fn facts(&self, graph: &AccountGraph, title: u32) -> Option<(&'a CompiledTitles, &TitleFacts)> {
        let rules = self.rules?;
        let text = graph.title_text(title);
        if let Some(known) = if self.recalls { rules.recall(text) } else { None } {
            return Some((rules, known));
        }
        let parts = self.parts.get_or_init(|| Box::new((0..self.count.div_ceil(PART)).map(|_| OnceBox::new()).collect()));
        let part = parts.get(title as usize / PART)?.get_or_init(|| Box::new([const { OnceBox::new() }; PART]));
        Some((rules, part[title as usize % PART].get_or_init(|| Box::new(rules.facts(text)))))
    }
}

impl BoundPolicy<'_> {
    /// What a contact is to the account, and how that is known.
    #[inline]
    pub(crate) fn relationship(&self, graph: &AccountGraph, contact: u32) -> (Relationship, RelationshipSource) {
        self.relationship_of(graph, graph.contact_row(contact))
    }

    /// The same from the contact's row.
    #[inline]
    pub(super) fn relationship_of(&self, graph: &AccountGraph, row: &ContactRow) -> (Relationship, RelationshipSource) {
        if self.nothing_said(row) { (Relationship::Employee, RelationshipSource::Default) } else { self.relationship_said(graph, row) }
    }

    /// Whether the policy excludes a contact for its relationship.
    #[inline]
    pub(super) fn excludes(&self, graph: &AccountGraph, row: &ContactRow) -> bool {
        let policy = self.policy.compiled();
        if self.nothing_said(row) { policy.excludes(Relationship::Employee) } else { policy.excludes(self.relationship_said(graph, row).0) }
    }

    /// Whether every contact of whom neither title nor relationship is known is an employee and may be a member.
    pub(super) fn takes_who_says_nothing(&self) -> bool {
        let policy = self.policy.compiled();
        policy.domains.is_empty() && !policy.excludes(Relationship::Employee)
    }

    /// Whether, as for many, nothing is said that a relationship could be known from.
    #[inline]
    fn nothing_said(&self, row: &ContactRow) -> bool {
        row.relationship.is_none() && row.title().is_none() && self.policy.compiled().domains.is_empty()
    }

    fn relationship_said(&self, graph: &AccountGraph, row: &ContactRow) -> (Relationship, RelationshipSource) {
        if let Some(stated) = row.relationship {
            return (stated, RelationshipSource::Stated);
        }
        let domains = &self.policy.compiled().domains;
        if let Some(found) = (!domains.is_empty()).then(|| row.email_domain()).flatten().and_then(|domain| domains.of(&domain)) {
            return (found, RelationshipSource::EmailDomain);
        }
        let of_title = row.title().and_then(|title| self.titles.facts(graph, title)).and_then(|(_, facts)| facts.relationship);
        of_title.map_or((Relationship::Employee, RelationshipSource::Default), |found| (found, RelationshipSource::Title))
    }

    /// The role that follows from a contact's title in groups of a template, by the policy's number; none without a title, on which whoever reads members
    /// relies.
    pub(crate) fn title_role(&self, graph: &AccountGraph, row: &ContactRow, template: usize) -> Option<u8> {
        let (rules, facts) = row.title().and_then(|title| self.titles.facts(graph, title))?;
        rules.role(facts, template)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::contact::Contact;

    /// One account, with one contact for each title.
    fn graph(titles: usize) -> AccountGraph {
        let mut graph = AccountGraph::new();
        graph.add_account(Account::new("acme").unwrap()).unwrap();
        for number in 0..titles {
            let mut contact = Contact::new(&alloc::format!("contact-{number}"), "acme").unwrap();
            contact.title = Some(alloc::format!("VP Sales {number}"));
            graph.add_contact(contact).unwrap();
        }
        graph
    }

    #[test]
    fn a_title_is_read_once_and_only_when_it_is_asked_for() {
        let (graph, policy) = (graph(2 * PART + 1), Policy::default());
        let titles = Titles::new(&policy, &graph);
        assert!(titles.parts.get().is_none());
        let last = u32::try_from(2 * PART).unwrap();
        for title in [0, 7, last] {
            let (_, once) = titles.facts(&graph, title).unwrap();
            assert!(core::ptr::eq(once, titles.facts(&graph, title).unwrap().1));
            assert!(policy.titles().unwrap().role(once, 0).is_some());
        }
        let parts = titles.parts.get().unwrap();
        let read = |part: &OnceBox<Part>| part.get().map_or(0, |part| part.iter().filter(|one| one.get().is_some()).count());
        assert_eq!(parts.iter().map(read).collect::<alloc::vec::Vec<_>>(), [2, 0, 1]);
    }

    #[test]
    fn who_says_nothing_is_an_employee_and_excluded_as_one() {
        let excluded = |relationships: &[Relationship], contact: Contact| {
            let mut document = Policy::default().into_document();
            document.excluded_relationships = relationships.to_vec();
            let (policy, mut graph, tally) = (Policy::new(document).unwrap(), graph(0), crate::tally::SignalTally::new());
            graph.add_contact(contact).unwrap();
            let bound = BoundPolicy::new(&policy, &graph, &tally, Titles::new(&policy, &graph));
            let row = graph.contact_row(0);
            let excludes = bound.excludes(&graph, row);
            assert_eq!(excludes, policy.compiled().excludes(bound.relationship_of(&graph, row).0));
            excludes
        };
        let ann = || Contact::new("ann", "acme").unwrap();
        let intern = || Contact { title: Some("Marketing Intern".into()), ..ann() };
        assert!(excluded(&[Relationship::Employee], ann()) && !excluded(&[Relationship::Student], ann()));
        assert!(excluded(&[Relationship::Student], intern()) && !excluded(&[Relationship::Employee], intern()));
    }

    #[test]
    fn what_the_policy_remembers_is_not_read_again() {
        let (graph, policy) = (graph(3), Policy::default());
        let first = Titles::on_demand(&policy, &graph);
        let second = Titles::on_demand(&policy, &graph);
        assert!(core::ptr::eq(first.facts(&graph, 2).unwrap().1, second.facts(&graph, 2).unwrap().1));
        assert_eq!(first.facts(&graph, 2).unwrap().1, Titles::new(&policy, &graph).facts(&graph, 2).unwrap().1);
        assert!(second.parts.get().is_none());
    }

    #[test]
    fn nothing_is_read_where_there_is_no_title_or_no_rule() {
        let policy = Policy::default();
        assert!(Titles::new(&policy, &graph(0)).rules.is_none());
        let mut document = policy.into_document();
        document.titles = crate::policy::TitlesRule::default();
        document.templates.iter_mut().for_each(|template| template.title_roles.clear());
        let silent = Policy::new(document).unwrap();
        assert!(Titles::new(&silent, &graph(1)).facts(&graph(1), 0).is_none());
    }
}
