//! A decision → its answers, effects, and what it needs, assumed and asks for, piece by piece.
//!
//! Invariant: nothing here decides anything, and nothing allocates. An index that is out of range is refused.

use super::case::letters;
use super::constants::*;
use super::decision::opened_decision;
use super::failure::{Failure, guard};
use super::output::{self, Slot, str};
use super::records::*;
use super::vocabulary::id;
use crate::eval::{Decision, Entry, Moment, Named, Part};
use crate::model::{Bits, Money, Outcome, PackId, Truth, VersionId, WithheldReason};
use crate::pack::Program;
use crate::pack::format::NONE16;

pub(super) fn moment(moment: Moment) -> exq_moment {
    let (kind, at) = match moment {
        Moment::Nothing => (EXQ_MOMENT_NOTHING, 0),
        Moment::At(at) => (EXQ_MOMENT_AT, at),
        Moment::Waiting => (EXQ_MOMENT_WAITING, 0),
        Moment::Open => (EXQ_MOMENT_OPEN, 0),
        Moment::Unknown => (EXQ_MOMENT_UNKNOWN, 0),
    };
    exq_moment {
        at,
        kind,
        service_level: 0,
    }
}

/// The due of an entry, which says whether it is the host's own.
pub(super) fn due(entry: &Entry) -> exq_moment {
    exq_moment {
        service_level: i32::from(entry.service_level),
        ..moment(entry.due)
    }
}

pub(super) fn at(instant: Option<i64>) -> exq_moment {
    moment(instant.map_or(Moment::Nothing, Moment::At))
}

pub(super) fn truth(truth: Truth) -> i32 {
    match truth {
        Truth::False => EXQ_TRUTH_FALSE,
        Truth::True => EXQ_TRUTH_TRUE,
        Truth::Unknown => EXQ_TRUTH_UNKNOWN,
    }
}

pub(super) fn named(name: Named) -> exq_named {
    let (kind, id) = match name {
        Named::Fact(fact) => (EXQ_KIND_FACT, fact.0),
        Named::Event(event) => (EXQ_KIND_EVENT, event.0),
        Named::Set(set) => (EXQ_KIND_SET, set.0),
        Named::Calendar(calendar) => (EXQ_KIND_CALENDAR, calendar.0),
    };
    exq_named {
        kind,
        id: u32::from(id),
    }
}

/// True if a part is the whole territory, or there is none.
pub(super) fn is_everywhere(program: &Program<'_>, places: Bits) -> bool {
    let all = Bits::first(program.bounds.places);
    program.territory == NONE16 || all.minus(places).is_empty()
}

/// A part by its index.
fn part<'d>(decision: &Decision<'d>, index: u32) -> Result<&'d Part, Failure> {
    let parts = decision.parts();
    parts
        .get(index as usize)
        .ok_or_else(|| Failure::no_such("answer", index, parts.len()))
}

/// An entry of a part by its index.
pub(super) fn entry<'d>(
    decision: &Decision<'d>,
    answer: u32,
    effect: u32,
) -> Result<(&'d Part, &'d Entry), Failure> {
    let part = part(decision, answer)?;
    let entries = decision.entries(part);
    let entry = entries.get(effect as usize);
    let entry = entry.ok_or_else(|| Failure::no_such("effect", effect, entries.len()))?;
    Ok((part, entry))
}

fn count_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// How many answers the decision has. Those of the decision itself come first, in the order of norms; after them those
/// that stand beside it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_answer_count(
    decision: *const exq_decision,
    out: *mut u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let count = held.answer()?.parts().len();
        Slot::new(out, "out")?.put(count_of(count));
        Ok(())
    })
}

/// An answer, from 0: the outcome of a norm in a part of the territory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_answer(
    decision: *const exq_decision,
    index: u32,
    out: *mut exq_answer,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let part = part(&decision, index)?;
        let outcome = |outcome: Outcome| outcome as i32;
        Slot::new(out, "out")?.put(exq_answer {
            norm: u32::from(part.norm.0),
            beside: part.beside.map_or(EXQ_NONE, |PackId(pack)| u32::from(pack)),
            outcome: outcome(part.outcome),
            unprotected: outcome(part.unprotected),
            provisional: part.provisional.map_or(EXQ_OUTCOME_ABSENT, outcome),
            conflict: truth(part.conflict),
            guard: part.guard.map_or(EXQ_TRUTH_NONE, truth),
            operational: part.operational.map_or(EXQ_NONE, u32::from),
            effects: part.count,
            everywhere: i32::from(is_everywhere(decision.program(), part.places)),
            places: part.places.0,
        });
        Ok(())
    })
}

/// An effect of an answer, from 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_effect(
    decision: *const exq_decision,
    answer: u32,
    index: u32,
    out: *mut exq_effect,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let (_, entry) = entry(&decision, answer, index)?;
        let program = decision.program();
        let row = program.effects.at(entry.effect.index());
        let ceiling = decision.ceiling(entry);
        let kind = match ceiling {
            None => EXQ_CEILING_NONE,
            Some(ceiling) if ceiling.unknown => EXQ_CEILING_UNKNOWN,
            Some(_) => EXQ_CEILING_AMOUNTS,
        };
        Slot::new(out, "out")?.put(exq_effect {
            rule: id(program.versions.at(usize::from(row.version)).rule),
            version: id(row.version),
            value: i32::from(row.kind),
            state: entry.state as i32,
            status: entry.status as i32,
            certain: i32::from(entry.certain),
            by: entry
                .by
                .map_or(EXQ_NONE, |VersionId(version)| u32::from(version)),
            overtaken: i32::from(entry.overtaken),
            why: entry
                .why
                .map_or(EXQ_WHY_NONE, |why: WithheldReason| why as i32),
            exclusive: i32::from(entry.exclusive && entry.due.instant().is_some()),
            ceiling: kind,
            amounts: ceiling.map_or(0, |ceiling| count_of(ceiling.amounts().count())),
            per_day: i32::from(ceiling.is_some_and(|ceiling| ceiling.per_day)),
            alternatives: count_of(decision.alternatives(entry)),
            not_before: moment(entry.not_before),
            due: due(entry),
            provisional_due: at(entry.provisional_due),
            start: moment(entry.start),
            end: moment(entry.end),
        });
        Ok(())
    })
}

