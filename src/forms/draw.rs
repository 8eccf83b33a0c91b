//! A field and its sources to its values, with what they rest on.
//!
//! Invariant: a value is taken whole or not at all: one that breaks the limit of its field is refused, and never cut.

use super::read::Reader;
use super::record::{Origin, Said};
use super::table::{Field, Limit, Row, Source};
use crate::json::naming;
use crate::time::instant::Display;

/// What the sources of a field gave.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) values: Vec<String>,
    pub(super) from: Vec<Origin>,
    /// Codes among which the facts do not choose.
    pub(super) candidates: Vec<&'static str>,
    /// What the form has no code for.
    pub(super) left_out: Vec<String>,
    /// Why a value was not taken.
    pub(super) refused: Option<Said>,
}

impl Drawn {
    fn add(&mut self, value: String, from: impl IntoIterator<Item = Origin>) {
        if !self.values.contains(&value) {
            self.values.push(value);
        }
        for origin in from {
            if !self.from.contains(&origin) {
                self.from.push(origin);
            }
        }
    }

    /// True if nothing is known of it, not even between which codes it lies.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.candidates.is_empty()
    }
}

/// Draws a field from the first of its sources that gives something.
pub(super) fn draw(reader: &Reader<'_, '_>, field: &Field) -> Drawn {
    let mut drawn = Drawn::default();
    for source in field.sources {
        match source {
            Source::Members(fact, prefix) => members(reader, field, fact, prefix, &mut drawn),
            Source::Rows(rows) => of_rows(reader, field, rows, &mut drawn),
            Source::Day(events) => {
                if let Some((at, origin)) = first(reader, events) {
                    let (day, zone) = reader.day(at);
                    drawn.add(day, [origin.by_clock(zone)]);
                }
            }
            Source::At(events) => {
                if let Some((at, origin)) = first(reader, events) {
                    drawn.add(Display(at).to_string(), [origin]);
                }
            }
            Source::Places(norms) => places(reader, field, norms, &mut drawn),
            Source::Cites(norms) => cites(reader, norms, &mut drawn),
        }
        if !drawn.is_empty() {
            break;
        }
    }
    if let Some(why) = field
        .limit
        .and_then(|limit| beyond(limit, drawn.values.first()?))
    {
        drawn.values.clear();
        drawn.refused = Some(why);
    }
    drawn
}

/// The first of some events that happened.
fn first(reader: &Reader<'_, '_>, events: &[&'static str]) -> Option<(i64, Origin)> {
    let happened = events.iter().filter_map(|event| reader.event(event));
    happened.min_by_key(|(at, _)| *at)
}

fn members(
    reader: &Reader<'_, '_>,
    field: &Field,
    fact: &'static str,
    prefix: &str,
    drawn: &mut Drawn,
) {
    for member in reader.members(fact).unwrap_or_default() {
        let code = match prefix {
            "" => member.to_string(),
            prefix => format!("{prefix}{}", member.to_uppercase()),
        };
        if field.codes.is_empty() || field.codes.contains(&code.as_str()) {
            drawn.add(code, [Origin::Fact { fact }]);
        } else {
            drawn.left_out.push(member.to_string());
        }
    }
}

fn of_rows(reader: &Reader<'_, '_>, field: &Field, rows: &[Row], drawn: &mut Drawn) {
    let mut open: Vec<&Row> = Vec::new();
    for row in rows {
        let holds = row.when.iter().map(|test| reader.holds(*test));
        let Some(from) = holds.collect::<Option<Vec<Origin>>>() else {
            continue;
        };
        match row.then {
            [code] => drawn.add((*code).to_string(), from),
            _ => open.push(row),
        }
        if !field.many {
            break;
        }
    }
    // Where one of the candidates is known from elsewhere, it may be all that was meant.
    let settled = |row: &&&Row| {
        let mut codes = row.then.iter();
        codes.any(|code| drawn.values.iter().any(|value| value == code))
    };
    let open: Vec<&&Row> = open.iter().filter(|row| !settled(row)).collect();
    drawn
        .candidates
        .extend(open.iter().flat_map(|row| row.then));
}

/// The places that the form knows; what a duty reaches beyond them is no matter of the form.
fn places(reader: &Reader<'_, '_>, field: &Field, norms: &[&str], drawn: &mut Drawn) {
    for part in norms.iter().flat_map(|norm| reader.due(norm)) {
        let names = naming::places(reader.program(), part);
        for place in names.into_iter().flatten() {
            if field.codes.contains(&place) {
                drawn.add(place.to_string(), [reader.of_norm(part)]);
            }
        }
    }
}

/// `Regulation (EU) 2021/784, art. 3(3)`, of all rules by which the norms are due.
fn cites(reader: &Reader<'_, '_>, norms: &[&str], drawn: &mut Drawn) {
    let program = reader.program();
    let mut said: Vec<String> = Vec::new();
    let mut from = Vec::new();
    for part in norms.iter().flat_map(|norm| reader.due(norm)) {
        let Some(version) = reader.rule(part) else {
            continue;
        };
        let source = program.packs.at(program.pack_of(version).index()).source;
        let range = program.versions.at(version.index()).cites;
        for cite in program.cites.range(range.first, range.count) {
            let article = program.str(cite.article.en);
            let cited = match program.str(source.en) {
                "" => article.to_string(),
                source => format!("{source}, {article}"),
            };
            if !said.contains(&cited) {
                said.push(cited);
            }
        }
        from.push(reader.of_norm(part));
    }
    if !said.is_empty() {
        drawn.add(said.join("; "), from);
    }
}

/// Why a value breaks its limit, if it does.
fn beyond(limit: Limit, value: &str) -> Option<Said> {
    match limit {
        Limit::Chars(most) => (value.chars().count() > most).then(|| {
            Said::new(
                format!("it would have more than {most} characters"),
                format!("il aurait plus de {most} caractères"),
            )
        }),
        // Days in this form are ordered as their texts are.
        Limit::Days("", to) => (value > to).then(|| {
            Said::new(
                format!("{value} is after {to}, the last day that the form takes"),
                format!("{value} est après le {to}, dernier jour que prend le formulaire"),
            )
        }),
        Limit::Days(from, to) => (value < from || value > to).then(|| {
            Said::new(
                format!("{value} is not from {from} to {to}, the days that the form takes"),
                format!("{value} n'est pas du {from} au {to}, jours que prend le formulaire"),
            )
        }),
    }
}
