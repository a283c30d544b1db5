//! A small world with everything that makes promises and journeys hard: a person of two contacts, one of whom left, an opponent, an explicit group with a
//! solution under a policy of its own, deals with and without a group, acts and causes at one time, ids that come twice.

use proptest::prelude::*;
use quorate::{
    Account, AccountGraph, BuyingGroup, Contact, Day, Disposition, DispositionVerdict, Evidence, Instant, Known, Member, Membership,
    Opportunity, Outcome, Policy, PolicyEntry, PolicySet, Predicate, RoleClaim, Rule, Signal, Stance,
};

pub const FIRST: &str = "2025-05-01";
pub const HOUR: i64 = 3_600_000_000;
pub const CONTACTS: [&str; 7] = ["p0", "p1", "p2", "p3", "p4", "p5", "q0"];
pub const KINDS: [&str; 8] =
    ["demo_request", "page_view", "pricing_page", "unsubscribe", "meeting_held", "call_made", "webinar_attended", "contact_sales"];
pub const OURS: [&str; 2] = ["meeting_held", "call_made"];
pub const STRONG: [&str; 3] = ["demo_request", "webinar_attended", "contact_sales"];
pub const GROUPS: [(&str, &str, Option<&str>); 3] = [("b", "b", None), ("g1", "a", Some("s1")), ("g2", "a", None)];

/// So many hours after the first day begins.
pub fn hour(hours: i64) -> Instant {
    let first: Instant = FIRST.parse().unwrap();
    Instant::from_micros_since_epoch(first.micros_since_epoch() + hours * HOUR).unwrap()
}

pub fn day(number: i64) -> Day {
    hour(24 * number).day()
}

#[derive(Clone, Debug)]
pub struct World {
    pub signals: Vec<Signal>,
    pub opportunities: Vec<Opportunity>,
    pub dispositions: Vec<Disposition>,
    pub as_of: Day,
    pub weekdays: bool,
}

fn policy(name: &str, hand_raise_hours: u16, weekdays: bool) -> Policy {
    let mut document = Policy::default().into_document();
    document.name = name.into();
    document.qualification = Rule::Is(Predicate::Points { at_least: 60.into() });
    document.exit.below_points = 50.into();
    (document.exit.below_days, document.exit.silence_days, document.exit.cool_down_days) = (2, 6, 3);
    document.hand_raise.within_days = 3;
    (document.follow_up.hand_raise_hours, document.follow_up.rule_hours) = (hand_raise_hours, 48);
    document.follow_up.weekdays_only = weekdays;
    Policy::new(document).unwrap()
}

impl World {
    pub fn policies(&self) -> PolicySet {
        let mut narrow = PolicyEntry::everywhere(policy("narrow", 60, self.weekdays));
        narrow.solutions = Some(vec!["s1".parse().unwrap()]);
        PolicySet::new(vec![narrow, PolicyEntry::everywhere(policy("wide", 24, self.weekdays))]).unwrap()
    }

    pub fn graph(&self) -> AccountGraph {
        let mut graph = AccountGraph::new();
        for account in ["a", "b"] {
            let mut record = Account::new(account).unwrap();
            record.attributes = [("route".into(), "EMEA".into()), ("origin".into(), account.into())].into();
            graph.add_account(record).unwrap();
        }
        for (id, person, role) in [
            ("p0", "x", "economic_buyer"),
            ("p1", "x", ""),
            ("p2", "", "champion"),
            ("p3", "y", ""),
            ("p4", "y", "decision_maker"),
            ("p5", "", ""),
            ("q0", "", ""),
        ] {
            let mut contact = Contact::new(id, if id == "q0" { "b" } else { "a" }).unwrap();
            contact.person = Some(person).filter(|person| !person.is_empty()).map(|person| person.parse().unwrap());
            contact.active = id != "p3";
            contact.stance = if id == "p2" { Stance::Opponent } else { Stance::Unknown };
            graph.add_contact(if role.is_empty() { contact } else { contact.with_role(role).unwrap() }).unwrap();
        }
        for (id, account, solution) in GROUPS.into_iter().filter(|(id, account, _)| id != account) {
            let mut group = BuyingGroup::new(id, account).unwrap();
            group.solution = solution.map(|name| name.parse().unwrap());
            group.membership = solution.map(|_| Membership::Explicit);
            graph.add_group(group).unwrap();
        }
        for contact in ["p0", "p1", "p2", "p4"] {
            let claim = RoleClaim { role: "economic_buyer".parse().unwrap(), evidence: Evidence::Human };
            let (group, contact) = ("g1".parse().unwrap(), contact.parse().unwrap());
            graph.add_member(Member { group, contact, claim, known: Known::ALWAYS }).unwrap();
        }
        self.opportunities.iter().for_each(|one| graph.add_opportunity(one.clone()).unwrap());
        self.dispositions.iter().for_each(|one| graph.add_disposition(one.clone()).unwrap());
        graph
    }

