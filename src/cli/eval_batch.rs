//! `exq eval --batch`: a case on each line to its decision on a line, and what came of all of them.
//!
//! Invariant: every line that is not blank has one answer, in order, and no line stops the others. No duty is lost to the
//! form of a line: one whose id stood before, or that dates an event after the question, is judged all the same and says
//! so; only what cannot be judged is refused, with its reason.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::args::{Args, day};
use super::ask::Terms;
use super::bench::Bench;
use super::case_file::{CASE, CaseFile};
use super::summary::Summary;
use super::{Done, Format, Stop, World, batch, link};
use crate::eval::{Case, EventSlot, Named, Options};
use crate::forms;
use crate::json::{CaseJsonError, CaseReader, DecisionJson, OwnedCase, Problem, naming};
use crate::model::EventId;
use crate::pack::Program;
use crate::time::instant::{self, Display, InstantError};

/// The keys that tell what a line is: a bare case has no `id` beside a `case`, and no `pack`.
#[derive(Deserialize)]
struct Probe {
    id: Option<IgnoredAny>,
    pack: Option<IgnoredAny>,
    case: Option<IgnoredAny>,
}

/// A case with its name, and what may be asked of it alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    id: String,
    now: Option<String>,
    law_date: Option<String>,
    #[serde(rename = "case")]
    _case: IgnoredAny,
}

/// The id of a line of which nothing else could be read.
#[derive(Deserialize)]
struct Identified {
    id: String,
}

/// The answer to a line.
#[derive(Serialize)]
struct Answer<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate_of: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Later<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<DecisionJson<'a, 'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<forms::Filled>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a Refusal>,
}

/// An event that lies after the question. For the rules it has not happened, and whatever runs from it waits: that may be
/// meant, and may be a slip that keeps a duty from being seen.
#[derive(Serialize)]
struct Later<'p> {
    kind: &'static str,
    name: &'p str,
    at: String,
    message: &'static str,
}

/// The kind of a [`Later`].
const LATER: &str = "after_now";
const LATER_MESSAGE: &str =
    "this lies after the instant of the question: by the rules it has not happened yet";

/// Why a line was refused.
#[derive(Serialize)]
pub(super) struct Refusal {
    /// A word that does not change, by which refusals are counted.
    pub(super) kind: &'static str,
    /// The place in the line, as JSON pointer; empty for the line as a whole.
    #[serde(skip_serializing_if = "String::is_empty")]
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    message: String,
}

impl Refusal {
    fn new(kind: &'static str, message: String) -> Refusal {
        Refusal {
            kind,
            at: String::new(),
            column: None,
            message,
        }
    }

    fn of(error: CaseJsonError) -> Refusal {
        let kind = match &error.problem {
            Problem::TooLarge { .. } => "too_long",
            Problem::Empty | Problem::NotUtf8 { .. } | Problem::Syntax { .. } => "not_json",
            Problem::TooDeep { .. } => "too_deep",
            Problem::UnknownName { .. } | Problem::Dotted { .. } => "unknown_name",
            Problem::Twice { .. } => "given_twice",
            Problem::Instant { why, .. } => date_kind(*why),
            Problem::Value { .. } | Problem::Member { .. } | Problem::Amount { .. } => {
                "wrong_value"
            }
        };
        Refusal {
            kind,
            at: error.pointer,
            column: (error.line > 0).then_some(error.column),
            message: error.problem.to_string(),
        }
    }
}

/// A date that no calendar has, apart from a text that is no date.
fn date_kind(why: InstantError) -> &'static str {
    match why {
        InstantError::Date | InstantError::Time | InstantError::Range => "impossible_date",
        InstantError::Form | InstantError::NoOffset | InstantError::TooFine => "wrong_value",
    }
}

/// A line, read.
struct Read {
    id: Option<String>,
    case: Result<(OwnedCase, Terms), Refusal>,
}

/// Judges all lines.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Done, Stop> {
    let path = args.batch.as_deref().unwrap_or(Path::new("-"));
    let link = link(&args.paths, &[])?;
    let pack = link.pack()?;
    let program = pack.program();
    // The clock is read once: all lines are asked at the same instant.
    let terms = Terms::of(args, program, (world.now)())?;
    let reader = CaseReader::new(program);
    let mut bench = Bench::new(program);
    let mut summary = Summary::new(program);
    let mut ids: BTreeMap<String, u64> = BTreeMap::new();
    let progress = world.progress.filter(|_| !world.shown);
    batch::run(path, world, |line| {
        let read = match line.bytes {
            Some(bytes) => read(args, program, &reader, &terms, bytes),
            None => Read {
                id: None,
                case: Err(Refusal::new("too_long", batch::too_long())),
            },
        };
        let duplicate_of = read.id.as_ref().and_then(|id| ids.get(id).copied());
        if let (Some(id), None) = (&read.id, duplicate_of) {
            ids.insert(id.clone(), line.number);
        }
        summary.read(duplicate_of.is_some());
        let mut answer = Answer {
            line: line.number,
            id: read.id.as_deref(),
            duplicate_of,
            now: None,
            warnings: Vec::new(),
            decision: None,
            form: None,
            error: None,
        };
        let mut refusal = None;
        let mut text = None;
        match read.case {
            Err(refused) => refusal = Some(refused),
            Ok((case, terms)) => {
                let (case, options) = (case.as_case(), terms.options());
                answer.now = Some(Display(options.now).to_string());
                answer.warnings = later(program, &case, &options);
                summary.warned(answer.warnings.len());
                let judged = bench.judge(&case, &options, |decision| {
                    summary.decided(decision);
                    let receipt = args.receipt.then(|| decision.receipt(pack.digest()));
                    let form = args.form;
                    let json = DecisionJson {
                        decision,
                        texts: false,
                        receipt: receipt.as_ref(),
                    };
                    written(&Answer {
                        decision: form.is_none().then_some(json),
                        form: form.map(|form| forms::fill(form, decision, receipt.as_ref())),
                        warnings: std::mem::take(&mut answer.warnings),
                        now: answer.now.take(),
                        ..answer
                    })
                });
                match judged {
                    Ok(written) => text = Some(written?),
                    Err(error) => refusal = Some(Refusal::new("not_judged", error.to_string())),
                }
            }
        }
        if let Some(refusal) = &refusal {
            summary.refused(refusal.kind);
            answer.error = Some(refusal);
            text = Some(written(&answer)?);
        }
        if let Some(progress) = progress.filter(|_| summary.is_round()) {
            progress(&summary.far());
        }
        Ok(text.unwrap_or_default())
    })?;
    if let Some(progress) = progress {
        progress("");
    }
    finish(args, &summary)
}

