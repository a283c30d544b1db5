//! Names of companies as people write them.

use quorate::{AccountGraph, MatchRules, Matcher};

use crate::support::{account, lead, matcher, told};

#[track_caller]
fn check(expected: &str, written: &[&str]) {
    let matcher = Matcher::new(&AccountGraph::new(), &MatchRules::default());
    for name in written {
        assert_eq!(matcher.company_name(name), expected, "{name}");
    }
}

/// The name `Acme` with legal forms, several a line.
const WITH_FORMS: [&str; 13] = [
    "Acme Inc | Acme, Inc. | ACME INC. | Acme LLC | Acme L.L.C. | Acme Ltd | Acme Limited | Acme Corp.",
    "Acme Corporation | Acme Co., Ltd. | Acme Company | Acme & Co | Acme PLC | Acme p.l.c. | Acme LLP",
    "Acme (Pty) Ltd | Acme Pty Ltd | Acme Pvt. Ltd. | Acme Private Limited | Acme (P) Ltd. | Acme Pte. Ltd.",
    "Acme Sdn. Bhd. | Acme Berhad | PT Acme Tbk | Acme GmbH | Acme GmbH & Co. KG | Acme GmbH & Co. KGaA | Acme mbH",
    "Acme AG | Acme SE | Acme KG | Acme OHG | Acme e.V. | Acme e. K. | Acme UG (haftungsbeschränkt) | Acme S.A.",
    "Acme S. A. | Acme SAS | Acme S.A.S. | Acme SARL | Acme Sàrl | SARL Acme | Acme S.p.A. | Acme S.r.l. | Acme SRL",
    "Acme S.L. | Acme S.L.U. | Acme S.A. de C.V. | Acme, S. de R.L. de C.V. | Acme Ltda. | Acme S/A | Acme Lda",
    "Acme B.V. | Acme N.V. | Acme BVBA | Acme AB | Acme AB (publ) | Acme ASA | Acme AS | Acme A/S | Acme ApS",
    "Acme Oy | Acme Oyj | Acme Sp. z o.o. | Acme sp.z.o.o. | Acme Sp. z o. o. Sp. k. | Acme s.r.o.",
    "Acme spol. s r.o. | Acme a.s. | Acme d.o.o. | Acme d.d. | Acme Kft. | Acme Zrt. | Acme Nyrt. | Acme EOOD",
    "Acme A.Ş. | Acme Ltd. Şti. | Acme San. ve Tic. A.Ş. | UAB Acme | Acme OÜ | ООО Acme | OOO Acme | ЗАО «Acme»",
    "Acme PJSC | Acme W.L.L. | Acme FZ-LLC | Acme K.K. | 株式会社Acme | Acme株式会社 | (株)Acme | Acme 有限公司 | Acme股份有限公司",
    "주식회사 Acme | Acme(주) | ㈱Acme | Acme Ltée",
];

#[test]
fn legal_forms_of_many_countries_do_not_count() {
    for line in WITH_FORMS {
        check("acme", &line.split(" | ").collect::<Vec<_>>());
    }
}

#[test]
fn case_accents_punctuation_and_the_do_not_count() {
    check("societe generale", &["Société Générale", "SOCIETE GENERALE", "Société-Générale S.A.", "The Societe Generale"]);
    for apostrophe in "'`’‘´ʼ′＇׳״".chars() {
        check("mcdonalds", &[&format!("McDonald{apostrophe}s Corp.")]);
    }
    check("johnson and johnson", &["Johnson & Johnson", "Johnson and Johnson", "JOHNSON&JOHNSON, Inc."]);
    check("at and t", &["AT&T", "A.T.&T."]);
    check("yahoo", &["Yahoo!", "YAHOO! Inc."]);
    check("boeing", &["The Boeing Company", "Boeing Company, The", "Boeing Co."]);
    check("ap moller maersk", &["A.P. Møller - Mærsk A/S", "AP Moller Maersk", "A. P. Moller–Maersk"]);
    check("トヨタ自動車", &["トヨタ自動車株式会社", "㈱トヨタ自動車"]);
    check("acme tools", &["Acme™ Tools®", "acme/tools", "Acme_Tools"]);
    check("acme berlin", &["Acme GmbH (Berlin)", "Acme GmbH, Berlin", "Acme [Berlin]"]);
}

