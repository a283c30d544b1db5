//! Day after day: every group's standing, and its moves.

use std::collections::BTreeMap;

use indicatif::ProgressBar;
use quorate::{Advance, Assessor, Clause, Day, GroupAssessment, GroupId, Move, MoveReason, Reason, Route, SolutionName, Standing, Truth};

use crate::exit::Stop;

/// Whose history is told.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    Everybody,
    Account(&'a str),
    Group(&'a str),
}

/// Which days are gone through, and which are shown.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// The first day of the history; every group is out before it.
    pub begin: Day,
    /// The first day shown; not before the history begins.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

/// A move, and whose it is.
#[derive(Debug)]
pub struct Told {
    pub account: String,
    pub solution: Option<SolutionName>,
    pub moved: Move,
    /// Where it came to stand by the rule: the questions of the rule that the day before answered otherwise.
    pub turned: Vec<Reason>,
}

/// The groups that are in on a day.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inside {
    pub by_rule: u64,
    pub by_request: u64,
}

/// What became of the groups.
#[derive(Debug, Default)]
pub struct History {
    /// The moves on the days shown, by day, then account, then group.
    pub moves: Vec<Told>,
    /// Before the first day shown.
    pub before: Inside,
    /// At the end of the last.
    pub after: Inside,
    pub groups: u64,
    standings: BTreeMap<String, Standing>,
}

impl Inside {
    pub const fn total(self) -> u64 {
        self.by_rule + self.by_request
    }
}

impl History {
    /// Goes through the days, and keeps the moves of those that are shown. The bar moves by one a day.
    ///
    /// # Errors
    /// There is no such account or group.
    pub fn tell(assessor: &Assessor<'_>, whose: Whose<'_>, days: Days, bar: &ProgressBar) -> Result<Self, Stop> {
        let mut history = Self::default();
        // The first day of all has none before it; nothing that anybody asks for happened then.
        let mut before = days.begin.minus_days(1);
        while let Some(day) = before.next().filter(|day| *day <= days.to) {
            if day == days.from {
                history.before = history.inside();
            }
            for group in groups(assessor, whose, day)? {
                let Some(moved) = history.live(&group, before)?.filter(|moved| moved.day >= days.from) else { continue };
                let turned = if by_rule(&moved) { turned(assessor, &group, before) } else { Vec::new() };
                history.moves.push(Told { account: group.account_id().into(), solution: group.solution.clone(), moved, turned });
            }
            bar.inc(1);
            before = day;
        }
        history.after = history.inside();
        history.groups = history.standings.len() as u64;
        Ok(history)
    }

    /// One day of one group; one that is new was out until the day before.
    fn live(&mut self, group: &GroupAssessment, before: Day) -> Result<Option<Move>, Stop> {
        let standing = match self.standings.remove(group.group_id()) {
            Some(standing) => standing,
            None => Standing::never_in(GroupId::new(group.group_id()).map_err(|error| Stop::bad(error.to_string()))?, before),
        };
        let Advance { standing, moved } = standing.advance(group).map_err(|error| Stop::bad(error.to_string()))?;
        self.standings.insert(group.group_id().into(), standing);
        Ok(moved)
    }

    fn inside(&self) -> Inside {
        let by = |route: Route| self.standings.values().filter(|standing| standing.place().route() == Some(route)).count() as u64;
        Inside { by_rule: by(Route::Rule), by_request: by(Route::HandRaise) }
    }
}

/// The groups on a day, by account, then group.
fn groups<'a>(assessor: &'a Assessor<'_>, whose: Whose<'_>, day: Day) -> Result<Box<dyn Iterator<Item = GroupAssessment> + 'a>, Stop> {
    let unknown = |error: quorate::UnknownId| Stop::bad(error.to_string());
    Ok(match whose {
        Whose::Everybody => Box::new(assessor.groups(day)),
        Whose::Account(id) => {
            let account = assessor.account(id, day).map_err(unknown)?;
            Box::new(account.into_iter().flat_map(|account| account.groups().to_vec()))
        }
        Whose::Group(id) => Box::new(assessor.group(id, day).map_err(unknown)?.into_iter()),
    })
}

fn by_rule(moved: &Move) -> bool {
    matches!(moved.reason, MoveReason::RuleTrue | MoveReason::RuleTookOver)
}

/// What made the rule true on that day.
fn turned(assessor: &Assessor<'_>, group: &GroupAssessment, before: Day) -> Vec<Reason> {
    let Ok(Some(yesterday)) = assessor.group(group.group_id(), before) else { return Vec::new() };
    let earlier: BTreeMap<&str, Option<Truth>> = questions(&yesterday).map(|(clause, _)| (clause.path(), clause.answer())).collect();
    let news = questions(group).filter(|(clause, _)| earlier.get(clause.path()) != Some(&clause.answer()));
    news.map(|(_, reason)| reason.clone()).collect()
}

/// The questions of the qualification rule.
fn questions(group: &GroupAssessment) -> impl Iterator<Item = (&Clause, &Reason)> {
    let clauses = group.verdict.reasons.iter().filter_map(|reason| match reason {
        Reason::Clause(clause) => Some((clause, reason)),
        _ => None,
    });
    clauses.filter(|(clause, _)| clause.path().starts_with("qualification"))
}
