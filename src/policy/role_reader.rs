//! Which role follows from a title: the rules of the template, then those of the policy, the first that matches.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use once_cell::race::OnceBox;
use serde::Serialize;

use super::titles::{FunctionTest, TitleBase, TitleRole, TitlesRule};
use super::{Compiled, PolicyDocument};
use crate::contact::Relationship;
use crate::exact::{Ratio, div_round_half_even, scaled};
use crate::id::RoleName;
use crate::title::{JobFunction, Look, Occurrence, Phrase, Phrases, Seniority, TitleReader, TitleReading, TitleWords};

/// What a policy reads in a title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RoleReading {
    /// What the title says.
    pub title: TitleReading,
    /// The role that follows, if one does.
    pub role: Option<RoleFinding>,
    /// What later rules would have given: other roles, each once, in the order of the rules.
    pub alternatives: Vec<RoleFinding>,
}

/// A role that follows from a title, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RoleFinding {
    /// The role.
    pub role: RoleName,
    /// How sure that is, 0..=1: the confidence in titles as evidence times the least confidence among the findings that the rule asks for,
    /// rounded half to even to 4 decimals.
    pub confidence: Ratio,
    /// The words of the title that the rule's conditions rest on.
    pub words: TitleWords,
    /// The path of the rule in the policy document: `titles.roles[2]`.
    pub rule: String,
}

/// What an assessment asks of a title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TitleFacts {
    /// What the person is to the account.
    pub(crate) relationship: Option<Relationship>,
    /// The role, for each variant of the rules.
    pub(crate) roles: Box<[Option<u8>]>,
}

/// A policy's rules for titles, put into an index when they are first needed: most policies of a comparison or a test never are.
#[derive(Default)]
pub(crate) struct LazyTitles(OnceBox<CompiledTitles>);

impl core::fmt::Debug for LazyTitles {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("LazyTitles")
    }
}

impl LazyTitles {
    /// The rules; `None` where the document reads nothing from titles.
    pub(super) fn get(&self, document: &PolicyDocument, compiled: &Compiled) -> Option<&CompiledTitles> {
        let rules = &document.titles;
        let own = document.templates.iter().any(|template| !template.title_roles.is_empty());
        let any = rules.base != TitleBase::None || !rules.before.is_empty() || !rules.after.is_empty() || !rules.roles.is_empty() || own;
        any.then(|| self.0.get_or_init(|| Box::new(CompiledTitles::new(document, compiled))))
    }
}

/// The rules for titles of a policy, ready to read.
#[derive(Debug)]
pub(crate) struct CompiledTitles {
    reader: TitleReader,
    /// The phrases of all rules that give roles; an id is the place of the rule.
    phrases: Phrases,
    rules: Vec<RoleRow>,
    /// Which rules apply, in order, and whom they are for.
    variants: Vec<Variant>,
    /// By template.
    variant_of: Vec<usize>,
    trust: i128,
}

/// A rule that gives a role, in numbers.
#[derive(Debug)]
struct RoleRow {
    role: RoleName,
    number: Option<u8>,
    path: String,
    asks_words: bool,
    asks_whole: bool,
    seniority: Vec<Seniority>,
    functions: Vec<FunctionTest>,
}

/// The rules of groups that share template rules and functions.
#[derive(Debug, Default)]
struct Variant {
    rules: Vec<usize>,
    functions: Vec<JobFunction>,
}

impl CompiledTitles {
    fn new(document: &PolicyDocument, compiled: &Compiled) -> Self {
        let rules = &document.titles;
        let mut builder = Builder { compiled, reader: reader(rules), rows: Vec::new(), any: Vec::new(), whole: Vec::new() };
        let shared = builder.add(&rules.roles, "titles.roles");
        let mut variants = Vec::from([Variant { rules: shared.clone(), functions: Vec::new() }]);
        let mut variant_of = Vec::with_capacity(document.templates.len());
        for template in &document.templates {
            if template.title_roles.is_empty() && template.functions.is_empty() {
                variant_of.push(0);
                continue;
            }
            let mut own = builder.add(&template.title_roles, &format!("templates[{}].title_roles", template.name));
            own.extend(&shared);
            variant_of.push(variants.len());
            variants.push(Variant { rules: own, functions: template.functions.clone() });
        }
        let phrases = Phrases::new(&builder.any, &builder.whole);
        let trust = scaled(document.evidence.title, 4).unwrap_or(0);
        Self { phrases, rules: builder.rows, variants, variant_of, trust, reader: builder.reader }
    }

    /// What an assessment asks of a title. O(words of the title + rules that give roles).
    pub(crate) fn facts(&self, title: &str) -> TitleFacts {
        let look = self.reader.look(title);
        let seen = Seen::of(self, &look);
        let roles = self.variants.iter().map(|variant| {
            let rule = variant.rules.iter().find(|rule| seen.meets(&self.rules[**rule], **rule, variant));
            rule.and_then(|rule| self.rules[*rule].number)
        });
        TitleFacts { relationship: seen.reading.relationship.as_ref().map(|found| found.value), roles: roles.collect() }
    }

    /// Which of [`TitleFacts::roles`] counts in groups of a template.
    pub(crate) fn variant(&self, template: usize) -> usize {
        self.variant_of[template]
    }

