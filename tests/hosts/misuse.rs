//! Every function of the C ABI, every argument, every way to misuse it: a status with a message, never a crash.
//!
//! The matrix is data, `misuse/matrix.txt`, so that what each misuse gives is seen in review; `BLESS=1` writes it. The
//! program that walks it takes the functions from the header and calls the library as a foreign host does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::library::{exq, prefix, run, scratch};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hosts/misuse")
}

fn python(program: &str) -> Command {
    let mut command = Command::new("python3");
    command
        .arg(folder().join(program))
        .arg(prefix().join("lib/libexequatur.so"));
    command
}

/// The rules as a signed pack, with the key of its maker beside it.
fn signed() -> PathBuf {
    let signed = scratch("misuse");
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sign");
    let mut build = exq();
    build.current_dir(&signed).arg("build");
    build
        .arg(folder().join("rules.exq"))
        .args(["-o", "rules.exqp"]);
    run(build);
    let mut sign = exq();
    sign.current_dir(&signed)
        .args(["sign", "rules.exqp", "--key"]);
    sign.arg(keys.join("maker.pem"));
    sign.args([
        "--name",
        "misuse",
        "--serial",
        "7",
        "--expires",
        "2027-01-01",
    ]);
    run(sign);
    let public = "maker.pub.pem";
    fs::copy(keys.join(public), signed.join(public)).expect("a key can be copied");
    signed
}

#[test]
fn every_misuse_gives_a_status_and_a_message() {
    let mut walk = python("matrix.py");
    walk.arg(prefix().join("include/exequatur.h"))
        .arg(folder().join("rules.exq"))
        .arg(signed());
    let found = String::from_utf8(run(walk).stdout).expect("the matrix is text");
    let path = folder().join("matrix.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    for (line, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "line {} of the matrix", line + 1);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
    assert!(found.lines().count() > 500, "the matrix was not walked");
}

#[test]
fn a_pack_is_shared_by_threads_and_a_decision_is_guarded_from_them() {
    let mut threads = python("threads.py");
    threads.arg(folder().join("rules.exq"));
    let out = run(threads);
    assert!(String::from_utf8_lossy(&out.stdout).contains("every own answer right"));
}
