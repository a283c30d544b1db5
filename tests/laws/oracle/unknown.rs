//! What fit would gain by knowing a fact, by its definition: the account as it is, beside the account with the fact known.

use super::fit::{Facts, Truth, criterion, disqualifiers, fact, fit};
use super::number::{Q, ratio, whole, zero};
use super::policy::{Policy, list, number};
use crate::world::Account;
use serde_json::Value;
use std::collections::BTreeSet;

/// A fact that is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    pub fact: String,
    /// By how much the bounds come closer when it is known.
    pub moves: Q,
    /// Whether a disqualifier gets its answer by it, while none is a match.
    pub disqualifies: bool,
}

/// The facts that bounds or disqualifiers wait for: what moves most first, then by name.
pub fn unknown(policy: &Policy, facts: &Facts) -> Vec<Unknown> {
    let told = asked(policy).into_iter().map(|fact| {
        let account = known(facts.account, &fact);
        let then = Facts { account: &account, ..*facts };
        let moves = apart(policy, facts) - apart(policy, &then);
        Unknown { moves, disqualifies: !applies(policy, facts) && open(policy, &then) < open(policy, facts), fact }
    });
    let mut told: Vec<Unknown> = told.filter(|one| one.moves > zero() || one.disqualifies).collect();
    told.sort_by(|a, b| b.moves.cmp(&a.moves).then_with(|| a.fact.cmp(&b.fact)));
    told
}

/// The weights of the criteria that ask about a fact and match, and of those that do not, in percent; and whether a disqualifier that asks
/// about it matches.
pub fn settled(policy: &Policy, account: &Account, wanted: &str) -> (Q, Q, bool) {
    let facts = Facts { account, heard: &[], day: 0 };
    let about = |is: &&Value| fact(is).as_deref() == Some(wanted);
    let matches = |is: &Value| criterion(is, &facts) == Truth::True;
    if policy.text("/fit/source") == "supplied" {
        let score = fit(policy, &facts).map_or_else(zero, |fit| fit.definite);
        return (score.clone(), whole(100) - score, false);
    }
    let weighted = list(&policy.document, "/fit/criteria");
    let all: i64 = weighted.iter().map(|one| number(one, "/weight")).sum();
    let of = |wanted: bool| {
        let those = weighted.iter().filter(|one| about(&&one["is"]) && matches(&one["is"]) == wanted);
        ratio(100 * those.map(|one| number(one, "/weight")).sum::<i64>(), all)
    };
    (of(true), of(false), list(&policy.document, "/fit/disqualifiers").iter().filter(about).any(matches))
}

/// How far apart the bounds are.
fn apart(policy: &Policy, facts: &Facts) -> Q {
    fit(policy, facts).map_or_else(zero, |fit| fit.possible - fit.definite)
}

fn applies(policy: &Policy, facts: &Facts) -> bool {
    disqualifiers(policy, facts).contains(&Truth::True)
}

/// How many disqualifiers have no answer.
fn open(policy: &Policy, facts: &Facts) -> usize {
    disqualifiers(policy, facts).into_iter().filter(|answer| *answer == Truth::Unknown).count()
}

/// Every fact that a fit may look at, those of the account by name.
fn asked(policy: &Policy) -> BTreeSet<String> {
    let plain = ["country", "employees", "fit_score", "industry", "revenue", "technologies"].map(str::to_owned);
    let weighted = list(&policy.document, "/fit/criteria").iter().map(|one| &one["is"]);
    let all = weighted.chain(list(&policy.document, "/fit/disqualifiers"));
    plain.into_iter().chain(all.filter_map(fact)).collect()
}

/// The account with a fact known, whatever it is: a text that is a number as well; what was known stays.
fn known(account: &Account, fact: &str) -> Account {
    let mut account = account.clone();
    let text = || "0".to_owned();
    match fact {
        "country" => drop(account.country.get_or_insert_with(text)),
        "employees" => drop(account.employees.get_or_insert(0)),
        "fit_score" => drop(account.fit_score.get_or_insert_with(text)),
        "industry" => drop(account.industry.get_or_insert_with(text)),
        "revenue" => drop(account.revenue.get_or_insert_with(text)),
        "technologies" => drop(account.technologies.get_or_insert_with(Vec::new)),
        // A text is as unknown as none to a question about a number.
        _ => drop(account.attributes.insert(fact.strip_prefix("attribute ").expect("a fact").to_owned(), text())),
    }
    account
}
