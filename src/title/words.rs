//! The words of a title: folded, fillers dropped, abbreviations written out, each with its place in the title.
//!
//! ```text
//! "Sr. V.P. of Sales, R&D / C.T.O."   →   senior vice president sales, research development / cto
//! ```

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::fmt;
use core::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::pieces::{Cut, Gap, Piece, cut, is_letter, join};
use super::reading::TitleWords;

/// One word of a title.
#[derive(Clone, Debug)]
struct Word {
    /// Where it stands in the folded text.
    text: Range<usize>,
    /// Where it stands in the title, in bytes. Words of one abbreviation share it.
    span: Range<usize>,
    /// The clause it stands in, counted through the title.
    clause: u16,
    /// The job it stands in, counted through the title.
    job: u16,
    /// Whether an *and* that was dropped joins it to the word before.
    behind_and: bool,
    /// Whether a rule hides it from the other rules.
    hidden: bool,
}

/// The words of a title.
#[derive(Clone)]
pub(crate) struct Words<'t> {
    title: &'t str,
    text: String,
    #[allow(clippy::struct_field_names, reason = "they are the words")]
    words: Vec<Word>,
}

impl Words<'_> {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// A word as phrases see it.
    pub(crate) fn text(&self, at: usize) -> &str {
        &self.text[self.words[at].text.clone()]
    }

    /// Whether all words of a range stand in one clause.
    pub(crate) fn is_one_clause(&self, range: &Range<usize>) -> bool {
        self.words[range.start].clause == self.words[range.end - 1].clause
    }

    /// Whether an *and* that was dropped stood before a word.
    pub(super) fn is_behind_and(&self, at: usize) -> bool {
        self.words[at].behind_and
    }

    /// Whether one stood between words of a range, but for where these bits say that it belongs there: `IT & Security` has the words of *IT security*.
    pub(super) fn has_and_beside(&self, range: &Range<usize>, ands: u16) -> bool {
        self.words[range.clone()].iter().enumerate().skip(1).any(|(at, word)| word.behind_and && ands >> at & 1 == 0)
    }

    /// Whether a rule hides a word of a range from the other rules.
    pub(crate) fn is_hidden(&self, range: &Range<usize>) -> bool {
        self.words[range.clone()].iter().any(|word| word.hidden)
    }

    /// The jobs, each as the range of its words.
    pub(crate) fn jobs(&self) -> impl Iterator<Item = Range<usize>> {
        let mut end = 0;
        self.words.chunk_by(|a, b| a.job == b.job).map(move |job| {
            let start = end;
            end += job.len();
            start..end
        })
    }

    /// Hides what follows a range up to the end of its job, or of its clause.
    pub(super) fn hide_behind(&mut self, range: &Range<usize>, whole_job: bool) {
        let Word { clause, job, .. } = self.words[range.end - 1];
        let same = |word: &&mut Word| if whole_job { word.job == job } else { word.clause == clause };
        self.words[range.end..].iter_mut().take_while(same).for_each(|word| word.hidden = true);
    }

    /// Hides what a range says of what stands before it: all of its job up to there, or the job before where the range is a job of its own. Nothing
    /// where more than numbers follows in its clause, since then the range speaks of that.
    pub(super) fn hide_before(&mut self, range: &Range<usize>) {
        let Word { clause, job, .. } = self.words[range.end - 1];
        let behind = self.words[range.end..].iter().take_while(|word| word.clause == clause).count();
        let end = range.end + behind;
        if !(range.end..end).all(|at| self.text(at).bytes().all(|byte| byte.is_ascii_digit())) {
            return;
        }
        let own = self.words[..range.start].iter().rev().take_while(|word| word.job == job).count();
        let alone = own == 0 && self.words.get(end).is_none_or(|word| word.job != job);
        let before = if alone { job.checked_sub(1) } else { Some(job) };
        self.words[..range.start].iter_mut().filter(|word| Some(word.job) == before).for_each(|word| word.hidden = true);
    }

    /// The words of some ranges as they stand in the title, in their order, each place once; an abbreviation is one.
    pub(crate) fn evidence(&self, ranges: &[Range<usize>]) -> TitleWords {
        let mut places: Vec<usize> = ranges.iter().cloned().flatten().collect();
        places.sort_unstable();
        let mut spans: Vec<&Range<usize>> = places.into_iter().map(|at| &self.words[at].span).collect();
        spans.dedup();
        TitleWords(spans.into_iter().map(|span| self.title[span.clone()].to_string()).collect())
    }
}

