//! How many instructions a decision takes, counted: each example case under all shipped rules.
//!
//! Times differ from run to run and from machine to machine; instructions of one build hardly do. So a change that makes
//! evaluation slower is seen here, where no clock would show it. Invariant: every case in `examples/cases` is counted, and its
//! count lies within a tenth of the one that is written down in `tests/hosts/instructions.txt`.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write;
use std::fs;
use std::process::Command;

use crate::install::{read, source, text};
use crate::library::{exq, run, shipped_pack};

/// What is counted: everything that an evaluation calls, and nothing that stands around it.
const COUNTED: &str = "exequatur::eval::evaluate";

#[test]
#[ignore = "needs valgrind"]
fn a_decision_takes_as_many_instructions_as_is_written() {
    let place = source("tests/hosts/instructions.txt");
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(source("examples/cases")).expect("the cases") {
        let path = entry.expect("a case").path();
        let name = path.file_stem().and_then(|name| name.to_str());
        found.insert(name.expect("a plain name").to_string(), count(&path));
    }
    if env::var_os("BLESS").is_some() {
        let lines = found
            .iter()
            .fold(String::new(), |mut lines, (name, count)| {
                writeln!(lines, "{name} {count}").expect("text grows");
                lines
            });
        fs::write(&place, lines).expect("the counts can be written");
    }
    let written: BTreeMap<String, u64> = read(&place)
        .lines()
        .filter_map(|line| {
            let (name, count) = line.split_once(' ')?;
            Some((name.to_string(), count.parse().ok()?))
        })
        .collect();
    assert!(
        found.keys().eq(written.keys()),
        "other cases are counted; `BLESS=1` counts anew"
    );
    let off: Vec<String> = found
        .iter()
        .filter(|(name, count)| count.abs_diff(written[*name]) * 10 > written[*name])
        .map(|(name, count)| format!("{name}: {} written, {count} counted", written[name]))
        .collect();
    assert!(off.is_empty(), "{}\n`BLESS=1` counts anew", off.join("\n"));
}

/// The instructions of the evaluation of a case.
fn count(case: &std::path::Path) -> u64 {
    let plain = exq();
    let mut counted = Command::new("valgrind");
    counted
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("--toggle-collect={COUNTED}"))
        .arg(plain.get_program())
        .arg("eval")
        .arg(shipped_pack())
        .arg(case)
        .args(["--at", "2026-11-20T12:00:00+01:00"]);
    let output = run(counted);
    let said = text(&output.stderr);
    let collected = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let number = collected.and_then(|(_, number)| number.trim().parse().ok());
    number
        .filter(|number| *number > 0)
        .unwrap_or_else(|| panic!("nothing was counted: {said}"))
}
