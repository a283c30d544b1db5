//! What matching finds, as documents.

use proptest::prelude::*;
use quorate::{Candidate, Lead, LeadMatch, MatchAnswer, MatchRules, Matcher};
use serde_json::{Value, json};

use crate::support::{account, contact, graph, lead, matcher};
use crate::world;

fn written(found: &LeadMatch) -> Value {
    serde_json::to_value(found).expect("it can be written")
}

fn names(object: &Value) -> Vec<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// The codes and sentences of objects, each of which has both.
fn said(list: &Value) -> Vec<(&str, &str)> {
    let text = |one: &'_ Value, field: &str| one[field].as_str().expect("a text").to_owned();
    let list = list.as_array().expect("a list").iter();
    list.map(|one| {
        assert!(!text(one, "code").is_empty() && !text(one, "message").is_empty());
        (one["code"].as_str().expect("a text"), one["message"].as_str().expect("a text"))
    })
    .collect()
}

/// An answer and its document say the same, and every answer has the same fields.
fn check<T: ToString>(answer: &MatchAnswer<T>, written: &Value) {
    assert_eq!(names(written), ["answer", "candidates", "how", "id", "why"]);
    assert_eq!(written["answer"], answer.token());
    assert_eq!(written["id"], answer.id().map_or(Value::Null, |id| id.to_string().into()));
    assert_eq!(written["how"]["code"], answer.how().map_or(Value::Null, |how| how.token().into()));
    assert_eq!(written["why"]["code"], answer.why().map_or(Value::Null, |why| why.token().into()));
    check_candidates(answer.candidates(), &written["candidates"]);
}

fn check_candidates<T: ToString>(candidates: &[Candidate<T>], written: &Value) {
    let written = written.as_array().expect("a list");
    assert_eq!(written.len(), candidates.len());
    for (one, written) in candidates.iter().zip(written) {
        assert_eq!(written["id"], one.id.to_string());
        let facts: Vec<(&str, String)> = one.how.iter().map(|how| (how.token(), how.to_string())).collect();
        assert_eq!(said(&written["how"]), facts.iter().map(|(code, message)| (*code, message.as_str())).collect::<Vec<_>>());
    }
}

proptest! {
    #[test]
    fn the_document_says_what_the_answer_says((world, lead) in world::met()) {
        let found = Matcher::new(&world.graph(), &world.rules()).find(&lead);
        let written = written(&found);
        prop_assert_eq!(names(&written), ["account", "contact", "notes"]);
        check(&found.account, &written["account"]);
        check(&found.contact, &written["contact"]);
        let notes: Vec<(&str, String)> = found.notes.iter().map(|note| (note.token(), note.to_string())).collect();
        prop_assert_eq!(said(&written["notes"]), notes.iter().map(|(code, message)| (*code, message.as_str())).collect::<Vec<_>>());
    }

    #[test]
    fn the_order_of_accounts_and_contacts_changes_no_byte_of_the_document((world, lead) in world::met()) {
        let mut turned = world.clone();
        turned.accounts.reverse();
        turned.contacts.reverse();
        let text = |world: &world::World| serde_json::to_string(&Matcher::new(&world.graph(), &world.rules()).find(&lead)).expect("writes");
        prop_assert_eq!(text(&turned), text(&world));
    }

    #[test]
    fn domains_of_no_use_are_the_same_with_a_matcher_and_without((world, _) in world::met()) {
        let (graph, rules) = (world.graph(), world.rules());
        let (without, matcher) = (rules.unused_domains(&graph), Matcher::new(&graph, &rules));
        prop_assert_eq!(without.as_slice(), matcher.unused_domains());
    }

    #[test]
    fn a_contact_is_found_by_whatever_has_the_normal_form_of_its_address(world in world::world(), before in "(Ann )?", upper in any::<bool>()) {
        let (graph, rules) = (world.graph(), world.rules());
        let matcher = Matcher::new(&graph, &rules);
        for known in world.contacts.iter().filter_map(|contact| contact.email.as_deref()) {
            let Some(normal) = matcher.email_address(known) else { continue };
            prop_assert_eq!(matcher.email_address(&normal), Some(normal.clone()));
            let written = if upper { known.to_uppercase() } else { known.into() };
            let written = if normal.contains('@') && !before.is_empty() { format!("{before}<{}>", written.trim()) } else { written };
            let found = matcher.find(&lead(&written, "", ""));
            let same = matcher.email_address(&written) == Some(normal);
            prop_assert_eq!(same, found.contact.why().is_none_or(|why| why.token() != "unknown_email"), "{:?}", written);
        }
    }
}

