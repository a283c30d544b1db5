//! One small case for every decision.

use quorate::{Account, Contact, Lead, LeadMatch, MatchHow, MatchList, MatchRules, MatchRulesDocument, Matcher};

use crate::support::{account, contact, graph, lead, matcher, told};

/// A few accounts and people that every sort of lead can meet.
fn records() -> (Vec<Account>, Vec<Contact>) {
    let mut acme = account("acme", "Acme GmbH", &["Acme Software"], &["acme.com", "acme.co.uk"]);
    acme.country = Some("Germany".into());
    let accounts = vec![
        acme,
        account("acme-us", "Acme US Inc.", &[], &["us.acme.com", "acme.com"]),
        account("globex", "Globex Corporation", &["GBX"], &["globex.com"]),
        account("globex-labs", "Globex Labs", &[], &["labs.globex.com"]),
        account("hpe", "Hewlett Packard Enterprise", &["HPE"], &["hpe.com"]),
        account("mail", "Mail Users Ltd", &[], &["gmail.com"]),
        account("uni", "University", &[], &["cs.uni.example"]),
    ];
    let contacts = vec![
        contact("ann", "globex", "Ann.Lee@Globex.com", "Ann Lee"),
        contact("ann-2", "acme", "ann@acme.com", "Ann Lee"),
        contact("bob", "globex", "bob@gmail.com", "Bob Ray"),
        contact("bob-2", "globex", "", "Bob Ray"),
        contact("desk-1", "acme", "info@acme.com", "Desk"),
        contact("desk-2", "globex", "info@acme.com", "Desk"),
        contact("rep", "", "rep@us.example", "Our Rep"),
    ];
    (accounts, contacts)
}

#[track_caller]
fn check(lead: &Lead, expected: &[&str]) {
    let (accounts, contacts) = records();
    assert_eq!(told(&matcher(accounts, contacts).find(lead)), expected);
}

fn ids(account: &str, contact: &str, email: &str) -> Lead {
    let some = |text: &str| Some(String::from(text)).filter(|text| !text.is_empty());
    Lead { account: some(account), contact: some(contact), ..lead(email, "", "") }
}

#[test]
fn the_longest_listed_domain_decides_and_shorter_ones_are_noted() {
    check(&lead("x@mail.us.acme.com", "", ""), &["matched acme-us by listed_domain", "unmatched: unknown_email"]);
    check(&lead("x@eu.acme.com", "", ""), &["ambiguous acme, acme-us: several_owners_of_domain", "unmatched: unknown_email"]);
    check(
        &lead("x@labs.globex.com", "", ""),
        &[
            "matched globex-labs by listed_domain",
            "unmatched: unknown_email",
            "another fact points to `globex`: the account lists the domain `globex.com`",
        ],
    );
    check(&lead("x@notglobex.com", "", ""), &["unmatched: unknown_domain", "unmatched: unknown_email"]);
    check(&lead("x@acme.co.uk", "", ""), &["matched acme by listed_domain", "unmatched: unknown_email"]);
    check(&lead("x@other.co.uk", "", ""), &["unmatched: unknown_domain", "unmatched: unknown_email"]);
}

#[test]
fn a_registrable_domain_is_the_last_resort_of_domains() {
    check(&lead("x@uni.example", "", ""), &["matched uni by registrable_domain", "unmatched: unknown_email"]);
    check(&lead("x@math.uni.example", "", ""), &["matched uni by registrable_domain", "unmatched: unknown_email"]);
}

