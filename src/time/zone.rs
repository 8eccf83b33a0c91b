//! A time zone: the offset from UTC over time, from a compiled table.
//!
//! Invariant: the table is ordered by instant. A local time that a change skips is moved forward by the length
//! of the gap; one that occurs twice is the first: both fall out of trying the offset in force before the change.

use super::instant::{DAY, SECOND, in_range};

/// Bytes of a change in the table: its second of UTC as i64, then the offset from then on as i32, little-endian.
pub const CHANGE_BYTES: usize = 12;

/// A zone whose table is borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone<'a> {
    initial: i32,
    changes: &'a [u8],
}

impl<'a> Zone<'a> {
    /// UTC: no changes.
    pub const UTC: Zone<'static> = Zone {
        initial: 0,
        changes: &[],
    };

    /// A zone with an initial offset in seconds and a table of changes; `None` if the table has a broken
    /// record, is out of order, or has an offset of a day or more.
    #[must_use]
    pub fn new(initial: i32, changes: &'a [u8]) -> Option<Zone<'a>> {
        let zone = Zone { initial, changes };
        if !changes.len().is_multiple_of(CHANGE_BYTES) || initial.abs() >= 86_400 {
            return None;
        }
        let mut last = i64::MIN;
        for index in 0..zone.len() {
            let (at, offset) = zone.change(index)?;
            if at <= last || offset.abs() >= 86_400 {
                return None;
            }
            last = at;
        }
        Some(zone)
    }

    /// The zone without looking at its table again.
    #[must_use]
    pub fn trusted(initial: i32, changes: &'a [u8]) -> Zone<'a> {
        Zone { initial, changes }
    }

    fn len(&self) -> usize {
        self.changes.len() / CHANGE_BYTES
    }

    fn change(&self, index: usize) -> Option<(i64, i32)> {
        let record = self
            .changes
            .get(index * CHANGE_BYTES..(index + 1) * CHANGE_BYTES)?;
        let (at, offset) = record.split_at(8);
        Some((
            i64::from_le_bytes(at.try_into().ok()?),
            i32::from_le_bytes(offset.try_into().ok()?),
        ))
    }

    /// The offset after the changes before `index`.
    fn offset_before(&self, index: usize) -> i32 {
        match index.checked_sub(1) {
            None => self.initial,
            Some(previous) => self
                .change(previous)
                .map_or(self.initial, |(_, offset)| offset),
        }
    }

    /// The offset in seconds at an instant.
    #[must_use]
    pub fn offset_at(&self, instant: i64) -> i32 {
        self.offset_before(self.changes_until(instant.div_euclid(SECOND)))
    }

    /// How many changes there were up to and at a second.
    fn changes_until(&self, second: i64) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.change(middle) {
                Some((at, _)) if at <= second => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }

    /// The civil date at an instant, in days since 1970-01-01.
    #[must_use]
    pub fn date_at(&self, instant: i64) -> i32 {
        self.local(instant).0
    }

    /// The civil date and the microseconds since its midnight, by the clock on the wall.
    #[must_use]
    pub fn local(&self, instant: i64) -> (i32, i64) {
        // Beyond the range of instants a host may ask for anything; it is answered, not added up past the end.
        let offset = i64::from(self.offset_at(instant)) * SECOND;
        let local = instant.saturating_add(offset);
        (local.div_euclid(DAY) as i32, local.rem_euclid(DAY))
    }

    /// The instant at a civil date and a time of day in microseconds; `None` out of range.
    #[must_use]
    pub fn instant(&self, days: i32, of_day: i64) -> Option<i64> {
        let local = i64::from(days).checked_mul(DAY)?.checked_add(of_day)?;
        // Offsets are less than a day, so the right change is among those within a day of the local time.
        let second = local.div_euclid(SECOND);
        let mut index = self.changes_until(second - 86_400);
        loop {
            let candidate = local.checked_sub(i64::from(self.offset_before(index)) * SECOND)?;
            match self.change(index) {
                Some((at, _)) if candidate >= at * SECOND && !self.in_gap(index, local) => {
                    index += 1
                }
                _ => return in_range(candidate),
            }
        }
    }

    /// True if the local time is skipped by the change with this index.
    fn in_gap(&self, index: usize, local: i64) -> bool {
        let Some((at, offset)) = self.change(index) else {
            return false;
        };
        let begins = (at + i64::from(self.offset_before(index))) * SECOND;
        let ends = (at + i64::from(offset)) * SECOND;
        begins <= local && local < ends
    }

    /// The first change of the offset after an instant; `None`, if there is none.
    #[must_use]
    pub fn change_after(&self, instant: i64) -> Option<i64> {
        let (at, _) = self.change(self.changes_until(instant.div_euclid(SECOND)))?;
        at.checked_mul(SECOND)
    }

    /// The last change of the offset at or before an instant; `None`, if there is none.
    #[must_use]
    pub fn change_until(&self, instant: i64) -> Option<i64> {
        let last = self
            .changes_until(instant.div_euclid(SECOND))
            .checked_sub(1)?;
        self.change(last)?.0.checked_mul(SECOND)
    }

    /// The first instant after `instant` at which a change puts the clock back into the day before; `None`, if there
    /// is none.
    #[must_use]
    pub fn day_again(&self, instant: i64) -> Option<i64> {
        let first = self.changes_until(instant.div_euclid(SECOND));
        (first..self.len()).find_map(|index| {
            let (at, offset) = self.change(index)?;
            let day = |second: i64, offset: i32| (second + i64::from(offset)).div_euclid(86_400);
            let back = day(at, offset) < day(at - 1, self.offset_before(index));
            back.then(|| at.checked_mul(SECOND)).flatten()
        })
    }

    /// The first instant of a civil date: its midnight, or where a change skips it, the end of the gap.
    #[must_use]
    pub fn midnight(&self, days: i32) -> Option<i64> {
        self.instant(days, 0)
    }
}
