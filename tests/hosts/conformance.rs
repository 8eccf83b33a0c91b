//! The conformance suite, asked in every language: the same rules, cases and instants give the same bytes.
//!
//! The expected files come from the runner in Rust, which knows nothing of the C library. `BLESS=1` writes them anew, from
//! that runner alone; whatever another language then prints differently is a defect of the C library or of its binding.

mod pack_lines;
mod rust;
mod suite;
mod time_lines;

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::library;
use suite::{Folder, Sections, folders};

/// Asks a runner about every folder, with and without `--typed`, and compares all that it prints.
#[track_caller]
pub fn conforms(language: &str, runner: impl Fn() -> Command) {
    conforms_to(language, &[false, true], |_| true, runner);
}

/// The same for some folders, and some of both ways to set a case.
#[track_caller]
fn conforms_to(
    language: &str,
    ways: &[bool],
    wanted: impl Fn(&Folder) -> bool,
    runner: impl Fn() -> Command,
) {
    let scratch = library::scratch(&format!("conformance.{language}"));
    let mut wrong = String::new();
    for folder in folders(&scratch).into_iter().filter(wanted) {
        for typed in ways.iter().copied() {
            let mut call = runner();
            call.arg(&folder.pack)
                .arg(&folder.case)
                .args(&folder.ask.words);
            if typed {
                call.arg("--typed");
            }
            let output = library::run(call);
            let printed = String::from_utf8(output.stdout).expect("a runner prints UTF-8");
            let how = if typed { " --typed" } else { "" };
            match Sections::of(&printed) {
                Ok(sections) => wrong.push_str(&differences(&folder, &sections, how)),
                Err(error) => writeln!(wrong, "{}{how}: {error}", folder.name).unwrap(),
            }
        }
    }
    assert!(wrong.is_empty(), "{language} differs:\n{wrong}");
}

/// What differs from the expected files: the first line of each section that does.
fn differences(folder: &Folder, found: &Sections, how: &str) -> String {
    let mut wrong = String::new();
    for (heading, file, found) in found.each() {
        let Some(expected) = folder.expected(file) else {
            // A refused case has a transcript only; one listing of a pack is enough.
            if !found.is_empty() && heading != "pack" {
                writeln!(
                    wrong,
                    "{}{how}: `{heading}` is printed, and no `{file}` expects it",
                    folder.name
                )
                .unwrap();
            }
            continue;
        };
        if *found == expected {
            continue;
        }
        let mut lines = expected.lines().zip(found.lines()).enumerate();
        let first = lines.find(|(_, (expected, found))| expected != found);
        let (number, expected, found) = match first {
            Some((index, (expected, found))) => (index + 1, expected, found),
            None => (
                expected.lines().count().min(found.lines().count()) + 1,
                "(its end)",
                "(another end)",
            ),
        };
        let name = &folder.name;
        writeln!(
            wrong,
            "{name}/{file}{how}, line {number}:\n  expected {expected}\n  found    {found}"
        )
        .unwrap();
    }
    wrong
}

