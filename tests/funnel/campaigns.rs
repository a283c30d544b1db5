//! Campaigns: which groups came of them and what that cost, against a slow reading in rationals, and examples that can be followed by hand.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use quorate::{
    Account, AccountGraph, Assessor, BuyingGroup, CampaignCost, CampaignFigures, CampaignSpend, Campaigns, Contact, Day, Decimal,
    GroupHistories, Membership, Opportunity, Outcome, Policy, Relationship, Signal, SignalTally, Stance, campaigns,
};

const FIRST: &str = "2025-05-01";
const DAYS: u16 = 12;

fn day(number: u16) -> Day {
    let first: Day = FIRST.parse().unwrap();
    first.checked_plus_days(number).unwrap()
}

/// A small portfolio: two accounts of three people, groups for solutions, deals, acts and costs.
#[derive(Clone, Debug)]
struct World {
    /// By account, the solutions of its groups; without groups it has its default one.
    groups: Vec<Vec<Option<&'static str>>>,
    acts: Vec<Act>,
    /// Account, group if any, day.
    deals: Vec<(usize, Option<usize>, u16)>,
    costs: Vec<(&'static str, i64, Option<&'static str>)>,
    as_of: u16,
}

#[derive(Clone, Debug)]
struct Act {
    account: usize,
    /// The account's unnamed visitors are 3.
    who: usize,
    kind: &'static str,
    day: u16,
    hour: u16,
    solution: Option<&'static str>,
    campaign: Option<&'static str>,
    quarantined: bool,
}

fn solution() -> impl Strategy<Value = Option<&'static str>> {
    option::weighted(0.6, select(vec!["crm", "erp"]))
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let kind = select(vec!["demo_request", "webinar_attended", "page_view", "mystery"]);
    let campaign = option::weighted(0.8, select(vec!["expo", "mailing", "Ünder"]));
    let act = (0_usize..2, 0_usize..4, kind, 0..DAYS, 0_u16..24, solution(), campaign, prop::bool::weighted(0.1));
    vec(
        act.prop_map(|(account, who, kind, day, hour, solution, campaign, quarantined)| Act {
            account,
            who,
            kind,
            day,
            hour,
            solution,
            campaign,
            quarantined,
        }),
        0..14,
    )
}

fn worlds() -> impl Strategy<Value = World> {
    let groups = vec(vec(solution(), 0..4), 2);
    let deals = vec((0_usize..2, option::of(0_usize..3), 0..DAYS), 0..5);
    let campaign = select(vec!["expo", "mailing", "Ünder", "silent"]);
    let amount = prop_oneof![-3_000_i64..90_000, Just(0), Just(10_000), -9_999_999_999_i64..9_999_999_999];
    let costs = vec((campaign, amount, option::of(select(vec!["EUR", "JPY"]))), 0..6);
    (groups, acts(), deals, costs, 0..DAYS).prop_map(|(groups, acts, deals, costs, as_of)| World { groups, acts, deals, costs, as_of })
}

impl World {
    fn account(account: usize) -> String {
        ["acme", "beta"][account].into()
    }

    fn contact(account: usize, who: usize) -> String {
        format!("{}-{who}", Self::account(account))
    }

    /// Id and solution.
    fn groups_of(&self, account: usize) -> Vec<(String, Option<&'static str>)> {
        let own = self.groups[account].iter().enumerate().map(|(number, of)| (format!("{}/{number}", Self::account(account)), *of));
        let own: Vec<_> = own.collect();
        if own.is_empty() { vec![(Self::account(account), None)] } else { own }
    }

