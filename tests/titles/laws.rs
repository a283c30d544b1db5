//! The laws of reading titles.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use quorate::{
    HideScope, JobFunction, Policy, Problems, Ratio, Relationship, Seniority, TitleBase, TitleFinding, TitleReader, TitleRule, TitleRules,
    TitleSays,
};
use std::sync::OnceLock;

use crate::oracle::{Aspect, Finding, Naive, Title, plain};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn built_in() -> &'static TitleReader {
    static READER: OnceLock<TitleReader> = OnceLock::new();
    READER.get_or_init(TitleReader::built_in)
}

fn built_in_rules() -> &'static TitleRules {
    static RULES: OnceLock<TitleRules> = OnceLock::new();
    RULES.get_or_init(TitleRules::built_in)
}

/// Words of which small rules and titles are made: few, so that they meet.
const WORDS: [&str; 15] = [
    "sales",
    "salesforce",
    "presales",
    "manager",
    "vice",
    "president",
    "chief",
    "officer",
    "head",
    "former",
    "assistant",
    "to",
    "vp",
    "of",
    "and",
];

/// A word of a small phrase.
fn token() -> impl Strategy<Value = String> {
    prop_oneof![6 => select(&WORDS[..]).prop_map(String::from), 1 => Just("_".into()), 1 => Just("sales*".into()), 1 => Just("*er".into()),
        1 => Just("*sales".into()), 1 => Just("pre*".into()), 1 => Just("sa*".into())]
}

/// A phrase that says something: not only fillers and `_`.
fn phrase() -> impl Strategy<Value = String> {
    let says = |tokens: &Vec<String>| tokens.iter().any(|token| !["_", "of", "and"].contains(&token.as_str()));
    let tokens = vec(token(), 1..=3).prop_map(without_parting_ands);
    tokens.prop_filter("a phrase has a word", says).prop_map(|tokens| tokens.join(" "))
}

fn whole() -> impl Strategy<Value = String> {
    vec(select(&WORDS[..13]), 1..=3).prop_map(|words| words.join(" "))
}

fn says() -> impl Strategy<Value = TitleSays> {
    prop_oneof![
        3 => select(&Seniority::ALL[..3]).prop_map(|(_, value)| TitleSays::Seniority(value)),
        3 => select(&JobFunction::ALL[..3]).prop_map(|(_, value)| TitleSays::Function(value)),
        1 => select(&Relationship::ALL[1..3]).prop_map(|(_, value)| TitleSays::Relationship(value)),
        1 => select(&HideScope::ALL[..]).prop_map(|(_, value)| TitleSays::Hide(value)),
    ]
}

fn rule() -> impl Strategy<Value = TitleRule> {
    (says(), vec(phrase(), 1..=3), vec(whole(), 0..=2), prop::option::weighted(0.3, phrase())).prop_map(|(says, any, whole, none)| {
        TitleRule {
            name: String::new(),
            says,
            confidence: if matches!(says, TitleSays::Hide(_)) { Ratio::ONE } else { Ratio::default() },
            any,
            whole: if matches!(says, TitleSays::Hide(_)) { Vec::new() } else { whole },
            none: none.into_iter().collect(),
        }
    })
}

/// Small rules, of which some say what no document can say, or have a phrase of any length.
fn loose_rules() -> impl Strategy<Value = TitleRules> {
    let says = prop_oneof![
        1 => select(&Relationship::ALL[..]).prop_map(|(_, value)| TitleSays::Relationship(value)),
        1 => select(&HideScope::ALL[..]).prop_map(|(_, value)| TitleSays::Hide(value)),
    ];
    let loose = (says, prop_oneof![1 => Just(1), 1 => 0..=10_i64], select(vec![0, 0, 100, 5_000, 20_000]));
    (rules(), vec(prop::option::weighted(0.2, loose), 8), prop_oneof![9 => Just(1_usize), 1 => Just(5_000)]).prop_map(
        |(mut rules, loose, short)| {
            for (rule, (says, tenths, length)) in rules.rules.iter_mut().zip(loose).filter_map(|(rule, loose)| Some((rule, loose?))) {
                rule.says = says;
                rule.confidence = Ratio::from_decimal(rust_decimal::Decimal::new(if tenths == 1 { 10 } else { tenths }, 1)).unwrap();
                rule.whole.clear();
                rule.any.push(format!("sales{}", "x".repeat(length)));
            }
            rules.abbreviations.insert("dir".into(), "director".repeat(short));
            rules
        },
    )
}

