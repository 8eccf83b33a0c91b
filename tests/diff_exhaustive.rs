//! Answers of `exq diff` against the enumeration of all cases, on random small packs and other versions of them.
//!
//! Two versions are so small that each case there is can be given to both, or one for all that they cannot tell apart. For
//! every rule, norm and kind of difference: one is found exactly where some case shows it; the case that is shown does, and
//! nothing can be left out of it; its formula holds of exactly the cases that differ so; and its regions are counted.
//! Versions that say the same in other words have no difference. `EXQ_DIFF_PACKS` and `EXQ_DIFF_SEED` set how many pairs are
//! made, and the first; `EXQ_DIFF_CASES` how many cases each may have.
#![cfg(feature = "cli")]

#[path = "engine/cast.rs"]
mod cast;
#[path = "exhaustive/changes.rs"]
mod changes;
#[path = "exhaustive/compared.rs"]
mod compared;
#[path = "exhaustive/conds.rs"]
mod conds;
#[path = "reference/gen_rng.rs"]
mod gen_rng;
#[path = "exhaustive/grid.rs"]
mod grid;
#[path = "exhaustive/pointwise.rs"]
mod pointwise;
#[path = "exhaustive/rewriting.rs"]
mod rewriting;
#[path = "exhaustive/said.rs"]
mod said;
#[path = "exhaustive/small.rs"]
mod small;
#[path = "exhaustive/variants.rs"]
mod variants;

use compared::{Apart, Both, Key};
use exequatur::check;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileOptions, compile};
use exequatur::pack::{Program, load};
use exequatur::prove::diff::{Difference, Differences, diff, differ};
use exequatur::prove::proof::Undecided;
use exequatur::prove::situation::Situation;
use exequatur::syntax;
use exequatur::syntax::ast::File;
use gen_rng::Rng;
use grid::{Grid, Reach, Region, is_at_an_end, told, without_one};
use small::small;
use std::collections::{BTreeMap, BTreeSet};
use variants::{Versions, versions};

/// How many pairs are made; some do not check, or have too many cases.
const PACKS: u64 = 3000;
/// How many cases a pair may have.
const CASES: u64 = 700;

fn setting(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|t| t.parse().ok()).unwrap_or(default)
}

#[derive(Default, Debug)]
struct Seen {
    pairs: usize,
    /// Pairs that were only written otherwise.
    rewritten: usize,
    /// Pairs of which no case is told anything else.
    alike: usize,
    unchecked: usize,
    large: usize,
    cases: usize,
    /// Things left out of cases.
    left_out: usize,
    /// Differences that only cases at the first and last instants show, where these were not enumerated.
    off_grid: usize,
    /// Questions that were left open for the lengths of service levels.
    bounded: usize,
    /// Cases of which every formula was compared.
    pointwise: usize,
    /// Differences of which regions were counted: those where the count must be that of the enumeration, and others.
    regions: [usize; 2],
    /// How many differences were found, by what is said differently.
    found: BTreeMap<String, usize>,
    /// What was done to the packs that differ, and to those that do not.
    done: BTreeMap<&'static str, [usize; 2]>,
}

impl Seen {
    fn add(&mut self, other: Seen) {
        self.pairs += other.pairs;
        self.rewritten += other.rewritten;
        self.alike += other.alike;
        self.unchecked += other.unchecked;
        self.large += other.large;
        self.cases += other.cases;
        self.left_out += other.left_out;
        self.off_grid += other.off_grid;
        self.bounded += other.bounded;
        self.pointwise += other.pointwise;
        for (own, other) in self.regions.iter_mut().zip(other.regions) {
            *own += other;
        }
        for (what, times) in other.found {
            *self.found.entry(what).or_default() += times;
        }
        for (what, [a, b]) in other.done {
            let own = self.done.entry(what).or_default();
            *own = [own[0] + a, own[1] + b];
        }
    }
}