#[test]
fn rust_conforms() {
    let scratch = library::scratch("conformance.rust");
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for folder in folders(&scratch) {
        let pack = fs::read(&folder.pack).expect("the pack was built");
        let case = fs::read(&folder.case).expect("a folder has a case");
        let sections = rust::run(&pack, &case, &folder.ask);
        for (heading, file, text) in sections.each() {
            let wanted = !text.is_empty() && (heading != "pack" || folder.lists_its_pack);
            let path = folder.path.join(file);
            if bless && wanted {
                fs::write(path, text).expect("a file can be written");
            } else if bless && path.exists() {
                fs::remove_file(path).expect("a file can be removed");
            } else if wanted && !path.exists() {
                writeln!(wrong, "{}: `{file}` is not there", folder.name).unwrap();
            }
        }
        wrong.push_str(&differences(&folder, &sections, ""));
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The runner in C, built against the installed library as a host would be.
fn c_runner() -> std::path::PathBuf {
    let runner = library::scratch("conformance.c.runner").join("runner");
    let prefix = library::prefix();
    let mut build = library::cc();
    build.args([
        "-std=c99",
        "-g",
        "-Wall",
        "-Wextra",
        "-Wpedantic",
        "-Werror",
    ]);
    build.arg("-I").arg(prefix.join("include"));
    for file in [
        "conformance.c",
        "conformance_pack.c",
        "conformance_decision.c",
    ] {
        build.arg(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/hosts/c")
                .join(file),
        );
    }
    build.arg("-L").arg(prefix.join("lib")).arg("-lexequatur");
    build.arg(format!("-Wl,-rpath,{}", prefix.join("lib").display()));
    build.arg("-o").arg(&runner);
    library::run(build);
    runner
}

#[test]
fn c_conforms() {
    let runner = c_runner();
    conforms("c", || Command::new(&runner));
}

#[test]
#[ignore = "needs valgrind"]
fn c_conforms_without_a_leak() {
    let runner = c_runner();
    // The shipped rules take valgrind long, and nothing is in them that the small folders do not show.
    conforms_to(
        "c.valgrind",
        &[true],
        |folder| folder.lists_its_pack,
        || {
            let mut valgrind = Command::new("valgrind");
            valgrind.args([
                "-q",
                "--leak-check=full",
                "--show-leak-kinds=all",
                "--errors-for-leak-kinds=all",
                "--error-exitcode=9",
            ]);
            valgrind.arg(&runner);
            valgrind
        },
    );
}

/// The runner in C++, which knows the library by its wrapper alone.
fn cpp_runner(name: &str, options: &[&str]) -> std::path::PathBuf {
    let runner = library::scratch(&format!("conformance.{name}.runner")).join("runner");
    let prefix = library::prefix();
    let mut build = library::cxx();
    build.args([
        "-std=c++11",
        "-g",
        "-Wall",
        "-Wextra",
        "-Wpedantic",
        "-Werror",
    ]);
    build.args(options).arg("-I").arg(prefix.join("include"));
    build.arg(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hosts/cpp/conformance.cpp"),
    );
    build.arg("-L").arg(prefix.join("lib")).arg("-lexequatur");
    build.arg(format!("-Wl,-rpath,{}", prefix.join("lib").display()));
    build.arg("-o").arg(&runner);
    library::run(build);
    runner
}

#[test]
fn cpp_conforms() {
    let runner = cpp_runner("cpp", &[]);
    conforms("cpp", || Command::new(&runner));
}

#[test]
#[ignore = "needs sanitizers"]
fn cpp_conforms_under_the_sanitizers() {
    let options = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
    let runner = cpp_runner("cpp.sanitized", &options);
    conforms("cpp.sanitized", || Command::new(&runner));
}

/// What a transcript can say, each in every form that it can take: what the suite never shows, it does not test.
const SHOWN: &[(&str, &[&str])] = &[
    ("outcome=", &["0", "1", "2", "3", "4", "5", "6"]),
    ("unprotected=", &["0", "1", "2", "3", "4", "5"]),
    ("provisional=", &["-1", "0", "1", "2", "3"]),
    ("conflict=", &["0", "1", "2"]),
    ("guard=", &["-1", "0", "1", "2"]),
    ("operational=", &["-", "0", "1"]),
    ("value=", &["0", "1", "2", "3"]),
    ("state=", &["0", "1", "2", "3", "4", "5"]),
    (
        "status=",
        &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    ),
    ("certain=", &["0", "1"]),
    ("overtaken=", &["0", "1"]),
    // That a guard is false where a rule grants (0) is refused when rules are compiled: no pack of sources shows it.
    ("why=", &["-1", "1", "2", "3", "4", "5"]),
    ("exclusive=", &["0", "1"]),
    ("ceiling ", &["1", "2"]),
    ("per_day=", &["0", "1"]),
    ("decimals=", &["0", "2", "3"]),
    ("not_before ", &["waiting", "unknown", "2026"]),
    ("    due ", &["waiting", "open", "unknown", "2026"]),
    ("provisional_due ", &["2026"]),
    ("    start ", &["waiting", "unknown", "2026"]),
    ("    end ", &["waiting", "unknown", "2026"]),
    ("alternative due=", &["waiting", "unknown", "2026"]),
    ("due=", &["2026-03-03T08:00:00Z/service_level"]),
    ("derivation regime=", &["0", "1", "2", "3"]),
    (" calendar=", &["-", "fr", "federal"]),
    (" zone=", &["UTC", "Europe/Paris", "America/New_York"]),
    (
        "step ",
        &[
            "0 ", "1 ", "2 ", "3 ", "4 ", "5 ", "6 ", "7 ", "8 ", "9 ", "10 ", "11 ", "12 ", "13 ",
        ],
    ),
    (" skipped=", &["-1", "0", "1"]),
    (" recalled=", &["0"]),
    ("paragraph ", &["1182/71", "CPC", "FRCP"]),
    ("holiday.en ", &["Whit Monday", "Memorial Day"]),
    ("holiday.fr ", &["Lundi de Pentecôte", "Jour du Souvenir"]),
    ("needs ", &["fact", "event", "set", "calendar"]),
    ("missing ", &["fact", "event", "set", "calendar"]),
    ("assumed ", &["fact", "event"]),
    ("truth=", &["1", "2"]),
    ("needs_human=", &["0", "1"]),
    ("checked=", &["0", "1", "2"]),
    ("decides=", &["0", "1"]),
    ("next_change ", &["-", "2026"]),
    ("allowed=", &["0", "1"]),
    ("allowed_in ", &["everywhere", "FR"]),
    (" type=", &["1", "2", "3", "4", "5", "6", "7", "8"]),
    ("  beside ", &["plan"]),
    ("refused ", &["EXQ_E_JSON"]),
];

#[test]
fn the_suite_shows_every_word_of_a_decision() {
    let scratch = library::scratch("conformance.shown");
    let transcripts: Vec<String> = folders(&scratch)
        .iter()
        .filter_map(|folder| folder.expected("transcript.txt"))
        .collect();
    for (word, values) in SHOWN {
        for value in *values {
            let shown = transcripts
                .iter()
                .any(|text| text.contains(&format!("{word}{value}")));
            assert!(shown, "no transcript has `{word}{value}`");
        }
    }
}