#[test]
fn what_belongs_to_a_name_stays() {
    check("sas institute", &["SAS Institute"]);
    check("as roma", &["AS Roma"]);
    check("virgin group", &["Virgin Group Ltd"]);
    check("acme holding", &["Acme Holding AG"]);
    check("3m", &["3M Company"]);
    check("中国石油", &["中国石油", "中国石油有限公司"]);
    check("株主", &["株主"]);
}

#[test]
fn a_name_of_nothing_else_keeps_something() {
    check("limited", &["Limited", "The Limited", "Limited Co."]);
    check("co", &["Co., Ltd."]);
    check("ag", &["AG"]);
    check("the", &["The"]);
    check("***", &["***", " *** "]);
    check("- -", &["-  -"]);
    check("", &["", "  ", "\u{200b}"]);
}

/// Names of a million bytes, as a cell of a broken file has them, with what is left of each.
fn long_names() -> Vec<(String, String)> {
    let words = "acme ".repeat(200_000);
    let word = "x".repeat(1_000_000);
    vec![
        (words.clone(), words.trim_end().into()),
        ("acme, ".repeat(160_000), "acme ".repeat(160_000).trim_end().into()),
        ("co ".repeat(333_000), "co".into()),
        ("(Ltd) ".repeat(166_000), "ltd".into()),
        ("the ".repeat(250_000) + "end", "end".into()),
        (format!("{} {word}", "pt ".repeat(100_000)), word.clone()),
        (format!("{word} {}", "inc ".repeat(100_000)), word),
        ("株式会社".repeat(80_000), "株式会社".into()),
        ("& ".repeat(300_000) + "Sons", "and ".repeat(300_000) + "sons"),
        ("s. a. ".repeat(160_000), "sa".repeat(160_000)),
    ]
}

#[test]
fn a_name_of_a_million_letters_is_normal_too() {
    let matcher = Matcher::new(&AccountGraph::new(), &MatchRules::default());
    for (name, expected) in long_names() {
        let normal = matcher.company_name(&name);
        // Not by `assert_eq`, which would print both.
        assert!(normal == expected, "{:?} becomes {:?} of {} bytes", name.get(..30), normal.get(..30), normal.len());
        assert!(matcher.company_name(&normal) == normal, "{:?} is normal only the second time", name.get(..30));
    }
}

#[test]
fn a_name_longer_than_any_account_has_is_unknown() {
    let longest = "northwind ".repeat(409) + "ltd";
    let known = matcher([account("a", &longest, &[], &[])], []);
    assert_eq!(told(&known.find(&lead("", &longest, "")))[0], "matched a by name");
    for name in [longest.clone() + " inc", longest + " x".repeat(100).as_str()] {
        assert_eq!(told(&known.find(&lead("", &name, "")))[0], "unmatched: unknown_name");
    }
    for (name, _) in long_names() {
        let found = known.find(&lead("", &name, &name));
        assert_eq!(told(&found), ["unmatched: unknown_name", "unmatched: person_without_account"]);
        assert!(found.account.why().expect("a reason").to_string().chars().count() < 200);
    }
}

