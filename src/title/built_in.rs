//! The rules that come with the crate: `rules.json` with English words, and a file for each other language that adds words to rules by name.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use once_cell::race::OnceBox;

use super::document::{TitleRules, text_map};
use super::reader::TitleReader;
use super::rule::TitleRule;
use crate::document::{Node, Reader, note, parse_json};
use crate::problem::{ProblemKind, Problems, nearest};

const RULES: &str = include_str!("rules.json");

const LANGUAGES: [(&str, &str); 11] = [
    ("de", include_str!("words/de.json")),
    ("fr", include_str!("words/fr.json")),
    ("es", include_str!("words/es.json")),
    ("pt", include_str!("words/pt.json")),
    ("nl", include_str!("words/nl.json")),
    ("it", include_str!("words/it.json")),
    ("sv", include_str!("words/sv.json")),
    ("da", include_str!("words/da.json")),
    ("no", include_str!("words/no.json")),
    ("fi", include_str!("words/fi.json")),
    ("pl", include_str!("words/pl.json")),
];

impl TitleRules {
    /// The rules of `src/title/rules.json` with the words of English, German, French, Spanish, Portuguese, Dutch, Italian, Swedish, Danish, Norwegian,
    /// Finnish and Polish.
    ///
    /// O(rules): a copy of what is read once.
    pub fn built_in() -> Self {
        shared().rules.clone()
    }
}

/// The built-in rules and their reader.
pub(super) struct BuiltIn {
    pub(super) rules: TitleRules,
    pub(super) reader: TitleReader,
    /// Abbreviations and fillers without any rule.
    pub(super) bare: TitleReader,
}

/// The built-in rules, read and put into an index when they are first needed: some milliseconds, once. They are a constant that is too large to
/// be computed by the compiler; nobody can change it, nor see whether it is there yet.
static SHARED: OnceBox<BuiltIn> = OnceBox::new();

pub(super) fn shared() -> &'static BuiltIn {
    SHARED.get_or_init(|| {
        let built = load().and_then(|rules| {
            let bare = TitleRules { abbreviations: rules.abbreviations.clone(), fillers: rules.fillers.clone(), rules: Vec::new() };
            Ok(BuiltIn { reader: TitleReader::new(&rules)?, bare: TitleReader::new(&bare)?, rules })
        });
        match built {
            Ok(built) => Box::new(built),
            // The documents are a part of this crate, and a test reads them: no input leads here.
            Err(problems) => unreachable!("the built-in title rules are valid: {problems}"),
        }
    })
}

fn load() -> Result<TitleRules, Problems> {
    let mut rules = TitleRules::from_shape(&parse_json(RULES)?)?;
    for (language, text) in LANGUAGES {
        let problems = RefCell::default();
        add(&mut rules, language, Reader::new(&parse_json(text)?, language, &problems));
        problems.into_inner().or(())?;
    }
    Ok(rules)
}

/// One of the lists of phrases of a rule.
type List = fn(&mut TitleRule) -> &mut Vec<String>;

fn add(rules: &mut TitleRules, language: &'static str, mut r: Reader<'_>) {
    let _ = r.word("language", &[(language, ())]);
    for (short, long) in text_map(&mut r, "abbreviations") {
        if rules.abbreviations.get(&short).is_some_and(|other| *other != long) {
            r.note("abbreviations", ProblemKind::Repeated { what: "abbreviation", name: short.clone() });
        }
        rules.abbreviations.insert(short, long);
    }
    for filler in r.texts_in_place("fillers") {
        if !rules.fillers.contains(&filler) {
            rules.fillers.push(filler);
        }
    }
    let spellings = text_map(&mut r, "spellings");
    let lists: [(&str, List); 3] = [("any", |rule| &mut rule.any), ("whole", |rule| &mut rule.whole), ("none", |rule| &mut rule.none)];
    for (field, list) in lists {
        let Some(node) = r.node(field) else { continue };
        let phrases = Reader::new(node, r.path(field), r.problems());
        for (name, node) in phrases.fields() {
            add_phrases(rules, &phrases, name, node, list, &spellings);
        }
    }
    r.finish();
}

fn add_phrases(rules: &mut TitleRules, r: &Reader<'_>, name: &str, node: &Node, list: List, spellings: &BTreeMap<String, String>) {
    let Some(rule) = rules.rules.iter_mut().find(|rule| rule.name == name) else {
        let suggestion = nearest(name, rules.rules.iter().map(|rule| rule.name.as_str()));
        r.note(name, ProblemKind::Unknown { what: "title rule", name: name.into(), suggestion });
        return;
    };
    let Node::List(items) = node else {
        r.note(name, crate::document::wrong("a list", node));
        return;
    };
    for item in items {
        match item {
            Node::Text(text) => list(rule).extend(spelled(text, spellings)),
            other => note(r.problems(), r.path(name), crate::document::wrong("a text", other)),
        }
    }
}

/// A phrase in all spellings of its language, as written first: for keyboards without its letters there is `Geschaeftsfuehrer` for `Geschäftsführer`, and
/// where one of two letters is typed so, `GESCHÄFTSFUEHRER`. Of the built-in phrases none has more than four such letters.
fn spelled(text: &str, spellings: &BTreeMap<String, String>) -> Vec<String> {
    let mut all = Vec::from([String::new()]);
    for letter in text.chars() {
        let mut bytes = [0; 4];
        let letter = &*letter.encode_utf8(&mut bytes);
        let other = spellings.get(letter).map(|letters| all.iter().map(|before| [before, letters.as_str()].concat()).collect::<Vec<_>>());
        for before in &mut all {
            before.push_str(letter);
        }
        all.extend(other.into_iter().flatten());
    }
    all
}
