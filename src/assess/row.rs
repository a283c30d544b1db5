//! A group's row in the table of a portfolio: every number and answer of an assessment, without the texts and lists that explain them.

use super::coverage::{ByRole, Seats, count_seats, readiness_value, seats};
use super::figures::Figures;
use super::fit::{Fit, FitFigures};
use super::gaps::{Found, GapCode, GapFacts, Severity, each_gap};
use super::group::Bench;
use super::groups::group_text;
use super::intake::Intake;
use super::momentum::{Momentum, momentum};
use super::people::{Crowd, People, people, threading};
use super::reading::GroupReading;
use super::rule::Facts;
use super::score::Scratch;
use super::stage::Stage;
use super::verdict::{Route, State, state};
use crate::day::Day;
use crate::exact::{Percent, Points};
use crate::policy::{Measure, PolicyLabel};
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// One group on a day, as a row of a table: what it comes to, and no lists of who and why.
///
/// Every value equals that of [`GroupAssessment`](crate::GroupAssessment) on that day. All of it is found for each row: who belongs to the group,
/// what every signal of the account became, momentum, seats, fit, verdict, stage and gaps. What a whole assessment has beside is made of texts and
/// lists; ask for it with [`Assessor::group`](crate::Assessor::group) where somebody wants to read it.
#[derive(Debug)]
pub struct PortfolioRow<'r> {
    bench: &'r Bench<'r>,
    figures: &'r Figures,
    gaps: &'r [Found],
    seats: &'r Seats,
    crowd: &'r Crowd,
    fit: FitFigures,
    momentum: Momentum,
    readiness: Percent,
    verdict: (State, Option<Route>),
    stage: Stage,
    intake: &'r Intake,
}

/// Room that is used again for each row.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    pub(crate) scratch: Scratch,
    reading: GroupReading,
    pub(super) findings: Findings,
}

/// What is found of a row's people and seats, in room that is used again.
#[derive(Debug, Default)]
pub(super) struct Findings {
    gaps: Vec<Found>,
    seats: Seats,
    crowd: Crowd,
    holders: ByRole,
}

/// Looks at one group. O(entries of the account's contacts); with what the account's groups share, `outsiders`, of its members alone.
pub(crate) fn row<'r>(bench: &'r Bench<'r>, outsiders: Option<&Intake>, desk: &'r mut Desk) -> PortfolioRow<'r> {
    let Desk { scratch, reading, findings } = desk;
    reading.read(bench, outsiders, scratch);
    row_of(bench, reading, findings, scratch)
}

/// The row of a group whose signals are read. O(members × rules), where neither sales history nor a criterion of fit (`intent`) asks for signals again.
pub(super) fn row_of<'r>(
    bench: &'r Bench<'r>,
    reading: &'r GroupReading,
    findings: &'r mut Findings,
    scratch: &mut Scratch,
) -> PortfolioRow<'r> {
    let GroupReading { roll, figures, before, intake } = reading;
    let Findings { gaps, seats: shown, crowd, holders } = findings;
    let (policy, template) = (bench.policy(), bench.template().0);
    let momentum = momentum(policy, figures.points, *before);
    let profile = bench.profile();
    let fit = bench.fit(&roll.members, None, &profile);
    holders.clear(policy);
    crowd.gather(figures, |member| holders.add(member));
    let readiness = readiness_value(policy, template, holders, || figures.members.iter());
    count_seats(shown, template, holders);
    let allies = if crowd.opponents > 0 { Cow::Owned(seats(template, figures, false)) } else { Cow::Borrowed(&*shown) };
    let facts = Facts {
        policy,
        day: bench.day,
        account: &profile,
        figures,
        crowd,
        seats: &allies,
        readiness,
        momentum: &momentum,
        fit: &fit,
        supposed: &[],
    };
    let verdict = state(bench.bound.policy, &facts);
    let stage = bench.stage(roll, &facts, verdict.0, scratch);
    let threads = threading(crowd.engaged, &bench.bound.policy.document().group.threads);
    gaps.clear();
    each_gap(&GapFacts { policy, template, figures, seats: shown, threads, crowd }, |found| gaps.push(found));
    PortfolioRow { bench, figures, gaps, seats: shown, crowd, fit, momentum, readiness, verdict, stage, intake }
}

impl PortfolioRow<'_> {
    /// The day.
    pub const fn as_of(&self) -> Day {
        self.bench.day
    }

    /// The account's id.
    pub fn account_id(&self) -> &str {
        self.bench.graph.account_names().text(self.bench.group.account)
    }

    /// The group's id; that of the account for a default group.
    pub fn group_id(&self) -> &str {
        group_text(self.bench.graph, self.bench.group)
    }

    /// The policy that it was judged by.
    pub fn policy(&self) -> &PolicyLabel {
        self.bench.bound.policy.label()
    }

    /// The verdict.
    pub const fn state(&self) -> State {
        self.verdict.0
    }

    /// How it came to be qualified, if it is.
    pub const fn route(&self) -> Option<Route> {
        self.verdict.1
    }

    /// Where it stands.
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// Its points, exact.
    pub const fn points(&self) -> Points {
        self.figures.points
    }

    /// How ready it is, 0..=100 to 4 decimals, rounded once.
    pub const fn readiness(&self) -> Percent {
        self.readiness
    }

    /// How points have changed.
    pub const fn momentum(&self) -> &Momentum {
        &self.momentum
    }

    /// How much of the seats is filled, opponents counted: 0..=100 to 4 decimals, half to even, from the exact mean over the roles; so are the next three.
    pub fn filled(&self) -> Percent {
        self.seats.percent(Measure::Filled)
    }

    /// How much of the seats has an engaged holder.
    pub fn engaged(&self) -> Percent {
        self.seats.percent(Measure::Engaged)
    }

    /// How much of the seats has a holder who was heard of lately.
    pub fn current(&self) -> Percent {
        self.seats.percent(Measure::Current)
    }

    /// How much of the seats would be filled if the members without a role took open ones.
    pub fn possible(&self) -> Percent {
        self.seats.percent(Measure::Possible)
    }

    /// How many people carry the interest. Found when asked for. O(members).
    pub fn people(&self) -> People {
        people(self.figures, self.crowd, &self.bench.bound.policy.document().group.threads)
    }

    /// How well the account suits us.
    pub const fn fit(&self) -> &Fit {
        &self.fit.shown
    }

    /// What became of every known signal of the account and its contacts.
    pub const fn intake(&self) -> &Intake {
        self.intake
    }

    /// What is missing, each with how grave it is, in the order of an assessment.
    pub fn gaps(&self) -> impl Iterator<Item = (GapCode, Severity)> + '_ {
        self.gaps.iter().map(|gap| (gap.code, gap.severity))
    }
}
