//! Bytes that stay: a pack, cases, and the decisions on them, compared byte by byte.
//!
//! `tests/golden/` holds rules, the pack that they compile to, cases, and for each case the digest of the case and the
//! decision with its texts. Receipts are left out: they name the version of the engine. What is stored is
//! written anew only together with a bump of a version that covers it (`docs/VERSIONS.md`): `GOLDEN_BLESS=1` refuses to
//! write while `tests/golden/VERSIONS` names the versions of this engine.
#![cfg(feature = "cli")]

use exequatur::cli::zones::BundledZones;
use exequatur::compile::CompileOptions;
use exequatur::eval::{Memory, Options, evaluate};
use exequatur::json::{DecisionJson, case_in_object, hex, naming};
use exequatur::link::link_files;
use exequatur::model::PackId;
use exequatur::pack::{self, FORMAT_VERSION, Program};
use exequatur::syntax::parse;
use exequatur::time::{Date, instant};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The number that a row of the table in `docs/VERSIONS.md` states.
fn documented(what: &str) -> String {
    let page = fs::read_to_string(at("docs/VERSIONS.md")).unwrap();
    let start = format!("| {what} | ");
    let row = page
        .lines()
        .find_map(|line| line.strip_prefix(&start))
        .unwrap();
    row.split(' ').next().unwrap().to_string()
}

/// The versions of this engine, as the stored ones are written.
fn versions() -> String {
    let decisions = decide(&compiled());
    let schema = decisions
        .split("{\"schema\":")
        .nth(1)
        .and_then(|rest| rest.split(',').next());
    format!(
        "language {}\npack {FORMAT_VERSION}\nschema {}\n",
        documented("language"),
        schema.unwrap()
    )
}

/// The golden rules, compiled by this engine. One of them grants without its guard, so that a grant that is withheld stays
/// among the golden decisions: nobody has proved this pack.
fn compiled() -> Vec<u8> {
    let mut paths: Vec<PathBuf> = fs::read_dir(at("tests/golden/rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let files: Vec<_> = paths
        .iter()
        .map(|path| parse(&fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    let compiled = link_files(&files, &BundledZones::default(), &CompileOptions::default());
    compiled.unwrap().bytes
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(at("tests/golden/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

/// The days of a date since 1970-01-01.
fn days(text: &str) -> i32 {
    let parts: Vec<u32> = text.split('-').map(|part| part.parse().unwrap()).collect();
    let date = Date::new(i32::try_from(parts[0]).unwrap(), parts[1], parts[2]);
    date.unwrap().to_days()
}

fn adopted(program: &Program<'_>, names: &Value) -> Vec<PackId> {
    let mut adopted = Vec::new();
    for name in names.as_array().into_iter().flatten() {
        let ids = (0..program.packs.len()).map(|index| PackId(u16::try_from(index).unwrap()));
        let found = ids
            .into_iter()
            .find(|id| naming::pack(program, *id) == name.as_str().unwrap());
        adopted.push(found.unwrap());
    }
    adopted
}

/// All decisions by a pack: for each case its name, its digest, and the decision on one line.
fn decide(bytes: &[u8]) -> String {
    let pack = pack::load(bytes).unwrap();
    let program = pack.program();
    let mut memory = Memory::new(program);
    let mut out = String::new();
    for path in cases() {
        let bytes = fs::read(&path).unwrap();
        let frame: Value = serde_json::from_slice(&bytes).unwrap();
        let case = case_in_object(program, &bytes, "case").unwrap();
        let adopt = adopted(program, &frame["adopt"]);
        let options = Options {
            now: instant::parse(frame["now"].as_str().unwrap()).unwrap(),
            law_date: frame["law_date"].as_str().map(days),
            adopt: &adopt,
            ..Options::default()
        };
        let case = case.as_case();
        let mut workspace = memory.workspace();
        let decision =
            evaluate(program, &case, &options, &mut workspace).expect("memory and case fit");
        let digest = hex(&decision.receipt(pack.digest()).case);
        let json = DecisionJson {
            decision: &decision,
            texts: true,
            receipt: None,
        };
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        writeln!(out, "{name} {digest}\n{}", json.to_line()).unwrap();
    }
    out
}

/// The first line on which two texts differ.
fn first_difference<'t>(left: &'t str, right: &'t str) -> Option<(&'t str, &'t str)> {
    let mut rights = right.lines();
    for line in left.lines() {
        let other = rights.next().unwrap_or("");
        if line != other {
            return Some((line, other));
        }
    }
    rights.next().map(|other| ("", other))
}

#[test]
fn what_was_decided_is_decided_still() {
    let (pack_at, decisions_at) = (
        at("tests/golden/golden.exqp"),
        at("tests/golden/decisions.txt"),
    );
    let versions_at = at("tests/golden/VERSIONS");
    if std::env::var_os("GOLDEN_BLESS").is_some() {
        assert!(
            fs::read_to_string(&versions_at).ok() != Some(versions()),
            "\n\nTHE GOLDEN BYTES WERE NOT WRITTEN: they change only with a bump of the language, the pack format or \
             the decision schema (docs/VERSIONS.md). Mend the engine, or bump the version first.\n"
        );
        let bytes = compiled();
        fs::write(&decisions_at, decide(&bytes)).unwrap();
        fs::write(&pack_at, bytes).unwrap();
        fs::write(&versions_at, versions()).unwrap();
        eprintln!(
            "\n\nTHE GOLDEN BYTES WERE WRITTEN ANEW: say in CHANGELOG.md which version was bumped, and why.\n"
        );
    }
    assert_eq!(
        fs::read_to_string(&versions_at).unwrap(),
        versions(),
        "a version was bumped, or was not: see docs/VERSIONS.md"
    );
    let stored_pack = fs::read(&pack_at).unwrap();
    let stored = fs::read_to_string(&decisions_at).unwrap();
    assert_eq!(
        first_difference(&stored, &decide(&stored_pack)),
        None,
        "the stored pack decides otherwise"
    );
    assert_eq!(
        first_difference(&stored, &decide(&compiled())),
        None,
        "the rules mean something else"
    );
    assert!(
        stored_pack == compiled(),
        "the same sources give other bytes"
    );
}

#[test]
fn the_golden_cases_show_what_matters() {
    let stored = fs::read_to_string(at("tests/golden/decisions.txt")).unwrap();
    for word in [
        "\"outcome\":\"must\"",
        "\"outcome\":\"must_not\"",
        "\"outcome\":\"undetermined\"",
        "\"outcome\":\"conflict\"",
        "\"outcome\":\"none\"",
        "\"state\":\"defeated\"",
        "\"state\":\"withheld\"",
        "\"why\":\"guard_false\"",
        "\"why\":\"guard_unknown\"",
        "\"why\":\"conflict\"",
        "\"status\":\"waiting\"",
        "\"status\":\"running\"",
        "\"status\":\"met_late\"",
        "\"status\":\"breached\"",
        "\"exclusive\":true",
        "\"provisional\":",
        "\"up_to\":[",
        "\"alternatives\":",
        "\"beside\":[{",
        "\"kind\":\"untranslated\"",
        "\"next_change_at\":null",
        "\"territory\":[",
    ] {
        assert!(stored.contains(word), "no golden decision has {word}");
    }
}