/// Small rules, each with a name of its own.
fn rules() -> impl Strategy<Value = TitleRules> {
    vec(rule(), 1..=8).prop_map(|mut rules| {
        rules.iter_mut().enumerate().for_each(|(at, rule)| rule.name = format!("rule {at}"));
        let abbreviations = [("vp".to_string(), "vice president".to_string())].into();
        TitleRules { abbreviations, fillers: vec!["of".into(), "and".into()], rules }
    })
}

/// A title of these words.
fn title(words: Vec<String>) -> impl Strategy<Value = Title> {
    let clause = vec(select(words), 1..=5).prop_map(without_parting_ands);
    vec(vec(clause, 1..=2), 1..=3)
}

/// Words that begin another job behind an `&` (`CEO & Advisor`), where the oracle knows of one clause; no `&` is written before them.
const BEGINNINGS: [&str; 17] = [
    "admin",
    "administrative",
    "adviser",
    "advisor",
    "assistant",
    "associate",
    "asst",
    "coach",
    "consultant",
    "deputy",
    "ea",
    "executive",
    "general",
    "gm",
    "pa",
    "personal",
    "secretary",
];

/// Words without an *and* before such a word, since it would part two jobs as an `&` would.
fn without_parting_ands(mut words: Vec<String>) -> Vec<String> {
    for at in (0..words.len() - 1).rev() {
        if ["and", "und", "et", "en"].contains(&words[at].as_str()) && BEGINNINGS.contains(&words[at + 1].as_str()) {
            words.remove(at);
        }
    }
    words
}

/// Whether a style writes an `&` before a word of a clause that is not its first.
fn has_and(style: usize) -> fn(&str) -> bool {
    if style == 2 { |next| !BEGINNINGS.contains(&next) } else { |_| false }
}

/// How a title may be written.
fn written(title: &Title, style: usize) -> String {
    let (word, clause, job) =
        [(" ", ", ", " / "), ("-", " (", " | "), (" & ", "), ", " - "), ("  ", ",", "; "), (". ", ", ", "\n")][style % 5];
    let before = |next: &String| if word == " & " && !has_and(style)(next) { " " } else { word };
    let words = |words: &Vec<String>| {
        words.iter().enumerate().flat_map(|(at, next)| [if at == 0 { "" } else { before(next) }, next]).collect::<String>()
    };
    let clauses = |clauses: &Vec<Vec<String>>| clauses.iter().map(words).collect::<Vec<_>>().join(clause);
    title.iter().map(clauses).collect::<Vec<_>>().join(job)
}

/// The words of the built-in rules that are words for the oracle, too: of letters alone, and no single one. Nor are they words that mean another thing in
/// capitals (`GERANT RETRAITE`).
fn words_of_rules() -> Vec<String> {
    let rules = built_in_rules();
    let phrases = rules.rules.iter().flat_map(|rule| rule.any.iter().chain(&rule.whole).chain(&rule.none));
    let words = phrases.flat_map(|phrase| phrase.split(' ')).map(plain).chain(rules.abbreviations.keys().map(|short| plain(short)));
    let mut words: Vec<String> = words.filter(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())).collect();
    words.retain(|word| !word.ends_with("retraite"));
    words.sort();
    words.dedup();
    words
}

/// A title of the phrases of the built-in rules, so that longer ones, and what they swallow, are met.
fn title_of_phrases() -> impl Strategy<Value = Title> {
    let is_plain = |phrase: &&String| phrase.split(' ').all(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()));
    let rules = &built_in_rules().rules;
    let phrases: Vec<String> = rules.iter().flat_map(|rule| rule.any.iter().chain(&rule.whole)).filter(is_plain).cloned().collect();
    let ranks = rules.iter().filter(|rule| !matches!(rule.says, TitleSays::Function(_))).flat_map(|rule| &rule.any);
    let ranks: Vec<String> = ranks.filter(is_plain).cloned().collect();
    let words = |phrases: Vec<String>| phrases.iter().flat_map(|phrase| phrase.split(' ')).map(String::from).collect::<Vec<_>>();
    let clause = vec(prop_oneof![select(phrases), select(ranks)], 1..=3).prop_map(words);
    vec(vec(clause, 1..=2), 1..=2)
}

/// What is said with a filler, with what it stands for.
fn short_forms_of_several_words() -> Vec<(String, String)> {
    let all = built_in_rules().abbreviations.iter().filter(|(short, _)| short.contains(' '));
    all.map(|(short, long)| (short.clone(), long.clone())).collect()
}

