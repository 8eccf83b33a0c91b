//! A case to the steps of the schedule that can matter: the columns of all that is given, taken together.
//!
//! Invariant: a step that is left out is a version that cannot apply, whatever is not known, and of whose condition a conjunct
//! is false on what the case says; so it rests on nothing that was assumed (`crate::pack::index`).

use super::case::{Case, EventSlot, FactSlot, FactValue};
use super::slot::Slots;
use crate::pack::Program;
use crate::pack::format::KeyRow;
use crate::pack::index::{KeyKind, START, WHOLE};

/// Steps that are taken together before the next key is looked at: a line of the cache.
const BLOCK: usize = 64;

/// Where a selection is written, and what it is worked out with.
pub(crate) struct Selection<'s> {
    /// A bit for each step that is to be looked at.
    pub todo: &'s mut [u64],
    /// A bit for each version that surely applies if it is present: nothing that it reads is unknown.
    pub sure: &'s mut [u64],
    /// The column that each key chose.
    pub chosen: &'s mut [u32],
}

/// Chooses the steps.
pub(crate) fn select(
    program: &Program<'_>,
    case: &Case<'_>,
    now: i64,
    selection: &mut Selection<'_>,
) {
    let keys = program.keys.len().min(selection.chosen.len());
    // What is given stands in front, what is not behind.
    let (mut given, mut open) = (0, keys);
    for key in program.keys.iter().take(keys) {
        match cell(program, case, now, &key) {
            Some(cell) => {
                let column = program.cells.at(key.cells.first as usize + cell).column;
                selection.chosen.put(given, column);
                given += 1;
            }
            None => {
                open -= 1;
                selection.chosen.put(open, key.read_by);
            }
        }
    }
    let (given, open) = selection
        .chosen
        .get(..keys)
        .unwrap_or(&[])
        .split_at_checked(given)
        .unwrap_or((&[], &[]));
    let words = program.schedule.len().div_ceil(64);
    let blocks = selection.todo.iter_mut().zip(selection.sure.iter_mut());
    for (word, (todo, sure)) in blocks.enumerate().take(words) {
        *todo = word_of(program, START, word);
        *sure = word_of(program, WHOLE, word);
    }
    let mut first = 0;
    while first < words {
        let end = (first + BLOCK / 8).min(words);
        if let Some(todo) = selection.todo.get_mut(first..end) {
            for column in given {
                if narrow(todo, part(program, *column, first, end)) {
                    break;
                }
            }
        }
        if let Some(sure) = selection.sure.get_mut(first..end) {
            for column in open {
                let part = part(program, *column, first, end);
                for (word, bytes) in sure.iter_mut().zip(part.as_chunks::<8>().0) {
                    *word &= !u64::from_le_bytes(*bytes);
                }
            }
        }
        first = end;
    }
}

/// Takes a column into account; true if nothing is left.
#[inline]
fn narrow(todo: &mut [u64], column: &[u8]) -> bool {
    let mut left = 0;
    for (word, bytes) in todo.iter_mut().zip(column.as_chunks::<8>().0) {
        *word &= u64::from_le_bytes(*bytes);
        left |= *word;
    }
    left == 0
}

#[inline]
fn part<'p>(program: &Program<'p>, column: u32, first: usize, end: usize) -> &'p [u8] {
    program
        .column(column)
        .get(first * 8..end * 8)
        .unwrap_or(&[])
}

fn word_of(program: &Program<'_>, column: u32, word: usize) -> u64 {
    let bytes = part(program, column, word, word + 1);
    let word = bytes.first_chunk().copied();
    word.map_or(0, u64::from_le_bytes)
}

/// The cell of a key in which the case lies; none if the case does not say.
#[inline]
fn cell(program: &Program<'_>, case: &Case<'_>, now: i64, key: &KeyRow) -> Option<usize> {
    let id = usize::from(key.id);
    let kind = KeyKind::from_u8(key.kind)?;
    if kind == KeyKind::Happened {
        return match case.events.at(id) {
            EventSlot::At(at) => Some(usize::from(at <= now)),
            EventSlot::Not => Some(0),
            EventSlot::Absent | EventSlot::Null => None,
        };
    }
    let Some(FactSlot::Given(value)) = case.facts.get(id) else {
        return None;
    };
    let cell = match (kind, value) {
        (KeyKind::Bool, FactValue::Bool(value)) => usize::from(*value),
        (KeyKind::Member, FactValue::Member(member)) => usize::from(*member),
        (KeyKind::Int, FactValue::Int(value)) => program.cell_of(key, *value),
        _ => return None,
    };
    // A value that no reader of cases lets pass is left to the conditions.
    (cell < key.cells.count as usize).then_some(cell)
}
