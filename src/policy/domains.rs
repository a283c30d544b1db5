//! What people are by the domain of their e-mail address.

use alloc::collections::BTreeMap;
use alloc::string::String;

use super::titles::RelationshipDomains;
use crate::address::{normal, suffixes};
use crate::contact::Relationship;

/// The domains of a policy in their normal form.
#[derive(Clone, Debug, Default)]
pub(crate) struct DomainRelationships(BTreeMap<String, Relationship>);

impl DomainRelationships {
    pub(crate) fn of_document(all: &[RelationshipDomains]) -> Self {
        let pairs = all.iter().flat_map(|one| one.domains.iter().filter_map(|domain| Some((normal(domain)?, one.relationship))));
        Self(pairs.collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the longest of the domains that is this one, in its normal form, or that it lies in, stands for. O(labels).
    pub(crate) fn of(&self, domain: &str) -> Option<Relationship> {
        suffixes(domain).find_map(|suffix| self.0.get(suffix)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn the_longest_domain_on_label_boundaries_counts() {
        let row = |relationship, domain: &str| RelationshipDomains { relationship, domains: Vec::from([domain.into()]) };
        let rows = [row(Relationship::Competitor, "Rival.example"), row(Relationship::Partner, "eu.rival.example")];
        let domains = DomainRelationships::of_document(&rows);
        let cases = [
            ("rival.example", Some(Relationship::Competitor)),
            ("us.rival.example", Some(Relationship::Competitor)),
            ("mail.eu.rival.example", Some(Relationship::Partner)),
            ("arrival.example", None),
            ("example", None),
            ("", None),
        ];
        for (domain, expected) in cases {
            assert_eq!(domains.of(domain), expected, "{domain}");
        }
    }
}
