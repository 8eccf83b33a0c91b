//! What is handed to the host: one value, a borrowed text, an array or a text in a buffer of its own.
//!
//! Invariant: nothing is written unless all of it fits; only the needed size is, so that the host can come again.

#[cfg(feature = "std")]
use core::ffi::c_char;

use super::constants::EXQ_E_BUFFER;
use super::failure::Failure;
use super::input::required;
use super::records::exq_str;

/// Text as the host sees it. It lives as long as what it was borrowed from.
pub(super) fn str(text: &str) -> exq_str {
    exq_str {
        ptr: text.as_ptr().cast(),
        len: text.len(),
    }
}

/// Where one value goes.
pub(super) struct Slot<T>(*mut T);

impl<T> Slot<T> {
    /// A slot of the host; NULL is refused.
    pub(super) fn new(pointer: *mut T, what: &'static str) -> Result<Slot<T>, Failure> {
        required(pointer.cast_const(), what)?;
        Ok(Slot(pointer))
    }

    /// Writes a value that stays unless another is put.
    pub(super) fn preset(&self, value: T) {
        // SAFETY: as in `put`.
        unsafe { self.0.write(value) };
    }

    /// Writes the value.
    pub(super) fn put(self, value: T) {
        // SAFETY: `new` saw that it is not NULL and aligned; the host promises that a `T` can be written there. Nothing
        // that stood there before is dropped: these are plain values.
        unsafe { self.0.write(value) };
    }
}

/// Writes values into an array of the host, if it has room for all; says how many there are in any case.
pub(super) fn array<T: Copy, I: Iterator<Item = T>>(
    values: impl Fn() -> I,
    array: *mut T,
    capacity: usize,
    count: *mut usize,
) -> Result<(), Failure> {
    filled(values, array, capacity, count).map(|_| ())
}

/// As [`array`], of values that come one by one: `each` hands them to what it is given, the same ones each time.
#[cfg(feature = "std")]
pub(super) fn handed<T>(
    mut each: impl FnMut(&mut dyn FnMut(T)),
    array: *mut T,
    capacity: usize,
    count: *mut usize,
) -> Result<(), Failure> {
    let mut total = 0;
    each(&mut |_| total += 1);
    Slot::new(count, "count")?.put(total);
    if !room(array, capacity, total, "array", "elements")? {
        return Ok(());
    }
    let mut index = 0;
    each(&mut |value| {
        if index < total {
            // SAFETY: `index < total <= capacity`, and the host promises so much room behind a pointer that is not NULL.
            unsafe { array.add(index).write(value) };
        }
        index += 1;
    });
    Ok(())
}

/// As [`array`]; gives what was written, if it was, to be put in order.
pub(super) fn filled<'h, T: Copy, I: Iterator<Item = T>>(
    values: impl Fn() -> I,
    array: *mut T,
    capacity: usize,
    count: *mut usize,
) -> Result<Option<&'h mut [T]>, Failure> {
    let total = values().count();
    Slot::new(count, "count")?.put(total);
    if !room(array, capacity, total, "array", "elements")? {
        return Ok(None);
    }
    for (index, value) in values().take(total).enumerate() {
        // SAFETY: `index < total <= capacity`, and the host promises so much room behind a pointer that is not NULL.
        unsafe { array.add(index).write(value) };
    }
    // SAFETY: the first `total` elements were just written, and are the host's to lend for the time of this call.
    Ok(Some(unsafe {
        core::slice::from_raw_parts_mut(array, total)
    }))
}

/// Writes text and a NUL into a buffer of the host, if it has room for both; says how many bytes that is in any case.
#[cfg(feature = "std")]
pub(super) fn text(
    text: &str,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
) -> Result<(), Failure> {
    let total = text.len() + 1;
    Slot::new(needed, "needed")?.put(total);
    if room(buffer, capacity, total, "buffer", "bytes")? {
        // SAFETY: `total <= capacity`, and the host promises so much room behind a pointer that is not NULL; it cannot
        // overlap with `text`, which belongs to this library.
        unsafe {
            buffer
                .cast::<u8>()
                .copy_from_nonoverlapping(text.as_ptr(), text.len());
            buffer.add(text.len()).write(0);
        }
    }
    Ok(())
}

/// Whether there is room; no room at all is asking for the size, and no failure.
fn room<T>(
    pointer: *mut T,
    capacity: usize,
    total: usize,
    what: &'static str,
    unit: &str,
) -> Result<bool, Failure> {
    if pointer.is_null() && capacity == 0 {
        return Ok(false);
    }
    required(pointer.cast_const(), what)?;
    if capacity < total {
        let message = words!("`{what}` has room for {capacity} {unit}, and {total} are needed");
        return Err(Failure::new(EXQ_E_BUFFER, what, message));
    }
    Ok(true)
}
