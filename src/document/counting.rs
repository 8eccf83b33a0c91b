//! How the periods of a rule run, in words: the text that is followed, roll-over, days of rest, clock.
//!
//! Invariant: what is said holds for the units that the rule uses, by the table of `docs/LANGUAGE.md`, section 7; what
//! a rule leaves to its pack is said as if the rule had written it.

use super::catalogue::Message;
use super::effect::all_windows;
use super::html::Html;
use super::voice::Voice;
use crate::syntax::ast::{
    CalendarRef, Counting, Effect, Name, Period, RuleDecl, Unit, Window, WindowKind,
};
use crate::time::Regime;

/// The periods that one way of counting has to count.
#[derive(Default)]
struct Units {
    hours: bool,
    days: bool,
    months: bool,
    working_days: bool,
    /// Two days or more, in whatever unit of days.
    several: bool,
    backward: bool,
}

impl Units {
    fn add(&mut self, period: &Period, backward: bool) {
        self.backward |= backward;
        match period.unit {
            Unit::Minute | Unit::Hour => self.hours = true,
            Unit::Day => self.days = true,
            Unit::Week => self.days = true,
            Unit::Month | Unit::Year => self.months = true,
            Unit::WorkingDay => self.working_days = true,
        }
        let one_day = period.n.value == 1 && matches!(period.unit, Unit::Day | Unit::WorkingDay);
        self.several |= !one_day && !matches!(period.unit, Unit::Minute | Unit::Hour);
    }

    const fn any(&self) -> bool {
        self.hours || self.days || self.months || self.working_days
    }
}

impl Voice<'_, '_> {
    /// How the periods of a rule are counted; nothing where it has none.
    pub(super) fn counting(&self, rule: &RuleDecl) -> Vec<Html> {
        let Some(pack) = self
            .book
            .packs
            .get(self.pack)
            .map(|pack| &pack.file.pack.counting)
        else {
            return Vec::new();
        };
        let own = &rule.counting;
        let (regime, no_rollover) = match &own.regime {
            Some(regime) => (Some(regime), own.no_rollover),
            None => (pack.regime.as_ref(), pack.no_rollover),
        };
        let mut main = Units::default();
        for effect in &rule.then {
            for window in all_windows(effect).filter(|window| !is_other(effect, window)) {
                add(&mut main, window);
            }
        }
        let mut out = self.regime(regime, no_rollover, &main);
        for effect in &rule.then {
            for other in effect
                .alternatives
                .iter()
                .filter(|other| other.counting.is_some())
            {
                let mut units = Units::default();
                add(&mut units, &other.window);
                for said in self.regime(other.counting.as_ref(), no_rollover, &units) {
                    let said = self.say(Message::ByOtherReading, &[said]);
                    if !out.contains(&said) {
                        out.push(said);
                    }
                }
            }
        }
        if !out.is_empty() {
            out.extend(self.rest_and_clock(regime, own, pack, &main));
        }
        out
    }

    fn regime(&self, regime: Option<&Name>, no_rollover: bool, units: &Units) -> Vec<Html> {
        let regime = regime.and_then(|name| Regime::from_word(&name.text));
        let mut out = Vec::new();
        let Some(regime) = regime.filter(|_| units.any()) else {
            return out;
        };
        let mut when = |holds: bool, message| {
            if holds {
                out.push(self.say(message, &[]));
            }
        };
        let whole = units.days || units.months;
        match regime {
            Regime::Elapsed => {
                when(units.hours, Message::ElapsedHours);
                when(whole, Message::ElapsedDays);
                when(units.working_days, Message::ElapsedWorkingDays);
            }
            Regime::Eu1182_71 => {
                when(units.hours, Message::EuHours);
                when(whole, Message::EuDays);
                when(units.working_days, Message::EuWorkingDays);
                when(
                    whole && !no_rollover && !units.backward,
                    Message::EuRollover,
                );
                when(whole && units.backward, Message::EuBackward);
                when(units.several && whole, Message::EuTwoDays);
            }
            Regime::FrCpc => {
                when(whole, Message::FrDays);
                when(units.working_days, Message::FrWorkingDays);
                when(whole && !no_rollover, Message::FrRollover);
            }
            Regime::UsFrcp6 => {
                when(units.hours, Message::UsHours);
                when(whole, Message::UsDays);
                when(units.working_days, Message::UsWorkingDays);
                when(
                    whole && !no_rollover && !units.backward,
                    Message::UsRollover,
                );
                when(whole && !no_rollover && units.backward, Message::UsBackward);
                when(units.hours && !no_rollover, Message::UsHoursRollover);
            }
        }
        when(
            no_rollover && whole && regime != Regime::Elapsed,
            Message::NoRollover,
        );
        out
    }

    /// The days of rest and the clock, as far as the count needs them.
    fn rest_and_clock(
        &self,
        regime: Option<&Name>,
        own: &Counting,
        pack: &Counting,
        units: &Units,
    ) -> Vec<Html> {
        let elapsed = regime.is_none_or(|name| name.text == Regime::Elapsed.word());
        let mut out = Vec::new();
        let calendar = own.calendar.as_ref().or(pack.calendar.as_ref());
        if units.working_days || !elapsed {
            match calendar {
                Some(CalendarRef::Named(name)) => {
                    out.push(self.say(Message::RestOf, &[self.calendar(name)]))
                }
                Some(CalendarRef::ByFact(fact)) => {
                    out.push(self.say(Message::RestBy, &[self.question(&fact.text)]));
                }
                None => {}
            }
        }
        if let Some(zone) = own.zone.as_ref().or(pack.zone.as_ref())
            && (units.days || units.months || units.working_days || !elapsed)
        {
            out.push(self.say(Message::ClockOf, &[Html::text(&zone.en)]));
        }
        out
    }

    fn calendar(&self, name: &Name) -> Html {
        let Some(pack) = self.book.calendar(self.pack, &name.text) else {
            return Html::code(&name.text);
        };
        let own = super::book::own(&name.text);
        let words = match pack == self.pack {
            true => Html::text(&own.replace('_', " ")),
            false => self.pack_title(pack),
        };
        self.quoted(self.link(pack, &format!("calendar-{own}"), &words))
    }
}

/// True for the window of a rival reading that has a regime of its own.
fn is_other(effect: &Effect, window: &Window) -> bool {
    let mut others = effect
        .alternatives
        .iter()
        .filter(|other| other.counting.is_some());
    others.any(|other| std::ptr::eq(&other.window, window))
}

fn add(units: &mut Units, window: &Window) {
    match &window.kind {
        WindowKind::Within(period, _)
        | WindowKind::InLessThan(period, _)
        | WindowKind::NoEarlier(period, _)
        | WindowKind::AtEnd(period, _)
        | WindowKind::For(period, _) => units.add(period, false),
        WindowKind::AtLeastBefore(period, _) => units.add(period, true),
        WindowKind::By(_)
        | WindowKind::Until(_)
        | WindowKind::UndueDelay(_)
        | WindowKind::Expeditiously(_) => {}
    }
}
