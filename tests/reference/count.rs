//! An instant, a period and a way of counting to the end of the period, day by day (LANGUAGE.md §7, counting).
//!
//! Written from the texts: Regulation 1182/71, article 3; Code de procédure civile, articles 640 to 642; Federal Rules
//! of Civil Procedure, rule 6(a). Every day is looked at by itself, so that nothing here is a formula to be got wrong.

use super::civil;
use exequatur::syntax::ast::{CalendarDecl, Period, Unit};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// What was met on the way, for the counters of the test.
pub type Notes = BTreeSet<&'static str>;

/// The texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regime {
    /// Real time, and the same local time on another day.
    Elapsed,
    /// Regulation 1182/71.
    Eu,
    /// Code de procédure civile.
    Fr,
    /// Federal Rules of Civil Procedure.
    Us,
}

impl Regime {
    /// The regime of a word of the language.
    pub fn of(word: &str) -> Regime {
        match word {
            "elapsed" => Regime::Elapsed,
            "eu_1182_71" => Regime::Eu,
            "fr_cpc" => Regime::Fr,
            "us_frcp_6" => Regime::Us,
            _ => panic!("`{word}` is not a regime"),
        }
    }

    /// Does the text say how such a period runs? None speaks of minutes, the French one neither of hours nor of
    /// periods that run back.
    pub fn defines(self, unit: Unit, back: bool) -> bool {
        match (self, unit) {
            (Regime::Elapsed, _) => true,
            (_, Unit::Minute) | (Regime::Fr, Unit::Hour) => false,
            (regime, _) => regime != Regime::Fr || !back,
        }
    }

    /// Can such a period only be counted with a calendar?
    pub fn needs_calendar(self, n: i64, unit: Unit, back: bool, rollover: bool) -> bool {
        let hours = matches!(unit, Unit::Minute | Unit::Hour);
        let rolls = rollover && (self == Regime::Us || !back);
        match self {
            _ if unit == Unit::WorkingDay => true,
            Regime::Elapsed => false,
            Regime::Eu => !hours && (rolls || two_days(n, unit)),
            Regime::Fr | Regime::Us => rolls,
        }
    }

    /// Does the end of such a period depend on the zone?
    pub fn needs_zone(self, unit: Unit, rollover: bool) -> bool {
        match self {
            _ if !matches!(unit, Unit::Minute | Unit::Hour) => true,
            Regime::Elapsed => false,
            Regime::Us => rollover,
            _ => true,
        }
    }
}

/// 1182/71 art. 3(5) speaks of periods of two days or more.
fn two_days(n: i64, unit: Unit) -> bool {
    match unit {
        Unit::Minute | Unit::Hour => false,
        Unit::Day | Unit::WorkingDay => n >= 2,
        Unit::Week | Unit::Month | Unit::Year => true,
    }
}

/// How a period is counted.
pub struct Way<'c> {
    /// The text.
    pub regime: Regime,
    /// False where the last day stays.
    pub rollover: bool,
    /// True for a period before its anchor.
    pub back: bool,
    /// The clock on the wall.
    pub zone: &'c TimeZone,
    /// The days of rest.
    pub calendar: Option<&'c CalendarDecl>,
}

/// Why a period has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoEnd {
    /// It lies outside the instants of the language.
    Range,
    /// The calendar does not cover the year of this day, which matters.
    Uncovered(Date),
}

/// The end of a period.
pub fn end(t: i64, period: &Period, way: &Way, notes: &mut Notes) -> Result<i64, NoEnd> {
    let (n, unit) = (period.n.value, period.unit);
    let at = match (way.regime, unit) {
        (Regime::Elapsed, Unit::WorkingDay) => {
            notes.insert("working days");
            let day = way.working_day(civil::date_in(t, way.zone), n)?;
            way.same_time(t, day)
        }
        (Regime::Elapsed, _) => {
            return civil::shift(t, period, way.back, way.zone).ok_or(NoEnd::Range);
        }
        (Regime::Eu, Unit::Hour) => {
            notes.insert("hours of 1182/71");
            way.hours_after(way.edge_of_hour(t), n)
        }
        (Regime::Us, Unit::Hour) => way.us_hours(t, n, notes)?,
        _ => {
            let event = civil::date_in(t, way.zone);
            let last = way.last_day(event, n, unit, notes);
            if let Err(NoEnd::Uncovered(day)) = last {
                way.reachable(day)?;
            }
            way.end_of(last?)
        }
    };
    if civil::in_range(at) {
        Ok(at)
    } else {
        Err(NoEnd::Range)
    }
}

