//! What a verdict rests on beside the rules: marks, disqualifiers, hand-raises, and that somebody is there.

use super::citation::Cites;
use super::cite::Citer;
use crate::assess::{Route, State};

impl Citer<'_> {
    /// Adds what the verdict rests on to what the decisive questions of its rules rest on.
    pub(crate) fn verdict(&self, cites: &mut Cites) {
        let judgement = &self.assessed.judgement;
        cites.unknown.extend(judgement.facts_needed.iter().cloned());
        let raise = &self.bench.bound.policy.document().hand_raise;
        match (judgement.state, judgement.route) {
            (State::Excluded, _) => {
                cites.exclusion |= self.account.excluded.is_some();
                if self.assessed.view.fit.disqualified {
                    self.disqualifier(cites);
                }
            }
            (State::Qualified, Some(Route::HandRaise)) => {
                self.hand_raise(raise.tier, None, cites);
                self.intents(cites);
            }
            // A hand-raise that is cited for another reason must stay too low in fit to qualify.
            (State::NotYet | State::InsufficientData, _) if judgement.hand_raise.is_some() => self.fit(cites),
            _ => {}
        }
        if judgement.state == State::InsufficientData {
            self.somebody(cites);
        }
    }

    /// With nobody there, unknown is "not yet".
    fn somebody(&self, cites: &mut Cites) {
        if !self.members().iter().any(|one| cites.contacts.contains(&one.contact)) {
            cites.contacts.extend(self.members().first().map(|one| one.contact));
        }
    }
}
