//! The mutants of the files in `tests/suite/mutate`: which there are, and what each changes.
//!
//! One file is one link. Its last lines, each behind `#~`, list its mutants: place, kind of fault, what it is in, the
//! fault in words, and under it the lines of the printed source that go (`-`) and come (`+`). `BLESS=1` writes them anew.
#![cfg(feature = "compiler")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use exequatur::mutate::{Mutants, Operator, restore};
use exequatur::syntax::{File, Source, parse, print};

const MARK: &str = "#~";

/// The files of the suite, each with its path, its text and what is expected of it.
fn suite() -> Vec<(PathBuf, String, String)> {
    let folder = format!("{}/tests/suite/mutate", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() > 1);
    let split = |path: PathBuf| {
        let stored = fs::read_to_string(&path).unwrap();
        let cut = stored.find(MARK).unwrap_or(stored.len());
        let (text, rest) = stored.split_at(cut);
        (path, text.to_string(), rest.to_string())
    };
    paths.into_iter().map(split).collect()
}

/// The source of every mutant, printed, in their order.
fn printed(files: &mut [File], mutants: &Mutants) -> Vec<String> {
    let one = |mutant| {
        let original = mutants.apply(files, mutant).unwrap();
        let text = print(&files[mutant.file]);
        restore(files, mutant, original);
        text
    };
    mutants.list.iter().map(one).collect()
}

/// The lines that differ: those between the beginning and the end that both texts share.
fn differing(old: &str, new: &str) -> String {
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    while !old.is_empty() && !new.is_empty() && old[0] == new[0] {
        old.remove(0);
        new.remove(0);
    }
    while !old.is_empty() && !new.is_empty() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    let mut out = String::new();
    for (sign, lines) in [('-', old), ('+', new)] {
        for line in lines {
            writeln!(out, "{MARK}   {sign} {}", line.trim()).unwrap();
        }
    }
    out
}

#[test]
fn the_mutants_of_the_suite() {
    let mut wrong = String::new();
    for (path, text, expected) in suite() {
        let source = Source::new("", text.as_str());
        let mut files = [parse(&text).unwrap()];
        let mutants = Mutants::of(&files);
        let before = print(&files[0]);
        let mut actual = String::new();
        for (mutant, after) in mutants.list.iter().zip(printed(&mut files, &mutants)) {
            let at = source.position(mutant.span.start);
            let (line, column, operator) = (at.line, at.column, mutant.operator.word());
            let (kind, name, fault) = (mutant.kind, &mutant.name, &mutant.text);
            writeln!(
                actual,
                "{MARK} {line}:{column} {operator}, {kind} {name}: {fault}"
            )
            .unwrap();
            actual += &differing(&before, &after);
        }
        if actual == expected {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, format!("{text}{actual}")).unwrap();
        } else {
            write!(wrong, "{}: found\n{actual}\n", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_kind_of_fault_is_made() {
    let mut made = BTreeSet::new();
    for (_, text, _) in suite() {
        let mutants = Mutants::of(&[parse(&text).unwrap()]);
        made.extend(mutants.list.iter().map(|mutant| mutant.operator));
    }
    assert_eq!(made, Operator::ALL.iter().copied().collect());
}

/// Each mutant says something else than the rules and than every other one, can be written down as a source, and leaves
/// nothing behind.
#[test]
fn mutants_differ_and_can_be_taken_back() {
    for (path, text, _) in suite() {
        let mut files = [parse(&text).unwrap()];
        let rules = files.clone();
        let mutants = Mutants::of(&files);
        let mut seen = BTreeSet::from([print(&files[0])]);
        for (mutant, printed) in mutants.list.iter().zip(printed(&mut files, &mutants)) {
            let (name, fault) = (path.display(), &mutant.text);
            assert!(parse(&printed).is_ok(), "{name}: {fault}: {printed}");
            assert!(seen.insert(printed), "{name}: {fault}: it was there before");
        }
        assert_eq!(files, rules);
    }
}
