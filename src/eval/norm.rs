//! One norm: which of its effects exist where, which stand, and what follows (`docs/LANGUAGE.md` §8 to §10).
//!
//! The territory is cut into parts in which every effect says the same; each part is settled by itself, effects
//! taken from the top down, so that what may defeat is known before what it may defeat.

use super::condition::{self, Nodes};
use super::context::Context;
use super::decision::{Entry, Moment, Part};
use super::entry;
use super::outcome::{self, ALL, CERTAIN};
use super::sets::{self, Reach};
use super::slot::Slots;
use super::window::{Floor, Life, Timing, timing};
use crate::model::{Bits, Kind, NormId, Outcome, PackId, Truth, VersionId, WindowKind};
use crate::pack::format::{
    ACROSS_BASE, ClashRow, EffectRow, NONE16, NONE32, NormRow, Range, WindowRow,
};

/// What is worked out of one effect.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scratch {
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
    pub(crate) fn kind(&self) -> Kind {
        Kind::from_u8(self.row.kind).unwrap_or(Kind::Lifted)
    }
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
}

impl<'e> Group<'_, 'e> {
    /// The position of an effect among the norm's.
    pub fn local(&self, effect: u16) -> usize {
        usize::from(effect).wrapping_sub(self.row.effects.first as usize)
    }

    /// The positions of the effects that would defeat one.
    pub fn defeaters(&self, row: &Scratch) -> impl Iterator<Item = usize> {
        let Range { first, count } = row.row.defeaters;
        let ways = self.context.program.ways;
        self.context
            .program
            .defeats
            .range(first, count)
            .filter(move |defeat| {
                let mut via = ways.range(defeat.via.first, defeat.via.count);
                via.all(|version| self.has(VersionId(version.id)))
            })
            .map(|defeat| self.local(defeat.effect))
    }

    /// True if a version is present and of the group.
    fn has(&self, version: VersionId) -> bool {
        let program = self.context.program;
        let rule = program.versions.at(version.index()).rule;
        let pack = PackId(program.rules.at(usize::from(rule)).pack);
        let in_group = match self.beside {
            None => self.decides.at(pack.index()),
            Some(beside) => beside == pack,
        };
        in_group && self.context.is_present(version)
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

    /// The norm's positions, those that defeat before those they defeat.
    pub fn top_down(&self) -> impl Iterator<Item = usize> {
        let range = self.row.effects;
        self.context
            .program
            .top_down
            .range(range.first, range.count)
            .map(|id| self.local(id.id))
    }

    /// The norm's positions, the other way round.
    pub fn bottom_up(&self) -> impl Iterator<Item = usize> {
        let range = self.row.effects;
        let program = self.context.program;
        (range.first..range.first + range.count)
            .rev()
            .map(move |index| self.local(program.top_down.at(index as usize).id))
    }

    /// Pairs that cannot both be.
    pub fn clashes(&self) -> impl Iterator<Item = ClashRow> + 'e {
        self.context
            .program
            .clashes
            .range(self.row.clashes.first, self.row.clashes.count)
    }
}

/// Where an answer about norms is written.
pub(crate) struct Sink<'s> {
    pub parts: &'s mut [Part],
    pub entries: &'s mut [Entry],
    pub needs: &'s mut [u64],
    pub assumed: &'s mut [u64],
    /// The number of the first entry, in the whole answer.
    pub first_entry: usize,
}

/// What is worked out on the way.
pub(crate) struct Bench<'s> {
    pub rows: &'s mut [Scratch],
    pub places: &'s mut [Bits],
    pub nodes: Nodes<'s>,
}

