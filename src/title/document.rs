//! The document of title rules: JSON or anything else that serde speaks, read as a whole.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::RefCell;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::compile::compile;
use super::rule::{JobFunction, Scope, Seniority, TitleRule, TitleSays};
use crate::contact::Relationship;
use crate::document::{Node, Reader, canonical_json, note, parse_json, wrong};
use crate::exact::{Ratio, scaled};
use crate::problem::{ProblemKind, Problems};

/// The version of the format.
const SCHEMA: u16 = 1;

/// What titles are read by: ordered rules, and what makes words of a title. Plain data; [`TitleReader::new`](super::TitleReader::new) checks it.
///
/// Among the phrases of one aspect (seniority, function, relationship) those remain that no longer one swallows and no more exact one on the same words
/// outdoes, whatever their order. Among the rules whose phrases remain the first wins: there order is the only tie-break. Abbreviations are single
/// words with the words that they stand for, or several words of which the first is a filler or another abbreviation: `à la retraite` is said with words
/// that say nothing by themselves, and is found before they are dropped; `adm. dir.` means something else than both words do. Fillers are words that say
/// nothing. Both are folded as titles are, and so are phrases.
///
/// ```
/// use quorate::{TitleReader, TitleRules};
/// let rules = TitleRules::from_json(r#"{
///     "schema": 1,
///     "abbreviations": {"dir": "director"},
///     "fillers": ["of"],
///     "rules": [
///         {"name": "harbour master", "seniority": "director", "confidence": "0.9", "any": ["harbour master"]},
///         {"name": "director", "seniority": "director", "confidence": "0.8", "any": ["director"], "none": ["funeral director"]}
///     ]
/// }"#)?;
/// let reader = TitleReader::new(&rules)?;
/// assert_eq!(reader.read("Dir. of Docks").seniority.map(|found| found.rule.to_string()).as_deref(), Some("director"));
/// assert_eq!(reader.read("Funeral Director").seniority, None);
/// assert_eq!(TitleRules::from_json(&rules.to_json())?, rules);
/// # Ok::<(), quorate::Problems>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitleRules {
    /// Words that stand for others: `vp` for `vice president`, `à la retraite` for `retraitée`.
    pub abbreviations: BTreeMap<String, String>,
    /// Words that say nothing: `of`, `the`.
    pub fillers: Vec<String>,
    /// The rules, in their order.
    pub rules: Vec<TitleRule>,
}

impl TitleRules {
    /// Reads a document.
    ///
    /// # Errors
    /// Every problem of the document with its path: of its shape, and, where the shape is right, of what it says; see
    /// [`TitleReader::new`](super::TitleReader::new).
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        Self::from_node(&parse_json(text)?)
    }

    /// The rules as canonical JSON: the same text for the same rules. O(document).
    pub fn to_json(&self) -> String {
        canonical_json(&self.to_node())
    }

    fn from_node(node: &Node) -> Result<Self, Problems> {
        let rules = Self::from_shape(node)?;
        compile(&rules)?;
        Ok(rules)
    }

    pub(super) fn from_shape(node: &Node) -> Result<Self, Problems> {
        let problems = RefCell::default();
        let mut r = Reader::new(node, "", &problems);
        r.whole("schema", SCHEMA..=SCHEMA);
        let abbreviations = text_map(&mut r, "abbreviations");
        let fillers = r.texts_in_place("fillers");
        let rules = r.objects("rules").into_iter().map(read_title_rule).collect();
        r.finish();
        problems.into_inner().or(Self { abbreviations, fillers, rules })
    }

    fn to_node(&self) -> Node {
        let abbreviations = self.abbreviations.iter().map(|(short, long)| (short.clone(), Node::text(&**long)));
        Node::Map(Vec::from([
            ("schema".into(), Node::Whole(SCHEMA.into())),
            ("abbreviations".into(), Node::Map(abbreviations.collect())),
            ("fillers".into(), list(&self.fillers)),
            ("rules".into(), Node::List(self.rules.iter().map(write_title_rule).collect())),
        ]))
    }
}

impl Serialize for TitleRules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_node().serialize(serializer)
    }
}

