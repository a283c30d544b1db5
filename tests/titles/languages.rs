//! Titles in German, French, Spanish, Portuguese, Dutch and Italian; and that their words leave English titles alone.
//!
//! The tables of `languages/*.txt` were written from the language before the words were tried on them, those of `languages/later/*.txt` after the
//! words were written, to see how they do on what they were not written for.

use std::collections::{BTreeMap, BTreeSet};

use quorate::{Relationship, TitleReader, TitleRules, TitleSays};
use serde_json::Value;

const RULES: &str = include_str!("../../src/title/rules.json");

macro_rules! language {
    ($code:literal) => {
        Language {
            code: $code,
            words: include_str!(concat!("../../src/title/words/", $code, ".json")),
            titles: [include_str!(concat!("languages/", $code, ".txt")), include_str!(concat!("languages/later/", $code, ".txt"))],
        }
    };
}

struct Language {
    code: &'static str,
    words: &'static str,
    titles: [&'static str; 2],
}

const LANGUAGES: [Language; 6] = [language!("de"), language!("fr"), language!("es"), language!("pt"), language!("nl"), language!("it")];

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
        let [before, later] = language.titles;
        for (part, text) in [("before", before), ("later", later)] {
            let misread = misread(&reader, text);
            let all = table(text).count();
            println!("{} {part}: {} of {all} right", language.code, all - misread.len());
            wrong.extend(misread.into_iter().map(|line| format!("{} {part}: {line}", language.code)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for Language { code, titles: [before, later], .. } in LANGUAGES {
        assert!(table(before).count() + table(later).count() >= 60, "{code}");
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

/// Letters of these languages in plain ones: written out here, so that it shares nothing with the folding of titles.
fn plain(text: &str) -> String {
    let letter = |letter: char| match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' => "a".to_string(),
        'è' | 'é' | 'ê' | 'ë' => "e".into(),
        'ì' | 'í' | 'î' | 'ï' => "i".into(),
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => "o".into(),
        'ù' | 'ú' | 'û' | 'ü' => "u".into(),
        'ç' => "c".into(),
        'ñ' => "n".into(),
        'ß' => "ss".into(),
        'œ' => "oe".into(),
        other => other.to_string(),
    };
    text.chars().map(letter).collect()
}

/// A phrase with a filler or an abbreviation in it would match, but not read as what is matched.
#[test]
fn every_phrase_is_written_as_it_is_matched() {
    let reader = TitleReader::built_in();
    let mut others = Vec::new();
    for language in LANGUAGES {
        for (_, rule, phrase) in phrases(language.words) {
            let exact: Vec<&str> = phrase.split(' ').filter(|word| !word.contains('*') && *word != "_").collect();
            let exact = exact.join(" ");
            let normalised = reader.normalised(&exact);
            if normalised != plain(&exact).replace(['&', '+'], "") {
                others.push(format!("{} {rule}: {phrase} is matched as {normalised}", language.code));
            }
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
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

/// Phrases that say two things on purpose: the first rule counts, the other is an alternative.
const TWO_MEANINGS: &[&str] = &[];

/// The same word may mean something else in another language; then one of the two has to give way, or be written with its neighbours.
#[test]
fn no_phrase_says_two_things() {
    let mut meanings: BTreeMap<(String, &str, String), BTreeSet<String>> = BTreeMap::new();
    for rule in TitleRules::built_in().rules {
        let aspect = match rule.says {
            TitleSays::Seniority(_) => "seniority",
            TitleSays::Function(_) => "function",
            TitleSays::Relationship(_) => "relationship",
            TitleSays::Hide(_) => continue,
        };
        // Rules low in the list that only give alternatives say so by a low confidence.
        let is_alternative = rule.confidence.to_string().parse::<f64>().unwrap() <= 0.5;
        for (list, phrases) in [("any", &rule.any), ("whole", &rule.whole)] {
            for phrase in phrases.iter().filter(|_| !is_alternative) {
                let value = format!("{:?}", rule.says);
                meanings.entry((plain(phrase), aspect, list.to_string())).or_default().insert(value);
            }
        }
    }
    let two: Vec<String> = meanings
        .iter()
        .filter(|((phrase, ..), values)| values.len() > 1 && !TWO_MEANINGS.contains(&phrase.as_str()))
        .map(|((phrase, ..), values)| format!("{phrase}: {}", values.iter().cloned().collect::<Vec<_>>().join(" and ")))
        .collect();
    assert!(two.is_empty(), "{}", two.join("\n"));
}
