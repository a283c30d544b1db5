//! The registrable domain: the vectors of the public suffix list, and names in other letters.

use quorate::registrable_domain;

use crate::support::shared;

/// The parts of names in other letters that the vectors use, as they are registered.
const ASCII: [(&str, &str); 4] = [("食狮", "xn--85x722f"), ("公司", "xn--55qx5d"), ("中国", "xn--fiqs8s"), ("网络", "xn--io0a7i")];

fn in_ascii(domain: &str) -> String {
    ASCII.iter().fold(domain.to_lowercase(), |domain, (letters, ascii)| domain.replace(letters, ascii))
}

/// The two arguments of a line such as `checkPublicSuffix('a.com', null);`.
fn arguments(line: &str) -> Option<(Option<String>, Option<String>)> {
    let inner = line.trim().strip_prefix("checkPublicSuffix(")?.strip_suffix(");")?;
    let (input, expected) = inner.split_once(", ")?;
    let unquoted = |text: &str| text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).map(String::from);
    Some((unquoted(input), unquoted(expected)))
}

#[test]
fn the_vectors_of_the_public_suffix_list_are_met() {
    let Some(folder) = shared("email-domains") else { return };
    let text = std::fs::read_to_string(folder.join("public_suffix_test.txt")).expect("the vectors");
    let mut checked = 0;
    for (input, expected) in text.lines().filter_map(arguments) {
        // `null` asks for nothing at all; here that is a blank text.
        let found = registrable_domain(&input.clone().unwrap_or_default());
        assert_eq!(found, expected.map(|domain| in_ascii(&domain)), "{input:?}");
        checked += 1;
    }
    let written = text.lines().filter(|line| line.starts_with("checkPublicSuffix(")).count();
    println!("{checked} vectors of the public suffix list");
    assert!(checked == written && checked > 70, "{checked} of {written}");
}

#[test]
fn registrable_domains_of_each_sort() {
    for (domain, expected) in [
        ("example.com", Some("example.com")),
        ("A.B.Example.CO.UK", Some("example.co.uk")),
        ("co.uk", None),
        ("com", None),
        (".example.com", None),
        ("example", None),
        ("a.b.example.example", Some("example.example")),
        ("www.ck", Some("www.ck")),
        ("a.b.test.ck", Some("b.test.ck")),
        ("city.kobe.jp", Some("city.kobe.jp")),
        ("c.kobe.jp", None),
        ("foo.github.io", Some("foo.github.io")),
        ("食狮.公司.cn", Some("xn--85x722f.xn--55qx5d.cn")),
        ("www.XN--85X722F.公司.cn", Some("xn--85x722f.xn--55qx5d.cn")),
        ("www.食狮.中国", Some("xn--85x722f.xn--fiqs8s")),
        ("example.com.", Some("example.com")),
        ("not a domain.com", None),
        ("", None),
    ] {
        assert_eq!(registrable_domain(domain).as_deref(), expected, "{domain}");
    }
}
