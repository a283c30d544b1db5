//! Domains: one form for all ways to write one, and where the part begins that somebody can register.

use alloc::string::String;

use psl::{List, Psl, Type};
use unicode_normalization::UnicodeNormalization;

use super::punycode;

/// The longest domain and the longest label, in bytes. Source: RFC 1035, section 2.3.4.
const DOMAIN_BYTES_MAX: usize = 253;
const LABEL_BYTES_MAX: usize = 63;

/// A text that is longer than any way to write a domain is none, and is not looked at letter by letter.
const TEXT_BYTES_MAX: usize = 1024;

/// The registrable domain of a domain: the public suffix, such as `co.uk`, and one label more.
///
/// The answer is in lower case and in ASCII (Punycode). `None` when the text is no domain or is itself a public suffix. The list is the one of
/// publicsuffix.org, both its sections, compiled into the crate; a top-level domain that it does not know is a public suffix.
///
/// ```
/// use quorate::registrable_domain;
/// assert_eq!(registrable_domain("Mail.Example.CO.UK").as_deref(), Some("example.co.uk"));
/// assert_eq!(registrable_domain("www.bücher.de"), registrable_domain("xn--bcher-kva.de"));
/// assert_eq!(registrable_domain("co.uk"), None);
/// ```
pub fn registrable_domain(domain: &str) -> Option<String> {
    registrable(&normal(domain)?).map(Into::into)
}

/// The registrable part of a domain in its normal form.
pub(crate) fn registrable(domain: &str) -> Option<&str> {
    let found = List.domain(domain.as_bytes())?.as_bytes().len();
    domain.get(domain.len().checked_sub(found)?..)
}

/// The registrable part of a domain in its normal form as registries count: what companies let others have below their own domains
/// (`github.io`, the private section of the list) is still a part of that domain.
pub(crate) fn registered(domain: &str) -> Option<&str> {
    let mut suffix = List.suffix(domain.as_bytes())?;
    while suffix.typ() == Some(Type::Private) {
        let (_, parent) = domain.get(domain.len().checked_sub(suffix.as_bytes().len())?..)?.split_once('.')?;
        suffix = List.suffix(parent.as_bytes())?;
    }
    let below = domain.get(..domain.len().checked_sub(suffix.as_bytes().len() + 1)?)?;
    let label = below.rsplit('.').next()?;
    domain.get(below.len() - label.len()..)
}

/// The normal form of a domain: lower case, labels in ASCII. `None` when the text is no domain.
///
/// No top-level domain is a number (RFC 3696, section 2), so that `192.168.0.1` and `0.1` are none.
pub(crate) fn normal(text: &str) -> Option<String> {
    if text.len() > TEXT_BYTES_MAX {
        return None;
    }
    let text = text.strip_suffix('.').unwrap_or(text);
    let domain = if text.is_ascii() { text.to_ascii_lowercase() } else { in_ascii(text)? };
    let fits = domain.len() <= DOMAIN_BYTES_MAX && domain.split('.').all(is_label) && !ends_in_a_number(&domain);
    fits.then_some(domain)
}

/// Labels of other letters in Punycode, after what IDNA maps: case, widths, and the full stops of other scripts.
fn in_ascii(text: &str) -> Option<String> {
    let lower: String = text.nfkc().flat_map(char::to_lowercase).nfkc().filter(|letter| *letter != '\u{ad}').collect();
    let mut domain = String::with_capacity(lower.len() + 8);
    for (i, label) in lower.split(['.', '。']).enumerate() {
        if i > 0 {
            domain.push('.');
        }
        if label.is_ascii() {
            domain.push_str(label);
        } else if label.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
            return None;
        } else {
            domain.push_str(&punycode::encode(label)?);
        }
    }
    Some(domain)
}

