//! Contenders held against the past.

use alloc::collections::BTreeSet;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::case::{Case, Cases};
use super::error::BackTestError;
use super::first_days::FirstDays;
use super::look::Look;
use super::measure::{part, steps, verdict, workload};
use super::options::{BACK_TEST_CASES_LEAST, BACK_TEST_CASES_WARN, BackTestOptions, Contender, DecisionDays, Judges};
use super::report::{BackTest, BackTestWarning, ContenderResult};
use super::split::Split;
use super::timeline::Timeline;
use crate::account::Outcome;
use crate::assess::Policies;
use crate::contact::Known;
use crate::day::Day;
use crate::exact::scaled;
use crate::graph::AccountGraph;
use crate::policy::{About, FitSource, Policy, PolicyLabel};

/// Holds contenders against the opportunities of a graph, each case judged by what was known on its day.
///
/// *Won* is a case where an opportunity that applies to the group was won within the horizon after the day of the decision; *not won* every other. Left out and
/// counted: cases whose horizon ends after the data, and on the days of a calendar those of groups that sales was at already.
///
/// No account is on both sides of the split: accounts are ordered by the day of their last case, then by id, and the latest are held out. What is said of a
/// contender is said of those held out.
///
/// Cost: one replay of the timeline for each contender ([`Timeline::replay`]), and O(n log n) in the cases, each of which takes some 100 bytes for
/// each contender.
///
/// # Errors
/// [`BackTestError`]: no contender, no day, a value outside its range, fewer than 40 cases that were won or fewer than 40 that were not, or signals beyond the
/// limits of a tally.
///
/// ```
/// use quorate::{BackTestError, BackTestOptions, Contender, DecisionDays, Policy, Timeline, AccountGraph, back_test};
/// let policy = Policy::default();
/// let days = DecisionDays::Every { first: "2024-01-01".parse()?, last: "2024-12-31".parse()?, step: 7 };
/// let nothing = back_test(&AccountGraph::new(), &Timeline::new([]), &[Contender::groups("ours", &policy)], &BackTestOptions::on(days));
/// assert_eq!(nothing, Err(BackTestError::TooFew { won: 0, not_won: 0, least: 40 }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn back_test(
    graph: &AccountGraph,
    timeline: &Timeline<'_>,
    contenders: &[Contender<'_>],
    options: &BackTestOptions,
) -> Result<BackTest, BackTestError> {
    let settings = settings(contenders, options)?;
    let data_end = options.data_end.or_else(|| last_outcome_day(graph)).unwrap_or(Day::MIN);
    let cases = Cases::of_graph(graph, options.days, settings.horizon_days.into(), data_end, &FirstDays::of_graph(graph, timeline));
    enough(&cases)?;
    let days: BTreeSet<Day> = cases.days().collect();
    let mut looks = Vec::with_capacity(contenders.len());
    for contender in contenders {
        looks.push(look(graph, timeline, contender, &cases, &days)?);
    }
    evaluate(&cases, contenders, &looks, &settings, Some(data_end), as_of_today(graph, contenders, options.days))
}

/// What a contender says of each case.
fn look(
    graph: &AccountGraph,
    timeline: &Timeline<'_>,
    contender: &Contender<'_>,
    cases: &Cases,
    days: &BTreeSet<Day>,
) -> Result<Vec<Look>, BackTestError> {
    let mut looks = alloc::vec![Look::NOTHING; cases.rows.len()];
    let rule = contender.rule();
    let mut set = |places: Option<&Vec<u32>>, day: Day, look: Look| {
        for at in places.map_or(&[][..], |places| cases.on(places, day)) {
            looks[*at as usize] = look;
        }
    };
    match contender.judges {
        Judges::Groups(policies) => timeline.run(graph, policies, days.iter().copied(), 0..usize::MAX, false, |group| {
            set(cases.groups.get(group.group_id()), group.day(), Look::of_group(group, rule.rank_by));
        })?,
        Judges::Leads(policy) => {
            // INVARIANT: a valid policy has at most 4 decimals and 10⁶ points there.
            let least = scaled(rule.mql_points, 11).ok().and_then(|units| i64::try_from(units).ok()).unwrap_or(i64::MAX);
            timeline.run(graph, policy.into(), days.iter().copied(), 0..usize::MAX, true, |group| {
                set(cases.by_account.get(group.account_id()), group.day(), Look::of_leads(group, least));
            })?;
        }
    }
    Ok(looks)
}

