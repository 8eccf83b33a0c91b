//! `exq due --batch`: JSON Lines of questions to JSON Lines of answers.
//!
//! Invariant: every line that is not blank has one answer, in order; what is wrong with a line is its answer, so that one
//! line never hides another.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::args::Args;
use super::due::{Almanac, Question};
use super::{Done, Format, Stop, World, batch};

/// A line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    event: String,
    n: i64,
    unit: String,
    #[serde(default)]
    days: i64,
    counting: String,
    calendar: Option<String>,
    zone: Option<String>,
    #[serde(default = "yes")]
    rollover: bool,
    #[serde(default)]
    before: bool,
}

fn yes() -> bool {
    true
}

#[derive(Serialize)]
struct Refusal {
    error: String,
}

/// Answers all lines.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Done, Stop> {
    let path = args.batch.as_deref().unwrap_or(Path::new("-"));
    let mut almanac = Almanac::default();
    batch::run(path, world, |line| {
        let question = line.bytes.ok_or_else(batch::too_long).and_then(read);
        let answer = question.and_then(|question| almanac.answer(&question, args.lang));
        let written = match (answer, args.format) {
            (Ok(answer), Format::Json) => serde_json::to_string(&answer),
            (Err(error), Format::Json) => serde_json::to_string(&Refusal { error }),
            (Ok(answer), Format::Text) => Ok(answer.due().to_string()),
            (Err(error), Format::Text) => Ok(format!("error: {error}")),
        };
        written.map_err(|error| Stop::No(error.to_string()))
    })?;
    Ok(Done::default())
}

fn read(line: &[u8]) -> Result<Question, String> {
    let line: Line = batch::record(line)?;
    Ok(Question {
        event: line.event,
        n: line.n,
        unit: line.unit,
        days: line.days,
        counting: line.counting,
        calendar: line.calendar,
        zone: line.zone,
        rollover: line.rollover,
        before: line.before,
    })
}
