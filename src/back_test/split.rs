//! Which accounts are held out.

use alloc::vec::Vec;

use super::case::Cases;
use crate::day::Day;

/// Which accounts are held out, by their number among the cases; none without cases.
#[derive(Debug)]
pub(super) struct Split {
    pub(super) accounts: u64,
    pub(super) held_out_accounts: u64,
    held_out: Vec<bool>,
}

impl Split {
    /// The latest so many percent, rounded up: accounts by the day of their last case, unknown days first, then by id. O(n log n).
    pub(super) fn of(cases: &Cases, percent: u8) -> Self {
        let mut last: Vec<Option<Option<Day>>> = alloc::vec![None; cases.accounts.len()];
        for case in &cases.rows {
            let last = &mut last[case.account as usize];
            *last = Some(last.unwrap_or(None).max(case.day));
        }
        let with_cases = (0..last.len()).filter_map(|account| Some((last[account]?, &*cases.accounts[account], account)));
        let mut order: Vec<(Option<Day>, &str, usize)> = with_cases.collect();
        order.sort_unstable();
        let count = (order.len() * usize::from(percent)).div_ceil(100);
        let mut held_out = alloc::vec![false; last.len()];
        for (_, _, account) in order.iter().rev().take(count) {
            held_out[*account] = true;
        }
        Self { accounts: order.len() as u64, held_out_accounts: count as u64, held_out }
    }

    /// Whether a decision about an account held out is not later than one about another.
    pub(super) fn shares_days(&self, cases: &Cases) -> bool {
        let days =
            |held_out: bool| cases.rows.iter().filter(move |case| self.holds_out(case.account) == held_out).filter_map(|case| case.day);
        days(true).min().zip(days(false).max()).is_some_and(|(first, last)| first <= last)
    }

    pub(super) fn holds_out(&self, account: u32) -> bool {
        self.held_out[account as usize]
    }
}
