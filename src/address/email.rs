//! E-mail addresses: one form for all ways to write one.

use alloc::collections::BTreeSet;
use alloc::string::String;

use unicode_normalization::UnicodeNormalization;

use super::domain;

/// An e-mail address that has a form of one.
pub(crate) struct Address {
    /// The whole address in lower case, its domain in the normal form.
    pub(crate) key: String,
    /// Where in it the domain begins.
    at: usize,
}

impl Address {
    /// Reads `ann@acme.com`, also with a name (`Ann <ann@acme.com>`) or as a link (`mailto:ann@acme.com`).
    ///
    /// Several addresses are not one, and none of them is picked; one that is written twice is one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut all = each(text);
        let first = Self::one(all.next()?)?;
        all.all(|other| Self::one(other).is_some_and(|other| other.key == first.key)).then_some(first)
    }

    /// Reads what holds one at most.
    fn one(text: &str) -> Option<Self> {
        let (local, host) = text.rsplit_once('@')?;
        if local.is_empty() || local.chars().any(|letter| letter.is_whitespace() || letter.is_control() || is_joint(letter)) {
            return None;
        }
        let host = domain::normal(host)?;
        let mut key = String::with_capacity(text.len());
        push_lower(&mut key, local);
        key.push('@');
        let at = key.len();
        key.push_str(&host);
        Some(Self { key, at })
    }

    /// The domain in its normal form.
    pub(crate) fn domain(&self) -> &str {
        &self.key[self.at..]
    }
}

