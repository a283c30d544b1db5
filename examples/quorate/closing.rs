//! What came in, told below an answer for reading and beside one for machines.

use std::io::Write;
use std::path::Path;

use quorate::RunIntake;

use crate::args::ExplainFormat;
use crate::exit::{Stop, say};
use crate::policies::label;
use crate::ready::Ready;
use crate::show::summary;

/// The policies and the intake; `interactions` says what became of these.
pub fn lines(ready: &Ready, run: RunIntake, interactions: Vec<String>, rejects: Option<&Path>) -> Vec<String> {
    let mut lines: Vec<String> = ready.chosen.all().iter().map(|policy| format!("Policy: {}", label(policy.label()))).collect();
    lines.extend(summary::intake_on_a_day(&ready.data, run, interactions));
    lines.extend(summary::left_out(&ready.data, rejects));
    lines
}

/// Prints them below the answer, or says them.
pub fn print(out: &mut impl Write, format: ExplainFormat, lines: Vec<String>) -> Result<(), Stop> {
    for line in lines {
        match format {
            ExplainFormat::Text => writeln!(out, "{line}")?,
            ExplainFormat::Json => say(line),
        }
    }
    Ok(())
}
