//! How results are put into words: one trait, with English as its default, and nothing else in the crate makes sentences about results.

mod back_test;
mod causes;
mod changes;
mod explain;
mod findings;
mod identities;
mod matching;
mod moves;
mod network;
mod results;

use core::fmt;

use crate::assess::{Clause, ContactIds, Fact, Gap, Reason, UnknownFact, Warning};
use crate::back_test::{BackTestWarning, ContenderResult};
use crate::compare::{Cause, Difference, GroupChange};
use crate::exact::{Percent, Points};
use crate::explain::{Change, ChangeSet, Identity, Loss, NextPerson, RuleNode};
use crate::matching::{MatchFact, MatchHow, MatchNote, MatchWhy};
use crate::network::{CommonManager, Missed, WarmPath};
use crate::policy::{Finding, Predicate};
use crate::standing::{Move, MoveReason};

/// How results are put into words. Every method has a default in English, so that another language, or another way to call people, replaces
/// only what it needs.
///
/// All that a sentence is made of is public on the result, so that an own wording can say anything that the English one can.
///
/// ```
/// use core::fmt;
/// use quorate::{Account, AccountGraph, Policy, SignalTally, Wording, assess};
///
/// /// English, with roles as people say them.
/// struct Spoken;
/// impl Wording for Spoken {
///     fn role(&self, f: &mut fmt::Formatter<'_>, role: &str) -> fmt::Result {
///         f.write_str(&role.replace('_', " "))
///     }
/// }
///
/// let mut graph = AccountGraph::new();
/// graph.add_account(Account::new("acme")?)?;
/// let assessment = assess(&graph, &SignalTally::new(), &Policy::default(), "2025-05-05".parse()?);
/// let gap = &assessment.accounts[0].best().gaps[0];
/// assert_eq!(gap.to_string(), "nobody holds the role economic_buyer");
/// assert_eq!(Spoken.say(gap).to_string(), "nobody holds the role economic buyer");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Wording {
    /// A person, by contact id.
    ///
    /// # Errors
    /// Those of the formatter, as for every method here.
    fn person(&self, f: &mut fmt::Formatter<'_>, contact: &str) -> fmt::Result {
        f.write_str(contact)
    }

    /// A role, by its name in the policy.
    ///
    /// # Errors
    /// Those of the formatter.
    fn role(&self, f: &mut fmt::Formatter<'_>, role: &str) -> fmt::Result {
        f.write_str(role)
    }

    /// A kind of signal or a channel, by its name in the policy.
    ///
    /// # Errors
    /// Those of the formatter.
    fn term(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        f.write_str(name)
    }

    /// Points that somebody or a group has; exact by default.
    ///
    /// # Errors
    /// Those of the formatter.
    fn points(&self, f: &mut fmt::Formatter<'_>, points: Points) -> fmt::Result {
        fmt::Display::fmt(&points, f)
    }

    /// Points that are needed; exact by default. A wording that rounds them should round up.
    ///
    /// # Errors
    /// Those of the formatter.
    fn points_needed(&self, f: &mut fmt::Formatter<'_>, points: Points) -> fmt::Result {
        fmt::Display::fmt(&points, f)
    }

    /// A percent, without its sign; exact by default.
    ///
    /// # Errors
    /// Those of the formatter.
    fn percent(&self, f: &mut fmt::Formatter<'_>, percent: Percent) -> fmt::Result {
        fmt::Display::fmt(&percent, f)
    }

    /// Why a verdict is what it is.
    ///
    /// # Errors
    /// Those of the formatter.
    fn reason(&self, f: &mut fmt::Formatter<'_>, reason: &Reason) -> fmt::Result {
        results::reason(self, f, reason)
    }

    /// What a clause of a rule asks, and what it found.
    ///
    /// # Errors
    /// Those of the formatter.
    fn clause(&self, f: &mut fmt::Formatter<'_>, clause: &Clause) -> fmt::Result {
        results::clause(self, f, clause)
    }

    /// What a question of a rule asks.
    ///
    /// # Errors
    /// Those of the formatter.
    fn asked(&self, f: &mut fmt::Formatter<'_>, asked: &Predicate) -> fmt::Result {
        results::asked(self, f, asked)
    }

    /// A fact of an account, as part of a sentence: `the account's industry`.
    ///
    /// # Errors
    /// Those of the formatter.
    fn fact(&self, f: &mut fmt::Formatter<'_>, fact: &Fact) -> fmt::Result {
        changes::fact(f, fact)
    }

    /// A fact that is unknown, and what fit would gain by knowing it.
    ///
    /// # Errors
    /// Those of the formatter.
    fn unknown_fact(&self, f: &mut fmt::Formatter<'_>, unknown: &UnknownFact) -> fmt::Result {
        results::unknown_fact(self, f, unknown)
    }

    /// What a clause asks and what it found, without the answer.
    ///
    /// # Errors
    /// Those of the formatter.
    fn question(&self, f: &mut fmt::Formatter<'_>, clause: &Clause) -> fmt::Result {
        results::question(self, f, clause)
    }

    /// A change that it would take.
    ///
    /// # Errors
    /// Those of the formatter.
    fn change(&self, f: &mut fmt::Formatter<'_>, change: &Change) -> fmt::Result {
        changes::change(self, f, change)
    }

    /// Changes that do together.
    ///
    /// # Errors
    /// Those of the formatter.
    fn change_set(&self, f: &mut fmt::Formatter<'_>, set: &ChangeSet) -> fmt::Result {
        changes::change_set(self, f, set)
    }

    /// What must not be lost.
    ///
    /// # Errors
    /// Those of the formatter.
    fn loss(&self, f: &mut fmt::Formatter<'_>, loss: &Loss) -> fmt::Result {
        changes::loss(self, f, loss)
    }

    /// What is missing.
    ///
    /// # Errors
    /// Those of the formatter.
    fn gap(&self, f: &mut fmt::Formatter<'_>, gap: &Gap) -> fmt::Result {
        results::gap(self, f, gap)
    }

    /// What had no effect.
    ///
    /// # Errors
    /// Those of the formatter.
    fn warning(&self, f: &mut fmt::Formatter<'_>, warning: &Warning) -> fmt::Result {
        results::warning(self, f, warning)
    }

    /// What became of a group on a day, and why.
    ///
    /// # Errors
    /// Those of the formatter.
    fn moved(&self, f: &mut fmt::Formatter<'_>, moved: &Move) -> fmt::Result {
        moves::moved(self, f, moved)
    }

    /// Why a group moved.
    ///
    /// # Errors
    /// Those of the formatter.
    fn move_reason(&self, f: &mut fmt::Formatter<'_>, reason: &MoveReason) -> fmt::Result {
        moves::reason(self, f, reason)
    }

    /// What a part of a rule asks, and what it found; the parts below it speak for themselves.
    ///
    /// # Errors
    /// Those of the formatter.
    fn rule_node(&self, f: &mut fmt::Formatter<'_>, node: &RuleNode) -> fmt::Result {
        explain::rule_node(self, f, node)
    }

    /// Whom to reach, and why.
    ///
    /// # Errors
    /// Those of the formatter.
    fn next_person(&self, f: &mut fmt::Formatter<'_>, next: &NextPerson) -> fmt::Result {
        explain::next_person(self, f, next)
    }

    /// Who a contact is to a group: whether one of it, in which roles, and by what evidence.
    ///
    /// # Errors
    /// Those of the formatter.
    fn identity(&self, f: &mut fmt::Formatter<'_>, identity: &Identity) -> fmt::Result {
        identities::identity(self, f, identity)
    }

    /// A place in which two policies differ.
    ///
    /// # Errors
    /// Those of the formatter.
    fn difference(&self, f: &mut fmt::Formatter<'_>, difference: &Difference) -> fmt::Result {
        causes::difference(f, difference)
    }

    /// What made a difference, whatever the group.
    ///
    /// # Errors
    /// Those of the formatter.
    fn cause(&self, f: &mut fmt::Formatter<'_>, cause: &Cause) -> fmt::Result {
        causes::cause(self, f, cause)
    }

    /// Why a group changed: the cause with the values of the group, and what would have done as well.
    ///
    /// # Errors
    /// Those of the formatter.
    fn why(&self, f: &mut fmt::Formatter<'_>, change: &GroupChange) -> fmt::Result {
        causes::why(self, f, change)
    }

    /// What moved the points of a group between two days; nothing where nothing did or policies were compared.
    ///
    /// # Errors
    /// Those of the formatter.
    fn movement(&self, f: &mut fmt::Formatter<'_>, change: &GroupChange) -> fmt::Result {
        causes::movement(f, change)
    }

    /// How a group changed, why, and what moved its points.
    ///
    /// # Errors
    /// Those of the formatter.
    fn group_change(&self, f: &mut fmt::Formatter<'_>, change: &GroupChange) -> fmt::Result {
        causes::group_change(self, f, change)
    }

    /// What of a policy can never make a difference.
    ///
    /// # Errors
    /// Those of the formatter.
    fn finding(&self, f: &mut fmt::Formatter<'_>, finding: &Finding) -> fmt::Result {
        findings::finding(self, f, finding)
    }

    /// What speaks for an account or a contact that a lead may belong to.
    ///
    /// # Errors
    /// Those of the formatter.
    fn match_how(&self, f: &mut fmt::Formatter<'_>, how: &MatchHow) -> fmt::Result {
        matching::how(f, how)
    }

    /// What speaks for an account besides a name that is nearly right, as part of a sentence: `its country is …`.
    ///
    /// # Errors
    /// Those of the formatter.
    fn match_fact(&self, f: &mut fmt::Formatter<'_>, fact: &MatchFact) -> fmt::Result {
        matching::fact(f, fact)
    }

    /// Why a lead was not matched.
    ///
    /// # Errors
    /// Those of the formatter.
    fn match_why(&self, f: &mut fmt::Formatter<'_>, why: &MatchWhy) -> fmt::Result {
        matching::why(f, why)
    }

    /// What was noticed beside the answer about a lead.
    ///
    /// # Errors
    /// Those of the formatter.
    fn match_note(&self, f: &mut fmt::Formatter<'_>, note: &MatchNote) -> fmt::Result {
        matching::note(f, note)
    }

    /// Whom to ask, and how that leads to who is to be reached.
    ///
    /// # Errors
    /// Those of the formatter.
    fn warm_path(&self, f: &mut fmt::Formatter<'_>, path: &WarmPath) -> fmt::Result {
        network::warm_path(self, f, path)
    }

    /// Whose leaving would cut us off from whom.
    ///
    /// # Errors
    /// Those of the formatter.
    fn missed(&self, f: &mut fmt::Formatter<'_>, missed: &Missed) -> fmt::Result {
        network::missed(self, f, missed)
    }

    /// The nearest manager of the engaged, who may decide.
    ///
    /// # Errors
    /// Those of the formatter.
    fn common_manager(&self, f: &mut fmt::Formatter<'_>, found: &CommonManager) -> fmt::Result {
        network::common_manager(self, f, found)
    }

    /// What to believe of a contender that was held against the past.
    ///
    /// # Errors
    /// Those of the formatter.
    fn contender_result(&self, f: &mut fmt::Formatter<'_>, result: &ContenderResult) -> fmt::Result {
        back_test::result(f, result)
    }

    /// What a reader of a back-test should know.
    ///
    /// # Errors
    /// Those of the formatter.
    fn back_test_warning(&self, f: &mut fmt::Formatter<'_>, warning: &BackTestWarning) -> fmt::Result {
        back_test::warning(f, warning)
    }

    /// A result in these words, to be displayed.
    fn say<'a, T: Sayable>(&'a self, what: &'a T) -> Said<'a, Self, T>
    where
        Self: Sized,
    {
        Said { wording: self, what }
    }
}

