//! What the review finds in rules: every planted fault by its code, nothing in their twins, and what it says of the
//! shipped rules.
#![cfg(feature = "cli")]

#[path = "support/rules.rs"]
mod rules;

use exequatur::check::check;
use exequatur::check::ir::Ir;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileOptions, compile};
use exequatur::link::conflicts_shown;
use exequatur::model::{NormId, RuleId, VersionId};
use exequatur::pack::{Program, load};
use exequatur::prove::question::Inquiry;
use exequatur::prove::review::{Dated, Finding, Owner, Review, review};
use exequatur::prove::scenario::{norm_name, scenario};
use exequatur::prove::words::condition;
use exequatur::syntax::ast::File;
use exequatur::syntax::parse_bytes;
use exequatur::time::Date;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The rules at a path.
fn parsed(path: &Path) -> Vec<File> {
    let files = rules::sources(path).into_iter().map(|path| {
        let bytes = fs::read(&path).expect("a file that can be read");
        parse_bytes(&path.display().to_string(), &bytes).expect("it parses")
    });
    files.collect()
}

/// The link of the rules at a path, and its pack.
fn linked(path: &Path) -> (Ir, Vec<u8>) {
    linked_files(&parsed(path), &path.display().to_string())
}

/// A link, and its pack.
fn linked_files(files: &[File], name: &str) -> (Ir, Vec<u8>) {
    let checked = check(files);
    let Some(ir) = checked.ir else {
        panic!("{name} does not check: {:#?}", checked.diagnostics);
    };
    let bytes = compile(&ir, &BundledZones::default(), &CompileOptions::default());
    (ir, bytes.expect("it compiles"))
}

/// What the review says of the rules at a path: a line with its code for each finding.
fn lines(path: &Path) -> Vec<String> {
    let (ir, bytes) = linked(path);
    reviewed(&ir, &bytes, &path.display().to_string())
}

fn reviewed(ir: &Ir, bytes: &[u8], name: &str) -> Vec<String> {
    let pack = load(bytes).expect("it was just made");
    let program = *pack.program();
    let start = Instant::now();
    let mut inquiry = Inquiry::new(&[program]);
    let read = start.elapsed();
    let found = review(&mut inquiry, &conflicts_shown(ir));
    println!(
        "{name}: {} nodes; read in {read:?}, reviewed in {:?}",
        inquiry.world.graph.nodes().len(),
        start.elapsed() - read
    );
    told(&program, &found)
}

fn told(program: &Program<'_>, found: &Review) -> Vec<String> {
    let mut lines: Vec<String> = found
        .findings
        .iter()
        .map(|finding| line(program, finding))
        .collect();
    for (norm, more) in &found.more_conflicts {
        let norm = norm_name(program, *norm);
        lines.push(format!("{more} more pairs conflict on {norm}"));
    }
    for (question, why) in &found.undecided {
        lines.push(format!("undecided: {question:?}: {why}"));
    }
    lines
}

fn rule(program: &Program<'_>, rule: u16) -> String {
    let (pack, name) = program.rule_name(RuleId(rule));
    format!("{pack}/{name}")
}

fn version(program: &Program<'_>, version: VersionId) -> String {
    let row = program.versions.at(version.index());
    rule(program, row.rule)
}

fn line(program: &Program<'_>, finding: &Finding) -> String {
    match finding {
        Finding::Never(id, by) => format!("W0301 {} never applies: {by:?}", version(program, *id)),
        Finding::Apart(id, base) => format!(
            "W0302 {} never meets {}",
            version(program, *id),
            rule(program, base.0)
        ),
        Finding::Conflict(conflict) => {
            let rules = conflict.effects.map(|effect| {
                let version = program.effects.at(effect.index()).version;
                program.versions.at(usize::from(version)).rule
            });
            let packs = rules.map(|rule| program.rules.at(usize::from(rule)).pack);
            let code = if packs[0] == packs[1] {
                "W0303"
            } else {
                "W0308"
            };
            let [a, b] = rules.map(|id| rule(program, id));
            let norm = norm_name(program, conflict.norm);
            let expected = [format!("{norm} conflict")];
            let case = scenario(
                program,
                &conflict.case,
                &format!("{a} against {b}"),
                &expected,
            );
            format!("{code} {a} and {b} conflict on {norm}\n{case}")
        }
        Finding::Gap(gap) => {
            let name = match gap.of {
                Dated::Rule(id) => rule(program, id.0),
                Dated::Set(id) => program.str(program.sets.at(id.index()).name).to_string(),
            };
            let [from, until] = [gap.from, gap.until].map(Date::from_days);
            format!("W0304 {name} has no version from {from} until {until}")
        }
        Finding::Duplicate(effects) => {
            let rows = effects.map(|effect| program.effects.at(effect.index()));
            let [a, b] = rows.map(|row| version(program, VersionId(row.version)));
            let norm = norm_name(program, NormId(rows[0].norm));
            format!("W0305 {a} and {b} say the same of {norm}")
        }
        Finding::Constant(constant) => {
            let place = match constant.of {
                Owner::Pack(id) => {
                    let name = program.packs.at(id.index()).name;
                    format!("pack {}", program.str(name))
                }
                Owner::Version(id) => format!("rule {}", version(program, id)),
                Owner::Guard(id) => format!("guard of {}", norm_name(program, id)),
                Owner::Property(id) => {
                    let text = program.properties.at(id).text;
                    format!("property `{}`", program.str(text))
                }
            };
            let code = if constant.answer { "W0306" } else { "W0307" };
            format!(
                "{code} {place} at {:?}, and {} others: `{}`",
                constant.path,
                constant.others,
                condition(program, constant.node)
            )
        }
    }
}