/// Refuses what [`TitleRules::from_json`] refuses, all problems in one message.
impl<'de> Deserialize<'de> for TitleRules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(&Node::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// Texts by texts, such as short words with what they stand for; an absent object is empty.
pub(super) fn text_map(r: &mut Reader<'_>, field: &'static str) -> BTreeMap<String, String> {
    let (path, problems) = (r.path(field), r.problems());
    let Some(node) = r.node(field) else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for (short, long) in Reader::new(node, path.clone(), problems).fields() {
        let twice = match long {
            Node::Text(long) => found.insert(short.clone(), long.clone()).is_some(),
            other => {
                note(problems, alloc::format!("{path}.{short}"), wrong("a text", other));
                false
            }
        };
        if twice {
            note(problems, path.clone(), ProblemKind::RepeatedField { name: short.clone() });
        }
    }
    found
}

/// What a rule may say of a relationship: that somebody is employed is said by nothing else being said.
const RELATIONSHIPS: [(&str, Relationship); 5] = [
    ("consultant", Relationship::Consultant),
    ("partner", Relationship::Partner),
    ("competitor", Relationship::Competitor),
    ("student", Relationship::Student),
    ("own_staff", Relationship::OwnStaff),
];

/// Reads one rule, as it stands in a document of title rules or in a policy; notes every problem of its shape. One that
/// does not say one thing, which is noted, stands in its place as a rule that hides.
pub(crate) fn read_title_rule(mut r: Reader<'_>) -> TitleRule {
    let name = r.text("name");
    let says = [
        r.word_if_any("seniority", &Seniority::ALL).map(TitleSays::Seniority),
        r.word_if_any("function", &JobFunction::ALL).map(TitleSays::Function),
        r.word_if_any("relationship", &RELATIONSHIPS).map(TitleSays::Relationship),
        r.word_if_any("hide", &Scope::ALL).map(TitleSays::Hide),
    ];
    if ["seniority", "function", "relationship", "hide"].iter().filter(|field| r.fields().iter().any(|(name, _)| name == *field)).count()
        != 1
    {
        let one = "a title rule has exactly one of `seniority`, `function`, `relationship` and `hide`";
        note(r.problems(), r.here().into(), ProblemKind::Inconsistent(one.into()));
    }
    let says = says.into_iter().flatten().next();
    let confidence = confidence(&mut r, matches!(says, Some(TitleSays::Hide(_))));
    let (any, whole, none) = (r.texts_in_place("any"), r.texts_in_place("whole"), r.texts_in_place("none"));
    r.finish();
    TitleRule { name, says: says.unwrap_or(TitleSays::Hide(Scope::Clause)), confidence, any, whole, none }
}

/// Hiding is not a matter of confidence.
fn confidence(r: &mut Reader<'_>, hides: bool) -> Ratio {
    if hides {
        return Ratio::ONE;
    }
    let value = r.decimal("confidence", Ratio::SCALE, Decimal::ZERO, Decimal::ONE);
    // INVARIANT: the reader let at most the decimals of a ratio pass.
    Ratio(scaled(value, Ratio::SCALE).unwrap_or(0))
}

/// One rule as a tree; lists that are empty are left out.
pub(crate) fn write_title_rule(rule: &TitleRule) -> Node {
    let (aspect, value) = match rule.says {
        TitleSays::Seniority(value) => ("seniority", value.as_str()),
        TitleSays::Function(value) => ("function", value.as_str()),
        TitleSays::Relationship(value) => ("relationship", value.as_str()),
        TitleSays::Hide(value) => ("hide", value.as_str()),
    };
    let mut fields = Vec::from([("name".to_string(), Node::text(&*rule.name)), (aspect.into(), Node::text(value))]);
    if !matches!(rule.says, TitleSays::Hide(_)) {
        fields.push(("confidence".into(), Node::text(rule.confidence.to_string())));
    }
    let lists = [("any", &rule.any), ("whole", &rule.whole), ("none", &rule.none)];
    fields.extend(lists.into_iter().filter(|(_, texts)| !texts.is_empty()).map(|(field, texts)| (field.into(), list(texts))));
    Node::Map(fields)
}

fn list(texts: &[String]) -> Node {
    Node::List(texts.iter().map(|text| Node::text(&**text)).collect())
}
