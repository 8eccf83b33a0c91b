//! Ends of periods: from a way to count to a number that follows another one, wherever that is.
//!
//! Minutes and hours of elapsed time are sums. All else is a curve that asks the same functions as the evaluator, and
//! says on which stretch its answer holds. Invariant: a stretch holds without exception; where that is not plain, it is a
//! single instant.

use super::Reader;
use crate::model::Unit;
use crate::model::limits::{INSTANT_END, INSTANT_MIN};
use crate::prove::formula::{Course, Curve, CurveId, Lit, Piece, Term};
use crate::time::civil::days_from_civil;
use crate::time::instant::{DAY, SECOND};
use crate::time::{Counting, Direction, Period, Regime, Zone, due, period};

impl<'c> Reader<'_, 'c> {
    /// A number of units after another number, in elapsed time, and whether it lies in the range of instants.
    pub(super) fn offset(&mut self, from: Term, n: i64, unit: Unit, zone: Zone<'c>) -> (Lit, Term) {
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
            let (n, unit) = plain(n, unit);
            let curve = self.curve(Shape::Offset(Offset { n, unit, zone }));
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
        // The elapsed ends of periods without working days are those of offsets.
        let is_offset = period.days == 0 && period.unit != Unit::WorkingDay;
        if counting.regime == Regime::Elapsed && is_offset {
            return self.offset(from, sign * period.n, period.unit, counting.zone);
        }
        let count = Count {
            period,
            direction,
            counting,
        };
        let curve = self.curve(Shape::Count(count));
        self.world.graph.value_of(curve, from)
    }

    /// A curve of this shape: the same one wherever the same is counted, also in another program.
    fn curve(&mut self, shape: Shape<'c>) -> CurveId {
        if let Some(known) = self.world.curves.get(&shape) {
            return *known;
        }
        let curve: Box<dyn Curve + 'c> = match &shape {
            Shape::Offset(offset) => Box::new(offset.clone()),
            Shape::Count(count) => Box::new(count.clone()),
        };
        let id = self.world.graph.add_curve(curve);
        self.world.curves.insert(shape, id);
        id
    }
}

/// In elapsed time a week is seven days, and a year twelve months.
fn plain(n: i64, unit: Unit) -> (i64, Unit) {
    match unit {
        Unit::Week => (n.saturating_mul(7), Unit::Day),
        Unit::Year => (n.saturating_mul(12), Unit::Month),
        _ => (n, unit),
    }
}

/// What a curve is, as far as it tells one from another.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(in crate::prove) enum Shape<'c> {
    Offset(Offset<'c>),
    Count(Count<'c>),
}

/// Elapsed days, weeks, months and years by the clock on the wall.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(in crate::prove) struct Offset<'c> {
    n: i64,
    unit: Unit,
    zone: Zone<'c>,
}

impl Curve for Offset<'_> {
    fn at(&self, x: i64) -> Option<i64> {
        period::add(x, self.n, self.unit, &self.zone)
    }

    fn spread(&self) -> (i64, i64) {
        spread(self.n, self.unit, &self.zone)
    }

    // The last day of a month stands for several, and a skipped hour is moved on: later may end sooner.
    fn is_monotone(&self) -> bool {
        false
    }

    fn piece(&self, x: i64) -> Piece {
        let is_months = matches!(self.unit, Unit::Month | Unit::Year);
        match self.at(x) {
            Some(end) => elapsed_piece(&self.zone, x, end, is_months),
            None => out_of_range(&self.zone, x, self.n > 0, &|x| self.at(x)),
        }
    }
}

/// A period by a regime.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(in crate::prove) struct Count<'c> {
    period: Period,
    direction: Direction,
    counting: Counting<'c>,
}

