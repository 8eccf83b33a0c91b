//! The C header against the sources: `include/exequatur.h` is what cbindgen makes of `src/capi`, and compiles by itself.
//!
//! Why it is committed: a host needs a header, not a Rust toolchain. Why it is compared: a header that is not the
//! library's is worse than none. `BLESS=1` writes it.

use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The header as it must be.
fn generated() -> String {
    let folder = root().join("src/capi");
    let config = cbindgen::Config::from_file(folder.join("cbindgen.toml")).expect("the settings");
    let mut builder = cbindgen::Builder::new().with_config(config);
    // In the order of use: what a host reads first stands first.
    let files = [
        "constants",
        "records",
        "batch_records",
        "about",
        "error",
        "pack",
        "signed",
        "describe",
        "vocabulary",
        "heap",
        "case",
        "decision",
        "rows",
        "batch",
        "batch_answers",
        "duty",
        "answer",
        "steps",
        "render",
        "instant",
        "within",
    ];
    for file in files {
        builder = builder.with_src(folder.join(file).with_extension("rs"));
    }
    let mut bytes = Vec::new();
    builder
        .generate()
        .expect("cbindgen reads the stage")
        .write(&mut bytes);
    let text = String::from_utf8(bytes).expect("the header is text");
    text.trim_start().to_string()
}

#[test]
fn the_header_is_what_the_sources_say() {
    let path = root().join("include/exequatur.h");
    let header = generated();
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(root().join("include")).unwrap();
        fs::write(&path, &header).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == header,
        "include/exequatur.h is not what src/capi says: run with BLESS=1 and look at the difference"
    );
}

#[test]
fn every_exported_function_is_in_the_header() {
    let header = generated();
    let mut exported = 0;
    let folders =
        ["src/capi", "src/capi/small"].map(|folder| fs::read_dir(root().join(folder)).unwrap());
    let paths = folders
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path());
    for path in paths.filter(|path| path.is_file()) {
        let text = fs::read_to_string(path).unwrap();
        for (at, _) in text.match_indices("extern \"C\" fn exq_") {
            let name = &text[at + "extern \"C\" fn ".len()..];
            let name = &name[..name.find('(').unwrap()];
            assert!(
                header.contains(&format!("{name}(")),
                "{name} is not in the header"
            );
            exported += 1;
        }
    }
    assert!(exported > 60, "only {exported} functions were found");
}
