//! What titles and e-mail addresses say of contacts, asked once for each title.

use alloc::vec::Vec;

use super::bind::BoundPolicy;
use crate::contact::Relationship;
use crate::graph::AccountGraph;
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

/// The titles of a graph as a policy reads them.
#[derive(Debug)]
pub(crate) enum Titles<'a> {
    /// The policy reads nothing from titles.
    Unread,
    /// Every title read beforehand, by the graph's numbers.
    Read(Vec<TitleFacts>),
    /// Read when asked for.
    OnDemand(&'a CompiledTitles),
}

impl<'a> Titles<'a> {
    /// Reads every title of the graph once. O(words of the distinct titles).
    pub(crate) fn read(policy: &'a Policy, graph: &AccountGraph) -> Self {
        let Some(titles) = policy.titles().filter(|_| graph.titles().next().is_some()) else { return Self::Unread };
        Self::Read(graph.titles().map(|title| titles.facts(title)).collect())
    }

    /// Reads titles as they are asked for.
    pub(crate) fn on_demand(policy: &'a Policy, graph: &AccountGraph) -> Self {
        policy.titles().filter(|_| graph.titles().next().is_some()).map_or(Self::Unread, Self::OnDemand)
    }

    /// Asks the reading of a title.
    fn ask<T>(&self, graph: &AccountGraph, title: u32, question: impl FnOnce(&TitleFacts) -> Option<T>) -> Option<T> {
        match self {
            Self::Unread => None,
            Self::Read(titles) => titles.get(title as usize).and_then(question),
            Self::OnDemand(titles) => question(&titles.facts(graph.title_text(title))),
        }
    }
}

impl BoundPolicy<'_> {
    /// What a contact is to the account, and how that is known.
    pub(crate) fn relationship(&self, graph: &AccountGraph, contact: u32) -> (Relationship, RelationshipSource) {
        let row = graph.contact_row(contact);
        if let Some(stated) = row.relationship {
            return (stated, RelationshipSource::Stated);
        }
        let domains = &self.policy.compiled().domains;
        if let Some(found) = (!domains.is_empty()).then(|| row.email_domain()).flatten().and_then(|domain| domains.of(&domain)) {
            return (found, RelationshipSource::EmailDomain);
        }
        let of_title = row.title().and_then(|title| self.titles.ask(graph, title, |facts| facts.relationship));
        of_title.map_or((Relationship::Employee, RelationshipSource::Default), |found| (found, RelationshipSource::Title))
    }

    /// The role that follows from a contact's title in groups of a template, by the policy's number.
    pub(crate) fn title_role(&self, graph: &AccountGraph, contact: u32, template: usize) -> Option<u8> {
        graph.contact_row(contact).title().and_then(|title| {
            let variant = self.policy.titles()?.variant(template);
            self.titles.ask(graph, title, |facts| facts.roles.get(variant).copied().flatten())
        })
    }
}
