//! A program as formulas: what it answers in every case at once.
//!
//! It says of variables what the evaluator says of values, step by step in the order of `docs/LANGUAGE.md` §4 to §11.
//! Invariant: under an assignment that is a case, every formula has the truth that the evaluator finds for that case; a
//! test compares the two on random programs and cases, and every counter-case is given to the evaluator before it is
//! shown.

mod condition;
mod curve;
mod date;
mod norm;
mod one_of;
mod place;
mod set;
mod status;
mod timing;
mod window;
mod working;

pub use curve::Counted;
pub use norm::{Part, Row};
pub use one_of::OneOf;
pub use timing::{Moment, Timing};
pub use working::WorkingDays;

use std::collections::HashMap;

use super::formula::Lit;
use super::kleene::Kleene;
use super::world::{World, fact_name, lens};
use crate::model::{NormId, PackStatus, VersionId};
use crate::pack::Program;
use crate::pack::format::{NONE16, NONE32};

/// What a program answers, as formulas of the world's variables.
pub struct Symbolic {
    /// For each pack, whether it decides.
    pub decides: Vec<Lit>,
    /// For each version, whether it is evaluated and in force, whether or not its pack decides.
    pub present: Vec<Lit>,
    /// For each version its whole condition: its pack's, its own and its bases'.
    pub truths: Vec<Kleene>,
    /// For each version its own condition.
    pub own: Vec<Kleene>,
    /// For each norm its guard; none, if it is not protected.
    pub guards: Vec<Option<Kleene>>,
    /// For each norm its parts: places of which the program may say different things.
    pub norms: Vec<Vec<Part>>,
    /// For each property its condition; without one, always true.
    pub properties: Vec<Kleene>,
    /// For each condition of the program that is read anywhere, each of its nodes, in the order of the program.
    pub nodes: Vec<Vec<Kleene>>,
}

/// Reads a program into formulas.
pub struct Reader<'r, 'c> {
    world: &'r mut World<'c>,
    program: Program<'c>,
    /// The names of the program's facts in the world.
    facts: Vec<String>,
    /// For each enumeration and each of its members, the member in the world.
    lenses: Vec<Vec<Option<usize>>>,
    /// Whether a pack's law date lies in an interval.
    in_force: HashMap<(usize, i32, i32), Lit>,
    decides: Vec<Lit>,
    present: Vec<Lit>,
    truths: Vec<Kleene>,
    norms: Vec<Vec<Part>>,
    /// Conditions that look at no norm, once read.
    conditions: HashMap<u32, Kleene>,
    /// For each condition its nodes, as they were last read.
    nodes: Vec<Vec<Kleene>>,
}

/// Reads what a program answers, in every case of a world that was made for it.
#[must_use]
pub fn symbolic<'c>(
    world: &mut World<'c>,
    programs: &[Program<'c>],
    program: &Program<'c>,
) -> Symbolic {
    let facts = (0..program.facts.len())
        .map(|index| fact_name(programs, program, index))
        .collect();
    let lenses = (0..program.enums.len())
        .map(|of| lens(world, program, of as u16))
        .collect();
    let mut reader = Reader {
        world,
        program: *program,
        facts,
        lenses,
        in_force: HashMap::new(),
        decides: Vec::new(),
        present: Vec::new(),
        truths: vec![Kleene::FALSE; program.versions.len()],
        norms: vec![Vec::new(); program.norms.len()],
        conditions: HashMap::new(),
        nodes: vec![Vec::new(); program.conds.len()],
    };
    reader.packs();
    for step in program.schedule.iter() {
        match step.kind {
            0 => reader.version(VersionId(step.id)),
            _ => reader.norm(NormId(step.id)),
        }
    }
    let conds = program.properties.iter().map(|property| property.cond);
    let properties = conds.map(|cond| reader.condition_or_true(cond)).collect();
    let conds = program.norms.iter().map(|norm| norm.guard);
    let guards = conds
        .map(|cond| (cond != NONE32).then(|| reader.condition(cond)))
        .collect();
    let conds = program.versions.iter().map(|version| version.when);
    let own = conds.map(|cond| reader.condition_or_true(cond)).collect();
    Symbolic {
        decides: reader.decides,
        present: reader.present,
        truths: reader.truths,
        own,
        guards,
        norms: reader.norms,
        properties,
        nodes: reader.nodes,
    }
}

impl Reader<'_, '_> {
    fn packs(&mut self) {
        for row in self.program.packs.iter() {
            let status = PackStatus::from_u8(row.status).unwrap_or(PackStatus::Annulled);
            let name = self.program.str(row.name);
            let decides = if status.adoptable() {
                let adopted = self.world.adopted.get(name).copied();
                match adopted {
                    _ if row.adopted == 1 => Lit::TRUE,
                    Some(adopted) => adopted,
                    None => Lit::constant(status.decides()),
                }
            } else {
                Lit::constant(status.decides())
            };
            self.decides.push(decides);
        }
        for id in 0..self.program.versions.len() {
            let version = self.program.versions.at(id);
            let pack = self.program.pack_of(VersionId(id as u16)).index();
            let row = self.program.packs.at(pack);
            let present = if row.status == PackStatus::Annulled as u8 {
                Lit::FALSE
            } else {
                let whole = self.in_force(pack, row.from, row.until);
                let own = self.in_force(pack, version.from, version.until);
                self.world.graph.and(whole, own)
            };
            self.present.push(present);
        }
    }

    /// Present, and of a pack that decides.
    fn has(&mut self, version: VersionId) -> Lit {
        let decides = self.decides[self.program.pack_of(version).index()];
        self.world.graph.and(decides, self.present[version.index()])
    }

    fn version(&mut self, version: VersionId) {
        let pack = self.program.pack_of(version).index();
        let applies = self.program.packs.at(pack).applies;
        let applies = self.condition_or_true(applies);
        let own = self.inherited(version, 0);
        let present = Kleene::known(self.present[version.index()]);
        self.truths[version.index()] = Kleene::all(&mut self.world.graph, &[present, applies, own]);
    }

    /// A version's own condition with that of the present version of its base; false where the base is absent.
    fn inherited(&mut self, version: VersionId, depth: usize) -> Kleene {
        let row = self.program.versions.at(version.index());
        let own = self.condition_or_true(row.when);
        // Inheritance has no cycle, so that it is no longer than there are versions.
        if row.inherits == NONE16 || depth > self.program.versions.len() {
            return own;
        }
        let versions = self.program.rules.at(usize::from(row.inherits)).versions;
        let mut whole = Kleene::FALSE;
        for id in (versions.first..versions.first + versions.count).rev() {
            let base = VersionId(id as u16);
            let inherited = self.inherited(base, depth + 1);
            let both = own.and(inherited, &mut self.world.graph);
            let present = self.present[base.index()];
            whole = Kleene::choose(&mut self.world.graph, present, both, whole);
        }
        whole
    }

    fn condition_or_true(&mut self, cond: u32) -> Kleene {
        if cond == NONE32 {
            Kleene::TRUE
        } else {
            self.condition(cond)
        }
    }
}
