//! Rows and roles that had no effect, so that nobody wonders where they went.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::id::{ContactId, RoleName};

/// Something in the data that changed nothing, and probably was meant to. No error: the assessment is whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Warning {
    /// A contact is listed for the group but has left or has an excluded relationship.
    ListedButNoMember {
        /// The contact.
        contact: ContactId,
    },
    /// A member's role is none of the policy's, and counts as none.
    RoleNotInPolicy {
        /// The contact.
        contact: ContactId,
        /// The role.
        role: RoleName,
    },
    /// The group names a template that the policy does not have; the default template stands in.
    TemplateNotInPolicy,
}

impl Warning {
    /// The stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ListedButNoMember { .. } => "listed_but_no_member",
            Self::RoleNotInPolicy { .. } => "role_not_in_policy",
            Self::TemplateNotInPolicy => "template_not_in_policy",
        }
    }
}

impl Serialize for Warning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code())?;
        match self {
            Self::ListedButNoMember { contact } => map.serialize_entry("contact", contact)?,
            Self::RoleNotInPolicy { contact, role } => {
                map.serialize_entry("contact", contact)?;
                map.serialize_entry("role", role)?;
            }
            Self::TemplateNotInPolicy => {}
        }
        map.serialize_entry("message", &alloc::format!("{self}"))?;
        map.end()
    }
}
