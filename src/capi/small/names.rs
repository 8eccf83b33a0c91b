//! The names of a pack, in the small library: read from its tables each time, as there is nowhere to keep them.
//!
//! Invariant: a name finds what it finds in the library that keeps names. Names that are made of two, those of rules and
//! of norms of a family, are compared piece by piece and never built.

use crate::capi::constants::*;
use crate::capi::failure::Failure;
use crate::model::{NormId, RuleId};
use crate::pack::{Pack, Program};

/// The names of a pack, which is where they stand.
pub(in crate::capi) struct Names(pub Pack<'static>);

impl Names {
    /// How many things of a kind there are.
    pub(in crate::capi) fn count(&self, kind: i32) -> Result<u32, Failure> {
        let program = self.0.program();
        let count = match kind {
            EXQ_KIND_PACK => program.packs.len(),
            EXQ_KIND_ENUM => program.enums.len(),
            EXQ_KIND_SET => program.sets.len(),
            EXQ_KIND_FACT => program.facts.len(),
            EXQ_KIND_EVENT => program.events.len(),
            EXQ_KIND_NORM => program.norms.len(),
            EXQ_KIND_RULE => program.rules.len(),
            EXQ_KIND_VERSION => program.versions.len(),
            EXQ_KIND_CALENDAR => program.calendars.len(),
            _ => return Err(Failure::argument("kind", "no such kind")),
        };
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// What messages would call a thing; a failure if there is none with this id.
    pub(in crate::capi) fn name(&self, kind: i32, id: u32) -> Result<&'static str, Failure> {
        let count = self.count(kind)?;
        if id >= count {
            return Err(Failure::no_such("id", id, count as usize));
        }
        Ok("")
    }

    /// The thing with this name: the first, as in the order of names.
    pub(in crate::capi) fn find(&self, kind: i32, name: &str) -> Result<u32, Failure> {
        if kind == EXQ_KIND_VERSION {
            return Err(Failure::argument("kind", "versions have no own names"));
        }
        let count = self.count(kind)?;
        let program = self.0.program();
        let mut ids = 0..count;
        let found = ids.find(|id| is_named(program, kind, *id, name));
        found.ok_or_else(|| Failure::new(EXQ_E_NAME, "name", "no such name"))
    }
}

/// True if this is the name of the thing.
fn is_named(program: &Program<'_>, kind: i32, id: u32, name: &str) -> bool {
    let at = id as usize;
    let own = match kind {
        EXQ_KIND_PACK => program.packs.at(at).name,
        EXQ_KIND_ENUM => program.enums.at(at).name,
        EXQ_KIND_SET => program.sets.at(at).name,
        EXQ_KIND_FACT => program.facts.at(at).name,
        EXQ_KIND_EVENT => program.events.at(at).name,
        EXQ_KIND_CALENDAR => program.calendars.at(at).name,
        EXQ_KIND_NORM => {
            let id = NormId(u16::try_from(id).unwrap_or(u16::MAX));
            return match program.norm_name(id) {
                (family, None) => name == family,
                (family, Some(member)) => is_joined(name, family, " of ", member),
            };
        }
        _ => {
            let id = RuleId(u16::try_from(id).unwrap_or(u16::MAX));
            let (pack, rule) = program.rule_name(id);
            return is_joined(name, pack, "/", rule);
        }
    };
    program.str(own) == name
}

/// True if the name is made of these three.
fn is_joined(name: &str, first: &str, between: &str, last: &str) -> bool {
    let name = name.as_bytes().strip_prefix(first.as_bytes());
    let name = name.and_then(|rest| rest.strip_prefix(between.as_bytes()));
    name == Some(last.as_bytes())
}

/// There is nothing with this name.
pub(in crate::capi) fn unknown<'n>(
    _word: &'static str,
    _name: &str,
    _known: impl Iterator<Item = &'n str>,
) -> Failure {
    Failure::new(EXQ_E_NAME, "name", "no such name")
}
