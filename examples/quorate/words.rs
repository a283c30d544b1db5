//! Small helps with words: what was probably meant, and lists in prose.

/// ` (did you mean …?)` when a candidate is near enough to be meant, else nothing.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, candidates).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

/// The candidate nearest to `name`, letters compared without case; none when more than a third of the letters differ.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let letters = name.chars().count();
    if letters > 64 {
        return None;
    }
    let limit = (letters / 3).clamp(1, 3);
    let near = candidates.into_iter().map(|candidate| (edits(name, candidate), candidate)).min();
    near.filter(|(edits, _)| *edits <= limit).map(|(_, candidate)| candidate.into())
}

/// The Levenshtein distance without case; spaces and underscores are alike.
fn edits(a: &str, b: &str) -> usize {
    let fold = |text: &str| -> Vec<char> { text.chars().flat_map(char::to_lowercase).map(|c| if c == ' ' { '_' } else { c }).collect() };
    let (a, b) = (fold(a), fold(b));
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
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
