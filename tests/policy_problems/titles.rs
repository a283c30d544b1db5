//! What policies say of titles and addresses.

use super::*;

#[test]
fn title_roles_ask_something() {
    let set = |pointer: &str, value: Value| {
        let mut document = default();
        edit(&mut document, pointer, Some(value));
        said(&document.to_string())
    };
    let nothing =
        "titles.roles[0]: the rule asks for nothing and would give everybody the role; give `titles`, `words`, `seniority` or `functions`";
    assert_eq!(set("/titles/roles/0", json!({"role": "champion"})), [nothing]);
    let unknown = set("/titles/roles/0", json!({"role": "chmpion", "words": ["x"]}));
    assert_eq!(unknown, ["titles.roles[0].role: unknown role `chmpion` (did you mean `champion`?)"]);
    let none = set("/titles/roles/0", json!({"role": "unknown", "words": ["x"]}));
    assert_eq!(none, ["titles.roles[0].role: `unknown` stands for no role; a title that no rule matches gives none"]);
    let word = set("/titles/roles/0/functions", json!(["sale"]));
    assert_eq!(word.len(), 1);
    assert!(
        word[0].starts_with("titles.roles[0].functions[0]: `sale` is none of own, finance,")
            && word[0].ends_with("(did you mean `sales`?)"),
        "{word:?}"
    );
    let own = set("/templates/1/title_roles", json!([{"role": "coach"}]));
    assert_eq!(own, [nothing.replace("titles.roles[0]", "templates[1].title_roles[0]")]);
    assert!(set("/titles/roles/0", json!({"role": "champion", "words": ["  ", "*"]})).len() >= 2);
}

#[test]
fn a_rule_for_the_functions_of_nobody_asks_something_else_too() {
    let of = |edits: &[(&str, Value)]| {
        let mut document = default();
        for (pointer, value) in edits {
            edit(&mut document, pointer, Some(value.clone()));
        }
        said(&document.to_string())
    };
    let why = |rule: &str, template: &str| {
        format!(
            "{rule}.functions: template `{template}` does not say its functions, so everybody with a title would have the role; give \
             `titles`, `words` or `seniority` too, or the `functions` of the template"
        )
    };
    let own = |role: &str| json!([{"role": role, "functions": ["own"]}]);
    assert_eq!(of(&[("/titles/roles", own("champion"))]), [why("titles.roles[0]", "light")]);
    let more = json!([{"role": "champion", "functions": ["finance", "own"]}]);
    assert_eq!(of(&[("/titles/roles", more)]), [why("titles.roles[0]", "light")]);
    assert_eq!(of(&[("/templates/1/title_roles", own("coach"))]), [why("templates[1].title_roles[0]", "standard")]);
    // Only the templates that read a rule have to say whom they are for.
    let finance = json!(["finance"]);
    assert_eq!(of(&[("/templates/1/title_roles", own("coach")), ("/templates/1/functions", finance.clone())]), [""; 0]);
    let two = [("/templates/0/functions", finance.clone()), ("/templates/1/functions", finance.clone())];
    let shared = || [two.as_slice(), &[("/titles/roles", own("champion"))]].concat();
    assert_eq!(of(&shared()), [why("titles.roles[0]", "enterprise")]);
    assert_eq!(of(&[shared().as_slice(), &[("/templates/2/functions", finance)]].concat()), [""; 0]);
    let with = |field: &str, value: Value| json!([{"role": "champion", "functions": ["own"], field: value}]);
    for rule in [with("words", json!(["head of"])), with("titles", json!(["CEO"])), with("seniority", json!(["vp"]))] {
        assert_eq!(of(&[("/titles/roles", rule)]), [""; 0]);
    }
}

#[test]
fn domains_of_relationships_are_domains_and_given_once() {
    let rows = json!([
        {"relationship": "competitor", "domains": ["rival.example", "@rival.example", "rival", "bücher.example"]},
        {"relationship": "partner", "domains": ["RIVAL.example", "xn--bcher-kva.example", format!("{}.example", "x".repeat(64))]},
        {"relationship": "friend", "domains": []},
    ]);
    let mut document = default();
    edit(&mut document, "/relationship_domains", Some(rows));
    let problems = said(&document.to_string());
    for expected in [
        "relationship_domains[0].domains[1]: `@rival.example` is no domain; write it like `example.com`",
        "relationship_domains[0].domains[2]: `rival` is no domain; write it like `example.com`",
        "relationship_domains[1].domains[0]: domain `RIVAL.example` is given twice; keep one",
        "relationship_domains[1].domains[1]: domain `xn--bcher-kva.example` is given twice; keep one",
        &format!("relationship_domains[1].domains[2]: `{}…` is no domain; write it like `example.com`", "x".repeat(60)),
        "relationship_domains[2].domains: the list is empty; give at least one text",
    ] {
        assert!(problems.iter().any(|problem| problem == expected), "{expected} is not in {problems:#?}");
    }
    assert!(
        problems.iter().any(|problem| problem.starts_with("relationship_domains[2].relationship: `friend` is none of")),
        "{problems:#?}"
    );
}

