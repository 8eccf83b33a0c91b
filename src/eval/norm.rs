//! One norm: which of its effects exist where, which stand, and what follows (`docs/LANGUAGE.md` §8 to §10).
//!
//! The territory is cut into parts in which every effect says the same; each part is settled by itself, effects
//! taken from the top down, so that what may defeat is known before what it may defeat.

use super::condition::{self, Nodes};
use super::context::Context;
use super::decision::Part;
use super::entry::{self, Sink};
use super::group::{ALL, CERTAIN, Group, Scratch, end_is_unsure, ended, member_truth};
use super::outcome;
use super::sets::{self, Reach};
use super::slot::Slots;
use super::window::{Floor, Timing, timing};
use crate::model::{Bits, Kind, NormId, Outcome, PackId, Truth, VersionId, WindowKind};
use crate::pack::format::{ACROSS_BASE, NONE32, Range, WindowRow};

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

fn territory(group: &Group<'_, '_>, rows: &[Scratch], row: &Scratch) -> Reach {
    match row.row.across {
        NONE32 => Reach::EVERYWHERE,
        ACROSS_BASE => {
            let bases = group.base_effects(row).map(|base| rows.at(base));
            let reaches = bases.filter(|base| base.present).map(|base| base.reach);
            reaches.reduce(Reach::union).unwrap_or(Reach::EVERYWHERE)
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
