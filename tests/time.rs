//! Our civil arithmetic against a date-time library, at random instants of random zones.
#![cfg(feature = "cli")]

use exequatur::cli::zones::BundledZones;
use exequatur::compile::{ZoneSource, ZoneTable};
use exequatur::model::Unit;
use exequatur::model::limits::INSTANT_END;
use exequatur::time::{Date, Zone, civil, instant, period};
use jiff::tz::{Disambiguation, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Span, Timestamp, civil as oracle};
use proptest::prelude::*;

const ZONES: [&str; 8] = [
    "UTC",
    "Europe/Paris",
    "Europe/Dublin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Sao_Paulo",
    "Pacific/Apia",
];

fn table(name: &str) -> (ZoneTable, Vec<u8>) {
    let table = BundledZones::default().zone(name).expect("a zone");
    let bytes = table.to_bytes();
    (table, bytes)
}

fn oracle_zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).expect("a zone")
}

fn timestamp(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).expect("an instant")
}

fn oracle_date(days: i32) -> oracle::Date {
    oracle::date(1970, 1, 1) + Span::new().days(days)
}

fn in_range(at: Timestamp) -> Option<i64> {
    instant::in_range(at.as_microsecond())
}

/// The oracle's way from a local time to an instant, with our two readings: after a gap, the first of a fold.
fn oracle_instant(zone: &TimeZone, local: oracle::DateTime) -> Option<i64> {
    let ambiguous = zone.to_ambiguous_zoned(local);
    in_range(
        ambiguous
            .disambiguate(Disambiguation::Compatible)
            .ok()?
            .timestamp(),
    )
}

fn any_zone() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&ZONES[..])
}

/// Instants, often near a clock change, where mistakes are made.
fn near_changes(name: &'static str) -> BoxedStrategy<i64> {
    let (table, _) = table(name);
    let anywhere = 0..INSTANT_END;
    if table.changes.is_empty() {
        return anywhere.boxed();
    }
    let seconds: Vec<i64> = table.changes.iter().map(|(at, _)| *at).collect();
    let near = (
        prop::sample::select(seconds),
        -100_000i64..100_000,
        0i64..1_000_000,
    )
        .prop_map(|(at, by, micros)| ((at + by) * 1_000_000 + micros).clamp(0, INSTANT_END - 1));
    prop_oneof![anywhere, near].boxed()
}