/// What a reader says, in the oracle's words.
fn finding<T: Copy>(found: Option<TitleFinding<T>>, show: fn(T) -> String) -> Option<Finding> {
    found.map(|found| Finding {
        value: show(found.value),
        rule: found.rule.to_string(),
        words: found.words.0,
        alternatives: found.alternatives.iter().map(|other| (show(other.value), other.rule.to_string())).collect(),
    })
}

fn read(reader: &TitleReader, title: &str) -> [(Aspect, Option<Finding>); 3] {
    let reading = reader.read(title);
    [
        (Aspect::Seniority, finding(reading.seniority, |value| value.to_string())),
        (Aspect::Function, finding(reading.function, |value| value.to_string())),
        (Aspect::Relationship, finding(reading.relationship, |value| format!("{value:?}"))),
    ]
}

/// What does not depend on how a title is written: everything but the words.
fn without_words(reader: &TitleReader, title: &str) -> Vec<Option<Finding>> {
    let plain = |found: Option<Finding>| found.map(|found| Finding { words: Vec::new(), ..found });
    read(reader, title).into_iter().map(|(_, found)| plain(found)).collect()
}

/// Any text, with much of what titles are made of.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(vec!["VP", "AT", "Sales", "of", "und", "R", "D", "C.E.O", "e", "l", "Leiter", "in", "chargé", "à", "la", "retraite", "met", "vervroegd", "pensioen", "a", "i", "d", "É", "ß", "İ", "I", "Straße", "dir", "S", "OP", "DIRECTEUR", "RETRAITE", "国際", "हिन्दी", "مدير", "🚀", "½", "ﬁ"]).prop_map(String::from),
        4 => select(vec![" ", "-", ".", ",", "/", " - ", "&", " & ", "&amp;", "&#39;", "&eacute;", "&#x", "'", "’", "(", ")", "|", ";", "+", "@", "\n", "*", ":", "_", "·", "\u{200b}", "\u{301}", "\u{202e}", "\0"]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn among_the_phrases_that_remain_the_first_rule_wins(rules in rules(), title in title(WORDS.map(String::from).to_vec()), style in 0..5_usize) {
        let reader = TitleReader::new(&rules).unwrap();
        let naive = Naive::new(&rules);
        for (aspect, found) in read(&reader, &written(&title, style)) {
            prop_assert_eq!(found, naive.read(&title, has_and(style), aspect), "{:?} of {}", aspect, written(&title, style));
        }
    }

    #[test]
    fn what_is_accepted_survives_its_document(rules in loose_rules()) {
        if TitleReader::new(&rules).is_ok() {
            let read = TitleRules::from_json(&serde_json::to_string(&rules).unwrap());
            prop_assert!(read.is_ok(), "{}", read.unwrap_err());
            prop_assert_eq!(read.unwrap(), rules);
        }
    }

    #[test]
    fn rules_of_other_aspects_may_stand_anywhere(rules in rules(), title in title(WORDS.map(String::from).to_vec())) {
        let mut sorted = rules.clone();
        // The sort is stable: rules of one aspect keep their order.
        sorted.rules.sort_by_key(|rule| match rule.says {
            TitleSays::Relationship(_) => 0,
            TitleSays::Function(_) => 1,
            TitleSays::Hide(_) => 2,
            TitleSays::Seniority(_) => 3,
        });
        let text = written(&title, 0);
        prop_assert_eq!(TitleReader::new(&rules).unwrap().read(&text), TitleReader::new(&sorted).unwrap().read(&text));
    }

    #[test]
    fn a_rule_at_the_end_changes_nothing_of_other_aspects(rules in rules(), last in rule(), title in title(WORDS.map(String::from).to_vec())) {
        prop_assume!(!matches!(last.says, TitleSays::Hide(_)));
        let mut more = rules.clone();
        more.rules.push(TitleRule { name: "last".into(), ..last.clone() });
        let text = written(&title, 0);
        let (before, after) = (TitleReader::new(&rules).unwrap().read(&text), TitleReader::new(&more).unwrap().read(&text));
        let is = |says: fn(&TitleSays) -> bool| says(&last.says);
        prop_assert!(is(|says| matches!(says, TitleSays::Seniority(_))) || before.seniority == after.seniority);
        prop_assert!(is(|says| matches!(says, TitleSays::Function(_))) || before.function == after.function);
        prop_assert!(is(|says| matches!(says, TitleSays::Relationship(_))) || before.relationship == after.relationship);
    }

    /// Of its own aspect it may only add alternatives, unless a phrase of it lies around the words of an earlier finding, or says the same words
    /// more exactly; a single beginning of two letters can do neither.
    #[test]
    fn a_rule_at_the_end_that_takes_no_words_away_only_adds_alternatives(rules in rules(), says in says(), title in title(WORDS.map(String::from).to_vec())) {
        prop_assume!(!matches!(says, TitleSays::Hide(_)));
        let last = TitleRule { name: "last".into(), says, confidence: Ratio::default(), any: vec!["sa*".into()], whole: vec!["sales".into()], none: Vec::new() };
        let mut more = rules.clone();
        more.rules.push(last);
        let text = written(&title, 0);
        let (before, after) = (TitleReader::new(&rules).unwrap(), TitleReader::new(&more).unwrap());
        for ((_, before), (_, after)) in read(&before, &text).into_iter().zip(read(&after, &text)) {
            let Some(before) = before else { continue };
            let after = after.unwrap();
            prop_assert_eq!((&before.value, &before.rule, &before.words), (&after.value, &after.rule, &after.words));
            prop_assert!(after.alternatives.starts_with(&before.alternatives));
        }
    }

    #[test]
    fn normalising_what_is_normalised_changes_nothing(text in any_text()) {
        let once = built_in().normalised(&text);
        prop_assert_eq!(built_in().normalised(&once), once);
    }

    /// Words of which some are said with a filler stand for others; wherever they stand, normalising them once more changes nothing.
    #[test]
    fn short_forms_of_several_words_stand_for_others(before in title(words_of_rules()), (short, long) in select(short_forms_of_several_words())) {
        // A job of fillers alone leaves nothing but the end of the job before.
        prop_assume!(!built_in().normalised(&written(&before[before.len() - 1..].to_vec(), 0)).is_empty());
        let before = written(&before, 0);
        let (reader, text) = (built_in(), format!("{before}, {short}"));
        prop_assert_eq!(reader.normalised(&text), format!("{}, {}", reader.normalised(&before), plain(&long)));
        prop_assert_eq!(reader.normalised(&text.to_uppercase()), reader.normalised(&text));
        prop_assert_eq!(reader.normalised(&reader.normalised(&text)), reader.normalised(&text));
    }

    #[test]
    fn evidence_always_cites_words_of_the_title(text in any_text(), title in title(words_of_rules()), style in 0..5_usize) {
        for text in [&text, &written(&title, style)] {
            for found in read(built_in(), text).into_iter().filter_map(|(_, found)| found) {
                prop_assert!(!found.words.is_empty());
                // In their order, one behind the other.
                let mut rest = text.as_str();
                for word in &found.words {
                    prop_assert!(word.chars().any(char::is_alphanumeric), "{:?}", word);
                    let at = rest.find(word.as_str());
                    prop_assert!(at.is_some(), "{:?} in {:?}", word, text);
                    rest = &rest[at.unwrap() + word.len()..];
                }
            }
        }
    }

    #[test]
    fn case_and_what_stands_around_a_title_do_not_matter(title in title(words_of_rules()), style in 0..5_usize, around in select(vec![" ", ".", "\"", "\t", "*", "…", "\u{feff}"])) {
        let text = written(&title, style);
        let said = without_words(built_in(), &text);
        prop_assert_eq!(&said, &without_words(built_in(), &text.to_uppercase()));
        prop_assert_eq!(&said, &without_words(built_in(), &format!("{around}{text}{around}")));
        prop_assert_eq!(&said, &without_words(built_in(), &text.replace(' ', " \t")));
    }

    #[test]
    fn any_text_is_read(text in any_text(), long in 0..40_usize) {
        let _ = built_in().read(&text);
        let _ = built_in().read(&text.repeat(long));
    }
}

