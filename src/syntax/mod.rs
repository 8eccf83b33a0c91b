//! Text to Ast, and back.
pub mod ast;
