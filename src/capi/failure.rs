//! Why a call fails, until it becomes a status and an error object; and the guard around every call.
//!
//! Invariant: whatever happens inside, a call returns a status. A panic, which would be a defect of this library, is
//! caught here and nowhere else, and the process goes on; the hook for panics is the host's and is not touched.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::constants::*;
use super::handle;
use super::records::exq_error;
use crate::json::hex;

/// What is wrong, where, and each finding of it.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub code: exq_status,
    pub message: Cow<'static, str>,
    pub place: Cow<'static, str>,
    pub findings: Vec<Finding>,
}

/// One thing that is wrong with rules.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub code: String,
    pub message: String,
    pub file: String,
    pub line: u32,
    pub column: u32,
}

impl Failure {
    pub(super) fn new(
        code: exq_status,
        place: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Failure {
        Failure {
            code,
            message: message.into(),
            place: place.into(),
            findings: Vec::new(),
        }
    }

    /// There is nothing with this id or index.
    pub(super) fn no_such(what: &'static str, id: impl Into<u64>, count: usize) -> Failure {
        let id = id.into();
        let message = match count {
            0 => format!("there is no `{what}` {id}: there is none at all"),
            1 => format!("there is no `{what}` {id}: the only one is 0"),
            _ => format!("there is no `{what}` {id}: expected 0 to {}", count - 1),
        };
        Failure::new(EXQ_E_ID, what, message)
    }

    /// An argument means nothing.
    pub(super) fn argument(what: &'static str, message: impl Into<Cow<'static, str>>) -> Failure {
        Failure::new(EXQ_E_ARGUMENT, what, message)
    }

    /// The pack has another vocabulary than the host.
    pub(super) fn other_schema(found: &[u8], expected: &[u8]) -> Failure {
        let message = format!(
            "the pack has the vocabulary {}, and this host was built for {}: bind it again",
            hex(found),
            hex(expected)
        );
        Failure::new(EXQ_E_SCHEMA, "expected", message)
    }

    /// The same failure, about a row.
    pub(super) fn in_row(self, row: usize) -> Failure {
        let place = format!("row {row}, {}", self.place);
        self.at(place)
    }

    /// The same failure, at another place.
    pub(super) fn at(mut self, place: impl Into<Cow<'static, str>>) -> Failure {
        self.place = place.into();
        self
    }
}

/// Runs the body of a call: its failure becomes an error object at `error`, if the host wants one.
pub(super) fn guard(
    error: *mut *mut exq_error,
    body: impl FnOnce() -> Result<(), Failure>,
) -> exq_status {
    if !error.is_null() {
        // SAFETY: not NULL, so the caller promises that a pointer can be written there.
        unsafe { error.write(core::ptr::null_mut()) };
    }
    // What a panic leaves behind is a handle that nobody has unlocked: it can only be freed.
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => EXQ_OK,
        Ok(Err(failure)) => {
            let code = failure.code;
            if !error.is_null() && code != EXQ_E_MEMORY {
                // SAFETY: as above.
                unsafe { error.write(handle::give::<super::error::Report, _>(failure.into())) };
            }
            code
        }
        Err(payload) => {
            // Dropping the payload could panic again; it is small, and this is a defect anyhow.
            core::mem::forget(payload);
            EXQ_E_PANIC
        }
    }
}

/// Runs the body of a call that frees and has nobody to tell of failures.
pub(super) fn quietly(body: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(body)) {
        core::mem::forget(payload);
    }
}

#[cfg(test)]
mod tests {

    /// A panic inside a call is a status; the handle that it held stays locked, as nobody knows what is in it.
    #[cfg(feature = "compiler")]
    #[test]
    fn a_panic_becomes_a_status_and_keeps_its_handle_locked() {
        use super::*;
        use crate::capi::*;

        let text = b"pack p status policy fact f : bool";
        let part = |bytes: &[u8]| exq_str {
            ptr: bytes.as_ptr().cast(),
            len: bytes.len(),
        };
        let source = exq_source {
            name: part(b"p.exq"),
            text: part(text),
        };
        let (mut pack, mut case) = (core::ptr::null_mut(), core::ptr::null_mut());
        let none = core::ptr::null_mut();
        // SAFETY: all pointers are of this function, or NULL where the header allows it.
        unsafe {
            assert_eq!(
                exq_pack_compile(&source, 1, core::ptr::null(), &mut pack, none),
                EXQ_OK
            );
            assert_eq!(exq_case_new(pack, &mut case, none), EXQ_OK);
        }
        let mut error = core::ptr::null_mut();
        let status = guard(&mut error, || {
            let _held = super::super::case::opened_case(case)?;
            panic!("a planted defect");
        });
        assert_eq!(status, EXQ_E_PANIC);
        assert!(error.is_null());
        // SAFETY: as above.
        unsafe {
            assert_eq!(exq_case_clear(case, none), EXQ_E_BUSY);
            exq_case_free(case);
            exq_pack_free(pack);
        }
    }
}
