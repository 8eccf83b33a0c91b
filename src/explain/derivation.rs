//! The steps of a count as sentences, in English and French, each with the paragraph that it follows.
//!
//! Invariant: a step exists in both languages or does not compile; nothing is computed here. A paragraph whose wording was
//! recalled, and not read in a source, says so each time.

use super::catalogue::Lang;
use super::when;
use crate::time::{Law, Step, What, Why, Zone};

/// What the sentences need to know beside the steps.
pub struct Derivation<'d> {
    /// The clock on the wall.
    pub zone: Zone<'d>,
    /// Its name; empty, if it has none.
    pub zone_name: &'d str,
    /// The name of a holiday by its index in the calendar.
    pub holiday: &'d dyn Fn(usize) -> &'d str,
    /// The language.
    pub lang: Lang,
}

impl Derivation<'_> {
    /// A step as a sentence: `Saturday 5 September 2026 is the first day that counts (1182/71 art. 3(1) subpara. 2)`.
    #[must_use]
    pub fn sentence(&self, step: Step) -> String {
        let said = self.said(step.what);
        let law = match step.law {
            Law::Own => return said,
            law => law.word(),
        };
        match (step.law.is_recalled(), self.lang) {
            (false, _) => format!("{said} ({law})"),
            (true, Lang::En) => format!("{said} ({law}, recalled)"),
            (true, Lang::Fr) => format!("{said} ({law}, cité de mémoire)"),
        }
    }

    /// A due: `Monday 14 September 2026, 24:00 (+02:00 Europe/Paris)`. Midnight is the end of a day.
    #[must_use]
    pub fn due(&self, at: i64) -> String {
        if self.zone.local(at).1 == 0 {
            return when::end_of_day(&self.zone, self.zone_name, at, self.lang);
        }
        self.clock(at)
    }

    fn clock(&self, at: i64) -> String {
        when::by_clock(&self.zone, self.zone_name, at, self.lang)
    }

    fn said(&self, what: What) -> String {
        let day = what
            .day()
            .map_or(String::new(), |day| when::day(day, self.lang));
        let at = what.instant().map_or(String::new(), |at| self.clock(at));
        match (what, self.lang) {
            (What::Event { .. }, Lang::En) => format!("the event: {at}"),
            (What::Event { .. }, Lang::Fr) => format!("l’événement\u{a0}: {at}"),
            (What::HourNotCounted { .. }, Lang::En) => {
                format!("the hour of the event is not counted: hours run from {at}")
            }
            (What::HourNotCounted { .. }, Lang::Fr) => {
                format!("l’heure de l’événement ne compte pas\u{a0}: les heures courent de {at}")
            }
            (What::HoursFrom { .. }, Lang::En) => format!("hours run at once: from {at}"),
            (What::HoursFrom { .. }, Lang::Fr) => {
                format!("les heures courent aussitôt\u{a0}: de {at}")
            }
            (What::DayNotCounted { .. }, Lang::En) => {
                format!("the day of the event, {day}, is not counted")
            }
            (What::DayNotCounted { .. }, Lang::Fr) => {
                format!("le jour de l’événement, {day}, ne compte pas")
            }
            (What::FirstDay { .. }, Lang::En) => format!("{day} is the first day that counts"),
            (What::FirstDay { .. }, Lang::Fr) => format!("le {day} est le premier jour qui compte"),
            (What::Skipped { why, .. }, lang) => self.skipped(&day, why, lang),
            (What::SameNumber { .. }, Lang::En) => {
                format!("{day} has the same number in the last month")
            }
            (What::SameNumber { .. }, Lang::Fr) => {
                format!("le {day} porte le même quantième dans le dernier mois")
            }
            (What::LastOfMonth { .. }, Lang::En) => {
                format!("the last month has no such day: its last one, {day}")
            }
            (What::LastOfMonth { .. }, Lang::Fr) => {
                format!(
                    "le dernier mois n’a pas de quantième identique\u{a0}: son dernier jour, {day}"
                )
            }
            (What::LastDay { .. }, Lang::En) => format!("{day} is the last day by count"),
            (What::LastDay { .. }, Lang::Fr) => format!("le {day} est le dernier jour du décompte"),
            (What::NotRolledOver { .. }, Lang::En) => {
                format!("{day} stays the last day, even if it is no working day")
            }
            (What::NotRolledOver { .. }, Lang::Fr) => {
                format!("le {day} reste le dernier jour, même s’il n’est pas ouvrable")
            }
            (What::RolledOver { from, day: to }, Lang::En) => {
                let way = if to < from { "back" } else { "on" };
                format!("the last day moves {way} to a working day: {day}")
            }
            (What::RolledOver { from, day: to }, Lang::Fr) => {
                let way = if to < from { "avancé" } else { "reporté" };
                format!("le dernier jour est {way} à un jour ouvrable\u{a0}: {day}")
            }
            (What::TwoWorkingDays { .. }, Lang::En) => {
                format!("the period must include two working days: it reaches to {day}")
            }
            (What::TwoWorkingDays { .. }, Lang::Fr) => {
                format!("le délai doit comprendre deux jours ouvrables\u{a0}: il s’étend au {day}")
            }
            (What::SameTime { .. }, Lang::En) => {
                format!("the hours end on a day of rest: the same time on {day}")
            }
            (What::SameTime { .. }, Lang::Fr) => {
                format!("les heures s’achèvent un jour chômé\u{a0}: la même heure le {day}")
            }
            (What::End { at }, Lang::En) => format!("the period ends: {}", self.due(at)),
            (What::End { at }, Lang::Fr) => format!("le délai expire\u{a0}: {}", self.due(at)),
        }
    }

    fn skipped(&self, day: &str, why: Why, lang: Lang) -> String {
        match (why, lang) {
            (Why::Weekend, Lang::En) => format!("{day} is passed over: weekend"),
            (Why::Weekend, Lang::Fr) => format!("le {day} est passé\u{a0}: fin de semaine"),
            (Why::Holiday(index), Lang::En) => {
                format!("{day} is passed over: holiday, {}", (self.holiday)(index))
            }
            (Why::Holiday(index), Lang::Fr) => {
                format!(
                    "le {day} est passé\u{a0}: jour férié, {}",
                    (self.holiday)(index)
                )
            }
        }
    }
}