/// An amount of the ceiling of an effect, from 0; one for each currency, as amounts in different currencies are never
/// compared.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_amount(
    decision: *const exq_decision,
    answer: u32,
    effect: u32,
    index: u32,
    out: *mut exq_money,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let (_, entry) = entry(&decision, answer, effect)?;
        let ceiling = decision.ceiling(entry).unwrap_or_default();
        let Some(Money { minor, currency }) = ceiling.amounts().nth(index as usize) else {
            return Err(Failure::no_such("amount", index, ceiling.amounts().count()));
        };
        Slot::new(out, "out")?.put(exq_money {
            minor,
            currency: letters(currency),
            decimals: currency.decimals(),
        });
        Ok(())
    })
}

/// A rival reading of an effect, from 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_alternative(
    decision: *const exq_decision,
    answer: u32,
    effect: u32,
    index: u32,
    out: *mut exq_alternative,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let (_, entry) = entry(&decision, answer, effect)?;
        let count = decision.alternatives(entry);
        if index as usize >= count {
            return Err(Failure::no_such("alternative", index, count));
        }
        let (due, exclusive) = decision.alternative(entry, index as usize);
        let program = held.pack.program();
        let first = program.effects.at(entry.effect.index()).alternatives.first;
        let because = program.alternatives.at((first + index) as usize).because;
        Slot::new(out, "out")?.put(exq_alternative {
            due: moment(due),
            exclusive: i32::from(exclusive && due.instant().is_some()),
            reserved: 0,
            because_en: str(program.str(because.en)),
            because_fr: str(program.str(because.fr)),
        });
        Ok(())
    })
}

/// What an effect needs: the facts, events and sets that would settle it, into an array of the caller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_needs(
    decision: *const exq_decision,
    answer: u32,
    effect: u32,
    array: *mut exq_named,
    capacity: usize,
    count: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let (part, _) = entry(&decision, answer, effect)?;
        let needs = || decision.needs(part, effect as usize).map(named);
        output::array(needs, array, capacity, count)
    })
}

/// How many things are missing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_missing_count(
    decision: *const exq_decision,
    out: *mut u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let count = held.answer()?.missing().len();
        Slot::new(out, "out")?.put(count_of(count));
        Ok(())
    })
}

/// Something that is missing, from 0: the most useful first. Its question is the text `EXQ_TEXT_QUESTION`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_missing(
    decision: *const exq_decision,
    index: u32,
    out: *mut exq_missing,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let rows = decision.missing();
        let row = rows.get(index as usize);
        let row = row.ok_or_else(|| Failure::no_such("missing", index, rows.len()))?;
        let exq_named { kind, id } = named(decision.named(row.name));
        Slot::new(out, "out")?.put(exq_missing {
            kind,
            id,
            count: row.count,
        });
        Ok(())
    })
}

/// What was assumed: facts that were presumed, and events that were taken as not happened, into an array of the caller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_assumed(
    decision: *const exq_decision,
    array: *mut exq_named,
    capacity: usize,
    count: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        output::array(|| decision.assumed().map(named), array, capacity, count)
    })
}

/// The rules that apply or may, of packs that decide, into an array of the caller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_rules(
    decision: *const exq_decision,
    array: *mut exq_rule_state,
    capacity: usize,
    count: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let program = decision.program();
        let states = || {
            decision.rule_states().map(|(version, state)| {
                let row = program.versions.at(version.index());
                exq_rule_state {
                    rule: id(row.rule),
                    version: u32::from(version.0),
                    truth: truth(state),
                    needs_human: i32::from(row.untranslated.count > 0),
                }
            })
        };
        output::array(states, array, capacity, count)
    })
}

/// 1 if a human must look at it: rules are in conflict, or say that they do not model all of their law.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_needs_human(
    decision: *const exq_decision,
    out: *mut i32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let needed = needs_human(&held.answer()?);
        Slot::new(out, "out")?.put(i32::from(needed));
        Ok(())
    })
}

pub(super) fn needs_human(decision: &Decision<'_>) -> bool {
    let mut own = decision.parts().iter().filter(|part| part.beside.is_none());
    own.any(|part| part.conflict.is_true()) || decision.untranslated().next().is_some()
}

/// The earliest later instant at which the same facts give another decision; `EXQ_MOMENT_NOTHING` if there is none. Until
/// then nothing has to be asked again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_next_change(
    decision: *const exq_decision,
    out: *mut exq_moment,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let next = at(held.answer()?.next_change());
        Slot::new(out, "out")?.put(next);
        Ok(())
    })
}

/// The law date of a source pack, in days since 1970-01-01, and whether its rules decided (1) or stood beside (0).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_law_date(
    decision: *const exq_decision,
    pack: u32,
    days: *mut i32,
    decides: *mut i32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let dates = decision.law_dates();
        let date = dates.get(pack as usize);
        let date = date.ok_or_else(|| Failure::no_such("pack", pack, dates.len()))?;
        let (days, slot) = (Slot::new(days, "days")?, Slot::new(decides, "decides")?);
        days.put(*date);
        let pack = PackId(u16::try_from(pack).unwrap_or(u16::MAX));
        slot.put(i32::from(decision.decides(pack)));
        Ok(())
    })
}
