//! The installed prefix against what its ecosystem expects of it: files, names, symbols, notices, and the same bytes twice.
//!
//! What a distributor or an auditor would look at by hand is looked at here on every run. The exported names are a
//! committed list, so that a change of the ABI is seen in review; `BLESS=1` writes it.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::library::{cc, install, prefix, run, scratch};

pub fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// All files and links below a folder, with `/`, in order.
fn files(folder: &Path) -> BTreeSet<String> {
    fn walk(root: &Path, folder: &Path, into: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder that can be read") {
            let path = entry.expect("an entry that can be read").path();
            // An installation under way elsewhere.
            if path.to_string_lossy().contains("/.exequatur.") {
                continue;
            }
            if path.is_dir() && !path.is_symlink() {
                walk(root, &path, into);
            } else {
                let inside = path.strip_prefix(root).expect("it lies below");
                into.insert(inside.to_string_lossy().into_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(folder, folder, &mut found);
    found
}

/// A folder with all below it, elsewhere. Links stay links.
pub fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let (old, new) = (from.join(&file), to.join(&file));
        fs::create_dir_all(new.parent().expect("a file lies in a folder"))
            .expect("a folder can be made");
        if old.is_symlink() {
            let aim = fs::read_link(&old).expect("a link that can be read");
            symlink(aim, new).expect("a link can be made");
        } else {
            fs::copy(&old, &new).expect("a file can be copied");
        }
    }
}

/// A call of the script that must be refused: its status, and what it says.
fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let done = install().args(arguments).output().expect("a shell");
    assert!(done.stdout.is_empty(), "{}", text(&done.stdout));
    (done.status.code(), text(&done.stderr))
}

#[test]
fn a_prefix_holds_what_it_should_and_nothing_else() {
    let expected: BTreeSet<String> = [
        "include/exequatur.h",
        "include/exequatur.hpp",
        "include/exequatur_batch.hpp",
        "include/exequatur_signed.hpp",
        "include/exequatur_values.hpp",
        "lib/cmake/exequatur/exequatur-config-version.cmake",
        "lib/cmake/exequatur/exequatur-config.cmake",
        "lib/libexequatur.a",
        "lib/libexequatur.so",
        "lib/libexequatur.so.1",
        "lib/pkgconfig/exequatur.pc",
        "share/doc/exequatur/LICENSE",
        "share/doc/exequatur/LICENSE-APACHE",
        "share/doc/exequatur/LICENSE-MIT",
        "share/doc/exequatur/RUST-STANDARD-LIBRARY.html",
        "share/doc/exequatur/THIRD-PARTY",
    ]
    .map(str::to_string)
    .into();
    assert_eq!(files(prefix()), expected);
    let link = fs::read_link(prefix().join("lib/libexequatur.so")).expect("a link");
    assert_eq!(link, Path::new("libexequatur.so.1"));
    assert_eq!(
        read(&prefix().join("include/exequatur.h")),
        read(&source("include/exequatur.h"))
    );
}

#[test]
fn nothing_installed_names_the_place_it_was_built_or_put_in() {
    let places = [
        env!("CARGO_MANIFEST_DIR").to_string(),
        env!("CARGO_TARGET_TMPDIR")
            .trim_end_matches("/tmp")
            .to_string(),
        cargo_home().to_string_lossy().into_owned(),
    ];
    for file in files(prefix()) {
        let bytes = fs::read(prefix().join(&file)).expect("a file that can be read");
        for place in &places {
            let found = bytes
                .windows(place.len())
                .any(|window| window == place.as_bytes());
            assert!(!found, "{file} names {place}");
        }
    }
}

#[test]
fn the_shared_library_exports_the_names_of_the_header_and_no_other() {
    let mut nm = Command::new("nm");
    nm.args(["-D", "--defined-only", "--format=posix"])
        .arg(prefix().join("lib/libexequatur.so.1"));
    let listed = text(&run(nm).stdout);
    let mut symbols: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    symbols.sort_unstable();
    let symbols = symbols.join("\n") + "\n";

    let committed = source("tests/hosts/symbols.txt");
    if env::var_os("BLESS").is_some() {
        fs::write(&committed, &symbols).expect("the list can be written");
    }
    assert_eq!(
        symbols,
        read(&committed),
        "BLESS=1 writes tests/hosts/symbols.txt anew"
    );

    let header = read(&source("include/exequatur.h"));
    for symbol in symbols.lines() {
        assert!(symbol.starts_with("exq_"), "{symbol}");
        assert!(
            header.contains(&format!("{symbol}(")),
            "{symbol} is not in the header"
        );
    }
}

