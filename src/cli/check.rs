//! `exq check`: everything that is wrong with rules, and how much there is of them.

use serde_json::json;

use super::args::Args;
use super::link::link_reviewed;
use super::stats::Stats;
use super::{Done, Format, Link, Stop, World, count, tally};
use crate::json::hex;
use crate::pack::Pack;
use crate::pack::format::NONE32;

/// Runs the command.
pub(super) fn run(args: &Args, world: &World<'_>) -> Result<Done, Stop> {
    let link = link_reviewed(&args.paths)?;
    let pack = link.pack()?;
    let warnings = link.warnings();
    let mut err = String::new();
    if args.format == Format::Text || !link.warnings.is_empty() {
        err = warnings.render(args.format, world.colour_err);
    }
    if args.format == Format::Text && !link.warnings.is_empty() {
        err.push_str(&format!("{}\n", tally(warnings.count())));
    }
    let out = match args.format {
        Format::Text => text(&link, &pack, args.stats),
        Format::Json => format!("{:#}\n", as_json(&link, &pack, args.stats)),
    };
    Ok(Done {
        out,
        err,
        status: 0,
    })
}

/// How much there is, each with its name for JSON and for people.
fn counts(link: &Link, pack: &Pack<'_>) -> Vec<(&'static str, usize, &'static str)> {
    let program = pack.program();
    let protected = program
        .norms
        .iter()
        .filter(|norm| norm.guard != NONE32)
        .count();
    let mut counts = vec![
        ("packs", program.packs.len(), "pack"),
        ("facts", program.facts.len(), "fact"),
        ("events", program.events.len(), "event"),
        ("norms", program.norms.len(), "norm"),
        ("protected_norms", protected, "protected norm"),
        ("rules", program.rules.len(), "rule"),
    ];
    if let Some(ir) = &link.ir {
        counts.push(("scenarios", ir.scenarios.len(), "scenario"));
    }
    counts
}

fn text(link: &Link, pack: &Pack<'_>, stats: bool) -> String {
    let words = counts(link, pack)
        .into_iter()
        .map(|(_, number, what)| count(number, what));
    let mut out = format!("{}\n", words.collect::<Vec<_>>().join(", "));
    if pack.is_proved() {
        out.push_str(
            "proved: every grant implies its guard, and every `never` and `always` holds\n",
        );
    } else {
        out.push_str("not proved when it was built: `exq verify` proves it now\n");
    }
    if stats {
        out.push_str(&Stats::of(pack.program()).text());
    }
    out
}

fn as_json(link: &Link, pack: &Pack<'_>, stats: bool) -> serde_json::Value {
    let mut out = json!({ "proved": pack.is_proved(), "digest": hex(&pack.digest()) });
    if let serde_json::Value::Object(fields) = &mut out {
        for (name, number, _) in counts(link, pack) {
            fields.insert(name.to_string(), number.into());
        }
        if stats {
            fields.insert("index".to_string(), Stats::of(pack.program()).as_json());
        }
    }
    out
}
