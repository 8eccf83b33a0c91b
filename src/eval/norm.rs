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
use super::slot::{Slots, each_bit, get_bit, set_bit};
use super::window::{Floor, Timing, timing};
use crate::model::order::order_by_key;
use crate::model::{Bits, Kind, NormId, Outcome, PackId, Truth, VersionId, WindowKind};
use crate::pack::format::{ACROSS_BASE, NONE32, NormRow, Range, WindowRow};

/// What is worked out on the way.
pub(crate) struct Bench<'s> {
    pub rows: &'s mut [Scratch],
    pub listed: &'s mut [u16],
    pub slots: &'s mut [u16],
    pub ranked: &'s mut [u16],
    /// The effects whose rules may apply, a bit for each effect of the program.
    pub live: &'s mut [u64],
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
    let default = Outcome::from_u8(row.default).unwrap_or(Outcome::None);
    let speaks = beside.is_none() && default != Outcome::None;
    let count = list(context, &row, bench);
    if count == 0 && !speaks {
        return (0, 0);
    }
    let Bench {
        rows,
        listed,
        slots,
        ranked,
        places,
        nodes,
        ..
    } = bench;
    let Some(rows) = rows.get_mut(..count) else {
        return (0, 0);
    };
    rank(context, &row, rows, listed, slots, ranked);
    let group = Group {
        context,
        row,
        beside,
        decides,
        default,
        protected: row.guard != NONE32 && beside.is_none(),
        listed: listed.get(..count).unwrap_or(&[]),
        slots,
        ranked: ranked.get(..count).unwrap_or(&[]),
    };
    let any = gather(&group, truths, rows);
    if !any && !speaks {
        return (0, 0);
    }
    let parts = cut(&group, rows, places);
    let guard = group.protected.then(|| {
        let found = condition::find(context, row.guard, nodes);
        context.note(found.until);
        found.truth
    });
    let mut written = (0, 0);
    for index in 0..parts {
        let places = places.at(index);
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
        entry::write(&group, truths, rows, nodes, &mut part, sink, written.1);
        if beside.is_some() && part.count == 0 {
            continue;
        }
        written.1 += part.count as usize;
        sink.parts.put(written.0, part);
        written.0 += 1;
    }
    written
}

/// Lists the effects of a norm that are to have rows; gives how many.
fn list(context: &Context<'_>, norm: &NormRow, bench: &mut Bench<'_>) -> usize {
    let program = context.program;
    let first = norm.effects.first as usize;
    let end = first + norm.effects.count as usize;
    let each_live = |live: &[u64], listed: &mut [u16]| {
        let mut count = 0;
        each_bit(live, first, end, |effect| {
            listed.put(count, (effect - first) as u16);
            count += 1;
        });
        count
    };
    let mut count = each_live(bench.live, bench.listed);
    let (mut next, alone) = (0, count);
    while next < count {
        let effect = program
            .effects
            .at(first + usize::from(bench.listed.at(next)));
        next += 1;
        if effect.across != ACROSS_BASE && effect.unfolded == 0 {
            continue;
        }
        for range in [effect.base, effect.targets] {
            for item in program.lists.range(range.first, range.count) {
                if !get_bit(bench.live, usize::from(item.id)) {
                    set_bit(bench.live, usize::from(item.id));
                    let place = usize::from(item.id).wrapping_sub(first) as u16;
                    bench.listed.put(count, place);
                    count += 1;
                }
            }
        }
    }
    if count > alone {
        count = each_live(bench.live, bench.listed);
    }
    count
}

/// Rows that are put in order one by one; more of them are read in the order of the whole norm.
const FEW: usize = 32;

/// Gives each listed effect its row, and puts the rows in the order in which they defeat.
fn rank(
    context: &Context<'_>,
    norm: &NormRow,
    rows: &mut [Scratch],
    listed: &[u16],
    slots: &mut [u16],
    ranked: &mut [u16],
) {
    let effects = context.program.effects;
    for (index, (row, place)) in rows.iter_mut().zip(listed).enumerate() {
        let id = norm.effects.first as usize + usize::from(*place);
        row.id = id as u16;
        row.row = effects.at(id);
        slots.put(usize::from(*place), index as u16);
    }
    let count = rows.len();
    if count <= FEW {
        for index in 0..count {
            let own = rows.at(index).row.rank;
            let mut at = index;
            while at > 0 {
                let above = ranked.at(at - 1);
                let higher = rows
                    .get(usize::from(above))
                    .is_some_and(|row| row.row.rank < own);
                if higher {
                    break;
                }
                ranked.put(at, above);
                at -= 1;
            }
            ranked.put(at, index as u16);
        }
        return;
    }
    let Range { first, count: all } = norm.effects;
    let mut next = 0;
    for item in context.program.top_down.range(first, all) {
        let place = item.id.wrapping_sub(first as u16);
        let row = slots.at(usize::from(place));
        if usize::from(row) < count && listed.at(usize::from(row)) == place {
            ranked.put(next, row);
            next += 1;
        }
    }
}

