//! Corner cases, each with where its answer comes from: the text, our reading of it, or a public calculator.
//!
//! "Tool" is the public calculator for Regulation 1182/71 whose outputs the project's notes record. It is one
//! implementation and no authority; where it is wrong, the case says so.

use super::{World, derived, local, plain, unit};
use exequatur::model::Unit;
use exequatur::time::instant::parse;
use exequatur::time::{Calendar, Counting, Direction, Law, NoDue, Period, Regime, What, Why, Zone};

const PARIS: &str = "Europe/Paris";

/// Regime, calendar, direction or `no` for no rollover, event, period, due; and why.
const CASES: &str = "
# The table of the notes, each row by each reading.
elapsed | - | - | 2026-05-13T14:18+02:00 | 1 hours | 2026-05-13T15:18:00+02:00 | elapsed
eu_1182_71 | fr | - | 2026-05-13T14:18+02:00 | 1 hours | 2026-05-13T16:00:00+02:00 | 3(1); tool too
elapsed | - | - | 2026-05-16T23:30+02:00 | 1 hours | 2026-05-17T00:30:00+02:00 | elapsed
eu_1182_71 | fr | - | 2026-05-16T23:30+02:00 | 1 hours | 2026-05-17T01:00:00+02:00 | no roll-over in hours; tool too
us_frcp_6 | us_federal | - | 2026-05-16T23:30-04:00 | 1 hours | 2026-05-18T00:30:00-04:00 | Monday, 6(a)(2)(C)
elapsed | - | - | 2026-05-15T16:05+02:00 | 72 hours | 2026-05-18T16:05:00+02:00 | elapsed
eu_1182_71 | fr | - | 2026-05-15T16:05+02:00 | 72 hours | 2026-05-18T17:00:00+02:00 | 3(5) speaks of days; tool too
eu_1182_71 | fr | - | 2026-05-13T09:00+02:00 | 10 days | 2026-05-27T00:00:00+02:00 | 3(4), Whit Monday; tool too
eu_1182_71 | fr | - | 2026-09-04T15:20+02:00 | 10 days | 2026-09-15T00:00:00+02:00 | Monday, 24:00; notes too
eu_1182_71 | fr | - | 2026-05-13T09:00+02:00 | 2 days | 2026-05-19T00:00:00+02:00 | 3(5), Ascension; tool too
eu_1182_71 | fr | - | 2026-05-15T09:00+02:00 | 2 days | 2026-05-20T00:00:00+02:00 | 3(4), then 3(5); tool too
eu_1182_71 | fr | - | 2026-05-13T09:00+02:00 | 3 working days | 2026-05-20T00:00:00+02:00 | 3(3); tool too
eu_1182_71 | fr | - | 2026-01-30T09:00+01:00 | 1 months | 2026-03-03T00:00:00+01:00 | 3(2)(c), 3(4); tool too
eu_1182_71 | fr | - | 2026-01-31T09:00+01:00 | 1 months | 2026-03-03T00:00:00+01:00 | 3(2)(c), 3(4); tool too
eu_1182_71 | fr | - | 2024-02-29T09:00+01:00 | 1 years | 2025-03-01T00:00:00+01:00 | 3(2)(c); tool too
elapsed | - | - | 2024-02-29T09:00+01:00 | 1 years | 2025-02-28T09:00:00+01:00 | elapsed
elapsed | - | - | 2026-10-24T22:10+02:00 | 8 hours | 2026-10-25T05:10:00+01:00 | elapsed
# The tool says 07:00, by the clock on the wall: nine real hours. An hour is an hour.
eu_1182_71 | fr | - | 2026-10-24T22:10+02:00 | 8 hours | 2026-10-25T06:00:00+01:00 | ours; tool wrong
# The tool says 13 May: it passes over the day before the event.
eu_1182_71 | fr | before | 2026-05-20T09:00+02:00 | 3 working days | 2026-05-16T00:00:00+02:00 | ours; tool wrong
# Hours across the change of spring, and in zones with half an hour.
eu_1182_71 | fr | - | 2026-03-29T00:30+01:00 | 3 hours | 2026-03-29T05:00:00+02:00 | hours are elapsed hours
eu_1182_71 | fr | - | 2026-05-13T14:00+02:00 | 1 hours | 2026-05-13T16:00:00+02:00 | on the hour: that hour is out
eu_1182_71 | fr | before | 2026-05-13T14:18+02:00 | 1 hours | 2026-05-13T13:00:00+02:00 | ours: mirrored
# Saturday, a holiday on a Saturday, the end of a year.
eu_1182_71 | fr | - | 2026-08-05T09:00+02:00 | 10 days | 2026-08-18T00:00:00+02:00 | 15 August is a Saturday
eu_1182_71 | fr | - | 2026-12-22T09:00+01:00 | 10 days | 2027-01-05T00:00:00+01:00 | 1 January, then a weekend
eu_1182_71 | fr | no | 2026-05-13T09:00+02:00 | 10 days | 2026-05-24T00:00:00+02:00 | no rollover: Saturday stays
eu_1182_71 | fr | no | 2026-05-15T09:00+02:00 | 2 days | 2026-05-20T00:00:00+02:00 | ours: 3(5) stays without 3(4)
eu_1182_71 | fr | - | 2026-05-15T09:00+02:00 | 1 days | 2026-05-19T00:00:00+02:00 | 3(5) speaks of two days or more
eu_1182_71 | fr | before | 2026-05-26T09:00+02:00 | 10 days | 2026-05-17T00:00:00+02:00 | no roll-over backward
eu_1182_71 | fr | before | 2026-05-18T09:00+02:00 | 2 days | 2026-05-14T00:00:00+02:00 | ours: 3(5) backward
eu_1182_71 | fr_alsace_moselle | - | 2026-03-24T09:00+01:00 | 10 days | 2026-04-08T00:00:00+02:00 | Good Friday, Easter
eu_1182_71 | fr | - | 2026-03-24T09:00+01:00 | 10 days | 2026-04-04T00:00:00+02:00 | no holiday in Paris
# The French code.
fr_cpc | fr | - | 2026-01-31T09:00+01:00 | 1 months | 2026-03-03T00:00:00+01:00 | 641 al. 2, 642 al. 2
fr_cpc | fr | - | 2026-05-13T09:00+02:00 | 10 days | 2026-05-27T00:00:00+02:00 | 641 al. 1, 642 al. 2
# The OHADA court counts a clear period to 23 January; the code has no clear periods, and stays on the number.
fr_cpc | fr | - | 2009-12-21T09:00+01:00 | 1 months | 2010-01-22T00:00:00+01:00 | 641 al. 2: no clear period
fr_cpc | fr | - | 2026-05-13T09:00+02:00 | 2 days | 2026-05-16T00:00:00+02:00 | no minimum in the code
fr_cpc | fr | - | 2026-01-31T09:00+01:00 | 1 months 10 days | 2026-03-11T00:00:00+01:00 | 641 al. 3
fr_cpc | fr | - | 2026-09-04T09:00+02:00 | 2 weeks | 2026-09-19T00:00:00+02:00 | ours: a week is seven days
fr_cpc | fr | - | 2026-05-15T16:05+02:00 | 3 working days | 2026-05-21T00:00:00+02:00 | ours: 642 al. 2
fr_cpc | fr_alsace_moselle | - | 2026-12-16T09:00+01:00 | 10 days | 2026-12-29T00:00:00+01:00 | 26 December
# The federal rules.
us_frcp_6 | us_federal | - | 2026-06-23T09:00-04:00 | 10 days | 2026-07-07T00:00:00-04:00 | 3 July is observed
# Before 2009 less than eleven days passed over weekends: the rule of today counts every day.
us_frcp_6 | us_federal | - | 2026-09-08T09:00-04:00 | 7 days | 2026-09-16T00:00:00-04:00 | 6(a)(1)(B)
us_frcp_6 | us_federal | - | 2021-12-20T09:00-05:00 | 11 days | 2022-01-04T00:00:00-05:00 | 31 December observed
us_frcp_6 | us_federal | - | 2026-05-22T10:15-04:00 | 24 hours | 2026-05-26T10:15:00-04:00 | 6(a)(2)(C), Memorial Day
us_frcp_6 | us_federal | - | 2026-03-06T03:30-05:00 | 48 hours | 2026-03-09T04:30:00-04:00 | every hour, and the same time
us_frcp_6 | us_federal | - | 2026-05-21T00:00-04:00 | 48 hours | 2026-05-23T00:00:00-04:00 | ours: Friday, 24:00
us_frcp_6 | us_federal | - | 2026-06-05T00:00-04:00 | 72 hours | 2026-06-09T00:00:00-04:00 | ours: Sunday, 24:00
us_frcp_6 | us_federal | before | 2026-05-26T00:00-04:00 | 24 hours | 2026-05-22T00:00:00-04:00 | ours: Memorial Day
us_frcp_6 | us_federal | before | 2026-07-20T10:00-04:00 | 14 days | 2026-07-07T00:00:00-04:00 | 6(a)(5)
us_frcp_6 | us_federal | before | 2026-07-18T10:00-04:00 | 14 days | 2026-07-03T00:00:00-04:00 | 6(a)(5), back past 3 July
us_frcp_6 | us_federal | - | 2026-09-04T09:00-04:00 | 10 working days | 2026-09-22T00:00:00-04:00 | ours: Labor Day
us_frcp_6 | us_federal | - | 2026-01-31T09:00-05:00 | 1 months | 2026-03-03T00:00:00-05:00 | ours: last day of the month
# Elapsed periods of working days.
elapsed | fr | - | 2026-05-13T09:30+02:00 | 1 working days | 2026-05-15T09:30:00+02:00 | ours: same time
";

