//! What this library is.

use core::ffi::{CStr, c_char};

use super::constants::*;

/// The version of the ABI of this library. A host that was built against a header with another `EXQ_ABI_VERSION` must not
/// go on.
///
/// ```c
/// if (exq_abi_version() != EXQ_ABI_VERSION) abort();
/// ```
#[unsafe(no_mangle)]
pub extern "C" fn exq_abi_version() -> u32 {
    EXQ_ABI_VERSION
}

/// The version of the engine, such as `0.1.0`, closed by a NUL. It stands in receipts.
#[unsafe(no_mangle)]
pub extern "C" fn exq_version() -> *const c_char {
    const VERSION: &[u8] = concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes();
    VERSION.as_ptr().cast()
}

/// What this library was built with: bits `EXQ_FEATURE_…`.
#[unsafe(no_mangle)]
pub extern "C" fn exq_features() -> u32 {
    let mut features = 0;
    if cfg!(feature = "compiler") {
        features |= EXQ_FEATURE_COMPILER;
    }
    if cfg!(all(feature = "sign", feature = "std")) {
        features |= EXQ_FEATURE_SIGN;
    }
    features
}

/// The name of a status, such as `EXQ_E_NULL`, closed by a NUL; `EXQ_E_?` for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn exq_status_name(status: exq_status) -> *const c_char {
    let name: &CStr = match status {
        EXQ_OK => c"EXQ_OK",
        EXQ_E_NULL => c"EXQ_E_NULL",
        EXQ_E_HANDLE => c"EXQ_E_HANDLE",
        EXQ_E_BUSY => c"EXQ_E_BUSY",
        EXQ_E_ARGUMENT => c"EXQ_E_ARGUMENT",
        EXQ_E_ID => c"EXQ_E_ID",
        EXQ_E_NAME => c"EXQ_E_NAME",
        EXQ_E_UTF8 => c"EXQ_E_UTF8",
        EXQ_E_TYPE => c"EXQ_E_TYPE",
        EXQ_E_VALUE => c"EXQ_E_VALUE",
        EXQ_E_JSON => c"EXQ_E_JSON",
        EXQ_E_PACK => c"EXQ_E_PACK",
        EXQ_E_SOURCE => c"EXQ_E_SOURCE",
        EXQ_E_FILE => c"EXQ_E_FILE",
        EXQ_E_OTHER_PACK => c"EXQ_E_OTHER_PACK",
        EXQ_E_NOT_DECIDED => c"EXQ_E_NOT_DECIDED",
        EXQ_E_BUFFER => c"EXQ_E_BUFFER",
        EXQ_E_LENGTH => c"EXQ_E_LENGTH",
        EXQ_E_SCHEMA => c"EXQ_E_SCHEMA",
        EXQ_E_UNSUPPORTED => c"EXQ_E_UNSUPPORTED",
        EXQ_E_MEMORY => c"EXQ_E_MEMORY",
        EXQ_E_PANIC => c"EXQ_E_PANIC",
        EXQ_E_SIGNATURE => c"EXQ_E_SIGNATURE",
        EXQ_E_KEY => c"EXQ_E_KEY",
        EXQ_E_FORGED => c"EXQ_E_FORGED",
        EXQ_E_SWAPPED => c"EXQ_E_SWAPPED",
        EXQ_E_ROLLED_BACK => c"EXQ_E_ROLLED_BACK",
        EXQ_E_EXPIRED => c"EXQ_E_EXPIRED",
        _ => c"EXQ_E_?",
    };
    name.as_ptr()
}
