//! Work on a range of numbers, shared among all cores, and the numbers that the environment gives for it.

use std::iter::StepBy;
use std::ops::Range;

/// The number that a variable of the environment gives, or another where it gives none.
pub fn setting(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What the work on each share of the numbers gives. A failure is that of the test.
pub fn in_shares<T: Send>(
    numbers: &Range<u64>,
    work: impl Fn(StepBy<Range<u64>>) -> T + Copy + Send,
) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
    std::thread::scope(|scope| {
        let share = |i| (numbers.start + i..numbers.end).step_by(threads);
        let start = |i| scope.spawn(move || work(share(i)));
        let running: Vec<_> = (0..threads as u64).map(start).collect();
        let done = running.into_iter().map(|thread| thread.join());
        done.map(|found| found.unwrap_or_else(|failure| std::panic::resume_unwind(failure)))
            .collect()
    })
}
