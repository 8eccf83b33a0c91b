//! The entries of a part: the state and status of each effect, what it needs, and what is granted
//! (`docs/LANGUAGE.md` §10 to §12).

use super::condition::{self, Nodes};
use super::context::{Context, Happening};
use super::decision::{Entry, Moment, Part};
use super::duty;
use super::group::{ALL, Group, Scratch};
use super::needs;
use super::slot::Slots;
use super::window::{Floor, Life};
use crate::model::{EffectId, Kind, Outcome, State, Truth, VersionId, WithheldReason};

/// Where an answer about norms is written.
pub(crate) struct Sink<'s> {
    pub parts: &'s mut [Part],
    pub entries: &'s mut [Entry],
    pub needs: &'s mut [u64],
    pub assumed: &'s mut [u64],
    /// The number of the first entry, in the whole answer.
    pub first_entry: usize,
}

/// Protects the outcome of a part, and writes its entries from `offset` on.
pub(crate) fn write(
    group: &Group<'_, '_>,
    truths: &[Truth],
    rows: &mut [Scratch],
    nodes: &mut Nodes<'_>,
    part: &mut Part,
    sink: &mut Sink<'_>,
    offset: usize,
) {
    protect(group, rows, part);
    for index in 0..rows.len() {
        let Some(row) = rows.get(index) else { continue };
        if row.exists == Truth::False {
            continue;
        }
        let mut entry = describe(group, rows, row);
        if entry.state == State::Defeated && part.beside.is_some() {
            continue;
        }
        if part.beside.is_none() {
            withhold(group.context, group, part, row, &mut entry);
        }
        let at = offset + part.count as usize;
        sink.entries.put(at, entry);
        if let Some(at) = duty::turns(entry.status, row.kind(), &row.timing) {
            group.context.note_sure(at);
        }
        let words = group.context.words;
        if let Some(need) = sink.needs.get_mut(at * words..(at + 1) * words) {
            need.fill(0);
            if entry.state != State::Defeated {
                needs::collect(group, truths, rows, index, nodes, need);
                if entry.why == Some(WithheldReason::GuardUnknown) {
                    condition::needs(group.context, group.row.guard, nodes, need);
                }
            }
        }
        if part.beside.is_none() && entry.state != State::Defeated {
            needs::assume(group, rows, index, sink.assumed);
        }
        part.count += 1;
    }
    part.operational = operational(rows, part);
}

/// The entry of an effect, before protection.
fn describe(group: &Group<'_, '_>, rows: &[Scratch], row: &Scratch) -> Entry {
    let effect = EffectId(row.id);
    let certain = row.exists == Truth::True && row.displaced[ALL] != Truth::Unknown;
    let by = group
        .defeaters(row)
        .filter_map(|defeater| rows.get(defeater))
        .find(|defeater| defeater.stands[ALL] == Truth::True)
        .map(|defeater| VersionId(defeater.row.version));
    let timely = matches!(row.timing.life, Life::Live | Life::Unknown);
    if by.is_some() && timely {
        return Entry {
            effect,
            state: State::Defeated,
            certain,
            by,
            ..Entry::default()
        };
    }
    let state = match row.timing.life {
        Life::NotBegun => State::NotBegun,
        Life::Ended(_) => State::Ended,
        _ if row.stands[ALL] == Truth::True => State::Standing,
        _ => State::Undetermined,
    };
    Entry {
        effect,
        state,
        certain,
        by: None,
        overtaken: by.is_some(),
        why: None,
        status: duty::status(group.context, &group.row, row.kind(), &row.timing),
        not_before: row.timing.not_before,
        due: row.timing.due,
        exclusive: row.timing.exclusive,
        service_level: row.timing.service_level,
        provisional_due: row.timing.provisional,
        start: row.timing.start,
        end: row.timing.end,
        floor: if row.timing.feels_floor {
            floor_moment(row.floor)
        } else {
            Moment::Nothing
        },
    }
}

/// Turns the outcome of a protected norm into its default, unless it is granted.
fn protect(group: &Group<'_, '_>, rows: &[Scratch], part: &mut Part) {
    if !group.protected {
        return;
    }
    let granted = |kind: Kind| {
        rows.iter()
            .any(|row| row.kind() == kind && can_be_acted_on(group.context, group, row))
    };
    let open = part.guard == Some(Truth::True);
    let must = open && part.unprotected == Outcome::Must;
    let may = open && matches!(part.unprotected, Outcome::Must | Outcome::May);
    part.outcome = if must && granted(Kind::Must) {
        Outcome::Must
    } else if may && granted(Kind::May) {
        Outcome::May
    } else {
        group.default
    };
}

