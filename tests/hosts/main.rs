//! The library as hosts in other languages meet it: installed below a prefix, found by its header, called through its C ABI.
//!
//! One binary holds all these tests, so that the library is built and installed once for all of them. What needs more
//! than Rust, a C and C++ compiler and Python says so by `#[ignore = "needs …"]`; `.ci/run` has it and runs those by name.
#![cfg(feature = "cli")]

mod bind;
mod c;
mod conformance;
mod consumers;
mod cpp;
mod docket;
mod header;
mod install;
mod instructions;
mod library;
mod misuse;
mod platforms;
mod python;
#[path = "../support/rules.rs"]
mod rules;
mod signed;
#[cfg(target_os = "linux")]
mod small;
