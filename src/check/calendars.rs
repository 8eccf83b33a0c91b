//! Calendars as declared, to days in their order; and which calendar a clause chooses, by its name or by a fact.
//!
//! Invariant: a calendar that is known has each holiday once, in a year that it covers. A member of whose name there is no
//! calendar chooses one that covers nothing, so that an answer can name what is missing; the author is warned.

use std::collections::BTreeMap;

use super::codes;
use super::ir::{self, Chooser};
use super::link::{Chosen, Link, id};
use super::literals::text_or_empty;
use super::report::FileDiagnostic;
use crate::model::limits::{CALENDARS_MAX, HOLIDAYS_MAX};
use crate::model::{CalendarId, ChooserId, FactId, PackId};
use crate::syntax::ast::{self, CalendarDecl, CalendarRef, Name};
use crate::syntax::nearest;
use crate::time::Date;

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
    /// Reads every calendar.
    pub(super) fn resolve_calendars(&mut self) {
        for index in 0..self.calendars.len() {
            let (decl, pack) = (self.calendars[index].decl, self.calendars[index].pack);
            let read = self.calendar(pack, decl);
            self.calendars[index].ir = read;
        }
    }

    fn calendar(&self, pack: PackId, decl: &CalendarDecl) -> Option<ir::Calendar> {
        let mut weekend = 0;
        for day in &decl.weekend {
            match DAYS.iter().position(|known| *known == day.text) {
                Some(position) => weekend |= 1 << position,
                None => {
                    let message = format!("`{}` is no day of the week", day.text);
                    let place = self.place(pack, day.span);
                    let problem = FileDiagnostic::error(codes::BAD_CALENDAR, place, message)
                        .label("expected a day such as `saturday`");
                    self.error(problem.near(nearest(&day.text, DAYS.into_iter())));
                }
            }
        }
        let years = self.years(pack, decl);
        let zone = decl.zone.as_ref().map(|zone| self.zone(pack, zone));
        let (holidays, names) = self.holidays(pack, decl, years?);
        Some(ir::Calendar {
            name: decl.name.text.clone(),
            zone,
            weekend,
            years,
            holidays,
            names,
            place: self.place(pack, decl.name.span),
        })
    }

    /// The first and the last year that a calendar covers.
    fn years(&self, pack: PackId, decl: &CalendarDecl) -> Option<(i32, i32)> {
        let Some((from, to)) = &decl.covers else {
            let message = format!("calendar `{}` covers no years", decl.name.text);
            let place = self.place(pack, decl.name.span);
            self.error(
                FileDiagnostic::error(codes::BAD_CALENDAR, place, message)
                    .label("expected `covers YEAR..YEAR`")
                    .help("a year whose holidays nobody wrote down is not a year without holidays"),
            );
            return None;
        };
        let year = |int: &ast::Int| i32::try_from(int.value).ok();
        let years = year(from).zip(year(to));
        let fits = years.filter(|(from, to)| from <= to && *from >= 1 && *to <= 9999);
        if fits.is_none() {
            let message = format!("a calendar cannot cover {}..{}", from.value, to.value);
            let problem =
                FileDiagnostic::error(codes::BAD_CALENDAR, self.place(pack, from.span), message);
            self.error(problem.label("expected the first and the last year"));
        }
        fits
    }

    /// The holidays by day, and their names, each once.
    fn holidays(
        &self,
        pack: PackId,
        decl: &CalendarDecl,
        years: (i32, i32),
    ) -> (Vec<(i32, u16)>, Vec<ir::Text>) {
        let mut by_day: BTreeMap<i32, (&ast::Date, ir::Text)> = BTreeMap::new();
        if decl.holidays.len() > HOLIDAYS_MAX {
            let count = decl.holidays.len();
            let message =
                format!("a calendar has at most {HOLIDAYS_MAX} holidays, this one has {count}");
            let place = self.place(pack, decl.name.span);
            self.error(FileDiagnostic::error(codes::LIMIT, place, message));
        }
        for (date, label) in &decl.holidays {
            let Some(day) = self.date(pack, date) else {
                continue;
            };
            let place = self.place(pack, date.span);
            let written = Date::from_days(day);
            if !(years.0..=years.1).contains(&i32::from(date.year)) {
                let name = &decl.name.text;
                let message = format!("calendar `{name}` does not cover {written}");
                let label = format!("expected a year from {} to {}", years.0, years.1);
                self.error(FileDiagnostic::error(codes::BAD_HOLIDAY, place, message).label(label));
                continue;
            }
            if let Some((first, _)) = by_day.get(&day) {
                let message = format!("{written} is a holiday twice");
                self.error(
                    FileDiagnostic::error(codes::BAD_HOLIDAY, place, message)
                        .label("the second one")
                        .also(self.place(pack, first.span), "the first one")
                        .help("two feasts on one day are one holiday, with both names"),
                );
                continue;
            }
            by_day.insert(day, (date, text_or_empty(label.as_ref())));
        }
        let mut names = Vec::new();
        let mut known: BTreeMap<(String, String), u16> = BTreeMap::new();
        let numbered = by_day.into_iter().map(|(day, (_, name))| {
            let key = (name.en.clone(), name.fr.clone());
            let number = *known.entry(key).or_insert_with(|| {
                names.push(name);
                id(names.len() - 1)
            });
            (day, number)
        });
        (numbered.collect(), names)
    }

    /// Which calendar a clause chooses.
    pub(super) fn chosen(&mut self, pack: PackId, written: Option<&CalendarRef>) -> Chosen {
        match written {
            None => Chosen::Unsaid,
            Some(CalendarRef::Named(name)) => match self.calendar_named(pack, name) {
                Some(calendar) => {
                    self.used_calendars.insert(calendar);
                    Chosen::By(ir::Choice::Named(calendar))
                }
                None => Chosen::Broken,
            },
            Some(CalendarRef::ByFact(name)) => match self.chooser(pack, name) {
                Some(chooser) => Chosen::By(ir::Choice::By(chooser)),
                None => Chosen::Broken,
            },
        }
    }

    /// `calendar by FACT`: for each member of the fact's enumeration, the calendar of its name.
    fn chooser(&mut self, pack: PackId, name: &Name) -> Option<ChooserId> {
        let fact = self.fact(pack, name)?;
        let place = self.place(pack, name.span);
        let of = match self.facts[fact.index()].ty? {
            ir::Type::Enum(of) => of,
            other => {
                let message = format!(
                    "`{}` is {}, which chooses no calendar",
                    name.text,
                    self.type_words(other)
                );
                self.error(
                    FileDiagnostic::error(codes::TYPE_MISMATCH, place, message)
                        .label("expected a fact with one member of an enumeration")
                        .help("its members choose the calendars of their names"),
                );
                return None;
            }
        };
        let members: Vec<Name> = self.enums[of.index()]
            .ir
            .members
            .iter()
            .map(|member| Name {
                text: member.name.clone(),
                span: name.span,
            })
            .collect();
        let mut calendars = Vec::with_capacity(members.len());
        let mut without = Vec::new();
        for member in members {
            // A word that several packs declare is an error; one that none declares is what is missing.
            if self.sees_calendar(pack, &member.text) {
                let calendar = self.calendar_named(pack, &member)?;
                self.used_calendars.insert(calendar);
                calendars.push(calendar);
            } else {
                calendars.push(self.undeclared(&member.text, place));
                without.push(format!("`{}`", member.text));
            }
        }
        self.warn_without(fact, &without, place);
        Some(ChooserId(self.choosers.id(Chooser { fact, calendars })))
    }

    fn warn_without(&self, fact: FactId, without: &[String], place: ir::Place) {
        if without.is_empty() {
            return;
        }
        let fact = &self.facts[fact.index()].decl.name.text;
        let message = format!(
            "`{fact}` can be {}, for which there is no calendar",
            without.join(", ")
        );
        self.report.push(
            FileDiagnostic::warning(codes::MEMBER_WITHOUT_CALENDAR, place, message)
                .label("a due that needs a calendar is then undetermined")
                .help("a member chooses the calendar of its name, of this pack or of one that it uses"),
        );
    }

    /// The place of a calendar that nobody declares; those of one name are one.
    fn undeclared(&mut self, name: &str, place: ir::Place) -> CalendarId {
        let next = self.calendars.len() + self.undeclared.len();
        let calendar = self.undeclared.entry(name.to_string());
        calendar.or_insert_with(|| (CalendarId(id(next)), place)).0
    }
}

impl Link<'_> {
    /// The calendars, those that nobody declares last; and for each number that a chooser has, the final one.
    pub(super) fn all_calendars(
        &self,
    ) -> Option<(Vec<ir::Calendar>, BTreeMap<CalendarId, CalendarId>)> {
        let declared = self.calendars.iter().map(|info| info.ir.clone());
        let mut calendars: Vec<ir::Calendar> = declared.collect::<Option<_>>()?;
        let mut last = BTreeMap::new();
        for (name, (number, place)) in &self.undeclared {
            last.insert(*number, CalendarId(id(calendars.len())));
            calendars.push(ir::Calendar {
                name: name.clone(),
                zone: None,
                weekend: 0,
                years: None,
                holidays: Vec::new(),
                names: Vec::new(),
                place: *place,
            });
        }
        Some((calendars, last))
    }

    /// Holds the link to the limit, once all choices are known.
    pub(super) fn calendars_fit(&self) {
        let count = self.calendars.len() + self.undeclared.len();
        if count > CALENDARS_MAX {
            self.too_large(format!(
                "the link has {count} calendars, those that facts may choose included; the limit is {CALENDARS_MAX}"
            ));
        }
    }
}
