//! How leads are matched, as a document.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::company::words_of;
use super::read;
use crate::address;
use crate::document::{Node, canonical_json, parse_json};
use crate::problem::Problems;

/// The lists that are a part of the crate: one entry a line, `#` begins a comment.
const FREE_MAIL: &str = include_str!("free_mail.txt");
const LEGAL_FORMS: &str = include_str!("legal_forms.txt");
const PERSONAL_TITLES: &str = include_str!("personal_titles.txt");
const NO_COMPANY: &str = include_str!("no_company.txt");

/// A list that starts from the one that is built in, or from nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchList {
    /// What it starts from.
    pub base: MatchListBase,
    /// What is added to it.
    pub add: Vec<String>,
    /// What of the base is left out.
    pub remove: Vec<String>,
}

/// What a [`MatchList`] starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchListBase {
    /// The list that is a part of this crate.
    #[default]
    BuiltIn,
    /// Nothing: what is added replaces the built-in list.
    None,
}

impl MatchListBase {
    /// Every base with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 2] = [("built_in", Self::BuiltIn), ("none", Self::None)];
}

/// What a name may do that is only nearly the name of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FuzzyNames {
    /// It matches when one more fact speaks for the account, and is suggested otherwise.
    #[default]
    Match,
    /// It is only ever suggested.
    Suggest,
}

impl FuzzyNames {
    /// Every choice with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 2] = [("match", Self::Match), ("suggest", Self::Suggest)];
}

/// The content of [`MatchRules`], to be changed and validated again. The default is what the crate comes with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatchRulesDocument {
    /// Domains of mail hosts whose addresses say nothing about a company. Neither they nor what is below them match by domain, whoever lists them,
    /// unless they are among `company_domains`; only a longer domain below one (`acme.mail.example`) is that of the account that lists it. Nor do they
    /// speak for a name that is only nearly right.
    ///
    /// What is a mail host this list says and nothing else. One that is not on it counts as a company's domain: it matches where an account lists it, and
    /// it is the one more fact of a near name where its first label is the account's name; the answer names it, so that it can be added here.
    pub free_mail: MatchList,
    /// Domains that are a company's although they are among `free_mail`. One that is not among them is a company's anyway, and changes nothing:
    /// [`MatchRules::findings`] names it.
    pub company_domains: Vec<String>,
    /// Legal forms, which do not count in the names of companies: `GmbH` at the end, `PT *` before the name, `(P)` in brackets only.
    pub legal_forms: MatchList,
    /// Personal titles, which do not count in the names of people: `Dr *` before a name, `PhD` after it.
    pub personal_titles: MatchList,
    /// What people write where they have no company to write. It matches an account that has it as a name or alias, and is otherwise no name.
    pub no_company: MatchList,
    /// What a name may do that is only nearly the name of an account.
    pub fuzzy_names: FuzzyNames,
}

/// How leads are matched to accounts and contacts: the lists and choices of a [`Matcher`](super::Matcher), validated.
///
/// Every domain of it is a domain, and every entry that is removed was there. Equality is that of the documents.
///
/// ```
/// use quorate::MatchRules;
/// let rules = MatchRules::from_json(r#"{"schema": 1, "free_mail": {"add": ["mail.example"]}, "company_domains": ["sina.com"]}"#)?;
/// assert_eq!(rules.document().company_domains, ["sina.com"]);
///
/// // Whatever is wrong is said at once, each with its place.
/// let problems = MatchRules::from_json(r#"{"schema": 1, "free_mial": {}, "free_mail": {"remove": ["gmial.com"]}}"#).unwrap_err();
/// let said: Vec<String> = problems.iter().map(|problem| problem.to_string()).collect();
/// assert_eq!(said[0], "unknown field `free_mial` (did you mean `free_mail`?)");
/// assert_eq!(said[1], "free_mail.remove[0]: unknown free-mail domain `gmial.com` (did you mean `gmail.com`?)");
/// # Ok::<(), quorate::Problems>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchRules {
    document: MatchRulesDocument,
}

impl MatchRules {
    /// Validates a document.
    ///
    /// # Errors
    /// Every problem of the document, each with its path.
    pub fn new(document: MatchRulesDocument) -> Result<Self, Problems> {
        read::validate(&document).or(()).map(|()| Self { document })
    }

