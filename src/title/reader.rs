//! Reading titles.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::fmt;
use core::ops::Range;

use super::built_in::shared;
use super::compile::{BASE, Compiled, compile};
use super::document::TitleRules;
use super::index::Occurrence;
use super::reading::{TitleAlternative, TitleFinding, TitleReading};
use super::rule::{Scope, TitleRule, TitleSays};
use super::words::{Normaliser, Words};
use crate::problem::Problems;

/// Reads titles by rules. Cheap to clone (the rules are shared), `Send + Sync`.
///
/// Of the rules for an aspect (seniority, function, relationship) the first that matches wins; later ones that say something else are its
/// alternatives. An aspect that no rule knows stays unknown. Every finding cites the words of the title that it rests on, and the rule's name.
///
/// Before rules are asked, a title is folded (case and accents do not matter), cut into jobs and clauses, fillers are dropped and abbreviations
/// written out; see [`TitleReader::normalised`]. Phrases lie within one clause. An occurrence of a rule's phrase that lies strictly inside a longer one,
/// of a rule for the same aspect, does not count: "vice president" is no "president". Nor does one on the same words as one that says them more
/// exactly: "Teamleiter" is `teamleiter`, not `*leiter`; a word written out is more exact than a `*`, then more letters are. The first 1,000
/// characters of a title are read.
///
/// Reading costs O(characters + words · phrases that share a word), about a microsecond for a title of a few words.
///
/// ```
/// use quorate::{JobFunction, Seniority, TitleReader};
/// let reader = TitleReader::built_in();
///
/// let reading = reader.read("Sr. VP, Sales / Marketing");
/// let seniority = reading.seniority.ok_or("unknown")?;
/// assert_eq!((seniority.value, seniority.words.to_string().as_str()), (Seniority::Vp, "Sr VP"));
/// let function = reading.function.ok_or("unknown")?;
/// assert_eq!(function.value, JobFunction::Marketing);
/// assert_eq!(function.alternatives[0].value, JobFunction::Sales);
///
/// let assistant = reader.read("Executive Assistant to the CEO");
/// assert_eq!(assistant.seniority.map(|found| found.value), Some(Seniority::Individual));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone)]
pub struct TitleReader(Arc<Compiled>);

impl TitleReader {
    /// A reader of these rules. O(phrases · log phrases).
    ///
    /// # Errors
    /// Every problem of the rules, with its path (`rules[3].any[0]`):
    /// - a filler or an abbreviation is no single word, or an abbreviation stands for a filler, another abbreviation or a single letter;
    /// - a rule's name is blank, longer than 256 bytes or given twice, its confidence is outside 0..=1, it has neither `any` nor `whole`, or it hides
    ///   and has `whole`;
    /// - a phrase has no word, more than 12, a separator of clauses or jobs, or a `*` elsewhere than at one end of a word of two letters or more; a whole
    ///   title has `_` or `*`.
    pub fn new(rules: &TitleRules) -> Result<Self, Problems> {
        Ok(Self(Arc::new(compile(rules, &[(BASE, &rules.rules)])?)))
    }

    /// A reader of [`TitleRules::built_in`]. Some milliseconds the first time, nothing after that.
    pub fn built_in() -> Self {
        shared().reader.clone()
    }

    /// A reader of a policy's rules, before and after the built-in ones or without them; abbreviations and fillers are the built-in ones.
    ///
    /// # Errors
    /// As [`TitleReader::new`]; paths are `{path}.before[0]` and `{path}.after[0]`. A name that a built-in rule has is given twice.
    pub(crate) fn with(before: &[TitleRule], after: &[TitleRule], base: bool, path: &str) -> Result<Self, Problems> {
        if base && before.is_empty() && after.is_empty() {
            return Ok(Self::built_in());
        }
        let rules = &shared().rules;
        let own: &[TitleRule] = if base { &rules.rules } else { &[] };
        let (first, last) = (alloc::format!("{path}.before"), alloc::format!("{path}.after"));
        Ok(Self(Arc::new(compile(rules, &[(&first, before), (BASE, own), (&last, after)])?)))
    }

    /// What a title says.
    pub fn read(&self, title: &str) -> TitleReading {
        self.reading(&self.look(title))
    }

    /// A title as the rules see it: words in their folded and written-out form, `, ` between clauses and ` / ` between jobs.
    ///
    /// Normalising what is normalised changes nothing, unless it has more than 1,000 characters.
    ///
    /// ```
    /// let reader = quorate::TitleReader::built_in();
    /// assert_eq!(reader.normalised("Sr. V.P. of Sales, R&D / C.T.O."), "senior vice president sales, research development / cto");
    /// ```
    pub fn normalised(&self, title: &str) -> String {
        self.0.normaliser.words(title).to_string()
    }

    /// What makes words of titles and of phrases. Rules of others read their phrases with it ([`Phrase::read`](super::Phrase::read), or
    /// [`read_whole`](super::Phrase::read_whole)), index them with [`Phrases::new`](super::Phrases::new), and look them up in the words of
    /// [`TitleReader::look`], where what is hidden is not found.
    pub(crate) fn normaliser(&self) -> &Normaliser {
        &self.0.normaliser
    }