#[test]
fn free_mail_never_matches_by_domain_and_the_listing_is_reported() {
    check(&lead("x@gmail.com", "", ""), &["unmatched: free_mail", "unmatched: unknown_email"]);
    check(&lead("x@mx.gmail.com", "", ""), &["unmatched: free_mail", "unmatched: unknown_email"]);
    check(&lead("x@gmail.com", "GBX", ""), &["matched globex by alias", "unmatched: unknown_email"]);
    let (accounts, contacts) = records();
    let found = matcher(accounts.clone(), contacts.clone());
    let unused: Vec<(&str, &str)> = found.unused_domains().iter().map(|one| (one.account.as_str(), one.domain.as_str())).collect();
    assert_eq!(unused, [("mail", "gmail.com")]);

    let mut document = MatchRulesDocument::default();
    document.company_domains = vec!["Gmail.com".into()];
    let found = Matcher::new(&graph(accounts, contacts), &MatchRules::new(document).unwrap());
    assert_eq!(told(&found.find(&lead("x@gmail.com", "", "")))[0], "matched mail by listed_domain");
    assert_eq!(told(&found.find(&lead("x@googlemail.com", "", "")))[0], "unmatched: free_mail");
    assert!(found.unused_domains().is_empty());
}

#[test]
fn a_known_address_comes_before_its_domain() {
    check(&lead(" ANN.LEE@globex.COM ", "", ""), &["matched globex by email", "matched ann by email"]);
    check(&lead("Bob Ray <bob@gmail.com>", "", ""), &["matched globex by email", "matched bob by email"]);
    // Of two accounts that share an address, neither is picked.
    check(
        &lead("info@acme.com", "", ""),
        &["ambiguous acme, globex: several_contacts_of_email", "ambiguous desk-1, desk-2: several_contacts_of_email"],
    );
    // With the account, the contact there is meant.
    check(
        &ids("globex", "", "info@acme.com"),
        &[
            "matched globex by account_id",
            "matched desk-2 by email",
            "another fact points to `acme`: the account lists the domain `acme.com`; or to `acme-us`: the account lists the domain `acme.com`",
        ],
    );
}

#[test]
fn an_id_wins_and_what_disagrees_is_noted() {
    check(
        &ids("hpe", "", "ann.lee@globex.com"),
        &[
            "matched hpe by account_id",
            "matched ann by email",
            "another fact points to `globex`: `ann.lee@globex.com` is the address of a known contact",
            "another fact points to `globex`: the account lists the domain `globex.com`",
            "the contact belongs to the account `globex`",
        ],
    );
    // As for signals: the contact says which account.
    check(
        &ids("hpe", "ann", ""),
        &["matched globex by contact_id", "matched ann by contact_id", "another fact points to `hpe`: the account's id is given"],
    );
}

#[test]
fn an_id_that_names_nothing_is_never_replaced_by_a_guess() {
    check(&ids("hpw", "", "x@globex.com"), &["unmatched: unknown_account_id (globex)", "unmatched: unknown_email"]);
    check(&ids("", "anne", "ann.lee@globex.com"), &["unmatched: unknown_contact_id (globex)", "unmatched: unknown_contact_id (ann)"]);
    // Beside an id that is known, it is noted.
    check(&ids("hpe", "anne", ""), &["matched hpe by account_id", "unmatched: unknown_contact_id", "there is no contact `anne`"]);
    check(&ids("hpw", "ann", ""), &["matched globex by contact_id", "matched ann by contact_id", "there is no account `hpw`"]);
}

#[test]
fn our_own_people_are_of_no_account() {
    check(
        &lead("rep@us.example", "", ""),
        &["unmatched: no_account_of_contact", "matched rep by email", "no account lists the domain `us.example`"],
    );
    check(&ids("", "rep", "rep@globex.com"), &["unmatched: no_account_of_contact (globex)", "matched rep by contact_id"]);
}

