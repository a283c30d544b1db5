//! One group assessed: members, figures, seats, fit, verdict, stage and gaps in their order, and their results put together.

use alloc::vec::Vec;

use super::bind::{BoundPolicy, Heard, Instead, Subjects};
use super::coverage::{Seats, seats};
use super::figures::Figures;
use super::fit::{FitFigures, Intents, fit};
use super::gaps::{GapFacts, gaps};
use super::ids::{ContactIds, Named};
use super::intake::{Intake, SignalState};
use super::member::MemberAssessment;
use super::members::{GroupRef, MemberRow, Remark, Roll, outside, roll, roll_into, template};
use super::people::people;
use super::profile::Profile;
use super::reason::{Clause, Reason};
use super::result::{Coverage, GroupAssessment, RoleCoverage, SeatOf};
use super::rule::{Answer, Facts};
use super::score::{Lens, Scratch, Solution, set_aside};
use super::sink::Sink;
use super::stage::{SalesHistory, stage};
use super::states::StateCounter;
use super::verdict::{Judgement, Route, State, Verdict, judge, newest_hand_raise};
use super::view::View;
use super::warning::Warning;
use crate::day::Day;
use crate::exact::Points;
use crate::graph::AccountGraph;
use crate::id::{ContactId, RoleName, SolutionName};
use crate::policy::{Compiled, CompiledRule, CompiledTemplate, Criterion, Measure, RoleSet};
use crate::tally::Entry;

/// What a group is assessed with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bench<'a> {
    pub(crate) graph: &'a AccountGraph,
    pub(crate) subjects: &'a Subjects<'a>,
    pub(crate) bound: &'a BoundPolicy<'a>,
    pub(crate) group: GroupRef,
    pub(crate) day: Day,
    pub(crate) otherwise: Otherwise<'a>,
}

/// What is supposed to be otherwise than graph and tally have it, where somebody asks "what if"; nothing by default.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Otherwise<'a> {
    /// Contacts who do not oppose, ascending.
    pub(crate) reconciled: &'a [u32],
    /// Contacts who are no members, ascending.
    pub(crate) gone: &'a [u32],
    /// Other signals.
    pub(crate) heard: &'a [Instead],
    /// Other facts of the account.
    pub(crate) profile: Option<&'a Profile<'a>>,
}

impl Otherwise<'_> {
    pub(crate) fn change(&self, roll: &mut Roll) {
        if !self.gone.is_empty() {
            roll.members.retain(|member| !member.contacts().any(|contact| self.gone.binary_search(&contact).is_ok()));
        }
        if !self.reconciled.is_empty() {
            let reconciled = |member: &MemberRow| member.contacts().any(|contact| self.reconciled.binary_search(&contact).is_ok());
            roll.members.iter_mut().filter(|member| reconciled(member)).for_each(|member| member.opponent = false);
        }
    }
}

