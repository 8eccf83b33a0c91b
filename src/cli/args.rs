//! Words of a command line to what they ask for.
//!
//! Invariant: an option that a command does not have is refused, never ignored; whatever stands before `--help` does
//! not matter.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use lexopt::prelude::*;

use super::Format;
use super::bind::Language;
use super::help::COMMANDS;
use super::levels;
use super::sign::words::SignArgs;
use crate::eval::ServiceLevels;
use crate::explain::Lang;
use crate::forms::Form;
use crate::mutate::Operator;
use crate::syntax::nearest;
use crate::time::{Date, instant};

/// The most mutants that are tried at once: each takes the memory of a link.
const JOBS_MAX: usize = 256;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Show the help of a command, or the general one.
    Help(Option<&'static str>),
    /// Show the version.
    Version,
    Check,
    Prove,
    Verify,
    Test,
    Mutate,
    Eval,
    Explain,
    Build,
    Schema,
    Bind,
    Due,
    Diff,
    Doc,
    Sign,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

/// A command line, read.
#[derive(Clone, Debug)]
pub(super) struct Args {
    pub(super) command: Command,
    /// Rules: sources, folders, packs. For `test`, cases too.
    pub(super) paths: Vec<PathBuf>,
    /// The case; `-` for standard input.
    pub(super) case: Option<PathBuf>,
    pub(super) format: Format,
    pub(super) adopt: Vec<String>,
    /// When it is asked; the clock, if absent.
    pub(super) at: Option<i64>,
    /// In days since 1970-01-01.
    pub(super) law_date: Option<i32>,
    pub(super) service: ServiceLevels,
    pub(super) lang: Lang,
    /// The programming language of a binding.
    pub(super) language: Option<Language>,
    /// What the names of a binding begin with.
    pub(super) name: Option<String>,
    pub(super) colour: Colour,
    pub(super) output: Option<PathBuf>,
    pub(super) strict: bool,
    /// Say what the index costs.
    pub(super) stats: bool,
    pub(super) receipt: bool,
    /// The official form that an evaluation fills.
    pub(super) form: Option<&'static Form>,
    /// Lines to answer, for `eval` and `due`; `-` for standard input.
    pub(super) batch: Option<PathBuf>,
    /// Where the summary of a batch of cases goes, in place of standard error.
    pub(super) summary: Option<PathBuf>,
    pub(super) due: DueArgs,
    pub(super) diff: DiffArgs,
    pub(super) mutate: MutateArgs,
    pub(super) doc: DocArgs,
    pub(super) sign: SignArgs,
}

/// What `exq doc` is asked beside its paths.
#[derive(Clone, Debug, Default)]
pub(super) struct DocArgs {
    /// One language; both, if absent.
    pub(super) lang: Option<Lang>,
    /// Write the matrix of deadlines, and no pages.
    pub(super) matrix: bool,
}

/// What `exq diff` is asked beside its paths.
#[derive(Clone, Debug, Default)]
pub(super) struct DiffArgs {
    /// Rules of the new version, where they are several paths.
    pub(super) new: Vec<PathBuf>,
    /// Rules of both versions.
    pub(super) with: Vec<PathBuf>,
    /// Write scenarios.
    pub(super) scenarios: bool,
}

/// What `exq mutate` is asked.
#[derive(Clone, Debug)]
pub(super) struct MutateArgs {
    /// In which declarations faults are made; in all, if empty.
    pub(super) only: Vec<String>,
    /// Of which kinds; of all, if empty.
    pub(super) operators: Vec<Operator>,
    /// How many mutants are tried at once.
    pub(super) jobs: usize,
}

/// What `exq due` is asked, as written: a line of a batch says the same, and both are read at one place.
#[derive(Clone, Debug, Default)]
pub(super) struct DueArgs {
    /// The words of the period.
    pub(super) period: Vec<String>,
    pub(super) from: Option<String>,
    pub(super) counting: Option<String>,
    pub(super) calendar: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) no_rollover: bool,
    pub(super) before: bool,
}

