//! Names of companies that are nearly the one that was asked for, found without going through all of them.

use alloc::string::String;
use alloc::vec::Vec;
use core::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;

use super::postings::{Postings, PostingsBuilder};
use super::reason::Likeness;
use crate::roster::Roster;

/// The fewest letters of a word that may differ by one: among shorter words too many differ by one (`Visa`, `Vista`).
const EDIT_LETTERS_MIN: usize = 5;

/// The most letters of a word, and words of a name, that are compared letter by letter. Longer ones are no slips of the pen.
const EDIT_LETTERS_MAX: usize = 32;
const EDIT_WORDS_MAX: usize = 12;

/// A word that more names than this have (`bank`, `group`) suggests none of them by itself.
const COMMON: usize = 100;

/// Names by their words, by their letters, and by what is left of a word without one letter.
#[derive(Clone, Debug, Default)]
pub(super) struct FuzzyIndex {
    order: Postings,
    spaces: Postings,
    words: Postings,
    /// What is left of a word without one letter, as a hash, with the word's number; ascending.
    left: Vec<(u32, u32)>,
}

impl FuzzyIndex {
    /// Indexes names in their normal form, by their numbers.
    pub(super) fn new(names: &Roster) -> Self {
        let (mut order, mut spaces, mut words) = (PostingsBuilder::default(), PostingsBuilder::default(), PostingsBuilder::default());
        for (number, name) in names.iter() {
            order.add(&sorted(name.split(' ')), number);
            spaces.add(&name.replace(' ', ""), number);
            for word in name.split(' ') {
                words.add(word, number);
            }
        }
        let words = words.build();
        let mut left: Vec<(u32, u32)> = Vec::new();
        for (number, word) in words.keys().iter().filter(|(_, word)| may_differ(word)) {
            left.extend(remainders(word).map(|remainder| (remainder, number)));
        }
        left.sort_unstable();
        left.dedup();
        Self { order: order.build(), spaces: spaces.build(), words, left }
    }

    /// The numbers of those names that are nearly this one, ascending, each with its nearest likeness. `names` are those the index is of.
    pub(super) fn near(&self, names: &Roster, name: &str) -> Vec<(u32, Likeness)> {
        let words: Vec<&str> = name.split(' ').collect();
        let mut found: Vec<(u32, Likeness)> = Vec::new();
        found.extend(self.order.get(&sorted(words.iter().copied())).iter().map(|number| (*number, Likeness::Order)));
        found.extend(self.spaces.get(&name.replace(' ', "")).iter().map(|number| (*number, Likeness::Spaces)));
        if words.len() <= EDIT_WORDS_MAX {
            self.letters(&words, &mut found);
        }
        found.retain(|(number, _)| same_numbers(names.text(*number), name));
        if words.len() <= EDIT_WORDS_MAX {
            self.parts(names, &words, &mut found);
        }
        found.sort_unstable();
        found.dedup_by_key(|(number, _)| *number);
        found
    }

    /// Names of the same words but for one letter of one of them.
    fn letters(&self, words: &[&str], found: &mut Vec<(u32, Likeness)>) {
        for (i, word) in words.iter().enumerate().filter(|(_, word)| may_differ(word)) {
            for other in self.neighbours(word) {
                let replaced = words.iter().enumerate().map(|(j, word)| if i == j { other } else { word });
                found.extend(self.order.get(&sorted(replaced)).iter().map(|number| (*number, Likeness::Letter)));
            }
        }
    }

    /// The known words that differ from this one by one letter.
    fn neighbours<'a>(&'a self, word: &str) -> Vec<&'a str> {
        let mut numbers: Vec<u32> = Vec::new();
        for remainder in remainders(word) {
            let start = self.left.partition_point(|(left, _)| *left < remainder);
            numbers.extend(self.left[start..].iter().take_while(|(left, _)| *left == remainder).map(|(_, number)| *number));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| self.words.keys().text(number)).filter(|other| one_letter_apart(word, other)).collect()
    }

    /// Names all of whose words are among these, or the other way round, found by a word that is not common.
    fn parts(&self, names: &Roster, words: &[&str], found: &mut Vec<(u32, Likeness)>) {
        for word in words {
            let numbers = self.words.get(word);
            if numbers.len() <= COMMON {
                let near = numbers.iter().filter(|number| one_holds_the_other(names.text(**number), words));
                found.extend(near.map(|number| (*number, Likeness::Part)));
            }
        }
    }
}

fn one_holds_the_other(name: &str, words: &[&str]) -> bool {
    name.split(' ').all(|word| words.contains(&word)) || words.iter().all(|word| name.split(' ').any(|other| other == *word))
}

/// Whether two names have the same numbers in the same order: of the same digits other spaces make other numbers (`1 11`, `11 1`).
fn same_numbers(a: &str, b: &str) -> bool {
    let numbers = |name: &'_ str| -> Vec<String> {
        name.split(|letter: char| !letter.is_numeric()).filter(|number| !number.is_empty()).map(String::from).collect()
    };
    a == b || numbers(a) == numbers(b)
}

/// Words in the order of their bytes, joined.
fn sorted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_unstable();
    words.join(" ")
}

/// Whether a word may differ by a letter: it is long enough, and has no digits, which are never a slip that can be told.
fn may_differ(word: &str) -> bool {
    (EDIT_LETTERS_MIN..=EDIT_LETTERS_MAX).contains(&word.chars().count()) && !word.chars().any(char::is_numeric)
}

/// Hashes of a word and of what is left of it without each of its letters. Two words that are one letter apart share at least one.
fn remainders(word: &str) -> impl Iterator<Item = u32> {
    let without = word.char_indices().map(|(at, letter)| hash(&word[..at], &word[at + letter.len_utf8()..]));
    core::iter::once(hash(word, "")).chain(without)
}

/// Half of a hash: two remainders that share it by chance are told apart by [`one_letter_apart`].
fn hash(head: &str, tail: &str) -> u32 {
    let mut hasher = FixedState::with_seed(0x51e5).build_hasher();
    head.bytes().chain(tail.bytes()).for_each(|byte| hasher.write_u8(byte));
    u32::try_from(hasher.finish() >> 32).unwrap_or(0)
}

/// Whether two different words become one by adding, dropping or changing one letter, or by swapping two neighbours.
fn one_letter_apart(a: &str, b: &str) -> bool {
    let head = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b): (Vec<char>, Vec<char>) = (chars_after(a, head), chars_after(b, head));
    match a.len().abs_diff(b.len()) {
        0 => a.get(1..) == b.get(1..) || (a.len() >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]),
        1 if a.len() > b.len() => a[1..] == b[..],
        1 => a[..] == b[1..],
        _ => false,
    }
}

/// The letters from the last letter that begins at or before a byte.
fn chars_after(word: &str, at: usize) -> Vec<char> {
    let start = (0..=at).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0);
    word[start..].chars().collect()
}
