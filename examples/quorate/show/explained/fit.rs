//! What is not known of the account, and what it could do to its fit.

use std::io::Write;

use quorate::{Explanation, Fit};

use super::super::spoken::{Spoken, share};
use crate::exit::Stop;

/// Facts that are listed before the others are counted.
const FACTS: usize = 12;

/// Prints the facts that fit waits for, those first that could move it most; nothing when it waits for none.
pub fn print(out: &mut impl Write, explained: &Explanation, words: &Spoken<'_>, all: bool) -> Result<(), Stop> {
    let fit = &explained.assessment.fit;
    if fit.unknown.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", known(fit))?;
    let most = if all || fit.unknown.len() <= FACTS + 1 { fit.unknown.len() } else { FACTS };
    for unknown in fit.unknown.iter().take(most) {
        writeln!(out, "  {}", words.line(unknown))?;
    }
    if most < fit.unknown.len() {
        writeln!(out, "  and {} more (--all shows them)", fit.unknown.len() - most)?;
    }
    Ok(())
}

/// `Fit: between 30.0 and 80.0 of 100, tier open`, `Fit: 63.0 of 100, tier B`.
fn known(fit: &Fit) -> String {
    let tier = fit.tier.map_or_else(|| "tier open".into(), |tier| format!("tier {tier}"));
    match (fit.definite, fit.possible) {
        (Some(low), Some(high)) if low < high => format!("Fit: between {} and {} of 100, {tier}", share(low), share(high)),
        (Some(low), _) => format!("Fit: {} of 100, {tier}", share(low)),
        (None, _) => "Fit: not measured".into(),
    }
}
