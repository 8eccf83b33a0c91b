//! How things are named in an answer: rules with their pack, norms with their member, places by their members.

use crate::eval::{Named, Part};
use crate::model::{Bits, NormId, PackId, VersionId};
use crate::pack::Program;
use crate::pack::format::{NONE16, Text};
use crate::time::Date;

/// The name of a pack.
#[must_use]
pub fn pack<'p>(program: &Program<'p>, pack: PackId) -> &'p str {
    program.str(program.packs.at(pack.index()).name)
}

/// The name of a version's rule: `eu.tco/removal`.
#[must_use]
pub fn version(program: &Program<'_>, version: VersionId) -> String {
    let rule = program.versions.at(version.index()).rule;
    let (pack, name) = program.rule_name(crate::model::RuleId(rule));
    format!("{pack}/{name}")
}

/// The first day of a dated version: `2022-06-07`.
#[must_use]
pub fn version_date(program: &Program<'_>, version: VersionId) -> Option<String> {
    let from = program.versions.at(version.index()).from;
    (from != i32::MIN).then(|| day(from).to_string())
}

/// The name of a norm: `takedown`, `disclose of subscriber`.
#[must_use]
pub fn norm(program: &Program<'_>, norm: NormId) -> String {
    match program.norm_name(norm) {
        (name, None) => name.to_string(),
        (name, Some(member)) => format!("{name} of {member}"),
    }
}

/// The name of a fact, event, set or calendar.
#[must_use]
pub fn named<'p>(program: &Program<'p>, named: Named) -> &'p str {
    match named {
        Named::Fact(fact) => program.str(program.facts.at(fact.index()).name),
        Named::Event(event) => program.str(program.events.at(event.index()).name),
        Named::Set(set) => program.str(program.sets.at(set.index()).name),
        Named::Calendar(calendar) => program.str(program.calendars.at(calendar.index()).name),
    }
}

/// What it is: `fact`, `event`, `set` or `calendar`.
#[must_use]
pub const fn kind(named: Named) -> &'static str {
    match named {
        Named::Fact(_) => "fact",
        Named::Event(_) => "event",
        Named::Set(_) => "set",
        Named::Calendar(_) => "calendar",
    }
}

/// The question that asks for it; `None` where none was written.
#[must_use]
pub fn question(program: &Program<'_>, named: Named) -> Option<Text> {
    let text = match named {
        Named::Fact(fact) => program.facts.at(fact.index()).ask,
        Named::Event(event) => program.events.at(event.index()).ask,
        Named::Set(_) | Named::Calendar(_) => return None,
    };
    written(text)
}

/// The text, if there is one.
#[must_use]
pub fn written(text: Text) -> Option<Text> {
    (text.en.len > 0 || text.fr.len > 0).then_some(text)
}

/// The name of a member of an enumeration.
#[must_use]
pub fn member<'p>(program: &Program<'p>, enumeration: u16, member: u16) -> &'p str {
    let members = program.enums.at(usize::from(enumeration)).members;
    program.str(
        program
            .members
            .at(members.first as usize + usize::from(member))
            .name,
    )
}

/// The names of the places of a part; `None` for everywhere.
pub fn places<'p>(
    program: &Program<'p>,
    part: &Part,
) -> Option<impl Iterator<Item = &'p str> + Clone + use<'p>> {
    let all = Bits::first(program.bounds.places);
    if program.territory == NONE16 || all.minus(part.places).is_empty() {
        return None;
    }
    let (program, places) = (*program, part.places);
    Some(
        (0u16..256)
            .filter(move |place| places.contains(*place))
            .map(move |place| member(&program, program.territory, place)),
    )
}

/// A day, from days since 1970-01-01.
#[must_use]
pub fn day(days: i32) -> Date {
    Date::from_days(days)
}
