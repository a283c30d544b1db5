//! The answer in its forms.

pub mod changes;
pub mod lines;
mod people;
pub mod summary;
pub mod table;
