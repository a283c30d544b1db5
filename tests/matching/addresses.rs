//! Addresses and domains as they come: what is none, what is several, and what is one in two spellings.

use quorate::Lead;

use crate::support::{account, contact, graph, lead, matcher, told};

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

/// Two addresses in one text, as exports join them.
const SEVERAL: [&str; 7] = [
    "ann@acme.com; bob@globex.com",
    "ann@acme.com,bob@globex.com",
    "ann@acme.com bob@globex.com",
    "Ann Lee <ann@acme.com>, Bob <bob@globex.com>",
    "ann@acme.com\nbob@globex.com",
    "ann@acme.com|bob@globex.com",
    "mailto:ann@acme.com;bob@globex.com",
];

#[test]
fn several_addresses_are_not_one() {
    let accounts = || [account("a", "", &[], &["acme.com"]), account("g", "", &[], &["globex.com"])];
    let found = matcher(accounts(), [contact("ann", "a", "ann@acme.com", ""), contact("bob", "g", "bob@globex.com", "")]);
    for text in SEVERAL {
        let answer = found.find(&lead(text, "", ""));
        assert_eq!(told(&answer), ["unmatched: several_addresses", "unmatched: several_addresses"], "{text}");
        let why = answer.account.why().expect("a reason").to_string();
        assert!(why.ends_with("` holds 2 e-mail addresses; write one a row"), "{why}");
    }
    // Beside a match it is said as well.
    let named = Lead { account: Some("g".into()), ..lead(SEVERAL[0], "", "") };
    assert_eq!(
        told(&found.find(&named)),
        [
            "matched g by account_id",
            "unmatched: several_addresses",
            "`ann@acme.com; bob@globex.com` holds 2 e-mail addresses; write one a row"
        ]
    );
}

#[test]
fn one_address_that_is_written_twice_is_one() {
    let found = matcher([account("a", "", &[], &["acme.com"])], [contact("ann", "a", "ann@acme.com", "")]);
    for text in [
        "ann@acme.com; Ann@Acme.com",
        "ann@acme.com <ann@acme.com>",
        "\"ann@home, Lee\" <ann@acme.com>",
        "Lee, Ann <ann@acme.com>",
        "ann@acme.com;",
    ] {
        assert_eq!(told(&found.find(&lead(text, "", "")))[1], "matched ann by email", "{text}");
    }
}

#[test]
fn a_contact_has_one_address() {
    for text in SEVERAL {
        let mut known = graph([account("a", "", &[], &[])], []);
        let refused = known.add_contact(contact("ann", "a", text, "")).expect_err("two addresses");
        assert_eq!(refused.code(), "several_addresses");
        assert!(refused.to_string().ends_with("` holds 2 e-mail addresses; write one a row"), "{refused}");
    }
}

#[test]
fn an_address_is_one_in_both_its_spellings() {
    for (known, written) in [
        ("zo\u{eb}@acme.com", "zoe\u{308}@acme.com"),
        ("Zoe\u{308}@acme.com", "ZO\u{cb}@acme.com"),
        // The capital has no letter of its own, the small one has.
        ("\u{1f0}@acme.com", "J\u{30c}@acme.com"),
        // A text that has no form of an address.
        ("zo\u{eb}", "zoe\u{308}"),
    ] {
        for (known, written) in [(known, written), (written, known)] {
            let found = matcher([account("a", "", &[], &[])], [contact("zoe", "a", known, "")]);
            assert_eq!(told(&found.find(&lead(written, "", "")))[1], "matched zoe by email", "{written}");
        }
    }
}
