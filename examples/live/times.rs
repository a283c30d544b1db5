//! How long signals took.

use std::time::Duration;

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, Table};
use quorate::Recorded;

/// The places in the order of times that are told, in thousandths, and what they are called.
const PLACES: [(usize, &str); 4] = [(500, "median"), (990, "99 of 100"), (999, "999 of 1,000"), (1_000, "longest")];

/// Times by what was timed.
#[derive(Default)]
pub(crate) struct Times {
    whole: Vec<Duration>,
    /// Those of whole signals whose id had come before.
    again: Vec<Duration>,
    /// Those of whole signals by how many people the account has.
    by_people: [Vec<Duration>; 3],
}

impl Times {
    /// One signal: what became of it, how long it took, and how many people its account has.
    pub(crate) fn add(&mut self, recorded: Recorded, whole: Duration, people: usize) {
        self.whole.push(whole);
        if recorded != Recorded::New {
            self.again.push(whole);
        }
        self.by_people[usize::from(people > 10) + usize::from(people > 100)].push(whole);
    }

    /// The times beside one of everything.
    pub(crate) fn table(mut self, everything: Duration) -> String {
        let mut table = Table::new();
        table.load_style(UTF8_HORIZONTAL_ONLY);
        table.set_header(["microseconds"].into_iter().chain(PLACES.map(|(_, name)| name)).chain(["of so many"]));
        let [mut few, mut some, mut many] = self.by_people;
        let rows = [
            ("a signal and its groups", &mut self.whole),
            ("a signal whose id came before", &mut self.again),
            ("an account of up to 10 people", &mut few),
            ("an account of 11 to 100", &mut some),
            ("an account of more", &mut many),
        ];
        let mut shares = Vec::new();
        for (name, times) in rows {
            times.sort_unstable();
            let at = PLACES.map(|(place, _)| at(times, place));
            if shares.is_empty() {
                shares = at.map(|time| format!("1/{}", grouped(share(everything, time)))).to_vec();
            }
            table.add_row([name.into()].into_iter().chain(at.map(micros)).chain([grouped(times.len())]));
        }
        table.add_row(["share of a full assessment".to_owned()].into_iter().chain(shares));
        table.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
        format!("{table}\na full assessment: {} microseconds", micros(everything))
    }
}

/// The time at a place of sorted ones, in thousandths of them.
fn at(sorted: &[Duration], place: usize) -> Duration {
    let rank = (sorted.len() * place).div_ceil(1_000).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// How often a time fits into another.
fn share(whole: Duration, part: Duration) -> usize {
    usize::try_from(whole.as_nanos() / part.as_nanos().max(1)).unwrap_or(usize::MAX)
}

/// Microseconds with two decimals.
fn micros(time: Duration) -> String {
    let hundredths = time.as_nanos() / 10;
    format!("{}.{:02}", grouped(usize::try_from(hundredths / 100).unwrap_or(usize::MAX)), hundredths % 100)
}

/// A number with its thousands apart.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
