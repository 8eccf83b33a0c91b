//! Calendars as declared: checked, so that they are right when a later version uses them.
//!
//! Invariant: the Ir has no calendars; what is wrong with one is an error all the same.

use super::codes;
use super::link::Link;
use super::report::FileDiagnostic;
use crate::syntax::ast::{CalendarDecl, ItemKind};
use crate::syntax::nearest;

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl Link<'_> {
    /// Checks every calendar.
    pub(super) fn check_calendars(&self) {
        for pack in self.pack_ids() {
            for item in &self.pack(pack).ast.items {
                if let ItemKind::Calendar(decl) = &item.kind {
                    self.check_calendar(pack, decl);
                }
            }
        }
    }

    fn check_calendar(&self, pack: crate::model::PackId, decl: &CalendarDecl) {
        for day in &decl.weekend {
            if !DAYS.contains(&day.text.as_str()) {
                let message = format!("`{}` is no day of the week", day.text);
                let place = self.place(pack, day.span);
                let problem = FileDiagnostic::error(codes::BAD_CALENDAR, place, message)
                    .label("expected a day such as `saturday`");
                self.error(problem.near(nearest(&day.text, DAYS.into_iter())));
            }
        }
        if let Some((from, to)) = &decl.covers
            && (from.value > to.value || from.value < 1 || to.value > 9999)
        {
            let message = format!("a calendar cannot cover {}..{}", from.value, to.value);
            let problem =
                FileDiagnostic::error(codes::BAD_CALENDAR, self.place(pack, from.span), message);
            self.error(problem.label("expected the first and the last year"));
        }
        for (date, _) in &decl.holidays {
            self.date(pack, date);
        }
    }
}
