//! Many cases → what each of them says, kept in one place until all are decided.
//!
//! Invariants: a case that is refused is kept with its error, has no answer and stops no other. Adding cases takes away the
//! answers to those before. Only what a case says is kept, and not a slot for every fact of the pack.

use core::ffi::c_char;
use std::sync::Arc;

use super::batch_records::*;
use super::case::{Said, opened_case};
use super::constants::*;
use super::decision::{Decided, Terms};
use super::failure::{Failure, guard, quietly};
use super::handle::{self, Held, Kind, hold};
use super::heap::not_a_case;
use super::input;
use super::output::Slot;
use super::pack::{Loaded, opened};
use super::records::*;
use crate::eval::{EventSlot, FactSlot};
use crate::json::OwnedCase;
use crate::model::{EventId, FactId};

/// The most cases of a batch; more are several batches.
const CASES_MAX: usize = 1 << 24;
/// The most bytes of text in one call.
const TEXT_MAX: usize = 1 << 30;
/// The most columns: each fact and event at most once.
const COLUMNS_MAX: usize = 1 << 17;

/// A case that was added.
pub(super) struct Kept {
    /// Behind the last thing that it says.
    end: usize,
    /// The line it was read from, or 0.
    pub line: u32,
}

/// Cases that were added.
#[derive(Default)]
pub(super) struct Cases {
    /// What they say, one behind the other.
    said: Vec<Said>,
    pub all: Vec<Kept>,
    /// Those that were refused when they were added, in order.
    pub refused: Vec<(usize, Failure)>,
}

/// Many cases, and the answers to them.
pub(super) struct Batch {
    /// Where one case after the other is decided.
    pub decided: Decided,
    most: usize,
    pub cases: Cases,
    /// Where JSON is read to.
    spare: OwnedCase,
    pub answers: Answers,
}

/// What came of the cases of a batch.
#[derive(Default)]
pub(super) struct Answers {
    /// False if nothing is decided, or not to the end.
    pub made: bool,
    /// What was asked.
    pub terms: Terms,
    /// The instant of each case.
    pub now: Vec<i64>,
    pub cases: Vec<exq_batch_case>,
    pub rows: Vec<exq_batch_row>,
    pub briefs: Vec<exq_brief>,
    /// The cases that could not be decided, in order.
    pub failed: Vec<(usize, Failure)>,
}

impl Kind for Batch {
    type Opaque = exq_batch;
    const TAG: u32 = u32::from_le_bytes(*b"EXQb");
    const WORD: &'static str = "batch";
}

/// The batch behind a handle.
pub(super) fn opened_batch<'b>(batch: *const exq_batch) -> Result<Held<'b, Batch>, Failure> {
    hold::<Batch>(batch, "batch")
}

impl Cases {
    /// What a case says.
    pub(super) fn said_by(&self, case: usize) -> &[Said] {
        let before = case.checked_sub(1).and_then(|before| self.all.get(before));
        let start = before.map_or(0, |kept| kept.end);
        let end = self.all.get(case).map_or(start, |kept| kept.end);
        self.said.get(start..end).unwrap_or(&[])
    }

    /// Says what stands in the slots of a case.
    fn say(&mut self, case: &OwnedCase) {
        let facts = (0u16..).zip(&case.facts);
        let facts = facts.filter(|(_, slot)| !matches!(slot, FactSlot::Absent));
        let facts = facts.map(|(id, slot)| Said::Fact(FactId(id), *slot));
        let events = (0u16..).zip(&case.events);
        let events = events.filter(|(_, slot)| !matches!(slot, EventSlot::Absent));
        let events = events.map(|(id, slot)| Said::Event(EventId(id), *slot));
        self.said.extend(facts.chain(events));
    }

    /// Closes a case, of which everything was said, or which is refused.
    fn close(&mut self, said: Result<(), Failure>, line: u32) {
        if let Err(failure) = said {
            // Of a case that is refused nothing is left.
            let start = self.all.last().map_or(0, |kept| kept.end);
            self.said.truncate(start);
            self.refused.push((self.all.len(), failure));
        }
        self.all.push(Kept {
            end: self.said.len(),
            line,
        });
    }
}

impl Batch {
    pub(super) fn pack(&self) -> &Arc<Loaded> {
        &self.decided.pack
    }

