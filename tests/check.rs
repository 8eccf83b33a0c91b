//! The check stage against its suite in `tests/suite/check`, and against links too large to store.
//!
//! In the suite one file, or one folder with the files of a link, is one test. The last lines of the (last) file, each
//! behind `#~`, hold what is expected: in `fail` the rendered diagnostics, in `pass` the warnings and a digest of the
//! Ir. `BLESS=1` writes them anew.
#![cfg(feature = "compiler")]

use exequatur::check::{Checked, check, codes, invariants, ir, render};
use exequatur::syntax::{Source, parse};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const MARK: &str = "#~";

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

/// The sources of a test, what is expected of it, and where that is written.
struct Case {
    sources: Vec<Source>,
    expected: String,
    last: PathBuf,
}

fn case(path: &Path) -> Case {
    let files = if path.is_dir() {
        sorted(path)
    } else {
        vec![path.to_path_buf()]
    };
    let mut sources = Vec::new();
    let mut expected = String::new();
    for file in &files {
        let stored = fs::read_to_string(file).unwrap();
        let cut = stored.find(MARK).unwrap_or(stored.len());
        let (text, rest) = stored.split_at(cut);
        expected = rest.to_string();
        let name = file.file_name().unwrap().to_string_lossy();
        sources.push(Source::new(name, text));
    }
    let last = files.last().unwrap().clone();
    Case {
        sources,
        expected,
        last,
    }
}

fn checked(sources: &[Source]) -> Checked {
    let files: Vec<_> = sources
        .iter()
        .map(|source| {
            parse(&source.text).unwrap_or_else(|found| {
                let text = exequatur::syntax::render::to_text(source, &found, false);
                panic!("{text}")
            })
        })
        .collect();
    check(&files)
}

