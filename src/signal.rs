//! Signals: what happened, one act at a time.

use crate::day::Instant;
use crate::id::{AccountId, CampaignName, ContactId, EmailAddress, IdError, KindName, SignalId, SolutionName};

/// Whom a signal is about.
///
/// Order (used when one id comes with different contents): accounts before contacts before e-mail addresses, then by UTF-8 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Somebody unnamed at an account.
    Account(AccountId),
    /// A contact.
    Contact(ContactId),
    /// An address that is not matched to a contact yet. Whatever graph it meets, its state is `unknown_subject`.
    Email(EmailAddress),
}

/// One act: who did what, when.
///
/// ```
/// use quorate::{Signal, Subject};
/// let signal = Signal::of_contact("ann", "demo_request", "2025-05-01T09:30:00Z".parse()?)?.with_id("web-17")?.about("analytics")?;
/// assert_eq!(signal.kind.as_str(), "demo_request");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// Its id, when its source numbers signals: a repeat then counts once.
    pub id: Option<SignalId>,
    /// Whom it is about.
    pub subject: Subject,
    /// What was done. Which kinds count is the policy's business; any name may be recorded.
    pub kind: KindName,
    /// When it happened.
    pub at: Instant,
    /// Which solution it was about; none: any.
    pub solution: Option<SolutionName>,
    /// The campaign it belongs to.
    pub campaign: Option<CampaignName>,
    /// Whether it is set aside, such as a scanner's click: counted apart, worth nothing.
    pub quarantined: bool,
    /// When it became known, if later than it happened. No part of what makes two signals the same, and not kept by a tally: a replay feeds
    /// signals in this order into one growing tally.
    pub recorded_at: Option<Instant>,
}

impl Signal {
    /// A signal of that subject and kind at that time, and nothing else.
    pub const fn new(subject: Subject, kind: KindName, at: Instant) -> Self {
        Self { id: None, subject, kind, at, solution: None, campaign: None, quarantined: false, recorded_at: None }
    }

    /// A signal of a contact.
    ///
    /// # Errors
    /// [`IdError`] when a text is no id.
    pub fn of_contact(contact: &str, kind: &str, at: Instant) -> Result<Self, IdError> {
        Ok(Self::new(Subject::Contact(ContactId::new(contact)?), KindName::new(kind)?, at))
    }

    /// A signal of somebody unnamed at an account.
    ///
    /// # Errors
    /// [`IdError`] when a text is no id.
    pub fn of_account(account: &str, kind: &str, at: Instant) -> Result<Self, IdError> {
        Ok(Self::new(Subject::Account(AccountId::new(account)?), KindName::new(kind)?, at))
    }

    /// With an id.
    ///
    /// # Errors
    /// [`IdError`] when the text is no id.
    pub fn with_id(mut self, id: &str) -> Result<Self, IdError> {
        self.id = Some(SignalId::new(id)?);
        Ok(self)
    }

    /// About a solution.
    ///
    /// # Errors
    /// [`IdError`] when the text is no name.
    pub fn about(mut self, solution: &str) -> Result<Self, IdError> {
        self.solution = Some(SolutionName::new(solution)?);
        Ok(self)
    }
}
