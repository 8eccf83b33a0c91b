//! The rules for Exequatur: a pack, compiled and loaded, with its reader of cases and a memory that is reused.
//!
//! What is timed is the whole decision: the norms and their outcomes, each `must` with its basis, its due and its status,
//! what is missing, and when to ask again. The peers are asked for less: which rules apply. A case in the engine's own
//! form is its slots; the text is read into slots that are reused, and has the day of the order besides the facts.

use crate::engine::{Engine, Failure, Form};
use crate::generator::{Atom, Facts, pack};
use exequatur::check::check;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileOptions, compile};
use exequatur::eval::{Decision, Memory, Options, evaluate};
use exequatur::json::{CaseReader, OwnedCase};
use exequatur::model::Truth;
use exequatur::pack::{Program, load as load_pack};
use exequatur::syntax;
use exequatur::time::instant;
use std::hint::black_box;

pub struct Exequatur {
    program: &'static Program<'static>,
    reader: CaseReader<'static>,
    memory: Memory,
    options: Options<'static>,
    cases: Vec<OwnedCase>,
    texts: Vec<String>,
    read: OwnedCase,
}

/// The rules as a compiled pack.
pub fn compiled(rules: &[Vec<Atom>]) -> Result<Vec<u8>, Failure> {
    let file = syntax::parse(&pack(rules)).map_err(|_| "the rules do not parse")?;
    let ir = check(&[file]).ir.ok_or("the rules do not check")?;
    Ok(compile(
        &ir,
        &BundledZones::default(),
        &CompileOptions::default(),
    )?)
}

/// The rules as an engine. The pack stays for as long as the process lasts, as it does in a host.
pub fn load(rules: &[Vec<Atom>]) -> Result<Box<dyn Engine>, Failure> {
    let bytes: &'static [u8] = Vec::leak(compiled(rules)?);
    let program = Box::leak(Box::new(load_pack(bytes)?)).program();
    Ok(Box::new(Exequatur {
        program,
        reader: CaseReader::new(program),
        memory: Memory::new(program),
        options: Options {
            now: instant::parse("2026-09-04T15:30:00+02:00")
                .map_err(|_| "the instant does not parse")?,
            ..Options::default()
        },
        cases: Vec::new(),
        texts: Vec::new(),
        read: OwnedCase::default(),
    }))
}

impl Exequatur {
    fn with<T>(
        &mut self,
        case: usize,
        form: Form,
        see: impl FnOnce(&Decision<'_>) -> T,
    ) -> Result<T, Failure> {
        let case = match form {
            Form::Own => &self.cases[case],
            Form::Text => {
                self.reader
                    .read_into(&mut self.read, self.texts[case].as_bytes())?;
                &self.read
            }
        };
        let mut workspace = self.memory.workspace();
        let decision = evaluate(self.program, &case.as_case(), &self.options, &mut workspace)?;
        Ok(see(&decision))
    }
}

impl Engine for Exequatur {
    fn prepare(&mut self, cases: &[Facts]) -> Result<(), Failure> {
        for facts in cases {
            let text = facts.json();
            self.cases.push(self.reader.read(text.as_bytes())?);
            self.texts.push(text);
        }
        Ok(())
    }

    fn decide(&mut self, case: usize, form: Form) {
        let decided = self.with(case, form, |decision| {
            black_box(decision);
        });
        decided.expect("exequatur decides");
    }

    fn applying(&mut self, case: usize, form: Form) -> Vec<u32> {
        let true_ones = |decision: &Decision<'_>| {
            let states = decision
                .rule_states()
                .filter(|(_, truth)| *truth == Truth::True);
            states.map(|(version, _)| u32::from(version.0)).collect()
        };
        self.with(case, form, true_ones).expect("exequatur decides")
    }
}
