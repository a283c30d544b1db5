//! Short ids and their numbers side by side: for looking millions of ids up in a great roster.
//!
//! A look-up in a [`Roster`] goes to four places of memory, one after another: two of the table, the end of the likely text, and the text. Here the text
//! stands beside its number, so that one place answers. It takes 43 to 86 bytes for each id, for as long as the looking up lasts.

use alloc::vec::Vec;

use crate::roster::{Roster, hash};

/// Bytes of the longest id that is kept here.
const LONGEST: usize = 27;

/// Places that are looked at for one id. What does not find room in so many is left to the roster, and so is the answer about it.
const PROBES: usize = 16;

/// An id and its number + 1; 0 for a place that is free. As long as half a line of a cache, and never across two.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Place {
    number: u32,
    length: u8,
    text: [u8; LONGEST],
}

const _: () = assert!(size_of::<Place>() == 32, "two places fill a line of a cache");

impl Place {
    const FREE: Self = Self { number: 0, length: 0, text: [0; LONGEST] };

    fn holds(&self, id: &str) -> bool {
        usize::from(self.length) == id.len() && self.text.get(..id.len()) == Some(id.as_bytes())
    }
}

/// See the [module](self).
pub(crate) struct ShortIds<'r> {
    roster: &'r Roster,
    /// A power of two of them, at most three quarters of them taken.
    places: Vec<Place>,
}

impl<'r> ShortIds<'r> {
    /// The ids of a roster. O(ids).
    pub(crate) fn of(roster: &'r Roster) -> Self {
        let places = (roster.len() + roster.len() / 3 + 1).next_power_of_two();
        let mut short = Self { roster, places: alloc::vec![Place::FREE; places] };
        for (number, id) in roster.iter() {
            short.put(number, id);
        }
        short
    }

    fn put(&mut self, number: u32, id: &str) {
        let (Ok(length), true) = (u8::try_from(id.len()), id.len() <= LONGEST) else { return };
        let free = self.probes(hash(id)).find(|at| self.places[*at].number == 0);
        if let Some(at) = free {
            let mut text = [0; LONGEST];
            text[..id.len()].copy_from_slice(id.as_bytes());
            // INVARIANT: a roster has fewer than 2³² ids.
            self.places[at] = Place { number: number.wrapping_add(1), length, text };
        }
    }

    /// The places of a hash, in the order in which they are looked at.
    #[allow(clippy::cast_possible_truncation, reason = "masked to the places that there are")]
    fn probes(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let mask = self.places.len() - 1;
        (0..PROBES).map(move |step| (hash as usize).wrapping_add(step) & mask)
    }

    /// The numbers of ids, each as the roster finds it. All hashes come first, so that many places are waited for at once.
    pub(crate) fn find_all(&self, ids: &[&str]) -> Vec<Option<u32>> {
        let hashes: Vec<u64> = ids.iter().map(|id| hash(id)).collect();
        ids.iter().zip(hashes).map(|(id, hash)| self.find(id, hash)).collect()
    }

    fn find(&self, id: &str, hash: u64) -> Option<u32> {
        if id.len() <= LONGEST {
            for at in self.probes(hash) {
                let place = &self.places[at];
                if place.number == 0 {
                    return None;
                }
                if place.holds(id) {
                    return Some(place.number - 1);
                }
            }
        }
        self.roster.find(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;

    #[test]
    fn every_id_is_found_as_the_roster_finds_it() {
        // Of every length around the longest, and enough of them for places to run short.
        let ids: Vec<String> = (0..6_000_usize).map(|number| format!("{number}{}", "é-x".repeat(number % 11))).collect();
        let roster = Roster::from_ids(&ids).unwrap();
        let short = ShortIds::of(&roster);
        let absent: Vec<String> = ids.iter().map(|id| format!("no {id}")).collect();
        let asked: Vec<&str> = ids.iter().chain(&absent).map(String::as_str).chain([""]).collect();
        let expected: Vec<Option<u32>> = asked.iter().map(|id| roster.find(id)).collect();
        assert_eq!(short.find_all(&asked), expected);
        assert!(ids.iter().any(|id| id.len() == LONGEST) && ids.iter().any(|id| id.len() > LONGEST));
    }

    #[test]
    fn an_id_without_a_place_is_still_found() {
        let roster = Roster::from_ids((0..100).map(|number| format!("id-{number}"))).unwrap();
        let mut short = ShortIds { roster: &roster, places: alloc::vec![Place::FREE; 32] };
        roster.iter().for_each(|(number, id)| short.put(number, id));
        let ids: Vec<&str> = roster.iter().map(|(_, id)| id).collect();
        assert!(short.find_all(&ids).into_iter().eq((0..100).map(Some)));
        assert_eq!(short.find_all(&["nobody"]), [None]);
    }
}
