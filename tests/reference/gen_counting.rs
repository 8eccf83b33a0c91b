//! Random ways of counting: calendars that cover few years and have many holidays, regimes, zones, and periods that
//! the text of a rule defines.

use super::count::Regime;
use super::gen_ast::*;
use super::gen_world::{World, ZONES};
use exequatur::syntax::ast::*;
use jiff::civil::Date as Day;

/// The members of `Seat`: each but the last is the name of a calendar, too.
pub const SEATS: [&str; 4] = ["paris", "york", "delhi", "moon"];

/// A calendar.
#[derive(Clone, Debug)]
pub struct CalendarInfo {
    /// Its pack.
    pub pack: usize,
    /// Its name.
    pub name: &'static str,
}

/// What decides which periods a rule may have.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The text.
    pub regime: Regime,
    /// False after `no rollover`.
    pub rollover: bool,
    /// True if a calendar is chosen.
    pub calendar: bool,
}

impl Default for Clock {
    fn default() -> Clock {
        Clock {
            regime: Regime::Elapsed,
            rollover: true,
            calendar: false,
        }
    }
}

impl Clock {
    /// May a period before an anchor be written?
    pub fn runs_back(self) -> bool {
        self.regime != Regime::Fr
    }

    /// May any period be written that runs on?
    fn usable(self) -> bool {
        let of_days = matches!(self.regime, Regime::Fr | Regime::Us);
        self.calendar || !of_days || !self.rollover
    }

    fn allows(self, p: &Period, back: bool) -> bool {
        let needs = self
            .regime
            .needs_calendar(p.n.value, p.unit, back, self.rollover);
        self.regime.defines(p.unit, back) && (self.calendar || !needs)
    }
}

fn word(regime: Regime) -> Name {
    name(match regime {
        Regime::Elapsed => "elapsed",
        Regime::Eu => "eu_1182_71",
        Regime::Fr => "fr_cpc",
        Regime::Us => "us_frcp_6",
    })
}

impl World {
    /// Where the calendars stand.
    pub(super) fn calendar_infos(&mut self, packs: usize) {
        for name in &SEATS[..3] {
            let pack = self.rng.below(packs);
            self.calendars.push(CalendarInfo { pack, name });
        }
    }

    /// The calendars.
    pub(super) fn calendar_decls(&mut self) {
        let zones = ["Europe/Paris", "America/New_York", "Asia/Kolkata"];
        for (i, info) in self.calendars.clone().into_iter().enumerate() {
            let weekend: &[&str] = match self.rng.weighted(&[75, 15, 10]) {
                0 => &["saturday", "sunday"],
                1 => &["friday", "saturday"],
                _ => &["sunday"],
            };
            let (from, to) = self.years();
            let decl = CalendarDecl {
                name: name(info.name),
                zone: self.rng.chance(70).then(|| text(zones[i])),
                weekend: weekend.iter().map(|day| name(*day)).collect(),
                covers: Some((int(from), int(to))),
                holidays: self.holidays(from, to),
            };
            self.files[info.pack]
                .items
                .push(item(ItemKind::Calendar(decl)));
        }
    }

    /// The years that a calendar covers: mostly that in which everything happens.
    fn years(&mut self) -> (i64, i64) {
        let year = i64::from(self.day(0, 0).year());
        let (from, to) = match self.rng.weighted(&[50, 18, 12, 12, 4, 4]) {
            0 => (year - 1, year + 1),
            1 => (year, year),
            2 => (year - 1, year),
            3 => (year, year + 1),
            4 => (year - 2, year - 1),
            _ => (year + 1, year + 2),
        };
        let from = from.clamp(1970, 2099);
        (from, to.clamp(from, 2099))
    }

    /// Many days of rest where everything happens, several in a row among them.
    fn holidays(&mut self, from: i64, to: i64) -> Vec<(Date, Option<Text>)> {
        let mut days: Vec<Day> = Vec::new();
        for i in -20..=40 {
            if self.rng.chance(9) {
                days.push(self.day(i, i));
            }
        }
        if self.rng.chance(50) {
            let first = self.rng.between(-4, 8);
            for i in 0..self.rng.between(2, 5) {
                days.push(self.day(first + i, first + i));
            }
        }
        for far in [360, 366, -360] {
            days.push(self.day(far, far + 4));
        }
        days.retain(|day| (from..=to).contains(&i64::from(day.year())));
        days.sort();
        days.dedup();
        days.into_iter().map(|day| (date(day), None)).collect()
    }

