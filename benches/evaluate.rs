//! How long each stage takes, from the text of rules to the sentences of a decision, and how that grows with the rules.
//!
//! `cargo bench --bench evaluate`; with numbers after `--`, packs of so many rules instead of 10, 100, 1,000 and 10,000. A
//! second table has packs that an index likes least, and one of all that the language has (`generator/hard.rs`); a last line
//! the shipped rules with the example cases. What is timed as a decision is the whole of it: norms, dues, statuses, missing
//! facts, next change. Before anything is timed, the rules that apply and those that stay open are compared, case by case,
//! with a plain scan of the same rules. Nanoseconds for one case: the least and the median of rounds over 128 cases each; on
//! a machine with other work, read the least.

mod generator;
#[path = "generator/hard.rs"]
mod hard;
#[path = "../tests/support/rules.rs"]
mod rules;

use exequatur::check::check;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileOptions, compile};
use exequatur::eval::{Decision, Memory, Options, evaluate};
use exequatur::explain::{Lang, explain};
use exequatur::json::{CaseReader, DecisionJson, OwnedCase};
use exequatur::model::Truth;
use exequatur::pack::{Program, load};
use exequatur::syntax;
use exequatur::time::instant;
use generator::{Atom, Facts, Numbers};
use hard::Hard;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// Cases of one round.
const CASES: usize = 128;
/// How long one measurement takes, at least.
const PATIENCE: Duration = Duration::from_millis(400);

fn main() {
    let wanted: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let sizes = if wanted.is_empty() {
        vec![10, 100, 1_000, 10_000]
    } else {
        wanted
    };
    println!(
        "rules    apply  open | decide least median | half known least median | json in  json out  explain | parse   check   compile  load   | bytes index"
    );
    let mut first: Option<(f64, f64)> = None;
    for count in sizes {
        let least = measure(count);
        match first {
            None => first = Some((count as f64, least)),
            Some((rules, time)) => {
                let exponent = (least / time).ln() / (count as f64 / rules).ln();
                println!(
                    "{:>16} grows by the power {exponent:.2} from {rules:.0} rules on",
                    ""
                );
            }
        }
    }
    println!(
        "\nrules    bytes of pack | decide least median | for each byte of the pack, beside the smaller one"
    );
    for kind in &hard::KINDS {
        println!("{}: {}", kind.name, kind.about);
        measure_hard(kind);
    }
    shipped();
}

/// Measures the shipped rules: the example cases, asked at one instant.
fn shipped() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = rules::sources(&root.join("rules")).into_iter().map(|path| {
        let text = fs::read_to_string(&path).expect("a source");
        syntax::parse(&text).expect("it parses")
    });
    let files: Vec<_> = files.collect();
    let ir = check(&files).ir.expect("the shipped rules are right");
    let bytes =
        compile(&ir, &BundledZones::default(), &CompileOptions::default()).expect("it compiles");
    let loading = each(1, || {
        black_box(load(black_box(&bytes)).expect("it loads").digest());
    });
    let pack = load(&bytes).expect("it loads");
    let reader = CaseReader::new(pack.program());
    let cases = fs::read_dir(root.join("examples/cases")).expect("the cases");
    let slots = cases.map(|entry| {
        let text = fs::read(entry.expect("a case").path()).expect("a case");
        reader.read_in_object(&text, "case").expect("it is a case")
    });
    let cases = Cases {
        slots: slots.collect(),
        ..Cases::new(&reader, Vec::new(), Vec::new())
    };
    let (least, median) = cases.decide(pack.program());
    println!(
        "\nthe shipped rules, {} cases: decide {least:.0} {median:.0}, load {:.3} ms, {} bytes",
        cases.slots.len(),
        loading.0 / 1e6,
        bytes.len(),
    );
}

/// Measures a kind of hard pack at its sizes, and beside each how often as much a byte of the pack costs as in the smaller
/// one: one is linear.
fn measure_hard(kind: &Hard) {
    let mut before: Option<(f64, f64)> = None;
    for count in kind.sizes {
        let bytes = compiled(&(kind.pack)(*count));
        let pack = load(&bytes).expect("it loads");
        let program = pack.program();
        let mut numbers = Numbers(*count as u64);
        let json: Vec<String> = (0..CASES).map(|_| (kind.case)(&mut numbers)).collect();
        let cases = Cases::new(&CaseReader::new(program), Vec::new(), json);
        let (least, median) = cases.decide(program);
        let grown = before.map_or(String::new(), |(size, time)| {
            format!("{:.2}", least / time / (bytes.len() as f64 / size))
        });
        println!(
            "{count:<8} {:>13} | {least:>12.0} {median:>6.0} | {grown}",
            bytes.len()
        );
        before = Some((bytes.len() as f64, least));
    }
}

/// Rules as a pack.
fn compiled(text: &str) -> Vec<u8> {
    let file = syntax::parse(text).expect("it parses");
    let ir = check(&[file]).ir.expect("it checks");
    compile(&ir, &BundledZones::default(), &CompileOptions::default()).expect("it compiles")
}

