//! Ids and names: the only way records are known outside the crate.
//!
//! An id is text of 1 to [`ID_BYTES_MAX`] bytes without control characters and without white space at its ends. Ids compare and order by
//! their UTF-8 bytes, never by locale; two ids are one when their bytes are equal (`Acme` and `acme` are two).

use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;

use crate::problem::{beginning, excerpt};

/// The longest id, in bytes of UTF-8. Source: our choice; a Salesforce id has 18, an e-mail address at most 254.
pub const ID_BYTES_MAX: usize = 256;

/// Why a text is no id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// The text is empty.
    #[error("{what} is blank; give it an id")]
    Blank {
        /// What was to be named, such as `account id`.
        what: &'static str,
    },
    /// The text is longer than [`ID_BYTES_MAX`].
    #[error("{what} `{start}…` has {bytes} bytes; at most {ID_BYTES_MAX} are allowed")]
    TooLong {
        /// What was to be named.
        what: &'static str,
        /// The first characters of the text.
        start: String,
        /// Its length in bytes.
        bytes: usize,
    },
    /// The text holds a control character, such as a line break or a tab.
    #[error("{what} `{shown}` holds a control character; remove it")]
    Control {
        /// What was to be named.
        what: &'static str,
        /// The text, control characters escaped.
        shown: String,
    },
    /// White space stands at an end of the text.
    #[error("{what} `{text}` begins or ends with white space; trim it")]
    Untrimmed {
        /// What was to be named.
        what: &'static str,
        /// The text as it came.
        text: String,
    },
}

impl IdError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Blank { .. } => "id_blank",
            Self::TooLong { .. } => "id_too_long",
            Self::Control { .. } => "id_control_character",
            Self::Untrimmed { .. } => "id_untrimmed",
        }
    }
}

/// Whether a text can be an id of that sort.
///
/// # Errors
/// [`IdError`] when it cannot.
pub(crate) fn check(what: &'static str, text: &str) -> Result<(), IdError> {
    if text.len() <= ID_BYTES_MAX && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    if text.len() > ID_BYTES_MAX {
        return Err(IdError::TooLong { what, start: beginning(text), bytes: text.len() });
    }
    if text.chars().any(char::is_control) {
        return Err(IdError::Control { what, shown: excerpt(text) });
    }
    if text.trim().is_empty() {
        return Err(IdError::Blank { what });
    }
    if text.trim().len() != text.len() {
        return Err(IdError::Untrimmed { what, text: text.into() });
    }
    Ok(())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $what:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// Order and equality are those of the UTF-8 bytes; cloning is cheap (the text is shared). At most [`ID_BYTES_MAX`] bytes, not blank, without control characters or white space at the ends.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// What it is called in messages.
            #[allow(dead_code, reason = "some are checked through their type alone")]
            pub(crate) const WHAT: &'static str = $what;

            #[doc = concat!("Checks and keeps a text as ", $what, ".")]
            ///
            /// # Errors
            /// [`IdError`] when the text is blank, too long, holds a control character or begins or ends with white space.
            pub fn new(text: &str) -> Result<Self, IdError> {
                check($what, text).map(|()| Self(text.into()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), &*self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl core::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl core::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = IdError;
            fn try_from(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// An account: a company that may buy.
    AccountId, "account id";
    /// A contact: one person at one account, as the CRM knows them.
    ContactId, "contact id";
    /// A person, who may be several contacts.
    PersonId, "person id";
    /// A buying group: an account and what it may buy.
    GroupId, "group id";
    /// An e-mail address, kept as it came; no more is checked than that it could be an id.
    EmailAddress, "email";
    /// An opportunity (a deal).
    OpportunityId, "opportunity id";
    /// A signal that its source has numbered, so that a repeat can be told from a second one.
    SignalId, "signal id";
    /// A role in a buying group, such as `champion`; the policy says which there are.
    RoleName, "role";
    /// A kind of signal, such as `demo_request`; the policy says which count.
    KindName, "kind";
    /// A solution: what is sold.
    SolutionName, "solution";
    /// A channel that kinds belong to, such as `web`.
    ChannelName, "channel";
    /// A campaign.
    CampaignName, "campaign";
    /// A template: the seats that a buying group needs.
    TemplateName, "template";
}
