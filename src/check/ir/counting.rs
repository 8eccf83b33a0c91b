//! How periods are counted, resolved: calendars, the facts that choose among them, and ways to count.

use super::{Place, Text};
use crate::model::{CalendarId, ChooserId, FactId, ZoneId};
use crate::time::Regime;

/// A calendar. One that a fact may choose and nobody declares covers no year.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Its name, without its pack.
    pub name: String,
    /// Its zone.
    pub zone: Option<ZoneId>,
    /// Its weekend: bit 0 is Monday, bit 6 Sunday.
    pub weekend: u8,
    /// The first and the last year that it covers; none for one that nobody declares.
    pub years: Option<(i32, i32)>,
    /// Its holidays, ascending: the day since 1970-01-01, and the index of its name.
    pub holidays: Vec<(i32, u16)>,
    /// The names of its holidays, each once, in the order in which days first bear them.
    pub names: Vec<Text>,
    /// Where.
    pub place: Place,
}

/// A fact that chooses a calendar.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chooser {
    /// A fact with one member of an enumeration.
    pub fact: FactId,
    /// For each member, the calendar of its name.
    pub calendars: Vec<CalendarId>,
}

/// Which calendar counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// This one.
    Named(CalendarId),
    /// The one that a fact chooses.
    By(ChooserId),
}

/// A way to count periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counting {
    /// The text that is followed.
    pub regime: Regime,
    /// False for `no rollover`.
    pub rollover: bool,
    /// Its calendar; a way for which no period needs one may have none.
    pub calendar: Option<Choice>,
    /// Whose calendars say the zone, the first that does.
    pub zone_by: [Option<ChooserId>; 2],
    /// The zone, where no such calendar says one.
    pub zone: ZoneId,
}
