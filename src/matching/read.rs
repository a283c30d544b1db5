//! Match rules as a document: reading, checking and writing.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use super::rules::{
    Field, FuzzyNames, MatchList, MatchListBase, MatchRulesDocument, built_in, host, legal_form, lines, no_company, personal_title,
};
use crate::document::{Node, Reader, TEXT_BYTES_MAX, token_of};
use crate::problem::{Problem, ProblemKind, Problems, excerpt, nearest, too_long};

/// The version of the format.
const SCHEMA: u16 = 1;

/// Reads a document; only to be used when no problem was noted.
pub(super) fn read(node: &Node, problems: &RefCell<Problems>) -> MatchRulesDocument {
    let mut r = Reader::new(node, "", problems);
    r.whole("schema", SCHEMA..=SCHEMA);
    let document = MatchRulesDocument {
        free_mail: list(&mut r, "free_mail"),
        company_domains: r.texts_if_any("company_domains").unwrap_or_default(),
        legal_forms: list(&mut r, "legal_forms"),
        personal_titles: list(&mut r, "personal_titles"),
        no_company: list(&mut r, "no_company"),
        fuzzy_names: r.word_if_any("fuzzy_names", &FuzzyNames::ALL).unwrap_or_default(),
    };
    r.finish();
    document
}

fn list(r: &mut Reader<'_>, name: &'static str) -> MatchList {
    let Some(node) = r.node(name) else { return MatchList::default() };
    let mut r = Reader::new(node, r.path(name), r.problems());
    let list = MatchList {
        base: r.word_if_any("base", &MatchListBase::ALL).unwrap_or_default(),
        add: r.texts_if_any("add").unwrap_or_default(),
        remove: r.texts_if_any("remove").unwrap_or_default(),
    };
    r.finish();
    list
}

/// The document as a tree, fields in the order of the type.
pub(super) fn node(document: &MatchRulesDocument) -> Node {
    Node::Map(Vec::from([
        ("schema".into(), Node::Whole(SCHEMA.into())),
        ("free_mail".into(), list_node(&document.free_mail)),
        ("company_domains".into(), texts(&document.company_domains)),
        ("legal_forms".into(), list_node(&document.legal_forms)),
        ("personal_titles".into(), list_node(&document.personal_titles)),
        ("no_company".into(), list_node(&document.no_company)),
        ("fuzzy_names".into(), Node::text(token_of(&FuzzyNames::ALL, document.fuzzy_names))),
    ]))
}

fn list_node(list: &MatchList) -> Node {
    Node::Map(Vec::from([
        ("base".into(), Node::text(token_of(&MatchListBase::ALL, list.base))),
        ("add".into(), texts(&list.add)),
        ("remove".into(), texts(&list.remove)),
    ]))
}

fn texts(items: &[String]) -> Node {
    Node::List(items.iter().map(|item| Node::text(item.as_str())).collect())
}

/// Everything wrong with the meaning of a document.
pub(super) fn validate(document: &MatchRulesDocument) -> Problems {
    let mut problems = Problems::default();
    check_list(&mut problems, "free_mail", &document.free_mail, Field::FreeMail);
    check_entries(&mut problems, "company_domains", &document.company_domains, Field::FreeMail);
    check_list(&mut problems, "legal_forms", &document.legal_forms, Field::LegalForms);
    check_list(&mut problems, "personal_titles", &document.personal_titles, Field::PersonalTitles);
    check_list(&mut problems, "no_company", &document.no_company, Field::NoCompany);
    problems
}

/// What is valid and makes no difference, where these are the free-mail domains.
pub(super) fn findings(document: &MatchRulesDocument, free_mail: &BTreeSet<String>) -> Problems {
    let mut findings = Problems::default();
    for (i, text) in document.company_domains.iter().enumerate() {
        if host(text).is_some_and(|domain| !free_mail.contains(&domain)) {
            let meant = nearest(text, free_mail.iter().map(String::as_str)).map(|name| format!(" (did you mean `{name}`?)"));
            let said =
                format!("`{}` is not among the free-mail domains, so that it changes nothing{}", excerpt(text), meant.unwrap_or_default());
            findings.push(Problem::new(format!("company_domains[{i}]"), ProblemKind::Inconsistent(said.into())));
        }
    }
    findings
}

impl Field {
    /// What an entry is called in messages.
    const fn what(self) -> &'static str {
        match self {
            Self::FreeMail => "free-mail domain",
            Self::LegalForms => "legal form",
            Self::PersonalTitles => "personal title",
            Self::NoCompany => "text for no company",
        }
    }

    /// The form in which entries are compared; `None` for a text that is no entry.
    fn form(self, text: &str) -> Option<String> {
        match self {
            Self::FreeMail => host(text),
            Self::LegalForms => legal_form(text),
            Self::PersonalTitles => personal_title(text),
            Self::NoCompany => no_company(text),
        }
    }

    const fn expected(self) -> &'static str {
        match self {
            Self::FreeMail => "is no domain; write it as `example.com`",
            Self::LegalForms | Self::PersonalTitles | Self::NoCompany => "has neither letters nor digits",
        }
    }
}

fn check_list(problems: &mut Problems, name: &str, list: &MatchList, field: Field) {
    check_entries(problems, &format!("{name}.add"), &list.add, field);
    let base = if list.base == MatchListBase::None { "" } else { built_in(field) };
    let there: BTreeSet<String> = lines(base).filter_map(|line| field.form(line)).collect();
    for (path, form, text) in check_entries(problems, &format!("{name}.remove"), &list.remove, field) {
        if !there.contains(&form) {
            // Whoever writes `Dr` means what stands before a name.
            let before = Some(format!("{form} *")).filter(|before| there.contains(before));
            let suggestion = before.or_else(|| nearest(text, there.iter().map(String::as_str)));
            problems.push(Problem::new(path, ProblemKind::Unknown { what: field.what(), name: excerpt(text), suggestion }));
        }
    }
}

/// Notes entries that are none and those that stand twice; the others with their places and forms.
fn check_entries<'a>(problems: &mut Problems, path: &str, entries: &'a [String], field: Field) -> Vec<(String, String, &'a str)> {
    let mut seen = BTreeSet::new();
    let mut good = Vec::with_capacity(entries.len());
    for (i, text) in entries.iter().enumerate() {
        let path = format!("{path}[{i}]");
        match field.form(text) {
            _ if text.len() > TEXT_BYTES_MAX => problems.push(Problem::new(path, too_long(text, TEXT_BYTES_MAX))),
            None => {
                let said = format!("`{}` {}", excerpt(text), field.expected());
                problems.push(Problem::new(path, ProblemKind::Inconsistent(said.into())));
            }
            Some(form) if !seen.insert(form.clone()) => {
                problems.push(Problem::new(path, ProblemKind::Repeated { what: field.what(), name: excerpt(text) }));
            }
            Some(form) => good.push((path, form, text.as_str())),
        }
    }
    good
}
