//! One group assessed: members, figures, seats, fit, verdict, stage and gaps in their order, and their results put together.

use alloc::vec::Vec;

use super::bind::{BoundPolicy, Subjects};
use super::coverage::{Readiness, Seats, readiness, seats};
use super::figures::Figures;
use super::fit::{FitFigures, Intents, fit};
use super::gaps::{GapFacts, gaps};
use super::ids::{ContactIds, Named};
use super::intake::{Intake, SignalState};
use super::member::MemberAssessment;
use super::members::{GroupRef, MemberRow, Remark, Roll, outside, roll};
use super::momentum::{Momentum, momentum};
use super::people::{Spread, people};
use super::reason::{Clause, Reason};
use super::result::{Coverage, GroupAssessment, RoleCoverage, SeatOf};
use super::rule::{Answer, Facts};
use super::score::{Lens, Scratch, Sink, Solution, set_aside};
use super::stage::{SalesHistory, stage};
use super::verdict::{Judgement, Route, State, Verdict, judge, newest_hand_raise};
use super::warning::Warning;
use crate::day::Day;
use crate::exact::Points;
use crate::graph::AccountGraph;
use crate::id::{ContactId, RoleName, SolutionName};
use crate::policy::{Compiled, CompiledRule, CompiledTemplate, Measure, RoleSet};

/// What a group is assessed with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bench<'a> {
    pub(crate) graph: &'a AccountGraph,
    pub(crate) subjects: &'a Subjects<'a>,
    pub(crate) bound: &'a BoundPolicy<'a>,
    pub(crate) group: GroupRef,
    pub(crate) day: Day,
}

/// A group looked at on a day, from all signals or only those after a day.
#[derive(Debug)]
struct View {
    figures: Figures,
    /// Opponents left out.
    seats: Seats,
    readiness: Readiness,
    momentum: Momentum,
    fit: FitFigures,
}

impl<'a> Bench<'a> {
    fn policy(&self) -> &'a Compiled {
        self.bound.policy.compiled()
    }

    fn solution(&self) -> Option<&'a SolutionName> {
        self.group.group.and_then(|number| self.graph.group_row(number).solution.as_ref())
    }

    fn template(&self) -> (&'a CompiledTemplate, bool) {
        let policy = self.policy();
        let named = self.group.group.and_then(|number| self.graph.group_row(number).template.as_ref());
        let found = named.map(|name| policy.template_number(name.as_str()));
        let number = found.flatten().unwrap_or(policy.default_template);
        (&policy.templates[number], found == Some(None))
    }

    pub(super) fn lens(&self, day: Day, after: Option<Day>) -> Lens<'a> {
        let tally = self.subjects.tally();
        let named = |name: &SolutionName| tally.solution_roster().find(name.as_str()).and_then(|number| u16::try_from(number).ok());
        let solution = self.solution().map_or(Solution::Every, |name| Solution::Only(named(name)));
        Lens { policy: self.policy(), kinds: &self.bound.kinds, solution, day, until: day, after }
    }

    pub(super) fn roll(&self, day: Day, only_members: bool) -> Roll {
        roll(self.graph, self.bound, self.group, day, only_members)
    }

    /// Looks at the group: figures, seats, readiness, momentum and fit.
    fn view<S: Sink>(&self, roll: &Roll, after: Option<Day>, scratch: &mut Scratch, sink: &mut S) -> View {
        let members = &roll.members;
        let lens = self.lens(self.day, after);
        let account = self.group.account;
        let figures = Figures::of(&lens, self.subjects, account, members, scratch, sink);
        let (template, _) = self.template();
        let momentum = momentum(self.policy(), figures.points, self.points_before(roll, after, scratch));
        let intents = Recent { bench: self, members, lens: &lens };
        let fit = fit(&self.bound.policy.document().fit, self.policy(), self.graph.account_row(account), &intents);
        View { seats: seats(template, &figures, false), readiness: readiness(self.policy(), template, &figures), momentum, fit, figures }
    }

    /// The group's points on the day that momentum compares with, from those who were members then.
    fn points_before(&self, roll: &Roll, after: Option<Day>, scratch: &mut Scratch) -> Points {
        // Nothing can have happened before the first day.
        let Some(before) = self.day.checked_minus_days(self.policy().momentum_days) else { return Points::ZERO };
        let lens = self.lens(before, after);
        let then = (!roll.timeless).then(|| self.roll(before, true));
        let members = &then.as_ref().unwrap_or(roll).members;
        Figures::of(&lens, self.subjects, self.group.account, members, scratch, &mut ()).points
    }

    fn facts<'v>(&'v self, view: &'v View) -> Facts<'v> {
        Facts {
            policy: self.policy(),
            day: self.day,
            account: self.graph.account_row(self.group.account),
            figures: &view.figures,
            seats: &view.seats,
            readiness: view.readiness.value,
            momentum: &view.momentum,
            fit: &view.fit,
        }
    }
}

