//! The tally: what happened, counted once and kept without regard to any policy, graph or date.
//!
//! The main type is [`SignalTally`]. Its parts: an [`entry`] is one packed count, a [`narrow`] one takes half the room, [`entries`] are those of
//! one subject however they are [`stored`], [`blocks`] hold those of many subjects, [`names`] turns names into numbers within the limits, [`identified`] is the index of signals with an id. Signals come in one by one ([`record`]), in bulk
//! ([`bulk`]) or with another tally ([`merge`]), are read in an order of their own ([`count`]), and travel as a document ([`mod@write`], [`read`]).

mod blocks;
mod bulk;
mod columns;
mod conflict;
mod content;
mod count;
mod entries;
mod entry;
mod error;
mod gather;
mod identified;
mod merge;
mod named;
mod names;
mod narrow;
mod read;
mod record;
mod replay;
mod stored;
mod subjects;
mod write;

use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;

use self::blocks::{ENTRIES_MAX, Full};
use self::content::Content;
pub(crate) use self::content::Says;
use self::entry::{COUNT_MAX, KINDS_MAX, SOLUTIONS_MAX};
use self::identified::Identified;
use self::names::{CAMPAIGNS, KINDS, Limit, SOLUTIONS, TEXTS_MAX, small};
use self::subjects::Subjects;
use crate::day::Day;
use crate::id::{AccountId, CampaignName, ContactId, EmailAddress, KindName, SignalId, SolutionName};
use crate::roster::Roster;
use crate::signal::{Signal, Subject};

pub use columns::{ColumnFault, ColumnsError, NamedColumns, SignalColumns};
pub use conflict::Conflict;
pub use count::Count;
pub(crate) use entries::Entries;
pub(crate) use entry::Entry;
pub use error::TallyError;
pub(crate) use narrow::Narrow;
pub use record::Recorded;
pub(crate) use subjects::Sort;
pub use subjects::SubjectRef;

/// Signals counted by subject, kind, day, solution and quarantine mark, each identified signal exactly once.
///
/// A tally knows neither policy nor graph nor date, so any policy can be applied to it for any day without reading the signals again.
///
/// **Same id.** Of the rows with one id, one counts, whatever order they came in: the one with the least content (time, subject, kind,
/// solution, campaign, quarantine; texts by UTF-8 bytes, an absent text first). The others are [duplicates](Self::duplicates); contents that
/// differ are kept as [conflicts](Self::conflicts).
///
/// **Order.** The order of rows, and how they were split into tallies that were merged, changes nothing: neither what a tally equals nor the
/// bytes of its document.
///
/// **Equality** is that of content: counts, identified signals, conflicts and duplicates. It costs O(n log n).
///
/// **Limits.** [`KINDS_MAX`](Self::KINDS_MAX) kinds, [`SOLUTIONS_MAX`](Self::SOLUTIONS_MAX) solutions, [`COUNT_MAX`](Self::COUNT_MAX) signals
/// in one count. What goes beyond is an error and changes nothing. The names of a signal count towards the limits even when another signal
/// of the same id counts in its place.
///
/// **Size.** 4 bytes for each distinct count, 8 for those of 64 subjects of whom one has a signal for a solution, one that is set aside, more than 63
/// alike on one day, or days more than 33 years apart; 4 for each subject, and 24 bytes for each identified signal, besides the texts and their
/// look-up.
///
/// ```
/// use quorate::{Recorded, Signal, SignalTally};
/// let click = Signal::of_contact("ann", "email_click", "2025-05-01T09:30:00Z".parse()?)?;
/// let demo = Signal::of_contact("ann", "demo_request", "2025-05-02T09:30:00Z".parse()?)?.with_id("web-17")?;
///
/// let mut tally = SignalTally::from_signals([&click, &click])?;
/// assert_eq!(tally.record(&demo)?, Recorded::New);
/// assert_eq!(tally.record(&demo)?, Recorded::Repeat);
///
/// assert_eq!((tally.signals(), tally.duplicates()), (4, 1));
/// let counts: Vec<_> = tally.counts().map(|count| (count.kind, count.count)).collect();
/// assert_eq!(counts, [("demo_request", 1), ("email_click", 2)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct SignalTally {
    accounts: Subjects,
    contacts: Subjects,
    emails: Subjects,
    kinds: Roster,
    solutions: Roster,
    /// Campaigns of identified signals; other signals are counted without theirs.
    campaigns: Roster,
    identified: Identified,
    duplicates: u64,
}

