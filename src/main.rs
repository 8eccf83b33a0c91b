//! `exq`, the rule author's bench.
fn main() {}
