//! What is wrong with a document of title rules is said all at once, each with its place.

use quorate::{HideScope, Ratio, Relationship, TitleReader, TitleRule, TitleRules, TitleSays};

fn problems(text: &str) -> Vec<String> {
    let read = TitleRules::from_json(text).and_then(|rules| TitleReader::new(&rules));
    read.map_or_else(|problems| problems.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

#[test]
fn problems_of_shape_come_together() {
    let text = r#"{"schema": 2, "abbreviations": {"vp": 7}, "fillers": "of", "rule": [], "rules": [
        {"name": "a", "seniority": "boss", "confidence": "0.5", "any": ["boss"]},
        {"name": "b", "seniority": "vp", "function": "it", "confidence": 0.5, "any": ["b"]},
        {"name": "c", "confidence": "1.5", "any": [3]},
        {"name": "d", "relationship": "employee", "confidence": "0.55555", "any": ["staff"]},
        {"name": "e", "hide": "jobs", "any": ["former"]}
    ]}"#;
    assert_eq!(
        problems(text),
        [
            "schema: `2` is outside 1..=1",
            "abbreviations.vp: a whole number where a text is expected",
            "fillers: a text where a list is expected",
            "rules[0].seniority: `boss` is none of c_level, vp, director, manager, individual, student",
            "rules[1]: a title rule has exactly one of `seniority`, `function`, `relationship` and `hide`",
            "rules[1].confidence: a number with a point (write decimals as text, such as \"12.5\") where a decimal written as text, such as \"12.5\", is expected",
            "rules[2]: a title rule has exactly one of `seniority`, `function`, `relationship` and `hide`",
            "rules[2].confidence: `1.5` is outside 0..=1",
            "rules[2].any[0]: a whole number where a text is expected",
            "rules[3].relationship: `employee` is none of consultant, partner, competitor, student, own_staff",
            "rules[3].confidence: `0.55555` has more than 4 decimals",
            "rules[4].hide: `jobs` is none of job, clause, before (did you mean `job`?)",
            "rules[4]: field `confidence` is missing",
            "unknown field `rule` (did you mean `rules`?)",
        ]
    );
}

#[test]
fn problems_of_meaning_come_together() {
    let text = r#"{"schema": 1, "abbreviations": {"dir": "director", "VP": "vice president", "v p": "vice president", "svp": "senior vp", "m": "x y"},
        "fillers": ["of", "in the"], "rules": [
        {"name": "a", "seniority": "vp", "confidence": "0.5"},
        {"name": "a", "seniority": "vp", "confidence": "0.5", "any": ["of", "_ of _", "*", "s*", "*ale*", "sales, marketing"], "whole": ["vp _", "sales*"]},
        {"name": " ", "hide": "job", "any": ["former"], "whole": ["former"], "none": ["one two three four five six seven eight nine ten eleven twelve thirteen"]}
    ]}"#;
    assert_eq!(
        problems(text),
        [
            "fillers[1]: `in the`: a filler is a single word",
            "abbreviations.m: `x y`: an abbreviation stands for words of at least two letters",
            "abbreviations.v p: `v p`: an abbreviation is a single word, or several of which the first is a filler or an abbreviation",
            "abbreviations.svp: `vp`: an abbreviation cannot stand for a filler or another abbreviation",
            "rules[0]: a title rule without `any` and `whole` matches nothing; give it a phrase",
            "rules[1].any[0]: `of`: a phrase needs at least one word that is no filler",
            "rules[1].any[1]: `_ of _`: a phrase needs at least one word that is no filler",
            "rules[1].any[2]: `*`: a `*` stands at one end of a word, such as `sales*` or `*leiter`; any word is `_`",
            "rules[1].any[3]: `s*`: a `*` stands before or behind at least two letters, and nothing else",
            "rules[1].any[4]: `*ale*`: a `*` stands at one end of a word, such as `sales*` or `*leiter`; any word is `_`",
            "rules[1].any[5]: `sales, marketing`: a phrase stands within one clause, so it has no commas, brackets, slashes or dashes between spaces",
            "rules[1].whole[0]: `vp _`: a whole title is given word by word, without `_` and `*`",
            "rules[1].whole[1]: `sales*`: a whole title is given word by word, without `_` and `*`",
            "rules[2].whole: nothing follows a whole job, so a rule that hides what follows has only `any` and `none`",
            "rules[2].none[0]: `one two three four five six seven eight nine ten eleven twel…`: a phrase has at most 12 words, abbreviations written out",
            "rules[2].name: a title rule's name is shown with what it finds; it cannot be blank",
            "rules[1].name: title rule `a` is given twice; keep one",
        ]
    );
}

#[test]
fn what_is_written_is_read_as_it_was() {
    let rules = TitleRules::built_in();
    let text = serde_json::to_string(&rules).unwrap();
    assert_eq!(TitleRules::from_json(&text).unwrap(), rules);
    assert_eq!(serde_json::from_str::<TitleRules>(&text).unwrap(), rules);
    assert!(serde_json::from_str::<TitleRules>("{}").unwrap_err().to_string().starts_with("field `schema` is missing"));
}

/// What is built in code and what is read from a document is held to the same.
#[test]
fn what_no_document_can_say_is_refused() {
    let rule = |name: &str, says, units, phrase: String| TitleRule {
        name: name.into(),
        says,
        confidence: Ratio::from_decimal(rust_decimal::Decimal::new(units, 1)).unwrap(),
        any: vec![phrase],
        whole: Vec::new(),
        none: Vec::new(),
    };
    let employee = rule("a", TitleSays::Relationship(Relationship::Employee), 5, "staff".into());
    let hiding = rule("b", TitleSays::Hide(HideScope::Job), 5, "former".into());
    let long = rule("c", TitleSays::Relationship(Relationship::Student), 5, "s".repeat(5_000));
    let rules = TitleRules {
        abbreviations: [("vp".into(), "x".repeat(257))].into(),
        fillers: vec!["y".repeat(257)],
        rules: vec![employee, hiding, long],
    };
    let said: Vec<String> = TitleReader::new(&rules).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            format!("fillers[0]: `{}…` has 257 bytes; at most 256 are allowed", "y".repeat(60)),
            format!("abbreviations.vp: `{}…` has 257 bytes; at most 256 are allowed", "x".repeat(60)),
            "rules[0].relationship: that somebody is employed is taken where nothing else is said, so no title rule says it".into(),
            "rules[1].confidence: hiding is not a matter of confidence; a rule that hides has confidence 1".into(),
            format!("rules[2].any[0]: `{}…` has 5000 bytes; at most 256 are allowed", "s".repeat(60)),
        ]
    );
}