impl Curve for Count<'_> {
    fn at(&self, x: i64) -> Option<i64> {
        due(x, self.period, self.direction, &self.counting, &mut |_| {}).ok()
    }

    fn spread(&self) -> (i64, i64) {
        // A holiday moves an end on, and working days take longer than days: only one side is plain.
        let backward = self.direction == Direction::Backward;
        let sign = if backward { -1 } else { 1 };
        let zone = &self.counting.zone;
        let (mut least, mut most) = spread(sign * self.period.n, self.period.unit, zone);
        if self.counting.regime == Regime::Elapsed && self.period.unit != Unit::WorkingDay {
            let days = sign * self.period.days * DAY;
            return (least.saturating_add(days), most.saturating_add(days));
        }
        if backward {
            least = -INSTANT_END;
            most = most.saturating_add(2 * DAY);
        } else {
            least = least.saturating_sub(2 * DAY);
            most = INSTANT_END;
        }
        (least, most)
    }

    // Roll-over, full hours and skipped hours: some texts let a later event end sooner, by a few hours.
    fn is_monotone(&self) -> bool {
        false
    }

    fn piece(&self, x: i64) -> Piece {
        let by_clock = matches!(self.period.unit, Unit::Minute | Unit::Hour);
        let zone = &self.counting.zone;
        if by_clock {
            return self.point(x);
        }
        let end = self.at(x);
        if let (Regime::Elapsed, Some(end)) = (self.counting.regime, end) {
            return elapsed_piece(zone, x, end, true);
        }
        if let (None, Some((from, to))) = (end, self.not_covered(x)) {
            let course = Course::Nothing;
            return Piece { from, to, course };
        }
        if self.counting.regime == Regime::Elapsed {
            return self.point(x);
        }
        // Periods in days and longer see the day of the event, and nothing of its hour.
        let (from, to) = day_around(zone, x);
        let course = end.map_or(Course::Nothing, Course::Value);
        Piece { from, to, course }
    }
}

impl Count<'_> {
    /// The instants around `x` from which a count can only come to days that the calendar does not cover.
    ///
    /// A count that has a calendar looks at the day that ends it, or at the one after the event. Going forward, no day
    /// comes before the event; going back, none after it.
    fn not_covered(&self, x: i64) -> Option<(i64, i64)> {
        let (first, last) = self.counting.calendar?.years();
        let zone = &self.counting.zone;
        let opens = zone.midnight(days_from_civil(first, 1, 1)?)?;
        let closes = days_from_civil(last.checked_add(1)?, 1, 1).and_then(|day| zone.midnight(day));
        let forward = self.direction == Direction::Forward;
        let found = match closes {
            Some(closes) if forward => (closes.saturating_add(DAY), INSTANT_END - 1),
            _ if !forward => (INSTANT_MIN, opens.saturating_sub(DAY)),
            _ => return None,
        };
        (found.0 <= x && x <= found.1).then_some(found)
    }

    fn point(&self, x: i64) -> Piece {
        Piece {
            from: x,
            to: x,
            course: self.at(x).map_or(Course::Nothing, Course::Value),
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

/// The stretch around `x` on which an elapsed period leaves the range of instants.
///
/// Between two changes of the clock a later start gives no earlier end, save where the end comes to a change; at the limits
/// of the range there is none near. So what leaves the range is all that lies beyond one instant.
fn out_of_range(zone: &Zone<'_>, x: i64, forward: bool, at: &dyn Fn(i64) -> Option<i64>) -> Piece {
    let limit = if forward { INSTANT_END } else { INSTANT_MIN };
    let calm = changes(zone, limit - 3 * DAY, limit + 3 * DAY).is_empty();
    let (mut from, mut to) = (x, x);
    if calm {
        let before = zone.change_until(x).unwrap_or(INSTANT_MIN).max(INSTANT_MIN);
        let after = zone.change_after(x).unwrap_or(INSTANT_END).min(INSTANT_END) - 1;
        // Between `near` and `far` lies the last instant without an end, seen from `x`.
        let (mut near, mut far) = (x, if forward { before } else { after });
        if at(far).is_none() {
            near = far;
        }
        while (far - near).abs() > 1 {
            let middle = near + (far - near) / 2;
            if at(middle).is_none() {
                near = middle;
            } else {
                far = middle;
            }
        }
        (from, to) = if forward {
            (near, after)
        } else {
            (before, near)
        };
    }
    Piece {
        from,
        to,
        course: Course::Nothing,
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
