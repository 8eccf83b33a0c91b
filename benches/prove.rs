//! How long proofs take, and how much memory: of the shipped rules, and of generated packs of 10, 100 and 1,000 rules.
//!
//! `cargo bench --bench prove`; with numbers after `--`, packs of so many rules instead. The generated packs speak of 60
//! facts and 64 norms, 16 of them protected. A grant implies its guard, save for one in twenty; half of the properties
//! hold. Peak memory is that of the process until then (Linux; elsewhere nothing is said of it).

use exequatur::check::check;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileOptions, compile};
use exequatur::pack::load;
use exequatur::prove::proof::prove;
use exequatur::prove::question::Inquiry;
use exequatur::syntax::{self, ast::File};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How many norms there are, and how many of them are protected.
const NORMS: usize = 64;
const PROTECTED: usize = 16;

fn main() {
    let wanted: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    println!("rules   claims proved refuted open   compile   reading   proving     peak  growth");
    let mut before: Option<(f64, f64)> = None;
    if wanted.is_empty() {
        let files = shipped(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"));
        measure("shipped", &files);
    }
    let sizes = if wanted.is_empty() {
        vec![10, 100, 1000]
    } else {
        wanted
    };
    for rules in sizes {
        let text = Maker::new(rules as u64).pack(rules);
        let file = syntax::parse(&text)
            .unwrap_or_else(|errors| panic!("the pack does not parse: {errors:?}"));
        let took = measure(&rules.to_string(), &[file]);
        if let Some((less, faster)) = before {
            let exponent = (took / faster).ln() / (rules as f64 / less).ln();
            println!("{:>78}", format!("{exponent:.2}"));
        }
        before = Some((rules as f64, took));
    }
}

/// All sources below a folder.
fn shipped(folder: &Path) -> Vec<File> {
    let mut open = vec![folder.to_path_buf()];
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).expect("the rules are there");
        for entry in entries {
            let path = entry.expect("a folder can be read").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "exq") {
                found.push(path);
            }
        }
    }
    found.sort();
    let texts = found
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a source can be read"));
    texts
        .map(|text| syntax::parse(&text).expect("the shipped rules parse"))
        .collect()
}

/// Proves one link, and tells what it took, in seconds.
fn measure(name: &str, files: &[File]) -> f64 {
    let start = Instant::now();
    let checked = check(files);
    let Some(ir) = checked.ir else {
        let first = checked.diagnostics.first();
        panic!("the pack does not check: {first:?}");
    };
    let bytes = compile(&ir, &BundledZones::default(), &CompileOptions::default())
        .expect("what checks is compiled");
    let pack = load(&bytes).expect("it was just made");
    let compiled = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let mut inquiry = Inquiry::new(&[*pack.program()]);
    let read = start.elapsed().as_secs_f64();
    let proof = prove(&mut inquiry);
    let whole = start.elapsed().as_secs_f64();
    let (refuted, open) = (proof.refuted.len(), proof.undecided.len());
    println!(
        "{name:<7} {:>6} {:>6} {refuted:>7} {open:>4} {compiled:>8.3}s {read:>8.3}s {:>8.3}s {:>8}",
        proof.proved + refuted + open,
        proof.proved,
        whole - read,
        peak(),
    );
    for (claim, why) in proof.undecided.iter().take(3) {
        println!("  {claim:?}: {why}");
    }
    whole
}

/// The most memory that this process has had.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.map_or_else(String::new, |kib| format!("{} MiB", kib / 1024))
}

/// Makes packs: the same number of rules always gives the same text.
struct Maker {
    state: u64,
    /// For each norm its rules: name, value, condition.
    rules: Vec<Vec<(String, &'static str, String)>>,
    guards: Vec<Vec<String>>,
}

impl Maker {
    fn new(seed: u64) -> Maker {
        Maker {
            state: seed,
            rules: vec![Vec::new(); NORMS],
            guards: Vec::new(),
        }
    }

