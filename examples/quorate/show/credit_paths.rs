//! Credit over the channels of counted paths.

use std::io::Write;

use comfy_table::{Attribute, Cell, CellAlignment};
use quorate::{PathAttribution, PolicyLabel};
use serde::Serialize;

use super::credit::{cells, places};
use super::table::frame;
use crate::exit::Stop;
use crate::words::shown;

/// One JSON object.
pub fn json(out: &mut impl Write, policy: &PolicyLabel, found: &[PathAttribution]) -> Result<(), Stop> {
    #[derive(Serialize)]
    struct Document<'a> {
        policy: &'a PolicyLabel,
        models: &'a [PathAttribution],
    }
    serde_json::to_writer_pretty(&mut *out, &Document { policy, models: found })?;
    writeln!(out)?;
    Ok(())
}

/// For reading: conversions by channel and model; what would be lost without a channel, where a chain was asked.
pub fn print(out: &mut impl Write, found: &[PathAttribution]) -> Result<(), Stop> {
    let Some(first) = found.first() else { return Ok(()) };
    let chain = found.iter().find(|one| one.channels.iter().any(|channel| channel.removal_effect.is_some()));
    let mut table = frame();
    let heads = found.iter().map(|one| shown(&one.model).replace('_', " ")).chain(chain.map(|_| "removal effect".into()));
    let head = |name: String| Cell::new(name).add_attribute(Attribute::Bold).set_alignment(CellAlignment::Right);
    table.set_header(std::iter::once(Cell::new("conversions").add_attribute(Attribute::Bold)).chain(heads.map(head)));
    for at in 0..first.channels.len() {
        let conversions = found.iter().map(|one| places(&one.channels[at].conversions, 3));
        let effect = chain.and_then(|one| one.channels[at].removal_effect.as_ref()).map(|effect| places(effect, 6));
        table.add_row(cells(std::iter::once(shown(&first.channels[at].channel)).chain(conversions).chain(effect)));
    }
    let nobody = found.iter().map(|one| places(&one.unattributed, 3));
    table.add_row(cells(std::iter::once("(nobody)".to_owned()).chain(nobody).chain(chain.map(|_| String::new()))));
    writeln!(out, "{}", table.trim_fmt())?;
    if let Some(chance) = chain.and_then(|one| one.conversion_chance.as_ref()) {
        writeln!(out, "The chance of a path to end in a conversion is {}.", places(chance, 6))?;
    }
    Ok(())
}
