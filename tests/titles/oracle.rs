//! Titles read by asking every rule of every word: what the rules mean, written down without regard to speed.
//!
//! It shares no code with the library. It is given titles as jobs of clauses of words, so it does not cut them; that the library cuts what is
//! written of them into the same words is a part of what is compared.

use std::collections::BTreeMap;

use quorate::{HideScope, TitleRule, TitleRules, TitleSays};

/// Fillers that join two things, and `&`.
const ANDS: [&str; 13] = ["&", "and", "or", "n", "und", "sowie", "bzw", "et", "y", "och", "samt", "og", "oraz"];

/// A title: jobs of clauses of words as they are written, lower case, without accents.
pub(crate) type Title = Vec<Vec<Vec<String>>>;

/// What a rule says, as text: `vp`, `finance`, `student`.
pub(crate) type Value = String;

/// What is read of one aspect: the value, the rule, the words, and the alternatives with their rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) value: Value,
    pub(crate) rule: String,
    pub(crate) words: Vec<String>,
    pub(crate) alternatives: Vec<(Value, String)>,
}

/// An aspect of a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aspect {
    Hide,
    Seniority,
    Function,
    Relationship,
}

pub(crate) fn aspect(says: TitleSays) -> Aspect {
    match says {
        TitleSays::Hide(_) => Aspect::Hide,
        TitleSays::Seniority(_) => Aspect::Seniority,
        TitleSays::Function(_) => Aspect::Function,
        TitleSays::Relationship(_) => Aspect::Relationship,
    }
}

fn value(says: TitleSays) -> Value {
    match says {
        TitleSays::Hide(_) => String::new(),
        TitleSays::Seniority(value) => value.to_string(),
        TitleSays::Function(value) => value.to_string(),
        TitleSays::Relationship(value) => format!("{value:?}"),
    }
}

#[derive(Clone, Debug)]
struct Word {
    text: String,
    /// Which of the written words it comes from.
    written: usize,
    job: usize,
    clause: (usize, usize),
    /// An *and* stands before it.
    behind_and: bool,
    hidden: bool,
}

/// One place where a phrase of a rule occurs: the rule, the first word, the word after the last.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    rule: usize,
    from: usize,
    to: usize,
    /// Words written out, then letters of beginnings and endings.
    exactness: (usize, usize),
}

/// Rules, ready to be asked one by one: each with its phrases cut into tokens.
pub(crate) struct Naive<'a> {
    base: &'a TitleRules,
    rules: Vec<Parts>,
    abbreviations: BTreeMap<String, String>,
    fillers: Vec<String>,
}

struct Parts {
    any: Vec<Vec<Token>>,
    whole: Vec<Vec<Token>>,
    none: Vec<Vec<Token>>,
}

/// What a word must be, and whether an *and* is written before it.
type Token = (String, bool);

impl<'a> Naive<'a> {
    pub(crate) fn new(base: &'a TitleRules) -> Self {
        let abbreviations = base.abbreviations.iter().map(|(short, long)| (plain(short), plain(long))).collect();
        let fillers: Vec<String> = base.fillers.iter().map(|filler| plain(filler)).collect();
        let tokens = |phrases: &[String]| phrases.iter().map(|phrase| tokens(phrase, &abbreviations, &fillers)).collect();
        let parts = |rule: &TitleRule| Parts { any: tokens(&rule.any), whole: tokens(&rule.whole), none: tokens(&rule.none) };
        Self { base, rules: base.rules.iter().map(parts).collect(), abbreviations, fillers }
    }

    /// What is read of an aspect; of words before which an `&` is written in their clause.
    pub(crate) fn read(&self, title: &Title, has_and: fn(&str) -> bool, of: Aspect) -> Option<Finding> {
        let (mut words, written) = self.words(title, has_and);
        for place in self.places(&words, Aspect::Hide, true) {
            let Word { job, clause, .. } = words[place.to - 1].clone();
            let TitleSays::Hide(scope) = self.base.rules[place.rule].says else { continue };
            if scope == HideScope::Before {
                hide_before(&mut words, place.from, place.to);
                continue;
            }
            for word in words.iter_mut().skip(place.to) {
                word.hidden |= if scope == HideScope::Job { word.job == job } else { word.clause == clause };
            }
        }
        let in_order = |place: &Place| (place.rule, place.from, usize::MAX - place.to);
        let mut places = self.places(&words, of, true);
        places.extend(self.whole_places(&words, of));
        places.sort_by_key(in_order);
        let first = places.first()?.clone();
        if of == Aspect::Function {
            places.extend(self.places(&words, of, false));
            places.sort_by_key(in_order);
        }
        let said = |place: &Place| (value(self.base.rules[place.rule].says), self.base.rules[place.rule].name.clone());
        let mut cited: Vec<usize> = words[first.from..first.to].iter().map(|word| word.written).collect();
        cited.dedup();
        let mut alternatives: Vec<(Value, String)> = Vec::new();
        for (other, rule) in places.iter().map(said) {
            if other != said(&first).0 && !alternatives.iter().any(|(earlier, _)| *earlier == other) {
                alternatives.push((other, rule));
            }
        }
        let (value, rule) = said(&first);
        Some(Finding { value, rule, words: cited.into_iter().map(|at| written[at].clone()).collect(), alternatives })
    }

