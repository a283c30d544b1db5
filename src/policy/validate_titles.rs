//! The meaning of what a policy says about titles, evidence and e-mail domains.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};

use super::check::{Check, Names, Place};
use super::limits;
use super::titles::{EvidenceRule, RelationshipDomains, TitleBase, TitleRole, TitlesRule};
use super::validate::UNKNOWN;
use crate::address::normal;
use crate::contact::Evidence;
use crate::problem::ProblemKind;
use crate::title::{Normaliser, Phrase, TitleReader};

pub(super) fn titles(check: &mut Check<'_>, at: &Place<'_>, titles: &TitlesRule, names: &Names<'_>) {
    for (field, rules) in [("before", &titles.before), ("after", &titles.after)] {
        check.at_most(&at.field(field), "rules", rules.len(), limits::TITLE_RULES_MAX);
    }
    let (few, own) = (titles.before.len().max(titles.after.len()) <= limits::TITLE_RULES_MAX, titles.before.len() + titles.after.len());
    if few && own > 0 && check.read_whole(&at.field("before")) && check.read_whole(&at.field("after")) {
        let read = TitleReader::with(&titles.before, &titles.after, titles.base == TitleBase::BuiltIn, &at.to_string());
        check.extend(read.err());
    }
    roles(check, &at.field("roles"), &titles.roles, names);
}

pub(super) fn roles(check: &mut Check<'_>, at: &Place<'_>, roles: &[TitleRole], names: &Names<'_>) {
    check.at_most(at, "rules", roles.len(), limits::TITLE_RULES_MAX);
    for (i, rule) in roles.iter().enumerate().take(limits::TITLE_RULES_MAX) {
        role(check, &at.item(i), rule, names);
    }
}

fn role(check: &mut Check<'_>, at: &Place<'_>, rule: &TitleRole, roles: &Names<'_>) {
    let given = &at.field("role");
    check.reference(given, roles, rule.role.as_str());
    if rule.role.as_str() == UNKNOWN {
        check.unfit(given, "`unknown` stands for no role; a title that no rule matches gives none");
    }
    let unconditional = rule.titles.is_empty() && rule.words.is_empty() && rule.seniority.is_empty() && rule.functions.is_empty();
    if unconditional && check.read_whole(at) {
        check.unfit(at, "the rule asks for nothing and would give everybody the role; give `titles`, `words`, `seniority` or `functions`");
    }
    for (field, phrases) in [("titles", &rule.titles), ("words", &rule.words)] {
        phrases_say_something(check, &at.field(field), phrases, field == "titles");
    }
}

fn phrases_say_something(check: &mut Check<'_>, at: &Place<'_>, phrases: &[String], whole: bool) {
    // Which words are fillers only the built-in rules know, which are not read for this: a phrase of nothing else matches nothing.
    let plain = Normaliser::default();
    check.at_most(at, "phrases", phrases.len(), limits::PHRASES_MAX);
    for (i, phrase) in phrases.iter().enumerate().take(limits::PHRASES_MAX) {
        check.text(&at.item(i), phrase, limits::LABEL_BYTES_MAX);
        let read = if whole { Phrase::read_whole(phrase, &plain) } else { Phrase::read(phrase, &plain) };
        if let Some(problem) = read.err().filter(|_| !phrase.trim().is_empty()) {
            check.note(&at.item(i), problem);
        }
    }
}

/// The confidences, each within its range.
pub(super) fn evidence(check: &mut Check<'_>, at: &Place<'_>, evidence: &EvidenceRule) {
    for (token, one) in Evidence::ALL {
        check.decimal(&at.field(token), evidence.of(one), &limits::CONFIDENCE);
    }
}

/// The domains, each a domain and given once.
pub(super) fn relationship_domains(check: &mut Check<'_>, at: &Place<'_>, all: &[RelationshipDomains]) {
    let mut seen = BTreeSet::new();
    for (i, one) in all.iter().enumerate() {
        let row = at.item(i);
        let at = &row.field("domains");
        check.texts(at, &one.domains);
        check.at_most(at, "domains", one.domains.len(), limits::DOMAINS_MAX);
        for (j, domain) in one.domains.iter().enumerate().take(limits::DOMAINS_MAX) {
            let at = &at.item(j);
            match normal(domain).filter(|domain| domain.contains('.')).map(|domain| seen.insert(domain)) {
                None => check.unfit(at, format!("`{}` is no domain; write it like `example.com`", crate::problem::excerpt(domain))),
                Some(false) => check.note(at, ProblemKind::Repeated { what: "domain", name: domain.clone() }),
                Some(true) => {}
            }
        }
    }
}
