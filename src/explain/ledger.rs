//! The ledger: every signal of the account with what it came to, added up to channels, people, seats and the group.

use alloc::vec::Vec;
use core::ops::Range;

use crate::assess::{Named, SignalState};
use crate::day::Day;
use crate::exact::{DecayFactor, Percent, Points};
use crate::id::{ChannelName, RoleName};

/// Where every point of a group comes from, and what became of every signal.
///
/// - The signals of the rows, by state, are the assessment's intake.
/// - The counted points of a person's rows add up to the person's points, exactly.
/// - The shares of all persons add up to the group's points, exactly: under the weighted roll-up they are exact, under the others they are
///   whole ten-thousandths of a point by largest remainder (ties: id).
/// - The shares of the seats add up to the readiness, exactly.
///
/// It stays readable after graph, tally and policy are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ledger {
    /// The people: members by id, then by id those of the account's other contacts who were heard of, then the account's unnamed visitors, if
    /// they were.
    pub persons: Vec<LedgerPerson>,
    /// The rows: in the order of the persons; of one person the newest day first, then in the policy's order of kinds, kinds it does not
    /// know after them, by name; then by state.
    pub rows: Vec<LedgerRow>,
    /// What each seat adds to readiness, in template order, then rank.
    pub seats: Vec<LedgerSeat>,
    /// The group's points.
    pub points: Points,
    /// The group's readiness.
    pub readiness: Percent,
}

impl Ledger {
    /// The rows of a person of this ledger.
    pub fn rows_of(&self, person: &LedgerPerson) -> &[LedgerRow] {
        self.rows.get(person.rows.clone()).unwrap_or_default()
    }

    /// Whose signals a row is about; `None` for a row of another ledger that has more people.
    pub fn person_of(&self, row: &LedgerRow) -> Option<&LedgerPerson> {
        self.persons.get(row.person)
    }
}

/// The signals of one person that are of one kind, one day and one state.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerRow {
    /// The person's place in [`Ledger::persons`].
    pub person: usize,
    pub(crate) kind: Named,
    /// The policy's number of the kind, if it knows it.
    pub(crate) kind_number: Option<u16>,
    /// The day.
    pub day: Day,
    /// How many signals, at least 1.
    pub signals: u64,
    /// Points of one signal on its day; `None`: the policy does not know the kind.
    pub each: Option<Points>,
    /// What is left of them at the day of the assessment; `None`: the signals were not scored.
    pub decay: Option<DecayFactor>,
    /// Points before the caps of channel and person: signals × points of each × decay; 0 for signals that were not scored or are beyond the
    /// daily cap.
    pub before: Points,
    /// Points that count.
    pub counted: Points,
    /// What became of the signals. Those beyond the daily cap of a row have a row of their own.
    pub state: SignalState,
}

impl LedgerRow {
    /// The kind, also of kinds that the policy does not know.
    pub fn kind(&self) -> &str {
        self.kind.text()
    }

    /// Whether the signals are usable for the group, be they worth something or not.
    pub(crate) fn usable(&self) -> bool {
        self.state >= SignalState::DecayedOut
    }

    /// Whether they are usable and inside their kind's window.
    pub(crate) fn inside(&self) -> bool {
        self.state > SignalState::DecayedOut
    }
}

/// How a person stands to the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Belongs {
    /// A member; opponents are members.
    Member,
    /// A contact of the account who is no member.
    Outsider,
    /// The account's unnamed visitors, taken together.
    Visitors,
}

impl Belongs {
    /// The token of documents.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Outsider => "outsider",
            Self::Visitors => "visitors",
        }
    }
}

/// What one person comes to. A member's contacts at the account are taken together; a contact who is no member stands alone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerPerson {
    pub(crate) contact: Option<Named>,
    /// How the person stands to the group. Only members and visitors have points.
    pub belongs: Belongs,
    /// The places of the person's rows in [`Ledger::rows`].
    pub rows: Range<usize>,
    /// The channels in which the person has points, in the policy's order.
    pub channels: Vec<LedgerChannel>,
    /// What the channels come to within their caps, before the bounds of a person.
    pub before: Points,
    /// The person's points, 0..=the policy's cap.
    pub points: Points,
    /// The weight of the person in percent: the greatest of the roles held, that of `unknown` without one; 0 for outsiders.
    pub weight: u16,
    /// What the person adds to the group's points.
    pub share: Points,
}

impl LedgerPerson {
    /// The contact id, of a member the least one of the person; `None`: unnamed visitors.
    pub fn contact(&self) -> Option<&str> {
        self.contact.as_ref().map(Named::text)
    }
}

/// What one channel of one person comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerChannel {
    /// The channel.
    pub channel: ChannelName,
    /// The sum of its rows before any cap of channel or person.
    pub sum: Points,
    /// The most that it can come to, either way; `None`: uncapped.
    pub cap: Option<Points>,
    /// What it comes to within its cap.
    pub counted: Points,
}

/// A member in a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerSeat {
    /// The role that the seat is for.
    pub role: RoleName,
    pub(crate) contact: Named,
    /// What it adds to readiness.
    pub share: Percent,
}

impl LedgerSeat {
    /// The contact id of who has the seat.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }
}
