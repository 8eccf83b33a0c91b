//! `exq`, the rule author's bench: gives the command the world it may ask, and writes what it says.

use std::io::{IsTerminal, Write, stderr, stdin, stdout};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use exequatur::cli::{World, run};

fn main() -> ExitCode {
    let now = || {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
    };
    let random = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(|error| error.to_string());
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let mut input = stdin().lock();
    let mut output = stdout().lock();
    // In place of the line that was there; nothing to say takes it away.
    let progress = |line: &str| drop(write!(stderr(), "\r\u{1b}[K{line}"));
    let mut world = World {
        now: &now,
        random: &random,
        stdin: &mut input,
        stdout: &mut output,
        colour_out: !plain && stdout().is_terminal(),
        colour_err: !plain && stderr().is_terminal(),
        shown: stdout().is_terminal(),
        progress: match stderr().is_terminal() {
            true => Some(&progress),
            false => None,
        },
    };
    let done = run(std::env::args_os().skip(1).collect(), &mut world);
    // A reader that has seen enough closes the pipe: that is no error of this program.
    let _ = stderr().write_all(done.err.as_bytes());
    let _ = output
        .write_all(done.out.as_bytes())
        .and_then(|()| output.flush());
    ExitCode::from(done.status)
}
