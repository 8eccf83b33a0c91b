//! Exact questions about a program: from its tables to a proof, or to the smallest case that shows the contrary.
//!
//! Invariant: an answer "proved" rests on every case there can be, not on a sample; where the stage cannot decide, it
//! says so, and never "proved". A counter-case is shown only after the evaluator has given the same answer for it.

pub mod diff;
pub mod enumeration;
pub mod formula;
pub mod kleene;
pub mod proof;
pub mod question;
pub mod review;
pub mod scenario;
pub mod situation;
pub mod solver;
pub mod symbolic;
pub mod words;
pub mod world;