fn run(folder: &str, answer: impl Fn(&[Source]) -> String) {
    let folder = format!("{}/tests/suite/check/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut wrong = String::new();
    for path in sorted(Path::new(&folder)) {
        let case = case(&path);
        let mut actual = String::new();
        for line in answer(&case.sources).trim_end().lines() {
            writeln!(actual, "{}", format!("{MARK} {line}").trim_end()).unwrap();
        }
        if actual == case.expected {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            let text = &case.sources.last().unwrap().text;
            fs::write(&case.last, format!("{text}{actual}")).unwrap();
        } else {
            let (name, expected) = (path.display(), case.expected);
            write!(wrong, "{name}: expected\n{expected}\nfound\n{actual}\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn bad_links_are_explained() {
    run("fail", |sources| {
        let checked = checked(sources);
        assert!(checked.ir.is_none());
        render::to_text(sources, &checked.diagnostics, false)
    });
}

#[test]
fn good_links_are_resolved() {
    run("pass", |sources| {
        let checked = checked(sources);
        let warnings = render::to_text(sources, &checked.diagnostics, false);
        let ir = checked.ir.unwrap_or_else(|| panic!("{warnings}"));
        assert_eq!(invariants::violations(&ir), Vec::<String>::new());
        warnings + &digest(&ir)
    });
}

/// Every code of the stage is shown by some file of the suite.
#[test]
fn every_code_has_a_source() {
    let mut shown = BTreeSet::new();
    for folder in ["fail", "pass"] {
        let folder = format!("{}/tests/suite/check/{folder}", env!("CARGO_MANIFEST_DIR"));
        for path in sorted(Path::new(&folder)) {
            for problem in checked(&case(&path).sources).diagnostics {
                shown.insert(problem.diagnostic.code.0);
            }
        }
    }
    let all: BTreeSet<_> = codes::ALL.iter().map(|(code, _)| code.0).collect();
    assert_eq!(all.len(), codes::ALL.len(), "a code is used twice");
    let missing: Vec<_> = all.difference(&shown).collect();
    assert!(missing.is_empty(), "no source shows {missing:?}");
}

/// The parts of an Ir in which names, families, targets and orders show.
fn digest(ir: &ir::Ir) -> String {
    let mut out = String::new();
    let norm = |id: exequatur::model::NormId| {
        let norm = &ir.norms[id.index()];
        match norm.member {
            Some((of, member)) => format!(
                "{} of {}",
                norm.name,
                ir.enums[of.index()].members[usize::from(member)].name
            ),
            None => norm.name.clone(),
        }
    };
    let rule = |id: exequatur::model::RuleId| {
        let rule = &ir.rules[id.index()];
        format!("{}/{}", ir.packs[rule.pack.index()].name, rule.name)
    };
    for pack in &ir.packs {
        let dated = if pack.dated { ", dated" } else { "" };
        let zone = &ir.zones[pack.zone.index()].name;
        writeln!(
            out,
            "pack {}: {}, {zone}{dated}",
            pack.name,
            pack.status.word()
        )
        .unwrap();
    }
    for fact in &ir.facts {
        writeln!(out, "fact {}: {:?} {:?}", fact.name, fact.ty, fact.presumed).unwrap();
    }
    for (index, it) in ir.norms.iter().enumerate() {
        let name = norm(exequatur::model::NormId(index as u16));
        writeln!(out, "norm {name}: {} {:?}", it.default.word(), it.guards).unwrap();
    }
    for calendar in &ir.calendars {
        let zone = calendar.zone.map(|zone| &ir.zones[zone.index()].name);
        let (years, days) = (calendar.years, calendar.holidays.len());
        writeln!(
            out,
            "calendar {}: {years:?} {zone:?} {:07b}, {days} days, {} names",
            calendar.name,
            calendar.weekend,
            calendar.names.len()
        )
        .unwrap();
    }
    for chooser in &ir.choosers {
        let calendars = chooser.calendars.iter().map(|id| id.0);
        let fact = &ir.facts[chooser.fact.index()].name;
        writeln!(out, "chooser {fact}: {:?}", calendars.collect::<Vec<_>>()).unwrap();
    }
    for counting in &ir.countings {
        let zone = &ir.zones[counting.zone.index()].name;
        writeln!(
            out,
            "counting {} rollover {} by {:?}, zone {:?} else {zone}",
            counting.regime.word(),
            counting.rollover,
            counting.calendar,
            counting.zone_by
        )
        .unwrap();
    }
    for version in &ir.versions {
        let targets: Vec<String> = version.targets().map(rule).collect();
        let (name, targets) = (rule(version.rule), targets.join(", "));
        writeln!(out, "rule {name} [{targets}] {:?}", version.when).unwrap();
        for effect in &version.effects {
            let (name, kind) = (norm(effect.norm), effect.kind.word());
            let windows: Vec<String> = effect
                .windows
                .iter()
                .map(|w| format!("{:?} {:?} {:?}", w.kind, w.period, w.anchor))
                .collect();
            let windows = windows.join("; ");
            writeln!(
                out,
                "  {name}: {kind} {:?} {:?} [{windows}] {}",
                effect.member,
                effect.across,
                ir.zones[effect.zone.index()].name
            )
            .unwrap();
        }
    }
    for property in &ir.properties {
        writeln!(out, "property {}", property.text.replace('\n', " / ")).unwrap();
    }
    for scenario in &ir.scenarios {
        writeln!(
            out,
            "scenario {:?}: {:?} {:?} at {}",
            scenario.title.en, scenario.facts, scenario.events, scenario.now
        )
        .unwrap();
        for expect in &scenario.expect {
            writeln!(out, "  {:?}", expect.kind).unwrap();
        }
    }
    let steps: Vec<String> = ir
        .schedule
        .iter()
        .map(|step| match step {
            ir::Step::Version(id) => rule(ir.versions[id.index()].rule),
            ir::Step::Norm(id) => norm(*id),
        })
        .collect();
    writeln!(out, "schedule {}", steps.join(", ")).unwrap();
    out
}

fn source(text: &str) -> Checked {
    checked(&[Source::new("p.exq", text)])
}

fn only_codes(checked: &Checked) -> Vec<&'static str> {
    let mut codes: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|found| found.diagnostic.code.0)
        .collect();
    codes.dedup();
    codes
}

/// What is written short may be long: every definition doubles the one before.
#[test]
fn replaced_definitions_stay_in_bounds() {
    let mut text = String::from("pack p fact a: bool\ndefine d0 when a and a\n");
    for n in 1..40 {
        writeln!(text, "define d{n} when d{0} and d{0}", n - 1).unwrap();
    }
    let checked = source(&text);
    assert!(checked.ir.is_none());
    assert_eq!(only_codes(&checked), ["E0250"]);
    let mut text = String::from("pack p fact a: bool\ndefine d0 when a\n");
    for n in 1..2_000 {
        writeln!(text, "define d{n} when not d{}", n - 1).unwrap();
    }
    assert_eq!(only_codes(&source(&text)), ["E0250"]);
}

/// Definitions and rules in long chains need no stack.
#[test]
fn long_chains_are_ordered() {
    let mut text = String::from("pack p status policy counting elapsed\n");
    text += "event e norm n: a b c done at e fact f: bool\n";
    text += "rule r0 when f then n must end\n";
    for n in 1..20_000 {
        writeln!(text, "rule r{n} exception to r{} then lifted end", n - 1).unwrap();
    }
    let checked = source(&text);
    let ir = checked.ir.unwrap();
    assert_eq!(ir.schedule.len(), 20_001);
    assert_eq!(ir.versions[19_999].effects.len(), 1);
}

/// Families times rules: more effects than a table holds is an error, not a table that wraps.
#[test]
fn effects_have_a_limit() {
    let members: Vec<String> = (0..256).map(|n| format!("m{n}")).collect();
    let mut text = format!("pack p status policy enum E {{ {} }}\n", members.join(","));
    text += "event e norm n of E: a b c done at e\n";
    for n in 0..300 {
        writeln!(text, "rule r{n} then n must end").unwrap();
    }
    assert_eq!(only_codes(&source(&text)), ["E0250"]);
}

/// Thousands of mistakes are answered in bounds, each once.
#[test]
fn many_errors_stay_in_bounds() {
    let mut text = String::from("pack p status policy\n");
    for n in 0..20_000 {
        writeln!(text, "rule r{n} when missing_{n} then gone_{n} must end").unwrap();
    }
    assert_eq!(source(&text).diagnostics.len(), 1_000);
}

/// Near spellings are sought among many words only so long.
#[test]
fn advice_takes_bounded_time() {
    let mut text = String::from("pack p status policy event e norm n: a b c done at e\n");
    for n in 0..30_000 {
        writeln!(text, "fact some.longer.name_{n:05}: bool").unwrap();
    }
    for n in 0..900 {
        writeln!(
            text,
            "rule r{n} when some.longer.nome_{n:05}x then n must end"
        )
        .unwrap();
    }
    let started = std::time::Instant::now();
    assert_eq!(only_codes(&source(&text)), ["E0201"]);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

/// The deepest conditions that can be written need only a small stack.
#[test]
fn nesting_needs_a_small_stack() {
    let deep = format!("{}a{}", "(a or not ".repeat(32), ")".repeat(32));
    let sets = format!("{}b{}", "(b minus ".repeat(14), ")".repeat(14));
    let text = format!(
        "pack p enum E {{ x, y }} fact a: bool fact b: set of E define d when {deep}\n\
         define f when b meets {sets} or {deep} or not d"
    );
    let checked = std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(move || source(&text))
        .unwrap()
        .join()
        .unwrap();
    assert!(checked.ir.is_some(), "{:?}", checked.diagnostics);
}

/// The order in which files are given changes places, and nothing else.
#[test]
fn the_order_of_files_does_not_matter() {
    let folder = format!("{}/tests/suite/check/pass", env!("CARGO_MANIFEST_DIR"));
    for path in sorted(Path::new(&folder)) {
        let mut sources = case(&path).sources;
        let digest_of = |sources: &[Source]| digest(&checked(sources).ir.unwrap());
        let one = digest_of(&sources);
        sources.reverse();
        assert_eq!(one, digest_of(&sources), "{}", path.display());
    }
}
