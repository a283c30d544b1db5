//! Cutting a title into pieces: runs of letters and digits, and what stands between them.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::escape::characters;
use crate::fold::{fold_char, is_apostrophe};

/// How much of a title is read. Source: our choice; titles have tens of characters, and the cost of a longer one stays bounded.
pub(super) const TITLE_CHARS_MAX: usize = 1_000;

/// What stands between a piece and the one before it, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Spaces, hyphens, dots, `&` and the like: the same clause goes on.
    Word,
    /// A comma or a bracket.
    Clause,
    /// A slash or `+` without spaces: another job, except between single letters (`A/P`, `I+D`).
    Slash,
    /// Another job: `| ;`, `/` and `+` beside a space, a dash between spaces, a bullet, a line.
    Job,
}

impl Gap {
    /// What stands between the neighbours of a piece that is dropped.
    pub(super) fn across(self, other: Self) -> Self {
        if self.max(other) >= Self::Slash { Self::Job } else { self.max(other) }
    }
}

/// A run of letters and digits, folded.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Where it stands in the folded text.
    pub(super) text: Range<usize>,
    /// Where it stands in the title, in bytes.
    pub(super) span: Range<usize>,
    /// What stands before it.
    pub(super) gap: Gap,
    /// The `&` that alone stands before it.
    pub(super) and: Option<And>,
    /// An `&` or an *and* that is dropped stands before it, however it is written. Unlike `and` it says nothing about letters that belong together.
    pub(super) behind_and: bool,
    /// A space stands before it.
    pub(super) spaced: bool,
}

impl Piece {
    /// Whether a `&` alone stands before it that is still between two words: `S & OP`.
    pub(super) fn is_behind_spaced_and(&self) -> bool {
        self.and == Some(And::Spaced)
    }

    /// A part of a word whose letters are those of the title, which goes on with the part before.
    pub(super) fn part(&self, part: &Range<usize>) -> Self {
        let within = |all: &Range<usize>| all.start + part.start..all.start + part.end;
        let (text, span) = (within(&self.text), within(&self.span));
        if part.start == 0 {
            Self { text, span, ..*self }
        } else {
            Self { text, span, gap: Gap::Word, and: None, behind_and: false, spaced: false }
        }
    }
}

/// How a `&` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum And {
    /// `R&D`.
    Tight,
    /// `R & D`.
    Spaced,
    /// `R. & D.`, whose letters are joined as those of `C. E. O.` are.
    Dotted,
}

/// The pieces of a title, and the folded text that they refer to.
pub(super) struct Cut {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
}

/// Cuts a title, of which the first [`TITLE_CHARS_MAX`] characters are read. O(length).
pub(super) fn cut(title: &str) -> Cut {
    let mut cutter =
        Cutter { text: String::with_capacity(title.len()), pieces: Vec::with_capacity(12), open: None, between: Between::default() };
    let mut folded = String::new();
    let end = title.char_indices().nth(TITLE_CHARS_MAX).map_or(title.len(), |(at, _)| at);
    for (letter, span) in characters(&title[..end]) {
        if letter.is_ascii() {
            cutter.take(letter.to_ascii_lowercase(), span);
        } else if is_apostrophe(letter) {
            cutter.take('\'', span);
        } else if matches!(letter, '™' | '℠') {
            // Folding makes letters of them, which are no part of the word before.
            cutter.take('.', span);
        } else {
            folded.clear();
            fold_char(letter, &mut folded);
            if folded.is_empty() && is_combining_mark(letter) {
                cutter.mark(&span);
            }
            folded.chars().for_each(|part| cutter.take(part, span.clone()));
        }
    }
    cutter.close();
    let mut cut = Cut { text: cutter.text, pieces: cutter.pieces };
    cut.tell_by_accent(title);
    cut.tell_by_case(title);
    cut.part_glued(title);
    cut.part_initials();
    cut.part_ranks();
    cut.keep_whom_served();
    cut.join_initials();
    cut.join_by_and();
    cut
}

/// The words that `&` is read as between single letters (`R en D`) and jobs. Source: English, German, French and Dutch; of others the word is a single letter,
/// which is joined as one. Between other words *en* may be a French *in*, so that `words::is_and` does not have it.
pub(super) const AND: [&str; 4] = ["and", "und", "et", "en"];

/// How many letters may stand on one side of a `&` without spaces, if a single one stands on the other: `FP&A`, `S&OP`, not `Sales&Marketing`, `HR&IT`.
const LETTERS_BESIDE_AND: usize = 3;

impl Cut {
    /// Joins letters around a `&` to one word that has it, so that `A&R` is not read as `AR`, nor `D&I` as the Italian article. O(pieces).
    fn join_by_and(&mut self) {
        self.read_and();
        self.part_slashed();
        let Self { text, pieces } = self;
        pieces.dedup_by(|next, last| {
            let (one, other) = (&text[last.text.clone()], &text[next.text.clone()]);
            let joins = match next.and {
                None | Some(And::Dotted) => false,
                Some(And::Spaced) => is_letter(one) && is_letter(other),
                Some(And::Tight) => is_short_beside_letter(one.rsplit('&').next().unwrap_or(one), other),
            };
            if joins {
                let joined = [one, "&", other].concat();
                last.text = text.len()..text.len() + joined.len();
                last.span.end = next.span.end;
                text.push_str(&joined);
            }
            joins
        });
    }