#[test]
fn the_shared_library_has_its_name_and_is_never_unloaded() {
    let mut readelf = Command::new("readelf");
    readelf
        .arg("-d")
        .arg(prefix().join("lib/libexequatur.so.1"));
    let listed = text(&run(readelf).stdout);
    assert!(
        listed.contains("Library soname: [libexequatur.so.1]"),
        "{listed}"
    );
    assert!(listed.contains("NODELETE"), "{listed}");
    assert!(
        !listed.contains("RPATH") && !listed.contains("RUNPATH"),
        "{listed}"
    );
}

#[test]
fn every_crate_that_is_linked_has_its_notice() {
    let notices = read(&prefix().join("share/doc/exequatur/THIRD-PARTY"));
    let mut tree = Command::new(env!("CARGO"));
    tree.current_dir(env!("CARGO_MANIFEST_DIR")).args([
        "tree",
        "--frozen",
        "-e",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--format",
        "{p}",
        "--no-default-features",
        "--features",
        "capi,compiler,sign",
    ]);
    let linked = text(&run(tree).stdout);
    let linked: BTreeSet<&str> = linked
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .filter(|line| !line.is_empty() && !line.starts_with("exequatur "))
        .collect();
    assert!(linked.len() > 5, "{linked:?}");
    let mut noticed = BTreeSet::new();
    for part in notices.split(&format!("{}\n", "=".repeat(72))).skip(1) {
        let (name, licence) = part.split_once('\n').expect("a name, and more");
        assert!(
            licence.starts_with("Licence: ") && licence.contains("\n---- "),
            "{name}"
        );
        let copyright = licence.to_lowercase();
        assert!(
            copyright.contains("copyright") || copyright.contains("public domain"),
            "{name}"
        );
        noticed.insert(name);
    }
    assert_eq!(
        noticed
            .iter()
            .copied()
            .filter(|name| !name.starts_with("Rust"))
            .collect::<BTreeSet<_>>(),
        linked
    );
}

#[test]
fn a_package_is_copied_below_another_root_and_knows_nothing_of_it() {
    let root = scratch("destdir");
    let mut package = install();
    package
        .args([
            "--profile=dev",
            "--prefix=/opt/exequatur",
            "--libdir=lib/host-gnu",
            "--destdir",
        ])
        .arg(&root);
    let expected: BTreeSet<String> = files(prefix())
        .iter()
        .map(|file| match file.strip_prefix("lib/") {
            Some(file) => format!("lib/host-gnu/{file}"),
            None => file.clone(),
        })
        .collect();
    let said = text(&run(package).stdout);
    let opt = root.join("opt/exequatur");
    assert_eq!(files(&opt), expected);
    for file in &expected {
        assert!(
            said.contains(&format!("/opt/exequatur/{file}\n")),
            "{file}: {said}"
        );
    }
    // Each finds the prefix from where it lies itself, one folder deeper than usual.
    let pc = read(&opt.join("lib/host-gnu/pkgconfig/exequatur.pc"));
    assert!(
        pc.contains("\nprefix=${pcfiledir}/../../..\nlibdir=${prefix}/lib/host-gnu\n"),
        "{pc}"
    );
    let cmake = read(&opt.join("lib/host-gnu/cmake/exequatur/exequatur-config.cmake"));
    assert!(cmake.contains("/../../../..\" ABSOLUTE)"), "{cmake}");
    assert!(cmake.contains("/lib/host-gnu/libexequatur.a\""), "{cmake}");
}

#[test]
fn without_compiler_and_signatures_neither_is_linked() {
    let folder = scratch("without-compiler");
    let mut evaluation = install();
    evaluation
        .args([
            "--profile",
            "dev",
            "--without-compiler",
            "--without-signatures",
        ])
        .arg("--prefix")
        .arg(&folder);
    run(evaluation);
    let notices = read(&folder.join("share/doc/exequatur/THIRD-PARTY"));
    assert!(!notices.contains("\nnom v"), "the parser is linked");
    assert!(!notices.contains("25519"), "cryptography is linked");
    let program = folder.join("without");
    let mut build = cc();
    build
        .args(["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror"])
        .arg(source("tests/hosts/signed/without.c"))
        .arg("-o")
        .arg(&program)
        .arg(format!("-I{}", folder.join("include").display()))
        .arg(format!("-L{}", folder.join("lib").display()))
        .arg(format!("-Wl,-rpath,{}", folder.join("lib").display()))
        .arg("-lexequatur");
    run(build);
    assert_eq!(
        text(&run(Command::new(program)).stdout),
        "0 EXQ_E_UNSUPPORTED this library was built without signatures: it cannot tell who made a pack\n\
         EXQ_E_UNSUPPORTED\nEXQ_E_UNSUPPORTED\n"
    );
    let size =
        |prefix: &Path| fs::metadata(prefix.join("lib/libexequatur.so.1")).map(|file| file.len());
    let (without, with) = (
        size(&folder).expect("a library"),
        size(prefix()).expect("a library"),
    );
    assert!(
        without * 4 < with * 3,
        "{without} bytes without the compiler, {with} with it"
    );
}

