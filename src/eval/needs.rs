//! What an effect needs, and what it rests on (`docs/LANGUAGE.md` §9, §12).

use super::condition::{self, Nodes};
use super::context::{Context, Happening};
use super::group::{ALL, Group, Scratch, end_is_unsure, ended, member_truth};
use super::sets;
use super::slot::{Slots, each_bit, get_bit};
use super::window::{self, Life};
use crate::model::limits::CEILING_TERMS_MAX;
use crate::model::{EventId, FactId, Kind, PackId, Truth, VersionId};
use crate::pack::format::{ACROSS_BASE, EffectRow, NONE16, NONE32, VersionRow};

/// Marks: why an effect stands unknown, why its existence is unknown, where its territory comes from.
const STANDS: usize = 0;
const EXISTS: usize = 1;
const TERRITORY: usize = 2;

/// Adds what an effect needs that is not defeated, without its ceiling and its guard.
pub(crate) fn collect(
    group: &Group<'_, '_>,
    truths: &[Truth],
    rows: &mut [Scratch],
    index: usize,
    nodes: &mut Nodes<'_>,
    sink: &mut [u64],
) {
    let context = group.context;
    let Some(row) = rows.get(index) else { return };
    let watched = watched(group, row);
    if context.event_or_none(watched) == Happening::Unknown {
        context.add_event(watched, sink);
    }
    // Most effects stand, and nothing leaves that open: then the others need not be walked for it.
    if row.stands[ALL] == Truth::True && !row.timing.is_unknown() {
        return;
    }
    let row = *row;
    for other in rows.iter_mut() {
        other.marks = [false; 3];
    }
    // Where its time is not now it stands in no case: what matters is whether it exists and is defeated at all.
    match row.timing.life {
        Life::NotBegun | Life::Ended(_) if row.displaced[ALL] != Truth::True => {
            mark(rows, index, EXISTS);
        }
        _ => mark(rows, index, STANDS),
    }
    if row.timing.is_unknown() {
        window::needs(context, &row.row, row.floor, sink);
        mark_floor(group, rows, &row);
    }
    follow(group, truths, rows, nodes, sink);
}

fn mark(rows: &mut [Scratch], index: usize, mark: usize) {
    if let Some(row) = rows.get_mut(index) {
        row.marks[mark] = true;
    }
}

/// Marks the ended effects that may or may not be the floor of this one.
fn mark_floor(group: &Group<'_, '_>, rows: &mut [Scratch], row: &Scratch) {
    if !row.floor.unknown || !row.timing.feels_floor {
        return;
    }
    for defeater in group.defeaters(row) {
        let unsure = |above: &Scratch| ended(above).is_some() && end_is_unsure(above);
        if rows.get(defeater).is_some_and(unsure) {
            mark(rows, defeater, EXISTS);
        }
    }
}

/// Adds why the marked effects are unknown, following what might defeat them upwards.
fn follow(
    group: &Group<'_, '_>,
    truths: &[Truth],
    rows: &mut [Scratch],
    nodes: &mut Nodes<'_>,
    sink: &mut [u64],
) {
    for index in group.bottom_up() {
        let Some(row) = rows.get(index) else { continue };
        if !row.marks[STANDS] && !row.marks[EXISTS] {
            continue;
        }
        let row = *row;
        let stands = row.marks[STANDS] && row.stands[ALL] == Truth::Unknown;
        if stands && row.active[ALL] == Truth::Unknown && row.timing.life == Life::Unknown {
            window::needs(group.context, &row.row, row.floor, sink);
            mark_floor(group, rows, &row);
        }
        let active = stands && row.active[ALL] == Truth::Unknown;
        if active || row.marks[EXISTS] {
            existence(group, truths, rows, index, nodes, sink);
        }
        if stands || row.marks[EXISTS] {
            for defeater in group.defeaters(&row) {
                let unknown = |row: &Scratch| row.stands[ALL] == Truth::Unknown;
                if rows.get(defeater).is_some_and(unknown) {
                    mark(rows, defeater, STANDS);
                }
            }
        }
    }
}

/// Adds what leaves the existence of an effect unknown: its rule, its member, its territory.
fn existence(
    group: &Group<'_, '_>,
    truths: &[Truth],
    rows: &mut [Scratch],
    index: usize,
    nodes: &mut Nodes<'_>,
    sink: &mut [u64],
) {
    let context = group.context;
    let Some(row) = rows.get(index).copied() else {
        return;
    };
    if row.exists != Truth::Unknown {
        return;
    }
    if truths.at(usize::from(row.row.version)) == Truth::Unknown {
        let version = VersionId(row.row.version);
        let told = context.open.each_fact(context.program, version, |fact| {
            context.add_fact(fact, sink);
        });
        if !told {
            each_condition(context, version, |cond, _| {
                condition::needs(context, cond, nodes, sink)
            });
        }
    }
    if member_truth(context, &row.row) == Truth::Unknown {
        context.add_fact(row.row.member_fact, sink);
    }
    if row.unsure_here {
        each_territory(group, rows, index, true, |expr| {
            sets::needs(context, expr, sink)
        });
    }
}

