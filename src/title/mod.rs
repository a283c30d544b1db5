//! Titles: what a job title says about seniority, function and relationship, with the words that say it.
//!
//! A title is cut into words (`escape`, `pieces`, `glued`, `joined`, `told`, `words`), phrases are looked up in them (`phrase`, `vocabulary`, `index`), and of the rules that match the first
//! wins (`reader`). Rules are data: `document` reads and writes them, `compile` checks them, `built_in` has those of `rules.json` and `words/`.

mod built_in;
mod compile;
mod document;
mod escape;
mod glued;
mod index;
mod joined;
mod json;
mod phrase;
mod pieces;
mod reader;
mod reading;
mod rule;
mod told;
mod vocabulary;
mod words;

pub use self::document::TitleRules;
pub(crate) use self::document::{read_title_rule, write_title_rule};
pub(crate) use self::index::{Occurrence, Phrases};
pub(crate) use self::phrase::Phrase;
pub use self::reader::TitleReader;
pub(crate) use self::reader::{Look, Said};
pub use self::reading::{TitleAlternative, TitleFinding, TitleReading, TitleWords};
pub use self::rule::{JobFunction, Scope as HideScope, Seniority, TitleRule, TitleSays};
pub(crate) use self::words::Normaliser;
