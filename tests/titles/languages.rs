//! Titles in German, French, Spanish, Portuguese, Dutch, Italian, Swedish, Danish, Norwegian, Finnish and Polish; and that their words leave English
//! titles alone.
//!
//! The tables of `languages/*.txt` were written from the language before the words were tried on them, those of `languages/later/*.txt` after the
//! words were written, to see how they do on what they were not written for, and those of `languages/messy/*.txt` once more, when both others were
//! read right. In Swedish, Danish, Norwegian, Finnish and Polish both later tables were written, and read for the first time, together.

use std::collections::{BTreeMap, BTreeSet};

use crate::oracle::plain;
use quorate::{Relationship, TitleReader, TitleRules, TitleSays};
use serde_json::Value;

const RULES: &str = include_str!("../../src/title/rules.json");

macro_rules! language {
    ($code:literal) => {
        Language {
            code: $code,
            words: include_str!(concat!("../../src/title/words/", $code, ".json")),
            titles: [
                include_str!(concat!("languages/", $code, ".txt")),
                include_str!(concat!("languages/later/", $code, ".txt")),
                include_str!(concat!("languages/messy/", $code, ".txt")),
            ],
        }
    };
}

struct Language {
    code: &'static str,
    words: &'static str,
    titles: [&'static str; 3],
}

const LANGUAGES: [Language; 11] = [
    language!("de"),
    language!("fr"),
    language!("es"),
    language!("pt"),
    language!("nl"),
    language!("it"),
    language!("sv"),
    language!("da"),
    language!("no"),
    language!("fi"),
    language!("pl"),
];

/// What a title says: seniority, function, relationship; `-` for nothing.
fn said(reader: &TitleReader, title: &str) -> [&'static str; 3] {
    let reading = reader.read(title);
    [
        reading.seniority.map_or("-", |found| found.value.as_str()),
        reading.function.map_or("-", |found| found.value.as_str()),
        reading.relationship.map_or("-", |found| relationship(found.value)),
    ]
}

const fn relationship(value: Relationship) -> &'static str {
    match value {
        Relationship::Student => "student",
        Relationship::Consultant => "consultant",
        Relationship::Partner => "partner",
        _ => "other",
    }
}

/// The lines of a table: what a title says, and the title.
fn table(text: &'static str) -> impl Iterator<Item = ([&'static str; 3], &'static str)> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut rest = line;
        let expected = [(); 3].map(|()| {
            let (column, behind) = rest.trim_start().split_once(' ').unwrap();
            rest = behind;
            column
        });
        (expected, rest.trim_start())
    })
}

/// Every title of a table that is read otherwise, with what it should say and what it is read to say.
fn misread(reader: &TitleReader, text: &'static str) -> Vec<String> {
    let wrong = |(expected, title): ([&str; 3], &str)| {
        let found = said(reader, title);
        let differs = expected.iter().zip(found).any(|(expected, found)| *expected != found);
        differs.then(|| format!("{title}: {} instead of {}", found.join(" "), expected.join(" ")))
    };
    table(text).filter_map(wrong).collect()
}

