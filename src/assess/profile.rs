//! What is known of an account, for questions about it: borrowed from the graph, or changed where somebody asks "what if".

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use rust_decimal::Decimal;

use crate::graph::AccountFacts;

/// See the [module](self). What is `None` is unknown.
#[derive(Clone, Debug)]
pub(crate) struct Profile<'a> {
    pub(crate) industry: Option<&'a str>,
    pub(crate) employees: Option<u64>,
    pub(crate) revenue: Option<Decimal>,
    pub(crate) country: Option<&'a str>,
    pub(crate) technologies: Option<&'a [String]>,
    pub(crate) fit_score: Option<Decimal>,
    /// Why the account is excluded, by its own mark.
    pub(crate) excluded: Option<&'a str>,
    attributes: &'a BTreeMap<String, String>,
    /// Attributes that are otherwise than the graph has them; the last of a name counts.
    changed: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Profile<'a> {
    pub(crate) fn of(facts: &'a AccountFacts) -> Self {
        Self {
            industry: facts.industry.as_deref(),
            employees: facts.employees,
            revenue: facts.revenue,
            country: facts.country.as_deref(),
            technologies: facts.technologies.as_deref(),
            fit_score: facts.fit_score,
            excluded: facts.excluded.as_deref(),
            attributes: &facts.attributes,
            changed: Vec::new(),
        }
    }

    /// A custom attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let changed = self.changed.iter().rfind(|(of, _)| *of == name);
        changed.map_or_else(|| self.attributes.get(name).map(String::as_str), |(_, value)| *value)
    }

    /// The same with an attribute otherwise; `None`: unknown.
    pub(crate) fn set_attribute(&mut self, name: &'a str, value: Option<&'a str>) {
        self.changed.push((name, value));
    }
}

/// Equal when everything asked about would be the same.
impl PartialEq for Profile<'_> {
    fn eq(&self, other: &Self) -> bool {
        let facts = |one: &Self| (one.industry, one.employees, one.revenue, one.country, one.fit_score, one.excluded);
        let names = self.attributes.keys().map(String::as_str).chain(self.changed.iter().chain(&other.changed).map(|(name, _)| *name));
        facts(self) == facts(other)
            && self.technologies == other.technologies
            && names.into_iter().all(|name| self.attribute(name) == other.attribute(name))
    }
}
