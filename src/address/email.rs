//! E-mail addresses: one form for all ways to write one.

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
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = bare(text);
        let (local, host) = text.rsplit_once('@')?;
        if local.is_empty() || local.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
            return None;
        }
        let host = domain::normal(host)?;
        let mut key = String::with_capacity(text.len());
        key.extend(local.nfc().flat_map(char::to_lowercase));
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

/// The domain of an address in its normal form, whatever stands before its `@`: who is somewhere is told by the domain alone.
pub(crate) fn domain_of(text: &str) -> Option<String> {
    domain::normal(bare(text).rsplit_once('@')?.1)
}

/// What an address is found by. What has no form of an address (a hash of one, as an export without personal data has it) is found as it is.
pub(crate) fn key(text: &str) -> String {
    Address::read(text).map_or_else(|| text.trim().to_lowercase(), |address| address.key)
}

/// The address without what mail programs put around it.
fn bare(text: &str) -> &str {
    let text = text.trim();
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
    fn what_has_no_form_of_an_address_is_found_as_it_is() {
        for text in ["", "ann", "@acme.com", "ann@", "ann lee@acme.com", "ann@acme..com", "ann@acme .com"] {
            assert!(Address::read(text).is_none(), "{text}");
        }
        assert_eq!(key(" 5F2A "), "5f2a");
    }
}
