//! `exq mutate`: rules with one fault at a time, to what the scenarios and cases notice.
//!
//! Invariant: what is reported does not depend on how many mutants are tried at once. A mutant that nothing notices is
//! never passed over: it is proved to answer as the rules do, or it is a survivor.

mod bed;
mod compare;
mod report;

use std::sync::atomic::{AtomicUsize, Ordering};

use super::args::Args;
use super::{Done, Format, Stop, World};
use crate::mutate::{Mutant, Mutants};
use crate::syntax::nearest;
use bed::Beds;
pub use compare::{Compare, Compared};

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A scenario or case has failed.
    Noticed,
    /// The compiler has refused it.
    Refused,
    /// Nothing has noticed it.
    Unnoticed(Compared),
}

/// Runs the command.
pub(super) fn run(args: &Args, world: &World<'_>) -> Result<Done, Stop> {
    run_with(args, world, &compare::packs)
}

fn run_with(args: &Args, world: &World<'_>, compare: &Compare<'_>) -> Result<Done, Stop> {
    let beds = Beds::new(&args.paths)?;
    let mutants = Mutants::of(beds.files());
    let wanted = wanted(args, &beds, &mutants.list)?;
    let fates = fates(args.mutate.jobs, world, &beds, &mutants, &wanted, compare)?;
    let tried: Vec<(&Mutant, Fate)> = wanted.into_iter().zip(fates).collect();
    let out = match args.format {
        Format::Text => report::text(beds.sources(), &tried, world.colour_out),
        Format::Json => format!("{:#}\n", report::json(beds.sources(), &tried)),
    };
    let survived = tried.iter().any(|(_, fate)| fate.survived());
    Ok(Done {
        out,
        err: String::new(),
        status: u8::from(survived),
    })
}

impl Fate {
    /// True if nothing has noticed the mutant, and it is not known to answer as the rules do.
    #[must_use]
    pub fn survived(&self) -> bool {
        matches!(self, Fate::Unnoticed(compared) if *compared != Compared::Same)
    }
}

/// The mutants that are asked for.
fn wanted<'m>(args: &Args, beds: &Beds, all: &'m [Mutant]) -> Result<Vec<&'m Mutant>, Stop> {
    let full = |mutant: &Mutant| format!("{}/{}", beds.pack(mutant.file), mutant.name);
    for name in &args.mutate.only {
        if !all
            .iter()
            .any(|mutant| mutant.name == *name || full(mutant) == *name)
        {
            let near = nearest(name, all.iter().map(|mutant| mutant.name.as_str()));
            let near = near.map_or(String::new(), |near| format!(", did you mean `{near}`?"));
            return Err(Stop::Call(format!(
                "nothing called `{name}` can have a fault{near}"
            )));
        }
    }
    let here = |mutant: &&Mutant| {
        let only = &args.mutate.only;
        only.is_empty() || only.contains(&mutant.name) || only.contains(&full(mutant))
    };
    let kind = |mutant: &&Mutant| {
        let operators = &args.mutate.operators;
        operators.is_empty() || operators.contains(&mutant.operator)
    };
    Ok(all.iter().filter(here).filter(kind).collect())
}

/// Tries the mutants, several at once, and gives what became of each, in their order.
fn fates(
    jobs: usize,
    world: &World<'_>,
    beds: &Beds,
    mutants: &Mutants,
    wanted: &[&Mutant],
    compare: &Compare<'_>,
) -> Result<Vec<Fate>, Stop> {
    let next = AtomicUsize::new(0);
    let survivors = AtomicUsize::new(0);
    let progress = world.progress;
    let work = || {
        let mut beds = beds.clone();
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant) = wanted.get(index) else {
                return Ok(done);
            };
            let fate = beds.fate(mutants, mutant, compare)?;
            let survived = usize::from(fate.survived());
            let survived = survivors.fetch_add(survived, Ordering::Relaxed) + survived;
            if let Some(progress) = progress {
                let all = wanted.len();
                progress(&format!("{index} of {all} mutants, {survived} survived"));
            }
            done.push((index, fate));
        }
    };
    let ended: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs.min(wanted.len()))
            .map(|_| scope.spawn(work))
            .collect();
        workers.into_iter().map(|worker| worker.join()).collect()
    });
    if let Some(progress) = progress {
        progress("");
    }
    let mut fates = Vec::with_capacity(wanted.len());
    for worker in ended {
        // A worker has no way to fail but by its result.
        let done = worker.map_err(|_| Stop::No("a mutant could not be tried".to_string()))?;
        fates.extend(done?);
    }
    fates.sort_by_key(|(index, _)| *index);
    Ok(fates.into_iter().map(|(_, fate)| fate).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args;

    /// Rules of which one mutant survives, with another comparison.
    fn survivor(compared: &Compared) -> Done {
        let words = ["mutate", "tests/suite/run/rules/one_survivor.exq"];
        let args = args::parse(words.map(Into::into).to_vec()).unwrap();
        let world = World {
            now: &|| 0,
            random: &|_| Err("none".to_string()),
            stdin: &mut std::io::empty(),
            stdout: &mut std::io::sink(),
            colour_out: false,
            colour_err: false,
            shown: false,
            progress: None,
        };
        let compare = |rules: &crate::pack::Pack<'_>, mutant: &crate::pack::Pack<'_>| {
            assert_ne!(rules.digest(), mutant.digest());
            compared.clone()
        };
        run_with(&args, &world, &compare).unwrap()
    }

    #[test]
    fn a_survivor_is_shown_with_the_scenario_that_notices_it() {
        let scenario = "scenario \"two years\"\nend\n".to_string();
        let done = survivor(&Compared::Differ { scenario });
        assert_eq!(done.status, 1);
        assert!(
            done.out
                .contains("help: the scenario below notices it\n\nscenario \"two years\"\nend\n")
        );
        assert!(done.out.ends_with("0 equivalent, 1 survived\n"));
    }

    #[test]
    fn what_answers_as_the_rules_do_is_no_survivor() {
        let done = survivor(&Compared::Same);
        assert_eq!(done.status, 0);
        assert_eq!(done.out.lines().count(), 1);
        assert!(done.out.ends_with("1 equivalent, 0 survived\n"));
    }
}
