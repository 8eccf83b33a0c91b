//! Exequatur: an embedded, offline engine for the rules of takedown and anonymity-lifting.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "compiler")]
pub mod syntax;