/// The default wording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct English;

impl Wording for English {}

/// A result that has words.
pub trait Sayable {
    /// Says it.
    ///
    /// # Errors
    /// Those of the formatter.
    fn say<W: Wording + ?Sized>(&self, wording: &W, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A result to be displayed in some wording: see [`Wording::say`].
#[derive(Clone, Copy, Debug)]
pub struct Said<'a, W: ?Sized, T> {
    wording: &'a W,
    what: &'a T,
}

impl<W: Wording + ?Sized, T: Sayable> fmt::Display for Said<'_, W, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.what.say(self.wording, f)
    }
}

/// A part of a sentence, so that it can stand in a format string.
struct Part<F>(F);

impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> fmt::Display for Part<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0(f)
    }
}

/// A role in somebody's words.
fn role<W: Wording + ?Sized>(w: &W, role: &str) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| w.role(f, role))
}

/// A person in somebody's words.
fn person<W: Wording + ?Sized>(w: &W, contact: &str) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| w.person(f, contact))
}

/// A kind of signal or a channel in somebody's words.
fn term<W: Wording + ?Sized>(w: &W, name: &str) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| w.term(f, name))
}

/// A fact in somebody's words.
fn fact<W: Wording + ?Sized>(w: &W, fact: &Fact) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| w.fact(f, fact))
}

