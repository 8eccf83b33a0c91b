//! Two answers to one case at two instants → do they differ, for `next_change_at` (`docs/LANGUAGE.md` §12).
//!
//! Invariant: only what an answer shows is compared, so that an instant at which nobody could see a change is
//! none. What is worked out on the way (floors, outcomes before protection) is made equal first.

use super::case::Case;
use super::context::Context;
use super::decision::{Entry, Moment, Part};
use super::memory::{Output, words};
use super::needs;
use super::slot::Slots;
use super::view::alternative;
use crate::model::{Outcome, Truth, VersionId};
use crate::pack::Program;

/// An answer with its instant.
pub(crate) struct Side<'s, 'o> {
    pub now: i64,
    pub output: &'s Output<'o>,
}

/// True if two answers to the same case differ.
pub(crate) fn differ(
    program: &Program<'_>,
    case: &Case<'_>,
    decides: &[bool],
    a: &Side<'_, '_>,
    b: &Side<'_, '_>,
) -> bool {
    let (x, y) = (a.output, b.output);
    let counts = x.part_count != y.part_count || x.entry_count != y.entry_count;
    let missing = x.missing.get(..x.missing_count) != y.missing.get(..y.missing_count);
    if counts || missing || x.assumed != y.assumed {
        return true;
    }
    let parts = (0..x.part_count).any(|index| shown(x.parts.at(index)) != shown(y.parts.at(index)));
    let rules = (0..program.versions.len()).any(|index| {
        let pack = program.pack_of(VersionId(index as u16));
        decides.at(pack.index()) && x.truths.at(index) != y.truths.at(index)
    });
    if parts || rules {
        return true;
    }
    let before = Context::finished(program, *case, a.now, x.law_dates, x.settled());
    let after = Context::finished(program, *case, b.now, y.law_dates, y.settled());
    (0..x.entry_count).any(|index| {
        let (one, other) = (x.entries.at(index), y.entries.at(index));
        let plain = shown_entry(one) != shown_entry(other);
        plain
            || needs_differ(&before, &after, index)
            || readings_differ(&before, &after, &one, &other)
    })
}

/// A part without what the answer does not show of it.
fn shown(part: Part) -> Part {
    let conflict = Truth::from_bool(part.conflict == Truth::True);
    let plain = Part {
        unprotected: Outcome::None,
        conflict,
        ..part
    };
    match part.beside {
        None => plain,
        Some(_) => Part {
            outcome: Outcome::None,
            provisional: None,
            conflict: Truth::False,
            operational: None,
            ..plain
        },
    }
}

/// An entry without what the answer does not show of it.
fn shown_entry(entry: Entry) -> Entry {
    Entry {
        floor: Moment::Nothing,
        overtaken: false,
        ..entry
    }
}

/// True if an entry needs something else, its ceiling included.
fn needs_differ(before: &Context<'_>, after: &Context<'_>, index: usize) -> bool {
    let words = words(before.program);
    let range = index * words..(index + 1) * words;
    let one = before.settled.needs.get(range.clone()).unwrap_or(&[]);
    let other = after.settled.needs.get(range).unwrap_or(&[]);
    if one == other {
        return false;
    }
    let effect = before
        .program
        .effects
        .at(before.settled.entries.at(index).effect.index());
    (0..words * 64).any(|name| {
        needs::is_needed(before, one, &effect, name)
            != needs::is_needed(after, other, &effect, name)
    })
}

/// True if a rival reading of an entry has another due.
fn readings_differ(before: &Context<'_>, after: &Context<'_>, one: &Entry, other: &Entry) -> bool {
    let count = before
        .program
        .effects
        .at(one.effect.index())
        .alternatives
        .count as usize;
    let shown = one.by.is_none();
    shown
        && (0..count)
            .any(|index| alternative(before, one, index) != alternative(after, other, index))
}
