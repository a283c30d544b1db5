//! Who had to do with whom: interactions of people who are there.

use quorate::{AccountGraph, AccountId, ContactId, EditError, Interaction, ProblemKind};

use super::super::findings::Flaw;
use super::super::sources::Sources;
use super::{Origin, Reading};
use crate::files::Table;
use crate::words::shown;

/// How often the id that was meant is looked for; a file whose every id is wrong gets its errors without suggestions.
const SUGGESTIONS: u32 = 100;

impl Reading<'_> {
    /// The interactions whose both people are in the graph; of the others it notes why they cannot be used.
    ///
    /// `rows` are the contacts that have a row, by id, be it usable or not: who stands there is not unknown.
    pub(super) fn usable_interactions(
        &mut self,
        graph: &AccountGraph,
        rows: &[(ContactId, Option<AccountId>)],
        sources: &Sources,
    ) -> Vec<Interaction> {
        let there: Vec<&str> = graph.contacts().collect();
        let mut suggestions = SUGGESTIONS;
        let mut usable = Vec::with_capacity(self.interactions.len());
        for (interaction, origin) in std::mem::take(&mut self.interactions) {
            let ends = [("from_id", &interaction.from), ("to_id", &interaction.to)];
            let missing: Vec<_> = ends.into_iter().filter(|(_, id)| there.binary_search(&id.as_str()).is_err()).collect();
            for (column, id) in &missing {
                let problem = self.absent(id, rows, &there, &mut suggestions);
                self.note_absent(origin, column, &problem, sources);
            }
            if missing.is_empty() && !self.bad.has(origin) {
                usable.push(interaction);
            }
        }
        usable
    }

    /// Why somebody is not in the graph: the row could not be used, or there is none.
    fn absent(&self, id: &ContactId, rows: &[(ContactId, Option<AccountId>)], there: &[&str], suggestions: &mut u32) -> ProblemKind {
        let has_row = rows.binary_search_by(|(one, _)| one.cmp(id)).is_ok();
        let (what, id) = ("contact", id.to_string());
        if has_row || self.lost.contains(&(what, id.clone())) {
            return ProblemKind::Edit(EditError::Unusable { what, id });
        }
        let looked_for = suggestions.checked_sub(1);
        *suggestions = looked_for.unwrap_or(0);
        let suggestion = looked_for.and_then(|_| quorate::nearest_name(&id, there.iter().copied()));
        ProblemKind::Edit(EditError::Unknown { what, id: if self.homeless.contains(&id) { id } else { shown(&id) }, suggestion })
    }

    fn note_absent(&mut self, origin: Origin, column: &str, problem: &ProblemKind, sources: &Sources) {
        if !self.goes_on && matches!(problem, ProblemKind::Edit(EditError::Unusable { .. })) {
            return;
        }
        let (code, message) = self.said(problem);
        let shown = sources.plan(Table::Interactions, origin.source).map_or_else(|| column.into(), |plan| plan.shown(column));
        self.bad.add_unless_flawed(origin, Flaw::of_cell(shown, code, message));
    }
}
