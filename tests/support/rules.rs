//! The sources of rules below a folder, as `rules`, for tests that try them all.
//!
//! Invariant: every one, in the order of their paths, so that a pack that is added is tried at once.

use std::fs;
use std::path::{Path, PathBuf};

/// The sources at a path: itself, or those below it.
pub fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(path).expect("a folder that can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "exq") {
            found.push(path);
        }
    }
    found.sort();
    found
}
