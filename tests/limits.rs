//! The law of time limits: the corner cases of the texts, an oracle of other origin, and what holds of every count.
//!
//! `tests/oracle/limits.csv` was written by `tests/oracle/limits.py`, which walks each period day by day with another
//! library's holidays and another library's zones; the ignored tests ask it anew and need Python with `holidays`.
#![cfg(feature = "cli")]

#[path = "limits/changes.rs"]
mod changes;
#[path = "limits/properties.rs"]
mod properties;
#[path = "limits/vectors.rs"]
mod vectors;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use exequatur::cli::calendars::BundledCalendar;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::ZoneSource;
use exequatur::model::Unit;
use exequatur::time::instant::{self, DisplayLocal};
use exequatur::time::{Counting, Date, Direction, NoDue, Period, Regime, Step, Zone, due};

/// The calendars and zones that a test has named so far.
#[derive(Default)]
pub struct World {
    calendars: BTreeMap<String, BundledCalendar>,
    zones: BTreeMap<String, (i32, Vec<u8>)>,
}

impl World {
    /// How to count by a regime at a place; without a calendar if its name is empty.
    pub fn counting(&mut self, regime: Regime, calendar: &str, zone: &str) -> Counting<'_> {
        if !calendar.is_empty() && !self.calendars.contains_key(calendar) {
            let found = BundledCalendar::find(calendar).expect("a calendar");
            self.calendars.insert(calendar.to_string(), found);
        }
        if !self.zones.contains_key(zone) {
            let table = BundledZones::default().zone(zone).expect("a zone");
            self.zones
                .insert(zone.to_string(), (table.initial, table.to_bytes()));
        }
        let (initial, changes) = &self.zones[zone];
        Counting {
            regime,
            rollover: true,
            zone: Zone::new(*initial, changes).expect("a table"),
            calendar: self.calendars.get(calendar).map(BundledCalendar::calendar),
        }
    }
}

/// A due without its derivation.
pub fn plain(
    event: i64,
    period: Period,
    direction: Direction,
    counting: &Counting<'_>,
) -> Result<i64, NoDue> {
    due(event, period, direction, counting, &mut |_| {})
}

/// A due with its derivation.
pub fn derived(
    event: i64,
    period: Period,
    direction: Direction,
    counting: &Counting<'_>,
) -> (Result<i64, NoDue>, Vec<Step>) {
    let mut steps = Vec::new();
    let found = due(event, period, direction, counting, &mut |step| {
        steps.push(step)
    });
    (found, steps)
}

/// An instant by the clock of a zone.
pub fn local(zone: &Zone<'_>, at: i64) -> String {
    let offset = zone.offset_at(at);
    DisplayLocal {
        instant: at,
        offset,
    }
    .to_string()
}

/// A unit by the word of the batch.
pub fn unit(word: &str) -> Unit {
    match word {
        "minutes" => Unit::Minute,
        "hours" => Unit::Hour,
        "days" => Unit::Day,
        "working days" => Unit::WorkingDay,
        "weeks" => Unit::Week,
        "months" => Unit::Month,
        "years" => Unit::Year,
        _ => panic!("no unit: {word}"),
    }
}

#[test]
fn the_oracle_agrees() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/limits.csv");
    let text = std::fs::read_to_string(path).expect("the vectors");
    let mut world = World::default();
    let mut wrong = Vec::new();
    let mut dues = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [
            regime,
            calendar,
            zone,
            rollover,
            before,
            event,
            n,
            word,
            days,
            expected,
        ] = cells[..]
        else {
            panic!("a line with other columns: {line}");
        };
        let regime = Regime::from_word(regime).expect("a regime");
        let mut counting = world.counting(regime, calendar, zone);
        counting.rollover = rollover == "true";
        let direction = match before {
            "true" => Direction::Backward,
            _ => Direction::Forward,
        };
        let period = Period {
            n: n.parse().expect("a number"),
            unit: unit(word),
            days: days.parse().expect("a number"),
        };
        let event = instant::parse(event).expect("an instant");
        let found = match plain(event, period, direction, &counting) {
            Ok(at) => {
                *dues.entry(regime.word()).or_insert(0) += 1;
                local(&counting.zone, at)
            }
            Err(NoDue::NotCovered { day }) => format!("undetermined {}", Date::from_days(day)),
            Err(NoDue::Undefined) => "undefined".to_string(),
            Err(other) => other.to_string(),
        };
        if found != expected {
            wrong.push(format!("{line}\n  found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(dues.len(), Regime::ALL.len());
    assert!(dues.values().all(|count| *count > 200), "{dues:?}");
}

/// Runs a script with the Python that has `holidays`: `EXEQUATUR_PYTHON`, or `python3`.
fn python(words: &[&str]) {
    let python = std::env::var("EXEQUATUR_PYTHON").unwrap_or_else(|_| "python3".to_string());
    let output = Command::new(python)
        .args(words)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("python3");
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complained}");
}

#[test]
#[ignore = "needs python-holidays"]
fn the_oracle_agrees_on_a_hundred_thousand_more_by_each_regime() {
    let exq = env!("CARGO_BIN_EXE_exq");
    python(&["tests/oracle/limits.py", "--check", "100000", "--exq", exq]);
}

#[test]
#[ignore = "needs python-holidays"]
fn the_calendars_are_those_of_the_library() {
    python(&["rules/calendars/generate.py", "--check"]);
}
