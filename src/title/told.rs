//! Words that their accent or their case tells from others: folding drops both, so they are told before.

use unicode_normalization::UnicodeNormalization;

use super::escape::characters;
use super::pieces::{Cut, Gap};

/// Words that an accent on their last letter alone tells from others, and a form of theirs that no accent is needed for: who is `retraité` is no pension
/// (`retraite`). Without the accent they stay what they look like, but for capitals behind a rank ([`RANKS`]). Source: French usage.
const TOLD_BY_ACCENT: [(&str, char, &str); 2] = [("retraite", 'é', "retraitee"), ("preretraite", 'é', "preretraitee")];

/// Whose titles are told from pensions in capitals, which often have no accents: nobody is a `CADRE RETRAITE` by trade, as a `CONSEILLER RETRAITE` is.
/// Source: French usage.
const RANKS: [&str; 19] = [
    "directeur",
    "directrice",
    "president",
    "presidente",
    "pdg",
    "dg",
    "gerant",
    "gerante",
    "dirigeant",
    "dirigeante",
    "cadre",
    "ingenieur",
    "ingenieure",
    "professeur",
    "professeure",
    "enseignant",
    "enseignante",
    "medecin",
    "notaire",
];

/// What may stand between such a rank and the word, and names no trade that has to do with pensions.
const BESIDE_RANKS: [&str; 9] =
    ["general", "generale", "financier", "financiere", "administratif", "et", "adjoint", "adjointe", "superieur"];

/// Two letters that their case tells from others (`AD`, `IR`, `ad` and `FD` are field sales, investor relations, advertising and a finance director), and a
/// word for what they say: `a. D.` is `außer Dienst`, `i. R.` is `im Ruhestand`, `f.d.` is `före detta`. In capitals alone, and the German ones in small
/// letters alone, they stay what they look like. Source: German and Swedish usage.
const TOLD_BY_CASE: [(&str, &str, &str); 4] =
    [("a", "D", "ruhestand"), ("i", "R", "ruhestand"), ("f", "d", "forutvarande"), ("F", "d", "forutvarande")];

impl Cut {
    /// Writes the other form of the words that their accent tells from others, so that phrases tell them as well. O(pieces).
    pub(super) fn tell_by_accent(&mut self, title: &str) {
        for at in 0..self.pieces.len() {
            let told = TOLD_BY_ACCENT.iter().find(|(word, ..)| self.word(at) == *word);
            let Some((_, accented, form)) = told else { continue };
            let word = &title[self.pieces[at].span.clone()];
            if ends_with(word, *accented) || (is_in_capitals(word) && self.is_behind_rank(at)) {
                let start = self.text.len();
                self.text.push_str(form);
                self.pieces[at].text = start..self.text.len();
            }
        }
    }

    /// Whether a piece ends its clause, but for since when, and a rank stands before it.
    fn is_behind_rank(&self, at: usize) -> bool {
        let ends = self.pieces.get(at + 1).is_none_or(|behind| behind.gap != Gap::Word || self.word(at + 1) == "depuis");
        let close = |at: &usize| *at > 0 && self.pieces[*at].gap == Gap::Word;
        let before = core::iter::successors(Some(at), |at| Some(*at).filter(close).map(|at| at - 1)).skip(1);
        let rank = before.map(|at| self.word(at)).find(|word| !BESIDE_RANKS.contains(word));
        ends && rank.is_some_and(|word| RANKS.contains(&word))
    }

    pub(super) fn word(&self, at: usize) -> &str {
        &self.text[self.pieces[at].text.clone()]
    }

    /// Writes the word for the two letters that their case tells from others. O(pieces).
    pub(super) fn tell_by_case(&mut self, title: &str) {
        for at in (1..self.pieces.len()).rev() {
            let [first, second] = [at - 1, at].map(|at| &title[self.pieces[at].span.clone()]);
            let told = TOLD_BY_CASE.iter().find(|(one, other, _)| (*one, *other) == (first, second));
            let Some((.., form)) = told.filter(|_| self.pieces[at].gap == Gap::Word) else { continue };
            let start = self.text.len();
            self.text.push_str(form);
            let end = self.pieces.remove(at).span.end;
            self.pieces[at - 1].text = start..self.text.len();
            self.pieces[at - 1].span.end = end;
        }
    }
}

fn ends_with(word: &str, accented: char) -> bool {
    characters(word).map(|(letter, _)| letter).nfc().last().into_iter().flat_map(char::to_lowercase).eq([accented])
}

fn is_in_capitals(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}