    /// Takes the answers away; their memory is kept.
    pub(super) fn forget(&mut self) {
        let answers = &mut self.answers;
        answers.made = false;
        answers.now.clear();
        answers.cases.clear();
        answers.rows.clear();
        answers.briefs.clear();
        answers.failed.clear();
    }

    /// Refuses more cases than the batch takes, before any is added.
    fn room_for(&self, count: usize, what: &'static str) -> Result<(), Failure> {
        let (most, there) = (self.most, self.cases.all.len());
        if count > most - there {
            let message = format!(
                "the batch has {there} cases and takes {most}: there is no room for {count} more"
            );
            return Err(Failure::new(EXQ_E_LENGTH, what, message));
        }
        Ok(())
    }

    /// Reads a case from a line.
    fn line(&mut self, number: usize, line: &[u8]) {
        let read = self.decided.pack.reader().read_into(&mut self.spare, line);
        let read = read.map_err(|mut error| {
            if error.line > 0 {
                error.line = number;
            }
            not_a_case(error)
        });
        if read.is_ok() {
            self.cases.say(&self.spare);
        }
        self.cases
            .close(read, u32::try_from(number).unwrap_or(u32::MAX));
    }
}

/// Room for many cases of a pack, at most `most`, to be decided in one call. Free it with `exq_batch_free`.
///
/// ```c
/// exq_batch *batch = NULL;
/// size_t count = 0;
/// exq_batch_new(pack, 10000, &batch, &error);
/// exq_batch_add_json(batch, lines, strlen(lines), &error);
/// exq_batch_decide(batch, &options, sizeof options, NULL, 0, NULL, 0, &error);
/// exq_batch_rows(batch, rows, room, &count, &error);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_new(
    pack: *const exq_pack,
    most: usize,
    out: *mut *mut exq_batch,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let pack = Arc::clone(opened(pack)?);
        let out = Slot::new(out, "out")?;
        if most > CASES_MAX {
            let message = format!("`most` is {most}, and a batch takes at most {CASES_MAX} cases");
            return Err(Failure::new(EXQ_E_LENGTH, "most", message));
        }
        let (mut cases, mut answers) = (Cases::default(), Answers::default());
        let room = cases.all.try_reserve_exact(most);
        let room = room.and_then(|()| answers.cases.try_reserve_exact(most));
        if room
            .and_then(|()| answers.now.try_reserve_exact(most))
            .is_err()
        {
            return Err(Failure::new(EXQ_E_MEMORY, "most", "out of memory"));
        }
        out.put(handle::give(Batch {
            decided: Decided::new(pack),
            most,
            cases,
            spare: OwnedCase::default(),
            answers,
        }));
        Ok(())
    })
}

/// Frees a batch. NULL is nothing to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_free(batch: *mut exq_batch) {
    quietly(|| handle::free::<Batch>(batch));
}

/// Takes all cases and answers away. Their memory is kept for the next ones.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_clear(
    batch: *mut exq_batch,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let mut held = opened_batch(batch)?;
        held.forget();
        held.cases.said.clear();
        held.cases.all.clear();
        held.cases.refused.clear();
        Ok(())
    })
}

/// How many cases a batch has, those that were refused among them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_count(
    batch: *const exq_batch,
    out: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_batch(batch)?;
        Slot::new(out, "out")?.put(held.cases.all.len());
        Ok(())
    })
}

/// Adds a copy of a case. The answers that the batch had are gone then, whatever is added to it and however.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_add(
    batch: *mut exq_batch,
    the_case: *const exq_case,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let mut held = opened_batch(batch)?;
        let case = opened_case(the_case)?;
        held.pack()
            .is_of(&case.pack, "case", "the case and the batch")?;
        held.room_for(1, "case")?;
        held.forget();
        held.cases.say(&case.slots);
        held.cases.close(Ok(()), 0);
        Ok(())
    })
}

/// Adds cases in JSON, one on each line; blank lines are skipped. A line that is no case is a case that is refused: it keeps
/// its place and its error (`exq_batch_refusal`), and stops no other. If there is no room for all of them, none is added.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_add_json(
    batch: *mut exq_batch,
    json: *const c_char,
    json_len: usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let mut held = opened_batch(batch)?;
        let text = input::array(json.cast::<u8>(), json_len, TEXT_MAX, "json")?;
        let lines = || {
            let lines = (1usize..).zip(text.split(|byte| *byte == b'\n'));
            lines.filter(|(_, line)| !line.trim_ascii().is_empty())
        };
        held.room_for(lines().count(), "json")?;
        held.forget();
        for (number, line) in lines() {
            held.line(number, line);
        }
        Ok(())
    })
}

