//! How a run ends: its exit code, and what it says when it has to stop.

use std::borrow::Cow;
use std::io::{self, Write};
use std::process::ExitCode;

/// Why a run stops before its end.
#[derive(Debug)]
pub enum Stop {
    /// The use or the input is bad: what to say about it.
    Bad(Vec<String>),
    /// Nobody reads any further (`quorate … | head`): nothing to say.
    PipeClosed,
}

/// How a run that came to its end went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// All well.
    Well,
    /// Something was found that should be looked at.
    Findings,
}

impl Stop {
    /// One thing to say.
    pub fn bad(message: impl Into<String>) -> Self {
        Self::Bad(vec![message.into()])
    }

    /// A failure to write the answer; `what` says where to.
    pub fn writing(what: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::PipeClosed } else { Self::bad(format!("cannot write {what}: {error}")) }
    }
}

impl From<io::Error> for Stop {
    /// A failure to write to stdout; files name themselves.
    fn from(error: io::Error) -> Self {
        Self::writing("the answer", &error)
    }
}

impl From<csv::Error> for Stop {
    fn from(error: csv::Error) -> Self {
        Self::from(io_of(error))
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::from(io::Error::from(error))
    }
}

/// The I/O error inside a CSV error, its kind kept: a closed pipe must still be recognised.
pub fn io_of(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A line whose control characters are escaped, whatever file they came from: it cannot steer a terminal.
fn on_one_line(line: &str) -> Cow<'_, str> {
    if !line.contains(char::is_control) {
        return line.into();
    }
    line.chars()
        .fold(String::new(), |mut out, letter| {
            if letter.is_control() {
                out.extend(letter.escape_default());
            } else {
                out.push(letter);
            }
            out
        })
        .into()
}

/// Says a line on stderr. That nobody listens there is no reason to stop.
pub fn say(line: impl AsRef<str>) {
    let _ = writeln!(io::stderr().lock(), "{}", on_one_line(line.as_ref()));
}

/// Turns the end of a run into its exit code, saying what is to be said.
pub fn code(end: Result<Done, Stop>) -> ExitCode {
    match end {
        Ok(Done::Well) | Err(Stop::PipeClosed) => ExitCode::SUCCESS,
        Ok(Done::Findings) => ExitCode::from(1),
        Err(Stop::Bad(lines)) => {
            for line in lines {
                say(format!("error: {line}"));
            }
            ExitCode::from(2)
        }
    }
}