/// The signals that fit may ask about.
struct Recent<'a> {
    bench: &'a Bench<'a>,
    members: &'a [MemberRow],
    lens: &'a Lens<'a>,
}

impl Intents for Recent<'_> {
    fn newest_of_kind(&self, kind: &str) -> Option<Day> {
        let number = self.bench.policy().kind_number(kind)?;
        let allies = self.members.iter().filter(|member| !member.opponent);
        let contacts = allies.flat_map(MemberRow::contacts);
        let of_people = contacts.flat_map(|contact| self.bench.subjects.of_contact(contact));
        let all = of_people.chain(self.bench.subjects.of_account(self.bench.group.account));
        all.filter(|entry| self.lens.kinds[usize::from(entry.kind())] == Some(number) && self.lens.uses(**entry))
            .map(|entry| entry.day())
            .max()
    }

    fn day(&self) -> Day {
        self.lens.day
    }
}

/// The states of an account's signals as if nobody belonged to any group: what groups of one account share.
pub(crate) fn outsiders(bench: &Bench<'_>) -> Intake {
    let lens = bench.lens(bench.day, None);
    let mut intake = Intake::default();
    for contact in &bench.graph.account_row(bench.group.account).contacts {
        set_aside(&lens, bench.subjects.of_contact(*contact), outside(bench.graph, bench.bound, *contact), &mut intake);
    }
    intake
}

/// Assesses one group. O(entries of the account's contacts), a few times over; with what the account's groups share, `outsiders`, only
/// O(entries of the members) where rows name them.
pub(crate) fn assess_group(bench: &Bench<'_>, outsiders: Option<&Intake>, scratch: &mut Scratch) -> GroupAssessment {
    let roll = bench.roll(bench.day, outsiders.is_some());
    let mut intake = Intake::default();
    let view = bench.view(&roll, None, scratch, &mut intake);
    bench.hear_outsiders(&roll, outsiders, &mut intake);
    let facts = bench.facts(&view);
    let judgement = judge(bench.bound.policy, &facts);
    let stage = bench.stage(&roll, &facts, judgement.state, scratch);
    bench.assemble(&roll, &view, &judgement, stage, intake)
}

/// The judgement alone, for who asks how it came about.
pub(crate) fn judge_group(bench: &Bench<'_>, scratch: &mut Scratch) -> Judgement {
    let roll = bench.roll(bench.day, true);
    let view = bench.view(&roll, None, scratch, &mut ());
    judge(bench.bound.policy, &bench.facts(&view))
}

impl Bench<'_> {
    /// Adds the states of those who are no members: one by one, or as everybody's less the members'.
    fn hear_outsiders(&self, roll: &Roll, everybody: Option<&Intake>, intake: &mut Intake) {
        let lens = self.lens(self.day, None);
        let Some(everybody) = everybody else {
            for (contact, state) in &roll.others {
                intake.person(Some(*contact));
                set_aside(&lens, self.subjects.of_contact(*contact), *state, intake);
            }
            return;
        };
        let mut members = Intake::default();
        for contact in roll.members.iter().flat_map(MemberRow::contacts) {
            set_aside(&lens, self.subjects.of_contact(contact), SignalState::NotAMember, &mut members);
        }
        intake.add_difference(everybody, &members);
    }
}

