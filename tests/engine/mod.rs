//! The engine as the differential test drives it: a link compiled once, then case after case.

use super::reference::case::Ask;
use exequatur::check;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileOptions, compile};
use exequatur::eval::{Memory, Options, ServiceLevels, Sizes, evaluate};
use exequatur::json::{DecisionJson, case_from_json};
use exequatur::model::Truth;
use exequatur::pack::{Pack, load};
use exequatur::syntax::Severity;
use exequatur::syntax::ast::File;
use serde_json::Value as Json;

/// The bytes of the pack that a link compiles to; the codes of its errors, if it does not check.
pub fn pack_of(
    files: &[File],
    adopt: &[String],
    context: &dyn Fn() -> String,
) -> Result<Vec<u8>, Vec<String>> {
    let checked = check::check(files);
    let Some(ir) = checked.ir else {
        let errors = checked.diagnostics.iter().map(|found| &found.diagnostic);
        let errors = errors.filter(|found| found.severity == Severity::Error);
        return Err(errors
            .map(|found| format!("{}: {}", found.code.0, found.message))
            .collect());
    };
    let options = CompileOptions {
        adopt: adopt.to_vec(),
    };
    match compile(&ir, &BundledZones::default(), &options) {
        Ok(bytes) => Ok(bytes),
        Err(error) => panic!("the link does not compile: {error}, {}", context()),
    }
}

/// A pack with the memory to evaluate it.
pub struct Engine<'p> {
    pack: &'p Pack<'p>,
    memory: Memory,
    nodes: Vec<Truth>,
    marks: Vec<u8>,
}

impl<'p> Engine<'p> {
    /// An engine for a loaded pack.
    pub fn new(pack: &'p Pack<'p>) -> Engine<'p> {
        Engine {
            pack,
            memory: Memory::new(pack.program()),
            nodes: vec![Truth::False; Sizes::of(pack.program()).nodes],
            marks: vec![0; Sizes::of(pack.program()).nodes],
        }
    }

    /// The answer to a case, without texts.
    pub fn answer(&mut self, case: &Json, ask: Ask) -> Json {
        let program = self.pack.program();
        let case = match case_from_json(program, case.to_string().as_bytes()) {
            Ok(case) => case,
            Err(error) => panic!("the case is refused: {error}"),
        };
        let law_date = ask.law_date.map(|date| {
            let epoch = jiff::civil::date(1970, 1, 1);
            (date - epoch).get_days()
        });
        let options = Options {
            now: ask.now,
            law_date,
            adopt: &[],
            service: ServiceLevels {
                undue_delay: ask.service.undue_delay,
                expeditiously: ask.service.expeditiously,
            },
        };
        let case = case.as_case();
        let mut workspace = self.memory.workspace();
        let decision =
            evaluate(program, &case, &options, &mut workspace).expect("memory and case fit");
        for property in 0..program.properties.len() {
            let holds = decision.property_holds(property, &mut self.nodes, &mut self.marks);
            let text = program.str(program.properties.at(property).text);
            assert!(holds, "a property does not hold: {text}");
        }
        let json = DecisionJson {
            decision: &decision,
            texts: false,
            receipt: None,
        };
        match serde_json::from_str(&json.to_line()) {
            Ok(value) => value,
            Err(error) => panic!("the decision is not JSON: {error}"),
        }
    }
}

/// Loads a pack, or says why it cannot be.
pub fn load_or_panic<'b>(bytes: &'b [u8], context: &dyn Fn() -> String) -> Pack<'b> {
    match load(bytes) {
        Ok(pack) => pack,
        Err(error) => panic!("the pack does not load: {error}, {}", context()),
    }
}
