//! What the words of the rule mean under this policy, for those that it uses.

use std::io::Write;

use quorate::{Explanation, FitTier, Measure, Policy, PolicyDocument, Predicate, Tier};

use super::super::people::spoken;
use super::advice::listed;
use crate::exit::Stop;

/// Prints a line for each word that needs one.
pub fn print(out: &mut impl Write, explained: &Explanation, policy: Option<&Policy>) -> Result<(), Stop> {
    let Some(document) = policy.map(Policy::document) else { return Ok(()) };
    let mut lines: Vec<String> = Vec::new();
    for asked in explained.qualification.questions().filter(|asked| asked.clause.answer().is_some()) {
        for line in meanings(asked.clause.asked(), document) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    for line in lines {
        writeln!(out, "  ({line})")?;
    }
    Ok(())
}

fn meanings(asked: &Predicate, document: &PolicyDocument) -> Vec<String> {
    match asked {
        Predicate::EngagedPeople { .. } => vec![engaged(document)],
        Predicate::Holders { measure, .. } | Predicate::Coverage { measure, .. } => match measure {
            Measure::Engaged => vec![engaged(document)],
            Measure::Current => vec![format!("heard of lately: engaged, and active in the last {} days", document.person.current_days)],
            Measure::Filled | Measure::Possible => Vec::new(),
        },
        Predicate::HandRaise { tier, .. } | Predicate::Channels { tier, .. } => activity(*tier, document).into_iter().collect(),
        Predicate::Fit { tier, .. } => fit(*tier, document).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn engaged(document: &PolicyDocument) -> String {
    format!("engaged: has at least {} points", document.person.engaged_points)
}

/// The kinds of exactly that tier; those of stronger ones go without saying.
fn activity(tier: Tier, document: &PolicyDocument) -> Option<String> {
    let kinds: Vec<String> = document.kinds.iter().filter(|kind| kind.tier == tier).map(|kind| spoken(kind.name.as_str())).collect();
    (!kinds.is_empty()).then(|| format!("{tier} activity: {}", listed(&kinds, "or")))
}

fn fit(tier: FitTier, document: &PolicyDocument) -> Option<String> {
    match tier {
        FitTier::A => Some(format!("fit of tier A: at least {} of 100", document.fit.tiers.a)),
        FitTier::B => Some(format!("fit of tier B: at least {} of 100", document.fit.tiers.b)),
        FitTier::C | FitTier::D => None,
    }
}