use Regime::{Elapsed, Eu1182_71 as Eu, FrCpc, UsFrcp6 as Us};

fn zone_of(calendar: &str) -> &'static str {
    match calendar {
        "us_federal" => "America/New_York",
        _ => PARIS,
    }
}

/// `1 months 10 days`: a number, a unit, and days that follow.
fn period(words: &str) -> Period {
    let words: Vec<&str> = words.split(' ').collect();
    let (words, days) = match words[..] {
        [n, months, days, "days"] => (vec![n, months], days.parse().expect("a number")),
        _ => (words, 0),
    };
    Period {
        n: words[0].parse().expect("a number"),
        unit: unit(&words[1..].join(" ")),
        days,
    }
}

#[test]
fn corner_cases() {
    let mut world = World::default();
    let cases = CASES.lines().filter(|line| line.contains(" | "));
    let mut checked = 0;
    for line in cases {
        let cells: Vec<&str> = line.split(" | ").collect();
        let [regime, calendar, how, event, words, expected, _why] = cells[..] else {
            panic!("a case with other columns: {line}");
        };
        let regime = Regime::from_word(regime).expect("a regime");
        let calendar = calendar.trim_matches('-');
        let mut counting = world.counting(regime, calendar, zone_of(calendar));
        counting.rollover = how != "no";
        let direction = if how == "before" {
            Direction::Backward
        } else {
            Direction::Forward
        };
        let event = parse(event).expect("an instant");
        let found = plain(event, period(words), direction, &counting);
        let found = found.map(|at| local(&counting.zone, at));
        assert_eq!(found.as_deref(), Ok(expected), "{line}");
        checked += 1;
    }
    assert!(checked > 49);
}

