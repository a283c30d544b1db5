//! CSV files as they lie on disk: which there are, their columns, their rows with line numbers.

mod csvfile;
mod tail;
mod tables;

pub use csvfile::{CsvFile, Row};
pub use tables::{Column, LATER, TABLES, Table};
