//! Names of companies: one form for all ways to write one.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use unicode_normalization::UnicodeNormalization;

use super::forms::Forms;
use crate::fold::{fold, is_apostrophe};
use crate::roster::Roster;

/// Names of companies without what differs from writer to writer: case, accents, punctuation, the word for `&`, `The`, and legal forms.
#[derive(Clone, Debug, Default)]
pub(super) struct CompanyNames {
    /// Forms at the end of a name, as words.
    after: Forms,
    /// Forms before a name, as words.
    before: Forms,
    /// Forms that count in brackets only, as words.
    bracketed: Roster,
    /// Forms in scripts without spaces, which may be stuck to a name; the longest first.
    stuck: Vec<String>,
}

impl CompanyNames {
    /// With these legal forms; `PT *` stands before a name, `(P)` in brackets, the others after it.
    pub(super) fn new<'a>(forms: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names = Self::default();
        for form in forms {
            names.add(form.trim());
        }
        names.stuck.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        names.stuck.dedup();
        names
    }

    fn add(&mut self, form: &str) {
        for spelling in [Some(form.into()), spelled_out(form)].into_iter().flatten() {
            let words = words_of(&spelling);
            self.add_words(form, &conjoined(&words));
            self.add_words(form, &words);
        }
    }

    fn add_words(&mut self, form: &str, words: &str) {
        if form.ends_with('*') {
            self.before.add(words);
        } else if form.starts_with('(') && form.ends_with(')') {
            let _ = self.bracketed.intern(words);
        } else {
            self.after.add(words);
            if words.chars().all(is_written_without_spaces) {
                self.stuck.push(words.into());
            }
        }
    }

    /// The normal form of a name: its words in lower case, one space between them. Idempotent; empty only when nothing can be seen of the name.
    ///
    /// Of a name that consists of nothing but legal forms the first stays; a name of nothing but punctuation stays as it is. O(length × longest form).
    pub(super) fn normal(&self, name: &str) -> String {
        let folded = fold(&unmarked(name));
        let whole = join_letters(&self.parts(&folded));
        // Forms go first: what stands before one is at the end of the name, and no `and` there. Some forms have an `and` within them.
        let joined = conjoined(self.without_forms(&whole));
        if whole.is_empty() { words_as_they_are(&folded) } else { self.without_forms(&joined).into() }
    }

    /// The normal form of a name with its letters spelled out (`Müller` as `Mueller`), where it has any that are.
    ///
    /// A name is found by either form. It is no normal form for all, since no one can tell whether `ue` was once an `ü`.
    pub(super) fn spelled(&self, name: &str) -> Option<String> {
        spelled_out(name).map(|name| self.normal(&name))
    }

    /// The words of a name; legal forms go from the ends of each part, and a part that is nothing else goes as a whole: `Acme (Pty) Ltd`.
    fn parts(&self, folded: &str) -> String {
        let mut kept = String::with_capacity(folded.len());
        for (i, part) in folded.split(is_bracket_or_comma).enumerate() {
            let words = folded_words(part);
            let rest = self.without_forms(&words);
            if i == 0 || !self.is_form(rest) {
                push_word(&mut kept, rest);
            }
        }
        if kept.is_empty() { folded_words(folded) } else { kept }
    }

    /// Words without the forms around them, as long as anything else is left.
    fn without_forms<'a>(&self, words: &'a str) -> &'a str {
        let mut rest = words;
        while let Some(shorter) = self.one_less(rest).filter(|shorter| !shorter.is_empty()) {
            rest = shorter;
        }
        rest
    }

    /// One form less; `None` when there is none.
    fn one_less<'a>(&self, words: &'a str) -> Option<&'a str> {
        // What `& Co` leaves behind is an `and`.
        let and = [" and", " und", " et"].into_iter().find_map(|and| words.strip_suffix(and));
        let around = words.strip_prefix("the ").or_else(|| words.strip_suffix(" the")).or(and);
        around.or_else(|| self.unstuck(words)).or_else(|| self.after.tail_dropped(words)).or_else(|| self.before.head_dropped(words))
    }

    fn unstuck<'a>(&self, words: &'a str) -> Option<&'a str> {
        let cut = |form: &String| words.strip_suffix(form.as_str()).or_else(|| words.strip_prefix(form.as_str()));
        self.stuck.iter().find_map(cut).map(str::trim)
    }

    fn is_form(&self, words: &str) -> bool {
        self.after.has(words) || self.bracketed.find(words).is_some()
    }
}

