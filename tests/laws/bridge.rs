//! The same world handed to the library, through its public doors only.

use crate::world::{Day, Subject, World};
use quorate::{AccountGraph, Assessment, CampaignName, Policy, PortfolioDocument, Signal, SignalId, SignalTally, SolutionName, assess};
use serde_json::Value;

/// A day by its number.
pub fn day(day: Day) -> quorate::Day {
    quorate::Day::from_days_since_epoch(i32::try_from(day).expect("small")).expect("a day in range")
}

pub fn graph(world: &World) -> AccountGraph {
    let document = PortfolioDocument::from_json(&world.portfolio_json().to_string()).expect("a valid document");
    let graph = AccountGraph::from_document(document).expect("a valid world");
    graph.verify().expect("invariants hold");
    graph
}

pub fn policy(document: &Value) -> Policy {
    Policy::from_json(&document.to_string()).expect("a valid policy")
}

pub fn signal(signal: &crate::world::Signal) -> Signal {
    let subject = match &signal.subject {
        Subject::Account(id) => quorate::Subject::Account(id.parse().expect("an id")),
        Subject::Contact(id) => quorate::Subject::Contact(id.parse().expect("an id")),
        Subject::Email(address) => quorate::Subject::Email(address.parse().expect("an address")),
    };
    let mut made = Signal::new(subject, signal.kind.parse().expect("a kind"), signal.at.parse().expect("a time"));
    made.id = signal.id.as_deref().map(|id| SignalId::new(id).expect("an id"));
    made.solution = signal.solution.as_deref().map(|name| SolutionName::new(name).expect("a name"));
    made.campaign = signal.campaign.as_deref().map(|name| CampaignName::new(name).expect("a name"));
    made.quarantined = signal.quarantined;
    made
}

pub fn signals(world: &World) -> Vec<Signal> {
    world.signals.iter().map(signal).collect()
}

pub fn tally(world: &World) -> SignalTally {
    SignalTally::from_signals(signals(world)).expect("within the limits")
}

/// The library's assessment of a world.
pub fn assessment(world: &World, policy_document: &Value, on: Day) -> Assessment {
    assess(&graph(world), &tally(world), &policy(policy_document), day(on))
}

/// The groups as JSON, cut down to what the oracle says.
pub fn groups(assessment: &Assessment) -> Vec<Value> {
    assessment.groups().map(|group| comparable(serde_json::to_value(group).expect("serialises"))).collect()
}

fn comparable(mut group: Value) -> Value {
    let object = group.as_object_mut().expect("an object");
    for field in ["policy", "members", "warnings"] {
        object.remove(field);
    }
    object["verdict"].as_object_mut().expect("an object").remove("reasons");
    let fit = object["fit"].as_object_mut().expect("an object");
    fit.retain(|field, _| ["definite", "possible", "tier", "unknown"].contains(&field.as_str()));
    for gap in object["gaps"].as_array_mut().expect("a list") {
        gap.as_object_mut().expect("an object").remove("message");
    }
    for role in object["coverage"]["roles"].as_array_mut().expect("a list") {
        role.as_object_mut().expect("an object").retain(|field, _| !["seats", "decides"].contains(&field.as_str()));
    }
    group
}
