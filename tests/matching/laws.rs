//! The laws of matching.

use std::collections::BTreeSet;

use proptest::prelude::*;
use quorate::{Account, AccountId, Candidate, Lead, LeadMatch, MatchAnswer, MatchHow, MatchNote, MatchRules, Matcher};

use crate::oracle;
use crate::scan::registrable;
use crate::support::{account, graph, lead, told};
use crate::world::{self, World};

fn ids<T: ToString>(candidates: &[Candidate<T>]) -> BTreeSet<String> {
    candidates.iter().map(|candidate| candidate.id.to_string()).collect()
}

/// An answer as the oracle tells it.
fn told_of<T: ToString>(answer: &MatchAnswer<T>) -> oracle::Told {
    match answer {
        MatchAnswer::Matched { id, how } => (answer.token(), BTreeSet::from([id.to_string()]), how.token()),
        MatchAnswer::Ambiguous { candidates, why } => (answer.token(), ids(candidates), why.token()),
        MatchAnswer::Unmatched { why, suggestions } => (answer.token(), ids(suggestions), why.token()),
    }
}

/// Every account that an answer names, be it in a note.
fn named(found: &LeadMatch) -> BTreeSet<String> {
    let mut named = ids(found.account.candidates());
    named.extend(found.account.id().map(AccountId::to_string));
    for note in &found.notes {
        if let MatchNote::Disagrees { accounts } = note {
            named.extend(ids(accounts));
        }
    }
    named
}

/// The accounts that an answer gives: the one that was matched, or those that fit alike; suggestions are none.
fn answered(found: &LeadMatch) -> BTreeSet<String> {
    match &found.account {
        MatchAnswer::Matched { id, .. } => BTreeSet::from([id.to_string()]),
        MatchAnswer::Ambiguous { candidates, .. } => ids(candidates),
        MatchAnswer::Unmatched { .. } => BTreeSet::new(),
    }
}

fn find(world: &World, lead: &Lead) -> LeadMatch {
    Matcher::new(&world.graph(), &world.rules()).find(lead)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn index_and_scan_agree((world, lead) in world::met()) {
        let found = find(&world, &lead);
        prop_assert_eq!(told_of(&found.account), oracle::account(&world, &lead));
        prop_assert_eq!(told_of(&found.contact), oracle::contact(&world, &lead));
    }

}

