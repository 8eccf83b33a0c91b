//! Instants and days as text, for hosts that have no date library.

use core::ffi::c_char;

use super::constants::*;
use super::failure::{Failure, guard};
use super::input::word;
use super::output::{self, Slot};
use super::records::exq_error;
use crate::time::Date;
use crate::time::instant::{self, Display, in_range};

/// Reads an instant as in RFC 3339, with its offset from UTC: `2026-05-16T23:30:00+02:00`. `EXQ_E_VALUE` for a text that
/// is none, or one outside the years 1970 to 2099.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_instant_parse(
    text: *const c_char,
    len: usize,
    out: *mut i64,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let text = word(text, len, "text")?;
        let out = Slot::new(out, "out")?;
        let refused = |why| Failure::new(EXQ_E_VALUE, "text", format!("`{text}`: {why}"));
        out.put(instant::parse(text).map_err(refused)?);
        Ok(())
    })
}

/// Writes an instant in UTC: `2026-05-16T21:30:00Z`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_instant_format(
    at: i64,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let Some(at) = in_range(at) else {
            let message = format!("{at} is no instant in the years 1970 to 2099");
            return Err(Failure::new(EXQ_E_VALUE, "at", message));
        };
        output::text(&Display(at).to_string(), buffer, capacity, needed)
    })
}

/// Reads a day, such as `2026-05-16`, as days since 1970-01-01.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_day_parse(
    text: *const c_char,
    len: usize,
    out: *mut i32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let text = word(text, len, "text")?;
        let out = Slot::new(out, "out")?;
        let Some(date) = Date::parse(text) else {
            let message = format!("`{text}` is no day, expected one such as `2026-05-16`");
            return Err(Failure::new(EXQ_E_VALUE, "text", message));
        };
        out.put(date.to_days());
        Ok(())
    })
}

/// Writes a day of days since 1970-01-01: `2026-05-16`. `EXQ_E_VALUE` for days outside the years 1 to 9999.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_day_format(
    day: i32,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        // 0001-01-01 and 9999-12-31.
        if !(-719_162..=2_932_896).contains(&day) {
            let message = format!("day {day} is outside the years 1 to 9999");
            return Err(Failure::new(EXQ_E_VALUE, "day", message));
        }
        output::text(&Date::from_days(day).to_string(), buffer, capacity, needed)
    })
}
