//! Bytes as calls of the C ABI: which function, with which handles, numbers, texts and buffers.
//!
//! Invariant: the calls keep to the contract of `include/exequatur.h` (handles of the library or NULL, readable lengths) and
//! to nothing else: any order, handles of another kind, short buffers, ids of nothing. Each gives a status, never
//! `EXQ_E_PANIC`; an error object if and only if one was asked for and the call failed; and writes no byte beyond a buffer,
//! nor into one that is too short. Why through the functions themselves: what they guard against is pointers.
//!
//! Every `unsafe` block here stands on this: pointers are NULL, or of live values of this process with the lengths that are
//! handed over with them; handles are freed once, and leave their slot then.

mod batches;
mod cases;
mod decisions;
mod packs;

use core::ffi::{CStr, c_char};
use core::mem::zeroed;
use core::ptr::{null, null_mut};

use exequatur::capi::*;

use super::Bytes;

/// Handles of each kind.
const SLOTS: usize = 3;
/// The most calls of one input.
const CALLS_MAX: usize = 48;
/// What a buffer holds before a call.
const UNTOUCHED: u8 = 0xA5;

/// What a host holds.
struct Host<'a> {
    bytes: Bytes<'a>,
    packs: [*mut exq_pack; SLOTS],
    cases: [*mut exq_case; SLOTS],
    decisions: [*mut exq_decision; SLOTS],
    batches: [*mut exq_batch; SLOTS],
}

impl Drop for Host<'_> {
    fn drop(&mut self) {
        // SAFETY: handles of this host or NULL, freed once. Packs go first: what was made for them shares what it needs.
        unsafe {
            for handle in self.packs {
                exq_pack_free(handle);
            }
            for handle in self.cases {
                exq_case_free(handle);
            }
            for handle in self.decisions {
                exq_decision_free(handle);
            }
            for handle in self.batches {
                exq_batch_free(handle);
            }
        }
    }
}

/// Any sequence of calls of the C ABI gives statuses.
///
/// The first byte tells which pack is loaded at first; then come the calls, each with its arguments behind it.
pub fn capi_calls(data: &[u8]) {
    let mut host = Host {
        bytes: Bytes::new(data),
        packs: [null_mut(); SLOTS],
        cases: [null_mut(); SLOTS],
        decisions: [null_mut(); SLOTS],
        batches: [null_mut(); SLOTS],
    };
    host.begin();
    for _ in 0..CALLS_MAX {
        if host.bytes.is_empty() {
            break;
        }
        let call = host.bytes.u8();
        match call % 4 {
            0 => host.call_pack(call / 4),
            1 => host.call_case(call / 4),
            2 => host.call_decision(call / 4),
            _ => host.call_batch(call / 4),
        }
    }
}