/// Settles a norm; gives how many parts and entries were written.
pub(crate) fn settle(
    context: &Context<'_>,
    truths: &[Truth],
    decides: &[bool],
    norm: NormId,
    beside: Option<PackId>,
    bench: &mut Bench<'_>,
    sink: &mut Sink<'_>,
) -> (usize, usize) {
    let row = context.program.norms.at(norm.index());
    let group = Group {
        context,
        row,
        beside,
        decides,
        default: Outcome::from_u8(row.default).unwrap_or(Outcome::None),
        protected: row.guard != NONE32 && beside.is_none(),
    };
    let count = row.effects.count as usize;
    let Some(rows) = bench.rows.get_mut(..count) else {
        return (0, 0);
    };
    let any = gather(&group, truths, rows);
    let speaks = beside.is_none() && group.default != Outcome::None;
    if !any && !speaks {
        return (0, 0);
    }
    let parts = cut(&group, rows, bench.places);
    let guard = group
        .protected
        .then(|| condition::truth(context, row.guard, &mut bench.nodes));
    let mut written = (0, 0);
    for index in 0..parts {
        let places = bench.places.at(index);
        judge(&group, rows, places);
        let listed = rows.iter().any(|row| row.exists != Truth::False);
        if !listed && !speaks {
            continue;
        }
        let (before, conflict) = outcome::outcome(&group, rows, ALL);
        let undetermined = before == Outcome::Undetermined;
        let provisional = undetermined.then(|| outcome::outcome(&group, rows, CERTAIN).0);
        let mut part = Part {
            norm,
            beside,
            places,
            outcome: before,
            unprotected: before,
            provisional,
            conflict,
            guard,
            operational: None,
            first: (sink.first_entry + written.1) as u32,
            count: 0,
        };
        entry::write(
            &group,
            truths,
            rows,
            &mut bench.nodes,
            &mut part,
            sink,
            written.1,
        );
        if beside.is_some() && part.count == 0 {
            continue;
        }
        written.1 += part.count as usize;
        sink.parts.put(written.0, part);
        written.0 += 1;
    }
    written
}

/// Works out what does not depend on the place; true if some effect may exist.
fn gather(group: &Group<'_, '_>, truths: &[Truth], rows: &mut [Scratch]) -> bool {
    let context = group.context;
    let program = context.program;
    for (index, row) in rows.iter_mut().enumerate() {
        let effect = program.effects.at(group.row.effects.first as usize + index);
        let version = VersionId(effect.version);
        let present = group.has(version);
        let applies = if present {
            truths
                .at(version.index())
                .and(member_truth(context, &effect))
        } else {
            Truth::False
        };
        *row = Scratch {
            row: effect,
            there: context.is_present(version),
            present,
            applies,
            ..Scratch::default()
        };
    }
    let mut any = false;
    for index in group.bottom_up() {
        let mut row = rows.at(index);
        let targets = program
            .lists
            .range(row.row.targets.first, row.row.targets.count);
        let mut targets = targets.map(|id| rows.at(group.local(id.id)));
        // A bare `lifted` is there only with something to lift.
        if row.row.unfolded == 1 && !targets.any(|target| target.there) {
            row.there = false;
            row.present = false;
            row.applies = Truth::False;
        }
        any |= row.applies != Truth::False;
        row.reach = territory(group, rows, &row);
        rows.put(index, row);
    }
    any
}

/// Whether the member that the effect speaks of is in its set fact.
pub(crate) fn member_truth(context: &Context<'_>, effect: &EffectRow) -> Truth {
    use super::case::FactValue;
    if effect.member_fact == NONE16 {
        return Truth::True;
    }
    match context.fact(crate::model::FactId(effect.member_fact)) {
        Some(FactValue::Members(bits)) => Truth::from_bool(bits.contains(effect.member)),
        _ => Truth::Unknown,
    }
}

fn territory(group: &Group<'_, '_>, rows: &[Scratch], row: &Scratch) -> Reach {
    match row.row.across {
        NONE32 => Reach::EVERYWHERE,
        ACROSS_BASE => {
            let mut bases = group.base_effects(row).map(|base| rows.at(base));
            let mut reach: Option<Reach> = None;
            for base in bases.by_ref().filter(|base| base.present) {
                reach = Some(reach.map_or(base.reach, |reach| reach.union(base.reach)));
            }
            reach.unwrap_or(Reach::EVERYWHERE)
        }
        expr => sets::reach(group.context, expr),
    }
}

