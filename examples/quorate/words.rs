//! Small helps with words: what was probably meant, and lists in prose.

use quorate::nearest_name;

/// ` (did you mean …?)` when a candidate is near enough to be meant, else nothing.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest_name(name, candidates).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

/// A foreign text on one line and of bearable length, control characters escaped: it cannot steer a terminal.
pub fn shown(text: &str) -> String {
    shown_up_to(text, 60)
}

/// A sentence that foreign texts are a part of, on one line: long enough for any that is to be read.
pub fn shown_sentence(text: &str) -> String {
    shown_up_to(text, 400)
}

fn shown_up_to(text: &str, chars: usize) -> String {
    let mut out = shown_whole(&text.chars().take(chars).collect::<String>());
    if text.chars().nth(chars).is_some() {
        out.push('…');
    }
    out
}

/// A text of any length on one line, control characters escaped, and those that turn the direction of writing.
pub fn shown_whole(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let steers = |c: char| c.is_control() || turns(c) || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().flat_map(|c| if steers(c) { c.escape_debug().collect::<Vec<_>>() } else { vec![c] }).collect()
}

/// A number with a word for what is counted: `1 row`, `2,000 rows`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// A number with its thousands apart: `1,234,567`.
pub fn thousands(number: u64) -> String {
    grouped(&number.to_string())
}

/// Digits with their thousands apart.
pub fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
