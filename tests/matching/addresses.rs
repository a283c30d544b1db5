//! Addresses and domains as they come: what is none, what is several, and what is one in two spellings.

use quorate::Lead;

use crate::support::{account, lead, matcher, told};

#[test]
fn a_number_is_no_domain() {
    let found = matcher([account("a", "Acme", &[], &["192.168.0.1", "http://10.0.0.1/start", "0.1", "acme.com.1"])], []);
    assert_eq!(found.unused_domains().len(), 4);
    for text in ["192.168.0.1", "0.1", "10.0.0.1", "1.2.3", "acme.com.1", "１.１"] {
        let of = Lead { domain: Some(text.into()), ..Lead::default() };
        assert_eq!(told(&found.find(&of))[0], "unmatched: malformed_domain", "{text}");
        assert_eq!(told(&found.find(&lead(&format!("x@{text}"), "", "")))[0], "unmatched: malformed_email", "{text}");
    }
    // Digits elsewhere are as good as letters.
    let found = matcher([account("a", "", &[], &["163.example", "3m.com", "1.2.acme.de"])], []);
    for text in ["163.example", "3m.com", "1.2.acme.de"] {
        assert_eq!(told(&found.find(&lead(&format!("x@{text}"), "", "")))[0], "matched a by listed_domain", "{text}");
    }
}

#[test]
fn the_web_server_of_a_public_suffix_is_its_owners_where_it_has_one() {
    let of = |listed: &str, email: &str| told(&matcher([account("a", "", &[], &[listed])], []).find(&lead(email, "", "")))[0].clone();
    // A company lets others have names below its domain; its web server is its own all the same.
    for text in ["www.github.io", "https://www.github.io/", "github.io"] {
        assert_eq!(of(text, "x@github.io"), "matched a by listed_domain", "{text}");
    }
    // Nobody owns `co.uk`: `www.co.uk` is a name below it like any other.
    assert_eq!(of("www.co.uk", "x@www.co.uk"), "matched a by listed_domain");
    assert_eq!(of("www.co.uk", "x@mail.www.co.uk"), "matched a by listed_domain");
    assert_eq!(of("www.co.uk", "x@co.uk"), "unmatched: unknown_domain");
    assert_eq!(of("www.co.uk", "x@acme.co.uk"), "unmatched: unknown_domain");
}