    /// A number below `n`, by splitmix64.
    fn below(&mut self, n: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pack(&mut self, rules: usize) -> String {
        let mut text = words();
        for norm in 0..NORMS {
            let (done, broken) = (self.below(12), self.below(12));
            text += &format!(
                "norm n{norm} : host act{norm} order  done at e{done}  broken at e{broken}"
            );
            if norm < PROTECTED {
                let guard = vec![
                    format!("({} or {})", self.atom(true), self.atom(true)),
                    self.atom(true),
                ];
                text += &format!(
                    "  by default must not  protected by {}",
                    guard.join(" and ")
                );
                self.guards.push(guard);
            }
            text.push('\n');
        }
        for number in 0..rules {
            text += &self.rule(number, rules);
        }
        for number in 0..20 {
            text += &self.property(number);
        }
        text
    }

    fn rule(&mut self, number: usize, rules: usize) -> String {
        // Few rules keep to few norms, so that there is something to defeat.
        let norm = self.below(NORMS.min(rules));
        let mut head = format!("rule r{number}");
        let below = self.rules[norm].last().map(|(name, _, _)| name.clone());
        if let Some(base) = below.filter(|_| self.chance(30)) {
            let word = if self.chance(60) {
                "exception to"
            } else {
                "overrides"
            };
            head += &format!(" {word} {base}");
        }
        let value = ["must", "must", "may", "must not"][self.below(4)];
        let atoms = 3 + self.below(4);
        let mut parts: Vec<String> = Vec::new();
        while parts.len() < atoms {
            parts.push(match self.chance(30) {
                true => format!("({} or {})", self.atom(false), self.atom(false)),
                false => self.atom(false),
            });
        }
        if norm < PROTECTED && value != "must not" {
            let mut guard = self.guards[norm].clone();
            if self.chance(5) {
                guard.pop();
            }
            parts.extend(guard);
        }
        if norm > 0 && self.chance(4) {
            let other = self.below(norm);
            let duty = self.rules[other]
                .iter()
                .find(|(_, value, _)| *value == "must");
            if let Some((name, _, _)) = duty.cloned() {
                let word = if self.chance(60) { "missed" } else { "met" };
                parts.push(format!("{word} {name}"));
            }
        }
        let when = parts.join(" and ");
        let (n, event) = (1 + self.below(72), self.below(12));
        let unit = ["hours", "hours", "days"][self.below(3)];
        let window = match (value, self.below(4)) {
            (_, 0) => String::new(),
            ("must", 1) => format!(" in less than {n} {unit} of e{event}"),
            ("must", 2) => format!(" for {n} {unit} from e{event}"),
            ("must", _) => format!(" within {n} {unit} of e{event}"),
            ("may", _) => format!(" within {n} {unit} of e{event}"),
            (_, 1) => format!(" until e{event}"),
            _ => format!(" for {n} {unit} from e{event}"),
        };
        let across = match self.below(20) {
            0 => " across {AT, BE}".to_string(),
            1 => format!(" across s{} minus {{DE}}", self.below(3)),
            _ => String::new(),
        };
        let name = format!("r{number}");
        self.rules[norm].push((name, value, when.clone()));
        format!("{head}\n  when {when}\n  then n{norm} {value}{window}{across}\nend\n")
    }

    fn property(&mut self, number: usize) -> String {
        let norm = self.below(NORMS);
        match number % 4 {
            // Protection alone makes it hold.
            0 => {
                let norm = norm % PROTECTED;
                format!(
                    "never n{norm} must unless {}\n",
                    self.guards[norm].join(" and ")
                )
            }
            // So do the conditions of all rules that could say it.
            1 | 2 => {
                let value = ["must", "may"][number % 2];
                let rules = self.rules[norm]
                    .iter()
                    .filter(|(_, other, _)| *other == value);
                let conds: Vec<String> = rules.map(|(_, _, when)| format!("({when})")).collect();
                match conds.is_empty() {
                    true => format!("never n{norm} {value}\n"),
                    false => format!("never n{norm} {value} unless ({})\n", conds.join(" or ")),
                }
            }
            _ => {
                let (a, b) = (self.atom(false), self.atom(false));
                format!("never n{norm} must unless ({a} or {b})\n")
            }
        }
    }

    fn atom(&mut self, guard: bool) -> String {
        let not = if self.chance(25) { "not " } else { "" };
        let compare = ["<", "<=", ">", ">="][self.below(4)];
        match self.below(20) {
            0..=8 => {
                // The last five are presumed, and so no part of a guard.
                let most = if guard { 25 } else { 30 };
                format!("{not}b{}", self.below(most))
            }
            9..=12 => {
                let (fact, member) = (self.below(12), self.below(8));
                match self.chance(50) {
                    true => format!("k{fact} is m{member}"),
                    false => format!("k{fact} in {{m{member}, m{}}}", (member + 3) % 8),
                }
            }
            13 | 14 => match self.chance(50) {
                true => format!("s{} includes FR", self.below(3)),
                false => format!(
                    "s{} meets {{m1, m{}}}",
                    3 + self.below(3),
                    2 + self.below(6)
                ),
            },
            15 | 16 => format!("i{} {compare} {}", self.below(8), self.below(100)),
            17 => format!(
                "t{} {compare} now + {} hours",
                self.below(4),
                1 + self.below(48)
            ),
            18 => format!(
                "now {compare} e{} + {} hours",
                self.below(12),
                1 + self.below(48)
            ),
            _ => format!("{not}happened e{}", self.below(12)),
        }
    }
}

/// The header, the enumerations, the 60 facts and the events.
fn words() -> String {
    let mut text = String::from(
        "pack generated\n  status policy  counting elapsed  zone \"Europe/Brussels\"\n\
         enum Country territory { AT, BE, DE, ES, FR, IT, NL, PL }\n\
         enum Kind { m0, m1, m2, m3, m4, m5, m6, m7 }\n",
    );
    for fact in 0..30 {
        let presumed = if fact < 25 { "" } else { " presumed false" };
        text += &format!("fact b{fact} : bool{presumed}\n");
    }
    for fact in 0..12 {
        text += &format!("fact k{fact} : Kind\n");
    }
    for fact in 0..6 {
        let of = if fact < 3 { "Country" } else { "Kind" };
        text += &format!("fact s{fact} : set of {of}\n");
    }
    for fact in 0..8 {
        text += &format!("fact i{fact} : int 0..=100\n");
    }
    for fact in 0..4 {
        text += &format!("fact t{fact} : instant\n");
    }
    for event in 0..12 {
        text += &format!("event e{event}\n");
    }
    text
}
