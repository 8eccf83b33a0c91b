//! The shipped cases and the scenarios of the shipped rules, through the library.
#![cfg(feature = "cli")]

use std::path::{Path, PathBuf};

use exequatur::cli::test_paths;

/// Runs what stands at some paths of the tree, and fails with what is not as expected.
fn run(paths: &[&str]) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
    let outcome = test_paths(&paths).unwrap_or_else(|stop| panic!("{stop}: {stop:#?}"));
    let failed: Vec<_> = outcome
        .ran
        .iter()
        .filter(|ran| !ran.misses.is_empty())
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let untested: Vec<&str> = outcome
        .untested
        .iter()
        .map(|found| found.diagnostic.message.as_str())
        .collect();
    assert!(untested.is_empty(), "{untested:#?}");
    outcome.ran.len()
}

#[test]
fn every_scenario_holds_and_every_rule_has_one() {
    assert!(run(&["rules"]) >= 100);
}

#[test]
fn every_case_is_decided_as_expected() {
    assert!(run(&["examples/cases"]) >= 15);
}
