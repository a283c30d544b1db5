//! Titles of O*NET, each read without the phrases of functions that no other title supports: so a title is read that nobody wrote a phrase for.
//!
//! Of the half of the titles that may be looked at, so that whoever works on the rules sees which words say too much, and looks at none of the others.

use std::collections::{BTreeMap, BTreeSet};

use quorate::{JobFunction, TitleReader, TitleRule, TitleRules, TitleSays};

use crate::data_folder;
use crate::onet::{Figures, Mapping, functions, is_held_out, macro_average, rows};

/// The lists of phrases of a rule.
const LISTS: [fn(&mut TitleRule) -> &mut Vec<String>; 3] = [|rule| &mut rule.any, |rule| &mut rule.whole, |rule| &mut rule.none];

/// A phrase by the numbers of its rule and its list.
type Place = (usize, usize, String);

/// Titles as the rules see them.
struct Titles<'t> {
    texts: Vec<&'t str>,
    /// By title, the words of its clauses.
    clauses: Vec<Vec<Vec<String>>>,
    /// By word, the titles that have it.
    of_word: BTreeMap<String, BTreeSet<usize>>,
}

impl<'t> Titles<'t> {
    fn new(reader: &TitleReader, texts: Vec<&'t str>) -> Self {
        let words = |clause: &str| clause.split_whitespace().map(String::from).collect::<Vec<_>>();
        let clauses = |title: &&str| reader.normalised(title).split([',', '/']).map(words).collect::<Vec<_>>();
        let clauses: Vec<_> = texts.iter().map(clauses).collect();
        let mut of_word: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (title, clauses) in clauses.iter().enumerate() {
            for word in clauses.iter().flatten() {
                of_word.entry(word.clone()).or_default().insert(title);
            }
        }
        Self { texts, clauses, of_word }
    }

    /// The only title that has the phrase, if there is one. Words of whole titles may stand in any order.
    fn only(&self, phrase: &[String], whole: bool) -> Option<usize> {
        let plain = phrase.iter().filter(|word| !word.contains(['*', '_'])).map(|word| self.of_word.get(word));
        let mut candidates: Option<BTreeSet<usize>> = None;
        for titles in plain {
            let titles = titles?;
            candidates = Some(candidates.map_or_else(|| titles.clone(), |some| some.intersection(titles).copied().collect()));
        }
        let candidates = candidates.unwrap_or_else(|| (0..self.texts.len()).collect());
        let mut having = candidates.into_iter().filter(|title| self.clauses[*title].iter().any(|clause| has(clause, phrase, whole)));
        having.next().filter(|_| having.next().is_none())
    }
}

fn has(clause: &[String], phrase: &[String], whole: bool) -> bool {
    let fits = |(word, token): (&String, &String)| match (token.strip_suffix('*'), token.strip_prefix('*')) {
        (Some(stem), _) => word.starts_with(stem),
        (_, Some(stem)) => word.ends_with(stem),
        _ => token == "_" || word == token,
    };
    if whole {
        let in_order = |words: &[String]| words.iter().cloned().collect::<BTreeSet<_>>();
        return in_order(clause) == in_order(phrase);
    }
    clause.windows(phrase.len()).any(|words| words.iter().zip(phrase).all(fits))
}

/// By title, the phrases of functions that it alone has.
fn supported_once(reader: &TitleReader, rules: &TitleRules, titles: &Titles<'_>) -> BTreeMap<usize, Vec<Place>> {
    let mut once: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for (number, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| matches!(rule.says, TitleSays::Function(_))) {
        let mut rule = rule.clone();
        for (list, of_rule) in LISTS.iter().enumerate() {
            for phrase in of_rule(&mut rule).drain(..) {
                let is_plain = !phrase.contains(['*', '_']);
                let text = if is_plain { reader.normalised(&phrase) } else { phrase.clone() };
                let words: Vec<String> = text.split_whitespace().map(String::from).collect();
                if let Some(title) = titles.only(&words, list == 1) {
                    once.entry(title).or_default().push((number, list, phrase));
                }
            }
        }
    }
    once
}

/// The function of a title by the rules without some phrases.
fn read_without(rules: &TitleRules, phrases: &[Place], title: &str) -> Option<JobFunction> {
    let mut rules = rules.clone();
    for (rule, list, phrase) in phrases {
        LISTS[*list](&mut rules.rules[*rule]).retain(|other| other != phrase);
    }
    rules.rules.retain(|rule| !rule.any.is_empty() || !rule.whole.is_empty());
    TitleReader::new(&rules).unwrap().read(title).function.map(|found| found.value)
}

/// Tenths of a percent over classes.
const RIGHT: usize = 760;
const WRONG: usize = 65;

#[test]
fn titles_that_no_phrase_was_written_for_are_seldom_read_wrong() {
    let Some(folder) = data_folder("onet-job-titles") else { return };
    let (reader, rules, rows) = (TitleReader::built_in(), TitleRules::built_in(), rows(&folder));
    let seen: BTreeSet<&str> = rows.iter().map(|(_, title)| title.as_str()).filter(|title| !is_held_out(title)).collect();
    let titles = Titles::new(&reader, seen.into_iter().collect());
    let once = supported_once(&reader, &rules, &titles);
    let mut classes: BTreeMap<&str, Figures> = BTreeMap::new();
    for (code, title) in rows.iter().filter(|(_, title)| !is_held_out(title)) {
        let Some((class, right)) = functions(code, Mapping::Computing) else { continue };
        let place = titles.texts.binary_search(&title.as_str()).unwrap();
        let found = match once.get(&place) {
            Some(phrases) => read_without(&rules, phrases, title),
            None => reader.read(title).function.map(|found| found.value),
        };
        classes.entry(class).or_default().count(found, |found| right.contains(&found));
        if std::env::var_os("QUORATE_TITLES_SHOW").is_some() && found.is_none_or(|found| !right.contains(&found)) {
            eprintln!("WITHOUT ITS PHRASES {code} {title} is {}", found.map_or("unknown", JobFunction::as_str));
        }
    }
    for (class, figures) in &classes {
        println!("  {class:<40} {figures}");
    }
    let (right, wrong) = macro_average(&classes);
    println!("  without phrases of their own, macro: right {}.{} %, wrong {}.{} %", right / 10, right % 10, wrong / 10, wrong % 10);
    assert!(right >= RIGHT && wrong <= WRONG, "right {right}, wrong {wrong}, in tenths of a percent");
}
