//! The answer in its forms.

pub mod changes;
pub mod explained;
pub mod lines;
pub mod moves;
mod people;
mod spoken;
pub mod summary;
pub mod table;
