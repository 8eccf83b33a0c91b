//! The rule author's bench, `exq`: a command line to what is written where, and an exit status.
//!
//! Invariant: a command never prints and never reads a clock. It gives what is to be written, and `main` writes it; a batch,
//! which may be longer than memory, hands each line to the writer that it was given. So every command can be tested as a
//! function. Status 0: fine; 1: the rules or a case say no; 2: the call was
//! wrong, or a file cannot be read.

mod args;
mod ask;
mod batch;
mod bench;
mod bind;
mod build;
pub mod calendars;
mod case_file;
mod check;
mod coverage;
mod diff;
mod doc;
mod due;
mod due_batch;
mod eval_batch;
mod expect;
mod files;
mod help;
mod levels;
mod lines;
mod link;
pub mod mutate;
mod prove;
mod report;
mod resolve;
mod scenarios;
mod sets;
mod sign;
mod situation;
mod stats;
mod summary;
mod test;
pub mod zones;

use std::ffi::OsString;
use std::io::{Read, Write};

use crate::check::FileDiagnostic;
use crate::syntax::Source;
use args::{Args, Colour, Command};
pub use link::{Link, link};
use report::Diagnosed;
pub use situation::facts_json;
pub use test::{Outcome, test_paths};

/// What a command may ask of the world.
pub struct World<'w> {
    /// The clock: microseconds of UTC.
    pub now: &'w dyn Fn() -> i64,
    /// Fills bytes that nobody can guess, for new keys; or says why it cannot.
    pub random: &'w dyn Fn(&mut [u8]) -> Result<(), String>,
    /// Standard input.
    pub stdin: &'w mut dyn Read,
    /// Where a batch writes each answer before it reads the next line: standard output.
    pub stdout: &'w mut dyn Write,
    /// True if standard output is a terminal that shows colours.
    pub colour_out: bool,
    /// True if standard error is one.
    pub colour_err: bool,
    /// True if standard output is a terminal: the answers of a batch are progress enough there, and stay whole.
    pub shown: bool,
    /// Says how far a long command is, in place of what was said before; `None` where nobody looks on.
    pub progress: Option<&'w (dyn Fn(&str) + Sync)>,
}

/// What is to be written, and the exit status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// For standard output.
    pub out: String,
    /// For standard error.
    pub err: String,
    /// The exit status.
    pub status: u8,
}

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// Why a command ends without a result.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The call was wrong, or a file cannot be read.
    #[error("{0}")]
    Call(String),
    /// The rules, a pack or a case were refused.
    #[error("{0}")]
    No(String),
    /// The rules have errors.
    #[error("the rules have errors")]
    Rules {
        /// The sources, by the index that the diagnostics have.
        sources: Vec<Source>,
        /// Errors and warnings.
        diagnostics: Vec<FileDiagnostic>,
    },
}

/// Runs a command line, without the name of the program.
pub fn run(arguments: Vec<OsString>, world: &mut World<'_>) -> Done {
    let args = match args::parse(arguments) {
        Ok(args) => args,
        Err(message) => {
            let err = format!("error: {message}\nsee `exq --help`\n");
            return Done {
                out: String::new(),
                err,
                status: 2,
            };
        }
    };
    match args.colour {
        Colour::Auto => {}
        Colour::Always => (world.colour_out, world.colour_err) = (true, true),
        Colour::Never => (world.colour_out, world.colour_err) = (false, false),
    }
    let done = match args.command {
        Command::Help(about) => Ok(Done {
            out: help::text(about),
            ..Done::default()
        }),
        Command::Version => {
            let out = format!("exq {}\n", env!("CARGO_PKG_VERSION"));
            Ok(Done {
                out,
                ..Done::default()
            })
        }
        Command::Check => check::run(&args, world),
        Command::Prove => prove::run(&args),
        Command::Verify => prove::verify(&args, world),
        Command::Test => test::run(&args, world),
        Command::Mutate => mutate::run(&args, world),
        Command::Eval if args.batch.is_some() => eval_batch::run(&args, world),
        Command::Eval => ask::eval(&args, world),
        Command::Explain => ask::explain(&args, world),
        Command::Build => build::run(&args, world),
        Command::Schema => build::schema(&args),
        Command::Bind => bind::run(&args),
        Command::Due if args.batch.is_some() => due_batch::run(&args, world),
        Command::Due => due::run(&args),
        Command::Diff => diff::run(&args),
        Command::Doc => doc::run(&args),
        Command::Sign => sign::run(&args, world),
    };
    done.unwrap_or_else(|stop| stopped(&stop, &args, world))
}

fn stopped(stop: &Stop, args: &Args, world: &World<'_>) -> Done {
    let error = if world.colour_err {
        "\u{1b}[1;31merror\u{1b}[0m"
    } else {
        "error"
    };
    let (err, status) = match stop {
        Stop::Call(message) => (format!("{error}: {message}\n"), 2),
        Stop::No(message) => (format!("{error}: {message}\n"), 1),
        Stop::Rules {
            sources,
            diagnostics,
        } => {
            let found = Diagnosed {
                sources,
                diagnostics,
            };
            let mut err = found.render(args.format, world.colour_err);
            if args.format == Format::Text {
                err.push_str(&format!("{}\n", tally(found.count())));
            }
            (err, 1)
        }
    };
    Done {
        out: String::new(),
        err,
        status,
    }
}

/// `2 errors, 1 warning`.
fn tally((errors, warnings): (usize, usize)) -> String {
    format!("{}, {}", count(errors, "error"), count(warnings, "warning"))
}

/// `1 rule`, `2 rules`.
fn count(number: usize, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}
