//! From rules as they are written to rules as they are asked; what is wrong with them, all at once.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::ops::Range;

use super::document::TitleRules;
use super::index::{Occurrence, Phrases, Sight};
use super::phrase::Phrase;
use super::pieces::{Gap, cut};
use super::rule::{TitleRule, TitleSays};
use super::words::{Normaliser, Words};
use crate::contact::Relationship;
use crate::document::note;
use crate::exact::Ratio;
use crate::problem::{ProblemKind, Problems, excerpt, too_long};

/// Rules, ready to be asked: lists of rules, each in an index of its own, one after the other.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) normaliser: Arc<Normaliser>,
    layers: Vec<(u32, Arc<Layer>)>,
}

/// One list of rules in its index.
#[derive(Debug)]
pub(super) struct Layer {
    rules: Vec<CompiledRule>,
    /// Under twice the place of a rule: phrases that must occur; one more: phrases that must not. Whole titles under the place itself.
    phrases: Phrases,
}

#[derive(Debug)]
pub(super) struct CompiledRule {
    pub(super) name: Arc<str>,
    pub(super) says: TitleSays,
    pub(super) confidence: Ratio,
}

impl Compiled {
    /// The lists in their order. O(lists): nothing is copied.
    fn of(normaliser: Arc<Normaliser>, lists: impl IntoIterator<Item = Arc<Layer>>) -> Self {
        let mut first = 0;
        let numbered = lists.into_iter().filter(|layer| !layer.rules.is_empty()).map(|layer| {
            let from = first;
            first += small(layer.rules.len());
            (from, layer)
        });
        Self { layers: numbered.collect(), normaliser }
    }

    /// A rule by its number, counted through all lists.
    pub(super) fn rule(&self, number: u32) -> &CompiledRule {
        let at = self.layers.partition_point(|(first, _)| *first <= number) - 1;
        let (first, layer) = &self.layers[at];
        &layer.rules[(number - first) as usize]
    }

    /// How many rules there are.
    pub(super) fn len(&self) -> usize {
        self.layers.iter().map(|(_, layer)| layer.rules.len()).sum()
    }

    /// What each word matches, in the index of each list.
    pub(super) fn sights(&self, words: &Words<'_>) -> Vec<Sight> {
        self.layers.iter().map(|(_, layer)| layer.phrases.sight(words)).collect()
    }

    /// Where rules occur by a phrase, and where phrases stand that rule one out.
    pub(super) fn find(&self, words: &Words<'_>, sights: &[Sight]) -> (Vec<Found>, Vec<Against>) {
        let (mut found, mut against) = (Vec::new(), Vec::new());
        for ((first, layer), sight) in self.layers.iter().zip(sights) {
            for one in layer.phrases.find(words, sight) {
                let at = one.id / 2;
                if one.id % 2 == 0 {
                    found.push(layer.found(at, *first, one));
                } else {
                    against.push(Against { rule: first + at, words: one.words, over_and: one.over_and });
                }
            }
        }
        (found, against)
    }

    /// The rules one of whose phrases is all the words of the title, or of one of its jobs.
    pub(super) fn find_whole(&self, words: &Words<'_>, sights: &[Sight]) -> Vec<Found> {
        let mut found = Vec::new();
        for ((first, layer), sight) in self.layers.iter().zip(sights) {
            found.extend(layer.phrases.find_whole(words, sight).into_iter().map(|one| layer.found(one.id, *first, one)));
        }
        found
    }

    /// The only list of rules that were compiled alone.
    pub(super) fn only(&self) -> Option<&Arc<Layer>> {
        self.layers.first().map(|(_, layer)| layer)
    }
}

/// A rule that occurs.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its number, counted through all lists.
    pub(super) rule: u32,
    pub(super) says: TitleSays,
    pub(super) words: Range<usize>,
    /// How exactly the phrase says the words.
    pub(super) exactness: u32,
    /// Whether the phrase reaches over an *and*; see [`Occurrence`].
    pub(super) over_and: bool,
}

/// What rules a rule out.
#[derive(Clone, Debug)]
pub(super) struct Against {
    pub(super) rule: u32,
    pub(super) words: Range<usize>,
    /// As of [`Found`].
    pub(super) over_and: bool,
}

impl Layer {
    fn found(&self, at: u32, first: u32, one: Occurrence) -> Found {
        Found { rule: first + at, says: self.rules[at as usize].says, words: one.words, exactness: one.exactness, over_and: one.over_and }
    }
}

/// Compiles the rules of a document.
///
/// # Errors
/// - A filler or a word that an abbreviation stands for is no single word, nor is an abbreviation, unless it begins with a filler or another
///   abbreviation; an abbreviation stands for a filler or another abbreviation.
/// - A name is blank, too long or given twice; a rule has nothing to match, or hides and asks for whole titles, or says that somebody is employed;
///   a confidence outside 0..=1, or that of a rule that hides is not 1.
/// - A phrase that [`Phrase::read`] refuses, or that is too long.
pub(super) fn compile(rules: &TitleRules) -> Result<Compiled, Problems> {
    let problems = RefCell::default();
    let normaliser = normaliser(rules, &problems);
    let layer = layer(&rules.rules, BASE, &normaliser, &problems);
    check_names(&[(BASE, &rules.rules)], &problems);
    problems.into_inner().or(())?;
    Ok(Compiled::of(Arc::new(normaliser), [Arc::new(layer)]))
}