impl Way<'_> {
    /// The next day in the direction of the count.
    fn next(&self, day: Date) -> Date {
        let next = if self.back {
            day.yesterday()
        } else {
            day.tomorrow()
        };
        next.expect("a date of the calendar")
    }

    /// A day ends at the midnight after it: 24:00 (CPC 642, 1182/71 art. 3(2)(b), FRCP 6(a)(4)).
    fn end_of(&self, day: Date) -> i64 {
        civil::midnight(day.tomorrow().expect("a date of the calendar"), self.zone)
    }

    /// A period cannot end with a day that ends out of range, whatever a calendar says.
    fn reachable(&self, day: Date) -> Result<Date, NoEnd> {
        match civil::in_range(self.end_of(day)) {
            true => Ok(day),
            false => Err(NoEnd::Range),
        }
    }

    /// Does one work on a day? Nobody knows in a year that is not covered.
    fn works(&self, day: Date) -> Result<bool, NoEnd> {
        // Where no instant of the language lies on a day, no calendar would help.
        if civil::midnight(day, self.zone) >= civil::END || self.end_of(day) < civil::FIRST {
            return Err(NoEnd::Range);
        }
        let calendar = self.calendar.expect("a calendar, where one is needed");
        let year = i64::from(day.year());
        let covered = calendar.covers.as_ref();
        if !covered.is_some_and(|(from, to)| (from.value..=to.value).contains(&year)) {
            return Err(NoEnd::Uncovered(day));
        }
        let weekday = format!("{:?}", day.weekday()).to_lowercase();
        let weekend = calendar.weekend.iter().any(|w| w.text == weekday);
        let holiday = calendar.holidays.iter().any(|(d, _)| civil::date(d) == day);
        Ok(!weekend && !holiday)
    }

    /// The n-th working day after (or before) a day, which is itself not counted.
    fn working_day(&self, event: Date, n: i64) -> Result<Date, NoEnd> {
        let mut day = event;
        for _ in 0..n {
            day = self.next(day);
            while !self.works(day)? {
                day = self.next(day);
            }
        }
        Ok(day)
    }

    /// The first working day from a day on, itself included.
    fn roll(&self, mut day: Date) -> Result<Date, NoEnd> {
        while !self.works(day)? {
            day = self.next(day);
        }
        Ok(day)
    }

    /// The last day of a period in days or longer. The day of the event does not count.
    fn last_day(&self, event: Date, n: i64, unit: Unit, notes: &mut Notes) -> Result<Date, NoEnd> {
        let counted = match unit {
            Unit::Day => self.days(event, n)?,
            Unit::Week => self.days(event, 7 * n)?,
            Unit::Month => self.months(event, n)?,
            Unit::Year => self.months(event, 12 * n)?,
            Unit::WorkingDay => {
                notes.insert("working days");
                return self.working_day(event, n);
            }
            Unit::Minute | Unit::Hour => panic!("no text counts these in days"),
        };
        self.reachable(counted)?;
        // Art. 3(4) of the regulation does not apply to periods that run back; rule 6(a)(5) does.
        let mut last = counted;
        if self.rollover && (self.regime == Regime::Us || !self.back) {
            last = self.roll(counted)?;
            if last != counted {
                notes.insert("rolled over");
            }
        } else if self.calendar.is_some() && self.works(counted) == Ok(false) {
            notes.insert("stays on a day of rest");
        }
        if self.regime == Regime::Eu && two_days(n, unit) {
            let rolled = last;
            last = self.two_working_days(event, last)?;
            if last != rolled {
                notes.insert("two working days");
            }
        }
        Ok(last)
    }

    fn days(&self, event: Date, n: i64) -> Result<Date, NoEnd> {
        let mut day = event;
        for _ in 0..n {
            day = self.next(day);
            self.reachable(day)?;
        }
        Ok(day)
    }

    /// The day of the same number, so many months on; the last of its month, if there is no such day.
    fn months(&self, event: Date, n: i64) -> Result<Date, NoEnd> {
        let (mut year, mut month) = (event.year(), event.month());
        for _ in 0..n {
            (year, month) = match (self.back, month) {
                (false, 12) => (year + 1, 1),
                (false, m) => (year, m + 1),
                (true, 1) => (year - 1, 12),
                (true, m) => (year, m - 1),
            };
            if !(1900..2200).contains(&year) {
                return Err(NoEnd::Range);
            }
        }
        let mut number = event.day();
        loop {
            match Date::new(year, month, number) {
                Ok(day) => return Ok(day),
                Err(_) => number -= 1,
            }
        }
    }

    /// 1182/71 art. 3(5): the period has at least two working days, else it goes on until it has.
    ///
    /// It is looked at from its last day: a year that is not covered matters unless two later days are enough.
    fn two_working_days(&self, event: Date, mut last: Date) -> Result<Date, NoEnd> {
        loop {
            let mut days = vec![last];
            while let Some(day) = days.last().filter(|day| **day != event) {
                let before = if self.back {
                    day.tomorrow()
                } else {
                    day.yesterday()
                };
                days.push(before.expect("a date of the calendar"));
            }
            days.pop();
            let mut found = 0;
            for day in days {
                found += i32::from(self.works(day)?);
                if found == 2 {
                    return Ok(last);
                }
            }
            last = self.reachable(self.next(last))?;
        }
    }

    /// 1182/71 art. 3(1): the hour of the event is not counted; back, the hours run from the beginning of that hour.
    fn edge_of_hour(&self, t: i64) -> i64 {
        const MINUTE: i64 = 60_000_000;
        let full = |t: i64| {
            let stamp = Timestamp::from_microsecond(t).expect("an instant");
            let local = self.zone.to_datetime(stamp);
            (local.minute(), local.second(), local.subsec_nanosecond()) == (0, 0, 0)
        };
        let mut edge = t.div_euclid(MINUTE) * MINUTE;
        if !self.back {
            edge += MINUTE;
        }
        while !full(edge) {
            edge += if self.back { -MINUTE } else { MINUTE };
        }
        edge
    }

    fn hours_after(&self, t: i64, n: i64) -> i64 {
        let hours = 3_600_000_000 * n;
        if self.back { t - hours } else { t + hours }
    }

    /// FRCP 6(a)(2): hours begin at once; if they end on a day of rest, the same time on the next day that is none.
    ///
    /// The last hour that is counted says on which day they end: a period that ends at Friday, 24:00, does not end on
    /// a Saturday; one that runs back to that midnight does, for its last hour is the first one of Saturday.
    fn us_hours(&self, t: i64, n: i64, notes: &mut Notes) -> Result<i64, NoEnd> {
        let at = self.hours_after(t, n);
        if !self.rollover {
            return Ok(at);
        }
        if !civil::in_range(at) {
            return Err(NoEnd::Range);
        }
        let ends = |day: Date| self.end_of(day) == at;
        let mut day = civil::date_in(at, self.zone);
        let before = day.yesterday().expect("a date of the calendar");
        if ends(before) {
            notes.insert("hours that end at midnight");
        }
        let midnight = ends(before) && !self.back;
        if midnight {
            day = before;
        }
        let rolled = self.roll(day)?;
        if rolled == day {
            return Ok(at);
        }
        notes.insert("hours moved from a day of rest");
        Ok(if midnight {
            self.end_of(rolled)
        } else {
            self.same_time(at, rolled)
        })
    }

    /// The local time of an instant on another day.
    fn same_time(&self, t: i64, day: Date) -> i64 {
        let local = self
            .zone
            .to_datetime(Timestamp::from_microsecond(t).expect("an instant"));
        let there = day.to_datetime(local.time());
        let there = self.zone.to_ambiguous_timestamp(there).compatible();
        there.expect("a date of the calendar").as_microsecond()
    }
}
