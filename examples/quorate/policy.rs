//! `quorate policy`: the default policy as a document to start from, or a check of one.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use quorate::Policy;

use crate::args::PolicyArgs;
use crate::exit::{Done, Stop};
use crate::policies::{Chosen, note};
use crate::words::count;

pub fn run(args: &PolicyArgs) -> Result<Done, Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match &args.check {
        None => print_default(&mut out)?,
        Some(path) => check(&mut out, path)?,
    };
    out.flush()?;
    Ok(done)
}

fn print_default(out: &mut impl Write) -> Result<Done, Stop> {
    serde_json::to_writer_pretty(&mut *out, &Policy::default())?;
    writeln!(out)?;
    Ok(Done::Well)
}

fn check(out: &mut impl Write, path: &Path) -> Result<Done, Stop> {
    match Chosen::check(path)? {
        Ok(chosen) => {
            for policy in chosen.all() {
                writeln!(out, "valid: {} {}, hash {}", policy.name(), policy.version(), policy.hash())?;
            }
            for finding in chosen.findings() {
                writeln!(out, "{}: {}", path.display(), note(&finding))?;
            }
            Ok(Done::Well)
        }
        Err(problems) => {
            for problem in &problems {
                writeln!(out, "{}: {problem}", path.display())?;
            }
            writeln!(out, "{}", count(problems.len() as u64, "problem", "problems"))?;
            Ok(Done::Findings)
        }
    }
}
