//! The answer in its forms.

pub mod lines;
pub mod moves;
mod people;
pub mod summary;
pub mod table;
