//! Values: money, currencies, units of time. Integer arithmetic only.

use super::bits::Bits;
use super::numbered::numbered;

/// A currency by its three capital letters (ISO 4217).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(pub [u8; 3]);

impl Currency {
    /// Reads three capital ASCII letters; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Currency> {
        let letters: [u8; 3] = text.as_bytes().try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Currency(letters))
    }

    /// Its letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// How many decimals its minor unit has (ISO 4217): 2, save for the few listed.
    #[must_use]
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"CLP" | b"VND" | b"ISK" => 0,
            b"BHD" | b"KWD" | b"OMR" | b"TND" | b"JOD" => 3,
            _ => 2,
        }
    }
}

/// An amount in minor units (cents), with its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// Reads `250000`, `250000.5` or `250000.50` in a currency; `None` if there are more decimals than the
    /// currency has, or the amount is out of range.
    #[must_use]
    pub fn parse(amount: &str, currency: Currency) -> Option<Money> {
        let (negative, digits) = match amount.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, amount),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (digits, ""),
        };
        let decimals = currency.decimals() as usize;
        if whole.is_empty() || fraction.len() > decimals {
            return None;
        }
        let mut minor: i64 = 0;
        let padding = core::iter::repeat_n(b'0', decimals - fraction.len());
        for digit in whole
            .bytes()
            .filter(|byte| *byte != b'_')
            .chain(fraction.bytes())
            .chain(padding)
        {
            if !digit.is_ascii_digit() {
                return None;
            }
            minor = minor
                .checked_mul(10)?
                .checked_add(i64::from(digit - b'0'))?;
        }
        Some(Money {
            minor: if negative { -minor } else { minor },
            currency,
        })
    }
}

impl core::fmt::Display for Money {
    /// The amount alone, with the decimals of its currency: `250000.00`.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let decimals = self.currency.decimals();
        let scale = 10u64.pow(decimals);
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        if decimals == 0 {
            return write!(f, "{sign}{minor}");
        }
        write!(
            f,
            "{sign}{}.{:0width$}",
            minor / scale,
            minor % scale,
            width = decimals as usize
        )
    }
}

/// A value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of a boolean.
    Bool(bool),
    /// Of an enumeration: the index of the member.
    Member(u16),
    /// Of a set: the indexes of its members.
    Members(Bits),
    /// Of an integer.
    Int(i64),
    /// Of money.
    Money(Money),
    /// Microseconds of UTC.
    Instant(i64),
}

numbered! {
    /// The units of a period. The numbers are part of the pack format.
    Unit {
        /// 60 seconds.
        Minute = 0,
        /// 3,600 seconds.
        Hour = 1,
        /// A civil day.
        Day = 2,
        /// Seven civil days.
        Week = 3,
        /// A civil month.
        Month = 4,
        /// A civil year.
        Year = 5,
        /// A day on which a calendar has neither weekend nor holiday.
        WorkingDay = 6,
    }
}

impl Unit {
    /// How many of this unit make the longest period, 100 years.
    #[must_use]
    pub const fn most(self) -> u32 {
        match self {
            Unit::Minute => 52_596_000,
            Unit::Hour => 876_600,
            Unit::Day => 36_525,
            Unit::Week => 5_217,
            Unit::Month => 1_200,
            Unit::Year => 100,
            Unit::WorkingDay => 26_100,
        }
    }
}
