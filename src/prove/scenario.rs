//! A situation as a scenario of the language, to be pasted into a pack and run.
//!
//! Invariant: what it says is the situation, no more and no less, so that the scenario can be run as it stands.

use std::fmt::Write as _;

use super::situation::{Said, Situation};
use crate::eval::EventSlot;
use crate::model::NormId;
use crate::pack::Program;
use crate::time::Date;
use crate::time::instant::{Display, SECOND};

/// Writes a scenario with a title and what is expected, each as the language writes it.
#[must_use]
pub fn scenario(
    program: &Program<'_>,
    case: &Situation,
    title: &str,
    expected: &[String],
) -> String {
    let mut text = String::new();
    let title = title.replace('\\', "\\\\").replace('"', "\\\"");
    let _ = writeln!(text, "scenario \"{title}\"");
    if let Some(day) = case.law_date {
        let _ = writeln!(text, "  law date {}", Date::from_days(day));
    }
    let adopted: Vec<&str> = case.adopted.iter().map(String::as_str).collect();
    if !adopted.is_empty() {
        let _ = writeln!(text, "  adopt {}", adopted.join(", "));
    }
    let levels = [
        ("without undue delay", case.service.undue_delay),
        ("expeditiously", case.service.expeditiously),
    ];
    for (word, level) in levels {
        if let Some(level) = level {
            let _ = writeln!(text, "  {word} within {}", length(level));
        }
    }
    let mut given: Vec<String> = Vec::new();
    for row in program.facts.iter() {
        let name = program.str(row.name);
        // A fact whose type differs between two programs has the name of one of them.
        let said = case.facts.iter().find(|(other, _)| plain(other) == name);
        if let Some((_, said)) = said {
            given.push(fact(name, said, row.ty == 5));
        }
    }
    for row in program.events.iter() {
        let name = program.str(row.name);
        match case.events.get(name) {
            Some(EventSlot::At(at)) => given.push(format!("{name} at {}", Display(*at))),
            Some(EventSlot::Not) => given.push(format!("{name} not happened")),
            Some(EventSlot::Null) => given.push(format!("{name} unknown")),
            Some(EventSlot::Absent) | None => {}
        }
    }
    if !given.is_empty() {
        let _ = writeln!(text, "  given {}", given.join(",\n        "));
    }
    let _ = writeln!(text, "  at {}", Display(case.now));
    if !expected.is_empty() {
        let _ = writeln!(text, "  expect {}", expected.join(",\n         "));
    }
    text += "end\n";
    text
}

/// A length in the largest unit that has it whole.
fn length(microseconds: i64) -> String {
    let units = [
        (86_400 * SECOND, "days"),
        (3_600 * SECOND, "hours"),
        (60 * SECOND, "minutes"),
        (SECOND, "seconds"),
    ];
    let whole = units.iter().find(|(unit, _)| microseconds % unit == 0);
    let (unit, word) = whole.copied().unwrap_or((1, "microseconds"));
    format!("{} {word}", microseconds / unit)
}

/// The name of a norm, with its member if it is one of a family.
#[must_use]
pub fn norm_name(program: &Program<'_>, norm: NormId) -> String {
    match program.norm_name(norm) {
        (name, Some(member)) => format!("{name} of {member}"),
        (name, None) => name.to_string(),
    }
}

/// The name of a fact, without the type that tells it from another program's.
fn plain(name: &str) -> &str {
    name.split_once(" as ").map_or(name, |(name, _)| name)
}

fn fact(name: &str, said: &Said, is_instant: bool) -> String {
    match said {
        Said::Null => format!("{name} unknown"),
        Said::Bool(true) => name.to_string(),
        Said::Bool(false) => format!("not {name}"),
        Said::Member(member) => format!("{name} is {member}"),
        Said::Members(members) => {
            let members: Vec<&str> = members.iter().map(String::as_str).collect();
            format!("{name} is {{{}}}", members.join(", "))
        }
        Said::Number(at) if is_instant => format!("{name} is {}", Display(*at)),
        Said::Number(value) => format!("{name} is {value}"),
        Said::Money(money) => format!("{name} is {money} {}", money.currency.as_str()),
    }
}
