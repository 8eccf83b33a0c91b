//! What fuzzing once found, and small examples of every target, replayed on the bodies of the fuzz targets.
//!
//! Invariant: each file below `tests/fuzz/` belongs to a target, and each target has one at least, so that a body that has
//! come to do nothing is seen. Why here: what was found once is tried by every `cargo test`, without a fuzzer.
#![cfg(all(feature = "capi", feature = "cli"))]

#[path = "../fuzz/bodies/mod.rs"]
mod bodies;

use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder, in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

#[test]
fn what_fuzzing_found_stays_mended() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let mut known: Vec<PathBuf> = bodies::TARGETS
        .iter()
        .map(|(name, _)| root.join(name))
        .collect();
    known.sort();
    assert_eq!(
        files(&root),
        known,
        "a folder for each target, and no other"
    );
    for (name, body) in bodies::TARGETS {
        let inputs = files(&root.join(name));
        assert!(!inputs.is_empty(), "`{name}` has no input");
        for input in inputs {
            let data = fs::read(&input).expect("a readable input");
            // The name of the input stands above whatever the body says of it.
            println!("{}", input.display());
            body(&data);
        }
    }
}

/// Inputs that nobody chose, a few thousand for each target: the bodies hold on what no file was kept of, either.
#[test]
fn inputs_at_random_keep_every_promise() {
    for (name, body) in bodies::TARGETS {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        println!("{name}");
        for _ in 0..1_500 {
            let length = next() % 200;
            let data: Vec<u8> = (0..length).map(|_| next().to_le_bytes()[0]).collect();
            body(&data);
        }
    }
}