    /// The words of a clause, those of a short form of several words as one; of two that begin at one place the longer.
    fn with_short_forms(&self, texts: &[String]) -> Vec<String> {
        let Some(first) = texts.first() else { return Vec::new() };
        let long = (2..=texts.len()).rev().find(|count| self.abbreviations.contains_key(&texts[..*count].join(" "))).unwrap_or(1);
        let joined = if long == 1 { first.clone() } else { texts[..long].join(" ") };
        [vec![joined], self.with_short_forms(&texts[long..])].concat()
    }

    /// The words of a title, and the words as they are written.
    fn words(&self, title: &Title, has_and: fn(&str) -> bool) -> (Vec<Word>, Vec<String>) {
        let (mut words, mut written) = (Vec::new(), Vec::new());
        for (job, clauses) in title.iter().enumerate() {
            for (clause, texts) in clauses.iter().enumerate() {
                let mut behind_and = false;
                for (at, text) in self.with_short_forms(texts).into_iter().enumerate() {
                    written.push(text.clone());
                    behind_and |= at > 0 && has_and(&text);
                    if self.fillers.contains(&text) {
                        behind_and |= ANDS.contains(&text.as_str());
                        continue;
                    }
                    let long = self.abbreviations.get(&text).map_or(text.as_str(), String::as_str);
                    words.extend(long.split(' ').enumerate().map(|(part, text)| Word {
                        text: text.into(),
                        written: written.len() - 1,
                        job,
                        clause: (job, clause),
                        behind_and: behind_and && part == 0,
                        hidden: false,
                    }));
                    behind_and = false;
                }
            }
        }
        (words, written)
    }

    /// Where rules for an aspect occur, by phrases that reach over an *and* or without these; without what lies inside something longer or is said less exactly, and without rules that are ruled out.
    fn places(&self, words: &[Word], of: Aspect, over_and: bool) -> Vec<Place> {
        // Where the title has an *and*, and the phrase does not.
        let is_over_and = |phrase: &[Token], from: usize| (1..phrase.len()).any(|at| words[from + at].behind_and && !phrase[at].1);
        let occurrences = |phrase| occurrences(phrase, words).filter(move |(from, _)| over_and || !is_over_and(phrase, *from));
        let is_ruled_out = |rule: usize| self.rules[rule].none.iter().any(|phrase| occurrences(phrase).next().is_some());
        let mut all = Vec::new();
        for (rule, parts) in self.rules.iter().enumerate().filter(|(rule, _)| aspect(self.base.rules[*rule].says) == of) {
            all.extend(parts.any.iter().flat_map(|phrase| occurrences(phrase).map(move |(from, to)| place(rule, from, to, phrase))));
        }
        let counts = |one: &Place| {
            let surrounds = |other: &Place| other.from <= one.from && one.to <= other.to && (other.from, other.to) != (one.from, one.to);
            let more_exact = |other: &Place| (other.from, other.to) == (one.from, one.to) && other.exactness > one.exactness;
            !all.iter().any(|other| surrounds(other) || more_exact(other)) && !is_ruled_out(one.rule)
        };
        all.iter().filter(|one| counts(one)).cloned().collect()
    }

    fn is_ruled_out(&self, rule: usize, words: &[Word]) -> bool {
        self.rules[rule].none.iter().any(|phrase| occurrences(phrase, words).next().is_some())
    }

