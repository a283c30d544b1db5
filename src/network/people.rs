//! The people of a day, each once, and the lines between them.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;

use super::error::NetworkError;
use super::managers::managers;
use super::strength::{Interaction, InteractionCounts, Sums};
use super::warm::HopKind;
use crate::account::TieKind;
use crate::contact::{Relationship, Stance};
use crate::day::Day;
use crate::graph::AccountGraph;
use crate::id::ContactId;
use crate::paths::{Arc, Lines, Scratch};
use crate::policy::{NetworkRule, Policy};
use crate::problem::{excerpt, nearest};
use crate::roster::Names;

/// Stands for nobody in a table of people.
const NOBODY: u32 = u32::MAX;
/// Ids that a suggestion is looked for among.
const SUGGESTIONS: usize = 1_000;

/// The people of a graph on a day, and the lines by which they can be reached: everybody active whose record counts, each person once, with the
/// reporting lines and ties between them.
///
/// A person who is several contacts is one of the people, called by the least of these contact ids, with the lines of all of them that are there. A reporting line
/// leads both ways, as good as the policy says; an influence leads one way, the other ties both. Of parallel lines the strongest counts. Whoever is an
/// opponent, as any of their contacts, is gone through by no path.
///
/// Building it costs O(contacts + lines, times the logarithm). It stays readable after graph and policy are gone.
///
/// ```
/// use quorate::{Account, AccountGraph, Contact, Network, Policy, Tie, TieKind};
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// for id in ["ann", "bea", "dan"] {
///     graph.add_contact(Contact::new(id, "acme")?)?;
/// }
/// graph.add_tie(Tie { from: "ann".parse()?, to: "bea".parse()?, kind: TieKind::WorksWith, strength: 90, known: Default::default() })?;
/// graph.set_manager("bea", Some("dan"))?;
///
/// let network = Network::new(&graph, &Policy::default(), "2025-05-05".parse()?);
/// let paths = network.warm_paths(&["ann"], "dan", 3)?;
/// assert_eq!(paths.len(), 1);
/// assert_eq!(paths[0].people().collect::<Vec<_>>(), ["ann", "bea", "dan"]);
/// assert_eq!(paths[0].quality.to_string(), "0.72");
/// assert_eq!(paths[0].to_string(), "ask ann, who works with bea (90), who reports to dan (80)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Network {
    pub(super) day: Day,
    pub(super) rule: NetworkRule,
    pub(super) names: Names,
    /// The least contact of each person, by person; people are numbered in the order of these ids.
    pub(super) contacts: Vec<u32>,
    /// The contacts of the graph by id, those included who are not there.
    sorted: Vec<u32>,
    /// The person of each contact of the graph.
    person_of: Vec<u32>,
    /// The manager of each person, or nobody; see `org`.
    pub(super) managers: Vec<u32>,
    /// Who would report in a circle if all reporting lines of persons counted, with the manager that was left out.
    pub(super) cut: Vec<(u32, u32)>,
    pub(super) lines: Lines,
    /// Ties of influence alone.
    pub(super) influence: Lines,
    /// Whom no path goes through.
    pub(super) blocked: Vec<bool>,
    /// Our own people, by number.
    pub(super) own_staff: Vec<u32>,
}

impl Network {
    /// The people and lines of a day. Of the policy it takes the section `network` and whose e-mail domains are our own.
    pub fn new(graph: &AccountGraph, policy: &Policy, day: Day) -> Self {
        Self::people_of(graph, policy, day).with_lines(graph, Vec::new())
    }