#[test]
fn weeks_end_on_the_weekday_of_the_event() {
    // Case C-171/03, Toeters and Verberk: the days of slaughter, and the ends by the day of the event.
    let days = Calendar::new(0b110_0000, (1998, 1998), &[]).expect("a calendar");
    let mut world = World::default();
    let mut counting = world.counting(Eu, "", "Europe/Amsterdam");
    counting.calendar = Some(days);
    for (slaughter, end) in [
        ("1998-03-12T09:00+01:00", "1998-04-03T00:00:00+02:00"),
        ("1998-03-16T09:00+01:00", "1998-04-07T00:00:00+02:00"),
        ("1998-01-27T09:00+01:00", "1998-02-18T00:00:00+01:00"),
        ("1998-01-28T09:00+01:00", "1998-02-19T00:00:00+01:00"),
    ] {
        let event = parse(slaughter).expect("an instant");
        let found = plain(
            event,
            Period::new(3, Unit::Week),
            Direction::Forward,
            &counting,
        );
        assert_eq!(
            found.map(|at| local(&counting.zone, at)).as_deref(),
            Ok(end)
        );
    }
}

#[test]
fn hours_in_zones_of_half_an_hour_begin_on_their_full_hour() {
    let mut world = World::default();
    let cases = [
        (
            "Asia/Kolkata",
            "2026-05-13T14:18+05:30",
            "2026-05-13T16:00:00+05:30",
        ),
        // The clock goes on from 02:00 to 02:30: the next full hour that it shows is three.
        (
            "Australia/Lord_Howe",
            "2026-10-04T01:50+10:30",
            "2026-10-04T04:00:00+11:00",
        ),
        // The clock goes back from 02:00 to 01:30: the hour of the event lasts until two.
        (
            "Australia/Lord_Howe",
            "2026-04-05T01:50+11:00",
            "2026-04-05T03:00:00+10:30",
        ),
        // The clock goes back from three to two: a full hour begins at once.
        (PARIS, "2026-10-25T02:40+02:00", "2026-10-25T03:00:00+01:00"),
        (PARIS, "2026-03-29T01:40+01:00", "2026-03-29T04:00:00+02:00"),
    ];
    for (zone, event, expected) in cases {
        let counting = world.counting(Eu, "", zone);
        let event = parse(event).expect("an instant");
        let found = plain(
            event,
            Period::new(1, Unit::Hour),
            Direction::Forward,
            &counting,
        );
        assert_eq!(
            found.map(|at| local(&counting.zone, at)).as_deref(),
            Ok(expected),
            "{zone}"
        );
    }
    let counting = world.counting(Eu, "", "Australia/Lord_Howe");
    let event = parse("2026-10-04T02:40+11:00").expect("an instant");
    let found = plain(
        event,
        Period::new(1, Unit::Hour),
        Direction::Backward,
        &counting,
    );
    let found = found.map(|at| local(&counting.zone, at));
    assert_eq!(found.as_deref(), Ok("2026-10-04T00:00:00+10:30"));
}