    /// The words of a title, with what occurs in them; what rules hide is hidden. The first half of reading: rules of others (roles) look into the
    /// same words.
    pub(crate) fn look<'t>(&self, title: &'t str) -> Look<'t> {
        let mut words = self.0.normaliser.words(title);
        let mut found = self.0.phrases.find(&words);
        let hides = self.matches(&found, |says| if let TitleSays::Hide(scope) = says { Some(scope) } else { None });
        for one in &hides {
            words.hide_behind(&one.words, one.value == Scope::Job);
        }
        if !hides.is_empty() {
            found.retain(|one| !words.is_hidden(&one.words));
        }
        Look { words, found }
    }

    /// The second half of reading.
    pub(crate) fn reading(&self, look: &Look<'_>) -> TitleReading {
        let whole = self.0.phrases.find_whole(&look.words);
        let with_whole = WithWhole { reader: self, look, whole: &whole };
        TitleReading {
            seniority: with_whole.finding(|says| if let TitleSays::Seniority(value) = says { Some(value) } else { None }),
            function: with_whole.finding(|says| if let TitleSays::Function(value) = says { Some(value) } else { None }),
            relationship: with_whole.finding(|says| if let TitleSays::Relationship(value) = says { Some(value) } else { None }),
        }
    }

    /// The rules for an aspect that occur, by rule and place; what lies strictly inside something longer, and rules that are ruled out, left aside.
    fn matches<T>(&self, found: &[Occurrence], aspect: impl Fn(TitleSays) -> Option<T>) -> Vec<Match<T>> {
        let of_aspect = |one: &Occurrence| {
            let rule = one.id / 2;
            let value = aspect(self.0.rules[rule as usize].says).filter(|_| one.id % 2 == 0)?;
            Some(Match { rule, words: one.words.clone(), exactness: one.exactness, value })
        };
        let mut matches: Vec<Match<T>> = found.iter().filter_map(of_aspect).collect();
        drop_inner(&mut matches);
        matches.retain(|one| !found.iter().any(|other| other.id == 2 * one.rule + 1));
        matches
    }
}

impl fmt::Debug for TitleReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TitleReader").field(BASE, &self.0.rules.len()).finish_non_exhaustive()
    }
}

/// A title half read.
pub(crate) struct Look<'t> {
    /// Its words.
    pub(crate) words: Words<'t>,
    /// The phrases of the reader's rules that occur where nothing is hidden.
    found: Vec<Occurrence>,
}

/// A rule that occurs.
struct Match<T> {
    rule: u32,
    words: Range<usize>,
    exactness: u32,
    value: T,
}

/// Drops what lies strictly inside something longer, or is said more exactly of the same words. O(n log n).
fn drop_inner<T>(matches: &mut Vec<Match<T>>) {
    matches.sort_by_key(|one| (one.words.start, Reverse(one.words.end), Reverse(one.exactness)));
    // In this order, whatever contains an occurrence comes before it. The farthest end so far, and who first reached it.
    let (mut farthest, mut exactness) = (0..0, 0);
    matches.retain(|one| {
        let is_inner = one.words.end <= farthest.end && (one.words != farthest || one.exactness < exactness);
        if one.words.end > farthest.end {
            (farthest, exactness) = (one.words.clone(), one.exactness);
        }
        !is_inner
    });
}

struct WithWhole<'a, 't> {
    reader: &'a TitleReader,
    look: &'a Look<'t>,
    whole: &'a [Occurrence],
}

impl WithWhole<'_, '_> {
    fn finding<T: Copy + PartialEq>(&self, aspect: impl Fn(TitleSays) -> Option<T> + Copy) -> Option<TitleFinding<T>> {
        let compiled = &self.reader.0;
        let mut matches = self.reader.matches(&self.look.found, aspect);
        for one in self.whole {
            let value =
                aspect(compiled.rules[one.id as usize].says).filter(|_| !self.look.found.iter().any(|other| other.id == 2 * one.id + 1));
            matches.extend(value.map(|value| Match { rule: one.id, words: one.words.clone(), exactness: one.exactness, value }));
        }
        matches.sort_by_key(|one| (one.rule, one.words.start, Reverse(one.words.end)));
        let said = |one: &Match<T>| {
            let rule = &compiled.rules[one.rule as usize];
            TitleAlternative {
                value: one.value,
                confidence: rule.confidence,
                words: self.look.words.evidence(&one.words),
                rule: rule.name.clone(),
            }
        };
        let (first, rest) = matches.split_first()?;
        let TitleAlternative { value, confidence, words, rule } = said(first);
        let mut alternatives: Vec<TitleAlternative<T>> = Vec::new();
        for one in rest {
            if one.value != value && alternatives.iter().all(|other| other.value != one.value) {
                alternatives.push(said(one));
            }
        }
        Some(TitleFinding { value, confidence, words, rule, alternatives })
    }
}
