//! The steps of a count: why a due is what it is, as data.
//!
//! Invariant: a step says what was found at one place of the count and which paragraph says so; steps come in the order
//! of the count, and a count that fails has given the steps up to there. Words for them are elsewhere.

use super::regime::Law;

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it says.
    pub what: What,
    /// The paragraph that says so.
    pub law: Law,
}

/// What a step says. Days are days since 1970-01-01, by the local calendar; instants are microseconds of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The event, and its local day.
    Event {
        /// The instant.
        at: i64,
        /// The day.
        day: i32,
    },
    /// The hour of the event is not counted: hours run from here.
    HourNotCounted {
        /// Where they begin.
        from: i64,
    },
    /// Hours run from the event itself.
    HoursFrom {
        /// Where they begin.
        from: i64,
    },
    /// The day of the event is not counted.
    DayNotCounted {
        /// The day.
        day: i32,
    },
    /// The first day that is counted; in a period that runs backward, the one before the event.
    FirstDay {
        /// The day.
        day: i32,
    },
    /// A day that is not counted, or on which a period cannot end.
    Skipped {
        /// The day.
        day: i32,
        /// Why.
        why: Why,
    },
    /// The day with the same number, so many months or years away.
    SameNumber {
        /// The day.
        day: i32,
    },
    /// The last day of that month, which has no such number.
    LastOfMonth {
        /// The day.
        day: i32,
    },
    /// The last day by count.
    LastDay {
        /// The day.
        day: i32,
    },
    /// The last day stays as it is, whatever day it is.
    NotRolledOver {
        /// The day.
        day: i32,
    },
    /// The last day is moved to a working day, the way the period runs.
    RolledOver {
        /// The last day by count.
        from: i32,
        /// The working day.
        day: i32,
    },
    /// The period is made longer until it has two working days.
    TwoWorkingDays {
        /// The day.
        day: i32,
    },
    /// The hours end on a day of rest: the same time on a working day.
    SameTime {
        /// The day.
        day: i32,
    },
    /// The due.
    End {
        /// The instant.
        at: i64,
    },
}

/// Why a day is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is a day of the weekend, holiday or not.
    Weekend,
    /// It is the holiday with this index in the calendar.
    Holiday(usize),
}

impl What {
    /// A word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            What::Event { .. } => "event",
            What::HourNotCounted { .. } => "hour_not_counted",
            What::HoursFrom { .. } => "hours_from",
            What::DayNotCounted { .. } => "day_not_counted",
            What::FirstDay { .. } => "first_day",
            What::Skipped { .. } => "skipped",
            What::SameNumber { .. } => "same_number",
            What::LastOfMonth { .. } => "last_of_month",
            What::LastDay { .. } => "last_day",
            What::NotRolledOver { .. } => "not_rolled_over",
            What::RolledOver { .. } => "rolled_over",
            What::TwoWorkingDays { .. } => "two_working_days",
            What::SameTime { .. } => "same_time",
            What::End { .. } => "end",
        }
    }

    /// The day that it speaks of, if it speaks of one.
    #[must_use]
    pub const fn day(self) -> Option<i32> {
        match self {
            What::HourNotCounted { .. } | What::HoursFrom { .. } | What::End { .. } => None,
            What::Event { day, .. }
            | What::DayNotCounted { day }
            | What::FirstDay { day }
            | What::Skipped { day, .. }
            | What::SameNumber { day }
            | What::LastOfMonth { day }
            | What::LastDay { day }
            | What::NotRolledOver { day }
            | What::RolledOver { day, .. }
            | What::TwoWorkingDays { day }
            | What::SameTime { day } => Some(day),
        }
    }

    /// The instant that it speaks of, if it speaks of one.
    #[must_use]
    pub const fn instant(self) -> Option<i64> {
        match self {
            What::Event { at, .. } | What::End { at } => Some(at),
            What::HourNotCounted { from } | What::HoursFrom { from } => Some(from),
            _ => None,
        }
    }
}
