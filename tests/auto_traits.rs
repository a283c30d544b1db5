//! What every exported type promises without saying so: it may be sent to other threads, used by several at once, and moved.

/// Compiles for those types alone that keep the promise.
fn keeps<T: Send + Sync + Unpin>() {}

macro_rules! all_keep {
    ($($one:ty),* $(,)?) => { $(keeps::<$one>();)* };
}

#[test]
fn every_exported_type_may_go_to_other_threads() {
    use quorate::*;

    all_keep!(
        Accepted, AcceptedOf, Account, AccountAssessment, AccountGraph, AccountId, Admission, Advance, Advice, AnswerChange, Asked,
        Assessment, Assessor<'_>, AttributeTest, Attribution<'_, '_>, AttributionError, AttributionModel, AttributionReport,
        AttributionRule, Average, BackTest, BackTestError, BackTestOptions, BackTestPart, BackTestRule, BackTestVerdict, BackTestWarning,
        Band, Bands, Belongs, Between, Brought, BroughtLine, BuyingGroup, Campaign, CampaignAccounts, CampaignCost, CampaignCostError,
        CampaignFigures, CampaignName, CampaignPeople, CampaignReach, CampaignSignals, CampaignSpend, Campaigns, Candidate<ContactId>,
        Cause, CauseCount, Change, ChangeSet, ChannelCredit, ChannelMethod, ChannelName, ChannelPath, ChannelRule, Citation, Clause,
        ClosedDeals, Cohort, CohortBy, Cohorts, ColumnFault, ColumnsError, CommonManager, Comparison, Conflict, Connections,
        Connector<'_>, Contact, ContactId, ContactIds, Contender<'_>, ContenderResult, Count<'_>, Coverage, Credit<'_, '_>, CreditRow,
        CreditRule, Criterion, CurrencyDeals, CurrentPortfolio<'_>, Day, Deal<'_>, DealJourney<'_>, DealOutcome, Decay, DecayFactor,
        DecayStep, DecidingPerson, DecisionDays, Difference, Disposition, DispositionVerdict, Dispositions, EditError, EmailAddress,
        English, Evidence, EvidenceRule, ExitRule, Explanation, Extent, Fact, FactValue, Factor, Finding, FindingCause, FindingKind, Fit,
        FitCriterion, FitRule, FitSource, FitTier, FitTiers, FollowUp, FollowUpAction, FollowUpCounts, FollowUpRule, FollowUpSpeed,
        FollowUpState, FollowUps, Fraction, FunctionTest, Funnel, FunnelError, FunnelStage, FunnelStep, FunnelTable, FuzzyNames, Gap,
        GapCode, GroupAssessment, GroupChange, GroupEntry, GroupHistories, GroupHistory, GroupId, GroupOnDay<'_>, GroupOutcome,
        GroupRaise, GroupRank<'_>, GroupRule, Grouping, HandRaiseRule, HandRaiseState, HeldClaim, HideScope, Holds, Hop, HopKind, IdError,
        Identity, Influenced, Instant, Intake, Interaction, InteractionCounts, InteractionWeight, Interval, JobFunction, Journey,
        Journeys, KindName, KindRule, Known, Lead, LeadMatch, Ledger, LedgerChannel, LedgerPerson, LedgerRow, LedgerSeat, LeftOut,
        Likeness, Loss, MatchAnswer<ContactId>, MatchFact, MatchHow, MatchList, MatchListBase, MatchNote, MatchRules, MatchRulesDocument,
        MatchWhy, Matcher, Measure, Member, MemberAssessment, MemberId, Membership, Missed, Momentum, MomentumRule, Money, Move,
        MoveReason, Movement, NamedColumns<'_>, Needed, Network, NetworkError, NetworkRule, NextPerson, NumberError, OpponentReach,
        Opportunity, OpportunityId, OrgChart<'_>, OrgPerson, OutOfOrder, Outcome, PastDeal, PathAttribution, PathPeople, PathQuality,
        People, Percent, Period, PersonId, PersonRule, Place, Plan, PlanBasis, PlanError, PlanLine, PlanRate, PlanStep, Points,
        Policies<'_>, Policy, PolicyDocument, PolicyEntry, PolicyLabel, PolicySet, PortfolioDocument, PortfolioRow<'_>, Positions,
        Predicate, Problem, ProblemKind, Problems, Proportion, QualityBar, Range, RankBy, Rate, Ratio, Reason, ReasonCount, RecordProblem,
        Recorded, Relationship, RelationshipDomains, RelationshipSource, RemovedAccount, RemovedContact, RemovedGroup, Replay,
        ReportingLine, Resilience, Revenue, RoleBasis, RoleClaim, RoleCoverage, RoleFinding, RoleName, RoleReading, RoleRule, RollUp,
        Roster, RosterError, Route, Rule, RuleEnd, RuleKind, RuleNode, RunIntake, Said<'_, Points, English>, Scope, Score, Seat, SeatOf,
        Section, Seniority, Severity, Share, Signal, SignalColumns<'_>, SignalExample, SignalId, SignalState, SignalTally, SignedShare,
        SolutionName, Spans, Stage, StageCause, StageRule, Stance, Standing, StandingError, State, StrengthRule, Subject, SubjectRef<'_>,
        SweepRow, TallyError, Template, TemplateName, Threading, Threads, Tie, TieKind, Tier, TiesOfInteractions, TimeError, Timeline<'_>,
        TitleAlternative<Seniority>, TitleBase, TitleFinding<Seniority>, TitleReader, TitleReading, TitleRole, TitleRule, TitleRules,
        TitleSays, TitleWords, TitlesRule, TopPrecision, Totals, Touch<'_>, TouchCounts, Trend, Truth, UnknownFact, UnknownId,
        UnusedDomain, Value, ValueTest, Verdict, Violation, WarmPath, Warning, Who, Workload, WrongAmount, WrongValue
    );
}

#[test]
fn every_exported_type_is_asked() {
    let (exports, asked) = (include_str!("../src/lib.rs"), include_str!("auto_traits.rs"));
    let words = |text: &'static str| text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty());
    let lists = exports.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let is_type = |name: &&str| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
    let exported: Vec<&str> = lists.flat_map(words).filter(is_type).collect();
    assert!(exported.len() > 300, "{} types are exported", exported.len());
    // Traits, and what is another crate's.
    let others = ["Decimal", "Sayable", "Wording"];
    let missing: Vec<_> = exported.iter().filter(|name| !others.contains(name) && !words(asked).any(|word| word == **name)).collect();
    assert_eq!(missing, Vec::<&&str>::new());
}