/// The domain of an address in its normal form, whatever stands before its `@`: who is somewhere is told by the domain alone, also where several
/// addresses share it.
pub(crate) fn domain_of(text: &str) -> Option<String> {
    let mut all = each(text).map(|one| domain::normal(one.rsplit_once('@')?.1));
    let first = all.next()??;
    all.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// What an address is found by. What has no form of an address (a hash of one, as an export without personal data has it) is found as it is.
pub(crate) fn key(text: &str) -> String {
    let as_it_is = || {
        let mut key = String::with_capacity(text.len());
        push_lower(&mut key, text.trim());
        key
    };
    Address::read(text).map_or_else(as_it_is, |address| address.key)
}

/// An address without its tag, what its owner writes behind a `+` (RFC 5233, section 1): `ann@acme.com` of `ann+news@acme.com`. `None` where it has
/// none, and where nothing stands before the `+`; within quotes it is a letter.
pub(crate) fn untagged(key: &str) -> Option<String> {
    let (local, domain) = key.rsplit_once('@')?;
    let (name, _) = local.split_once('+').filter(|(name, _)| !name.is_empty() && !name.starts_with('"'))?;
    Some(alloc::format!("{name}@{domain}"))
}

/// How many addresses a text holds, when it holds several that differ.
pub(crate) fn several(text: &str) -> Option<usize> {
    if has_one_sign(text) {
        return None;
    }
    let all: BTreeSet<String> = each(text).filter_map(Address::one).map(|address| address.key).collect();
    (all.len() > 1).then_some(all.len())
}

/// Lower case, in which a letter and its marks are one, be they typed together or one after the other.
fn push_lower(key: &mut String, text: &str) {
    if text.is_ascii() {
        key.extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        // Once more at the end: some capitals have marks that the small letter has within it.
        key.extend(text.nfc().flat_map(char::to_lowercase).nfc());
    }
}

/// The addresses of a text, without what stands around them; the whole text where it has at most one `@`.
fn each(text: &str) -> impl Iterator<Item = &str> {
    let (whole, parts) = if has_one_sign(text) { (Some(bare(text)), "") } else { (None, text) };
    whole.into_iter().chain(parts.split(unquoted_joints()).flat_map(addresses_of_part))
}

/// Whether a text has one `@` at most, as nearly all have, so that it need not be cut into parts.
fn has_one_sign(text: &str) -> bool {
    text.bytes().filter(|byte| *byte == b'@').nth(1).is_none()
}

/// Where a text is cut into addresses: not within the quotes around a name.
fn unquoted_joints() -> impl FnMut(char) -> bool {
    let mut quoted = false;
    move |letter| {
        quoted ^= letter == '"';
        !quoted && is_joint(letter)
    }
}

/// What stands between two addresses, and in none.
const fn is_joint(letter: char) -> bool {
    matches!(letter, ';' | ',' | '|' | '\n' | '\r')
}

/// The addresses of a part: the one in angle brackets, else every word that has an `@`.
fn addresses_of_part(part: &str) -> impl Iterator<Item = &str> {
    let inner = bare(part);
    let words = if part.trim().ends_with('>') { None } else { Some(inner.split_whitespace()) };
    let whole = if words.is_none() { Some(inner) } else { None };
    whole.into_iter().chain(words.into_iter().flatten().map(bare)).filter(|word| word.contains('@'))
}

/// The address without what mail programs put around it.
fn bare(text: &str) -> &str {
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || is_joint(letter));
    let inner = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')).map_or(text, |(_, inner)| inner.trim());
    match inner.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => inner[7..].split('?').next().unwrap_or(""),
        _ => inner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_in_all_its_spellings() {
        for text in ["ann@acme.com", " Ann@ACME.com ", "Ann Lee <ann@acme.com>", "mailto:ann@acme.com?subject=x", "<MAILTO:ann@acme.com.>"]
        {
            assert_eq!(Address::read(text).map(|address| address.key).as_deref(), Some("ann@acme.com"), "{text}");
        }
        assert_eq!(Address::read("a@b@c.com").map(|address| address.domain().into()), Some(String::from("c.com")));
    }

    #[test]
    fn the_domain_is_told_by_itself() {
        for text in ["ann@acme.com", "Ann Lee <ann@Acme.com>", "mailto:ann@acme.com?subject=x@y.com", "ann lee@acme.com", "@acme.com."] {
            assert_eq!(domain_of(text).as_deref(), Some("acme.com"), "{text}");
        }
        assert_eq!(domain_of("ann@bücher.de").as_deref(), Some("xn--bcher-kva.de"));
        for text in ["", "acme.com", "ann@", "ann@acme..com"] {
            assert_eq!(domain_of(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_counted_each_once() {
        for (text, count) in [
            ("a@x.com; b@x.com", Some(2)),
            ("A <a@x.com>, B <b@x.com>; c@y.com", Some(3)),
            ("\"A, B\" <a@x.com>, b@x.com", Some(2)),
            ("a@x.com b@x.com\r\nc@x.com", Some(3)),
            ("a@x.com; A@X.COM.", None),
            ("\"a@home; A\" <a@x.com>", None),
            ("a@home <a@x.com>", None),
            ("a@x.com; n/a", None),
            ("a@b@x.com", None),
            ("", None),
        ] {
            assert_eq!(several(text), count, "{text}");
            assert!(count.is_none() || Address::read(text).is_none(), "{text}");
        }
        assert_eq!(domain_of("a@x.com; b@X.com").as_deref(), Some("x.com"));
        assert_eq!(domain_of("a@x.com; b@y.com"), None);
    }

    #[test]
    fn a_letter_and_its_marks_are_one_however_they_are_typed() {
        for letter in '\u{80}'..=char::MAX {
            let composed = key(&alloc::format!("{letter}@acme.com"));
            let apart: String = letter.nfd().collect();
            assert_eq!(key(&alloc::format!("{apart}@acme.com")), composed, "{letter:?}");
            assert_eq!(key(&composed), composed, "{letter:?}");
        }
    }

    #[test]
    fn what_has_no_form_of_an_address_is_found_as_it_is() {
        for text in [
            "",
            "ann",
            "@acme.com",
            "ann@",
            "ann lee@acme.com",
            "ann@acme..com",
            "ann@acme .com",
            "n/a; ann@acme.com",
            "ann@acme.com; n/a@",
        ] {
            assert!(Address::read(text).is_none(), "{text}");
        }
        assert_eq!(key(" 5F2A "), "5f2a");
    }
}
