//! The calls that make cases and say what is known.
//!
//! Invariant: as in `calls`; what was set and taken is what `exq_case_get` gives back.

use core::mem::zeroed;
use core::ptr::null_mut;

use exequatur::capi::*;

use super::{Host, SLOTS};

/// Cases as JSON, to be given whole or cut off.
const JSON: [&str; 3] = [
    r#"{"order": {"kind": "request", "authenticated": true, "issuer": "judge", "data": ["content", "subscriber"],
        "received": "2026-05-16T23:30:00Z"}, "provider": {"staff": 12, "offers_in": ["BE", "FR"]}}"#,
    r#"{"décision": {"rule": true, "pays": ["AT", "België"], "qualité": "présent"}}"#,
    r#"{"order": {"kind": null}, "content": {"removed": false}}"#,
];

fn slots<'h>(host: &'h mut Host<'_>) -> &'h mut [*mut exq_case; SLOTS] {
    &mut host.cases
}

impl Host<'_> {
    /// A value of the tagged kind.
    pub(super) fn value(&mut self) -> exq_value {
        // SAFETY: plain numbers, for which zeros are values.
        let mut value: exq_value = unsafe { zeroed() };
        value.r#type = self.small();
        value.currency = if self.bytes.one_in(8) {
            self.bytes.u32().to_le_bytes()
        } else {
            *b"EUR\0"
        };
        value.number = match self.bytes.u8() {
            0..=63 => self.bytes.instant(),
            64..=79 => self.bytes.i64(),
            small => i64::from(small) - 80,
        };
        value.members[0] = self.bytes.u8().into();
        if self.bytes.one_in(16) {
            value.members[3] = self.bytes.i64() as u64;
        }
        value
    }

    /// One call about a case.
    pub(super) fn call_case(&mut self, which: u8) {
        match which % 20 {
            0 => {
                let pack = self.pack();
                // SAFETY: see `calls`.
                self.make(slots, exq_case_free, |out, error| unsafe {
                    exq_case_new(pack, out, error)
                });
            }
            1 => {
                let pack = self.pack();
                let mut room = vec![0u64; usize::from(self.bytes.u8())];
                let size = room.len() * 8;
                let room = room.as_mut_ptr().cast();
                // SAFETY: see `calls`. The library with a heap leaves the memory alone.
                self.make(slots, exq_case_free, |out, error| unsafe {
                    exq_case_new_in(pack, room, size, out, error)
                });
            }
            2 => {
                let (slot, _) = self.slot();
                let handle = core::mem::replace(&mut self.cases[slot], null_mut());
                // SAFETY: it has just left its slot.
                unsafe { exq_case_free(handle) };
            }
            _ => self.say(which),
        }
    }

    fn say(&mut self, which: u8) {
        let case = self.case();
        let id = self.id();
        // SAFETY: see `calls`.
        unsafe {
            match which % 20 {
                3 => _ = self.call(|error| exq_case_clear(case, error)),
                4 => {
                    let value = self.small();
                    self.call(|error| exq_case_set_bool(case, id, value, error));
                }
                5 => {
                    let member = self.id();
                    self.call(|error| exq_case_set_member(case, id, member, error));
                }
                6 => {
                    let members = [self.id(), self.id(), self.id()];
                    let count = usize::from(self.bytes.u8() % 4);
                    self.call(|error| {
                        exq_case_set_members(case, id, members.as_ptr(), count, error)
                    });
                }
                7 => {
                    let value = self.value().number;
                    self.call(|error| exq_case_set_int(case, id, value, error));
                }
                8 => {
                    let minor = self.value().number;
                    let (currency, length) = if self.bytes.one_in(4) {
                        self.text()
                    } else {
                        (c"EUR".as_ptr(), 3)
                    };
                    self.call(|error| exq_case_set_money(case, id, minor, currency, length, error));
                }
                9 => {
                    let at = self.bytes.instant();
                    self.call(|error| exq_case_set_instant(case, id, at, error));
                }
                10 => _ = self.call(|error| exq_case_set_unknown(case, id, error)),
                11 => _ = self.call(|error| exq_case_unset(case, id, error)),
                12 => {
                    let at = self.bytes.instant();
                    self.call(|error| exq_case_set_event(case, id, at, error));
                }
                13 => _ = self.call(|error| exq_case_set_not_happened(case, id, error)),
                14 => _ = self.call(|error| exq_case_set_event_unknown(case, id, error)),
                15 => _ = self.call(|error| exq_case_unset_event(case, id, error)),
                16 | 17 => self.set_and_get(case, id),
                18 => {
                    let kind = self.small();
                    self.get(|out, error| exq_case_get(case, kind, id, out, error));
                }
                _ => self.json(case),
            }
        }
    }

    fn set_and_get(&mut self, case: *mut exq_case, id: u32) {
        let (kind, value) = (self.small(), self.value());
        // SAFETY: see `calls`.
        unsafe {
            if self.call(|error| exq_case_set(case, kind, id, &value, error)) == EXQ_OK {
                let mut again: exq_value = zeroed();
                let status = self.call(|error| exq_case_get(case, kind, id, &mut again, error));
                assert_eq!(status, EXQ_OK, "what was set cannot be had");
                assert_eq!(
                    again.r#type, value.r#type,
                    "another type than the one that was set"
                );
            }
        }
    }

    fn json(&mut self, case: *mut exq_case) {
        let text = JSON[usize::from(self.bytes.u8()) % JSON.len()].as_bytes();
        let (text, length) = match self.bytes.u8() {
            0..=127 => (text.as_ptr().cast(), text.len()),
            128..=191 => (text.as_ptr().cast(), self.bytes.below(text.len())),
            _ => self.text(),
        };
        // SAFETY: see `calls`.
        self.call(|error| unsafe { exq_case_set_json(case, text, length, error) });
    }
}
