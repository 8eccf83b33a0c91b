//! Answers of the proof stage against the enumeration of all cases, on random small packs.
//!
//! A pack is so small that each of its cases can be given to the evaluator, or one for all that it cannot tell apart. Every
//! guard and property must be refuted exactly where some case breaks it, every outcome of every norm and place must be
//! found exactly where some case reaches it, and so must random things that an answer tells at once; and nothing can be
//! left out of a counter-case. `EXQ_DIFF_PACKS` and `EXQ_DIFF_SEED` set how many packs are made, and the first;
//! `EXQ_DIFF_CASES` how many cases each may have.
#![cfg(feature = "cli")]

#[path = "exhaustive/asked.rs"]
mod asked;
#[path = "exhaustive/conds.rs"]
mod conds;
#[path = "reference/gen_rng.rs"]
mod gen_rng;
#[path = "exhaustive/grid.rs"]
mod grid;
#[path = "exhaustive/judge.rs"]
mod judge;
#[path = "exhaustive/small.rs"]
mod small;

use exequatur::check;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileOptions, compile};
use exequatur::pack::{Program, load};
use exequatur::prove::proof::{Claim, Refuted, Undecided, prove, refute};
use exequatur::prove::question::Inquiry;
use exequatur::prove::situation::Situation;
use exequatur::syntax;
use grid::{Grid, Reach, Region, is_at_an_end, without_one};
use judge::{Found, Judge, explore, granting};
use small::{Small, small};
use std::collections::BTreeMap;

/// How many packs are asked for; some do not check, or have too many cases.
const PACKS: u64 = 2600;
/// How many cases a pack may have.
const CASES: u64 = 3000;

fn setting(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|t| t.parse().ok()).unwrap_or(default)
}

#[derive(Default, Debug)]
struct Seen {
    packs: usize,
    unchecked: usize,
    large: usize,
    /// How many were enumerated at the first and last instants, too.
    ends: usize,
    cases: usize,
    /// Claims that were proved, and refuted: of guards, of properties.
    guards: [usize; 2],
    properties: [usize; 2],
    /// Outcomes that were found unreachable, and reachable.
    outcomes: [usize; 2],
    /// Several things at once, not found and found.
    together: [usize; 2],
    /// Cases that the proof found at the first and last instants, where these were not enumerated.
    off_grid: usize,
    /// Claims that were left open for the lengths of service levels.
    bounded: usize,
    left_out: usize,
    /// Why packs did not check.
    errors: BTreeMap<String, usize>,
}

impl Seen {
    fn add(&mut self, other: Seen) {
        let both = |a: &mut [usize; 2], b: [usize; 2]| {
            a[0] += b[0];
            a[1] += b[1];
        };
        self.packs += other.packs;
        self.unchecked += other.unchecked;
        self.large += other.large;
        self.ends += other.ends;
        self.cases += other.cases;
        both(&mut self.guards, other.guards);
        both(&mut self.properties, other.properties);
        both(&mut self.outcomes, other.outcomes);
        both(&mut self.together, other.together);
        self.off_grid += other.off_grid;
        self.bounded += other.bounded;
        self.left_out += other.left_out;
        for (why, times) in other.errors {
            *self.errors.entry(why).or_default() += times;
        }
    }
}

#[test]
fn answers_equal_enumeration() {
    let (packs, first) = (
        setting("EXQ_DIFF_PACKS", PACKS),
        setting("EXQ_DIFF_SEED", 1),
    );
    let cases = setting("EXQ_DIFF_CASES", CASES) as usize;
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let mut seen = Seen::default();
    std::thread::scope(|scope| {
        let share = |i| (first + i..first + packs).step_by(threads as usize);
        let work = |i| scope.spawn(move || compare(share(i), cases));
        let running: Vec<_> = (0..threads).map(work).collect();
        for thread in running {
            match thread.join() {
                Ok(found) => seen.add(found),
                Err(failure) => std::panic::resume_unwind(failure),
            }
        }
    });
    println!("{seen:?}");
    if packs >= PACKS {
        assert!(
            seen.packs >= 2_000 && seen.cases >= 1_000_000,
            "too few packs"
        );
        assert!(
            seen.guards.iter().all(|n| *n >= 200),
            "guards hold always or never"
        );
        assert!(
            seen.properties.iter().all(|n| *n >= 2_000),
            "properties hold always or never"
        );
        assert!(
            seen.outcomes.iter().all(|n| *n >= 10_000),
            "outcomes are reached always or never"
        );
        assert!(seen.together.iter().all(|n| *n >= 5_000));
        assert!(seen.left_out >= 2_000 && seen.ends >= 100);
        let asked = seen.guards[1] + seen.properties[1] + seen.outcomes[1] + seen.together[1];
        assert!(seen.off_grid * 50 <= asked, "the grid is too small");
    }
}

