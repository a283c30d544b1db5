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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InteractionCounts {
    /// Counted.
    pub counted: u64,
    /// Of a kind that the rule does not name: it counts for the base alone.
    pub other_kind: u64,
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
    /// One tie, [`TieKind::Knows`], for every two people of whom an interaction still counts; by the lesser id, then the greater one.
    pub ties: Vec<Tie>,
    /// What became of the interactions.
    pub counts: InteractionCounts,
}

/// What two people had to do with each other, by kind: each way, in billionths of an interaction.
type Pair<'a> = BTreeMap<&'a str, (i128, i128)>;

/// The ties that follow from interactions on a day. Which two people interacted matters, not how the graph has them: ids are taken as they are.
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
    let table = factors(&rule.decay, DAYS);
    let mut counts = InteractionCounts::default();
    let mut pairs: BTreeMap<(&ContactId, &ContactId), Pair<'_>> = BTreeMap::new();
    for one in interactions {
        let age = day.days_since(one.day);
        let factor = usize::try_from(age).ok().map(|age| table.get(age).copied().unwrap_or(0));
        match factor {
            _ if one.from == one.to => counts.with_oneself += 1,
            None => counts.future += 1,
            Some(0) => counts.faded += 1,
            Some(factor) => {
                let known = rule.each.iter().chain(&rule.mutual).any(|weight| weight.kind == one.kind);
                counts.counted += u64::from(known);
                counts.other_kind += u64::from(!known);
                let forwards = one.from < one.to;
                let ends = if forwards { (&one.from, &one.to) } else { (&one.to, &one.from) };
                let sums = pairs.entry(ends).or_default().entry(&one.kind).or_default();
                *(if forwards { &mut sums.0 } else { &mut sums.1 }) += i128::from(factor);
            }
        }
    }
    let tie = |((from, to), pair): ((&ContactId, &ContactId), Pair<'_>)| Tie {
        from: from.clone(),
        to: to.clone(),
        kind: TieKind::Knows,
        strength: strength(rule, &pair),
        known: Known::ALWAYS,
    };
    TiesOfInteractions { ties: pairs.into_iter().map(tie).collect(), counts }
}

/// Ages in the table of factors: a decay that never ends goes on for ten years, as windows of signals do.
const DAYS: usize = 3_651;

/// Billionths in one.
const ONE: i128 = 1_000_000_000;

fn strength(rule: &StrengthRule, pair: &Pair<'_>) -> u8 {
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
    u8::try_from(div_round_half_even(exact, ONE)).map_or(cap, |whole| whole.clamp(1, cap))
}
