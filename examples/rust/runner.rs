//! Runs the scenarios of rule files and the cases with expected decisions: `cargo run --example runner [PATH…]`.
//!
//! The same as `exq test`; without paths, over all shipped rules and cases.

use std::ffi::OsString;
use std::io::{IsTerminal, Write, stderr, stdin, stdout};
use std::process::ExitCode;

use exequatur::cli::{World, run};

fn main() -> ExitCode {
    let mut words: Vec<OsString> = vec!["test".into()];
    words.extend(std::env::args_os().skip(1));
    if words.len() == 1 {
        words.extend(["rules".into(), "examples/cases".into()]);
    }
    // A scenario says when it is asked: the clock is never read.
    let now = || 0;
    let (mut input, mut output) = (stdin().lock(), stdout());
    let mut world = World {
        now: &now,
        random: &|_| Err("there are no keys to make here".to_string()),
        stdin: &mut input,
        stdout: &mut output,
        colour_out: stdout().is_terminal(),
        colour_err: stderr().is_terminal(),
        shown: stdout().is_terminal(),
        progress: None,
    };
    let done = run(words, &mut world);
    let _ = stderr().write_all(done.err.as_bytes());
    let _ = stdout().write_all(done.out.as_bytes());
    ExitCode::from(done.status)
}
