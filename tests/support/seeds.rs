//! Seeds of random packs, for tests that make thousands: how many the environment asks for, shared among all cores.

use std::iter::StepBy;
use std::ops::Range;

/// As many seeds as `EXQ_DIFF_PACKS` says, from `EXQ_DIFF_SEED` on; from 1, and so many, where it says nothing.
pub fn seeds(packs: u64) -> Range<u64> {
    let setting = |name: &str, default: u64| {
        let text = std::env::var(name).ok();
        text.and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let first = setting("EXQ_DIFF_SEED", 1);
    first..first + setting("EXQ_DIFF_PACKS", packs)
}

/// What the work on each share of the seeds gives. A failure is that of the test.
pub fn in_shares<T: Send>(
    seeds: &Range<u64>,
    work: impl Fn(StepBy<Range<u64>>) -> T + Copy + Send,
) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
    std::thread::scope(|scope| {
        let share = |i| (seeds.start + i..seeds.end).step_by(threads);
        let start = |i| scope.spawn(move || work(share(i)));
        let running: Vec<_> = (0..threads as u64).map(start).collect();
        let done = running.into_iter().map(|thread| thread.join());
        done.map(|found| found.unwrap_or_else(|failure| std::panic::resume_unwind(failure)))
            .collect()
    })
}
