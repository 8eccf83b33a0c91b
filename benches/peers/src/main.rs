//! The same rules for Exequatur and for other engines, timed beside each other: how long one case takes, and how that
//! grows.
//!
//! `cargo run --release --manifest-path benches/peers/Cargo.toml`; numbers behind `--` are the numbers of rules instead
//! of 10, 100, 1,000 and 10,000; `--write FOLDER` measures nothing and writes rules, packs and cases for `python.py`.
//! First every engine decides every case, from its own form and from text, and must name the same rules as a plain scan
//! of the conditions does. Then the engines take turns, a few milliseconds each, so that what else the machine does falls
//! on all alike; one thread. Of an engine's turns the median and the least are told, and against Exequatur the median of
//! the ratios within a round. Invariant: nothing is told of an engine that named other rules: it ends the run.

mod bitmap;
mod bucket;
mod cedar;
mod cel;
mod datalogic;
mod engine;
mod exequatur;
#[path = "../../generator/mod.rs"]
mod generator;
mod plain;
mod regorus;
mod scan;
mod table;
mod zen;

use engine::{Engine, Failure, Form, Load};
use generator::{Atom, Facts};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use table::{Row, Table};

/// Cases that each engine decides.
const CASES: usize = 64;
/// How long an engine's turn takes, at least; and how long it warms up before, at most.
const TURN: Duration = Duration::from_millis(3);
/// Rounds for one number of rules, at least, and for how long more are made.
const ROUNDS: usize = 15;
const PATIENCE: Duration = Duration::from_secs(20);
/// Who takes longer for one case is not asked again.
const TOO_LONG: Duration = Duration::from_millis(250);
/// For how long an engine decides before the clock is looked at, about.
const LOOK: Duration = Duration::from_micros(100);

/// Exequatur first: the ratios are against it.
const ENGINES: [(&str, Load); 8] = [
    ("Exequatur, the whole decision", exequatur::load),
    ("cedar-policy", cedar::load),
    ("regorus (its virtual machine)", regorus::load),
    ("cel, asked by bucket", cel::load),
    ("datalogic-rs, asked by bucket", datalogic::load),
    ("zen-engine, compiled table", zen::load),
    ("hand-written scan", scan::load),
    ("hand-written bitmaps", bitmap::load),
];

fn main() -> Result<(), Failure> {
    let wanted: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let sizes = if wanted.is_empty() {
        vec![10, 100, 1_000, 10_000]
    } else {
        wanted
    };
    let mut words = std::env::args().skip_while(|word| word != "--write");
    if words.next().is_some() {
        let folder = words.next().ok_or("`--write` needs a folder")?;
        return sizes
            .iter()
            .try_for_each(|count| write(Path::new(&folder), *count));
    }
    let mut own = Table::new(ENGINES.map(|(name, _)| name), &sizes);
    let mut text = Table::new(ENGINES.map(|(name, _)| name), &sizes);
    let mut loads = Table::new(ENGINES.map(|(name, _)| name), &sizes);
    for (column, count) in sizes.iter().enumerate() {
        measure(
            *count,
            &mut |form, engine, row| {
                let table = if form == Form::Own {
                    &mut own
                } else {
                    &mut text
                };
                table.set(engine, column, row);
            },
            &mut |engine, row| loads.set(engine, column, row),
        )?;
    }
    println!("\nFrom the engine's own form:\n\n{own}");
    println!("From JSON text:\n\n{text}");
    println!(
        "Rules to an engine that is ready, once, in milliseconds:\n\n{}",
        loads.plainly(1e6)
    );
    Ok(())
}

/// Writes rules, their pack and the cases, for programs in other languages.
fn write(folder: &Path, count: usize) -> Result<(), Failure> {
    let rules = generator::rules(count);
    let cases: Vec<String> = generator::cases(CASES, 100)
        .iter()
        .map(Facts::json)
        .collect();
    fs::create_dir_all(folder)?;
    fs::write(folder.join(format!("{count}.exq")), generator::pack(&rules))?;
    fs::write(
        folder.join(format!("{count}.exqp")),
        exequatur::compiled(&rules)?,
    )?;
    Ok(fs::write(
        folder.join(format!("{count}.jsonl")),
        cases.join("\n"),
    )?)
}

