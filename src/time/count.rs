//! The law of time limits: from an event and a period to its due, with every step of the count.
//!
//! Invariant: a due is given only if everything that it rests on is known; what is missing is named instead. Each text is
//! followed paragraph by paragraph, and days are looked at one by one: no formula stands between the text and the count.
//! Why with a visitor: a count allocates nothing, and who wants no derivation pays for none.

use super::calendar::Calendar;
use super::civil::Date;
use super::instant::{DAY, SECOND, in_range};
use super::regime::{Direction, Law, Regime, Text};
use super::step::{Step, What, Why};
use super::zone::Zone;
use crate::model::Unit;
use crate::model::limits::{INSTANT_END, INSTANT_MIN};

const HOUR: i64 = 3_600 * SECOND;
/// The days on which an instant can lie in some zone.
const DAYS: core::ops::RangeInclusive<i64> = INSTANT_MIN / DAY - 1..=INSTANT_END / DAY;

/// How a period is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Counting<'a> {
    /// The text that is followed.
    pub regime: Regime,
    /// False where a text derogates: the last day stays, even if it is no working day.
    pub rollover: bool,
    /// The clock on the wall.
    pub zone: Zone<'a>,
    /// The working days of the place where one must act.
    pub calendar: Option<Calendar<'a>>,
}

/// A period: a number of one unit, and days that follow months or years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many, from 1.
    pub n: i64,
    /// Of what.
    pub unit: Unit,
    /// Days that run when the months or years are over; 0 for none.
    pub days: i64,
}

impl Period {
    /// A period of one unit.
    #[must_use]
    pub const fn new(n: i64, unit: Unit) -> Period {
        Period { n, unit, days: 0 }
    }
}

/// Why there is no due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoDue {
    /// The regime does not say how such a period runs.
    #[error("this regime does not say how such a period runs")]
    Undefined,
    /// Less than 1 of its unit, or more than 100 years.
    #[error("a period has at least 1 of its unit and at most 100 years")]
    Period,
    /// The event, the due, or a day in between is not in the years 1970 to 2099.
    #[error("the period leaves the years 1970 to 2099")]
    OutOfRange,
    /// No calendar, and the count has to know a working day.
    #[error("this period needs a calendar")]
    NoCalendar,
    /// The calendar does not cover the year of a day that the count has to know.
    #[error("the calendar does not cover this year")]
    NotCovered {
        /// The day, since 1970-01-01.
        day: i32,
    },
}

/// The instant at which a period ends, counted from (or back from) an event. Every step is given to `on_step`.
///
/// A period not in hours or minutes ends at the midnight that ends its last day, save in `elapsed`, where it ends at the
/// time of day of the event.
///
/// # Errors
/// See [`NoDue`].
pub fn due(
    event: i64,
    period: Period,
    direction: Direction,
    counting: &Counting<'_>,
    on_step: &mut dyn FnMut(Step),
) -> Result<i64, NoDue> {
    let Period { n, unit, days } = period;
    let months = matches!(unit, Unit::Month | Unit::Year);
    let longest = i64::from(unit.most());
    let longest_days = i64::from(Unit::Day.most());
    if !(1..=longest).contains(&n) || !(0..=longest_days).contains(&days) {
        return Err(NoDue::Period);
    }
    let both = days == 0 || months;
    if !counting.regime.defines(unit, direction) || !both {
        return Err(NoDue::Undefined);
    }
    if days > 0 && !counting.regime.defines_months_and_days() {
        return Err(NoDue::Undefined);
    }
    in_range(event).ok_or(NoDue::OutOfRange)?;
    let mut count = Count {
        counting,
        text: counting.regime.text(unit),
        sign: match direction {
            Direction::Forward => 1,
            Direction::Backward => -1,
        },
        on_step,
    };
    let (day, of_day) = counting.zone.local(event);
    count.says(What::Event { at: event, day }, Law::Own);
    let at = match unit {
        Unit::Minute => count.elapsed(event, n, 60 * SECOND)?,
        Unit::Hour => count.hours(event, n)?,
        _ if counting.regime == Regime::Elapsed => {
            let last = count.last_by_count(day, period)?;
            counting.zone.instant(last, of_day)
        }
        .ok_or(NoDue::OutOfRange)?,
        _ => {
            let last = match count.days(day, period) {
                // A day that ends out of range is no due, whatever a calendar would say of it.
                Err(NoDue::NotCovered { day }) => {
                    count.midnight_after(day)?;
                    return Err(NoDue::NotCovered { day });
                }
                last => last?,
            };
            count.midnight_after(last)?
        }
    };
    count.end(at, unit);
    Ok(at)
}

struct Count<'c, 'a> {
    counting: &'c Counting<'a>,
    text: Text,
    /// 1 forward, -1 backward.
    sign: i32,
    on_step: &'c mut dyn FnMut(Step),
}

