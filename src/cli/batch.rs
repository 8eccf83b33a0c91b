//! JSON Lines of questions to JSON Lines of answers: what `exq due --batch` and `exq eval --batch` have in common.
//!
//! Invariant: every line that is not blank is handed on once, in order, with its number, and its answer is written before
//! the next line is read. No more than one line is held in memory: a batch may be longer than that.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use serde::Deserialize;

use super::{Stop, World, files};
use crate::json::CASE_BYTES_MAX;

/// The most bytes of a line: a case, and what may stand around it.
const LINE_BYTES_MAX: usize = CASE_BYTES_MAX + (1 << 16);

/// A line of a batch.
pub(super) struct Line<'l> {
    /// Its number in the file, from 1; blank lines are counted.
    pub(super) number: u64,
    /// Its bytes; `None` if it has more than a line may have.
    pub(super) bytes: Option<&'l [u8]>,
}

/// What is said of a line that is too long to be read.
pub(super) fn too_long() -> String {
    format!("the line has more than {LINE_BYTES_MAX} bytes")
}

/// Hands on every line of a file, or of standard input for `-`, and writes each answer to standard output. A reader that
/// has seen enough ends the batch, and is no error.
pub(super) fn run(
    path: &Path,
    world: &mut World<'_>,
    mut answer: impl FnMut(Line<'_>) -> Result<String, Stop>,
) -> Result<(), Stop> {
    let World { stdin, stdout, .. } = world;
    let mut write = |line: Line<'_>| {
        let mut text = answer(line)?;
        text.push('\n');
        match stdout.write_all(text.as_bytes()) {
            Ok(()) => Ok(ControlFlow::Continue(())),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ControlFlow::Break(())),
            Err(error) => Err(Stop::Call(format!("cannot write the answers: {error}"))),
        }
    };
    if path == Path::new("-") {
        let unreadable = |error| Stop::Call(format!("cannot read standard input: {error}"));
        return each(&mut **stdin, unreadable, &mut write);
    }
    let unreadable = |error| files::unreadable(path, &error);
    let file = File::open(path).map_err(unreadable)?;
    each(file, unreadable, &mut write)
}

fn each(
    input: impl Read,
    unreadable: impl Fn(std::io::Error) -> Stop,
    take: &mut dyn FnMut(Line<'_>) -> Result<ControlFlow<()>, Stop>,
) -> Result<(), Stop> {
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let mut bounded = (&mut input).take(LINE_BYTES_MAX as u64 + 1);
        if bounded.read_until(b'\n', &mut line).map_err(&unreadable)? == 0 {
            break;
        }
        let ends = line.pop_if(|last| *last == b'\n').is_some();
        let whole = ends || line.len() <= LINE_BYTES_MAX;
        if !ends && !whole {
            input.skip_until(b'\n').map_err(&unreadable)?;
        }
        if whole && line.trim_ascii().is_empty() {
            continue;
        }
        let bytes = whole.then_some(line.as_slice());
        if take(Line { number, bytes })?.is_break() {
            break;
        }
    }
    Ok(())
}

/// A line as a record. An unknown key is refused: a misspelt one must not change an answer in silence.
pub(super) fn record<'l, T: Deserialize<'l>>(line: &'l [u8]) -> Result<T, String> {
    serde_json::from_slice(line).map_err(|error| {
        // It is always the first line of its own text.
        let text = error.to_string();
        let text = text
            .replace(" at line 1 column ", " at column ")
            .replace("expected i64", "expected a whole number");
        if error.is_data() {
            text
        } else {
            format!("not JSON: {text}")
        }
    })
}
