//! The calls about batches: many cases, decided in one call.
//!
//! Invariant: as in `calls`; columns have as many values as cases are said to have.

use core::mem::zeroed;
use core::ptr::{null, null_mut};

use exequatur::capi::*;

use super::{Host, SLOTS};

/// Lines of cases, good and bad.
const LINES: [&str; 2] = [
    "{\"order\": {\"kind\": \"request\"}}\n\n{\"order\": 5}\n{\"order\": {\"received\": \"2026-05-16T23:30:00Z\"}}\n{",
    "{}\n{\"décision\": {\"rule\": true}}",
];
/// The most cases of a column.
const CASES: usize = 4;

fn slots<'h>(host: &'h mut Host<'_>) -> &'h mut [*mut exq_batch; SLOTS] {
    &mut host.batches
}

impl Host<'_> {
    /// One call about a batch.
    pub(super) fn call_batch(&mut self, which: u8) {
        match which % 16 {
            0 | 1 => {
                let pack = self.pack();
                let most = match self.bytes.u8() {
                    255 => usize::MAX,
                    254 => 0,
                    byte => usize::from(byte % 8),
                };
                // SAFETY: see `calls`.
                self.make(slots, exq_batch_free, |out, error| unsafe {
                    exq_batch_new(pack, most, out, error)
                });
            }
            2 => {
                let (slot, _) = self.slot();
                let handle = core::mem::replace(&mut self.batches[slot], null_mut());
                // SAFETY: it has just left its slot.
                unsafe { exq_batch_free(handle) };
            }
            3..=5 => self.add_columns(),
            6..=8 => self.decide_batch(),
            _ => self.ask_batch(which),
        }
    }

    fn ask_batch(&mut self, which: u8) {
        let batch = self.batch();
        let index = self.id() as usize;
        // SAFETY: see `calls`.
        unsafe {
            match which % 16 {
                9 => _ = self.call(|error| exq_batch_clear(batch, error)),
                10 => self.get(|out, error| exq_batch_count(batch, out, error)),
                11 => {
                    let case = self.case();
                    self.call(|error| exq_batch_add(batch, case, error));
                }
                12 => {
                    let lines = LINES[index % LINES.len()];
                    let (text, length) = match self.bytes.u8() {
                        0..=199 => (lines.as_ptr().cast(), lines.len()),
                        _ => self.text(),
                    };
                    self.call(|error| exq_batch_add_json(batch, text, length, error));
                }
                13 => self.fill(|array, room, count, error| {
                    exq_batch_cases(batch, array, room, count, error)
                }),
                14 if index.is_multiple_of(2) => self.fill(|array, room, count, error| {
                    exq_batch_rows(batch, array, room, count, error)
                }),
                14 => self.fill(|array, room, count, error| {
                    exq_batch_briefs(batch, array, room, count, error)
                }),
                _ if self.bytes.one_in(2) => {
                    self.call(|error| exq_batch_refusal(batch, index, error));
                }
                _ => {
                    let decision = self.decision();
                    self.call(|error| exq_batch_decision(batch, index, decision, error));
                }
            }
        }
    }

    fn add_columns(&mut self) {
        let batch = self.batch();
        let numbers = [(); CASES].map(|()| self.value().number);
        let members = [(); CASES * 4].map(|()| u64::from(self.bytes.u8()));
        let said = [(); CASES].map(|()| self.bytes.u8() % 5);
        let mut columns: [exq_batch_column; 2] = [(); 2].map(|()| exq_batch_column {
            kind: self.small(),
            id: self.id(),
            numbers: numbers.as_ptr(),
            members: members.as_ptr(),
            said: said.as_ptr(),
            currency: *b"EUR\0",
            reserved: 0,
        });
        if self.bytes.one_in(4) {
            columns[0].numbers = null();
        }
        if self.bytes.one_in(4) {
            columns[1].members = null();
        }
        if self.bytes.one_in(4) {
            columns[0].said = null();
        }
        let column_count = usize::from(self.bytes.u8() % 3);
        let cases = usize::from(self.bytes.u8()) % (CASES + 1);
        // SAFETY: see `calls`; each column has `CASES` values, and four words of members for each.
        self.call(|error| unsafe {
            exq_batch_add_columns(batch, columns.as_ptr(), column_count, cases, error)
        });
    }

    fn decide_batch(&mut self) {
        let batch = self.batch();
        let adopt = [self.id(), self.id()];
        let options = [self.options(&adopt), self.options(&adopt)];
        let size = self.options_size();
        let instants = [(); CASES].map(|()| self.bytes.instant());
        let mut count = 0;
        if self.bytes.one_in(2) {
            // SAFETY: see `calls`.
            unsafe { exq_batch_count(batch, &mut count, null_mut()) };
            count = count.min(CASES);
        }
        let norms = [self.id(), self.id()];
        let norm_count = usize::from(self.bytes.u8() % 3);
        // SAFETY: see `calls`; there is room for two structures behind the pointer to the options.
        unsafe {
            let options = options.as_ptr();
            let status = self.call(|error| {
                exq_batch_decide(
                    batch,
                    options,
                    size,
                    instants.as_ptr(),
                    count,
                    norms.as_ptr(),
                    norm_count,
                    error,
                )
            });
            let mut first: exq_batch_case = zeroed();
            let mut cases = 0;
            let read = self.call(|error| exq_batch_cases(batch, &mut first, 1, &mut cases, error));
            assert!(read == EXQ_OK || cases != 1 || status != EXQ_OK);
        }
    }
}