    /// Of signals with one id the least, and none that is set aside.
    pub fn counted(&self) -> Vec<&Signal> {
        let text = |signal: &Signal| {
            let subject = match &signal.subject {
                quorate::Subject::Account(id) => (0, id.to_string()),
                quorate::Subject::Contact(id) => (1, id.to_string()),
                quorate::Subject::Email(id) => (2, id.to_string()),
            };
            let name = |name: Option<String>| name;
            let (solution, campaign) =
                (signal.solution.as_ref().map(ToString::to_string), signal.campaign.as_ref().map(ToString::to_string));
            (signal.at, subject, signal.kind.to_string(), name(solution), name(campaign), signal.quarantined)
        };
        let least = |signal: &&Signal| self.signals.iter().filter(|other| other.id == signal.id).all(|other| text(signal) <= text(other));
        let mut kept: Vec<&Signal> = Vec::new();
        for signal in &self.signals {
            if signal.id.is_none() || (least(&signal) && !kept.iter().any(|one| one.id == signal.id)) {
                kept.push(signal);
            }
        }
        kept.retain(|signal| !signal.quarantined);
        kept
    }
}

fn signal() -> impl Strategy<Value = Signal> {
    let who = prop_oneof![9 => prop::sample::select(&CONTACTS[..]).prop_map(Some), 1 => Just(None)];
    let name = |names: &'static [&'static str]| prop::option::weighted(0.4, prop::sample::select(names));
    let id = prop::option::weighted(0.3, 0..9_u8);
    (who, prop::sample::select(&KINDS[..]), 0..4 * 26_i64, name(&["s1", "s2"]), name(&["expo", "spring"]), id, prop::bool::weighted(0.1))
        .prop_map(|(who, kind, at, solution, campaign, id, quarantined)| {
            let at = hour(6 * at);
            let mut signal = match who {
                Some(contact) => Signal::of_contact(contact, kind, at).unwrap(),
                None => Signal::of_account("a", kind, at).unwrap(),
            };
            signal.solution = solution.map(|name| name.parse().unwrap());
            signal.campaign = campaign.map(|name| name.parse().unwrap());
            signal.id = id.map(|id| format!("s{id}").parse().unwrap());
            signal.quarantined = quarantined;
            signal
        })
}

fn opportunity() -> impl Strategy<Value = Opportunity> {
    let outcome = prop::sample::select(&[Outcome::Open, Outcome::Won, Outcome::Won, Outcome::Lost][..]);
    (0..10_000_u32, prop::sample::select(&["", "a", "b", "g1", "g2"][..]), 0..28_i64, 0..12_i64, outcome).prop_map(
        |(id, of, created, closed, outcome)| Opportunity {
            id: format!("o{id}").parse().unwrap(),
            account: if of == "b" { "b" } else { "a" }.parse().unwrap(),
            group: Some(of).filter(|of| of.starts_with('g')).map(|group| group.parse().unwrap()),
            created_at: hour(24 * created + 7),
            closed_at: (outcome != Outcome::Open).then(|| hour(24 * (created + closed) + 8)),
            outcome,
            amount: None,
            currency: None,
        },
    )
}

fn disposition() -> impl Strategy<Value = Disposition> {
    let reason = prop::option::of(prop::sample::select(&["no budget", "too small"][..]));
    (prop::sample::select(&["b", "g1", "g2"][..]), 0..28_i64, any::<bool>(), reason).prop_map(|(group, day, accepted, reason)| {
        Disposition {
            group: group.parse().unwrap(),
            at: hour(24 * day + 5),
            verdict: if accepted { DispositionVerdict::Accepted } else { DispositionVerdict::Rejected },
            reason: reason.map(String::from),
        }
    })
}

pub fn worlds() -> impl Strategy<Value = World> {
    let signals = prop::collection::vec(signal(), 0..40);
    let opportunities = prop::collection::vec(opportunity(), 0..6).prop_map(|mut all| {
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all.dedup_by(|a, b| a.id == b.id);
        all
    });
    (signals, opportunities, prop::collection::vec(disposition(), 0..8), 8..27_i64, any::<bool>()).prop_map(
        |(signals, opportunities, dispositions, last, weekdays)| World { signals, opportunities, dispositions, as_of: day(last), weekdays },
    )
}
