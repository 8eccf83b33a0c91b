//! The period of a window, counted: from its way to count, what the case says of calendars, and an instant, to its end.
//!
//! Invariant: an end is given only if the zone and the working days that it rests on are known. All that is missing is
//! said at once, and what was asked is said too, so that an answer names both (`docs/LANGUAGE.md` §7, §12).

use super::case::FactValue;
use super::context::Context;
use crate::model::{CalendarId, FactId, Unit, WindowKind, ZoneId};
use crate::pack::format::{CountingRow, NONE16, WindowRow};
use crate::time::{Counting, Direction, NoDue, Period, Regime, Step, Zone, due, period};

/// What a count asks beside its anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A fact chose the calendar.
    Fact(u16),
    /// A fact should choose it, and is unknown.
    NoFact(u16),
    /// The calendar does not tell a day: nobody declares it, or it does not cover the year.
    NoCalendar(u16),
}

/// By which regime, clock and calendar a window is counted, as far as the case says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedBy {
    /// The regime.
    pub regime: Regime,
    /// The zone.
    pub zone: ZoneId,
    /// The calendar, where the count needs one.
    pub calendar: Option<CalendarId>,
}

/// The end of the period of a window that runs from (or back from) an instant.
pub(crate) fn end(
    context: &Context<'_>,
    window: &WindowRow,
    from: i64,
    asks: &mut dyn FnMut(Asked),
) -> Option<i64> {
    let row = context.program.countings.at(usize::from(window.counting));
    let unit = unit(window);
    // Most urgent periods are hours of elapsed time: no clock and no calendar changes their end.
    if regime(&row) == Regime::Elapsed && matches!(unit, Unit::Minute | Unit::Hour) {
        let n = i64::from(window.n);
        let n = match direction(window) {
            Direction::Forward => n,
            Direction::Backward => -n,
        };
        return period::add(from, n, unit, &Zone::UTC);
    }
    with_steps(context, window, from, asks, &mut |_| {})
}

/// The same, with every step of the count.
pub(crate) fn with_steps(
    context: &Context<'_>,
    window: &WindowRow,
    from: i64,
    asks: &mut dyn FnMut(Asked),
    on_step: &mut dyn FnMut(Step),
) -> Option<i64> {
    let row = context.program.countings.at(usize::from(window.counting));
    let (zone, calendar) = basis(context, window, &row, asks);
    let calendar = calendar?;
    let counting = Counting {
        regime: regime(&row),
        rollover: row.rollover == 1,
        zone: context.program.zone(zone?),
        calendar: calendar.and_then(|calendar| context.program.calendar(calendar)),
    };
    let period = Period::new(i64::from(window.n), unit(window));
    match due(from, period, direction(window), &counting, on_step) {
        Ok(at) => Some(at),
        Err(NoDue::NotCovered { .. }) => {
            if let Some(calendar) = calendar {
                asks(Asked::NoCalendar(calendar.0));
            }
            None
        }
        Err(_) => None,
    }
}

/// True if facts choose by what a window is counted.
pub(crate) fn asks_facts(context: &Context<'_>, window: &WindowRow) -> bool {
    let row = context.program.countings.at(usize::from(window.counting));
    let chosen = row.chooser != NONE16 || row.zone_by != NONE16;
    window.counting != NONE16 && chosen
}

/// By what a window is counted; the zone of its rule, where a fact chooses it and is unknown.
pub(crate) fn counted_by(context: &Context<'_>, window: &WindowRow) -> CountedBy {
    let row = context.program.countings.at(usize::from(window.counting));
    let (zone, calendar) = basis(context, window, &row, &mut |_| {});
    CountedBy {
        regime: regime(&row),
        zone: zone.unwrap_or(ZoneId(row.zone)),
        calendar: calendar.flatten(),
    }
}

/// The zone, and the calendar where one is needed; `None` for what is not known.
fn basis(
    context: &Context<'_>,
    window: &WindowRow,
    row: &CountingRow,
    asks: &mut dyn FnMut(Asked),
) -> (Option<ZoneId>, Option<Option<CalendarId>>) {
    let (regime, unit, rollover) = (regime(row), unit(window), row.rollover == 1);
    let zone = if regime.needs_zone(unit, rollover) {
        zone(context, row, asks)
    } else {
        // It changes no end, but steps are told by it.
        Some(zone(context, row, &mut |_| {}).unwrap_or(ZoneId(row.zone)))
    };
    let n = i64::from(window.n);
    let calendar = if !regime.needs_calendar(n, unit, direction(window), rollover) {
        Some(None)
    } else {
        let choice = match row.calendar {
            NONE16 => chosen(context, row.chooser, asks),
            calendar => Some(CalendarId(calendar)),
        };
        let known = choice.filter(|calendar| is_declared(context, *calendar, asks));
        known.map(Some)
    };
    (zone, calendar)
}

/// The zone of a way to count: that of the first chosen calendar that has one, else the row's.
fn zone(context: &Context<'_>, row: &CountingRow, asks: &mut dyn FnMut(Asked)) -> Option<ZoneId> {
    for chooser in [row.zone_by, row.zone_then] {
        if chooser == NONE16 {
            break;
        }
        let calendar = chosen(context, chooser, asks)?;
        if !is_declared(context, calendar, asks) {
            return None;
        }
        match context.program.calendars.at(calendar.index()).zone {
            NONE16 => {}
            zone => return Some(ZoneId(zone)),
        }
    }
    Some(ZoneId(row.zone))
}

/// The calendar that a fact chooses.
fn chosen(context: &Context<'_>, chooser: u16, asks: &mut dyn FnMut(Asked)) -> Option<CalendarId> {
    let row = context.program.choosers.at(usize::from(chooser));
    let Some(FactValue::Member(member)) = context.fact(FactId(row.fact)) else {
        asks(Asked::NoFact(row.fact));
        return None;
    };
    asks(Asked::Fact(row.fact));
    let at = row.calendars.first as usize + usize::from(member);
    Some(CalendarId(context.program.lists.at(at).id))
}

fn is_declared(context: &Context<'_>, calendar: CalendarId, asks: &mut dyn FnMut(Asked)) -> bool {
    let declared = context.program.calendar(calendar).is_some();
    if !declared {
        asks(Asked::NoCalendar(calendar.0));
    }
    declared
}

fn regime(row: &CountingRow) -> Regime {
    Regime::from_u8(row.regime).unwrap_or(Regime::Elapsed)
}

fn unit(window: &WindowRow) -> Unit {
    Unit::from_u8(window.unit).unwrap_or(Unit::Day)
}

fn direction(window: &WindowRow) -> Direction {
    Direction::of(WindowKind::from_u8(window.kind).unwrap_or(WindowKind::By))
}
