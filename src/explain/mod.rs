//! Why a verdict is what it is: the ledger of every point, the rule's tree with the records it rests on, and whom to reach next.
//!
//! Explaining reads what assessing wrote down on its way; nothing is computed a second time, and nothing in `assess` knows of it.

mod citation;
mod cite;
mod cite_account;
mod cite_verdict;
mod decisive;
mod explanation;
mod ledger;
mod ledger_json;
mod next_people;
mod record;
mod tree;

pub use citation::Citation;
pub use explanation::{Explanation, explain};
pub use ledger::{Ledger, LedgerChannel, LedgerPerson, LedgerRow, LedgerSeat, Standing};
pub use next_people::NextPerson;
pub use tree::{Asked, RuleKind, RuleNode};