impl Count<'_, '_> {
    fn says(&mut self, what: What, law: Law) {
        (self.on_step)(Step { what, law });
    }

    fn end(&mut self, at: i64, unit: Unit) {
        let law = match (self.counting.regime, unit) {
            (Regime::Eu1182_71, Unit::Hour) => Law::Eu3p2a,
            (Regime::UsFrcp6, Unit::Hour) => Law::Us6a2B,
            _ => self.text.end,
        };
        self.says(What::End { at }, law);
    }

    fn is_backward(&self) -> bool {
        self.sign < 0
    }

    /// So many units of a fixed length from an instant.
    fn elapsed(&self, from: i64, n: i64, length: i64) -> Result<i64, NoDue> {
        n.checked_mul(length)
            .and_then(|whole| from.checked_add(whole * i64::from(self.sign)))
            .and_then(in_range)
            .ok_or(NoDue::OutOfRange)
    }

    fn hours(&mut self, event: i64, n: i64) -> Result<i64, NoDue> {
        match self.counting.regime {
            Regime::Eu1182_71 => {
                let from = if self.is_backward() {
                    full_hour_until(&self.counting.zone, event)
                } else {
                    full_hour_after(&self.counting.zone, event)
                };
                self.says(What::HourNotCounted { from }, Law::Eu3p1Hours);
                self.elapsed(from, n, HOUR)
            }
            Regime::UsFrcp6 => {
                self.says(What::HoursFrom { from: event }, Law::Us6a2A);
                let at = self.elapsed(event, n, HOUR)?;
                self.same_time_on_a_working_day(at)
            }
            _ => self.elapsed(event, n, HOUR),
        }
    }

    /// FRCP 6(a)(2)(C): where hours end on a day of rest, the same time on the next day that is none.
    ///
    /// An end at midnight is the end of the hour before it, and that hour lies on the day that midnight ends.
    fn same_time_on_a_working_day(&mut self, at: i64) -> Result<i64, NoDue> {
        let zone = &self.counting.zone;
        let last_counted = if self.is_backward() { at } else { at - 1 };
        let day = zone.date_at(last_counted);
        let (date, of_day) = zone.local(at);
        if !self.counting.rollover {
            self.says(What::NotRolledOver { day }, Law::Own);
            return Ok(at);
        }
        let working = self.working_from(day, Law::Us6a2C)?;
        if working == day {
            return Ok(at);
        }
        let law = if self.is_backward() {
            Law::Us6a5
        } else {
            Law::Us6a2C
        };
        self.says(What::SameTime { day: working }, law);
        if date == day {
            zone.instant(working, of_day).ok_or(NoDue::OutOfRange)
        } else {
            self.midnight_after(working)
        }
    }

    /// The last day of a period in days or longer, after all that the text says.
    fn days(&mut self, event: i32, period: Period) -> Result<i32, NoDue> {
        let first = event + self.sign;
        self.says(What::DayNotCounted { day: event }, self.text.day_out);
        self.says(What::FirstDay { day: first }, self.text.day_out);
        let last = self.last_by_count(event, period)?;
        if period.unit == Unit::WorkingDay {
            return Ok(last);
        }
        let regime = self.counting.regime;
        let rolled = if !self.counting.rollover {
            self.says(What::NotRolledOver { day: last }, Law::Own);
            last
        } else if regime == Regime::Eu1182_71 && self.is_backward() {
            self.says(What::NotRolledOver { day: last }, Law::Eu3p4Backward);
            last
        } else {
            self.roll_over(last)?
        };
        let two_days = period.unit != Unit::Day || period.n > 1;
        if regime == Regime::Eu1182_71 && two_days {
            return self.two_working_days(first, rolled);
        }
        Ok(rolled)
    }

    /// The last day as it is counted, whatever day it is.
    fn last_by_count(&mut self, event: i32, period: Period) -> Result<i32, NoDue> {
        let Period { n, unit, days } = period;
        let day = match unit {
            Unit::WorkingDay => self.nth_working(event, n)?,
            Unit::Week => self.shift(event, n * 7)?,
            Unit::Month => self.months(event, n)?,
            Unit::Year => self.months(event, n * 12)?,
            _ => self.shift(event, n)?,
        };
        if days == 0 {
            let law = match unit {
                Unit::WorkingDay => self.text.working,
                Unit::Month | Unit::Year => self.text.number,
                _ => self.text.days,
            };
            self.says(What::LastDay { day }, law);
            return Ok(day);
        }
        let day = self.shift(day, days)?;
        self.says(What::LastDay { day }, self.text.months_first);
        Ok(day)
    }

    fn shift(&self, day: i32, by: i64) -> Result<i32, NoDue> {
        known_day(i64::from(day) + by * i64::from(self.sign))
    }

