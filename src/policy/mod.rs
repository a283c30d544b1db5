//! The policy: what a team agreed counts, as one validated, versioned, hashed document.

mod attribution;
mod back_test;
mod check;
mod compiled;
mod compiled_rule;
mod decay;
mod document;
mod domains;
mod fading;
mod finding;
mod follow_up;
mod limits;
mod network;
mod reach;
mod read;
mod read_rule;
mod read_titles;
mod role_reader;
mod set;
mod title_memory;
mod titles;
mod tokens;
mod validate;
mod validate_fit;
mod validate_rule;
mod validate_titles;
mod write;
mod write_rule;
mod write_titles;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::fmt::Write as _;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use self::check::Unread;
use crate::address::domain_of;
use crate::contact::Relationship;
use crate::document::{Node, canonical_json, parse_json};
use crate::problem::{Problem, ProblemKind, Problems};
use crate::title::TitleReader;

pub use self::attribution::{AttributionModel, AttributionRule, ChannelMethod, CreditRule, Positions};
pub use self::back_test::{BackTestRule, RankBy};
pub(crate) use self::decay::factors;
pub use self::document::{
    AttributeTest, Bands, ChannelRule, Criterion, Decay, DecayStep, ExitRule, FitCriterion, FitRule, FitSource, FitTier, FitTiers,
    Fraction, GroupRule, HandRaiseRule, KindRule, Measure, MomentumRule, PersonRule, PolicyDocument, Predicate, Range, RoleRule, RollUp,
    Rule, Scope, Seat, StageRule, Template, Threads, Tier, Trend, ValueTest,
};
pub(crate) use self::fading::{Fading, FadingTable, FadingTables, Reach};
pub use self::finding::{Finding, FindingCause, FindingKind, StageCause};
pub use self::follow_up::FollowUpRule;
pub(crate) use self::limits::{CHANNELS_MAX, KINDS_MAX, ROLES_MAX};
pub(crate) use self::network::NETWORK_HOPS_MAX;
pub use self::network::{InteractionWeight, NetworkRule, StrengthRule};
pub(crate) use self::role_reader::{CompiledTitles, LazyTitles, TitleFacts};
pub use self::role_reader::{RoleFinding, RoleReading};
pub use self::set::{PolicyEntry, PolicySet};
pub use self::titles::{EvidenceRule, FunctionTest, RelationshipDomains, TitleBase, TitleRole, TitlesRule};
#[allow(unused_imports, reason = "a table of contents for the assessment")]
pub(crate) use self::{compiled::*, compiled_rule::*};

/// The document of [`Policy::default`].
const DEFAULT: &str = include_str!("default.json");

/// Which policy an assessment went by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PolicyLabel {
    /// The policy's name.
    pub name: String,
    /// The team's version of it.
    pub version: String,
    /// The SHA-256 of its canonical JSON, in lowercase hex.
    pub hash: String,
}

/// What a team agreed: roles, templates, kinds of signals, caps, thresholds, stages and rules, validated as a whole.
///
/// Invariants: every number is within the range that its field of [`PolicyDocument`] states, every name is given once and every
/// reference is to a name that there is. Equality is that of the documents. Equal policies have the same [`hash`](Policy::hash), however their
/// documents were written: order of fields, white space, `12.50` for `12.5` and values left to their defaults do not show in it; the
/// order of lists does.
///
/// Building costs O(document) and one table of decay factors for each distinct decay and window, 8 bytes for each of its days; well below a millisecond for the default. Rules for titles of the
/// policy's own are put into an index beside the built-in ones, which all policies share. A policy and its clones remember a few thousand titles that
/// were asked of them, at most about a megabyte; no answer depends on it.
///
/// ```
/// use quorate::Policy;
/// let policy = Policy::default();
/// assert_eq!((policy.name(), policy.version()), ("quorate-default", "1"));
///
/// // A change is made in the document, and validated with it.
/// let mut document = policy.document().clone();
/// document.person.cap = 150.into();
/// document.version = "2".into();
/// let stricter = Policy::new(document)?;
/// assert_ne!(stricter.hash(), policy.hash());
///
/// // Whatever is wrong is said at once, each with its place.
/// let text = policy.to_json().replace("\"current_days\":30", "\"current_days\":-1");
/// let text = text.replace("\"role\":\"champion\"", "\"role\":\"chmpion\"");
/// let problems = Policy::from_json(&text).unwrap_err();
/// let said: Vec<String> = problems.iter().map(|problem| problem.to_string()).collect();
/// assert_eq!(said[0], "templates[0].seats[1].role: unknown role `chmpion` (did you mean `champion`?)");
/// assert_eq!(said[3], "person.current_days: `-1` is outside 0..=3650");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Policy {
    document: PolicyDocument,
    label: Arc<PolicyLabel>,
    /// Shared by clones: a policy of many decays has large tables.
    compiled: Arc<Compiled>,
    titles: Arc<LazyTitles>,
}

