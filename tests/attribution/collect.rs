//! Journeys out of a graph and its signals.

use quorate::{
    Account, AccountGraph, AttributionError, BuyingGroup, Contact, DealJourney, Decimal, Grouping, Known, Member, Membership, Opportunity,
    Outcome, Policy, RoleClaim, Signal, attribute, attribution_report, deal_journeys,
};

fn contact(id: &str, role: &str) -> Contact {
    Contact::new(id, "acme").unwrap().with_role(role).unwrap()
}

fn won(id: &str, group: Option<&str>) -> Opportunity {
    Opportunity {
        id: id.parse().unwrap(),
        account: "acme".parse().unwrap(),
        group: group.map(|group| group.parse().unwrap()),
        created_at: "2025-03-01".parse().unwrap(),
        closed_at: Some("2025-05-05".parse().unwrap()),
        outcome: Outcome::Won,
        amount: Some(Decimal::new(10_000, 2)),
        currency: Some("EUR".into()),
    }
}

fn did(contact: &str, kind: &str, at: &str, id: &str) -> Signal {
    Signal::of_contact(contact, kind, at.parse().unwrap()).unwrap().with_id(id).unwrap()
}

/// Two groups: one for storage with all, one explicit for analytics.
fn acme() -> AccountGraph {
    let mut graph = AccountGraph::new();
    graph.add_account(Account::new("acme").unwrap()).unwrap();
    let mut ann = contact("ann", "champion");
    ann.created = Some("2025-02-01".parse().unwrap());
    ann.roles.push(RoleClaim { role: "economic_buyer".parse().unwrap(), evidence: ann.roles[0].evidence });
    graph.add_contact(ann).unwrap();
    for id in ["bea-1", "bea-2"] {
        graph.add_contact(Contact { person: Some("bea".parse().unwrap()), ..contact(id, "end_user") }).unwrap();
    }
    graph.add_contact(Contact { active: false, ..contact("gone", "champion") }).unwrap();
    graph.add_group(BuyingGroup { solution: Some("storage".parse().unwrap()), ..BuyingGroup::new("g-storage", "acme").unwrap() }).unwrap();
    let analytics = BuyingGroup {
        solution: Some("analytics".parse().unwrap()),
        membership: Some(Membership::Explicit),
        ..BuyingGroup::new("g-analytics", "acme").unwrap()
    };
    graph.add_group(analytics).unwrap();
    let claim = contact("x", "influencer").roles.remove(0);
    graph
        .add_member(Member { group: "g-analytics".parse().unwrap(), contact: "ann".parse().unwrap(), claim, known: Known::ALWAYS })
        .unwrap();
    graph
}

fn told(journey: &DealJourney<'_>) -> Vec<String> {
    let one = |touch: &quorate::Touch<'_>| format!("{} {} {} {} {}", touch.at.day(), touch.contact, touch.kind, touch.role, touch.weight);
    journey.touches().map(one).collect()
}

#[test]
fn a_journey_is_weighed_by_the_policy_that_made_it() {
    let mut graph = acme();
    graph.add_opportunity(won("o-account", None)).unwrap();
    let policy = Policy::default();
    let other = {
        let mut document = policy.document().clone();
        document.attribution.look_back_days = 7;
        Policy::new(document).unwrap()
    };
    let signals = [did("ann", "demo_request", "2025-04-01", "1")];
    let journeys = deal_journeys(&graph, &policy, &signals);
    let refused = AttributionError::OtherPolicy { opportunity: "o-account".into() };
    assert_eq!(attribute(&journeys[0], &other, "linear", 2).unwrap_err(), refused);
    assert_eq!(attribution_report(&journeys, &other, "linear", Grouping::Channel, |_| 2).unwrap_err(), refused);
    // One that means the same is the same, whoever read it.
    let same = Policy::new(policy.document().clone()).unwrap();
    assert!(attribute(&journeys[0], &same, "linear", 2).is_ok());
}

