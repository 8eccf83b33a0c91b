//! Elapsed periods: minutes and hours exact, longer ones by the local calendar, months rounded down once.

use super::civil::Date;
use super::instant::{SECOND, in_range};
use super::zone::Zone;
use crate::model::Unit;

/// The instant `n` units after `instant` (before it, if negative), in a zone; `None` out of range.
#[must_use]
pub fn add(instant: i64, n: i64, unit: Unit, zone: &Zone<'_>) -> Option<i64> {
    let exact = |seconds: i64| in_range(instant.checked_add(n.checked_mul(seconds * SECOND)?)?);
    match unit {
        Unit::Minute => exact(60),
        Unit::Hour => exact(3_600),
        Unit::Day => shift_days(instant, n, zone),
        Unit::Week => shift_days(instant, n.checked_mul(7)?, zone),
        Unit::Month => shift_months(instant, n, zone),
        Unit::Year => shift_months(instant, n.checked_mul(12)?, zone),
        // Without a calendar no day is known to be a working day; `count` has one.
        Unit::WorkingDay => None,
    }
}

fn shift_days(instant: i64, days: i64, zone: &Zone<'_>) -> Option<i64> {
    let (date, of_day) = zone.local(instant);
    let date = i32::try_from(i64::from(date).checked_add(days)?).ok()?;
    zone.instant(date, of_day)
}

fn shift_months(instant: i64, months: i64, zone: &Zone<'_>) -> Option<i64> {
    let (date, of_day) = zone.local(instant);
    zone.instant(Date::from_days(date).plus_months(months)?.to_days(), of_day)
}