proptest! {
    #[test]
    fn no_fact_that_names_an_account_goes_unsaid((world, lead) in world::met()) {
        let found = find(&world, &lead);
        let (answer, said) = (answered(&found), named(&found));
        for owners in oracle::facts(&world, &lead) {
            // Of several that one fact names, those outside an answer are left out when one of them is inside: the fact does not disagree.
            prop_assert!(!owners.is_disjoint(&answer) || owners.is_subset(&said), "{:?}: {:?}", owners, told(&found));
        }
    }

    #[test]
    fn order_of_accounts_and_contacts_changes_nothing((world, lead) in world::met()) {
        let mut turned = world.clone();
        turned.accounts.reverse();
        turned.contacts.reverse();
        prop_assert_eq!(find(&turned, &lead), find(&world, &lead));
    }

    #[test]
    fn listing_a_domain_or_alias_twice_changes_nothing((world, lead) in world::met(), place in any::<prop::sample::Index>()) {
        let mut twice = world.clone();
        let account = &mut twice.accounts[place.index(world.accounts.len())];
        account.domains.extend(account.domains.clone());
        account.aliases.extend(account.aliases.clone());
        prop_assert_eq!(find(&twice, &lead), find(&world, &lead));
    }

    #[test]
    fn an_added_alias_never_unmatches_another_account_in_silence(
        (world, lead) in world::met(), place in any::<prop::sample::Index>(), alias in world::name(), own in any::<bool>(),
    ) {
        let before = find(&world, &lead);
        let mut more = world.clone();
        let alias = lead.company.clone().filter(|_| own).unwrap_or(alias);
        more.accounts[place.index(world.accounts.len())].aliases.push(alias);
        let after = find(&more, &lead);
        // A name that is nearly right gives way to one that is right: it was never more than likely.
        let was = before.account.id().filter(|_| before.account.how().is_some_and(|how| how.token() != "fuzzy_name"));
        if let Some(was) = was {
            prop_assert!(after.account.id() == Some(was) || ids(after.account.candidates()).contains(was.as_str()), "{:?}", told(&after));
        }
    }

    #[test]
    fn an_added_domain_never_unmatches_another_account_in_silence(
        (world, lead) in world::met(), place in any::<prop::sample::Index>(), domain in world::domain(), own in any::<bool>(),
    ) {
        let before = find(&world, &lead);
        let mut more = world.clone();
        let host = lead.email.as_deref().and_then(|email| email.trim().split_once('@')).map(|(_, host)| host.to_string());
        more.accounts[place.index(world.accounts.len())].domains.push(host.filter(|host| own && !host.is_empty()).unwrap_or(domain));
        let after = find(&more, &lead);
        // The longest domain wins, and a domain comes before a name, so the account may change; then the former one is named all the same.
        let sure = |how: &str| how != "fuzzy_name" && how != "registrable_domain";
        if let Some(was) = before.account.id().filter(|_| before.account.how().is_some_and(|how| sure(how.token()))) {
            prop_assert!(named(&after).contains(was.as_str()), "{:?}\n{:?}", told(&before), told(&after));
        }
    }

    #[test]
    fn free_mail_never_matches_by_domain(mut world in world::world(), domain in world::domain(), mut lead in world::lead()) {
        let domain = domain.to_lowercase();
        // One label is no domain of an account.
        prop_assume!(domain.contains('.'));
        world.free = vec![domain.clone().leak()];
        world.company.clear();
        world.accounts[0].domains.push(domain.clone());
        lead.email = Some(format!("new@{domain}"));
        lead.domain = None;
        let found = find(&world, &lead);
        let how = found.account.how().map_or("", |how| how.token());
        prop_assert!(how != "listed_domain" && how != "registrable_domain", "{:?}", told(&found));
        // Unless it is said to be a company's.
        world.company = world.free.clone();
        lead.account = None;
        lead.contact = None;
        world.contacts.clear();
        prop_assert!(named(&find(&world, &lead)).contains("a0"));
    }

    #[test]
    fn a_subdomain_matches_as_its_domain_does(world in world::world(), domain in world::domain(), label in "[a-z]{1,8}") {
        let under = lead(&format!("new@{label}-x.{domain}"), "", "");
        let at = lead(&format!("new@{domain}"), "", "");
        // What is below a public suffix is somebody else's; a label that no list has adds nothing.
        prop_assume!(registrable(&domain.to_lowercase()).is_some());
        prop_assert_eq!(told_of(&find(&world, &under).account), told_of(&find(&world, &at).account));
    }

    #[test]
    fn a_domain_that_only_ends_alike_never_matches(domain in world::domain(), label in "[a-z]{1,8}") {
        prop_assume!(registrable(&domain.to_lowercase()).is_some());
        // Without free mail: `mail.com` is a host, and so are some domains that end so.
        let rules = MatchRules::from_json(r#"{"schema": 1, "free_mail": {"base": "none"}}"#).expect("valid rules");
        let matcher = Matcher::new(&graph([account("a", "", &[], &[&domain])], []), &rules);
        let other = format!("{label}{domain}");
        let found = matcher.find(&lead(&format!("new@{other}"), "", "")).account;
        // Below one registrable domain it may be the same company; nobody listed it all the same.
        let kin = registrable(&other.to_lowercase()) == registrable(&domain.to_lowercase());
        prop_assert_eq!(found.how().map(MatchHow::token), kin.then_some("registrable_domain"));
    }

    #[test]
    fn a_name_is_normal_once_and_for_all(name in company_text()) {
        let matcher = Matcher::new(&graph([], []), &MatchRules::default());
        let once = matcher.company_name(&name);
        prop_assert_eq!(matcher.company_name(&once), once);
    }

    #[test]
    fn a_name_is_met_however_it_is_written(
        name in company_text(), upper in any::<bool>(), end in prop::sample::select(&["", " Inc.", ", S.A.", " (Ltd)"][..]),
    ) {
        let name = format!("Zorg {name}");
        let known = account("a", &name, &[], &[]);
        prop_assume!(graph([], []).add_account(known.clone()).is_ok());
        let matcher = Matcher::new(&graph([known], []), &MatchRules::default());
        let written = format!(" {}{end} ", if upper { name.to_uppercase() } else { name });
        let found = matcher.find(&lead("", &written, ""));
        prop_assert_eq!(found.account.how().map(MatchHow::token), Some("name"), "{:?}", written);
    }

    #[test]
    fn any_text_is_answered(texts in prop::collection::vec(any_text(), 14)) {
        let mut known = account("a", "", &[], &[]);
        known.name = Some(texts[0].clone());
        known.aliases = vec![texts[1].clone()];
        known.domains = vec![texts[2].clone(), texts[3].clone()];
        known.country = Some(texts[4].clone());
        let mut person = crate::support::contact("c", "a", "", "");
        person.name = Some(texts[5].clone());
        person.email = Some(texts[6].clone());
        let (mut graph, mut fuller) = (graph([account("b", "Acme", &[], &["acme.com"])], []), true);
        fuller &= graph.add_account(known).is_ok() && graph.add_contact(person).is_ok();
        let text = |i: usize| Some(texts[i].clone());
        let lead = Lead { account: None, contact: None, email: text(7), domain: text(8), company: text(9), name: text(10), country: text(11) };
        let found = Matcher::new(&graph, &MatchRules::default()).find(&lead);
        prop_assert!(told(&found).len() >= 2 && (fuller || graph.account_count() >= 1));
        let ids = Lead { account: text(12), contact: text(13), ..lead };
        prop_assert_eq!(told(&Matcher::new(&graph, &MatchRules::default()).find(&ids)).len() >= 2, true);
    }
}

/// Words, legal forms, punctuation and letters of many scripts.
fn company_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(
            &[
                "Acme",
                "the",
                "The",
                "Inc",
                "S.A.",
                "GmbH",
                "& Co. KG",
                "Co.",
                "Ltd",
                "(Pty)",
                "Pvt",
                "株式会社",
                "有限公司",
                "(株)",
                "주식회사",
                "ООО",
                "PT",
                "A/S",
                "s.r.o.",
                "and",
                "&",
                "und",
                "et",
                "y",
                "e",
                "en",
                "ü",
                "a",
                "b",
                "C.",
                "Ö",
                "Łódź",
                "™",
                "'s",
                "’",
                "´",
                "トヨタ",
                "삼성",
                "華為技術",
                "-",
                "/",
                "[",
                ",",
                "İ",
                "ß",
                "ﬁ",
                "é",
                "٣",
                "½",
                "²",
                "…",
                "\u{200b}",
                "\u{301}",
            ][..]
        )
        .prop_map(String::from),
        any_text(),
    ];
    prop::collection::vec((piece, prop::sample::select(&["", " ", "  ", ", "][..])), 1..7)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, joint)| [piece, joint.into()]).collect())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        "[a-z@. -]{0,16}",
        "[A-Za-z]{1,3}",
        prop::collection::vec(any::<char>(), 0..6).prop_map(|letters| letters.into_iter().collect::<String>())
    ]
}

