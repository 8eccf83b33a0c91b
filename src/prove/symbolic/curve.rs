//! Ends of periods: from a way to count to a number that follows another one, wherever that is.
//!
//! Minutes and hours of elapsed time are sums. All else is a curve that asks the same functions as the evaluator, and
//! says on which stretch its answer holds. Invariant: a stretch holds without exception; where that is not plain, it is a
//! single instant.

use super::Reader;
use crate::model::limits::{INSTANT_END, INSTANT_MIN};
use crate::model::{Unit, ZoneId};
use crate::prove::formula::{Course, Curve, Lit, Piece, Term};
use crate::time::instant::{DAY, SECOND};
use crate::time::{Counting, Direction, Period, Regime, Zone, due, period};

impl<'c> Reader<'_, 'c> {
    /// A number of units after another number, in elapsed time, and whether it lies in the range of instants.
    pub(super) fn offset(&mut self, from: Term, n: i64, unit: Unit, zone: u16) -> (Lit, Term) {
        let zone = self.program.zone(ZoneId(zone));
        self.offset_in(from, n, unit, zone)
    }

    fn offset_in(&mut self, from: Term, n: i64, unit: Unit, zone: Zone<'c>) -> (Lit, Term) {
        let exact = match unit {
            Unit::Minute => Some(60 * SECOND),
            Unit::Hour => Some(3_600 * SECOND),
            _ => None,
        };
        let Some(length) = exact else {
            let curve = self.world.curve(Counted::Elapsed { n, unit, zone });
            return self.world.graph.value_of(curve, from);
        };
        let by = n.saturating_mul(length).clamp(-INSTANT_END, INSTANT_END);
        let graph = &mut self.world.graph;
        let there = graph.plus(from, by);
        let (first, last) = (graph.literal(INSTANT_MIN), graph.literal(INSTANT_END - 1));
        let (after, before) = (graph.at_most(first, there), graph.at_most(there, last));
        (graph.and(after, before), there)
    }

    /// The end of a period by a way to count.
    pub(super) fn counted(
        &mut self,
        from: Term,
        period: Period,
        direction: Direction,
        counting: Counting<'c>,
    ) -> (Lit, Term) {
        let sign = if direction == Direction::Backward {
            -1
        } else {
            1
        };
        // Elapsed time is an offset, however it is written: both are one curve.
        if counting.regime == Regime::Elapsed && period.unit != Unit::WorkingDay {
            return self.offset_in(from, sign * period.n, period.unit, counting.zone);
        }
        let curve = self.world.curve(Counted::Period {
            period,
            direction,
            counting,
        });
        self.world.graph.value_of(curve, from)
    }
}

/// A way to count that is no sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted<'c> {
    /// Elapsed days, weeks, months and years, by the clock on the wall.
    Elapsed {
        /// How many; negative for back.
        n: i64,
        /// Of what.
        unit: Unit,
        /// By which clock.
        zone: Zone<'c>,
    },
    /// A period by a regime, or in working days.
    Period {
        /// The period.
        period: Period,
        /// Which way it runs.
        direction: Direction,
        /// By what it is counted.
        counting: Counting<'c>,
    },
}

impl Curve for Counted<'_> {
    fn at(&self, x: i64) -> Option<i64> {
        match *self {
            Counted::Elapsed { n, unit, zone } => period::add(x, n, unit, &zone),
            Counted::Period {
                period,
                direction,
                counting,
            } => due(x, period, direction, &counting, &mut |_| {}).ok(),
        }
    }

    fn spread(&self) -> (i64, i64) {
        match *self {
            Counted::Elapsed { n, unit, zone } => spread(n, unit, &zone),
            Counted::Period {
                period,
                direction,
                counting,
            } => {
                // A holiday moves an end on, and working days take longer than days: only one side is plain.
                let backward = direction == Direction::Backward;
                let n = if backward { -period.n } else { period.n };
                let (least, most) = spread(n, period.unit, &counting.zone);
                if backward {
                    (-INSTANT_END, most.saturating_add(2 * DAY))
                } else {
                    (least.saturating_sub(2 * DAY), INSTANT_END)
                }
            }
        }
    }

    fn unbroken(&self, x: i64) -> (i64, i64) {
        match self {
            // Far enough from both ends of the range of instants there always is a value.
            Counted::Elapsed { .. } => {
                let (least, most) = self.spread();
                let (from, to) = (INSTANT_MIN - least.min(0), INSTANT_END - 1 - most.max(0));
                if (from..=to).contains(&x) {
                    (from, to)
                } else {
                    (x, x)
                }
            }
            Counted::Period { .. } => (x, x),
        }
    }

    // The last day of a month stands for several, a skipped hour is moved on, a full hour waited for: later may end sooner.
    fn is_monotone(&self) -> bool {
        false
    }

    fn piece(&self, x: i64) -> Piece {
        let value = self.at(x);
        match *self {
            Counted::Elapsed { unit, zone, .. } => {
                let is_months = matches!(unit, Unit::Month | Unit::Year);
                elapsed_piece(&zone, x, value, is_months)
            }
            Counted::Period {
                period, counting, ..
            } => {
                let by_clock = matches!(period.unit, Unit::Minute | Unit::Hour);
                // Periods in days and longer see the day of the event, and nothing of its hour; elapsed ones keep the hour.
                let (from, to) = if by_clock || counting.regime == Regime::Elapsed {
                    (x, x)
                } else {
                    day_around(&counting.zone, x)
                };
                let course = value.map_or(Course::Nothing, Course::Value);
                Piece { from, to, course }
            }
        }
    }
}

