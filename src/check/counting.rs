//! The clauses `counting`, `zone` and `calendar`, to how the periods of a pack, rule or window are counted.
//!
//! Each clause of a rule stands before that of its pack. Invariant: a window with a period has a way to count it that the
//! text of its regime defines, with the calendar that it cannot do without; everything else is an error here.

use super::codes;
use super::conditions::{Position, Reader};
use super::ir::{Choice, Counting, Period};
use super::link::{Chosen, Link, Named, Way};
use super::operands::counts_days;
use super::report::FileDiagnostic;
use crate::model::{CountingId, PackId, Unit, ZoneId};
use crate::syntax::ast::{self, Name, Span};
use crate::syntax::nearest;
use crate::time::{Direction, Regime};

impl Link<'_> {
    /// How a pack or rule counts, where `outer` is what is said around it.
    pub(super) fn way(&mut self, pack: PackId, written: &ast::Counting, outer: &Way) -> Way {
        let zone = written.zone.as_ref().map(|zone| self.zone(pack, zone));
        let regime = match &written.regime {
            None => outer.regime,
            Some(word) => self.regime(pack, word, !written.no_rollover),
        };
        let calendar = self.chosen(pack, written.calendar.as_ref());
        let (zone_by, zone, zone_named) = match (zone, calendar) {
            (Some(zone), _) => ([None; 2], zone, true),
            (None, Chosen::By(Choice::By(chooser))) => {
                let by = [Some(chooser), outer.zone_by[0]];
                (by, outer.zone, outer.zone_named)
            }
            (None, chosen) => match self.zone_of(chosen) {
                Some(zone) => ([None; 2], zone, true),
                None => (outer.zone_by, outer.zone, outer.zone_named),
            },
        };
        let calendar = match calendar {
            Chosen::Unsaid => outer.calendar,
            said => said,
        };
        Way {
            regime,
            calendar,
            zone_by,
            zone,
            zone_named,
        }
    }

    /// The zone of a calendar that is named.
    fn zone_of(&self, chosen: Chosen) -> Option<ZoneId> {
        match chosen {
            Chosen::By(Choice::Named(calendar)) => {
                self.calendars[calendar.index()].ir.as_ref()?.zone
            }
            _ => None,
        }
    }

    /// The regime of a word.
    pub(super) fn regime(&self, pack: PackId, word: &Name, rollover: bool) -> Named {
        let place = self.place(pack, word.span);
        let Some(regime) = Regime::from_word(&word.text) else {
            let words = Regime::ALL.map(Regime::word);
            let message = format!("`{}` is no counting regime", word.text);
            let problem = FileDiagnostic::error(codes::UNKNOWN_REGIME, place, message)
                .label(format!("expected one of `{}`", words.join("`, `")));
            self.error(problem.near(nearest(&word.text, words.into_iter())));
            return Named::Broken;
        };
        if regime == Regime::Elapsed && !rollover {
            let message = "`elapsed` never rolls over";
            self.report.push(
                FileDiagnostic::warning(codes::NO_ROLLOVER, place, message)
                    .label("`no rollover` says nothing here"),
            );
        }
        Named::As(regime, rollover)
    }
}

impl Reader<'_, '_> {
    /// An offset of days stands here. It is elapsed time whatever the regime, but somebody must have thought of one, and
    /// the days should have a zone.
    pub(super) fn needs_elapsed(&self, span: Span) {
        if self.position == Position::Define {
            return;
        }
        if !self.way.zone_named {
            self.zoneless(span);
        }
        if self.way.regime == Named::Unsaid {
            self.no_regime(span);
        }
    }

    /// How the period of a window is counted; `None` if it cannot be, or if that is not known.
    pub(super) fn counted(
        &self,
        span: Span,
        period: Option<Period>,
        direction: Direction,
    ) -> Option<CountingId> {
        let (regime, rollover) = match self.way.regime {
            Named::As(regime, rollover) => (regime, rollover),
            Named::Unsaid => {
                if !self.way.zone_named && period.is_some_and(counts_days) {
                    self.zoneless(span);
                }
                self.no_regime(span);
                return None;
            }
            Named::Broken => return None,
        };
        let period = period?;
        if !regime.defines(period.unit, direction) {
            self.silent(span, regime, period.unit, direction);
            return None;
        }
        let zone_said = self.way.zone_named || self.way.zone_by[0].is_some();
        if regime.needs_zone(period.unit, rollover) && !zone_said {
            self.zoneless(span);
        }
        let calendar = match self.way.calendar {
            Chosen::Broken => return None,
            Chosen::By(choice) => Some(choice),
            Chosen::Unsaid => None,
        };
        let n = i64::from(period.n);
        if calendar.is_none() && regime.needs_calendar(n, period.unit, direction, rollover) {
            self.no_calendar(span, regime, period.unit);
            return None;
        }
        let counting = Counting {
            regime,
            rollover,
            calendar,
            zone_by: self.way.zone_by,
            zone: self.way.zone,
        };
        Some(CountingId(self.link.countings.borrow_mut().id(counting)))
    }

    /// Notes the first period of a pack that runs in UTC because nobody names a zone.
    fn zoneless(&self, span: Span) {
        let place = self.place(span);
        let mut zoneless = self.link.zoneless.borrow_mut();
        zoneless.entry(self.pack).or_insert(place);
    }

    fn no_regime(&self, span: Span) {
        let message = "nothing says how this period is counted";
        self.link.error(
            FileDiagnostic::error(codes::NO_REGIME, self.place(span), message)
                .label("expected a regime in the rule or its pack")
                .help(
                    "add `counting elapsed` to the pack or to the rule, or the regime of its text",
                ),
        );
    }

    fn silent(&self, span: Span, regime: Regime, unit: Unit, direction: Direction) {
        let back = match direction {
            Direction::Forward => "",
            Direction::Backward => " back from an event",
        };
        let message = format!(
            "`{}` does not say how {} run{back}",
            regime.word(),
            many(unit)
        );
        self.link.error(
            FileDiagnostic::error(codes::REGIME_SILENT, self.place(span), message)
                .label(format!("not a word of it in {}", regime.articles()))
                .help("count this rule by a regime whose text says so, or leave the duty `untranslated`"),
        );
    }

    fn no_calendar(&self, span: Span, regime: Regime, unit: Unit) {
        let message = format!("{} by `{}` need a calendar", many(unit), regime.word());
        self.link.error(
            FileDiagnostic::error(codes::NO_CALENDAR, self.place(span), message)
                .label("which days are working days here?")
                .help("add `calendar NAME` or `calendar by FACT` to the rule or to its pack, with the `use` of its pack"),
        );
    }
}

/// A unit as it is said of several.
fn many(unit: Unit) -> &'static str {
    match unit {
        Unit::Minute => "minutes",
        Unit::Hour => "hours",
        Unit::Day => "days",
        Unit::WorkingDay => "working days",
        Unit::Week => "weeks",
        Unit::Month => "months",
        Unit::Year => "years",
    }
}