impl SignalTally {
    /// The most kinds that a tally holds.
    pub const KINDS_MAX: u32 = KINDS_MAX;
    /// The most solutions that a tally holds.
    pub const SOLUTIONS_MAX: u32 = SOLUTIONS_MAX;
    /// The most signals of one subject, kind, day, solution and quarantine mark.
    pub const COUNT_MAX: u32 = COUNT_MAX;

    /// A tally of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// All rows that were given, duplicates included.
    pub const fn signals(&self) -> u64 {
        self.accounts.signals + self.contacts.signals + self.emails.signals + self.duplicates
    }

    /// Rows that do not count because a row of the same id does: identified rows less distinct ids.
    pub const fn duplicates(&self) -> u64 {
        self.duplicates
    }

    /// Whether no row was given.
    pub const fn is_empty(&self) -> bool {
        self.signals() == 0
    }

    /// How many distinct ids there are.
    pub fn identified(&self) -> usize {
        self.identified.len()
    }

    /// The signal that counts under an id.
    pub fn signal(&self, id: &str) -> Option<Signal> {
        let number = self.identified.ids.find(id)?;
        self.whole(number)
    }

    /// The kinds of the signals counted, by name. O(n) in the counts.
    pub fn kinds(&self) -> Vec<&str> {
        let mut held = alloc::vec![false; self.kinds.len()];
        for entry in self.entries() {
            held[usize::from(entry.kind())] = true;
        }
        named(&self.kinds, &held)
    }

    /// The solutions of the signals counted, by name. O(n) in the counts.
    pub fn solutions(&self) -> Vec<&str> {
        let mut held = alloc::vec![false; self.solutions.len()];
        for solution in self.entries().filter_map(Entry::solution) {
            held[usize::from(solution)] = true;
        }
        named(&self.solutions, &held)
    }

    /// From the first day of a signal counted to the last. O(n) in the counts.
    pub fn days(&self) -> Option<RangeInclusive<Day>> {
        self.entries().map(Entry::day).fold(None, |range, day| match range {
            None => Some(day..=day),
            Some(range) => Some(day.min(*range.start())..=day.max(*range.end())),
        })
    }
}

/// Reads for assessments: numbers, no copies.
impl SignalTally {
    /// Contacts by number.
    pub(crate) const fn contact_roster(&self) -> &Roster {
        &self.contacts.roster
    }

    /// Accounts by number.
    pub(crate) const fn account_roster(&self) -> &Roster {
        &self.accounts.roster
    }

    /// Kinds by number.
    pub(crate) const fn kind_roster(&self) -> &Roster {
        &self.kinds
    }

    /// Solutions by number.
    pub(crate) const fn solution_roster(&self) -> &Roster {
        &self.solutions
    }

    /// The counts of a contact by its number here, sorted as packed: by day, kind number, solution number, quarantine mark.
    #[inline]
    pub(crate) fn contact_entries(&self, contact: u32) -> Entries<'_> {
        self.contacts.blocks.of(contact)
    }

    /// The counts of an account itself by its number here, sorted as packed.
    #[inline]
    pub(crate) fn account_entries(&self, account: u32) -> Entries<'_> {
        self.accounts.blocks.of(account)
    }

    /// Looks at what one more signal of a contact will need, so that it is near by then.
    pub(crate) fn prefetch_contact(&self, contact: u32) {
        self.contacts.blocks.prefetch(contact);
    }
}

impl SignalTally {
    const fn subjects(&self, sort: Sort) -> &Subjects {
        match sort {
            Sort::Account => &self.accounts,
            Sort::Contact => &self.contacts,
            Sort::Email => &self.emails,
        }
    }

    const fn subjects_mut(&mut self, sort: Sort) -> &mut Subjects {
        match sort {
            Sort::Account => &mut self.accounts,
            Sort::Contact => &mut self.contacts,
            Sort::Email => &mut self.emails,
        }
    }

    fn entries(&self) -> impl Iterator<Item = Entry> {
        Sort::ALL.into_iter().flat_map(|sort| self.subjects(sort).blocks.all())
    }

    /// The content of a signal in the numbers that its names have, or would get next; nothing is changed.
    fn content_of(&self, signal: &Signal) -> Result<Content, TallyError> {
        self.content_about(signal, None)
    }