impl Bench<'_> {
    fn stage(&self, roll: &Roll, facts: &Facts<'_>, state: State, scratch: &mut Scratch) -> super::stage::Stage {
        let account = self.graph.account_row(self.group.account);
        let row = self.group.group.map(|number| self.graph.group_row(number));
        let sales = SalesHistory::new(account, row, self.group.group, self.day);
        stage(self.bound.policy, facts, state, &sales, |after| {
            let view = self.view(roll, Some(after), scratch, &mut ());
            judge(self.bound.policy, &self.facts(&view)).state
        })
    }

    fn assemble(&self, roll: &Roll, view: &View, judgement: &Judgement, stage: super::stage::Stage, intake: Intake) -> GroupAssessment {
        let policy = self.bound.policy;
        let (template, missing_template) = self.template();
        let shown = seats(template, &view.figures, true);
        let spread = Spread::of(&view.figures);
        let people = people(&view.figures, &spread, &policy.document().group.threads);
        let names = self.graph.contact_names();
        let gap_facts = GapFacts {
            policy: policy.compiled(),
            template,
            figures: &view.figures,
            seats: &shown,
            people: &people,
            spread: &spread,
            names,
        };
        GroupAssessment {
            account: Named { names: self.graph.account_names().clone(), number: self.group.account },
            group: self.group_name(),
            solution: self.solution().cloned(),
            template: template.name.clone(),
            as_of: self.day,
            policy: policy.label().clone(),
            verdict: self.verdict(judgement, view),
            stage,
            points: view.figures.points,
            readiness: view.readiness.value,
            coverage: self.coverage(template, &shown, view),
            members: view.figures.members.iter().map(|one| MemberAssessment::new(one, policy.compiled(), names)).collect(),
            gaps: gaps(&gap_facts),
            people,
            fit: view.fit.shown.clone(),
            momentum: view.momentum.clone(),
            intake,
            newest_hand_raise: newest_hand_raise(&policy.document().hand_raise, &self.facts(view)),
            newest_positive: view.figures.newest_positive(),
            warnings: self.warnings(roll, missing_template),
        }
    }

    fn group_name(&self) -> Named {
        match self.group.group.filter(|_| !self.group.default) {
            Some(number) => Named { names: self.graph.group_names().clone(), number },
            None => Named { names: self.graph.account_names().clone(), number: self.group.account },
        }
    }

    fn coverage(&self, template: &CompiledTemplate, shown: &Seats, view: &View) -> Coverage {
        let names = self.graph.contact_names();
        let role = |(at, seat): (usize, &crate::policy::CompiledSeat)| {
            let (role, count) = (&self.policy().roles[usize::from(seat.role)], shown.counts[at]);
            let holders = view.figures.members.iter().filter(|one| one.roles.meets(RoleSet::of(seat.role)));
            let share = |share: &super::coverage::SeatShare| SeatOf {
                contact: Named { names: names.clone(), number: view.figures.members[share.member].contact },
                share: share.share,
            };
            RoleCoverage {
                role: role.name.clone(),
                decides: role.decides,
                required: seat.count,
                filled: count.percent(Measure::Filled),
                engaged: count.percent(Measure::Engaged),
                current: count.percent(Measure::Current),
                contacts: ContactIds::new(names.clone(), holders.map(|one| one.contact).collect()),
                seats: view.readiness.shares[at].iter().map(share).collect(),
            }
        };
        Coverage {
            filled: shown.percent(Measure::Filled),
            engaged: shown.percent(Measure::Engaged),
            current: shown.percent(Measure::Current),
            possible: shown.percent(Measure::Possible),
            roles: template.seats.iter().enumerate().map(role).collect(),
        }
    }

    fn verdict(&self, judgement: &Judgement, view: &View) -> Verdict {
        let compiled = self.policy();
        let mut reasons = Vec::new();
        let account = self.graph.account_row(self.group.account);
        if judgement.state == State::Excluded {
            reasons.extend(account.excluded.as_ref().map(|reason| Reason::AccountExcluded { reason: reason.clone() }));
            reasons.extend(view.fit.disqualified.then_some(Reason::Disqualified));
            if judgement.excluded_by_rule {
                reasons.push(Reason::ExclusionRule);
                reasons.extend(clauses(&compiled.exclusion, &judgement.exclusion));
            }
        }
        if view.figures.members.is_empty() {
            reasons.push(Reason::NoMembers);
        }
        match judgement.hand_raise {
            Some(day) if judgement.route == Some(Route::HandRaise) => reasons.push(Reason::HandRaise { day }),
            Some(day) if judgement.below_floor && judgement.state < State::Qualified => reasons.push(Reason::HandRaiseBelowFit { day }),
            _ => {}
        }
        reasons.extend(judgement.facts_needed.iter().map(|fact| Reason::FactNeeded { fact: fact.clone() }));
        reasons.extend(clauses(&compiled.qualification, &judgement.rule));
        Verdict { state: judgement.state, route: judgement.route, reasons }
    }

    fn warnings(&self, roll: &Roll, missing_template: bool) -> Vec<Warning> {
        let contact = |number: u32| ContactId::new(self.graph.contact_names().text(number)).ok();
        let name_of = |number: u16| RoleName::new(self.graph.role_roster().text(number.into())).ok();
        let warning = |remark: &Remark| match *remark {
            Remark::ListedButNoMember { contact: of } => Some(Warning::ListedButNoMember { contact: contact(of)? }),
            Remark::RoleNotInPolicy { contact: of, role: named } => {
                Some(Warning::RoleNotInPolicy { contact: contact(of)?, role: name_of(named)? })
            }
        };
        let mut warnings: Vec<Warning> = roll.remarks.iter().filter_map(warning).collect();
        warnings.extend(missing_template.then_some(Warning::TemplateNotInPolicy));
        warnings.sort_unstable();
        warnings.dedup();
        warnings
    }
}

fn clauses(rule: &CompiledRule, answers: &[Answer]) -> impl Iterator<Item = Reason> {
    answers.iter().map(|one| {
        Reason::Clause(Clause { questions: rule.questions.clone(), number: one.number, answer: one.truth, value: one.value.clone() })
    })
}
