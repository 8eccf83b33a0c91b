//! `exq due --batch`: JSON Lines of questions to JSON Lines of answers.
//!
//! Invariant: every line that is not blank has one answer, in order; what is wrong with a line is its answer, so that one
//! line never hides another. An unknown key is refused: a misspelt `rollover` must not change a due in silence.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::args::Args;
use super::due::{Almanac, Question};
use super::{Done, Format, Stop, World, files};

/// The most bytes of a batch: half a million lines.
const BATCH_BYTES_MAX: usize = 128 << 20;

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
    let path = args.due.batch.as_deref().unwrap_or(Path::new("-"));
    let most = BATCH_BYTES_MAX + 1;
    let bytes = if path == Path::new("-") {
        files::read_from(&mut *world.stdin, most)
            .map_err(|error| Stop::Call(format!("cannot read standard input: {error}")))?
    } else {
        files::read(path, most)?
    };
    if bytes.len() > BATCH_BYTES_MAX {
        return Err(Stop::Call(format!(
            "a batch has at most {BATCH_BYTES_MAX} bytes"
        )));
    }
    let mut almanac = Almanac::default();
    let mut out = String::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = read(line).and_then(|question| almanac.answer(&question, args.lang));
        let written = match (answer, args.format) {
            (Ok(answer), Format::Json) => serde_json::to_string(&answer),
            (Err(error), Format::Json) => serde_json::to_string(&Refusal { error }),
            (Ok(answer), Format::Text) => Ok(answer.due().to_string()),
            (Err(error), Format::Text) => Ok(format!("error: {error}")),
        };
        out.push_str(&written.map_err(|error| Stop::No(error.to_string()))?);
        out.push('\n');
    }
    Ok(Done {
        out,
        ..Done::default()
    })
}

fn read(line: &[u8]) -> Result<Question, String> {
    let line: Line = serde_json::from_slice(line).map_err(|error| {
        // It is always the first line of its own text.
        let text = error.to_string();
        let text = text
            .replace(" at line 1 column ", " at column ")
            .replace("expected i64", "expected a whole number");
        if error.is_data() {
            text
        } else {
            format!("not JSON: {text}")
        }
    })?;
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