    /// As [`Self::content_of`]; `known` is the number of the subject, if it was looked up and found.
    fn content_about(&self, signal: &Signal, known: Option<u32>) -> Result<Content, TallyError> {
        let Says { at, subject, kind, solution, campaign, quarantined } = signal.into();
        let sort = subject.sort();
        // A campaign is part of an identified signal only.
        let campaign = campaign.filter(|_| signal.id.is_some());
        let number = || Limit { what: sort.what(), most: TEXTS_MAX }.number(&self.subjects(sort).roster, subject.text());
        Ok(Content {
            at,
            subject: known.map_or_else(number, Ok)?,
            campaign: campaign.map_or(Ok(0), |name| CAMPAIGNS.number(&self.campaigns, name).map(|number| number + 1))?,
            kind: small(KINDS.number(&self.kinds, kind)?),
            solution: solution.map_or(Ok(0), |name| SOLUTIONS.number(&self.solutions, name).map(|number| small(number + 1)))?,
            sort,
            quarantined,
        })
    }

    /// Gives the names of a signal the numbers that [`Self::content_of`] foresaw.
    fn admit(&mut self, signal: &Signal, content: &Content) {
        let says = Says::from(signal);
        names::admit(&mut self.subjects_mut(content.sort).roster, content.subject, says.subject.text());
        names::admit(&mut self.kinds, content.kind.into(), says.kind);
        if let Some((number, name)) = content.solution.checked_sub(1).zip(says.solution) {
            names::admit(&mut self.solutions, number.into(), name);
        }
        if let Some((number, name)) = content.campaign.checked_sub(1).zip(says.campaign) {
            names::admit(&mut self.campaigns, number, name);
        }
    }

    /// The content behind the numbers.
    fn says(&self, content: &Content) -> Says<'_> {
        Says {
            at: content.at,
            subject: content.sort.subject(self.subjects(content.sort).roster.text(content.subject)),
            kind: self.kinds.text(content.kind.into()),
            solution: content.solution.checked_sub(1).map(|number| self.solutions.text(number.into())),
            campaign: content.campaign.checked_sub(1).map(|number| self.campaigns.text(number)),
            quarantined: content.quarantined,
        }
    }

    /// The signal that counts under the id of that number.
    // INVARIANT: every text came from an id or name of its type, so none is refused and the result is never `None`.
    fn whole(&self, id: u32) -> Option<Signal> {
        let says = self.says(self.identified.content(id));
        Some(Signal {
            id: SignalId::new(self.identified.ids.text(id)).ok(),
            subject: match says.subject {
                SubjectRef::Account(id) => Subject::Account(AccountId::new(id).ok()?),
                SubjectRef::Contact(id) => Subject::Contact(ContactId::new(id).ok()?),
                SubjectRef::Email(address) => Subject::Email(EmailAddress::new(address).ok()?),
            },
            kind: KindName::new(says.kind).ok()?,
            at: says.at,
            solution: says.solution.and_then(|name| SolutionName::new(name).ok()),
            campaign: says.campaign.and_then(|name| CampaignName::new(name).ok()),
            quarantined: says.quarantined,
            recorded_at: None,
        })
    }

    /// The error for a count that has no room, its names given.
    fn full(full: Full, subject: &str, kind: &str) -> TallyError {
        match full {
            Full::Count(_, entry) => {
                TallyError::CountOverflow { subject: subject.to_string(), kind: kind.to_string(), day: entry.day(), most: COUNT_MAX }
            }
            Full::Subject(_) => TallyError::SubjectFull { subject: subject.to_string(), most: ENTRIES_MAX },
        }
    }
}

/// The names held, in order.
fn named<'a>(roster: &'a Roster, held: &[bool]) -> Vec<&'a str> {
    let mut names: Vec<&str> = roster.iter().zip(held).filter(|(_, held)| **held).map(|((_, name), _)| name).collect();
    names.sort_unstable();
    names
}

impl fmt::Debug for SignalTally {
    /// The sizes; what is counted is read through [`SignalTally::counts`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignalTally")
            .field("signals", &self.signals())
            .field("duplicates", &self.duplicates)
            .field("identified", &self.identified.len())
            .field("conflicts", &self.identified.conflicts.len())
            .finish_non_exhaustive()
    }
}