/// Reads a command line.
pub(super) fn parse(words: Vec<OsString>) -> Result<Args, String> {
    let mut args = Args {
        command: Command::Help(None),
        paths: Vec::new(),
        case: None,
        format: Format::Text,
        adopt: Vec::new(),
        at: None,
        law_date: None,
        service: ServiceLevels::default(),
        lang: Lang::En,
        language: None,
        name: None,
        colour: Colour::Auto,
        output: None,
        strict: false,
        stats: false,
        receipt: false,
        form: None,
        batch: None,
        summary: None,
        due: DueArgs::default(),
        diff: DiffArgs::default(),
        mutate: MutateArgs {
            only: Vec::new(),
            operators: Vec::new(),
            jobs: 2,
        },
        doc: DocArgs::default(),
        sign: SignArgs::default(),
    };
    let mut parser = lexopt::Parser::from_args(words);
    let mut command: Option<&'static str> = None;
    while let Some(word) = parser.next().map_err(|error| error.to_string())? {
        match word {
            Short('h') | Long("help") => {
                args.command = Command::Help(command);
                return Ok(args);
            }
            Short('V') | Long("version") => {
                args.command = Command::Version;
                return Ok(args);
            }
            Value(word) if command.is_none() && word == "help" => {
                let about = parser.value().ok().map(|word| self::command(&word));
                args.command = Command::Help(about.transpose()?);
                return Ok(args);
            }
            Value(word) if command.is_none() => command = Some(self::command(&word)?),
            Value(word) => positional(&mut args, command, PathBuf::from(word))?,
            Short(letter) => {
                let name = if letter == 'o' {
                    "output".to_string()
                } else {
                    letter.to_string()
                };
                option(&mut args, &mut parser, command, &name)?;
            }
            Long(name) => {
                let name = name.to_string();
                option(&mut args, &mut parser, command, &name)?;
            }
        }
    }
    let Some(name) = command else {
        return Err("expected a command".to_string());
    };
    args.command = match name {
        "check" => Command::Check,
        "prove" => Command::Prove,
        "verify" => Command::Verify,
        "test" => Command::Test,
        "mutate" => Command::Mutate,
        "eval" => Command::Eval,
        "explain" => Command::Explain,
        "build" => Command::Build,
        "bind" => Command::Bind,
        "due" => Command::Due,
        "diff" => Command::Diff,
        "doc" => Command::Doc,
        "sign" => Command::Sign,
        _ => Command::Schema,
    };
    complete(&args, name)?;
    Ok(args)
}

fn command(word: &OsString) -> Result<&'static str, String> {
    let names = || COMMANDS.iter().map(|command| command.name);
    let text = word.to_string_lossy();
    names().find(|name| *name == text).ok_or_else(|| {
        let near = nearest(&text, names())
            .map_or(String::new(), |near| format!(", did you mean `{near}`?"));
        format!("there is no command `{text}`{near}")
    })
}

/// A path: for `eval` and `explain`, a case by its ending; for `due`, a word of the period.
fn positional(args: &mut Args, command: Option<&str>, path: PathBuf) -> Result<(), String> {
    if command == Some("due") {
        args.due.period.push(path.to_string_lossy().into_owned());
        return Ok(());
    }
    let is_case = path == Path::new("-")
        || path
            .extension()
            .is_some_and(|extension| extension == "json");
    if is_case && matches!(command, Some("eval" | "explain")) {
        return case(args, path);
    }
    if path == Path::new("-") {
        return Err("rules are not read from standard input, give a file or a folder".to_string());
    }
    args.paths.push(path);
    Ok(())
}

fn case(args: &mut Args, path: PathBuf) -> Result<(), String> {
    if args.case.is_some() {
        return Err("one case at a time".to_string());
    }
    args.case = Some(path);
    Ok(())
}