#[test]
fn numbers_agree_in_names_that_are_nearly_right() {
    let asked = |known: &str, written: &str| {
        let mut account = account("a", known, &[], &[]);
        account.country = Some("DE".into());
        let lead = quorate::Lead { country: Some("DE".into()), ..lead("", written, "") };
        told(&matcher([account], []).find(&lead))[0].clone()
    };
    for (known, written) in [
        ("Studio 54", "Studio 55"),
        ("3M", "4M"),
        ("Studio54", "Studio55"),
        ("Route 1 11", "Route 11 1"),
        ("Area 5 1", "Area 51"),
        ("Unit 10000", "Unit 10001"),
        ("Forum 2020", "Forun 2021"),
    ] {
        for (known, written) in [(known, written), (written, known)] {
            assert!(asked(known, written).starts_with("unmatched"), "{known} and {written}");
        }
    }
    // Equal numbers stand in no way of what else is nearly right.
    for (known, written) in
        [("Studio 54", "Studio54"), ("Studio 54", "54 Studio"), ("Studio 54", "Stduio 54"), ("Northwind24", "Northwind 24")]
    {
        assert_eq!(asked(known, written), "matched a by fuzzy_name", "{known} and {written}");
    }
}

#[test]
fn the_word_for_and_is_one_in_all_languages() {
    check("smith and sohne", &["Smith & Söhne", "Smith und Söhne", "Smith and Söhne", "SMITH+UND Sohne", "Smith, und Söhne"]);
    check("moet and chandon", &["Moët & Chandon", "Moët et Chandon", "Moet and Chandon"]);
    check("ortega and gasset", &["Ortega y Gasset", "Ortega & Gasset"]);
    check("silva and filhos", &["Silva e Filhos", "Silva & Filhos Ltda."]);
    check("gend and loos", &["Gend en Loos", "Gend & Loos B.V."]);
    check("acme", &["Acme y Cía", "Acme & Cía", "Acme y Compañía", "Acme et Cie", "Acme und Co", "Acme & Co.", "Acme e Cia"]);
    // At an end, or as an initial, it is no such word.
    check("y combinator", &["Y Combinator"]);
    check("vitamin e", &["Vitamin E"]);
    check("et al", &["Et Al"]);
    check("ae smith", &["A. E. Smith", "A.E. Smith"]);
    check("acme s en c", &["Acme S. en C."]);
    check("vitamin e", &["Vitamin E Inc.", "The Vitamin E GmbH & Co. KG"]);
}

#[test]
fn letters_that_are_spelled_out_are_met() {
    for (known, written) in [
        ("Müller", "Mueller"),
        ("MÜLLER GmbH", "mueller"),
        ("Mu\u{308}ller", "Mueller"),
        ("Jäger & Söhne", "Jaeger und Soehne"),
        ("Ørsted", "Oersted"),
        ("Aarhus Ål", "Aarhus Aal"),
        ("Weißbäck", "Weissbaeck"),
        ("Bau Gesellschaft mit beschränkter Haftung", "Bau Gesellschaft mit beschraenkter Haftung"),
        ("Müller", "Muller"),
    ] {
        for (known, written) in [(known, written), (written, known)] {
            let found = matcher([account("a", "", &[known], &[])], []);
            assert_eq!(told(&found.find(&lead("", written, "")))[0], "matched a by alias", "{known} and {written}");
        }
    }
    // Two that one spelling may mean are both named, and what has two letters of its own is not cut down to one.
    let found = matcher([account("a", "Müller", &[], &[]), account("b", "Mueller", &[], &[]), account("c", "Muller", &[], &[])], []);
    let told = |name: &str| told(&found.find(&lead("", name, "")))[0].clone();
    assert_eq!(told("Müller"), "ambiguous a, b, c: several_owners_of_name");
    assert_eq!(told("Mueller"), "ambiguous a, b: several_owners_of_name");
    assert_eq!(told("Muller"), "ambiguous a, c: several_owners_of_name");
    assert_eq!(told("Joe"), "unmatched: unknown_name");
    let joe = matcher([account("a", "Jo", &[], &[])], []);
    assert!(crate::support::told(&joe.find(&lead("", "Joe", "")))[0].starts_with("unmatched"));
}