#[test]
fn what_is_missing_is_named() {
    let mut world = World::default();
    let event = parse("2026-05-13T09:00+02:00").expect("an instant");
    let late = parse("2035-12-30T09:00+01:00").expect("an instant");
    let mut ask = |regime, calendar: &str, event, period, direction| {
        let counting: Counting<'_> = world.counting(regime, calendar, PARIS);
        plain(event, period, direction, &counting)
    };
    use Direction::{Backward, Forward};
    let days = |n| Period::new(n, Unit::Day);
    let hours = |n| Period::new(n, Unit::Hour);
    assert_eq!(
        ask(FrCpc, "fr", event, hours(1), Forward),
        Err(NoDue::Undefined)
    );
    assert_eq!(
        ask(FrCpc, "fr", event, days(1), Backward),
        Err(NoDue::Undefined)
    );
    let minutes = Period::new(30, Unit::Minute);
    for regime in [Eu, FrCpc, Us] {
        assert_eq!(
            ask(regime, "fr", event, minutes, Forward),
            Err(NoDue::Undefined)
        );
    }
    let both = |unit, n, days| Period { n, unit, days };
    assert_eq!(
        ask(Eu, "fr", event, both(Unit::Month, 1, 3), Forward),
        Err(NoDue::Undefined)
    );
    assert_eq!(
        ask(FrCpc, "fr", event, both(Unit::Week, 1, 3), Forward),
        Err(NoDue::Undefined)
    );
    assert_eq!(
        ask(Eu, "", event, days(10), Forward),
        Err(NoDue::NoCalendar)
    );
    assert_eq!(ask(Eu, "fr", event, days(0), Forward), Err(NoDue::Period));
    assert_eq!(ask(Eu, "fr", event, days(-3), Forward), Err(NoDue::Period));
    assert_eq!(
        ask(
            Elapsed,
            "",
            event,
            Period::new(1_000_000, Unit::Year),
            Forward
        ),
        Err(NoDue::Period)
    );
    assert_eq!(
        ask(Elapsed, "", event, Period::new(100, Unit::Year), Forward),
        Err(NoDue::OutOfRange)
    );
    assert_eq!(
        ask(Elapsed, "", -1, hours(2), Forward),
        Err(NoDue::OutOfRange)
    );
    // 2036 is not taken as a year without holidays, and neither is 2009.
    let day = exequatur::time::civil::days_from_civil(2036, 1, 1).expect("a day");
    assert_eq!(
        ask(Eu, "fr", late, days(2), Forward),
        Err(NoDue::NotCovered { day })
    );
    let early = parse("2009-12-31T09:00+01:00").expect("an instant");
    let found = ask(Eu, "fr", early, Period::new(2, Unit::WorkingDay), Forward);
    assert_eq!(
        found,
        Ok(parse("2010-01-06T00:00+01:00").expect("an instant"))
    );
    // Only what the count has to know is asked for: the end of the period lies in a covered year.
    let found = ask(
        Eu,
        "fr",
        early - 40 * exequatur::time::instant::DAY,
        Period::new(6, Unit::Month),
        Forward,
    );
    assert!(found.is_ok());
}