#[test]
fn a_domain_comes_before_a_name_and_the_name_is_noted() {
    check(
        &lead("x@hpe.com", "GBX", ""),
        &["matched hpe by listed_domain", "unmatched: unknown_email", "another fact points to `globex`: the account is also named `GBX`"],
    );
    check(&lead("x@hpe.com", "Hewlett Packard Enterprise", ""), &["matched hpe by listed_domain", "unmatched: unknown_email"]);
    // Two owners stay two, whatever the name says; every candidate has all that speaks for it.
    let (accounts, contacts) = records();
    let found = matcher(accounts, contacts).find(&lead("x@acme.com", "ACME", ""));
    let how: Vec<Vec<&str>> = found.account.candidates().iter().map(|one| one.how.iter().map(MatchHow::token).collect()).collect();
    assert_eq!(how, [vec!["listed_domain", "name"], vec!["listed_domain"]]);
}

#[test]
fn a_web_address_is_a_domain() {
    let mut of_web = lead("x@gmail.com", "", "");
    of_web.domain = Some("https://www.globex.com/en/".into());
    check(&of_web, &["matched globex by listed_domain", "unmatched: unknown_email"]);
    of_web.domain = Some("not a domain".into());
    check(
        &of_web,
        &["unmatched: malformed_domain", "unmatched: unknown_email", "`gmail.com` is a mail host and says nothing about the company"],
    );
}

#[test]
fn names_are_met_without_legal_forms_and_accents() {
    for name in ["acme", "ACME GmbH & Co. KG", "The Acme, Inc.", "Ácme S.A.", "Acme (Ltd.)", "acme software llc"] {
        let found = told(&matcher(records().0, []).find(&lead("", name, "")));
        assert!(found[0] == "matched acme by name" || found[0] == "matched acme by alias", "{name}: {found:?}");
    }
}

#[test]
fn a_name_of_two_accounts_is_ambiguous() {
    let accounts = [account("a", "Delta Inc", &[], &[]), account("b", "Delta Faucet", &["Delta GmbH"], &[])];
    assert_eq!(told(&matcher(accounts, []).find(&lead("", "Delta", "")))[0], "ambiguous a, b: several_owners_of_name");
}

#[test]
fn a_name_that_is_nearly_right_needs_one_more_fact() {
    let of = |email: &str, company: &str, country: &str| Lead { country: Some(country.into()), ..lead(email, company, "") };
    check(&of("", "Acme Sofware", ""), &["unmatched: fuzzy_name_only (acme)", "unmatched: nothing_to_go_by"]);
    check(&of("", "Acme Sofware", "GERMANY"), &["matched acme by fuzzy_name", "unmatched: nothing_to_go_by"]);
    check(&of("", "Acme Sofware", "France"), &["unmatched: fuzzy_name_only (acme)", "unmatched: nothing_to_go_by"]);
    // A letter that has moved is two letters.
    check(&of("", "Acme Oftwares", "Germany"), &["unmatched: fuzzy_name_only (acme)", "unmatched: nothing_to_go_by"]);
    check(&of("", "Software Acme", "Germany"), &["matched acme by fuzzy_name", "unmatched: nothing_to_go_by"]);
    check(&of("", "AcmeSoftware", "Germany"), &["matched acme by fuzzy_name", "unmatched: nothing_to_go_by"]);
    check(&of("x@globexlabs.io", "Labs Globex", ""), &["matched globex-labs by fuzzy_name", "unmatched: unknown_email"]);
    // The mail host's own name is no fact, and a part of a name never is enough.
    check(
        &of("x@gmail.com", "Gmial", ""),
        &["unmatched: unknown_name", "unmatched: unknown_email", "`gmail.com` is a mail host and says nothing about the company"],
    );
    check(
        &of("x@hewlettpackard.com", "Hewlett Packard", ""),
        &["unmatched: fuzzy_name_only (hpe)", "unmatched: unknown_email", "no account lists the domain `hewlettpackard.com`"],
    );
    // Words of fewer than five letters are met as they are, or not at all.
    check(&of("", "Acne", "Germany"), &["unmatched: unknown_name", "unmatched: nothing_to_go_by"]);
    let mut document = MatchRulesDocument::default();
    document.fuzzy_names = quorate::FuzzyNames::Suggest;
    let only_suggested = Matcher::new(&graph(records().0, []), &MatchRules::new(document).unwrap());
    assert_eq!(told(&only_suggested.find(&of("", "Acme Sofware", "Germany")))[0], "unmatched: fuzzy_name_only (acme)");
}

