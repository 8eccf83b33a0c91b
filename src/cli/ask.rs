//! `exq eval` and `exq explain`: one case, judged.

use std::path::Path;

use super::args::Args;
use super::bench::Bench;
use super::case_file::{CASE, CaseFile, is_case_file};
use super::link::adopted;
use super::{Done, Format, Stop, World, files, lines, link};
use crate::eval::{Decision, Options, ServiceLevels};
use crate::explain;
use crate::forms;
use crate::json::{CASE_BYTES_MAX, DecisionJson, case_from_json, case_in_object};
use crate::model::PackId;
use crate::pack::Program;

/// Judges a case: expectations, the decision as JSON, or an official form that it fills.
pub(super) fn eval(args: &Args, world: &mut World<'_>) -> Result<Done, Stop> {
    judge(args, world, |decision, digest| {
        let receipt = args.receipt.then(|| decision.receipt(digest));
        if let Some(form) = args.form {
            let filled = forms::fill(form, decision, receipt.as_ref());
            return format!("{}\n", filled.to_pretty());
        }
        match args.format {
            Format::Text => {
                let receipt = receipt.map_or(String::new(), |receipt| {
                    format!("# receipt {}\n", crate::json::hex(&receipt.decision))
                });
                format!("{}{receipt}", lines::all(decision))
            }
            Format::Json => {
                let json = DecisionJson {
                    decision,
                    texts: false,
                    receipt: receipt.as_ref(),
                };
                format!("{}\n", json.to_pretty())
            }
        }
    })
}

/// Judges a case: sentences, or the decision with its texts as JSON.
pub(super) fn explain(args: &Args, world: &mut World<'_>) -> Result<Done, Stop> {
    judge(args, world, |decision, digest| {
        let receipt = decision.receipt(digest);
        match args.format {
            Format::Text => explain::explain(decision, args.lang, Some(&receipt)),
            Format::Json => {
                let receipt = args.receipt.then_some(&receipt);
                format!(
                    "{}\n",
                    DecisionJson {
                        decision,
                        texts: true,
                        receipt
                    }
                    .to_pretty()
                )
            }
        }
    })
}

/// How a case is asked.
#[derive(Clone)]
pub(super) struct Terms {
    pub(super) now: i64,
    pub(super) law_date: Option<i32>,
    adopt: Vec<PackId>,
    service: ServiceLevels,
}

impl Terms {
    /// What the command line says, and the clock where it says no instant.
    ///
    /// # Errors
    /// A pack that cannot be adopted.
    pub(super) fn of(args: &Args, program: &Program<'_>, clock: i64) -> Result<Terms, Stop> {
        Ok(Terms {
            now: args.at.unwrap_or(clock),
            law_date: args.law_date,
            adopt: adopted(program, &args.adopt)?,
            service: args.service,
        })
    }

    /// Adds what a case file says; the command line goes before it.
    ///
    /// # Errors
    /// An instant, a date, levels or packs of the file that are none.
    pub(super) fn add(
        &mut self,
        args: &Args,
        file: &CaseFile,
        program: &Program<'_>,
    ) -> Result<(), Stop> {
        if args.at.is_none() {
            self.now = file.now().map_err(Stop::No)?;
        }
        if args.law_date.is_none() {
            self.law_date = file.law_date().map_err(Stop::No)?;
        }
        if args.service == ServiceLevels::default() {
            self.service = file.service().map_err(Stop::No)?;
        }
        self.adopt.extend(adopted(program, &file.adopt)?);
        Ok(())
    }

    /// The same, for an evaluation.
    pub(super) fn options(&self) -> Options<'_> {
        Options {
            now: self.now,
            law_date: self.law_date,
            adopt: &self.adopt,
            service: self.service,
        }
    }
}

fn judge(
    args: &Args,
    world: &mut World<'_>,
    write: impl FnOnce(&Decision<'_>, [u8; 32]) -> String,
) -> Result<Done, Stop> {
    let path = args.case.as_deref().unwrap_or(Path::new("-"));
    let bytes = if path == Path::new("-") {
        let read = files::read_from(&mut *world.stdin, CASE_BYTES_MAX + 1);
        read.map_err(|error| Stop::Call(format!("cannot read standard input: {error}")))?
    } else {
        files::read(path, CASE_BYTES_MAX + 1)?
    };
    let name = if path == Path::new("-") {
        "standard input".to_string()
    } else {
        format!("`{}`", path.display())
    };
    let refused = |message: String| Stop::No(format!("{name}: {message}"));
    let file = if is_case_file(&bytes) {
        Some(CaseFile::read(&bytes).map_err(refused)?)
    } else {
        None
    };
    let mut rules = args.paths.clone();
    if rules.is_empty() {
        let Some(file) = &file else {
            return Err(Stop::Call(
                "expected rules beside the case: files or folders".to_string(),
            ));
        };
        rules = file.rules(path).map_err(refused)?;
    }
    let link = link(&rules, &[])?;
    let pack = link.pack()?;
    let program = pack.program();
    let case = match &file {
        Some(_) => case_in_object(program, &bytes, CASE),
        None => case_from_json(program, &bytes),
    };
    let case = case.map_err(|error| refused(error.to_string()))?;
    let mut terms = Terms::of(args, program, (world.now)())?;
    if let Some(file) = &file {
        let added = terms.add(args, file, program);
        added.map_err(|stop| match stop {
            Stop::No(message) => refused(message),
            stop => stop,
        })?;
    }
    let digest = pack.digest();
    let out = Bench::new(program).judge(&case.as_case(), &terms.options(), |decision| {
        write(decision, digest)
    });
    Ok(Done {
        out: out.map_err(|error| refused(error.to_string()))?,
        ..Done::default()
    })
}
