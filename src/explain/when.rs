//! Instants and durations in words, by the clock on the wall of a pack's zone.

use super::catalogue::{Lang, Message, fill};
use crate::model::ZoneId;
use crate::pack::Program;
use crate::time::Date;
use crate::time::instant::SECOND;

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
    let (days, of_day) = program.zone(zone).local(at);
    let offset = program.zone(zone).offset_at(at);
    let date = Date::from_days(days);
    let weekday = pick(&WEEKDAYS, (days + 3).rem_euclid(7) as usize, lang);
    let month = pick(&MONTHS, date.month.saturating_sub(1) as usize, lang);
    let seconds = of_day / SECOND;
    let (hour, minute) = (seconds / 3_600, seconds / 60 % 60);
    let mut clock = match lang {
        Lang::En => format!("{hour:02}:{minute:02}"),
        Lang::Fr => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
    };
    if of_day % (60 * SECOND) != 0 {
        let mark = if lang == Lang::En {
            ":"
        } else {
            "\u{a0}min\u{a0}"
        };
        clock.push_str(&format!("{mark}{:02}", seconds % 60));
        let micros = of_day % SECOND;
        if micros != 0 {
            let point = if lang == Lang::En { '.' } else { ',' };
            clock.push_str(&format!("{point}{micros:06}"));
        }
        if lang == Lang::Fr {
            clock.push_str("\u{a0}s");
        }
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs() / 60;
    let name = program.str(program.zones.at(zone.index()).name);
    let place = format!("({sign}{:02}:{:02} {name})", minutes / 60, minutes % 60);
    let lead = match (join, lang) {
        (Join::On, Lang::En) => "on ",
        (Join::On | Join::Before, Lang::Fr) => "le ",
        (Join::Until, Lang::Fr) => "au ",
        (Join::From, Lang::Fr) => "du ",
        _ => "",
    };
    let glue = if lang == Lang::En { "," } else { " à" };
    let day = match (date.day, lang) {
        (1, Lang::Fr) => "1er".to_string(),
        (day, _) => day.to_string(),
    };
    format!(
        "{lead}{weekday} {day} {month} {}{glue} {clock} {place}",
        date.year
    )
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
