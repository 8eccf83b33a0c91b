//! Windows: from anchors and periods to moments, as `docs/LANGUAGE.md` §7 reads them.

use std::collections::BTreeMap;

use super::Reader;
use super::timing::Moment;
use crate::model::{CalendarId, Unit, WindowKind, ZoneId};
use crate::pack::format::{CountingRow, NONE16, WindowRow};
use crate::prove::formula::{Lit, Term};
use crate::prove::world::Value;
use crate::time::{Counting, Direction, Period, Regime};

/// The end of what defeated an effect before.
#[derive(Clone, Debug)]
pub(super) struct Floor {
    /// Ends, and when each is one.
    pub ends: Vec<(Lit, Term)>,
    /// When it is not known whether there is one.
    pub unknown: Lit,
}

/// A window with its anchor looked up and its period counted.
pub(super) struct Reading {
    pub kind: WindowKind,
    pub anchor: Moment,
    pub reached: Moment,
    /// False where the floor is unknown and would move it.
    pub sure: Lit,
}

/// By which zone and calendar a window is counted, and when.
type Bases = BTreeMap<(u16, Option<u16>), Lit>;

impl Reader<'_, '_> {
    /// A window, read from a floor on.
    pub(super) fn window(&mut self, window: &WindowRow, floor: &Floor) -> Reading {
        let kind = WindowKind::from_u8(window.kind).unwrap_or(WindowKind::By);
        let takes_floor = kind != WindowKind::Until;
        let mut anchor = self.anchor(window.anchor);
        if takes_floor {
            let mut from = vec![(Lit::TRUE, anchor.term)];
            from.extend(floor.ends.iter().copied());
            anchor.term = self.world.graph.pick(true, from);
        }
        let reached = if window.counting == NONE16 {
            anchor
        } else {
            self.reach(window, anchor)
        };
        let sure = if takes_floor {
            !floor.unknown
        } else {
            Lit::TRUE
        };
        Reading {
            kind,
            anchor,
            reached,
            sure,
        }
    }

    fn anchor(&mut self, anchor: u32) -> Moment {
        let nodes = self.program.anchors.at(anchor as usize).nodes;
        let mut stack: Vec<Moment> = Vec::new();
        for node in self.program.anchor_nodes.range(nodes.first, nodes.count) {
            let moment = match node.op {
                0 => {
                    let event = self.event(node.arg);
                    let graph = &mut self.world.graph;
                    Moment {
                        at: event.happened,
                        waiting: graph.and(!event.happened, !event.null),
                        unknown: event.null,
                        open: Lit::FALSE,
                        term: event.at,
                    }
                }
                1 => {
                    let ways = self.number_of(node.arg);
                    let graph = &mut self.world.graph;
                    let at = graph.any(ways.iter().map(|way| way.when));
                    Moment {
                        at,
                        waiting: Lit::FALSE,
                        unknown: !at,
                        open: Lit::FALSE,
                        term: graph.pick(true, ways.iter().map(|way| (way.when, way.number))),
                    }
                }
                op => {
                    let of = stack.split_off(stack.len().saturating_sub(usize::from(node.arg)));
                    let graph = &mut self.world.graph;
                    let unknown = graph.any(of.iter().map(|one| one.unknown));
                    let some = graph.any(of.iter().map(|one| one.at));
                    Moment {
                        at: graph.and(!unknown, some),
                        waiting: graph.and(!unknown, !some),
                        unknown,
                        open: Lit::FALSE,
                        term: graph.pick(op == 2, of.iter().map(|one| (one.at, one.term))),
                    }
                }
            };
            stack.push(moment);
        }
        stack.pop().unwrap_or(Moment::NOTHING)
    }

