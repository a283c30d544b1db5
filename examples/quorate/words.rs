//! Small helps with words: what was probably meant, and lists in prose.

use quorate::nearest_name;

/// ` (did you mean …?)` when a candidate is near enough to be meant, else nothing.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest_name(name, candidates).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

/// A foreign text on one line and of bearable length, control characters escaped: it cannot steer a terminal.
pub fn shown(text: &str) -> String {
    const CHARS: usize = 60;
    let mut out: String =
        text.chars().take(CHARS).flat_map(|c| if c.is_control() { c.escape_debug().collect::<Vec<_>>() } else { vec![c] }).collect();
    if text.chars().nth(CHARS).is_some() {
        out.push('…');
    }
    out
}

/// A number with a word for what is counted: `1 row`, `2,000 rows`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// A number with its thousands apart: `1,234,567`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
