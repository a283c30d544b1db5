//! Why a verdict is what it is, what it would take, and what holds it: the ledger of every point, the rule's tree with the records it rests on,
//! sets of changes and losses, and whom to reach next.
//!
//! Explaining reads what assessing wrote down on its way, and asks "what if" by judging changed copies with the same code; nothing is
//! computed a second way, and nothing in `assess` knows of it.

mod advice;
mod atom;
mod change;
mod citation;
mod cite;
mod cite_account;
mod cite_verdict;
mod decisive;
mod examples;
mod explanation;
mod goals;
mod holds;
mod identity;
mod json;
mod learn;
mod ledger;
mod ledger_json;
mod monotone;
mod next_people;
mod progress;
mod record;
mod search;
mod steps;
mod tree;
mod what_if;

pub use change::{Advice, Change, ChangeSet, Extent, FactValue, SignalExample, Who};
pub use citation::Citation;
pub use explanation::{Explanation, explain};
pub use holds::{Holds, Loss, MemberId};
pub use identity::Identity;
pub use ledger::{Belongs, Ledger, LedgerChannel, LedgerPerson, LedgerRow, LedgerSeat};
pub use next_people::NextPerson;
pub use tree::{Asked, RuleKind, RuleNode};
