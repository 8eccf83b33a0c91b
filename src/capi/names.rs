//! The names of a pack, whole and in one place: ids to names and names to ids.
//!
//! Invariant: made once when a pack is loaded, so that a name is borrowed and never built while a host asks.

use super::constants::*;
use super::failure::Failure;
use crate::json::{naming, nearest};
use crate::model::{NormId, RuleId};
use crate::pack::Program;

/// The kinds of things that have names, by their numbers.
const WORDS: [&str; 9] = [
    "pack",
    "enumeration",
    "set",
    "fact",
    "event",
    "norm",
    "rule",
    "version",
    "calendar",
];

/// The names of one kind.
#[derive(Default)]
struct Kind {
    /// By id.
    names: Vec<String>,
    /// Ids in the order of names.
    sorted: Vec<u32>,
}

/// The names of a pack.
pub(super) struct Names([Kind; 9]);

impl Kind {
    fn new(names: impl Iterator<Item = String>) -> Kind {
        let names: Vec<String> = names.collect();
        let mut sorted: Vec<u32> = (0u32..).take(names.len()).collect();
        sorted.sort_by_key(|id| names.get(*id as usize));
        Kind { names, sorted }
    }
}

impl Names {
    pub(super) fn of(program: &Program<'_>) -> Names {
        let text = |range| program.str(range).to_string();
        let ids = |count: usize| (0u16..).take(count);
        let rule = |rule: u16| {
            let (pack, name) = program.rule_name(RuleId(rule));
            format!("{pack}/{name}")
        };
        Names([
            Kind::new(program.packs.iter().map(|row| text(row.name))),
            Kind::new(program.enums.iter().map(|row| text(row.name))),
            Kind::new(program.sets.iter().map(|row| text(row.name))),
            Kind::new(program.facts.iter().map(|row| text(row.name))),
            Kind::new(program.events.iter().map(|row| text(row.name))),
            Kind::new(ids(program.norms.len()).map(|id| naming::norm(program, NormId(id)))),
            Kind::new(ids(program.rules.len()).map(rule)),
            Kind {
                names: program.versions.iter().map(|row| rule(row.rule)).collect(),
                sorted: Vec::new(),
            },
            Kind::new(program.calendars.iter().map(|row| text(row.name))),
        ])
    }

    fn kind(&self, kind: i32) -> Result<(&Kind, &'static str), Failure> {
        let index = usize::try_from(kind).ok();
        let found = index.and_then(|index| self.0.get(index).zip(WORDS.get(index)));
        found.map(|(kind, word)| (kind, *word)).ok_or_else(|| {
            let message = format!("`kind` is {kind}, expected one of `EXQ_KIND_…`, 0 to 8");
            Failure::argument("kind", message)
        })
    }

    pub(super) fn count(&self, kind: i32) -> Result<u32, Failure> {
        let (kind, _) = self.kind(kind)?;
        Ok(u32::try_from(kind.names.len()).unwrap_or(u32::MAX))
    }

    /// The name of a thing.
    pub(super) fn name(&self, kind: i32, id: u32) -> Result<&str, Failure> {
        let (kind, word) = self.kind(kind)?;
        let name = kind.names.get(id as usize);
        name.map(String::as_str)
            .ok_or_else(|| Failure::no_such(word, id, kind.names.len()))
    }

    /// The thing with this name.
    pub(super) fn find(&self, kind: i32, name: &str) -> Result<u32, Failure> {
        if kind == EXQ_KIND_VERSION {
            let message = "versions have the name of their rule: look for the rule";
            return Err(Failure::argument("kind", message));
        }
        let (kind, word) = self.kind(kind)?;
        let at = |id: &u32| kind.names.get(*id as usize).map_or("", String::as_str);
        match kind.sorted.binary_search_by(|id| at(id).cmp(name)) {
            Ok(index) => Ok(kind.sorted.get(index).copied().unwrap_or(EXQ_NONE)),
            Err(_) => Err(unknown(word, name, kind.names.iter().map(String::as_str))),
        }
    }
}

/// There is nothing with this name.
pub(super) fn unknown<'n>(
    word: &'static str,
    name: &str,
    known: impl Iterator<Item = &'n str>,
) -> Failure {
    let near =
        nearest(name, known).map_or(String::new(), |near| format!(", did you mean `{near}`?"));
    Failure::new(
        EXQ_E_NAME,
        word,
        format!("there is no {word} `{name}`{near}"),
    )
}