impl Host<'_> {
    /// A pack, a case and a decision, so that most sequences have something to ask.
    fn begin(&mut self) {
        let packs = super::packs();
        let bytes = &packs[usize::from(self.bytes.u8()) % packs.len()];
        let mut error = null_mut();
        let (pack, case, decision) = (
            &raw mut self.packs[0],
            &raw mut self.cases[0],
            &raw mut self.decisions[0],
        );
        // SAFETY: see above.
        unsafe {
            assert_eq!(
                exq_pack_load(bytes.as_ptr(), bytes.len(), pack, &mut error),
                EXQ_OK
            );
            assert_eq!(exq_case_new(*pack, case, &mut error), EXQ_OK);
            assert_eq!(exq_decision_new(*pack, decision, &mut error), EXQ_OK);
        }
    }

    /// One of the slots, and at times a handle of another kind.
    fn slot(&mut self) -> (usize, bool) {
        let byte = self.bytes.u8();
        (usize::from(byte) % SLOTS, byte >= 250)
    }

    fn pack(&mut self) -> *mut exq_pack {
        match self.slot() {
            (slot, false) => self.packs[slot],
            (slot, true) => self.cases[slot].cast(),
        }
    }

    fn case(&mut self) -> *mut exq_case {
        match self.slot() {
            (slot, false) => self.cases[slot],
            (slot, true) => self.decisions[slot].cast(),
        }
    }

    fn decision(&mut self) -> *mut exq_decision {
        match self.slot() {
            (slot, false) => self.decisions[slot],
            (slot, true) => self.batches[slot].cast(),
        }
    }

    fn batch(&mut self) -> *mut exq_batch {
        match self.slot() {
            (slot, false) => self.batches[slot],
            (slot, true) => self.packs[slot].cast(),
        }
    }

    /// An id: mostly small, sometimes any number.
    fn id(&mut self) -> u32 {
        match self.bytes.u8() {
            255 => EXQ_NONE,
            254 => self.bytes.u32(),
            small => u32::from(small % 64),
        }
    }

    /// A kind, a language, a flag: mostly one that means something.
    fn small(&mut self) -> i32 {
        match self.bytes.u8() {
            255 => self.bytes.u32() as i32,
            byte => i32::from(byte % 16) - 1,
        }
    }

    /// A text of the host, with its length; it may be no UTF-8, and at times it is NULL.
    fn text(&mut self) -> (*const c_char, usize) {
        match self.bytes.u8() {
            0 => (null(), 0),
            1 => (null(), 3),
            length => {
                let text = self.bytes.slice(length.into());
                (text.as_ptr().cast(), text.len())
            }
        }
    }

    /// A pointer to a value, or NULL at times.
    fn out<T>(&mut self, value: &mut T) -> *mut T {
        if self.bytes.u8() >= 240 {
            null_mut()
        } else {
            value
        }
    }

    /// Makes a call, and reads its error object to the end.
    fn call(&mut self, call: impl FnOnce(*mut *mut exq_error) -> exq_status) -> exq_status {
        let mut error = null_mut();
        let wanted = self.bytes.u8() < 200;
        let status = call(if wanted { &mut error } else { null_mut() });
        assert_ne!(status, EXQ_E_PANIC, "a panic was caught");
        assert!((EXQ_OK..EXQ_E_PANIC).contains(&status), "status {status}");
        let expected = wanted && status != EXQ_OK && status != EXQ_E_MEMORY;
        assert_eq!(!error.is_null(), expected, "status {status}");
        if !error.is_null() {
            read_error(error, status);
        }
        status
    }

    /// A call that gives one plain value.
    fn get<T>(&mut self, call: impl FnOnce(*mut T, *mut *mut exq_error) -> exq_status) {
        // SAFETY: plain numbers and pointers, for which zeros are values.
        let mut value: T = unsafe { zeroed() };
        let out = self.out(&mut value);
        let status = self.call(|error| call(out, error));
        assert!(
            !out.is_null() || status != EXQ_OK,
            "written, and to nowhere"
        );
    }

    /// A call that fills an array or a text: asked for the size, then with a buffer that is short, fits, or is longer.
    fn fill<T>(
        &mut self,
        call: impl Fn(*mut T, usize, *mut usize, *mut *mut exq_error) -> exq_status,
    ) {
        let mut needed = usize::MAX;
        let status = self.call(|error| call(null_mut(), 0, &mut needed, error));
        if status != EXQ_OK {
            return;
        }
        assert!(needed < 1 << 28, "{needed} needed");
        let capacity = match self.bytes.u8() % 4 {
            0 => needed.saturating_sub(1),
            1 => needed + 1,
            2 => usize::from(self.bytes.u8()),
            _ => needed,
        };
        let mut room: Vec<T> = Vec::with_capacity(capacity);
        let bytes = capacity * size_of::<T>();
        let start: *mut u8 = room.as_mut_ptr().cast();
        // SAFETY: `capacity` elements were just allocated; bytes need no value before they are written.
        unsafe { start.write_bytes(UNTOUCHED, bytes) };
        let mut again = 0;
        let status = self.call(|error| call(room.as_mut_ptr(), capacity, &mut again, error));
        assert_eq!(again, needed, "the size changed");
        let fits = if capacity >= needed {
            EXQ_OK
        } else {
            EXQ_E_BUFFER
        };
        assert_eq!(status, fits, "{capacity} for {needed}");
        let written = if status == EXQ_OK { needed } else { 0 } * size_of::<T>();
        // SAFETY: all of it was written above.
        let after = unsafe { core::slice::from_raw_parts(start, bytes) };
        assert!(
            after[written..].iter().all(|byte| *byte == UNTOUCHED),
            "more was written than was said"
        );
    }

    /// The same with a text: it is UTF-8 and closed by a NUL.
    fn fill_text(
        &mut self,
        call: impl Fn(*mut c_char, usize, *mut usize, *mut *mut exq_error) -> exq_status,
    ) {
        self.fill(|buffer: *mut c_char, capacity, needed, error| {
            let status = call(buffer, capacity, needed, error);
            if status == EXQ_OK && !buffer.is_null() {
                // SAFETY: the call said that it wrote `needed` bytes, the last of them a NUL.
                let text =
                    unsafe { core::slice::from_raw_parts(buffer.cast::<u8>(), needed.read()) };
                let text = CStr::from_bytes_with_nul(text).expect("one NUL, at the end");
                assert!(text.to_str().is_ok(), "a text that is no UTF-8");
            }
            status
        });
    }

    /// Makes a handle, which takes its slot if that is free.
    fn make<T>(
        &mut self,
        slots: fn(&mut Self) -> &mut [*mut T; SLOTS],
        free: unsafe extern "C" fn(*mut T),
        call: impl FnOnce(*mut *mut T, *mut *mut exq_error) -> exq_status,
    ) {
        let (slot, nowhere) = self.slot();
        let mut made = null_mut();
        let out = if nowhere { null_mut() } else { &raw mut made };
        let status = self.call(|error| call(out, error));
        assert_eq!(!made.is_null(), status == EXQ_OK, "status {status}");
        let place = &mut slots(self)[slot];
        let before = core::mem::replace(place, made);
        // SAFETY: it has just left its slot.
        unsafe { free(before) };
    }
}

/// Reads all that an error says, and frees it.
fn read_error(error: *mut exq_error, status: exq_status) {
    // SAFETY: an error object that was just given out; its texts live until it is freed.
    unsafe {
        assert_eq!(exq_error_code(error), status);
        for text in [exq_error_message(error), exq_error_place(error)] {
            assert!(CStr::from_ptr(text).to_str().is_ok());
        }
        assert!(
            !CStr::from_ptr(exq_error_message(error)).is_empty(),
            "no message"
        );
        assert!(!CStr::from_ptr(exq_status_name(status)).is_empty());
        let count = exq_error_finding_count(error);
        let mut finding = zeroed();
        for index in 0..count.min(4) {
            assert_eq!(exq_error_finding(error, index, &mut finding), EXQ_OK);
            let text =
                core::slice::from_raw_parts(finding.message.ptr.cast::<u8>(), finding.message.len);
            assert!(core::str::from_utf8(text).is_ok_and(|text| !text.is_empty()));
        }
        assert_ne!(exq_error_finding(error, count, &mut finding), EXQ_OK);
        exq_error_free(error);
    }
}
