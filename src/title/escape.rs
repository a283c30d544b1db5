//! The characters of a title, where what exports leave of HTML stands for what it means: `Sales &amp; Marketing`, `R&amp;D`, `d&#39;usine`.

use core::ops::Range;

use unicode_normalization::char::compose;

/// The characters of a text, each with its place in bytes; an escape is the character that it stands for. O(length).
pub(super) fn characters(text: &str) -> impl Iterator<Item = (char, Range<usize>)> {
    let mut at = 0;
    core::iter::from_fn(move || {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        let escape = if first == '&' { escaped(rest) } else { None };
        let (letter, length) = escape.unwrap_or((first, first.len_utf8()));
        let start = at;
        at += length;
        Some((letter, start..at))
    })
}

/// The name of `&`, which begins every escape.
const AMP: &str = "amp;";

/// What an escape at the beginning of a text stands for, and how long it is. What was escaped twice (`&amp;amp;`, `&amp;#39;`) is read twice.
fn escaped(text: &str) -> Option<(char, usize)> {
    let mut length = 1;
    while text.get(length..length + AMP.len()).is_some_and(|name| name.eq_ignore_ascii_case(AMP)) {
        length += AMP.len();
    }
    let named = name(&text[length..]).and_then(|name| Some((character(name)?, length + name.len() + 1)));
    named.or_else(|| (length > 1).then_some(('&', length)))
}

/// The longest name of an escape. Source: `thetasym` and numbers of seven digits are the longest that titles could have.
const NAME_MAX: usize = 8;

/// The letters and digits before a `;`.
fn name(text: &str) -> Option<&str> {
    let end = text.bytes().take(NAME_MAX + 1).position(|byte| byte == b';')?;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    text.get(..end).filter(|name| name.bytes().all(is_part))
}

/// What a name stands for. Case does not matter, since titles are put into capitals with their escapes.
fn character(name: &str) -> Option<char> {
    let lower = name.to_ascii_lowercase();
    match lower.strip_prefix('#') {
        Some(number) => numbered(number),
        None => sign(&lower).or_else(|| letter(name, &lower)),
    }
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).map(of_windows)
}

/// Numbers that are no characters are those of the code page of Windows, as HTML says. Source: HTML, "numeric character reference end state"; of its table
/// the signs that stand in titles.
const fn of_windows(letter: char) -> char {
    match letter {
        '\u{91}' => '‘',
        '\u{92}' => '’',
        '\u{95}' => '•',
        '\u{96}' => '–',
        '\u{97}' => '—',
        other => other,
    }
}

/// Source: HTML, named character references; those that stand in titles.
fn sign(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "quot" | "ldquo" | "rdquo" | "bdquo" => '"',
        "apos" | "lsquo" | "rsquo" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "bull" => '•',
        "middot" => '·',
        "hellip" => '…',
        "laquo" => '«',
        "raquo" => '»',
        "shy" => '\u{ad}',
        "ordf" => 'ª',
        "ordm" => 'º',
        "szlig" => 'ß',
        "aelig" => 'æ',
        "oelig" => 'œ',
        "oslash" => 'ø',
        _ => return None,
    })
}

/// A letter with its mark: `eacute`, `Uuml`, `ccedil`.
fn letter(name: &str, lower: &str) -> Option<char> {
    let mark = match lower.get(1..)? {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        "ring" => '\u{30a}',
        "caron" => '\u{30c}',
        "cedil" => '\u{327}',
        _ => return None,
    };
    compose(name.chars().next()?, mark)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    #[test]
    fn escapes_are_what_they_stand_for() {
        for (text, plain) in [
            ("Sales &amp; Marketing", "Sales & Marketing"),
            ("R&AMP;D", "R&D"),
            ("R&amp;amp;D", "R&D"),
            ("d&#39;usine d&amp;#39;usine d&#x27;usine d&#146;usine", "d'usine d'usine d'usine d’usine"),
            ("g&eacute;n&eacute;ral GESCH&Auml;FTSF&UUML;HRER", "général GESCHÄFTSFÜHRER"),
            ("&quot;Gro&szlig;kunden&quot;&nbsp;&lt;EMEA&gt;", "\"Großkunden\" <EMEA>"),
            ("VP &#8211; Sales", "VP – Sales"),
            ("R&D; Sales & Co; A&B;", "R&D; Sales & Co; A&B;"),
            ("&amp &; &#; &#x; &#xd800; &#99999999; &qacute; &étc; & &", "&amp &; &#; &#x; &#xd800; &#99999999; &qacute; &étc; & &"),
        ] {
            assert_eq!(characters(text).map(|(letter, _)| letter).collect::<String>(), plain);
            let whole = characters(text).fold(0, |end, (_, span)| if span.start == end { span.end } else { usize::MAX });
            assert_eq!(whole, text.len(), "places leave nothing out: {text}");
        }
    }
}
