//! Reading titles.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::fmt;
use core::ops::Range;

use super::built_in::shared;
use super::compile::{Against, BASE, Compiled, Found, compile, compile_around};
use super::document::TitleRules;
use super::reading::{TitleAlternative, TitleFinding, TitleReading};
use super::rule::{JobFunction, Scope, Seniority, TitleRule, TitleSays};
use super::words::{Normaliser, Words};
use crate::contact::Relationship;
use crate::exact::Ratio;
use crate::problem::Problems;

/// Reads titles by rules. Cheap to clone (the rules are shared), `Send + Sync`.
///
/// Of the rules for an aspect (seniority, function, relationship) the first that matches wins; others that say something else are its
/// alternatives. An aspect that no rule knows stays unknown. Every finding cites the words of the title that it rests on, and the rule's name.
///
/// Before rules are asked, escapes of HTML (`&amp;`) are read as what they stand for, words typed without a space are parted at the capitals around a rank
/// (`SalesDirector`), a title is folded (other case and accents do not matter), cut into jobs and clauses, fillers are dropped and abbreviations
/// written out; see [`TitleReader::normalised`]. Phrases lie within one clause. An occurrence of a rule's phrase that lies strictly inside a longer one,
/// of a rule for the same aspect, does not count: "vice president" is no "president". Nor does one on the same words as one that says them more
/// exactly: "Teamleiter" is `teamleiter`, not `*leiter`; a word written out is more exact than a `*`, then more letters are. The first 1,000
/// characters of a title are read.
///
/// An `&`, an *and* or an *or* is dropped like other fillers, so that a phrase reaches over it. Of functions, what phrases say that do not is an
/// alternative, too: "Head of IT and Security" is *IT security*, and its alternative is IT. A phrase that has the *and* itself does not reach over it
/// (`learning and development`). What is said so decides nothing: where no other rule matches, the function stays unknown.
///
/// Reading costs O(characters + words · phrases that share a word), a few microseconds for a title of a few words.
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
    /// - a filler is no single word, nor is an abbreviation, unless it begins with a filler or another abbreviation; an abbreviation stands for a filler,
    ///   another abbreviation or a single letter;
    /// - a rule's name is blank, longer than 256 bytes or given twice, its confidence is outside 0..=1, it has neither `any` nor `whole`, it says that
    ///   somebody is employed, or it hides and has `whole` or a confidence other than 1;
    /// - a phrase has no word, more than 12, more than 256 bytes (nor may fillers and abbreviations have more), a separator of clauses or jobs, or a `*`
    ///   elsewhere than at one end of a word of two letters or more; a whole title has `_` or `*`.
    pub fn new(rules: &TitleRules) -> Result<Self, Problems> {
        Ok(Self(Arc::new(compile(rules)?)))
    }

    /// A reader of [`TitleRules::built_in`]. Some milliseconds the first time, nothing after that.
    pub fn built_in() -> Self {
        shared().reader.clone()
    }

    /// A reader of no rules, with the abbreviations and fillers of the built-in ones.
    pub(crate) fn of_no_rules() -> Self {
        shared().bare.clone()
    }

    /// A reader of a policy's rules, before and after the built-in ones or without them; abbreviations and fillers are the built-in ones, which are
    /// shared: O(phrases of the policy's rules · log phrases).
    ///
    /// # Errors
    /// As [`TitleReader::new`], of the policy's rules; paths are `{path}.before[0]` and `{path}.after[0]`. A name that a built-in rule has is given twice.
    pub(crate) fn with(before: &[TitleRule], after: &[TitleRule], base: bool, path: &str) -> Result<Self, Problems> {
        let built_in = shared();
        let (first, last) = (alloc::format!("{path}.before"), alloc::format!("{path}.after"));
        let compiled = compile_around((&built_in.rules, &built_in.reader.0, base), (&first, before), (&last, after))?;
        Ok(Self(Arc::new(compiled)))
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
        let sights = self.0.sights(&words);
        let (mut found, mut against) = self.0.find(&words, &sights);
        let hides = matches(found.iter(), &against, |says| if let TitleSays::Hide(scope) = says { Some(scope) } else { None });
        for one in &hides {
            match one.value {
                Scope::Before => words.hide_before(&one.words),
                scope => words.hide_behind(&one.words, scope == Scope::Job),
            }
        }
        if !hides.is_empty() {
            found.retain(|one| !words.is_hidden(&one.words));
            against.retain(|one| !words.is_hidden(&one.words));
        }
        let whole = self.0.find_whole(&words, &sights);
        Look { words, found, against, whole }
    }

    /// The second half of reading, of all aspects with all that there is to say.
    pub(crate) fn reading(&self, look: &Look<'_>) -> TitleReading {
        TitleReading {
            seniority: self.finding(look, all_matches(look, seniority), []),
            function: self.finding(look, all_matches(look, function), beside_and(look, function)),
            relationship: self.finding(look, all_matches(look, relationship), []),
        }
    }

    /// The seniority alone.
    pub(crate) fn seniority(&self, look: &Look<'_>) -> Option<Said<Seniority>> {
        self.said(look, seniority)
    }

    /// The function alone.
    pub(crate) fn function(&self, look: &Look<'_>) -> Option<Said<JobFunction>> {
        self.said(look, function)
    }

    /// The relationship alone.
    pub(crate) fn relationship(&self, look: &Look<'_>) -> Option<Relationship> {
        self.said(look, relationship).map(|said| said.value)
    }

    /// What the first rule for an aspect says.
    fn said<T>(&self, look: &Look<'_>, aspect: impl Fn(TitleSays) -> Option<T>) -> Option<Said<T>> {
        let first = all_matches(look, aspect).into_iter().min_by_key(Match::place)?;
        Some(Said { confidence: self.0.rule(first.rule).confidence, value: first.value, words: first.words })
    }

    /// What the first of these says, and what the others would have said; others still say something beside one of these, and nothing alone.
    fn finding<T: Copy + PartialEq>(
        &self,
        look: &Look<'_>,
        mut matches: Vec<Match<T>>,
        others: impl IntoIterator<Item = Match<T>>,
    ) -> Option<TitleFinding<T>> {
        let said = |one: &Match<T>| {
            let rule = self.0.rule(one.rule);
            let words = look.words.evidence(core::slice::from_ref(&one.words));
            TitleAlternative { value: one.value, confidence: rule.confidence, words, rule: rule.name.clone() }
        };
        let TitleAlternative { value, confidence, words, rule } = matches.iter().min_by_key(|one| one.place()).map(said)?;
        matches.extend(others);
        matches.sort_by_key(Match::place);
        let mut alternatives: Vec<TitleAlternative<T>> = Vec::new();
        for one in &matches {
            if one.value != value && alternatives.iter().all(|other| other.value != one.value) {
                alternatives.push(said(one));
            }
        }
        Some(TitleFinding { value, confidence, words, rule, alternatives })
    }
}

