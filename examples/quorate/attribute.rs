//! `quorate attribute`: who and what brought won deals about.

use std::io::{self, BufWriter, Write};

use iso_currency::Currency;
use quorate::{Assessor, AttributionModel, AttributionReport, AttributionRule, CreditRule, DealJourney, attribution_report, deal_journeys};

use crate::args::{AttributeArgs, ExplainFormat};
use crate::closing;
use crate::exit::{Done, Stop};
use crate::ready::Ready;
use crate::show::credit::{self, Told};
use crate::words::{did_you_mean, shown};

/// Decimals of a currency that is not said, or that no one knows.
const DIGITS: u32 = 2;

/// Reads, gives credit, prints.
pub fn run(args: &AttributeArgs) -> Result<Done, Stop> {
    let ready = Ready::read_keeping_signals(&args.data)?;
    let policy = ready.chosen.only("credit is given by one policy")?;
    let mut rule = policy.document().attribution.clone();
    rule.role_weighted |= args.role_weighted;
    let models = models(&rule, &args.model, |model| args.by == crate::args::By::Channel || !over_channels(model))?;
    if args.touches && (models.len() > 1 || models.iter().any(|model| over_channels(model))) {
        return Err(Stop::bad("--touches goes with one model that gives credit deal by deal"));
    }
    let graph = &ready.data.graph;
    let mut journeys = deal_journeys(graph, policy, &ready.data.signals);
    journeys.retain(|journey| journey.deal().closed.day() <= args.as_of);
    let reports = models.iter().map(|model| report(&journeys, &rule, model, args)).collect::<Result<Vec<_>, Stop>>()?;
    let told = Told { as_of: args.as_of, policy: policy.label(), rule: &rule, journeys: &journeys, reports: &reports, graph };
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => credit::print(&mut out, &told, args.by.grouping())?,
        ExplainFormat::Json => credit::json(&mut out, &told, args.touches)?,
    }
    if let (true, ExplainFormat::Text, [model]) = (args.touches, args.format, &models[..]) {
        credit::touches(&mut out, &told, model)?;
    }
    let run = Assessor::new(graph, &ready.data.tally, ready.chosen.policies()).run_intake();
    closing::print(&mut out, args.format, closing::lines(&ready, run, Vec::new(), args.data.rejects.as_deref()))?;
    out.flush()?;
    Ok(ready.data.done())
}

fn report(
    journeys: &[DealJourney<'_>],
    rule: &AttributionRule,
    model: &AttributionModel,
    args: &AttributeArgs,
) -> Result<AttributionReport, Stop> {
    attribution_report(journeys, rule, model, args.by.grouping(), minor_digits).map_err(|error| Stop::bad(error.to_string()))
}

/// Decimals of a currency: ISO 4217's, or two where it says nothing.
pub fn minor_digits(currency: Option<&str>) -> u32 {
    currency.and_then(Currency::from_code).and_then(Currency::exponent).map_or(DIGITS, u32::from)
}

/// Whether a model weighs channels over all deals.
pub const fn over_channels(model: &AttributionModel) -> bool {
    matches!(model.credit, CreditRule::Channels(_))
}

/// The models asked for: by name, all that will do, or the policy's own.
pub fn models<'r>(
    rule: &'r AttributionRule,
    names: &[String],
    will_do: impl Fn(&AttributionModel) -> bool,
) -> Result<Vec<&'r AttributionModel>, Stop> {
    if names.iter().any(|name| name.trim() == "all") {
        return Ok(rule.models.iter().filter(|model| will_do(model)).collect());
    }
    let find = |name: &str| {
        rule.model(name).ok_or_else(|| {
            let hint = did_you_mean(name, rule.models.iter().map(|model| model.name.as_str()));
            Stop::bad(format!("the policy has no model `{}`{hint}", shown(name)))
        })
    };
    match names {
        [] => Ok(vec![find(&rule.model)?]),
        names => names.iter().map(|name| find(name.trim())).collect(),
    }
}
