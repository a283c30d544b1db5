//! The rules of matching as a document.

use proptest::prelude::*;
use quorate::{FuzzyNames, MatchList, MatchListBase, MatchRules, MatchRulesDocument};

#[track_caller]
fn refused(text: &str) -> Vec<String> {
    MatchRules::from_json(text).expect_err("a problem").iter().map(ToString::to_string).collect()
}

#[test]
fn all_problems_are_said_at_once_with_their_places() {
    let said = refused(
        r#"{"schema": 2, "free_mail": {"base": "builtin", "add": ["a b", "x.com", "X.COM", 7], "remove": ["gmial.com"], "extra": 1},
            "company_domains": ["acme.com", "https://acme.com"], "legal_forms": {"remove": ["Gmbhh"], "add": ["..."]},
            "personal_titles": {"remove": ["Dr"], "add": ["*"]}, "no_company": {"remove": ["acme"]}, "fuzzy_names": "guess", "leagl_forms": {}}"#,
    );
    assert_eq!(
        said,
        [
            "schema: `2` is outside 1..=1",
            "free_mail.base: `builtin` is none of built_in, none (did you mean `built_in`?)",
            "free_mail.add[3]: a whole number where a text is expected",
            "free_mail: unknown field `extra`",
            "fuzzy_names: `guess` is none of match, suggest",
            "unknown field `leagl_forms` (did you mean `legal_forms`?)",
            "free_mail.add[0]: `a b` is no domain; write it as `example.com`",
            "free_mail.add[2]: free-mail domain `X.COM` is given twice; keep one",
            "free_mail.remove[0]: unknown free-mail domain `gmial.com` (did you mean `gmail.com`?)",
            "company_domains[1]: `https://acme.com` is no domain; write it as `example.com`",
            "legal_forms.add[0]: `...` has neither letters nor digits",
            "legal_forms.remove[0]: unknown legal form `Gmbhh` (did you mean `gmbh`?)",
            "personal_titles.add[0]: `*` has neither letters nor digits",
            "personal_titles.remove[0]: unknown personal title `Dr` (did you mean `dr *`?)",
            "no_company.remove[0]: unknown text for no company `acme`",
        ]
    );
    assert_eq!(refused("[]"), ["a list where an object is expected"]);
    assert_eq!(refused("{}"), ["field `schema` is missing"]);
    assert!(refused("{").first().is_some_and(|said| said.starts_with("not readable as a document")));
}

#[test]
fn what_is_left_out_has_its_default() {
    let rules = MatchRules::from_json(r#"{"schema": 1}"#).expect("valid");
    assert_eq!(rules, MatchRules::default());
    assert_eq!(
        rules.to_json(),
        r#"{"company_domains":[],"free_mail":{"add":[],"base":"built_in","remove":[]},"fuzzy_names":"match","legal_forms":{"add":[],"base":"built_in","remove":[]},"no_company":{"add":[],"base":"built_in","remove":[]},"personal_titles":{"add":[],"base":"built_in","remove":[]},"schema":1}"#
    );
}

fn list(entries: &'static [&'static str], built_in: &'static [&'static str]) -> impl Strategy<Value = MatchList> {
    let add = prop::sample::subsequence(entries, 0..=entries.len());
    let remove = prop::sample::subsequence(built_in, 0..=built_in.len());
    (any::<bool>(), add, remove).prop_map(|(replaced, add, remove)| {
        let mut list = MatchList::only(add);
        if !replaced {
            list.base = MatchListBase::BuiltIn;
            list.remove = remove.into_iter().map(Into::into).collect();
        }
        list
    })
}

proptest! {
    #[test]
    fn what_is_accepted_survives_its_document(lengths in prop::collection::vec(prop::sample::select(vec![1_usize, 60, 5_000]), 4)) {
        let long = |at: usize, end: &str| format!("{}{end}", "a".repeat(lengths[at]));
        let mut document = MatchRulesDocument::default();
        document.free_mail = MatchList::only([long(0, ".example").as_str()]);
        document.legal_forms = MatchList::only([long(1, "").as_str()]);
        document.no_company = MatchList::only([long(2, "").as_str()]);
        document.company_domains = vec![long(3, ".example")];
        if let Ok(rules) = MatchRules::new(document) {
            let read = MatchRules::from_json(&rules.to_json());
            prop_assert!(read.is_ok(), "{}", read.unwrap_err());
            prop_assert_eq!(read.unwrap(), rules);
        }
    }

    #[test]
    fn decode_inverts_encode(
        free in list(&["mail.example", "Ünique.de"], &["gmail.com", "GMX.de"]),
        forms in list(&["XYZ", "Pre *"], &["GmbH", "PT *", "株式会社"]),
        titles in list(&["Lord *", "OBE"], &["Dr *", "PhD"]),
        none in list(&["nobody", "x y"], &["n/a"]),
        company in prop::sample::subsequence(vec!["sina.com", "acme.com"], 0..=2),
        suggest in any::<bool>(),
    ) {
        let mut document = MatchRulesDocument::default();
        document.free_mail = free;
        document.legal_forms = forms;
        document.personal_titles = titles;
        document.no_company = none;
        document.company_domains = company.into_iter().map(Into::into).collect();
        document.fuzzy_names = if suggest { FuzzyNames::Suggest } else { FuzzyNames::Match };
        let rules = MatchRules::new(document).expect("valid rules");
        prop_assert_eq!(&MatchRules::from_json(&rules.to_json()).expect("its own text"), &rules);
        let through_serde: MatchRules = serde_json::from_str(&serde_json::to_string(&rules).expect("writes")).expect("reads");
        prop_assert_eq!(through_serde, rules);
    }
}
