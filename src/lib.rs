//! **Is this account ready to buy, who decides, and who is missing?**
//!
//! quorate models accounts, the people of a buying group and their roles as a graph, adds up what those people did into account-level
//! readiness, exactly and with every point explained, and says which deciding people are missing. It is a pure function of its arguments: no
//! files, no clock, no network, no randomness, no logging, no global state.
//!
//! ```text
//! AccountGraph  (who: accounts, contacts, roles, ties)        ─┐
//! SignalTally   (what happened: counts per person, kind, day) ─┼─►  assess(graph, tally, policy, day) ─► Assessment
//! Policy        (what we agreed: a validated document)        ─┘
//! ```
//!
//! # Example
//!
//! ```
//! use quorate::{Account, AccountGraph, Contact, Policy, Signal, SignalTally, assess};
//!
//! // Who there is.
//! let mut graph = AccountGraph::new();
//! graph.add_account(Account::new("acme")?)?;
//! graph.add_contact(Contact::new("ann", "acme")?.with_role("economic_buyer")?)?;
//! graph.add_contact(Contact::new("ben", "acme")?.with_role("champion")?)?;
//! graph.add_contact(Contact::new("cleo", "acme")?.with_role("end_user")?)?;
//!
//! // What happened.
//! let mut tally = SignalTally::new();
//! tally.record(&Signal::of_contact("ben", "webinar_attended", "2025-04-29".parse()?)?)?;
//! tally.record(&Signal::of_contact("ann", "pricing_page", "2025-05-02T09:30:00Z".parse()?)?)?;
//! tally.record(&Signal::of_contact("ann", "reply_to_sales", "2025-05-03T14:00:00Z".parse()?)?)?;
//!
//! // What we agreed, and what follows from it.
//! let assessment = assess(&graph, &tally, &Policy::default(), "2025-05-05".parse()?);
//! let acme = assessment.accounts[0].best();
//! assert_eq!(acme.verdict.state.token(), "qualified");
//! assert_eq!(acme.points.to_string(), "117.301410864");
//! assert_eq!(acme.readiness.to_string(), "23.4603");
//! let missing: Vec<String> = acme.gaps.iter().take(2).map(ToString::to_string).collect();
//! assert_eq!(missing, ["nobody holds the role decision_maker", "nobody holds the role technical_evaluator"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The main types, in reading order
//!
//! - [`Account`], [`Contact`], [`BuyingGroup`], [`Member`], [`Tie`], [`Opportunity`], [`Disposition`]: records, plain data.
//! - [`AccountGraph`]: the records with their invariants; [`PortfolioDocument`] is its document.
//! - [`Signal`] and [`SignalTally`]: what happened, counted; knows neither policy nor day, merges in any order. [`SignalColumns`], [`NamedColumns`] and
//!   [`Roster`]: millions of signals at once.
//! - [`Policy`]: every number and rule, as a validated document with a hash; [`PolicyDocument`] is its content, [`PolicySet`] several of them.
//!   A [`Finding`] is a part of a valid policy that can never make a difference.
//! - [`assess`], [`Assessor`] and [`Assessment`], [`AccountAssessment`], [`GroupAssessment`]: the answer, with [`Reason`]s and [`Gap`]s; [`PortfolioRow`]: its
//!   numbers alone, for tables; [`CurrentPortfolio`]: rows kept current while signals come in.
//! - [`explain`] and [`Explanation`]: one group's [`Ledger`], its rules as trees with the records they rest on, [`Advice`] on what it would take,
//!   what [`Holds`] the verdict, and whom to reach next. [`Wording`] puts every result into words.
//! - [`Network`]: the people of a day and the lines between them; [`WarmPath`]s, [`Resilience`], [`OrgChart`], and the [`Connections`] of a group.
//! - [`TitleReader`] and [`TitleRules`]: what a job title says; [`Matcher`], [`MatchRules`] and [`Lead`]: which account and contact a lead belongs to.
//! - [`Standing`], [`Move`] and [`replay`]: where a group stands from day to day, and why it moved.
//! - [`Funnel`], [`GroupHistories`], [`lead_journeys`], [`Rate`] and [`Interval`]: who came how far and how fast, groups beside leads;
//!   [`dispositions`]: what sales accepted; [`follow_ups`]: how soon sales acted; [`campaigns`]: what came of each campaign. [`PlanBasis`] and [`Plan`]: what a revenue takes.
//! - [`Timeline`], [`back_test`] and [`back_test_deals`]: what was known on a day of the past, and what policies would have said, held against what was won.
//! - [`compare_policies`], [`compare_days`] and [`Comparison`]: who changed between two policies or two days, and the one thing that made it.
//! - [`Points`], [`Percent`], [`Ratio`], [`Day`], [`Instant`] and the ids: exact numbers, days in UTC, names.
//! - [`Problem`] and [`Problems`]: everything wrong with a document, each with its path.
//!
//! # Words
//!
//! A *contact* is a row of the CRM, a *person* a human who may be several contacts, a *member* a person in a buying group. A *buying group* is
//! an account and what it may buy (Webster and Wind 1972 call it the buying centre). A *role* is what a member is in the purchase; a *seat* is a
//! role that a template asks for. A *signal* is one act; its *kind* says what it is worth. *Points* measure interest, *readiness* how much of
//! the interest needed is there, *coverage* how many seats are taken; a *gap* is what is missing. A *verdict* says whether to pass the group
//! to sales; a *stage* says where it stands on a day, a *standing* where it stands over time. The *ledger* lists where every point comes from. A *line* is
//! a tie or a reporting line between two people, a *warm path* a few of them by which somebody can be reached. *Evidence* is who says that somebody
//! holds a role; a *seniority* is how high somebody stands; a *lead* is somebody who is not filed yet.
//!
//! # What it deliberately does not do
//!
//! It predicts nothing: there is no model to train and no score that nobody can recompute. It reads no files and knows no CRM; the command-line
//! example in `examples/quorate` does. It does not guess: an unknown fact is an answer (`unknown`), never zero.
//!
//! # Features
//!
//! - `rayon` (off): tallies of columns are made, and rows of a portfolio assessed (`Assessor::par_portfolio`), in several threads. No byte of any result depends on
//!   it. It needs `std`; without it the crate is `no_std` with `alloc`.
//!
//! # Other crates in signatures
//!
//! [`Decimal`] is `rust_decimal`'s, `Serialize` and `Deserialize` are serde's, and with the feature `rayon` `Assessor::par_portfolio` gives one of rayon's iterators: a
//! new major version of one of these is one of this crate. No other crate's types are in signatures. Results can be written, not read back; what is read back
//! are documents (graph, tally, policy, policy set, standing, rules for titles and matching).
//!
//! # Ids of strangers
//!
//! Look-ups of ids are hashed with a fixed seed, so that equal data take equal time and nothing is random. Who can choose ids of accounts, contacts or signals can choose
//! such as make look-ups slow; a service that takes ids from strangers should give them ids of its own.
//!
//! The crate forbids unsafe code and builds with Rust 1.85.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod account;
mod address;
mod assess;
mod attribution;
mod back_test;
mod compare;
mod contact;
mod day;
mod document;
mod exact;
mod explain;
mod fold;
mod funnel;
mod graph;
mod id;
mod matching;
mod network;
mod paths;
mod policy;
mod problem;
mod radix;
mod roster;
mod short_ids;
mod signal;
mod standing;
mod tally;
mod title;
mod wording;

