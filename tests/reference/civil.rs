//! Instants, periods and amounts: text to numbers and back (LANGUAGE.md §4, §7, §12).
//!
//! All civil arithmetic is jiff's. Instants are whole microseconds of UTC.

use exequatur::syntax::ast;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// 1970-01-01T00:00Z.
pub const FIRST: i64 = 0;
/// 2100-01-01T00:00Z, the first instant out of range.
pub const END: i64 = 4_102_444_800_000_000;

/// §4: is this an instant of the language?
pub fn in_range(t: i64) -> bool {
    (FIRST..END).contains(&t)
}

/// The instant that an RFC 3339 text says.
pub fn parse_instant(text: &str) -> i64 {
    let stamp: Timestamp = text.parse().expect("an instant of a checked pack or case");
    stamp.as_microsecond()
}

/// DECISION.md: UTC with `Z`, and no, three or six fraction digits.
pub fn show_instant(t: i64) -> String {
    let stamp = Timestamp::from_microsecond(t).expect("an instant in range");
    let civil = TimeZone::UTC.to_datetime(stamp);
    let micros = t.rem_euclid(1_000_000);
    let fraction = if micros == 0 {
        String::new()
    } else if micros % 1000 == 0 {
        format!(".{:03}", micros / 1000)
    } else {
        format!(".{micros:06}")
    };
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{fraction}Z",
        civil.year(),
        civil.month(),
        civil.day(),
        civil.hour(),
        civil.minute(),
        civil.second()
    )
}

/// The civil date of an instant in a zone (§5).
pub fn date_in(t: i64, zone: &TimeZone) -> Date {
    let stamp = Timestamp::from_microsecond(t).expect("an instant in range");
    zone.to_datetime(stamp).date()
}

/// The first instant of a date in a zone: a skipped midnight is moved past the gap.
pub fn midnight(date: Date, zone: &TimeZone) -> i64 {
    zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0))
        .compatible()
        .expect("a date of the calendar")
        .as_microsecond()
}

/// A date as written.
pub fn date(d: &ast::Date) -> Date {
    Date::new(d.year as i16, d.month as i8, d.day as i8).expect("a date of a checked pack")
}

/// §3: half-open.
pub fn within(interval: &Option<ast::InForce>, day: Date) -> bool {
    match interval {
        None => true,
        Some(i) => date(&i.from) <= day && i.until.as_ref().is_none_or(|u| day < date(u)),
    }
}

/// §7: the instant a period later (or earlier), `None` if it is out of range.
pub fn shift(t: i64, period: &ast::Period, minus: bool, zone: &TimeZone) -> Option<i64> {
    let n = if minus {
        -period.n.value
    } else {
        period.n.value
    };
    let exact = |unit: i64| n.checked_mul(unit).and_then(|d| t.checked_add(d));
    let moved = match period.unit {
        ast::Unit::Minute => exact(60_000_000)?,
        ast::Unit::Hour => exact(3_600_000_000)?,
        ast::Unit::Day => civil(t, Span::new().try_days(n).ok()?, zone)?,
        ast::Unit::Week => civil(t, Span::new().try_weeks(n).ok()?, zone)?,
        ast::Unit::Month => civil(t, Span::new().try_months(n).ok()?, zone)?,
        ast::Unit::Year => civil(t, Span::new().try_years(n).ok()?, zone)?,
        // Working days need a calendar, which the regime `elapsed` does not have.
        ast::Unit::WorkingDay => return None,
    };
    in_range(moved).then_some(moved)
}

/// §7: the same local time on another date. jiff's `compatible` is what §7 asks: past a gap by its length, and
/// the first of two.
fn civil(t: i64, span: Span, zone: &TimeZone) -> Option<i64> {
    let local = zone.to_datetime(Timestamp::from_microsecond(t).ok()?);
    let moved = local
        .date()
        .checked_add(span)
        .ok()?
        .to_datetime(local.time());
    let stamp = zone.to_ambiguous_timestamp(moved).compatible().ok()?;
    Some(stamp.as_microsecond())
}

/// An amount in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// How many minor units.
    pub minor: i128,
    /// The currency's three letters.
    pub currency: String,
}

/// How many digits a currency's minor unit has.
fn digits(currency: &str) -> usize {
    match currency {
        "JPY" | "KRW" | "CLP" | "VND" | "ISK" => 0,
        "BHD" | "KWD" | "OMR" | "TND" | "JOD" => 3,
        _ => 2,
    }
}

impl Money {
    /// From digits with or without a decimal point.
    pub fn parse(amount: &str, currency: &str) -> Money {
        let (sign, body) = match amount.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, amount),
        };
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        let mut text = whole.to_string();
        for i in 0..digits(currency) {
            text.push(fraction.chars().nth(i).unwrap_or('0'));
        }
        Money {
            minor: sign * text.parse::<i128>().expect("an amount in digits"),
            currency: currency.to_string(),
        }
    }

    /// The amount with all the digits of its currency.
    pub fn show(&self) -> String {
        let places = digits(&self.currency);
        let sign = if self.minor < 0 { "-" } else { "" };
        let text = format!("{:0width$}", self.minor.abs(), width = places + 1);
        let (whole, fraction) = text.split_at(text.len() - places);
        if places == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }
}