#[test]
fn touches_are_those_of_the_groups_members_up_to_the_close() {
    let mut graph = acme();
    graph.add_opportunity(won("o-account", None)).unwrap();
    graph.add_opportunity(won("o-analytics", Some("g-analytics"))).unwrap();
    graph.add_opportunity(won("o-storage", Some("g-storage"))).unwrap();
    graph.add_opportunity(Opportunity { outcome: Outcome::Open, ..won("o-open", None) }).unwrap();
    let signals = [
        did("ann", "demo_request", "2025-04-01", "1"),
        // The second of one id counts nowhere: the earlier is the least content.
        did("ann", "demo_request", "2025-04-09", "1"),
        did("bea-2", "webinar_attended", "2025-04-02", "2"),
        did("bea-1", "pricing_page", "2025-04-03", "3").about("storage").unwrap(),
        did("gone", "demo_request", "2025-04-04", "4"),
        // The day of the close belongs to it, since a date alone is that day.
        did("ann", "pricing_page", "2025-05-05T23:59:59Z", "5"),
        did("ann", "pricing_page", "2025-05-06", "6"),
        // A hundred and eighty days before the close, and one more.
        did("ann", "pricing_page", "2024-11-06T00:00:00Z", "7"),
        did("ann", "pricing_page", "2024-11-05T23:59:59Z", "8"),
        did("ann", "email_open", "2025-04-05", "9"),
        did("ann", "smoke_signal", "2025-04-05", "10"),
        Signal { quarantined: true, ..did("ann", "demo_request", "2025-04-05", "11") },
        Signal::of_account("acme", "demo_request", "2025-04-05".parse().unwrap()).unwrap(),
    ];
    let policy = Policy::default();
    let mut turned = signals.to_vec();
    turned.reverse();
    let found = deal_journeys(&graph, &policy, &signals);
    assert_eq!(found, deal_journeys(&graph, &policy, &turned), "the order of signals changes nothing");
    assert_eq!(found.iter().map(|one| one.deal().opportunity).collect::<Vec<_>>(), ["o-account", "o-analytics", "o-storage"]);
    let ann = ["2024-11-06 ann pricing_page", "2025-04-01 ann demo_request", "2025-05-05 ann pricing_page"];
    let [of_account, of_analytics, of_storage] = [0, 1, 2].map(|at| told(&found[at]));
    // Only ann belongs to the explicit group, in the role named there.
    assert_eq!(of_analytics, ann.map(|touch| format!("{touch} influencer 80")));
    // Bea is one person, by the least contact id; a signal about another solution than the group's is none of it.
    let with_bea = |role: &str| {
        [
            format!("{} {role}", ann[0]),
            format!("{} {role}", ann[1]),
            "2025-04-02 bea-1 webinar_attended end_user 60".into(),
            "2025-04-03 bea-1 pricing_page end_user 60".into(),
            format!("{} {role}", ann[2]),
        ]
    };
    assert_eq!(of_storage, with_bea("economic_buyer 100"));
    assert_eq!(of_account, with_bea("economic_buyer 100"));
    let counts = found[2].counts();
    assert_eq!((counts.touches, counts.after_close, counts.before_look_back, counts.unknown_kind), (5, 1, 1, 1));
    assert_eq!(found[2].deal().contact_created, Some("2025-02-01".parse().unwrap()));
}

/// What counts against a group, and what counts for nothing, is no touch.
#[test]
fn tiers_and_kinds_are_left_out_as_the_policy_says() {
    let mut graph = acme();
    graph.add_opportunity(won("o", Some("g-storage"))).unwrap();
    let mut document = Policy::default().document().clone();
    let ignored = document.kinds.iter().find(|kind| document.attribution.left_out_tiers.contains(&kind.tier)).unwrap().name.clone();
    document.attribution.left_out_kinds.push("pricing_page".parse().unwrap());
    let policy = Policy::new(document).unwrap();
    let signals = [
        did("ann", "pricing_page", "2025-04-01", "1"),
        did("ann", ignored.as_str(), "2025-04-01", "2"),
        did("ann", "demo_request", "2025-04-01", "3"),
    ];
    let found = deal_journeys(&graph, &policy, &signals);
    assert_eq!((found[0].counts().left_out, told(&found[0])), (2, vec!["2025-04-01 ann demo_request economic_buyer 100".to_owned()]));
}
