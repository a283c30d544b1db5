//! The index of a graph that leads are matched against.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::company::{CompanyNames, words_of};
use super::domains::DomainIndex;
use super::emails::{EmailIndex, EmailIndexBuilder};
use super::names::NameIndex;
use super::person::{People, PersonNames};
use super::reason::MatchWhy;
use super::rules::MatchRules;
use crate::address;
use crate::document::TEXT_BYTES_MAX;
use crate::fold::fold;
use crate::graph::AccountGraph;
use crate::id::{AccountId, ContactId};
use crate::problem::excerpt;
use crate::roster::Roster;

/// A contact of no account.
pub(super) const NO_ACCOUNT: u32 = u32::MAX;

/// Matches leads to the accounts and contacts of a graph.
///
/// Built once from a graph and rules; it keeps copies, so that it stays as it is when the graph changes. Facts are asked in this order: the
/// contact's id, the account's id, the e-mail address of a known contact (with or without a tag: `ann+news@acme.com` is Ann), the domain (the longest listed one, else the registrable one), the
/// company's name, and a name that is nearly right, which needs one more fact. See [`Matcher::find`].
///
/// Cost: building sorts names, domains, addresses and people once; asking takes a few hash look-ups, whatever the number of accounts, and then as
/// long as the answer: see [`Matcher::find`]. Some records are kept under two keys, and only these: a name with `ä`, `ö`, `ü`, `ø` or `å` also under
/// the spelled-out form, an address with a tag also without it. Asking for such a name or address takes one normal form and one look-up more; asking
/// for any other name nothing, and for an address that is unknown one look-up.
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, Lead, MatchRules, Matcher};
///
/// let mut graph = AccountGraph::new();
/// let mut acme = Account::new("a-1")?;
/// acme.name = Some("Acme GmbH & Co. KG".into());
/// acme.domains = vec!["acme.com".into()];
/// graph.add_account(acme)?;
/// let mut ann = Contact::new("c-1", "a-1")?;
/// ann.email = Some("Ann@Acme.com".into());
/// graph.add_contact(ann)?;
/// let matcher = Matcher::new(&graph, &MatchRules::default());
///
/// // Somebody known, somebody new of a known company, and somebody of whom only the company's name is known.
/// let known = matcher.find(&Lead { email: Some("ann@acme.com".into()), ..Lead::default() });
/// assert_eq!(known.contact.id().map(|id| id.as_str()), Some("c-1"));
/// let new = matcher.find(&Lead { email: Some("bob@eu.acme.com".into()), ..Lead::default() });
/// assert_eq!(new.account.id().map(|id| id.as_str()), Some("a-1"));
/// assert_eq!(new.account.how().map(|how| how.token()), Some("listed_domain"));
/// let named = matcher.find(&Lead { email: Some("cleo@gmail.com".into()), company: Some("ACME".into()), ..Lead::default() });
/// assert_eq!(named.account.how().map(|how| how.token()), Some("name"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Matcher {
    /// Sorted; an account's number is its place here.
    pub(super) accounts: Vec<AccountId>,
    pub(super) countries: Vec<Option<Box<str>>>,
    /// Sorted; a contact's number is its place here.
    pub(super) contacts: Vec<ContactId>,
    pub(super) facts: Vec<ContactFacts>,
    pub(super) emails: EmailIndex,
    pub(super) people: People,
    pub(super) domains: DomainIndex,
    pub(super) names: NameIndex,
    pub(super) forms: CompanyNames,
    persons: PersonNames,
    pub(super) no_company: Roster,
    pub(super) rules: MatchRules,
    unused: Vec<UnusedDomain>,
}

/// What is asked of a contact that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct ContactFacts {
    /// Its account, or [`NO_ACCOUNT`].
    pub(super) account: u32,
    /// Contacts of one person have one number.
    pub(super) person: u32,
    /// Its address in the index of addresses.
    pub(super) email: Option<u32>,
}

/// A domain that an account lists and that never matches. In JSON an object of `account_id`, `domain` and `why`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnusedDomain {
    /// The account.
    pub account: AccountId,
    /// The domain as the account has it.
    pub domain: String,
    /// Why: [`MatchWhy::FreeMail`] or [`MatchWhy::MalformedDomain`].
    pub why: MatchWhy,
}