/// Rules before and after those of a base, which are compiled already; or, without it, with its abbreviations and fillers alone. Costs no more than
/// the added rules, and a look at the names of the others.
///
/// # Errors
/// As [`compile`], of the added rules.
pub(super) fn compile_around(
    (base, compiled, included): (&TitleRules, &Compiled, bool),
    before: (&str, &[TitleRule]),
    after: (&str, &[TitleRule]),
) -> Result<Compiled, Problems> {
    let problems = RefCell::default();
    let added = |(path, rules): (&str, &[TitleRule])| Arc::new(layer(rules, path, &compiled.normaliser, &problems));
    let (first, last) = (added(before), added(after));
    let of_base: &[TitleRule] = if included { &base.rules } else { &[] };
    check_names(&[before, (BASE, of_base), after], &problems);
    problems.into_inner().or(())?;
    let of_base = compiled.only().filter(|_| included).cloned();
    Ok(Compiled::of(compiled.normaliser.clone(), [first].into_iter().chain(of_base).chain([last])))
}

/// One list of rules, with its path in the document.
fn layer(rules: &[TitleRule], path: &str, normaliser: &Normaliser, problems: &RefCell<Problems>) -> Layer {
    let mut compiler = Compiler { normaliser, problems, any: Vec::new(), whole: Vec::new(), rules: Vec::new() };
    for (i, rule) in rules.iter().enumerate() {
        compiler.rule(rule, &alloc::format!("{path}[{i}]"));
    }
    let Compiler { any, whole, rules, .. } = compiler;
    Layer { rules, phrases: Phrases::new(&any, &whole) }
}

/// Numbers of rules: a document of a thousand million would not fit into memory.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX / 2)
}

/// The path of the rules of a document of title rules.
pub(super) const BASE: &str = "rules";

/// The longest name of a rule, and the longest phrase, filler or abbreviation, in bytes: shorter than what is read of a title, and than what a document
/// may hold. Source: our choice.
const BYTES_MAX: usize = 256;

struct Compiler<'a> {
    normaliser: &'a Normaliser,
    problems: &'a RefCell<Problems>,
    any: Vec<(u32, Phrase)>,
    whole: Vec<(u32, Phrase)>,
    rules: Vec<CompiledRule>,
}

impl Compiler<'_> {
    fn rule(&mut self, rule: &TitleRule, path: &str) {
        let number = small(self.rules.len());
        let hides = matches!(rule.says, TitleSays::Hide(_));
        let problem =
            |field: &str, why: &'static str| note(self.problems, alloc::format!("{path}{field}"), ProblemKind::Inconsistent(why.into()));
        if rule.any.is_empty() && rule.whole.is_empty() {
            problem("", "a title rule without `any` and `whole` matches nothing; give it a phrase");
        }
        if hides && !rule.whole.is_empty() {
            problem(".whole", "nothing follows a whole job, so a rule that hides what follows has only `any` and `none`");
        }
        if rule.confidence < Ratio::ZERO || rule.confidence > Ratio::ONE {
            let kind = ProblemKind::OutOfRange { value: alloc::format!("{}", rule.confidence), allowed: "0..=1".into() };
            note(self.problems, alloc::format!("{path}.confidence"), kind);
        } else if hides && rule.confidence != Ratio::ONE {
            problem(".confidence", "hiding is not a matter of confidence; a rule that hides has confidence 1");
        }
        if rule.says == TitleSays::Relationship(Relationship::Employee) {
            problem(".relationship", "that somebody is employed is taken where nothing else is said, so no title rule says it");
        }
        let mut any = self.phrases(&rule.any, 2 * number, path, "any", Phrase::read);
        any.extend(self.phrases(&rule.none, 2 * number + 1, path, "none", Phrase::read));
        let whole = self.phrases(&rule.whole, number, path, "whole", Phrase::read_whole);
        self.any.extend(any);
        self.whole.extend(whole);
        self.rules.push(CompiledRule { name: rule.name.as_str().into(), says: rule.says, confidence: rule.confidence });
    }

    fn phrases(
        &self,
        texts: &[String],
        id: u32,
        path: &str,
        field: &str,
        read: fn(&str, &Normaliser) -> Result<Phrase, ProblemKind>,
    ) -> Vec<(u32, Phrase)> {
        let refused = |i: usize, kind| note(self.problems, alloc::format!("{path}.{field}[{i}]"), kind);
        let read = |(i, text): (usize, &String)| {
            let read = if text.len() > BYTES_MAX { Err(too_long(text, BYTES_MAX)) } else { read(text, self.normaliser) };
            read.map_err(|kind| refused(i, kind)).ok()
        };
        let mut found: Vec<(u32, Phrase)> = texts.iter().enumerate().filter_map(read).map(|phrase| (id, phrase)).collect();
        // Two spellings may come to one phrase.
        found.sort();
        found.dedup();
        found
    }
}

