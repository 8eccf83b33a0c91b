//! An entry of a finished answer to the steps of the count that made its due.
//!
//! Invariant: the count is made again, from the same case by the same windows, so that the steps are those of the due in
//! the answer. Nobody pays for steps who does not ask for them.

use super::context::Context;
use super::count::{self, CountedBy};
use super::decision::{Entry, Moment};
use super::window::{Floor, read, service_level, windows};
use crate::model::ZoneId;
use crate::pack::format::{NONE16, WindowRow};
use crate::time::{Law, Regime, Step, What};

/// The zone by which the instants of an entry are told.
pub(crate) fn zone(context: &Context<'_>, entry: &Entry) -> ZoneId {
    let effect = context.program.effects.at(entry.effect.index());
    let counted = windows(context, &effect).find(|window| window.counting != NONE16);
    match counted {
        Some(window) => count::counted_by(context, &window).zone,
        None => ZoneId(effect.zone),
    }
}

/// Gives the steps that led to an entry's instants.
pub(crate) fn steps(
    context: &Context<'_>,
    entry: &Entry,
    on_step: &mut dyn FnMut(Step),
) -> Option<CountedBy> {
    let effect = context.program.effects.at(entry.effect.index());
    let floor = Floor::of(entry.floor);
    if entry.service_level {
        let level = |window: &WindowRow| {
            let reading = read(context, window, floor, &mut |_| {});
            let end = service_level(context, &reading)?;
            Some((reading.anchor.instant()?, end))
        };
        let (from, end) = windows(context, &effect).find_map(|window| level(&window))?;
        return Some(elapsed(context, from, end, zone(context, entry), on_step));
    }
    let due = entry.due.instant().or(entry.provisional_due);
    let told = match due {
        Some(due) => [Some(due), None, None],
        None => [entry.not_before, entry.end, entry.start].map(Moment::instant),
    };
    // The window that gave it; where one without a period gave the same instant, nothing was counted.
    let of = |at: i64| {
        let mut all = windows(context, &effect);
        let gives = |window: &WindowRow| {
            let reading = read(context, window, floor, &mut |_| {});
            let by_due = due.is_none() || reading.gives_due();
            by_due && reading.reached == Moment::At(at)
        };
        all.find(gives).filter(|window| window.counting != NONE16)
    };
    let window = told.into_iter().flatten().find_map(of)?;
    of_window(context, &window, floor, on_step)
}

/// Gives the steps that led to the due of a rival reading.
pub(crate) fn alternative_steps(
    context: &Context<'_>,
    entry: &Entry,
    index: usize,
    on_step: &mut dyn FnMut(Step),
) -> Option<CountedBy> {
    let alternatives = context
        .program
        .effects
        .at(entry.effect.index())
        .alternatives;
    let row = context
        .program
        .alternatives
        .at(alternatives.first as usize + index);
    let window = context.program.windows.at(row.window as usize);
    of_window(context, &window, Floor::of(entry.floor), on_step)
}

fn of_window(
    context: &Context<'_>,
    window: &WindowRow,
    floor: Floor,
    on_step: &mut dyn FnMut(Step),
) -> Option<CountedBy> {
    let from = read(context, window, floor, &mut |_| {}).anchor.instant()?;
    if window.counting == NONE16 {
        return None;
    }
    // Only a count that comes to an end is a derivation.
    count::end(context, window, from, &mut |_| {})?;
    count::with_steps(context, window, from, &mut |_| {}, on_step);
    Some(count::counted_by(context, window))
}

/// A service level: from the anchor, so much elapsed time.
fn elapsed(
    context: &Context<'_>,
    from: i64,
    end: i64,
    zone: ZoneId,
    on_step: &mut dyn FnMut(Step),
) -> CountedBy {
    let (day, _) = context.program.zone(zone).local(from);
    for what in [What::Event { at: from, day }, What::End { at: end }] {
        on_step(Step {
            what,
            law: Law::Own,
        });
    }
    CountedBy {
        regime: Regime::Elapsed,
        zone,
        calendar: None,
    }
}