/// Points in somebody's words.
fn points<W: Wording + ?Sized>(w: &W, points: Points) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| w.points(f, points))
}

/// A percent in somebody's words.
fn percent<W: Wording + ?Sized>(w: &W, percent: Percent) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| w.percent(f, percent))
}

/// Points that are needed in somebody's words.
fn points_needed<W: Wording + ?Sized>(w: &W, points: Points) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| w.points_needed(f, points))
}

/// People in somebody's words; of many the first.
fn people<W: Wording + ?Sized>(w: &W, contacts: &ContactIds) -> impl fmt::Display {
    Part(move |f: &mut fmt::Formatter<'_>| results::list(w, f, contacts))
}

/// A result says itself by one method of the wording, and displays itself in English.
macro_rules! sayable {
    ($($result:ty: $method:ident),+ $(,)?) => {$(
        impl Sayable for $result {
            fn say<W: Wording + ?Sized>(&self, wording: &W, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                wording.$method(f, self)
            }
        }

        impl fmt::Display for $result {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                English.$method(f, self)
            }
        }
    )+};
}

sayable! {
    Reason: reason,
    Clause: clause,
    Change: change,
    ChangeSet: change_set,
    Loss: loss,
    Gap: gap,
    Warning: warning,
    UnknownFact: unknown_fact,
    Move: moved,
    MoveReason: move_reason,
    RuleNode: rule_node,
    NextPerson: next_person,
    Identity: identity,
    Difference: difference,
    Cause: cause,
    GroupChange: group_change,
    Finding: finding,
    MatchHow: match_how,
    MatchFact: match_fact,
    MatchWhy: match_why,
    MatchNote: match_note,
    WarmPath: warm_path,
    Missed: missed,
    CommonManager: common_manager,
    ContenderResult: contender_result,
    BackTestWarning: back_test_warning,
}
