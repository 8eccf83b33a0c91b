//! The installed prefix against what its ecosystem expects of it.

use crate::library::{prefix, shipped_pack};

#[test]
fn what_is_installed_is_there() {
    for file in [
        "include/exequatur.h",
        "lib/libexequatur.a",
        "lib/libexequatur.so",
        "lib/libexequatur.so.1",
    ] {
        assert!(prefix().join(file).is_file(), "{file}");
    }
    assert!(shipped_pack().is_file());
}
