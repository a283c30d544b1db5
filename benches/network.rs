//! Does a question about ways cost a few looks at the lines, and does it grow with them? One account of 25,000, 50,000 and 100,000 people with ten times
//! as many ties. For the gaps of its group a tenth are engaged, a hundredth decide, one is against us, and all report to one head.
//!
//! `cargo bench --bench network` prints the times. Figures are only compared within one run; `benches/network_peers` compares with others.

#![allow(clippy::expect_used, missing_docs, reason = "a bench stops at the first thing that is not so")]

use divan::Bencher;
use quorate::{Account, AccountGraph, Assessment, Contact, Known, Network, Policy, Signal, SignalTally, Stance, Tie, TieKind, assess};

fn main() {
    divan::main();
}

const SIZES: [u32; 3] = [25_000, 50_000, 100_000];
/// People who can be asked.
const SOURCES: u32 = 20;
/// People to be reached.
const TARGETS: u32 = 50;

fn id(number: u32) -> String {
    format!("c{number:06}")
}

/// The next of a fixed row of numbers (`SplitMix64`), so that every run asks the same.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// One account of so many people, each of whom is tied to ten others.
fn account(people: u32) -> AccountGraph {
    let (mut graph, mut state) = (AccountGraph::new(), 7);
    graph.add_account(Account::new("acme").expect("an id")).expect("new");
    for number in 0..people {
        graph.add_contact(Contact::new(&id(number), "acme").expect("ids")).expect("new");
    }
    for number in 0..people {
        for _ in 0..10 {
            let other = u32::try_from(next(&mut state) % u64::from(people)).expect("within the people");
            let strength = u8::try_from(next(&mut state) % 100 + 1).expect("within 1 and 100");
            let (from, to) = (id(number).parse().expect("an id"), id(other).parse().expect("an id"));
            // A tie to oneself, or the same one again, is refused: one of a hundred thousand or so.
            let _ = graph.add_tie(Tie { from, to, kind: TieKind::Knows, strength, known: Known::ALWAYS });
        }
    }
    graph
}

fn network(people: u32) -> Network {
    Network::new(&account(people), &Policy::default(), "2025-05-05".parse().expect("a day"))
}

fn asked(people: u32) -> (Vec<String>, Vec<String>) {
    let sources = (0..SOURCES).map(|number| id(number * (people / SOURCES))).collect();
    let targets = (0..TARGETS).map(|number| id(number * (people / TARGETS) + 1)).collect();
    (sources, targets)
}

/// The same account with a head, roles and somebody against us, and the assessment of its group, in which a tenth are engaged.
fn assessed(people: u32) -> (Network, Assessment) {
    let (mut graph, mut tally, policy) = (account(people), SignalTally::new(), Policy::default());
    let day = "2025-05-05".parse().expect("a day");
    for number in 0..people {
        let mut contact = graph.contact(&id(number)).expect("there");
        contact.reports_to = (number > 0).then(|| id(0).parse().expect("an id"));
        // Nobody is a decision maker, so that the head may be one.
        contact = contact.with_role(if number % 100 == 1 { "economic_buyer" } else { "end_user" }).expect("a role");
        contact.stance = if number == 3 { Stance::Opponent } else { Stance::Unknown };
        graph.replace_contact(contact).expect("no circle");
        if number % 10 == 5 {
            let signal = Signal::of_contact(&id(number), "demo_request", "2025-05-01".parse().expect("a day")).expect("an id");
            tally.record(&signal).expect("a kind");
        }
    }
    let assessment = assess(&graph, &tally, &policy, day);
    (Network::new(&graph, &policy, day), assessment)
}

/// The gaps of a group by the network.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn connect(bencher: Bencher<'_, '_>, people: u32) {
    let (network, assessment) = assessed(people);
    bencher.with_inputs(|| assessment.clone()).bench_local_refs(|assessment| network.connect(assessment).expect("one day"));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn build(bencher: Bencher<'_, '_>, people: u32) {
    let (graph, policy) = (account(people), Policy::default());
    bencher.bench_local(|| Network::new(&graph, &policy, "2025-05-05".parse().expect("a day")));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn warm_paths_to_fifty(bencher: Bencher<'_, '_>, people: u32) {
    let (network, (sources, targets)) = (network(people), asked(people));
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    bencher.bench_local(|| targets.iter().map(|target| network.warm_paths(&sources, target, 3).expect("there").len()).sum::<usize>());
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn resilience_of_fifty(bencher: Bencher<'_, '_>, people: u32) {
    let (network, (sources, targets)) = (network(people), asked(people));
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let paths = |target: &String| network.resilience(&sources, target).expect("there").disjoint.len();
    bencher.bench_local(|| targets.iter().map(paths).sum::<usize>());
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn chart(bencher: Bencher<'_, '_>, people: u32) {
    let network = network(people);
    bencher.bench_local(|| network.org_chart().people().count());
}
