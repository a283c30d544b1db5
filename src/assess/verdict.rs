//! The verdict, the first that applies: excluded, qualified by rule, qualified by hand-raise, not yet, insufficient data.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::fact::Fact;
use super::people::Crowd;
use super::reason::Reason;
use super::rule::{Answer, Facts, answers, combine, facts_open, truth};
use super::truth::Truth;
use crate::day::Day;
use crate::policy::{HandRaiseRule, Policy};

/// How a group came to be qualified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The qualification rule is true.
    Rule,
    /// Somebody asked to talk.
    HandRaise,
}

impl Route {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::HandRaise => "hand_raise",
        }
    }
}

/// What is to be said of a group. Never null, never a bare zero.
///
/// Ordered excluded < not yet < insufficient data < qualified, which is what "best" and "never lowers" mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is out, whatever it does.
    Excluded,
    /// The rule is false, or there is nobody.
    NotYet,
    /// Facts are needed to answer.
    InsufficientData,
    /// It is ready to be passed to sales.
    Qualified,
}

impl State {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::NotYet => "not_yet",
            Self::InsufficientData => "insufficient_data",
            Self::Qualified => "qualified",
        }
    }
}

/// A verdict with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// What is to be said.
    pub state: State,
    /// How, when it is qualified.
    pub route: Option<Route>,
    /// Why: what decided it first, then each question of the qualification rule with the value that answered it.
    pub reasons: Vec<Reason>,
}

/// A verdict before its reasons are put together.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "facts about one group, none of which follows from another")]
pub(crate) struct Judgement {
    pub(crate) state: State,
    pub(crate) route: Option<Route>,
    pub(crate) rule: Vec<Answer>,
    pub(crate) exclusion: Vec<Answer>,
    pub(crate) excluded_by_rule: bool,
    /// Whether the account carries an exclusion.
    pub(crate) marked: bool,
    /// Whether a disqualifying criterion of fit applies.
    pub(crate) disqualified: bool,
    pub(crate) nobody: bool,
    /// The newest hand-raise young enough to qualify.
    pub(crate) hand_raise: Option<Day>,
    /// Whether fit is known to be below the floor of a hand-raise.
    pub(crate) below_floor: bool,
    /// Facts that are unknown and that the verdict turns on or a reader should get.
    pub(crate) facts_needed: BTreeSet<Fact>,
}

impl Judgement {
    /// Whether the newest hand-raise is one that qualifies.
    pub(crate) const fn hand_raise_holds(&self) -> bool {
        self.hand_raise.is_some() && !self.below_floor
    }
}

/// Judges a group.
pub(crate) fn judge(policy: &Policy, facts: &Facts<'_>) -> Judgement {
    let compiled = policy.compiled();
    let exclusion = answers(&compiled.exclusion, facts);
    let rule = answers(&compiled.qualification, facts);
    let excluded_by_rule = combine(&compiled.exclusion, &exclusion) == Some(Truth::True);
    let Raised { hand_raise, floor, below_floor } = raised(policy, facts);
    let truth = combine(&compiled.qualification, &rule).unwrap_or(Truth::True);
    let (marked, disqualified, nobody) = (facts.account.excluded.is_some(), facts.fit.disqualified, facts.figures.members.is_empty());
    let (state, route) = decide(marked || disqualified || excluded_by_rule, truth, hand_raise.is_some() && !below_floor, nobody);
    let facts_needed = facts_needed(state, route, &rule, floor, facts);
    Judgement { state, route, rule, exclusion, excluded_by_rule, marked, disqualified, nobody, hand_raise, below_floor, facts_needed }
}

/// Who asked to talk, and whether fit speaks against it.
struct Raised {
    /// The newest hand-raise young enough to qualify.
    hand_raise: Option<Day>,
    /// Whether fit reaches the floor.
    floor: Truth,
    /// Whether it is known not to.
    below_floor: bool,
}

fn raised(policy: &Policy, facts: &Facts<'_>) -> Raised {
    let raise = &policy.document().hand_raise;
    let newest = newest_hand_raise(raise, facts.crowd).max(facts.supposed_day(raise.tier, None));
    let floor = facts.fit.at_least(policy.compiled(), raise.fit_floor);
    let hand_raise = newest.filter(|day| facts.day.days_since(*day) <= i32::from(raise.within_days));
    Raised { hand_raise, floor, below_floor: facts.fit.configured() && floor == Truth::False }
}

/// The verdict and its route alone, as [`judge`] finds them, each rule being asked only until it is settled.
pub(crate) fn state(policy: &Policy, facts: &Facts<'_>) -> (State, Option<Route>) {
    let compiled = policy.compiled();
    let excluded = facts.account.excluded.is_some() || facts.fit.disqualified || truth(&compiled.exclusion, facts) == Some(Truth::True);
    let Raised { hand_raise, below_floor, .. } = raised(policy, facts);
    let rule = if excluded { Truth::False } else { truth(&compiled.qualification, facts).unwrap_or(Truth::True) };
    decide(excluded, rule, hand_raise.is_some() && !below_floor, facts.figures.members.is_empty())
}

/// The first verdict that applies, and its route. `raised`: somebody asked to talk, and nothing speaks against it.
pub(crate) const fn decide(excluded: bool, rule: Truth, raised: bool, nobody: bool) -> (State, Option<Route>) {
    match rule {
        _ if excluded => (State::Excluded, None),
        Truth::True => (State::Qualified, Some(Route::Rule)),
        _ if raised => (State::Qualified, Some(Route::HandRaise)),
        Truth::Unknown if !nobody => (State::InsufficientData, None),
        Truth::False | Truth::Unknown => (State::NotYet, None),
    }
}

/// The newest usable signal of the hand-raise tier or above, of a member who is no opponent, at any age.
pub(crate) fn newest_hand_raise(raise: &HandRaiseRule, crowd: &Crowd) -> Option<Day> {
    crowd.heard.newest_from_tier(raise.tier).day()
}

/// The facts that the rule waits for; those that could still lower a hand-raise; and those of
/// a disqualifier that might apply.
fn facts_needed(state: State, route: Option<Route>, rule: &[Answer], floor: Truth, facts: &Facts<'_>) -> BTreeSet<Fact> {
    let mut needed = BTreeSet::new();
    if state == State::InsufficientData {
        needed.extend(facts_open(&facts.policy.qualification, rule));
    }
    if route == Some(Route::HandRaise) && floor == Truth::Unknown {
        needed.extend(facts.fit.shown.moving().cloned());
    }
    if state != State::Excluded {
        needed.extend(facts.fit.shown.disqualifying().cloned());
    }
    needed
}
