//! The policy as plain data: what a team agreed, before it is validated.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::attribution::AttributionRule;
use super::back_test::BackTestRule;
use super::follow_up::FollowUpRule;
use super::network::NetworkRule;
use super::titles::{EvidenceRule, RelationshipDomains, TitleRole, TitlesRule};
use crate::account::Membership;
use crate::contact::Relationship;
use crate::id::{ChannelName, KindName, RoleName, TemplateName};
use crate::title::JobFunction;

/// A policy as a document: every number and rule that an assessment uses. Plain data; [`Policy::new`](crate::Policy::new) validates it
/// as a whole.
///
/// Default values: `src/policy/default.json`, from the sources named in the field docs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDocument {
    /// The policy's name, 1 to 256 bytes.
    pub name: String,
    /// The team's own version of it, 1 to 256 bytes.
    pub version: String,
    /// The roles, at most 64; one of them is `unknown`, which stands for "no role".
    pub roles: Vec<RoleRule>,
    /// The templates: which seats a group needs. 1 to 1,000.
    pub templates: Vec<Template>,
    /// The template of a group that names none.
    pub default_template: TemplateName,
    /// Who belongs to a group that does not say.
    pub membership: Membership,
    /// Relationships that never make a member, each once.
    pub excluded_relationships: Vec<Relationship>,
    /// Domains of e-mail addresses that say what people are to every account: competitors, partners, our own staff.
    pub relationship_domains: Vec<RelationshipDomains>,
    /// How far each sort of evidence for a role is trusted.
    pub evidence: EvidenceRule,
    /// How titles are read, and which roles follow.
    pub titles: TitlesRule,
    /// How people are reached through people.
    pub network: NetworkRule,
    /// How credit for revenue is given.
    pub attribution: AttributionRule,
    /// The channels, at most 64.
    pub channels: Vec<ChannelRule>,
    /// The kinds of signals, at most 4,095. Their order breaks ties when a cap cuts.
    pub kinds: Vec<KindRule>,
    /// How a person's points are bounded and read.
    pub person: PersonRule,
    /// How a group's points are rolled up and read.
    pub group: GroupRule,
    /// How momentum is measured.
    pub momentum: MomentumRule,
    /// How fit is measured.
    pub fit: FitRule,
    /// The day counts and thresholds of the stages.
    pub stages: StageRule,
    /// What counts as a hand-raise.
    pub hand_raise: HandRaiseRule,
    /// When a group is qualified.
    pub qualification: Rule,
    /// When a group is excluded, beside its account's own exclusion.
    pub exclusion: Rule,
    /// When a qualified group leaves.
    pub exit: ExitRule,
    /// How soon sales follows up.
    pub follow_up: FollowUpRule,
    /// How the policy is held against the past.
    pub back_test: BackTestRule,
}

/// A role and what it weighs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleRule {
    /// The role.
    pub name: RoleName,
    /// Its weight in percent, 0..=1000. Source of the defaults: AJO's bands 20/40/60/80/100.
    pub weight: u16,
    /// Whether it decides; `unknown` does not.
    pub decides: bool,
    /// Whether it champions: its going quiet is as grave as a deciding role's; `unknown` does not.
    pub champions: bool,
}

/// A named set of seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub name: TemplateName,
    /// Its seats, each role once and never `unknown`, in display order; at least one, with a positive sum of weights and a least common
    /// multiple of the counts of at most 10¹².
    pub seats: Vec<Seat>,
    /// The functions that buy and use what it is about, which rules for titles call `own`; empty: it does not say.
    pub functions: Vec<JobFunction>,
    /// Which role follows from a title, in groups of this template; read before the rules of the policy. At most 1,000.
    pub title_roles: Vec<TitleRole>,
}

/// The people needed in one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The role.
    pub role: RoleName,
    /// How many, 1..=1000.
    pub count: u16,
}

/// A channel and its cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRule {
    /// The channel.
    pub name: ChannelName,
    /// The most points a person can have from it, either way, after decay; 0..=1,000,000, at most 2 decimals; `None`: uncapped.
    pub cap: Option<Decimal>,
}

