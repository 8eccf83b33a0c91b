//! What the small library keeps in memory of the host, in the place of what the other one keeps on the heap.
//!
//! Invariant: the same operations with the same meaning, so that the functions over them are one text.

use core::ops::Deref;

use crate::eval::{Case, EventSlot, FactSlot};
use crate::model::PackId;

/// The slots of a case.
pub(in crate::capi) struct Slots {
    pub facts: &'static mut [FactSlot],
    pub events: &'static mut [EventSlot],
}

impl Slots {
    /// The case.
    pub(in crate::capi) fn as_case(&self) -> Case<'_> {
        Case {
            facts: self.facts,
            events: self.events,
        }
    }
}

/// The packs that are adopted for one decision.
pub(in crate::capi) struct Adopted {
    room: &'static mut [PackId],
    count: usize,
}

impl Adopted {
    pub(in crate::capi) fn new(room: &'static mut [PackId]) -> Adopted {
        Adopted { room, count: 0 }
    }

    pub(in crate::capi) fn clear(&mut self) {
        self.count = 0;
    }

    /// Adds one; there is room for all packs, each once.
    pub(in crate::capi) fn push(&mut self, pack: PackId) {
        if let Some(place) = self.room.get_mut(self.count) {
            *place = pack;
            self.count += 1;
        }
    }
}

impl Deref for Adopted {
    type Target = [PackId];

    fn deref(&self) -> &[PackId] {
        self.room.get(..self.count).unwrap_or(&[])
    }
}
