//! Rows and roles that had no effect, so that nobody wonders where they went.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::id::{ContactId, RoleName};

/// Something in the data that did not do what it says. No error: the assessment is whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Warning {
    /// A contact is listed for the group but has left or has an excluded relationship. Rows name people, so that the same person may be a member all the same,
    /// by another contact and with the roles of the row.
    ListedButNoMember {
        /// The contact.
        contact: ContactId,
        /// By whom the same person is a member, if so.
        member: Option<ContactId>,
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
            Self::ListedButNoMember { contact, member } => {
                map.serialize_entry("contact", contact)?;
                if let Some(member) = member {
                    map.serialize_entry("member", member)?;
                }
            }
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
