//! Several policies and when each applies.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::read::SCHEMA;
use super::write::{list, map, map_of_present, whole};
use super::{Policy, first_causes, place_of};
use crate::document::{Node, Reader, TEXT_BYTES_MAX, canonical_json, note, parse_json, wrong};
use crate::id::{CampaignName, SolutionName};
use crate::problem::{ProblemKind, Problems, too_long};

/// A policy and when it applies: where every list that is given holds what is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyEntry {
    /// The solutions; `None`: every one, and none.
    pub solutions: Option<Vec<SolutionName>>,
    /// The segments; `None`: every one, and none.
    pub segments: Option<Vec<String>>,
    /// The campaigns; `None`: every one, and none.
    pub campaigns: Option<Vec<CampaignName>>,
    /// The policy.
    pub policy: Policy,
}

impl PolicyEntry {
    /// A policy that applies everywhere.
    pub const fn everywhere(policy: Policy) -> Self {
        Self { solutions: None, segments: None, campaigns: None, policy }
    }

    fn applies(&self, solution: Option<&str>, segment: Option<&str>, campaign: Option<&str>) -> bool {
        holds(self.solutions.as_deref(), solution) && holds(self.segments.as_deref(), segment) && holds(self.campaigns.as_deref(), campaign)
    }
}

/// Whether a list, if there is one, holds the value. A list never holds what is not given.
fn holds<T: AsRef<str>>(list: Option<&[T]>, value: Option<&str>) -> bool {
    list.is_none_or(|list| value.is_some_and(|value| list.iter().any(|one| one.as_ref() == value)))
}

/// Policies by solution, segment and campaign, the first that applies winning.
///
/// Invariants: at least one entry; no list of an entry is empty or names anything twice. Equality is that of the entries in their order.
/// Texts compare exactly.
///
/// ```
/// use quorate::{Policy, PolicyEntry, PolicySet, SolutionName};
/// let mut careful = Policy::default().into_document();
/// careful.name = "careful".into();
/// let mut analytics = PolicyEntry::everywhere(Policy::new(careful)?);
/// analytics.solutions = Some(vec![SolutionName::new("analytics")?]);
/// let set = PolicySet::new(vec![analytics, PolicyEntry::everywhere(Policy::default())])?;
///
/// let name = |solution| set.choose(solution, None, None).map(Policy::name);
/// assert_eq!(name(Some("analytics")), Some("careful"));
/// assert_eq!(name(Some("storage")), Some("quorate-default"));
/// assert_eq!(name(None), Some("quorate-default"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicySet {
    entries: Vec<PolicyEntry>,
}

impl PolicySet {
    /// Checks and keeps entries in their order.
    ///
    /// # Errors
    /// Every problem of the lists, each with its path, such as `policies[2].when.solutions`.
    pub fn new(entries: Vec<PolicyEntry>) -> Result<Self, Problems> {
        let problems = RefCell::new(Problems::default());
        if entries.is_empty() {
            note(&problems, "policies".into(), ProblemKind::Inconsistent(NO_POLICY.into()));
        }
        for (i, entry) in entries.iter().enumerate() {
            let when =
                When { solutions: entry.solutions.as_deref(), segments: entry.segments.as_deref(), campaigns: entry.campaigns.as_deref() };
            when.check(&format!("policies[{i}].when"), &problems);
        }
        problems.into_inner().or(Self { entries })
    }

    /// Reads and validates a document in JSON: `{"schema":1,"policies":[{"when":{"solutions":["s"]},"policy":{…}}]}`.
    ///
    /// # Errors
    /// Every problem of the set and of every policy in it, each with its path; or the one reason why it is no JSON at all.
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        Self::from_node(&parse_json(text)?)
    }

    /// The set as canonical JSON, see [`Policy::to_json`].
    pub fn to_json(&self) -> String {
        canonical_json(&self.to_node())
    }

    /// The entries in their order.
    pub fn entries(&self) -> &[PolicyEntry] {
        &self.entries
    }

    /// The first policy that applies. O(entries and their lists).
    pub fn choose(&self, solution: Option<&str>, segment: Option<&str>, campaign: Option<&str>) -> Option<&Policy> {
        self.position(solution, segment, campaign).map(|at| &self.entries[at].policy)
    }

    /// The place of the first entry that applies.
    pub(crate) fn position(&self, solution: Option<&str>, segment: Option<&str>, campaign: Option<&str>) -> Option<usize> {
        self.entries.iter().position(|entry| entry.applies(solution, segment, campaign))
    }

    fn from_node(node: &Node) -> Result<Self, Problems> {
        let noted = RefCell::new(Problems::default());
        let mut r = Reader::new(node, "", &noted);
        r.whole("schema", SCHEMA..=SCHEMA);
        let items = r.required("policies").map(|_| r.objects("policies"));
        if items.as_ref().is_some_and(Vec::is_empty) {
            note(&noted, "policies".into(), ProblemKind::Inconsistent(NO_POLICY.into()));
        }
        let entries = items.into_iter().flatten().filter_map(read_entry).collect();
        r.finish();
        let mut noted = first_causes(noted.into_inner()).0;
        // Items that are no objects are noted before the others are read.
        noted.sort_by_key(|problem| place_of(problem.path()).1);
        let mut problems = Problems::default();
        problems.extend(noted);
        problems.or(Self { entries })
    }

    fn to_node(&self) -> Node {
        map([("schema", whole(SCHEMA)), ("policies", list(&self.entries, write_entry))])
    }
}

