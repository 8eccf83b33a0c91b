//! Why a call fails, until it becomes a status and an error object; and the guard around every call.
//!
//! Invariant: whatever happens inside, a call returns a status. A panic, which would be a defect of this library, is
//! caught here and nowhere else, and the process goes on; the hook for panics is the host's and is not touched.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::constants::*;
use super::handle;
use super::records::exq_error;

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