/// What was not given, filled in.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) horizon_days: u16,
    held_out_percent: u8,
    top: Vec<u64>,
}

pub(super) fn settings(contenders: &[Contender<'_>], options: &BackTestOptions) -> Result<Settings, BackTestError> {
    let rule = contenders.first().ok_or(BackTestError::NoContender)?.rule();
    let mut names = BTreeSet::new();
    if let Some(twice) = contenders.iter().find(|one| !names.insert(&one.name)) {
        return Err(BackTestError::ContenderTwice { name: twice.name.clone() });
    }
    let horizon_days = options.horizon_days.unwrap_or(rule.horizon_days);
    let held_out_percent = options.held_out_percent.unwrap_or(rule.held_out_percent);
    if horizon_days == 0 {
        return Err(BackTestError::OutOfRange { what: "horizon, in days", value: 0, allowed: "1 or more" });
    }
    if !(1..=90).contains(&held_out_percent) {
        return Err(BackTestError::OutOfRange { what: "held out, in percent", value: held_out_percent.into(), allowed: "1..=90" });
    }
    match options.days {
        DecisionDays::Every { step: 0, .. } => {
            Err(BackTestError::OutOfRange { what: "days from one decision to the next", value: 0, allowed: "1 or more" })
        }
        DecisionDays::Every { first, last, .. } if first > last => Err(BackTestError::NoDay),
        _ => Ok(Settings { horizon_days, held_out_percent, top: options.top.clone() }),
    }
}

/// Distinct things that cases were won of, and those of which none was.
fn sizes(cases: &Cases) -> (u64, u64) {
    let units = |won: bool| cases.rows.iter().filter(|case| !won || case.won).map(|case| case.unit).collect::<BTreeSet<u32>>().len() as u64;
    (units(true), units(false) - units(true))
}

/// How many things of each sort cases are of.
///
/// # Errors
/// They are too few.
fn enough(cases: &Cases) -> Result<(u64, u64), BackTestError> {
    let (won, not_won) = sizes(cases);
    if won.min(not_won) < BACK_TEST_CASES_LEAST { Err(BackTestError::too_few(won, not_won)) } else { Ok((won, not_won)) }
}

/// Measures every contender on both parts. `looks` are by contender, then by case.
pub(super) fn evaluate(
    cases: &Cases,
    contenders: &[Contender<'_>],
    looks: &[Vec<Look>],
    settings: &Settings,
    data_end: Option<Day>,
    mut warnings: Vec<BackTestWarning>,
) -> Result<BackTest, BackTestError> {
    let (won, not_won) = enough(cases)?;
    let split = Split::of(cases, settings.held_out_percent);
    if won.min(not_won) < BACK_TEST_CASES_WARN {
        warnings.push(BackTestWarning::FewCases { won, not_won });
    }
    if split.shares_days(cases) {
        warnings.push(BackTestWarning::SameDays);
    }
    Ok(BackTest {
        horizon_days: settings.horizon_days,
        data_end,
        held_out_percent: settings.held_out_percent,
        accounts: split.accounts,
        held_out_accounts: split.held_out_accounts,
        cases: cases.rows.len() as u64,
        won,
        not_won,
        left_out: cases.left_out,
        warnings,
        contenders: contenders.iter().zip(looks).map(|(contender, looks)| result(contender, cases, looks, &split, settings)).collect(),
    })
}

fn result(contender: &Contender<'_>, cases: &Cases, looks: &[Look], split: &Split, settings: &Settings) -> ContenderResult {
    let both = || cases.rows.iter().zip(looks);
    let workload = workload(&both().collect::<Vec<_>>());
    let (held_out, earlier): (Vec<(&Case, &Look)>, Vec<_>) = both().partition(|(case, _)| split.holds_out(case.account));
    let steps = steps(&earlier);
    let held_out = part(&held_out, &settings.top, &steps);
    let (policies, rank_by) = match contender.judges {
        Judges::Groups(policies) => (policies.all(), Some(contender.rule().rank_by)),
        Judges::Leads(policy) => (Vec::from([policy]), None),
    };
    let labels: Vec<Arc<PolicyLabel>> = policies.into_iter().map(|policy: &Policy| policy.label().clone()).collect();
    let verdict = verdict(&held_out);
    ContenderResult {
        name: contender.name.clone(),
        policies: labels,
        rank_by,
        earlier: part(&earlier, &settings.top, &steps),
        held_out,
        workload,
        verdict,
    }
}

/// The last day on which an opportunity was created or closed. O(opportunities).
pub fn last_outcome_day(graph: &AccountGraph) -> Option<Day> {
    let opportunities = graph.accounts().flat_map(|account| graph.opportunities_of(account));
    let days = opportunities.flat_map(|one| {
        // An open opportunity has the day on which somebody expects it to close.
        let closed = one.closed_at.filter(|_| one.outcome != Outcome::Open);
        [Some(one.created_at), closed].into_iter().flatten().map(crate::day::Instant::day)
    });
    days.max()
}

/// What is taken as it is today.
fn as_of_today(graph: &AccountGraph, contenders: &[Contender<'_>], days: DecisionDays) -> Vec<BackTestWarning> {
    let mut warnings = Vec::new();
    let (without, of) = graph.undated_people();
    if without > 0 {
        warnings.push(BackTestWarning::GraphAsOfToday { without, of });
    }
    if contenders.iter().any(|contender| asks_facts(contender, graph)) {
        warnings.push(BackTestWarning::FactsAsOfToday);
    }
    if matches!(days, DecisionDays::Every { .. }) {
        warnings.push(BackTestWarning::CasesOfOneGroup);
    }
    warnings
}

/// Whether what a contender says can turn on facts of accounts, of which no day is known: rules and fit that ask about them, exclusions, and segments that
/// choose a policy.
pub(super) fn asks_facts(contender: &Contender<'_>, graph: &AccountGraph) -> bool {
    let Judges::Groups(policies) = contender.judges else { return false };
    let by_segment = matches!(policies, Policies::Set(set) if set.entries().iter().any(|entry| entry.segments.is_some()));
    let excluded = || graph.live_accounts().any(|account| graph.account_row(account).facts().excluded.is_some());
    by_segment || excluded() || policies.all().into_iter().any(policy_asks_facts)
}

fn policy_asks_facts(policy: &Policy) -> bool {
    let compiled = policy.compiled();
    let mut questions = compiled.qualification.questions.iter().chain(compiled.exclusion.questions.iter());
    let fit = &policy.document().fit;
    let mut criteria = fit.criteria.iter().map(|one| &one.is).chain(&fit.disqualifiers);
    questions.any(|one| one.test.about() == About::Attribute)
        || match fit.source {
            FitSource::None => false,
            FitSource::Supplied => true,
            FitSource::Criteria => criteria.any(|one| !one.is_about_signals()),
        }
}

impl AccountGraph {
    /// Contacts and rows of members of which it is not said from when on they were known, and all of them.
    fn undated_people(&self) -> (u64, u64) {
        let undated = |known: Known| u64::from(known.from.is_none());
        let contacts = self.live_contacts().map(|contact| undated(self.contact_row(contact).known));
        let rows = self.live_groups().flat_map(|group| self.named(group)).map(|seat| undated(seat.known));
        contacts.chain(rows).fold((0, 0), |(without, of), undated| (without + undated, of + 1))
    }
}