impl<'a> Bench<'a> {
    pub(crate) fn policy(&self) -> &'a Compiled {
        self.bound.policy.compiled()
    }

    fn solution(&self) -> Option<&'a SolutionName> {
        self.group.group.and_then(|number| self.graph.group_row(number).solution.as_ref())
    }

    pub(crate) fn template(&self) -> (&'a CompiledTemplate, bool) {
        let policy = self.policy();
        let named = self.group.group.and_then(|number| self.graph.group_row(number).template.as_ref());
        let missing = named.is_some_and(|name| policy.template_number(name.as_str()).is_none());
        (&policy.templates[self.template_number()], missing)
    }

    /// The number of the group's template.
    pub(crate) fn template_number(&self) -> usize {
        template(self.graph, self.bound, self.group)
    }

    pub(crate) fn lens(&self, day: Day, after: Option<Day>) -> Lens<'a> {
        let tally = self.subjects.tally();
        let named = |name: &SolutionName| tally.solution_roster().find(name.as_str()).and_then(|number| u16::try_from(number).ok());
        let solution = self.solution().map_or(Solution::Every, |name| Solution::Only(named(name)));
        Lens { after, ..Lens::new(self.policy(), &self.bound.kinds, solution, day) }
    }

    pub(crate) fn roll(&self, day: Day, only_members: bool) -> Roll {
        let mut roll = roll(self.graph, self.bound, self.group, day, only_members);
        self.otherwise.change(&mut roll);
        roll
    }

    /// The same in the room of another roll, on the bench's own day.
    pub(crate) fn roll_into(&self, room: Roll, only_members: bool) -> Roll {
        let mut roll = roll_into(room, self.graph, self.bound, self.group, self.day, only_members);
        self.otherwise.change(&mut roll);
        roll
    }

    /// Looks at the group: figures, seats, readiness, momentum and fit.
    pub(crate) fn view<S: Sink>(&self, roll: &Roll, after: Option<Day>, scratch: &mut Scratch, sink: &mut S) -> View {
        let members = &roll.members;
        let lens = self.lens_of(roll, after);
        let mut figures = Figures::unread(scratch);
        figures.read(&lens, &self.heard(), self.group.account, members, scratch, sink);
        let (template, _) = self.template();
        let before = figures.then.unwrap_or_else(|| self.points_before(roll, after, scratch));
        let fit = self.fit(members, after, &self.profile());
        View::of(self.policy(), template, figures, before, fit)
    }

    /// How well the account suits us, of which that is known.
    pub(crate) fn fit(&self, members: &[MemberRow], after: Option<Day>, account: &Profile<'_>) -> FitFigures {
        let intents = Recent { bench: self, members, after };
        fit(&self.bound.policy.document().fit, self.policy(), account, &intents)
    }

    /// How the group is looked at: also on the day that momentum compares with, if the same were members then.
    pub(crate) fn lens_of(&self, roll: &Roll, after: Option<Day>) -> Lens<'a> {
        Lens { then: roll.timeless && self.before().is_some(), ..self.lens(self.day, after) }
    }

    /// The day that momentum compares with; nothing can have happened before the first day.
    fn before(&self) -> Option<Day> {
        self.day.checked_minus_days(self.policy().momentum_days)
    }

    /// The group's points on the day that momentum compares with, from those who were members then.
    pub(crate) fn points_before(&self, roll: &Roll, after: Option<Day>, scratch: &mut Scratch) -> Points {
        let Some(before) = self.before() else { return Points::ZERO };
        let lens = self.lens(before, after);
        let then = (!roll.timeless).then(|| self.roll(before, true));
        let members = &then.as_ref().unwrap_or(roll).members;
        let mut figures = Figures::unread(scratch);
        figures.read(&lens, &self.heard(), self.group.account, members, scratch, &mut ());
        scratch.give_members_back(figures.members);
        figures.points
    }

    /// What is known of the account.
    pub(crate) fn profile(&self) -> Profile<'a> {
        self.otherwise.profile.cloned().unwrap_or_else(|| Profile::of(self.graph.account_row(self.group.account).facts()))
    }

    /// The signals, as they are or as somebody supposes.
    pub(crate) fn heard(&self) -> Heard<'a> {
        self.subjects.but(self.otherwise.heard)
    }
}

/// The signals that fit may ask about.
pub(crate) struct Recent<'a> {
    pub(crate) bench: &'a Bench<'a>,
    pub(crate) members: &'a [MemberRow],
    /// Only signals of later days, when given.
    pub(crate) after: Option<Day>,
}

impl Intents for Recent<'_> {
    fn newest_of_kind(&self, kind: &str) -> Option<Day> {
        let number = self.bench.policy().kind_number(kind)?;
        let lens = self.bench.lens(self.bench.day, self.after);
        let allies = self.members.iter().filter(|member| !member.opponent);
        let contacts = allies.flat_map(MemberRow::contacts);
        let heard = self.bench.heard();
        let of_people = contacts.flat_map(|contact| heard.of_contact(contact));
        let all = of_people.chain(heard.of_account(self.bench.group.account));
        all.filter(|entry| lens.kinds[usize::from(entry.kind())].number() == Some(number) && lens.uses(*entry)).map(Entry::day).max()
    }

    fn day(&self) -> Day {
        self.bench.day
    }
}

/// The states of an account's signals as if nobody belonged to any group: what groups of one account share.
pub(crate) fn outsiders(bench: &Bench<'_>) -> Intake {
    let mut states = StateCounter::default();
    hear_as_outsiders(bench, &mut states);
    states.intake()
}

/// Tells the same, contact by contact. Unnamed visitors are no outsiders.
pub(crate) fn hear_as_outsiders<S: Sink>(bench: &Bench<'_>, sink: &mut S) {
    let lens = bench.lens(bench.day, None);
    for contact in &bench.graph.account_row(bench.group.account).contacts {
        sink.person(Some(*contact));
        set_aside(&lens, bench.subjects.of_contact(*contact), outside(bench.graph, bench.bound, *contact), sink);
    }
}

/// A group assessed, with what it was found from.
#[derive(Debug)]
pub(crate) struct Assessed {
    pub(crate) roll: Roll,
    pub(crate) view: View,
    pub(crate) judgement: Judgement,
    pub(crate) assessment: GroupAssessment,
}

/// Assesses one group. O(entries of the account's contacts), a few times over; with what the account's groups share, `outsiders`, only
/// O(entries of the members) where rows name them.
pub(crate) fn assess_group(bench: &Bench<'_>, outsiders: Option<&Intake>, scratch: &mut Scratch) -> GroupAssessment {
    let assessed = assess_group_heard(bench, outsiders, scratch, &mut ());
    scratch.give_members_back(assessed.view.figures.members);
    assessed.assessment
}

