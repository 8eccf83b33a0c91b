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
#![allow(non_camel_case_types)] // The names are C's.
#![allow(clippy::missing_safety_doc)] // The contract of all pointers is stated once, at the top of the header.

mod about;
mod answer;
mod batch;
mod batch_answers;
mod batch_records;
mod case;
mod constants;
mod decision;
mod describe;
mod duty;
mod error;
mod failure;
mod handle;
mod input;
mod instant;
mod names;
mod output;
mod pack;
mod records;
mod render;
mod rows;
mod steps;
mod vocabulary;

pub use about::*;
pub use answer::*;
pub use batch::*;
pub use batch_answers::*;
pub use batch_records::*;
pub use case::*;
pub use constants::*;
pub use decision::*;
pub use describe::*;
pub use duty::*;
pub use error::*;
pub use instant::*;
pub use pack::*;
pub use records::*;
pub use render::*;
pub use rows::*;
pub use steps::*;
pub use vocabulary::*;
