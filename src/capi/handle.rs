//! Handles: what the host holds, and how it is known again.
//!
//! Invariant: a handle begins with the tag of its kind, so that another kind, and often a freed one, is refused and not
//! believed. What can change is behind a lock that is only tried: a second thread gets `EXQ_E_BUSY`, never a race.

use core::cell::UnsafeCell;
use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::constants::{EXQ_E_BUSY, EXQ_E_HANDLE, EXQ_E_NULL};
use super::failure::Failure;
use super::input::required;

/// What a handle can hold.
pub(super) trait Kind: Sized {
    /// The C type that stands for it.
    type Opaque;
    /// How its handles begin.
    const TAG: u32;
    /// What messages call it.
    const WORD: &'static str;
}

/// A kind that nothing changes: shared by threads.
pub(super) trait Shared: Kind + Send + Sync {}

/// What every handle begins with, whatever it holds.
#[repr(C)]
struct Head {
    tag: AtomicU32,
    busy: AtomicBool,
}

#[repr(C)]
pub(super) struct Handle<T> {
    head: Head,
    value: UnsafeCell<T>,
}

impl<T: Kind> Handle<T> {
    fn new(value: T) -> Handle<T> {
        let head = Head {
            tag: AtomicU32::new(T::TAG),
            busy: AtomicBool::new(false),
        };
        let value = UnsafeCell::new(value);
        Handle { head, value }
    }
}

/// Memory of the host, which it lends until the handle in it is freed. A library with a heap leaves it alone.
#[cfg_attr(feature = "std", allow(dead_code))]
pub(super) struct Lent {
    pub memory: *mut u8,
    pub size: usize,
}

impl Lent {
    /// Memory of the host; NULL is fine if the size is 0.
    pub(super) fn new(memory: *mut u8, size: usize) -> Result<Lent, Failure> {
        if size > 0 {
            required(memory.cast_const(), "memory")?;
        }
        Ok(Lent { memory, size })
    }

    /// No memory of the host.
    #[cfg(feature = "std")]
    pub(super) fn nothing() -> Lent {
        let memory = core::ptr::null_mut();
        Lent { memory, size: 0 }
    }
}

/// A value that no other call uses until this is dropped.
pub(super) struct Held<'h, T> {
    handle: &'h Handle<T>,
}

impl<T> Deref for Held<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: `busy` was taken by this guard alone, so that nobody else reaches the value.
        unsafe { &*self.handle.value.get() }
    }
}

impl<T> DerefMut for Held<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`; and `&mut self` keeps this guard from giving out a second reference.
        unsafe { &mut *self.handle.value.get() }
    }
}

impl<T> Drop for Held<'_, T> {
    fn drop(&mut self) {
        // Where a panic passes through, the value may be half changed: it stays locked for good.
        #[cfg(feature = "std")]
        if std::thread::panicking() {
            return;
        }
        self.handle.head.busy.store(false, Ordering::Release);
    }
}

/// Gives a value to the host.
#[cfg(feature = "std")]
pub(super) fn give<T: Kind<Opaque = O>, O>(value: T) -> *mut O {
    Box::into_raw(Box::new(Handle::new(value))).cast()
}

/// Gives a value to the host, in a place that it has lent.
#[cfg(not(feature = "std"))]
pub(super) fn place<T: Kind<Opaque = O>, O>(place: *mut Handle<T>, value: T) -> *mut O {
    // SAFETY: `Block::handle`, which alone makes such places, saw that it has the size and the alignment; what stands there
    // is the host's no more, and nothing that has to be dropped.
    unsafe { place.write(Handle::new(value)) };
    place.cast()
}

/// Recognises a handle.
fn known<'h, T: Kind>(
    handle: *const T::Opaque,
    what: &'static str,
) -> Result<&'h Handle<T>, Failure> {
    if handle.is_null() {
        return Err(Failure::new(
            EXQ_E_NULL,
            what,
            words!("`{what}` is NULL, expected a {}", T::WORD),
        ));
    }
    let strange = || {
        let message = words!(
            "`{what}` is no {}: another kind of handle, or one that was freed",
            T::WORD
        );
        Failure::new(EXQ_E_HANDLE, what, message)
    };
    let head: *const Head = handle.cast();
    if !head.is_aligned() {
        return Err(strange());
    }
    // SAFETY: the host promises a handle that this library gave out; all of them begin with a `Head`, which is only read
    // through atomics until its tag has told the kind.
    if unsafe { &*head }.tag.load(Ordering::Relaxed) != T::TAG {
        return Err(strange());
    }
    // SAFETY: the tag says that `give` made it from a `Handle<T>`; the host promises not to free it during a call.
    Ok(unsafe { &*handle.cast::<Handle<T>>() })
}

/// A shared value.
pub(super) fn look<'h, T: Shared>(
    handle: *const T::Opaque,
    what: &'static str,
) -> Result<&'h T, Failure> {
    let handle = known::<T>(handle, what)?;
    // SAFETY: `Shared` values are never changed, so that any number of references may be given out.
    Ok(unsafe { &*handle.value.get() })
}

/// A value that this call alone uses.
pub(super) fn hold<'h, T: Kind>(
    handle: *const T::Opaque,
    what: &'static str,
) -> Result<Held<'h, T>, Failure> {
    let handle = known::<T>(handle, what)?;
    if handle.head.busy.swap(true, Ordering::Acquire) {
        let message = words!(
            "`{what}` is in use by another call: a {} belongs to one thread at a time",
            T::WORD
        );
        return Err(Failure::new(EXQ_E_BUSY, what, message));
    }
    Ok(Held { handle })
}

/// Takes a value back from the host, and drops it. What is not a handle of this kind is left alone: a leak is better
/// than a crash.
pub(super) fn free<T: Kind>(handle: *mut T::Opaque) {
    let Ok(known) = known::<T>(handle, "handle") else {
        return;
    };
    known.head.tag.store(0, Ordering::Relaxed);
    // In the small library the memory is the host's, and nothing in it has to be dropped.
    #[cfg(feature = "std")]
    // SAFETY: `give` made it by `Box::into_raw`, its tag said so and is gone now; the host promises not to use it again.
    drop(unsafe { Box::from_raw(handle.cast::<Handle<T>>()) });
}
