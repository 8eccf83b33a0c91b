//! The C ABI: pointers from anywhere to packs, cases, decisions and errors, and back.
//!
//! Invariants: no panic crosses the boundary; every pointer is looked at before it is followed; there is no global and no
//! thread-local state; a failed call changes nothing but what it says. Functions and structures never change their
//! meaning: what comes later comes as a new function. This is the only stage with `unsafe`, each block with the reason
//! why it holds; what C must promise for it is stated once, at the top of `include/exequatur.h`.
//!
//! The header is made from this folder (`tests/hosts/header.rs`): the documentation of what is exported is written for
//! C, and the types bear their C names.
#![allow(unsafe_code)]
#![allow(non_camel_case_types)]
// The names are C's.
// What is a borrowed `Arc` or vector with a heap is a borrow already without one.
#![cfg_attr(not(feature = "std"), allow(clippy::needless_borrow))]
#![allow(clippy::missing_safety_doc)] // The contract of all pointers is stated once, at the top of the header.

/// A message, from the pieces of `format!`. The small library keeps none, and has no code that would make one.
#[cfg(feature = "std")]
macro_rules! words {
    ($($piece:tt)*) => { std::format!($($piece)*) };
}
#[cfg(not(feature = "std"))]
macro_rules! words {
    ($($piece:tt)*) => {{
        let _ = format_args!($($piece)*);
        $crate::capi::failure::Words
    }};
}

mod about;
mod answer;
#[cfg(feature = "std")]
mod batch;
#[cfg(feature = "std")]
mod batch_answers;
#[cfg(feature = "std")]
mod batch_records;
mod case;
mod constants;
mod decision;
mod describe;
mod duty;
mod handle;
mod input;
mod output;
mod records;
#[cfg(feature = "std")]
mod rows;
#[cfg(feature = "std")]
mod signed;
#[cfg(feature = "std")]
mod steps;
mod vocabulary;
mod within;

#[cfg(feature = "std")]
mod error;
#[cfg(feature = "std")]
mod failure;
#[cfg(feature = "std")]
mod heap;
#[cfg(feature = "std")]
mod instant;
#[cfg(feature = "std")]
mod names;
#[cfg(feature = "std")]
mod pack;
#[cfg(feature = "std")]
mod render;

#[cfg(not(feature = "std"))]
mod small;
#[cfg(not(feature = "std"))]
use small::{error, failure, names, pack};

pub use about::*;
pub use answer::*;
#[cfg(feature = "std")]
pub use batch::*;
#[cfg(feature = "std")]
pub use batch_answers::*;
#[cfg(feature = "std")]
pub use batch_records::*;
pub use case::*;
pub use constants::*;
pub use decision::*;
pub use describe::*;
pub use duty::*;
pub use error::*;
pub use pack::*;
pub use records::*;
#[cfg(feature = "std")]
pub use rows::*;
#[cfg(feature = "std")]
pub use signed::*;
#[cfg(feature = "std")]
pub use steps::*;
pub use vocabulary::*;
pub use within::*;

#[cfg(feature = "std")]
pub use heap::*;
#[cfg(feature = "std")]
pub use instant::*;
#[cfg(feature = "std")]
pub use render::*;
