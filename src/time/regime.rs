//! Counting regimes: what each defines, and the paragraph of its text that says so.
//!
//! Invariant: what a regime does not define is refused here, once, for the compiler and for the count; nothing is
//! borrowed from another regime. The readings that the texts leave open stand in `docs/LANGUAGE.md`, "Readings".

use crate::model::numbered::numbered;
use crate::model::{Unit, WindowKind};

numbered! {
    /// How periods are counted. The numbers are part of the pack format.
    Regime {
        /// Elapsed time: minutes and hours exact, longer periods to the same local time.
        Elapsed = 0,
        /// Regulation (EEC, Euratom) No 1182/71, article 3.
        Eu1182_71 = 1,
        /// French code of civil procedure, articles 640 to 642.
        FrCpc = 2,
        /// United States Federal Rules of Civil Procedure, rule 6(a).
        UsFrcp6 = 3,
    }
    /// Which way a period runs from its event. The numbers are part of the pack format.
    Direction {
        /// After the event.
        Forward = 0,
        /// Before the event.
        Backward = 1,
    }
    /// The paragraph that a step of a count follows. The numbers are part of the format of decisions.
    Law {
        /// None: the rule itself, or a derogation that it states.
        Own = 0,
        /// The hour of the event.
        Eu3p1Hours = 1,
        /// The day of the event.
        Eu3p1Days = 2,
        /// Hours run from the first hour to the end of the last.
        Eu3p2a = 3,
        /// Days run to the end of the last day.
        Eu3p2b = 4,
        /// Weeks, months and years run to the same day.
        Eu3p2c = 5,
        /// Holidays and weekends count, save in working days.
        Eu3p3 = 6,
        /// A last day that is no working day.
        Eu3p4 = 7,
        /// No roll-over in periods that run backward.
        Eu3p4Backward = 8,
        /// At least two working days.
        Eu3p5 = 9,
        /// The day of the act or event.
        Fr641p1 = 10,
        /// Months and years run to the same number.
        Fr641p2 = 11,
        /// Months first, then days.
        Fr641p3 = 12,
        /// The end of the last day.
        Fr642p1 = 13,
        /// A last day on which one does not work.
        Fr642p2 = 14,
        /// The day of the event.
        Us6a1A = 15,
        /// Every day counts.
        Us6a1B = 16,
        /// The last day, and the next one that is none of rest.
        Us6a1C = 17,
        /// Hours begin at once.
        Us6a2A = 18,
        /// Every hour counts.
        Us6a2B = 19,
        /// The same time on the next day that is none of rest.
        Us6a2C = 20,
        /// The last day ends at midnight.
        Us6a4 = 21,
        /// The next day of a period that runs backward.
        Us6a5 = 22,
        /// Days of rest.
        Us6a6 = 23,
    }
}

impl Direction {
    /// Which way the period of a window runs from its anchor.
    #[must_use]
    pub const fn of(window: WindowKind) -> Direction {
        match window {
            WindowKind::AtLeastBefore => Direction::Backward,
            _ => Direction::Forward,
        }
    }
}

impl Regime {
    /// All regimes.
    pub const ALL: [Regime; 4] = [
        Regime::Elapsed,
        Regime::Eu1182_71,
        Regime::FrCpc,
        Regime::UsFrcp6,
    ];

    /// The word of the language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Regime::Elapsed => "elapsed",
            Regime::Eu1182_71 => "eu_1182_71",
            Regime::FrCpc => "fr_cpc",
            Regime::UsFrcp6 => "us_frcp_6",
        }
    }

    /// Its text, where it says how periods run; empty for elapsed time.
    #[must_use]
    pub const fn articles(self) -> &'static str {
        match self {
            Regime::Elapsed => "",
            Regime::Eu1182_71 => "1182/71 art. 3",
            Regime::FrCpc => "CPC art. 640 to 642",
            Regime::UsFrcp6 => "FRCP 6(a)",
        }
    }

    /// The regime with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Regime> {
        Regime::ALL.into_iter().find(|regime| regime.word() == word)
    }

    /// True if the regime says how such a period runs.
    ///
    /// None of the texts speaks of minutes, and the French one neither of hours nor of periods that run backward.
    #[must_use]
    pub const fn defines(self, unit: Unit, direction: Direction) -> bool {
        match (self, unit, direction) {
            (Regime::Elapsed, _, _) => true,
            (_, Unit::Minute, _) => false,
            (Regime::FrCpc, Unit::Hour, _) => false,
            (Regime::FrCpc, _, Direction::Backward) => false,
            _ => true,
        }
    }

    /// True if the regime says how a period of months (or years) and days runs: the months first.
    #[must_use]
    pub const fn defines_months_and_days(self) -> bool {
        matches!(self, Regime::Elapsed | Regime::FrCpc)
    }

    /// True if the end of such a period depends on the clock on the wall.
    #[must_use]
    pub const fn needs_zone(self, unit: Unit, rollover: bool) -> bool {
        match (self, unit) {
            (Regime::Elapsed, Unit::Minute | Unit::Hour) => false,
            (Regime::UsFrcp6, Unit::Hour) => rollover,
            _ => true,
        }
    }

    /// True if such a period can only be counted with a calendar.
    #[must_use]
    pub const fn needs_calendar(
        self,
        n: i64,
        unit: Unit,
        direction: Direction,
        rollover: bool,
    ) -> bool {
        let hours = matches!(unit, Unit::Minute | Unit::Hour);
        match (self, unit, direction) {
            (_, Unit::WorkingDay, _) => true,
            (Regime::Elapsed, _, _) => false,
            // The two working days of art. 3(5) are asked for whether or not the last day moves.
            (Regime::Eu1182_71, Unit::Day, Direction::Backward) => n > 1,
            (Regime::Eu1182_71, Unit::Day, Direction::Forward) if !rollover => n > 1,
            (Regime::Eu1182_71, _, _) => !hours,
            (Regime::FrCpc | Regime::UsFrcp6, _, _) => rollover,
        }
    }
}