/// A kind of signal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindRule {
    /// The kind.
    pub name: KindName,
    /// How strong it is.
    pub tier: Tier,
    /// Points of one signal on its day, −10,000..=10,000, at most 2 decimals.
    pub points: Decimal,
    /// How many a day count for one person, 1..=1,000.
    pub daily_cap: u16,
    /// How its points fade.
    pub decay: Decay,
    /// Only signals younger than this many days count, 1..=3,650.
    pub window_days: u16,
    /// The channel it belongs to.
    pub channel: ChannelName,
    /// Whether it is an action of our own sales people.
    pub sales_action: bool,
}

/// How strong a kind of signal is, the strongest first. `Ignored` and `Negative` are below every other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The buyer asks to talk.
    Decisive,
    /// A strong act.
    High,
    /// A clear act.
    Medium,
    /// A weak act.
    Low,
    /// A trace of interest.
    Trace,
    /// Recorded, worth nothing.
    Ignored,
    /// A sign against.
    Negative,
}

/// How points fade with age, as a factor 0..=1 rounded to 9 decimals, half to even.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decay {
    /// They do not: 1.
    None,
    /// 2^(−age / half-life).
    Exponential {
        /// Days after which half is left, 1..=3,650.
        half_life_days: u16,
    },
    /// (days − age) / days, zero from then on.
    Linear {
        /// Days after which nothing is left, 1..=3,650.
        days: u16,
    },
    /// The factor of the last step that has begun.
    Steps(
        /// The steps: the first from day 0, days rising, factors 0..=1 with at most 9 decimals and never rising.
        Vec<DecayStep>,
    ),
    /// From 1 in a line to `knee_factor` at `knee_day`, then in another line to 0 at `zero_day`.
    TwoRateLinear {
        /// Where the rate changes, at least 1.
        knee_day: u16,
        /// The factor there, 0..=1, at most 9 decimals.
        knee_factor: Decimal,
        /// Where nothing is left, after `knee_day`, at most 3,650.
        zero_day: u16,
    },
}

/// One step of [`Decay::Steps`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecayStep {
    /// The first day of age it holds for.
    pub from_day: u16,
    /// The factor.
    pub factor: Decimal,
}

/// How a person's points are bounded and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRule {
    /// The most points of one person, above 0, at most 1,000,000, at most 2 decimals.
    pub cap: Decimal,
    /// From how many points a person is engaged; above 0, at most 1,000,000, at most 2 decimals. Source of the default 10: DB.
    pub engaged_points: Decimal,
    /// An engaged person is current while the newest positive signal is at most this old, in days, 0..=3,650.
    pub current_days: u16,
    /// Points at which a seat is full; above 0, at most 10,000, at most 2 decimals.
    pub seat_full_points: Decimal,
    /// Where the display bands begin.
    pub bands: Bands,
}

/// Where the display bands of a person's points begin: below `warm` is cold. Each 0..=1,000,000, at most 2 decimals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Points from which a person is warm.
    pub warm: Decimal,
    /// Points from which a person is hot, above `warm`.
    pub hot: Decimal,
    /// Points from which a person is super hot, above `hot`.
    pub super_hot: Decimal,
}

/// How a group's points are rolled up and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRule {
    /// The roll-up.
    pub roll_up: RollUp,
    /// How many engaged people make a thin or multi-threaded group.
    pub threads: Threads,
    /// A group is concentrated when one person has more than this share of its weighted member points.
    pub concentrated_above: Fraction,
}

/// How a group's points come from its members'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RollUp {
    /// Σ points × greatest role weight / 100, and the anonymous points × weight of `unknown` / 100. Exact.
    Weighted,
    /// Σ points of the members, rounded to 4 decimals. Source: MM.
    Sum,
    /// `max` × the greatest + `mean` × the mean of all other members, rounded to 4 decimals. Source: GC (0.6 and 0.4).
    ChampionMix {
        /// The share of the greatest, 0..=1, at most 4 decimals.
        max: Decimal,
        /// The share of the mean of the others, 0..=1, at most 4 decimals.
        mean: Decimal,
    },
    /// Σ points × weight ÷ Σ weight over the members with a role, rounded to 4 decimals. Source: AJO.
    Adobe,
}

/// How many engaged people make a group thin or multi-threaded; fewer than `thin`, but some, is single-threaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threads {
    /// From how many a group is thin, at least 2.
    pub thin: u32,
    /// From how many a group is multi-threaded, above `thin`.
    pub multi: u32,
}

