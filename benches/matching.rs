//! What does it cost to match leads, and how many times faster is the index than going through the list of accounts?
//!
//! `cargo bench --bench matching`: 100,000 accounts with a name, an alias and two domains each, and 100,000 distinct leads. Before the table, one
//! line a question tells the ratio to a naive scan of all accounts, which is asked for a part of the same leads and gives the same answers. Figures are
//! only compared within one run. The rows of `one_lead_of_many_owners` are for growth: an answer that names ten times as many accounts takes ten times
//! as long.

#![allow(clippy::expect_used, missing_docs, reason = "a bench stops at the first thing that is not so")]

use core::time::Duration;
use std::sync::OnceLock;
use std::time::Instant;

use divan::{Bencher, black_box, counter::ItemsCount};
use quorate::{Account, AccountGraph, AccountId, Contact, Lead, MatchRules, Matcher};

fn main() {
    ratio("addresses under listed domains", &made().addresses, naive_domain);
    ratio("names as accounts have them, in other letters", &made().names, naive_name);
    divan::main();
}

/// Run as a test, a small list is enough.
fn size() -> usize {
    if std::env::args().any(|arg| arg == "--bench") { 100_000 } else { 1_000 }
}

/// What is matched, made up by a fixed rule: the same in every run.
struct Made {
    graph: AccountGraph,
    matcher: Matcher,
    /// The domains and the folded name of each account, as a naive scan has them at hand.
    scanned: Vec<(String, [String; 2], String)>,
    addresses: Vec<Lead>,
    names: Vec<Lead>,
    slips: Vec<Lead>,
    strangers: Vec<Lead>,
}

const ADJECTIVES: [&str; 25] = [
    "northern", "united", "global", "silver", "advanced", "modern", "central", "pacific", "golden", "eastern", "digital", "green", "rapid",
    "royal", "solid", "bright", "general", "natural", "premier", "smart", "allied", "dynamic", "royale", "urban", "vital",
];
const NOUNS: [&str; 20] = [
    "bank",
    "systems",
    "energy",
    "foods",
    "motors",
    "networks",
    "software",
    "logistics",
    "pharma",
    "steel",
    "media",
    "textiles",
    "chemicals",
    "farms",
    "airlines",
    "insurance",
    "telecom",
    "robotics",
    "shipping",
    "textile",
];

/// A word of three syllables that belongs to one account only.
fn own_word(number: usize) -> String {
    const HEADS: [&str; 16] = ["ba", "ko", "li", "mu", "ne", "pa", "ri", "so", "ta", "ve", "wi", "zo", "du", "fe", "gi", "ha"];
    (0..5).map(|place| HEADS[(number >> (4 * place)) & 15]).collect()
}

fn name(number: usize) -> String {
    let (adjective, noun) = (ADJECTIVES[number % ADJECTIVES.len()], NOUNS[(number / 7) % NOUNS.len()]);
    format!("{} {adjective} {noun}", own_word(number))
}

fn account(number: usize) -> Account {
    let mut account = Account::new(&format!("account-{number:06}")).expect("an id");
    account.name = Some(format!("{} GmbH", name(number)));
    account.aliases = vec![format!("{} {}", own_word(number), number)];
    account.domains = vec![format!("{}{}.com", own_word(number), number % 10), format!("{}.co.uk", own_word(number))];
    account.country = Some("Germany".into());
    account
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let accounts: Vec<Account> = (0..size()).map(account).collect();
        let mut graph = AccountGraph::new();
        for account in &accounts {
            graph.add_account(account.clone()).expect("a valid account");
        }
        let of_company = |company: String| Lead { company: Some(company), country: Some("Germany".into()), ..Lead::default() };
        let address = |number: usize| match number % 10 {
            0 => format!("lead{number}@gmail.com"),
            1 => format!("lead{number}@stranger{number}.net"),
            2..=5 => format!("Lead{number}@{}.co.uk", own_word(number)),
            _ => format!("lead{number}@mail.{}{}.com", own_word(number), number % 10),
        };
        Made {
            matcher: Matcher::new(&graph, &MatchRules::default()),
            graph,
            scanned: accounts
                .iter()
                .map(|account| (account.id.to_string(), [account.domains[0].clone(), account.domains[1].clone()], name_of(account)))
                .collect(),
            addresses: (0..size()).map(|number| Lead { email: Some(address(number)), ..Lead::default() }).collect(),
            names: (0..size()).map(|number| of_company(format!("The {}, Inc.", name(number).to_uppercase()))).collect(),
            slips: (0..size()).map(|number| of_company(name(number).replacen('e', "", 1))).collect(),
            strangers: (0..size()).map(|number| of_company(format!("{}x{number} {}", own_word(number), NOUNS[number % 20]))).collect(),
        }
    })
}

fn name_of(account: &Account) -> String {
    account.name.clone().unwrap_or_default().to_lowercase().trim_end_matches(" gmbh").into()
}

