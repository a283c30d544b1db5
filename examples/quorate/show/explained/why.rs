//! Why: the rule as the tree it is, each question with what was found, who it is about, and whether it is met.

use std::fmt;
use std::io::Write;

use quorate::{Asked, Clause, Explanation, RuleKind, RuleNode, State, Truth, Wording};

use super::super::people::name;
use super::super::spoken::{Spoken, one_line};
use crate::exit::Stop;

/// People named beside a question before the others are counted.
const NAMED: usize = 3;

/// Prints the qualification rule, and the exclusion rule where that excludes.
pub fn print(out: &mut impl Write, explained: &Explanation, words: &Spoken<'_>) -> Result<(), Stop> {
    writeln!(out, "\nWhy")?;
    let excluded = explained.assessment.verdict.state == State::Excluded;
    if excluded && explained.exclusion.answer == Some(Truth::True) {
        writeln!(out, "  What excludes:")?;
        node(out, &explained.exclusion, 2, words)?;
        writeln!(out, "  What would qualify:")?;
    }
    match explained.qualification.kind {
        RuleKind::All => {
            for child in &explained.qualification.children {
                node(out, child, 1, words)?;
            }
        }
        _ => node(out, &explained.qualification, 1, words)?,
    }
    Ok(())
}

fn node(out: &mut impl Write, node: &RuleNode, depth: usize, words: &Spoken<'_>) -> Result<(), Stop> {
    let about = node.question().map_or_else(String::new, |asked| people(asked.cites.contacts.iter(), words));
    writeln!(out, "{}{}{about}", "  ".repeat(depth), words.line(node))?;
    for child in &node.children {
        self::node(out, child, depth + 1, words)?;
    }
    Ok(())
}

/// ` - Ann Lee, Ben Orr and 2 more`, or nothing.
fn people<'i>(contacts: impl ExactSizeIterator<Item = &'i str>, words: &Spoken<'_>) -> String {
    let more = contacts.len().saturating_sub(NAMED);
    let names: Vec<String> = contacts.take(NAMED).map(|id| name(id, words.graph)).collect();
    match (names.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!(" - {}", names.join(", ")),
        (false, more) => format!(" - {} and {more} more", names.join(", ")),
    }
}

/// What keeps a group from being qualified: the questions that decide.
pub fn lack(explained: &Explanation, words: &Spoken<'_>) -> String {
    if explained.assessment.members.is_empty() {
        return "nobody is known".into();
    }
    let decisive = explained.qualification.nodes().into_iter().filter(|node| node.decisive).filter_map(RuleNode::question);
    let (too_much, missing): (Vec<_>, Vec<_>) = decisive.partition(|asked| asked.clause.answer() == Some(Truth::True));
    let list =
        |asked: &[&Asked]| asked.iter().map(|one| one_line(&Question(words, &one.clause).to_string())).collect::<Vec<_>>().join("; or ");
    match (missing.is_empty(), too_much.is_empty()) {
        (false, true) => format!("it lacks {}", list(&missing)),
        (true, false) => format!("what must not be: {}", list(&too_much)),
        (false, false) => format!("it lacks {}; and what must not be: {}", list(&missing), list(&too_much)),
        (true, true) => "the rule is not met".into(),
    }
}

/// What a question asks and what it found.
struct Question<'a>(&'a Spoken<'a>, &'a Clause);

impl fmt::Display for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.question(f, self.1)
    }
}
