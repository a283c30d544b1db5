//! What does it cost to read titles, and how many times faster is the index than asking every rule?
//!
//! `cargo bench --bench titles`: distinct titles made up by a fixed rule, read by the built-in rules. Before the table, one line tells the ratio to a
//! naive scan, which asks every phrase of every rule of every word and gives the same answers; it is asked for a part of the same titles, whose words
//! it is given. Figures are only compared within one run.

#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "a bench stops at the first thing that is not so")]

#[path = "../tests/titles/oracle.rs"]
#[allow(dead_code, unreachable_pub, clippy::std_instead_of_alloc, reason = "the laws use the rest, with the standard library")]
mod oracle;

use std::sync::OnceLock;
use std::time::Instant;

use divan::{Bencher, counter::ItemsCount};
use quorate::{TitleReader, TitleReading, TitleRules};

use oracle::{Aspect, Naive, Title};

fn main() {
    ratio();
    divan::main();
}

const RANKS: [&str; 20] = [
    "Chief {} Officer",
    "VP of {}",
    "Sr. Vice President, {}",
    "{} Director",
    "Director of {}",
    "Head of {}",
    "{} Manager",
    "Sr. Manager - {}",
    "{} Team Lead",
    "{} Specialist",
    "Assistant to the VP of {}",
    "{} Intern",
    "{} Coordinator II",
    "Lead {} Engineer",
    "{} Consultant",
    "{} Leiterin",
    "Directeur {}",
    "{} Analyst",
    "Former {} Director, now CEO",
    "Co-Founder / {} Lead",
];

const FIELDS: [&str; 25] = [
    "Sales",
    "Marketing",
    "Finance",
    "IT",
    "Human Resources",
    "Operations",
    "Product",
    "Customer Success",
    "Legal",
    "Procurement",
    "Information Security",
    "Engineering",
    "Data & Analytics",
    "Supply Chain",
    "Business Development",
    "Quality",
    "R&D",
    "Facilities",
    "Compliance",
    "Talent Acquisition",
    "Cloud Infrastructure",
    "Corporate Strategy",
    "Public Relations",
    "Accounting",
    "Vertrieb",
];

const PLACES: [&str; 45] = [
    "",
    ", EMEA",
    ", North America",
    " - APAC",
    " (Interim)",
    ", Germany",
    " | Board Member",
    ", Healthcare",
    ", Retail",
    " Europe",
    ", LATAM",
    " and Services",
    " & Strategy",
    ", West",
    ", East",
    " Nordics",
    ", Public Sector",
    " - Enterprise",
    ", Mid-Market",
    " Global",
    ", DACH",
    ", Japan",
    ", India",
    ", Brazil",
    " at Acme",
    ", UK & Ireland",
    ", France",
    ", Spain",
    ", Italy",
    ", Benelux",
    ", Canada",
    ", Australia",
    " (Contract)",
    ", Central",
    ", South",
    ", Mexico",
    ", Group",
    ", Digital",
    ", Platform",
    ", Payments",
    ", Mobility",
    ", Energy",
    ", Insurance",
    ", Education",
    ", Telecom",
];

/// Run as a test, a small list is enough.
fn size() -> usize {
    if std::env::args().any(|arg| arg == "--bench") { usize::MAX } else { 500 }
}

fn titles() -> &'static [String] {
    static TITLES: OnceLock<Vec<String>> = OnceLock::new();
    TITLES.get_or_init(|| {
        let fields = |rank: &'static str| FIELDS.iter().map(move |field| rank.replace("{}", field));
        let titles = RANKS.iter().flat_map(|rank| fields(rank)).flat_map(|title| PLACES.iter().map(move |place| format!("{title}{place}")));
        let mut titles: Vec<String> = titles.collect();
        titles.sort();
        titles.dedup();
        titles.truncate(size());
        titles
    })
}

/// The rules that decided, and what they say.
fn said(reading: &TitleReading) -> [Option<(String, String)>; 3] {
    [
        reading.seniority.as_ref().map(|found| (found.value.to_string(), found.rule.to_string())),
        reading.function.as_ref().map(|found| (found.value.to_string(), found.rule.to_string())),
        reading.relationship.as_ref().map(|found| (format!("{:?}", found.value), found.rule.to_string())),
    ]
}

/// Reads all titles by the index and every hundredth by the scan, and compares the answers and the time of one title.
fn ratio() {
    let rules = TitleRules::built_in();
    let (reader, naive) = (TitleReader::built_in(), Naive::new(&rules));
    let start = Instant::now();
    let read: Vec<TitleReading> = titles().iter().map(|title| reader.read(title)).collect();
    let index = start.elapsed().as_nanos() / titles().len() as u128;
    // The step shares no factor with the lists that titles are made of.
    let sample: Vec<(usize, Title)> = (0..titles().len()).step_by(101).map(|at| (at, cut(&reader.normalised(&titles()[at])))).collect();
    let start = Instant::now();
    let aspects = [Aspect::Seniority, Aspect::Function, Aspect::Relationship];
    let scanned: Vec<_> = sample.iter().map(|(_, title)| aspects.map(|aspect| naive.read(title, |_| false, aspect))).collect();
    let scan = start.elapsed().as_nanos() / sample.len() as u128;
    for ((at, _), found) in sample.iter().zip(scanned) {
        let found = found.map(|found| found.map(|found| (found.value, found.rule)));
        assert_eq!(said(&read[*at]), found, "{}", titles()[*at]);
    }
    let phrases: usize = rules.rules.iter().map(|rule| rule.any.len() + rule.whole.len() + rule.none.len()).sum();
    println!(
        "{} titles, {} rules of {phrases} phrases; index {index} ns a title, naive scan {scan} ns ({} asked, same answers): {} times",
        titles().len(),
        rules.rules.len(),
        sample.len(),
        scan / index.max(1)
    );
}

/// Words as the reader sees them, in their jobs and clauses.
fn cut(normalised: &str) -> Title {
    let words = |clause: &str| clause.split(' ').map(String::from).collect();
    normalised.split(" / ").map(|job| job.split(", ").map(words).collect()).collect()
}

#[divan::bench(sample_count = 5)]
fn build_the_built_in_reader() -> TitleReader {
    TitleReader::built_in()
}

#[divan::bench(sample_count = 5)]
fn read_all(bencher: Bencher<'_, '_>) {
    let reader = TitleReader::built_in();
    bencher
        .counter(ItemsCount::new(titles().len()))
        .bench_local(|| titles().iter().filter(|title| reader.read(title).seniority.is_some()).count());
}