    /// Where the period of a window ends.
    fn reach(&mut self, window: &WindowRow, anchor: Moment) -> Moment {
        let row = self.program.countings.at(usize::from(window.counting));
        let unit = Unit::from_u8(window.unit).unwrap_or(Unit::Day);
        let kind = WindowKind::from_u8(window.kind).unwrap_or(WindowKind::By);
        let direction = Direction::of(kind);
        let period = Period::new(i64::from(window.n), unit);
        let mut ends = Vec::new();
        for ((zone, calendar), when) in self.bases(&row, period, direction) {
            let counting = Counting {
                regime: regime(&row),
                rollover: row.rollover == 1,
                zone: self.program.zone(ZoneId(zone)),
                calendar: calendar.and_then(|calendar| self.program.calendar(CalendarId(calendar))),
            };
            let (there, end) = self.counted(anchor.term, period, direction, counting);
            let graph = &mut self.world.graph;
            let there = graph.all([anchor.at, when, there]);
            ends.push((there, end));
        }
        let graph = &mut self.world.graph;
        let at = graph.any(ends.iter().map(|(there, _)| *there));
        let lost = graph.and(anchor.at, !at);
        Moment {
            at,
            waiting: anchor.waiting,
            unknown: graph.or(anchor.unknown, lost),
            open: anchor.open,
            term: graph.pick(true, ends),
        }
    }

    /// The zones and calendars by which a period may be counted; where none is, its end is unknown.
    fn bases(&mut self, row: &CountingRow, period: Period, direction: Direction) -> Bases {
        let (regime, rollover) = (regime(row), row.rollover == 1);
        let asks_zone = regime.needs_zone(period.unit, rollover);
        let asks_calendar = regime.needs_calendar(period.n, period.unit, direction, rollover);
        let mut zones: Vec<(u16, Lit)> = vec![(row.zone, Lit::TRUE)];
        if asks_zone {
            zones = self.zones(row);
        }
        let mut calendars: Vec<(Option<u16>, Lit)> = vec![(None, Lit::TRUE)];
        if asks_calendar {
            let chosen = match row.calendar {
                NONE16 => self.chosen(row.chooser),
                calendar => vec![(calendar, Lit::TRUE)],
            };
            calendars = chosen
                .into_iter()
                .filter(|(calendar, _)| self.program.calendar(CalendarId(*calendar)).is_some())
                .map(|(calendar, when)| (Some(calendar), when))
                .collect();
        }
        let mut bases = Bases::new();
        for (zone, by_zone) in &zones {
            for (calendar, by_calendar) in &calendars {
                let graph = &mut self.world.graph;
                let both = graph.and(*by_zone, *by_calendar);
                let before = bases
                    .get(&(*zone, *calendar))
                    .copied()
                    .unwrap_or(Lit::FALSE);
                let either = graph.or(before, both);
                if either != Lit::FALSE {
                    bases.insert((*zone, *calendar), either);
                }
            }
        }
        bases
    }

    /// The zone of a way to count: that of the first chosen calendar that has one, else the row's.
    fn zones(&mut self, row: &CountingRow) -> Vec<(u16, Lit)> {
        let mut found = Vec::new();
        let mut open = Lit::TRUE;
        for chooser in [row.zone_by, row.zone_then] {
            if chooser == NONE16 {
                break;
            }
            let mut without = Lit::FALSE;
            for (calendar, when) in self.chosen(chooser) {
                if self.program.calendar(CalendarId(calendar)).is_none() {
                    continue;
                }
                let graph = &mut self.world.graph;
                let here = graph.and(open, when);
                match self.program.calendars.at(usize::from(calendar)).zone {
                    NONE16 => without = graph.or(without, here),
                    zone => found.push((zone, here)),
                }
            }
            open = without;
        }
        found.push((row.zone, open));
        found
    }

    /// The calendars that a fact may choose, and when it does.
    fn chosen(&mut self, chooser: u16) -> Vec<(u16, Lit)> {
        let row = self.program.choosers.at(usize::from(chooser));
        let calendars: Vec<u16> = self
            .program
            .lists
            .range(row.calendars.first, row.calendars.count)
            .map(|id| id.id)
            .collect();
        debug_assert!(matches!(self.fact(row.fact).value, Value::Member(_)));
        let mut found = Vec::new();
        for (member, calendar) in (0u16..).zip(calendars) {
            let is = self.is_member(row.fact, member);
            if is.yes != Lit::FALSE {
                found.push((calendar, is.yes));
            }
        }
        found
    }
}

fn regime(row: &CountingRow) -> Regime {
    Regime::from_u8(row.regime).unwrap_or(Regime::Elapsed)
}
