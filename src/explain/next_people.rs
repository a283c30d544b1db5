//! Whom to reach next: the people, and the seats nobody holds, whose gaps weigh most.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::cmp::Reverse;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::assess::{Assessed, Bench, Gap, GapCode, Named};
use crate::id::RoleName;
use crate::network::WarmPath;
use crate::policy::CompiledRole;
use crate::roster::Names;

/// Somebody to reach, with the gap that it closes. Its [`Display`](core::fmt::Display) is plain English.
///
/// Ranked: deciding roles first, then the greater weight of the role, then known people before people to be found, then the better path there (see
/// [`Explanation::connect`](crate::Explanation::connect); without a network nobody has any), then by id. Each person comes once, for the gap
/// that ranks first. Opponents are nobody to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextPerson {
    pub(crate) contact: Option<Named>,
    /// The role that the gap is about.
    pub role: RoleName,
    /// Whether that role decides.
    pub decides: bool,
    /// The weight of that role in percent.
    pub weight: u16,
    /// The gap: `role_silent` or `role_gone_quiet` for who holds the role, `role_possibly_filled` for who may hold it, `role_missing` where
    /// somebody is to be found (also where a role is possibly filled, but not by enough people).
    pub gap: GapCode,
    /// How many people are to be found; 0 where somebody is named.
    pub to_find: u32,
    /// The best path to the person, from engaged members or our own people, where a network was asked.
    pub path: Option<WarmPath>,
}

impl NextPerson {
    /// The contact id of the person; `None`: nobody is known, so that somebody is to be found.
    pub fn contact(&self) -> Option<&str> {
        self.contact.as_ref().map(Named::text)
    }
}

impl Serialize for NextPerson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("contact", &self.contact())?;
        map.serialize_entry("role", &self.role)?;
        map.serialize_entry("decides", &self.decides)?;
        map.serialize_entry("weight", &self.weight)?;
        map.serialize_entry("gap", self.gap.token())?;
        map.serialize_entry("to_find", &self.to_find)?;
        if let Some(path) = &self.path {
            map.serialize_entry("path", path)?;
        }
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.end()
    }
}

/// The people to reach, ranked. O(members × seats), times the logarithm.
pub(crate) fn next_people(bench: &Bench<'_>, assessed: &Assessed) -> Vec<NextPerson> {
    let opposing = assessed.view.figures.members.iter().filter(|one| one.opponent);
    let opponents: BTreeSet<u32> = opposing.map(|one| one.contact).collect();
    let mut next: Vec<NextPerson> = assessed.assessment.gaps.iter().flat_map(|gap| of_gap(bench, &opponents, gap)).collect();
    rank(&mut next);
    let mut seen = BTreeSet::new();
    next.retain(|one| one.contact.as_ref().is_none_or(|contact| seen.insert(contact.number)));
    next
}

/// Brings people into their order. The sort is stable: what ranks alike stays in template order.
pub(super) fn rank(next: &mut [NextPerson]) {
    let path = |one: &NextPerson| one.path.as_ref().map(|path| (path.quality, Reverse(path.hops.len())));
    let key = |one: &NextPerson| (Reverse(one.decides), Reverse(one.weight), one.contact.is_none(), Reverse(path(one)));
    next.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.contact().cmp(&b.contact())));
}

/// The people whom a gap of a role cites, and how many must be found beside them.
fn of_gap(bench: &Bench<'_>, opponents: &BTreeSet<u32>, gap: &Gap) -> Vec<NextPerson> {
    let role = gap.role.as_ref().and_then(|name| bench.policy().roles.iter().find(|role| role.name == *name));
    let (Some(role), Some((have, need))) = (role, gap.seats) else { return Vec::new() };
    let open = need - have;
    let (people, to_find) = match gap.code {
        GapCode::RoleMissing => (Vec::new(), open),
        GapCode::RolePossiblyFilled => {
            let people = cited(opponents, gap);
            let candidates = u32::try_from(people.len()).unwrap_or(u32::MAX);
            (people, open.saturating_sub(candidates))
        }
        _ => (cited(opponents, gap), 0),
    };
    let names = bench.graph.contact_names();
    let mut next: Vec<NextPerson> = people.into_iter().map(|contact| entry(names, role, gap.code, Some(contact), 0)).collect();
    next.extend((to_find > 0).then(|| entry(names, role, GapCode::RoleMissing, None, to_find)));
    next
}

/// The people whom a gap cites and who are no opponents.
fn cited(opponents: &BTreeSet<u32>, gap: &Gap) -> Vec<u32> {
    gap.contacts.numbers().iter().copied().filter(|contact| !opponents.contains(contact)).collect()
}

fn entry(names: &Names, role: &CompiledRole, gap: GapCode, contact: Option<u32>, to_find: u32) -> NextPerson {
    NextPerson {
        contact: contact.map(|number| Named { names: names.clone(), number }),
        role: role.name.clone(),
        decides: role.decides,
        // INVARIANT: a policy's weights are at most 1,000.
        weight: u16::try_from(role.weight).unwrap_or(u16::MAX),
        gap,
        to_find,
        path: None,
    }
}
