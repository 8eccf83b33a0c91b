//! Why a call fails, in the small library: a status, and nothing else.
//!
//! Invariant: whatever happens inside, a call returns a status. There is no panic to be caught: the small library does not
//! link if one is left in it (`small/build.rs`).

use crate::capi::constants::*;
use crate::capi::records::exq_error;

/// What is wrong, as a number.
#[derive(Clone, Copy, Debug)]
pub(in crate::capi) struct Failure {
    code: exq_status,
}

/// A message that nobody keeps.
pub(in crate::capi) struct Words;

impl From<&str> for Words {
    fn from(_: &str) -> Words {
        Words
    }
}

impl Failure {
    #[inline]
    pub(in crate::capi) fn new(
        code: exq_status,
        _place: impl Into<Words>,
        _message: impl Into<Words>,
    ) -> Failure {
        Failure { code }
    }

    #[inline]
    pub(in crate::capi) fn no_such(_what: &str, _id: impl Into<u64>, _count: usize) -> Failure {
        Failure { code: EXQ_E_ID }
    }

    #[inline]
    pub(in crate::capi) fn argument(_what: &str, _message: impl Into<Words>) -> Failure {
        let code = EXQ_E_ARGUMENT;
        Failure { code }
    }

    #[inline]
    pub(in crate::capi) fn other_schema(_found: &[u8], _expected: &[u8]) -> Failure {
        let code = EXQ_E_SCHEMA;
        Failure { code }
    }

    #[inline]
    pub(in crate::capi) fn at(self, _place: impl Into<Words>) -> Failure {
        self
    }
}

/// Runs the body of a call. No error object is ever given.
#[inline]
pub(in crate::capi) fn guard(
    error: *mut *mut exq_error,
    body: impl FnOnce() -> Result<(), Failure>,
) -> exq_status {
    if !error.is_null() {
        // SAFETY: not NULL, so the caller promises that a pointer can be written there.
        unsafe { error.write(core::ptr::null_mut()) };
    }
    match body() {
        Ok(()) => EXQ_OK,
        Err(failure) => failure.code,
    }
}

/// Runs the body of a call that frees.
#[inline]
pub(in crate::capi) fn quietly(body: impl FnOnce()) {
    body();
}
