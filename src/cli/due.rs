//! `exq due`: a period and its event to the due, with every step of the count.
//!
//! Invariant: a question is refused or answered whole; nothing is taken for granted, not even a zone. One question of the
//! command line and one line of a batch are read into the same record, so that both are counted alike.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::Serialize;

use super::args::{Args, DueArgs};
use super::calendars::BundledCalendar;
use super::zones::BundledZones;
use super::{Done, Format, Stop};
use crate::compile::ZoneSource;
use crate::explain::Lang;
use crate::explain::derivation::Derivation;
use crate::model::Unit;
use crate::syntax::nearest;
use crate::time::instant::{self, DisplayLocal};
use crate::time::{Counting, Date, Direction, NoDue, Period, Regime, Step, What, Why, Zone, due};

/// The units, as they are written for one and for many.
const UNITS: [(Unit, &str, &str); 7] = [
    (Unit::Minute, "minute", "minutes"),
    (Unit::Hour, "hour", "hours"),
    (Unit::Day, "day", "days"),
    (Unit::WorkingDay, "working day", "working days"),
    (Unit::Week, "week", "weeks"),
    (Unit::Month, "month", "months"),
    (Unit::Year, "year", "years"),
];

/// A question, with its words not yet looked up.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) event: String,
    pub(super) n: i64,
    pub(super) unit: String,
    pub(super) days: i64,
    pub(super) counting: String,
    pub(super) calendar: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) rollover: bool,
    pub(super) before: bool,
}

/// A step, for programs.
#[derive(Clone, Debug, Serialize)]
struct StepJson {
    step: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holiday: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    paragraph: &'static str,
    text: String,
}

/// An answer, for programs.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Answer {
    due: String,
    steps: Vec<StepJson>,
    /// The due as people say it.
    #[serde(skip)]
    said: String,
}

impl Answer {
    /// The due, for programs.
    pub(super) fn due(&self) -> &str {
        &self.due
    }
}

/// Answers one question of the command line.
pub(super) fn run(args: &Args) -> Result<Done, Stop> {
    let question = from_args(&args.due).map_err(Stop::Call)?;
    let answer = Almanac::default()
        .answer(&question, args.lang)
        .map_err(Stop::No)?;
    let out = match args.format {
        Format::Text => {
            let mut out = format!("{}\n{}\n\n", answer.said, answer.due);
            for step in &answer.steps {
                out.push_str(&format!("- {}\n", step.text));
            }
            out
        }
        Format::Json => match serde_json::to_string_pretty(&answer) {
            Ok(json) => format!("{json}\n"),
            Err(error) => return Err(Stop::No(error.to_string())),
        },
    };
    Ok(Done {
        out,
        ..Done::default()
    })
}

fn from_args(due: &DueArgs) -> Result<Question, String> {
    let words = due.period.join(" ");
    let (n, unit, days) = period(&words)?;
    Ok(Question {
        event: due.from.clone().unwrap_or_default(),
        n,
        unit,
        days,
        counting: due.counting.clone().unwrap_or_default(),
        calendar: due.calendar.clone(),
        zone: due.zone.clone(),
        rollover: !due.no_rollover,
        before: due.before,
    })
}

/// `10 days`, `3 working days`, `1 month 10 days`.
fn period(text: &str) -> Result<(i64, String, i64), String> {
    let wrong = || format!("`{text}` is no period, expected one such as `10 days`");
    let mut parts: Vec<(i64, Vec<&str>)> = Vec::new();
    for word in text.split_whitespace() {
        if word.starts_with(|first: char| first.is_ascii_digit()) {
            let n = word.parse().map_err(|_| wrong())?;
            parts.push((n, Vec::new()));
        } else {
            parts.last_mut().ok_or_else(wrong)?.1.push(word);
        }
    }
    match parts.as_slice() {
        [(n, unit)] => Ok((*n, unit.join(" "), 0)),
        [(n, unit), (days, second)] if matches!(second[..], ["day" | "days"]) => {
            Ok((*n, unit.join(" "), *days))
        }
        _ => Err(wrong()),
    }
}

/// The calendars and zones that questions have named so far.
#[derive(Default)]
pub(super) struct Almanac {
    calendars: BTreeMap<String, BundledCalendar>,
    zones: BTreeMap<String, (i32, Vec<u8>)>,
    source: BundledZones,
}

impl Almanac {
    /// The due of a question, or why there is none.
    pub(super) fn answer(&mut self, question: &Question, lang: Lang) -> Result<Answer, String> {
        let event = instant::parse(&question.event)
            .map_err(|error| format!("the event `{}`: {error}", question.event))?;
        let unit = unit(&question.unit)?;
        let regime = regime(&question.counting)?;
        if let Some(name) = &question.calendar {
            self.learn_calendar(name)?;
        }
        let calendar = question
            .calendar
            .as_ref()
            .and_then(|name| self.calendars.get(name));
        let zone_name = question
            .zone
            .clone()
            .or_else(|| calendar.map(|calendar| calendar.zone.clone()));
        let exact = regime == Regime::Elapsed && matches!(unit, Unit::Minute | Unit::Hour);
        let (initial, changes): (i32, &[u8]) = match &zone_name {
            Some(name) => learn_zone(&mut self.zones, &self.source, name)?,
            // Elapsed hours end at the same instant in every zone: the offset of the event only writes it.
            None if exact => (offset(&question.event), &[]),
            None => return Err("a zone or a calendar is needed: whose clock counts?".to_string()),
        };
        let zone = Zone::trusted(initial, changes);
        let counting = Counting {
            regime,
            rollover: question.rollover,
            zone,
            calendar: calendar.map(BundledCalendar::calendar),
        };
        let direction = if question.before {
            Direction::Backward
        } else {
            Direction::Forward
        };
        let period = Period {
            n: question.n,
            unit,
            days: question.days,
        };
        let mut steps = Vec::new();
        let at = due(event, period, direction, &counting, &mut |step| {
            steps.push(step)
        })
        .map_err(|no| refused(no, question, unit, calendar))?;
        let holiday = |index: usize| calendar.map_or("", |known| known.holiday(index, lang));
        let derivation = Derivation {
            zone,
            zone_name: zone_name.as_deref().unwrap_or(""),
            holiday: &holiday,
            lang,
        };
        Ok(Answer {
            due: local(zone, at),
            steps: steps
                .into_iter()
                .map(|step| step_json(step, &derivation))
                .collect(),
            said: derivation.due(at),
        })
    }

