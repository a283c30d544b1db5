//! The policy of a run: the default one, or that of a file, one or a set.

use std::fs;
use std::path::Path;

use quorate::{Finding, FitSource, Policies, Policy, PolicyLabel, PolicySet, Problems, Relationship, RoleName};

use crate::exit::Stop;

/// A policy, or several and when each applies.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one of it in a run")]
pub enum Chosen {
    One(Policy),
    Set(PolicySet),
}

/// What a data set may name: roles and templates, and whose addresses the policies know.
#[derive(Debug)]
pub struct Known {
    pub roles: Vec<String>,
    pub templates: Vec<String>,
    /// The policies that know addresses by their domains.
    of_domains: Vec<Policy>,
}

impl Known {
    /// With the names of another policy as well.
    pub fn and(mut self, other: Self) -> Self {
        self.roles.extend(other.roles);
        self.templates.extend(other.templates);
        self.of_domains.extend(other.of_domains);
        self.once();
        self
    }

    /// Whether an address is that of one of our own people, to any of the policies.
    pub fn is_ours(&self, address: &str) -> bool {
        self.of_domains.iter().any(|policy| policy.relationship_by_email(address) == Some(Relationship::OwnStaff))
    }

    /// Each name once, in the order of its first mention.
    fn once(&mut self) {
        for names in [&mut self.roles, &mut self.templates] {
            let mut seen = Vec::new();
            names.retain(|name| {
                !seen.contains(name) && {
                    seen.push(name.clone());
                    true
                }
            });
        }
    }
}

impl Chosen {
    /// The policy of a file, or the default one.
    ///
    /// # Errors
    /// The file cannot be read, or holds no valid policy: every problem.
    pub fn load(path: Option<&Path>) -> Result<Self, Stop> {
        let Some(path) = path else { return Ok(Self::One(Policy::default())) };
        let read = Self::check(path)?;
        read.map_err(|problems| Stop::Bad(problems.iter().map(|problem| format!("policy {}: {problem}", path.display())).collect()))
    }

    /// The policy of a file or its problems.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn check(path: &Path) -> Result<Result<Self, Problems>, Stop> {
        let text = fs::read_to_string(path).map_err(|error| Stop::bad(format!("policy {} cannot be read: {error}", path.display())))?;
        let text = text.trim_start_matches('\u{feff}');
        // A set is told by its field; whatever else is wrong is said by the reader of the right document.
        let is_set = serde_json::from_str::<serde_json::Value>(text).is_ok_and(|value| value.get("policies").is_some());
        Ok(if is_set { PolicySet::from_json(text).map(Self::Set) } else { Policy::from_json(text).map(Self::One) })
    }

    /// The default policy with fit scores taken as the data set supplies them.
    ///
    /// # Errors
    /// Never for the default policy; any problem of the changed document.
    pub fn default_with_supplied_fit() -> Result<Self, Stop> {
        let mut document = Policy::default().into_document();
        document.fit.source = FitSource::Supplied;
        Policy::new(document).map(Self::One).map_err(|problems| Stop::bad(problems.to_string()))
    }

    /// The one policy, where two are compared.
    ///
    /// # Errors
    /// There are several.
    pub fn one(&self) -> Result<&Policy, Stop> {
        self.only("two single policies can be compared")
    }

    /// The one policy, where only one can be used, for that reason.
    ///
    /// # Errors
    /// There are several.
    pub fn only(&self, why: &str) -> Result<&Policy, Stop> {
        match self {
            Self::One(policy) => Ok(policy),
            Self::Set(_) => Err(Stop::bad(format!("{why}, not sets of policies; give one of the set as a file of its own"))),
        }
    }

    /// For an assessment.
    pub fn policies(&self) -> Policies<'_> {
        match self {
            Self::One(policy) => policy.into(),
            Self::Set(set) => set.into(),
        }
    }

    /// Every policy.
    pub fn all(&self) -> Vec<&Policy> {
        match self {
            Self::One(policy) => vec![policy],
            Self::Set(set) => set.entries().iter().map(|entry| &entry.policy).collect(),
        }
    }

    /// What of the policies can never make a difference.
    pub fn findings(&self) -> Vec<Finding> {
        match self {
            Self::One(policy) => policy.findings(),
            Self::Set(set) => set.findings(),
        }
    }

    /// The names that a data set may use: those of any of the policies.
    pub fn known(&self) -> Known {
        let mut known = Known { roles: Vec::new(), templates: Vec::new(), of_domains: Vec::new() };
        for policy in self.all() {
            let document = policy.document();
            known.roles.extend(document.roles.iter().map(|role| role.name.to_string()));
            known.templates.extend(document.templates.iter().map(|template| template.name.to_string()));
            known.of_domains.extend((!document.relationship_domains.is_empty()).then(|| policy.clone()));
        }
        known.once();
        known
    }

    /// The policy with that label.
    pub fn labelled(&self, label: &PolicyLabel) -> Option<&Policy> {
        self.all().into_iter().find(|policy| **policy.label() == *label)
    }

    /// The deciding roles of the policy with that label.
    pub fn deciding(&self, label: &PolicyLabel) -> Vec<&RoleName> {
        let roles = self.labelled(label).into_iter().flat_map(|policy| &policy.document().roles);
        roles.filter(|role| role.decides).map(|role| &role.name).collect()
    }
}

/// `quorate-default 1 (3fa9c1d2e4b5)`.
pub fn label(label: &PolicyLabel) -> String {
    format!("{} {} ({})", label.name, label.version, label.hash.get(..12).unwrap_or(&label.hash))
}

/// A finding as a note: no problem, since the policy means what it says.
pub fn note(finding: &Finding) -> String {
    format!("note: {}: {finding}", finding.path)
}
