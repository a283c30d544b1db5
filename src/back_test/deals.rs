//! Deals of which only facts are known: one account each, no people and no signals.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::case::{Case, Cases};
use super::error::BackTestError;
use super::look::Look;
use super::options::{BackTestOptions, Contender, Judges};
use super::report::{BackTest, BackTestWarning};
use super::run::{asks_facts, evaluate, settings};
use super::timeline::Timeline;
use crate::account::Account;
use crate::day::Day;
use crate::graph::{AccountGraph, PortfolioDocument};
use crate::id::AccountId;

/// What became of a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DealOutcome {
    /// Won, on that day if it is known.
    Won(Option<Day>),
    /// Lost, on that day if it is known.
    Lost(Option<Day>),
    /// Nothing yet.
    Open,
}

/// A deal of the past, for policies whose rules ask about the account alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastDeal {
    /// Its id.
    pub id: AccountId,
    /// The account that it belongs to: deals of one account are never on both sides of a split.
    pub account: String,
    /// The day on which is decided, if it is known.
    pub decided: Option<Day>,
    /// What became of it.
    pub outcome: DealOutcome,
    /// What was known of it. The id does not matter.
    pub facts: Account,
}

/// Holds contenders against deals of which only facts are known. Their rules are asked of the facts alone, as of a group without people.
///
/// *Won* is a deal that was won within the horizon of the decision, or whose days are not known; *not won* one that was lost, or not won in time. Left out and
/// counted: deals whose horizon ends after the data, deals that were closed before it was decided, and deals of unknown day of which nothing has become yet.
/// `options.days` does not matter.
///
/// Cost: one assessment of each deal for each contender, and O(n log n).
///
/// # Errors
/// [`BackTestError`]: too few cases, an id that is given twice, or a contender that counts leads, of which there are none.
pub fn back_test_deals(deals: &[PastDeal], contenders: &[Contender<'_>], options: &BackTestOptions) -> Result<BackTest, BackTestError> {
    let settings = settings(contenders, options)?;
    if let Some(leads) = contenders.iter().find(|one| matches!(one.judges, Judges::Leads(_))) {
        return Err(BackTestError::NoPeople { contender: leads.name.clone() });
    }
    let known_end = options.data_end.or_else(|| last_day(deals));
    // Without a day of any deal no horizon matters.
    let data_end = known_end.unwrap_or(Day::MIN);
    let cases = cases(deals, i32::from(settings.horizon_days), data_end);
    let graph = graph(deals)?;
    let mut looks = Vec::with_capacity(contenders.len());
    for contender in contenders {
        let Judges::Groups(policies) = contender.judges else { continue };
        let (by, mut found) = (contender.rule().rank_by, alloc::vec![Look::NOTHING; cases.rows.len()]);
        Timeline::default().replay(&graph, policies, [data_end], |group| {
            for at in cases.groups.get(group.group_id()).into_iter().flatten() {
                found[*at as usize] = Look::of_group(group, by);
            }
        })?;
        looks.push(found);
    }
    let facts = contenders.iter().any(|contender| asks_facts(contender, &graph)).then_some(BackTestWarning::FactsAsOfToday);
    evaluate(&cases, contenders, &looks, &settings, known_end, facts.into_iter().collect())
}

/// The last day of an outcome; where none has a day, of a decision.
fn last_day(deals: &[PastDeal]) -> Option<Day> {
    let closed = deals.iter().filter_map(|deal| deal.outcome.day()).max();
    closed.or_else(|| deals.iter().filter_map(|deal| deal.decided).max())
}

impl DealOutcome {
    /// The day on which it was won or lost, if it was and that is known.
    const fn day(self) -> Option<Day> {
        match self {
            Self::Won(day) | Self::Lost(day) => day,
            Self::Open => None,
        }
    }
}

/// An account for each deal, whose groups are the deals.
fn graph(deals: &[PastDeal]) -> Result<AccountGraph, BackTestError> {
    let facts = |deal: &PastDeal| Account { id: deal.id.clone(), parent: None, ..deal.facts.clone() };
    let document = PortfolioDocument { accounts: deals.iter().map(facts).collect(), ..PortfolioDocument::default() };
    AccountGraph::from_document(document).map_err(BackTestError::Deals)
}

fn cases(deals: &[PastDeal], horizon: i32, data_end: Day) -> Cases {
    let mut cases = Cases::default();
    let mut accounts: Vec<&str> = deals.iter().map(|deal| &*deal.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    cases.accounts = accounts.iter().map(ToString::to_string).collect();
    for (unit, deal) in (0..).zip(deals) {
        let account = accounts.binary_search(&&*deal.account).ok().and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
        if let Some(won) = outcome(deal, horizon, data_end, &mut cases) {
            let first = cases.rows.len();
            cases.rows.push(Case { account, unit, day: deal.decided, won, opened: None });
            cases.file(deal.id.as_str(), &deal.account, first);
        }
    }
    cases
}

/// Whether a deal was won; `None`, and counted, where that cannot be said.
fn outcome(deal: &PastDeal, horizon: i32, data_end: Day, cases: &mut Cases) -> Option<bool> {
    let left_out = &mut cases.left_out;
    match (deal.decided, deal.outcome) {
        (None, DealOutcome::Open) => left_out.undated_open += 1,
        (None, outcome) => return Some(matches!(outcome, DealOutcome::Won(_))),
        (Some(decided), outcome) if outcome.day().is_some_and(|closed| closed < decided) => left_out.closed_before += 1,
        (Some(decided), _) if data_end.days_since(decided) < horizon => left_out.censored += 1,
        (Some(decided), DealOutcome::Won(won)) => return Some(won.is_none_or(|won| won.days_since(decided) <= horizon)),
        (Some(_), DealOutcome::Lost(_) | DealOutcome::Open) => return Some(false),
    }
    None
}
