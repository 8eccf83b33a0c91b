//! Instants: microseconds of UTC since 1970-01-01, read from and written as RFC 3339.
//!
//! Invariant: an instant that [`parse`] gives is one that the engine takes (`limits`), and [`Display`] of it
//! parses to the same instant. What cannot be kept exactly is refused, never rounded.

use super::civil::Date;
use crate::model::limits::{INSTANT_END, INSTANT_MIN};

/// Microseconds of a second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds of a day without a clock change.
pub const DAY: i64 = 86_400 * SECOND;

/// Why a text is no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstantError {
    /// Not of the form `2026-05-16T23:30:00+02:00`.
    #[error("expected an instant such as `2026-05-16T23:30:00+02:00`")]
    Form,
    /// The date does not exist.
    #[error("this date does not exist")]
    Date,
    /// Hours, minutes or seconds that no clock shows; a second 60 too.
    #[error("this time of day does not exist (a second 60 is refused)")]
    Time,
    /// No offset from UTC.
    #[error("an instant needs its offset from UTC, such as `+02:00` or `Z`")]
    NoOffset,
    /// More than six digits of a second.
    #[error("fractions finer than a microsecond are refused")]
    TooFine,
    /// Not in the years 1970 to 2099.
    #[error("an instant must lie in the years 1970 to 2099")]
    Range,
}

/// Reads an instant. Seconds may be left out; the offset may not.
///
/// # Errors
/// See [`InstantError`].
pub fn parse(text: &str) -> Result<i64, InstantError> {
    if let Some(instant) = usual(text.as_bytes()) {
        return Ok(instant);
    }
    let mut rest = Cursor(text.as_bytes());
    let year = rest.number(4)?;
    rest.expect(b'-')?;
    let month = rest.number(2)?;
    rest.expect(b'-')?;
    let day = rest.number(2)?;
    rest.expect(b'T')?;
    let hour = rest.number(2)?;
    rest.expect(b':')?;
    let minute = rest.number(2)?;
    let second = if rest.accept(b':') {
        rest.number(2)?
    } else {
        0
    };
    let micros = if rest.accept(b'.') {
        rest.fraction()?
    } else {
        0
    };
    let offset = rest.offset()?;
    let date = Date::new(year as i32, month as u32, day as u32).ok_or(InstantError::Date)?;
    if hour > 23 || minute > 59 || second > 59 {
        return Err(InstantError::Time);
    }
    let seconds = i64::from(date.to_days()) * 86_400 + hour * 3_600 + minute * 60 + second - offset;
    let instant = seconds * SECOND + micros;
    in_range(instant).ok_or(InstantError::Range)
}