fn check_names(parts: &[(&str, &[TitleRule])], problems: &RefCell<Problems>) {
    let path = |path: &str, i: usize| alloc::format!("{path}[{i}].name");
    let all = parts.iter().flat_map(|(part, rules)| rules.iter().enumerate().map(move |(i, rule)| (rule.name.as_str(), *part, i)));
    let mut names: Vec<(&str, usize, &str, usize)> = all.enumerate().map(|(place, (name, part, i))| (name, place, part, i)).collect();
    for (name, _, part, i) in &names {
        if name.trim().is_empty() {
            let blank = ProblemKind::Inconsistent("a title rule's name is shown with what it finds; it cannot be blank".into());
            note(problems, path(part, *i), blank);
        } else if name.len() > BYTES_MAX {
            note(problems, path(part, *i), too_long(name, BYTES_MAX));
        }
    }
    // Of a policy's rule and a built-in one of the same name, the policy's is the one to rename.
    names.sort_unstable_by_key(|(name, place, part, _)| (*name, *part != BASE, *place));
    for pair in names.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let (name, _, part, i) = pair[1];
        note(problems, path(part, i), ProblemKind::Repeated { what: "title rule", name: excerpt(name) });
    }
}

fn normaliser(base: &TitleRules, problems: &RefCell<Problems>) -> Normaliser {
    let refused = |path: String, text: &str, why: &'static str| {
        note(problems, path, ProblemKind::Inconsistent(alloc::format!("`{}`: {why}", excerpt(text)).into()));
    };
    let mut fillers = Vec::new();
    for (i, text) in base.fillers.iter().enumerate() {
        match single_words(text).as_deref() {
            _ if text.len() > BYTES_MAX => note(problems, alloc::format!("fillers[{i}]"), too_long(text, BYTES_MAX)),
            Some([filler]) => fillers.push(filler.clone()),
            _ => refused(alloc::format!("fillers[{i}]"), text, "a filler is a single word"),
        }
    }
    let replaced: Vec<String> = base.abbreviations.keys().filter_map(|key| single_word(key)).collect();
    let mut short: Vec<(String, String)> = Vec::new();
    for (key, long) in &base.abbreviations {
        let path = || alloc::format!("abbreviations.{}", excerpt(key));
        if let Some(long) = [key, long].into_iter().find(|text| text.len() > BYTES_MAX) {
            note(problems, path(), too_long(long, BYTES_MAX));
            continue;
        }
        match (short_form(key, |first| fillers.iter().chain(&replaced).any(|word| word == first)), single_words(long)) {
            (Some(word), Some(long)) if !fillers.contains(&word) && short.iter().all(|(other, _)| *other != word) => {
                short.push((word, long.join(" ")));
            }
            (Some(_), Some(_)) => refused(path(), key, "this is a filler, or an abbreviation in another spelling; keep one"),
            (Some(_), None) => refused(path(), long, "an abbreviation stands for words of at least two letters"),
            (None, _) => {
                refused(path(), key, "an abbreviation is a single word, or several of which the first is a filler or an abbreviation");
            }
        }
    }
    let normaliser = Normaliser::new(fillers.iter().map(String::as_str), short.iter().map(|(key, long)| (key.as_str(), long.as_str())));
    for (key, long) in &short {
        for word in long.split(' ').filter(|word| normaliser.is_replaced(word)) {
            refused(alloc::format!("abbreviations.{key}"), word, "an abbreviation cannot stand for a filler or another abbreviation");
        }
    }
    normaliser
}

/// An abbreviation, folded: a single word, or several that begin with a filler or another abbreviation. Neither is left in a title whose words are
/// normalised, so that what begins with one stands in none, and normalising it once more changes nothing.
fn short_form(key: &str, is_replaced: impl Fn(&str) -> bool) -> Option<String> {
    let words = words_in_one(key)?;
    (words.len() == 1 || is_replaced(&words[0])).then(|| words.join(" "))
}

/// A text of one word, folded.
fn single_word(text: &str) -> Option<String> {
    words_in_one(text).filter(|words| words.len() == 1)?.pop()
}

/// The words of a text without separators, folded; `None` when there are none, or one of several is a single letter.
fn single_words(text: &str) -> Option<Vec<String>> {
    let is_short = |word: &String| word.chars().nth(1).is_none();
    words_in_one(text).filter(|words| words.len() == 1 || !words.iter().any(is_short))
}

/// The words of a text without separators, folded; `None` when there are none.
fn words_in_one(text: &str) -> Option<Vec<String>> {
    let cut = cut(text);
    let is_plain = cut.pieces.iter().skip(1).all(|piece| piece.gap == Gap::Word);
    let words: Vec<String> = cut.pieces.iter().map(|piece| cut.text[piece.text.clone()].into()).collect();
    (is_plain && !words.is_empty()).then_some(words)
}