    /// The same with the ties that follow from interactions by the policy's rule (see [`StrengthRule`](crate::StrengthRule)), and what became of the
    /// interactions. All contacts of a person are that person: what goes to one address and comes from another is mutual.
    ///
    /// What [`Network::new`] costs, and O(interactions · log people).
    ///
    /// # Errors
    /// [`NetworkError::UnknownContact`].
    pub fn with_interactions(
        graph: &AccountGraph,
        policy: &Policy,
        day: Day,
        interactions: &[Interaction],
    ) -> Result<(Self, InteractionCounts), NetworkError> {
        let this = Self::people_of(graph, policy, day);
        let mut sums = Sums::new(&this.rule.strength, day);
        for one in interactions {
            let (from, to) = (this.known(&one.from)?, this.known(&one.to)?);
            sums.add(from, to, one);
        }
        let (strengths, counts) = sums.finish();
        let arcs = strengths.into_iter().flat_map(|(one, other, quality)| {
            let arc = move |from, to| Arc { from, to, quality, sort: HopKind::Knows as u8 };
            [arc(one, other), arc(other, one)]
        });
        let arcs = arcs.collect();
        Ok((this.with_lines(graph, arcs), counts))
    }

    /// Everybody who is there.
    fn people_of(graph: &AccountGraph, policy: &Policy, day: Day) -> Self {
        let names = graph.contact_names().clone();
        let sorted = graph.sorted_contacts();
        let (contacts, person_of) = people(graph, &sorted, day, names.len());
        let mut this = Self {
            day,
            rule: policy.document().network.clone(),
            names,
            blocked: alloc::vec![false; contacts.len()],
            own_staff: Vec::new(),
            contacts,
            sorted,
            person_of,
            managers: Vec::new(),
            cut: Vec::new(),
            lines: Lines::default(),
            influence: Lines::default(),
        };
        this.add_facts(graph, policy);
        this
    }

    /// The lines of the graph and further ones.
    fn with_lines(mut self, graph: &AccountGraph, further: Vec<Arc>) -> Self {
        let reporting = self.sorted.iter().filter_map(|contact| {
            let manager = graph.manager(*contact)?;
            Some((self.person(*contact)?, self.person(manager)?))
        });
        (self.managers, self.cut) = managers(self.contacts.len(), reporting);
        let arcs = self.arcs(graph, further);
        let influence = arcs.iter().filter(|arc| arc.sort == HopKind::Influences as u8).copied().collect();
        self.influence = Lines::new(self.contacts.len(), influence);
        self.lines = Lines::new(self.contacts.len(), arcs);
        self
    }

    /// By which rule of the policy it was made and is asked.
    pub const fn rule(&self) -> &NetworkRule {
        &self.rule
    }

    /// The day.
    pub const fn day(&self) -> Day {
        self.day
    }

    /// How many people there are.
    pub fn people_count(&self) -> usize {
        self.contacts.len()
    }

    /// How many lines lead from one of them to another, each way counted.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The contact id that the person of a contact id is called by; `None` when they are not there. Two contacts are one person when it is the same. O(log people).
    pub fn called(&self, contact: &str) -> Option<&str> {
        self.number_of(contact).map(|person| self.id(person))
    }

    /// Our own people who can introduce us, by id.
    pub fn own_staff(&self) -> impl ExactSizeIterator<Item = &str> {
        self.own_staff.iter().map(|person| self.id(*person))
    }

    fn add_facts(&mut self, graph: &AccountGraph, policy: &Policy) {
        let domains = &policy.compiled().domains;
        for contact in graph.live_contacts() {
            let Some(person) = self.person(contact) else { continue };
            let row = graph.contact_row(contact);
            self.blocked[person as usize] |= row.stance == Stance::Opponent;
            let by_domain = || (!domains.is_empty()).then(|| row.email_domain()).flatten().and_then(|domain| domains.of(&domain));
            if row.relationship.or_else(by_domain) == Some(Relationship::OwnStaff) {
                self.own_staff.push(person);
            }
        }
        // Whoever is against us introduces nobody.
        let blocked = &self.blocked;
        self.own_staff.retain(|person| !blocked[*person as usize]);
        self.own_staff.sort_unstable();
        self.own_staff.dedup();
    }

