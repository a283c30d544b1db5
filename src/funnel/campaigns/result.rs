//! What is known of campaigns on a day.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::cost::CampaignSpend;
use crate::assess::{Fit, Intake};
use crate::day::Day;
use crate::exact::{Proportion, div_round_half_even};
use crate::policy::FitTier;

/// The campaigns of a portfolio on a day: see [`campaigns`](super::campaigns()).
///
/// The signals of the campaigns, of `all` and of `without` add up: `all` is the sum of the campaigns, and with `without` every signal is there once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Campaigns {
    /// The day.
    pub as_of: Day,
    /// The campaigns that a signal belongs to or that cost something, by name.
    pub campaigns: Vec<Campaign>,
    /// All campaigns taken together: signals and costs are sums, while a person, an account, a group or an opportunity that several of them reached counts once.
    pub all: CampaignFigures,
    /// What became of the signals that belong to no campaign.
    pub without: CampaignSignals,
}

/// One campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Campaign {
    /// Its name.
    pub name: String,
    /// What is known of it.
    #[serde(flatten)]
    pub figures: CampaignFigures,
}

/// What is known of a campaign, or of several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CampaignFigures {
    /// What became of its signals.
    pub signals: CampaignSignals,
    /// The people that it reached by the end of the day.
    pub people: CampaignPeople,
    /// The accounts that it reached by the end of the day, through their people or their unnamed visitors.
    pub accounts: CampaignAccounts,
    /// Groups that first came into qualified on the day they first heard of it, or later.
    pub qualified: u64,
    /// Groups with an opportunity that was created on the day they first heard of it, or later.
    pub opened: u64,
    /// Opportunities that were created on the day a group they apply to first heard of it, or later.
    pub opportunities: u64,
    /// The signals over which its costs are spread.
    pub reached: CampaignReach,
    /// What it cost, by currency; currencies never mix. `None`, of which the data do not say, comes first.
    pub costs: Vec<CampaignSpend>,
}

/// What became of some signals: each is in exactly one state, so that the counts add up to them.
///
/// As JSON an object of `total` and all states by their tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CampaignSignals {
    /// Rows of an id of which another row counts.
    pub duplicate: u64,
    /// Signals of a subject that the graph does not know, e-mail addresses among them.
    pub unknown_subject: u64,
    /// Signals of somebody who is there but in no group: our own people without an account, and accounts for none of whose groups there is a policy.
    pub no_group: u64,
    /// The others by their state in the groups of their account; where it has several, the furthest.
    pub states: Intake,
}

impl CampaignSignals {
    /// How many signals there are.
    pub fn total(&self) -> u64 {
        self.duplicate + self.unknown_subject + self.no_group + self.states.total()
    }

    /// The counts with their states, in the order of the states.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let run = [("duplicate", self.duplicate), ("unknown_subject", self.unknown_subject), ("no_group", self.no_group)];
        run.into_iter().chain(self.states.iter())
    }
}

impl Serialize for CampaignSignals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("total", &self.total())?;
        for (token, count) in self.iter() {
            map.serialize_entry(token, &count)?;
        }
        map.end()
    }
}

/// The people that were reached, each person of an account once, however many contacts it has there. Unnamed visitors are nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CampaignPeople {
    /// They hold a role that decides, as members of a group of the account on the day; opponents are members.
    pub deciding: u64,
    /// The others who are there: members without a role that decides, and people of the account who belong to no group.
    pub other: u64,
    /// They left, or their relationship keeps them out of every group; our own people without an account among them.
    pub excluded: u64,
}

impl CampaignPeople {
    /// All of them.
    pub const fn total(&self) -> u64 {
        self.deciding + self.other + self.excluded
    }
}

/// The accounts that were reached, by the tier of fit of their best group on the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CampaignAccounts {
    /// Tier A.
    #[serde(rename = "A")]
    pub a: u64,
    /// Tier B.
    #[serde(rename = "B")]
    pub b: u64,
    /// Tier C.
    #[serde(rename = "C")]
    pub c: u64,
    /// Tier D: disqualified.
    #[serde(rename = "D")]
    pub d: u64,
    /// Facts are missing that would settle the tier.
    pub unknown: u64,
    /// The policy asks for no fit, or there is no policy for any group of the account.
    pub not_configured: u64,
}

impl CampaignAccounts {
    /// All of them.
    pub const fn total(&self) -> u64 {
        self.a + self.b + self.c + self.d + self.unknown + self.not_configured
    }

    /// The counts with the tiers' names, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let Self { a, b, c, d, unknown, not_configured } = *self;
        [("A", a), ("B", b), ("C", c), ("D", d), ("unknown", unknown), ("not_configured", not_configured)].into_iter()
    }

    /// Counts one more account; `None`: nothing is said of its fit.
    pub(super) fn add(&mut self, fit: Option<&Fit>) {
        let Some(fit) = fit.filter(|fit| fit.definite.is_some()) else {
            self.not_configured += 1;
            return;
        };
        *match fit.tier {
            Some(FitTier::A) => &mut self.a,
            Some(FitTier::B) => &mut self.b,
            Some(FitTier::C) => &mut self.c,
            Some(FitTier::D) => &mut self.d,
            None => &mut self.unknown,
        } += 1;
    }
}

/// The signals that reached somebody by the end of the day (of a known subject, not set aside, no repetition), and those of them that reached people who never
/// count.
///
/// As JSON `{"signals":8,"never":2,"share":"0.25"}`; the share of none is `null`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CampaignReach {
    /// How many there are.
    pub signals: u64,
    /// How many are of a person who is a member of no group, or of none without being its opponent: whatever they do, no group gets a point of it.
    pub never: u64,
}

impl CampaignReach {
    /// The exact part of the signals that reached people who never count, rounded half to even once; `None` where nobody was reached.
    pub fn share(self) -> Option<Proportion> {
        let units = |of| div_round_half_even(i128::from(self.never) * 1_000_000, of);
        (self.signals > 0).then(|| Proportion(units(i128::from(self.signals))))
    }
}

impl Serialize for CampaignReach {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("signals", &self.signals)?;
        map.serialize_entry("never", &self.never)?;
        map.serialize_entry("share", &self.share())?;
        map.end()
    }
}
