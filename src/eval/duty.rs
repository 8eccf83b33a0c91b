//! Statuses, and what `missed` and `met` see of them (`docs/LANGUAGE.md` §11).

use super::context::{Context, Happening};
use super::decision::{Entry, Moment, Part};
use super::slot::Slots;
use super::window::{Life, Timing};
use crate::model::{Kind, NormId, Outcome, State, Status, Truth};
use crate::pack::format::{NodeRow, NormRow};

/// The status of an effect that is not defeated.
pub(crate) fn status(context: &Context<'_>, norm: &NormRow, kind: Kind, timing: &Timing) -> Status {
    match kind {
        Kind::Lifted => Status::Nothing,
        Kind::May => right(timing),
        Kind::Must if !timing.lasting => duty(context, norm, timing),
        Kind::Must | Kind::MustNot => lasting(context, norm, timing),
    }
}

/// When what is running no longer is: with the same instants it has another status then, and with others another due or
/// end. Either way the answer is another one.
pub(crate) fn turns(status: Status, kind: Kind, timing: &Timing) -> Option<i64> {
    match (status, kind) {
        (Status::Running, Kind::Must) if !timing.lasting => timing.late_from(),
        (Status::Running, _) => timing.over_from(),
        _ => None,
    }
}

fn duty(context: &Context<'_>, norm: &NormRow, timing: &Timing) -> Status {
    let done = context.event_or_none(norm.done);
    let unsure = timing.due == Moment::Unknown || timing.not_before == Moment::Unknown;
    if unsure || done == Happening::Unknown {
        return Status::Unknown;
    }
    if let Happening::At(at) = done {
        return performed(at, timing);
    }
    let too_soon = match timing.not_before {
        Moment::Waiting => true,
        Moment::At(not_before) => context.now < not_before,
        _ => false,
    };
    match timing.due {
        _ if too_soon => Status::Waiting,
        Moment::Waiting => Status::Waiting,
        Moment::At(due) if past(context.now, due, timing.exclusive) => Status::Breached,
        Moment::Open => Status::Open,
        _ => Status::Running,
    }
}

fn performed(at: i64, timing: &Timing) -> Status {
    let too_soon = match timing.not_before {
        Moment::Waiting => true,
        Moment::At(not_before) => at < not_before,
        _ => false,
    };
    match timing.due {
        _ if too_soon => Status::Early,
        Moment::At(due) if past(at, due, timing.exclusive) => Status::MetLate,
        _ => Status::Met,
    }
}

/// A due is the last good instant; an exclusive one is the first bad one.
fn past(instant: i64, due: i64, exclusive: bool) -> bool {
    if exclusive {
        instant >= due
    } else {
        instant > due
    }
}

fn lasting(context: &Context<'_>, norm: &NormRow, timing: &Timing) -> Status {
    let broken = context.event_or_none(norm.broken);
    if timing.life == Life::Unknown || broken == Happening::Unknown {
        return Status::Unknown;
    }
    if let Happening::At(at) = broken {
        let begun = match timing.start {
            Moment::Waiting => false,
            Moment::At(start) => at >= start,
            _ => true,
        };
        let before_end = timing.end.instant().is_none_or(|end| at < end);
        if begun && before_end {
            return Status::Breached;
        }
    }
    match (timing.start, timing.life) {
        (Moment::Waiting, _) => Status::Waiting,
        (Moment::At(start), _) if context.now < start => Status::Waiting,
        (_, Life::Ended(_)) => Status::Met,
        _ => Status::Running,
    }
}

fn right(timing: &Timing) -> Status {
    match timing.life {
        Life::Unknown => Status::Unknown,
        Life::NotBegun => Status::Waiting,
        Life::Ended(_) => Status::Lapsed,
        Life::Live => Status::Running,
    }
}

/// `missed R`: true if it is true of any of the rule's duties.
pub(crate) fn missed(context: &Context<'_>, node: NodeRow) -> Truth {
    let mut any = Truth::False;
    each_duty(context, node, |_, part, entry| {
        any = any.or(look(part, entry, |status| {
            matches!(status, Status::Breached | Status::MetLate)
        }));
    });
    any
}

/// `met R`: true if it is true of all of the rule's duties, and there is one.
pub(crate) fn met(context: &Context<'_>, node: NodeRow) -> Truth {
    let (mut all, mut some) = (Truth::True, Truth::False);
    each_duty(context, node, |_, part, entry| {
        all = all.and(look(part, entry, |status| status == Status::Met));
        some = Truth::True;
    });
    all.and(some)
}

/// Adds what the duties need that leave a look unknown.
pub(crate) fn look_needs(context: &Context<'_>, node: NodeRow, sink: &mut [u64]) {
    each_duty(context, node, |index, part, entry| {
        if look(part, entry, |_| false) != Truth::Unknown {
            return;
        }
        let needs = context
            .settled
            .needs
            .get(index * context.words..(index + 1) * context.words);
        for (word, need) in sink.iter_mut().zip(needs.unwrap_or(&[])) {
            *word |= need;
        }
    });
}

/// Visits the entries of the duties that a `missed` or `met` looks at.
fn each_duty(context: &Context<'_>, node: NodeRow, mut visit: impl FnMut(usize, &Part, &Entry)) {
    for id in context.program.lists.range(node.b, node.c) {
        let (first, count) = context.settled.norm_parts.at(NormId(id.id).index());
        let first = first as usize;
        let parts = context
            .settled
            .parts
            .get(first..first + count as usize)
            .unwrap_or(&[]);
        for part in parts {
            for index in part.first as usize..(part.first + part.count) as usize {
                let Some(entry) = context.settled.entries.get(index) else {
                    continue;
                };
                let effect = context.program.effects.at(entry.effect.index());
                let rule = context
                    .program
                    .versions
                    .at(usize::from(effect.version))
                    .rule;
                if rule == node.a && effect.kind == Kind::Must as u8 {
                    visit(index, part, entry);
                }
            }
        }
    }
}

fn look(part: &Part, entry: &Entry, holds: impl Fn(Status) -> bool) -> Truth {
    let undetermined = part.unprotected == Outcome::Undetermined;
    let disputed = match part.conflict {
        Truth::True => true,
        Truth::Unknown => undetermined,
        Truth::False => false,
    };
    match entry.state {
        State::Defeated => Truth::False,
        _ if entry.overtaken => Truth::False,
        State::Undetermined | State::Withheld => Truth::Unknown,
        State::Ended | State::NotBegun if !entry.certain => Truth::Unknown,
        _ if disputed => Truth::Unknown,
        _ => match entry.status {
            Status::Unknown | Status::Open => Truth::Unknown,
            status => Truth::from_bool(holds(status)),
        },
    }
}
