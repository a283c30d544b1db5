//! An account's groups together, and its family of accounts.

use alloc::vec::Vec;
use core::cmp::Reverse;

use serde::Serialize;

use super::family::Totals;
use super::ids::Named;
use super::result::GroupAssessment;
use super::verdict::State;
use crate::exact::{Percent, Points};

/// An account on a day: its groups, the best of them, its people counted once, and its family.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccountAssessment {
    pub(crate) account: Named,
    pub(crate) groups: Vec<GroupAssessment>,
    pub(crate) best: usize,
    /// The account alone.
    pub own: Totals,
    /// The accounts below it, however far.
    pub children: Totals,
    /// The account and those below it; a person who is known at several of them counts once.
    pub total: Totals,
}

impl AccountAssessment {
    /// The account's id.
    pub fn account_id(&self) -> &str {
        self.account.text()
    }

    /// Its groups, ordered by id; never empty, since an account without a group of its own has a default one.
    pub fn groups(&self) -> &[GroupAssessment] {
        &self.groups
    }

    /// The best group: by verdict, then readiness, then points, then the least id.
    pub fn best(&self) -> &GroupAssessment {
        &self.groups[self.best]
    }
}

/// The place of the best group among those of an account, ordered by id.
pub(crate) fn best(groups: &[GroupAssessment]) -> usize {
    let key = |at: &usize| -> (State, Percent, Points, Reverse<usize>) {
        (groups[*at].verdict.state, groups[*at].readiness, groups[*at].points, Reverse(*at))
    };
    (0..groups.len()).max_by_key(key).unwrap_or(0)
}

impl Serialize for AccountAssessment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("account_id", self.account_id())?;
        map.serialize_entry("best", self.best().group_id())?;
        map.serialize_entry("own", &self.own)?;
        map.serialize_entry("children", &self.children)?;
        map.serialize_entry("total", &self.total)?;
        map.serialize_entry("groups", &self.groups)?;
        map.end()
    }
}
