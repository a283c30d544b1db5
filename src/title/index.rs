//! Many phrases looked up at once: reading costs the words of the title, not the number of phrases.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::phrase::{Phrase, Token};
use super::vocabulary::{Matched, NONE, Vocabulary};
use super::words::Words;

/// A phrase found in a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// The id that the phrase was given with.
    pub(crate) id: u32,
    /// The words, counted from 0.
    pub(crate) words: Range<usize>,
    /// How exactly the phrase says them; see [`Phrase::exactness`].
    pub(crate) exactness: u32,
    /// Whether an *and* stands among the words that the phrase does not have.
    pub(crate) over_and: bool,
}

/// Phrases by the rarest of their words, beginnings or endings; each may stand under several ids.
///
/// [`Phrases::find`] looks only at phrases of which a word stands in the title: O(words of the title · phrases that share their rarest word).
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    vocabulary: Vocabulary,
    /// The tokens of all phrases, by number; [`NONE`] is any word.
    tokens: Vec<u32>,
    /// By token number, where its phrases begin in `entries`; one more at the end.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    /// By the sorted numbers of their words.
    whole: HashMap<Box<[u32]>, Vec<u32>, FixedState>,
}

/// A phrase under one id.
#[derive(Clone, Debug)]
struct Entry {
    id: u32,
    exactness: u32,
    tokens: Range<u32>,
    /// Which of its tokens it is looked up by.
    anchor: u32,
    /// See [`Phrase`].
    ands: u16,
}

impl Phrases {
    /// An index of phrases that may occur anywhere, and of phrases that must be all the words of the title or of a job, each with an id.
    ///
    /// O(phrases · log of their words).
    pub(crate) fn new(any: &[(u32, Phrase)], whole: &[(u32, Phrase)]) -> Self {
        let all = any.iter().chain(whole).flat_map(|(_, phrase)| phrase.tokens.iter());
        let vocabulary = Vocabulary::new(all);
        let mut phrases = Self { vocabulary, ..Self::default() };
        phrases.index(any);
        for (id, phrase) in whole {
            let mut numbers: Vec<u32> = phrase.tokens.iter().map(|token| phrases.vocabulary.number(token)).collect();
            numbers.sort_unstable();
            phrases.whole.entry(numbers.into()).or_default().push(*id);
        }
        phrases
    }

    fn index(&mut self, any: &[(u32, Phrase)]) {
        let mut uses = alloc::vec![0_u32; self.vocabulary.len()];
        for token in any.iter().flat_map(|(_, phrase)| phrase.tokens.iter()).filter(|token| **token != Token::Any) {
            uses[self.vocabulary.number(token) as usize] += 1;
        }
        let mut entries: Vec<(u32, Entry)> = any.iter().map(|(id, phrase)| self.entry(*id, phrase, &uses)).collect();
        // The sort is stable: phrases of one anchor stay in their order.
        entries.sort_by_key(|(token, _)| *token);
        let at = |number: usize| entries.partition_point(|(token, _)| (*token as usize) < number);
        self.starts = (0..=self.vocabulary.len()).map(|number| small(at(number))).collect();
        self.entries = entries.into_iter().map(|(_, entry)| entry).collect();
    }

    fn entry(&mut self, id: u32, phrase: &Phrase, uses: &[u32]) -> (u32, Entry) {
        let start = self.tokens.len();
        self.tokens.extend(phrase.tokens.iter().map(|token| self.vocabulary.number(token)));
        let of_phrase = (0_u32..).zip(&self.tokens[start..]);
        // INVARIANT: a phrase has a token that is not any word.
        let rarest = of_phrase.filter(|(_, token)| **token != NONE).min_by_key(|(_, token)| uses[**token as usize]);
        let (anchor, token) = rarest.map_or((0, NONE), |(anchor, token)| (anchor, *token));
        (token, Entry { id, exactness: phrase.exactness(), tokens: small(start)..small(self.tokens.len()), anchor, ands: phrase.ands })
    }

    /// What each word matches: asked once, for phrases anywhere and for whole titles.
    pub(crate) fn sight(&self, words: &Words<'_>) -> Sight {
        Sight((0..words.len()).map(|at| self.vocabulary.matched(words.text(at))).collect())
    }

    /// Every phrase in the words that stands in one clause and of which no word is hidden; a phrase that overlaps itself, each time. The order is that of
    /// the words looked up by; it says nothing.
    pub(crate) fn find(&self, words: &Words<'_>, sight: &Sight) -> Vec<Occurrence> {
        let mut found = Vec::new();
        for (at, one) in sight.0.iter().enumerate() {
            for token in self.vocabulary.numbers(*one) {
                for entry in self.of_token(token) {
                    let range = self.occurs(entry, at, &sight.0).filter(|range| words.is_one_clause(range) && !words.is_hidden(range));
                    found.extend(range.map(|range| {
                        let over_and = words.has_and_beside(&range, entry.ands);
                        Occurrence { id: entry.id, words: range, exactness: entry.exactness, over_and }
                    }));
                }
            }
        }
        found
    }

    fn of_token(&self, token: u32) -> &[Entry] {
        let at = token as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.entries[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The words of a phrase whose anchor is at that word, if they match.
    fn occurs(&self, entry: &Entry, at: usize, matched: &[Matched]) -> Option<Range<usize>> {
        let tokens = &self.tokens[entry.tokens.start as usize..entry.tokens.end as usize];
        let start = at.checked_sub(entry.anchor as usize)?;
        let words = matched.get(start..start + tokens.len())?;
        // Most phrases are one word, the one looked up by.
        let fits = |(token, word): (&u32, &Matched)| *token == NONE || self.vocabulary.fits(*token, *word);
        (tokens.len() == 1 || tokens.iter().zip(words).all(fits)).then(|| start..start + tokens.len())
    }

    /// Every phrase that is all the words of the title, or of one of its jobs; none where a word is hidden.
    pub(crate) fn find_whole(&self, words: &Words<'_>, sight: &Sight) -> Vec<Occurrence> {
        if self.whole.is_empty() || words.len() == 0 {
            return Vec::new();
        }
        let mut found = Vec::new();
        let all = 0..words.len();
        for range in words.jobs().chain(Some(all.clone()).filter(|_| words.jobs().nth(1).is_some())) {
            let numbers = || sight.0[range.clone()].iter().map(|word| word.word);
            // A word that no phrase has is in no whole title.
            if numbers().any(|number| number == NONE) {
                continue;
            }
            let mut sorted: Vec<u32> = numbers().collect();
            sorted.sort_unstable();
            let ids = self.whole.get(sorted.as_slice()).filter(|_| !words.is_hidden(&range));
            found.extend(ids.into_iter().flatten().map(|id| Occurrence {
                id: *id,
                words: range.clone(),
                exactness: u32::MAX,
                over_and: false,
            }));
        }
        found
    }
}

/// What each word of a title matches in one index.
#[derive(Debug)]
pub(crate) struct Sight(Vec<Matched>);

/// Counts of tokens: a document of 4 thousand million would not fit into memory.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}