#[test]
fn what_names_no_company_suggests_none() {
    check(&lead("", "n/a", ""), &["unmatched: no_company", "unmatched: nothing_to_go_by"]);
    check(&lead("", " - ", ""), &["unmatched: no_company", "unmatched: nothing_to_go_by"]);
    check(&lead("", "Self-Employed", ""), &["unmatched: no_company", "unmatched: nothing_to_go_by"]);
    // Whoever has an account for them says so, by its name or an alias.
    let independent = account("none", "*independent", &["n/a", "-", "self employed"], &[]);
    let found = matcher([independent], []);
    for name in ["N/A", "-", "Self-employed", "Independent", "*independent"] {
        assert!(told(&found.find(&lead("", name, "")))[0].starts_with("matched none"), "{name}");
    }
}

/// An account and a contact whose columns hold what people write where they know nothing.
fn nothing_known(text: &str) -> Matcher {
    let mut account = account("a", "Northwind Traders", &[], &[text]);
    account.country = Some(text.into());
    matcher([account], [contact("c", "a", "", text)])
}

#[test]
fn what_says_nothing_is_no_fact() {
    for text in ["n/a", "N.A.", "NA", "none", "-", "unknown", "Not available", "keine Angabe", "無"] {
        let found = nothing_known(text);
        let some = |text: &str| Some(String::from(text));
        let check = |lead: &Lead, expected: &[&str]| assert_eq!(told(&found.find(lead)), expected, "{text}");
        check(&Lead { domain: some(text), ..Lead::default() }, &["unmatched: malformed_domain", "unmatched: nothing_to_go_by"]);
        check(
            &Lead { country: some(text), ..lead("", "Northwind Trader", "") },
            &["unmatched: fuzzy_name_only (a)", "unmatched: nothing_to_go_by"],
        );
        check(&lead("", "Northwind Traders", text), &["matched a by name", "unmatched: unknown_person"]);
        check(&lead("", "", text), &["unmatched: nothing_to_go_by", "unmatched: person_without_account"]);
        let unused: Vec<&str> = found.unused_domains().iter().map(|one| one.domain.as_str()).collect();
        assert_eq!(unused, [text]);
    }
    // `n/a` was once the domain `n`.
    assert_eq!(told(&nothing_known("n/a").find(&lead("x@n", "", "")))[0], "unmatched: unknown_domain");
}

#[test]
fn two_letters_are_a_country_whatever_else_they_say() {
    let found = nothing_known("NO");
    let norway = Lead { country: Some("no".into()), ..lead("", "Northwind Trader", "") };
    assert_eq!(told(&found.find(&norway))[0], "matched a by fuzzy_name");
}

#[test]
fn a_domain_has_two_labels() {
    let found = matcher([account("a", "", &[], &["localhost", "https://intranet/start"])], []);
    assert_eq!(found.unused_domains().len(), 2);
    let of = |text: &str| Lead { domain: Some(text.into()), ..Lead::default() };
    for text in ["localhost", "intranet"] {
        assert_eq!(told(&found.find(&of(text)))[0], "unmatched: malformed_domain");
    }
    assert_eq!(told(&found.find(&lead("x@localhost", "", "")))[0], "unmatched: unknown_domain");
}