impl From<Policy> for PolicySet {
    /// One policy for everything.
    fn from(policy: Policy) -> Self {
        Self { entries: Vec::from([PolicyEntry::everywhere(policy)]) }
    }
}

impl Serialize for PolicySet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_node().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PolicySet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(&Node::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

const NO_POLICY: &str = "the list is empty; give at least one policy";

/// The lists of an entry.
struct When<'a> {
    solutions: Option<&'a [SolutionName]>,
    segments: Option<&'a [String]>,
    campaigns: Option<&'a [CampaignName]>,
}

impl When<'_> {
    fn check(&self, at: &str, problems: &RefCell<Problems>) {
        check(problems, format!("{at}.solutions"), "solution", self.solutions);
        check(problems, format!("{at}.segments"), "segment", self.segments);
        check(problems, format!("{at}.campaigns"), "campaign", self.campaigns);
    }
}

/// A list that is given must name something, each thing once.
fn check<T: AsRef<str>>(problems: &RefCell<Problems>, path: String, what: &'static str, names: Option<&[T]>) {
    let Some(names) = names else { return };
    let mut seen = BTreeSet::new();
    for (i, name) in names.iter().map(AsRef::as_ref).enumerate() {
        if name.len() > TEXT_BYTES_MAX {
            note(problems, format!("{path}[{i}]"), too_long(name, TEXT_BYTES_MAX));
        } else if !seen.insert(name) {
            note(problems, format!("{path}[{i}]"), ProblemKind::Repeated { what, name: name.into() });
        }
    }
    if names.is_empty() {
        let words = format!("the list is empty and holds no {what}; leave it out to mean every one");
        note(problems, path, ProblemKind::Inconsistent(words.into()));
    }
}

/// Reads one entry; `None` when its policy has problems.
fn read_entry(mut r: Reader<'_>) -> Option<PolicyEntry> {
    let when = r.node("when").and_then(|_| r.object("when"));
    let (solutions, segments, campaigns) = when.map_or((None, None, None), read_when);
    let node = r.required("policy");
    let policy = node.and_then(|node| Policy::from_node(node).map_err(|problems| note_within(&r, &r.path("policy"), problems)).ok());
    r.finish();
    policy.map(|policy| PolicyEntry { solutions, segments, campaigns, policy })
}

type Lists = (Option<Vec<SolutionName>>, Option<Vec<String>>, Option<Vec<CampaignName>>);

fn read_when(mut r: Reader<'_>) -> Lists {
    let lists: Lists = (
        read_list(&mut r, "solutions", |text| text.parse().map_err(ProblemKind::Id)),
        read_list(&mut r, "segments", |text| Ok(text.into())),
        read_list(&mut r, "campaigns", |text| text.parse().map_err(ProblemKind::Id)),
    );
    let when = When { solutions: lists.0.as_deref(), segments: lists.1.as_deref(), campaigns: lists.2.as_deref() };
    when.check(r.here(), r.problems());
    r.finish();
    lists
}

/// Notes the problems of a policy with the path to it.
fn note_within(r: &Reader<'_>, path: &str, problems: Problems) {
    for problem in problems {
        let within = if problem.path().is_empty() { path.into() } else { format!("{path}.{}", problem.path()) };
        note(r.problems(), within, problem.kind().clone());
    }
}

/// A list, if it is there and all of it could be read: nothing is said about a part.
fn read_list<T>(r: &mut Reader<'_>, field: &'static str, parse: impl Fn(&str) -> Result<T, ProblemKind>) -> Option<Vec<T>> {
    let listed = matches!(r.node(field)?, Node::List(_));
    let problems = r.problems();
    let read = |(path, node): (String, &Node)| {
        let read = if let Node::Text(text) = node { parse(text) } else { Err(wrong("a text", node)) };
        read.map_err(|problem| note(problems, path, problem)).ok()
    };
    let items: Vec<Option<T>> = r.items(field).into_iter().map(read).collect();
    items.into_iter().collect::<Option<Vec<T>>>().filter(|_| listed)
}

fn write_entry(entry: &PolicyEntry) -> Node {
    map([("when", write_when(entry)), ("policy", entry.policy.to_node())])
}

fn write_when(entry: &PolicyEntry) -> Node {
    map_of_present([
        ("solutions", entry.solutions.as_deref().map(names)),
        ("segments", entry.segments.as_deref().map(names)),
        ("campaigns", entry.campaigns.as_deref().map(names)),
    ])
}

fn names<T: AsRef<str>>(names: &[T]) -> Node {
    list(names, |name| Node::text(name.as_ref()))
}