    fn months(&mut self, event: i32, n: i64) -> Result<i32, NoDue> {
        let from = Date::from_days(event);
        let to = from
            .plus_months(n * i64::from(self.sign))
            .ok_or(NoDue::OutOfRange)?;
        let day = known_day(i64::from(to.to_days()))?;
        let what = if to.day == from.day {
            What::SameNumber { day }
        } else {
            What::LastOfMonth { day }
        };
        self.says(what, self.text.number);
        Ok(day)
    }

    /// Why one does not work on a day; `None` if one does.
    fn rest(&self, day: i32) -> Result<Option<Why>, NoDue> {
        known_day(i64::from(day))?;
        let calendar = self.counting.calendar.as_ref().ok_or(NoDue::NoCalendar)?;
        if !calendar.is_covered(day) {
            // Between two midnights out of range no instant lies: no calendar would help.
            let zone = &self.counting.zone;
            let reached = zone.midnight(day).or_else(|| zone.midnight(day + 1));
            reached.ok_or(NoDue::OutOfRange)?;
            return Err(NoDue::NotCovered { day });
        }
        if calendar.is_weekend(day) {
            return Ok(Some(Why::Weekend));
        }
        Ok(calendar.holiday(day).map(Why::Holiday))
    }

    fn nth_working(&mut self, event: i32, n: i64) -> Result<i32, NoDue> {
        let mut day = event;
        let mut found = 0;
        while found < n {
            day += self.sign;
            match self.rest(day)? {
                None => found += 1,
                Some(why) => self.says(What::Skipped { day, why }, self.text.working),
            }
        }
        Ok(day)
    }

    /// The first working day from a day on, itself included, in the direction of the count.
    fn working_from(&mut self, from: i32, law: Law) -> Result<i32, NoDue> {
        let mut day = from;
        while let Some(why) = self.rest(day)? {
            self.says(What::Skipped { day, why }, law);
            day += self.sign;
        }
        Ok(day)
    }

    fn roll_over(&mut self, last: i32) -> Result<i32, NoDue> {
        let day = self.working_from(last, self.text.roll)?;
        if day != last {
            let law = if self.is_backward() {
                Law::Us6a5
            } else {
                self.text.roll
            };
            self.says(What::RolledOver { from: last, day }, law);
        }
        Ok(day)
    }

    /// 1182/71 art. 3(5): the period, from its first day to its last, is made longer until two of its days are working
    /// days. It is read from its end, so that a year that is not covered matters only where nothing later settles it.
    fn two_working_days(&mut self, first: i32, last: i32) -> Result<i32, NoDue> {
        let mut found = 0;
        let mut day = last;
        loop {
            found += i32::from(self.rest(day)?.is_none());
            if found == 2 {
                return Ok(last);
            }
            if day == first {
                break;
            }
            day -= self.sign;
        }
        let mut end = last;
        while found < 2 {
            end += self.sign;
            match self.rest(end)? {
                None => found += 1,
                Some(why) => self.says(What::Skipped { day: end, why }, Law::Eu3p5),
            }
        }
        self.says(What::TwoWorkingDays { day: end }, Law::Eu3p5);
        Ok(end)
    }

    fn midnight_after(&self, day: i32) -> Result<i64, NoDue> {
        let next = day.checked_add(1).ok_or(NoDue::OutOfRange)?;
        self.counting.zone.midnight(next).ok_or(NoDue::OutOfRange)
    }
}

/// A day on which an instant can lie.
fn known_day(day: i64) -> Result<i32, NoDue> {
    let in_range = i32::try_from(day).ok().filter(|_| DAYS.contains(&day));
    in_range.ok_or(NoDue::OutOfRange)
}

/// The first instant after this one at which the clock on the wall shows a full hour.
///
/// A change of the clock may skip that hour, or show it again: each stretch between two changes is looked at by itself.
fn full_hour_after(zone: &Zone<'_>, instant: i64) -> i64 {
    let mut from = instant;
    loop {
        let (_, of_day) = zone.local(from);
        let candidate = from + HOUR - of_day % HOUR;
        match zone.change_after(from) {
            Some(change) if change <= candidate => {
                if zone.local(change).1 % HOUR == 0 {
                    return change;
                }
                from = change;
            }
            _ => return candidate,
        }
    }
}

/// The last instant up to this one at which the clock on the wall shows a full hour.
fn full_hour_until(zone: &Zone<'_>, instant: i64) -> i64 {
    let mut until = instant;
    loop {
        let (_, of_day) = zone.local(until);
        let candidate = until - of_day % HOUR;
        match zone.change_until(until) {
            Some(change) if change > candidate => until = change - 1,
            _ => return candidate,
        }
    }
}
