//! The portfolio document: its text, and what its reader refuses.

use super::*;

#[test]
fn decoding_inverts_encoding() {
    let document = rich().to_document();
    let text = document.to_json();
    let read = PortfolioDocument::from_json(&text).unwrap();
    assert_eq!(read, document);
    assert_eq!(read.to_json(), text);
    assert_eq!(serde_json::from_str::<PortfolioDocument>(&serde_json::to_string(&document).unwrap()).unwrap(), document);
    assert_eq!(AccountGraph::from_document(read).unwrap(), rich());
}

#[test]
fn the_order_of_the_lists_changes_nothing() {
    let mut document = rich().to_document();
    let text = document.to_json();
    document.accounts.reverse();
    document.contacts.reverse();
    document.contacts.iter_mut().for_each(|contact| contact.roles.reverse());
    document.members.reverse();
    document.ties.reverse();
    document.opportunities.reverse();
    document.dispositions.reverse();
    assert_eq!(document.to_json(), text);
    assert_eq!(AccountGraph::from_document(document).unwrap(), rich());
}

#[test]
fn an_empty_document_says_its_schema() {
    assert_eq!(PortfolioDocument::default().to_json(), r#"{"schema":1}"#);
    assert_eq!(PortfolioDocument::from_json(r#"{"schema":1,"ties":null,"accounts":[]}"#).unwrap(), PortfolioDocument::default());
}

#[test]
fn all_faults_of_shape_come_at_once() {
    let text = r#"{"schema":2,"acounts":[],
        "accounts":[{"id":" a","revenue":12.5,"employees":-1,"attributes":{"k":1,"l":"x","l":"y"},"technologies":"none"},{"name":7}],
        "contacts":[{"id":"c","stance":"supportr","active":"yes","roles":[{"evidence":"crm"}],"created":"2025-02-30"}],
        "groups":[{"id":"g"}],"members":{},"ties":[{"from":"c","to":"d","kind":"knows","strength":101}],
        "opportunities":[{"id":"o","account":"a","created_at":"now","amount":"1e3"}],
        "dispositions":[{"group":"g","at":"2025-01-01","verdict":"maybe"}]}"#;
    let problems = PortfolioDocument::from_json(text).unwrap_err();
    let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "schema: `2` is outside 1..=1",
            "accounts[0].id: account id ` a` begins or ends with white space; trim it",
            "accounts[0].employees: `-1` is outside 0..=18446744073709551615",
            "accounts[0].revenue: a number with a point (write decimals as text, such as \"12.5\") \
             where a decimal written as text, such as \"12.5\", is expected",
            "accounts[0].technologies: a text where a list is expected",
            "accounts[0].attributes.k: a whole number where a text is expected",
            "accounts[0].attributes: field `l` stands twice; keep one",
            "accounts[1]: field `id` is missing",
            "accounts[1].name: a whole number where a text is expected",
            "contacts[0].roles[0]: field `role` is missing",
            "contacts[0].stance: `supportr` is none of supporter, neutral, opponent, unknown (did you mean `supporter`?)",
            "contacts[0].active: a text where true or false is expected",
            "contacts[0].created: `2025-02-30` is no day; write `YYYY-MM-DD`, a date that exists",
            "groups[0]: field `account` is missing",
            "members: an object where a list is expected",
            "ties[0].strength: `101` is outside 1..=100",
            "opportunities[0].created_at: `now` is no time; write RFC 3339, such as `2025-05-05T09:30:00Z`, or a date",
            "opportunities[0].amount: `1e3` is no decimal number; write digits with at most one point, such as `12.5`",
            "dispositions[0].verdict: `maybe` is none of accepted, rejected",
            ": unknown field `acounts` (did you mean `accounts`?)",
        ]
        .map(|text| String::from(text.trim_start_matches(": ")))
    );
}
