//! The steps of a count as JSON: what was found, on which day, and the paragraph that says so.
//!
//! Invariant: nothing is counted here and nothing is put into sentences; the names of holidays stand in both languages.

use serde::Serialize;

use super::record::Text;
use crate::eval::CountedBy;
use crate::pack::Program;
use crate::time::instant::Display;
use crate::time::{Date, Law, Step, What, Why};

/// A step.
#[derive(Serialize)]
pub(super) struct StepRecord<'p> {
    step: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// Of the first step: the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'p str>,
    /// Of the first step: the calendar, where one counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holiday: Option<Text<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<&'static str>,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    recalled: bool,
}

/// The steps of a count that was made by these.
pub(super) fn records<'p>(
    program: &Program<'p>,
    by: CountedBy,
    steps: &[Step],
) -> Vec<StepRecord<'p>> {
    let mut records: Vec<StepRecord<'p>> = steps
        .iter()
        .map(|step| record(program, by, *step))
        .collect();
    if let Some(first) = records.first_mut() {
        first.zone = Some(program.str(program.zones.at(by.zone.index()).name));
        first.calendar = by
            .calendar
            .map(|calendar| program.str(program.calendars.at(calendar.index()).name));
    }
    records
}

fn record<'p>(program: &Program<'p>, by: CountedBy, step: Step) -> StepRecord<'p> {
    let (why, holiday) = match (step.what, by.calendar) {
        (
            What::Skipped {
                why: Why::Weekend, ..
            },
            _,
        ) => (Some("weekend"), None),
        (
            What::Skipped {
                why: Why::Holiday(index),
                ..
            },
            Some(calendar),
        ) => {
            let name = program.holiday_name(calendar, index);
            let text = Text {
                en: program.str(name.en),
                fr: program.str(name.fr),
            };
            (Some("holiday"), Some(text))
        }
        _ => (None, None),
    };
    StepRecord {
        step: step.what.word(),
        date: step.what.day().map(|day| Date::from_days(day).to_string()),
        at: step.what.instant().map(|at| Display(at).to_string()),
        zone: None,
        calendar: None,
        why,
        holiday,
        paragraph: (step.law != Law::Own).then(|| step.law.word()),
        recalled: step.law.is_recalled(),
    }
}
