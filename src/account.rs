//! Accounts, their buying groups, and what became of them: opportunities and dispositions.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use rust_decimal::Decimal;

use crate::contact::{Known, RoleClaim};
use crate::day::Instant;
use crate::id::{AccountId, ContactId, GroupId, IdError, OpportunityId, SolutionName, TemplateName};

/// A company that may buy. Facts may be unknown; unknown is never treated as zero or as a mismatch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: Option<String>,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Its internet domains.
    pub domains: Vec<String>,
    /// The account it belongs to.
    pub parent: Option<AccountId>,
    /// Its industry.
    pub industry: Option<String>,
    /// How many people it employs.
    pub employees: Option<u64>,
    /// Its yearly revenue, in the currency the data set uses; at most 4 decimals.
    pub revenue: Option<Decimal>,
    /// Its country.
    pub country: Option<String>,
    /// The technologies it uses; `None`: unknown, empty: known to be none.
    pub technologies: Option<Vec<String>>,
    /// Custom attributes by name.
    pub attributes: BTreeMap<String, String>,
    /// A fit score from elsewhere, 0..=100, at most 4 decimals.
    pub fit_score: Option<Decimal>,
    /// Why it is excluded, if it is.
    pub excluded: Option<String>,
}

impl Account {
    /// An account about which nothing is known.
    ///
    /// # Errors
    /// [`IdError`] when the text is no id.
    pub fn new(id: &str) -> Result<Self, IdError> {
        Ok(Self {
            id: AccountId::new(id)?,
            name: None,
            aliases: Vec::new(),
            domains: Vec::new(),
            parent: None,
            industry: None,
            employees: None,
            revenue: None,
            country: None,
            technologies: None,
            attributes: BTreeMap::new(),
            fit_score: None,
            excluded: None,
        })
    }
}

/// Who belongs to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Membership {
    /// Every active contact of the account, of no excluded relationship.
    All,
    /// Of those, only the people listed.
    Explicit,
}

/// An account and what it may buy.
///
/// An account without a group of its own has one default group, named by the account's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuyingGroup {
    /// Its id; never the id of another account.
    pub id: GroupId,
    /// Its account.
    pub account: AccountId,
    /// The solution; `None`: every solution.
    pub solution: Option<SolutionName>,
    /// The seats it needs; `None`: the policy's default template.
    pub template: Option<TemplateName>,
    /// Who belongs to it; `None`: what the policy says.
    pub membership: Option<Membership>,
}

impl BuyingGroup {
    /// A group of that account, for every solution, with the policy's default template and membership.
    ///
    /// # Errors
    /// [`IdError`] when a text is no id.
    pub fn new(id: &str, account: &str) -> Result<Self, IdError> {
        Ok(Self { id: GroupId::new(id)?, account: AccountId::new(account)?, solution: None, template: None, membership: None })
    }
}

/// A row that names a contact, with a role, for a group. Several rows may name one contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The group.
    pub group: GroupId,
    /// The contact, of the group's account.
    pub contact: ContactId,
    /// The role; `unknown` means none.
    pub claim: RoleClaim,
    /// The days on which the row counts.
    pub known: Known,
}

/// How two people know each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieKind {
    /// The first influences the second.
    Influences,
    /// They work together.
    WorksWith,
    /// They know each other.
    Knows,
}

impl TieKind {
    /// Every kind of tie with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 3] = [("influences", Self::Influences), ("works_with", Self::WorksWith), ("knows", Self::Knows)];
}

/// A line between two contacts beside the org chart. Of parallel ties the strongest counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// From whom.
    pub from: ContactId,
    /// To whom; somebody else.
    pub to: ContactId,
    /// How they know each other.
    pub kind: TieKind,
    /// How well, 1..=100.
    pub strength: u8,
    /// The days on which the tie counts.
    pub known: Known,
}

/// What became of an opportunity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Nothing yet.
    #[default]
    Open,
    /// Won.
    Won,
    /// Lost.
    Lost,
}

impl Outcome {
    /// Every outcome with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 3] = [("open", Self::Open), ("won", Self::Won), ("lost", Self::Lost)];
}

/// An opportunity (a deal) of an account, or of one of its groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opportunity {
    /// Its id.
    pub id: OpportunityId,
    /// Its account.
    pub account: AccountId,
    /// Its group; `None`: it applies to every group of the account.
    pub group: Option<GroupId>,
    /// When it was created; before that it does not exist.
    pub created_at: Instant,
    /// When it was closed; not before it was created. With [`Outcome::Open`] it is only the expected day and no close.
    pub closed_at: Option<Instant>,
    /// What became of it, known from `closed_at` on.
    pub outcome: Outcome,
    /// Its amount, in `currency`.
    pub amount: Option<Decimal>,
    /// Its currency, an ISO 4217 code as the data set writes it.
    pub currency: Option<String>,
}

/// What sales said of a qualified group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DispositionVerdict {
    /// Taken on.
    Accepted,
    /// Turned down.
    Rejected,
}

impl DispositionVerdict {
    /// Both verdicts with their tokens, in declaration order.
    pub const ALL: [(&'static str, Self); 2] = [("accepted", Self::Accepted), ("rejected", Self::Rejected)];
}

/// One answer of sales to a group that was passed to them. The latest counts; of two at one instant, the rejection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposition {
    /// The group.
    pub group: GroupId,
    /// When.
    pub at: Instant,
    /// What they said.
    pub verdict: DispositionVerdict,
    /// Why.
    pub reason: Option<String>,
}