fn option(
    args: &mut Args,
    parser: &mut lexopt::Parser,
    command: Option<&'static str>,
    name: &str,
) -> Result<(), String> {
    let Some(command) = command.and_then(|name| COMMANDS.iter().find(|known| known.name == name))
    else {
        return Err(format!(
            "`--{name}` stands before the command, expected a command first"
        ));
    };
    let known = command.options.iter().map(|option| option.name);
    if !known.clone().any(|known| known == name) {
        let near = nearest(name, known)
            .map_or(String::new(), |near| format!(", did you mean `--{near}`?"));
        let dashes = if name.chars().count() == 1 { "-" } else { "--" };
        return Err(format!(
            "`exq {}` has no option `{dashes}{name}`{near}",
            command.name
        ));
    }
    let flag = match name {
        "strict" => Some(&mut args.strict),
        "stats" => Some(&mut args.stats),
        "receipt" => Some(&mut args.receipt),
        "no-rollover" => Some(&mut args.due.no_rollover),
        "before" => Some(&mut args.due.before),
        "matrix" => Some(&mut args.doc.matrix),
        _ => None,
    };
    if let Some(flag) = flag {
        *flag = true;
        return Ok(());
    }
    let value = parser
        .value()
        .map_err(|_| format!("`--{name}` needs a value"))?;
    let text = value.to_string_lossy().into_owned();
    let wrong = |expected: &str| format!("`--{name} {text}`: expected {expected}");
    match name {
        "format" => {
            args.format = match text.as_str() {
                "text" => Format::Text,
                "json" => Format::Json,
                "scenarios" if command.name == "diff" => {
                    args.diff.scenarios = true;
                    Format::Text
                }
                _ if command.name == "diff" => {
                    return Err(wrong("`text`, `json` or `scenarios`"));
                }
                _ => return Err(wrong("`text` or `json`")),
            }
        }
        "color" => {
            args.colour = match text.as_str() {
                "auto" => Colour::Auto,
                "always" => Colour::Always,
                "never" => Colour::Never,
                _ => return Err(wrong("`auto`, `always` or `never`")),
            }
        }
        "lang" if command.name == "bind" => {
            let language = Language::from_word(&text);
            args.language = Some(language.ok_or_else(|| wrong("`c`, `cpp` or `python`"))?);
        }
        "name" => args.name = Some(text),
        "lang" => {
            args.lang = Lang::from_code(&text).ok_or_else(|| wrong("`en` or `fr`"))?;
            args.doc.lang = Some(args.lang);
        }
        "at" => {
            args.at =
                Some(instant::parse(&text).map_err(|error| format!("`--at {text}`: {error}"))?)
        }
        "law-date" => {
            args.law_date = Some(day(&text).ok_or_else(|| wrong("a date such as `2026-05-16`"))?)
        }
        "service-level" => {
            args.service = levels::parse(&text).ok_or_else(|| wrong(levels::EXPECTED))?
        }
        "adopt" => args.adopt.push(text),
        "as" => args.form = Some(Form::named(&text)?),
        "case" => case(args, PathBuf::from(value))?,
        "new" => args.diff.new.push(PathBuf::from(value)),
        "with" => args.diff.with.push(PathBuf::from(value)),
        "only" => args.mutate.only.push(text),
        "operator" => {
            let known = Operator::from_word(&text).ok_or_else(|| no_operator(&text))?;
            args.mutate.operators.push(known);
        }
        "jobs" => {
            let jobs = text
                .parse()
                .ok()
                .filter(|jobs| (1..=JOBS_MAX).contains(jobs));
            args.mutate.jobs = jobs.ok_or_else(|| wrong("a number from 1 to 256"))?;
        }
        "from" => args.due.from = Some(text),
        "counting" => args.due.counting = Some(text),
        "calendar" => args.due.calendar = Some(text),
        "zone" => args.due.zone = Some(text),
        "key" | "new-key" | "signature" | "serial" | "serial-at-least" | "expires" => {
            args.sign.take(name, value)?;
        }
        "batch" => args.batch = Some(PathBuf::from(value)),
        "summary" => args.summary = Some(PathBuf::from(value)),
        _ => args.output = Some(PathBuf::from(value)),
    }
    Ok(())
}

