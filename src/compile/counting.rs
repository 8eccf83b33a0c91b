//! Calendars, the facts that choose among them, and ways to count, to tables.
//!
//! Invariant: the lists of choosers stand before all others, as the loader reads them.

use super::from_ir::Lowering;
use super::pool::index;
use crate::check::ir::Choice;
use crate::model::ChooserId;
use crate::pack::format::{CalendarRow, ChooserRow, CountingRow, HolidayNameRow, NONE16, Range};

impl Lowering<'_> {
    /// Calendars with their holidays.
    pub(super) fn calendars(&mut self) {
        for calendar in &self.ir.calendars {
            let first = index(self.out.holidays.len());
            for (day, name) in &calendar.holidays {
                self.out.holidays.extend_from_slice(&day.to_le_bytes());
                self.out.holidays.extend_from_slice(&name.to_le_bytes());
            }
            let names = Range {
                first: index(self.out.holiday_names.len()),
                count: index(calendar.names.len()),
            };
            for text in &calendar.names {
                let text = self.strings.both(text);
                self.out.holiday_names.push(HolidayNameRow { text });
            }
            let (from, to) = calendar.years.unwrap_or((1, 0));
            self.out.calendars.push(CalendarRow {
                name: self.strings.add(&calendar.name),
                zone: calendar.zone.map_or(NONE16, |zone| zone.0),
                weekend: calendar.weekend,
                first: from,
                last: to,
                holidays: Range {
                    first,
                    count: index(self.out.holidays.len()) - first,
                },
                names,
            });
        }
    }

    /// Ways to count, and the facts that choose calendars.
    pub(super) fn countings(&mut self) {
        let ir = self.ir;
        for chooser in &ir.choosers {
            let calendars = self.list(chooser.calendars.iter().map(|calendar| calendar.0));
            self.out.choosers.push(ChooserRow {
                fact: chooser.fact.0,
                calendars,
            });
        }
        for counting in &ir.countings {
            let chooser = |chooser: Option<ChooserId>| chooser.map_or(NONE16, |chooser| chooser.0);
            let (calendar, by) = match counting.calendar {
                Some(Choice::Named(calendar)) => (calendar.0, None),
                Some(Choice::By(by)) => (NONE16, Some(by)),
                None => (NONE16, None),
            };
            let [zone_by, zone_then] = counting.zone_by.map(chooser);
            self.out.countings.push(CountingRow {
                regime: counting.regime as u8,
                rollover: u8::from(counting.rollover),
                calendar,
                chooser: chooser(by),
                zone_by,
                zone_then,
                zone: counting.zone.0,
            });
        }
    }
}