fn zone_and_instant() -> impl Strategy<Value = (&'static str, i64)> {
    any_zone().prop_flat_map(|name| (Just(name), near_changes(name)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dates_are_those_of_the_calendar(days in -719_162i32..=2_932_896, months in -1_300i64..1_300) {
        let date = Date::from_days(days);
        let theirs = oracle_date(days);
        prop_assert_eq!(date.to_string(), theirs.to_string());
        prop_assert_eq!(date.to_days(), days);
        prop_assert_eq!(civil::days_in_month(date.year, date.month), theirs.days_in_month() as u32);
        let later = theirs.checked_add(Span::new().months(months)).ok().filter(|date| date.year() >= 1);
        prop_assert_eq!(
            date.plus_months(months).map(|date| date.to_string()),
            later.map(|date| date.to_string())
        );
    }

    #[test]
    fn instants_are_written_and_read((name, at) in zone_and_instant()) {
        let written = instant::Display(at).to_string();
        prop_assert_eq!(written.parse::<Timestamp>().expect("RFC 3339"), timestamp(at));
        prop_assert_eq!(instant::parse(&written), Ok(at));
        let (table, bytes) = table(name);
        let zone = Zone::new(table.initial, &bytes).expect("a table");
        let offset = zone.offset_at(at);
        // RFC 3339 has offsets in whole minutes; older ones of a few zones are finer.
        if offset % 60 == 0 {
            let local = instant::DisplayLocal { instant: at, offset }.to_string();
            prop_assert_eq!(local.parse::<Timestamp>().expect("RFC 3339"), timestamp(at));
            prop_assert_eq!(instant::parse(&local), Ok(at));
        }
    }

    #[test]
    fn whatever_is_read_as_an_instant_is_one(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](:[0-6][0-9](\\.[0-9]{1,7})?)?(Z|[+-][0-2][0-9]:[0-5][0-9])") {
        if let Ok(at) = instant::parse(&text) {
            // The oracle wants seconds, and takes a second 60, which we refuse.
            let full = if text.as_bytes().get(16) == Some(&b':') {
                text.clone()
            } else {
                format!("{}:00{}", &text[..16], &text[16..])
            };
            prop_assert_eq!(full.parse::<Timestamp>().map(|at| at.as_microsecond()).ok(), Some(at));
        }
    }

    #[test]
    fn offsets_and_local_times_agree((name, at) in zone_and_instant()) {
        let (table, bytes) = table(name);
        let zone = Zone::new(table.initial, &bytes).expect("a table");
        let theirs = oracle_zone(name);
        prop_assert_eq!(zone.offset_at(at), theirs.to_offset(timestamp(at)).seconds());
        let (days, of_day) = zone.local(at);
        let local = oracle_date(days).to_datetime(oracle::Time::midnight())
            + SignedDuration::from_micros(of_day);
        prop_assert_eq!(theirs.to_datetime(timestamp(at)), local);
        prop_assert_eq!(zone.instant(days, of_day), oracle_instant(&theirs, local));
        prop_assert_eq!(
            zone.midnight(days),
            oracle_instant(&theirs, oracle_date(days).to_datetime(oracle::Time::midnight()))
        );
    }

    /// Also local times that no instant shows.
    #[test]
    fn skipped_and_doubled_times_are_read_as_said((name, at) in zone_and_instant(), shift in -10_800i64..10_800) {
        let (table, bytes) = table(name);
        let zone = Zone::new(table.initial, &bytes).expect("a table");
        let theirs = oracle_zone(name);
        let (days, of_day) = zone.local(at);
        let shifted = i64::from(days) * instant::DAY + of_day + shift * instant::SECOND;
        let (days, of_day) = (shifted.div_euclid(instant::DAY) as i32, shifted.rem_euclid(instant::DAY));
        let local = oracle_date(days).to_datetime(oracle::Time::midnight())
            + SignedDuration::from_micros(of_day);
        prop_assert_eq!(zone.instant(days, of_day), oracle_instant(&theirs, local));
    }

    #[test]
    fn periods_end_where_they_should(
        (name, at) in zone_and_instant(),
        n in -1_300i64..1_300,
        unit in prop::sample::select(&[Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::WorkingDay][..]),
    ) {
        let n = if unit == Unit::Year { n / 10 } else { n };
        let (table, bytes) = table(name);
        let zone = Zone::new(table.initial, &bytes).expect("a table");
        let theirs = oracle_zone(name);
        let start = timestamp(at);
        let exact = |seconds: i64| start.checked_add(SignedDuration::from_secs(n * seconds)).ok().and_then(in_range);
        let civil = |span: Span| {
            let local = theirs.to_datetime(start).checked_add(span).ok()?;
            oracle_instant(&theirs, local)
        };
        let expected = match unit {
            Unit::Minute => exact(60),
            Unit::Hour => exact(3_600),
            Unit::Day => civil(Span::new().days(n)),
            Unit::Week => civil(Span::new().weeks(n)),
            Unit::Month => civil(Span::new().months(n)),
            Unit::Year => civil(Span::new().years(n)),
            Unit::WorkingDay => None,
        };
        prop_assert_eq!(period::add(at, n, unit, &zone), expected);
    }
}

#[test]
fn every_bundled_zone_is_a_table() {
    let zones = BundledZones::default();
    let names = zones.names();
    assert!(names.len() > 400);
    for name in names {
        // A few names are mere spellings of others for the database; a pack takes those it knows.
        let Some(table) = zones.zone(&name) else {
            continue;
        };
        let bytes = table.to_bytes();
        let zone = Zone::new(table.initial, &bytes).expect("a table");
        let theirs = oracle_zone(&name);
        for (at, offset) in &table.changes {
            let second = |second: i64| zone.offset_at(second * instant::SECOND);
            assert_eq!(second(*at), *offset, "{name} at {at}");
            assert_ne!(second(at - 1), *offset, "{name} at {at}");
        }
        for year in 0..130 {
            let at = i64::from(year) * 365 * instant::DAY;
            assert_eq!(
                zone.offset_at(at),
                theirs.to_offset(timestamp(at)).seconds(),
                "{name}"
            );
        }
    }
}

#[test]
fn one_zone_has_one_spelling() {
    let zones = BundledZones::default();
    assert!(zones.zone("europe/paris").is_none());
    assert!(zones.zone("Europe/Pariss").is_none());
    assert!(zones.zone("Europe/Paris").is_some());
}

#[test]
fn instants_beyond_the_range_are_no_fault() {
    for name in ZONES {
        let (table, bytes) = table(name);
        let zone = Zone::new(table.initial, &bytes).expect("a table");
        for at in [i64::MIN, i64::MIN + 1, -1, INSTANT_END, i64::MAX] {
            let (_, of_day) = zone.local(at);
            assert!((0..instant::DAY).contains(&of_day));
            for n in [-100, 100] {
                assert_eq!(
                    period::add(at, n, Unit::Year, &zone).filter(|_| at > INSTANT_END),
                    None
                );
            }
        }
    }
}

/// An instant in whole seconds is read by a shorter way than one with a fraction: both read the same, good or not.
#[test]
fn both_ways_to_read_an_instant_are_one() {
    let digits = [
        "00", "01", "12", "13", "19", "20", "23", "24", "28", "29", "30", "31", "59", "60", "99",
        "0a", "/0", "+1",
    ];
    let offsets = [
        "Z", "z", "", "+00:00", "-00:00", "+02:00", "-23:59", "+24:00", "+01:60", "+0100", "+1:00",
        "Z ", "+00:00Z",
    ];
    let (mut good, mut seed) = (0, 1u64);
    let mut pick = |all: &[&'static str]| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        all[(seed >> 33) as usize % all.len()]
    };
    for _ in 0..200_000 {
        let year = [pick(&["19", "20", "20", "21", "2x"]), pick(&digits)].concat();
        let mut two = || {
            pick(if year.starts_with('2') {
                &digits[..9]
            } else {
                &digits[..]
            })
        };
        let (month, day, hour, minute, second) = (two(), two(), two(), two(), two());
        let clock = format!("{year}-{month}-{day}T{hour}:{minute}:{second}");
        let offset = pick(&offsets);
        let (short, long) = (format!("{clock}{offset}"), format!("{clock}.0{offset}"));
        let read = instant::parse(&short);
        assert_eq!(read, instant::parse(&long), "{short}");
        good += usize::from(read.is_ok());
    }
    assert!(good > 1_000, "only {good} of them are good");
}
