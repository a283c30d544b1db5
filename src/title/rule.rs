//! What a rule for titles is.

use alloc::string::String;
use alloc::vec::Vec;

use crate::contact::Relationship;
use crate::document::shown_as_tokens;
use crate::exact::Ratio;

/// How high in their organisation somebody stands, the highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seniority {
    /// Leads the organisation, or one of its functions on its board: chief officers, presidents, owners.
    CLevel,
    /// A vice president of any grade.
    Vp,
    /// Directs a department, or heads it.
    Director,
    /// Manages people, a team or a thing.
    Manager,
    /// Does the work.
    Individual,
    /// Studies, or is being trained.
    Student,
}

impl Seniority {
    /// Every seniority with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 6] = [
        ("c_level", Self::CLevel),
        ("vp", Self::Vp),
        ("director", Self::Director),
        ("manager", Self::Manager),
        ("individual", Self::Individual),
        ("student", Self::Student),
    ];
}

/// What part of an organisation somebody works in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobFunction {
    /// Money: accounting, controlling, treasury, audit, tax.
    Finance,
    /// Information technology for the organisation itself, and its data.
    It,
    /// Making software or machines.
    Engineering,
    /// Keeping systems and data safe.
    Security,
    /// Running the business: production, logistics, facilities, administration.
    Operations,
    /// Marketing, communication, public relations.
    Marketing,
    /// Selling.
    Sales,
    /// People: recruiting, pay, training.
    Hr,
    /// Law and compliance.
    Legal,
    /// Buying.
    Procurement,
    /// What is offered: product management and design.
    Product,
    /// Customers after the sale: service and support.
    CustomerSuccess,
    /// The organisation as a whole.
    GeneralManagement,
    /// Known to be none of these, such as a nurse or a driver.
    Other,
}

impl JobFunction {
    /// Every function with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 14] = [
        ("finance", Self::Finance),
        ("it", Self::It),
        ("engineering", Self::Engineering),
        ("security", Self::Security),
        ("operations", Self::Operations),
        ("marketing", Self::Marketing),
        ("sales", Self::Sales),
        ("hr", Self::Hr),
        ("legal", Self::Legal),
        ("procurement", Self::Procurement),
        ("product", Self::Product),
        ("customer_success", Self::CustomerSuccess),
        ("general_management", Self::GeneralManagement),
        ("other", Self::Other),
    ];
}

shown_as_tokens! { Seniority JobFunction Scope }

/// How far a rule hides what follows its phrase, or stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Up to the end of the job: the next `/`, `|`, `;`, `+`, dash between spaces or line.
    Job,
    /// Up to the end of the clause: the next comma or bracket, too.
    Clause,
    /// What stands before the phrase in its job, where nothing but numbers follows in its clause (`CEO (retired 2019)`); the job before, where the
    /// phrase is a job of its own (`CEO - Retired`).
    Before,
}

impl Scope {
    /// Every scope with its token, in declaration order.
    pub const ALL: [(&'static str, Self); 3] = [("job", Self::Job), ("clause", Self::Clause), ("before", Self::Before)];
}

/// What follows when a rule matches: one aspect of the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TitleSays {
    /// How high somebody stands.
    Seniority(Seniority),
    /// Where they work.
    Function(JobFunction),
    /// What they are to the account; never an employee, which is what everybody is of whom nothing else is said.
    Relationship(Relationship),
    /// Nothing, and what follows the phrase, or stands before it, is about somebody else, or no longer so.
    Hide(Scope),
}

/// One rule for titles. Of the rules for an aspect that match, the first wins.
///
/// A rule matches when one of `any` occurs, or the title or one of its jobs consists of the words of one of `whole`, and none of `none` occurs. An
/// occurrence of `any` counts only where no rule for the same aspect has a longer phrase around it or says the same words more exactly, wherever in the
/// list that rule stands. Phrases are words separated by spaces, of at most 256 bytes; `sales*` is a word that begins so, `*leiter` one that ends so, `_`
/// any one word. An *and* in a phrase, like other fillers, need not stand in the title; but where one does, a phrase without it may mean other things than
/// the title, and what stands on its sides is an alternative ([`TitleReader`](super::TitleReader)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleRule {
    /// The rule's name, unique among the rules of a policy: shown with what it finds.
    pub name: String,
    /// What it says.
    pub says: TitleSays,
    /// How sure that is, 0..=1 with up to 4 decimals; 1 for rules that hide.
    pub confidence: Ratio,
    /// Phrases of which one must occur.
    pub any: Vec<String>,
    /// Phrases of which one must be the whole title or a whole job of it, its words in any order.
    pub whole: Vec<String>,
    /// Phrases of which none may occur.
    pub none: Vec<String>,
}