/// The account with the longest domain that the address's domain is or lies below.
fn naive_domain<'a>(made: &'a Made, lead: &Lead) -> Option<&'a str> {
    let email = lead.email.as_deref()?.to_lowercase();
    let (_, domain) = email.split_once('@')?;
    let within = |listed: &str| domain == listed || domain.strip_suffix(listed).is_some_and(|rest| rest.ends_with('.'));
    let listed = made.scanned.iter().flat_map(|(id, domains, _)| domains.iter().map(move |domain| (domain, id)));
    listed.filter(|(listed, _)| within(listed)).max_by_key(|(listed, _)| listed.len()).map(|(_, id)| id.as_str())
}

/// The account with that name, the name brought to its form once.
fn naive_name<'a>(made: &'a Made, lead: &Lead) -> Option<&'a str> {
    let asked = lead.company.as_deref()?.to_lowercase();
    let asked = asked.trim_start_matches("the ").trim_end_matches(", inc.");
    made.scanned.iter().find(|(_, _, name)| name == asked).map(|(id, ..)| id.as_str())
}

fn took<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// Asks the index for all leads and a naive scan for every thousandth, and compares the answers and the time of one look-up.
fn ratio(what: &str, leads: &'static [Lead], naive: fn(&'static Made, &Lead) -> Option<&'static str>) {
    let made = made();
    let (found, index) = took(|| leads.iter().map(|lead| made.matcher.find(lead).account).collect::<Vec<_>>());
    let step = (leads.len() / 100).max(1);
    // Every tenth lead is free mail: a step that shares no factor with ten meets all sorts.
    let sample: Vec<usize> = (0..leads.len()).step_by(step + 1).collect();
    let (scanned, scan) = took(|| sample.iter().map(|place| naive(made, &leads[*place])).collect::<Vec<_>>());
    for (place, id) in sample.iter().zip(&scanned) {
        assert_eq!(found[*place].id().map(AccountId::as_str), *id, "{:?}", leads[*place]);
    }
    let matched = found.iter().filter(|answer| answer.id().is_some()).count();
    let (index, scan) = (index.as_nanos() / leads.len() as u128, scan.as_nanos() / sample.len() as u128);
    println!(
        "{what}: {} accounts, {} leads ({matched} matched); index {index} ns, naive scan {scan} ns ({} asked, same answers): {} times",
        made.scanned.len(),
        leads.len(),
        sample.len(),
        scan / index.max(1)
    );
}

#[divan::bench(sample_count = 5)]
fn build_the_index() -> Matcher {
    Matcher::new(black_box(&made().graph), &MatchRules::default())
}

fn find_all(bencher: Bencher<'_, '_>, leads: &'static [Lead]) {
    let matcher = &made().matcher;
    bencher
        .counter(ItemsCount::new(leads.len()))
        .bench_local(|| leads.iter().filter(|lead| matcher.find(lead).account.id().is_some()).count());
}

#[divan::bench(sample_count = 5)]
fn find_by_address(bencher: Bencher<'_, '_>) {
    find_all(bencher, &made().addresses);
}

#[divan::bench(sample_count = 5)]
fn find_by_name(bencher: Bencher<'_, '_>) {
    find_all(bencher, &made().names);
}

#[divan::bench(sample_count = 5)]
fn find_by_a_name_with_a_slip(bencher: Bencher<'_, '_>) {
    find_all(bencher, &made().slips);
}

#[divan::bench(sample_count = 5)]
fn find_by_an_unknown_name(bencher: Bencher<'_, '_>) {
    find_all(bencher, &made().strangers);
}

/// As many accounts that all list one domain and have one name, each with a contact of one address.
fn alike(accounts: usize) -> Matcher {
    let mut graph = AccountGraph::new();
    for number in 0..accounts {
        let mut account = Account::new(&format!("account-{number:06}")).expect("an id");
        account.name = Some("Shared".into());
        account.domains = vec!["shared.example".into()];
        graph.add_account(account).expect("a valid account");
        let mut desk = Contact::new(&format!("desk-{number:06}"), &format!("account-{number:06}")).expect("an id");
        desk.email = Some("info@shared.example".into());
        graph.add_contact(desk).expect("a valid contact");
    }
    Matcher::new(&graph, &MatchRules::default())
}

#[divan::bench(sample_count = 5, sample_size = 1, args = [1_000, 10_000, 100_000])]
fn one_lead_of_many_owners(bencher: Bencher<'_, '_>, accounts: usize) {
    let accounts = accounts.min(size());
    let matcher = alike(accounts);
    let lead = Lead { email: Some("info@shared.example".into()), company: Some("Shared".into()), ..Lead::default() };
    bencher.counter(ItemsCount::new(accounts)).bench_local(|| {
        let found = matcher.find(&lead);
        assert_eq!((found.account.candidates().len(), found.contact.candidates().len()), (accounts, accounts));
    });
}
