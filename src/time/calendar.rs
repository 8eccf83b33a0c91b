//! Calendars: which days are working days, from a table that somebody compiled.
//!
//! Invariant: the table is ordered, has one record for a day, and no day outside the years that are covered. Why years
//! are covered and not assumed: a year whose holidays nobody wrote down is not a year without holidays.

use super::civil::Date;

/// Bytes of a holiday in the table: its day since 1970-01-01 as i32, then the number of its name as u16, little-endian.
pub const HOLIDAY_BYTES: usize = 6;

/// A calendar whose table is borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Calendar<'a> {
    weekend: u8,
    first: i32,
    last: i32,
    holidays: &'a [u8],
}

/// The day of the week of a date in days since 1970-01-01: 0 is Monday, 6 is Sunday.
#[must_use]
pub fn weekday(day: i32) -> u8 {
    (i64::from(day) + 3).rem_euclid(7) as u8
}

impl<'a> Calendar<'a> {
    /// A calendar with its weekend (bit 0 is Monday, bit 6 Sunday), the first and the last year that it covers, and its
    /// holidays; `None` if the weekend has other bits, the years do not exist or are in the wrong order, or the table has
    /// a broken record, is out of order, or has a day outside those years.
    #[must_use]
    pub fn new(weekend: u8, years: (i32, i32), holidays: &'a [u8]) -> Option<Calendar<'a>> {
        Date::new(years.0, 1, 1)?;
        Date::new(years.1, 1, 1)?;
        let calendar = Calendar::trusted(weekend, years, holidays);
        if weekend >= 1 << 7 || years.0 > years.1 || !holidays.len().is_multiple_of(HOLIDAY_BYTES) {
            return None;
        }
        let mut previous = None;
        for index in 0..calendar.len() {
            let (day, _) = calendar.record(index)?;
            if !calendar.is_covered(day) || previous.is_some_and(|previous| day <= previous) {
                return None;
            }
            previous = Some(day);
        }
        Some(calendar)
    }

    /// The calendar without looking at its table again.
    #[must_use]
    pub fn trusted(weekend: u8, years: (i32, i32), holidays: &'a [u8]) -> Calendar<'a> {
        let new_year = |year| Date {
            year,
            month: 1,
            day: 1,
        };
        Calendar {
            weekend,
            first: new_year(years.0).to_days(),
            last: new_year(years.1.saturating_add(1)).to_days() - 1,
            holidays,
        }
    }

    /// The first and the last day that it covers, in days since 1970-01-01.
    #[must_use]
    pub const fn days(&self) -> (i32, i32) {
        (self.first, self.last)
    }

    /// How many holidays it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.holidays.len() / HOLIDAY_BYTES
    }

    /// True if it has no holidays.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn record(&self, index: usize) -> Option<(i32, u16)> {
        let at = index.checked_mul(HOLIDAY_BYTES)?;
        let record = self.holidays.get(at..at.checked_add(HOLIDAY_BYTES)?)?;
        let (day, name) = record.split_at(4);
        Some((
            i32::from_le_bytes(day.try_into().ok()?),
            u16::from_le_bytes(name.try_into().ok()?),
        ))
    }

    /// True if the holidays of the year of this day are known.
    #[must_use]
    pub fn is_covered(&self, day: i32) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// True for the days of the weekend, in any year.
    #[must_use]
    pub fn is_weekend(&self, day: i32) -> bool {
        self.weekend >> weekday(day) & 1 == 1
    }

    /// The index of the holiday on this day, if it is one.
    #[must_use]
    pub fn holiday(&self, day: i32) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let (at, _) = self.record(middle)?;
            match at.cmp(&day) {
                core::cmp::Ordering::Equal => return Some(middle),
                core::cmp::Ordering::Less => low = middle + 1,
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The day of the holiday with this index, and the number of its name.
    #[must_use]
    pub fn named(&self, index: usize) -> Option<(i32, u16)> {
        self.record(index)
    }

    /// True if one works on this day; `None` if its year is not covered.
    #[must_use]
    pub fn is_working(&self, day: i32) -> Option<bool> {
        if !self.is_covered(day) {
            return None;
        }
        Some(!self.is_weekend(day) && self.holiday(day).is_none())
    }
}
