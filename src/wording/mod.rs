//! How results are put into words: one trait, with English as its default, and nothing else in the crate makes sentences about results.

mod findings;
mod results;

use core::fmt;

use crate::assess::{Clause, Gap, Reason, Warning};
use crate::policy::Finding;

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

    /// What of a policy can never make a difference.
    ///
    /// # Errors
    /// Those of the formatter.
    fn finding(&self, f: &mut fmt::Formatter<'_>, finding: &Finding) -> fmt::Result {
        findings::finding(self, f, finding)
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
    Gap: gap,
    Warning: warning,
    Finding: finding,
}
