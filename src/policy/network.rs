//! What a policy says about ways from person to person: meaning, document and checks.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use super::check::{Check, Place};
use super::document::Decay;
use super::limits::{LABEL_BYTES_MAX, STRENGTH_KINDS_MAX};
use super::{Policy, read, validate, write};
use crate::document::{Node, Reader};

/// The strength of a line, in hundredths.
const STRENGTH: RangeInclusive<u8> = 1..=100;
/// What an interaction adds to a strength.
const WEIGHT: RangeInclusive<u8> = 0..=100;
/// The most lines of a warm path, or of influence: beyond four nobody can be asked to pass somebody on.
pub(crate) const NETWORK_HOPS_MAX: u8 = 4;
/// The lines of a warm path, or of influence.
const HOPS: RangeInclusive<u8> = 1..=NETWORK_HOPS_MAX;
/// How many paths are listed.
const PATHS: RangeInclusive<u8> = 1..=100;

/// How people are reached through people. Source: the rules, section 10; how many paths are listed is our choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkRule {
    /// How good a reporting line is, both ways, in hundredths: 1..=100.
    pub reports_to: u8,
    /// The most lines of a warm path: 1..=4.
    pub hops: u8,
    /// How many warm paths are listed for each person: 1..=100.
    pub paths: u8,
    /// The most lines over which influence is followed: 1..=4.
    pub influence_hops: u8,
    /// How strong a tie follows from dated interactions.
    pub strength: StrengthRule,
}

/// How strong a tie follows from the dated interactions of two people:
///
/// ```text
/// base + Σ weight × Σ f(age)  over the kinds of `each`
///      + Σ weight × min(Σ f(age) one way, Σ f(age) the other way)  over the kinds of `mutual`
/// ```
///
/// with f the decay; the exact sum is rounded to a whole number once, half to even, and bounded by `cap`. Where it comes to 0 there is no tie. Kinds in neither list
/// make none.
///
/// The default is the rule 1 + 3 × meetings + min(mails in, mails out), at most 100, with a decay of two rates; where the rates change is our
/// choice: half is left after half a year, nothing after two years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrengthRule {
    /// What it is worth that any interaction still counts, once for two people, without fading: 0..=100.
    pub base: u8,
    /// Kinds of which every interaction adds, whoever began it; each kind once in both lists, 0 to 100 kinds.
    pub each: Vec<InteractionWeight>,
    /// Kinds of which the lesser of both directions adds: what goes one way alone comes to the base.
    pub mutual: Vec<InteractionWeight>,
    /// The greatest strength: 1..=100.
    pub cap: u8,
    /// How an interaction fades with its age in days.
    pub decay: Decay,
}

/// What an interaction of a kind adds to a strength.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InteractionWeight {
    /// The kind, 1 to 256 bytes.
    pub kind: String,
    /// What it adds, whole: 0..=100.
    pub weight: u8,
}

impl Default for NetworkRule {
    /// What the default policy says; it stands in where a document says nothing.
    fn default() -> Self {
        Policy::default().document().network.clone()
    }
}

impl Default for StrengthRule {
    /// What the default policy says.
    fn default() -> Self {
        NetworkRule::default().strength
    }
}

pub(super) fn read(mut r: Reader<'_>) -> NetworkRule {
    let network = NetworkRule {
        reports_to: r.whole("reports_to", STRENGTH),
        hops: r.whole("hops", HOPS),
        paths: r.whole("paths", PATHS),
        influence_hops: r.whole("influence_hops", HOPS),
        strength: strength(read::object(&mut r, "strength")),
    };
    r.finish();
    network
}

fn strength(mut r: Reader<'_>) -> StrengthRule {
    let strength = StrengthRule {
        base: r.whole("base", WEIGHT),
        each: read::list(&mut r, "each").into_iter().map(weight).collect(),
        mutual: read::list(&mut r, "mutual").into_iter().map(weight).collect(),
        cap: r.whole("cap", STRENGTH),
        decay: read::decay(read::object(&mut r, "decay")),
    };
    r.finish();
    strength
}

fn weight(mut r: Reader<'_>) -> InteractionWeight {
    let weight = InteractionWeight { kind: r.text("kind"), weight: r.whole("weight", WEIGHT) };
    r.finish();
    weight
}

pub(super) fn write(network: &NetworkRule) -> Node {
    let strength = &network.strength;
    let weight = |one: &InteractionWeight| write::map([("kind", Node::text(&*one.kind)), ("weight", write::whole(one.weight))]);
    write::map([
        ("reports_to", write::whole(network.reports_to)),
        ("hops", write::whole(network.hops)),
        ("paths", write::whole(network.paths)),
        ("influence_hops", write::whole(network.influence_hops)),
        (
            "strength",
            write::map([
                ("base", write::whole(strength.base)),
                ("each", write::list(&strength.each, weight)),
                ("mutual", write::list(&strength.mutual, weight)),
                ("cap", write::whole(strength.cap)),
                ("decay", write::decay(&strength.decay)),
            ]),
        ),
    ])
}

pub(super) fn validate(check: &mut Check<'_>, at: &Place<'_>, network: &NetworkRule) {
    check.whole(&at.field("reports_to"), network.reports_to, &STRENGTH);
    check.whole(&at.field("hops"), network.hops, &HOPS);
    check.whole(&at.field("paths"), network.paths, &PATHS);
    check.whole(&at.field("influence_hops"), network.influence_hops, &HOPS);
    let (at, strength) = (&at.field("strength"), &network.strength);
    check.whole(&at.field("base"), strength.base, &WEIGHT);
    check.whole(&at.field("cap"), strength.cap, &STRENGTH);
    validate::decay(check, &at.field("decay"), &strength.decay);
    let mut seen = BTreeSet::new();
    for (field, list) in [("each", &strength.each), ("mutual", &strength.mutual)] {
        weights(check, &at.field(field), list, &mut seen);
    }
}

/// The weights of one list, each within its range, and each kind once in all lists.
fn weights<'d>(check: &mut Check<'_>, at: &Place<'_>, list: &'d [InteractionWeight], seen: &mut BTreeSet<&'d str>) {
    check.at_most(at, "kinds of interactions", list.len(), STRENGTH_KINDS_MAX);
    for (i, one) in list.iter().enumerate() {
        let row = at.item(i);
        check.text(&row.field("kind"), &one.kind, LABEL_BYTES_MAX);
        check.whole(&row.field("weight"), one.weight, &WEIGHT);
        if !seen.insert(&one.kind) {
            check.unfit(&row.field("kind"), alloc::format!("the kind `{}` is given twice", crate::problem::excerpt(&one.kind)));
        }
    }
}