/// Measures all engines with so many rules.
fn measure(
    count: usize,
    told: &mut dyn FnMut(Form, usize, Row),
    loaded: &mut dyn FnMut(usize, Row),
) -> Result<(), Failure> {
    let rules = generator::rules(count);
    let cases = generator::cases(CASES, 100);
    let mut engines: Vec<(usize, Box<dyn Engine>)> = Vec::new();
    for (number, (name, load)) in ENGINES.iter().enumerate() {
        let start = Instant::now();
        match load(&rules) {
            Ok(mut engine) => {
                loaded(number, Row::once(start.elapsed()));
                engine.prepare(&cases)?;
                engines.push((number, engine));
            }
            Err(error) => eprintln!("{count} rules: {name} is left out: {error}"),
        }
    }
    let mut turns: Vec<Turn> = Vec::new();
    for (at, (number, engine)) in engines.iter_mut().enumerate() {
        for form in [Form::Own, Form::Text] {
            compare(ENGINES[*number].0, engine.as_mut(), form, &rules, &cases);
            let start = Instant::now();
            engine.decide(0, form);
            let time = start.elapsed();
            if time > TOO_LONG {
                let name = ENGINES[*number].0;
                eprintln!("{count} rules: {name}, {form:?}, is left out: {time:?} for one case");
                continue;
            }
            let between = (LOOK.as_nanos() / time.as_nanos().max(1)) as usize;
            turns.push(Turn {
                at,
                form,
                next: 0,
                between: between.clamp(1, CASES),
            });
        }
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); turns.len()];
    let start = Instant::now();
    while times[0].len() < ROUNDS || start.elapsed() < PATIENCE {
        for (turn, times) in turns.iter_mut().zip(&mut times) {
            times.push(turn.take(engines[turn.at].1.as_mut()));
        }
    }
    for (turn, own) in turns.iter().zip(&times) {
        let first = |other: &Turn| engines[other.at].0 == 0 && other.form == turn.form;
        let first = turns
            .iter()
            .position(first)
            .ok_or("Exequatur is left out")?;
        told(turn.form, engines[turn.at].0, Row::of(own, &times[first]));
    }
    eprintln!("{count} rules: {} rounds", times[0].len());
    Ok(())
}

/// Whose turn it is, with what, and how far the cases are gone through.
struct Turn {
    at: usize,
    form: Form,
    next: usize,
    /// How many cases are decided before the clock is looked at.
    between: usize,
}

impl Turn {
    /// Case after case until the turn is over; gives the nanoseconds of one. Before, it goes once through the cases that
    /// it can in the time of a turn, to fetch what the others have driven out of the caches.
    fn take(&mut self, engine: &mut dyn Engine) -> f64 {
        let start = Instant::now();
        for ahead in 0..CASES {
            engine.decide((self.next + ahead) % CASES, self.form);
            if start.elapsed() > TURN {
                break;
            }
        }
        let (start, mut decided) = (Instant::now(), 0);
        loop {
            for _ in 0..self.between {
                engine.decide(self.next, self.form);
                self.next = (self.next + 1) % CASES;
            }
            decided += self.between;
            let time = start.elapsed();
            if time >= TURN {
                return time.as_secs_f64() * 1e9 / decided as f64;
            }
        }
    }
}

/// Compares an engine with a plain scan of the conditions. It ends the run if they differ: such a time would mean
/// nothing.
fn compare(name: &str, engine: &mut dyn Engine, form: Form, rules: &[Vec<Atom>], cases: &[Facts]) {
    for (number, facts) in cases.iter().enumerate() {
        let holds =
            |(rule, atoms): (u32, &Vec<Atom>)| (facts.hold(atoms) == Some(true)).then_some(rule);
        let scanned: Vec<u32> = (0u32..).zip(rules).filter_map(holds).collect();
        let named = engine.applying(number, form);
        assert_eq!(
            named,
            scanned,
            "{name} with {} rules, {form:?}, case {number}",
            rules.len()
        );
    }
}
