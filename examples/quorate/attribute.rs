//! `quorate attribute`: who and what brought won deals about.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};

use iso_currency::Currency;
use quorate::{Assessor, AttributionError, AttributionModel, AttributionRule, CreditRule, Policy, attribution_report, deal_journeys};

use crate::args::{AttributeArgs, By, ExplainFormat};
use crate::closing;
use crate::exit::{Done, Stop, say};
use crate::ready::Ready;
use crate::show::credit::{self, Told};
use crate::words::{did_you_mean, shown};

/// Decimals of a currency that is not said, or that no one knows.
const DIGITS: u32 = 2;

/// Reads, gives credit, prints.
pub fn run(args: &AttributeArgs) -> Result<Done, Stop> {
    let ready = Ready::read_keeping_signals(&args.data)?;
    let policy = weighted(ready.chosen.only("credit is given by one policy")?, args.role_weighted)?;
    let rule = &policy.document().attribution;
    let all = args.model.iter().any(|name| name == ALL);
    // Over channels neither roles nor other groupings mean anything.
    let models = models(rule, &args.model, |model| !over_channels(model) || (args.by == By::Channel && !args.role_weighted))?;
    refuse(args, &models)?;
    let graph = &ready.data.graph;
    let mut journeys = deal_journeys(graph, &policy, &ready.data.signals);
    journeys.retain(|journey| journey.deal().closed.day() <= args.as_of);
    let mut reports = Vec::new();
    for model in &models {
        match attribution_report(&journeys, &policy, &model.name, args.by.grouping(), minor_digits) {
            Ok(report) => reports.push(report),
            Err(error @ AttributionError::TooManyChannels { .. }) if all => say(format!("note: {error}; it is left out")),
            Err(AttributionError::Amounts(wrong)) => return Err(Stop::Bad(wrong.iter().map(ToString::to_string).collect())),
            Err(error) => return Err(Stop::bad(error.to_string())),
        }
    }
    unknown_currencies(journeys.iter().filter_map(|journey| journey.deal().currency));
    let told = Told { as_of: args.as_of, policy: &policy, label: policy.label(), journeys: &journeys, reports: &reports, graph };
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Text => credit::print(&mut out, &told, args.by.grouping())?,
        ExplainFormat::Json => credit::json(&mut out, &told, args.touches)?,
    }
    if let (true, ExplainFormat::Text, [model]) = (args.touches, args.format, &models[..]) {
        credit::touches(&mut out, &told, &model.name)?;
    }
    let run = Assessor::new(graph, &ready.data.tally, ready.chosen.policies()).run_intake();
    closing::print(&mut out, args.format, closing::lines(&ready, run, Vec::new(), args.data.rejects.as_deref()))?;
    out.flush()?;
    Ok(ready.data.done())
}

/// The policy, with touches weighed by role when that is asked.
fn weighted(policy: &Policy, role_weighted: bool) -> Result<Policy, Stop> {
    let mut document = policy.document().clone();
    if !role_weighted || document.attribution.role_weighted {
        return Ok(policy.clone());
    }
    document.attribution.role_weighted = true;
    Policy::new(document).map_err(|problems| Stop::bad(problems.to_string()))
}

/// What does not go together.
fn refuse(args: &AttributeArgs, models: &[&AttributionModel]) -> Result<(), Stop> {
    let over = models.iter().find(|model| over_channels(model));
    if let Some(model) = over.filter(|_| args.role_weighted) {
        return Err(Stop::bad(format!("the model `{}` weighs channels, not touches; leave --role-weighted out", shown(&model.name))));
    }
    if args.touches && (models.len() > 1 || over.is_some()) {
        return Err(Stop::bad("--touches goes with one model that gives credit deal by deal"));
    }
    Ok(())
}

/// Names currencies that are taken to have two decimals for want of knowing better.
pub fn unknown_currencies<'c>(codes: impl Iterator<Item = &'c str>) {
    let codes: BTreeSet<&str> = codes.filter(|code| known(code).is_none()).collect();
    if !codes.is_empty() {
        let codes: Vec<String> = codes.into_iter().take(10).map(shown).collect();
        say(format!("note: no currency of ISO 4217, taken to have two decimals: {}", codes.join(", ")));
    }
}

fn known(code: &str) -> Option<Currency> {
    Currency::from_code(&code.trim().to_uppercase())
}

/// Decimals of a currency: ISO 4217's, or two where it says nothing.
pub fn minor_digits(currency: Option<&str>) -> u32 {
    currency.and_then(known).and_then(Currency::exponent).map_or(DIGITS, u32::from)
}

/// Whether a model weighs channels over all deals.
pub const fn over_channels(model: &AttributionModel) -> bool {
    matches!(model.credit, CreditRule::Channels(_))
}

/// The models asked for, each once: by name, all that will do, or the policy's own.
///
/// # Errors
/// The policy has no such model, or none of them will do.
pub fn models<'r>(
    rule: &'r AttributionRule,
    names: &[String],
    will_do: impl Fn(&AttributionModel) -> bool,
) -> Result<Vec<&'r AttributionModel>, Stop> {
    if names.iter().any(|name| name == ALL) {
        let all: Vec<&AttributionModel> = rule.models.iter().filter(|model| will_do(model)).collect();
        return if all.is_empty() { Err(Stop::bad("none of the policy's models can answer that")) } else { Ok(all) };
    }
    let find = |name: &str| {
        rule.model(name).ok_or_else(|| {
            let hint = did_you_mean(name, rule.models.iter().map(|model| model.name.as_str()));
            Stop::bad(format!("the policy has no model `{}`{hint}", shown(name)))
        })
    };
    let mut found: Vec<&AttributionModel> = Vec::new();
    for name in if names.is_empty() { std::slice::from_ref(&rule.model) } else { names } {
        let model = find(name)?;
        if found.iter().all(|one| one.name != model.name) {
            found.push(model);
        }
    }
    Ok(found)
}

/// Asks for every model that will do.
pub const ALL: &str = "all";
