//! A data set and the policy to assess it by, read and ready, or the reasons why not.

use quorate::FitSource;

use crate::args::DataArgs;
use crate::exit::{Done, Stop, say};
use crate::load::{BadRows, Dataset, Findings, Keep, Load, Part};
use crate::mapping::Mapping;
use crate::matching::Rules;
use crate::policies::Chosen;
use crate::show::summary;

/// What every command that assesses begins with.
#[derive(Debug)]
pub struct Ready {
    pub data: Dataset,
    pub chosen: Chosen,
}

impl Ready {
    /// Reads policy, mapping and data, and says what should be known of them.
    ///
    /// # Errors
    /// One of them cannot be used, or rows cannot be and there is nowhere to put them.
    pub fn read(args: &DataArgs) -> Result<Self, Stop> {
        Self::load(args, None, Part::Everything, Keep::Nothing)
    }

    /// The same, with the signals that count beside the tally.
    ///
    /// # Errors
    /// As [`Ready::read`].
    pub fn read_keeping_signals(args: &DataArgs) -> Result<Self, Stop> {
        Self::load(args, None, Part::Everything, Keep::Counted)
    }

    /// The same, with every signal as it came beside the tally, and with what campaigns cost.
    ///
    /// # Errors
    /// As [`Ready::read`].
    pub fn read_campaigns(args: &DataArgs) -> Result<Self, Stop> {
        Self::load(args, None, Part::Campaigns, Keep::Rows)
    }

    /// The same, with every row of signals, repetitions included: which of one id counts depends on the day that is asked about.
    ///
    /// # Errors
    /// As [`Ready::read`].
    pub fn read_keeping_rows(args: &DataArgs) -> Result<Self, Stop> {
        Self::load(args, None, Part::Everything, Keep::Rows)
    }

    /// The same, for what needs opportunities and can do without people and signals.
    ///
    /// # Errors
    /// As [`Ready::read`].
    pub fn read_deals(args: &DataArgs) -> Result<Self, Stop> {
        Self::load(args, None, Part::Deals, Keep::Nothing)
    }

    /// The same, for data whose names may also be those of another policy.
    ///
    /// # Errors
    /// As [`Ready::read`].
    pub fn read_beside(args: &DataArgs, other: Option<&Chosen>) -> Result<Self, Stop> {
        Self::load(args, other, Part::Everything, Keep::Nothing)
    }

    fn load(args: &DataArgs, other: Option<&Chosen>, part: Part, keep: Keep) -> Result<Self, Stop> {
        let chosen = Chosen::load(args.policy.as_deref())?;
        let known = other.iter().fold(chosen.known(), |known, other| known.and(other.known()));
        let mapping = args.mapping.as_deref().map(Mapping::load).transpose()?;
        let bad = args.rejects.as_deref().map_or(BadRows::Stop, BadRows::PutAside);
        let rules = Rules::load(args)?;
        let load = Load {
            data: &args.data,
            mapping: mapping.as_ref(),
            known: &known,
            bad,
            part,
            matching: rules.get(),
            self_report_is_top: args.self_report_is_top,
            keep,
        };
        let data = load.read()?;
        if args.rejects.is_none() {
            refuse(&data.findings)?;
        }
        let chosen = with_supplied_fit(args, &data, chosen)?;
        for line in summary::conflicts(&data.tally) {
            say(line);
        }
        Ok(Self { data, chosen })
    }
}

impl Dataset {
    /// How a run over these data ends.
    pub fn done(&self) -> Done {
        if self.findings.is_empty() { Done::Well } else { Done::Findings }
    }
}

/// Stops when there are bad rows and nowhere to put them.
///
/// # Errors
/// All of them, and what may be done.
pub fn refuse(findings: &Findings) -> Result<(), Stop> {
    if findings.is_empty() {
        return Ok(());
    }
    let mut lines: Vec<String> = findings.lines().collect();
    lines.push(format!("{}; mend them, or leave those rows out with --rejects FILE", findings.total()));
    Err(Stop::Bad(lines))
}

/// Without a policy of one's own, fit scores count when the data set has a column of them.
fn with_supplied_fit(args: &DataArgs, data: &Dataset, chosen: Chosen) -> Result<Chosen, Stop> {
    if args.policy.is_some() || !data.scored {
        if data.scored && chosen.all().iter().all(|policy| policy.document().fit.source == FitSource::None) {
            say("note: accounts have a fit_score, at which the policy does not look; its `fit` says `none`");
        }
        return Ok(chosen);
    }
    say("note: accounts carry a fit_score, so fit counts as supplied; give --policy to decide otherwise");
    Chosen::default_with_supplied_fit()
}