/// True if a grant stands and nothing has to be waited for or found out first.
fn can_be_acted_on(context: &Context<'_>, group: &Group<'_, '_>, row: &Scratch) -> bool {
    row.stands[ALL] == Truth::True && !is_unsure(context, group, row) && !must_wait(context, row)
}

fn is_unsure(context: &Context<'_>, group: &Group<'_, '_>, row: &Scratch) -> bool {
    row.timing.is_unknown() || context.event_or_none(group.row.done) == Happening::Unknown
}

fn must_wait(context: &Context<'_>, row: &Scratch) -> bool {
    let ahead = |moment: Moment| match moment {
        Moment::Waiting => true,
        Moment::At(at) => context.now < at,
        _ => false,
    };
    let waits = ahead(row.timing.not_before) || row.timing.due == Moment::Waiting;
    waits || ahead(row.timing.start)
}

/// Marks a grant of a protected norm that is held back, with the first reason that holds.
fn withhold(
    context: &Context<'_>,
    group: &Group<'_, '_>,
    part: &Part,
    row: &Scratch,
    entry: &mut Entry,
) {
    let grants = matches!(row.kind(), Kind::Must | Kind::May);
    if !group.protected || !grants || entry.state == State::Defeated {
        return;
    }
    let reason = match (part.guard, part.conflict, part.unprotected) {
        (Some(Truth::Unknown), _, _) => Some(WithheldReason::GuardUnknown),
        (Some(Truth::False), _, _) => Some(WithheldReason::GuardFalse),
        (_, Truth::True, _) => Some(WithheldReason::Conflict),
        (_, _, Outcome::Undetermined) => Some(WithheldReason::Undetermined),
        _ => own_reason(context, group, row),
    };
    if let Some(reason) = reason {
        entry.state = State::Withheld;
        entry.why = Some(reason);
    }
}

/// Why this grant alone cannot be acted on; none, if it can.
fn own_reason(
    context: &Context<'_>,
    group: &Group<'_, '_>,
    row: &Scratch,
) -> Option<WithheldReason> {
    if row.stands[ALL] == Truth::Unknown || is_unsure(context, group, row) {
        return Some(WithheldReason::Undetermined);
    }
    match row.timing.life {
        Life::NotBegun => Some(WithheldReason::Waiting),
        _ if must_wait(context, row) => Some(WithheldReason::Waiting),
        Life::Ended(_) => Some(WithheldReason::Ended),
        _ => None,
    }
}

/// The entry on which people act first: its position among the effects that exist.
fn operational(rows: &[Scratch], part: &Part) -> Option<u16> {
    let wanted = match part.outcome {
        Outcome::May => Some(Kind::May),
        Outcome::MustNot => Some(Kind::MustNot),
        _ => None,
    };
    let mut duty: Option<(u16, Rank)> = None;
    let mut other: Option<u16> = None;
    let listed = rows.iter().filter(|row| row.exists != Truth::False);
    for (index, row) in (0u16..).zip(listed) {
        let stands = row.stands[ALL];
        if row.kind() == Kind::Must && stands != Truth::False {
            let rank = Rank::of(row);
            if duty.is_none_or(|(_, best)| rank < best) {
                duty = Some((index, rank));
            }
        }
        if Some(row.kind()) == wanted && stands == Truth::True && other.is_none() {
            other = Some(index);
        }
    }
    duty.map(|(index, _)| index).or(other)
}

/// Earlier dues first, exclusive ones before inclusive ones; then what stands; the first of equals wins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    due: i64,
    inclusive: bool,
    unsure: bool,
}

impl Rank {
    fn of(row: &Scratch) -> Rank {
        match row.timing.due {
            // A service level is no due of the law.
            Moment::At(due) if !row.timing.service_level => Rank {
                due,
                inclusive: !row.timing.exclusive,
                unsure: false,
            },
            _ => Rank {
                due: i64::MAX,
                inclusive: true,
                unsure: row.stands[ALL] != Truth::True,
            },
        }
    }
}

/// The floor as the answer keeps it.
fn floor_moment(floor: Floor) -> Moment {
    match floor.at {
        _ if floor.unknown => Moment::Unknown,
        Some(at) => Moment::At(at),
        None => Moment::Nothing,
    }
}
