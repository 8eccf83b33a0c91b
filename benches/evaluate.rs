//! How long each stage takes, from the text of rules to the sentences of a decision, and how that grows with the rules.
//!
//! `cargo bench --bench evaluate`; with numbers after `--`, packs of so many rules instead of 10, 100, 1,000 and 10,000. What is
//! timed as a decision is the whole of it: norms, dues, statuses, missing facts, next change. Before anything is timed, the rules that
//! apply and those that stay open are compared, case by case, with a plain scan of the same rules. Nanoseconds for one case: the least
//! and the median of rounds over 128 cases each; on a machine with other work, read the least.

mod generator;

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
use generator::{Atom, Facts};
use std::hint::black_box;
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
    let whole = Cases::new(&reader, generator::cases(CASES, 100));
    let half = Cases::new(&reader, generator::cases(CASES, 50));
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
    fn new(reader: &CaseReader<'_>, facts: Vec<Facts>) -> Cases {
        let json: Vec<String> = facts.iter().map(Facts::json).collect();
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
        each(CASES, || {
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
