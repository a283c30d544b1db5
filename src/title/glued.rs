//! Words that were typed without a space between them, parted at the capitals around a rank: `SalesDirector`, `VPSales`, `CoCEO`.

use alloc::vec::Vec;
use core::ops::Range;

use super::pieces::Cut;

/// What a word may be parted from the others for: ranks, and what stands beside them. `LinkedIn`, `DevOps` and `PhD` stay one word, and so does what
/// else stands beside a rank (`DevOpsManager`). Source: English usage; *head* is left out, for it is a part of other words (`HeadHunter`), whereas
/// `HeadOfSales` and `HeadofSales` are parted for their *of*.
const RANKS: [&str; 40] = [
    "assistant",
    "associate",
    "asst",
    "avp",
    "ceo",
    "cfo",
    "chairman",
    "chief",
    "cio",
    "ciso",
    "cmo",
    "cofounder",
    "coo",
    "cto",
    "deputy",
    "dir",
    "director",
    "directorof",
    "evp",
    "exec",
    "executive",
    "founder",
    "general",
    "manager",
    "managing",
    "mgr",
    "of",
    "officer",
    "owner",
    "partner",
    "president",
    "principal",
    "rvp",
    "senior",
    "snr",
    "sr",
    "supervisor",
    "svp",
    "vice",
    "vp",
];

impl Cut {
    /// Parts what was typed without spaces. O(length).
    pub(super) fn part_glued(&mut self, title: &str) {
        for at in (0..self.pieces.len()).rev() {
            let parts = parts(&title[self.pieces[at].span.clone()]);
            // Elsewhere a letter of the title is not a letter of the word.
            if parts.len() > 1 && self.pieces[at].text.len() == self.pieces[at].span.len() {
                let whole = self.pieces[at].clone();
                self.pieces.splice(at..=at, parts.into_iter().map(|part| whole.part(&part)));
            }
        }
    }
}

/// The parts of a word of ASCII letters; a single one, or none, where nothing is to be parted.
fn parts(word: &str) -> Vec<Range<usize>> {
    let borders = borders(word.as_bytes());
    if borders.is_empty() || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let starts = [0].into_iter().chain(borders.iter().copied());
    let ends = borders.iter().copied().chain([word.len()]);
    let mut parts: Vec<Range<usize>> = starts.zip(ends).map(|(start, end)| start..end).collect();
    parts.dedup_by(|next, last| {
        let joins = !is_rank(&word[next.clone()]) && !is_rank(&word[last.clone()]);
        if joins {
            last.end = next.end;
        }
        joins
    });
    parts
}

fn is_rank(part: &str) -> bool {
    RANKS.iter().any(|rank| part.eq_ignore_ascii_case(rank))
}

/// Where a capital stands behind a small letter, or before one behind a capital: `Sales|Director`, `VP|Sales`, `Director|IT`; and where a small *of*
/// stands behind a rank: `VP|of|Sales`.
fn borders(word: &[u8]) -> Vec<usize> {
    let is_border = |at: &usize| {
        let follows_small = word[at - 1].is_ascii_lowercase();
        let is_before_small = word.get(at + 1).is_some_and(u8::is_ascii_lowercase) && !is_small_of(word, at + 1);
        is_small_of(word, *at) || (word[*at].is_ascii_uppercase() && (follows_small || is_before_small))
    };
    (1..word.len()).filter(is_border).collect()
}

/// Whether an *of* in small letters stands here, with a capital behind it, and a rank or *head* before it: `VPofSales`, not `ProofReader`.
fn is_small_of(word: &[u8], at: usize) -> bool {
    let stands = word[at..].starts_with(b"of") && word.get(at + 2).is_some_and(u8::is_ascii_uppercase);
    let is_before = |rank: &str| {
        let start = at.checked_sub(rank.len());
        start.is_some_and(|start| word[start..at].eq_ignore_ascii_case(rank.as_bytes()) && (start == 0 || word[start].is_ascii_uppercase()))
    };
    stands && RANKS.into_iter().chain(["head"]).any(is_before)
}
