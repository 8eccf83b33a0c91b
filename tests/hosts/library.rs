//! What every test of a host stands on: the library installed once for all of them, a pack, the compilers, `exq`.
//!
//! The library comes from `install.sh`, as a user gets it, so that nothing is tested here that is not also shipped. It
//! is built in a target folder of its own: `cargo test` may be building in the other one. Tests of one process install
//! once; processes beside each other are kept apart by cargo's lock while they build, and because each file is put in
//! its place by renaming it, none of them ever reads half a file. A tool that is missing fails the test by its name.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Output};
use std::sync::OnceLock;

/// The root of the source tree.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where the tests of hosts build and write: a folder of its own beside the build of the tests.
fn hosts() -> PathBuf {
    let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = own
        .parent()
        .expect("the folder of the tests lies in another");
    target.join("hosts")
}

/// The prefix below which the library with the compiler is installed, built as a developer builds.
pub fn prefix() -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| {
        let prefix = hosts().join("prefix");
        let mut install = install();
        install.args(["--profile", "dev", "--prefix"]).arg(&prefix);
        run(install);
        prefix
    })
}

/// The script that installs, which builds in the folder of the hosts.
pub fn install() -> Command {
    let mut install = Command::new(root().join("install.sh"));
    install.env("CARGO_TARGET_DIR", hosts().join("target"));
    install
}

/// The shipped rules, as one pack in a file.
pub fn shipped_pack() -> &'static Path {
    static PACK: OnceLock<PathBuf> = OnceLock::new();
    PACK.get_or_init(|| {
        let pack = hosts().join("shipped.exqp");
        let fresh = hosts().join(format!("shipped.{}.exqp", process::id()));
        fs::create_dir_all(hosts()).expect("the folder of the hosts can be made");
        let mut build = exq();
        build
            .current_dir(root())
            .args(["build", "rules", "-o"])
            .arg(&fresh);
        run(build);
        fs::rename(&fresh, &pack).expect("the pack can be put in its place");
        pack
    })
}

/// The C compiler, `$CC` or `cc`.
pub fn cc() -> Command {
    compiler("CC", "cc", "C")
}

/// The C++ compiler, `$CXX` or `c++`.
pub fn cxx() -> Command {
    compiler("CXX", "c++", "C++")
}

/// A compiler by its variable, which may hold options, too. One that cannot be started fails the test here: a host
/// that nobody could build is a host that nobody has tested.
fn compiler(variable: &str, usual: &str, language: &str) -> Command {
    let named = env::var(variable)
        .ok()
        .filter(|named| !named.trim().is_empty());
    let named = named.as_deref().unwrap_or(usual);
    let mut words = named.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(usual));
    command.args(words);
    let mut asked = Command::new(command.get_program());
    if let Err(error) = asked.arg("--version").output() {
        panic!(
            "this test needs a {language} compiler: `{named}` does not start ({error}); install one, or set {variable}"
        );
    }
    command
}

/// The rule author's bench, of the build under test.
pub fn exq() -> Command {
    Command::new(env!("CARGO_BIN_EXE_exq"))
}

/// An empty folder of this name, which stays afterwards, to be looked at. Each test takes a name of its own.
pub fn scratch(name: &str) -> PathBuf {
    let folder = hosts().join("scratch").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an older folder can be removed");
    }
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// Runs a command that must end well. Otherwise the test fails with the command and all that it wrote.
#[track_caller]
pub fn run(mut command: Command) -> Output {
    let done = match command.output() {
        Ok(done) => done,
        Err(error) => panic!("{} does not start: {error}", shown(&command)),
    };
    assert!(
        done.status.success(),
        "{}\nended with {}\n-- standard output\n{}\n-- standard error\n{}",
        shown(&command),
        done.status,
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
    done
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> = words
        .map(OsStr::to_string_lossy)
        .map(|word| word.into_owned())
        .collect();
    words.join(" ")
}
