//! The vocabulary of a program as plain lists, in the order of ids: what the writers of all languages walk.

use crate::json::naming;
use crate::model::NormId;
use crate::pack::format::{FactRow, NONE16, Text};
use crate::pack::{Program, schema_hash};

/// A pack's vocabulary. An id is an index.
pub(super) struct Vocabulary<'p> {
    pub(super) packs: Vec<&'p str>,
    pub(super) enums: Vec<Enumeration<'p>>,
    pub(super) sets: Vec<&'p str>,
    pub(super) facts: Vec<Fact<'p>>,
    pub(super) events: Vec<Event<'p>>,
    pub(super) norms: Vec<String>,
    pub(super) rules: Vec<String>,
    /// The enumeration of places.
    pub(super) territory: Option<usize>,
    pub(super) hash: [u8; 32],
}

/// An enumeration.
pub(super) struct Enumeration<'p> {
    pub(super) name: &'p str,
    pub(super) members: Vec<&'p str>,
}

/// An event.
pub(super) struct Event<'p> {
    pub(super) name: &'p str,
    /// Its question; empty if the rules have none.
    pub(super) about: &'p str,
}

/// A fact.
pub(super) struct Fact<'p> {
    pub(super) name: &'p str,
    /// Its question; empty if the rules have none.
    pub(super) about: &'p str,
    pub(super) ty: Ty,
}

/// What a fact takes.
#[derive(Clone, Copy)]
pub(super) enum Ty {
    Bool,
    /// A member of this enumeration.
    Member(usize),
    /// Members of this enumeration.
    Set(usize),
    /// From the least to the greatest.
    Int(i64, i64),
    Money,
    Instant,
}

impl Ty {
    fn of(row: &FactRow) -> Ty {
        match row.ty {
            0 => Ty::Bool,
            1 => Ty::Member(usize::from(row.of)),
            2 => Ty::Set(usize::from(row.of)),
            3 => Ty::Int(row.least, row.most),
            4 => Ty::Money,
            _ => Ty::Instant,
        }
    }
}

impl<'p> Vocabulary<'p> {
    pub(super) fn of(program: &Program<'p>) -> Vocabulary<'p> {
        let en = |text: Text| program.str(text.en);
        let enums = program.enums.iter().map(|row| {
            let members = program.members.range(row.members.first, row.members.count);
            Enumeration {
                name: program.str(row.name),
                members: members.map(|member| program.str(member.name)).collect(),
            }
        });
        let facts = program.facts.iter().map(|row| Fact {
            name: program.str(row.name),
            about: en(row.ask),
            ty: Ty::of(&row),
        });
        let events = program.events.iter().map(|row| Event {
            name: program.str(row.name),
            about: en(row.ask),
        });
        let norms = (0..program.norms.len()).map(|id| naming::norm(program, NormId(id as u16)));
        let rules = program.rules.iter().map(|row| {
            let pack = program.packs.at(usize::from(row.pack));
            format!("{}/{}", program.str(pack.name), program.str(row.name))
        });
        Vocabulary {
            packs: program
                .packs
                .iter()
                .map(|row| program.str(row.name))
                .collect(),
            enums: enums.collect(),
            sets: program
                .sets
                .iter()
                .map(|row| program.str(row.name))
                .collect(),
            facts: facts.collect(),
            events: events.collect(),
            norms: norms.collect(),
            rules: rules.collect(),
            territory: (program.territory != NONE16).then(|| usize::from(program.territory)),
            hash: schema_hash(program),
        }
    }

    /// What has ids beside enumerations: the word for its kind, and the names in the order of ids.
    pub(super) fn kinds(&self) -> [(&'static str, Vec<&str>); 5] {
        let norms = self.norms.iter().map(String::as_str);
        [
            ("fact", self.facts.iter().map(|fact| fact.name).collect()),
            (
                "event",
                self.events.iter().map(|event| event.name).collect(),
            ),
            ("norm", norms.collect()),
            ("pack", self.packs.clone()),
            ("set", self.sets.clone()),
        ]
    }

    /// Whether some fact takes sets of an enumeration.
    pub(super) fn is_in_sets(&self, enumeration: usize) -> bool {
        let takes = |fact: &Fact<'_>| matches!(fact.ty, Ty::Set(of) if of == enumeration);
        self.facts.iter().any(takes)
    }
}
