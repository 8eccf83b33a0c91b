//! Failures as objects that the host can read and frees.
//!
//! Invariant: an error never changes, so that its texts can be lent out. All functions take NULL: no error.

use core::ffi::{CStr, c_char};
use std::ffi::CString;

use super::constants::*;
use super::failure::{Failure, Finding, guard, quietly};
use super::handle::{self, Kind, Shared};
use super::output::{Slot, str};
use super::records::{exq_error, exq_finding};

/// A failure with texts that end with a NUL.
pub(super) struct Report {
    code: exq_status,
    message: CString,
    place: CString,
    findings: Vec<Finding>,
}

impl Kind for Report {
    type Opaque = exq_error;
    const TAG: u32 = u32::from_le_bytes(*b"EXQe");
    const WORD: &'static str = "error";
}

impl Shared for Report {}

impl From<Failure> for Report {
    fn from(failure: Failure) -> Report {
        // A NUL in a text of the host would cut the message short; it is shown as what it is.
        let closed = |text: &str| CString::new(text.replace('\0', "\\0")).unwrap_or_default();
        Report {
            code: failure.code,
            message: closed(&failure.message),
            place: closed(&failure.place),
            findings: failure.findings,
        }
    }
}

fn read<T>(error: *const exq_error, none: T, of: impl FnOnce(&'static Report) -> T) -> T {
    // The lifetime is the host's to keep: until `exq_error_free`.
    handle::look::<Report>(error, "error").map_or(none, of)
}

/// The status with which the call failed; `EXQ_OK` for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_error_code(error: *const exq_error) -> exq_status {
    read(error, EXQ_OK, |report| report.code)
}

/// What is wrong and what was expected: one line, or for rules with errors all of them as text; closed by a NUL. It
/// lives as long as the error. Empty for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_error_message(error: *const exq_error) -> *const c_char {
    const NOTHING: &CStr = c"";
    read(error, NOTHING.as_ptr(), |report| report.message.as_ptr())
}

/// Where it is wrong: the name of an argument, a JSON pointer, a path, a row; closed by a NUL. It lives as long as the
/// error. Empty for NULL, and where there is no place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_error_place(error: *const exq_error) -> *const c_char {
    const NOTHING: &CStr = c"";
    read(error, NOTHING.as_ptr(), |report| report.place.as_ptr())
}

/// How many findings it has: those of rules with errors, else 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_error_finding_count(error: *const exq_error) -> usize {
    read(error, 0, |report| report.findings.len())
}

/// A finding, from 0. `EXQ_E_ID` if there is none with this index.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_error_finding(
    error: *const exq_error,
    index: usize,
    out: *mut exq_finding,
) -> exq_status {
    guard(core::ptr::null_mut(), || {
        let report = handle::look::<Report>(error, "error")?;
        let out = Slot::new(out, "out")?;
        let Some(finding) = report.findings.get(index) else {
            let count = report.findings.len();
            return Err(Failure::no_such("finding", index as u64, count));
        };
        out.put(exq_finding {
            code: str(&finding.code),
            message: str(&finding.message),
            file: str(&finding.file),
            line: finding.line,
            column: finding.column,
        });
        Ok(())
    })
}

/// Frees an error. NULL is nothing to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_error_free(error: *mut exq_error) {
    quietly(|| handle::free::<Report>(error));
}
