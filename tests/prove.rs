//! The prove stage against its suite in `tests/suite/prove`.
//!
//! One file, or one folder with the files of a link, is one test. In `fail` each has one planted fault; its first line says
//! which code finds it, and its last lines, each behind `#~`, hold the rendered diagnostics. In `pass` stand the same rules
//! without the fault, which compile. Every counter-case is given to the reference interpreter, too. `BLESS=1` writes the
//! expectations anew.
#![cfg(feature = "cli")]

mod reference;

use exequatur::check::{self, render};
use exequatur::cli::facts_json;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileOptions, compile};
use exequatur::eval::ServiceLevels;
use exequatur::link::{LinkError, link_reviewed};
use exequatur::pack::load;
use exequatur::prove::proof::{Claim, Undecided, prove};
use exequatur::prove::question::Inquiry;
use exequatur::prove::scenario::norm_name;
use exequatur::prove::situation::Situation;
use exequatur::syntax::parse;
use reference::case::Ask;
use reference::evaluate;
use reference::link::Link;
use reference::timing::Service;
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};

const MARK: &str = "#~";

/// A link of the suite: its sources by name, what is expected, and where that stands.
struct Case {
    sources: Vec<(String, String)>,
    expected: String,
    last: PathBuf,
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

fn case(path: &Path) -> Case {
    let files = if path.is_dir() {
        sorted(path)
    } else {
        vec![path.to_path_buf()]
    };
    let (mut sources, mut expected) = (Vec::new(), String::new());
    for file in &files {
        let stored = fs::read_to_string(file).unwrap();
        let cut = stored.find(MARK).unwrap_or(stored.len());
        let (text, rest) = stored.split_at(cut);
        expected = rest.to_string();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        sources.push((name, text.to_string()));
    }
    Case {
        sources,
        expected,
        last: files.last().unwrap().clone(),
    }
}

fn suite(folder: &str) -> Vec<PathBuf> {
    sorted(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/suite/prove")
            .join(folder),
    )
}

/// What linking says: rendered errors and warnings, and whether there is a pack.
fn linked(case: &Case) -> (String, bool) {
    let given: Vec<(String, &[u8])> = case
        .sources
        .iter()
        .map(|(name, text)| (name.clone(), text.as_bytes()))
        .collect();
    match link_reviewed(&given, &BundledZones::default(), &CompileOptions::default()) {
        Ok(linked) => {
            let found = render::to_text(&linked.sources, &linked.warnings, false);
            (found, true)
        }
        Err(LinkError::Rules {
            sources,
            diagnostics,
        }) => (render::to_text(&sources, &diagnostics, false), false),
        Err(error) => (error.to_string(), false),
    }
}

/// The code that the first line of a link names.
fn code(case: &Case) -> String {
    let first = case
        .sources
        .iter()
        .find_map(|(_, text)| text.strip_prefix("# "));
    let first = first.expect("the first line says which code finds the fault");
    first.split(':').next().unwrap().to_string()
}

#[test]
fn every_planted_fault_is_found() {
    let mut wrong = Vec::new();
    for path in suite("fail") {
        let case = case(&path);
        let (found, compiles) = linked(&case);
        let code = code(&case);
        if !found.contains(&format!("[{code}]")) {
            wrong.push(format!("{}: {code} is not found:\n{found}", path.display()));
            continue;
        }
        if code.starts_with('E') == compiles {
            wrong.push(format!(
                "{}: {code}, and yet a pack: {compiles}",
                path.display()
            ));
        }
        let quoted: String = found
            .trim_end()
            .lines()
            .map(|line| format!("{MARK} {line}").trim_end().to_string() + "\n")
            .collect();
        if quoted == case.expected {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            let (_, text) = case.sources.last().unwrap();
            fs::write(&case.last, format!("{}\n\n{quoted}", text.trim_end())).unwrap();
        } else {
            wrong.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_the_fault_it_compiles() {
    for path in suite("pass") {
        let case = case(&path);
        let (found, compiles) = linked(&case);
        assert!(compiles, "{}:\n{found}", path.display());
    }
}

/// Where a case is not borne out, only the lengths of service levels excuse the prover.
#[test]
fn what_is_not_borne_out_says_why() {
    let path = suite("fail")
        .into_iter()
        .find(|path| path.ends_with("two_service_levels.exq"));
    let case = case(&path.unwrap());
    let file = parse(&case.sources[0].1).unwrap();
    let ir = check::check(&[file]).ir.unwrap();
    let bytes = compile(&ir, &BundledZones::default(), &CompileOptions::default()).unwrap();
    let pack = load(&bytes).unwrap();
    let inquiry = Inquiry::new(&[*pack.program()]);
    // Two duties have the one level, and none has the other.
    for (undue_delay, expeditiously, why) in [
        (Some(1), None, Undecided::Bounded),
        (Some(1), Some(1), Undecided::Bounded),
        (None, Some(1), Undecided::Disagreed),
        (None, None, Undecided::Disagreed),
    ] {
        let service = ServiceLevels {
            undue_delay,
            expeditiously,
        };
        let found = Situation {
            service,
            ..Situation::default()
        };
        assert_eq!(Undecided::of(&inquiry, &found), why);
    }
}

/// The reference interpreter says the same of every counter-case, so that no fault of the evaluator stands behind it.
#[test]
fn the_reference_bears_out_every_counter_case() {
    let mut seen = 0;
    for path in suite("fail") {
        let case = case(&path);
        let files: Vec<_> = case
            .sources
            .iter()
            .map(|(_, text)| parse(text).unwrap())
            .collect();
        let ir = check::check(&files).ir.unwrap();
        let bytes = compile(&ir, &BundledZones::default(), &CompileOptions::default()).unwrap();
        let pack = load(&bytes).unwrap();
        let program = *pack.program();
        let mut inquiry = Inquiry::new(&[program]);
        for found in prove(&mut inquiry).refuted {
            let adopted: Vec<String> = found.case.adopted.iter().cloned().collect();
            let link = Link::new(&files, &adopted);
            let answer = evaluate(
                &link,
                &facts_json(&[program], &found.case),
                ask(&found.case),
                false,
            );
            let name = norm_name(&program, found.norm);
            let parts: Vec<&Json> = answer["norms"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|part| part["norm"] == name.as_str())
                .collect();
            let outcome = found.outcome.word();
            let shown = match found.what {
                Claim::Guard(_) => parts.iter().any(|part| part["protected"] == "false"),
                Claim::Property(_) => {
                    // A part of which no rule and no default speaks is not told.
                    let untold = parts.iter().all(|part| part["territory"] != "everywhere");
                    let told = parts.iter().any(|part| part["outcome"] == outcome);
                    told || (outcome == "none" && untold)
                }
            };
            assert!(
                shown,
                "{}: {name} is not {outcome}: {answer:#}",
                path.display()
            );
            seen += 1;
        }
    }
    assert!(seen >= 90, "{seen} counter-cases");
}

fn ask(case: &Situation) -> Ask {
    let epoch = jiff::civil::date(1970, 1, 1);
    let day = |day: i32| epoch + jiff::Span::new().days(day);
    let ServiceLevels {
        undue_delay,
        expeditiously,
    } = case.service;
    Ask {
        now: case.now,
        law_date: case.law_date.map(day),
        service: Service {
            undue_delay,
            expeditiously,
        },
    }
}
