//! The words, beginnings and endings that phrases are made of, each with a number.

use alloc::boxed::Box;
use alloc::vec::Vec;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::phrase::Token;

/// No number.
pub(super) const NONE: u32 = u32::MAX;

/// Numbers for tokens: of a word of a title, those that it matches are found in O(its length · log of the stems).
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    words: HashMap<Box<str>, u32, FixedState>,
    prefixes: Stems,
    suffixes: Stems,
}

impl Vocabulary {
    /// The tokens, numbered by their places; `_` has none.
    pub(super) fn new<'a>(tokens: impl Iterator<Item = &'a Token> + Clone) -> Self {
        let mut all: Vec<&Token> = tokens.filter(|token| **token != Token::Any).collect();
        all.sort_unstable();
        all.dedup();
        let numbered = || (0_u32..).zip(all.iter());
        let words =
            numbered().filter_map(|(number, token)| if let Token::Word(word) = token { Some((word.clone(), number)) } else { None });
        let prefixes = numbered()
            .filter_map(|(number, token)| if let Token::Prefix(stem) = token { Some((stem.bytes().collect(), number)) } else { None });
        let suffixes =
            numbered().filter_map(
                |(number, token)| if let Token::Suffix(stem) = token { Some((stem.bytes().rev().collect(), number)) } else { None },
            );
        Self { words: words.collect(), prefixes: Stems::new(prefixes.collect()), suffixes: Stems::new(suffixes.collect()) }
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.words.len() + self.prefixes.all.len() + self.suffixes.all.len()
    }

    /// The number of a token; [`NONE`] for `_` and for tokens that are not in it.
    pub(super) fn number(&self, token: &Token) -> u32 {
        match token {
            Token::Word(word) => self.word(word),
            Token::Prefix(stem) => self.prefixes.number(|| stem.bytes()),
            Token::Suffix(stem) => self.suffixes.number(|| stem.bytes().rev()),
            Token::Any => NONE,
        }
    }

    /// The number of a word as it is; [`NONE`] if no phrase has it.
    pub(super) fn word(&self, word: &str) -> u32 {
        self.words.get(word).copied().unwrap_or(NONE)
    }

    /// What a word of a title matches.
    pub(super) fn matched(&self, word: &str) -> Matched {
        Matched {
            word: self.word(word),
            prefix: self.prefixes.longest(|| word.bytes()),
            suffix: self.suffixes.longest(|| word.bytes().rev()),
        }
    }

    /// Whether a word matches a token.
    pub(super) fn fits(&self, token: u32, matched: Matched) -> bool {
        token == matched.word
            || self.prefixes.chain(matched.prefix).chain(self.suffixes.chain(matched.suffix)).any(|number| number == token)
    }

    /// The numbers of all tokens that a word matches.
    pub(super) fn numbers(&self, matched: Matched) -> impl Iterator<Item = u32> {
        let word = Some(matched.word).filter(|number| *number != NONE);
        word.into_iter().chain(self.prefixes.chain(matched.prefix)).chain(self.suffixes.chain(matched.suffix))
    }
}

/// What a word matches: itself, the longest beginning, the longest ending; the shorter ones are those of the longest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matched {
    /// The word as it is.
    pub(super) word: u32,
    prefix: u32,
    suffix: u32,
}

/// Beginnings in the order of their bytes (endings are kept from behind), each with the longest other one that it begins with.
#[derive(Clone, Debug, Default)]
struct Stems {
    all: Vec<Stem>,
    /// By byte, where the stems that begin with it start; one more at the end. Most words share their first byte with few.
    starts: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Stem {
    bytes: Box<[u8]>,
    number: u32,
    shorter: u32,
}

impl Stems {
    fn new(mut stems: Vec<(Box<[u8]>, u32)>) -> Self {
        stems.sort_unstable();
        let before = |byte: usize| stems.partition_point(|(stem, _)| stem.first().is_some_and(|first| usize::from(*first) < byte));
        let starts = (0..=256).map(|byte| u32::try_from(before(byte)).unwrap_or(NONE)).collect();
        let mut kept = Self { all: Vec::with_capacity(stems.len()), starts };
        for (bytes, number) in stems {
            let shorter = kept.longest(|| bytes.iter().copied());
            kept.all.push(Stem { bytes, number, shorter });
        }
        kept
    }

    fn number<I: Iterator<Item = u8>>(&self, bytes: impl Fn() -> I) -> u32 {
        self.all.binary_search_by(|stem| stem.bytes.iter().copied().cmp(bytes())).map_or(NONE, |at| self.all[at].number)
    }

    /// The stems with the first byte of the bytes, and where they start.
    fn alike<I: Iterator<Item = u8>>(&self, bytes: &impl Fn() -> I) -> (usize, &[Stem]) {
        let first = bytes().next().map(usize::from);
        let range = first.and_then(|first| Some((*self.starts.get(first)? as usize, *self.starts.get(first + 1)? as usize)));
        // While the list is made, it ends earlier.
        let (start, end) = range.map_or((0, 0), |(start, end)| (start.min(self.all.len()), end.min(self.all.len())));
        (start, &self.all[start..end])
    }

    /// The place of the longest stem that the bytes begin with.
    fn longest<I: Iterator<Item = u8>>(&self, bytes: impl Fn() -> I) -> u32 {
        let (start, alike) = self.alike(&bytes);
        if alike.is_empty() {
            return NONE;
        }
        // A beginning comes before what it begins. The last stem that does so is the longest, or shares with it every stem that does.
        let before = alike.partition_point(|stem| stem.bytes.iter().copied().cmp(bytes()).is_le());
        let mut at = before.checked_sub(1).map(|last| start + last);
        while let Some(place) = at {
            let stem = &self.all[place];
            if stem.bytes.len() <= bytes().count() && stem.bytes.iter().copied().eq(bytes().take(stem.bytes.len())) {
                return u32::try_from(place).unwrap_or(NONE);
            }
            at = usize::try_from(stem.shorter).ok().filter(|shorter| *shorter < self.all.len());
        }
        NONE
    }

    /// The numbers of a stem and of all that it begins with.
    fn chain(&self, place: u32) -> impl Iterator<Item = u32> {
        let stem = |place: u32| self.all.get(place as usize);
        core::iter::successors(stem(place), move |one| stem(one.shorter)).map(|one| one.number)
    }
}