impl Law {
    /// The paragraph, as lawyers write it; empty for none.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Law::Own => "",
            Law::Eu3p1Hours => "1182/71 art. 3(1) subpara. 1",
            Law::Eu3p1Days => "1182/71 art. 3(1) subpara. 2",
            Law::Eu3p2a => "1182/71 art. 3(2)(a)",
            Law::Eu3p2b => "1182/71 art. 3(2)(b)",
            Law::Eu3p2c => "1182/71 art. 3(2)(c)",
            Law::Eu3p3 => "1182/71 art. 3(3)",
            Law::Eu3p4 => "1182/71 art. 3(4)",
            Law::Eu3p4Backward => "1182/71 art. 3(4) subpara. 2",
            Law::Eu3p5 => "1182/71 art. 3(5)",
            Law::Fr641p1 => "CPC art. 641 al. 1",
            Law::Fr641p2 => "CPC art. 641 al. 2",
            Law::Fr641p3 => "CPC art. 641 al. 3",
            Law::Fr642p1 => "CPC art. 642 al. 1",
            Law::Fr642p2 => "CPC art. 642 al. 2",
            Law::Us6a1A => "FRCP 6(a)(1)(A)",
            Law::Us6a1B => "FRCP 6(a)(1)(B)",
            Law::Us6a1C => "FRCP 6(a)(1)(C)",
            Law::Us6a2A => "FRCP 6(a)(2)(A)",
            Law::Us6a2B => "FRCP 6(a)(2)(B)",
            Law::Us6a2C => "FRCP 6(a)(2)(C)",
            Law::Us6a4 => "FRCP 6(a)(4)",
            Law::Us6a5 => "FRCP 6(a)(5)",
            Law::Us6a6 => "FRCP 6(a)(6)",
        }
    }

    /// True for a paragraph whose wording was recalled and not read in a source. All were read; whoever adds a text that
    /// nobody has read names its paragraphs here, and every answer says so.
    #[must_use]
    pub const fn is_recalled(self) -> bool {
        false
    }
}

/// The paragraphs of a regime for what periods in days or longer have in common.
pub(super) struct Text {
    /// The day of the event is not counted.
    pub day_out: Law,
    /// Days and weeks are counted one by one.
    pub days: Law,
    /// Months and years end on the same number.
    pub number: Law,
    /// Days after the months.
    pub months_first: Law,
    /// Working days are counted and the others not.
    pub working: Law,
    /// A last day of rest.
    pub roll: Law,
    /// The end of the last day.
    pub end: Law,
}

impl Regime {
    pub(super) const fn text(self, unit: Unit) -> Text {
        match self {
            Regime::Elapsed => Text {
                day_out: Law::Own,
                days: Law::Own,
                number: Law::Own,
                months_first: Law::Own,
                working: Law::Own,
                roll: Law::Own,
                end: Law::Own,
            },
            Regime::Eu1182_71 => Text {
                day_out: Law::Eu3p1Days,
                days: match unit {
                    Unit::Week => Law::Eu3p2c,
                    _ => Law::Eu3p2b,
                },
                number: Law::Eu3p2c,
                months_first: Law::Own,
                working: Law::Eu3p3,
                roll: Law::Eu3p4,
                end: match unit {
                    Unit::Day | Unit::WorkingDay => Law::Eu3p2b,
                    _ => Law::Eu3p2c,
                },
            },
            Regime::FrCpc => Text {
                day_out: Law::Fr641p1,
                days: Law::Fr641p1,
                number: Law::Fr641p2,
                months_first: Law::Fr641p3,
                working: Law::Fr642p2,
                roll: Law::Fr642p2,
                end: Law::Fr642p1,
            },
            Regime::UsFrcp6 => Text {
                day_out: Law::Us6a1A,
                days: Law::Us6a1B,
                number: Law::Us6a1B,
                months_first: Law::Own,
                working: Law::Us6a6,
                roll: Law::Us6a1C,
                end: Law::Us6a4,
            },
        }
    }
}