#[test]
fn every_fact_has_its_fields() {
    let mut acme = account("acme", "Acme Software GmbH", &["ACS"], &["acme.example"]);
    acme.country = Some("DE".into());
    let accounts = [acme, account("beta", "Beta AG", &[], &["beta.example"])];
    let contacts = [contact("ann", "acme", "ann@acme.example", "Ann Lee"), contact("rep", "", "rep@us.example", "Our Rep")];
    let found = |lead: &Lead| written(&matcher(accounts.clone(), contacts.clone()).find(lead));

    let fuzzy = found(&Lead { country: Some("de".into()), ..lead("", "Acme Sofware", "Ann Lee") });
    let how = json!({
        "code": "fuzzy_name", "name": "Acme Software GmbH", "likeness": "letter",
        "fact": {"code": "country", "country": "DE", "message": "its country is `DE` as well"},
        "message": "the account's name `Acme Software GmbH` differs in one letter, and its country is `DE` as well",
    });
    assert_eq!(fuzzy["account"]["how"], how);
    let named = json!({"code": "person_name", "name": "ann lee", "message": "the contact is named `ann lee`"});
    assert_eq!(fuzzy["contact"], json!({"answer": "matched", "id": "ann", "how": named, "why": null, "candidates": []}));

    let suggested = found(&lead("", "Acme Sofware", ""));
    assert_eq!(suggested["account"]["candidates"][0]["how"][0]["fact"], Value::Null);

    let other = found(&Lead { account: Some("beta".into()), contact: Some("nobody".into()), ..lead("rep@us.example", "ACS", "") });
    assert_eq!(other["account"]["how"], json!({"code": "account_id", "message": "the account's id is given"}));
    assert_eq!(other["contact"]["why"], json!({"code": "unknown_contact_id", "id": "nobody", "message": "there is no contact `nobody`"}));
    let accounts_of_note =
        json!([{"id": "acme", "how": [{"code": "alias", "alias": "ACS", "message": "the account is also named `ACS`"}]}]);
    let message = "another fact points to `acme`: the account is also named `ACS`";
    assert_eq!(other["notes"][0], json!({"code": "disagrees", "accounts": accounts_of_note, "message": message}));

    let of_ours = found(&Lead { account: Some("beta".into()), contact: Some("rep".into()), ..Lead::default() });
    let stranger = json!({"code": "contact_of_other_account", "account_id": null, "message": "the contact has no account"});
    assert_eq!(of_ours["notes"][0], stranger);
    let of_acme = found(&Lead { account: Some("beta".into()), ..lead("ann@acme.example", "", "") });
    assert_eq!(of_acme["notes"].as_array().and_then(|notes| notes.last()).expect("a note")["account_id"], "acme");

    let slip = found(&Lead { account: Some("beta".into()), ..lead("no address", "", "") });
    assert_eq!(slip["notes"][0], json!({"code": "malformed_email", "email": "no address", "message": "`no address` is no e-mail address"}));
    assert_eq!(found(&Lead::default())["account"]["why"], json!({"code": "nothing_to_go_by", "message": "nothing to go by"}));
}

#[test]
fn a_domain_of_no_use_is_a_document() {
    let graph = graph([account("mail", "", &[], &["gmail.com", "two words"])], []);
    let found = serde_json::to_value(MatchRules::default().unused_domains(&graph)).expect("writes");
    let free =
        json!({"code": "free_mail", "domain": "gmail.com", "message": "`gmail.com` is a mail host and says nothing about the company"});
    let none = json!({"code": "malformed_domain", "domain": "two words", "message": "`two words` is no domain"});
    assert_eq!(
        found,
        json!([{"account_id": "mail", "domain": "gmail.com", "why": free}, {"account_id": "mail", "domain": "two words", "why": none}])
    );
}

#[test]
fn company_domains_that_are_no_free_mail_are_findings_and_no_problems() {
    let found = |text: &str| {
        let rules = MatchRules::from_json(text).expect("valid rules");
        rules.findings().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        found(r#"{"schema": 1, "company_domains": ["Sina.com", "gmial.com", "acme.example", "big-company.163.com"]}"#),
        [
            "company_domains[1]: `gmial.com` is not among the free-mail domains, so that it changes nothing (did you mean `gmail.com`?)",
            "company_domains[2]: `acme.example` is not among the free-mail domains, so that it changes nothing",
            "company_domains[3]: `big-company.163.com` is not among the free-mail domains, so that it changes nothing",
        ]
    );
    // What counts is the list as it is, not as it was built in.
    let own = r#"{"schema": 1, "free_mail": {"base": "none", "add": ["mail.example"]}, "company_domains": ["mail.example", "sina.com"]}"#;
    assert_eq!(found(own), ["company_domains[1]: `sina.com` is not among the free-mail domains, so that it changes nothing"]);
    assert_eq!(found(r#"{"schema": 1, "free_mail": {"remove": ["sina.com"]}, "company_domains": ["sina.com"]}"#).len(), 1);
    assert!(MatchRules::default().findings().iter().next().is_none());
}
