//! The meaning of what a policy says about titles, evidence and e-mail domains.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};

use super::check::{Check, Names, Place};
use super::document::{PolicyDocument, Template};
use super::limits;
use super::titles::{EvidenceRule, FunctionTest, RelationshipDomains, TitleBase, TitleRole};
use super::validate::UNKNOWN;
use crate::address::normal;
use crate::contact::Evidence;
use crate::problem::{Problem, ProblemKind, Problems};
use crate::title::{Normaliser, Phrase, TitleReader};

/// Checks the section; gives the reader of the policy's own rules, if it has any and they are valid.
pub(super) fn titles(check: &mut Check<'_>, at: &Place<'_>, document: &PolicyDocument, names: &Names<'_>) -> Option<TitleReader> {
    let titles = &document.titles;
    for (field, rules) in [("before", &titles.before), ("after", &titles.after)] {
        check.at_most(&at.field(field), "rules", rules.len(), limits::TITLE_RULES_MAX);
    }
    let (few, own) = (titles.before.len().max(titles.after.len()) <= limits::TITLE_RULES_MAX, titles.before.len() + titles.after.len());
    let mut reader = None;
    if few && own > 0 {
        let read = TitleReader::with(&titles.before, &titles.after, titles.base == TitleBase::BuiltIn, &at.to_string());
        reader = read.map_err(|problems| extend_by_rules_read(check, at, document, problems)).ok();
    }
    let mut templates = document.templates.iter().enumerate().take(limits::TEMPLATES_MAX);
    let anybody = templates.find_map(|(i, template)| for_anybody(check, &Place::Root.field("templates").item(i), template));
    roles(check, &at.field("roles"), &titles.roles, (names, anybody));
    reader
}

/// Notes what is wrong with the rules as far as they were read: that the rest could not be is said already, and what stands in for it says nothing.
fn extend_by_rules_read(check: &mut Check<'_>, at: &Place<'_>, document: &PolicyDocument, problems: Problems) {
    let mut whole = BTreeSet::new();
    for (field, rules) in [("before", &document.titles.before), ("after", &document.titles.after)] {
        let list = at.field(field);
        let items = (0..rules.len()).map(|i| list.item(i)).filter(|item| check.read_whole(item));
        whole.extend(items.map(|item| item.to_string()));
    }
    let told = |problem: &Problem| {
        let path = problem.path();
        let (rule, part) = path.split_at(path.find(']').map_or(path.len(), |end| end + 1));
        whole.contains(rule) || (stands_alone(part) && check.read_path(path))
    };
    let mut kept = Problems::default();
    kept.extend(problems.into_iter().filter(told));
    check.extend(Some(kept));
}

/// Whether what is wrong with that part of a rule is so whatever the rest of the rule says: its name, or one of its phrases.
fn stands_alone(part: &str) -> bool {
    part == ".name" || [".any[", ".whole[", ".none["].iter().any(|list| part.starts_with(list))
}

/// Checks rules that give roles, by the roles that there are and, if there is one among those that read the rules, a template for anybody.
pub(super) fn roles(check: &mut Check<'_>, at: &Place<'_>, roles: &[TitleRole], by: (&Names<'_>, Option<&str>)) {
    check.at_most(at, "rules", roles.len(), limits::TITLE_RULES_MAX);
    for (i, rule) in roles.iter().enumerate().take(limits::TITLE_RULES_MAX) {
        role(check, &at.item(i), rule, by);
    }
}

fn role(check: &mut Check<'_>, at: &Place<'_>, rule: &TitleRole, (roles, anybody): (&Names<'_>, Option<&str>)) {
    let given = &at.field("role");
    check.reference(given, roles, rule.role.as_str());
    if rule.role.as_str() == UNKNOWN {
        check.unfit(given, "`unknown` stands for no role; a title that no rule matches gives none");
    }
    let unconditional = rule.titles.is_empty() && rule.words.is_empty() && rule.seniority.is_empty() && rule.functions.is_empty();
    if unconditional && check.read_whole(at) {
        check.unfit(at, "the rule asks for nothing and would give everybody the role; give `titles`, `words`, `seniority` or `functions`");
    }
    if let Some(template) = anybody.filter(|_| asks_own_alone(rule) && check.read_whole(at)) {
        let why = format!(
            "template `{template}` does not say its functions, so everybody with a title would have the role; give `titles`, `words` or \
             `seniority` too, or the `functions` of the template"
        );
        check.unfit(&at.field("functions"), why);
    }
    for (field, phrases) in [("titles", &rule.titles), ("words", &rule.words)] {
        phrases_say_something(check, &at.field(field), phrases, field == "titles");
    }
}

/// The template's name, where it does not say whom it is for: every function is then its own.
pub(super) fn for_anybody<'d>(check: &Check<'_>, at: &Place<'_>, template: &'d Template) -> Option<&'d str> {
    (template.functions.is_empty() && check.read_whole(&at.field("functions"))).then_some(template.name.as_str())
}

/// Whether a rule asks for no more than the functions of the template.
fn asks_own_alone(rule: &TitleRole) -> bool {
    rule.titles.is_empty() && rule.words.is_empty() && rule.seniority.is_empty() && rule.functions.contains(&FunctionTest::Own)
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
