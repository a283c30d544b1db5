//! The facts of an account that may be unknown, and that somebody could find out.

use alloc::string::String;
use core::fmt;

use crate::exact::Percent;

/// A fact of an account that an answer waits for.
///
/// Ordered and shown by its name in documents.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fact {
    /// A custom attribute: absent, or no decimal where one is asked for.
    Attribute(String),
    /// The country.
    Country,
    /// How many people work there.
    Employees,
    /// How fit is measured: the policy asks for fit and does not say how. No fact about the account can answer that.
    FitRule,
    /// The score of fit that the account should bring.
    FitScore,
    /// The industry.
    Industry,
    /// The yearly revenue.
    Revenue,
    /// The technologies in use.
    Technologies,
}

impl Fact {
    /// The fact without the name of an attribute.
    const fn word(&self) -> &'static str {
        match self {
            Self::Attribute(_) => "attribute",
            Self::Country => "country",
            Self::Employees => "employees",
            Self::FitRule => "fit",
            Self::FitScore => "fit_score",
            Self::Industry => "industry",
            Self::Revenue => "revenue",
            Self::Technologies => "technologies",
        }
    }

    /// The attribute's name, of an attribute.
    fn attribute(&self) -> &str {
        if let Self::Attribute(name) = self { name } else { "" }
    }
}

impl PartialOrd for Fact {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fact {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        (self.word(), self.attribute()).cmp(&(other.word(), other.attribute()))
    }
}

/// The name in documents: `industry`, `attribute region`.
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attribute(name) => write!(f, "attribute {name}"),
            other => f.write_str(other.word()),
        }
    }
}

impl serde::Serialize for Fact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A fact that is unknown, and what fit would gain by knowing it.
///
/// Its [`Display`](fmt::Display) is plain English. As a document: `{"fact": "country", "moves": "20", "disqualifies": false}`.
///
/// ```
/// use quorate::{Account, AccountGraph, Criterion, FitCriterion, FitSource, Policy, Range, SignalTally, assess};
///
/// let mut policy = Policy::default().into_document();
/// policy.fit.source = FitSource::Criteria;
/// let staff = Range { at_least: Some(200.into()), at_most: None };
/// policy.fit.criteria = vec![
///     FitCriterion { weight: 1, is: Criterion::Country(vec!["DE".into()]) },
///     FitCriterion { weight: 3, is: Criterion::Employees(staff) },
/// ];
/// policy.fit.disqualifiers = vec![Criterion::Industry(vec!["Gambling".into()])];
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// let assessment = assess(&graph, &SignalTally::new(), &Policy::new(policy)?, "2025-05-05".parse()?);
/// let unknown = &assessment.accounts[0].best().fit.unknown;
/// assert_eq!(unknown[0].to_string(), "not known: how many people work there (could move fit by 75 of 100)");
/// assert_eq!(unknown[1].to_string(), "not known: the account's country (could move fit by 25 of 100)");
/// assert_eq!(unknown[2].to_string(), "not known: the account's industry (could rule the account out)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct UnknownFact {
    /// The fact.
    pub fact: Fact,
    /// How much of the score waits for it, 0..=100: the weights of the criteria that are unknown for want of this fact, over all weights;
    /// 100 of a supplied score that is missing. Rounded half to even to 4 decimals, once; never to 0 what is more than that.
    ///
    /// It is how much closer the bounds come once the fact is known, whatever it turns out to be: `definite` rises by the weights of those
    /// criteria that the value matches, and `possible` falls by the weights of the others. A value that matches them all raises `definite`
    /// by all of it, one that matches none lowers `possible` by all of it. Every criterion asks about one fact, so nothing is counted twice:
    /// over all unknown facts it adds up to `possible - definite`. Technologies are one fact: their list is known, or it is not. (An
    /// attribute whose text is no number, where a criterion asks for one, is unknown to that criterion alone; another value may then change
    /// answers that were known, but the bounds still come closer by this much.)
    pub moves: Percent,
    /// Whether a disqualifier waits for it, so that it may decide the tier; `false` once another disqualifier is known to apply. A fact that
    /// only disqualifiers ask about moves 0.
    pub disqualifies: bool,
}
