//! From rules as they are written to rules as they are asked; what is wrong with them, all at once.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::RefCell;

use super::document::TitleRules;
use super::index::Phrases;
use super::phrase::Phrase;
use super::pieces::{Gap, cut};
use super::rule::{TitleRule, TitleSays};
use super::words::Normaliser;
use crate::document::note;
use crate::exact::Ratio;
use crate::problem::{ProblemKind, Problems, excerpt};

/// Rules, ready to be asked.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) normaliser: Normaliser,
    pub(super) rules: Vec<CompiledRule>,
    /// Under twice the place of a rule: phrases that must occur; one more: phrases that must not. Whole titles under the place itself.
    pub(super) phrases: Phrases,
}

#[derive(Debug)]
pub(super) struct CompiledRule {
    pub(super) name: Arc<str>,
    pub(super) says: TitleSays,
    pub(super) confidence: Ratio,
}

/// Compiles lists of rules, one after the other, each with its path in the document; abbreviations and fillers are those of `base`.
///
/// # Errors
/// - A filler, an abbreviation or a word that it stands for is no single word; an abbreviation stands for a filler or another abbreviation.
/// - A name is blank, too long or given twice; a rule has nothing to match, or hides and asks for whole titles; a confidence outside 0..=1.
/// - A phrase that [`Phrase::read`] refuses.
pub(super) fn compile(base: &TitleRules, parts: &[(&str, &[TitleRule])]) -> Result<Compiled, Problems> {
    let problems = RefCell::default();
    let normaliser = normaliser(base, &problems);
    let mut compiler = Compiler { normaliser, problems, any: Vec::new(), whole: Vec::new(), rules: Vec::new() };
    for (path, rules) in parts {
        for (i, rule) in rules.iter().enumerate() {
            compiler.rule(rule, &alloc::format!("{path}[{i}]"));
        }
    }
    compiler.check_names(parts);
    let Compiler { normaliser, problems, any, whole, rules } = compiler;
    problems.into_inner().or(())?;
    Ok(Compiled { normaliser, rules, phrases: Phrases::new(&any, &whole) })
}

/// The path of the rules of a document of title rules.
pub(super) const BASE: &str = "rules";

/// The longest name of a rule. Source: our choice.
const NAME_BYTES_MAX: usize = 256;

struct Compiler {
    normaliser: Normaliser,
    problems: RefCell<Problems>,
    any: Vec<(u32, Phrase)>,
    whole: Vec<(u32, Phrase)>,
    rules: Vec<CompiledRule>,
}

impl Compiler {
    fn rule(&mut self, rule: &TitleRule, path: &str) {
        let number = u32::try_from(self.rules.len()).unwrap_or(u32::MAX / 2);
        let hides = matches!(rule.says, TitleSays::Hide(_));
        let problem =
            |field: &str, why: &'static str| note(&self.problems, alloc::format!("{path}{field}"), ProblemKind::Inconsistent(why.into()));
        if rule.any.is_empty() && rule.whole.is_empty() {
            problem("", "a title rule without `any` and `whole` matches nothing; give it a phrase");
        }
        if hides && !rule.whole.is_empty() {
            problem(".whole", "nothing follows a whole job, so a rule that hides what follows has only `any` and `none`");
        }
        if rule.confidence < Ratio::ZERO || rule.confidence > Ratio::of(1, 1) {
            let kind = ProblemKind::OutOfRange { value: alloc::format!("{}", rule.confidence), allowed: "0..=1".into() };
            note(&self.problems, alloc::format!("{path}.confidence"), kind);
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
        let refused = |i: usize, kind| note(&self.problems, alloc::format!("{path}.{field}[{i}]"), kind);
        let read = |(i, text): (usize, &String)| read(text, &self.normaliser).map_err(|kind| refused(i, kind)).ok();
        let mut found: Vec<(u32, Phrase)> = texts.iter().enumerate().filter_map(read).map(|phrase| (id, phrase)).collect();
        // Two spellings may come to one phrase.
        found.sort();
        found.dedup();
        found
    }

    fn check_names(&self, parts: &[(&str, &[TitleRule])]) {
        let path = |path: &str, i: usize| alloc::format!("{path}[{i}].name");
        let all = parts.iter().flat_map(|(part, rules)| rules.iter().enumerate().map(move |(i, rule)| (rule.name.as_str(), *part, i)));
        let mut names: Vec<(&str, usize, &str, usize)> = all.enumerate().map(|(place, (name, part, i))| (name, place, part, i)).collect();
        for (name, _, part, i) in &names {
            if name.trim().is_empty() {
                note(
                    &self.problems,
                    path(part, *i),
                    ProblemKind::Inconsistent("a title rule's name is shown with what it finds; it cannot be blank".into()),
                );
            } else if name.len() > NAME_BYTES_MAX {
                note(&self.problems, path(part, *i), crate::problem::too_long(name, NAME_BYTES_MAX));
            }
        }
        // Of a policy's rule and a built-in one of the same name, the policy's is the one to rename.
        names.sort_unstable_by_key(|(name, place, part, _)| (*name, *part != BASE, *place));
        for pair in names.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let (name, _, part, i) = pair[1];
            note(&self.problems, path(part, i), ProblemKind::Repeated { what: "title rule", name: excerpt(name) });
        }
    }
}

fn normaliser(base: &TitleRules, problems: &RefCell<Problems>) -> Normaliser {
    let refused = |path: String, text: &str, why: &'static str| {
        note(problems, path, ProblemKind::Inconsistent(alloc::format!("`{}`: {why}", excerpt(text)).into()));
    };
    let mut fillers = Vec::new();
    for (i, text) in base.fillers.iter().enumerate() {
        match single_words(text).as_deref() {
            Some([filler]) => fillers.push(filler.clone()),
            _ => refused(alloc::format!("fillers[{i}]"), text, "a filler is a single word"),
        }
    }
    let mut short: Vec<(String, String)> = Vec::new();
    for (key, long) in &base.abbreviations {
        let path = || alloc::format!("abbreviations.{}", excerpt(key));
        match (single_words(key).as_deref(), single_words(long)) {
            (Some([word]), Some(long)) if !fillers.contains(word) && short.iter().all(|(other, _)| other != word) => {
                short.push((word.clone(), long.join(" ")));
            }
            (Some([_]), Some(_)) => refused(path(), key, "this is a filler, or an abbreviation in another spelling; keep one"),
            (Some([_]), None) => refused(path(), long, "an abbreviation stands for words of at least two letters"),
            _ => refused(path(), key, "an abbreviation is a single word"),
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

/// The words of a text without separators, folded; `None` when there are none, or one of several is a single letter.
fn single_words(text: &str) -> Option<Vec<String>> {
    let cut = cut(text);
    let words: Vec<String> = cut.pieces.iter().map(|piece| cut.text[piece.text.clone()].into()).collect();
    let is_short = |word: &String| word.chars().nth(1).is_none();
    let is_plain = cut.pieces.iter().skip(1).all(|piece| piece.gap == Gap::Word);
    (is_plain && !words.is_empty() && (words.len() == 1 || !words.iter().any(is_short))).then_some(words)
}
