//! The rule author's bench, `exq`.
pub mod zones;
