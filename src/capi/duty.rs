//! A decision → what people act on: may this be done, what is due, and when.
//!
//! Invariants: what is not plainly permitted is not permitted, whatever goes wrong. No duty is left out because something
//! is unknown: it is listed with what is known of it.

use super::answer::{at, due, is_everywhere, moment, needs_human};
use super::constants::*;
use super::decision::opened_decision;
use super::failure::{Failure, guard};
use super::output::{self, Slot};
use super::pack::Loaded;
use super::records::*;
use super::vocabulary::id;
use crate::eval::{Decision, Entry, Moment, Part};
use crate::model::order::order_by_key;
use crate::model::{Bits, Kind, NormId, Outcome, State, Status};

/// The parts of a norm in the decision itself.
fn parts_of<'d>(decision: &Decision<'d>, norm: u32) -> impl Iterator<Item = &'d Part> + Clone {
    let norm = NormId(u16::try_from(norm).unwrap_or(u16::MAX));
    let parts = decision.parts().iter();
    parts.filter(move |part| part.beside.is_none() && part.norm == norm)
}

/// The places of which no answer speaks, and the default that the norm has there.
fn silent_places(pack: &Loaded, decision: &Decision<'_>, norm: u32) -> (Bits, Outcome) {
    let program = pack.program();
    let spoken_of =
        parts_of(decision, norm).fold(Bits::EMPTY, |places, part| places.union(part.places));
    let silent = Bits::first(program.bounds.places).minus(spoken_of);
    let by_default = Outcome::from_u8(program.norms.at(norm as usize).default);
    (silent, by_default.unwrap_or(Outcome::None))
}

fn is_permission(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::May | Outcome::Must)
}

/// Whether a norm is permitted or due in a place (a member of the territory), or with `EXQ_NONE` everywhere: 1 or 0.
/// `*allowed` is 0 whatever else goes wrong, as long as it can be written to; so a host that forgets to look at the
/// status does not act.
///
/// ```c
/// int32_t allowed = 0;
/// exq_decision_allows(decision, disclose_subscriber, EXQ_NONE, &allowed, NULL);
/// if (!allowed) return refuse();
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_allows(
    decision: *const exq_decision,
    norm: u32,
    place: u32,
    allowed: *mut i32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let slot = Slot::new(allowed, "allowed")?;
        slot.preset(0);
        let held = opened_decision(decision)?;
        held.pack.names.name(EXQ_KIND_NORM, norm)?;
        let decision = held.answer()?;
        slot.put(i32::from(allows(&held.pack, &decision, norm, place)?));
        Ok(())
    })
}

fn allows(pack: &Loaded, decision: &Decision<'_>, norm: u32, place: u32) -> Result<bool, Failure> {
    let (silent, by_default) = silent_places(pack, decision, norm);
    let mut granted = if is_permission(by_default) {
        silent
    } else {
        Bits::EMPTY
    };
    for part in parts_of(decision, norm).filter(|part| is_permission(part.outcome)) {
        granted = granted.union(part.places);
    }
    let places = pack.program().bounds.places;
    if place == EXQ_NONE {
        // Without a territory there is one place, which stands for everywhere.
        let all = Bits::first(places);
        return Ok(!all.is_empty() && all.minus(granted).is_empty());
    }
    if pack.program().territory == crate::pack::format::NONE16 || place >= u32::from(places) {
        let count = usize::from(places);
        return Err(Failure::no_such("place", place, count));
    }
    Ok(granted.contains(u16::try_from(place).unwrap_or(u16::MAX)))
}

/// A norm in short, over all of the territory: its outcome, the due and the status on which people act first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_brief(
    decision: *const exq_decision,
    norm: u32,
    out: *mut exq_brief,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        held.pack.names.name(EXQ_KIND_NORM, norm)?;
        let brief = brief(&held.pack, &held.answer()?, norm)?;
        Slot::new(out, "out")?.put(brief);
        Ok(())
    })
}