    /// Reads `R and D` as `R & D`. The letters of `R&D and L&D` belong to others.
    fn read_and(&mut self) {
        for at in (1..self.pieces.len().saturating_sub(1)).rev() {
            let word = |at: usize| &self.text[self.pieces[at].text.clone()];
            let is_and = AND.contains(&word(at)) && is_letter(word(at - 1)) && is_letter(word(at + 1));
            let is_close = self.pieces[at..at + 2].iter().all(|piece| piece.gap == Gap::Word && piece.and.is_none());
            let is_free = self.pieces[at - 1].and.is_none() && self.pieces.get(at + 2).is_none_or(|behind| behind.and.is_none());
            if is_and && is_close && is_free {
                (self.pieces[at + 1].and, self.pieces[at + 1].behind_and) = (Some(And::Spaced), true);
                self.pieces.remove(at);
            }
        }
    }
}

impl Cut {
    /// Joins the letters that slashes keep together around a `&`, which stands between two words then: `A/P & A/R`.
    fn part_slashed(&mut self) {
        for at in (1..self.pieces.len()).rev() {
            let (before, behind) = (self.is_slashed(at - 1), self.is_slashed(at + 1));
            if self.pieces[at].is_behind_spaced_and() && (before || behind) {
                self.pieces[at].and = None;
                [(behind, at + 1), (before, at - 1)].into_iter().filter(|(slashed, _)| *slashed).for_each(|(_, at)| self.join_at(at));
            }
        }
    }

    /// Whether a slash without spaces stands between a letter and the one before it.
    fn is_slashed(&self, at: usize) -> bool {
        let is_letter = |at: usize| is_letter(&self.text[self.pieces[at].text.clone()]);
        at > 0 && self.pieces.get(at).is_some_and(|piece| piece.gap == Gap::Slash) && is_letter(at - 1) && is_letter(at)
    }

    /// Makes one word of the piece at a place and the one before it.
    pub(super) fn join_at(&mut self, at: usize) {
        let next = self.pieces.remove(at);
        join(&mut self.pieces[at - 1], &next, &mut self.text);
    }
}

/// Makes one word of two pieces.
pub(super) fn join(last: &mut Piece, next: &Piece, text: &mut String) {
    if last.text.end == next.text.start {
        last.text.end = next.text.end;
    } else {
        let joined = [&text[last.text.clone()], &text[next.text.clone()]].concat();
        last.text = text.len()..text.len() + joined.len();
        text.push_str(&joined);
    }
    last.span.end = next.span.end;
}

fn is_short_beside_letter(one: &str, other: &str) -> bool {
    let is_short = |text: &str| text.chars().nth(LETTERS_BESIDE_AND).is_none() && text.chars().all(char::is_alphabetic);
    is_short(one) && is_short(other) && (is_letter(one) || is_letter(other))
}

