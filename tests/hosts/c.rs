//! The hosts in C: built as their users build them, with every warning an error, and run.
//!
//! What stands here is the smallest host, and what all tests of C hosts share. A host under valgrind or with sanitizers is
//! the same source with the same input; only what watches it differs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::library::{cc, exq, prefix, run, scratch};

const CASE: &str = r#"{"order": {"issuer": "judge", "received": "2026-11-20T09:00:00+01:00"},
    "content": {"illegal": true, "places": ["FR", "IT"], "removed": "2026-11-20T09:30:00+01:00"}}"#;
const NOW: &str = "2026-11-20T10:00:00+01:00";
/// The judge's order is not known to be authentic, so that its duty is withheld.
const OWED: &str = "\
takedown: must, due 2026-11-20T10:00:00Z
disclose: must not, due 2026-11-20T16:00:00Z
report: must, due 2026-11-21T08:00:00Z
";

/// The folder of a host in C.
pub fn host(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples/c")
        .join(name)
}

/// The rules of this name in `tests/hosts/docket`, as a pack in a folder.
pub fn house_pack(name: &str, folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hosts/docket");
    let pack = folder.join(format!("{name}.exqp"));
    let mut build = exq();
    build
        .arg("build")
        .arg(source.join(format!("{name}.exq")))
        .arg("-o")
        .arg(&pack);
    run(build);
    pack
}

/// Builds the host in this folder of `examples/c` into a program.
pub fn build(name: &str, program: &Path, more: &[&str]) {
    let mut sources: Vec<PathBuf> = fs::read_dir(host(name))
        .expect("the folder of the host")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|found| found == "c"))
        .collect();
    sources.sort();
    let lib = prefix().join("lib");
    let mut build = cc();
    build
        .args([
            "-std=c99",
            "-Wall",
            "-Wextra",
            "-Wpedantic",
            "-Werror",
            "-g",
        ])
        .args(sources)
        .arg("-o")
        .arg(program)
        .arg(format!("-I{}", prefix().join("include").display()))
        .arg(format!("-L{}", lib.display()))
        .arg(format!("-Wl,-rpath,{}", lib.display()))
        .arg("-lexequatur")
        .args(more);
    run(build);
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs a command that may end as it likes.
pub fn ask(mut command: Command) -> Output {
    command
        .output()
        .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"))
}

/// What stands in front of a program that is watched, and how it is to be built.
#[derive(Clone, Copy)]
pub struct Watch {
    pub name: &'static str,
    before: &'static [&'static str],
    pub flags: &'static [&'static str],
}

/// Its own exit status is the program's, but for 99: something was found.
pub const PLAIN: Watch = Watch {
    name: "plain",
    before: &[],
    flags: &[],
};
pub const VALGRIND: Watch = Watch {
    name: "valgrind",
    before: &[
        "valgrind",
        "--quiet",
        "--error-exitcode=99",
        "--leak-check=full",
        "--show-leak-kinds=all",
        "--errors-for-leak-kinds=all",
    ],
    flags: &[],
};
pub const SANITIZERS: Watch = Watch {
    name: "sanitizers",
    before: &[],
    flags: &[
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
        "-fno-omit-frame-pointer",
    ],
};

impl Watch {
    /// The program, watched.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = match self.before.split_first() {
            Some((watcher, options)) => {
                let mut command = Command::new(watcher);
                command.args(options).arg(program);
                command
            }
            None => Command::new(program),
        };
        // A panic that is caught would leave the symbols of a backtrace behind; there is to be none in any case.
        command
            .env_remove("RUST_BACKTRACE")
            .env("ASAN_OPTIONS", "detect_leaks=1:exitcode=99")
            .env("UBSAN_OPTIONS", "exitcode=99:print_stacktrace=1");
        command
    }

    /// Fails if the watcher found something.
    #[track_caller]
    pub fn nothing_found(&self, done: &Output) {
        let found = text(&done.stderr);
        assert!(
            done.status.code().is_some_and(|code| code != 99)
                && !found.contains("Sanitizer")
                && !found.contains("runtime error"),
            "{}: {}\n{found}",
            self.name,
            done.status
        );
    }
}

/// The smallest host on good and bad input.
fn minimal(watch: &Watch) {
    let folder = scratch(&format!("minimal-{}", watch.name));
    let program = folder.join("minimal");
    build("minimal", &program, watch.flags);
    let (case, bad) = (folder.join("case.json"), folder.join("bad.json"));
    fs::write(&case, CASE).expect("a file");
    fs::write(&bad, r#"{"order": {"isuer": "judge"}}"#).expect("a file");
    let (case, bad) = (case.to_string_lossy(), bad.to_string_lossy());
    let pack = house_pack("house", &folder).to_string_lossy().into_owned();
    let none = folder.join("none").to_string_lossy().into_owned();

    let host = |words: &[&str]| {
        let mut command = watch.command(&program);
        command.args(words);
        let done = ask(command);
        watch.nothing_found(&done);
        done
    };
    let good = host(&[&pack, &case, NOW]);
    assert!(good.status.success(), "{}", text(&good.stderr));
    assert_eq!(text(&good.stdout), OWED);

    for (words, status, found) in [
        (&[&*pack, &*bad, NOW][..], 1, "EXQ_E_JSON at /order/isuer: "),
        (&[&*pack, &*bad, NOW], 1, "did you mean `order.issuer`?"),
        (&[&*none, &*case, NOW], 1, "EXQ_E_FILE at "),
        (&[&*case, &*case, NOW], 1, "EXQ_E_PACK at "),
        (&[&*pack, &*case, "today"], 1, "EXQ_E_VALUE at text: "),
        (&[&*pack, &*none, NOW], 2, "usage: "),
        (&[], 2, "usage: "),
    ] {
        let done = host(words);
        assert_eq!(done.status.code(), Some(status), "{words:?}");
        assert!(done.stdout.is_empty(), "{words:?}: {}", text(&done.stdout));
        let said = text(&done.stderr);
        assert!(said.contains(found), "{words:?}: {said}");
    }
}

#[test]
fn the_smallest_host_says_what_is_owed() {
    minimal(&PLAIN);
}

#[test]
#[ignore = "needs valgrind"]
fn the_smallest_host_under_valgrind() {
    minimal(&VALGRIND);
}

#[test]
#[ignore = "needs sanitizers"]
fn the_smallest_host_with_sanitizers() {
    minimal(&SANITIZERS);
}