/// The same, with everything that led to it, and with a reader that hears the way there. The reader hears of those who are no members only
/// when `outsiders` is not given.
pub(crate) fn assess_group_heard<S: Sink>(
    bench: &Bench<'_>,
    outsiders: Option<&Intake>,
    scratch: &mut Scratch,
    reader: &mut S,
) -> Assessed {
    let roll = bench.roll(bench.day, outsiders.is_some());
    let mut states = StateCounter::default();
    let view = bench.view(&roll, None, scratch, &mut (&mut states, &mut *reader));
    let intake = bench.hear_outsiders(&roll, outsiders, states, reader);
    let profile = bench.profile();
    let facts = view.facts(bench.policy(), bench.day, &profile);
    let judgement = judge(bench.bound.policy, &facts);
    let stage = bench.stage(&roll, &facts, judgement.state, scratch);
    let assessment = bench.assemble(&roll, &view, &judgement, stage, intake);
    Assessed { roll, view, judgement, assessment }
}

/// The judgement alone, for who asks how it came about.
pub(crate) fn judge_group(bench: &Bench<'_>, scratch: &mut Scratch) -> Judgement {
    let roll = bench.roll(bench.day, true);
    let view = bench.view(&roll, None, scratch, &mut ());
    judge(bench.bound.policy, &view.facts(bench.policy(), bench.day, &bench.profile()))
}

impl Bench<'_> {
    /// The states of those who are members, with those of the others: one by one, or as everybody's less the members'.
    pub(crate) fn hear_outsiders<S: Sink>(
        &self,
        roll: &Roll,
        everybody: Option<&Intake>,
        mut states: StateCounter,
        reader: &mut S,
    ) -> Intake {
        let lens = self.lens(self.day, None);
        let Some(everybody) = everybody else {
            let mut sink = (&mut states, reader);
            for (contact, state) in &roll.others {
                sink.person(Some(*contact));
                set_aside(&lens, self.subjects.of_contact(*contact), *state, &mut sink);
            }
            return states.intake();
        };
        let mut members = StateCounter::default();
        for contact in roll.members.iter().flat_map(MemberRow::contacts) {
            set_aside(&lens, self.subjects.of_contact(contact), SignalState::NotAMember, &mut members);
        }
        let mut intake = states.intake();
        intake.add_difference(everybody, &members.intake());
        intake
    }
}

impl Bench<'_> {
    pub(crate) fn stage(&self, roll: &Roll, facts: &Facts<'_>, state: State, scratch: &mut Scratch) -> super::stage::Stage {
        let account = self.graph.account_row(self.group.account);
        let row = self.group.group.map(|number| self.graph.group_row(number));
        let sales = SalesHistory::new(account, row, self.group.group, self.day);
        stage(self.bound.policy, facts, state, &sales, |after| {
            let view = self.view(roll, Some(after), scratch, &mut ());
            judge(self.bound.policy, &view.facts(self.policy(), self.day, &self.profile())).state
        })
    }

    fn assemble(&self, roll: &Roll, view: &View, judgement: &Judgement, stage: super::stage::Stage, intake: Intake) -> GroupAssessment {
        let policy = self.bound.policy;
        let (template, missing_template) = self.template();
        let shown = seats(template, &view.figures, true);
        let people = people(&view.figures, &view.crowd, &policy.document().group.threads);
        let names = self.graph.contact_names();
        let gap_facts = GapFacts {
            policy: policy.compiled(),
            template,
            figures: &view.figures,
            seats: &shown,
            threads: people.threads,
            crowd: &view.crowd,
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
            gaps: gaps(&gap_facts, names),
            people,
            fit: view.fit.shown.clone(),
            momentum: view.momentum.clone(),
            intake,
            newest_hand_raise: newest_hand_raise(&policy.document().hand_raise, &view.crowd),
            hand_raise_holds: judgement.hand_raise_holds(),
            newest_positive: view.crowd.positive.day(),
            warnings: self.warnings(roll, missing_template),
            exit: policy.compiled().exit,
            has_engaged_points: view.figures.points.0 >= policy.compiled().stage_engaged,
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
            reasons.extend(account.facts().excluded.as_ref().map(|reason| Reason::AccountExcluded { reason: reason.clone() }));
            let disqualifiers = &self.bound.policy.document().fit.disqualifiers;
            let by: Vec<Criterion> = view.fit.disqualifying.iter().map(|place| disqualifiers[*place].clone()).collect();
            reasons.extend(view.fit.disqualified.then_some(Reason::Disqualified { by }));
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
            Remark::ListedButNoMember { contact: of } => {
                let is = |one: u32| self.graph.person_text(one) == self.graph.person_text(of);
                let member = roll.members.iter().find(|member| member.contacts().any(is));
                Some(Warning::ListedButNoMember { contact: contact(of)?, member: member.and_then(|member| contact(member.contact)) })
            }
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
