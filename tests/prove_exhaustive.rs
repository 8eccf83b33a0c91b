//! Answers of the proof stage against the enumeration of all cases, on random small packs.
//!
//! A pack is so small that each of its cases can be given to the evaluator, or one for all that it cannot tell apart. Every
//! guard and property must be refuted exactly where some case breaks it, every outcome of every norm and place must be
//! found exactly where some case reaches it, and so random things that an answer tells at once; and nothing can be left out of a counter-case. `EXQ_DIFF_PACKS` and
//! `EXQ_DIFF_SEED` set how many packs are made, and the first; `EXQ_DIFF_CASES` how many cases each may have.
#![cfg(feature = "cli")]

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
use exequatur::model::{NormId, Outcome, State, VersionId};
use exequatur::pack::{Program, load};
use exequatur::prove::formula::Lit;
use exequatur::prove::proof::{Claim, Refuted, Undecided, prove, refute};
use exequatur::prove::question::Inquiry;
use exequatur::prove::situation::Situation;
use exequatur::prove::symbolic::Part;
use exequatur::syntax;
use gen_rng::Rng;
use grid::{Grid, Reach, Region, is_at_an_end, without_one};
use judge::{Found, Judge, NO, PLACES, YES, granting};
use small::{Small, small};
use std::collections::BTreeMap;