/// A text with the letters that people spell out where they cannot type them: `ü` as `ue`, `å` as `aa`. `None` where there are none.
fn spelled_out(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut found = false;
    let mut spelled = String::with_capacity(text.len() + 4);
    for letter in text.nfc() {
        let letters = match letter {
            'ä' | 'Ä' => "ae",
            'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
            'ü' | 'Ü' => "ue",
            'å' | 'Å' => "aa",
            _ => {
                spelled.push(letter);
                continue;
            }
        };
        spelled.push_str(letters);
        found = true;
    }
    found.then_some(spelled)
}

/// Words with one `and` for what stands for it between two words in the languages that the rules know: `und`, `et`, `y`, `e`, `en`.
///
/// At an end such a word is none of these (`Y Combinator`, `Vitamin E`), nor is `en` beside a single letter (`S. en C.`) that is none of them either.
fn conjoined(words: &str) -> String {
    let all: Vec<&str> = words.split(' ').collect();
    let may_join = |at: usize| at > 0 && at + 1 < all.len() && is_and(all[at]);
    let is_letter = |at: usize| is_single_letter(all[at]) && !may_join(at);
    let mut joined = String::with_capacity(words.len());
    for (at, word) in all.iter().enumerate() {
        let joins = may_join(at) && !(*word == "en" && (is_letter(at - 1) || is_letter(at + 1)));
        push_word(&mut joined, if joins { "and" } else { word });
    }
    joined
}

fn is_and(word: &str) -> bool {
    matches!(word, "and" | "und" | "et" | "y" | "e" | "en")
}

/// The words of a text with one space between them, single letters that follow one another as one word: `S. A.` is `sa`.
pub(super) fn words_of(text: &str) -> String {
    folded_words(&fold(&unmarked(text)))
}

/// A text without the marks that folding would make letters or spaces of: `Acme™` has no `tm`, `L´Oréal` is one word.
fn unmarked(text: &str) -> Cow<'_, str> {
    const MARKS: [char; 3] = ['™', '℠', '´'];
    if text.contains(MARKS) { Cow::Owned(text.replace(['™', '℠'], " ").replace('´', "'")) } else { Cow::Borrowed(text) }
}

/// As [`words_of`], of a text that is folded already.
fn folded_words(folded: &str) -> String {
    let mut words = String::with_capacity(folded.len());
    let mut word = String::new();
    for letter in folded.chars() {
        // It stands inside a word without being a part of it.
        if is_apostrophe(letter) {
            continue;
        }
        if letter != '&' && !is_separator(letter) {
            word.push(letter);
            continue;
        }
        push_word(&mut words, &word);
        word.clear();
        push_word(&mut words, if letter == '&' { "and" } else { "" });
    }
    push_word(&mut words, &word);
    join_letters(&words)
}

/// A text that has no words, with single spaces.
fn words_as_they_are(folded: &str) -> String {
    folded.split_whitespace().fold(String::new(), |mut kept, piece| {
        push_word(&mut kept, piece);
        kept
    })
}

fn push_word(words: &mut String, word: &str) {
    if word.is_empty() {
        return;
    }
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(word);
}

fn join_letters(words: &str) -> String {
    let mut joined = String::with_capacity(words.len());
    let mut after_letter = false;
    for word in words.split(' ') {
        let letter = is_single_letter(word);
        if letter && after_letter {
            joined.push_str(word);
        } else {
            push_word(&mut joined, word);
        }
        after_letter = letter;
    }
    joined
}

/// One letter of the Latin, Greek or Cyrillic alphabet.
fn is_single_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|letter| letter < '\u{530}' && letter.is_alphabetic()) && letters.next().is_none()
}

const fn is_bracket_or_comma(letter: char) -> bool {
    matches!(letter, '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | '、' | '【' | '】')
}

/// White space, punctuation and signs. Letters, digits and marks of every script belong to words.
fn is_separator(letter: char) -> bool {
    if letter.is_ascii() {
        return !letter.is_ascii_alphanumeric() && letter != '&';
    }
    let sign = matches!(letter, '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{2190}'..='\u{2bff}' | '\u{2e00}'..='\u{2e7f}'
        | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{30fb}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff0f}'
        | '\u{1f000}'..='\u{1faff}');
    sign || letter.is_whitespace()
}

/// Letters of Chinese, Japanese and Korean, the parts of folded Korean syllables included.
const fn is_written_without_spaces(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}
