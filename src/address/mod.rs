//! E-mail addresses and domains: one form for all ways to write one, for whoever compares them.

mod domain;
mod email;
mod punycode;

pub use self::domain::registrable_domain;
pub(crate) use self::domain::{listed, normal, registered, registrable, suffixes};
pub(crate) use self::email::{Address, domain_of, key, several, untagged};
