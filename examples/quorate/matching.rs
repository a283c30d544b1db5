//! How contacts, signals and leads are matched in a run.

use std::fs;
use std::path::Path;

use quorate::MatchRules;

use crate::args::DataArgs;
use crate::exit::{Stop, say};

/// The rules of a run, if anything is matched at all.
#[derive(Debug)]
pub struct Rules(Option<MatchRules>);

impl Rules {
    /// Those of a file, the built-in ones, or none. What of a file changes nothing is said.
    ///
    /// # Errors
    /// The file cannot be read, or holds no valid rules: every problem.
    pub fn load(args: &DataArgs) -> Result<Self, Stop> {
        if args.no_matching {
            return Ok(Self(None));
        }
        args.match_rules.as_deref().map_or_else(|| Ok(MatchRules::default()), read).map(|rules| Self(Some(rules)))
    }

    pub const fn get(&self) -> Option<&MatchRules> {
        self.0.as_ref()
    }
}

fn read(path: &Path) -> Result<MatchRules, Stop> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| Stop::bad(format!("match rules {shown} cannot be read: {error}")))?;
    let read = MatchRules::from_json(text.trim_start_matches('\u{feff}'));
    let rules = read.map_err(|problems| Stop::Bad(problems.iter().map(|problem| format!("match rules {shown}: {problem}")).collect()))?;
    rules.findings().iter().for_each(|finding| say(format!("note: match rules {shown}: {finding}")));
    Ok(rules)
}
