//! Where the slices of a workspace come from, for hosts that give one run of memory and no allocator.
//!
//! Invariant: a workspace that is laid out here has exactly the lengths of its [`Sizes`]; to measure and to lay out is one
//! list, so that what was asked for is what is used.

use super::case::{EventSlot, FactSlot};
use super::kept::KeptDecision;
use super::memory::{Output, Sizes, Workspace};
use crate::model::{Bits, Truth};
use crate::pack::Program;

/// Memory from which slices are taken, one after the other, and never given back.
pub trait Room<'w> {
    /// A slice of so many values, each of them `value`; `None` where there is no room for it.
    fn slice<T: Copy + 'w>(&mut self, count: usize, value: T) -> Option<&'w mut [T]>;
}

fn output<'w, R: Room<'w>>(sizes: &Sizes, room: &mut R) -> Option<Output<'w>> {
    Some(Output {
        parts: room.slice(sizes.results, Default::default())?,
        entries: room.slice(sizes.entries, Default::default())?,
        needs: room.slice(sizes.entries.checked_mul(sizes.words)?, 0)?,
        assumed: room.slice(sizes.words, 0)?,
        missing: room.slice(sizes.names, Default::default())?,
        truths: room.slice(sizes.versions, Truth::False)?,
        norm_parts: room.slice(sizes.norms, (0, 0))?,
        law_dates: room.slice(sizes.packs, 0)?,
        part_count: 0,
        entry_count: 0,
        missing_count: 0,
    })
}

/// A workspace of these sizes; `None` where the room is too small.
pub fn workspace<'w, R: Room<'w>>(sizes: &Sizes, room: &mut R) -> Option<Workspace<'w>> {
    Some(Workspace {
        answer: output(sizes, room)?,
        later: output(sizes, room)?,
        decides: room.slice(sizes.packs, false)?,
        nodes: room.slice(sizes.nodes, Truth::False)?,
        marks: room.slice(sizes.nodes, 0)?,
        until: room.slice(sizes.nodes, 0)?,
        applied: room.slice(sizes.packs, None)?,
        effects: room.slice(sizes.effects, Default::default())?,
        places: room.slice(sizes.parts, Bits::EMPTY)?,
        counts: room.slice(sizes.names, 0)?,
        todo: room.slice(sizes.steps, 0)?,
        sure: room.slice(sizes.steps, 0)?,
        open: room.slice(sizes.steps, 0)?,
        live: room.slice(sizes.live, 0)?,
        chosen: room.slice(sizes.keys, 0)?,
        listed: room.slice(sizes.effects, 0)?,
        slots: room.slice(sizes.effects, 0)?,
        ranked: room.slice(sizes.effects, 0)?,
    })
}

/// Memory for one decision at a time of a program; `None` where the room is too small.
pub fn decision<'w, R: Room<'w>>(program: &Program<'_>, room: &mut R) -> Option<KeptDecision<'w>> {
    Some(KeptDecision::new(
        workspace(&Sizes::of(program), room)?,
        room.slice(program.facts.len(), FactSlot::Absent)?,
        room.slice(program.events.len(), EventSlot::Absent)?,
    ))
}
