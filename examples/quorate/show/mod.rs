//! The answer in its forms.

pub mod backtest;
pub mod campaigns;
mod carried;
pub mod changes;
pub mod chart;
pub mod connections;
pub mod credit;
pub mod credit_paths;
pub mod explained;
pub mod family;
pub mod figures;
pub mod followup;
pub mod funnel;
pub mod leads;
pub mod lines;
pub mod matched;
pub mod moves;
mod people;
mod placed;
pub mod plan;
mod spoken;
pub mod summary;
pub mod table;
pub mod titles;
pub mod ways;
