//! Who each contact of the account is to the group: member or not and why, which roles count, and which are overruled.

use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::assess::{Admission, Assessed, Bench, HeldClaim, MemberRow, Named, NamedRoles, RelationshipSource, admission, claims_of};
use crate::contact::Relationship;
use crate::id::RoleName;
use crate::policy::RoleReading;

/// Who one contact is to the group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    contact: Named,
    /// The title, as it was given.
    pub title: Option<String>,
    /// Whether the contact is one of the group.
    pub admission: Admission,
    /// What the person is to the account.
    pub relationship: Relationship,
    /// How that is known.
    pub relationship_from: RelationshipSource,
    /// Every role that the contact is said to hold, the most trusted first, then by name. Those that do not count are kept here.
    pub claims: Vec<HeldClaim>,
    /// What the title says.
    pub reading: Option<RoleReading>,
}

impl Identity {
    /// The contact's id.
    pub fn contact(&self) -> &str {
        self.contact.text()
    }

    /// The roles that count.
    pub fn roles(&self) -> impl Iterator<Item = &RoleName> {
        self.claims.iter().filter(|claim| claim.counts).map(|claim| &claim.role)
    }

    /// The claims that say another role than those that count: what the evidence disagrees about.
    pub fn conflicts(&self) -> impl Iterator<Item = &HeldClaim> {
        self.claims.iter().filter(|claim| !claim.counts && !self.roles().any(|role| *role == claim.role))
    }
}

impl Serialize for Identity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("contact", self.contact())?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("admission", self.admission.token())?;
        map.serialize_entry("relationship", self.relationship.as_str())?;
        map.serialize_entry("relationship_from", self.relationship_from.token())?;
        map.serialize_entry("claims", &self.claims)?;
        map.serialize_entry("reading", &self.reading)?;
        map.end()
    }
}

/// Every contact of the account, by id. O(contacts and rows of the group, times the logarithm).
pub(super) fn identities(bench: &Bench<'_>, assessed: &Assessed) -> Vec<Identity> {
    let mut members: Vec<u32> = assessed.roll.members.iter().flat_map(MemberRow::contacts).collect();
    members.sort_unstable();
    let mut contacts = bench.graph.account_row(bench.group.account).contacts.clone();
    let names = bench.graph.contact_names();
    contacts.sort_by(|a, b| names.text(*a).cmp(names.text(*b)));
    let by_rows = NamedRoles::of(bench);
    contacts.into_iter().map(|contact| identity(bench, &by_rows, contact, &members)).collect()
}

fn identity(bench: &Bench<'_>, named: &NamedRoles<'_>, contact: u32, members: &[u32]) -> Identity {
    let (relationship, relationship_from) = bench.bound.relationship(bench.graph, contact);
    let title = bench.graph.contact_row(contact).title().map(|title| bench.graph.title_text(title));
    Identity {
        contact: Named { names: bench.graph.contact_names().clone(), number: contact },
        admission: admission(bench, contact, members),
        relationship,
        relationship_from,
        claims: claims_of(bench, named, contact),
        reading: title.and_then(|title| Some(bench.bound.policy.titles()?.reading(title, bench.template_number()))),
        title: title.map(Into::into),
    }
}
