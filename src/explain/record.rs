//! The sink that writes down what the scoring loop says, and how that becomes a ledger.

use alloc::vec::Vec;

use super::ledger::{Belongs, Ledger, LedgerChannel, LedgerPerson, LedgerRow, LedgerSeat};
use crate::assess::{Assessed, Bench, Line, Named, SignalState, Sink, Terms, When};
use crate::day::Day;
use crate::exact::{DecayFactor, Points, largest_remainder};
use crate::policy::Compiled;
use crate::roster::Names;
use crate::tally::Entry;

/// What was heard of the signals of every person, in the order of the telling: members by id, the unnamed visitors, the others.
#[derive(Debug, Default)]
pub(crate) struct Record {
    persons: Vec<Heard>,
}

/// What was heard of one person; amounts in line units.
#[derive(Debug, Default)]
struct Heard {
    contact: Option<u32>,
    rows: Vec<HeardRow>,
    channels: Vec<HeardChannel>,
    sum: i128,
    points: i128,
}

#[derive(Clone, Copy, Debug)]
struct HeardRow {
    /// The tally's number of the kind.
    kind: u16,
    day: Day,
    state: SignalState,
    signals: u64,
    /// Whether points were computed for it.
    scored: bool,
    before: i64,
    counted: i64,
}

#[derive(Clone, Copy, Debug)]
struct HeardChannel {
    number: u8,
    sum: i128,
    within: i128,
}

impl Sink for Record {
    const LISTENS: bool = true;
    const SUMS: bool = true;

    fn person(&mut self, contact: Option<u32>) {
        self.persons.push(Heard { contact, ..Heard::default() });
    }

    fn signals(&mut self, state: SignalState, of: Entry, count: u64) {
        let scored = state >= SignalState::ZeroPoints;
        let row = HeardRow { kind: of.kind(), day: of.day(), state, signals: count, scored, before: 0, counted: 0 };
        if let Some(person) = self.persons.last_mut() {
            person.rows.push(row);
        }
    }

    fn line(&mut self, line: &Line) {
        let Some(person) = self.persons.last_mut() else { return };
        // Its signals were heard right before.
        if let Some(row) = person.rows.last_mut() {
            (row.before, row.counted) = (line.before, line.counted);
        }
        if line.before != 0 && !person.channels.iter().any(|channel| channel.number == line.channel) {
            person.channels.push(HeardChannel { number: line.channel, sum: 0, within: 0 });
        }
    }

    fn channel(&mut self, number: u8, sum: i128, within: i128) {
        let channels = self.persons.last_mut().into_iter().flat_map(|person| &mut person.channels);
        for channel in channels.filter(|channel| channel.number == number) {
            (channel.sum, channel.within) = (sum, within);
        }
    }

    fn points(&mut self, sum: i128, points: i128) {
        if let Some(person) = self.persons.last_mut() {
            (person.sum, person.points) = (sum, points);
        }
    }
}

impl Record {
    /// The ledger of what was heard. O(rows × log rows).
    pub(crate) fn into_ledger(self, bench: &Bench<'_>, assessed: &Assessed) -> Ledger {
        let mut ledger = Ledger {
            persons: Vec::with_capacity(self.persons.len()),
            rows: Vec::new(),
            seats: seats(assessed),
            points: assessed.assessment.points,
            readiness: assessed.assessment.readiness,
        };
        let (members, visitors, outsiders) = self.in_order(bench, assessed);
        let shares = shares(bench.policy(), assessed);
        let clerk = Clerk { bench, policy: bench.policy() };
        for ((heard, member), share) in members.into_iter().zip(&assessed.view.figures.members).zip(&shares) {
            clerk.enter(&mut ledger, heard, Belongs::Member, member.weight, *share);
        }
        for heard in outsiders {
            clerk.enter(&mut ledger, heard, Belongs::Outsider, 0, Points::ZERO);
        }
        if let Some(heard) = visitors {
            let share = shares.last().copied().unwrap_or_default();
            clerk.enter(&mut ledger, heard, Belongs::Visitors, bench.policy().unknown_weight, share);
        }
        ledger
    }

    /// The members as they were told, the visitors and the outsiders if anything was heard of them, outsiders by id.
    fn in_order(self, bench: &Bench<'_>, assessed: &Assessed) -> (Vec<Heard>, Option<Heard>, Vec<Heard>) {
        let names = bench.graph.contact_names();
        let mut persons = self.persons.into_iter();
        let members = persons.by_ref().take(assessed.roll.members.len()).collect();
        let visitors = persons.next().filter(|heard| !heard.rows.is_empty());
        let mut outsiders: Vec<Heard> = persons.filter(|heard| !heard.rows.is_empty()).collect();
        outsiders.sort_by(|a, b| a.contact.map(|contact| names.text(contact)).cmp(&b.contact.map(|contact| names.text(contact))));
        (members, visitors, outsiders)
    }
}

