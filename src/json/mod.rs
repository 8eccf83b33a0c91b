//! Case JSON to slots, decision to JSON, pack to JSON Schema.
//!
//! Invariants: a case is taken whole or not at all; nothing in it passes through a dynamic value or a float, so that
//! what is kept is what was written. The same decision gives the same bytes: keys stand in the order of
//! `docs/DECISION.md`, lists in the order of declarations.

mod case;
mod decision;
mod derivation;
mod error;
mod leaf;
mod names;
pub mod naming;
mod quick;
mod record;
mod scan;
mod schema;
mod skip;
mod slip;
mod string;
mod words;

pub use case::{CaseReader, OwnedCase, case_from_json, case_in_object};
pub use decision::{DecisionJson, hex};
pub use error::{CaseJsonError, Problem};
pub use names::nearest;
pub use schema::schema_for;

/// The most bytes of a case: it says what is known of one request, a few kilobytes.
pub const CASE_BYTES_MAX: usize = 1 << 20;
/// How deep the objects of a case may go: names have two or three parts, and recursion must be bounded.
pub const CASE_DEPTH_MAX: usize = 32;
