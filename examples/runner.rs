//! Runs the scenarios of rule files and the cases with expected decisions.
fn main() {}
