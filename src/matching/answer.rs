//! What matching finds, and why.

use alloc::string::String;
use alloc::vec::Vec;

use super::reason::{MatchHow, MatchWhy};
use crate::id::{AccountId, ContactId};

/// Where a lead belongs: the account, the contact, and what else was noticed.
///
/// Never a silent pick: where several fit, all are named; where a fact was passed over or points elsewhere, a note says so.
///
/// Its JSON has the fields in the order below; the same answer gives the same bytes.
///
/// ```
/// use quorate::{Account, AccountGraph, Lead, MatchRules, Matcher};
/// # let mut graph = AccountGraph::new();
/// # let mut acme = Account::new("a-1")?;
/// # acme.domains = vec!["acme.com".into()];
/// # graph.add_account(acme)?;
/// let matcher = Matcher::new(&graph, &MatchRules::default());
/// let found = matcher.find(&Lead { email: Some("bob@acme.com".into()), ..Lead::default() });
/// assert_eq!(
///     serde_json::to_string(&found)?,
///     concat!(
///         r#"{"account":{"answer":"matched","id":"a-1","how":{"code":"listed_domain","domain":"acme.com","#,
///         r#""message":"the account lists the domain `acme.com`"},"why":null,"candidates":[]},"#,
///         r#""contact":{"answer":"unmatched","id":null,"how":null,"why":{"code":"unknown_email","email":"bob@acme.com","#,
///         r#""message":"no contact has the address `bob@acme.com`"},"candidates":[]},"notes":[]}"#
///     )
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeadMatch {
    /// The account.
    pub account: MatchAnswer<AccountId>,
    /// The contact, where the person is already known.
    pub contact: MatchAnswer<ContactId>,
    /// Facts that disagree with the answer or could not be used, in the order in which facts are asked.
    pub notes: Vec<MatchNote>,
}

/// One answer: a match, several that fit alike, or none.
///
/// In JSON always an object of `answer` (the token), `id`, `how`, `why` and `candidates`, null or empty where there is no such thing; the
/// suggestions of an answer that is unmatched are its `candidates`, as of [`MatchAnswer::candidates`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchAnswer<T> {
    /// One fits.
    Matched {
        /// Which.
        id: T,
        /// The fact that decided.
        how: MatchHow,
    },
    /// Several fit alike.
    Ambiguous {
        /// All of them, by id.
        candidates: Vec<Candidate<T>>,
        /// What they share.
        why: MatchWhy,
    },
    /// None fits.
    Unmatched {
        /// What the last fact that was asked lacks.
        why: MatchWhy,
        /// What might be meant, by id; at most [`SUGGESTIONS_MAX`].
        suggestions: Vec<Candidate<T>>,
    },
}

/// The most suggestions of one answer. Source: our choice; a person reads no more.
pub const SUGGESTIONS_MAX: usize = 10;

impl<T> MatchAnswer<T> {
    /// `matched`, `ambiguous` or `unmatched`.
    pub const fn token(&self) -> &'static str {
        match self {
            Self::Matched { .. } => "matched",
            Self::Ambiguous { .. } => "ambiguous",
            Self::Unmatched { .. } => "unmatched",
        }
    }

    /// The one that was matched.
    pub const fn id(&self) -> Option<&T> {
        match self {
            Self::Matched { id, .. } => Some(id),
            Self::Ambiguous { .. } | Self::Unmatched { .. } => None,
        }
    }

    /// The fact that decided, of a match.
    pub const fn how(&self) -> Option<&MatchHow> {
        match self {
            Self::Matched { how, .. } => Some(how),
            Self::Ambiguous { .. } | Self::Unmatched { .. } => None,
        }
    }

    /// Why there is no match, where there is none.
    pub const fn why(&self) -> Option<&MatchWhy> {
        match self {
            Self::Matched { .. } => None,
            Self::Ambiguous { why, .. } | Self::Unmatched { why, .. } => Some(why),
        }
    }

    /// Those that fit alike, or that might be meant; none of a match.
    pub fn candidates(&self) -> &[Candidate<T>] {
        match self {
            Self::Matched { .. } => &[],
            Self::Ambiguous { candidates, .. } => candidates,
            Self::Unmatched { suggestions, .. } => suggestions,
        }
    }
}

/// One of several that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate<T> {
    /// Which.
    pub id: T,
    /// Every fact that speaks for it, in the order in which facts are asked.
    pub how: Vec<MatchHow>,
}

/// Something noticed beside an answer.
///
/// In JSON an object with its token as `code`, what it is about (`accounts`, `account_id`, `email`; of a fact that was passed over what
/// [`MatchWhy`] has), and the sentence as `message`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchNote {
    /// A later fact points to other accounts.
    Disagrees {
        /// Those accounts with the fact, by id.
        accounts: Vec<Candidate<AccountId>>,
    },
    /// The contact that was matched belongs to another account, or to none.
    ContactOfOtherAccount {
        /// The contact's account.
        account: Option<AccountId>,
    },
    /// The contact was matched by name and is known by another address than the lead's.
    OtherEmail {
        /// The contact's address.
        email: String,
    },
    /// A fact was of no use.
    PassedOver {
        /// Why.
        why: MatchWhy,
    },
}

impl MatchNote {
    /// The note's token, in `snake_case`; of a fact that was passed over, why.
    pub const fn token(&self) -> &'static str {
        match self {
            Self::Disagrees { .. } => "disagrees",
            Self::ContactOfOtherAccount { .. } => "contact_of_other_account",
            Self::OtherEmail { .. } => "other_email",
            Self::PassedOver { why } => why.token(),
        }
    }
}
