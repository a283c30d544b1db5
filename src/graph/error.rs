//! What an edit of the graph refuses.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use crate::day::Instant;
use crate::problem::did_you_mean;

/// Why the graph refuses an edit. Nothing is changed by a refused edit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// A record with that id is there already.
    #[error("{what} `{id}` is there already")]
    Duplicate {
        /// What it is, such as `account`.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// No record has that id.
    #[error("unknown {what} `{id}`{}", did_you_mean(.suggestion.as_deref()))]
    Unknown {
        /// What was looked for.
        what: &'static str,
        /// The id.
        id: String,
        /// The nearest id that there is, where looking for it is cheap.
        suggestion: Option<String>,
    },
    /// A record it stands on could not be used itself.
    #[error("{what} `{id}` could not be used itself")]
    Unusable {
        /// What it stands on.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// Lines that must not close would close: the whole cycle, each followed by the one it points to.
    #[error("{what} go in a circle: {}", circle(.ids))]
    Cycle {
        /// Which lines, such as `reporting lines`.
        what: &'static str,
        /// The ids on the cycle, from the least on, the first not repeated.
        ids: Vec<String>,
    },
    /// A contact is named for a group of another account.
    #[error("contact `{contact}` is not of account `{account}`, which group `{group}` belongs to")]
    MemberOfAnotherAccount {
        /// The contact.
        contact: String,
        /// The group.
        group: String,
        /// The group's account.
        account: String,
    },
    /// An opportunity is given a group of another account.
    #[error("group `{group}` is not of account `{account}`")]
    GroupOfAnotherAccount {
        /// The group.
        group: String,
        /// The opportunity's account.
        account: String,
    },
    /// A group would carry the id of another account, which its default group carries.
    #[error("group `{group}` of account `{account}` has the id of another account; give it another id")]
    GroupNamedLikeAccount {
        /// The group.
        group: String,
        /// Its account.
        account: String,
    },
    /// The default group of the account carries records and would vanish with a first group of its own.
    #[error("the default group of account `{account}` carries members, opportunities or dispositions; remove them first")]
    DefaultGroupInUse {
        /// The account.
        account: String,
    },
    /// A reporting line between accounts of two families.
    #[error("contact `{contact}` cannot report to `{manager}`: their accounts have no common parent")]
    ReportsAcrossFamilies {
        /// The contact.
        contact: String,
        /// The manager.
        manager: String,
    },
    /// A line from a record to itself.
    #[error("contact `{id}` is tied to itself")]
    SelfTie {
        /// The contact.
        id: String,
    },
    /// A contact of no account that is not own staff.
    #[error("contact `{id}` has no account; name its account, or say that it is `own_staff`")]
    NoAccount {
        /// The contact.
        id: String,
    },
    /// A role is claimed twice.
    #[error("role `{role}` is given twice; keep one")]
    RepeatedRole {
        /// The role.
        role: String,
    },
    /// A value outside its range.
    #[error("{field} `{value}` is outside {allowed}")]
    OutOfRange {
        /// The field.
        field: &'static str,
        /// The value.
        value: String,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A text too long to be meant.
    #[error("{field} `{start}…` has {bytes} bytes; at most {most} are allowed")]
    TooLong {
        /// The field.
        field: &'static str,
        /// The beginning of the text.
        start: String,
        /// Its length.
        bytes: usize,
        /// The longest allowed.
        most: usize,
    },
    /// A text without a letter where an unknown one would be left out.
    #[error("{field} is blank; leave it out where it is not known")]
    Blank {
        /// The field.
        field: &'static str,
    },
    /// Several addresses where a contact has one: which is meant nobody says.
    #[error("`{text}` holds {addresses} e-mail addresses; write one a row")]
    SeveralAddresses {
        /// The beginning of the text.
        text: String,
        /// How many.
        addresses: usize,
    },
    /// A won or lost opportunity without the time of its close.
    #[error("opportunity `{id}` is {outcome} but has no `closed_at`")]
    CloseMissing {
        /// The opportunity.
        id: String,
        /// Its outcome.
        outcome: &'static str,
    },
    /// An opportunity that closes before it was created.
    #[error("opportunity `{id}` closes before it was created")]
    ClosesBeforeCreated {
        /// The opportunity.
        id: String,
    },
    /// Days on which nothing counts.
    #[error("`known_from` is not before `known_until`")]
    NeverKnown,
    /// A number with more decimals than are kept.
    #[error("{field} `{value}` has more than {places} decimals")]
    TooPrecise {
        /// The field.
        field: &'static str,
        /// The value.
        value: String,
        /// The decimals allowed.
        places: u32,
    },
    /// A contact is named twice for one group with one role.
    #[error("contact `{contact}` is named as `{role}` for group `{group}` already")]
    RepeatedMember {
        /// The contact.
        contact: String,
        /// The group.
        group: String,
        /// The role.
        role: String,
    },
    /// A tie between the same two, of the same kind and strength.
    #[error("contact `{from}` has a tie `{kind}` of strength {strength} to `{to}` already")]
    RepeatedTie {
        /// From whom.
        from: String,
        /// To whom.
        to: String,
        /// The kind's token.
        kind: &'static str,
        /// The strength.
        strength: u8,
    },
    /// A contact is not named for a group with that role.
    #[error("contact `{contact}` is not named as `{role}` for group `{group}`")]
    NoSuchMember {
        /// The contact.
        contact: String,
        /// The group.
        group: String,
        /// The role.
        role: String,
    },
    /// No tie between these two of that kind and strength.
    #[error("contact `{from}` has no tie `{kind}` of strength {strength} to `{to}`")]
    NoSuchTie {
        /// From whom.
        from: String,
        /// To whom.
        to: String,
        /// The kind's token.
        kind: &'static str,
        /// The strength.
        strength: u8,
    },
    /// A group has no such answer of sales.
    #[error("group `{group}` has no disposition `{verdict}` at {at} with that reason")]
    NoSuchDisposition {
        /// The group.
        group: String,
        /// The verdict's token.
        verdict: &'static str,
        /// When.
        at: Instant,
    },
    /// A removed record cannot take its old place, since a record that stood on it stands on another one now.
    #[error("{what} `{id}` has a {line} by now")]
    Taken {
        /// What stood on the removed record.
        what: &'static str,
        /// Its id.
        id: String,
        /// The line that is taken: `parent` or `manager`.
        line: &'static str,
    },
    /// More records than can be numbered.
    #[error("no more than {most} {what} fit into one graph")]
    Full {
        /// Which records.
        what: &'static str,
        /// How many fit.
        most: &'static str,
    },
}

impl EditError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Duplicate { .. } => "duplicate_id",
            Self::Unknown { .. } => "unknown_id",
            Self::Unusable { .. } => "unusable_reference",
            Self::Cycle { .. } => "cycle",
            Self::MemberOfAnotherAccount { .. } => "member_of_another_account",
            Self::GroupOfAnotherAccount { .. } => "group_of_another_account",
            Self::GroupNamedLikeAccount { .. } => "group_named_like_account",
            Self::DefaultGroupInUse { .. } => "default_group_in_use",
            Self::ReportsAcrossFamilies { .. } => "reports_across_families",
            Self::SelfTie { .. } => "self_tie",
            Self::NoAccount { .. } => "no_account",
            Self::RepeatedRole { .. } => "repeated_role",
            Self::OutOfRange { .. } => "value_out_of_range",
            Self::TooLong { .. } => "value_too_long",
            Self::Blank { .. } => "value_blank",
            Self::SeveralAddresses { .. } => "several_addresses",
            Self::CloseMissing { .. } => "close_missing",
            Self::ClosesBeforeCreated { .. } => "closes_before_created",
            Self::NeverKnown => "never_known",
            Self::TooPrecise { .. } => "number_too_precise",
            Self::RepeatedMember { .. } => "repeated_member",
            Self::RepeatedTie { .. } => "repeated_tie",
            Self::NoSuchMember { .. } => "unknown_member",
            Self::NoSuchTie { .. } => "unknown_tie",
            Self::NoSuchDisposition { .. } => "unknown_disposition",
            Self::Taken { .. } => "place_taken",
            Self::Full { .. } => "graph_full",
        }
    }
}

/// Ids shown of a long cycle, at its start and at its end; the error itself keeps them all.
const CYCLE_SHOWN: usize = 12;

fn circle(ids: &[String]) -> String {
    let mut out = String::new();
    let hidden = ids.len().saturating_sub(2 * CYCLE_SHOWN);
    for (i, id) in ids.iter().enumerate() {
        if hidden > 0 && i == CYCLE_SHOWN {
            // Writing to a String cannot fail.
            let _ = write!(out, "… {hidden} more … → ");
        }
        if hidden == 0 || i < CYCLE_SHOWN || i >= CYCLE_SHOWN + hidden {
            let _ = write!(out, "`{id}` → ");
        }
    }
    if let Some(first) = ids.first() {
        let _ = write!(out, "`{first}`");
    }
    out
}
