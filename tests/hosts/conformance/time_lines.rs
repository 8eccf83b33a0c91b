//! What a decision says of time, as the lines of `tests/conformance/README.md`: moments, and how dues were counted.
//!
//! Invariant: it stands on the Rust API alone; the numbers of the header are written here a second time, by the order of
//! the words.

use std::fmt::Write as _;

use exequatur::eval::{CountedBy, Entry, Moment};
use exequatur::pack::Program;
use exequatur::time::instant::Display;
use exequatur::time::{Law, Regime, Step, What, Why};

use super::pack_lines::{day, text_lines};

pub fn moment(moment: Moment) -> String {
    match moment {
        Moment::Nothing => "-".to_owned(),
        Moment::At(at) => Display(at).to_string(),
        Moment::Waiting => "waiting".to_owned(),
        Moment::Open => "open".to_owned(),
        Moment::Unknown => "unknown".to_owned(),
    }
}

/// The due of an entry, which says if it is the host's own.
pub fn due(entry: &Entry) -> String {
    let own = if entry.service_level {
        "/service_level"
    } else {
        ""
    };
    format!("{}{own}", moment(entry.due))
}

pub fn or_nothing(at: Option<i64>) -> Moment {
    at.map_or(Moment::Nothing, Moment::At)
}

/// Exclusive is said of an instant only.
pub fn exclusive(due: Moment, exclusive: bool) -> i32 {
    i32::from(exclusive && due.instant().is_some())
}

/// The order of duties: by the earliest due that is known, of two at one instant the exclusive one first; then those that
/// are open, without a due, waiting, and unknown.
pub fn urgency(entry: &Entry) -> (usize, Option<i64>, bool) {
    let known = entry.due.instant().or(entry.provisional_due);
    let others = [
        Moment::Open,
        Moment::Nothing,
        Moment::Waiting,
        Moment::Unknown,
    ];
    let group = match known {
        Some(_) => 0,
        None => {
            1 + others
                .iter()
                .position(|other| *other == entry.due)
                .expect("all are listed")
        }
    };
    (group, known, !entry.exclusive)
}

/// The words of steps, each at the place of its number.
const STEPS: [&str; 14] = [
    "event",
    "hour_not_counted",
    "hours_from",
    "day_not_counted",
    "first_day",
    "skipped",
    "same_number",
    "last_of_month",
    "last_day",
    "not_rolled_over",
    "rolled_over",
    "two_working_days",
    "same_time",
    "end",
];

/// How a due was counted, if it was.
pub fn derivation_lines(
    out: &mut String,
    program: &Program<'_>,
    depth: usize,
    count: impl Fn(&mut dyn FnMut(Step)) -> Option<CountedBy>,
) {
    let mut steps = Vec::new();
    let Some(by) = count(&mut |step| steps.push(step)) else {
        return;
    };
    let regimes = [
        Regime::Elapsed,
        Regime::Eu1182_71,
        Regime::FrCpc,
        Regime::UsFrcp6,
    ];
    let regime = regimes.iter().position(|regime| *regime == by.regime);
    let calendar = by.calendar.map_or("-", |calendar| {
        program.str(program.calendars.at(calendar.index()).name)
    });
    let (regime, width) = (regime.expect("all are listed"), depth * 2);
    let (count, zone) = (
        steps.len(),
        program.str(program.zones.at(by.zone.index()).name),
    );
    writeln!(
        out,
        "{:width$}derivation regime={regime} steps={count} calendar={calendar} zone={zone}",
        ""
    )
    .unwrap();
    for step in steps {
        step_lines(out, program, depth + 1, by, step);
    }
}

fn step_lines(out: &mut String, program: &Program<'_>, depth: usize, by: CountedBy, step: Step) {
    let kind = STEPS.iter().position(|word| *word == step.what.word());
    let (skipped, holiday) = match (step.what, by.calendar) {
        (
            What::Skipped {
                why: Why::Holiday(index),
                ..
            },
            Some(calendar),
        ) => (1, Some(program.holiday_name(calendar, index))),
        (What::Skipped { .. }, _) => (0, None),
        _ => (-1, None),
    };
    let width = depth * 2;
    writeln!(
        out,
        "{:width$}step {} day={} at={} skipped={skipped} recalled={}",
        "",
        kind.expect("all are listed"),
        step.what.day().map_or("-".to_owned(), day),
        moment(or_nothing(step.what.instant())),
        i32::from(step.law.is_recalled()),
    )
    .unwrap();
    if step.law != Law::Own {
        writeln!(out, "{:width$}  paragraph {}", "", step.law.word()).unwrap();
    }
    if let Some(name) = holiday {
        text_lines(out, program, depth + 1, "holiday", name);
    }
}
