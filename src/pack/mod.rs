//! The compiled pack.
pub mod format;
pub mod program;
pub mod table;

pub use program::Program;
