//! What a policy may say about ways is bounded, also when it is built in code and never was a document.

use quorate::{InteractionWeight, NetworkRule, Policy};

/// The problems of the default policy with another rule.
fn problems(change: impl Fn(&mut NetworkRule)) -> Vec<String> {
    let mut document = Policy::default().document().clone();
    change(&mut document.network);
    match Policy::new(document) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn numbers_out_of_range_are_refused_and_their_limits_are_not() {
    type Field = fn(&mut NetworkRule) -> &mut u8;
    let fields: [(&str, Field, u8, u8); 6] = [
        ("reports_to", |rule| &mut rule.reports_to, 1, 100),
        ("hops", |rule| &mut rule.hops, 1, 4),
        ("paths", |rule| &mut rule.paths, 1, 100),
        ("influence_hops", |rule| &mut rule.influence_hops, 1, 4),
        ("strength.base", |rule| &mut rule.strength.base, 0, 100),
        ("strength.cap", |rule| &mut rule.strength.cap, 1, 100),
    ];
    for (name, field, least, most) in fields {
        let with = |value: u8| problems(|rule| *field(rule) = value);
        assert_eq!((with(least), with(most)), (Vec::new(), Vec::new()), "{name}");
        for value in [least.checked_sub(1), Some(most + 1), Some(u8::MAX)].into_iter().flatten() {
            assert_eq!(with(value), [format!("network.{name}: `{value}` is outside {least}..={most}")]);
        }
    }
}

#[test]
fn a_kind_of_interactions_is_weighed_once() {
    let weight = |kind: &str, weight| InteractionWeight { kind: kind.into(), weight };
    let with = |each: &[&str], mutual: &[&str]| {
        problems(|rule| {
            rule.strength.each = each.iter().map(|kind| weight(kind, 1)).collect();
            rule.strength.mutual = mutual.iter().map(|kind| weight(kind, 1)).collect();
        })
    };
    assert_eq!(with(&["meeting", "lunch"], &["mail"]), Vec::<String>::new());
    assert_eq!(with(&[], &[]), Vec::<String>::new());
    assert_eq!(with(&["mail"], &["mail"]), ["network.strength.mutual[0].kind: the kind `mail` is given twice"]);
    assert_eq!(with(&["mail", "mail"], &[]), ["network.strength.each[1].kind: the kind `mail` is given twice"]);
    assert_eq!(with(&[], &["mail", "chat", "mail"]), ["network.strength.mutual[2].kind: the kind `mail` is given twice"]);
    let heavy = problems(|rule| rule.strength.each[0].weight = 101);
    assert_eq!(heavy, ["network.strength.each[0].weight: `101` is outside 0..=100"]);
}
