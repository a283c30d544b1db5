//! CSV files as they lie on disk: which there are, their columns, their rows with line numbers.

mod csvfile;
mod tables;
mod tail;

pub use csvfile::{CsvFile, Row};
pub use tables::{Column, ELSEWHERE, TABLES, Table};