/// A policy that reads titles by rules of its own around the built-in ones, or without them.
fn policy(before: Vec<TitleRule>, after: Vec<TitleRule>, base: TitleBase) -> Result<Policy, Problems> {
    let mut document = Policy::default().into_document();
    document.titles.before = before;
    document.titles.after = after;
    document.titles.base = base;
    Policy::new(document)
}

proptest! {
    #![proptest_config(config(200))]

    /// Roles rest on the words of several findings: as the title has them, each once.
    #[test]
    fn words_that_a_role_rests_on_stand_in_the_title_in_their_order(phrases in title_of_phrases(), style in 0..5_usize) {
        static POLICY: OnceLock<Policy> = OnceLock::new();
        let text = written(&phrases, style);
        let reading = POLICY.get_or_init(Policy::default).read_title(&text, None);
        for found in reading.role.iter().chain(&reading.alternatives) {
            let mut rest = text.as_str();
            for word in &found.words.0 {
                let at = rest.find(word.as_str());
                prop_assert!(at.is_some(), "{:?} of {:?} in {:?}", word, found.words, text);
                rest = &rest[at.unwrap() + word.len()..];
            }
        }
    }

    #[test]
    fn what_a_policy_accepts_survives_its_document(before in loose_rules(), after in loose_rules(), base in select(vec![TitleBase::None, TitleBase::BuiltIn])) {
        let after = after.rules.into_iter().map(|rule| TitleRule { name: format!("after {}", rule.name), ..rule }).collect();
        if let Ok(policy) = policy(before.rules, after, base) {
            let read = Policy::from_json(&policy.to_json());
            prop_assert!(read.is_ok(), "{}", read.unwrap_err());
            prop_assert_eq!(read.unwrap(), policy);
        }
    }
}

