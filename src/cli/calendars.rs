//! The calendars of `rules/calendars`, compiled in: a name to the days on which one works.
//!
//! Invariant: the sources are the calendars. They are parsed as any rules are, so that what `exq due` counts with is what
//! a pack that uses the file counts with.

use crate::explain::Lang;
use crate::syntax;
use crate::syntax::ast::{CalendarDecl, ItemKind};
use crate::time::Date;
use crate::time::calendar::{Calendar, HOLIDAY_BYTES};

/// The names of the bundled calendars, and their sources.
const BUNDLED: [(&str, &str); 6] = [
    ("fr", include_str!("../../rules/calendars/fr.exq")),
    (
        "fr_alsace_moselle",
        include_str!("../../rules/calendars/fr_alsace_moselle.exq"),
    ),
    ("be", include_str!("../../rules/calendars/be.exq")),
    ("de", include_str!("../../rules/calendars/de.exq")),
    ("eu", include_str!("../../rules/calendars/eu.exq")),
    (
        "us_federal",
        include_str!("../../rules/calendars/us_federal.exq"),
    ),
];

/// The days of the week as the language writes them, Monday first.
const WEEK: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A calendar with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundledCalendar {
    /// Its zone, by its IANA name.
    pub zone: String,
    /// The first and the last year that it covers.
    pub years: (i32, i32),
    weekend: u8,
    holidays: Vec<u8>,
    names: Vec<(String, String)>,
}

impl BundledCalendar {
    /// The names that there are.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        BUNDLED.iter().map(|(name, _)| *name).collect()
    }

    /// The calendar with this name.
    #[must_use]
    pub fn find(name: &str) -> Option<BundledCalendar> {
        let (_, source) = BUNDLED.iter().find(|(known, _)| *known == name)?;
        let file = syntax::parse(source).ok()?;
        let decl = file.items.iter().find_map(|item| match &item.kind {
            ItemKind::Calendar(decl) if decl.name.text == name => Some(decl),
            _ => None,
        })?;
        BundledCalendar::from_ast(decl)
    }

    /// A calendar as declared; `None`, if it is not complete or not in order.
    fn from_ast(decl: &CalendarDecl) -> Option<BundledCalendar> {
        let zone = decl.zone.as_ref()?.en.clone();
        let (first, last) = decl.covers?;
        let years = (
            i32::try_from(first.value).ok()?,
            i32::try_from(last.value).ok()?,
        );
        let mut weekend = 0;
        for day in &decl.weekend {
            weekend |= 1 << WEEK.iter().position(|known| *known == day.text)?;
        }
        let mut holidays = Vec::with_capacity(decl.holidays.len() * HOLIDAY_BYTES);
        let mut names = Vec::with_capacity(decl.holidays.len());
        for (date, label) in &decl.holidays {
            let day = Date::new(i32::from(date.year), date.month.into(), date.day.into())?;
            let label = label.as_ref();
            let english = label.map_or(String::new(), |label| label.en.clone());
            let french = label.and_then(|label| label.fr.clone());
            let name = (english.clone(), french.unwrap_or(english));
            let number = names
                .iter()
                .position(|known| *known == name)
                .unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                });
            holidays.extend_from_slice(&day.to_days().to_le_bytes());
            holidays.extend_from_slice(&u16::try_from(number).ok()?.to_le_bytes());
        }
        Calendar::new(weekend, years, &holidays)?;
        Some(BundledCalendar {
            zone,
            years,
            weekend,
            holidays,
            names,
        })
    }

    /// The calendar as the count takes it.
    #[must_use]
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar::trusted(self.weekend, self.years, &self.holidays)
    }

    /// The name of the holiday with this index.
    #[must_use]
    pub fn holiday(&self, index: usize, lang: Lang) -> &str {
        let named = self.calendar().named(index);
        let name = named.and_then(|(_, number)| self.names.get(usize::from(number)));
        name.map_or("", |(english, french)| match lang {
            Lang::En => english,
            Lang::Fr => french,
        })
    }
}