    fn graph(&self) -> AccountGraph {
        let mut graph = AccountGraph::new();
        for account in 0..2 {
            graph.add_account(Account::new(&Self::account(account)).unwrap()).unwrap();
            for who in 0..3 {
                let mut contact = Contact::new(&Self::contact(account, who), &Self::account(account)).unwrap();
                contact.relationship = (who == 2).then_some(Relationship::Consultant);
                graph.add_contact(contact.with_role("decision_maker").unwrap()).unwrap();
            }
            if self.groups[account].is_empty() {
                continue;
            }
            for (id, solution) in self.groups_of(account) {
                let group = BuyingGroup {
                    id: id.parse().unwrap(),
                    account: Self::account(account).parse().unwrap(),
                    solution: solution.map(|name| name.parse().unwrap()),
                    template: None,
                    membership: None,
                };
                graph.add_group(group).unwrap();
            }
        }
        for (number, (account, group, created)) in self.deals.iter().enumerate() {
            let groups = self.groups_of(*account);
            let deal = Opportunity {
                id: format!("o{number}").parse().unwrap(),
                account: Self::account(*account).parse().unwrap(),
                group: group.map(|group| groups[group % groups.len()].0.parse().unwrap()),
                created_at: day(*created).into(),
                closed_at: None,
                outcome: Outcome::Open,
                amount: None,
                currency: None,
            };
            graph.add_opportunity(deal).unwrap();
        }
        graph
    }

    fn signals(&self) -> Vec<Signal> {
        let signal = |act: &Act| {
            let at = format!("{}T{:02}:00:00Z", day(act.day), act.hour).parse().unwrap();
            let mut signal = match act.who {
                3 => Signal::of_account(&Self::account(act.account), act.kind, at).unwrap(),
                who => Signal::of_contact(&Self::contact(act.account, who), act.kind, at).unwrap(),
            };
            signal.solution = act.solution.map(|name| name.parse().unwrap());
            signal.campaign = act.campaign.map(|name| name.parse().unwrap());
            signal.quarantined = act.quarantined;
            signal
        };
        self.acts.iter().map(signal).collect()
    }

    fn costs(&self) -> Vec<CampaignCost> {
        let cost = |(campaign, units, currency): &(&str, i64, Option<&str>)| cost(campaign, Decimal::new(*units, 2), *currency);
        self.costs.iter().map(cost).collect()
    }
}

fn cost(campaign: &str, amount: Decimal, currency: Option<&str>) -> CampaignCost {
    CampaignCost::new(campaign.parse().unwrap(), amount, currency.map(String::from)).unwrap()
}

fn digits(currency: Option<&str>) -> u32 {
    if currency == Some("JPY") { 0 } else { 2 }
}

/// What the library says, and the histories that it went by.
fn ask(world: &World) -> (Campaigns, GroupHistories) {
    let (graph, signals, policy) = (world.graph(), world.signals(), Policy::default());
    let tally = SignalTally::from_signals(&signals).unwrap();
    let assessor = Assessor::new(&graph, &tally, &policy);
    // A history that goes on for longer changes nothing.
    let histories = GroupHistories::replay(&assessor, day(0), day(DAYS), |_| ()).unwrap();
    (campaigns(&assessor, &histories, &signals, &world.costs(), digits, day(world.as_of)), histories)
}

/// The first day on which a group of an account heard of some acts.
fn first(world: &World, account: usize, solution: Option<&str>, is_of: &dyn Fn(&Act) -> bool) -> Option<u16> {
    let hears = |act: &&Act| {
        act.account == account
            && !act.quarantined
            && act.day <= world.as_of
            && (solution.is_none() || act.solution.is_none() || act.solution == solution)
    };
    world.acts.iter().filter(|act| is_of(act)).filter(hears).map(|act| act.day).min()
}

