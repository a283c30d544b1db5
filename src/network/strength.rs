//! Ties out of dated interactions: how well two people know each other on a day.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use crate::account::{Tie, TieKind};
use crate::contact::Known;
use crate::day::Day;
use crate::exact::div_round_half_even;
use crate::id::ContactId;
use crate::policy::{InteractionWeight, StrengthRule, factors};

/// A meeting, a mail, or whatever else two people had to do with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interaction {
    /// Who began it: the sender of a mail.
    pub from: ContactId,
    /// With whom.
    pub to: ContactId,
    /// The day.
    pub day: Day,
    /// The kind, in the words of the data: `meeting`, `mail`.
    pub kind: String,
}

/// What became of interactions. The numbers add up to all that were given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InteractionCounts {
    /// Counted.
    pub counted: u64,
    /// Of kinds that the rule does not name, by kind: they make no tie.
    pub other_kinds: BTreeMap<String, u64>,
    /// With somebody who has left, or whose record does not count on the day.
    pub not_there: u64,
    /// With oneself.
    pub with_oneself: u64,
    /// After the day.
    pub future: u64,
    /// So old that nothing is left of it.
    pub faded: u64,
}

/// Ties on a day, and what became of the interactions that they are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TiesOfInteractions {
    /// One tie, [`TieKind::Knows`], for every two people of whom an interaction still counts, unless it rounds to nothing; by the lesser id, then the greater one.
    pub ties: Vec<Tie>,
    /// What became of the interactions.
    pub counts: InteractionCounts,
}

/// What two people had to do with each other, by kind: each way, in billionths of an interaction.
type Pair<'a> = BTreeMap<&'a str, (i128, i128)>;

/// The ties that follow from interactions on a day. Ids are taken as they are; [`Network::with_interactions`](crate::Network::with_interactions) knows
/// which of them are one person.
///
/// O(interactions · log pairs). The order of the interactions changes nothing.
///
/// ```
/// use quorate::{Interaction, StrengthRule, ties_of_interactions};
///
/// let on = |from: &str, to: &str, day: &str, kind: &str| -> Result<_, Box<dyn std::error::Error>> {
///     Ok(Interaction { from: from.parse()?, to: to.parse()?, day: day.parse()?, kind: kind.into() })
/// };
/// let interactions = [
///     on("ann", "bea", "2025-05-05", "meeting")?,
///     on("ann", "bea", "2025-05-05", "mail")?,
///     on("ann", "bea", "2025-05-05", "mail")?,
///     on("bea", "ann", "2025-05-04", "mail")?,
///     on("ann", "ann", "2025-05-05", "mail")?,
/// ];
/// let found = ties_of_interactions(&interactions, &StrengthRule::default(), "2025-05-05".parse()?);
/// // 1 + 3 for the meeting + 1 for mail that goes both ways, a day old: 0.997….
/// assert_eq!(found.ties[0].strength, 5);
/// assert_eq!(found.counts.with_oneself, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ties_of_interactions(interactions: &[Interaction], rule: &StrengthRule, day: Day) -> TiesOfInteractions {
    let mut sums = Sums::new(rule, day);
    for one in interactions {
        sums.add(Some(&one.from), Some(&one.to), one);
    }
    let (strengths, counts) = sums.finish();
    let tie = |(from, to, strength): (&ContactId, &ContactId, u8)| Tie {
        from: from.clone(),
        to: to.clone(),
        kind: TieKind::Knows,
        strength,
        known: Known::ALWAYS,
    };
    TiesOfInteractions { ties: strengths.into_iter().map(tie).collect(), counts }
}

/// The interactions of every two people added up by kind; people are whatever tells them apart.
pub(super) struct Sums<'a, P> {
    rule: &'a StrengthRule,
    day: Day,
    /// What is left of an interaction by age.
    factors: Vec<i64>,
    pairs: BTreeMap<(P, P), Pair<'a>>,
    counts: InteractionCounts,
}

impl<'a, P: Copy + Ord> Sums<'a, P> {
    pub(super) fn new(rule: &'a StrengthRule, day: Day) -> Self {
        Self { rule, day, factors: factors(&rule.decay, DAYS), pairs: BTreeMap::new(), counts: InteractionCounts::default() }
    }

    /// Adds an interaction of these people; `None`: somebody who is not there.
    pub(super) fn add(&mut self, from: Option<P>, to: Option<P>, one: &Interaction) {
        let (Some(from), Some(to)) = (from, to) else {
            self.counts.not_there += 1;
            return;
        };
        let age = usize::try_from(self.day.days_since(one.day));
        let factor = age.map(|age| self.factors.get(age).copied().unwrap_or(0));
        let mut weights = self.rule.each.iter().chain(&self.rule.mutual);
        match (factor, weights.find(|weight| weight.kind == one.kind)) {
            _ if from == to => self.counts.with_oneself += 1,
            (Err(_), _) => self.counts.future += 1,
            (Ok(0), _) => self.counts.faded += 1,
            (Ok(_), None) => *self.counts.other_kinds.entry(one.kind.clone()).or_default() += 1,
            (Ok(factor), Some(weight)) => {
                self.counts.counted += 1;
                let ends = (from.min(to), from.max(to));
                let (there, back) = self.pairs.entry(ends).or_default().entry(&weight.kind).or_default();
                *(if from < to { there } else { back }) += i128::from(factor);
            }
        }
    }

    /// How strong the tie of every two people is, where there is one, and what became of the interactions.
    pub(super) fn finish(self) -> (Vec<(P, P, u8)>, InteractionCounts) {
        let rule = self.rule;
        let strengths = self.pairs.into_iter().filter_map(|((one, other), pair)| Some((one, other, strength(rule, &pair)?)));
        (strengths.collect(), self.counts)
    }
}

/// Ages in the table of factors: a decay that never ends goes on for ten years, as windows of signals do.
const DAYS: usize = 3_651;

/// Billionths in one.
const ONE: i128 = 1_000_000_000;

/// `None`: nothing is left when rounded.
fn strength(rule: &StrengthRule, pair: &Pair<'_>) -> Option<u8> {
    let sums = |weight: &InteractionWeight| pair.get(weight.kind.as_str()).copied().unwrap_or_default();
    let each = rule.each.iter().map(|weight| {
        let (there, back) = sums(weight);
        i128::from(weight.weight) * (there + back)
    });
    let mutual = rule.mutual.iter().map(|weight| {
        let (there, back) = sums(weight);
        i128::from(weight.weight) * there.min(back)
    });
    let exact = i128::from(rule.base) * ONE + each.sum::<i128>() + mutual.sum::<i128>();
    // A rule of a policy has a cap of 1..=100; of another, what is out of range is taken as the nearest that is not.
    let cap = rule.cap.clamp(1, 100);
    let whole = u8::try_from(div_round_half_even(exact, ONE)).map_or(cap, |whole| whole.min(cap));
    (whole > 0).then_some(whole)
}
