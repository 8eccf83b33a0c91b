//! Calendars, the facts that choose among them, and ways to count.

use super::{Check, Checked, Owned, Row};
use crate::model::Unit;
use crate::model::limits::{CALENDARS_MAX, HOLIDAYS_MAX};
use crate::pack::format::{CalendarRow, NONE16, WindowRow};
use crate::time::calendar::HOLIDAY_BYTES;
use crate::time::{Calendar, Direction, Regime};

impl Check<'_, '_> {
    /// The calendars, each with its holidays and their names.
    pub(super) fn calendars(self) -> Checked {
        let mut holidays = Owned::new("holidays");
        let mut names = Owned::new("holiday_names");
        for (number, row) in self.p.calendars.iter().enumerate() {
            let at = Row("calendars", number);
            at.holds(number < CALENDARS_MAX, "there are too many calendars")?;
            self.str(at, row.name)?;
            let none = "there is no such zone";
            at.index_or_none(row.zone, self.p.zones.len(), none)?;
            holidays.take(at, row.holidays)?;
            names.take(at, row.names)?;
            self.calendar(at, &row)?;
        }
        holidays.end(self.p.holidays.len())?;
        names.end(self.p.holiday_names.len())?;
        for (number, row) in self.p.holiday_names.iter().enumerate() {
            self.text(Row("holiday_names", number), row.text)?;
        }
        Ok(())
    }

    fn calendar(self, at: Row, row: &CalendarRow) -> Checked {
        if row.first > row.last {
            let nothing = (row.first, row.last, row.weekend, row.zone) == (1, 0, 0, NONE16)
                && (row.holidays.count, row.names.count) == (0, 0);
            return at.holds(nothing, "a calendar of no year says something");
        }
        let broken = "a calendar's table is broken";
        let first = row.holidays.first as usize;
        let end = first.saturating_add(row.holidays.count as usize);
        let bytes = self.p.holidays.get(first..end).unwrap_or(&[]);
        at.holds(
            bytes.len() / HOLIDAY_BYTES <= HOLIDAYS_MAX,
            "a calendar has too many holidays",
        )?;
        let calendar = Calendar::new(row.weekend, (row.first, row.last), bytes);
        at.holds(calendar.is_some(), broken)?;
        // Names stand in the order in which days first bear them, and each is borne.
        let mut fresh = 0;
        let days = (0..).map_while(|index| calendar?.named(index));
        for (_, name) in days {
            let name = u32::from(name);
            at.holds(
                name <= fresh && name < row.names.count,
                "a holiday has no name",
            )?;
            fresh = fresh.max(name + 1);
        }
        at.holds(fresh == row.names.count, "a name is of no holiday")
    }

    /// Ways to count, and the facts that choose among calendars.
    pub(super) fn countings(self, lists: &mut Owned) -> Checked {
        for (number, row) in self.p.choosers.iter().enumerate() {
            let at = Row("choosers", number);
            self.fact(at, row.fact, 1)?;
            lists.take(at, row.calendars)?;
            let of = self.p.facts.at(usize::from(row.fact)).of;
            at.holds(
                row.calendars.count == u32::from(self.members(of)),
                "the enumeration has another number of members",
            )?;
            for item in self.p.lists.range(row.calendars.first, row.calendars.count) {
                at.index(item.id, self.p.calendars.len(), "there is no such calendar")?;
            }
        }
        for (number, row) in self.p.countings.iter().enumerate() {
            let at = Row("countings", number);
            at.holds(
                Regime::from_u8(row.regime).is_some(),
                "there is no such regime",
            )?;
            at.flag(row.rollover)?;
            let none = "there is no such calendar";
            at.index_or_none(row.calendar, self.p.calendars.len(), none)?;
            at.holds(
                row.calendar == NONE16 || row.chooser == NONE16,
                "a calendar is chosen twice",
            )?;
            for chooser in [row.chooser, row.zone_by, row.zone_then] {
                at.index_or_none(chooser, self.p.choosers.len(), "there is no such chooser")?;
            }
            at.holds(
                row.zone_by != NONE16 || row.zone_then == NONE16,
                "a zone is asked for in the wrong order",
            )?;
            at.index(row.zone, self.p.zones.len(), "there is no such zone")?;
        }
        Ok(())
    }

    /// The text of a window's regime says how its period runs, and the calendar that it needs is chosen.
    pub(super) fn counted(self, at: Row, row: &WindowRow, direction: Direction) -> Checked {
        at.index(
            row.counting,
            self.p.countings.len(),
            "there is no such way to count",
        )?;
        let counting = self.p.countings.at(usize::from(row.counting));
        let chosen = counting.calendar != NONE16 || counting.chooser != NONE16;
        let regime = Regime::from_u8(counting.regime).zip(Unit::from_u8(row.unit));
        let fits = regime.is_some_and(|(regime, unit)| {
            let n = i64::from(row.n);
            let needs = regime.needs_calendar(n, unit, direction, counting.rollover == 1);
            let has = chosen || !needs;
            has && regime.defines(unit, direction)
        });
        at.holds(fits, "a period is counted as no text says")
    }
}
