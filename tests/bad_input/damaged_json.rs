//! Damaged JSON documents, read in process.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use quorate::{AccountGraph, Assessment, Day, Policies, Policy, PolicySet, PortfolioDocument, Problems, Section, SignalTally, assess};
use serde_json::{Value, json};

use crate::damage::{self, Dice};

/// What a document is read as.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sort {
    Policy,
    PolicySet,
    Portfolio,
    Tally,
}

/// The least share of the documents that must be accepted, so that the test does not fool itself: one in this many.
const ACCEPTED: u32 = 20;

/// The whole documents and what is assessed with them.
struct Whole {
    policy: Policy,
    graph: AccountGraph,
    tally: SignalTally,
    seeds: Vec<Value>,
}

/// Damages documents of a sort and reads them.
pub(crate) fn run(sort: Sort, number: u32) {
    let whole = Whole::of(sort);
    let (mut accepted, mut refused) = (0, 0);
    for case in 0..number {
        let mut dice = Dice::new(sort as u64, case);
        let seed = &whole.seeds[dice.roll(whole.seeds.len())];
        let text = if dice.roll(5) == 0 {
            String::from_utf8_lossy(&damage::bytes(seed.to_string().as_bytes(), &mut dice)).into_owned()
        } else {
            let mut document = seed.clone();
            damage::tree(&mut document, &mut dice);
            document.to_string()
        };
        match catch_unwind(AssertUnwindSafe(|| whole.read(sort, &text))) {
            Ok(Ok(true)) => accepted += 1,
            Ok(Ok(false)) => refused += 1,
            Ok(Err(why)) => panic!("{sort:?} {case}: {why}\n{}", shortened(&text)),
            Err(panic) => {
                let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
                panic!("{sort:?} {case} panicked: {}\n{}", said.unwrap_or("?"), shortened(&text))
            }
        }
    }
    let enough = number / ACCEPTED;
    assert!(accepted >= enough && refused >= enough, "{sort:?}: {accepted} accepted, {refused} refused: too tame or too wild");
}

fn shortened(text: &str) -> String {
    text.chars().take(6_000).collect()
}

impl Whole {
    fn of(sort: Sort) -> Self {
        let parsed = |text: &str| -> Value { serde_json::from_str(text).expect("JSON") };
        let default = parsed(&Policy::default().to_json());
        let (portfolio, tally) = (portfolio(), tally());
        let seeds = match sort {
            Sort::Policy => vec![default, rich_policy()],
            Sort::PolicySet => vec![json!({"schema": 1, "policies": [
                {"when": {"solutions": ["analytics"], "segments": ["big"]}, "policy": rich_policy()},
                {"when": {}, "policy": default},
            ]})],
            Sort::Portfolio => vec![portfolio.clone()],
            Sort::Tally => vec![tally.clone()],
        };
        let document = PortfolioDocument::from_json(&portfolio.to_string()).expect("a good portfolio");
        Self {
            policy: Policy::from_json(&rich_policy().to_string()).unwrap_or_else(|problems| panic!("{problems}")),
            graph: AccountGraph::from_document(document).unwrap_or_else(|problems| panic!("{problems}")),
            tally: SignalTally::from_json(&tally.to_string()).unwrap_or_else(|problems| panic!("{problems}")),
            seeds,
        }
    }

