//! Which role follows from a title: the rules of the template, then those of the policy, the first that matches.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use once_cell::race::OnceBox;
use serde::Serialize;

use super::title_memory::TitleMemory;
use super::titles::{FunctionTest, TitleBase, TitleRole};
use super::{Compiled, PolicyDocument};
use crate::contact::Relationship;
use crate::exact::{Ratio, div_round_half_even, scaled};
use crate::id::RoleName;
use crate::title::{JobFunction, Look, Occurrence, Phrase, Phrases, Said, Seniority, TitleReader, TitleReading, TitleWords};

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
    /// How sure that is, 0..=1: the trust in titles as evidence times the least confidence among the findings that the rule asks for, rounded half to
    /// even to 4 decimals. For the reader: which role counts is decided by trust alone ([`HeldClaim::trust`](crate::HeldClaim::trust)).
    pub confidence: Ratio,
    /// The words of the title that the rule's conditions rest on.
    pub words: TitleWords,
    /// The path of the rule in the policy document: `titles.roles[2]`.
    pub rule: String,
}

/// A policy's rules for titles, put into an index when they are first needed: most policies of a comparison or a test never are.
#[derive(Default)]
pub(crate) struct LazyTitles {
    /// Of rules of the policy's own, built by the validation; without them it is one of the two that all policies share.
    own: Option<TitleReader>,
    compiled: OnceBox<CompiledTitles>,
}

impl core::fmt::Debug for LazyTitles {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("LazyTitles")
    }
}

impl LazyTitles {
    pub(super) fn new(own: Option<TitleReader>) -> Self {
        Self { own, compiled: OnceBox::new() }
    }

    /// The rules; `None` where the document reads nothing from titles.
    pub(super) fn get(&self, document: &PolicyDocument, compiled: &Compiled) -> Option<&CompiledTitles> {
        let of_templates = document.templates.iter().any(|template| !template.title_roles.is_empty());
        let any = self.own.is_some() || document.titles.base != TitleBase::None || !document.titles.roles.is_empty() || of_templates;
        any.then(|| self.compiled.get_or_init(|| Box::new(CompiledTitles::new(document, compiled, self.reader(document.titles.base)))))
    }

    fn reader(&self, base: TitleBase) -> TitleReader {
        match (&self.own, base) {
            (Some(own), _) => own.clone(),
            (None, TitleBase::BuiltIn) => TitleReader::built_in(),
            (None, TitleBase::None) => TitleReader::of_no_rules(),
        }
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
    memory: TitleMemory,
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
    fn new(document: &PolicyDocument, compiled: &Compiled, reader: TitleReader) -> Self {
        let mut builder = Builder { compiled, reader, rows: Vec::new(), any: Vec::new(), whole: Vec::new() };
        let shared = builder.add(&document.titles.roles, "titles.roles");
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
        Self { phrases, rules: builder.rows, variants, variant_of, trust, reader: builder.reader, memory: TitleMemory::default() }
    }

    /// As [`CompiledTitles::facts`], of the titles that the policy remembers, and of new ones as long as there is a place for them.
    pub(crate) fn recall(&self, title: &str) -> Option<&TitleFacts> {
        self.memory.recall(title, |title| self.facts(title))
    }

    /// What an assessment asks of a title. O(words of the title · phrases that share a word).
    pub(crate) fn facts(&self, title: &str) -> TitleFacts {
        let look = self.reader.look(title);
        let sight = self.phrases.sight(&look.words);
        TitleFacts {
            relationship: self.reader.relationship(&look),
            seniority: self.reader.seniority(&look).map(|said| said.value),
            function: self.reader.function(&look).map(|said| said.value),
            any: rules_of(self.phrases.find(&look.words, &sight)),
            whole: rules_of(self.phrases.find_whole(&look.words, &sight)),
        }
    }

    /// The role that follows from a title in groups of a template, by the policy's number. O(rules that the template reads · log phrases found).
    pub(crate) fn role(&self, facts: &TitleFacts, template: usize) -> Option<u8> {
        let variant = &self.variants[self.variant_of[template]];
        let rule = variant.rules.iter().find(|rule| facts.meets(&self.rules[**rule], **rule, variant))?;
        self.rules[*rule].number
    }

    /// What a title says, and which role follows in groups of a template, each with its words.
    pub(crate) fn reading(&self, title: &str, template: usize) -> RoleReading {
        let look = self.reader.look(title);
        let seen = Seen::of(self, &look);
        let variant = &self.variants[self.variant_of[template]];
        let matching = variant.rules.iter().filter(|rule| seen.facts.meets(&self.rules[**rule], **rule, variant));
        let mut given = BTreeSet::new();
        let mut found = matching
            .filter(|rule| given.insert(&self.rules[**rule].role))
            .map(|rule| seen.finding(&self.rules[*rule], *rule, self.trust))
            .collect::<Vec<_>>()
            .into_iter();
        RoleReading { role: found.next(), alternatives: found.collect(), title: self.reader.reading(&look) }
    }
}

/// The rules of which a phrase was found, ascending, each once.
fn rules_of(found: Vec<Occurrence>) -> Box<[u32]> {
    let mut rules: Vec<u32> = found.into_iter().map(|one| one.id).collect();
    rules.sort_unstable();
    rules.dedup();
    rules.into()
}

/// What an assessment asks of a title, whichever template it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TitleFacts {
    /// What the person is to the account.
    pub(crate) relationship: Option<Relationship>,
    seniority: Option<Seniority>,
    function: Option<JobFunction>,
    /// The rules that give roles of which a phrase occurs, ascending.
    any: Box<[u32]>,
    /// Those of which one is the whole title, or a whole job of it.
    whole: Box<[u32]>,
}

