//! How the shared library is linked: with nothing but what copies, fills and compares memory, and with nothing missing.
//!
//! Invariant: an undefined name is an error, and that is what proves that no panic is left (`src/lib.rs`).

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let os = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if os != "linux" {
        return;
    }
    let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    println!("cargo:rustc-cdylib-link-arg=-Wl,-T,{folder}/small.ld");
    println!("cargo:rustc-cdylib-link-arg=-Wl,--no-eh-frame-hdr");
    for option in [
        // No code that runs when the library is loaded.
        "-nostartfiles",
        // Of the C library only `memcpy` and its like are wanted, which `.ci/size` sees to.
        "-nodefaultlibs",
        "-lc",
        // What has no definition is an error.
        "-Wl,-z,defs",
        "-Wl,--gc-sections",
        // Neither a name of this build nor pages between what is read and what is run.
        "-Wl,--build-id=none",
        "-Wl,-z,noseparate-code",
        // The core of the standard library was compiled to be unwound; nothing here unwinds, and nothing reads the name.
        "-Wl,--defsym=rust_eh_personality=0",
    ] {
        println!("cargo:rustc-cdylib-link-arg={option}");
    }
}