/// Works out what does not depend on the place; true if some effect may exist.
fn gather(group: &Group<'_, '_>, truths: &[Truth], rows: &mut [Scratch]) -> bool {
    let context = group.context;
    let program = context.program;
    for row in rows.iter_mut() {
        let version = VersionId(row.row.version);
        let truth = truths.at(version.index());
        // What is not present is false: only what is false must be looked up.
        let there = truth != Truth::False || context.is_present(version);
        let present = there && group.is_of(version);
        let applies = if present {
            truth.and(member_truth(context, &row.row))
        } else {
            Truth::False
        };
        *row = Scratch {
            id: row.id,
            row: row.row,
            there,
            present,
            applies,
            ..Scratch::default()
        };
    }
    let mut any = false;
    for index in group.bottom_up() {
        let Some(row) = rows.get(index) else { continue };
        let targets = program
            .lists
            .range(row.row.targets.first, row.row.targets.count);
        let mut targets = targets.filter_map(|id| rows.get(group.local(id.id)));
        // A bare `lifted` is there only with something to lift.
        let idle = row.row.unfolded == 1 && !targets.any(|target| target.there);
        let reach = territory(group, rows, row);
        let Some(row) = rows.get_mut(index) else {
            continue;
        };
        row.reach = reach;
        if idle {
            row.there = false;
            row.present = false;
            row.applies = Truth::False;
        }
        any |= row.applies != Truth::False;
    }
    any
}

fn territory(group: &Group<'_, '_>, rows: &[Scratch], row: &Scratch) -> Reach {
    match row.row.across {
        NONE32 => Reach::EVERYWHERE,
        ACROSS_BASE => {
            let bases = group.base_effects(row).filter_map(|base| rows.get(base));
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
    let somewhere = |row: &&Scratch| row.row.across != NONE32 && row.applies != Truth::False;
    for row in rows.iter().filter(somewhere) {
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
        order_by_key(parts, |part| part.lowest());
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
        let Some(row) = rows.get(index) else { continue };
        if row.exists == Truth::False {
            continue;
        }
        let floor = floor(group, rows, row);
        // In both readings at once: an index that is no constant could panic where it is not seen to be in range.
        let no = [Truth::False; 2];
        let displaced = group.defeaters(row).fold(no, |[any, surely], defeater| {
            let [stands, certain] = rows.get(defeater).map_or(no, |row| row.stands);
            [any.or(stands), surely.or(certain)]
        });
        let silent;
        let context = if is_silent(group, row, displaced) {
            silent = Context {
                horizon: None,
                ..*group.context
            };
            &silent
        } else {
            group.context
        };
        let timing = timing(context, &row.row, floor);
        let Some(row) = rows.get_mut(index) else {
            continue;
        };
        let active = row.exists.and(timing.life.truth());
        let certain = Truth::from_bool(active == Truth::True);
        row.active = [active, certain];
        let [all, surely] = displaced;
        row.stands = [active.and(all.not()), certain.and(surely.not())];
        row.floor = floor;
        row.displaced = displaced;
        row.timing = timing;
    }
}

/// True if nobody sees the instants of an effect. A defeated duty that does not last shows none of them, and nothing comes
/// of them while it is defeated: they are not noted, so that no answer is made for their sake.
fn is_silent(group: &Group<'_, '_>, row: &Scratch, displaced: [Truth; 2]) -> bool {
    if displaced != [Truth::True; 2] || row.kind() != Kind::Must {
        return false;
    }
    let lasting = |window: WindowRow| {
        let kind = WindowKind::from_u8(window.kind);
        matches!(kind, Some(WindowKind::For | WindowKind::Until) | None)
    };
    let Range { first, count } = row.row.windows;
    let mut windows = group.context.program.windows.range(first, count);
    !windows.any(lasting)
}

fn floor(group: &Group<'_, '_>, rows: &[Scratch], row: &Scratch) -> Floor {
    let mut floor = Floor::default();
    for defeater in group.defeaters(row).filter_map(|row| rows.get(row)) {
        let Some(at) = ended(defeater) else { continue };
        if end_is_unsure(defeater) {
            floor.unknown = true;
        } else {
            floor.at = Some(floor.at.map_or(at, |other| other.max(at)));
        }
    }
    floor
}
