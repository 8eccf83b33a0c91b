//! `exq diff` against its suite in `tests/suite/diff`, and against random packs and what was changed in them.
//!
//! In the suite one folder is one test: the old rules, and the new ones with the expected answer in their last lines, each
//! behind `#~`. `BLESS=1` writes it anew. Rules whose folder begins with `same_` say the same in other words, and no
//! blessing makes a difference of that.
#![cfg(feature = "cli")]

#[path = "support/exq.rs"]
mod exq;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use exequatur::cli::test_paths;
use exq::exq;

const MARK: &str = "#~";

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/diff");
    let entries = fs::read_dir(root).unwrap();
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

fn paths(folder: &Path) -> [String; 2] {
    ["old.exq", "new.exq"].map(|file| folder.join(file).display().to_string())
}

#[test]
fn differences_are_what_the_suite_expects() {
    let mut wrong = String::new();
    let (mut same, mut other) = (0, 0);
    for folder in folders() {
        let [old, new] = paths(&folder);
        let done = exq(&["diff", &old, &new]);
        let stored = fs::read_to_string(&new).unwrap();
        let cut = stored.find(MARK).unwrap_or(stored.len());
        let (rules, expected) = stored.split_at(cut);
        let is_same = name(&folder).starts_with("same_");
        let fits = (done.out == "no difference\n", done.status) == (is_same, u8::from(!is_same));
        if !fits || !done.err.is_empty() {
            writeln!(
                wrong,
                "{}: status {}\n{}{}",
                name(&folder),
                done.status,
                done.out,
                done.err
            )
            .unwrap();
            continue;
        }
        same += usize::from(is_same);
        other += usize::from(!is_same);
        let mut actual = String::new();
        for line in done.out.lines() {
            writeln!(actual, "{}", format!("{MARK} {line}").trim_end()).unwrap();
        }
        if actual == expected {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&new, format!("{rules}{actual}")).unwrap();
        } else {
            writeln!(wrong, "{}:\n{actual}", name(&folder)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(
        other >= 25 && same >= 10,
        "{other} that differ, {same} that do not"
    );
}

#[test]
fn the_scenarios_of_a_difference_hold_of_the_new_rules() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff");
    fs::create_dir_all(&folder).unwrap();
    let mut ran = 0;
    for test in folders() {
        let [old, new] = paths(&test);
        let done = exq(&["diff", &old, &new, "--format", "scenarios"]);
        let file = folder.join(format!("{}.exq", name(&test)));
        let rules = fs::read_to_string(&new).unwrap();
        fs::write(&file, format!("{rules}\n{}", done.out)).unwrap();
        let outcome = test_paths(std::slice::from_ref(&file));
        let outcome =
            outcome.unwrap_or_else(|stop| panic!("{}: {stop}\n{}", name(&test), done.out));
        for ran in &outcome.ran {
            // A pack that decides only if it is adopted runs its own scenarios as adopted.
            let announced = rules.contains("status announced") && !done.out.contains("adopted");
            assert!(
                ran.misses.is_empty() || announced,
                "{}: {:?}\n{}",
                name(&test),
                ran.misses,
                done.out
            );
        }
        ran += outcome.ran.len();
    }
    assert!(ran >= 50, "{ran} scenarios");
}