fn no_operator(text: &str) -> String {
    let words = || Operator::ALL.iter().map(|operator| operator.word());
    let near =
        nearest(text, words()).map_or(String::new(), |near| format!(", did you mean `{near}`?"));
    let all: Vec<&str> = words().collect();
    format!(
        "`--operator {text}`: there is no such kind of fault{near}\nthere are {}",
        all.join(", ")
    )
}

/// A date, as days since 1970-01-01.
pub(super) fn day(text: &str) -> Option<i32> {
    Date::parse(text).map(Date::to_days)
}

/// What a command cannot do without.
fn complete(args: &Args, name: &str) -> Result<(), String> {
    if args.command == Command::Sign {
        return super::sign::words::of_sign(args);
    }
    if args.command == Command::Verify {
        super::sign::words::of_verify(args)?;
    }
    if args.command == Command::Due {
        return complete_due(&args.due, args.batch.is_some());
    }
    if args.command == Command::Diff {
        return complete_diff(args);
    }
    if args.batch.is_some() {
        return complete_batch(args);
    }
    if args.summary.is_some() {
        return Err("`--summary` is of a batch: expected `--batch FILE` beside it".to_string());
    }
    let asks = matches!(args.command, Command::Eval | Command::Explain);
    if asks && args.case.is_none() {
        return Err(format!(
            "`exq {name}` needs a case: a `.json` file, or `-` for standard input"
        ));
    }
    // A case file that names its rules stands for itself.
    if args.paths.is_empty() && !asks {
        return Err(format!("`exq {name}` needs rules: files or folders"));
    }
    if args.command == Command::Build && args.output.is_none() {
        return Err("`exq build` needs `-o FILE`".to_string());
    }
    if args.command == Command::Bind && args.language.is_none() {
        return Err("`exq bind` needs `--lang c`, `cpp` or `python`".to_string());
    }
    Ok(())
}

fn complete_diff(args: &Args) -> Result<(), String> {
    let wanted = if !args.diff.new.is_empty() {
        (args.paths.is_empty()).then_some("the old rules beside `--new`")
    } else {
        (args.paths.len() != 2).then_some(
            "two paths, the old rules and the new ones; more stand behind `--new` or `--with`",
        )
    };
    wanted.map_or(Ok(()), |wanted| Err(format!("`exq diff` needs {wanted}")))
}

fn complete_batch(args: &Args) -> Result<(), String> {
    let wrong = if args.case.is_some() {
        "a case or `--batch`, not both"
    } else if args.paths.is_empty() {
        "rules beside `--batch`: files or folders"
    } else {
        return Ok(());
    };
    Err(format!("`exq eval` needs {wrong}"))
}

fn complete_due(due: &DueArgs, batch: bool) -> Result<(), String> {
    let one = !due.period.is_empty()
        || due.from.is_some()
        || due.counting.is_some()
        || due.calendar.is_some()
        || due.zone.is_some()
        || due.no_rollover
        || due.before;
    if batch && one {
        return Err(
            "the lines of a batch say all: beside `--batch` stand only `--format` and `--lang`"
                .to_string(),
        );
    }
    let missing = if batch {
        None
    } else if due.period.is_empty() {
        Some("a period, such as `10 days`")
    } else if due.from.is_none() {
        Some("`--from INSTANT`, the event")
    } else if due.counting.is_none() {
        Some("`--counting REGIME`")
    } else {
        None
    };
    missing.map_or(Ok(()), |missing| Err(format!("`exq due` needs {missing}")))
}
