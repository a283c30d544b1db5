//! What is known of somebody who is to be matched.

use alloc::string::String;

/// A lead, or whom a signal is about: everything that is known, as it came. Blank texts count as absent.
///
/// ```
/// use quorate::Lead;
/// let lead = Lead { email: Some("ann@acme.com".into()), company: Some("Acme GmbH".into()), ..Lead::default() };
/// assert_eq!(lead.account, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lead {
    /// The id of an account.
    pub account: Option<String>,
    /// The id of a contact.
    pub contact: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// A domain or web address of the company, which counts as the domain of the e-mail address does where that says nothing.
    pub domain: Option<String>,
    /// The name of the company. A text of more than 4,096 bytes, which no name of an account has, is nobody's name and is not looked at.
    pub company: Option<String>,
    /// The person's name, as long as that of a company may be.
    pub name: Option<String>,
    /// The country, written as accounts have it; helps a company name that is only nearly right.
    pub country: Option<String>,
}

/// A text that says something, without the white space around it.
pub(super) fn said(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}
