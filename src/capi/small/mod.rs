//! What the small library has in the place of error objects, kept names and the heap.
//!
//! Invariant: without `std`, without an allocator, and without a way to panic; each function means what it means in the
//! other library, save that a failure is its status alone. `small/` builds the library of it.

pub(super) mod error;
pub(super) mod failure;
pub(super) mod held;
pub(super) mod names;
pub(super) mod pack;
mod room;
mod within;