pub(super) fn brief(
    pack: &Loaded,
    decision: &Decision<'_>,
    norm: u32,
) -> Result<exq_brief, Failure> {
    let parts = || parts_of(decision, norm);
    let (silent, by_default) = silent_places(pack, decision, norm);
    let outcomes = || {
        let spoken = parts().map(|part| part.outcome);
        spoken.chain((!silent.is_empty()).then_some(by_default))
    };
    let first = outcomes().next().unwrap_or(Outcome::None);
    let outcome = if outcomes().all(|outcome| outcome == first) {
        first as i32
    } else {
        EXQ_OUTCOME_VARIES
    };
    let operational = |part: &'_ Part| {
        let index = usize::from(part.operational?);
        decision.entries(part).get(index).copied()
    };
    let acted_on = parts().filter_map(operational).min_by_key(urgency);
    Ok(exq_brief {
        outcome,
        status: acted_on.map_or(Status::Nothing, |entry| entry.status) as i32,
        allowed: i32::from(allows(pack, decision, norm, EXQ_NONE)?),
        needs_human: i32::from(needs_human(decision)),
        due: acted_on.map_or(moment(Moment::Nothing), |entry| due(&entry)),
    })
}

/// What is due earlier comes first; then what is open, what has no due, what waits, what is unknown. A due that is unknown
/// stands where the earliest known one would.
fn urgency(entry: &Entry) -> (u8, i64, bool) {
    let (group, at) = match (entry.due, entry.provisional_due) {
        (Moment::At(at), _) | (Moment::Unknown, Some(at)) => (0, at),
        (Moment::Open, _) => (1, 0),
        (Moment::Nothing, _) => (2, 0),
        (Moment::Waiting, _) => (3, 0),
        (Moment::Unknown, None) => (4, 0),
    };
    (group, at, !entry.exclusive)
}

/// Every duty of the decision itself, into an array of the caller: what stands, what is undetermined, and what is withheld;
/// the earliest due first, then those that are open, without a due, waiting, unknown. What was performed is among
/// them, with its status. A withheld duty must not be performed: it says what would be due if the norm were granted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_duties(
    decision: *const exq_decision,
    array: *mut exq_duty,
    capacity: usize,
    count: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let duties = || {
            let mut own = (0u32..).zip(decision.parts());
            let own = core::iter::from_fn(move || own.next());
            own.filter(|(_, part)| part.beside.is_none())
                .flat_map(|(answer, part)| duties_of(&decision, answer, part))
        };
        if let Some(written) = output::filled(duties, array, capacity, count)? {
            order_by_key(written, |duty| {
                let place = (duty.answer, duty.effect);
                (of_duty(duty), place)
            });
        }
        Ok(())
    })
}

/// The urgency of a duty that was written out.
fn of_duty(duty: &exq_duty) -> (u8, i64, bool) {
    let due = match duty.due.kind {
        EXQ_MOMENT_AT => Moment::At(duty.due.at),
        EXQ_MOMENT_OPEN => Moment::Open,
        EXQ_MOMENT_WAITING => Moment::Waiting,
        EXQ_MOMENT_UNKNOWN => Moment::Unknown,
        _ => Moment::Nothing,
    };
    let provisional = duty.provisional_due;
    urgency(&Entry {
        due,
        provisional_due: (provisional.kind == EXQ_MOMENT_AT).then_some(provisional.at),
        exclusive: duty.exclusive == 1,
        ..Entry::default()
    })
}

/// The duties of a part.
fn duties_of<'d>(
    decision: &'d Decision<'_>,
    answer: u32,
    part: &'d Part,
) -> impl Iterator<Item = exq_duty> + 'd {
    let program = decision.program();
    let entries = (0u32..).zip(decision.entries(part));
    entries.filter_map(move |(effect, entry)| {
        let row = program.effects.at(entry.effect.index());
        let listed = matches!(
            entry.state,
            State::Standing | State::Undetermined | State::Withheld
        );
        if row.kind != Kind::Must as u8 || !listed {
            return None;
        }
        Some(exq_duty {
            answer,
            effect,
            norm: u32::from(part.norm.0),
            rule: id(program.versions.at(usize::from(row.version)).rule),
            version: id(row.version),
            outcome: part.outcome as i32,
            state: entry.state as i32,
            status: entry.status as i32,
            certain: i32::from(entry.certain),
            exclusive: i32::from(entry.exclusive && entry.due.instant().is_some()),
            due: due(entry),
            provisional_due: at(entry.provisional_due),
            not_before: moment(entry.not_before),
            everywhere: i32::from(is_everywhere(program, part.places)),
            reserved: 0,
            places: part.places.0,
        })
    })
}