/// Bounds of a period in elapsed time: the clock on the wall and elapsed time are apart by as much as offsets differ.
fn spread(n: i64, unit: Unit, zone: &Zone<'_>) -> (i64, i64) {
    let first = i64::from(zone.offset_at(INSTANT_MIN)) * SECOND;
    let (mut low, mut high) = (first, first);
    for (_, offsets) in changes(zone, INSTANT_MIN, INSTANT_END) {
        for offset in offsets {
            (low, high) = (low.min(offset), high.max(offset));
        }
    }
    let slack = high - low;
    let (short, long) = match unit {
        Unit::Minute => (60 * SECOND, 60 * SECOND),
        Unit::Hour => (3_600 * SECOND, 3_600 * SECOND),
        Unit::Day | Unit::WorkingDay => (DAY, DAY),
        Unit::Week => (7 * DAY, 7 * DAY),
        Unit::Month => (28 * DAY, 31 * DAY),
        Unit::Year => (365 * DAY, 366 * DAY),
    };
    let (a, b) = (n.saturating_mul(short), n.saturating_mul(long));
    let (least, most) = (
        a.min(b).saturating_sub(slack),
        a.max(b).saturating_add(slack),
    );
    (least.max(-INSTANT_END), most.min(INSTANT_END))
}

/// The instants around `x` of the same civil day, as far as no change of the clock lies between.
fn day_around(zone: &Zone<'_>, x: i64) -> (i64, i64) {
    let (_, of_day) = zone.local(x);
    let (from, to) = (x - of_day, x + (DAY - 1 - of_day));
    let before = zone.change_until(x).unwrap_or(i64::MIN);
    let after = zone.change_after(x).map_or(i64::MAX, |at| at - 1);
    (from.max(before), to.min(after))
}

/// The stretch around `x` on which an elapsed period adds the same amount of time.
///
/// Between two changes of the clock the local time follows the instant, and the end follows the local time until it meets
/// a time at which a change begins to skip or to repeat.
fn elapsed_piece(zone: &Zone<'_>, x: i64, end: Option<i64>, within_the_day: bool) -> Piece {
    let Some(end) = end else {
        return Piece {
            from: x,
            to: x,
            course: Course::Nothing,
        };
    };
    let (mut from, mut to) = if within_the_day {
        day_around(zone, x)
    } else {
        let before = zone.change_until(x).unwrap_or(INSTANT_MIN);
        let after = zone.change_after(x).map_or(INSTANT_END, |at| at);
        (before, after - 1)
    };
    let shift = end - x;
    let near = changes(zone, end - 3 * DAY, end + 3 * DAY);
    if near.is_empty() {
        let before = zone.change_until(end).unwrap_or(-INSTANT_END);
        let after = zone.change_after(end).unwrap_or(2 * INSTANT_END);
        from = from.max(before + 2 * DAY - shift);
        to = to.min(after - 2 * DAY - shift);
    } else {
        from = from.max(x - DAY);
        to = to.min(x + DAY);
    }
    // The local time of the end has one of these offsets; what would be a limit for another one shortens the stretch.
    let offsets: Vec<i64> = near.iter().flat_map(|(_, offsets)| *offsets).collect();
    for (at, around) in &near {
        for limit in around.map(|offset| at + offset) {
            for offset in &offsets {
                let there = x + (limit - (end + offset));
                if there <= x {
                    from = from.max(there);
                } else {
                    to = to.min(there - 1);
                }
            }
        }
    }
    Piece {
        from: from.max(INSTANT_MIN).max(INSTANT_MIN - shift),
        to: to.min(INSTANT_END - 1).min(INSTANT_END - 1 - shift),
        course: Course::Shift(shift),
    }
}

/// The changes of the clock after one instant and up to another, with the offsets before and after each.
fn changes(zone: &Zone<'_>, after: i64, until: i64) -> Vec<(i64, [i64; 2])> {
    let mut found = Vec::new();
    let mut at = after;
    while let Some(next) = zone.change_after(at).filter(|next| *next <= until) {
        let offsets = [next - 1, next].map(|at| i64::from(zone.offset_at(at)) * SECOND);
        found.push((next, offsets));
        at = next;
    }
    found
}