impl Policy {
    /// Validates a document.
    ///
    /// # Errors
    /// Every problem of the document, each with its path.
    pub fn new(document: PolicyDocument) -> Result<Self, Problems> {
        match validate::validate(&document, &Unread::default()) {
            Ok(own) => Ok(Self::assemble(document, own)),
            Err(found) => {
                let mut problems = Problems::default();
                problems.extend(found);
                Err(problems)
            }
        }
    }

    /// Reads and validates a document in JSON.
    ///
    /// # Errors
    /// Every problem of its shape and meaning, each with its path; or the one reason why it is no JSON at all.
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        Self::from_node(&parse_json(text)?)
    }

    /// The policy as canonical JSON: no white space, fields in the order of their UTF-8 bytes, decimals without trailing zeros, the same
    /// text for the same policy. O(document).
    pub fn to_json(&self) -> String {
        canonical_json(&write::node(&self.document))
    }

    /// The document.
    pub const fn document(&self) -> &PolicyDocument {
        &self.document
    }

    /// The document, to be changed and validated again.
    pub fn into_document(self) -> PolicyDocument {
        self.document
    }

    /// What a title says under this policy, and which role follows from it in groups of a template (the default one when none is named, or one
    /// that the policy does not have). O(words of the title · phrases that share a word) for what it says, and for the role O(rules that the template
    /// reads · log phrases found); the first call puts the rules into an index (the built-in ones once in a process, some milliseconds).
    ///
    /// ```
    /// use quorate::Policy;
    /// let policy = Policy::default();
    /// let reading = policy.read_title("VP of Finance", None);
    /// let role = reading.role.ok_or("no role")?;
    /// assert_eq!((role.role.as_str(), role.words.to_string().as_str()), ("economic_buyer", "VP Finance"));
    /// assert!(policy.read_title("Executive Assistant to the CFO", None).role.is_none_or(|role| role.role.as_str() != "economic_buyer"));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn read_title(&self, title: &str, template: Option<&str>) -> RoleReading {
        let template = template.and_then(|name| self.compiled.template_number(name)).unwrap_or(self.compiled.default_template);
        self.titles().map(|titles| titles.reading(title, template)).unwrap_or_default()
    }

    /// What somebody with an e-mail address is to every account, by the longest of the policy's `relationship_domains` that the domain of the
    /// address is or lies in; `None` where there is none. Whatever stands before the `@` does not count. O(labels of the domain).
    ///
    /// ```
    /// # use quorate::{Policy, Relationship, RelationshipDomains};
    /// let mut document = Policy::default().into_document();
    /// let domains = vec!["rival.example".into()];
    /// document.relationship_domains = vec![RelationshipDomains { relationship: Relationship::Competitor, domains }];
    /// let policy = Policy::new(document)?;
    /// assert_eq!(policy.relationship_by_email("Ann Lee <ann@EU.rival.example>"), Some(Relationship::Competitor));
    /// assert_eq!(policy.relationship_by_email("ann@arrival.example"), None);
    /// # Ok::<(), quorate::Problems>(())
    /// ```
    pub fn relationship_by_email(&self, address: &str) -> Option<Relationship> {
        let domains = &self.compiled.domains;
        if domains.is_empty() { None } else { domains.of(&domain_of(address)?) }
    }

    /// The rules for titles; `None` where the policy reads nothing from them.
    pub(crate) fn titles(&self) -> Option<&CompiledTitles> {
        self.titles.get(&self.document, &self.compiled)
    }

    /// The policy's name.
    pub fn name(&self) -> &str {
        &self.label.name
    }

    /// The team's version of it.
    pub fn version(&self) -> &str {
        &self.label.version
    }

    /// The SHA-256 of [`Policy::to_json`], in lowercase hex: equal for policies that mean the same.
    pub fn hash(&self) -> &str {
        &self.label.hash
    }

    /// Name, version and hash together, shared by every assessment that went by this policy.
    pub const fn label(&self) -> &Arc<PolicyLabel> {
        &self.label
    }

    /// The policy as an assessment reads it.
    pub(crate) fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// Reads and validates a document that is a tree already.
    pub(crate) fn from_node(node: &Node) -> Result<Self, Problems> {
        let noted = RefCell::new(Problems::default());
        let read = read::read(node, &noted);
        let (shape, unread) = first_causes(noted.into_inner());
        let Some(document) = read else {
            return Err(Problem::new("", ProblemKind::Unreadable { reason: "the policy could not be read".into() }).into());
        };
        match validate::validate(&document, &unread) {
            Ok(own) if shape.is_empty() => Ok(Self::assemble(document, own)),
            meaning => Err(in_order(shape.into_iter().chain(meaning.err().into_iter().flatten()))),
        }
    }

    /// The policy as a tree.
    pub(crate) fn to_node(&self) -> Node {
        write::node(&self.document)
    }

    /// Hashes and compiles a valid document, with the reader of its own rules for titles that the validation has built, if it has any.
    fn assemble(document: PolicyDocument, own: Option<TitleReader>) -> Self {
        let document = canonical(document);
        let hash = hex(&Sha256::digest(canonical_json(&write::node(&document))));
        let label = Arc::new(PolicyLabel { name: document.name.clone(), version: document.version.clone(), hash });
        let compiled = Arc::new(compile(&document));
        Self { document, label, compiled, titles: Arc::new(LazyTitles::new(own)) }
    }
}

