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
    /// Minutes and hours.
    hours: bool,
    /// Days, weeks, months, years.
    whole: bool,
    working_days: bool,
    /// Two days or more, in whatever unit.
    several: bool,
}

impl Units {
    fn add(&mut self, period: &Period) {
        match period.unit {
            Unit::Minute | Unit::Hour => self.hours = true,
            Unit::Day | Unit::Week | Unit::Month | Unit::Year => self.whole = true,
            Unit::WorkingDay => self.working_days = true,
        }
        let in_days = !matches!(period.unit, Unit::Minute | Unit::Hour | Unit::WorkingDay);
        self.several |= in_days && (period.n.value > 1 || period.unit != Unit::Day);
    }

    const fn with(&self, other: &Units) -> Units {
        Units {
            hours: self.hours || other.hours,
            whole: self.whole || other.whole,
            working_days: self.working_days || other.working_days,
            several: self.several || other.several,
        }
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
        let mut out = Vec::new();
        let (mut forward, mut backward) = (Units::default(), Units::default());
        for effect in &rule.then {
            for window in all_windows(effect).filter(|window| !is_other(effect, window)) {
                add(&mut forward, &mut backward, window);
            }
        }
        out.extend(self.regime(regime, no_rollover, &forward, &backward));
        for effect in &rule.then {
            let mut others = effect.alternatives.iter();
            // A rival regime brings its own roll-over with it.
            for other in others.by_ref().filter(|other| other.counting.is_some()) {
                let (mut there, mut back) = (Units::default(), Units::default());
                add(&mut there, &mut back, &other.window);
                for said in self.regime(other.counting.as_ref(), false, &there, &back) {
                    let said = self.say(Message::ByOtherReading, &[said]);
                    if !out.contains(&said) {
                        out.push(said);
                    }
                }
            }
        }
        if !out.is_empty() {
            out.extend(self.rest_and_clock(regime, own, pack, &forward.with(&backward)));
        }
        out
    }

    fn regime(
        &self,
        regime: Option<&Name>,
        no_rollover: bool,
        forward: &Units,
        backward: &Units,
    ) -> Vec<Html> {
        let Some(regime) = regime.and_then(|name| Regime::from_word(&name.text)) else {
            return Vec::new();
        };
        let all = forward.with(backward);
        let (hours, whole, working) = (all.hours, all.whole, all.working_days);
        let rolls = !no_rollover;
        let said: &[(bool, Message)] = match regime {
            Regime::Elapsed => &[
                (hours, Message::ElapsedHours),
                (whole, Message::ElapsedDays),
                (working, Message::ElapsedWorkingDays),
            ],
            Regime::Eu1182_71 => &[
                (forward.hours, Message::EuHours),
                (backward.hours, Message::EuHoursBack),
                (whole, Message::EuDays),
                (working, Message::EuWorkingDays),
                (forward.whole && rolls, Message::EuRollover),
                (backward.whole, Message::EuBackward),
                (all.several, Message::EuTwoDays),
            ],
            Regime::FrCpc => &[
                (whole, Message::FrDays),
                (working, Message::FrWorkingDays),
                (whole && rolls, Message::FrRollover),
            ],
            Regime::UsFrcp6 => &[
                (hours, Message::UsHours),
                (whole, Message::UsDays),
                (working, Message::UsWorkingDays),
                (forward.whole && rolls, Message::UsRollover),
                (backward.whole && rolls, Message::UsBackward),
                (forward.hours && rolls, Message::UsHoursRollover),
                (backward.hours && rolls, Message::UsHoursBackward),
            ],
        };
        let stays = no_rollover && forward.whole && regime != Regime::Elapsed;
        let stays = stays.then_some(Message::NoRollover);
        let said = said
            .iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, message)| *message);
        said.chain(stays)
            .map(|message| self.say(message, &[]))
            .collect()
    }

    /// The days of rest and the clock, as far as the count needs them.
    fn rest_and_clock(
        &self,
        regime: Option<&Name>,
        own: &Counting,
        pack: &Counting,
        units: &Units,
    ) -> Vec<Html> {
        let regime = regime.and_then(|name| Regime::from_word(&name.text));
        let elapsed = regime.is_none_or(|regime| regime == Regime::Elapsed);
        let mut out = Vec::new();
        let of_days = units.whole || units.working_days;
        if units.working_days || !elapsed && units.whole || regime == Some(Regime::UsFrcp6) {
            match own.calendar.as_ref().or(pack.calendar.as_ref()) {
                Some(CalendarRef::Named(name)) => {
                    out.push(self.say(Message::RestOf, &[self.calendar(name)]))
                }
                Some(CalendarRef::ByFact(fact)) => {
                    out.push(self.say(Message::RestBy, &[self.question(&fact.text)]));
                }
                None => {}
            }
        }
        if of_days || !elapsed {
            out.push(self.clock(own, pack));
        }
        out
    }

    /// The zone: that of the rule, else of its calendar, else of the pack, else of the calendar of the pack, else UTC.
    fn clock(&self, own: &Counting, pack: &Counting) -> Html {
        for counting in [own, pack] {
            if let Some(zone) = &counting.zone {
                return self.say(Message::ClockOf, &[Html::code(&zone.en)]);
            }
            match &counting.calendar {
                Some(CalendarRef::Named(name)) => {
                    let found = self.book.calendar(self.pack, &name.text);
                    if let Some(zone) = found.and_then(|(_, calendar)| calendar.zone.as_ref()) {
                        return self.say(Message::ClockOf, &[Html::code(&zone.en)]);
                    }
                }
                Some(CalendarRef::ByFact(_)) => return self.say(Message::ClockBy, &[]),
                None => {}
            }
        }
        self.say(Message::ClockOf, &[Html::code("UTC")])
    }

    fn calendar(&self, name: &Name) -> Html {
        let Some((pack, _)) = self.book.calendar(self.pack, &name.text) else {
            return Html::code(&name.text);
        };
        let own = super::book::own(&name.text);
        let words = match pack == self.page_of {
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

fn add(forward: &mut Units, backward: &mut Units, window: &Window) {
    match &window.kind {
        WindowKind::Within(period, _)
        | WindowKind::InLessThan(period, _)
        | WindowKind::NoEarlier(period, _)
        | WindowKind::AtEnd(period, _)
        | WindowKind::For(period, _) => forward.add(period),
        WindowKind::AtLeastBefore(period, _) => backward.add(period),
        WindowKind::By(_)
        | WindowKind::Until(_)
        | WindowKind::UndueDelay(_)
        | WindowKind::Expeditiously(_) => {}
    }
}