pub use account::{Account, BuyingGroup, Disposition, DispositionVerdict, Member, Membership, Opportunity, Outcome, Tie, TieKind};
pub use address::registrable_domain;
pub use assess::{
    AccountAssessment, Admission, Assessment, Assessor, Band, Clause, ContactIds, Coverage, CurrentPortfolio, Fact, Fit, Gap, GapCode,
    GroupAssessment, GroupRank, HeldClaim, Intake, MemberAssessment, Momentum, Movement, People, Policies, PortfolioRow, Reason,
    RelationshipSource, RoleBasis, RoleCoverage, Route, RunIntake, SeatOf, Severity, SignalState, Stage, State, Threading, Totals, Truth,
    UnknownFact, UnknownId, Value, Verdict, Warning, assess, assess_account, assess_group,
};
pub use attribution::{
    Attribution, AttributionError, AttributionReport, ChannelCredit, ChannelPath, Credit, CreditRow, Deal, DealJourney, Grouping,
    MARKOV_CHANNELS_MAX, Money, PathAttribution, SHAPLEY_CHANNELS_MAX, SHARE_PLACES, Share, SignedShare, Touch, TouchCounts, WrongAmount,
    WrongValue, attribute, attribute_paths, attribution_report, deal_journeys,
};
pub use back_test::{
    BACK_TEST_CASES_LEAST, BACK_TEST_CASES_WARN, BACK_TEST_FLAGGED_LEAST, BackTest, BackTestError, BackTestOptions, BackTestPart,
    BackTestVerdict, BackTestWarning, Contender, ContenderResult, DealOutcome, DecisionDays, GroupOnDay, LeftOut, PastDeal, QualityBar,
    Score, SweepRow, Timeline, TopPrecision, Workload, back_test, back_test_deals, last_outcome_day,
};
pub use compare::{
    AnswerChange, Between, Cause, CauseCount, Comparison, Difference, Factor, GroupChange, GroupOutcome, HandRaiseState, TRIED_MAX,
    compare_days, compare_policies, differences,
};
pub use contact::{Contact, Evidence, Known, Relationship, RoleClaim, Stance};
pub use day::{Day, Instant, TimeError};
pub use exact::{DecayFactor, NumberError, PathQuality, Percent, Points, Proportion, Ratio, decimal_from_str};
pub use explain::{
    Advice, Asked, Belongs, Change, ChangeSet, Citation, Explanation, Extent, FactValue, Holds, Identity, Ledger, LedgerChannel,
    LedgerPerson, LedgerRow, LedgerSeat, Loss, MemberId, NextPerson, RuleKind, RuleNode, SignalExample, Who, explain,
};
pub use funnel::{
    Accepted, AcceptedOf, Average, Brought, BroughtLine, Campaign, CampaignAccounts, CampaignCost, CampaignCostError, CampaignFigures,
    CampaignPeople, CampaignReach, CampaignSignals, CampaignSpend, Campaigns, ClosedDeals, Cohort, CohortBy, Cohorts, CurrencyDeals,
    Dispositions, FollowUp, FollowUpAction, FollowUpCounts, FollowUpSpeed, FollowUpState, FollowUps, Funnel, FunnelError, FunnelStage,
    FunnelStep, FunnelTable, GROUP_ATTRIBUTES, GROUP_STAGES, GroupEntry, GroupHistories, GroupHistory, GroupRaise, Interval, Journey,
    Journeys, LEAD_STAGES, Needed, OutOfOrder, Period, Plan, PlanBasis, PlanError, PlanLine, PlanRate, PlanStep, Rate, ReasonCount,
    Revenue, Spans, campaigns, dispositions, follow_ups, group_journeys, lead_journeys,
};
pub use graph::{
    AccountGraph, EditError, PortfolioDocument, RecordProblem, RemovedAccount, RemovedContact, RemovedGroup, ReportingLine, Section,
    Violation,
};
pub use id::{
    AccountId, CampaignName, ChannelName, ContactId, EmailAddress, GroupId, ID_BYTES_MAX, IdError, KindName, OpportunityId, PersonId,
    RoleName, SignalId, SolutionName, TemplateName,
};
pub use matching::{
    Candidate, FuzzyNames, Lead, LeadMatch, Likeness, MatchAnswer, MatchFact, MatchHow, MatchList, MatchListBase, MatchNote, MatchRules,
    MatchRulesDocument, MatchWhy, Matcher, SUGGESTIONS_MAX, UnusedDomain,
};
pub use network::{
    CommonManager, Connections, Connector, DecidingPerson, Hop, HopKind, Influenced, Interaction, InteractionCounts, Missed, Network,
    NetworkError, OpponentReach, OrgChart, OrgPerson, PathPeople, Resilience, TiesOfInteractions, WarmPath, ties_of_interactions,
};
pub use policy::{
    AttributeTest, AttributionModel, AttributionRule, BackTestRule, Bands, ChannelMethod, ChannelRule, CreditRule, Criterion, Decay,
    DecayStep, EvidenceRule, ExitRule, Finding, FindingCause, FindingKind, FitCriterion, FitRule, FitSource, FitTier, FitTiers,
    FollowUpRule, Fraction, FunctionTest, GroupRule, HandRaiseRule, InteractionWeight, KindRule, Measure, MomentumRule, NetworkRule,
    PersonRule, Policy, PolicyDocument, PolicyEntry, PolicyLabel, PolicySet, Positions, Predicate, Range, RankBy, RelationshipDomains,
    RoleFinding, RoleReading, RoleRule, RollUp, Rule, Scope, Seat, StageCause, StageRule, StrengthRule, Template, Threads, Tier, TitleBase,
    TitleRole, TitlesRule, Trend, ValueTest,
};
pub use problem::{Problem, ProblemKind, Problems, nearest_name};
pub use roster::{Roster, RosterError};
pub use rust_decimal::Decimal;
pub use signal::{Signal, Subject};
pub use standing::{Advance, Move, MoveReason, Place, Replay, RuleEnd, Standing, StandingError, replay};
pub use tally::{ColumnFault, ColumnsError, Conflict, Count, NamedColumns, Recorded, SignalColumns, SignalTally, SubjectRef, TallyError};
pub use title::{
    HideScope, JobFunction, Seniority, TitleAlternative, TitleFinding, TitleReader, TitleReading, TitleRule, TitleRules, TitleSays,
    TitleWords,
};
pub use wording::{English, Said, Sayable, Wording};

/// The examples of the README, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

/// Why things are as they are, and what was decided where the rules are silent.
#[cfg(doc)]
#[doc = include_str!("../DESIGN.md")]
pub mod design {}