    /// A member of `Seat`, rarely the one without a calendar.
    pub(super) fn seat(&mut self) -> &'static str {
        SEATS[self.rng.weighted(&[36, 30, 24, 10])]
    }

    fn regime(&mut self) -> Regime {
        let all = [Regime::Elapsed, Regime::Eu, Regime::Fr, Regime::Us];
        all[self.rng.weighted(&[34, 30, 16, 20])]
    }

    fn calendar_ref(&mut self) -> CalendarRef {
        if self.rng.chance(30) {
            return CalendarRef::ByFact(name(*self.rng.pick(&["court.seat", "host.seat"])));
        }
        CalendarRef::Named(name(self.rng.pick(&self.calendars).name))
    }

    /// How a pack counts.
    pub(super) fn pack_counting(&mut self) -> Counting {
        let regime = self.regime();
        let mut clock = Clock {
            regime,
            rollover: self.rng.chance(88),
            calendar: self.rng.chance(72),
        };
        clock.calendar |= !clock.usable();
        let zone = match self.rng.weighted(&[55, 20, 25]) {
            0 => Some(self.zone),
            1 => Some(*self.rng.pick(&ZONES)),
            _ => None,
        };
        self.clocks.push(clock);
        Counting {
            regime: Some(word(regime)),
            no_rollover: !clock.rollover,
            zone: zone.map(text),
            calendar: clock.calendar.then(|| self.calendar_ref()),
        }
    }

    /// How a rule counts where it does not count as its pack: it becomes the clock.
    pub(super) fn rule_counting(&mut self, pack: usize) -> Counting {
        let mut clock = self.clocks[pack];
        let mut counting = Counting::default();
        if self.rng.chance(30) {
            clock.regime = self.regime();
            clock.rollover = self.rng.chance(85);
            counting.regime = Some(word(clock.regime));
            counting.no_rollover = !clock.rollover;
        }
        if self.rng.chance(20) || !clock.usable() {
            clock.calendar = true;
            counting.calendar = Some(self.calendar_ref());
        }
        if self.rng.chance(12) {
            counting.zone = Some(text(*self.rng.pick(&ZONES)));
        }
        self.clock = clock;
        counting
    }

    /// The regime of an alternative, which becomes the clock.
    pub(super) fn other_regime(&mut self) -> Name {
        self.clock.rollover = true;
        loop {
            self.clock.regime = self.regime();
            if self.clock.usable() {
                return word(self.clock.regime);
            }
        }
    }

    /// The period of a window, such as the clock defines.
    pub(super) fn window_period(&mut self, back: bool) -> Period {
        loop {
            let p = match self
                .rng
                .weighted(&[3, 8, 14, 8, 10, 14, 16, 6, 6, 6, 10, 12, 5, 5, 2, 1])
            {
                0 => period(90, Unit::Minute),
                1 => period(1, Unit::Hour),
                2 => period(6, Unit::Hour),
                3 => period(12, Unit::Hour),
                4 => period(24, Unit::Hour),
                5 => period(1, Unit::Day),
                6 => period(2, Unit::Day),
                7 => period(3, Unit::Day),
                8 => period(10, Unit::Day),
                9 => period(1, Unit::WorkingDay),
                10 => period(3, Unit::WorkingDay),
                11 => period(1, Unit::Week),
                12 => period(1, Unit::Month),
                13 => period(2, Unit::Month),
                14 => period(1, Unit::Year),
                _ => period(100, Unit::Year),
            };
            if self.clock.allows(&p, back) {
                self.note_period(&p);
                return p;
            }
        }
    }

    /// Remembers a period, for `now` is often one of them after something.
    pub(super) fn note_period(&mut self, p: &Period) {
        if !self.periods.contains(p) {
            self.periods.push(p.clone());
        }
    }
}