fn written(answer: &Answer<'_>) -> Result<String, Stop> {
    serde_json::to_string(answer).map_err(|error| Stop::No(error.to_string()))
}

/// The summary, where it was asked for. Status 1: some line was refused.
fn finish(args: &Args, summary: &Summary<'_>) -> Result<Done, Stop> {
    let text = match args.format {
        Format::Text => summary.text(),
        Format::Json => format!("{:#}\n", summary.json()),
    };
    let mut done = Done {
        status: u8::from(summary.any_refused()),
        ..Done::default()
    };
    match &args.summary {
        None => done.err = text,
        Some(file) => std::fs::write(file, text)
            .map_err(|error| Stop::Call(format!("cannot write `{}`: {error}", file.display())))?,
    }
    Ok(done)
}

fn read(
    args: &Args,
    program: &Program<'_>,
    reader: &CaseReader<'_>,
    terms: &Terms,
    bytes: &[u8],
) -> Read {
    let probe = serde_json::from_slice::<Probe>(bytes);
    let (id, pack, case) = match &probe {
        Ok(probe) => (
            probe.id.is_some(),
            probe.pack.is_some(),
            probe.case.is_some(),
        ),
        // What is an object, but no good one, is told by the reader of cases.
        Err(error) if error.is_data() => (false, false, false),
        Err(_) => {
            let refused = reader.read_in_object(bytes, CASE).map_err(Refusal::of);
            return Read {
                id: None,
                case: refused.map(|case| (case, terms.clone())),
            };
        }
    };
    if case && id {
        enveloped(args, reader, terms, bytes)
    } else if case && pack {
        Read {
            id: None,
            case: of_file(args, program, reader, terms.clone(), bytes),
        }
    } else {
        let case = reader.read(bytes).map_err(Refusal::of);
        Read {
            id: None,
            case: case.map(|case| (case, terms.clone())),
        }
    }
}

/// `{"id": …, "case": …}`.
fn enveloped(args: &Args, reader: &CaseReader<'_>, terms: &Terms, bytes: &[u8]) -> Read {
    let envelope = match batch::record::<Envelope>(bytes) {
        Ok(envelope) => envelope,
        Err(message) => {
            let identified = serde_json::from_slice::<Identified>(bytes);
            return Read {
                id: identified.ok().map(|line| line.id),
                case: Err(Refusal::new("wrong_line", message)),
            };
        }
    };
    let case = || {
        let mut terms = terms.clone();
        if let Some(text) = &envelope.now {
            let now = instant::parse(text).map_err(|why| Refusal {
                at: "/now".to_string(),
                ..Refusal::new(date_kind(why), format!("`{text}`: {why}"))
            })?;
            terms.now = args.at.unwrap_or(now);
        }
        if let Some(text) = &envelope.law_date {
            let date = day(text).ok_or_else(|| Refusal {
                at: "/law_date".to_string(),
                ..Refusal::new(
                    "wrong_value",
                    format!("expected a date such as `2026-05-16`, found `{text}`"),
                )
            })?;
            terms.law_date = args.law_date.or(Some(date));
        }
        let case = reader.read_in_object(bytes, CASE).map_err(Refusal::of)?;
        Ok((case, terms))
    };
    let case = case();
    Read {
        id: Some(envelope.id),
        case,
    }
}

/// A case file on one line: the rules are those of the command line.
fn of_file(
    args: &Args,
    program: &Program<'_>,
    reader: &CaseReader<'_>,
    mut terms: Terms,
    bytes: &[u8],
) -> Result<(OwnedCase, Terms), Refusal> {
    let wrong = |message| Refusal::new("wrong_line", message);
    let file = CaseFile::read(bytes).map_err(wrong)?;
    let added = terms.add(args, &file, program);
    added.map_err(|stop| wrong(stop.to_string()))?;
    let case = reader.read_in_object(bytes, CASE).map_err(Refusal::of)?;
    Ok((case, terms))
}

/// The events that are given an instant after the question.
fn later<'p>(program: &Program<'p>, case: &Case<'_>, options: &Options<'_>) -> Vec<Later<'p>> {
    let after = |slot: &EventSlot| match slot {
        EventSlot::At(at) if *at > options.now => Some(*at),
        _ => None,
    };
    let events = (0u16..).zip(case.events);
    events
        .filter_map(|(event, slot)| {
            Some(Later {
                kind: LATER,
                at: Display(after(slot)?).to_string(),
                name: naming::named(program, Named::Event(EventId(event))),
                message: LATER_MESSAGE,
            })
        })
        .collect()
}