impl Matcher {
    /// Indexes the accounts and contacts that are there. Cost: n log n in their names, domains and addresses.
    pub fn new(graph: &AccountGraph, rules: &MatchRules) -> Self {
        let accounts: Vec<u32> = graph.sorted_accounts();
        let mut matcher = Self::empty(graph, rules, &accounts);
        matcher.index_accounts(graph, &accounts);
        matcher.index_contacts(graph, &accounts);
        matcher
    }

    /// A matcher that knows the rules and which accounts there are.
    fn empty(graph: &AccountGraph, rules: &MatchRules, accounts: &[u32]) -> Self {
        let (forms, titles) = (rules.legal_forms(), rules.personal_titles());
        let mut matcher = Self {
            // The graph's ids are ids, so none is lost.
            accounts: accounts.iter().filter_map(|account| AccountId::new(graph.account_names().text(*account)).ok()).collect(),
            countries: accounts.iter().map(|account| graph.account_row(*account).facts().country.as_deref().map(Into::into)).collect(),
            contacts: Vec::new(),
            facts: Vec::new(),
            emails: EmailIndex::default(),
            people: People::default(),
            domains: DomainIndex::default(),
            names: NameIndex::default(),
            forms: CompanyNames::new(forms.iter().map(String::as_str)),
            persons: PersonNames::new(titles.iter().map(String::as_str)),
            no_company: Roster::default(),
            rules: rules.clone(),
            unused: Vec::new(),
        };
        for text in rules.no_company() {
            let _ = matcher.no_company.intern(&text);
        }
        matcher
    }

    /// The domains that accounts list and that never match, by account: those of mail hosts, and texts that are no domain.
    /// [`MatchRules::unused_domains`] says the same without a matcher.
    pub fn unused_domains(&self) -> &[UnusedDomain] {
        &self.unused
    }

    /// The normal form in which this matcher compares names of companies: without case, accents, punctuation, `The` and legal forms, and with
    /// `and` for every word that says it. Idempotent. O(length).
    ///
    /// A name with `ä`, `ö`, `ü`, `ø` or `å` is also found by the form of what people write where they cannot type it (`Mueller`).
    ///
    /// ```
    /// # use quorate::{AccountGraph, MatchRules, Matcher};
    /// let matcher = Matcher::new(&AccountGraph::new(), &MatchRules::default());
    /// assert_eq!(matcher.company_name("The Müller & Söhne GmbH & Co. KG"), "muller and sohne");
    /// assert_eq!(matcher.company_name("Müller und Söhne"), "muller and sohne");
    /// ```
    pub fn company_name(&self, name: &str) -> String {
        self.forms.normal(name)
    }

    /// The normal form in which this matcher compares e-mail addresses: without a name or `mailto:` around it, in lower case, the domain in
    /// ASCII. A text that is no address is compared in lower case. `None` for what people write where they have none.
    ///
    /// ```
    /// # use quorate::{AccountGraph, MatchRules, Matcher};
    /// let matcher = Matcher::new(&AccountGraph::new(), &MatchRules::default());
    /// assert_eq!(matcher.email_address("Ann Lee <ANN@acme.com>").as_deref(), Some("ann@acme.com"));
    /// assert_eq!(matcher.email_address("n/a"), None);
    /// ```
    pub fn email_address(&self, text: &str) -> Option<String> {
        (!self.says_nothing(text)).then(|| address::key(text))
    }

    fn index_accounts(&mut self, graph: &AccountGraph, accounts: &[u32]) {
        let numbered = || (0_u32..).zip(accounts.iter().map(|account| graph.account_row(*account).facts()));
        let names = numbered().flat_map(|(number, facts)| {
            let own = facts.name.iter().map(move |name| (number, name.as_str(), false));
            own.chain(facts.aliases.iter().map(move |alias| (number, alias.as_str(), true)))
        });
        self.names = NameIndex::new(names, &self.forms);
        let listed = numbered().flat_map(|(number, facts)| facts.domains.iter().map(move |text| (number, text.as_str())));
        let domains = listed.filter_map(|(number, text)| Some((self.listed_domain(text)?, number)));
        self.domains = DomainIndex::new(self.rules.free_mail().into_iter(), domains);
        self.unused = self.unused(graph, accounts);
    }

    fn unused(&self, graph: &AccountGraph, accounts: &[u32]) -> Vec<UnusedDomain> {
        let numbered = (0_u32..).zip(accounts.iter().map(|account| graph.account_row(*account).facts()));
        let listed = numbered.flat_map(|(number, facts)| facts.domains.iter().map(move |text| (number, text)));
        listed.filter_map(|(number, text)| self.unused_domain(number, text)).collect()
    }