#[test]
fn a_call_that_is_wrong_is_refused_by_what_is_wrong() {
    let (status, said) = refused(&["--prefx", "somewhere"]);
    assert_eq!(status, Some(2));
    assert_eq!(
        said,
        "install.sh: unknown option `--prefx`; see `./install.sh --help`\n"
    );
    let (status, said) = refused(&["--prefix"]);
    assert_eq!(status, Some(2));
    assert_eq!(
        said,
        "install.sh: `--prefix` needs a value; see `./install.sh --help`\n"
    );
    let (status, said) = refused(&["--profile", "fast"]);
    assert_eq!(status, Some(2));
    assert_eq!(
        said,
        "install.sh: unknown profile `fast`: expected `release` or `dev`\n"
    );
    let (status, said) = refused(&["--libdir", "../lib"]);
    assert_eq!(status, Some(2));
    assert_eq!(
        said,
        "install.sh: `--libdir` is a folder below the prefix, not `../lib`\n"
    );
    // A file where the prefix should be: nobody may write below it.
    let blocked = scratch("blocked").join("file");
    fs::write(&blocked, "").expect("a file");
    let (status, said) = refused(&["--prefix", blocked.to_str().expect("a plain name")]);
    assert_eq!(status, Some(1));
    assert!(said.starts_with("install.sh: cannot write to `"), "{said}");
    let help = install().arg("--help").output().expect("a shell");
    assert!(help.status.success() && text(&help.stdout).contains("--without-compiler"));
}

/// The folder of cargo, where the sources of the crates lie.
fn cargo_home() -> PathBuf {
    match env::var_os("CARGO_HOME") {
        Some(home) => home.into(),
        None => PathBuf::from(env::var_os("HOME").expect("a home")).join(".cargo"),
    }
}

/// A prefix built from copies of the tree and of cargo's folder that nobody else has.
fn installed(name: &str) -> PathBuf {
    let folder = scratch(name);
    let (tree, home) = (folder.join("source"), folder.join("cargo"));
    for made in [&tree, &home] {
        fs::create_dir_all(made).expect("a folder can be made");
    }
    for entry in fs::read_dir(source("")).expect("the tree") {
        let name = entry.expect("an entry that can be read").file_name();
        let (from, to) = (source("").join(&name), tree.join(&name));
        if name == "target" || name.to_string_lossy().starts_with('.') {
            continue;
        } else if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).expect("a file can be copied");
        }
    }
    // The crates lie in another place, too, as they do for another user.
    for entry in fs::read_dir(cargo_home()).expect("the folder of cargo") {
        let entry = entry.expect("an entry that can be read");
        symlink(entry.path(), home.join(entry.file_name())).expect("a link can be made");
    }
    let prefix = folder.join("prefix");
    let mut install = Command::new(tree.join("install.sh"));
    install
        .env_remove("CARGO_TARGET_DIR")
        .env("CARGO_HOME", &home)
        .arg("--prefix")
        .arg(&prefix);
    run(install);
    prefix
}

#[test]
#[ignore = "needs two release builds, some minutes"]
fn two_folders_give_the_same_bytes_of_the_size_that_is_stated() {
    // Most of such a build has but one thread, so both go on side by side.
    let (first, second) = std::thread::scope(|scope| {
        let other = scope.spawn(|| installed("twice in another place"));
        let first = installed("twice-here");
        (first, other.join().expect("the other build ends"))
    });
    assert_eq!(files(&first), files(&second));
    for file in files(&first) {
        let same = fs::read(first.join(&file)).ok() == fs::read(second.join(&file)).ok();
        assert!(same, "{file} differs");
    }

    let page = read(&source("docs/PLATFORMS.md"));
    let stated = page
        .lines()
        .find_map(|line| line.strip_prefix("| `libexequatur.so.1`, with the compiler | "))
        .expect("a size");
    let stated: String = stated.chars().filter(char::is_ascii_digit).collect();
    let stated: u64 = stated.parse().expect("a number");
    let real = fs::metadata(first.join("lib/libexequatur.so.1"))
        .expect("a library")
        .len();
    // Another compiler may differ a little; a tenth means that the page is out of date.
    assert!(
        real.abs_diff(stated) * 10 < stated,
        "docs/PLATFORMS.md says {stated} bytes, it is {real}"
    );
}