    /// Reads a document and uses it; whether it was accepted.
    fn read(&self, sort: Sort, text: &str) -> Result<bool, String> {
        match sort {
            Sort::Policy => match Policy::from_json(text) {
                Err(problems) => refused(&problems),
                Ok(policy) => {
                    let again = Policy::from_json(&policy.to_json()).map_err(|problems| format!("its own text is refused: {problems}"))?;
                    same(again.hash(), policy.hash(), "the hash of its own text")?;
                    assessed(&self.graph, &self.tally, &policy)
                }
            },
            Sort::PolicySet => match PolicySet::from_json(text) {
                Err(problems) => refused(&problems),
                Ok(set) => {
                    let again = PolicySet::from_json(&set.to_json()).map_err(|problems| format!("its own text is refused: {problems}"))?;
                    same(&again.to_json(), &set.to_json(), "its own text")?;
                    assessed(&self.graph, &self.tally, &set)
                }
            },
            Sort::Portfolio => match PortfolioDocument::from_json(text) {
                Err(problems) => refused(&problems),
                Ok(document) => {
                    let again = PortfolioDocument::from_json(&document.to_json())
                        .map_err(|problems| format!("its own text is refused: {problems}"))?;
                    same(&again.to_json(), &document.to_json(), "its own text")?;
                    let (accounts, contacts) = (document.accounts.len(), document.contacts.len());
                    let whole = AccountGraph::from_document(document.clone());
                    let (graph, problems) = AccountGraph::build(document);
                    same(&whole.is_ok(), &problems.is_empty(), "from_document and build")?;
                    for (section, used, given) in
                        [(Section::Accounts, graph.account_count(), accounts), (Section::Contacts, graph.contact_count(), contacts)]
                    {
                        let bad = problems.iter().filter(|problem| problem.section == section).map(|problem| problem.index);
                        let bad = bad.collect::<BTreeSet<_>>().len();
                        same(&(used + bad), &given, &format!("{section} used and refused"))?;
                    }
                    if let Err(problems) = whole {
                        refused(&problems)?;
                    }
                    graph.verify().map_err(|found| format!("verify: {found:?}"))?;
                    let copy = AccountGraph::from_document(graph.to_document())
                        .map_err(|problems| format!("its own document is refused: {problems}"))?;
                    same(&copy.to_document().to_json(), &graph.to_document().to_json(), "the document of its own document")?;
                    assessed(&graph, &self.tally, &self.policy)
                }
            },
            Sort::Tally => match SignalTally::from_json(text) {
                Err(problems) => refused(&problems),
                Ok(tally) => {
                    let again =
                        SignalTally::from_json(&tally.to_json()).map_err(|problems| format!("its own text is refused: {problems}"))?;
                    same(&(again == tally), &true, "its own text")?;
                    // With itself and with another: either it fits or it is refused and nothing is changed.
                    for more in [&again, &self.tally] {
                        let mut both = tally.clone();
                        if both.merge(more).is_err() {
                            same(&(both == tally), &true, "a merge that was refused")?;
                        } else {
                            same(&both.signals(), &(tally.signals() + more.signals()), "the signals of both")?;
                            assessed(&self.graph, &both, &self.policy)?;
                        }
                    }
                    assessed(&self.graph, &tally, &self.policy)
                }
            },
        }
    }
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(found: &T, expected: &T, what: &str) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what} differs: {found:?} is not {expected:?}")) }
}

/// A refusal says something, each problem on one line of bearable length that cannot steer a terminal.
fn refused(problems: &Problems) -> Result<bool, String> {
    if problems.is_empty() {
        return Err("refused without a reason".into());
    }
    for problem in problems {
        let said = problem.to_string();
        if said.is_empty() || said.len() > 4_000 || said.chars().any(char::is_control) {
            return Err(format!("a problem is said badly: {:?}", shortened(&said)));
        }
    }
    Ok(false)
}

/// An assessment on ordinary and on extreme days: complete, consistent and writable.
fn assessed<'a>(graph: &'a AccountGraph, tally: &'a SignalTally, policies: impl Into<Policies<'a>> + Copy) -> Result<bool, String> {
    let today: Day = "2025-05-05".parse().expect("a day");
    for day in [today, Day::MIN, Day::MAX] {
        let assessment: Assessment = assess(graph, tally, policies, day);
        same(&assessment.accounts.len(), &graph.account_count(), "the accounts assessed")?;
        for group in assessment.groups() {
            let text = serde_json::to_string(group).map_err(|error| error.to_string())?;
            let back: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            let readiness: f64 = back["readiness"].as_str().and_then(|text| text.parse().ok()).ok_or("no readiness")?;
            same(&(0.0..=100.0).contains(&readiness), &true, &format!("readiness {readiness} in 0..=100"))?;
        }
        let run = assessment.run;
        same(&run.total(), &tally.signals(), "the signals of the run")?;
    }
    Ok(true)
}

/// The default policy with every sort of rule, criterion and decay in it.
fn rich_policy() -> Value {
    let mut policy: Value = serde_json::from_str(&Policy::default().to_json()).expect("JSON");
    policy["name"] = json!("rich");
    policy["group"]["roll_up"] = json!({"type": "champion_mix", "max": "0.6", "mean": "0.4"});
    policy["kinds"][0]["decay"] = json!({"type": "linear", "days": 90});
    policy["fit"] = json!({"source": "criteria", "tiers": {"A": "80", "B": "50"},
        "criteria": [
            {"weight": 3, "is": {"industry": {"any_of": ["Software", "Energy"]}}},
            {"weight": 1, "is": {"employees": {"at_least": "100", "at_most": "5000"}}},
            {"weight": 2, "is": {"technologies": {"all_of": ["crm"]}}},
            {"weight": 1, "is": {"attribute": {"name": "segment", "any_of": ["big"]}}},
            {"weight": 1, "is": {"intent": {"kind": "intent_high", "within_days": 30}}},
        ],
        "disqualifiers": [{"country": {"any_of": ["XX"]}}, {"revenue": {"at_most": "1000.5"}}]});
    policy["exclusion"] = json!({"any": [
        "PLACE",
        {"all": [{"not": {"coverage": {"of": {"role": "champion"}, "measure": "possible", "at_least": "33.3333"}}}, {"readiness": {"at_least": "99.5"}}]},
        {"at_least": {"n": 3, "of": [
            {"opponents": {"at_least": 1}}, {"trend": "falling"}, {"momentum": {"at_least": "-50"}}, {"account_excluded": {}},
            {"attribute": {"name": "segment", "at_least": "1"}}, {"hand_raise": {"tier": "high", "within_days": 9, "role": "coach"}},
        ]}},
    ]});
    policy["exclusion"]["any"].as_array_mut().expect("a list").remove(0);
    policy
}

