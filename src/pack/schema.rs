//! The vocabulary of a pack to one hash: what a host that was compiled for it has to agree upon.
//!
//! Invariant: equal hashes mean that every id that a host can have compiled in (of packs, enumerations, members, sets,
//! facts, events, norms) stands for the same name and takes the same values. Why the rest stays out: ids are positions, so
//! a host must refuse a pack in which they moved; but rules are bound by name, and texts, presumptions and conditions by
//! nothing, so that rules can change every week under a host that is built once.

use super::format::{Range, Str};
use super::program::Program;
use crate::model::sha256::Hash;

/// The hash of the vocabulary: SHA-256 over names in the order of their ids, with what each of them takes.
///
/// What stands in the hash, and in which order, is in `docs/VERSIONS.md`.
#[must_use]
pub fn schema_hash(program: &Program<'_>) -> [u8; 32] {
    let mut out = Writer {
        program,
        hash: Hash::new(),
    };
    out.hash.update(b"exequatur schema 1\n");
    out.count(program.packs.len());
    for row in program.packs.iter() {
        out.text(row.name);
    }
    out.count(program.enums.len());
    for row in program.enums.iter() {
        out.text(row.name);
        out.members(row.members);
    }
    out.count(program.sets.len());
    for row in program.sets.iter() {
        out.text(row.name);
        out.id(row.of);
    }
    out.count(program.facts.len());
    for row in program.facts.iter() {
        out.text(row.name);
        out.hash.update([row.ty]);
        out.id(row.of);
        out.hash.update(row.least.to_le_bytes());
        out.hash.update(row.most.to_le_bytes());
    }
    out.count(program.events.len());
    for row in program.events.iter() {
        out.text(row.name);
    }
    out.count(program.norms.len());
    for row in program.norms.iter() {
        out.text(row.name);
        out.text(row.member);
    }
    out.id(program.territory);
    out.hash.finalize()
}

struct Writer<'w, 'p> {
    program: &'w Program<'p>,
    hash: Hash,
}

impl Writer<'_, '_> {
    /// A count before what is counted, so that no two vocabularies have the same bytes.
    fn count(&mut self, count: usize) {
        self.hash.update((count as u64).to_le_bytes());
    }

    /// A text behind its length.
    fn text(&mut self, text: Str) {
        let text = self.program.str(text);
        self.count(text.len());
        self.hash.update(text.as_bytes());
    }

    /// The id of an enumeration, or 65535 for none.
    fn id(&mut self, id: u16) {
        self.hash.update(id.to_le_bytes());
    }

    fn members(&mut self, range: Range) {
        self.count(range.count as usize);
        let members = self.program.members;
        for row in members.range(range.first, range.count) {
            self.text(row.name);
        }
    }
}