impl TitleFacts {
    /// Whether the title meets a rule.
    fn meets(&self, row: &RoleRow, place: usize, variant: &Variant) -> bool {
        let has = |rules: &[u32]| rules.binary_search_by_key(&place, |rule| *rule as usize).is_ok();
        (!row.asks_words || has(&self.any))
            && (!row.asks_whole || has(&self.whole))
            && (row.seniority.is_empty() || self.seniority.is_some_and(|seniority| row.seniority.contains(&seniority)))
            && (row.functions.is_empty() || row.functions.iter().any(|test| self.is_of(*test, variant)))
    }

    fn is_of(&self, test: FunctionTest, variant: &Variant) -> bool {
        match test {
            FunctionTest::Own if variant.functions.is_empty() => true,
            FunctionTest::Own => self.function.is_some_and(|function| variant.functions.contains(&function)),
            FunctionTest::Is(wanted) => self.function == Some(wanted),
        }
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

/// A title as the rules that give roles see it, with the words that each condition rests on.
struct Seen<'l> {
    look: &'l Look<'l>,
    facts: TitleFacts,
    seniority: Option<Said<Seniority>>,
    function: Option<Said<JobFunction>>,
    any: Vec<Occurrence>,
    whole: Vec<Occurrence>,
}

impl<'l> Seen<'l> {
    fn of(titles: &CompiledTitles, look: &'l Look<'l>) -> Self {
        let sight = titles.phrases.sight(&look.words);
        let (any, whole) = (titles.phrases.find(&look.words, &sight), titles.phrases.find_whole(&look.words, &sight));
        let (seniority, function) = (titles.reader.seniority(look), titles.reader.function(look));
        let facts = TitleFacts {
            relationship: titles.reader.relationship(look),
            seniority: seniority.as_ref().map(|said| said.value),
            function: function.as_ref().map(|said| said.value),
            any: rules_of(any.clone()),
            whole: rules_of(whole.clone()),
        };
        Self { look, facts, seniority, function, any, whole }
    }

    /// The role of a rule that this title meets. Conditions that hold whatever the title says rest on no words.
    fn finding(&self, row: &RoleRow, place: usize, trust: i128) -> RoleFinding {
        let mut cited: Vec<Range<usize>> = Vec::new();
        let mut least = Ratio::ONE;
        cited.extend(first(&self.whole, place));
        cited.extend(first(&self.any, place));
        if let Some(said) = self.seniority.as_ref().filter(|_| !row.seniority.is_empty()) {
            least = least.min(said.confidence);
            cited.push(said.words.clone());
        }
        if let Some(said) = self.function.as_ref().filter(|_| !row.functions.is_empty()) {
            least = least.min(said.confidence);
            cited.push(said.words.clone());
        }
        RoleFinding {
            role: row.role.clone(),
            confidence: Ratio(div_round_half_even(trust * least.units(), 10_000)),
            words: self.look.words.evidence(&cited),
            rule: row.path.clone(),
        }
    }
}

/// Where a phrase of a rule occurs first.
fn first(found: &[Occurrence], place: usize) -> Option<Range<usize>> {
    let of_rule = found.iter().filter(|one| one.id as usize == place).map(|one| &one.words);
    of_rule.min_by_key(|words| (words.start, words.end)).cloned()
}