#[test]
fn differences_equal_enumeration() {
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
            seen.pairs >= 1_500 && seen.cases >= 600_000,
            "too few pairs"
        );
        assert!(
            seen.rewritten >= 400 && seen.alike >= 600 && seen.alike * 2 <= seen.pairs,
            "pairs differ always or never"
        );
        let rare = ["other readings", "status", "not before"];
        let kinds = seen.found.iter();
        let scarce = kinds.filter(|(what, times)| {
            let is_rare = rare.iter().any(|rare| what.ends_with(rare));
            **times < if is_rare { 2 } else { 10 }
        });
        let scarce: Vec<_> = scarce.collect();
        assert!(
            seen.found.len() >= 17 && scarce.is_empty(),
            "of these there are few: {scarce:?}"
        );
        assert!(seen.left_out >= 2_000 && seen.pointwise >= 300_000);
        assert!(seen.regions[0] >= 150, "few counts of regions are exact");
        let found: usize = seen.found.values().sum();
        assert!(seen.off_grid * 20 <= found, "the grid is too small");
    }
}

/// The pack that some files compile to; none, if they do not check.
fn built(files: &[File]) -> Option<Vec<u8>> {
    let ir = check::check(files).ir?;
    let bytes = compile(&ir, &BundledZones::default(), &CompileOptions::default());
    Some(bytes.expect("it checks"))
}

fn compare(seeds: impl Iterator<Item = u64>, most: usize) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        let made = small(seed, if seed % 4 == 0 { most / 40 } else { most });
        let parsed = made.files.iter().map(|text| match syntax::parse(text) {
            Ok(file) => file,
            Err(errors) => panic!("seed {seed}: {errors:?}\n{text}"),
        });
        let Some(versions) = versions(parsed.collect(), &mut Rng::new(seed ^ 0xD1FF)) else {
            continue;
        };
        let [Some(old), Some(new)] = [&versions.files[0], &versions.files[1]].map(|f| built(f))
        else {
            seen.unchecked += 1;
            continue;
        };
        let (old, new) = (
            load(&old).expect("just made"),
            load(&new).expect("just made"),
        );
        let programs = [old.program(), new.program()];
        let longer = if versions.longer { 2 } else { 1 };
        let reach = Reach {
            hours: made.hours * longer,
            absolute: made.absolute,
            levels: made.levels,
        };
        let Some(grids) = grids(programs, reach, most) else {
            seen.large += 1;
            continue;
        };
        seen.pairs += 1;
        seen.rewritten += usize::from(versions.same);
        Pair {
            seed,
            versions: &versions,
            levels: made.levels,
            programs,
            grids: &grids,
        }
        .judge(&mut seen);
    }
    seen
}

/// The cases of two programs; none, if there are too many.
fn grids(programs: [&Program<'_>; 2], reach: Reach, most: usize) -> Option<Vec<Grid>> {
    let region = |region| Grid::new(programs, reach, region);
    let middle = region(Region::Middle);
    if middle.len() > 2 * most {
        return None;
    }
    let mut grids = vec![middle];
    if !reach.absolute {
        let ends = [Region::First, Region::Last].map(region);
        if ends.iter().map(Grid::len).sum::<usize>() <= most {
            grids.extend(ends);
        }
    }
    Some(grids)
}

/// Two versions of a small pack, and all cases.
struct Pair<'p> {
    seed: u64,
    versions: &'p Versions,
    levels: bool,
    programs: [&'p Program<'p>; 2],
    grids: &'p [Grid],
}

/// What enumeration found: of each way to differ and each value, whether some case shows it clearly.
#[derive(Default)]
struct Found {
    ways: BTreeMap<(Key, usize), bool>,
    /// Rules and norms of which anything else is said.
    raw: BTreeMap<(usize, usize), String>,
}