    /// Reads and validates a document in JSON. Fields that are left out have their default; `schema` is 1.
    ///
    /// # Errors
    /// Every problem of its shape and meaning, each with its path; or the one reason why it is no JSON at all.
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        Self::from_node(&parse_json(text)?)
    }

    /// The rules as canonical JSON. O(document).
    pub fn to_json(&self) -> String {
        canonical_json(&read::node(&self.document))
    }

    /// What of the rules makes no difference, though they are valid: `company_domains` that are not among the free-mail domains, each with its
    /// place. Usually that is a slip.
    ///
    /// ```
    /// use quorate::MatchRules;
    /// let rules = MatchRules::from_json(r#"{"schema": 1, "company_domains": ["sina.com", "gmial.com"]}"#)?;
    /// let found: Vec<String> = rules.findings().iter().map(|finding| finding.to_string()).collect();
    /// assert_eq!(
    ///     found,
    ///     ["company_domains[1]: `gmial.com` is not among the free-mail domains, so that it changes nothing (did you mean `gmail.com`?)"]
    /// );
    /// # Ok::<(), quorate::Problems>(())
    /// ```
    pub fn findings(&self) -> Problems {
        read::findings(&self.document, &self.document.free_mail.entries(FREE_MAIL, host))
    }

    /// The document.
    pub const fn document(&self) -> &MatchRulesDocument {
        &self.document
    }

    /// The document, to be changed and validated again.
    pub fn into_document(self) -> MatchRulesDocument {
        self.document
    }

    fn from_node(node: &Node) -> Result<Self, Problems> {
        let problems = RefCell::new(Problems::default());
        let document = read::read(node, &problems);
        let mut problems = problems.into_inner();
        if !matches!(node, Node::Map(_)) {
            // What follows from that is not worth saying.
            return Err(problems.into_iter().next().map_or_else(Problems::default, Into::into));
        }
        problems.extend(read::validate(&document));
        problems.or(()).map(|()| Self { document })
    }

    /// The domains that never match, in their normal form.
    pub(super) fn free_mail(&self) -> BTreeSet<String> {
        let mut domains = self.document.free_mail.entries(FREE_MAIL, host);
        for company in self.document.company_domains.iter().filter_map(|text| host(text)) {
            domains.remove(&company);
        }
        domains
    }

    /// The legal forms, as written.
    pub(super) fn legal_forms(&self) -> BTreeSet<String> {
        self.document.legal_forms.entries(LEGAL_FORMS, legal_form)
    }

    /// The personal titles, as written.
    pub(super) fn personal_titles(&self) -> BTreeSet<String> {
        self.document.personal_titles.entries(PERSONAL_TITLES, personal_title)
    }

    /// What is no company, as words.
    pub(super) fn no_company(&self) -> BTreeSet<String> {
        self.document.no_company.entries(NO_COMPANY, no_company)
    }
}

/// The form in which domains are compared.
pub(super) fn host(text: &str) -> Option<String> {
    address::normal(text.trim())
}

/// The form in which legal forms are compared.
pub(super) fn legal_form(text: &str) -> Option<String> {
    let (text, words) = (text.trim(), words_of(text));
    if words.is_empty() {
        None
    } else if text.ends_with('*') {
        Some(words + " *")
    } else if text.starts_with('(') && text.ends_with(')') {
        Some(alloc::format!("({words})"))
    } else {
        Some(words)
    }
}

/// The form in which personal titles are compared.
pub(super) fn personal_title(text: &str) -> Option<String> {
    let words = no_company(text)?;
    Some(if text.trim().ends_with('*') { words + " *" } else { words })
}

/// The form in which texts that name no company are compared.
pub(super) fn no_company(text: &str) -> Option<String> {
    Some(words_of(text)).filter(|words| !words.is_empty())
}

/// The entries of a built-in list.
pub(super) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The built-in list that belongs to a field.
pub(super) const fn built_in(field: Field) -> &'static str {
    match field {
        Field::FreeMail => FREE_MAIL,
        Field::LegalForms => LEGAL_FORMS,
        Field::PersonalTitles => PERSONAL_TITLES,
        Field::NoCompany => NO_COMPANY,
    }
}

/// A field that is a [`MatchList`].
#[derive(Clone, Copy)]
pub(super) enum Field {
    FreeMail,
    LegalForms,
    PersonalTitles,
    NoCompany,
}

impl MatchList {
    /// A list that replaces the built-in one.
    pub fn only(entries: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { base: MatchListBase::None, add: entries.into_iter().map(Into::into).collect(), remove: Vec::new() }
    }

    /// What is on the list, in the form in which entries are compared.
    pub(super) fn entries(&self, built_in: &'static str, form: fn(&str) -> Option<String>) -> BTreeSet<String> {
        let base = match self.base {
            MatchListBase::BuiltIn => built_in,
            MatchListBase::None => "",
        };
        let mut entries: BTreeSet<String> = lines(base).filter_map(form).collect();
        for gone in self.remove.iter().filter_map(|text| form(text)) {
            entries.remove(&gone);
        }
        entries.extend(self.add.iter().filter_map(|text| form(text)));
        entries
    }
}

impl Serialize for MatchRules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        read::node(&self.document).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for MatchRules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(&Node::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
