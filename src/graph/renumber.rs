//! Numbers for the records of a document in the order in which assessments read them.
//!
//! A portfolio is assessed account by account, by id, and within an account contact by contact, by id. Numbered so, everything that is kept by number
//! (rows, texts, the counts of a tally that shares the roster) is read from front to back. In the order of arrival each contact would be in another
//! place of memory, which makes an assessment of a great portfolio twice as slow and more. Nothing but time depends on it.

use super::AccountGraph;
use super::build::Ids;
use super::table::Table;
use crate::roster::Roster;

impl AccountGraph {
    /// Puts the contacts of each account in the order of their ids, which is that of their numbers in a graph just built.
    pub(super) fn order_contacts(&mut self) {
        for home in &mut self.accounts.rows {
            home.contacts.sort_unstable();
            home.contacts.shrink_to_fit();
            home.unordered = false;
            for (slot, contact) in (0..).zip(&home.contacts) {
                self.contacts.row_mut(*contact).slot = slot;
            }
        }
    }
}

/// Numbers the ids of a table anew, by text.
pub(super) fn by_text<R>(table: &mut Table<R>, ids: &mut Ids) {
    let order = table.roster.sorted();
    put_in_order(table, ids, &order);
}

/// Numbers the ids of a table anew, by home and then by text; those without a home come last. `homes` are by place in the list.
pub(super) fn by_home<R>(table: &mut Table<R>, ids: &mut Ids, homes: &[Option<u32>], most: usize) {
    let count = table.roster.len();
    let home = |place: usize| homes[place].map_or(most, |home| home as usize);
    // A counting sort: the starts of each home's, then each number to its home.
    let mut next = alloc::vec![0_usize; most + 2];
    let firsts = || (0_u32..).zip(ids.firsts()).map(|(number, place)| (number, home(place as usize)));
    for (_, home) in firsts() {
        next[home + 1] += 1;
    }
    for home in 0..=most {
        next[home + 1] += next[home];
    }
    let mut order = alloc::vec![0_u32; count];
    for (number, home) in firsts() {
        order[next[home]] = number;
        next[home] += 1;
    }
    let mut start = 0;
    for end in &next[..=most] {
        order[start..*end].sort_unstable_by(|a, b| table.roster.text(*a).cmp(table.roster.text(*b)));
        start = *end;
    }
    put_in_order(table, ids, &order);
}

/// Gives the numbers 0, 1, 2 … to the old numbers in this order.
// INVARIANT: no row of the table is filled yet.
fn put_in_order<R>(table: &mut Table<R>, ids: &mut Ids, order: &[u32]) {
    let mut numbers = alloc::vec![0_u32; order.len()];
    let mut roster = Roster::with_capacity(order.len());
    for old in order {
        // INVARIANT: there were as many before, so there are enough.
        numbers[*old as usize] = roster.intern(table.roster.text(*old)).unwrap_or_default();
    }
    table.roster = roster;
    ids.renumber(&numbers);
}
