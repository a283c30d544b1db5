//! Which account, and which contact, a lead belongs to.
//!
//! `rules` says what may be chosen, `company` and `person` bring names to one form (over `forms`), `domains`, `names`, `fuzzy` and `person` are the indexes that
//! `matcher` builds, `find` and `find_contact` ask them, `case` weighs what they say, `answer` and `reason` are what is found, and `json` writes it.

mod answer;
mod case;
mod company;
mod domains;
mod emails;
mod find;
mod find_contact;
mod forms;
mod fuzzy;
mod json;
mod lead;
mod matcher;
mod names;
mod person;
mod postings;
mod read;
mod reason;
mod rules;

pub use self::answer::{Candidate, LeadMatch, MatchAnswer, MatchNote, SUGGESTIONS_MAX};
pub use self::lead::Lead;
pub use self::matcher::{Matcher, UnusedDomain};
pub use self::reason::{Likeness, MatchFact, MatchHow, MatchWhy};
pub use self::rules::{FuzzyNames, MatchList, MatchListBase, MatchRules, MatchRulesDocument};
