//! The functions of errors, in the small library, which gives none: what they say is what they say of NULL.

use core::ffi::{CStr, c_char};

use crate::capi::constants::*;
use crate::capi::records::exq_error;

const NOTHING: &CStr = c"";

/// `EXQ_OK`, as for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_error_code(_error: *const exq_error) -> exq_status {
    EXQ_OK
}

/// Empty, as for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_error_message(_error: *const exq_error) -> *const c_char {
    NOTHING.as_ptr()
}

/// Empty, as for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_error_place(_error: *const exq_error) -> *const c_char {
    NOTHING.as_ptr()
}

/// Nothing to free, as with NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_error_free(_error: *mut exq_error) {}
