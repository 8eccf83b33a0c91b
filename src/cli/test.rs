//! `exq test`: scenarios of rules and cases with expected decisions.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::args::Args;
use super::case_file::{self, Links};
use super::coverage::Coverage;
use super::expect::Miss;
use super::files;
use super::report::Diagnosed;
use super::scenarios::{self, Ran};
use super::{Done, Format, Link, Stop, World, count, link, tally};
use crate::check::FileDiagnostic;

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// Every scenario and case, in the order in which they ran.
    pub ran: Vec<Ran>,
    /// The rules of the scenarios; none where there were only cases.
    pub link: Option<Link>,
    /// Rules that no scenario shows apply, or not apply.
    pub untested: Vec<FileDiagnostic>,
}

impl Outcome {
    /// How many passed and how many failed.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        let passed = self.ran.iter().filter(|ran| ran.misses.is_empty()).count();
        (passed, self.ran.len() - passed)
    }
}

/// Runs the scenarios and cases at some paths.
///
/// # Errors
/// Rules with errors, or a path that cannot be read.
pub fn test_paths(paths: &[PathBuf]) -> Result<Outcome, Stop> {
    let found = files::find(paths)?;
    let mut outcome = Outcome {
        ran: Vec::new(),
        link: None,
        untested: Vec::new(),
    };
    if !found.sources.is_empty() || !found.packs.is_empty() {
        let paths: Vec<PathBuf> = found.sources.iter().chain(&found.packs).cloned().collect();
        let link = link(&paths, &[])?;
        if let Some(ir) = &link.ir {
            let pack = link.pack()?;
            let mut coverage = Coverage::default();
            outcome.ran = scenarios::run(&link.sources, ir, pack.program(), &mut coverage);
            outcome.untested = coverage.warnings(ir);
        }
        outcome.link = Some(link);
    }
    let mut links = Links::default();
    for path in &found.cases {
        outcome.ran.push(case_file::run(path, &mut links)?);
    }
    Ok(outcome)
}

/// Runs the command.
pub(super) fn run(args: &Args, world: &World<'_>) -> Result<Done, Stop> {
    let outcome = test_paths(&args.paths)?;
    let (passed, mut failed) = outcome.count();
    let mut err = String::new();
    let mut warned = 0;
    if let Some(link) = &outcome.link {
        let all: Vec<FileDiagnostic> = link
            .warnings
            .iter()
            .chain(&outcome.untested)
            .cloned()
            .collect();
        let found = Diagnosed {
            sources: &link.sources,
            diagnostics: &all,
        };
        warned = all.len();
        if warned > 0 {
            err = found.render(args.format, world.colour_err);
            if args.format == Format::Text {
                err.push_str(&format!("{}\n", tally(found.count())));
            }
        }
    }
    if args.strict {
        failed += outcome.untested.len();
    }
    let out = match args.format {
        Format::Text => text(&outcome, (passed, failed), args.strict, world.colour_out),
        Format::Json => format!("{:#}\n", as_json(&outcome, (passed, failed), warned)),
    };
    Ok(Done {
        out,
        err,
        status: u8::from(failed > 0),
    })
}

fn text(outcome: &Outcome, (passed, failed): (usize, usize), strict: bool, colour: bool) -> String {
    let mut out = String::new();
    for ran in outcome.ran.iter().filter(|ran| !ran.misses.is_empty()) {
        let fail = if colour {
            "\u{1b}[1;31mFAIL\u{1b}[0m"
        } else {
            "FAIL"
        };
        let line = if ran.line > 0 {
            format!(":{}", ran.line)
        } else {
            String::new()
        };
        out.push_str(&format!("{fail}  {}{line}  {}\n", ran.file, ran.title));
        for miss in &ran.misses {
            out.push_str(&miss_text(miss));
        }
    }
    let mut files: Vec<(&str, usize, usize)> = Vec::new();
    for ran in &outcome.ran {
        let failed = usize::from(!ran.misses.is_empty());
        // Cases are counted by their folder: one file is one case.
        let place = match ran.line {
            0 => ran
                .file
                .rsplit_once('/')
                .map_or(ran.file.as_str(), |(folder, _)| folder),
            _ => ran.file.as_str(),
        };
        match files.iter_mut().find(|(file, _, _)| *file == place) {
            Some((_, all, bad)) => (*all, *bad) = (*all + 1, *bad + failed),
            None => files.push((place, 1, failed)),
        }
    }
    let width = files
        .iter()
        .map(|(file, _, _)| file.chars().count())
        .max()
        .unwrap_or(0);
    for (file, all, bad) in files {
        let bad = if bad > 0 {
            format!(", {bad} failed")
        } else {
            String::new()
        };
        out.push_str(&format!("{file:width$}  {all} run{bad}\n"));
    }
    if strict && !outcome.untested.is_empty() {
        out.push_str(&format!(
            "{} without a scenario count as failed\n",
            count(outcome.untested.len(), "rule")
        ));
    }
    out.push_str(&format!("{passed} passed, {failed} failed\n"));
    out
}

/// Expected and got, one under the other.
fn miss_text(miss: &Miss) -> String {
    let mut out = format!("      expected  {}\n", miss.expected);
    let nothing = vec!["nothing".to_string()];
    let got = if miss.got.is_empty() {
        &nothing
    } else {
        &miss.got
    };
    for (index, line) in got.iter().enumerate() {
        out.push_str(&format!(
            "      {:<8}  {line}\n",
            if index == 0 { "got" } else { "" }
        ));
    }
    for (index, line) in miss.rules.iter().enumerate() {
        out.push_str(&format!(
            "      {:<8}  {line}\n",
            if index == 0 { "by rule" } else { "" }
        ));
    }
    for (index, line) in miss.facts.iter().enumerate() {
        out.push_str(&format!(
            "      {:<8}  {line}\n",
            if index == 0 { "facts" } else { "" }
        ));
    }
    out.push('\n');
    out
}

fn as_json(outcome: &Outcome, (passed, failed): (usize, usize), warnings: usize) -> Value {
    let miss = |miss: &Miss| json!({ "expected": miss.expected, "got": miss.got, "rules": miss.rules, "facts": miss.facts });
    let failures: Vec<Value> = outcome
        .ran
        .iter()
        .filter(|ran| !ran.misses.is_empty())
        .map(|ran| {
            let misses: Vec<Value> = ran.misses.iter().map(miss).collect();
            json!({ "file": ran.file, "line": ran.line, "title": ran.title, "misses": misses })
        })
        .collect();
    json!({ "passed": passed, "failed": failed, "warnings": warnings, "failures": failures })
}