/// The words with a space between them, `, ` between clauses and ` / ` between jobs.
impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, word) in self.words.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &self.words[before]);
            f.write_str(match before {
                None => "",
                Some(before) if before.job != word.job => " / ",
                Some(before) if before.clause != word.clause => ", ",
                Some(_) => " ",
            })?;
            f.write_str(self.text(at))?;
        }
        Ok(())
    }
}

/// What is known of a word before any rule is asked.
#[derive(Clone, Debug)]
enum Meaning {
    /// It says nothing.
    Filler,
    /// It stands for these words.
    Short(Box<[Box<str>]>),
}

/// Fillers and abbreviations: what makes words of a title.
#[derive(Clone, Debug, Default)]
pub(crate) struct Normaliser {
    meanings: HashMap<Box<str>, Meaning, FixedState>,
    /// Short forms of several words by their first, the longest first.
    begun: HashMap<Box<str>, Vec<Box<str>>, FixedState>,
}

impl Normaliser {
    /// From folded single words; abbreviations with the words they stand for, those of several words begin with one that is replaced.
    pub(super) fn new<'a>(fillers: impl Iterator<Item = &'a str>, abbreviations: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut meanings: HashMap<Box<str>, Meaning, FixedState> = fillers.map(|word| (word.into(), Meaning::Filler)).collect();
        let mut begun: HashMap<Box<str>, Vec<Box<str>>, FixedState> = HashMap::default();
        for (short, long) in abbreviations {
            if let Some((first, _)) = short.split_once(' ') {
                let begun = begun.entry(first.into()).or_default();
                begun.push(short.into());
                begun.sort_by_key(|short| Reverse(short.len()));
            }
            meanings.insert(short.into(), Meaning::Short(long.split(' ').map(Box::from).collect()));
        }
        Self { meanings, begun }
    }

    /// Whether a folded word, if it is a filler, joins two things.
    pub(super) fn filler_is_and(&self, word: &str) -> Option<bool> {
        matches!(self.meanings.get(word), Some(Meaning::Filler)).then(|| is_and(word))
    }

    /// Whether a folded word is a filler or an abbreviation, and so no word of a title.
    pub(super) fn is_replaced(&self, word: &str) -> bool {
        self.meanings.contains_key(word)
    }

    /// The words of a title. O(length), and of the first 1,000 characters only.
    pub(crate) fn words<'t>(&self, title: &'t str) -> Words<'t> {
        let Cut { mut text, mut pieces } = cut(title);
        self.join_by_and(&mut pieces, &mut text);
        // Fillers may stand between single letters (`V. the P.`), and single letters may join to a filler: until nothing changes.
        join_letters(&mut pieces, &mut text);
        self.join_short_forms(&mut pieces, &mut text);
        while self.drop_fillers(&mut pieces, &text) && join_letters(&mut pieces, &mut text) {}
        drop_elided(&mut pieces, &text);
        self.write_out(title, text, &pieces)
    }

    /// Joins words around a `&` that are an abbreviation with it: `S & OP` is `S&OP`, while `Sales & OP` is two words.
    fn join_by_and(&self, pieces: &mut Vec<Piece>, text: &mut String) {
        pieces.dedup_by(|next, last| {
            if !next.is_behind_spaced_and() {
                return false;
            }
            let joined = [&text[last.text.clone()], "&", &text[next.text.clone()]].concat();
            let is_short = matches!(self.meanings.get(joined.as_str()), Some(Meaning::Short(_)));
            if is_short {
                last.text = appended(text, &joined);
                last.span.end = next.span.end;
            }
            is_short
        });
    }

    /// Joins the words of short forms that begin with a filler, as long as it tells them from others (`à la retraite`, not `de la retraite`), or with
    /// an abbreviation that means something else alone (`adm. dir.`).
    fn join_short_forms(&self, pieces: &mut Vec<Piece>, text: &mut String) {
        for at in 0.. {
            let Some(first) = pieces.get(at) else { return };
            let Some(begun) = self.begun.get(&text[first.text.clone()]) else { continue };
            let Some(short) = begun.iter().find(|short| stands_at(&pieces[at..], short, text)) else { continue };
            let behind = at + 1..at + short.split(' ').count();
            pieces[at].span.end = pieces[behind.end - 1].span.end;
            pieces[at].text = appended(text, short);
            pieces.drain(behind);
        }
    }

    /// Returns whether any was dropped.
    fn drop_fillers(&self, pieces: &mut Vec<Piece>, text: &str) -> bool {
        let before = pieces.len();
        let mut dropped: Option<(Gap, bool)> = None;
        pieces.retain_mut(|piece| {
            if let Some((gap, and)) = dropped.take() {
                (piece.gap, piece.behind_and) = (gap.across(piece.gap), and || piece.behind_and);
            }
            let is_and = self.filler_is_and(&text[piece.text.clone()]);
            if let Some(is_and) = is_and {
                dropped = Some((piece.gap, piece.behind_and || is_and));
            }
            is_and.is_none()
        });
        pieces.len() < before
    }

    fn write_out<'t>(&self, title: &'t str, mut text: String, pieces: &[Piece]) -> Words<'t> {
        let mut words = Vec::with_capacity(pieces.len() + 4);
        let (mut clause, mut job) = (0, 0);
        for piece in pieces {
            clause += u16::from(piece.gap != Gap::Word);
            job += u16::from(piece.gap >= Gap::Slash);
            let first = words.len();
            let mut put = |text| words.push(Word { text, span: piece.span.clone(), clause, job, behind_and: false, hidden: false });
            match self.meanings.get(&text[piece.text.clone()]) {
                Some(Meaning::Short(long)) => long.iter().for_each(|word| put(appended(&mut text, word))),
                _ => put(piece.text.clone()),
            }
            if let Some(word) = words.get_mut(first) {
                word.behind_and = piece.behind_and;
            }
        }
        Words { title, text, words }
    }
}

