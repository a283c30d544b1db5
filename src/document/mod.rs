//! Documents: versioned trees of values that are read as a whole, every problem with its path, and written in one canonical form.
//!
//! Any format that serde speaks will do (JSON, YAML, TOML …): a document is first read into a [`Node`], then by the module whose document it
//! is. Floats are refused wherever they stand: a decimal is written as text.

mod canonical;
mod node;
mod read;
mod token;

pub(crate) use canonical::canonical_json;
pub(crate) use node::Node;
pub(crate) use read::{Reader, TEXT_BYTES_MAX, not_allowed, note, parse_json, wrong};
pub(crate) use token::{shown_as_tokens, token_of};