/// Cuts the territory into parts, ordered by their first place; gives how many.
fn cut(group: &Group<'_, '_>, rows: &[Scratch], places: &mut [Bits]) -> usize {
    places.put(0, Bits::first(group.context.program.bounds.places));
    let mut count = 1;
    for row in rows.iter().filter(|row| row.applies != Truth::False) {
        for within in [row.reach.yes, row.reach.maybe] {
            let uncut = count;
            for index in 0..uncut {
                let part = places.at(index);
                let (inside, outside) = (part.intersect(within), part.minus(within));
                if !inside.is_empty() && !outside.is_empty() {
                    places.put(index, inside);
                    places.put(count, outside);
                    count += 1;
                }
            }
        }
    }
    let count = count.min(places.len());
    if let Some(parts) = places.get_mut(..count) {
        parts.sort_unstable_by_key(|part| part.lowest());
    }
    count
}

/// Whether an effect's territory takes in a place.
fn reaches(reach: Reach, place: u16) -> Truth {
    if reach.yes.contains(place) {
        Truth::True
    } else if reach.maybe.contains(place) {
        Truth::Unknown
    } else {
        Truth::False
    }
}

/// Decides for one part which effects exist, are active, and stand, from the top down.
fn judge(group: &Group<'_, '_>, rows: &mut [Scratch], places: Bits) {
    let place = places.lowest().unwrap_or(0);
    for row in rows.iter_mut() {
        let here = reaches(row.reach, place);
        row.unsure_here = here == Truth::Unknown;
        row.exists = row.applies.and(here);
        row.active = [Truth::False; 2];
        row.displaced = [Truth::False; 2];
        row.stands = [Truth::False; 2];
        row.timing = Timing::default();
        row.floor = Floor::default();
    }
    for index in group.top_down() {
        let mut row = rows.at(index);
        if row.exists == Truth::False {
            continue;
        }
        row.floor = floor(group, rows, &row);
        row.displaced = [ALL, CERTAIN].map(|reading| {
            group.defeaters(&row).fold(Truth::False, |any, defeater| {
                any.or(rows.at(defeater).stands[reading])
            })
        });
        row.timing = timing(&watch(group, &row), &row.row, row.floor);
        let active = row.exists.and(row.timing.life.truth());
        row.active = [active, Truth::from_bool(active == Truth::True)];
        for reading in [ALL, CERTAIN] {
            row.stands[reading] = row.active[reading].and(row.displaced[reading].not());
        }
        rows.put(index, row);
    }
}

/// A context for the instants of an effect. A defeated duty that does not last shows none of them, and nothing comes
/// of them while it is defeated: they are not noted, so that no answer is made for their sake.
fn watch<'e>(group: &Group<'_, 'e>, row: &Scratch) -> Context<'e> {
    let lasting = |window: WindowRow| {
        let kind = WindowKind::from_u8(window.kind);
        matches!(kind, Some(WindowKind::For | WindowKind::Until) | None)
    };
    let Range { first, count } = row.row.windows;
    let mut windows = group.context.program.windows.range(first, count);
    let defeated = row.displaced[ALL] == Truth::True && row.displaced[CERTAIN] == Truth::True;
    let silent = defeated && row.kind() == Kind::Must && !windows.any(lasting);
    Context {
        horizon: group.context.horizon.filter(|_| !silent),
        ..*group.context
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

fn floor(group: &Group<'_, '_>, rows: &[Scratch], row: &Scratch) -> Floor {
    let mut floor = Floor::default();
    for defeater in group.defeaters(row) {
        let defeater = rows.at(defeater);
        let Some(at) = ended(&defeater) else { continue };
        if end_is_unsure(&defeater) {
            floor.unknown = true;
        } else {
            floor.at = Some(floor.at.map_or(at, |other| other.max(at)));
        }
    }
    floor
}

/// The floor as the answer keeps it.
pub(crate) fn floor_moment(floor: Floor) -> Moment {
    match floor.at {
        _ if floor.unknown => Moment::Unknown,
        Some(at) => Moment::At(at),
        None => Moment::Nothing,
    }
}