/// An exact fraction `numerator / denominator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// 0..=denominator.
    pub numerator: u32,
    /// 1..=1,000,000.
    pub denominator: u32,
}

/// How momentum is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentumRule {
    /// Days back to the compared day, 1..=3,650.
    pub days: u16,
    /// The least change, in points, that is a trend; 0..=10¹⁵, at most 2 decimals.
    pub trend_points: Decimal,
    /// The least change, in percent of the larger, that is a trend; 0..=100, at most 4 decimals.
    pub trend_percent: Decimal,
}

/// How fit is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FitRule {
    /// Where fit comes from.
    pub source: FitSource,
    /// Where tiers A and B begin, in percent; the rest is C.
    pub tiers: FitTiers,
    /// The criteria, 1 to 1,000 for [`FitSource::Criteria`] and none otherwise; their weights sum to more than 0.
    pub criteria: Vec<FitCriterion>,
    /// Criteria a known match of which makes tier D, at most 1,000; for [`FitSource::Criteria`] only.
    pub disqualifiers: Vec<Criterion>,
}

/// Where fit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FitSource {
    /// Nowhere: fit is not configured, and clauses "where configured" drop out.
    None,
    /// From the policy's criteria.
    Criteria,
    /// From a score that each account brings.
    Supplied,
}

/// Where the tiers begin, in percent, at most 4 decimals, 0 < b < a ≤ 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FitTiers {
    /// Tier A.
    pub a: Decimal,
    /// Tier B.
    pub b: Decimal,
}

/// A weighted criterion of fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FitCriterion {
    /// Its weight, 0..=1,000.
    pub weight: u16,
    /// What is asked.
    pub is: Criterion,
}

/// A question about an account's facts, answered true, false or, when the fact is unknown, unknown. No list of texts is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// The industry is one of these. Texts compare exactly.
    Industry(Vec<String>),
    /// Employees within a range.
    Employees(Range),
    /// Yearly revenue within a range, in the currency the data set uses.
    Revenue(Range),
    /// The country is one of these.
    Country(Vec<String>),
    /// All of these technologies are in use.
    TechnologiesAll(Vec<String>),
    /// One of these technologies is in use.
    TechnologiesAny(Vec<String>),
    /// A custom attribute of the account.
    Attribute(AttributeTest),
    /// A usable signal of that kind, of the account or of a member who is no opponent, at most so many days old; always known.
    Intent {
        /// The kind.
        kind: KindName,
        /// The greatest age, 0..=3,650.
        within_days: u16,
    },
}

impl Criterion {
    /// Whether it is about signals, and not about facts of the account, which may be unknown and have no days.
    pub(crate) const fn is_about_signals(&self) -> bool {
        match self {
            Self::Intent { .. } => true,
            Self::Industry(_)
            | Self::Employees(_)
            | Self::Revenue(_)
            | Self::Country(_)
            | Self::TechnologiesAll(_)
            | Self::TechnologiesAny(_)
            | Self::Attribute(_) => false,
        }
    }
}

/// A question about a custom attribute of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeTest {
    /// The attribute; not blank.
    pub name: String,
    /// What its value must be.
    pub test: ValueTest,
}

/// What a value must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueTest {
    /// One of these texts, at least one, compared exactly.
    AnyOf(Vec<String>),
    /// A decimal within a range; a value that is no decimal is unknown.
    Within(Range),
}

/// A closed range with at least one bound, the greatest value not below the least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The least value, −10¹⁸..=10¹⁸, at most 4 decimals.
    pub at_least: Option<Decimal>,
    /// The greatest value, −10¹⁸..=10¹⁸, at most 4 decimals.
    pub at_most: Option<Decimal>,
}

/// A tier of fit, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FitTier {
    /// At least the policy's `a` (80).
    A,
    /// At least the policy's `b` (50).
    B,
    /// Below.
    C,
    /// Disqualified.
    D,
}

/// The day counts and thresholds of the stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRule {
    /// For how many days after the close won and lost last, 0..=3,650.
    pub closed_days: u16,
    /// From how many points a group is in stage engaged; 0..=10¹⁵, at most 4 decimals.
    pub engaged_points: Decimal,
    /// After how many days of silence a group is recycled, 1..=3,650.
    pub recycled_days: u16,
    /// How old the newest positive signal of an aware group may be, 0..=3,650.
    pub aware_days: u16,
    /// The tier of fit that makes a group targeted: A or B.
    pub targeted_fit: FitTier,
}

