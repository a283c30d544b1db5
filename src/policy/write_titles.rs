//! Writing what a policy says about titles, evidence and e-mail domains.

use alloc::vec::Vec;

use super::read_titles::function_words;
use super::titles::{EvidenceRule, FunctionTest, RelationshipDomains, TitleBase, TitleRole, TitlesRule};
use super::write::{decimal, list, map, map_of_present, relationship};
use crate::document::{Node, token_of};
use crate::title::{JobFunction, Seniority, write_title_rule};

pub(super) fn titles(titles: &TitlesRule) -> Node {
    map([
        ("base", word(&TitleBase::ALL, titles.base)),
        ("before", list(&titles.before, write_title_rule)),
        ("after", list(&titles.after, write_title_rule)),
        ("roles", list(&titles.roles, title_role)),
    ])
}

/// Conditions that are not given are left out.
pub(super) fn title_role(role: &TitleRole) -> Node {
    map_of_present([
        ("role", Some(Node::text(role.role.as_str()))),
        ("titles", some(&role.titles, |title| Node::text(&**title))),
        ("words", some(&role.words, |words| Node::text(&**words))),
        ("seniority", some(&role.seniority, |seniority| word(&Seniority::ALL, *seniority))),
        ("functions", some(&role.functions, |function| word::<FunctionTest>(&function_words(), *function))),
    ])
}

pub(super) fn functions(functions: &[JobFunction]) -> Option<Node> {
    some(functions, |function| word(&JobFunction::ALL, *function))
}

/// A list that is not empty.
pub(super) fn some<T>(items: &[T], write: impl Fn(&T) -> Node) -> Option<Node> {
    (!items.is_empty()).then(|| list(items, write))
}

pub(super) fn evidence(evidence: &EvidenceRule) -> Node {
    map([
        ("human", decimal(evidence.human)),
        ("crm", decimal(evidence.crm)),
        ("title", decimal(evidence.title)),
        ("vendor", decimal(evidence.vendor)),
        ("behaviour", decimal(evidence.behaviour)),
    ])
}

pub(super) fn relationship_domains(one: &RelationshipDomains) -> Node {
    let domains: Vec<Node> = one.domains.iter().map(|domain| Node::text(&**domain)).collect();
    map([("relationship", relationship(one.relationship)), ("domains", Node::List(domains))])
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> Node {
    Node::text(token_of(words, value))
}