    /// Rules of which a phrase is all the words of the title, or of one of its jobs.
    fn whole_places(&self, words: &[Word], of: Aspect) -> Vec<Place> {
        let mut ranges: Vec<(usize, usize)> = vec![(0, words.len())];
        let mut jobs: Vec<usize> = words.iter().map(|word| word.job).collect();
        jobs.dedup();
        for job in jobs {
            let from = words.iter().position(|word| word.job == job).unwrap();
            ranges.push((from, from + words.iter().filter(|word| word.job == job).count()));
        }
        ranges.dedup();
        let mut found = Vec::new();
        for (rule, parts) in self.rules.iter().enumerate().filter(|(rule, _)| aspect(self.base.rules[*rule].says) == of) {
            for (phrase, (from, to)) in parts.whole.iter().flat_map(|phrase| ranges.iter().map(move |range| (phrase, *range))) {
                let mut texts: Vec<&str> = words[from..to].iter().map(|word| word.text.as_str()).collect();
                let mut asked: Vec<&str> = phrase.iter().map(|(token, _)| token.as_str()).collect();
                texts.sort_unstable();
                asked.sort_unstable();
                if texts == asked && !words[from..to].iter().any(|word| word.hidden) && !self.is_ruled_out(rule, words) {
                    found.push(place(rule, from, to, phrase));
                }
            }
        }
        found
    }
}

/// Hides what stands before a place in its job, or the job before (one of fillers alone is none), where the rest of its clause is numbers.
fn hide_before(words: &mut [Word], from: usize, to: usize) {
    let Word { job, clause, .. } = words[to - 1].clone();
    let is_number = |word: &Word| word.text.chars().all(|letter| letter.is_ascii_digit());
    if words.iter().skip(to).any(|word| word.clause == clause && !is_number(word)) {
        return;
    }
    let others = words.iter().enumerate().any(|(at, word)| word.job == job && (at < from || (at >= to && word.clause != clause)));
    let before = words[..from].iter().map(|word| word.job).filter(|other| *other != job).max();
    for word in words.iter_mut().take(from) {
        word.hidden |= if others { word.job == job } else { Some(word.job) == before };
    }
}

fn place(rule: usize, from: usize, to: usize, phrase: &[Token]) -> Place {
    let is_stem = |(token, _): &&Token| token.contains('*');
    let plain = phrase.iter().filter(|token| !is_stem(token) && token.0 != "_").count();
    let letters = phrase.iter().filter(is_stem).map(|(token, _)| token.chars().count() - 1).sum();
    Place { rule, from, to, exactness: (plain, letters) }
}

/// Where a phrase stands: within one clause, no word hidden.
fn occurrences<'a>(phrase: &'a [Token], words: &'a [Word]) -> impl Iterator<Item = (usize, usize)> + 'a {
    words.windows(phrase.len()).enumerate().filter_map(move |(from, window)| {
        let fits = phrase.iter().zip(window).all(|((token, _), word)| fits(token, &word.text));
        let together = window.iter().all(|word| word.clause == window[0].clause && !word.hidden);
        (fits && together).then_some((from, from + phrase.len()))
    })
}

fn fits(token: &str, word: &str) -> bool {
    match (token.strip_suffix('*'), token.strip_prefix('*')) {
        (Some(beginning), _) => word.starts_with(beginning),
        (_, Some(ending)) => word.ends_with(ending),
        _ => token == "_" || token == word,
    }
}

/// A phrase as tokens: fillers dropped, abbreviations written out. Only for phrases of words without dots, apostrophes and the like.
fn tokens(phrase: &str, abbreviations: &BTreeMap<String, String>, fillers: &[String]) -> Vec<Token> {
    let phrase = plain(phrase).replace(['-', '.', '\''], " ");
    let (mut tokens, mut behind_and) = (Vec::new(), false);
    for word in phrase.split_whitespace() {
        if word == "&" || fillers.iter().any(|filler| filler == word) {
            behind_and |= ANDS.contains(&word);
            continue;
        }
        let long = abbreviations.get(word).map_or(word, String::as_str);
        tokens.extend(long.split(' ').enumerate().map(|(part, word)| (word.to_owned(), behind_and && part == 0)));
        behind_and = false;
    }
    tokens
}

/// Lower case, without the accents of the languages that the rules have words of: written out here, so that it shares nothing with the folding of titles.
pub(crate) fn plain(text: &str) -> String {
    let letter = |letter: char| match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ą' => "a".into(),
        'é' | 'è' | 'ê' | 'ë' | 'ę' => "e".into(),
        'í' | 'ì' | 'î' | 'ï' => "i".into(),
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => "o".into(),
        'ú' | 'ù' | 'û' | 'ü' => "u".into(),
        'ç' | 'ć' => "c".into(),
        'ñ' | 'ń' => "n".into(),
        'ł' => "l".into(),
        'ś' => "s".into(),
        'ź' | 'ż' => "z".into(),
        'æ' => "ae".into(),
        'ß' => "ss".into(),
        'œ' => "oe".into(),
        other => other.to_string(),
    };
    text.to_lowercase().chars().map(letter).collect()
}
