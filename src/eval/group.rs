//! What the steps of settling a norm share: what is worked out of each effect, and which effects are judged together.
//!
//! Invariant: rows stand in the order of effects, one for each effect whose rule may apply, and for those from which
//! such an effect takes its territory or which it would lift. Every relation between effects (who defeats whom, whose
//! territory it is) is read through the group, which leaves out what is not present; an effect without a row is like
//! one that does not exist.

use super::case::FactValue;
use super::context::Context;
use super::sets::Reach;
use super::slot::Slots;
use super::window::{Floor, Life, Timing};
use crate::model::{FactId, Kind, Outcome, PackId, Truth, VersionId};
use crate::pack::format::{ClashRow, EffectRow, NONE16, NormRow, Range};

/// In which reading: with all effects, or with only those that are active true (the provisional outcome).
pub(crate) const ALL: usize = 0;
/// See [`ALL`].
pub(crate) const CERTAIN: usize = 1;

/// No row: what is read there is an effect that does not exist.
const NOWHERE: usize = usize::MAX;

/// What is worked out of one effect.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scratch {
    pub(crate) id: u16,
    pub(crate) row: EffectRow,
    /// True if its version is present, in whatever group.
    pub(crate) there: bool,
    /// True if its version is present and of the group.
    pub(crate) present: bool,
    /// Its rule's condition and its member's condition.
    pub(crate) applies: Truth,
    pub(crate) reach: Reach,
    pub(crate) exists: Truth,
    /// In both readings, see [`ALL`] and [`CERTAIN`].
    pub(crate) active: [Truth; 2],
    pub(crate) displaced: [Truth; 2],
    pub(crate) stands: [Truth; 2],
    pub(crate) floor: Floor,
    pub(crate) timing: Timing,
    /// True if it is unknown whether its territory takes in the place at hand.
    pub(crate) unsure_here: bool,
    /// Marks of `needs`: why it stands unknown, why its existence is unknown, where its territory comes from.
    pub(crate) marks: [bool; 3],
}

impl Scratch {
    /// Whether it is active in a reading.
    pub(crate) fn active(&self, reading: usize) -> Truth {
        in_reading(self.active, reading)
    }

    /// Whether it stands in a reading.
    pub(crate) fn stands(&self, reading: usize) -> Truth {
        in_reading(self.stands, reading)
    }

    pub(crate) fn kind(&self) -> Kind {
        Kind::from_u8(self.row.kind).unwrap_or(Kind::Lifted)
    }
}

/// What holds in a reading. An index that is no constant could panic where it is not seen to be in range.
fn in_reading([all, certain]: [Truth; 2], reading: usize) -> Truth {
    if reading == ALL { all } else { certain }
}

/// The effects of one norm that are judged together: those that decide, or those of one pack beside.
#[derive(Clone, Copy)]
pub(crate) struct Group<'g, 'e> {
    pub context: &'g Context<'e>,
    pub row: NormRow,
    pub beside: Option<PackId>,
    pub decides: &'g [bool],
    pub default: Outcome,
    pub protected: bool,
    /// The effects that have rows, ascending: each by its place among the norm's.
    pub listed: &'g [u16],
    /// For each of the norm's effects the row that it would have; what is listed there tells whether it has it.
    pub slots: &'g [u16],
    /// The rows, those that defeat before those they defeat.
    pub ranked: &'g [u16],
}

impl<'e> Group<'_, 'e> {
    /// The row of an effect of the norm.
    pub fn local(&self, effect: u16) -> usize {
        let place = effect.wrapping_sub(self.row.effects.first as u16);
        let row = usize::from(self.slots.at(usize::from(place)));
        match self.listed.get(row) {
            Some(listed) if *listed == place => row,
            _ => NOWHERE,
        }
    }

    /// The positions of the effects that would defeat one.
    pub fn defeaters(&self, row: &Scratch) -> impl Iterator<Item = usize> {
        let Range { first, count } = row.row.defeaters;
        let ways = self.context.program.ways;
        self.context
            .program
            .defeats
            .range(first, count)
            .filter_map(move |defeat| {
                let row = self.local(defeat.effect);
                let mut via = ways.range(defeat.via.first, defeat.via.count);
                let there = row != NOWHERE && via.all(|version| self.has(VersionId(version.id)));
                there.then_some(row)
            })
    }

    /// True if a version is present and of the group.
    pub fn has(&self, version: VersionId) -> bool {
        self.is_of(version) && self.context.is_present(version)
    }

    /// True if a version is of the group.
    pub fn is_of(&self, version: VersionId) -> bool {
        let pack = self.context.program.pack_of(version);
        match self.beside {
            None => self.decides.at(pack.index()),
            Some(beside) => beside == pack,
        }
    }

    /// The positions of the base's effects, for one that takes their territory.
    pub fn base_effects(&self, row: &Scratch) -> impl Iterator<Item = usize> {
        let range = row.row.base;
        self.context
            .program
            .lists
            .range(range.first, range.count)
            .map(|id| self.local(id.id))
    }

    /// The rows, those that defeat before those they defeat.
    pub fn top_down(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.ranked.iter().map(|row| usize::from(*row))
    }

    /// The rows, the other way round.
    pub fn bottom_up(&self) -> impl Iterator<Item = usize> {
        self.top_down().rev()
    }

    /// Pairs that cannot both be.
    pub fn clashes(&self) -> impl Iterator<Item = ClashRow> + 'e {
        self.context
            .program
            .clashes
            .range(self.row.clashes.first, self.row.clashes.count)
    }
}

/// Whether the member that the effect speaks of is in its set fact.
pub(crate) fn member_truth(context: &Context<'_>, effect: &EffectRow) -> Truth {
    if effect.member_fact == NONE16 {
        return Truth::True;
    }
    match context.fact(FactId(effect.member_fact)) {
        Some(FactValue::Members(bits)) => Truth::from_bool(bits.contains(effect.member)),
        _ => Truth::Unknown,
    }
}

/// True if an effect that has ended would have defeated: its end is a floor.
pub(crate) fn ended(row: &Scratch) -> Option<i64> {
    match row.timing.life {
        Life::Ended(at) if row.exists != Truth::False && row.displaced[ALL] != Truth::True => {
            Some(at)
        }
        _ => None,
    }
}

/// True if it is not known whether the end of an effect is a floor.
pub(crate) fn end_is_unsure(row: &Scratch) -> bool {
    row.exists == Truth::Unknown || row.displaced[ALL] == Truth::Unknown
}