/// Groups that qualified, groups that opened, opportunities: looked at one by one.
fn came_of_it(world: &World, histories: &GroupHistories, is_of: &dyn Fn(&Act) -> bool) -> (u64, u64, u64) {
    let (mut qualified, mut opened, mut opportunities) = (0, 0, BTreeSet::new());
    for account in 0..2 {
        let groups = world.groups_of(account);
        for (place, (id, solution)) in groups.iter().enumerate() {
            let Some(first) = first(world, account, *solution, is_of) else { continue };
            let entry = histories.get(id).unwrap().entries.first().map(|entry| entry.day);
            qualified += u64::from(entry.is_some_and(|entry| day(first) <= entry && entry <= day(world.as_of)));
            let applies = |(of, group, created): &(usize, Option<usize>, u16)| {
                *of == account && group.is_none_or(|group| group % groups.len() == place) && (first..=world.as_of).contains(created)
            };
            let deals: Vec<usize> = (0..world.deals.len()).filter(|deal| applies(&world.deals[*deal])).collect();
            opened += u64::from(!deals.is_empty());
            opportunities.extend(deals);
        }
    }
    (qualified, opened, opportunities.len() as u64)
}

fn q(decimal: Decimal) -> BigRational {
    BigRational::new(decimal.mantissa().into(), BigInt::from(10).pow(decimal.scale()))
}

/// Half to even.
fn rounded(value: &BigRational, places: u32) -> BigRational {
    let ten = BigRational::from(BigInt::from(10).pow(places));
    let scaled = value * &ten;
    let (floor, half) = (scaled.floor(), BigRational::new(1.into(), 2.into()));
    let rest = &scaled - &floor;
    let odd = !(&floor / BigRational::from(BigInt::from(2))).is_integer();
    let up = rest > half || (rest == half && odd);
    (floor + BigRational::from(BigInt::from(u8::from(up)))) / ten
}

fn parts(spend: &CampaignSpend) -> [BigRational; 4] {
    [spend.amount, spend.on_never, spend.on_nobody, spend.on_others].map(q)
}

/// What a campaign cost, by currency.
fn sums(world: &World, is_of: impl Fn(&str) -> bool) -> BTreeMap<Option<&'static str>, BigRational> {
    let mut sums = BTreeMap::new();
    for (_, units, currency) in world.costs.iter().filter(|(campaign, ..)| is_of(campaign)) {
        *sums.entry(*currency).or_insert_with(BigRational::zero) += BigRational::new((*units).into(), 100.into());
    }
    sums
}