/// What counts as a hand-raise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandRaiseRule {
    /// The weakest tier that does: decisive to trace.
    pub tier: Tier,
    /// The greatest age in days, 0..=3,650.
    pub within_days: u16,
    /// A fit known to be below this tier (A or B) keeps a hand-raise from qualifying.
    pub fit_floor: FitTier,
}

/// When a qualified group leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitRule {
    /// Below how many points the run that leads out begins; 0..=10¹⁵, at most 4 decimals.
    pub below_points: Decimal,
    /// How many days that run lasts, 0..=3,650.
    pub below_days: u16,
    /// After how many days of silence a group leaves, 1..=3,650.
    pub silence_days: u16,
    /// How many days after leaving the rule may let it in again, 0..=3,650.
    pub cool_down_days: u16,
}

/// A rule: predicates put together, at most 1,000 of them and at most 32 levels deep. Answers are three-valued (Kleene): true, false,
/// unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Every one is true; true of none.
    All(Vec<Rule>),
    /// One at least is true; false of none.
    Any(Vec<Rule>),
    /// It is false.
    Not(Box<Rule>),
    /// At least `n` of them are true.
    AtLeast {
        /// How many, from 1 to as many as there are.
        n: u32,
        /// Of which.
        of: Vec<Rule>,
    },
    /// A single question.
    Is(Predicate),
}

/// A single question about a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// The group's points are at least this; 0..=10¹⁵, at most 4 decimals.
    Points {
        /// The threshold.
        at_least: Decimal,
    },
    /// Readiness is at least this, 0..=100, at most 4 decimals.
    Readiness {
        /// The threshold.
        at_least: Decimal,
    },
    /// A coverage is at least this percent, 0..=100, at most 4 decimals; compared exactly, opponents left out.
    Coverage {
        /// Of what.
        of: Scope,
        /// Which coverage.
        measure: Measure,
        /// The threshold.
        at_least: Decimal,
    },
    /// At least so many members hold the role and are no opponents.
    Holders {
        /// Which role; [`Scope::Group`] is not allowed here.
        of: Scope,
        /// Which of them; [`Measure::Possible`] is not allowed here.
        measure: Measure,
        /// The threshold, at least 1.
        at_least: u32,
    },
    /// At least so many people are engaged.
    EngagedPeople {
        /// The threshold.
        at_least: u32,
    },
    /// Fit is at least this tier (A or B): true when the definite bound reaches it, false when the possible one does not, else unknown.
    Fit {
        /// The tier.
        tier: FitTier,
        /// Whether the clause drops out where fit is not configured; unknown there otherwise.
        where_configured: bool,
    },
    /// A usable signal of that tier or above, at most so many days old, of a member who is no opponent.
    HandRaise {
        /// The weakest tier that counts: decisive to trace.
        tier: Tier,
        /// The greatest age, 0..=3,650.
        within_days: u16,
        /// Only of members who hold this role, never `unknown`.
        role: Option<RoleName>,
    },
    /// Usable signals of that tier or above, inside their windows, of members who are no opponents, in at least so many channels.
    Channels {
        /// The weakest tier that counts: decisive to trace.
        tier: Tier,
        /// How many channels.
        at_least: u32,
    },
    /// Points changed by at least this since the compared day; −10¹⁵..=10¹⁵, at most 4 decimals.
    Momentum {
        /// The threshold.
        at_least: Decimal,
    },
    /// The trend is this.
    Trend(Trend),
    /// At least so many members are opponents.
    Opponents {
        /// The threshold, at least 1.
        at_least: u32,
    },
    /// The account is excluded by its own mark.
    AccountExcluded,
    /// A custom attribute of the account.
    Attribute(AttributeTest),
}

/// What a coverage is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole group.
    Group,
    /// The roles that decide, required or not.
    Deciding,
    /// One role, never `unknown`: it is no role.
    Role(RoleName),
}

/// Which coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Somebody holds the seat.
    Filled,
    /// The holder is engaged.
    Engaged,
    /// The holder is current.
    Current,
    /// The seat would be filled if members without a role took open seats.
    Possible,
}

/// Which way points go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trend {
    /// Up.
    Rising,
    /// Down.
    Falling,
    /// Neither.
    Steady,
}