    fn learn_calendar(&mut self, name: &str) -> Result<(), String> {
        if let Entry::Vacant(place) = self.calendars.entry(name.to_string()) {
            let names = BundledCalendar::names();
            let found = BundledCalendar::find(name);
            place.insert(found.ok_or_else(|| unknown("calendar", name, &names))?);
        }
        Ok(())
    }
}

fn learn_zone<'z>(
    zones: &'z mut BTreeMap<String, (i32, Vec<u8>)>,
    source: &BundledZones,
    name: &str,
) -> Result<(i32, &'z [u8]), String> {
    let table = match zones.entry(name.to_string()) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => {
            let Some(table) = source.zone(name) else {
                let names = source.names();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                return Err(unknown("zone", name, &names));
            };
            place.insert((table.initial, table.to_bytes()))
        }
    };
    Ok((table.0, &table.1))
}

fn unit(word: &str) -> Result<Unit, String> {
    let found = UNITS
        .iter()
        .find(|(_, one, many)| word == *one || word == *many);
    let names: Vec<&str> = UNITS.iter().map(|(_, _, many)| *many).collect();
    found
        .map(|(unit, _, _)| *unit)
        .ok_or_else(|| unknown("unit", word, &names))
}

fn regime(word: &str) -> Result<Regime, String> {
    let names = Regime::ALL.map(Regime::word);
    Regime::from_word(word).ok_or_else(|| unknown("counting", word, &names))
}

/// `there is no zone `Europe/Pariss`, did you mean `Europe/Paris`?`, or which there are, where they are few.
fn unknown(what: &str, word: &str, names: &[&str]) -> String {
    let near = nearest(word, names.iter().copied());
    let hint = match near {
        Some(near) => format!(", did you mean `{near}`?"),
        None if names.len() < 10 => format!(", expected one of `{}`", names.join("`, `")),
        None => String::new(),
    };
    format!("there is no {what} `{word}`{hint}")
}

/// Why there is no due, with what the question said.
fn refused(
    no: NoDue,
    question: &Question,
    unit: Unit,
    calendar: Option<&BundledCalendar>,
) -> String {
    let many = UNITS.iter().find(|(known, _, _)| *known == unit);
    let many = many.map_or("", |(_, _, many)| many);
    let counting = &question.counting;
    match no {
        NoDue::Undefined if question.days > 0 => {
            format!("`{counting}` does not say how {many} with days run")
        }
        NoDue::Undefined if question.before => {
            format!("`{counting}` does not say how {many} run before an event")
        }
        NoDue::Undefined => format!("`{counting}` does not say how {many} run"),
        NoDue::Period => format!("a period has from 1 to {} {many}", unit.most()),
        NoDue::NoCalendar => format!(
            "{many} by `{counting}` need a calendar, one of `{}`",
            BundledCalendar::names().join("`, `")
        ),
        NoDue::NotCovered { day } => {
            let date = Date::from_days(day);
            let name = question.calendar.as_deref().unwrap_or("");
            let years = match calendar.map_or((0, 0), |calendar| calendar.years) {
                (first, last) if first == last => first.to_string(),
                (first, last) => format!("{first} to {last}"),
            };
            format!(
                "undetermined: the calendar `{name}` covers {years}, and the count has to know {date}"
            )
        }
        NoDue::OutOfRange => no.to_string(),
    }
}

fn step_json(step: Step, derivation: &Derivation<'_>) -> StepJson {
    let (why, holiday) = match step.what {
        What::Skipped { why, .. } => match why {
            Why::Weekend => (Some("weekend"), None),
            Why::Holiday(index) => (
                Some("holiday"),
                Some((derivation.holiday)(index).to_string()),
            ),
        },
        _ => (None, None),
    };
    StepJson {
        step: step.what.word(),
        date: step.what.day().map(|day| Date::from_days(day).to_string()),
        at: step.what.instant().map(|at| local(derivation.zone, at)),
        why,
        holiday,
        paragraph: step.law.word(),
        text: derivation.sentence(step),
    }
}

fn local(zone: Zone<'_>, at: i64) -> String {
    DisplayLocal {
        instant: at,
        offset: zone.offset_at(at),
    }
    .to_string()
}

/// The offset of an instant that was read, in seconds: its last six characters, or none behind a `Z`.
fn offset(written: &str) -> i32 {
    let Some(at) = written.len().checked_sub(6) else {
        return 0;
    };
    let number = |from: usize| {
        written
            .get(from..from + 2)
            .and_then(|text| text.parse().ok())
            .unwrap_or(0)
    };
    let seconds: i32 = number(at + 1) * 3_600 + number(at + 4) * 60;
    match written.get(at..=at) {
        Some("+") => seconds,
        Some("-") => -seconds,
        _ => 0,
    }
}