/// Two families with every sort of record.
fn portfolio() -> Value {
    json!({"schema": 1,
        "accounts": [
            {"id": "acme", "name": "Acme AG", "aliases": ["ACME"], "domains": ["acme.example"], "industry": "Software", "employees": 120,
                "revenue": "1500000.5", "country": "DE", "technologies": ["crm", "erp"], "attributes": {"segment": "big", "region": "é"}, "fit_score": "82.5"},
            {"id": "beta", "parent": "acme"}, {"id": "sub", "parent": "beta", "excluded": "customer"}, {"id": "gamma", "technologies": []},
        ],
        "contacts": [
            {"id": "ann", "account": "acme", "person": "p", "name": "Ann", "email": "ann@acme.example", "title": "CFO",
                "roles": [{"role": "economic_buyer", "evidence": "human"}, {"role": "champion"}], "stance": "supporter", "created": "2025-01-10"},
            {"id": "ann-2", "account": "acme", "person": "p", "roles": [{"role": "coach"}], "reports_to": "ann"},
            {"id": "bob", "account": "acme", "roles": [{"role": "champion"}], "reports_to": "ann", "known_from": "2025-01-01", "known_until": "2025-12-31"},
            {"id": "cyd", "account": "beta", "reports_to": "ann", "stance": "opponent", "roles": [{"role": "decision_maker"}]},
            {"id": "dan", "account": "sub", "relationship": "consultant", "active": false}, {"id": "gus", "account": "gamma"},
            {"id": "rep", "relationship": "own_staff"},
        ],
        "groups": [{"id": "group-1", "account": "acme", "solution": "analytics", "template": "light", "membership": "explicit"}, {"id": "group-2", "account": "acme"}],
        "members": [{"group": "group-1", "contact": "ann", "role": "economic_buyer"}, {"group": "group-1", "contact": "bob", "role": "champion", "evidence": "title"},
            {"group": "beta", "contact": "cyd", "role": "unknown", "known_from": "2025-02-01"}],
        "ties": [{"from": "ann", "to": "bob", "kind": "works_with", "strength": 70}, {"from": "rep", "to": "ann", "kind": "knows", "strength": 1}],
        "opportunities": [
            {"id": "deal-1", "account": "acme", "group": "group-1", "created_at": "2024-05-01T09:00:00Z", "closed_at": "2024-06-01", "outcome": "lost", "amount": "10.5", "currency": "EUR"},
            {"id": "deal-2", "account": "beta", "created_at": "2025-04-01", "amount": "-1"},
        ],
        "dispositions": [{"group": "group-2", "at": "2025-04-01", "verdict": "accepted"}, {"group": "beta", "at": "2025-04-02T10:00:00+02:00", "verdict": "rejected", "reason": "too early"}],
    })
}

/// Every sort of subject, counts, marks, and identified signals with repeats and a conflict.
fn tally() -> Value {
    json!({"schema": 1, "duplicates": 4,
    "accounts": [{"id": "gamma", "counts": [{"kind": "intent_high", "days": {"2025-05-02": 3}}]}],
    "contacts": [
        {"id": "ann", "counts": [
            {"kind": "page_view", "days": {"2025-05-01": 2_097_151, "2025-04-30": 1, "2199-12-31": 4, "1900-01-01": 5}},
            {"kind": "demo_request", "solution": "analytics", "days": {"2025-05-02": 2}},
            {"kind": "unsubscribe", "quarantined": true, "days": {"2025-05-02": 7}},
        ]},
        {"id": "bob", "counts": [{"kind": "webinar_attended", "solution": "storage", "days": {"2025-05-01": 12}}, {"kind": "careers_page", "days": {"2025-05-03": 2}}]},
        {"id": "nobody", "counts": [{"kind": "who_knows", "days": {"2025-05-03": 2}}]},
    ],
    "emails": [{"id": "x@y.example", "counts": [{"kind": "page_view", "days": {"2025-05-01": 1}}]}],
    "identified": [
        {"id": "s-1", "subject": {"contact": "ann"}, "kind": "demo_request", "at": "2025-05-02T09:30:00Z", "solution": "analytics", "campaign": "spring"},
        {"id": "s-1", "subject": {"contact": "bob"}, "kind": "demo_request", "at": "2025-05-02T09:30:01Z"},
        {"id": "s-2", "subject": {"account": "gamma"}, "kind": "intent_high", "at": "2025-05-02"},
        {"id": "s-3", "subject": {"email": "x@y.example"}, "kind": "page_view", "at": "2025-05-01T23:59:59.999999Z"},
    ]})
}
