//! Why: the rule as the tree it is, each question with what was found, who it is about, and whether it is met.

use std::fmt;
use std::io::Write;

use quorate::{Clause, Explanation, RuleKind, RuleNode, State, Truth, Wording};

use super::super::people::name;
use super::super::spoken::Spoken;
use crate::exit::Stop;
use crate::words::shown_whole;

/// Letters of a part that is told in the first lines; longer ones are only pointed at.
const SENTENCE: usize = 160;
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

/// What keeps a group from being qualified: every part of the rule that is not met.
pub fn lack(explained: &Explanation, words: &Spoken<'_>) -> String {
    if explained.assessment.members.is_empty() {
        return "nobody is known".into();
    }
    let rule = &explained.qualification;
    let parts: Vec<&RuleNode> = if matches!(rule.kind, RuleKind::All) { rule.children.iter().collect() } else { vec![rule] };
    let unmet: Vec<&RuleNode> = parts.into_iter().filter(|part| part.answer == Some(Truth::False)).collect();
    let said: Vec<String> = unmet.iter().map(|part| said(part, words)).collect();
    format!("not met {} {}", if unmet.len() == 1 { "is" } else { "are" }, said.join("; "))
}

/// A part that is not met, in a few words where few will do.
fn said(part: &RuleNode, words: &Spoken<'_>) -> String {
    let whole = in_words(part, words);
    if whole.chars().count() <= SENTENCE { whole } else { "one of the alternatives below".into() }
}

fn in_words(part: &RuleNode, words: &Spoken<'_>) -> String {
    let unmet = |joint: &str| {
        let open = part.children.iter().filter(|child| child.answer == Some(Truth::False));
        open.map(|child| in_words(child, words)).collect::<Vec<_>>().join(joint)
    };
    match &part.kind {
        RuleKind::Question(asked) => shown_whole(&Question(words, &asked.clause).to_string()),
        RuleKind::Any => format!("either {}", unmet(" or ")),
        RuleKind::AtLeast(n) => format!("{n} of: {}", unmet(", ")),
        RuleKind::All => unmet(" and "),
        RuleKind::Not => format!("that there is not: {}", part.children.iter().map(|child| in_words(child, words)).collect::<String>()),
    }
}

/// What a question asks and what it found.
struct Question<'a>(&'a Spoken<'a>, &'a Clause);

impl fmt::Display for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.question(f, self.1)
    }
}