pub(super) fn is_letter(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

struct Cutter {
    text: String,
    pieces: Vec<Piece>,
    open: Option<Piece>,
    between: Between,
}

impl Cutter {
    fn take(&mut self, part: char, span: Range<usize>) {
        if part.is_ascii_alphanumeric() || (!part.is_ascii() && (part.is_alphanumeric() || is_combining_mark(part))) {
            self.letter(part, span);
        } else if part == '@' {
            // `CEO @ Acme` is read as it is spoken.
            self.close();
            self.letter('a', span.clone());
            self.letter('t', span);
            self.close();
        } else {
            self.close();
            self.between.take(part);
        }
    }

    /// A mark that folding drops is a part of the letter before it, so that the word is told with it.
    fn mark(&mut self, span: &Range<usize>) {
        if let Some(open) = self.open.as_mut().filter(|open| open.span.end == span.start) {
            open.span.end = span.end;
        }
    }

    fn letter(&mut self, part: char, span: Range<usize>) {
        let from = self.text.len();
        let (between, pieces) = (&self.between, &self.pieces);
        let open = self.open.get_or_insert_with(|| {
            let gap = if pieces.is_empty() { Gap::Job } else { between.gap() };
            let (and, behind_and) = (between.and(), between.ands > 0);
            Piece { text: from..from, span: span.clone(), gap, and, behind_and, spaced: between.space }
        });
        self.text.push(part);
        open.text.end = self.text.len();
        open.span.end = span.end;
    }

    /// Ends a piece. A single letter behind an apostrophe is no word: `'s` is dropped, others are a part of the word before (`int'l`). Nor is the
    /// other form of the word before (`Leiter/in`), which is dropped.
    fn close(&mut self) {
        let Some(piece) = self.open.take() else { return };
        let behind_apostrophe = self.between.is_apostrophe();
        let is_form = self.is_form(&piece);
        let in_bracket = is_form && self.between.first == Some('(');
        self.between = Between { in_bracket, ..Between::default() };
        if is_form {
            return self.text.truncate(piece.text.start);
        }
        let mut letters = self.text[piece.text.clone()].chars();
        let single = letters.next().filter(|_| letters.next().is_none());
        match (single.filter(|_| behind_apostrophe), self.pieces.last_mut()) {
            (Some('s'), Some(_)) => self.text.truncate(piece.text.start),
            (Some(_), Some(before)) => {
                before.text.end = piece.text.end;
                before.span.end = piece.span.end;
            }
            _ => self.push(piece, behind_apostrophe),
        }
    }

    /// Articles and prepositions that lost their vowel are dropped: `chef d'équipe`, `responsabile dell'ufficio`.
    fn push(&mut self, mut piece: Piece, behind_apostrophe: bool) {
        let is_elided = |before: &&Piece| behind_apostrophe && ELISIONS.contains(&&self.text[before.text.clone()]);
        if let Some((gap, behind_and)) = self.pieces.last().filter(is_elided).map(|before| (before.gap, before.behind_and)) {
            (piece.gap, piece.behind_and) = (gap, behind_and);
            self.pieces.pop();
        }
        self.pieces.push(piece);
    }

    fn is_form(&self, piece: &Piece) -> bool {
        let word = |piece: &Piece| &self.text[piece.text.clone()];
        self.between.joins_form()
            && FORMS.contains(&word(piece))
            && self.pieces.last().is_some_and(|before| word(before).chars().nth(2).is_some())
    }
}

/// What French and Italian write before an apostrophe.
const ELISIONS: [&str; 9] = ["d", "l", "qu", "dell", "nell", "all", "sull", "dall", "coll"];

/// Endings for women or men, as they are written behind the form for the others: `Leiter/in`, `Kaufmann/-frau`, `Chargé(e)`, `Directeur/trice`,
/// `Gestor/a`. Source: German, French, Spanish, Portuguese and Italian usage; `se` is left out, it is a rank (`Sales/SE`).
const FORMS: [&str; 18] =
    ["in", "innen", "frau", "mann", "e", "ne", "nne", "fe", "le", "euse", "trice", "rice", "ere", "iere", "a", "o", "ora", "essa"];

/// What has been seen since the last piece.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "what was seen is a set, not a state")]
struct Between {
    count: usize,
    spaces: usize,
    /// How many `&`.
    ands: usize,
    apostrophe: bool,
    slash: bool,
    clause: bool,
    job: bool,
    space: bool,
    /// A dash behind a space: if a space follows it, it separates jobs.
    dash: bool,
    last_is_space: bool,
    first: Option<char>,
    second: Option<char>,
    /// The piece before was the form of a word, in a bracket that is still to be closed.
    in_bracket: bool,
}

impl Between {
    fn take(&mut self, part: char) {
        if core::mem::take(&mut self.in_bracket) && part == ')' {
            return;
        }
        self.count += 1;
        match self.count {
            1 => self.first = Some(part),
            2 => self.second = Some(part),
            _ => {}
        }
        let is_space = part.is_whitespace();
        match part {
            _ if is_apostrophe(part) => self.apostrophe = true,
            '/' | '+' => self.slash = true,
            '&' => self.ands += 1,
            ',' | '(' | ')' | '[' | ']' | '{' | '}' | '、' => self.clause = true,
            '|' | ';' | '\\' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '•' | '·' | '►' | '»' | '→' | '>' => {
                self.job = true;
            }
            '-' | '‐' | '–' | '—' | '―' | '−' | '~' => self.dash |= self.last_is_space,
            _ if is_space => self.job |= self.dash,
            _ => {}
        }
        self.space |= is_space;
        self.spaces += usize::from(is_space);
        self.last_is_space = is_space;
    }

    const fn is_apostrophe(&self) -> bool {
        self.apostrophe && self.count == 1
    }

    /// Whether another form of the word before may follow: `Leiter/in`, `Leiter/-in`, `Leiter(in)`, `Leiter*in`, `Leiter:in`, `Leiter_in`, `chargé·e`.
    const fn joins_form(&self) -> bool {
        match (self.first, self.second) {
            (Some('/' | '(' | '*' | ':' | '_' | '·' | '.'), None) => true,
            (Some('/' | '('), Some('-')) => self.count == 2,
            _ => false,
        }
    }

    /// The `&` that is all there is, but for spaces and the dot of an abbreviation before it.
    fn and(&self) -> Option<And> {
        let is_dotted = self.first == Some('.');
        match self.spaces {
            _ if self.ands != 1 || self.spaces + usize::from(is_dotted) + 1 != self.count => None,
            _ if is_dotted => Some(And::Dotted),
            0 => Some(And::Tight),
            _ => Some(And::Spaced),
        }
    }

    const fn gap(&self) -> Gap {
        if self.job || (self.slash && (self.space || self.count > 1)) {
            Gap::Job
        } else if self.slash {
            Gap::Slash
        } else if self.clause {
            Gap::Clause
        } else {
            Gap::Word
        }
    }
}