#[test]
fn the_derivation_names_each_day_and_paragraph() {
    let mut world = World::default();
    let counting = world.counting(Eu, "fr", PARIS);
    let event = parse("2026-05-13T09:00+02:00").expect("an instant");
    let ten_days = Period::new(10, Unit::Day);
    let (found, steps) = derived(event, ten_days, Direction::Forward, &counting);
    let day = |day| exequatur::time::civil::days_from_civil(2026, 5, day).expect("a day");
    let holiday = counting
        .calendar
        .and_then(|calendar| calendar.holiday(day(25)));
    let holiday = holiday.expect("Whit Monday");
    let expected = [
        (
            What::Event {
                at: event,
                day: day(13),
            },
            Law::Own,
        ),
        (What::DayNotCounted { day: day(13) }, Law::Eu3p1Days),
        (What::FirstDay { day: day(14) }, Law::Eu3p1Days),
        (What::LastDay { day: day(23) }, Law::Eu3p2b),
        (
            What::Skipped {
                day: day(23),
                why: Why::Weekend,
            },
            Law::Eu3p4,
        ),
        (
            What::Skipped {
                day: day(24),
                why: Why::Weekend,
            },
            Law::Eu3p4,
        ),
        (
            What::Skipped {
                day: day(25),
                why: Why::Holiday(holiday),
            },
            Law::Eu3p4,
        ),
        (
            What::RolledOver {
                from: day(23),
                day: day(26),
            },
            Law::Eu3p4,
        ),
        (
            What::End {
                at: found.expect("a due"),
            },
            Law::Eu3p2b,
        ),
    ];
    let steps: Vec<_> = steps
        .into_iter()
        .map(|step| (step.what, step.law))
        .collect();
    assert_eq!(steps, expected);
}

#[test]
fn a_broken_calendar_is_refused() {
    let record = |day: i32| {
        let mut bytes = day.to_le_bytes().to_vec();
        bytes.extend([0, 0]);
        bytes
    };
    let in_2026 = exequatur::time::civil::days_from_civil(2026, 5, 25).expect("a day");
    let one = record(in_2026);
    let twice = [one.clone(), one.clone()].concat();
    let back = [record(in_2026), record(in_2026 - 1)].concat();
    assert!(Calendar::new(0b110_0000, (2026, 2026), &one).is_some());
    assert!(
        Calendar::new(0b110_0000, (2026, 2026), &one[..5]).is_none(),
        "a broken record"
    );
    assert!(
        Calendar::new(0b110_0000, (2026, 2026), &twice).is_none(),
        "a day twice"
    );
    assert!(
        Calendar::new(0b110_0000, (2026, 2026), &back).is_none(),
        "out of order"
    );
    assert!(
        Calendar::new(0b110_0000, (2027, 2027), &one).is_none(),
        "outside the years"
    );
    assert!(
        Calendar::new(0b110_0000, (2027, 2026), &[]).is_none(),
        "years in the wrong order"
    );
    assert!(
        Calendar::new(0b110_0000, (0, 2026), &[]).is_none(),
        "no such year"
    );
    assert!(
        Calendar::new(1 << 7, (2026, 2026), &[]).is_none(),
        "an eighth day of the week"
    );
    // A calendar on which nobody ever works has no due, and no endless count.
    let never = Calendar::new(0b111_1111, (1960, 2110), &[]).expect("a calendar");
    let counting = Counting {
        regime: Eu,
        rollover: true,
        zone: Zone::UTC,
        calendar: Some(never),
    };
    let period = Period::new(1, Unit::WorkingDay);
    assert_eq!(
        plain(0, period, Direction::Forward, &counting),
        Err(NoDue::OutOfRange)
    );
    assert_eq!(
        plain(0, period, Direction::Backward, &counting),
        Err(NoDue::OutOfRange)
    );
}
