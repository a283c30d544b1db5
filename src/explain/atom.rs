//! The changes that a search puts together, as numbers; what they mean is [`Change`](super::Change)'s.

use alloc::vec::Vec;

use crate::policy::Tier;

/// One change, points left out. Roles, channels and facts are numbered in the order of their names, members in that of their ids.
///
/// Ordered as sets of changes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Atom {
    Lift,
    Reconcile(u32),
    Learn {
        fact: u16,
        /// Which of the values that a search tries.
        value: u16,
    },
    Add {
        role: u8,
        /// Counts those added in the role, from 1.
        number: u32,
    },
    Bring(Subject),
    Signal {
        tier: Tier,
        channel: u8,
        role: Option<u8>,
    },
    HandRaise,
}

/// Who is brought to points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Member(u32),
    Added(u8, u32),
}

/// A set of changes, ordered, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Set(pub(super) Vec<Atom>);

impl Set {
    pub(super) fn iter(&self) -> impl Iterator<Item = Atom> {
        self.0.iter().copied()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn has(&self, atom: Atom) -> bool {
        self.0.binary_search(&atom).is_ok()
    }

    /// The set with more changes; of a fact that is learned already the value stays.
    pub(super) fn with(&self, atoms: &[Atom]) -> Self {
        let mut all = self.0.clone();
        all.extend(atoms.iter().filter(|atom| !self.learns_alike(**atom)));
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    fn learns_alike(&self, atom: Atom) -> bool {
        let Atom::Learn { fact, .. } = atom else { return false };
        self.0.iter().any(|own| matches!(own, Atom::Learn { fact: of, .. } if *of == fact))
    }

    pub(super) fn without(&self, atom: Atom) -> Self {
        Self(self.0.iter().copied().filter(|own| *own != atom).collect())
    }

    /// The number of the next one added in a role.
    pub(super) fn next_in(&self, role: u8) -> u32 {
        let added = self.0.iter().filter(|atom| matches!(atom, Atom::Add { role: of, .. } if *of == role));
        u32::try_from(added.count()).unwrap_or(u32::MAX - 1) + 1
    }

    /// The people added who are not brought to points yet.
    pub(super) fn added_idle(&self) -> impl Iterator<Item = Subject> {
        self.added().filter(|subject| !self.has(Atom::Bring(*subject)))
    }

    pub(super) fn added(&self) -> impl Iterator<Item = Subject> {
        self.0.iter().filter_map(|atom| match atom {
            Atom::Add { role, number } => Some(Subject::Added(*role, *number)),
            _ => None,
        })
    }

    pub(super) fn brought(&self) -> impl Iterator<Item = Subject> {
        self.0.iter().filter_map(|atom| match atom {
            Atom::Bring(subject) => Some(*subject),
            _ => None,
        })
    }

    /// The same set with the people added numbered from 1 in each role, those brought to points first: one form for all that are alike.
    pub(super) fn numbered(&self) -> Self {
        let mut added: Vec<Subject> = self.added().collect();
        added.sort_by_key(|subject| match *subject {
            Subject::Added(role, number) => (role, !self.has(Atom::Bring(*subject)), number),
            Subject::Member(_) => (0, false, 0),
        });
        let number_of = |subject: Subject| {
            let Subject::Added(role, _) = subject else { return subject };
            let alike = added.iter().filter(|one| matches!(one, Subject::Added(of, _) if *of == role));
            let place = alike.into_iter().position(|one| *one == subject).and_then(|place| u32::try_from(place).ok());
            Subject::Added(role, place.map_or(u32::MAX, |place| place + 1))
        };
        let renumbered = |atom: Atom| match atom {
            Atom::Bring(subject) => Atom::Bring(number_of(subject)),
            Atom::Add { role, number } => match number_of(Subject::Added(role, number)) {
                Subject::Added(role, number) => Atom::Add { role, number },
                Subject::Member(_) => atom,
            },
            other => other,
        };
        let mut atoms: Vec<Atom> = self.iter().map(renumbered).collect();
        atoms.sort_unstable();
        Self(atoms)
    }

    /// Whether every change of this set is in the other one, facts being learned with whatever value.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().all(|atom| other.has(*atom) || other.learns_alike(*atom))
    }

    /// The set with the values of facts and the channels of signals left out: what is the same in sets of which one stands for all.
    pub(super) fn kin(&self) -> Self {
        let alike = |atom: Atom| match atom {
            Atom::Signal { tier, role, .. } => Atom::Signal { tier, channel: 0, role },
            other => other,
        };
        self.without_values().alike(alike)
    }

    /// The set with the values of facts left out.
    pub(super) fn without_values(&self) -> Self {
        self.alike(|atom| match atom {
            Atom::Learn { fact, .. } => Atom::Learn { fact, value: 0 },
            other => other,
        })
    }

    fn alike(&self, one: impl Fn(Atom) -> Atom) -> Self {
        let mut atoms: Vec<Atom> = self.iter().map(one).collect();
        atoms.sort_unstable();
        Self(atoms)
    }
}

/// The points that people are brought to, in line units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Goals(pub(super) Vec<(Subject, i64)>);

impl Goals {
    pub(super) fn of(&self, subject: Subject) -> Option<i64> {
        self.0.iter().find(|(of, _)| *of == subject).map(|(_, points)| *points)
    }
}
