//! The answer in its forms.

mod carried;
pub mod changes;
pub mod explained;
pub mod leads;
pub mod lines;
pub mod matched;
pub mod moves;
mod people;
mod spoken;
pub mod summary;
pub mod table;
pub mod titles;