impl Pair<'_> {
    /// Stops the test, and says where.
    fn fails(&self, what: &str) -> ! {
        let text = |files: &[File]| files.iter().map(syntax::print).collect::<String>();
        let [old, new] = &self.versions.files;
        panic!(
            "seed {}, {:?}: {what}\n{}\n=======\n{}",
            self.seed,
            self.versions.done,
            text(old),
            text(new)
        );
    }

    fn on_grid(&self, case: &Situation) -> bool {
        self.grids
            .iter()
            .any(|grid| grid.holds(self.programs[0], case))
    }

    fn judge(&self, seen: &mut Seen) {
        let answer = diff(*self.programs[0], *self.programs[1]);
        let mut renamed: Vec<[String; 2]> = Vec::new();
        for change in &answer.vocabulary {
            if let ("rule", Some(old), Some(new)) = (change.what, &change.old, &change.new) {
                renamed.push([old.clone(), new.clone()]);
            }
        }
        let mut both = Both::new(self.programs[0], self.programs[1], &renamed);
        for found in &answer.found {
            let rule = self.key(&both, found).rule.map(|rule| &both.rules[rule]);
            if renamed.iter().any(|[old, _]| Some(old) == rule) {
                self.fails(&format!("called otherwise, and not the same: {found:?}"));
            }
        }
        let (mut found, mut shown) = (Found::default(), None);
        for grid in self.grids {
            seen.cases += grid.each(&mut |facts, events, options| {
                let said = both.read(facts, events, options);
                if said[0] != said[1] {
                    for (place, words) in both.raw(&said) {
                        found.raw.entry(place).or_insert_with(|| {
                            let case = told(self.programs[0], facts, events, options);
                            format!("{words} of {case}")
                        });
                    }
                    both.apart(&said, &mut |apart: Apart| {
                        *found.ways.entry((apart.key, apart.slot)).or_default() |= apart.clear;
                    });
                    shown.get_or_insert_with(|| told(self.programs[0], facts, events, options));
                }
                false
            });
        }
        if let Some(case) = shown.filter(|_| self.versions.same) {
            self.fails(&format!("a case tells the versions apart: {case}"));
        }
        if self.versions.same && !answer.is_empty() {
            self.fails(&format!("the same in other words: {answer:#?}"));
        }
        let alike = usize::from(found.ways.is_empty() && found.raw.is_empty());
        seen.alike += alike;
        for way in &self.versions.done {
            seen.done.entry(way).or_default()[alike] += 1;
        }
        if !answer.undecided.is_empty() {
            let bounded = |open: &exequatur::prove::diff::Open| {
                self.levels && matches!(open.why, Undecided::Bounded)
            };
            if !answer.undecided.iter().all(bounded) {
                self.fails(&format!("undecided: {:?}", answer.undecided));
            }
            seen.bounded += answer.undecided.len();
        }
        self.every_way(&mut both, &answer, &found, seen);
        self.one_way(&answer);
        self.point_by_point(&mut both, &answer, seen);
    }

    /// That something differs is found exactly where something does.
    fn one_way(&self, answer: &Differences) {
        match differ(*self.programs[0], *self.programs[1]) {
            Ok(Some(one)) => {
                let known = |found: &Difference| {
                    (found.aspect, found.what, &found.norm) == (one.aspect, one.what, &one.norm)
                };
                if !answer.found.iter().any(known) {
                    self.fails(&format!("found alone, and not among all: {one:?}"));
                }
            }
            Ok(None) if !answer.found.is_empty() => self.fails("nothing found of all"),
            Ok(None) => {}
            Err(_) if self.levels => {}
            Err(why) => self.fails(&format!("undecided: {why}")),
        }
    }

    /// Where it stands in what was compared; rules that speak of a norm alone have none.
    fn key(&self, both: &Both<'_>, found: &Difference) -> Key {
        let place = |names: &[String], name: &str| names.iter().position(|other| other == name);
        let of_norm = ["outcome", "outcome before protection", "conflict", "guard"];
        let what = found.what.words();
        let rule = found.rule.as_deref();
        let rule = rule.filter(|_| !of_norm.contains(&what));
        Key {
            aspect: found.aspect.word(),
            what,
            rule: rule.and_then(|name| place(&both.rules, name)),
            norm: found
                .norm
                .as_deref()
                .and_then(|name| place(&both.norms, name)),
        }
    }

    fn every_way(&self, both: &mut Both<'_>, answer: &Differences, found: &Found, seen: &mut Seen) {
        let mut told: BTreeMap<Key, usize> = BTreeMap::new();
        let mut spoken: BTreeSet<(usize, usize)> = BTreeSet::new();
        for difference in &answer.found {
            let key = self.key(both, difference);
            *seen
                .found
                .entry(format!("{}: {}", key.aspect, key.what))
                .or_default() += 1;
            if let (Some(rule), Some(norm)) = (key.rule, key.norm) {
                spoken.insert((rule, norm));
                if both.is_several(rule, norm) {
                    let case = &difference.case;
                    let said = both.situation(case);
                    let missed = self.on_grid(case) || !is_at_an_end(case);
                    let raw = both.raw(&said);
                    if !raw.iter().any(|(place, _)| *place == (rule, norm))
                        || (missed && !found.raw.contains_key(&(rule, norm)))
                    {
                        self.fails(&format!("no case shows {difference:?}"));
                    }
                    continue;
                }
            }
            *told.entry(key).or_default() += 1;
            self.case(both, difference, key, found, seen);
        }
        if !answer.undecided.is_empty() {
            return;
        }
        for (pair, words) in &found.raw {
            if !spoken.contains(pair) {
                let names = (&both.rules[pair.0], &both.norms[pair.1]);
                self.fails(&format!("not found of {names:?}: {words}"));
            }
        }
        for (key, _) in found.ways.keys() {
            let enumerated = found.ways.keys().filter(|(other, _)| other == key).count();
            if told.get(key).copied().unwrap_or(0) < enumerated {
                let (rule, norm) = (
                    key.rule.map(|rule| &both.rules[rule]),
                    key.norm.map(|norm| &both.norms[norm]),
                );
                self.fails(&format!("not found: {key:?}, {rule:?}, {norm:?}"));
            }
        }
    }

    /// The case of a difference shows it, and nothing can be left out.
    fn case(
        &self,
        both: &mut Both<'_>,
        difference: &Difference,
        key: Key,
        found: &Found,
        seen: &mut Seen,
    ) {
        let case = &difference.case;
        let shows = |both: &mut Both<'_>, case: &Situation| -> Vec<(bool, [String; 2])> {
            let said = both.situation(case);
            let mut ways = Vec::new();
            both.apart(&said, &mut |apart| {
                if apart.key == key {
                    ways.push((apart.clear, apart.words));
                }
            });
            ways
        };
        let shown = shows(both, case);
        if shown.is_empty() {
            self.fails(&format!("the case shows nothing: {difference:?}"));
        }
        let clear = shown.iter().any(|(clear, _)| *clear);
        let words = [&difference.old, &difference.new];
        let said = |(is_clear, said): &(bool, [String; 2])| {
            *is_clear == clear && (said[0].is_empty() || [&said[0], &said[1]] == words)
        };
        if !shown.iter().any(said) {
            self.fails(&format!("other words are said: {difference:?}, {shown:?}"));
        }
        let enumerated: Vec<bool> = found
            .ways
            .iter()
            .filter(|((other, _), _)| *other == key)
            .map(|(_, clear)| *clear)
            .collect();
        if enumerated.contains(&true) && !clear && enumerated.len() == 1 {
            self.fails(&format!("some case tells more: {difference:?}"));
        }
        if enumerated.is_empty() || (clear && !enumerated.contains(&true)) {
            if self.on_grid(case) || !is_at_an_end(case) {
                self.fails(&format!("the enumeration missed a case: {difference:?}"));
            }
            seen.off_grid += 1;
        }
        let mut less = without_one(case);
        let without = |what: &str, change: &dyn Fn(&mut Situation)| {
            let mut less = case.clone();
            change(&mut less);
            (what.to_string(), less)
        };
        if case.law_date.is_some() {
            less.push(without("the law date", &|less| less.law_date = None));
        }
        if !case.adopted.is_empty() {
            less.push(without("the adopted packs", &|less| less.adopted.clear()));
        }
        if enumerated.len() > 1 {
            return;
        }
        for (what, less) in less {
            if shows(both, &less).iter().any(|(still, _)| *still || !clear) {
                self.fails(&format!("{what} is not needed: {difference:?}"));
            }
            seen.left_out += 1;
        }
    }
}