/// The strategies meet every sort of answer; otherwise the laws above would be about nothing.
#[test]
fn worlds_and_leads_meet_in_every_way() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeSet<&'static str> = BTreeSet::new();
    for _ in 0..3000 {
        let (world, lead) = world::met().new_tree(&mut runner).expect("a value").current();
        let found = find(&world, &lead);
        let (account, contact) = (told_of(&found.account), told_of(&found.contact));
        seen.extend([account.0, account.2, contact.2]);
        seen.extend(found.notes.iter().map(MatchNote::token));
    }
    for token in [
        "matched",
        "ambiguous",
        "unmatched",
        "contact_id",
        "account_id",
        "email",
        "listed_domain",
        "registrable_domain",
        "name",
        "alias",
        "fuzzy_name",
        "person_name",
        "several_owners_of_domain",
        "several_owners_of_name",
        "several_contacts_of_email",
        "several_contacts_of_name",
        "unknown_contact_id",
        "unknown_account_id",
        "no_account_of_contact",
        "malformed_email",
        "malformed_domain",
        "free_mail",
        "unknown_domain",
        "unknown_email",
        "no_company",
        "unknown_name",
        "fuzzy_name_only",
        "unknown_person",
        "person_without_account",
        "nothing_to_go_by",
        "disagrees",
        "contact_of_other_account",
        "other_email",
    ] {
        assert!(seen.contains(token), "no world and lead come to `{token}`");
    }
}

#[test]
fn accounts_are_named_by_id() {
    let accounts: Vec<Account> = ["b", "a", "c"].into_iter().map(|id| account(id, "Acme", &[], &["acme.com"])).collect();
    let matcher = crate::support::matcher(accounts, []);
    assert_eq!(told(&matcher.find(&lead("x@acme.com", "", "")))[0], "ambiguous a, b, c: several_owners_of_domain");
}
