//! Ends of periods: from a way to count to a number that follows another one, wherever that is.
//!
//! Minutes and hours of elapsed time are sums. All else is a curve that asks the same functions as the evaluator, and
//! says on which stretch its answer holds. Invariant: a stretch holds without exception; where that is not plain, it is a
//! single instant.

use super::Reader;
use super::working::WorkingDays;
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
        // Where the clock never changes, a day is as long as any other.
        let even = zone.change_after(i64::MIN).is_none();
        let exact = match unit {
            Unit::Minute => Some(60 * SECOND),
            Unit::Hour => Some(3_600 * SECOND),
            Unit::Day if even => Some(DAY),
            Unit::Week if even => Some(7 * DAY),
            _ => None,
        };
        let Some(length) = exact else {
            let (n, unit) = match unit {
                Unit::Week => (n.saturating_mul(7), Unit::Day),
                Unit::Year => (n.saturating_mul(12), Unit::Month),
                _ => (n, unit),
            };
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
        let counting = alike(period, direction, counting);
        let curve = self.world.curve(Counted::Period {
            period,
            direction,
            counting,
        });
        let end = self.world.graph.value_of(curve, from);
        if period.unit == Unit::WorkingDay {
            self.world.count_working(WorkingDays {
                from,
                n: period.n,
                direction,
                counting,
                counted: end.0,
            });
        }
        end
    }
}

/// One way to count of all that count such a period alike, so that no proof has to compare them day by day.
///
/// Working days are the days of the calendar, whatever the text, and none of them rolls over. The French and the American
/// text count forward alike in days and longer: to the end of the last day, or of the next one on which one works.
fn alike(period: Period, direction: Direction, counting: Counting<'_>) -> Counting<'_> {
    let (mut regime, mut rollover) = (counting.regime, counting.rollover);
    if regime == Regime::Elapsed || !regime.defines(period.unit, direction) {
        return counting;
    }
    match period.unit {
        Unit::WorkingDay => (regime, rollover) = (Regime::Eu1182_71, true),
        Unit::Day | Unit::Week | Unit::Month | Unit::Year
            if regime == Regime::UsFrcp6 && direction == Direction::Forward && period.days == 0 =>
        {
            regime = Regime::FrCpc;
        }
        _ => {}
    }
    Counting {
        regime,
        rollover,
        ..counting
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
                let backward = direction == Direction::Backward;
                let n = if backward { -period.n } else { period.n };
                let (least, most) = spread(n, period.unit, &counting.zone);
                if period.unit == Unit::Hour && counting.regime == Regime::Eu1182_71 {
                    // From a full hour on, and that is near.
                    let full = 2 * 3_600 * SECOND;
                    return (least.saturating_sub(full), most.saturating_add(full));
                }
                // A holiday moves an end on, and working days take longer than days: only one side is plain.
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
                    return (from, to);
                }
            }
            Counted::Period { .. } => {}
        }
        let piece = self.piece(x);
        (piece.from, piece.to)
    }

    fn piece(&self, x: i64) -> Piece {
        let Some(end) = self.at(x) else {
            let (from, to) = self.nothing(x);
            let course = Course::Nothing;
            return Piece { from, to, course };
        };
        match *self {
            Counted::Elapsed { unit, zone, .. } => {
                let is_months = matches!(unit, Unit::Month | Unit::Year);
                elapsed_piece(&zone, x, end, is_months)
            }
            Counted::Period {
                period,
                direction,
                counting,
            } => {
                let zone = &counting.zone;
                if period.unit == Unit::WorkingDay && counting.regime == Regime::Elapsed {
                    // Counted from the day of the event, and the hour is kept.
                    return elapsed_piece(zone, x, end, true);
                }
                if period.unit == Unit::Hour && counting.regime == Regime::UsFrcp6 {
                    let back = direction == Direction::Backward;
                    let n = if back { -period.n } else { period.n };
                    return same_time_piece(zone, x, x + n * 3_600 * SECOND, end);
                }
                // Periods in days and longer see the day of the event, and nothing of its hour.
                let (from, to) = match period.unit {
                    Unit::Hour if counting.regime == Regime::Eu1182_71 => hour_around(zone, x),
                    Unit::Hour | Unit::Minute => (x, x),
                    _ => day_around(zone, x),
                };
                let course = Course::Value(end);
                Piece { from, to, course }
            }
        }
    }
}

impl Counted<'_> {
    /// A stretch around `x`, where there is no value, on which there is none.
    fn nothing(&self, x: i64) -> (i64, i64) {
        let found = match *self {
            Counted::Elapsed { n, zone, .. } => self.out_of_range(&zone, x, n > 0),
            Counted::Period {
                period,
                direction,
                counting,
            } => {
                let zone = &counting.zone;
                not_covered(&counting, period, direction, x).or(
                    match (counting.regime, period.unit) {
                        (Regime::Elapsed, _) | (_, Unit::Minute) => None,
                        (Regime::Eu1182_71, Unit::Hour) => Some(hour_around(zone, x)),
                        (_, Unit::Hour) => None,
                        _ => Some(day_around(zone, x)),
                    },
                )
            }
        };
        found.unwrap_or((x, x))
    }

    /// The stretch around `x` on which an elapsed period leaves the range of instants.
    ///
    /// Between two changes of the clock a later start gives no earlier end, save where the end comes to a change; at the
    /// limits of the range there is none near. So what leaves the range is all that lies beyond one instant.
    fn out_of_range(&self, zone: &Zone<'_>, x: i64, forward: bool) -> Option<(i64, i64)> {
        let limit = if forward { INSTANT_END } else { INSTANT_MIN };
        if !changes(zone, limit - 3 * DAY, limit + 3 * DAY).is_empty() {
            return None;
        }
        let before = zone
            .change_until(x)
            .map_or(INSTANT_MIN, |at| at.max(INSTANT_MIN));
        let after = zone
            .change_after(x)
            .map_or(INSTANT_END, |at| at.min(INSTANT_END))
            - 1;
        // Between the two lies the last instant without an end, seen from `x`.
        let (mut without, mut with) = (x, if forward { before } else { after });
        if self.at(with).is_none() {
            without = with;
        }
        while (with - without).abs() > 1 {
            let middle = without + (with - without) / 2;
            if self.at(middle).is_none() {
                without = middle;
            } else {
                with = middle;
            }
        }
        Some(if forward {
            (without, after)
        } else {
            (before, without)
        })
    }
}

