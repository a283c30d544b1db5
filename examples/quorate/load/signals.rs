//! What happened: signals, read row by row into a tally, never all at once.

use std::collections::BTreeSet;

use quorate::{AccountId, ContactId, Signal, SignalTally, Subject};

use super::Keep;
use super::addresses::{AddressNotes, Addresses};
use super::cells::Cells;
use super::findings::{Findings, Flaw};
use super::rejects::Rejects;
use super::sources::Sources;
use crate::exit::Stop;
use crate::files::{Row, Table};
use crate::progress::Progress;

/// What was noticed about signals that is no reason to leave them out.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignalNotes {
    /// Rows whose contact is of another account than the one beside it; the contact counts.
    pub other_account: u64,
}

/// The signals of a data set on their way into a tally.
pub struct Intake<'a> {
    sources: &'a mut Sources,
    accounts_of: Vec<(ContactId, Option<AccountId>)>,
    findings: &'a mut Findings,
    rejects: Option<&'a mut Rejects>,
    progress: &'a Progress,
    notes: SignalNotes,
    addresses: Option<Addresses<'a>>,
    /// The signals read so far, where they are wanted.
    kept: Vec<Signal>,
    keep: Keep,
}

impl<'a> Intake<'a> {
    pub fn new(
        sources: &'a mut Sources,
        accounts_of: Vec<(ContactId, Option<AccountId>)>,
        findings: &'a mut Findings,
        rejects: Option<&'a mut Rejects>,
        progress: &'a Progress,
    ) -> Self {
        Self {
            sources,
            accounts_of,
            findings,
            rejects,
            progress,
            notes: SignalNotes::default(),
            addresses: None,
            kept: Vec::new(),
            keep: Keep::Nothing,
        }
    }

    /// With somebody who knows whose an address is.
    pub fn matching(self, addresses: Option<Addresses<'a>>) -> Self {
        Self { addresses, ..self }
    }

    /// Keeping the signals, or not.
    pub fn keeping(self, keep: Keep) -> Self {
        Self { keep, ..self }
    }

    /// The signals that were kept; of those that count in the tally and have one id the one that the tally has.
    pub fn kept(&mut self, tally: &SignalTally) -> Vec<Signal> {
        let kept = std::mem::take(&mut self.kept);
        if self.keep != Keep::Counted {
            return kept;
        }
        let mut ids = BTreeSet::new();
        let counted = kept.into_iter().filter_map(|signal| match signal.id.clone() {
            None => Some(signal),
            Some(id) => {
                if ids.insert(id.clone()) {
                    tally.signal(id.as_str())
                } else {
                    None
                }
            }
        });
        counted.collect()
    }

    pub fn into_notes(self) -> (SignalNotes, Option<AddressNotes>) {
        (self.notes, self.addresses.map(Addresses::into_notes))
    }

    /// Reads every file of signals.
    ///
    /// # Errors
    /// A file cannot be read to its end, the rejects cannot be written, or a limit of the tally is passed.
    pub fn read(&mut self) -> Result<SignalTally, Stop> {
        let mut tally = SignalTally::new();
        for at in self.sources.of(Table::Signals) {
            let more = self.file(at)?;
            tally.merge(&more).map_err(|error| Stop::bad(format!("{}: {error}", self.sources.get(at).shown)))?;
        }
        Ok(tally)
    }

    fn file(&mut self, at: usize) -> Result<SignalTally, Stop> {
        let mut file = self.sources.get(at).open()?;
        let mut row = Row::default();
        let (mut stopped, mut rows, mut passed_over) = (None, 0, 0);
        let signals = std::iter::from_fn(|| {
            loop {
                match file.next(&mut row) {
                    Ok(true) => {}
                    Ok(false) => return None,
                    Err(error) => {
                        stopped = Some(Stop::bad(format!("{}: cannot be read: {error}", self.sources.get(at).shown)));
                        return None;
                    }
                }
                self.progress.at(file.bytes());
                if !self.sources.get(at).plan.reads(&row.cells) {
                    passed_over += 1;
                    continue;
                }
                rows += 1;
                match self.row(at, &row) {
                    Ok(Some(signal)) => return Some(signal),
                    Ok(None) => {}
                    Err(stop) => {
                        stopped = Some(stop);
                        return None;
                    }
                }
            }
        });
        let tally = SignalTally::from_signals(signals);
        self.progress.file_done(file.bytes());
        let source = self.sources.get_mut(at);
        (source.rows, source.passed_over) = (rows, passed_over);
        if let Some(stop) = stopped {
            return Err(stop);
        }
        let (shown, line) = (&self.sources.get(at).shown, row.line);
        tally.map_err(|error| Stop::bad(format!("{shown}: a limit is passed by line {line}: {error}")))
    }

