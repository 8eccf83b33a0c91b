//! Arbitrary well-formed Asts, for any test that wants rule text of every shape.
//!
//! Invariant: every Ast made here is one that the grammar can give, so `parse(print(ast)) == ast` must hold. Names need
//! not be declared: that is for tests of later stages to arrange.

#![allow(dead_code, unused_imports)]

mod clauses;
mod items;
mod leaves;

pub use clauses::{condition, effect, set_expr};
pub use items::{file, item};
