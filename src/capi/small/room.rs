//! One run of memory of the host → handles and slices in it.
//!
//! Invariant: what is given out lies in the memory, aligned, apart from all else that was given out, and is written before
//! it is lent. To measure and to lay out go through the same steps.

use core::mem::MaybeUninit;

use crate::capi::failure::Failure;
use crate::capi::handle::{Handle, Kind, Lent};
use crate::eval::room::Room;

/// The greatest alignment of anything that is laid out; what is measured has room for so much before the first of it.
const ALIGN: usize = 16;

/// Counts what would be given out.
pub(in crate::capi) struct Measure(usize);

impl Measure {
    /// For memory that begins with a handle of this kind.
    pub(in crate::capi) fn with_handle<T: Kind>() -> Measure {
        Measure(ALIGN + size_of::<Handle<T>>())
    }

    /// The bytes that are needed, wherever they begin.
    pub(in crate::capi) fn bytes(self) -> usize {
        self.0
    }
}

impl<'w> Room<'w> for Measure {
    fn slice<T: Copy + 'w>(&mut self, count: usize, _: T) -> Option<&'w mut [T]> {
        let start = self.0.checked_next_multiple_of(align_of::<T>())?;
        self.0 = start.checked_add(count.checked_mul(size_of::<T>())?)?;
        Some(&mut [])
    }
}

/// Memory of the host that is not given out yet.
pub(in crate::capi) struct Block {
    rest: &'static mut [MaybeUninit<u8>],
}

impl Block {
    /// Over memory of the host.
    pub(in crate::capi) fn new(lent: Lent) -> Block {
        let Lent { memory, size } = lent;
        if memory.is_null() || size > isize::MAX as usize {
            return Block { rest: &mut [] };
        }
        // SAFETY: not NULL, and any bytes are bytes that may be uninitialised; the host promises so many of them, for this
        // library alone until the handle in them is freed, and has been told to free cases and decisions before their pack.
        let rest = unsafe { core::slice::from_raw_parts_mut(memory.cast(), size) };
        Block { rest }
    }

    /// Takes so many bytes, aligned.
    fn take(&mut self, bytes: usize, align: usize) -> Option<*mut u8> {
        let rest = core::mem::take(&mut self.rest);
        let start = rest.as_ptr().addr();
        let skipped = start.checked_next_multiple_of(align)?.checked_sub(start)?;
        let (_, rest) = rest.split_at_mut_checked(skipped)?;
        let (taken, rest) = rest.split_at_mut_checked(bytes)?;
        self.rest = rest;
        Some(taken.as_mut_ptr().cast())
    }

    /// The place of a handle.
    pub(in crate::capi) fn handle<T: Kind>(&mut self) -> Option<*mut Handle<T>> {
        Some(
            self.take(size_of::<Handle<T>>(), align_of::<Handle<T>>())?
                .cast(),
        )
    }
}

impl<'w> Room<'w> for Block {
    fn slice<T: Copy + 'w>(&mut self, count: usize, value: T) -> Option<&'w mut [T]> {
        let bytes = count.checked_mul(size_of::<T>())?;
        let first = self.take(bytes, align_of::<T>())?.cast::<T>();
        for index in 0..count {
            // SAFETY: `take` gave `count` places for a `T`, aligned, to this call alone.
            unsafe { first.add(index).write(value) };
        }
        // SAFETY: as above; all of them have just been written, and nobody else has them.
        Some(unsafe { core::slice::from_raw_parts_mut(first, count) })
    }
}

/// The memory is too small.
pub(in crate::capi) fn too_small() -> Failure {
    use crate::capi::constants::EXQ_E_BUFFER;
    Failure::new(EXQ_E_BUFFER, "memory", "too small")
}
