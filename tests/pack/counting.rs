//! Calendars and ways to count in a pack: they come back as they were, and what evaluation relies on is refused if it
//! does not hold.

use exequatur::check::ir::*;
use exequatur::model::*;
use exequatur::pack::load;
use exequatur::time::Regime;

use crate::sample::sample;
use crate::{build, unsound};

#[test]
fn calendars_come_back_as_they_were() {
    let bytes = build(&sample());
    let pack = load(&bytes).expect("it loads");
    let program = pack.program();
    let calendar = program.calendar(CalendarId(0)).expect("it is declared");
    assert_eq!(calendar.len(), 3);
    assert_eq!(calendar.is_working(19_478), Some(false));
    assert_eq!(calendar.is_working(19_479), Some(true));
    let name = |index| program.str(program.holiday_name(CalendarId(0), index).en);
    assert_eq!(
        [name(0), name(1), name(2), name(3)],
        ["New Year", "Labour Day", "New Year", ""]
    );
    assert!(program.calendar(CalendarId(1)).is_none());
    assert_eq!(program.str(program.calendars.at(2).name), "FR");
    assert_eq!(program.countings.len(), 3);
}

#[test]
fn what_counts_rely_on_is_checked() {
    type Change = fn(&mut Ir);
    let first = |ir: &mut Ir, period: (u32, Unit), counting: u16| {
        let (n, unit) = period;
        ir.versions[0].effects[0].windows[0].period =
            Some((Period { n, unit }, CountingId(counting)));
    };
    let cases: &[(Change, &str)] = &[
        (
            |ir| ir.calendars[0].weekend = 0x80,
            "a calendar's table is broken",
        ),
        (
            |ir| ir.calendars[0].holidays.swap(0, 1),
            "a calendar's table is broken",
        ),
        (
            |ir| ir.calendars[0].years = Some((2024, 2032)),
            "a calendar's table is broken",
        ),
        (
            |ir| ir.calendars[0].years = Some((0, 2032)),
            "a calendar's table is broken",
        ),
        (
            |ir| ir.calendars[0].years = None,
            "a calendar of no year says something",
        ),
        (
            |ir| ir.calendars[0].holidays[0].1 = 2,
            "a holiday has no name",
        ),
        (
            |ir| ir.calendars[0].holidays[1].1 = 0,
            "a name is of no holiday",
        ),
        (
            |ir| ir.calendars[0].zone = Some(ZoneId(9)),
            "there is no such zone",
        ),
        (
            |ir| ir.choosers[0].fact = FactId(0),
            "a fact has another type",
        ),
        (
            |ir| ir.choosers[0].calendars.truncate(2),
            "the enumeration has another number of members",
        ),
        (
            |ir| ir.choosers[0].calendars[0] = CalendarId(3),
            "there is no such calendar",
        ),
        (
            |ir| ir.countings[0].zone = ZoneId(2),
            "there is no such zone",
        ),
        (
            |ir| ir.countings[0].zone_by = [None, Some(ChooserId(0))],
            "a zone is asked for in the wrong order",
        ),
        (
            |ir| ir.countings[2].calendar = Some(Choice::Named(CalendarId(7))),
            "there is no such calendar",
        ),
        (
            |ir| ir.countings[2].calendar = Some(Choice::By(ChooserId(1))),
            "there is no such chooser",
        ),
        (
            |ir| ir.countings[2].calendar = None,
            "a period is counted as no text says",
        ),
        (
            |ir| ir.countings[2].regime = Regime::FrCpc,
            "a period is counted as no text says",
        ),
    ];
    for (number, (change, why)) in cases.iter().enumerate() {
        let message = unsound(change);
        assert!(message.ends_with(why), "change {number}: {message}");
    }
    let of = |n, unit, counting| unsound(|ir| first(ir, (n, unit), counting));
    assert!(of(0, Unit::Hour, 0).ends_with("a period has no unit or is too long"));
    assert!(of(26_101, Unit::WorkingDay, 2).ends_with("a period has no unit or is too long"));
    assert!(of(1, Unit::Hour, 3).ends_with("there is no such way to count"));
    assert!(of(1, Unit::WorkingDay, 0).ends_with("a period is counted as no text says"));
    assert!(of(1, Unit::Minute, 1).ends_with("a period is counted as no text says"));
}

#[test]
fn an_offset_has_no_working_days() {
    let operand = |base, offset| InstantOperand {
        base,
        offset,
        zone: ZoneId(0),
    };
    let day = Period {
        n: 1,
        unit: Unit::WorkingDay,
    };
    let left = operand(InstantBase::Event(EventId(0)), Some((false, day)));
    let right = operand(InstantBase::Event(EventId(1)), None);
    let message = unsound(|ir| {
        ir.versions[0].when = Some(Cond::Instant(left, Compare::Lt, right));
    });
    assert!(message.ends_with("which are no elapsed time"), "{message}");
}
