//! What is missing between us and those who decide: nobody who leads there, or one person alone.

use std::io::Write;

use quorate::{Explanation, GapCode};

use super::super::spoken::Spoken;
use crate::exit::Stop;

/// Prints the gaps that only the lines between people show; nothing where there are none.
pub fn print(out: &mut impl Write, explained: &Explanation, words: &Spoken<'_>) -> Result<(), Stop> {
    let of_lines = |code: GapCode| matches!(code, GapCode::DecisionMakerUnreachable | GapCode::SoleBridge);
    let mut gaps = explained.assessment.gaps.iter().filter(|gap| of_lines(gap.code)).peekable();
    if gaps.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "\nThe lines to those who decide (`quorate paths` shows the ways)")?;
    for gap in gaps {
        writeln!(out, "  - {}", words.line(gap))?;
    }
    Ok(())
}
