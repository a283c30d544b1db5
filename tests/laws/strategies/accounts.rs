//! Accounts: a forest, with facts that are often unknown.

use super::draw::{maybe, style, styled, word};
use crate::world::{Account, World};
use proptest::prelude::*;
use proptest::sample::Index;

const IDS: [&str; 6] = ["a#", "A & Söhne #", "Ö,#", "\"acme\" #", "🏢#", "b o#"];

/// An account without id and parent, the style of its id, and perhaps a parent among the accounts before it.
#[derive(Clone, Debug)]
pub struct Draft {
    account: Account,
    style: usize,
    parent: Option<Index>,
}

/// None to four accounts.
pub fn drafts() -> BoxedStrategy<Vec<Draft>> {
    let many = |count| prop::collection::vec(draft(), count);
    prop_oneof![1 => many(0), 12 => many(1), 5 => many(2), 2 => many(3), 1 => many(4)].boxed()
}

fn draft() -> impl Strategy<Value = Draft> {
    (facts(), style(), maybe(0.4, any::<Index>())).prop_map(|(account, style, parent)| Draft { account, style, parent })
}

fn facts() -> impl Strategy<Value = Account> {
    let texts = (maybe(0.5, word(&["Software", "Retail", "software"])), maybe(0.5, word(&["DE", "US", "FR"])));
    let numbers = (maybe(0.6, prop::sample::select(vec![0, 10, 49, 50, 51, 999, 1000, 5000])), maybe(0.5, revenue()));
    let score = maybe(0.7, word(&["0", "12.5", "49.9999", "50", "50.25", "72.5", "80", "100"]));
    let excluded = maybe(0.05, word(&["customer", "competitor, known", "gesperrt"]));
    (texts, numbers, maybe(0.5, technologies()), attributes(), score, excluded, name()).prop_map(
        |((industry, country), (employees, revenue), technologies, attributes, fit_score, excluded, name)| Account {
            name,
            industry,
            employees,
            revenue,
            country,
            technologies,
            attributes,
            fit_score,
            excluded,
            ..Account::default()
        },
    )
}

fn name() -> BoxedStrategy<Option<String>> {
    maybe(0.5, word(&["Acme", "Müller, Söhne", "\"Quoted\" Ltd", "株式会社"]))
}

fn revenue() -> BoxedStrategy<String> {
    word(&["0", "999999.99", "1000000", "1000000.01", "25000000"])
}

fn technologies() -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_set(word(&["aws", "sap", "java"]), 0..=3).prop_map(|used| used.into_iter().collect())
}

fn attributes() -> impl Strategy<Value = std::collections::BTreeMap<String, String>> {
    let segment = maybe(0.5, word(&["enterprise", "mid", "smb"]));
    let seats = maybe(0.5, word(&["9.5", "10", "50", "51", "many", "-3"]));
    (segment, seats).prop_map(|(segment, seats)| {
        let both = [("segment", segment), ("seats", seats)];
        both.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    })
}

pub fn add(world: &mut World, drafts: Vec<Draft>) {
    for (number, draft) in drafts.into_iter().enumerate() {
        let earlier = world.accounts.len();
        let parent = draft.parent.filter(|_| earlier > 0).map(|place| world.accounts[place.index(earlier)].id.clone());
        let id = styled(&IDS, draft.style, number);
        let domains = if number % 2 == 0 { vec![format!("acme{number}.example")] } else { Vec::new() };
        world.accounts.push(Account { id, domains, parent, ..draft.account });
    }
}

/// The topmost parent of an account: accounts that share it are one family.
pub fn top<'a>(world: &'a World, account: &'a str) -> &'a str {
    let found = world.accounts.iter().find(|other| other.id == account);
    match found.and_then(|account| account.parent.as_deref()) {
        Some(parent) => top(world, parent),
        None => account,
    }
}