/// Measures one pack; gives the least nanoseconds of a decision.
fn measure(count: usize) -> f64 {
    let rules = generator::rules(count);
    let text = generator::pack(&rules);
    let (parse, file) = once(|| syntax::parse(&text).expect("it parses"));
    let (check, ir) = once(|| check(&[file]).ir.expect("it checks"));
    let (compile, bytes) = once(|| {
        compile(&ir, &BundledZones::default(), &CompileOptions::default()).expect("it compiles")
    });
    let loading = each(1, || {
        black_box(load(black_box(&bytes)).expect("it loads").digest());
    });
    let pack = load(&bytes).expect("it loads");
    let program = pack.program();
    let reader = CaseReader::new(program);
    let whole = Cases::of(&reader, generator::cases(CASES, 100));
    let half = Cases::of(&reader, generator::cases(CASES, 50));
    let (apply, _) = whole.compared(program, &rules);
    let (_, open) = half.compared(program, &rules);
    let decide = whole.decide(program);
    let decide_half = half.decide(program);
    let mut spare = OwnedCase::default();
    let json_in = each(CASES, || {
        for json in &whole.json {
            reader
                .read_into(&mut spare, json.as_bytes())
                .expect("it is a case");
        }
    });
    let (json_out, explained) = whole.told(program);
    println!(
        "{count:<8} {apply:>5.1} {open:>5.0} | {:>12.0} {:>6.0} | {:>16.0} {:>6.0} | {:>7.0} {:>9.0} {:>8.0} | {parse:>6.1} {check:>7.1} {compile:>8.1} {:>6.3} ms | {} {}",
        decide.0,
        decide.1,
        decide_half.0,
        decide_half.1,
        json_in.0,
        json_out.0,
        explained.0,
        loading.0 / 1e6,
        bytes.len(),
        program.columns.len(),
    );
    decide.0
}

/// What something takes once, in milliseconds.
fn once<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed().as_secs_f64() * 1e3, made)
}

/// Nanoseconds for one of `parts`: the least and the median of many rounds.
fn each(parts: usize, mut work: impl FnMut()) -> (f64, f64) {
    let begun = Instant::now();
    let mut rounds = Vec::new();
    while rounds.len() < 5 || begun.elapsed() < PATIENCE {
        let start = Instant::now();
        work();
        rounds.push(start.elapsed().as_secs_f64() * 1e9 / parts as f64);
    }
    rounds.sort_by(f64::total_cmp);
    (rounds[0], rounds[rounds.len() / 2])
}

/// Cases in all the forms in which they are needed.
struct Cases {
    facts: Vec<Facts>,
    json: Vec<String>,
    slots: Vec<OwnedCase>,
    options: Options<'static>,
}

impl Cases {
    fn of(reader: &CaseReader<'_>, facts: Vec<Facts>) -> Cases {
        let json = facts.iter().map(Facts::json).collect();
        Cases::new(reader, facts, json)
    }

    fn new(reader: &CaseReader<'_>, facts: Vec<Facts>, json: Vec<String>) -> Cases {
        let read = |json: &String| reader.read(json.as_bytes()).expect("it is a case");
        let now = instant::parse("2026-09-04T15:30:00+02:00").expect("it is an instant");
        Cases {
            slots: json.iter().map(read).collect(),
            facts,
            json,
            options: Options {
                now,
                ..Options::default()
            },
        }
    }

    fn each_decision(&self, program: &Program<'_>, mut see: impl FnMut(usize, &Decision<'_>)) {
        let mut memory = Memory::new(program);
        for (number, case) in self.slots.iter().enumerate() {
            let mut workspace = memory.workspace();
            let decision = evaluate(program, &case.as_case(), &self.options, &mut workspace);
            see(number, &decision.expect("the case is of this pack"));
        }
    }

    /// Compares each decision with a scan of all rules; gives how many apply and how many stay open, on average.
    fn compared(&self, program: &Program<'_>, rules: &[Vec<Atom>]) -> (f64, f64) {
        let (mut apply, mut open) = (0, 0);
        self.each_decision(program, |number, decision| {
            let found: Vec<(usize, Truth)> = decision
                .rule_states()
                .map(|(version, truth)| (usize::from(version.0), truth))
                .collect();
            let scanned: Vec<(usize, Truth)> = rules
                .iter()
                .enumerate()
                .filter_map(|(rule, atoms)| match self.facts[number].hold(atoms) {
                    Some(false) => None,
                    Some(true) => Some((rule, Truth::True)),
                    None => Some((rule, Truth::Unknown)),
                })
                .collect();
            assert_eq!(found, scanned, "case {number}");
            let true_ones = scanned
                .iter()
                .filter(|(_, truth)| *truth == Truth::True)
                .count();
            apply += true_ones;
            open += scanned.len() - true_ones;
        });
        (apply as f64 / CASES as f64, open as f64 / CASES as f64)
    }

    /// What deciding takes.
    fn decide(&self, program: &Program<'_>) -> (f64, f64) {
        let mut memory = Memory::new(program);
        each(self.slots.len(), || {
            for case in &self.slots {
                let mut workspace = memory.workspace();
                let decision = evaluate(program, &case.as_case(), &self.options, &mut workspace);
                black_box(decision.map(|decision| decision.parts().len()).ok());
            }
        })
    }

    /// What telling decisions takes: as JSON on one line, and in English sentences.
    fn told(&self, program: &Program<'_>) -> ((f64, f64), (f64, f64)) {
        let (mut lines, mut pages): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        self.each_decision(program, |_, decision| {
            let whole = DecisionJson {
                decision,
                texts: false,
                receipt: None,
            };
            lines.push(once(|| black_box(whole.to_line())).0 * 1e6);
            pages.push(once(|| black_box(explain(decision, Lang::En, None))).0 * 1e6);
        });
        let median = |mut all: Vec<f64>| {
            all.sort_by(f64::total_cmp);
            (all[all.len() / 2], all[all.len() / 2])
        };
        (median(lines), median(pages))
    }
}
