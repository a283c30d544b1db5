//! Journeys: what the people of a deal did before its close, and where its milestones lie.

use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::credit::Places;
use super::error::AttributionError;
use crate::account::Outcome;
use crate::day::{Day, Instant};
use crate::policy::Policy;

/// Something that somebody of the deal did.
///
/// Ordered by time, then id, then everything else: touches of one moment stand in the order of their ids, whatever order they came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touch<'a> {
    /// When.
    pub at: Instant,
    /// The id of the signal, if it has one.
    pub id: Option<&'a str>,
    /// Whose it is: a contact id.
    pub contact: &'a str,
    /// What was done.
    pub kind: &'a str,
    /// The campaign it belongs to.
    pub campaign: Option<&'a str>,
    /// The heaviest role that the person holds in the deal; `unknown` for none.
    pub role: &'a str,
    /// How heavy that role is: 0..=1,000.
    pub weight: u16,
}

/// A deal: what it came to, and when it got there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deal<'a> {
    /// The opportunity's id.
    pub opportunity: &'a str,
    /// The account's id.
    pub account: &'a str,
    /// The group's id; `None`: the deal is about the whole account.
    pub group: Option<&'a str>,
    /// When the first of its people was filed as a contact.
    pub contact_created: Option<Instant>,
    /// When the opportunity was created.
    pub opportunity_created: Option<Instant>,
    /// When it was closed.
    pub closed: Instant,
    /// Won or lost.
    pub outcome: Outcome,
    /// What it came to; below zero where money was given back.
    pub amount: Option<Decimal>,
    /// In which currency.
    pub currency: Option<&'a str>,
}

/// What became of the signals that were offered as touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct TouchCounts {
    /// Touches.
    pub touches: u64,
    /// After the close, whatever they are.
    pub after_close: u64,
    /// Before the look-back, whatever they are.
    pub before_look_back: u64,
    /// In time, of a kind or a tier that the policy leaves out.
    pub left_out: u64,
    /// In time, of a kind that the policy does not have.
    pub unknown_kind: u64,
}

/// The touches of a deal, in their order, and its milestones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealJourney<'a> {
    deal: Deal<'a>,
    // INVARIANT: in order, none after the close.
    touches: Vec<Placed<'a>>,
    counts: TouchCounts,
    /// The hash of the policy that it was made by.
    policy: &'a str,
}

/// A touch and the channel of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed<'a> {
    pub(super) touch: Touch<'a>,
    pub(super) channel: &'a str,
}

/// The last moment that belongs to a time: a time at midnight is a date alone, which is that day as a whole.
fn until(at: Instant) -> i64 {
    let micros = at.micros_since_epoch();
    if micros % MICROS_A_DAY == 0 { micros + (MICROS_A_DAY - 1) } else { micros }
}

const MICROS_A_DAY: i64 = 86_400_000_000;

impl<'a> DealJourney<'a> {
    /// The journey of a deal by the section `attribution` of a policy: it keeps the touches up to the close, within the look-back, of kinds that the policy
    /// has and does not leave out. O(touches · log touches).
    pub fn new(policy: &'a Policy, deal: Deal<'a>, touches: impl IntoIterator<Item = Touch<'a>>) -> Self {
        let mut touches: Vec<Touch<'a>> = touches.into_iter().collect();
        touches.sort_unstable();
        Self::of_sorted(policy, deal, &touches)
    }

    /// The same of touches in their order, of which only those in time are looked at.
    pub(super) fn of_sorted(policy: &'a Policy, deal: Deal<'a>, touches: &[Touch<'a>]) -> Self {
        let rule = &policy.document().attribution;
        let from = touches.partition_point(|touch| age(touch.at, deal.closed) > i64::from(rule.look_back_days));
        let to = touches.partition_point(|touch| touch.at.micros_since_epoch() <= until(deal.closed)).max(from);
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let (before_look_back, after_close) = (count(from), count(touches.len() - to));
        let mut this = Self {
            deal,
            touches: Vec::new(),
            counts: TouchCounts { after_close, before_look_back, ..TouchCounts::default() },
            policy: policy.hash(),
        };
        touches[from..to].iter().for_each(|touch| this.add(policy, *touch));
        this
    }

    fn add(&mut self, policy: &'a Policy, touch: Touch<'a>) {
        let rule = &policy.document().attribution;
        let Some(kind) = policy.compiled().kind_number(touch.kind) else {
            self.counts.unknown_kind += 1;
            return;
        };
        let kind = &policy.document().kinds[usize::from(kind)];
        if rule.left_out_tiers.contains(&kind.tier) || rule.left_out_kinds.contains(&kind.name) {
            self.counts.left_out += 1;
        } else {
            self.counts.touches += 1;
            self.touches.push(Placed { touch, channel: kind.channel.as_str() });
        }
    }

    /// Whether it was made by a policy that means the same.
    ///
    /// # Errors
    /// [`AttributionError::OtherPolicy`].
    pub(super) fn is_by(&self, policy: &Policy) -> Result<(), AttributionError> {
        if self.policy == policy.hash() {
            return Ok(());
        }
        Err(AttributionError::OtherPolicy { opportunity: self.deal.opportunity.into() })
    }

    /// The deal.
    pub const fn deal(&self) -> &Deal<'a> {
        &self.deal
    }

    /// The touches, in their order.
    pub fn touches(&self) -> impl ExactSizeIterator<Item = &Touch<'a>> {
        self.touches.iter().map(|placed| &placed.touch)
    }

    /// The channels of the touches, in their order.
    pub fn channels(&self) -> impl ExactSizeIterator<Item = &'a str> {
        self.touches.iter().map(|placed| placed.channel)
    }

    /// What became of the signals that were offered.
    pub const fn counts(&self) -> TouchCounts {
        self.counts
    }

    pub(super) fn placed(&self) -> &[Placed<'a>] {
        &self.touches
    }

    /// Where the milestones stand, when there is a touch: each at the last touch up to its time, or at the first one when all come later. A time that is
    /// not known is that of the next milestone.
    pub(super) fn places(&self) -> Option<Places> {
        let closed = self.touches.len().checked_sub(1)?;
        let at = |time: Option<Instant>, next: usize| {
            time.map_or(next, |time| {
                let up_to = until(time);
                self.touches.partition_point(|placed| placed.touch.at.micros_since_epoch() <= up_to).saturating_sub(1)
            })
        };
        let opportunity_created = at(self.deal.opportunity_created, closed);
        Some(Places { contact_created: at(self.deal.contact_created, opportunity_created), opportunity_created, closed })
    }

    /// The age of each touch at the close, in days.
    pub(super) fn ages(&self) -> impl Iterator<Item = usize> {
        self.touches.iter().map(|placed| usize::try_from(age(placed.touch.at, self.deal.closed)).unwrap_or(0))
    }
}

/// Days from one time to another, by the calendar.
fn age(at: Instant, closed: Instant) -> i64 {
    i64::from(Day::days_since(closed.day(), at.day()))
}