#[test]
fn a_person_is_met_by_name_at_the_account() {
    check(
        &lead("new@globex.com", "", "LEE, Ann"),
        &["matched globex by listed_domain", "matched ann by person_name", "the contact is known by another address: `ann.lee@globex.com`"],
    );
    check(&lead("", "Globex", "Bob Ray"), &["matched globex by name", "ambiguous bob, bob-2: several_contacts_of_name"]);
    check(&lead("", "Globex", "Cleo"), &["matched globex by name", "unmatched: unknown_person"]);
    check(&lead("", "", "Ann Lee"), &["unmatched: nothing_to_go_by", "unmatched: person_without_account (ann, ann-2)"]);
    check(
        &lead("x@acme.com", "", "Ann Lee"),
        &["ambiguous acme, acme-us: several_owners_of_domain", "unmatched: person_without_account (ann-2)"],
    );
}

#[test]
fn which_personal_titles_do_not_count_is_a_list() {
    let name = |written: &str, rules: MatchRulesDocument| {
        let (accounts, contacts) = records();
        let matcher = Matcher::new(&graph(accounts, contacts), &MatchRules::new(rules).unwrap());
        told(&matcher.find(&lead("", "Globex", written)))[1].clone()
    };
    let (built_in, mut own) = (MatchRulesDocument::default, MatchRulesDocument::default());
    own.personal_titles.add = vec!["Dipl. Kfm. *".into(), "OBE".into()];
    own.personal_titles.remove = vec!["Dr. *".into()];
    for (written, with_built_in, with_own) in [
        ("Dr. Ann Lee, PhD", true, false),
        ("Dipl.-Kfm. Ann Lee", false, true),
        ("Lee, Ann, OBE", false, true),
        ("Frau Ann Lee MBA", true, true),
        ("OBE Ann Lee", false, false),
    ] {
        for (rules, met) in [(built_in(), with_built_in), (own.clone(), with_own)] {
            let expected = if met { "matched ann by person_name" } else { "unmatched: unknown_person" };
            assert_eq!(name(written, rules), expected, "{written}");
        }
    }
}

#[test]
fn contacts_of_one_person_at_one_account_are_one() {
    let (accounts, mut contacts) = records();
    for id in ["bob", "bob-2"] {
        let bob = contacts.iter_mut().find(|contact| contact.id.as_str() == id).unwrap();
        bob.person = Some("bob-ray".parse().unwrap());
    }
    let found = matcher(accounts, contacts).find(&lead("", "Globex", "Bob Ray"));
    assert_eq!(told(&found)[1], "matched bob by person_name");
}

#[test]
fn nothing_to_go_by_is_said() {
    check(&Lead::default(), &["unmatched: nothing_to_go_by", "unmatched: nothing_to_go_by"]);
    check(&lead(" ", "", " "), &["unmatched: nothing_to_go_by", "unmatched: nothing_to_go_by"]);
    check(&lead("no address", "", ""), &["unmatched: malformed_email", "unmatched: unknown_email"]);
}

#[test]
fn domains_of_other_letters_meet_in_both_spellings() {
    let found = matcher([account("m", "Bücher", &[], &["bücher.de"]), account("n", "食狮", &[], &["xn--85x722f.com.cn"])], []);
    for email in ["x@bücher.de", "x@XN--BCHER-KVA.de", "x@mail.bu\u{308}cher.de"] {
        assert_eq!(told(&found.find(&lead(email, "", "")))[0], "matched m by listed_domain", "{email}");
    }
    assert_eq!(told(&found.find(&lead("x@食狮.com.cn", "", "")))[0], "matched n by listed_domain");
}

#[test]
fn a_listed_public_suffix_owns_nothing_below_it() {
    let found = matcher([account("registry", "Registry", &[], &["co.uk"])], []);
    assert_eq!(told(&found.find(&lead("x@co.uk", "", "")))[0], "matched registry by listed_domain");
    assert_eq!(told(&found.find(&lead("x@acme.co.uk", "", "")))[0], "unmatched: unknown_domain");
}

