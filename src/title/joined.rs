//! Where an `&` joins no words but two jobs, so that no phrase may reach over it.

use super::pieces::{AND, And, Cut, Gap, Piece, is_letter};

/// Words that end a job: what follows behind an `&` may be another one. Source: English usage.
const RANKS: [&str; 31] = [
    "avp",
    "ceo",
    "cfo",
    "chair",
    "chairman",
    "chro",
    "cio",
    "ciso",
    "cmo",
    "cofounder",
    "coo",
    "cpo",
    "cro",
    "cto",
    "dir",
    "director",
    "evp",
    "fd",
    "founder",
    "gm",
    "manager",
    "md",
    "mgr",
    "owner",
    "partner",
    "pres",
    "president",
    "principal",
    "supervisor",
    "svp",
    "vp",
];

/// Words that begin one, and behind a rank without an `&` are beside it: a `CEO Advisor`, a `Director General`. Source: English usage.
const BEGINNINGS: [&str; 17] = [
    "admin",
    "administrative",
    "adviser",
    "advisor",
    "assistant",
    "associate",
    "asst",
    "coach",
    "consultant",
    "deputy",
    "ea",
    "executive",
    "general",
    "gm",
    "pa",
    "personal",
    "secretary",
];

/// What is said of all jobs that follow in its clause: a `Former President & General Manager` is neither. Source: English usage.
const SAID_OF_ALL: [&str; 8] = ["aspiring", "ex", "former", "formerly", "past", "previous", "previously", "retired"];

impl Cut {
    /// Parts two ranks in initials (`V.P. & C.F.O.`, `V.P. and C.F.O.`, `V.P./C.F.O.`, `V.P. I.T.`), which would be one word of letters: on both sides
    /// stand several, whereas one side of `R. & D.`, `F.P. & A.` and `A/P` has a single one, and `V. P. S.` has all of them apart. Single letters around an
    /// `&` without spaces are one word (`R R&A I`). O(pieces).
    pub(super) fn part_initials(&mut self) {
        for at in 2..self.pieces.len() {
            let Some((next, joins)) = self.joined(at) else { return };
            let piece = &self.pieces[next];
            let is_close = self.has_initials(at - 2, false) && self.has_initials(next, false);
            if piece.and == Some(And::Tight) && !is_close {
                continue;
            }
            let gap = match piece.gap {
                Gap::Slash => Gap::Job,
                Gap::Word if joins || (piece.spaced && is_close) => Gap::Clause,
                _ => continue,
            };
            if self.has_initials(at - 2, true) && self.has_initials(next, true) {
                (self.pieces[next].gap, self.pieces[next].and) = (gap, None);
            }
        }
    }

    /// Makes one word of the initials close to an `&` (`M.D&CEO`, `F.P&A`), of which the one next to it would be joined without the others. O(pieces).
    pub(super) fn join_initials(&mut self) {
        let mut at = self.pieces.len();
        while at > 1 {
            at -= 1;
            if !matches!(self.pieces[at].and, Some(And::Tight | And::Spaced)) {
                continue;
            }
            let (mut first, mut last) = (at - 1, at);
            while self.has_initials(last, false) {
                last += 1;
            }
            while first > 0 && self.has_initials(first - 1, false) {
                first -= 1;
            }
            (at..last).for_each(|_| self.join_at(at + 1));
            (first + 1..at).for_each(|_| self.join_at(first + 1));
            at = first + 1;
        }
    }

    /// Whether two letters with nothing but dots, or spaces, between them stand here.
    fn has_initials(&self, at: usize, may_be_spaced: bool) -> bool {
        let are_letters = |pair: &[Piece]| pair.iter().all(|piece| is_letter(&self.text[piece.text.clone()]));
        let is_close = |piece: &Piece| piece.gap == Gap::Word && piece.and.is_none() && (may_be_spaced || !piece.spaced);
        self.pieces.get(at..at + 2).is_some_and(|pair| are_letters(pair) && is_close(&pair[1]))
    }

    /// Keeps together whom somebody works for: `PA to MD/FD` is no job beside that of an `FD`. O(pieces).
    pub(super) fn keep_whom_served(&mut self) {
        for at in 2..self.pieces.len() {
            let is_rank = |at: usize| RANKS.contains(&self.word(at));
            if self.pieces[at].gap == Gap::Slash && is_rank(at) && is_rank(at - 1) && self.word(at - 2) == "to" {
                self.pieces[at].gap = Gap::Word;
            }
        }
    }

    /// Ends the clause between two jobs: `CEO & Advisor` advises no CEO, and `Director & General Manager` is no director general. O(pieces).
    pub(super) fn part_ranks(&mut self) {
        for at in 1..self.pieces.len() {
            let Some((next, joins)) = self.joined(at) else { return };
            let is_job = joins && RANKS.contains(&self.word(at - 1)) && BEGINNINGS.contains(&self.word(next));
            if is_job && self.pieces[next].gap == Gap::Word && !self.is_said_of_all(at - 1) {
                self.pieces[next].gap = Gap::Clause;
            }
        }
    }

    /// Whether something before a place, in its clause, is said of all that follows.
    fn is_said_of_all(&self, at: usize) -> bool {
        let before = |at: &usize| at.checked_sub(1).filter(|_| self.pieces[*at].gap == Gap::Word);
        core::iter::successors(Some(at), before).any(|at| SAID_OF_ALL.contains(&self.word(at)))
    }

    /// The piece that goes on with what stands before a place, and whether an `&` or an *and* joins them.
    fn joined(&self, at: usize) -> Option<(usize, bool)> {
        let is_and = AND.contains(&self.word(at));
        let next = at + usize::from(is_and);
        let piece = self.pieces.get(next)?;
        Some((next, is_and || piece.and.is_some()))
    }
}
