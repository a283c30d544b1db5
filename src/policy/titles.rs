//! What a policy says about titles, evidence and e-mail domains, as plain data.

use alloc::string::String;
use alloc::vec::Vec;

use rust_decimal::Decimal;

use crate::contact::{Evidence, Relationship};
use crate::id::RoleName;
use crate::title::{JobFunction, Seniority, TitleRule};

/// How titles are read, and which role follows. A document that does not have this section reads nothing from titles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitlesRule {
    /// The rules to begin with.
    pub base: TitleBase,
    /// Rules that come before those of the base, at most 1,000.
    pub before: Vec<TitleRule>,
    /// Rules that come after them, at most 1,000.
    pub after: Vec<TitleRule>,
    /// Which role follows from a title: the first rule that matches gives it. Read after those of the group's template. At most 1,000.
    pub roles: Vec<TitleRole>,
}

/// Which rules for titles a policy begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TitleBase {
    /// None.
    #[default]
    None,
    /// Those that come with this library, for English, German, French, Spanish, Portuguese, Dutch, Italian, Swedish, Danish, Norwegian, Finnish and Polish.
    BuiltIn,
}

impl TitleBase {
    /// Every base with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 2] = [("none", Self::None), ("built_in", Self::BuiltIn)];
}

/// A role that follows from titles which meet every condition that is given; at least one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleRole {
    /// The role, never `unknown`.
    pub role: RoleName,
    /// The title, or one of its jobs, is one of these, whatever the order of its words.
    pub titles: Vec<String>,
    /// One of these phrases occurs in it.
    pub words: Vec<String>,
    /// It says one of these seniorities.
    pub seniority: Vec<Seniority>,
    /// It says one of these functions.
    pub functions: Vec<FunctionTest>,
}

/// A function that a [`TitleRole`] asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FunctionTest {
    /// One of those that the group's template is for; any, known or not, where the template does not say. A rule that asks for nothing else is
    /// refused unless every template that reads it says.
    Own,
    /// That one.
    Is(JobFunction),
}

/// How far each sort of evidence is trusted, 0..=1 with up to 4 decimals. Of the roles that a person is said to hold those with the most trusted
/// evidence count.
///
/// Source of the defaults: GC's signal confidences (human 1.0, CRM 0.9, title 0.6, vendor 0.5, behaviour 0.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRule {
    /// Somebody said so.
    pub human: Decimal,
    /// The CRM says so.
    pub crm: Decimal,
    /// Read from the title.
    pub title: Decimal,
    /// Bought from a vendor.
    pub vendor: Decimal,
    /// Read from what the person does.
    pub behaviour: Decimal,
}

impl EvidenceRule {
    /// How far one sort of evidence is trusted.
    pub const fn of(&self, evidence: Evidence) -> Decimal {
        match evidence {
            Evidence::Human => self.human,
            Evidence::Crm => self.crm,
            Evidence::Title => self.title,
            Evidence::Vendor => self.vendor,
            Evidence::Behaviour => self.behaviour,
        }
    }
}

impl Default for EvidenceRule {
    fn default() -> Self {
        let tenths = |tenths| Decimal::new(tenths, 1).normalize();
        Self { human: tenths(10), crm: tenths(9), title: tenths(6), vendor: tenths(5), behaviour: tenths(3) }
    }
}

/// What people with an address of certain domains are to every account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationshipDomains {
    /// What they are.
    pub relationship: Relationship,
    /// The domains, their subdomains included, without regard to case, in other letters or in Punycode; 1 to 10,000.
    pub domains: Vec<String>,
}