    fn arcs(&self, graph: &AccountGraph, further: Vec<Arc>) -> Vec<Arc> {
        let mut arcs = further;
        for contact in graph.live_contacts() {
            let Some(from) = self.person(contact) else { continue };
            if let Some(to) = graph.manager(contact).and_then(|manager| self.person(manager)) {
                let quality = self.rule.reports_to;
                arcs.push(Arc { from, to, quality, sort: HopKind::ReportsTo as u8 });
                arcs.push(Arc { from: to, to: from, quality, sort: HopKind::Manages as u8 });
            }
            for (other, tie) in graph.ties_from(contact).filter(|(_, tie)| tie.known.on(self.day)) {
                let Some(to) = self.person(other) else { continue };
                let sort = HopKind::of_tie(tie.kind) as u8;
                arcs.push(Arc { from, to, quality: tie.strength, sort });
                if tie.kind != TieKind::Influences {
                    arcs.push(Arc { from: to, to: from, quality: tie.strength, sort });
                }
            }
        }
        arcs
    }

    /// The person of a contact of the graph, if they are there.
    pub(super) fn person(&self, contact: u32) -> Option<u32> {
        self.person_of.get(contact as usize).copied().filter(|person| *person != NOBODY)
    }

    /// The id that a person is called by.
    pub(super) fn id(&self, person: u32) -> &str {
        self.names.text(self.contacts[person as usize])
    }

    /// Whether any line leads from or to a person.
    pub(super) fn has_lines(&self, person: u32) -> bool {
        !self.lines.from(person).is_empty() || !self.lines.to(person).is_empty()
    }

    /// The contact of the graph of that id.
    fn contact_of(&self, id: &str) -> Option<u32> {
        self.sorted.binary_search_by(|contact| self.names.text(*contact).cmp(id)).ok().map(|at| self.sorted[at])
    }

    /// The person of a contact id, if they are there.
    pub(super) fn number_of(&self, id: &str) -> Option<u32> {
        self.contact_of(id).and_then(|contact| self.person(contact))
    }

    /// Who a contact of the graph is, if they are there.
    fn known(&self, contact: &ContactId) -> Result<Option<u32>, NetworkError> {
        self.contact_of(contact.as_str()).map(|contact| self.person(contact)).ok_or_else(|| self.unknown(contact.as_str()))
    }

    fn unknown(&self, id: &str) -> NetworkError {
        let suggestion = nearest(id, self.sorted.iter().take(SUGGESTIONS).map(|contact| self.names.text(*contact)));
        NetworkError::UnknownContact { id: excerpt(id), suggestion }
    }

    /// The person of a contact id.
    pub(super) fn find(&self, id: &str) -> Result<u32, NetworkError> {
        let contact = self.contact_of(id).ok_or_else(|| self.unknown(id))?;
        self.person(contact).ok_or_else(|| NetworkError::NotThere { id: id.to_string(), day: self.day })
    }

    /// The people of contact ids, by number, each once.
    pub(super) fn find_all(&self, ids: &[&str]) -> Result<Vec<u32>, NetworkError> {
        let mut people = ids.iter().map(|id| self.find(id)).collect::<Result<Vec<_>, _>>()?;
        people.sort_unstable();
        people.dedup();
        Ok(people)
    }

    pub(super) fn scratch(&self) -> Scratch {
        Scratch::new(self.contacts.len())
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Network");
        shown.field("day", &self.day).field("people", &self.people_count()).field("lines", &self.line_count()).finish_non_exhaustive()
    }
}

/// Everybody who is there: the least contact of each person, in the order of the ids, and the person of each contact.
fn people(graph: &AccountGraph, sorted: &[u32], day: Day, contacts: usize) -> (Vec<u32>, Vec<u32>) {
    let (mut least, mut person_of) = (Vec::new(), alloc::vec![NOBODY; contacts]);
    let mut met: BTreeMap<&str, u32> = BTreeMap::new();
    for contact in sorted.iter().copied() {
        let row = graph.contact_row(contact);
        if !row.active || !row.known.on(day) {
            continue;
        }
        // INVARIANT: the graph numbers contacts with 32 bits.
        let next = u32::try_from(least.len()).unwrap_or(NOBODY);
        let person = if graph.person_may_repeat(contact) { *met.entry(graph.person_text(contact)).or_insert(next) } else { next };
        if person == next {
            least.push(contact);
        }
        person_of[contact as usize] = person;
    }
    (least, person_of)
}
