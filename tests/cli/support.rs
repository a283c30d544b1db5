//! Running the example on data sets that are written for one test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The day of every assessment that does not say otherwise.
pub(crate) const DAY: &str = "2025-05-05";

/// The example's binary: cargo puts it beside the directory of the tests.
#[track_caller]
pub(crate) fn binary() -> PathBuf {
    let tests = std::env::current_exe().expect("the test has a path");
    let profile = tests.parent().and_then(Path::parent).expect("tests lie in target/<profile>/deps");
    let binary = profile.join("examples").join(format!("quorate{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.exists(), "{} is missing; `cargo build --example quorate` makes it", binary.display());
    binary
}

/// What a run said and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("the run was not killed"),
            out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The run, if it ended with that code.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }
}

/// The example with arguments, its surroundings put aside.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments).env_remove("COLUMNS").env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

/// Runs the example.
#[track_caller]
pub(crate) fn run(arguments: &[&str]) -> Ran {
    Ran::of(command(arguments).output().expect("the example runs"))
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).display().to_string()
}

/// A directory of a test's own, gone when the test is done.
#[derive(Debug)]
pub(crate) struct Dir(PathBuf);

impl Dir {
    /// An empty directory.
    pub(crate) fn empty() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("cli-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("a directory can be made");
        Self(path)
    }

    /// Two accounts: one whose economic buyer asked for a demo, one of which little is known.
    pub(crate) fn small() -> Self {
        Self::empty()
            .with("accounts.csv", "account_id,name,industry\nacme,Acme AG,Software\nbeta,\"Beta, Söhne \"\"GmbH\"\"\",\n")
            .with(
                "contacts.csv",
                "contact_id,account_id,name,roles\nann,acme,Ann Lee,economic_buyer\nbob,acme,Bob Ray,champion\ncyd,beta,Cyd Fox,\n",
            )
            .with("signals.csv", "kind,at,contact_id,signal_id\ndemo_request,2025-05-01,ann,s-1\npage_view,2025-05-02T10:00:00Z,cyd,s-2\n")
    }

    /// With a file.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.0.join(name), content).expect("a file can be written");
        self
    }

    /// Without a file.
    pub(crate) fn without(self, name: &str) -> Self {
        fs::remove_file(self.0.join(name)).expect("the file was there");
        self
    }

    pub(crate) fn path(&self) -> String {
        self.0.display().to_string()
    }

    pub(crate) fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).expect("the file is there")
    }

    /// Assesses the data set.
    #[track_caller]
    pub(crate) fn assess(&self, more: &[&str]) -> Ran {
        self.run_with("assess", &["--as-of", DAY], more)
    }

    /// Checks the data set.
    #[track_caller]
    pub(crate) fn check(&self, more: &[&str]) -> Ran {
        self.run_with("check", &[], more)
    }

    #[track_caller]
    fn run_with(&self, name: &str, arguments: &[&str], more: &[&str]) -> Ran {
        let path = self.path();
        run(&[&[name, "--data", &path], arguments, more].concat())
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        // A directory left behind lies in target and does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}