#[test]
fn own_rules_for_titles_are_checked_with_the_others() {
    let mut document = default();
    let twice = json!([{"name": "vp", "seniority": "vp", "confidence": "0.9", "any": ["archon"]}]);
    edit(&mut document, "/titles/before", Some(twice));
    let problems = said(&document.to_string());
    assert_eq!(problems.len(), 1, "{problems:?}");
    edit(&mut document, "/titles/before", Some(json!([{"name": "x", "seniority": "vp", "confidence": "2", "any": ["archon"]}])));
    let problems = said(&document.to_string());
    assert_eq!(problems.len(), 1, "{problems:?}");
    edit(&mut document, "/titles/before", Some(json!([{"name": "archon", "seniority": "vp", "confidence": "0.9", "any": ["archon"]}])));
    let policy = Policy::from_json(&document.to_string()).unwrap();
    let reading = policy.read_title("Archon of Finance", None);
    assert_eq!(reading.title.seniority.map(|found| found.rule.to_string()).as_deref(), Some("archon"));
    assert_eq!(reading.role.map(|role| role.role.to_string()).as_deref(), Some("economic_buyer"));
}

#[test]
fn a_title_rule_that_cannot_be_read_hides_no_problem_of_the_others() {
    let mut document = default();
    let unread = json!({"name": "a", "any": [3]});
    let empty = json!({"name": "b", "seniority": "vp", "confidence": "0.9", "any": []});
    let sure = json!({"name": "c", "hide": "clause", "any": ["of"]});
    edit(&mut document, "/titles/before", Some(json!([unread, empty])));
    edit(&mut document, "/titles/after", Some(json!([sure])));
    let problems = said(&document.to_string());
    let of = |path: &str| problems.iter().filter(|problem| problem.starts_with(path)).count();
    assert_eq!((of("titles.before[1]"), of("titles.after[0].any[0]")), (1, 1), "{problems:#?}");
    // What cannot be read is told part by part, and nothing is made of it as a whole.
    assert_eq!((of("titles.before[0]"), problems.len()), (3, 5), "{problems:#?}");
}

#[test]
fn all_faults_of_one_title_rule_are_told_at_once() {
    let of = |rule: Value| {
        let mut document = default();
        edit(&mut document, "/titles/after", Some(json!([rule])));
        said(&document.to_string())
    };
    let unread = json!({"name": " ", "seniority": "boss", "confidence": "0.55555", "any": [3, "*ale*", "boss"], "whole": ["boss _"], "none": ["of"]});
    assert_eq!(
        of(unread),
        [
            "titles.after[0].seniority: `boss` is none of c_level, vp, director, manager, individual, student",
            "titles.after[0].confidence: `0.55555` has more than 4 decimals",
            "titles.after[0].any[0]: a whole number where a text is expected",
            "titles.after[0].any[1]: `*ale*`: a `*` stands at one end of a word, such as `sales*` or `*leiter`; any word is `_`",
            "titles.after[0].none[0]: `of`: a phrase needs at least one word that is no filler",
            "titles.after[0].whole[0]: `boss _`: a whole title is given word by word, without `_` and `*`",
            "titles.after[0].name: a title rule's name is shown with what it finds; it cannot be blank",
        ]
    );
    // Nor does a rule for roles count its phrases without those that are none.
    let mut document = default();
    edit(&mut document, "/titles/roles/0", Some(json!({"role": "champion", "words": [7, "boss", "*"]})));
    let words: Vec<String> = said(&document.to_string());
    assert_eq!(words.len(), 2, "{words:#?}");
    assert!(words[1].starts_with("titles.roles[0].words[2]: `*`"), "{words:#?}");
    // What a rule lacks as a whole hides no fault of its parts, and what stands in for it is not judged.
    let says_nothing = json!({"name": "a", "whole": ["boss _"]});
    assert_eq!(
        of(says_nothing),
        [
            "titles.after[0]: a title rule has exactly one of `seniority`, `function`, `relationship` and `hide`",
            "titles.after[0]: field `confidence` is missing",
            "titles.after[0].whole[0]: `boss _`: a whole title is given word by word, without `_` and `*`",
        ]
    );
}
