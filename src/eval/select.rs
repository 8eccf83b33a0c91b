//! A case to the steps of the schedule that can matter: the columns of all that is given, taken together.
//!
//! Invariant: a step that is left out is a version that cannot apply, whatever is not known, and of whose condition a
//! conjunct is false on what the case says; so it rests on nothing that was assumed (`crate::pack::index`).

use super::case::{EventSlot, FactSlot, FactValue};
use super::context::Context;
use super::slot::{Slots, get_bit};
use crate::model::{FactId, VersionId};
use crate::pack::Program;
use crate::pack::format::KeyRow;
use crate::pack::index::{KeyKind, START, WHOLE, column_bytes, is_set};

/// Words that are taken together before the next key is looked at: a line of the cache.
const BLOCK: usize = 8;

/// Where a selection is written, and what it is worked out with.
pub(crate) struct Selection<'s> {
    /// A bit for each step that is to be looked at.
    pub todo: &'s mut [u64],
    /// A bit for each version that surely applies if it is present: nothing that it reads is unknown.
    pub sure: &'s mut [u64],
    /// A bit for each version of which it surely is unknown whether it applies, if it is present: nothing else than keys
    /// decides that, and it reads one that is unknown. What is given rules it out, or not.
    pub open: &'s mut [u64],
    /// In front the columns that keys chose, at the end the keys whose facts are unknown.
    pub chosen: &'s mut [u32],
    /// How many keys are unknown.
    pub unknown: usize,
}

/// The versions of which it surely is unknown whether they apply, and why.
#[derive(Clone, Copy, Default)]
pub(crate) struct Open<'e> {
    /// A bit for each step.
    pub versions: &'e [u64],
    /// The keys whose facts are unknown.
    pub keys: &'e [u32],
}

impl Selection<'_> {
    /// What is open.
    pub fn open(&self) -> Open<'_> {
        let known = self.chosen.len().saturating_sub(self.unknown);
        Open {
            versions: self.open,
            keys: self.chosen.get(known..).unwrap_or(&[]),
        }
    }
}

impl Open<'_> {
    /// Visits the facts that leave a version open; false if it is not one that the index knows to be open.
    pub fn each_fact(
        self,
        program: &Program<'_>,
        version: VersionId,
        mut visit: impl FnMut(u16),
    ) -> bool {
        let position = program.versions.at(version.index()).position;
        if !get_bit(self.versions, position as usize) {
            return false;
        }
        for key in self.keys {
            let key = program.keys.at(*key as usize);
            if is_set(program.column(key.read_by), position) {
                visit(key.id);
            }
        }
        true
    }
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
pub(crate) fn select(context: &Context<'_>, selection: &mut Selection<'_>) {
    let program = context.program;
    let columns = Columns {
        bytes: program.columns,
        stride: column_bytes(program),
    };
    let words = columns.stride / 8;
    copy(selection.sure, columns.part(WHOLE, 0, words));
    let (mut given, mut unknown) = (0, 0);
    for (number, key) in program.keys.iter().enumerate() {
        let cell = cell(context, &key);
        if let Some(cell) = cell {
            let column = program.cells.at(key.cells.first as usize + cell).column;
            selection.chosen.put(given, column);
            given += 1;
            continue;
        }
        let read_by = columns.part(key.read_by, 0, words);
        if is_unknown(context, &key) {
            if unknown == 0 {
                selection.open.fill(0);
            }
            add(selection.open, read_by);
            unknown += 1;
            let last = selection.chosen.len().wrapping_sub(unknown);
            selection.chosen.put(last, number as u32);
        } else {
            take(selection.sure, read_by);
        }
    }
    selection.unknown = unknown;
    let chosen = selection.chosen.get(..given).unwrap_or(&[]);
    let mut first = 0;
    while first < words {
        let end = (first + BLOCK).min(words);
        if let Some(todo) = selection.todo.get_mut(first..end) {
            copy(todo, columns.part(START, first, end));
            for column in chosen {
                if narrow(todo, columns.part(*column, first, end)) == 0 {
                    break;
                }
            }
        }
        first = end;
    }
    if unknown == 0 {
        selection.open.fill(0);
        return;
    }
    for (open, sure) in selection.open.iter_mut().zip(&mut *selection.sure) {
        // What is sure so far is what keys decide that are given or unknown.
        (*open, *sure) = (*sure & *open, *sure & !*open);
    }
}

/// True if the fact of a key is unknown, and so is every conjunct that reads it.
fn is_unknown(context: &Context<'_>, key: &KeyRow) -> bool {
    let is_fact = key.kind != KeyKind::Happened as u8;
    is_fact && context.fact(FactId(key.id)).is_none()
}

/// Adds the versions that read a key.
#[inline]
fn add(open: &mut [u64], read_by: &[[u8; 8]]) {
    for (word, bytes) in open.iter_mut().zip(read_by) {
        *word |= u64::from_le_bytes(*bytes);
    }
}

/// Takes out the versions that read a key.
#[inline]
fn take(sure: &mut [u64], read_by: &[[u8; 8]]) {
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
fn cell(context: &Context<'_>, key: &KeyRow) -> Option<usize> {
    let (program, case) = (context.program, &context.case);
    let id = usize::from(key.id);
    let kind = KeyKind::from_u8(key.kind)?;
    if kind == KeyKind::Happened {
        return match case.events.at(id) {
            EventSlot::At(at) => Some(usize::from(at <= context.now)),
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