    /// A row as a signal; `None` when it cannot be used and is noted.
    fn row(&mut self, at: usize, row: &Row) -> Result<Option<Signal>, Stop> {
        let source = self.sources.get(at);
        let mut cells = Cells::new(&source.plan, row);
        let signal = if cells.is_whole() { signal(&mut cells) } else { None };
        if let Some((mut signal, beside)) = signal.filter(|_| cells.flaws.is_empty()) {
            if let (Subject::Email(address), Some(addresses)) = (&signal.subject, &mut self.addresses) {
                signal.subject = addresses.subject(address.clone());
            }
            self.notes.other_account += u64::from(beside.is_some_and(|beside| self.is_of_another(&signal, &beside)));
            if self.keep != Keep::Nothing {
                self.kept.push(signal.clone());
            }
            return Ok(Some(signal));
        }
        self.findings.add(&source.shown, row.line, &cells.flaws);
        if let Some(rejects) = self.rejects.as_deref_mut() {
            rejects.add(source, row.line, &cells.flaws, &row.cells)?;
        }
        Ok(None)
    }

    /// Whether a signal's contact is known to be of another account than that.
    fn is_of_another(&self, signal: &Signal, account: &AccountId) -> bool {
        let Subject::Contact(contact) = &signal.subject else { return false };
        let found = self.accounts_of.binary_search_by(|(one, _)| one.cmp(contact)).ok();
        found.is_some_and(|found| self.accounts_of[found].1.as_ref() != Some(account))
    }
}

/// A signal, and the account that stands beside its contact.
fn signal(cells: &mut Cells<'_>) -> Option<(Signal, Option<AccountId>)> {
    let (kind, at) = (cells.needed_parsed("kind"), cells.needed_parsed("at"));
    let prefix = cells.plan.id_prefix.as_str();
    let id = match cells.text("signal_id") {
        None => None,
        Some(text) if prefix.is_empty() => cells.read("signal_id", &text),
        Some(text) => cells.read("signal_id", &format!("{prefix}{text}")),
    };
    let (subject, beside) = subject(cells);
    let (solution, campaign) = (cells.parsed("solution"), cells.parsed("campaign"));
    let quarantined = cells.flag("quarantined").unwrap_or(false);
    let recorded_at = cells.parsed("recorded_at");
    Some((Signal { id, subject: subject?, kind: kind?, at: at?, solution, campaign, quarantined, recorded_at }, beside))
}

/// Whom a signal is about: its contact, known or not; else its account; else an e-mail address.
fn subject(cells: &mut Cells<'_>) -> (Option<Subject>, Option<AccountId>) {
    let before = cells.flaws.len();
    let (contact, account) = (cells.parsed("contact_id"), cells.parsed::<AccountId>("account_id"));
    let email = cells.parsed("email");
    if let Some(contact) = contact {
        return (Some(Subject::Contact(contact)), account);
    }
    let subject = account.map(Subject::Account).or(email.map(Subject::Email));
    if subject.is_none() && cells.flaws.len() == before {
        let names = ["contact_id", "account_id", "email"].map(|name| cells.plan.shown(name));
        let message = format!("the signal is nobody's: `{}`, `{}` and `{}` are blank; one of them is needed", names[0], names[1], names[2]);
        cells.flaws.push(Flaw::of_row("no_subject", message));
    }
    (subject, None)
}