/// Visits the conditions of a version: its pack's, with the pack, its own, and those of the bases it inherits from.
pub(crate) fn each_condition(
    context: &Context<'_>,
    version: VersionId,
    mut visit: impl FnMut(u32, Option<PackId>),
) {
    let program = context.program;
    let mut row = program.versions.at(version.index());
    let pack = program.pack_of(version);
    let applies = program.packs.at(pack.index()).applies;
    if applies != NONE32 {
        visit(applies, Some(pack));
    }
    // Inheritance has no cycle, so that it is no longer than there are versions.
    for _ in 0..=program.versions.len() {
        if row.when != NONE32 {
            visit(row.when, None);
        }
        match base(context, &row) {
            Some(base) => row = program.versions.at(base.index()),
            None => return,
        }
    }
}

/// The present version of the base from which a version inherits.
pub(crate) fn base(context: &Context<'_>, row: &VersionRow) -> Option<VersionId> {
    if row.inherits == NONE16 {
        return None;
    }
    let versions = context.program.rules.at(usize::from(row.inherits)).versions;
    (versions.first..versions.first + versions.count)
        .map(|id| VersionId(id as u16))
        .find(|version| context.is_present(*version))
}

/// Visits the set expressions that give an effect its territory: its own, or its bases' all the way down; if
/// `unsure`, only those that leave the place at hand unknown.
fn each_territory(
    group: &Group<'_, '_>,
    rows: &mut [Scratch],
    index: usize,
    unsure: bool,
    mut visit: impl FnMut(u32),
) {
    match rows.get(index).map(|row| row.row.across) {
        None | Some(NONE32) => return,
        Some(ACROSS_BASE) => {}
        Some(expr) => return visit(expr),
    }
    for row in rows.iter_mut() {
        row.marks[TERRITORY] = false;
    }
    mark(rows, index, TERRITORY);
    for index in group.top_down() {
        let Some(row) = rows.get(index).copied() else {
            continue;
        };
        if !row.marks[TERRITORY] {
            continue;
        }
        match row.row.across {
            NONE32 => {}
            ACROSS_BASE => {
                for base in group.base_effects(&row) {
                    let lends = |below: &Scratch| {
                        let told = below.unsure_here || !unsure;
                        below.present && told
                    };
                    if rows.get(base).is_some_and(lends) {
                        mark(rows, base, TERRITORY);
                    }
                }
            }
            expr => visit(expr),
        }
    }
}

/// Adds what an effect in the answer rests on: anchors, member, territory, ceiling, and the event that is watched.
pub(crate) fn assume(group: &Group<'_, '_>, rows: &mut [Scratch], index: usize, sink: &mut [u64]) {
    let context = group.context;
    let Some(row) = rows.get(index) else { return };
    window::rests(context, &row.row, row.floor, sink);
    let member = row.row.member_fact;
    if member != NONE16 && context.is_assumed(FactId(member)) {
        context.add_fact(member, sink);
    }
    each_term_fact(context, &row.row, |fact| {
        if context.is_assumed(FactId(fact)) {
            context.add_fact(fact, sink);
        }
    });
    let watched = watched(group, row);
    if watched != NONE16 && context.is_absent(EventId(watched)) {
        context.add_event(watched, sink);
    }
    each_territory(group, rows, index, false, |expr| {
        sets::rests(context, expr, Some(&mut *sink));
    });
}

/// The event that decides the status of an effect, or none.
fn watched(group: &Group<'_, '_>, row: &Scratch) -> u16 {
    match row.kind() {
        Kind::Must if !row.timing.lasting => group.row.done,
        Kind::Must | Kind::MustNot => group.row.broken,
        Kind::May | Kind::Lifted => NONE16,
    }
}

/// Visits each name that an effect needs, once: for itself, by its bit set, or for its ceiling.
pub(crate) fn each_needed(
    context: &Context<'_>,
    own: &[u64],
    effect: &EffectRow,
    mut visit: impl FnMut(usize),
) {
    each_bit(own, 0, own.len() * 64, &mut visit);
    let mut before = [NONE16; CEILING_TERMS_MAX];
    let mut count = 0;
    each_term_fact(context, effect, |fact| {
        let again = get_bit(own, usize::from(fact)) || before.contains(&fact);
        if !again && context.fact(FactId(fact)).is_none() {
            visit(usize::from(fact));
            before.put(count, fact);
            count += 1;
        }
    });
}

/// True if an effect needs a name: for itself, by its bit set, or for its ceiling.
pub(crate) fn is_needed(
    context: &Context<'_>,
    own: &[u64],
    effect: &EffectRow,
    name: usize,
) -> bool {
    let mut needed = get_bit(own, name);
    each_term_fact(context, effect, |fact| {
        needed |= usize::from(fact) == name && context.fact(FactId(fact)).is_none();
    });
    needed
}

fn each_term_fact(context: &Context<'_>, effect: &EffectRow, mut visit: impl FnMut(u16)) {
    if effect.up_to == NONE32 {
        return;
    }
    let terms = context.program.ceilings.at(effect.up_to as usize).terms;
    for term in context.program.terms.range(terms.first, terms.count) {
        if term.fact != NONE16 {
            visit(term.fact);
        }
    }
}
