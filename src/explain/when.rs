//! Instants and durations in words, by the clock on the wall of a pack's zone.

use super::catalogue::{Lang, Message, fill};
use crate::model::ZoneId;
use crate::pack::Program;
use crate::time::calendar::weekday;
use crate::time::instant::SECOND;
use crate::time::{Date, Zone};

const WEEKDAYS: [(&str, &str); 7] = [
    ("Monday", "lundi"),
    ("Tuesday", "mardi"),
    ("Wednesday", "mercredi"),
    ("Thursday", "jeudi"),
    ("Friday", "vendredi"),
    ("Saturday", "samedi"),
    ("Sunday", "dimanche"),
];

const MONTHS: [(&str, &str); 12] = [
    ("January", "janvier"),
    ("February", "février"),
    ("March", "mars"),
    ("April", "avril"),
    ("May", "mai"),
    ("June", "juin"),
    ("July", "juillet"),
    ("August", "août"),
    ("September", "septembre"),
    ("October", "octobre"),
    ("November", "novembre"),
    ("December", "décembre"),
];

fn pick(names: &[(&'static str, &'static str)], index: usize, lang: Lang) -> &'static str {
    match (names.get(index), lang) {
        (Some((en, _)), Lang::En) => en,
        (Some((_, fr)), Lang::Fr) => fr,
        (None, _) => "",
    }
}

/// How an instant is joined to the words before it; French has a form for each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// `Sunday 17 May 2026 …`, `dimanche 17 mai 2026 …`.
    Bare,
    /// `on Sunday …`, `le dimanche …`.
    On,
    /// `Sunday …` after `before`, `le dimanche …` after `avant`.
    Before,
    /// `Sunday …` after `until`, `au dimanche …` after `jusqu'`.
    Until,
    /// `Sunday …` after `from`, `du dimanche …` after `à partir`.
    From,
}

/// An instant: `Sunday 17 May 2026, 00:30 (+02:00 Europe/Brussels)`.
pub(super) fn instant(
    program: &Program<'_>,
    zone: ZoneId,
    at: i64,
    join: Join,
    lang: Lang,
) -> String {
    let name = program.str(program.zones.at(zone.index()).name);
    format!(
        "{}{}",
        lead(join, lang),
        by_clock(&program.zone(zone), name, at, lang)
    )
}

/// A due or an end: one at midnight is the end of the day before it.
pub(super) fn due(program: &Program<'_>, zone: ZoneId, at: i64, join: Join, lang: Lang) -> String {
    if program.zone(zone).local(at).1 != 0 {
        return instant(program, zone, at, join, lang);
    }
    let name = program.str(program.zones.at(zone.index()).name);
    format!(
        "{}{}",
        lead(join, lang),
        end_of_day(&program.zone(zone), name, at, lang)
    )
}

fn lead(join: Join, lang: Lang) -> &'static str {
    match (join, lang) {
        (Join::On, Lang::En) => "on ",
        (Join::On | Join::Before, Lang::Fr) => "le ",
        (Join::Until, Lang::Fr) => "au ",
        (Join::From, Lang::Fr) => "du ",
        _ => "",
    }
}

/// An instant by the clock of a zone with a name.
pub(super) fn by_clock(zone: &Zone<'_>, name: &str, at: i64, lang: Lang) -> String {
    let (days, of_day) = zone.local(at);
    at_clock(days, &clock(of_day, lang), zone.offset_at(at), name, lang)
}

/// An instant by the clock that it was written in, so many seconds east of UTC; a due at midnight is the end of a day.
#[cfg(feature = "compiler")]
pub(crate) fn at_offset(at: i64, offset: i32, is_due: bool, lang: Lang) -> String {
    let local = at.saturating_add(i64::from(offset) * SECOND);
    let day = 86_400 * SECOND;
    let days = i32::try_from(local.div_euclid(day)).unwrap_or(0);
    match local.rem_euclid(day) {
        0 if is_due => at_clock(days - 1, &hour(1_440, lang), offset, "", lang),
        of_day => at_clock(days, &clock(of_day, lang), offset, "", lang),
    }
}