#[test]
fn a_listed_domain_owns_what_lies_below_it_though_its_owner_gives_names_away() {
    let mut rules = MatchRulesDocument::default();
    rules.free_mail = MatchList::only(["herokuapp.com"]);
    let hosts = graph([account("hub", "", &[], &["github.io"]), account("acme", "", &[], &["acme.github.io", "blog.other.github.io"])], []);
    let found = Matcher::new(&hosts, &MatchRules::new(rules).unwrap());
    let told = |email: &str| told(&found.find(&lead(email, "", "")));
    assert_eq!(told("x@foo.github.io")[0], "matched hub by listed_domain");
    assert_eq!(told("x@github.io")[0], "matched hub by listed_domain");
    let of_hub = "another fact points to `hub`: the account lists the domain `github.io`";
    assert_eq!(told("x@mail.acme.github.io"), ["matched acme by listed_domain", "unmatched: unknown_email", of_hub]);
    // What is listed comes before what could be registered.
    assert_eq!(told("x@mail.other.github.io")[0], "matched hub by listed_domain");
    assert_eq!(told("x@foo.herokuapp.com")[0], "unmatched: free_mail");
    assert_eq!(told("x@foo.io")[0], "unmatched: unknown_domain");
}

#[test]
fn every_domain_that_a_longer_one_outdoes_is_a_fact_of_its_own() {
    let accounts = [account("a", "", &[], &["x.eu.acme.com", "eu.acme.com"]), account("b", "", &[], &["acme.com"])];
    assert_eq!(
        told(&matcher(accounts, []).find(&lead("y@x.eu.acme.com", "", ""))),
        ["matched a by listed_domain", "unmatched: unknown_email", "another fact points to `b`: the account lists the domain `acme.com`",]
    );
}

#[test]
fn a_free_mail_list_of_ones_own_replaces_the_built_in_one() {
    let mut document = MatchRulesDocument::default();
    document.free_mail = MatchList::only(["globex.com"]);
    let found = Matcher::new(&graph(records().0, []), &MatchRules::new(document).unwrap());
    assert_eq!(told(&found.find(&lead("x@gmail.com", "", "")))[0], "matched mail by listed_domain");
    assert_eq!(told(&found.find(&lead("x@globex.com", "", "")))[0], "unmatched: free_mail");
    // Nor does a listed mail host make its registrable domain anybody's.
    let mut document = MatchRulesDocument::default();
    document.free_mail = MatchList::only(["mail.host.de"]);
    let host = graph([account("host", "", &[], &["mail.host.de"])], []);
    let of_host = Matcher::new(&host, &MatchRules::new(document).unwrap());
    assert_eq!(told(&of_host.find(&lead("x@host.de", "", "")))[0], "unmatched: unknown_domain");
    // A longer domain that is listed is the company's.
    assert_eq!(told(&found.find(&lead("x@labs.globex.com", "", "")))[0], "matched globex-labs by listed_domain");
}

/// A name may have four thousand bytes; a reason is a line that somebody reads.
#[test]
fn names_in_reasons_are_cut_as_other_texts_are() {
    let long = "Ann ".repeat(200);
    let cut = |found: &LeadMatch| {
        let text = serde_json::to_string(&(found.contact.why(), found.account.why(), &found.notes)).expect("results are documents");
        assert!(text.len() < 600 && text.contains('…'), "{text}");
    };
    let known = matcher([account("a", "Acme", &[], &[])], [contact("c-8", "a", "", &long), contact("c-9", "a", "", &long)]);
    let at_acme = |name: &str| known.find(&Lead { account: Some("a".into()), ..lead("", "", name) });
    cut(&known.find(&lead("", &long, &long)));
    cut(&at_acme(&long));
    cut(&at_acme(&format!("{long} Lee")));
    // So are names of companies, several of which there may be.
    let several = matcher([account("a", &long, &[], &[]), account("b", &long, &[], &[])], []);
    cut(&several.find(&lead("", &long, "")));
    cut(&several.find(&lead("", &format!("{long} Bob"), "")));
    cut(&several.find(&lead("", &format!("n/a{}", ".".repeat(900)), "")));
}