/// How many packs are asked for; some do not check, or have too many cases.
const PACKS: u64 = 2600;
/// How many questions about several things at once are asked of each.
const TOGETHER: usize = 24;
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
        let asked = seen.guards[1] + seen.properties[1] + seen.outcomes[1];
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
        let mut grids = vec![Grid::new(program, reach, Region::Middle)];
        if grids[0].len() > 2 * most {
            seen.large += 1;
            continue;
        }
        if !made.absolute {
            let ends =
                [Region::First, Region::Last].map(|region| Grid::new(program, reach, region));
            if ends.iter().map(Grid::len).sum::<usize>() <= 2 * most {
                grids.extend(ends);
                seen.ends += 1;
            }
        }
        let mut found = Found::nothing(program);
        for grid in &grids {
            seen.cases += grid.explore(program, &mut found, &|_| false).0;
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
            witness = witness.or(grid.explore(self.program, &mut found, shows).1);
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

    /// Every outcome of a norm, place by place.
    fn outcomes(&self, inquiry: &mut Inquiry<'_>, norm: usize, seen: &mut Seen) {
        let parts = inquiry.said[0].norms[norm].clone();
        let mut told = [false; PLACES];
        for part in &parts {
            let places: Vec<usize> = match part.place {
                Some(_) => (0..PLACES)
                    .filter(|place| part.places.contains(*place as u16))
                    .collect(),
                None => (0..PLACES).collect(),
            };
            for place in &places {
                assert!(!told[*place], "two parts speak of one place");
                told[*place] = true;
            }
            for outcome in 0..Outcome::ALL.len() {
                let name = format!(
                    "{:?} of {:?}",
                    Outcome::ALL[outcome],
                    self.program.norm_name(NormId(norm as u16))
                );
                let reached = |found: &Found| {
                    places
                        .iter()
                        .any(|place| found.outcomes[norm][*place] & (1 << outcome) != 0)
                };
                let solved = inquiry.solve(&[part.outcome.is(outcome as u8)]);
                let Some(found) = solved.expect("within the limits") else {
                    if reached(self.found) {
                        self.fails(&format!("{name} is not reached"), &reached);
                    }
                    seen.outcomes[0] += 1;
                    continue;
                };
                seen.outcomes[1] += 1;
                // What is reached in one of the places of a part is reached in all of them.
                let all = |found: &Found| {
                    places
                        .iter()
                        .all(|place| found.outcomes[norm][*place] & (1 << outcome) != 0)
                };
                if all(self.found) {
                    continue;
                }
                let all_values = inquiry.world.graph.evaluate(&found);
                let case = Situation::of(&inquiry.world, &all_values);
                if !all(&Judge::new(self.program).situation(&case)) {
                    if self.made.levels {
                        seen.bounded += 1;
                        continue;
                    }
                    self.fails(
                        &format!("{name} is not what the case shows: {case:?}"),
                        &reached,
                    );
                }
                if self.on_grid(&case) || !is_at_an_end(&case) {
                    self.fails(
                        &format!("the enumeration missed a case of {name}: {case:?}"),
                        &reached,
                    );
                }
                seen.off_grid += 1;
            }
        }
        assert!(
            told.iter().all(|told| *told),
            "no part speaks of some place"
        );
    }

    /// Several things that an answer tells, at once: for random ones whether some case is told all of them.
    fn together(&self, inquiry: &mut Inquiry<'_>, seen: &mut Seen) {
        let mut rng = Rng::new(self.seed);
        let mut answers: Vec<&Vec<u8>> = self.found.answers.iter().collect();
        answers.sort_unstable();
        let length = answers.first().map_or(0, |answer| answer.len());
        for _ in 0..TOGETHER {
            // Each of them comes from some answer: so that they all do is likely, and not sure.
            let mut wanted: Vec<(usize, u8)> = Vec::new();
            for _ in 0..2 + rng.below(3) {
                let at = rng.below(length);
                wanted.push((at, rng.pick(&answers)[at]));
            }
            let told = |answer: &[u8]| wanted.iter().all(|(at, value)| answer[*at] == *value);
            let reached = self.found.answers.iter().any(|answer| told(answer));
            let shows = |found: &Found| told(&found.last);
            let mut goal = Vec::new();
            for (at, value) in &wanted {
                goal.push(self.tells(inquiry, *at, *value));
            }
            let solved = inquiry.solve(&goal).expect("within the limits");
            seen.together[usize::from(solved.is_some())] += 1;
            let Some(solved) = solved else {
                if reached {
                    self.fails(&format!("{wanted:?} is not reached"), &shows);
                }
                continue;
            };
            let case = Situation::of(&inquiry.world, &inquiry.world.graph.evaluate(&solved));
            if !shows(&Judge::new(self.program).situation(&case)) {
                if self.made.levels {
                    seen.bounded += 1;
                    continue;
                }
                self.fails(
                    &format!("{wanted:?} is not what the case shows: {case:?}"),
                    &shows,
                );
            }
            if !reached {
                if self.on_grid(&case) || !is_at_an_end(&case) {
                    self.fails(
                        &format!("the enumeration missed {wanted:?}: {case:?}"),
                        &shows,
                    );
                }
                seen.off_grid += 1;
            }
        }
    }

    /// When an answer tells this of a norm and place, of a version, or of an effect and place.
    fn tells(&self, inquiry: &mut Inquiry<'_>, at: usize, value: u8) -> Lit {
        let (norms, versions) = (
            self.program.norms.len() * PLACES,
            self.program.versions.len(),
        );
        let said = &inquiry.said[0];
        let graph = &mut inquiry.world.graph;
        let here =
            |part: &&Part, place: usize| part.place.is_none() || part.places.contains(place as u16);
        if at < norms {
            let part = said.norms[at / PLACES]
                .iter()
                .find(|part| here(part, at % PLACES));
            return part.expect("every place has a part").outcome.is(value);
        }
        if at < norms + versions {
            let version = VersionId((at - norms) as u16);
            let truth = said.truths[version.index()];
            let has = graph.and(
                said.decides[self.program.pack_of(version).index()],
                said.present[version.index()],
            );
            return match value {
                NO => graph.or(!has, truth.no),
                YES => graph.and(has, truth.yes),
                _ => graph.all([has, !truth.yes, !truth.no]),
            };
        }
        let (effect, place) = (
            (at - norms - versions) / PLACES,
            (at - norms - versions) % PLACES,
        );
        let norm = usize::from(self.program.effects.at(effect).norm);
        let part = said.norms[norm]
            .iter()
            .find(|part| here(part, place))
            .expect("every place has a part");
        let row = part
            .rows
            .iter()
            .find(|row| row.effect.index() == effect)
            .expect("every effect has a row");
        let listed = graph.and(!row.exists.no, !row.state.is(State::Defeated as u8));
        match value.checked_sub(1) {
            Some(status) => graph.and(listed, row.status.is(status)),
            None => !listed,
        }
    }
}
