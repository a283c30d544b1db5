//! Why: the rule as the tree it is, each question with what was found, who it is about, and whether it is met.

use std::io::Write;

use quorate::{Explanation, RuleKind, RuleNode, State, Truth, Wording};

use super::super::people::name;
use super::super::spoken::Spoken;
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
    let indent = "  ".repeat(depth);
    let mark = mark(node.answer);
    match &node.kind {
        RuleKind::Question(asked) => {
            let question = Part(|f| words.question(f, &asked.clause));
            writeln!(out, "{indent}{mark} {question}{}", people(asked.cites.contacts.iter(), words))?;
        }
        kind => {
            let title = match kind {
                RuleKind::Any => "one of these:".into(),
                RuleKind::Not => "not:".into(),
                RuleKind::AtLeast(n) => format!("at least {n} of these:"),
                _ => "all of these:".into(),
            };
            writeln!(out, "{indent}{mark} {title}")?;
            for child in &node.children {
                self::node(out, child, depth + 1, words)?;
            }
        }
    }
    Ok(())
}

const fn mark(answer: Option<Truth>) -> &'static str {
    match answer {
        Some(Truth::True) => "yes",
        Some(Truth::False) => "no ",
        Some(Truth::Unknown) => "?  ",
        None => "-  ",
    }
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
    let said: Vec<String> = decisive
        .map(|asked| {
            let question = Part(|f| words.question(f, &asked.clause));
            let negated = asked.clause.answer() == Some(Truth::True);
            if negated { format!("what must not be: {question}") } else { format!("what is missing: {question}") }
        })
        .collect();
    if said.is_empty() { "the rule is not met".into() } else { said.join("; ") }
}

/// A part of a sentence made by a formatter.
pub struct Part<F>(pub F);

impl<F: Fn(&mut std::fmt::Formatter<'_>) -> std::fmt::Result> std::fmt::Display for Part<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0(f)
    }
}
