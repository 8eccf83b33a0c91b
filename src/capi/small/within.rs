//! Packs, cases and decisions in memory of the host, which is all that the small library has.
//!
//! Invariant: what is asked for is what is used: to measure and to lay out are one list of steps.

use super::room::{Block, Measure, too_small};
use crate::capi::case::{KnownCase, Slots};
use crate::capi::decision::{Adopted, Decided};
use crate::capi::failure::Failure;
use crate::capi::handle::{self, Lent};
use crate::capi::pack::{Held, Loaded};
use crate::capi::records::{exq_case, exq_decision, exq_pack};
use crate::eval::room::{self, Room};
use crate::eval::{EventSlot, FactSlot, KeptDecision};
use crate::model::PackId;

/// The slots of a case.
fn slots<R: Room<'static>>(pack: Held, room: &mut R) -> Option<Slots> {
    let program = pack.program();
    Some(Slots {
        facts: room.slice(program.facts.len(), FactSlot::Absent)?,
        events: room.slice(program.events.len(), EventSlot::Absent)?,
    })
}

/// What decisions need.
fn decision<R: Room<'static>>(
    pack: Held,
    room: &mut R,
) -> Option<(KeptDecision<'static>, Adopted)> {
    let owned = room::decision(pack.program(), room)?;
    let adopt = Adopted::new(room.slice(pack.program().packs.len(), PackId(0))?);
    Some((owned, adopt))
}

impl Loaded {
    /// How much memory of the host a pack needs, beside its bytes.
    pub(in crate::capi) fn memory() -> usize {
        Measure::with_handle::<Loaded>().bytes()
    }

    /// A handle of a pack, which borrows its bytes.
    pub(in crate::capi) fn within(
        bytes: &'static [u8],
        lent: Lent,
    ) -> Result<*mut exq_pack, Failure> {
        let mut block = Block::new(lent);
        let place = block.handle::<Loaded>().ok_or_else(too_small)?;
        Ok(handle::place(place, Loaded::new(bytes)?))
    }
}

impl KnownCase {
    /// How much memory of the host a case needs.
    pub(in crate::capi) fn memory(pack: Held) -> Result<usize, Failure> {
        let mut measure = Measure::with_handle::<KnownCase>();
        slots(pack, &mut measure).ok_or_else(too_small)?;
        Ok(measure.bytes())
    }

    /// A handle of a case.
    pub(in crate::capi) fn within(pack: Held, lent: Lent) -> Result<*mut exq_case, Failure> {
        let mut block = Block::new(lent);
        let place = block.handle::<KnownCase>().ok_or_else(too_small)?;
        let slots = slots(pack, &mut block).ok_or_else(too_small)?;
        Ok(handle::place(place, KnownCase { pack, slots }))
    }
}

impl Decided {
    /// How much memory of the host decisions need.
    pub(in crate::capi) fn memory(pack: Held) -> Result<usize, Failure> {
        let mut measure = Measure::with_handle::<Decided>();
        decision(pack, &mut measure).ok_or_else(too_small)?;
        Ok(measure.bytes())
    }

    /// A handle of a decision.
    pub(in crate::capi) fn within(pack: Held, lent: Lent) -> Result<*mut exq_decision, Failure> {
        let mut block = Block::new(lent);
        let place = block.handle::<Decided>().ok_or_else(too_small)?;
        let (owned, adopt) = decision(pack, &mut block).ok_or_else(too_small)?;
        Ok(handle::place(place, Decided { pack, owned, adopt }))
    }
}