/// The instants around `x` from which a count can only come to days that its calendar does not cover.
///
/// A count that has a calendar looks at days between the event and the end of as many days, and goes on from there. So
/// nothing is found where that end lies before the days that are covered, or, going forward, where the event lies after
/// them; and the same the other way round.
fn not_covered(
    counting: &Counting<'_>,
    period: Period,
    direction: Direction,
    x: i64,
) -> Option<(i64, i64)> {
    let (first, last) = counting.calendar?.days();
    let midnight = |day: i32| counting.zone.midnight(day);
    let (_, length) = spread(period.n, period.unit, &counting.zone);
    let length = length.saturating_add(period.days.saturating_mul(DAY));
    let (before, after) = match direction {
        Direction::Forward => (length, 0),
        Direction::Backward => (0, length),
    };
    let opens = midnight(first)
        .unwrap_or(INSTANT_MIN)
        .saturating_sub(before)
        .saturating_sub(3 * DAY);
    let closes = last.checked_add(1).and_then(midnight);
    let closes = closes.unwrap_or(INSTANT_END);
    let closes = closes.saturating_add(after).saturating_add(3 * DAY);
    if x <= opens {
        Some((INSTANT_MIN, opens))
    } else {
        (closes <= x).then_some((closes, INSTANT_END - 1))
    }
}

/// The stretch around `x` from which elapsed hours end on one day, where they end on a day of rest at the same time on
/// another one.
fn same_time_piece(zone: &Zone<'_>, x: i64, elapsed: i64, end: i64) -> Piece {
    let (from, to) = day_around(zone, elapsed);
    let calm = changes(zone, end - 2 * DAY, end + 2 * DAY).is_empty();
    // A midnight is the end of the day before it.
    let (from, to) = if calm && elapsed > from {
        (from + 1, to)
    } else {
        (elapsed, elapsed)
    };
    Piece {
        from: (x - (elapsed - from)).max(INSTANT_MIN),
        to: (x + (to - elapsed)).min(INSTANT_END - 1),
        course: Course::Shift(end - x),
    }
}

/// The instants around `x` within one hour of the clock, its beginning left out, as far as no change of the clock lies near.
fn hour_around(zone: &Zone<'_>, x: i64) -> (i64, i64) {
    let hour = 3_600 * SECOND;
    let (_, of_day) = zone.local(x);
    let from = x - of_day % hour;
    let calm = changes(zone, from - 2 * hour, from + 3 * hour).is_empty();
    if x == from || !calm {
        return (x, x);
    }
    (
        (from + 1).max(INSTANT_MIN),
        (from + hour - 1).min(INSTANT_END - 1),
    )
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
    let before = zone.change_until(x).unwrap_or(INSTANT_MIN);
    let after = zone.change_after(x).map_or(INSTANT_END - 1, |at| at - 1);
    let (from, to) = (from.max(before), to.min(after));
    (from.max(INSTANT_MIN), to.min(INSTANT_END - 1))
}

/// The stretch around `x` on which an elapsed period adds the same amount of time.
///
/// Between two changes of the clock the local time follows the instant, and the end follows the local time until it meets
/// a time at which a change begins to skip or to repeat.
fn elapsed_piece(zone: &Zone<'_>, x: i64, end: i64, within_the_day: bool) -> Piece {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Calendar;

    #[test]
    fn what_is_taken_as_one_way_to_count_counts_alike() {
        // Saturdays and Sundays, and a calendar that ends on either side of the days that are tried.
        let calendar = Calendar::new(0b110_0000, (2024, 2025), &[]);
        let units = [
            Unit::WorkingDay,
            Unit::Day,
            Unit::Week,
            Unit::Month,
            Unit::Year,
        ];
        let mut joined = 0;
        for unit in units {
            for regime in Regime::ALL {
                for (n, rollover, direction) in [
                    (1, true, Direction::Forward),
                    (3, false, Direction::Forward),
                    (2, true, Direction::Backward),
                    (3, false, Direction::Backward),
                ] {
                    let counting = Counting {
                        regime,
                        rollover,
                        zone: Zone::UTC,
                        calendar,
                    };
                    let period = Period::new(n, unit);
                    let taken = alike(period, direction, counting);
                    joined += usize::from(taken != counting);
                    for day in 19_000..21_000 {
                        let at = day * DAY + DAY / 2;
                        let end = |counting| due(at, period, direction, &counting, &mut |_| {});
                        assert_eq!(end(taken), end(counting), "{unit:?} {counting:?} on {day}");
                    }
                }
            }
        }
        assert!(joined > 10, "{joined} ways were joined");
    }
}
