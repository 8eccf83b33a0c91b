//! What the host hands over, as what Rust can trust.
//!
//! Invariant: no pointer is followed before it and its length were looked at. An empty input may have a NULL pointer.

use core::ffi::c_char;

use super::constants::*;
use super::failure::Failure;

/// The most bytes of a name, a path or another short text.
pub(super) const WORD_BYTES_MAX: usize = 4096;

/// The pointer, or a failure that names the argument.
pub(super) fn required<T>(pointer: *const T, what: &'static str) -> Result<*const T, Failure> {
    if pointer.is_null() {
        return Err(Failure::new(EXQ_E_NULL, what, words!("`{what}` is NULL")));
    }
    if !pointer.is_aligned() {
        let message = words!("`{what}` is not aligned as its type demands");
        return Err(Failure::argument(what, message));
    }
    Ok(pointer)
}

/// An array of the host, at most so long.
pub(super) fn array<'a, T>(
    pointer: *const T,
    count: usize,
    most: usize,
    what: &'static str,
) -> Result<&'a [T], Failure> {
    if count == 0 {
        return Ok(&[]);
    }
    let pointer = required(pointer, what)?;
    let bytes = count.saturating_mul(size_of::<T>().max(1));
    if count > most || bytes > isize::MAX as usize {
        let message = words!("`{what}` has a length of {count}, and at most {most} are taken");
        return Err(Failure::new(EXQ_E_LENGTH, what, message));
    }
    // SAFETY: not NULL and aligned; the host promises `count` readable elements, which do not change during the call; they
    // are plain numbers and pointers, for which every bit pattern is a value; and the length was just bounded.
    Ok(unsafe { core::slice::from_raw_parts(pointer, count) })
}

/// Text of the host.
pub(super) fn text<'a>(
    pointer: *const c_char,
    len: usize,
    most: usize,
    what: &'static str,
) -> Result<&'a str, Failure> {
    let bytes = array(pointer.cast::<u8>(), len, most, what)?;
    core::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let message = words!("`{what}` is not UTF-8: byte {at} belongs to no character");
        Failure::new(EXQ_E_UTF8, what, message)
    })
}

/// A name, which is short.
pub(super) fn word<'a>(
    pointer: *const c_char,
    len: usize,
    what: &'static str,
) -> Result<&'a str, Failure> {
    text(pointer, len, WORD_BYTES_MAX, what)
}
