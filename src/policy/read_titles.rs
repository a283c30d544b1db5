//! Reading what a policy says about titles, evidence and e-mail domains. Each of these sections may be left out.

use alloc::vec::Vec;

use super::limits;
use super::read::{StandIns, decimal, name, words};
use super::titles::{EvidenceRule, FunctionTest, RelationshipDomains, TitleBase, TitleRole, TitlesRule};
use crate::contact::Relationship;
use crate::document::Reader;
use crate::title::{JobFunction, Seniority, read_title_rule};

/// The token of [`FunctionTest::Own`].
pub(super) const OWN: &str = "own";

pub(super) fn titles(r: Option<Reader<'_>>, names: &StandIns) -> TitlesRule {
    let Some(mut r) = r else { return TitlesRule::default() };
    let titles = TitlesRule {
        base: r.word("base", &TitleBase::ALL).unwrap_or_default(),
        before: r.objects("before").into_iter().map(read_title_rule).collect(),
        after: r.objects("after").into_iter().map(read_title_rule).collect(),
        roles: title_roles(&mut r, "roles", names),
    };
    r.finish();
    titles
}

pub(super) fn title_roles(r: &mut Reader<'_>, field: &'static str, names: &StandIns) -> Vec<TitleRole> {
    r.objects(field).into_iter().map(|item| title_role(item, names)).collect()
}

fn title_role(mut r: Reader<'_>, names: &StandIns) -> TitleRole {
    let role = TitleRole {
        role: name(&mut r, "role", &names.role),
        titles: r.texts_in_place("titles"),
        words: r.texts_in_place("words"),
        seniority: words(&mut r, "seniority", &seniority_words(), Seniority::Individual),
        functions: words(&mut r, "functions", &function_words(), FunctionTest::Own),
    };
    r.finish();
    role
}

/// The functions that a template is for.
pub(super) fn functions(r: &mut Reader<'_>) -> Vec<JobFunction> {
    words(r, "functions", &JobFunction::ALL, JobFunction::Other)
}

pub(super) fn evidence(r: Option<Reader<'_>>) -> EvidenceRule {
    let Some(mut r) = r else { return EvidenceRule::default() };
    let evidence = EvidenceRule {
        human: decimal(&mut r, "human", &limits::CONFIDENCE),
        crm: decimal(&mut r, "crm", &limits::CONFIDENCE),
        title: decimal(&mut r, "title", &limits::CONFIDENCE),
        vendor: decimal(&mut r, "vendor", &limits::CONFIDENCE),
        behaviour: decimal(&mut r, "behaviour", &limits::CONFIDENCE),
    };
    r.finish();
    evidence
}

pub(super) fn relationship_domains(r: &mut Reader<'_>) -> Vec<RelationshipDomains> {
    let items = r.objects("relationship_domains").into_iter();
    let read = |mut item: Reader<'_>| {
        let domains = RelationshipDomains {
            relationship: item.word("relationship", &Relationship::ALL).unwrap_or_default(),
            domains: item.required("domains").map_or_else(Vec::new, |_| item.texts_in_place("domains")),
        };
        item.finish();
        domains
    };
    items.map(read).collect()
}

fn seniority_words() -> [(&'static str, Seniority); 6] {
    Seniority::ALL
}

/// Every token of a [`FunctionTest`].
pub(super) fn function_words() -> [(&'static str, FunctionTest); 15] {
    let mut words = [(OWN, FunctionTest::Own); 15];
    for (place, (token, function)) in words[1..].iter_mut().zip(JobFunction::ALL) {
        *place = (token, FunctionTest::Is(function));
    }
    words
}
