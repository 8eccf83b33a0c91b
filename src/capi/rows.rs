//! Many cases in one call: rows of values → decisions, one after the other, by callback or into an array.
//!
//! Invariant: a row is checked in full before it is decided; at the first that is wrong the call stops, says which, and how
//! many rows were decided. Nothing is allocated for a row.

use core::ffi::c_void;

use super::case::{Said, opened_case};
use super::constants::*;
use super::decision::{Decided, Wanted, opened_decision};
use super::duty::brief;
use super::failure::{Failure, guard};
use super::handle::Held;
use super::input::{self, required};
use super::output::Slot;
use super::records::*;

/// The most rows in one call; more are several calls.
const ROWS_MAX: usize = 1 << 24;
/// The most columns: each fact and event at most once.
const COLUMNS_MAX: usize = 1 << 17;

/// Rows of the host.
struct Rows<'a> {
    columns: &'a [exq_column],
    values: &'a [exq_value],
    now: Option<&'a [i64]>,
    count: usize,
}

impl<'a> Rows<'a> {
    fn read(rows: *const exq_rows) -> Result<Rows<'a>, Failure> {
        // SAFETY: not NULL and aligned; the host promises rows there; all of their bit patterns are values.
        let rows = unsafe { *required(rows, "rows")? };
        let columns = input::array(rows.columns, rows.column_count, COLUMNS_MAX, "rows.columns")?;
        let count = rows.row_count;
        if count > ROWS_MAX {
            let message =
                words!("there are {count} rows, and at most {ROWS_MAX} are taken in one call");
            return Err(Failure::new(EXQ_E_LENGTH, "rows.row_count", message));
        }
        let cells = count.saturating_mul(columns.len());
        let values = input::array(rows.values, cells, usize::MAX, "rows.values")?;
        let now = if rows.now.is_null() {
            None
        } else {
            Some(input::array(rows.now, count, ROWS_MAX, "rows.now")?)
        };
        Ok(Rows {
            columns,
            values,
            now,
            count,
        })
    }

    /// Writes a row over the base case, and decides it.
    fn decide(
        &self,
        decided: &mut Decided,
        wanted: &Wanted<'_>,
        row: usize,
    ) -> Result<(), Failure> {
        let width = self.columns.len();
        let values = self.values.get(row * width..(row + 1) * width);
        let cells = self.columns.iter().zip(values.unwrap_or(&[]));
        for (column, value) in cells {
            let said = Said::of(&decided.pack, column.kind, column.id, value)?;
            let (facts, events) = decided.owned.slots();
            said.write(facts, events);
        }
        let now = self.now.and_then(|now| now.get(row)).copied();
        decided.decide(wanted, now.unwrap_or(wanted.now))
    }
}

/// Decides rows one after the other, and gives each decision to `each`.
fn decide_rows(
    decision: *mut exq_decision,
    base: *const exq_case,
    rows: *const exq_rows,
    options: (*const exq_options, usize),
    done: *mut usize,
    mut each: impl FnMut(usize, Held<'_, Decided>) -> Result<bool, Failure>,
) -> Result<(), Failure> {
    if !done.is_null() {
        Slot::new(done, "done")?.put(0);
    }
    opened_decision(decision)?.owned.forget();
    let rows = Rows::read(rows)?;
    let wanted = Wanted::read(options.0, options.1)?;
    for row in 0..rows.count {
        let mut decided = opened_decision(decision)?;
        // Each row starts from the base, whatever the row before said.
        {
            let base = opened_case(base)?;
            decided.take(&base)?;
        }
        rows.decide(&mut decided, &wanted, row)
            .map_err(|failure| failure.in_row(row))?;
        let go_on = each(row, decided)?;
        if !done.is_null() {
            Slot::new(done, "done")?.put(row + 1);
        }
        if !go_on {
            break;
        }
    }
    Ok(())
}

/// Decides many cases, and calls `each` after each of them. A case is what `base` says, and over it what the values of its
/// row say, column by column. `each` may read the decision; it returns 0 to go on. `done`, which may be NULL, is how many
/// rows were decided. At the first row that is refused the call stops; the place of the error begins with `row N`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decide_rows(
    decision: *mut exq_decision,
    base: *const exq_case,
    rows: *const exq_rows,
    options: *const exq_options,
    options_size: usize,
    each: exq_each,
    user: *mut c_void,
    done: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let Some(each) = each else {
            return Err(Failure::new(EXQ_E_NULL, "each", "`each` is NULL"));
        };
        decide_rows(
            decision,
            base,
            rows,
            (options, options_size),
            done,
            |row, decided| {
                // The callback reads the decision by its handle: it must not be held meanwhile.
                drop(decided);
                // SAFETY: the host promises a function of this type, which returns; `decision` was recognised as a handle.
                Ok(unsafe { each(user, row, decision) } == 0)
            },
        )
    })
}

/// Decides many cases, and writes for each of them the given norms in short: `briefs` has room for `row_count * norm_count`
/// of them, row after row, and `brief_count` is that number. Else as `exq_decide_rows`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decide_rows_into(
    decision: *mut exq_decision,
    base: *const exq_case,
    rows: *const exq_rows,
    options: *const exq_options,
    options_size: usize,
    norms: *const u32,
    norm_count: usize,
    briefs: *mut exq_brief,
    brief_count: usize,
    done: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let norms = input::array(norms, norm_count, usize::from(u16::MAX), "norms")?;
        let cells = Rows::read(rows)?.count.saturating_mul(norms.len());
        if cells != brief_count {
            let message = words!(
                "`brief_count` is {brief_count}, expected {cells}: one for each row and norm"
            );
            return Err(Failure::argument("brief_count", message));
        }
        if cells > 0 {
            required(briefs.cast_const(), "briefs")?;
        }
        {
            let decided = opened_decision(decision)?;
            for norm in norms {
                decided.pack.names.name(EXQ_KIND_NORM, *norm)?;
            }
        }
        decide_rows(
            decision,
            base,
            rows,
            (options, options_size),
            done,
            |row, decided| {
                let answer = decided.answer()?;
                for (index, norm) in norms.iter().enumerate() {
                    let brief = brief(&decided.pack, &answer, *norm)?;
                    // SAFETY: `row * norm_count + index < brief_count`, and the host promises so much room; that the
                    // pointer is not NULL was seen above.
                    unsafe { briefs.add(row * norms.len() + index).write(brief) };
                }
                Ok(true)
            },
        )
    })
}
