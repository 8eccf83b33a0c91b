//! Projects that find the library as their build tool finds libraries: a Makefile, pkg-config, CMake.
//!
//! Those below `consumers/` are built as their users would build them, from a prefix that was moved after it was
//! installed and shares no folder with the sources. Then the prefix is taken away: what was linked with the archive must
//! still run, and what was linked with the shared library must not, so that neither can pass for the other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::install::{copy, read, source, text};
use crate::library::{cc, cxx, exq, prefix, run, scratch, shipped_pack};

pub const CASE: &str = r#"{"order": {"kind": "national_order_info", "authenticated": true, "issuer": "judge",
    "issuer_state": "FR", "data": ["content"], "shows_privilege": false, "received": "2026-11-19T09:00:00+01:00"},
    "provider": {"under_us_law": true, "role": ["access_provider"]}, "offence": {"serious_crime": true},
    "listing": {"authentic": true, "overcosts": false, "notified": "2026-11-20T08:00:00+01:00"}}"#;
pub const NOW: &str = "2026-11-20T10:00:00+01:00";

/// A project of `consumers/` in a folder of its own, beside a prefix that was moved there, and a case.
struct Project {
    folder: PathBuf,
    prefix: PathBuf,
}

impl Project {
    fn new(name: &str) -> Project {
        let root = scratch(&format!("consumer-{name}"));
        let project = Project {
            folder: root.join(name),
            prefix: root.join("moved"),
        };
        copy(&source("tests/hosts/consumers").join(name), &project.folder);
        copy(prefix(), &project.prefix);
        fs::write(project.folder.join("case.json"), CASE).expect("the case can be written");
        project
    }

    fn make(&self) -> Command {
        let mut make = Command::new("make");
        make.current_dir(&self.folder)
            .arg(format!("CC={}", words(&cc())))
            .env_remove("MAKEFLAGS")
            .env_remove("CFLAGS");
        make
    }

    /// One of its programs, with nothing said of where libraries lie.
    fn program(&self, name: &str, arguments: &[&str]) -> Command {
        let mut program = Command::new(self.folder.join(name));
        program
            .current_dir(&self.folder)
            .args(arguments)
            .env_remove("LD_LIBRARY_PATH")
            .stdin(Stdio::null());
        program
    }

    /// What both programs say, which is the same. Then the prefix is taken away: the one with the archive inside does
    /// not miss it, and the other cannot start.
    fn both(&self, name: &str, arguments: &[&str]) -> String {
        let (shared, archive) = (format!("{name}-shared"), format!("{name}-static"));
        let said = run(self.program(&shared, arguments)).stdout;
        assert_eq!(said, run(self.program(&archive, arguments)).stdout);
        fs::remove_dir_all(&self.prefix).expect("the prefix can be removed");
        assert_eq!(said, run(self.program(&archive, arguments)).stdout);
        let alone: Output = self.program(&shared, arguments).output().expect("a loader");
        assert!(!alone.status.success(), "{shared} has the library inside");
        assert!(
            text(&alone.stderr).contains("libexequatur.so.1"),
            "{}",
            text(&alone.stderr)
        );
        text(&said)
    }
}

fn words(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}

fn pack() -> &'static str {
    shipped_pack().to_str().expect("a plain name")
}

/// What `exq` says of the same case.
pub fn bench(command: &str, folder: &Path, more: &[&str]) -> String {
    let mut exq = exq();
    exq.args([command, pack()]).arg(folder.join("case.json"));
    exq.args(["--at", NOW]).args(more);
    text(&run(exq).stdout)
}

#[test]
fn a_makefile_that_knows_the_prefix() {
    let project = Project::new("make");
    let explained = bench("explain", &project.folder, &[]);
    let mut make = project.make();
    make.arg(format!("PREFIX={}", project.prefix.display()));
    run(make);
    assert_eq!(
        project.both("decide", &[pack(), "case.json", NOW]),
        explained
    );
}

#[test]
fn the_system_libraries_of_the_makefile_are_those_of_the_archive() {
    let pc = read(&prefix().join("lib/pkgconfig/exequatur.pc"));
    let needed = pc
        .lines()
        .find_map(|line| line.strip_prefix("Libs.private: "));
    let makefile = read(&source("tests/hosts/consumers/make/Makefile"));
    let written = makefile
        .lines()
        .find_map(|line| line.strip_prefix("SYSTEM = "));
    assert_eq!(needed, written);
}

#[test]
#[ignore = "needs pkg-config"]
fn a_makefile_that_asks_pkg_config() {
    let project = Project::new("pkgconfig");
    let mut make = project.make();
    make.env("PKG_CONFIG_PATH", project.prefix.join("lib/pkgconfig"));
    run(make);
    let said = project.both("allowed", &[pack(), NOW]);
    let guarded = said
        .lines()
        .filter(|line| line.ends_with(", protected"))
        .count();
    assert!(guarded > 0, "{said}");
    // Nothing is known of the case, so that nothing protected is allowed.
    for line in said.lines() {
        assert!(!line.ends_with(": allowed, protected"), "{line}");
    }
}

#[test]
#[ignore = "needs CMake"]
fn a_cmake_project_that_finds_the_package() {
    let project = Project::new("cmake");
    let mut configure = Command::new("cmake");
    configure
        .current_dir(&project.folder)
        .args(["-S", ".", "-B", "."])
        .arg(format!("-DCMAKE_PREFIX_PATH={}", project.prefix.display()))
        .env("CC", words(&cc()))
        .env("CXX", words(&cxx()));
    run(configure);
    let mut build = Command::new("cmake");
    build.current_dir(&project.folder).args(["--build", "."]);
    run(build);
    let said = project.both("duties", &[pack(), "case.json", NOW]);
    assert!(said.contains("block_site: 2026-11-21T07:00:00Z"), "{said}");

    let decision = bench("eval", &project.folder, &["--format", "json"]);
    let decision: serde_json::Value = serde_json::from_str(&decision).expect("JSON");
    let mut duties = Vec::new();
    for norm in decision["norms"].as_array().expect("norms") {
        for effect in norm["effects"].as_array().expect("effects") {
            let of_the_host = ["standing", "undetermined", "withheld"].map(Some);
            if effect["value"] == "must" && of_the_host.contains(&effect["state"].as_str()) {
                let due = effect["due"].as_str().filter(|due| due.ends_with('Z'));
                duties.push(format!(
                    "{}: {}",
                    norm["norm"].as_str().expect("a name"),
                    due.unwrap_or("no time")
                ));
            }
        }
    }
    let mut listed: Vec<&str> = said.lines().collect();
    listed.sort_unstable();
    duties.sort_unstable();
    assert_eq!(listed, duties);
}

#[test]
#[ignore = "needs CMake"]
fn cmake_refuses_a_version_that_is_not_there() {
    for (asked, found) in [
        ("0.1", true),
        ("0.1.0", true),
        ("0.99", false),
        ("1.0", false),
    ] {
        let project = scratch("cmake-version");
        let lists = format!(
            "cmake_minimum_required(VERSION 3.13)\nproject(asks LANGUAGES C)\n\
             find_package(exequatur {asked} CONFIG REQUIRED)\n"
        );
        fs::write(project.join("CMakeLists.txt"), lists).expect("a file");
        let mut configure = Command::new("cmake");
        configure
            .current_dir(&project)
            .args(["-S", ".", "-B", "build"])
            .arg(format!("-DCMAKE_PREFIX_PATH={}", prefix().display()));
        let done = configure.output().expect("CMake");
        assert_eq!(
            done.status.success(),
            found,
            "{asked}: {}",
            text(&done.stderr)
        );
    }
}
