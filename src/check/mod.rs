//! Ast to Ir: names resolved, typed, acyclic, total.
pub mod ir;