/// What each member adds to the group's points, then what the visitors add.
fn shares(policy: &Compiled, assessed: &Assessed) -> Vec<Points> {
    let figures = &assessed.view.figures;
    let terms = Terms::of(policy, &figures.members, When::Now);
    let mut parts: Vec<i128> = figures.members.iter().enumerate().map(|(at, member)| terms.member(at, member)).collect();
    parts.push(terms.anonymous(policy, &figures.anonymous));
    let Some(over) = terms.over else { return parts.into_iter().map(Points).collect() };
    let units = largest_remainder(&parts, over, figures.points.0 / Points::PER_TEN_THOUSANDTH);
    units.into_iter().map(|units| Points(units * Points::PER_TEN_THOUSANDTH)).collect()
}

fn seats(assessed: &Assessed) -> Vec<LedgerSeat> {
    let roles = assessed.assessment.coverage.roles.iter();
    let seats = roles.flat_map(|role| role.seats.iter().map(move |seat| (role, seat)));
    seats.map(|(role, seat)| LedgerSeat { role: role.role.clone(), contact: seat.contact.clone(), share: seat.share }).collect()
}

/// Turns what was heard into entries of a ledger.
struct Clerk<'a> {
    bench: &'a Bench<'a>,
    policy: &'a Compiled,
}

impl Clerk<'_> {
    fn enter(&self, ledger: &mut Ledger, heard: Heard, belongs: Belongs, weight: i64, share: Points) {
        let (person, start) = (ledger.persons.len(), ledger.rows.len());
        ledger.rows.extend(self.united(heard.rows).iter().map(|row| self.row(person, row)));
        ledger.persons.push(LedgerPerson {
            contact: heard.contact.map(|number| Named { names: self.bench.graph.contact_names().clone(), number }),
            belongs,
            rows: start..ledger.rows.len(),
            channels: self.channels(heard.channels),
            before: Points::from_line_units(heard.sum),
            points: Points::from_line_units(heard.points),
            // INVARIANT: a policy's weights are at most 1,000.
            weight: u16::try_from(weight).unwrap_or(u16::MAX),
            share,
        });
    }

    /// The rows in order, those of one kind, day and state made one.
    fn united(&self, mut rows: Vec<HeardRow>) -> Vec<HeardRow> {
        let kinds = self.bench.subjects.tally().kind_roster();
        let place = |row: &HeardRow| self.number(row).map_or((1, 0, kinds.text(row.kind.into())), |number| (0, number, ""));
        rows.sort_by(|a, b| (b.day, place(a), a.state).cmp(&(a.day, place(b), b.state)));
        let mut united: Vec<HeardRow> = Vec::with_capacity(rows.len());
        for row in rows {
            match united.last_mut().filter(|last| (last.kind, last.day, last.state) == (row.kind, row.day, row.state)) {
                Some(last) => last.signals += row.signals,
                None => united.push(row),
            }
        }
        united
    }

    /// The policy's number of a row's kind.
    fn number(&self, row: &HeardRow) -> Option<u16> {
        self.bench.bound.kinds[usize::from(row.kind)].number()
    }

    fn row(&self, person: usize, heard: &HeardRow) -> LedgerRow {
        let names: &Names = self.bench.subjects.tally().kind_roster().names();
        let number = self.number(heard);
        let kind = number.map(|number| &self.policy.kinds[usize::from(number)]);
        // INVARIANT: the age of a row that was scored lies within its kind's window.
        let age = usize::try_from(self.bench.day.days_since(heard.day)).unwrap_or(0);
        let decay = kind.filter(|_| heard.scored).map(|kind| DecayFactor(self.policy.factor(kind, age).into()));
        LedgerRow {
            person,
            kind: Named { names: names.clone(), number: heard.kind.into() },
            kind_number: number,
            day: heard.day,
            signals: heard.signals,
            each: kind.map(|kind| Points::from_cents(kind.cents)),
            decay,
            before: Points::from_line_units(heard.before.into()),
            counted: Points::from_line_units(heard.counted.into()),
            state: heard.state,
        }
    }

    fn channels(&self, mut heard: Vec<HeardChannel>) -> Vec<LedgerChannel> {
        heard.sort_by_key(|channel| channel.number);
        let channel = |heard: HeardChannel| {
            let rule = &self.bench.bound.policy.document().channels[usize::from(heard.number)];
            LedgerChannel {
                channel: rule.name.clone(),
                sum: Points::from_line_units(heard.sum),
                cap: rule.cap.and_then(|cap| Points::from_decimal(cap).ok()),
                counted: Points::from_line_units(heard.within),
            }
        };
        heard.into_iter().map(channel).collect()
    }
}