/// A time of day, with its seconds where it has some.
fn clock(of_day: i64, lang: Lang) -> String {
    let mut clock = hour(of_day / (60 * SECOND), lang);
    if of_day % (60 * SECOND) != 0 {
        let mark = if lang == Lang::En {
            ":"
        } else {
            "\u{a0}min\u{a0}"
        };
        clock.push_str(&format!("{mark}{:02}", of_day / SECOND % 60));
        let micros = of_day % SECOND;
        if micros != 0 {
            let point = if lang == Lang::En { '.' } else { ',' };
            clock.push_str(&format!("{point}{micros:06}"));
        }
        if lang == Lang::Fr {
            clock.push_str("\u{a0}s");
        }
    }
    clock
}

/// The midnight that ends a day, as people say it: 24:00 of that day.
pub(super) fn end_of_day(zone: &Zone<'_>, name: &str, at: i64, lang: Lang) -> String {
    let (days, _) = zone.local(at);
    at_clock(days - 1, &hour(1_440, lang), zone.offset_at(at), name, lang)
}

/// Hours and minutes, from the minutes of a day.
fn hour(minutes: i64, lang: Lang) -> String {
    let (hour, minute) = (minutes / 60, minutes % 60);
    match lang {
        Lang::En => format!("{hour:02}:{minute:02}"),
        Lang::Fr => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
    }
}

fn at_clock(days: i32, clock: &str, offset: i32, name: &str, lang: Lang) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs() / 60;
    let glue = if lang == Lang::En { "," } else { " à" };
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let gap = if name.is_empty() { "" } else { " " };
    format!(
        "{}{glue} {clock} ({sign}{hours:02}:{minutes:02}{gap}{name})",
        day(days, lang)
    )
}

/// A date with its day of the week: `Sunday 17 May 2026`.
pub(super) fn day(days: i32, lang: Lang) -> String {
    let weekday = pick(&WEEKDAYS, usize::from(weekday(days)), lang);
    format!("{weekday} {}", date(days, lang))
}

/// A date: `17 May 2026`.
pub(crate) fn date(days: i32, lang: Lang) -> String {
    let date = Date::from_days(days);
    let month = pick(&MONTHS, date.month.saturating_sub(1) as usize, lang);
    let number = match (date.day, lang) {
        (1, Lang::Fr) => "1er".to_string(),
        (number, _) => number.to_string(),
    };
    format!("{number} {month} {}", date.year)
}

/// How far an instant is from now: `in 3 days 4 hours`, `1 minute ago`.
pub(super) fn distance(at: i64, now: i64, lang: Lang) -> String {
    let apart = at.abs_diff(now);
    if apart == 0 {
        return fill(Message::RightNow, lang, &[]);
    }
    let message = if at > now {
        Message::InTime
    } else {
        Message::Ago
    };
    fill(message, lang, &[&duration(apart, lang)])
}

/// A duration in its two largest units, rounded down: what is said to be left is never more than what is left.
fn duration(micros: u64, lang: Lang) -> String {
    let minutes = micros / (60 * SECOND as u64);
    let parts = [
        (minutes / 1_440, Message::Day, Message::Days),
        (minutes / 60 % 24, Message::Hour, Message::Hours),
        (minutes % 60, Message::Minute, Message::Minutes),
    ];
    let Some(first) = parts.iter().position(|(count, _, _)| *count > 0) else {
        return fill(Message::LessThanAMinute, lang, &[]);
    };
    let words: Vec<String> = parts
        .iter()
        .skip(first)
        .take(2)
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| {
            fill(
                if *count == 1 { *one } else { *many },
                lang,
                &[&count.to_string()],
            )
        })
        .collect();
    words.join(" ")
}