/// The code that the first line of the first file of a planted fault names.
fn planted(path: &Path) -> String {
    let first = rules::sources(path).first().cloned().expect("a file");
    let text = fs::read_to_string(first).expect("a file that can be read");
    let code = text.lines().next().unwrap_or_default();
    let code = code.trim_start_matches("# ").split(':').next();
    code.unwrap_or_default().to_string()
}

fn suite(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/prove");
    let entries = fs::read_dir(root.join(folder)).expect("the suite");
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    found.sort();
    found
}

#[test]
fn every_planted_fault_is_found() {
    let (mut faults, mut missed) = (0, Vec::new());
    for path in suite("fail") {
        let code = planted(&path);
        if !code.starts_with("W03") {
            continue;
        }
        faults += 1;
        let lines = lines(&path);
        for line in &lines {
            println!("    {line}");
        }
        if !lines.iter().any(|line| line.starts_with(&code)) {
            missed.push(format!("{code}: {}", path.display()));
        }
    }
    assert!(missed.is_empty(), "not found:\n{}", missed.join("\n"));
    assert!(faults >= 30, "{faults} planted faults");
}

#[test]
fn nothing_is_found_in_the_twins_of_planted_faults() {
    let faults: BTreeSet<String> = suite("fail")
        .iter()
        .filter(|path| planted(path).starts_with("W03"))
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let mut found = Vec::new();
    for path in suite("pass") {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let is_twin = name.is_some_and(|name| faults.contains(&name));
        for line in lines(&path) {
            println!("    {line}");
            if is_twin {
                found.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "found:\n{}", found.join("\n"));
}

#[test]
fn the_shipped_rules_are_reviewed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let lines = lines(&root);
    for line in &lines {
        println!("{line}");
    }
    let undecided = lines.iter().filter(|line| line.starts_with("undecided"));
    assert_eq!(undecided.count(), 0);
}

/// Packs in which each condition of a program stands once more, as the words that are made of it: one for each pack, for
/// sets are read at the law date of theirs.
fn rewritten(program: &Program<'_>) -> Vec<(VersionId, String)> {
    let mut written = Vec::new();
    for version in 0..program.versions.len() {
        let cond = program.versions.at(version).when;
        if cond != u32::MAX {
            let nodes = program.conds.at(cond as usize).nodes;
            let last = (nodes.first + nodes.count - 1) as usize;
            written.push((VersionId(version as u16), condition(program, last)));
        }
    }
    written
}

fn pack_of_words(program: &Program<'_>, number: usize, version: VersionId, text: &str) -> String {
    let zone = |zone: u16| program.str(program.zones.at(usize::from(zone)).name);
    let pack = program.packs.at(program.pack_of(version).index());
    let mut effects = program.effects.iter();
    let effect = effects.find(|effect| effect.version == version.0);
    let own = effect.map_or(pack.zone, |effect| effect.zone);
    let mut source = format!("pack zz_words_{number:04}\nstatus policy counting elapsed\n");
    if usize::from(pack.judged_by) < program.events.len() {
        let event = program.events.at(usize::from(pack.judged_by)).name;
        source += &format!("judged by {}\n", program.str(event));
    }
    source += &format!("zone \"{}\"\n", zone(pack.zone));
    for row in program.packs.iter() {
        source += &format!("use {}\n", program.str(row.name));
    }
    source += &format!("norm words_{number:04} : provider repeat condition\n");
    source += &format!(
        "rule it zone \"{}\" when {text} then words_{number:04} may end\n",
        zone(own)
    );
    source
}

#[test]
fn conditions_in_words_are_the_conditions() {
    let mut paths = suite("fail");
    paths.extend(suite("pass"));
    paths.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"));
    let mut compared = 0;
    for path in paths {
        let (_, bytes) = linked(&path);
        let pack = load(&bytes).expect("it was just made");
        let written = rewritten(pack.program());
        let mut files = parsed(&path);
        for (number, (version, text)) in written.iter().enumerate() {
            let source = pack_of_words(pack.program(), number, *version, text);
            match parse_bytes("words.exq", source.as_bytes()) {
                Ok(file) => files.push(file),
                Err(error) => panic!("{}: `{text}`: {error:?}", path.display()),
            }
        }
        let (_, bytes) = linked_files(&files, &path.display().to_string());
        let pack = load(&bytes).expect("it was just made");
        let mut inquiry = Inquiry::new(&[*pack.program()]);
        // The packs of words are the last of all, each with one version.
        let first = pack.program().versions.len() - written.len();
        for (number, (version, text)) in written.iter().enumerate() {
            let own = &inquiry.said[0].own;
            let (meant, again) = (own[version.index()], own[first + number]);
            for (a, b) in [(meant.yes, again.yes), (meant.no, again.no)] {
                for goal in [[a, !b], [!a, b]] {
                    let apart = inquiry.solve(&goal).expect("it is decided");
                    assert!(apart.is_none(), "{}: `{text}`", path.display());
                }
            }
            compared += 1;
        }
    }
    assert!(compared >= 300, "{compared} conditions");
}

/// What the suite does not show: rules, and each line that is said of them.
const OTHERS: &[(&str, &str, &[&str])] = &[
    (
        "a base that never applies is to blame for its exceptions",
        "rule base when a and not a then act must end
         rule above exception to base when b then act lifted end",
        &[
            "W0301 p/base never applies: Own",
            "W0301 p/above never applies: Base",
            "W0307 rule p/base at [], and 0 others: `a and not a`",
        ],
    ),
    (
        "a condition that speaks of other days than those on which it is in force",
        "rule late in force from 2020-01-01 until 2021-01-01
           when e > 2022-01-01T00:00:00Z and now < e + 1 hour then act must end",
        // The law date can be asked for, so that only the days of a pack and its rule exclude one another.
        &[],
    ),
    (
        "a rule and another that it overrides in other countries",
        "rule here when a then act must across {DE} end
         rule there overrides here when b then act must not across {FR} end",
        &["W0302 p/there never meets p/here"],
    ),
    (
        "the same words in three places are told once, and counted",
        "rule one when b and (a and not a) then act must end
         rule two when not b and (a and not a) then act must end
         never act may when a and not a",
        &[
            "W0301 p/one never applies: Own",
            "W0301 p/two never applies: Own",
            "W0307 rule p/one at [], and 0 others: `b and a and not a`",
            "W0307 rule p/two at [], and 0 others: `not b and a and not a`",
            "W0307 property `never act may when a and not a` at [], and 0 others: `a and not a`",
        ],
    ),
    (
        "a part that stands in two rules, neither of which it decides",
        "rule one when b and (a or not a) then act must end
         rule two when not b and (a or not a) then act must end",
        &["W0306 rule p/one at [1], and 1 others: `a or not a`"],
    ),
    (
        "a comparison that the checks warn of",
        "rule one when n > 30 then act must end",
        &["W0301 p/one never applies: Own"],
    ),
    (
        "two duties with other windows, and two that unknown facts alone tell apart",
        "rule one when a then act must within 1 hour of e end
         rule two when a then act must within 2 hours of e end
         rule three when known b and b then other must end
         rule four when b then other must end",
        &[],
    ),
    (
        "a duty and its prohibition, and what decides between them",
        "rule one when a then act must end
         rule two overrides one when b then act must not end",
        &[],
    ),
    (
        "a rule that begins when its pack has ended",
        "in force from 2020-01-01 until 2021-01-01 |
         rule late in force from 2022-01-01 when a then act must end",
        &["W0301 p/late never applies: Dates"],
    ),
    (
        "a month without a rule, after the pack itself has ended",
        "in force from 2020-01-01 until 2021-01-01 |
         rule one in force from 2020-01-01 until 2021-06-01 when a then act must end
         rule one in force from 2021-07-01 when b then act must end",
        &["W0301 p/one never applies: Dates"],
    ),
    (
        "four rules against one: three are shown",
        "rule ban when a then act must not end
         rule one when b then act may end
         rule two when b and n > 1 then act may end
         rule three when b and n > 2 then act may end
         rule four when b and n > 3 then act may end",
        &[
            "W0303 p/ban and p/one conflict on act",
            "W0303 p/ban and p/two conflict on act",
            "W0303 p/ban and p/three conflict on act",
            "1 more pairs conflict on act",
        ],
    ),
    (
        "a rule that contradicts itself in one country",
        "rule one when a then act must across {DE, FR} and act must not across {FR, BE} end",
        &["W0303 p/one and p/one conflict on act"],
    ),
];

#[test]
fn other_findings_are_told_as_they_should_be() {
    for (title, rules, expected) in OTHERS {
        let (header, rules) = rules.split_once('|').unwrap_or(("", rules));
        let source = format!(
            "pack p status policy counting elapsed zone \"Europe/Paris\" {header}
             enum Country territory {{ BE, DE, FR }}
             fact a : bool fact b : bool fact n : int 0..=20
             event e event first.done event more.done
             norm act : provider do something done at first.done
             norm other : provider do more done at more.done
             {rules}"
        );
        let file = match parse_bytes("p.exq", source.as_bytes()) {
            Ok(file) => file,
            Err(error) => panic!("{title}: {:#?}", error.diagnostics),
        };
        let (ir, bytes) = linked_files(&[file], title);
        let found = reviewed(&ir, &bytes, title);
        // A case is looked at elsewhere.
        let first = found
            .iter()
            .map(|line| line.lines().next().unwrap_or_default());
        assert_eq!(first.collect::<Vec<_>>(), *expected, "{title}");
    }
}