/// Of all campaigns `together` nobody says which groups were paid for in which of several currencies.
fn check_each(figures: &CampaignFigures, together: bool) -> Result<(), TestCaseError> {
    let told = !together || figures.costs.len() == 1;
    for spend in &figures.costs {
        let places = digits(spend.currency.as_deref());
        let each = |count: u64| (told && count > 0).then(|| rounded(&(q(spend.amount) / BigRational::from(BigInt::from(count))), places));
        prop_assert_eq!(spend.per_qualified.map(q), each(figures.qualified));
        prop_assert_eq!(spend.per_opportunity.map(q), each(figures.opportunities));
        let [amount, never, nobody, others] = parts(spend);
        prop_assert_eq!(never + nobody + others, amount, "every cent is on somebody");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn groups_and_opportunities_count_from_the_day_they_heard_of_a_campaign(world in worlds()) {
        let (found, histories) = ask(&world);
        for one in &found.campaigns {
            let figures = &one.figures;
            let expected = came_of_it(&world, &histories, &|act| act.campaign == Some(&*one.name));
            prop_assert_eq!((figures.qualified, figures.opened, figures.opportunities), expected, "{}", &one.name);
        }
        let expected = came_of_it(&world, &histories, &|act| act.campaign.is_some());
        prop_assert_eq!((found.all.qualified, found.all.opened, found.all.opportunities), expected, "all");
    }

    #[test]
    fn costs_add_up_to_the_cent(world in worlds()) {
        let (found, _) = ask(&world);
        let mut totals: BTreeMap<Option<String>, Vec<[BigRational; 4]>> = BTreeMap::new();
        for one in &found.campaigns {
            check_each(&one.figures, false)?;
            let told: BTreeMap<_, _> = one.figures.costs.iter().map(|spend| (spend.currency.as_deref(), q(spend.amount))).collect();
            prop_assert_eq!(told, sums(&world, |campaign| campaign == one.name));
            for spend in &one.figures.costs {
                totals.entry(spend.currency.clone()).or_default().push(parts(spend));
            }
        }
        check_each(&found.all, true)?;
        let told: BTreeMap<_, _> = found.all.costs.iter().map(|spend| (spend.currency.as_deref(), q(spend.amount))).collect();
        prop_assert_eq!(told, sums(&world, |_| true));
        for spend in &found.all.costs {
            for (at, total) in parts(spend).iter().enumerate() {
                prop_assert_eq!(total, &totals[&spend.currency].iter().map(|parts| &parts[at]).sum::<BigRational>());
            }
        }
    }

    #[test]
    fn costs_fall_on_people_who_never_count_as_their_signals_do(world in worlds()) {
        let (found, _) = ask(&world);
        for one in &found.campaigns {
            let reached: Vec<&Act> = world.acts.iter().filter(|act| act.campaign == Some(&*one.name) && !act.quarantined && act.day <= world.as_of).collect();
            // The third of each account is a consultant.
            let never = reached.iter().filter(|act| act.who == 2).count();
            prop_assert_eq!((one.figures.reached.signals, one.figures.reached.never), (reached.len() as u64, never as u64));
            for spend in &one.figures.costs {
                let places = digits(spend.currency.as_deref()).max(spend.amount.scale());
                let [amount, on_never, on_nobody, _] = parts(spend);
                if reached.is_empty() {
                    prop_assert_eq!((on_never, on_nobody), (BigRational::zero(), amount));
                } else {
                    let part = BigRational::new(never.into(), reached.len().into());
                    prop_assert_eq!((on_never, on_nobody), (rounded(&(amount * part), places), BigRational::zero()));
                }
            }
        }
    }

    #[test]
    fn campaigns_come_by_name_and_none_is_lost(world in worlds()) {
        let (found, _) = ask(&world);
        let names: Vec<&str> = found.campaigns.iter().map(|one| one.name.as_str()).collect();
        let expected: BTreeSet<&str> = world.acts.iter().filter_map(|act| act.campaign).chain(world.costs.iter().map(|(name, ..)| *name)).collect();
        prop_assert_eq!(names, expected.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn more_of_a_cost_never_lowers_a_figure_made_of_it(world in worlds(), more in 0_i64..1_000_000) {
        let (before, _) = ask(&world);
        let mut dearer = world.clone();
        dearer.costs.push(("expo", more, Some("EUR")));
        let (after, _) = ask(&dearer);
        let expo = |found: &Campaigns| found.campaigns.iter().find(|one| one.name == "expo").and_then(|one| one.figures.costs.iter().find(|spend| spend.currency.as_deref() == Some("EUR")).cloned());
        if let (Some(before), Some(after)) = (expo(&before), expo(&after)) {
            prop_assert_eq!(after.amount - before.amount, Decimal::new(more, 2).normalize());
            prop_assert!(after.per_qualified >= before.per_qualified && after.on_never >= before.on_never);
        }
    }
}

/// Acme: Ann decides, Ben may not be asked, Cyd left, Dot is against it; Ed is in no group.
fn acme(acts: &[(&str, &str, &str)]) -> (AccountGraph, Vec<Signal>) {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    let contact = |id: &str| Contact::new(id, "acme").unwrap().with_role("decision_maker").unwrap();
    graph.add_contact(contact("ann")).unwrap();
    graph.add_contact(Contact { relationship: Some(Relationship::Competitor), ..contact("ben") }).unwrap();
    graph.add_contact(Contact { active: false, ..contact("cyd") }).unwrap();
    graph.add_contact(Contact { stance: Stance::Opponent, ..contact("dot") }).unwrap();
    graph.add_contact(Contact::new("ed", "acme").unwrap()).unwrap();
    let group = BuyingGroup {
        id: "main".parse().unwrap(),
        account: "acme".parse().unwrap(),
        solution: None,
        template: None,
        membership: Some(Membership::Explicit),
    };
    graph.add_group(group).unwrap();
    for id in ["ann", "dot"] {
        let claim = quorate::RoleClaim { role: "decision_maker".parse().unwrap(), evidence: quorate::Evidence::Crm };
        let member = quorate::Member { group: "main".parse().unwrap(), contact: id.parse().unwrap(), claim, known: quorate::Known::ALWAYS };
        graph.add_member(member).unwrap();
    }
    let signal = |(who, kind, at): &(&str, &str, &str)| {
        let mut signal = Signal::of_contact(who, kind, at.parse().unwrap()).unwrap();
        signal.campaign = Some("expo".parse().unwrap());
        signal
    };
    (graph, acts.iter().map(signal).collect())
}

fn tell((graph, signals): &(AccountGraph, Vec<Signal>), costs: &[CampaignCost]) -> Campaigns {
    let (tally, policy) = (SignalTally::from_signals(signals).unwrap(), Policy::default());
    let assessor = Assessor::new(graph, &tally, &policy);
    let histories = GroupHistories::replay(&assessor, day(0), day(9), |_| ()).unwrap();
    campaigns(&assessor, &histories, signals, costs, digits, day(9))
}

fn states(found: &CampaignFigures) -> Vec<(&str, u64)> {
    found.signals.iter().filter(|(_, count)| *count > 0).collect()
}

#[test]
fn people_who_never_count_are_told_apart() {
    let people = ["ann", "ben", "cyd", "dot", "ed"];
    let found = tell(&acme(&people.map(|who| (who, "demo_request", "2025-05-03"))), &[cost("expo", Decimal::from(100), Some("EUR"))]);
    let expo = &found.campaigns[0].figures;
    assert_eq!(states(expo), [("excluded_person", 2), ("not_a_member", 1), ("opponent", 1), ("counted", 1)]);
    // Dot decides though she is against it; Ed is there, but in no group.
    assert_eq!((expo.people.deciding, expo.people.other, expo.people.excluded), (2, 1, 2));
    assert_eq!((expo.reached.signals, expo.reached.never, expo.reached.share().unwrap().to_string()), (5, 4, "0.8".into()));
    let spend = &expo.costs[0];
    assert_eq!((spend.on_never, spend.on_others, spend.per_qualified), (Decimal::from(80), Decimal::from(20), Some(Decimal::from(100))));
    assert_eq!(expo, &found.all);
}

#[test]
fn beyond_the_daily_cap_are_the_latest_of_a_day() {
    let at = |hour: u8| format!("2025-05-03T{hour:02}:00:00Z");
    let (first, last) = (at(8), at(20));
    // Only one demo request a day counts.
    let (graph, mut signals) = acme(&[("ann", "demo_request", &last), ("ann", "demo_request", &first)]);
    signals[0].campaign = Some("late".parse().unwrap());
    let found = tell(&(graph, signals), &[]);
    assert_eq!(states(&found.campaigns[0].figures), [("counted", 1)]);
    assert_eq!((found.campaigns[1].name.as_str(), states(&found.campaigns[1].figures)), ("late", vec![("capped_daily", 1)]));
}

#[test]
fn what_comes_later_is_future_and_reaches_nobody() {
    let found = tell(&acme(&[("ann", "demo_request", "2025-05-20")]), &[cost("expo", Decimal::from(7), None)]);
    let expo = &found.campaigns[0].figures;
    assert_eq!((states(expo), expo.people.total(), expo.accounts.total(), expo.reached.share()), (vec![("future", 1)], 0, 0, None));
    assert_eq!((expo.costs[0].on_nobody, expo.costs[0].per_qualified, expo.costs[0].currency.as_deref()), (Decimal::from(7), None, None));
}

#[test]
fn a_campaign_that_nobody_answered_still_shows_its_cost() {
    let costs = [
        cost("silent", Decimal::new(1_005, 1), Some("EUR")),
        cost("silent", Decimal::new(-5, 1), Some("EUR")),
        cost("silent", Decimal::from(9), Some("JPY")),
    ];
    let found = tell(&acme(&[]), &costs);
    let silent = &found.campaigns[0];
    assert_eq!((found.campaigns.len(), silent.name.as_str(), silent.figures.signals.total()), (1, "silent", 0));
    let amounts: Vec<_> = silent.figures.costs.iter().map(|one| (one.currency.as_deref(), one.amount, one.on_nobody)).collect();
    assert_eq!(amounts, [(Some("EUR"), Decimal::from(100), Decimal::from(100)), (Some("JPY"), Decimal::from(9), Decimal::from(9))]);
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["campaigns"][0]["name"], "silent");
    assert_eq!((&json["campaigns"][0]["costs"][0]["amount"], &json["all"]["costs"][1]["currency"]), (&"100".into(), &"JPY".into()));
    assert_eq!(json["campaigns"][0]["reached"], serde_json::json!({"signals": 0, "never": 0, "share": null}));
}

#[test]
fn a_repetition_is_a_duplicate_of_the_campaign_that_it_names() {
    let (graph, mut signals) =
        acme(&[("ann", "demo_request", "2025-05-03"), ("ann", "demo_request", "2025-05-02"), ("ann", "demo_request", "2025-05-04")]);
    for (signal, campaign) in signals.iter_mut().zip(["b", "c", "a"]) {
        signal.id = Some("s-1".parse().unwrap());
        signal.campaign = Some(campaign.parse().unwrap());
    }
    let found = tell(&(graph, signals), &[]);
    let told: Vec<_> = found.campaigns.iter().map(|one| (one.name.as_str(), states(&one.figures)[0])).collect();
    // The earliest counts.
    assert_eq!(told, [("a", ("duplicate", 1)), ("b", ("duplicate", 1)), ("c", ("counted", 1))]);
    assert_eq!((found.all.signals.total(), found.all.qualified, found.campaigns[0].figures.qualified), (3, 1, 0));
}

#[test]
fn a_group_that_was_qualified_before_is_nobodys_doing() {
    let (graph, mut signals) = acme(&[("ann", "demo_request", "2025-05-03"), ("ann", "demo_request", "2025-07-20")]);
    signals[0].campaign = None;
    let (tally, policy, last) = (SignalTally::from_signals(&signals).unwrap(), Policy::default(), "2025-07-31".parse().unwrap());
    let assessor = Assessor::new(&graph, &tally, &policy);
    let histories = GroupHistories::replay(&assessor, day(0), last, |_| ()).unwrap();
    assert_eq!(histories.get("main").unwrap().entries.len(), 2, "it came in, lapsed, and came in again");
    let found = campaigns(&assessor, &histories, &signals, &[], digits, last);
    assert_eq!((found.campaigns[0].figures.qualified, found.without.total()), (0, 1));
}

#[test]
fn costs_out_of_range_are_refused() {
    let refused = |amount: Decimal| CampaignCost::new("expo".parse().unwrap(), amount, None).unwrap_err();
    let most = Decimal::from(1_000_000_000_000_000_i64);
    assert_eq!(cost("expo", most, None).amount(), most);
    let error = refused(-most - Decimal::ONE);
    assert_eq!((error.code(), error.amount(), error.campaign().as_str()), ("out_of_range", "-1000000000000001", "expo"));
    assert_eq!(
        refused(Decimal::new(12_345_678, 5)).to_string(),
        "the cost 123.45678 of the campaign `expo` is not allowed; at most 1000000000000000 in either direction with at most 4 decimals is"
    );
}