impl fmt::Debug for TitleReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TitleReader").field(BASE, &self.0.len()).finish_non_exhaustive()
    }
}

/// A title half read.
pub(crate) struct Look<'t> {
    /// Its words.
    pub(crate) words: Words<'t>,
    /// Where the reader's rules occur by a phrase of which nothing is hidden.
    found: Vec<Found>,
    /// What rules a rule out, of which nothing is hidden.
    against: Vec<Against>,
    /// The rules one of whose phrases is all the words of the title, or of one of its jobs.
    whole: Vec<Found>,
}

/// One thing that a title says.
#[derive(Clone, Debug)]
pub(crate) struct Said<T> {
    /// What it says.
    pub(crate) value: T,
    /// How sure that is.
    pub(crate) confidence: Ratio,
    /// The words that say so.
    pub(crate) words: Range<usize>,
}

const fn seniority(says: TitleSays) -> Option<Seniority> {
    if let TitleSays::Seniority(value) = says { Some(value) } else { None }
}

const fn function(says: TitleSays) -> Option<JobFunction> {
    if let TitleSays::Function(value) = says { Some(value) } else { None }
}

const fn relationship(says: TitleSays) -> Option<Relationship> {
    if let TitleSays::Relationship(value) = says { Some(value) } else { None }
}

/// A rule for one aspect that occurs.
struct Match<T> {
    rule: u32,
    words: Range<usize>,
    exactness: u32,
    value: T,
}

impl<T> Match<T> {
    fn of(found: &Found, aspect: impl Fn(TitleSays) -> Option<T>) -> Option<Self> {
        let value = aspect(found.says)?;
        Some(Self { rule: found.rule, words: found.words.clone(), exactness: found.exactness, value })
    }

    /// What comes first decides: the first rule, of its occurrences the first, of those at one place the longest.
    const fn place(&self) -> (u32, usize, Reverse<usize>) {
        (self.rule, self.words.start, Reverse(self.words.end))
    }
}

/// The rules for an aspect that match, by their phrases and by their whole titles.
fn all_matches<T>(look: &Look<'_>, aspect: impl Fn(TitleSays) -> Option<T>) -> Vec<Match<T>> {
    let mut all = matches(look.found.iter(), &look.against, &aspect);
    let whole = look.whole.iter().filter(|one| !is_ruled_out(one.rule, &look.against));
    all.extend(whole.filter_map(|one| Match::of(one, &aspect)));
    all
}

/// What the sides of an *and* say each for itself, where phrases reach over it that do not have it: `IT & Security` is found as *IT security*, and may be
/// two fields. Ranks are not asked for: in `Chief Product & Technology Officer` they stand around the *and*.
fn beside_and<T>(look: &Look<'_>, aspect: impl Fn(TitleSays) -> Option<T>) -> Vec<Match<T>> {
    // What rules a rule out may reach over it, too: without that `VP of Marketing & Sales` would be in sales alone.
    if !look.found.iter().any(|one| one.over_and) && !look.against.iter().any(|one| one.over_and) {
        return Vec::new();
    }
    let against: Vec<Against> = look.against.iter().filter(|one| !one.over_and).cloned().collect();
    matches(look.found.iter().filter(|one| !one.over_and), &against, aspect)
}

/// The rules for an aspect that occur; what lies strictly inside something longer, and rules that are ruled out, left aside.
fn matches<'f, T>(found: impl Iterator<Item = &'f Found>, against: &[Against], aspect: impl Fn(TitleSays) -> Option<T>) -> Vec<Match<T>> {
    let mut matches: Vec<Match<T>> = found.filter_map(|one| Match::of(one, &aspect)).collect();
    drop_inner(&mut matches);
    matches.retain(|one| !is_ruled_out(one.rule, against));
    matches
}

fn is_ruled_out(rule: u32, against: &[Against]) -> bool {
    against.iter().any(|one| one.rule == rule)
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