/// A column of the host, as far as it is the same for all cases.
struct Column<'a> {
    kind: i32,
    id: u32,
    /// The type of its values.
    ty: i32,
    numbers: &'a [i64],
    members: &'a [u64],
    said: &'a [u8],
    currency: [u8; 4],
}

impl<'a> Column<'a> {
    fn read(pack: &Loaded, raw: &'a exq_batch_column, count: usize) -> Result<Column<'a>, Failure> {
        let ty = match raw.kind {
            EXQ_KIND_FACT => {
                pack.names.name(EXQ_KIND_FACT, raw.id)?;
                i32::from(pack.program().facts.at(raw.id as usize).ty) + EXQ_TYPE_BOOL
            }
            EXQ_KIND_EVENT => {
                pack.names.name(EXQ_KIND_EVENT, raw.id)?;
                EXQ_TYPE_INSTANT
            }
            other => {
                let message = format!(
                    "`kind` is {other}, expected `EXQ_KIND_FACT` ({EXQ_KIND_FACT}) or `EXQ_KIND_EVENT` ({EXQ_KIND_EVENT})"
                );
                return Err(Failure::argument("columns.kind", message));
            }
        };
        let (mut numbers, mut members): (&[i64], &[u64]) = (&[], &[]);
        if ty == EXQ_TYPE_SET {
            members = input::array(raw.members, count * 4, CASES_MAX * 4, "columns.members")?;
        } else {
            numbers = input::array(raw.numbers, count, CASES_MAX, "columns.numbers")?;
        }
        let said = if raw.said.is_null() {
            &[]
        } else {
            input::array(raw.said, count, CASES_MAX, "columns.said")?
        };
        Ok(Column {
            kind: raw.kind,
            id: raw.id,
            ty,
            numbers,
            members,
            said,
            currency: raw.currency,
        })
    }

    /// What a case says.
    fn value(&self, case: usize) -> Result<exq_value, Failure> {
        let said = self.said.get(case).copied().unwrap_or(EXQ_SAID_VALUE);
        let r#type = match said {
            EXQ_SAID_NOTHING => EXQ_TYPE_ABSENT,
            EXQ_SAID_VALUE => self.ty,
            EXQ_SAID_UNKNOWN => EXQ_TYPE_UNKNOWN,
            EXQ_SAID_NOT_HAPPENED => EXQ_TYPE_NOT_HAPPENED,
            other => {
                let message = format!("`said` is {other}, expected one of `EXQ_SAID_…`");
                return Err(Failure::argument("columns.said", message));
            }
        };
        let words = self.members.chunks_exact(4).nth(case);
        let words = words.and_then(|words| <[u64; 4]>::try_from(words).ok());
        Ok(exq_value {
            r#type,
            currency: self.currency,
            number: self.numbers.get(case).copied().unwrap_or(0),
            members: words.unwrap_or_default(),
        })
    }
}

/// Adds cases in columns: case `i` is what each column says in its place `i`. Whether a value fits is looked at case by
/// case: one that does not is a case that is refused, as in `exq_batch_add_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_add_columns(
    batch: *mut exq_batch,
    columns: *const exq_batch_column,
    column_count: usize,
    case_count: usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let mut held = opened_batch(batch)?;
        let columns = input::array(columns, column_count, COLUMNS_MAX, "columns")?;
        held.room_for(case_count, "case_count")?;
        let pack = Arc::clone(held.pack());
        let columns = columns
            .iter()
            .map(|raw| Column::read(&pack, raw, case_count));
        let columns: Vec<Column<'_>> = columns.collect::<Result<_, _>>()?;
        held.forget();
        for case in 0..case_count {
            let said = columns.iter().try_for_each(|column| {
                let value = column.value(case)?;
                let said = Said::of(&pack, column.kind, column.id, &value)?;
                if value.r#type != EXQ_TYPE_ABSENT {
                    held.cases.said.push(said);
                }
                Ok(())
            });
            held.cases.close(said, 0);
        }
        Ok(())
    })
}