fn is_label(label: &str) -> bool {
    (1..=LABEL_BYTES_MAX).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn ends_in_a_number(domain: &str) -> bool {
    domain.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A domain as people list it: also as a web address, with `@` or `*.` before it, or with the `www.` of its web server.
///
/// The web server is that of a company, be it one that lets others have names below its domain (`www.github.io`). No registry is one, so that
/// `www.co.uk` is a name below `co.uk` like any other.
///
/// It has two labels at least: one alone is a top-level domain, a name within somebody's network, or no domain (`unknown`, the `n` of `n/a`).
pub(crate) fn listed(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.split(['/', '?', '#']).next().unwrap_or(text);
    let text = text.rsplit_once('@').map_or(text, |(_, host)| host);
    let text = text.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit())).map_or(text, |(host, _)| host);
    let domain = normal(text.trim_start_matches(['*', '.'])).filter(|domain| domain.contains('.'))?;
    match domain.strip_prefix("www.") {
        Some(bare) if registered(bare).is_some() => Some(bare.into()),
        _ => Some(domain),
    }
}

/// A domain and what it is part of, the longest first: `a.b.example.com`, `b.example.com`, `example.com`, and so on to the last label.
pub(crate) fn suffixes(domain: &str) -> impl Iterator<Item = &str> {
    core::iter::successors(Some(domain), |rest| rest.split_once('.').map(|(_, parent)| parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_domain_in_all_its_spellings() {
        for text in [
            "bücher.example",
            "BÜCHER.example",
            "bu\u{308}cher.example",
            "xn--bcher-kva.example",
            "XN--BCHER-KVA.Example.",
            "bücher。example",
        ] {
            assert_eq!(normal(text).as_deref(), Some("xn--bcher-kva.example"), "{text}");
        }
    }

    #[test]
    fn what_is_no_domain_is_none() {
        let long = "a.".repeat(200);
        for text in [
            "",
            ".",
            ".com",
            "a..b",
            "a b.com",
            "a\n.com",
            "[127.0.0.1]",
            "ü\u{a0}.de",
            "a@b.com",
            "0.1",
            "192.168.0.1",
            "a.1.",
            &long,
            &"x".repeat(64),
        ] {
            assert_eq!(normal(text), None, "{text}");
        }
    }

    #[test]
    fn a_domain_is_listed_in_many_ways() {
        for text in ["acme.com", "https://www.acme.com/about?x=1", "@acme.com", "*.acme.com", ".acme.com", "ACME.com:443", "www.acme.com"] {
            assert_eq!(listed(text).as_deref(), Some("acme.com"), "{text}");
        }
        assert_eq!(listed("www.com").as_deref(), Some("www.com"));
        assert_eq!(listed("www.ck").as_deref(), Some("www.ck"));
        assert_eq!(listed("www.co.uk").as_deref(), Some("www.co.uk"));
        assert_eq!(listed("www.github.io").as_deref(), Some("github.io"));
    }

    #[test]
    fn registries_register_less_than_companies_give_away() {
        for (domain, registry, list) in [
            ("a.foo.github.io", Some("github.io"), Some("foo.github.io")),
            ("github.io", Some("github.io"), None),
            ("a.b.blogspot.co.uk", Some("blogspot.co.uk"), None),
            ("a.b.example.co.uk", Some("example.co.uk"), Some("example.co.uk")),
            ("b.s3.eu-west-1.amazonaws.com", Some("amazonaws.com"), Some("b.s3.eu-west-1.amazonaws.com")),
            ("a.example.example", Some("example.example"), Some("example.example")),
            ("a.www.ck", Some("www.ck"), Some("www.ck")),
            ("co.uk", None, None),
            ("c.kobe.jp", None, None),
            ("io", None, None),
        ] {
            assert_eq!(registered(domain), registry, "{domain}");
            assert!(list.is_none() || registrable(domain) == list, "{domain}");
        }
    }

    #[test]
    fn one_label_is_not_listed() {
        for text in ["", "n/a", "none", "-", "unknown", "com", "localhost", "https://intranet/", "acme."] {
            assert_eq!(listed(text), None, "{text}");
        }
    }
}
