//! The examples of `docs/LANGUAGE.md`, run; and the codes of `docs/DIAGNOSTICS.md`, compared with the source.
//!
//! A block marked `exq` is a link of one or more packs: it must pass the checks without a warning, and each of its
//! scenarios must hold. A block marked `exq,fail` must be refused for exactly the code that its first line names.
#![cfg(feature = "cli")]

#[path = "support/exq.rs"]
mod exq;

use exequatur::cli::Done;
use exq::exq;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const OPEN: &str = "```exq";
const OPEN_FAIL: &str = "```exq,fail";

/// A block of the page.
struct Block {
    /// The line on which it begins.
    line: usize,
    /// The code for which it must be refused, if it must.
    refused: Option<String>,
    text: String,
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn blocks() -> Vec<Block> {
    let page = read("docs/LANGUAGE.md");
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in page.lines().enumerate() {
        match open.as_mut() {
            None if line == OPEN || line == OPEN_FAIL => {
                open = Some(Block {
                    line: number + 1,
                    refused: (line == OPEN_FAIL).then(String::new),
                    text: String::new(),
                });
            }
            None => {}
            Some(_) if line == "```" => blocks.extend(open.take()),
            Some(block) => {
                if block.refused.as_deref() == Some("") {
                    let code = line.strip_prefix("# ").unwrap_or("a code").to_string();
                    block.refused = Some(code);
                } else {
                    writeln!(block.text, "{line}").unwrap();
                }
            }
        }
    }
    assert!(open.is_none(), "a block without end");
    blocks
}

/// Writes the packs of a block into a folder of their own, one file each.
fn write(block: &Block) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("language-{}", block.line));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut packs: Vec<String> = Vec::new();
    for line in block.text.lines() {
        if line.starts_with("pack ") || packs.is_empty() {
            packs.push(String::new());
        }
        writeln!(packs.last_mut().unwrap(), "{line}").unwrap();
    }
    for (index, pack) in packs.iter().enumerate() {
        fs::write(folder.join(format!("{index}.exq")), pack).unwrap();
    }
    folder
}

#[test]
fn every_example_holds() {
    let mut wrong = String::new();
    let mut scenarios = 0;
    for block in blocks().iter().filter(|block| block.refused.is_none()) {
        let folder = write(block);
        let folder = folder.to_str().unwrap();
        let (checked, tested) = (exq(&["check", folder]), exq(&["test", folder]));
        // Examples show conflicts and conditions with one answer on purpose, of which the review would warn.
        let warned = checked.err.contains("warning[W02");
        if checked.status != 0 || warned || tested.status != 0 {
            let Done { out, err, .. } = &tested;
            writeln!(
                wrong,
                "the example at line {}:\n{}{err}{out}",
                block.line, checked.err
            )
            .unwrap();
        }
        scenarios += block
            .text
            .lines()
            .filter(|line| line.starts_with("scenario "))
            .count();
        let passed = tested
            .out
            .lines()
            .last()
            .and_then(|line| line.split(' ').next());
        assert!(
            passed.is_some_and(|passed| passed != "0") || !wrong.is_empty(),
            "the example at line {} shows nothing",
            block.line
        );
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(scenarios >= 100, "only {scenarios} scenarios were found");
}

#[test]
fn every_refusal_is_for_its_code() {
    let mut wrong = String::new();
    let mut seen = 0;
    for block in &blocks() {
        let Some(code) = &block.refused else { continue };
        seen += 1;
        let folder = write(block);
        let done = exq(&["check", folder.to_str().unwrap()]);
        let errors: Vec<&str> = done
            .err
            .lines()
            .filter(|line| line.starts_with("error["))
            .collect();
        let expected = format!("error[{code}]");
        if done.status != 1 || errors.len() != 1 || !errors[0].starts_with(&expected) {
            writeln!(
                wrong,
                "the example at line {}: expected {code}, found\n{}",
                block.line, done.err
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(seen >= 8, "only {seen} refusals were found");
}

#[test]
fn the_keywords_are_those_listed() {
    let page = read("docs/LANGUAGE.md");
    let lines = page
        .lines()
        .skip_while(|line| !line.starts_with("    pack use "));
    let listed: BTreeSet<String> = lines
        .take_while(|line| !line.is_empty())
        .flat_map(|line| line.split_whitespace().map(str::to_string))
        .collect();
    let source = read("src/syntax/token.rs");
    let list = source
        .split("pub const KEYWORDS: &[&str] = &[")
        .nth(1)
        .and_then(|rest| rest.split("];").next())
        .unwrap();
    let reserved: BTreeSet<String> = list
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_string)
        .collect();
    assert!(reserved.len() > 50, "the keywords were not found");
    assert_eq!(listed, reserved);
}

/// The codes in the strings of a source: `E0101`, `W0201`, between quotes.
fn codes_in(text: &str, into: &mut BTreeSet<String>) {
    for part in text.split('"') {
        let mut chars = part.chars();
        let first = chars.next();
        if matches!(first, Some('E' | 'W')) && part.len() == 5 && chars.all(|c| c.is_ascii_digit())
        {
            into.insert(part.to_string());
        }
    }
}

fn codes_below(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes_below(&path, into);
        } else {
            codes_in(&fs::read_to_string(&path).unwrap(), into);
        }
    }
}

#[test]
fn every_code_is_documented_and_every_documented_code_exists() {
    let mut used = BTreeSet::new();
    codes_below(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut used,
    );
    let page = read("docs/DIAGNOSTICS.md");
    let mut documented = BTreeSet::new();
    for line in page.lines() {
        let Some(code) = line
            .strip_prefix("| `")
            .and_then(|rest| rest.split('`').next())
        else {
            continue;
        };
        assert!(
            documented.insert(code.to_string()),
            "{code} stands there twice"
        );
    }
    assert!(used.len() > 50, "the codes were not found");
    let differ: Vec<&String> = documented.symmetric_difference(&used).collect();
    assert_eq!(
        differ,
        Vec::<&String>::new(),
        "in the source or on the page, not in both"
    );
    let listed: Vec<&String> = documented.iter().collect();
    assert!(listed.is_sorted());
    for (code, meaning) in exequatur::check::codes::ALL {
        let row = format!("| `{}` | {meaning} |", code.0);
        assert!(
            page.contains(&row),
            "the page does not say of {}: {meaning}",
            code.0
        );
    }
}