/// An instant in whole seconds, as machines write it: `2026-05-16T23:30:00Z` or with `+02:00`. None for any other text,
/// be it good or not: the long way finds out. Why: a case is full of them, and most of its time went into them.
fn usual(text: &[u8]) -> Option<i64> {
    let (clock, offset) = text.split_first_chunk::<19>()?;
    let [
        a,
        b,
        c,
        d,
        b'-',
        e,
        f,
        b'-',
        g,
        h,
        b'T',
        i,
        j,
        b':',
        k,
        l,
        b':',
        m,
        n,
    ] = *clock
    else {
        return None;
    };
    let year = i64::from(two(a, b)?) * 100 + i64::from(two(c, d)?);
    let (month, day) = (two(e, f)?, two(g, h)?);
    let (hour, minute, second) = (two(i, j)?, two(k, l)?, two(m, n)?);
    let east = match *offset {
        [b'Z'] => 0,
        [sign @ (b'+' | b'-'), o, p, b':', q, r] => {
            let (hours, minutes) = (two(o, p)?, two(q, r)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let seconds = i64::from(hours) * 3_600 + i64::from(minutes) * 60;
            if sign == b'+' { seconds } else { -seconds }
        }
        _ => return None,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let date = Date::new(year as i32, month, day)?;
    let of_day = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
    in_range((i64::from(date.to_days()) * 86_400 + of_day - east) * SECOND)
}

/// The number that two digits write.
#[inline(always)]
fn two(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

/// The instant, if the engine takes it.
#[must_use]
pub fn in_range(instant: i64) -> Option<i64> {
    (INSTANT_MIN..INSTANT_END)
        .contains(&instant)
        .then_some(instant)
}

struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn accept(&mut self, byte: u8) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if *first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), InstantError> {
        if self.accept(byte) {
            Ok(())
        } else {
            Err(InstantError::Form)
        }
    }

    fn digit(&mut self) -> Option<i64> {
        let (first, rest) = self.0.split_first()?;
        first.is_ascii_digit().then(|| {
            self.0 = rest;
            i64::from(first - b'0')
        })
    }

    fn number(&mut self, digits: u32) -> Result<i64, InstantError> {
        let mut value = 0;
        for _ in 0..digits {
            value = value * 10 + self.digit().ok_or(InstantError::Form)?;
        }
        Ok(value)
    }

    /// One to six digits, as microseconds.
    fn fraction(&mut self) -> Result<i64, InstantError> {
        let mut value = self.digit().ok_or(InstantError::Form)?;
        let mut digits = 1;
        while let Some(digit) = self.digit() {
            if digits == 6 {
                return Err(InstantError::TooFine);
            }
            value = value * 10 + digit;
            digits += 1;
        }
        Ok(value * 10i64.pow(6 - digits))
    }

    /// `Z` or `±hh:mm` to the end, in seconds.
    fn offset(&mut self) -> Result<i64, InstantError> {
        if self.0.is_empty() {
            return Err(InstantError::NoOffset);
        }
        let sign = if self.accept(b'Z') {
            return if self.0.is_empty() {
                Ok(0)
            } else {
                Err(InstantError::Form)
            };
        } else if self.accept(b'+') {
            1
        } else if self.accept(b'-') {
            -1
        } else {
            return Err(InstantError::Form);
        };
        let hours = self.number(2)?;
        self.expect(b':')?;
        let minutes = self.number(2)?;
        if !self.0.is_empty() {
            return Err(InstantError::Form);
        }
        if hours > 23 || minutes > 59 {
            return Err(InstantError::Time);
        }
        Ok(sign * (hours * 3_600 + minutes * 60))
    }
}

/// Writes an instant in UTC: `2026-05-16T21:30:00Z`, with three or six digits of a second where it has them.
#[derive(Clone, Copy, Debug)]
pub struct Display(pub i64);

impl core::fmt::Display for Display {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write_local(f, self.0, 0)?;
        f.write_str("Z")
    }
}

/// Writes an instant with an offset in seconds: `2026-05-16T23:30:00+02:00`.
#[derive(Clone, Copy, Debug)]
pub struct DisplayLocal {
    /// The instant.
    pub instant: i64,
    /// Seconds east of UTC.
    pub offset: i32,
}

impl core::fmt::Display for DisplayLocal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write_local(f, self.instant, self.offset)?;
        let minutes = self.offset.unsigned_abs() / 60;
        let sign = if self.offset < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

fn write_local(f: &mut core::fmt::Formatter<'_>, instant: i64, offset: i32) -> core::fmt::Result {
    let local = instant.saturating_add(i64::from(offset) * SECOND);
    let date = Date::from_days(local.div_euclid(DAY) as i32);
    let of_day = local.rem_euclid(DAY);
    let seconds = of_day / SECOND;
    write!(
        f,
        "{date}T{:02}:{:02}:{:02}",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60
    )?;
    match of_day % SECOND {
        0 => Ok(()),
        micros if micros % 1_000 == 0 => write!(f, ".{:03}", micros / 1_000),
        micros => write!(f, ".{micros:06}"),
    }
}