impl Default for Policy {
    /// The policy of `src/policy/default.json`, each number from the source that the field docs of [`PolicyDocument`] name.
    fn default() -> Self {
        match Self::from_json(DEFAULT) {
            Ok(policy) => policy,
            // The document is a part of this crate, and a test reads it: no input leads here.
            Err(problems) => unreachable!("the default policy is valid: {problems}"),
        }
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        self.document == other.document
    }
}

impl Eq for Policy {}

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_node().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(&Node::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The problems of reading without those that only follow from an earlier one, and the places that were left without a value.
fn first_causes(noted: Problems) -> (Vec<Problem>, Unread) {
    let (mut kept, mut unread) = (Vec::with_capacity(noted.len()), Unread::default());
    for problem in noted {
        if !unread.covers(problem.path()) {
            unread.add(&problem);
            kept.push(problem);
        }
    }
    (kept, unread)
}

/// The sections of a document, in order.
const SECTIONS: [&str; 26] = [
    "schema",
    "name",
    "version",
    "roles",
    "templates",
    "default_template",
    "membership",
    "excluded_relationships",
    "relationship_domains",
    "evidence",
    "titles",
    "network",
    "attribution",
    "channels",
    "kinds",
    "person",
    "group",
    "momentum",
    "fit",
    "stages",
    "hand_raise",
    "qualification",
    "exclusion",
    "exit",
    "follow_up",
    "back_test",
];

/// The problems in the order of sections and of the items within them; those of one item as they were found.
fn in_order(problems: impl Iterator<Item = Problem>) -> Problems {
    let mut sorted: Vec<Problem> = problems.collect();
    sorted.sort_by_key(|problem| place_of(problem.path()));
    let mut ordered = Problems::default();
    ordered.extend(sorted);
    ordered
}

/// Section and item of a path; those of the document as a whole come first.
fn place_of(path: &str) -> (Option<usize>, usize) {
    let (section, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
    let item = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).and_then(|(index, _)| index.parse().ok());
    (SECTIONS.iter().position(|one| *one == section), item.unwrap_or(0))
}

/// The one form of a valid document among those that mean the same: the fraction in lowest terms, the set of relationships in order.
fn canonical(mut document: PolicyDocument) -> PolicyDocument {
    let fraction = &mut document.group.concentrated_above;
    let (mut common, mut rest) = (fraction.denominator, fraction.numerator);
    while rest != 0 {
        (common, rest) = (rest, common % rest);
    }
    fraction.numerator /= common.max(1);
    fraction.denominator /= common.max(1);
    document.excluded_relationships.sort_unstable();
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn the_default_policy_is_valid() {
        let policy = Policy::default();
        assert_eq!((policy.document().roles.len(), policy.document().templates.len(), policy.document().kinds.len()), (10, 3, 26));
        assert_eq!(policy.hash().len(), 64);
        assert_eq!(Policy::from_json(&policy.to_json()).unwrap(), policy);
    }

    #[test]
    fn problems_come_in_the_order_of_the_sections() {
        let paths = ["exit.below_days", "kinds[10].points", "kinds[2].points", "", "name", "roles"];
        let problems = paths.map(|path| Problem::new(path, ProblemKind::Inconsistent("x".into())));
        let sorted = in_order(problems.into_iter());
        let sorted: Vec<&str> = sorted.iter().map(Problem::path).collect();
        assert_eq!(sorted, ["", "name", "roles", "kinds[2].points", "kinds[10].points", "exit.below_days"]);
    }

    #[test]
    fn what_only_follows_from_an_unreadable_value_is_left_out() {
        let node = Node::Map(Vec::from([("person".into(), Node::Whole(1))]));
        let problems = Policy::from_node(&node).unwrap_err();
        let of_person: Vec<String> =
            problems.iter().filter(|problem| problem.path().starts_with("person")).map(ToString::to_string).collect();
        assert_eq!(of_person, ["person: a whole number where an object is expected"]);
        assert_eq!(Policy::from_node(&Node::Null).unwrap_err().to_string(), "null where an object is expected");
    }
}