/// `+` and what follows it is a note that people leave to themselves: the post comes to the same person.
#[test]
fn an_address_with_a_tag_is_that_of_the_same_person() {
    let people = || [contact("c-1", "a", "ann@acme.com", "Ann Lee"), contact("c-2", "a", "Bob+CRM@gmail.com", "Bob")];
    let known = matcher([account("a", "Acme", &[], &["acme.com"])], people());
    let found = |email: &str| told(&known.find(&lead(email, "", "")));
    assert_eq!(found("Ann+news@acme.com"), ["matched a by untagged_email", "matched c-1 by untagged_email"]);
    // Nor does it matter whose address has the tag, or that both have one.
    assert_eq!(found("bob@gmail.com"), ["matched a by untagged_email", "matched c-2 by untagged_email"]);
    assert_eq!(found("bob+web@gmail.com"), ["matched a by untagged_email", "matched c-2 by untagged_email"]);
    // The very address comes first.
    assert_eq!(found("bob+crm@gmail.com"), ["matched a by email", "matched c-2 by email"]);
    // A tag alone is nobody, and within quotes `+` is a letter.
    for email in ["+news@acme.com", "\"ann+news\"@acme.com", "annnews@acme.com"] {
        assert_eq!(found(email), ["matched a by listed_domain", "unmatched: unknown_email"], "{email}");
    }
    // Two people whose addresses differ in their tags alone are told apart by the whole address only.
    let shared = matcher(
        [account("a", "Acme", &[], &["acme.com"])],
        [contact("c-1", "a", "sales+ann@acme.com", ""), contact("c-2", "a", "sales+bob@acme.com", "")],
    );
    let found = |email: &str| told(&shared.find(&lead(email, "", "")));
    assert_eq!(found("sales+bob@acme.com"), ["matched a by email", "matched c-2 by email"]);
    assert_eq!(found("sales@acme.com"), ["matched a by untagged_email", "ambiguous c-1, c-2: several_contacts_of_email"]);
}

/// What is a mail host the list says and nothing else: a host that is not on it is a company's, be it the only fact beside a name that is nearly right.
#[test]
fn a_mail_host_counts_for_a_near_name_unless_it_is_listed() {
    let acme = || graph([account("a", "Hushpost Ltd", &[], &[])], []);
    let near = |email: &str| lead(email, "Hushpots", "");
    let unlisted = Matcher::new(&acme(), &MatchRules::default()).find(&near("ann@mail.hushpost.example"));
    assert_eq!(told(&unlisted), ["matched a by fuzzy_name", "unmatched: unknown_email"]);
    // The answer says on what it rests, so that the host can be put on the list.
    let how = unlisted.account.how().expect("a match").to_string();
    assert_eq!(how, "the account's name `Hushpost Ltd` differs in one letter, and the domain `hushpost.example` has its name");
    let rules = MatchRules::from_json(r#"{"schema": 1, "free_mail": {"add": ["hushpost.example"]}}"#).expect("valid rules");
    let listed = Matcher::new(&acme(), &rules).find(&near("ann@mail.hushpost.example"));
    assert_eq!(
        told(&listed),
        [
            "unmatched: fuzzy_name_only (a)",
            "unmatched: unknown_email",
            "`hushpost.example` is a mail host and says nothing about the company"
        ]
    );
}

#[test]
fn what_is_listed_below_a_mail_host_is_its_owners() {
    let known = matcher([account("a", "Acme", &[], &["acme.gmail.com"])], []);
    assert_eq!(told(&known.find(&lead("ann@acme.gmail.com", "", "")))[0], "matched a by listed_domain");
    for email in ["ann@gmail.com", "ann@other.gmail.com"] {
        assert_eq!(told(&known.find(&lead(email, "", "")))[0], "unmatched: free_mail", "{email}");
    }
}