fn compare(seeds: impl Iterator<Item = u64>, most: usize) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        // Some are so small that they can be enumerated at the first and last instants, too.
        let made = small(seed, if seed % 4 == 0 { most / 40 } else { most });
        let files: Vec<_> = made
            .files
            .iter()
            .map(|text| match syntax::parse(text) {
                Ok(file) => file,
                Err(errors) => panic!("seed {seed}: {errors:?}\n{text}"),
            })
            .collect();
        let checked = check::check(&files);
        let Some(ir) = checked.ir else {
            seen.unchecked += 1;
            let mut errors = checked.diagnostics.iter().map(|found| &found.diagnostic);
            let error = errors.find(|found| found.severity == syntax::Severity::Error);
            *seen
                .errors
                .entry(error.map_or_else(String::new, |e| e.code.0.to_string()))
                .or_default() += 1;
            continue;
        };
        let bytes =
            compile(&ir, &BundledZones::default(), &CompileOptions::default()).expect("it checks");
        let pack = load(&bytes).expect("it was just made");
        let program = pack.program();
        let reach = Reach {
            hours: made.hours,
            absolute: made.absolute,
            levels: made.levels,
        };
        let mut grids = vec![Grid::new([program; 2], reach, Region::Middle)];
        if grids[0].len() > 2 * most {
            seen.large += 1;
            continue;
        }
        if !made.absolute {
            let ends =
                [Region::First, Region::Last].map(|region| Grid::new([program; 2], reach, region));
            if ends.iter().map(Grid::len).sum::<usize>() <= 2 * most {
                grids.extend(ends);
                seen.ends += 1;
            }
        }
        let mut found = Found::nothing(program);
        for grid in &grids {
            seen.cases += explore(grid, program, &mut found, &|_| false).0;
        }
        seen.packs += 1;
        let pack = Pack {
            seed,
            made: &made,
            program,
            grids: &grids,
            found: &found,
        };
        pack.judge(&mut seen);
    }
    seen
}

/// A pack, and what enumeration found of it.
struct Pack<'p> {
    seed: u64,
    made: &'p Small,
    program: &'p Program<'p>,
    grids: &'p [Grid],
    found: &'p Found,
}

impl Pack<'_> {
    /// Stops the test, and says where, and the enumerated case that shows it.
    fn fails(&self, what: &str, shows: &dyn Fn(&Found) -> bool) -> ! {
        let mut witness = None;
        for grid in self.grids {
            let mut found = Found::nothing(self.program);
            witness = witness.or(explore(grid, self.program, &mut found, shows).1);
        }
        let files = self.made.files.join("\n");
        panic!(
            "seed {}: {what}\nenumerated: {witness:?}\n{files}",
            self.seed
        );
    }

    fn on_grid(&self, case: &Situation) -> bool {
        self.grids.iter().any(|grid| grid.holds(self.program, case))
    }

    fn judge(&self, seen: &mut Seen) {
        let program = self.program;
        let mut inquiry = Inquiry::new(&[*program]);
        let mut proof = (0, 0);
        for (effect, norm) in granting(program) {
            let broken = self.found.guards[effect.index()];
            let shows = |found: &Found| found.guards[effect.index()];
            let answer = refute(&mut inquiry, Claim::Guard(effect));
            let refuted = self.claim(answer, broken, &shows, seen);
            let Some(refuted) = refuted else {
                seen.guards[0] += usize::from(!broken);
                proof.0 += usize::from(!broken);
                continue;
            };
            assert_eq!(refuted.norm, norm);
            seen.guards[1] += 1;
            proof.1 += 1;
        }
        for index in 0..program.properties.len() {
            let norms = &self.found.properties[index];
            let broken = norms.contains(&true);
            let answer = refute(&mut inquiry, Claim::Property(index));
            let of = answer
                .as_ref()
                .ok()
                .and_then(|found| found.as_ref().map(|found| found.norm));
            let shows = |found: &Found| match of {
                Some(norm) => found.properties[index][norm.index()],
                None => found.properties[index].contains(&true),
            };
            let refuted = self.claim(answer, broken, &shows, seen);
            seen.properties[usize::from(refuted.is_some())] +=
                usize::from(refuted.is_some() || !broken);
            proof.0 += usize::from(refuted.is_none() && !broken);
            proof.1 += usize::from(refuted.is_some());
        }
        // Asked together, the claims have the answers that they have one by one.
        let together = prove(&mut inquiry);
        if together.undecided.is_empty() {
            assert_eq!(
                (together.proved, together.refuted.len()),
                proof,
                "seed {}",
                self.seed
            );
        }
        for norm in 0..program.norms.len() {
            self.outcomes(&mut inquiry, norm, seen);
        }
        self.together(&mut inquiry, seen);
    }

    /// Compares one answer with what enumeration found; gives the counter-case, if there is one.
    fn claim(
        &self,
        answer: Result<Option<Refuted>, Undecided>,
        broken: bool,
        shows: &dyn Fn(&Found) -> bool,
        seen: &mut Seen,
    ) -> Option<Refuted> {
        let refuted = match answer {
            Ok(Some(refuted)) => refuted,
            Ok(None) if broken => self.fails("proved, and a case breaks it", shows),
            Ok(None) => return None,
            Err(Undecided::Bounded) if self.made.levels => {
                seen.bounded += 1;
                return None;
            }
            Err(why) => self.fails(&format!("undecided: {why}"), shows),
        };
        let mut judge = Judge::new(self.program);
        let case = &refuted.case;
        if !shows(&judge.situation(case)) {
            self.fails(
                &format!("the counter-case shows nothing: {refuted:?}"),
                shows,
            );
        }
        if !broken {
            if self.on_grid(case) || !is_at_an_end(case) {
                self.fails(
                    &format!("the enumeration missed a case: {refuted:?}"),
                    shows,
                );
            }
            seen.off_grid += 1;
        }
        for (what, less) in without_one(case) {
            if shows(&judge.situation(&less)) {
                self.fails(&format!("{what} is not needed: {refuted:?}"), shows);
            }
            seen.left_out += 1;
        }
        Some(refuted)
    }
}
