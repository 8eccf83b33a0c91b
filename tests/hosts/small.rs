//! The small library beside the one with a heap: one program in C, linked with either, prints the same decision.
//!
//! That the small library has no way to panic is shown by linking it (`small/src/lib.rs`); its size and what it imports
//! are looked at by `.ci/size`.

use std::path::Path;
use std::process::Command;

use crate::install::{source, text};
use crate::library::{cc, prefix, run, scratch, shipped_pack};

/// The program with one of the libraries, and what it prints.
fn decides(library: &str, folder: &Path, libraries: &Path) -> String {
    let host = folder.join(format!("decide_{library}"));
    let mut compile = cc();
    compile
        .args([
            "-std=c99",
            "-Wall",
            "-Wextra",
            "-Wpedantic",
            "-Werror",
            "-o",
        ])
        .arg(&host)
        .arg(source("tests/hosts/small/decide.c"))
        .arg(format!("-I{}", source("include").display()))
        .arg(format!("-L{}", libraries.display()))
        .arg(format!("-l{library}"))
        .arg(format!("-Wl,-rpath,{}", libraries.display()));
    run(compile);
    let mut decide = Command::new(host);
    decide.arg(shipped_pack());
    text(&run(decide).stdout)
}

#[test]
fn the_small_library_decides_as_the_other_one() {
    let folder = scratch("small");
    let target = folder.parent().expect("a folder").join("small-target");
    let mut build = Command::new(env!("CARGO"));
    build
        .current_dir(source("small"))
        .env("CARGO_TARGET_DIR", &target)
        .args(["build", "--quiet", "--release", "--locked"]);
    run(build);
    let small = decides("exequatur_small", &folder, &target.join("release"));
    let hosted = decides("exequatur", &folder, &prefix().join("lib"));
    assert_eq!(small, hosted);
    assert!(small.contains("duty of norm"), "nothing is due:\n{small}");
    assert!(small.contains("next change 1"), "nothing changes:\n{small}");
}
