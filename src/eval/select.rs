//! A case to the steps of the schedule that can matter: the columns of all that is given, taken together.
//!
//! Invariant: a step that is left out is a version that cannot apply, whatever is not known, and of whose condition a
//! conjunct is false on what the case says; so it rests on nothing that was assumed (`crate::pack::index`).

use super::case::{Case, EventSlot, FactSlot, FactValue};
use super::slot::Slots;
use crate::pack::Program;
use crate::pack::format::KeyRow;
use crate::pack::index::{KeyKind, START, WHOLE, column_bytes};

/// Words that are taken together before the next key is looked at: a line of the cache.
const BLOCK: usize = 8;

/// Where a selection is written, and what it is worked out with.
pub(crate) struct Selection<'s> {
    /// A bit for each step that is to be looked at.
    pub todo: &'s mut [u64],
    /// A bit for each version that surely applies if it is present: nothing that it reads is unknown.
    pub sure: &'s mut [u64],
    /// The column that each key chose.
    pub chosen: &'s mut [u32],
}

/// The columns of an index, and how long each is.
#[derive(Clone, Copy)]
struct Columns<'p> {
    bytes: &'p [u8],
    stride: usize,
}

impl<'p> Columns<'p> {
    /// The words from `first` to before `end` of a column.
    #[inline]
    fn part(self, column: u32, first: usize, end: usize) -> &'p [[u8; 8]] {
        let start = (column as usize).saturating_mul(self.stride);
        let part = self.bytes.get(start + first * 8..start + end * 8);
        part.unwrap_or(&[]).as_chunks().0
    }
}

/// Chooses the steps.
pub(crate) fn select(
    program: &Program<'_>,
    case: &Case<'_>,
    now: i64,
    selection: &mut Selection<'_>,
) {
    let columns = Columns {
        bytes: program.columns,
        stride: column_bytes(program),
    };
    let words = columns.stride / 8;
    let keys = program.keys.len().min(selection.chosen.len());
    let chosen = selection.chosen.get_mut(..keys).unwrap_or(&mut []);
    // What is given stands in front, what is not behind.
    let (mut given, mut open) = (0, keys);
    for key in program.keys.iter().take(keys) {
        match cell(program, case, now, &key) {
            Some(cell) => {
                let column = program.cells.at(key.cells.first as usize + cell).column;
                chosen.put(given, column);
                given += 1;
            }
            None => {
                open -= 1;
                chosen.put(open, key.read_by);
            }
        }
    }
    let (given, open) = chosen.split_at_checked(given).unwrap_or((&[], &[]));
    let mut first = 0;
    while first < words {
        let end = (first + BLOCK).min(words);
        if let Some(todo) = selection.todo.get_mut(first..end) {
            copy(todo, columns.part(START, first, end));
            for column in given {
                if narrow(todo, columns.part(*column, first, end)) == 0 {
                    break;
                }
            }
        }
        if let Some(sure) = selection.sure.get_mut(first..end) {
            copy(sure, columns.part(WHOLE, first, end));
            for column in open {
                doubt(sure, columns.part(*column, first, end));
            }
        }
        first = end;
    }
}

/// Takes out the versions that read what is not given.
#[inline]
fn doubt(sure: &mut [u64], read_by: &[[u8; 8]]) {
    for (word, bytes) in sure.iter_mut().zip(read_by) {
        *word &= !u64::from_le_bytes(*bytes);
    }
}

#[inline]
fn copy(words: &mut [u64], column: &[[u8; 8]]) {
    for (word, bytes) in words.iter_mut().zip(column) {
        *word = u64::from_le_bytes(*bytes);
    }
}

/// Takes a column into account; gives what is left, all words in one.
#[inline]
fn narrow(todo: &mut [u64], column: &[[u8; 8]]) -> u64 {
    let mut left = 0;
    for (word, bytes) in todo.iter_mut().zip(column) {
        *word &= u64::from_le_bytes(*bytes);
        left |= *word;
    }
    left
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
