//! Phrases: what rules look for in the words of a title.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::words::Normaliser;
use crate::fold::fold;
use crate::problem::{ProblemKind, excerpt};

/// Words of a phrase. Source: our choice; no rank has more.
const PHRASE_WORDS_MAX: usize = 12;

const _: () = assert!(PHRASE_WORDS_MAX <= u16::BITS as usize, "each word has a bit");

/// What a word of a title must be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Token {
    /// This word.
    Word(Box<str>),
    /// A word that begins so: `sales*`.
    Prefix(Box<str>),
    /// A word that ends so: `*leiter`.
    Suffix(Box<str>),
    /// Any word: `_`.
    Any,
}

/// Consecutive words, or what they must be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Phrase {
    pub(super) tokens: Box<[Token]>,
    /// Before which words an *and* is written, a bit for each: `learning and development` is one thing, whereas `it security` is another than `IT & Security`.
    pub(super) ands: u16,
}

impl Phrase {
    /// Reads a phrase. Its words become what the words of a title become, so `V.P.` and `vice president` are one phrase.
    ///
    /// # Errors
    /// [`ProblemKind::Inconsistent`] for a phrase without a word, of more than 12, with a separator of clauses or jobs in it, or with a `*` that
    /// stands neither before nor behind two letters.
    pub(crate) fn read(text: &str, normaliser: &Normaliser) -> Result<Self, ProblemKind> {
        let mut tokens = Vec::new();
        let (mut plain, mut behind_and) = (String::new(), false);
        for part in text.split_whitespace() {
            if part == "_" || part.contains('*') {
                push_words(&mut tokens, &plain, text, normaliser)?;
                plain.clear();
                tokens.push((if part == "_" { Token::Any } else { star(part, text)? }, core::mem::take(&mut behind_and)));
            } else {
                plain.push_str(part);
                plain.push(' ');
                // Words know it of themselves.
                behind_and = part == "&" || normaliser.filler_is_and(&fold(part)).is_some_and(|is_and| is_and || behind_and);
            }
        }
        push_words(&mut tokens, &plain, text, normaliser)?;
        Self::of(tokens, text)
    }

    /// Reads a phrase that must be all the words of a job, in any order, as words sorted by their bytes.
    ///
    /// # Errors
    /// As [`Phrase::read`]; and [`ProblemKind::Inconsistent`] for `_` and `*`, which say too little about a whole job.
    pub(crate) fn read_whole(text: &str, normaliser: &Normaliser) -> Result<Self, ProblemKind> {
        let Self { mut tokens, .. } = Self::read(text, normaliser)?;
        if tokens.iter().any(|token| !matches!(token, Token::Word(_))) {
            return refused(text, "a whole title is given word by word, without `_` and `*`");
        }
        tokens.sort();
        Ok(Self { tokens, ands: 0 })
    }

    /// How exactly the phrase says which words it means: by the words written out, then by the letters of beginnings and endings. Of phrases on the
    /// same words the most exact counts: `teamleiter` before `*leiter`.
    pub(super) fn exactness(&self) -> u32 {
        let of_token = |token: &Token| match token {
            Token::Word(_) => 1 << 16,
            Token::Prefix(stem) | Token::Suffix(stem) => u32::try_from(stem.chars().count()).unwrap_or(u32::MAX).min(1 << 12),
            Token::Any => 0,
        };
        self.tokens.iter().map(of_token).sum()
    }

    /// A phrase of these, each with whether an *and* stands before it.
    fn of(tokens: Vec<(Token, bool)>, text: &str) -> Result<Self, ProblemKind> {
        if tokens.iter().all(|(token, _)| *token == Token::Any) {
            return refused(text, "a phrase needs at least one word that is no filler");
        }
        if tokens.len() > PHRASE_WORDS_MAX {
            return refused(text, "a phrase has at most 12 words, abbreviations written out");
        }
        let ands = tokens.iter().rev().fold(0, |ands, (_, behind_and)| ands << 1 | u16::from(*behind_and));
        Ok(Self { tokens: tokens.into_iter().map(|(token, _)| token).collect(), ands })
    }
}

fn refused<T>(text: &str, why: &'static str) -> Result<T, ProblemKind> {
    Err(ProblemKind::Inconsistent(Cow::Owned(alloc::format!("`{}`: {why}", excerpt(text)))))
}

fn push_words(tokens: &mut Vec<(Token, bool)>, plain: &str, text: &str, normaliser: &Normaliser) -> Result<(), ProblemKind> {
    let words = normaliser.words(plain);
    if words.len() > 0 && !words.is_one_clause(&(0..words.len())) {
        return refused(text, "a phrase stands within one clause, so it has no commas, brackets, slashes or dashes between spaces");
    }
    tokens.extend((0..words.len()).map(|at| (Token::Word(words.text(at).into()), words.is_behind_and(at))));
    Ok(())
}

/// `sales*` or `*leiter`.
fn star(part: &str, text: &str) -> Result<Token, ProblemKind> {
    let (stem, token): (&str, fn(Box<str>) -> Token) = match (part.strip_suffix('*'), part.strip_prefix('*')) {
        (Some(stem), None) => (stem, Token::Prefix),
        (None, Some(stem)) => (stem, Token::Suffix),
        _ => return refused(text, "a `*` stands at one end of a word, such as `sales*` or `*leiter`; any word is `_`"),
    };
    let stem = fold(stem);
    if stem.chars().count() < 2 || !stem.chars().all(char::is_alphanumeric) {
        return refused(text, "a `*` stands before or behind at least two letters, and nothing else");
    }
    Ok(token(stem.into()))
}
