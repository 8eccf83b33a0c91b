//! Exequatur: an embedded, offline engine for the rules of takedown and anonymity-lifting.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod eval;
#[cfg(feature = "std")]
pub mod explain;
#[cfg(feature = "std")]
pub mod json;
pub mod model;
pub mod pack;
pub mod time;

#[cfg(feature = "compiler")]
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "compiler")]
pub mod compile;
#[cfg(feature = "compiler")]
pub mod syntax;
