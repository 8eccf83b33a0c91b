//! A due of a decision → how it was counted: by which regime, clock and calendar, and step by step.
//!
//! Invariant: the steps are those of the due in the answer, as the decision as JSON has them with its texts; nothing here
//! counts, and nothing allocates.

use super::answer::{at, entry};
use super::constants::*;
use super::decision::opened_decision;
use super::failure::{Failure, guard};
use super::output::{self, Slot, str};
use super::records::*;
use crate::eval::{CountedBy, Decision, Entry};
use crate::model::State;
use crate::pack::Program;
use crate::time::{Law, Step, What, Why};

/// Whose due it is: that of an effect, or that of a rival reading of it.
struct Counted<'d> {
    decision: Decision<'d>,
    entry: &'d Entry,
    alternative: Option<usize>,
}

impl<'d> Counted<'d> {
    fn new(
        decision: Decision<'d>,
        answer: u32,
        effect: u32,
        alternative: u32,
    ) -> Result<Counted<'d>, Failure> {
        let (_, entry) = entry(&decision, answer, effect)?;
        let count = decision.alternatives(entry);
        let alternative = match alternative {
            EXQ_NONE => None,
            index if (index as usize) < count => Some(index as usize),
            index => return Err(Failure::no_such("alternative", index, count)),
        };
        Ok(Counted {
            decision,
            entry,
            alternative,
        })
    }

    fn steps(&self, on_step: &mut dyn FnMut(Step)) -> Option<CountedBy> {
        let (decision, entry) = (&self.decision, self.entry);
        match self.alternative {
            // An effect that is defeated says nothing of its time, here as in JSON.
            _ if entry.state == State::Defeated => None,
            None => decision.steps(entry, on_step),
            Some(index) => decision.alternative_steps(entry, index, on_step),
        }
    }
}

/// How the due of an effect was counted, or its provisional due, or where it has none its not-before, end or beginning;
/// with an `alternative`, the due of that rival reading; `EXQ_NONE` for the effect itself. `regime` is `EXQ_REGIME_NONE`
/// where nothing was counted: for a due that is an instant of the case, that waits, that is open or unknown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_derivation(
    decision: *const exq_decision,
    answer: u32,
    effect: u32,
    alternative: u32,
    out: *mut exq_derivation,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let counted = Counted::new(held.answer()?, answer, effect, alternative)?;
        let mut steps = 0u32;
        let by = counted.steps(&mut |_| steps = steps.saturating_add(1));
        let program = held.pack.program();
        let zone = by.map_or("", |by| program.str(program.zones.at(by.zone.index()).name));
        Slot::new(out, "out")?.put(exq_derivation {
            regime: by.map_or(EXQ_REGIME_NONE, |by| by.regime as i32),
            steps,
            calendar: by
                .and_then(|by| by.calendar)
                .map_or(EXQ_NONE, |calendar| u32::from(calendar.0)),
            reserved: 0,
            zone: str(zone),
        });
        Ok(())
    })
}

/// The steps of a count, in its order, into an array of the caller; `alternative` as in `exq_decision_derivation`.
///
/// ```c
/// size_t count = 0;
/// exq_step steps[64];
/// status = exq_decision_steps(decision, duty.answer, duty.effect, EXQ_NONE, steps, 64, &count, &error);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_steps(
    decision: *const exq_decision,
    answer: u32,
    effect: u32,
    alternative: u32,
    array: *mut exq_step,
    capacity: usize,
    count: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let counted = Counted::new(held.answer()?, answer, effect, alternative)?;
        let program = held.pack.program();
        let by = counted.steps(&mut |_| {});
        let each = |give: &mut dyn FnMut(exq_step)| {
            if let Some(by) = by {
                counted.steps(&mut |step| give(record(program, by, step)));
            }
        };
        output::handed(each, array, capacity, count)
    })
}

fn record(program: &Program<'_>, by: CountedBy, step: Step) -> exq_step {
    let (skipped, holiday) = match step.what {
        What::Skipped { why, .. } => match why {
            Why::Weekend => (EXQ_SKIPPED_WEEKEND, None),
            Why::Holiday(index) => (EXQ_SKIPPED_HOLIDAY, by.calendar.zip(Some(index))),
        },
        _ => (EXQ_SKIPPED_NONE, None),
    };
    let name = holiday.map(|(calendar, index)| program.holiday_name(calendar, index));
    let paragraph = match step.law {
        Law::Own => "",
        law => law.word(),
    };
    let day = step.what.day();
    exq_step {
        kind: kind(step.what),
        has_day: i32::from(day.is_some()),
        day: day.unwrap_or(0),
        skipped,
        at: at(step.what.instant()),
        paragraph: str(paragraph),
        holiday_en: str(name.map_or("", |name| program.str(name.en))),
        holiday_fr: str(name.map_or("", |name| program.str(name.fr))),
        recalled: i32::from(step.law.is_recalled()),
        reserved: 0,
    }
}

const fn kind(what: What) -> i32 {
    match what {
        What::Event { .. } => EXQ_STEP_EVENT,
        What::HourNotCounted { .. } => EXQ_STEP_HOUR_NOT_COUNTED,
        What::HoursFrom { .. } => EXQ_STEP_HOURS_FROM,
        What::DayNotCounted { .. } => EXQ_STEP_DAY_NOT_COUNTED,
        What::FirstDay { .. } => EXQ_STEP_FIRST_DAY,
        What::Skipped { .. } => EXQ_STEP_SKIPPED,
        What::SameNumber { .. } => EXQ_STEP_SAME_NUMBER,
        What::LastOfMonth { .. } => EXQ_STEP_LAST_OF_MONTH,
        What::LastDay { .. } => EXQ_STEP_LAST_DAY,
        What::NotRolledOver { .. } => EXQ_STEP_NOT_ROLLED_OVER,
        What::RolledOver { .. } => EXQ_STEP_ROLLED_OVER,
        What::TwoWorkingDays { .. } => EXQ_STEP_TWO_WORKING_DAYS,
        What::SameTime { .. } => EXQ_STEP_SAME_TIME,
        What::End { .. } => EXQ_STEP_END,
    }
}
