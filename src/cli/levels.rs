//! `--service-level undue-delay=24h,expeditiously=48h` to service levels.
//!
//! Invariant: a level is named once, has a unit, and is longer than nothing; whatever else is written is refused.

use crate::eval::ServiceLevels;
use crate::model::Unit;
use crate::time::instant::SECOND;

/// What is expected, for errors.
pub(super) const EXPECTED: &str =
    "levels such as `undue-delay=24h,expeditiously=48h`, in `min`, `h` or `d`";

/// The levels that a text gives.
pub(super) fn parse(text: &str) -> Option<ServiceLevels> {
    let mut levels = ServiceLevels::default();
    for part in text.split(',') {
        let (name, length) = part.trim().split_once('=')?;
        let slot = match name {
            "undue-delay" => &mut levels.undue_delay,
            "expeditiously" => &mut levels.expeditiously,
            _ => return None,
        };
        if slot.replace(self::length(length)?).is_some() {
            return None;
        }
    }
    Some(levels)
}

/// `24h` in microseconds of elapsed time.
fn length(text: &str) -> Option<i64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let minutes = match unit {
        "min" => 1,
        "h" => 60,
        "d" => 24 * 60,
        _ => return None,
    };
    let minutes = number.parse::<i64>().ok()?.checked_mul(minutes)?;
    let longest = i64::from(Unit::Minute.most());
    (1..=longest)
        .contains(&minutes)
        .then_some(minutes * 60 * SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_named_once_and_are_longer_than_nothing() {
        let hour = 3_600 * SECOND;
        let both = parse("undue-delay=24h,expeditiously=90min");
        assert_eq!(
            both,
            Some(ServiceLevels {
                undue_delay: Some(24 * hour),
                expeditiously: Some(hour + hour / 2),
            })
        );
        assert_eq!(
            parse("expeditiously=2d").and_then(|l| l.expeditiously),
            Some(48 * hour)
        );
        let refused = [
            "",
            "24h",
            "undue-delay=0h",
            "undue-delay=-1h",
            "undue-delay=24",
            "undue-delay=h",
            "undue-delay=1h,undue-delay=2h",
            "delay=1h",
            "undue-delay=99999999999999999999h",
            "undue-delay=876601h",
        ];
        for text in refused {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