    fn unused_domain(&self, account: u32, text: &str) -> Option<UnusedDomain> {
        let why = match self.listed_domain(text) {
            None => MatchWhy::MalformedDomain { domain: excerpt(text) },
            Some(domain) if self.domains.is_free(&domain) => MatchWhy::FreeMail { domain },
            Some(_) => return None,
        };
        Some(UnusedDomain { account: self.accounts.get(account as usize)?.clone(), domain: text.into(), why })
    }

    fn index_contacts(&mut self, graph: &AccountGraph, accounts: &[u32]) {
        let contacts = graph.sorted_contacts();
        let mut number_of = alloc::vec![NO_ACCOUNT; graph.account_names().len()];
        for (number, account) in (0_u32..).zip(accounts) {
            number_of[*account as usize] = number;
        }
        let mut emails = EmailIndexBuilder::default();
        let mut persons = Roster::default();
        for (number, contact) in (0_u32..).zip(contacts.iter().copied()) {
            let account = graph.contact_row(contact).account().map_or(NO_ACCOUNT, |account| number_of[account as usize]);
            let email = graph.contact_email(contact).and_then(|text| self.email_address(text));
            let email = email.and_then(|key| emails.add(&key, number));
            let person = persons.intern(graph.person_text(contact)).unwrap_or(number);
            self.facts.push(ContactFacts { account, person, email });
        }
        self.contacts = contacts.iter().filter_map(|contact| ContactId::new(graph.contact_names().text(*contact)).ok()).collect();
        self.emails = emails.build();
        let named = (0_u32..).zip(&contacts).filter_map(|(number, contact)| {
            let name = self.person_name(graph.contact_person_name(*contact)?)?;
            Some((name, self.facts[number as usize].account, number))
        });
        self.people = People::new(named);
    }

    /// A listed domain in its normal form, unless it says nothing.
    pub(super) fn listed_domain(&self, text: &str) -> Option<String> {
        address::listed(text).filter(|_| !self.says_nothing(text))
    }

    /// A person's name in its normal form, unless it says nothing or is longer than that of any contact.
    pub(super) fn person_name(&self, name: &str) -> Option<String> {
        let normal = (name.len() <= TEXT_BYTES_MAX).then(|| self.persons.normal(name))?;
        (!self.says_nothing(&normal)).then_some(normal)
    }

    /// A country in the form in which countries are compared, unless it says nothing.
    ///
    /// Two letters are a code (`NO` is Norway), but for `NA`, which is Namibia more rarely than not available.
    pub(super) fn country(&self, text: &str) -> Option<String> {
        let folded = fold(text.trim());
        let is_code = folded.len() == 2 && folded != "na" && folded.bytes().all(|letter| letter.is_ascii_lowercase());
        (is_code || !self.says_nothing(&folded)).then_some(folded)
    }

    /// Whether a text is what people write where they have nothing to write.
    pub(super) fn says_nothing(&self, text: &str) -> bool {
        let words = words_of(text);
        words.is_empty() || self.no_company.find(&words).is_some()
    }

    pub(super) fn account_number(&self, id: &str) -> Option<u32> {
        let place = self.accounts.binary_search_by(|one| one.as_str().cmp(id)).ok()?;
        u32::try_from(place).ok()
    }

    pub(super) fn contact_number(&self, id: &str) -> Option<u32> {
        let place = self.contacts.binary_search_by(|one| one.as_str().cmp(id)).ok()?;
        u32::try_from(place).ok()
    }
}

impl MatchRules {
    /// The domains that accounts list and that nobody is matched by under these rules, as [`Matcher::unused_domains`] has them, without a matcher.
    ///
    /// Cost: the lists of the rules and the accounts' domains are read once; nothing is put into an index.
    pub fn unused_domains(&self, graph: &AccountGraph) -> Vec<UnusedDomain> {
        let accounts: Vec<u32> = graph.sorted_accounts();
        let mut matcher = Matcher::empty(graph, self, &accounts);
        matcher.domains = DomainIndex::new(self.free_mail().into_iter(), core::iter::empty());
        matcher.unused(graph, &accounts)
    }
}

impl fmt::Debug for Matcher {
    /// How many records there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher").field("accounts", &self.accounts.len()).field("contacts", &self.contacts.len()).finish_non_exhaustive()
    }
}