    /// What a title says, and which role follows in groups of a template, each with its words.
    pub(crate) fn reading(&self, title: &str, template: usize) -> RoleReading {
        let look = self.reader.look(title);
        let seen = Seen::of(self, &look);
        let variant = &self.variants[self.variant(template)];
        let matching = variant.rules.iter().filter(|rule| seen.meets(&self.rules[**rule], **rule, variant));
        let mut given = BTreeSet::new();
        let mut found = matching
            .filter(|rule| given.insert(&self.rules[**rule].role))
            .map(|rule| seen.finding(&self.rules[*rule], *rule, self.trust, &look))
            .collect::<Vec<_>>()
            .into_iter();
        RoleReading { role: found.next(), alternatives: found.collect(), title: seen.reading }
    }
}

/// Puts the rules that give roles into rows and phrases.
struct Builder<'a> {
    compiled: &'a Compiled,
    reader: TitleReader,
    rows: Vec<RoleRow>,
    any: Vec<(u32, Phrase)>,
    whole: Vec<(u32, Phrase)>,
}

impl Builder<'_> {
    /// Adds rules; gives their places.
    fn add(&mut self, rules: &[TitleRole], path: &str) -> Vec<usize> {
        rules.iter().enumerate().map(|(i, rule)| self.add_one(rule, format!("{path}[{i}]"))).collect()
    }

    fn add_one(&mut self, rule: &TitleRole, path: String) -> usize {
        let place = self.rows.len();
        // INVARIANT: a policy has at most 1,001 lists of 1,000 rules each.
        let id = u32::try_from(place).unwrap_or(u32::MAX);
        let normaliser = self.reader.normaliser();
        self.any.extend(rule.words.iter().filter_map(|phrase| Some((id, Phrase::read(phrase, normaliser).ok()?))));
        self.whole.extend(rule.titles.iter().filter_map(|phrase| Some((id, Phrase::read_whole(phrase, normaliser).ok()?))));
        self.rows.push(RoleRow {
            number: self.compiled.role_number(rule.role.as_str()),
            role: rule.role.clone(),
            path,
            asks_words: !rule.words.is_empty(),
            asks_whole: !rule.titles.is_empty(),
            seniority: rule.seniority.clone(),
            functions: rule.functions.clone(),
        });
        place
    }
}

/// A title as the rules that give roles see it.
struct Seen {
    reading: TitleReading,
    /// The rules of which a phrase occurs, with its words.
    any: Vec<(usize, Range<usize>)>,
    whole: Vec<(usize, Range<usize>)>,
}

impl Seen {
    fn of(titles: &CompiledTitles, look: &Look<'_>) -> Self {
        let placed = |found: Vec<Occurrence>| {
            let mut placed: Vec<_> = found.into_iter().map(|one| (one.id as usize, one.words)).collect();
            // The first words of a title come first.
            placed.sort_by_key(|(rule, words)| (*rule, words.start, words.end));
            placed
        };
        Self {
            reading: titles.reader.reading(look),
            any: placed(titles.phrases.find(&look.words)),
            whole: placed(titles.phrases.find_whole(&look.words)),
        }
    }

    fn meets(&self, row: &RoleRow, place: usize, variant: &Variant) -> bool {
        let has = |list: &[(usize, Range<usize>)]| list.iter().any(|(rule, _)| *rule == place);
        let seniority = self.reading.seniority.as_ref().map(|found| found.value);
        (!row.asks_words || has(&self.any))
            && (!row.asks_whole || has(&self.whole))
            && (row.seniority.is_empty() || seniority.is_some_and(|seniority| row.seniority.contains(&seniority)))
            && (row.functions.is_empty() || row.functions.iter().any(|test| self.is_of(*test, variant)))
    }

    fn is_of(&self, test: FunctionTest, variant: &Variant) -> bool {
        let function = self.reading.function.as_ref().map(|found| found.value);
        match test {
            FunctionTest::Own if variant.functions.is_empty() => true,
            FunctionTest::Own => function.is_some_and(|function| variant.functions.contains(&function)),
            FunctionTest::Is(wanted) => function == Some(wanted),
        }
    }

    /// The role of a rule that this title meets. Conditions that hold whatever the title says rest on no words.
    fn finding(&self, row: &RoleRow, place: usize, trust: i128, look: &Look<'_>) -> RoleFinding {
        let mut cited: Vec<TitleWords> = Vec::new();
        let mut least = Ratio::of(1, 1);
        let phrase =
            |list: &[(usize, Range<usize>)]| list.iter().find(|(rule, _)| *rule == place).map(|(_, range)| look.words.evidence(range));
        cited.extend(phrase(&self.whole));
        cited.extend(phrase(&self.any));
        if let Some(found) = self.reading.seniority.as_ref().filter(|_| !row.seniority.is_empty()) {
            least = least.min(found.confidence);
            cited.push(found.words.clone());
        }
        if let Some(found) = self.reading.function.as_ref().filter(|_| !row.functions.is_empty()) {
            least = least.min(found.confidence);
            cited.push(found.words.clone());
        }
        RoleFinding {
            role: row.role.clone(),
            confidence: Ratio(div_round_half_even(trust * least.units(), 10_000)),
            words: united(cited),
            rule: row.path.clone(),
        }
    }
}

/// The words of several findings, each once.
fn united(all: Vec<TitleWords>) -> TitleWords {
    let mut words: Vec<String> = Vec::new();
    for word in all.into_iter().flat_map(|words| words.0) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    TitleWords(words)
}

/// The reader of a policy's rules for titles.
fn reader(rules: &TitlesRule) -> TitleReader {
    // INVARIANT: the validation built the same reader from rules of the policy's own; the built-in ones alone are always valid.
    TitleReader::with(&rules.before, &rules.after, rules.base == TitleBase::BuiltIn, "").unwrap_or_else(|_| TitleReader::built_in())
}