#[test]
fn titles_of_each_language_are_read_right() {
    let reader = TitleReader::built_in();
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        for (part, text) in ["before", "later", "messy"].into_iter().zip(language.titles) {
            let misread = misread(&reader, text);
            let all = table(text).count();
            println!("{} {part}: {} of {all} right", language.code, all - misread.len());
            wrong.extend(misread.into_iter().map(|line| format!("{} {part}: {line}", language.code)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for Language { code, titles, .. } in LANGUAGES {
        assert!(titles.into_iter().flat_map(table).count() >= 100, "{code}");
    }
}

/// Titles of English, with words that are others in another language: what they say by the English words alone stays.
#[test]
fn words_of_other_languages_leave_english_titles_alone() {
    let (all, english) = (TitleReader::built_in(), english());
    let differs = |title: &str| {
        let (with, without) = (said(&all, title), said(&english, title));
        (with != without).then(|| format!("{title}: {} instead of {}", with.join(" "), without.join(" ")))
    };
    let different: Vec<String> = include_str!("languages/en.txt").lines().filter_map(differs).collect();
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// Titles of O*NET of which the other languages may change what is said, in 10,000.
const ENGLISH_CHANGED_MAX: usize = 10;

/// The same on some 24,000 English titles of all trades.
#[test]
fn words_of_other_languages_leave_the_titles_of_onet_alone() {
    let Some(folder) = crate::data_folder("onet-job-titles") else { return };
    let (all, english) = (TitleReader::built_in(), english());
    let mut titles = BTreeSet::new();
    for file in ["reported_titles.csv", "alternate_titles.csv"] {
        let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
        titles.extend(reader.records().map(|record| record.unwrap()[1].to_string()));
    }
    let changed = titles.iter().filter(|title| said(&all, title) != said(&english, title)).count();
    println!("{changed} of {} English titles say something else with the words of other languages", titles.len());
    assert!(changed * 10_000 <= titles.len() * ENGLISH_CHANGED_MAX, "{changed}");
}

fn english() -> TitleReader {
    TitleReader::new(&TitleRules::from_json(RULES).unwrap()).unwrap()
}

/// The phrases of a file, by `any`, `whole` and `none` and by rule.
fn phrases(words: &str) -> Vec<(String, String, String)> {
    let document: Value = serde_json::from_str(words).unwrap();
    let mut found = Vec::new();
    for list in ["any", "whole", "none"] {
        for (rule, phrases) in document[list].as_object().unwrap() {
            let texts = phrases.as_array().unwrap().iter().map(|text| text.as_str().unwrap());
            found.extend(texts.map(|text| (list.to_string(), rule.clone(), text.to_string())));
        }
    }
    found
}

/// In capitals without accents, in German with `ae`, `oe` and `ue` for some or all of its letters, and in Danish and Norwegian with `aa` and `oe`, titles say
/// what they say with them.
#[test]
fn titles_of_each_language_are_read_without_their_accents() {
    let reader = TitleReader::built_in();
    let mut others = Vec::new();
    for language in LANGUAGES {
        let titles = language.titles.into_iter().flat_map(table).map(|(_, title)| title.to_lowercase());
        let phrases = phrases(language.words).into_iter().filter(|(list, ..)| list != "none").map(|(.., phrase)| phrase);
        for title in titles.chain(phrases.filter(|phrase| !phrase.contains(['*', '_']))) {
            let two_letters = title.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
            let mixed = [plain(&title.replace('ä', "ae")), plain(&title.replace('ü', "ue"))];
            let german = [plain(&title), plain(&two_letters)].into_iter().chain(mixed);
            let spellings = match language.code {
                "de" => german.collect(),
                "da" | "no" => vec![plain(&title), plain(&title.replace('ø', "oe").replace('å', "aa"))],
                _ => vec![plain(&title)],
            };
            for capitals in spellings.into_iter().map(|spelling| spelling.to_uppercase()) {
                let (with, without) = (said(&reader, &title), said(&reader, &capitals));
                if with != without {
                    others.push(format!("{capitals}: {} instead of {}", without.join(" "), with.join(" ")));
                }
            }
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

/// A phrase with a filler or an abbreviation in it would match, but not read as what is matched.
#[test]
fn every_phrase_is_written_as_it_is_matched() {
    let (reader, abbreviations) = (TitleReader::built_in(), TitleRules::built_in().abbreviations);
    let mut others = Vec::new();
    for language in LANGUAGES {
        for (_, rule, phrase) in phrases(language.words) {
            let exact: Vec<&str> = phrase.split(' ').filter(|word| !word.contains('*') && *word != "_").collect();
            let exact = exact.join(" ");
            let written_out = |word: &str| abbreviations.get(word).cloned().unwrap_or_else(|| word.to_string());
            let expected: Vec<String> = plain(&exact).replace('+', "").split(' ').map(written_out).collect();
            let normalised = reader.normalised(&exact);
            if normalised != plain(&expected.join(" ")) {
                others.push(format!("{} {rule}: {phrase} is matched as {normalised}", language.code));
            }
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

/// A phrase of several words that comes down to one, because the others are fillers of some language, matches far more than it says: `working for`
/// would hide what follows every `working`.
#[test]
fn no_phrase_comes_down_to_one_word() {
    const MEANT: [&str; 2] = ["on behalf", "fp a"];
    let reader = TitleReader::built_in();
    let written = |phrase: &String| phrase.split(' ').filter(|word| *word != "_").count();
    let left = |phrase: &str| reader.normalised(phrase).split(' ').count();
    let phrases = phrases_of_rules().into_iter().map(|(_, rule, phrase)| (rule, phrase));
    let fallen: Vec<String> = phrases
        .filter(|(_, phrase)| !phrase.contains(['*', '_']) && written(phrase) > 1 && left(phrase) == 1 && !MEANT.contains(&phrase.as_str()))
        .map(|(rule, phrase)| format!("{rule}: {phrase} is matched as {}", reader.normalised(&phrase)))
        .collect();
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

#[test]
fn no_rule_has_a_phrase_twice() {
    let english = phrases_of_rules();
    let mut twice = Vec::new();
    for language in LANGUAGES {
        let mut seen = english.clone();
        for (list, rule, phrase) in phrases(language.words) {
            if !seen.insert((list, rule.clone(), plain(&phrase))) {
                twice.push(format!("{} {rule}: {phrase}", language.code));
            }
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

/// The phrases of the English rules.
fn phrases_of_rules() -> BTreeSet<(String, String, String)> {
    let mut found = BTreeSet::new();
    for rule in TitleRules::from_json(RULES).unwrap().rules {
        for (list, phrases) in [("any", &rule.any), ("whole", &rule.whole), ("none", &rule.none)] {
            found.extend(phrases.iter().map(|phrase| (list.to_string(), rule.name.clone(), phrase.clone())));
        }
    }
    found
}

/// The same word may mean something else in another language; then one of the two has to give way, or be written with its neighbours.
/// English phrases with two meanings, of which the order of the rules decides, are the business of the English rules.
#[test]
fn no_phrase_says_two_things() {
    let english = meanings(&TitleRules::from_json(RULES).unwrap());
    let all = meanings(&TitleRules::built_in());
    let two = all.iter().filter(|(phrase, values)| values.len() > 1 && english.get(phrase).is_none_or(|english| english.len() < 2));
    let two: Vec<String> =
        two.map(|((phrase, ..), values)| format!("{phrase}: {}", values.iter().copied().collect::<Vec<_>>().join(" and "))).collect();
    assert!(two.is_empty(), "{}", two.join("\n"));
}

/// What each phrase says, by aspect and list.
fn meanings(rules: &TitleRules) -> BTreeMap<(String, &'static str, &'static str), BTreeSet<&'static str>> {
    let mut meanings: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    // Rules that are only there for their alternatives are not sure.
    for rule in rules.rules.iter().filter(|rule| rule.confidence.to_string().as_str() > "0.5") {
        let (aspect, value) = match rule.says {
            TitleSays::Seniority(value) => ("seniority", value.as_str()),
            TitleSays::Function(value) => ("function", value.as_str()),
            TitleSays::Relationship(value) => ("relationship", relationship(value)),
            TitleSays::Hide(_) => continue,
        };
        for (list, phrases) in [("any", &rule.any), ("whole", &rule.whole)] {
            for phrase in phrases {
                meanings.entry((plain(phrase), aspect, list)).or_default().insert(value);
            }
        }
    }
    meanings
}

/// A word that ends in the form for women or men is that word; and where an article lost its vowel, it is dropped.
#[test]
fn forms_of_a_word_end_with_it() {
    let reader = TitleReader::built_in();
    for (title, normalised) in [
        ("Leiter/in Einkauf", "leiter einkauf"),
        ("Leiter/-in Einkauf", "leiter einkauf"),
        ("Leiter(in) Einkauf", "leiter einkauf"),
        ("Leiter*in Einkauf", "leiter einkauf"),
        ("Leiter:in Einkauf", "leiter einkauf"),
        ("Leiter_innen Einkauf", "leiter einkauf"),
        ("Industriekaufmann/-frau", "industriekaufmann"),
        ("Chargé(e) de clientèle", "charge clientele"),
        ("Chargé·e de clientèle", "charge clientele"),
        ("Chargé.e d’affaires", "charge affaires"),
        ("Directeur/trice d'usine", "directeur usine"),
        ("Enfermeiro(a)", "enfermeiro"),
        ("Responsabile dell'ufficio acquisti", "responsabile ufficio acquisti"),
        ("Projektleiter (m/w/d)", "projektleiter"),
        ("Comptable H/F", "comptable"),
        ("Director de I+D", "director id"),
        // Capitals without accents often have no apostrophes either.
        ("CHEF D EQUIPE", "chef equipe"),
        ("DIRECTEUR DES SYSTEMES D INFORMATION", "directeur systemes information"),
        ("R and D Manager", "research development manager"),
        ("3 D Artist", "3 d artist"),
        // Letters around an `&` are a word of their own, those around other signs are not; longer words are two.
        ("A&R Manager, AR Manager", "a&r manager, ar manager"),
        ("A & R / A and R / A und R", "a&r / a&r / a&r"),
        ("A/P & A/R", "ap ar"),
        ("Sales/R&D, R & D/IT", "sales / research development, research development / it"),
        ("FF&E Buyer", "ff&e buyer"),
        ("S&OP", "sales operations planning"),
        ("S & OP, Sales & OP", "sales operations planning, sales"),
        ("HR&IT, IT & R&D", "human resources it, it research development"),
        ("Sales&Marketing", "sales marketing"),
        ("X R & D and L&D", "x research development learning development"),
        // Not forms: another job, another word, letters of an abbreviation.
        ("Sales/SE", "sales / se"),
        ("Marketing+Sales", "marketing / sales"),
        ("Owner/Author", "owner / author"),
        ("A/E", "ae"),
        ("D'Angelo", "angelo"),
        ("O'Neil", "o neil"),
    ] {
        assert_eq!(reader.normalised(title), normalised, "{title}");
    }
}

/// Accents and primes are typed for the apostrophe.
#[test]
fn an_apostrophe_is_one_however_it_is_typed() {
    let reader = TitleReader::built_in();
    for apostrophe in "'`’‘´ʼ′＇׳״".chars() {
        for (title, normalised) in
            [("Chef d'équipe", "chef equipe"), ("Int'l Buyer", "international buyer"), ("CEO's Assistant", "ceo assistant")]
        {
            let written = title.replace('\'', &String::from(apostrophe));
            assert_eq!(reader.normalised(&written), normalised, "{written}");
        }
    }
}

/// The rule of the more exact phrase decides, whichever comes first in the list.
#[test]
fn of_phrases_on_the_same_words_the_most_exact_counts() {
    let general = r#"{"name": "general", "seniority": "director", "confidence": "0.8", "any": ["*leiter"]}"#;
    let longer = r#"{"name": "longer", "seniority": "vp", "confidence": "0.8", "any": ["*samtleiter", "gesamt*"]}"#;
    let exact = r#"{"name": "exact", "seniority": "manager", "confidence": "0.8", "any": ["teamleiter"]}"#;
    for order in [[general, longer, exact], [exact, longer, general]] {
        let rules = format!(r#"{{"schema": 1, "rules": [{}]}}"#, order.join(", "));
        let reader = TitleReader::new(&TitleRules::from_json(&rules).unwrap()).unwrap();
        for (title, says) in [("Teamleiter", "manager"), ("Marktleiter", "director"), ("Gesamtleiter", "vp")] {
            assert_eq!(said(&reader, title)[0], says, "{title}");
        }
    }
}

/// A mark that is typed behind its letter is a part of the word, also of its last letter.
#[test]
fn words_are_told_with_their_last_mark() {
    let reader = TitleReader::built_in();
    for (title, words) in [("Directeur délégué", "Directeur"), ("STUDENT @ Acme", "STUDENT")] {
        let reading = reader.read(title);
        let told = reading.seniority.map(|found| found.words.to_string()).unwrap_or_default();
        assert!(told.starts_with(words), "{title}: {told}");
    }
    let rules = r#"{"schema": 1, "rules": [{"name": "a", "seniority": "vp", "confidence": "1", "any": ["attache"]}]}"#;
    let reader = TitleReader::new(&TitleRules::from_json(rules).unwrap()).unwrap();
    for title in ["Attache\u{301}", "attache\u{301} (Acme)", "Attach\u{e9}"] {
        let told = reader.read(title).seniority.map(|found| found.words.to_string()).unwrap_or_default();
        assert_eq!(told, title.split(' ').next().unwrap(), "{title}");
    }
}
