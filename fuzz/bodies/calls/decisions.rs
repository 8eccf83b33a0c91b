//! The calls that decide, and those that read a decision.
//!
//! Invariant: as in `calls`; and `exq_decision_allows` gives 0 after a call that could not decide.

use core::ffi::c_void;
use core::mem::zeroed;
use core::ptr::{null, null_mut};

use exequatur::capi::*;

use super::{Host, SLOTS};

fn slots<'h>(host: &'h mut Host<'_>) -> &'h mut [*mut exq_decision; SLOTS] {
    &mut host.decisions
}

/// What `exq_decide_rows` gives each decision to: it reads it, and stops after as many as the host says.
unsafe extern "C" fn each(user: *mut c_void, _: usize, decision: *const exq_decision) -> i32 {
    let mut count = 0;
    // SAFETY: `user` is the number that was handed over; the decision lives during this call.
    unsafe {
        let left = &mut *user.cast::<u32>();
        assert_eq!(
            exq_decision_answer_count(decision, &mut count, null_mut()),
            EXQ_OK
        );
        *left = left.saturating_sub(1);
        i32::from(*left == 0)
    }
}

impl Host<'_> {
    /// How a case is asked; the ids to adopt stand at `adopt`, which outlives the call.
    pub(super) fn options(&mut self, adopt: &[u32; 2]) -> exq_options {
        exq_options {
            now: self.bytes.instant(),
            law_date: self.bytes.u32() as i32 % 50_000,
            has_law_date: i32::from(self.bytes.one_in(4)),
            adopt: if self.bytes.one_in(8) {
                null()
            } else {
                adopt.as_ptr()
            },
            adopt_count: usize::from(self.bytes.u8() % 3),
            undue_delay: if self.bytes.one_in(4) {
                self.bytes.i64()
            } else {
                0
            },
            expeditiously: i64::from(self.bytes.u8()),
        }
    }

    /// The size that a host hands over: mostly that of the structure, else one of an older or a newer header. What it
    /// points to has room for two.
    pub(super) fn options_size(&mut self) -> usize {
        match self.bytes.u8() {
            0 => 0,
            1..=7 => 8,
            8..=15 => size_of::<exq_options>() + 8,
            16..=23 => size_of::<exq_options>() - 8,
            24 => 3,
            _ => size_of::<exq_options>(),
        }
    }

    /// One call about a decision.
    pub(super) fn call_decision(&mut self, which: u8) {
        match which % 32 {
            0 => {
                let pack = self.pack();
                // SAFETY: see `calls`.
                self.make(slots, exq_decision_free, |out, error| unsafe {
                    exq_decision_new(pack, out, error)
                });
            }
            1 => {
                let pack = self.pack();
                let mut room = vec![0u64; usize::from(self.bytes.u8())];
                let size = room.len() * 8;
                let room = room.as_mut_ptr().cast();
                // SAFETY: see `calls`. The library with a heap leaves the memory alone.
                self.make(slots, exq_decision_free, |out, error| unsafe {
                    exq_decision_new_in(pack, room, size, out, error)
                });
            }
            2 => {
                let (slot, _) = self.slot();
                let handle = core::mem::replace(&mut self.decisions[slot], null_mut());
                // SAFETY: it has just left its slot.
                unsafe { exq_decision_free(handle) };
            }
            3..=8 => self.decide(which),
            9 => self.decide_rows(),
            _ => self.read_decision(which),
        }
    }

    fn decide(&mut self, which: u8) {
        let (decision, case) = (self.decision(), self.case());
        let adopt = [self.id(), self.id()];
        let options = [self.options(&adopt), self.options(&adopt)];
        let size = self.options_size();
        let (mut allowed, norm) = (1, self.id());
        // SAFETY: see `calls`; there is room for two structures behind the pointer.
        unsafe {
            let status = if which % 32 < 6 {
                self.call(|error| exq_decide(decision, case, options[0].now, error))
            } else {
                self.call(|error| exq_decide_with(decision, case, options.as_ptr(), size, error))
            };
            let asked = self
                .call(|error| exq_decision_allows(decision, norm, EXQ_NONE, &mut allowed, error));
            if status != EXQ_OK {
                assert_ne!(asked, EXQ_OK, "an answer is left of an attempt that failed");
            }
            assert!(allowed == 0 || asked == EXQ_OK, "allowed without an answer");
        }
    }

    fn decide_rows(&mut self) {
        let (decision, base) = (self.decision(), self.case());
        let columns = [(); 2].map(|()| exq_column {
            kind: self.small(),
            id: self.id(),
        });
        let values = [(); 6].map(|()| self.value());
        let now = [(); 3].map(|()| self.bytes.instant());
        let rows = exq_rows {
            columns: columns.as_ptr(),
            column_count: usize::from(self.bytes.u8() % 3),
            values: values.as_ptr(),
            row_count: usize::from(self.bytes.u8() % 4),
            now: if self.bytes.one_in(2) {
                now.as_ptr()
            } else {
                null()
            },
        };
        let adopt = [self.id(), self.id()];
        let options = [self.options(&adopt), self.options(&adopt)];
        let size = self.options_size();
        let norms = [self.id(), self.id()];
        let norm_count = usize::from(self.bytes.u8() % 3);
        let (mut left, mut done) = (u32::from(self.bytes.u8() % 4) + 1, 0usize);
        let done = self.out(&mut done);
        // SAFETY: see `calls`; there is room for two structures behind the pointer to the options.
        unsafe {
            if self.bytes.one_in(2) {
                let user = (&raw mut left).cast();
                self.call(|error| {
                    let options = options.as_ptr();
                    exq_decide_rows(
                        decision,
                        base,
                        &rows,
                        options,
                        size,
                        Some(each),
                        user,
                        done,
                        error,
                    )
                });
            } else {
                let room = usize::from(self.bytes.u8() % 7);
                let mut briefs: Vec<exq_brief> = vec![zeroed(); room];
                let briefs = briefs.as_mut_ptr();
                let (options, norms) = (options.as_ptr(), norms.as_ptr());
                self.call(|error| {
                    exq_decide_rows_into(
                        decision, base, &rows, options, size, norms, norm_count, briefs, room,
                        done, error,
                    )
                });
            }
        }
    }

    fn read_decision(&mut self, which: u8) {
        let decision = self.decision();
        let (a, b, c) = (self.id(), self.id(), self.id());
        let flags = u32::from(self.bytes.u8());
        let flags = if flags == 255 { u32::MAX } else { flags & 7 };
        // SAFETY: see `calls`.
        unsafe {
            match which % 32 {
                10 => self.get(|out, error| exq_decision_answer_count(decision, out, error)),
                11 => self.get(|out, error| exq_decision_answer(decision, a, out, error)),
                12 => self.get(|out, error| exq_decision_effect(decision, a, b, out, error)),
                13 => self.get(|out, error| exq_decision_amount(decision, a, b, c, out, error)),
                14 => {
                    self.get(|out, error| exq_decision_alternative(decision, a, b, c, out, error));
                }
                15 => self.fill(|array, room, count, error| {
                    exq_decision_needs(decision, a, b, array, room, count, error)
                }),
                16 => self.get(|out, error| exq_decision_missing_count(decision, out, error)),
                17 => self.get(|out, error| exq_decision_missing(decision, a, out, error)),
                18 => self.fill(|array, room, count, error| {
                    exq_decision_assumed(decision, array, room, count, error)
                }),
                19 => self.fill(|array, room, count, error| {
                    exq_decision_rules(decision, array, room, count, error)
                }),
                20 => self.get(|out, error| exq_decision_needs_human(decision, out, error)),
                21 => self.get(|out, error| exq_decision_next_change(decision, out, error)),
                22 => {
                    let mut decides = 0;
                    let decides = self.out(&mut decides);
                    let mut days = 0;
                    let days = self.out(&mut days);
                    self.call(|error| exq_decision_law_date(decision, a, days, decides, error));
                }
                23 => self.get(|out, error| exq_decision_brief(decision, a, out, error)),
                24 => self.fill(|array, room, count, error| {
                    exq_decision_duties(decision, array, room, count, error)
                }),
                25 => {
                    self.get(|out, error| exq_decision_derivation(decision, a, b, c, out, error));
                }
                26 => self.fill(|array, room, count, error| {
                    exq_decision_steps(decision, a, b, c, array, room, count, error)
                }),
                27 => self.get(|out, error| exq_decision_receipt(decision, out, error)),
                28 => self.fill_text(|buffer, room, needed, error| {
                    exq_decision_json(decision, flags, buffer, room, needed, error)
                }),
                29 => {
                    let lang = self.small();
                    self.fill_text(|buffer, room, needed, error| {
                        exq_decision_text(decision, lang, flags, buffer, room, needed, error)
                    });
                }
                30 => self.form(decision, flags),
                _ => self.get(|out, error| exq_decision_allows(decision, a, b, out, error)),
            }
        }
    }

    fn form(&mut self, decision: *const exq_decision, flags: u32) {
        const FORMS: [&str; 3] = ["dsa-statement", "tco-annex-ii", "tco-annex-iii"];
        let (name, length) = match self.bytes.u8() {
            known @ 0..=199 => {
                let name = FORMS[usize::from(known) % FORMS.len()];
                (name.as_ptr().cast(), name.len())
            }
            _ => self.text(),
        };
        // SAFETY: see `calls`.
        self.fill_text(|buffer, room, needed, error| unsafe {
            exq_decision_form(decision, name, length, flags, buffer, room, needed, error)
        });
    }
}