#[test]
fn rules_that_are_accepted_and_rules_that_are_not_are_both_drawn() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let drawn = (0..300).map(|_| loose_rules().new_tree(&mut runner).unwrap().current());
    let accepted = drawn.filter(|rules| TitleReader::new(rules).is_ok()).count();
    assert!((50..=250).contains(&accepted), "{accepted} of 300");
}

proptest! {
    #![proptest_config(config(100))]

    /// A policy's rules stand in an index of their own, and the built-in ones in theirs: as if all stood in one list.
    #[test]
    fn rules_beside_the_built_in_ones_mean_what_one_list_means(
        before in rules(), after in rules(), phrases in title_of_phrases(), small in title(WORDS.map(String::from).to_vec()), both in any::<bool>()
    ) {
        let named = |rules: TitleRules, list: &str| -> Vec<TitleRule> {
            rules.rules.into_iter().map(|rule| TitleRule { name: format!("{list} {}", rule.name), ..rule }).collect()
        };
        let (before, after) = (named(before, "before"), named(after, "after"));
        let base = if both { built_in_rules().rules.clone() } else { Vec::new() };
        let list = TitleRules { rules: [before.clone(), base, after.clone()].concat(), ..built_in_rules().clone() };
        let reader = TitleReader::new(&list).unwrap();
        let policy = policy(before, after, if both { TitleBase::BuiltIn } else { TitleBase::None }).unwrap();
        // Built-in phrases and small words in one clause, too, so that phrases of either lie around those of the other.
        let mixed: Vec<String> = phrases.iter().chain(&small).flatten().flatten().cloned().collect();
        for text in [written(&phrases, 0), written(&small, 0), mixed.join(" ")] {
            prop_assert_eq!(policy.read_title(&text, None).title, reader.read(&text), "{}", text);
        }
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn built_in_rules_mean_what_the_scan_says(loose in title(words_of_rules()), phrases in title_of_phrases(), style in 0..5_usize) {
        static NAIVE: OnceLock<Naive<'static>> = OnceLock::new();
        let naive = NAIVE.get_or_init(|| Naive::new(built_in_rules()));
        for title in [loose, phrases] {
            let text = written(&title, style);
            // The oracle does not cut: where letters join or forms are dropped, it is not asked.
            let words = title.iter().flatten().flatten();
            prop_assume!(!words.clone().any(|word| word.len() < 2));
            for (aspect, found) in read(built_in(), &text) {
                prop_assert_eq!(found, naive.read(&title, has_and(style), aspect), "{:?} of {}", aspect, text);
            }
        }
    }
}

#[test]
fn letters_around_an_and_are_one_word_however_often_they_are_normalised() {
    for (title, normalised) in [
        ("R*R&à & i ", "rr&a i"),
        ("R R & A & I", "r r&a i"),
        ("V.P.&C.F.O.", "vice president, cfo"),
        ("M.D&C.E.O", "md, ceo"),
        ("M.D&CEO", "md ceo"),
        ("CEO&M.D of A.B.C&D", "ceo md abc&d"),
        ("F.P&A", "fp&a"),
        ("R.D.A & I", "rda i"),
        ("R und&e&retraite", "r und&e retraite"),
    ] {
        assert_eq!(built_in().normalised(title), normalised);
        assert_eq!(built_in().normalised(normalised), normalised);
    }
}

#[test]
fn a_title_of_a_million_letters_is_read_as_far_as_its_thousandth() {
    let long = format!("Director of Sales {}", "x ".repeat(500_000));
    assert_eq!(built_in().read(&long).seniority.unwrap().value, Seniority::Director);
    let late = format!("{} CEO", "Director ".repeat(120));
    assert_eq!(built_in().read(&late).seniority.unwrap().value, Seniority::Director);
}