/// Whether a filler joins two things. Source: English, German, French, Spanish, Swedish, Danish, Norwegian and Polish usage. The Dutch *en* is none of
/// them, since it is *in* in French and Spanish titles; the Italian and Portuguese *e* is no filler, nor are the Finnish *ja* and the Polish *i*, so that no
/// phrase reaches over them.
fn is_and(filler: &str) -> bool {
    matches!(filler, "and" | "or" | "n" | "und" | "sowie" | "bzw" | "et" | "y" | "och" | "samt" | "og" | "oraz")
}

/// Whether the first pieces are the words of a short form, in one clause.
fn stands_at(pieces: &[Piece], short: &str, text: &str) -> bool {
    let is_word = |at: usize, piece: &Piece, word: &str| text[piece.text.clone()] == *word && (at == 0 || piece.gap == Gap::Word);
    short.split(' ').enumerate().all(|(at, word)| pieces.get(at).is_some_and(|piece| is_word(at, piece, word)))
}

fn appended(text: &mut String, word: &str) -> Range<usize> {
    let start = text.len();
    text.push_str(word);
    start..text.len()
}

/// Joins runs of single letters of one clause (`C. E. O.`, `A/P`); returns whether any was joined.
fn join_letters(pieces: &mut Vec<Piece>, text: &mut String) -> bool {
    let before = pieces.len();
    let mut run = false;
    pieces.dedup_by(|next, last| {
        let joins = matches!(next.gap, Gap::Word | Gap::Slash) && is_letter(&text[next.text.clone()]);
        run = joins && (run || is_letter(&text[last.text.clone()]));
        if run {
            join(last, next, text);
        }
        run
    });
    pieces.len() < before
}

/// Drops the `d` and `l` that French and Italian capitals leave of an article when the apostrophe is gone, too: `CHEF D EQUIPE`. Not behind a digit
/// (`3 D Artist`); letters of an abbreviation are joined before.
fn drop_elided(pieces: &mut Vec<Piece>, text: &str) {
    for at in (1..pieces.len().saturating_sub(1)).rev() {
        let is_between_words = pieces[at].gap == Gap::Word && pieces[at + 1].gap == Gap::Word;
        let is_behind_letter = text[pieces[at - 1].text.clone()].ends_with(char::is_alphabetic);
        if is_between_words && is_behind_letter && matches!(&text[pieces[at].text.clone()], "d" | "l") {
            pieces[at + 1].behind_and |= pieces[at].behind_and;
            pieces.remove(at);
        }
    }
}
